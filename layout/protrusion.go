package layout

import "unicode/utf8"

// How far a character hangs out of the text block, in thousandths of its own width, at the left and at the right edge: the
// edge looks straight when what is light stands out a little (Thành 2000, section 5). Marks hang most; letters whose strokes
// leave white at the edge hang slightly.
type hang struct{ left, right int16 }

// hang gives how far a character of a style hangs out.
func (s *setter) hang(style *TextStyle, r rune) hang {
	if style.Break == "code" { // columns of characters stay where they are
		return hang{}
	}
	if s.par.hangs != nil {
		for _, family := range []string{style.Family, ""} {
			if h, ok := s.par.hangs[family][r]; ok {
				return hang{int16(h.Left), int16(h.Right)}
			}
		}
	}
	h := hangOf(r)
	if style.Italic && isLetter(r) { // slanted, the letters have other white at their sides
		return hang{}
	}
	return h
}

// hangOf is the house's table, made for upright serif faces.
func hangOf(r rune) hang {
	switch r {
	case '.', ',':
		return hang{0, 700}
	case ':', ';':
		return hang{0, 500}
	case '-', 0x2010:
		return hang{0, 600}
	case 0x2013:
		return hang{150, 350}
	case 0x2014:
		return hang{100, 200}
	case '!', '?':
		return hang{0, 150}
	case '\'', 0x2018, 0x2019, 0x201A:
		return hang{600, 700}
	case '"', 0x201C, 0x201D, 0x201E:
		return hang{450, 500}
	case 0xAB, 0xBB, 0x2039, 0x203A:
		return hang{300, 300}
	case '(', '[':
		return hang{100, 0}
	case ')', ']':
		return hang{0, 150}
	case '*', 0x2020:
		return hang{200, 300}
	case '/':
		return hang{100, 200}
	case 0x2026:
		return hang{0, 150}
	case 'A', 'Å', 'Ä', 'Á', 'À', 'Â', 'Ã', 'Α', 'А', 'Λ':
		return hang{50, 50}
	case 'T', 'Τ', 'Т':
		return hang{60, 60}
	case 'V', 'W':
		return hang{50, 50}
	case 'Y', 'Υ':
		return hang{60, 60}
	case 'C', 'O', 'Q', 'G', 'Ö', 'О', 'С', 'Ο':
		return hang{25, 20}
	case 'J':
		return hang{60, 0}
	case 'L', 'F', 'P', 'Р', 'Г', 'Γ':
		return hang{0, 50}
	case 'D', 'K', 'R', 'X', 'К', 'Х', 'Κ', 'Χ':
		return hang{0, 40}
	case 'v', 'w', 'x', 'y', 'у', 'х', 'ν', 'γ', 'χ':
		return hang{40, 50}
	case 'k', 'r', 'к', 'г':
		return hang{0, 45}
	case 't', 'f', 'т':
		return hang{30, 50}
	case 'c', 'e', 'o', 'с', 'е', 'о', 'ο':
		return hang{20, 20}
	}
	return hang{}
}

// hangRight is how far the last of glyphs, which shows r, hangs out at the right.
func (s *setter) hangRight(style *TextStyle, r rune, glyphs []Glyph) Length {
	if !s.par.protrusion || len(glyphs) == 0 {
		return 0
	}
	h := s.hang(style, r)
	if h.right == 0 {
		return 0
	}
	return (glyphs[len(glyphs)-1].Advance - style.Letterspace) * Length(h.right) / 1000
}

// hangRightAt is how far the character before pos hangs out when a line ends there.
func (s *setter) hangRightAt(pc *piece, pos int32) Length {
	if !s.par.protrusion || pc.level != 0 || pos <= pc.start {
		return 0
	}
	t := &s.text
	r, n := utf8.DecodeLastRuneInString(t.text[pc.start:pos])
	h := s.hang(t.spans[pc.span].Style, r)
	if h.right == 0 {
		return 0
	}
	return pc.word.advanceAt(pos-int32(n)-pc.start, t.spans[pc.span].Style.Letterspace) * Length(h.right) / 1000
}

// hangLeftAt is how far the character at pos hangs out when a line begins there.
func (s *setter) hangLeftAt(pc *piece, pos int32) Length {
	if !s.par.protrusion || pc.level != 0 || pos >= pc.end {
		return 0
	}
	t := &s.text
	r, _ := utf8.DecodeRuneInString(t.text[pos:pc.end])
	h := s.hang(t.spans[pc.span].Style, r)
	if h.left == 0 {
		return 0
	}
	return pc.word.advanceAt(pos-pc.start, t.spans[pc.span].Style.Letterspace) * Length(h.left) / 1000
}

// advanceAt is the width of the glyph that shows the character at off; 0 if it is part of a ligature.
func (w *word) advanceAt(off int32, letterspace Length) Length {
	first, last := 0, len(w.glyphs)
	if last > 1 && w.glyphs[0].Cluster < w.glyphs[last-1].Cluster { // left to right
		first = w.place(off)
		last = first + w.glyphsAt(first, off)
	}
	for _, g := range w.glyphs[first:last] {
		if g.Cluster == off && g.Advance > 0 {
			return g.Advance - letterspace
		}
	}
	return 0
}
