package export_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/layout"
)

// TestHTMLInBothEditions: each word that the examples of raw HTML give stands in the EPUB and in the PDF.
func TestHTMLInBothEditions(t *testing.T) {
	files, err := filepath.Glob("testdata/html*.txtar")
	if err != nil || len(files) < 8 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			readJourney(t, a, func(issue *document.Issue) {
				edition, _, err := pdf.Paginate(t.Context(), issue, pdf.Options{})
				if err != nil {
					t.Fatal(err)
				}
				var printed strings.Builder
				for _, p := range edition.Pages {
					for _, area := range p.Areas {
						for _, it := range area.Items {
							if l, ok := it.(*layout.Line); ok {
								printed.WriteString(strings.ReplaceAll(said(l), "‑", ""))
							}
						}
					}
				}
				var b bytes.Buffer
				if _, err := epub.Write(t.Context(), &b, issue, epub.Options{}); err != nil {
					t.Fatal(err)
				}
				editions := map[string]string{"EPUB": strings.Join(pageWords(t, b.Bytes()), ""), "PDF": printed.String()}
				for _, art := range issue.Articles {
					document.WalkArticle(art, func(n document.Node) bool { // what is no text in an edition
						switch n := n.(type) {
						case *document.Math:
							n.TeX = ""
						case *document.MathBlock:
							n.TeX = ""
						}
						return true
					})
					apart := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) } // stops beside words of two directions change sides
					for _, w := range strings.FieldsFunc(solid(strings.Join(document.PlainWords(art), "|")), apart) {
						for name, text := range editions {
							if !strings.Contains(solid(text), solid(w)) {
								t.Errorf("%q is not in the %s", w, name)
							}
						}
					}
				}
			})
		})
	}
}

// solid takes the blanks out of a text.
func solid(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || r == '\u200B' || r == '\u00AD' {
			return -1
		}
		return r
	}, s)
}

// htmlJourneys gives the texts of the examples of raw HTML, for the torture set.
func htmlJourneys() map[string]string {
	files, _ := filepath.Glob("testdata/html*.txtar")
	texts := map[string]string{}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			continue
		}
		for _, f := range a.Files {
			if f.Name == "input.md" {
				text := string(f.Data)
				if !strings.HasPrefix(text, "---\n") {
					text = "---\ntitle: HTML\n---\n\n" + text
				}
				texts[strings.TrimSuffix(filepath.Base(file), ".txtar")] = text
			}
		}
	}
	return texts
}

const greyBox = `<svg xmlns="http://www.w3.org/2000/svg" width="60" height="30"><rect width="60" height="30" fill="#ccc"/></svg>`
