package markdown

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html"

	"github.com/twinpress/twinpress/export/internal/source"
)

// unescape undoes Markdown's backslashes and HTML's character references, as they stand in addresses and titles.
func unescape(b []byte) string {
	d := decoder{backslashes: true}
	return d.decode(string(b))
}

// unescape does the same for text, where a reference that lacks its semicolon is read all the same, and told.
func (b *builder) unescape(s string, src *source.Source, at int) string {
	d := decoder{backslashes: true, lenient: true}
	s = d.decode(s)
	if d.loose != "" {
		b.r.problem("bad-reference", src.Pos(at), "the reference "+d.loose+" has no semicolon", "write "+d.loose+";, or \\"+d.loose+" for what is typed")
	}
	b.controls(d, src, at)
	return s
}

// htmlChars reads the text of raw HTML, in which a semicolon may be missing.
func (b *builder) htmlChars(s string, src *source.Source, at int) string {
	d := decoder{lenient: true}
	s = d.decode(s)
	b.controls(d, src, at)
	return s
}

func (b *builder) controls(d decoder, src *source.Source, at int) {
	if d.control {
		b.r.problem("control-character", src.Pos(at), "a reference names a control character, which was taken out", "")
	}
}

// A decoder reads character references as HTML does (HTML Standard § 13.2.5.72 to 80) and, if asked, the backslashes of
// Markdown, in one pass: \&copy; is no reference.
type decoder struct {
	backslashes bool
	lenient     bool // a semicolon may be missing

	loose   string // the first reference without one
	control bool   // a reference to a control character was met
}

func (d *decoder) decode(s string) string {
	i := strings.IndexAny(s, `\&`)
	if i < 0 {
		return s
	}
	var b strings.Builder
	for i >= 0 {
		b.WriteString(s[:i])
		s = s[i:]
		n := 1
		switch {
		case s[0] == '&':
			var c string
			if c, n = reference(s, d.lenient, d.backslashes); n == 0 {
				c, n = "&", 1
			} else if s[n-1] != ';' && d.loose == "" {
				d.loose = s[:n]
			}
			if first, _ := utf8.DecodeRuneInString(c); isControl(first) {
				d.control = true
			} else {
				b.WriteString(c)
			}
		case d.backslashes && len(s) > 1 && isPunctuation(s[1]):
			b.WriteByte(s[1])
			n = 2
		default:
			b.WriteByte('\\')
		}
		s = s[n:]
		i = strings.IndexAny(s, `\&`)
	}
	b.WriteString(s)
	return b.String()
}

// isControl reports characters that say nothing and that no edition can hold: controls but for white space, and those that
// Unicode keeps from being any.
func isControl(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' || r >= 0x7F && r <= 0x9F ||
		r&0xFFFE == 0xFFFE || r >= 0xFDD0 && r <= 0xFDEF
}

func isPunctuation(c byte) bool {
	return c >= '!' && c <= '/' || c >= ':' && c <= '@' || c >= '[' && c <= '`' || c >= '{' && c <= '~'
}

// reference reads the character reference that s begins with, and gives its length; 0 when it is none. In Markdown a name
// without its semicolon counts only when it ends where the word does: R&D and &c. stay.
func reference(s string, lenient, markdown bool) (c string, n int) {
	if len(s) > 1 && s[1] == '#' {
		return numeric(s, lenient)
	}
	n = 1
	for n < len(s) && n < 40 && isNameByte(s[n]) && s[n] < utf8.RuneSelf && s[n] != '-' && s[n] != '_' && s[n] != ':' {
		n++
	}
	if n < len(s) && s[n] == ';' {
		if c = html.UnescapeString(s[:n+1]); c != s[:n+1] && !strings.HasSuffix(c, ";") {
			return c, n + 1
		}
	}
	if !lenient || n < 3 {
		return "", 0
	}
	c = html.UnescapeString(s[:n])
	switch {
	case s[:n] == "&amp":
	case strings.HasPrefix(c, "&"):
		return "", 0
	case markdown && utf8.RuneCountInString(c) > 1:
		return "", 0
	case n < len(s) && s[n] == '=': // a parameter of an address
		return "", 0
	}
	return c, n
}

// numeric reads &#8212; and &#x2014;. Numbers that Windows had for its own characters are those; what is no character is
// U+FFFD.
func numeric(s string, lenient bool) (c string, n int) {
	from, base := 2, 10
	if len(s) > 2 && s[2]|0x20 == 'x' {
		from, base = 3, 16
	}
	n = from
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || base == 16 && s[n]|0x20 >= 'a' && s[n]|0x20 <= 'f') {
		n++
	}
	if n == from {
		return "", 0
	}
	v, err := strconv.ParseInt(s[from:n], base, 32)
	if n < len(s) && s[n] == ';' {
		n++
	} else if !lenient {
		return "", 0
	}
	switch {
	case err != nil || v == 0 || v > utf8.MaxRune || !utf8.ValidRune(rune(v)):
		return string(utf8.RuneError), n
	case v >= 0x80 && v <= 0x9F:
		return html.UnescapeString("&#" + strconv.Itoa(int(v)) + ";"), n
	}
	return string(rune(v)), n
}
