package markdown

import (
	"errors"
	"html"
	"net/url"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
)

func (r *Reader) problem(code string, pos document.Pos, message, hint string) {
	r.problems = append(r.problems, document.NewProblem(code, pos, message, hint))
}

// anchorID brings an identifier into a form that XML and URLs take.
func (r *Reader) anchorID(id string) string {
	if un, err := url.PathUnescape(id); err == nil {
		id = un
	}
	return strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '"' || c == '\'' || c == '<' || c == '>' || c == '&' || c == '#' || c == '%' {
			return '-'
		}
		return c
	}, strings.TrimSpace(id))
}

// refScheme marks an address that a ref or relref shortcode names.
const refScheme = "\x00ref:"

// refLang marks the language that it wants the page in.
const refLang = "\x00lang:"

// reference puts what shortcodes stand for into an address.
func (r *Reader) reference(href string, e *elem) string {
	if !strings.ContainsRune(href, source.Opener) {
		return href
	}
	return r.replaceInserts(href, func(in *shortcode.Insert) string {
		switch in.Name {
		case "ref", "relref":
			if p := in.Find("path", "0"); p != nil {
				ref := refScheme + p.Val
				if lang := in.Param("lang"); lang != "" {
					ref += refLang + lang
				}
				return ref
			}
		case "param":
			return r.res.Param(in.Param("0", "name"))
		}
		switch in.Kind {
		case shortcode.MathText, shortcode.MathBlock, shortcode.Code:
			return in.Raw
		case shortcode.HTML:
			if !strings.ContainsRune(in.Text, '<') {
				return html.UnescapeString(strings.TrimSpace(in.Text))
			}
		}
		return ""
	})
}

// resolveLink finds where a link leads, and gives the public address that it has or would have.
func (r *Reader) resolveLink(l *document.Link, href string, e *elem) (public string) {
	href = strings.TrimSpace(r.reference(href, e))
	pos := e.pos()
	if ref, ok := strings.CutPrefix(href, refScheme); ok {
		ref, lang, _ := strings.Cut(ref, refLang)
		path, fragment, _ := strings.Cut(strings.ReplaceAll(ref, refScheme, ""), "#")
		if path == "" {
			r.toAnchor(l, r.art, fragment, pos)
			return r.art.URL
		}
		if t := r.res.Find(path, true, lang); t.Page {
			return r.toPage(l, t, fragment, pos)
		}
		r.problem("broken-link", pos, "no page answers to "+path, "its text stands without a link")
		return ""
	}
	typed := href
	href, mended := address.Mend(href)
	if mended {
		r.problem("mended-markup", pos, "the address "+source.Shorten(typed, 60)+" is not one as it stands", "it is read as "+source.Shorten(href, 60))
	}
	scheme := address.SchemeOf(href)
	if scheme == "" && strings.HasPrefix(href, "//") {
		scheme, href = "https", "https:"+href
	} else if path, ok := r.res.Within(href); ok {
		path, fragment, _ := strings.Cut(path, "#")
		if t := r.res.Find(path, false, ""); t.Page {
			return r.toPage(l, t, fragment, pos)
		}
	}
	if scheme == "" {
		return r.toPath(l, href, pos)
	}
	l.URL = r.webAddress(href, pos)
	return l.URL
}

// toPath leads a link to a path of the site, or to a place in the same article.
func (r *Reader) toPath(l *document.Link, href string, pos document.Pos) string {
	path, fragment, hasFragment := strings.Cut(href, "#")
	if path == "" {
		switch {
		case hasFragment && fragment == "":
			return ""
		case !hasFragment:
			r.problem("broken-link", pos, "a link has no address", "its text stands without a link")
			return ""
		}
		r.toAnchor(l, r.art, fragment, pos)
		return r.art.URL
	}
	path, query, _ := strings.Cut(path, "?")
	t := r.res.Find(path, false, "")
	switch {
	case t.Page:
		return r.toPage(l, t, fragment, pos)
	case t.URL != "":
		u := t.URL
		if query != "" {
			u += "?" + query
		}
		if fragment != "" {
			u += "#" + fragment
		}
		if l.URL = r.webAddress(u, pos); !t.Found {
			r.problem("broken-link", pos, "no page answers to "+path, "it is given as "+l.URL)
		}
	case t.Found:
		r.noAddress(t, pos)
	default:
		r.problem("broken-link", pos, "no page answers to "+path, "its text stands without a link")
	}
	return l.URL
}

func (r *Reader) noAddress(t Target, pos document.Pos) {
	r.problem("no-base-url", pos, "the link to "+t.Name+" leads out of the edition, and the site's address is not known", "set journal: base-url in twinpress.yaml")
}

// toPage leads a link to a page: to the article itself when the edition has it.
func (r *Reader) toPage(l *document.Link, t Target, fragment string, pos document.Pos) string {
	if t.Article != nil {
		if fragment == "" {
			l.Article = t.Article
		} else {
			r.toAnchor(l, t.Article, fragment, pos)
		}
		return t.URL
	}
	if t.URL == "" {
		r.noAddress(t, pos)
		return ""
	}
	u := t.URL
	if fragment != "" {
		u += "#" + fragment
	}
	l.URL = r.webAddress(u, pos)
	return l.URL
}

// toAnchor leads a link to a place in an article, which is looked for when all are read. It asks nothing of the article:
// another one may just be being read.
func (r *Reader) toAnchor(l *document.Link, a *document.Article, fragment string, pos document.Pos) {
	l.Article, l.Anchor = a, r.anchorID(fragment)
	r.anchors = append(r.anchors, Anchored{l, pos})
}

// webAddress brings an address that leads out of the edition into the form in which both editions write it, "" when it is
// none to follow.
func (r *Reader) webAddress(s string, pos document.Pos) string {
	u, err := address.Follow(s, "")
	if refused, ok := errors.AsType[*address.Refusal](err); ok {
		r.problem(refused.Code, pos, refused.Message, refused.Hint)
	}
	return u
}
