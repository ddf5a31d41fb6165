package markdown

import (
	"bytes"
	"fmt"
	"github.com/twinpress/twinpress/export/internal/source"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// An insert is something in a text that is not Markdown: a shortcode's tag, an instruction of another template language,
// a formula, code between a shortcode's tags. It is set aside before Markdown is parsed, and a placeholder (its index
// between two noncharacters) takes its place.
type insert struct {
	kind    insertKind
	name    string // of a shortcode, in lower case
	params  []param
	raw     string // as written: it stays so inside code
	text    string // of a formula or of code
	src     *source.Source
	at      int     // offset of its first byte in src
	partner *insert // the tag that closes or opens it
}

type insertKind int

const (
	shortcodeTag insertKind = iota // one that stands alone
	shortcodeOpen
	shortcodeClose
	codeText
	mathText  // in a line
	mathBlock // displayed
	dropped   // nothing is to be seen in its place
)

// A param is a shortcode's argument; key is "" for one given by place.
type param struct {
	key, val string
	at       int
}

// param gives the argument with one of the names, in the order of the names; a number is a place.
func (in *insert) param(names ...string) string {
	if p := in.find(names...); p != nil {
		return p.val
	}
	return ""
}

func (in *insert) find(names ...string) *param {
	for _, name := range names {
		if n, err := strconv.Atoi(name); err == nil {
			for i := range in.params {
				if in.params[i].key == "" {
					if n == 0 {
						return &in.params[i]
					}
					n--
				}
			}
			continue
		}
		for i := range in.params {
			if strings.EqualFold(in.params[i].key, name) {
				return &in.params[i]
			}
		}
	}
	return nil
}

// source gives an argument's text with its places in the file.
func (in *insert) source(p *param) *source.Source {
	return in.src.Scalar(p.val, p.at, true)
}

// rawShortcodes enclose text that is not Markdown.
var rawShortcodes = map[string]insertKind{"highlight": codeText, "code": codeText, "mermaid": codeText, "math": mathBlock,
	"katex": mathBlock, "latex": mathBlock, "tex": mathBlock, "goat": codeText}

// A scanner goes once over a text and finds its inserts.
type scanner struct {
	r       *Reader
	s       *source.Source
	out     source.Edit
	kept    int // text before this has been written to out
	vars    map[string]string
	endless bool // a tag without an end was reported
	loose   bool // the text has formulas between two dollars: what looks like one between single dollars is one too
}

// setAside takes the inserts out of a text.
func (r *Reader) setAside(s *source.Source) *source.Source {
	if !bytes.ContainsAny(s.Text, "{$\\=") {
		return s
	}
	sc := scanner{r: r, s: s, loose: bytes.Count(s.Text, []byte("$$")) > 1}
	sc.out.Text = make([]byte, 0, len(s.Text)+len(s.Text)/8)
	tags := sc.scan()
	sc.pair(tags)
	sc.write(tags)
	return sc.out.Source(s.File)
}

// A tag is an insert or plain replacement with the stretch of text it takes.
type tag struct {
	from, to int
	in       *insert
	text     string // what stands in its place, when in is nil
}

// scan finds the tags, skipping code and comments.
func (sc *scanner) scan() []tag {
	var tags []tag
	text := sc.s.Text
	for i := 0; i < len(text); {
		var found []tag
		next := i
		if i == 0 || text[i-1] == '\n' {
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
	var in *insert
	to := 0
	if bytes.Contains(text[i:], closing) {
		in, to = readTag(sc.s, i, closing)
	} else if sc.endless {
		return nil, false // none of what follows ends; the first said so
	} else {
		sc.endless = true
	}
	if in == nil {
		sc.r.problem("bad-shortcode", sc.s.Pos(i), "a shortcode's tag has no end", "close it with "+string(closing))
		return nil, false
	}
	t := tag{from: i, to: to, in: in}
	if kind, ok := rawShortcodes[in.name]; ok && in.kind == shortcodeTag && text[to-4] != '/' {
		// Its body is taken whole.
		if from, end := closingTag(text, to, in.name); from >= 0 {
			in.kind, in.text = kind, strings.Trim(string(text[to:from]), "\n")
			in.raw = string(text[i:end])
			t.to = end
		}
	}
	return []tag{t}, true
}

// readTag reads a shortcode's tag at i and gives the place behind it; nil when it has no end.
func readTag(s *source.Source, i int, closing []byte) (in *insert, to int) {
	text := s.Text
	in = &insert{src: s, at: i}
	at := skip(text, i+3, " \n\t")
	if at < len(text) && text[at] == '/' {
		in.kind = shortcodeClose
		at = skip(text, at+1, " \n\t")
	}
	name := at
	for at < len(text) && !endsWord(text, at, closing) {
		at++
	}
	in.name = strings.ToLower(string(text[name:at]))
	for at = skip(text, at, " \n\t"); !endsTag(text, at, closing); at = skip(text, at, " \n\t") {
		p, end, ok := parseParam(text, at, closing)
		if !ok {
			return nil, 0
		}
		in.params = append(in.params, p)
		at = end
	}
	if text[at] == '/' {
		at++
	}
	to = at + len(closing)
	in.raw = string(text[i:to])
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
func parseParam(text []byte, at int, closing []byte) (p param, end int, ok bool) {
	first, end, ok := paramWord(text, at, closing, true)
	if !ok {
		return p, end, false
	}
	if eq := skip(text, end, " "); eq < len(text) && text[eq] == '=' && text[at] != '"' && text[at] != '`' {
		from := skip(text, eq+1, " ")
		val, end, ok := paramWord(text, from, closing, false)
		return param{first, val, from}, end, ok
	}
	return param{"", first, at}, end, true
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

// quotedWord reads a word between quotation marks; between double ones a backslash says what it says in Go.
func quotedWord(text []byte, at int) (word string, end int, ok bool) {
	q := text[at]
	var b []byte
	for at++; at < len(text) && text[at] != q; at++ {
		c := text[at]
		if c == '\\' && q == '"' && at+1 < len(text) {
			at++
			switch c = text[at]; c {
			case 'n':
				c = '\n'
			case 't':
				c = '\t'
			case '"', '\\', '\'':
			default:
				b = append(b, '\\')
			}
		}
		b = append(b, c)
	}
	return string(b), at + 1, at < len(text)
}

// template reads an instruction of Liquid (Jekyll) or Jinja: what names a picture or a value is honoured, what only
// steers a site generator is left out.
func (sc *scanner) template(i int) (tags []tag, end int) {
	text := sc.s.Text
	closing := "}}"
	if text[i+1] == '%' {
		closing = "%}"
	}
	n := bytes.Index(text[i+2:], []byte(closing))
	if n < 0 || n > 50_000 {
		return nil, i + 2
	}
	to := i + 2 + n + 2
	body := strings.TrimSpace(strings.Trim(string(text[i+2:to-2]), "-"))
	t := tag{from: i, to: to, in: &insert{kind: dropped, raw: string(text[i:to]), src: sc.s, at: i}}
	if closing == "}}" {
		return sc.templateValue(t, body)
	}
	word, rest, _ := strings.Cut(body, " ")
	rest = strings.TrimSpace(rest)
	if endTag := liquidPairs[word]; endTag != "" {
		if from, after := liquidEnd(text, to, endTag); from >= 0 {
			return sc.liquidPair(t, word, rest, from, after), after
		}
	}
	if !sc.instruction(t, word, rest) {
		sc.r.problem("dropped-template", sc.s.Pos(i), fmt.Sprintf("template instruction {%% %s %%} left out", shorten(body, 60)), "")
	}
	return []tag{t}, to
}

// templateValue reads {{ body }}.
func (sc *scanner) templateValue(t tag, body string) (tags []tag, end int) {
	if val, ok := sc.variable(body); ok {
		return []tag{{from: t.from, to: t.to, text: val}}, t.to
	}
	if sc.r.md.set.Hugo || !isExpression(body) {
		return nil, t.from + 2 // Hugo has no such thing in content: it is text
	}
	sc.r.problem("dropped-template", sc.s.Pos(t.from), fmt.Sprintf("template value {{ %s }} left out", body), "write the text itself")
	return []tag{t}, t.to
}

// liquidPairs says what ends the instructions that enclose text.
var liquidPairs = map[string]string{"raw": "endraw", "comment": "endcomment", "highlight": "endhighlight", "capture": "endcapture"}

// liquidPair reads an instruction with the text that it encloses, which ends at from; its end tag ends at after.
func (sc *scanner) liquidPair(t tag, word, rest string, from, after int) []tag {
	body := string(sc.s.Text[t.to:from])
	switch word {
	case "raw":
		return []tag{{from: t.from, to: t.to}, {from: from, to: after}}
	case "highlight":
		lang, _, _ := strings.Cut(rest, " ")
		in := t.in
		in.kind, in.name, in.text = codeText, "highlight", strings.Trim(body, "\n")
		in.params = []param{{"", lang, t.from}}
		in.raw = string(sc.s.Text[t.from:after])
	case "capture":
		sc.set(rest, body)
	}
	t.to = after
	return []tag{t}
}

// instruction reads an instruction that stands alone, and reports whether it means something here.
func (sc *scanner) instruction(t tag, word, rest string) bool {
	switch word {
	case "assign":
		if name, val, ok := strings.Cut(rest, "="); ok {
			val = strings.TrimSpace(val)
			if len(val) >= 2 && (val[0] == '"' || val[0] == '\'') && val[len(val)-1] == val[0] {
				sc.set(strings.TrimSpace(name), val[1:len(val)-1])
			}
		}
		return true
	case "include", "include_relative", "include_cached":
		return sc.include(t, rest)
	case "figure":
		t.in.kind, t.in.name, t.in.params = shortcodeTag, "figure", liquidParams(sc.s.Text, t.from, t.to, len(rest))
		return true
	}
	return false
}

// include reads the inclusion of a template: of one whose name says what it shows, or else what its arguments say in words.
func (sc *scanner) include(t tag, rest string) bool {
	file, args, _ := strings.Cut(rest, " ")
	params := liquidParams(sc.s.Text, t.from, t.to, len(args))
	switch strings.TrimSuffix(file[strings.LastIndexByte(file, '/')+1:], ".html") {
	case "figure", "image", "img", "figure.md", "figure_markdown":
		t.in.kind, t.in.name, t.in.params = shortcodeTag, "figure", params
		return true
	case "toc", "toc.md":
		sc.r.problem("dropped-toc", sc.s.Pos(t.from), "a table of contents was left out", "")
		return true
	}
	params = slices.DeleteFunc(params, func(p param) bool { return !isProse(p.val) })
	if len(params) == 0 {
		return false
	}
	sc.r.problem("dropped-template", sc.s.Pos(t.from), fmt.Sprintf("template %s is not known", file), "what it says in words was kept")
	t.in.kind, t.in.name, t.in.params = shortcodeTag, "include", params
	return true
}

// isProse reports whether an argument is something to read.
func isProse(s string) bool {
	return len(strings.Fields(s)) > 2 && !strings.Contains(s, "://") || len(strings.Fields(s)) > 5
}

// isExpression reports whether a text between {{ and }} can be a template's value rather than two braces of a formula.
func isExpression(s string) bool {
	if s == "" || strings.ContainsAny(s, `{}\^`) {
		return false
	}
	c := firstRune(s)
	return c == '_' || c == '"' || c == '\'' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z'
}

// liquidParams reads key="value" pairs behind an instruction's words: those in the last n bytes of its body, at least.
func liquidParams(text []byte, from, to, n int) (ps []param) {
	at := max(from+2, to-2-n-1)
	for at < to-2 {
		if c := text[at]; c == ' ' || c == '\n' || c == '\t' || c == '-' || c == ',' {
			at++
			continue
		}
		p, end, ok := parseParam(text[:to], at, []byte("%}"))
		if !ok || end <= at {
			break
		}
		if p.key != "" {
			ps = append(ps, p)
		}
		at = end
	}
	return ps
}

func liquidEnd(text []byte, at int, name string) (from, to int) {
	for {
		j := bytes.Index(text[at:], []byte("{%"))
		if j < 0 {
			return -1, -1
		}
		at += j
		end := bytes.Index(text[at:], []byte("%}"))
		if end < 0 {
			return -1, -1
		}
		if strings.Trim(string(text[at+2:at+end]), " -\n\t") == name {
			return at, at + end + 2
		}
		at += 2
	}
}

func (sc *scanner) set(name, val string) {
	if sc.vars == nil {
		sc.vars = map[string]string{}
	}
	sc.vars[name] = val
}

// variable gives what a Liquid expression stands for, when that can be known without running a site generator.
func (sc *scanner) variable(expr string) (string, bool) {
	name, filters, _ := strings.Cut(expr, "|")
	name = strings.TrimSpace(name)
	if len(name) >= 2 && (name[0] == '"' || name[0] == '\'') && name[len(name)-1] == name[0] {
		return name[1 : len(name)-1], strings.Contains(filters, "_url") || filters == ""
	}
	switch name {
	case "site.baseurl", "site.url", "site.github.url", "base_path", "BASE_PATH":
		return "", true
	}
	if val, ok := sc.vars[name]; ok {
		return val, true
	}
	if key, ok := strings.CutPrefix(name, "page."); ok {
		return sc.r.res.Field(key)
	}
	return "", false
}

// escapedMath reads \\( … \\) and \\[ … \\], as Hugo's authors write them so that Markdown leaves a backslash.
func (sc *scanner) escapedMath(i int) (tag, bool) {
	if t, ok := sc.mathEnvironment(i); ok {
		return t, true
	}
	text := sc.s.Text
	slashes := 1
	if text[i+1] == '\\' {
		slashes = 2
	} else if !sc.r.md.set.Math {
		return tag{}, false
	}
	if i+slashes >= len(text) {
		return tag{}, false
	}
	open := text[i+slashes]
	if open != '(' && open != '[' {
		return tag{}, false
	}
	shut := map[byte]string{'(': ")", '[': "]"}[open]
	shut = strings.Repeat(`\`, slashes) + shut
	from := i + slashes + 1
	n := bytes.Index(text[from:], []byte(shut))
	if n < 0 || bytes.Contains(text[from:from+n], []byte("\n\n")) {
		return tag{}, false
	}
	tex := string(text[from : from+n])
	if slashes == 2 {
		// Written through Markdown, which takes one backslash before punctuation.
		tex = strings.NewReplacer(`\\`, `\`, `\_`, `_`, `\*`, `*`).Replace(tex)
	}
	kind := mathText
	if open == '[' {
		kind = mathBlock
	}
	return sc.math(kind, tex, i, from+n+len(shut)), true
}

// dollarMath reads $$ … $$, and $ … $ where the site says that it means mathematics.
func (sc *scanner) dollarMath(i int) (tag, bool) {
	text := sc.s.Text
	if i+1 < len(text) && text[i+1] == '$' {
		n := bytes.Index(text[i+2:], []byte("$$"))
		if n <= 0 || bytes.Contains(text[i+2:i+2+n], []byte("\n\n")) {
			return tag{}, false
		}
		to := i + 2 + n + 2
		kind := mathText
		before := text[bytes.LastIndexByte(text[:i], '\n')+1 : i]
		after, _ := source.CutLine(text, to)
		if len(bytes.Trim(before, " \t>")) == 0 && len(bytes.TrimSpace(after)) == 0 {
			kind = mathBlock
		}
		return sc.math(kind, string(text[i+2:i+2+n]), i, to), true
	}
	if !sc.r.dollars && !sc.loose {
		return tag{}, false
	}
	line, _ := source.CutLine(text, i+1)
	for j := 0; j < len(line); j++ {
		switch {
		case line[j] == '\\':
			j++
		case line[j] == '$':
			// As in Pandoc: no blank inside, no digit behind, so that prices stay prices.
			if j == 0 || line[0] == ' ' || line[j-1] == ' ' || j+1 < len(line) && line[j+1] >= '0' && line[j+1] <= '9' {
				return tag{}, false
			}
			if !sc.r.dollars && !looksLikeMath(line[:j]) {
				return tag{}, false
			}
			return sc.math(mathText, string(line[:j]), i, i+1+j+1), true
		}
	}
	return tag{}, false
}

func (sc *scanner) math(kind insertKind, tex string, from, to int) tag {
	in := &insert{kind: kind, text: strings.TrimSpace(tex), raw: string(sc.s.Text[from:to]), src: sc.s, at: from}
	return tag{from: from, to: to, in: in}
}

// pair finds which tag closes which.
func (sc *scanner) pair(tags []tag) {
	var open []*insert
	for _, t := range tags {
		if t.in == nil || t.in.name == "" || t.in.kind != shortcodeTag && t.in.kind != shortcodeClose {
			continue
		}
		if t.in.kind == shortcodeTag {
			if !strings.HasSuffix(t.in.raw, "/>}}") && !strings.HasSuffix(t.in.raw, "/%}}") {
				open = append(open, t.in)
			}
			continue
		}
		for k := len(open) - 1; k >= 0; k-- {
			if open[k].name == t.in.name {
				open[k].partner, t.in.partner = t.in, open[k]
				open[k].kind = shortcodeOpen
				open = open[:k]
				break
			}
		}
		if t.in.partner == nil {
			sc.r.problem("bad-shortcode", sc.s.Pos(t.from), fmt.Sprintf("shortcode %q is closed but was not opened", t.in.name), "")
			t.in.kind = dropped
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
		if t.in.kind == dropped && sc.ownLine(t) {
			continue // it leaves a blank line, as a site generator would: what follows may be no part of a paragraph
		}
		index := len(sc.r.inserts)
		sc.r.inserts = append(sc.r.inserts, t.in)
		mark := string(source.Opener) + strconv.Itoa(index) + string(source.Closer)
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
	switch in.kind {
	case codeText, mathBlock:
		before := bytes.TrimSpace(sc.s.Text[bytes.LastIndexByte(sc.s.Text[:t.from], '\n')+1 : t.from])
		return len(before) == 0
	case shortcodeOpen, shortcodeClose:
		a, b := in, in.partner
		if in.kind == shortcodeClose {
			a, b = b, a
		}
		inner := sc.s.Text[a.at:b.at]
		before := bytes.TrimLeft(sc.s.Text[bytes.LastIndexByte(sc.s.Text[:a.at], '\n')+1:a.at], " \t>")
		return bytes.IndexByte(inner, '\n') >= 0 && len(before) == 0
	}
	return false
}

// ownLine reports whether a template's instruction has a line for itself, and does not ask (with a hyphen) to leave none.
func (sc *scanner) ownLine(t tag) bool {
	if strings.HasPrefix(t.in.raw, "{%-") || strings.HasSuffix(t.in.raw, "-%}") {
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

// directive reads a line of the form =NAME=text=, which some magazines' own systems used.
func (sc *scanner) directive(i int) ([]tag, bool) {
	text := sc.s.Text
	if text[i] != '=' {
		return nil, false
	}
	line, next := source.CutLine(text, i)
	line = bytes.TrimRight(line, " \t")
	if len(line) < 3 || line[len(line)-1] != '=' {
		return nil, false
	}
	name, rest, ok := strings.Cut(string(line[1:len(line)-1]), "=")
	if !ok {
		name, rest = string(line[1:len(line)-1]), ""
	}
	if name == "" || strings.Trim(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") != "" {
		return nil, false
	}
	end := i + len(line)
	in := &insert{kind: dropped, src: sc.s, at: i, raw: string(line)}
	t := tag{from: i, to: end, in: in}
	restAt := i + 1 + len(name) + 1
	switch name {
	case "IMAGE":
		in.kind, in.name = shortcodeTag, "figure"
		src, caption, _ := strings.Cut(rest, "=")
		in.params = []param{{"src", src, restAt}, {"caption", caption, restAt + len(src) + 1}}
	case "CODE_START":
		stop := bytes.Index(text[next:], []byte("=CODE_END="))
		if stop < 0 {
			return nil, false
		}
		in.kind, in.name, in.text = codeText, "highlight", strings.Trim(string(text[next:next+stop]), "\n")
		t.to = next + stop + len("=CODE_END=")
		in.raw = string(text[i:t.to])
	case "ZOOM":
		in.kind, in.name, in.params = shortcodeTag, "pullquote", []param{{"text", rest, restAt}}
	case "TABLE_CAPTION":
		in.kind, in.name, in.params = shortcodeTag, "tablecaption", []param{{"text", rest, restAt}}
	case "TEXTBOX_START", "SIDEBAR_START":
		// Paired with its end as if it were a shortcode.
		in.kind, in.name, in.params = shortcodeTag, "box", []param{{"title", rest, restAt}}
	case "TEXTBOX_END", "SIDEBAR_END":
		in.kind, in.name = shortcodeClose, "box"
	default:
		sc.r.problem("unknown-directive", sc.s.Pos(i), fmt.Sprintf("directive =%s= is not known", name), "its text is kept")
		if rest != "" {
			return []tag{{from: i, to: restAt}, {from: end - 1, to: end}}, true
		}
	}
	return []tag{t}, true
}

// shorten cuts a text for a message.
func shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(slices.Clip(r[:n])) + "…"
}
