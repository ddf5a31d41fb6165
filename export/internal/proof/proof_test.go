package proof

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestCount: what a line may do to a text does not count, what it may not does.
func TestCount(t *testing.T) {
	of := func(s string) (c Count) { c.Add(s); return c }
	text := of("The press, re-opened in 1848: l’été — Ωδή, 東京")
	for _, same := range []string{"The press, re-\nopened in 1848: l'été--Ωδή,東京", "Thepressre\u00adopenedin1848:l’étéΩδή東京"} {
		if !of(same).Is(text, 1) {
			t.Errorf("%q does not count as the same", same)
		}
	}
	for _, other := range []string{"", "The press, re-opened in 1849: l’été — Ωδή, 東京", "The pres, re-opened in 1848: l’été — Ωδή, 東京", "the press, re-opened in 1848: l’été — Ωδή, 東京"} {
		if of(other).Is(text, 1) {
			t.Errorf("%q counts as the same", other)
		}
	}
	if twice := text.Plus(text); !twice.Is(text, 2) || twice.Is(text, 1) {
		t.Error("twice is not twice")
	}
}

// TestPieces: all that is text is visited, in order, and a figure's lines as they are printed.
func TestPieces(t *testing.T) {
	text := func(s string) []document.Inline { return []document.Inline{&document.Text{Value: s}} }
	a := &document.Article{
		Title: text("title"),
		Body: []document.Block{
			&document.Paragraph{Content: append(text("one"), &document.Code{Text: &document.Text{Value: "code"}}, &document.Math{TeX: "x"})},
			&document.CodeBlock{Caption: text("listing"), Text: "a := 1"},
			&document.Figure{Images: []*document.Image{{Title: text("shown")}}, Title: text("same"), Caption: text("same")},
			&document.Figure{Images: []*document.Image{{Title: text("left")}, {Title: text("right")}}},
		},
		Notes: []*document.Note{nil, {Refs: []*document.NoteRef{{}}, Blocks: []document.Block{&document.Paragraph{Content: text("note")}}}},
	}
	var got []string
	visit := func(p Piece) { got = append(got, p.Value) }
	Body(a, "pdf", visit)
	Notes(a, "pdf", visit)
	if s := strings.Join(got, "|"); s != "title|one|code|listing|a := 1|same|left| |right|note" {
		t.Errorf("visited %s", s)
	}
}

// TestReport names a paragraph once, and counts what is beyond reading.
func TestReport(t *testing.T) {
	r := Report{Edition: "PDF"}
	for line := range 30 {
		for column := range 3 {
			r.Lost(Piece{Value: "some words", Pos: document.Pos{File: "a.md", Line: line + 1, Column: column + 1}})
		}
	}
	ps := r.Problems()
	if len(ps) != 20 || !strings.Contains(ps[0].Message, "missing from the PDF: “some words”") || !strings.HasSuffix(ps[19].Message, "(and so in 10 places more)") {
		t.Errorf("%d problems, %v … %v", len(ps), ps[0], ps[len(ps)-1])
	}
}
