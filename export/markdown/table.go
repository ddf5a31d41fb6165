package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// table reads a table. A head row in which nothing is written (Markdown demands one) is left out. What stands in no cell
// comes before the table, as in browsers.
func (r *Reader) table(e *elem) []document.Block {
	t := at(&document.Table{}, e)
	t.Attr = r.attrOf(e)
	loose := r.rows(t, e, false, e.md)
	setScopes(t)
	if !slices.ContainsFunc(t.Head, func(row *document.TableRow) bool {
		return slices.ContainsFunc(row.Cells, func(c *document.TableCell) bool { return len(c.Blocks) > 0 })
	}) {
		t.Head = nil
	}
	if t.Align == nil {
		t.Align = columnsOf(t)
		cellAlign(t)
	}
	if len(t.Head)+len(t.Body) == 0 {
		return loose
	}
	return append(loose, t)
}

// rows reads an element's rows into the table and gives what stands in no cell. md says that Markdown made the table: then
// a head is marked as such, and tells the columns' alignment.
func (r *Reader) rows(t *document.Table, e *elem, head, md bool) (loose []document.Block) {
	for _, k := range e.kids {
		switch k.tag {
		case "caption":
			t.Caption = append(t.Caption, r.line(k.kids)...)
		case "thead", "tbody", "tfoot":
			loose = append(loose, r.rows(t, k, k.tag == "thead", md)...)
		case "tr":
			row := r.row(k)
			switch {
			case len(row.Cells) == 0:
			case head || !md && len(t.Body) == 0 && allHeader(row) && len(row.Cells) > 1:
				t.Head = append(t.Head, row)
			default:
				t.Body = append(t.Body, row)
			}
			if md && t.Align == nil && head {
				for _, c := range k.kids {
					t.Align = append(t.Align, c.attr("align"))
				}
			}
		case "colgroup", "col":
		case "":
			if !k.isBlank() {
				loose = append(loose, r.paragraph(&elem{tag: "p", kids: []*elem{k}, src: k.src, at: k.at})...)
			}
		default:
			loose = append(loose, r.blocks([]*elem{k})...)
		}
	}
	return loose
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

// cellAlign takes the columns' alignment from the first body row of an HTML table.
func cellAlign(t *document.Table) {
	if len(t.Body) == 0 {
		return
	}
	col := 0
	for _, c := range t.Body[0].Cells {
		for _, class := range c.Classes {
			if a, ok := strings.CutPrefix(class, "align:"); ok && col < len(t.Align) {
				t.Align[col] = a
			}
		}
		col += c.ColSpan
	}
	for _, rows := range [][]*document.TableRow{t.Head, t.Body} {
		for _, row := range rows {
			for _, c := range row.Cells {
				c.Classes = slices.DeleteFunc(c.Classes, func(s string) bool { return strings.HasPrefix(s, "align:") })
			}
		}
	}
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
		switch s := k.attr("scope"); s {
		case "row", "col":
			c.Scope = s
		case "rowgroup", "colgroup":
			c.Scope = strings.TrimSuffix(s, "group")
		}
		c.ColSpan = span(k.attr("colspan"))
		c.RowSpan = span(k.attr("rowspan"))
		c.Blocks = r.blocks(k.kids)
		if a := alignOf(k); a != "" && !k.md {
			c.Classes = append(c.Classes, "align:"+a)
		}
	}
	return row
}

func span(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 {
		return 1
	}
	return min(n, 1000)
}
