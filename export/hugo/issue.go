package hugo

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/markdown"
)

// Read reads the articles of an issue that Contents lists, or of its offprint. An article that cannot be read is an error, as
// is a context that ends.
func (s *Site) Read(ctx context.Context, in IssueInfo) (*document.Issue, []document.Problem, error) {
	readings := make([]*reading, len(in.Articles))
	members := map[string]*document.Article{}
	slugs := map[string]bool{}
	issue := &document.Issue{Number: in.Number, Slug: in.Slug, Date: in.Date, Single: in.Single}
	for i, a := range in.Articles {
		slug := a.Slug
		if lang := strings.ToLower(a.Language); slugs[slug] && lang != "" {
			slug += "-" + lang // a translation beside its original
		}
		for n := 2; slugs[slug]; n++ {
			slug = a.Slug + "-" + strconv.Itoa(n)
		}
		slugs[slug] = true
		art := &document.Article{Path: a.Path, Slug: slug, Language: a.Language}
		members[a.Path] = art
		issue.Articles = append(issue.Articles, art)
		readings[i] = &reading{art: art, view: &view{site: s, page: s.newPage(a.Path), members: members}}
	}
	err := s.parallel(ctx, len(readings), func(i int) error {
		r := readings[i]
		raw, err := s.articleBytes(r.art.Path)
		if err != nil {
			return fmt.Errorf("read article: %w", err)
		}
		r.read(raw)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	problems := slices.Clone(s.Problems)
	ids := map[*document.Article]map[string]bool{}
	for _, r := range readings {
		for _, c := range r.Settle() {
			to := c.Link.Article
			if ids[to] == nil {
				ids[to] = identifiers(to)
			}
			r.checkAnchor(c, ids[to])
		}
		problems = append(append(problems, r.problems...), r.Problems()...)
	}
	problems = append(problems, s.describe(issue)...)
	document.SortProblems(problems)
	return issue, slices.CompactFunc(problems, func(a, b document.Problem) bool { return a == b }), nil
}

// articleBytes reads an article's file; the one that Open was given is at hand.
func (s *Site) articleBytes(name string) ([]byte, error) {
	if s.file != nil && s.file.path == name {
		return s.file.raw, nil
	}
	return s.readFile(name)
}

// identifiers gives all link targets in an article.
func identifiers(a *document.Article) map[string]bool {
	ids := map[string]bool{}
	document.WalkArticle(a, func(n document.Node) bool {
		if a, ok := n.(*document.Anchor); ok {
			ids[a.ID] = true
		} else if a := document.AttrOf(n); a != nil {
			ids[a.ID] = true
		}
		return true
	})
	delete(ids, "")
	return ids
}

// checkAnchor looks whether a link's target is there; failing that, whether it is but for its case or its accents.
func (r *reading) checkAnchor(c markdown.Anchored, ids map[string]bool) {
	l := c.Link
	if ids[l.Anchor] {
		return
	}
	var alike []string
	for id := range ids {
		if slugOf(id) == slugOf(l.Anchor) || id == markdown.Anchorize(l.Anchor) {
			alike = append(alike, id)
		}
	}
	if len(alike) > 0 {
		l.Anchor = slices.Min(alike)
		return
	}
	r.problems = append(r.problems, problem("broken-anchor", c.Pos, fmt.Sprintf("%s has no place named %q", l.Article.Path, l.Anchor),
		"the link leads to its beginning, or nowhere when it is in the same article"))
	l.Anchor = ""
	if l.Article == r.art {
		l.Article = nil
	}
}

// describe fills in what belongs to the issue as a whole.
func (s *Site) describe(issue *document.Issue) []document.Problem {
	c := s.Config
	j := c.Journal
	issue.Journal = document.Journal{Title: j.Title, Subtitle: j.Subtitle, ISSN: j.ISSN, Publisher: j.Publisher, Place: j.Place,
		Editors: j.Editors, Language: j.Language, Rights: j.Rights, License: j.License, BaseURL: j.BaseURL}
	ic, title, description := s.issueConfig(issue.Number)
	issue.Volume, issue.ISBN, issue.DOI = ic.Volume, ic.ISBN, ic.DOI
	// The words of the configuration are read as an article's are, in the journal's language.
	lang := cmp.Or(j.Language, "en")
	v := &view{site: s, page: &page{path: ".", bundle: true}, front: &value{kind: table}}
	r := s.markdown.Reader(&document.Article{Language: lang}, v, false)
	issue.Title, issue.Description = r.Line(title), r.Line(description)
	if src := c.source("journal", "imprint"); src != nil {
		issue.Journal.Imprint = r.Blocks(src)
	}
	issue.Journal.Title = r.Plain(j.Title)
	issue.Journal.Subtitle = r.Plain(j.Subtitle)
	if j.Logo != "" {
		issue.Journal.Logo = r.Picture(j.Logo, c.pos("journal", "logo"))
	}
	switch {
	case ic.Cover != "":
		var pos document.Pos
		v.page, pos = s.coverPage(issue.Number, v.page)
		issue.Cover = r.Picture(ic.Cover, pos)
	case c.Cover != "" && !issue.Single:
		issue.Cover = r.Picture(c.Cover, c.pos("cover"))
	}
	issue.Language, issue.Date.Printed = commonest(issue)
	if issue.Language == "" {
		issue.Language = lang
	}
	if issue.Journal.Language == "" {
		issue.Journal.Language = issue.Language
	}
	if s.file == nil {
		pages, _ := s.pages() // Open has seen to the error
		issue.SitePaths = make(map[string]string, len(pages))
		for _, p := range pages {
			issue.SitePaths[p.path] = p.url
		}
	}
	return r.Problems()
}

// commonest gives the language that most of the articles are in (of several, the one that leads first), and the date as all that print
// one print it.
func commonest(issue *document.Issue) (lang, printed string) {
	counts := map[string]int{}
	same := true
	for _, a := range issue.Articles {
		counts[a.Language]++
		if a.IssueDate != "" {
			same = same && (printed == "" || printed == a.IssueDate)
			printed = a.IssueDate
		}
	}
	if !same || issue.Date.Printed != "" {
		printed = issue.Date.Printed
	}
	for _, a := range issue.Articles {
		if counts[a.Language] > counts[lang] {
			lang = a.Language
		}
	}
	return lang, printed
}
