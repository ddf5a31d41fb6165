package epub

import (
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/internal/xmltext"
)

// navDepth is how many levels of headings the contents list below an article's title.
const navDepth = 3

// A navEntry is an entry of the contents.
type navEntry struct {
	html, plain string
	href        string // from the folder of the package document
	level       int    // 1: a part
}

// entries lists the contents: parts, and the headings of each article.
func (b *book) entries() []navEntry {
	var es []navEntry
	section, deeper := "", 0 // the section of the issue, and how many levels it adds
	for _, p := range b.parts {
		if p.kind == coverPart || p.kind == contentsPart {
			continue
		}
		w := b.writer(p)
		w.lang = b.lang
		e := navEntry{plain: p.title, href: p.path(), level: 1}
		if p.issue != nil && p.kind != issuePart {
			e.level = 2
		}
		if p.article == nil {
			section, deeper = "", 0
			e.html = esc(p.title)
			es = append(es, e)
			continue
		}
		e.href += "#article"
		e.html = w.labelHTML(p, p.article.Title, p.title)
		if own := squeeze(document.PlainText(p.article.Section)); own != section {
			if section, deeper = own, 0; own != "" {
				deeper = 1
				es = append(es, navEntry{html: w.labelHTML(p, p.article.Section, ""), plain: own, href: e.href, level: e.level})
			}
		}
		e.level += deeper
		es = append(es, e)
		for _, h := range p.order {
			if h.Level > navDepth || !p.written[p.headings[h]] {
				continue
			}
			es = append(es, navEntry{html: w.labelHTML(p, h.Content, ""), plain: squeeze(document.PlainText(h.Content)),
				href: p.path() + "#" + p.headings[h], level: h.Level + e.level})
		}
		if b.issue.Single && b.hasNotes(p) {
			title := words.For(p.lang).Notes
			es = append(es, navEntry{html: esc(title), plain: title, href: p.path() + "#notes", level: 1})
		}
	}
	// Levels may step down by any number but up by one only.
	for i := range es {
		if i == 0 {
			es[i].level = 1
		} else if es[i].level > es[i-1].level+1 {
			es[i].level = es[i-1].level + 1
		}
	}
	return es
}

// labelHTML gives inlines as the label of a link, in the language and direction of their part.
func (w *writer) labelHTML(p *part, is []document.Inline, instead string) string {
	w.buf = w.buf[:0]
	w.label(is, instead)
	s := strings.TrimSpace(string(w.buf))
	if l := langAttr(p.lang, w.book.lang); l != "" {
		s = "<span" + l + dirAttr(p.dir, "") + ">" + s + "</span>"
	}
	return s
}

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// navigation writes the EPUB navigation document (EPUB 3.3 § 7): contents, and hidden from the eye landmarks, page list and
// list of illustrations, which reading systems offer in their own way.
func (b *book) navigation() []byte {
	var s strings.Builder
	s.WriteString(b.head(b.lang, "", b.title(), "css/"+styleFile))
	s.WriteString("<body>\n" + `<nav epub:type="toc" role="doc-toc" id="toc" aria-labelledby="toc-title">` + "\n")
	s.WriteString(`<h1 id="toc-title">` + esc(b.words.Contents) + "</h1>\n<ol>\n")
	depth := 0
	for _, e := range b.entries() {
		switch {
		case depth == 0:
		case e.level > depth:
			s.WriteString("\n<ol>\n")
		default:
			s.WriteString("</li>\n")
			for d := depth; d > e.level; d-- {
				s.WriteString("</ol>\n</li>\n")
			}
		}
		depth = e.level
		s.WriteString(`<li><a href="` + e.href + `">` + e.html + "</a>")
	}
	for d := depth; d > 1; d-- {
		s.WriteString("</li>\n</ol>\n")
	}
	s.WriteString("</li>\n</ol>\n</nav>\n")

	s.WriteString(`<nav epub:type="landmarks" hidden="hidden" id="landmarks">` + "\n<h2>" + esc(b.words.Landmarks) + "</h2>\n<ol>\n")
	for _, l := range b.landmarks() {
		s.WriteString(`<li><a epub:type="` + l.typ + `" href="` + l.href + `">` + esc(l.title) + "</a></li>\n")
	}
	s.WriteString("</ol>\n</nav>\n")

	if len(b.pages) > 0 {
		s.WriteString(`<nav epub:type="page-list" role="doc-pagelist" hidden="hidden" id="page-list">` + "\n<h2>" + esc(b.words.Pages) + "</h2>\n<ol>\n")
		for _, m := range b.pages {
			s.WriteString(`<li><a href="` + m.target() + `">` + esc(m.label) + "</a></li>\n")
		}
		s.WriteString("</ol>\n</nav>\n")
	}
	if b.pictured() {
		s.WriteString(`<nav epub:type="loi" hidden="hidden" id="loi">` + "\n<h2>" + esc(b.words.Illustrations) + "</h2>\n<ol>\n")
		for _, p := range b.parts {
			w := b.writer(p)
			w.lang = b.lang
			for _, f := range p.pictured {
				caption := f.Caption
				if len(f.Title) > 0 {
					caption = f.Title
				}
				if squeeze(document.PlainText(caption)) == "" || !p.written[p.figures[f]] {
					continue
				}
				s.WriteString(`<li><a href="` + p.path() + "#" + p.figures[f] + `">` + w.labelHTML(p, caption, "") + "</a></li>\n")
			}
		}
		s.WriteString("</ol>\n</nav>\n")
	}
	s.WriteString("</body>\n</html>\n")
	return []byte(s.String())
}

// pictured reports whether any figure has a caption to be listed by.
func (b *book) pictured() bool {
	for _, p := range b.parts {
		for _, f := range p.pictured {
			if squeeze(document.PlainText(f.Caption)+document.PlainText(f.Title)) != "" && p.written[p.figures[f]] {
				return true
			}
		}
	}
	return false
}

// A landmark is a place that reading systems look for by its type.
type landmark struct{ typ, guide, href, title string }

// landmarks lists them for the navigation document and, under EPUB 2's names, for the guide.
func (b *book) landmarks() []landmark {
	var ls []landmark
	text := false
	for _, p := range b.parts {
		if p.issue != nil { // the volume's own are what a reader looks for
			if !text {
				text = true
				ls = append(ls, landmark{"bodymatter", "text", p.path(), b.words.StartOfContent})
			}
			continue
		}
		switch p.kind {
		case coverPart:
			ls = append(ls, landmark{"cover", "cover", p.path(), p.title})
		case titlePart:
			ls = append(ls, landmark{"titlepage", "title-page", p.path(), p.title})
		case contentsPart:
			ls = append(ls, landmark{"toc", "toc", p.path(), p.title})
		case articlePart:
			if !text {
				text = true
				ls = append(ls, landmark{"bodymatter", "text", p.path() + "#article", b.words.StartOfContent})
			}
			if b.issue.Single && b.hasNotes(p) {
				ls = append(ls, landmark{"endnotes", "notes", p.path() + "#notes", b.words.Notes})
			}
		case notesPart:
			ls = append(ls, landmark{"endnotes", "notes", p.path(), p.title})
		case imprintPart:
			ls = append(ls, landmark{"imprint", "copyright-page", p.path(), p.title})
		case contributorsPart:
			ls = append(ls, landmark{"contributors", "other.contributors", p.path(), p.title})
		case colophonPart:
			ls = append(ls, landmark{"colophon", "colophon", p.path(), p.title})
		case indexPart:
			ls = append(ls, landmark{"index", "index", p.path(), p.title})
		case "editorial":
			ls = append(ls, landmark{"preface", "preface", p.path() + "#article", p.title})
		case "corrections":
			ls = append(ls, landmark{"errata", "other.errata", p.path() + "#article", p.title})
		}
	}
	return ls
}

// ncx writes EPUB 2's contents (OPF 2.0.1 § 2.4.1, ANSI/NISO Z39.86): for reading systems that know no better, and for
// Kindle's converter.
func (b *book) ncx() []byte {
	var s strings.Builder
	es := b.entries()
	deepest := 1
	for _, e := range es {
		deepest = max(deepest, e.level)
	}
	highest := 0
	for _, m := range b.pages {
		if n, err := strconv.Atoi(m.label); err == nil {
			highest = max(highest, n)
		}
	}
	s.WriteString(xmltext.Header + `<ncx xmlns="http://www.daisy.org/z3986/2005/ncx/" version="2005-1"` + attr("xml:lang", b.lang) + ">\n<head>\n")
	for _, m := range [...][2]string{{"dtb:uid", b.id[0].value}, {"dtb:depth", strconv.Itoa(deepest)},
		{"dtb:totalPageCount", strconv.Itoa(len(b.pages))}, {"dtb:maxPageNumber", strconv.Itoa(highest)}} {
		s.WriteString("<meta" + attr("name", m[0]) + attr("content", m[1]) + "/>\n")
	}
	s.WriteString("</head>\n<docTitle><text>" + esc(b.title()) + "</text></docTitle>\n<navMap>\n")
	order := map[string]string{} // what leads to one place has one place in the order
	play := func(target string) string {
		if order[target] == "" {
			order[target] = strconv.Itoa(len(order) + 1)
		}
		return attr("playOrder", order[target])
	}
	depth := 0
	for i, e := range es {
		for ; depth >= e.level; depth-- {
			s.WriteString("</navPoint>\n")
		}
		depth = e.level
		n := strconv.Itoa(i + 1)
		s.WriteString(`<navPoint id="nav-` + n + `"` + play(e.href) + `><navLabel><text>` + esc(e.plain) + `</text></navLabel><content src="` + e.href + `"/>` + "\n")
	}
	s.WriteString(strings.Repeat("</navPoint>\n", depth))
	s.WriteString("</navMap>\n")
	if len(b.pages) > 0 {
		s.WriteString("<pageList>\n<navLabel><text>" + esc(b.words.Pages) + "</text></navLabel>\n")
		for i, m := range b.pages {
			typ, value := "special", ""
			if n, err := strconv.Atoi(m.label); err == nil {
				typ, value = "normal", attr("value", strconv.Itoa(n))
			} else if strings.Trim(m.label, "ivxlcdm") == "" {
				typ = "front"
			}
			s.WriteString(`<pageTarget id="` + "page-target-" + strconv.Itoa(i+1) + `" type="` + typ + `"` + value + play(m.target()) +
				`><navLabel><text>` + esc(m.label) + `</text></navLabel><content src="` + m.target() + `"/></pageTarget>` + "\n")
		}
		s.WriteString("</pageList>\n")
	}
	s.WriteString("</ncx>\n")
	return []byte(s.String())
}
