package markdown

import (
	"strings"
	"unicode"
)

// attributes finds attributes in braces, as Hugo ({.class #id key="value"}) and kramdown ({: .class}) write them, and
// gives them to their elements: at a heading's end, behind a picture or a link, on a line of their own below (or above) a
// block.
func (r *Reader) attributes(e *elem) {
	for i := 0; i < len(e.kids); i++ {
		k := e.kids[i]
		switch {
		case k.tag == "":
			if i > 0 && takesAttributes(e.kids[i-1]) {
				if attrs, n := leadingAttributes(k.text); n > 0 {
					e.kids[i-1].give(attrs)
					k.text = k.text[n:]
					k.at += n
				}
			}
			if e.isBlock() && !e.isOpenInsert() {
				if attrs, n := leadingAttributes(strings.TrimLeft(k.text, " ")); i == 0 && n > 0 {
					rest := strings.TrimLeft(k.text, " ")[n:]
					if e.tag == "p" && strings.HasPrefix(rest, "\n") || e.tag == "li" {
						e.give(attrs)
						before := len(k.text)
						k.text = strings.TrimLeft(rest, " \n")
						k.at += before - len(k.text)
					}
				}
			}
		case k.tag == "p" && k.md:
			if attrs, ok := ownLine(k); ok {
				switch {
				case hasToc(attrs):
					if j := lastBlock(e.kids, i); j >= 0 && (e.kids[j].tag == "ul" || e.kids[j].tag == "ol") {
						r.problem("dropped-toc", e.kids[j].pos(), "a table of contents was left out", "")
						e.kids = append(e.kids[:j:j], e.kids[i+1:]...)
						i = j - 1
						continue
					}
				default:
					if j := lastBlock(e.kids, i); j >= 0 {
						e.kids[j].give(attrs)
					} else if i+1 < len(e.kids) {
						e.kids[i+1].give(attrs)
					}
				}
				e.kids = append(e.kids[:i:i], e.kids[i+1:]...)
				i--
				continue
			}
			if n := len(k.kids); n > 0 && k.kids[n-1].tag == "" {
				last := k.kids[n-1]
				if j := strings.LastIndexByte(strings.TrimRight(last.text, " \n"), '\n'); j >= 0 {
					if attrs, m := leadingAttributes(last.text[j+1:]); m > 0 && strings.TrimSpace(last.text[j+1+m:]) == "" {
						if hasToc(attrs) {
							attrs = append(attrs, attr{"toc", "1"})
						}
						// Directly below a quotation they are the whole quotation's, as in Hugo, though Markdown takes the line
						// for more of its last paragraph.
						owner := k
						if e.tag == "blockquote" && e.kids[len(e.kids)-1] == k {
							owner = e
						}
						owner.give(attrs)
						last.text = last.text[:j]
					}
				}
			}
		case k.tag == "li" && k.md && i == len(e.kids)-1 && len(k.kids) > 0 && k.kids[len(k.kids)-1].tag == "":
			// Below a tight list: the list's.
			last := k.kids[len(k.kids)-1]
			if j := strings.LastIndexByte(last.text, '\n'); j >= 0 {
				if attrs, m := leadingAttributes(last.text[j+1:]); m > 0 && strings.TrimSpace(last.text[j+1+m:]) == "" {
					e.give(attrs)
					last.text = last.text[:j]
				}
			}
		case k.isHeading():
			if n := len(k.kids); n > 0 && k.kids[n-1].tag == "" {
				last := k.kids[n-1]
				if j := strings.LastIndexByte(last.text, '{'); j >= 0 {
					if attrs, m := leadingAttributes(last.text[j:]); m > 0 && strings.TrimSpace(last.text[j+m:]) == "" {
						k.give(attrs)
						last.text = strings.TrimRight(last.text[:j], " ")
					}
				}
			}
		case k.tag == "table" && k.md:
			if n := len(k.kids); n > 0 {
				row := k.kids[n-1]
				if row.tag == "tr" && len(row.kids) > 0 {
					text := strings.TrimSpace(row.plain())
					if attrs, m := leadingAttributes(text); m > 0 && m == len(text) {
						k.give(attrs)
						k.kids = k.kids[:n-1]
					}
				}
			}
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
	if !strings.HasPrefix(s, "{") || len(s) < 3 {
		return nil, 0
	}
	i := 1
	kramdown := false
	if s[i] == ':' {
		kramdown = true
		i++
	}
	var out []attr
	for {
		for i < len(s) && (s[i] == ' ' || s[i] == '\n' || s[i] == '\t') {
			i++
		}
		if i >= len(s) {
			return nil, 0
		}
		if s[i] == '}' {
			if len(out) == 0 {
				return nil, 0
			}
			return out, i + 1
		}
		start := i
		switch s[i] {
		case '#', '.':
			for i++; i < len(s) && isNameByte(s[i]); i++ {
			}
			if i == start+1 {
				return nil, 0
			}
			key := "id"
			if s[start] == '.' {
				key = "class"
			}
			if n := len(out); key == "class" && n > 0 && out[n-1].key == "class" {
				out[n-1].val += " " + s[start+1:i]
			} else {
				out = append(out, attr{key, s[start+1 : i]})
			}
		default:
			for i < len(s) && isNameByte(s[i]) {
				i++
			}
			key := strings.ToLower(s[start:i])
			if i < len(s) && s[i] == '=' && key != "" {
				i++
				val := ""
				if i < len(s) && (s[i] == '"' || s[i] == '\'') {
					end := strings.IndexByte(s[i+1:], s[i])
					if end < 0 {
						return nil, 0
					}
					val = s[i+1 : i+1+end]
					i += end + 2
				} else {
					from := i
					for i < len(s) && s[i] != ' ' && s[i] != '}' && s[i] != '\n' {
						i++
					}
					val = s[from:i]
				}
				out = append(out, attr{key, val})
				continue
			}
			if !kramdown || key == "" {
				return nil, 0
			}
			out = append(out, attr{key, ""}) // a reference name: {:toc}
		}
	}
}

func isNameByte(c byte) bool {
	return c >= 0x80 || c == '-' || c == '_' || c == ':' || c == '.' && false || unicode.IsLetter(rune(c)) || unicode.IsDigit(rune(c))
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
			r.problem("broken-link", k.src.Pos(k.at), "reference ["+shorten(label, 40)+"] is not defined", "the text stands without a link")
			k.text = k.text[:open] + k.text[open+1:j] + k.text[end+1:]
			from = j - 1
		}
	}
}
