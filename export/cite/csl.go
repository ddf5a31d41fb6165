package cite

import (
	"encoding/json"
	"io"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
)

// CSL writes references as CSL-JSON (Citation Style Language 1.0.2, csl-data.json), which citation processors take.
func CSL(w io.Writer, works []*reference.Work) error {
	items := make([]cslItem, 0, len(works))
	for _, work := range works {
		items = append(items, cslOf(work))
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(items)
}

// A cslItem is one reference. Its fields are in the order in which they are written.
type cslItem struct {
	ID             string    `json:"id"`
	Type           string    `json:"type"`
	Title          string    `json:"title,omitempty"`
	Author         []cslName `json:"author,omitempty"`
	Interviewer    []cslName `json:"interviewer,omitempty"`
	Translator     []cslName `json:"translator,omitempty"`
	Editor         []cslName `json:"editor,omitempty"`
	Illustrator    []cslName `json:"illustrator,omitempty"`
	Contributor    []cslName `json:"contributor,omitempty"`
	Container      string    `json:"container-title,omitempty"`
	VolumeTitle    string    `json:"volume-title,omitempty"`
	Volume         string    `json:"volume,omitempty"`
	Issue          string    `json:"issue,omitempty"`
	Page           string    `json:"page,omitempty"`
	PageFirst      string    `json:"page-first,omitempty"`
	Issued         *cslDate  `json:"issued,omitempty"`
	DOI            string    `json:"DOI,omitempty"`
	ISBN           string    `json:"ISBN,omitempty"`
	ISSN           string    `json:"ISSN,omitempty"`
	URL            string    `json:"URL,omitempty"`
	Language       string    `json:"language,omitempty"`
	Publisher      string    `json:"publisher,omitempty"`
	PublisherPlace string    `json:"publisher-place,omitempty"`
	Genre          string    `json:"genre,omitempty"`
	Abstract       string    `json:"abstract,omitempty"`
	Keyword        string    `json:"keyword,omitempty"`
}

type cslName struct {
	Family  string `json:"family,omitempty"`
	Given   string `json:"given,omitempty"`
	Literal string `json:"literal,omitempty"`
}

type cslDate struct {
	Parts   [][]int `json:"date-parts,omitempty"`
	Literal string  `json:"literal,omitempty"`
}

func cslOf(w *reference.Work) cslItem {
	j, lang := w.Journal, w.Language
	it := cslItem{ID: w.Key, Type: "article-journal", Title: w.FullTitle(), Container: j.Title, VolumeTitle: w.IssueTitle, Volume: w.Volume, Issue: w.Number,
		Page: w.Pages.Range("-"), PageFirst: w.Pages.First, Issued: cslDateOf(w.Date), DOI: w.DOI, ISBN: w.ISBN, ISSN: j.ISSN, URL: w.URL, Language: lang,
		Publisher: j.Publisher, PublisherPlace: j.Place, Genre: w.Genre, Abstract: w.Abstract, Keyword: strings.Join(w.Keywords, ", "),
		Translator: cslNames(w.Translators, lang), Editor: cslNames(w.Editors, lang)}
	if w.Article == nil {
		it.Type = "periodical"
		if j.Title != "" {
			it.Title, it.Container = j.Title, ""
		}
		return it
	}
	// Who was interviewed opens a citation of an interview, and who asked follows (CSL 1.0.2, "interviewer").
	it.Author = cslNames(w.Creators(), lang)
	if len(w.Interviewees) > 0 && len(w.Authors) > 0 {
		it.Author, it.Interviewer = cslNames(w.Interviewees, lang), cslNames(w.Authors, lang)
	}
	for _, p := range w.Others {
		if p.Role == "ill" {
			it.Illustrator = append(it.Illustrator, cslNameOf(p, lang))
		} else {
			it.Contributor = append(it.Contributor, cslNameOf(p, lang))
		}
	}
	return it
}

func cslNames(ps []document.Person, lang string) []cslName {
	var out []cslName
	for _, p := range ps {
		if strings.TrimSpace(p.Name) != "" {
			out = append(out, cslNameOf(p, lang))
		}
	}
	return out
}

func cslNameOf(p document.Person, lang string) cslName {
	if family, given, ok := names.Split(p, lang); ok {
		return cslName{Family: family, Given: given}
	}
	return cslName{Literal: strings.TrimSpace(p.Name)}
}

func cslDateOf(d document.Date) *cslDate {
	if d.IsZero() {
		return nil
	}
	if d.Precision == 0 {
		return &cslDate{Literal: d.Printed}
	}
	t := d.Time.UTC()
	return &cslDate{Parts: [][]int{[]int{t.Year(), int(t.Month()), t.Day()}[:min(d.Precision, 3)]}}
}
