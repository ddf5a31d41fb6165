package markdown

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	xast "github.com/yuin/goldmark/extension/ast"

	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
)

// node reads one of goldmark's nodes into the tree.
func (b *builder) node(n ast.Node, src *source.Source) {
	if n.Type() == ast.TypeInline {
		b.inlineNode(n, src)
	} else {
		b.blockNode(n, src)
	}
}

func (b *builder) blockNode(n ast.Node, src *source.Source) {
	switch n := n.(type) {
	case *ast.Paragraph:
		b.paragraph(n, src)
	case *ast.TextBlock:
		b.children(n, src)
		if n.HasChildren() && n.NextSibling() != nil { // raw HTML may follow, whose words are others
			b.text(src, max(n.Pos(), 0), "\n")
		}
	case *ast.Heading:
		b.within(n, src, "h"+strconv.Itoa(n.Level))
	case *ast.Blockquote:
		b.within(n, src, "blockquote")
	case *ast.List:
		b.list(n, src)
	case *ast.ListItem:
		b.within(n, src, "li")
	case *ast.ThematicBreak:
		b.add(&elem{tag: "hr", src: src, at: max(n.Pos(), 0), md: true})
	case *ast.FencedCodeBlock:
		b.fenced(n, src)
	case *ast.CodeBlock:
		b.indented(n, src)
	case *ast.HTMLBlock:
		b.htmlBlock(n, src)
	case *ast.LinkReferenceDefinition: // goldmark has looked its links up
	case *xast.Table:
		b.within(n, src, "table")
	case *xast.TableHeader:
		b.tableHead(n, src)
	case *xast.TableRow:
		b.within(n, src, "tr")
	case *xast.TableCell:
		b.tableCell(n, src)
	case *xast.DefinitionList:
		b.within(n, src, "dl")
	case *xast.DefinitionTerm:
		b.within(n, src, "dt")
	case *xast.DefinitionDescription:
		b.within(n, src, "dd", tight(n.IsTight)...)
	case *noteDef:
		b.noteDef(n, src)
	default:
		b.unknownBlock(n, src)
	}
}

func (b *builder) inlineNode(n ast.Node, src *source.Source) {
	switch n := n.(type) {
	case *ast.Text:
		b.textNode(n, src)
	case *ast.String:
		b.text(src, max(n.Pos(), 0), string(n.Value))
	case *ast.CodeSpan:
		b.codeSpan(n, src)
	case *ast.Emphasis:
		if n.Level > 1 {
			b.within(n, src, "strong")
		} else {
			b.within(n, src, "em")
		}
	case *xast.Strikethrough:
		b.within(n, src, "del")
	case *ast.Link:
		b.within(n, src, "a", attr{"href", unescape(n.Destination)}, attr{"title", unescape(n.Title)})
	case *ast.Image:
		b.image(n, src)
	case *ast.AutoLink:
		b.autoLink(n, src)
	case *ast.RawHTML:
		b.rawHTML(n, src)
	case *xast.TaskCheckBox:
		b.checkBox(n.IsChecked)
	case *noteRef:
		b.noteRef(n, src)
	case *raised:
		b.raised(n, src)
	case *doubled:
		b.within(n, src, n.tag)
	default:
		b.unknown(n, src)
		b.within(n, src, "span")
	}
}

// unknown reports a node that a publisher's own extension of goldmark made.
func (b *builder) unknown(n ast.Node, src *source.Source) {
	b.r.problem("unknown-markup", src.Pos(max(n.Pos(), 0)), n.Kind().String()+" is not known", "what it says in words was kept")
}

// unknownBlock keeps the words of a block that an extension made: its children, or the lines it took for itself.
func (b *builder) unknownBlock(n ast.Node, src *source.Source) {
	b.unknown(n, src)
	switch first := n.FirstChild(); {
	case first != nil && first.Type() == ast.TypeInline:
		b.within(n, src, "p")
	case first != nil:
		b.within(n, src, "div")
	case n.Lines().Len() > 0:
		p := b.open(&elem{tag: "p", src: src, at: n.Lines().At(0).Start, md: true})
		for i := range n.Lines().Len() {
			line := n.Lines().At(i)
			b.text(src, line.Start, string(line.Value(src.Text)))
		}
		b.leave(p)
	}
}

func (b *builder) paragraph(n *ast.Paragraph, src *source.Source) {
	if b.onlyInserts(n, src) {
		top, before := b.top, len(b.top.kids)
		b.children(n, src)
		if b.top == top {
			top.adopt(append(top.kids[:before:before], inParagraphs(top.kids[before:])...))
		}
		return
	}
	b.within(n, src, "p")
}

// inParagraphs puts what stands in lines among inserts into paragraphs, so that it does not run on into those before and behind:
// each film into one of its own.
func inParagraphs(kids []*elem) (out []*elem) {
	var line []*elem
	end := func() {
		if slices.ContainsFunc(line, func(k *elem) bool { return !k.isBlank() }) {
			p := &elem{tag: "p", src: line[0].src, at: line[0].at, md: true, parent: line[0].parent}
			p.adopt(line)
			out = append(out, p)
		}
		line = nil
	}
	for _, k := range kids {
		if k.isBlock() {
			end()
			out = append(out, k)
			continue
		}
		if k.tag == "insert" && mediaNames[k.insert.Name] {
			end()
		}
		line = append(line, k)
		if k.tag == "insert" && mediaNames[k.insert.Name] {
			end()
		}
	}
	end()
	return out
}

// mediaNames are the shortcodes that a page shows as blocks and an edition as links.
var mediaNames = map[string]bool{"youtube": true, "vimeo": true, "rutube": true, "plvideo": true, "vkvideo": true, "tweet": true, "x": true,
	"twitter": true, "instagram": true, "gist": true, "video": true, "audio": true, "mp4": true, "mp3": true, "asciinema": true, "pdf": true,
	"iframe": true, "embed": true, "soundcloud": true, "spotify": true, "codepen": true, mapped: true, "vimeo_simple": true, "twitter_simple": true,
	"x_simple": true, "instagram_simple": true}

// tight gives the attribute by which a list whose items are no paragraphs is known.
func tight(is bool) []attr {
	if is {
		return []attr{{"tight", "1"}}
	}
	return nil
}

func (b *builder) list(n *ast.List, src *source.Source) {
	if n.IsOrdered() {
		b.within(n, src, "ol", append([]attr{{"start", strconv.Itoa(n.Start)}}, tight(n.IsTight)...)...)
		return
	}
	b.within(n, src, "ul", tight(n.IsTight)...)
}

func (b *builder) fenced(n *ast.FencedCodeBlock, src *source.Source) {
	e := &elem{tag: "pre", text: b.lines(n, src), src: src, at: max(n.Pos(), 0), md: true}
	if n.Info != nil {
		e.set("info", b.r.verbatim(string(n.Info.Segment.Value(src.Text))))
	}
	if n.Lines().Len() > 0 && n.Pos() < 0 {
		e.at = n.Lines().At(0).Start
	}
	b.add(e)
}

func (b *builder) indented(n *ast.CodeBlock, src *source.Source) {
	at := max(n.Pos(), 0)
	if n.Lines().Len() > 0 {
		at = n.Lines().At(0).Start
	}
	b.add(&elem{tag: "pre", text: strings.TrimRight(b.lines(n, src), "\n"), src: src, at: at, md: true})
}

// htmlBlock reads HTML that stands between paragraphs.
func (b *builder) htmlBlock(n *ast.HTMLBlock, src *source.Source) {
	var e source.Edit
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		e.Keep(src, seg.Start, seg.Stop)
	}
	if n.HasClosure() {
		e.Keep(src, n.ClosureLine.Start, n.ClosureLine.Stop)
	}
	b.html(e.Source(src.File))
	b.lapsed = nil // a face left open goes no further than the HTML around it
}

// rawHTML reads HTML that stands in a line.
func (b *builder) rawHTML(n *ast.RawHTML, src *source.Source) {
	var e source.Edit
	for i := range n.Segments.Len() {
		seg := n.Segments.At(i)
		e.Keep(src, seg.Start, seg.Stop)
	}
	b.html(e.Source(src.File))
}

func (b *builder) tableHead(n *xast.TableHeader, src *source.Source) {
	at := max(n.Pos(), 0)
	head := b.open(&elem{tag: "thead", src: src, at: at, md: true})
	row := b.open(&elem{tag: "tr", src: src, at: at, md: true})
	b.children(n, src)
	b.leave(row)
	b.leave(head)
}

func (b *builder) tableCell(n *xast.TableCell, src *source.Source) {
	tag := "td"
	if _, ok := n.Parent().(*xast.TableHeader); ok {
		tag = "th"
	}
	var attrs []attr
	switch n.Alignment {
	case xast.AlignLeft, xast.AlignRight, xast.AlignCenter:
		attrs = []attr{{"align", n.Alignment.String()}}
	}
	b.within(n, src, tag, attrs...)
}

// noteDef reads the definition of a note: a tree of its own, whatever stands around it.
func (b *builder) noteDef(n *noteDef, src *source.Source) {
	outer := b.top
	e := &elem{tag: "note", text: n.label, src: src, at: max(n.Pos(), 0), md: true, parent: outer}
	b.top = e
	b.children(n, src)
	b.leave(e)
	b.top = outer
	b.r.shown(e)
	b.r.defs = append(b.r.defs, e)
}

func (b *builder) textNode(n *ast.Text, src *source.Source) {
	s := string(n.Segment.Value(src.Text))
	if !n.IsRaw() {
		s = b.unescape(s, src, n.Segment.Start)
	}
	if b.r.md.set.Dialect.Emoji && strings.Count(s, ":") > 1 {
		s = named(s)
	}
	wraps := n.SoftLineBreak() && b.r.md.set.Dialect.HardWraps
	if n.SoftLineBreak() && !wraps {
		s += "\n"
	}
	b.text(src, n.Segment.Start, s)
	if n.HardLineBreak() || wraps {
		b.add(&elem{tag: "br", src: src, at: n.Segment.Stop, md: true})
	}
}

func (b *builder) codeSpan(n *ast.CodeSpan, src *source.Source) {
	at := max(n.Pos(), 0)
	var code bytes.Buffer
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if at == 0 {
				at = c.Segment.Start
			}
			code.Write(c.Segment.Value(src.Text))
		case *ast.String:
			code.Write(c.Value)
		}
	}
	b.add(&elem{tag: "code", text: b.r.verbatim(strings.ReplaceAll(code.String(), "\n", " ")), src: src, at: at, md: true})
}

func (b *builder) image(n *ast.Image, src *source.Source) {
	alt := &elem{tag: "root", md: true, src: src}
	inner := &builder{r: b.r, root: alt, top: alt}
	inner.children(n, src)
	e := &elem{tag: "img", src: src, at: max(n.Pos(), 0), md: true, attrs: []attr{{"src", unescape(n.Destination)}, {"alt", alt.plain()}}}
	if n.Title != nil {
		e.set("title", unescape(n.Title))
	}
	b.add(e)
}

// autoLink reads an address that is its own text.
func (b *builder) autoLink(n *ast.AutoLink, src *source.Source) {
	at, href := max(n.Pos(), 0), string(n.URL(src.Text))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(href), "mailto:") {
		href = "mailto:" + href
	}
	e := b.open(&elem{tag: "a", src: src, at: at, md: true, attrs: []attr{{"href", href}, {"auto", "1"}}})
	b.text(src, at, string(n.Label(src.Text)))
	b.leave(e)
}

// checkBox marks the item of a list of tasks.
func (b *builder) checkBox(done bool) {
	state := "open"
	if done {
		state = "done"
	}
	for p := b.top; p != nil; p = p.parent {
		if p.tag == "li" {
			p.set("checked", state)
			return
		}
	}
}

// raised reads a superior or an inferior.
func (b *builder) raised(n *raised, src *source.Source) {
	e := b.open(&elem{tag: n.tag, src: src, at: max(n.body.Start-1, 0), md: true})
	inner := src.Sub(n.body.Start, n.body.Stop)
	if bytes.ContainsAny(inner.Text, "*_[]<&\\`^~!") && !isBracketed(inner.Text) {
		e.adopt(b.r.parseLine(inner).kids)
	} else {
		b.text(inner, 0, string(inner.Text))
	}
	b.leave(e)
}

func isBracketed(b []byte) bool { return len(b) > 2 && b[0] == '[' && b[len(b)-1] == ']' }

// noteRef reads a citation of a note, or a note given where it is cited: ^[text].
func (b *builder) noteRef(n *noteRef, src *source.Source) {
	at := n.raw.Start
	if n.body == nil {
		b.add(&elem{tag: "noteref", text: n.label, raw: string(n.raw.Value(src.Text)), src: src, at: at, md: true})
		return
	}
	var e source.Edit
	for _, seg := range n.body {
		e.Keep(src, seg.Start, seg.Stop)
	}
	body := e.Source(src.File)
	if label := strings.TrimSpace(string(body.Text)); len(label) <= 12 && !strings.ContainsAny(label, " \n") {
		// ^[6] with [^6]: below is a slip for [^6]; which, is known when all definitions are.
		b.add(&elem{tag: "noteref", text: label, raw: "^[" + label + "]", src: src, at: at, md: true, attrs: []attr{{"inline", "1"}}})
		return
	}
	label := "^" + strconv.Itoa(len(b.r.defs)+1)
	ref := b.add(&elem{tag: "noteref", text: label, raw: "^[…]", src: src, at: at, md: true})
	def := &elem{tag: "note", text: label, src: body, md: true, parent: ref}
	p := &elem{tag: "p", src: body, md: true, parent: def}
	p.adopt(b.r.parseLine(body).kids)
	def.adopt([]*elem{p})
	b.r.defs = append(b.r.defs, def)
}

// lines gives the text of a code block.
func (b *builder) lines(n ast.Node, src *source.Source) string {
	var out bytes.Buffer
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		out.Write(seg.Value(src.Text))
	}
	return b.r.verbatim(strings.TrimSuffix(out.String(), "\n"))
}

// onlyInserts reports whether a paragraph holds nothing but placeholders, of which one is a block.
func (b *builder) onlyInserts(n *ast.Paragraph, src *source.Source) bool {
	block := false
	for i := range n.Lines().Len() {
		seg := n.Lines().At(i)
		line := bytes.TrimSpace(seg.Value(src.Text))
		for len(line) > 0 {
			if !bytes.HasPrefix(line, []byte(string(source.Opener))) {
				return false
			}
			end := bytes.Index(line, []byte(string(source.Closer)))
			index, _ := strconv.Atoi(string(line[utf8.RuneLen(source.Opener):end]))
			in := b.r.inserts[index]
			block = block || in.Kind != shortcode.MathText
			line = bytes.TrimSpace(line[end+utf8.RuneLen(source.Closer):])
		}
	}
	return block
}
