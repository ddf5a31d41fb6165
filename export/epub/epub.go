package epub

import (
	"context"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/fonts"
)

// Where an issue's notes stand.
const (
	NotesArticle = "article" // at the end of each article, in its file
	NotesIssue   = "issue"   // in one chapter of notes, grouped by article
)

// Options say how the edition is to be made. The zero value is good.
type Options struct {
	Notes string // NotesArticle (also when empty) or NotesIssue

	// PageBreaks are the pages of the PDF edition, in order; they become the page list. PageSource names that edition: its
	// ISBN, DOI or title. Empty means: the PDF edition of this publication.
	PageBreaks []document.PageBreak
	PageSource string

	// Citation says where an article on its own appeared, under its title; nil: its journal, issue and date.
	Citation []document.Inline
	// WithoutLives leaves out what is known of its authors: it stands in the issue's list of contributors.
	WithoutLives bool

	// Work is what the publication is cited by; nil: what the issue itself tells of that, without pages.
	Work *reference.Work

	// Modified is the date of the content, or SOURCE_DATE_EPOCH. Zero: the issue's date.
	Modified time.Time

	// Cover is a finished cover picture (JPEG or PNG); nil takes the issue's own, and no cover when that is nil too.
	// CoverAlt describes it; empty: the publication's title.
	Cover    []byte
	CoverAlt string

	Images Limits

	// Remember, if not nil, gives what was made under a key before, or makes it and keeps it; told is a pointer to what is to be
	// known of it besides its bytes. It is asked for pictures that have to be converted.
	Remember func(told any, make func() ([]byte, error), key ...any) ([]byte, error)

	// EmbedFonts embeds subsets of these faces; nil embeds none, and the reader's own face is used.
	EmbedFonts *fonts.Set

	Claim     Claim
	Generator string // "twinpress 1.0", named in the colophon and the package
}

// Limits bound the pictures that are embedded. 0 takes the default.
type Limits struct {
	MaxPixels int // width × height; default 5,600,000, the most that Apple Books takes
	MaxBytes  int // of one file; default 5,000,000, the most that Kindle takes
}

// A Claim is what the publisher vouches for. It is written as given: nothing is claimed on the publisher's behalf.
type Claim struct {
	ConformsTo  string // "EPUB Accessibility 1.1 - WCAG 2.2 Level AA" or its URL
	CertifiedBy string
	Report      string // URL of the evaluation
	Summary     string // replaces the summary we write
}

// Write writes the issue as an EPUB. The problems tell what could not be carried over as it is, in document order; an
// error means that no usable file was written. When the context ends, so does the work, before the next article or picture,
// with the context's error. An issue may be built by hand: what is nil in it is passed over, and what document.Check finds is
// an error.
func Write(ctx context.Context, w io.Writer, issue *document.Issue, opts Options) ([]document.Problem, error) {
	if len(issue.Articles) == 0 {
		return nil, errors.New("write EPUB: the issue has no articles")
	}
	if err := document.Check(issue); err != nil {
		return nil, fmt.Errorf("write EPUB: %w", err)
	}
	b := plan(issue, opts)
	if err := b.preparePictures(ctx); err != nil {
		return b.problems, fmt.Errorf("write EPUB: %w", err)
	}
	if err := b.writeParts(ctx); err != nil {
		return b.problems, fmt.Errorf("write EPUB: %w", err)
	}
	b.writeMatter()
	if err := b.embedFonts(); err != nil {
		return b.problems, fmt.Errorf("embed fonts: %w", err)
	}
	container, err := b.assemble()
	if err != nil {
		return b.problems, fmt.Errorf("assemble EPUB: %w", err)
	}
	if err := ctx.Err(); err != nil {
		return b.problems, fmt.Errorf("write EPUB: %w", err)
	}
	if err := b.seal(w, container); err != nil {
		return b.problems, fmt.Errorf("write EPUB: %w", err)
	}
	document.SortProblems(b.problems)
	return b.problems, nil
}
