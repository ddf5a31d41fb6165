// Package jats writes articles in the Journal Article Tag Suite (NISO Z39.96-2021, JATS 1.3, Journal Publishing tag set), as archives
// and libraries take them: an archive with a folder for each article, its XML and its pictures. What is written is also valid by
// JATS 1.1: later versions only add. Elements that JATS lacks are said by the nearest that it has, with the role in content-type.
package jats

import (
	"archive/zip"
	"cmp"
	"io"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/xmltext"
)

// Write writes an archive of the articles among the works, in order. sitePaths are the addresses of the site's articles, by their
// files: what a link to one of them leads to.
func Write(w io.Writer, works []*reference.Work, sitePaths map[string]string) error {
	z := zip.NewWriter(w)
	put := func(name string, data []byte) error {
		f, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate}) // without a time: the same bytes every time
		if err == nil {
			_, err = f.Write(data)
		}
		return err
	}
	stems := map[string]bool{}
	for i, work := range works {
		if work.Article == nil {
			continue
		}
		stem := cmp.Or(identifier(work.Article.Slug), "article-"+strconv.Itoa(i+1))
		for base, n := stem, 2; stems[stem]; n++ {
			stem = base + "-" + strconv.Itoa(n)
		}
		stems[stem] = true
		// What a link may lead to is known when all is written: the first writing finds out.
		first := newWriter(work, sitePaths)
		first.article()
		second := newWriter(work, sitePaths)
		second.known = first.placed
		second.article()
		if err := put(stem+"/"+stem+".xml", []byte(second.String())); err != nil {
			return err
		}
		for _, p := range second.pictures {
			if err := put(stem+"/"+p.name, p.asset.Data); err != nil {
				return err
			}
		}
	}
	return z.Close()
}

// A writer writes one article.
type writer struct {
	strings.Builder
	work      *reference.Work
	sitePaths map[string]string
	known     map[string]bool // ids that stand in the article; nil while they are found
	placed    map[string]bool
	pictures  []picture
	byAsset   map[*document.Asset]string
	line      bool     // where a line may be broken
	linked    bool     // in a link, which holds words only
	deferred  []func() // what stands in a link and is no word: written behind it
}

type picture struct {
	name  string
	asset *document.Asset
}

func newWriter(work *reference.Work, sitePaths map[string]string) *writer {
	return &writer{work: work, sitePaths: sitePaths, placed: map[string]bool{}, byAsset: map[*document.Asset]string{}}
}

func (w *writer) raw(s string)  { w.WriteString(s) }
func (w *writer) text(s string) { w.WriteString(xmltext.Escape(s)) }

// element writes an element of plain text; nothing without text.
func (w *writer) element(tag, text string) {
	if text = strings.Join(strings.Fields(text), " "); text != "" {
		w.raw(xmltext.Element(tag, text) + "\n")
	}
}

func attr(name, value string) string {
	if value == "" {
		return ""
	}
	return " " + name + `="` + xmltext.Escape(value) + `"`
}

var tag = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$`) })

// language gives the attribute of a language; nothing for what is none.
func language(lang string) string {
	if !tag().MatchString(lang) {
		return ""
	}
	return attr("xml:lang", lang)
}

// id gives the id attribute of a node, when it has one that no other node of the article has.
func (w *writer) id(a *document.Attr) string {
	if a == nil {
		return ""
	}
	id := identifier(a.ID)
	if id == "" || w.placed[id] {
		return ""
	}
	w.placed[id] = true
	return attr("id", id)
}

// identifier makes a text an XML name (XML 1.0 § 2.3) of ASCII characters; "" of nothing.
func identifier(s string) string {
	var b strings.Builder
	for _, r := range s {
		switch {
		case r >= 'a' && r <= 'z', r >= 'A' && r <= 'Z', r >= '0' && r <= '9', r == '-', r == '_', r == '.':
			b.WriteRune(r)
		default:
			b.WriteString("_" + strconv.FormatInt(int64(r), 16))
		}
	}
	id := b.String()
	if id != "" && !(id[0] >= 'a' && id[0] <= 'z' || id[0] >= 'A' && id[0] <= 'Z') {
		id = "x" + id
	}
	return id
}

const doctype = `<!DOCTYPE article PUBLIC "-//NLM//DTD JATS (Z39.96) Journal Publishing DTD with MathML3 v1.3 20210610//EN" "https://jats.nlm.nih.gov/publishing/1.3/JATS-journalpublishing1-3-mathml3.dtd">` + "\n"

func (w *writer) article() {
	a := w.work.Article
	w.raw(xmltext.Header + doctype)
	w.raw(`<article xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:mml="http://www.w3.org/1998/Math/MathML" dtd-version="1.3" article-type="` + kind(w.work) + `"` +
		language(w.work.Language) + ">\n<front>\n")
	w.journal()
	w.meta()
	w.raw("</front>\n<body>\n")
	if f := a.Lead(); f != nil {
		w.figure(f)
	}
	w.sections(a.Body)
	w.raw("</body>\n")
	w.back()
	w.raw("</article>\n")
}

// kinds are the values of article-type (JATS 1.3, suggested usage) that a kicker in English says.
var kinds = map[string]string{"editorial": "editorial", "letter": "letter", "letters": "letter", "obituary": "obituary", "news": "news", "discussion": "discussion",
	"interview": "discussion", "book review": "book-review", "review article": "review-article", "translation": "translation", "correction": "correction", "reprint": "reprint"}

func kind(w *reference.Work) string {
	if k := kinds[strings.ToLower(w.Genre)]; k != "" {
		return k
	}
	if len(w.Translators) > 0 {
		return "translation"
	}
	return "other"
}

func (w *writer) journal() {
	j := w.work.Journal
	w.raw("<journal-meta>\n")
	w.element(`journal-id journal-id-type="publisher-id"`, cmp.Or(identifier(strings.ToLower(strings.ReplaceAll(j.Title, " ", "-"))), "journal"))
	if j.Title != "" {
		w.raw("<journal-title-group>\n")
		w.element("journal-title", j.Title)
		w.element("journal-subtitle", j.Subtitle)
		w.raw("</journal-title-group>\n")
	}
	if j.ISSN == "" {
		w.raw("<issn/>\n") // the Publishing tag set wants the element; nobody knows a number
	}
	w.element("issn", j.ISSN)
	if j.Publisher != "" {
		w.raw("<publisher>\n")
		w.element("publisher-name", j.Publisher)
		w.element("publisher-loc", j.Place)
		w.raw("</publisher>\n")
	}
	w.raw("</journal-meta>\n")
}

func (w *writer) meta() {
	k, a, j := w.work, w.work.Article, w.work.Journal
	w.raw("<article-meta>\n")
	w.element(`article-id pub-id-type="publisher-id"`, k.Key)
	w.element(`article-id pub-id-type="doi"`, k.DOI)
	if k.Genre != "" {
		w.raw(`<article-categories><subj-group subj-group-type="heading">`)
		w.element("subject", k.Genre)
		w.raw("</subj-group></article-categories>\n")
	}
	w.raw("<title-group>\n")
	w.titled("article-title", a.Title, cmp.Or(k.Title, k.Key))
	w.titled("subtitle", a.Subtitle, "")
	w.raw("</title-group>\n")
	w.people()
	w.dates()
	w.element("volume", k.Volume)
	w.element("issue", k.Number)
	w.element("issue-title", k.IssueTitle)
	if k.Pages.First != "" {
		w.element("fpage", k.Pages.First)
		w.element("lpage", k.Pages.Last)
	}
	if j.Rights != "" || j.License != "" {
		w.raw("<permissions>\n")
		w.element("copyright-statement", j.Rights)
		if j.License != "" {
			w.raw("<license" + attr("xlink:href", j.License) + "><license-p>" + xmltext.Escape(j.License) + "</license-p></license>\n")
		}
		w.raw("</permissions>\n")
	}
	if k.URL != "" {
		w.raw("<self-uri" + attr("xlink:href", k.URL) + "/>\n")
	}
	if k.Abstract != "" {
		w.raw("<abstract>")
		w.element("p", k.Abstract)
		w.raw("</abstract>\n")
	}
	if s := document.PlainText(a.Standfirst); s != "" && strings.Join(strings.Fields(s), " ") != k.Abstract {
		w.raw(`<abstract abstract-type="teaser">`)
		w.element("p", s)
		w.raw("</abstract>\n")
	}
	if len(k.Keywords) > 0 {
		w.raw(`<kwd-group kwd-group-type="author">` + "\n")
		for _, kwd := range k.Keywords {
			w.element("kwd", kwd)
		}
		w.raw("</kwd-group>\n")
	}
	if k.Pages.Count > 0 {
		w.raw(`<counts><page-count count="` + strconv.Itoa(k.Pages.Count) + `"/></counts>` + "\n")
	}
	w.raw("</article-meta>\n")
}

// titled writes a title with its emphasis.
func (w *writer) titled(tag string, is []document.Inline, instead string) {
	if strings.TrimSpace(document.PlainText(is)) == "" {
		w.element(tag, instead)
		return
	}
	w.raw("<" + tag + ">")
	w.line = true
	w.inlines(is)
	w.line = false
	w.raw("</" + tag + ">\n")
}

func (w *writer) people() {
	k := w.work
	var all []func()
	add := func(ps []document.Person, role string) {
		for _, p := range ps {
			if strings.TrimSpace(p.Name) != "" {
				all = append(all, func() { w.person(p, cmp.Or(role, p.As)) })
			}
		}
	}
	add(k.Authors, "author")
	add(k.Interviewees, "interviewee")
	add(k.Translators, "translator")
	add(k.Editors, "editor")
	add(k.Others, "")
	if len(all) == 0 {
		return
	}
	w.raw("<contrib-group>\n")
	for _, f := range all {
		f()
	}
	w.raw("</contrib-group>\n")
}

func (w *writer) person(p document.Person, role string) {
	w.raw("<contrib" + attr("contrib-type", role) + ">\n")
	if p.ORCID != "" {
		w.element(`contrib-id contrib-id-type="orcid"`, "https://orcid.org/"+p.ORCID)
	}
	if family, given, ok := names.Split(p, w.work.Language); ok {
		w.raw("<name>")
		w.element("surname", family)
		w.element("given-names", given)
		w.raw("</name>\n")
	} else if names.Corporate(p.Name) {
		w.element("collab", p.Name)
	} else {
		w.raw("<name-alternatives>") // which JATS 1.1 lets hold a name that is not parted
		w.element("string-name", p.Name)
		w.raw("</name-alternatives>\n")
	}
	if p.Affiliation != "" {
		for _, at := range strings.Split(p.Affiliation, "; ") {
			w.element("aff", at)
			w.raw("\n")
		}
	}
	if p.URL != "" {
		w.element("uri", p.URL)
		w.raw("\n")
	}
	if len(p.Bio) > 0 {
		w.raw("<bio><p>")
		w.inlines(p.Bio)
		w.raw("</p></bio>\n")
	}
	w.raw("</contrib>\n")
}

// dates writes when the issue appeared, and the article on its own, if that is another day.
func (w *writer) dates() {
	write := func(d document.Date, format string) {
		t := d.Time.UTC()
		w.raw(`<pub-date date-type="pub" publication-format="` + format + `" iso-8601-date="` + d.ISO() + `">`)
		if d.Precision > 2 {
			w.raw("<day>" + t.Format("02") + "</day>")
		}
		if d.Precision > 1 {
			w.raw("<month>" + t.Format("01") + "</month>")
		}
		w.raw("<year>" + strconv.Itoa(t.Year()) + "</year></pub-date>\n")
	}
	issue, own := w.work.Date, w.work.Article.Date
	if issue.Precision > 0 {
		write(issue, "print")
	}
	if own.Precision > 0 && (issue.Precision == 0 || own.ISO() != issue.ISO()) {
		write(own, "electronic")
	}
}

func (w *writer) back() {
	a := w.work.Article
	notes := slices.DeleteFunc(slices.Clone(a.Notes), func(n *document.Note) bool { return n == nil })
	if len(notes) == 0 && len(a.AuthorNotes) == 0 {
		return
	}
	w.raw("<back>\n")
	if len(a.AuthorNotes) > 0 {
		w.raw(`<notes notes-type="about-the-author">` + "\n")
		w.paragraphs(a.AuthorNotes)
		w.raw("</notes>\n")
	}
	if len(notes) > 0 {
		w.raw("<fn-group>\n")
		for _, n := range notes {
			w.raw("<fn" + w.id(&document.Attr{ID: noteID(n)}) + ">\n")
			w.element("label", strconv.Itoa(n.Number))
			w.paragraphs(n.Blocks)
			w.raw("</fn>\n")
		}
		w.raw("</fn-group>\n")
	}
	w.raw("</back>\n")
}

func noteID(n *document.Note) string { return "fn--" + strconv.Itoa(n.Number) }

// picture gives the name of a picture's file beside the XML.
func (w *writer) picture(a *document.Asset) string {
	if name, ok := w.byAsset[a]; ok {
		return name
	}
	base := identifier(path.Base(a.Name))
	taken := func(name string) bool {
		return slices.ContainsFunc(w.pictures, func(p picture) bool { return p.name == name })
	}
	name := base
	for n := 2; taken(name); n++ {
		name = strconv.Itoa(n) + "-" + base
	}
	w.byAsset[a] = name
	w.pictures = append(w.pictures, picture{name, a})
	return name
}
