package hugo

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// CommonMark's rules on what may open and close an emphasis were made for words between blanks. Real hands also write
// another*.*, where only a stop is emphasised and the stars would show; **中文：**正文, where a stop stands before the closing
// mark and no blank behind it; and ** words ** with blanks inside. These are mended here.

// healEmphasis mends what is left of emphasis in an element's texts.
func healEmphasis(e *elem) {
	switch e.tag {
	case "pre", "code", "math":
		return
	}
	for i := 0; i < len(e.kids); i++ {
		k := e.kids[i]
		if k.tag != "" || !strings.Contains(k.text, "*") {
			continue
		}
		k.text = dropStarredStops(k.text)
		open, from, to, end, level := starred(k.text)
		if open < 0 {
			continue
		}
		tag := "em"
		if level > 1 {
			tag = "strong"
		}
		cut := func(a, b int) *elem {
			return &elem{text: k.text[a:b], src: k.src, at: k.at + a, parent: e}
		}
		mended := &elem{tag: tag, src: k.src, at: k.at + open, md: true, parent: e}
		mended.adopt([]*elem{cut(from, to)})
		before, after := cut(0, open), cut(end, len(k.text))
		if from-open > level {
			before.text += " " // the blank inside the mark belongs outside
		}
		if end-to > level {
			after.text = " " + after.text
		}
		kids := append([]*elem{}, e.kids[:i]...)
		kids = append(kids, before, mended, after)
		e.kids = append(kids, e.kids[i+1:]...)
		i++
	}
}

// dropStarredStops takes the stars off *.* and its like.
func dropStarredStops(s string) string {
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '*')
		if i < 0 {
			return s
		}
		i += from
		n := stars(s[i:])
		j := i + n
		for j < len(s) && strings.IndexByte(".,;:!?", s[j]) >= 0 {
			j++
		}
		if j > i+n && stars(s[j:]) == n && n <= 3 && i > 0 && s[i-1] != ' ' && s[i-1] != '\n' {
			s = s[:i] + s[i+n:j] + s[j+n:]
			from = j - n
			continue
		}
		from = i + n
	}
}

// stars counts the stars at the head of s.
func stars(s string) int { return len(s) - len(strings.TrimLeft(s, "*")) }

// starred finds words between stars that Markdown did not take for emphasis: where the stars begin, where the words begin
// and end, where the stars end. One star counts only beside a character of a script without blanks.
func starred(s string) (open, from, to, end, level int) {
	for at := 0; at < len(s); {
		i := strings.IndexByte(s[at:], '*')
		if i < 0 {
			break
		}
		i += at
		n := stars(s[i:])
		at = i + n
		if n > 2 {
			continue
		}
		j := strings.IndexByte(s[at:], '*')
		if j < 0 {
			break
		}
		j += at
		inner := s[at:j]
		if stars(s[j:]) != n || len(inner) > 600 || !strings.ContainsFunc(inner, unicode.IsLetter) {
			continue
		}
		before, _ := utf8.DecodeLastRuneInString(s[:i])
		after, _ := utf8.DecodeRuneInString(s[j+n:])
		outside := func(c rune) bool {
			return c == utf8.RuneError || unicode.IsSpace(c) || unicode.IsPunct(c) || isIdeographic(c) || c == '\u200B'
		}
		last, _ := utf8.DecodeLastRuneInString(inner)
		first, _ := utf8.DecodeRuneInString(inner)
		ideographs := isIdeographic(before) || isIdeographic(after) || isIdeographic(last) || isIdeographic(first)
		if n == 1 && (!ideographs || unicode.IsSpace(first) || unicode.IsSpace(last)) || !outside(before) || !outside(after) {
			continue
		}
		words := strings.TrimSpace(inner)
		from := at + strings.Index(inner, words)
		return i, from, from + len(words), j + n, n
	}
	return -1, 0, 0, 0, 0
}
