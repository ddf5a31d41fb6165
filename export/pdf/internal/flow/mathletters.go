package flow

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// letters writes letters or figures; those of Unicode's mathematical alphabets that the text face has are taken from there.
func (m *mathLiner) letters(s string, class mathClass) *mathPiece {
	bold, italic, family := false, false, ""
	plain := strings.Map(func(r rune) rune {
		c, b, i, f := plainLetter(r)
		bold, italic = bold || b, italic || i
		if f != "" {
			family = f
		}
		return c
	}, s)
	p := m.add(plain, class)
	p.bold = p.bold || bold
	p.italic, p.family = italic, family
	return p
}

// plainLetter gives the letter that a mathematical alphanumeric symbol is, where text faces have its look.
func plainLetter(r rune) (c rune, bold, italic bool, family string) {
	if r < 0x1D400 || r > 0x1D7FF {
		return r, false, false, ""
	}
	for _, a := range [...]struct {
		from         rune
		bold, italic bool
		family       string
	}{{0x1D400, true, false, ""}, {0x1D434, false, true, ""}, {0x1D468, true, true, ""}, {0x1D5A0, false, false, "sans"},
		{0x1D5D4, true, false, "sans"}, {0x1D608, false, true, "sans"}, {0x1D670, false, false, "mono"}} {
		if r >= a.from && r < a.from+52 {
			c := 'A' + r - a.from
			if c > 'Z' {
				c += 'a' - 'Z' - 1
			}
			return c, a.bold, a.italic, a.family
		}
	}
	for _, a := range [...]struct {
		from, first  rune
		bold, italic bool
	}{{0x1D6A8, 'Α', true, false}, {0x1D6C2, 'α', true, false}, {0x1D71C, 'Α', true, true}, {0x1D736, 'α', true, true}} {
		if r >= a.from && r < a.from+25 {
			return a.first + r - a.from, a.bold, a.italic, ""
		}
	}
	if r >= 0x1D7CE && r <= 0x1D7D7 {
		return '0' + r - 0x1D7CE, true, false, ""
	}
	return r, false, false, ""
}

// variant gives a piece the look that mathvariant asks for.
func variant(p *mathPiece, v string) {
	if v == "" {
		return
	}
	p.italic = strings.Contains(v, "italic")
	p.bold = p.bold || strings.Contains(v, "bold")
	switch {
	case strings.HasPrefix(v, "sans"):
		p.family = "sans"
	case v == "monospace":
		p.family = "mono"
	}
}

// identifier writes a variable or a name. A letter alone is set in italics (MathML Core, 3.2.2).
func (m *mathLiner) identifier(n *mathNode) {
	s := said(n)
	letters := 0
	for _, r := range s {
		if !unicode.IsMark(r) {
			letters++
		}
	}
	p := m.letters(s, mathOrd)
	first, _ := utf8.DecodeRuneInString(s)
	if letters == 1 && first < 0x1D400 && unicode.IsLetter(first) && (first < 0x2100 || first > 0x214F || first == 'ℓ') {
		p.italic = true
	}
	variant(p, n.Attr("mathvariant"))
}

// combiningMarks pairs the marks that stand over a letter, as MathML has them, with the ones that combine with it.
var combiningMarks = [...]struct{ mark, signs string }{
	{"\u0304", "¯ ‾ \u0304 \u0305 ―"}, {"\u0302", "^ ˆ \u0302"}, {"\u0303", "~ ˜ \u0303"}, {"\u20d7", "→ \u20d7 ⇀"}, {"\u0307", "˙ . \u0307"},
	{"\u0308", "¨ .. \u0308"}, {"\u0301", "´ \u0301"}, {"\u0300", "` \u0300"}, {"\u030c", "ˇ \u030c"}, {"\u0306", "˘ \u0306"}, {"\u030a", "˚ \u030a"},
	{"\u20db", "\u20db"},
}

// combining gives the mark that stands over or under a letter, by the character that MathML has for it; "" when none does.
func combining(s string, under bool) string {
	if under {
		if s == "_" || s == "\u0332" || s == "¯" {
			return "\u0332"
		}
		return ""
	}
	for _, m := range combiningMarks {
		for sign := range strings.SplitSeq(m.signs, " ") {
			if sign == s {
				return m.mark
			}
		}
	}
	return ""
}

// marked writes a letter with its mark; of several letters each has one.
func (m *mathLiner) marked(n *mathNode, mark string) {
	from := len(m.pieces)
	m.node(n)
	for i := from; i < len(m.pieces); i++ {
		p := &m.pieces[i]
		if p.class == mathSpace {
			continue
		}
		var b strings.Builder
		letters := utf8.RuneCountInString(p.text) > 1 || len(m.pieces)-from > 1
		for _, r := range p.text {
			if r == 'i' || r == 'j' {
				if mark != "\u0332" && p.italic {
					r = map[rune]rune{'i': 'ı', 'j': 'ȷ'}[r]
				}
			}
			b.WriteRune(r)
			if letters && mark == "\u0304" {
				b.WriteString("\u0305")
			} else {
				b.WriteString(mark)
			}
		}
		p.text = b.String()
	}
}
