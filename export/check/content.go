package check

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
)

// documents looks over every XHTML, SVG, CSS and NCX file of the manifest.
func (p *publication) documents() {
	for _, it := range p.items {
		if it.file == nil {
			continue
		}
		switch it.media {
		case "application/xhtml+xml":
			if p.parse(it.file) {
				p.xhtml(it.file)
			}
		case "image/svg+xml", "application/x-dtbncx+xml":
			if p.parse(it.file) {
				p.gather(it.file)
			}
		case "text/css":
			p.css(it.file)
		}
	}
	for _, l := range p.links {
		p.follow(l)
	}
}

// gather collects a file's links and reports what must not run or be fetched.
func (p *publication) gather(f *file) {
	f.root.walk(func(n *node) {
		if n.name == "script" {
			p.report("script", document.Error, f.name, n.line, "a script: reading systems run none, or not this one")
		}
		for _, a := range n.attrs {
			key := strings.ToLower(a.Name.Local)
			if strings.HasPrefix(key, "on") && a.Name.Space == "" && len(key) > 4 {
				p.report("script", document.Error, f.name, n.line, "an event handler: %s", a.Name.Local)
			}
			if key == "style" && n.space == xhtmlSpace {
				p.styleText(f, a.Value, n.line)
			}
			switch {
			case key == "href" || key == "src" || key == "poster" || key == "data" && n.name == "object":
				p.reference(f, n, key, a.Value)
			case key == "srcset":
				for _, c := range strings.Split(a.Value, ",") {
					if w := strings.Fields(c); len(w) > 0 {
						p.reference(f, n, "src", w[0])
					}
				}
			}
		}
		if n.name == "style" {
			p.styleText(f, n.text, n.line)
		}
	})
}

func (p *publication) reference(f *file, n *node, key, value string) {
	v := strings.ToLower(strings.TrimSpace(value))
	if strings.HasPrefix(v, "javascript:") || strings.HasPrefix(v, "vbscript:") {
		p.report("script", document.Error, f.name, n.line, "a link that runs a script")
		return
	}
	if strings.HasPrefix(v, "data:") {
		return
	}
	to, id, remote, err := resolve(f.name, value)
	switch {
	case err != nil:
		p.report("broken-link", document.Error, f.name, n.line, "%q is no address", value)
	case strings.HasPrefix(v, "file:"):
		p.report("broken-link", document.Error, f.name, n.line, "%q leads to the maker's own disk", value)
	case remote && (key != "href" || n.name == "link" || n.name == "image" || n.name == "use"):
		p.report("remote-resource", document.Error, f.name, n.line, "%s is fetched from the network", value)
	case remote:
	default:
		p.links = append(p.links, link{from: f, node: n, to: to, id: id, href: value})
	}
}

// follow reports links that lead nowhere.
func (p *publication) follow(l link) {
	t := p.files[l.to]
	switch {
	case t == nil:
		p.report("broken-link", document.Error, l.from.name, l.node.line, "%s leads to %s, which is not in the archive", l.href, l.to)
	case l.id == "" || t.ids == nil:
	case t.ids[l.id] == nil:
		p.report("broken-link", document.Error, l.from.name, l.node.line, "%s leads to no element of that id", l.href)
	}
}

// xhtml holds an XHTML file to EPUB 3.3 § 6.1, HTML and ARIA in HTML, as far as goes without their grammars.
func (p *publication) xhtml(f *file) {
	p.gather(f)
	root := f.root
	fault := func(n *node, code string, s document.Severity, format string, args ...any) {
		p.report(code, s, f.name, n.line, format, args...)
	}
	if root.name != "html" || root.space != xhtmlSpace {
		fault(root, "not-xhtml", document.Error, "the root is not an html element of XHTML")
		return
	}
	lang, xmlLang := root.attr("lang"), root.attrNS(xmlSpace, "lang")
	switch {
	case lang == "" && xmlLang == "":
		fault(root, "missing-lang", document.Error, "the file does not say its language")
	case lang == "" || xmlLang == "":
		fault(root, "missing-lang", document.Warning, "the language should be said by lang and by xml:lang")
	case !strings.EqualFold(lang, xmlLang):
		fault(root, "missing-lang", document.Error, "lang says %q, xml:lang %q", lang, xmlLang)
	}
	title := ""
	level := 0
	mathml := false
	root.walk(func(n *node) {
		if n.name == "title" && n.parent != nil && n.parent.name == "head" {
			title = n.words()
		}
		if n.space == "http://www.w3.org/1998/Math/MathML" {
			mathml = true
		}
		if n.space != xhtmlSpace {
			return
		}
		for _, typ := range strings.Fields(n.attrNS(opsSpace, "type")) {
			if !strings.Contains(typ, ":") && !slices.Contains(epubTypes(), typ) {
				fault(n, "bad-type", document.Warning, "the structural semantics vocabulary has no %q", typ)
			}
		}
		for _, role := range strings.Fields(n.attr("role")) {
			switch {
			case !slices.Contains(roles(), role):
				fault(n, "bad-role", document.Error, "ARIA has no role %q", role)
			case role == "doc-endnote" || role == "doc-biblioentry":
				fault(n, "bad-role", document.Warning, "the role %s is deprecated", role)
			}
		}
		switch n.name {
		case "img":
			if !n.has("alt") {
				fault(n, "missing-alt", document.Error, "the picture %s has no alt text", n.attr("src"))
			}
			if n.attr("src") == "" {
				fault(n, "broken-link", document.Error, "a picture without an address")
			}
		case "h1", "h2", "h3", "h4", "h5", "h6":
			if n.words() == "" && !hasAlt(n) {
				fault(n, "empty-heading", document.Warning, "a heading without words")
			}
			if n.inside("nav") == nil {
				l := int(n.name[1] - '0')
				if l > level+1 && level > 0 {
					fault(n, "heading-gap", document.Warning, "%s follows h%d", n.name, level)
				}
				level = l
			}
		case "a":
			if n.inside("a") != nil {
				fault(n, "nesting", document.Error, "a link within a link")
			}
			if n.has("href") && n.words() == "" && n.attr("aria-label") == "" && n.attr("title") == "" && n.attr("aria-labelledby") == "" && !hasAlt(n) {
				fault(n, "empty-link", document.Error, "a link without words leads to %s", n.attr("href"))
			}
		case "li":
			if n.parent == nil || !slices.Contains([]string{"ol", "ul", "menu"}, n.parent.name) {
				fault(n, "nesting", document.Error, "a list item outside a list")
			}
		case "tr", "td", "th":
			if n.inside("table") == nil {
				fault(n, "nesting", document.Error, "%s outside a table", n.name)
			}
		case "dt", "dd":
			if n.parent == nil || n.parent.name != "dl" && n.parent.name != "div" {
				fault(n, "nesting", document.Error, "%s outside a definition list", n.name)
			}
		case "iframe", "object", "embed", "form", "video", "audio":
			fault(n, "foreign", document.Warning, "%s: many reading systems show nothing in its place", n.name)
		case "link":
			if contains(n.attr("rel"), "stylesheet") && n.attr("href") == "" {
				fault(n, "broken-link", document.Error, "a stylesheet without an address")
			}
		case "center", "font", "big", "strike", "tt", "acronym", "marquee":
			fault(n, "obsolete", document.Error, "HTML no longer has <%s>", n.name)
		}
		if blocks[n.name] {
			if in := n.inside("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "em", "strong", "sup", "sub"); in != nil && (in.name == "p" || in.name[0] == 'h' || n.parent == in) {
				fault(n, "nesting", document.Error, "<%s> within <%s>", n.name, in.name)
			}
		}
	})
	if title == "" {
		fault(root, "missing-title", document.Error, "the file has no title")
	}
	if f.item != nil && mathml != contains(f.item.properties, "mathml") && f != p.nav {
		p.report("manifest", document.Error, p.opf.name, f.item.line, "the manifest must say of %s whether it holds MathML", f.name)
	}
}

var blocks = map[string]bool{"p": true, "div": true, "section": true, "article": true, "aside": true, "blockquote": true, "ul": true, "ol": true,
	"dl": true, "table": true, "figure": true, "pre": true, "hr": true, "h1": true, "h2": true, "h3": true, "h4": true, "h5": true, "h6": true,
	"header": true, "footer": true, "nav": true, "main": true}

// hasAlt reports whether a picture with words stands in the element.
func hasAlt(n *node) (found bool) {
	n.walk(func(m *node) {
		found = found || m.attr("alt") != "" || m.attr("aria-label") != "" && m != n || m.name == "math"
	})
	return found
}

var (
	cssURLs      = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)url\(\s*['"]?([^'")]*)['"]?\s*\)`) })
	cssImports   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)@import\s+(?:url\()?\s*['"]([^'"]+)['"]`) })
	cssForbidden = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?i)[{;\s](direction|unicode-bidi)\s*:`) })
	cssComment   = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?s)/\*.*?\*/`) })
)

func (p *publication) css(f *file) { p.styleText(f, string(f.data), 0) }

// styleText holds a stylesheet to EPUB 3.3 § 6.3 and collects what it refers to.
func (p *publication) styleText(f *file, s string, line int) {
	s = cssComment().ReplaceAllStringFunc(s, func(c string) string { return strings.Repeat("\n", strings.Count(c, "\n")) })
	at := func(i int) int {
		if line > 0 {
			return line
		}
		return 1 + strings.Count(s[:i], "\n")
	}
	for _, re := range []*regexp.Regexp{cssURLs(), cssImports()} {
		for _, m := range re.FindAllStringSubmatchIndex(s, -1) {
			p.reference(f, &node{name: "css", line: at(m[0])}, "src", s[m[2]:m[3]])
		}
	}
	for _, m := range cssForbidden().FindAllStringSubmatchIndex(s, -1) {
		p.report("bad-css", document.Error, f.name, at(m[2]), "a stylesheet of an EPUB must not set %s", s[m[2]:m[3]])
	}
	if strings.Count(s, "{") != strings.Count(s, "}") && line == 0 {
		p.report("bad-css", document.Error, f.name, 0, "the stylesheet's braces do not match")
	}
	if bytes.Contains(f.data[:min(len(f.data), 3)], []byte("\xFE\xFF")) {
		p.report("bad-css", document.Error, f.name, 0, "the stylesheet is not UTF-8")
	}
}

// roles lists the roles of WAI-ARIA 1.2, DPUB-ARIA 1.1 and Graphics-ARIA.
var roles = sync.OnceValue(func() []string {
	return strings.Fields(`alert alertdialog application article banner blockquote button caption cell checkbox code columnheader combobox
		complementary contentinfo definition deletion dialog directory document emphasis feed figure form generic grid gridcell group heading
		img insertion link list listbox listitem log main mark marquee math menu menubar menuitem menuitemcheckbox menuitemradio meter
		navigation none note option paragraph presentation progressbar radio radiogroup region row rowgroup rowheader scrollbar search
		searchbox separator slider spinbutton status strong subscript superscript suggestion switch tab table tablist tabpanel term textbox
		time timer toolbar tooltip tree treegrid treeitem
		doc-abstract doc-acknowledgments doc-afterword doc-appendix doc-backlink doc-biblioentry doc-bibliography doc-biblioref doc-chapter
		doc-colophon doc-conclusion doc-cover doc-credit doc-credits doc-dedication doc-endnote doc-endnotes doc-epigraph doc-epilogue
		doc-errata doc-example doc-footnote doc-foreword doc-glossary doc-glossref doc-index doc-introduction doc-noteref doc-notice
		doc-pagebreak doc-pagefooter doc-pageheader doc-pagelist doc-part doc-preface doc-prologue doc-pullquote doc-qna doc-subtitle
		doc-tip doc-toc graphics-document graphics-object graphics-symbol`)
})

// epubTypes lists the EPUB Structural Semantics Vocabulary 1.1, its drafts and its deprecated terms that are still in use.
var epubTypes = sync.OnceValue(func() []string {
	return strings.Fields(`abstract acknowledgments afterword answer answers appendix aside assessment assessments backlink backmatter balloon
		biblioentry bibliography biblioref bodymatter bridgehead case-study chapter colophon concluding-sentence conclusion contributors
		copyright-page cover covertitle credit credits dedication division endnote endnotes epigraph epilogue errata figure
		fill-in-the-blank-problem footnote footnotes foreword frontmatter fulltitle general-problem glossary glossdef glossref glossterm
		halftitle halftitlepage imprint imprimatur index index-editor-note index-entry index-entry-list index-group index-headnotes
		index-legend index-locator index-locator-list index-locator-range index-term index-term-categories index-term-category
		index-xref-preferred index-xref-related introduction keyword keywords label landmarks learning-objective learning-objectives
		learning-outcome learning-outcomes learning-resource learning-resources learning-standard learning-standards list list-item loa loi
		lot lov match-problem multiple-choice-problem noteref notice ordinal other-credits page-list pagebreak panel panel-group part
		practice practices preamble preface prologue pullquote qna question rearnote rearnotes referrer revision-history seriespage
		sound-area subchapter subtitle table table-cell table-row text-area tip title titlepage toc toc-brief topic-sentence
		true-false-problem volume warning`)
})
