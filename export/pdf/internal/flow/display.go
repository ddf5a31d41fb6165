package flow

import (
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// more is an indent as far as there is room for it: things nested too deep stand under each other.
func (c *compositor) more(s *stand, indent layout.Length) layout.Length {
	column := style.ColumnWidth(&c.geom)
	if column-s.left-s.right-indent < column*2/5 {
		return 0
	}
	return indent
}

// displayIn gives the surroundings of a display in a look: its indents are added, and within small print it stays small.
func (c *compositor) displayIn(s *stand, look *style.Look, parent *StructNode, name string) *stand {
	em, lh := c.style.TextSize(), c.style.Leading()
	in := *look
	if s.small {
		in.Size, in.Leading, in.Family = s.look.Size, s.look.Leading, s.look.Family
	}
	size := in.Size.In(em, lh)
	if size == 0 {
		size = em
	}
	d := &stand{
		parent: parent, out: s.out, lang: s.lang, rtl: s.rtl, name: name, small: s.small, hold: s.hold, depth: s.depth,
		left: s.left + c.more(s, in.Left.In(size, lh)), right: s.right + c.more(s, in.Right.In(size, lh)),
		before: max(s.before, in.Before.In(size, lh)), anchors: s.anchors, display: true,
	}
	s.anchors, s.before = nil, 0
	inner := in
	inner.Left, inner.Right, inner.Before, inner.After = style.Measure{}, style.Measure{}, style.Measure{}, style.Measure{}
	if inner.Indent.IsZero() && !s.small {
		inner.Indent = c.style.Text.Indent
	}
	d.look = &inner
	return d
}

// closeDisplay puts the white after a display on its last paragraph.
func (c *compositor) closeDisplay(s *stand, from int, look *style.Look) {
	em, lh := c.style.TextSize(), c.style.Leading()
	size := look.Size.In(em, lh)
	if size == 0 {
		size = em
	}
	space := look.After.In(size, lh)
	bs := *s.out
	if len(bs) == from || space == 0 {
		return
	}
	switch b := bs[len(bs)-1].(type) {
	case *layout.Para:
		ps := *b.Style
		if ps.SpaceAfter < space {
			ps.SpaceAfter = space
			ps.OffGrid = ps.OffGrid || space%lh != 0
			b.Style = c.internPara(ps)
		}
	case *layout.Figure:
		b.SpaceAfter = max(b.SpaceAfter, space)
	case *layout.Table:
		b.SpaceAfter = max(b.SpaceAfter, space)
	}
}

// quote sets a block quotation, its source at its end.
func (c *compositor) quote(s *stand, q *document.BlockQuote) {
	n := group(s.parent, BlockQuote)
	c.mark(n, s)
	from := len(*s.out)
	d := c.displayIn(s, &c.style.Quote, n, "quote")
	c.offGrid(d, &c.style.Quote)
	c.indent = false
	c.blocks(d, q.Blocks)
	if len(q.Attribution) > 0 {
		c.attribution(d, q.Attribution, q.Pos)
	}
	c.closeDisplay(s, from, &c.style.Quote)
	c.indent = true
}

// offGrid takes a display off the grid when half lines of white set it off: all its lines then stand between the grid's,
// and keep their leading.
func (c *compositor) offGrid(d *stand, look *style.Look) {
	if d.small {
		return
	}
	em, lh := c.style.TextSize(), c.style.Leading()
	if look.Before.In(em, lh)%lh != 0 || look.After.In(em, lh)%lh != 0 {
		d.look.Leading = style.Abs(look.Leading.In(em, lh))
		if d.look.Leading.IsZero() {
			d.look.Leading = style.Abs(lh)
		}
		// paraStyle compares leadings; one scaled point off is no grid and no difference.
		d.look.Leading.N--
	}
}

// attribution sets the source of a quotation or a poem.
func (c *compositor) attribution(s *stand, is []document.Inline, pos document.Pos) {
	in := c.style.Attribution
	if s.small {
		in.Size, in.Leading = s.look.Size, s.look.Leading
	} else {
		in.Leading = s.look.Leading
	}
	if last, ok := lastPara(*s.out); ok {
		ps := *last.Style
		ps.KeepNext = true
		last.Style = c.internPara(ps)
	}
	c.set(s, &in, "attribution", P, is, pos, nil)
}

func lastPara(bs []layout.Block) (*layout.Para, bool) {
	if len(bs) == 0 {
		return nil, false
	}
	p, ok := bs[len(bs)-1].(*layout.Para)
	return p, ok
}

// mostSteps is how far a line of verse can be moved in.
const mostSteps = 100

// verse sets a poem: each line is a line; what does not fit turns over under a deeper indent.
func (c *compositor) verse(s *stand, v *document.Verse) {
	div := group(s.parent, BlockQuote)
	c.mark(div, s)
	look := &c.style.Verse
	from := len(*s.out)
	d := c.displayIn(s, look, div, "verse")
	c.offGrid(d, look)
	em, lh := c.style.TextSize(), c.style.Leading()
	for i, stanza := range v.Stanzas {
		sd := group(div, Div)
		for j, line := range stanza {
			in := *d
			in.parent = sd
			if i > 0 && j == 0 {
				in.before = lh
			}
			n := c.node(sd, P)
			p := c.para(&in, d.look, "verse", n, v.Pos, func(ps *layout.ParaStyle) {
				ps.FirstIndent = 0
				ps.Align = layout.Left
				ps.Hyphenate = false
				ps.LeftIndent += layout.Length(min(max(line.Indent, 0), mostSteps)) * em
				ps.HangIndent = look.Hang.In(em, lh)
				// A stanza is not parted after its first line nor before its last.
				ps.KeepNext = j == 0 && len(stanza) > 1 || j == len(stanza)-2
				ps.Orphans, ps.Widows = 1, 1
			})
			d.anchors, d.before = nil, 0
			p.Spans = c.inlines(c.inlineIn(&in, d.look, n), line.Content)
			*s.out = append(*s.out, p)
			c.placeNotes(&in)
		}
	}
	if len(v.Attribution) > 0 {
		c.attribution(d, v.Attribution, v.Pos)
	}
	c.closeDisplay(s, from, look)
	c.indent = true
}

// ornament sets a thematic break.
func (c *compositor) ornament(s *stand, r *document.Rule) {
	o := &c.style.Ornament
	c.indent, c.turn = false, false
	em, lh := c.style.TextSize(), c.style.Leading()
	if o.Mark == "" || s.small {
		*s.out = append(*s.out, &layout.Skip{Height: max(lh, o.Before.In(em, lh)+o.After.In(em, lh))})
		return
	}
	// An ornament is no text: a screen reader is told nothing, as WCAG asks of decoration.
	ts := c.textStyle(&o.Look, s.lang)
	p := c.para(s, &o.Look, "ornament", nil, r.Pos, nil)
	p.Spans = []layout.Span{{Text: o.Mark, Style: c.intern(ts), Artifact: true}}
	*s.out = append(*s.out, p)
}

// division sets a group by its role.
func (c *compositor) division(s *stand, d *document.Division) {
	if !document.Kept(d, "pdf") {
		return
	}
	var look *style.Look
	t, name := Div, d.Role
	switch d.Role {
	case "epigraph", "dedication":
		look, t = &c.style.Epigraph, BlockQuote
	case "pullquote":
		look = &c.style.PullQuote
	case "aside", "note", "editor-note":
		look = &c.style.Aside
	case "abstract":
		look = &c.style.Standfirst
	case "bio":
		look = &c.style.AuthorNote
	default:
		in := *s
		in.parent = group(s.parent, Div)
		c.mark(in.parent, s)
		sects := c.sects
		c.blocks(&in, d.Blocks)
		c.sects = sects
		s.anchors, s.before = in.anchors, in.before
		return
	}
	n := group(s.parent, t)
	c.mark(n, s)
	from := len(*s.out)
	in := c.displayIn(s, look, n, name)
	in.small = true
	c.indent = false
	c.blocks(in, d.Blocks)
	if look == &c.style.Aside {
		for _, b := range (*s.out)[from:] {
			if p, ok := b.(*layout.Para); ok {
				ps := *p.Style
				ps.RuleLeft = layout.Pt * 3 / 4
				p.Style = c.internPara(ps)
			}
		}
	}
	c.closeDisplay(s, from, look)
	c.indent = true
}
