package epub_test

import (
	"archive/zip"
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/hugo"
)

// FuzzFromMarkdown holds that whatever is written, the EPUB made of it has no broken link, no two elements of one id, no
// note without its way back, and is well-formed throughout.
func FuzzFromMarkdown(f *testing.F) {
	files, err := filepath.Glob("../testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		if a, err := txtar.ParseFile(name); err == nil {
			for _, in := range a.Files {
				if in.Name == "input.md" {
					f.Add(in.Data)
				}
			}
		}
	}
	f.Fuzz(func(t *testing.T, markdown []byte) {
		name := filepath.Join(t.TempDir(), "input.md")
		if err := os.WriteFile(name, markdown, 0o600); err != nil {
			t.Fatal(err)
		}
		site, err := hugo.OpenPath(t.Context(), name, hugo.Options{Drafts: true})
		if err != nil {
			return
		}
		for _, listed := range site.Contents().Issues {
			issue, _, err := site.Read(t.Context(), listed)
			if err != nil || len(issue.Articles) == 0 {
				continue
			}
			for _, notes := range []string{epub.NotesArticle, epub.NotesIssue} {
				var b bytes.Buffer
				if _, err := epub.Write(t.Context(), &b, issue, epub.Options{Notes: notes}); err != nil {
					t.Fatal(err)
				}
				for _, found := range check.Read(b.Bytes()) {
					if found.Severity == document.Error {
						z, _ := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
						t.Fatalf("%v (%d files)", found, len(z.File))
					}
				}
			}
		}
	})
}
