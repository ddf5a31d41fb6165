package hugo

import (
	"github.com/twinpress/twinpress/export/document"
)

// Options say how a site is opened.
type Options struct {
	Drafts   bool   // read articles marked as drafts, too
	Language string // read only articles in this language; "" reads all
	Config   string // path of twinpress.yaml, when it does not stand beside Hugo's configuration
	Jobs     int    // goroutines that read articles; 0 means one for each processor
}

// An IssueInfo is what a listing tells of an issue.
type IssueInfo struct {
	Number   string // "" for articles that name no issue
	Title    string
	Date     document.Date
	Articles []ArticleInfo // in the order of the edition
}

// An ArticleInfo is what front matter alone tells of an article.
type ArticleInfo struct {
	Path     string // slash-separated, from the site's root: identifies the article
	Slug     string
	Title    string
	Subtitle string
	Authors  []string
	Type     string
	Issue    string
	Date     document.Date
	Language string
	Weight   int
	Draft    bool
}
