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
func (b *builder) html(src *source.Source, from int) {
	z := html.NewTokenizer(bytes.NewReader(src.Text[from:]))
	at := from
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		raw := len(z.Raw())
		switch kind {
		case html.TextToken:
			if looksLikeMarkdown(src.Text[at:at+raw]) && !b.inside("pre", "code", "math", "script", "textarea") {
				// CommonMark leaves Markdown inside an HTML block alone; those who write it there mean it all the same.
				inner := b.r.parseLine(src.Sub(at, at+raw))
				for _, k := range inner.kids {
					b.add(k)
				}
				break
			}
			s := string(z.Text())
			// Blanks between blocks are none; between words they are.
			if n := len(b.top.kids); strings.TrimSpace(s) != "" || !b.top.isBlock() || n > 0 && !b.top.kids[n-1].isBlock() {
				b.text(src, at, s)
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			e := &elem{tag: string(name), src: src, at: at}
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				e.attrs = append(e.attrs, attr{string(k), string(v)})
			}
			if strings.Contains(e.tag, ":") && !b.inMath() {
				// <https://example.org/> inside an HTML block is no element but an address.
				href := strings.Trim(string(src.Text[at:at+raw]), "<> ")
				if address.SchemeOf(href) != "" && !strings.ContainsAny(href, " \n") {
					l := b.open(&elem{tag: "a", src: src, at: at, md: true, attrs: []attr{{"href", href}, {"auto", "1"}}})
					b.text(src, at+1, href)
					b.leave(l)
					break
				}
			}
			if say, drop := droppedTags[e.tag]; drop {
				if say {
					b.r.problem("dropped-html", src.Pos(at), "<"+e.tag+"> was left out", "an edition on paper or in a reading system has no use for it")
				}
				if kind == html.StartTagToken && !voidTags[e.tag] {
					n, closed := skipElement(z, e.tag)
					if raw += n; !closed {
						b.open(e) // its end comes in a later piece of HTML; what lies between is left out with it
					}
				}
				break
			}
			if e.tag == "image" {
				e.tag = "img"
			}
			switch {
			case voidTags[e.tag]:
				b.add(e)
			case kind == html.SelfClosingTagToken && !b.inMath() && e.tag != "math":
				// <a id="x"/> means an empty element to those who write it, whatever HTML says.
				b.add(e)
			case kind == html.SelfClosingTagToken:
				b.add(e)
			default:
				b.open(e)
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			tag := string(name)
			if _, drop := droppedTags[tag]; drop {
				if b.inside(tag) {
					b.shut(tag, src, at)
				}
				break
			}
			if voidTags[tag] {
				if tag == "br" {
					b.add(&elem{tag: "br", src: src, at: at})
				}
				break
			}
			b.shut(tag, src, at)
		}
		at += raw
	}
}

func (b *builder) inMath() bool { return b.inside("math") }

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
