package epub

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/svg"
)

func TestSameBytes(t *testing.T) {
	var one, two bytes.Buffer
	for _, w := range []io.Writer{&one, &two} {
		if _, err := Write(t.Context(), w, zoo(t), Options{Cover: jpegFile(t, 16, 25), Generator: "g"}); err != nil {
			t.Fatal(err)
		}
	}
	if !bytes.Equal(one.Bytes(), two.Bytes()) {
		t.Error("two writes of one issue differ")
	}
}

// wordsOf gives an XHTML file's text without markup, one space between words.
func wordsOf(t *testing.T, file string) string {
	t.Helper()
	var b strings.Builder
	d := xml.NewDecoder(strings.NewReader(file))
	body := false
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return strings.Join(strings.Fields(b.String()), " ")
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			body = body || tok.Name.Local == "body"
		case xml.CharData:
			if body {
				b.Write(tok)
			}
		}
	}
}

// Nothing of the document's text is lost on the way.
func TestEveryWord(t *testing.T) {
	issue := zoo(t)
	e, _ := write(t, "zoo-words", issue, Options{})
	for i, name := range []string{"every-kind", "gesprach-uber-tone", "empty", "article-4"} {
		got := wordsOf(t, e.file("xhtml/"+name+".xhtml"))
		document.WalkArticle(issue.Articles[i], func(n document.Node) bool {
			if x, ok := n.(*document.Text); ok && !strings.Contains(got, strings.Join(strings.Fields(x.Value), " ")) {
				t.Errorf("%s: %q is lost", name, x.Value)
			}
			return true
		})
	}
}

// A page marker stands before the very character that begins the PDF's page, in text, in code, in a link; one that
// begins in a note goes with the next, since notes stand elsewhere.
func TestPageMarkers(t *testing.T) {
	a := &document.Article{Path: "a.md", Slug: "a", Language: "en", Title: is("A title of five words")}
	code, link, foot, mark := tx("x := y & z"), tx("the linked words"), tx("in the note"), tx("P")
	body := tx("one two three four")
	a.Body = bs(para(body, note(a, para("Deep ", foot))), para(&document.Code{Text: code}, &document.Link{URL: "https://example.org/", Content: is(link)}, &document.EndMark{Text: mark}))
	title := a.Title[0].(*document.Text)
	other := &document.Article{Path: "b.md", Slug: "b", Language: "en", Title: is("B"), Body: bs(para("Text."))}
	issue := &document.Issue{Journal: document.Journal{Title: "J"}, Number: "1", Language: "en", Articles: []*document.Article{a, other}}
	at := func(label string, x *document.Text, word string) document.PageBreak {
		return document.PageBreak{Label: label, At: document.Spot{Article: a, Text: x, Offset: strings.Index(x.Value, word)}}
	}
	breaks := []document.PageBreak{
		{Label: "1", Front: "title"}, {Label: "2", Front: "imprint"}, {Label: "3", Front: "contents"}, {Label: "4"},
		at("5", title, "five"), at("6", body, "two"), at("7", body, "four"), at("8", foot, "the"), at("9", code, "& z"),
		at("10", link, "words"), at("11", mark, "P"), {Label: "12", At: document.Spot{Article: other}}, {Label: "13"}}
	for _, notes := range []string{NotesArticle, NotesIssue} {
		e, _ := write(t, "pages-"+notes, issue, Options{PageBreaks: breaks, Notes: notes, PageSource: "urn:isbn:9780000000002"})
		e.resolve()
		all := ""
		for _, part := range []string{"title", "contents", "a", "b", "notes", "colophon"} {
			all += e.files["xhtml/"+part+".xhtml"]
		}
		plain := regexp.MustCompile(`<span epub:type="pagebreak" role="doc-pagebreak" id="page-(\d+)" aria-label="(\d+)"></span>`).ReplaceAllString(all, "{$1}")
		for _, want := range []string{"A title of {5}five", "one {6}two three {7}four", "in the note", "x := y {8}{9}&amp; z", "the linked {10}words",
			"{11}\u00a0<span class=\"endmark\"", "{2}{3}", "{4}{5}"} {
			if want == "{4}{5}" {
				want = "A title of {4}{5}five" // a blank page goes with the next that has text
			}
			if want == "A title of {5}five" {
				continue
			}
			if !strings.Contains(plain, want) {
				t.Errorf("notes %s: %q is not in the text", notes, want)
			}
		}
		// The nav's list and the NCX's have the PDF's pages, all and in order.
		nav := e.file("nav.xhtml")
		nav = nav[strings.Index(nav, `epub:type="page-list"`):]
		nav = nav[:strings.Index(nav, "</nav>")]
		var labels []string
		for _, m := range regexp.MustCompile(`<a href="[^"]*">([^<]*)</a>`).FindAllStringSubmatch(nav, -1) {
			labels = append(labels, m[1])
		}
		if got, want := strings.Join(labels, " "), "1 2 3 4 5 6 7 8 9 10 11 12 13"; got != want {
			t.Errorf("the page list has %s, want %s", got, want)
		}
		if n := strings.Count(e.file("toc.ncx"), "<pageTarget "); n != 13 {
			t.Errorf("the NCX has %d pages, want 13", n)
		}
		if n := strings.Count(plain, "{"); n != 13 {
			t.Errorf("%d markers, want 13", n)
		}
	}
}

func TestTortureNotes(t *testing.T) {
	a := &document.Article{Path: "n.md", Slug: "notes-500", Language: "en", Title: is("Five hundred notes"), Date: day(2020, 1, 1)}
	p := para("Text")
	for i := range 500 {
		p.Content = append(p.Content, tx(" word"), note(a, para(fmt.Sprintf("Note %d.", i+1))))
	}
	a.Body = bs(p)
	e, _ := write(t, "notes-500", &document.Issue{Single: true, Articles: []*document.Article{a}, Language: "en"}, Options{})
	e.resolve()
	if n := strings.Count(e.file("xhtml/notes-500.xhtml"), `epub:type="noteref"`); n != 500 {
		t.Errorf("%d references", n)
	}
}

func TestTortureImages(t *testing.T) {
	a := &document.Article{Path: "i.md", Slug: "images-100", Language: "en", Title: is("A hundred images"), Date: day(2020, 1, 1)}
	for i := range 100 {
		im := &document.Image{Asset: assetOf(t, fmt.Sprintf("img/p%d.png", i), pngFile(t, 10+i, 8, false)), Alt: fmt.Sprint("Picture ", i)}
		a.Body = append(a.Body, figure("", im, fmt.Sprint("Figure ", i)))
	}
	e, _ := write(t, "images-100", &document.Issue{Single: true, Articles: []*document.Article{a}, Language: "en"}, Options{})
	e.resolve()
	if n := strings.Count(e.file("package.opf"), `media-type="image/png"`); n != 100 {
		t.Errorf("%d images in the manifest", n)
	}
}

func TestTortureLanguages(t *testing.T) {
	issue := &document.Issue{Journal: document.Journal{Title: "Polyglot"}, Number: "1", Language: "en", Date: day(2020, 1, 1)}
	for _, l := range []string{"en", "de", "fr", "es", "pt", "it", "nl", "pl", "cs", "ru", "el", "sq", "sv", "tr", "ar", "he", "ja", "zh-Hant"} {
		a := &document.Article{Path: l + ".md", Slug: l, Language: l, Title: is("Title in " + l), Authors: people("aut", "N. N."), Translators: people("trl", "A", "B", "C"), Date: day(2020, 1, 1)}
		a.Body = bs(para("Text", note(a, para("Note."))))
		issue.Articles = append(issue.Articles, a)
	}
	e, _ := write(t, "languages", issue, Options{})
	e.resolve()
	if !strings.Contains(e.file("xhtml/he.xhtml"), `lang="he" xml:lang="he" dir="rtl"`) {
		t.Error("Hebrew is not set from right to left")
	}
	for _, l := range []string{"el", "ar"} { // every issue language in turn, for the furniture
		issue.Language = l
		e, _ := write(t, "languages-"+l, issue, Options{PageBreaks: []document.PageBreak{{Label: "1", Front: "title"}}})
		e.resolve()
	}
}

func TestPictures(t *testing.T) {
	decode := func(p *picture) image.Image {
		t.Helper()
		if p.failed != nil {
			t.Fatal(p.failed)
		}
		img, _, err := image.Decode(bytes.NewReader(p.data))
		if err != nil {
			t.Fatal(err)
		}
		return img
	}
	raw := jpegFile(t, 40, 20)
	if p := preparePicture(&document.Asset{Data: raw}, Limits{}, nil); !bytes.Equal(p.data, raw) {
		t.Error("a good JPEG is not kept as it is")
	}
	for o := 1; o <= 8; o++ {
		img := decode(preparePicture(&document.Asset{Data: turned(t, 40, 20, o)}, Limits{}, nil))
		w, h := 40, 20
		if o >= 5 {
			w, h = 20, 40
		}
		if img.Bounds().Dx() != w || img.Bounds().Dy() != h {
			t.Errorf("orientation %d gives %v", o, img.Bounds())
		}
		// The drawing is dark red at the left, green at the foot: see that its top left corner went where EXIF says.
		corners := map[int][2]int{1: {0, 0}, 2: {w - 1, 0}, 3: {w - 1, h - 1}, 4: {0, h - 1}, 5: {0, 0}, 6: {w - 1, 0}, 7: {w - 1, h - 1}, 8: {0, h - 1}}
		r, g, _, _ := img.At(corners[o][0], corners[o][1]).RGBA()
		if r>>8 > 60 || g>>8 > 60 {
			t.Errorf("orientation %d: the corner went astray (%d, %d)", o, r>>8, g>>8)
		}
	}
	shrunk := preparePicture(&document.Asset{Data: pngFile(t, 400, 200, true)}, Limits{MaxPixels: 5000}, nil)
	small := decode(shrunk)
	if s := small.Bounds(); s.Dx()*s.Dy() > 5000 || s.Dx() < 90 {
		t.Errorf("bounded to %v", s)
	}
	clear := 0
	for x := range small.Bounds().Dx() {
		if _, _, _, a := small.At(x, 0).RGBA(); a < 0x8000 {
			clear++
		}
	}
	if shrunk.media != "image/png" || clear == 0 {
		t.Errorf("a transparent picture becomes opaque on being scaled (%s)", shrunk.media)
	}
	fewer := preparePicture(&document.Asset{Data: jpegFile(t, 600, 400)}, Limits{MaxBytes: 6000}, nil)
	if decode(fewer); len(fewer.data) > 6000 {
		t.Errorf("%d bytes", len(fewer.data))
	}
	cmyk := image.NewCMYK(image.Rect(0, 0, 8, 8))
	for i := range cmyk.Pix {
		cmyk.Pix[i] = 40
	}
	if p := encode(cmyk, true, Limits{MaxPixels: 100, MaxBytes: 10000}); p.media != "image/jpeg" {
		t.Errorf("CMYK becomes %s", p.media)
	} else if cfg, err := jpeg.DecodeConfig(bytes.NewReader(p.data)); err != nil || cfg.ColorModel == color.CMYKModel {
		t.Errorf("CMYK stays CMYK: %v", err)
	}
	if p := preparePicture(&document.Asset{Data: []byte("GIF89a nonsense")}, Limits{}, nil); p.failed == nil {
		t.Error("a broken GIF passes")
	}
	var p16 bytes.Buffer
	if err := png.Encode(&p16, image.NewGray16(image.Rect(0, 0, 3, 3))); err != nil {
		t.Fatal(err)
	}
	if p := preparePicture(&document.Asset{Data: p16.Bytes()}, Limits{}, nil); p.failed != nil {
		t.Error(p.failed)
	}
}

func TestCleanSVG(t *testing.T) {
	got, _, err := svg.Clean([]byte(svgFile))
	if err != nil {
		t.Fatal(err)
	}
	for _, bad := range []string{"script", "onload", "example.org", "inkscape", "DOCTYPE", "@import"} {
		if bytes.Contains(got, []byte(bad)) {
			t.Errorf("%q is left in %s", bad, got)
		}
	}
	for _, good := range []string{`xmlns="http://www.w3.org/2000/svg"`, `url(#g)`, "A &amp; B", `viewBox="0 0 100 60"`} {
		if !bytes.Contains(got, []byte(good)) {
			t.Errorf("%q is lost from %s", good, got)
		}
	}
	for _, bad := range []string{"<svg>", "<svg></g>", "<html/>", "", "<svg/><svg/>"} {
		if out, _, err := svg.Clean([]byte(bad)); err == nil {
			t.Errorf("%q passes as %s", bad, out)
		}
	}
}

func FuzzCleanSVG(f *testing.F) {
	f.Add([]byte(svgFile))
	f.Add([]byte(`<svg:svg xmlns:svg="http://www.w3.org/2000/svg"><svg:path d="M0 0"/></svg:svg>`))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, _, err := svg.Clean(data)
		if err != nil {
			return
		}
		d := xml.NewDecoder(bytes.NewReader(out))
		for {
			if _, err := d.RawToken(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("%q became %q: %v", data, out, err)
			}
		}
	})
}

func FuzzEscape(f *testing.F) {
	f.Add("a<b & \"c\" > d\x00\r\n\ufffe")
	f.Fuzz(func(t *testing.T, s string) {
		d := xml.NewDecoder(strings.NewReader(`<a b="` + esc(s) + `">` + esc(s) + "</a>"))
		for {
			if _, err := d.Token(); err == io.EOF {
				return
			} else if err != nil {
				t.Fatalf("%q: %v", s, err)
			}
		}
	})
}

func TestIdentifierStays(t *testing.T) {
	issue := zoo(t)
	one := identify(issue)
	issue.Articles[0].Title = is("Retitled")
	if two := identify(issue); one[0] != two[0] {
		t.Error("a changed title makes another publication")
	}
	issue.ISBN, issue.DOI = "978-0-00-000000-2", "https://doi.org/10.1000/182"
	ids := identify(issue)
	if ids[0].value != "urn:isbn:9780000000002" || ids[1].value != "doi:10.1000/182" || len(ids) != 3 {
		t.Errorf("identifiers are %v", ids)
	}
	issue.Number = "8"
	if two := identify(issue); one[0] == two[2] {
		t.Error("another number is the same publication")
	}
}

func TestModified(t *testing.T) {
	e, _ := write(t, "modified", zoo(t), Options{Modified: time.Date(2025, 6, 7, 8, 9, 10, 0, time.UTC)})
	if !strings.Contains(e.file("package.opf"), `<meta property="dcterms:modified">2025-06-07T08:09:10Z</meta>`) {
		t.Error("the package is not dated as asked")
	}
}

func BenchmarkArticle(b *testing.B) {
	issue := zoo(b)
	issue.Single, issue.Articles = true, issue.Articles[:1]
	a := issue.Articles[0]
	for i := range 30 {
		a.Body = append(a.Body, para(strings.Repeat("The quick brown fox jumps over the lazy dog. ", 20), note(a, para(fmt.Sprintf("Note %d.", i)))))
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := Write(context.Background(), io.Discard, issue, Options{}); err != nil {
			b.Fatal(err)
		}
	}
}

func TestParallel(t *testing.T) {
	issue := zoo(t)
	var want bytes.Buffer
	if _, err := Write(t.Context(), &want, issue, Options{}); err != nil {
		t.Fatal(err)
	}
	done := make(chan []byte)
	for range 8 {
		go func() {
			var b bytes.Buffer
			Write(t.Context(), &b, issue, Options{})
			done <- b.Bytes()
		}()
	}
	for range 8 {
		if !bytes.Equal(<-done, want.Bytes()) {
			t.Error("an edition written beside others differs")
		}
	}
}

func TestNothingToWrite(t *testing.T) {
	for _, single := range []bool{true, false} {
		if _, err := Write(t.Context(), io.Discard, &document.Issue{Single: single, Language: "en"}, Options{}); err == nil {
			t.Errorf("an issue without articles is written (single: %v)", single)
		}
	}
}

// A cover that cannot be read is reported, and its page stands at what comes first.
func TestBrokenCover(t *testing.T) {
	issue := &document.Issue{Journal: document.Journal{Title: "J"}, Number: "1", Language: "en",
		Articles: []*document.Article{{Path: "a.md", Slug: "a", Language: "en", Title: is("A"), Body: bs(para("Text."))}}}
	e, problems := write(t, "broken-cover", issue, Options{Cover: []byte("no picture"), PageBreaks: []document.PageBreak{{Label: "1", Front: "cover"}, {Label: "2", Front: "title"}}})
	e.resolve()
	if len(problems) != 1 || problems[0].Code != "bad-image" {
		t.Errorf("problems are %v", problems)
	}
}

// A link between articles is internal in an issue; in an offprint it becomes the article's public address when that is
// known, and words alone when it is not.
func TestOffprintLinks(t *testing.T) {
	other := &document.Article{Path: "content/b.md", Slug: "b", Language: "en", Title: is("B"), Body: bs(head(1, "part", "Part"), para("Text."))}
	a := &document.Article{Path: "content/a.md", Slug: "a", Language: "en", Title: is("A"),
		Body: bs(para("See ", &document.Link{Article: other, Anchor: "part", Content: is("the part")}, "."))}
	whole := &document.Issue{Journal: document.Journal{Title: "J", BaseURL: "https://example.org/"}, Number: "1", Language: "en", Articles: []*document.Article{a, other}}
	want := func(issue *document.Issue, html string) {
		t.Helper()
		e, _ := write(t, "offprint", issue, Options{})
		e.resolve()
		if got := e.file("xhtml/a.xhtml"); !strings.Contains(got, html) {
			t.Errorf("no %s in %s", html, got)
		}
	}
	want(whole, `<a href="b.xhtml#part">the part</a>`)
	alone := *whole
	alone.Single, alone.Articles = true, whole.Articles[:1]
	want(&alone, "See the part.")
	alone.SitePaths = map[string]string{"content/b.md": "/posts/b/"}
	want(&alone, `<a href="https://example.org/posts/b/#part">the part</a>`)
	other.URL = "https://journal.example/b/"
	want(&alone, `<a href="https://journal.example/b/#part">the part</a>`)
}

// References that stand in a link, in which no other link may stand, come after it; nothing is lost.
func TestNoteInLink(t *testing.T) {
	a := &document.Article{Path: "a.md", Slug: "a", Language: "en", Title: is("A")}
	a.Body = bs(para(&document.Link{URL: "https://example.org/", Content: is("before ", em("in", note(a, para("N."))), " after")}, "."))
	e, _ := write(t, "note-in-link", &document.Issue{Single: true, Language: "en", Articles: []*document.Article{a}}, Options{})
	e.resolve()
	if got, want := e.file("xhtml/a.xhtml"), `>before <em>in</em> after</a><a id="noteref-1"`; !strings.Contains(got, want) {
		t.Errorf("no %s in %s", want, got)
	}
}
