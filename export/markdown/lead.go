package markdown

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// leadInText gives the article's picture what front matter says of it where the text itself shows the picture: its alternative,
// caption and credit, each where the text has none. What cannot stand there is told. Notes are then cited where they are printed
// alone.
func (r *Reader) leadInText() {
	a, front := r.art, r.art.Image
	im, in := a.Shown()
	switch {
	case front != nil && a.LeadPicture == "none":
		front.Caption, front.Credit = WithoutNotes(front.Caption), WithoutNotes(front.Credit)
		return
	case im == nil:
		return
	}
	defer func() { front.Caption, front.Credit = nil, nil }()
	for _, own := range front.Images {
		if own != nil && im.Alt == "" && !im.Decorative {
			im.Alt = own.Alt
		}
	}
	if in == nil {
		r.leadUnsaid("caption", front.Caption)
		r.leadUnsaid("credit", front.Credit)
		return
	}
	title, caption, credit := in.Lines()
	under := plain(title) + "\n" + plain(caption) + "\n" + plain(credit)
	say := func(what string, words []document.Inline, line *[]document.Inline, free bool) {
		switch {
		case len(words) == 0 || strings.Contains(under, plain(words)):
		case free:
			*line = words
		default:
			r.leadUnsaid(what, words)
		}
	}
	say("caption", front.Caption, &in.Caption, len(in.Caption)+len(im.Title)+len(in.Title) == 0)
	say("credit", front.Credit, &in.Credit, len(in.Credit) == 0)
	if len(in.Caption) == 0 && len(in.Title) == 0 && len(in.Credit) > 0 {
		in.Caption = im.Title // which a credit alone would hide
	}
}

func plain(is []document.Inline) string {
	return strings.Join(strings.Fields(document.PlainText(is)), " ")
}

// leadUnsaid tells of what front matter says under the picture, and the editions do not.
func (r *Reader) leadUnsaid(what string, words []document.Inline) {
	if len(words) == 0 {
		return
	}
	r.problem("caption-left-out", words[0].Position(), "the "+what+" that front matter gives the picture is not printed: the text shows the picture itself, with words of its own or among words",
		"write it under the picture in the text, or take the picture out of the text")
}
