package pdf

import (
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/proof"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/layout"
)

// proofread holds the placed pages against the issue: every letter of every text of the document must have been placed on
// a page, and once. Each run of glyphs names the text that it was made from, so it does not matter where it stands.
func proofread(issue *document.Issue, c *flow.Composition, pages []*layout.Page) []document.Problem {
	report := proof.Report{Edition: "PDF"}
	placed := readPages(c, pages)
	// A program may have put one text in two places.
	texts, codes := map[*document.Text]int{}, map[*document.CodeBlock]int{}
	var all []proof.Piece
	for _, a := range issue.Texts() {
		note := func(p proof.Piece) {
			all = append(all, p)
			if p.Text != nil {
				texts[p.Text]++
			} else {
				codes[p.Code]++
			}
		}
		set := c.Set(a)
		proof.Body(set, "pdf", note)
		proof.Notes(set, "pdf", note)
	}
	for _, p := range all {
		var want proof.Count
		want.Add(p.Value)
		got, n := placed.codes[p.Code], codes[p.Code]
		if p.Text != nil {
			got, n = placed.texts[p.Text], texts[p.Text]
		}
		switch {
		case got.Is(want, 1), n > 1 && want.N > 0 && got.N/want.N <= n && got.Is(want, got.N/want.N):
		case got.N > n*want.N:
			report.Doubled(p)
		default:
			report.Lost(p)
		}
	}
	return report.Problems()
}

// A census counts what stands on pages.
type census struct {
	texts map[*document.Text]proof.Count
	codes map[*document.CodeBlock]proof.Count
	heads map[layout.Tag]*layout.Area // content of the heads of tables, and where it stands first
}

func readPages(c *flow.Composition, pages []*layout.Page) *census {
	r := &census{texts: map[*document.Text]proof.Count{}, codes: map[*document.CodeBlock]proof.Count{}, heads: map[layout.Tag]*layout.Area{}}
	r.findHeads(c.Structure, false)
	sources := make([]proof.Count, c.Sources())
	for _, page := range pages {
		for a := range page.Areas {
			area := &page.Areas[a]
			for _, item := range area.Items {
				l, ok := item.(*layout.Line)
				if !ok {
					continue
				}
				for i := range l.Runs {
					r.run(c, &l.Runs[i], area, sources)
				}
			}
		}
	}
	for i, n := range sources {
		if t := c.Text(layout.SourceID(i)); t != nil {
			r.texts[t] = r.texts[t].Plus(n)
		}
	}
	return r
}

func (r *census) run(c *flow.Composition, run *layout.Run, area *layout.Area, sources []proof.Count) {
	switch {
	case run.Artifact || run.Hyphen || len(r.heads) > 0 && r.repeats(run.Tag, area):
	case run.Source != 0:
		sources[run.Source].Add(run.Text)
	default:
		if b := c.Codes[run.Tag]; b != nil {
			n := r.codes[b]
			n.Add(run.Text)
			r.codes[b] = n
		}
	}
}

// findHeads notes the elements within the heads of tables.
func (r *census) findHeads(n *flow.StructNode, in bool) {
	in = in || n.Type == flow.THead
	if in {
		r.heads[n.Tag] = nil
	}
	for _, k := range n.Children {
		r.findHeads(k, in)
	}
}

// repeats reports whether content of a tag repeats, in this area, the head of a table that began in another.
func (r *census) repeats(tag layout.Tag, in *layout.Area) bool {
	first, ok := r.heads[tag]
	if ok && first == nil {
		r.heads[tag], first = in, in
	}
	return ok && first != in
}
