package flow

import (
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/layout"
)

// PageBreaks tells the word that begins each page. A page on which no text begins (a picture, the rest of a note, a blank)
// stands with the page after it.
func (c *Composition) PageBreaks(pages []*layout.Page) []document.PageBreak {
	out := make([]document.PageBreak, len(pages))
	open := make([]bool, len(pages)) // no text begins the page: to be found below
	section := -1
	var current *document.Article
	for i, p := range pages {
		out[i].Label, out[i].Front, out[i].Issue = p.Label, c.Fronts[p.Section], c.Issues[p.Section]
		if p.Section != section {
			section, current = p.Section, c.Owners[p.Section]
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

// Text gives the Text of the document that a run was made from; nil for what the edition adds.
func (c *Composition) Text(id layout.SourceID) *document.Text { return c.sources[id].text }

// Sources is how many ids Text is asked for: they are less.
func (c *Composition) Sources() int { return len(c.sources) }
