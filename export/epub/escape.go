package epub

import (
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/internal/xmltext"
	"golang.org/x/text/unicode/norm"
)

// escape appends s as XML character data that is also good between double quotes. A named entity other than XML's own five
// is fatal in EPUB, and none is written.
func escape(dst []byte, s string) []byte { return xmltext.Append(dst, s) }

// esc is escape for a string.
func esc(s string) string { return xmltext.Escape(s) }

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
