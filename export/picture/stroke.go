package picture

import (
	"math"

	"github.com/twinpress/twinpress/export/internal/svg"
)

// A point of a drawing, in its own units. Products are converted before they are added: a compiler must not fuse the two, since
// a picture is the same on every machine.
type point struct{ x, y float64 }

// A polyline is a contour of straight pieces.
type polyline struct {
	points []point
	closed bool
}

// flatten makes straight pieces of a path, none off by more than a tolerance in the path's units.
func flatten(path svg.Path, tolerance float64) (out []polyline) {
	var cur polyline
	end := func(closed bool) {
		if cur.closed = closed; len(cur.points) > 0 {
			out = append(out, cur)
		}
		cur = polyline{}
	}
	for _, s := range path {
		switch s.Op {
		case 'm':
			end(false)
			cur.points = append(cur.points, point{s.P[0], s.P[1]})
		case 'l':
			cur.points = append(cur.points, point{s.P[0], s.P[1]})
		case 'c':
			cur.curve(point{s.P[0], s.P[1]}, point{s.P[2], s.P[3]}, point{s.P[4], s.P[5]}, tolerance)
		case 'h':
			if len(cur.points) > 0 {
				first := cur.points[0]
				end(true)
				cur.points = append(cur.points, first)
			}
		}
	}
	if len(cur.points) > 1 || len(out) == 0 || !out[len(out)-1].closed {
		end(false)
	}
	return out
}

// curve adds a cubic in equal steps; its distance from its chords is at most √3/9·|second difference|/n² (Wang 1984), here
// taken as a quarter.
func (l *polyline) curve(b, c, d point, tolerance float64) {
	if len(l.points) == 0 {
		return
	}
	a := l.points[len(l.points)-1]
	bend := max(math.Hypot(a.x-2*b.x+c.x, a.y-2*b.y+c.y), math.Hypot(b.x-2*c.x+d.x, b.y-2*c.y+d.y))
	n := min(max(int(math.Ceil(math.Sqrt(bend*3/4/tolerance))), 1), 256)
	for i := 1; i <= n; i++ {
		t := float64(i) / float64(n)
		u := 1 - t
		w := [4]float64{u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t}
		sum := func(p, q, r, s float64) float64 {
			return float64(w[0]*p) + float64(w[1]*q) + float64(w[2]*r) + float64(w[3]*s)
		}
		l.points = append(l.points, point{sum(a.x, b.x, c.x, d.x), sum(a.y, b.y, c.y, d.y)})
	}
}

// stroke gives the pieces of which a stroke is the union: a quadrangle for each straight piece, and what stands at joins and ends
// (ISO 32000-1 § 8.4.3).
func stroke(lines []polyline, how svg.Line, tolerance float64) (out [][]point) {
	s := &stroker{half: how.Width / 2, miter: max(how.Miter, 1), cap: how.Cap, join: how.Join}
	s.steps = min(max(int(math.Ceil(math.Pi/math.Acos(max(1-tolerance/max(s.half, tolerance), 0)))), 8), 128)
	for _, l := range dashed(lines, how) {
		s.line(l)
	}
	return s.out
}

type stroker struct {
	half, miter float64
	cap, join   int
	steps       int // of a round
	out         [][]point
}

func (s *stroker) line(l polyline) {
	points := l.points[:1:1]
	for _, p := range l.points[1:] {
		if p != points[len(points)-1] {
			points = append(points, p)
		}
	}
	if l.closed && len(points) > 1 && points[0] == points[len(points)-1] {
		points = points[:len(points)-1]
	}
	n := len(points)
	if n == 1 {
		s.dot(points[0])
		return
	}
	pieces := n - 1
	if l.closed && n > 2 {
		pieces = n
	}
	for i := range pieces {
		a, b := points[i], points[(i+1)%n]
		d := s.across(a, b)
		s.out = append(s.out, []point{{a.x + d.x, a.y + d.y}, {b.x + d.x, b.y + d.y}, {b.x - d.x, b.y - d.y}, {a.x - d.x, a.y - d.y}})
		if i+1 < pieces || pieces == n {
			s.corner(a, b, points[(i+2)%n])
		}
	}
	if pieces < n {
		s.end(points[1], points[0])
		s.end(points[n-2], points[n-1])
	}
}

// across is half the stroke's width at a right angle to a piece.
func (s *stroker) across(a, b point) point {
	k := s.half / math.Hypot(b.x-a.x, b.y-a.y)
	return point{-(b.y - a.y) * k, (b.x - a.x) * k}
}

// dot is what is left of a line without length.
func (s *stroker) dot(p point) {
	switch h := s.half; s.cap {
	case 1:
		s.round(p)
	case 2:
		s.out = append(s.out, []point{{p.x - h, p.y - h}, {p.x + h, p.y - h}, {p.x + h, p.y + h}, {p.x - h, p.y + h}})
	}
}

func (s *stroker) round(p point) {
	circle := make([]point, s.steps)
	for i := range circle {
		sin, cos := math.Sincos(2 * math.Pi * float64(i) / float64(s.steps))
		circle[i] = point{p.x + float64(s.half*cos), p.y + float64(s.half*sin)}
	}
	s.out = append(s.out, circle)
}

// end caps a line that comes from a at b.
func (s *stroker) end(a, b point) {
	switch s.cap {
	case 1:
		s.round(b)
	case 2:
		d := s.across(a, b)
		e := point{d.y, -d.x} // onwards
		s.out = append(s.out, []point{{b.x + d.x, b.y + d.y}, {b.x + d.x + e.x, b.y + d.y + e.y}, {b.x - d.x + e.x, b.y - d.y + e.y}, {b.x - d.x, b.y - d.y}})
	}
}

// corner joins the piece from a to b with that from b to c.
func (s *stroker) corner(a, b, c point) {
	if s.join == 1 {
		s.round(b)
		return
	}
	d, e := s.across(a, b), s.across(b, c)
	turn := float64(d.x*e.y) - float64(d.y*e.x)
	if turn > 0 { // the gap is on the other side
		d, e = point{-d.x, -d.y}, point{-e.x, -e.y}
	}
	p, q := point{b.x + d.x, b.y + d.y}, point{b.x + e.x, b.y + e.y}
	// The tip lies on the bisector, half·(1/cos of half the turn) from the corner; that ratio is what the miter limit bounds.
	m := point{d.x + e.x, d.y + e.y}
	length := float64(m.x*m.x) + float64(m.y*m.y)
	if whole := 2 * s.half; s.join == 0 && length > 0 && whole/math.Sqrt(length) <= s.miter {
		k := 2 * s.half * s.half / length
		s.out = append(s.out, []point{b, p, {b.x + float64(m.x*k), b.y + float64(m.y*k)}, q})
		return
	}
	s.out = append(s.out, []point{b, p, q})
}

// dashed cuts lines into dashes.
func dashed(lines []polyline, how svg.Line) []polyline {
	total := 0.0
	for _, d := range how.Dash {
		total += d
	}
	if total <= 0 || math.IsInf(total, 0) {
		return lines
	}
	var out []polyline
	for _, l := range lines {
		points := l.points
		if l.closed {
			points = append(points[:len(points):len(points)], points[0])
		}
		i, left := 0, math.Mod(how.DashOffset, total)
		if left < 0 {
			left += total
		}
		for left >= how.Dash[i] && left > 0 {
			left -= how.Dash[i]
			i = (i + 1) % len(how.Dash)
		}
		left = how.Dash[i] - left
		on := i%2 == 0
		cur := polyline{points: []point{points[0]}}
		for k := 1; k < len(points) && len(out) < 100_000; k++ {
			a, b := points[k-1], points[k]
			length := math.Hypot(b.x-a.x, b.y-a.y)
			at := 0.0
			for length-at > left && len(out) < 100_000 { // bounded: a dash of nothing would never end
				at += left
				t := at / length
				p := point{a.x + float64((b.x-a.x)*t), a.y + float64((b.y-a.y)*t)}
				if on {
					out = append(out, polyline{points: append(cur.points, p)})
				}
				cur = polyline{points: []point{p}}
				i = (i + 1) % len(how.Dash)
				left, on = how.Dash[i], !on
			}
			left -= length - at
			cur.points = append(cur.points, b)
		}
		if on {
			out = append(out, cur)
		}
	}
	return out
}
