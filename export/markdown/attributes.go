package markdown

import (
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/internal/source"
)

// attributes finds attributes in braces, as Hugo ({.class #id key="value"}) and kramdown ({: .class}) write them, and
// gives them to their elements: at a heading's end, behind a picture or a link, on a line of their own below (or above) a
// block.
func (r *Reader) attributes(e *elem) {
	for i := 0; i < len(e.kids); i++ {
		k := e.kids[i]
		switch {
		case k.tag == "":
			e.attributesBehind(i)
			e.attributesFirst(i)
		case k.tag == "p" && k.md:
			if from, to := r.attributeLine(e, i); from < to {
				e.kids = append(e.kids[:from:from], e.kids[to:]...)
				i = from - 1
				continue
			}
			e.attributesBelowText(k)
		case k.tag == "li" && k.md && i == len(e.kids)-1:
			e.attributesBelowList(k)
		case k.isHeading():
			k.attributesAtEnd()
		case k.tag == "table" && k.md:
			k.attributesInRow()
		case (k.tag == "ul" || k.tag == "ol") && k.md && isTocList(k):
			r.problem("dropped-toc", k.pos(), "a table of contents was left out", "")
			e.kids = append(e.kids[:i:i], e.kids[i+1:]...)
			i--
			continue
		}
		r.attributes(k)
	}
	r.bracketed(e)
	r.undefined(e)
	healEmphasis(e)
}

// attributesBehind gives the attributes that stand directly behind a picture, a link, an emphasis to it.
func (e *elem) attributesBehind(i int) {
	if i == 0 || !takesAttributes(e.kids[i-1]) {
		return
	}
	k := e.kids[i]
	if attrs, n := leadingAttributes(k.text); n > 0 {
		e.kids[i-1].give(attrs)
		k.text = k.text[n:]
		k.at += n
	}
}

// attributesFirst gives an item or a paragraph the attributes that it begins with; a paragraph's have a line of their own.
func (e *elem) attributesFirst(i int) {
	if i > 0 || e.tag != "p" && e.tag != "li" {
		return
	}
	k := e.kids[i]
	text := strings.TrimLeft(k.text, " ")
	attrs, n := leadingAttributes(text)
	if n == 0 || e.tag == "p" && !strings.HasPrefix(text[n:], "\n") {
		return
	}
	e.give(attrs)
	before := len(k.text)
	k.text = strings.TrimLeft(text[n:], " \n")
	k.at += before - len(k.text)
}

// attributeLine gives the attributes that a paragraph consists of to the block above it, or else below it. It tells which
// of the element's children are then done with: the line, or the table of contents that it belongs to.
func (r *Reader) attributeLine(e *elem, i int) (from, to int) {
	attrs, ok := ownLine(e.kids[i])
	if !ok {
		return 0, 0
	}
	above := lastBlock(e.kids, i)
	switch {
	case hasToc(attrs):
		if above >= 0 && (e.kids[above].tag == "ul" || e.kids[above].tag == "ol") {
			r.problem("dropped-toc", e.kids[above].pos(), "a table of contents was left out", "")
			return above, i + 1
		}
	case above >= 0:
		e.kids[above].give(attrs)
	case i+1 < len(e.kids):
		e.kids[i+1].give(attrs)
	}
	return i, i + 1
}

// attributesBelowText gives a paragraph the attributes in its last line. Directly below a quotation they are the whole
// quotation's, as in Hugo, though Markdown takes the line for more of its last paragraph.
func (e *elem) attributesBelowText(p *elem) {
	attrs := p.cutLastLine()
	if attrs == nil {
		return
	}
	if hasToc(attrs) {
		attrs = append(attrs, attr{"toc", "1"})
	}
	owner := p
	if e.tag == "blockquote" && e.kids[len(e.kids)-1] == p {
		owner = e
	}
	owner.give(attrs)
}

// cutLastLine takes the attributes in an element's last line off it; nil when it has none there.
func (e *elem) cutLastLine() []attr {
	last := e.lastText()
	if last == nil {
		return nil
	}
	j := strings.LastIndexByte(strings.TrimRight(last.text, " \n"), '\n')
	if n := len(e.kids); j < 0 && n > 1 && e.kids[n-2].tag == "br" { // where each line's end is one in print
		text := strings.TrimSpace(last.text)
		if attrs, m := leadingAttributes(text); m > 0 && m == len(text) {
			e.kids = e.kids[:n-2]
			return attrs
		}
	}
	attrs := attributesFrom(last.text, j, 1)
	if attrs != nil {
		last.text = last.text[:j]
	}
	return attrs
}

// attributesBelowList gives a tight list the attributes below its last item.
func (e *elem) attributesBelowList(item *elem) {
	if attrs := item.cutLastLine(); attrs != nil {
		e.give(attrs)
	}
}

// attributesAtEnd gives a heading the attributes that it ends with.
func (e *elem) attributesAtEnd() {
	last := e.lastText()
	if last == nil {
		return
	}
	j := strings.LastIndexByte(last.text, '{')
	if attrs := attributesFrom(last.text, j, 0); attrs != nil {
		e.give(attrs)
		last.text = strings.TrimRight(last.text[:j], " ")
	}
}

// attributesInRow gives a table the attributes directly below it, which Markdown takes for one more row.
func (e *elem) attributesInRow() {
	n := len(e.kids)
	if n == 0 || e.kids[n-1].tag != "tr" || len(e.kids[n-1].kids) == 0 {
		return
	}
	text := strings.TrimSpace(e.kids[n-1].plain())
	if attrs, m := leadingAttributes(text); m > 0 && m == len(text) {
		e.give(attrs)
		e.kids = e.kids[:n-1]
	}
}

// lastText gives the text that an element ends with, or nil.
func (e *elem) lastText() *elem {
	if n := len(e.kids); n > 0 && e.kids[n-1].tag == "" {
		return e.kids[n-1]
	}
	return nil
}

// attributesFrom reads attributes that are all that stands behind byte j of a text, and skip bytes more. A j below 0 has none.
func attributesFrom(s string, j, skip int) []attr {
	if j < 0 {
		return nil
	}
	rest := s[j+skip:]
	attrs, n := leadingAttributes(rest)
	if strings.TrimSpace(rest[n:]) != "" {
		return nil
	}
	return attrs
}

// isTocList reports whether a list is kramdown's mark for a table of contents.
func isTocList(e *elem) bool {
	if len(e.kids) != 1 {
		return false
	}
	text := strings.TrimSpace(e.plain())
	i := strings.IndexByte(text, '{')
	if i < 0 {
		return false
	}
	attrs, n := leadingAttributes(text[i:])
	return n > 0 && hasToc(attrs) && i+n == len(text)
}

func hasToc(attrs []attr) bool {
	for _, a := range attrs {
		if a.key == "toc" && a.val == "" {
			return true
		}
	}
	return false
}

func takesAttributes(e *elem) bool {
	switch e.tag {
	case "a", "img", "em", "strong", "code", "sup", "sub", "del", "span":
		return true
	}
	return false
}

func lastBlock(kids []*elem, i int) int {
	for j := i - 1; j >= 0; j-- {
		if !kids[j].isBlank() {
			return j
		}
	}
	return -1
}

// give adds attributes to an element; classes add up.
func (e *elem) give(attrs []attr) {
	for _, a := range attrs {
		if a.key == "class" && e.has("class") {
			a.val = e.attr("class") + " " + a.val
		}
		if a.val != "" || a.key != "toc" {
			e.set(a.key, a.val)
		}
	}
}

// ownLine reports whether a paragraph is nothing but attributes.
func ownLine(e *elem) ([]attr, bool) {
	if len(e.kids) != 1 || e.kids[0].tag != "" {
		return nil, false
	}
	text := strings.TrimSpace(e.kids[0].text)
	attrs, n := leadingAttributes(text)
	return attrs, n > 0 && n == len(text)
}

// leadingAttributes reads attributes at the head of s and gives their length, or 0.
func leadingAttributes(s string) ([]attr, int) {
	rest, ok := strings.CutPrefix(s, "{")
	if !ok || len(s) < 3 {
		return nil, 0
	}
	rest, kramdown := strings.CutPrefix(rest, ":")
	var out []attr
	for {
		rest = strings.TrimLeft(rest, " \n\t")
		if rest == "" {
			return nil, 0
		}
		if rest[0] == '}' {
			if len(out) == 0 {
				return nil, 0
			}
			return out, len(s) - len(rest) + 1
		}
		a, n := oneAttribute(rest, kramdown)
		if n == 0 {
			return nil, 0
		}
		rest = rest[n:]
		if last := len(out) - 1; a.key == "class" && s[len(s)-len(rest)-n] == '.' && last >= 0 && out[last].key == "class" {
			out[last].val += " " + a.val
		} else {
			out = append(out, a)
		}
	}
}

// oneAttribute reads #id, .class, key=value or, in kramdown, a reference's name ({:toc}), and gives its length, or 0.
func oneAttribute(s string, kramdown bool) (attr, int) {
	if key := map[byte]string{'#': "id", '.': "class"}[s[0]]; key != "" {
		n := nameLength(s[1:])
		if n == 0 {
			return attr{}, 0
		}
		return attr{key, s[1 : 1+n]}, 1 + n
	}
	n := nameLength(s)
	key := strings.ToLower(s[:n])
	switch {
	case key == "":
		return attr{}, 0
	case strings.HasPrefix(s[n:], "="):
		val, m := attributeValue(s[n+1:])
		if m < 0 {
			return attr{}, 0
		}
		return attr{key, val}, n + 1 + m
	case kramdown:
		return attr{key, ""}, n
	}
	return attr{}, 0
}

// attributeValue reads a bare or quoted value and gives its length; -1 when its quotation mark is not closed.
func attributeValue(s string) (string, int) {
	if s != "" && (s[0] == '"' || s[0] == '\'') {
		end := strings.IndexByte(s[1:], s[0])
		if end < 0 {
			return "", -1
		}
		return s[1 : 1+end], end + 2
	}
	n := strings.IndexAny(s, " }\n")
	if n < 0 {
		n = len(s)
	}
	return s[:n], n
}

// nameLength counts the bytes of a name at the head of s.
func nameLength(s string) int {
	n := 0
	for n < len(s) && isNameByte(s[n]) {
		n++
	}
	return n
}

func isNameByte(c byte) bool {
	return c >= 0x80 || c == '-' || c == '_' || c == ':' || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))
}

// bracketed reads Pandoc's [text]{.class}: brackets that are no link, with attributes behind.
func (r *Reader) bracketed(e *elem) {
	for i := 0; i < len(e.kids); i++ {
		k := e.kids[i]
		if k.tag != "" {
			continue
		}
		j := strings.Index(k.text, "]{")
		if j < 0 {
			continue
		}
		attrs, n := leadingAttributes(k.text[j+1:])
		if n == 0 {
			continue
		}
		// The bracket that opens, in this text or an earlier one of the line.
		depth, from, open := 1, i, -1
		for ; from >= 0; from-- {
			s := e.kids[from].text
			if e.kids[from].tag != "" {
				continue
			}
			if from == i {
				s = s[:j]
			}
			for p := len(s) - 1; p >= 0 && open < 0; p-- {
				switch s[p] {
				case ']':
					depth++
				case '[':
					if depth--; depth == 0 {
						open = p
					}
				}
			}
			if open >= 0 {
				break
			}
		}
		if open < 0 {
			continue
		}
		cut := func(t *elem, a, b int) *elem {
			return &elem{text: t.text[a:b], src: t.src, at: t.at + a, parent: t.parent}
		}
		first := e.kids[from]
		span := &elem{tag: "span", src: first.src, at: first.at + open, md: true, parent: e}
		span.give(attrs)
		var inner []*elem
		if from == i {
			inner = []*elem{cut(k, open+1, j)}
		} else {
			inner = append(inner, cut(first, open+1, len(first.text)))
			inner = append(inner, e.kids[from+1:i]...)
			inner = append(inner, cut(k, 0, j))
		}
		span.adopt(inner)
		kids := append([]*elem{}, e.kids[:from]...)
		kids = append(kids, cut(first, 0, open), span, cut(k, j+1+n, len(k.text)))
		kids = append(kids, e.kids[i+1:]...)
		e.kids = kids
		i = from + 1
	}
}

// undefined reads links by reference ([text][label], [text][]) whose reference is not defined: Markdown leaves them as
// typed, but a reader wants the text.
func (r *Reader) undefined(e *elem) {
	for _, k := range e.kids {
		if k.tag != "" || !k.inMarkdown() {
			continue
		}
		for from := 0; ; {
			j := strings.Index(k.text[from:], "][")
			if j < 0 {
				break
			}
			j += from
			end := strings.IndexByte(k.text[j+2:], ']')
			open := strings.LastIndexByte(k.text[:j], '[')
			if end < 0 {
				break
			}
			end += j + 2
			label := k.text[j+2 : end]
			if open < 0 || open+1 == j || strings.ContainsAny(label, "[^") || strings.HasPrefix(k.text[open:], "[^") || open > 0 && isNameByte(k.text[open-1]) && k.text[open-1] < 0x80 {
				from = j + 2
				continue
			}
			if label == "" {
				label = k.text[open+1 : j]
			}
			r.problem("broken-link", k.src.Pos(k.at), "reference ["+source.Shorten(label, 40)+"] is not defined", "the text stands without a link")
			k.text = k.text[:open] + k.text[open+1:j] + k.text[end+1:]
			from = j - 1
		}
	}
}
