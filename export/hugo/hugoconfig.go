package hugo

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
)

// Hugo takes its configuration from the first of these files, and from a folder.
var hugoConfigNames = []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"}

const hugoConfigDir = "config/_default"

// conventions are what Hugo's configuration settles: where a site's files lie, what languages it has, how it marks
// mathematics.
type conventions struct {
	hugo            bool   // a Hugo configuration was found
	hugoConfig      *value // all of it
	contentDir      string // from the site's folder; "." when that is the content
	staticDirs      []string
	assetDirs       []string
	defaultLanguage string
	languages       []string // codes that the configuration names
	math, dollars   bool     // how mathematics is marked
}

// readConventions reads Hugo's configuration, one file or a folder of them.
func readConventions(f files, report source.Report) (conventions, error) {
	c := conventions{hugoConfig: &value{kind: table}}
	if err := c.readAll(f, report); err != nil {
		return c, err
	}
	c.settleLanguages()
	c.settleFolders(f)
	c.settleMath()
	return c, nil
}

func (c *conventions) readAll(f files, report source.Report) error {
	if i := slices.IndexFunc(hugoConfigNames, func(name string) bool { return isFile(f.fsys, name) }); i >= 0 {
		if err := c.add(f, report, hugoConfigNames[i]); err != nil {
			return err
		}
	}
	entries, _ := fs.ReadDir(f.fsys, hugoConfigDir) // in the order of their names
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if e.IsDir() || ext != ".toml" && ext != ".yaml" && ext != ".yml" && ext != ".json" {
			continue
		}
		// hugo.toml holds all; params.toml holds params; languages.de.toml holds languages.de.
		below := strings.Split(strings.TrimSuffix(e.Name(), ext), ".")
		if len(below) == 1 && (below[0] == "hugo" || below[0] == "config") {
			below = nil
		}
		if err := c.add(f, report, path.Join(hugoConfigDir, e.Name()), below...); err != nil {
			return err
		}
	}
	return nil
}

// add reads one file, whose values belong below these keys.
func (c *conventions) add(f files, report source.Report, name string, below ...string) error {
	raw, err := f.readFile(name)
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	src := source.Clean(source.NewFile(name, raw), report)
	v, err := parseValue(src.Text, notationOf(name))
	if err != nil {
		return misread(src, err)
	}
	for _, key := range slices.Backward(below) {
		v = &value{kind: table, fields: []field{{key: key, val: v}}}
	}
	merge(c.hugoConfig, v)
	c.hugo = true
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

func (c *conventions) settleLanguages() {
	h := c.hugoConfig
	c.defaultLanguage = h.get("defaultContentLanguage").str()
	if c.defaultLanguage == "" && c.hugo {
		c.defaultLanguage = "en"
	}
	if langs := h.get("languages"); langs != nil {
		for _, f := range langs.fields {
			c.languages = append(c.languages, f.key)
		}
		slices.Sort(c.languages)
	}
}

// completeJournal tells of a periodical what its own configuration does not.
func (c *conventions) completeJournal(j *JournalConfig) {
	h := c.hugoConfig
	lang, params := h.get("languages", c.defaultLanguage), h.get("params")
	complete := func(field *string, from ...*value) {
		for _, v := range from {
			*field = cmp.Or(*field, v.str())
		}
	}
	complete(&j.Title, lang.get("title"), h.get("title"))
	complete(&j.Subtitle, lang.get("params", "subtitle"), params.get("subtitle"))
	complete(&j.ISSN, params.get("issn"))
	complete(&j.Publisher, params.get("publisher"))
	complete(&j.Rights, h.get("copyright"), params.get("copyright"))
	for _, v := range []*value{lang.get("languageCode"), lang.get("locale"), h.get("languageCode"), h.get("locale")} {
		j.Language = cmp.Or(j.Language, words.Canonical(v.str()))
	}
	if j.Language == "" && c.hugo {
		j.Language = words.Canonical(c.defaultLanguage)
	}
	if j.BaseURL == "" {
		j.BaseURL = publicAddress(h.get("baseURL").str())
	}
	if j.BaseURL != "" && !strings.HasSuffix(j.BaseURL, "/") {
		j.BaseURL += "/"
	}
}

// publicAddress gives a site's address unless it is only a stand-in: this machine, or what Hugo writes into new sites.
func publicAddress(base string) string {
	if !strings.Contains(base, "://") || strings.Contains(base, "localhost") || base == "https://example.org/" || base == "http://example.org/" {
		return ""
	}
	return base
}

// settleFolders finds out where content, pictures and other files lie (Hugo, "Directory structure").
func (c *conventions) settleFolders(f files) {
	h := c.hugoConfig
	c.contentDir = "content"
	if dir := h.get("contentDir").str(); dir != "" {
		c.contentDir = path.Clean(strings.TrimPrefix(dir, "/"))
	}
	if !isDir(f.fsys, c.contentDir) {
		c.contentDir = "."
	}
	c.staticDirs = []string{"static"}
	if v := h.get("staticDir"); v != nil && len(v.texts()) > 0 {
		c.staticDirs = v.texts()
	}
	c.assetDirs = []string{cmp.Or(h.get("assetDir").str(), "assets")}
	mounts := h.get("module", "mounts")
	if mounts == nil {
		return
	}
	for _, it := range mounts.items {
		from, target := it.get("source").str(), it.get("target").str()
		switch top, _, _ := strings.Cut(target, "/"); {
		case from == "" || strings.Contains(from, ".."):
		case top == "static":
			c.staticDirs = append(c.staticDirs, from)
		case top == "assets":
			c.assetDirs = append(c.assetDirs, from)
		}
	}
}

// settleMath finds out how the site marks mathematics: by goldmark's passthrough extension, or as a theme's parameter has
// it.
func (c *conventions) settleMath() {
	pass := c.hugoConfig.get("markup", "goldmark", "extensions", "passthrough")
	if c.math = pass.get("enable").isTrue(); c.math {
		if inline := pass.get("delimiters", "inline"); inline != nil {
			c.dollars = slices.ContainsFunc(inline.items, func(pair *value) bool { return len(pair.items) > 0 && pair.items[0].text == "$" })
		}
	}
	params := c.hugoConfig.get("params")
	c.dollars = c.dollars || params.wantsMath()
}
