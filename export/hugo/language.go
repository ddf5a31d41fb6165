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
	if code = strings.ToLower(code); len(c.languages) > 0 {
		return slices.Contains(c.languages, code) || slices.Contains(c.disabled, code)
	}
	return len(code) == 2 && unicode.IsLower(rune(code[0])) && words.IsLanguage(code)
}

// hugoLanguage gives Hugo's name for a page's language: from the file's name, from the mount that brings it, or the default.
func (c *conventions) hugoLanguage(p *page) string {
	if p.lang == "" {
		return c.defaultLanguage
	}
	return p.lang
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
