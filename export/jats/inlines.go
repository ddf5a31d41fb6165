package jats

import (
	"cmp"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
)

func (w *writer) inlines(is []document.Inline) {
	for _, in := range is {
		if !document.IsNil(in) {
			w.inline(in)
		}
	}
}

// faces are the elements that say how a run is set; a run of another kind is named.
var faces = map[document.StyleKind]string{document.Emphasis: "italic", document.Strong: "bold", document.Superscript: "sup", document.Subscript: "sub",
	document.Strikethrough: "strike", document.SmallCaps: "sc", document.Underline: "underline", document.Keyboard: "monospace", document.Citation: "italic",
	document.Deleted: "strike", document.Inserted: "underline", document.DefinedTerm: "italic", document.Variable: "italic"}

func (w *writer) inline(in document.Inline) {
	if w.linked {
		switch in.(type) {
		case *document.Text, *document.Styled, *document.Code, *document.Speaker, *document.EndMark, *document.Ruby, *document.Link:
		default:
			w.deferred = append(w.deferred, func() { w.inline(in) })
			return
		}
	}
	switch in := in.(type) {
	case *document.Text:
		w.text(in.Value)
	case *document.Styled:
		w.styled(in)
	case *document.Code:
		w.raw("<monospace>")
		if in.Text != nil {
			w.text(in.Text.Value)
		}
		w.raw("</monospace>")
	case *document.Link:
		w.link(in)
	case *document.Image:
		if in.Asset == nil {
			w.text(document.Standin(in))
			return
		}
		w.raw("<inline-graphic" + attr("xlink:href", w.picture(in.Asset)) + media(in.Asset) + ">")
		w.alternative(in)
		w.raw("</inline-graphic>")
	case *document.NoteRef:
		if in.Note != nil {
			open, shut := w.toNote(in.Note)
			w.raw(open + "<sup>" + strconv.Itoa(in.Note.Number) + "</sup>" + shut)
		}
	case *document.Break:
		if w.line {
			w.raw("<break/>")
		} else {
			w.raw("\n") // JATS breaks lines in titles and cells only
		}
	case *document.Speaker:
		w.raw("<bold>")
		w.inlines(in.Content)
		w.raw("</bold>")
	case *document.EndMark:
		if in.Text != nil {
			w.raw(`<named-content content-type="end-mark">`)
			w.text(in.Text.Value)
			w.raw("</named-content>")
		}
	case *document.Math:
		w.raw("<inline-formula>")
		w.formula(in.TeX, in.Formula)
		w.raw("</inline-formula>")
	case *document.Ruby: // JATS 1.1 has none
		w.inlines(in.Base)
		w.raw(" (")
		w.inlines(in.Text)
		w.raw(")")
	case *document.Anchor:
		if id := w.id(&document.Attr{ID: in.ID}); id != "" {
			w.raw("<target" + id + "/>")
		}
	}
}

func (w *writer) styled(s *document.Styled) {
	if !w.linked {
		if id := w.id(&document.Attr{ID: s.ID}); id != "" {
			w.raw("<target" + id + "/>")
		}
	}
	tag := faces[s.Kind]
	atts := ""
	switch {
	case tag != "":
	case s.Kind == document.Plain && s.Lang == "" || s.Kind == document.Quotation || s.Kind == document.Small || s.Kind == document.Override:
		w.inlines(s.Content)
		return
	default:
		tag = "named-content"
		atts = attr("content-type", strings.ReplaceAll(s.Kind.String(), " ", "-")) + attr("alt", s.Title)
	}
	if s.Lang != "" {
		if tag != "named-content" {
			w.raw(`<named-content content-type="language"` + language(s.Lang) + ">")
			defer w.raw("</named-content>")
		} else {
			atts += language(s.Lang)
		}
	}
	w.raw("<" + tag + atts + ">")
	line := w.line
	w.line = false // within a face no line is broken
	w.inlines(s.Content)
	w.line = line
	w.raw("</" + tag + ">")
}

// link writes a link: within the article to an id that is there, else to a public address; without one its words stand alone.
func (w *writer) link(l *document.Link) {
	open, shut := "", ""
	switch {
	case l.Note != nil:
		if !l.ToRef {
			open, shut = w.toNote(l.Note)
		}
	case l.Article != nil && l.Article == w.work.Article:
		if id := identifier(l.Anchor); id != "" && (w.known == nil || w.known[id]) {
			open, shut = `<xref rid="`+id+`">`, "</xref>"
		}
	case l.Article != nil:
		to := l.Article.URL
		if to == "" {
			to = w.sitePaths[l.Article.Path]
		}
		if strings.Contains(to, "://") {
			if l.Anchor != "" {
				to += "#" + l.Anchor
			}
			open, shut = `<ext-link ext-link-type="uri"`+attr("xlink:href", to)+">", "</ext-link>"
		}
	case l.URL != "":
		open, shut = `<ext-link ext-link-type="uri"`+attr("xlink:href", l.URL)+">", "</ext-link>"
	}
	if open == "" || w.linked {
		w.inlines(l.Content)
		return
	}
	w.raw(open)
	w.linked = true
	from := w.Len()
	w.inlines(l.Content)
	if w.Len() == from { // a picture alone: the link is its words, or the address
		w.text(cmp.Or(alternatives(l.Content), l.URL, "…"))
	}
	w.linked = false
	w.raw(shut)
	behind := w.deferred
	w.deferred = nil
	for _, f := range behind {
		f()
	}
}

// toNote gives the tags of a reference to a note, when the article has it.
func (w *writer) toNote(n *document.Note) (open, shut string) {
	if id := noteID(n); w.known == nil || w.known[id] {
		return `<xref ref-type="fn" rid="` + id + `">`, "</xref>"
	}
	return "", ""
}

// alternatives gives the words that stand for the pictures of a link.
func alternatives(is []document.Inline) string {
	var out []string
	document.WalkInlines(is, func(n document.Node) bool {
		if im, ok := n.(*document.Image); ok && im.Alt != "" {
			out = append(out, im.Alt)
		}
		return true
	})
	return strings.Join(out, " ")
}

var mathTag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<(/?)([A-Za-z])`) })

// formula writes a formula as MathML and as TeX, as far as either is known.
func (w *writer) formula(tex string, f *document.Formula) {
	mathml := f != nil && f.Check() == nil
	both := mathml && tex != ""
	if both {
		w.raw("<alternatives>")
	}
	if mathml {
		s := mathTag().ReplaceAllString(f.MathML(), "<${1}mml:$2")
		w.raw(strings.Replace(s, ` xmlns="http://www.w3.org/1998/Math/MathML"`, "", 1)) // declared once, with the prefix
	}
	if tex != "" {
		w.raw("<tex-math>")
		w.text(tex)
		w.raw("</tex-math>")
	}
	if both {
		w.raw("</alternatives>")
	}
}
