package pdf

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/barcode"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/layout"
)

// An Imprint is what an offprint says of where it comes from, on its first page or, failing room there, on its last.
type Imprint struct {
	Text    []document.Inline // journal, issue, date, pages, addresses
	Address string            // what the QR code beside the text says; "" for none
}

// Offprint cuts an article out of its issue's pages: the same lines on pages of the same numbers, with the article's own
// structure, links, bookmarks and metadata. Nothing is set anew but the imprint. single is the document that holds the
// article alone, by the same pointer; it says what the file is.
func (e *Edition) Offprint(ctx context.Context, single *document.Issue, imprint Imprint) (*Edition, error) {
	if len(single.Articles) != 1 {
		return nil, errors.New("an offprint is of one article")
	}
	a := single.Articles[0]
	part := e.made.Share(a)
	if part == nil {
		return nil, fmt.Errorf("%s is not in the issue", a.Path)
	}
	o := &Edition{Report: &layout.Report{}, Sections: e.Sections, made: e.made, opts: e.opts, types: e.types}
	for _, i := range e.stands[a] {
		o.PageBreaks = append(o.PageBreaks, breakOf(a, e.PageBreaks[i]))
		p := cut(e.Pages[i], part)
		p.Index = len(o.Pages)
		o.Pages = append(o.Pages, p)
	}
	if len(o.Pages) == 0 {
		return nil, fmt.Errorf("nothing of %s stands on a page", a.Path)
	}
	o.stands = map[*document.Article][]int{a: nil}
	for i := range o.Pages {
		o.stands[a] = append(o.stands[a], i)
	}
	in := *e.input
	in.Metadata = describe(single, e.made, e.opts, o.cited(single, true))
	in.Structure = &flow.StructNode{Type: flow.Document, Lang: in.Metadata.Lang, Children: []*flow.StructNode{part.Art}}
	in.Links = part.Links(e.input.Links)
	in.Outline = slices.Clone(part.Outline)
	in.Outline[0].Open = true
	if len(imprint.Text) > 0 {
		if err := o.imprint(ctx, &in, single, imprint); err != nil {
			return nil, err
		}
	}
	in.Pages = o.Pages
	o.input = &in
	own := *e.made
	own.Structure = part.Art
	pages := o.Pages
	o.proof = func() []document.Problem { return proofread(single, &own, pages) }
	return o, nil
}

// breakOf is where a page of an article begins in its text. The first may have begun with what the issue has before it.
func breakOf(a *document.Article, b document.PageBreak) document.PageBreak {
	if b.At.Article != a {
		return document.PageBreak{Label: b.Label, At: document.Spot{Article: a}}
	}
	return b
}

// cut gives a page with what is one article's, and the heads and feet that are every page's. The items are the issue's own:
// they may be drawn, not moved.
func cut(p *layout.Page, part *flow.Share) *layout.Page {
	out := *p
	out.Areas, out.Places = nil, nil
	owns := make([]ownership, len(p.Areas))
	for i := range p.Areas {
		if k := p.Areas[i].Kind; k == layout.HeadArea || k == layout.FootArea {
			owns[i] = whole
		} else {
			owns[i] = ownerOf(p.Areas[i].Items, part)
		}
	}
	for i, a := range p.Areas {
		switch owns[i] {
		case unknown: // a picture that says nothing, say: it goes with what stands before it
			if neighbour(owns, i) != whole {
				continue
			}
		case none:
			continue
		case shared:
			a.Items = sharedItems(a.Items, part)
		}
		out.Areas = append(out.Areas, a)
	}
	for _, pl := range p.Places {
		if part.HasPlace(pl.Name) {
			out.Places = append(out.Places, pl)
		}
	}
	return &out
}

// An ownership says what of an area is an article's.
type ownership int

const (
	unknown ownership = iota // nothing there says whose it is
	none
	shared
	whole
)

func ownerOf(items []layout.Item, part *flow.Share) ownership {
	own := unknown
	for _, it := range items {
		tag := tagOf(it)
		switch {
		case tag == 0:
		case part.Has(tag) && (own == unknown || own == whole):
			own = whole
		case !part.Has(tag) && (own == unknown || own == none):
			own = none
		default:
			return shared
		}
	}
	return own
}

// neighbour gives the ownership of the last area before i, or the first after it, that is known.
func neighbour(owns []ownership, i int) ownership {
	for k := i - 1; k >= 0; k-- {
		if owns[k] != unknown {
			return owns[k]
		}
	}
	for k := i + 1; k < len(owns); k++ {
		if owns[k] != unknown {
			return owns[k]
		}
	}
	return whole
}

// sharedItems gives the items of an area that are the article's. Those that bear no tag go with what stands before them.
func sharedItems(items []layout.Item, part *flow.Share) []layout.Item {
	var out []layout.Item
	first := slices.IndexFunc(items, func(it layout.Item) bool { return tagOf(it) != 0 })
	own := part.Has(tagOf(items[first]))
	for _, it := range items {
		if tag := tagOf(it); tag != 0 {
			own = part.Has(tag)
		}
		if own {
			out = append(out, it)
		}
	}
	return out
}

// tagOf is a tag that an item bears; 0 when it bears none.
func tagOf(it layout.Item) layout.Tag {
	switch it := it.(type) {
	case *layout.Line:
		for i := range it.Runs {
			if r := &it.Runs[i]; !r.Artifact && r.Tag != 0 {
				return r.Tag
			}
		}
	case *layout.RuleItem:
		return it.Tag
	case *layout.PictureItem:
		return it.Tag
	}
	return 0
}

// standing tells which pages each article stands on, as indexes in order: from the first to the last that has text of it.
func standing(c *flow.Composition, pages []*layout.Page) map[*document.Article][]int {
	out := make(map[*document.Article][]int, len(c.Shares))
	var share *flow.Share
	for i, p := range pages {
		for a := range p.Areas {
			for _, it := range p.Areas[a].Items {
				tag := tagOf(it)
				if tag == 0 {
					continue
				}
				if share == nil || !share.Has(tag) {
					share = c.ShareOf(tag)
				}
				if share == nil {
					continue
				}
				on := out[share.Article]
				if n := len(on); n > 0 { // and what lies between: a page that is all picture
					for k := on[n-1] + 1; k <= i; k++ {
						on = append(on, k)
					}
				} else {
					on = append(on, i)
				}
				out[share.Article] = on
			}
		}
	}
	return out
}

// Measures of an imprint.
const (
	qrSize     = 46 * layout.Pt // of 29 to 41 modules: half a millimetre each, as telephones want it in print
	qrLeast    = 32 * layout.Pt
	slipGap    = 10 * layout.Pt // from the text to the code, and to what stands above and below
	slipWidest = 320 * layout.Pt
	slipEdge   = 18 * layout.Pt // of the paper, where printers do not print
)

// imprint sets the imprint and finds a place for it: over the article, else under its end, else on a leaf of its own.
func (o *Edition) imprint(ctx context.Context, in *input, single *document.Issue, im Imprint) error {
	geo := o.Sections[o.Pages[0].Section].Geometry
	width := geo.Width - geo.Inner - geo.Outer
	var code *barcode.Matrix
	if im.Address != "" {
		var err error
		if code, err = barcode.QR(im.Address); err != nil {
			return fmt.Errorf("draw the QR code of %s: %w", im.Address, err)
		}
	}
	measure := min(width, slipWidest)
	if code != nil {
		measure = max(width/3, min(width-qrSize-slipGap, slipWidest))
	}
	slip := o.made.Slip(single, o.opts.Style, o.types, in.Links, im.Text, measure)
	set, err := layout.Layout(ctx, &layout.Flow{Sections: []*layout.Section{slip.Section}, Shaper: o.types, Jobs: 1})
	if err != nil {
		return fmt.Errorf("set the imprint of an offprint: %w", err)
	}
	in.Links = slip.Links
	area := set.Pages[0].Areas[0]
	size := layout.Length(0)
	if code != nil {
		size = qrSize
	}
	page, y, size, ahead := o.room(area.Height, size, geo)
	rtl := single.Articles[0].Dir == "rtl"
	p := o.Pages[page]
	left := geo.Inner
	if geo.Mirrored && !p.Recto {
		left = geo.Outer
	}
	textX, codeX := left, left+width-size
	if rtl {
		textX, codeX = left+width-measure, left
	}
	area.Kind = layout.OpeningArea
	area.Move(textX-area.X, y-area.Y)
	if code != nil {
		in.Pictures = append(in.Pictures[:len(in.Pictures):len(in.Pictures)], flow.Picture{Name: "qr", Data: func() ([]byte, error) { return code.SVG(), nil }})
		area.Items = append(area.Items, &layout.PictureItem{X: codeX, Y: y, Width: size, Height: size, Ref: len(in.Pictures) - 1})
	}
	at := len(p.Areas)
	root := in.Structure
	if ahead {
		for at = 0; at < len(p.Areas) && p.Areas[at].Kind == layout.HeadArea; at++ {
		}
		root.Children = append([]*flow.StructNode{slip.Node}, root.Children...)
	} else {
		root.Children = append(root.Children, slip.Node)
	}
	p.Areas = slices.Insert(p.Areas, at, area)
	return nil
}

// room finds a place for a text of a height and a code of a size, which may have to be smaller: the page, the top edge of
// both, the code's size, and whether the place comes before the article.
func (o *Edition) room(text, code layout.Length, geo *layout.Geometry) (page int, y, size layout.Length, ahead bool) {
	last := len(o.Pages) - 1
	for size = code; ; size = qrLeast {
		need := max(text, size)
		for _, page := range []int{0, last} {
			for _, white := range whites(o.Pages[page]) {
				if white.bottom-white.top < need {
					continue
				}
				begin, end := firstInk(o.Pages[page])
				switch {
				case page == 0 && white.bottom <= begin:
					// At the height of a running head; over white half a page high, near to what it speaks of.
					y = min(max(white.top, geo.HeadBaseline-7*layout.Pt), white.bottom-need)
					if white.bottom-y > 5*need {
						y = white.bottom - need
					}
					return page, y, size, true
				case page == last && white.top >= end:
					return page, white.top, size, false
				}
			}
		}
		if size <= qrLeast {
			break
		}
	}
	leaf := *o.Pages[last]
	leaf.Index, leaf.Label, leaf.Areas, leaf.Places = last+1, "", nil, nil
	leaf.Recto = !leaf.Recto
	o.Pages = append(o.Pages, &leaf)
	return last + 1, geo.Top, code, false
}

// A stretch is a part of a page's height.
type stretch struct{ top, bottom layout.Length }

// whites are the stretches of a page on which nothing stands, from the top, less the gap to what stands there.
func whites(p *layout.Page) []stretch {
	var ink []stretch
	for i := range p.Areas {
		for _, it := range p.Areas[i].Items {
			ink = append(ink, extent(it))
		}
	}
	slices.SortFunc(ink, func(a, b stretch) int { return int(a.top - b.top) })
	var out []stretch
	y := slipEdge - slipGap
	for _, s := range append(ink, stretch{p.Height - slipEdge + slipGap, p.Height}) {
		if s.top-y > 2*slipGap {
			out = append(out, stretch{y + slipGap, s.top - slipGap})
		}
		y = max(y, s.bottom)
	}
	return out
}

// firstInk tells where the text of a page begins and ends, without heads and feet.
func firstInk(p *layout.Page) (begin, end layout.Length) {
	begin = p.Height
	for i := range p.Areas {
		if k := p.Areas[i].Kind; k == layout.HeadArea || k == layout.FootArea {
			continue
		}
		for _, it := range p.Areas[i].Items {
			s := extent(it)
			begin, end = min(begin, s.top), max(end, s.bottom)
		}
	}
	return begin, end
}

// extent is how far an item reaches, near enough to keep clear of it.
func extent(it layout.Item) stretch {
	switch it := it.(type) {
	case *layout.Line:
		s := stretch{it.Y, it.Y}
		for i := range it.Runs {
			r := &it.Runs[i]
			size := r.Size
			if size == 0 && r.Style != nil {
				size = r.Style.Size
			}
			s.top, s.bottom = min(s.top, r.Y-size*4/5), max(s.bottom, r.Y+size/4)
		}
		return s
	case *layout.RuleItem:
		return stretch{it.Y, it.Y + it.Height}
	case *layout.PictureItem:
		return stretch{it.Y, it.Y + it.Height}
	}
	return stretch{}
}
