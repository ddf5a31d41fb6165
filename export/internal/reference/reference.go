// Package reference knows what it takes to cite an article or an issue: who made it, where and when it appeared, on which
// pages, under which identifiers (Work). All that cites takes its facts from here (reference managers' files, deposits, product
// records, the line under an offprint), so that no two of them say different things.
package reference

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
)

// A Work is what can be cited: an article, or an issue as a whole.
type Work struct {
	Key      string            // unique among the works of a journal, of ASCII letters, digits and hyphens: "lane2026-7-the-measure"
	Article  *document.Article // nil for an issue
	Title    string
	Subtitle string
	Genre    string // the article's kind, as printed over its title

	Authors, Interviewees, Translators, Editors []document.Person
	Others                                      []document.Person // whose role has no line of its own: photographers, illustrators

	Journal        *document.Journal
	Volume, Number string
	IssueTitle     string
	Date           document.Date // of the issue, the article's own without one
	Language       string        // BCP 47
	DOI, URL, ISBN string        // bare: "10.1000/1"; an address; digits
	Abstract       string
	Keywords       []string
	Pages          Pages
}

// Pages are those that a work stands on, by the numbers printed on them. The zero value is: not known.
type Pages struct {
	First, Last string
	Count       int
}

// Range gives the pages with a dash between them: "12–19", or "12" for one alone. "" when they are not known.
func (p Pages) Range(dash string) string {
	if p.First == "" || p.First == p.Last {
		return p.First
	}
	return p.First + dash + p.Last
}

// Works lists what can be cited of an issue: first itself, then its articles in order; of an article on its own, that; of a volume,
// itself and then the articles of all of its issues, each as its issue's. The
// function tells the pages of an article; nil when nobody knows them. The same issue gives the same keys, whether or not its
// pages are known.
func Works(is *document.Issue, pages func(*document.Article) Pages) []*Work {
	var out []*Work
	if !is.Single {
		out = append(out, ofIssue(is))
	}
	for _, a := range is.Articles {
		if a == nil {
			continue
		}
		w := ofArticle(is.IssueOf(a), a)
		if pages != nil {
			w.Pages = pages(a)
		}
		out = append(out, w)
	}
	distinct(out)
	return out
}

func ofIssue(is *document.Issue) *Work {
	w := &Work{Journal: &is.Journal, Volume: is.Volume, Number: is.Number, IssueTitle: plain(is.Title), Date: is.Date, Language: is.Language,
		DOI: DOI(is.DOI), ISBN: strings.NewReplacer("-", "", " ", "").Replace(is.ISBN), Abstract: plain(is.Description)}
	w.Title = w.IssueTitle
	if w.Title == "" {
		w.Title = strings.TrimSpace(is.Journal.Title + " " + cmp.Or(is.Number, is.Volume))
	}
	w.Editors = slices.Clone(is.Editors)
	for _, e := range is.Journal.Editors {
		if e = squeeze(e); e != "" {
			w.Editors = append(w.Editors, document.Person{Name: e, Role: "edt"})
		}
	}
	if w.Key = key(w, ""); len(is.Issues) > 0 {
		w.Key = key(w, "volume-"+is.Volume)
	}
	return w
}

func ofArticle(is *document.Issue, a *document.Article) *Work {
	w := &Work{Article: a, Title: plain(a.Title), Subtitle: plain(a.Subtitle), Genre: plain(a.Kicker),
		Interviewees: a.Interviewees, Translators: a.Translators, Editors: a.Editors,
		Journal: &is.Journal, Volume: is.Volume, Number: is.Number, IssueTitle: plain(is.Title), Date: is.Date, Language: a.Language,
		DOI: DOI(a.DOI), URL: a.URL, Abstract: plain(a.Excerpt), Keywords: a.Tags}
	for _, p := range a.Authors {
		switch {
		case squeeze(p.Name) == "":
		case p.As != "":
			w.Others = append(w.Others, p)
		default:
			w.Authors = append(w.Authors, p)
		}
	}
	if w.Title == "" {
		w.Title = a.Slug
	}
	if w.Number == "" {
		w.Number = a.Issue
	}
	if w.Date.IsZero() {
		w.Date = a.Date
	}
	if w.Language == "" {
		w.Language = is.Language
	}
	if w.Abstract == "" {
		w.Abstract = plain(a.Standfirst)
	}
	w.Key = key(w, a.Slug)
	return w
}

// FullTitle is the title with its subtitle: after a colon, or after the mark that the title ends in.
func (w *Work) FullTitle() string {
	switch {
	case w.Subtitle == "":
		return w.Title
	case w.Title == "":
		return w.Subtitle
	case strings.ContainsAny(w.Title[len(w.Title)-1:], "?!:.") || strings.HasSuffix(w.Title, "…"):
		return w.Title + " " + w.Subtitle
	}
	return w.Title + ": " + w.Subtitle
}

// Creators are those whose names open a citation: the authors; without any, who was interviewed.
func (w *Work) Creators() []document.Person {
	if len(w.Authors) > 0 {
		return w.Authors
	}
	return w.Interviewees
}

// DOI gives a digital object identifier in its bare form, without the resolver's address: "10.1000/1".
func DOI(s string) string {
	s = strings.TrimSpace(s)
	for _, p := range []string{"https://doi.org/", "http://dx.doi.org/", "https://dx.doi.org/", "http://doi.org/", "doi:", "DOI:"} {
		s = strings.TrimPrefix(s, p)
	}
	return strings.TrimSpace(s)
}

// Resolver is the address that a digital object identifier is for: what stands in it and in no address is percent-encoded. "" without one.
func Resolver(doi string) string {
	if doi == "" {
		return ""
	}
	to, err := address.Follow("doi:"+DOI(doi), "")
	if err != nil {
		return "https://doi.org/" + DOI(doi)
	}
	return to
}

// Address is where a work is found for good: by its DOI, or else where its journal has it. "" when neither is known.
func (w *Work) Address() string {
	if w.DOI != "" {
		return Resolver(w.DOI)
	}
	return w.URL
}

func plain(is []document.Inline) string { return squeeze(document.PlainText(is)) }

func squeeze(s string) string { return strings.Join(strings.Fields(s), " ") }

// distinct tells keys apart that would be one, by a number.
func distinct(ws []*Work) {
	seen := map[string]bool{}
	for _, w := range ws {
		base := w.Key
		for n := 2; seen[w.Key]; n++ {
			w.Key = base + "-" + strconv.Itoa(n)
		}
		seen[w.Key] = true
	}
}
