package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/barcode"
	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/layout"
)

// Dots to the inch of a cover's picture: printers ask for 300; below 225 a screen of 150 lines shows it.
const (
	wrapDots      = 300
	wrapLeastDots = 225
)

// writeWrap writes the cover of the printed issue in one piece, for the printer: back, spine as wide as its pages are thick, and
// front, with bleed and marks.
func writeWrap(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	pages, _, err := e.Pages(ctx)
	if err != nil {
		return Written{}, err
	}
	cfg := &e.run.content.config.Wrap
	wrap, problems := e.bound(cfg, pages)
	code, err := e.code(cfg)
	if err != nil {
		return Written{Problems: problems}, err
	}
	out := &pdf.Sheet{Pictures: make([][]byte, 3), Bleed: wrap.Bleed, Up: wrap.Up, Title: words.For(e.issue.Language).Cover}
	codeAlt := ""
	if code != nil {
		if out.Pictures[1], err = code.SVG(); err != nil {
			return Written{Problems: problems}, err
		}
		across, down := code.Size()
		module := layout.Mm * barcode.Module / 1000 * layout.Length(cfg.Size) / 100
		wrap.Back.CodeWidth, wrap.Back.CodeHeight = layout.Length(across)*module, layout.Length(down)*module
		codeAlt = strings.TrimSpace("EAN " + code.Digits + " " + code.AddOn)
	}
	more, err := e.clothe(ctx, wrap)
	problems = append(problems, more...)
	if err != nil {
		return Written{Problems: problems}, err
	}
	types := typeset.New(e.run.house.fonts)
	mark, err := e.mark(ctx)
	if err != nil {
		return Written{Problems: problems}, err
	}
	if wrap.Own == nil {
		wrap.Front.Logo = mark.image
		problems = append(problems, mark.problems...)
	}
	if mark.image != nil {
		out.Pictures[picture.Mark-picture.Ground] = e.issue.Journal.Logo.Data
	}
	wrap.Front.Cut = func(words string) { problems = append(problems, e.cutOf("printed cover", words)) }
	sheet, err := wrap.Sheet(ctx, types)
	if err != nil {
		return Written{Problems: problems}, err
	}
	out.Page, out.Margin, out.Turned = sheet.Page, sheet.Margin, sheet.Turned
	groundAlt := e.issue.CoverAlt
	if groundAlt == "" && wrap.Own != nil {
		groundAlt = strings.TrimSpace(out.Title + ": " + strings.TrimSpace(e.issue.Journal.Title+" "+e.issue.Number))
	}
	for _, p := range sheet.Parts {
		part := pdf.SheetPart{Tag: p.Tag, Group: p.On, Picture: p.Kind != picture.Text}
		switch p.Kind {
		case picture.Ground:
			part.Alt = groundAlt
		case picture.Code:
			part.Alt = codeAlt
		}
		out.Parts = append(out.Parts, part)
	}
	if sheet.Background != nil {
		if out.Pictures[0], err = encodeCover(asRGBA(sheet.Background)); err != nil {
			return Written{Problems: problems}, err
		}
	}
	told, err := pdf.WriteSheet(ctx, w, e.issue, out, types, pdf.Options{Style: e.Style(), Standard: e.run.house.standard, Modified: e.Modified(), Creator: generator()})
	return Written{1, append(problems, told...)}, err
}

func asRGBA(img image.Image) *image.RGBA {
	if out, ok := img.(*image.RGBA); ok {
		return out
	}
	return onWhite(img, 1, 1)
}

// bound measures a wrap by the pages that it goes around, and says what is on it.
func (e *Edition) bound(cfg *hugo.WrapConfig, pages []*layout.Page) (*picture.Wrap, []Problem) {
	length := func(um int) layout.Length { return layout.Mm * layout.Length(um) / 1000 }
	issue, config := e.issue, e.run.content.config
	w := &picture.Wrap{Front: coverOf(issue, e.Style()), Width: pages[0].Width, Height: pages[0].Height, Bleed: length(cfg.Bleed), Marks: cfg.Marks,
		Up: cfg.Spine == "up" || cfg.Spine == "" && readsUp(issue.Language)}
	var problems []Problem
	n := len(pages)
	if cfg.Binding == "saddle" {
		if n%4 != 0 {
			problems = append(problems, document.NewProblem("odd-pages", config.Place("wrap", "binding"),
				fmt.Sprintf("%d pages are no multiple of four: a stapled issue will have blank ones", n), "wrap: {binding: perfect}, or other content"))
		}
	} else {
		w.Spine = length((n+1)/2*cfg.Leaf + 2*cfg.Board)
		if cfg.Paper == "" {
			problems = append(problems, document.NewProblem("no-paper", config.Place("wrap"),
				fmt.Sprintf("the spine is measured by a leaf of %.3f mm, since nothing names the paper", float64(cfg.Leaf)/1000), "wrap: {paper: offset-90}, or as the printer says"))
		}
		if !w.Readable() {
			problems = append(problems, document.NewProblem("narrow-spine", config.Place("wrap"),
				fmt.Sprintf("the spine of %d pages is %.1f mm wide, too narrow for type", n, float64(w.Spine)/float64(layout.Mm)), ""))
		}
	}
	blurb := issue.Blurb
	if len(blurb) == 0 {
		blurb = issue.Description
	}
	if text := runs(blurb, picture.Run{}); len(text) > 0 {
		w.Back.Text = [][]picture.Run{text}
	}
	j := &issue.Journal
	var house []string
	for _, s := range []string{j.Publisher, j.Place} {
		if s != "" {
			house = append(house, s)
		}
	}
	for _, line := range []string{strings.Join(house, ", "), labelled("ISSN ", j.ISSN), labelled("ISBN ", issue.ISBN), cfg.Price} {
		if line != "" {
			w.Back.Small = append(w.Back.Small, line)
		}
	}
	return w, problems
}

func labelled(label, s string) string {
	if s == "" {
		return ""
	}
	return label + s
}

// readsUp reports whether the type on spines is turned to the left in a language's country: read from foot to head, as is the custom
// of the Romance ones (ISO 6357 has it read from head to foot), or, where lines run from the right, from head to foot.
func readsUp(lang string) bool {
	if words.RightToLeft(lang) {
		return true
	}
	primary, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch primary {
	case "fr", "es", "it", "pt", "ca", "gl", "ro":
		return true
	}
	return false
}

// code gives the bar code of the edition, nil for none. A number that is none is an error with its place: a wrong code on paper
// cannot be called back.
func (e *Edition) code(cfg *hugo.WrapConfig) (*barcode.EAN, error) {
	issue, config := e.issue, e.run.content.config
	which := cfg.Code
	if which == "" {
		switch {
		case issue.ISBN != "" || issue.ISBNPos.File != "":
			which = "isbn"
		case issue.Journal.ISSN != "" && !issue.Single && len(issue.Issues) == 0: // an ISSN's code is of one issue
			which = "issn"
		}
	}
	bad := func(pos Pos, err error) error {
		return Problem{Code: "bad-identifier", Severity: Error, Pos: pos, Message: "no bar code can be made: " + err.Error(), Hint: "wrap: {barcode: none} leaves it out"}
	}
	if none := (which == "isbn" && issue.ISBN == "") || (which == "issn" && issue.Journal.ISSN == ""); none {
		of, name := "the journal", strings.ToUpper(which)
		if which == "isbn" && issue.ISBNPos.File != "" {
			return nil, bad(issue.ISBNPos, errors.New("this is no ISBN"))
		}
		if which == "isbn" {
			of = e.source
		}
		return nil, bad(config.Place("wrap", "barcode"), fmt.Errorf("%s has no %s", of, name))
	}
	switch which {
	case "isbn":
		digits, err := barcode.ISBN(issue.ISBN)
		if err != nil {
			return nil, bad(issue.ISBNPos, err)
		}
		return &barcode.EAN{Digits: digits}, nil
	case "issn":
		digits, err := barcode.ISSN(issue.Journal.ISSN)
		if err != nil {
			return nil, bad(config.Place("journal", "issn"), err)
		}
		return &barcode.EAN{Digits: digits, AddOn: barcode.AddOn(issue.Number)}, nil
	}
	return nil, nil
}

// clothe gives a wrap the publisher's own picture, in as many dots as print needs and the picture has.
func (e *Edition) clothe(ctx context.Context, w *picture.Wrap) ([]Problem, error) {
	picked, problems, err := e.ownOrNone(ctx)
	if picked == nil || err != nil {
		return problems, err
	}
	own := e.issue.Cover
	wide, high := w.Width+w.Bleed, w.Height+2*w.Bleed
	dots := func(l layout.Length) int { return int(int64(l) * wrapDots / int64(layout.In)) }
	img, problems := picked.image, []Problem(nil)
	if drawing := svg.Sniff(own.Data); drawing {
		const most = 6000
		painted, err := e.paintCover(ctx, own, float64(dots(wide)), float64(dots(high)), most)
		if err != nil {
			return nil, err
		}
		img, problems = painted.image, painted.problems
	} else if has := picture.Resolution(fullSize(own.Data, img), wide, high); has < wrapLeastDots {
		problems = append(problems, document.NewProblem("coarse-cover", e.issue.CoverPos,
			fmt.Sprintf("the cover %s has %d dots to the inch on paper of %.0f × %.0f mm; print wants %d", own.Name, has, float64(wide)/float64(layout.Mm), float64(high)/float64(layout.Mm), wrapDots),
			fmt.Sprintf("%d × %d pixels, or a drawing", dots(wide), dots(high))))
	}
	w.Front.Pixels = min(dots(wide), max(img.Bounds().Dx(), 800))
	if e.issue.CoverType {
		w.Front.Picture = img
	} else {
		w.Own = img
	}
	return problems, nil
}

// fullSize is the size of a picture's file, which may have more pixels than what was read of it.
func fullSize(data []byte, read image.Image) image.Point {
	cfg, _, err := image.DecodeConfig(bytes.NewReader(data))
	if b := read.Bounds(); err != nil || cfg.Width*cfg.Height < b.Dx()*b.Dy() || (cfg.Width > cfg.Height) != (b.Dx() > b.Dy()) {
		return b.Size()
	}
	return image.Pt(cfg.Width, cfg.Height)
}
