package flow

import (
	"cmp"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// figure sets pictures, or blocks, with a caption. A caption is no part of its picture: the two stand side by side in a
// division.
func (c *compositor) figure(s *stand, f *document.Figure) {
	em, lh := c.style.TextSize(), c.style.Leading()
	fs := &c.style.Figure
	fig := &layout.Figure{
		Gap: fs.Gap.In(em, lh), SpaceBefore: max(s.before, fs.Before.In(em, lh)), SpaceAfter: fs.After.In(em, lh),
		Anchors: s.anchors, Origin: f.Pos.String(), Placement: c.placement(s, f.Layout),
	}
	s.anchors, s.before = nil, 0
	div := group(s.parent, Div)
	c.mark(div, s)
	lost := c.figurePictures(s, fig, div, f)
	if len(lost) > 0 && len(fig.Pictures)+len(f.Blocks) == 0 && c.missingPictures(s, fig, div, f, lost) {
		lost = nil
	}
	in := &stand{parent: div, lang: s.lang, rtl: s.rtl, look: &c.style.Caption, name: "caption", small: true, hold: true, flush: true}
	if len(f.Blocks) > 0 {
		body := *in
		body.out, body.look, body.name = &fig.Body, s.look, s.name
		body.small = s.small
		c.indent = false
		c.blocks(&body, f.Blocks)
	}
	in.out = &fig.Caption
	c.figureCaption(in, fig, f, lost)
	if len(fig.Pictures) == 0 && len(fig.Body) == 0 {
		c.captionAlone(s, fig)
	} else {
		*s.out = append(*s.out, fig)
	}
	c.placeNotes(s)
}

// figurePictures puts the pictures into a figure, and gives those that were not found.
func (c *compositor) figurePictures(s *stand, fig *layout.Figure, div *StructNode, f *document.Figure) (lost []*document.Image) {
	width := style.ColumnWidth(&c.geom) - s.left - s.right
	if fig.Placement == layout.FullWidth {
		width = c.geom.Width - c.geom.Inner - c.geom.Outer
	}
	for _, im := range present(f.Images) {
		if im.Asset == nil {
			lost = append(lost, im)
			continue
		}
		pic := c.picture(im, width)
		alt, problem := document.AltText(im, captionOf(f))
		if problem != nil {
			c.problems = append(c.problems, *problem)
		}
		if !im.Decorative {
			n := c.node(div, Figure)
			n.Block = true
			n.Alt = cmp.Or(alt, im.Source)
			pic.Tag = n.Tag
			if fig.Tag == 0 {
				fig.Tag = n.Tag
			}
			if uri := c.follow(f.Link, f.Position()); uri != "" {
				c.pictureLink(n, div, pic, uri)
			}
		}
		fig.Pictures = append(fig.Pictures, pic)
	}
	return lost
}

// missingPictures draws a box for pictures that were not found, with what they show and where they were looked for. It says no
// when nothing is known of them.
func (c *compositor) missingPictures(s *stand, fig *layout.Figure, div *StructNode, f *document.Figure, lost []*document.Image) bool {
	look := c.style.Caption
	look.Align, look.Hyphenate = "left", "no"
	in := &stand{parent: div, lang: s.lang, rtl: s.rtl, name: "missing", out: &fig.Body}
	uri := c.follow(f.Link, f.Position())
	line := func(words string, color style.Color, url bool) {
		if words == "" {
			return
		}
		look := look
		look.Color = color
		n := c.node(div, P)
		p := c.para(in, &look, "missing", n, f.Pos, nil)
		st := c.inlineIn(in, &look, n)
		if uri != "" {
			l := c.child(&st, LinkElem)
			l.Link = c.addLink(Link{URI: uri, Contents: words, Lang: c.lang()})
			st.link, uri = l.Link, ""
		}
		if url {
			st.ts.Break, st.ts.NoHyphen = "url", true
		}
		c.plainSpans(&p.Spans, st, words)
		*in.out = append(*in.out, p)
	}
	for _, im := range lost {
		alt, address := document.MissingPicture(im, c.issue.Journal.BaseURL)
		line(alt, look.Color, false)
		line(address, 0x555555, true)
	}
	if len(fig.Body) > 0 {
		fig.Frame, fig.Gap = layout.Pt/2, max(fig.Gap, 4*layout.Pt)
	}
	return len(fig.Body) > 0
}

// figureCaption sets the words under a figure. What is known of a picture that was not found stands in its place.
func (c *compositor) figureCaption(s *stand, fig *layout.Figure, f *document.Figure, lost []*document.Image) {
	caption := c.captionLines(f)
	if len(caption) == 0 && len(lost) == 0 {
		return
	}
	s.parent = group(s.parent, Caption)
	for _, im := range lost {
		if words := document.Standin(im); words != "" {
			c.line(s, s.look, "caption", P, "["+words+"]", nil)
		}
	}
	// Under a single picture in a single column the first words are set ragged, as wide as the picture leaves them.
	ragged := f.Layout != "full" && len(fig.Pictures) == 1 && c.geom.Columns == 1
	for i, is := range caption {
		c.set(s, s.look, "caption", P, is, f.Pos, func(ps *layout.ParaStyle) {
			ps.FirstIndent = 0
			if i == 0 && ragged && ps.Align == layout.Justify {
				ps.Align = layout.Left
			}
		})
	}
}

// captionAlone sets the words of a figure that has nothing to show as paragraphs of their own.
func (c *compositor) captionAlone(s *stand, fig *layout.Figure) {
	for i, b := range fig.Caption {
		p := b.(*layout.Para)
		ps := *p.Style
		if i == 0 {
			ps.SpaceBefore = fig.SpaceBefore
			p.Anchors = append(p.Anchors, fig.Anchors...)
		}
		if i == len(fig.Caption)-1 {
			ps.SpaceAfter = fig.SpaceAfter
		}
		ps.OffGrid = true
		p.Style = c.internPara(ps)
		*s.out = append(*s.out, p)
	}
	c.indent = false
}

// captionLines are the paragraphs under a figure: its title, its caption, its credit.
func (c *compositor) captionLines(f *document.Figure) [][]document.Inline {
	var out [][]document.Inline
	title, caption, credit := f.Lines()
	if len(title) > 0 {
		out = append(out, []document.Inline{&document.Styled{Kind: document.Strong, Content: title}})
	}
	for _, is := range [][]document.Inline{caption, credit} {
		if len(is) > 0 {
			out = append(out, is)
		}
	}
	return out
}

func captionOf(f *document.Figure) []document.Inline {
	if len(f.Caption) > 0 {
		return f.Caption
	}
	return f.Title
}

// pictureLink makes a picture a link: the Figure moves into a Link.
func (c *compositor) pictureLink(n, parent *StructNode, pic *layout.Picture, uri string) {
	parent.Children = parent.Children[:len(parent.Children)-1]
	l := group(parent, LinkElem)
	l.Link = c.addLink(Link{URI: uri, Contents: n.Alt, Lang: c.lang()})
	l.Children = []*StructNode{n}
	pic.Link = l.Link
}

// placement says where a figure goes.
func (c *compositor) placement(s *stand, asked string) layout.Placement {
	if s.small || s.depth > 0 || s.display {
		return layout.Here // a picture within a note, a list or a quotation stays with its words
	}
	switch asked {
	case "full":
		if c.geom.Columns > 1 {
			return layout.FullWidth
		}
	case "left":
		return layout.WrapLeft
	case "right":
		return layout.WrapRight
	}
	if c.style.Figure.Placement == "here" {
		return layout.Here
	}
	return layout.Float
}

// picture gives an image its natural size: what the source asks, and never so large that the picture's dots are coarser
// than the style allows. It is given to the writer once, however often it is shown.
func (c *compositor) picture(im *document.Image, measure layout.Length) *layout.Picture {
	ref, ok := c.byAsset[im.Asset]
	if !ok {
		ref = len(c.pictures)
		data := im.Asset.Data
		c.pictures = append(c.pictures, Picture{Name: im.Asset.Name, Data: func() ([]byte, error) { return data, nil }})
		c.byAsset[im.Asset] = ref
	}
	p := &layout.Picture{Ref: ref}
	const mostPixels = 1 << 20 // beyond it lengths would overflow
	w, h := layout.Length(min(max(im.Asset.Width, 1), mostPixels)), layout.Length(min(max(im.Asset.Height, 1), mostPixels))
	if im.Asset.MediaType == "image/svg+xml" {
		// A drawing has no dots. A small one keeps its size, an illustration fills the measure.
		p.Width = w * layout.In / 96
		if im.Asset.Width >= 240 || im.Asset.Width == 0 {
			p.Width = max(p.Width, measure)
		}
	} else {
		p.Width = w * layout.In / layout.Length(max(c.style.Detail.Resolution, 50))
	}
	most := p.Width
	switch {
	case im.Width > 0 && im.Percent:
		p.Width = layout.Length(float64(measure) * min(im.Width, 1))
	case im.Width > 0:
		p.Width = layout.Length(im.Width) * layout.In / 96
	}
	p.Width = max(min(p.Width, most), 1)
	p.Height = max(p.Width*h/w, 1)
	return p
}
