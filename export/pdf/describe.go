package pdf

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
)

// describe says what the file is. The pages are those of an article by which it is cited.
func describe(is *document.Issue, c *flow.Composition, opts Options, pages func(*document.Article) reference.Pages) metadata {
	j := &is.Journal
	m := metadata{
		Lang: is.Language, Publisher: j.Publisher, Rights: j.Rights, LicenceURL: j.License, BaseURL: j.BaseURL, Creator: opts.Creator,
	}
	if works := reference.Works(is, pages); len(works) > 0 {
		m.Prism, m.DOI = works[0].PRISM(), works[0].DOI
	}
	date := is.Date
	if is.Single && len(is.Articles) == 1 {
		a := is.Articles[0]
		m.Title = document.PlainText(a.Title)
		if sub := document.PlainText(a.Subtitle); sub != "" {
			m.Title = joinTitle(m.Title, sub)
		}
		m.Authors = flow.PersonNames(a.Authors)
		m.Description = document.PlainText(a.Excerpt)
		m.Keywords = a.Tags
		m.URL = a.URL
		if a.Language != "" {
			m.Lang = a.Language
		}
		if !a.Date.IsZero() {
			date = a.Date
		}
	} else {
		m.Title = c.JournalTitle
		if w := words.For(is.Language); len(is.Issues) > 0 { // as the EPUB is called
			m.Title = strings.Trim(m.Title+", "+w.Label(is.Volume, is.Number), ", ")
		} else if is.Number != "" {
			m.Title = strings.Trim(m.Title+", "+w.Number(w.Issue, is.Number), ", ")
		}
		if t := document.PlainText(is.Title); t != "" && j.Title != "" {
			m.Title = joinTitle(m.Title, t)
		}
		m.Description = document.PlainText(is.Description)
		seen := map[string]bool{}
		for _, a := range is.Articles {
			for _, n := range flow.PersonNames(a.Authors) {
				if !seen[n] {
					seen[n] = true
					m.Authors = append(m.Authors, n)
				}
			}
		}
	}
	if m.Title == "" {
		m.Title = is.Slug
	}
	if m.Lang == "" {
		m.Lang = "en"
	}
	m.Date = date.ISO()
	if m.Date == "" && !opts.Modified.IsZero() {
		m.Date = opts.Modified.UTC().Format("2006-01-02T15:04:05Z")
	}
	return m
}

// joinTitle joins a title and a subtitle, with a colon unless the title ends in a mark of its own.
func joinTitle(title, sub string) string {
	if strings.HasSuffix(title, "?") || strings.HasSuffix(title, "!") || strings.HasSuffix(title, ":") || strings.HasSuffix(title, ".") {
		return title + " " + sub
	}
	return title + ": " + sub
}

// cited gives the pages of an article by which it is cited: those that it stands on, but for one that belongs to an issue and was
// not cut from it.
func (e *Edition) cited(is *document.Issue, cut bool) func(*document.Article) reference.Pages {
	if is.Single && is.Number != "" && !cut {
		return nil
	}
	return func(a *document.Article) (p reference.Pages) {
		p.First, p.Last, p.Count = e.PagesOf(a)
		return p
	}
}
