package epub

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"sync"
)

// looksLikeSVG reports whether data begins as an SVG file does.
func looksLikeSVG(data []byte) bool {
	head := data[:min(len(data), 1024)]
	return bytes.Contains(head, []byte("<svg")) && bytes.HasPrefix(bytes.TrimLeft(head, "\uFEFF \t\r\n"), []byte("<"))
}

// cleanSVG writes an SVG anew without what a publication must not carry: scripts, event handlers, references to anything
// outside the file, foreign content, editors' private elements, comments and DOCTYPE. It fails for what is not well-formed.
//
// Tokens are read raw, so that prefixes stay what they were.
func cleanSVG(data []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(data, []byte("\uFEFF"))))
	d.CharsetReader = func(charset string, in io.Reader) (io.Reader, error) {
		if strings.EqualFold(charset, "utf-8") || strings.EqualFold(charset, "us-ascii") {
			return in, nil
		}
		return nil, fmt.Errorf("SVG in %s instead of UTF-8", charset)
	}
	out := []byte(xmlHeader)
	var stack []string
	skip := 0
	style := false
	seenRoot := false
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
			name := rawName(t.Name)
			stack = append(stack, name)
			if len(stack) == 1 {
				if seenRoot || t.Name.Local != "svg" {
					return nil, errors.New("its root is not an svg element")
				}
				seenRoot = true
			}
			if skip > 0 || forbiddenSVG(t.Name) {
				skip++
				continue
			}
			out = append(out, '<')
			out = append(out, name...)
			namespaced := false
			for _, a := range t.Attr {
				key := rawName(a.Name)
				if key == "xmlns" {
					namespaced = true
				}
				if !allowedSVG(key, a.Value) {
					continue
				}
				out = append(out, attr2(key, a.Value)...)
			}
			if len(stack) == 1 && !namespaced && t.Name.Space == "" {
				out = append(out, ` xmlns="http://www.w3.org/2000/svg"`...)
			}
			out = append(out, '>')
			style = t.Name.Local == "style"
		case xml.EndElement:
			if len(stack) == 0 || stack[len(stack)-1] != rawName(t.Name) {
				return nil, fmt.Errorf("not well-formed: </%s> closes nothing", rawName(t.Name))
			}
			stack = stack[:len(stack)-1]
			if skip > 0 {
				skip--
				continue
			}
			out = append(out, "</"...)
			out = append(out, rawName(t.Name)...)
			out = append(out, '>')
			style = false
		case xml.Directive: // drawing programs write namespaces as entities of the DOCTYPE
			for _, m := range svgEntity().FindAllStringSubmatch(string(t), -1) {
				if d.Entity == nil {
					d.Entity = map[string]string{}
				}
				d.Entity[m[1]] = m[2]
			}
		case xml.CharData:
			if skip > 0 || len(stack) == 0 {
				continue
			}
			s := string(t)
			if style {
				s = cleanCSS(s)
			}
			out = escape(out, s)
		}
	}
	if !seenRoot || len(stack) > 0 {
		return nil, errors.New("not well-formed: it ends early")
	}
	return append(out, '\n'), nil
}

// attr2 writes an attribute, empty ones too.
func attr2(name, value string) string { return " " + name + `="` + esc(value) + `"` }

func rawName(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// forbiddenSVG tells the elements that are left out with all they hold.
func forbiddenSVG(n xml.Name) bool {
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

// allowedSVG tells the attributes that are kept.
func allowedSVG(key, value string) bool {
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
	svgEntity = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+"([^"]*)"\s*>`) })
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
