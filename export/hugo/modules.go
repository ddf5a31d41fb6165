package hugo

import (
	"cmp"
	"fmt"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
)

// A site is put together of its own folders and of those of its modules: its themes, and what it imports (Hugo, "Configure
// modules"). Each is a folder of the site, in themes or in _vendor; nothing is fetched.

// A module is a theme, or the site itself, as what it mounts.
type module struct {
	dir    string   // "" for the site
	config *value   // its own; nil for none
	mounts []*value // as the importer has them; nil to take its own
}

// The parts of a site, as mounts name them.
const (
	partContent = "content"
	partStatic  = "static"
	partAssets  = "assets"
	partData    = "data"
	partLayouts = "layouts"
	partI18n    = "i18n"
)

// A mount says that a folder, or a file, is found in a part of the site.
type mount struct {
	from  string           // from the site's folder; "." is all of it
	part  string           // content, static …
	below string           // folder within the part; "" for all of it
	lang  string           // of content; "" for what the files say
	only  []*regexp.Regexp // the files that count; none: all
	not   []*regexp.Regexp // those that do not
}

// gatherModules finds the modules of a site and takes of their configurations what Hugo takes. What is not there is told.
func (c *conventions) gatherModules(f files, environment string, report source.Report) ([]module, error) {
	modules := []module{{config: c.hugoConfig}}
	seen := map[string]bool{}
	var visit func(of module, themesDir string) error
	visit = func(of module, themesDir string) error {
		for _, in := range importsOf(of.config) {
			if seen[in.path] || len(seen) > 100 {
				continue
			}
			seen[in.path] = true
			m := module{dir: f.moduleDir(themesDir, in.path), mounts: in.mounts}
			if m.dir == "" {
				report("missing-theme", in.at.pos(), fmt.Sprintf("the theme or module %q lies neither in %s nor in _vendor", in.path, themesDir),
					"what it brings is not known: shortcodes, pictures, parameters; git submodule update --init, or hugo mod vendor")
				continue
			}
			own, err := f.configuration(m.dir, environment, report)
			if err != nil {
				return err
			}
			if !in.ignoreConfig && own != nil {
				m.config = own
			}
			if in.noMounts {
				m.mounts = []*value{}
			}
			modules = append(modules, m)
			if !in.ignoreImports {
				if err := visit(m, themesDir); err != nil {
					return err
				}
			}
		}
		return nil
	}
	if err := visit(modules[0], cmp.Or(clean(c.hugoConfig.get("themesDir").str()), "themes")); err != nil {
		return nil, err
	}
	for _, m := range modules[1:] {
		if m.config != nil {
			take(c.hugoConfig, m.config.copied())
		}
	}
	return modules, nil
}

// An imported module is one that a configuration names.
type imported struct {
	path                                  string
	at                                    *value
	ignoreConfig, ignoreImports, noMounts bool
	mounts                                []*value // nil for none
}

// importsOf lists the modules that a configuration names: what it imports, then its themes.
func importsOf(config *value) (out []imported) {
	if list := config.get("module", "imports"); list != nil {
		for _, it := range list.items {
			p := it.get("path")
			if p.str() == "" || it.get("disable").isTrue() {
				continue
			}
			in := imported{path: clean(p.str()), at: p, ignoreConfig: it.get("ignoreConfig").isTrue(), ignoreImports: it.get("ignoreImports").isTrue(), noMounts: it.get("noMounts").isTrue()}
			if m := it.get("mounts"); m != nil && len(m.items) > 0 {
				in.mounts = m.items
			}
			out = append(out, in)
		}
	}
	switch v := config.get("theme"); {
	case v == nil:
	case v.kind == list:
		for _, it := range v.items {
			if it.str() != "" {
				out = append(out, imported{path: clean(it.text), at: it})
			}
		}
	case v.str() != "":
		out = append(out, imported{path: clean(v.text), at: v})
	}
	return out
}

// clean gives a folder as it counts from the site's: without a slash before or behind it; "" for none.
func clean(dir string) string {
	if dir == "" {
		return ""
	}
	return strings.TrimPrefix(path.Clean(strings.ReplaceAll(dir, `\`, "/")), "/")
}

// moduleDir is the folder of a module; "" when it is not there.
func (f files) moduleDir(themesDir, name string) string {
	for _, dir := range []string{path.Join("_vendor", name), path.Join(themesDir, name)} {
		if !strings.HasPrefix(dir, "..") && isDir(f.fsys, dir) {
			return dir
		}
	}
	return ""
}

// mountsOf gives what a module mounts: what its importer says, what it says itself, or the folders that it has.
func (c *conventions) mountsOf(f files, m module, report source.Report) (out []mount) {
	entries := m.mounts
	if own := m.config.get("module", "mounts"); entries == nil && own != nil {
		entries = own.items
	}
	for _, it := range entries {
		if mt, ok := readMount(m.dir, it); ok {
			if mt.part != partContent && strings.HasPrefix(mt.from, "..") {
				report("unsupported-setting", it.pos(), "the mount of "+it.get("source").str()+" is not followed: it lies outside of the site's folder", "")
				continue
			}
			out = append(out, mt)
		}
	}
	if m.dir == "" {
		return append(out, c.ownMounts(out)...)
	}
	if m.mounts != nil || len(out) > 0 {
		return out
	}
	for _, part := range []string{partContent, partStatic, partAssets, partData, partLayouts, partI18n} {
		if dir := path.Join(m.dir, part); isDir(f.fsys, dir) {
			out = append(out, mount{from: dir, part: part})
		}
	}
	return out
}

// readMount reads an entry of module.mounts.
func readMount(dir string, it *value) (mount, bool) {
	from, target := it.get("source").str(), strings.Trim(path.Clean("/"+it.get("target").str()), "/")
	part, below, _ := strings.Cut(target, "/")
	m := mount{from: path.Join(cmp.Or(dir, "."), clean(from)), part: part, below: below, lang: it.get("lang").str()}
	list := func(key string) []string {
		if v := it.get(key); v != nil {
			return v.texts()
		}
		return nil
	}
	only, not := list("includeFiles"), list("excludeFiles")
	for _, pattern := range list("files") { // of both kinds, as later versions have them
		if no, ok := strings.CutPrefix(strings.TrimSpace(pattern), "! "); ok {
			not = append(not, no)
		} else {
			only = append(only, pattern)
		}
	}
	m.only, m.not = mountGlobs(only), mountGlobs(not)
	return m, from != ""
}

// ownMounts are the site's folders for those parts of which its mounts say nothing.
func (c *conventions) ownMounts(said []mount) (out []mount) {
	for _, part := range []string{partContent, partStatic, partAssets, partData, partLayouts, partI18n} {
		if slices.ContainsFunc(said, func(m mount) bool { return m.part == part }) {
			continue
		}
		switch part {
		case partContent:
			base := cmp.Or(clean(c.hugoConfig.get("contentDir").str()), part)
			common := false
			for _, lang := range c.languages {
				if dir := cmp.Or(clean(c.of(lang).get("contentDir").str()), part); dir != base {
					out = append(out, mount{from: dir, part: part, lang: lang})
				} else if !common {
					common = true
					out = append(out, mount{from: dir, part: part})
				}
			}
			if len(c.languages) == 0 {
				out = append(out, mount{from: base, part: part})
			}
		case partStatic:
			for _, dir := range c.staticFolders() {
				out = append(out, mount{from: dir, part: part})
			}
		default:
			key := map[string]string{partAssets: "assetDir", partData: "dataDir", partLayouts: "layoutDir", partI18n: "i18nDir"}[part]
			out = append(out, mount{from: cmp.Or(clean(c.hugoConfig.get(key).str()), part), part: part})
		}
	}
	return out
}

// staticFolders gives the folders of files that are served as they are: staticDir, and up to eleven more (staticDir0 …). Those
// of all languages are served by each, but for sites that have a host for each.
func (c *conventions) staticFolders() (dirs []string) {
	tables := []*value{c.hugoConfig}
	for _, lang := range c.languages {
		tables = append(tables, c.hugoConfig.get("languages", lang))
	}
	for _, t := range tables {
		for i := -1; i <= 10; i++ {
			key := "staticDir"
			if i >= 0 {
				key += fmt.Sprint(i)
			}
			if v := t.get(key); v != nil {
				for _, dir := range v.texts() {
					if dir = clean(dir); dir != "" && !strings.HasPrefix(dir, "..") && !slices.Contains(dirs, dir) {
						dirs = append(dirs, dir)
					}
				}
			}
		}
	}
	if len(dirs) == 0 {
		dirs = []string{partStatic}
	}
	return dirs
}

// settleMounts finds out where the parts of the site lie, the nearest first.
func (c *conventions) settleMounts(f files, modules []module, report source.Report) {
	c.mounts = map[string][]mount{}
	for _, m := range modules {
		for _, mt := range c.mountsOf(f, m, report) {
			c.mounts[mt.part] = append(c.mounts[mt.part], mt)
		}
	}
	there := func(m mount) bool { return m.from == "." || isDir(f.fsys, m.from) || isFile(f.fsys, m.from) }
	if !slices.ContainsFunc(c.mounts[partContent], there) {
		c.mounts[partContent] = []mount{{from: ".", part: partContent}}
	}
	c.contentDir = c.mounts[partContent][0].from
}

// standing tells where a file of the content stands in it, and the language that its mount has. Of mounts within each other the
// inmost counts: no text is read twice.
func (c *conventions) standing(name string) (rel, lang string) {
	rel, deep := name, -1
	for _, m := range c.mounts[partContent] {
		if at, ok := m.within(name); ok && len(m.from) > deep {
			rel, lang, deep = at, m.lang, len(m.from)
		}
	}
	return rel, lang
}

// within gives where a mount puts a file, by its path in the part; ok is false for a file that it does not bring.
func (m mount) within(name string) (rel string, ok bool) {
	switch {
	case m.from == ".":
		rel = name
	case name == m.from: // a mounted file
		return m.below, m.below != ""
	default:
		if rel, ok = strings.CutPrefix(name, m.from+"/"); !ok {
			return "", false
		}
	}
	matches := func(re *regexp.Regexp) bool { return re.MatchString(rel) }
	if len(m.only) > 0 && !slices.ContainsFunc(m.only, matches) || slices.ContainsFunc(m.not, matches) {
		return "", false
	}
	return path.Join(m.below, rel), true
}

// file gives the file that a mount has at a path in the part; "" for none, whether it is there or not.
func (m mount) file(rel string) string {
	if m.below != "" {
		if rel == m.below {
			return m.from
		}
		inside, ok := strings.CutPrefix(rel, m.below+"/")
		if !ok {
			return ""
		}
		rel = inside
	}
	name := path.Join(m.from, rel)
	if _, ok := m.within(name); !ok {
		return ""
	}
	return name
}

// look gives the file at a path in a part of the site; "" when there is none.
func (s *shelf) look(part, rel string) string {
	for _, m := range s.mounts[part] {
		name := m.file(rel)
		if name == "" {
			continue
		}
		// Much is looked for by many names in folders that few sites have.
		if there, _ := s.folders.get(path.Dir(name), func() (bool, error) { return isDir(s.fsys, path.Dir(name)), nil }); there && isFile(s.fsys, name) {
			return name
		}
	}
	return ""
}

// mountGlobs reads the patterns of mounts: * and ? within a part of a path, ** for several, {a,b} either, whatever the case.
func mountGlobs(patterns []string) (out []*regexp.Regexp) {
	inPart := strings.NewReplacer(`\*\*`, "[^/]*", `\*`, "[^/]*", `\?`, "[^/]", `\{`, "(?:", `\}`, ")", ",", "|")
	for _, pattern := range patterns {
		var b strings.Builder
		b.WriteString("(?i)^")
		parts := strings.Split(strings.Trim(pattern, "/"), "/")
		for i, part := range parts {
			switch last := i == len(parts)-1; {
			case part == "**" && last:
				b.WriteString(".*")
			case part == "**":
				b.WriteString("(?:.*/)?")
			case last:
				b.WriteString(inPart.Replace(regexp.QuoteMeta(part)))
			default:
				b.WriteString(inPart.Replace(regexp.QuoteMeta(part)) + "/")
			}
		}
		if re, err := regexp.Compile(b.String() + "$"); err == nil {
			out = append(out, re)
		}
	}
	return out
}
