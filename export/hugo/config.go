package hugo

import (
	"go.yaml.in/yaml/v3"
)

// A Config is a publisher's configuration: twinpress.yaml, completed from Hugo's own configuration.
type Config struct {
	File    string // twinpress.yaml as found, "" when there is none
	Journal JournalConfig

	// Keys tells which front matter keys mean what, for instance "authors": {"author", "authors", "by"}.
	Keys map[string][]string

	// Style is the node under "style:", for the typesetter to decode strictly: a scalar (the name of a built-in style)
	// or a mapping. Its lines and columns are those of File. Nil when not given.
	Style *yaml.Node

	Notes  string // "article" or "issue": where an issue's notes stand in the EPUB
	Images ImagesConfig
	Fonts  string // folder of the publisher's own fonts, absolute; "" for none
	EPUB   EPUBConfig
	PDF    PDFConfig
	Quotes map[string][]string // language → opening, closing, inner opening, inner closing mark
	Cover  string              // picture for every issue without its own, as in an image link
	Issues map[string]IssueConfig
}

// A JournalConfig describes the periodical.
type JournalConfig struct {
	Title     string
	Subtitle  string
	ISSN      string
	Publisher string
	Place     string
	Language  string
	Rights    string
	License   string
	Editors   []string
	BaseURL   string
	Imprint   string // Markdown
	Logo      string // picture, as in an image link
}

// An ImagesConfig bounds the pictures of the EPUB. Zero means no bound.
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
