package export

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"sync"

	"github.com/sourcegraph/conc"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
)

// A format is a kind of file we write.
type format struct {
	name     string // what --format takes
	ext      string // of its files
	optional bool   // written only when asked for
	write    func(*work) (data []byte, pages int, problems []Problem, err error)
}

// formats is the one table of formats, in the order in which they are written. A new one is a row here and a folder
// beside this file.
var formats = []format{
	{"epub", "epub", false, writeEPUB},
	{"pdf", "pdf", false, writePDF},
	{"cover", "cover.png", true, writeCover},
	{"thumbnail", "thumb.png", true, writeThumbnail},
}

// Formats names the formats: first those that are written when none is asked for, then the others.
func Formats() []string { return formatNames(true) }

func formatNames(optional bool) []string {
	var names []string
	for _, f := range formats {
		if optional || !f.optional {
			names = append(names, f.name)
		}
	}
	return names
}

func formatNamed(name string) *format {
	i := slices.IndexFunc(formats, func(f format) bool { return f.name == name })
	if i < 0 {
		return nil
	}
	return &formats[i]
}

// A house holds what all editions of a run share: the style, the fonts.
type house struct {
	style    *style.Style
	standard pdf.Standard
	fonts    *fonts.Set
}

// furnish decodes the style and loads the publisher's fonts.
func furnish(site *hugo.Site, opts *Options) (*house, []Problem, error) {
	cfg := site.Config
	look, problems := style.Decode(cfg.Style, cfg.File)
	if opts.Style != "" {
		look = style.House(opts.Style)
	}
	for _, p := range problems {
		if p.Severity == Error {
			return nil, problems, fmt.Errorf("the style in %s cannot be used", cfg.File)
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
		folder, err := site.Fonts()
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

// work is one edition being written, in several formats at once. They share one layout: the PDF draws it, the EPUB takes
// its page list from it.
type work struct {
	ctx    context.Context
	run    *run
	issue  *document.Issue
	layout func() *laidOut
	drawn  func() (*image.RGBA, error) // the cover that is made, for whichever formats show it
}

// laidOut is what came of laying out.
type laidOut struct {
	edition  *pdf.Edition
	problems []Problem
	err      error
}

func newWork(ctx context.Context, r *run, issue *document.Issue) *work {
	w := &work{ctx: ctx, run: r, issue: issue}
	w.drawn = sync.OnceValues(w.drawCover)
	w.layout = sync.OnceValue(func() *laidOut {
		edition, problems, err := pdf.Paginate(ctx, issue, pdf.Options{
			Style:    r.house.style,
			Standard: r.house.standard,
			Fonts:    r.house.fonts,
			Jobs:     r.opts.jobs(),
			Modified: r.opts.Modified,
			Creator:  "twinpress " + Version(),
		})
		return &laidOut{edition, problems, err}
	})
	return w
}

func writePDF(w *work) ([]byte, int, []Problem, error) {
	set := w.layout()
	if set.err != nil {
		return nil, 0, set.problems, set.err
	}
	var b bytes.Buffer
	problems, err := set.edition.Write(w.ctx, &b)
	return b.Bytes(), len(set.edition.Pages), append(slices.Clip(set.problems), problems...), err
}

func writeEPUB(w *work) ([]byte, int, []Problem, error) {
	r := w.run
	cfg := r.site.Config
	opts := epub.Options{
		Notes:     r.opts.Notes,
		Modified:  r.opts.Modified,
		Generator: "twinpress " + Version(),
		Images:    epub.Limits{MaxPixels: cfg.Images.MaxPixels, MaxBytes: cfg.Images.MaxBytes},
		Claim:     epub.Claim{ConformsTo: cfg.EPUB.AccessibilityClaim, CertifiedBy: cfg.EPUB.CertifiedBy},
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
	cover.Go(func() { opts.Cover, uncovered = w.cover() })
	var problems []Problem
	var failed error
	if cfg.EPUB.PageList && (!r.opts.NoPageList || slices.Contains(r.formats, "pdf")) {
		set := w.layout()
		problems = slices.Clip(set.problems)
		if set.err != nil {
			failed = fmt.Errorf("lay out the pages for the page list: %w", set.err)
		} else {
			opts.PageBreaks = set.edition.PageBreaks
		}
	}
	cover.Wait()
	if failed = errors.Join(failed, uncovered); failed != nil {
		return nil, 0, problems, failed
	}
	var b bytes.Buffer
	more, err := epub.Write(&b, w.issue, opts)
	return b.Bytes(), 0, append(problems, more...), err
}
