package hugo

import (
	"path"
	"regexp"
	"strings"
)

// What a page does not say, its sections may say for it, and the site's configuration for all (Hugo, "Cascade").

// sectionIn gives what the _index.md of a section says, in a language; nil when there is none. The section is a path in the
// content.
func (s *shelf) sectionIn(dir, lang string) *section {
	sec, _ := s.sections.get(lang+":"+dir, func() (*section, error) {
		for _, m := range s.mounts[partContent] {
			if m.lang != "" && m.lang != lang {
				continue
			}
			bases := []string{"_index." + lang}
			if lang == s.defaultLanguage || m.lang == lang {
				bases = append(bases, "_index")
			}
			for _, base := range bases {
				for _, ext := range []string{".md", ".markdown", ".html"} {
					if name := m.file(path.Join(dir, base+ext)); name != "" {
						if sec := s.readSectionFile(name); sec != nil {
							return sec, nil
						}
					}
				}
			}
		}
		return nil, nil
	})
	return sec
}

// inherited gives the tables from which a page's front matter is completed, those that count more first: what a section says
// before what the sections around it do, but all that is said for the same target where it is said first, as Hugo merges them.
func (s *shelf) inherited(p *page) (out []*value) {
	lang := s.hugoLanguage(p)
	said := map[string][]*value{}
	var targets []string
	add := func(cascade *value) {
		entries := []*value{cascade}
		if cascade != nil && cascade.kind == list {
			entries = cascade.items
		}
		for _, e := range entries {
			if e == nil || e.kind != table || !s.targets(e, p) {
				continue
			}
			target := ""
			if t := targetOf(e); t != nil {
				target = t.json()
			}
			if said[target] == nil {
				targets = append(targets, target)
			}
			said[target] = append(said[target], e)
		}
	}
	dir := path.Dir(p.rel)
	if p.bundle {
		dir = path.Dir(dir)
	}
	for {
		if sec := s.sectionIn(dir, lang); sec != nil {
			add(sec.front.get("cascade"))
		}
		if dir == "." || dir == "/" || strings.HasPrefix(dir, "..") {
			break
		}
		dir = path.Dir(dir)
	}
	add(s.of(lang).get("cascade"))
	for _, target := range targets {
		out = append(out, said[target]...)
	}
	return out
}

// targetOf gives what an entry of a cascade is meant for; nil when it is for all.
func targetOf(entry *value) *value {
	if t := entry.get("target"); t != nil {
		return t
	}
	return entry.get("_target")
}

// targets reports whether an entry of a cascade is meant for a page (Hugo, "Cascade": target).
func (s *shelf) targets(entry *value, p *page) bool {
	t := targetOf(entry)
	if t == nil {
		return true
	}
	if kind := t.get("kind").str(); kind != "" && !glob(kind, "page") {
		return false
	}
	if lang := t.get("lang").str(); lang != "" && !glob(lang, s.hugoLanguage(p)) {
		return false
	}
	if env := t.get("environment").str(); env != "" && !glob(env, s.environment) {
		return false
	}
	if pattern := t.get("path").str(); pattern != "" {
		rel := "/" + p.rel
		logical := strings.TrimSuffix(rel, path.Ext(rel))
		if p.bundle {
			logical = path.Dir(rel)
		}
		return glob(pattern, logical) || glob(pattern, rel) || glob("/"+strings.TrimPrefix(pattern, "/"), logical)
	}
	return true
}

// glob matches as Hugo's patterns do: * within a part of a path, ** over several, {a,b} either, whatever the case.
func glob(pattern, s string) bool {
	re, err := globs.get(pattern, func() (*regexp.Regexp, error) { return compileGlob(pattern) })
	return err == nil && re.MatchString(s)
}

// globs are the patterns that were asked for: each is held against every page.
var globs memo[*regexp.Regexp]

func compileGlob(pattern string) (*regexp.Regexp, error) {
	var b strings.Builder
	b.WriteString("(?i)^")
	braces := 0
	for i := 0; i < len(pattern); i++ {
		switch c := pattern[i]; {
		case c == '*' && strings.HasPrefix(pattern[i:], "**"):
			b.WriteString(".*")
			i++
		case c == '*':
			b.WriteString("[^/]*")
		case c == '?':
			b.WriteString("[^/]")
		case c == '{':
			braces++
			b.WriteString("(?:")
		case c == '}' && braces > 0:
			braces--
			b.WriteString(")")
		case c == ',' && braces > 0:
			b.WriteString("|")
		default:
			b.WriteString(regexp.QuoteMeta(string(c)))
		}
	}
	return regexp.Compile(b.String() + "$")
}
