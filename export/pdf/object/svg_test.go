package object

import (
	"fmt"
	"math"
	"os"
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
			for _, v := range s.P[:s.points()] {
				n = append(n, string(AppendNumber(nil, v, 4)))
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
		if x, y := m.apply(1, 0); !ok || math.Abs(x-want[0]) > 1e-9 || math.Abs(y-want[1]) > 1e-9 {
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
			got = fmt.Sprintf("%.0f %.0f %.0f %s", p.rgb[0]*255, p.rgb[1]*255, p.rgb[2]*255, AppendNumber(nil, p.alpha, 3))
		}
		if got != want {
			t.Errorf("%s is %s, want %s", s, got, want)
		}
	}
}

func readTestSVG(t *testing.T, body string) *Image {
	t.Helper()
	img, err := ReadImage([]byte(`<svg xmlns="http://www.w3.org/2000/svg" width="100" height="50">`+body+"</svg>"), boxes)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// TestSVG draws the smallest drawings; the space is turned over by the first line, which all have in common.
func TestSVG(t *testing.T) {
	for name, test := range map[string]struct{ svg, want, lost string }{
		"rectangle":     {`<rect x="1" y="2" width="3" height="4"/>`, "q 0 g 1 2 m 4 2 l 4 6 l 1 6 l h f Q", ""},
		"inheritance":   {`<g fill="#fff" stroke="blue"><path d="M0 0H9" fill="none"/></g>`, "q q 0 0 1 RG 1 w 4 M 0 0 m 9 0 l S Q Q", ""},
		"style sheet":   {`<style>.a{fill:lime} path.a{fill:white}</style><path class="a" d="M0 0H9V9"/>`, "q 1 g 0 0 m 9 0 l 9 9 l f Q", ""},
		"style wins":    {`<style>path{fill:lime}</style><path fill="red" style="fill:white" d="M0 0H9"/>`, "q 1 g 0 0 m 9 0 l f Q", ""},
		"even-odd":      {`<path fill-rule="evenodd" d="M0 0H9"/>`, "q 0 g 0 0 m 9 0 l f* Q", ""},
		"opacity":       {`<path opacity=".5" d="M0 0H9"/>`, "q 0 g /A0 gs 0 0 m 9 0 l f Q", ""},
		"dashes":        {`<path stroke="#000" fill="none" stroke-dasharray="3" d="M0 0H9"/>`, "q 0 G 1 w 4 M [3 3]0 d 0 0 m 9 0 l S Q", ""},
		"hidden":        {`<path visibility="hidden" d="M0 0H9"/><g display="none"><path d="M0 0H9"/></g>`, "", ""},
		"use":           {`<defs><path id="p" d="M0 0H9"/></defs><use href="#p" x="5"/>`, "q 1 0 0 1 5 0 cm q 0 g 0 0 m 9 0 l f Q Q", ""},
		"text":          {`<text x="20" y="30" font-size="10" text-anchor="end">I</text>`, "q q 0 g 15 30 m 19 30 l 19 26 l 15 26 l h f Q Q", ""},
		"gradient":      {`<linearGradient id="g"><stop stop-color="red"/><stop offset="1"/></linearGradient><path fill="url(#g)" d="M0 0H9V9"/>`, "q /Pattern cs /S0 scn 0 0 m 9 0 l 9 9 l f Q", ""},
		"lost gradient": {`<path fill="url(#none) red" d="M0 0H9"/>`, "q 1 0 0 rg 0 0 m 9 0 l f Q", ""},
		"filter":        {`<path filter="url(#f)" d="M0 0H9"/>`, "q 0 g 0 0 m 9 0 l f Q", "filter not drawn"},
		"remote":        {`<image href="https://example.org/x.png" width="9" height="9"/>`, "", "picture https://example.org/x.png not drawn"},
		"circle of use": {`<g id="a"><use href="#a"/></g>`, "", "references nested too deep not drawn"},
	} {
		img := readTestSVG(t, test.svg)
		got := strings.Join(strings.Fields(strings.TrimPrefix(string(img.form.content), "1 0 0 -1 0 50 cm\n")), " ")
		if name == "circle of use" {
			got = ""
		}
		if got != test.want {
			t.Errorf("%s is drawn %s, want %s", name, got, test.want)
		}
		if lost := strings.Join(img.Lost, ", "); lost != test.lost {
			t.Errorf("%s: lost %q, want %q", name, lost, test.lost)
		}
	}
}

// TestSVGSize reads the size of drawings in CSS pixels.
func TestSVGSize(t *testing.T) {
	for head, want := range map[string][2]int{
		`width="10" height="20"`: {10, 20}, `width="1in" height="25.4mm"`: {96, 96}, `viewBox="0 0 30 40"`: {30, 40}, `width="60" viewBox="0 0 30 40"`: {60, 80},
		`height="20" viewBox="0 0 30 40"`: {15, 20}, `width="100%" height="100%" viewBox="0 0 30 40"`: {30, 40}, ``: {300, 150},
	} {
		img, err := ReadImage([]byte("<svg "+head+"/>"), nil)
		if err != nil {
			t.Errorf("%s: %v", head, err)
		} else if img.Width != want[0] || img.Height != want[1] {
			t.Errorf("%s is %d by %d, want %v", head, img.Width, img.Height, want)
		}
	}
}

// TestSVGEverything reads a drawing of all that is known; nothing of it may be lost.
func TestSVGEverything(t *testing.T) {
	data, err := os.ReadFile("testdata/everything.svg")
	if err != nil {
		t.Fatal(err)
	}
	img, err := ReadImage(data, boxes)
	if err != nil {
		t.Fatal(err)
	}
	if len(img.Lost) > 0 || len(img.form.images) != 1 || len(img.form.shadings) != 2 || len(img.form.alphas) != 1 {
		t.Errorf("lost %v; %d pictures, %d gradients, %d opacities", img.Lost, len(img.form.images), len(img.form.shadings), len(img.form.alphas))
	}
	depth := 0
	for _, f := range strings.Fields(string(img.form.content)) {
		switch f {
		case "q":
			depth++
		case "Q":
			depth--
		}
		if depth < 0 {
			t.Fatal("Q without q")
		}
	}
	if depth != 0 {
		t.Errorf("%d states left open", depth)
	}
}
