package pdf

import (
	"bytes"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

var update = flag.Bool("update", false, "write golden files anew")

func inline(s string) []document.Inline { return []document.Inline{&document.Text{Value: s}} }

func para(is ...document.Inline) *document.Paragraph { return &document.Paragraph{Content: is} }

func text(s string) *document.Text { return &document.Text{Value: s} }

func styled(k document.StyleKind, is ...document.Inline) *document.Styled {
	return &document.Styled{Kind: k, Content: is}
}

// zoo is an article with one of each construct.
func zoo() *document.Article {
	a := &document.Article{
		Path: "content/zoo.md", Slug: "zoo", Language: "en", Title: []document.Inline{text("A visit to the "), styled(document.Emphasis, text("zoo"))},
		Subtitle: inline("with every animal in it"), Kicker: inline("Essay"),
		Authors: []document.Person{{Name: "C. L. R. James", Role: "aut"}}, Interviewees: []document.Person{{Name: "An Ape", Role: "ive"}},
		Translators: []document.Person{{Name: "A. N. Other", Role: "trl"}},
		Date:        document.Date{Time: time.Date(2018, 12, 2, 0, 0, 0, 0, time.UTC), Precision: 3},
	}
	nested := &document.Note{Number: 2, Label: "b", Blocks: []document.Block{para(text("A note cited by a note."))}}
	nested.Refs = []*document.NoteRef{{Note: nested, Index: 1}}
	first := &document.Note{Number: 1, Label: "a", Blocks: []document.Block{
		para(text("The first note, which cites another"), nested.Refs[0], text(" and goes to https://example.org/a/long/path?x=1&y=2 for more.")),
		para(text("It has a second paragraph.")),
	}}
	first.Refs = []*document.NoteRef{{Note: first, Index: 1}, {Note: first, Index: 2}}
	inHead := &document.Note{Number: 3, Label: "c", Blocks: []document.Block{para(text("A note of a heading."))}}
	inHead.Refs = []*document.NoteRef{{Note: inHead, Index: 1}}
	inCell := &document.Note{Number: 4, Label: "d", Blocks: []document.Block{para(text("A note of a cell."))}}
	inCell.Refs = []*document.NoteRef{{Note: inCell, Index: 1}}
	a.Notes = []*document.Note{first, nested, inHead, inCell}
	lead := para(text("The first paragraph opens the article, as first paragraphs do; it is long enough to carry an initial of three lines, for it goes on about the "),
		styled(document.Superscript, text("80th")), text(" anniversary of the zoo, about C. L. R. James, and about what the keeper said"), first.Refs[0],
		text(" when the gates were shut, which nobody who heard it has forgotten since then."))
	lead.Lead = true
	heading := &document.Heading{Level: 1, Content: []document.Inline{text("The first house"), inHead.Refs[0]}}
	heading.ID = "first-house"
	deeper := &document.Heading{Level: 2, Content: inline("A smaller house")}
	deeper.ID = "smaller-house"
	french := &document.Styled{Kind: document.Plain, Content: inline("plus ça change")}
	french.Lang = "fr"
	cell := func(header bool, is ...document.Inline) *document.TableCell {
		return &document.TableCell{Header: header, ColSpan: 1, RowSpan: 1, Blocks: []document.Block{para(is...)}}
	}
	a.Body = []document.Block{
		lead,
		para(text("Again the note"), first.Refs[1], text(", and "), french, text(", with "), styled(document.Strong, text("strong words")), text(", "),
			&document.Code{Text: text("code()")}, text(", H"), styled(document.Subscript, text("2")), text("O and a "),
			&document.Link{URL: "https://example.org/ä", Content: inline("link")}, text(" to see, and one "),
			&document.Link{Article: a, Anchor: "first-house", Content: inline("within")}, text(".")),
		heading,
		&document.BlockQuote{Blocks: []document.Block{para(text("Quoted words stand apart."))}, Attribution: inline("— Anonymous")},
		para(text("and the sentence goes on.")),
		&document.List{Ordered: true, Start: 3, Style: "1", Tight: true, Items: []*document.ListItem{
			{Blocks: []document.Block{para(text("Third thing"))}},
			{Blocks: []document.Block{para(text("Fourth thing")), &document.List{Items: []*document.ListItem{{Blocks: []document.Block{para(text("nested"))}}}}}},
		}},
		&document.DefinitionList{Items: []*document.Definition{{Terms: [][]document.Inline{inline("Lion")}, Definitions: [][]document.Block{{para(text("A large cat."))}}}}},
		deeper,
		&document.CodeBlock{Language: "go", Text: "func main() {\n\t// say it\n\tprintln(\"roar\", 3)\n}"},
		&document.Table{Caption: inline("Animals counted"), Align: []string{"left", "right"},
			Head: []*document.TableRow{{Cells: []*document.TableCell{cell(true, text("Animal")), cell(true, text("Count"))}}},
			Body: []*document.TableRow{{Cells: []*document.TableCell{cell(false, text("Lions"), inCell.Refs[0]), cell(false, text("12"))}}}},
		&document.Verse{Stanzas: [][]document.VerseLine{{{Content: inline("Tyger tyger, burning bright,")}, {Indent: 1, Content: inline("In the forests of the night;")}}}},
		&document.Rule{},
		para(&document.Speaker{Content: inline("Keeper:")}, text(" I have nothing to say.")),
		&document.Figure{Images: []*document.Image{{Source: "lost.png", Alt: "A lion that was not found"}}, Caption: inline("The lost lion")},
		&document.MathBlock{TeX: "a^2+b^2=c^2"},
		para(text("The end"), &document.Break{}, text("comes."), &document.EndMark{Text: text("Z")}),
	}
	a.AuthorNotes = []document.Block{para(text("The author keeps animals."))}
	return a
}

func zooIssue() *document.Issue {
	a := zoo()
	b := zoo()
	b.Slug, b.Title = "zoo-2", inline("A second visit")
	for _, n := range b.Body {
		document.Walk(n, func(n document.Node) bool {
			if l, ok := n.(*document.Link); ok && l.Article != nil {
				l.Article = a
			}
			return true
		})
	}
	return &document.Issue{
		Journal: document.Journal{Title: "The Menagerie", ISSN: "1234-5679", Publisher: "The Keepers", Place: "London", Language: "en", Editors: []string{"E. Ditor"}},
		Number:  "7", Language: "en", Slug: "menagerie-7", Articles: []*document.Article{a, b},
		Date: document.Date{Time: time.Date(2018, 12, 1, 0, 0, 0, 0, time.UTC), Precision: 2},
	}
}

// styles runs a test in each of the house's styles.
func styles(t *testing.T, f func(t *testing.T, s *style.Style)) {
	for _, name := range style.Names() {
		t.Run(name, func(t *testing.T) { f(t, style.House(name)) })
	}
}

func paginate(t *testing.T, issue *document.Issue, opts Options) *Edition {
	t.Helper()
	e, _, err := Paginate(t.Context(), issue, opts)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

// texts gathers what is drawn with each tag, in the order of the pages.
func texts(e *Edition) map[layout.Tag]string {
	out := map[layout.Tag]string{}
	for _, p := range e.Pages {
		for _, a := range p.Areas {
			for _, it := range a.Items {
				l, ok := it.(*layout.Line)
				if !ok {
					continue
				}
				for _, r := range l.Runs {
					if !r.Artifact && !r.Hyphen {
						out[r.Tag] += r.Text
					}
				}
			}
		}
	}
	return out
}

// outline writes the structure tree, a line for each element: its type, attributes, own text.
func outline(b *strings.Builder, n *flow.StructNode, own map[layout.Tag]string, depth int) {
	fmt.Fprintf(b, "%s%s", strings.Repeat(" ", depth), n.Type)
	if n.Lang != "" {
		fmt.Fprintf(b, " lang=%s", n.Lang)
	}
	if n.ID != "" && n.Type == flow.NoteElem {
		fmt.Fprintf(b, " id=%s", n.ID)
	}
	if n.Alt != "" {
		fmt.Fprintf(b, " alt=%q", n.Alt)
	}
	if n.Scope != "" {
		fmt.Fprintf(b, " scope=%s", n.Scope)
	}
	if n.Numbered != "" {
		fmt.Fprintf(b, " %s", n.Numbered)
	}
	if n.Tag != 0 && own[n.Tag] != "" {
		fmt.Fprintf(b, " %q", own[n.Tag])
	}
	b.WriteByte('\n')
	for _, c := range n.Children {
		outline(b, c, own, depth+1)
	}
}

func art(t *testing.T, e *Edition) *flow.StructNode {
	t.Helper()
	for _, n := range e.input.Structure.Children {
		if n.Type == flow.Art {
			return n
		}
	}
	t.Fatal("no Art in the structure")
	return nil
}

// TestStructureMirrorsDocument compares the structure tree of one article with the document: the same heads, paragraphs,
// lists, notes, links, in the same order, whatever the style makes of the page.
func TestStructureMirrorsDocument(t *testing.T) {
	styles(t, func(t *testing.T, s *style.Style) {
		e := paginate(t, zooIssue(), Options{Style: s})
		var b strings.Builder
		outline(&b, art(t, e), texts(e), 0)
		const golden = "testdata/zoo.structure"
		if *update {
			if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(golden)
		if err != nil {
			t.Fatal(err)
		}
		// Where a line ends after a note's mark, the space belongs to the mark: spaces are not compared.
		if got := b.String(); squeeze(got) != squeeze(string(want)) {
			t.Errorf("structure differs from %s:\n%s", golden, got)
		}
	})
}

func squeeze(s string) string { return strings.ReplaceAll(s, " ", "") }

// TestEveryWord reads the pages back: every word of the document is there, and in the structure's order it is the
// document's text.
func TestEveryWord(t *testing.T) {
	styles(t, func(t *testing.T, s *style.Style) {
		for _, issue := range []*document.Issue{zooIssue(), longIssue()} {
			e := paginate(t, issue, Options{Style: s})
			drawn := map[string]int{}
			for _, text := range texts(e) {
				for _, w := range strings.Fields(text) {
					drawn[w]++
				}
			}
			for _, a := range issue.Articles {
				document.WalkArticle(a, func(n document.Node) bool {
					if text, ok := n.(*document.Text); ok {
						for _, w := range strings.Fields(text.Value) {
							if strings.Contains(w, "//") || w == "Animal" {
								continue
							}
							if drawn[w] == 0 && !part(drawn, w) {
								t.Errorf("%q is lost", w)
							}
						}
					}
					return true
				})
			}
		}
	})
}

// part reports whether a word is drawn as part of another: the letters after a drop cap, a word before a comma of another
// element.
func part(drawn map[string]int, w string) bool {
	for d := range drawn {
		if strings.Contains(d, strings.TrimRight(w, ".,;:")) {
			return true
		}
	}
	return false
}

// longIssue has an article of many pages, with notes.
func longIssue() *document.Issue {
	a := &document.Article{Path: "content/long.md", Slug: "long", Language: "en", Title: inline("A long article")}
	for i := range 160 {
		var b strings.Builder
		for j := range 60 + i%17 {
			if j > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "word%dof%d", j, i)
		}
		b.WriteByte('.')
		p := para(text(b.String()))
		if i%3 == 0 {
			n := &document.Note{Number: len(a.Notes) + 1, Blocks: []document.Block{para(text(fmt.Sprintf("Note of paragraph %d, with a few words.", i)))}}
			ref := &document.NoteRef{Note: n, Index: 1}
			n.Refs = []*document.NoteRef{ref}
			a.Notes = append(a.Notes, n)
			p.Content = append(p.Content, ref, text(" And the paragraph goes on after its note."))
		}
		a.Body = append(a.Body, p)
	}
	return &document.Issue{Language: "en", Slug: "long", Single: true, Articles: []*document.Article{a}}
}

// TestCancelled checks that neither setting nor drawing goes on when the context has ended, and that both say so by its error.
func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	e, _, err := Paginate(ctx, longIssue(), Options{})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	if e, _, err := Paginate(ctx, longIssue(), Options{}); e != nil || !errors.Is(err, context.Canceled) {
		t.Errorf("Paginate: %v, %v", e, err)
	}
	var b bytes.Buffer
	if _, err := e.Write(ctx, &b); !errors.Is(err, context.Canceled) {
		t.Errorf("Write: %v", err)
	}
}

// TestPageBreaks checks that each page's break stands at the word that the page begins with.
func TestPageBreaks(t *testing.T) {
	styles(t, func(t *testing.T, s *style.Style) {
		e := paginate(t, longIssue(), Options{Style: s})
		if len(e.PageBreaks) != len(e.Pages) {
			t.Fatalf("%d breaks, %d pages", len(e.PageBreaks), len(e.Pages))
		}
		if s.Name == "book" && len(e.Pages) < 10 {
			t.Fatalf("only %d pages", len(e.Pages))
		}
		if e.PageBreaks[0].At.Text != nil || e.PageBreaks[0].At.Article == nil {
			t.Errorf("the opening page's break is %+v", e.PageBreaks[0])
		}
		for i, b := range e.PageBreaks[1:] {
			p := e.Pages[i+1]
			if b.Label != p.Label || b.At.Text == nil {
				t.Fatalf("page %s: break %+v", p.Label, b)
			}
			var first string
			for _, a := range p.Areas {
				for _, it := range a.Items {
					if l, ok := it.(*layout.Line); ok && a.Kind == layout.ColumnArea && first == "" {
						for _, r := range l.Runs {
							first += r.Text
						}
					}
				}
			}
			rest := b.At.Text.Value[b.At.Offset:]
			first = strings.TrimLeft(first, "0123456789.\u2002") // a note's number is ours
			if word, _, _ := strings.Cut(rest, " "); word == "" || !strings.HasPrefix(first, word) {
				t.Errorf("page %s begins %q, its break stands before %.30q", p.Label, first, rest)
			}
		}
	})
}

// TestSameBytes writes an issue with one goroutine and with eight.
func TestSameBytes(t *testing.T) {
	styles(t, func(t *testing.T, s *style.Style) {
		var files [2][]byte
		for i, jobs := range []int{1, 8} {
			data, problems, err := paginate(t, zooIssue(), Options{Style: s, Jobs: jobs}).Bytes(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range problems {
				t.Errorf("%s: %s", p.Code, p.Message)
			}
			files[i] = data
		}
		if !bytes.Equal(files[0], files[1]) {
			t.Error("one goroutine and eight write different files")
		}
	})
}

// TestProblems: what cannot be set as it is meant is told, with its place.
func TestProblems(t *testing.T) {
	a := zoo()
	strange := text("A character of a private use: \ue123, and again \ue123.")
	strange.SetPos(document.Pos{File: "content/zoo.md", Line: 12, Column: 3})
	a.Body = append(a.Body, para(strange))
	style := style.Book()
	style.Quote.Family = "Bodnoi"
	_, problems, err := Paginate(t.Context(), &document.Issue{Language: "en", Slug: "zoo", Single: true, Articles: []*document.Article{a}}, Options{Style: style})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range problems {
		got = append(got, p.Code+" "+p.Pos.String())
	}
	want := []string{"math-as-source ", "unknown-font ", "missing-glyph content/zoo.md:12:3"}
	if !slices.Equal(got, want) {
		t.Errorf("problems %q, want %q", got, want)
	}
}

// TestDeepNesting: five hundred quotations within each other still leave a measure to read.
func TestDeepNesting(t *testing.T) {
	var deep document.Block = para(text("At the bottom of it all there is a sentence."))
	for i := range 500 {
		if i%2 == 0 {
			deep = &document.BlockQuote{Blocks: []document.Block{deep}}
		} else {
			deep = &document.List{Items: []*document.ListItem{{Blocks: []document.Block{deep}}}}
		}
	}
	a := &document.Article{Slug: "deep", Language: "en", Title: inline("Deep"), Body: []document.Block{deep}}
	e := paginate(t, &document.Issue{Slug: "deep", Language: "en", Single: true, Articles: []*document.Article{a}}, Options{})
	for _, p := range e.Sections[0].Body {
		if p, ok := p.(*layout.Para); ok {
			if room := style.ColumnWidth(e.Sections[0].Geometry) - p.Style.LeftIndent - p.Style.RightIndent; room < 100*layout.Pt {
				t.Fatalf("%.1f pt are left", room.Points())
			}
		}
	}
}

// TestRunOnBreaks: where a newspaper's articles share a section, each page's break is in the article whose words begin it.
func TestRunOnBreaks(t *testing.T) {
	issue := longIssue()
	issue.Single = false
	for i := range 3 {
		a := longIssue().Articles[0]
		a.Slug, a.Title = fmt.Sprint("long-", i), inline(fmt.Sprint("Another long article, ", i))
		issue.Articles = append(issue.Articles, a)
	}
	e := paginate(t, issue, Options{Style: style.Broadsheet()})
	if len(e.Sections) != 1 || len(e.Pages) < 6 {
		t.Fatalf("%d sections on %d pages", len(e.Sections), len(e.Pages))
	}
	last := 0
	for i, b := range e.PageBreaks {
		n := slices.Index(issue.Articles, b.At.Article)
		if n < last {
			t.Errorf("page %s goes back from article %d to %d", b.Label, last, n)
		}
		last = n
		if b.At.Text == nil {
			if i > 0 && e.Pages[i].Begins.Source == 0 {
				t.Errorf("page %s begins nowhere", b.Label)
			}
			continue
		}
		found := false
		document.WalkArticle(b.At.Article, func(n document.Node) bool {
			found = found || n == document.Node(b.At.Text)
			return true
		})
		if !found {
			t.Errorf("page %s: the text of its break is not in its article", b.Label)
		}
	}
	if last != len(issue.Articles)-1 {
		t.Errorf("the last page is in article %d", last)
	}
}
