package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
)

// blocks turns elements into blocks. What stands among them without being a block makes paragraphs.
func (r *Reader) blocks(kids []*elem) []document.Block {
	var out []document.Block
	for i := 0; i < len(kids); {
		if k := kids[i]; k.isBlock() {
			if t := lastTable(out); t != nil && k.tag == "insert" && k.insert.Name == "tablecaption" {
				t.Caption = r.lineOf(k.insert.Source(k.insert.Find("text")))
			} else {
				out = append(out, r.block(k)...)
			}
			i++
			continue
		}
		j := i
		for j < len(kids) && !kids[j].isBlock() {
			j++
		}
		if p := r.paragraph(&elem{tag: "p", kids: kids[i:j], src: kids[i].src, at: kids[i].at}); p != nil {
			out = append(out, p...)
		}
		i = j
	}
	return out
}

// lastTable gives the table that ends blocks and still lacks a caption.
func lastTable(blocks []document.Block) *document.Table {
	if len(blocks) == 0 {
		return nil
	}
	if t, ok := blocks[len(blocks)-1].(*document.Table); ok && t.Caption == nil {
		return t
	}
	return nil
}

func (r *Reader) block(e *elem) []document.Block {
	if code := e.attr("lang"); code != "" {
		if l := words.Canonical(code); l != "" && l != r.lang {
			// What is quoted in another language takes that language's marks.
			outer := r.lang
			r.lang = l
			defer func() { r.lang = outer }()
		}
	}
	if e.tag == "insert" {
		return r.blockInsert(e)
	}
	switch lookUp(e.tag).is {
	case asParagraph:
		return r.paragraph(e)
	case asHeading:
		return r.heading(e)
	case asQuotation:
		return r.quote(e)
	case asList:
		return r.list(e)
	case asGlossary:
		return r.definitions(e)
	case asPreformat:
		return r.code(e)
	case asRule:
		return oneBlock(at(&document.Rule{}, e))
	case asTable:
		return r.table(e)
	case asFigure:
		return r.figure(e)
	case asBox:
		return r.box(e)
	case asGroup:
		return r.division(e)
	}
	return r.blocks(e.kids) // a part without its surroundings
}

func oneBlock(b document.Block) []document.Block { return []document.Block{b} }

// paragraph reads a paragraph; with blocks inside it becomes several.
func (r *Reader) paragraph(e *elem) []document.Block {
	if slices.ContainsFunc(e.kids, (*elem).isBlock) {
		return r.blocks(e.kids)
	}
	if hasClass(e, "verse", "poem") {
		return r.verse(e)
	}
	if isToc(e) {
		r.problem("dropped-toc", e.pos(), "a table of contents was left out", "")
		return nil
	}
	if f := r.figureOf(e); f != nil {
		return oneBlock(f)
	}
	switch only := onlyKid(e); {
	case only == nil:
	case only.tag == "math":
		f, source := r.formulaOf(only)
		return oneBlock(at(&document.MathBlock{Formula: f, TeX: source}, only))
	}
	if only := onlyKid(e); r.isQR(only) {
		return r.qrBlock(only)
	}
	content := r.line(e.kids)
	if len(content) == 0 {
		return nil
	}
	if m := r.mediaBlock(content); m != nil {
		return oneBlock(m)
	}
	p := at(&document.Paragraph{Content: content, Align: alignOf(e)}, e)
	p.Attr = r.attrOf(e)
	return oneBlock(p)
}

// isToc reports whether a paragraph is one of the marks by which other programs ask for a table of contents.
func isToc(e *elem) bool {
	if len(e.kids) == 0 || len(e.kids) > 3 {
		return false
	}
	switch strings.ToLower(strings.TrimSpace(e.plain())) {
	case "[toc]", "[[toc]]", "[[_toc_]]", "${toc}", "{{toc}}", "[table of contents]":
		return true
	}
	return false
}

// onlyKid gives an element's one child that is not blank, if there is just one.
func onlyKid(e *elem) *elem {
	var found *elem
	for _, k := range e.kids {
		if k.isBlank() {
			continue
		}
		if found != nil {
			return nil
		}
		found = k
	}
	return found
}

func (e *elem) isBlank() bool { return e.tag == "" && strings.TrimSpace(e.text) == "" }

// alignOf reads an element's alignment from the many ways to ask for it.
func alignOf(e *elem) string {
	for _, a := range []string{"center", "right"} {
		if strings.EqualFold(e.attr("align"), a) || e.css("text-align") == a || hasClass(e, a, "text-"+a, "align-"+a, "text-align-"+a) {
			return a
		}
	}
	if e.tag == "center" || e.parent != nil && e.parent.tag == "center" {
		return "center"
	}
	if e.parent != nil && e.tag == "p" && e.parent.tag == "div" {
		return alignOf(e.parent)
	}
	return ""
}

func (r *Reader) heading(e *elem) []document.Block {
	// A picture in a heading has no place in an outline; it stands before it.
	level := int(e.tag[1] - '0')
	content := r.inlines(e.kids)
	typed := strings.Join(strings.Fields(anchorText(content)), " ")
	if content = r.typeset(content); len(content) == 0 {
		if strings.TrimSpace(e.plain()) == "" && !e.holds(func(k *elem) bool { return k.tag == "img" || k.tag == "insert" }) {
			r.problem("empty-heading", e.pos(), "a heading without words was left out", "delete it, or write what follows")
		}
		return nil
	}
	h := at(&document.Heading{Level: level, Content: content}, e)
	r.typed[h] = typed
	h.Attr = r.attrOf(e)
	return oneBlock(h)
}

// quote reads a block quotation. Its last paragraph names the source when it begins with a dash or is a <cite> or <footer>.
func (r *Reader) quote(e *elem) []document.Block {
	if hasClass(e, "verse", "poem") {
		return r.verse(e)
	}
	kids := e.kids
	if d := r.alert(e); d != nil {
		return oneBlock(d)
	}
	kids, attribution := r.attribution(kids)
	q := at(&document.BlockQuote{Blocks: r.blocks(kids), Attribution: attribution}, e)
	q.Attr = r.attrOf(e)
	if attribution == nil {
		q.Attribution = r.attributed(e)
	}
	if len(q.Blocks) == 0 && q.Attribution == nil {
		return nil
	}
	return oneBlock(q)
}

// attributed gives the source that a quotation's attributes name (Hugo, "Markdown attributes": caption, cite).
func (r *Reader) attributed(e *elem) []document.Inline {
	words, cite := e.attr("caption"), e.attr("cite")
	if words == "" {
		return nil // an address alone is for machines
	}
	line := r.lineOf(r.textSource(words, e))
	if cite == "" || len(line) == 0 {
		return line
	}
	l := at(&document.Link{Content: line}, e)
	r.resolveLink(l, cite, e)
	return one(l)
}

// attribution takes the source of a quotation from its end.
func (r *Reader) attribution(kids []*elem) ([]*elem, []document.Inline) {
	n := len(kids)
	for n > 0 && kids[n-1].isBlank() {
		n--
	}
	if n == 0 {
		return kids, nil
	}
	last := kids[n-1]
	switch last.tag {
	case "cite", "footer", "figcaption":
		return kids[:n-1], trimDash(r.line(last.kids))
	case "p":
		if only := onlyKid(last); only != nil && only.tag == "cite" {
			return kids[:n-1], trimDash(r.line(only.kids))
		}
		if n > 1 && startsWithDash(last.kids) {
			return kids[:n-1], trimDash(r.line(last.kids))
		}
		// The last line of the last paragraph.
		for i := len(last.kids) - 1; i > 0; i-- {
			if last.kids[i].tag == "br" {
				if !startsWithDash(last.kids[i+1:]) {
					break
				}
				rest := *last
				rest.kids = last.kids[:i]
				return append(slices.Clone(kids[:n-1]), &rest), trimDash(r.line(last.kids[i+1:]))
			}
		}
		if k := last.kids; len(k) > 0 && k[len(k)-1].tag == "" || len(k) > 0 {
			for i := len(k) - 1; i >= 0; i-- {
				if k[i].tag != "" {
					continue
				}
				if j := strings.LastIndexByte(k[i].text, '\n'); j >= 0 && j < len(k[i].text)-1 {
					after := *k[i]
					after.text = k[i].text[j+1:]
					after.at += j + 1
					tail := append([]*elem{&after}, k[i+1:]...)
					if !startsWithDash(tail) || i == 0 && strings.TrimSpace(k[i].text[:j]) == "" {
						break
					}
					before := *k[i]
					before.text = k[i].text[:j]
					rest := *last
					rest.kids = append(slices.Clone(k[:i]), &before)
					return append(slices.Clone(kids[:n-1]), &rest), trimDash(r.line(tail))
				}
			}
		}
	}
	return kids, nil
}

func startsWithDash(kids []*elem) bool {
	for _, k := range kids {
		if k.isBlank() {
			continue
		}
		if k.tag == "em" || k.tag == "i" || k.tag == "strong" || k.tag == "b" {
			return startsWithDash(k.kids)
		}
		if k.tag == "cite" {
			return true
		}
		if k.tag != "" {
			return false
		}
		s := strings.TrimLeft(k.text, " \n\u00A0")
		for _, d := range []string{"—", "–", "―", "--"} {
			if strings.HasPrefix(s, d) {
				return true
			}
		}
		return false
	}
	return false
}

// trimDash takes the dash off an attribution: how one is set off is the styles' business.
func trimDash(is []document.Inline) []document.Inline {
	if len(is) == 0 {
		return is
	}
	switch n := is[0].(type) {
	case *document.Text:
		n.Value = strings.TrimLeft(n.Value, "—–―- \u00A0")
		if n.Value == "" {
			return trimDash(is[1:])
		}
	case *document.Styled:
		n.Content = trimDash(n.Content)
	}
	return is
}

func (r *Reader) list(e *elem) []document.Block {
	l := at(&document.List{Ordered: e.tag == "ol", Start: 1, Tight: true}, e)
	l.Attr = r.attrOf(e)
	if l.Ordered {
		l.Style, l.Reversed = numeralsOf(e), e.has("reversed")
	}
	if e.md {
		l.Tight = e.has("tight")
	}
	for _, k := range e.kids {
		if k.isBlank() {
			continue
		}
		item := at(&document.ListItem{}, k)
		if k.tag == "li" {
			item.Attr = r.attrOf(k)
			item.Blocks = r.blocks(k.kids)
			if n, ok := integer(k.attr("value")); ok && l.Ordered {
				item.Value = &n
			}
			switch k.attr("checked") {
			case "open":
				item.Checked = 1
			case "done":
				item.Checked = 2
			}
		} else {
			item.Blocks = r.blocks([]*elem{k})
		}
		if !e.md && slices.ContainsFunc(k.kids, func(k *elem) bool { return k.tag == "p" }) {
			l.Tight = false
		}
		l.Items = append(l.Items, item)
	}
	if len(l.Items) == 0 {
		return nil
	}
	if l.Reversed {
		l.Start = len(l.Items)
	}
	if n, ok := integer(e.attr("start")); ok && l.Ordered {
		l.Start = n
	}
	return oneBlock(l)
}

// numeralsOf gives the kind of numerals that an ordered list asks for.
func numeralsOf(e *elem) string {
	switch t := e.attr("type"); t {
	case "a", "A", "i", "I":
		return t
	}
	switch kind := e.css("list-style-type", "list-style"); {
	case strings.Contains(kind, "lower-alpha"), strings.Contains(kind, "lower-latin"):
		return "a"
	case strings.Contains(kind, "upper-alpha"), strings.Contains(kind, "upper-latin"):
		return "A"
	case strings.Contains(kind, "lower-roman"):
		return "i"
	case strings.Contains(kind, "upper-roman"):
		return "I"
	}
	return "1"
}

// integer reads a number as HTML does (HTML Standard § 2.3.4.1): blanks before it and anything behind it do not matter. One
// that no list can reach is none.
func integer(s string) (int, bool) {
	s = strings.TrimLeft(s, " \t\n\f\r")
	n := 0
	if n < len(s) && (s[n] == '-' || s[n] == '+') {
		n++
	}
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	v, err := strconv.Atoi(s[:n])
	return v, err == nil && v > -1e6 && v < 1e9
}

func (r *Reader) definitions(e *elem) []document.Block {
	dl := at(&document.DefinitionList{}, e)
	dl.Attr = r.attrOf(e)
	var d *document.Definition
	var read func(kids []*elem)
	read = func(kids []*elem) {
		for _, k := range kids {
			switch {
			case k.isBlank():
			case k.tag == "div":
				read(k.kids)
			case k.tag == "dt":
				if d == nil || len(d.Definitions) > 0 {
					d = at(&document.Definition{Tight: true}, k)
					dl.Items = append(dl.Items, d)
				}
				d.Terms = append(d.Terms, r.line(r.named(k)))
			default:
				if d == nil {
					d = at(&document.Definition{Tight: true}, k)
					dl.Items = append(dl.Items, d)
				}
				if k.md && !k.has("tight") {
					d.Tight = false
				}
				if k.tag != "dd" {
					k = &elem{kids: []*elem{k}, src: k.src, at: k.at}
				}
				d.Definitions = append(d.Definitions, r.within(k))
			}
		}
	}
	read(e.kids)
	if len(dl.Items) == 0 {
		return nil
	}
	return oneBlock(dl)
}

// within gives the blocks in a part that no node stands for; what its attributes say of them is said by a division.
func (r *Reader) within(e *elem) []document.Block {
	blocks, a := r.blocks(e.kids), r.attrOf(e)
	if a.Classes = nil; a.ID == "" && a.Lang == "" && a.Dir == "" {
		return blocks
	}
	d := at(&document.Division{Blocks: blocks}, e)
	d.Attr = a
	return oneBlock(d)
}

func (r *Reader) code(e *elem) []document.Block {
	c := at(&document.CodeBlock{Text: e.text}, e)
	c.Attr = r.attrOf(e)
	info := e.attr("info")
	if !e.md {
		c.Text = strings.Trim(r.verbatim(e.plain()), "\n")
		if lost := e.marked(); lost != "" {
			r.keptOnce("pre", e.pos(), "<"+lost+"> in <"+e.tag+"> leaves its words alone", "")
		}
		if k := onlyKid(e); k != nil && k.tag == "code" {
			info = k.attr("class")
		} else {
			info = e.attr("class")
		}
	}
	c.Language = codeLanguage(info)
	if !e.md || e.has("class") {
		c.Classes = nil
	}
	if lang := codeLanguage(e.attr("class")); c.Language == "" && e.md {
		c.Language = lang
	}
	c.Text = strings.ReplaceAll(c.Text, "\u200B", "")
	return oneBlock(c)
}

// marked finds an element in code that says more than its words; "" when there is none.
func (e *elem) marked() string {
	for _, k := range e.kids {
		switch k.tag {
		case "a", "img", "sup", "sub", "noteref":
			return k.tag
		}
		if m := k.marked(); m != "" {
			return m
		}
	}
	return ""
}

// codeLanguage reads a language from a fence's info string or a class: "go", "{.go}", "go {linenos=1}", "language-go".
func codeLanguage(info string) string {
	info = strings.TrimSpace(info)
	info = strings.TrimLeft(info, "{. ")
	if i := strings.IndexAny(info, " {},;="); i >= 0 {
		info = info[:i]
	}
	info = strings.TrimPrefix(strings.TrimPrefix(info, "language-"), "lang-")
	if info == "highlight" {
		return ""
	}
	return strings.ToLower(info)
}

// division reads a <div> and its kin. One that says nothing about its content leaves no trace.
func (r *Reader) division(e *elem) []document.Block {
	if hasClass(e, "verse", "poem", "poetry", "stanza") {
		return r.verse(e)
	}
	if k := onlyKid(e); k != nil && (k.tag == "img" || k.tag == "a" && onlyKid(k) != nil && onlyKid(k).tag == "img") {
		if f := r.figureOf(e); f != nil {
			return oneBlock(f)
		}
	}
	blocks := r.headed(e, "legend")
	a := r.attrOf(e)
	if e.tag == "center" || alignOf(e) != "" {
		alignAll(blocks, alignOf(e))
	}
	role := roleOf(e)
	if role == "" && a.ID == "" && a.Lang == "" && a.Dir == "" && !hasMeaning(a.Classes) {
		return blocks
	}
	if len(blocks) == 0 && a.ID == "" {
		return nil
	}
	d := at(&document.Division{Role: role, Blocks: blocks, Only: only(e)}, e)
	if d.Attr = a; d.Only != "" {
		d.Classes = nil
	}
	return oneBlock(d)
}

func alignAll(blocks []document.Block, align string) {
	for _, b := range blocks {
		if p, ok := b.(*document.Paragraph); ok && p.Align == "" {
			p.Align = align
		}
	}
}

// hasMeaning reports whether classes may matter to a style: those that only place boxes on a web page do not.
func hasMeaning(classes []string) bool {
	return slices.ContainsFunc(classes, func(c string) bool {
		for _, web := range []string{"col-", "row", "container", "text-", "align", "center", "right", "left", "clearfix", "float", "mb-", "mt-", "p-", "m-"} {
			if strings.HasPrefix(c, web) {
				return false
			}
		}
		return true
	})
}

// roles names the part that a class or shortcode gives to a group of blocks.
var roles = map[string]string{"aside": "aside", "sidebar": "aside", "box": "aside", "epigraph": "epigraph", "pullquote": "pullquote",
	"pull-quote": "pullquote", "abstract": "abstract", "note": "note", "notice": "note", "tip": "note", "info": "note", "hint": "note",
	"warning": "note", "important": "note", "caution": "note", "callout": "note", "admonition": "note", "alert": "note",
	"panel": "note", "dedication": "dedication", "bio": "bio", "author-bio": "bio", "author-note": "bio", "about-author": "bio",
	"editor-note": "editor-note", "editors-note": "editor-note", "editorial-note": "editor-note", "details": "aside",
	"expand": "aside", "collapse": "aside", "spoiler": "aside"}

func roleOf(e *elem) string {
	for _, c := range e.classes() {
		if role := roles[strings.ToLower(c)]; role != "" {
			return role
		}
	}
	if e.tag == "aside" {
		return "aside"
	}
	return ""
}

// box reads <details>, of which all is open on paper, <dialog> and <aside>.
func (r *Reader) box(e *elem) []document.Block {
	if e.tag == "aside" {
		return r.division(e)
	}
	d := at(&document.Division{Role: "aside", Blocks: r.headed(e, "summary")}, e)
	d.Attr = r.attrOf(e)
	if len(d.Blocks) == 0 {
		return nil
	}
	return oneBlock(d)
}

// headed reads blocks below a line in bold: what the elements of this name among them say.
func (r *Reader) headed(e *elem, name string) []document.Block {
	var title, rest []*elem
	for _, k := range e.kids {
		if k.tag == name {
			title = append(title, r.named(k)...)
		} else {
			rest = append(rest, k)
		}
	}
	return append(r.titled(title, e), r.blocks(rest)...)
}

// named gives what stands in a part of a block, in an element that carries the part's name, language and direction if it has
// any.
func (r *Reader) named(e *elem) []*elem {
	span := &elem{tag: "span", src: e.src, at: e.at, md: e.md, parent: e.parent}
	for _, a := range e.attrs {
		if a.key == "id" || a.key == "lang" || a.key == "dir" || a.key == "style" {
			span.attrs = append(span.attrs, a)
		}
	}
	if span.attrs == nil {
		return e.kids
	}
	span.kids = e.kids
	return []*elem{span}
}

// titled makes the paragraph that heads a box.
func (r *Reader) titled(title []*elem, e *elem) []document.Block {
	if len(title) == 0 {
		return nil
	}
	content := r.line(title)
	if len(content) == 0 {
		return nil
	}
	if s, ok := content[0].(*document.Styled); !ok || s.Kind != document.Strong || len(content) > 1 {
		content = one(at(&document.Styled{Kind: document.Strong, Content: content}, e))
	}
	return oneBlock(at(&document.Paragraph{Content: content}, e))
}

// verse reads a poem: a paragraph or a group of them, a stanza each; a line ends where the source's line does.
func (r *Reader) verse(e *elem) []document.Block {
	v := at(&document.Verse{}, e)
	v.Attr = r.attrOf(e)
	v.Classes = slices.DeleteFunc(v.Classes, func(c string) bool { return c == "verse" || c == "poem" || c == "poetry" })
	kids, attribution := r.attribution(e.kids)
	v.Attribution = attribution
	var run []*elem
	var read func(kids []*elem)
	flush := func() {
		v.Stanzas = append(v.Stanzas, r.stanzas(run)...)
		run = nil
	}
	read = func(kids []*elem) {
		for _, k := range kids {
			switch {
			case k.tag == "pre":
				flush()
				v.Stanzas = append(v.Stanzas, r.stanzas([]*elem{{text: k.plain(), src: k.src, at: k.at}})...)
			case k.isBlock():
				flush()
				read(k.kids)
				flush()
			default:
				run = append(run, k)
			}
		}
	}
	read(kids)
	flush()
	if len(v.Stanzas) == 0 {
		return nil
	}
	return oneBlock(v)
}

// stanzas cuts inlines into lines, and at blank lines into stanzas.
func (r *Reader) stanzas(kids []*elem) [][]document.VerseLine {
	// Line ends inside text become breaks first, so that one rule cuts all lines.
	var flat []*elem
	for _, k := range kids {
		if k.tag != "" {
			flat = append(flat, k)
			continue
		}
		off := 0
		for i, part := range strings.Split(k.text, "\n") {
			if i > 0 {
				// A <br> before the line's end is the same end.
				if n := len(flat); n == 0 || flat[n-1].tag != "br" || off == 0 {
					flat = append(flat, &elem{tag: "br", src: k.src, at: k.at + off})
				}
			}
			if part != "" {
				flat = append(flat, &elem{text: part, src: k.src, at: k.at + off, parent: k.parent})
			}
			off += len(part) + 1
		}
	}
	var out [][]document.VerseLine
	var stanza []document.VerseLine
	var line []*elem
	empty := 0
	flush := func() {
		indent := 0
		if len(line) > 0 && line[0].tag == "" {
			// The blanks become the indent; they are not text any more.
			first := *line[0]
			indent = indentOf(first.text)
			first.text = strings.TrimLeftFunc(first.text, unicode.IsSpace)
			first.at += len(line[0].text) - len(first.text)
			line[0] = &first
		}
		content := r.line(line)
		line = nil
		if len(content) == 0 {
			if empty++; len(stanza) > 0 && empty > 0 {
				out = append(out, stanza)
				stanza = nil
			}
			return
		}
		empty = 0
		stanza = append(stanza, document.VerseLine{Indent: indent, Content: content})
	}
	for _, k := range flat {
		if k.tag == "br" {
			flush()
			continue
		}
		line = append(line, k)
	}
	if len(line) > 0 {
		flush()
	}
	if len(stanza) > 0 {
		out = append(out, stanza)
	}
	return out
}

// indentOf counts the ems that blanks at a line's head are meant for.
func indentOf(s string) int {
	width := 0
	for _, c := range s {
		switch {
		case c == '\t' || c == '\u2003' || c == '\u3000':
			width += 4
		case c == '\u2002':
			width += 2
		case unicode.IsSpace(c):
			width++
		default:
			return (width + 1) / 2
		}
	}
	return 0
}

// firstRune gives a string's first character.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
