package epub

import (
	"path"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/access"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/internal/xmltext"
)

func (b *book) modified() time.Time { return Modified(b.issue, b.opts.Modified) }

// Modified gives the time at which an issue's EPUB says that it was last changed: the date of the files, when there is one, or
// else the content's, and never the clock's.
func Modified(issue *document.Issue, files time.Time) time.Time {
	if !files.IsZero() {
		return files.UTC()
	}
	if !issue.Date.Time.IsZero() {
		return issue.Date.Time.UTC()
	}
	var latest time.Time
	for _, a := range issue.Articles {
		if a == nil {
			continue
		}
		if a.Date.Time.After(latest) {
			latest = a.Date.Time
		}
	}
	if latest.IsZero() {
		return time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) // the earliest that a zip archive can tell
	}
	return latest.UTC()
}

// packageDocument writes EPUB/package.opf (EPUB 3.3 § 5).
func (b *book) packageDocument() []byte {
	m := &metadata{}
	b.describe(m)
	var s strings.Builder
	s.WriteString(xmltext.Header + `<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="pub-id" prefix="prism: ` + reference.PRISM + `"` + attr("xml:lang", b.lang))
	if words.RightToLeft(b.lang) {
		s.WriteString(` dir="rtl"`)
	}
	s.WriteString(">\n" + `<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">` + "\n")
	s.WriteString(m.String())
	s.WriteString("</metadata>\n<manifest>\n")
	for _, it := range b.manifest() {
		s.WriteString("<item" + attr("id", it.id) + attr("href", it.href) + attr("media-type", it.media) + attr("properties", it.properties) + "/>\n")
	}
	s.WriteString("</manifest>\n" + `<spine toc="ncx"`)
	if words.RightToLeft(b.lang) {
		s.WriteString(` page-progression-direction="rtl"`)
	}
	s.WriteString(">\n")
	for _, p := range b.parts {
		s.WriteString("<itemref" + attr("idref", p.itemID()) + "/>\n")
	}
	s.WriteString("</spine>\n<guide>\n")
	for _, l := range b.landmarks() {
		s.WriteString("<reference" + attr("type", l.guide) + attr("title", l.title) + attr("href", l.href) + "/>\n")
	}
	s.WriteString("</guide>\n</package>\n")
	return []byte(s.String())
}

// An item is an entry of the manifest.
type item struct{ id, href, media, properties string }

func (p *part) itemID() string {
	return "part-" + strings.TrimSuffix(p.file, ".xhtml")
}

// manifest lists the publication's files: the order is also that of the archive.
func (b *book) manifest() []item {
	items := []item{
		{"nav", navFile, xhtmlMedia, "nav"},
		{"ncx", ncxFile, "application/x-dtbncx+xml", ""},
		{"style", path.Join(styleFolder, styleFile), "text/css", ""},
	}
	for _, p := range b.parts {
		properties := ""
		if p.mathml {
			properties = "mathml"
		}
		items = append(items, item{p.itemID(), p.path(), xhtmlMedia, properties})
	}
	for i, pic := range b.pictures {
		if !pic.used {
			continue
		}
		it := item{"image-" + strconv.Itoa(i+1), pic.path(), pic.media, ""}
		if pic.cover {
			it.id, it.properties = "cover-image", "cover-image"
		}
		items = append(items, it)
	}
	for i, f := range b.fonts {
		items = append(items, item{"font-" + strconv.Itoa(i+1), path.Join(fontFolder, f.name), f.media, ""})
	}
	return items
}

// metadata is the content of the metadata element on its way.
type metadata struct{ strings.Builder }

func (m *metadata) dc(name, id, value string) {
	if strings.TrimSpace(value) != "" {
		m.WriteString("<dc:" + name + attr("id", id) + ">" + esc(squeeze(value)) + "</dc:" + name + ">\n")
	}
}

func (m *metadata) meta(property, value string) { m.refine("", property, "", value) }

func (m *metadata) refine(id, property, scheme, value string) {
	if strings.TrimSpace(value) == "" {
		return
	}
	if id != "" {
		id = "#" + id
	}
	m.WriteString("<meta" + attr("refines", id) + attr("property", property) + attr("scheme", scheme) + ">" + esc(squeeze(value)) + "</meta>\n")
}

// describe writes everything the package says about the publication.
func (b *book) describe(m *metadata) {
	is := b.issue
	for i, id := range b.id {
		name := "pub-id"
		if i > 0 {
			name += "-" + strconv.Itoa(i+1)
		}
		m.dc("identifier", name, id.value)
		m.refine(name, "identifier-type", "onix:codelist5", id.onix)
	}
	m.dc("title", "title", b.title())
	m.refine("title", "title-type", "", "main")
	m.refine("title", "display-seq", "", "1")
	if s := b.subtitle(); s != "" {
		m.dc("title", "subtitle", s)
		m.refine("subtitle", "title-type", "", "subtitle")
		m.refine("subtitle", "display-seq", "", "2")
	}
	for i, l := range b.languages() {
		id := ""
		if i > 0 {
			id = "lang-" + strconv.Itoa(i+1)
		}
		m.dc("language", id, l)
	}
	b.makers(m)
	m.dc("publisher", "publisher", is.Journal.Publisher)
	date := is.Date
	if is.Single && len(is.Articles) > 0 && date.Precision == 0 {
		date = is.Articles[0].Date
	}
	m.dc("date", "", date.ISO())
	m.meta("dcterms:modified", b.modified().Format("2006-01-02T15:04:05Z"))
	m.dc("description", "description", b.description())
	for _, t := range b.subjects() {
		m.dc("subject", "", t)
	}
	m.dc("rights", "", is.Journal.Rights)
	if a := b.address(is.Journal.License); a != "" {
		m.WriteString(`<link rel="dcterms:license"` + attr("href", a) + "/>\n")
	}
	b.series(m)
	b.citation(m, date)
	if is.Single && len(is.Articles) > 0 {
		if a := b.address(is.Articles[0].URL); a != "" {
			m.dc("source", "", a)
		}
	} else if a := b.address(is.Journal.BaseURL); a != "" {
		m.dc("source", "", a)
	}
	if len(b.pages) > 0 {
		m.dc("source", "pages-source", b.pageSource())
		m.refine("pages-source", "source-of", "", "pagination")
		m.meta("pageBreakSource", b.pageSource())
	}
	b.accessibility(m)
	if b.opts.Generator != "" {
		m.WriteString(`<meta name="generator"` + attr("content", b.opts.Generator) + "/>\n")
	}
	if b.cover != nil {
		m.WriteString(`<meta name="cover" content="cover-image"/>` + "\n") // EPUB 2, Kindle
	}
}

// makers writes creators (who made the text: authors and interviewees) and contributors (translators, editors), each once
// with all roles.
func (b *book) makers(m *metadata) {
	n := 0
	write := func(name, as, orcid string, roles []string) {
		n++
		id, element := "person-"+strconv.Itoa(n), "contributor"
		if slices.Contains(roles, "aut") || slices.Contains(roles, "ive") {
			element = "creator"
		}
		m.dc(element, id, name)
		for _, r := range roles {
			m.refine(id, "role", "marc:relators", r)
		}
		if as != "" {
			m.refine(id, "file-as", "", as)
		}
		if orcid != "" {
			m.refine(id, "dcterms:identifier", "", "https://orcid.org/"+orcid)
		}
		m.refine(id, "display-seq", "", strconv.Itoa(n))
	}
	known := map[string]bool{}
	for _, c := range b.people {
		write(c.Name, c.FileAs, c.ORCID, c.Roles)
		known[c.Name] = true
	}
	if !b.issue.Single {
		editors := slices.Clone(b.issue.Editors)
		for _, is := range b.issue.Issues {
			editors = append(editors, is.Editors...)
		}
		for _, p := range editors {
			if name := strings.TrimSpace(p.Name); name != "" && !known[name] {
				write(name, names.FileAs(p, b.lang), p.ORCID, []string{"edt"})
				known[name] = true
			}
		}
		for _, e := range b.issue.Journal.Editors {
			if e = strings.TrimSpace(e); e != "" && !known[e] {
				write(e, names.FileAs(document.Person{Name: e}, b.lang), "", []string{"edt"})
				known[e] = true
			}
		}
	}
}

// series says which journal the publication belongs to, and where it stands in it.
func (b *book) series(m *metadata) {
	j := b.issue.Journal
	if j.Title == "" {
		return
	}
	m.WriteString(`<meta property="belongs-to-collection" id="series">` + esc(j.Title) + "</meta>\n")
	m.refine("series", "collection-type", "", "series")
	number := b.issue.Number
	if number == "" && b.issue.Single && len(b.issue.Articles) > 0 {
		number = b.issue.Articles[0].Issue
	}
	if len(b.issue.Issues) > 0 && number == "" && position(b.issue.Volume) {
		m.refine("series", "group-position", "", b.issue.Volume)
	}
	if position(number) {
		if position(b.issue.Volume) && !strings.Contains(number, ".") {
			number = b.issue.Volume + "." + number // EPUB 3.3 § D.3.5: levels of a collection, divided by stops
		}
		m.refine("series", "group-position", "", number)
	}
	for _, issn := range issns(&j) {
		m.refine("series", "dcterms:identifier", "", issn)
	}
}

// issns are a journal's, as URNs (RFC 8254): in print, and of its electronic edition.
func issns(j *document.Journal) []string {
	var out []string
	for _, s := range []string{j.ISSN, j.EISSN} {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, "urn:issn:"+s) {
			out = append(out, "urn:issn:"+s)
		}
	}
	return out
}

// citation says how the publication is cited: in a line, and fact by fact, as the PDF's metadata do.
func (b *book) citation(m *metadata, date document.Date) {
	is := b.issue
	m.meta("dcterms:issued", date.ISO())
	if is.Single { // and the issue that an article stands in
		if is.ISBN != "" {
			m.meta("dcterms:isPartOf", "urn:isbn:"+bareISBN(is.ISBN))
		}
		if is.DOI != "" {
			m.meta("dcterms:isPartOf", "doi:"+reference.DOI(is.DOI))
		}
	}
	for _, issn := range issns(&is.Journal) {
		m.meta("dcterms:isPartOf", issn)
	}
	w := b.opts.Work
	if w == nil {
		works := reference.Works(is, nil)
		if len(works) == 0 {
			return
		}
		w = works[0]
	}
	m.meta("dcterms:bibliographicCitation", w.Line())
	for _, p := range w.PRISM() {
		m.meta("prism:"+p.Name, p.Value)
	}
}

// position reports whether a number can be sorted by: digits, with stops between them.
func position(s string) bool {
	for _, part := range strings.Split(s, ".") {
		if _, err := strconv.ParseUint(part, 10, 31); err != nil {
			return false
		}
	}
	return true
}

// languages lists the publication's and its articles' languages.
func (b *book) languages() []string {
	ls := []string{b.lang}
	for _, p := range b.parts {
		if p.article != nil && !slices.Contains(ls, p.lang) {
			ls = append(ls, p.lang)
		}
	}
	return ls
}

func (b *book) description() string {
	if b.issue.Single && len(b.issue.Articles) > 0 {
		return document.PlainText(b.issue.Articles[0].Excerpt)
	}
	if d := document.PlainText(b.issue.Description); d != "" {
		return d
	}
	var titles []string
	for _, p := range b.parts {
		if p.article == nil {
			continue
		}
		t := p.title
		if by := contentsCredit(p.article, words.For(p.lang)); by != "" {
			t += " (" + by + ")"
		}
		titles = append(titles, t)
	}
	return strings.Join(titles, "; ")
}

func (b *book) subjects() []string {
	var tags []string
	for _, a := range b.issue.Articles {
		for _, t := range a.Tags {
			if t = squeeze(t); t != "" && !slices.Contains(tags, t) {
				tags = append(tags, t)
			}
		}
	}
	return tags
}

// accessibility writes schema.org's properties as EPUB Accessibility 1.1 § 2 asks for them, from what was written: nothing is
// said of content that is not there.
func (b *book) accessibility(m *metadata) {
	e := b.evidence
	visual := e.images > e.decorative
	m.meta("schema:accessMode", "textual")
	if visual {
		m.meta("schema:accessMode", "visual")
		m.meta("schema:accessModeSufficient", "textual,visual")
	}
	if e.missingAlt == 0 {
		m.meta("schema:accessModeSufficient", "textual")
	}
	features := []string{"tableOfContents", "structuralNavigation", "readingOrder", "displayTransformability", "ARIA", "unlocked"}
	if visual && e.missingAlt == 0 {
		features = append(features, "alternativeText")
	}
	if e.mathml > 0 {
		features = append(features, "MathML")
	}
	if e.tex > 0 {
		features = append(features, "latex")
	}
	if len(b.pages) > 0 {
		features = append(features, "pageBreakMarkers", "pageNavigation")
	}
	for _, f := range features {
		m.meta("schema:accessibilityFeature", f)
	}
	if e.animated > 0 {
		m.meta("schema:accessibilityHazard", "unknown")
	} else {
		m.meta("schema:accessibilityHazard", "none")
	}
	summary, lang := b.accessibilitySummary()
	if lang == b.lang {
		lang = ""
	}
	m.WriteString(`<meta property="schema:accessibilitySummary"` + attr("xml:lang", lang) + ">" + esc(squeeze(summary)) + "</meta>\n")
	c := b.opts.Claim
	if c.ConformsTo != "" {
		if strings.HasPrefix(c.ConformsTo, "http") {
			m.WriteString(`<link rel="dcterms:conformsTo"` + attr("href", c.ConformsTo) + "/>\n")
		} else {
			m.WriteString(`<meta property="dcterms:conformsTo" id="conformance">` + esc(c.ConformsTo) + "</meta>\n")
		}
		m.meta("a11y:certifiedBy", c.CertifiedBy)
		if a := b.address(c.Report); a != "" {
			m.WriteString(`<link rel="a11y:certifierReport"` + attr("href", a) + "/>\n")
		}
	}
}

// accessibilitySummary says in words what the properties say, for a reader who decides whether the publication will serve; and in
// which language.
func (b *book) accessibilitySummary() (summary, lang string) {
	if b.opts.Claim.Summary != "" {
		return b.opts.Claim.Summary, b.lang
	}
	facts := access.Facts{EPUB: true, PageList: len(b.pages) > 0, Claim: b.opts.Claim.ConformsTo, Certifier: b.opts.Claim.CertifiedBy}
	return access.Of(b.issue).Summary(facts, b.lang)
}
