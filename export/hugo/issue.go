package hugo

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/markdown"
)

// Read reads the articles of an issue that Contents lists, or of its offprint. An article that cannot be read is an error, as
// is a context that ends.
//
// Of a volume it reads all issues. What stands around the articles of each is read with them, what stands in every issue once.
func (s *Site) Read(ctx context.Context, in IssueInfo) (*document.Issue, []document.Problem, error) {
	whole := s.draft(in)
	readings := whole.readings
	sums := make([][sha256.Size]byte, len(readings))
	err := s.parallel(ctx, len(readings), func(i int) error {
		raw, err := s.articleBytes(in.Articles[i].Path)
		if err != nil {
			return fmt.Errorf("read article: %w", err)
		}
		sums[i] = sha256.Sum256(raw)
		readings[i].read(raw)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	var around, about []document.Problem
	for _, d := range append(slices.Clone(whole.bound), whole) {
		d.issue.Matter, d.issue.Parts = d.around.read(), s.Config.Matter
		around = append(around, d.around.problems...)
		for _, t := range d.around.texts {
			readings = append(readings, t.reading)
			if t.body != nil {
				sums = append(sums, sha256.Sum256(t.body.Text))
			}
		}
	}
	whole.issue.Checksum = checksum(sums)
	problems := slices.Concat(s.Problems, settle(readings), around)
	for _, d := range append(slices.Clone(whole.bound), whole) {
		about = append(about, s.describe(d.issue, d.in)...)
	}
	whole.bind()
	whole.issue.SitePaths = s.sitePaths(whole.issue)
	whole.issue.Journal.Staff = whole.around.staff
	problems = append(problems, about...)
	document.SortProblems(problems)
	return whole.issue, slices.CompactFunc(problems, func(a, b document.Problem) bool { return a == b }), nil
}

// checksum tells whether the texts of two issues are the same.
func checksum(sums [][sha256.Size]byte) string {
	all := sha256.New()
	for _, sum := range sums {
		all.Write(sum[:])
	}
	return hex.EncodeToString(all.Sum(nil)[:12])
}

// Offprint gives an article of an issue that Read gave as a document of its own: the same article, not another reading of
// it. in is the offprint's, as IssueInfo.Offprint makes it.
func (s *Site) Offprint(issue *document.Issue, in IssueInfo, a *document.Article) *document.Issue {
	out := *issue
	out.Single, out.Slug, out.Date, out.Articles, out.Matter, out.Parts = true, in.Slug, in.Date, []*document.Article{a}, nil, nil
	out.Language, out.Date.Printed = commonest(&out)
	out.Language = cmp.Or(out.Language, issue.Language)
	if s.issueData(in).find("cover") == nil {
		out.Cover = nil // the journal's, for whole issues
	}
	return &out
}

// begin makes an issue of empty articles, so that each can refer to the others while they are read.
func (s *Site) begin(in IssueInfo) (*document.Issue, []*reading, map[string]*document.Article) {
	issue := &document.Issue{Number: in.Number, Slug: in.Slug, Date: in.Date, Single: in.Single}
	members := map[string]*document.Article{}
	slugs := map[string]bool{}
	var readings []*reading
	for _, a := range in.Articles {
		art := &document.Article{Path: a.Path, Slug: ownSlug(a, slugs), Language: a.Language}
		members[a.Path] = art
		issue.Articles = append(issue.Articles, art)
		readings = append(readings, &reading{art: art, view: &view{site: s, page: s.newPage(a.Path), members: members}})
	}
	return issue, readings, members
}

// ownSlug gives an article a slug that is not taken yet, and takes it.
func ownSlug(a ArticleInfo, taken map[string]bool) string {
	slug := a.Slug
	if lang := strings.ToLower(a.Language); taken[slug] && lang != "" {
		slug += "-" + lang // a translation beside its original
	}
	for n := 2; taken[slug]; n++ {
		slug = a.Slug + "-" + strconv.Itoa(n)
	}
	taken[slug] = true
	return slug
}

// settle finishes what articles say of each other, now that all are read, and gives the problems of all.
func settle(readings []*reading) []document.Problem {
	var problems []document.Problem
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
	return onceEach("no-base-url", problems)
}

// onceEach keeps the first of the problems of a code that say the same, wherever they are said.
func onceEach(code string, problems []document.Problem) []document.Problem {
	told := map[string]bool{}
	return slices.DeleteFunc(problems, func(p document.Problem) bool {
		again := p.Code == code && told[p.Message]
		told[p.Message] = told[p.Message] || p.Code == code
		return again
	})
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

// describe fills in what belongs to the issue as a whole. The words of the configuration are read as an article's are, in the
// journal's language; of an issue in another of the site's languages, in that.
func (s *Site) describe(issue *document.Issue, in IssueInfo) []document.Problem {
	c := s.Config
	lang := s.issueLanguage(in)
	j := s.journalOf(in).inLanguage(lang)
	issue.Language, issue.Date.Printed = commonest(issue)
	v := &view{site: s, page: &page{path: ".", bundle: true}, front: &value{kind: table}, members: map[string]*document.Article{}}
	for _, a := range issue.Articles {
		v.members[a.Path] = a
	}
	art := &document.Article{Language: lang}
	r := s.markdownIn(cmp.Or(in.Lang, s.defaultLanguage)).Reader(art, v, false)
	d := s.issueData(in)
	if len(in.Issues) > 0 {
		d = &issueData{} // its issues' are theirs
	}
	issue.Number = cmp.Or(r.Plain(d.find("number").str()), issue.Number)
	issue.Volume, issue.ISBN = d.find("volume").str(), d.find("isbn").str()
	if isbn := cmp.Or(d.find("isbn"), d.refused("isbn")); isbn != nil {
		issue.ISBNPos = isbn.pos()
	}
	issue.DOI, _ = doiOf(d.find("doi").str()) // check tells of one that is none
	issue.Title, issue.Subtitle, issue.Description = r.Line(d.line("title")), r.Line(d.line("subtitle")), r.Line(d.line("description"))
	issue.Journal = c.journal(r, j, lang)
	issue.Editors = d.people(r)
	if picture, alt, credit := d.cover(); picture != nil {
		if d.page != nil && picture.pos().File == d.page.path {
			v.page = &page{path: d.page.path, bundle: true} // beside which it lies
		}
		issue.Cover, issue.CoverAlt, issue.CoverPos = r.Picture(picture.text, picture.pos()), r.Alt(alt.str()), picture.pos()
		if credit.str() != "" {
			issue.CoverCredit = r.Line(credit.textOf(nil))
		}
		v.page = &page{path: ".", bundle: true}
	} else if c.Cover != "" && !issue.Single {
		issue.Cover, issue.CoverPos = r.Picture(c.Cover, c.pos("cover")), c.pos("cover")
	}
	if back := c.tree.get("wrap", "text"); back.str() != "" {
		issue.Blurb = r.Line(back.textOf(nil))
	}
	issue.CoverType = issue.Cover != nil && cmp.Or(d.coverType(), c.CoverType) == "over"
	d.putSections(r, issue, in)
	issue.Language = cmp.Or(issue.Language, lang)
	issue.Journal.Language = cmp.Or(issue.Journal.Language, issue.Language)
	issue.SitePaths = s.sitePaths(issue)
	return append(settle([]*reading{{Reader: r, art: art, view: v}}), d.check()...)
}

// people reads the issue's editors.
func (d *issueData) people(r *markdown.Reader) []document.Person {
	v := d.find("editors")
	if v == nil {
		return nil
	}
	h := &head{front: &value{kind: table, fields: []field{{key: "editors", val: v}}}, src: v.src, keys: map[string][]string{"editors": {"editors"}}, claimed: map[string]bool{}}
	ps := h.persons("editors", "edt")
	d.problems = append(d.problems, h.problems...)
	for i := range ps {
		ps[i].Name = r.Plain(ps[i].Name)
	}
	return ps
}

// putSections tells the articles in which section they stand. A name that no article has is told of.
func (d *issueData) putSections(r *markdown.Reader, issue *document.Issue, in IssueInfo) {
	missing := func(names *value) {
		if names == nil {
			return
		}
		items := names.items
		if names.kind == scalar {
			items = []*value{names}
		}
		for _, it := range items {
			if !slices.ContainsFunc(in.Articles, func(a ArticleInfo) bool { return a.isNamed(it.text) }) && !in.Single {
				d.problems = append(d.problems, problem("bad-issue-data", it.pos(), fmt.Sprintf("no article of the issue is called %q", it.text), "a slug, the name of a file, or its path in the content"))
			}
		}
	}
	missing(d.find("articles"))
	v := d.find("sections")
	if v == nil {
		return
	}
	for _, sec := range v.items {
		missing(sec.get("articles"))
		title := sec.get("title")
		for i, a := range in.Articles {
			if i < len(issue.Articles) && issue.Articles[i].Section == nil && slices.ContainsFunc(sec.get("articles").texts(), a.isNamed) {
				issue.Articles[i].Section = r.Line(title.textOf(nil))
			}
		}
	}
}

// journalOf describes the periodical of an issue: in its own language, where the site has several, and by the title of the
// section that all its articles lie in, where the configuration gives none.
func (s *Site) journalOf(in IssueInfo) JournalConfig {
	lang := cmp.Or(in.Lang, s.defaultLanguage)
	j := s.Config.Journal
	if lang != s.defaultLanguage {
		own := s.of(lang)
		if title := own.get("title").str(); s.Config.said.Title == "" && title != "" {
			j.Title = title
		}
		if sub := own.get("params", "subtitle").str(); s.Config.said.Subtitle == "" && sub != "" {
			j.Subtitle = sub
		}
	}
	if s.Config.said.Title != "" || len(in.Articles) == 0 || s.file != nil {
		return j
	}
	top := s.newPage(in.Articles[0].Path).section
	for _, a := range in.Articles {
		if s.newPage(a.Path).section != top {
			return j
		}
	}
	if top == "" || slices.Contains(plainSections, strings.ToLower(top)) {
		return j
	}
	if sec := s.sectionIn(top, lang); sec != nil && sec != s.issuePage(in) {
		j.Title = cmp.Or(strings.TrimSpace(sec.front.get("title").str()), j.Title)
	}
	return j
}

// plainSections are folders whose titles name what lies in them, not a periodical.
var plainSections = []string{"article", "articles", "post", "posts", "blog", "essay", "essays", "text", "texts", "page", "pages", "news", "content",
	"archive", "issue", "issues", "edition", "editions", "ausgabe", "ausgaben", "heft", "hefte", "artikel", "texte", "beitraege", "beiträge", "numero", "numeros",
	"números", "numéro", "numéros", "artículos", "articulos", "textos", "artigos", "articoli", "testi"}

// journal describes the periodical, its words read by r.
func (c *Config) journal(r *markdown.Reader, j JournalConfig, lang string) document.Journal {
	out := document.Journal{Title: r.Plain(j.Title), Subtitle: r.Plain(j.Subtitle), ISSN: j.ISSN, EISSN: j.EISSN, Publisher: j.Publisher, Place: j.Place,
		Editors: j.Editors, Language: j.Language, Rights: j.Rights, License: j.License, BaseURL: j.BaseURL}
	if v := c.saidOfJournal("imprint", lang); v.str() != "" {
		out.Imprint = r.Blocks(v.textOf(nil))
	}
	if j.Logo != "" {
		out.Logo = r.Picture(j.Logo, c.pos("journal", "logo"))
	}
	return out
}

// sitePaths gives where the site serves each of its articles; nil for a lone article, whose site has not been read.
func (s *Site) sitePaths(issue *document.Issue) map[string]string {
	if s.file != nil {
		return nil
	}
	known := s.index().files
	paths := map[string]string{}
	for _, a := range issue.Texts() {
		if p := known[strings.ToLower(a.Path)]; p != nil {
			paths[p.path] = p.url
		}
	}
	return paths
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
