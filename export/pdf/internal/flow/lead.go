package flow

import (
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// How much of the page's height, in hundredths, a picture that opens an article may take, since its text begins below it: more in
// one column of several, for then the text goes on at its side.
const (
	leadTaller       = 46
	leadColumnTaller = 67
)

// leadLeast is how many lines stand at least under a picture that opens an article, its caption among them.
const leadLeast = 10

// leadLarger is how much larger than its dots allow, in hundredths, a picture may be set to fill its columns. Fewer columns
// would waste more than the few dots do.
const leadLarger = 15

// lead sets the picture that opens an article. It gives the blocks that close the title block, or those that stand at the head of
// the first column. A picture has the width of whole columns; where it leaves one free at its side, its caption stands there.
func (c *compositor) lead(s *stand, sec *layout.Section, a *document.Article, runOn bool) (opening, column []layout.Block) {
	f := a.Lead()
	if f == nil {
		return nil, nil
	}
	place := a.LeadPicture
	if place == "" {
		place = c.style.LeadPicture
	}
	switch {
	case place == "none" || place == "":
		c.leftOut[a] = true
		c.problems = append(c.problems, document.Problem{Code: "picture-left-out", Severity: document.Info, Pos: f.Position(),
			Message: "the picture that front matter names stands in the EPUB, not in the PDF",
			Hint:    "style: {lead-picture: column} in twinpress.yaml sets it; lead-picture: none in its front matter takes it out of both"})
		return nil, nil
	case place == "page" && !runOn && sec.Geometry.FirstTop == c.firstTop() && c.fillsPage(f):
		c.plate(s, sec, a, f)
		return nil, nil
	}
	across := place != "column" && c.geom.Columns > 1
	fig := *f
	fig.Layout = ""
	if across {
		fig.Layout = "full" // a drawing fills what it is given
	}
	set, out := c.leadFigure(s, &fig)
	if set == nil {
		return out, nil
	}
	n := 0
	if len(set.Pictures) == 1 {
		room := c.geom.Height - c.geom.Top - c.geom.Bottom
		if !runOn {
			room -= sec.Geometry.FirstTop + c.heightOf(*s.out)
		}
		n = c.snapLead(set, across, room-leadLeast*c.style.Leading())
	}
	set.Placement = layout.Here
	if set.Side = layout.Left; s.rtl {
		set.Side = layout.Right
	}
	if n == 0 && c.style.Title.Align == "center" {
		set.Side = layout.Justify // in the middle, as the title
	}
	if n <= 1 && c.geom.Columns > 1 {
		return nil, out
	}
	set.Span = runOn
	if n < c.geom.Columns {
		set.Beside = c.columnsWide(1)
	}
	return out, nil
}

// firstTop is the white over the title block of an article.
func (c *compositor) firstTop() layout.Length {
	return c.style.TitleBlock.Drop.In(c.style.TextSize(), c.style.Leading())
}

// leadFigure sets a figure by itself; the figure is nil when what came of it is something else.
func (c *compositor) leadFigure(s *stand, f *document.Figure) (*layout.Figure, []layout.Block) {
	var out []layout.Block
	in := *s
	in.out, in.anchors = &out, nil
	c.figure(&in, f)
	if len(out) != 1 {
		return nil, out
	}
	fig, _ := out[0].(*layout.Figure)
	return fig, out
}

// columnsWide is the width of so many columns, with what is between them.
func (c *compositor) columnsWide(n int) layout.Length {
	return layout.Length(n)*style.ColumnWidth(&c.geom) + layout.Length(n-1)*c.geom.Gutter
}

// heightOf is nearly the height of a title block.
func (c *compositor) heightOf(blocks []layout.Block) (h layout.Length) {
	measure, between := max(c.titleWidth(), layout.Pt), layout.Length(0)
	for _, b := range blocks {
		switch b := b.(type) {
		case *layout.Para:
			var w layout.Length
			for i := range b.Spans {
				if sp := &b.Spans[i]; sp.Style != nil {
					w += c.types.Width(sp.Text, sp.Style)
				}
			}
			measure := max(measure-b.Style.LeftIndent-b.Style.RightIndent, layout.Pt)
			h += max(between, b.Style.SpaceBefore) + (w/measure+1)*b.Style.Leading
			between = b.Style.SpaceAfter
		case *layout.HRule:
			h += b.SpaceBefore + b.Thickness
			between = b.SpaceAfter
		}
	}
	return h + between
}

// fillsPage reports whether a picture is there, and large enough for a page of its own.
func (c *compositor) fillsPage(f *document.Figure) bool {
	for _, im := range present(f.Images) {
		if im.Asset == nil {
			return false
		}
		width, height := c.columnsWide(c.geom.Columns), c.geom.Height-c.geom.Top-c.geom.Bottom
		if p := c.picture(im, width); p.Width < width/2 && p.Height < height/2 {
			return false
		}
	}
	return true
}

// snapLead gives a picture the width of as many columns as it fills, and tells how many: 0 when it is narrower than one. Room is
// the height that it and its caption may take.
func (c *compositor) snapLead(fig *layout.Figure, across bool, room layout.Length) int {
	p := fig.Pictures[0]
	page := c.geom.Height - c.geom.Top - c.geom.Bottom
	n, tallest := 1, layout.Length(0)
	if across {
		n = c.geom.Columns
	}
	for ; n > 0; n-- {
		tallest = page * leadTaller / 100
		if n == 1 && c.geom.Columns > 1 {
			tallest = page * leadColumnTaller / 100
		}
		tallest = max(min(tallest, room), page/4)
		w := c.columnsWide(n)
		h := ratio(p.Height, w, p.Width)
		if w <= p.Width*(100+leadLarger)/100 && h <= tallest {
			p.Width, p.Height = w, h
			return n
		}
	}
	fig.MaxWidth = min(c.columnsWide(1), max(1, ratio(p.Width, tallest, p.Height)))
	return 0
}

// ratio gives l·a/b without overflow.
func ratio(l, a, b layout.Length) layout.Length {
	return layout.Length(float64(l) * (float64(a) / float64(max(b, 1))))
}

// plate sets the picture on a page of its own before the article, as large as it can be, without heads. The page is counted as
// the article's first.
func (c *compositor) plate(s *stand, sec *layout.Section, a *document.Article, f *document.Figure) {
	geom := *sec.Geometry
	geom.FirstTop, geom.Columns = 0, 1
	columns := c.geom.Columns
	c.geom.Columns = 1
	set, out := c.leadFigure(s, f)
	c.geom.Columns = columns
	if set != nil {
		set.Placement = layout.Here
		for _, p := range set.Pictures {
			if w := c.columnsWide(columns); p.Width < w {
				larger := min(w, p.Width*(100+leadLarger)/100)
				p.Width, p.Height = larger, ratio(p.Height, larger, p.Width)
			}
		}
	}
	page := &layout.Section{Name: a.Slug + "-plate", Geometry: &geom, VAlign: 1, Body: out, FirstNumber: sec.FirstNumber}
	if sec.FirstNumber > 0 {
		page.Recto, sec.Recto, sec.FirstNumber = sec.Recto, c.style.Page.ArticleSide == "recto", 0
	}
	last := len(c.sections) - 1
	c.sections[last] = page
	c.add(sec, a, "")
}
