package epub

import (
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// headIDs gives the ids that cells of a table may be headed by: of cells that will be a th, once each.
func (w *writer) headIDs(t *document.Table) map[string]bool {
	var ids map[string]bool
	for i, rows := range [][]*document.TableRow{t.Head, t.Body} {
		for _, r := range rows {
			for _, c := range present(r) {
				if id := safeID(c.ID); id != "" && isHead(c, i == 0) && !w.used[id] {
					if ids == nil {
						ids = map[string]bool{}
					}
					ids[id] = true
				}
			}
		}
	}
	return ids
}

// present gives the cells of a row that are there.
func present(r *document.TableRow) []*document.TableCell {
	if r == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(r.Cells), func(c *document.TableCell) bool { return c == nil })
}

// isHead reports whether a cell is written as a head: an empty corner heads nothing.
func isHead(c *document.TableCell, head bool) bool {
	return (c.Header || head) && len(c.Blocks) > 0 && hasText(c.Blocks)
}

// heads gives the attribute that names a cell's heads; HTML wants each to be a th of the same table.
func (w *writer) heads(c *document.TableCell) string {
	ids := make([]string, len(c.Heads))
	for i, id := range c.Heads {
		if ids[i] = safeID(id); w.furniture || !w.tableHeads[ids[i]] {
			return ""
		}
	}
	return attr("headers", strings.Join(ids, " "))
}

func (w *writer) table(t *document.Table) {
	outer := w.tableHeads
	w.tableHeads = w.headIDs(t)
	defer func() { w.tableHeads = outer }()
	w.element("table", "", &t.Attr, "", func() {
		w.raw("\n")
		if len(t.Caption) > 0 {
			w.element("caption", "", nil, "", func() { w.inlines(t.Caption) })
			w.raw("\n")
		}
		if len(t.Head) > 0 {
			w.raw("<thead>\n")
			for _, r := range t.Head {
				w.row(r, t.Align, true)
			}
			w.raw("</thead>\n")
		}
		w.raw("<tbody>\n")
		for _, r := range t.Body {
			w.row(r, t.Align, false)
		}
		if len(t.Body) == 0 { // HTML wants a row; a head alone says what would be there
			w.raw("<tr><td></td></tr>\n")
		}
		w.raw("</tbody>\n")
	})
}

func (w *writer) row(r *document.TableRow, align []string, head bool) {
	if r == nil {
		return
	}
	w.element("tr", "", &r.Attr, "", func() {
		col := 0
		for _, c := range r.Cells {
			if c == nil {
				continue
			}
			al := c.Align
			if al == "" && col < len(align) {
				al = align[col]
			}
			w.cell(c, al, head)
			col += max(c.ColSpan, 1)
		}
	})
	w.raw("\n")
}

func (w *writer) cell(c *document.TableCell, align string, head bool) {
	tag, extra := "td", ""
	if isHead(c, head) {
		tag = "th"
		scope := c.Scope
		if scope != "row" && scope != "col" {
			scope = "col"
			if !head {
				scope = "row"
			}
		}
		extra = attr("scope", scope)
	}
	extra += w.heads(c)
	if c.ColSpan > 1 {
		extra += attr("colspan", strconv.Itoa(c.ColSpan))
	}
	if c.RowSpan > 1 {
		extra += attr("rowspan", strconv.Itoa(c.RowSpan))
	}
	class := ""
	if align == "center" || align == "right" {
		class = align
	}
	w.element(tag, class, &c.Attr, extra, func() { w.flow(c.Blocks, len(c.Blocks) <= 1) })
}

func hasText(bs []document.Block) (found bool) {
	document.WalkBlocks(bs, func(n document.Node) bool {
		switch n := n.(type) {
		case *document.Text:
			found = found || strings.TrimSpace(n.Value) != ""
		case *document.Image, *document.CodeBlock, *document.MathBlock, *document.Math:
			found = true
		}
		return !found
	})
	return found
}
