package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	_ "image/gif" // what a publisher's own cover may be
	"image/jpeg"
	_ "image/png"
	"io"
	"strings"

	"golang.org/x/image/draw"
	_ "golang.org/x/image/webp"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/export/style"
)

// What shops take: at least coverLeast pixels on the shorter side (Apple Books), at most coverMost on either
// (https://help.apple.com/itc/booksassetguide/, https://kdp.amazon.com/en_US/help/topic/G6GTK3T3NUHKLEFX).
const (
	coverLeast = 1400
	coverMost  = 4000
)

// bookCover gives the cover's file for the EPUB: the made one, or the publisher's own where it is not in itself what shops take
// (a drawing, a GIF, too many pixels); nil when it is.
func (e *Edition) bookCover(ctx context.Context) ([]byte, []Problem, error) {
	if e.run.reuse == nil {
		return e.makeBookCover(ctx)
	}
	is := e.issue
	var problems []Problem
	data, err := e.run.remember(&problems, func() (data []byte, err error) {
		data, problems, err = e.makeBookCover(ctx)
		return data, err
	}, "cover of an EPUB", e.run.reuse.base, e.source, coverOf(is, e.Style()), is.Cover, is.CoverType, is.CoverPos, is.Journal.Logo, is.Blurb, is.Description)
	return data, problems, err
}

func (e *Edition) makeBookCover(ctx context.Context) ([]byte, []Problem, error) {
	own, problems, err := e.ownOrNone(ctx)
	if err != nil {
		return nil, problems, err
	}
	switch {
	case own == nil || e.issue.CoverType:
		img, err := e.drawn(ctx)
		if err != nil {
			return nil, problems, err
		}
		problems = append(problems, e.madeTold(ctx)...)
		encode := encodeCover
		if own == nil {
			encode = func(img *image.RGBA) ([]byte, error) { return picture.PNG(img) }
		}
		data, err := encode(img)
		return data, problems, err
	case own.fits:
		return nil, problems, nil
	}
	data, err := encodeCover(own.image)
	return data, problems, err
}

// ownOrNone gives the publisher's own cover and what is to be told of it; nil where there is none, or one that is broken, in whose
// place one is made for every format.
func (e *Edition) ownOrNone(ctx context.Context) (*ownCover, []Problem, error) {
	if e.issue.Cover == nil {
		return nil, nil, nil
	}
	own, err := e.own(ctx)
	if err == nil {
		return own, own.problems, nil
	}
	var bad Problem
	if !errors.As(err, &bad) {
		return nil, nil, err
	}
	bad.Severity, bad.Hint = Warning, bad.Hint+"; a cover is made in its place"
	return nil, []Problem{bad}, nil
}

// encodeCover writes a picture as PNG while that is small, as flat colours are, and photographs as JPEG.
func encodeCover(img *image.RGBA) ([]byte, error) {
	const small = 1 << 20
	data, err := picture.PNG(img)
	if err != nil || len(data) <= small {
		return data, err
	}
	return encodeJPEG(img)
}

// coverQuality is the quality of covers in JPEG: shops make their thumbnails of them.
const coverQuality = 92

func encodeJPEG(img image.Image) ([]byte, error) {
	var out bytes.Buffer
	if err := jpeg.Encode(&out, img, &jpeg.Options{Quality: coverQuality}); err != nil {
		return nil, fmt.Errorf("encode JPEG: %w", err)
	}
	return out.Bytes(), nil
}

// thumbnailWidth is the width of a thumbnail in pixels: what a site's list of issues shows on a sharp screen. Covers are
// made to be legible at a third of it.
const thumbnailWidth = 360

// coverAs gives the format that writes the cover on its own, for a shop or a site.
func coverAs(width int, encode func(*image.RGBA) ([]byte, error)) func(context.Context, io.Writer, *Edition) (Written, error) {
	return func(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
		_, problems, err := e.ownOrNone(ctx)
		if err != nil {
			return Written{}, err
		}
		told := Written{Problems: append(problems, e.madeTold(ctx)...)}
		img, err := e.Cover(ctx, width)
		if err != nil {
			return told, err
		}
		data, err := encode(img)
		if err != nil {
			return told, err
		}
		_, err = w.Write(data)
		return told, err
	}
}

// Cover gives the issue's own cover, or the one that is made, at most as wide as asked for, in pixels.
func (e *Edition) Cover(ctx context.Context, width int) (*image.RGBA, error) {
	own, _, err := e.ownOrNone(ctx)
	if err != nil {
		return nil, err
	}
	if own != nil && !e.issue.CoverType {
		return picture.Thumbnail(own.image, min(width, own.image.Bounds().Dx())), nil
	}
	drawn, err := e.drawn(ctx)
	if err != nil || width >= picture.CoverWidth {
		return drawn, err
	}
	return picture.Thumbnail(drawn, width), nil
}

// An ownCover is the publisher's picture, upright.
type ownCover struct {
	image    *image.RGBA
	fits     bool // its file is what shops take
	problems []Problem
}

// readCover reads the publisher's own cover; ask for it by e.ownOrNone. An error is a Problem with the place that names the picture,
// unless the context has ended.
func (e *Edition) readCover(ctx context.Context) (*ownCover, error) {
	own := e.issue.Cover
	bad := func(err error, hint string) error {
		pos := e.issue.CoverPos
		if pos.File == "" {
			pos.File = own.Name
		}
		return document.NewProblem("bad-cover", pos, fmt.Sprintf("the cover %s cannot be decoded: %v", own.Name, err), hint)
	}
	if svg.Sniff(own.Data) {
		out, err := e.paintCover(ctx, own, picture.CoverWidth, picture.CoverHeight, coverMost)
		if err != nil && ctx.Err() == nil {
			err = bad(err, "use a JPEG, PNG or another drawing")
		}
		return out, err
	}
	img, format, err := decodeUpright(own.Data, 1<<28)
	if err != nil {
		return nil, bad(err, "use a JPEG, PNG, GIF or WebP picture, or SVG")
	}
	most := max(img.Bounds().Dx(), img.Bounds().Dy())
	out := &ownCover{fits: most <= coverMost && (format == "jpeg" || format == "png")}
	out.image = onWhite(img, min(most, coverMost), most)
	if b := out.image.Bounds(); min(b.Dx(), b.Dy()) < coverLeast {
		out.problems = append(out.problems, document.NewProblem("small-cover", e.issue.CoverPos,
			fmt.Sprintf("the cover %s has %d × %d pixels; shops want at least %d on the shorter side", own.Name, b.Dx(), b.Dy(), coverLeast),
			fmt.Sprintf("%d × %d, or a drawing", picture.CoverWidth, picture.CoverHeight)))
	}
	return out, nil
}

// decodeUpright decodes a picture of at most so many pixels, turned as its Exif data says, and gives its format.
func decodeUpright(data []byte, most int) (image.Image, string, error) {
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err == nil && (cfg.Width <= 0 || cfg.Height <= 0 || cfg.Width*cfg.Height > most) {
		err = fmt.Errorf("%d × %d pixels are more than can be handled", cfg.Width, cfg.Height)
	}
	if err != nil {
		return nil, "", err
	}
	img, _, err := image.Decode(bytes.NewReader(data))
	if err == nil && format == "jpeg" {
		img = asset.Upright(img, asset.Orientation(data))
	}
	return img, format, err
}

// onWhite gives a picture on white, num/den of its size.
func onWhite(img image.Image, num, den int) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, max(b.Dx()*num/den, 1), max(b.Dy()*num/den, 1)))
	draw.Draw(out, out.Bounds(), image.White, image.Point{}, draw.Src)
	if num == den {
		draw.Draw(out, out.Bounds(), img, b.Min, draw.Over)
	} else {
		draw.CatmullRom.Scale(out, out.Bounds(), img, b, draw.Over, nil)
	}
	return out
}

// paintCover paints a drawing as wide and high as asked for, whatever it says its size is, and no larger on a side than most.
func (e *Edition) paintCover(ctx context.Context, own *document.Asset, least, high, most float64) (*ownCover, error) {
	d, err := e.drawing(own.Data)
	if err != nil {
		return nil, err
	}
	scale := min(max(least/d.Width, high/d.Height), most/max(d.Width, d.Height))
	width, height := int(d.Width*scale+.5), int(d.Height*scale+.5)
	img, err := picture.Paint(ctx, d, max(width, 1), max(height, 1))
	if err != nil {
		return nil, err
	}
	out := &ownCover{image: img}
	if len(d.Lost) > 0 {
		out.problems = append(out.problems, document.NewProblem("drawing-cut", e.issue.CoverPos, own.Name+": "+strings.Join(d.Lost, ", "),
			"a drawing in an edition holds only what lies in its own file, and no HTML"))
	}
	return out, nil
}

// drawing reads a drawing that is to be painted.
func (e *Edition) drawing(data []byte) (*svg.Drawing, error) {
	return svg.Read(data, svg.Options{Lettering: typeset.Lettering(e.run.house.fonts), Picture: func(data []byte) (any, int, int, error) {
		img, _, err := decodeUpright(data, 1<<26)
		if err != nil {
			return nil, 0, 0, err
		}
		return img, img.Bounds().Dx(), img.Bounds().Dy(), nil
	}})
}

// drawCover draws the cover at its full size, over the publisher's own picture when that is wanted; ask for it by e.drawn.
func (e *Edition) drawCover(ctx context.Context) (*image.RGBA, error) {
	own, _, err := e.ownOrNone(ctx)
	if err != nil {
		return nil, err
	}
	if own != nil && e.issue.CoverType {
		return e.drawOver(ctx, own.image)
	}
	return e.drawOver(ctx, nil)
}

// drawOver draws the cover over a picture, or, without one, as the style has it: journal, number, date and contents, set by
// the engine in the faces of the pages.
func (e *Edition) drawOver(ctx context.Context, own image.Image) (*image.RGBA, error) {
	c := coverOf(e.issue, e.Style())
	mark, err := e.mark(ctx)
	if err != nil {
		return nil, err
	}
	c.Picture, c.Logo, c.Cut = own, mark.image, func(words string) { e.cut = append(e.cut, e.cutOf("cover", words)) }
	shaper, face := typeset.NewShaper(e.run.house.fonts)
	img, err := c.Draw(ctx, &picture.Studio{Face: face}, shaper, picture.CoverWidth)
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
	c.Issue = made.Label(issue.Volume, issue.Number)
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
