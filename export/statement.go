package export

import (
	"cmp"
	"context"
	"io"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/access"
	"github.com/twinpress/twinpress/export/pdf"
)

// stated gives an issue with its accessibility statement, when the configuration wants one and nobody has put one there. The
// issue itself, which may be a caller's, is left as it is. An article on its own has no page for one.
func (r *run) stated(issue *document.Issue) *document.Issue {
	if issue.Single || issue.Statement != nil || !r.content.config.Statement || len(issue.Articles) == 0 {
		return issue
	}
	with := *issue
	with.Statement = r.statement(issue)
	return &with
}

// statement works out what an edition says of its accessibility.
func (r *run) statement(issue *document.Issue) *document.Statement {
	return access.Of(issue).Statement(r.facts(issue), issue.Language)
}

// facts are what there is to say of accessibility that the content does not tell.
func (r *run) facts(issue *document.Issue) access.Facts {
	cfg := r.content.config
	f := access.Facts{PageList: cfg.EPUB.PageList && !r.opts.NoPageList, Claim: cfg.EPUB.AccessibilityClaim, Certifier: cfg.EPUB.CertifiedBy, Contact: cfg.Contact}
	switch r.house.standard {
	case pdf.StandardUA1A2a:
		f.Standards = []string{"PDF/UA-1 (ISO 14289-1)", "PDF/A-2a (ISO 19005-2)"}
	case pdf.StandardUA2A4:
		f.Standards = []string{"PDF/UA-2 (ISO 14289-2)", "PDF/A-4 (ISO 19005-4)"}
	}
	if f.Contact == "" {
		f.Contact = strings.Trim(issue.Journal.Publisher+", "+issue.Journal.BaseURL, ", ")
	}
	return f
}

// writeStatement writes the statement as a page beside the edition, for shops and libraries: whether or not the edition holds it.
func writeStatement(_ context.Context, w io.Writer, e *Edition) (Written, error) {
	s := e.issue.Statement
	if s == nil || e.issue.Single { // an offprint's own, not its issue's
		s = e.run.statement(e.issue)
	}
	return Written{}, access.HTML(w, s, e.title(), e.issue.Language)
}

// title is what the edition is called where one line must do.
func (e *Edition) title() string {
	is := e.issue
	if is.Single && len(is.Articles) > 0 {
		return strings.TrimSpace(document.PlainText(is.Articles[0].Title))
	}
	return strings.TrimSpace(is.Journal.Title + " " + cmp.Or(is.Number, is.Volume))
}
