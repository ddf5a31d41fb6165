package check

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/pdf"
)

func goodPDF(t testing.TB) []byte {
	t.Helper()
	text := &document.Text{Value: "Some text, and "}
	link := &document.Link{URL: "https://example.org/", Content: []document.Inline{&document.Text{Value: "a link"}}}
	a := &document.Article{Path: "a.md", Slug: "a", Language: "en", Title: []document.Inline{&document.Text{Value: "An article"}},
		Body: []document.Block{&document.Paragraph{Content: []document.Inline{text, link}}}}
	issue := &document.Issue{Journal: document.Journal{Title: "Journal"}, Single: true, Language: "en", Slug: "a", Articles: []*document.Article{a}}
	edition, _, err := pdf.Paginate(t.Context(), issue, pdf.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if _, err := edition.Write(t.Context(), &b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGoodPDF(t *testing.T) {
	for _, f := range ReadPDF(goodPDF(t)) {
		t.Errorf("a good PDF: %v", f)
	}
}

func TestFile(t *testing.T) {
	dir := t.TempDir()
	for name, data := range map[string][]byte{"a.epub": good(t), "a.pdf": goodPDF(t)} {
		full := filepath.Join(dir, name)
		if err := os.WriteFile(full, data, 0o600); err != nil {
			t.Fatal(err)
		}
		if found, err := File(full); err != nil || len(found) > 0 {
			t.Errorf("%s: %v, %v", name, found, err)
		}
	}
}

// plain is a small file with everything wrong that the rules look for.
const plain = `%PDF-1.4
1 0 obj
<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\(1\)) >> >>
endobj
2 0 obj
<< /Type /Pages /Kids [3 0 R] /Count 1 >>
endobj
3 0 obj
<< /Type /Page /Parent 2 0 R /Resources << /Font << /F1 4 0 R >> >> /Annots [5 0 R] >>
endobj
4 0 obj
<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>
endobj
5 0 obj
<< /Type /Annot /Subtype /Link /Rect [0 0 9 9] >>
endobj
6 0 obj
<< /Type /StructElem /S /Figure /P 1 0 R >>
endobj
7 0 obj
<< /S /Launch >>
endobj
trailer
<< /Root 1 0 R >>
`

func TestPlainPDF(t *testing.T) {
	found := ReadPDF([]byte(plain))
	locked := ReadPDF([]byte(strings.Replace(plain, "/Root 1 0 R", "/Root 1 0 R /Encrypt 9 0 R", 1)))
	if len(locked) != 2 || locked[1].Code != "pdf-encrypted" { // nothing can be said of what it holds
		t.Errorf("encrypted: found %v", locked)
	}
	for _, code := range []string{"pdf-truncated", "pdf-untagged", "pdf-lang", "pdf-title", "pdf-metadata", "pdf-font", "pdf-alt", "pdf-action"} {
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Code == code }) {
			t.Errorf("no %s among %v", code, found)
		}
	}
	if f := ReadPDF([]byte("<html>")); len(f) != 1 || f[0].Code != "not-a-pdf" {
		t.Errorf("found %v", f)
	}
}

func FuzzReadPDF(f *testing.F) {
	f.Add([]byte(plain))
	f.Add(goodPDF(f))
	f.Add([]byte("%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 9/First 900/Length 3>>stream\n(((\nendstream\ntrailer<</Root 1 0 R/A[[[[[[<<"))
	f.Fuzz(func(t *testing.T, data []byte) { ReadPDF(data) })
}
