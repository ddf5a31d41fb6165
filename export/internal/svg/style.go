package svg

import (
	"sort"
	"strings"
)

// A style is the computed style of an SVG element, as far as drawing needs it.
type style struct {
	color, fill, stroke        paint
	fillOpacity, strokeOpacity float64
	opacity                    float64 // of this element and all around it, multiplied
	strokeWidth, miter         float64
	cap, join                  int
	dash                       []float64
	dashOffset                 float64
	evenOdd, clipEvenOdd       bool
	hidden                     bool
	clip                       string
	mask, filter               bool
	stopColor                  paint
	stopOpacity                float64
	family                     string
	size                       float64
	weight                     int
	italic                     bool
	anchor                     string
	baseline                   string
	preserve                   bool // white space
	markers                    [3]string
}

var black = paint{alpha: 1}

var initialStyle = style{
	color: black, fill: black, stroke: paint{none: true}, fillOpacity: 1, strokeOpacity: 1, opacity: 1, strokeWidth: 1, miter: 4,
	stopColor: black, stopOpacity: 1, size: 16, weight: 400, anchor: "start",
}

// A rule is a rule of a style sheet: one simple selector and its declarations. Combinators are not read.
type rule struct {
	element, id  string
	classes      []string
	declarations map[string]string
	weight       int // specificity
}

// parseRules reads a style sheet's rules with simple selectors: an element, a class, an id, or these together.
func parseRules(css string) []rule {
	for {
		i := strings.Index(css, "/*")
		if i < 0 {
			break
		}
		j := strings.Index(css[i:], "*/")
		if j < 0 {
			css = css[:i]
			break
		}
		css = css[:i] + css[i+j+2:]
	}
	var out []rule
	for {
		selectors, rest, ok := strings.Cut(css, "{")
		if !ok {
			return out
		}
		body, after, ok := strings.Cut(rest, "}")
		if !ok {
			return out
		}
		css = after
		for _, sel := range strings.Split(selectors, ",") {
			sel = strings.TrimSpace(sel)
			if sel == "" || strings.ContainsAny(sel, " >+~:[@") {
				continue
			}
			r := rule{declarations: declarations(body)}
			for sel != "" {
				n := strings.IndexAny(sel[1:], ".#") + 1
				if n == 0 {
					n = len(sel)
				}
				switch part := sel[:n]; part[0] {
				case '.':
					r.classes = append(r.classes, part[1:])
					r.weight += 10
				case '#':
					r.id = part[1:]
					r.weight += 100
				default:
					if part != "*" {
						r.element = part
						r.weight++
					}
				}
				sel = sel[n:]
			}
			out = append(out, r)
		}
	}
}

func declarations(body string) map[string]string {
	out := map[string]string{}
	for _, decl := range strings.Split(body, ";") {
		if name, value, ok := strings.Cut(decl, ":"); ok {
			value = strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(value), "!important"))
			out[strings.ToLower(strings.TrimSpace(name))] = value
		}
	}
	return out
}

func (r *rule) matches(n *node) bool {
	if r.element != "" && r.element != n.name || r.id != "" && r.id != n.attrs["id"] {
		return false
	}
	for _, c := range r.classes {
		found := false
		for _, own := range strings.Fields(n.attrs["class"]) {
			found = found || own == c
		}
		if !found {
			return false
		}
	}
	return true
}

// style computes an element's style: its parent's, then presentation attributes, style sheets, the style attribute.
func (d *svg) style(n *node, parent style) style {
	s := parent
	s.clip, s.mask, s.filter, s.baseline = "", false, false, ""
	s.stopColor, s.stopOpacity = black, 1
	props := map[string]string{}
	for k, v := range n.attrs {
		props[k] = v
	}
	var matched []*rule
	for i := range d.rules {
		if d.rules[i].matches(n) {
			matched = append(matched, &d.rules[i])
		}
	}
	sort.SliceStable(matched, func(i, j int) bool { return matched[i].weight < matched[j].weight })
	for _, r := range matched {
		for k, v := range r.declarations {
			props[k] = v
		}
	}
	for k, v := range declarations(n.attrs["style"]) {
		props[k] = v
	}
	get := func(name string) (string, bool) {
		v, ok := props[name]
		v = strings.TrimSpace(v)
		return v, ok && v != "" && v != "inherit"
	}
	if v, ok := get("color"); ok {
		if p, ok := parsePaint(v, s.color); ok && !p.none {
			s.color = p
		}
	}
	setPaint := func(name string, to *paint) {
		if v, ok := get(name); ok {
			if p, ok := parsePaint(v, s.color); ok {
				*to = p
			}
		}
	}
	setPaint("fill", &s.fill)
	setPaint("stroke", &s.stroke)
	setPaint("stop-color", &s.stopColor)
	setFraction := func(name string, to *float64) {
		if v, ok := get(name); ok {
			*to = fraction(v, 1)
		}
	}
	setFraction("fill-opacity", &s.fillOpacity)
	setFraction("stroke-opacity", &s.strokeOpacity)
	setFraction("stop-opacity", &s.stopOpacity)
	if v, ok := get("opacity"); ok && n.name != "stop" {
		s.opacity *= fraction(v, 1)
	}
	d.fontStyle(&s, parent, get)
	setLength := func(name string, to *float64) {
		if v, ok := get(name); ok {
			if x, ok := length(v, d.diagonal(), s.size); ok {
				*to = x
			}
		}
	}
	setLength("stroke-width", &s.strokeWidth)
	setLength("stroke-miterlimit", &s.miter)
	setLength("stroke-dashoffset", &s.dashOffset)
	if v, ok := get("stroke-linecap"); ok {
		s.cap = map[string]int{"round": 1, "square": 2}[v]
	}
	if v, ok := get("stroke-linejoin"); ok {
		s.join = map[string]int{"round": 1, "bevel": 2}[v]
	}
	if v, ok := get("stroke-dasharray"); ok {
		s.dash = dashes(v)
	}
	if v, ok := get("fill-rule"); ok {
		s.evenOdd = v == "evenodd"
	}
	if v, ok := get("clip-rule"); ok {
		s.clipEvenOdd = v == "evenodd"
	}
	if v, ok := get("visibility"); ok {
		s.hidden = v != "visible"
	}
	if v, ok := get("display"); ok && v == "none" {
		s.hidden = true
	}
	reference := func(name string) string {
		v, _ := get(name)
		rest, ok := strings.CutPrefix(v, "url(")
		if !ok {
			return ""
		}
		id, _, _ := strings.Cut(rest, ")")
		return strings.TrimPrefix(strings.Trim(strings.TrimSpace(id), `"'`), "#")
	}
	s.clip = reference("clip-path")
	s.mask = reference("mask") != ""
	s.filter = reference("filter") != ""
	for i, name := range [...]string{"marker-start", "marker-mid", "marker-end"} {
		if _, ok := get("marker"); ok {
			s.markers[i] = reference("marker")
		}
		if _, ok := get(name); ok {
			s.markers[i] = reference(name)
		}
	}
	return s
}

func (d *svg) fontStyle(s *style, parent style, get func(string) (string, bool)) {
	if v, ok := get("font-size"); ok {
		if x, ok := length(v, parent.size, parent.size); ok && x > 0 {
			s.size = x
		}
	}
	if v, ok := get("font-family"); ok {
		s.family = v
	}
	if v, ok := get("font-weight"); ok {
		switch v {
		case "bold", "bolder":
			s.weight = 700
		case "normal", "lighter":
			s.weight = 400
		default:
			if x, ok := parseFloat(v); ok {
				s.weight = int(x)
			}
		}
	}
	if v, ok := get("font-style"); ok {
		s.italic = v == "italic" || strings.HasPrefix(v, "oblique")
	}
	if v, ok := get("text-anchor"); ok {
		s.anchor = v
	}
	for _, name := range [...]string{"dominant-baseline", "alignment-baseline"} {
		if v, ok := get(name); ok {
			s.baseline = v
		}
	}
	if v, ok := get("space"); ok {
		s.preserve = v == "preserve"
	}
	if v, ok := get("white-space"); ok {
		s.preserve = strings.HasPrefix(v, "pre")
	}
}

// dashes reads a dash pattern; an odd one is said twice, one without length or with a negative is none.
func dashes(v string) []float64 {
	var out []float64
	sum := 0.0
	for _, f := range strings.FieldsFunc(v, func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' }) {
		x, ok := length(f, 0, 16)
		if !ok || x < 0 {
			return nil
		}
		out = append(out, x)
		sum += x
	}
	if sum == 0 {
		return nil
	}
	if len(out)%2 == 1 {
		out = append(out, out...)
	}
	return out
}
