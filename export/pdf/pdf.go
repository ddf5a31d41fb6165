package pdf

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// Options say how an edition is set and written. The zero value is the house's book style to PDF/UA-1 and PDF/A-2a.
type Options struct {
	Style    *style.Style // nil: Book()
	Fonts    *fonts.Set   // nil: the house's
	Standard Standard
	Jobs     int       // sections set at the same time; 0: one for each processor. The result does not depend on it.
	Modified time.Time // date of the file, when the issue has none
	Creator  string    // the program and its version, for the file's metadata

	// Remember, if not nil, gives what was made under a key before, or makes it and keeps it; told is a pointer to what is to be
	// known of it besides its bytes. It is asked for pictures that have to be unpacked and packed anew.
	Remember func(told any, make func() ([]byte, error), key ...any) ([]byte, error)

	// FirstPage is the number of the first article's first page, for a journal whose pages run on through the volume; 0 is 1.
	FirstPage int
}

// An Edition is an issue set in pages: what the PDF draws, and what the EPUB needs to know of it.
type Edition struct {
	Pages      []*layout.Page
	PageBreaks []document.PageBreak // one for each page, in order
	Report     *layout.Report       // the typesetter's
	Sections   []*layout.Section    // as set, for who looks closer

	made   *flow.Composition
	opts   Options
	types  *typeset.Typesetter
	stands map[*document.Article][]int // pages that articles stand on, as indexes
	input  *input
	proof  func() []document.Problem // what the pages say otherwise than the document
}

// FontFace gives the face that a page's runs name, for who draws pages otherwise than as PDF; nil for none.
func (e *Edition) FontFace(id layout.FaceID) *fonts.Face { return e.input.Face(id) }

// PagesOf gives the labels of the first and the last page that an article stands on, and how many pages they are; none for an
// article that the edition does not hold.
func (e *Edition) PagesOf(a *document.Article) (first, last string, n int) {
	on := e.stands[a]
	if len(on) == 0 {
		return "", "", 0
	}
	return e.Pages[on[0]].Label, e.Pages[on[len(on)-1]].Label, len(on)
}

// Printed gives the greatest width that each picture is printed in, by the names of its file.
func (e *Edition) Printed() map[string]layout.Length {
	widths := map[string]layout.Length{}
	for _, p := range e.Pages {
		for i := range p.Areas {
			for _, it := range p.Areas[i].Items {
				if pic, ok := it.(*layout.PictureItem); ok && pic.Ref < len(e.input.Pictures) {
					name := e.input.Pictures[pic.Ref].Name
					widths[name] = max(widths[name], pic.Width)
				}
			}
		}
	}
	return widths
}

// Paginate sets an issue in pages. Nothing is written; Edition.Write does that, and the EPUB can take its page list from an
// Edition that is never written. The problems concern the content: a character without a font, a picture without alt text.
// An issue that holds itself (document.Check) or a style that leaves no room for text (style.Style.Check) is an error; what else
// a document built by hand may hold, nil nodes or spans of any size, is set as well as it can be.
// When the context ends, its error is returned; the text set until then is thrown away.
func Paginate(ctx context.Context, issue *document.Issue, opts Options) (*Edition, []document.Problem, error) {
	if issue == nil {
		return nil, nil, errors.New("there is no issue to set in pages")
	}
	if err := document.Check(issue); err != nil {
		return nil, nil, fmt.Errorf("set %s in pages: %w", issue.Slug, err)
	}
	look := opts.Style
	if look == nil {
		look = style.Book()
	}
	if err := look.Check(); err != nil {
		return nil, nil, err
	}
	set := opts.Fonts
	if set == nil {
		set = fonts.Default()
	}
	types := typeset.New(set)
	c, err := flow.Compose(ctx, issue, look, types, opts.Creator)
	if err != nil {
		return nil, nil, err
	}
	if opts.FirstPage > 0 {
		for i, a := range c.Owners {
			if a != nil {
				c.Sections[i].FirstNumber = opts.FirstPage
				break
			}
		}
	}
	result, err := layout.Layout(ctx, &layout.Flow{Sections: c.Sections, Shaper: types, Jobs: opts.Jobs})
	if ended := ctx.Err(); ended != nil {
		return nil, nil, ended
	}
	if err != nil {
		return nil, c.Problems, fmt.Errorf("set %s in pages: %w", issue.Slug, err)
	}
	e := &Edition{Pages: result.Pages, Report: result.Report, Sections: c.Sections, made: c, opts: opts, types: types}
	e.opts.Style = look
	e.stands = standing(c, result.Pages)
	e.PageBreaks = c.PageBreaks(result.Pages)
	e.input = &input{
		Pages: result.Pages, Structure: c.Structure, Links: c.Links, Pictures: c.Pictures, Face: types.Face, Outline: c.Outline,
		Metadata: describe(issue, c, opts, e.cited(issue, false)), Standard: opts.Standard, Fonts: set, Remember: opts.Remember,
	}
	e.proof = func() []document.Problem { return proofread(issue, c, result.Pages) }
	document.SortProblems(c.Problems)
	return e, c.Problems, nil
}

// Write writes the edition as a PDF. The problems are what could not be drawn as asked; an error means there is no file, and
// is the context's when that has ended. Pages that do not say, word for word, what the issue says are never written: the error is
// a document.Problem that names the place.
func (e *Edition) Write(ctx context.Context, w io.Writer) ([]document.Problem, error) {
	problems := e.proof()
	if len(problems) > 0 {
		return problems[1:], fmt.Errorf("write PDF: %w", problems[0])
	}
	in := *e.input
	in.Report = func(f fault) {
		p := document.Problem{Code: f.Code, Severity: document.Warning, Message: f.Detail}
		if f.Page >= 0 && f.Page < len(e.Pages) {
			p.Message = fmt.Sprintf("page %s: %s", e.Pages[f.Page].Label, f.Detail)
		}
		problems = append(problems, p)
	}
	err := write(ctx, w, &in)
	if ended := ctx.Err(); ended != nil {
		return nil, ended
	}
	if err != nil {
		return problems, fmt.Errorf("write PDF: %w", err)
	}
	return problems, nil
}

// Bytes is Write to memory.
func (e *Edition) Bytes(ctx context.Context) ([]byte, []document.Problem, error) {
	var b bytes.Buffer
	problems, err := e.Write(ctx, &b)
	return b.Bytes(), problems, err
}
