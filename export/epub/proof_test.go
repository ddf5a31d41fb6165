package epub

import (
	"bytes"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestProofread spoils what was written, in each way that could befall it.
func TestProofread(t *testing.T) {
	made := func() (*book, map[string][]byte) {
		line := func(s string) []document.Inline { return document.Line(s) }
		issue := &document.Issue{Slug: "x", Language: "en", Articles: []*document.Article{{Slug: "a", Language: "en", Title: line("A title"), Body: []document.Block{
			&document.Paragraph{Content: line("Ink & paper.")},
			&document.CodeBlock{Text: "if a < b {\n}"},
		}}}}
		b := plan(issue, Options{})
		if err := b.writeParts(t.Context()); err != nil {
			t.Fatal(err)
		}
		pages := map[string][]byte{}
		for _, p := range b.parts {
			pages[p.path()] = append([]byte("<body>"), p.body...)
		}
		return b, pages
	}
	own := func(b *book) *part {
		for _, p := range b.parts {
			if p.article != nil {
				return p
			}
		}
		return nil
	}
	for name, spoil := range map[string]func(*book, map[string][]byte){
		"missing": func(b *book, _ map[string][]byte) { own(b).sets = own(b).sets[:2] },
		"twice":   func(b *book, _ map[string][]byte) { own(b).sets = append(own(b).sets, own(b).sets[1]) },
		"other":   func(b *book, _ map[string][]byte) { own(b).sets[1].xhtml = []byte("Ink &amp; papier.") },
		"page": func(b *book, pages map[string][]byte) {
			pages[own(b).path()] = bytes.Replace(pages[own(b).path()], []byte("paper"), []byte("papers"), 1)
		},
	} {
		b, pages := made()
		if err := b.proofread(pages); err != nil {
			t.Fatal(err)
		}
		spoil(b, pages)
		if b.proofread(pages) == nil {
			t.Errorf("%s: nothing was found", name)
		}
	}
	s := set{xhtml: []byte(`In<span id="page-2" role="doc-pagebreak"></span>k &amp; paper`)}
	if !s.says("Ink & paper") || s.says("Ink & pape") {
		t.Error("a page marker is read as text, or text is not")
	}
}
