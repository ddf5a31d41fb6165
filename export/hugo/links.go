package hugo

import (
	"net/url"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/tex"
	"github.com/twinpress/twinpress/export/internal/typography"
	"github.com/yuin/goldmark/parser"
)

// A reading is the work on one article.
type reading struct {
	site        *Site
	art         *document.Article
	page        *page
	members     map[string]*document.Article // articles of the edition, by path
	front       *value
	lang        string
	dollars     bool // $…$ is mathematics here
	inserts     []*insert
	references  []parser.Reference // link definitions of the text, for captions and notes that stand outside its Markdown
	defs        []*elem            // definitions of notes, as they come
	notes       map[string]*document.Note
	notesFolded map[string]*document.Note // by label in lower case
	bodies      map[*document.Note]*elem
	noteOrder   []*document.Note
	anchors     []anchorCheck
	macros      tex.Macros      // commands that formulas define
	mathTold    map[string]bool // why formulas stay source: each cause is told once
	setter      *typography.Setter
	problems    []document.Problem
}

// An anchorCheck is a link whose fragment is looked for when all articles are read.
type anchorCheck struct {
	link *document.Link
	pos  document.Pos
}

func (r *reading) problem(code string, pos document.Pos, message, hint string) {
	r.problems = append(r.problems, problem(code, pos, message, hint))
}

// anchorID brings an identifier into a form that XML and URLs take.
func (r *reading) anchorID(id string) string {
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

// reference puts what shortcodes stand for into an address.
func (r *reading) reference(href string, e *elem) string {
	if !strings.ContainsRune(href, opener) {
		return href
	}
	return r.replaceInserts(href, func(in *insert) string {
		switch in.name {
		case "ref", "relref":
			if p := in.find("path", "0"); p != nil {
				return refScheme + p.val
			}
		case "param":
			return r.param(in.param("0", "name"))
		}
		switch in.kind {
		case mathText, mathBlock, codeText:
			return in.raw
		}
		return ""
	})
}

// resolveLink finds where a link leads.
func (r *reading) resolveLink(l *document.Link, href string, e *elem) {
	href = strings.TrimSpace(r.reference(href, e))
	pos := e.pos()
	if ref, ok := strings.CutPrefix(href, refScheme); ok {
		target, fragment, _ := strings.Cut(strings.ReplaceAll(ref, refScheme, ""), "#")
		if target == "" {
			r.toAnchor(l, r.art, fragment, pos)
			return
		}
		if p := r.site.findPage(r.page, target, true); p != nil {
			r.toPage(l, p, fragment, pos)
			return
		}
		r.problem("broken-link", pos, "no page answers to "+target, "its text stands without a link")
		return
	}
	href = strings.Map(func(c rune) rune {
		if c < ' ' || c == 0x7F {
			return -1
		}
		return c
	}, href)
	switch scheme := address.SchemeOf(href); scheme {
	case "":
	case "http", "https":
		if base := r.site.Config.Journal.BaseURL; base != "" && strings.HasPrefix(href, strings.TrimSuffix(base, "/")+"/") {
			target, fragment, _ := strings.Cut(strings.TrimPrefix(href, strings.TrimSuffix(base, "/")), "#")
			if p := r.site.findPage(r.page, target, false); p != nil {
				r.toPage(l, p, fragment, pos)
				return
			}
		}
		l.URL = r.webAddress(href, pos)
		return
	default:
		if _, ok := address.Lookup(scheme); !ok {
			r.problem("unsafe-link", pos, "a link to "+shorten(href, 40)+" was dropped", "its text stands")
			return
		}
		l.URL = r.webAddress(href, pos)
		return
	}
	if strings.HasPrefix(href, "//") {
		l.URL = r.webAddress("https:"+href, pos)
		return
	}
	target, fragment, hasFragment := strings.Cut(href, "#")
	if target == "" {
		switch {
		case hasFragment && fragment == "":
		case !hasFragment:
			r.problem("broken-link", pos, "a link has no address", "its text stands without a link")
		default:
			r.toAnchor(l, r.art, fragment, pos)
		}
		return
	}
	target, query, _ := strings.Cut(target, "?")
	if p := r.site.findPage(r.page, target, false); p != nil {
		r.toPage(l, p, fragment, pos)
		return
	}
	// Not an article: a file that the site serves, or a page that the site makes.
	base := r.site.Config.Journal.BaseURL
	name, file := r.site.findFile(r.page, target)
	if base != "" && (file != "" || strings.HasPrefix(target, "/")) {
		served := target
		if file != "" {
			for _, d := range r.site.staticDirs {
				if rest, ok := strings.CutPrefix(name, d+"/"); ok {
					served = "/" + rest
				}
			}
		}
		if query != "" {
			served += "?" + query
		}
		if fragment != "" {
			served += "#" + fragment
		}
		l.URL = r.webAddress(strings.TrimSuffix(base, "/")+"/"+strings.TrimPrefix(served, "/"), pos)
		if file == "" {
			r.problem("broken-link", pos, "no page answers to "+target, "it is given as "+l.URL)
		}
		return
	}
	if file != "" {
		r.problem("no-base-url", pos, "the link to "+target+" leads out of the edition, and the site's address is not known", "set journal: base-url in twinpress.yaml")
		return
	}
	r.problem("broken-link", pos, "no page answers to "+target, "its text stands without a link")
}

func (r *reading) toPage(l *document.Link, p *page, fragment string, pos document.Pos) {
	if a := r.members[p.path]; a != nil {
		if fragment == "" {
			l.Article = a
			return
		}
		r.toAnchor(l, a, fragment, pos)
		return
	}
	if u := r.site.address(p); u != "" {
		if fragment != "" {
			u += "#" + fragment
		}
		l.URL = r.webAddress(u, pos)
		return
	}
	r.problem("no-base-url", pos, "the link to "+p.path+" leads out of the edition, and the site's address is not known", "set journal: base-url in twinpress.yaml")
}

func (r *reading) toAnchor(l *document.Link, a *document.Article, fragment string, pos document.Pos) {
	l.Article, l.Anchor = a, r.anchorID(fragment)
	r.anchors = append(r.anchors, anchorCheck{l, pos})
}

// webAddress brings an address that leads out of the edition into its normal form, "" when it is none.
func (r *reading) webAddress(s string, pos document.Pos) string {
	u := address.Normalise(s)
	if !address.Valid(u) {
		r.problem("broken-link", pos, "the address "+shorten(s, 60)+" is not one", "its text stands without a link")
		return ""
	}
	return u
}
