package epub

import (
	"cmp"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/words"
)

// writeMatter writes the parts before and after the articles.
func (b *book) writeMatter() {
	for _, p := range b.parts {
		if p.article != nil {
			continue
		}
		w := b.writer(p)
		switch p.kind {
		case coverPart:
			b.coverPage(w)
		case titlePart:
			b.titlePage(w)
		case imprintPart:
			b.imprint(w)
		case contentsPart:
			b.contents(w)
		case issuePart:
			b.partPage(w)
		case contributorsPart:
			b.contributorList(w)
		case statementPart:
			w.raw(`<section class="accessibility" aria-labelledby="title">` + "\n")
			w.opening()
			w.raw(`<h1 id="title">` + esc(p.title) + "</h1>\n")
			w.blocks(b.issue.Statement.Blocks)
			w.closing()
			w.raw("</section>\n")
		case colophonPart:
			b.colophon(w)
		case halfTitlePart:
			b.halfTitle(w)
		case indexPart:
			b.nameIndex(w)
		default:
			continue
		}
		w.finished()
	}
	// A page whose text is not shown where the PDF shows it, such as a picture's title, is sought at its article's opening.
	for _, m := range b.pages {
		if m.part == nil {
			if m.part, m.id = m.home, "article"; m.part == nil {
				m.part, m.id = b.parts[0], ""
			}
		}
	}
}

// title gives the publication's title: the article's, or the journal's with the issue's number.
func (b *book) title() string {
	is := b.issue
	if is.Single && len(is.Articles) > 0 {
		return b.of[is.Articles[0]].title
	}
	own := strings.TrimSpace(document.PlainText(is.Title))
	t := is.Journal.Title
	if strings.TrimSpace(t) == "" {
		t = own
	}
	number := ""
	switch {
	case len(is.Issues) > 0:
		number = b.words.Label(is.Volume, is.Number)
	case is.Number != "":
		number = b.words.Number(b.words.Issue, is.Number)
	}
	if t != "" && number != "" {
		t += ", "
	}
	t += number
	if t == "" {
		if t = is.Slug; t == "" {
			t = b.id[len(b.id)-1].value
		}
	}
	return t
}

// subtitle gives the publication's subtitle.
func (b *book) subtitle() string {
	is := b.issue
	if is.Single && len(is.Articles) > 0 {
		return strings.TrimSpace(document.PlainText(is.Articles[0].Subtitle))
	}
	if is.Journal.Title == "" {
		return ""
	}
	return strings.TrimSpace(document.PlainText(is.Title))
}

func (b *book) coverPage(w *writer) {
	alt := b.opts.CoverAlt
	if b.issue.Cover != nil {
		alt = cmp.Or(alt, b.issue.CoverAlt)
	}
	if alt == "" {
		alt = b.words.Cover + ": " + b.title()
	}
	w.raw(`<section class="cover" epub:type="cover">` + "\n")
	w.opening()
	w.raw(`<img src="../` + b.cover.path() + `" role="doc-cover"` + attr("alt", alt) + "/>\n")
	w.closing()
	w.raw("</section>\n")
}

func (b *book) titlePage(w *writer) {
	is := b.issue
	w.raw(`<section class="titlepage" epub:type="titlepage">` + "\n")
	w.opening()
	if pic := b.picture(is.Journal.Logo); pic != nil {
		pic.used = true
		w.raw(`<p class="logo"><img src="../` + pic.path() + `" alt="" role="presentation"/></p>` + "\n")
	}
	if is.Journal.Title != "" {
		w.raw("<h1>" + esc(is.Journal.Title) + "</h1>\n")
		if s := is.Journal.Subtitle; s != "" {
			w.raw(`<p class="subtitle" role="doc-subtitle">` + esc(s) + "</p>\n")
		}
	} else {
		w.raw("<h1>" + esc(b.title()) + "</h1>\n")
	}
	if n := b.words.Label(is.Volume, is.Number); n != "" {
		w.raw(`<p class="number">` + esc(n) + "</p>\n")
	}
	w.ownTitle(is)
	if pub := strings.Join(nonEmpty(is.Journal.Publisher, is.Journal.Place), ", "); pub != "" {
		w.raw(`<p class="publisher">` + esc(pub) + "</p>\n")
	}
	w.closing()
	w.raw("</section>\n")
}

// ownTitle writes what an issue says of itself on its title page: its title, who edited it, its date, its description.
func (w *writer) ownTitle(is *document.Issue) {
	if is.Journal.Title != "" && len(is.Title) > 0 {
		w.raw(`<p class="issue-title">`)
		w.label(is.Title, "")
		w.raw("</p>\n")
		if len(is.Subtitle) > 0 {
			w.raw(`<p class="issue-subtitle">`)
			w.label(is.Subtitle, "")
			w.raw("</p>\n")
		}
	}
	w.credit("editor", words.For(w.lang).EditedBy, is.Editors)
	if d := words.Date(is.Date, w.lang); d != "" {
		if iso := is.Date.ISO(); iso != "" {
			d = `<time datetime="` + iso + `">` + esc(d) + "</time>"
		} else {
			d = esc(d)
		}
		w.raw(`<p class="date">` + d + "</p>\n")
	}
	if len(is.Description) > 0 {
		w.raw(`<p class="description">`)
		w.label(is.Description, "")
		w.raw("</p>\n")
	}
}

func nonEmpty(ss ...string) []string {
	return slices.DeleteFunc(ss, func(s string) bool { return strings.TrimSpace(s) == "" })
}

func (b *book) hasImprint() bool {
	j := b.issue.Journal
	return len(j.Imprint) > 0 || len(j.Editors) > 0 || j.ISSN != "" || j.EISSN != "" || len(b.issue.CoverCredit) > 0 || j.Publisher != "" || j.Rights != "" || j.License != ""
}

func (b *book) imprint(w *writer) {
	j := b.issue.Journal
	w.raw(`<section class="imprint" epub:type="imprint">` + "\n")
	w.opening()
	w.raw("<h1>" + esc(w.part.title) + "</h1>\n")
	w.blocks(j.Imprint)
	if len(j.Editors) > 0 {
		w.raw(`<p><b class="label">` + esc(b.words.Editors) + ":</b> " + esc(strings.Join(j.Editors, ", ")) + "</p>\n")
	}
	if pub := strings.Join(nonEmpty(j.Publisher, j.Place), ", "); pub != "" {
		w.raw("<p>" + esc(pub) + "</p>\n")
	}
	if a := b.address(j.BaseURL); a != "" {
		w.raw(`<p><a class="url" href="` + esc(a) + `">` + esc(strings.TrimSuffix(j.BaseURL, "/")) + "</a></p>\n")
	}
	if j.ISSN != "" {
		w.raw("<p>ISSN " + esc(j.ISSN) + "</p>\n")
	}
	if j.EISSN != "" && j.EISSN != j.ISSN {
		w.raw("<p>eISSN " + esc(j.EISSN) + "</p>\n")
	}
	if b.issue.ISBN != "" {
		w.raw("<p>ISBN " + esc(b.issue.ISBN) + "</p>\n")
	}
	if len(b.issue.CoverCredit) > 0 {
		w.raw(`<p><b class="label">` + esc(b.words.Cover) + ":</b> ")
		w.inlines(b.issue.CoverCredit)
		w.raw("</p>\n")
	}
	b.rights(w)
	w.closing()
	w.raw("</section>\n")
}

func (b *book) rights(w *writer) {
	j := b.issue.Journal
	if j.Rights != "" {
		w.raw(`<p class="rights">` + esc(j.Rights) + "</p>\n")
	}
	if a := b.address(j.License); a != "" {
		w.raw(`<p><b class="label">` + esc(b.words.License) + `:</b> <a class="url" href="` + esc(a) + `">` + esc(j.License) + "</a></p>\n")
	}
}

// longExcerpt is the length in bytes from which an excerpt is the article's beginning rather than a line about it; the
// contents page leaves it to the article.
const longExcerpt = 320

func (b *book) contents(w *writer) {
	w.raw(`<section class="contents" epub:type="toc" role="doc-toc" aria-labelledby="title">` + "\n")
	w.opening()
	w.raw(`<h1 id="title">` + esc(w.part.title) + "</h1>\n<ol>\n")
	section := ""
	var of *document.Issue // of a volume, whose parts these are
	leave := func() {
		if section != "" {
			w.raw("</ol>\n</li>\n")
		}
		section = ""
	}
	for _, p := range b.parts {
		a := p.article
		if a == nil || a.Part != "" {
			leave()
		}
		if of != nil && p.issue != of {
			leave()
			w.raw("</ol>\n</li>\n")
		}
		if of = p.issue; p.kind == issuePart {
			b.contentsPart(w, p)
			continue
		}
		switch {
		case a == nil && (p.kind == notesPart || p.kind == contributorsPart || p.kind == indexPart), a != nil && a.Part != "" && p.kind != "editorial" && p.kind != "masthead":
			w.raw(`<li class="matter"><a href="` + p.file + `">` + esc(p.title) + "</a></li>\n")
		case a != nil && p.kind != "masthead":
			if own := document.PlainText(a.Section); own != section {
				leave()
				if section = own; own != "" {
					w.raw(`<li class="section"><span class="section-title">`)
					w.label(a.Section, "")
					w.raw("</span>\n<ol>\n")
				}
			}
			b.contentsEntry(w, p)
		}
	}
	leave()
	if of != nil {
		w.raw("</ol>\n</li>\n")
	}
	w.raw("</ol>\n")
	w.closing()
	w.raw("</section>\n")
}

// contentsEntry is an article in the contents.
func (b *book) contentsEntry(w *writer, p *part) {
	a := p.article
	w.raw("<li" + langAttr(p.lang, b.lang) + dirAttr(p.dir, w.part.dir) + ">")
	w.lang = p.lang
	if len(a.Kicker) > 0 {
		w.raw(`<span class="kicker">`)
		w.label(a.Kicker, "")
		w.raw("</span> ")
	}
	w.raw(`<a class="title" href="` + p.file + `#article">`)
	w.label(a.Title, p.title)
	w.raw("</a>")
	if len(a.Subtitle) > 0 {
		w.raw(` <span class="subtitle">`)
		w.label(a.Subtitle, "")
		w.raw("</span>")
	}
	if by := contentsCredit(a, words.For(p.lang)); by != "" {
		w.raw(` <span class="byline">` + esc(by) + "</span>")
	}
	if n := len(document.PlainText(a.Excerpt)); n > 0 && n <= longExcerpt {
		w.raw(` <span class="excerpt">`)
		w.label(a.Excerpt, "")
		w.raw("</span>")
	}
	w.raw("</li>\n")
	w.lang = b.lang
}

func contentsCredit(a *document.Article, made *words.Vocabulary) string {
	var parts []string
	if len(a.Authors) > 0 {
		parts = append(parts, made.Names(named(a.Authors)))
	}
	if len(a.Interviewees) > 0 {
		parts = append(parts, strings.Replace(made.InterviewWith, "%s", made.Names(named(a.Interviewees)), 1))
	}
	if len(a.Translators) > 0 {
		parts = append(parts, strings.Replace(made.TranslatedBy, "%s", made.Names(named(a.Translators)), 1))
	}
	return strings.Join(parts, " · ")
}

func named(ps []document.Person) []string {
	ns := make([]string, len(ps))
	for i, p := range ps {
		ns[i] = p.Name
	}
	return ns
}

// contributorList gathers who had a part in the issue, with what is known of them.
func (b *book) contributorList(w *writer) {
	w.raw(`<section class="contributors" epub:type="contributors" aria-labelledby="title">` + "\n")
	w.opening()
	w.raw(`<h1 id="title">` + esc(w.part.title) + "</h1>\n<dl>\n")
	people := b.people
	if w.part.issue != nil {
		people = names.Contributors(w.part.issue)
	}
	for _, c := range names.Sorted(people, b.lang) {
		w.raw("<dt>" + esc(c.Name))
		if c.As != "" {
			w.raw(` <span class="role">(` + esc(c.As) + ")</span>")
		}
		if c.ORCID != "" {
			w.raw(` <a class="orcid" href="https://orcid.org/` + esc(c.ORCID) + `"` + attr("aria-label", "ORCID: "+c.Name) + `>ORCID</a>`)
		}
		w.raw("</dt>\n")
		if len(c.Bio) > 0 {
			w.raw("<dd" + langAttr(bcp47(c.Lang), b.lang) + ">")
			w.inlines(c.Bio)
			w.raw("</dd>\n")
		}
		for _, a := range c.Texts {
			if p := b.of[a]; p != nil {
				w.raw("<dd" + langAttr(p.lang, b.lang) + `><a href="` + p.file + `#article">`)
				w.label(p.article.Title, p.title)
				w.raw("</a></dd>\n")
			}
		}
	}
	w.raw("</dl>\n")
	w.closing()
	w.raw("</section>\n")
}

// nameIndex lists the people with links to what they had a part in.
func (b *book) nameIndex(w *writer) {
	w.raw(`<section class="index" epub:type="index" role="doc-index" aria-labelledby="title">` + "\n")
	w.opening()
	w.raw(`<h1 id="title">` + esc(w.part.title) + "</h1>\n<ul epub:type=\"index-entry-list\">\n")
	for _, c := range names.Sorted(b.people, b.lang) {
		w.raw(`<li epub:type="index-entry"><span epub:type="index-term">` + esc(c.Inverted()) + "</span>")
		for i, a := range c.Texts {
			p := b.of[a]
			if p == nil {
				continue
			}
			if i == 0 {
				w.raw(": ")
			} else {
				w.raw("; ")
			}
			w.raw(`<a epub:type="index-locator" href="` + p.file + `#article"` + langAttr(p.lang, b.lang) + ">")
			w.label(a.Title, p.title)
			w.raw("</a>")
		}
		w.raw("</li>\n")
	}
	w.raw("</ul>\n")
	w.closing()
	w.raw("</section>\n")
}

// halfTitle is the page before the title: the journal's name and no more.
func (b *book) halfTitle(w *writer) {
	w.raw(`<section class="halftitle" epub:type="halftitlepage" aria-labelledby="title">` + "\n")
	w.opening()
	w.raw(`<h1 id="title">` + esc(cmp.Or(b.issue.Journal.Title, b.title())) + "</h1>\n")
	w.closing()
	w.raw("</section>\n")
}

func (b *book) colophon(w *writer) {
	w.raw(`<section class="colophon" epub:type="colophon" role="doc-colophon" aria-labelledby="title">` + "\n")
	w.opening()
	w.raw(`<h1 id="title">` + esc(w.part.title) + "</h1>\n")
	w.raw("<p><cite>" + esc(b.title()) + "</cite></p>\n")
	if d := words.Date(b.issue.Date, b.lang); d != "" {
		w.raw("<p>" + esc(d) + "</p>\n")
	}
	w.raw(`<p><b class="label">` + esc(b.words.Identifier) + `:</b> <span class="identifier">` + esc(b.id[0].value) + "</span></p>\n")
	if !b.hasImprint() {
		b.rights(w)
	}
	if len(b.pages) > 0 {
		source := b.opts.PageSource
		if source == "" {
			source = b.words.PDFEdition
		}
		w.raw("<p>" + esc(strings.Replace(b.words.PagesFrom, "%s", source, 1)) + "</p>\n")
	}
	if sum := b.issue.Checksum; sum != "" {
		w.raw(`<p><b class="label">` + esc(words.PartsFor(b.lang).Checksum) + `:</b> <span class="identifier">` + esc(sum) + "</span></p>\n")
	}
	if b.opts.Generator != "" {
		w.raw("<p>" + esc(strings.Replace(b.words.MadeWith, "%s", b.opts.Generator, 1)) + "</p>\n")
	}
	w.closing()
	w.raw("</section>\n")
}

// pageSource names the edition whose pages the page list gives.
func (b *book) pageSource() string {
	if b.opts.PageSource != "" {
		return b.opts.PageSource
	}
	return b.title() + " (PDF)"
}
