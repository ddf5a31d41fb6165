package export_test

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"
	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
)

// volumeSite is three issues of a volume and one of the next. Each has an editorial and letters of the same names.
func volumeSite(t *testing.T) string {
	t.Helper()
	a, err := txtar.ParseFile("testdata/volume/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	for _, f := range a.Files {
		write(t, dir, f.Name, string(f.Data))
	}
	return dir
}

// marksOf lists a PDF's bookmarks with their pages, a level's below it.
func marksOf(t *testing.T, pdf []byte) string {
	t.Helper()
	labels := labelsOf(t, pdf)
	all, err := api.Bookmarks(bytes.NewReader(pdf), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	var list func([]pdfcpu.Bookmark, string)
	list = func(ms []pdfcpu.Bookmark, indent string) {
		for _, m := range ms {
			fmt.Fprintf(&b, "%s%s %s\n", indent, m.Title, labels[m.PageFrom-1])
			list(m.Kids, indent+"  ")
		}
	}
	list(all, "")
	return b.String()
}

// partsOf lists the parts of a PDF's structure with the titles of the articles in each.
func partsOf(t *testing.T, pdf []byte) (parts []string) {
	t.Helper()
	ctx, err := api.ReadContext(bytes.NewReader(pdf), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	root, _ := ctx.Catalog()
	title := func(d types.Dict) string {
		s, err := ctx.DereferenceStringOrHexLiteral(d["T"], model.V10, nil)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	var walk func(o types.Object, in int)
	walk = func(o types.Object, in int) {
		switch o, _ := ctx.Dereference(o); o := o.(type) {
		case types.Array:
			for _, k := range o {
				walk(k, in)
			}
		case types.Dict:
			switch s := o.NameEntry("S"); {
			case s == nil:
			case *s == "Part":
				parts, in = append(parts, title(o)+":"), len(parts)+1
			case *s == "Art" && in > 0:
				parts[in-1] += " " + title(o) + ","
			}
			walk(o["K"], in)
		}
	}
	walk(root["StructTreeRoot"], 0)
	return parts
}

// TestTortureVolume reads a volume back from both editions, in each style: the issues are parts, each with what is its own, the
// journal's matter stands once, and both say the same. With TORTURE_DIR set the files are kept there, for `make conformance`.
func TestTortureVolume(t *testing.T) {
	for _, style := range export.Styles() {
		t.Run(style, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if keep := os.Getenv("TORTURE_DIR"); keep != "" {
				dir = filepath.Join(keep, "volume-"+style)
			}
			site := volumeSite(t)
			res := build(t, site, export.Options{Volumes: []string{"3"}, Style: style, Dir: dir})
			for _, p := range res.Problems {
				t.Errorf("%v", p)
			}
			files := read(t, res)
			epub, pdf := files["room-volume-3.epub"], files["room-volume-3.pdf"]
			if epub == nil || pdf == nil || len(files) != 2 {
				t.Fatalf("made %v", res.Files)
			}
			found, tally := check.Parity(epub, pdf)
			for _, f := range found {
				t.Errorf("%v", f)
			}
			if want := map[string]int{"broadsheet": 11}[style]; tally.Articles != cmp.Or(want, 12) || tally.Notes != 11 { // a broadsheet's masthead stands on its cover
				t.Errorf("compared %+v", tally)
			}
			want := []string{"Volume 3, Issue 10: Editorial, Letters, The measure,", "Volume 3, Issue 11: Editorial, Letters, An essay in two, Corrections,",
				"Volume 3, Issue 12: Editorial, Letters, An essay in two, Leading,"}
			if got := partsOf(t, pdf); !slices.Equal(got, want) {
				t.Errorf("the structure has the parts\n%q\nwant\n%q", got, want)
			}
			again := read(t, build(t, site, export.Options{Volumes: []string{"vol. 3"}, Style: style, Jobs: 1}))
			if !bytes.Equal(again["room-volume-3.epub"], epub) || !bytes.Equal(again["room-volume-3.pdf"], pdf) {
				t.Error("two builds differ")
			}
		})
	}
}

const volumeMarks = `Title page front
Masthead front
  Statement of purpose front
Contents front
Issue 10: Rules 1
  Editorial 2
  Letters 3
    Head 3
  The measure 4
    Head 4
  Contributors 5
Issue 11: Leads 7
  Editorial 8
  Letters 9
    Head 9
  An essay in two 10
  Corrections 11
  Contributors 12
Issue 12 13
  Editorial 14
  Letters 15
    Head 15
  An essay in two 16
  Leading 17
  Contributors 18
Index of names 19
Accessibility 20
`

// TestVolumeNavigation follows the ways into a volume: bookmarks, contents, landmarks, pages, and links from issue to issue.
func TestVolumeNavigation(t *testing.T) {
	files := read(t, build(t, volumeSite(t), export.Options{Volumes: []string{"3"}, Formats: []string{"epub,pdf"}}))
	epub, pdf := files["room-volume-3.epub"], files["room-volume-3.pdf"]
	if got := marksOf(t, pdf); got != volumeMarks {
		t.Errorf("bookmarks:\n%s", got)
	}
	nav := entry(t, epub, "EPUB/nav.xhtml")
	contents := entry(t, epub, "EPUB/xhtml/contents.xhtml")
	for text, in := range map[string]string{
		"xhtml/part-11.xhtml\">Issue 11: Leads</a>\n<ol>\n<li><a href=\"xhtml/editorial-11.xhtml#article\">Editorial</a></li>\n<li><a href=\"xhtml/letters-11.xhtml#article\">": nav,
		"xhtml/contributors-11.xhtml\">Contributors</a></li>\n</ol>\n</li>\n<li><a href=\"xhtml/part-12.xhtml\">Issue 12</a>":                                                   nav,
		"</ol>\n</li>\n<li><a href=\"xhtml/index.xhtml\">":                  nav,
		`<a epub:type="bodymatter" href="xhtml/part-10.xhtml">`:             nav,
		`<a href="xhtml/part-11.xhtml#page-7">7</a>`:                        nav,
		`<a href="xhtml/contributors-12.xhtml#page-18">18</a>`:              nav,
		`<li class="part"><a class="title" href="part-10.xhtml">Issue 10: `: contents,
		`<a class="title" href="letters-12.xhtml#article">Letters</a>`:      contents,
		`<a href="letters-12.xhtml#article">the next letters</a>`:           entry(t, epub, "EPUB/xhtml/letters-11.xhtml"),
		`<a href="measure.xhtml#head">the measure</a>`:                      entry(t, epub, "EPUB/xhtml/letters-12.xhtml"),
		`<a href="letters.xhtml#article">letters</a>`:                       entry(t, epub, "EPUB/xhtml/editorial-10.xhtml"),
		`First note of 11.`:                                            entry(t, epub, "EPUB/xhtml/letters-11.xhtml"),
		`href="essay-12.xhtml#article"`:                                entry(t, epub, "EPUB/xhtml/contributors-12.xhtml"),
		`epub:type="part" role="doc-part"`:                             entry(t, epub, "EPUB/xhtml/part-10.xhtml"),
		`alt="A white circle"`:                                         entry(t, epub, "EPUB/xhtml/part-10.xhtml"),
		`Spring 2026 – Winter 2026/27`:                                 entry(t, epub, "EPUB/xhtml/title.xhtml"),
		`<dc:title id="title">The Composing Room, Volume 3</dc:title>`: entry(t, epub, "EPUB/package.opf"),
		`>Guest 11</dc:contributor>`:                                   entry(t, epub, "EPUB/package.opf"),
		`property="group-position">3</meta>`:                           entry(t, epub, "EPUB/package.opf"),
	} {
		if !strings.Contains(in, text) {
			t.Errorf("there is no %s in\n%s", text, in)
		}
	}
	for _, text := range []string{"Lead", "Reader 12"} {
		if strings.Contains(entry(t, epub, "EPUB/xhtml/contributors-10.xhtml"), text) {
			t.Errorf("the contributors of issue 10 name %s", text)
		}
	}
	if masthead := regexp.MustCompile(`(?s)<itemref idref="part-masthead"`).FindAllString(entry(t, epub, "EPUB/package.opf"), -1); len(masthead) != 1 {
		t.Errorf("%d mastheads", len(masthead))
	}
}

// TestVolumeNotes: where an EPUB's notes stand in one chapter, they stand there by issue, behind the last.
func TestVolumeNotes(t *testing.T) {
	epub := read(t, build(t, volumeSite(t), export.Options{Volumes: []string{"3"}, Notes: "issue", NoPageList: true, Formats: []string{"epub"}}))["room-volume-3.epub"]
	notes := entry(t, epub, "EPUB/xhtml/notes.xhtml")
	at := 0
	for _, text := range []string{"<h2>Issue 10: Rules</h2>", `<h3><a href="letters.xhtml#article">Letters</a></h3>`, `id="letters-note-1"`, "<h2>Issue 11: Leads</h2>",
		`<h3><a href="letters-11.xhtml#article">Letters</a></h3>`, `id="letters-11-note-1"`, "First note of 11.", "<h2>Issue 12</h2>"} {
		i := strings.Index(notes[at:], text)
		if i < 0 {
			t.Fatalf("no %s from byte %d of\n%s", text, at, notes)
		}
		at += i
	}
	if !strings.Contains(entry(t, epub, "EPUB/package.opf"), `<itemref idref="part-contributors-12"/>`+"\n"+`<itemref idref="part-notes"/>`) {
		t.Error("the notes do not stand behind the last issue")
	}
}

// TestBindOne: one issue that is bound is the issue itself, since it has its file name and identifier.
func TestBindOne(t *testing.T) {
	site := volumeSite(t)
	files := func(opts export.Options) map[string][]byte {
		opts.Formats, opts.Issues = []string{"epub,pdf,csl"}, []string{"10"}
		return read(t, build(t, site, opts))
	}
	issue, bound := files(export.Options{}), files(export.Options{Bind: true})
	if len(issue) < 3 || len(bound) != len(issue) {
		t.Errorf("%d and %d files", len(issue), len(bound))
	}
	for name, data := range issue {
		if !bytes.Equal(bound[name], data) {
			t.Errorf("%s is another when it is bound", name)
		}
	}
}

// TestVolumeReferences: a volume is a work of its own, and its articles are cited by their issues, by the same keys as there, but by no
// pages of the volume.
func TestVolumeReferences(t *testing.T) {
	site := volumeSite(t)
	works := func(opts export.Options) (out []map[string]any) {
		opts.Formats = []string{"pdf,csl"}
		for name, data := range read(t, build(t, site, opts)) {
			var some []map[string]any
			if strings.HasSuffix(name, ".csl.json") {
				if err := json.Unmarshal(data, &some); err != nil {
					t.Fatal(err)
				}
				out = append(out, some...)
			}
		}
		return out
	}
	ofVolume, ofIssues := works(export.Options{Volumes: []string{"3"}}), works(export.Options{Issues: []string{"10", "11", "12"}})
	if w := ofVolume[0]; w["type"] != "periodical" || w["volume"] != "3" || w["issue"] != nil {
		t.Errorf("the volume is %v", w)
	}
	byKey := map[any]map[string]any{}
	for _, w := range ofIssues {
		byKey[w["id"]] = w
	}
	if len(ofVolume) != 8 {
		t.Errorf("%d works", len(ofVolume))
	}
	for _, w := range ofVolume[1:] {
		issue := byKey[w["id"]]
		if issue == nil || w["page"] != nil || issue["page"] == nil {
			t.Errorf("%v is in its issue %v", w, issue)
			continue
		}
		delete(issue, "page")
		delete(issue, "page-first")
		if got, want := fmt.Sprint(w), fmt.Sprint(issue); got != want {
			t.Errorf("in the volume\n%s\nin its issue\n%s", got, want)
		}
	}
}

// TestVolumeCatalogue: catalogues and a printer's cover tell of a volume as of one, and its cover bears no bar code of an issue.
func TestVolumeCatalogue(t *testing.T) {
	files := read(t, build(t, volumeSite(t), export.Options{Volumes: []string{"3"}, Formats: []string{"epub,pdf,wrap,pages,opds"}}))
	var feed struct {
		Publications []struct {
			Metadata map[string]any `json:"metadata"`
		} `json:"publications"`
	}
	var pages struct {
		Issues   []map[string]any            `json:"issues"`
		Articles map[string][]map[string]any `json:"articles"`
	}
	for name, v := range map[string]any{"opds.json": &feed, "pages.json": &pages} {
		if err := json.Unmarshal(files[name], v); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
	}
	if p := feed.Publications; len(p) != 1 || p[0].Metadata["title"] != "The Composing Room 3" || p[0].Metadata["@type"] != "http://schema.org/PublicationVolume" {
		t.Errorf("the catalogue has %v", p)
	}
	if is := pages.Issues; len(is) != 1 || is[0]["volume"] != "3" || is[0]["number"] != nil || len(is[0]["articles"].([]any)) != 7 {
		t.Errorf("pages.json has %v", is)
	}
	if as := pages.Articles["issues/11/essay.md"]; len(as) != 2 || as[0]["issue"] != "11" || as[1]["issue"] != "12" || as[0]["pages"] != nil {
		t.Errorf("an article of two issues is %v", as)
	}
	issue := read(t, build(t, volumeSite(t), export.Options{Issues: []string{"10"}, Formats: []string{"wrap"}}))["room-10.wrap.pdf"]
	if volume, issue := altsOf(t, files["room-volume-3.wrap.pdf"]), altsOf(t, issue); strings.Contains(volume, "EAN 977") || !strings.Contains(issue, "EAN 977") {
		t.Errorf("the printer's cover shows %q, and that of an issue %q", volume, issue)
	}
}

// altsOf gives what a PDF says of its pictures.
func altsOf(t *testing.T, pdf []byte) (alts string) {
	t.Helper()
	ctx, err := api.ReadContext(bytes.NewReader(pdf), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	for nr := range ctx.Table {
		o, err := ctx.Dereference(*types.NewIndirectRef(nr, 0))
		if err != nil {
			t.Fatal(err)
		}
		if d, ok := o.(types.Dict); ok && d["Alt"] != nil {
			s, err := ctx.DereferenceStringOrHexLiteral(d["Alt"], model.V10, nil)
			if err != nil {
				t.Fatal(err)
			}
			alts += s + "\n"
		}
	}
	return alts
}

// TestVolumeLanguages: of a site in two languages a volume is an edition in each, and issues without volumes are bound by their years.
func TestVolumeLanguages(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "hugo.toml", "title = 'Blatt'\ndefaultContentLanguage = 'en'\n[languages.en]\n[languages.de]\n")
	for _, n := range []string{"1", "2", "3"} {
		year := map[string]string{"1": "2018-03-01", "2": "2018-09-09", "3": "2019-01-01"}[n]
		for lang, title := range map[string]string{"": "Alpha", ".de": "Alfa"} {
			write(t, dir, "content/a"+n+lang+".md", "---\ntitle: "+title+"\nissue: "+n+"\ndate: "+year+"\n---\nText "+n+lang+".\n")
		}
	}
	files := read(t, build(t, dir, export.Options{Volumes: []string{"2018"}, Formats: []string{"epub"}}))
	for name, want := range map[string]string{"blatt-volume-2018.epub": "March – September 2018", "blatt-volume-2018-de.epub": "März – September 2018"} {
		if files[name] == nil || len(files) != 2 {
			t.Fatalf("no %s", name)
		}
		if title := entry(t, files[name], "EPUB/xhtml/title.xhtml"); !strings.Contains(title, want) {
			t.Errorf("%s: no %q in\n%s", name, want, title)
		}
	}
	if part := entry(t, files["blatt-volume-2018-de.epub"], "EPUB/xhtml/part-2.xhtml"); !strings.Contains(part, "<h1 id=\"title\">Ausgabe 2</h1>") {
		t.Errorf("%s", part)
	}
	files = read(t, build(t, dir, export.Options{Issues: []string{"3", "1"}, Bind: true, Language: "de", Formats: []string{"epub"}}))
	if files["blatt-3_1-de.epub"] == nil {
		t.Errorf("made %v", files)
	}
	_, err := export.Build(context.Background(), export.Path(dir), export.Options{Volumes: []string{"2020"}, Dir: t.TempDir()})
	if !errors.Is(err, export.ErrNotFound) || err.Error() != `no volume "2020"; there are: 2018, 2019` {
		t.Error(err)
	}
}
