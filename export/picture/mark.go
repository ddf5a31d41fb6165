package picture

import (
	"context"
	"image"

	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/layout"
)

// PaintClear paints a drawing as Paint does, and leaves clear what the drawing does.
func PaintClear(ctx context.Context, d *svg.Drawing, width, height int) (*image.RGBA, error) {
	bright, err := paintOn(ctx, d, width, height, white)
	if err != nil {
		return nil, err
	}
	out, err := paintOn(ctx, d, width, height, 0)
	if err != nil {
		return nil, err
	}
	// What shows of a white ground and not of a black one is what is clear; on black, colours come multiplied by their opacity.
	for i := 0; i < len(out.Pix); i += 4 {
		clear := 0
		for k := range 3 {
			clear = max(clear, int(bright.Pix[i+k])-int(out.Pix[i+k]))
		}
		alpha := uint8(255 - clear)
		for k := range 3 {
			out.Pix[i+k] = min(out.Pix[i+k], alpha)
		}
		out.Pix[i+3] = alpha
	}
	return out, nil
}

// logoRef is the number of the journal's mark among the pictures of a page, after the ground and the bar code.
const logoRef = 2

// A logo is the journal's mark in its place.
type logo struct {
	x, y, w, h layout.Length
	pad        layout.Length // of a plate around it; 0 for none
	plate      uint32
}

// logo places the journal's mark at the head of a box, over the journal's name as on the title page, and gives what is left of the
// box. On a ground from which it does not stand out it gets a plate, as it does on a picture. Nil is for no mark.
func (p *press) logo(b box, ground uint32, onPicture bool, align layout.Align) (*logo, box) {
	img := p.cover.Logo
	if img == nil || img.Bounds().Empty() || p.err != nil {
		return nil, b
	}
	l := &logo{}
	if l.plate = p.plateFor(ground, onPicture); onPicture || l.plate != ground {
		l.pad = p.pt(5)
	}
	size := img.Bounds()
	l.h = min(p.pt(34), (b.bottom-b.top)/5)
	l.w = l.h * layout.Length(size.Dx()) / layout.Length(size.Dy())
	if most := min(p.pt(130), b.right-b.left-2*l.pad); l.w > most {
		l.w, l.h = most, most*layout.Length(size.Dy())/layout.Length(size.Dx())
	}
	if l.w <= 0 || l.h <= 0 {
		return nil, b
	}
	l.y = b.top + l.pad
	switch {
	case align == layout.Center:
		l.x = (b.left + b.right - l.w) / 2
	case p.cover.RTL:
		l.x = b.right - l.w - l.pad
	default:
		l.x = b.left + l.pad
	}
	b.top = l.y + l.h + l.pad + min(p.pt(12), (b.bottom-b.top)/12)
	return l, b
}

// logoRoom is what a mark takes of a head that has little room.
func (p *press) logoRoom() layout.Length {
	if p.cover.Logo == nil {
		return 0
	}
	return p.pt(52)
}

// show paints a mark, after what lies under it.
func (p *press) show(l *logo) {
	if l == nil {
		return
	}
	if l.pad > 0 {
		p.rule(l.x-l.pad, l.y-l.pad, l.w+2*l.pad, l.h+2*l.pad, l.plate)
	}
	area := pictureArea(l.x, l.y, l.w, l.h)
	*p.tags++
	item := area.Items[0].(*layout.PictureItem)
	item.Ref, item.Tag = logoRef, *p.tags
	p.page.Areas = append(p.page.Areas, area)
}

// plateFor gives the ground on which the mark is seen: the cover's own where no more than a quarter of the mark is faint there.
func (p *press) plateFor(ground uint32, onPicture bool) uint32 {
	const outline = 300 // the least contrast of what is no text (WCAG 2.2, 1.4.11)
	img := p.cover.Logo
	grounds := []uint32{ground, paper, ink}
	if onPicture {
		grounds = grounds[1:]
	}
	faint, all := make([]int, len(grounds)), 0
	for y := 0; y < img.Rect.Dy(); y += max(img.Rect.Dy()/200, 1) {
		for x := 0; x < img.Rect.Dx(); x += max(img.Rect.Dx()/200, 1) {
			px := img.Pix[img.PixOffset(img.Rect.Min.X+x, img.Rect.Min.Y+y):]
			a := int(px[3])
			if a < 128 {
				continue
			}
			all++
			c := uint32(0)
			for k := range 3 {
				c = c<<8 | uint32(min(int(px[k])*255/a, 255))
			}
			for i, g := range grounds {
				if contrast(light(c), light(g)) < outline {
					faint[i]++
				}
			}
		}
	}
	best := 0
	for i := range grounds {
		if faint[i] < faint[best] {
			best = i
		}
	}
	if !onPicture && faint[0]*4 <= all {
		best = 0
	}
	return grounds[best]
}
