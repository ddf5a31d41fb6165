package picture

import (
	"image"
	"image/color"
)

// The filler works in 24.8 fixed point: a pixel is 256 units wide and high.
const (
	one  = 256
	half = one / 2
)

// A filler collects the edges of one shape and fills it by the non-zero rule as far as overlaps of one direction go, which
// is how letters are drawn. For each pixel it sums the signed height of the edges that cross it (cover) and twice the area
// to their left (area), as in the anti-aliasing rasterizers of LibArt and FreeType.
type filler struct {
	bounds      image.Rectangle // of the canvas, in pixels
	x0, y0      int             // top left pixel of the box
	w, h        int
	cover, area []int32
	px, py      int // pen
	sx, sy      int // start of the contour
}

// begin prepares for a shape that lies in the box.
func (f *filler) begin(box image.Rectangle) {
	f.x0, f.y0, f.w, f.h = box.Min.X, box.Min.Y, box.Dx(), box.Dy()
	n := (f.w + 1) * f.h
	if cap(f.cover) < n {
		f.cover, f.area = make([]int32, n), make([]int32, n)
	}
	f.cover, f.area = f.cover[:n], f.area[:n]
	clear(f.cover)
	clear(f.area)
}

func (f *filler) moveTo(x, y int) {
	f.close()
	f.px, f.py, f.sx, f.sy = x, y, x, y
}

func (f *filler) close() {
	if f.px != f.sx || f.py != f.sy {
		f.lineTo(f.sx, f.sy)
	}
}

// lineTo adds an edge, cut into the rows and columns of pixels it crosses.
func (f *filler) lineTo(x, y int) {
	x1, y1, x2, y2 := f.px-f.x0*one, f.py-f.y0*one, x-f.x0*one, y-f.y0*one
	f.px, f.py = x, y
	if y1 == y2 {
		return
	}
	dir := int32(1)
	if y1 > y2 {
		x1, y1, x2, y2, dir = x2, y2, x1, y1, -1
	}
	dx, dy := x2-x1, y2-y1
	at := func(y int) int { return x1 + floorDiv(dx*(y-y1)*2+dy, 2*dy) } // nearest x at a height
	for row := max(y1>>8, 0); row <= min((y2-1)>>8, f.h-1); row++ {
		ya, yb := max(y1, row*one), min(y2, (row+1)*one)
		if ya < yb {
			f.span(row, at(ya), ya-row*one, at(yb), yb-row*one, dir)
		}
	}
}

// span adds the part of an edge within one row of pixels.
func (f *filler) span(row, xa, ya, xb, yb int, dir int32) {
	if xa > xb { // left to right; the direction that counts is the vertical one
		xa, xb, ya, yb = xb, xa, yb, ya
	}
	down := 1
	if ya > yb {
		down = -1
	}
	height := (yb - ya) * down
	dx := xb - xa
	line := row * (f.w + 1)
	x, used := xa, 0
	for {
		cell := x >> 8
		end := min((cell+1)*one, xb)
		to := height
		if end < xb {
			to = height * (end - xa) / dx
		}
		c := int32(to-used) * dir
		k := min(max(cell, 0), f.w)
		left := x - cell*one + end - cell*one // twice the mean distance from the pixel's left edge
		switch {
		case cell < 0:
			left = 0
		case cell >= f.w:
			left = 0
		}
		f.cover[line+k] += c
		f.area[line+k] += c * int32(left)
		if used = to; end >= xb {
			return
		}
		x = end
	}
}

func floorDiv(a, b int) int {
	q := a / b
	if a%b != 0 && (a < 0) != (b < 0) {
		q--
	}
	return q
}

// quadTo and cubeTo add curves as so many straight pieces that none is off by more than a small part of a pixel.
func (f *filler) quadTo(bx, by, cx, cy int) {
	ax, ay := f.px, f.py
	n := pieces(abs(ax-2*bx+cx)+abs(ay-2*by+cy), 8)
	for i := 1; i <= n; i++ {
		j := n - i
		f.lineTo(div(ax*j*j+2*bx*i*j+cx*i*i, n*n), div(ay*j*j+2*by*i*j+cy*i*i, n*n))
	}
}

func (f *filler) cubeTo(bx, by, cx, cy, dx, dy int) {
	ax, ay := f.px, f.py
	bend := max(abs(ax-2*bx+cx)+abs(ay-2*by+cy), abs(bx-2*cx+dx)+abs(by-2*cy+dy))
	n := pieces(bend, 4)
	for i := 1; i <= n; i++ {
		j := n - i
		f.lineTo(div(ax*j*j*j+3*bx*i*j*j+3*cx*i*i*j+dx*i*i*i, n*n*n), div(ay*j*j*j+3*by*i*j*j+3*cy*i*i*j+dy*i*i*i, n*n*n))
	}
}

// pieces gives how many lines a curve needs: the error falls with the square of their number.
func pieces(bend, scale int) int {
	n := 1
	for n*n*scale < bend && n < 64 {
		n++
	}
	return n
}

func div(a, b int) int { return floorDiv(2*a+b, 2*b) }

func abs(a int) int {
	if a < 0 {
		return -a
	}
	return a
}

// levels is how many steps there are between ground and ink. Sixty-four are more than the eye tells, and leave room in a
// palette of 256 for four pairs of ground and ink.
const levels = 64

// paint fills the shape on the canvas.
func (f *filler) paint(dst *image.RGBA, ink color.RGBA) {
	f.close()
	f.scan(false, func(x, y, cov int) {
		if cov = (cov*levels + half) / one; cov > 0 {
			blend(dst.Pix[dst.PixOffset(x, y):], ink, cov)
		}
	})
}

// scan tells of each pixel of the canvas that the shape touches how much of it is covered, of 256. The even-odd rule takes twice
// covered for not covered.
func (f *filler) scan(evenOdd bool, tell func(x, y, cov int)) {
	for y := range f.h {
		py := f.y0 + y
		if py < f.bounds.Min.Y || py >= f.bounds.Max.Y {
			continue
		}
		line := y * (f.w + 1)
		sum := int32(0)
		for x := range f.w {
			c, a := f.cover[line+x], f.area[line+x]
			sum += c
			cov := int(sum)*2*one - int(a)
			if cov < 0 {
				cov = -cov
			}
			if cov = (cov + one) / (2 * one); evenOdd {
				if cov %= 2 * one; cov > one {
					cov = 2*one - cov
				}
			}
			px := f.x0 + x
			if cov == 0 || px < f.bounds.Min.X || px >= f.bounds.Max.X {
				continue
			}
			tell(px, py, min(cov, one))
		}
	}
}

// blend lays ink over a pixel, cov of levels.
func blend(p []uint8, ink color.RGBA, cov int) {
	for i, v := range [3]uint8{ink.R, ink.G, ink.B} {
		p[i] = uint8((int(p[i])*(levels-cov) + int(v)*cov + levels/2) / levels)
	}
	p[3] = 0xFF
}
