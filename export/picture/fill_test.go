package picture

import (
	"image"
	"image/color"
	"testing"
)

// coverage fills a path and gives each pixel's ink in levels.
func coverage(w, h int, path func(f *filler)) []int {
	img := image.NewRGBA(image.Rect(0, 0, w, h))
	Rectangle(img, img.Bounds(), color.RGBA{0, 0, 0, 255})
	f := &filler{bounds: img.Bounds()}
	f.begin(img.Bounds())
	path(f)
	f.paint(img, color.RGBA{levels, levels, levels, 255}) // so that a channel is the coverage
	out := make([]int, w*h)
	for i := range out {
		out[i] = int(img.Pix[4*i])
	}
	return out
}

func equal(t *testing.T, name string, got []int, want ...int) {
	t.Helper()
	for i := range want {
		if abs(got[i]-want[i]) > 1 {
			t.Errorf("%s: pixels %v, want %v", name, got, want)
			return
		}
	}
}

func polygon(points ...int) func(f *filler) {
	return func(f *filler) {
		f.px, f.py, f.sx, f.sy = points[0], points[1], points[0], points[1]
		for i := 2; i < len(points); i += 2 {
			f.lineTo(points[i], points[i+1])
		}
	}
}

func TestFill(t *testing.T) {
	const q = one / 4
	equal(t, "a square", coverage(3, 3, polygon(one, one, 2*one, one, 2*one, 2*one, one, 2*one)), 0, 0, 0, 0, 64, 0, 0, 0, 0)
	equal(t, "the other way round", coverage(3, 3, polygon(one, one, one, 2*one, 2*one, 2*one, 2*one, one)), 0, 0, 0, 0, 64, 0, 0, 0, 0)
	equal(t, "a quarter over", coverage(3, 1, polygon(q, 0, one+q, 0, one+q, one, q, one)), 48, 16, 0)
	equal(t, "half a pixel high", coverage(2, 1, polygon(0, 0, 2*one, 0, 2*one, half, 0, half)), 32, 32)
	equal(t, "a triangle", coverage(2, 2, polygon(0, 0, 2*one, 2*one, 0, 2*one)), 32, 0, 64, 32)
	equal(t, "a slope to the left", coverage(2, 2, polygon(2*one, 0, 2*one, 2*one, 0, 2*one)), 0, 32, 32, 64)
	equal(t, "a flat slope", coverage(4, 1, polygon(0, one, 4*one, 0, 4*one, one)), 8, 24, 40, 56)
	equal(t, "a hole", coverage(3, 3, func(f *filler) {
		polygon(0, 0, 3*one, 0, 3*one, 3*one, 0, 3*one)(f)
		f.moveTo(one, one)
		f.lineTo(one, 2*one)
		f.lineTo(2*one, 2*one)
		f.lineTo(2*one, one)
	}), 64, 64, 64, 64, 0, 64, 64, 64, 64)
	equal(t, "outside the canvas", coverage(1, 1, polygon(-5*one, -5*one, 9*one, -5*one, 9*one, 9*one, -5*one, 9*one)), 64)
}

// The area of a circle drawn with four cubic curves is that of a circle.
func TestCurves(t *testing.T) {
	const r, k = 40 * one, 40 * one * 5523 / 10000
	c := 50 * one
	sum := 0
	for _, v := range coverage(100, 100, func(f *filler) {
		f.px, f.py, f.sx, f.sy = c+r, c, c+r, c
		f.cubeTo(c+r, c+k, c+k, c+r, c, c+r)
		f.cubeTo(c-k, c+r, c-r, c+k, c-r, c)
		f.cubeTo(c-r, c-k, c-k, c-r, c, c-r)
		f.cubeTo(c+k, c-r, c+r, c-k, c+r, c)
	}) {
		sum += v
	}
	if got, want := float64(sum)/levels, 3.14159*40*40; got < want*0.998 || got > want*1.002 {
		t.Errorf("area %.0f, want %.0f", got, want)
	}
}
