package export

import (
	"context"

	"github.com/twinpress/twinpress/export/internal/words"
)

// IssueInfo and ArticleInfo are what a listing tells.
type (
	IssueInfo struct {
		Number   string // "" for articles that name no issue
		Date     string // in English
		Articles []ArticleInfo
	}
	ArticleInfo struct {
		Slug    string
		Title   string
		Authors []string
		Path    string
		Draft   bool
	}
)

// List tells which issues and articles a source holds, reading front matter only. An issue that the caller has built lists
// nothing.
func List(ctx context.Context, src Source, opts Options) ([]IssueInfo, []Problem, error) {
	c, err := src.open(ctx, &opts)
	if err != nil {
		return nil, nil, err
	}
	var list []IssueInfo
	for _, is := range c.contents.Issues {
		info := IssueInfo{Number: is.Number, Date: words.Date(is.Date, "en")}
		for _, a := range is.Articles {
			info.Articles = append(info.Articles, ArticleInfo{a.Slug, a.Title, a.Authors, a.Path, a.Draft})
		}
		list = append(list, info)
	}
	return list, c.problems, nil
}
