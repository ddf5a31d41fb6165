package epub

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"

	"github.com/twinpress/twinpress/export/internal/address"
)

// A writer serialises nodes as XHTML into one part of the book.
type writer struct {
	book *book
	part *part
	buf  []byte
	sets []extent // texts of the document in buf
	lang string   // of the surroundings

	// furniture: the text is shown a second time (in a contents list, a label), so that ids, notes, links and page markers,
	// which may stand only once, are left out.
	furniture bool
	inLink    bool
	held      []*document.NoteRef // references met inside a link, to be written after it: links do not nest
	used      map[string]bool     // ids that stand in this part

	tableHeads map[string]bool // ids of the heads of the table being written
}

func (b *book) writer(p *part) *writer {
	return &writer{book: b, part: p, lang: p.lang, used: map[string]bool{}}
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
	if document.IsNil(b) {
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

func (w *writer) figure(f *document.Figure) {
	class := f.Layout
	if len(f.Images) > 1 {
		class += " group"
	}
	w.element("figure", strings.TrimSpace(class), &f.Attr, w.part.figureID(w, f), func() {
		w.raw("\n")
		link := w.book.address(f.Link)
		if link == "" {
			w.unlinked(f.Link, f.Position())
		}
		caption := f.Caption
		if len(caption) == 0 {
			caption = f.Title
		}
		for _, im := range f.Images {
			if im == nil {
				continue
			}
			if link != "" && !w.inLink {
				label := ""
				if im.Decorative || im.Alt == "" { // the link must say by itself where it leads
					if label = squeeze(document.PlainText(caption)); label == "" {
						label = link
					}
				}
				w.raw("<a" + attr("href", link) + attr("aria-label", label) + ">")
				w.inLink = true
				w.image(im, caption, "")
				w.inLink = false
				w.raw("</a>")
			} else {
				w.image(im, caption, "")
			}
			w.raw("\n")
		}
		w.blocks(f.Blocks)
		title, caption, credit := f.Lines()
		if len(title)+len(caption)+len(credit) > 0 {
			w.element("figcaption", "", nil, "", func() {
				parts := 0
				for _, p := range [...]struct {
					class string
					is    []document.Inline
				}{{"figure-title", title}, {"", caption}, {"credit", credit}} {
					if len(p.is) == 0 {
						continue
					}
					if parts++; parts > 1 {
						w.raw(" ")
					}
					if p.class == "" {
						w.inlines(p.is)
					} else {
						w.element("span", p.class, nil, "", func() { w.inlines(p.is) })
					}
				}
			})
			w.raw("\n")
		}
	})
}

// image writes a picture, or the words in its place when the file is missing or cannot be used.
func (w *writer) image(im *document.Image, caption []document.Inline, extra string) {
	if w.furniture {
		w.esc(im.Alt)
		return
	}
	alt, p := document.AltText(im, caption)
	pic := w.book.picture(im.Asset)
	if pic == nil {
		w.missing(im, alt, caption)
		return
	}
	if p != nil {
		w.problem(*p)
		if p.Code == "missing-alt" {
			w.book.evidence.missingAlt++
		} else {
			w.book.evidence.alt++
		}
	} else if im.Decorative {
		w.book.evidence.decorative++
	} else {
		w.book.evidence.alt++
	}
	w.book.evidence.images++
	if pic.animated {
		w.book.evidence.animated++
	}
	pic.used = true
	class := ""
	if im.Width > 0 {
		// A width is a share of the measure, in steps of five hundredths: by class, since reading systems override style
		// attributes, and not in pixels, which mean something else on every screen. 600 of them made a column once.
		share := im.Width
		if !im.Percent {
			share = im.Width / 600
		}
		if n := int(share*20 + 0.5); n < 20 {
			class = "w" + strconv.Itoa(max(n, 1)*5)
		}
	}
	extra = attr("src", "../"+pic.path()) + ` alt="` + esc(alt) + `"` + extra
	if im.Decorative {
		extra += ` role="presentation"`
	}
	w.open("img", class, &im.Attr, extra)
	w.buf = append(w.buf[:len(w.buf)-1], "/>"...)
}

// missing stands in for a picture that is not there: its alt text unless the caption, which stands below, says the same.
func (w *writer) missing(im *document.Image, alt string, caption []document.Inline) {
	if c := document.PlainText(caption); alt == "" || alt == strings.Join(strings.Fields(c), " ") && im.Alt == "" {
		alt = ""
	}
	w.element("span", "missing", &im.Attr, "", func() {
		if alt != "" {
			w.raw("[")
			w.esc(alt)
			w.raw("]")
		}
	})
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

// inlines writes inlines one after the other.
func (w *writer) inlines(is []document.Inline) {
	for _, n := range is {
		w.inline(n)
	}
}

// styles gives the element of each kind of styled run.
var styles = [...]struct{ tag, class string }{
	document.Emphasis: {"em", ""}, document.Strong: {"strong", ""}, document.Superscript: {"sup", ""},
	document.Subscript: {"sub", ""}, document.Strikethrough: {"s", ""}, document.SmallCaps: {"span", "smallcaps"},
	document.Underline: {"u", ""}, document.Mark: {"mark", ""}, document.Keyboard: {"kbd", ""},
	document.Abbreviation: {"abbr", ""}, document.Citation: {"cite", ""}, document.Quotation: {"q", ""},
	document.Small: {"small", ""}, document.Plain: {"span", ""}, document.Deleted: {"del", ""}, document.Inserted: {"ins", ""},
	document.DefinedTerm: {"dfn", ""}, document.Variable: {"var", ""}, document.Override: {"bdo", ""},
}

// inline is the one switch over inlines.
func (w *writer) inline(n document.Inline) {
	if document.IsNil(n) {
		return
	}
	switch n := n.(type) {
	case *document.Text:
		w.text(n)
	case *document.Styled:
		s := styles[document.Plain]
		if n.Kind >= 0 && int(n.Kind) < len(styles) {
			s = styles[n.Kind]
		}
		extra := ""
		switch n.Kind {
		case document.Abbreviation, document.DefinedTerm:
			extra = attr("title", n.Title)
		case document.Override:
			if n.Dir != "rtl" && n.Dir != "ltr" {
				s = styles[document.Plain] // HTML wants a direction there
			}
		}
		w.element(s.tag, s.class, &n.Attr, extra, func() { w.inlines(n.Content) })
	case *document.Code:
		w.element("code", "", nil, "", func() { w.inline(n.Text) })
	case *document.Link:
		w.link(n)
	case *document.Image:
		w.image(n, n.Title, attr("title", squeeze(document.PlainText(n.Title))))
	case *document.NoteRef:
		w.noteRef(n)
	case *document.Break:
		if w.furniture {
			w.raw(" ")
		} else {
			w.raw("<br/>\n")
		}
	case *document.Speaker:
		w.element("b", "speaker", nil, "", func() { w.inlines(n.Content) })
	case *document.EndMark:
		if n.Text == nil {
			return
		}
		// The mark's letters are an ornament: a page marker must not be lost in what is hidden.
		w.marks(n.Text, 0, len(n.Text.Value)+1)
		if n := len(w.buf); n > 0 && w.buf[n-1] != ' ' {
			w.raw("\u00a0") // for who knows no margins
		}
		w.raw(`<span class="endmark" aria-hidden="true">`)
		start := len(w.buf)
		w.esc(n.Text.Value)
		w.noteText(n.Text, nil, start)
		w.raw("</span>")
	case *document.Math:
		w.formula(n.TeX, n.Formula)
	case *document.Ruby:
		w.ruby(n)
	case *document.Anchor:
		if id := w.id(n.ID); id != "" {
			w.raw("<span" + id + "></span>")
		}
	default:
		panic(fmt.Sprintf("epub: no case for inline %T", n))
	}
}

// ruby writes a word and its annotation, with parentheses for who cannot set one over the other.
func (w *writer) ruby(n *document.Ruby) {
	if w.furniture {
		w.inlines(n.Base)
		return
	}
	w.element("ruby", "", nil, "", func() {
		w.inlines(n.Base)
		w.raw("<rp>(</rp><rt>")
		w.inlines(n.Text)
		w.raw("</rt><rp>)</rp>")
	})
}

// text writes characters, and the markers of the pages that begin among them.
func (w *writer) text(t *document.Text) {
	if w.furniture {
		w.esc(t.Value)
		return
	}
	start, from := len(w.buf), 0
	for _, m := range w.book.breaks[t] {
		at := min(max(m.offset, from), len(t.Value))
		w.esc(t.Value[from:at])
		w.mark(m)
		from = at
	}
	w.esc(t.Value[from:])
	w.noteText(t, nil, start)
}

// marks writes the markers of a text from one offset to before another, without the text.
func (w *writer) marks(t *document.Text, from, to int) {
	if w.furniture {
		return
	}
	for _, m := range w.book.breaks[t] {
		if m.offset >= from && m.offset < to {
			w.mark(m)
		}
	}
}

// mark writes the marker of a page: DPUB-ARIA's doc-pagebreak, whose label is the bare number. It is not an empty-element
// tag, which a reading system that reads XHTML as HTML would take for a start tag.
func (w *writer) mark(m *pageMark) {
	m.part = w.part
	w.raw(`<span epub:type="pagebreak" role="doc-pagebreak"` + attr("id", m.id) + attr("aria-label", m.label) + "></span>")
}

func (w *writer) link(l *document.Link) {
	href := w.book.href(w.part, l)
	if href == "" {
		w.unlinked(l.URL, l.Position())
	}
	if href == "" || w.furniture || w.inLink || document.PlainText(l.Content) == "" && !hasImage(l.Content) {
		w.inlines(l.Content)
		return
	}
	class := ""
	if l.Auto {
		class = "url"
	}
	w.inLink = true
	w.element("a", class, nil, attr("href", href)+attr("title", l.Title), func() { w.inlines(l.Content) })
	w.inLink = false
	held := w.held
	w.held = nil
	for _, r := range held {
		w.noteRef(r)
	}
}

func hasImage(is []document.Inline) (found bool) {
	document.WalkInlines(is, func(n document.Node) bool {
		_, ok := n.(*document.Image)
		found = found || ok
		return !found
	})
	return found
}

// noteRef writes a reference to a note.
func (w *writer) noteRef(r *document.NoteRef) {
	if w.furniture || r.Note == nil {
		return
	}
	if w.inLink {
		w.held = append(w.held, r)
		return
	}
	b := w.book
	place, ok := b.notes[r.Note]
	if !ok { // the note is not among its article's notes: the number can still be read
		w.rawf("<sup>%d</sup>", r.Note.Number)
		return
	}
	id := refID(place, r)
	if w.part == place.part && place.part.article == nil {
		id = place.prefix + id
	}
	w.part.refs[r] = id
	w.rawf(`<a%s href="%s" class="noteref" epub:type="noteref" role="doc-noteref">%d</a>`,
		attr("id", id), b.relative(w.part, place.part, place.id), r.Note.Number)
}

// language gives a BCP 47 tag in good form, "" for what is none.
func bcp47(tag string) string {
	tag = strings.ReplaceAll(strings.TrimSpace(tag), "_", "-")
	for i, sub := range strings.Split(tag, "-") {
		if len(sub) == 0 || len(sub) > 8 || i == 0 && (len(sub) < 2 || len(sub) == 4) {
			return ""
		}
		for _, r := range sub {
			if r > unicode.MaxASCII || !(unicode.IsLetter(r) || unicode.IsDigit(r)) || i == 0 && !unicode.IsLetter(r) {
				return ""
			}
		}
	}
	return tag
}

// address gives a URL fit for an href, "" for what must not be linked.
func (b *book) address(s string) string {
	href, _ := address.ForEPUB(s, b.issue.Journal.BaseURL)
	return href
}

// unlinked tells why a link of the text is none here.
func (w *writer) unlinked(l string, pos document.Pos) {
	if w.furniture {
		return
	}
	scheme := address.SchemeOf(l)
	switch _, err := address.ForEPUB(l, w.book.issue.Journal.BaseURL); err {
	case address.ErrNotInEPUB:
		w.problem(document.Problem{Code: "link-left-out", Severity: document.Info, Pos: pos,
			Message: "an EPUB carries no link to " + scheme + ": addresses", Hint: "its text stands; a PDF has the link"})
	case address.ErrUnsafe:
		w.problem(document.Problem{Code: "unsafe-link", Severity: document.Warning, Pos: pos,
			Message: "a link to a " + scheme + ": address was dropped", Hint: "its text stands"})
	case address.ErrInvalid:
		w.problem(document.Problem{Code: "broken-link", Severity: document.Warning, Pos: pos,
			Message: "the address " + l + " is not one", Hint: "its text stands without a link"})
	}
}
