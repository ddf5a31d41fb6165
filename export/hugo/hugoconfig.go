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

// readHugoConfig reads Hugo's configuration, one file or a folder of them.
func (s *Site) readHugoConfig() error {
	s.hugoConfig = &value{kind: table}
	if i := slices.IndexFunc(hugoConfigNames, func(name string) bool { return isFile(s.fsys, name) }); i >= 0 {
		if err := s.addHugoConfig(hugoConfigNames[i]); err != nil {
			return err
		}
	}
	entries, _ := fs.ReadDir(s.fsys, hugoConfigDir) // in the order of their names
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
		if err := s.addHugoConfig(path.Join(hugoConfigDir, e.Name()), below...); err != nil {
			return err
		}
	}
	return nil
}

// addHugoConfig reads one file, whose values belong below these keys.
func (s *Site) addHugoConfig(name string, below ...string) error {
	raw, err := s.readFile(name)
	if err != nil {
		return fmt.Errorf("read configuration: %w", err)
	}
	src := source.Clean(source.NewFile(name, raw), s.report)
	n := asYAML
	switch path.Ext(name) {
	case ".toml":
		n = asTOML
	case ".json":
		n = asJSON
	}
	v, err := parseValue(src.Text, n)
	if err != nil {
		return misread(src, err)
	}
	for _, key := range slices.Backward(below) {
		v = &value{kind: table, fields: []field{{key: key, val: v}}}
	}
	merge(s.hugoConfig, v)
	s.hugo = true
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
	s.languagesFromHugo()
	s.journalFromHugo()
	s.foldersFromHugo()
	s.mathFromHugo()
}

func (s *Site) languagesFromHugo() {
	h := s.hugoConfig
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
}

func (s *Site) journalFromHugo() {
	j, h := &s.Config.Journal, s.hugoConfig
	lang, params := h.get("languages", s.defaultLanguage), h.get("params")
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
	if j.Language == "" && s.hugo {
		j.Language = words.Canonical(s.defaultLanguage)
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

// foldersFromHugo finds out where content, pictures and other files lie (Hugo, "Directory structure").
func (s *Site) foldersFromHugo() {
	h := s.hugoConfig
	s.contentDir = "content"
	if dir := h.get("contentDir").str(); dir != "" {
		s.contentDir = path.Clean(strings.TrimPrefix(dir, "/"))
	}
	if !isDir(s.fsys, s.contentDir) {
		s.contentDir = "."
	}
	s.staticDirs = []string{"static"}
	if v := h.get("staticDir"); v != nil && len(v.texts()) > 0 {
		s.staticDirs = v.texts()
	}
	s.assetDirs = []string{cmp.Or(h.get("assetDir").str(), "assets")}
	mounts := h.get("module", "mounts")
	if mounts == nil {
		return
	}
	for _, it := range mounts.items {
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

// mathFromHugo finds out how the site marks mathematics: by goldmark's passthrough extension, or as a theme's parameter has
// it.
func (s *Site) mathFromHugo() {
	pass := s.hugoConfig.get("markup", "goldmark", "extensions", "passthrough")
	if s.math = pass.get("enable").isTrue(); s.math {
		if inline := pass.get("delimiters", "inline"); inline != nil {
			s.dollars = slices.ContainsFunc(inline.items, func(pair *value) bool { return len(pair.items) > 0 && pair.items[0].text == "$" })
		}
	}
	params := s.hugoConfig.get("params")
	s.dollars = s.dollars || params.wantsMath()
}
