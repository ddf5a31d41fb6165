package hugo

import (
	"errors"
	"fmt"
	"net/url"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/agext/levenshtein"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/layouts"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/markdown"
	"go.yaml.in/yaml/v3"
)

// readConfig reads twinpress.yaml: the file that the options name, or the one in the site's folder.
func readConfig(f files, path string, report source.Report) (*Config, error) {
	c := DefaultConfig()
	raw, file, err := findConfig(f, path)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	if file == "" {
		return c, nil
	}
	c.File = file
	c.src = source.Clean(source.NewFile(shownPath(f.root, file), raw), report)
	return c, c.decode()
}

// DefaultConfig is a configuration in which nothing is said.
func DefaultConfig() *Config {
	c := &Config{Notes: "article", Keys: map[string][]string{}, House: markdown.House{Quotes: map[string][]string{}}, Macros: map[string]string{}, Shortcodes: map[string]string{}, Templates: map[string]markdown.Template{}, issues: map[string]*value{}}
	c.EPUB.PageList, c.Statement, c.Wrap = true, true, defaultWrap()
	for _, k := range defaultKeys {
		c.Keys[k.meaning] = k.keys
	}
	return c
}

// configNames are those of our own configuration; the first that is there counts.
var configNames = []string{"twinpress.yaml", "twinpress.yml"}

// findConfig reads the file at a path of the operating system, or without one the site's own; file is "" when there is none.
func findConfig(f files, path string) (raw []byte, file string, err error) {
	if path != "" {
		return readOutside(path)
	}
	for _, name := range configNames {
		if isFile(f.fsys, name) {
			raw, err = f.readFile(name)
			return raw, f.place(name), err
		}
	}
	return nil, "", nil
}

// decode reads the configuration strictly: an unknown key is an error, with what was probably meant.
func (c *Config) decode() error {
	tree, node, err := parseYAML(c.src.Text)
	if err != nil {
		return misread(c.src, err)
	}
	c.tree = tree
	remember(tree, c.src)
	d := &decoding{c: c, node: node}
	if tree.kind != table {
		d.fail(tree.at, "the configuration is not a table of keys and values", "")
		return d.errs[0]
	}
	d.table("", tree.fields, options(c))
	d.finish()
	return errors.Join(d.errs...)
}

// shownPath gives a path as messages show it.
func shownPath(root, file string) string {
	if rel, err := filepath.Rel(root, file); err == nil && !strings.HasPrefix(rel, "..") {
		return filepath.ToSlash(rel)
	}
	return filepath.ToSlash(file)
}

// oneOf is a text that is one of a few.
type oneOf struct {
	to     *string
	values []string
}

// A decoding puts the values of a configuration where its options want them, and gathers all that is wrong with them.
type decoding struct {
	c    *Config
	node *yaml.Node // the library's own tree
	errs []error
}

func (d *decoding) fail(at int, message, hint string) {
	if hint != "" {
		message += " (" + hint + ")" // several are joined into one error, which has room for messages only
	}
	d.errs = append(d.errs, problem("bad-config", d.c.src.Pos(at), message, ""))
}

func (d *decoding) unknown(f field, known []string) {
	d.fail(f.at, fmt.Sprintf("unknown key %q", f.key), suggest(f.key, known))
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

// table decodes the fields of a table by its options. The prefix is what messages put before a key: "journal.".
func (d *decoding) table(prefix string, fields []field, opts []option) {
	for _, f := range fields {
		if i := slices.IndexFunc(opts, func(o option) bool { return o.key == f.key }); i >= 0 {
			d.assign(opts[i].into, prefix+f.key, f.val)
		} else if inner := within(opts, f.key); len(inner) > 0 {
			d.table(prefix+f.key+".", d.fields(f.val, prefix+f.key+" should be a table"), inner)
		} else {
			d.unknown(f, keysOf(opts))
		}
	}
}

// within gives the options of a group, with keys that begin below it.
func within(opts []option, group string) []option {
	var inner []option
	for _, o := range opts {
		if rest, ok := strings.CutPrefix(o.key, group+"."); ok {
			o.key = rest
			inner = append(inner, o)
		}
	}
	return inner
}

// keysOf lists the keys that a table may have.
func keysOf(opts []option) []string {
	var keys []string
	for _, o := range opts {
		if top, _, _ := strings.Cut(o.key, "."); !slices.Contains(keys, top) {
			keys = append(keys, top)
		}
	}
	return keys
}

// fields gives the entries of what should be a table; none when it says nothing.
func (d *decoding) fields(v *value, otherwise string) []field {
	if v.kind != table && v.kind != null {
		d.fail(v.at, otherwise, "")
	}
	return v.fields
}

// assign puts a value where it goes. One that says nothing changes nothing.
func (d *decoding) assign(into any, key string, v *value) {
	if v.kind == null {
		return
	}
	ok, wanted := true, ""
	switch into := into.(type) {
	case func(*decoding, *value):
		into(d, v)
	case *string:
		if ok, wanted = v.kind == scalar, "text"; ok {
			*into = v.text
		}
	case anISSN:
		if ok, wanted = v.kind == scalar, "text"; ok && strings.TrimSpace(v.text) != "" {
			issn, err := issnOf(v.text)
			if err != nil {
				d.fail(v.at, key+" "+err.Error(), "")
			}
			*into.to = issn
		}
	case oneOf:
		if ok, wanted = slices.Contains(into.values, v.text), strings.Join(into.values, ", "); ok {
			*into.to = v.text
		}
	case *[]string:
		if ok, wanted = v.isTexts(), "a list of texts"; ok {
			*into = v.texts()
		}
	case *bool:
		if ok, wanted = v.text == "true" || v.text == "false", "true or false"; ok {
			*into = v.text == "true"
		}
	case *int:
		n, err := strconv.Atoi(strings.ReplaceAll(v.text, "_", ""))
		if ok, wanted = err == nil && n >= 0, "a number"; ok {
			*into = n
		}
	}
	if !ok {
		d.fail(v.at, key+" should be "+wanted, "")
	}
}

// style keeps the node under "style:" for the typesetter.
func (d *decoding) style(*value) {
	for i := 0; i+1 < len(d.node.Content); i += 2 {
		if d.node.Content[i].Value == "style" && d.node.Content[i+1].Tag != "!!null" {
			d.c.Style = d.node.Content[i+1]
		}
	}
}

// keys reads which front matter keys mean what.
func (d *decoding) keys(v *value) {
	var meanings []string
	for _, k := range defaultKeys {
		meanings = append(meanings, k.meaning)
	}
	for _, f := range d.fields(v, "keys should be a table") {
		switch {
		case !slices.Contains(meanings, f.key):
			d.unknown(f, meanings)
		case !f.val.isTexts():
			d.fail(f.val.at, "keys."+f.key+" should be a front matter key or a list of them", "")
		default:
			d.c.Keys[f.key] = f.val.texts()
		}
	}
}

// macros reads the commands of formulas that the publisher defines.
func (d *decoding) macros(v *value) {
	for _, f := range d.fields(v, "macros should be a table of commands") {
		name := strings.TrimPrefix(f.key, `\`)
		switch {
		case name == "" || strings.ContainsFunc(name, func(r rune) bool { return r > unicode.MaxASCII || !unicode.IsLetter(r) }):
			d.fail(f.at, fmt.Sprintf("%q is no name of a command", f.key), "letters only")
		case f.val.kind != scalar:
			d.fail(f.val.at, "a command's definition is text", "")
		default:
			d.c.Macros[name] = f.val.text
		}
	}
}

// shortcodes reads what is to be done with shortcodes: a word, or templates of the publisher's own.
func (d *decoding) shortcodes(v *value) {
	for _, f := range d.fields(v, "shortcodes should be a table of names") {
		name := strings.ToLower(f.key)
		if f.val.kind == table {
			if t := d.template(f); t.All != "" || len(t.Of) > 0 {
				d.c.Templates[name] = t
			}
			continue
		}
		var how string
		d.assign(oneOf{&how, markdown.Handlings}, "shortcodes."+f.key, f.val)
		if how != "" {
			d.c.Shortcodes[name] = how
		}
	}
}

// template reads the publisher's own template for a shortcode.
func (d *decoding) template(of field) markdown.Template {
	t := markdown.Template{Of: map[string]string{}}
	known := append([]string{"template"}, markdown.Formats()...)
	if len(of.val.fields) == 0 {
		d.fail(of.at, "shortcodes."+of.key+" has no template", "known are "+strings.Join(known, ", "))
	}
	for _, f := range of.val.fields {
		switch {
		case !slices.Contains(known, f.key):
			d.unknown(f, known)
			continue
		case f.val.kind != scalar:
			d.fail(f.val.at, "shortcodes."+of.key+"."+f.key+" should be text", "")
			continue
		}
		if err := layouts.Check("template", f.val.text); err != nil {
			d.fail(f.val.at, "shortcodes."+of.key+"."+f.key+" is no template: "+err.Error(), "")
			continue
		}
		if f.key == "template" {
			t.All = f.val.text
		} else {
			t.Of[f.key] = f.val.text
		}
	}
	return t
}

// quotes reads the quotation marks of languages.
func (d *decoding) quotes(v *value) {
	for _, f := range d.fields(v, "quotes should be a table of languages") {
		lang, marks := words.Canonical(f.key), f.val.texts()
		switch {
		case lang == "":
			d.fail(f.at, fmt.Sprintf("%q is not a language", f.key), "de, en-GB, zh-Hant")
		case len(marks) != 4:
			d.fail(f.val.at, "quotes for a language are four marks: opening, closing, inner opening, inner closing", "")
		default:
			d.c.House.Quotes[strings.ToLower(lang)] = marks
		}
	}
}

// issues reads what is said of single issues.
func (d *decoding) issues(v *value) {
	for _, f := range d.fields(v, "issues should be a table of numbers") {
		if f.key == "by" && f.val.kind == scalar {
			d.assign(&d.c.IssuesBy, "issues.by", f.val)
			continue
		}
		if f.val.kind != table {
			d.fail(f.val.at, "issues."+f.key+" should be a table", "")
			continue
		}
		for _, own := range f.val.fields {
			if k := issueKeyOf(own.key); k == nil || k.name != own.key {
				d.unknown(own, issueKeyNames())
			} else if wrong := k.wrong(own.val); wrong != nil {
				d.fail(wrong.at, "issues."+f.key+"."+wrong.message, strings.TrimPrefix(wrong.hint, notSent))
			}
		}
		d.c.issues[issueNumber(f.key)] = f.val
	}
}

// finish looks at what can be judged only when all is read.
func (d *decoding) finish() {
	c := d.c
	if c.Notes != "article" && c.Notes != "issue" {
		d.fail(c.tree.get("notes").at, fmt.Sprintf("notes should be article or issue, not %q", c.Notes), "")
	}
	if v := c.tree.get("journal", "language"); v.str() != "" {
		if c.Journal.Language = words.Canonical(v.text); c.Journal.Language == "" {
			d.fail(v.at, "language "+v.text+" is not a code of BCP 47", "de, en-GB, zh-Hant")
		}
	}
	if u, err := url.Parse(c.OPDSBaseURL); c.OPDSBaseURL != "" && (err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.RawQuery != "" || u.Fragment != "") {
		d.fail(c.tree.get("opds", "base-url").at, "opds.base-url should be the address of a folder", "https://example.org/editions/")
	} else if c.OPDSBaseURL != "" {
		c.OPDSBaseURL = strings.TrimSuffix(c.OPDSBaseURL, "/") + "/"
	}
	if c.Fonts != "" {
		c.Fonts = fontsBeside(c.File, c.Fonts)
	}
}

// pos gives the place of a configuration's value.
func (c *Config) pos(path ...string) document.Pos {
	if v := c.tree.get(path...); v != nil {
		return c.src.Pos(v.at)
	}
	return document.Pos{File: c.Name()}
}

// Name is how messages call the configuration's file; "" when there is none.
func (c *Config) Name() string {
	if c.src == nil {
		return c.File
	}
	return c.src.Pos(0).File
}
