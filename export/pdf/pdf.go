// Package pdf makes the typeset edition: a document in a house style, set in pages, written as tagged PDF.
//
// The way has two halves with a plain border between them, the Input.
//
// First, what it looks like. A Style is data; the compositor (flow*.go, furniture.go) goes through the document once and
// turns it into a layout.Flow: paragraphs of styled spans, notes, tables, figures, running heads. While it does, it builds
// the structure tree from the document (never from the page), numbers the links, and remembers which Text each span came
// from. The typesetter answers layout's questions about letters; layout decides where everything stands. That much is
// Paginate, and the EPUB's page list needs no more.
//
// Second, how it is written. Write draws placed pages, through maroto's page, row and column tree and our own provider, to
// content streams, and writes fonts, pictures, structure, links and metadata so that the file is PDF/UA-1 (ISO 14289-1) and
// PDF/A-2a (ISO 19005-2) at once. It measures nothing and decides nothing about the text.
package pdf

import (
	"bytes"
	"fmt"
	"io"
	"reflect"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// Options say how an edition is set and written. The zero value is the house's book style to PDF/UA-1 and PDF/A-2a.
type Options struct {
	Style    *Style     // nil: Book()
	Fonts    *fonts.Set // nil: the house's
	Standard Standard
	Jobs     int       // sections set at the same time; 0: one for each processor. The result does not depend on it.
	Modified time.Time // date of the file, when the issue has none
	Creator  string    // the program and its version, for the file's metadata
	// FirstPage is the number of the first article's first page, for a journal whose pages run on through the volume; 0 is 1.
	FirstPage int
}

// An Edition is an issue set in pages: what the PDF draws, and what the EPUB needs to know of it.
type Edition struct {
	Pages      []*layout.Page
	PageBreaks []document.PageBreak // one for each page, in order
	Report     *layout.Report       // the typesetter's
	Sections   []*layout.Section    // as set, for who looks closer

	input *Input
	types *typesetter
}

// FontFace gives the face that a page's runs name, for who draws pages otherwise than as PDF; nil for none.
func (e *Edition) FontFace(id layout.FaceID) *fonts.Face { return e.types.fontFace(id) }

// Paginate sets an issue in pages. Nothing is written; Edition.Write does that, and the EPUB can take its page list from an
// Edition that is never written. The problems concern the content: a character without a font, a picture without alt text.
func Paginate(issue *document.Issue, opts Options) (*Edition, []document.Problem, error) {
	style := opts.Style
	if style == nil {
		style = Book()
	}
	set := opts.Fonts
	if set == nil {
		set = fonts.Default()
	}
	types := newTypesetter(set)
	c := newCompositor(issue, style, types)
	c.checkFamilies()
	c.compose()
	if opts.FirstPage > 0 {
		for i, a := range c.owners {
			if a != nil {
				c.sections[i].FirstNumber = opts.FirstPage
				break
			}
		}
	}
	flow := &layout.Flow{Sections: c.sections, Shaper: types, Jobs: opts.Jobs}
	result, err := layout.Layout(flow)
	if err != nil {
		return nil, c.problems, fmt.Errorf("set %s in pages: %w", issue.Slug, err)
	}
	e := &Edition{Pages: result.Pages, Report: result.Report, Sections: c.sections, types: types}
	e.PageBreaks = c.pageBreaks(result.Pages)
	e.input = &Input{
		Pages: result.Pages, Structure: c.root, Links: c.links, Pictures: c.pictures, Face: types.fontFace, Outline: c.outline,
		Metadata: c.metadata(opts, result.Pages), Standard: opts.Standard, Fonts: set,
	}
	document.SortProblems(c.problems)
	return e, c.problems, nil
}

// checkFamilies reports the families that the style asks for and the set has not; the text family stands in for them.
func (c *compositor) checkFamilies() {
	told := map[string]bool{}
	var check func(path string, v reflect.Value)
	check = func(path string, v reflect.Value) {
		styleFields(v, func(key string, f reflect.Value, _ reflect.StructTag) {
			if _, measure := f.Interface().(Measure); !measure && f.Kind() == reflect.Struct {
				check(path+"."+key, f)
				return
			}
			name := f.String()
			if key != "family" || name == "" || c.types.set.Family(name) != nil || told[name] {
				return
			}
			told[name] = true
			c.problems = append(c.problems, document.Problem{Code: "unknown-font", Severity: document.Warning,
				Message: fmt.Sprintf("%s.%s: there is no font family %q; the text's is used", path, key, name),
				Hint:    "families: " + strings.Join(append([]string{"text", "display", "sans", "mono"}, c.types.set.Names()...), ", ")})
		})
	}
	check("style", reflect.ValueOf(c.style).Elem())
}

// Write writes the edition as a PDF. The problems are what could not be drawn as asked; an error means there is no file.
func (e *Edition) Write(w io.Writer) ([]document.Problem, error) {
	var problems []document.Problem
	in := *e.input
	in.Report = func(f Fault) {
		p := document.Problem{Code: f.Code, Severity: document.Warning, Message: f.Detail}
		if f.Page >= 0 && f.Page < len(e.Pages) {
			p.Message = fmt.Sprintf("page %s: %s", e.Pages[f.Page].Label, f.Detail)
		}
		problems = append(problems, p)
	}
	if err := Write(w, &in); err != nil {
		return problems, fmt.Errorf("write PDF: %w", err)
	}
	return problems, nil
}

// Bytes is Write to memory.
func (e *Edition) Bytes() ([]byte, []document.Problem, error) {
	var b bytes.Buffer
	problems, err := e.Write(&b)
	return b.Bytes(), problems, err
}

// pageBreaks tells the word that begins each page. A page on which no text begins (a picture, the rest of a note, a blank)
// stands with the page after it.
func (c *compositor) pageBreaks(pages []*layout.Page) []document.PageBreak {
	out := make([]document.PageBreak, len(pages))
	open := make([]bool, len(pages)) // no text begins the page: to be found below
	section := -1
	var current *document.Article
	for i, p := range pages {
		out[i].Label, out[i].Front = p.Label, c.fronts[p.Section]
		if p.Section != section {
			section, current = p.Section, c.owners[p.Section]
			out[i].At.Article = current // the opening page
			continue
		}
		if current == nil {
			continue
		}
		src := c.sources[p.Begins.Source]
		if src.text == nil {
			out[i].At.Article, open[i] = current, true
			continue
		}
		current = src.article
		out[i].At.Article = current
		if !src.title {
			out[i].At.Text, out[i].At.Offset = src.text, min(int(p.Begins.Offset), len(src.text.Value))
		}
	}
	for i := len(out) - 1; i >= 0; i-- {
		if !open[i] {
			continue
		}
		at := &out[i].At
		if i+1 < len(out) && out[i+1].At.Article == at.Article && out[i+1].At.Text != nil {
			*at = out[i+1].At
		} else if t := lastText(at.Article); t != nil {
			at.Text, at.Offset = t, len(t.Value)
		}
	}
	return out
}

// lastText is the last Text of an article's body.
func lastText(a *document.Article) *document.Text {
	var last *document.Text
	document.WalkBlocks(a.Body, func(n document.Node) bool {
		if t, ok := n.(*document.Text); ok {
			last = t
		}
		return true
	})
	return last
}

// metadata describes the file.
func (c *compositor) metadata(opts Options, pages []*layout.Page) Metadata {
	is := c.issue
	j := &is.Journal
	m := Metadata{
		Lang: is.Language, Publisher: j.Publisher, Rights: j.Rights, LicenceURL: j.License, Publication: j.Title, ISSN: j.ISSN,
		Volume: is.Volume, Number: is.Number, DOI: is.DOI, BaseURL: j.BaseURL, Creator: opts.Creator,
	}
	date := is.Date
	if is.Single && len(is.Articles) == 1 {
		a := is.Articles[0]
		m.Title = document.PlainText(a.Title)
		if sub := document.PlainText(a.Subtitle); sub != "" {
			m.Title = joinTitle(m.Title, sub)
		}
		m.Authors = personNames(a.Authors)
		m.Description = document.PlainText(a.Excerpt)
		m.Keywords = a.Tags
		m.URL = a.URL
		m.DOI = a.DOI
		m.Genre = document.PlainText(a.Kicker)
		if m.Number == "" {
			m.Number = a.Issue
		}
		if a.Language != "" {
			m.Lang = a.Language
		}
		if !a.Date.IsZero() {
			date = a.Date
		}
	} else {
		m.Title = strings.TrimSpace(c.journalTitle() + " " + is.Number)
		if t := document.PlainText(is.Title); t != "" && j.Title != "" {
			m.Title = joinTitle(m.Title, t)
		}
		m.Description = document.PlainText(is.Description)
		seen := map[string]bool{}
		for _, a := range is.Articles {
			for _, n := range personNames(a.Authors) {
				if !seen[n] {
					seen[n] = true
					m.Authors = append(m.Authors, n)
				}
			}
		}
	}
	if m.Title == "" {
		m.Title = is.Slug
	}
	if m.Lang == "" {
		m.Lang = "en"
	}
	m.Date = date.ISO()
	if m.Date == "" && !opts.Modified.IsZero() {
		m.Date = opts.Modified.UTC().Format("2006-01-02T15:04:05Z")
	}
	for _, p := range pages {
		if c.owners[p.Section] != nil {
			if m.StartingPage == "" {
				m.StartingPage = p.Label
			}
			m.EndingPage = p.Label
		}
	}
	if m.StartingPage != "" {
		m.PageRange = m.StartingPage + "–" + m.EndingPage
	}
	return m
}

// joinTitle joins a title and a subtitle, with a colon unless the title ends in a mark of its own.
func joinTitle(title, sub string) string {
	if strings.HasSuffix(title, "?") || strings.HasSuffix(title, "!") || strings.HasSuffix(title, ":") || strings.HasSuffix(title, ".") {
		return title + " " + sub
	}
	return title + ": " + sub
}
