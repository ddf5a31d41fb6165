package hugo

import (
	"cmp"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
)

// Hugo takes the configuration of a site, and of each of its themes, from the first of these files, and lays over it what lies
// in two folders: config/_default, and that of the environment ("Configure Hugo").
var hugoConfigNames = []string{"hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config.toml", "config.yaml", "config.yml", "config.json"}

const hugoConfigDir = "config/_default"

// configuration reads what a site, or a theme, says: all its files in one table, nil when it has none.
func (f files) configuration(root, environment string, report source.Report) (*value, error) {
	var all *value
	add := func(name string, below ...string) error {
		v, err := f.configFile(name, report)
		if err != nil {
			return err
		}
		for _, key := range slices.Backward(below) {
			v = &value{kind: table, fields: []field{{key: key, val: v}}}
		}
		if all == nil {
			all = &value{kind: table}
		}
		lay(all, v)
		return nil
	}
	named := func(base string) bool { return isFile(f.fsys, path.Join(root, base)) }
	if i := slices.IndexFunc(hugoConfigNames, named); i >= 0 {
		if err := add(path.Join(root, hugoConfigNames[i])); err != nil {
			return nil, err
		}
	}
	for _, dir := range []string{hugoConfigDir, path.Join("config", cmp.Or(environment, "production"))} {
		for _, name := range f.configsBelow(path.Join(root, dir)) {
			if err := add(name, configKeys(name)...); err != nil {
				return nil, err
			}
		}
	}
	return all, nil
}

// configsBelow lists the files of a folder of configuration, in the order of their names.
func (f files) configsBelow(dir string) (names []string) {
	if !fs.ValidPath(dir) {
		return nil
	}
	_ = fs.WalkDir(f.fsys, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // there is none, mostly
		case !d.IsDir() && slices.Contains([]string{".toml", ".yaml", ".yml", ".json"}, path.Ext(name)):
			names = append(names, name)
		}
		return nil
	})
	return names
}

// configKeys tells below which keys the values of a file belong: hugo.toml holds all; params.toml holds params; languages.de.toml,
// languages.de; params.de.toml, languages.de.params.
func configKeys(name string) []string {
	base := path.Base(name)
	what, lang, ofLanguage := strings.Cut(strings.TrimSuffix(base, path.Ext(base)), ".")
	switch {
	case ofLanguage && (what == "params" || what == "menus" || what == "menu"):
		return []string{"languages", lang, what}
	case ofLanguage:
		return []string{"languages", lang}
	case what == "hugo" || what == "config":
		return nil
	}
	return []string{what}
}

// configFile reads a file of configuration, of which every value knows its source.
func (f files) configFile(name string, report source.Report) (*value, error) {
	raw, err := f.readFile(name)
	if err != nil {
		return nil, fmt.Errorf("read configuration: %w", err)
	}
	src := source.Clean(source.NewFile(name, raw), report)
	v, err := parseValue(src.Text, notationOf(name))
	if err != nil {
		return nil, misread(src, err)
	}
	remember(v, src)
	return v, nil
}

// lay lays one table over another, key by key; what is no table is replaced.
func lay(below, over *value) {
	if over == nil || over.kind != table {
		return
	}
	for _, f := range over.fields {
		if have := below.get(f.key); have != nil && have.kind == table && f.val.kind == table {
			lay(have, f.val)
			continue
		}
		below.fields = append(below.fields, f)
	}
}

// joined gives a table that has the fields of both, those of the second before those of the first.
func joined(below, over *value) *value {
	out := &value{kind: table}
	lay(out, below.copied())
	lay(out, over.copied())
	return out
}

// copied gives a value of which tables can be added to without the other knowing.
func (v *value) copied() *value {
	if v == nil || v.kind != table {
		return v
	}
	c := *v
	c.fields = slices.Clone(v.fields)
	for i := range c.fields {
		c.fields[i].val = c.fields[i].val.copied()
	}
	return &c
}

// mergeKey says in a table how much it takes from the same table of a theme: none, shallow (keys that it does not have) or
// deep (those of the tables in it, too).
const mergeKey = "_merge"

// take merges a theme's configuration into the site's (Hugo, "Merge configuration settings"): by themselves only parameters and
// the like, nothing that the site has.
func take(site, theme *value) {
	all := site.get(mergeKey).str()
	for _, f := range theme.fields {
		have := site.get(f.key)
		if f.val.kind != table {
			if have == nil && all == "deep" {
				site.fields = append(site.fields, f)
			}
			continue
		}
		how := all
		switch strings.ToLower(f.key) {
		case "params":
			how = "deep"
		case "outputformats", "mediatypes", "menus", "menu":
			how = "shallow"
		case "languages":
			takeLanguages(site, f, cmp.Or(all, "none"))
			continue
		}
		if have == nil {
			have = &value{kind: table, at: f.at}
			site.fields = append(site.fields, field{f.key, f.at, have})
		}
		have.takeFrom(f.val, cmp.Or(have.get(mergeKey).str(), how, "none"), "")
	}
}

// takeFrom adds to a table what another has beyond it.
func (v *value) takeFrom(other *value, how, outer string) {
	if v.kind != table || other.kind != table {
		return
	}
	for _, f := range other.fields {
		have := v.get(f.key)
		switch {
		case f.key == mergeKey:
		case have != nil && have.kind == table:
			have.takeFrom(f.val, cmp.Or(have.get(mergeKey).str(), how), how)
		case have == nil && how != "none" && outer != "shallow":
			v.fields = append(v.fields, f)
		}
	}
}

// takeLanguages merges a theme's languages: all of them into a site that names none, else the parameters of those that it names.
func takeLanguages(site *value, theirs field, how string) {
	have := site.get(theirs.key)
	if have == nil {
		site.fields = append(site.fields, theirs)
		return
	}
	for _, lang := range theirs.val.fields {
		own := have.get(lang.key)
		if own == nil || own.kind != table {
			continue
		}
		if params := lang.val.get("params"); params != nil {
			if own.get("params") == nil {
				own.fields = append(own.fields, field{"params", lang.at, &value{kind: table, at: lang.at}})
			}
			own.get("params").takeFrom(params, cmp.Or(own.get("params", mergeKey).str(), "deep"), "")
		}
		own.takeFrom(&value{kind: table, fields: slices.DeleteFunc(slices.Clone(lang.val.fields), func(f field) bool { return strings.EqualFold(f.key, "params") })},
			cmp.Or(own.get(mergeKey).str(), how), "")
	}
}
