package document

import (
	"io"
	"strings"
	"testing"
)

// zoo has one node of every type.
func zoo() *Article {
	text := func(s string) *Text { return &Text{Value: s} }
	line := func(s string) []Inline { return []Inline{text(s)} }
	para := func(s string) *Paragraph { return &Paragraph{Content: line(s)} }
	note := &Note{Number: 1, Label: "a", Blocks: []Block{para("in-note")}}
	ref := &NoteRef{Note: note, Index: 1}
	note.Refs = []*NoteRef{ref}
	return &Article{
		Title: line("title"), Subtitle: line("subtitle"), Standfirst: line("standfirst"),
		Authors: []Person{{Name: "Ada", Role: "aut", Bio: line("bio")}},
		Image:   &Figure{Images: []*Image{{Source: "i.png"}}, Caption: line("image-caption")},
		Body: []Block{
			para("paragraph"),
			&Heading{Level: 1, Content: line("heading")},
			&BlockQuote{Blocks: []Block{para("quote")}, Attribution: line("attribution")},
			&List{Items: []*ListItem{{Blocks: []Block{para("item")}, Checked: 2}}},
			&DefinitionList{Items: []*Definition{{Terms: [][]Inline{line("term")}, Definitions: [][]Block{{para("meaning")}}}}},
			&CodeBlock{Language: "go", Text: "code-block", Caption: line("code-caption")},
			&Table{Caption: line("table-caption"), Align: []string{"left"},
				Head: []*TableRow{{Cells: []*TableCell{{Header: true, Scope: "col", ColSpan: 1, RowSpan: 1, Blocks: []Block{para("head-cell")}}}}},
				Body: []*TableRow{{Cells: []*TableCell{{ColSpan: 2, RowSpan: 1, Blocks: []Block{para("cell")}}}}}},
			&Figure{Images: []*Image{{Source: "a.png", Alt: "alt", Title: line("picture-title")}}, Blocks: []Block{para("figure-block")},
				Title: line("figure-title"), Caption: line("caption"), Credit: line("credit")},
			&Verse{Stanzas: [][]VerseLine{{{Indent: 1, Content: line("verse")}}}, Attribution: line("poet")},
			&Rule{},
			&Division{Role: "aside", Blocks: []Block{para("aside")}},
			&MathBlock{TeX: "x^2"},
			&Paragraph{Content: []Inline{
				&Styled{Kind: Emphasis, Content: line("emphasis")}, &Code{Text: text("code")},
				&Link{URL: "https://example.org/", Content: line("link")}, &Image{Source: "b.png", Alt: "inline-alt"}, ref, &Break{},
				&Speaker{Content: line("speaker:")}, &Math{TeX: "y"}, &Anchor{ID: "here"}, &EndMark{Text: text("P")},
			}},
		},
		AuthorNotes: []Block{para("author-note")},
		Notes:       []*Note{note},
	}
}

// TestWalkOrder walks texts in the order in which they are read. That every type of node is reached, the journeys show
// (TestEveryNodeHasAJourney in package export).
func TestWalkOrder(t *testing.T) {
	var words []string
	WalkArticle(zoo(), func(n Node) bool {
		if text, ok := n.(*Text); ok {
			words = append(words, text.Value)
		}
		return true
	})
	want := "title subtitle standfirst image-caption paragraph heading quote attribution item term meaning code-caption table-caption " +
		"head-cell cell picture-title figure-block figure-title caption credit verse poet aside emphasis code link speaker: P author-note in-note"
	if got := strings.Join(words, " "); got != want {
		t.Errorf("texts in the order\n%s\nwant\n%s", got, want)
	}
}

// TestSealed: every node is a block or an inline, and none is both.
func TestSealed(t *testing.T) {
	WalkArticle(zoo(), func(n Node) bool {
		b, isBlock := n.(Block)
		i, isInline := n.(Inline)
		if isBlock == isInline {
			t.Errorf("%T is a block: %v, and an inline: %v", n, isBlock, isInline)
		}
		if isBlock {
			b.block()
		}
		if isInline {
			i.inline()
		}
		return true
	})
}

func TestDumpShowsEveryText(t *testing.T) {
	var b strings.Builder
	a := zoo()
	if err := Dump(&b, a); err != nil {
		t.Fatal(err)
	}
	WalkArticle(a, func(n Node) bool {
		if text, ok := n.(*Text); ok && !strings.Contains(b.String(), text.Value) {
			t.Errorf("the dump lacks %q", text.Value)
		}
		return true
	})
	for _, want := range []string{"bio \"bio\"", "item done", "code go", "table align=left", "cell columns=2", "line indent=1", "note 1", "anchor here", "end mark \"P\"", "math tex=x^2"} {
		if !strings.Contains(b.String(), want) {
			t.Errorf("the dump lacks %q:\n%s", want, b.String())
		}
	}
}

func TestWalkPrunes(t *testing.T) {
	n := 0
	Walk(&BlockQuote{Blocks: []Block{&Paragraph{}}}, func(Node) bool { n++; return false })
	if n != 1 {
		t.Errorf("%d nodes entered below one that was declined", n)
	}
}

func TestPlainText(t *testing.T) {
	note := &Note{}
	got := PlainText([]Inline{&Text{Value: "one "}, &Styled{Content: []Inline{&Text{Value: "two"}}}, &NoteRef{Note: note}, &Break{}, &Image{Alt: "three"}, &Math{TeX: "x"}})
	if got != "one two threex" {
		t.Errorf("plain text is %q", got)
	}
}

func TestPositions(t *testing.T) {
	for want, p := range map[string]Pos{"a.md": {File: "a.md"}, "a.md:3": {File: "a.md", Line: 3}, "a.md:3:7": {File: "a.md", Line: 3, Column: 7}} {
		if p.String() != want {
			t.Errorf("position is %q, want %q", p.String(), want)
		}
	}
}

func TestSortProblems(t *testing.T) {
	ps := []Problem{
		{Code: "b", Pos: Pos{File: "x", Line: 2}}, {Code: "a", Pos: Pos{File: "x", Line: 10}}, {Code: "a", Pos: Pos{File: "x", Line: 2, Column: 1}},
		{Code: "a", Pos: Pos{File: "x", Line: 2}}, {Code: "z", Pos: Pos{File: "a", Line: 9}},
	}
	SortProblems(ps)
	var got []string
	for _, p := range ps {
		got = append(got, p.Pos.String()+p.Code)
	}
	if s := strings.Join(got, " "); s != "a:9z x:2a x:2b x:2:1a x:10a" {
		t.Errorf("order is %s", s)
	}
}

func TestPlainWords(t *testing.T) {
	a := &Article{Title: []Inline{&Text{Value: "title"}}, Subtitle: []Inline{&Text{Value: "subtitle"}}, Body: []Block{
		&BlockQuote{Blocks: []Block{&Paragraph{Content: []Inline{&Text{Value: "quoted"}}}}, Attribution: []Inline{&Text{Value: "by"}}},
		&Figure{Title: []Inline{&Text{Value: "plate"}}, Caption: []Inline{&Text{Value: "caption"}}},
		&Verse{Stanzas: [][]VerseLine{{{Content: []Inline{&Text{Value: "one"}}}, {Content: []Inline{&Text{Value: "two"}}}}}},
		&Paragraph{Content: []Inline{&Text{Value: "thr"}, &Styled{Content: []Inline{&Text{Value: "ee"}}}, &Break{}, &Text{Value: "four"}}},
		&CodeBlock{Text: "five\nsix"},
	}}
	if got := strings.Join(PlainWords(a), " "); got != "title subtitle quoted by plate caption one two three four five six" {
		t.Errorf("words are %q", got)
	}
}

// TestNilAndEndless holds the traversals to what a document built by hand may hold: nodes that are not there, and one that holds
// itself.
func TestNilAndEndless(t *testing.T) {
	var text *Text
	loop := &BlockQuote{}
	loop.Blocks = []Block{loop, loop}
	a := &Article{
		Title: []Inline{nil, text},
		Body: []Block{nil, (*Paragraph)(nil), &Paragraph{Content: []Inline{&Code{}, &EndMark{}, &NoteRef{}, &Styled{Kind: 99}, &Link{}}},
			&List{Items: []*ListItem{nil, {Checked: 9}}}, &DefinitionList{Items: []*Definition{nil}},
			&Table{Head: []*TableRow{nil}, Body: []*TableRow{nil, {Cells: []*TableCell{nil}}}}, &Figure{Images: []*Image{nil}}},
		Notes: []*Note{nil},
	}
	if err := Check(&Issue{Articles: []*Article{a}}); err != nil {
		t.Errorf("nil nodes: %v", err)
	}
	WalkArticle(a, func(n Node) bool {
		n.Position() // a nil node would panic
		return true
	})
	if err := Dump(io.Discard, a); err != nil {
		t.Error(err)
	}
	PlainWords(a)
	a.Body = []Block{loop}
	if Check(&Issue{Articles: []*Article{a}}) == nil {
		t.Error("a quotation that holds itself was found good")
	}
	if err := Dump(io.Discard, a); err != nil {
		t.Error(err)
	}
	PlainWords(a)
}
