package export

import (
	"fmt"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
)

// An edition is one publication to be made, in every format asked for.
type edition struct {
	name   string // path of its files below the output folder, without extension
	source string // what it is made of, for messages
	read   func() (*document.Issue, []document.Problem, error)
}

// plan lists the editions that the options ask for, in a fixed order.
func plan(site *hugo.Site, opts *Options) ([]edition, []Problem, error) {
	if len(opts.Articles) > 0 {
		return planArticles(site, opts)
	}
	if site.File != "" {
		if len(opts.Issues) > 0 {
			return nil, nil, fmt.Errorf("%s is one article; --issue chooses issues of a site", site.File)
		}
		for _, is := range site.List() {
			for _, a := range is.Articles {
				if a.Path == site.File {
					return []edition{single(site, "", a)}, nil, nil
				}
			}
		}
		return nil, nil, Problem{Code: "draft", Severity: Error, Pos: Pos{File: site.File},
			Message: "this article is a draft", Hint: "--drafts builds drafts"}
	}
	issues, problems, err := chosenIssues(site, opts)
	if err != nil {
		return nil, problems, err
	}
	var plan []edition
	for _, is := range issues {
		e := edition{
			name:   site.IssueSlug(is.Number),
			source: "issue " + is.Number,
			read:   func() (*document.Issue, []document.Problem, error) { return site.Issue(is.Number) },
		}
		plan = append(plan, e)
		if opts.Offprints {
			for _, a := range is.Articles {
				plan = append(plan, single(site, e.name+"/", a))
			}
		}
	}
	return plan, problems, unique(plan)
}

// single plans one article on its own.
func single(site *hugo.Site, folder string, a hugo.ArticleInfo) edition {
	return edition{name: folder + a.Slug, source: a.Path,
		read: func() (*document.Issue, []document.Problem, error) { return site.Article(a.Path) }}
}

func planArticles(site *hugo.Site, opts *Options) ([]edition, []Problem, error) {
	var plan []edition
	seen := map[string]bool{}
	for _, selector := range opts.Articles {
		found := slices.DeleteFunc(site.Select(selector), func(a hugo.ArticleInfo) bool {
			return len(opts.Issues) > 0 && !slices.Contains(opts.Issues, a.Issue)
		})
		if len(found) == 0 {
			return nil, nil, fmt.Errorf("no article matches %q; twinpress list shows the slugs", selector)
		}
		for _, a := range found {
			if !seen[a.Path] {
				seen[a.Path] = true
				plan = append(plan, single(site, "", a))
			}
		}
	}
	return plan, nil, unique(plan)
}

// chosenIssues gives the issues to build: those asked for, or all numbered ones. A site that numbers nothing is one issue.
func chosenIssues(site *hugo.Site, opts *Options) ([]hugo.IssueInfo, []Problem, error) {
	list := site.List()
	if len(list) == 0 {
		return nil, nil, fmt.Errorf("no article found in %s", site.Root)
	}
	if len(opts.Issues) > 0 {
		var chosen []hugo.IssueInfo
		for _, number := range opts.Issues {
			i := slices.IndexFunc(list, func(is hugo.IssueInfo) bool { return is.Number == number })
			if i < 0 {
				return nil, nil, fmt.Errorf("no issue %q; there are: %s", number, strings.Join(numbers(list), ", "))
			}
			if !slices.ContainsFunc(chosen, func(is hugo.IssueInfo) bool { return is.Number == number }) {
				chosen = append(chosen, list[i])
			}
		}
		return chosen, nil, nil
	}
	if len(numbers(list)) == 0 {
		return list, nil, nil
	}
	var problems []Problem
	numbered := slices.DeleteFunc(slices.Clone(list), func(is hugo.IssueInfo) bool { return is.Number == "" })
	for _, is := range list {
		if is.Number == "" {
			for _, a := range is.Articles {
				problems = append(problems, Problem{Code: "no-issue", Severity: Info, Pos: Pos{File: a.Path},
					Message: "names no issue and is left out", Hint: "--article " + a.Slug + " builds it on its own"})
			}
		}
	}
	return numbered, problems, nil
}

func numbers(list []hugo.IssueInfo) []string {
	var out []string
	for _, is := range list {
		if is.Number != "" {
			out = append(out, is.Number)
		}
	}
	return out
}

// unique refuses two editions with one file name.
func unique(plan []edition) error {
	seen := map[string]string{}
	for _, e := range plan {
		key := strings.ToLower(e.name) // some file systems know no case
		if other, ok := seen[key]; ok {
			return fmt.Errorf("%s and %s would both be written to %s; give one of them another slug", other, e.source, e.name)
		}
		seen[key] = e.source
	}
	return nil
}
