package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
)

// A node is an element of an SVG document.
type node struct {
	name  string
	attrs map[string]string
	kids  []*node
	text  string // character data, of a node named ""
}

// Limits against documents made to exhaust: depth of elements and of references, and size of what is drawn.
const (
	maxDepth = 64
	maxWork  = 4 << 20 // numbers
)

// parseSVG reads an SVG document into nodes.
func parseSVG(data []byte) (*node, error) {
	data, err := text(data)
	if err != nil {
		return nil, fmt.Errorf("SVG file: %w", err)
	}
	dec := xml.NewDecoder(bytes.NewReader(data))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	top := &node{}
	open := []*node{top}
	for {
		t, err := dec.Token()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("SVG file: %w", err)
		}
		parent := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &node{name: t.Name.Local, attrs: make(map[string]string, len(t.Attr))}
			for _, a := range t.Attr {
				if _, ok := n.attrs[a.Name.Local]; !ok || a.Name.Space == "" {
					n.attrs[a.Name.Local] = a.Value
				}
			}
			parent.kids = append(parent.kids, n)
			if len(open) > maxDepth {
				return nil, errors.New("SVG file: elements nested too deep")
			}
			open = append(open, n)
		case xml.EndElement:
			if len(open) > 1 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			parent.kids = append(parent.kids, &node{text: string(t)})
		}
	}
	for _, n := range top.kids {
		if n.name == "svg" {
			return n, nil
		}
	}
	return nil, ErrFormat
}
