package document

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

const mathNamespace = "http://www.w3.org/1998/Math/MathML"

// ReadMathML reads a math element as a formula: what MathML gives for those who have it as text. Elements of other namespaces,
// and what Check would find, are errors.
func ReadMathML(s string) (*Formula, error) {
	d := xml.NewDecoder(strings.NewReader(s))
	above := []*Formula{{}} // the elements that are open, and one above the root
	for {
		t, err := d.Token()
		top := above[len(above)-1]
		switch t := t.(type) {
		case nil:
			if err != io.EOF {
				return nil, fmt.Errorf("read MathML: %w", err)
			}
			if len(top.Kids) != 1 || strings.TrimSpace(top.Text) != "" {
				return nil, errors.New("read MathML: it is not one math element")
			}
			return top.Kids[0], top.Kids[0].Check()
		case xml.StartElement:
			if t.Name.Space != mathNamespace && t.Name.Space != "" || len(above) > MaxFormulaDepth {
				return nil, fmt.Errorf("read MathML: no place for <%s>", t.Name.Local)
			}
			f := &Formula{Name: t.Name.Local}
			for _, a := range t.Attr {
				if a.Name.Local != "xmlns" && a.Name.Space == "" {
					f.Attrs = append(f.Attrs, FormulaAttr{a.Name.Local, a.Value})
				}
			}
			top.Kids = append(top.Kids, f)
			above = append(above, f)
		case xml.EndElement:
			above = above[:len(above)-1]
		case xml.CharData:
			top.say(string(t))
		}
	}
}

// say adds a piece of text: behind the kids that are there.
func (f *Formula) say(text string) {
	if len(f.Kids) > 0 {
		f.Kids = append(f.Kids, &Formula{Text: text})
		return
	}
	f.Text += text
}

// MathML writes the formula as a math element in its namespace; "" for no formula. What Check finds no fault with is
// well-formed XML.
func (f *Formula) MathML() string {
	var b strings.Builder
	f.Walk(func(f *Formula, _ int) error {
		if f.Name != "" {
			f.open(&b)
		}
		escapeXML(&b, f.Text)
		return nil
	}, func(f *Formula) {
		if f.Name != "" && !f.empty() {
			b.WriteString("</" + f.Name + ">")
		}
	})
	return b.String()
}

// empty reports whether the element has nothing in it.
func (f *Formula) empty() bool {
	return f.Text == "" && !slices.ContainsFunc(f.Kids, func(k *Formula) bool { return k != nil })
}

func (f *Formula) open(b *strings.Builder) {
	b.WriteByte('<')
	b.WriteString(f.Name)
	if f.Name == "math" {
		b.WriteString(` xmlns="` + mathNamespace + `"`)
	}
	for i, a := range f.Attrs {
		if a.Name == "xmlns" || slices.ContainsFunc(f.Attrs[:i], func(b FormulaAttr) bool { return a.Name == b.Name }) {
			continue
		}
		b.WriteByte(' ')
		b.WriteString(a.Name)
		b.WriteString(`="`)
		escapeXML(b, a.Value)
		b.WriteByte('"')
	}
	if f.empty() {
		b.WriteByte('/')
	}
	b.WriteByte('>')
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
