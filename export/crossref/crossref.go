// Package crossref writes the deposit that registers an issue's DOIs with Crossref (metadata deposit schema 5.3.1): the journal, the
// issue, and each article that has a DOI and an address. What lacks either cannot be registered, and is reported.
package crossref

import (
	"cmp"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/xmltext"
)

// Options say who deposits, and when the metadata is from.
type Options struct {
	Depositor, Email string // who sends the deposit, and where Crossref answers; both are wanted
	Registrant       string // in whose name; empty: the publisher
	Modified         time.Time
}

// Write writes the deposit of the works of one issue, or of one article. The batch's name and time are made of the issue and its
// date: a later deposit must have a later time (Modified), or Crossref keeps the earlier.
func Write(w io.Writer, works []*reference.Work, opts Options) ([]document.Problem, error) {
	if len(works) == 0 {
		return nil, refusal("nothing is there to be deposited", "")
	}
	first := works[0]
	switch {
	case opts.Depositor == "" || !strings.Contains(opts.Email, "@"):
		return nil, refusal("Crossref wants to know who deposits", "crossref: {depositor: …, email: …} in twinpress.yaml")
	case first.Journal.Title == "":
		return nil, refusal("Crossref wants the journal's title", "journal: {title: …} in twinpress.yaml")
	}
	d := &deposit{Modified: opts.Modified}
	d.batch(first, opts)
	d.line("<body><journal>")
	d.journal(first)
	d.issue(first)
	for _, work := range works {
		if work.Article != nil {
			d.article(work)
		}
	}
	d.line("</journal></body>")
	d.line("</doi_batch>")
	_, err := io.WriteString(w, d.String())
	return d.problems, err
}

func refusal(message, hint string) document.Problem {
	return document.NewProblem("deposit", document.Pos{}, message, hint)
}

// A deposit is one on its way.
type deposit struct {
	strings.Builder
	Modified time.Time
	problems []document.Problem
}

func (d *deposit) line(s string) { d.WriteString(s + "\n") }

// element writes an element of text, at most so many characters long; nothing without text.
func (d *deposit) element(name, text string, most int) {
	if text = cut(text, most); text != "" {
		d.line(xmltext.Element(name, text))
	}
}

// cut shortens a text to what the schema lets an element hold, at a blank where there is one.
func cut(s string, most int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= most {
		return s
	}
	s = string([]rune(s)[:most-1])
	if i := strings.LastIndexByte(s, ' '); i > most/2 {
		s = s[:i]
	}
	return s + "…"
}

func (d *deposit) batch(w *reference.Work, opts Options) {
	at := d.Modified
	if at.IsZero() {
		at = w.Date.Time
	}
	stamp := "1"
	if !at.IsZero() {
		stamp = at.UTC().Format("20060102150405")
	}
	d.WriteString(xmltext.Header)
	d.line(`<doi_batch xmlns="http://www.crossref.org/schema/5.3.1" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:jats="http://www.ncbi.nlm.nih.gov/JATS1"` +
		` xmlns:ai="http://www.crossref.org/AccessIndicators.xsd" version="5.3.1"` +
		` xsi:schemaLocation="http://www.crossref.org/schema/5.3.1 https://www.crossref.org/schemas/crossref5.3.1.xsd">`)
	d.line("<head>")
	d.element("doi_batch_id", w.Key+"-"+stamp, 100)
	d.element("timestamp", stamp, 20)
	d.line("<depositor>")
	d.element("depositor_name", opts.Depositor, 130)
	d.element("email_address", opts.Email, 200)
	d.line("</depositor>")
	d.element("registrant", cmp.Or(opts.Registrant, w.Journal.Publisher, opts.Depositor), 255)
	d.line("</head>")
}

func (d *deposit) journal(w *reference.Work) {
	d.line("<journal_metadata" + language(w.Journal.Language) + ">")
	d.element("full_title", w.Journal.Title, 255)
	if w.Journal.ISSN != "" {
		d.element("issn", w.Journal.ISSN, 9)
	}
	d.line("</journal_metadata>")
}

// issue says in which issue the articles appeared. One without a year is none that the schema knows.
func (d *deposit) issue(w *reference.Work) {
	if w.Date.Precision == 0 {
		return
	}
	d.line("<journal_issue>")
	if w.Article == nil {
		d.people(w)
	}
	if w.IssueTitle != "" {
		d.line("<titles><title>" + xmltext.Escape(w.IssueTitle) + "</title></titles>")
	}
	d.date(w.Date, "print")
	if w.Volume != "" {
		d.line("<journal_volume>")
		d.element("volume", w.Volume, 32)
		d.line("</journal_volume>")
	}
	d.element("issue", w.Number, 32)
	if w.Article == nil && isDOI(w.DOI) && isAddress(w.URL) {
		d.doi(w.DOI, w.URL)
	}
	d.line("</journal_issue>")
}

func (d *deposit) article(w *reference.Work) {
	lack := func(what, hint string) {
		d.problems = append(d.problems, document.NewProblem("not-deposited", w.Article.Pos, "the article "+what+", and cannot be registered with Crossref", hint))
	}
	switch {
	case w.DOI == "":
		lack("has no DOI", "doi: in front matter")
		return
	case !isDOI(w.DOI):
		lack(fmt.Sprintf("has the DOI %q, which is none", w.DOI), "10.5555/…")
		return
	case !isAddress(w.URL):
		lack("has no public address", "journal: {base-url: …} in twinpress.yaml")
		return
	case w.Date.Precision == 0 && w.Article.Date.Precision == 0:
		lack("has no date", "date: in front matter")
		return
	}
	d.line(`<journal_article publication_type="full_text"` + language(w.Language) + ">")
	d.line("<titles><title>" + xmltext.Escape(w.Title) + "</title>")
	if w.Subtitle != "" {
		d.line("<subtitle>" + xmltext.Escape(w.Subtitle) + "</subtitle>")
	}
	d.line("</titles>")
	d.people(w)
	if w.Abstract != "" {
		d.line(`<jats:abstract><jats:p>` + xmltext.Escape(w.Abstract) + "</jats:p></jats:abstract>")
	}
	if w.Date.Precision > 0 {
		d.date(w.Date, "print")
	}
	if w.Article.Date.Precision > 0 && (w.Date.Precision == 0 || w.Article.Date.ISO() != w.Date.ISO()) {
		d.date(w.Article.Date, "online")
	}
	if w.Pages.First != "" {
		d.line("<pages>")
		d.element("first_page", w.Pages.First, 32)
		if w.Pages.Last != w.Pages.First {
			d.element("last_page", w.Pages.Last, 32)
		}
		d.line("</pages>")
	}
	if isAddress(w.Journal.License) {
		d.line(`<ai:program name="AccessIndicators"><ai:license_ref>` + xmltext.Escape(w.Journal.License) + "</ai:license_ref></ai:program>")
	}
	d.doi(w.DOI, w.URL)
	d.line("</journal_article>")
}

func (d *deposit) doi(doi, address string) {
	d.line("<doi_data><doi>" + xmltext.Escape(doi) + "</doi><resource>" + xmltext.Escape(address) + "</resource></doi_data>")
}

func (d *deposit) date(date document.Date, medium string) {
	t := date.Time.UTC()
	d.WriteString(`<publication_date media_type="` + medium + `">`)
	if date.Precision > 1 {
		d.WriteString(t.Format("<month>01</month>"))
	}
	if date.Precision > 2 {
		d.WriteString(t.Format("<day>02</day>"))
	}
	d.line("<year>" + strconv.Itoa(t.Year()) + "</year></publication_date>")
}

// people writes those whom Crossref has a role for: authors (without any, who was interviewed), editors, translators.
func (d *deposit) people(w *reference.Work) {
	var out []string
	add := func(ps []document.Person, role string) {
		for _, p := range ps {
			if strings.TrimSpace(p.Name) != "" {
				out = append(out, person(p, role, w.Language, len(out) == 0))
			}
		}
	}
	add(w.Creators(), "author")
	add(w.Editors, "editor")
	add(w.Translators, "translator")
	if len(out) > 0 {
		d.line("<contributors>")
		d.line(strings.Join(out, "\n"))
		d.line("</contributors>")
	}
}

// person writes a contributor: with a surname of its own where that is certain, else with the whole name for one, as Crossref has
// it of people with one name; bodies, and what no name in the schema may hold, as organisations.
func person(p document.Person, role, lang string, first bool) string {
	sequence := "additional"
	if first {
		sequence = "first"
	}
	atts := ` sequence="` + sequence + `" contributor_role="` + role + `"`
	family, given, ok := names.Split(p, lang)
	if !ok {
		family, given = strings.Join(strings.Fields(p.Name), " "), ""
	}
	if names.Corporate(p.Name) || !isName(family) || given != "" && !isName(given) {
		return "<organization" + atts + ">" + xmltext.Escape(cut(p.Name, 511)) + "</organization>"
	}
	s := "<person_name" + atts + ">"
	if given != "" {
		s += "<given_name>" + xmltext.Escape(given) + "</given_name>"
	}
	s += "<surname>" + xmltext.Escape(family) + "</surname>"
	if p.Affiliation != "" {
		s += "<affiliations>"
		for _, at := range strings.Split(p.Affiliation, "; ") {
			s += "<institution><institution_name>" + xmltext.Escape(cut(at, 1024)) + "</institution_name></institution>"
		}
		s += "</affiliations>"
	}
	if p.ORCID != "" {
		s += "<ORCID>https://orcid.org/" + xmltext.Escape(p.ORCID) + "</ORCID>"
	}
	return s + "</person_name>"
}

// isName reports whether the schema takes a text for a name: short, without digits and question marks.
func isName(s string) bool {
	return utf8.RuneCountInString(s) <= 60 && !strings.ContainsFunc(s, func(r rune) bool { return r == '?' || unicode.IsDigit(r) })
}

var doiForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^10\.[0-9]{4,9}/.{1,200}$`) })

func isDOI(s string) bool { return doiForm().MatchString(s) }

func isAddress(s string) bool {
	return (strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")) && len(s) <= 2048
}

// known are languages that journals are in and the schema names (ISO 639-1).
var known = strings.Fields("af ar be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl he hi hr hu hy id is it ja ka ko la lt lv mk ms mt nb nl nn no pl pt ro ru sk sl sq sr sv sw th tr uk ur vi yi zh zu")

func language(tag string) string {
	base, _, _ := strings.Cut(strings.ToLower(tag), "-")
	if !slices.Contains(known, base) {
		return ""
	}
	return ` language="` + base + `"`
}
