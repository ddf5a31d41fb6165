package pdf

import (
	"fmt"
	"io"
	"strings"
	"testing"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// chance makes a document out of bytes: any bytes give one.
type chance struct {
	data  []byte
	at    int
	a     *document.Article
	words int
}

func (c *chance) of(n int) int {
	if c.at >= len(c.data) {
		return 0
	}
	c.at++
	return int(c.data[c.at-1]) % n
}

func (c *chance) done() bool { return c.at >= len(c.data) }

var chanceWords = [...]string{"word", "Überlänge", "fin de siècle", "C. L. R. James", "J. S. Bach wrote", "NATO", "https://example.org/a-b/c?d=e", "naïve—so", "слово",
	"λόγος", "مرحبا", "שלום", "中文", "नमस्ते", "“Quoted.”", "1848", "x\u00a0y", "a\u00adb", "…", "’tis", " ", "ﬁne", "A.B.", "\u202fz", "🙂", "end."}

func (c *chance) text() *document.Text {
	var b strings.Builder
	for range 1 + c.of(12) {
		c.words++
		b.WriteString(chanceWords[c.of(len(chanceWords))])
		b.WriteByte(' ')
	}
	return text(b.String())
}

func (c *chance) inlines(depth int) []document.Inline {
	var out []document.Inline
	for range 1 + c.of(5) {
		switch k := c.of(16); {
		case k == 1 && depth > 0:
			s := styled(document.StyleKind(c.of(14)), c.inlines(depth-1)...)
			if c.of(4) == 1 {
				s.Lang = [...]string{"fr", "ar", "el", "tr"}[c.of(4)]
			}
			out = append(out, s)
		case k == 2:
			out = append(out, &document.Code{Text: c.text()})
		case k == 3 && depth > 0:
			l := &document.Link{URL: "https://example.org/", Content: c.inlines(depth - 1)}
			if c.of(2) == 1 {
				l.URL, l.Article, l.Anchor = "", c.a, "x"
			}
			out = append(out, l)
		case k == 4 && depth > 0 && len(c.a.Notes) < 9:
			n := &document.Note{Number: len(c.a.Notes) + 1}
			c.a.Notes = append(c.a.Notes, n)
			n.Blocks = c.blocks(depth - 1)
			out = append(out, &document.NoteRef{Note: n, Index: 1})
		case k == 5 && len(c.a.Notes) > 0:
			out = append(out, &document.NoteRef{Note: c.a.Notes[c.of(len(c.a.Notes))], Index: 2})
		case k == 6:
			out = append(out, &document.Break{})
		case k == 7:
			out = append(out, &document.Image{Source: "x.png", Alt: "a picture"})
		case k == 8:
			out = append(out, &document.Math{TeX: "a^2"})
		case k == 9:
			out = append(out, &document.Anchor{ID: fmt.Sprint("a", c.words)})
		case k == 10 && len(out) == 0:
			out = append(out, &document.Speaker{Content: []document.Inline{c.text()}})
		case k == 11:
			out = append(out, &document.EndMark{Text: text("Z")})
		default:
			out = append(out, c.text())
		}
	}
	return out
}

func (c *chance) blocks(depth int) []document.Block {
	var out []document.Block
	for range 1 + c.of(4) {
		out = append(out, c.block(depth))
		if c.done() {
			break
		}
	}
	return out
}

func (c *chance) block(depth int) document.Block {
	k := c.of(18)
	if depth <= 0 {
		k = 0
	}
	switch k {
	case 1:
		h := &document.Heading{Level: 1 + c.of(6), Content: c.inlines(1)}
		h.ID = fmt.Sprint("h", c.words)
		return h
	case 2:
		return &document.BlockQuote{Blocks: c.blocks(depth - 1), Attribution: c.inlines(1)}
	case 3:
		l := &document.List{Ordered: c.of(2) == 1, Start: c.of(30), Style: [...]string{"1", "a", "I", "i", "A"}[c.of(5)], Tight: c.of(2) == 1}
		for range 1 + c.of(3) {
			l.Items = append(l.Items, &document.ListItem{Blocks: c.blocks(depth - 1), Checked: c.of(3)})
		}
		return l
	case 4:
		return &document.DefinitionList{Items: []*document.Definition{{Terms: [][]document.Inline{c.inlines(1)}, Definitions: [][]document.Block{c.blocks(depth - 1)}}}}
	case 5:
		return &document.CodeBlock{Language: "go", Text: c.text().Value + "\n\n\t" + c.text().Value, Caption: c.inlines(1)}
	case 6, 7:
		t := &document.Table{Caption: c.inlines(1), Align: []string{"left", "right", ""}}
		for i := range 1 + c.of(4) {
			r := &document.TableRow{}
			for range 1 + c.of(6) {
				r.Cells = append(r.Cells, &document.TableCell{Blocks: c.blocks(min(depth-1, 1)), ColSpan: 1 + c.of(2), RowSpan: 1 + c.of(2)})
			}
			if i == 0 && c.of(2) == 1 {
				t.Head = append(t.Head, r)
			} else {
				t.Body = append(t.Body, r)
			}
		}
		return t
	case 8:
		return &document.Figure{Images: []*document.Image{{Source: "x.png"}}, Caption: c.inlines(1), Title: c.inlines(0), Layout: [...]string{"", "full", "left", "right"}[c.of(4)]}
	case 9:
		return &document.Figure{Blocks: c.blocks(depth - 1), Caption: c.inlines(1)}
	case 10:
		return &document.Verse{Stanzas: [][]document.VerseLine{{{Content: c.inlines(1)}, {Indent: c.of(4), Content: c.inlines(1)}}, {{Content: c.inlines(0)}}}, Attribution: c.inlines(0)}
	case 11:
		return &document.Rule{}
	case 12:
		return &document.Division{Role: [...]string{"", "aside", "epigraph", "pullquote", "abstract", "bio"}[c.of(6)], Blocks: c.blocks(depth - 1)}
	case 13:
		return &document.MathBlock{TeX: "x"}
	case 14:
		p := para(c.inlines(2)...)
		p.Lang, p.Dir = "ar", "rtl"
		return p
	}
	p := para(c.inlines(2)...)
	p.Lead = c.of(3) == 1
	return p
}

// FuzzFlow sets and writes documents of chance in each style. Nothing may be lost: every visible character of every Text
// that the document holds, notes included, is drawn.
func FuzzFlow(f *testing.F) {
	for i := range 60 {
		seed := make([]byte, 400)
		x := uint32(i*2654435761 + 1)
		for j := range seed {
			x = x*1664525 + 1013904223
			seed[j] = byte(x >> 24)
		}
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		if len(data) > 2000 {
			return
		}
		ch := &chance{data: data}
		a := &document.Article{Slug: "chance", Language: "en", Path: "chance.md"}
		ch.a = a
		look := style.House(style.Names()[ch.of(3)])
		if ch.of(2) == 1 {
			look.Detail.Acronyms, look.Speaker.Place, look.Speaker.Hang = "smallcaps", "hang", style.Em(4)
			look.Notes.NumberPlace, look.Notes.Number = "hang", "superior"
		}
		a.Title = []document.Inline{ch.text()}
		for !ch.done() && len(a.Body) < 12 {
			a.Body = append(a.Body, ch.block(3))
		}
		issue := &document.Issue{Slug: "chance", Language: "en", Articles: []*document.Article{a}, Single: ch.of(2) == 1}

		types := typeset.New(fonts.Default())
		c, err := flow.Compose(t.Context(), issue, look, types, "")
		if err != nil {
			t.Fatal(err)
		}
		result, err := layout.Layout(t.Context(), &layout.Flow{Sections: c.Sections, Shaper: types, Jobs: 1})
		if err != nil {
			t.Fatal(err)
		}
		in := &input{Pages: result.Pages, Structure: c.Structure, Links: c.Links, Face: types.Face, Outline: c.Outline,
			Metadata: describe(issue, c, Options{}, nil), Report: func(fault) {}}
		if err := write(t.Context(), io.Discard, in); err != nil {
			t.Fatal(err)
		}
		// Characters are counted, not placed: a line in two directions has its runs in the order of the eye, and soft hyphens
		// and doubled spaces are gone from what is drawn.
		drawn := map[*document.Text]map[rune]int{}
		for _, p := range result.Pages {
			for _, area := range p.Areas {
				for _, it := range area.Items {
					if l, ok := it.(*layout.Line); ok {
						for _, r := range l.Runs {
							if src := c.Text(r.Source); src != nil {
								if drawn[src] == nil {
									drawn[src] = map[rune]int{}
								}
								for _, ch := range r.Text {
									drawn[src][ch]++
								}
							}
						}
					}
				}
			}
		}
		document.WalkArticle(a, func(n document.Node) bool {
			if s, ok := n.(*document.Text); ok {
				want := map[rune]int{}
				for _, r := range s.Value {
					if want[r]++; !unicode.IsSpace(r) && !unicode.Is(unicode.Cf, r) && drawn[s][r] < want[r] {
						t.Fatalf("%s: %q of %q is not drawn", look.Name, r, s.Value)
					}
				}
			}
			_, note := n.(*document.NoteRef)
			return !note
		})
	})
}
