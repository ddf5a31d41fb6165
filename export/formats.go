package export

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"slices"
	"strings"

	"github.com/sourcegraph/conc"

	"github.com/twinpress/twinpress/export/cite"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/picture"
)

// A Format is a kind of file that an edition can be written as. The built-in ones are rows of one table; a caller's own are
// rows of Options.MoreFormats.
type Format struct {
	Name     string // what Options.Formats asks for, in lower case: "pdf"
	Ext      string // ending of its files: "pdf", "cover.png"
	Optional bool   // written only when asked for by name

	// Write writes an edition. It may be called for several editions, and beside other formats' Write for the same one, at
	// the same time. When it fails there is no file, and the edition fails with it; a Problem as the error keeps its place.
	Write func(ctx context.Context, w io.Writer, e *Edition) (Written, error)
}

// Written is what a Format tells of a file that it has written.
type Written struct {
	Pages    int // of what has pages
	Problems []Problem
}

// builtin is the one table of formats, in the order in which they are written. A new one is a row here and a folder beside
// this file.
var builtin = []Format{
	{"epub", "epub", false, writeEPUB},
	{"pdf", "pdf", false, writePDF},
	{"cover", "cover.png", true, coverAs(picture.CoverWidth, picture.PNG)},
	{"cover-jpeg", "cover.jpg", true, coverAs(picture.CoverWidth, func(img *image.RGBA) ([]byte, error) { return encodeJPEG(img) })},
	{"thumbnail", "thumb.png", true, coverAs(thumbnailWidth, picture.PNG)},
	{"wrap", "wrap.pdf", true, writeWrap},
	{"accessibility", "accessibility.html", true, writeStatement},
	{"bibtex", "bib", true, references(cite.BibTeX)},
	{"biblatex", "biblatex.bib", true, references(cite.Biblatex)},
	{"ris", "ris", true, references(cite.RIS)},
	{"csl", "csl.json", true, references(cite.CSL)},
	{"jats", "jats.zip", true, writeJATS},
	{"crossref", "crossref.xml", true, writeCrossref},
	{"onix", "onix.xml", true, writeONIX},
}

// Formats names the built-in formats: first those that are written when none is asked for, then the others.
func Formats() []string { return withIndexes(formatNames(builtin, true)) }

// withIndexes puts the names of what tells of all editions behind those of their formats.
func withIndexes(names []string) []string {
	for _, x := range indexes {
		names = append(names, x.name)
	}
	return names
}

func formatNames(table []Format, optional bool) []string {
	var out []string
	for _, f := range table {
		if optional || !f.Optional {
			out = append(out, f.Name)
		}
	}
	return out
}

func formatNamed(table []Format, name string) *Format {
	i := slices.IndexFunc(table, func(f Format) bool { return f.Name == name })
	if i < 0 {
		return nil
	}
	return &table[i]
}

func writePDF(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	set := e.layout(ctx)
	if set.err != nil {
		return Written{Problems: set.problems}, set.err
	}
	problems, err := set.pages.Write(ctx, w)
	return Written{len(set.pages.Pages), append(slices.Clip(set.problems), problems...)}, err
}

func writeEPUB(ctx context.Context, w io.Writer, e *Edition) (Written, error) {
	r := e.run
	cfg := r.content.config
	opts := epub.Options{
		Notes:     r.opts.Notes,
		Modified:  r.opts.Modified,
		Generator: generator(),
		Images:    epub.Limits{MaxPixels: cfg.Images.MaxPixels, MaxBytes: cfg.Images.MaxBytes},
		Claim:     epub.Claim{ConformsTo: cfg.EPUB.AccessibilityClaim, CertifiedBy: cfg.EPUB.CertifiedBy},
	}
	if r.reuse != nil {
		opts.Remember = r.remember
	}
	if opts.Notes == "" {
		opts.Notes = cfg.Notes
	}
	if cfg.EPUB.EmbedFonts {
		opts.EmbedFonts = r.house.fonts
	}
	// The cover and the pages do not wait for each other.
	var cover conc.WaitGroup
	var uncovered error
	var ofCover []Problem
	cover.Go(func() { opts.Cover, ofCover, uncovered = e.bookCover(ctx) })
	var out Written
	var failed error
	var laid *laidOut
	if cfg.EPUB.PageList && (!r.opts.NoPageList || slices.ContainsFunc(r.formats, func(f *Format) bool { return f.Name == "pdf" })) {
		laid = e.layout(ctx)
		out.Problems = slices.Clip(laid.problems)
		if laid.err != nil {
			failed = fmt.Errorf("lay out the pages for the page list: %w", laid.err)
		} else {
			opts.PageBreaks = laid.pages.PageBreaks
		}
	}
	if e.cited != nil {
		opts.Citation, opts.PageSource = e.cited(laid), e.pageSource
		opts.WithoutLives = e.gathered
	}
	// That the pages are not known is for references to say.
	if works, _, err := e.works(ctx); err == nil && failed == nil {
		opts.Work = works[0]
	}
	cover.Wait()
	out.Problems = append(slices.Clip(out.Problems), ofCover...)
	if e.issue.Cover != nil && e.issue.CoverType { // what the type says, too, for who hears it
		opts.CoverAlt = strings.TrimSpace(e.issue.Journal.Title+" "+e.issue.Number+". ") + " " + e.issue.CoverAlt
	}
	if failed = errors.Join(failed, uncovered); failed != nil {
		return out, failed
	}
	more, err := epub.Write(ctx, w, e.issue, opts)
	out.Problems = append(out.Problems, more...)
	return out, err
}
