package hugo

import (
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/typography"
	"github.com/twinpress/twinpress/export/markdown"
	"go.yaml.in/yaml/v3"
)

// A Config is a publisher's configuration: twinpress.yaml, completed from Hugo's own configuration.
type Config struct {
	File    string // twinpress.yaml as found, absolute when it lies on disk; "" when there is none
	Journal JournalConfig

	// Keys tells which front matter keys mean what, for instance "authors": {"authors", "author"}.
	Keys map[string][]string

	// Style is the node under "style:", for the typesetter to decode strictly: a scalar (the name of a built-in style)
	// or a mapping. Its lines and columns are those of File. Nil when not given.
	Style *yaml.Node

	LeadPicture string // one of document.LeadPlaces: where the articles' pictures open them; "" as the style has it
	Notes       string // "article" or "issue": where an issue's notes stand in the EPUB
	Limits      markdown.Limits
	MaxPages    int    // of a PDF; 0 is 20,000
	MaxSeconds  int    // that an edition may take; 0 is 600
	UnusedNotes string // "print" or "drop"; "" is print
	Images      ImagesConfig
	Fonts       string // folder of the publisher's own fonts, absolute when File is; "" for none; Site.Fonts opens it
	EPUB        EPUBConfig
	PDF         PDFConfig
	Statement   bool              // whether an issue holds an accessibility statement; default true
	Contact     string            // whom a reader asks about accessibility; "" is the publisher
	Macros      map[string]string // commands of formulas, without their backslash → TeX; #1 to #9 are arguments
	House       markdown.House    // typography
	Wrap        WrapConfig
	Cover       string                       // picture for every issue without its own, as in an image link
	CoverType   string                       // "over": type is set over the picture
	Matter      []string                     // names of an issue's parts in order, of document.PartNames; nil leaves them to the formats
	Shortcodes  map[string]string            // what is done with shortcodes, by name: one of markdown.Handlings
	Templates   map[string]markdown.Template // the publisher's own for shortcodes
	Hooks       string                       // "run" or "ignore": the site's render hooks; "" is run
	IssuesBy    string                       // how articles name their issue: "key", "folder", "section", or a taxonomy or key; "" finds out
	Order       string                       // of an issue's articles: "oldest" first, or "hugo"; "" is oldest
	Crossref    CrossrefConfig
	Rules       map[string]string // what is made of problems, by code: "off", or a severity's name
	OPDSBaseURL string            // address of the folder of editions, with a trailing slash; "" when a catalogue's addresses are relative

	issues map[string]*value // what is said of single issues, by number
	said   JournalConfig     // the periodical as this file alone has it
	tree   *value
	src    *source.Source
}

// A JournalConfig describes the periodical.
type JournalConfig struct {
	Title     string
	Subtitle  string
	Short     string // stem of file names; made of the title when empty
	ISSN      string
	EISSN     string // of the electronic edition
	Publisher string
	Place     string
	Language  string // BCP 47; "" when nothing says
	Rights    string
	License   string // its URL
	Editors   []string
	BaseURL   string // with a trailing slash; "" when not known
	Imprint   string // Markdown
	Logo      string // picture, as in an image link

	// Of the masthead, Markdown or the name of a file of it.
	Statement  string // of purpose
	Guidelines string // for submissions
	Address    string
	Masthead   string // what else it says

	in map[string]JournalConfig // what is otherwise in an issue of another language
}

// Slug gives the stem of the files' names.
func (j JournalConfig) Slug() string {
	if j.Short != "" {
		return j.Short
	}
	return j.Title
}

// An ImagesConfig bounds the pictures of the EPUB. Zero means the format's own bound.
type ImagesConfig struct {
	MaxPixels int
	MaxBytes  int
}

// An EPUBConfig holds what only the EPUB needs.
type EPUBConfig struct {
	EmbedFonts         bool
	AccessibilityClaim string // conformance claim, as "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
	CertifiedBy        string
	PageList           bool // default true
}

// A CrossrefConfig says who deposits with Crossref.
type CrossrefConfig struct{ Depositor, Email, Registrant string }

// A PDFConfig holds what only the PDF needs.
type PDFConfig struct {
	Standard string // "ua-1+a-2a" and so on; "" is the default
}

// An option is a setting of the configuration: the one table behind what is accepted and what init writes.
type option struct {
	key     string // with its surroundings: "journal.title"
	into    any    // where its value goes: *string, *[]string, *bool, *int; a func(*decoding, *value) reads what is more
	example string
	comment string
}

// options lists the settings of a configuration. Those without an example are explained at the end of the template.
func options(c *Config) []option {
	return []option{
		{"journal.title", &c.Journal.Title, "The Composing Room", "The periodical's name. Without it: the title in Hugo's configuration."},
		{"journal.subtitle", &c.Journal.Subtitle, "A quarterly of printing and reading", ""},
		{"journal.short", &c.Journal.Short, "composing-room", "Stem of the files' names: composing-room-112.pdf. Without it: made of the title."},
		{"journal.issn", anISSN{&c.Journal.ISSN}, "1234-5679", ""},
		{"journal.eissn", anISSN{&c.Journal.EISSN}, "1234-5660", "Of the electronic edition, when it has one of its own."},
		{"journal.publisher", &c.Journal.Publisher, "The Composing Room Society", ""},
		{"journal.place", &c.Journal.Place, "London", "Place of publication."},
		{"journal.language", &c.Journal.Language, "en-GB", "Language of articles that name none (BCP 47): it decides hyphenation and quotation marks."},
		{"journal.rights", &c.Journal.Rights, "© the authors", "Copyright or licence, in words."},
		{"journal.license", &c.Journal.License, "https://creativecommons.org/licenses/by/4.0/", "Address of the licence."},
		{"journal.editors", &c.Journal.Editors, `["Ada Example"]`, ""},
		{"journal.base-url", &c.Journal.BaseURL, "https://example.org/", "Public address of the site. Without it: Hugo's baseURL."},
		{"journal.imprint", &c.Journal.Imprint, "Printed by nobody yet.", "Text of the masthead page, Markdown."},
		{"journal.logo", &c.Journal.Logo, "/img/logo.svg", "A mark over the journal's name on the title page and on covers that are made, or set over a picture."},
		{"journal.staff", (*decoding).staff, `{Managing editor: Ada Example, Copy editors: [Ben Example, Cy Example]}`, "The masthead: offices with their people,"},
		{"journal.statement", &c.Journal.Statement, "statement.md", "why the journal is made (Markdown, here and below, or the name of a file of it; name.de.md is for German issues),"},
		{"journal.guidelines", &c.Journal.Guidelines, "Write to us *before* you write for us.", "what who sends texts should know,"},
		{"journal.funders", (*decoding).funders, "[The Example Fund]", "who gives money,"},
		{"journal.address", &c.Journal.Address, "1 Example Row, London", "where it is made,"},
		{"journal.masthead", &c.Journal.Masthead, "masthead.md", "and what else the masthead is to say."},
		{"journal.languages", (*decoding).journalIn, "{de: {title: Der Setzersaal, statement: statement.de.md}}", "The same settings where issues in another of the site's languages differ."},
		{"matter", (*decoding).matter, "[half-title, title, imprint, masthead, contents, editorial, articles, corrections, contributors, advertisements, accessibility, colophon, index]", "The parts of an issue in order. Without it: those that have something to say, as the style has them."},
		{"style", (*decoding).style, "book", "How the PDF looks: book, review or broadsheet, or a mapping that changes values of one of them."},
		{"lead-picture", oneOf{&c.LeadPicture, document.LeadPlaces}, "column", "Where the picture that front matter names opens its article: none, column, across or page. Without it: as the style has it."},
		{"notes", &c.Notes, "article", "Where an issue's notes stand in the EPUB: after each article, or in one chapter (issue)."},
		{"order", oneOf{&c.Order, []string{"oldest", "hugo"}}, "oldest", "Of an issue's articles, after their weight: oldest first, or as Hugo's lists have them (hugo: newest first, then by title)."},
		{"unused-notes", oneOf{&c.UnusedNotes, []string{"print", "drop"}}, "print", "Notes that the text never cites: after the others under a line that says so, or left out (drop)."},
		{"cover", &c.Cover, "/img/cover.png", "Cover picture of issues that have no other. Without it a cover is made."},
		{"cover-type", oneOf{&c.CoverType, coverTypes}, "none", "Of issues with a picture: the journal's name and the contents are set over it (over), or the picture is the cover (none)."},
		{"fonts", &c.Fonts, "fonts", "A folder of fonts, beside this file, that styles may name."},
		{"images.max-pixels", &c.Images.MaxPixels, "4000000", "Bounds of a picture in the EPUB."},
		{"images.max-bytes", &c.Images.MaxBytes, "2000000", ""},
		{"epub.embed-fonts", &c.EPUB.EmbedFonts, "false", "Carry the PDF's fonts in the EPUB, too."},
		{"epub.page-list", &c.EPUB.PageList, "true", "Mark the PDF's pages in the EPUB."},
		{"epub.accessibility-claim", &c.EPUB.AccessibilityClaim, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "Only when somebody has checked it."},
		{"epub.certified-by", &c.EPUB.CertifiedBy, "The Composing Room Society", "Who has."},
		{"crossref.depositor", &c.Crossref.Depositor, "The Composing Room Society", "Who sends deposits to Crossref, and where it answers."},
		{"crossref.email", &c.Crossref.Email, "doi@example.org", ""},
		{"crossref.registrant", &c.Crossref.Registrant, "The Composing Room Society", "In whose name. Without it: the publisher."},
		{"opds.base-url", &c.OPDSBaseURL, "https://example.org/editions/", "Public address of the folder of editions, for the catalogue (format opds). Without it: addresses are relative to the catalogue."},
		{"accessibility.statement", &c.Statement, "true", "A page in each issue that says what it offers to readers with disabilities, and what it lacks."},
		{"accessibility.contact", &c.Contact, "access@example.org", "Whom they can ask. Without it: the publisher, at the journal's address."},
		{"pdf.standard", &c.PDF.Standard, "ua-1+a-2a", "Standards that the PDF keeps: ua-1+a-2a, a-2b, ua-2+a-4 or none."},
		{"wrap.paper", (*decoding).paper, "offset-90", "Of the printed issue's cover (--format wrap), the paper of the pages, by which its spine is measured: offset-80, offset-90, offset-100, offset-120, book-70, book-80, book-90, coated-115, coated-135, coated-150, newsprint-45; or {grams: 90, volume: 1.25}, or {thickness: 0.11 mm} of a leaf."},
		{"wrap.board", length("wrap.board", func(c *Config) *int { return &c.Wrap.Board }, 5000), "0.3 mm", "Thickness of the cover, which is added to the spine twice."},
		{"wrap.binding", oneOf{&c.Wrap.Binding, []string{"perfect", "saddle"}}, "perfect", "Glued (perfect), or stapled through the fold and without a spine (saddle)."},
		{"wrap.bleed", length("wrap.bleed", func(c *Config) *int { return &c.Wrap.Bleed }, 20000), "3 mm", "How far colour reaches beyond the trim."},
		{"wrap.marks", &c.Wrap.Marks, "true", "Marks where to cut and fold."},
		{"wrap.spine", oneOf{&c.Wrap.Spine, []string{"down", "up"}}, "down", "Type on the spine runs down or up. Without it: as in the language's country."},
		{"wrap.barcode", oneOf{&c.Wrap.Code, []string{"issn", "isbn", "none"}}, "issn", "Of what the bar code is. Without it: of the issue's ISBN, or of the ISSN."},
		{"wrap.barcode-size", (*decoding).codeSize, "100%", "80% to 200%."},
		{"wrap.price", &c.Wrap.Price, "€ 12", "A line on the back."},
		{"wrap.text", &c.Wrap.Text, "Four pieces about *nothing*.", "What the back says (Markdown). Without it: the issue's description."},
		{"limits.file-size", &c.Limits.FileSize, "16777216", "Bounds of a text, beyond which it is refused: its bytes,"},
		{"limits.paragraph", &c.Limits.Paragraph, "500000", "bytes of a paragraph,"},
		{"limits.word", &c.Limits.Word, "150000", "characters without a blank,"},
		{"limits.marks", &c.Limits.Marks, "20000", "characters of markup in a paragraph,"},
		{"limits.blocks", &c.Limits.Blocks, "60000", "paragraphs,"},
		{"limits.nesting", &c.Limits.Nesting, "100", "things within each other,"},
		{"limits.notes", &c.Limits.Notes, "20000", "notes and their citations,"},
		{"limits.cells", &c.Limits.Cells, "50000", "cells of a table,"},
		{"limits.calls", &c.Limits.Calls, "20000", "shortcodes, templates, definitions of links;"},
		{"limits.pages", &c.MaxPages, "20000", "pages of a PDF,"},
		{"limits.seconds", &c.MaxSeconds, "600", "and seconds that an edition may take."},
		{"rules", (*decoding).rules, "{missing-alt: error, heading-skip: warning, loose-line: off}", "What is made of problems, by their codes (twinpress codes): off, info, warning or error. One that is an error fails its edition. A rule of twinpress check that is named here is held in builds, too."},
		{"keys", (*decoding).keys, "", ""},
		{"macros", (*decoding).macros, "", ""},
		{"typography.dashes", oneOf{&c.House.Dashes, typography.Dashes}, "closed-em", "Between words: closed-em, spaced-em, spaced-en, or as-written. Without it: as the language has it, and dashes typed as such stay."},
		{"typography.ranges", oneOf{&c.House.Ranges, typography.Ranges}, "en-dash", "Between numbers (1914–18, pp. 3–5): en-dash, or as-written."},
		{"typography.quotes", (*decoding).quotes, `{en-GB: ["‘", "’", "“", "”"]}`, "Marks of a language, where the house differs from custom: opening, closing, inner opening, inner closing."},
		{"quotes", (*decoding).quotes, "", ""}, // as it was called before
		{"shortcodes", (*decoding).shortcodes, "{advert: drop, hint: keep, map: link}", "A shortcode's name: run its template, keep to what twinpress makes of it, inner for no more than what it encloses, drop it, a link to what it names, a figure; or {template: …} of your own, as Hugo's, or one for each format: {epub: …, pdf: …}."},
		{"hooks", oneOf{&c.Hooks, []string{"run", "ignore"}}, "run", "The site's render hooks for links, pictures, headings, code …: run, without what only the web needs, or left alone (ignore)."},
		{"issues", (*decoding).issues, "", ""},
	}
}

// ConfigTemplate is a commented twinpress.yaml in which every key is explained. Every setting is commented out, so that
// it changes nothing as it stands.
func ConfigTemplate() string {
	var b strings.Builder
	b.WriteString("# twinpress.yaml: what Hugo's configuration does not say. Every line may be left out.\n")
	group := ""
	for _, o := range options(&Config{}) {
		if o.example == "" {
			continue
		}
		g, key, nested := strings.Cut(o.key, ".")
		if !nested {
			g, key = "", o.key
		}
		if g != group || g == "" {
			b.WriteByte('\n')
			if g != "" {
				b.WriteString("# " + g + ":\n")
			}
			group = g
		}
		indent := ""
		if nested {
			indent = "  "
		}
		example := o.example
		if _, text := o.into.(*string); text && strings.ContainsAny(example, ":#©\"") {
			example = strconv.Quote(example)
		}
		if o.comment != "" {
			b.WriteString("# " + indent + "# " + o.comment + "\n")
		}
		b.WriteString("# " + indent + key + ": " + example + "\n")
	}
	b.WriteString("\n# Front matter keys, where yours differ: a key or a list, of which the first that is given counts.\n# keys:\n")
	for _, k := range defaultKeys {
		b.WriteString("#   " + k.meaning + ": [" + strings.Join(k.keys, ", ") + "] # " + k.comment + "\n")
	}
	b.WriteString(`
# Commands of your formulas that LaTeX does not know, as your site's MathJax or KaTeX has them.
# macros:
#   abs: '\left|#1\right|'

# Issues, where the content does not say enough. The same keys count in the issue's page (content/issues/112/_index.md) and
# in data/issues/112.yaml (.toml, .json). What is said here comes first, then the page, then the data.
# issues:
#   by: key # front matter or a taxonomy of issues; folder or section: its name is the number (a year and the folder
#           # in it: 2019/3); or the name of any taxonomy or key. Without it that is found out.
#   "112":
#     title: The year in print
#     subtitle: ""
#     description: ""
#     number: "" # as printed, where it is not the number by which articles name the issue
#     volume: ""
#     date: 2018-12 # or as it is printed: Winter 2018
#     season: "" # printed in the date's stead
#     cover: /img/112.png
#     cover-alt: What the cover shows
#     cover-credit: Photograph by *Ada Example*
#     cover-type: over # the journal's name and the contents are set over the picture
#     isbn: ""
#     doi: ""
#     editors: [Ada Example] # of this issue alone
#     editorial: editorial.md # or its text; without it the text of the issue's page is the editorial
#     sections: [{title: Essays, articles: [first-article]}] # heads of the contents
#     articles: [first-article, second-article] # slugs or paths, in the order wanted
#     corrections: "In number 111, read *Rue des Fondeurs*." # or a file; or a list
#     advertisements: [{picture: /img/type.png, alt: Type for sale, url: "https://example.org/"}]
`)
	return b.String()
}
