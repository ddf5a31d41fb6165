package main

import (
	"archive/zip"
	"bytes"
	"cmp"
	"context"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/layout"
)

// An edition is one that was built, in both formats.
type edition struct {
	source string
	name   string
	issue  *document.Issue
	epub   []byte
	pdf    []string // words on the pages; one that two lines or pages divide may count as two
}

// build makes every edition of a source, an issue's articles also by themselves, and keeps them.
func build(ctx context.Context, source string) (export.Result, []*edition, error) {
	var mu sync.Mutex
	var made []*edition
	reader := export.Format{Name: "words", Ext: "words", Write: func(ctx context.Context, _ io.Writer, e *export.Edition) (export.Written, error) {
		pages, _, err := e.Pages(ctx)
		if err != nil {
			return export.Written{}, err
		}
		mu.Lock()
		defer mu.Unlock()
		made = append(made, &edition{source: source, name: e.Name(), issue: e.Issue(), pdf: pageWords(pages)})
		return export.Written{}, nil
	}}
	epubs := map[string][]byte{}
	res, err := export.Build(ctx, export.Path(source), export.Options{
		Formats: []string{"epub", "pdf", "words"}, MoreFormats: []export.Format{reader}, Offprints: isSite(source),
		Sink: export.SinkFunc(func(_ context.Context, name string, data []byte) error {
			if stem, ok := strings.CutSuffix(name, ".epub"); ok {
				epubs[stem] = bytes.Clone(data)
			}
			return nil
		}),
	})
	made = slices.DeleteFunc(made, func(e *edition) bool {
		e.epub = epubs[e.name]
		return e.epub == nil
	})
	slices.SortFunc(made, func(a, b *edition) int { return cmp.Compare(a.name, b.name) })
	return res, made, err
}

// split gives the words of a text: runs of letters and digits, as the language's own marks and the press's dashes and hyphens
// leave them.
func split(s string) []string {
	s = strings.Map(func(r rune) rune {
		if r == '\u00ad' || r == '\u200b' || r == '\u2060' {
			return -1
		}
		return r
	}, s)
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) })
}

// without gives the words that are in a and, so often, not in b.
func without(a, b []string) []string {
	have := make(map[string]int, len(b))
	for _, w := range b {
		have[w]++
	}
	var out []string
	for _, w := range a {
		if have[w] > 0 {
			have[w]--
		} else {
			out = append(out, w)
		}
	}
	return out
}

// letters are the characters of words.
func letters(words []string) []string { return strings.Split(strings.Join(words, ""), "") }

// documentWords are the words of the document but those of formulas, which are set from their tree.
func (e *edition) documentWords() []string {
	var out []string
	for _, a := range e.issue.Articles {
		formulas := map[document.Node]string{}
		document.WalkArticle(a, func(n document.Node) bool {
			switch n := n.(type) {
			case *document.Math:
				formulas[n], n.TeX = n.TeX, ""
			case *document.MathBlock:
				formulas[n], n.TeX = n.TeX, ""
			}
			return true
		})
		for _, w := range document.PlainWords(a) {
			out = append(out, split(w)...)
		}
		for n, tex := range formulas {
			switch n := n.(type) {
			case *document.Math:
				n.TeX = tex
			case *document.MathBlock:
				n.TeX = tex
			}
		}
	}
	return out
}

// everything is all that a document knows in words, addresses among it: where a word of the Markdown may have gone.
func (e *edition) everything() []string {
	var b strings.Builder
	for _, a := range e.issue.Articles {
		document.Dump(&b, a)
	}
	return split(quoted.ReplaceAllString(b.String(), " "))
}

var quoted = regexp.MustCompile(`\\(u[0-9a-f]{4}|x[0-9a-f]{2}|[a-z])`) // spaces and the like, as a dump writes them

// pageWords are the words on pages, without what is no text of theirs: running heads and the like.
func pageWords(pages []*layout.Page) []string {
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
				if !l.Hyphen {
					b.WriteByte('\n')
				}
			}
		}
	}
	return split(b.String())
}

// epubWords are the words of the pages of an EPUB.
func (e *edition) epubWords() []string {
	return split(e.text(func(n *html.Node) bool { return n.DataAtom == atom.Head || n.Data == "math" || isNoteRef(n) }))
}

// text is what the XHTML files of the EPUB say, in the order of the archive, without the elements that are skipped.
func (e *edition) text(skip func(*html.Node) bool) string {
	z, err := zip.NewReader(bytes.NewReader(e.epub), int64(len(e.epub)))
	if err != nil {
		return ""
	}
	var b strings.Builder
	for _, f := range z.File {
		if !strings.HasSuffix(f.Name, ".xhtml") || strings.HasSuffix(f.Name, "nav.xhtml") {
			continue
		}
		r, err := f.Open()
		if err != nil {
			return ""
		}
		data, err := io.ReadAll(r)
		if err != nil {
			return ""
		}
		// What XHTML closes at once, HTML would leave open.
		data = bytes.ReplaceAll(data, []byte("></i>"), []byte(">\u200b</i>"))
		textOf(&b, bytes.NewReader(data), skip)
	}
	return b.String()
}

// inline are the elements whose ends part no words.
var inline = strings.Fields("a abbr b bdi bdo cite code del dfn em font i ins kbd label mark q s samp small span strong sub sup time tt u var wbr")

// textOf writes what an HTML file says.
func textOf(b *strings.Builder, r io.Reader, skip func(*html.Node) bool) {
	root, err := html.Parse(r)
	if err != nil {
		return
	}
	read(b, root, skip)
	b.WriteByte('\n')
}

// read writes what an element says.
func read(b *strings.Builder, n *html.Node, skip func(*html.Node) bool) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(n.Data)
	case n.Type == html.CommentNode, n.Type == html.ElementNode && skip(n):
	default:
		part := n.Type == html.ElementNode && !slices.Contains(inline, n.Data)
		if part {
			b.WriteByte('\n')
		}
		for c := n.FirstChild; c != nil; c = c.NextSibling {
			read(b, c, skip)
		}
		if part {
			b.WriteByte('\n')
		}
	}
}

// isNoteRef reports whether an element is the mark of a note or the way back from it, in our form or in Hugo's.
func isNoteRef(n *html.Node) bool {
	for _, a := range n.Attr {
		switch a.Val {
		case "doc-noteref", "doc-backlink", "footnote-ref", "footnote-backref":
			return true
		}
	}
	return false
}

var notText = []*regexp.Regexp{
	regexp.MustCompile(`(?s)^(---\r?\n.*?\n---|\+\+\+\r?\n.*?\n\+\+\+|\{\n.*?\n\})\r?\n`), // front matter
	regexp.MustCompile(`(?m)^[ >]*\d+[.)]\s`),                                             // numbers of lists
	regexp.MustCompile(`(?s)<!--.*?-->`),
	regexp.MustCompile(`(?s)<(script|style)\b.*?</(script|style)>`),
	regexp.MustCompile(`(?s)\{\{.*?\}\}|\{%.*?%\}`),
	regexp.MustCompile(`(?s)</?[A-Za-z][^<>]*>`),
	regexp.MustCompile(`&#?\w+;`),
	regexp.MustCompile(`\]\([^()\s]*(\([^()]*\)[^()\s]*)*`),   // destinations
	regexp.MustCompile(`(?m)^\[[^\]^]+\]:\s+\S+`),             // and their definitions
	regexp.MustCompile(`\[\^[^\]\s]*\]:?`),                    // marks of notes
	regexp.MustCompile("(?m)^ {0,3}(```+|~~~+)[^\n]*$"),       // fences and their languages
	regexp.MustCompile(`\{[.#:][^{}\n]*\}|\{:?\s*\.[^{}]*\}`), // attributes
	regexp.MustCompile(`(?s)\$\$.*?\$\$|\$[^$\n]+\$`),         // formulas
}

// markdownWords are the words of the source's text, as far as a few patterns tell text from the rest. Each source is one file.
func (e *edition) markdownWords() []string {
	if len(e.issue.Articles) != 1 {
		return nil
	}
	name := e.source
	if isSite(e.source) {
		name = filepath.Join(e.source, e.issue.Articles[0].Path)
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	text := string(data)
	for _, re := range notText {
		text = re.ReplaceAllString(text, " ")
	}
	return split(text)
}

// leftovers is the markup that stands in the text of the EPUB, outside of code and formulas.
func (e *edition) leftovers() []check.Leftover {
	return check.Leftovers(e.text(func(n *html.Node) bool {
		return n.DataAtom == atom.Head || n.DataAtom == atom.Code || n.DataAtom == atom.Pre || n.DataAtom == atom.Kbd || n.Data == "math" || isNoteRef(n)
	}))
}
