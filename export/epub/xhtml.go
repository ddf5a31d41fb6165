package epub

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A writer serialises nodes as XHTML into one part of the book.
type writer struct {
	book *book
	part *part
	home *part // the article whose text or notes are being written
	buf  []byte
	sets []extent // texts of the document in buf
	lang string   // of the surroundings

	// furniture: the text is shown a second time (in a contents list, a label), so that ids, notes, links and page markers,
	// which may stand only once, are left out.
	furniture bool
	inLink    bool
	held      []*document.NoteRef // references met inside a link, to be written after it: links do not nest
	used      map[string]bool     // ids that stand in this part
	backs     []back              // from the notes, where they are to stand

	tableHeads map[string]bool // ids of the heads of the table being written
}

func (b *book) writer(p *part) *writer {
	return &writer{book: b, part: p, home: p, lang: p.lang, used: map[string]bool{}}
}

func (w *writer) raw(s string)               { w.buf = append(w.buf, s...) }
func (w *writer) esc(s string)               { w.buf = escape(w.buf, s) }
func (w *writer) rawf(f string, a ...any)    { w.buf = fmt.Appendf(w.buf, f, a...) }
func (w *writer) problem(p document.Problem) { w.book.problems = append(w.book.problems, p) }

// id gives the attribute for an id of the source, once in a part.
func (w *writer) id(anchor string) string {
	id := safeID(anchor)
	if id == "" || w.furniture || w.used[id] {
		return ""
	}
	w.used[id] = true
	return attr("id", id)
}

// open writes a start tag with what the node's attributes say and gives the language to return to.
func (w *writer) open(tag, class string, a *document.Attr, extra string) (lang string) {
	lang = w.lang
	w.raw("<")
	w.raw(tag)
	if a == nil {
		w.raw(attr("class", class))
		w.raw(extra)
		w.raw(">")
		return lang
	}
	classes := class
	for _, c := range a.Classes {
		if c = strings.TrimSpace(c); c != "" && !strings.ContainsAny(c, " \t\n") {
			classes += " " + c
		}
	}
	if !strings.Contains(extra, " id=") {
		w.raw(w.id(a.ID))
	}
	w.raw(attr("class", strings.TrimSpace(classes)))
	w.raw(extra)
	if l := bcp47(a.Lang); l != "" && l != w.lang {
		w.lang = l
		w.raw(attr("lang", l) + attr("xml:lang", l))
	}
	if a.Dir == "rtl" || a.Dir == "ltr" {
		w.raw(attr("dir", a.Dir))
	}
	w.raw(">")
	return lang
}

// element writes a node's element around its content.
func (w *writer) element(tag, class string, a *document.Attr, extra string, content func()) {
	lang := w.open(tag, class, a, extra)
	content()
	w.raw("</" + tag + ">")
	w.lang = lang
}

// blocks writes blocks one after the other.
func (w *writer) blocks(bs []document.Block) {
	for _, b := range bs {
		w.block(b)
	}
}

// sections writes blocks with a section element around each heading and what belongs to it.
func (w *writer) sections(bs []document.Block) {
	var open []int
	for _, b := range bs {
		if h, ok := b.(*document.Heading); ok && h != nil {
			for len(open) > 0 && open[len(open)-1] >= h.Level {
				w.raw("</section>\n")
				open = open[:len(open)-1]
			}
			w.raw("<section>\n")
			open = append(open, h.Level)
		}
		w.block(b)
	}
	w.raw(strings.Repeat("</section>\n", len(open)))
}

// block is the one switch over blocks.
func (w *writer) block(b document.Block) {
	if document.IsNil(b) || !document.Kept(b, "epub") {
		return
	}
	switch b := b.(type) {
	case *document.Paragraph:
		w.element("p", paragraphClass(b), &b.Attr, "", func() { w.inlines(b.Content) })
	case *document.Heading:
		w.heading(b)
	case *document.BlockQuote:
		w.element("blockquote", "", &b.Attr, "", func() {
			w.raw("\n")
			w.blocks(b.Blocks)
			w.attribution(b.Attribution)
		})
	case *document.List:
		w.list(b)
	case *document.ListItem: // written by list
		w.item(b, false)
	case *document.DefinitionList:
		w.element("dl", "", &b.Attr, "", func() {
			w.raw("\n")
			for _, d := range b.Items {
				if d != nil {
					w.definition(d)
				}
			}
		})
	case *document.Definition: // written by its list
		w.definition(b)
	case *document.CodeBlock:
		w.code(b)
	case *document.Table:
		w.table(b)
	case *document.TableRow: // written by its table
		w.row(b, nil, false)
	case *document.TableCell:
		w.cell(b, b.Align, false)
	case *document.Figure:
		w.figure(b)
	case *document.Verse:
		w.verse(b)
	case *document.Rule:
		w.open("hr", "", &b.Attr, "")
		w.buf = append(w.buf[:len(w.buf)-1], "/>"...)
	case *document.Division:
		w.division(b)
	case *document.Media:
		w.media(b)
	case *document.MathBlock:
		w.element("div", "math", &b.Attr, "", func() { w.formula(b.TeX, b.Formula) })
	default:
		panic(fmt.Sprintf("epub: no case for block %T", b))
	}
	w.raw("\n")
}

func paragraphClass(p *document.Paragraph) string {
	class := ""
	if p.Lead {
		class = "first"
	}
	if p.Run {
		class += " run"
	}
	if p.Align == "center" || p.Align == "right" {
		class += " " + p.Align
	}
	if len(p.Content) > 0 {
		if _, ok := p.Content[0].(*document.Speaker); ok {
			class += " turn"
		}
	}
	return strings.TrimSpace(class)
}

// heading writes a heading below the article's own, which is h1. A heading without words is none: to a screen reader it
// would be an empty entry.
func (w *writer) heading(h *document.Heading) {
	if strings.TrimSpace(document.PlainText(h.Content)) == "" {
		w.element("p", "", &h.Attr, "", func() { w.inlines(h.Content) })
		return
	}
	tag := "h" + strconv.Itoa(min(max(h.Level, 1)+1, 6))
	extra := ""
	if id := w.part.headings[h]; id != "" && !w.furniture && !w.used[id] {
		w.used[id] = true
		extra = attr("id", id)
	}
	w.element(tag, "", &h.Attr, extra, func() { w.inlines(h.Content) })
}

func (w *writer) attribution(is []document.Inline) {
	if len(is) == 0 {
		return
	}
	class := "attribution"
	if t := strings.TrimSpace(document.PlainText(is)); !strings.HasPrefix(t, "—") && !strings.HasPrefix(t, "–") && !strings.HasPrefix(t, "―") {
		class = "attribution dashed"
	}
	w.element("footer", class, nil, "", func() { w.inlines(is) })
	w.raw("\n")
}

func (w *writer) list(l *document.List) {
	tag, class, extra := "ul", "", ""
	if l.Ordered {
		tag = "ol"
		if l.Style != "" && l.Style != "1" && strings.Contains("aAiI", l.Style) {
			extra += attr("type", l.Style)
		}
		usual := 1
		if l.Reversed {
			usual = len(l.Numbers())
			extra += attr("reversed", "reversed")
		}
		if l.Start != usual {
			extra += attr("start", strconv.Itoa(l.Start))
		}
	}
	for _, it := range l.Items {
		if it != nil && it.Checked != 0 {
			class = "tasks"
		}
	}
	w.element(tag, class, &l.Attr, extra, func() {
		w.raw("\n")
		for _, it := range l.Items {
			if it != nil {
				w.item(it, l.Tight)
				w.raw("\n")
			}
		}
	})
}

func (w *writer) item(it *document.ListItem, tight bool) {
	extra := ""
	if it.Value != nil {
		extra = attr("value", strconv.Itoa(*it.Value))
	}
	w.element("li", "", &it.Attr, extra, func() {
		switch it.Checked {
		case 1:
			w.raw("☐ ")
		case 2:
			w.raw("☑ ")
		}
		w.flow(it.Blocks, tight)
	})
}

// flow writes the blocks of an item, a meaning or a cell: the plain paragraph of a tight one stands without an element of
// its own. Two would run into one.
func (w *writer) flow(bs []document.Block, tight bool) {
	paragraphs := 0
	for _, b := range bs {
		if p, ok := b.(*document.Paragraph); ok && p != nil {
			paragraphs++
		}
	}
	tight = tight && paragraphs < 2
	for i, b := range bs {
		if p, ok := b.(*document.Paragraph); ok && p != nil && tight && isPlain(p) {
			if i > 0 {
				w.raw("\n")
			}
			w.inlines(p.Content)
			continue
		}
		if i == 0 || tight {
			w.raw("\n")
		}
		w.block(b)
	}
}

// isPlain reports whether a paragraph says nothing but its text.
func isPlain(p *document.Paragraph) bool {
	return p.ID == "" && p.Lang == "" && p.Dir == "" && p.Align == "" && len(p.Classes) == 0
}

func (w *writer) definition(d *document.Definition) {
	for i, t := range d.Terms {
		a := &d.Attr
		if i > 0 {
			a = nil
		}
		w.element("dt", "", a, "", func() { w.inlines(t) })
		w.raw("\n")
	}
	for _, def := range d.Definitions {
		w.element("dd", "", nil, "", func() { w.flow(def, d.Tight || len(def) == 1) })
		w.raw("\n")
	}
}

func (w *writer) code(c *document.CodeBlock) {
	if len(c.Caption) > 0 {
		w.raw("<figure class=\"code\">\n")
		w.element("figcaption", "", nil, "", func() { w.inlines(c.Caption) })
		w.raw("\n")
	}
	extra := ""
	if c.Dir == "" && w.part.dir == "rtl" {
		extra = ` dir="ltr"` // programs are, in every language; CSS may not say so in an EPUB
	}
	w.element("pre", "", &c.Attr, extra, func() {
		class := ""
		if l := fileStem(c.Language); l != "" {
			class = "language-" + l
		}
		w.element("code", class, nil, "", func() {
			start := len(w.buf)
			w.esc(c.Text)
			w.noteText(nil, c, start)
		})
	})
	if len(c.Caption) > 0 {
		w.raw("\n</figure>")
	}
}

func (w *writer) verse(v *document.Verse) {
	w.element("div", "verse", &v.Attr, "", func() {
		w.raw("\n")
		for _, st := range v.Stanzas {
			w.raw("<p>\n")
			for i, l := range st {
				class := "line"
				if l.Indent > 0 {
					class += " i" + strconv.Itoa(min(l.Indent, 12))
				}
				w.element("span", class, nil, "", func() { w.inlines(l.Content) })
				if i < len(st)-1 {
					w.raw("<br/>") // hidden by the stylesheet: lines stay lines without it
				}
				w.raw("\n")
			}
			w.raw("</p>\n")
		}
		w.attribution(v.Attribution)
	})
}

// divisions gives each role its element: only names that the EPUB Structural Semantics Vocabulary 1.1 and DPUB-ARIA 1.1
// know, on elements that ARIA in HTML allows them on.
var divisions = map[string]struct{ tag, class, extra string }{
	"":            {"div", "", ""},
	"aside":       {"aside", "", ` role="note"`}, // not a landmark: there may be many
	"epigraph":    {"section", "epigraph", ` epub:type="epigraph" role="doc-epigraph"`},
	"pullquote":   {"aside", "pullquote", ` epub:type="pullquote" role="doc-pullquote"`},
	"abstract":    {"section", "abstract", ` epub:type="abstract" role="doc-abstract"`},
	"note":        {"div", "box", ` role="note"`},
	"editor-note": {"div", "box editor-note", ` role="note"`},
	"dedication":  {"section", "dedication", ` epub:type="dedication" role="doc-dedication"`},
	"bio":         {"div", "bio", ""},
}

func (w *writer) division(d *document.Division) {
	e, ok := divisions[d.Role]
	if !ok {
		e = divisions[""]
		e.class = fileStem(d.Role)
	}
	w.element(e.tag, e.class, &d.Attr, e.extra, func() {
		w.raw("\n")
		w.blocks(d.Blocks)
	})
}
