package picture

import (
	"context"
	"image"
	"image/color"
	"math"

	"github.com/twinpress/twinpress/export/internal/svg"
)

// Paint paints a drawing on white, as wide and high as told. Pictures in it are image.Image values. It fails when the context
// ends.
func Paint(ctx context.Context, d *svg.Drawing, width, height int) (*image.RGBA, error) {
	return paintOn(ctx, d, width, height, white)
}

func paintOn(ctx context.Context, d *svg.Drawing, width, height int, ground uint32) (*image.RGBA, error) {
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	Rectangle(img, img.Bounds(), rgb(ground))
	p := &painter{ctx: ctx, img: img, root: svg.Matrix{float64(width) / d.Width, 0, 0, -float64(height) / d.Height, 0, float64(height)}}
	p.fill.bounds = img.Bounds()
	p.ops(d.Ops, state{m: p.root, clip: img.Bounds()})
	return img, ctx.Err()
}

type painter struct {
	ctx  context.Context // of one Paint
	img  *image.RGBA
	root svg.Matrix // from the drawing to pixels
	fill filler
}

// A state is what holds for the steps of a group.
type state struct {
	m    svg.Matrix // from user space to pixels
	clip image.Rectangle
	mask *image.Alpha // within clip; nil lets all through
}

func (p *painter) ops(ops []svg.Op, st state) {
	for _, op := range ops {
		if p.ctx.Err() != nil {
			return
		}
		switch op := op.(type) {
		case svg.Group:
			p.ops(op.Ops, st)
		case svg.Concat:
			st.m = times(st.m, op.Matrix)
		case svg.ClipRect:
			p.clip(&st, svg.Path{{Op: 'm', P: [6]float64{op.X, op.Y}}, {Op: 'l', P: [6]float64{op.X + op.Width, op.Y}},
				{Op: 'l', P: [6]float64{op.X + op.Width, op.Y + op.Height}}, {Op: 'l', P: [6]float64{op.X, op.Y + op.Height}}, {Op: 'h'}}, false)
		case svg.ClipPath:
			p.clip(&st, op.Path, op.EvenOdd)
		case svg.Shape:
			p.shape(op, st)
		case svg.Picture:
			if img, ok := op.Image.(image.Image); ok {
				p.picture(img, op, st)
			}
		}
	}
}

// times gives the map that applies n first and then m.
func times(m, n svg.Matrix) svg.Matrix {
	dot := func(a, b, c, d float64) float64 { return float64(a*b) + float64(c*d) }
	return svg.Matrix{dot(m[0], n[0], m[2], n[1]), dot(m[1], n[0], m[3], n[1]), dot(m[0], n[2], m[2], n[3]), dot(m[1], n[2], m[3], n[3]),
		dot(m[0], n[4], m[2], n[5]) + m[4], dot(m[1], n[4], m[3], n[5]) + m[5]}
}

func apply(m svg.Matrix, p point) point {
	return point{float64(m[0]*p.x) + float64(m[2]*p.y) + m[4], float64(m[1]*p.x) + float64(m[3]*p.y) + m[5]}
}

// inverse gives the map back; ok is false when there is none.
func inverse(m svg.Matrix) (svg.Matrix, bool) {
	det := float64(m[0]*m[3]) - float64(m[1]*m[2])
	if det == 0 || math.IsNaN(det) || math.IsInf(det, 0) {
		return m, false
	}
	i := svg.Matrix{m[3] / det, -m[1] / det, -m[2] / det, m[0] / det, 0, 0}
	o := apply(i, point{m[4], m[5]})
	i[4], i[5] = -o.x, -o.y
	return i, true
}

// scale is how many pixels a unit is long, in the mean.
func (st *state) scale() float64 {
	return math.Sqrt(math.Abs(float64(st.m[0]*st.m[3]) - float64(st.m[1]*st.m[2])))
}

// fixed gives a point in 256ths of a pixel; what lies far off stays far off.
func fixed(p point) (x, y int) {
	const most = 1 << 22
	to := func(v float64) int {
		if math.IsNaN(v) {
			return 0
		}
		return int(math.Round(min(max(v*one, -most), most)))
	}
	return to(p.x), to(p.y)
}

// tolerance is how far a piece may lie off its curve, in pixels.
const tolerance = .05

// outline gathers contours in pixels, to be filled.
func (p *painter) outline(contours [][]point, st *state, turned bool) bool {
	x0, y0, x1, y1 := math.MaxInt, math.MaxInt, math.MinInt, math.MinInt
	type dot struct{ x, y int }
	var all [][]dot
	for _, c := range contours {
		dots := make([]dot, len(c))
		area := 0
		for i, q := range c {
			x, y := fixed(apply(st.m, q))
			dots[i] = dot{x, y}
			x0, y0, x1, y1 = min(x0, x), min(y0, y), max(x1, x), max(y1, y)
			if i > 1 {
				area += (dots[i-1].x-dots[0].x)*(y-dots[0].y) - (x-dots[0].x)*(dots[i-1].y-dots[0].y)
			}
		}
		if turned && area < 0 { // pieces of a stroke add up when all turn the same way
			for i, j := 0, len(dots)-1; i < j; i, j = i+1, j-1 {
				dots[i], dots[j] = dots[j], dots[i]
			}
		}
		all = append(all, dots)
	}
	if len(all) == 0 {
		return false
	}
	box := image.Rect(x0>>8, y0>>8, x1>>8+1, y1>>8+1).Intersect(st.clip)
	if box.Empty() {
		return false
	}
	f := &p.fill
	f.begin(box)
	f.px, f.py, f.sx, f.sy = 0, 0, 0, 0
	for _, dots := range all {
		for i, d := range dots {
			if i == 0 {
				f.moveTo(d.x, d.y)
			} else {
				f.lineTo(d.x, d.y)
			}
		}
		f.close()
	}
	return true
}

func contoursOf(lines []polyline) (out [][]point) {
	for _, l := range lines {
		if len(l.points) > 2 {
			out = append(out, l.points)
		}
	}
	return out
}

// clip narrows what is painted to a path.
func (p *painter) clip(st *state, path svg.Path, evenOdd bool) {
	if !p.outline(contoursOf(flatten(path, tolerance/max(st.scale(), 1e-9))), st, false) {
		st.clip = image.Rectangle{}
		return
	}
	f := &p.fill
	box := image.Rect(f.x0, f.y0, f.x0+f.w, f.y0+f.h)
	mask := image.NewAlpha(box)
	whole := true
	f.scan(evenOdd, func(x, y, cov int) {
		if st.mask != nil {
			cov = cov * int(st.mask.AlphaAt(x, y).A) / 255
		}
		mask.Pix[mask.PixOffset(x, y)] = uint8(cov * 255 / one)
	})
	for _, v := range mask.Pix {
		whole = whole && v == 255
	}
	st.clip = box
	if st.mask = mask; whole {
		st.mask = nil
	}
}

// shape fills and strokes a path.
func (p *painter) shape(s svg.Shape, st state) {
	if s.Fill == nil && s.Stroke == nil {
		return
	}
	lines := flatten(s.Path, tolerance/max(st.scale(), 1e-9))
	if s.Fill != nil && p.outline(contoursOf(lines), &st, false) {
		p.colour(s.Fill, s.EvenOdd, &st)
	}
	if s.Stroke != nil && s.Line.Width > 0 && p.outline(stroke(lines, s.Line, tolerance/max(st.scale(), 1e-9)), &st, true) {
		p.colour(s.Stroke, false, &st)
	}
}

// colour paints what the filler holds.
func (p *painter) colour(paint *svg.Paint, evenOdd bool, st *state) {
	at := func(int, int) [3]float64 { return paint.RGB }
	if g := paint.Gradient; g != nil {
		back, ok := inverse(times(p.root, g.Matrix))
		if !ok {
			return
		}
		at = func(x, y int) [3]float64 { return shade(g, apply(back, point{float64(x) + .5, float64(y) + .5})) }
	}
	ink := sample(paint.RGB)
	alpha := int(math.Round(min(max(paint.Alpha, 0), 1) * one))
	p.fill.scan(evenOdd, func(x, y, cov int) {
		if st.mask != nil {
			cov = cov * int(st.mask.AlphaAt(x, y).A) / 255
		}
		if paint.Gradient != nil {
			ink = sample(at(x, y))
		}
		lay(p.img.Pix[p.img.PixOffset(x, y):], ink, cov*alpha)
	})
}

// lay lays ink over a pixel, part of 65536.
func lay(pix []uint8, ink color.RGBA, part int) {
	for i, v := range [3]uint8{ink.R, ink.G, ink.B} {
		pix[i] = uint8((int(pix[i])*(one*one-part) + int(v)*part + one*one/2) / (one * one))
	}
}

func sample(c [3]float64) color.RGBA {
	to := func(v float64) uint8 { return uint8(math.Round(min(max(v, 0), 1) * 255)) }
	return color.RGBA{to(c[0]), to(c[1]), to(c[2]), 0xFF}
}

// shade gives the colour of a gradient at a point of its space.
func shade(g *svg.Gradient, p point) [3]float64 {
	c := g.Coords
	t := 0.0
	if !g.Radial {
		dx, dy := c[2]-c[0], c[3]-c[1]
		if n := float64(dx*dx) + float64(dy*dy); n > 0 {
			t = (float64((p.x-c[0])*dx) + float64((p.y-c[1])*dy)) / n
		}
	} else {
		t = radial(c, p)
	}
	return between(g.Stops, min(max(t, 0), 1))
}

// radial gives how far between its two circles a point of a radial gradient lies: the greatest t at which the circle around
// f + t(c−f) of radius fr + t(r−fr) passes through it (ISO 32000-1 § 8.7.4.5.4).
func radial(g []float64, p point) float64 {
	dx, dy, dr := g[3]-g[0], g[4]-g[1], g[5]-g[2]
	px, py := p.x-g[0], p.y-g[1]
	a := float64(dx*dx) + float64(dy*dy) - float64(dr*dr)
	b := float64(px*dx) + float64(py*dy) + float64(g[2]*dr)
	c := float64(px*px) + float64(py*py) - float64(g[2]*g[2])
	if a == 0 {
		if b == 0 {
			return 1
		}
		return c / (2 * b)
	}
	root := float64(b*b) - float64(a*c)
	if root < 0 {
		return 1
	}
	root = math.Sqrt(root)
	return max((b+root)/a, (b-root)/a)
}

// between gives the colour of stops at a place from 0 to 1.
func between(stops []svg.Stop, t float64) [3]float64 {
	if t <= stops[0].At {
		return stops[0].RGB
	}
	for i := 1; i < len(stops); i++ {
		a, b := stops[i-1], stops[i]
		if t > b.At || b.At <= a.At {
			continue
		}
		k := (t - a.At) / (b.At - a.At)
		var out [3]float64
		for n := range out {
			out[n] = a.RGB[n] + float64((b.RGB[n]-a.RGB[n])*k)
		}
		return out
	}
	return stops[len(stops)-1].RGB
}

// picture paints a raster picture that stands in a drawing: of each pixel the mean of nine places.
func (p *painter) picture(img image.Image, op svg.Picture, st state) {
	back, ok := inverse(st.m)
	b := img.Bounds()
	frame := svg.Path{{Op: 'm'}, {Op: 'l', P: [6]float64{op.Width, 0}}, {Op: 'l', P: [6]float64{op.Width, op.Height}}, {Op: 'l', P: [6]float64{0, op.Height}}, {Op: 'h'}}
	if !ok || b.Empty() || !p.outline(contoursOf(flatten(frame, 1)), &st, false) {
		return
	}
	kx, ky := float64(b.Dx())/op.Width, float64(b.Dy())/op.Height
	p.fill.scan(false, func(x, y, cov int) {
		if st.mask != nil {
			cov = cov * int(st.mask.AlphaAt(x, y).A) / 255
		}
		var sum [4]int
		for i := range 9 {
			q := apply(back, point{float64(x) + float64(2*(i%3)+1)/6, float64(y) + float64(2*(i/3)+1)/6})
			sx := min(max(int(math.Floor(q.x*kx)), 0), b.Dx()-1)
			sy := min(max(int(math.Floor((op.Height-q.y)*ky)), 0), b.Dy()-1)
			r, g, bl, a := img.At(b.Min.X+sx, b.Min.Y+sy).RGBA()
			for n, v := range [4]uint32{r, g, bl, a} {
				sum[n] += int(v)
			}
		}
		pix := p.img.Pix[p.img.PixOffset(x, y):]
		a := sum[3] / 9
		for n := range 3 { // colours come multiplied by their opacity
			over := (int(pix[n])*0x101*(0xFFFF-a)/0xFFFF + sum[n]/9) >> 8
			pix[n] = uint8((int(pix[n])*(one-cov) + over*cov) / one)
		}
	})
}
