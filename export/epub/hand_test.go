package epub_test

import (
	"bytes"
	"context"
	"errors"
	"testing"

	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// structural are the findings that no document may lead to, whatever it holds: files that do not parse, and a container that
// does not hold together.
var structural = map[string]bool{"not-a-zip": true, "mimetype": true, "container": true, "broken-archive": true, "duplicate-file": true, "package": true,
	"missing-metadata": true, "missing-modified": true, "not-well-formed": true, "not-in-manifest": true, "missing-file": true, "spine": true, "missing-nav": true,
	"not-xhtml": true, "missing-lang": true, "missing-title": true, "script": true, "remote-resource": true,
	"duplicate-id": true, "broken-link": true, "missing-backlink": true}

// FuzzByHand writes documents that no reader would build.
func FuzzByHand(f *testing.F) {
	for _, seed := range doctest.Seeds(120) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, notes := range []string{epub.NotesArticle, epub.NotesIssue} {
			var b bytes.Buffer
			if _, err := epub.Write(t.Context(), &b, doctest.Issue(data), epub.Options{Notes: notes}); err != nil {
				t.Fatal(err)
			}
			for _, found := range check.Read(b.Bytes()) {
				if structural[found.Code] && found.Severity == document.Error {
					t.Fatal(found)
				}
			}
		}
	})
}

func TestEndless(t *testing.T) {
	if _, err := epub.Write(t.Context(), &bytes.Buffer{}, doctest.Endless(), epub.Options{}); err == nil {
		t.Error("a document that holds itself was written")
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	var b bytes.Buffer
	if _, err := epub.Write(ctx, &b, doctest.Issue(doctest.Seeds(1)[0]), epub.Options{}); !errors.Is(err, context.Canceled) || b.Len() > 0 {
		t.Errorf("a cancelled run gave %v and %d bytes", err, b.Len())
	}
}

// TestNotesByHand writes notes that a program has numbered badly: nil among them, two of one number, one in two articles, one
// that another cites, one that the article before has. Each has its own id, and leads back to each place that cites it.
func TestNotesByHand(t *testing.T) {
	words := func(s string) []document.Inline { return []document.Inline{&document.Text{Value: s}} }
	note := func(number int, is ...document.Inline) *document.Note {
		return &document.Note{Number: number, Blocks: []document.Block{&document.Paragraph{Content: append(words("A note. "), is...)}}}
	}
	second, shared := note(1), note(3)
	first := note(1, &document.NoteRef{Note: second, Index: 1})
	cite := func(ns ...*document.Note) []document.Block {
		p := &document.Paragraph{Content: words("Text")}
		for _, n := range ns {
			p.Content = append(p.Content, &document.NoteRef{Note: n, Index: 1})
		}
		return []document.Block{p}
	}
	issue := func() *document.Issue {
		return &document.Issue{Language: "en", Articles: []*document.Article{
			{Slug: "a", Language: "en", Title: words("A"), Body: cite(first, second, first, shared), Notes: []*document.Note{nil, first, second, shared, first}},
			{Slug: "b", Language: "en", Title: words("B"), Body: cite(shared, first), Notes: []*document.Note{shared}},
			{Slug: "c", Language: "en", Title: words("C"), Body: cite(), Notes: []*document.Note{nil}},
		}}
	}
	for _, notes := range []string{epub.NotesArticle, epub.NotesIssue} {
		for _, single := range []bool{false, true} {
			is := issue()
			if single {
				is.Single, is.Articles = true, is.Articles[:1]
			}
			var b bytes.Buffer
			if _, err := epub.Write(t.Context(), &b, is, epub.Options{Notes: notes}); err != nil {
				t.Fatal(err)
			}
			for _, found := range check.Read(b.Bytes()) {
				if structural[found.Code] || found.Code == "noteref" {
					t.Errorf("%s, single %v: %v", notes, single, found)
				}
			}
		}
	}
}
