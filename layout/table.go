package layout

import "slices"

// Tables. Columns share the measure by what their cells need, as in the automatic layout of CSS 2.2 § 17.5.2.2, in whole
// numbers. Rows that a spanning cell ties together make a band; a band is cut where no cell's line is cut, so that a row
// higher than a column goes on in the next.

const (
	costRow      = 40   // a column break between two rows
	costRowEdge  = 500  // after the first row or before the last
	costRowNear  = 200  // after the second or third, or before the last two or three
	costRowSplit = 1800 // within a row
)

// A tableCell is a cell in its place in the grid.
type tableCell struct {
	cell        *Cell
	row, col    int
	rows, cols  int
	least, most Length
	stack       stack
}

// A tableGrid is a table's cells in rows and columns.
type tableGrid struct {
	cells   []tableCell
	rows    int
	cols    int
	head    int // rows of the head
	least   []Length
	most    []Length
	padding Length
}

// tableGrid puts the cells of a table in their places, as HTML does: a cell goes to the first free place of its row.
func (c *composer) tableGrid(t *Table) *tableGrid {
	g := &tableGrid{cols: len(t.Columns), head: len(t.Head), padding: 2 * t.Padding}
	taken := map[[2]int]bool{}
	place := func(rows []*Row, base int) {
		for i, r := range rows {
			if r == nil {
				continue
			}
			col := 0
			for _, cell := range r.Cells {
				if cell == nil {
					continue
				}
				for taken[[2]int{base + i, col}] {
					col++
				}
				tc := tableCell{cell: cell, row: base + i, col: col, rows: max(1, cell.RowSpan), cols: max(1, cell.ColSpan)}
				tc.rows = min(tc.rows, len(rows)-i) // a cell does not leave the head or the body
				tc.cols = min(tc.cols, 1000)
				for y := 0; y < tc.rows; y++ {
					for x := 0; x < tc.cols; x++ {
						taken[[2]int{tc.row + y, col + x}] = true
					}
				}
				g.cells = append(g.cells, tc)
				col += tc.cols
				g.cols = max(g.cols, col)
			}
		}
	}
	place(t.Head, 0)
	place(t.Body, len(t.Head))
	g.rows = len(t.Head) + len(t.Body)
	g.least, g.most = make([]Length, g.cols), make([]Length, g.cols)
	for i := range g.cells {
		tc := &g.cells[i]
		tc.least, tc.most = c.widths(tc.cell.Blocks)
		tc.least += g.padding
		tc.most += g.padding
		if tc.cols == 1 {
			g.least[tc.col] = max(g.least[tc.col], tc.least)
			g.most[tc.col] = max(g.most[tc.col], tc.most)
		}
	}
	for i := range g.cells { // what spanning cells need beyond that goes to their columns in equal parts
		if tc := &g.cells[i]; tc.cols > 1 {
			widen(g.least[tc.col:tc.col+tc.cols], tc.least)
			widen(g.most[tc.col:tc.col+tc.cols], tc.most)
		}
	}
	for i := range g.most {
		g.most[i] = max(g.most[i], g.least[i])
	}
	if len(t.Widths) == g.cols {
		g.least, g.most = slices.Clone(t.Widths), slices.Clone(t.Widths)
	}
	return g
}

func widen(cols []Length, want Length) {
	sum := Length(0)
	for _, w := range cols {
		sum += w
	}
	for i := range cols {
		if more := want - sum; more > 0 {
			share := more / Length(len(cols)-i)
			cols[i] += share
			sum += share
		}
	}
}

// widths gives the least and the greatest width of a cell's blocks.
func (c *composer) widths(blocks []Block) (least, most Length) {
	for _, b := range blocks {
		var l, m Length
		switch b := b.(type) {
		case *Para:
			l, m = c.lines.widths(b)
		case *Figure:
			for _, p := range b.Pictures {
				if p != nil {
					m += p.Width
				}
			}
			if b.MaxWidth > 0 {
				m = min(m, b.MaxWidth)
			}
			l = min(m, 4*c.unit)
			cl, _ := c.widths(b.Caption)
			l = max(l, cl)
			bl, bm := c.widths(b.Body)
			l, m = max(l, bl), max(m, bm)
		case *Table:
			g := c.tableGrid(b)
			for i := range g.least {
				l += g.least[i]
				m += g.most[i]
			}
		case *HRule:
			l, m = b.Width, b.Width
		}
		least, most = max(least, l), max(most, m)
	}
	return least, max(least, most)
}

// tableLeast is the narrowest measure that a table can be set at without breaking words.
func (c *composer) tableLeast(t *Table) Length {
	g := c.tableGrid(t)
	sum := Length(0)
	for _, w := range g.least {
		sum += w
	}
	return sum
}

// share gives the columns their widths. A table that is nearly as wide as the measure takes all of it; a narrower one
// keeps its natural width; one that is too wide has its widest columns cut, and over says by how much.
func (g *tableGrid) share(width Length) (cols []Length, over Length) {
	cols = make([]Length, g.cols)
	if g.cols == 0 {
		return cols, 0
	}
	least, most := Length(0), Length(0)
	for i := range g.least {
		least += g.least[i]
		most += g.most[i]
	}
	switch {
	case most <= width:
		extra := Length(0)
		if most*100 >= width*85 {
			extra = width - most
		}
		for i := range cols {
			cols[i] = g.most[i]
			if most > 0 {
				cols[i] += portion(extra, g.most[i], most)
			}
		}
	case least <= width:
		for i := range cols {
			cols[i] = g.least[i] + portion(width-least, g.most[i]-g.least[i], most-least)
		}
	default:
		// The widest give way: all are cut to the level at which they fit.
		sorted := slices.Clone(g.least)
		slices.Sort(sorted)
		left := width
		level := Length(0)
		for i, w := range sorted {
			level = left / Length(len(sorted)-i)
			if w > level {
				break
			}
			left -= w
		}
		for i := range cols {
			cols[i] = min(g.least[i], level)
		}
		over = least - width
	}
	for i := range cols {
		cols[i] = max(cols[i], Pt)
	}
	return cols, over
}

// A table that is too wide is set smaller before its words are broken: by so many thousandths at a time, to this size.
const (
	tableStep     = 60
	tableSmallest = 820
)

// A tableCast is a table on its way into slugs.
type tableCast struct {
	c     *composer
	t     *Table
	g     *tableGrid
	st    *stanza
	width Length   // of the room
	left  Length   // of the table in it
	x     []Length // left edges of the columns, and the right edge of the last
	tops  []Length // of each row, its top and bottom
	gap   Length   // white over the next slug
}

// tableStanza casts a table: its caption, then between rules the head, which is never cut and is set again on each column,
// and the rows.
func (c *composer) tableStanza(t *Table, width Length) *stanza {
	st := &stanza{before: t.SpaceBefore, after: t.SpaceAfter, origin: t.Origin}
	t, g, cols, over := c.fitTable(t, width)
	k := tableCast{c: c, t: t, g: g, st: st, width: width, x: make([]Length, g.cols+1)}
	for i, w := range cols {
		k.x[i+1] = k.x[i] + w
	}
	k.left = max(0, (width-k.x[g.cols])/2)

	k.caption()
	k.cells()
	head := len(st.slugs)
	k.rule(t.TopRule, k.gap)
	if t.TopRule > 0 {
		k.gap = t.RowGap
	}
	if g.head > 0 {
		k.rows(0, g.head, true)
		k.rule(t.MidRule, t.RowGap)
		st.head = [2]int{head, len(st.slugs)}
	}
	k.rows(g.head, g.rows, false)
	if n := len(st.slugs); n > 0 && t.BottomRule > 0 {
		st.slugs[n-1].cut = forbidden
		k.rule(t.BottomRule, t.RowGap)
	}
	k.finish(over)
	return st
}

// fitTable shares the width among a table's columns. A table whose words do not fit is set smaller, down to a limit.
func (c *composer) fitTable(t *Table, width Length) (*Table, *tableGrid, []Length, Length) {
	g := c.tableGrid(t)
	cols, over := g.share(width)
	for size := 1000 - tableStep; over > 0 && size >= tableSmallest; size -= tableStep {
		small := c.smaller(t, size)
		sg := c.tableGrid(small)
		if sc, so := sg.share(width); so == 0 || size-tableStep < tableSmallest {
			t, g, cols, over = small, sg, sc, so
		}
	}
	return t, g, cols, over
}

// caption sets the caption over the table.
func (k *tableCast) caption() {
	c := k.c
	caption := c.stack(k.t.Caption, k.width, false)
	for i := range caption.slugs {
		s := caption.slugs[i]
		s.cut = forbidden
		if caption.depth > c.pageHeight()/2 { // a caption as long as a column has to break somewhere
			s.cut = 0
		}
		k.st.slugs = append(k.st.slugs, s)
	}
	if len(k.st.slugs) > 0 {
		k.gap = max(k.t.RowGap, c.unit/4)
	}
}

// cells sets the cells, and from their heights finds the rows.
func (k *tableCast) cells() {
	for i := range k.g.cells {
		tc := &k.g.cells[i]
		w := k.x[min(k.g.cols, tc.col+tc.cols)] - k.x[tc.col] - k.g.padding
		tc.stack = k.c.stack(k.c.aligned(tc.cell.Blocks, k.t, tc), max(Pt, w), false)
	}
	k.tops = k.g.rowTops(k.t.RowGap)
}

// rule draws a rule across the table.
func (k *tableCast) rule(thickness, gap Length) {
	if thickness <= 0 {
		return
	}
	k.st.slugs = append(k.st.slugs, slug{
		gap: gap, rise: thickness, box: true, width: k.width, cut: forbidden,
		items: []Item{&RuleItem{X: k.left, Y: -thickness, Width: k.x[k.g.cols], Height: thickness}},
	})
}

// rows casts rows, band by band.
func (k *tableCast) rows(from, to int, head bool) {
	for r := from; r < to; {
		r = k.band(r, head)
		k.gap = k.t.RowGap
	}
}

// finish lets the column end after the table, and notes its anchors and whether it is too wide.
func (k *tableCast) finish(over Length) {
	slugs := k.st.slugs
	if len(slugs) == 0 {
		return
	}
	slugs[len(slugs)-1].cut = 0
	s := &slugs[0]
	for _, a := range k.t.Anchors {
		s.places = append(s.places, Place{Name: a, Y: -s.rise})
	}
	if over > 0 {
		s.over, s.origin = over, k.t.Origin
	}
}

// smaller gives a table whose cells are set at so many thousandths of their size.
func (c *composer) smaller(t *Table, size int) *Table {
	out := *t
	out.Padding = portion(t.Padding, Length(size), 1000)
	out.Head, out.Body = c.smallerRows(t.Head, size), c.smallerRows(t.Body, size)
	return &out
}

func (c *composer) smallerRows(rows []*Row, size int) []*Row {
	out := make([]*Row, len(rows))
	for i, r := range rows {
		if r == nil {
			continue
		}
		row := *r
		row.Cells = make([]*Cell, len(r.Cells))
		for j, cell := range r.Cells {
			if cell == nil {
				continue
			}
			small := *cell
			small.Blocks = make([]Block, len(cell.Blocks))
			for k, b := range cell.Blocks {
				small.Blocks[k] = b
				if p, ok := b.(*Para); ok {
					q := *p
					q.Style = c.smallerPara(p.Style, size)
					q.Spans, q.Label = c.smallerSpans(p.Spans, size), c.smallerSpans(p.Label, size)
					q.LabelX, q.LabelGap = portion(p.LabelX, Length(size), 1000), portion(p.LabelGap, Length(size), 1000)
					small.Blocks[k] = &q
				}
			}
			row.Cells[j] = &small
		}
		out[i] = &row
	}
	return out
}

func (c *composer) smallerSpans(spans []Span, size int) []Span {
	if len(spans) == 0 {
		return nil
	}
	out := slices.Clone(spans)
	for i := range out {
		if st := out[i].Style; st != nil {
			out[i].Style = c.smallerText(st, size)
		}
	}
	return out
}

// A smallKey names a style at a size: styles are compared by pointer, so there is one copy of each.
type smallKey struct {
	style any
	size  int
}

func (c *composer) smallerPara(st *ParaStyle, size int) *ParaStyle {
	key := smallKey{st, size}
	if s, ok := c.small[key]; ok {
		return s.(*ParaStyle)
	}
	s := *st
	for _, l := range []*Length{&s.Leading, &s.SpaceBefore, &s.SpaceAfter, &s.FirstIndent, &s.LeftIndent, &s.RightIndent, &s.HangIndent} {
		*l = portion(*l, Length(size), 1000)
	}
	c.keepSmall(key, &s)
	return &s
}

func (c *composer) smallerText(st *TextStyle, size int) *TextStyle {
	key := smallKey{st, size}
	if s, ok := c.small[key]; ok {
		return s.(*TextStyle)
	}
	s := *st
	for _, l := range []*Length{&s.Size, &s.Letterspace, &s.Rise} {
		*l = portion(*l, Length(size), 1000)
	}
	c.keepSmall(key, &s)
	return &s
}

func (c *composer) keepSmall(key smallKey, s any) {
	if c.small == nil {
		c.small = make(map[smallKey]any)
	}
	c.small[key] = s
}

// cellX is the left edge of a cell; x are the edges of the columns in the order of reading.
func (c *composer) cellX(x []Length, tc *tableCell) Length {
	if c.rtl {
		return x[len(x)-1] - x[min(len(x)-1, tc.col+tc.cols)]
	}
	return x[tc.col]
}

// aligned gives a cell's blocks with their column's alignment.
func (c *composer) aligned(blocks []Block, t *Table, tc *tableCell) []Block {
	if tc.col >= len(t.Columns) || t.Columns[tc.col] == Justify {
		return blocks
	}
	align := t.Columns[tc.col]
	out := blocks
	for i, b := range blocks {
		p, ok := b.(*Para)
		if !ok || p.Style.Align == align || p.Style.Pre {
			continue
		}
		if &out[0] == &blocks[0] {
			out = slices.Clone(blocks)
		}
		q := *p
		key := alignKey{p.Style, align}
		if c.aligns[key] == nil {
			s := *p.Style
			s.Align = align
			if c.aligns == nil {
				c.aligns = make(map[alignKey]*ParaStyle)
			}
			c.aligns[key] = &s
		}
		q.Style = c.aligns[key]
		out[i] = &q
	}
	return out
}

type alignKey struct {
	style *ParaStyle
	align Align
}

// rowTops works out where each row begins and ends, the gap between rows not counted: [2r] and [2r+1] relative to the
// table's first row.
func (g *tableGrid) rowTops(gap Length) []Length {
	heights := make([]Length, g.rows)
	for i := range g.cells {
		if tc := &g.cells[i]; tc.rows == 1 {
			heights[tc.row] = max(heights[tc.row], tc.stack.depth)
		}
	}
	for i := range g.cells {
		tc := &g.cells[i]
		if tc.rows == 1 {
			continue
		}
		sum := Length(tc.rows-1) * gap
		for r := tc.row; r < tc.row+tc.rows; r++ {
			sum += heights[r]
		}
		if more := tc.stack.depth - sum; more > 0 {
			heights[tc.row+tc.rows-1] += more
		}
	}
	out := make([]Length, 2*g.rows)
	y := Length(0)
	for r, h := range heights {
		out[2*r], out[2*r+1] = y, y+h
		y += h + gap
	}
	return out
}

// A tableBit is a slug of a cell, in its band.
type tableBit struct {
	s           *slug
	x, y        Length
	top, bottom Length
	used        bool
}

// band casts row r and those that spanning cells tie to it, and gives the row after.
func (k *tableCast) band(r int, head bool) int {
	to := k.tied(r)
	base := k.tops[2*r]
	height := k.tops[2*to-1] - base
	bits := k.bits(r, to, base)
	edges := k.edges(bits, r, to, base, height)
	if head || k.t.Whole { // the head is never cut
		edges = edges[len(edges)-1:]
	}
	prev := Length(0)
	for n, e := range edges {
		last := n == len(edges)-1
		s := slug{box: true, rise: e - prev, height: e - prev, width: k.width}
		if n == 0 {
			s.gap = k.gap
		}
		for i := range bits {
			if b := &bits[i]; !b.used && (b.bottom <= e || last) {
				b.used = true
				s.absorb(b.s, b.x, b.y-e)
			}
		}
		switch {
		case head:
			s.cut = forbidden
		case k.betweenRows(r, to, base, e):
			s.cut = costRow * 4
		case last:
			s.cut = k.rowCut(r, to)
		case n < 1 || n >= len(edges)-2 || height < 5*k.c.unit:
			s.cut = forbidden
		default:
			s.cut = costRowSplit
		}
		prev = e
		k.st.slugs = append(k.st.slugs, s)
	}
	return to
}

// tied is the row after those that spanning cells tie to row r.
func (k *tableCast) tied(r int) int {
	to := r + 1
	for grown := true; grown; {
		grown = false
		for i := range k.g.cells {
			if tc := &k.g.cells[i]; tc.row >= r && tc.row < to && tc.row+tc.rows > to {
				to, grown = tc.row+tc.rows, true
			}
		}
	}
	return to
}

// bits gathers the slugs of a band's cells.
func (k *tableCast) bits(r, to int, base Length) []tableBit {
	var bits []tableBit
	for i := range k.g.cells {
		tc := &k.g.cells[i]
		if tc.row < r || tc.row >= to {
			continue
		}
		y := k.tops[2*tc.row] - base
		for i := range tc.stack.slugs {
			s := &tc.stack.slugs[i]
			b := tableBit{s: s, x: k.left + k.c.cellX(k.x, tc) + k.g.padding/2, y: y + tc.stack.y[i]}
			b.top, b.bottom = b.y-s.rise, b.y+s.fall
			bits = append(bits, b)
		}
	}
	return bits
}

// edges finds the heights at which a band may be cut, because no bit crosses them; the last is its foot.
func (k *tableCast) edges(bits []tableBit, r, to int, base, height Length) []Length {
	edges := []Length{height}
	for i := range bits {
		edges = append(edges, bits[i].bottom)
	}
	for row := r; row < to; row++ {
		edges = append(edges, k.tops[2*row+1]-base)
	}
	slices.Sort(edges)
	edges = slices.DeleteFunc(slices.Compact(edges), func(e Length) bool {
		return e <= 0 || e > height || slices.ContainsFunc(bits, func(b tableBit) bool { return b.top < e && b.bottom > e })
	})
	if len(edges) == 0 || edges[len(edges)-1] != height {
		edges = append(edges, height)
	}
	return edges
}

// rowCut is the cost of ending a column after a band: near the table's head or foot it looks torn.
func (k *tableCast) rowCut(r, to int) int {
	switch g := k.g; {
	case r == g.head || to == g.rows-1:
		return costRowEdge
	case to-g.head < 4 || g.rows-to < 4:
		return costRowNear
	}
	return costRow
}

// betweenRows says that an edge lies between two rows of a band.
func (k *tableCast) betweenRows(r, to int, base, edge Length) bool {
	for row := r; row < to-1; row++ {
		if k.tops[2*row+1]-base == edge {
			return true
		}
	}
	return false
}
