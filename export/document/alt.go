package document

import (
	"net/url"
	"strings"
)

// Lines gives what stands under a figure, a line each, nil where there is none: its title, unless the caption says the same,
// its caption and its credit. Without them all, the title is that of its pictures.
func (f *Figure) Lines() (title, caption, credit []Inline) {
	title, caption, credit = f.Title, f.Caption, f.Credit
	if len(title) > 0 && PlainText(title) == PlainText(caption) {
		title = nil
	}
	if len(title)+len(caption)+len(credit) > 0 {
		return title, caption, credit
	}
	for _, im := range f.Images {
		if im == nil || len(im.Title) == 0 {
			continue
		}
		if len(caption) > 0 {
			caption = append(caption, &Text{Value: " "})
		}
		caption = append(caption, im.Title...)
	}
	return nil, caption, nil
}

// AltText gives what stands for a picture where it cannot be seen. A decorative picture has none. Without an alt text of its
// own, the caption (given as it applies: the figure's, or the picture's title) is used and reported; with neither, both editions
// say the name of its file, since PDF/UA-1 § 7.3 wants something said, and that is reported (WCAG 2.2 § 1.1.1). The problem is
// nil when there is nothing to say.
func AltText(im *Image, caption []Inline) (string, *Problem) {
	if im.Decorative {
		return "", nil
	}
	if alt := strings.Join(strings.Fields(im.Alt), " "); alt != "" {
		return alt, nil
	}
	if len(caption) == 0 {
		caption = im.Title
	}
	if alt := strings.Join(strings.Fields(PlainText(caption)), " "); alt != "" {
		return alt, &Problem{Code: "alt-from-caption", Severity: Info, Pos: im.Pos,
			Message: "the picture has no alt text; its caption is used",
			Hint:    "say what is to be seen, which a caption seldom does: ![alt](picture \"caption\")"}
	}
	return Standin(im), &Problem{Code: "missing-alt", Severity: Warning, Pos: im.Pos,
		Message: "the picture " + im.Source + " has neither alt text nor caption",
		Hint:    "add alt text (image-alt in front matter), or alt=\"\" if it is an ornament"}
}

// MissingPicture gives what stands in the box that a figure's missing picture leaves: what it shows, when that is known, and the
// address at which it was looked for, from a site's public address (empty when unknown).
func MissingPicture(im *Image, site string) (alt, address string) {
	alt = strings.Join(strings.Fields(im.Alt), " ")
	switch src := strings.TrimSpace(im.Source); {
	case strings.HasPrefix(src, "data:"):
	case site != "" && strings.HasPrefix(src, "/") && !strings.HasPrefix(src, "//"):
		address = strings.TrimRight(site, "/") + src
	default:
		address = src
	}
	return alt, address
}

// Standin gives the words that stand in the place of a picture that is not there: its alt text, or else the name of its file.
// What a caption says stands below them.
func Standin(im *Image) string {
	if alt := strings.Join(strings.Fields(im.Alt), " "); alt != "" || strings.HasPrefix(im.Source, "data:") {
		return alt
	}
	name, _, _ := strings.Cut(im.Source, "?")
	name, _, _ = strings.Cut(name, "#")
	if i := strings.LastIndexAny(strings.TrimRight(name, "/"), "/\\"); i >= 0 {
		name = name[i+1:]
	}
	if un, err := url.PathUnescape(name); err == nil {
		name = un
	}
	return strings.Join(strings.Fields(name), " ")
}
