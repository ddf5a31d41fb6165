package svg

import (
	"maps"
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
	p := d.properties(n)
	s.colours(p)
	if v, ok := p.get("opacity"); ok && n.name != "stop" {
		s.opacity *= fraction(v, 1)
	}
	s.font(p, parent)
	s.line(p, d.diagonal())
	if v, ok := p.get("fill-rule"); ok {
		s.evenOdd = v == "evenodd"
	}
	if v, ok := p.get("clip-rule"); ok {
		s.clipEvenOdd = v == "evenodd"
	}
	if v, ok := p.get("visibility"); ok {
		s.hidden = v != "visible"
	}
	if v, ok := p.get("display"); ok && v == "none" {
		s.hidden = true
	}
	s.clip = p.reference("clip-path")
	s.mask = p.reference("mask") != ""
	s.filter = p.reference("filter") != ""
	for i, name := range [...]string{"marker-start", "marker-mid", "marker-end"} {
		if _, ok := p.get("marker"); ok {
			s.markers[i] = p.reference("marker")
		}
		if _, ok := p.get(name); ok {
			s.markers[i] = p.reference(name)
		}
	}
	return s
}

// properties are what is said of one element, by the strongest voice for each.
type properties map[string]string

// properties gathers what is said of an element: presentation attributes, then style sheets by their specificity, then the
// style attribute (CSS Cascade 4 § 6).
func (d *svg) properties(n *node) properties {
	p := make(properties, len(n.attrs))
	maps.Copy(p, n.attrs)
	var matched []*rule
	for i := range d.rules {
		if d.rules[i].matches(n) {
			matched = append(matched, &d.rules[i])
		}
	}
	sort.SliceStable(matched, func(i, j int) bool { return matched[i].weight < matched[j].weight })
	for _, r := range matched {
		maps.Copy(p, r.declarations)
	}
	maps.Copy(p, declarations(n.attrs["style"]))
	return p
}

// get gives a property; ok is false when it is not given, or is the parent's.
func (p properties) get(name string) (v string, ok bool) {
	v, ok = p[name]
	v = strings.TrimSpace(v)
	return v, ok && v != "" && v != "inherit"
}

// reference gives the id that a property refers to, "" for none.
func (p properties) reference(name string) string {
	v, _ := p.get(name)
	rest, ok := strings.CutPrefix(v, "url(")
	if !ok {
		return ""
	}
	id, _, _ := strings.Cut(rest, ")")
	return strings.TrimPrefix(strings.Trim(strings.TrimSpace(id), `"'`), "#")
}

// colours reads what an element is painted with.
func (s *style) colours(p properties) {
	if v, ok := p.get("color"); ok {
		if c, ok := parsePaint(v, s.color); ok && !c.none {
			s.color = c
		}
	}
	for name, to := range map[string]*paint{"fill": &s.fill, "stroke": &s.stroke, "stop-color": &s.stopColor} {
		if v, ok := p.get(name); ok {
			if c, ok := parsePaint(v, s.color); ok {
				*to = c
			}
		}
	}
	for name, to := range map[string]*float64{"fill-opacity": &s.fillOpacity, "stroke-opacity": &s.strokeOpacity, "stop-opacity": &s.stopOpacity} {
		if v, ok := p.get(name); ok {
			*to = fraction(v, 1)
		}
	}
}

// line reads how an element is stroked; percentages are of the viewport's diagonal.
func (s *style) line(p properties, diagonal float64) {
	for name, to := range map[string]*float64{"stroke-width": &s.strokeWidth, "stroke-miterlimit": &s.miter, "stroke-dashoffset": &s.dashOffset} {
		if v, ok := p.get(name); ok {
			if x, ok := length(v, diagonal, s.size); ok {
				*to = x
			}
		}
	}
	if v, ok := p.get("stroke-linecap"); ok {
		s.cap = map[string]int{"round": 1, "square": 2}[v]
	}
	if v, ok := p.get("stroke-linejoin"); ok {
		s.join = map[string]int{"round": 1, "bevel": 2}[v]
	}
	if v, ok := p.get("stroke-dasharray"); ok {
		s.dash = dashes(v)
	}
}

// font reads how an element's text is set.
func (s *style) font(p properties, parent style) {
	if v, ok := p.get("font-size"); ok {
		if x, ok := length(v, parent.size, parent.size); ok && x > 0 {
			s.size = x
		}
	}
	if v, ok := p.get("font-family"); ok {
		s.family = v
	}
	if v, ok := p.get("font-weight"); ok {
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
	if v, ok := p.get("font-style"); ok {
		s.italic = v == "italic" || strings.HasPrefix(v, "oblique")
	}
	if v, ok := p.get("text-anchor"); ok {
		s.anchor = v
	}
	for _, name := range [...]string{"dominant-baseline", "alignment-baseline"} {
		if v, ok := p.get(name); ok {
			s.baseline = v
		}
	}
	if v, ok := p.get("space"); ok {
		s.preserve = v == "preserve"
	}
	if v, ok := p.get("white-space"); ok {
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
