package access

import (
	"reflect"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
)

func issue() *document.Issue {
	png := func(name string) *document.Asset {
		return &document.Asset{Name: "static/" + name, MediaType: "image/png", Data: []byte("x"), Width: 1, Height: 1}
	}
	lead := &document.Image{Asset: png("lead.png"), Alt: "A press"}
	moving := &document.Asset{Name: "m.gif", MediaType: "image/gif", Data: []byte("GIF89a\x21\xF9\x04..\x21\xF9\x04")}
	cell := func(head bool) *document.TableRow {
		return &document.TableRow{Cells: []*document.TableCell{{Header: head}}}
	}
	return &document.Issue{Language: "en", Articles: []*document.Article{
		{Title: document.Line("One"), Language: "en", Image: &document.Figure{Images: []*document.Image{lead}}, Notes: []*document.Note{{Number: 1}, {Number: 2}},
			Body: []document.Block{
				&document.Figure{Images: []*document.Image{{Asset: lead.Asset, Alt: "A press"}}},
				&document.Figure{Images: []*document.Image{{Asset: png("a.png")}}, Caption: document.Line("A caption")},
				&document.Figure{Images: []*document.Image{{Asset: png("b <&>.png")}, {Asset: moving, Alt: "It moves"}, {Source: "gone.png"}}},
				&document.Paragraph{Content: []document.Inline{&document.Image{Asset: png("c.png"), Decorative: true}, &document.Math{TeX: "\\x"}}},
				&document.Table{Body: []*document.TableRow{cell(false)}}, &document.Table{Body: []*document.TableRow{cell(true)}}, &document.Table{Head: []*document.TableRow{cell(false)}},
			}},
		{Title: document.Line("Zwei"), Language: "de", Body: []document.Block{&document.Paragraph{Content: []document.Inline{&document.Image{Asset: png("d.png")}}}}},
		nil,
	}}
}

// TestOf: every picture is counted once, by what stands for it, and those for which nothing does are named with their place.
func TestOf(t *testing.T) {
	r := Of(issue())
	lacking := r.Lacking
	r.Lacking = nil
	want := &Report{Pictures: 6, Ornaments: 1, Described: 3, Captioned: 1, Moving: 1, Sources: 1, Tables: 2, Headless: 1, Notes: 2, Languages: []string{"en", "de"}}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("%+v\nwant %+v", r, want)
	}
	if len(lacking) != 2 || lacking[0].Name != "b <&>.png" || lacking[0].Number != 3 || lacking[1].Name != "d.png" || lacking[1].Number != 1 {
		t.Errorf("lacking %+v", lacking)
	}
}

// TestStatement: what is lacking is said, with the list, and what is not there is not claimed.
func TestStatement(t *testing.T) {
	r := Of(issue())
	var b strings.Builder
	if err := HTML(&b, r.Statement(Facts{Contact: "A & B"}, "en-GB"), "T <1>", "en-GB"); err != nil {
		t.Fatal(err)
	}
	page := b.String()
	for _, want := range []string{`<html lang="en-GB">`, "T &lt;1&gt;", "Pictures: 6; of which with a text alternative: 3; of which ornaments: 1", "Pictures without a text alternative: 2",
		"One, picture 3 (b &lt;&amp;&gt;.png)", "Zwei, picture 1 (d.png)", "whose caption stands for a description: 1", "without header cells: 1", "not examined for flashing: 1",
		"TeX notation only: 1", "no standard of accessibility", "nobody has certified it", "Contact: A &amp; B"} {
		if !strings.Contains(page, want) {
			t.Errorf("the statement does not say %q:\n%s", want, page)
		}
	}
	for _, never := range []string{"no flashing and no script", "page numbers of the PDF", "MathML", "PDF/UA", "%s"} {
		if strings.Contains(page, never) {
			t.Errorf("the statement claims %q", never)
		}
	}
	summary, lang := r.Summary(Facts{EPUB: true, PageList: true, Claim: "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", Certifier: "C"}, "ru")
	if lang != "en" || !strings.Contains(summary, "Pictures without a text alternative: 2.") || !strings.Contains(summary, "claims for the EPUB: EPUB Accessibility 1.1") ||
		strings.Contains(summary, "PDF is") || strings.Contains(summary, "no standard") {
		t.Errorf("%s: %s", lang, summary)
	}
	clean := Of(&document.Issue{Language: "de"})
	s := clean.Statement(Facts{Standards: []string{"PDF/UA-1"}, Claim: "X"}, "de-AT")
	b.Reset()
	if err := HTML(&b, s, "T", "de-AT"); err != nil || s.Language != "de-AT" || !strings.Contains(b.String(), "Es ist nichts bekannt, was fehlt.") {
		t.Errorf("%v %s", err, b.String())
	}
}

// TestWords: a language that has some of the words has all, and a place for a number where English has one.
func TestWords(t *testing.T) {
	english := reflect.ValueOf(*words.ForStatement("en"))
	for _, lang := range []string{"en", "de", "fr", "es", "it", "nl", "pt"} {
		w := words.ForStatement(lang + "-XX")
		if w.Language != lang {
			t.Fatalf("%s gets the words of %s", lang, w.Language)
		}
		v := reflect.ValueOf(*w)
		for i := range v.NumField() {
			if s := v.Field(i).String(); s == "" || strings.Count(s, "%s") != strings.Count(english.Field(i).String(), "%s") {
				t.Errorf("%s: %s is %q", lang, v.Type().Field(i).Name, s)
			}
		}
	}
	if w := words.ForStatement("ja"); w.Language != "en" {
		t.Errorf("Japanese gets %s", w.Language)
	}
}
