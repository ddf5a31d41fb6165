package layout

// The galley: the flow's blocks as one long column of slugs, before it is cut into columns and pages. A slug, as in hot
// metal, is a cast line (or a picture with its caption, a slice of a table's row, a rule); it is moved about, never divided.

// forbidden is the cost of a column break that is made only when there is no other way to go on.
const forbidden = 1 << 30

// A slug is what the page maker moves about. Its reference line is the baseline of a line of text, the foot of anything
// else.
type slug struct {
	gap    Length // white above it within its block; vanishes at the top of a column
	rise   Length // from its top to its reference line
	fall   Length // from its reference line to its bottom
	height Length // of what is drawn above the baseline
	x      Length // of its own left edge from the column's
	grid   bool   // its reference line stands on the baseline grid
	box    bool   // no line of text by itself
	items  []Item // relative to its left edge and its reference line
	notes  []*Note
	places []Place
	lines  []lineRef
	cut    int // cost of a column break after it
	hyphen bool
	style  *ParaStyle // of a line, for panels and rules beside it
	color  uint32     // of the rule beside it
	width  Length     // of the measure it was set at
	over   Length     // how much wider it is than its measure
	origin string     // of what is too wide
}

// A lineRef names a line of a set paragraph, for the report.
type lineRef struct {
	para *setPara
	n    int
}

// A stanzaKind says how a stanza finds its place.
type stanzaKind uint8

const (
	flowing  stanzaKind = iota // where it stands in the text
	floating                   // there, or at the top of a column after it
	wide                       // across all columns at the top of a page
)

// A stanza is one block of the galley.
type stanza struct {
	kind          stanzaKind
	slugs         []slug
	before, after Length // white, the larger of two meeting counts
	extra         Length // white that adds up (skips)
	keepNext      bool
	head          [2]int // slugs [from, to) are set again at the top of every further column: a table's head
	origin        string
	set           *setPara // of a paragraph
	alts          [2]*altStanza
	width         Length
	segment       int
	endnote       bool
	shaped        bool // its lines stand beside a figure; it is not set again looser or tighter
}

// An altStanza is a paragraph's slugs when it is set a line shorter (0) or longer (1).
type altStanza struct {
	slugs []slug
	set   *setPara
	cost  int
}

// A segment is a run of stanzas set across all columns, or in columns.
type segment struct {
	from, to int
	full     bool
	opening  bool
}

// A galleyMode says for which place blocks are cast.
type galleyMode uint8

const (
	columnMode galleyMode = iota // columns: figures may float, lines keep to the grid
	stackMode                    // a fixed stack: cells, captions, covers; nothing floats, nothing keeps to the grid
)

// lead is the distance of baselines of a style: on the grid a whole number of grid lines.
func (c *composer) lead(st *ParaStyle, grid bool) Length {
	l := st.Leading
	if l <= 0 {
		l = 12 * Pt
	}
	if grid {
		l = max(1, (l+c.grid/2)/c.grid) * c.grid
	}
	return l
}

// stanzas casts blocks at a measure.
func (c *composer) stanzas(blocks []Block, width Length, mode galleyMode) []*stanza {
	var out []*stanza
	var extra Length
	var beside *wrap
	for i := 0; i < len(blocks); i++ {
		c.checkpoint()
		var st *stanza
		switch b := blocks[i].(type) {
		case *Para:
			st = c.paraStanza(b, width, mode, beside)
		case *Figure:
			if mode == columnMode && (b.Placement == WrapLeft || b.Placement == WrapRight) && beside == nil {
				if w := c.wrapFigure(b, width, blocks[i+1:]); w != nil {
					beside = w
					w.extra, extra = extra, 0
					continue
				}
			}
			st = c.figureStanza(b, width, mode)
		case *Table:
			st = c.tableStanza(b, width)
		case *HRule:
			st = c.ruleStanza(b, width)
		case *Skip:
			extra += b.Height
			continue
		default:
			continue
		}
		if beside != nil {
			if p, ok := blocks[i].(*Para); ok {
				if beside.left > 0 {
					beside.take(c, st, p, i+1 < len(blocks) && isPara(blocks[i+1]))
				}
			}
			if beside.left <= 0 || i+1 == len(blocks) || !isPara(blocks[i+1]) {
				if beside.left > 0 {
					extra += beside.left // the figure is higher than the text beside it
				}
				beside = nil
			}
		}
		if len(st.slugs) == 0 {
			continue
		}
		st.extra += extra
		st.width = width
		extra = 0
		out = append(out, st)
	}
	if n := len(out); n > 0 {
		out[n-1].after += extra
	}
	return out
}

func isPara(b Block) bool { _, ok := b.(*Para); return ok }

// paraStanza casts a paragraph.
func (c *composer) paraStanza(p *Para, width Length, mode galleyMode, beside *wrap) *stanza {
	m := measure{width: width}
	if beside != nil && beside.left > 0 {
		m.shape, m.shaped = beside.shape(c, p)
	}
	sp := c.lines.set(p, m)
	st := &stanza{
		before: p.Style.SpaceBefore, after: p.Style.SpaceAfter, keepNext: p.Style.KeepNext,
		origin: p.Origin, set: sp, shaped: m.shape != nil,
	}
	st.slugs = c.paraSlugs(sp, width, mode)
	return st
}

// paraSlugs are the lines of a set paragraph.
func (c *composer) paraSlugs(sp *setPara, width Length, mode galleyMode) []slug {
	p := sp.para
	ps := p.Style
	grid := mode == columnMode && c.grid > 0 && !ps.OffGrid
	lead := c.lead(ps, grid)
	orphans, widows := ps.Orphans, ps.Widows
	if orphans <= 0 {
		orphans = 2
	}
	if widows <= 0 {
		widows = 2
	}
	n := len(sp.lines)
	out := make([]slug, n)
	items := make([]Item, 0, n)
	for i := range sp.lines {
		l := &sp.lines[i]
		s := &out[i]
		s.grid, s.style, s.hyphen, s.notes, s.height, s.width = grid, ps, l.hyphen, l.notes, l.height, width
		s.rise = lead * 3 / 4
		s.fall = lead - s.rise
		if l.height > lead { // a picture in the line
			s.rise = l.height
		}
		if l.depth > lead {
			s.fall = l.depth
		}
		from := len(items)
		items = append(items, l.line)
		for j := range l.rules {
			items = append(items, &l.rules[j])
		}
		for j := range l.pictures {
			items = append(items, &l.pictures[j])
		}
		s.items = items[from:len(items):len(items)]
		s.places = l.places
		s.lines = []lineRef{{sp, i}}
		if len(l.line.Runs) > 0 && l.line.Runs[0].Style != nil {
			s.color = l.line.Runs[0].Style.Color
		}
		switch {
		case i == n-1:
			if ps.KeepNext {
				s.cut = forbidden
			}
		case ps.KeepLines, i+1 < orphans, n-1-i < widows, i+1 < sp.together:
			s.cut = forbidden
		case l.hyphen:
			s.cut = costHyphen
		}
	}
	if n > 0 && len(p.Anchors) > 0 {
		s := &out[0]
		places := make([]Place, 0, len(p.Anchors)+len(s.places))
		for _, a := range p.Anchors {
			places = append(places, Place{Name: a, Y: -s.rise})
		}
		s.places = append(places, s.places...)
	}
	return out
}

// variable says that a stanza is a paragraph that may be set a line shorter or longer. Very long ones, as they come about
// in columns of a few letters, would take more time than they are worth, and what had to be forced into lines (the third
// pass) has nothing to give.
func (st *stanza) variable() bool {
	if st.set == nil || st.shaped || st.endnote || len(st.slugs) < 4 || len(st.slugs) > 80 || st.set.pass > 2 {
		return false
	}
	ps := st.set.para.Style
	return !ps.Pre && !ps.KeepLines
}

// promising says that a paragraph has a chance to lose its last line, or to gain one: that its lines together could take up
// so much more or less, at a twentieth of their width each. When it is only a line that a column wants, it is stricter: the
// breaker gives way where a last line is nearly full, and hardly anywhere else (17 of 323 paragraphs measured, 13 of them
// among the 168 that pass here).
func (st *stanza) promising(dir int, strict bool) bool {
	n := len(st.set.lines)
	last := st.set.lines[n-1].line.Width
	if strict {
		return dir > 0 && (st.width-last)*66 < Length(n)*st.width
	}
	give := Length(n) * st.width / 20
	if dir < 0 {
		return last < give
	}
	return st.width-last+st.width/6 < give
}

// alt gives a stanza's slugs when it is set one line shorter (-1) or longer (+1); nil when it cannot be.
func (c *composer) alt(i, dir int) *altStanza {
	st := c.galley[i]
	if dir == 0 || !st.variable() {
		return nil
	}
	k := (dir + 1) / 2
	if st.alts[k] == nil {
		if !st.promising(dir, c.thorough) {
			return nil
		}
		a := &altStanza{}
		sp := c.lines.set(st.set.para, measure{width: st.width, looseness: dir})
		if len(sp.lines) == len(st.set.lines)+dir {
			a.set = sp
			a.slugs = c.paraSlugs(sp, st.width, columnMode)
			c.owned(a.slugs, st)
			a.cost = costLoose + max(0, badness(sp)-badness(st.set))/2
		}
		st.alts[k] = a
	}
	if st.alts[k].set == nil {
		return nil
	}
	return st.alts[k]
}

// badness is the sum of that of a paragraph's lines.
func badness(sp *setPara) int {
	sum := 0
	for i := range sp.lines {
		sum += min(sp.lines[i].report.Badness, 1000)
	}
	return sum
}

// ruleStanza casts a line across the column.
func (c *composer) ruleStanza(r *HRule, width Length) *stanza {
	w := r.Width
	if w <= 0 || w > width {
		w = width
	}
	x := Length(0)
	switch r.Align {
	case Center:
		x = (width - w) / 2
	case Right:
		x = width - w
	}
	t := r.Thickness
	return &stanza{
		before: r.SpaceBefore, after: r.SpaceAfter, keepNext: r.KeepNext,
		slugs: []slug{{
			rise: t, box: true, height: t, width: width,
			items: []Item{&RuleItem{X: x, Y: -t, Width: w, Height: t, Color: r.Color, Tag: r.Tag}},
		}},
	}
}

// A stack is blocks set one under the other at fixed places: a cell, a caption, a cover.
type stack struct {
	slugs []slug   // with gap, in order
	y     []Length // of their reference lines from the stack's top
	depth Length   // to the bottom of the last
}

// stack sets blocks at a measure. With edges, white before the first and after the last block is kept.
func (c *composer) stack(blocks []Block, width Length, edges bool) stack {
	var out stack
	var y, after Length
	for i, st := range c.stanzas(blocks, width, stackMode) {
		space := max(after, st.before)
		if i == 0 && !edges {
			space = 0
		} else {
			space += st.extra
		}
		for j := range st.slugs {
			s := st.slugs[j]
			if j > 0 {
				space = s.gap
			}
			if i > 0 || j > 0 || edges {
				s.gap = space
			}
			y += s.gap
			out.slugs = append(out.slugs, s)
			y += s.rise
			out.y = append(out.y, y)
			y += s.fall
		}
		after = st.after
		if len(st.slugs) > 0 && st.keepNext {
			out.slugs[len(out.slugs)-1].cut = forbidden
		}
	}
	if edges {
		y += after
	}
	out.depth = y
	return out
}

// flatten moves a stack's content into one slug, whose top left corner is (x, y) in the slug's own coordinates.
func (s *slug) flatten(st *stack, x, y Length) {
	for i := range st.slugs {
		s.absorb(&st.slugs[i], x, y+st.y[i])
	}
}

// absorb takes the content of another slug with its reference line at y.
func (s *slug) absorb(o *slug, x, y Length) {
	s.items = append(s.items, panel([]*slug{o}, []Length{y}, x)...)
	for _, it := range o.items {
		s.items = append(s.items, moved(it, x+o.x, y))
	}
	for _, p := range o.places {
		s.places = append(s.places, Place{p.Name, p.X + x + o.x, p.Y + y})
	}
	s.notes = append(s.notes, o.notes...)
	s.lines = append(s.lines, o.lines...)
}

// moved gives a copy of an item at another place.
func moved(it Item, dx, dy Length) Item {
	switch it := it.(type) {
	case *Line:
		l := *it
		l.X += dx
		l.Y += dy
		l.Runs = make([]Run, len(it.Runs))
		copy(l.Runs, it.Runs)
		for i := range l.Runs {
			l.Runs[i].X += dx
			l.Runs[i].Y += dy
		}
		return &l
	case *RuleItem:
		r := *it
		r.X += dx
		r.Y += dy
		return &r
	case *PictureItem:
		p := *it
		p.X += dx
		p.Y += dy
		return &p
	}
	return it
}

// panel gives the background and the rule at the side of a run of slugs of one look, whose reference lines are at y. x is
// the column's left edge.
func panel(slugs []*slug, y []Length, x Length) []Item {
	s := slugs[0]
	if s.style == nil || s.style.Background == 0 && s.style.RuleLeft == 0 {
		return nil
	}
	last := len(slugs) - 1
	pad := s.panelPad()
	top, bottom := y[0]-s.rise, y[last]+slugs[last].fall
	left := max(0, s.style.LeftIndent-2*pad)
	right := min(s.width, s.width-s.style.RightIndent+2*pad)
	if s.style.RTL { // the indents change sides, and the rule stands where the lines begin
		left, right = s.width-right, s.width-left
	}
	var out []Item
	if bg := s.style.Background; bg != 0 {
		out = append(out, &RuleItem{X: x + left, Y: top - pad, Width: max(0, right-left), Height: bottom - top + 2*pad, Color: bg - 1})
	}
	if w := s.style.RuleLeft; w > 0 {
		// From the ascenders of the first line to the descenders of the last, which are about a quarter of them.
		top = y[0] - min(s.rise, s.height)
		edge := left
		if s.style.RTL {
			edge = right - w
		}
		bottom = y[last] + min(slugs[last].fall, slugs[last].height/4)
		out = append(out, &RuleItem{X: x + edge, Y: top, Width: w, Height: bottom - top, Color: s.color})
	}
	return out
}

// panelPad is how far a panel reaches over its lines.
func (s *slug) panelPad() Length { return s.style.Leading / 4 }

// samePanel says that two neighbours stand before one panel.
func samePanel(a, b *slug) bool {
	return a.style != nil && b.style != nil && a.width == b.width && (a.style.Background != 0 || a.style.RuleLeft != 0) &&
		a.style.Background == b.style.Background && a.style.RuleLeft == b.style.RuleLeft &&
		a.style.LeftIndent == b.style.LeftIndent && a.style.RightIndent == b.style.RightIndent
}
