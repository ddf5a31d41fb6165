// Figures draws the pictures of the sample issue, so that nobody's rights are in them and anybody can draw them again:
//
//	go run samples/_figures/main.go samples
//
// The folder's name begins with an underscore, and so the Go tool leaves it out of ./... . Everything is worked out from
// plain geometry; the same program draws the same bytes.
//
// The half-tones are cut as a wood engraver cuts them: the block is covered with parallel lines, and a line swells where
// the subject is dark and thins where it is light. A scene is only a function from a point to a tone.
package main

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"log"
	"math"
	"os"
	"path/filepath"
)

func main() {
	if len(os.Args) != 2 {
		log.Fatal("usage: figures FOLDER")
	}
	root := os.Args[1]
	bundle := filepath.Join(root, "content", "articles", "room-to-leave")
	save(filepath.Join(bundle, "gallery.jpg"), jpegBytes(wash(1500, 1000, gallery)))
	save(filepath.Join(bundle, "gloss.png"), pngBytes(gloss(1400, 1080)))
	save(filepath.Join(bundle, "canon.svg"), canon())
	save(filepath.Join(root, "static", "img", "reading-lamp.png"), pngBytes(quantize(engrave(1200, 900, lamp), 16)))
	save(filepath.Join(root, "assets", "img", "rue-des-fondeurs.svg"), street())
}

func save(name string, b []byte) {
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(name, b, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%s\t%d bytes\n", name, len(b))
}

func pngBytes(m image.Image) []byte {
	var b bytes.Buffer
	if err := (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&b, m); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

func jpegBytes(m image.Image) []byte {
	var b bytes.Buffer
	if err := jpeg.Encode(&b, m, &jpeg.Options{Quality: 80}); err != nil {
		log.Fatal(err)
	}
	return b.Bytes()
}

// quantize keeps n greys, which is as many as a line with a soft edge needs, in a palette that PNG packs tightly.
func quantize(m *image.Gray, n int) *image.Paletted {
	p := make(color.Palette, n)
	for i := range p {
		p[i] = color.Gray{uint8(i * 255 / (n - 1))}
	}
	out := image.NewPaletted(m.Rect, p)
	for i, v := range m.Pix {
		out.Pix[i] = uint8((int(v)*(n-1) + 127) / 255)
	}
	return out
}

// A cut says how the block is cut at a point: how dark (0 to 1), and the phase of the lines there, in lines.
type cut struct{ tone, phase float64 }

// A scene gives the cut at a point; x runs from 0 to the picture's width over its height, y from 0 to 1 downwards.
type scene func(x, y float64) cut

// engrave takes four samples a pixel. A line's darkness at a sample is how far inside the swelling line it lies.
func engrave(w, h int, s scene) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for py := range h {
		for px := range w {
			var ink float64
			for i := range 4 {
				x := (float64(px) + 0.25 + 0.5*float64(i%2)) / float64(h)
				y := (float64(py) + 0.25 + 0.5*float64(i/2)) / float64(h)
				c := s(x, y)
				_, f := math.Modf(c.phase + 1e6)
				d := math.Abs(f-0.5) * 2 // 0 at the middle of a line, 1 between lines
				t := clamp(c.tone, 0, 1)
				ink += clamp((t-d)*4+0.5, 0, 1) / 4 * smooth(0.02, 0.06, t)
			}
			m.SetGray(px, py, color.Gray{uint8(255 - 255*ink*0.94 + 0.5)})
		}
	}
	return m
}

// wash lays the tones on with a brush instead: grain in the paper, no lines. It suits JPEG, which lines do not.
func wash(w, h int, s scene) *image.Gray {
	m := image.NewGray(image.Rect(0, 0, w, h))
	for py := range h {
		for px := range w {
			var ink float64
			for i := range 9 {
				x := (float64(px) + (0.5+float64(i%3))/3) / float64(h)
				y := (float64(py) + (0.5+float64(i/3))/3) / float64(h)
				ink += clamp(s(x, y).tone, 0, 1) / 9
			}
			// The grain: sines that never fall into step, strongest in the middle tones.
			fx, fy := float64(px), float64(py)
			grain := math.Sin(fx*0.211+3*math.Sin(fy*0.093)) * math.Sin(fy*0.187+3*math.Sin(fx*0.071+fy*0.031))
			ink += 0.045 * grain * ink * (1 - ink)
			m.SetGray(px, py, color.Gray{uint8(252 - 226*math.Pow(clamp(ink, 0, 1), 1.12) + 0.5)})
		}
	}
	return m
}

func clamp(v, lo, hi float64) float64 { return math.Max(lo, math.Min(hi, v)) }

// smooth rises from 0 at a to 1 at b.
func smooth(a, b, v float64) float64 {
	t := clamp((v-a)/(b-a), 0, 1)
	return t * t * (3 - 2*t)
}

// The gallery, in units of half its width.
const (
	galleryAspect          = 1.5
	wallLeft, wallRight    = -1.25, 1.25
	galleryFloor           = -0.75
	spring                 = 0.62 // where the vault begins
	farWall                = 9.0
	pitch                  = 1.6 // from window to window
	focal, vanishY         = 1.05, 0.46
	firstCase, casePitch   = 2.1, 1.35
	galleryLines           = 1000.0 / 7.2 // lines to the picture's height
	vaultSquash, caseCount = 3.2, 5
)

// gallery is a long room in one-point perspective: windows at the left, a bare wall at the right, glass cases in the
// middle, an open door at the far end.
func gallery(x, y float64) cut {
	s := look(x, y)
	c := s.shade()
	// Paper left round the block, with the graver's uneven edge.
	edge := math.Min(math.Min(x, galleryAspect-x), math.Min(y, 1-y))
	c.tone *= smooth(0.012, 0.03, edge+0.006*math.Sin(x*41+y*23)+0.004*math.Sin(x*97-y*71))
	return c
}

// A spot is where the eye's ray through (x, y) of the picture meets the gallery: at the distance z, on a part of it.
type spot struct {
	x, y, dx, dy float64 // the ray is (dx, dy, 1)·z
	z            float64
	part, face   string
}

// look follows a ray to the nearest thing.
func look(x, y float64) spot {
	s := spot{x: x, y: y, dx: (x - galleryAspect/2 - 0.03) / focal, dy: (vanishY - y) / focal, z: farWall, part: "end"}
	if s.dx < 0 {
		s.meet(wallLeft/s.dx, "windows")
	}
	if s.dx > 0 {
		s.meet(wallRight/s.dx, "wall")
	}
	if s.dy < 0 {
		s.meet(galleryFloor/s.dy, "floor")
	}
	s.meetVault()
	for i := range caseCount {
		s.meetCase(firstCase + float64(i)*casePitch)
	}
	return s
}

func (s *spot) meet(t float64, part string) {
	if t > 0 && t < s.z {
		s.z, s.part = t, part
	}
}

// meetVault meets half a cylinder over the springing line: dx²z² + (dy·z - spring)²·k = right².
func (s *spot) meetVault() {
	const k = vaultSquash
	a := s.dx*s.dx + k*s.dy*s.dy
	b := -2 * k * s.dy * spring
	c := k*spring*spring - wallRight*wallRight
	if disc := b*b - 4*a*c; disc > 0 {
		t := (-b + math.Sqrt(disc)) / (2 * a)
		if s.dy*t > spring {
			s.meet(t, "vault")
		}
	}
}

// meetCase meets a box that stands on legs in the middle of the room.
func (s *spot) meetCase(near float64) {
	if t, face := box(s.dx, s.dy, -0.34, 0.34, -0.42, -0.13, near, near+0.85); t > 0 && t < s.z {
		s.z, s.part, s.face = t, "case", face
	}
	for _, lx := range []float64{-0.32, 0.28} {
		for _, lz := range []float64{near + 0.02, near + 0.78} {
			t, _ := box(s.dx, s.dy, lx, lx+0.04, galleryFloor, -0.42, lz, lz+0.05)
			s.meet(t, "leg")
		}
	}
}

// beam is the light that falls through the windows, per place along the room.
func beam(z float64) float64 {
	_, f := math.Modf(z/pitch + 100)
	return smooth(0.18, 0.3, f) * (1 - smooth(0.62, 0.74, f))
}

// shade cuts the line that belongs to the spot: its direction by the surface, its weight by the light.
func (s *spot) shade() cut {
	px, py, depth := s.dx*s.z, s.dy*s.z, s.z/farWall
	var c cut
	switch s.part {
	case "windows":
		c.phase = (s.x*0.35 + s.y) * galleryLines
		c.tone = windowTone(s.z, py, depth)
	case "wall":
		c.phase = (-s.x*0.35 + s.y) * galleryLines
		c.tone = 0.34 + 0.12*depth - 0.22*beam(s.z-0.55)*smooth(-0.75, -0.2, py)*(1-smooth(0.1, 0.62, py))
		if py < galleryFloor+0.09 {
			c.tone += 0.28
		}
		if math.Abs(py-spring+0.02) < 0.02 {
			c.tone += 0.3
		}
	case "vault":
		c.phase = (math.Hypot(s.x-galleryAspect/2-0.03, (s.y-vanishY)*1.2)) * galleryLines
		c.tone = 0.30 + 0.26*smooth(0, 1, (s.dy*s.z-spring)/0.8) - 0.14*math.Abs(px)/wallRight
		if _, f := math.Modf(s.z/pitch + 100.9); f < 0.12 {
			c.tone += 0.22
		}
	case "floor":
		c.phase = s.y * galleryLines
		c.tone = floorTone(s.z, px, depth)
	case "case":
		c = s.caseCut(px, py)
	case "leg":
		c.phase, c.tone = (s.x*0.6+s.y)*galleryLines, 0.86
	case "end":
		c.phase = s.x * galleryLines
		c.tone = 0.42
		if math.Abs(px+0.15) < 0.42 && (py < 0.05 || math.Hypot((px+0.15)/0.42, (py-0.05)/0.38) < 1) {
			c.tone = 0.9
			if math.Abs(px+0.15) > 0.36 {
				c.tone = 0.12
			}
		}
	}
	return c
}

// windowTone is the wall at the left: arched windows with their bars and frames.
func windowTone(z, py, depth float64) float64 {
	tone := 0.62 - 0.15*depth
	along := math.Mod(z/pitch+100, 1) - 0.46
	arch := 0.30 + 0.22*math.Sqrt(clamp(1-math.Pow(along/0.2, 2), 0, 1))
	frame := 0.30 + 0.29*math.Sqrt(clamp(1-math.Pow(along/0.26, 2), 0, 1))
	if beam(z) > 0.5 && py > -0.35 && py < arch {
		tone = 0.02
		_, fz := math.Modf(z/pitch*1.0 + 100)
		_, fy := math.Modf((py + 0.35) / 0.16)
		if math.Abs(fz-0.46) < 0.014 || fy < 0.10 {
			tone = 0.7
		}
	} else if math.Abs(along) < 0.26 && py > -0.42 && py < frame {
		tone = 0.35
	}
	if py < galleryFloor+0.09 {
		tone += 0.2
	}
	return tone
}

// floorTone is the floor: boards, the windows' light, the shadows of the cases.
func floorTone(z, px, depth float64) float64 {
	tone := 0.52 - 0.2*depth
	slant := beam(z - 0.45*(px-wallLeft)/2)
	tone -= 0.42 * slant * (1 - smooth(-0.5, 1.1, px))
	if _, f := math.Modf(px/0.31 + 100); f < 0.05 {
		tone += 0.22
	}
	for i := range caseCount {
		near := firstCase + float64(i)*casePitch
		if z > near-0.02 && z < near+0.9 && px > -0.28 && px < 0.62 {
			tone += 0.3
		}
	}
	return tone
}

// caseCut is a glass case; a book lies open in each: two leaves and the line between them.
func (s *spot) caseCut(px, py float64) cut {
	c := cut{phase: (s.x*0.6 + s.y) * galleryLines}
	switch s.face {
	case "top":
		c.phase = s.y * galleryLines
		c.tone = 0.06
		_, fz := math.Modf((s.z-firstCase)/casePitch + 100)
		if math.Abs(px) < 0.2 && fz > 0.17 && fz < 0.47 {
			c.tone = 0.22
			if math.Abs(px) < 0.012 {
				c.tone = 0.8
			}
			if math.Abs(math.Abs(px)-0.11) > 0.06 || fz < 0.21 || fz > 0.41 {
				c.tone = 0.015
			}
		}
		if math.Abs(px) > 0.325 {
			c.tone = 0.75
		}
	case "front":
		c.tone = 0.55
		if py > -0.16 || py < -0.39 || math.Abs(px) > 0.325 {
			c.tone = 0.85
		}
	default:
		c.tone = 0.3
		if s.dx > 0 { // the right-hand side is in the shade
			c.tone = 0.72
		}
	}
	return c
}

// box meets the ray (dx, dy, 1)·t with a box and says at which face: "top", "front" or "side"; t is 0 when it misses.
func box(dx, dy, x0, x1, y0, y1, z0, z1 float64) (t float64, face string) {
	near, far := z0, z1
	face = "front"
	slab := func(d, lo, hi float64, name string) bool {
		if math.Abs(d) < 1e-9 {
			return lo <= 0 && 0 <= hi
		}
		a, b := lo/d, hi/d
		if a > b {
			a, b = b, a
		}
		if a > near {
			near, face = a, name
		}
		far = math.Min(far, b)
		return near < far
	}
	if !slab(dx, x0, x1, "side") || !slab(dy, y0, y1, "top") {
		return 0, ""
	}
	return near, face
}

// lamp is a reading lamp over proofs: the lines ring the bulb.
func lamp(x, y float64) cut {
	const bx, by = 0.80, 0.36 // the bulb
	r := math.Hypot(x-bx, (y-by)*1.05)
	c := cut{phase: r * 1000 / 7.6}
	dark := 0.94 - 0.10*math.Exp(-r*3)
	// The cone of light under the shade.
	spread := (y - by) * 1.12
	in := smooth(0.02, -0.03, math.Abs(x-bx)-0.14-spread)
	light := in * smooth(by-0.02, by+0.03, y) * (0.9 - 0.55*smooth(by, 1, y))
	c.tone = dark - 0.62*light
	// The desk, and on it three sheets of proofs in perspective.
	const horizon = 0.70
	if y > horizon {
		z := 0.32 / (y - horizon + 0.20) // depth, 1.6 at the desk's edge
		u := (x - bx) * z * 1.5
		c.tone = 0.80 - 0.46*math.Exp(-math.Pow((x-bx)/0.52, 2)-math.Pow((y-0.84)/0.13, 2))
		c.phase = y * 1000 / 7.6
		sheet := func(cx, cz, half, depth, turn float64) bool {
			a, b := u-cx, z-cz
			p, q := a*math.Cos(turn)-b*math.Sin(turn), a*math.Sin(turn)+b*math.Cos(turn)
			if math.Abs(p) > half || math.Abs(q) > depth {
				return false
			}
			c.tone, c.phase = 0, 0.5 // bare paper; what is drawn on it is solid
			// lines of type, a margin, and a few marks in it
			row, f := math.Modf((q + depth) / (depth * 2) * 15)
			if row >= 2 && row < 13 && f < 0.36 && p > -half*0.8 && p < half*(0.45+0.1*math.Sin(row*2.3)) {
				if _, g := math.Modf((p/half+4)*5 + 0.4*math.Sin(row*9)); g > 0.12 {
					c.tone = 1
				}
			}
			if math.Abs(p-half*0.74-0.012*math.Sin(row*5)) < 0.014 && int(row)%4 == 3 && f < 0.6 {
				c.tone = 1
			}
			return true
		}
		if !sheet(-0.02, 0.92, 0.27, 0.21, 0.10) && !sheet(0.36, 1.18, 0.26, 0.2, -0.24) {
			sheet(-0.46, 1.10, 0.26, 0.2, 0.34)
		}
	}
	// Shade: a cone with its rim; the stem and foot behind it.
	if top, rim := by-0.20, by+0.005; y > top && y < rim {
		half := 0.045 + (y-top)/(rim-top)*0.135
		if d := math.Abs(x-bx) / half; d < 1 {
			c.phase = (x - bx) / half * 11
			c.tone = 0.42 + 0.5*smooth(-0.2, 1, (x-bx)/half) - 0.25*smooth(-0.35, -0.75, (x-bx)/half)
			if rim-y < 0.012 {
				c.tone = 0.12
			}
		}
	}
	arm := func(x0, y0, x1, y1, w float64) {
		t := clamp(((x-x0)*(x1-x0)+(y-y0)*(y1-y0))/(math.Pow(x1-x0, 2)+math.Pow(y1-y0, 2)), 0, 1)
		if d := math.Hypot(x-x0-t*(x1-x0), y-y0-t*(y1-y0)); d < w {
			c.tone = 0.28 + 0.3*d/w
			c.phase = (x + y) * 1000 / 7.6
		}
	}
	arm(0.80, 0.165, 1.03, 0.10, 0.011)
	arm(1.03, 0.10, 1.20, 0.745, 0.011)
	if math.Hypot((x-1.19)/0.10, (y-0.755)/0.022) < 1 {
		c.tone, c.phase = 0.3+0.5*smooth(1.13, 1.28, x), y*1000/7.6
	}
	// The bulb itself is bare paper.
	if math.Hypot(x-bx, (y-by-0.012)*1.3) < 0.036 && y > by+0.004 {
		c.tone = 0
	}
	edge := math.Min(math.Min(x, 4.0/3-x), math.Min(y, 1-y))
	c.tone *= smooth(0.010, 0.026, edge+0.006*math.Sin(x*37+y*29)+0.004*math.Sin(x*101-y*67))
	return c
}

// The greys of a page of law, and the red of its rubrics; words are drawn as bars in them.
const (
	glossFaint, glossSmall, glossText, glossInk, glossRed = 1, 3, 4, 5, 6
)

// A scribe draws words as bars on a sheet, of lengths that depend on nothing but how many were drawn before.
type scribe struct {
	sheet *image.Paletted
	seed  uint32
}

// gloss is a page of law with its commentary, every line drawn as a bar.
func gloss(w, h int) *image.Paletted {
	pal := color.Palette{color.Gray{255}, color.Gray{238}, color.Gray{200}, color.Gray{150}, color.Gray{95}, color.Gray{40},
		color.RGBA{168, 52, 36, 255}}
	s := scribe{image.NewPaletted(image.Rect(0, 0, w, h), pal), 1478} // the year of nothing in particular
	s.leaf(50, h)
	s.leaf(w-50-640, h)
	return s.sheet
}

func (s *scribe) fill(x0, y0, x1, y1 int, c uint8) {
	size := s.sheet.Bounds().Max
	for y := max(y0, 0); y < min(y1, size.Y); y++ {
		for x := max(x0, 0); x < min(x1, size.X); x++ {
			s.sheet.SetColorIndex(x, y, c)
		}
	}
}

func (s *scribe) next(n int) int {
	s.seed = s.seed*1664525 + 1013904223
	return int(s.seed>>8) % n
}

// words fills a measure with bars of the lengths that words have, all lines but the last brought to the edge.
func (s *scribe) words(x0, x1, y, height, unit int, c uint8, last bool) {
	x := x0
	for x < x1 {
		n := (2 + s.next(8)) * unit
		if x+n > x1-unit*2 {
			if last {
				return
			}
			n = x1 - x
		}
		s.fill(x, y, x+n, y+height, c)
		x += n + unit
	}
}

// leaf is one page: the statute in the middle, the commentary round it, what readers wrote at the edges.
func (s *scribe) leaf(x0, h int) {
	x1 := x0 + 640
	s.fill(x0, 40, x1, h-40, glossFaint)
	// Where the commentary stands aside for the statute.
	tx0, tx1, ty0, ty1 := x0+168, x1-168, 250, 720
	mid := (tx0 + tx1) / 2
	for y := 110; y < h-130; y += 11 {
		end := (y/11)%23 == 0
		if y < ty0-14 || y > ty1+6 {
			s.words(x0+62, (x0+x1)/2-7, y, 5, 5, glossSmall, end)
			s.words((x0+x1)/2+7, x1-62, y, 5, 5, glossSmall, end && s.next(2) == 0)
		} else {
			s.words(x0+62, tx0-14, y, 5, 5, glossSmall, end)
			s.words(tx1+14, x1-62, y, 5, 5, glossSmall, end && s.next(2) == 0)
		}
	}
	for y := ty0; y < ty1-8; y += 21 {
		s.words(tx0, mid-9, y, 10, 8, glossText, (y-ty0)/21%9 == 8)
		s.words(mid+9, tx1, y, 10, 8, glossText, (y-ty0)/21%11 == 10)
	}
	s.initial(tx0, ty0-2)
	s.fill(mid+9, ty0+21*9, tx1, ty0+21*9+10, glossFaint)
	s.words(mid+9, tx1, ty0+21*9, 10, 8, glossRed, true)
	s.words(x0+62, x0+240, 92, 6, 6, glossRed, true)
	s.readers(x0, x1)
}

// initial is the statute's first letter, in the second colour.
func (s *scribe) initial(x0, y0 int) {
	s.fill(x0, y0, x0+52, y0+54, glossFaint)
	for y := range 52 {
		for x := range 52 {
			d := math.Hypot(float64(x)-26, float64(y)-26)
			if d < 25 && d > 15 && !(x > 34 && y > 18 && y < 34) {
				s.sheet.SetColorIndex(x0+x, y0+y, glossRed)
			}
		}
	}
}

// readers fills the last half inch with their notes.
func (s *scribe) readers(x0, x1 int) {
	for i := range 9 {
		y := 150 + i*97 + s.next(30)
		for k := range 1 + s.next(3) {
			s.words(x0+18, x0+52, y+k*9, 2, 3, glossInk, true)
		}
		if i%4 == 1 { // somebody liked this
			s.fill(x1-50, y, x1-46, y+54, glossRed)
			continue
		}
		for k := range s.next(4) {
			s.words(x1-52, x1-16, y+20+k*9, 2, 3, glossInk, true)
		}
	}
}

// canon is Van de Graaf's construction on a spread of two pages of 2:3.
func canon() []byte {
	const w, h = 200.0, 300.0 // a page
	const m = 12.0            // paper round the drawing
	const thin, accent = "#5a5a5a", "#a83424"
	var b bytes.Buffer
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g">`+"\n", 2*w+2*m, h+2*m, 2*(2*w+2*m), 2*(h+2*m))
	fmt.Fprintf(&b, `<title>Van de Graaf's canon</title>`+"\n")
	fmt.Fprintf(&b, `<rect x="0" y="0" width="%g" height="%g" fill="#ffffff"/>`+"\n", 2*w+2*m, h+2*m)
	fmt.Fprintf(&b, `<g transform="translate(%g %g)" fill="none" stroke-linecap="butt">`+"\n", m, m)
	block := func(x float64) {
		fmt.Fprintf(&b, `<rect x="%.3f" y="%.3f" width="%.3f" height="%.3f" fill="#d9d6cf"/>`+"\n", x, h/9, w*6/9, h*6/9)
		for i := range 20 { // the lines of type, so that the block is seen to be one
			n := w * 6 / 9
			if i == 19 {
				n *= 0.55
			}
			y := h/9 + 5 + float64(i)*10
			fmt.Fprintf(&b, `<line x1="%.3f" y1="%.3f" x2="%.3f" y2="%.3f" stroke="#bdb9b0" stroke-width="2.4"/>`+"\n", x, y, x+n, y)
		}
	}
	block(w * 2 / 9)
	block(w + w/9)
	line := func(x1, y1, x2, y2 float64, colour string, width float64) {
		fmt.Fprintf(&b, `<line x1="%.3f" y1="%.3f" x2="%.3f" y2="%.3f" stroke="%s" stroke-width="%g"/>`+"\n", x1, y1, x2, y2, colour, width)
	}
	line(0, h, 2*w, 0, thin, 0.6)
	line(0, 0, 2*w, h, thin, 0.6)
	line(0, h, w, 0, thin, 0.6)
	line(w, 0, 2*w, h, thin, 0.6)
	// Where the diagonals of spread and page cross, right and left of the spine: (4/3 w, h/3). A line up to the head of
	// the page, and from there to the crossing on the other page, cuts the page's diagonal at a ninth.
	rx, ry := w*4/3, h/3
	lx := w * 2 / 3
	line(rx, ry, rx, 0, accent, 0.9)
	line(rx, 0, lx, ry, accent, 0.9)
	line(lx, ry, lx, 0, accent, 0.5)
	line(lx, 0, rx, ry, accent, 0.5)
	for _, p := range [][2]float64{{rx, ry}, {lx, ry}, {w + w/9, h / 9}, {w - w/9, h / 9}} {
		fmt.Fprintf(&b, `<circle cx="%.3f" cy="%.3f" r="2.4" fill="%s"/>`+"\n", p[0], p[1], accent)
	}
	fmt.Fprintf(&b, `<rect x="0" y="0" width="%g" height="%g" stroke="#1c1c1c" stroke-width="1.2"/>`+"\n", 2*w, h)
	line(w, 0, w, h, "#1c1c1c", 1.2)
	b.WriteString("</g>\n</svg>\n")
	return b.Bytes()
}

// street is the ground plan of the rue des Fondeurs, in the manner of a surveyor's figure-ground.
func street() []byte {
	var b bytes.Buffer
	const w, h = 300.0, 380.0
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %g %g" width="%g" height="%g">`+"\n", w, h, 2*w, 2*h)
	b.WriteString("<title>La rue des Fondeurs</title>\n")
	fmt.Fprintf(&b, `<rect x="0" y="0" width="%g" height="%g" fill="#ffffff"/>`+"\n", w, h)
	// The river at the foot: five lines that follow one another.
	for i := range 5 {
		y := 350 + float64(i)*6
		fmt.Fprintf(&b, `<path d="M0 %.1f C 70 %.1f 130 %.1f 190 %.1f S 270 %.1f 300 %.1f" fill="none" stroke="#6d6d6d" stroke-width="%.1f"/>`+"\n",
			y, y-9, y+7, y-1, y-8, y-3, 1.5-0.2*float64(i))
	}
	// axis is the middle of the street at height y, half its breadth there.
	axis := func(y float64) float64 { return 150 + 26*math.Sin((340-y)/340*math.Pi*1.15) }
	half := func(y float64) float64 { return 8 + 9*(y-20)/320 }
	depths := [2][]float64{{64, 70, 58, 76, 74, 60, 66, 80, 62, 70}, {72, 60, 78, 66, 58, 82, 70, 64, 74, 60}}
	for side, dir := range []float64{-1, 1} {
		y := 334.0
		for i, depth := range depths[side] {
			front := 24 + float64((i*7+side*5)%11) // frontage
			y0, y1 := y, y-front
			if y1 < 22 {
				break
			}
			x0, x1 := axis(y0)+dir*half(y0), axis(y1)+dir*half(y1)
			fill := "#222222"
			if side == 0 && i == 4 { // number 9: the odd side, fifth house
				fill = "#a83424"
			}
			fmt.Fprintf(&b, `<path d="M%.1f %.1f L%.1f %.1f L%.1f %.1f L%.1f %.1f Z" fill="%s"/>`+"\n",
				x0, y0-0.7, x1, y1+0.7, x1+dir*depth, y1+0.7, x0+dir*depth, y0-0.7, fill)
			if i%3 == 1 { // a court behind
				cx := (x0+x1)/2 + dir*depth*0.62
				fmt.Fprintf(&b, `<rect x="%.1f" y="%.1f" width="16" height="%.1f" fill="#ffffff"/>`+"\n", cx-8, y1+front*0.3, front*0.4)
			}
			y = y1
			if i == 5-side { // a passage between two houses
				y -= 6
			}
		}
	}
	// The salt market at the head: a square, and the well in it.
	x := axis(14)
	fmt.Fprintf(&b, `<circle cx="%.1f" cy="13" r="4" fill="none" stroke="#222222" stroke-width="1.6"/>`+"\n", x)
	b.WriteString("</svg>\n")
	return b.Bytes()
}
