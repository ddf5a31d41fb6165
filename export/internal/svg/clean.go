package svg

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"maps"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/internal/xmltext"
)

const (
	svgSpace   = "http://www.w3.org/2000/svg"
	xlinkSpace = "http://www.w3.org/1999/xlink"
)

// Clean writes an SVG anew without what a publication must not carry: scripts, event handlers, references to anything
// outside the file, foreign content, editors' private elements, comments and DOCTYPE. What drawing programs get wrong and
// browsers show all the same is mended so that the picture stays: encodings, prefixes of namespaces, identifiers that are no
// names of XML or stand twice, references to nothing, markup that is not quite well-formed. lost is what could be seen and is
// gone. It fails for what is no SVG.
func Clean(data []byte) (clean []byte, lost []string, err error) {
	if data, err = text(data); err != nil {
		return nil, nil, err
	}
	c := newCleaner(false)
	if err := c.read(data); err != nil {
		c = newCleaner(true)
		if c.read(mendMarkup(data)) != nil {
			return nil, nil, err
		}
	}
	c.choose()
	c.name()
	for l := range c.lost {
		lost = append(lost, l)
	}
	slices.Sort(lost)
	return c.write(), lost, nil
}

// A piece is a start or an end of an element, or text.
type piece struct {
	name  string // of an element of SVG, without prefix
	attrs []xml.Attr
	text  string
	end   bool
}

// Limits against documents made to exhaust.
const (
	maxOpen    = 512 // elements in each other
	maxAttrs   = 512 // of an element
	maxDoubles = 64  // elements of one identifier that a style sheet's rules still choose
)

func newCleaner(loose bool) *cleaner {
	return &cleaner{loose: loose, lost: map[string]bool{}, ids: map[string]string{}, taken: map[string]bool{}, next: map[string]int{}}
}

// mendMarkup takes out what no reader of XML goes on after: control characters, references to them, signs that begin nothing.
func mendMarkup(data []byte) []byte {
	data = bytes.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' {
			return -1
		}
		return r
	}, data)
	data = controls().ReplaceAll(data, nil)
	return strayLess().ReplaceAll(data, []byte("&lt;$1"))
}

// A cleaner is a document being written anew.
type cleaner struct {
	decoder *xml.Decoder
	loose   bool // what is not well-formed is read as it was meant
	pieces  []piece
	open    []opened
	skip    int  // of the open elements, those that are left out
	rooted  bool // the root has been seen
	lost    map[string]bool

	ids   map[string]string // identifiers as typed, and as they are written
	more  map[string][]string
	taken map[string]bool
	next  map[string]int // number to try next behind an identifier
	xlink bool
}

// An opened is an element whose end has not come.
type opened struct {
	name   xml.Name          // as typed
	spaces map[string]string // prefixes that it declares
}

// read takes the document apart. Tokens are read raw: what a prefix stands for is found here, also when it is not declared.
func (c *cleaner) read(data []byte) error {
	c.decoder = xml.NewDecoder(bytes.NewReader(data))
	c.decoder.CharsetReader = func(_ string, in io.Reader) (io.Reader, error) { return in, nil } // it is UTF-8 by now
	if c.loose {
		c.decoder.Strict, c.decoder.Entity = false, maps.Clone(xml.HTMLEntity)
	}
	for {
		tok, err := c.decoder.RawToken()
		if err == io.EOF {
			break
		}
		if err != nil {
			return fmt.Errorf("not well-formed: %w", err)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			err = c.start(t.Copy())
		case xml.EndElement:
			err = c.end(t)
		case xml.Directive:
			c.directive(t)
		case xml.CharData:
			if c.skip == 0 && len(c.open) > 0 {
				c.pieces = append(c.pieces, piece{text: string(t)})
			}
		}
		if err != nil {
			return err
		}
	}
	if !c.rooted || len(c.open) > 0 {
		return errors.New("not well-formed: it ends early")
	}
	return nil
}

// close ends the elements that were opened after the first so many.
func (c *cleaner) close(to int) {
	for len(c.open) > to {
		c.open = c.open[:len(c.open)-1]
		if c.skip > 0 {
			c.skip--
		} else {
			c.pieces = append(c.pieces, piece{end: true})
		}
	}
}

// space gives what a prefix stands for. SVG and xlink are known by their usual prefixes where nothing declares them.
func (c *cleaner) space(prefix string) string {
	for i := len(c.open) - 1; i >= 0; i-- {
		if s, ok := c.open[i].spaces[prefix]; ok {
			return s
		}
	}
	switch prefix {
	case "", "svg":
		return svgSpace
	case "xlink":
		return xlinkSpace
	}
	return prefix
}

func (c *cleaner) start(t xml.StartElement) error {
	if len(c.open) >= maxOpen || len(t.Attr) > maxAttrs {
		return errors.New("elements nested too deep, or with too many attributes")
	}
	o := opened{name: t.Name}
	for _, a := range t.Attr {
		if prefix := a.Name.Local; a.Name.Space == "xmlns" || a.Name.Space == "" && prefix == "xmlns" {
			if a.Name.Space == "" {
				prefix = ""
			}
			if o.spaces == nil {
				o.spaces = map[string]string{}
			}
			o.spaces[prefix] = strings.TrimSpace(a.Value)
		}
	}
	c.open = append(c.open, o)
	space := c.space(t.Name.Space)
	if len(c.open) == 1 {
		if c.rooted || t.Name.Local != "svg" {
			return errors.New("its root is not an svg element")
		}
		c.rooted = true
		if space != svgSpace { // a namespace typed wrongly: it is SVG all the same
			if c.open[0].spaces == nil { // and one that is not declared at all
				c.open[0].spaces = map[string]string{}
			}
			c.open[0].spaces[t.Name.Space], space = svgSpace, svgSpace
		}
	}
	if c.skip > 0 || space != svgSpace || forbidden(t.Name.Local) {
		c.skip++
		c.leaveOut(t.Name, space)
		return nil
	}
	p := piece{name: t.Name.Local}
	c.attributes(&p, t.Attr)
	if p.name == "a" { // a picture leads nowhere
		p.name = "g"
		p.attrs = slices.DeleteFunc(p.attrs, func(a xml.Attr) bool {
			return isHref(a.Name.Local) || a.Name.Local == "target" || a.Name.Local == "rel" || strings.HasPrefix(a.Name.Local, "xlink:")
		})
	}
	c.pieces = append(c.pieces, p)
	return nil
}

// attributes gives an element those that stay.
func (c *cleaner) attributes(p *piece, attrs []xml.Attr) {
	for _, a := range attrs {
		key := a.Name.Local
		switch {
		case a.Name.Space == "xmlns" || a.Name.Space == "" && key == "xmlns":
			continue
		case a.Name.Space == "xml" && (key == "space" || key == "lang"):
			key = "xml:" + key
		case a.Name.Space == "":
		case c.space(a.Name.Space) == xlinkSpace:
			key = "xlink:" + key
		case c.space(a.Name.Space) != svgSpace: // private attributes
			continue
		}
		if slices.ContainsFunc(p.attrs, func(b xml.Attr) bool { return b.Name.Local == key }) {
			continue
		}
		if value, ok := c.allowed(p.name, key, a.Value); ok {
			p.attrs = append(p.attrs, xml.Attr{Name: xml.Name{Local: key}, Value: value})
			c.xlink = c.xlink || strings.HasPrefix(key, "xlink:")
		}
	}
}

// leaveOut tells of an element that is left out, when something could be seen of it.
func (c *cleaner) leaveOut(n xml.Name, space string) {
	if space != svgSpace && c.skip > 1 {
		return
	}
	switch strings.ToLower(n.Local) {
	case "foreignobject":
		if len(c.open) < 2 || c.open[len(c.open)-2].name.Local != "switch" {
			c.lost[n.Local] = true
		}
	case "iframe", "object", "embed", "audio", "video":
		c.lost[n.Local] = true
	}
}

func (c *cleaner) end(t xml.EndElement) error {
	i := len(c.open) - 1
	for c.loose && i >= 0 && c.open[i].name != t.Name {
		i--
	}
	if i >= 0 && c.open[i].name == t.Name {
		c.close(i)
	} else if !c.loose {
		return fmt.Errorf("not well-formed: </%s> closes nothing", t.Name.Local)
	}
	return nil
}

// directive takes note of entities: drawing programs write namespaces as entities of the DOCTYPE.
func (c *cleaner) directive(t xml.Directive) {
	var own []string
	for _, m := range entity().FindAllStringSubmatch(string(t), 64) {
		if c.decoder.Entity == nil {
			c.decoder.Entity = map[string]string{}
		}
		c.decoder.Entity[m[1]] = m[2] + m[3]
		own = append(own, m[1])
	}
	// One may stand in another, twice over at most; what would grow without end stays as it is.
	for range 3 {
		for _, name := range own {
			for _, in := range own {
				value, of := c.decoder.Entity[name], c.decoder.Entity[in]
				if n := strings.Count(value, "&"+in+";"); n > 0 && len(value)+n*len(of) < 1<<12 {
					c.decoder.Entity[name] = strings.ReplaceAll(value, "&"+in+";", of)
				}
			}
		}
	}
}

// forbidden tells the elements that are left out with all they hold.
func forbidden(name string) bool {
	switch strings.ToLower(name) {
	case "script", "foreignobject", "iframe", "object", "embed", "audio", "video", "set", "animate", "animatetransform", "animatemotion", "handler", "listener":
		return true
	}
	return false
}

func isHref(key string) bool { return key == "href" || key == "xlink:href" }

// allowed gives an attribute as it may stay; ok is false for one that goes.
func (c *cleaner) allowed(element, key, value string) (kept string, ok bool) {
	k, v := strings.ToLower(key), strings.ToLower(strings.Join(strings.Fields(value), ""))
	switch {
	case strings.HasPrefix(k, "on"), strings.HasPrefix(k, "data-") && !dataName().MatchString(key), !xmlName().MatchString(key):
		return "", false
	case k == "href" || k == "xlink:href" || k == "src":
		if strings.HasPrefix(v, "#") || strings.HasPrefix(v, "data:image/png") || strings.HasPrefix(v, "data:image/jpeg") || strings.HasPrefix(v, "data:image/gif") {
			return value, true
		}
		switch {
		case v == "":
		case element == "image" || element == "feImage":
			c.lost["picture "+brief(value)] = true
		case element == "use" || element == "tref" || element == "textPath":
			c.lost["use of "+brief(value)] = true
		}
		return "", false
	case strings.Contains(v, "javascript:") || strings.Contains(v, "expression("):
		return "", false
	case k == "viewbox" && len(numbers(value)) != 4:
		return "", false
	}
	return cleanCSS(value), true
}

func brief(s string) string {
	if len(s) > 40 {
		return s[:strings.LastIndexFunc(s[:40], func(r rune) bool { return true })] + "…"
	}
	return s
}

var (
	entity = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`<!ENTITY\s+([\w.-]+)\s+(?:"([^"]*)"|'([^']*)')\s*>`)
	})
	controls = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`&#(?:x0*[01]?[0-8b-cB-Ce-fE-F]|0*(?:[0-8]|1[124-9]|2\d|3[01]));`)
	})
	strayLess = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<([^\pL_/!?]|$)`) })
	cssImport = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)@import[^;]*;?`) })
	cssURL    = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)url\(\s*['"]?\s*[^#'"\s)][^)]*\)`) })
	dataName  = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^data-[a-z_][a-z0-9_.-]*$`) })
	xmlName   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^(xml:|xlink:)?[\pL_][\pL\p{Mn}\d_.-]*$`) })
)

// cleanCSS takes imports and references to outside the file from a style.
func cleanCSS(s string) string {
	if !strings.Contains(s, "@") && !strings.ContainsAny(s, "(") {
		return s
	}
	return cssURL().ReplaceAllString(cssImport().ReplaceAllString(s, ""), "none")
}

// write gives the document.
func (c *cleaner) write() []byte {
	out := []byte(xmltext.Header)
	var open []string
	for i, p := range c.pieces {
		switch {
		case p.end:
			out = append(append(append(out, "</"...), open[len(open)-1]...), '>')
			open = open[:len(open)-1]
			continue
		case p.name == "":
			s := p.text
			if len(open) > 0 && open[len(open)-1] == "style" {
				s = c.sheet(cleanCSS(s))
			}
			out = xmltext.Append(out, s)
			continue
		}
		p = c.refer(p)
		open = append(open, p.name)
		out = append(append(out, '<'), p.name...)
		if i == 0 {
			out = append(out, ` xmlns="`+svgSpace+`"`...)
			if c.xlink {
				out = append(out, ` xmlns:xlink="`+xlinkSpace+`"`...)
			}
		}
		for _, a := range p.attrs {
			out = append(append(append(out, ' '), a.Name.Local...), `="`...)
			out = append(xmltext.Append(out, a.Value), '"')
		}
		out = append(out, '>')
	}
	return append(out, '\n')
}
