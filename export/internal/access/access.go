// Package access works out how accessible an edition is, from its content: what there is for readers who cannot see or hold a
// page (Of), told in words (Statement) and as a page of its own (HTML). Nothing is claimed that was not found.
package access

import (
	"bytes"
	"path"
	"slices"

	"github.com/twinpress/twinpress/export/document"
)

// A Report is what was found in an edition's content.
type Report struct {
	Pictures  int // that can be seen
	Ornaments int // of them, said to have no meaning
	Described int // of them, with an alternative, their own or a caption
	Captioned int // of those described, by their captions alone
	Lacking   []Picture
	Moving    int

	Formulas int // as MathML
	Sources  int // as TeX source
	Tables   int // with header cells
	Headless int // without
	Notes    int

	Languages []string // of the issue and its articles, in order
}

// A Picture is one without an alternative, and where it stands.
type Picture struct {
	Article *document.Article
	Number  int    // among the article's pictures, from 1
	Name    string // of its file
	Pos     document.Pos
}

// Of goes through an issue and reports. A picture whose file is not there is none: words stand in its place.
func Of(is *document.Issue) *Report {
	r := &Report{}
	r.language(is.Language)
	for _, a := range is.Texts() {
		if a == nil {
			continue
		}
		r.language(a.Language)
		r.article(a)
	}
	return r
}

func (r *Report) language(tag string) {
	if tag != "" && !slices.Contains(r.Languages, tag) {
		r.Languages = append(r.Languages, tag)
	}
}

func (r *Report) article(a *document.Article) {
	r.Notes += len(a.Notes)
	number := 0
	captions := map[*document.Image][]document.Inline{}
	see := func(im *document.Image) {
		if im.Asset == nil {
			return
		}
		number++
		r.picture(a, im, captions[im], number)
	}
	walked := *a
	walked.Image = nil
	document.WalkArticle(&walked, func(n document.Node) bool {
		if f, ok := n.(*document.Figure); ok {
			note(captions, f)
		}
		return true
	})
	if f := a.Lead(); f != nil {
		note(captions, f)
		for _, im := range f.Images {
			if im != nil {
				see(im)
			}
		}
	}
	document.WalkArticle(&walked, func(n document.Node) bool {
		switch n := n.(type) {
		case *document.Image:
			see(n)
		case *document.Math:
			r.formula(n.Formula)
		case *document.MathBlock:
			r.formula(n.Formula)
		case *document.Table:
			r.table(n)
		}
		return true
	})
}

// note tells which caption applies to the pictures of a figure.
func note(captions map[*document.Image][]document.Inline, f *document.Figure) {
	caption := f.Caption
	if len(caption) == 0 {
		caption = f.Title
	}
	for _, im := range f.Images {
		if im != nil {
			captions[im] = caption
		}
	}
}

func (r *Report) picture(a *document.Article, im *document.Image, caption []document.Inline, number int) {
	r.Pictures++
	if moves(im.Asset) {
		r.Moving++
	}
	_, p := document.AltText(im, caption)
	switch {
	case im.Decorative:
		r.Ornaments++
	case p == nil:
		r.Described++
	case p.Code == "missing-alt":
		r.Lacking = append(r.Lacking, Picture{Article: a, Number: number, Name: path.Base(im.Asset.Name), Pos: im.Position()})
	default:
		r.Described++
		r.Captioned++
	}
}

func (r *Report) formula(f *document.Formula) {
	if f != nil && f.Check() == nil {
		r.Formulas++
	} else {
		r.Sources++
	}
}

func (r *Report) table(t *document.Table) {
	headed := len(t.Head) > 0
	for _, row := range t.Body {
		if row == nil {
			continue
		}
		headed = headed || slices.ContainsFunc(row.Cells, func(c *document.TableCell) bool { return c != nil && c.Header })
	}
	if headed {
		r.Tables++
	} else {
		r.Headless++
	}
}

// moves reports whether a picture holds more than one image: a GIF by its graphic control extensions (GIF89a § 23), a WebP by its
// chunk ANIM (RFC 9649 § 2.7.1).
func moves(a *document.Asset) bool {
	switch a.MediaType {
	case "image/gif":
		return bytes.Count(a.Data, []byte{0x21, 0xF9, 0x04}) > 1
	case "image/webp":
		return len(a.Data) > 40 && bytes.Contains(a.Data[:40], []byte("ANIM"))
	}
	return false
}
