package hugo

import (
	"cmp"
	"errors"
	"html/template"
	"io/fs"
	"math"
	"path"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/internal/layouts"
	"github.com/twinpress/twinpress/export/internal/words"
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
	words  []*value // tables of the site's words
	warn   func(string)
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
	return v.site.hugo && v.site.layouts().File(name, v.site.hugoLanguage(v.page)) != ""
}

// ready gives the stage, which is set when something first needs it.
func (v *view) ready() *stage {
	if v.stage == nil {
		v.stage = &stage{view: v}
		v.stage.set()
	}
	return v.stage
}

// RunTemplate implements markdown.Templates.
func (v *view) RunTemplate(c *markdown.TemplateCall, render func(string, bool) string) (string, error) {
	st := v.ready()
	st.render, st.warn = render, c.Warn
	if c.Text != "" {
		return st.runner.RunText("twinpress.yaml#"+c.Name, c.Text, st.call(c))
	}
	if strings.HasSuffix(c.Name, ".inline") {
		return st.runner.RunInline(st.call(c), c.Inner)
	}
	text, err := st.runner.Run(st.call(c))
	if errors.Is(err, layouts.ErrEmbedded) {
		err = markdown.ErrEmbedded
	}
	return text, err
}

// set makes what templates see of the site and the page.
func (st *stage) set() {
	s, v := st.view.site, st.view
	lang := s.languageOfTemplates(s.hugoLanguage(v.page))
	all := s.of(lang.Lang)
	params := map[string]any{}
	addParams(params, all.get("params"))
	st.site = &layouts.Site{Title: all.get("title").str(), BaseURL: all.get("baseURL").str(), Copyright: all.get("copyright").str(),
		LanguageCode: lang.LanguageCode, Language: lang, Params: params, LanguagePrefix: strings.TrimSuffix(s.urlPrefix(lang.Lang), "/"),
		TaxonomyNames: s.taxonomies(), Render: st.Render, Lookup: st.Find, Current: st.Page,
		AllData: func() any { return s.siteData() }}
	for _, l := range s.languages {
		st.site.Languages = append(st.site.Languages, s.languageOfTemplates(l))
	}
	if len(s.languages) == 0 {
		st.site.Languages = []layouts.Language{lang}
	}
	st.site.AllPages = sync.OnceValue(st.pages)
	st.site.First = sync.OnceValue(func() *layouts.Page { return st.sectionPage("") })
	st.page = st.pageOf(v.page, v.front)
	st.runner = layouts.NewRunner(s.layouts(), st)
}

// languageOfTemplates tells of a language what templates see.
func (s *Site) languageOfTemplates(name string) layouts.Language {
	table := s.hugoConfig.get("languages", name)
	l := layouts.Language{Lang: name, LanguageName: cmp.Or(table.get("label").str(), table.get("languageName").str()),
		LanguageCode:      cmp.Or(table.get("locale").str(), table.get("languageCode").str(), s.hugoConfig.get("locale").str(), s.hugoConfig.get("languageCode").str(), name),
		LanguageDirection: cmp.Or(table.get("direction").str(), table.get("languageDirection").str(), "ltr")}
	l.Weight, _ = strconv.Atoi(table.get("weight").str())
	l.Params, _ = plain(table.get("params")).(map[string]any)
	return l
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
	sc := &layouts.Shortcode{Name: c.Name, Ordinal: c.Order, Position: layouts.Position{Filename: c.Pos.File, LineNumber: c.Pos.Line, ColumnNumber: c.Pos.Column},
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
		for _, m := range s.mounts[partContent] {
			if file := m.file(strings.TrimPrefix(name, "/")); file != "" {
				if data, inContent := s.readInside(file); inContent == nil {
					return data, nil
				}
			}
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

// Assets implements layouts.Host.
func (st *stage) Assets() []string {
	s := st.view.site
	names, _ := s.assetNames.get("", func() ([]string, error) {
		var names []string
		for _, m := range s.mounts[partAssets] {
			_ = fs.WalkDir(s.fsys, m.from, func(name string, d fs.DirEntry, err error) error {
				if err != nil {
					return fs.SkipDir
				}
				if rel, ok := m.within(name); ok && !d.IsDir() && len(names) < 10_000 {
					names = append(names, rel)
				}
				return nil
			})
		}
		slices.Sort(names)
		return slices.Compact(names), nil
	})
	return names
}

// FormatTime implements layouts.Host.
func (st *stage) FormatTime(t time.Time, form string) string {
	return words.FormatTime(t, form, st.site.Language.Lang)
}

// FormatNumber implements layouts.Host.
func (st *stage) FormatNumber(n float64, digits int, unit string) string {
	return words.FormatNumber(n, digits, unit, st.site.Language.Lang)
}

// Emoji implements layouts.Host.
func (st *stage) Emoji(text string) string { return markdown.Emoji(text) }

// Formula implements layouts.Host, in the form in which MathJax kept formulas, which the reader of HTML knows.
func (st *stage) Formula(tex string, display bool) string {
	if display {
		return `<script type="math/tex; mode=display">` + tex + "</script>"
	}
	return `<script type="math/tex">` + tex + "</script>"
}

// Now implements layouts.Host: the day on which pages are judged.
func (st *stage) Now() time.Time {
	all, _ := st.view.site.pages() // reported where they are read
	return st.view.site.day(all)
}

// Warn implements layouts.Host.
func (st *stage) Warn(message string) { st.warn(message) }

// Find implements layouts.Host.
func (st *stage) Find(target string) *layouts.Page {
	s := st.view.site
	if p := s.findPage(st.view.page, target, true); p != nil {
		return st.known(p)
	}
	at := strings.Trim(path.Clean("/"+target), "/")
	if at = strings.Trim(strings.TrimSuffix(at, "_index.md"), "/"); at == "" || s.lists().has(strings.ToLower(at)) {
		return st.sectionPage(at)
	}
	return nil
}
