package picture

import (
	"image"
	"image/color"

	"golang.org/x/image/draw"

	"github.com/twinpress/twinpress/layout"
)

// mostOver is how many articles are named over a picture: more would hide it.
const mostOver = 5

// photo sets the type over the publisher's own picture. One that stands upright fills the cover, under a veil no denser than
// the letters need; one that lies is set across a coloured sheet, and the type above and below it.
func (p *press) photo(single bool) {
	if p.lies() {
		p.plate(single)
		return
	}
	w, h := p.page.Width, p.page.Height
	p.background = p.cropped(w+p.bleed.left+p.bleed.right, h+p.bleed.top+p.bleed.bottom)
	p.only = white
	p.page.Areas = append(p.page.Areas, pictureArea(-p.bleed.left, -p.bleed.top, w+p.bleed.left+p.bleed.right, h+p.bleed.top+p.bleed.bottom))
	mark, _ := p.overLogo()
	p.show(mark)
	parts := p.overParts(single)
	// The same again in the inks that the two ends of the picture want, which are known once it is known where the letters stand.
	for i, top := range [...]bool{true, false} {
		from, to := parts[i].span()
		if to <= from {
			continue
		}
		p.only = p.veil(from-p.pt(14), to+p.pt(14), top)
		for _, page := range p.overParts(single)[i].pages() {
			p.put(page, 0)
		}
	}
}

// An end is what is set at one end of a picture.
type end struct {
	head *layout.Page
	rest []*layout.Page
}

func (e end) pages() []*layout.Page { return append([]*layout.Page{e.head}, e.rest...) }

// span gives the heights between which an end's letters stand.
func (e end) span() (top, bottom layout.Length) {
	first := true
	for _, page := range e.pages() {
		if page == nil {
			continue
		}
		eachLine(page, func(l *layout.Line) {
			for _, r := range l.Runs {
				if t := r.Y - r.Size; first || t < top {
					top, first = t, false
				}
				bottom = max(bottom, r.Y+r.Size/4)
			}
		})
	}
	return top, bottom
}

// overParts lays out what stands at the head of a picture and at its foot.
func (p *press) overParts(single bool) [2]end {
	c, h := p.cover, p.page.Height
	foot := h - p.pt(26)
	lowered := func(page *layout.Page, foot layout.Length) *layout.Page {
		if page != nil {
			shift(page, 0, foot-lastBaseline(page))
		}
		return page
	}
	date := Plain(c.Date)
	if head, _ := p.head(); len(head) > 0 && head[0].Text == c.Date {
		date = nil
	}
	_, head := p.overLogo()
	line := hand{look: p.look.Cover.Line, leading: 110, align: p.start()}
	number := p.number(p.box(27, 0, h), 56, 0, layout.Right)
	if p.start() == layout.Center && len(date) > 0 { // nothing stands across from what is in the middle
		date, number = Plain(joined(c.Issue, c.Date)), nil
	}
	if single {
		e := c.Entries[0]
		by := hand{look: p.look.Authors, leading: 118, align: p.start()}
		title := p.fit(head, p.sizes(46, 12), func(size layout.Length) []layout.Block {
			return []layout.Block{p.text(e.Title, hand{p.look.Title, size, 110, 0, p.start()})}
		})
		return [2]end{{head: title}, {rest: []*layout.Page{
			lowered(p.line(p.box(27, 0, h), Plain(e.By), 20, 9, by), foot-p.pt(24)),
			lowered(p.line(p.box(27, 0, h), Plain(joined(joined(c.Journal, c.Issue), c.Date)), 12, 8, line), foot)}}}
	}
	list := p.contents(p.box(27, h*60/100, foot-p.pt(40)), c.Entries[:min(len(c.Entries), mostOver)], 0, p.start())
	dated := p.line(p.box(27, 0, h), date, 13, 9, line)
	rest := []*layout.Page{lowered(list, foot-p.pt(54)), lowered(dated, p.clear(dated, number, foot)), lowered(number, foot)}
	return [2]end{{head: p.journal(head, 64, 0, p.start())}, {rest: rest}}
}

// overLogo places the mark at the head of a cover with a picture, and gives where the journal's name stands.
func (p *press) overLogo() (*logo, box) {
	lies := p.lies()
	return p.logo(p.box(27, p.pt(26), p.page.Height*40/100), p.ground, !lies, p.start())
}

// lies reports whether the picture is set across a coloured sheet.
func (p *press) lies() bool {
	b := p.cover.Picture.Bounds()
	return b.Dx()*10 > b.Dy()*9
}

func pictureArea(x, y, w, h layout.Length) layout.Area {
	return layout.Area{Kind: layout.SpanArea, X: x, Y: y, Width: w, Height: h, Items: []layout.Item{&layout.PictureItem{X: x, Y: y, Width: w, Height: h}}}
}

// cropped gives the middle of the picture in the proportions of a field, as wide in pixels as the cover is to be.
func (p *press) cropped(w, h layout.Length) *image.RGBA {
	src := p.cover.Picture
	b := src.Bounds()
	part := b
	if high := int(int64(b.Dx()) * int64(h) / int64(w)); high <= b.Dy() {
		part.Min.Y += (b.Dy() - high) / 2
		part.Max.Y = part.Min.Y + max(high, 1)
	} else {
		wide := max(int(int64(b.Dy())*int64(w)/int64(h)), 1)
		part.Min.X += (b.Dx() - wide) / 2
		part.Max.X = part.Min.X + wide
	}
	width := p.cover.Pixels
	if width == 0 {
		width = CoverWidth
	}
	out := image.NewRGBA(image.Rect(0, 0, width, max(int(int64(width)*int64(h)/int64(w)), 1)))
	Rectangle(out, out.Bounds(), rgb(white))
	draw.CatmullRom.Scale(out, out.Bounds(), src, part, draw.Over, nil)
	return out
}

// veil lays as much shade, or light, over the end of the picture between two heights as letters need to be read there, fading
// into the picture, and gives their ink.
func (p *press) veil(from, to layout.Length, top bool) (letters uint32) {
	img := p.background
	whole := p.page.Height + p.bleed.top + p.bleed.bottom
	row := func(y layout.Length) int {
		return min(max(int(int64(y+p.bleed.top)*int64(img.Bounds().Dy())/int64(whole)), 0), img.Bounds().Dy())
	}
	y0, y1 := row(from), row(to)
	var seen []color.RGBA
	for y := y0; y < y1; y += max((y1-y0)/100, 1) {
		for x := 0; x < img.Bounds().Dx(); x += max(img.Bounds().Dx()/100, 1) {
			seen = append(seen, img.RGBAAt(x, y))
		}
	}
	least := legible
	if !top { // small type
		least = small
	}
	light, dark := need(seen, white, 0x0C0C0C, least), need(seen, ink, white, least)
	letters, veil, part := uint32(white), uint32(0x0C0C0C), light
	if dark < light {
		letters, veil, part = ink, white, dark
	}
	fade := max(img.Bounds().Dy()*14/100, 1)
	for y := range img.Bounds().Dy() {
		far := 0
		if top && y > y1 {
			far = y - y1
		} else if !top && y < y0 {
			far = y0 - y
		}
		if k := part * max(fade-far, 0) / fade; k > 0 {
			for x := range img.Bounds().Dx() {
				lay(img.Pix[img.PixOffset(x, y):], rgb(veil), k*one*one/100)
			}
		}
	}
	return letters
}

// need gives the least part, of 100, of a veil over colours at which letters stand out from all but a fiftieth of them.
func need(seen []color.RGBA, letters, veil uint32, least int) int {
	for part := 0; part < 95; part += 5 {
		faint := 0
		for _, c := range seen {
			under := mix(uint32(c.R)<<16|uint32(c.G)<<8|uint32(c.B), veil, uint32(part))
			if contrast(light(letters), light(under)) < least {
				faint++
			}
		}
		if faint*50 <= len(seen) {
			return part
		}
	}
	return 95
}

// plate sets a picture that lies across a coloured sheet.
func (p *press) plate(single bool) {
	c, w, h := p.cover, p.page.Width, p.page.Height
	p.field(0, h, p.ground)
	p.only = on(p.ground, white)
	b := c.Picture.Bounds()
	wide := w + p.bleed.left + p.bleed.right
	high := min(layout.Length(int64(wide)*int64(b.Dy())/int64(b.Dx())), h*40/100)
	parts := p.overParts(single)
	mark, rest := p.overLogo()
	at := rest.top
	if parts[0].head != nil {
		_, foot := parts[0].span()
		if room := h - foot - high; room > p.pt(120) {
			at = foot + p.pt(16)
		} else {
			more := p.logoRoom()
			at = h*36/100 - p.pt(10) + more
			high = min(high, h*38/100-more)
			_, name := p.overLogo()
			name.bottom = at - p.pt(10)
			parts[0].head = p.journal(name, 48, 0, p.start())
		}
	}
	p.background = p.cropped(wide, high)
	p.show(mark)
	p.put(parts[0].head, 0)
	p.page.Areas = append(p.page.Areas, pictureArea(-p.bleed.left, at, wide, high))
	if !single && len(c.Entries) > 0 {
		list := p.contents(p.box(27, at+high+p.pt(14), h-p.pt(70)), c.Entries, p.ground, p.start())
		parts[1].rest[0] = list
	}
	for _, page := range parts[1].rest {
		p.put(page, 0)
	}
}
