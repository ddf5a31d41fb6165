package markdown

import (
	"slices"
	"strconv"
	"strings"

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

// styles says which elements only change how their content looks.
var styles = map[string]document.StyleKind{"em": document.Emphasis, "i": document.Emphasis, "dfn": document.Emphasis,
	"var": document.Emphasis, "strong": document.Strong, "b": document.Strong, "sup": document.Superscript,
	"sub": document.Subscript, "del": document.Strikethrough, "s": document.Strikethrough, "strike": document.Strikethrough,
	"u": document.Underline, "ins": document.Underline, "mark": document.Mark, "kbd": document.Keyboard,
	"abbr": document.Abbreviation, "acronym": document.Abbreviation, "cite": document.Citation, "small": document.Small,
	"span": document.Plain, "bdi": document.Plain, "bdo": document.Plain, "font": document.Plain}

// inline turns an element of a line into inlines.
func (r *Reader) inline(e *elem) []document.Inline {
	switch e.tag {
	case "":
		return r.text(e)
	case "code", "tt", "samp":
		return r.codeSpan(e)
	case "br":
		return one(at(&document.Break{}, e))
	case "wbr":
		return one(at(&document.Text{Value: "\u200B"}, e))
	case "a":
		return r.link(e)
	case "img":
		return one(r.image(e))
	case "noteref":
		return r.cite(e)
	case "insert":
		return r.inlineInsert(e)
	case "q":
		return one(at(&document.Styled{Attr: r.attrOf(e), Kind: document.Quotation, Content: r.inlines(e.kids)}, e))
	case "math":
		return one(at(&document.Math{Formula: formulaOf(e)}, e))
	case "iframe", "video", "audio", "embed", "source", "track":
		return r.media(e)
	case "hr", "col", "colgroup", "area", "param":
		return nil
	}
	if _, drop := droppedTags[e.tag]; drop {
		return nil
	}
	if _, ok := styles[e.tag]; ok {
		return r.styled(e)
	}
	content := r.inlines(e.kids)
	if e.isBlock() && len(e.kids) > 0 {
		// A block where only a line can stand (a heading with paragraphs in it): its lines follow one another.
		content = append(content, at(&document.Break{}, e))
	}
	return content
}

func (r *Reader) codeSpan(e *elem) []document.Inline {
	s := e.text
	if s == "" {
		s = e.plain()
	}
	if s == "" {
		return nil
	}
	t := at(&document.Text{Value: r.verbatim(s)}, e)
	return one(at(&document.Code{Text: t}, e))
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
	a, kind := r.attrOf(e), styles[e.tag]
	switch e.tag {
	case "sup":
		// A citation is raised by itself.
		if _, ok := content[0].(*document.NoteRef); ok && len(content) == 1 {
			return content
		}
	case "span", "font", "bdi", "bdo":
		says := false
		if kind, says = spanStyle(e); !says && a.ID == "" && a.Lang == "" && a.Dir == "" && len(a.Classes) == 0 {
			return content
		}
	case "em", "strong", "i", "b":
		// *.* stands in many texts where an editor's cursor slipped: what has no letters has no face.
		if !e.hasWord() {
			return content
		}
	}
	styled := at(&document.Styled{Attr: a, Kind: kind, Content: content}, e)
	if kind == document.Abbreviation {
		styled.Title = e.attr("title")
	}
	return one(styled)
}

// spanStyle finds in a span's style and classes what it is for, if they say anything.
func spanStyle(e *elem) (kind document.StyleKind, says bool) {
	style := strings.ReplaceAll(strings.ToLower(e.attr("style")), " ", "")
	switch {
	case strings.Contains(style, "font-variant:small-caps") || hasClass(e, "smallcaps", "small-caps", "sc"):
		return document.SmallCaps, true
	case strings.Contains(style, "font-style:italic"):
		return document.Emphasis, true
	case strings.Contains(style, "font-weight:bold"):
		return document.Strong, true
	case strings.Contains(style, "text-decoration:underline") || hasClass(e, "underline"):
		return document.Underline, true
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
			if at.val == "rtl" || at.val == "ltr" {
				a.Dir = at.val
			}
		}
	}
	return a
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
	if label, ok := wordNote(href); ok && r.notes[label] != nil {
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
		content = one(at(&document.Text{Value: href}, e))
	}
	if href == "" && !e.has("href") {
		return append(out, content...)
	}
	l := at(&document.Link{Content: content, Auto: e.has("auto")}, e)
	if t := e.attr("title"); t != "" {
		l.Title = r.plainLine(t)
	}
	r.resolveLink(l, href, e)
	if !l.Auto && l.URL != "" && len(content) == 1 {
		if t, ok := content[0].(*document.Text); ok && (t.Value == l.URL || t.Value == href) {
			l.Auto = true
		}
	}
	return append(out, l)
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
