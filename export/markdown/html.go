package markdown

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
)

// html reads raw HTML into the tree. Comments leave nothing.
func (b *builder) html(src *source.Source) {
	at := 0
	for at < len(src.Text) {
		n := b.tokens(src, at)
		if n == 0 {
			break
		}
		at += n
	}
	if at < len(src.Text) {
		b.cutOff(src, at)
	}
}

// tokens reads from a place on, and gives how far it came: to the end, to what is cut off there, or behind one of the
// constructs of XML that HTML does not know (HTML Standard § 13.2.5.41: to a browser they are comments).
func (b *builder) tokens(src *source.Source, from int) (length int) {
	z := html.NewTokenizer(bytes.NewReader(src.Text[from:]))
	for at := from; ; {
		if n := b.xml(src, at); n > 0 {
			return at + n - from
		}
		kind := z.Next()
		if kind == html.ErrorToken {
			return at - from
		}
		n := len(z.Raw())
		switch kind {
		case html.TextToken:
			b.htmlText(src, at, at+n)
		case html.StartTagToken, html.SelfClosingTagToken:
			n += b.startTag(z, kind, src, at, at+n)
		case html.EndTagToken:
			b.endTag(z, src, at)
		}
		at += n
	}
}

// xml reads a section of character data, whose words are kept though a page would hide them, or an instruction (<?php … ?>),
// and gives its length; 0 when there is neither.
func (b *builder) xml(src *source.Source, at int) int {
	rest := src.Text[at:]
	switch {
	case bytes.HasPrefix(rest, []byte("<![CDATA[")):
		n := bytes.Index(rest, []byte("]]>"))
		if n < 0 {
			return 0
		}
		b.r.keptOnce("CDATA", src.Pos(at), "a CDATA section is a comment to a page; its words were kept", "write the words alone")
		b.text(src, at+9, string(rest[9:n]))
		return n + 3
	case bytes.HasPrefix(rest, []byte("<?")):
		n := bytes.Index(rest, []byte("?>"))
		if n < 0 {
			return 0
		}
		if !bytes.HasPrefix(bytes.ToLower(rest), []byte("<?xml")) {
			b.r.problem("dropped-html", src.Pos(at), "an instruction ("+source.Shorten(string(rest[:n+2]), 30)+") was left out", "an edition runs no programs")
		}
		return n + 2
	}
	return 0
}

// cutOff reads a tag that the end of its HTML cuts off, as <div class="a: the tag as far as it goes, then words.
func (b *builder) cutOff(src *source.Source, at int) {
	rest := src.Text[at:]
	if bytes.HasPrefix(rest, []byte("<!--")) {
		return // a comment that does not end hides all behind it, to a page as well
	}
	b.r.problem("bad-html", src.Pos(at), "the tag "+source.Shorten(string(rest), 20)+" does not end", "close it with >")
	if n := tagLength(rest); n > 0 {
		z := html.NewTokenizer(strings.NewReader(string(rest[:n]) + ">"))
		switch kind := z.Next(); kind {
		case html.StartTagToken:
			b.startTag(z, kind, src, at, at+n)
		case html.EndTagToken:
			b.endTag(z, src, at)
		}
		at += n
	}
	b.text(src, at, b.htmlChars(string(src.Text[at:]), src, at))
}

// tagLength measures a tag without its end: the name and the attributes that are whole.
func tagLength(s []byte) int {
	n := 1
	if n < len(s) && s[n] == '/' {
		n++
	}
	name := nameLength(string(s[n:]))
	if name == 0 {
		return 0
	}
	n += name
	for {
		m := n
		for m < len(s) && (s[m] == ' ' || s[m] == '\t') {
			m++
		}
		key := nameLength(string(s[m:]))
		if m == n || key == 0 {
			return n
		}
		if m += key; m >= len(s) || s[m] != '=' {
			return n
		}
		_, val := attributeValue(string(s[m+1:]))
		if val < 1 {
			return n
		}
		n = m + 1 + val
	}
}

// htmlText reads what stands between two tags.
func (b *builder) htmlText(src *source.Source, from, to int) {
	if !b.r.htmlOnly && looksLikeMarkdown(src.Text[from:to]) && !b.inside("pre", "code", "math", "svg", "textarea") {
		// CommonMark leaves Markdown inside an HTML block alone; those who write it there mean it all the same.
		for _, k := range b.r.parseLine(src.Sub(from, to)).kids {
			b.add(k)
		}
		return
	}
	s := b.htmlChars(string(src.Text[from:to]), src, from)
	// Blanks between blocks are none; between words they are.
	if n := len(b.top.kids); strings.TrimSpace(s) != "" || !b.top.isBlock() || n > 0 && !b.top.kids[n-1].isBlock() {
		b.text(src, from, s)
	}
}

// startTag reads a tag that begins an element, and all of the element if it is to be left out. It gives the length of what
// it read behind the tag.
func (b *builder) startTag(z *html.Tokenizer, kind html.TokenType, src *source.Source, from, to int) (more int) {
	e := elementOf(z, src, from)
	e.foreign = b.inside("svg", "math")
	if strings.Contains(e.tag, ":") && !e.foreign && b.pointed(src, from, to) {
		return 0
	}
	is := lookUp(e.tag)
	switch {
	case e.foreign:
		is = &unknownElement
	case is == &unknownElement:
		b.r.unknownTag(e)
	case e.tag == "script" && strings.HasPrefix(e.attr("type"), "math/tex"):
		return b.texScript(z, kind, e)
	case is.is == asLeftOut:
		return b.leaveOut(z, kind, e)
	case e.tag == "image":
		e.tag, is = "img", lookUp("img")
	}
	if !e.foreign && e.tag != "svg" && e.tag != "math" {
		e.attrs = keptAttributes(e.attrs, is)
	}
	// <a id="x"/> means an empty element to those who write it, whatever HTML says.
	if is.void || kind == html.SelfClosingTagToken {
		b.add(e)
		return 0
	}
	b.open(e)
	switch e.tag {
	case "iframe":
		z.NextIsNotRawText()
		if doc := e.attr("srcdoc"); doc != "" {
			e.tag = "div"
			b.html(b.r.textSource(doc, e))
			n, _ := skipElement(z, "iframe")
			b.shut("div", src, from)
			return n
		}
	case "noscript", "noembed", "noframes":
		z.NextIsNotRawText() // an edition has no scripts, no frames
	}
	return 0
}

// leaveOut passes over an element that no edition has a use for.
func (b *builder) leaveOut(z *html.Tokenizer, kind html.TokenType, e *elem) (more int) {
	b.r.problem("dropped-html", e.pos(), "<"+e.tag+"> was left out", "an edition on paper or in a reading system has no use for it")
	if kind == html.StartTagToken && !lookUp(e.tag).void {
		n, closed := skipElement(z, e.tag)
		if !closed {
			b.open(e) // its end comes in a later piece of HTML; what lies between is left out with it
		}
		return n
	}
	return 0
}

// texScript reads a formula as MathJax 2 wrote them: <script type="math/tex; mode=display">.
func (b *builder) texScript(z *html.Tokenizer, kind html.TokenType, e *elem) (more int) {
	if kind != html.StartTagToken || z.Next() != html.TextToken {
		return len(z.Raw())
	}
	in := &shortcode.Insert{Kind: shortcode.MathText, Text: strings.TrimSpace(string(z.Raw())), Raw: string(z.Raw()), Src: e.src, At: e.at}
	if strings.Contains(e.attr("type"), "display") {
		in.Kind = shortcode.MathBlock
	}
	more = len(z.Raw())
	b.add(&elem{tag: "insert", insert: in, src: e.src, at: e.at})
	if z.Next() == html.EndTagToken {
		more += len(z.Raw())
	}
	return more
}

// elementOf gives the element whose first tag was just read.
func elementOf(z *html.Tokenizer, src *source.Source, at int) *elem {
	name, more := z.TagName()
	e := &elem{tag: withoutPrefix(string(name)), src: src, at: at}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		e.attrs = append(e.attrs, attr{string(k), string(v)})
	}
	return e
}

// withoutPrefix takes off the prefix by which XML names MathML and SVG.
func withoutPrefix(tag string) string {
	for _, prefix := range [...]string{"mml:", "svg:", "math:"} {
		if local, ok := strings.CutPrefix(tag, prefix); ok {
			return local
		}
	}
	return tag
}

// keptAttributes gives the attributes that count on an element.
func keptAttributes(attrs []attr, of *element) []attr {
	return slices.DeleteFunc(attrs, func(a attr) bool {
		for i := range attributes {
			if attributes[i].kept && attributes[i].name == a.key {
				return false
			}
		}
		return !slices.Contains(strings.Fields(of.attrs), a.key)
	})
}

// pointed reads <https://example.org/> inside an HTML block, which is no element but an address.
func (b *builder) pointed(src *source.Source, from, to int) bool {
	href := strings.Trim(string(src.Text[from:to]), "<> ")
	if address.SchemeOf(href) == "" || strings.ContainsAny(href, " \n") {
		return false
	}
	l := b.open(&elem{tag: "a", src: src, at: from, md: true, attrs: []attr{{"href", href}, {"auto", "1"}}})
	b.text(src, from+1, href)
	b.leave(l)
	return true
}

// endTag closes an element.
func (b *builder) endTag(z *html.Tokenizer, src *source.Source, at int) {
	name, _ := z.TagName()
	tag := withoutPrefix(string(name))
	is := lookUp(tag)
	switch {
	case is.is == asLeftOut && !b.inside(tag): // its element was left out, this tag with it
	case tag == "br":
		b.add(&elem{tag: "br", src: src, at: at})
	case is.void && !b.inside("svg"):
	default:
		b.shut(tag, src, at)
	}
}

// inside reports whether one of these elements is open.
func (b *builder) inside(tags ...string) bool {
	for e := b.top; e != nil; e = e.parent {
		if slices.Contains(tags, e.tag) {
			return true
		}
	}
	return false
}

// looksLikeMarkdown reports whether a text holds a link or a strong emphasis in Markdown.
func looksLikeMarkdown(text []byte) bool {
	if i := bytes.Index(text, []byte("](")); i > 0 {
		return bytes.IndexByte(text[:i], '[') >= 0 && bytes.IndexByte(text[i:], ')') > 0
	}
	i := bytes.Index(text, []byte("**"))
	if i < 0 || i+2 >= len(text) || text[i+2] == ' ' || text[i+2] == '*' || text[i+2] == '\n' {
		return false
	}
	j := bytes.Index(text[i+2:], []byte("**"))
	return j > 0 && text[i+2+j-1] != ' '
}

// skipElement passes over an element's content and gives its length, and whether its end was found.
func skipElement(z *html.Tokenizer, tag string) (n int, closed bool) {
	depth := 1
	for depth > 0 {
		kind := z.Next()
		if kind == html.ErrorToken {
			return n, false
		}
		n += len(z.Raw())
		if kind != html.StartTagToken && kind != html.EndTagToken {
			continue
		}
		if name, _ := z.TagName(); string(name) == tag {
			if kind == html.StartTagToken {
				depth++
			} else {
				depth--
			}
		}
	}
	return n, true
}
