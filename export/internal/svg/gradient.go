package svg

import (
	"math"
	"strings"
)

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
