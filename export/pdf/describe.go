package pdf

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/layout"
)

// describe says what the file is.
func describe(is *document.Issue, c *flow.Composition, opts Options, pages []*layout.Page) metadata {
	j := &is.Journal
	m := metadata{
		Lang: is.Language, Publisher: j.Publisher, Rights: j.Rights, LicenceURL: j.License, Publication: j.Title, ISSN: j.ISSN,
		Volume: is.Volume, Number: is.Number, DOI: is.DOI, BaseURL: j.BaseURL, Creator: opts.Creator,
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
		m.DOI = a.DOI
		m.Genre = document.PlainText(a.Kicker)
		if m.Number == "" {
			m.Number = a.Issue
		}
		if a.Language != "" {
			m.Lang = a.Language
		}
		if !a.Date.IsZero() {
			date = a.Date
		}
	} else {
		m.Title = strings.TrimSpace(c.JournalTitle + " " + is.Number)
		if len(is.Issues) > 0 {
			m.Title = strings.Trim(c.JournalTitle+", "+words.For(is.Language).Label(is), ", ")
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
	for _, p := range pages {
		if c.Owners[p.Section] != nil {
			if m.StartingPage == "" {
				m.StartingPage = p.Label
			}
			m.EndingPage = p.Label
		}
	}
	if m.StartingPage != "" {
		m.PageRange = m.StartingPage + "–" + m.EndingPage
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
