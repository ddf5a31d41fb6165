package svg

import (
	"bytes"
	"encoding/base64"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"math"
	"net/url"
	"sort"
	"strings"
)

// A Drawing is an SVG document as a list of painting operations, in a space of Width by Height CSS pixels, y upwards.
type Drawing struct {
	Width, Height float64
	Ops           []Op
	Lost          []string // what of the document could not be kept, sorted
}

// An Op is a step of painting. Concat and the clips hold for what follows in the same group.
type Op interface{ op() }

type (
	// A Group keeps what changes in it to itself.
	Group struct{ Ops []Op }

	// Concat puts a map before the one in force.
	Concat struct{ Matrix Matrix }

	// ClipRect clips to a rectangle.
	ClipRect struct{ X, Y, Width, Height float64 }

	// ClipPath clips to a path.
	ClipPath struct {
		Path    Path
		EvenOdd bool
	}

	// A Shape is a Path to fill, to stroke or both. Apart says that the two have different opacities.
	Shape struct {
		Path         Path
		Fill, Stroke *Paint // nil for none
		EvenOdd      bool   // rule of the filling
		Line         Line   // of the stroke
		Apart        bool
	}

	// A Picture is what Options.Picture gave for data in the document, in a space of its own pixels, y upwards.
	Picture struct {
		Image         any
		Width, Height float64
	}
)

func (Group) op()    {}
func (Concat) op()   {}
func (ClipRect) op() {}
func (ClipPath) op() {}
func (Shape) op()    {}
func (Picture) op()  {}

// A Line is how a stroke is drawn; caps and joins are numbered as in PDF (ISO 32000-1 § 8.4.3).
type Line struct {
	Width, Miter float64
	Cap, Join    int
	Dash         []float64
	DashOffset   float64
}

// A Paint is a colour or a gradient.
type Paint struct {
	RGB      [3]float64 // of 1
	Alpha    float64    // opacity, of 1
	Gradient *Gradient  // in place of the colour
}

// A Gradient is linear (Coords: x1, y1, x2, y2) or radial (fx, fy, fr, cx, cy, r), in a space that Matrix maps to the
// drawing's. It has at least one stop, in ascending order.
type Gradient struct {
	Radial bool
	Coords []float64
	Stops  []Stop
	Matrix Matrix
}

// Options are what Read is given by who can do what SVG only names.
type Options struct {
	// Lettering gives the text of the drawing as outlines; nil leaves it out, and says so.
	Lettering Lettering
	// Picture reads a raster picture that stands in the document, and gives its size in pixels; nil leaves them out.
	Picture func(data []byte) (image any, width, height int, err error)
}

// ErrFormat is the error for data that is no SVG document.
var ErrFormat = errors.New("not an SVG document")

// Sniff reports whether data begins as an SVG document does.
func Sniff(data []byte) bool {
	head := bytes.TrimPrefix(data, []byte("\xef\xbb\xbf"))
	head = bytes.TrimLeft(head[:min(len(head), 4096)], " \t\r\n")
	return bytes.HasPrefix(head, []byte("<")) && bytes.Contains(head, []byte("<svg"))
}

// A node is an element of an SVG document.
type node struct {
	name  string
	attrs map[string]string
	kids  []*node
	text  string // character data, of a node named ""
}

// Limits against documents made to exhaust: depth of elements and of references, and size of what is drawn.
const (
	maxDepth = 64
	maxWork  = 4 << 20 // numbers
)

// parseSVG reads an SVG document into nodes.
func parseSVG(data []byte) (*node, error) {
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	top := &node{}
	open := []*node{top}
	for {
		t, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("SVG file: %w", err)
		}
		parent := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: make(map[string]string, len(t.Attr))}
			for _, a := range t.Attr {
				if _, ok := n.attrs[a.Name.Local]; !ok || a.Name.Space == "" {
					n.attrs[a.Name.Local] = a.Value
				}
			}
			parent.kids = append(parent.kids, n)
			if len(open) > maxDepth {
				return nil, errors.New("SVG file: elements nested too deep")
			}
			open = append(open, n)
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			parent.kids = append(parent.kids, &node{text: string(t)})
		}
	}
	for _, n := range top.kids {
		if n.name == "svg" {
			return n, nil
		}
	}
	return nil, ErrFormat
}

// Read reads an SVG drawing (SVG 2, the static part that drawings use): shapes, paths, groups, text as outlines, gradients,
// clips, symbols and pictures in data URIs. Filters, masks and patterns have no like in a file for print and archive; what
// stands in them is told in Lost. Work is bounded: a document that draws without end is an error.
func Read(data []byte, opts Options) (*Drawing, error) {
	root, err := parseSVG(data)
	if err != nil {
		return nil, err
	}
	d := &svg{ids: map[string]*node{}, lost: map[string]bool{}, opts: opts}
	d.index(root)
	w, h := d.frame(root)
	if !(w > 0 && h > 0) || w > 1e5 || h > 1e5 {
		return nil, fmt.Errorf("SVG file of %g by %g", w, h)
	}
	out := &Drawing{Width: w, Height: h}
	base := Matrix{1, 0, 0, -1, 0, h}
	if box := numbers(root.attrs["viewBox"]); len(box) == 4 && box[2] > 0 && box[3] > 0 {
		base = base.times(fit(box, w, h, root.attrs["preserveAspectRatio"]))
		w, h = box[2], box[3]
	}
	d.width, d.height = w, h
	d.concat(base)
	d.children(root, d.style(root, initialStyle), 0)
	if d.err != nil {
		return nil, d.err
	}
	out.Ops = d.ops
	for l := range d.lost {
		out.Lost = append(out.Lost, l)
	}
	sort.Strings(out.Lost)
	return out, nil
}

// An svg is a document being turned into operations.
type svg struct {
	ops           []Op // of the group under way
	work          int  // numbers in all operations so far
	ids           map[string]*node
	rules         []rule
	width, height float64 // of the viewport in user units, for percentages
	ctm           Matrix
	lost          map[string]bool
	opts          Options
	err           error
}

func (d *svg) lose(what string) { d.lost[what+" not drawn"] = true }

// add appends an operation of so many numbers.
func (d *svg) add(op Op, numbers int) {
	d.ops = append(d.ops, op)
	if d.work += 1 + numbers; d.work > maxWork && d.err == nil {
		d.err = errors.New("SVG file: drawing too large")
	}
}

// concat puts a map before the one in force.
func (d *svg) concat(m Matrix) {
	d.add(Concat{m}, len(m))
	d.ctm = d.ctm.times(m)
}

// group draws a group; empty says that it is kept even when nothing is drawn.
func (d *svg) group(empty bool, draw func()) {
	outer, ctm := d.ops, d.ctm
	d.ops = nil
	draw()
	inner := d.ops
	d.ops, d.ctm = outer, ctm
	if len(inner) > 0 || empty {
		d.add(Group{inner}, 0)
	}
}

// index notes the elements that have an id, and the rules of style sheets.
func (d *svg) index(n *node) {
	if id := n.attrs["id"]; id != "" && d.ids[id] == nil {
		d.ids[id] = n
	}
	if n.name == "style" {
		d.rules = append(d.rules, parseRules(n.allText())...)
	}
	for _, k := range n.kids {
		d.index(k)
	}
}

func (n *node) allText() string {
	if n.name == "" {
		return n.text
	}
	var b strings.Builder
	for _, k := range n.kids {
		b.WriteString(k.allText())
	}
	return b.String()
}

// frame is the viewport of the outermost element in CSS pixels: its width and height, else its viewBox's, else 300 by 150
// as in browsers.
func (d *svg) frame(root *node) (w, h float64) {
	box := numbers(root.attrs["viewBox"])
	w, okW := length(root.attrs["width"], 0, 16)
	h, okH := length(root.attrs["height"], 0, 16)
	okW, okH = okW && w > 0, okH && h > 0
	if len(box) == 4 && box[2] > 0 && box[3] > 0 {
		switch {
		case okW && okH:
		case okW:
			h = w * box[3] / box[2]
		case okH:
			w = h * box[2] / box[3]
		default:
			w, h = box[2], box[3]
		}
		return w, h
	}
	if !okW {
		w = 300
	}
	if !okH {
		h = 150
	}
	return w, h
}

// fit maps a viewBox into a viewport (SVG 2 § 8.2).
func fit(box []float64, w, h float64, how string) Matrix {
	sx, sy := w/box[2], h/box[3]
	fields := strings.Fields(how)
	if len(fields) > 0 && fields[0] == "none" {
		return Matrix{sx, 0, 0, sy, -box[0] * sx, -box[1] * sy}
	}
	s := min(sx, sy)
	if len(fields) > 1 && fields[1] == "slice" {
		s = max(sx, sy)
	}
	dx, dy := (w-box[2]*s)/2, (h-box[3]*s)/2
	if len(fields) > 0 {
		a := strings.ToLower(fields[0])
		if strings.HasPrefix(a, "xmin") {
			dx = 0
		} else if strings.HasPrefix(a, "xmax") {
			dx *= 2
		}
		if strings.HasSuffix(a, "ymin") {
			dy = 0
		} else if strings.HasSuffix(a, "ymax") {
			dy *= 2
		}
	}
	return Matrix{s, 0, 0, s, dx - box[0]*s, dy - box[1]*s}
}

// length reads a length in user units; a percentage is of whole. ok is false for none.
func length(s string, whole, em float64) (float64, bool) {
	s = strings.TrimSpace(s)
	n := len(s)
	for n > 0 && (isLetter(s[n-1]) || s[n-1] == '%') {
		n--
	}
	v, ok := parseFloat(s[:n])
	if !ok {
		return 0, false
	}
	switch strings.ToLower(s[n:]) {
	case "", "px":
	case "pt":
		v *= 96.0 / 72
	case "pc":
		v *= 16
	case "in":
		v *= 96
	case "cm":
		v *= 96 / 2.54
	case "mm":
		v *= 96 / 25.4
	case "q":
		v *= 96 / 101.6
	case "em", "rem":
		v *= em
	case "ex", "ch":
		v *= em / 2
	case "%":
		if whole == 0 {
			return 0, false
		}
		v *= whole / 100
	default:
		return 0, false
	}
	return v, true
}

// diagonal is what percentages that are neither of width nor of height are of (SVG 2 § 8.9).
func (d *svg) diagonal() float64 { return math.Hypot(d.width, d.height) / math.Sqrt2 }

func (d *svg) number(n *node, attr string, whole float64) float64 {
	v, _ := length(n.attrs[attr], whole, 16)
	return v
}

func (d *svg) children(n *node, s style, depth int) {
	for _, k := range n.kids {
		d.draw(k, s, depth)
	}
}

// draw draws an element in the style of its parent.
func (d *svg) draw(n *node, parent style, depth int) {
	if n.name == "" || d.err != nil {
		return
	}
	if depth > maxDepth {
		d.lose("references nested too deep")
		return
	}
	switch n.name {
	case "defs", "style", "title", "desc", "metadata", "symbol", "linearGradient", "radialGradient", "clipPath", "script",
		"namedview", "RDF", "stop", "marker", "animate", "set", "animateTransform", "animateMotion":
		return
	case "mask", "filter", "pattern":
		return // told where they are used
	case "foreignObject":
		d.lose("foreignObject")
		return
	}
	s := d.style(n, parent)
	if s.hidden {
		return
	}
	if s.mask {
		d.lose("mask")
	}
	if s.filter {
		d.lose("filter")
	}
	d.group(false, func() {
		if m, ok := parseTransform(n.attrs["transform"]); ok && m != identity {
			if !m.finite() {
				return
			}
			d.concat(m)
		}
		if s.clip != "" {
			d.clip(d.ids[s.clip])
		}
		d.element(n, s, depth)
	})
}

// element draws what an element is.
func (d *svg) element(n *node, s style, depth int) {
	switch n.name {
	case "svg":
		d.nested(n, s, depth)
	case "g", "a":
		d.children(n, s, depth+1)
	case "switch":
		for _, k := range n.kids {
			if k.name != "" && k.name != "foreignObject" {
				d.draw(k, s, depth+1)
				break
			}
		}
	case "use":
		d.use(n, s, depth)
	case "image":
		d.image(n)
	case "text":
		d.text(n, s)
	default:
		if p, ok := d.shape(n); ok {
			d.paint(p, s)
			d.markers(p, s, depth)
		} else {
			d.lose(n.name)
		}
	}
}

// nested draws an svg element within another.
func (d *svg) nested(n *node, s style, depth int) {
	w, h := d.width, d.height
	x, y := d.number(n, "x", w), d.number(n, "y", h)
	if v, ok := length(n.attrs["width"], w, 16); ok {
		w = v
	}
	if v, ok := length(n.attrs["height"], h, 16); ok {
		h = v
	}
	d.viewport(n, x, y, w, h, func() { d.children(n, s, depth+1) })
}

// viewport draws in a rectangle of its own, clipped to it.
func (d *svg) viewport(n *node, x, y, w, h float64, draw func()) {
	if w <= 0 || h <= 0 {
		return
	}
	d.add(ClipRect{x, y, w, h}, 4)
	m := Matrix{1, 0, 0, 1, x, y}
	savedW, savedH := d.width, d.height
	d.width, d.height = w, h
	if box := numbers(n.attrs["viewBox"]); len(box) == 4 && box[2] > 0 && box[3] > 0 {
		m = m.times(fit(box, w, h, n.attrs["preserveAspectRatio"]))
		d.width, d.height = box[2], box[3]
	}
	d.concat(m)
	draw()
	d.width, d.height = savedW, savedH
}

func (d *svg) use(n *node, s style, depth int) {
	target := d.ids[strings.TrimPrefix(n.attrs["href"], "#")]
	if target == nil {
		d.lose("use of " + n.attrs["href"])
		return
	}
	x, y := d.number(n, "x", d.width), d.number(n, "y", d.height)
	m := Matrix{1, 0, 0, 1, x, y}
	d.concat(m)
	if target.name != "symbol" {
		d.draw(target, s, depth+1)
		return
	}
	s = d.style(target, s)
	w, h := d.width, d.height
	if v, ok := length(n.attrs["width"], w, 16); ok {
		w = v
	}
	if v, ok := length(n.attrs["height"], h, 16); ok {
		h = v
	}
	d.viewport(target, 0, 0, w, h, func() { d.children(target, s, depth+1) })
}

// shape gives the Path of a basic shape (SVG 2 § 10) or a path.
func (d *svg) shape(n *node) (Path, bool) {
	var p Path
	w, h := d.width, d.height
	switch n.name {
	case "path":
		p, err := parsePath(n.attrs["d"])
		if err != nil {
			d.lost["end of a Path with a mistake in it not drawn"] = true
		}
		return p, true
	case "rect":
		x, y, rw, rh := d.number(n, "x", w), d.number(n, "y", h), d.number(n, "width", w), d.number(n, "height", h)
		if rw <= 0 || rh <= 0 {
			return nil, true
		}
		rx, okX := length(n.attrs["rx"], w, 16)
		ry, okY := length(n.attrs["ry"], h, 16)
		if !okX {
			rx = ry
		}
		if !okY {
			ry = rx
		}
		rx, ry = min(max(rx, 0), rw/2), min(max(ry, 0), rh/2)
		p.roundedRect(x, y, rw, rh, rx, ry)
	case "circle":
		if r := d.number(n, "r", d.diagonal()); r > 0 {
			p.ellipse(d.number(n, "cx", w), d.number(n, "cy", h), r, r)
		}
	case "ellipse":
		if rx, ry := d.number(n, "rx", w), d.number(n, "ry", h); rx > 0 && ry > 0 {
			p.ellipse(d.number(n, "cx", w), d.number(n, "cy", h), rx, ry)
		}
	case "line":
		p.move(d.number(n, "x1", w), d.number(n, "y1", h))
		p.line(d.number(n, "x2", w), d.number(n, "y2", h))
	case "polyline", "polygon":
		v := numbers(n.attrs["points"])
		for i := 0; i+1 < len(v); i += 2 {
			if i == 0 {
				p.move(v[0], v[1])
			} else {
				p.line(v[i], v[i+1])
			}
		}
		if n.name == "polygon" && len(p) > 0 {
			p.close()
		}
	default:
		return nil, false
	}
	return p, true
}

func (p *Path) roundedRect(x, y, w, h, rx, ry float64) {
	if rx == 0 || ry == 0 {
		p.move(x, y)
		p.line(x+w, y)
		p.line(x+w, y+h)
		p.line(x, y+h)
		p.close()
		return
	}
	const k = 1 - 0.5522847498307936
	p.move(x+rx, y)
	p.line(x+w-rx, y)
	p.cubic(x+w-k*rx, y, x+w, y+k*ry, x+w, y+ry)
	p.line(x+w, y+h-ry)
	p.cubic(x+w, y+h-k*ry, x+w-k*rx, y+h, x+w-rx, y+h)
	p.line(x+rx, y+h)
	p.cubic(x+k*rx, y+h, x, y+h-k*ry, x, y+h-ry)
	p.line(x, y+ry)
	p.cubic(x, y+k*ry, x+k*rx, y, x+rx, y)
	p.close()
}

// clip makes the shapes of a clipPath the clip. Several shapes clip to their union, as one Path filled by the non-zero
// rule, which is exact as long as they turn the same way.
func (d *svg) clip(n *node) {
	if n == nil || n.name != "clipPath" {
		return
	}
	var all Path
	evenOdd := false
	for _, k := range n.kids {
		m := identity
		shape := k
		if k.name == "use" {
			shape = d.ids[strings.TrimPrefix(k.attrs["href"], "#")]
			m[4], m[5] = d.number(k, "x", d.width), d.number(k, "y", d.height)
		}
		if shape == nil || shape.name == "" {
			continue
		}
		p, ok := d.shape(shape)
		if !ok {
			if shape.name != "title" && shape.name != "desc" {
				d.lose("clip by " + shape.name)
			}
			continue
		}
		if t, ok := parseTransform(shape.attrs["transform"]); ok {
			m = m.times(t)
		}
		evenOdd = evenOdd || d.style(shape, initialStyle).clipEvenOdd
		all = append(all, p.mapped(m)...)
	}
	if n.attrs["clipPathUnits"] == "objectBoundingBox" {
		d.lose("clip in units of the clipped object")
		return
	}
	if t, ok := parseTransform(n.attrs["transform"]); ok {
		all = all.mapped(t)
	}
	if len(all) == 0 {
		d.add(ClipRect{}, 4)
		return
	}
	d.add(ClipPath{all, evenOdd}, 6*len(all))
}

func (p Path) mapped(m Matrix) Path {
	if m == identity {
		return p
	}
	out := make(Path, len(p))
	for i, s := range p {
		for k := 0; k < s.Numbers(); k += 2 {
			s.P[k], s.P[k+1] = m.Apply(s.P[k], s.P[k+1])
		}
		out[i] = s
	}
	return out
}

// paint fills and strokes a path.
func (d *svg) paint(p Path, s style) {
	if len(p) == 0 {
		return
	}
	shape := Shape{
		Path: p, Fill: d.paintOf(s.fill, s.fillOpacity*s.opacity, p), EvenOdd: s.evenOdd, Apart: s.fillOpacity != s.strokeOpacity,
		Line: Line{Width: s.strokeWidth, Miter: s.miter, Cap: s.cap, Join: s.join, Dash: s.dash, DashOffset: s.dashOffset},
	}
	if s.strokeWidth > 0 {
		shape.Stroke = d.paintOf(s.stroke, s.strokeOpacity*s.opacity, p)
	}
	if shape.Fill != nil || shape.Stroke != nil {
		d.add(shape, 6*len(p))
	}
}

// paintOf gives the colour or gradient that fills or strokes a path; nil when there is nothing to paint.
func (d *svg) paintOf(p paint, opacity float64, over Path) *Paint {
	if p.pattern != "" {
		if g := d.ids[p.pattern]; g != nil {
			if gradient := d.gradient(g, over); gradient != nil {
				return &Paint{Gradient: gradient, Alpha: opacity}
			}
		}
		if p.none {
			return nil
		}
	}
	opacity *= p.alpha
	if p.none || opacity <= 0 {
		return nil
	}
	return &Paint{RGB: p.rgb, Alpha: opacity}
}

// gradient reads a gradient that is to fill or stroke a path; nil when it paints nothing.
func (d *svg) gradient(g *node, over Path) *Gradient {
	radial := g.name == "radialGradient"
	if !radial && g.name != "linearGradient" {
		d.lose(g.name)
		return nil
	}
	attr := func(name string) string { return d.inheritedAttr(g, name, 0) }
	stops := d.stops(g, 0)
	if len(stops) == 0 {
		return nil
	}
	m := d.ctm
	w, h := d.width, d.height
	if attr("gradientUnits") != "userSpaceOnUse" {
		x0, y0, x1, y1, ok := over.box()
		if !ok || x1 <= x0 || y1 <= y0 {
			return nil
		}
		m = m.times(Matrix{x1 - x0, 0, 0, y1 - y0, x0, y0})
		w, h = 1, 1
	}
	if t, ok := parseTransform(attr("gradientTransform")); ok {
		m = m.times(t)
	}
	if s := attr("spreadMethod"); s == "reflect" || s == "repeat" {
		d.lost["repetition of a gradient not drawn"] = true
	}
	value := func(name, usual string, whole float64) float64 {
		s := attr(name)
		if s == "" {
			s = usual
		}
		v, _ := length(s, whole, 16)
		return v
	}
	var coords []float64
	if !radial {
		coords = []float64{value("x1", "0%", w), value("y1", "0%", h), value("x2", "100%", w), value("y2", "0%", h)}
	} else {
		r := math.Hypot(w, h) / math.Sqrt2
		cx, cy := value("cx", "50%", w), value("cy", "50%", h)
		fx, fy := cx, cy
		if attr("fx") != "" {
			fx = value("fx", "", w)
		}
		if attr("fy") != "" {
			fy = value("fy", "", h)
		}
		coords = []float64{fx, fy, value("fr", "0%", r), cx, cy, value("r", "50%", r)}
	}
	if !m.finite() {
		return nil
	}
	return &Gradient{Radial: radial, Coords: coords, Stops: stops, Matrix: m}
}

// inheritedAttr is an attribute of a gradient or of the one that it refers to.
func (d *svg) inheritedAttr(g *node, name string, depth int) string {
	if v := g.attrs[name]; v != "" || depth > 8 {
		return v
	}
	if t := d.ids[strings.TrimPrefix(g.attrs["href"], "#")]; t != nil {
		return d.inheritedAttr(t, name, depth+1)
	}
	return ""
}

// stops are the stops of a gradient or of the one that it refers to. A stop that one can see through is mixed with white.
func (d *svg) stops(g *node, depth int) []Stop {
	var out []Stop
	for _, k := range g.kids {
		if k.name != "stop" {
			continue
		}
		s := d.style(k, initialStyle)
		c := Stop{At: fraction(k.attrs["offset"], 1), RGB: s.stopColor.rgb}
		a := s.stopColor.alpha * s.stopOpacity
		for i := range c.RGB {
			c.RGB[i] = 1 - a*(1-c.RGB[i])
		}
		if n := len(out); n > 0 {
			c.At = max(c.At, out[n-1].At)
		}
		out = append(out, c)
	}
	if t := d.ids[strings.TrimPrefix(g.attrs["href"], "#")]; len(out) == 0 && t != nil && depth < 8 {
		return d.stops(t, depth+1)
	}
	return out
}

// image draws a picture that the document holds in a data URI; nothing is fetched.
func (d *svg) image(n *node) {
	href := n.attrs["href"]
	rest, ok := strings.CutPrefix(href, "data:")
	if !ok {
		d.lose("picture " + href)
		return
	}
	kind, text, _ := strings.Cut(rest, ",")
	var data []byte
	var err error
	if strings.HasSuffix(kind, ";base64") {
		data, err = base64.StdEncoding.DecodeString(strings.Map(func(r rune) rune {
			if r <= ' ' {
				return -1
			}
			return r
		}, text))
	} else {
		var s string
		s, err = url.PathUnescape(text)
		data = []byte(s)
	}
	if err != nil || Sniff(data) || d.opts.Picture == nil {
		d.lose("picture in a picture")
		return
	}
	img, pw, ph, err := d.opts.Picture(data)
	if err != nil {
		d.lose("picture in a picture")
		return
	}
	x, y := d.number(n, "x", d.width), d.number(n, "y", d.height)
	w, okW := length(n.attrs["width"], d.width, 16)
	h, okH := length(n.attrs["height"], d.height, 16)
	width, height := float64(pw), float64(ph)
	if !okW {
		w = width
	}
	if !okH {
		h = height
	}
	if w <= 0 || h <= 0 {
		return
	}
	f := fit([]float64{0, 0, width, height}, w, h, n.attrs["preserveAspectRatio"])
	d.add(ClipRect{x, y, w, h}, 4)
	// Pictures stand on their feet in print, drawings on their heads.
	d.concat(Matrix{1, 0, 0, 1, x, y}.times(f).times(Matrix{1, 0, 0, -1, 0, height}))
	d.add(Picture{img, width, height}, 2)
}

// parseTransform reads a list of transforms (SVG 2 § 8.5); ok is false when there is none or it has a mistake.
func parseTransform(s string) (Matrix, bool) {
	m := identity
	if strings.TrimSpace(s) == "" {
		return m, false
	}
	for {
		s = strings.TrimLeft(s, " \t\r\n,")
		if s == "" {
			return m, true
		}
		name, rest, ok := strings.Cut(s, "(")
		args, after, ok2 := strings.Cut(rest, ")")
		if !ok || !ok2 {
			return m, false
		}
		s = after
		v := numbers(args)
		at := func(i int, usual float64) float64 {
			if i < len(v) {
				return v[i]
			}
			return usual
		}
		switch strings.TrimSpace(name) {
		case "matrix":
			if len(v) < 6 {
				return m, false
			}
			m = m.times(Matrix(v[:6]))
		case "translate":
			m = m.times(Matrix{1, 0, 0, 1, at(0, 0), at(1, 0)})
		case "scale":
			x := at(0, 1)
			m = m.times(Matrix{x, 0, 0, at(1, x), 0, 0})
		case "rotate":
			sin, cos := math.Sincos(at(0, 0) * math.Pi / 180)
			x, y := at(1, 0), at(2, 0)
			m = m.times(Matrix{1, 0, 0, 1, x, y}).times(Matrix{cos, sin, -sin, cos, 0, 0}).times(Matrix{1, 0, 0, 1, -x, -y})
		case "skewX":
			m = m.times(Matrix{1, 0, math.Tan(at(0, 0) * math.Pi / 180), 1, 0, 0})
		case "skewY":
			m = m.times(Matrix{1, math.Tan(at(0, 0) * math.Pi / 180), 0, 1, 0, 0})
		default:
			return m, false
		}
	}
}
