package hugo

import (
	"errors"
	"fmt"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/twinpress/twinpress/export/document"
	"go.yaml.in/yaml/v3"
)

// A Config is a publisher's configuration: twinpress.yaml, completed from Hugo's own configuration.
type Config struct {
	File    string // twinpress.yaml as found, absolute; "" when there is none
	Journal JournalConfig

	// Keys tells which front matter keys mean what, for instance "authors": {"authors", "author"}.
	Keys map[string][]string

	// Style is the node under "style:", for the typesetter to decode strictly: a scalar (the name of a built-in style)
	// or a mapping. Its lines and columns are those of File. Nil when not given.
	Style *yaml.Node

	Notes  string // "article" or "issue": where an issue's notes stand in the EPUB
	Images ImagesConfig
	Fonts  string // folder of the publisher's own fonts, absolute; "" for none
	EPUB   EPUBConfig
	PDF    PDFConfig
	Macros map[string]string   // commands of formulas, without their backslash → TeX; #1 to #9 are arguments
	Quotes map[string][]string // language → opening, closing, inner opening, inner closing mark
	Cover  string              // picture for every issue without its own, as in an image link
	Issues map[string]IssueConfig

	tree *value
	src  *source
}

// A JournalConfig describes the periodical.
type JournalConfig struct {
	Title     string
	Subtitle  string
	Short     string // stem of file names; made of the title when empty
	ISSN      string
	Publisher string
	Place     string
	Language  string // BCP 47; "" when nothing says
	Rights    string
	License   string // its URL
	Editors   []string
	BaseURL   string // with a trailing slash; "" when not known
	Imprint   string // Markdown
	Logo      string // picture, as in an image link
}

// Slug gives the stem of the files' names.
func (j JournalConfig) Slug() string {
	if j.Short != "" {
		return j.Short
	}
	return j.Title
}

// An ImagesConfig bounds the pictures of the EPUB. Zero means the format's own bound.
type ImagesConfig struct {
	MaxPixels int
	MaxBytes  int
}

// An EPUBConfig holds what only the EPUB needs.
type EPUBConfig struct {
	EmbedFonts         bool
	AccessibilityClaim string // conformance claim, as "EPUB Accessibility 1.1 - WCAG 2.2 Level AA"
	CertifiedBy        string
	PageList           bool // default true
}

// A PDFConfig holds what only the PDF needs.
type PDFConfig struct {
	Standard string // "ua-1+a-2a" and so on; "" is the default
}

// An IssueConfig describes one issue where the content does not.
type IssueConfig struct {
	Title       string // inline Markdown
	Description string // inline Markdown
	Volume      string
	Date        string
	Cover       string
	ISBN        string
	DOI         string
	Articles    []string // slugs or paths, in the order wanted
}

// A setting of the configuration: the one table behind what is accepted and what init writes.
type option struct {
	key     string // with its surroundings: "journal.title"
	kind    optionKind
	example string
	comment string
	set     func(*Config, *value)
}

type optionKind int

const (
	textOption optionKind = iota
	listOption
	boolOption
	numberOption
	treeOption // decoded elsewhere
)

func options() []option {
	journal := func(key, example, comment string, field func(*Config) *string) option {
		return option{"journal." + key, textOption, example, comment, func(c *Config, v *value) { *field(c) = v.text }}
	}
	return []option{
		journal("title", "The Composing Room", "The periodical's name. Without it: the title in Hugo's configuration.", func(c *Config) *string { return &c.Journal.Title }),
		journal("subtitle", "A quarterly of printing and reading", "", func(c *Config) *string { return &c.Journal.Subtitle }),
		journal("short", "composing-room", "Stem of the files' names: composing-room-112.pdf. Without it: made of the title.", func(c *Config) *string { return &c.Journal.Short }),
		journal("issn", "1234-5679", "", func(c *Config) *string { return &c.Journal.ISSN }),
		journal("publisher", "The Composing Room Society", "", func(c *Config) *string { return &c.Journal.Publisher }),
		journal("place", "London", "Place of publication.", func(c *Config) *string { return &c.Journal.Place }),
		journal("language", "en-GB", "Language of articles that name none (BCP 47): it decides hyphenation and quotation marks.", func(c *Config) *string { return &c.Journal.Language }),
		journal("rights", "© the authors", "Copyright or licence, in words.", func(c *Config) *string { return &c.Journal.Rights }),
		journal("license", "https://creativecommons.org/licenses/by/4.0/", "Address of the licence.", func(c *Config) *string { return &c.Journal.License }),
		{"journal.editors", listOption, `["Ada Example"]`, "", func(c *Config, v *value) { c.Journal.Editors = v.texts() }},
		journal("base-url", "https://example.org/", "Public address of the site. Without it: Hugo's baseURL.", func(c *Config) *string { return &c.Journal.BaseURL }),
		journal("imprint", "Printed by nobody yet.", "Text of the masthead page, Markdown.", func(c *Config) *string { return &c.Journal.Imprint }),
		journal("logo", "/img/logo.svg", "A mark for title page and cover.", func(c *Config) *string { return &c.Journal.Logo }),
		{"style", treeOption, "book", "How the PDF looks: book, review or broadsheet, or a mapping that changes values of one of them.", nil},
		{"notes", textOption, "article", "Where an issue's notes stand in the EPUB: after each article, or in one chapter (issue).", func(c *Config, v *value) { c.Notes = v.text }},
		{"cover", textOption, "/img/cover.png", "Cover picture of issues that have no other. Without it a cover is made.", func(c *Config, v *value) { c.Cover = v.text }},
		{"fonts", textOption, "fonts", "A folder of fonts, beside this file, that styles may name.", func(c *Config, v *value) { c.Fonts = v.text }},
		{"images.max-pixels", numberOption, "4000000", "Bounds of a picture in the EPUB.", func(c *Config, v *value) { c.Images.MaxPixels = v.number() }},
		{"images.max-bytes", numberOption, "2000000", "", func(c *Config, v *value) { c.Images.MaxBytes = v.number() }},
		{"epub.embed-fonts", boolOption, "false", "Carry the PDF's fonts in the EPUB, too.", func(c *Config, v *value) { c.EPUB.EmbedFonts = v.text == "true" }},
		{"epub.page-list", boolOption, "true", "Mark the PDF's pages in the EPUB.", func(c *Config, v *value) { c.EPUB.PageList = v.text == "true" }},
		{"epub.accessibility-claim", textOption, "EPUB Accessibility 1.1 - WCAG 2.2 Level AA", "Only when somebody has checked it.", func(c *Config, v *value) { c.EPUB.AccessibilityClaim = v.text }},
		{"epub.certified-by", textOption, "The Composing Room Society", "Who has.", func(c *Config, v *value) { c.EPUB.CertifiedBy = v.text }},
		{"pdf.standard", textOption, "ua-1+a-2a", "Standards that the PDF keeps: ua-1+a-2a, a-2b, ua-2+a-4 or none.", func(c *Config, v *value) { c.PDF.Standard = v.text }},
	}
}

// texts gives a value as a list of texts.
func (v *value) texts() []string {
	if v.kind == scalar {
		return []string{v.text}
	}
	var out []string
	for _, it := range v.items {
		out = append(out, it.text)
	}
	return out
}

func (v *value) number() int {
	n, _ := strconv.Atoi(strings.ReplaceAll(v.text, "_", ""))
	return n
}

// ConfigTemplate is a commented twinpress.yaml in which every key is explained. Every setting is commented out, so that
// it changes nothing as it stands.
func ConfigTemplate() string {
	var b strings.Builder
	b.WriteString("# twinpress.yaml: what Hugo's configuration does not say. Every line may be left out.\n")
	group := ""
	for _, o := range options() {
		g, key, nested := strings.Cut(o.key, ".")
		if !nested {
			g, key = "", o.key
		}
		if g != group || g == "" {
			b.WriteByte('\n')
			if g != "" {
				b.WriteString("# " + g + ":\n")
			}
			group = g
		}
		indent := ""
		if nested {
			indent = "  "
		}
		example := o.example
		if o.kind == textOption && strings.ContainsAny(example, ":#©\"") {
			example = strconv.Quote(example)
		}
		if o.comment != "" {
			b.WriteString("# " + indent + "# " + o.comment + "\n")
		}
		b.WriteString("# " + indent + key + ": " + example + "\n")
	}
	b.WriteString("\n# Front matter keys, where yours differ: a key or a list, of which the first that is given counts.\n# keys:\n")
	for _, k := range defaultKeys {
		b.WriteString("#   " + k.meaning + ": [" + strings.Join(k.keys, ", ") + "] # " + k.comment + "\n")
	}
	b.WriteString(`
# Quotation marks by language, where the house differs from custom: opening, closing, inner opening, inner closing.
# quotes:
#   en-GB: ["‘", "’", "“", "”"]

# Commands of your formulas that LaTeX does not know, as your site's MathJax or KaTeX has them.
# macros:
#   abs: '\left|#1\right|'

# Issues, where the content does not say enough; articles lists slugs in the order of the contents.
# issues:
#   "112":
#     title: The year in print
#     description: ""
#     volume: ""
#     date: 2018-12
#     cover: /img/112.png
#     isbn: ""
#     doi: ""
#     articles: [first-article, second-article]
`)
	return b.String()
}

// readConfig reads twinpress.yaml and Hugo's configuration.
func (s *Site) readConfig() error {
	c := &Config{Notes: "article", Keys: map[string][]string{}, Quotes: map[string][]string{}, Macros: map[string]string{}, Issues: map[string]IssueConfig{}}
	c.EPUB.PageList = true
	for _, k := range defaultKeys {
		c.Keys[k.meaning] = k.keys
	}
	s.Config = c
	if err := s.readHugoConfig(); err != nil {
		return err
	}
	file := s.opts.Config
	if file == "" {
		for _, n := range []string{"twinpress.yaml", "twinpress.yml"} {
			if f := filepath.Join(s.Root, n); isFile(f) {
				file = f
				break
			}
		}
	}
	if file != "" {
		if err := s.readTwinpress(file); err != nil {
			return err
		}
	}
	s.fromHugo()
	return nil
}

// readTwinpress decodes twinpress.yaml strictly: an unknown key is an error, with what was probably meant.
func (s *Site) readTwinpress(file string) error {
	c := s.Config
	raw, err := os.ReadFile(file)
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	if c.File, err = filepath.Abs(file); err != nil {
		return err
	}
	c.src = clean(newFile(shownPath(s.Root, c.File), raw), func(p document.Problem) { s.Problems = append(s.Problems, p) })
	tree, node, err := parseYAML(c.src.text)
	if err != nil {
		var se *syntaxError
		if errors.As(err, &se) {
			return problem("bad-config", c.src.pos(se.at), se.msg, "")
		}
		return err
	}
	c.tree = tree
	known := map[string]option{}
	var names []string
	for _, o := range options() {
		known[o.key] = o
		top, _, _ := strings.Cut(o.key, ".")
		if !slices.Contains(names, top) {
			names = append(names, top)
		}
	}
	names = append(names, "keys", "macros", "quotes", "issues")
	var errs []error
	fail := func(at int, message, hint string) {
		if hint != "" {
			message += " (" + hint + ")" // several are joined into one error, which has room for messages only
		}
		errs = append(errs, problem("bad-config", c.src.pos(at), message, ""))
	}
	if tree.kind != table {
		fail(tree.at, "the configuration is not a table of keys and values", "")
		return errs[0]
	}
	unknown := func(f field, candidates []string) {
		fail(f.at, fmt.Sprintf("unknown key %q", f.key), suggest(f.key, candidates))
	}
	set := func(o option, v *value) {
		if v.kind == null {
			return
		}
		if why := o.mismatch(v); why != "" {
			fail(v.at, o.key+" should be "+why, "")
			return
		}
		if o.set != nil {
			o.set(c, v)
		}
	}
	for _, f := range tree.fields {
		if o, ok := known[f.key]; ok {
			set(o, f.val)
			continue
		}
		switch f.key {
		case "keys":
			c.readKeys(f.val, fail)
			continue
		case "macros":
			c.readMacros(f.val, fail)
			continue
		case "quotes":
			c.readQuotes(f.val, fail)
			continue
		case "issues":
			c.readIssues(f.val, fail)
			continue
		}
		if !slices.Contains(names, f.key) {
			unknown(f, names)
			continue
		}
		if f.val.kind == null {
			continue
		}
		if f.val.kind != table {
			fail(f.val.at, f.key+" should be a table", "")
			continue
		}
		var inner []string
		for _, o := range options() {
			if rest, ok := strings.CutPrefix(o.key, f.key+"."); ok {
				inner = append(inner, rest)
			}
		}
		for _, g := range f.val.fields {
			if o, ok := known[f.key+"."+g.key]; ok {
				set(o, g.val)
			} else {
				unknown(g, inner)
			}
		}
	}
	if node != nil && node.Kind == yaml.MappingNode {
		for i := 0; i+1 < len(node.Content); i += 2 {
			if node.Content[i].Value == "style" && node.Content[i+1].Tag != "!!null" {
				c.Style = node.Content[i+1]
			}
		}
	}
	if c.Notes != "article" && c.Notes != "issue" {
		fail(tree.get("notes").at, fmt.Sprintf("notes should be article or issue, not %q", c.Notes), "")
	}
	if v := tree.get("journal", "language"); v.str() != "" {
		if c.Journal.Language = canonical(v.text); c.Journal.Language == "" {
			fail(v.at, "language "+v.text+" is not a code of BCP 47", "de, en-GB, zh-Hant")
		}
	}
	if c.Fonts != "" && !filepath.IsAbs(c.Fonts) {
		c.Fonts = filepath.Join(filepath.Dir(c.File), filepath.FromSlash(c.Fonts))
	}
	return errors.Join(errs...)
}

// shownPath gives a path as messages show it.
func shownPath(root, file string) string {
	if rel, err := filepath.Rel(root, file); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}

func (o option) mismatch(v *value) string {
	switch o.kind {
	case textOption:
		if v.kind != scalar {
			return "text"
		}
	case listOption:
		if v.kind != scalar && v.kind != list || v.kind == list && slices.ContainsFunc(v.items, func(it *value) bool { return it.kind != scalar }) {
			return "a list of texts"
		}
	case boolOption:
		if v.text != "true" && v.text != "false" {
			return "true or false"
		}
	case numberOption:
		if n, err := strconv.Atoi(strings.ReplaceAll(v.text, "_", "")); err != nil || n < 0 {
			return "a number"
		}
	}
	return ""
}

// suggest names what was probably meant.
func suggest(key string, candidates []string) string {
	best, score := "", 0.0
	for _, c := range candidates {
		if s := levenshtein.Match(strings.ToLower(key), c, nil); s > score {
			best, score = c, s
		}
	}
	if score > 0.5 {
		return "did you mean " + strconv.Quote(best) + "?"
	}
	return "known are " + strings.Join(candidates, ", ")
}

func (c *Config) readKeys(v *value, fail func(int, string, string)) {
	if v.kind == null {
		return
	}
	if v.kind != table {
		fail(v.at, "keys should be a table", "")
		return
	}
	var meanings []string
	for _, k := range defaultKeys {
		meanings = append(meanings, k.meaning)
	}
	for _, f := range v.fields {
		if _, ok := c.Keys[f.key]; !ok {
			fail(f.at, fmt.Sprintf("unknown key %q", f.key), suggest(f.key, meanings))
			continue
		}
		if why := (option{kind: listOption}).mismatch(f.val); why != "" {
			fail(f.val.at, "keys."+f.key+" should be a front matter key or a list of them", "")
			continue
		}
		c.Keys[f.key] = f.val.texts()
	}
}

func (c *Config) readQuotes(v *value, fail func(int, string, string)) {
	if v.kind == null {
		return
	}
	if v.kind != table {
		fail(v.at, "quotes should be a table of languages", "")
		return
	}
	for _, f := range v.fields {
		lang := canonical(f.key)
		if lang == "" {
			fail(f.at, fmt.Sprintf("%q is not a language", f.key), "de, en-GB, zh-Hant")
			continue
		}
		marks := f.val.texts()
		if len(marks) != 4 {
			fail(f.val.at, "quotes for a language are four marks: opening, closing, inner opening, inner closing", "")
			continue
		}
		c.Quotes[strings.ToLower(lang)] = marks
	}
}

func (c *Config) readIssues(v *value, fail func(int, string, string)) {
	if v.kind == null {
		return
	}
	if v.kind != table {
		fail(v.at, "issues should be a table of numbers", "")
		return
	}
	for _, f := range v.fields {
		var ic IssueConfig
		texts := map[string]*string{"title": &ic.Title, "description": &ic.Description, "volume": &ic.Volume, "date": &ic.Date,
			"cover": &ic.Cover, "isbn": &ic.ISBN, "doi": &ic.DOI}
		if f.val.kind != table {
			fail(f.val.at, "issues."+f.key+" should be a table", "")
			continue
		}
		for _, g := range f.val.fields {
			switch {
			case g.key == "articles":
				ic.Articles = g.val.texts()
			case texts[g.key] == nil:
				fail(g.at, fmt.Sprintf("unknown key %q", g.key), suggest(g.key, []string{"title", "description", "volume", "date", "cover", "isbn", "doi", "articles"}))
			case g.val.kind == null:
			case g.val.kind != scalar:
				fail(g.val.at, "issues."+f.key+"."+g.key+" should be text", "")
			default:
				*texts[g.key] = g.val.text
				if g.key == "date" && g.val.text != "" && parseDate(g.val.text).IsZero() {
					fail(g.val.at, fmt.Sprintf("date %q is not one", g.val.text), "2018-12-02, 2018-12 or 2018")
				}
			}
		}
		c.Issues[issueNumber(f.key)] = ic
	}
}

// source gives a text of the configuration with its places; nil when it is not given.
func (c *Config) source(path ...string) *source {
	v := c.tree.get(path...)
	if v.str() == "" {
		return nil
	}
	return v.textOf(c.src)
}

// pos gives the place of a configuration's value.
func (c *Config) pos(path ...string) document.Pos {
	if v := c.tree.get(path...); v != nil {
		return c.src.pos(v.at)
	}
	return document.Pos{File: c.File}
}

// readHugoConfig reads Hugo's configuration, one file or a folder of them.
func (s *Site) readHugoConfig() error {
	s.hugoConfig = &value{kind: table}
	load := func(file string) (*value, error) {
		raw, err := os.ReadFile(file)
		if err != nil {
			return nil, fmt.Errorf("read configuration: %w", err)
		}
		src := clean(newFile(shownPath(s.Root, file), raw), func(p document.Problem) { s.Problems = append(s.Problems, p) })
		n := asYAML
		switch filepath.Ext(file) {
		case ".toml":
			n = asTOML
		case ".json":
			n = asJSON
		}
		v, err := parseValue(src.text, n)
		var se *syntaxError
		if errors.As(err, &se) {
			return nil, problem("bad-config", src.pos(se.at), se.msg, "")
		}
		return v, err
	}
	for _, name := range configNames {
		file := filepath.Join(s.Root, name)
		if !isFile(file) {
			continue
		}
		v, err := load(file)
		if err != nil {
			return err
		}
		merge(s.hugoConfig, v)
		s.hugo = true
		break
	}
	dir := filepath.Join(s.Root, "config", "_default")
	entries, _ := os.ReadDir(dir) // in the order of their names
	for _, e := range entries {
		ext := filepath.Ext(e.Name())
		if e.IsDir() || ext != ".toml" && ext != ".yaml" && ext != ".yml" && ext != ".json" {
			continue
		}
		v, err := load(filepath.Join(dir, e.Name()))
		if err != nil {
			return err
		}
		s.hugo = true
		switch base := strings.TrimSuffix(e.Name(), ext); {
		case base == "hugo" || base == "config":
			merge(s.hugoConfig, v)
		default:
			// params.toml holds params; languages.de.toml would hold languages.de.
			for keys := strings.Split(base, "."); len(keys) > 0; keys = keys[:len(keys)-1] {
				v = &value{kind: table, fields: []field{{key: keys[len(keys)-1], val: v}}}
			}
			merge(s.hugoConfig, v)
		}
	}
	return nil
}

// merge adds the fields of one table to another.
func merge(into, from *value) {
	if from == nil || from.kind != table {
		return
	}
	for _, f := range from.fields {
		if have := into.get(f.key); have != nil && have.kind == table && f.val.kind == table {
			merge(have, f.val)
			continue
		}
		into.fields = append(into.fields, f)
	}
}

// fromHugo completes the configuration from Hugo's.
func (s *Site) fromHugo() {
	c, h := s.Config, s.hugoConfig
	s.defaultLanguage = h.get("defaultContentLanguage").str()
	if s.defaultLanguage == "" && s.hugo {
		s.defaultLanguage = "en"
	}
	if langs := h.get("languages"); langs != nil {
		for _, f := range langs.fields {
			s.languages = append(s.languages, f.key)
		}
		slices.Sort(s.languages)
	}
	j := &c.Journal
	first := func(field *string, values ...*value) {
		for _, v := range values {
			if *field == "" {
				*field = v.str()
			}
		}
	}
	params := h.get("params")
	lang := h.get("languages", s.defaultLanguage)
	first(&j.Title, lang.get("title"), h.get("title"))
	first(&j.Subtitle, lang.get("params", "subtitle"), params.get("subtitle"))
	first(&j.ISSN, params.get("issn"))
	first(&j.Publisher, params.get("publisher"))
	first(&j.Rights, h.get("copyright"), params.get("copyright"))
	if j.Language == "" {
		for _, v := range []*value{lang.get("languageCode"), lang.get("locale"), h.get("languageCode"), h.get("locale")} {
			if j.Language == "" {
				j.Language = canonical(v.str())
			}
		}
	}
	if j.Language == "" && s.hugo {
		j.Language = canonical(s.defaultLanguage)
	}
	base := h.get("baseURL").str()
	if j.BaseURL == "" && strings.Contains(base, "://") && !strings.Contains(base, "localhost") && base != "https://example.org/" && base != "http://example.org/" {
		j.BaseURL = base
	}
	if j.BaseURL != "" && !strings.HasSuffix(j.BaseURL, "/") {
		j.BaseURL += "/"
	}
	s.contentDir = path.Clean(strings.TrimPrefix(filepath.ToSlash(h.get("contentDir").str()), "/"))
	if h.get("contentDir").str() == "" {
		s.contentDir = "content"
	}
	if !isDir(filepath.Join(s.Root, filepath.FromSlash(s.contentDir))) {
		s.contentDir = "."
	}
	s.staticDirs = nil
	if v := h.get("staticDir"); v != nil && len(v.texts()) > 0 {
		s.staticDirs = v.texts()
	} else {
		s.staticDirs = []string{"static"}
	}
	s.assetDirs = []string{"assets"}
	if d := h.get("assetDir").str(); d != "" {
		s.assetDirs = []string{d}
	}
	if m := h.get("module", "mounts"); m != nil {
		for _, it := range m.items {
			source, target := it.get("source").str(), it.get("target").str()
			switch top, _, _ := strings.Cut(target, "/"); {
			case source == "" || strings.Contains(source, ".."):
			case top == "static":
				s.staticDirs = append(s.staticDirs, source)
			case top == "assets":
				s.assetDirs = append(s.assetDirs, source)
			}
		}
	}
	pass := h.get("markup", "goldmark", "extensions", "passthrough")
	if pass.get("enable").str() == "true" {
		s.math = true
		if inline := pass.get("delimiters", "inline"); inline != nil {
			for _, it := range inline.items {
				if len(it.items) > 0 && it.items[0].text == "$" {
					s.dollars = true
				}
			}
		}
	}
	if params.get("math").str() == "true" || params.get("katex").str() == "true" || params.get("mathjax").str() == "true" {
		s.dollars = true
	}
}
