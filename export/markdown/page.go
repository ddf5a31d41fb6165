package markdown

import (
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// Before elements become nodes, the tree is brought to what a page shows of it: what the page hides goes, what only a program
// can show gives way to what its author has put in its place, and blocks that stand within a line's element, as in
// <a><h2>…</h2><p>…</p></a>, come out of it and take it into their own lines.

// shown brings what stands in an element to what a page shows of it.
func (r *Reader) shown(e *elem) {
	if e.foreign || e.tag == "pre" && e.md {
		return
	}
	var out []*elem // once anything changes
	for i, k := range e.kids {
		if k.tag == "" {
			if out != nil {
				out = append(out, k)
			}
			continue
		}
		was := k.tag
		now := r.asShown(k)
		if out == nil && (len(now) != 1 || now[0] != k || k.tag != was) {
			out = slices.Clone(e.kids[:i])
		}
		if out != nil {
			out = append(out, now...)
		}
	}
	if out != nil {
		e.adopt(out)
	}
}

// asShown gives what a page shows of one element.
func (r *Reader) asShown(e *elem) []*elem {
	if !e.md && r.hides(e) {
		if id := e.attr("id"); id != "" {
			return []*elem{{tag: "span", attrs: []attr{{"id", id}}, src: e.src, at: e.at}} // links may lead there
		}
		return nil
	}
	r.shown(e)
	if !e.md {
		r.tooltip(e)
		if e.has("popover") {
			r.keptOnce("popover", e.pos(), "a popover is shown where it stands", "")
		}
		switch lookUp(e.tag).is {
		case asPicture:
			return r.pictureShown(e)
		case asDrawing:
			return r.drawingShown(e)
		case asFallback:
			return r.fallbackShown(e)
		case asMedia:
			return r.mediaShown(e)
		case asAreas:
			r.areasShown(e)
		case asField:
			return r.fieldShown(e)
		case asBox:
			if e.tag == "dialog" && !e.has("open") {
				r.keptOnce("dialog", e.pos(), "a dialog is shown where it stands", "")
			}
		default:
			switch e.tag {
			case "picture":
				return r.chosenPicture(e)
			case "nobr":
				keepBlanks(e)
			}
		}
		if e.isBlock() {
			r.styledBlock(e)
		}
	}
	if !e.isBlock() && e.tag != "insert" && carriesBlock(e) {
		return hoist(e)
	}
	return []*elem{e}
}

// hides reports whether a page does not show an element, and tells of the words that are left out with it.
func (r *Reader) hides(e *elem) bool {
	display, visibility := e.css("display"), e.css("visibility")
	how := ""
	switch {
	case e.has("hidden") && !strings.EqualFold(e.attr("hidden"), "until-found"):
		how = "hidden"
	case display == "none":
		how = "display: none"
	case visibility == "hidden" || visibility == "collapse":
		how = "visibility: " + visibility
	default:
		return false
	}
	if words := strings.Join(strings.Fields(r.verbatim(e.plain())), " "); words != "" {
		r.problem("hidden-html", e.pos(), "the page does not show this <"+e.tag+"> ("+how+"), and it was left out: “"+source.Shorten(words, 60)+"”",
			"take away what hides it to have it in the edition")
	}
	return true
}

// tooltip tells of a title that only a pointer would show.
func (r *Reader) tooltip(e *elem) {
	title := strings.Join(strings.Fields(e.attr("title")), " ")
	if title == "" || e.insert != nil || slices.Contains(strings.Fields(lookUp(e.tag).attrs), "title") || e.tag == "svg" {
		return
	}
	if title != strings.Join(strings.Fields(e.plain()), " ") {
		r.problem("tooltip", e.pos(), "the title of <"+e.tag+"> was left out: “"+source.Shorten(title, 60)+"”", "put it into the text, or in a note")
	}
}

// keptOnce reports, once for each kind of thing, that an edition cannot do what a page does, and has its words instead.
func (r *Reader) keptOnce(kind string, pos document.Pos, message, hint string) {
	if r.told == nil {
		r.told = map[string]bool{}
	}
	if !r.told[kind] {
		r.told[kind] = true
		r.problem("kept-html", pos, message, hint)
	}
}

// unknownTag reports an element that HTML does not know; those of Word's clipboard say nothing.
func (r *Reader) unknownTag(e *elem) {
	if prefix, _, ok := strings.Cut(e.tag, ":"); ok && (len(prefix) == 1 || prefix == "st1") {
		return
	}
	hint := ""
	if !strings.Contains(e.tag, "-") {
		hint = `\<` + e.tag + "> shows the tag itself"
	}
	r.keptOnce("<"+e.tag+">", e.pos(), "<"+e.tag+"> is not HTML; what stands in it was kept", hint)
}

// say makes an element of words.
func say(e *elem, words string) *elem {
	s := &elem{tag: "span", src: e.src, at: e.at}
	for _, a := range e.attrs {
		if a.key == "id" || a.key == "lang" || a.key == "dir" {
			s.attrs = append(s.attrs, a)
		}
	}
	if words != "" {
		s.adopt([]*elem{{text: words, src: e.src, at: e.at}})
	}
	return s
}

// blank reports whether nothing in an element can be seen.
func (e *elem) blank() bool {
	switch e.tag {
	case "img", "svg", "math", "noteref", "insert", "hr":
		return false
	case "":
		return strings.TrimSpace(e.text) == ""
	}
	return strings.TrimSpace(e.text) == "" && !slices.ContainsFunc(e.kids, func(k *elem) bool { return !k.blank() })
}

// keepBlanks makes the blanks of a text such as end no line.
func keepBlanks(e *elem) {
	for _, k := range e.kids {
		if k.tag == "" {
			k.text = strings.NewReplacer(" ", "\u00A0", "\n", "\u00A0", "\t", "\u00A0").Replace(k.text)
			continue
		}
		keepBlanks(k)
	}
}

// fieldShown gives the words of a form's field.
func (r *Reader) fieldShown(e *elem) []*elem {
	words := ""
	switch e.tag {
	case "button":
		r.form(e)
		e.tag = "span"
		return []*elem{e}
	case "select", "optgroup", "option":
		words = optionWords(e)
	case "textarea":
		if words = strings.TrimSpace(e.plain()); words == "" {
			words = e.attr("placeholder")
		}
	case "progress", "meter":
		if !e.blank() {
			e.tag = "span"
			return []*elem{e}
		}
		words = gauge(e)
	case "input":
		return r.inputShown(e)
	}
	r.form(e)
	return []*elem{say(e, words)}
}

func (r *Reader) form(e *elem) {
	r.keptOnce("form", e.pos(), "<"+e.tag+"> is given as its words, as are all fields of forms", "")
}

// inputShown gives what an input shows: its value, a box to tick, a picture.
func (r *Reader) inputShown(e *elem) []*elem {
	state := "open"
	box := "☐"
	if e.has("checked") {
		state, box = "done", "☑"
	}
	words := e.attr("value")
	switch kind := strings.ToLower(e.attr("type")); kind {
	case "hidden", "password", "file", "color", "range":
		words = ""
	case "image":
		e.tag = "img"
		return r.pictureShown(e)
	case "checkbox", "radio":
		if li := e.parent; li != nil && li.tag == "li" && firstIn(li) == e && kind == "checkbox" {
			li.set("checked", state)
			return nil
		}
		r.form(e)
		return []*elem{say(e, box)}
	case "submit", "reset":
	default:
		if words == "" {
			words = e.attr("placeholder")
		}
	}
	if !strings.EqualFold(e.attr("type"), "hidden") {
		r.form(e)
	}
	return []*elem{say(e, words)}
}

func firstIn(e *elem) *elem {
	for _, k := range e.kids {
		if !k.isBlank() {
			return k
		}
	}
	return nil
}

// optionWords gives options between commas, those of a group behind its label.
func optionWords(e *elem) string {
	if e.tag == "option" {
		if label := strings.TrimSpace(e.attr("label")); label != "" {
			return label
		}
		return strings.Join(strings.Fields(e.plain()), " ")
	}
	var words []string
	for _, k := range e.kids {
		// The groups and options in it have become words before.
		if w := strings.Join(strings.Fields(k.plain()), " "); w != "" {
			words = append(words, w)
		}
	}
	s := strings.Join(words, ", ")
	if label := strings.TrimSpace(e.attr("label")); e.tag == "optgroup" && label != "" {
		return label + ": " + s
	}
	return s
}

// gauge tells how far a progress has come, in per cent, or what a meter shows.
func gauge(e *elem) string {
	v, err := strconv.ParseFloat(strings.TrimSpace(e.attr("value")), 64)
	if err != nil {
		return ""
	}
	if e.tag == "meter" {
		return strings.TrimSpace(e.attr("value"))
	}
	most, err := strconv.ParseFloat(strings.TrimSpace(e.attr("max")), 64)
	if err != nil || most <= 0 {
		most = 1
	}
	return strconv.Itoa(int(max(0, min(1, v/most))*100+0.5)) + "%"
}

// fallbackShown gives an object, a canvas, an applet what stands in it for those who cannot show it. The address of an object
// that is no picture is not lost.
func (r *Reader) fallbackShown(e *elem) []*elem {
	data := e.attr("data")
	switch {
	case data != "" && !leadsTo(e, data) && !(isPictureAt(data) || strings.HasPrefix(e.attr("type"), "image/")):
		e.set("src", data)
		return r.mediaShown(e)
	case data != "" && !leadsTo(e, data):
		alt := strings.Join(strings.Fields(e.plain()), " ")
		if alt == "" {
			alt = e.attr("aria-label")
		}
		e.tag, e.kids = "img", nil
		e.set("src", data)
		e.set("alt", alt)
	case e.blank():
		if e.tag != "noscript" {
			r.problem("dropped-html", e.pos(), "<"+e.tag+"> was left out: nothing stands in it for those who cannot show it", "write between its tags what it shows")
		}
		e.tag = "span"
	default:
		if e.tag != "noscript" {
			r.keptOnce(e.tag, e.pos(), "what stands in <"+e.tag+"> for those who cannot show it is shown", "")
		}
		e.tag = "span"
	}
	if carriesBlock(e) {
		return hoist(e)
	}
	return []*elem{e}
}

// leadsTo reports whether a link to an address stands in an element.
func leadsTo(e *elem, href string) bool {
	return slices.ContainsFunc(e.kids, func(k *elem) bool { return k.tag == "a" && k.attr("href") == href || leadsTo(k, href) })
}

// mediaShown parts what moves or sounds from what stands in it for those who cannot show it. The sentence about old browsers
// that nearly every page has there goes.
func (r *Reader) mediaShown(e *elem) []*elem {
	src := e.attr("src")
	for _, k := range e.kids {
		if src == "" && k.tag == "source" {
			src = k.attr("src")
			e.set("src", src)
		}
	}
	if e.tag == "embed" && isPictureAt(src) {
		e.tag = "img"
		e.set("alt", e.attr("aria-label"))
		return []*elem{e}
	}
	tag := e.tag
	if tag == "object" {
		e.tag = "embed"
	}
	rest := slices.DeleteFunc(slices.Clone(e.kids), func(k *elem) bool { return k.tag == "source" || k.tag == "track" })
	e.kids = nil
	inside := &elem{tag: "span", src: e.src, at: e.at}
	inside.adopt(rest)
	switch words := strings.ToLower(inside.plain()); {
	case inside.blank():
		if src == "" {
			return []*elem{say(e, "")}
		}
		if tag == "frame" { // it stands beside others, without a line of its own
			p := &elem{tag: "p", src: e.src, at: e.at}
			p.adopt([]*elem{e})
			return []*elem{p}
		}
		return []*elem{e}
	case src == "":
		r.keptOnce(tag, e.pos(), "what stands in <"+tag+"> for those who cannot show it is shown", "")
	case len(words) < 200 && slices.ContainsFunc(browserWords[:], func(w string) bool { return strings.Contains(words, w) }):
		return []*elem{e}
	default:
		inside.kids = append([]*elem{e, {text: " ", src: e.src, at: e.at}}, inside.kids...)
		inside.adopt(inside.kids)
	}
	if carriesBlock(inside) {
		return hoist(inside)
	}
	return []*elem{inside}
}

// browserWords are what browsers are called in the sentences that excuse them.
var browserWords = [...]string{"browser", "navegador", "navigateur", "браузер", "przegląd", "prohlížeč", "浏览器", "ブラウザ", "tarayıcı", "selain", "böngésző", "html5"}

// areasShown makes the areas of a picture's map a line of links.
func (r *Reader) areasShown(e *elem) {
	var out []*elem
	links := 0
	for _, k := range e.kids {
		switch href := k.attr("href"); {
		case k.tag == "area" && href != "":
			words := k.attr("alt")
			if words == "" {
				words = k.attr("title")
			}
			a := &elem{tag: "a", attrs: []attr{{"href", href}}, src: k.src, at: k.at}
			if words != "" {
				a.adopt([]*elem{{text: words, src: k.src, at: k.at}})
			}
			if links++; links > 1 {
				out = append(out, &elem{text: " · ", src: k.src, at: k.at})
			}
			out = append(out, a)
		case k.tag != "area" && !k.isBlank():
			out = append(out, k)
		}
	}
	e.attrs = nil
	e.adopt(out)
	if links > 0 {
		r.keptOnce("map", e.pos(), "the areas of a picture are given as links below it", "")
		e.tag = "p"
	}
}

// styledBlock takes the face that a block's style asks for into its lines.
func (r *Reader) styledBlock(e *elem) {
	if _, says := spanStyle(&elem{attrs: []attr{{"style", e.attr("style")}}}); !says || e.tag == "table" || e.isHeading() {
		return
	}
	face := &elem{tag: "span", attrs: []attr{{"style", e.attr("style")}}, src: e.src, at: e.at}
	wrapLines(e, face)
}

// carriesBlock reports whether a block stands in an element of a line. Those deeper in it have come out before.
func carriesBlock(e *elem) bool { return slices.ContainsFunc(e.kids, (*elem).isBlock) }

// hoist takes the blocks in an element of a line out of it, and the element into their lines. One that changes nothing about
// its words becomes a division.
func hoist(e *elem) (out []*elem) {
	if is := lookUp(e.tag).is; !e.md && (is == asPhrase || is == asFallback || is == asField || is == asAreas || e.tag == "span" && !e.has("style")) {
		e.tag = "div"
		return []*elem{e}
	}
	var line []*elem
	end := func() {
		if slices.ContainsFunc(line, func(k *elem) bool { return !k.isBlank() }) {
			out = append(out, around(e, line))
		}
		line = nil
	}
	for _, k := range e.kids {
		if !k.isBlock() {
			line = append(line, k)
			continue
		}
		end()
		wrapLines(k, e)
		out = append(out, k)
	}
	end()
	return out
}

// around gives an element of the face's kind with these kids. The first has its name.
func around(face *elem, kids []*elem) *elem {
	e := *face
	e.attrs = slices.Clone(face.attrs)
	face.attrs = slices.DeleteFunc(face.attrs, func(a attr) bool { return a.key == "id" || a.key == "name" })
	e.adopt(kids)
	return &e
}

// wrapLines puts an element around each line of what stands in a block.
func wrapLines(e, face *elem) {
	if e.tag == "pre" || e.tag == "insert" && len(e.kids) == 0 {
		return
	}
	var out, line []*elem
	end := func() {
		if slices.ContainsFunc(line, func(k *elem) bool { return !k.isBlank() }) {
			line = []*elem{around(face, line)}
		}
		out = append(out, line...)
		line = nil
	}
	for _, k := range e.kids {
		if k.isBlock() || k.tag == "insert" && len(k.kids) > 0 {
			end()
			wrapLines(k, face)
			out = append(out, k)
			continue
		}
		line = append(line, k)
	}
	end()
	e.adopt(out)
}
