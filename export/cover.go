package export

import (
	"fmt"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/fonts"
)

// makeCover draws a cover for an issue that has none: the journal's name, number, date and contents, in the edition's own
// faces. It gives PNG bytes of picture.CoverWidth × picture.CoverHeight. An article on its own gets none unless its issue
// brings one: a cover takes longer to make than the article.
func makeCover(issue *document.Issue, set *fonts.Set) ([]byte, error) {
	words := document.WordsFor(issue.Language)
	c := picture.Cover{
		Journal:  issue.Journal.Title,
		Subtitle: issue.Journal.Subtitle,
		Number:   issue.Number,
		Date:     issue.Date.Format(issue.Language),
		Lang:     issue.Language,
		Seed:     issue.Number,
	}
	if c.Journal == "" {
		c.Journal = document.PlainText(issue.Title)
	} else if t := document.PlainText(issue.Title); t != "" {
		c.Subtitle = t
	}
	if c.Seed == "" {
		c.Seed = issue.Slug
	}
	if issue.Number != "" {
		c.Issue = words.Issue + " " + issue.Number
	}
	for _, a := range issue.Articles {
		c.RTL = c.RTL || a.Dir == "rtl" && a.Language == issue.Language
		w := document.WordsFor(a.Language)
		var by []string
		if len(a.Authors) > 0 {
			by = append(by, w.Names(personNames(a.Authors)))
		}
		if len(a.Interviewees) > 0 {
			by = append(by, strings.Replace(w.InterviewWith, "%s", w.Names(personNames(a.Interviewees)), 1))
		}
		c.Entries = append(c.Entries, picture.Entry{Title: document.PlainText(a.Title), By: strings.Join(by, " · ")})
	}
	shaper, face := pdf.NewShaper(set)
	img, err := c.Draw(&picture.Studio{Face: face}, shaper, picture.CoverWidth)
	if err != nil {
		return nil, err
	}
	data, err := picture.PNG(img)
	if err != nil {
		return nil, fmt.Errorf("make a cover: %w", err)
	}
	return data, nil
}

func personNames(ps []document.Person) []string {
	names := make([]string, len(ps))
	for i, p := range ps {
		names[i] = p.Name
	}
	return names
}
