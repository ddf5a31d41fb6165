package reference

import (
	"strings"

	"github.com/twinpress/twinpress/export/internal/words"
)

// PRISM is the namespace of the Publishing Requirements for Industry Standard Metadata, in the version that Crossref, ExifTool and
// reference managers read: 3.0 (2012) has the same properties under another address.
const PRISM = "http://prismstandard.org/namespaces/basic/2.0/"

// A Property is one of PRISM: its name, its value as text, and the words that describe it.
type Property struct{ Name, Value, About string }

// PRISM gives what a file says of the work that it holds: those properties that are known, in a fixed order.
func (w *Work) PRISM() []Property {
	j := w.Journal
	aggregation, section := "", ""
	if j.Title != "" {
		aggregation = "journal"
	}
	if w.Article != nil {
		section = plain(w.Article.Section)
	}
	url := w.URL
	if !strings.Contains(url, "://") {
		url = ""
	}
	last := ""
	if w.Pages.First != "" {
		last = w.Pages.Last
	}
	var out []Property
	for _, p := range []Property{
		{"aggregationType", aggregation, "Kind of publication that the text is part of"},
		{"publicationName", j.Title, "Title of the publication"},
		{"issn", j.ISSN, "ISSN of the publication in print"},
		{"eIssn", j.EISSN, "ISSN of the publication online"},
		{"isbn", w.ISBN, "ISBN"},
		{"volume", w.Volume, "Volume"},
		{"number", w.Number, "Number of the issue"},
		{"issueName", w.IssueTitle, "Title of the issue"},
		{"coverDate", w.Date.ISO(), "Date of the issue"},
		{"coverDisplayDate", words.Date(w.Date, w.Language), "Date of the issue in words"},
		{"section", section, "Section of the issue"},
		{"genre", w.Genre, "Kind of text"},
		{"startingPage", w.Pages.First, "First page"},
		{"endingPage", last, "Last page"},
		{"pageRange", w.Pages.Range("-"), "Pages"},
		{"doi", w.DOI, "Digital object identifier"},
		{"url", url, "Where the text is published"},
	} {
		if p.Value = squeeze(p.Value); p.Value != "" {
			out = append(out, p)
		}
	}
	return out
}
