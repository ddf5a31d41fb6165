package source

import (
	"unicode/utf8"
)

// unscramble undoes UTF-8 that was read as Windows-1252 and written as UTF-8 again, once or more often: â€™ for ’, Ã© for é.
// A run of characters beyond ASCII is taken for that when all of it, put back into bytes, is UTF-8, and it holds what no
// language writes: â€ and a sign, Ã or Â before a sign, or three of Cyrillic's or Greek's pairs.
func unscramble(s *Source, report Report) *Source {
	var e Edit
	kept, first := 0, -1
	text := s.Text
	for i := 0; i < len(text); {
		if text[i] < utf8.RuneSelf {
			i++
			continue
		}
		j := i
		for j < len(text) && (text[j] >= utf8.RuneSelf || text[j] == '\'' && j+1 < len(text) && text[j+1] >= utf8.RuneSelf) {
			j++
		}
		if mended, n := unscrambled(text[i:j], j == len(text) || text[j] < 'A'); n > 0 {
			if first < 0 {
				first = i
			}
			e.Keep(s, kept, i)
			e.Put(s.Orig(i), mended)
			kept = i + n
		}
		i = j
	}
	if first < 0 {
		return s
	}
	e.Keep(s, kept, len(text))
	report("mended-encoding", s.Pos(first), "UTF-8 that had been read as Windows-1252 was read as it was meant", "save the text as UTF-8 where it is written")
	return e.Source(s.File)
}

// unscrambled gives what a run was, and how much of it that is; 0 for one that is as it should be. apart says that no letter
// follows the run: a closing quotation mark, whose last byte has no character in Windows-1252, is often cut short.
func unscrambled(run []byte, apart bool) (string, int) {
	sure := false
	var b []byte
	n := 0
	for i := 0; i < len(run); {
		r, size := utf8.DecodeRune(run[i:])
		c, ok := windows1252Byte(r)
		if !ok {
			break
		}
		b = append(b, c)
		i += size
		n = i
	}
	if n < len(run) {
		return "", 0
	}
	cut := len(b) >= 2 && apart && b[len(b)-2] == 0xE2 && b[len(b)-1] == 0x80
	if cut {
		b = append(b, 0x9D)
	}
	if !utf8.Valid(b) {
		return "", 0
	}
	pairs := 0
	for i := 0; i+1 < len(b); i++ {
		switch {
		case b[i] == 0xE2 && b[i+1] >= 0x80 && b[i+1] <= 0x84, b[i] == 0xF0 && b[i+1] == 0x9F, b[i] == 0xEF && b[i+1] == 0xBB:
			sure = true
		case b[i] == 0xC3 || b[i] == 0xC2:
			sure = true
		case b[i] >= 0xC4 && b[i] <= 0xD1:
			pairs++
		}
	}
	if !sure && pairs < 3 {
		return "", 0
	}
	out := string(b)
	if again, m := unscrambled([]byte(out), apart); m == len(out) {
		out = again
	}
	return out, n
}

// windows1252Byte is the byte of a character beyond ASCII in Windows code page 1252, whose five gaps stand for themselves.
func windows1252Byte(r rune) (byte, bool) {
	if r >= 0xA0 && r <= 0xFF || r == 0x81 || r == 0x8D || r == 0x8F || r == 0x90 || r == 0x9D {
		return byte(r), true
	}
	for c := 0x80; c < 0xA0; c++ {
		if windows1252(byte(c)) == r {
			return byte(c), true
		}
	}
	return 0, false
}

// scrambled reports whether a text may hold what unscramble looks for.
func scrambled(text []byte) bool {
	for i := 0; i+2 < len(text); i++ {
		switch text[i] {
		case 0xC3: // Ã, Â, â, ð in front of a character beyond ASCII
			if c := text[i+1]; (c == 0x83 || c == 0x82 || c == 0xA2 || c == 0xB0 || c == 0x90 || c == 0x91 || c == 0x8E || c == 0x8F || c == 0x84 || c == 0x85 || c == 0xAF) && text[i+2] >= utf8.RuneSelf {
				return true
			}
		}
	}
	return false
}
