package svg

import (
	"math"
	"strconv"
	"strings"

	"golang.org/x/image/colornames"
)

func parseFloat(s string) (float64, bool) {
	v, err := strconv.ParseFloat(s, 64)
	return v, err == nil && !math.IsInf(v, 0) && !math.IsNaN(v) && math.Abs(v) < 1e7
}

// A paint is what fills or strokes: nothing, a colour or a gradient.
type paint struct {
	none    bool
	rgb     [3]float64
	alpha   float64
	pattern string // id of a gradient
}

// parsePaint reads fill and stroke (SVG 2 § 13.2). current is currentColor.
func parsePaint(s string, current paint) (paint, bool) {
	s = strings.TrimSpace(s)
	if rest, ok := strings.CutPrefix(s, "url("); ok {
		ref, fallback, _ := strings.Cut(rest, ")")
		p := paint{alpha: 1, none: true}
		if f := strings.TrimSpace(fallback); f != "" {
			if q, ok := parsePaint(f, current); ok {
				p = q
			}
		}
		p.pattern = strings.TrimPrefix(strings.Trim(strings.TrimSpace(ref), `"'`), "#")
		return p, true
	}
	switch strings.ToLower(s) {
	case "none", "transparent":
		return paint{none: true}, true
	case "currentcolor", "context-fill", "context-stroke":
		return current, true
	}
	return parseColor(s)
}

// parseColor reads a colour of CSS: a name, #rgb, #rrggbb with or without alpha, rgb() or hsl().
func parseColor(s string) (paint, bool) {
	s = strings.ToLower(strings.TrimSpace(s))
	if strings.HasPrefix(s, "#") {
		return parseHex(s[1:])
	}
	if i := strings.IndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		fields := strings.FieldsFunc(s[i+1:len(s)-1], func(r rune) bool { return r == ',' || r == ' ' || r == '/' || r == '\t' || r == '\n' })
		if len(fields) < 3 {
			return paint{}, false
		}
		p := paint{alpha: 1}
		if len(fields) > 3 {
			p.alpha = fraction(fields[3], 1)
		}
		switch s[:i] {
		case "rgb", "rgba":
			for k := range p.rgb {
				p.rgb[k] = fraction(fields[k], 255)
			}
			return p, true
		case "hsl", "hsla":
			h, _ := parseFloat(strings.TrimSuffix(fields[0], "deg"))
			p.rgb = hsl(h, fraction(fields[1], 100), fraction(fields[2], 100))
			return p, true
		}
		return paint{}, false
	}
	if c, ok := colornames.Map[s]; ok {
		return paint{alpha: 1, rgb: [3]float64{float64(c.R) / 255, float64(c.G) / 255, float64(c.B) / 255}}, true
	}
	return paint{}, false
}

func parseHex(s string) (paint, bool) {
	if len(s) == 3 || len(s) == 4 {
		var b []byte
		for i := range len(s) {
			b = append(b, s[i], s[i])
		}
		s = string(b)
	}
	if len(s) == 6 {
		s += "ff"
	}
	v, err := strconv.ParseUint(s, 16, 32)
	if err != nil || len(s) != 8 {
		return paint{}, false
	}
	p := paint{alpha: float64(v&0xff) / 255}
	for i := range p.rgb {
		p.rgb[i] = float64(v>>(24-8*i)&0xff) / 255
	}
	return p, true
}

// fraction reads a number of which whole makes 1, or a percentage, held to 0…1.
func fraction(s string, whole float64) float64 {
	s = strings.TrimSpace(s)
	if p, ok := strings.CutSuffix(s, "%"); ok {
		s, whole = p, 100
	}
	v, _ := parseFloat(s)
	return min(1, max(0, v/whole))
}

func hsl(h, s, l float64) [3]float64 {
	h = math.Mod(math.Mod(h, 360)+360, 360) / 30
	channel := func(n float64) float64 {
		k := math.Mod(n+h, 12)
		return l - s*min(l, 1-l)*max(-1, min(k-3, 9-k, 1))
	}
	return [3]float64{channel(0), channel(8), channel(4)}
}

// A Stop of a gradient.
type Stop struct {
	At  float64 // 0 to 1
	RGB [3]float64
}
