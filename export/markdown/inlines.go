package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/typography"
	"github.com/twinpress/twinpress/export/internal/words"
)

// line turns what stands in a line of text into finished inlines: everything from heading to caption comes through here.
func (r *Reader) line(kids []*elem) []document.Inline { return r.typeset(r.inlines(kids)) }

// typeset brings a line into its final characters.
func (r *Reader) typeset(is []document.Inline) []document.Inline {
	if r.setter == nil {
		r.setter = typography.NewSetter(r.md.set.House)
	}
	return r.setter.Set(is, r.lang)
}

// lineOf reads a source as a line of Markdown.
func (r *Reader) lineOf(src *source.Source) []document.Inline {
	if src == nil || len(src.Text) == 0 {
		return nil
	}
	root := r.parseLine(r.setAsideLine(src))
	r.attributes(root)
	return r.line(root.kids)
}

func (r *Reader) inlines(kids []*elem) []document.Inline {
	var out []document.Inline
	for _, e := range kids {
		out = append(out, r.inline(e)...)
	}
	return out
}

// inline turns an element of a line into inlines.
func (r *Reader) inline(e *elem) []document.Inline {
	switch e.tag {
	case "":
		return r.text(e)
	case "noteref":
		return r.cite(e)
	case "insert":
		return r.inlineInsert(e)
	}
	switch lookUp(e.tag).is {
	case asCode:
		return r.codeSpan(e)
	case asLineBreak:
		return one(at(&document.Break{}, e))
	case asWordBreak:
		return one(at(&document.Text{Value: "\u200B"}, e))
	case asLink:
		return r.link(e)
	case asPicture:
		return one(r.image(e))
	case asQuoted:
		return one(at(&document.Styled{Attr: r.attrOf(e), Kind: document.Quotation, Content: r.inlines(e.kids)}, e))
	case asFormula:
		f, source := r.formulaOf(e)
		return r.identified(e, one(at(&document.Math{Formula: f, TeX: source}, e)))
	case asRuby:
		return r.ruby(e)
	case asMedia:
		return r.htmlMedia(e)
	case asNothing, asLeftOut, asRule:
		return nil
	case asPreformat:
		if e.md || len(e.kids) == 0 {
			return r.codeSpan(e)
		}
	}
	if !e.isBlock() {
		return r.styled(e)
	}
	content := r.inlines(e.kids)
	if len(e.kids) > 0 {
		// A block where only a line can stand (a heading with paragraphs in it): its lines follow one another.
		content = append(content, at(&document.Break{}, e))
	}
	return content
}

// identified puts an element's name before inlines that have none themselves.
func (r *Reader) identified(e *elem, is []document.Inline) []document.Inline {
	if id := e.attr("id"); id != "" {
		return append(one(at(&document.Anchor{ID: r.anchorID(id)}, e)), is...)
	}
	return is
}

// codeSpan reads code in a line. What is marked in it, a link, a citation, emphasis, stays so, and has the code in it.
func (r *Reader) codeSpan(e *elem) []document.Inline {
	var out []document.Inline
	code := func(s string, from *elem) {
		if s = r.verbatim(s); s != "" {
			t := at(&document.Text{Value: s}, from)
			out = append(out, at(&document.Code{Text: t}, from))
		}
	}
	code(e.text, e)
	for _, k := range e.kids {
		switch is := lookUp(k.tag).is; {
		case k.tag == "":
			code(k.text, k)
		case k.tag == "noteref" || k.tag == "insert" || is == asPicture || is == asLineBreak || is == asFormula || is == asRuby:
			out = append(out, r.inline(k)...)
		case is == asCode:
			out = append(out, r.codeSpan(k)...)
		default:
			inner := *k
			inner.adopt([]*elem{{tag: "code", kids: k.kids, src: k.src, at: k.at}})
			out = append(out, r.inline(&inner)...)
		}
	}
	return r.identified(e, joinCode(out))
}

// joinCode makes neighbouring pieces of code one.
func joinCode(is []document.Inline) []document.Inline {
	var out []document.Inline
	for _, n := range is {
		if c, ok := n.(*document.Code); ok && len(out) > 0 {
			if last, ok := out[len(out)-1].(*document.Code); ok {
				last.Text.Value += c.Text.Value
				continue
			}
		}
		out = append(out, n)
	}
	return out
}

// ruby reads words with annotations: <ruby>base<rt>annotation</ruby>, and the older form with several <rb> before their <rt>
// (HTML Standard § 4.5.10).
func (r *Reader) ruby(e *elem) []document.Inline {
	var out []document.Inline
	var bases, texts [][]*elem
	open := false // a base that has no element of its own goes on
	flush := func() {
		for i := range bases {
			switch {
			case i >= len(texts):
				out = append(out, r.inlines(bases[i])...)
				continue
			case i == len(bases)-1: // what is left over belongs to the last
				for _, t := range texts[i+1:] {
					texts[i] = append(append(texts[i], &elem{text: " ", src: e.src, at: e.at}), t...)
				}
			}
			out = append(out, at(&document.Ruby{Base: r.inlines(bases[i]), Text: r.line(texts[i])}, e))
		}
		if len(bases) == 0 {
			for _, t := range texts {
				out = append(out, r.inlines(t)...)
			}
		}
		bases, texts, open = nil, nil, false
	}
	for _, k := range e.kids {
		switch {
		case k.tag == "rp" || k.isBlank() && (len(texts) > 0 || !open):
		case k.tag == "rt":
			texts, open = append(texts, r.named(k)), false
		case k.tag == "rtc":
			for _, t := range k.kids {
				if t.tag == "rt" {
					texts = append(texts, r.named(t))
				} else if t.tag != "rp" && !t.isBlank() {
					texts = append(texts, []*elem{t})
				}
			}
			open = false
		default:
			if len(texts) > 0 {
				flush()
			}
			part := []*elem{k}
			if k.tag == "rb" {
				bases, open = append(bases, r.named(k)), false
			} else if open {
				bases[len(bases)-1] = append(bases[len(bases)-1], k)
			} else {
				bases, open = append(bases, part), true
			}
		}
	}
	flush()
	a := r.attrOf(e)
	if a.ID == "" && a.Lang == "" && a.Dir == "" {
		return out
	}
	return one(at(&document.Styled{Attr: a, Kind: document.Plain, Content: out}, e))
}

// styled reads an element that only changes how its content looks. Where nothing would change, it gives the content.
func (r *Reader) styled(e *elem) []document.Inline {
	content := r.inlines(e.kids)
	if len(content) == 0 {
		if id := e.attr("id"); id != "" {
			return one(at(&document.Anchor{ID: r.anchorID(id)}, e))
		}
		return nil
	}
	a, kind := r.attrOf(e), document.Plain
	if is := lookUp(e.tag); is.is == asRun {
		kind = is.style
	}
	if e.tag == "bdi" && a.Dir == "" {
		a.Dir = directionOf(e)
	}
	switch {
	case e.tag == "sup":
		// A citation is raised by itself.
		if _, ok := content[0].(*document.NoteRef); ok && len(content) == 1 {
			return content
		}
	case kind == document.Plain:
		says := false
		if kind, says = spanStyle(e); !says && a.ID == "" && a.Lang == "" && a.Dir == "" && len(a.Classes) == 0 {
			return content
		}
	case e.tag == "em" || e.tag == "strong" || e.tag == "i" || e.tag == "b":
		// *.* stands in many texts where an editor's cursor slipped: what has no letters has no face.
		if !e.hasWord() {
			return content
		}
	}
	styled := at(&document.Styled{Attr: a, Kind: kind, Content: content, Only: only(e)}, e)
	if styled.Only != "" {
		styled.Classes = nil
	}
	if kind == document.Abbreviation || kind == document.DefinedTerm {
		styled.Title = r.plainLine(e.attr("title"))
	}
	return one(styled)
}

// spanStyle finds in a span's style and classes what it is for, if they say anything.
func spanStyle(e *elem) (kind document.StyleKind, says bool) {
	decoration := e.css("text-decoration", "text-decoration-line")
	weight, _ := integer(e.css("font-weight"))
	switch slope := e.css("font-style"); {
	case strings.Contains(e.css("font-variant", "font-variant-caps"), "small-caps") || hasClass(e, "smallcaps", "small-caps", "sc"):
		return document.SmallCaps, true
	case slope == "italic" || strings.HasPrefix(slope, "oblique"):
		return document.Emphasis, true
	case strings.HasPrefix(e.css("font-weight"), "bold") || weight >= 600:
		return document.Strong, true
	case strings.Contains(decoration, "line-through"):
		return document.Strikethrough, true
	case strings.Contains(decoration, "underline") || hasClass(e, "underline"):
		return document.Underline, true
	case e.css("vertical-align") == "super":
		return document.Superscript, true
	case e.css("vertical-align") == "sub":
		return document.Subscript, true
	}
	// org-mode's exporter numbers sections and figures so.
	return document.Plain, hasClass(e, "section-num", "figure-number", "table-number")
}

func hasClass(e *elem, names ...string) bool {
	return slices.ContainsFunc(e.classes(), func(c string) bool { return slices.Contains(names, c) })
}

// hasWord reports whether an element holds more than stops and blanks.
func (e *elem) hasWord() bool {
	if e.tag == "" {
		return strings.Trim(e.text, " \n\t.,;:!?'\"-\u2013\u2014\u2026\u00A0\u200B") != ""
	}
	switch e.tag {
	case "img", "noteref", "insert", "math", "code":
		return true
	}
	return slices.ContainsFunc(e.kids, (*elem).hasWord)
}

// at sets a node's place to its element's.
func at[N interface{ SetPos(document.Pos) }](n N, e *elem) N {
	n.SetPos(e.pos())
	return n
}

func one(n document.Inline) []document.Inline { return []document.Inline{n} }

func (e *elem) pos() document.Pos { return e.src.Pos(e.at) }

// attrOf gives what an element's attributes say about it.
func (r *Reader) attrOf(e *elem) document.Attr {
	var a document.Attr
	for _, at := range e.attrs {
		switch at.key {
		case "id":
			if at.val != "" {
				a.ID = r.anchorID(at.val)
			}
		case "class":
			for _, c := range strings.Fields(at.val) {
				if !slices.Contains(a.Classes, c) {
					a.Classes = append(a.Classes, c)
				}
			}
		case "lang", "xml:lang":
			a.Lang = r.language(at.val, e.pos())
		case "dir":
			switch dir := strings.ToLower(at.val); dir {
			case "rtl", "ltr":
				a.Dir = dir
			case "auto":
				a.Dir = directionOf(e)
			}
		}
	}
	return a
}

// directionOf gives the direction of an element's first letter; "" when it has none.
func directionOf(e *elem) string {
	for _, c := range e.plain() {
		switch {
		case unicode.In(c, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko, unicode.Samaritan,
			unicode.Mandaic, unicode.Adlam, unicode.Hanifi_Rohingya, unicode.Mende_Kikakui, unicode.Yezidi) && unicode.IsLetter(c):
			return "rtl"
		case unicode.IsLetter(c):
			return "ltr"
		}
	}
	return ""
}

// text turns characters into a text node; citations typed in raw HTML are made real.
func (r *Reader) text(e *elem) []document.Inline {
	s := e.text
	var out []document.Inline
	if !e.inMarkdown() {
		for {
			i := strings.Index(s, "[^")
			if i < 0 {
				break
			}
			n := noteLabel([]byte(s[i+2:]))
			if n == 0 || r.notes[s[i+2:i+2+n-1]] == nil {
				break
			}
			if i > 0 {
				out = append(out, at(&document.Text{Value: s[:i]}, e))
			}
			ref := &elem{tag: "noteref", text: s[i+2 : i+2+n-1], raw: s[i : i+2+n], src: e.src, at: e.at}
			out = append(out, r.cite(ref)...)
			s = s[i+2+n:]
		}
	}
	if s == "" {
		return out
	}
	t := at(&document.Text{Value: s}, e)
	if s[0] == '\n' {
		// The line's end becomes a blank, or nothing: the text begins on the next line.
		off := e.at
		for off < len(e.src.Text) && strings.IndexByte(" \n\t>", e.src.Text[off]) >= 0 {
			off++
		}
		t.SetPos(e.src.Pos(off))
	}
	return append(out, t)
}

func (e *elem) inMarkdown() bool { return e.parent == nil || e.parent.md }

// link reads a link.
func (r *Reader) link(e *elem) []document.Inline {
	href, id := strings.TrimSpace(e.attr("href")), e.attr("id")
	if id == "" {
		id = e.attr("name")
	}
	var out []document.Inline
	if id != "" {
		out = one(at(&document.Anchor{ID: r.anchorID(id)}, e))
	}
	label, forward := wordNote(href)
	if forward && r.notes[label] != nil && isNoteMark(e.plain()) {
		// [[5]](#_edn5) is what word processors make of a note.
		r.problem("converted-note", e.pos(), "a link to "+href+" was read as a citation of note "+label, "write [^"+label+"]")
		return r.cite(&elem{tag: "noteref", text: label, src: e.src, at: e.at, md: true})
	}
	content := r.inlines(e.kids)
	if len(content) == 0 {
		if href == "" || e.has("id") || e.has("name") {
			return out
		}
		// A link without text would be lost on paper; its address stands in.
		if href = r.reference(href, e); href == "" || strings.HasPrefix(href, refScheme) {
			return out
		}
		r.problem("empty-link", e.pos(), "a link without words leads to "+source.Shorten(href, 60)+"; its address stands in", "write between the brackets where it leads")
		content = one(at(&document.Text{Value: href}, e))
	}
	if href == "" && !e.has("href") {
		return append(out, content...)
	}
	l := at(&document.Link{Content: content, Auto: e.has("auto")}, e)
	if t := e.attr("title"); t != "" {
		l.Title = r.plainLine(t)
	}
	if back := backTo(href); forward && r.notes[label] != nil {
		l.Note = r.notes[label]
	} else if back != "" && r.notes[back] != nil {
		if strings.Trim(document.PlainText(content), "↩↑⏎^︎️ ") == "" {
			return out // each edition makes its own
		}
		l.Note, l.ToRef = r.notes[back], true
	} else {
		r.resolveLink(l, href, e)
	}
	if !l.Auto && l.URL != "" && len(content) == 1 {
		if t, ok := content[0].(*document.Text); ok && (t.Value == l.URL || t.Value == href) {
			l.Auto = true
		}
	}
	return append(out, l)
}

// isNoteMark reports whether a link's text is the mark of a note, 5, [5], ⁵ or *, and no word.
func isNoteMark(s string) bool {
	s = strings.Trim(s, " []()\u00a0.")
	letters := 0
	for _, c := range s {
		switch {
		case unicode.IsDigit(c), unicode.Is(unicode.No, c), strings.ContainsRune("*†‡§¶", c):
		case unicode.IsLetter(c):
			letters++
		default:
			return false
		}
	}
	return letters == 0 || letters == 1 && utf8.RuneCountInString(s) == 1
}

// wordNote reads the fragment by which word processors' exports cite a note.
func wordNote(href string) (string, bool) {
	for _, p := range []string{"#_edn", "#_ftn", "#_Edn", "#_Ftn", "#fn:", "#fn-", "#fn", "#footnote-", "#footnote", "#note-", "#note"} {
		if label, ok := strings.CutPrefix(href, p); ok {
			if _, err := strconv.Atoi(label); err == nil {
				return label, true
			}
			return "", false
		}
	}
	return "", false
}

// cite makes a citation of a note.
func (r *Reader) cite(e *elem) []document.Inline {
	note := r.notes[e.text]
	if note == nil {
		note = r.notesFolded[strings.ToLower(strings.TrimSpace(e.text))]
	}
	if note == nil && e.has("inline") {
		// ^[text] that is a note after all.
		label := "^" + strconv.Itoa(len(r.notes)+1) + e.text
		body := &elem{tag: "p", src: e.src, at: e.at, md: true, kids: []*elem{{text: e.text, src: e.src, at: e.at + 2}}}
		def := &elem{tag: "note", text: label, src: e.src, at: e.at, md: true, kids: []*elem{body}}
		note = r.define(def)
	}
	if note == nil {
		r.problem("missing-note", e.pos(), "note "+e.raw+" is not defined", "define it: ["+"^"+e.text+"]: text")
		return one(at(&document.Text{Value: e.raw}, e))
	}
	return one(at(&document.NoteRef{Note: note}, e))
}

// plainLine sets a text that has no markup (a title attribute) in its final characters.
func (r *Reader) plainLine(s string) string {
	return document.PlainText(r.typeset(one(&document.Text{Value: s})))
}

// language reads a language attribute.
func (r *Reader) language(code string, pos document.Pos) string {
	if code == "" {
		return ""
	}
	l := words.Canonical(code)
	if l == "" {
		r.problem("unknown-language", pos, "language "+code+" is not a code of BCP 47", "de, en-GB, zh-Hant")
	}
	return l
}
