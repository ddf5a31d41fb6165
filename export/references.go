package export

import (
	"context"
	"io"
	"slices"

	"github.com/twinpress/twinpress/export/crossref"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/access"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/jats"
	"github.com/twinpress/twinpress/export/onix"
	"github.com/twinpress/twinpress/export/pdf"
)

// references makes a format of a function that writes what there is to cite.
func references(write func(io.Writer, []*reference.Work) error) func(context.Context, io.Writer, *Edition) (Written, error) {
	return func(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
		works, problems, err := e.works(ctx)
		if err != nil {
			return Written{Problems: problems}, err
		}
		return Written{Problems: problems}, write(w, works)
	}
}

// works gives what there is to cite of an edition, with the pages of the PDF that is made with it. Without one the pages are not
// known, which is said: in the same words of every edition, and so once.
func (e *Edition) works(ctx context.Context) ([]*reference.Work, []Problem, error) {
	if !e.paged() {
		return reference.Works(e.issue, nil), []Problem{document.NewProblem("no-pages", Pos{},
			"references name no pages, which are known when the PDF is made in the same run", "add pdf to the formats")}, nil
	}
	if e.issue.Single && e.issue.Number != "" && e.cited == nil {
		return reference.Works(e.issue, nil), nil, nil // not cut from its issue: its own pages are not those by which it is cited
	}
	if len(e.issue.Issues) > 0 {
		return reference.Works(e.issue, nil), []Problem{document.NewProblem("no-pages", Pos{},
			"references of a volume name no pages: an article is cited by those of its issue", "build the issues without --volume and --bind")}, nil
	}
	set := e.layout(ctx)
	if set.err != nil {
		return nil, nil, set.err
	}
	return reference.Works(e.issue, func(a *document.Article) (p reference.Pages) {
		p.First, p.Last, p.Count = set.pages.PagesOf(a)
		return p
	}), nil, nil
}

// paged reports whether the pages of an edition are laid out in this run, for its PDF or for its EPUB's page list.
func (e *Edition) paged() bool {
	asked := func(name string) bool {
		return slices.ContainsFunc(e.run.formats, func(f *Format) bool { return f.Name == name })
	}
	return asked("pdf") || asked("epub") && e.run.content.config.EPUB.PageList && !e.run.opts.NoPageList
}

// writeCrossref writes the deposit that registers the edition's DOIs.
func writeCrossref(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	works, problems, err := e.works(ctx)
	if err != nil {
		return Written{Problems: problems}, err
	}
	if len(e.issue.Issues) > 0 {
		return Written{}, document.NewProblem("deposit", Pos{}, "a deposit for Crossref is of one issue, not of a volume", "write it with the issues")
	}
	c := e.run.content.config.Crossref
	more, err := crossref.Write(w, works, crossref.Options{Depositor: c.Depositor, Email: c.Email, Registrant: c.Registrant, Modified: e.Modified()})
	return Written{Problems: append(problems, more...)}, err
}

// writeONIX writes the product records of the edition's EPUB and PDF.
func writeONIX(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	works, problems, err := e.works(ctx)
	if err != nil {
		return Written{Problems: problems}, err
	}
	opts := onix.Options{Access: access.Of(e.issue), Facts: e.run.facts(e.issue), Modified: e.Modified()}
	switch e.run.house.standard {
	case pdf.StandardUA1A2a:
		opts.UA = "05"
	case pdf.StandardUA2A4:
		opts.UA = "06"
	}
	if e.paged() {
		opts.Pages = len(e.layout(ctx).pages.Pages)
	}
	return Written{Problems: problems}, onix.Write(w, works, opts)
}

// writeJATS writes the edition's articles with their pictures for an archive.
func writeJATS(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	works, problems, err := e.works(ctx)
	if err != nil {
		return Written{Problems: problems}, err
	}
	return Written{Problems: problems}, jats.Write(w, works, e.issue.SitePaths)
}
