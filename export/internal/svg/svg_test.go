package svg

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"testing"
)

func TestParsePath(t *testing.T) {
	for d, want := range map[string]string{
		"M1 2L3 4z":                          "m1 2 l3 4 h",
		"m1,2 3,4":                           "m1 2 l4 6",
		"M0 0H5V6h-1v-2":                     "m0 0 l5 0 l5 6 l4 6 l4 4",
		"M.5.5-1-1":                          "m.5 .5 l-1 -1",
		"M0 0Q3 0 3 3":                       "m0 0 c2 0 3 1 3 3",
		"M0 0C1 0 2 0 3 0S5 1 6 0":           "m0 0 c1 0 2 0 3 0 c4 0 5 1 6 0",
		"M0 0Q3 0 6 0T12 0":                  "m0 0 c2 0 4 0 6 0 c8 0 10 0 12 0",
		"M1 1zl2 0":                          "m1 1 h l3 1",
		"M0 0 1e1 0":                         "m0 0 l10 0",
		"M10 0A10 10 0 0 1 0 10":             "m10 0 c10 5.5228 5.5228 10 0 10",
		"M10 0a10 10 0 01-10 10":             "m10 0 c10 5.5228 5.5228 10 0 10",
		"M0 0A0 5 0 0 0 3 3":                 "m0 0 l3 3",
		"M0 0 L1":                            "m0 0", // a mistake: what came before counts
		"L1 1":                               "",
		"M0 0X":                              "m0 0",
		"M5 0A5 5 0 1 0 5 0.0":               "m5 0",
		"M0 0 a1 1 0 1 1 0 2 a1 1 0 1 1 0-2": "m0 0 c.5523 0 1 .4477 1 1 c1 1.5523 .5523 2 0 2 c-.5523 2 -1 1.5523 -1 1 c-1 .4477 -.5523 0 0 0",
	} {
		p, _ := parsePath(d)
		var got []string
		for _, s := range p {
			var n []string
			for _, v := range s.P[:s.Numbers()] {
				n = append(n, short(v, 4))
			}
			got = append(got, string(s.Op)+strings.Join(n, " "))
		}
		if g := strings.Join(got, " "); g != want {
			t.Errorf("path %q is %s, want %s", d, g, want)
		}
	}
}

func TestParseTransform(t *testing.T) {
	for s, want := range map[string][2]float64{ // where the point (1, 0) goes
		"translate(3)": {4, 0}, "translate(3,4)": {4, 4}, "scale(2)": {2, 0}, "rotate(90)": {0, 1}, "rotate(90 1 1)": {2, 1},
		"matrix(1 2 3 4 5 6)": {6, 8}, "skewY(45)": {1, 1}, "translate(1) scale(3), rotate(180)": {-2, 0},
	} {
		m, ok := parseTransform(s)
		if x, y := m.Apply(1, 0); !ok || math.Abs(x-want[0]) > 1e-9 || math.Abs(y-want[1]) > 1e-9 {
			t.Errorf("%s takes (1, 0) to (%g, %g), want %v", s, x, y, want)
		}
	}
	for _, s := range []string{"", "turn(3)", "matrix(1 2)", "scale(2"} {
		if _, ok := parseTransform(s); ok {
			t.Errorf("%q is taken for a transform", s)
		}
	}
}

func TestParseColor(t *testing.T) {
	for s, want := range map[string]string{
		"red": "255 0 0 1", "#f80": "255 136 0 1", "#FF880080": "255 136 0 .502", "rgb(1, 2, 3)": "1 2 3 1", "rgb(100% 0% 50% / 50%)": "255 0 128 .5",
		"rgba(10,20,30,.25)": "10 20 30 .25", "hsl(120, 100%, 25%)": "0 128 0 1", "nocolor": "", "#12345": "", "rgb(1)": "",
	} {
		p, ok := parseColor(s)
		got := ""
		if ok {
			got = fmt.Sprintf("%.0f %.0f %.0f %s", p.rgb[0]*255, p.rgb[1]*255, p.rgb[2]*255, short(p.alpha, 3))
		}
		if got != want {
			t.Errorf("%s is %s, want %s", s, got, want)
		}
	}
}

// short writes a number as briefly as it can be, with so many decimals at most.
func short(v float64, decimals int) string {
	scale := math.Pow10(decimals)
	s := strconv.FormatFloat(math.Round(v*scale)/scale, 'f', -1, 64)
	if s == "-0" {
		return "0"
	}
	sign, digits := "", s
	if rest, ok := strings.CutPrefix(s, "-"); ok {
		sign, digits = "-", rest
	}
	if rest, ok := strings.CutPrefix(digits, "0."); ok {
		digits = "." + rest
	}
	return sign + digits
}

// TestGradientLies reads where a gradient lies: on its path, in the space of the drawing, whose y grows upwards.
func TestGradientLies(t *testing.T) {
	d, err := Read([]byte(`<svg width="100" height="60"><linearGradient id="g"><stop/><stop offset="1" stop-color="red"/></linearGradient>
		<g transform="translate(5)"><path fill="url(#g)" d="M10 10h80v40h-80z"/></g></svg>`), Options{})
	if err != nil {
		t.Fatal(err)
	}
	var found *Gradient
	var look func(ops []Op)
	look = func(ops []Op) {
		for _, op := range ops {
			switch op := op.(type) {
			case Group:
				look(op.Ops)
			case Shape:
				found = op.Fill.Gradient
			}
		}
	}
	look(d.Ops)
	if found == nil {
		t.Fatal("no gradient is drawn")
	}
	for at, want := range map[[2]float64][2]float64{{0, 0}: {15, 50}, {1, 1}: {95, 10}} {
		if x, y := found.Matrix.Apply(at[0], at[1]); x != want[0] || y != want[1] {
			t.Errorf("the gradient's %v lies at (%g, %g), want %v", at, x, y, want)
		}
	}
}
