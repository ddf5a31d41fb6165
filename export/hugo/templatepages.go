package hugo

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/internal/layouts"
)

// known gives what templates see of a page, always the same.
func (st *stage) known(p *page) *layouts.Page {
	if p.path == st.view.page.path {
		return st.page
	}
	return st.once(p.path, func() *layouts.Page { return st.pageOf(p, st.view.site.frontOf(p)) })
}

// once makes what templates see of something, and remembers it.
func (st *stage) once(key string, make func() *layouts.Page) *layouts.Page {
	out := st.seen[key]
	if out == nil {
		out = make()
		if st.seen == nil {
			st.seen = map[string]*layouts.Page{}
		}
		st.seen[key] = out
	}
	return out
}

// frontOf reads a page's front matter, once for the whole site; an empty table when it cannot be read.
func (s *Site) frontOf(p *page) *value {
	front, _ := s.fronts.get(p.path, func() (*value, error) {
		raw, err := s.readFile(p.path)
		if err != nil {
			return &value{kind: table}, nil
		}
		h, _ := s.readHead(p.path, raw)
		return h.front, nil
	})
	return front
}

// siteData reads the site's data, once.
func (s *Site) siteData() map[string]any {
	data, _ := s.dataOnce.get("", func() (map[string]any, error) { return s.data(), nil })
	return data
}

// pages gives the site's published pages in the page's language, in Hugo's order.
func (st *stage) pages() layouts.Pages {
	s := st.view.site
	all, _ := s.pages() // reported where they are read
	if s.public != nil {
		all = s.public
	}
	lang := s.hugoLanguage(st.view.page)
	out := make(layouts.Pages, 0, len(all))
	for _, p := range all {
		if s.hugoLanguage(p) == lang {
			out = append(out, st.known(p))
		}
	}
	return out.ByTitle().ByWeight()
}

// pageOf tells of a page what templates see.
func (st *stage) pageOf(p *page, front *value) *layouts.Page {
	s := st.view.site
	params := map[string]any{}
	inherited := s.inherited(p)
	for i := len(inherited) - 1; i >= 0; i-- {
		addParams(params, inherited[i])
		addParams(params, inherited[i].get("params"))
	}
	addParams(params, front)
	addParams(params, front.get("params"))
	title := cmp.Or(front.get("title").str(), p.info.Title)
	date := func(key string, otherwise time.Time) time.Time {
		if d := parseDate(front.get(key).str()); !d.IsZero() {
			return d.Time
		}
		return otherwise
	}
	lang := st.site.Language
	if name := s.hugoLanguage(p); name != lang.Lang {
		lang = s.languageOfTemplates(name)
	}
	out := &layouts.Page{Site: st.site, Title: title, LinkTitle: cmp.Or(front.get("linkTitle").str(), title), Description: front.get("description").str(),
		Kind: "page", IsPage: true, Type: cmp.Or(front.get("type").str(), p.section, "page"), Section: p.section, Slug: front.get("slug").str(), Path: s.logicalPath(p),
		Layout: front.get("layout").str(), Date: p.info.Date.Time, Lastmod: date("lastmod", p.info.Date.Time), PublishDate: date("publishDate", p.info.Date.Time),
		ExpiryDate: date("expiryDate", time.Time{}), Weight: p.info.Weight, Draft: p.info.Draft, Params: params, Aliases: p.aliases,
		RelPermalink: s.basePathSlash() + strings.TrimPrefix(p.url, "/"), Permalink: s.address(p), Language: lang, Lookup: st.Find, File: s.fileOf(p)}
	if out.Permalink == "" {
		out.Permalink = p.url
	}
	for key, t := range map[string]time.Time{"date": out.Date, "lastmod": out.Lastmod, "publishdate": out.PublishDate} {
		if _, given := params[key]; given {
			params[key] = t
		}
	}
	params["title"] = title
	if v := front.get("keywords"); v != nil {
		out.Keywords = v.texts()
	}
	if p.bundle {
		out.BundleType = "leaf"
		out.Resources = st.resources(p, front)
	}
	out.Text = func() string {
		if p.path != st.view.page.path {
			s.ledger.widen()
		}
		return s.textOf(p.path)
	}
	out.Others = func() layouts.Pages { return st.translationsOf(p) }
	dir := path.Dir(p.rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	out.Up = st.sectionPage(dir)
	return out
}

// basePathSlash is the path under which the site is served, with a slash behind it.
func (s *Site) basePathSlash() string { return strings.TrimSuffix(s.basePath(), "/") + "/" }

// logicalPath gives a page's path as templates name it: without its language and ending, in lower case.
func (s *Site) logicalPath(p *page) string {
	dir := path.Dir(p.rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	return strings.ToLower(strings.ReplaceAll(path.Join("/", dir, p.stem), " ", "-"))
}

// translationsOf gives a page in all its languages, in their order.
func (st *stage) translationsOf(p *page) (out layouts.Pages) {
	s := st.view.site
	key := func(q *page) string { return s.logicalPath(q) }
	all, _ := s.pages() // reported where they are read
	for _, lang := range append([]string{s.defaultLanguage}, s.languages...) {
		for _, q := range all {
			if s.hugoLanguage(q) == lang && key(q) == key(p) && (lang != s.defaultLanguage || len(out) == 0) {
				out = append(out, st.known(q))
			}
		}
	}
	return out
}

// textOf reads the Markdown of a file of the content; "" when it cannot be read.
func (s *Site) textOf(name string) string {
	raw, err := s.readFile(name)
	if err != nil {
		return ""
	}
	_, body := s.readHead(name, raw)
	return string(body.Text)
}

// sectionPage tells of a section, or of the home page "", what templates see: of the nearest section that stands at a path.
func (st *stage) sectionPage(at string) *layouts.Page {
	s := st.view.site
	at = strings.Trim(at, "/")
	if at == "." {
		at = ""
	}
	find := func(at string) *section {
		dir := at
		if dir == "" {
			dir = "."
		}
		return s.sectionIn(dir, st.site.Language.Lang)
	}
	sec := find(at)
	for at != "" && sec == nil && strings.Contains(at, "/") {
		at = path.Dir(at)
		sec = find(at)
	}
	return st.once("section:"+at, func() *layouts.Page {
		out := &layouts.Page{Site: st.site, Kind: "section", IsSection: true, IsNode: true, BundleType: "branch", Path: strings.ToLower("/" + at), Params: map[string]any{},
			Language: st.site.Language, Lookup: st.Find}
		url := st.site.LanguagePrefix + "/" + s.sectionURL(at) + "/"
		if at == "" {
			out.Kind, out.IsHome, out.IsSection, url = "home", true, false, st.site.LanguagePrefix+"/"
			out.Title = st.site.Title
		} else {
			out.Title = humanize(path.Base(at))
			out.Section, _, _ = strings.Cut(at, "/")
			out.Up = st.sectionPage(path.Dir(at))
		}
		out.Type = cmp.Or(out.Section, "page")
		if sec != nil {
			addParams(out.Params, sec.front)
			addParams(out.Params, sec.front.get("params"))
			out.Title = cmp.Or(sec.front.get("title").str(), out.Title)
			out.Description = sec.front.get("description").str()
			out.Date = parseDate(sec.front.get("date").str()).Time
			out.Text = func() string { return string(sec.body.Text) }
			out.File = s.fileOf(s.newPage(sec.path))
		}
		out.LinkTitle = cmp.Or(text(out.Params["linktitle"]), out.Title)
		out.RelPermalink = s.basePathSlash() + strings.TrimPrefix(url, "/")
		out.Permalink = strings.TrimSuffix(cmp.Or(s.Config.Journal.BaseURL, s.hugoConfig.get("baseURL").str()), "/") + url
		return out
	})
}

func text(v any) string {
	s, _ := v.(string)
	return s
}

func (s *Site) fileOf(p *page) *layouts.File {
	within := p.rel
	base := path.Base(p.path)
	name := strings.TrimSuffix(base, path.Ext(base))
	dir := path.Dir(within) + "/"
	if dir == "./" {
		dir = ""
	}
	return &layouts.File{Path: within, Dir: dir, LogicalName: base, BaseFileName: name, TranslationBaseName: strings.TrimSuffix(name, "."+p.lang),
		ContentBaseName: p.stem, Ext: strings.TrimPrefix(path.Ext(base), "."), Lang: s.hugoLanguage(p), Filename: p.path}
}

// resources are the files of a page's bundle, by addresses that count from the page; a page's front matter may name and describe
// them (Hugo, "Page resources").
func (st *stage) resources(p *page, front *value) (out layouts.Resources) {
	s := st.view.site
	dir := path.Dir(p.path)
	_ = fs.WalkDir(s.fsys, dir, func(name string, d fs.DirEntry, err error) error {
		rel := strings.TrimPrefix(name, dir+"/")
		switch {
		case err != nil:
			return fs.SkipDir
		case d.IsDir() && strings.HasPrefix(d.Name(), "."), len(out) >= 1000:
			return fs.SkipDir
		case d.IsDir() || name == p.path || strings.HasPrefix(path.Base(name), "index."):
		case isMarkdown(name):
			raw, err := s.readInside(name)
			if err != nil {
				return nil
			}
			h, body := s.readHead(name, raw)
			params := map[string]any{}
			addParams(params, h.front)
			addParams(params, h.front.get("params"))
			out = append(out, layouts.NewPageResource(st, name, rel, h.front.get("title").str(), string(body.Text), params))
		default:
			out = append(out, layouts.NewResource(st, name, rel, rel, rel))
		}
		return nil
	})
	st.describe(out, front.get("resources"))
	return out
}

// describe gives resources the names, titles and parameters that front matter has for them. The first entry that names one counts.
func (st *stage) describe(all layouts.Resources, entries *value) {
	if entries == nil {
		return
	}
	named, titled := map[*layouts.Resource]bool{}, map[*layouts.Resource]bool{}
	counters := map[string]int{}
	count := func(pattern string) string {
		if strings.Contains(pattern, ":counter") {
			counters[pattern]++
			return strings.ReplaceAll(pattern, ":counter", fmt.Sprint(counters[pattern]))
		}
		return pattern
	}
	for _, e := range entries.items {
		for _, r := range all.Files(e.get("src").str()) {
			if name := e.get("name").str(); name != "" && !named[r] {
				r.Name, named[r] = count(name), true
			}
			if title := e.get("title").str(); title != "" && !titled[r] {
				r.Title, titled[r] = count(title), true
			}
			if v := e.get("params"); v != nil {
				addParams(r.Params, v)
			}
		}
	}
}
