package hugo

import (
	"fmt"
	"html/template"
	"io/fs"
	"math"
	"path"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/internal/layouts"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/markdown"
)

// A stage is where the templates of a site's shortcodes run for one article. It implements layouts.Host: what they may ask of
// the site.
type stage struct {
	view   *view
	runner *layouts.Runner
	render func(markdown string, block bool) string // of the call that runs
	site   *layouts.Site
	page   *layouts.Page
	seen   map[string]*layouts.Page
	words  map[string]string
	calls  map[*markdown.TemplateCall]*layouts.Shortcode
}

// layoutDirs are the folders of templates, the nearest first: the site's, those of its themes, those that are mounted.
func (c *conventions) layoutDirs() (dirs []layouts.Dir) {
	for _, m := range c.mounts[partLayouts] {
		dirs = append(dirs, layouts.Dir{From: m.from, Below: m.below})
	}
	return dirs
}

// HasTemplate implements markdown.Templates.
func (v *view) HasTemplate(name string) bool {
	if strings.HasSuffix(name, ".inline") {
		return v.site.hugoConfig.get("security", "enableInlineShortcodes").isTrue()
	}
	return v.site.hugo && v.site.layouts().Has(name)
}

// RunTemplate implements markdown.Templates.
func (v *view) RunTemplate(c *markdown.TemplateCall, render func(string, bool) string) (string, error) {
	if v.stage == nil {
		v.stage = &stage{view: v}
		v.stage.set()
	}
	st := v.stage
	st.render = render
	if strings.HasSuffix(c.Name, ".inline") {
		return st.runner.RunInline(st.call(c), c.Inner)
	}
	return st.runner.Run(st.call(c))
}

// set makes what templates see of the site and the page.
func (st *stage) set() {
	s, v := st.view.site, st.view
	lang := layouts.Language{Lang: s.hugoLanguage(v.page), LanguageCode: v.page.info.Language, LanguageDirection: "ltr"}
	table, all := s.hugoConfig.get("languages", lang.Lang), s.of(lang.Lang)
	lang.LanguageName = table.get("languageName").str()
	lang.Params, _ = plain(table.get("params")).(map[string]any)
	params := map[string]any{}
	addParams(params, all.get("params"))
	st.site = &layouts.Site{Title: all.get("title").str(), BaseURL: all.get("baseURL").str(), Copyright: all.get("copyright").str(),
		LanguageCode: lang.LanguageCode, Language: lang, Params: params,
		Render: st.Render, AllData: sync.OnceValue(st.data), Lookup: st.Find}
	st.site.AllPages = sync.OnceValue(st.pages)
	st.page = st.pageOf(v.page, v.front)
	st.runner = layouts.NewRunner(s.layouts(), st)
}

// call tells a call in the terms of templates.
func (st *stage) call(c *markdown.TemplateCall) *layouts.Shortcode {
	if c == nil {
		return nil
	}
	if sc := st.calls[c]; sc != nil {
		sc.Inner = template.HTML(c.Inner)
		return sc // what one call keeps, those between its tags find
	}
	sc := &layouts.Shortcode{Name: c.Name, Ordinal: c.Order, Position: fmt.Sprintf("%s:%d:%d", c.Pos.File, c.Pos.Line, c.Pos.Column),
		Inner: template.HTML(c.Inner), Page: st.page, Parent: st.call(c.Parent)}
	typed := func(key, val string) any {
		if c.Bare[key] {
			return bareValue(val)
		}
		return val
	}
	for i, a := range c.Args {
		sc.Args = append(sc.Args, typed(strconv.Itoa(i), a))
	}
	if len(c.Named) > 0 {
		sc.Named = map[string]any{}
		for k, a := range c.Named {
			sc.Named[k] = typed(k, a)
		}
	}
	if st.calls == nil {
		st.calls = map[*markdown.TemplateCall]*layouts.Shortcode{}
	}
	st.calls[c] = sc
	return sc
}

// Render implements layouts.Host.
func (st *stage) Render(markdown string, block bool) string { return st.render(markdown, block) }

// Site implements layouts.Host.
func (st *stage) Site() *layouts.Site { return st.site }

// Page implements layouts.Host.
func (st *stage) Page() *layouts.Page { return st.page }

// ReadFile implements layouts.Host. As in Hugo, a path may count from the content, too.
func (st *stage) ReadFile(name string) ([]byte, error) {
	s := st.view.site
	data, err := s.readInside(name)
	if err != nil {
		if data, inContent := s.readInside(path.Join(s.contentDir, name)); inContent == nil {
			return data, nil
		}
	}
	return data, err
}

// List implements layouts.Host.
func (st *stage) List(dir string) (names []string) {
	if dir = path.Clean(dir); !fs.ValidPath(dir) {
		return nil
	}
	entries, _ := fs.ReadDir(st.view.site.fsys, dir)
	for _, e := range entries[:min(len(entries), 10_000)] {
		name := e.Name()
		if e.IsDir() {
			name += "/"
		}
		names = append(names, name)
	}
	return names
}

// Asset implements layouts.Host.
func (st *stage) Asset(name string) string {
	if name = clean(name); !fs.ValidPath(name) {
		return ""
	}
	return st.view.site.look(partAssets, name)
}

// Size implements layouts.Host.
func (st *stage) Size(name string) (width, height int) {
	data, err := st.ReadFile(name)
	if err != nil {
		return 0, 0
	}
	a, err := asset.New(name, data)
	if err != nil {
		return 0, 0
	}
	return int(math.Round(float64(a.Width))), int(math.Round(float64(a.Height)))
}

// Find implements layouts.Host.
func (st *stage) Find(target string) *layouts.Page {
	if p := st.view.site.findPage(st.view.page, target, true); p != nil {
		return st.known(p)
	}
	return nil
}

// known gives what templates see of a page, always the same.
func (st *stage) known(p *page) *layouts.Page {
	if p.path == st.view.page.path {
		return st.page
	}
	out := st.seen[p.path]
	if out == nil {
		out = st.pageOf(p, st.view.site.frontOf(p))
		if st.seen == nil {
			st.seen = map[string]*layouts.Page{}
		}
		st.seen[p.path] = out
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

// pages gives the site's published pages.
func (st *stage) pages() []*layouts.Page {
	all, _ := st.view.site.pages() // reported where they are read
	if st.view.site.public != nil {
		all = st.view.site.public
	}
	out := make([]*layouts.Page, 0, len(all))
	for _, p := range all {
		out = append(out, st.known(p))
	}
	return out
}

// pageOf tells of a page what templates see.
func (st *stage) pageOf(p *page, front *value) *layouts.Page {
	s := st.view.site
	params := map[string]any{}
	inherited := s.inherited(p)
	for i := len(inherited) - 1; i >= 0; i-- {
		addParams(params, inherited[i])
	}
	addParams(params, front)
	addParams(params, front.get("params"))
	title := front.get("title").str()
	if title == "" {
		title = p.info.Title
	}
	link := front.get("linkTitle").str()
	if link == "" {
		link = title
	}
	date := func(key string, otherwise time.Time) time.Time {
		if d := parseDate(front.get(key).str()); !d.IsZero() {
			return d.Time
		}
		return otherwise
	}
	out := &layouts.Page{Site: st.site, Title: title, LinkTitle: link, Description: front.get("description").str(), Summary: front.get("summary").str(),
		Kind: "page", IsPage: true, Type: front.get("type").str(), Section: p.section, Slug: front.get("slug").str(), Path: p.path,
		Date: p.info.Date.Time, Lastmod: date("lastmod", p.info.Date.Time), PublishDate: date("publishDate", p.info.Date.Time),
		ExpiryDate: date("expiryDate", time.Time{}), Weight: p.info.Weight, Draft: p.info.Draft, Params: params, Aliases: p.aliases,
		RelPermalink: p.url, Permalink: s.address(p), Language: st.site.Language, Lookup: st.Find,
		File: fileOf(s, p)}
	if out.Permalink == "" {
		out.Permalink = p.url
	}
	if out.Type == "" {
		out.Type = p.section
	}
	if v := front.get("keywords"); v != nil {
		out.Keywords = v.texts()
	}
	if p.bundle {
		out.Resources = st.resources(p)
	}
	if p.section != "" {
		at := "/" + strings.ToLower(p.section) + "/"
		title := s.listTitle(at)
		if title == "" {
			title = humanize(p.section)
		}
		out.SectionPage = &layouts.Page{Site: st.site, Title: title, LinkTitle: title, Kind: "section", IsSection: true, IsNode: true, Section: p.section,
			Type: p.section, Path: at, RelPermalink: at, Permalink: strings.TrimSuffix(s.Config.Journal.BaseURL, "/") + at, Params: map[string]any{}, Language: st.site.Language, Lookup: st.Find}
	}
	return out
}

func fileOf(s *Site, p *page) layouts.File {
	within := p.rel
	base := path.Base(p.path)
	dir := path.Dir(within) + "/"
	return layouts.File{Path: within, Dir: dir, LogicalName: base, BaseFileName: strings.TrimSuffix(base, path.Ext(base)),
		TranslationBaseName: p.stem, ContentBaseName: p.stem, Ext: strings.TrimPrefix(path.Ext(base), ".")}
}

// resources are the files of a page's bundle, by addresses that count from the page.
func (st *stage) resources(p *page) (out layouts.Resources) {
	dir := path.Dir(p.path)
	_ = fs.WalkDir(st.view.site.fsys, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir
		case d.IsDir() && strings.HasPrefix(d.Name(), "."), len(out) >= 1000:
			return fs.SkipDir
		case !d.IsDir() && name != p.path && !isMarkdown(name):
			rel := strings.TrimPrefix(name, dir+"/")
			out = append(out, layouts.NewResource(st, name, rel, rel, rel))
		}
		return nil
	})
	return out
}

// data reads the folders of data: data/books/new.yaml is .books.new. What the site has hides what its themes have.
func (st *stage) data() any {
	s := st.view.site
	root := map[string]any{}
	read := map[string]bool{}
	for _, m := range s.mounts[partData] {
		_ = fs.WalkDir(s.fsys, m.from, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return fs.SkipDir
			}
			ext := path.Ext(name)
			rel, ok := m.within(name)
			if stem := strings.TrimSuffix(rel, ext); !d.IsDir() && ok && !read[stem] && (ext == ".yaml" || ext == ".yml" || ext == ".toml" || ext == ".json") {
				read[stem] = true
				st.addData(root, stem, name)
			}
			return nil
		})
	}
	return root
}

// addData reads a file of data into its place.
func (st *stage) addData(root map[string]any, stem, name string) {
	raw, err := st.view.site.readInside(name)
	if err != nil {
		return
	}
	v, err := parseValue(source.Clean(source.NewFile(name, raw), func(string, document.Pos, string, string) {}).Text, notationOf(name))
	if err != nil {
		return
	}
	keys := strings.Split(stem, "/")
	for _, k := range keys[:len(keys)-1] {
		inner, ok := root[k].(map[string]any)
		if !ok {
			inner = map[string]any{}
			root[k] = inner
		}
		root = inner
	}
	last := keys[len(keys)-1]
	have, both := root[last].(map[string]any) // a theme's folder of the same name
	if more, ok := plain(v).(map[string]any); ok && both {
		for k, val := range more {
			if _, ok := have[k]; !ok {
				have[k] = val
			}
		}
		return
	}
	if root[last] == nil {
		root[last] = plain(v)
	}
}

// Unmarshal implements layouts.Host.
func (st *stage) Unmarshal(text, notation string) (any, error) {
	v, err := parseValue([]byte(text), notationOf("."+notation))
	if err != nil {
		return nil, err
	}
	return plain(v), nil
}

// Translate implements layouts.Host: from i18n/de.toml and its like, the site's before its themes'.
func (st *stage) Translate(key string) string {
	if st.words == nil {
		st.words = st.translations()
	}
	return st.words[strings.ToLower(key)]
}

func (st *stage) translations() map[string]string {
	s := st.view.site
	words := map[string]string{}
	add := func(key string, v *value) {
		key = strings.ToLower(key)
		for _, w := range []string{v.str(), v.get("other").str(), v.get("one").str()} {
			if words[key] == "" {
				words[key] = w
			}
		}
	}
	languages := []string{st.site.LanguageCode, st.site.Language.Lang, s.defaultLanguage}
	for _, lang := range languages {
		for _, m := range s.mounts[partI18n] {
			for _, ext := range []string{".toml", ".yaml", ".yml", ".json"} {
				v := s.dataFile(m.file(strings.ToLower(lang) + ext))
				if v == nil {
					continue
				}
				for _, f := range v.fields {
					add(f.key, f.val)
				}
				for _, it := range v.items {
					add(it.get("id").str(), it.get("translation"))
				}
			}
		}
	}
	return words
}

// addParams adds a table's values to parameters, their keys in lower case, as Hugo has them.
func addParams(params map[string]any, v *value) {
	if v == nil || v.kind != table {
		return
	}
	for _, f := range v.fields {
		params[strings.ToLower(f.key)] = lowerKeys(plain(f.val))
	}
}

func lowerKeys(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, inner := range v {
			out[strings.ToLower(k)] = lowerKeys(inner)
		}
		return out
	case []any:
		for i := range v {
			v[i] = lowerKeys(v[i])
		}
	}
	return v
}

// plain gives a value as templates have it: texts, numbers, truth values, lists, maps.
func plain(v *value) any {
	if v == nil {
		return nil
	}
	switch v.kind {
	case scalar:
		if v.quoted {
			return v.text
		}
		return bareValue(v.text)
	case list:
		out := make([]any, len(v.items))
		for i, it := range v.items {
			out[i] = plain(it)
		}
		return out
	case table:
		out := map[string]any{}
		for _, f := range v.fields {
			out[f.key] = plain(f.val)
		}
		return out
	}
	return nil
}

// bareValue reads what is written without quotation marks: a number, a truth value, or else a text.
func bareValue(s string) any {
	switch s {
	case "true":
		return true
	case "false":
		return false
	}
	if s == "" || !unicode.IsDigit(rune(s[len(s)-1])) || len(s) > 1 && s[0] == '0' && s[1] != '.' {
		return s
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if strings.Trim(s, "-0123456789.") == "" {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return f
		}
	}
	return s
}
