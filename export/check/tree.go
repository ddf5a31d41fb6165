package check

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"net/url"
	"path"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A node is an element of an XML file.
type node struct {
	space, name string
	attrs       []xml.Attr
	parent      *node
	children    []*node
	text        string // all text in it, without that of its children
	line        int
}

const (
	xhtmlSpace = "http://www.w3.org/1999/xhtml"
	opsSpace   = "http://www.idpf.org/2007/ops"
	xmlSpace   = "http://www.w3.org/XML/1998/namespace"
)

func (n *node) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

func (n *node) has(name string) bool {
	for _, a := range n.attrs {
		if a.Name.Local == name && a.Name.Space == "" {
			return true
		}
	}
	return false
}

func (n *node) attrNS(space, name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name && (a.Name.Space == space || space == xmlSpace && a.Name.Space == "xml") {
			return a.Value
		}
	}
	return ""
}

// is reports whether the element has the EPUB type or, given one with "doc-", the role.
func (n *node) is(typ string) bool {
	if strings.HasPrefix(typ, "doc-") {
		return contains(n.attr("role"), typ)
	}
	return contains(n.attrNS(opsSpace, "type"), typ)
}

func contains(list, word string) bool {
	for _, w := range strings.Fields(list) {
		if w == word {
			return true
		}
	}
	return false
}

func (n *node) walk(visit func(*node)) {
	if n == nil {
		return
	}
	visit(n)
	for _, c := range n.children {
		c.walk(visit)
	}
}

// words gives all text below the element.
func (n *node) words() string {
	var b strings.Builder
	n.walk(func(m *node) { b.WriteString(m.text) })
	return strings.Join(strings.Fields(b.String()), " ")
}

// inside gives the nearest element around n of one of the names, nil if there is none.
func (n *node) inside(names ...string) *node {
	for m := n.parent; m != nil; m = m.parent {
		for _, name := range names {
			if m.name == name {
				return m
			}
		}
	}
	return nil
}

// parse reads a file as XML, strictly, and gathers its ids; it reports what is wrong and tells whether there is a tree.
func (p *publication) parse(f *file) bool {
	if f.root != nil {
		return true
	}
	d := xml.NewDecoder(bytes.NewReader(f.data))
	f.ids = map[string]*node{}
	var at *node
	for {
		tok, err := d.Token()
		if err == io.EOF {
			break
		}
		line, _ := d.InputPos()
		if err != nil {
			var se *xml.SyntaxError
			message := err.Error()
			if errors.As(err, &se) {
				line, message = se.Line, se.Msg
			}
			p.report("not-well-formed", document.Error, f.name, line, "the file is not well-formed XML: %s", message)
			f.root = nil
			return false
		}
		switch t := tok.(type) {
		case xml.StartElement:
			n := &node{space: t.Name.Space, name: t.Name.Local, attrs: append([]xml.Attr(nil), t.Attr...), parent: at, line: line}
			if at != nil {
				at.children = append(at.children, n)
			} else if f.root == nil {
				f.root = n
			}
			at = n
			if id := n.attr("id"); n.has("id") {
				switch {
				case f.ids[id] != nil:
					p.report("duplicate-id", document.Error, f.name, line, "the id %q stands twice, here and in line %d", id, f.ids[id].line)
				case id == "" || strings.ContainsAny(id, " \t\n"):
					p.report("bad-id", document.Error, f.name, line, "%q is no id", id)
				default:
					f.ids[id] = n
				}
			}
		case xml.EndElement:
			at = at.parent
		case xml.CharData:
			if at != nil {
				at.text += string(t)
			}
		}
	}
	if f.root == nil {
		p.report("not-well-formed", document.Error, f.name, 0, "the file is empty")
		return false
	}
	return true
}

// resolve gives where a reference leads: a file of the archive and an id in it. A reference out of the publication has no
// file.
func resolve(from, href string) (name, id string, remote bool, err error) {
	u, err := url.Parse(strings.TrimSpace(href))
	if err != nil {
		return "", "", false, err
	}
	if u.Scheme != "" || u.Host != "" {
		return "", "", true, nil
	}
	if u.Path == "" {
		return from, u.Fragment, false, nil
	}
	return path.Join(path.Dir(from), u.Path), u.Fragment, false, nil
}
