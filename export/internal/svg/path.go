package svg

import (
	"errors"
	"math"
)

// A Matrix maps (x, y) to (a x + c y + e, b x + d y + f), as in PDF and SVG.
type Matrix [6]float64

var identity = Matrix{1, 0, 0, 1, 0, 0}

// times gives the map that applies n first and then m.
func (m Matrix) times(n Matrix) Matrix {
	return Matrix{
		m[0]*n[0] + m[2]*n[1], m[1]*n[0] + m[3]*n[1],
		m[0]*n[2] + m[2]*n[3], m[1]*n[2] + m[3]*n[3],
		m[0]*n[4] + m[2]*n[5] + m[4], m[1]*n[4] + m[3]*n[5] + m[5],
	}
}

func (m Matrix) Apply(x, y float64) (float64, float64) {
	return m[0]*x + m[2]*y + m[4], m[1]*x + m[3]*y + m[5]
}

func (m Matrix) finite() bool {
	for _, v := range m {
		if math.IsNaN(v) || math.Abs(v) > 1e9 {
			return false
		}
	}
	return true
}

// A Path is a sequence of steps in user space. Steps are of PDF's kinds: quadratic curves and arcs have become cubic.
type Path []Step

type Step struct {
	Op byte // m, l, c or h
	P  [6]float64
}

func (p *Path) move(x, y float64) { *p = append(*p, Step{'m', [6]float64{x, y}}) }
func (p *Path) line(x, y float64) { *p = append(*p, Step{'l', [6]float64{x, y}}) }
func (p *Path) close()            { *p = append(*p, Step{Op: 'h'}) }

func (p *Path) cubic(x1, y1, x2, y2, x, y float64) {
	*p = append(*p, Step{'c', [6]float64{x1, y1, x2, y2, x, y}})
}

func (p *Path) quad(x0, y0, x1, y1, x, y float64) {
	p.cubic(x0+2*(x1-x0)/3, y0+2*(y1-y0)/3, x+2*(x1-x)/3, y+2*(y1-y)/3, x, y)
}

// ellipse adds a whole ellipse.
func (p *Path) ellipse(cx, cy, rx, ry float64) {
	const k = 0.5522847498307936 // of the radius: the control points of a quarter circle
	p.move(cx+rx, cy)
	p.cubic(cx+rx, cy+k*ry, cx+k*rx, cy+ry, cx, cy+ry)
	p.cubic(cx-k*rx, cy+ry, cx-rx, cy+k*ry, cx-rx, cy)
	p.cubic(cx-rx, cy-k*ry, cx-k*rx, cy-ry, cx, cy-ry)
	p.cubic(cx+k*rx, cy-ry, cx+rx, cy-k*ry, cx+rx, cy)
	p.close()
}

// box is the smallest rectangle that holds the path's points; ok is false for an empty path.
func (p Path) box() (x0, y0, x1, y1 float64, ok bool) {
	x0, y0, x1, y1 = math.Inf(1), math.Inf(1), math.Inf(-1), math.Inf(-1)
	for _, s := range p {
		for i := 0; i < s.Numbers(); i += 2 {
			x0, x1 = min(x0, s.P[i]), max(x1, s.P[i])
			y0, y1 = min(y0, s.P[i+1]), max(y1, s.P[i+1])
			ok = true
		}
	}
	return
}

// points is how many numbers of a step count.
func (s Step) Numbers() int {
	switch s.Op {
	case 'm', 'l':
		return 2
	case 'c':
		return 6
	}
	return 0
}

// arc adds an elliptical arc from (x0, y0) to (x, y) in cubic pieces of at most a quarter turn (SVG 2, appendix B.2.4:
// from endpoints to the centre).
func (p *Path) arc(x0, y0, rx, ry, turn float64, large, sweep bool, x, y float64) {
	if x0 == x && y0 == y {
		return
	}
	rx, ry = math.Abs(rx), math.Abs(ry)
	if rx == 0 || ry == 0 {
		p.line(x, y)
		return
	}
	sin, cos := math.Sincos(turn * math.Pi / 180)
	dx, dy := (x0-x)/2, (y0-y)/2
	ux, uy := cos*dx+sin*dy, -sin*dx+cos*dy
	if over := ux*ux/(rx*rx) + uy*uy/(ry*ry); over > 1 {
		rx, ry = rx*math.Sqrt(over), ry*math.Sqrt(over)
	}
	num := rx*rx*ry*ry - rx*rx*uy*uy - ry*ry*ux*ux
	den := rx*rx*uy*uy + ry*ry*ux*ux
	k := 0.0
	if den > 0 {
		k = math.Sqrt(max(0, num/den))
	}
	if large == sweep {
		k = -k
	}
	vx, vy := k*rx*uy/ry, -k*ry*ux/rx
	cx, cy := cos*vx-sin*vy+(x0+x)/2, sin*vx+cos*vy+(y0+y)/2
	from := math.Atan2((uy-vy)/ry, (ux-vx)/rx)
	by := math.Atan2((-uy-vy)/ry, (-ux-vx)/rx) - from
	if sweep && by < 0 {
		by += 2 * math.Pi
	} else if !sweep && by > 0 {
		by -= 2 * math.Pi
	}
	n := int(math.Ceil(math.Abs(by)/(math.Pi/2) - 1e-9))
	if n < 1 || n > 4 {
		p.line(x, y)
		return
	}
	each := by / float64(n)
	t := 4.0 / 3 * math.Tan(each/4)
	at := func(a float64) (px, py, tx, ty float64) {
		s, c := math.Sincos(a)
		return cos*rx*c - sin*ry*s + cx, sin*rx*c + cos*ry*s + cy, -cos*rx*s - sin*ry*c, -sin*rx*s + cos*ry*c
	}
	for i := range n {
		ax, ay, atx, aty := at(from + each*float64(i))
		bx, by, btx, bty := at(from + each*float64(i+1))
		p.cubic(ax+t*atx, ay+t*aty, bx-t*btx, by-t*bty, bx, by)
	}
}

var errPath = errors.New("SVG: bad path data")

// operands are how many numbers each command of a path takes.
var operands = map[byte]int{'m': 2, 'l': 2, 'h': 1, 'v': 1, 'c': 6, 's': 4, 'q': 4, 't': 2, 'a': 7, 'z': 0}

// parsePath reads the d attribute of a path (SVG 2 § 9.3). What was read before a mistake counts, as the standard says.
func parsePath(d string) (Path, error) {
	p := pen{scanner: scanner{text: d}}
	for {
		p.skip()
		if p.done() {
			return p.path, nil
		}
		if !p.next() {
			return p.path, errPath
		}
		n, ok := operands[lower(p.command)]
		if !ok {
			return p.path, errPath
		}
		var v [7]float64
		for i := range n {
			flag := lower(p.command) == 'a' && (i == 3 || i == 4)
			if v[i], ok = p.number(flag); !ok {
				return p.path, errPath
			}
		}
		p.draw(v)
		p.last = lower(p.command)
		if n == 0 {
			p.command = 'L' // a number straight after z is a mistake that browsers take for a line
		}
	}
}

// A pen draws a path while its description is read.
type pen struct {
	scanner
	path           Path
	command, last  byte    // under way, and the one before in lower case
	x, y           float64 // where the pen is
	startX, startY float64 // of the contour
	ctrlX, ctrlY   float64 // the last control point, which smooth curves mirror
}

// next reads the next command, or repeats the last one when a number follows. A path begins with a move.
func (p *pen) next() bool {
	switch c := p.text[p.pos]; {
	case isLetter(c) && c != 'e' && c != 'E':
		p.command = c
		p.pos++
	case p.command == 0:
		return false
	case p.command == 'M':
		p.command = 'L'
	case p.command == 'm':
		p.command = 'l'
	}
	return len(p.path) > 0 || lower(p.command) == 'm'
}

// draw carries out the command with its operands, which count from the pen's place when it is in lower case.
func (p *pen) draw(v [7]float64) {
	relX, relY := 0.0, 0.0
	if p.command >= 'a' {
		relX, relY = p.x, p.y
	}
	switch lower(p.command) {
	case 'm':
		p.x, p.y = v[0]+relX, v[1]+relY
		p.startX, p.startY = p.x, p.y
		p.path.move(p.x, p.y)
	case 'l':
		p.lineTo(v[0]+relX, v[1]+relY)
	case 'h':
		p.lineTo(v[0]+relX, p.y)
	case 'v':
		p.lineTo(p.x, v[0]+relY)
	case 'c':
		p.curveTo(v[0]+relX, v[1]+relY, v[2]+relX, v[3]+relY, v[4]+relX, v[5]+relY)
	case 's':
		x1, y1 := p.mirrored('c', 's')
		p.curveTo(x1, y1, v[0]+relX, v[1]+relY, v[2]+relX, v[3]+relY)
	case 'q':
		p.quadTo(v[0]+relX, v[1]+relY, v[2]+relX, v[3]+relY)
	case 't':
		x1, y1 := p.mirrored('q', 't')
		p.quadTo(x1, y1, v[0]+relX, v[1]+relY)
	case 'a':
		x, y := v[5]+relX, v[6]+relY
		p.path.arc(p.x, p.y, v[0], v[1], v[2], v[3] != 0, v[4] != 0, x, y)
		p.x, p.y = x, y
	case 'z':
		p.path.close()
		p.x, p.y = p.startX, p.startY
	}
}

// mirrored is the first control point of a smooth curve: the last one mirrored at the pen, when the last step was a curve of
// the same kind, else the pen's place.
func (p *pen) mirrored(kind, smooth byte) (x, y float64) {
	if p.last == kind || p.last == smooth {
		return 2*p.x - p.ctrlX, 2*p.y - p.ctrlY
	}
	return p.x, p.y
}

func (p *pen) lineTo(x, y float64) {
	p.x, p.y = x, y
	p.path.line(x, y)
}

func (p *pen) curveTo(x1, y1, x2, y2, x, y float64) {
	p.path.cubic(x1, y1, x2, y2, x, y)
	p.ctrlX, p.ctrlY, p.x, p.y = x2, y2, x, y
}

func (p *pen) quadTo(x1, y1, x, y float64) {
	p.path.quad(p.x, p.y, x1, y1, x, y)
	p.ctrlX, p.ctrlY, p.x, p.y = x1, y1, x, y
}

func lower(c byte) byte { return c | 0x20 }

func isLetter(c byte) bool { c = lower(c); return c >= 'a' && c <= 'z' }

// A scanner reads the numbers of attributes, which need no space between them where their signs or points part them.
type scanner struct {
	text string
	pos  int
}

func (s *scanner) done() bool { return s.pos >= len(s.text) }

func (s *scanner) skip() {
	for !s.done() {
		switch s.text[s.pos] {
		case ' ', '\t', '\n', '\r', '\f', ',':
			s.pos++
		default:
			return
		}
	}
}

// number reads a number; a flag is one digit.
func (s *scanner) number(flag bool) (float64, bool) {
	s.skip()
	if s.done() {
		return 0, false
	}
	if flag {
		c := s.text[s.pos]
		s.pos++
		return float64(c - '0'), c == '0' || c == '1'
	}
	start := s.pos
	if c := s.text[s.pos]; c == '+' || c == '-' {
		s.pos++
	}
	digits := s.digits()
	if !s.done() && s.text[s.pos] == '.' {
		s.pos++
		digits += s.digits()
	}
	if digits == 0 {
		return 0, false
	}
	if !s.done() && lower(s.text[s.pos]) == 'e' {
		mark := s.pos
		s.pos++
		if !s.done() && (s.text[s.pos] == '+' || s.text[s.pos] == '-') {
			s.pos++
		}
		if s.digits() == 0 {
			s.pos = mark
		}
	}
	return parseFloat(s.text[start:s.pos])
}

func (s *scanner) digits() int {
	n := 0
	for !s.done() && s.text[s.pos] >= '0' && s.text[s.pos] <= '9' {
		s.pos++
		n++
	}
	return n
}

// numbers reads all numbers of a list.
func numbers(text string) []float64 {
	s := scanner{text: text}
	var out []float64
	for {
		v, ok := s.number(false)
		if !ok {
			return out
		}
		out = append(out, v)
	}
}
