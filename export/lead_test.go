package export_test

import (
	"bytes"
	"fmt"
	"image"
	"math"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/style"
)

// A rectangle is on a page of a finished PDF, in points.
type rectangle struct{ x0, y0, x1, y1 float64 }

func (p rectangle) width() float64 { return p.x1 - p.x0 }

// placedIn reads where the figures of a PDF stand, by their alternatives, and its links, by their addresses.
func placedIn(t *testing.T, data []byte) (figures, links map[string]rectangle) {
	t.Helper()
	ctx, err := api.ReadContext(bytes.NewReader(data), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	get := func(o types.Object) types.Object {
		v, err := ctx.Dereference(o)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	text := func(o types.Object) string {
		s, err := ctx.DereferenceStringOrHexLiteral(o, model.V10, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	box := func(o types.Object) rectangle {
		var v [4]float64
		for i, n := range get(o).(types.Array) {
			switch n := get(n).(type) {
			case types.Float:
				v[i] = float64(n)
			case types.Integer:
				v[i] = float64(n)
			}
		}
		return rectangle{v[0], v[1], v[2], v[3]}
	}
	figures, links = map[string]rectangle{}, map[string]rectangle{}
	for number, entry := range ctx.Table {
		if entry.Free {
			continue
		}
		d, ok := get(*types.NewIndirectRef(number, 0)).(types.Dict)
		if !ok {
			continue
		}
		if s, _ := d["S"].(types.Name); s == "Figure" && d["A"] != nil {
			attributes := get(d["A"])
			if a, ok := attributes.(types.Array); ok {
				attributes = get(a[0])
			}
			if b := attributes.(types.Dict)["BBox"]; b != nil {
				figures[text(d["Alt"])] = box(b)
			}
		}
		if a, ok := get(d["A"]).(types.Dict); ok && a["URI"] != nil {
			links[text(a["URI"])] = box(d["Rect"])
		}
	}
	return figures, links
}

// columnEdges gives the left edges of a style's columns on a first page, a recto, and their width, in points.
func columnEdges(s *style.Style) (edges []float64, width float64) {
	em, lh := s.TextSize(), s.Leading()
	g := s.Page
	points := func(m style.Measure) float64 { return m.In(em, lh).Points() }
	gutter, n := points(g.Gutter), max(g.Columns, 1)
	width = (points(g.Width) - points(g.Inner) - points(g.Outer) - gutter*float64(n-1)) / float64(n)
	for i := range n {
		edges = append(edges, points(g.Inner)+float64(i)*(width+gutter))
	}
	return edges, width
}

const leadArticle = `---
title: %s
language: %s
image: %s
image-alt: What is to be seen
image-caption: A *caption* with a [link](https://caption.example/)
image-credit: "Photograph: [Cole](https://credit.example/)"
%s---
%s`

// leadOf builds an article that a picture opens, and gives its editions, which must say the same.
func leadOf(t *testing.T, styleName, language, picture, more string) (pdf []byte, xhtml string, res export.Result) {
	t.Helper()
	site := t.TempDir()
	write(t, site, "hugo.toml", "title = \"T\"\nbaseURL = \"https://site.example/\"\n")
	for name, size := range map[string][2]int{"wide": {2400, 900}, "tall": {800, 1600}, "middle": {900, 600}, "icon": {64, 64}, "strip": {300, 4000}} {
		write(t, site, "static/"+name+".png", string(encodePNG(image.NewGray(image.Rect(0, 0, size[0], size[1])))))
	}
	write(t, site, "static/broken.jpg", "\xff\xd8\xff\xe0 no picture")
	write(t, site, "static/drawing.svg", string(pictures()["drawing.svg"]))
	word := "word "
	if language == "he" {
		word = "מילה "
	}
	write(t, site, "content/a.md", fmt.Sprintf(leadArticle, "Title", language, picture, more, strings.Repeat(strings.Repeat(word, 90)+"\n\n", 14)))
	res = build(t, site, export.Options{Style: styleName})
	var epub []byte
	for name, data := range read(t, res) {
		if strings.HasSuffix(name, ".pdf") {
			pdf = data
		} else {
			epub = data
		}
	}
	found, _ := check.Parity(epub, pdf)
	for _, f := range found {
		if f.Code != "parity-lead" {
			t.Errorf("%s %s %s: %v", styleName, picture, more, f)
		}
	}
	return pdf, unzipped(t, epub, "/a.xhtml"), res
}

// TestLeadSnapped reads from finished PDFs where the pictures stand that open articles: at the edge of a column, as wide as
// columns are; small ones keep their size. A caption beside its picture stands in the next column.
func TestLeadSnapped(t *testing.T) {
	for _, c := range []struct {
		style, language, picture, place string
		columns                         int // 0: narrower than one
		beside                          bool
	}{
		{"book", "en", "/wide.png", "", 1, false},
		{"review", "en", "/wide.png", "", 2, false},
		{"review", "en", "/wide.png", "column", 1, false},
		{"review", "en", "/tall.png", "", 1, false},
		{"review", "en", "/strip.png", "", 0, false},
		{"review", "en", "/middle.png", "", 1, false},
		{"review", "en", "/icon.png", "", 0, false},
		{"review", "he", "/icon.png", "", 0, false},
		{"review", "he", "/tall.png", "", 1, false},
		{"review", "en", "/drawing.svg", "column", 0, false},
		{"broadsheet", "en", "/wide.png", "", 4, false},
		{"broadsheet", "en", "/middle.png", "", 2, true},
		{"broadsheet", "he", "/middle.png", "", 2, true},
		{"broadsheet", "en", "/tall.png", "", 1, false},
		{"broadsheet", "en", "/icon.png", "page", 0, false},
	} {
		name := fmt.Sprintf("%s %s %s %s", c.style, c.language, c.picture, c.place)
		more := ""
		if c.place != "" {
			more = "lead-picture: " + c.place + "\n"
		}
		pdf, _, _ := leadOf(t, c.style, c.language, c.picture, more)
		figures, links := placedIn(t, pdf)
		at, ok := figures["What is to be seen"]
		if !ok {
			t.Errorf("%s: the picture is not there: %v", name, figures)
			continue
		}
		edges, column := columnEdges(style.House(c.style))
		near := func(a, b float64) bool { return math.Abs(a-b) < .6 }
		first, last := at.x0, at.x1
		if c.language == "he" { // from the right
			mirror := edges[len(edges)-1] + column + edges[0]
			first, last = mirror-at.x1, mirror-at.x0
		}
		if !near(first, edges[0]) {
			t.Errorf("%s: the picture begins at %.1f, the column at %.1f", name, first, edges[0])
		}
		if c.columns > 0 && !near(last, edges[c.columns-1]+column) || c.columns == 0 && last > edges[0]+column {
			t.Errorf("%s: the picture ends at %.1f, the column at %.1f", name, last, edges[max(c.columns, 1)-1]+column)
		}
		if strings.Contains(c.picture, "icon") && at.width() > 64*72/96+.1 {
			t.Errorf("%s: 64 dots are %.1f pt wide", name, at.width())
		}
		for _, address := range []string{"https://caption.example/", "https://credit.example/"} {
			words, ok := links[address]
			switch {
			case !ok:
				t.Errorf("%s: no link to %s", name, address)
			case !c.beside && words.y1 > at.y0+1:
				t.Errorf("%s: the caption stands at %v, not under its picture at %v", name, words, at)
			case c.beside && c.language == "en" && (words.x0 < edges[c.columns] || words.x1 > edges[c.columns]+column || words.y0 < at.y0-4):
				t.Errorf("%s: the caption stands at %v, not in the column at %.1f beside its picture at %v", name, words, edges[c.columns], at)
			case c.beside && c.language == "he" && (words.x1 > at.x0 || words.x0 < at.x0-column-20):
				t.Errorf("%s: the caption stands at %v, not beside its picture at %v", name, words, at)
			}
		}
	}
}

// TestLeadMissing: where a picture is not there, both editions say what it shows and where it was looked for, in a box, with its
// caption; with nothing to say of it, neither has a caption alone.
func TestLeadMissing(t *testing.T) {
	for _, styleName := range export.Styles() {
		for _, picture := range []string{"/gone.png", "/broken.jpg", "https://far.example/away.jpg"} {
			for _, place := range []string{"column", "across", "page", "none"} {
				name := styleName + " " + picture + " " + place
				pdf, xhtml, res := leadOf(t, styleName, "en", picture, "lead-picture: "+place+"\n")
				figures, links := placedIn(t, pdf)
				if len(figures) > 0 {
					t.Errorf("%s: %v", name, figures)
				}
				_, captioned := links["https://caption.example/"]
				box := regexp.MustCompile(`(?s)<figure[^>]*>\s*<div class="missing">\s*<p>What is to be seen</p>.*` + regexp.QuoteMeta(picture) + `</p>.*<figcaption>A <em>caption</em>.*<span class="credit">Photograph`)
				if boxed := box.MatchString(xhtml); boxed != (place != "none") || captioned != boxed {
					t.Errorf("%s: in a box: %v in the EPUB; with a caption: %v in the PDF", name, boxed, captioned)
				}
				if place != "none" && !slices.ContainsFunc(res.Problems, func(p export.Problem) bool {
					return slices.Contains([]string{"missing-image", "bad-image", "remote-image"}, p.Code) && p.Pos.Line == 4
				}) {
					t.Errorf("%s: not told: %v", name, res.Problems)
				}
			}
		}
	}
	// Nothing is known of it but its address: neither edition has anything.
	site := t.TempDir()
	write(t, site, "content/a.md", "---\ntitle: A\nimage: gone.png\n---\nText.\n")
	for name, data := range read(t, build(t, site, export.Options{})) {
		if strings.HasSuffix(name, ".epub") && strings.Contains(unzipped(t, data, "/a.xhtml"), "<figure") {
			t.Error("a picture that is not there, and of which nothing is known, left a figure")
		}
	}
}

// TestLeadShownInText: where the text shows the picture that front matter names, what front matter says of it stands there, or is
// told.
func TestLeadShownInText(t *testing.T) {
	const front = "---\ntitle: A\nlanguage: en\nimage: /square.png\nimage-alt: A square\nimage-caption: Front caption[^1]\nimage-credit: Front credit\n---\nText.\n\n"
	for _, c := range []struct {
		text string
		has  []string
		told int
	}{
		{"![](/square.png)", []string{`alt="A square"`, "Front caption<a", ">Front credit<"}, 0},
		{"![Another](/square.png \"Own caption\")", []string{`alt="Another"`, "Own caption", ">Front credit<"}, 1},
		{"Here ![Another](/square.png) it stands.", []string{`alt="Another"`}, 2},
		{"{{< figure src=\"/square.png\" alt=\"Another\" caption=\"Front caption\" >}}", []string{"Front caption", ">Front credit<"}, 0},
	} {
		site := t.TempDir()
		write(t, site, "static/square.png", string(pictures()["square.png"]))
		write(t, site, "content/a.md", front+c.text+"\n\n[^1]: A note.\n")
		res := build(t, site, export.Options{})
		told := 0
		for _, p := range res.Problems {
			if p.Code == "caption-left-out" {
				told++
			}
			if p.Code == "pdf-dest" {
				t.Errorf("%s: %v", c.text, p)
			}
		}
		files := read(t, res)
		for name, data := range files {
			if !strings.HasSuffix(name, ".epub") {
				continue
			}
			xhtml := unzipped(t, data, "/a.xhtml")
			for _, want := range c.has {
				if !strings.Contains(xhtml, want) {
					t.Errorf("%s: no %s in %s", c.text, want, xhtml)
				}
			}
			found, _ := check.Parity(data, files[strings.TrimSuffix(name, ".epub")+".pdf"])
			for _, f := range found {
				t.Errorf("%s: %v", c.text, f)
			}
		}
		if told != c.told {
			t.Errorf("%s: %d told of: %v", c.text, told, res.Problems)
		}
	}
}
