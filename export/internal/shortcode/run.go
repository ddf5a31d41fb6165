package shortcode

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/internal/source"
)

// A Call is a shortcode for which the site may have a template.
type Call struct {
	*Insert
	Inner    string // what stands between its tags, calls in it already run, placeholders for the rest
	Parent   *Call  // the call between whose tags it stands; nil when it stands in the text
	Order    int    // which of the calls there it is, from 0
	Markdown bool   // {{% %}}: what the template gives is Markdown

	// Mark puts an insert aside, and gives the placeholder that stands for it in what the template makes.
	Mark func(*Insert) string
}

// InlineName ends the names of shortcodes whose template stands between their tags (Hugo, "Inline shortcodes").
const InlineName = ".inline"

// Bare reports whether an argument was written without quotation marks: Hugo reads numbers and truth values in it.
func (in *Insert) Bare(p *Param) bool {
	if p.At >= len(in.Src.Text) {
		return false
	}
	c := in.Src.Text[p.At]
	return c != '"' && c != '`' && c != '\''
}

// run puts what templates give in the place of the shortcodes that they are for, the inner ones first, as Hugo does. What is
// Markdown becomes text of the text around it, HTML an insert.
func (sc *scanner) run(tags []tag) []tag {
	if sc.opts.Run == nil {
		return tags
	}
	out := tags[:0:0]
	order := 0
	for i := 0; i < len(tags); i++ {
		if made, last, ok := sc.called(tags, i, nil, &order); ok {
			out = append(out, made)
			i = last
			continue
		}
		out = append(out, tags[i])
	}
	return out
}

// called runs the template of the shortcode whose tag, or whose opening tag, is the i-th. last is the place of its closing tag.
func (sc *scanner) called(tags []tag, i int, parent *Call, order *int) (made tag, last int, ok bool) {
	t := tags[i]
	if t.in == nil || t.in.Kind != Tag && t.in.Kind != Open || !strings.HasPrefix(t.in.Raw, "{{") || t.in.Name == "" {
		return tag{}, 0, false
	}
	c := &Call{Insert: t.in, Parent: parent, Order: *order, Markdown: strings.HasPrefix(t.in.Raw, "{{%"), Mark: sc.mark}
	if last = i; t.in.Kind == Open {
		for tags[last].in != t.in.Partner {
			last++
		}
		c.Inner = sc.inner(tags[i+1:last], t.to, tags[last].from, c)
	}
	if strings.HasSuffix(c.Name, InlineName) && last > i {
		c.Inner = string(sc.s.Text[t.to:tags[last].from])
	}
	if c.Markdown && parent != nil && strings.TrimSpace(c.Inner) != "" {
		// Between another's tags nothing else would read it as Markdown: Hugo does so before the template sees it.
		kind := MarkedLine
		if strings.Contains(strings.TrimSpace(c.Inner), "\n") {
			kind = MarkedText
		}
		c.Inner = sc.mark(&Insert{Kind: kind, Text: strings.Trim(c.Inner, "\n"), Raw: c.Inner, Src: sc.s, At: t.to})
	}
	text, ok := sc.opts.Run(c)
	if !ok {
		return tag{}, 0, false
	}
	*order++
	made = tag{from: t.from, to: tags[last].to}
	text = sc.honest(sc.trimLines(text, made))
	if c.Markdown {
		made.text = text
		return made, last, true
	}
	made.in = &Insert{Kind: HTML, Name: t.in.Name, Params: t.in.Params, Text: text, Src: sc.s, At: t.from,
		Raw: string(sc.s.Text[t.from:made.to])}
	return made, last, true
}

// trimLines takes off the ends of lines around what a template gives: they are those of the template's file, and would part a
// word from the point behind it. Between two words a blank stays.
func (sc *scanner) trimLines(s string, t tag) string {
	parts := func(c rune) bool { return unicode.IsLetter(c) || unicode.IsDigit(c) || c == '{' || c == '}' }
	if left := strings.TrimLeft(s, " \t\n\r"); strings.Contains(s[:len(s)-len(left)], "\n") {
		s = left
		if c, _ := utf8.DecodeLastRune(sc.s.Text[:t.from]); parts(c) && !BeginsBlock(s) {
			s = " " + s
		}
	}
	if right := strings.TrimRight(s, " \t\n\r"); strings.Contains(s[len(right):], "\n") {
		s = right
		if c, _ := utf8.DecodeRune(sc.s.Text[t.to:]); parts(c) && !BeginsBlock(s) {
			s += " "
		}
	}
	return s
}

// inner gives the text from one place to another with its shortcodes run. What has no template stands there as a placeholder.
func (sc *scanner) inner(tags []tag, from, to int, parent *Call) string {
	var b strings.Builder
	order := 0
	for i := 0; i < len(tags); i++ {
		t := tags[i]
		if t.from < from {
			continue
		}
		b.Write(sc.s.Text[from:t.from])
		from = t.to
		made, last, ok := sc.called(tags, i, parent, &order)
		switch {
		case ok && made.in == nil:
			b.WriteString(made.text)
		case ok:
			b.WriteString(made.in.Text)
		case t.in == nil:
			b.WriteString(t.text)
		default:
			b.WriteString(sc.mark(t.in))
		}
		if ok {
			i, from = last, made.to
		}
	}
	b.Write(sc.s.Text[min(from, to):to])
	return b.String()
}

// honest takes out of what a template gives the signs of placeholders that no insert stands behind: a template can write any
// character.
func (sc *scanner) honest(s string) string {
	if !strings.ContainsRune(s, source.Opener) && !strings.ContainsRune(s, source.Closer) {
		return s
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexFunc(s, func(c rune) bool { return c == source.Opener || c == source.Closer })
		if i < 0 {
			break
		}
		b.WriteString(s[:i])
		rest, opens := strings.CutPrefix(s[i:], string(source.Opener))
		index, after, ends := strings.Cut(rest, string(source.Closer))
		n, err := strconv.Atoi(index)
		if opens && ends && err == nil && n >= 0 && n < len(sc.inserts) && strconv.Itoa(n) == index {
			b.WriteString(s[i : len(s)-len(after)])
			s = after
			continue
		}
		s = s[i+len(string(source.Opener)):]
	}
	b.WriteString(s)
	return b.String()
}

// mark adds an insert, and gives its placeholder.
func (sc *scanner) mark(in *Insert) string {
	if in.Kind == MarkedText || in.Kind == MarkedLine {
		in.Text = sc.honest(in.Text)
		in.Raw = in.Text
	}
	sc.inserts = append(sc.inserts, in)
	return string(source.Opener) + strconv.Itoa(len(sc.inserts)-1) + string(source.Closer)
}

// blockTags begin what stands between paragraphs.
var blockTags = map[string]bool{"p": true, "div": true, "figure": true, "section": true, "blockquote": true, "table": true, "ul": true, "ol": true,
	"dl": true, "details": true, "aside": true, "article": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"hr": true, "pre": true, "iframe": true, "video": true, "audio": true, "nav": true, "header": true, "footer": true, "main": true,
	"center": true, "form": true, "fieldset": true, "address": true}

// BeginsBlock reports whether HTML begins with a tag of a block, or, like what ends a block that another call began, with the end
// of one.
func BeginsBlock(html string) bool {
	html = strings.TrimSpace(html)
	if !strings.HasPrefix(html, "<") {
		return false
	}
	name := strings.TrimPrefix(html[1:], "/")
	end := strings.IndexFunc(name, func(c rune) bool { return c == ' ' || c == '>' || c == '\n' || c == '\t' || c == '/' })
	return end > 0 && blockTags[strings.ToLower(name[:end])]
}
