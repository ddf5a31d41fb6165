package hugo

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
)

// isLanguage reports whether a part of a file's name is a language: one that the site's configuration names, or, when it
// names none, two letters that are one.
func (c *conventions) isLanguage(code string) bool {
	if len(c.languages) > 0 {
		return slices.ContainsFunc(c.languages, func(l string) bool { return strings.EqualFold(l, code) })
	}
	return len(code) == 2 && unicode.IsLower(rune(code[0])) && words.IsLanguage(code)
}

// hugoLanguage gives Hugo's name for a page's language: from the file's name, from the folder that a language's
// configuration names, or the default.
func (c *conventions) hugoLanguage(p *page) string {
	if p.lang != "" {
		return p.lang
	}
	for _, l := range c.languages {
		dir := c.hugoConfig.get("languages", l, "contentDir").str()
		if dir = strings.Trim(path.Clean("/"+dir), "/"); dir != "" && dir != c.contentDir && strings.HasPrefix(p.path, dir+"/") {
			return l
		}
	}
	return c.defaultLanguage
}

// languageDir is the folder of content that a page's language has, or the one of all.
func (c *conventions) languageDir(p *page) string {
	dir := c.hugoConfig.get("languages", c.hugoLanguage(p), "contentDir").str()
	if dir = strings.Trim(path.Clean("/"+dir), "/"); dir != "" && strings.HasPrefix(p.path, dir+"/") {
		return dir
	}
	return c.contentDir
}

// languageOf gives an article's language: what its front matter says, or its file's name, or its folder, or the
// configuration; failing all, what the text looks like. Never empty.
func (s *shelf) languageOf(p *page, h *head, body *source.Source) string {
	if v := h.scalar("language"); v != nil {
		if l := words.Canonical(v.text); l != "" {
			return l
		}
		h.problem("unknown-language", v.at, "language "+v.text+" is not a code of BCP 47", "de, en-GB, zh-Hant")
	}
	name := s.hugoLanguage(p)
	if name != "" {
		for _, key := range []string{"languageCode", "locale"} {
			if l := words.Canonical(s.hugoConfig.get("languages", name, key).str()); l != "" {
				return l
			}
		}
		if name == s.defaultLanguage && s.config.Journal.Language != "" && p.lang == "" {
			return s.config.Journal.Language
		}
		if l := words.Canonical(name); l != "" {
			return l
		}
	}
	if s.config.Journal.Language != "" {
		return s.config.Journal.Language
	}
	for _, dir := range strings.Split(path.Dir(p.path), "/") {
		if len(dir) == 2 && !s.hugo && words.IsLanguage(dir) {
			return dir
		}
	}
	l := words.Guess(body.Text)
	if l == "" {
		l = "en"
	}
	h.problems = append(h.problems, problem("language-guessed", body.Pos(0), "nothing names the text's language; taken for "+l, "journal: language in twinpress.yaml, or language in the front matter"))
	return l
}
