package epub_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/layout"
)

// prose makes an article long enough for several pages, no two words of it the same, with notes and heads.
func prose(slug, first string, paragraphs int) *document.Article {
	text := func(s string) *document.Text { return &document.Text{Value: s} }
	a := &document.Article{Path: slug + ".md", Slug: slug, Language: "en", Title: []document.Inline{text("On " + slug)},
		Authors: []document.Person{{Name: "Ada Marsh"}}}
	n := 0
	for i := range paragraphs {
		var s strings.Builder
		for range 90 {
			n++
			fmt.Fprintf(&s, "%s%d ", first, n)
		}
		p := &document.Paragraph{Content: []document.Inline{text(strings.TrimSpace(s.String()))}, Lead: i == 0}
		if i%3 == 1 {
			note := &document.Note{Number: len(a.Notes) + 1, Blocks: []document.Block{&document.Paragraph{Content: []document.Inline{text(fmt.Sprintf("Note %d of %s.", i, slug))}}}}
			ref := &document.NoteRef{Note: note, Index: 1}
			note.Refs = []*document.NoteRef{ref}
			a.Notes = append(a.Notes, note)
			p.Content = append(p.Content, ref, &document.Styled{Kind: document.Emphasis, Content: []document.Inline{text(fmt.Sprintf(" after%d of", i))}}, text(" it."))
		}
		if i%4 == 3 {
			h := &document.Heading{Level: 1, Content: []document.Inline{text(fmt.Sprintf("Head %s%d", first, i))}}
			h.ID = fmt.Sprintf("head%d", i)
			a.Body = append(a.Body, h)
		}
		a.Body = append(a.Body, p)
	}
	return a
}

// The EPUB's page list is the PDF's pages, and the word after each marker is the word that the PDF's page begins with, as
// it was set there.
func TestPagesAreThePDFs(t *testing.T) {
	issue := &document.Issue{Journal: document.Journal{Title: "Journal", Publisher: "Press"}, Number: "1", Language: "en", Slug: "journal-1",
		Articles: []*document.Article{prose("alpha", "a", 24), prose("beta", "b", 17)}}
	edition, _, err := pdf.Paginate(t.Context(), issue, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := epub.Write(t.Context(), &b, issue, epub.Options{PageBreaks: edition.PageBreaks}); err != nil {
		t.Fatal(err)
	}
	z, err := zip.NewReader(bytes.NewReader(b.Bytes()), int64(b.Len()))
	if err != nil {
		t.Fatal(err)
	}
	after := map[string]string{} // page label → the word that follows its marker
	var listed []string
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xhtml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		var waiting []string
		list := false
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatal(err)
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				for _, a := range tok.Attr {
					if tok.Name.Local == "nav" && a.Name.Local == "type" {
						list = a.Value == "page-list"
					}
					if tok.Name.Local == "span" && a.Value == "doc-pagebreak" {
						for _, a := range tok.Attr {
							if a.Name.Local == "aria-label" {
								waiting = append(waiting, a.Value)
							}
						}
					}
				}
			case xml.CharData:
				words := strings.Fields(string(tok))
				if list && len(words) == 1 {
					listed = append(listed, words[0])
				}
				if len(words) > 0 {
					for _, label := range waiting {
						after[label] = words[0]
					}
					waiting = nil
				}
			}
		}
		r.Close()
	}
	if len(listed) > 0 && listed[0] == "Pages" {
		listed = listed[1:]
	}
	if len(listed) != len(edition.Pages) {
		t.Fatalf("the page list has %d pages, the PDF %d", len(listed), len(edition.Pages))
	}
	compared := 0
	for i, p := range edition.Pages {
		if listed[i] != p.Label {
			t.Errorf("page %d is %q in the list, %q in the PDF", i, listed[i], p.Label)
		}
		if edition.PageBreaks[i].At.Text == nil {
			continue
		}
		first := ""
		for _, a := range p.Areas {
			if a.Kind != layout.ColumnArea && a.Kind != layout.SpanArea {
				continue
			}
			for _, it := range a.Items {
				if l, ok := it.(*layout.Line); ok && first == "" {
					for _, r := range l.Runs {
						if !r.Hyphen {
							first += r.Text
						}
					}
					if w := strings.Fields(first); len(w) > 0 {
						first = w[0]
					}
				}
			}
		}
		if first == "" || !strings.HasPrefix(after[p.Label], first) && !strings.HasPrefix(first, after[p.Label]) {
			t.Errorf("page %s begins with %q in the PDF, with %q in the EPUB", p.Label, first, after[p.Label])
		}
		compared++
	}
	if compared < 8 {
		t.Errorf("only %d pages begin within a text", compared)
	}
}
