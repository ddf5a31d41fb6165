package flow

import (
	"fmt"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// table sets a table. Header cells have their scope, and cells name the headers they belong to where spans make the grid
// say less than it should.
func (c *compositor) table(s *stand, t *document.Table) {
	em, lh := c.style.TextSize(), c.style.Leading()
	ts := &c.style.Table
	n := c.node(s.parent, Table)
	c.mark(n, s)
	tab := &layout.Table{
		Tag: n.Tag, SpaceBefore: max(s.before, ts.Before.In(em, lh)), SpaceAfter: ts.After.In(em, lh),
		Padding: ts.Padding.In(em, lh), RowGap: ts.RowGap.In(em, lh),
		TopRule: ts.Rule.In(em, lh), MidRule: ts.Rule.In(em, lh) / 2, BottomRule: ts.Rule.In(em, lh),
		Anchors: s.anchors, Origin: t.Pos.String(),
	}
	s.anchors, s.before = nil, 0
	tab.Columns = make([]layout.Align, len(t.Align)) // each cell says itself how it is aligned
	if c.geom.Columns > 1 && !s.small && s.depth == 0 && columns(t) > 4 {
		tab.Span = true // more columns than a narrow column can hold
	}
	if len(t.Caption) > 0 {
		cap := group(n, Caption)
		in := &stand{parent: cap, out: &tab.Caption, look: &c.style.Caption, name: "caption", lang: s.lang, rtl: s.rtl, small: true, hold: true}
		c.set(in, in.look, "caption", P, t.Caption, t.Pos, func(ps *layout.ParaStyle) { ps.KeepNext = true })
		tab.CaptionTag = cap.Tag
	}
	body := n
	if len(t.Head) > 0 {
		tab.Head = c.rows(s, t, group(n, THead), t.Head, true)
		body = group(n, TBody)
	}
	tab.Body = c.rows(s, t, body, t.Body, false)
	c.nameHeads(t)
	*s.out = append(*s.out, tab)
	c.indent = true
	c.placeNotes(s)
}

// nameHeads tells cells the heads that the source names for them.
func (c *compositor) nameHeads(t *document.Table) {
	ids := map[string]string{} // of the source to those of the tree
	each := func(do func(*document.TableCell, *StructNode)) {
		for _, rows := range [][]*document.TableRow{t.Head, t.Body} {
			for _, r := range present(rows) {
				for _, cell := range present(r.Cells) {
					if td := c.cells[cell]; td != nil {
						do(cell, td)
					}
				}
			}
		}
	}
	each(func(cell *document.TableCell, td *StructNode) {
		if td.Type == TH && cell.ID != "" && ids[cell.ID] == "" {
			ids[cell.ID] = td.ID
		}
	})
	each(func(cell *document.TableCell, td *StructNode) {
		for _, id := range cell.Heads {
			if ids[id] != "" {
				td.Headers = append(td.Headers, ids[id])
			}
		}
		delete(c.cells, cell)
	})
}

// Bounds of a table, as HTML has them (HTML Living Standard § 4.9.11).
const (
	mostColumns = 1000
	mostRows    = 65534
)

// span is how many columns or rows a cell spans: one at least, and no more than there can be.
func span(n, most int) int { return max(min(n, most), 1) }

// columns counts a table's columns.
func columns(t *document.Table) int {
	n := len(t.Align)
	for _, rows := range [][]*document.TableRow{t.Head, t.Body} {
		for _, r := range present(rows) {
			k := 0
			for _, cell := range present(r.Cells) {
				k += span(cell.ColSpan, mostColumns)
			}
			n = max(n, k)
		}
	}
	return n
}

func (c *compositor) rows(s *stand, t *document.Table, parent *StructNode, rows []*document.TableRow, head bool) []*layout.Row {
	ts := &c.style.Table
	var out []*layout.Row
	for _, r := range present(rows) {
		tr := c.node(parent, TR)
		row := &layout.Row{Tag: tr.Tag}
		column := 0
		for _, cell := range present(r.Cells) {
			kind, look := TD, &ts.Look
			if cell.Header || head {
				kind, look = TH, &ts.Header
			}
			td := c.node(tr, kind)
			td.ColSpan, td.RowSpan = span(cell.ColSpan, mostColumns-column), span(cell.RowSpan, mostRows)
			if kind == TH {
				td.ID = fmt.Sprintf("th-%d", td.Tag)
				td.Scope = "Column"
				if cell.Scope == "row" || cell.Scope == "" && !head {
					td.Scope = "Row"
				}
			}
			// The text of a cell is never justified: in so narrow a measure it would only gape.
			cl := *look
			cl.Before, cl.After = style.Measure{}, style.Measure{}
			if cl.Align == "" || cl.Align == "justify" {
				cl.Align = "left"
			}
			switch {
			case cell.Align != "":
				cl.Align = cell.Align
			case column < len(t.Align) && t.Align[column] != "":
				cl.Align = t.Align[column]
			}
			if cl.Figures == "" {
				cl.Figures = ts.Figures
			}
			c.cells[cell] = td
			lc := &layout.Cell{Tag: td.Tag, ColSpan: td.ColSpan, RowSpan: td.RowSpan, Header: kind == TH}
			in := &stand{parent: td, out: &lc.Blocks, look: &cl, name: "cell", lang: s.lang, rtl: s.rtl, small: true, hold: true, flush: true}
			c.indent = false
			c.withAttr(in, cell, cell.Blocks)
			for _, b := range lc.Blocks {
				if p, ok := b.(*layout.Para); ok {
					ps := *p.Style
					ps.FirstIndent, ps.OffGrid = 0, true
					p.Style = c.internPara(ps)
				}
			}
			row.Cells = append(row.Cells, lc)
			column += td.ColSpan
		}
		out = append(out, row)
	}
	return out
}
