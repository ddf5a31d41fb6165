// Package xmltext writes text as XML: the one place that knows which characters a document of XML 1.0 may hold, and how the
// others are told.
package xmltext

import (
	"strings"
	"unicode/utf8"
)

// Header begins a document.
const Header = `<?xml version="1.0" encoding="UTF-8"?>` + "\n"

// Append appends s as XML character data that is also good between double quotes. Characters that XML 1.0 § 2.2 forbids
// become U+FFFD; everything else stands for itself, since a named entity other than XML's own five is fatal in EPUB.
func Append(dst []byte, s string) []byte {
	last := 0
	for i := 0; i < len(s); {
		var rep string
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '&':
				rep = "&amp;"
			case c == '<':
				rep = "&lt;"
			case c == '>':
				rep = "&gt;"
			case c == '"':
				rep = "&quot;"
			case c >= 0x20 && c != 0x7f, c == '\t', c == '\n':
				i++
				continue
			case c == '\r':
				rep = "&#13;"
			default:
				rep = "\uFFFD"
			}
			dst = append(append(dst, s[last:i]...), rep...)
			i++
			last = i
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && n == 1 || r == 0xFFFE || r == 0xFFFF || r >= 0x80 && r < 0xA0 && r != 0x85 {
			dst = append(append(dst, s[last:i]...), "\uFFFD"...)
			last = i + n
		}
		i += n
	}
	return append(dst, s[last:]...)
}

// Escape is Append for a string.
func Escape(s string) string { return string(Append(nil, s)) }

// Element gives an element of text, and of attributes that stand behind its name as they are ("title lang=\"de\"").
func Element(tag, text string) string {
	name, _, _ := strings.Cut(tag, " ")
	return "<" + tag + ">" + Escape(text) + "</" + name + ">"
}
