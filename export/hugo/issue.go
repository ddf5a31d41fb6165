package hugo

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
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
			slug = a.Slug + "-" + itoa(n)
		}
		slugs[slug] = true
		art := &document.Article{Path: a.Path, Slug: slug, Language: a.Language}
		members[a.Path] = art
		issue.Articles = append(issue.Articles, art)
		readings[i] = &reading{site: s, art: art, members: members}
	}
	err := s.parallel(ctx, len(readings), func(i int) error {
		r := readings[i]
		raw, err := s.articleBytes(r.art.Path)
		if err != nil {
			return fmt.Errorf("read article: %w", err)
		}
		r.page = s.newPage(r.art.Path)
		r.read(raw)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	problems := slices.Clone(s.Problems)
	ids := map[*document.Article]map[string]bool{}
	for _, r := range readings {
		for _, c := range r.anchors {
			if ids[c.link.Article] == nil {
				ids[c.link.Article] = identifiers(c.link.Article)
			}
			r.checkAnchor(c, ids[c.link.Article])
		}
		problems = append(problems, r.problems...)
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
func (r *reading) checkAnchor(c anchorCheck, ids map[string]bool) {
	l := c.link
	if ids[l.Anchor] {
		return
	}
	var alike []string
	for id := range ids {
		if slugOf(id) == slugOf(l.Anchor) || id == anchorize(l.Anchor) {
			alike = append(alike, id)
		}
	}
	if len(alike) > 0 {
		l.Anchor = slices.Min(alike)
		return
	}
	r.problem("broken-anchor", c.pos, fmt.Sprintf("%s has no place named %q", l.Article.Path, l.Anchor), "the link leads to its beginning, or nowhere when it is in the same article")
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
	r := &reading{site: s, art: &document.Article{Language: j.Language}, page: &page{path: ".", bundle: true}, front: &value{kind: table}, lang: j.Language,
		notes: map[string]*document.Note{}, notesFolded: map[string]*document.Note{}, bodies: map[*document.Note]*elem{}}
	if r.lang == "" {
		r.lang = "en"
	}
	issue.Title, issue.Description = r.lineOf(title), r.lineOf(description)
	if src := c.source("journal", "imprint"); src != nil {
		root := r.parse(r.setAside(src))
		r.attributes(root)
		issue.Journal.Imprint = r.blocks(root.kids)
	}
	issue.Journal.Title = r.plainLine(j.Title)
	issue.Journal.Subtitle = r.plainLine(j.Subtitle)
	if j.Logo != "" {
		issue.Journal.Logo = r.picture(j.Logo, c.pos("journal", "logo"), true)
	}
	switch {
	case ic.Cover != "":
		issue.Cover = s.coverOf(r, issue.Number, ic.Cover)
	case c.Cover != "" && !issue.Single:
		issue.Cover = r.picture(c.Cover, c.pos("cover"), true)
	}
	counts := map[string]int{}
	var printed string
	same := true
	for _, a := range issue.Articles {
		counts[a.Language]++
		if a.IssueDate != "" {
			same = same && (printed == "" || printed == a.IssueDate)
			printed = a.IssueDate
		}
	}
	if same && issue.Date.Printed == "" {
		issue.Date.Printed = printed
	}
	for _, a := range issue.Articles {
		if counts[a.Language] > counts[issue.Language] {
			issue.Language = a.Language
		}
	}
	if issue.Language == "" {
		issue.Language = r.lang
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
	return r.problems
}
