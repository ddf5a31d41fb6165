package export

import (
	"cmp"
	"context"
	"fmt"
	"image"
	"sync"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// A house holds what all editions of a run share: the style, the fonts.
type house struct {
	style    *style.Style
	standard pdf.Standard
	fonts    *fonts.Set
}

// furnish decodes the style and loads the publisher's fonts.
func furnish(c *content, opts *Options) (*house, []Problem, error) {
	cfg := c.config
	look, problems := style.Decode(cfg.Style, cfg.Name())
	switch {
	case opts.OwnStyle != nil:
		look = opts.OwnStyle
	case opts.Style != "":
		look = style.House(opts.Style)
	}
	for _, p := range problems {
		if p.Severity == Error {
			return nil, problems, fmt.Errorf("the style in %s cannot be used", cfg.Name())
		}
	}
	name := opts.PDFStandard
	if name == "" {
		name = cfg.PDF.Standard
	}
	standard, err := pdf.ParseStandard(name)
	if err != nil {
		return nil, problems, err
	}
	set := fonts.Default()
	if cfg.Fonts != "" {
		folder, err := c.fonts()
		if err != nil {
			return nil, problems, err
		}
		own, err := fonts.Load(folder, ".")
		if err != nil {
			return nil, problems, fmt.Errorf("load the fonts in %s: %w", cfg.Fonts, err)
		}
		set = set.With(own...)
	}
	return &house{style: look, standard: standard, fonts: set}, problems, nil
}

// An Edition is one publication that formats write: an issue or an article, and what its formats share, which is made when
// the first of them asks for it: the pages (the PDF draws them, the EPUB takes its page list from them) and the made cover.
// It is safe for concurrent use.
type Edition struct {
	run    *run
	name   string
	source string // what it is made of, for messages
	issue  *document.Issue
	layout func(context.Context) *laidOut
	drawn  func(context.Context) (*image.RGBA, error)
	lock   func(context.Context) *verdict
	own    func(context.Context) (*ownCover, error)
	cut    []Problem                                // what the made cover has no room for, once it is drawn
	mark   func(context.Context) (*ownCover, error) // the journal's

	// Of an offprint: the issue that it is cut from, and its article there; where it appeared, with its pages if they are laid out, and whose page numbers they are.
	of         *Edition
	article    *document.Article
	cited      func(*laidOut) []document.Inline
	pageSource string
	gathered   bool // the lives of its people stand in its issue's list of contributors
}

// laidOut is what came of laying out.
type laidOut struct {
	pages    *pdf.Edition
	problems []Problem
	err      error
}

func newEdition(r *run, plan edition, issue *document.Issue) *Edition {
	e := &Edition{run: r, name: plan.name, source: plan.source, issue: issue}
	judged := onceWith(func(ctx context.Context) (*verdict, error) { return e.judge(ctx), nil })
	e.lock = func(ctx context.Context) *verdict {
		v, _ := judged(ctx)
		return v
	}
	e.drawn = onceWith(func(ctx context.Context) (*image.RGBA, error) { return e.drawCover(ctx) })
	e.own, e.mark = onceWith(e.readCover), onceWith(e.readMark)
	laid := onceWith(func(ctx context.Context) (*laidOut, error) {
		var remember func(any, func() ([]byte, error), ...any) ([]byte, error)
		if r.reuse != nil {
			remember = r.remember
		}
		pages, problems, err := pdf.Paginate(ctx, issue, pdf.Options{
			Remember: remember,
			Style:    r.house.style,
			Standard: r.house.standard,
			Fonts:    r.house.fonts,
			Jobs:     r.opts.jobs(),
			Modified: r.opts.Modified,
			Creator:  generator(),
		})
		if most := cmp.Or(r.content.config.MaxPages, 20_000); err == nil && len(pages.Pages) > most {
			err = tooMuch(issue, fmt.Sprintf("%d pages: more than %d", len(pages.Pages), most), "pages")
		}
		return &laidOut{pages, problems, err}, nil
	})
	e.layout = func(ctx context.Context) *laidOut {
		l, _ := laid(ctx)
		return l
	}
	return e
}

// onceWith makes a value when it is first asked for, under that caller's context: all callers have one context here, the
// build's.
func onceWith[T any](f func(context.Context) (T, error)) func(context.Context) (T, error) {
	var once sync.Once
	var val T
	var err error
	return func(ctx context.Context) (T, error) {
		once.Do(func() { val, err = f(ctx) })
		return val, err
	}
}

// Name is the stem of the edition's files, slash-separated: "review-112", "review-112/an-article".
func (e *Edition) Name() string { return e.name }

// Issue is the document. Formats share it and must not change it.
func (e *Edition) Issue() *document.Issue { return e.issue }

// Style is the style of the pages. It must not be changed.
func (e *Edition) Style() *style.Style { return e.run.house.style }

// Fonts are the families that the pages are set in.
func (e *Edition) Fonts() *fonts.Set { return e.run.house.fonts }

// Modified is the date that files are given, zero when the content's own dates are to do.
func (e *Edition) Modified() time.Time { return e.run.opts.Modified }

// Pages gives the pages as the PDF has them, and for each the place in the document at which it begins.
func (e *Edition) Pages(ctx context.Context) ([]*layout.Page, []document.PageBreak, error) {
	set := e.layout(ctx)
	if set.err != nil {
		return nil, nil, set.err
	}
	return set.pages.Pages, set.pages.PageBreaks, nil
}

// report is what the typesetter says of the pages; "" when they cannot be laid out.
func (e *Edition) report(ctx context.Context) string {
	set := e.layout(ctx)
	if set.err != nil || e.cited != nil { // what there is to say of an offprint's pages is said of its issue
		return ""
	}
	return fmt.Sprintf("edition %s\n%s\n", e.name, set.pages.Report)
}
