// Package svg is the one place that knows SVG, for its three users: Read turns a drawing into a list of painting operations
// (the PDF writes them as operators, and whoever paints pages may paint them), Clean writes a document anew without what a
// publication must not carry (the EPUB), Size tells how large it is (whoever takes pictures in).
//
// It knows neither PDF nor EPUB. What a drawing needs of others, outlines of text and raster pictures, it is given.
package svg

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"net/url"
	"sort"
	"strings"
)

// Options are what Read is given by who can do what SVG only names.
type Options struct {
	// Lettering gives the text of the drawing as outlines; nil leaves it out, and says so.
	Lettering Lettering
	// Picture reads a raster picture that stands in the document, and gives its size in pixels; nil leaves them out.
	Picture func(data []byte) (image any, width, height int, err error)
}

// ErrFormat is the error for data that is no SVG document.
var ErrFormat = errors.New("not an SVG document")

// Read reads an SVG drawing (SVG 2, the static part that drawings use): shapes, paths, groups, text as outlines, gradients,
// clips, symbols and pictures in data URIs. Filters, masks and patterns have no like in a file for print and archive; what
// stands in them is told in Lost. Work is bounded: a document that draws without end is an error.
func Read(data []byte, opts Options) (*Drawing, error) {
	if !Sniff(data) {
		return nil, ErrFormat
	}
	data, lost, err := Clean(data) // both editions show the same
	if err != nil {
		return nil, fmt.Errorf("SVG file: %w", err)
	}
	root, err := parseSVG(data)
	if err != nil {
		return nil, err
	}
	d := &svg{ids: map[string]*node{}, lost: map[string]bool{}, opts: opts, ctm: Matrix{1, 0, 0, 1, 0, 0}}
	d.index(root)
	w, h := frame(root)
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
	for _, l := range lost {
		d.lose(l)
	}
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

// clip makes the shapes of a clipPath the clip. Several shapes clip to their union, as one path filled by the non-zero
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
