package document_test

import (
	"os"

	"github.com/twinpress/twinpress/export/document"
)

// An issue of one article, built by hand: a paragraph that cites a note, and a quotation.
func Example() {
	note := &document.Note{Number: 1, Label: "1", Blocks: []document.Block{
		&document.Paragraph{Content: document.Line("Written in 1843.")},
	}}
	ref := &document.NoteRef{Note: note, Index: 1}
	note.Refs = []*document.NoteRef{ref}

	article := &document.Article{
		Slug:     "letter",
		Title:    document.Line("A letter"),
		Authors:  []document.Person{{Name: "Arnold Ruge", Role: "aut"}},
		Language: "en",
		Body: []document.Block{
			&document.Paragraph{Content: []document.Inline{
				&document.Text{Value: "He answered "},
				&document.Styled{Kind: document.Emphasis, Content: document.Line("at once")},
				&document.Text{Value: "."},
				ref,
			}},
			&document.BlockQuote{
				Blocks:      []document.Block{&document.Paragraph{Content: document.Line("I am now travelling in Holland.")}},
				Attribution: document.Line("Marx"),
			},
		},
		Notes: []*document.Note{note},
	}
	issue := &document.Issue{
		Journal:  document.Journal{Title: "Yearbook"},
		Language: "en", Single: true, Slug: article.Slug,
		Articles: []*document.Article{article},
	}
	if err := document.Check(issue); err != nil {
		panic(err)
	}
	document.Dump(os.Stdout, issue.Articles[0])
	// Output:
	// title "A letter"
	// author Arnold Ruge role=aut
	// language en
	// body
	//   paragraph
	//     "He answered "
	//     emphasis "at once"
	//     "."
	//     note 1
	//   quote
	//     paragraph
	//       "I am now travelling in Holland."
	//     attribution "Marx"
	// note 1 label=1 refs=1
	//   paragraph
	//     "Written in 1843."
}
