package hugo

import (
	"cmp"
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Issue reads the articles of an issue. Number "" reads those that name none. It is an error when there are none.
func (s *Site) Issue(number string) (*document.Issue, []document.Problem, error) {
	for _, in := range s.List() {
		if in.Number == number {
			return s.readIssue(in, false)
		}
	}
	if number == "" {
		return nil, nil, errors.New("every article belongs to an issue")
	}
	return nil, nil, fmt.Errorf("no article belongs to issue %s", number)
}

// Article reads the article at a path (of an ArticleInfo) as an issue of its own, with Single set.
func (s *Site) Article(name string) (*document.Issue, []document.Problem, error) {
	p := s.file
	if p == nil || p.path != name {
		var err error
		if p, err = s.readPage(name, false); err != nil {
			return nil, nil, err
		}
	}
	c, _, _ := s.issueConfig(p.info.Issue)
	in := IssueInfo{Number: p.info.Issue, Title: plainTitle(c.Title), Date: parseDate(c.Date), Articles: []ArticleInfo{p.info}}
	if in.Date.IsZero() {
		in.Date = p.info.Date
	}
	return s.readIssue(in, true)
}

// readIssue reads the articles of a listing.
func (s *Site) readIssue(in IssueInfo, single bool) (*document.Issue, []document.Problem, error) {
	readings := make([]*reading, len(in.Articles))
	members := map[string]*document.Article{}
	slugs := map[string]bool{}
	issue := &document.Issue{Number: in.Number, Date: in.Date, Single: single}
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
	errs := make([]error, len(readings))
	s.parallel(len(readings), func(i int) {
		r := readings[i]
		var raw []byte
		if s.file != nil && s.file.path == r.art.Path {
			raw = s.file.raw
		} else if raw, errs[i] = s.readFile(r.art.Path); errs[i] != nil {
			errs[i] = fmt.Errorf("read article: %w", errs[i])
			return
		}
		r.page = s.newPage(r.art.Path)
		r.read(raw)
	})
	if err := errors.Join(errs...); err != nil {
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
	issue.Slug = s.IssueSlug(issue.Number)
	if issue.Single && len(issue.Articles) == 1 {
		issue.Slug = issue.Articles[0].Slug
	}
	if s.File == "" {
		pages, _ := s.pages() // Open has seen to the error
		issue.SitePaths = make(map[string]string, len(pages))
		for _, p := range pages {
			issue.SitePaths[p.path] = p.url
		}
	}
	return r.problems
}

// IssueSlug is the stem of the file names of an issue's editions: "review-112".
func (s *Site) IssueSlug(number string) string {
	stem := slugOf(s.Config.Journal.Slug())
	switch {
	case number != "" && stem != "":
		return stem + "-" + slugOf(number)
	case number != "":
		return "issue-" + slugOf(number)
	case stem != "":
		return stem
	}
	return cmp.Or(slugOf(filepath.Base(s.Root)), "issue")
}
