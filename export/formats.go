package export

import (
	"bytes"
	"fmt"
	"os"
	"slices"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/fonts"
)

// A format is a kind of file we write; its name is also the file's extension.
type format struct {
	name  string
	write func(*work) (data []byte, pages int, problems []Problem, err error)
}

// formats is the one table of formats, in the order in which they are written. A new one is a row here and a folder
// beside this file.
var formats = []format{
	{"epub", writeEPUB},
	{"pdf", writePDF},
}

// Formats names the formats.
func Formats() []string {
	var names []string
	for _, f := range formats {
		names = append(names, f.name)
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
	style    *pdf.Style
	standard pdf.Standard
	fonts    *fonts.Set
}

// furnish decodes the style and loads the publisher's fonts.
func furnish(site *hugo.Site, opts *Options) (*house, []Problem, error) {
	cfg := site.Config
	style, problems := pdf.DecodeStyle(cfg.Style, cfg.File)
	if opts.Style != "" {
		style = pdf.HouseStyle(opts.Style)
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
		own, err := fonts.Load(os.DirFS(cfg.Fonts), ".")
		if err != nil {
			return nil, problems, fmt.Errorf("load the fonts in %s: %w", cfg.Fonts, err)
		}
		set = set.With(own...)
	}
	return &house{style: style, standard: standard, fonts: set}, problems, nil
}

// work is one edition being written. Both formats share one layout: the PDF draws it, the EPUB takes its page list from
// it.
type work struct {
	run    *run
	issue  *document.Issue
	layout *pdf.Edition
	data   [][]byte // finished files, in the order of the formats
	told   bool     // the layout's problems have been handed on
}

// paginate lays the issue out, once.
func (w *work) paginate() (*pdf.Edition, []Problem, error) {
	if w.layout != nil {
		return w.layout, nil, nil
	}
	r := w.run
	edition, problems, err := pdf.Paginate(w.issue, pdf.Options{
		Style:    r.house.style,
		Standard: r.house.standard,
		Fonts:    r.house.fonts,
		Jobs:     r.opts.jobs(),
		Modified: r.opts.Modified,
		Creator:  "twinpress " + Version(),
	})
	w.layout = edition
	return edition, problems, err
}

func writePDF(w *work) ([]byte, int, []Problem, error) {
	edition, problems, err := w.paginate()
	if err != nil {
		return nil, 0, problems, err
	}
	var b bytes.Buffer
	more, err := edition.Write(&b)
	return b.Bytes(), len(edition.Pages), append(problems, more...), err
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
	var problems []Problem
	if !r.opts.NoPageList && cfg.EPUB.PageList || slices.Contains(r.formats, "pdf") {
		edition, found, err := w.paginate()
		problems = append(problems, found...)
		if err != nil {
			return nil, 0, problems, fmt.Errorf("lay out the pages for the page list: %w", err)
		}
		opts.PageBreaks = edition.PageBreaks
	}
	var err error
	if opts.Cover, err = w.cover(); err != nil {
		return nil, 0, problems, err
	}
	var b bytes.Buffer
	more, err := epub.Write(&b, w.issue, opts)
	return b.Bytes(), 0, append(problems, more...), err
}
