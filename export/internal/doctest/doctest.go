// Package doctest builds documents for tests that no reader would build: of every node, with fields that are nil, levels and spans
// beyond all bounds, references to notes that no article lists, pictures without data, and links to articles elsewhere. An
// edition must take them as they come: it may show less, but never panic. Only tests import it.
//
//	f.Fuzz(func(t *testing.T, data []byte) {
//		issue := doctest.Issue(data)
//		…
//	})
package doctest

import (
	"fmt"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

// Issue builds an issue from bytes: the same bytes give the same issue. It holds no node that holds itself; for that there is
// Endless.
func Issue(data []byte) *document.Issue {
	m := &maker{data: data}
	is := &document.Issue{Journal: document.Journal{Title: m.text(), Imprint: m.blocks(2)}, Number: m.text(), Title: m.inlines(2),
		Description: m.inlines(1), Language: m.pick("en", "de", "ar", "xx-??", ""), Slug: m.text(), Single: m.yes(), Date: m.date(), Cover: m.asset()}
	n := m.below(3) + 1
	if is.Single {
		n = 1
	}
	for range n {
		m.articles = append(m.articles, &document.Article{})
	}
	m.articles = append(m.articles, &document.Article{Slug: "elsewhere", Path: "elsewhere.md"}, nil)
	m.notes = []*document.Note{nil, {Number: 99}}
	for i, a := range m.articles[:n] {
		m.article(a, i)
		is.Articles = append(is.Articles, a)
	}
	return is
}

// Endless is an issue in which a block holds itself, twice.
func Endless() *document.Issue {
	loop := &document.Division{}
	loop.Blocks = []document.Block{loop, &document.BlockQuote{Blocks: []document.Block{loop}}}
	return &document.Issue{Language: "en", Single: true, Articles: []*document.Article{{Slug: "loop", Title: document.Line("Loop"), Body: loop.Blocks}}}
}

// A maker draws its choices from bytes; when they are used up, it makes what is plainest.
type maker struct {
	data     []byte
	articles []*document.Article
	notes    []*document.Note
	assets   []*document.Asset
}

func (m *maker) below(n int) int {
	if len(m.data) == 0 || n <= 0 {
		return 0
	}
	b := int(m.data[0])
	m.data = m.data[1:]
	return b % n
}

func (m *maker) yes() bool                   { return m.below(3) == 1 }
func (m *maker) pick(among ...string) string { return among[m.below(len(among))] }
func (m *maker) number(usual int) int        { return [...]int{usual, usual, 0, -1, 7, 1 << 30}[m.below(6)] }

func (m *maker) text() string {
	return m.pick("words", "", " ", "a<b>&\"c'", "\x00\x1b\uFFFF\xff", "שלום", "]]>", "-->", "e\u0301\u200d", "long words that go on for a while, and then some more")
}

func (m *maker) attr() document.Attr {
	if !m.yes() {
		return document.Attr{}
	}
	return document.Attr{ID: m.pick("", "title", "notes", "note-1", "a b", "é", "1", "article"), Classes: []string{m.text()}, Lang: m.pick("", "fr", "??", "ar"),
		Dir: m.pick("", "rtl", "up")}
}

func (m *maker) date() document.Date {
	return document.Date{Time: time.Date(1999, 12, 31, 0, 0, 0, 0, time.UTC), Precision: m.below(6), Printed: m.text()}
}

func (m *maker) asset() *document.Asset {
	if m.yes() && len(m.assets) > 0 {
		return m.assets[m.below(len(m.assets))]
	}
	var a *document.Asset
	switch m.below(5) {
	case 1:
		a = &document.Asset{}
	case 2:
		a = &document.Asset{Name: "a/b.png", MediaType: "image/png", Data: []byte("\x89PNG\r\n\x1a\n"), Width: m.number(1), Height: m.number(1)}
	case 3:
		a = &document.Asset{Name: "../x.svg", MediaType: "image/svg+xml", Data: []byte(`<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"><path d="M0 0L4 4"/></svg>`), Width: 4, Height: 4}
	case 4:
		a = &document.Asset{Name: "y.svg", MediaType: "image/svg+xml", Data: []byte(`<svg`), Width: -1}
	}
	m.assets = append(m.assets, a)
	return a
}

func (m *maker) persons() (ps []document.Person) {
	for range m.below(3) {
		ps = append(ps, document.Person{Name: m.text(), FileAs: m.text(), Role: m.text(), Bio: m.inlines(1)})
	}
	return ps
}

func (m *maker) article(a *document.Article, i int) {
	known := len(m.notes)
	for n := range m.below(3) {
		m.notes = append(m.notes, &document.Note{Number: n + 1})
	}
	own := m.notes[known:]
	*a = document.Article{Slug: m.text(), Title: m.inlines(2), Subtitle: m.inlines(1), Kicker: m.inlines(1), Authors: m.persons(), Translators: m.persons(),
		Interviewees: m.persons(), Date: m.date(), Language: m.pick("en", "", "he", "zz-zz-zz"), Dir: m.pick("", "rtl", "x"), Excerpt: m.inlines(1),
		Standfirst: m.inlines(1), Body: m.blocks(4), AuthorNotes: m.blocks(1), Notes: own, URL: m.pick("", "https://example.org/", "javascript:x"), Path: m.text()}
	if m.yes() {
		a.Image = m.figure(2)
	}
	for _, n := range own {
		n.Blocks = m.blocks(1)
	}
}

func (m *maker) blocks(depth int) (bs []document.Block) {
	if depth <= 0 {
		return nil
	}
	for range m.below(4) + 1 {
		bs = append(bs, m.block(depth-1))
	}
	return bs
}

func (m *maker) block(depth int) document.Block {
	makeBlock := blockMakers()
	n := m.below(len(makeBlock) + 2)
	switch n {
	case len(makeBlock):
		return nil
	case len(makeBlock) + 1:
		return (*document.Paragraph)(nil)
	}
	return makeBlock[n](m, depth)
}

// blockMakers make one of every block.
func blockMakers() []func(m *maker, depth int) document.Block {
	return []func(m *maker, depth int) document.Block{
		func(m *maker, depth int) document.Block {
			p := &document.Paragraph{Content: m.inlines(3), Align: m.pick("", "center", "right", "?"), Lead: m.yes(), Run: m.yes()}
			p.Attr = m.attr()
			return p
		},
		func(m *maker, depth int) document.Block {
			h := &document.Heading{Level: m.number(1), Content: m.inlines(2)}
			h.Attr = m.attr()
			return h
		},
		func(m *maker, depth int) document.Block {
			return &document.BlockQuote{Blocks: m.blocks(depth), Attribution: m.inlines(2)}
		},
		func(m *maker, depth int) document.Block {
			l := &document.List{Ordered: m.yes(), Start: m.number(1), Style: m.pick("1", "a", "I", "?", "aA", ""), Tight: m.yes(), Items: []*document.ListItem{nil}}
			for range m.below(3) {
				l.Items = append(l.Items, &document.ListItem{Blocks: m.blocks(depth), Checked: m.number(0)})
			}
			return l
		},
		func(m *maker, depth int) document.Block {
			l := &document.DefinitionList{}
			for range m.below(3) {
				l.Items = append(l.Items, nil, &document.Definition{Terms: [][]document.Inline{m.inlines(1), nil}, Definitions: [][]document.Block{m.blocks(depth), nil}, Tight: m.yes()})
			}
			return l
		},
		func(m *maker, depth int) document.Block {
			return &document.CodeBlock{Language: m.text(), Text: m.text() + "\n" + m.text(), Caption: m.inlines(1)}
		},
		func(m *maker, depth int) document.Block {
			return &document.Table{Caption: m.inlines(1), Align: []string{m.pick("left", "?", "")}, Head: m.rows(depth), Body: m.rows(depth)}
		},
		func(m *maker, depth int) document.Block { return m.figure(depth) },
		func(m *maker, depth int) document.Block {
			return &document.Verse{Stanzas: [][]document.VerseLine{{{Indent: m.number(1), Content: m.inlines(2)}, {}}, nil}, Attribution: m.inlines(1)}
		},
		func(m *maker, depth int) document.Block { return &document.Rule{} },
		func(m *maker, depth int) document.Block {
			return &document.Division{Role: m.pick("", "aside", "epigraph", "pullquote", "<odd>", "bio"), Blocks: m.blocks(depth)}
		},
		func(m *maker, depth int) document.Block {
			return &document.MathBlock{TeX: m.text(), Formula: m.formula()}
		},
		func(m *maker, depth int) document.Block {
			return &document.Media{Line: m.inlines(2), URL: m.pick("https://example.org/film", "", "<odd>"), Code: m.below(2) == 0}
		},
		// What stands by itself in other blocks only.
		func(m *maker, depth int) document.Block { return &document.ListItem{Blocks: m.blocks(depth)} },
		func(m *maker, depth int) document.Block {
			return &document.Definition{Terms: [][]document.Inline{m.inlines(1)}}
		},
		func(m *maker, depth int) document.Block { return &document.TableRow{} },
		func(m *maker, depth int) document.Block { return &document.TableCell{Blocks: m.blocks(depth)} },
	}
}

func (m *maker) rows(depth int) (rows []*document.TableRow) {
	for range m.below(3) {
		r := &document.TableRow{}
		for range m.below(3) {
			r.Cells = append(r.Cells, nil, &document.TableCell{Blocks: m.blocks(depth), Header: m.yes(), Scope: m.text(), ColSpan: m.number(1), RowSpan: m.number(1)})
		}
		rows = append(rows, nil, r)
	}
	return rows
}

func (m *maker) figure(depth int) *document.Figure {
	f := &document.Figure{Blocks: m.blocks(min(depth, 1)), Caption: m.inlines(1), Credit: m.inlines(1), Title: m.inlines(1), Link: m.pick("", "https://example.org/", "javascript:x", "::"),
		Layout: m.pick("", "full", "left", "?")}
	f.Attr = m.attr()
	for range m.below(3) {
		f.Images = append(f.Images, m.image(), nil)
	}
	return f
}

func (m *maker) image() *document.Image {
	return &document.Image{Asset: m.asset(), Source: m.text(), Alt: m.text(), Decorative: m.yes(), Title: m.inlines(1), Width: float64(m.number(100)), Percent: m.yes()}
}

func (m *maker) formula() *document.Formula {
	switch m.below(4) {
	case 1:
		return &document.Formula{Name: "math", Kids: []*document.Formula{nil, {Name: "mi", Text: "x"}}}
	case 2:
		return &document.Formula{Name: "<", Attrs: []document.FormulaAttr{{Name: "on click", Value: "x"}}}
	case 3:
		f := &document.Formula{Name: "math"}
		f.Kids = []*document.Formula{f}
		return f
	}
	return nil
}

func (m *maker) inlines(depth int) (is []document.Inline) {
	if depth <= 0 {
		return nil
	}
	makeInline := inlineMakers()
	for range m.below(4) {
		n := m.below(len(makeInline) + 2)
		switch n {
		case len(makeInline):
			is = append(is, nil)
		case len(makeInline) + 1:
			is = append(is, (*document.Text)(nil))
		default:
			is = append(is, makeInline[n](m, depth-1))
		}
	}
	return is
}

// inlineMakers make one of every inline.
func inlineMakers() []func(m *maker, depth int) document.Inline {
	return []func(m *maker, depth int) document.Inline{
		func(m *maker, depth int) document.Inline { return &document.Text{Value: m.text()} },
		func(m *maker, depth int) document.Inline { return &document.Text{Value: "a few words more "} },
		func(m *maker, depth int) document.Inline {
			return &document.Styled{Attr: m.attr(), Kind: document.StyleKind(m.below(20) - 2), Title: m.text(), Content: m.inlines(depth)}
		},
		func(m *maker, depth int) document.Inline {
			if m.yes() {
				return &document.Code{}
			}
			return &document.Code{Text: &document.Text{Value: m.text()}}
		},
		func(m *maker, depth int) document.Inline {
			l := &document.Link{URL: m.pick("https://example.org/", "", "javascript:x", "::", "/a?b=c&d"), Anchor: m.text(), Title: m.text(), Auto: m.yes(), Content: m.inlines(depth)}
			if m.yes() && len(m.articles) > 0 {
				l.Article = m.articles[m.below(len(m.articles))]
			}
			return l
		},
		func(m *maker, depth int) document.Inline { return m.image() },
		func(m *maker, depth int) document.Inline {
			r := &document.NoteRef{}
			if len(m.notes) > 0 {
				r.Note = m.notes[m.below(len(m.notes))]
			}
			if r.Note != nil {
				r.Note.Refs = append(r.Note.Refs, r)
				r.Index = len(r.Note.Refs)
			}
			return r
		},
		func(m *maker, depth int) document.Inline { return &document.Break{} },
		func(m *maker, depth int) document.Inline { return &document.Speaker{Content: m.inlines(depth)} },
		func(m *maker, depth int) document.Inline { return &document.EndMark{} },
		func(m *maker, depth int) document.Inline {
			return &document.EndMark{Text: &document.Text{Value: m.text()}}
		},
		func(m *maker, depth int) document.Inline { return &document.Math{TeX: m.text(), Formula: m.formula()} },
		func(m *maker, depth int) document.Inline { return &document.Anchor{ID: m.text()} },
	}
}

// Seeds gives so many sequences of bytes to begin a fuzz test with, always the same.
func Seeds(n int) (seeds [][]byte) {
	for i := range n {
		seed := make([]byte, 600)
		x := uint32(i)*2654435761 + 1
		for j := range seed {
			x = x*1664525 + 1013904223
			seed[j] = byte(x >> 24)
		}
		seeds = append(seeds, seed)
	}
	return seeds
}

// Name gives the name of a node's type: "Paragraph".
func Name(n document.Node) string { return strings.TrimPrefix(fmt.Sprintf("%T", n), "*document.") }
