package hugo

import "strings"

// mathML writes a <math> element as well-formed XML in its namespace.
func mathML(e *elem) string {
	var b strings.Builder
	writeMathML(&b, e)
	return b.String()
}

func writeMathML(b *strings.Builder, e *elem) {
	if e.tag == "" {
		escapeXML(b, e.text)
		return
	}
	b.WriteByte('<')
	b.WriteString(e.tag)
	if e.tag == "math" {
		b.WriteString(` xmlns="http://www.w3.org/1998/Math/MathML"`)
	}
	for _, a := range e.attrs {
		if a.key == "xmlns" || strings.HasPrefix(a.key, "on") || strings.ContainsAny(a.key, ":\"'<>&= ") {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(a.key)
		b.WriteString(`="`)
		escapeXML(b, a.val)
		b.WriteByte('"')
	}
	if len(e.kids) == 0 {
		b.WriteString("/>")
		return
	}
	b.WriteByte('>')
	for _, k := range e.kids {
		writeMathML(b, k)
	}
	b.WriteString("</" + e.tag + ">")
}

func escapeXML(b *strings.Builder, s string) {
	for _, c := range s {
		switch c {
		case '<':
			b.WriteString("&lt;")
		case '>':
			b.WriteString("&gt;")
		case '&':
			b.WriteString("&amp;")
		case '"':
			b.WriteString("&quot;")
		default:
			b.WriteRune(c)
		}
	}
}
