package hugo

import (
	"io/fs"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
)

// A site has pages that no article stands behind: its home, its sections, its taxonomies and their terms, the feeds of all these
// (Hugo, "Page kinds"). No edition holds them, but links to them lead to the site.

// lists are the addresses, without slashes at their ends, under which a site has such pages.
type lists struct {
	at    map[string]bool
	terms func() map[string]bool // tags/printing …: found out only when a link asks, since all articles must be read for it
	names map[string]string      // address of a section by the last part of its path, for references
}

// listAt gives the address of such a page that a path, or a reference, names; "" when there is none.
func (s *Site) listAt(from *page, target string, ref bool) string {
	if !s.hugo {
		return ""
	}
	l := s.lists()
	feed := ""
	clean := strings.Trim(path.Clean("/"+target), "/")
	if ref {
		clean = strings.TrimSuffix(strings.TrimSuffix(clean, "_index.md"), "/")
	}
	tries := []string{clean}
	switch {
	case from == nil || strings.HasPrefix(target, "/"):
	case ref:
		folder := path.Dir(from.rel)
		tries = []string{strings.Trim(path.Join("/"+folder, clean), "/"), clean}
	default: // as a browser reads it
		tries = []string{strings.Trim(path.Join("/"+from.url, target), "/")}
	}
	for _, t := range tries {
		if !ref {
			t, feed = withoutFeed(t)
		}
		if l.has(strings.ToLower(s.withoutLanguage(t))) {
			return strings.TrimSuffix("/"+t, "/") + "/" + feed
		}
	}
	if ref && !strings.Contains(clean, "/") {
		return l.names[strings.ToLower(clean)]
	}
	return ""
}

// listTitle gives the title of such a page, as its section's front matter has it.
func (s *Site) listTitle(at string) string {
	at = strings.Trim(at, "/")
	dir, lang := s.withoutLanguage(at), s.defaultLanguage
	if dir != at {
		lang, _, _ = strings.Cut(at, "/")
	}
	if sec := s.sectionIn(dir, strings.ToLower(lang)); sec != nil {
		return plainTitle(sec.front.get("title").str())
	}
	return ""
}

func (l *lists) has(at string) bool {
	return l.at[at] || strings.Contains(at, "/") && l.terms()[at]
}

var pagination = regexp.MustCompile(`(^|/)page/\d+$`)

// withoutFeed takes off an address what it has beyond a list's: its feed, its pages, the file that holds it.
func withoutFeed(at string) (list, feed string) {
	for _, file := range []string{"index.xml", "index.html", "index.json", "sitemap.xml", "404.html", "robots.txt"} {
		if at == file {
			return "", file
		}
		if rest, ok := strings.CutSuffix(at, "/"+file); ok {
			return rest, file
		}
	}
	if m := pagination.FindString(at); m != "" {
		return strings.TrimSuffix(at, m), strings.TrimPrefix(m, "/") + "/"
	}
	return at, ""
}

// withoutLanguage takes a language's folder off an address.
func (s *Site) withoutLanguage(at string) string {
	first, rest, _ := strings.Cut(at, "/")
	if slices.ContainsFunc(s.languages, func(l string) bool { return strings.EqualFold(l, first) }) {
		return rest
	}
	return at
}

// findLists finds the pages of this kind that a site has.
func (s *Site) findLists() *lists {
	l := &lists{at: map[string]bool{}, names: map[string]string{}, terms: sync.OnceValue(s.findTerms)}
	if !s.kindOff("home") {
		l.at[""] = true
	}
	if !s.kindOff("taxonomy") {
		for _, tax := range s.taxonomies() {
			l.at[strings.ToLower(tax)] = true
		}
	}
	if s.kindOff("section") {
		return l
	}
	for _, m := range s.mounts[partContent] {
		s.addSections(l, m)
	}
	return l
}

// addSections finds the sections in a folder of content: its folders, and those below that say that they are one.
func (s *Site) addSections(l *lists, m mount) {
	root := m.from
	add := func(at string) {
		served := s.sectionURL(at)
		l.at[strings.ToLower(served)] = true
		if name := path.Base(strings.ToLower(strings.ReplaceAll(at, " ", "-"))); l.names[name] == "" {
			l.names[name] = "/" + served + "/"
		}
	}
	_ = fs.WalkDir(s.fsys, root, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir
		case name == root || s.contentDir == "." && skippedDirs[d.Name()]:
			return nil
		}
		rel, _ := m.within(name)
		base := path.Base(rel)
		switch {
		case d.IsDir() && !strings.Contains(rel, "/") && !isFile(s.fsys, path.Join(name, "index.md")):
			add(rel)
		case !d.IsDir() && strings.HasPrefix(base, "_index.") && path.Dir(rel) != ".":
			add(path.Dir(rel))
			if sec := s.section(path.Dir(name)); sec != nil {
				for _, u := range append(aliasesOf(sec.front), sec.front.get("url").str()) {
					if u = strings.Trim(path.Clean("/"+u), "/"); u != "" {
						l.at[strings.ToLower(u)] = true
					}
				}
			}
		}
		return nil
	})
}

// sectionURL is the address of a section, without slashes at its ends.
func (s *Site) sectionURL(dir string) string {
	top, _, _ := strings.Cut(dir, "/")
	pattern := s.hugoConfig.get("permalinks", "section", top).str()
	if pattern == "" {
		var parts []string
		for part := range strings.SplitSeq(dir, "/") {
			parts = append(parts, s.fileName(part))
		}
		return strings.Join(parts, "/")
	}
	h := &head{front: &value{kind: table}, keys: s.config.Keys, claimed: map[string]bool{}}
	if sec := s.sectionIn(dir, s.defaultLanguage); sec != nil {
		h.front, h.src = sec.front, sec.src
	}
	p := &page{rel: path.Join(dir, "_index.md"), section: top, stem: path.Base(dir)}
	p.info.Date = parseDate(h.front.get("date").str())
	return strings.Trim(s.permalink(pattern, p, h), "/")
}

// termURL is the address of a term's page, without slashes at its ends.
func (s *Site) termURL(taxonomy, term string) string {
	pattern := s.hugoConfig.get("permalinks", "term", taxonomy).str()
	if pattern == "" {
		return s.fileName(taxonomy) + "/" + s.urlName(term)
	}
	h := &head{keys: s.config.Keys, claimed: map[string]bool{}, front: &value{kind: table, fields: []field{{key: "title", val: &value{kind: scalar, text: term}}}}}
	return strings.Trim(s.permalink(pattern, &page{rel: taxonomy + "/" + term + "/_index.md", section: taxonomy, stem: term}, h), "/")
}

func aliasesOf(front *value) []string {
	if v := front.get("aliases"); v != nil {
		return v.texts()
	}
	return nil
}

// taxonomies gives the plural names of the site's taxonomies: tags and categories, or what the configuration has in their stead.
func (c *conventions) taxonomies() (names []string) {
	found := false
	for _, v := range []*value{c.hugoConfig.get("taxonomies"), c.hugoConfig.get("languages", c.defaultLanguage, "taxonomies")} {
		if v == nil {
			continue
		}
		found = true
		for _, f := range v.fields {
			names = append(names, f.val.str())
		}
	}
	if !found {
		names = []string{"tags", "categories"}
	}
	return names
}

// findTerms finds the pages of terms: of each that an article names.
func (s *Site) findTerms() map[string]bool {
	terms := map[string]bool{}
	pages, _ := s.pages() // reported where they are read
	for _, p := range pages {
		for _, t := range p.terms {
			terms[strings.ToLower(s.termURL(t.taxonomy, t.name))] = true
		}
	}
	return terms
}
