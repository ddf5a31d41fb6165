package export

import (
	"context"

	"github.com/twinpress/twinpress/export/internal/words"
)

// IssueInfo and ArticleInfo are what a listing tells.
type (
	IssueInfo struct {
		Number   string        `json:"number,omitempty"`   // "" for articles that name no issue
		Language string        `json:"language,omitempty"` // Hugo's name for it, of a site that has several
		Volume   string        `json:"volume,omitempty"`
		Bound    string        `json:"bound,omitempty"` // the volume that Options.Volumes calls it by: its own, or its year where no issue has one
		Title    string        `json:"title,omitempty"`
		Date     string        `json:"date,omitempty"`  // in English
		Found    []string      `json:"found,omitempty"` // what says that the articles belong to it: "front matter", "the taxonomy issues"
		Files    string        `json:"files"`           // stem of the names of its editions
		Articles []ArticleInfo `json:"articles"`
	}
	ArticleInfo struct {
		Slug     string   `json:"slug"`
		Title    string   `json:"title"`
		Authors  []string `json:"authors,omitempty"`
		Path     string   `json:"path"`
		Language string   `json:"language,omitempty"` // BCP 47
		Draft    bool     `json:"draft,omitempty"`
	}
)

// List tells which issues and articles a source holds, reading front matter only. An issue that the caller has built lists
// nothing.
func List(ctx context.Context, src Source, opts Options) ([]IssueInfo, []Problem, error) {
	c, err := src.open(ctx, &opts)
	if err != nil {
		return nil, nil, err
	}
	bound := map[[2]string]string{} // by number and language
	for _, v := range c.contents.Volumes() {
		for _, is := range v.Issues {
			bound[[2]string{is.Number, is.Lang}] = v.Name
		}
	}
	var list []IssueInfo
	for _, is := range c.contents.Issues {
		info := IssueInfo{Number: is.Number, Language: is.Lang, Volume: is.Volume, Bound: bound[[2]string{is.Number, is.Lang}], Title: is.Title, Date: words.Date(is.Date, "en"), Found: is.By, Files: is.Slug}
		for _, a := range is.Articles {
			info.Articles = append(info.Articles, ArticleInfo{a.Slug, a.Title, a.Authors, a.Path, a.Language, a.Draft})
		}
		list = append(list, info)
	}
	return list, c.problems, nil
}
