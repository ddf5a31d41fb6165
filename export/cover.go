package export

import (
	"fmt"
	"image"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/picture"
)

// cover gives the cover of an edition that has none of its own: journal, number, date and contents, set by the engine and in
// the faces of the pages. Nil when the issue brings its own.
func (w *work) cover() ([]byte, error) {
	if w.issue.Cover != nil {
		return nil, nil
	}
	img, err := w.drawCover(picture.CoverWidth)
	if err != nil {
		return nil, fmt.Errorf("draw the cover: %w", err)
	}
	return picture.PNG(img)
}

func (w *work) drawCover(width int) (*image.RGBA, error) {
	shaper, face := pdf.NewShaper(w.run.house.fonts)
	return coverOf(w.issue).Draw(&picture.Studio{Face: face}, shaper, width)
}

// coverOf says what a made cover says.
func coverOf(issue *document.Issue) *picture.Cover {
	words := document.WordsFor(issue.Language)
	c := &picture.Cover{
		Journal:  issue.Journal.Title,
		Subtitle: issue.Journal.Subtitle,
		Number:   issue.Number,
		Date:     issue.Date.Format(issue.Language),
		Lang:     issue.Language,
		RTL:      len(issue.Articles) > 0 && issue.Articles[0].Dir == "rtl",
		Seed:     issue.Number,
	}
	var parts []string
	if issue.Volume != "" {
		parts = append(parts, words.Volume+" "+issue.Volume)
	}
	if issue.Number != "" {
		parts = append(parts, words.Issue+" "+issue.Number)
	}
	c.Issue = strings.Join(parts, ", ")
	for _, a := range issue.Articles {
		var names []string
		for _, p := range a.Authors {
			names = append(names, p.Name)
		}
		c.Entries = append(c.Entries, picture.Entry{Title: document.PlainText(a.Title), By: words.Names(names)})
	}
	if c.Seed == "" && len(issue.Articles) > 0 {
		c.Seed = issue.Articles[0].Slug
	}
	return c
}
