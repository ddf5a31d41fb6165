package jats

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/doctest"
	"github.com/twinpress/twinpress/export/internal/reference"
)

// unpacked writes an archive, twice, and gives its files.
func unpacked(t testing.TB, works []*reference.Work, paths map[string]string) map[string]string {
	t.Helper()
	var b, again bytes.Buffer
	if err := Write(&b, works, paths); err != nil {
		t.Fatal(err)
	}
	if err := Write(&again, works, paths); err != nil || !bytes.Equal(b.Bytes(), again.Bytes()) {
		t.Fatal("two archives differ")
	}
	out := map[string]string{}
	for _, f := range doctest.Unzip(t, b.Bytes()) {
		out[f.Name] = string(f.Data)
	}
	return out
}

// sound reads an article: its XML is well-formed, no id stands twice, every reference leads to one that is there, and every picture
// is in the archive. It gives the text.
func sound(t testing.TB, name, text string, files map[string]string) string {
	t.Helper()
	ids, refs := map[string]bool{}, map[string]bool{}
	var words strings.Builder
	d := xml.NewDecoder(strings.NewReader(text))
	for {
		tok, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatalf("%s: %v\n%s", name, err, text)
		}
		switch tok := tok.(type) {
		case xml.CharData:
			words.Write(tok)
		case xml.StartElement:
			for _, a := range tok.Attr {
				switch a.Name.Local {
				case "id":
					if ids[a.Value] {
						t.Errorf("%s: the id %s stands twice", name, a.Value)
					}
					ids[a.Value] = true
				case "rid":
					refs[a.Value] = true
				case "href":
					if _, ok := files[name[:strings.LastIndex(name, "/")+1]+a.Value]; !ok && strings.HasSuffix(tok.Name.Local, "graphic") {
						t.Errorf("%s: the picture %s is not in the archive", name, a.Value)
					}
				}
			}
		}
	}
	for r := range refs {
		if !ids[r] {
			t.Errorf("%s: a reference leads to %s, which is nowhere", name, r)
		}
	}
	return words.String()
}

func TestArticle(t *testing.T) {
	text := func(s string) []document.Inline { return document.Line(s) }
	para := func(is ...document.Inline) document.Block { return &document.Paragraph{Content: is} }
	note := &document.Note{Number: 1, Blocks: []document.Block{para(&document.Text{Value: "The note."})}}
	png := &document.Asset{Name: "static/a b.png", MediaType: "image/png", Data: []byte("png")}
	other := &document.Article{Path: "content/other.md", Slug: "other"}
	a := &document.Article{Slug: "1-the-measure", Title: []document.Inline{&document.Text{Value: "The "}, &document.Styled{Kind: document.Emphasis, Content: text("Measure")}}, Subtitle: text("A & B"),
		Kicker: text("Interview"), Language: "en-GB", Authors: []document.Person{{Name: "Ada Lane", ORCID: "0000-0002-1825-0097"}, {Name: "Judith Hallam Vane"}, {Name: "The Print Workers"}},
		Notes: []*document.Note{note}, DOI: "10.5555/1", URL: "https://x.example/1", Tags: []string{"type"}, AuthorNotes: []document.Block{para(&document.Text{Value: "She lives."})}}
	heading := func(level int, id, s string) document.Block {
		h := &document.Heading{Level: level, Content: text(s)}
		h.ID = id
		return h
	}
	a.Body = []document.Block{
		para(&document.Speaker{Content: text("Q:")}, &document.Text{Value: " Why?"}, &document.NoteRef{Note: note, Index: 1}),
		heading(1, "one", "One"), para(&document.Text{Value: "In one "}, &document.Link{Article: a, Anchor: "3 three", Content: text("to three")}, &document.Link{Article: a, Anchor: "gone", Content: text(" to nowhere")}),
		heading(2, "", "Below one"), para(&document.Link{Article: other, Anchor: "x", Content: text("other")}),
		heading(1, "3 three", "Three"),
		&document.List{Ordered: true, Start: 4, Items: []*document.ListItem{{Blocks: []document.Block{para(&document.Text{Value: "four"}), &document.CodeBlock{Text: "x < y"}}}}},
		&document.Figure{Images: []*document.Image{{Asset: png, Alt: "A press"}}, Caption: text("Caption"), Credit: text("Credit")},
		para(&document.Link{URL: "https://y.example/?a=1&b=2", Content: []document.Inline{&document.Image{Asset: png, Alt: "Icon"}}}),
		para(&document.Math{TeX: "a<b"}),
	}
	is := &document.Issue{Journal: document.Journal{Title: "Ink & Iron", Publisher: "P", Rights: "© P"}, Number: "7", Volume: "2", Language: "en-GB",
		Date: document.Date{Time: time.Date(2026, 3, 1, 0, 0, 0, 0, time.UTC), Precision: 2}, Articles: []*document.Article{a}}
	works := reference.Works(is, func(*document.Article) reference.Pages { return reference.Pages{First: "3", Last: "9", Count: 7} })
	files := unpacked(t, works, map[string]string{"content/other.md": "https://x.example/other/"})
	if names := slices.Sorted(maps.Keys(files)); !slices.Equal(names, []string{"x1-the-measure/a_20b.png", "x1-the-measure/x1-the-measure.xml"}) {
		t.Fatalf("%q", names)
	}
	s := files["x1-the-measure/x1-the-measure.xml"]
	sound(t, "x1-the-measure/x1-the-measure.xml", s, files)
	for _, want := range []string{`article-type="discussion" xml:lang="en-GB"`, "<issn/>", `<article-id pub-id-type="doi">10.5555/1</article-id>`, "<article-title>The <italic>Measure</italic></article-title>",
		"<subtitle>A &amp; B</subtitle>", "<name><surname>Lane</surname>\n<given-names>Ada</given-names>", "<string-name>Judith Hallam Vane</string-name>", "<collab>The Print Workers</collab>",
		`iso-8601-date="2026-03"><month>03</month><year>2026</year>`, "<fpage>3</fpage>\n<lpage>9</lpage>", `<page-count count="7"/>`, "<speech><speaker>Q:</speaker><p> Why?<xref",
		`<xref ref-type="fn" rid="fn--1"><sup>1</sup></xref>`, `<sec id="one">`, "<sec>\n<title>Below one</title>", "</sec>\n</sec>\n" + `<sec id="x3_20three">`, `<xref rid="x3_20three">to three</xref> to nowhere`,
		`<ext-link ext-link-type="uri" xlink:href="https://x.example/other/#x">other</ext-link>`, "list-type=\"simple\">\n<list-item><label>4.</label>", `<p><preformat preformat-type="code">x &lt; y</preformat>`,
		`<graphic xlink:href="a_20b.png" mimetype="image" mime-subtype="png"><alt-text>A press</alt-text>`, "<attrib>Credit</attrib>", `a=1&amp;b=2">Icon</ext-link><inline-graphic`, "<tex-math>a&lt;b</tex-math>",
		`<notes notes-type="about-the-author">`, `<fn id="fn--1">`} {
		if !strings.Contains(s, want) {
			t.Errorf("%s is not in\n%s", want, s)
		}
	}
}

// TestZoo: whatever a document is built of, the XML is sound, and every word of it is there.
func TestZoo(t *testing.T) {
	for _, seed := range doctest.Seeds(12) {
		is := doctest.Issue(seed)
		if document.Check(is) != nil {
			continue
		}
		files := unpacked(t, reference.Works(is, nil), is.SitePaths)
		for name, text := range files {
			if !strings.HasSuffix(name, ".xml") {
				continue
			}
			sound(t, name, text, files)
		}
	}
}

// TestWords: every word of a text is in its JATS.
func TestWords(t *testing.T) {
	is := doctest.Issue(doctest.Seeds(1)[0])
	for _, w := range reference.Works(is, nil) {
		if w.Article == nil {
			continue
		}
		files := unpacked(t, []*reference.Work{w}, nil)
		var got string
		for name, text := range files {
			if strings.HasSuffix(name, ".xml") {
				got += sound(t, name, text, files)
			}
		}
		document.WalkBlocks(w.Article.Body, func(n document.Node) bool {
			if x, ok := n.(*document.Text); ok && x != nil && x.Value == strings.ToValidUTF8(x.Value, "") && !strings.ContainsFunc(x.Value, func(r rune) bool { return r < 0x20 || r > 0x7e }) && !strings.Contains(got, x.Value) {
				t.Errorf("%q is not there", x.Value)
			}
			return true
		})
	}
}
