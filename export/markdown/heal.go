package markdown

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/internal/typography"
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
	if !slices.ContainsFunc(e.kids, func(k *elem) bool { return k.tag == "" && strings.Contains(k.text, "*") }) {
		return
	}
	var out []*elem
	for _, k := range e.kids {
		if k.tag != "" || !strings.Contains(k.text, "*") {
			out = append(out, k)
			continue
		}
		k.text = dropStarredStops(k.text)
		at := 0
		text := func(a int, s string) {
			if s != "" {
				out = append(out, &elem{text: s, src: k.src, at: k.at + a, parent: e})
			}
		}
		for {
			open, from, to, end, level := starred(k.text, at)
			if open < 0 {
				break
			}
			tag := "em"
			if level > 1 {
				tag = "strong"
			}
			before := k.text[at:open]
			if from-open > level {
				before += " " // the blank inside the mark belongs outside
			}
			text(at, before)
			mended := &elem{tag: tag, src: k.src, at: k.at + open, md: true, parent: e}
			mended.adopt([]*elem{{text: k.text[from:to], src: k.src, at: k.at + from}})
			out = append(out, mended)
			if end-to > level {
				text(to, " ")
			}
			at = end
		}
		text(at, k.text[at:])
	}
	e.kids = out
}

// dropStarredStops takes the stars off *.* and its like.
func dropStarredStops(s string) string {
	var b strings.Builder
	for from := 0; ; {
		i := strings.IndexByte(s[from:], '*')
		if i < 0 {
			b.WriteString(s[from:])
			return b.String()
		}
		i += from
		n := stars(s[i:])
		j := i + n
		for j < len(s) && strings.IndexByte(".,;:!?", s[j]) >= 0 {
			j++
		}
		if j > i+n && stars(s[j:]) == n && n <= 3 && i > 0 && s[i-1] != ' ' && s[i-1] != '\n' {
			b.WriteString(s[from:i] + s[i+n:j])
			from = j + n
			continue
		}
		b.WriteString(s[from : i+n])
		from = i + n
	}
}

// stars counts the stars at the head of s.
func stars(s string) int { return len(s) - len(strings.TrimLeft(s, "*")) }

// starred finds, from start on, words between stars that Markdown did not take for emphasis: where the stars begin, where the words begin
// and end, where the stars end. One star counts only beside a character of a script without blanks.
func starred(s string, start int) (open, from, to, end, level int) {
	for at := start; at < len(s); {
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
			return c == utf8.RuneError || unicode.IsSpace(c) || unicode.IsPunct(c) || typography.IsIdeographic(c) || c == '\u200B'
		}
		last, _ := utf8.DecodeLastRuneInString(inner)
		first, _ := utf8.DecodeRuneInString(inner)
		ideographs := typography.IsIdeographic(before) || typography.IsIdeographic(after) || typography.IsIdeographic(last) || typography.IsIdeographic(first)
		if n == 1 && (!ideographs || unicode.IsSpace(first) || unicode.IsSpace(last)) || !outside(before) || !outside(after) {
			continue
		}
		words := strings.TrimSpace(inner)
		from := at + strings.Index(inner, words)
		return i, from, from + len(words), j + n, n
	}
	return -1, 0, 0, 0, 0
}
