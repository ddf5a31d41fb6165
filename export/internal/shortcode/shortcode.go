// Package shortcode sets aside what stands in a text and is not Markdown: shortcodes (Hugo's {{< figure >}}), instructions of
// other template languages (Liquid, Jinja), a publisher's =DIRECTIVE= lines, formulas between dollars. Markdown would
// garble them: an underscore in a formula would begin an emphasis, a quotation mark in an argument end it.
//
//	scan: one pass finds them, skipping code and comments
//	pair: which tag closes which
//	run: what the site has templates for becomes what they give
//	write: a placeholder takes the place of each; tags around several lines become blocks of their own
//
// What a shortcode means is not known here: that is package markdown's business.
package shortcode

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
)

// An Insert is something in a text that is not Markdown: a shortcode's tag, an instruction of another template language,
// a formula, code between a shortcode's tags. It is set aside before Markdown is parsed, and a placeholder (its index
// between source.Opener and source.Closer) takes its place.
type Insert struct {
	Kind    Kind
	Name    string // of a shortcode, in lower case
	Params  []Param
	Raw     string // as written: it stays so inside code
	Text    string // of a formula, of code, of what a template has made
	Src     *source.Source
	At      int     // offset of its first byte in Src
	Partner *Insert // the tag that closes or opens it
	Failed  bool    // the site has a template for it that failed, which has been told
}

// A Kind says what an insert is.
type Kind int

// The kinds of inserts.
const (
	Tag Kind = iota // of a shortcode that stands alone
	Open
	Close
	Code
	MathText  // a formula in a line
	MathBlock // a displayed one
	Dropped   // nothing is to be seen in its place
	HTML      // what a template has made of a shortcode; Text is it

	// Markdown that a template wanted as HTML; Text is it: blocks, or what stands in a line.
	MarkedText
	MarkedLine

	Standing // elements that are read already, which a render hook has put into what it makes
)

// A Param is a shortcode's argument; Key is "" for one given by place. At is its offset in the insert's source.
type Param struct {
	Key, Val string
	At       int
}

// Param gives the argument with one of the names, in the order of the names; a number is a place.
func (in *Insert) Param(names ...string) string {
	if p := in.Find(names...); p != nil {
		return p.Val
	}
	return ""
}

// Find gives the argument that Param gives the value of, or nil.
func (in *Insert) Find(names ...string) *Param {
	for _, name := range names {
		if n, err := strconv.Atoi(name); err == nil {
			for i := range in.Params {
				if in.Params[i].Key == "" {
					if n == 0 {
						return &in.Params[i]
					}
					n--
				}
			}
			continue
		}
		for i := range in.Params {
			if strings.EqualFold(in.Params[i].Key, name) {
				return &in.Params[i]
			}
		}
	}
	return nil
}

// Source gives an argument's text with its places in the file.
func (in *Insert) Source(p *Param) *source.Source {
	return in.Src.Scalar(p.Val, p.At, true)
}

// rawShortcodes enclose text that is not Markdown.
var rawShortcodes = map[string]Kind{"highlight": Code, "code": Code, "mermaid": Code, "math": MathBlock,
	"katex": MathBlock, "latex": MathBlock, "tex": MathBlock, "goat": Code, "comment": Dropped}

// Options say how a text is read.
type Options struct {
	Hugo    bool                               // the text is Hugo's: {{ x }} is text, not a template's value
	Math    bool                               // \( … \) and \[ … \] are mathematics
	Dollars bool                               // $ … $ is mathematics
	Line    bool                               // a line outside the text, as a title: formulas alone are looked for in it
	Loose   bool                               // $ … $ is mathematics where it looks so: the text that the line belongs to has formulas
	Field   func(name string) (string, bool)   // gives a value of the front matter, for {{ page.name }}
	Run     func(*Call) (text string, ok bool) // runs the template of a shortcode; not ok when there is none, or it failed
	Report  source.Report
}

// A scanner goes once over a text and finds its inserts.
type scanner struct {
	opts    Options
	s       *source.Source
	out     source.Edit
	inserts []*Insert
	kept    int // text before this has been written to out
	vars    map[string]string
	endless bool // a tag without an end was reported
	loose   bool // the text has formulas between two dollars: what looks like one between single dollars is one too
}

// SetAside takes the inserts out of a text and adds them to those taken out before, whose indices go on.
func SetAside(s *source.Source, before []*Insert, opts Options) (rest *source.Source, inserts []*Insert) {
	if !bytes.ContainsAny(s.Text, "{$\\=") {
		return s, before
	}
	sc := scanner{opts: opts, s: s, inserts: before, loose: opts.Loose || HasFormulas(s.Text)}
	sc.out.Text = make([]byte, 0, len(s.Text)+len(s.Text)/8)
	tags := sc.scan()
	sc.pair(tags)
	sc.write(sc.run(tags))
	return sc.out.Source(s.File), sc.inserts
}

// HasFormulas reports whether a text has formulas between two dollars: then what looks like one between single dollars is one.
func HasFormulas(text []byte) bool { return bytes.Count(text, []byte("$$")) > 1 }

// A tag is an insert or plain replacement with the stretch of text it takes.
type tag struct {
	from, to int
	in       *Insert
	text     string // what stands in its place, when in is nil
}

// scan finds the tags, skipping code and comments.
func (sc *scanner) scan() []tag {
	var tags []tag
	text := sc.s.Text
	for i := 0; i < len(text); {
		var found []tag
		next := i
		if (i == 0 || text[i-1] == '\n') && !sc.opts.Line {
			found, next = sc.wholeLine(i)
		}
		if next == i {
			found, next = sc.construct(i)
		}
		tags = append(tags, found...)
		i = next
	}
	return tags
}

// wholeLine reads what takes the line that begins at i: a fenced block of code, a directive. It gives i when there is neither.
func (sc *scanner) wholeLine(i int) (tags []tag, next int) {
	if end := fenceEnd(sc.s.Text, i); end > 0 {
		return sc.unescape(i, end), end
	}
	if t, ok := sc.directive(i); ok {
		return t, t[len(t)-1].to
	}
	return nil, i
}

// construct reads what stands at i, and gives the place behind it.
func (sc *scanner) construct(i int) (tags []tag, next int) {
	text := sc.s.Text
	switch text[i] {
	case '`':
		end := codeSpanEnd(text, i)
		return sc.unescape(i, end), end
	case '<':
		return nil, i + commentLength(text[i:])
	case '{':
		if sc.opts.Line {
			break
		}
		return sc.brace(i)
	case '\\':
		if i+2 >= len(text) {
			break
		}
		if t, ok := sc.escapedMath(i); ok {
			return []tag{t}, t.to
		}
		return nil, i + 2
	case '$':
		if t, ok := sc.dollarMath(i); ok {
			return []tag{t}, t.to
		}
		for i < len(text) && text[i] == '$' {
			i++
		}
		return nil, i
	}
	return nil, i + 1
}

// brace reads what begins with a brace: Hugo's shortcodes, and what other template languages write.
func (sc *scanner) brace(i int) (tags []tag, next int) {
	rest := sc.s.Text[i:]
	switch {
	case bytes.HasPrefix(rest, []byte("{{<")), bytes.HasPrefix(rest, []byte("{{%")):
		if t, ok := sc.shortcode(i); ok {
			return t, t[len(t)-1].to
		}
		return nil, i + 3
	case bytes.HasPrefix(rest, []byte("{##")): // a comment of Jinja
		if n := bytes.Index(rest[3:], []byte("##}")); n >= 0 {
			to := i + 3 + n + 3
			return []tag{{from: i, to: to}}, to
		}
		return nil, i + 3
	case bytes.HasPrefix(rest, []byte("{%")), bytes.HasPrefix(rest, []byte("{{")):
		return sc.template(i)
	}
	return nil, i + 1
}

// commentLength gives the length of the comment of HTML at the head of text; of the sign alone when it does not end, or is
// none.
func commentLength(text []byte) int {
	if !bytes.HasPrefix(text, []byte("<!--")) {
		return 1
	}
	if end := bytes.Index(text, []byte("-->")); end > 0 {
		return end + 3
	}
	return 4
}

// fenceEnd gives the end of the fenced code block that begins with the line at i, or 0.
func fenceEnd(text []byte, i int) int {
	line, next := source.CutLine(text, i)
	body := bytes.TrimLeft(line, " \t>")
	// A fence may stand behind a list item's mark.
	for len(body) > 1 && (body[0] == '-' || body[0] == '*' || body[0] == '+') && body[1] == ' ' {
		body = bytes.TrimLeft(body[2:], " \t")
	}
	if len(body) < 3 || body[0] != '`' && body[0] != '~' {
		return 0
	}
	c, n := body[0], 0
	for n < len(body) && body[n] == c {
		n++
	}
	if n < 3 || c == '`' && bytes.IndexByte(body[n:], '`') >= 0 {
		return 0
	}
	for next < len(text) {
		line, after := source.CutLine(text, next)
		body := bytes.TrimSpace(bytes.TrimLeft(line, " \t>"))
		if len(body) >= n && len(bytes.Trim(body, string(c))) == 0 {
			return after
		}
		next = after
	}
	return len(text)
}

// codeSpanEnd gives the end of the code span that begins at i, or of the backticks when they open none.
func codeSpanEnd(text []byte, i int) int {
	n := 0
	for i+n < len(text) && text[i+n] == '`' {
		n++
	}
	for j := i + n; j < len(text); {
		switch {
		case text[j] == '`':
			m := 0
			for j+m < len(text) && text[j+m] == '`' {
				m++
			}
			if m == n {
				return j + m
			}
			j += m
		case text[j] == '\n':
			// A code span ends with its paragraph.
			if line, _ := source.CutLine(text, j+1); len(bytes.TrimSpace(line)) == 0 {
				return i + n
			}
			j++
		default:
			j++
		}
	}
	return i + n
}

// unescape finds {{</* … */>}} in code: Hugo shows it without the comment.
func (sc *scanner) unescape(from, to int) (tags []tag) {
	for i := from; i < to; {
		j := bytes.Index(sc.s.Text[i:to], []byte("{{"))
		if j < 0 {
			return tags
		}
		i += j
		if t, ok := sc.escaped(i); ok && t[len(t)-1].to <= to {
			tags = append(tags, t...)
			i = t[len(t)-1].to
			continue
		}
		i += 2
	}
	return tags
}

// unescaped shows the calls {{</* … */>}} in what a shortcode takes whole without their comments.
func unescaped(s string) string {
	return strings.NewReplacer("{{</*", "{{<", "*/>}}", ">}}", "{{%/*", "{{%", "*/%}}", "%}}").Replace(s)
}

func (sc *scanner) escaped(i int) ([]tag, bool) {
	rest := sc.s.Text[i:]
	for _, c := range []string{"<", "%"} {
		closing := map[string]string{"<": "*/>}}", "%": "*/%}}"}[c]
		if bytes.HasPrefix(rest, []byte("{{"+c+"/*")) {
			if end := bytes.Index(rest, []byte(closing)); end > 0 && bytes.IndexByte(rest[:end], '\n') < 0 {
				return []tag{
					{from: i + 3, to: i + 5},
					{from: i + end, to: i + end + 2},
					{from: i + end + 5, to: i + end + 5},
				}, true
			}
		}
	}
	return nil, false
}

// shortcode reads one of Hugo's tags at i.
func (sc *scanner) shortcode(i int) ([]tag, bool) {
	if t, ok := sc.escaped(i); ok {
		return t, true
	}
	text := sc.s.Text
	closing := []byte(">}}")
	if text[i+2] == '%' {
		closing = []byte("%}}")
	}
	var in *Insert
	to := 0
	if bytes.Contains(text[i:], closing) {
		in, to = readTag(sc.s, i, closing)
	} else if sc.endless {
		return nil, false // none of what follows ends; the first said so
	} else {
		sc.endless = true
	}
	if in == nil {
		sc.opts.Report("bad-shortcode", sc.s.Pos(i), "a shortcode's tag has no end", "close it with "+string(closing))
		return nil, false
	}
	t := tag{from: i, to: to, in: in}
	if kind, ok := rawShortcodes[in.Name]; ok && in.Kind == Tag && text[to-4] != '/' {
		// Its body is taken whole.
		if from, end := closingTag(text, to, in.Name); from >= 0 {
			in.Kind, in.Text = kind, unescaped(strings.Trim(string(text[to:from]), "\n"))
			in.Raw = string(text[i:end])
			t.to = end
		}
	}
	return []tag{t}, true
}

// readTag reads a shortcode's tag at i and gives the place behind it; nil when it has no end.
func readTag(s *source.Source, i int, closing []byte) (in *Insert, to int) {
	text := s.Text
	in = &Insert{Src: s, At: i}
	at := skip(text, i+3, " \n\t")
	if at < len(text) && text[at] == '/' {
		in.Kind = Close
		at = skip(text, at+1, " \n\t")
	}
	name := at
	for at < len(text) && !endsWord(text, at, closing) {
		at++
	}
	in.Name = strings.ToLower(string(text[name:at]))
	for at = skip(text, at, " \n\t"); !endsTag(text, at, closing); at = skip(text, at, " \n\t") {
		p, end, ok := parseParam(text, at, closing)
		if !ok {
			return nil, 0
		}
		in.Params = append(in.Params, p)
		at = end
	}
	if text[at] == '/' {
		at++
	}
	to = at + len(closing)
	in.Raw = string(text[i:to])
	return in, to
}

// skip passes over characters of a set.
func skip(text []byte, at int, set string) int {
	for at < len(text) && strings.IndexByte(set, text[at]) >= 0 {
		at++
	}
	return at
}

// endsTag reports whether a tag ends at a byte, be it with a slash.
func endsTag(text []byte, at int, closing []byte) bool {
	return at < len(text) && (bytes.HasPrefix(text[at:], closing) || text[at] == '/' && bytes.HasPrefix(text[at+1:], closing))
}

// endsWord reports whether a name or a bare argument ends before a byte.
func endsWord(text []byte, at int, closing []byte) bool {
	c := text[at]
	return c == ' ' || c == '\n' || c == '\t' || endsTag(text, at, closing)
}

// closingTag finds {{< /name >}} after a byte.
func closingTag(text []byte, at int, name string) (from, to int) {
	for at < len(text) {
		j := bytes.Index(text[at:], []byte("{{"))
		if j < 0 {
			return -1, -1
		}
		at += j
		rest := text[at+2:]
		if len(rest) > 0 && (rest[0] == '<' || rest[0] == '%') {
			if end := bytes.Index(rest, []byte("}}")); end > 0 {
				inner := strings.Fields(strings.Replace(string(rest[1:end-1]), "/", " / ", 1))
				if len(inner) == 2 && inner[0] == "/" && strings.EqualFold(inner[1], name) {
					return at, at + 2 + end + 2
				}
			}
		}
		at += 2
	}
	return -1, -1
}

// parseParam reads one argument: bare, "quoted", `raw`, or key=value with any of these.
func parseParam(text []byte, at int, closing []byte) (p Param, end int, ok bool) {
	first, end, ok := paramWord(text, at, closing, true)
	if !ok {
		return p, end, false
	}
	if eq := skip(text, end, " "); eq < len(text) && text[eq] == '=' && text[at] != '"' && text[at] != '`' {
		from := skip(text, eq+1, " ")
		val, end, ok := paramWord(text, from, closing, false)
		return Param{first, val, from}, end, ok
	}
	return Param{"", first, at}, end, true
}

// paramWord reads a word of an argument; a key ends before its equals sign.
func paramWord(text []byte, at int, closing []byte, key bool) (word string, end int, ok bool) {
	if at < len(text) && (text[at] == '"' || text[at] == '`' || text[at] == '\'') {
		return quotedWord(text, at)
	}
	end = at
	for end < len(text) && !endsWord(text, end, closing) && !(key && text[end] == '=') {
		end++
	}
	return string(text[at:end]), end, end > at
}

// quotedWord reads a word between quotation marks. Between double ones a backslash lets a quotation mark stand; where one does,
// Hugo takes all backslashes out of the word, and else keeps them.
func quotedWord(text []byte, at int) (word string, end int, ok bool) {
	q, from, escapes := text[at], at+1, false
	for at++; at < len(text) && text[at] != q; at++ {
		if text[at] == '\\' && q == '"' && at+1 < len(text) && text[at+1] == '"' {
			escapes = true
			at++
		}
	}
	word = string(text[from:min(at, len(text))])
	if escapes {
		word = strings.ReplaceAll(word, `\`, "")
	}
	return word, at + 1, at < len(text)
}

// pair finds which tag closes which.
func (sc *scanner) pair(tags []tag) {
	var open []*Insert
	for _, t := range tags {
		if t.in == nil || t.in.Kind != Close && (t.in.Kind != Tag || t.in.Name == "") {
			continue
		}
		if t.in.Kind == Tag {
			if !strings.HasSuffix(t.in.Raw, "/>}}") && !strings.HasSuffix(t.in.Raw, "/%}}") {
				open = append(open, t.in)
			}
			continue
		}
		for k := len(open) - 1; k >= 0; k-- {
			if open[k].Name == t.in.Name {
				open[k].Partner, t.in.Partner = t.in, open[k]
				open[k].Kind = Open
				open = open[:k]
				break
			}
		}
		if t.in.Partner == nil {
			sc.opts.Report("bad-shortcode", sc.s.Pos(t.from), "shortcode "+strconv.Quote(t.in.Name)+" is closed but was not opened", "")
			t.in.Kind = Dropped
		}
	}
}

// write copies the text with placeholders for the inserts. A tag that encloses several lines is made a block of its own.
func (sc *scanner) write(tags []tag) {
	for _, t := range tags {
		if t.from < sc.kept {
			continue
		}
		sc.out.Keep(sc.s, sc.kept, t.from)
		sc.kept = t.to
		if t.in == nil {
			sc.out.Put(sc.s.Orig(t.from), t.text)
			continue
		}
		if t.in.Kind == Dropped && sc.ownLine(t) {
			continue // it leaves a blank line, as a site generator would: what follows may be no part of a paragraph
		}
		mark := sc.mark(t.in)
		orig := sc.s.Orig(t.from)
		if sc.standsAlone(t) {
			indent := string(sc.indent(t.from))
			sc.out.Put(orig, "\n\n"+indent+mark+"\n\n"+indent)
		} else {
			sc.out.Put(orig, mark)
		}
	}
	sc.out.Keep(sc.s, sc.kept, len(sc.s.Text))
}

func (sc *scanner) standsAlone(t tag) bool {
	in := t.in
	switch in.Kind {
	case HTML:
		return BeginsBlock(in.Text) && sc.ownLine(t)
	case Code, MathBlock:
		before := bytes.TrimSpace(sc.s.Text[bytes.LastIndexByte(sc.s.Text[:t.from], '\n')+1 : t.from])
		return len(before) == 0
	case Open, Close:
		a, b := in, in.Partner
		if in.Kind == Close {
			a, b = b, a
		}
		inner := sc.s.Text[a.At:b.At]
		before := bytes.TrimLeft(sc.s.Text[bytes.LastIndexByte(sc.s.Text[:a.At], '\n')+1:a.At], " \t>")
		return bytes.IndexByte(inner, '\n') >= 0 && len(before) == 0
	}
	return false
}

// ownLine reports whether a template's instruction has a line for itself, and does not ask (with a hyphen) to leave none.
func (sc *scanner) ownLine(t tag) bool {
	if strings.HasPrefix(t.in.Raw, "{%-") || strings.HasSuffix(t.in.Raw, "-%}") {
		return false
	}
	before := sc.s.Text[bytes.LastIndexByte(sc.s.Text[:t.from], '\n')+1 : t.from]
	after, _ := source.CutLine(sc.s.Text, t.to)
	return len(before) < 4 && len(bytes.TrimSpace(before)) == 0 && len(bytes.TrimSpace(after)) == 0
}

// indent gives the blanks (and quotation marks) that begin the line at a byte.
func (sc *scanner) indent(at int) []byte {
	start := bytes.LastIndexByte(sc.s.Text[:at], '\n') + 1
	end := start
	for end < at && (sc.s.Text[end] == ' ' || sc.s.Text[end] == '\t' || sc.s.Text[end] == '>') {
		end++
	}
	return sc.s.Text[start:end]
}
