package export_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// TestEPUBReadBack opens finished EPUBs of the samples and, when it lies beside the project, of the shared corpus, and
// compares what their pages say, word for word and in order, with the articles that they were made from: the text, then the
// notes. What the press adds (credits, the numbers of notes, labels) may stand between; nothing may be missing. (For the PDF
// the same is asked in package pdf, which can read its structure tree.)
func TestEPUBReadBack(t *testing.T) {
	files := doctest.Articles(t, "..")
	for _, file := range files {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			site, err := hugo.OpenPath(t.Context(), file, hugo.Options{})
			if err != nil {
				t.Fatal(err)
			}
			in := site.Contents().Issues[0]
			issue, _, err := site.Read(t.Context(), in.Offprint(in.Articles[0]))
			if err != nil {
				t.Fatal(err)
			}
			var b bytes.Buffer
			if _, err := epub.Write(t.Context(), &b, issue, epub.Options{}); err != nil {
				t.Fatal(err)
			}
			got := pageWords(t, b.Bytes())
			a := issue.Articles[0]
			document.WalkArticle(a, func(n document.Node) bool { // what is not text in an EPUB
				switch n := n.(type) {
				case *document.Math:
					n.TeX = ""
				case *document.MathBlock:
					n.TeX = ""
				case *document.Image:
					n.Alt = ""
				}
				return true
			})
			want := document.PlainWords(a)
			if len(want) == 0 {
				t.Fatal("an article without words")
			}
			const reach = 80 // words that the press may add in one place
			at, lost := 0, 0
			for i, w := range spelled(strings.Join(want, " ")) {
				if !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
					continue // a stop after a formula or a lost picture
				}
				n := slices.Index(got[at:min(len(got), at+reach)], w)
				if n >= 0 {
					at += n + 1
					continue
				}
				if lost++; lost <= 5 {
					t.Errorf("word %d, %q, is missing after %q: there is %q", i, w, want[max(0, i-4):min(i, len(want))], got[at:min(len(got), at+8)])
				}
			}
			if lost > 5 {
				t.Errorf("%d of %d words are missing", lost, len(want))
			}
		})
	}
}

// within names the elements whose ends part no words.
var within = strings.Fields("a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup time u var wbr")

// pageWords reads the words of the XHTML files of an EPUB in the order of the archive, without formulas and the marks of
// notes.
func pageWords(t *testing.T, data []byte) []string {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xhtml") || strings.HasSuffix(f.Name, "nav.xhtml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		d := xml.NewDecoder(r)
		silent := 0
		var noteref []bool
		for {
			tok, err := d.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", f.Name, err)
			}
			switch tok := tok.(type) {
			case xml.StartElement:
				skip := tok.Name.Local == "math" || tok.Name.Local == "head" || tok.Name.Local == "svg" ||
					slices.ContainsFunc(tok.Attr, func(a xml.Attr) bool {
						return a.Name.Local == "type" && a.Value == "noteref" || a.Name.Local == "role" && a.Value == "doc-backlink"
					})
				noteref = append(noteref, skip)
				if skip {
					silent++
				}
				if !slices.Contains(within, tok.Name.Local) && tok.Name.Local != "math" && silent == 0 {
					b.WriteByte('\n')
				}
			case xml.EndElement:
				if noteref[len(noteref)-1] {
					silent--
				}
				noteref = noteref[:len(noteref)-1]
				if !slices.Contains(within, tok.Name.Local) && tok.Name.Local != "math" && silent == 0 {
					b.WriteByte('\n')
				}
			case xml.CharData:
				if silent == 0 {
					b.Write(tok)
				}
			}
		}
	}
	return spelled(b.String())
}

// spelled parts words, without what only says where they may be broken.
func spelled(s string) []string {
	return strings.Fields(strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "").Replace(s))
}
