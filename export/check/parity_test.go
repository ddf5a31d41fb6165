package check_test

import (
	"archive/zip"
	"bytes"
	"context"
	"image"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// editions builds a source and gives its EPUBs and PDFs by name.
func editions(t *testing.T, source string, opts export.Options) map[string][]byte {
	t.Helper()
	files := map[string][]byte{}
	opts.Sink = export.SinkFunc(func(_ context.Context, name string, data []byte) error {
		files[name] = slices.Clone(data)
		return nil
	})
	if _, err := export.Build(t.Context(), export.Path(source), opts); err != nil {
		t.Logf("%s: %v", source, err) // what could not be made is not compared
	}
	return files
}

// TestParity finds no difference between the editions that the press makes: the samples in each style with their offprints,
// and the shared corpus when it lies beside the project.
func TestParity(t *testing.T) {
	pairs := 0
	compare := func(files map[string][]byte) {
		pairs += eachPair(files, func(name string, found []check.Finding, tally check.Tally) {
			for _, f := range found {
				if f.Code != "parity-lead" {
					t.Errorf("%s: %v", name, f)
				}
			}
			if tally.Words < 10 {
				t.Errorf("%s: %d words were compared", name, tally.Words)
			}
		})
	}
	for _, style := range export.Styles() {
		compare(editions(t, "../../samples", export.Options{Style: style, Offprints: true}))
	}
	corpus := "../../../shared/corpus"
	if _, err := os.Stat(corpus); err == nil {
		compare(editions(t, corpus+"/review-112", export.Options{Offprints: true}))
	}
	if pairs < 15 {
		t.Errorf("only %d pairs", pairs)
	}
}

// eachPair compares each EPUB and PDF of one name, and counts the pairs.
func eachPair(files map[string][]byte, do func(name string, found []check.Finding, tally check.Tally)) (pairs int) {
	for name, pdf := range files {
		epub, ok := files[strings.TrimSuffix(name, ".pdf")+".epub"]
		if !ok || filepath.Ext(name) != ".pdf" {
			continue
		}
		pairs++
		found, tally := check.Parity(epub, pdf)
		do(name, found, tally)
	}
	return pairs
}

// compared asks that each EPUB and PDF of one name say the same, and counts the pairs.
func compared(t *testing.T, files map[string][]byte) (pairs int) {
	t.Helper()
	return eachPair(files, func(name string, found []check.Finding, _ check.Tally) {
		for _, f := range found {
			t.Errorf("%s: %v", name, f)
		}
	})
}

const constructs = `---
title: Constructs
---
![Icon A](a.png) Ada, [![Icon B](b.png)](https://b.example/) Brook and ![Icon A](a.png) Cole stood [first](https://c.example/)
in a row. ![Icon B](b.png)

- ![Icon A](a.png) one, ![Icon B](b.png) two
- three ![Icon A](a.png)

| ![Icon A](a.png) left | right |
|---|---|
| in ![Icon B](b.png) a cell | of the table |

<p dir="rtl" lang="he">אחת ![Icon A](a.png) שתים <img src="b.png" alt="Icon B"> שלוש <img src="a.png" alt="Icon A"> ארבע</p>

<math><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>=</mo><mi>c</mi></math> and $x^2$.

{{< youtube w7Ft2ymGmfc >}}
`

// TestParityConstructs has what was once taken for a difference, or was one: pictures in the lines of all kinds of text, from right
// to left, too, which stood after all words of their line in the PDF; formulas without an alternative; square codes on paper.
func TestParityConstructs(t *testing.T) {
	dir := t.TempDir()
	for name, text := range map[string]string{"constructs.md": constructs, "a.png": picture(t, 16, 16), "b.png": picture(t, 17, 16)} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	for _, style := range export.Styles() {
		if n := compared(t, editions(t, filepath.Join(dir, "constructs.md"), export.Options{Style: style})); n != 1 {
			t.Errorf("%s: %d pairs", style, n)
		}
	}
}

// TestParityShared compares the editions of the shared articles and cases, which other people wrote, each in one of the styles.
func TestParityShared(t *testing.T) {
	var sources []string
	for _, folder := range []string{"corpus/articles", "cases/words", "cases/pages"} {
		filepath.WalkDir("../../../shared/"+folder, func(name string, _ os.DirEntry, _ error) error {
			if filepath.Ext(name) == ".md" {
				sources = append(sources, name)
			}
			return nil
		})
	}
	sites, _ := filepath.Glob("../../../shared/cases/hugo/*")
	sources = append(sources, sites...)
	if len(sources) == 0 {
		t.Skip("the shared articles do not lie beside the project")
	}
	styles := export.Styles()
	for i, source := range sources {
		compared(t, editions(t, source, export.Options{Style: styles[i%len(styles)], Offprints: true}))
	}
}

// picture gives a black PNG.
func picture(t *testing.T, width, height int) string {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, width, height))); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// edited gives an EPUB with one file changed.
func edited(t *testing.T, data []byte, end string, change func(string) string) []byte {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for _, f := range doctest.Unzip(t, data) {
		text := f.Data
		if strings.HasSuffix(f.Name, end) {
			was := string(text)
			if text = []byte(change(was)); string(text) == was {
				t.Fatalf("nothing was changed in %s", f.Name)
			}
		}
		part, err := w.Create(f.Name)
		if err != nil {
			t.Fatal(err)
		}
		part.Write(text)
	}
	w.Close()
	return b.Bytes()
}

// TestParityFinds plants ten differences, one at a time, and names each by its code and its place.
func TestParityFinds(t *testing.T) {
	files := editions(t, "../../samples", export.Options{})
	epub, pdf := files["long-primer-7.epub"], files["long-primer-7.pdf"]
	replace := func(old, new string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, new, 1) }
	}
	cut := func(s, from, to string) string { // from one mark to the end of another
		i := strings.Index(s, from)
		j := i + strings.Index(s[i:], to) + len(to)
		return s[i:j]
	}
	const file = "room-to-leave.xhtml"
	for _, c := range []struct {
		name, code, says string
		change           func(string) string
	}{
		{"a word gone", "parity-words", "nobody", replace("that nobody is reading", "that is reading")},
		{"two words swapped", "parity-", "read", replace("they read the label", "they the read label")},
		{"a note's text changed", "parity-words", "in note 2", replace("Nor has anything been proved", "Nor has everything been proved")},
		{"a note missing", "parity-note", "note", func(s string) string {
			s = strings.Replace(s, cut(s, `<li id="note-3"`, "</li>"), "", 1)
			return strings.Replace(s, cut(s, `<a id="noteref-3"`, "</a>"), "", 1)
		}},
		{"a link's target changed", "parity-link", "leads", replace("a-small-history-of-nothing.xhtml#furniture", "a-small-history-of-nothing.xhtml#note-1")},
		{"a link gone", "parity-link", "link", func(s string) string {
			l := cut(s, `<a href="a-small-history`, "</a>")
			return strings.Replace(s, l, "in another part of this number", 1)
		}},
		{"a figure gone", "parity-figure", "Line drawing", func(s string) string { return strings.Replace(s, cut(s, `<img class="w80"`, "/>"), "", 1) }},
		{"an alternative changed", "parity-alt", "short vaulted", replace("A long vaulted room", "A short vaulted room")},
		{"two paragraphs the other way round", "parity-order", "stands in the EPUB after", func(s string) string {
			a, b := cut(s, "<p>Two things.", "</p>"), cut(s, "<p>The second is harder", "</p>")
			s = strings.Replace(s, a, "\x00", 1)
			s = strings.Replace(s, b, a, 1)
			return strings.Replace(s, "\x00", b, 1)
		}},
		{"a paragraph doubled", "parity-words", "twice in the EPUB", func(s string) string {
			p := cut(s, "<p>I watched a man", "</p>")
			return strings.Replace(s, p, p+p, 1)
		}},
	} {
		found, _ := check.Parity(edited(t, epub, file, c.change), pdf)
		found = slices.DeleteFunc(found, func(f check.Finding) bool { return f.Code == "parity-lead" })
		ok := slices.ContainsFunc(found, func(f check.Finding) bool {
			return strings.HasPrefix(f.Code, c.code) && strings.HasSuffix(f.File, file) && f.Line > 0 && strings.Contains(f.Message, c.says) && strings.Contains(f.Message, "of the PDF")
		})
		if !ok {
			t.Errorf("%s: found %v", c.name, found)
		}
	}
}

// TestParityMatter finds differences of what stands around the articles, too: of the editorial and its notes, of the masthead, of the
// corrections.
func TestParityMatter(t *testing.T) {
	files := editions(t, "../../samples", export.Options{})
	epub, pdf := files["long-primer-7.epub"], files["long-primer-7.pdf"]
	for _, c := range [][3]string{
		{"editorial.xhtml", "Chiefly the time", "Mostly the time"}, {"masthead.xhtml", "Ines Farrow", "Ines Furrow"}, {"corrections.xhtml", "pubic", "public"},
	} {
		change := func(s string) string { return strings.Replace(s, c[1], c[2], 1) }
		found, _ := check.Parity(edited(t, epub, c[0], change), pdf)
		if len(found) != 1 || !strings.HasSuffix(found[0].File, c[0]) {
			t.Errorf("%s: %v", c[0], found)
		}
	}
}

// TestParityUnread tells why two files cannot be compared.
func TestParityUnread(t *testing.T) {
	for _, f := range [][2]string{{"", ""}, {"PK", "%PDF-1.7"}, {"no zip", "no PDF"}} {
		if found, _ := check.Parity([]byte(f[0]), []byte(f[1])); len(found) != 1 || found[0].Code != "parity-unread" {
			t.Errorf("%q: %v", f, found)
		}
	}
}
