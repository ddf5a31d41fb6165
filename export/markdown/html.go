package markdown

import (
	"bytes"
	"slices"
	"strings"

	"golang.org/x/net/html"

	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/source"
)

// droppedTags are left out with everything in them; the value says whether that is worth a word.
var droppedTags = map[string]bool{"script": true, "style": true, "noscript": false, "template": true, "svg": true,
	"canvas": true, "link": true, "meta": true, "base": true, "title": true, "head": false, "object": true, "applet": true,
	"input": true, "select": true, "textarea": true}

// html reads raw HTML into the tree. Comments leave nothing.
func (b *builder) html(src *source.Source) {
	z := html.NewTokenizer(bytes.NewReader(src.Text))
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		length := len(z.Raw())
		switch kind {
		case html.TextToken:
			b.htmlText(z, src, at, at+length)
		case html.StartTagToken, html.SelfClosingTagToken:
			length += b.startTag(z, kind, src, at, at+length)
		case html.EndTagToken:
			b.endTag(z, src, at)
		}
		at += length
	}
}

// htmlText reads what stands between two tags.
func (b *builder) htmlText(z *html.Tokenizer, src *source.Source, from, to int) {
	if looksLikeMarkdown(src.Text[from:to]) && !b.inside("pre", "code", "math", "script", "textarea") {
		// CommonMark leaves Markdown inside an HTML block alone; those who write it there mean it all the same.
		for _, k := range b.r.parseLine(src.Sub(from, to)).kids {
			b.add(k)
		}
		return
	}
	s := string(z.Text())
	// Blanks between blocks are none; between words they are.
	if n := len(b.top.kids); strings.TrimSpace(s) != "" || !b.top.isBlock() || n > 0 && !b.top.kids[n-1].isBlock() {
		b.text(src, from, s)
	}
}

// startTag reads a tag that begins an element, and all of the element if it is to be left out. It gives the length of what
// it read behind the tag.
func (b *builder) startTag(z *html.Tokenizer, kind html.TokenType, src *source.Source, from, to int) (more int) {
	e := elementOf(z, src, from)
	if strings.Contains(e.tag, ":") && !b.inside("math") && b.pointed(src, from, to) {
		return 0
	}
	if say, drop := droppedTags[e.tag]; drop {
		if say {
			b.r.problem("dropped-html", src.Pos(from), "<"+e.tag+"> was left out", "an edition on paper or in a reading system has no use for it")
		}
		if kind == html.StartTagToken && !voidTags[e.tag] {
			n, closed := skipElement(z, e.tag)
			if !closed {
				b.open(e) // its end comes in a later piece of HTML; what lies between is left out with it
			}
			return n
		}
		return 0
	}
	if e.tag == "image" {
		e.tag = "img"
	}
	// <a id="x"/> means an empty element to those who write it, whatever HTML says.
	if voidTags[e.tag] || kind == html.SelfClosingTagToken {
		b.add(e)
	} else {
		b.open(e)
	}
	return 0
}

// elementOf gives the element whose first tag was just read.
func elementOf(z *html.Tokenizer, src *source.Source, at int) *elem {
	name, more := z.TagName()
	e := &elem{tag: string(name), src: src, at: at}
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		e.attrs = append(e.attrs, attr{string(k), string(v)})
	}
	return e
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
	tag := string(name)
	_, drop := droppedTags[tag]
	switch {
	case drop && !b.inside(tag): // its element was left out, this tag with it
	case !drop && tag == "br":
		b.add(&elem{tag: "br", src: src, at: at})
	case !drop && voidTags[tag]:
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
