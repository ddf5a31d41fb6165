package flow

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/barcode"
	"github.com/twinpress/twinpress/layout"
)

// media sets what stands for a film, a sound, a frame: a line with a link, below its picture, and its address as a square code where
// the style or the author asks for it.
func (c *compositor) media(s *stand, m *document.Media) {
	code, size := c.squareCode(m)
	hasPoster := m.Poster != nil && m.Poster.Asset != nil
	if code == nil && !hasPoster {
		c.paragraph(s, mediaLine(m))
		return
	}
	em, lh := c.style.TextSize(), c.style.Leading()
	fs := &c.style.Figure
	fig := &layout.Figure{Gap: fs.Gap.In(em, lh), SpaceBefore: max(s.before, fs.Before.In(em, lh)), SpaceAfter: fs.After.In(em, lh),
		Anchors: s.anchors, Origin: m.Pos.String(), Placement: layout.Here}
	s.anchors, s.before = nil, 0
	div := group(s.parent, Div)
	c.mark(div, s)
	f := &document.Figure{Caption: m.Line}
	f.SetPos(m.Pos)
	if hasPoster {
		f.Images = []*document.Image{m.Poster}
		c.figurePictures(s, fig, div, f)
	}
	if code != nil {
		pic := c.picture(&document.Image{Asset: code}, size)
		pic.Width, pic.Height = size, size
		n := c.node(div, Figure)
		n.Block, n.Alt = true, "QR: "+address.Short(m.URL)
		pic.Tag = n.Tag
		if fig.Tag == 0 {
			fig.Tag = n.Tag
		}
		fig.Pictures = append(fig.Pictures, pic)
	}
	in := &stand{parent: group(div, Caption), lang: s.lang, rtl: s.rtl, look: &c.style.Caption, name: "caption", small: true, hold: true, flush: true, out: &fig.Caption}
	c.set(in, in.look, "caption", P, m.Line, m.Pos, func(ps *layout.ParaStyle) {
		ps.FirstIndent, ps.Align = 0, layout.Center // as the code above it
	})
	*s.out = append(*s.out, fig)
	c.placeNotes(s)
}

// mediaLine is the line alone.
func mediaLine(m *document.Media) *document.Paragraph {
	p := &document.Paragraph{Content: m.Line}
	p.Attr = m.Attr
	p.SetPos(m.Pos)
	return p
}

// Squares of a code may not be smaller than a camera of a telephone sees, and no code larger than a thumb.
const (
	smallestSquare = layout.Mm / 3
	largestCode    = 45 * layout.Mm
)

// squareCode draws the code of what media lead to; nil when none is asked for, or it would have to be too large to print.
func (c *compositor) squareCode(m *document.Media) (*document.Asset, layout.Length) {
	if m.URL == "" || !m.Code && (c.style.Media.QR != "yes" || !strings.Contains(m.URL, "://")) {
		return nil, 0
	}
	words := address.Coded(m.URL)
	if asset, ok := c.squares[words]; ok {
		return asset, c.codeSize(asset.Width)
	}
	code, err := barcode.QR(words)
	if err != nil || c.codeSize(code.Size+2*barcode.Quiet) > largestCode {
		return nil, 0
	}
	side := code.Size + 2*barcode.Quiet
	asset := &document.Asset{Name: "code " + words, MediaType: "image/svg+xml", Width: side, Height: side, Data: code.Framed()}
	if c.squares == nil {
		c.squares = map[string]*document.Asset{}
	}
	c.squares[words] = asset
	return asset, c.codeSize(side)
}

// codeSize is how large a code of so many squares is printed.
func (c *compositor) codeSize(squares int) layout.Length {
	return max(c.style.Media.QRSize.In(c.style.TextSize(), c.style.Leading()), layout.Length(squares)*smallestSquare)
}
