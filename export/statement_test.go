package export_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// entry reads one file of an EPUB; "" when it is not there.
func entry(t *testing.T, epub []byte, name string) string {
	t.Helper()
	for _, f := range doctest.Unzip(t, epub) {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

// TestStatementThere: an issue says how accessible it is, in both editions and beside them; the configuration can leave the page
// out, and an offprint has none; a caller's own statement stays.
func TestStatementThere(t *testing.T) {
	files := read(t, build(t, "../samples", export.Options{Formats: []string{"epub,pdf,accessibility"}, Offprints: true}))
	page := entry(t, files["long-primer-7.epub"], "EPUB/xhtml/accessibility.xhtml")
	beside := string(files["long-primer-7.accessibility.html"])
	for _, want := range []string{"Pictures: 5; of which with a text alternative: 5", "The language of each text is marked: en-GB, fr", "nobody has certified it", "The Long Primer Society"} {
		if !strings.Contains(page, want) || !strings.Contains(beside, want) {
			t.Errorf("%q is not in\n%s\n%s", want, page, beside)
		}
	}
	marked := func(pdf []byte) bool {
		marks, err := api.Bookmarks(bytes.NewReader(pdf), model.NewDefaultConfiguration())
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range marks {
			if m.Title == "Accessibility" {
				return true
			}
		}
		return false
	}
	if !marked(files["long-primer-7.pdf"]) || marked(files["long-primer-7/the-last-reader.pdf"]) || entry(t, files["long-primer-7/the-last-reader.epub"], "EPUB/xhtml/accessibility.xhtml") != "" {
		t.Error("the page stands in the issue, and in no offprint")
	}
	if !strings.Contains(string(files["long-primer-7/les-enseignes.accessibility.html"]), `<html lang="fr">`) {
		t.Error("beside an offprint the statement is in its language")
	}
}

func TestStatementSwitched(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "twinpress.yaml", "accessibility: {statement: false, contact: ask@example.org}\npdf: {standard: none}\n")
	write(t, dir, "content/a.md", "---\ntitle: A\nissue: 1\n---\n\nText ![](/gone.png)\n")
	files := read(t, build(t, dir, export.Options{Formats: []string{"epub,accessibility"}}))
	for name, data := range files {
		switch {
		case strings.HasSuffix(name, ".epub") && entry(t, data, "EPUB/xhtml/accessibility.xhtml") != "":
			t.Error("the page is there that was switched off")
		case strings.HasSuffix(name, ".html") && (!strings.Contains(string(data), "Contact: ask@example.org") || !strings.Contains(string(data), "no standard of accessibility")):
			t.Errorf("%s", data)
		}
	}
	issues, _, err := export.Read(context.Background(), export.Path(dir), export.Options{})
	if err != nil || len(issues) != 1 || issues[0].Statement != nil {
		t.Errorf("%v: a statement is made when the edition is", err)
	}
}
