package export_test

import (
	"context"
	"html"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/internal/doctest"
	"github.com/twinpress/twinpress/layout"
)

// A wanted value of one of the shared cases, which lie beside the project where it is developed: what both editions say, and
// what neither does.
type wanted struct {
	path  string
	both  []string // that the text of both editions has
	none  []string // that neither has
	xhtml []string // patterns of the EPUB's pages
	opf   []string // patterns of its package document
	noOPF []string
	told  []string // in what is told of the build
	files []string // that are made, when they are not one EPUB and one PDF
}

var cases = []wanted{
	{path: "words/20-urls.md", xhtml: []string{`tx_ttnews%5Btt_news%5D=1234`, `page%5Bnumber%5D=2#p%5B3%5D`, `https://doi\.org/10\.1000/xyz`, `http://\[2001:db8::1\]/`},
		both: []string{"colon", "magnet", "caret"}, told: []string{"link-left-out"}},
	{path: "words/47-fnlink.md", both: []string{"As I said in the note about tides, and see", "compare the second note"},
		xhtml: []string{`<a [^>]*href="#note-1"[^>]*>the note about tides</a>`, `<a [^>]*href="#note-2"[^>]*>the second note</a>`}},
	{path: "words/08-tables.md", both: []string{"Source: own"}, xhtml: []string{`(?s)York.*Source: own`}},
	{path: "words/45-dd.md", both: []string{"It takes six hours."}, xhtml: []string{`(?s)<dd>\s*<p>The tide going out\.</p>\s*<p>It takes six hours\.</p>\s*</dd>`}},
	{path: "words/36-alerts.md", both: []string{"Caution", "Mind the tide", "Title only", "Are they folded?", "Tip", "Outer", "Important", "Someone"},
		none: []string{"[!"}, xhtml: []string{`Caution: Mind the <em>tide</em></strong></p>`}},
	{path: "words/49-german-68.md", both: []string{"Die ’68er und Hans’ Boot. Sommer ’89 in Grass’ Haus."}},
	{path: "words/31-quotes-hard.md", both: []string{"‘a’:‘b’"}},
	{path: "words/27-french.md", both: []string{"« collé »", "« Déjà espacé »"}, none: []string{"«collé»"}},
	{path: "words/05-cjk.md", both: []string{"「重要なこと」", "我想做的事。", "마크다운(Markdown)", "一行目の文は二行目に続く。"}, none: []string{"**", "*『"}},
	{path: "words/32-math.md", none: []string{`\sin`, "$h"}, both: []string{"Tide formula"}},
	{path: "words/50-labels-hu.md", xhtml: []string{`2020. május 7\.`, `>Jegyzetek<`}, none: []string{"By ", "Notes", "May 7"}},
	{path: "words/21-authors.md", noOPF: []string{`file-as">Ltd,`, `file-as">PhD,`, `file-as">Beethoven, Ludwig van`, `file-as">Jr\.`}},
	{path: "words/15-meta.md", opf: []string{`(?s)Ana Müller-Ő</dc:[^>]*>\s*<meta[^>]*>edt<`, `Li Wei`, `>Zoë &amp; Sons &lt;x&gt;<`}, told: []string{"2021-02-30"}},
	{path: "pages/entities-openings.md", opf: []string{`>Zoë Muñoz<`}, noOPF: []string{`Zo&amp;`, `person-2`}, both: []string{"XXIV."}},
	{path: "pages/ranges-dashes.md", both: []string{"1917–2017", "1914–18", "49–50", "123–127", "978-3-16-148410-0", "555-1234", "2010-02-18", "3–5 year", "1955–75", "rock ’n’ roll", "’68"},
		none: []string{"--", "“Quote ”"}},
	{path: "hugo/publish", both: []string{"The Book", "1999", "paper"}, none: []string{"Expired", "Future", "Headless", "Never"},
		xhtml: []string{`https://r\.example/essay/paper\.pdf`, `https://r\.example/essay/s\.mp3`}},
	{path: "hugo/dates", both: []string{"ok text"}, none: []string{"expired", "embargoed", "future", "headless text", "never text", "old_build", "2099"}},
	{path: "hugo/folder", files: []string{"folder-mag-7.epub", "folder-mag-7.pdf", "folder-mag-8.epub", "folder-mag-8.pdf"}, both: []string{"Text x7", "Text x8", "Text y8"}},
	{path: "hugo/bilingual", files: []string{"4"}, both: []string{"Text en", "Text de"}},
	{path: "hugo/authors", both: []string{"Jane Doe", "teaches printing in Leeds"}, none: []string{"jdoe"}, files: []string{"a-4.epub", "a-4.pdf", "a-5.epub", "a-5.pdf"}},
	{path: "hugo/otherformats", told: []string{"o.org", "ad.adoc"}, files: []string{"o-1.epub", "o-1.pdf"}, xhtml: []string{`<p[^>]*>x</p>(?s).*<p[^>]*>x</p>`}},
	{path: "hugo/media", xhtml: []string{`(?s)youtu.*</p>\s*<p`}},
	{path: "hugo/body", both: []string{"By Ada in Leeds", "🎉", "'straight' -- with typographer disabled...", "Title pos", "Hidden text", "Someone", "Table caption"},
		xhtml: []string{`<mark>marked</mark>`, `<ins>inserted</ins>`, `H<sub>2</sub>O`, `x<sup>2</sup>`, `<del>gone</del>`, `<br ?/>`}},
	{path: "hugo/samepicture"},
}

// TestCases builds the shared cases and looks for the right value of each in both editions.
func TestCases(t *testing.T) {
	root := "../../shared/cases"
	if _, err := os.Stat(root); err != nil {
		t.Skip("the shared cases do not lie beside the project")
	}
	for _, c := range cases {
		t.Run(c.path, func(t *testing.T) {
			t.Parallel()
			got := buildCase(t, filepath.Join(root, c.path))
			c.check(t, got)
		})
	}
}

// built is what came of a case.
type built struct {
	files           []string
	told            string
	epub, pdf       string // text
	xhtml, packages string
}

func (c *wanted) check(t *testing.T, got *built) {
	for name, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		for _, s := range c.both {
			if !strings.Contains(text, s) {
				t.Errorf("%s lacks %q", name, s)
			}
		}
		for _, s := range c.none {
			if strings.Contains(text, s) {
				t.Errorf("%s has %q", name, s)
			}
		}
		if t.Failed() && testing.Verbose() {
			t.Logf("%s: %s", name, text)
		}
	}
	for _, p := range c.xhtml {
		if !regexp.MustCompile(p).MatchString(got.xhtml) {
			t.Errorf("XHTML has no %s", p)
		}
	}
	for _, p := range c.opf {
		if !regexp.MustCompile(p).MatchString(got.packages) {
			t.Errorf("package document has no %s", p)
		}
	}
	for _, p := range c.noOPF {
		if regexp.MustCompile(p).MatchString(got.packages) {
			t.Errorf("package document has %s", p)
		}
	}
	for _, s := range c.told {
		if !strings.Contains(got.told, s) {
			t.Errorf("nothing is told of %q", s)
		}
	}
	switch {
	case len(c.files) == 1:
		if len(got.files) != 4 {
			t.Errorf("files %v", got.files)
		}
	case c.files != nil:
		if !slices.Equal(got.files, c.files) {
			t.Errorf("files %v", got.files)
		}
	case len(got.files) != 2:
		t.Errorf("files %v", got.files)
	}
}

func buildCase(t *testing.T, path string) *built {
	t.Helper()
	var out built
	var mu sync.Mutex
	pages := export.Format{Name: "text", Ext: "txt", Write: func(ctx context.Context, _ io.Writer, e *export.Edition) (export.Written, error) {
		set, _, err := e.Pages(ctx)
		mu.Lock()
		defer mu.Unlock()
		out.pdf += pagesText(set)
		return export.Written{}, err
	}}
	sink := export.SinkFunc(func(_ context.Context, name string, data []byte) error {
		if filepath.Ext(name) != ".txt" {
			out.files = append(out.files, name)
		}
		if filepath.Ext(name) == ".epub" {
			out.open(t, data)
		}
		return nil
	})
	res, err := export.Build(t.Context(), export.Path(path), export.Options{Formats: []string{"epub", "pdf", "text"}, MoreFormats: []export.Format{pages}, Sink: sink})
	if err != nil {
		t.Fatal(err, res.Problems)
	}
	slices.Sort(out.files)
	for _, p := range res.Problems {
		out.told += p.Error() + " [" + p.Code + "]\n"
	}
	out.epub, out.pdf = plainSpaces(out.epub), plainSpaces(out.pdf)
	return &out
}

var (
	aTag     = regexp.MustCompile(`(?s)<math.*?</math>|<[^>]*>`)
	newLines = regexp.MustCompile(`</(p|h\d|li|dd|dt|td|th|figcaption|div|section|blockquote|aside)>|<br ?/>`)
)

// open takes the pages and the package document out of an EPUB.
func (b *built) open(t *testing.T, data []byte) {
	for _, f := range doctest.Unzip(t, data) {
		text := f.Data
		switch {
		case strings.HasSuffix(f.Name, ".opf"):
			b.packages += string(text)
		case strings.HasSuffix(f.Name, ".xhtml") && !strings.HasSuffix(f.Name, "nav.xhtml"):
			_, body, _ := strings.Cut(string(text), "<body>")
			b.xhtml += body
			b.epub += html.UnescapeString(aTag.ReplaceAllString(newLines.ReplaceAllString(body, "$0\n"), ""))
		}
	}
}

func pagesText(pages []*layout.Page) string {
	var b strings.Builder
	for _, p := range pages {
		for a := range p.Areas {
			for _, it := range p.Areas[a].Items {
				l, ok := it.(*layout.Line)
				if !ok {
					continue
				}
				for _, r := range l.Runs {
					if !r.Artifact && !r.Hyphen {
						b.WriteString(r.Text)
					}
				}
				if n := len(l.Runs); n > 0 && l.Runs[n-1].Text == "" {
					b.WriteByte('\n')
				}
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// plainSpaces makes one space of every run of white space, of whatever width.
func plainSpaces(s string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "").Replace(s)), " ")
}
