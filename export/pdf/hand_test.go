package pdf

import (
	"io"
	"math"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
)

// A stranger implements Block by taking in one of the sealed types.
type stranger struct{ *document.Paragraph }

// spoil makes of a sound article what a program may make by mistake: each step takes a node by chance and breaks it.
func spoil(c *chance, issue *document.Issue) {
	a := issue.Articles[0]
	var nodes []document.Node
	document.WalkArticle(a, func(n document.Node) bool {
		nodes = append(nodes, n)
		return true
	})
	numbers := [...]int{0, -1, 7, 99, 5000, math.MaxInt, math.MinInt}
	number := func() int { return numbers[c.of(len(numbers))] }
	for range 1 + c.of(6) {
		if len(nodes) == 0 {
			return
		}
		n := nodes[(c.of(256)<<8|c.of(256))%len(nodes)]
		// What a node holds is replaced by nothing, by nil, or by a node from anywhere, such as itself.
		var blocks []document.Block
		var inlines []document.Inline
		switch b, _ := nodes[(c.of(256)<<8|c.of(256))%len(nodes)].(document.Block); c.of(6) {
		case 0:
			blocks, inlines = []document.Block{nil, (*document.Table)(nil), (*document.ListItem)(nil)}, []document.Inline{nil, (*document.Text)(nil)}
		case 1:
			if own, ok := n.(document.Block); ok {
				blocks = []document.Block{own, own}
			}
			if own, ok := n.(document.Inline); ok {
				inlines = []document.Inline{own}
			}
		case 2:
			if b != nil {
				blocks = []document.Block{b}
			}
		case 3:
			blocks = []document.Block{&stranger{para(text("who?"))}, stranger{para(text("who?"))}}
		case 4:
			note := &document.Note{Number: number(), Blocks: []document.Block{para(text("unlisted"))}, Refs: []*document.NoteRef{nil}}
			inlines = []document.Inline{&document.NoteRef{}, &document.NoteRef{Note: note, Index: number()}, &document.Link{Article: &document.Article{}},
				&document.Image{Asset: &document.Asset{Width: number(), Height: number()}, Width: math.NaN()}, &document.Math{}, &document.Speaker{},
				&document.Image{Width: math.Inf(1)}, &document.Code{}, &document.EndMark{}, &document.Anchor{}}
		}
		switch n := n.(type) {
		case *document.Paragraph:
			n.Content, n.Align, n.Lang, n.Dir = inlines, "nowhere", "q", "down"
		case *document.Heading:
			n.Level, n.Content = number(), inlines
		case *document.BlockQuote:
			n.Blocks, n.Attribution = blocks, inlines
		case *document.List:
			n.Start, n.Style = number(), "?"
			n.Items = append(n.Items[:c.of(2)], nil, &document.ListItem{Blocks: blocks, Checked: number()})
		case *document.ListItem:
			n.Blocks = blocks
		case *document.DefinitionList:
			n.Items = append(n.Items, nil, &document.Definition{}, &document.Definition{Terms: [][]document.Inline{inlines, nil}, Definitions: [][]document.Block{nil, blocks}})
		case *document.CodeBlock:
			n.Text, n.Caption = "\xff\x00\r\n", inlines
		case *document.Table:
			n.Head, n.Caption = append(n.Head, nil, &document.TableRow{}), inlines
			n.Align = []string{"up"}
		case *document.TableRow:
			n.Cells = append(n.Cells, nil, &document.TableCell{Blocks: blocks, ColSpan: number(), RowSpan: number()})
		case *document.TableCell:
			n.Blocks, n.ColSpan, n.RowSpan, n.Scope = blocks, number(), number(), "all"
		case *document.Figure:
			n.Images, n.Blocks, n.Caption, n.Title, n.Link = append(n.Images, nil, &document.Image{}), blocks, inlines, inlines, "\x00:"
		case *document.Verse:
			n.Stanzas = append(n.Stanzas, nil, []document.VerseLine{{}, {Indent: number(), Content: inlines}})
			n.Attribution = inlines
		case *document.Division:
			n.Role, n.Blocks = "nobody", blocks
		case *document.Styled:
			n.Kind, n.Content, n.Lang = document.StyleKind(number()), inlines, "\xff"
		case *document.Code:
			n.Text = nil
		case *document.EndMark:
			n.Text = nil
		case *document.Link:
			n.Content = inlines
			n.Article = &document.Article{Title: inlines}
		case *document.NoteRef:
			n.Note, n.Index = nil, number()
		case *document.Text:
			n.Value = "\xff\x00\u2028\u0300\U000e0001\ufffe" + n.Value
		case *document.MathBlock:
			loop := &document.Formula{Name: "math"}
			loop.Kids = []*document.Formula{nil, loop}
			n.Formula = loop
		case *document.Image:
			n.Title, n.Width, n.Asset = inlines, -1, &document.Asset{Name: "x", Width: number(), Height: number(), MediaType: "image/svg+xml"}
		}
	}
	switch c.of(6) {
	case 0:
		issue.Articles = append(issue.Articles, &document.Article{}, &document.Article{Slug: "other", Notes: a.Notes, Body: a.Body})
	case 1:
		a.Notes = append(a.Notes, nil, &document.Note{}, &document.Note{})
	case 2:
		a.Image, a.Authors = &document.Figure{}, []document.Person{{Bio: []document.Inline{nil}}}
	case 3:
		issue.Title, issue.Language, a.Language = []document.Inline{nil}, "", ""
		issue.Journal.Imprint = []document.Block{nil, &document.Rule{}}
	}
}

// FuzzHandBuilt sets and writes documents that no reader makes. Nothing panics and nothing runs for ever: a document that holds
// itself is refused, and a file comes of every other.
func FuzzHandBuilt(f *testing.F) {
	for i := range 150 {
		seed := make([]byte, 240)
		x := uint32(i*2246822519 + 3)
		for j := range seed {
			x = x*1664525 + 1013904223
			seed[j] = byte(x >> 24)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 1000 {
			return
		}
		ch := &chance{data: data}
		a := &document.Article{Slug: "chance", Language: "en", Path: "chance.md"}
		ch.a = a
		issue := &document.Issue{Slug: "chance", Language: "en", Articles: []*document.Article{a}, Single: ch.of(2) == 1}
		look := style.House(style.Names()[ch.of(3)])
		a.Title = []document.Inline{ch.text()}
		for range 2 + ch.of(4) {
			a.Body = append(a.Body, ch.block(3))
		}
		ch.at = len(data) / 2
		spoil(ch, issue)
		e, _, err := Paginate(t.Context(), issue, Options{Style: look, Jobs: 1})
		if err != nil && document.Check(issue) != nil {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Write(t.Context(), io.Discard); err != nil {
			t.Fatal(err)
		}
	})
}

// TestNothing sets what is hardly there. It has no title, which PDF/UA asks for.
func TestNothing(t *testing.T) {
	if _, _, err := Paginate(t.Context(), nil, Options{}); err == nil {
		t.Error("no issue gives pages")
	}
	for _, issue := range []*document.Issue{{}, {Single: true}, {Articles: []*document.Article{{}, {}}}} {
		e, _, err := Paginate(t.Context(), issue, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := e.Write(t.Context(), io.Discard); err == nil || !strings.Contains(err.Error(), "needs a title") {
			t.Errorf("%+v: %v", issue, err)
		}
	}
	self := &document.BlockQuote{}
	self.Blocks = []document.Block{self}
	for _, a := range []*document.Article{nil, {Body: []document.Block{self}}} {
		if _, _, err := Paginate(t.Context(), &document.Issue{Articles: []*document.Article{a}}, Options{}); err == nil {
			t.Errorf("%v gives pages", a)
		}
	}
	if _, _, err := Paginate(t.Context(), longIssue(), Options{Style: &style.Style{}}); err == nil {
		t.Error("a style without type gives pages")
	}
}
