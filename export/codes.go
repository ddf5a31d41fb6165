package export

import (
	"cmp"
	"slices"

	"github.com/twinpress/twinpress/export/hugo"
)

// A Code is a kind of Problem.
type Code struct {
	Code     string
	Severity Severity
	Meaning  string
}

// Codes lists every kind of problem that a build can report, in alphabetical order. The codes are stable: scripts may match
// them.
func Codes() []Code {
	out := slices.Clone(laterCodes)
	for _, c := range hugo.Codes() {
		out = append(out, Code(c))
	}
	slices.SortFunc(out, func(a, b Code) int { return cmp.Compare(a.Code, b.Code) })
	return out
}

// laterCodes are those of the stages after reading.
var laterCodes = []Code{
	{"alt-from-caption", Info, "a picture has no alt text, and its caption stands for it"},
	{"bad-cover", Error, "the issue's cover cannot be decoded"},
	{"bad-mathml", Warning, "a formula is not well-formed MathML; its source is shown"},
	{"build", Error, "an edition could not be made"},
	{"draft", Error, "the article asked for is a draft"},
	{"internal", Error, "twinpress itself failed on an edition: a bug of ours"},
	{"link-left-out", Info, "an EPUB carries no link of its scheme (magnet:), and has its text only"},
	{"math-as-source", Info, "a formula is set as TeX source in the PDF"},
	{"missing-alt", Warning, "a picture has neither alt text nor caption"},
	{"missing-glyph", Warning, "no font has a character; a replacement is drawn in the PDF"},
	{"no-issue", Info, "an article names no issue and is left out of the build"},
	{"pdf-dest", Warning, "a link or bookmark in the PDF leads to no place"},
	{"pdf-glyph", Warning, "a glyph could not be drawn"},
	{"pdf-link", Warning, "a link in the PDF leads nowhere"},
	{"pdf-picture", Warning, "a picture, or a part of it, could not be drawn in the PDF"},
	{"pdf-tag", Warning, "text in the PDF has no place in its structure"},
	{"picture-left-out", Info, "the style sets no front matter pictures; this one is in the EPUB only"},
	{"style-key", Error, "the style has an unknown key, or one twice"},
	{"style-value", Error, "a value of the style is of the wrong kind"},
	{"unknown-font", Warning, "the style names a font family that is not there"},
}
