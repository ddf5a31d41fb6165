package export

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"image"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/internal/access"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/opds"
)

// writeOPDS writes a catalogue of the output folder: of the editions of this run, and of those that an earlier catalogue there tells
// of and whose files are still there.
func writeOPDS(r *run) ([]byte, error) {
	opts := r.shelving()
	var editions []opds.Publication
	for i := range r.made {
		m := &r.made[i]
		if m.record == nil || m.failed {
			continue
		}
		opts.Home, opts.Title = m.record.Home, cmp.Or(opts.Title, m.record.Journal)
		editions = append(editions, m.record.Shelf)
	}
	if len(editions) == 0 {
		return nil, nil
	}
	earlier, exists, err := r.shelf(opts.Name)
	if err != nil {
		return nil, err
	}
	feed := opds.New(editions, earlier, exists, opts)
	if feed == nil {
		return nil, nil
	}
	if opts.Base == "" {
		r.found([]Problem{document.NewProblem("relative-feed", Pos{}, "the catalogue's addresses are relative; some programs want it to name its own",
			"opds: {base-url: https://example.org/editions/} in twinpress.yaml says where the folder of editions is published")})
	}
	return feed.Encode()
}

func (r *run) shelving() opds.Options {
	return opds.Options{Name: "opds.json", Base: r.content.config.OPDSBaseURL}
}

// shelved are the formats that readers take from a catalogue; others are for the trade and for printers.
var shelved = []string{"epub", "pdf", "cover", "cover-jpeg", "thumbnail"}

// catalogued gives what a catalogue tells of an edition.
func (r *run) catalogued(i int, is *document.Issue, work *reference.Work, files []File) opds.Publication {
	e := opds.Edition{Work: work, Place: r.plan[i].article, Identifiers: epub.Identifiers(is), Modified: epub.Modified(is, r.opts.Modified)}
	has := map[string]bool{}
	for _, f := range files {
		if !slices.Contains(shelved, f.Format) {
			continue
		}
		has[f.Format] = true
		e.Pages = max(e.Pages, f.Pages)
		e.Files = append(e.Files, opds.File{Path: f.name, Size: f.Size, Width: f.dots.X, Height: f.dots.Y})
	}
	e.Accessibility = r.offers(is, has["epub"], has["pdf"])
	return opds.Describe(e, r.shelving())
}

// offers tells how accessible an edition is, as its EPUB does.
func (r *run) offers(is *document.Issue, inEPUB, inPDF bool) *opds.Accessibility {
	found, facts := access.Of(is), r.facts(is)
	facts.EPUB = inEPUB
	visual := found.Pictures > found.Ornaments
	a := &opds.Accessibility{AccessMode: []string{"textual"}, Hazard: []string{"none"}}
	feature := func(when bool, names ...string) {
		if when {
			a.Feature = append(a.Feature, names...)
		}
	}
	if visual {
		a.AccessMode = append(a.AccessMode, "visual")
		a.Sufficient = append(a.Sufficient, []string{"textual", "visual"})
	}
	if len(found.Lacking) == 0 {
		a.Sufficient = append(a.Sufficient, []string{"textual"})
	}
	if found.Moving > 0 {
		a.Hazard = []string{"unknown"}
	}
	feature(true, "tableOfContents", "structuralNavigation", "readingOrder", "unlocked")
	feature(inEPUB, "displayTransformability", "ARIA")
	feature(inPDF && len(facts.Standards) > 0, "taggedPDF")
	feature(visual && len(found.Lacking) == 0, "alternativeText")
	feature(inEPUB && found.Formulas > 0, "MathML")
	feature(found.Sources > 0, "latex")
	feature(inEPUB && facts.PageList, "pageBreakMarkers", "pageNavigation")
	a.Summary, _ = found.Summary(facts, is.Language)
	if strings.HasPrefix(facts.Claim, "http") {
		a.ConformsTo = facts.Claim
	}
	if facts.Claim != "" && facts.Certifier != "" {
		a.Certification = &opds.Certification{By: facts.Certifier}
	}
	return a
}

// shelf reads the catalogue that lies in the output folder already, and tells which files do. Only a folder on disk has any.
func (r *run) shelf(name string) (*opds.Feed, func(string) bool, error) {
	d, ok := r.press.sink.(Folder)
	if !ok {
		return nil, nil, nil
	}
	data, err := os.ReadFile(d.Path(name))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, err
	}
	feed, err := opds.Decode(data)
	if err != nil {
		r.found([]Problem{document.NewProblem("bad-feed", Pos{File: d.Path(name)}, fmt.Sprintf("cannot be read, and is written anew: %v", err),
			"editions of earlier builds are in it again when they are built again")})
		return nil, nil, nil
	}
	exists := func(name string) bool {
		st, err := os.Stat(d.Path(name))
		return err == nil && st.Mode().IsRegular()
	}
	return feed, exists, nil
}

// pictureSize is the size of a picture's file in pixels; zero for another.
func pictureSize(name string, data []byte) image.Point {
	if !slices.Contains([]string{".png", ".jpg", ".gif", ".webp"}, path.Ext(name)) {
		return image.Point{}
	}
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return image.Point{}
	}
	return image.Pt(c.Width, c.Height)
}
