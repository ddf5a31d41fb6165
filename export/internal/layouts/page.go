package layouts

import (
	"fmt"
	"html/template"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Page is a page of the site.
type Page struct {
	Site *Site

	Title, LinkTitle, Description             string
	Kind, Type, Section, Slug, Path, Layout   string
	BundleType                                string // "leaf", "branch" or ""
	Date, Lastmod, PublishDate, ExpiryDate    time.Time
	Weight                                    int
	Draft                                     bool
	Params                                    map[string]any // keys in lower case
	Keywords, Aliases                         []string
	RelPermalink, Permalink                   string
	File                                      *File
	Language                                  Language
	IsHome, IsPage, IsSection, IsNode, IsTerm bool
	Resources                                 Resources
	Up                                        *Page // the section that it stands in; nil for the home page
	Lookup                                    func(path string) *Page
	Text                                      func() string // its Markdown, without front matter
	Others                                    func() Pages  // its translations, in the order of the site's languages, itself among them
	CodeOwners                                []string
	GitInfo                                   any
	store                                     Scratch
}

func (p *Page) String() string {
	if p == nil {
		return ""
	}
	return p.Path
}

// Scratch and Store hold what the page's calls keep for each other.
func (p *Page) Scratch() *Scratch { return &p.store }

// Store is Scratch by its newer name.
func (p *Page) Store() *Scratch { return &p.store }

// Param gives a parameter of the page, or else of the site.
func (p *Page) Param(key any) any {
	path := strings.Split(strings.ToLower(text(key)), ".")
	if v := below(p.Params, path); v != nil {
		return v
	}
	return below(p.Site.Params, path)
}

func below(m map[string]any, path []string) any {
	var v any = m
	for _, key := range path {
		m, ok := v.(map[string]any)
		if !ok {
			return nil
		}
		v = m[key]
	}
	return v
}

// Ref gives the address of a page, by a path or by a dict with one.
func (p *Page) Ref(to any) (string, error) { return p.address(to, true) }

// RelRef gives an address without the host.
func (p *Page) RelRef(to any) (string, error) { return p.address(to, false) }

func (p *Page) address(to any, whole bool) (string, error) {
	if m, ok := to.(map[string]any); ok {
		to = m["path"]
	}
	at, fragment, marked := strings.Cut(text(to), "#")
	if marked {
		fragment = "#" + fragment
	}
	target := p
	if at != "" {
		if target = p.GetPage(at); target == nil {
			return "", fail("no page %q", at)
		}
	}
	if whole {
		return target.Permalink + fragment, nil
	}
	return target.RelPermalink + fragment, nil
}

// GetPage finds a page; nil when there is none.
func (p *Page) GetPage(path string) *Page {
	if p.Lookup == nil {
		return nil
	}
	return p.Lookup(path)
}

// RenderString makes HTML of Markdown; a dict before it may ask for blocks.
func (p *Page) RenderString(args ...any) (template.HTML, error) {
	block, words := false, ""
	switch len(args) {
	case 1:
		words = text(args[0])
	case 2:
		m, _ := args[0].(map[string]any)
		block, words = m["display"] == "block", text(args[1])
	default:
		return "", fail("RenderString takes a text, and a dict before it if need be")
	}
	return template.HTML(p.Site.Render(words, block)), nil
}

// RawContent gives the page's Markdown.
func (p *Page) RawContent() string {
	if p.Text == nil {
		return ""
	}
	return p.Text()
}

// Content gives the page's text as HTML. That of the page that calls is not made yet.
func (p *Page) Content() (template.HTML, error) {
	switch {
	case p.Site.Current != nil && p.Eq(p.Site.Current()):
		return "", fail("a page's text, which is being made, is not known to what stands in it")
	case p.Text == nil:
		return "", nil
	}
	return template.HTML(p.Site.Render(p.Text(), true)), nil
}

// Plain and the like tell of the page's text.
func (p *Page) Plain() string {
	return markdownMarks().ReplaceAllString(markdownLinks().ReplaceAllString(plainOf(p.RawContent()), "$1"), "")
}

// What Markdown has besides words.
var (
	markdownLinks = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`!?\[([^\]]*)\]\([^)]*\)`) })
	markdownMarks = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile("(?m)^[ \t]*(?:#+|>|[-*+]|```.*)[ \t]*|[*_`]+|\\{\\{[<%].*?[>%]\\}\\}")
	})
)

// Summary gives the page's summary: its own, what stands before its divider, or its first paragraphs.
func (p *Page) Summary() template.HTML {
	if s := text(p.Params["summary"]); s != "" {
		return template.HTML(p.Site.Render(s, false))
	}
	s, _, divided := strings.Cut(p.RawContent(), "<!--more-->")
	if !divided {
		words := 0
		var parts []string
		for _, part := range strings.Split(strings.TrimSpace(s), "\n\n") {
			if words >= 70 {
				break
			}
			words += len(strings.Fields(part))
			parts = append(parts, part)
		}
		s = strings.Join(parts, "\n\n")
	}
	return template.HTML(p.Site.Render(s, true))
}

// Truncated reports whether there is more than the summary.
func (p *Page) Truncated() bool { return strings.Contains(p.RawContent(), "<!--more-->") }

// WordCount counts the words of the page's text.
func (p *Page) WordCount() int { return len(strings.Fields(p.Plain())) }

// FuzzyWordCount is WordCount in hundreds.
func (p *Page) FuzzyWordCount() int { return (p.WordCount() + 99) / 100 * 100 }

// ReadingTime gives minutes.
func (p *Page) ReadingTime() int { return (p.WordCount() + 212) / 213 }

// Len gives the length of the page's text.
func (p *Page) Len() int { return len(p.RawContent()) }

// TableOfContents gives nothing: an edition has its own.
func (p *Page) TableOfContents() template.HTML { return "" }

// HasShortcode reports whether the page's text calls one of these shortcodes.
func (p *Page) HasShortcode(names ...string) bool {
	return slices.ContainsFunc(names, func(name string) bool {
		raw := p.RawContent()
		return strings.Contains(raw, "{{< "+name+" ") || strings.Contains(raw, "{{% "+name+" ")
	})
}

// Name gives the title.
func (p *Page) Name() string { return p.Title }

// Pages gives what stands in a section, or on the home page.
func (p *Page) Pages() Pages {
	if !p.IsNode {
		return nil
	}
	return p.Site.AllPages().having(func(q *Page) bool { return q.Up != nil && q.Up.Path == p.Path })
}

// RegularPages are Pages: what an edition knows are articles.
func (p *Page) RegularPages() Pages { return p.Pages() }

// RegularPagesRecursive gives all that stands in a section and in those below.
func (p *Page) RegularPagesRecursive() Pages {
	if !p.IsNode {
		return nil
	}
	return p.Site.AllPages().having(func(q *Page) bool { return q.IsDescendant(p) })
}

// Sections gives the sections in a section that hold pages.
func (p *Page) Sections() Pages {
	var out Pages
	for _, q := range p.Site.AllPages() {
		for up := q.Up; up != nil; up = up.Up {
			if up.Up != nil && up.Up.Path == p.Path && !slices.ContainsFunc(out, up.Eq) {
				out = append(out, up)
			}
		}
	}
	return out
}

// CurrentSection gives the section in which a page stands, or the section itself.
func (p *Page) CurrentSection() *Page {
	if p.IsNode || p.Up == nil {
		return p
	}
	return p.Up
}

// FirstSection gives the topmost section in which a page stands.
func (p *Page) FirstSection() *Page {
	s := p.CurrentSection()
	for s.Up != nil && s.Up.Up != nil {
		s = s.Up
	}
	return s
}

// Parent gives the section in which a page stands.
func (p *Page) Parent() *Page { return p.Up }

// Ancestors gives the sections in which a page stands, the nearest first.
func (p *Page) Ancestors() (out Pages) {
	for up := p.Up; up != nil; up = up.Up {
		out = append(out, up)
	}
	return out
}

// IsAncestor and the like tell how pages stand to each other.
func (p *Page) IsAncestor(other *Page) bool { return other.IsDescendant(p) }

// IsDescendant reports whether a page stands in a section, or in one of those in it.
func (p *Page) IsDescendant(other *Page) bool {
	return other != nil && slices.ContainsFunc(p.Ancestors(), other.Eq)
}

// InSection reports whether a page stands in the section of another.
func (p *Page) InSection(other *Page) bool {
	return other != nil && p.CurrentSection().Eq(other.CurrentSection())
}

// Eq reports whether two are the same page.
func (p *Page) Eq(other *Page) bool {
	return p != nil && other != nil && p.Path == other.Path && p.Language.Lang == other.Language.Lang
}

// Next gives the page that follows in the site's order, as Hugo has it: the newer one.
func (p *Page) Next() *Page { return p.Site.AllPages().Next(p) }

// Prev gives the page before.
func (p *Page) Prev() *Page { return p.Site.AllPages().Prev(p) }

// NextInSection and PrevInSection stay in the section.
func (p *Page) NextInSection() *Page { return p.CurrentSection().Pages().Next(p) }

// PrevInSection gives the page before, in the section.
func (p *Page) PrevInSection() *Page { return p.CurrentSection().Pages().Prev(p) }

// IsTranslated reports whether the page is there in other languages.
func (p *Page) IsTranslated() bool { return len(p.AllTranslations()) > 1 }

// AllTranslations gives the page in all its languages.
func (p *Page) AllTranslations() Pages {
	if p.Others == nil {
		return Pages{p}
	}
	return p.Others()
}

// Translations gives the page in its other languages.
func (p *Page) Translations() Pages {
	return p.AllTranslations().having(func(q *Page) bool { return q.Language.Lang != p.Language.Lang })
}

// GetTerms gives the terms that a page names for a taxonomy.
func (p *Page) GetTerms(taxonomy string) (out Pages) {
	names, _ := items(p.Params[strings.ToLower(taxonomy)])
	for _, n := range names {
		at := "/" + strings.ToLower(taxonomy) + "/" + urlized(text(n))
		out = append(out, &Page{Site: p.Site, Title: text(n), LinkTitle: text(n), Kind: "term", IsTerm: true, IsNode: true, Path: at, Section: strings.ToLower(taxonomy),
			RelPermalink: p.Site.at(at+"/", false), Permalink: p.Site.at(at+"/", true), Params: map[string]any{}, Language: p.Language, Lookup: p.Lookup})
	}
	return out
}

// Data, OutputFormats, AlternativeOutputFormats and Sites are of no use to an edition, which is none of a site's formats.
func (p *Page) Data() map[string]any { return map[string]any{} }

// OutputFormats gives those that a page has on the site, of which an edition knows none.
func (p *Page) OutputFormats() OutputFormats { return nil }

// AlternativeOutputFormats gives the others.
func (p *Page) AlternativeOutputFormats() OutputFormats { return nil }

// Sites gives the site.
func (p *Page) Sites() []*Site { return []*Site{p.Site} }

// OutputFormats are the forms in which a site has a page.
type OutputFormats []any

// Get gives none.
func (OutputFormats) Get(string) any { return nil }

// Pages is a list of them.
type Pages []*Page

func (ps Pages) String() string { return fmt.Sprintf("Pages(%d)", len(ps)) }

func (ps Pages) having(is func(*Page) bool) (out Pages) {
	for _, p := range ps {
		if is(p) {
			out = append(out, p)
		}
	}
	return out
}

// Len counts them.
func (ps Pages) Len() int { return len(ps) }

// Next gives the one before a page in a list, which is the newer one.
func (ps Pages) Next(p *Page) *Page {
	if i := slices.IndexFunc(ps, p.Eq); i > 0 {
		return ps[i-1]
	}
	return nil
}

// Prev gives the one behind it.
func (ps Pages) Prev(p *Page) *Page {
	if i := slices.IndexFunc(ps, p.Eq); i >= 0 && i+1 < len(ps) {
		return ps[i+1]
	}
	return nil
}

func (ps Pages) by(f func(a, b *Page) int) Pages {
	out := slices.Clone(ps)
	slices.SortStableFunc(out, f)
	return out
}

// ByTitle and the like sort them.
func (ps Pages) ByTitle() Pages {
	return ps.by(func(a, b *Page) int { return strings.Compare(strings.ToLower(a.Title), strings.ToLower(b.Title)) })
}

// ByLinkTitle sorts by the shorter title.
func (ps Pages) ByLinkTitle() Pages {
	return ps.by(func(a, b *Page) int {
		return strings.Compare(strings.ToLower(a.LinkTitle), strings.ToLower(b.LinkTitle))
	})
}

// ByDate sorts the oldest first.
func (ps Pages) ByDate() Pages { return ps.by(func(a, b *Page) int { return a.Date.Compare(b.Date) }) }

// ByPublishDate sorts by the day of publication.
func (ps Pages) ByPublishDate() Pages {
	return ps.by(func(a, b *Page) int { return a.PublishDate.Compare(b.PublishDate) })
}

// ByLastmod sorts by the last change.
func (ps Pages) ByLastmod() Pages {
	return ps.by(func(a, b *Page) int { return a.Lastmod.Compare(b.Lastmod) })
}

// ByWeight sorts as a site's lists are: those without a weight last, among them the newest first.
func (ps Pages) ByWeight() Pages {
	return ps.by(func(a, b *Page) int {
		switch {
		case a.Weight == b.Weight:
			return b.Date.Compare(a.Date)
		case a.Weight == 0:
			return 1
		case b.Weight == 0:
			return -1
		}
		return a.Weight - b.Weight
	})
}

// ByParam sorts by a parameter.
func (ps Pages) ByParam(key string) Pages {
	return ps.by(func(a, b *Page) int { return compare(a.Param(key), b.Param(key)) })
}

// Reverse turns them round.
func (ps Pages) Reverse() Pages {
	out := slices.Clone(ps)
	slices.Reverse(out)
	return out
}

// Limit gives the first of them.
func (ps Pages) Limit(n int) Pages { return ps[:min(max(n, 0), len(ps))] }

// A PageGroup is a part of a list whose pages have something in common.
type PageGroup struct {
	Key   any
	Pages Pages
}

// group parts a list by what pages have in common, in the order of that: rising, or falling.
func (ps Pages) group(of func(*Page) any, falling bool) []PageGroup {
	var out []PageGroup
	at := map[string]int{}
	for _, p := range ps {
		key := of(p)
		if key == nil {
			continue
		}
		i, ok := at[keyOf(key)]
		if !ok {
			i = len(out)
			at[keyOf(key)] = i
			out = append(out, PageGroup{Key: key})
		}
		out[i].Pages = append(out[i].Pages, p)
	}
	slices.SortStableFunc(out, func(a, b PageGroup) int {
		if falling {
			a, b = b, a
		}
		return compare(a.Key, b.Key)
	})
	return out
}

// GroupBy parts a list by a field.
func (ps Pages) GroupBy(key string, order ...string) []PageGroup {
	return ps.group(func(p *Page) any { return field(p, key) }, falls(order, false))
}

// GroupByParam parts a list by a parameter.
func (ps Pages) GroupByParam(key string, order ...string) []PageGroup {
	return ps.group(func(p *Page) any { return p.Param(key) }, falls(order, false))
}

// GroupByDate parts a list by the pages' dates, written in a form; the newest first.
func (ps Pages) GroupByDate(form string, order ...string) []PageGroup {
	return ps.groupByTime(form, order, func(p *Page) time.Time { return p.Date })
}

// GroupByPublishDate parts a list by the days of publication.
func (ps Pages) GroupByPublishDate(form string, order ...string) []PageGroup {
	return ps.groupByTime(form, order, func(p *Page) time.Time { return p.PublishDate })
}

// GroupByLastmod parts a list by the last changes.
func (ps Pages) GroupByLastmod(form string, order ...string) []PageGroup {
	return ps.groupByTime(form, order, func(p *Page) time.Time { return p.Lastmod })
}

func (ps Pages) groupByTime(form string, order []string, of func(*Page) time.Time) []PageGroup {
	sorted := ps.by(func(a, b *Page) int {
		if falls(order, true) {
			a, b = b, a
		}
		return of(a).Compare(of(b))
	})
	var out []PageGroup
	for _, p := range sorted {
		key := of(p).Format(form)
		if n := len(out); n == 0 || out[n-1].Key != key {
			out = append(out, PageGroup{Key: key})
		}
		out[len(out)-1].Pages = append(out[len(out)-1].Pages, p)
	}
	return out
}

// falls reports whether an order that may be named is falling.
func falls(order []string, otherwise bool) bool {
	if len(order) == 0 {
		return otherwise
	}
	return strings.EqualFold(order[0], "desc")
}

// A File is where a page's text lies.
type File struct {
	Path, Dir, LogicalName, BaseFileName, TranslationBaseName, ContentBaseName, Ext, Lang, UniqueID, Filename string
}

func (f *File) String() string {
	if f == nil {
		return ""
	}
	return f.BaseFileName
}

// A Language is one of the site's.
type Language struct {
	Lang, LanguageCode, LanguageName, LanguageDirection string
	Weight                                              int
	Params                                              map[string]any
}

func (l Language) String() string { return l.Lang }

// A Site is what templates see of the site.
type Site struct {
	Title, BaseURL, Copyright, LanguageCode string
	Language                                Language
	Languages                               []Language
	Params                                  map[string]any // keys in lower case
	TaxonomyNames                           []string       // tags, categories …
	LanguagePrefix                          string         // "/de" of a language that has a folder of its own on the site; else ""
	Render                                  func(markdown string, block bool) string
	AllPages                                func() Pages
	AllData                                 func() any
	Lookup                                  func(path string) *Page
	Current                                 func() *Page // the page whose text calls
	First                                   func() *Page // the home page
	store                                   Scratch
}

func (s *Site) String() string { return "Site(" + s.Title + ")" }

// at brings a path of the site into the form of an address.
func (s *Site) at(path string, whole bool) string { return address(s.BaseURL, path, whole) }

// Data gives what the site's data folder holds.
func (s *Site) Data() any { return s.AllData() }

// Param gives a parameter.
func (s *Site) Param(key any) any {
	return below(s.Params, strings.Split(strings.ToLower(text(key)), "."))
}

// Pages and RegularPages give the site's articles.
func (s *Site) Pages() Pages { return s.AllPages() }

// RegularPages are all that an edition knows.
func (s *Site) RegularPages() Pages { return s.AllPages() }

// Sections gives the sections that hold pages.
func (s *Site) Sections() Pages { return s.Home().Sections() }

// MainSections gives the section with most pages, or those that the site names.
func (s *Site) MainSections() []string {
	if l, ok := items(s.Params["mainsections"]); ok {
		return textsOf(l)
	}
	count, most := map[string]int{}, ""
	for _, p := range s.AllPages() {
		if count[p.Section]++; p.Section != "" && (most == "" || count[p.Section] > count[most]) {
			most = p.Section
		}
	}
	if most == "" {
		return nil
	}
	return []string{most}
}

// GetPage finds a page; nil when there is none.
func (s *Site) GetPage(path string) *Page { return s.Lookup(path) }

// Home is the site's first page.
func (s *Site) Home() *Page { return s.First() }

// Store and Scratch hold what calls keep for each other.
func (s *Site) Store() *Scratch { return &s.store }

// Scratch is Store by its older name.
func (s *Site) Scratch() *Scratch { return &s.store }

// IsServer reports whether Hugo serves the site: never here.
func (s *Site) IsServer() bool { return false }

// IsMultiLingual reports whether the site is in several languages.
func (s *Site) IsMultiLingual() bool { return len(s.Languages) > 1 }

// Menus are no business of an edition's.
func (s *Site) Menus() map[string]any { return nil }

// Taxonomies gives the pages of each term of each taxonomy.
func (s *Site) Taxonomies() map[string]any {
	out := map[string]any{}
	for _, tax := range s.TaxonomyNames {
		terms := map[string]any{}
		for _, p := range s.AllPages() {
			names, ok := items(p.Params[strings.ToLower(tax)])
			if one, isText := p.Params[strings.ToLower(tax)].(string); isText && !ok {
				names = []any{one}
			}
			for _, n := range names {
				key := strings.ToLower(text(n))
				have, _ := terms[key].(Pages)
				terms[key] = append(have, p)
			}
		}
		out[strings.ToLower(tax)] = terms
	}
	return out
}
