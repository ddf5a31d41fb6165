package picture

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"strings"

	"github.com/twinpress/twinpress/layout"
)

// The cover's size in pixels, which shops ask for: 1:1.6, 2560 high.
const (
	CoverWidth  = 1600
	CoverHeight = 2560
)

// A Cover is what is said on a cover that is made for an edition without one.
type Cover struct {
	Journal  string
	Subtitle string // of the journal
	Number   string // of the issue, set large; may be empty
	Issue    string // "Issue 112", "Volume 3, Issue 7"
	Date     string
	Entries  []Entry
	Lang     string // BCP 47
	RTL      bool
	// Seed chooses among the house's colours; the same seed, the same colour. Issue numbers follow each other through them.
	Seed string
}

// An Entry is a line of the contents. An edition with one entry is an article on its own: its title takes the journal's
// place.
type Entry struct{ Title, By string }

// colours are grounds dark enough for white letters (7:1 and more), in an order in which neighbours differ.
var colours = [...]uint32{0x7A1E1E, 0x17395C, 0x3E5219, 0x4A2358, 0x0F4C4A, 0x6B3410, 0x26304D, 0x5C1A3B, 0x22482C, 0x3B3B3B}

const (
	paper = 0xF6F2E9
	ink   = 0x1C1A17
	faint = 0x5E584E
	white = 0xFFFFFF
)

// The cover is laid out on a page of 360 by 576 points.
const (
	sheetWidth  = 360 * layout.Pt
	sheetHeight = 576 * layout.Pt
	coverMargin = 27 * layout.Pt
)

// Draw sets the cover with the studio's faces, by the same engine as the pages, at a width in pixels (CoverWidth for the
// cover of an EPUB; 120 to see what is left of it in a shop's list). It fails when
// the context ends, and when the shaper makes no setting possible.
func (c *Cover) Draw(ctx context.Context, s *Studio, shaper layout.Shaper, width int) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, width, int(int64(width)*int64(sheetHeight)/int64(sheetWidth))))
	Rectangle(img, img.Bounds(), rgb(paper))
	p := &press{ctx: ctx, cover: c, shaper: shaper, studio: s, img: img}
	ground := c.ground()
	single := len(c.Entries) == 1
	band := 326 * layout.Pt
	if n := len(c.Entries); !single && n > 8 { // a long contents list gets more room
		band = 278 * layout.Pt
	}
	Rectangle(img, image.Rect(0, 0, width, p.pixels(band)), rgb(ground))

	foot := band - 20*layout.Pt // baseline of number and date
	if single {
		p.small(30*layout.Pt, c.Journal, white, layout.Left)
		p.large(62*layout.Pt, foot-48*layout.Pt, c.Entries[0].Title, "", 50)
		p.line(foot, joined(c.Issue, c.Date), white, 12)
		if by := c.Entries[0].By; by != "" {
			p.large2(band+26*layout.Pt, by)
		}
		return img, p.err
	}
	top := foot - 30*layout.Pt
	if c.Number != "" {
		top = foot - 84*layout.Pt
		p.number(foot, band, tint(ground))
	}
	p.large(26*layout.Pt, top, c.Journal, c.Subtitle, 64)
	p.line(foot, c.Date, white, 13)
	p.contents(band + 24*layout.Pt)
	return img, p.err
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// ground chooses the colour: by the number that the seed ends in when it does, so that no two issues in a row share one.
func (c *Cover) ground() uint32 {
	n, digits := 0, false
	for _, r := range c.Seed {
		if r >= '0' && r <= '9' {
			if !digits {
				n = 0
			}
			n, digits = (n*10+int(r-'0'))%100000, true
		} else if !digits {
			n = (n*31 + int(r)) % 100000
		}
	}
	return colours[n%len(colours)]
}

// tint is a colour half way to white.
func tint(c uint32) uint32 {
	var out uint32
	for shift := 0; shift < 24; shift += 8 {
		v := c >> shift & 0xFF
		out |= (v + (255-v)*45/100) << shift
	}
	return out
}

// A press sets the parts of one cover.
type press struct {
	ctx    context.Context // of one Draw
	cover  *Cover
	shaper layout.Shaper
	studio *Studio
	img    *image.RGBA
	err    error
}

func (p *press) pixels(l layout.Length) int {
	return int(int64(l) * int64(p.img.Bounds().Dx()) / int64(sheetWidth))
}

func (p *press) align() layout.Align {
	if p.cover.RTL {
		return layout.Right
	}
	return layout.Left
}

// text makes a paragraph.
func (p *press) text(s, family string, weight int, italic bool, size, leading layout.Length, ink uint32, features string, space layout.Length, align layout.Align) *layout.Para {
	ts := &layout.TextStyle{Family: family, Weight: weight, Italic: italic, Size: size, Features: features, Lang: p.cover.Lang,
		Letterspace: space, Color: ink, NoHyphen: true}
	ps := &layout.ParaStyle{Name: "cover", Align: align, Leading: leading, OffGrid: true, Orphans: 1, Widows: 1, RTL: p.cover.RTL}
	return &layout.Para{Style: ps, Spans: []layout.Span{{Text: s, Style: ts}}}
}

// set lays blocks out between two heights; ok is false when they need more room or a word is wider than the measure.
func (p *press) set(top, bottom layout.Length, columns int, blocks []layout.Block) (page *layout.Page, ok bool) {
	for _, b := range blocks {
		if para, isPara := b.(*layout.Para); isPara && p.widest(para) > measure(columns) {
			return nil, false // a word would be broken
		}
	}
	return p.lay(top, bottom, columns, blocks)
}

// lay lays blocks out, whether they fit or not.
func (p *press) lay(top, bottom layout.Length, columns int, blocks []layout.Block) (page *layout.Page, ok bool) {
	g := &layout.Geometry{Width: sheetWidth, Height: sheetHeight, Inner: coverMargin, Outer: coverMargin, Top: top,
		Bottom: sheetHeight - bottom, Columns: columns, Gutter: gutter}
	res, err := layout.Layout(p.ctx, &layout.Flow{Sections: []*layout.Section{{Name: "cover", Geometry: g, Body: blocks}}, Shaper: p.shaper,
		Jobs: 1, Breaking: layout.Breaking{NoProtrusion: true, Expansion: -1}})
	if err != nil {
		p.err = errors.Join(p.err, fmt.Errorf("set the cover: %w", err))
		return nil, false
	}
	if len(res.Pages) == 0 {
		return nil, false
	}
	ok = len(res.Pages) == 1
	for _, f := range res.Report.Findings {
		ok = ok && f.Kind != "overfull"
	}
	return res.Pages[0], ok
}

const gutter = 18 * layout.Pt

func measure(columns int) layout.Length {
	return (sheetWidth - 2*coverMargin - layout.Length(columns-1)*gutter) / layout.Length(columns)
}

// widest gives the width of a paragraph's widest word.
func (p *press) widest(para *layout.Para) (w layout.Length) {
	for _, s := range para.Spans {
		for _, word := range strings.FieldsFunc(s.Text, func(r rune) bool { return r == ' ' || r == '-' || r == '–' || r == '—' || r == '/' }) {
			sum := layout.Length(0)
			for _, g := range p.shaper.Shape(word, s.Style, p.cover.RTL) {
				sum += g.Advance + s.Style.Letterspace
			}
			w = max(w, sum)
		}
	}
	return w
}

// fit draws the blocks at the largest of the sizes at which they fit, and at the smallest as they come when they fit at none.
func (p *press) fit(top, bottom layout.Length, sizes []layout.Length, blocks func(size layout.Length) []layout.Block) {
	for i, size := range sizes {
		b := blocks(size)
		page, ok := p.set(top, bottom, 1, b)
		if i == len(sizes)-1 && !ok {
			page, _ = p.lay(top, bottom, 1, b)
		}
		if page != nil && (ok || i == len(sizes)-1) {
			p.studio.Over(p.img, page)
			return
		}
	}
}

// sizes steps down from a size by a tenth.
func sizes(from, to layout.Length) (s []layout.Length) {
	for ; from > to; from = from * 9 / 10 {
		s = append(s, from)
	}
	return append(s, to)
}

// large sets the title of the cover as large as its words allow, with a line under it.
func (p *press) large(top, bottom layout.Length, title, under string, most int64) {
	if title == "" {
		return
	}
	p.fit(top, bottom, sizes(layout.Length(most)*layout.Pt, 16*layout.Pt), func(size layout.Length) []layout.Block {
		b := []layout.Block{p.text(title, "text", 700, false, size, size*104/100, white, "lnum", 0, p.align())}
		if under != "" {
			b = append(b, &layout.Skip{Height: 8 * layout.Pt}, p.text(under, "text", 400, true, 14*layout.Pt, 17*layout.Pt, white, "", 0, p.align()))
		}
		return b
	})
}

// large2 sets who wrote an article.
func (p *press) large2(top layout.Length, by string) {
	p.fit(top, sheetHeight-30*layout.Pt, sizes(26*layout.Pt, 11*layout.Pt), func(size layout.Length) []layout.Block {
		return []layout.Block{p.text(by, "text", 400, false, size, size*118/100, ink, "", 0, p.align())}
	})
}

// small sets a line in letterspaced small capitals.
func (p *press) small(top layout.Length, s string, color uint32, align layout.Align) {
	if s == "" {
		return
	}
	p.fit(top, top+40*layout.Pt, sizes(13*layout.Pt, 8*layout.Pt), func(size layout.Length) []layout.Block {
		return []layout.Block{p.text(s, "text", 400, false, size, size*13/10, color, "smcp", size/12, p.align())}
	})
}

// line sets a line whose foot is at a height.
func (p *press) line(foot layout.Length, s string, color uint32, points int64) {
	if s == "" {
		return
	}
	size := layout.Length(points) * layout.Pt
	p.fit(foot-size*9/10, foot+2*size, []layout.Length{size, size * 8 / 10}, func(size layout.Length) []layout.Block {
		return []layout.Block{p.text(s, "text", 400, false, size, size, color, "smcp", size/16, p.align())}
	})
}

// number sets the issue's number across from the date, so large that it is read in a shop's list.
func (p *press) number(foot, band layout.Length, color uint32) {
	align := layout.Right
	if p.cover.RTL {
		align = layout.Left
	}
	n := len([]rune(p.cover.Number))
	size := min(int64(112), int64(330/max(n, 1)))
	at := layout.Length(size) * layout.Pt
	page, _ := p.lay(foot-at*72/100, sheetHeight, 1, []layout.Block{p.text(p.cover.Number, "text", 700, false, at, at, color, "lnum", 0, align)})
	if page == nil {
		return
	}
	// The line's baseline, wherever the engine put it, goes to the foot.
	for _, a := range page.Areas {
		for _, it := range a.Items {
			if l, ok := it.(*layout.Line); ok {
				shift := foot - l.Y
				l.Y = foot
				for i := range l.Runs {
					l.Runs[i].Y += shift
				}
			}
		}
	}
	p.studio.Over(p.img, page)
}

// contents lists what is in the issue, in two columns when it is much.
func (p *press) contents(top layout.Length) {
	entries := p.cover.Entries
	bottom := sheetHeight - 22*layout.Pt
	// More than two full columns of single lines at the least size never fit, and are not tried.
	const least = 7*layout.Pt + layout.Pt/2
	entries = entries[:min(len(entries), max(0, 2*int((bottom-top)/(least*171/100))+2))]
	for len(entries) > 0 {
		columns, largest := 1, 17*layout.Pt
		if len(entries) > 8 {
			columns, largest = 2, 13*layout.Pt
		}
		for _, size := range sizes(largest, least) {
			var b []layout.Block
			for i, e := range entries {
				if i > 0 {
					b = append(b, &layout.Skip{Height: size * 55 / 100})
				}
				title := p.text(e.Title, "text", 700, false, size, size*116/100, ink, "", 0, p.align())
				title.Style.KeepLines = true
				b = append(b, title)
				if e.By != "" {
					title.Style.KeepNext = true
					by := p.text(e.By, "text", 400, true, size*88/100, size*106/100, faint, "", 0, p.align())
					by.Style.KeepLines = true
					b = append(b, by)
				}
			}
			if page, ok := p.set(top, bottom, columns, b); ok {
				p.studio.Over(p.img, page)
				return
			}
		}
		if p.err != nil {
			return
		}
		entries = entries[:len(entries)-1] // what has no room is in the contents inside
	}
}

// Thumbnail gives a picture scaled to a width.
func Thumbnail(img image.Image, width int) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, width, max(b.Dy()*width/max(b.Dx(), 1), 1)))
	Rectangle(out, out.Bounds(), color.RGBA{0xFF, 0xFF, 0xFF, 0xFF})
	Scale(out, out.Bounds(), img)
	return out
}
