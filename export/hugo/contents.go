package hugo

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/layout/roman"
)

// Contents is what a site holds, as front matter alone tells: all that it takes to plan editions.
type Contents struct {
	Folder string // the site's, for messages; "" when it lies on no disk
	File   string // the one article that was asked for, as a Path of ArticleInfo; "" when it was a folder

	// Issues are in natural order of their numbers. Articles that name no issue come first, as the issue "".
	Issues []IssueInfo

	stem, first string // of the journal's files, and the site's first language, which their names do not tell
}

// Numbered gives the issues that have a number.
func (c Contents) Numbered() []IssueInfo {
	return slices.DeleteFunc(slices.Clone(c.Issues), func(is IssueInfo) bool { return is.Number == "" })
}

// An IssueInfo is what front matter and configuration tell of an issue: what Read is to read.
type IssueInfo struct {
	Number string // "" for articles that name no issue
	Lang   string // Hugo's name for the language, of a site that has several; else ""
	Slug   string // stem of the names of its files
	Title  string
	Volume string        // as its data has it; "" when nothing says
	Date   document.Date // as configured, or of its latest article
	Dated  bool          // the date is configured
	Single bool          // one article, published on its own
	By     []string      // what says that the articles belong to it: "front matter", "the taxonomy issues", a folder or its page

	// Articles are in the order of the edition: as the configuration names them, then by ascending weight (articles without one
	// come last, as in Hugo), then by date as Config.Order has it, then those in the journal's language, then by path.
	Articles []ArticleInfo

	// Issues are those that a volume binds; its Articles are those of all.
	Issues []IssueInfo
}

// Named reports whether somebody who asks for an issue by a name means this one: "7", "No. 7", "spring".
func (in IssueInfo) Named(name string) bool {
	return strings.EqualFold(in.Number, name) || strings.EqualFold(in.Number, issueNumber(squeezed(name)))
}

// Offprint is one of the issue's articles, published on its own.
func (in IssueInfo) Offprint(a ArticleInfo) IssueInfo {
	in.Single, in.Slug, in.Articles = true, a.Slug, []ArticleInfo{a}
	if !in.Dated {
		in.Date = a.Date
	}
	return in
}

// An ArticleInfo is what front matter alone tells of an article.
type ArticleInfo struct {
	Path      string // slash-separated, from the site's root: identifies the article
	Within    string // the same from the content folder
	Stem      string // the file's name without language and ending; of a page bundle, the folder's
	Slug      string
	Title     string
	LinkTitle string // as lists show it; the title when it is not given
	Subtitle  string
	Authors   []string
	Type      string
	Issue     string
	Date      document.Date
	Language  string
	Weight    int
	Draft     bool
	Size      int64 // of the file, in bytes

	moment time.Time // the date with its time of day, by which articles are ordered
}

// isNamed reports whether a configuration means the article by a name.
func (a ArticleInfo) isNamed(name string) bool {
	for _, own := range []string{a.Slug, a.Path, a.Within, a.Stem, strings.TrimSuffix(path.Base(a.Path), path.Ext(a.Path))} {
		if strings.EqualFold(name, own) {
			return true
		}
	}
	return false
}

// Contents lists the issues and articles that the options let in.
func (s *Site) Contents() Contents {
	type key struct{ number, lang string } // a number in any case is one: so it is with the terms of a taxonomy
	members := map[key]*IssueInfo{}
	var keys []key
	for _, p := range s.selected() {
		lang := ""
		if len(s.languages) > 1 {
			lang = s.hugoLanguage(p)
		}
		numbers := p.numbers
		if len(numbers) == 0 {
			numbers = []string{""}
		}
		for _, number := range numbers {
			k := key{strings.ToLower(number), lang}
			if members[k] == nil {
				keys = append(keys, k)
				members[k] = &IssueInfo{Number: number, Lang: lang}
			}
			in := members[k]
			info := p.info
			info.Issue, info.Weight = in.Number, cmp.Or(p.weights[number], info.Weight)
			in.Articles = append(in.Articles, info)
			if p.by != "" && !slices.Contains(in.By, p.by) {
				in.By = append(in.By, p.by)
			}
		}
	}
	slices.SortStableFunc(keys, func(a, b key) int {
		if n := natural(a.number, b.number); n != 0 {
			return n
		}
		return cmp.Compare(s.languageOrder(a.lang), s.languageOrder(b.lang))
	})
	c := Contents{Folder: s.root, stem: slugOf(s.Config.Journal.Slug()), first: s.defaultLanguage}
	if s.file != nil {
		c.File = s.file.path
	}
	for _, k := range keys {
		c.Issues = append(c.Issues, s.issueInfo(*members[k]))
	}
	return c
}

// languageOrder is a language's place: the default's first, then by the weights of the configuration and the names.
func (s *Site) languageOrder(lang string) string {
	if lang == s.defaultLanguage || lang == "" {
		return ""
	}
	return fmt.Sprintf("%9s %s", s.hugoConfig.get("languages", lang, "weight").str(), lang)
}

// issueInfo completes what the articles tell of an issue.
func (s *Site) issueInfo(in IssueInfo) IssueInfo {
	in.Slug = s.issueSlug(in.Number, in.Lang)
	d := s.issueData(in)
	in.Title, in.Volume, in.Date = plainTitle(d.find("title").str()), squeezed(d.find("volume").str()), d.date()
	in.Articles = s.withoutEditorial(in.Articles, d)
	s.sortArticles(in.Articles, d.order())
	if in.Dated = !in.Date.IsZero(); !in.Dated {
		in.Date = latest(in.Articles)
	}
	return in
}

// withoutEditorial takes the article that is the issue's editorial out of the others.
func (s *Site) withoutEditorial(articles []ArticleInfo, d *issueData) []ArticleInfo {
	v := d.find("editorial")
	if v == nil || !isMarkdown(v.text) || len(articles) < 2 {
		return articles
	}
	file := s.findFile(&page{path: ".", bundle: true}, strings.TrimSpace(v.text))
	return slices.DeleteFunc(articles, func(a ArticleInfo) bool { return a.Path == file })
}

// issueSlug is the stem of the file names of an issue's editions: "review-112".
// Of a language that is not the site's first, its name follows.
func (s *Site) issueSlug(number, lang string) string {
	stem := slugOf(s.Config.Journal.Slug())
	switch {
	case number != "" && stem != "":
		stem += "-" + slugOf(number)
	case number != "":
		stem = "issue-" + slugOf(number)
	case stem == "":
		stem = cmp.Or(slugOf(s.name()), "issue")
	}
	return stem + languageSuffix(lang, s.defaultLanguage)
}

// languageSuffix is what stands behind the names of files in a language that is not the site's first.
func languageSuffix(lang, first string) string {
	if lang == "" || lang == first {
		return ""
	}
	return "-" + slugOf(lang)
}

// selected gives the pages that the options let in.
func (s *Site) selected() []*page {
	if s.file != nil {
		return []*page{s.file}
	}
	var out []*page
	for _, p := range s.public {
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

// sortArticles puts articles in order. Those that named names, by slugs or paths, stand as it has them.
func (s *Site) sortArticles(as []ArticleInfo, named []string) {
	place := func(a ArticleInfo) int {
		if i := slices.IndexFunc(named, a.isNamed); i >= 0 {
			return i
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
		if first := cmp.Or(cmp.Compare(place(a), place(b)), cmp.Compare(weight(a), weight(b))); first != 0 {
			return first
		}
		if s.Config.Order == "hugo" {
			return cmp.Or(b.moment.Compare(a.moment), cmp.Compare(slugOf(a.LinkTitle), slugOf(b.LinkTitle)), cmp.Compare(a.LinkTitle, b.LinkTitle), cmp.Compare(a.Path, b.Path))
		}
		return cmp.Or(a.moment.Compare(b.moment), cmp.Compare(foreign(a), foreign(b)), cmp.Compare(a.Path, b.Path))
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

// natural orders numbers by value within text: 9 before 10, 7/8 before 9; Roman ones, too.
func natural(a, b string) int {
	if ra, rb := roman.Read(strings.ToLower(a)), roman.Read(strings.ToLower(b)); ra > 0 && rb > 0 {
		return cmp.Compare(ra, rb)
	}
	a, b = strings.ToLower(a), strings.ToLower(b)
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

func leadingNumber(s string) (number, rest string) {
	i := 0
	for i < len(s) && isDigit(s[i]) {
		i++
	}
	number = strings.TrimLeft(s[:i], "0")
	return number, s[i:]
}
