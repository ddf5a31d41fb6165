package hugo

import (
	"path"
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
)

// isLanguage reports whether a part of a file's name is a language: one that the site's configuration names, or, when it
// names none, two letters that are one.
func (s *Site) isLanguage(code string) bool {
	if len(s.languages) > 0 {
		return slices.ContainsFunc(s.languages, func(l string) bool { return strings.EqualFold(l, code) })
	}
	return len(code) == 2 && unicode.IsLower(rune(code[0])) && knownLanguage(code)
}

// languageCodes are the two-letter codes of ISO 639-1 for languages in which periodicals appear.
const languageCodes = " af ar az be bg bn bs ca cs cy da de el en eo es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky la lb lo lt lv mk ml mn mr ms mt my nb ne nl nn no pa pl ps pt ro ru sa si sk sl sq sr sv sw ta te tg th tk tl tr tt uk ur uz vi xh yi zh zu "

func knownLanguage(code string) bool {
	base, _, _ := strings.Cut(strings.ToLower(code), "-")
	return len(base) == 2 && strings.Contains(languageCodes, " "+base+" ") || len(base) == 3
}

// slips are codes that sites use and that mean a country.
var slips = map[string]string{"gr": "el", "cz": "cs", "jp": "ja", "cn": "zh", "ua": "uk", "dk": "da", "kr": "ko", "iw": "he", "in": "id", "us": "en-US", "gb": "en-GB", "al": "sq"}

// canonical brings a language code into the form of BCP 47; "" when it is none.
func canonical(code string) string {
	code = strings.ReplaceAll(strings.TrimSpace(code), "_", "-")
	if slip := slips[strings.ToLower(code)]; slip != "" {
		return slip
	}
	if code == "" || !knownLanguage(code) {
		return ""
	}
	parts := strings.Split(code, "-")
	for i, p := range parts {
		if p == "" || len(p) > 8 || strings.Trim(strings.ToLower(p), "abcdefghijklmnopqrstuvwxyz0123456789") != "" {
			return ""
		}
		switch {
		case i == 0:
			parts[i] = strings.ToLower(p)
		case len(p) == 4:
			parts[i] = strings.ToUpper(p[:1]) + strings.ToLower(p[1:])
		case len(p) == 2:
			parts[i] = strings.ToUpper(p)
		default:
			parts[i] = strings.ToLower(p)
		}
	}
	return strings.Join(parts, "-")
}

// language reads a language attribute.
func (r *reading) language(code string, pos document.Pos) string {
	if code == "" {
		return ""
	}
	l := canonical(code)
	if l == "" {
		r.problem("unknown-language", pos, "language "+code+" is not a code of BCP 47", "de, en-GB, zh-Hant")
	}
	return l
}

// hugoLanguage gives Hugo's name for a page's language: from the file's name, from the folder that a language's
// configuration names, or the default.
func (s *Site) hugoLanguage(p *page) string {
	if p.lang != "" {
		return p.lang
	}
	for _, l := range s.languages {
		dir := s.hugoConfig.get("languages", l, "contentDir").str()
		if dir = strings.Trim(path.Clean("/"+dir), "/"); dir != "" && dir != s.contentDir && strings.HasPrefix(p.path, dir+"/") {
			return l
		}
	}
	return s.defaultLanguage
}

// languageOf gives an article's language: what its front matter says, or its file's name, or its folder, or the
// configuration; failing all, what the text looks like. Never empty.
func (s *Site) languageOf(p *page, h *head, body *source) string {
	if v := h.scalar("language"); v != nil {
		if l := canonical(v.text); l != "" {
			return l
		}
		h.problem("unknown-language", v.at, "language "+v.text+" is not a code of BCP 47", "de, en-GB, zh-Hant")
	}
	name := s.hugoLanguage(p)
	if name != "" {
		for _, key := range []string{"languageCode", "locale"} {
			if l := canonical(s.hugoConfig.get("languages", name, key).str()); l != "" {
				return l
			}
		}
		if name == s.defaultLanguage && s.Config.Journal.Language != "" && p.lang == "" {
			return s.Config.Journal.Language
		}
		if l := canonical(name); l != "" {
			return l
		}
	}
	if s.Config.Journal.Language != "" {
		return s.Config.Journal.Language
	}
	for _, dir := range strings.Split(path.Dir(p.path), "/") {
		if len(dir) == 2 && !s.hugo && knownLanguage(dir) {
			return dir
		}
	}
	l := words.Guess(body.text)
	if l == "" {
		l = "en"
	}
	h.problems = append(h.problems, problem("language-guessed", body.pos(0), "nothing names the text's language; taken for "+l, "journal: language in twinpress.yaml, or language in the front matter"))
	return l
}
