package epub

import (
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

func (w *writer) figure(f *document.Figure) {
	class := f.Layout
	if len(f.Images) > 1 {
		class += " group"
	}
	w.element("figure", strings.TrimSpace(class), &f.Attr, w.part.figureID(w, f), func() {
		w.raw("\n")
		link := w.book.address(f.Link)
		if link == "" {
			w.unlinked(f.Link, f.Position())
		}
		caption := f.Caption
		if len(caption) == 0 {
			caption = f.Title
		}
		images := f.Images
		if w.missingFigure(f, link) {
			images = nil
		}
		for _, im := range images {
			if im == nil {
				continue
			}
			if link != "" && !w.inLink {
				label := ""
				if im.Decorative || im.Alt == "" { // the link must say by itself where it leads
					if label = squeeze(document.PlainText(caption)); label == "" {
						label = link
					}
				}
				w.raw("<a" + attr("href", link) + attr("aria-label", label) + ">")
				w.inLink = true
				w.image(im, caption, "")
				w.inLink = false
				w.raw("</a>")
			} else {
				w.image(im, caption, "")
			}
			w.raw("\n")
		}
		w.blocks(f.Blocks)
		title, caption, credit := f.Lines()
		if len(title)+len(caption)+len(credit) > 0 {
			w.element("figcaption", "", nil, "", func() {
				parts := 0
				for _, p := range [...]struct {
					class string
					is    []document.Inline
				}{{"figure-title", title}, {"", caption}, {"credit", credit}} {
					if len(p.is) == 0 {
						continue
					}
					if parts++; parts > 1 {
						w.raw(" ")
					}
					if p.class == "" {
						w.inlines(p.is)
					} else {
						w.element("span", p.class, nil, "", func() { w.inlines(p.is) })
					}
				}
			})
			w.raw("\n")
		}
	})
}

// image writes a picture, or the words in its place when the file is missing or cannot be used.
func (w *writer) image(im *document.Image, caption []document.Inline, extra string) {
	if w.furniture {
		w.esc(im.Alt)
		return
	}
	alt, p := document.AltText(im, caption)
	pic := w.book.picture(im.Asset)
	if pic == nil {
		w.missing(im)
		return
	}
	if p != nil {
		w.problem(*p)
		if p.Code == "missing-alt" {
			w.book.evidence.missingAlt++
		} else {
			w.book.evidence.alt++
		}
	} else if im.Decorative {
		w.book.evidence.decorative++
	} else {
		w.book.evidence.alt++
	}
	w.book.evidence.images++
	if pic.animated {
		w.book.evidence.animated++
	}
	pic.used = true
	class := ""
	if im.Width > 0 {
		// A width is a share of the measure, in steps of five hundredths: by class, since reading systems override style
		// attributes, and not in pixels, which mean something else on every screen. 600 of them made a column once.
		share := im.Width
		if !im.Percent {
			share = im.Width / 600
		}
		if n := int(share*20 + 0.5); n < 20 {
			class = "w" + strconv.Itoa(max(n, 1)*5)
		}
	}
	extra = attr("src", "../"+pic.path()) + ` alt="` + esc(alt) + `"` + extra
	if im.Decorative {
		extra += ` role="presentation"`
	}
	w.open("img", class, &im.Attr, extra)
	w.buf = append(w.buf[:len(w.buf)-1], "/>"...)
}

// missingFigure writes the box that a figure's pictures leave that are not there, and tells whether anything is known of them. What
// the picture would have linked, its words do.
func (w *writer) missingFigure(f *document.Figure, link string) bool {
	site := w.book.issue.Journal.BaseURL
	known := false
	for _, im := range f.Images {
		if im == nil {
			continue
		}
		alt, address := document.MissingPicture(im, site)
		known = known || alt+address != ""
		if w.book.picture(im.Asset) != nil {
			return false
		}
	}
	if !known || len(f.Blocks) > 0 {
		return false
	}
	line := func(class, words string, a *document.Attr) {
		w.element("p", class, a, "", func() {
			if link != "" && !w.inLink {
				w.raw("<a" + attr("href", link) + ">" + esc(words) + "</a>")
			} else {
				w.esc(words)
			}
		})
		w.raw("\n")
	}
	w.raw(`<div class="missing">` + "\n")
	for _, im := range f.Images {
		if im == nil {
			continue
		}
		alt, address := document.MissingPicture(im, site)
		at := &im.Attr
		if alt != "" {
			line("", alt, at)
			at = nil
			link = ""
		}
		if address != "" {
			line("address", address, at)
		}
	}
	w.raw("</div>\n")
	return true
}

// missing writes the words in the place of a picture that is not there.
func (w *writer) missing(im *document.Image) {
	w.element("span", "missing", &im.Attr, "", func() {
		if words := document.Standin(im); words != "" {
			w.raw("[")
			w.esc(words)
			w.raw("]")
		}
	})
}

// media writes the line that stands for what moves or sounds, below its picture when it has one.
func (w *writer) media(m *document.Media) {
	if m.Poster == nil || m.Poster.Asset == nil {
		w.element("p", "media", &m.Attr, "", func() { w.inlines(m.Line) })
		return
	}
	w.element("figure", "media", &m.Attr, "", func() {
		w.raw("\n")
		w.image(m.Poster, nil, "")
		w.raw("\n")
		w.element("figcaption", "", nil, "", func() { w.inlines(m.Line) })
		w.raw("\n")
	})
}
