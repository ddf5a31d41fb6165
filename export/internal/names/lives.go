package names

import (
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
)

// Lives gives what is known of a text's people, in the order of its title block: of each once, whatever they did for it, and behind the
// name where a text has several people and does not say of whom it tells.
func Lives(a *document.Article) [][]document.Inline {
	var out [][]document.Inline
	var told []string
	all := slices.Concat(a.Authors, a.Interviewees, a.Translators, a.Editors)
	several := slices.ContainsFunc(all, func(p document.Person) bool { return p.Name != all[0].Name })
	for _, p := range all {
		life := p.Bio
		text := p.Name + "\x00" + document.PlainText(life)
		if len(life) == 0 || slices.Contains(told, text) {
			continue
		}
		told = append(told, text)
		if name := strings.TrimSuffix(strings.TrimSpace(p.Name), "."); several && name != "" && !names(document.PlainText(life), name) {
			life = append([]document.Inline{&document.Text{Value: name + ". "}}, life...)
		}
		out = append(out, life)
	}
	return out
}

// names reports whether a text says a word of a name.
func names(text, name string) bool {
	words := func(s string) []string {
		return strings.FieldsFunc(strings.ToLower(s), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) && !unicode.IsDigit(r) })
	}
	said := words(text)
	return strings.Contains(text, name) || slices.ContainsFunc(words(name), func(w string) bool { return len([]rune(w)) > 2 && w != "the" && slices.Contains(said, w) })
}
