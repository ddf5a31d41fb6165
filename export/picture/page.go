package picture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math/bits"

	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// A Studio has what is needed to draw pages: what the numbers in them mean.
type Studio struct {
	Face    func(layout.FaceID) *fonts.Face // of the shaper that the pages were set with
	Picture func(ref int) image.Image       // of layout.PictureItem.Ref; nil, or a nil image, leaves a grey field

	fill  filler
	boxes map[glyphKey]*shape
}

type glyphKey struct {
	face *fonts.Face
	id   uint16
}

type shape struct {
	segments []fonts.Segment
	empty    bool
	x0, y0   int
	x1, y1   int
}

// Page draws a page at a width in pixels; the height follows from the page. Ground is the paper.
func (s *Studio) Page(p *layout.Page, width int, ground color.RGBA) *image.RGBA {
	height := int((int64(p.Height)*int64(width) + int64(p.Width)/2) / int64(p.Width))
	img := image.NewRGBA(image.Rect(0, 0, width, max(height, 1)))
	Rectangle(img, img.Bounds(), ground)
	s.Over(img, p)
	return img
}

// Rectangle fills a rectangle of a picture.
func Rectangle(img *image.RGBA, r image.Rectangle, c color.RGBA) {
	r = r.Intersect(img.Bounds())
	if r.Empty() {
		return
	}
	first := img.Pix[img.PixOffset(r.Min.X, r.Min.Y):][:4*r.Dx()]
	for i := 0; i < len(first); i += 4 {
		first[i], first[i+1], first[i+2], first[i+3] = c.R, c.G, c.B, 0xFF
	}
	for y := r.Min.Y + 1; y < r.Max.Y; y++ {
		copy(img.Pix[img.PixOffset(r.Min.X, y):], first)
	}
}

// Over draws what stands on a page over a picture, as wide as the picture.
func (s *Studio) Over(img *image.RGBA, p *layout.Page) {
	d := &drawing{Studio: s, img: img, scale: ratio{int64(img.Bounds().Dx()), int64(p.Width)}}
	s.fill.bounds = img.Bounds()
	if s.boxes == nil {
		s.boxes = map[glyphKey]*shape{}
	}
	for _, area := range p.Areas {
		for _, it := range area.Items {
			switch it := it.(type) {
			case *layout.Line:
				for i := range it.Runs {
					d.run(&it.Runs[i])
				}
			case *layout.RuleItem:
				d.rectangle(it.X, it.Y, it.Width, it.Height, rgb(it.Color))
			case *layout.PictureItem:
				d.picture(it)
			default:
				panic(fmt.Sprintf("picture: no case for %T", it))
			}
		}
	}
}

func rgb(c uint32) color.RGBA { return color.RGBA{uint8(c >> 16), uint8(c >> 8), uint8(c), 0xFF} }

// A ratio of pixels to lengths.
type ratio struct{ num, den int64 }

// fixed gives a length in 256ths of a pixel.
func (r ratio) fixed(l layout.Length) int { return int(mulDiv(int64(l)*one, r.num, r.den)) }

// mulDiv gives a·b/c to the nearest, without overflow on the way.
func mulDiv(a, b, c int64) int64 {
	neg := (a < 0) != (b < 0)
	ua, ub, uc := uint64(a), uint64(b), uint64(c)
	if a < 0 {
		ua = -ua
	}
	if b < 0 {
		ub = -ub
	}
	hi, lo := bits.Mul64(ua, ub)
	lo, carry := bits.Add64(lo, uc/2, 0)
	q, _ := bits.Div64(hi+carry, lo, uc)
	if neg {
		return -int64(q)
	}
	return int64(q)
}

type drawing struct {
	*Studio
	img   *image.RGBA
	scale ratio
}

func (d *drawing) run(r *layout.Run) {
	face := d.Face(r.Face)
	if face == nil || len(r.Glyphs) == 0 {
		return
	}
	ink := color.RGBA{A: 0xFF}
	if r.Style != nil {
		ink = rgb(r.Style.Color)
	}
	// Pixels by font unit, in 2^-32ths.
	ky := mulDiv(int64(r.Size)<<16, d.scale.num<<16, d.scale.den*int64(face.UnitsPerEm()))
	kx := ky + mulDiv(ky, int64(r.Expansion), 100000)
	for _, g := range r.Glyphs {
		x, y := d.scale.fixed(r.X+g.X), d.scale.fixed(r.Y-g.Y)
		d.glyph(face, g.ID, x, y, kx, ky, ink)
	}
}

// scaled gives a coordinate of an outline in 256ths of a pixel. Outlines have at most 64ths of a font unit.
func scaled(v float32, k int64) int {
	return int((int64(v*64)*k + 1<<29) >> 30)
}

func (d *drawing) glyph(face *fonts.Face, id uint16, x, y int, kx, ky int64, ink color.RGBA) {
	key := glyphKey{face, id}
	sh := d.boxes[key]
	if sh == nil {
		sh = outline(face, id)
		d.boxes[key] = sh
	}
	if sh.empty {
		return
	}
	box := image.Rect((x+scaled(float32(sh.x0), kx))>>8-1, (y-scaled(float32(sh.y1), ky))>>8-1,
		(x+scaled(float32(sh.x1), kx))>>8+2, (y-scaled(float32(sh.y0), ky))>>8+2)
	if !box.Overlaps(d.img.Bounds()) {
		return
	}
	f := &d.fill
	f.begin(box)
	f.px, f.py, f.sx, f.sy = 0, 0, 0, 0
	at := func(p fonts.Point) (int, int) { return x + scaled(p.X, kx), y - scaled(p.Y, ky) }
	for _, s := range sh.segments {
		ax, ay := at(s.P[0])
		bx, by := at(s.P[1])
		cx, cy := at(s.P[2])
		switch s.Op {
		case fonts.MoveTo:
			f.moveTo(ax, ay)
		case fonts.LineTo:
			f.lineTo(ax, ay)
		case fonts.QuadTo:
			f.quadTo(ax, ay, bx, by)
		case fonts.CubeTo:
			f.cubeTo(ax, ay, bx, by, cx, cy)
		}
	}
	f.paint(d.img, ink)
}

// outline gives a glyph's path with a box that holds it, control points and all.
func outline(face *fonts.Face, id uint16) *shape {
	sh := &shape{segments: face.Outline(id), empty: true}
	for _, s := range sh.segments {
		n := 1
		switch s.Op {
		case fonts.QuadTo:
			n = 2
		case fonts.CubeTo:
			n = 3
		}
		for _, p := range s.P[:n] {
			lx, hx, ly, hy := int(p.X)-1, int(p.X)+1, int(p.Y)-1, int(p.Y)+1
			if sh.empty {
				sh.x0, sh.x1, sh.y0, sh.y1, sh.empty = lx, hx, ly, hy, false
				continue
			}
			sh.x0, sh.x1, sh.y0, sh.y1 = min(sh.x0, lx), max(sh.x1, hx), min(sh.y0, ly), max(sh.y1, hy)
		}
	}
	return sh
}

// rectangle paints a rule with soft edges, at least the part of a pixel that it covers. What covers whole pixels, as grounds do, is
// painted without reckoning how much.
func (d *drawing) rectangle(x, y, w, h layout.Length, c color.RGBA) {
	x0, y0, x1, y1 := d.scale.fixed(x), d.scale.fixed(y), d.scale.fixed(x+w), d.scale.fixed(y+h)
	whole := image.Rect((x0+one-1)>>8, (y0+one-1)>>8, x1>>8, y1>>8)
	if (x1-x0)>>8 == 0 || (y1-y0)>>8 == 0 || whole.Empty() {
		d.soft(x0, y0, x1, y1, c)
		return
	}
	Rectangle(d.img, whole, c)
	left, top, right, bottom := whole.Min.X<<8, whole.Min.Y<<8, whole.Max.X<<8, whole.Max.Y<<8
	d.soft(x0, y0, x1, top, c)
	d.soft(x0, bottom, x1, y1, c)
	d.soft(x0, top, left, bottom, c)
	d.soft(right, top, x1, bottom, c)
}

// soft paints a rectangle by how much it covers of each pixel.
func (d *drawing) soft(x0, y0, x1, y1 int, c color.RGBA) {
	if x1 <= x0 || y1 <= y0 {
		return
	}
	f := &d.fill
	f.begin(image.Rect(x0>>8, y0>>8, (x1+one-1)>>8, (y1+one-1)>>8))
	f.px, f.py, f.sx, f.sy = x0, y0, x0, y0
	f.lineTo(x1, y0)
	f.lineTo(x1, y1)
	f.lineTo(x0, y1)
	f.paint(d.img, c)
}

func (d *drawing) picture(it *layout.PictureItem) {
	r := image.Rect((d.scale.fixed(it.X)+half)>>8, (d.scale.fixed(it.Y)+half)>>8,
		(d.scale.fixed(it.X+it.Width)+half)>>8, (d.scale.fixed(it.Y+it.Height)+half)>>8)
	var src image.Image
	if d.Picture != nil {
		src = d.Picture(it.Ref)
	}
	if src == nil {
		Rectangle(d.img, r, color.RGBA{0xDD, 0xDD, 0xDD, 0xFF})
		return
	}
	Scale(d.img, r, src)
}

// Scale paints a picture into a rectangle of another, over what is there. Each pixel is the mean of those that fall on it,
// reckoned in integers.
func Scale(dst *image.RGBA, r image.Rectangle, src image.Image) {
	b := src.Bounds()
	if b.Empty() || r.Empty() {
		return
	}
	clip := r.Intersect(dst.Bounds())
	for y := clip.Min.Y; y < clip.Max.Y; y++ {
		sy0 := b.Min.Y + (y-r.Min.Y)*b.Dy()/r.Dy()
		sy1 := max(b.Min.Y+(y+1-r.Min.Y)*b.Dy()/r.Dy(), sy0+1)
		for x := clip.Min.X; x < clip.Max.X; x++ {
			sx0 := b.Min.X + (x-r.Min.X)*b.Dx()/r.Dx()
			sx1 := max(b.Min.X+(x+1-r.Min.X)*b.Dx()/r.Dx(), sx0+1)
			var sum [4]uint64
			for sy := sy0; sy < sy1; sy++ {
				for sx := sx0; sx < sx1; sx++ {
					cr, cg, cb, ca := src.At(sx, sy).RGBA()
					sum[0] += uint64(cr)
					sum[1] += uint64(cg)
					sum[2] += uint64(cb)
					sum[3] += uint64(ca)
				}
			}
			n := uint64((sy1 - sy0) * (sx1 - sx0))
			p := dst.Pix[dst.PixOffset(x, y):]
			a := sum[3] / n
			for i := range 3 { // colours come multiplied by their opacity
				p[i] = uint8((uint64(p[i])*0x101*(0xFFFF-a)/0xFFFF + sum[i]/n) >> 8)
			}
			p[3] = 0xFF
		}
	}
}

// PNG encodes a picture, with a palette when it has few colours, as pages of text do.
func PNG(img *image.RGBA) ([]byte, error) {
	var out bytes.Buffer
	enc := png.Encoder{CompressionLevel: png.BestSpeed} // flat colours: the default takes half as long again for a twentieth less
	var err error
	if p := paletted(img); p != nil {
		err = enc.Encode(&out, p)
	} else {
		err = enc.Encode(&out, img)
	}
	if err != nil {
		return nil, fmt.Errorf("encode PNG: %w", err)
	}
	return out.Bytes(), nil
}

// paletted gives the picture in its own colours, in the order in which they occur; nil when there are more than 256.
func paletted(img *image.RGBA) *image.Paletted {
	b := img.Bounds()
	p := image.NewPaletted(b, nil)
	index := map[uint32]uint8{}
	w := b.Dx()
	for y := range b.Dy() {
		row, out := img.Pix[y*img.Stride:][:4*w], p.Pix[y*p.Stride:][:w]
		if y > 0 && bytes.Equal(row, img.Pix[(y-1)*img.Stride:][:4*w]) { // most rows of a page are white
			copy(out, p.Pix[(y-1)*p.Stride:])
			continue
		}
		var last uint32
		var pair uint64 // last, twice
		var k uint8
		for x := 0; x < w; {
			if x+2 <= w && binary.LittleEndian.Uint64(row[4*x:]) == pair {
				out[x], out[x+1] = k, k
				x += 2
				continue
			}
			if c := binary.LittleEndian.Uint32(row[4*x:]); x == 0 || c != last {
				var ok bool
				if k, ok = index[c]; !ok {
					if len(p.Palette) == 256 {
						return nil
					}
					k = uint8(len(p.Palette))
					index[c] = k
					p.Palette = append(p.Palette, color.RGBA{uint8(c), uint8(c >> 8), uint8(c >> 16), 0xFF})
				}
				last, pair = c, uint64(c)|uint64(c)<<32
			}
			out[x] = k
			x++
		}
	}
	return p
}
