package markdown

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// drawingShown makes a picture of an <svg>: a file of its own, in an address that holds it.
func (r *Reader) drawingShown(e *elem) []*elem {
	var b strings.Builder
	writeHTML(&b, e)
	nodes, err := html.ParseFragment(strings.NewReader(b.String()), &html.Node{Type: html.ElementNode, Data: "body", DataAtom: atom.Body})
	i := slices.IndexFunc(nodes, func(n *html.Node) bool { return n.Type == html.ElementNode && n.Data == "svg" })
	if err != nil || i < 0 {
		r.problem("dropped-html", e.pos(), "<svg> was left out: it cannot be read", "save it as a file of its own")
		return nil
	}
	b.Reset()
	writeSVG(&b, nodes[i], 0)
	img := &elem{tag: "img", src: e.src, at: e.at, attrs: []attr{{"src", "data:image/svg+xml," + url.PathEscape(b.String())}}}
	alt := strings.Join(strings.Fields(e.attr("aria-label")), " ")
	for _, name := range []string{"title", "desc"} {
		if alt == "" {
			alt = wordsOf(nodes[i], name)
		}
	}
	if alt != "" || e.attr("aria-hidden") == "true" || e.attr("role") == "presentation" {
		img.set("alt", alt) // an empty one says that the drawing is an ornament
	}
	for _, name := range []string{"id", "class", "style", "width"} {
		if v := e.attr(name); v != "" {
			img.set(name, v)
		}
	}
	return []*elem{img}
}

// wordsOf gives the text of a drawing's title or description.
func wordsOf(svg *html.Node, name string) string {
	for n := svg.FirstChild; n != nil; n = n.NextSibling {
		if n.Type == html.ElementNode && n.Data == name {
			var b strings.Builder
			for t := range n.Descendants() {
				if t.Type == html.TextNode {
					b.WriteString(t.Data)
				}
			}
			return strings.Join(strings.Fields(b.String()), " ")
		}
	}
	return ""
}

// writeHTML writes an element as it was, for HTML's own rules to read it: they know how SVG's names are spelt.
func writeHTML(b *strings.Builder, e *elem) {
	switch {
	case e.tag == "":
		b.WriteString(html.EscapeString(e.text))
	case e.md || e.insert != nil: // Markdown has taken a blank line in the drawing for a paragraph's end
		for _, k := range e.kids {
			writeHTML(b, k)
		}
	default:
		b.WriteString("<" + e.tag)
		for _, a := range e.attrs {
			b.WriteString(" " + a.key + `="` + html.EscapeString(a.val) + `"`)
		}
		b.WriteString(">")
		for _, k := range e.kids {
			writeHTML(b, k)
		}
		b.WriteString("</" + e.tag + ">")
	}
}

// The names that a drawing may use beside its own.
const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
)

// writeSVG writes a drawing as XML. Elements and attributes of programs that drew it stay behind.
func writeSVG(b *strings.Builder, n *html.Node, depth int) {
	switch {
	case n.Type == html.TextNode:
		b.WriteString(html.EscapeString(n.Data))
		return
	case n.Type != html.ElementNode || n.Namespace != "svg" || strings.Contains(n.Data, ":") || depth > 200:
		return
	}
	b.WriteString("<" + n.Data)
	if depth == 0 {
		b.WriteString(` xmlns="` + svgSpace + `" xmlns:xlink="` + xlinkSpace + `"`)
	}
	for _, a := range n.Attr {
		name := a.Key
		if a.Namespace != "" {
			name = a.Namespace + ":" + a.Key
		}
		if strings.HasPrefix(name, "xmlns") || nameLength(name) != len(name) || strings.Contains(name, ":") && a.Namespace != "xlink" && a.Namespace != "xml" {
			continue
		}
		b.WriteString(" " + name + `="` + html.EscapeString(a.Val) + `"`)
	}
	b.WriteString(">")
	for k := n.FirstChild; k != nil; k = k.NextSibling {
		writeSVG(b, k, depth+1)
	}
	b.WriteString("</" + n.Data + ">")
}
