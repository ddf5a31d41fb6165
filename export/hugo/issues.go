package hugo

import (
	"cmp"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

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

// List gives the issues in natural order of their numbers, each with its articles in the order of the edition:
// ascending weight (articles without one come last, as in Hugo), then the order in which the configuration names them,
// then date, then those in the journal's language, then path. Articles that name no issue come first, as the issue "".
func (s *Site) List() []IssueInfo {
	byNumber := map[string]*IssueInfo{}
	var out []*IssueInfo
	for _, p := range s.selected() {
		in := byNumber[p.info.Issue]
		if in == nil {
			c, _, _ := s.issueConfig(p.info.Issue)
			in = &IssueInfo{Number: p.info.Issue, Title: plainTitle(c.Title), Date: parseDate(c.Date)}
			byNumber[in.Number] = in
			out = append(out, in)
		}
		in.Articles = append(in.Articles, p.info)
	}
	infos := make([]IssueInfo, len(out))
	for i, in := range out {
		s.sortArticles(in.Number, in.Articles)
		if in.Date.IsZero() {
			in.Date = latest(in.Articles)
		}
		infos[i] = *in
	}
	slices.SortFunc(infos, func(a, b IssueInfo) int { return natural(a.Number, b.Number) })
	return infos
}

// selected gives the pages that the options let in.
func (s *Site) selected() []*page {
	if s.File != "" {
		return []*page{s.file}
	}
	pages, _ := s.pages() // Open has seen to the error
	var out []*page
	for _, p := range pages {
		if p.info.Draft && !s.opts.Drafts {
			continue
		}
		if s.opts.Language != "" && !strings.EqualFold(p.info.Language, s.opts.Language) && !strings.HasPrefix(strings.ToLower(p.info.Language), strings.ToLower(s.opts.Language)+"-") {
			continue
		}
		if s.limit != "" && !strings.HasPrefix(p.path, s.limit+"/") {
			continue
		}
		out = append(out, p)
	}
	return out
}

// Select gives the articles that a selector names: a path, a file name, a slug, or a glob over any of these, in the order
// of List. A glob that is none matches nothing.
func (s *Site) Select(selector string) []ArticleInfo {
	sel := strings.TrimPrefix(filepath.ToSlash(selector), "./")
	var out []ArticleInfo
	for _, in := range s.List() {
		for _, a := range in.Articles {
			base := path.Base(a.Path)
			stem := s.newPage(a.Path).stem
			for _, name := range []string{a.Slug, a.Path, base, strings.TrimSuffix(base, path.Ext(base)), stem, strings.TrimPrefix(a.Path, s.contentDir+"/")} {
				if ok, _ := path.Match(sel, name); ok || strings.EqualFold(sel, name) {
					out = append(out, a)
					break
				}
			}
		}
	}
	return out
}

func (s *Site) sortArticles(issue string, as []ArticleInfo) {
	order := map[string]int{}
	for i, name := range s.Config.Issues[issue].Articles {
		order[strings.ToLower(name)] = i + 1
	}
	place := func(a ArticleInfo) int {
		for _, name := range []string{a.Slug, a.Path, strings.TrimSuffix(path.Base(a.Path), path.Ext(a.Path))} {
			if n := order[strings.ToLower(name)]; n > 0 {
				return n
			}
		}
		return 1 << 30
	}
	weight := func(a ArticleInfo) int {
		if a.Weight == 0 {
			return 1 << 30
		}
		return a.Weight
	}
	foreign := func(a ArticleInfo) int {
		if a.Language == s.Config.Journal.Language {
			return 0
		}
		return 1
	}
	slices.SortStableFunc(as, func(a, b ArticleInfo) int {
		return cmp.Or(cmp.Compare(weight(a), weight(b)), cmp.Compare(place(a), place(b)), a.Date.Time.Compare(b.Date.Time),
			cmp.Compare(foreign(a), foreign(b)), cmp.Compare(a.Path, b.Path))
	})
}

func latest(as []ArticleInfo) document.Date {
	var d document.Date
	for _, a := range as {
		if a.Date.Time.After(d.Time) {
			d = a.Date
		}
	}
	return d
}

// natural orders numbers by value within text: 9 before 10, 7/8 before 9.
func natural(a, b string) int {
	for a != "" && b != "" {
		if isDigit(a[0]) && isDigit(b[0]) {
			na, ra := leadingNumber(a)
			nb, rb := leadingNumber(b)
			if c := cmp.Or(cmp.Compare(len(na), len(nb)), cmp.Compare(na, nb)); c != 0 {
				return c
			}
			a, b = ra, rb
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func leadingNumber(s string) (number, rest string) {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	number = strings.TrimLeft(s[:i], "0")
	return number, s[i:]
}
