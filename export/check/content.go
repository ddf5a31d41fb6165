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

// A content is an XHTML file being held to EPUB 3.3 § 6.1, HTML and ARIA in HTML, as far as goes without their grammars.
type content struct {
	p      *publication
	file   *file
	title  string
	level  int // of the last heading
	mathml bool
}

// xhtml looks over an XHTML file.
func (p *publication) xhtml(f *file) {
	p.gather(f)
	c := &content{p: p, file: f}
	if f.root.name != "html" || f.root.space != xhtmlSpace {
		c.fault(f.root, "not-xhtml", document.Error, "the root is not an html element of XHTML")
		return
	}
	c.language(f.root)
	f.root.walk(c.element)
	if c.title == "" {
		c.fault(f.root, "missing-title", document.Error, "the file has no title")
	}
	if f.item != nil && c.mathml != contains(f.item.properties, "mathml") && f != p.nav { // EPUB 3.3 § D.2.2
		p.report("manifest", document.Error, p.opf.name, f.item.line, "the manifest must say of %s whether it holds MathML", f.name)
	}
}

func (c *content) fault(n *node, code string, s document.Severity, format string, args ...any) {
	c.p.report(code, s, c.file.name, n.line, format, args...)
}

// language asks for lang and xml:lang, which must agree (HTML § 3.2.6.2; WCAG 2.2 § 3.1.1).
func (c *content) language(root *node) {
	lang, xmlLang := root.attr("lang"), root.attrNS(xmlSpace, "lang")
	switch {
	case lang == "" && xmlLang == "":
		c.fault(root, "missing-lang", document.Error, "the file does not say its language")
	case lang == "" || xmlLang == "":
		c.fault(root, "missing-lang", document.Warning, "the language should be said by lang and by xml:lang")
	case !strings.EqualFold(lang, xmlLang):
		c.fault(root, "missing-lang", document.Error, "lang says %q, xml:lang %q", lang, xmlLang)
	}
}

// element holds an element to the rules for all and to those of its name.
func (c *content) element(n *node) {
	if n.name == "title" && n.parent != nil && n.parent.name == "head" {
		c.title = n.words()
	}
	if n.space == "http://www.w3.org/1998/Math/MathML" {
		c.mathml = true
	}
	if n.space != xhtmlSpace {
		return
	}
	c.semantics(n)
	if rule := elementRules[n.name]; rule != nil {
		rule(c, n)
	}
	if blocks[n.name] {
		c.phrasing(n)
	}
}

// semantics asks for types of the EPUB Structural Semantics Vocabulary and roles of ARIA.
func (c *content) semantics(n *node) {
	for _, typ := range strings.Fields(n.attrNS(opsSpace, "type")) {
		if !strings.Contains(typ, ":") && !slices.Contains(epubTypes(), typ) {
			c.fault(n, "bad-type", document.Warning, "the structural semantics vocabulary has no %q", typ)
		}
	}
	for _, role := range strings.Fields(n.attr("role")) {
		switch {
		case !slices.Contains(roles(), role):
			c.fault(n, "bad-role", document.Error, "ARIA has no role %q", role)
		case role == "doc-endnote" || role == "doc-biblioentry": // DPUB-ARIA 1.1 § 3
			c.fault(n, "bad-role", document.Warning, "the role %s is deprecated", role)
		}
	}
}

// elementRules are the rules for single elements, by name. The sections are HTML's (https://html.spec.whatwg.org).
var elementRules = map[string]func(*content, *node){
	"img": (*content).picture,                                                     // § 4.8.4.4
	"h1":  (*content).heading, "h2": (*content).heading, "h3": (*content).heading, // § 4.3.6
	"h4": (*content).heading, "h5": (*content).heading, "h6": (*content).heading,
	"a":  (*content).anchor,                                                            // § 4.5.1
	"li": (*content).listItem,                                                          // § 4.4.8
	"tr": (*content).tablePart, "td": (*content).tablePart, "th": (*content).tablePart, // § 4.9
	"dt": (*content).definitionPart, "dd": (*content).definitionPart, // § 4.4.10
	"iframe": (*content).foreign, "object": (*content).foreign, "embed": (*content).foreign,
	"form": (*content).foreign, "video": (*content).foreign, "audio": (*content).foreign,
	"link":   (*content).styleLink,                                                                                        // § 4.2.4
	"center": (*content).obsolete, "font": (*content).obsolete, "big": (*content).obsolete, "strike": (*content).obsolete, // § 16.2
	"tt": (*content).obsolete, "acronym": (*content).obsolete, "marquee": (*content).obsolete,
}

func (c *content) picture(n *node) {
	if !n.has("alt") {
		c.fault(n, "missing-alt", document.Error, "the picture %s has no alt text", n.attr("src"))
	}
	if n.attr("src") == "" {
		c.fault(n, "broken-link", document.Error, "a picture without an address")
	}
}

// heading asks for words, and for levels that go down one at a time.
func (c *content) heading(n *node) {
	if n.words() == "" && !hasAlt(n) {
		c.fault(n, "empty-heading", document.Warning, "a heading without words")
	}
	if n.inside("nav") != nil {
		return
	}
	level := int(n.name[1] - '0')
	if level > c.level+1 && c.level > 0 {
		c.fault(n, "heading-gap", document.Warning, "%s follows h%d", n.name, c.level)
	}
	c.level = level
}

func (c *content) anchor(n *node) {
	if n.inside("a") != nil {
		c.fault(n, "nesting", document.Error, "a link within a link")
	}
	named := n.words() != "" || n.attr("aria-label") != "" || n.attr("title") != "" || n.attr("aria-labelledby") != ""
	if n.has("href") && !named && !hasAlt(n) {
		c.fault(n, "empty-link", document.Error, "a link without words leads to %s", n.attr("href"))
	}
}

func (c *content) listItem(n *node) {
	if n.parent == nil || !slices.Contains([]string{"ol", "ul", "menu"}, n.parent.name) {
		c.fault(n, "nesting", document.Error, "a list item outside a list")
	}
}

func (c *content) tablePart(n *node) {
	if n.inside("table") == nil {
		c.fault(n, "nesting", document.Error, "%s outside a table", n.name)
	}
}

func (c *content) definitionPart(n *node) {
	if n.parent == nil || n.parent.name != "dl" && n.parent.name != "div" {
		c.fault(n, "nesting", document.Error, "%s outside a definition list", n.name)
	}
}

func (c *content) foreign(n *node) {
	c.fault(n, "foreign", document.Warning, "%s: many reading systems show nothing in its place", n.name)
}

func (c *content) styleLink(n *node) {
	if contains(n.attr("rel"), "stylesheet") && n.attr("href") == "" {
		c.fault(n, "broken-link", document.Error, "a stylesheet without an address")
	}
}

func (c *content) obsolete(n *node) {
	c.fault(n, "obsolete", document.Error, "HTML no longer has <%s>", n.name)
}

// phrasing reports a block within what holds words only (HTML § 3.2.5.2.5).
func (c *content) phrasing(n *node) {
	in := n.inside("p", "h1", "h2", "h3", "h4", "h5", "h6", "span", "em", "strong", "sup", "sub")
	if in != nil && (in.name == "p" || in.name[0] == 'h' || n.parent == in) {
		c.fault(n, "nesting", document.Error, "<%s> within <%s>", n.name, in.name)
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
