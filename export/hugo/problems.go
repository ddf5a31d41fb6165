package hugo

import "github.com/twinpress/twinpress/export/document"

// A Code is a kind of Problem that reading can find.
type Code struct {
	Code     string
	Severity document.Severity
	Meaning  string
}

// Codes lists every code, in alphabetical order.
func Codes() []Code { return codes[:] }

var codes = [...]Code{
	{"bad-config", document.Error, "twinpress.yaml holds an unknown key or a value of the wrong kind"},
	{"bad-encoding", document.Warning, "the file is not UTF-8"},
	{"bad-front-matter", document.Error, "the front matter does not parse"},
	{"bad-html", document.Info, "HTML was left open or closed without being opened, and was mended"},
	{"bad-image", document.Warning, "a picture's format is not one that can be used"},
	{"bad-shortcode", document.Warning, "a shortcode is not closed, or lacks what it needs"},
	{"bad-value", document.Warning, "a front matter value is of the wrong kind"},
	{"broken-anchor", document.Warning, "a link leads to a place that its article does not have"},
	{"broken-link", document.Warning, "a link leads to a page that the site does not have"},
	{"control-character", document.Warning, "a control character was taken out"},
	{"converted-note", document.Info, "a note typed as a link, or its text typed as a paragraph, was made a real one"},
	{"dropped-html", document.Warning, "HTML that no edition can carry (script, form) was left out"},
	{"dropped-template", document.Warning, "a template instruction was left out"},
	{"dropped-toc", document.Info, "a table of contents in the text was left out; the edition has its own"},
	{"duplicate-note", document.Warning, "a note is defined twice; the first counts"},
	{"duplicate-title", document.Info, "the text repeats the title as its first heading, which was left out"},
	{"language-guessed", document.Info, "nothing names the text's language; it was guessed"},
	{"linked-media", document.Warning, "a film, sound or frame is given as a link"},
	{"math-source", document.Info, "mathematics is kept as TeX source"},
	{"missing-image", document.Warning, "a picture's file was not found"},
	{"missing-note", document.Warning, "a note is cited but not defined; the citation stays as typed"},
	{"missing-title", document.Warning, "an article has no title; its file name stands in"},
	{"no-base-url", document.Info, "a link leads out of the edition, and the site's public address is not known"},
	{"read-as-verse", document.Info, "short lines broken by hand were read as a poem"},
	{"remote-image", document.Warning, "a picture lies on the network, which is never asked; it is given as a link"},
	{"stray-bom", document.Info, "byte order marks inside the text were taken out"},
	{"unclosed-front-matter", document.Warning, "front matter begins but does not end, and is read as text"},
	{"unknown-directive", document.Warning, "a line looks like a publisher's own directive; its text is kept"},
	{"unknown-language", document.Warning, "a language code is not one of BCP 47"},
	{"unknown-shortcode", document.Warning, "a shortcode is not known; what it encloses is kept"},
	{"unsafe-link", document.Warning, "a link's address is not one to follow (javascript:) and was dropped"},
	{"unused-note", document.Warning, "a note is defined but never cited, and is left out"},
}

// problem makes a Problem of a known code.
func problem(code string, pos document.Pos, message, hint string) document.Problem {
	for _, c := range codes {
		if c.Code == code {
			return document.Problem{Code: code, Severity: c.Severity, Pos: pos, Message: message, Hint: hint}
		}
	}
	panic("hugo: problem code " + code + " is not in the table")
}
