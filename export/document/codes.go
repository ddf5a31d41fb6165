package document

import "slices"

// A ProblemKind is a kind of Problem.
type ProblemKind struct {
	Code     string
	Severity Severity
	Meaning  string
}

// ProblemKinds lists every kind of Problem, in alphabetical order. The codes are stable: scripts may match them.
func ProblemKinds() []ProblemKind { return slices.Clone(codes[:]) }

// NewProblem makes a Problem of a known code, with the severity that the table gives it; an unknown code is a bug of ours,
// and panics.
func NewProblem(code string, pos Pos, message, hint string) Problem {
	for i := range codes {
		if codes[i].Code == code {
			return Problem{Code: code, Severity: codes[i].Severity, Pos: pos, Message: message, Hint: hint}
		}
	}
	panic("problem code " + code + " is not in the table")
}

// codes is the one table of kinds.
var codes = [...]ProblemKind{
	{"ahead", Info, "articles are of a day that has not come"},
	{"alt-from-caption", Info, "a picture has no alt text, and its caption stands for it"},
	{"bad-config", Error, "twinpress.yaml holds an unknown key or a value of the wrong kind"},
	{"bad-cover", Error, "the issue's cover cannot be decoded"},
	{"bad-data", Warning, "a file of data (data/authors) does not parse"},
	{"bad-encoding", Warning, "the file is not UTF-8"},
	{"bad-feed", Warning, "the catalogue in the output folder cannot be read, and is written anew"},
	{"bad-front-matter", Error, "the front matter does not parse"},
	{"bad-html", Info, "HTML was left open or closed without being opened, and was mended"},
	{"bad-identifier", Warning, "an ISBN, ISSN, DOI or ORCID is none: its check digit or its form is wrong, and it is not sent out"},
	{"bad-image", Warning, "a picture's format is not one that can be used"},
	{"bad-issue-data", Warning, "what is said of an issue (its page, data/issues) has an unknown key, or a value that cannot be used"},
	{"bad-lock", Warning, "pages.lock.json cannot be read, and nothing is held against it"},
	{"bad-mathml", Warning, "a formula is not valid MathML; it was mended, or its text is shown"},
	{"bad-reference", Info, "a character reference (&#8212) lacks its semicolon, and was read all the same"},
	{"bad-shortcode", Warning, "a shortcode is not closed, or lacks what it needs"},
	{"bad-value", Warning, "a front matter value is of the wrong kind"},
	{"broken-anchor", Warning, "a link leads to a place that its article does not have"},
	{"broken-link", Warning, "a link leads to a page that the site does not have"},
	{"coarse-cover", Warning, "the cover's picture has too few dots to the inch for print"},
	{"cover-cut", Warning, "a cover has no room for all words of a title, or of the text on the back"},
	{"build", Error, "an edition could not be made"},
	{"cache-damaged", Info, "what the cache held was cut short or altered, and was made again"},
	{"cache-unwritable", Info, "the cache could not take everything; it will be made again"},
	{"caption-left-out", Warning, "the caption or credit that front matter gives an article's picture is not printed, since the text shows the picture itself"},
	{"control-character", Warning, "a control character was taken out"},
	{"converted-note", Info, "a note typed as a link, or its text typed as a paragraph, was made a real one"},
	{"drawing-cut", Warning, "a part of a drawing that no edition can carry (what lies outside its file, HTML in it) was left out"},
	{"deposit", Error, "a deposit cannot be written: what it must say (the journal's title, who deposits) is not known"},
	{"dropped-html", Warning, "HTML that no edition can carry (script, form) was left out"},
	{"dropped-template", Warning, "a template instruction was left out"},
	{"dropped-toc", Info, "a table of contents in the text was left out; the edition has its own"},
	{"duplicate-note", Warning, "a note is defined twice; the first counts"},
	{"duplicate-title", Info, "the text repeats the title as its first heading, which was left out"},
	{"hidden-html", Warning, "HTML that its page does not show (hidden, display: none) was left out"},
	{"hook-left-out", Info, "a render hook of the site's shows something by a program of its page; it stands as Markdown has it"},
	{"internal", Error, "twinpress itself failed on an edition: a bug of ours"},
	{"issue-data-differs", Warning, "two places that tell of an issue contradict each other; the first of them counts"},
	{"kept-html", Info, "HTML that does something on a page which no edition can do; its words were kept"},
	{"language-guessed", Info, "nothing names the text's language; it was guessed"},
	{"link-left-out", Info, "no edition links to addresses of its scheme (magnet:); its text stands"},
	{"limit", Error, "a text is larger, or more deeply nested, than what is set; limits: in twinpress.yaml raises the bound"},
	{"linked-media", Warning, "a film, sound or frame is given as a link"},
	{"math-as-source", Info, "a formula is set as TeX source in the PDF"},
	{"math-source", Info, "mathematics is kept as TeX source"},
	{"mended-encoding", Info, "UTF-8 that had been read as another encoding was read as it was meant"},
	{"mended-markup", Info, "markup that another program left in the text was mended"},
	{"missing-alt", Warning, "a picture has neither alt text nor caption"},
	{"missing-glyph", Warning, "no font has a character; a replacement is drawn in the PDF"},
	{"missing-image", Warning, "a picture's file was not found"},
	{"missing-note", Warning, "a note is cited but not defined; the citation stays as typed"},
	{"missing-text", Warning, "a file of text that the configuration or an issue's data names is not there"},
	{"missing-theme", Info, "a theme or module of the site is not there; nothing is fetched"},
	{"missing-title", Warning, "an article has no title; its file name stands in"},
	{"narrow-spine", Info, "a printed issue's spine is too narrow for type, and stays without"},
	{"no-base-url", Info, "a link leads out of the edition, and the site's public address is not known"},
	{"no-issue", Info, "articles name no issue and are left out of the build"},
	{"not-deposited", Warning, "an article cannot be registered with Crossref: it has no DOI, no address or no date"},
	{"not-locked", Info, "pages.lock.json does not hold the pages of an issue, or an article of it"},
	{"no-paper", Info, "a spine was measured by a usual paper, since nothing says what the pages are printed on"},
	{"no-pages", Info, "references are written without page numbers: no PDF is made with them"},
	{"odd-pages", Info, "a stapled issue's pages are no multiple of four"},
	{"page-moved", Warning, "a cited page of a published issue, as pages.lock.json has it, would move"},
	{"part-left-out", Info, "a part of an issue has a text, but the list of its parts does not name it"},
	{"pdf-dest", Warning, "a link or bookmark in the PDF leads to no place"},
	{"pdf-glyph", Warning, "a glyph could not be drawn"},
	{"pdf-link", Warning, "a link in the PDF leads nowhere"},
	{"pdf-picture", Warning, "a picture, or a part of it, could not be drawn in the PDF"},
	{"pdf-tag", Warning, "text in the PDF has no place in its structure"},
	{"other-format", Warning, "content is written in a notation that is not read"},
	{"picture-found", Info, "a picture lies elsewhere than the text says, or under a name that differs a little, and was found by it"},
	{"picture-left-out", Info, "the style sets no pictures before articles; this one is in the EPUB only"},
	{"read-as-verse", Info, "short lines broken by hand were read as a poem"},
	{"relative-feed", Info, "a catalogue does not say at which address it is published, which some programs want to know"},
	{"remote-image", Warning, "a picture lies on the network, which is never asked; it is given as a link"},
	{"same-name", Warning, "two editions would be written to the same files, and have names of their own"},
	{"small-cover", Info, "the cover's picture has fewer pixels than shops ask for"},
	{"stray-bom", Info, "byte order marks inside the text were taken out"},
	{"style-key", Error, "the style has an unknown key, or one twice"},
	{"style-value", Error, "a value of the style is of the wrong kind"},
	{"template-failed", Warning, "the site's own template for a shortcode failed or was stopped; the shortcode's words were kept"},
	{"template-warns", Warning, "the site's own template for a shortcode warns of something"},
	{"tooltip", Info, "words that a page shows only under a pointer (title) were left out"},
	{"unclosed-front-matter", Warning, "front matter begins but does not end, and is read as text"},
	{"unknown-directive", Warning, "a line looks like a publisher's own directive; its text is kept"},
	{"unknown-font", Warning, "the style names a font family that is not there"},
	{"unknown-language", Warning, "a language code is not one of BCP 47"},
	{"unknown-markup", Warning, "a node of a Markdown extension is not known; what it says in words is kept"},
	{"unknown-node", Warning, "a program has put a node of its own into the document, which no edition can show"},
	{"unknown-shortcode", Warning, "a shortcode is not known; what it encloses is kept"},
	{"unreadable", Error, "a file or a folder of the content cannot be read, and is in no edition"},
	{"unpublished", Info, "a page is left out that Hugo would not publish: expired, for a later day, headless, never listed"},
	{"unsafe-link", Warning, "a link's address is not one to follow (javascript:) and was dropped"},
	{"unsupported-setting", Info, "a setting of Hugo's is known and not followed"},
	{"unused-note", Warning, "a note is defined but never cited; it stands after the others, or is left out"},
	{"words-differ", Error, "an edition does not say what the text says: a bug of ours; it was not written"},
}
