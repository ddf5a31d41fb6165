package export

import (
	"context"
	"fmt"
	"image"
	"slices"
	"strings"

	"golang.org/x/image/draw"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/export/picture"
)

// markPixels is the size to which the journal's mark is painted on its longer side: several times what it has on a cover.
const markPixels = 1200

// readMark reads the journal's mark for covers, clear where it is; ask for it by e.mark. One that cannot be read is told of, and
// left out.
func (e *Edition) readMark(ctx context.Context) (*ownCover, error) {
	logo := e.issue.Journal.Logo
	if logo == nil {
		return &ownCover{}, nil
	}
	img, lost, err := e.paintMark(ctx, logo)
	if ctx.Err() != nil {
		return nil, ctx.Err()
	}
	out := &ownCover{image: img}
	pos := e.run.content.config.Place("journal", "logo")
	switch {
	case err != nil:
		out.problems = []Problem{{Code: "bad-image", Severity: Warning, Pos: pos, Message: fmt.Sprintf("the mark %s cannot be set on a cover: %v", logo.Name, err), Hint: "PNG, JPEG, GIF, WebP and SVG can"}}
	case len(lost) > 0:
		out.problems = []Problem{document.NewProblem("drawing-cut", pos, logo.Name+": "+strings.Join(lost, ", "), "a drawing in an edition holds only what lies in its own file, and no HTML")}
	}
	return out, nil
}

// madeTold gives what is to be told of a made cover: of the mark, and of what it has no room for; nothing where none is shown.
func (e *Edition) madeTold(ctx context.Context) []Problem {
	if own, _, err := e.ownOrNone(ctx); err != nil || own != nil && !e.issue.CoverType {
		return nil
	}
	mark, err := e.mark(ctx)
	if err != nil {
		return nil
	}
	if _, err := e.drawn(ctx); err != nil {
		return nil
	}
	return slices.Concat(mark.problems, e.cut)
}

func (e *Edition) paintMark(ctx context.Context, logo *document.Asset) (*image.RGBA, []string, error) {
	if svg.Sniff(logo.Data) {
		d, err := e.drawing(logo.Data)
		if err != nil {
			return nil, nil, err
		}
		scale := markPixels / max(d.Width, d.Height)
		img, err := picture.PaintClear(ctx, d, max(int(d.Width*scale+.5), 1), max(int(d.Height*scale+.5), 1))
		return img, d.Lost, err
	}
	img, _, err := decodeUpright(logo.Data, 1<<26)
	if err != nil {
		return nil, nil, err
	}
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, b.Dx(), b.Dy()))
	draw.Draw(out, out.Bounds(), img, b.Min, draw.Src)
	return out, nil, nil
}

// cutOf tells of words that a cover has no room for, where the configuration says them.
func (e *Edition) cutOf(cover, words string) Problem {
	config, issue := e.run.content.config, e.issue
	pos, hint := Pos{}, "a shorter title, or a cover of your own"
	switch words {
	case issue.Journal.Title:
		pos = config.Place("journal", "title")
	case issue.Journal.Subtitle:
		pos = config.Place("journal", "subtitle")
	case document.PlainText(issue.Title):
		pos = config.Place("issues", issue.Number, "title")
	case document.PlainText(issue.Blurb):
		pos, hint = config.Place("wrap", "text"), "a shorter text"
	case document.PlainText(issue.Description):
		pos, hint = config.Place("issues", issue.Number, "description"), "a shorter description; or wrap: {text: …} for the back alone"
	}
	if pos.Line == 0 { // it is said elsewhere
		pos = Pos{}
	}
	if issue.Single && len(issue.Articles) > 0 {
		pos = issue.Articles[0].Pos
	}
	const most = 60
	if r := []rune(words); len(r) > most {
		words = string(r[:most]) + "…"
	}
	return document.NewProblem("cover-cut", pos, fmt.Sprintf("%s: the %s has no room for all of “%s”", e.source, cover, words), hint)
}
