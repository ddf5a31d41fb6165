package hugo

import (
	"fmt"
	"strconv"
	"strings"

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

	Notes  string // "article" or "issue": where an issue's notes stand in the EPUB
	Images ImagesConfig
	Fonts  string // folder of the publisher's own fonts, absolute when File is; "" for none; Site.Fonts opens it
	EPUB   EPUBConfig
	PDF    PDFConfig
	Macros map[string]string   // commands of formulas, without their backslash → TeX; #1 to #9 are arguments
	Quotes map[string][]string // language → opening, closing, inner opening, inner closing mark
	Cover  string              // picture for every issue without its own, as in an image link
	Issues map[string]IssueConfig

	tree *value
	src  *source
}

// A JournalConfig describes the periodical.
type JournalConfig struct {
	Title     string
	Subtitle  string
	Short     string // stem of file names; made of the title when empty
	ISSN      string
	Publisher string
	Place     string
	Language  string // BCP 47; "" when nothing says
	Rights    string
	License   string // its URL
	Editors   []string
	BaseURL   string // with a trailing slash; "" when not known
	Imprint   string // Markdown
	Logo      string // picture, as in an image link
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

// A PDFConfig holds what only the PDF needs.
type PDFConfig struct {
	Standard string // "ua-1+a-2a" and so on; "" is the default
}

// An IssueConfig describes one issue where the content does not.
type IssueConfig struct {
	Title       string // inline Markdown
	Description string // inline Markdown
	Volume      string
	Date        string
	Cover       string
	ISBN        string
	DOI         string
	Articles    []string // slugs or paths, in the order wanted
}

// A setting of the configuration: the one table behind what is accepted and what init writes.
type option struct {
	key     string // with its surroundings: "journal.title"
	kind    optionKind
	example string
	comment string
	set     func(*Config, *value)
}

type optionKind int

const (
	textOption optionKind = iota
	listOption
	boolOption
	numberOption
	treeOption // decoded elsewhere
)

func options() []option {
	journal := func(key, example, comment string, field func(*Config) *string) option {
		return option{"journal." + key, textOption, example, comment, func(c *Config, v *value) { *field(c) = v.text }}
	}
	return []option{
		journal("title", "The Composing Room", "The periodical's name. Without it: the title in Hugo's configuration.", func(c *Config) *string { return &c.Journal.Title }),
		journal("subtitle", "A quarterly of printing and reading", "", func(c *Config) *string { return &c.Journal.Subtitle }),
		journal("short", "composing-room", "Stem of the files' names: composing-room-112.pdf. Without it: made of the title.", func(c *Config) *string { return &c.Journal.Short }),
		journal("issn", "1234-5679", "", func(c *Config) *string { return &c.Journal.ISSN }),
		journal("publisher", "The Composing Room Society", "", func(c *Config) *string { return &c.Journal.Publisher }),
		journal("place", "London", "Place of publication.", func(c *Config) *string { return &c.Journal.Place }),
		journal("language", "en-GB", "Language of articles that name none (BCP 47): it decides hyphenation and quotation marks.", func(c *Config) *string { return &c.Journal.Language }),
		journal("rights", "© the authors", "Copyright or licence, in words.", func(c *Config) *string { return &c.Journal.Rights }),
		journal("license", "https://creativecommons.org/licenses/by/4.0/", "Address of the licence.", func(c *Config) *string { return &c.Journal.License }),
		{"journal.editors", listOption, `["Ada Example"]`, "", func(c *Config, v *value) { c.Journal.Editors = v.texts() }},
		journal("base-url", "https://example.org/", "Public address of the site. Without it: Hugo's baseURL.", func(c *Config) *string { return &c.Journal.BaseURL }),
		journal("imprint", "Printed by nobody yet.", "Text of the masthead page, Markdown.", func(c *Config) *string { return &c.Journal.Imprint }),
		journal("logo", "/img/logo.svg", "A mark for title page and cover.", func(c *Config) *string { return &c.Journal.Logo }),
		{"style", treeOption, "book", "How the PDF looks: book, review or broadsheet, or a mapping that changes values of one of them.", nil},
		{"notes", textOption, "article", "Where an issue's notes stand in the EPUB: after each article, or in one chapter (issue).", func(c *Config, v *value) { c.Notes = v.text }},
		{"cover", textOption, "/img/cover.png", "Cover picture of issues that have no other. Without it a cover is made.", func(c *Config, v *value) { c.Cover = v.text }},
		{"fonts", textOption, "fonts", "A folder of fonts, beside this file, that styles may name.", func(c *Config, v *value) { c.Fonts = v.text }},
		{"images.max-pixels", numberOption, "4000000", "Bounds of a picture in the EPUB.", func(c *Config, v *value) { c.Images.MaxPixels = v.number() }},
		{"images.max-bytes", numberOption, "2000000", "", func(c *Config, v *value) { c.Images.MaxBytes = v.number() }},
		{"epub.embed-fonts", boolOption, "false", "Carry the PDF's fonts in the EPUB, too.", func(c *Config, v *value) { c.EPUB.EmbedFonts = v.text == "true" }},
		{"epub.page-list", boolOption, "true", "Mark the PDF's pages in the EPUB.", func(c *Config, v *value) { c.EPUB.PageList = v.text == "true" }},
		{"epub.accessibility-claim", textOption, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "Only when somebody has checked it.", func(c *Config, v *value) { c.EPUB.AccessibilityClaim = v.text }},
		{"epub.certified-by", textOption, "The Composing Room Society", "Who has.", func(c *Config, v *value) { c.EPUB.CertifiedBy = v.text }},
		{"pdf.standard", textOption, "ua-1+a-2a", "Standards that the PDF keeps: ua-1+a-2a, a-2b, ua-2+a-4 or none.", func(c *Config, v *value) { c.PDF.Standard = v.text }},
	}
}

// ConfigTemplate is a commented twinpress.yaml in which every key is explained. Every setting is commented out, so that
// it changes nothing as it stands.
func ConfigTemplate() string {
	var b strings.Builder
	b.WriteString("# twinpress.yaml: what Hugo's configuration does not say. Every line may be left out.\n")
	group := ""
	for _, o := range options() {
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
		if o.kind == textOption && strings.ContainsAny(example, ":#©\"") {
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
# Quotation marks by language, where the house differs from custom: opening, closing, inner opening, inner closing.
# quotes:
#   en-GB: ["‘", "’", "“", "”"]

# Commands of your formulas that LaTeX does not know, as your site's MathJax or KaTeX has them.
# macros:
#   abs: '\left|#1\right|'

# Issues, where the content does not say enough; articles lists slugs in the order of the contents.
# issues:
#   "112":
#     title: The year in print
#     description: ""
#     volume: ""
#     date: 2018-12
#     cover: /img/112.png
#     isbn: ""
#     doi: ""
#     articles: [first-article, second-article]
`)
	return b.String()
}

// readConfig reads twinpress.yaml and Hugo's configuration.
func (s *Site) readConfig() error {
	c := &Config{Notes: "article", Keys: map[string][]string{}, Quotes: map[string][]string{}, Macros: map[string]string{}, Issues: map[string]IssueConfig{}}
	c.EPUB.PageList = true
	for _, k := range defaultKeys {
		c.Keys[k.meaning] = k.keys
	}
	s.Config = c
	if err := s.readHugoConfig(); err != nil {
		return err
	}
	raw, file, err := s.findConfig()
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	if file != "" {
		if err := s.readTwinpress(raw, file); err != nil {
			return err
		}
	}
	s.fromHugo()
	return nil
}

// configNames are those of our own configuration; the first that is there counts.
var configNames = []string{"twinpress.yaml", "twinpress.yml"}

// findConfig reads the file that the options name, or the one in the site's folder; file is "" when there is none.
func (s *Site) findConfig() (raw []byte, file string, err error) {
	if s.opts.Config != "" {
		return readOutside(s.opts.Config)
	}
	for _, name := range configNames {
		if isFile(s.fsys, name) {
			raw, err = s.readFile(name)
			return raw, s.place(name), err
		}
	}
	return nil, "", nil
}
