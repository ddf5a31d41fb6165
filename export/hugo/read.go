package hugo

import (
	"errors"

	"github.com/twinpress/twinpress/export/document"
)

// A Site is an opened content tree. It is safe for concurrent use.
type Site struct {
	Root     string // folder of the site (or of the content, when no Hugo configuration was found), absolute
	File     string // the one article that Open was given, as a Path of ArticleInfo; "" when it was given a folder
	Config   *Config
	Problems []document.Problem // found while opening: configuration and front matter
}

// Open finds the site at or above path and reads its configuration and all front matter. The path may be a Hugo site, a
// content folder or one Markdown file. An unreadable path or a broken configuration is an error.
func Open(path string, opts Options) (*Site, error) { return nil, errors.New("not yet") }

// List gives the issues in natural order of their numbers, each with its articles in the order of the edition:
// ascending weight (articles without one come last), then the order in which the configuration names them, then date, then
// path.
func (s *Site) List() []IssueInfo { return nil }

// Issue reads the articles of an issue. Number "" reads those that name none. It is an error when there are none.
func (s *Site) Issue(number string) (*document.Issue, []document.Problem, error) {
	return nil, nil, errors.New("not yet")
}

// Select gives the articles that a selector names: a path, a slug, or a glob over either. Drafts are left out unless
// asked for.
func (s *Site) Select(selector string) []ArticleInfo { return nil }

// Article reads the article at path (of an ArticleInfo) as an issue of its own, with Single set.
func (s *Site) Article(path string) (*document.Issue, []document.Problem, error) {
	return nil, nil, errors.New("not yet")
}

// ConfigTemplate is a commented twinpress.yaml in which every key is explained.
func ConfigTemplate() string { return "" }
