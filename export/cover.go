package export

import (
	"bytes"
	"context"
	"fmt"
	"image"
	_ "image/gif" // what a publisher's own cover may be
	_ "image/jpeg"
	_ "image/png"
	"io"
	"strings"

	_ "golang.org/x/image/webp"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/export/style"
)

// madeCover gives the cover of an edition that has none of its own: journal, number, date and contents, set by the engine and
// in the faces of the pages. Nil when the issue brings its own.
func (e *Edition) madeCover(ctx context.Context) ([]byte, error) {
	if e.issue.Cover != nil {
		return nil, nil
	}
	img, err := e.drawn(ctx)
	if err != nil {
		return nil, err
	}
	return picture.PNG(img)
}

// thumbnailWidth is the width of a thumbnail in pixels: what a site's list of issues shows on a sharp screen. Covers are
// made to be legible at a third of it.
const thumbnailWidth = 360

// writeCover writes the cover on its own, for a shop or a site.
func writeCover(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	return Written{}, e.writeCover(ctx, w, picture.CoverWidth)
}

// writeThumbnail writes the cover small.
func writeThumbnail(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	return Written{}, e.writeCover(ctx, w, thumbnailWidth)
}

func (e *Edition) writeCover(ctx context.Context, w io.Writer, width int) error {
	img, err := e.Cover(ctx, width)
	if err != nil {
		return err
	}
	data, err := picture.PNG(img)
	if err != nil {
		return err
	}
	_, err = w.Write(data)
	return err
}

// Cover gives the issue's own cover, or the one that is made, at most as wide as asked for, in pixels.
func (e *Edition) Cover(ctx context.Context, width int) (*image.RGBA, error) {
	own := e.issue.Cover
	if own == nil {
		drawn, err := e.drawn(ctx)
		if err != nil || width >= picture.CoverWidth {
			return drawn, err
		}
		return picture.Thumbnail(drawn, width), nil
	}
	decoded, _, err := image.Decode(bytes.NewReader(own.Data))
	if err != nil {
		return nil, Problem{Code: "bad-cover", Severity: Error, Pos: Pos{File: own.Name},
			Message: "the cover cannot be decoded: " + err.Error(), Hint: "use a JPEG, PNG, GIF or WebP picture"}
	}
	return picture.Thumbnail(decoded, min(width, decoded.Bounds().Dx())), nil
}

// drawCover draws the cover at its full size; ask for it by e.drawn.
func (e *Edition) drawCover(ctx context.Context) (*image.RGBA, error) {
	shaper, face := typeset.NewShaper(e.run.house.fonts)
	img, err := coverOf(e.issue, e.Style()).Draw(ctx, &picture.Studio{Face: face}, shaper, picture.CoverWidth)
	if err != nil {
		return nil, fmt.Errorf("draw the cover: %w", err)
	}
	return img, nil
}

// coverOf says what a made cover says.
func coverOf(issue *document.Issue, look *style.Style) *picture.Cover {
	made := words.For(issue.Language)
	c := &picture.Cover{
		Journal:  issue.Journal.Title,
		Subtitle: issue.Journal.Subtitle,
		Number:   issue.Number,
		Date:     words.Date(issue.Date, issue.Language),
		Lang:     issue.Language,
		RTL:      words.RightToLeft(issue.Language) || len(issue.Articles) > 0 && issue.Articles[0].Dir == "rtl",
		Seed:     issue.Number,
		Style:    look,
	}
	if !issue.Single {
		c.Title = runs(issue.Title, picture.Run{})
	}
	c.Issue = made.Label(issue)
	if len(issue.Issues) > 0 {
		volumeCover(c, issue)
	}
	if len(c.Entries) > 0 {
		return c
	}
	for _, a := range issue.Articles {
		var names []string
		for _, p := range a.Authors {
			names = append(names, p.Name)
		}
		c.Entries = append(c.Entries, picture.Entry{Title: runs(a.Title, picture.Run{}), By: made.Names(names)})
	}
	if c.Seed == "" && len(issue.Articles) > 0 {
		c.Seed = issue.Articles[0].Slug
	}
	return c
}

// runs gives a title as a cover sets it: its words with their emphasis, without notes and links.
func runs(is []document.Inline, as picture.Run) (out []picture.Run) {
	add := func(text string) {
		if text == "" {
			return
		}
		r := as
		if n := len(out) - 1; n >= 0 { // letters of one setting stand in one run
			if r.Text = out[n].Text; r == out[n] {
				out[n].Text += text
				return
			}
		}
		r.Text = text
		out = append(out, r)
	}
	for _, n := range is {
		switch n := n.(type) {
		case *document.Text:
			add(n.Value)
		case *document.Break:
			add(" ")
		case *document.Code:
			add(n.Text.Value)
		case *document.Math:
			add(n.Plain())
		case *document.Image:
			add(n.Alt)
		case *document.Link:
			out = append(out, runs(n.Content, as)...)
		case *document.Ruby:
			out = append(out, runs(n.Base, as)...)
			add("(" + document.PlainText(n.Text) + ")")
		case *document.Styled:
			if document.Kept(n, "epub") {
				out = append(out, runs(n.Content, styled(n, as))...)
			}
		default:
			add(document.PlainText([]document.Inline{n}))
		}
	}
	return out
}

// styled gives how the content of a styled run is set within what is set as told.
func styled(n *document.Styled, as picture.Run) picture.Run {
	switch n.Kind {
	case document.Emphasis, document.Citation, document.DefinedTerm, document.Variable:
		as.Italic = !as.Italic
	case document.Strong:
		as.Strong = true
	case document.SmallCaps:
		as.SmallCaps = true
	case document.Superscript:
		as.Rise = 1
	case document.Subscript:
		as.Rise = -1
	}
	if n.Lang != "" {
		as.Lang = n.Lang
	}
	return as
}

// volumeCover says what the cover of a volume says: which it is, and what issues it binds.
func volumeCover(c *picture.Cover, volume *document.Issue) {
	c.Number, c.Seed = "", volume.Volume+volume.Number
	c.Date = strings.TrimPrefix(strings.TrimSuffix(c.Issue+" · "+c.Date, " · "), " · ")
	c.Issue = "" // it stands with the date
	if len(volume.Issues) == 1 {
		return // with what is in the one issue
	}
	for _, is := range volume.Issues {
		w := words.For(is.Language)
		title := runs(is.Title, picture.Run{})
		if is.Number != "" {
			number := w.Number(w.Issue, is.Number)
			if len(title) > 0 {
				number += ": "
			}
			title = append([]picture.Run{{Text: number}}, title...)
		}
		c.Entries = append(c.Entries, picture.Entry{Title: title, By: words.Date(is.Date, is.Language)})
	}
}
