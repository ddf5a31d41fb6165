package jats

import (
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// sections writes a body: JATS puts what a heading heads into a section, the document lets it follow.
func (w *writer) sections(bs []document.Block) {
	var open []int // levels of the sections that are open
	wrote := false
	shut := func(to int) {
		for len(open) > 0 && open[len(open)-1] >= to {
			if !wrote {
				w.raw("<p/>\n") // a section holds something
			}
			w.raw("</sec>\n")
			open, wrote = open[:len(open)-1], true
		}
	}
	for _, b := range bs {
		h, ok := b.(*document.Heading)
		if !ok || h == nil {
			from := w.Len()
			w.block(b)
			wrote = wrote || w.Len() > from
			continue
		}
		shut(h.Level)
		w.raw("<sec" + w.id(&h.Attr) + ">\n")
		w.titled("title", h.Content, "…")
		open, wrote = append(open, h.Level), false
	}
	shut(0)
}

// block writes a block where any may stand.
func (w *writer) block(b document.Block) {
	if document.IsNil(b) {
		return
	}
	switch b := b.(type) {
	case *document.Paragraph:
		w.paragraph(b)
	case *document.Heading: // where no section can be: in a quotation, a list
		w.raw(`<p content-type="heading"` + w.id(&b.Attr) + "><bold>")
		w.inlines(b.Content)
		w.raw("</bold></p>\n")
	case *document.BlockQuote:
		w.raw("<disp-quote" + w.id(&b.Attr) + language(b.Lang) + ">\n")
		w.filled(b.Blocks)
		w.attribution(b.Attribution)
		w.raw("</disp-quote>\n")
	case *document.List:
		w.list(b)
	case *document.DefinitionList:
		w.definitions(b)
	case *document.CodeBlock:
		if len(b.Caption) > 0 {
			w.inParagraph(func() { w.inlines(b.Caption) })
		}
		w.raw(`<preformat preformat-type="code"` + w.id(&b.Attr) + ">")
		w.text(b.Text)
		w.raw("</preformat>\n")
	case *document.Table:
		w.table(b)
	case *document.Figure:
		w.figure(b)
	case *document.Verse:
		w.verse(b)
	case *document.Rule:
		w.raw(`<p content-type="rule">* * *</p>` + "\n")
	case *document.Division:
		w.division(b)
	case *document.MathBlock:
		w.raw("<disp-formula" + w.id(&b.Attr) + ">")
		w.formula(b.TeX, b.Formula)
		w.raw("</disp-formula>\n")
	}
}

func (w *writer) blocks(bs []document.Block) {
	for _, b := range bs {
		w.block(b)
	}
}

// filled writes blocks where at least one must stand.
func (w *writer) filled(bs []document.Block) {
	from := w.Len()
	w.blocks(bs)
	if w.Len() == from {
		w.raw("<p/>\n")
	}
}

func (w *writer) inParagraph(f func()) {
	w.raw("<p>")
	f()
	w.raw("</p>\n")
}

// paragraph writes a paragraph; one that a speaker opens as a speech.
func (w *writer) paragraph(p *document.Paragraph) {
	if len(p.Content) > 0 {
		if s, ok := p.Content[0].(*document.Speaker); ok && s != nil {
			w.raw("<speech" + w.id(&p.Attr) + "><speaker>")
			w.inlines(s.Content)
			w.raw("</speaker>")
			w.inParagraph(func() { w.inlines(p.Content[1:]) })
			w.raw("</speech>\n")
			return
		}
	}
	w.raw("<p" + w.id(&p.Attr) + language(p.Lang) + ">")
	w.inlines(p.Content)
	w.raw("</p>\n")
}

func (w *writer) attribution(is []document.Inline) {
	if len(is) > 0 {
		w.raw("<attrib>")
		w.inlines(is)
		w.raw("</attrib>\n")
	}
}

// paragraphs writes blocks where only paragraphs may stand: what is none goes into one.
func (w *writer) paragraphs(bs []document.Block) {
	from := w.Len()
	for _, b := range bs {
		if document.IsNil(b) {
			continue
		}
		switch b := b.(type) {
		case *document.Paragraph:
			if len(b.Content) > 0 {
				if s, ok := b.Content[0].(*document.Speaker); ok && s != nil {
					w.inParagraph(func() { w.block(b) })
					continue
				}
			}
			w.block(b)
		case *document.Heading, *document.Rule:
			w.block(b)
		case *document.CodeBlock:
			bare := *b
			bare.Caption = nil
			if len(b.Caption) > 0 {
				w.inParagraph(func() { w.inlines(b.Caption) })
			}
			w.inParagraph(func() { w.block(&bare) })
		case *document.Division:
			w.paragraphs(b.Blocks)
		default:
			w.inParagraph(func() { w.block(b) })
		}
	}
	if w.Len() == from {
		w.raw("<p/>\n")
	}
}

var listTypes = map[string]string{"1": "order", "a": "alpha-lower", "A": "alpha-upper", "i": "roman-lower", "I": "roman-upper", "": "order"}

func (w *writer) list(l *document.List) {
	kind, numbers := "bullet", l.Numbers()
	labelled := false
	if l.Ordered {
		kind = listTypes[l.Style]
		for i, n := range numbers {
			labelled = labelled || n != i+1
		}
		if labelled {
			kind = "simple"
		}
	}
	w.raw("<list" + attr("list-type", kind) + w.id(&l.Attr) + ">\n")
	i := 0
	for _, it := range l.Items {
		if it == nil {
			continue
		}
		w.raw("<list-item" + w.id(&it.Attr) + ">")
		switch {
		case labelled:
			w.element("label", strconv.Itoa(numbers[i])+".")
		case it.Checked == 1:
			w.element("label", "☐")
		case it.Checked == 2:
			w.element("label", "☑")
		}
		i++
		w.paragraphs(it.Blocks)
		w.raw("</list-item>\n")
	}
	if i == 0 {
		w.raw("<list-item><p/></list-item>\n")
	}
	w.raw("</list>\n")
}

func (w *writer) definitions(l *document.DefinitionList) {
	w.raw("<def-list" + w.id(&l.Attr) + ">\n")
	for _, d := range l.Items {
		if d == nil {
			continue
		}
		for i, t := range d.Terms {
			w.raw("<def-item><term>")
			w.inlines(t)
			w.raw("</term>\n")
			if i == len(d.Terms)-1 {
				w.meanings(d.Definitions)
			}
			w.raw("</def-item>\n")
		}
		if len(d.Terms) == 0 {
			w.raw("<def-item><term/>")
			w.meanings(d.Definitions)
			w.raw("</def-item>\n")
		}
	}
	w.raw("</def-list>\n")
}

func (w *writer) meanings(defs [][]document.Block) {
	for _, def := range defs {
		w.raw("<def>")
		w.paragraphs(def)
		w.raw("</def>\n")
	}
}

func (w *writer) table(t *document.Table) {
	w.raw("<table-wrap" + w.id(&t.Attr) + ">")
	if len(t.Caption) > 0 {
		w.raw("<caption><p>")
		w.inlines(t.Caption)
		w.raw("</p></caption>\n")
	}
	w.raw("<table>\n")
	head, body := t.Head, t.Body
	if len(body) == 0 {
		head, body = nil, head
	}
	if len(head) > 0 {
		w.raw("<thead>\n")
		w.rows(t, head)
		w.raw("</thead>\n")
	}
	w.raw("<tbody>\n")
	from := w.Len()
	if w.rows(t, body); w.Len() == from {
		w.raw("<tr><td/></tr>\n")
	}
	w.raw("</tbody>\n</table></table-wrap>\n")
}

func (w *writer) rows(t *document.Table, rows []*document.TableRow) {
	for _, r := range rows {
		if r == nil {
			continue
		}
		w.raw("<tr>")
		for i, c := range r.Cells {
			if c == nil {
				continue
			}
			tag, align := "td", c.Align
			if c.Header {
				tag = "th"
			}
			if align == "" && i < len(t.Align) {
				align = t.Align[i]
			}
			w.raw("<" + tag + w.id(&c.Attr) + attr("align", align))
			if c.Header && slices.Contains([]string{"col", "row", "colgroup", "rowgroup"}, c.Scope) {
				w.raw(attr("scope", c.Scope))
			}
			if c.ColSpan > 1 {
				w.raw(attr("colspan", strconv.Itoa(c.ColSpan)))
			}
			if c.RowSpan > 1 {
				w.raw(attr("rowspan", strconv.Itoa(c.RowSpan)))
			}
			w.raw(">")
			w.cell(c)
			w.raw("</" + tag + ">")
		}
		if len(r.Cells) == 0 {
			w.raw("<td/>")
		}
		w.raw("</tr>\n")
	}
}

// cell writes the content of a cell: one paragraph as its words.
func (w *writer) cell(c *document.TableCell) {
	if len(c.Blocks) == 1 {
		if p, ok := c.Blocks[0].(*document.Paragraph); ok && p != nil {
			w.line = true
			w.inlines(p.Content)
			w.line = false
			return
		}
	}
	for _, b := range c.Blocks {
		if !document.IsNil(b) {
			w.paragraphs([]document.Block{b})
		}
	}
}

func (w *writer) figure(f *document.Figure) {
	if len(f.Blocks) > 0 {
		w.raw(`<boxed-text content-type="figure"` + w.id(&f.Attr) + ">")
		w.caption(f)
		w.filled(f.Blocks)
		for _, im := range f.Images {
			w.inParagraph(func() { w.inlines([]document.Inline{im}) })
		}
		if len(f.Credit) > 0 {
			w.attribution(f.Credit)
		}
		w.raw("</boxed-text>\n")
		return
	}
	w.raw("<fig" + w.id(&f.Attr) + ">")
	w.caption(f)
	var missing []string
	for _, im := range f.Images {
		switch {
		case im == nil:
		case im.Asset == nil: // its words stand in its place
			missing = append(missing, document.Standin(im))
		default:
			w.raw("<graphic" + attr("xlink:href", w.picture(im.Asset)) + media(im.Asset) + ">")
			w.alternative(im)
			w.raw("</graphic>\n")
		}
	}
	_, _, credit := f.Lines()
	w.attribution(credit)
	w.raw("</fig>\n")
	for _, s := range missing {
		w.element("p", s)
	}
}

func (w *writer) caption(f *document.Figure) {
	title, caption, _ := f.Lines()
	if len(title)+len(caption) == 0 {
		return
	}
	w.raw("<caption>")
	if len(title) > 0 {
		w.titled("title", title, "")
	}
	if len(caption) > 0 {
		w.inParagraph(func() { w.inlines(caption) })
	}
	w.raw("</caption>\n")
}

func media(a *document.Asset) string {
	kind, sub, _ := strings.Cut(a.MediaType, "/")
	return attr("mimetype", kind) + attr("mime-subtype", sub)
}

func (w *writer) alternative(im *document.Image) {
	if im.Decorative {
		return
	}
	w.element("alt-text", im.Alt)
}

func (w *writer) verse(v *document.Verse) {
	w.raw("<verse-group" + w.id(&v.Attr) + ">\n")
	lines := func(stanza []document.VerseLine) {
		for _, l := range stanza {
			w.raw("<verse-line>")
			w.raw(strings.Repeat("\u2003", min(max(l.Indent, 0), 40)))
			w.inlines(l.Content)
			w.raw("</verse-line>\n")
		}
	}
	wrote := false
	for _, s := range v.Stanzas {
		switch {
		case len(s) == 0:
			continue
		case len(v.Stanzas) == 1:
			lines(s)
		default:
			w.raw("<verse-group>\n")
			lines(s)
			w.raw("</verse-group>\n")
		}
		wrote = true
	}
	if !wrote {
		w.raw("<verse-line/>\n")
	}
	w.attribution(v.Attribution)
	w.raw("</verse-group>\n")
}

func (w *writer) division(d *document.Division) {
	if d.Role == "" {
		w.blocks(d.Blocks)
		return
	}
	w.raw("<boxed-text" + attr("content-type", d.Role) + w.id(&d.Attr) + ">\n")
	w.filled(d.Blocks)
	w.raw("</boxed-text>\n")
}
