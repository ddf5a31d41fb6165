package hugo

import (
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"unicode"

	"github.com/sourcegraph/conc/iter"
	"github.com/twinpress/twinpress/export/document"
)

// A Site is an opened content tree. It is safe for concurrent use.
type Site struct {
	Root     string // folder of the site (or of the content, when no Hugo configuration was found), absolute
	File     string // the one article that Open was given, as a Path of ArticleInfo; "" when it was given a folder
	Config   *Config
	Problems []document.Problem // found in the configuration

	opts            Options
	hugo            bool   // a Hugo configuration was found
	hugoConfig      *value // all of it
	contentDir      string // from Root; "." when the root is the content
	limit           string // folder within the content that Open was given
	staticDirs      []string
	assetDirs       []string
	defaultLanguage string
	languages       []string // codes that Hugo's configuration names
	math, dollars   bool     // how mathematics is marked

	markdown func() *markdown
	pages    func() ([]*page, error)
	file     *page // the page of File
	index    func() *index
	assets   assets
	sections sections
}

// An index finds pages by name.
type index struct {
	files map[string]*page // path from the root, lower case
	urls  map[string]*page // path on the site without slashes at the ends, lower case; aliases, too
	names map[string]*page // file name without language and ending, lower case
}

// Open finds the site at or above path and reads its configuration. The path may be a Hugo site, a content folder or one
// Markdown file. An unreadable path or a broken configuration is an error.
func Open(name string, opts Options) (*Site, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	st, err := os.Stat(abs)
	if err != nil {
		return nil, err
	}
	s := &Site{opts: opts}
	s.markdown = sync.OnceValue(newMarkdown)
	s.pages = sync.OnceValues(s.readPages)
	s.index = sync.OnceValue(s.makeIndex)
	if st.IsDir() { // a link to a content folder stands for that folder, in its own site
		if abs, err = filepath.EvalSymlinks(abs); err != nil {
			return nil, err
		}
	}
	dir := abs
	if !st.IsDir() {
		if !isMarkdown(abs) {
			return nil, fmt.Errorf("%s is neither a folder nor a Markdown file", name)
		}
		dir = filepath.Dir(abs)
	}
	s.findRoot(dir)
	if err := s.readConfig(); err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(s.Root, abs)
	if err != nil {
		return nil, err
	}
	rel = filepath.ToSlash(rel)
	if !st.IsDir() {
		s.File = rel
	} else if rel != "." && rel != s.contentDir {
		if s.contentDir == "." || strings.HasPrefix(rel, s.contentDir+"/") {
			s.limit = rel
		}
	}
	// Front matter is read now, so that what can fail fails here; of a lone file's site only when a link asks for it.
	if s.File != "" {
		s.file, err = s.readPage(s.File, true)
	} else {
		_, err = s.pages()
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

func isMarkdown(name string) bool {
	switch strings.ToLower(filepath.Ext(name)) {
	case ".md", ".markdown", ".mdown":
		return true
	}
	return false
}

// findRoot looks for the site's folder from dir upwards: where a configuration lies; failing that, where the content
// folder does.
func (s *Site) findRoot(dir string) {
	for d := dir; ; d = filepath.Dir(d) {
		if hasConfig(d, d == dir) {
			s.Root = d
			return
		}
		if parent := filepath.Dir(d); parent == d {
			break
		}
	}
	// No configuration: a folder named as Hugo or Jekyll names it shows the way.
	for d := dir; ; d = filepath.Dir(d) {
		base := filepath.Base(d)
		parent := filepath.Dir(d)
		if base == "content" || base == "_posts" {
			s.Root = parent
			return
		}
		if parent == d {
			break
		}
	}
	s.Root = dir
}

var configNames = []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"}

// hasConfig reports whether a site's configuration lies in a folder. Far above the content, a file with so common a name as
// config.yaml counts only beside a folder of content.
func hasConfig(dir string, here bool) bool {
	for _, n := range append([]string{"twinpress.yaml", "twinpress.yml"}, configNames...) {
		if isFile(filepath.Join(dir, n)) && (here || !strings.HasPrefix(n, "config.") || isDir(filepath.Join(dir, "content"))) {
			return true
		}
	}
	return isDir(filepath.Join(dir, "config", "_default"))
}

func isFile(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.Mode().IsRegular()
}

func isDir(name string) bool {
	st, err := os.Stat(name)
	return err == nil && st.IsDir()
}

// skippedDirs hold no articles of a site.
var skippedDirs = map[string]bool{"node_modules": true, "themes": true, "public": true, "resources": true, "layouts": true,
	"archetypes": true, "static": true, "assets": true, "data": true, "i18n": true, "vendor": true, "_site": true, "dist": true}

// readPages reads the front matter of all articles, in the order of their paths.
func (s *Site) readPages() ([]*page, error) {
	root := filepath.Join(s.Root, filepath.FromSlash(s.contentDir))
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real // the walk follows no links
	}
	var names []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if name != root && (strings.HasPrefix(base, ".") || s.contentDir == "." && skippedDirs[base]) {
				return filepath.SkipDir
			}
			return nil
		}
		if !isMarkdown(base) || strings.HasPrefix(base, "_index.") || strings.HasPrefix(base, ".") {
			return nil
		}
		if s.contentDir == "." && !s.hugo {
			switch strings.ToUpper(strings.TrimSuffix(base, filepath.Ext(base))) {
			case "README", "LICENSE", "LICENCE", "CONTRIBUTING", "CHANGELOG", "CODE_OF_CONDUCT":
				return nil
			}
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		names = append(names, path.Join(s.contentDir, filepath.ToSlash(rel)))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for articles: %w", err)
	}
	slices.Sort(names)
	names = s.withoutResources(names)
	pages := make([]*page, len(names))
	errs := make([]error, len(names))
	s.parallel(len(names), func(i int) { pages[i], errs[i] = s.readPage(names[i], false) })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return pages, nil
}

// withoutResources drops the Markdown files that belong to another's page bundle: beside an index.md, and below it,
// everything is a resource of that page (Hugo, "Page bundles").
func (s *Site) withoutResources(names []string) []string {
	leaves := map[string]bool{}
	isIndex := func(name string) bool {
		base := path.Base(name)
		return strings.HasPrefix(base, "index.")
	}
	for _, n := range names {
		if dir := path.Dir(n); isIndex(n) && dir != s.contentDir {
			leaves[dir] = true
		}
	}
	return slices.DeleteFunc(names, func(n string) bool {
		dir := path.Dir(n)
		if isIndex(n) {
			dir = path.Dir(dir)
		}
		for ; dir != "." && dir != "/"; dir = path.Dir(dir) {
			if leaves[dir] {
				return true
			}
		}
		return false
	})
}

// readFile reads a file of the site, unless it is something that may have no end: a pipe, a device.
func (s *Site) readFile(name string) ([]byte, error) {
	file := filepath.Join(s.Root, filepath.FromSlash(name))
	if st, err := os.Stat(file); err == nil && !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", file)
	}
	return os.ReadFile(file)
}

func (s *Site) readPage(name string, keep bool) (*page, error) {
	raw, err := s.readFile(name)
	if err != nil {
		return nil, fmt.Errorf("read article: %w", err)
	}
	p := s.newPage(name)
	if keep {
		p.raw = raw
	}
	h, body := s.readHead(name, raw)
	s.info(p, h, body)
	return p, nil
}

// newPage knows what a path tells.
func (s *Site) newPage(name string) *page {
	p := &page{path: name}
	base := path.Base(name)
	p.stem = strings.TrimSuffix(base, path.Ext(base))
	if ext := path.Ext(p.stem); len(ext) > 1 && s.isLanguage(ext[1:]) {
		p.lang = ext[1:]
		p.stem = strings.TrimSuffix(p.stem, ext)
	}
	if p.stem == "index" {
		p.bundle = true
		p.stem = path.Base(path.Dir(name))
		if p.stem == "." {
			p.stem = filepath.Base(s.Root)
		}
	}
	rel := strings.TrimPrefix(name, s.contentDir+"/")
	if i := strings.IndexByte(rel, '/'); i > 0 {
		p.section = rel[:i]
	}
	return p
}

// parallel calls f for each of n things, some at a time.
func (s *Site) parallel(n int, f func(int)) {
	jobs := s.opts.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	// A panic in one of them comes back here, for the caller to catch.
	each := iter.Iterator[struct{}]{MaxGoroutines: jobs}
	each.ForEachIdx(make([]struct{}, n), func(i int, _ *struct{}) { f(i) })
}

func (s *Site) makeIndex() *index {
	x := &index{map[string]*page{}, map[string]*page{}, map[string]*page{}}
	pages, err := s.pages()
	if err != nil {
		return x // reported where the pages are asked for
	}
	add := func(m map[string]*page, key string, p *page) {
		if key = strings.ToLower(key); key != "" && m[key] == nil {
			m[key] = p
		}
	}
	for _, p := range pages {
		x.files[strings.ToLower(p.path)] = p
	}
	for _, p := range pages {
		add(x.urls, strings.Trim(p.url, "/"), p)
		add(x.names, p.stem+"."+s.hugoLanguage(p), p)
		add(x.names, p.stem, p)
		add(x.names, strings.TrimSuffix(path.Base(p.path), path.Ext(p.path)), p)
	}
	for _, p := range pages {
		for _, a := range p.aliases {
			add(x.urls, strings.Trim(a, "/"), p)
		}
	}
	return x
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

// isLanguage reports whether a part of a file's name is a language: one that the site's configuration names, or, when it
// names none, two letters that are one.
func (s *Site) isLanguage(code string) bool {
	if len(s.languages) > 0 {
		return slices.ContainsFunc(s.languages, func(l string) bool { return strings.EqualFold(l, code) })
	}
	return len(code) == 2 && unicode.IsLower(rune(code[0])) && knownLanguage(code)
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
