package pdf

import (
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

func words(s string) []document.Inline { return []document.Inline{&document.Text{Value: s}} }

func para(is ...document.Inline) *document.Paragraph { return &document.Paragraph{Content: is} }

func text(s string) *document.Text { return &document.Text{Value: s} }

func styled(k document.StyleKind, is ...document.Inline) *document.Styled {
	return &document.Styled{Kind: k, Content: is}
}

// zoo is an article with one of each construct.
func zoo() *document.Article {
	a := &document.Article{
		Path: "content/zoo.md", Slug: "zoo", Language: "en", Title: []document.Inline{text("A visit to the "), styled(document.Emphasis, text("zoo"))},
		Subtitle: words("with every animal in it"), Kicker: words("Essay"),
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
	deeper := &document.Heading{Level: 2, Content: words("A smaller house")}
	deeper.ID = "smaller-house"
	french := &document.Styled{Kind: document.Plain, Content: words("plus ça change")}
	french.Lang = "fr"
	cell := func(header bool, is ...document.Inline) *document.TableCell {
		return &document.TableCell{Header: header, ColSpan: 1, RowSpan: 1, Blocks: []document.Block{para(is...)}}
	}
	a.Body = []document.Block{
		lead,
		para(text("Again the note"), first.Refs[1], text(", and "), french, text(", with "), styled(document.Strong, text("strong words")), text(", "),
			&document.Code{Text: text("code()")}, text(", H"), styled(document.Subscript, text("2")), text("O and a "),
			&document.Link{URL: "https://example.org/ä", Content: words("link")}, text(" to see, and one "),
			&document.Link{Article: a, Anchor: "first-house", Content: words("within")}, text(".")),
		heading,
		&document.BlockQuote{Blocks: []document.Block{para(text("Quoted words stand apart."))}, Attribution: words("— Anonymous")},
		para(text("and the sentence goes on.")),
		&document.List{Ordered: true, Start: 3, Style: "1", Tight: true, Items: []*document.ListItem{
			{Blocks: []document.Block{para(text("Third thing"))}},
			{Blocks: []document.Block{para(text("Fourth thing")), &document.List{Items: []*document.ListItem{{Blocks: []document.Block{para(text("nested"))}}}}}},
		}},
		&document.DefinitionList{Items: []*document.Definition{{Terms: [][]document.Inline{words("Lion")}, Definitions: [][]document.Block{{para(text("A large cat."))}}}}},
		deeper,
		&document.CodeBlock{Language: "go", Text: "func main() {\n\t// say it\n\tprintln(\"roar\", 3)\n}"},
		&document.Table{Caption: words("Animals counted"), Align: []string{"left", "right"},
			Head: []*document.TableRow{{Cells: []*document.TableCell{cell(true, text("Animal")), cell(true, text("Count"))}}},
			Body: []*document.TableRow{{Cells: []*document.TableCell{cell(false, text("Lions"), inCell.Refs[0]), cell(false, text("12"))}}}},
		&document.Verse{Stanzas: [][]document.VerseLine{{{Content: words("Tyger tyger, burning bright,")}, {Indent: 1, Content: words("In the forests of the night;")}}}},
		&document.Rule{},
		para(&document.Speaker{Content: words("Keeper:")}, text(" I have nothing to say.")),
		&document.Figure{Images: []*document.Image{{Source: "lost.png", Alt: "A lion that was not found"}}, Caption: words("The lost lion")},
		&document.MathBlock{TeX: "a^2+b^2=c^2"},
		para(text("The end"), &document.Break{}, text("comes."), &document.EndMark{Text: text("Z")}),
	}
	a.AuthorNotes = []document.Block{para(text("The author keeps animals."))}
	return a
}

func zooIssue() *document.Issue {
	a := zoo()
	b := zoo()
	b.Slug, b.Title = "zoo-2", words("A second visit")
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

func TestZoo(t *testing.T) {
	for _, name := range StyleNames() {
		e, problems, err := Paginate(zooIssue(), Options{Style: HouseStyle(name)})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Log(p)
		}
		data, problems, err := e.Bytes()
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range problems {
			t.Errorf("%s: %s", name, p)
		}
		debugWrite(t, name, data)
	}
}
