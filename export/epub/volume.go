package epub

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
)

// partTitle is what an issue is called among those of its volume: its number, and its title if it has one.
func (b *book) partTitle(is *document.Issue) string {
	number, title := partNumber(is), strings.TrimSpace(document.PlainText(is.Title))
	switch {
	case number == "":
		return title
	case title == "":
		return number
	}
	return number + ": " + title
}

func partNumber(is *document.Issue) string {
	if is.Number == "" {
		return ""
	}
	w := words.For(is.Language)
	return w.Number(w.Issue, is.Number)
}

// partPage opens an issue of a volume: its number, date, title, who edited it, and its cover.
func (b *book) partPage(w *writer) {
	is := w.part.issue
	w.raw(`<section class="part titlepage" epub:type="part" role="doc-part" aria-labelledby="title">` + "\n")
	w.opening()
	w.raw(`<h1 id="title">` + esc(partNumber(is)) + "</h1>\n")
	w.ownTitle(is)
	if is.Cover != b.issue.Cover {
		b.partCover(w, is)
	}
	w.closing()
	w.raw("</section>\n")
}

// partCover shows the picture that an issue had on its cover.
func (b *book) partCover(w *writer, is *document.Issue) {
	if is.Cover == nil {
		return
	}
	im := &document.Image{Source: is.Cover.Name, Asset: is.Cover, Alt: is.CoverAlt}
	if im.Alt == "" {
		im.Alt = words.For(is.Language).Cover + ": " + strings.TrimSpace(is.Journal.Title+" "+is.Number)
	}
	w.block(&document.Figure{Images: []*document.Image{im}})
	if len(is.CoverCredit) > 0 {
		w.raw(`<p class="cover-credit">`)
		w.label(is.CoverCredit, "")
		w.raw("</p>\n")
	}
}

// contentsPart opens an issue's entries in the contents of a volume.
func (b *book) contentsPart(w *writer, p *part) {
	w.raw(`<li class="part"` + langAttr(p.lang, b.lang) + dirAttr(p.dir, w.part.dir) + `><a class="title" href="` + p.file + `">` + esc(partNumber(p.issue)))
	if len(p.issue.Title) > 0 {
		if p.issue.Number != "" {
			w.raw(": ")
		}
		w.label(p.issue.Title, "")
	}
	w.raw("</a>\n<ol>\n")
}
