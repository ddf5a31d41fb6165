package hugo

import (
	"io/fs"
	"path"
	"strconv"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
)

// data reads the folders of data: data/books/new.yaml is .books.new. What the site has hides what its themes have.
func (s *Site) data() map[string]any {
	root := map[string]any{}
	read := map[string]bool{}
	for _, m := range s.mounts[partData] {
		_ = fs.WalkDir(s.fsys, m.from, func(name string, d fs.DirEntry, err error) error {
			if err != nil {
				return fs.SkipDir
			}
			ext := path.Ext(name)
			rel, ok := m.within(name)
			if stem := strings.TrimSuffix(rel, ext); !d.IsDir() && ok && !read[stem] && (ext == ".yaml" || ext == ".yml" || ext == ".toml" || ext == ".json") {
				read[stem] = true
				s.addData(root, stem, name)
			}
			return nil
		})
	}
	return root
}

// addData reads a file of data into its place.
func (s *Site) addData(root map[string]any, stem, name string) {
	raw, err := s.readInside(name)
	if err != nil {
		return
	}
	v, err := parseValue(source.Clean(source.NewFile(name, raw), func(string, document.Pos, string, string) {}).Text, notationOf(name))
	if err != nil {
		return
	}
	keys := strings.Split(stem, "/")
	for _, k := range keys[:len(keys)-1] {
		inner, ok := root[k].(map[string]any)
		if !ok {
			inner = map[string]any{}
			root[k] = inner
		}
		root = inner
	}
	last := keys[len(keys)-1]
	have, both := root[last].(map[string]any) // a theme's folder of the same name
	if more, ok := plain(v).(map[string]any); ok && both {
		for k, val := range more {
			if _, ok := have[k]; !ok {
				have[k] = val
			}
		}
		return
	}
	if root[last] == nil {
		root[last] = plain(v)
	}
}

// Unmarshal implements layouts.Host.
func (st *stage) Unmarshal(text, notation string) (any, error) {
	v, err := parseValue([]byte(text), notationOf("."+notation))
	if err != nil {
		return nil, err
	}
	return plain(v), nil
}

// Translate implements layouts.Host: from i18n/de.toml and its like, the site's before its themes'; what the language lacks is
// looked up in the site's default.
func (st *stage) Translate(key string, n int) string {
	if st.words == nil {
		st.words = st.translations()
	}
	lang := st.site.Language.Lang
	for _, w := range st.words {
		v := w.get(key)
		if v == nil {
			continue
		}
		if s := v.str(); s != "" {
			return s
		}
		form := "other"
		if n >= 0 {
			form = words.Plural(n, lang)
		}
		for _, f := range []string{form, "other", "many", "few", "two", "one"} {
			if s := v.get(f).str(); s != "" {
				return s
			}
		}
	}
	return ""
}

// translations gives the tables of words, those that count first.
func (st *stage) translations() (tables []*value) {
	s := st.view.site
	for _, lang := range []string{st.site.Language.Lang, st.site.LanguageCode, s.defaultLanguage} {
		for _, m := range s.mounts[partI18n] {
			for _, ext := range []string{".toml", ".yaml", ".yml", ".json"} {
				v, err := s.dataFile(m.file(strings.ToLower(lang) + ext))
				if v == nil || err != nil {
					continue
				}
				if v.kind == list { // of {id, translation}
					t := &value{kind: table}
					for _, it := range v.items {
						t.fields = append(t.fields, field{key: it.get("id").str(), val: it.get("translation")})
					}
					v = t
				}
				tables = append(tables, v)
			}
		}
	}
	return tables
}

// addParams adds a table's values to parameters, their keys in lower case, as Hugo has them.
func addParams(params map[string]any, v *value) {
	if v == nil || v.kind != table {
		return
	}
	for _, f := range v.fields {
		params[strings.ToLower(f.key)] = lowerKeys(plain(f.val))
	}
}

func lowerKeys(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, inner := range v {
			out[strings.ToLower(k)] = lowerKeys(inner)
		}
		return out
	case []any:
		for i := range v {
			v[i] = lowerKeys(v[i])
		}
	}
	return v
}

// plain gives a value as templates have it: texts, numbers, truth values, lists, maps.
func plain(v *value) any {
	if v == nil {
		return nil
	}
	switch v.kind {
	case scalar:
		if v.quoted {
			return v.text
		}
		return bareValue(v.text)
	case list:
		out := make([]any, len(v.items))
		for i, it := range v.items {
			out[i] = plain(it)
		}
		return out
	case table:
		out := map[string]any{}
		for _, f := range v.fields {
			out[f.key] = plain(f.val)
		}
		return out
	}
	return nil
}

// bareValue reads what is written without quotation marks: a number, a truth value, or else a text.
func bareValue(s string) any {
	switch s {
	case "true":
		return true
	case "false":
		return false
	}
	if s == "" || !unicode.IsDigit(rune(s[len(s)-1])) || len(s) > 1 && s[0] == '0' && s[1] != '.' {
		return s
	}
	if n, err := strconv.Atoi(s); err == nil {
		return n
	}
	if strings.Trim(s, "-0123456789.") == "" {
		if f, err := strconv.ParseFloat(s, 64); err == nil {
			return f
		}
	}
	return s
}
