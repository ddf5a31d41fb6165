package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/bounds"
	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
)

// Hooks are what a Resolver may have besides: templates of the site's own for what Markdown makes (Hugo, "Render hooks").
type Hooks interface {
	// HasHook reports whether there is one for a kind of thing: link, image, heading, blockquote-alert, codeblock-go, table,
	// passthrough-block; for the kind without its variant, too.
	HasHook(kind string) bool

	// RunHook gives the HTML that it makes of one. render is as in Templates.
	RunHook(h *Hook, render func(markdown string, block bool) string) (string, error)
}

// A Hook is something that Markdown makes and the site has a template for.
type Hook struct {
	Kind       string // "link", "image", "heading", "blockquote", "codeblock", "table", "passthrough"
	Variant    string // "go" of a code block, "alert" of a quotation, "inline" of a formula
	Pos        document.Pos
	Ordinal    int // which of its kind in the article it is, from 0
	Attributes map[string]string

	Destination, Title, PlainText string // of a link, an image, a heading
	Text                          string // HTML, or a sign that stands for it
	Anchor                        string // of a heading
	Level                         int
	IsBlock                       bool // an image stands alone in its paragraph
	AlertType, AlertSign          string
	AlertTitle                    string
	Inner                         string            // of code and formulas
	Options                       map[string]string // of code: what stands in its braces for the highlighter
	Head, Body                    [][]HookCell      // of a table

	Warn func(message string)
}

// A HookCell is a cell of a table.
type HookCell struct{ Alignment, Text string }

// hooked has the site's render hooks make anew what they are for, in all that stands in an element. What a hook adds for the web
// alone (links of headings to themselves, signs and words for pointers and screens, buttons) is taken off again. What it makes
// nothing of stays as it is.
func (r *Reader) hooked(e *elem) {
	h, ok := r.res.(Hooks)
	if !ok || r.md.set.IgnoreHooks {
		return
	}
	r.hookKids(h, e)
}

func (r *Reader) hookKids(h Hooks, e *elem) {
	if e.foreign {
		return
	}
	var out []*elem // once anything changes
	for i, k := range e.kids {
		r.hookKids(h, k)
		made, ok := r.hook(h, k)
		if ok && out == nil {
			out = slices.Clone(e.kids[:i])
		}
		switch {
		case ok:
			out = append(out, made...)
		case out != nil:
			out = append(out, k)
		}
	}
	if out != nil {
		e.adopt(out)
	}
}

// hookOf tells of an element what a hook is told; nil for one that hooks are not for.
func (r *Reader) hookOf(h Hooks, e *elem) *Hook {
	kind, variant := "", ""
	switch {
	case e.tag == "insert" && (e.insert.Kind == shortcode.MathText || e.insert.Kind == shortcode.MathBlock):
		kind, variant = "passthrough", "inline"
		if e.insert.Kind == shortcode.MathBlock {
			variant = "block"
		}
	case !e.md:
		return nil
	case e.tag == "a":
		kind = "link"
	case e.tag == "img":
		kind = "image"
	case e.isHeading():
		kind = "heading"
	case e.tag == "blockquote":
		kind, variant = "blockquote", "regular"
		if r.alertHeadOf(e) != nil {
			variant = "alert"
		}
	case e.tag == "pre":
		kind, variant = "codeblock", codeLanguage(e.attr("info"))
	case e.tag == "table":
		kind = "table"
	default:
		return nil
	}
	n := r.ordinals[kind]
	if r.ordinals == nil {
		r.ordinals = map[string]int{}
	}
	r.ordinals[kind]++
	if !h.HasHook(kind) && (variant == "" || !h.HasHook(kind+"-"+variant)) {
		return nil
	}
	return &Hook{Kind: kind, Variant: variant, Pos: e.pos(), Ordinal: n, Attributes: hookAttributes(e), PlainText: strings.TrimSpace(r.verbatim(e.plain()))}
}

// hookAttributes gives the attributes that Markdown gave an element, but what makes it what it is.
func hookAttributes(e *elem) map[string]string {
	out := map[string]string{}
	for _, a := range e.attrs {
		switch a.key {
		case "href", "src", "auto", "title", "alt", "tight", "info", "start":
		default:
			out[a.key] = a.val
		}
	}
	return out
}

// hook runs the hook for an element, when there is one.
func (r *Reader) hook(h Hooks, e *elem) ([]*elem, bool) {
	hook := r.hookOf(h, e)
	if hook == nil {
		return nil, false
	}
	r.fill(hook, e)
	hook.Warn = func(message string) {
		r.once("hook warns "+hook.Kind+message, func() {
			r.problem("template-warns", hook.Pos, "the site's render hook for "+hook.Kind+" warns: "+source.Shorten(message, 300), "")
		})
	}
	text, err := h.RunHook(hook, func(words string, block bool) string {
		kind := shortcode.MarkedLine
		if block {
			kind = shortcode.MarkedText
		}
		return r.stand(&shortcode.Insert{Kind: kind, Text: words, Raw: words, Src: e.src, At: e.at})
	})
	if err == nil {
		if ex := bounds.Check([]byte(text), r.md.set.Limits); ex != nil {
			err = fmt.Errorf("%s", ex.Message())
		}
	}
	if err != nil {
		r.once("hook "+hook.Kind+err.Error(), func() {
			r.problem("template-failed", hook.Pos, "the site's render hook for "+hook.Kind+" failed: "+err.Error(), "what Markdown makes of it was kept; hooks: ignore in twinpress.yaml leaves them all alone")
		})
		return nil, false
	}
	programs := strings.ReplaceAll(text, `<script type="math/tex`, "") // which is no program
	programmed := strings.Contains(programs, "<script") || strings.Contains(programs, "<canvas")
	b := newBuilder(r, e.src)
	b.html(r.textSource(workings.ReplaceAllString(text, ""), e))
	b.leaveAll()
	furniture(b.root, hook)
	kids, ok := r.judged(b.root, e, hook, programmed)
	if !ok {
		return nil, false
	}
	b.root.adopt(kids)
	r.shown(b.root)
	return b.root.kids, true
}

// stand adds an insert, and gives its placeholder.
func (r *Reader) stand(in *shortcode.Insert) string {
	r.inserts = append(r.inserts, in)
	return string(source.Opener) + strconv.Itoa(len(r.inserts)-1) + string(source.Closer)
}

// standing gives a sign that stands for elements that are read already.
func (r *Reader) standing(kids []*elem, e *elem) string {
	raw := (&elem{tag: "span", kids: kids}).plain()
	in := &shortcode.Insert{Kind: shortcode.Standing, Raw: r.verbatim(raw), Src: e.src, At: e.at}
	if r.standings == nil {
		r.standings = map[*shortcode.Insert][]*elem{}
	}
	r.standings[in] = kids
	return r.stand(in)
}

// fill tells a hook what it is about.
func (r *Reader) fill(h *Hook, e *elem) {
	h.Destination, h.Title = e.attr("href"), e.attr("title")
	switch h.Kind {
	case "image":
		h.Destination, h.PlainText = e.attr("src"), e.attr("alt")
		h.Text = h.PlainText
		h.IsBlock = e.parent != nil && e.parent.tag == "p" && onlyKid(e.parent) == e
	case "heading":
		h.Level, h.Anchor = int(e.tag[1]-'0'), e.attr("id")
		if h.Anchor == "" {
			h.Anchor = r.md.set.Dialect.anchor(h.PlainText)
		}
		h.Text = r.standing(e.kids, e)
	case "blockquote":
		kids := e.kids
		if h.Variant == "alert" {
			a := r.alertHeadOf(e)
			h.AlertType, h.AlertSign, kids = strings.ToLower(a.kind), a.sign, a.rest
			if len(a.title) > 0 {
				h.AlertTitle = r.standing(a.title, e)
			}
		}
		h.Text = r.standing(kids, e)
	case "codeblock":
		h.Inner = e.text
		h.Attributes, h.Options = codeAttributes(e.attr("info"))
	case "passthrough":
		h.Inner = e.insert.Text
	case "table":
		for _, row := range rowsOf(e) {
			var cells []HookCell
			for _, c := range row.kids {
				if c.tag == "td" || c.tag == "th" {
					cells = append(cells, HookCell{Alignment: c.attr("align"), Text: r.standing(c.kids, c)})
				}
			}
			if row.parent.tag == "thead" {
				h.Head = append(h.Head, cells)
			} else {
				h.Body = append(h.Body, cells)
			}
		}
	default:
		h.Text = r.standing(e.kids, e)
	}
}

// rowsOf gives the rows of a table.
func rowsOf(e *elem) (rows []*elem) {
	for _, k := range e.kids {
		switch k.tag {
		case "tr":
			rows = append(rows, k)
		case "thead", "tbody":
			rows = append(rows, rowsOf(k)...)
		}
	}
	return rows
}

// highlighting are the options of Hugo's highlighter among the attributes of code.
var highlighting = map[string]bool{"anchorlinenos": true, "guesssyntax": true, "hl_inline": true, "hl_lines": true, "lineanchors": true, "linenos": true,
	"linenostart": true, "lineno_start": true, "nobackground": true, "noclasses": true, "nohl": true, "style": true, "tabwidth": true}

// codeAttributes reads what stands in braces behind a fence's language.
func codeAttributes(info string) (attributes, options map[string]string) {
	attributes, options = map[string]string{}, map[string]string{}
	i := strings.IndexByte(info, '{')
	if i < 0 {
		return attributes, options
	}
	attrs, _ := leadingAttributes(info[i:])
	for _, a := range attrs {
		if highlighting[strings.ToLower(a.key)] {
			options[strings.ToLower(a.key)] = a.val
		} else {
			attributes[a.key] = a.val
		}
	}
	return attributes, options
}

// forScreens are the classes of words that a page has for who hears it, and does not show.
var forScreens = []string{"sr-only", "visually-hidden", "visuallyhidden", "screen-reader-text", "screen-reader-only", "show-for-sr"}

// furniture takes out of what a hook makes what only a page on the web has a use for.
func furniture(e *elem, h *Hook) {
	e.kids = slices.DeleteFunc(e.kids, func(k *elem) bool {
		if k.tag == "" || k.md {
			return false
		}
		switch {
		case k.tag == "a" && h.Kind == "heading" && strings.HasPrefix(k.attr("href"), "#"):
			if !k.holdsMarkdown() {
				return true
			}
			k.tag, k.attrs = "span", nil // the whole heading leads to itself
		case k.tag == "button", hasClass(k, forScreens...), h.Kind != "codeblock" && (k.tag == "svg" || k.tag == "i" && k.blank()),
			h.Kind != "image" && k.tag == "img" && k.attr("alt") == "", k.attr("aria-hidden") == "true" && !k.holdsMarkdown() && h.Kind != "image":
			return true
		}
		furniture(k, h)
		return false
	})
	if h.Kind == "heading" && e.isHeading() {
		trimBehind(e)
	}
}

// holdsMarkdown reports whether something of the text itself stands in an element.
func (e *elem) holdsMarkdown() bool {
	return e.fromText || slices.ContainsFunc(e.kids, (*elem).holdsMarkdown)
}

// trimBehind takes the blanks off an element's end: a link to itself stood behind them.
func trimBehind(e *elem) {
	for n := len(e.kids); n > 0 && e.kids[n-1].tag == "" && !e.kids[n-1].fromText; n = len(e.kids) {
		last := e.kids[n-1]
		if last.text = strings.TrimRight(last.text, " \n\t"); last.text != "" {
			return
		}
		e.kids = e.kids[:n-1]
	}
}

// judged gives what stands in the element's place: what the hook made, or in it the element itself where it is only wrapped; not
// ok where the words would be lost, because only a program of the page shows them.
func (r *Reader) judged(root, e *elem, h *Hook, programmed bool) ([]*elem, bool) {
	words := func(e *elem) string { return strings.Join(strings.Fields(r.verbatim(e.plain())), " ") }
	made, own := words(root), words(e)
	switch h.Kind {
	case "image":
		if !root.holds(func(k *elem) bool { return k.tag == "img" || k.tag == "svg" || k.tag == "figure" || k.tag == "a" }) {
			return r.keptFromHook(h)
		}
		return root.kids, true
	case "passthrough":
		if strings.Contains(made, strings.Join(strings.Fields(h.Inner), " ")) || root.holds(isFormula) {
			return nil, false // as an edition sets it
		}
		return root.kids, made != ""
	case "codeblock":
		own = strings.Join(strings.Fields(h.Inner), " ")
	case "blockquote":
		own = strings.Join(strings.Fields(r.verbatim(r.standingWords(h.Text))), " ")
	}
	madeText, ownText := strings.Join(strings.Fields(made), ""), strings.Join(strings.Fields(own), "")
	if !strings.Contains(madeText, ownText) && (made == "" || programmed) && !root.holds(isFormula) {
		return r.keptFromHook(h)
	}
	if h.Variant == "alert" && h.Kind == "blockquote" {
		if madeText == ownText {
			return nil, false // its kind and its title are shown by a colour, or not at all: our own box says them
		}
		return alertBox(root, h), true
	}
	var same *elem
	count := 0
	root.holds(func(k *elem) bool {
		if sameKind(k, e) {
			if count++; words(k) == own {
				same = k
			}
		}
		return false
	})
	if count == 1 && same != nil && (h.Kind != "link" || same.attr("href") == e.attr("href")) {
		whole := *e
		*same = whole
	}
	return root.kids, true
}

func isFormula(e *elem) bool {
	return e.tag == "math" || e.tag == "insert" && (e.insert.Kind == shortcode.MathText || e.insert.Kind == shortcode.MathBlock)
}

// sameKind reports whether an element that a hook made is what Markdown would have made.
func sameKind(k, e *elem) bool {
	return k.tag == e.tag || k.isHeading() && e.isHeading() && k.tag == e.tag
}

// holds reports whether an element below is one.
func (e *elem) holds(is func(*elem) bool) bool {
	return slices.ContainsFunc(e.kids, func(k *elem) bool { return is(k) || k.holds(is) })
}

func (r *Reader) standingWords(sign string) string {
	return r.replaceInserts(sign, func(in *shortcode.Insert) string { return in.Raw })
}

// keptFromHook leaves something to Markdown, since a hook shows it by a program only, and says so.
func (r *Reader) keptFromHook(h *Hook) ([]*elem, bool) {
	r.once("kept from hook "+h.Kind+h.Variant, func() {
		r.problem("hook-left-out", h.Pos, "the site's render hook for "+strings.TrimSuffix(h.Kind+" "+h.Variant, " ")+" shows it by a program, or not at all; it stands as Markdown has it", "")
	})
	return nil, false
}

// alertBox makes a box of what a hook makes of an alert.
func alertBox(root *elem, h *Hook) []*elem {
	kids := slices.DeleteFunc(slices.Clone(root.kids), (*elem).isBlank)
	box := &elem{tag: "div", src: root.src, at: root.at}
	if len(kids) == 1 && (kids[0].tag == "blockquote" || kids[0].tag == "div" || kids[0].tag == "aside" || kids[0].tag == "section") {
		box.attrs, kids = kids[0].attrs, kids[0].kids
	}
	box.set("class", "note "+h.AlertType)
	box.adopt(kids)
	for _, k := range kids {
		if k.isBlank() {
			continue
		}
		// What is called its title stands in bold, as of any box.
		if class := k.attr("class"); (k.tag == "p" || k.tag == "div" || k.tag == "span") && !k.holds((*elem).isBlock) && (strings.Contains(class, "title") || strings.Contains(class, "head") || strings.Contains(class, "label")) {
			strong := &elem{tag: "strong", src: k.src, at: k.at}
			strong.adopt(k.kids)
			k.tag = "p"
			k.adopt([]*elem{strong})
		}
		break
	}
	return []*elem{box}
}
