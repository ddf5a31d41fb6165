package epub

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// escape appends s as XML character data that is also good between double quotes. Characters that XML 1.0 § 2.2 forbids
// become U+FFFD; everything else stands for itself, since a named entity other than XML's own five is fatal in EPUB.
func escape(dst []byte, s string) []byte {
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

// esc is escape for a string.
func esc(s string) string { return string(escape(nil, s)) }

// attr writes one attribute with a space before it; nothing when the value is empty.
func attr(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + esc(value) + `"`
}

// safeID turns an anchor of the source into an XML name without colon (Namespaces in XML 1.0 § 3), which EPUB 3.3 wants of
// an id, and keeps it off the names we give ourselves. It gives the same id for the same anchor, so that links find it.
func safeID(s string) string {
	if s == "" {
		return ""
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case unicode.IsLetter(r) || r == '_':
			b.WriteRune(r)
		case i > 0 && (unicode.IsDigit(r) || r == '-' || r == '.' || r == '·' || unicode.Is(unicode.Mn, r)):
			b.WriteRune(r)
		case unicode.IsDigit(r):
			b.WriteString("s-")
			b.WriteRune(r)
		default:
			b.WriteByte('_')
		}
	}
	id := b.String()
	for _, own := range [...]string{"note", "noteref-", "note-", "page-", "head-", "title", "article", "notes-"} {
		if id == own || strings.HasSuffix(own, "-") && strings.HasPrefix(id, own) || id == "notes" {
			return "s-" + id
		}
	}
	return id
}

// fileStem turns a slug into a file name that every reading system and every zip tool takes: ASCII letters, digits and
// hyphens.
func fileStem(slug string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(strings.ToLower(slug)) {
		switch {
		case unicode.Is(unicode.Mn, r): // ä is filed as a
		case r >= 'a' && r <= 'z' || r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
	}
	s := strings.Trim(b.String(), "-")
	if len(s) > 80 {
		s = strings.Trim(s[:80], "-")
	}
	return s
}
