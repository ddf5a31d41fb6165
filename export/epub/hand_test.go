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
	"not-xhtml": true, "missing-lang": true, "missing-title": true, "script": true, "remote-resource": true}

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
