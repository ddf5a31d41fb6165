package hugo

import (
	"errors"
	"fmt"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/agext/levenshtein"
	"github.com/twinpress/twinpress/export/document"
	"go.yaml.in/yaml/v3"
)

// readTwinpress decodes twinpress.yaml strictly: an unknown key is an error, with what was probably meant.
func (s *Site) readTwinpress(raw []byte, file string) error {
	c := s.Config
	c.File = file
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
	if c.Fonts != "" {
		c.Fonts = fontsBeside(c.File, c.Fonts)
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
