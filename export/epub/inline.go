package epub

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

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
	if document.IsNil(n) || !document.Kept(n, "epub") {
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
		w.raw("(")
		w.inlines(n.Text)
		w.raw(")")
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
		for at > from && at < len(t.Value) && !utf8.RuneStart(t.Value[at]) {
			at-- // a page may begin at what is no part of its text: a soft hyphen
		}
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
