package layout

import (
	"context"
	"slices"
)

// Page making. A section's pages are found together: from each place where a page may begin the ways to fill it are worked
// out (columns.go), states that begin the next page alike are merged with the cheaper one kept, and the way to the end
// that costs least wins. A beam keeps the number of states on each page small, so the time grows with the text's length.

const (
	pageBeam   = 10
	pageBehind = 6000 // a state that costs so much more than the best of its page is not followed up,
	pageLeast  = 4    // unless it is among so many

	costFace  = 40   // a line's difference between a page's foot and that of the page before
	costPage  = 120  // a page
	costStub  = 4000 // a last page of two lines
	costScant = 1200 // a last page of three or four
	costBare  = 250  // a last page with less than a sixth of its lines
	costLow   = 3000 // a line too few under a block across all columns

	leastUnder = 5 // lines under such a block at the foot of a page
)

// A composer makes the pages of one section.
type composer struct {
	ctx   context.Context
	flow  *Flow
	sec   *Section
	geo   *Geometry
	lines *setter

	columns   int
	width     Length // of the text area
	column    Length // width of a column
	height    Length // of the text area
	grid      Length
	firstLine Length // first baseline
	limit     Length // last baseline
	unit      Length // a line's worth of height, for costs
	bodyRise  Length
	capHeight Length
	rtl       bool // the body runs from right to left, and so do its columns

	galley   []*stanza
	segments []segment
	cover    stack
	notes    map[*Note]*setNote
	cited    map[*Note]bool
	fill     filler
	aligns   map[alignKey]*ParaStyle
	small    map[smallKey]any // styles of tables that are set smaller
	scratch  []choice         // of one column
	buffer   []choice         // of the columns side by side
	states   []stripState     // of the strip
	thorough bool             // all ways are weighed
	narrow   bool             // few ways are followed
	bound    int              // cost of the cheapest end found; 0 before there is one
}

// newComposer works out a section's measures and casts its blocks.
func newComposer(ctx context.Context, flow *Flow, sec *Section, lines *setter) *composer {
	g := sec.Geometry
	c := &composer{ctx: ctx, flow: flow, sec: sec, geo: g, lines: lines, notes: make(map[*Note]*setNote), cited: make(map[*Note]bool)}
	c.columns = max(1, g.Columns)
	c.width = max(Pt, g.Width-g.Inner-g.Outer)
	c.height = max(Pt, g.Height-g.Top-g.Bottom)
	c.column = max(Pt, (c.width-Length(c.columns-1)*g.Gutter)/Length(c.columns))
	c.grid = max(0, g.Grid)
	c.measureBody()
	c.cast()
	return c
}

// measureBody finds the first and the last baseline from the look of the body.
func (c *composer) measureBody() {
	leading, size := 12*Pt, 10*Pt
	m := Metrics{Ascent: 8 * Pt, Descent: 2 * Pt, CapHeight: 7 * Pt}
	if p := bodyPara(c.sec.Body); p != nil {
		leading = max(Pt, p.Style.Leading)
		c.rtl = p.Style.RTL
		for i := range p.Spans {
			if st := p.Spans[i].Style; st != nil && p.Spans[i].Kind == TextSpan {
				m, size = c.flow.Shaper.Metrics(st), st.Size
				break
			}
		}
	}
	c.unit = leading
	if c.grid > 0 {
		c.unit = c.grid
	}
	c.bodyRise = c.unit * 3 / 4
	c.firstLine = c.geo.FirstBaseline
	if c.firstLine <= 0 {
		c.firstLine = m.Ascent
	}
	c.capHeight = min(c.firstLine, m.CapHeight)
	c.limit = c.height - m.Descent
	if c.geo.FirstBaseline > 0 {
		c.limit = c.height
	}
	if c.grid > 0 {
		// The last line's descenders may hang below a text area that is measured from baseline to baseline.
		c.limit = c.firstLine + max(0, c.height-c.firstLine)/c.grid*c.grid
	}
	c.limit = max(c.limit, size/2)
}

// columnX is the left edge of column k, counted in the order of reading.
func (c *composer) columnX(k int) Length {
	if c.rtl {
		k = c.columns - 1 - k
	}
	return Length(k) * (c.column + c.geo.Gutter)
}

// bodyPara finds the first paragraph that keeps to the grid, or the first there is.
func bodyPara(blocks []Block) *Para {
	var any *Para
	for _, b := range blocks {
		p, ok := b.(*Para)
		if !ok || p.Style == nil {
			continue
		}
		if !p.Style.OffGrid && !p.Span {
			return p
		}
		if any == nil {
			any = p
		}
	}
	return any
}

// snap gives the first grid line at or under y. What is a fiftieth of a point over counts as on it: lengths that come from
// points and millimetres do not always meet to the last unit.
func (c *composer) snap(y Length) Length {
	if c.grid <= 0 {
		return y
	}
	d := y - c.firstLine - Pt/50
	if d <= 0 {
		return c.firstLine
	}
	return c.firstLine + (d+c.grid-1)/c.grid*c.grid
}

// cast makes the galley: the opening, then the body in runs of column and full width, then the notes when they are set at
// the end.
func (c *composer) cast() {
	if len(c.sec.Cover) > 0 {
		c.cover = c.stack(c.sec.Cover, c.width, true)
	}
	if len(c.sec.Opening) > 0 {
		c.add(c.stanzas(c.sec.Opening, c.width, stackMode), true, true)
	}
	body := c.sec.Body
	for from := 0; from < len(body); {
		to := from + 1
		full := c.spans(body[from])
		for to < len(body) && c.spans(body[to]) == full {
			to++
		}
		if full && c.columns > 1 {
			c.add(c.stanzas(body[from:to], c.width, columnMode), true, false)
		} else {
			c.add(c.stanzas(body[from:to], c.column, columnMode), false, false)
		}
		from = to
	}
	c.citeNotes(0)
}

// spans says that a block stands across all columns.
func (c *composer) spans(b Block) bool {
	if c.columns == 1 {
		return false
	}
	switch b := b.(type) {
	case *Para:
		return b.Span
	case *HRule:
		return b.Span
	case *Figure:
		return b.Span
	case *Table:
		return b.Span || c.tableLeast(b)*tableSmallest/1000 > c.column
	}
	return false
}

// add appends stanzas to the galley as a segment.
func (c *composer) add(st []*stanza, full, opening bool) {
	if len(st) == 0 {
		return
	}
	from := len(c.galley)
	c.galley = append(c.galley, st...)
	for _, s := range st {
		s.segment = len(c.segments)
	}
	if n := len(c.segments); n > 0 && !full && !c.segments[n-1].full {
		c.segments[n-1].to = len(c.galley)
		for _, s := range st {
			s.segment = n - 1
		}
		return
	}
	c.segments = append(c.segments, segment{from, len(c.galley), full, opening})
}

// citeNotes gives every note to the slug that cites it first; notes that a note cites come after it. With notes at the end
// of the section, it makes them part of the galley instead.
func (c *composer) citeNotes(from int) {
	var all []*Note
	var expand func(out []*Note, n *Note) []*Note
	expand = func(out []*Note, n *Note) []*Note {
		if n == nil || c.cited[n] {
			return out
		}
		c.cited[n] = true
		out = append(out, n)
		sn := c.note(n)
		for i := range sn.slugs {
			for _, m := range sn.slugs[i].notes {
				out = expand(out, m)
			}
		}
		return out
	}
	first := func(s *slug) {
		if len(s.notes) == 0 {
			return
		}
		var out []*Note
		for _, n := range s.notes {
			out = expand(out, n)
		}
		s.notes = out
	}
	for i := range c.cover.slugs {
		first(&c.cover.slugs[i])
		all = append(all, c.cover.slugs[i].notes...)
	}
	for _, st := range c.galley[from:] {
		for i := range st.slugs {
			first(&st.slugs[i])
			all = append(all, st.slugs[i].notes...)
		}
	}
	if !c.geo.EndNotes || len(all) == 0 {
		return
	}
	for i := range c.cover.slugs {
		c.cover.slugs[i].notes = nil
	}
	for _, st := range c.galley {
		for i := range st.slugs {
			st.slugs[i].notes = nil
		}
	}
	var ends []*stanza
	for k, n := range all {
		sts := c.stanzas(n.Blocks, c.column, columnMode)
		for i, st := range sts {
			st.kind, st.endnote = flowing, true
			for j := range st.slugs {
				st.slugs[j].notes = nil
			}
			if i > 0 {
				continue
			}
			if k > 0 {
				st.before = max(st.before, c.geo.NoteSpacing)
			} else {
				st.before = max(st.before, c.geo.NoteGap)
			}
			if n.Anchor != "" && len(st.slugs) > 0 {
				s := &st.slugs[0]
				s.places = append([]Place{{Name: n.Anchor, Y: -s.rise}}, s.places...)
			}
		}
		ends = append(ends, sts...)
	}
	c.add(ends, false, false)
}

// owned leaves an alternative paragraph's lines only the notes that its first version has.
func (c *composer) owned(alt []slug, st *stanza) {
	var own []*Note
	for i := range st.slugs {
		own = append(own, st.slugs[i].notes...)
	}
	for i := range alt {
		if len(alt[i].notes) == 0 {
			continue
		}
		var out []*Note
		for _, n := range alt[i].notes {
			for k := 0; k < len(own); {
				if own[k] != n {
					k++
					continue
				}
				// The note, and those that it brought along.
				out = append(out, n)
				own = slices.Delete(own, k, k+1)
				for k < len(own) && !cites(st.set, own[k]) {
					out = append(out, own[k])
					own = slices.Delete(own, k, k+1)
				}
			}
		}
		alt[i].notes = out
	}
}

// cites says that a paragraph itself has a reference to a note.
func cites(sp *setPara, n *Note) bool {
	for i := range sp.lines {
		if slices.Contains(sp.lines[i].notes, n) {
			return true
		}
	}
	return false
}

// A pageState is where a page begins.
type pageState struct {
	st      colState
	page    int
	short   int // lines that the page before was short
	cost    int
	prev    *pageState
	parts   []part // of the page before
	blemish bool   // of the last page's state: a column on the way is not as it should be
}

// A part is a region of a page.
type part struct {
	kind  partKind
	seg   *segment
	cols  *colPlan
	wides []int
	top   Length
	foot  Length
	space Length
}

type partKind uint8

const (
	stripPart partKind = iota
	widePart
)

// search finds the section's pages: the parts of each. When what it finds has blemishes, it looks again with every
// paragraph free to be a line longer or shorter: that takes longer, and mostly helps.
func (c *composer) search() [][]part {
	best := c.try()
	if best.blemish {
		c.thorough = true
		if b := c.try(); b.cost < best.cost {
			best = b
		}
	}
	var out [][]part
	for s := best; s != nil && s.prev != nil; s = s.prev {
		out = append(out, s.parts)
	}
	slices.Reverse(out)
	return out
}

// try looks for the cheapest pages.
func (c *composer) try() *pageState {
	start := &pageState{}
	if len(c.cover.slugs) > 0 {
		for i := range c.cover.slugs {
			for _, n := range c.cover.slugs[i].notes {
				start.st.rest = append(start.st.rest, noteRest{c.note(n), 0})
			}
		}
	}
	c.bound = 0
	frontier := []*pageState{start}
	var best *pageState
	for len(frontier) > 0 {
		var next []*pageState
		for _, s := range frontier {
			ways, final := c.page(s)
			if final != nil && (best == nil || final.cost < best.cost) {
				best, c.bound = final, final.cost
			}
			next = append(next, ways...)
		}
		slices.SortStableFunc(next, func(a, b *pageState) int { return a.cost - b.cost })
		frontier = frontier[:0]
		for _, s := range next {
			n := len(frontier)
			if best != nil && s.cost >= best.cost || n == pageBeam || n >= pageLeast && s.cost > frontier[0].cost+pageBehind {
				break
			}
			if !slices.ContainsFunc(frontier, func(o *pageState) bool { return sameState(&o.st, &s.st) }) {
				frontier = append(frontier, s)
			}
		}
	}
	for s := best; s != nil && !best.blemish; s = s.prev {
		for _, p := range s.parts {
			for pl := p.cols; pl != nil; pl = pl.prev {
				if pl.blemish {
					best.blemish = true
				}
			}
		}
	}
	return best
}

// spaceBetween is the white between the last stanza before n and n.
func (c *composer) spaceBetween(n int) Length {
	var space Length
	if n > 0 {
		space = c.galley[n-1].after
	}
	if n < len(c.galley) {
		space = max(space, c.galley[n].before) + c.galley[n].extra
	}
	return space
}

// A pageMaker fills one page from its top downwards: figures across all columns, and strips, each a segment's columns side
// by side or one block across all of them.
type pageMaker struct {
	c           *composer
	from        *pageState
	st          colState // what is to be set next
	parts       []part
	y, space    Length // bottom of what stands, and the white under it
	cost, short int
	placed      bool      // something stands on the page
	back        *pageMark // where a block across all columns begins, if it could begin the next page
	ways        []*pageState
}

// A pageMark is the page as it was before a block across all columns.
type pageMark struct {
	st          colState
	parts       []part
	cost, short int
}

// page gives the ways to fill the page that begins at s: states of the next page, and the end of the section if it can be
// reached on this page. It is the step of the dynamic programme over places where a page may begin (Plass 1981).
func (c *composer) page(s *pageState) (ways []*pageState, final *pageState) {
	c.checkpoint()
	m := pageMaker{c: c, from: s, st: s.st}
	m.begin()
	for {
		m.figuresAcross()
		if m.everythingStands() {
			final = m.finish()
			return m.ways, final
		}
		seg := m.segment()
		cols := c.columns
		if seg.full {
			cols = 1
		}
		box := m.box(seg)
		strips := c.strip(m.st, seg, cols, box, !m.placed)
		done, moved := sift(strips)
		if !moved {
			m.breakBefore()
			return m.ways, nil
		}
		low := m.orBefore()
		for i := range strips {
			if r := &strips[i]; !r.end && r.moved {
				m.next(r.st, m.with(m.strip(seg, r, box)), m.cost+r.cost+low, m.short+r.short)
			}
		}
		last := seg.to >= len(c.galley)
		if done == nil || last && c.bound > 0 && s.cost+m.cost >= c.bound {
			return m.ways, nil
		}
		if cols > 1 && (!last || c.geo.Balance) {
			if b, ok := c.balance(m.st, seg, cols, box); ok {
				done = &b
			}
		}
		m.take(seg, done, box)
	}
}

// begin starts under the cover, and sets the figures that wait for the head of a page.
func (m *pageMaker) begin() {
	c := m.c
	if m.from.page == 0 {
		m.y = min(max(c.geo.FirstTop, c.cover.depth), c.limit) // at the limit, what follows begins on the next page
		m.placed = len(c.cover.slugs) > 0
	}
	for len(m.st.wides) > 0 && m.across(m.st.wides[0]) {
		m.st.wides = m.st.wides[1:]
	}
}

// across sets a figure across all columns, if there is room.
func (m *pageMaker) across(n int) bool {
	c := m.c
	w := c.galley[n]
	h := Length(0)
	for i := range w.slugs {
		h += w.slugs[i].gap + w.slugs[i].rise + w.slugs[i].fall
	}
	top := c.firstLine - c.capHeight
	if m.underStrip() {
		top = m.y + c.spaceBetween(n)
	} else if m.y > 0 {
		top = m.y + max(m.space, w.before)
	}
	if m.placed && top+h > c.limit {
		return false
	}
	m.parts = m.with(part{kind: widePart, wides: []int{n}, top: top, foot: top + h})
	for i := range w.slugs {
		for _, note := range w.slugs[i].notes {
			m.st.rest = append(m.st.rest[:len(m.st.rest):len(m.st.rest)], noteRest{c.note(note), 0})
		}
	}
	m.y, m.space, m.placed = top+h, w.after, true
	return true
}

// figuresAcross sets figures across all columns with which the next columns would begin: under the title, for one.
func (m *pageMaker) figuresAcross() {
	galley := m.c.galley
	for at := &m.st.at; at.stanza < len(galley) && at.slug == 0 && galley[at.stanza].kind == wide && len(m.st.wides) == 0; {
		if !m.across(at.stanza) {
			return
		}
		*at = spot{stanza: at.stanza + 1}
	}
}

// everythingStands says that nothing is left but perhaps figures that need a page of their own.
func (m *pageMaker) everythingStands() bool {
	return m.st.at.stanza >= len(m.c.galley) && len(m.st.rest) == 0 && len(m.st.floats) == 0
}

// finish gives the section's end, unless figures wait for one more page.
func (m *pageMaker) finish() *pageState {
	if len(m.st.wides) > 0 {
		m.next(m.st, m.parts, m.cost, m.short)
		return nil
	}
	s := m.from
	return &pageState{st: m.st, page: s.page + 1, cost: s.cost + m.cost + m.c.ending(s, m.parts), prev: s, parts: m.parts}
}

// segment is the part of the galley to be set next; it is empty when only notes and figures are left.
func (m *pageMaker) segment() *segment {
	c := m.c
	if n := len(c.galley); m.st.at.stanza >= n {
		return &segment{from: n, to: n}
	}
	return &c.segments[c.galley[m.st.at.stanza].segment]
}

// box is the room that is left on the page for a segment.
func (m *pageMaker) box(seg *segment) colBox {
	c := m.c
	box := colBox{top: m.y, limit: c.limit, head: m.y == 0}
	switch {
	case m.underStrip():
		box.space = c.spaceBetween(m.st.at.stanza)
	case m.y > 0:
		box.space = m.space
	case seg.opening && m.st.at == spot{stanza: seg.from}: // white over a title is meant
		box.space = c.galley[seg.from].before + c.galley[seg.from].extra
	}
	return box
}

// underStrip says that columns are the last thing on the page.
func (m *pageMaker) underStrip() bool {
	n := len(m.parts)
	return n > 0 && m.parts[n-1].kind == stripPart
}

// sift finds the cheapest strip with which the segment ends, and says whether anything was placed in any of them.
func sift(strips []stripState) (done *stripState, moved bool) {
	for i := range strips {
		r := &strips[i]
		moved = moved || r.moved
		if r.end && done == nil {
			done = r
		}
	}
	return done, moved
}

// next adds a way to end the page. Pages that face each other should be of one height.
func (m *pageMaker) next(st colState, parts []part, cost, short int) {
	s := m.from
	n := &pageState{st: st, page: s.page + 1, short: short, cost: s.cost + cost + costPage, prev: s, parts: parts}
	if s.page > 0 {
		d := short - s.short
		n.cost += costFace * max(d, -d)
	}
	m.ways = append(m.ways, n)
}

// breakBefore ends a page on which nothing more goes.
func (m *pageMaker) breakBefore() {
	if m.back != nil {
		m.next(m.back.st, m.back.parts, m.back.cost+costShort*4, m.back.short)
		return
	}
	if !m.placed {
		panic("layout: a page on which nothing can be placed") // it would go on for ever
	}
	m.next(m.st, m.parts, m.cost, m.short)
}

// orBefore adds the way in which the block across all columns that was just set begins the next page. It gives the cost of
// leaving it here, which is high when hardly any text goes under it.
func (m *pageMaker) orBefore() (low int) {
	b := m.back
	if b == nil {
		return 0
	}
	room := int((m.c.limit - m.y) / m.c.unit)
	m.next(b.st, b.parts, b.cost+min(costShort*room*room, costShortMost), b.short)
	m.back = nil
	return costLow * max(0, leastUnder-room)
}

// strip is a filled strip as a part of the page.
func (m *pageMaker) strip(seg *segment, r *stripState, box colBox) part {
	return part{kind: stripPart, seg: seg, cols: r.cols, top: m.y, foot: r.foot, space: box.space}
}

// with gives the page's parts and one more, without changing those that other ways share.
func (m *pageMaker) with(p part) []part {
	return append(m.parts[:len(m.parts):len(m.parts)], p)
}

// take sets the rest of a segment on the page and goes on under it.
func (m *pageMaker) take(seg *segment, done *stripState, box colBox) {
	m.back = nil
	if n := len(m.parts); seg.full && !seg.opening && n > 0 {
		m.back = &pageMark{m.st, m.parts[:n:n], m.cost, m.short}
	}
	m.parts = m.with(m.strip(seg, done, box))
	m.cost += done.cost
	m.st = done.st
	if m.st.at.stanza < seg.to {
		m.st.at = spot{stanza: seg.to}
	}
	m.y, m.placed = done.foot, true
}

// balance sets the rest of a segment into columns of the least height that holds it.
func (c *composer) balance(in colState, seg *segment, cols int, box colBox) (stripState, bool) {
	total := Length(0)
	for i := in.at.stanza; i < seg.to; i++ {
		st := c.galley[i]
		k := 0
		if i == in.at.stanza {
			k = in.at.slug
		}
		for ; k < len(st.slugs); k++ {
			total += st.slugs[k].rise + st.slugs[k].fall
		}
	}
	defer func(t bool) { c.thorough = t }(c.thorough)
	c.thorough = false // a line more or less of height does the same
	c.narrow = true
	defer func() { c.narrow = false }()
	limit := box.limit
	low := box.top + box.space + total/Length(cols) - 2*c.unit
	low = max(low, box.top+box.space)
	if c.grid > 0 {
		low = c.snap(low)
	}
	for h := low; h < limit; h += c.unit {
		box.limit = h
		res := c.strip(in, seg, cols, box, false)
		for i := range res {
			if res[i].end && res[i].moved {
				return res[i], true
			}
		}
	}
	return stripState{}, false
}

// ending is what a section's last page costs.
func (c *composer) ending(s *pageState, parts []part) int {
	if s.page == 0 {
		return 0
	}
	lines := 0
	for _, p := range parts {
		if p.kind == widePart {
			return 0
		}
		for pl := p.cols; pl != nil; pl = pl.prev {
			lines += pl.placed
			for _, r := range pl.notes.runs {
				lines += r.to - r.from
			}
		}
	}
	cost := 0
	switch {
	case lines <= 2:
		cost = costStub
	case lines <= 4:
		cost = costScant
	}
	if all := int(c.limit/c.unit) * c.columns; lines*6 < all {
		cost += costBare
	}
	return cost
}
