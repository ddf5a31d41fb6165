package check

import (
	"archive/zip"
	"bytes"
	"image"
	"image/jpeg"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
)

// good writes an EPUB with something of everything that the mutants spoil.
func good(t testing.TB) []byte {
	t.Helper()
	text := func(s string) *document.Text { return &document.Text{Value: s} }
	para := func(is ...document.Inline) *document.Paragraph { return &document.Paragraph{Content: is} }
	var photo bytes.Buffer
	if err := jpeg.Encode(&photo, image.NewGray(image.Rect(0, 0, 8, 8)), nil); err != nil {
		t.Fatal(err)
	}
	var cover bytes.Buffer
	if err := jpeg.Encode(&cover, image.NewGray(image.Rect(0, 0, 700, 1120)), nil); err != nil {
		t.Fatal(err)
	}
	one := &document.Note{Number: 1, Blocks: []document.Block{para(text("A note."))}}
	ref := &document.NoteRef{Note: one, Index: 1}
	one.Refs = []*document.NoteRef{ref}
	second := text("A second paragraph of more words.")
	head := &document.Heading{Level: 1, Content: []document.Inline{text("A head")}}
	a := &document.Article{Path: "a.md", Slug: "a", Language: "en", Title: []document.Inline{text("An article")}, Notes: []*document.Note{one},
		Authors: []document.Person{{Name: "Ada Marsh"}},
		Body: []document.Block{para(text("A paragraph"), ref), head, para(second),
			&document.Figure{Images: []*document.Image{{Asset: &document.Asset{Name: "p.jpg", MediaType: "image/jpeg", Data: photo.Bytes()}, Alt: "A grey field"}}}}}
	other := &document.Article{Path: "b.md", Slug: "b", Language: "en", Title: []document.Inline{text("Another")}, Body: []document.Block{para(text("Text."))}}
	issue := &document.Issue{Journal: document.Journal{Title: "Journal", Publisher: "Press"}, Number: "1", Language: "en", Articles: []*document.Article{a, other},
		Date: document.Date{Printed: "Spring"}}
	var b bytes.Buffer
	_, err := epub.Write(t.Context(), &b, issue, epub.Options{Cover: cover.Bytes(), PageBreaks: []document.PageBreak{{Label: "1", Front: "title"},
		{Label: "2", At: document.Spot{Article: a}}, {Label: "3", At: document.Spot{Article: a, Text: second, Offset: 2}}, {Label: "4", At: document.Spot{Article: other}}}})
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestGood(t *testing.T) {
	for _, f := range Read(good(t)) {
		t.Errorf("a good EPUB: %v", f)
	}
}

// A part of an archive to be spoilt.
type part struct {
	name   string
	method uint16
	extra  []byte
	data   []byte
}

func unpack(t testing.TB, data []byte) (ps []part) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		ps = append(ps, part{f.Name, f.Method, nil, b})
	}
	return ps
}

func pack(t testing.TB, ps []part) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, p := range ps {
		w, err := z.CreateHeader(&zip.FileHeader{Name: p.name, Method: p.method, Extra: p.extra})
		if err == nil {
			_, err = w.Write(p.data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// edit replaces the first match in the file of that name.
func edit(name, pattern, replacement string) func([]part) []part {
	re := regexp.MustCompile(pattern)
	return func(ps []part) []part {
		for i, p := range ps {
			if !strings.HasSuffix(p.name, name) {
				continue
			}
			if loc := re.FindSubmatchIndex(p.data); loc != nil {
				b := append(slices.Clone(p.data[:loc[0]]), re.Expand(nil, []byte(replacement), p.data, loc)...)
				ps[i].data = append(b, p.data[loc[1]:]...)
				return ps
			}
		}
		return nil
	}
}

func TestMutants(t *testing.T) {
	parts := unpack(t, good(t))
	remove := func(suffix string) func([]part) []part {
		return func(ps []part) []part {
			return slices.DeleteFunc(ps, func(p part) bool { return strings.HasSuffix(p.name, suffix) })
		}
	}
	for _, m := range []struct {
		name, code string
		spoil      func([]part) []part
	}{
		{"a link to an id that is not there", "broken-link", edit("xhtml/a.xhtml", `href="#note-1"`, `href="#nowhere"`)},
		{"a link to a file that is not there", "broken-link", edit("xhtml/contents.xhtml", `href="b.xhtml`, `href="gone.xhtml`)},
		{"a link to the maker's disk", "broken-link", edit("xhtml/b.xhtml", `<p>`, `<p><a href="file:///home/x">x</a>`)},
		{"a contents entry that leads nowhere", "broken-link", edit("nav.xhtml", `b.xhtml#article`, `b.xhtml#nowhere`)},
		{"an NCX entry that leads nowhere", "kindle-broken-toc", edit("toc.ncx", `b.xhtml#article`, `b.xhtml#nowhere`)},
		{"an NCX of another publication", "ncx", edit("toc.ncx", `urn:uuid:[0-9a-f]+`, `urn:uuid:0`)},
		{"a contents list that leaves out an article", "missing-nav-entry", edit("nav.xhtml", `(?s)<li><a href="xhtml/b.xhtml#article">.*?</li>`, ``)},
		{"a picture without alternative text", "missing-alt", edit("xhtml/a.xhtml", `(<img[^>]*?) alt="[^"]*"`, `$1`)},
		{"a role that ARIA does not have", "bad-role", edit("xhtml/a.xhtml", `role="doc-chapter"`, `role="doc-bogus"`)},
		{"a deprecated role", "bad-role", edit("xhtml/a.xhtml", `(<li [^>]*)>`, `$1 role="doc-endnote">`)},
		{"a type the vocabulary does not have", "bad-type", edit("xhtml/a.xhtml", `epub:type="chapter"`, `epub:type="article"`)},
		{"one id on two elements", "duplicate-id", edit("xhtml/a.xhtml", `<p>A <span`, `<p id="title">A <span`)},
		{"a resource that the manifest leaves out", "not-in-manifest", edit("package.opf", `<item [^>]*href="images/p.jpg"[^>]*/>`, ``)},
		{"a resource that the archive leaves out", "missing-file", remove("edition.css")},
		{"a file that nothing uses", "unreferenced", func(ps []part) []part {
			ps = append(ps, part{name: "EPUB/images/idle.svg", data: []byte(`<svg xmlns="http://www.w3.org/2000/svg"/>`)})
			return edit("package.opf", `</manifest>`, `<item id="idle" href="images/idle.svg" media-type="image/svg+xml"/></manifest>`)(ps)
		}},
		{"a picture of another type than the manifest says", "media-type", edit("package.opf", `(href="images/p.jpg" media-type=")image/jpeg`, `${1}image/png`)},
		{"an element that is never closed", "not-well-formed", edit("xhtml/a.xhtml", `</p>`, ``)},
		{"a named entity", "not-well-formed", edit("xhtml/a.xhtml", `<p>`, `<p>&nbsp;`)},
		{"two hyphens in a comment", "not-well-formed", edit("xhtml/a.xhtml", `<p>`, `<p><!-- a -- b -->`)},
		{"a paragraph within a paragraph", "nesting", edit("xhtml/a.xhtml", `<p>A <span`, `<p><p>inner</p>A <span`)},
		{"a list item outside a list", "nesting", edit("xhtml/a.xhtml", `<p>A <span`, `<li>stray</li><p>A <span`)},
		{"a link within a link", "nesting", edit("xhtml/contents.xhtml", `(<a [^>]*>)Another`, `$1<a href="a.xhtml">Another</a>`)},
		{"a script", "script", edit("xhtml/a.xhtml", `</body>`, `<script>void 0</script></body>`)},
		{"a link that runs a script", "script", edit("xhtml/a.xhtml", `<p>A <span`, `<p><a href="javascript:void(0)">x</a>A <span`)},
		{"an event handler", "script", edit("xhtml/a.xhtml", `<p>A <span`, `<p onclick="x()">A <span`)},
		{"a picture fetched from the network", "remote-resource", edit("xhtml/a.xhtml", `<p>A <span`, `<p><img alt="far" src="https://example.org/far.png"/>A <span`)},
		{"a stylesheet that fetches from the network", "remote-resource", edit("edition.css", `$`, `@import "https://example.org/x.css";`)},
		{"a stylesheet that sets direction", "bad-css", edit("edition.css", `p \{`, `p { direction: rtl;`)},
		{"a document without a language", "missing-lang", edit("xhtml/a.xhtml", ` lang="en" xml:lang="en"`, ``)},
		{"a document with two languages", "missing-lang", edit("xhtml/a.xhtml", ` lang="en"`, ` lang="de"`)},
		{"a document without a title", "missing-title", edit("xhtml/a.xhtml", `<title>[^<]*</title>`, `<title></title>`)},
		{"a heading that skips three levels", "heading-gap", edit("xhtml/a.xhtml", `(?s)<h2([^>]*)>(.*?)</h2>`, `<h5$1>$2</h5>`)},
		{"a heading without words", "empty-heading", edit("xhtml/a.xhtml", `(?s)<h2([^>]*)>(.*?)</h2>`, `<h2$1></h2>`)},
		{"a link without text", "empty-link", edit("xhtml/a.xhtml", `<p>A <span`, `<p><a href="https://example.org/"></a>A <span`)},
		{"a package without its date of modification", "missing-modified", edit("package.opf", `<meta property="dcterms:modified"[^>]*>[^<]*</meta>`, ``)},
		{"a package without a language", "missing-metadata", edit("package.opf", `<dc:language>en</dc:language>`, ``)},
		{"a package in the language “us”", "kindle-language", edit("package.opf", `<dc:language>en</dc:language>`, `<dc:language>us</dc:language>`)},
		{"a package without accessibility features", "accessibility-metadata", edit("package.opf", `(?s)<meta property="schema:accessibilityFeature".*schema:accessibilityFeature"[^>]*>[^<]*</meta>`, ``)},
		{"a package that claims MathML", "false-claim", edit("package.opf", `>tableOfContents<`, `>MathML<`)},
		{"an article twice in the spine", "spine", edit("package.opf", `(<itemref [^>]*/>)`, `$1$1`)},
		{"a navigation document that is not named", "missing-nav", edit("package.opf", ` properties="nav"`, ``)},
		{"a note that does not lead back", "missing-backlink", edit("xhtml/a.xhtml", `(?s)<a href="#noteref-1".*?</a>`, ``)},
		{"a reference that leads to no note", "noteref", edit("xhtml/a.xhtml", `href="#note-1"`, `href="#title"`)},
		{"a note that nothing refers to", "uncited-note", edit("xhtml/a.xhtml", `</ol>`, `<li id="n9" epub:type="endnote"><p>Idle.</p></li></ol>`)},
		{"a page list that leaves out a page", "page-list", edit("nav.xhtml", `<li><a href="xhtml/a.xhtml#page-3">3</a></li>`, ``)},
		{"a page list out of order", "page-list", edit("nav.xhtml", `(<li><a href="xhtml/a.xhtml#page-2">2</a></li>)\s*(<li><a href="xhtml/a.xhtml#page-3">3</a></li>)`, `$2$1`)},
		{"page markers without a page list", "page-list", edit("nav.xhtml", `epub:type="page-list"`, `epub:type="lot"`)},
		{"a mimetype that is compressed", "mimetype", func(ps []part) []part { ps[0].method = zip.Deflate; return ps }},
		{"a mimetype with an extra field", "mimetype", func(ps []part) []part { ps[0].extra = []byte{0x55, 0x54, 1, 0, 0}; return ps }},
		{"a mimetype that is not first", "mimetype", func(ps []part) []part { return append(slices.Clone(ps[1:]), ps[0]) }},
		{"no container", "container", remove("container.xml")},
		{"a file name with a space", "kobo-file-name", func(ps []part) []part {
			for i := range ps {
				ps[i].name = strings.Replace(ps[i].name, "p.jpg", "p q.jpg", 1)
				ps[i].data = bytes.ReplaceAll(ps[i].data, []byte("images/p.jpg"), []byte("images/p%20q.jpg"))
			}
			return ps
		}},
		{"a stylesheet with variables", "kindle-css-variables", edit("edition.css", `p \{`, `p { color: var(--ink);`)},
		{"a file that hides its encoding", "kindle-encoding", edit("xhtml/a.xhtml", `<\?xml[^>]*\?>\n`, ``)},
		{"a cover that Kobo does not find", "kobo-cover", edit("package.opf", `<meta name="cover"[^>]*/>`, ``)},
		{"style in the text", "kobo-inline-style", edit("xhtml/a.xhtml", `<p>A <span`, `<p style="margin: 0">A <span`)},
	} {
		spoilt := m.spoil(slices.Clone(parts))
		if spoilt == nil {
			t.Errorf("%s: nothing to spoil", m.name)
			continue
		}
		found := Read(pack(t, spoilt))
		if !slices.ContainsFunc(found, func(f Finding) bool { return f.Code == m.code }) {
			t.Errorf("%s: no %s among %v", m.name, m.code, found)
		}
		for _, f := range found {
			if f.Profile != "" && !strings.HasPrefix(f.Source, "https://") {
				t.Errorf("%v names no source", f)
			}
		}
	}
}

func TestNoEPUB(t *testing.T) {
	if f := Read([]byte("not a zip")); len(f) != 1 || f[0].Code != "not-a-zip" {
		t.Errorf("found %v", f)
	}
	if _, err := EPUB(filepath.Join(t.TempDir(), "none.epub")); !os.IsNotExist(err) {
		t.Errorf("error is %v", err)
	}
}

func TestFindingString(t *testing.T) {
	f := Finding{Code: "broken-link", Severity: document.Error, File: "a.xhtml", Line: 3, Message: "gone"}
	if got, want := f.String(), "a.xhtml:3: error: gone [broken-link]"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte("PK"))
	f.Add(good(f))
	f.Fuzz(func(t *testing.T, data []byte) { Read(data) })
}
