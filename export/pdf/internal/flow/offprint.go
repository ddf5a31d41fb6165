package flow

import (
	"sort"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// A Share is what one article has of a composition.
type Share struct {
	Article *document.Article
	Art     *StructNode
	Dest    string // the place of its opening; its other places are named after it
	Outline []OutlineEntry

	tags  [2]layout.Tag // the first and the last that its text bears
	links [2]int        // from, to
}

// Share gives what an article has of the composition; nil for one that is not in it.
func (c *Composition) Share(a *document.Article) *Share {
	for i := range c.Shares {
		if c.Shares[i].Article == a {
			return &c.Shares[i]
		}
	}
	return nil
}

// ShareOf gives the share that a tag belongs to, nil for what is no article's.
func (c *Composition) ShareOf(tag layout.Tag) *Share {
	i := sort.Search(len(c.Shares), func(i int) bool { return tag <= c.Shares[i].tags[1] })
	if i < len(c.Shares) && c.Shares[i].Has(tag) {
		return &c.Shares[i]
	}
	return nil
}

// Has reports whether what bears a tag is the article's.
func (p *Share) Has(tag layout.Tag) bool { return p.tags[0] <= tag && tag <= p.tags[1] }

// HasPlace reports whether a place is the article's.
func (p *Share) HasPlace(name string) bool {
	return name == p.Dest || strings.HasPrefix(name, p.Dest+"--")
}

// Links gives the composition's links as they are where the article stands alone: what leads to another article leads to
// where that is published, or, when nobody knows where, nowhere.
func (p *Share) Links(all []Link) []Link {
	out := all
	for i := p.links[0]; i < p.links[1]; i++ {
		l := all[i]
		if l.Dest == "" || p.HasPlace(l.Dest) {
			continue
		}
		if &out[0] == &all[0] {
			out = append([]Link(nil), all...)
		}
		out[i] = Link{URI: l.Away, Contents: l.Contents, Lang: l.Lang}
	}
	return out
}

// A Slip is what an offprint adds to the pages of its issue: some lines that say where it comes from.
type Slip struct {
	Section *layout.Section
	Node    *StructNode
	Links   []Link // the composition's, and behind them its own
}

// Slip makes an offprint's slip, to be set to a width; links are those of the pages.
func (c *Composition) Slip(is *document.Issue, st *style.Style, types *typeset.Typesetter, links []Link, text []document.Inline, width layout.Length) *Slip {
	k := newCompositor(is, st, types)
	k.nodes, k.links = c.nodes, links[:len(links):len(links)]
	sec := &layout.Section{Name: "offprint", Geometry: &layout.Geometry{Width: width, Height: 10 * width, Columns: 1}}
	s := &stand{parent: k.root, out: &sec.Body, look: &st.Cover.Small, name: "offprint", lang: is.Language, rtl: words.RightToLeft(is.Language), flush: true, small: true}
	look := st.Cover.Small
	look.Align, look.After, look.Before = "left", style.Measure{}, style.Measure{}
	p := k.set(s, &look, "offprint", P, text, document.Pos{}, offGrid)
	p.Origin, p.Spans = "", k.unsourced(p.Spans)
	return &Slip{Section: sec, Node: k.root.Children[0], Links: k.links}
}
