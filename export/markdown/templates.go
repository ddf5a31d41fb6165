package markdown

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/internal/bounds"
	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
)

// Templates are what a Resolver may have besides: templates of the site's own for shortcodes.
type Templates interface {
	// HasTemplate reports whether there is one for a shortcode.
	HasTemplate(name string) bool

	// RunTemplate gives the HTML, or for {{% %}} the Markdown, that it makes of a call. Where it wants Markdown as HTML, render
	// gives what stands for it: the reader will find a text of Markdown there, or what stands in a line.
	RunTemplate(c *TemplateCall, render func(markdown string, block bool) string) (string, error)
}

// ErrEmbedded is what RunTemplate gives when the template leaves a call to the one that Hugo brings along.
var ErrEmbedded = errors.New("left to Hugo's own template")

// A TemplateCall is a call of a shortcode that has a template.
type TemplateCall struct {
	Call
	Bare   map[string]bool // the names and places ("0") of arguments without quotation marks: numbers and truth values are some
	Parent *TemplateCall   // the call between whose tags it stands; nil when it stands in the text
	Order  int             // which of the calls there it is, from 0

	Text string // of the template that runs in the place of the site's; "" for the site's own

	Warn func(message string) // tells of what the template warns of
}

// A Template is a publisher's own for a shortcode: one for all formats, or one for each of some. A format without one of its own
// has what the one for all gives.
type Template struct {
	All string
	Of  map[string]string // by format: "epub", "pdf"
}

// formats are those for which there can be a template.
var formats = [...]string{"epub", "pdf"}

// Formats are the formats for which a Template can have a text of its own.
func Formats() []string { return formats[:] }

// mapped is how a shortcode is called that is read as a link, whatever its name.
const mapped = "=link"

// onlyClass begins the classes of what one format alone has.
const onlyClass = "twinpress-only-"

// ownMeaning are the shortcodes that mean more to an edition than the HTML that a page has of them: links within it, notes, what
// only a link can stand for.
var ownMeaning = map[string]bool{"ref": true, "relref": true, "param": true, "footnote": true, "fn": true, "sidenote": true, "marginnote": true,
	"youtube": true, "vimeo": true, "tweet": true, "twitter": true, "x": true, "instagram": true, "gist": true, "toc": true,
	"tableofcontents": true, "table_of_contents": true}

// runTemplate runs the site's template for a shortcode, when it has one.
func (r *Reader) runTemplate(c *shortcode.Call) (text string, ok bool) {
	t, has := r.res.(Templates)
	how := r.md.set.Handling[c.Name]
	switch {
	case how == "drop":
		return "", true
	case how == "inner":
		return innerAlone(c), true
	case how == "keep":
		return "", false
	case how == "link":
		c.Name = mapped
		return "", false
	case how == "figure":
		c.Name = "figure"
		return "", false
	case has && r.md.set.Templates[c.Name].has():
	case how == "run" && has && t.HasTemplate(c.Name):
	case r.md.set.Shortcodes[c.Name] != nil || ownMeaning[c.Name]:
		return "", false
	case has && t.HasTemplate(c.Name):
	case strings.HasSuffix(c.Name, shortcode.InlineName) && r.md.set.Hugo:
		r.problem("dropped-template", c.Src.Pos(c.At), "the inline shortcode "+strconv.Quote(c.Name)+" was left out, as Hugo does",
			"security: enableInlineShortcodes in Hugo's configuration runs it")
		return "", true
	default:
		return "", false
	}
	text, err := r.runs(t, c)
	if ex := bounds.Check([]byte(text), r.md.set.Limits); ex != nil && err == nil {
		err = errors.New(ex.Message())
	}
	if errors.Is(err, ErrEmbedded) {
		return "", false // as twinpress reads Hugo's own
	}
	if err != nil {
		c.Failed = true
		r.templateFailed(c, err)
		return "", false
	}
	return workings.ReplaceAllString(text, ""), true
}

// runs runs the template for a shortcode: the site's, or the publisher's own for all formats or for each.
func (r *Reader) runs(t Templates, c *shortcode.Call) (string, error) {
	render := func(words string, block bool) string {
		if strings.TrimSpace(words) == "" {
			return ""
		}
		kind := shortcode.MarkedLine
		if block {
			kind = shortcode.MarkedText
		}
		return c.Mark(&shortcode.Insert{Kind: kind, Text: words, Raw: words, Src: c.Src, At: c.At})
	}
	call := r.templateCall(c)
	own, ok := r.md.set.Templates[c.Name]
	if !ok {
		return t.RunTemplate(call, render)
	}
	if len(own.Of) == 0 {
		call.Text = own.All
		return t.RunTemplate(call, render)
	}
	var parts [len(formats)]string
	block := false
	for i, format := range formats {
		if call.Text, ok = own.Of[format]; !ok {
			call.Text = own.All
		}
		if call.Text == "" {
			continue
		}
		text, err := t.RunTemplate(call, render)
		if err != nil {
			return "", err
		}
		parts[i] = strings.TrimSpace(text)
		block = block || shortcode.BeginsBlock(parts[i])
	}
	tag := "span"
	if block {
		tag = "div"
	}
	var b strings.Builder
	for i, format := range formats {
		if parts[i] != "" {
			fmt.Fprintf(&b, "<%s class=%q>%s</%s>", tag, onlyClass+format, parts[i], tag)
		}
	}
	return b.String(), nil
}

func (t Template) has() bool { return t.All != "" || len(t.Of) > 0 }

// only gives the format that alone has an element, and takes the class off that says so.
func only(e *elem) string {
	class := e.attr("class")
	if !strings.HasPrefix(class, onlyClass) {
		return ""
	}
	return strings.TrimPrefix(class, onlyClass)
}

// Handlings are what can be done with a shortcode: its template is run; it is kept as twinpress reads it; what it encloses stands
// alone; it is dropped with what it encloses; it is read as a link to what it names, or as Hugo's figure.
var Handlings = []string{"run", "keep", "inner", "drop", "link", "figure"}

// innerAlone gives what a shortcode encloses, to be read as Markdown.
func innerAlone(c *shortcode.Call) string {
	if c.Markdown && c.Parent == nil || strings.TrimSpace(c.Inner) == "" {
		return c.Inner
	}
	kind := shortcode.MarkedLine
	if strings.Contains(strings.TrimSpace(c.Inner), "\n") {
		kind = shortcode.MarkedText
	}
	return c.Mark(&shortcode.Insert{Kind: kind, Text: strings.Trim(c.Inner, "\n"), Raw: c.Inner, Src: c.Src, At: c.At})
}

// templateFailed tells once in an article why a shortcode's template fails.
func (r *Reader) templateFailed(c *shortcode.Call, err error) {
	r.once("template "+c.Name+" "+err.Error(), func() {
		r.problem("template-failed", c.Src.Pos(c.At), fmt.Sprintf("the site's template for the shortcode %s failed: %v", strconv.Quote(c.Name), err),
			"what the shortcode encloses and says in words was kept")
	})
}

// templateWarns tells once in an article what a template warns of.
func (r *Reader) templateWarns(c *shortcode.Call, message string) {
	r.once("warns "+message, func() {
		r.problem("template-warns", c.Src.Pos(c.At), fmt.Sprintf("the site's template for the shortcode %s warns: %s", strconv.Quote(c.Name), source.Shorten(message, 300)), "")
	})
}

// once tells something once in an article.
func (r *Reader) once(key string, tell func()) {
	if r.told[key] {
		return
	}
	if r.told == nil {
		r.told = map[string]bool{}
	}
	r.told[key] = true
	tell()
}

func (r *Reader) templateCall(c *shortcode.Call) *TemplateCall {
	if c == nil {
		return nil
	}
	if t := r.calls[c]; t != nil {
		t.Inner = c.Inner // it was not known yet when a call between its tags asked
		return t
	}
	t := &TemplateCall{Call: Call{Name: c.Name, Inner: c.Inner, Named: map[string]string{}, Pos: c.Src.Pos(c.At)}, Order: c.Order, Bare: map[string]bool{},
		Parent: r.templateCall(c.Parent), Warn: func(message string) { r.templateWarns(c, message) }}
	for i := range c.Params {
		p := &c.Params[i]
		key := p.Key
		if key == "" {
			key = strconv.Itoa(len(t.Args))
			t.Args = append(t.Args, p.Val)
		} else {
			t.Named[key] = p.Val
		}
		t.Bare[key] = c.Bare(p)
	}
	if r.calls == nil {
		r.calls = map[*shortcode.Call]*TemplateCall{}
	}
	r.calls[c] = t
	return t
}

// workings are what a template writes for the page to work by: styles, programs, the boxes that open and close a tab, links laid over a picture. They are
// none of the author's words, and leave nothing to be told of.
var workings = regexp.MustCompile(`(?is)<style\b.*?</style\s*>|<script\b[^>]*>\s*</script\s*>|<script>.*?</script\s*>|<link\b[^>]*>|<a\b[^>]*\bhref\b[^>]*>\s*</a\s*>|<input\b[^>]*\btype\s*=\s*["']?(?:radio|checkbox|hidden)\b[^>]*>`)

// What templates may make of an article: Markdown within Markdown, bytes, elements that stand open.
const (
	madeDepth = 16
	madeSize  = 8 << 20
	madeOpen  = 200
)

// depthOf tells how many elements stand around an element.
func depthOf(e *elem) (n int) {
	for ; e != nil && e.parent != e; e = e.parent {
		n++
	}
	return n
}

// made reads what a template has made, or Markdown that a template wanted as HTML, into the tree where it stands.
func (b *builder) made(e *elem) {
	in := e.insert
	r := b.r
	r.madeDepth++
	defer func() { r.madeDepth-- }()
	if r.madeSize += len(in.Text) + 64; r.madeDepth > madeDepth || r.madeSize > madeSize || depthOf(b.top) > madeOpen {
		if r.told == nil {
			r.told = map[string]bool{}
		}
		if !r.told["made"] {
			r.told["made"] = true
			r.problem("template-failed", e.pos(), "what the site's templates make of this article is too much; the rest of it was left out",
				"shortcodes: in twinpress.yaml says which are to be kept or dropped")
		}
		return
	}
	switch in.Kind {
	case shortcode.HTML:
		b.html(b.r.textSource(in.Text, e))
	case shortcode.MarkedText, shortcode.MarkedLine:
		root := b.r.parse(b.r.setAsideLine(b.r.textSource(in.Text, e)))
		kids := root.kids
		if only := onlyKid(root); in.Kind == shortcode.MarkedLine && only != nil && only.tag == "p" {
			kids = only.kids
		}
		for _, k := range kids {
			b.add(k)
		}
	}
}
