package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// An elem is a node of the tree into which Markdown, raw HTML and shortcodes are read alike. Its tag is HTML's, or one of
// ours: "" for text, "noteref", "insert", "attr".
type elem struct {
	tag    string
	text   string // of text and of code
	attrs  []attr
	kids   []*elem
	parent *elem
	src    *source.Source
	at     int
	md     bool   // from Markdown: HTML inside may not close it
	raw    string // of a noteref: as typed
	// foreign: of a drawing or a formula, which are no business of HTML's (HTML Standard § 13.1.2, foreign elements)
	foreign bool
	insert  *shortcode.Insert // of an insert
	// fromText: of the text itself, in what a render hook has made of it
	fromText bool
}

type attr struct{ key, val string }

func (e *elem) attr(key string) string {
	for _, a := range e.attrs {
		if a.key == key {
			return a.val
		}
	}
	return ""
}

func (e *elem) has(key string) bool {
	return slices.ContainsFunc(e.attrs, func(a attr) bool { return a.key == key })
}

func (e *elem) set(key, val string) {
	for i := range e.attrs {
		if e.attrs[i].key == key {
			e.attrs[i].val = val
			return
		}
	}
	e.attrs = append(e.attrs, attr{key, val})
}

// css gives what the element's style attribute says of the first of these properties that it names, in lower case.
func (e *elem) css(names ...string) string {
	style := e.attr("style")
	if style == "" {
		return ""
	}
	for _, name := range names {
		for _, decl := range strings.Split(style, ";") {
			if k, v, ok := strings.Cut(decl, ":"); ok && strings.EqualFold(strings.TrimSpace(k), name) {
				return strings.ToLower(strings.TrimSpace(strings.TrimSuffix(strings.TrimSpace(v), "!important")))
			}
		}
	}
	return ""
}

func (e *elem) classes() []string { return strings.Fields(e.attr("class")) }

// plain gives the text inside an element.
func (e *elem) plain() string {
	if e.tag == "" || (e.tag == "code" || e.tag == "pre") && len(e.kids) == 0 {
		return e.text
	}
	if e.tag == "br" {
		return "\n"
	}
	if e.tag == "img" {
		return e.attr("alt")
	}
	var b strings.Builder
	for _, k := range e.kids {
		b.WriteString(k.plain())
	}
	return b.String()
}

// adopt makes kids the element's own.
func (e *elem) adopt(kids []*elem) {
	e.kids = kids
	for _, k := range kids {
		k.parent = e
	}
}

// blockInserts are the shortcodes that stand between paragraphs, alone or as a pair; a pair with paragraphs inside does
// so, whatever its name.
var blockInserts = map[string]bool{"figure": true, "img": true, "image": true, "imgproc": true, "picture": true, "gallery": true,
	"pullquote": true, "tablecaption": true, "include": true, "toc": true, "tableofcontents": true, "table_of_contents": true, "hr": true,
	"rule": true, "divider": true, "break": true, "ornament": true, "pagebreak": true, "newpage": true, "clear": true,
	"clearfix": true, "quote": true, "blockquote": true, "verse": true, "poem": true, "poetry": true, "center": true,
	"centre": true, "right": true, "lead": true, "div": true, "section": true, "columns": true, "column": true, "tabs": true,
	"tab": true, "tabpane": true, "steps": true}

// isBlock reports whether an element stands between paragraphs rather than in one.
func (e *elem) isBlock() bool {
	if e.tag == "insert" {
		switch e.insert.Kind {
		case shortcode.MathBlock, shortcode.Code:
			return true
		case shortcode.Tag:
			return blockInserts[e.insert.Name]
		case shortcode.Open:
			return blockInserts[e.insert.Name] || roles[e.insert.Name] != "" || slices.ContainsFunc(e.kids, (*elem).isBlock)
		}
		return false
	}
	return !e.foreign && lookUp(e.tag).block
}

// A builder makes the tree.
type builder struct {
	r    *Reader
	root *elem
	top  *elem

	// lapsed are the faces that a paragraph's end, or the end of what they stand in, has closed before their own end came: they go
	// on behind it (HTML Standard § 13.2.4.3, the list of active formatting elements).
	lapsed []*elem
}

func newBuilder(r *Reader, src *source.Source) *builder {
	root := &elem{tag: "root", src: src, md: true}
	return &builder{r: r, root: root, top: root}
}

// add appends an element without opening it.
func (b *builder) add(e *elem) *elem {
	b.implyEnds(e.tag)
	if e.isBlock() {
		b.makeRoom()
	} else {
		b.revive()
	}
	return b.put(e)
}

// put appends an element where the tree stands.
func (b *builder) put(e *elem) *elem {
	e.parent = b.top
	b.top.kids = append(b.top.kids, e)
	return e
}

// open appends an element and stays in it.
func (b *builder) open(e *elem) *elem {
	b.add(e)
	b.top = e
	return e
}

// makeRoom closes the paragraph that may not hold a block, or the heading that should not, and what is open in it; but
// nothing that Markdown opened. Faces, links and the like may hold blocks: see page.go.
func (b *builder) makeRoom() {
	full := (*elem)(nil)
	for e := b.top; !e.md; e = e.parent {
		if e.tag == "p" || e.isHeading() && e.kids != nil {
			full = e
		}
		if e.isBlock() || e.tag == "insert" {
			break
		}
	}
	for full != nil && b.top != full.parent {
		if b.top.tag != "p" {
			b.r.problem("bad-html", b.top.pos(), "<"+b.top.tag+"> was left open", "close it before the paragraph ends")
		}
		b.lapse(b.top)
		b.top = b.top.parent
	}
}

// faces are the elements that go on when what they stand in ends (HTML Standard § 13.2.4.2, formatting).
var faces = map[string]bool{"b": true, "big": true, "code": true, "em": true, "font": true, "i": true, "nobr": true, "s": true,
	"small": true, "strike": true, "strong": true, "tt": true, "u": true}

// lapse remembers a face that is being closed before its time.
func (b *builder) lapse(e *elem) {
	if faces[e.tag] && !e.md && len(b.lapsed) < 8 {
		b.lapsed = append(b.lapsed, e)
	}
}

// revive opens the faces again that have lapsed.
func (b *builder) revive() {
	if b.lapsed == nil {
		return
	}
	lapsed := b.lapsed
	b.lapsed = nil
	for i := len(lapsed) - 1; i >= 0; i-- {
		again := *lapsed[i]
		again.kids, again.attrs = nil, nil
		for _, a := range lapsed[i].attrs {
			if a.key != "id" {
				again.attrs = append(again.attrs, a)
			}
		}
		b.top = b.put(&again)
	}
}

// impliedEnds says what an element's beginning closes, and within what (HTML Standard § 13.1.2.4).
var impliedEnds = map[string]struct{ closes, within []string }{
	"li":       {[]string{"li"}, []string{"ul", "ol", "menu", "dir"}},
	"dt":       {[]string{"dt", "dd"}, []string{"dl"}},
	"dd":       {[]string{"dt", "dd"}, []string{"dl"}},
	"caption":  {[]string{"caption", "colgroup"}, []string{"table"}},
	"colgroup": {[]string{"caption", "colgroup"}, []string{"table"}},
	"tr":       {[]string{"td", "th", "tr", "caption", "colgroup"}, []string{"table"}},
	"td":       {[]string{"td", "th"}, []string{"tr", "table"}},
	"th":       {[]string{"td", "th"}, []string{"tr", "table"}},
	"thead":    {[]string{"td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup"}, []string{"table"}},
	"tbody":    {[]string{"td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup"}, []string{"table"}},
	"tfoot":    {[]string{"td", "th", "tr", "thead", "tbody", "tfoot", "caption", "colgroup"}, []string{"table"}},
	"rb":       {[]string{"rb", "rt", "rp", "rtc"}, []string{"ruby"}},
	"rtc":      {[]string{"rb", "rt", "rp", "rtc"}, []string{"ruby"}},
	"rt":       {[]string{"rb", "rt", "rp"}, []string{"ruby", "rtc"}},
	"rp":       {[]string{"rb", "rt", "rp"}, []string{"ruby", "rtc"}},
	"option":   {[]string{"option"}, []string{"select", "datalist", "optgroup"}},
	"optgroup": {[]string{"option", "optgroup"}, []string{"select"}},
	"a":        {[]string{"a"}, []string{"td", "th", "table"}},
	"button":   {[]string{"button"}, nil},
	"nobr":     {[]string{"nobr"}, nil},
}

// implyEnds closes what a new element closes without a word, but nothing that Markdown opened.
func (b *builder) implyEnds(tag string) {
	ends, ok := impliedEnds[tag]
	if !ok {
		return
	}
	last := (*elem)(nil)
	for e := b.top; e != nil && !e.md && !slices.Contains(ends.within, e.tag); e = e.parent {
		if slices.Contains(ends.closes, e.tag) {
			last = e
		}
	}
	if last != nil {
		b.top = last.parent
	}
}

func (e *elem) isHeading() bool {
	return len(e.tag) == 2 && e.tag[0] == 'h' && e.tag[1] >= '1' && e.tag[1] <= '6'
}

// leave closes an element that Markdown opened, and whatever HTML was left open inside it.
func (b *builder) leave(e *elem) {
	for b.top != e {
		switch _, implied := impliedEnds[b.top.tag]; {
		case b.top.tag == "p" || implied && b.top.tag != "a":
		case b.top.tag == "insert":
			b.r.problem("bad-shortcode", b.top.pos(), "shortcode "+strconv.Quote(b.top.insert.Name)+" is closed elsewhere than it was opened", "open and close it at the same depth")
		default:
			b.r.problem("bad-html", b.top.pos(), "<"+b.top.tag+"> was left open", "close it")
		}
		b.top = b.top.parent
	}
	b.top, b.lapsed = e.parent, nil
}

// shut closes an element that HTML opened. Faces that overlap it go on.
func (b *builder) shut(tag string, src *source.Source, at int) {
	for i, e := range b.lapsed {
		if e.tag == tag {
			b.lapsed = slices.Delete(b.lapsed, i, i+1)
			return
		}
	}
	for e := b.top; !e.md; e = e.parent {
		if e.tag == tag {
			for ; b.top != e; b.top = b.top.parent {
				b.lapse(b.top)
			}
			b.top = e.parent
			return
		}
	}
	if tag == "p" {
		return // browsers make an empty paragraph of a stray </p>; we make nothing
	}
	b.r.problem("bad-html", src.Pos(at), "</"+tag+"> closes nothing", "delete it")
}

// text appends characters, in which placeholders stand for inserts.
func (b *builder) text(src *source.Source, at int, s string) {
	for s != "" {
		i := strings.Index(s, string(source.Opener))
		if i < 0 {
			b.chars(src, at, s)
			return
		}
		if i > 0 {
			b.chars(src, at, s[:i])
		}
		end := strings.Index(s, string(source.Closer))
		if end < 0 {
			return
		}
		n, _ := strconv.Atoi(s[i+utf8.RuneLen(source.Opener) : end])
		b.insert(b.r.inserts[n], src, at)
		at += end + utf8.RuneLen(source.Closer)
		s = s[end+utf8.RuneLen(source.Closer):]
	}
}

func (b *builder) chars(src *source.Source, at int, s string) {
	if b.lapsed != nil && strings.TrimSpace(s) != "" {
		b.revive()
	}
	if n := len(b.top.kids); n > 0 {
		// Adjacent text is one, so that later stages see whole words. The place is that of its beginning.
		if last := b.top.kids[n-1]; last.tag == "" && last.src == src {
			last.text += s
			return
		}
	}
	b.top.kids = append(b.top.kids, &elem{text: s, src: src, at: at, parent: b.top})
}

func (b *builder) insert(in *shortcode.Insert, src *source.Source, at int) {
	e := &elem{tag: "insert", insert: in, src: in.Src, at: in.At}
	switch in.Kind {
	case shortcode.Dropped:
	case shortcode.Standing:
		for _, k := range b.r.standings[in] {
			again := copied(k)
			again.fromText = true
			b.add(again)
		}
	case shortcode.HTML, shortcode.MarkedText, shortcode.MarkedLine:
		b.made(&elem{tag: "insert", insert: in, src: in.Src, at: in.At})
	case shortcode.Open:
		b.open(e)
	case shortcode.Close:
		for t := b.top; ; t = t.parent {
			if t.insert == in.Partner && t.insert != nil {
				for b.top != t {
					b.top = b.top.parent
				}
				b.top = t.parent
				return
			}
			if t.md || t.parent == nil {
				break
			}
		}
		b.r.problem("bad-shortcode", in.Src.Pos(in.At), "shortcode "+strconv.Quote(in.Name)+" is closed elsewhere than it was opened", "open and close it at the same depth")
	default:
		b.add(e)
	}
}

// copied gives an element and all in it once more.
func copied(e *elem) *elem {
	again := *e
	again.attrs = slices.Clone(e.attrs)
	again.kids = make([]*elem, len(e.kids))
	for i, k := range e.kids {
		again.kids[i] = copied(k)
		again.kids[i].parent = &again
	}
	return &again
}

// verbatim gives a text with its inserts as they were written.
func (r *Reader) verbatim(s string) string {
	if !strings.ContainsRune(s, source.Opener) {
		return s
	}
	return r.replaceInserts(s, func(in *shortcode.Insert) string { return in.Raw })
}

func (r *Reader) replaceInserts(s string, f func(*shortcode.Insert) string) string {
	var out strings.Builder
	for {
		i := strings.Index(s, string(source.Opener))
		if i < 0 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		end := strings.Index(s, string(source.Closer))
		if end < i {
			return out.String()
		}
		n, _ := strconv.Atoi(s[i+utf8.RuneLen(source.Opener) : end])
		out.WriteString(r.innermost(f(r.inserts[n]), f, 8))
		s = s[end+utf8.RuneLen(source.Closer):]
	}
}

// innermost replaces the placeholders that stand in what a placeholder stands for, as deep as that makes sense.
func (r *Reader) innermost(s string, f func(*shortcode.Insert) string, depth int) string {
	for strings.ContainsRune(s, source.Opener) {
		before, rest, _ := strings.Cut(s, string(source.Opener))
		index, after, _ := strings.Cut(rest, string(source.Closer))
		n, err := strconv.Atoi(index)
		inside := ""
		if err == nil && n < len(r.inserts) && depth > 0 {
			inside = r.innermost(f(r.inserts[n]), f, depth-1)
		}
		if len(before)+len(inside)+len(after) > 1<<20 {
			return before
		}
		s = before + inside + after
	}
	return s
}

// parse reads a text's Markdown into a tree. Its notes are collected in r.notes.
func (r *Reader) parse(src *source.Source) *elem {
	pc := parser.NewContext()
	doc := r.md.parsers().blocks.Parse(text.NewReader(src.Text), parser.WithContext(pc))
	r.references = append(r.references, pc.References()...)
	b := newBuilder(r, src)
	b.children(doc, src)
	b.leaveAll()
	r.shown(b.root)
	return b.root
}

// parseLine reads a line of Markdown, as a title or a caption.
func (r *Reader) parseLine(src *source.Source) *elem {
	b := newBuilder(r, src)
	pc := parser.NewContext()
	if bytes.IndexByte(src.Text, '[') >= 0 {
		for _, ref := range r.references {
			pc.AddReference(ref)
		}
	}
	doc := r.md.parsers().line.Parse(text.NewReader(src.Text), parser.WithContext(pc))
	for n := doc.FirstChild(); n != nil; n = n.NextSibling() {
		if n != doc.FirstChild() {
			b.add(&elem{tag: "br", src: src, at: max(n.Pos(), 0)})
		}
		b.children(n, src)
	}
	b.leaveAll()
	r.shown(b.root)
	return b.root
}

func (b *builder) leaveAll() {
	b.root.parent = b.root
	b.leave(b.root)
	b.root.parent = nil
}

func (b *builder) children(n ast.Node, src *source.Source) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		b.node(c, src)
	}
}

// within opens an element for a Markdown node and reads the node's children into it.
func (b *builder) within(n ast.Node, src *source.Source, tag string, attrs ...attr) *elem {
	e := b.open(&elem{tag: tag, attrs: attrs, src: src, at: max(n.Pos(), 0), md: true})
	b.children(n, src)
	b.leave(e)
	return e
}
