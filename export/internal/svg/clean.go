package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/internal/xmltext"
)

// Clean writes an SVG anew without what a publication must not carry: scripts, event handlers, references to anything
// outside the file, foreign content, editors' private elements, comments and DOCTYPE. It fails for what is not well-formed.
//
// Tokens are read raw, so that prefixes stay what they were.
func Clean(data []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "us-ascii") {
			return in, nil
		}
		return nil, fmt.Errorf("SVG in %s instead of UTF-8", charset)
	}
	c := cleaner{decoder: d, out: []byte(xmltext.Header)}
	for {
		tok, err := d.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("not well-formed: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			err = c.start(t)
		case xml.EndElement:
			err = c.end(t)
		case xml.Directive:
			c.directive(t)
		case xml.CharData:
			c.text(string(t))
		}
		if err != nil {
			return nil, err
		}
	}
	if !c.rooted || len(c.open) > 0 {
		return nil, errors.New("not well-formed: it ends early")
	}
	return append(c.out, '\n'), nil
}

// A cleaner is a document being written anew.
type cleaner struct {
	decoder *xml.Decoder
	out     []byte
	open    []string // elements, as written
	skip    int      // of these, those that are left out
	style   bool     // what comes is a style sheet
	rooted  bool     // the root has been seen
}

func (c *cleaner) start(t xml.StartElement) error {
	name := rawName(t.Name)
	c.open = append(c.open, name)
	root := len(c.open) == 1
	if root {
		if c.rooted || t.Name.Local != "svg" {
			return errors.New("its root is not an svg element")
		}
		c.rooted = true
	}
	if c.skip > 0 || forbidden(t.Name) {
		c.skip++
		return nil
	}
	c.out = append(append(c.out, '<'), name...)
	namespaced := t.Name.Space != ""
	for _, a := range t.Attr {
		key := rawName(a.Name)
		namespaced = namespaced || key == "xmlns"
		if allowed(key, a.Value) {
			c.out = append(append(append(c.out, ' '), key...), `="`...)
			c.out = append(xmltext.Append(c.out, a.Value), '"')
		}
	}
	if root && !namespaced {
		c.out = append(c.out, ` xmlns="http://www.w3.org/2000/svg"`...)
	}
	c.out = append(c.out, '>')
	c.style = t.Name.Local == "style"
	return nil
}

func (c *cleaner) end(t xml.EndElement) error {
	name := rawName(t.Name)
	if len(c.open) == 0 || c.open[len(c.open)-1] != name {
		return fmt.Errorf("not well-formed: </%s> closes nothing", name)
	}
	c.open = c.open[:len(c.open)-1]
	if c.skip > 0 {
		c.skip--
		return nil
	}
	c.out = append(append(append(c.out, "</"...), name...), '>')
	c.style = false
	return nil
}

// directive takes note of entities: drawing programs write namespaces as entities of the DOCTYPE.
func (c *cleaner) directive(t xml.Directive) {
	for _, m := range entity().FindAllStringSubmatch(string(t), -1) {
		if c.decoder.Entity == nil {
			c.decoder.Entity = map[string]string{}
		}
		c.decoder.Entity[m[1]] = m[2]
	}
}

func (c *cleaner) text(s string) {
	if c.skip > 0 || len(c.open) == 0 {
		return
	}
	if c.style {
		s = cleanCSS(s)
	}
	c.out = xmltext.Append(c.out, s)
}

func rawName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// forbidden tells the elements that are left out with all they hold.
func forbidden(n xml.Name) bool {
	switch strings.ToLower(n.Local) {
	case "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "set", "animate", "animatetransform", "animatemotion", "handler", "listener":
		return true
	}
	switch n.Space {
	case "", "svg":
		return false
	}
	return true // sodipodi:namedview, rdf:RDF, inkscape:…
}

// allowed tells the attributes that are kept.
func allowed(key, value string) bool {
	k, v := strings.ToLower(key), strings.ToLower(strings.Join(strings.Fields(value), ""))
	switch {
	case strings.HasPrefix(k, "on"):
		return false
	case k == "href" || k == "xlink:href" || k == "src":
		return strings.HasPrefix(v, "#") || strings.HasPrefix(v, "data:image/png") || strings.HasPrefix(v, "data:image/jpeg") || strings.HasPrefix(v, "data:image/gif")
	case k == "xmlns" || k == "xml:space" || k == "xml:lang" || k == "xmlns:xlink" || k == "xmlns:svg" || strings.HasPrefix(k, "xlink:"):
		return true
	case strings.Contains(k, ":"): // private attributes and the declarations of their namespaces
		return false
	case strings.Contains(v, "javascript:") || strings.Contains(v, "expression("):
		return false
	}
	return cleanCSS(value) == value
}

var (
	entity    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+"([^"]*)"\s*>`) })
	cssImport = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)@import[^;]*;?`) })
	cssURL    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)url\(\s*['"]?\s*[^#'"\s)][^)]*\)`) })
)

// cleanCSS takes imports and references to outside the file from a style.
func cleanCSS(s string) string {
	if !strings.Contains(s, "@") && !strings.ContainsAny(s, "(") {
		return s
	}
	return cssURL().ReplaceAllString(cssImport().ReplaceAllString(s, ""), "none")
}
