package svg

import (
	"math"
	"strings"
)

// An Outline is the path of a line of text, in em units from the line's start, y upwards.
type Outline struct {
	path    Path
	x, y    float64
	Advance float64
}

// MoveTo begins a contour, which Close ends.
func (o *Outline) MoveTo(x, y float64) { o.path.move(x, y); o.x, o.y = x, y }

// LineTo draws a straight line.
func (o *Outline) LineTo(x, y float64) { o.path.line(x, y); o.x, o.y = x, y }

// QuadTo draws a quadratic curve.
func (o *Outline) QuadTo(x1, y1, x, y float64) {
	o.path.quad(o.x, o.y, x1, y1, x, y)
	o.x, o.y = x, y
}

// CubeTo draws a cubic curve.
func (o *Outline) CubeTo(x1, y1, x2, y2, x, y float64) {
	o.path.cubic(x1, y1, x2, y2, x, y)
	o.x, o.y = x, y
}

// Close closes the contour.
func (o *Outline) Close() { o.path.close() }

// A Lettering gives the outline of a line of text in a font near the one asked for: families as CSS lists them, weight
// from 100 to 900. Text in drawings is drawn as shapes, since its fonts are seldom at hand and never the document's.
type Lettering func(text, families string, weight int, italic bool) *Outline

// A chunk is a stretch of text of one style with a place of its own, or following what is before it.
type chunk struct {
	text       string
	style      style
	x, y       float64
	setX, setY bool
	dx, dy     float64
	length     float64 // textLength, 0 when not given
}

// text draws a text element: chunks placed by x, y, dx and dy, each run of them from one x to the next aligned by
// text-anchor (SVG 2 § 11).
func (d *svg) text(n *node, s style) {
	if d.opts.Lettering == nil {
		d.lose("text")
		return
	}
	var chunks []chunk
	d.chunks(n, s, &chunks)
	trimChunks(chunks)
	x, y := 0.0, 0.0
	for first := 0; first < len(chunks); {
		last := first + 1
		for last < len(chunks) && !chunks[last].setX {
			last++
		}
		var lines []*Outline
		var stretch []float64
		width := 0.0
		for _, c := range chunks[first:last] {
			o := d.opts.Lettering(c.text, c.style.family, c.style.weight, c.style.italic)
			k := 1.0
			if w := o.Advance * c.style.size; c.length > 0 && w > 0 && c.length/w > .5 && c.length/w < 2 {
				k = c.length / w
			}
			lines, stretch = append(lines, o), append(stretch, k)
			width += o.Advance*c.style.size*k + c.dx
		}
		if chunks[first].setX {
			x = chunks[first].x
		}
		switch chunks[first].style.anchor {
		case "middle":
			x -= width / 2
		case "end":
			x -= width
		}
		for i, c := range chunks[first:last] {
			if c.setY {
				y = c.y
			}
			x, y = x+c.dx, y+c.dy
			size := c.style.size
			m := Matrix{size * stretch[i], 0, 0, -size, x, y + size*baselineShift(c.style.baseline)}
			d.group(true, func() { d.paint(lines[i].path.mapped(m), c.style) })
			x += lines[i].Advance * size * stretch[i]
		}
		first = last
	}
}

// baselineShift is how far down the baseline lies from the place given, in ems of a usual face.
func baselineShift(baseline string) float64 {
	switch baseline {
	case "middle", "central":
		return .3
	case "hanging", "text-before-edge", "before-edge", "text-top":
		return .72
	case "text-after-edge", "after-edge", "ideographic", "text-bottom":
		return -.22
	}
	return 0
}

// chunks gathers the chunks of a text element or a tspan.
func (d *svg) chunks(n *node, s style, out *[]chunk) {
	at := len(*out)
	for _, k := range n.kids {
		switch k.name {
		case "":
			text := k.text
			if s.preserve {
				text = strings.Map(func(r rune) rune {
					if r == '\n' || r == '\t' {
						return ' '
					}
					return r
				}, text)
			} else {
				text = collapse(text)
			}
			if text != "" {
				*out = append(*out, chunk{text: text, style: s})
			}
		case "tspan", "a":
			if ks := d.style(k, s); !ks.hidden {
				d.chunks(k, ks, out)
			}
		case "textPath", "tref":
			d.lose(k.name)
		}
	}
	if at >= len(*out) {
		return
	}
	place := func(attr string, whole float64) []float64 {
		var v []float64
		for _, f := range strings.FieldsFunc(n.attrs[attr], func(r rune) bool { return r == ',' || r == ' ' || r == '\n' }) {
			if x, ok := length(f, whole, s.size); ok {
				v = append(v, x)
			}
		}
		return v
	}
	xs, ys := place("x", d.width), place("y", d.height)
	if len(xs) > 1 {
		spread(out, at, len(xs))
	}
	for i, x := range xs {
		if c := at + i; c < len(*out) && !(*out)[c].setX {
			(*out)[c].x, (*out)[c].setX = x, true
		}
	}
	first := &(*out)[at]
	if len(ys) > 0 && !first.setY {
		first.y, first.setY = ys[0], true
	}
	if dx := place("dx", d.width); len(dx) > 0 {
		first.dx += dx[0]
	}
	if dy := place("dy", d.height); len(dy) > 0 {
		first.dy += dy[0]
	}
	if l, ok := length(n.attrs["textLength"], d.width, s.size); ok && len(*out) == at+1 {
		first.length = math.Abs(l)
	}
}

// spread cuts the first n characters of the chunks from at on into chunks of their own, so that each can have its place.
func spread(out *[]chunk, at, n int) {
	var cut []chunk
	for _, c := range (*out)[at:] {
		for i, r := range c.text {
			if len(cut) >= n {
				rest := c
				rest.text = c.text[i:]
				cut = append(cut, rest)
				break
			}
			one := c
			one.text = string(r)
			if i > 0 {
				one.setX, one.setY, one.dx, one.dy = false, false, 0, 0
			}
			cut = append(cut, one)
		}
	}
	*out = append((*out)[:at], cut...)
}

// collapse makes white space one space, and keeps it at the ends, where it may part two chunks.
func collapse(s string) string {
	var b strings.Builder
	space := false
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	if space {
		b.WriteByte(' ')
	}
	return b.String()
}

// trimChunks drops white space at the ends of a text.
func trimChunks(chunks []chunk) {
	if len(chunks) == 0 {
		return
	}
	if c := &chunks[0]; !c.style.preserve {
		c.text = strings.TrimLeft(c.text, " ")
	}
	if c := &chunks[len(chunks)-1]; !c.style.preserve {
		c.text = strings.TrimRight(c.text, " ")
	}
}

// markers draws the markers of a path (SVG 2 § 13.7): the arrowheads of diagrams.
func (d *svg) markers(p Path, s style, depth int) {
	if s.markers == [3]string{} || len(p) == 0 || depth > 8 {
		return
	}
	vertices := verticesOf(p)
	for i, v := range vertices {
		id := s.markers[1]
		switch i {
		case 0:
			id = s.markers[0]
		case len(vertices) - 1:
			id = s.markers[2]
		}
		if n := d.ids[id]; n != nil && n.name == "marker" {
			d.marker(n, v, i == 0, s, depth)
		}
	}
}

// A vertex is an end of a step, with the direction in which the path comes and goes on, in radians.
type vertex struct{ x, y, in, out float64 }

func verticesOf(p Path) []vertex {
	var out []vertex
	var x, y float64
	for _, s := range p {
		n := s.Numbers()
		if n == 0 {
			continue
		}
		ex, ey := s.P[n-2], s.P[n-1]
		if s.Op == 'm' {
			out = append(out, vertex{x: ex, y: ey, in: math.NaN(), out: math.NaN()})
			x, y = ex, ey
			continue
		}
		fx, fy, tx, ty := ex, ey, x, y // next point after the start, last before the end
		if s.Op == 'c' {
			fx, fy, tx, ty = s.P[0], s.P[1], s.P[2], s.P[3]
			if fx == x && fy == y {
				fx, fy = tx, ty
			}
			if tx == ex && ty == ey {
				tx, ty = s.P[0], s.P[1]
			}
		}
		if len(out) > 0 {
			out[len(out)-1].out = math.Atan2(fy-y, fx-x)
		}
		out = append(out, vertex{x: ex, y: ey, in: math.Atan2(ey-ty, ex-tx), out: math.NaN()})
		x, y = ex, ey
	}
	return out
}

// angle is the direction of a marker at a vertex: between coming and going.
func (v vertex) angle() float64 {
	switch {
	case math.IsNaN(v.in) && math.IsNaN(v.out):
		return 0
	case math.IsNaN(v.in):
		return v.out
	case math.IsNaN(v.out):
		return v.in
	}
	return math.Atan2(math.Sin(v.in)+math.Sin(v.out), math.Cos(v.in)+math.Cos(v.out))
}

func (d *svg) marker(n *node, v vertex, start bool, s style, depth int) {
	turn := 0.0
	switch orient := strings.TrimSpace(n.attrs["orient"]); orient {
	case "auto":
		turn = v.angle()
	case "auto-start-reverse":
		turn = v.angle()
		if start {
			turn += math.Pi
		}
	default:
		a, _ := parseFloat(strings.TrimSuffix(orient, "deg"))
		turn = a * math.Pi / 180
	}
	sin, cos := math.Sincos(turn)
	m := Matrix{cos, sin, -sin, cos, v.x, v.y}
	if n.attrs["markerUnits"] != "userSpaceOnUse" {
		m = m.times(Matrix{s.strokeWidth, 0, 0, s.strokeWidth, 0, 0})
	}
	size := func(attr string) float64 {
		if x, ok := length(n.attrs[attr], 0, 16); ok {
			return x
		}
		return 3
	}
	w, h := size("markerWidth"), size("markerHeight")
	if box := numbers(n.attrs["viewBox"]); len(box) == 4 && box[2] > 0 && box[3] > 0 && w > 0 && h > 0 {
		k := min(w/box[2], h/box[3])
		m = m.times(Matrix{k, 0, 0, k, 0, 0})
	}
	m = m.times(Matrix{1, 0, 0, 1, -d.number(n, "refX", 0), -d.number(n, "refY", 0)})
	if !m.finite() {
		return
	}
	d.group(true, func() {
		d.concat(m)
		ms := initialStyle
		ms.color, ms.opacity = s.color, s.opacity
		d.children(n, d.style(n, ms), depth+1)
	})
}
