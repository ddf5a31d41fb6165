package markdown

import (
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// table reads a table. A head row in which nothing is written (Markdown demands one) is left out. What stands in no cell
// comes before the table, as in browsers.
func (r *Reader) table(e *elem) []document.Block {
	t := at(&document.Table{}, e)
	t.Attr = r.attrOf(e)
	loose := r.rows(t, e, e.md)
	if c := e.attr("caption"); c != "" && t.Caption == nil {
		t.Caption = r.lineOf(r.textSource(c, e))
	}
	setScopes(t)
	setHeads(t)
	if !slices.ContainsFunc(t.Head, func(row *document.TableRow) bool {
		return slices.ContainsFunc(row.Cells, func(c *document.TableCell) bool { return len(c.Blocks) > 0 })
	}) {
		t.Head = nil
	}
	if t.Align == nil {
		t.Align = columnsOf(t)
		headAligns(t)
	}
	if len(t.Head)+len(t.Body) == 0 {
		return loose
	}
	return append(loose, t)
}

// rows reads an element's rows into the table and gives what stands in no cell. md says that Markdown made the table: then
// a head is marked as such, and tells the columns' alignment. Wherever they are written, the head comes first and the feet
// come last (HTML Standard § 4.9.1: a tfoot may stand before what it is the foot of).
func (r *Reader) rows(t *document.Table, e *elem, md bool) (loose []document.Block) {
	var feet, own []*elem
	headed := false
	section := func(rows []*elem, in string) {
		if len(rows) > 0 {
			r.section(t, rows, in, md)
		}
	}
	for _, k := range e.kids {
		if k.tag != "tr" {
			section(own, "")
			own = nil
		}
		switch k.tag {
		case "tr":
			own = append(own, k)
		case "caption":
			if t.Caption != nil {
				t.Caption = append(t.Caption, at(&document.Break{}, k))
			}
			t.Caption = append(t.Caption, r.line(r.named(k))...)
		case "thead", "tbody", "tfoot":
			rows, rest := tableRows(k)
			loose = append(loose, r.blocks(rest)...)
			switch in := k.tag; {
			case in == "tfoot":
				feet = append(feet, rows...)
			case in == "thead" && headed:
				section(rows, "tbody") // a table has one head
			default:
				headed = headed || in == "thead"
				section(rows, in)
			}
		case "colgroup", "col":
		default:
			loose = append(loose, r.blocks([]*elem{k})...)
		}
	}
	section(own, "")
	section(feet, "tfoot")
	return loose
}

// tableRows gives the rows of a section, and what stands in it without being one.
func tableRows(e *elem) (rows, rest []*elem) {
	for _, k := range e.kids {
		if k.tag == "tr" {
			rows = append(rows, k)
		} else {
			rest = append(rest, k)
		}
	}
	return rows, rest
}

// section reads the rows of one of a table's sections: "thead", "tbody", "tfoot", "" for rows that stand in none. In HTML
// a first row of heads alone is the table's head, whether it says so or not. No cell reaches out of its section (HTML
// Standard § 4.9.12).
func (r *Reader) section(t *document.Table, kids []*elem, in string, md bool) {
	var head, body []*document.TableRow
	for _, k := range kids {
		row := r.row(k)
		if in == "thead" || !md && in != "tfoot" && len(t.Body)+len(body) == 0 && allHeader(row) && len(row.Cells) > 1 {
			head = append(head, row)
		} else {
			body = append(body, row)
		}
		if md && t.Align == nil && in == "thead" {
			for _, c := range k.kids {
				t.Align = append(t.Align, c.attr("align"))
			}
		}
	}
	if in != "thead" && reach(head) > len(head) && len(body) > 0 {
		// A head that reaches down among the rows is of one section with them.
		for _, row := range head {
			for _, c := range row.Cells {
				if c.Scope == "" {
					c.Scope = "col"
				}
			}
		}
		head, body = nil, append(head, body...)
	}
	t.Head = append(t.Head, settleRows(head)...)
	t.Body = append(t.Body, settleRows(body)...)
}

// reach is how many rows the cells of these reach over.
func reach(rows []*document.TableRow) (n int) {
	for i, row := range rows {
		for _, c := range row.Cells {
			n = max(n, i+c.RowSpan)
		}
	}
	return n
}

// settleRows ends cells that span rows with the last row of their section, where those of span 0 end, too, and leaves out the
// rows that have no cells.
func settleRows(rows []*document.TableRow) (out []*document.TableRow) {
	for i, row := range rows {
		for _, c := range row.Cells {
			if c.RowSpan == 0 || c.RowSpan > len(rows)-i {
				c.RowSpan = len(rows) - i
			}
			for _, under := range rows[i+1 : i+c.RowSpan] {
				if len(under.Cells) == 0 {
					c.RowSpan--
				}
			}
		}
		if len(row.Cells) > 0 {
			out = append(out, row)
		}
	}
	return out
}

// setScopes says of head cells what they are the head of: in a head row a column, elsewhere a row.
func setScopes(t *document.Table) {
	for _, row := range t.Head {
		for _, c := range row.Cells {
			c.Header = true
			if c.Scope == "" {
				c.Scope = "col"
			}
		}
	}
	for _, row := range t.Body {
		for _, c := range row.Cells {
			if c.Header && c.Scope == "" {
				c.Scope = "row"
			}
		}
	}
}

// setHeads keeps the heads that cells name if all are cells of the table that head something.
func setHeads(t *document.Table) {
	heads := map[string]bool{}
	each := func(do func(*document.TableCell)) {
		for _, rows := range [][]*document.TableRow{t.Head, t.Body} {
			for _, row := range rows {
				for _, c := range row.Cells {
					do(c)
				}
			}
		}
	}
	each(func(c *document.TableCell) { heads[c.ID] = heads[c.ID] || c.Header && c.ID != "" })
	each(func(c *document.TableCell) {
		if slices.ContainsFunc(c.Heads, func(id string) bool { return !heads[id] || id == c.ID }) {
			c.Heads = nil
		}
	})
}

// columnsOf gives the columns of the table's longest row, without an alignment; nil when there are none.
func columnsOf(t *document.Table) (align []string) {
	for _, rows := range [][]*document.TableRow{t.Body, t.Head} {
		for _, row := range rows {
			n := 0
			for _, c := range row.Cells {
				n += c.ColSpan
			}
			if n > len(align) {
				align = make([]string, n)
			}
		}
	}
	return align
}

// headAligns gives the heads of an HTML table's columns the alignment that all cells below them have.
func headAligns(t *document.Table) {
	below := map[int]string{}
	eachCell(t.Body, func(c *document.TableCell, column int) {
		for i := column; i < column+c.ColSpan; i++ {
			if was, ok := below[i]; c.ColSpan == 1 && !ok {
				below[i] = c.Align
			} else if c.ColSpan == 1 && was != c.Align {
				below[i] = ""
			}
		}
	})
	eachCell(t.Head, func(c *document.TableCell, column int) {
		if c.ColSpan == 1 && c.Align == "" {
			c.Align = below[column]
		}
	})
}

// eachCell tells the column in which each cell stands, past those that reach down from above (HTML Standard § 4.9.12).
func eachCell(rows []*document.TableRow, do func(c *document.TableCell, column int)) {
	var down []int // how many rows the cell of a column still reaches down
	for _, row := range rows {
		next := make([]int, len(down))
		for i, n := range down {
			next[i] = max(n-1, 0)
		}
		column := 0
		for _, c := range row.Cells {
			for column < len(down) && down[column] > 0 {
				column++
			}
			do(c, column)
			for range c.ColSpan {
				for len(next) <= column {
					next = append(next, 0)
				}
				next[column] = c.RowSpan - 1
				column++
			}
		}
		down = next
	}
}

// cellAlign gives the alignment that a cell, its row or its section asks for.
func cellAlign(e *elem) string {
	for ; e != nil && e.tag != "table"; e = e.parent {
		if a := alignOf(e); a != "" {
			return a
		}
		if e.attr("align") == "left" || e.css("text-align") == "left" {
			return "left"
		}
	}
	return ""
}

func allHeader(row *document.TableRow) bool {
	return !slices.ContainsFunc(row.Cells, func(c *document.TableCell) bool { return !c.Header })
}

func (r *Reader) row(e *elem) *document.TableRow {
	row := at(&document.TableRow{}, e)
	row.Attr = r.attrOf(e)
	for _, k := range e.kids {
		if k.isBlank() {
			continue
		}
		c := at(&document.TableCell{ColSpan: 1, RowSpan: 1}, k)
		row.Cells = append(row.Cells, c)
		if k.tag != "td" && k.tag != "th" {
			c.Blocks = r.blocks([]*elem{k})
			continue
		}
		c.Attr = r.attrOf(k)
		c.Header = k.tag == "th"
		for _, id := range strings.Fields(k.attr("headers")) {
			c.Heads = append(c.Heads, r.anchorID(id))
		}
		switch s := k.attr("scope"); s {
		case "row", "col":
			c.Scope = s
		case "rowgroup", "colgroup":
			c.Scope = strings.TrimSuffix(s, "group")
		}
		c.ColSpan = max(span(k.attr("colspan")), 1)
		c.RowSpan = span(k.attr("rowspan"))
		c.Blocks = r.blocks(k.kids)
		if !k.md {
			c.Align = cellAlign(k)
		}
	}
	return row
}

// span reads how many columns or rows a cell spans; 0 means all that are left.
func span(s string) int {
	n, ok := integer(s)
	if !ok || n < 0 {
		return 1
	}
	return min(n, 1000)
}
