package access

import (
	"io"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/internal/xmltext"
)

// HTML writes a statement as a page that stands for itself: what a shop or a library links to. The title is the publication's,
// in its language.
func HTML(w io.Writer, s *document.Statement, title, lang string) error {
	var b strings.Builder
	dir := ""
	if words.RightToLeft(s.Language) {
		dir = ` dir="rtl"`
	}
	b.WriteString("<!DOCTYPE html>\n<html lang=\"" + xmltext.Escape(s.Language) + `"` + dir + ">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" + xmltext.Escape(s.Title+": "+title) + "</title>\n" +
		"<style>body { max-width: 40em; margin: 2em auto; padding: 0 1em; font: 1em/1.5 serif; color: #111; background: #fff }</style>\n</head>\n<body>\n<main>\n<h1>" +
		xmltext.Escape(s.Title) + "</h1>\n<p><cite lang=\"" + xmltext.Escape(lang) + "\">" + xmltext.Escape(title) + "</cite></p>\n")
	blocks(&b, s.Blocks)
	b.WriteString("</main>\n</body>\n</html>\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// blocks writes what a statement is made of.
func blocks(b *strings.Builder, bs []document.Block) {
	for _, bl := range bs {
		switch bl := bl.(type) {
		case *document.Heading:
			h := "h" + strconv.Itoa(bl.Level+1)
			b.WriteString("<" + h + ">" + xmltext.Escape(document.PlainText(bl.Content)) + "</" + h + ">\n")
		case *document.Paragraph:
			b.WriteString("<p>" + xmltext.Escape(document.PlainText(bl.Content)) + "</p>\n")
		case *document.List:
			b.WriteString("<ul>\n")
			for _, it := range bl.Items {
				b.WriteString("<li>")
				blocks(b, it.Blocks)
				b.WriteString("</li>\n")
			}
			b.WriteString("</ul>\n")
		}
	}
}
