package object

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

// A form is a drawing on its way into a form XObject: operators in a space of width by height units, y upwards.
type form struct {
	width, height float64
	content       []byte
	alphas        []float64 // of graphics states A0, A1…
	shadings      []shade
	images        []*Image
}

type shade struct {
	matrix matrix
	dict   Dict
}

// addForm writes a drawing as a form XObject (ISO 32000-1 § 8.10).
func (o *Writer) addForm(f *form) Ref {
	var states, patterns, images Dict
	for i, a := range f.alphas {
		states = states.Set(Name("A"+string(appendInt(nil, int64(i)))), D("ca", Real(a), "CA", Real(a)))
	}
	for i, s := range f.shadings {
		m := Array{}
		for _, v := range s.matrix {
			m = append(m, Real(v))
		}
		patterns = patterns.Set(Name("S"+string(appendInt(nil, int64(i)))), D("PatternType", Int(2), "Matrix", m, "Shading", s.dict))
	}
	for i, img := range f.images {
		images = images.Set(Name("I"+string(appendInt(nil, int64(i)))), o.AddImage(img))
	}
	resources := Dict{}
	if states != nil {
		resources = resources.Set("ExtGState", states)
	}
	if patterns != nil {
		resources = resources.Set("Pattern", patterns)
	}
	if images != nil {
		resources = resources.Set("XObject", images)
	}
	return o.Share(D("Type", Name("XObject"), "Subtype", Name("Form"),
		"BBox", Array{Int(0), Int(0), Real(f.width), Real(f.height)}, "Resources", resources), f.content)
}

// looksLikeSVG reports whether data begins as an SVG document does.
func looksLikeSVG(data []byte) bool {
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
	maxDepth   = 64
	maxContent = 32 << 20
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

// readSVG turns an SVG drawing (SVG 2, the static part that drawings use) into operators: shapes, paths, groups, text as
// outlines, gradients, clips, symbols and pictures in data URIs. Filters, masks and patterns have no like in a file for
// print and archive; what stands in them is told in Lost.
func readSVG(data []byte, lettering Lettering) (*Image, error) {
	root, err := parseSVG(data)
	if err != nil {
		return nil, err
	}
	d := &svg{form: &form{}, ids: map[string]*node{}, lost: map[string]bool{}, lettering: lettering}
	d.index(root)
	w, h := d.frame(root)
	if !(w > 0 && h > 0) || w > 1e5 || h > 1e5 {
		return nil, fmt.Errorf("SVG file of %g by %g", w, h)
	}
	d.form.width, d.form.height = w, h
	base := matrix{1, 0, 0, -1, 0, h}
	if box := numbers(root.attrs["viewBox"]); len(box) == 4 && box[2] > 0 && box[3] > 0 {
		base = base.times(fit(box, w, h, root.attrs["preserveAspectRatio"]))
		w, h = box[2], box[3]
	}
	d.width, d.height = w, h
	d.op(base[:], "cm")
	d.ctm = base
	d.children(root, d.style(root, initialStyle), 0)
	if d.err != nil {
		return nil, d.err
	}
	img := &Image{Width: int(math.Ceil(d.form.width)), Height: int(math.Ceil(d.form.height)), Vector: true, form: d.form}
	d.form.content = d.b
	for l := range d.lost {
		img.Lost = append(img.Lost, l)
	}
	sort.Strings(img.Lost)
	return img, nil
}

// An svg is a drawing being turned into operators.
type svg struct {
	form          *form
	b             []byte
	ids           map[string]*node
	rules         []rule
	width, height float64 // of the viewport in user units, for percentages
	ctm           matrix
	lost          map[string]bool
	lettering     Lettering
	err           error
}

func (d *svg) lose(what string) { d.lost[what+" not drawn"] = true }

// op writes an operator with its operands.
func (d *svg) op(operands []float64, operator string) {
	for _, v := range operands {
		d.b = append(AppendNumber(d.b, v, 4), ' ')
	}
	d.b = append(append(d.b, operator...), '\n')
	if len(d.b) > maxContent && d.err == nil {
		d.err = errors.New("SVG file: drawing too large")
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
func fit(box []float64, w, h float64, how string) matrix {
	sx, sy := w/box[2], h/box[3]
	fields := strings.Fields(how)
	if len(fields) > 0 && fields[0] == "none" {
		return matrix{sx, 0, 0, sy, -box[0] * sx, -box[1] * sy}
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
	return matrix{s, 0, 0, s, dx - box[0]*s, dy - box[1]*s}
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
	saved := d.ctm
	start := len(d.b)
	d.b = append(d.b, "q\n"...)
	if m, ok := parseTransform(n.attrs["transform"]); ok && m != identity {
		if !m.finite() {
			d.b = d.b[:start]
			return
		}
		d.op(m[:], "cm")
		d.ctm = d.ctm.times(m)
	}
	if s.clip != "" {
		d.clip(d.ids[s.clip], s, depth)
	}
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
	d.b = append(d.b, "Q\n"...)
	d.ctm = saved
	if bytes.Equal(d.b[start:], []byte("q\nQ\n")) {
		d.b = d.b[:start]
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
	d.op([]float64{x, y, w, h}, "re W n")
	m := matrix{1, 0, 0, 1, x, y}
	savedW, savedH := d.width, d.height
	d.width, d.height = w, h
	if box := numbers(n.attrs["viewBox"]); len(box) == 4 && box[2] > 0 && box[3] > 0 {
		m = m.times(fit(box, w, h, n.attrs["preserveAspectRatio"]))
		d.width, d.height = box[2], box[3]
	}
	d.op(m[:], "cm")
	d.ctm = d.ctm.times(m)
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
	m := matrix{1, 0, 0, 1, x, y}
	d.op(m[:], "cm")
	d.ctm = d.ctm.times(m)
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

// shape gives the path of a basic shape (SVG 2 § 10) or a path.
func (d *svg) shape(n *node) (path, bool) {
	var p path
	w, h := d.width, d.height
	switch n.name {
	case "path":
		p, err := parsePath(n.attrs["d"])
		if err != nil {
			d.lost["end of a path with a mistake in it not drawn"] = true
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

func (p *path) roundedRect(x, y, w, h, rx, ry float64) {
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

// outline writes a path's construction operators.
func (d *svg) outline(p path) {
	for _, s := range p {
		if s.op == 'h' {
			d.op(nil, "h")
			continue
		}
		d.op(s.p[:s.points()], string(s.op))
	}
}

// clip makes the shapes of a clipPath the clip. Several shapes clip to their union, as one path filled by the non-zero
// rule, which is exact as long as they turn the same way.
func (d *svg) clip(n *node, s style, depth int) {
	if n == nil || n.name != "clipPath" {
		return
	}
	var all path
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
		d.b = append(d.b, "0 0 0 0 re W n\n"...)
		return
	}
	d.outline(all)
	if evenOdd {
		d.op(nil, "W* n")
	} else {
		d.op(nil, "W n")
	}
}

func (p path) mapped(m matrix) path {
	if m == identity {
		return p
	}
	out := make(path, len(p))
	for i, s := range p {
		for k := 0; k < s.points(); k += 2 {
			s.p[k], s.p[k+1] = m.apply(s.p[k], s.p[k+1])
		}
		out[i] = s
	}
	return out
}

// paint fills and strokes a path.
func (d *svg) paint(p path, s style) {
	if len(p) == 0 {
		return
	}
	fill := d.setPaint(s.fill, s.fillOpacity*s.opacity, p, false)
	stroke := s.strokeWidth > 0 && d.setPaint(s.stroke, s.strokeOpacity*s.opacity, p, true)
	if !fill && !stroke {
		return
	}
	if fill && stroke && s.fillOpacity != s.strokeOpacity {
		// One graphics state holds one opacity: the two are painted one after the other.
		alone := s
		alone.stroke = paint{none: true}
		d.b = append(d.b, "q\n"...)
		d.paint(p, alone)
		d.b = append(d.b, "Q\n"...)
		fill = false
		d.setPaint(s.stroke, s.strokeOpacity*s.opacity, p, true)
	}
	if stroke {
		d.op([]float64{s.strokeWidth}, "w")
		if s.cap != 0 {
			d.op([]float64{float64(s.cap)}, "J")
		}
		if s.join != 0 {
			d.op([]float64{float64(s.join)}, "j")
		}
		if s.miter != 10 {
			d.op([]float64{max(1, s.miter)}, "M")
		}
		if len(s.dash) > 0 {
			d.b = append(d.b, '[')
			for i, v := range s.dash {
				if i > 0 {
					d.b = append(d.b, ' ')
				}
				d.b = AppendNumber(d.b, v, 4)
			}
			d.b = append(d.b, ']')
			d.op([]float64{s.dashOffset}, "d")
		}
	}
	d.outline(p)
	star := ""
	if s.evenOdd {
		star = "*"
	}
	switch {
	case fill && stroke:
		d.op(nil, "B"+star)
	case fill:
		d.op(nil, "f"+star)
	default:
		d.op(nil, "S")
	}
}

// setPaint sets the colour, pattern and opacity for filling or stroking; false when there is nothing to paint.
func (d *svg) setPaint(p paint, opacity float64, over path, stroke bool) bool {
	if p.pattern != "" {
		if g := d.ids[p.pattern]; g != nil {
			if d.gradient(g, over, stroke) {
				d.alpha(opacity)
				return true
			}
		}
		if p.none {
			return false
		}
	}
	opacity *= p.alpha
	if p.none || opacity <= 0 {
		return false
	}
	gray, color := "g", "rg"
	if stroke {
		gray, color = "G", "RG"
	}
	if p.rgb[0] == p.rgb[1] && p.rgb[1] == p.rgb[2] {
		d.op(p.rgb[:1], gray)
	} else {
		d.op(p.rgb[:], color)
	}
	d.alpha(opacity)
	return true
}

// alpha sets the opacity of what follows in the same q … Q.
func (d *svg) alpha(a float64) {
	if a >= 1 {
		return
	}
	a = math.Round(a*1000) / 1000
	i := 0
	for i < len(d.form.alphas) && d.form.alphas[i] != a {
		i++
	}
	if i == len(d.form.alphas) {
		d.form.alphas = append(d.form.alphas, a)
	}
	d.b = append(appendInt(append(d.b, "/A"...), int64(i)), " gs\n"...)
}

// gradient sets a gradient as the pattern.
func (d *svg) gradient(g *node, over path, stroke bool) bool {
	kind := map[string]int{"linearGradient": 2, "radialGradient": 3}[g.name]
	if kind == 0 {
		d.lose(g.name)
		return false
	}
	attr := func(name string) string { return d.inheritedAttr(g, name, 0) }
	stops := d.stops(g, 0)
	if len(stops) == 0 {
		return false
	}
	m := d.ctm
	w, h := d.width, d.height
	if attr("gradientUnits") != "userSpaceOnUse" {
		x0, y0, x1, y1, ok := over.box()
		if !ok || x1 <= x0 || y1 <= y0 {
			return false
		}
		m = m.times(matrix{x1 - x0, 0, 0, y1 - y0, x0, y0})
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
	if kind == 2 {
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
		return false
	}
	d.form.shadings = append(d.form.shadings, shade{m, shading(kind, coords, stops)})
	name := appendInt([]byte("/S"), int64(len(d.form.shadings)-1))
	if stroke {
		d.b = append(append(append(d.b, "/Pattern CS "...), name...), " SCN\n"...)
	} else {
		d.b = append(append(append(d.b, "/Pattern cs "...), name...), " scn\n"...)
	}
	return true
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
func (d *svg) stops(g *node, depth int) []stop {
	var out []stop
	for _, k := range g.kids {
		if k.name != "stop" {
			continue
		}
		s := d.style(k, initialStyle)
		c := stop{at: fraction(k.attrs["offset"], 1), rgb: s.stopColor.rgb}
		a := s.stopColor.alpha * s.stopOpacity
		for i := range c.rgb {
			c.rgb[i] = 1 - a*(1-c.rgb[i])
		}
		if n := len(out); n > 0 {
			c.at = max(c.at, out[n-1].at)
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
	if err != nil || looksLikeSVG(data) {
		d.lose("picture in a picture")
		return
	}
	img, err := ReadImage(data, nil)
	if err != nil {
		d.lose("picture in a picture")
		return
	}
	x, y := d.number(n, "x", d.width), d.number(n, "y", d.height)
	w, okW := length(n.attrs["width"], d.width, 16)
	h, okH := length(n.attrs["height"], d.height, 16)
	if !okW {
		w = float64(img.Width)
	}
	if !okH {
		h = float64(img.Height)
	}
	if w <= 0 || h <= 0 {
		return
	}
	f := fit([]float64{0, 0, float64(img.Width), float64(img.Height)}, w, h, n.attrs["preserveAspectRatio"])
	d.op([]float64{x, y, w, h}, "re W n")
	// Pictures stand on their feet in PDF, drawings on their heads.
	m := matrix{1, 0, 0, 1, x, y}.times(f).times(matrix{1, 0, 0, -1, 0, float64(img.Height)})
	d.op(m[:], "cm")
	p := img.Place(0, 0, float64(img.Width), float64(img.Height))
	d.op(p[:], "cm")
	d.form.images = append(d.form.images, img)
	d.b = append(appendInt(append(d.b, "/I"...), int64(len(d.form.images)-1)), " Do\n"...)
}

// parseTransform reads a list of transforms (SVG 2 § 8.5); ok is false when there is none or it has a mistake.
func parseTransform(s string) (matrix, bool) {
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
			m = m.times(matrix(v[:6]))
		case "translate":
			m = m.times(matrix{1, 0, 0, 1, at(0, 0), at(1, 0)})
		case "scale":
			x := at(0, 1)
			m = m.times(matrix{x, 0, 0, at(1, x), 0, 0})
		case "rotate":
			sin, cos := math.Sincos(at(0, 0) * math.Pi / 180)
			x, y := at(1, 0), at(2, 0)
			m = m.times(matrix{1, 0, 0, 1, x, y}).times(matrix{cos, sin, -sin, cos, 0, 0}).times(matrix{1, 0, 0, 1, -x, -y})
		case "skewX":
			m = m.times(matrix{1, 0, math.Tan(at(0, 0) * math.Pi / 180), 1, 0, 0})
		case "skewY":
			m = m.times(matrix{1, math.Tan(at(0, 0) * math.Pi / 180), 0, 1, 0, 0})
		default:
			return m, false
		}
	}
}
