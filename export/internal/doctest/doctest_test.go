package doctest_test

import (
	"io"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// FuzzDocument holds the model's own traversals to documents that no reader would build: they end, and do not panic.
func FuzzDocument(f *testing.F) {
	for _, seed := range doctest.Seeds(40) {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		issue := doctest.Issue(data)
		if err := document.Check(issue); err != nil {
			t.Fatal(err)
		}
		for _, a := range issue.Articles {
			if err := document.Dump(io.Discard, a); err != nil {
				t.Fatal(err)
			}
			document.PlainWords(a)
		}
	})
}

// TestEveryNode asks the seeds for every node of the model.
func TestEveryNode(t *testing.T) {
	seen := map[string]bool{}
	for _, seed := range doctest.Seeds(200) {
		for _, a := range doctest.Issue(seed).Articles {
			document.WalkArticle(a, func(n document.Node) bool {
				seen[doctest.Name(n)] = true
				return true
			})
		}
	}
	if len(seen) < 27 {
		t.Errorf("the seeds hold %d kinds of nodes only: %v", len(seen), seen)
	}
}

func TestEndless(t *testing.T) {
	if document.Check(doctest.Endless()) == nil {
		t.Error("a document that holds itself was found good")
	}
}
