package svg

import (
	"math"
	"strings"
)

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
