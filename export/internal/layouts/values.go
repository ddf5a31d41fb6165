package layouts

import (
	"html/template"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A Shortcode is a call of one: the dot of its template.
type Shortcode struct {
	Name     string
	Ordinal  int // which of the page's or of its parent's calls it is, from 0
	Position string
	Inner    template.HTML // what stands between the tags, calls in it already run
	Page     *Page
	Parent   *Shortcode // the call in whose tags this one stands; nil when in none

	Args  []any          // given by place
	Named map[string]any // given by name
	store Scratch
}

func (s *Shortcode) String() string { return "Shortcode(" + s.Name + ")" }

// Get gives an argument by its place or name; "" when it was not given.
func (s *Shortcode) Get(key any) (any, error) {
	if s == nil {
		return "", nil
	}
	if name, ok := key.(string); ok {
		if v, ok := s.Named[name]; ok {
			return v, nil
		}
		for _, k := range slices.Sorted(maps.Keys(s.Named)) {
			if strings.EqualFold(k, name) {
				return s.Named[k], nil
			}
		}
		n, err := strconv.Atoi(name)
		if err != nil {
			return "", nil
		}
		key = n
	}
	n, ok := integer(key)
	if !ok {
		return nil, fail("Get takes a name or a number, not %v", key)
	}
	if n >= 0 && n < len(s.Args) {
		return s.Args[n], nil
	}
	return "", nil
}

// Params gives all arguments: a map when they have names, else a list.
func (s *Shortcode) Params() any {
	switch {
	case s == nil:
		return nil
	case s.IsNamedParams():
		return lowered(s.Named)
	}
	return s.Args
}

// IsNamedParams reports whether the arguments have names.
func (s *Shortcode) IsNamedParams() bool { return s != nil && len(s.Named) > 0 }

// InnerDeindent gives Inner without the blanks that begin all of its lines.
func (s *Shortcode) InnerDeindent() template.HTML {
	lines := strings.Split(string(s.Inner), "\n")
	least := -1
	for _, l := range lines {
		if strings.TrimSpace(l) == "" {
			continue
		}
		if n := len(l) - len(strings.TrimLeft(l, " \t")); least < 0 || n < least {
			least = n
		}
	}
	for i, l := range lines {
		lines[i] = l[min(max(least, 0), len(l)):]
	}
	return template.HTML(strings.Join(lines, "\n"))
}

// Site gives the site.
func (s *Shortcode) Site() *Site { return s.Page.Site }

// Ref and RelRef give the address of a page, by a path or by a dict with one.
func (s *Shortcode) Ref(to any) (string, error) { return s.Page.Ref(to) }

// RelRef gives an address without the host.
func (s *Shortcode) RelRef(to any) (string, error) { return s.Page.RelRef(to) }

// Scratch and Store hold what a template keeps for the calls in its tags and for later ones.
func (s *Shortcode) Scratch() (*Scratch, error) {
	if s == nil {
		return nil, fail("it stands between no other's tags")
	}
	return &s.store, nil
}

// Store is Scratch by its newer name.
func (s *Shortcode) Store() (*Scratch, error) { return s.Scratch() }

func lowered(m map[string]any) map[string]any {
	out := make(map[string]any, len(m))
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out[strings.ToLower(k)] = m[k]
	}
	return out
}

// maxKept bounds the items of a list to which a Scratch adds, since each addition copies it.
const maxKept = 2000

// A Scratch is a place where templates keep values.
type Scratch struct{ values map[string]any }

// Set keeps a value.
func (s *Scratch) Set(key string, v any) string {
	if s.values == nil {
		s.values = map[string]any{}
	}
	if len(s.values) < 10_000 {
		s.values[key] = v
	}
	return ""
}

// Get gives a value; nil when there is none.
func (s *Scratch) Get(key string) any { return s.values[key] }

// Values gives all of them.
func (s *Scratch) Values() map[string]any { return s.values }

// Delete forgets a value.
func (s *Scratch) Delete(key string) string { delete(s.values, key); return "" }

// Add adds to a number, a text or a list.
func (s *Scratch) Add(key string, v any) (string, error) {
	have := s.values[key]
	if have == nil {
		return s.Set(key, v), nil
	}
	if l, ok := items(have); ok {
		more, isList := items(v)
		if !isList {
			more = []any{v}
		}
		if len(l)+len(more) > maxKept {
			return "", errLarge
		}
		return s.Set(key, append(slices.Clone(l), more...)), nil
	}
	if a, ok := have.(string); ok {
		b := text(v)
		if len(a)+len(b) > maxKept*32 {
			return "", errLarge
		}
		return s.Set(key, a+b), nil
	}
	sum, err := calculate("add", []any{have, v})
	if err != nil {
		return "", err
	}
	return s.Set(key, sum), nil
}

// SetInMap keeps a value in a map of values.
func (s *Scratch) SetInMap(key, inner string, v any) string {
	m, _ := s.values[key].(map[string]any)
	if m == nil {
		m = map[string]any{}
	}
	if len(m) < maxItems {
		m[inner] = v
	}
	return s.Set(key, m)
}

// DeleteInMap forgets a value in a map of values.
func (s *Scratch) DeleteInMap(key, inner string) string {
	if m, ok := s.values[key].(map[string]any); ok {
		delete(m, inner)
	}
	return ""
}

// GetSortedMapValues gives the values of such a map in the order of their keys.
func (s *Scratch) GetSortedMapValues(key string) []any {
	m, _ := s.values[key].(map[string]any)
	var out []any
	for _, k := range slices.Sorted(maps.Keys(m)) {
		out = append(out, m[k])
	}
	return out
}

// A Page is a page of the site.
type Page struct {
	Site *Site

	Title, LinkTitle, Description, Summary    string
	Kind, Type, Section, Slug, Path           string
	Date, Lastmod, PublishDate, ExpiryDate    time.Time
	Weight                                    int
	Draft                                     bool
	Params                                    map[string]any // keys in lower case
	Keywords, Aliases                         []string
	RelPermalink, Permalink                   string
	File                                      File
	Language                                  Language
	RawContent                                string
	IsHome, IsPage, IsSection, IsNode, IsTerm bool
	Resources                                 Resources
	SectionPage                               *Page // nil when it stands in none
	Lookup                                    func(path string) *Page
	WordCount, FuzzyWordCount, ReadingTime    int
	store                                     Scratch
}

func (p *Page) String() string { return "Page(" + p.Path + ")" }

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

// Pages and RegularPages are those below a page: an edition knows articles, which have none.
func (p *Page) Pages() []*Page { return nil }

// RegularPages are Pages.
func (p *Page) RegularPages() []*Page { return nil }

// CurrentSection, FirstSection and Parent give the section in which a page stands.
func (p *Page) CurrentSection() *Page {
	if p.SectionPage == nil {
		return p.Site.Home()
	}
	return p.SectionPage
}

// FirstSection gives the section in which a page stands.
func (p *Page) FirstSection() *Page { return p.CurrentSection() }

// Parent gives the section in which a page stands.
func (p *Page) Parent() *Page { return p.CurrentSection() }

// IsTranslated and the like are what an edition, which is in one language, says of a page.
func (p *Page) IsTranslated() bool { return false }

// GetTerms gives none: an edition has no pages of terms.
func (p *Page) GetTerms(string) []*Page { return nil }

// HasShortcode reports whether the page's text calls a shortcode.
func (p *Page) HasShortcode(name string) bool {
	return strings.Contains(p.RawContent, "{{< "+name+" ") || strings.Contains(p.RawContent, "{{% "+name+" ")
}

// A File is where a page's text lies.
type File struct{ Path, Dir, LogicalName, BaseFileName, TranslationBaseName, ContentBaseName, Ext string }

// A Language is one of the site's.
type Language struct {
	Lang, LanguageCode, LanguageName, LanguageDirection string
	Params                                              map[string]any
}

func (l Language) String() string { return l.Lang }

// A Site is what templates see of the site.
type Site struct {
	Title, BaseURL, Copyright, LanguageCode string
	Language                                Language
	Params                                  map[string]any // keys in lower case
	Render                                  func(markdown string, block bool) string
	AllPages                                func() []*Page
	AllData                                 func() any
	Lookup                                  func(path string) *Page
	store                                   Scratch
}

func (s *Site) String() string { return "Site(" + s.Title + ")" }

// Data gives what the site's data folder holds.
func (s *Site) Data() any { return s.AllData() }

// Pages and RegularPages give the site's articles.
func (s *Site) Pages() []*Page { return s.AllPages() }

// RegularPages are all that an edition knows.
func (s *Site) RegularPages() []*Page { return s.AllPages() }

// GetPage finds a page; nil when there is none.
func (s *Site) GetPage(path string) *Page { return s.Lookup(path) }

// Home is the site's first page, as far as an edition knows of it.
func (s *Site) Home() *Page {
	return &Page{Site: s, Title: s.Title, Kind: "home", IsHome: true, Path: "/", RelPermalink: "/", Permalink: s.BaseURL, Params: s.Params, Language: s.Language}
}

// Store and Scratch hold what calls keep for each other.
func (s *Site) Store() *Scratch { return &s.store }

// Scratch is Store by its older name.
func (s *Site) Scratch() *Scratch { return &s.store }

// IsServer, IsMultiLingual: an edition is neither.
func (s *Site) IsServer() bool { return false }

// IsMultiLingual reports whether there are other languages: not in an edition.
func (s *Site) IsMultiLingual() bool { return false }

// Menus are no business of an edition's.
func (s *Site) Menus() map[string]any { return nil }

// Taxonomies are no business of an edition's.
func (s *Site) Taxonomies() map[string]any { return nil }

// A Resource is a file beside a page or among the assets.
type Resource struct {
	Name, Title             string
	RelPermalink, Permalink string
	ResourceType            string
	MediaType               MediaType
	Params                  map[string]any
	file                    string
	host                    Host
	made                    string // the text of one that a template made
}

// NewResource gives the resource of a file of the site, which a page has by this address.
func NewResource(host Host, file, name, address, absolute string) *Resource {
	return &Resource{Name: name, Title: name, RelPermalink: address, Permalink: absolute, MediaType: mediaType(name),
		ResourceType: mediaType(name).MainType, Params: map[string]any{}, file: file, host: host}
}

func (r *Resource) String() string { return "Resource(" + r.Name + ")" }

// Content gives a text file's text.
func (r *Resource) Content() (any, error) {
	b, err := []byte(r.made), error(nil)
	if r.file != "" {
		b, err = r.host.ReadFile(r.file)
	}
	if err == nil && len(b) > maxText {
		err = errLarge
	}
	if err != nil {
		return "", err
	}
	if r.MediaType.SubType == "svg" || r.MediaType.SubType == "html" {
		return template.HTML(b), nil
	}
	return string(b), nil
}

// Width gives a picture's width in pixels.
func (r *Resource) Width() int { w, _ := r.host.Size(r.file); return w }

// Height gives a picture's height in pixels.
func (r *Resource) Height() int { _, h := r.host.Size(r.file); return h }

// Resize and the like give the picture as it is: an edition scales it to its own measure.
func (r *Resource) Resize(string) *Resource { return r }

// Fit gives the picture as it is.
func (r *Resource) Fit(string) *Resource { return r }

// Fill gives the picture as it is.
func (r *Resource) Fill(string) *Resource { return r }

// Crop gives the picture as it is.
func (r *Resource) Crop(string) *Resource { return r }

// Process gives the picture as it is.
func (r *Resource) Process(string) *Resource { return r }

// Filter gives the picture as it is.
func (r *Resource) Filter(...any) *Resource { return r }

// Exif gives nothing.
func (r *Resource) Exif() any { return nil }

// A MediaType is what kind of file a resource is.
type MediaType struct{ Type, MainType, SubType string }

func (m MediaType) String() string { return m.Type }

func mediaType(name string) MediaType {
	sub := strings.TrimPrefix(strings.ToLower(path.Ext(name)), ".")
	main := "application"
	switch sub {
	case "jpg", "jpe", "jfif":
		main, sub = "image", "jpeg"
	case "png", "jpeg", "gif", "webp", "svg", "avif", "tiff", "bmp":
		main = "image"
	case "mp4", "webm", "ogv", "mov":
		main = "video"
	case "mp3", "ogg", "wav", "flac", "m4a":
		main = "audio"
	case "md", "txt", "html", "csv", "css":
		main = "text"
	}
	return MediaType{Type: main + "/" + sub, MainType: main, SubType: sub}
}

// Resources are the files beside a page.
type Resources []*Resource

// Get gives the one of a name; nil when there is none.
func (rs Resources) Get(name any) *Resource {
	for _, r := range rs {
		if strings.EqualFold(r.Name, strings.TrimPrefix(strings.TrimPrefix(text(name), "./"), "/")) {
			return r
		}
	}
	return nil
}

// GetMatch gives the first that a pattern fits; nil when there is none.
func (rs Resources) GetMatch(pattern any) *Resource {
	for _, r := range rs.Match(pattern) {
		return r
	}
	return nil
}

// Match gives those that a pattern fits.
func (rs Resources) Match(pattern any) (out Resources) {
	p := strings.ToLower(text(pattern))
	for _, r := range rs {
		if globbed(p, strings.ToLower(r.Name)) {
			out = append(out, r)
		}
	}
	return out
}

// ByType gives those of a kind: image, video, text …
func (rs Resources) ByType(kind any) (out Resources) {
	for _, r := range rs {
		if r.ResourceType == text(kind) {
			out = append(out, r)
		}
	}
	return out
}

// globbed reports whether a pattern fits a name: ** fits folders, too.
func globbed(pattern, name string) bool {
	if before, after, ok := strings.Cut(pattern, "**"); ok {
		after = strings.TrimPrefix(after, "/")
		rest, ok := strings.CutPrefix(name, before)
		if !ok {
			return false
		}
		for i := 0; i <= len(rest) && i < 200; i++ {
			if globbed(after, rest[i:]) {
				return true
			}
			if after == "" {
				return true
			}
		}
		return false
	}
	ok, _ := path.Match(pattern, name)
	return ok
}
