package hugo

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Hugo takes its configuration from the first of these files, and from a folder.
var hugoConfigNames = []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"}

const hugoConfigDir = "config/_default"

// readHugoConfig reads Hugo's configuration, one file or a folder of them.
func (s *Site) readHugoConfig() error {
	s.hugoConfig = &value{kind: table}
	load := func(file string) (*value, error) {
		raw, err := s.readFile(file)
		if err != nil {
			return nil, fmt.Errorf("read configuration: %w", err)
		}
		src := clean(newFile(file, raw), func(p document.Problem) { s.Problems = append(s.Problems, p) })
		n := asYAML
		switch path.Ext(file) {
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
	for _, name := range hugoConfigNames {
		if !isFile(s.fsys, name) {
			continue
		}
		v, err := load(name)
		if err != nil {
			return err
		}
		merge(s.hugoConfig, v)
		s.hugo = true
		break
	}
	entries, _ := fs.ReadDir(s.fsys, hugoConfigDir) // in the order of their names
	for _, e := range entries {
		ext := path.Ext(e.Name())
		if e.IsDir() || ext != ".toml" && ext != ".yaml" && ext != ".yml" && ext != ".json" {
			continue
		}
		v, err := load(path.Join(hugoConfigDir, e.Name()))
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
	s.contentDir = path.Clean(strings.TrimPrefix(h.get("contentDir").str(), "/"))
	if h.get("contentDir").str() == "" {
		s.contentDir = "content"
	}
	if !isDir(s.fsys, s.contentDir) {
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
