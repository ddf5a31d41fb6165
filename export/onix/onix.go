// Package onix writes product records in ONIX for Books 3.1 (reference tags): the EPUB and the PDF of an issue as two products of one
// message. What it says of their accessibility (code list 196, as the European Accessibility Act asks for it) is worked out from
// the content; no code is given that the content does not bear out. A price is not known here, and so no supply is described.
package onix

import (
	"cmp"
	"io"
	"net/url"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/access"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/xmltext"
)

// Options say what the works do not.
type Options struct {
	Access   *access.Report
	Facts    access.Facts
	UA       string // code of the PDF's standard in list 196: "05" for PDF/UA-1; "" for none
	Pages    int    // of the PDF; 0 when not known
	Modified time.Time
}

// Write writes the message about one edition, the first of its works: an issue, or an article on its own.
func Write(w io.Writer, works []*reference.Work, opts Options) error {
	m := &message{works: works, work: works[0], opts: opts}
	m.WriteString(xmltext.Header)
	m.open(`ONIXMessage release="3.1" xmlns="http://ns.editeur.org/onix/3.1/reference"`)
	m.open("Header")
	j := m.work.Journal
	m.group("Sender", "SenderName", cmp.Or(j.Publisher, j.Title, "unknown"))
	m.element("SentDateTime", m.sent())
	m.shut("Header")
	m.product("epub")
	m.product("pdf")
	m.shut("ONIXMessage")
	_, err := io.WriteString(w, m.String())
	return err
}

// A message is one on its way.
type message struct {
	strings.Builder
	works []*reference.Work
	work  *reference.Work
	opts  Options
}

func (m *message) open(tag string) { m.WriteString("<" + tag + ">\n") }
func (m *message) shut(tag string) { m.WriteString("</" + tag + ">\n") }

// element writes an element of text; nothing without text.
func (m *message) element(tag, text string) {
	if text = strings.Join(strings.Fields(text), " "); text != "" {
		m.WriteString(xmltext.Element(tag, text) + "\n")
	}
}

// group writes an element with elements of text: names and texts by turns.
func (m *message) group(tag string, pairs ...string) {
	m.open(tag)
	for i := 0; i+1 < len(pairs); i += 2 {
		m.element(pairs[i], pairs[i+1])
	}
	m.shut(tag)
}

// sent is the message's date: that of the content, never the clock's.
func (m *message) sent() string {
	at := m.opts.Modified
	if at.IsZero() {
		at = m.work.Date.Time
	}
	if at.IsZero() {
		at = time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC) // as the EPUB's
	}
	return at.UTC().Format("20060102")
}

func (m *message) product(format string) {
	w, j := m.work, m.work.Journal
	m.open("Product")
	house := "twinpress"
	if u, err := url.Parse(j.BaseURL); err == nil && u.Hostname() != "" {
		house = u.Hostname()
	}
	m.element("RecordReference", house+"."+w.Key+"."+format)
	m.element("NotificationType", "03")
	m.group("ProductIdentifier", "ProductIDType", "01", "IDTypeName", house, "IDValue", w.Key+"."+format)
	if format == "epub" && len(w.ISBN) == 13 {
		m.group("ProductIdentifier", "ProductIDType", "15", "IDValue", w.ISBN) // the EPUB's: it is in its package; one number is one product's
	}
	m.open("DescriptiveDetail")
	m.form(format)
	m.collection()
	m.open("TitleDetail")
	m.element("TitleType", "01")
	m.open("TitleElement")
	m.element("TitleElementLevel", "01")
	title, subtitle := m.title()
	m.element("TitleText", title)
	m.element("Subtitle", subtitle)
	m.shut("TitleElement")
	m.shut("TitleDetail")
	m.contributors()
	for _, l := range m.languages() {
		m.group("Language", "LanguageRole", "01", "LanguageCode", l)
	}
	if format == "pdf" && m.opts.Pages > 0 {
		m.group("Extent", "ExtentType", "07", "ExtentValue", strconv.Itoa(m.opts.Pages), "ExtentUnit", "03")
	}
	if k := m.keywords(); k != "" {
		m.group("Subject", "SubjectSchemeIdentifier", "20", "SubjectHeadingText", k)
	}
	m.shut("DescriptiveDetail")
	if w.Abstract != "" {
		m.open("CollateralDetail")
		m.group("TextContent", "TextType", "03", "ContentAudience", "00", "Text", w.Abstract)
		m.shut("CollateralDetail")
	}
	m.publishing()
	m.shut("Product")
}

// form says what kind of file the product is, and how accessible.
func (m *message) form(format string) {
	m.element("ProductComposition", "00")
	m.element("ProductForm", "ED")
	if format == "epub" {
		m.element("ProductFormDetail", "E101")
		m.element("ProductFormDetail", "E200")
	} else {
		m.element("ProductFormDetail", "E107")
		m.element("ProductFormDetail", "E201")
	}
	for _, f := range Features(m.opts, format == "epub", m.work.Language) {
		m.open("ProductFormFeature")
		m.element("ProductFormFeatureType", "09")
		m.element("ProductFormFeatureValue", f.Code)
		tag := "ProductFormFeatureDescription"
		if l := code(f.Language); l != "" {
			tag += ` language="` + l + `"`
		}
		m.element(tag, f.Text)
		m.shut("ProductFormFeature")
	}
	m.element("PrimaryContentType", "10")
	m.element("EpubTechnicalProtection", "00")
}

// collection says which periodical the product is a number of.
func (m *message) collection() {
	w, j := m.work, m.work.Journal
	if j.Title == "" {
		m.WriteString("<NoCollection/>\n")
		return
	}
	m.open("Collection")
	m.element("CollectionType", "10")
	if j.ISSN != "" {
		m.group("CollectionIdentifier", "CollectionIDType", "02", "IDValue", strings.ReplaceAll(j.ISSN, "-", ""))
	}
	m.open("TitleDetail")
	m.element("TitleType", "01")
	m.open("TitleElement")
	m.element("TitleElementLevel", "02")
	m.element("PartNumber", cmp.Or(w.Number, w.Volume))
	m.element("TitleText", j.Title)
	m.element("Subtitle", j.Subtitle)
	m.shut("TitleElement")
	m.shut("TitleDetail")
	m.shut("Collection")
}

func (m *message) title() (title, subtitle string) {
	w := m.work
	if w.Article != nil {
		return w.Title, w.Subtitle
	}
	return cmp.Or(strings.TrimSpace(w.Journal.Title+" "+cmp.Or(w.Number, w.Volume)), w.Title, w.Key), w.IssueTitle
}

// contributors lists everybody once, with all roles: who made the issue, then who wrote in it.
func (m *message) contributors() {
	type entry struct {
		person document.Person
		roles  []string
		lang   string
	}
	var all []*entry
	known := map[string]*entry{}
	add := func(ps []document.Person, role, lang string) {
		for _, p := range ps {
			name := strings.Join(strings.Fields(p.Name), " ")
			if name == "" {
				continue
			}
			r := role
			if r == "" {
				r = cmp.Or(roles[p.Role], "Z99")
			}
			e := known[name]
			if e == nil {
				e = &entry{person: p, lang: lang}
				known[name] = e
				all = append(all, e)
			}
			e.roles = appendNew(e.roles, r)
		}
	}
	for _, w := range m.works {
		if w.Article == nil {
			add(w.Editors, "B01", w.Language)
			continue
		}
		add(w.Authors, "A01", w.Language)
		add(w.Interviewees, "A43", w.Language)
		add(w.Translators, "B06", w.Language)
		add(w.Editors, "B01", w.Language)
		add(w.Others, "", w.Language)
	}
	if len(all) == 0 {
		m.WriteString("<NoContributor/>\n")
		return
	}
	for i, e := range all {
		m.open("Contributor")
		m.element("SequenceNumber", strconv.Itoa(i+1))
		for _, r := range e.roles {
			m.element("ContributorRole", r)
		}
		if e.person.ORCID != "" {
			m.group("NameIdentifier", "NameIDType", "21", "IDValue", strings.ReplaceAll(e.person.ORCID, "-", ""))
		}
		if names.Corporate(e.person.Name) {
			m.element("CorporateName", e.person.Name)
		} else {
			m.element("PersonName", e.person.Name)
			m.element("PersonNameInverted", names.FileAs(e.person, e.lang))
		}
		m.shut("Contributor")
	}
}

// roles are those of people without a line of their own, by their codes of MARC, in code list 17.
var roles = map[string]string{"ill": "A12", "pht": "A13", "art": "A12", "ivr": "A44", "aui": "A24", "aft": "A19", "com": "C01", "cmm": "A21", "ctb": "Z99"}

func appendNew(list []string, s string) []string {
	for _, have := range list {
		if have == s {
			return list
		}
	}
	return append(list, s)
}

func (m *message) languages() (out []string) {
	for _, w := range m.works {
		if l := code(w.Language); l != "" {
			out = appendNew(out, l)
		}
	}
	return out
}

func (m *message) keywords() string {
	var out []string
	for _, w := range m.works {
		for _, k := range w.Keywords {
			out = appendNew(out, strings.ReplaceAll(k, ";", ","))
		}
	}
	return strings.Join(out, "; ")
}

func (m *message) publishing() {
	w, j := m.work, m.work.Journal
	m.open("PublishingDetail")
	if name := cmp.Or(j.Publisher, j.Title); name != "" {
		m.group("Publisher", "PublishingRole", "01", "PublisherName", name)
	}
	m.element("CityOfPublication", j.Place)
	m.element("PublishingStatus", "04")
	if t := w.Date.Time.UTC(); w.Date.Precision > 0 {
		form := [...]string{`05`, `01`, `00`}[min(w.Date.Precision, 3)-1]
		m.open("PublishingDate")
		m.element("PublishingDateRole", "01")
		m.element(`Date dateformat="`+form+`"`, t.Format([...]string{"2006", "200601", "20060102"}[min(w.Date.Precision, 3)-1]))
		m.shut("PublishingDate")
	}
	m.shut("PublishingDetail")
}

// code gives a language's code in ISO 639-2/B, which code list 74 has; "" for what is none.
func code(tag string) string {
	t, err := language.Parse(tag)
	if err != nil {
		return ""
	}
	base, _ := t.Base()
	three := base.ISO3()
	if b := bibliographic[three]; b != "" {
		return b
	}
	if len(three) != 3 || three == "und" {
		return ""
	}
	return three
}

// bibliographic are the codes that differ from the terminological ones.
var bibliographic = map[string]string{"sqi": "alb", "hye": "arm", "eus": "baq", "mya": "bur", "zho": "chi", "ces": "cze", "nld": "dut", "fra": "fre", "kat": "geo", "deu": "ger",
	"ell": "gre", "isl": "ice", "mkd": "mac", "mri": "mao", "msa": "may", "fas": "per", "ron": "rum", "slk": "slo", "bod": "tib", "cym": "wel", "srp": "srp", "hrv": "hrv"}
