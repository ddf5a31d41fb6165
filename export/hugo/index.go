package hugo

import (
	"net/url"
	"path"
	"strings"
)

// An index finds pages by name.
type index struct {
	files map[string]*page // path from the root, lower case
	urls  map[string]*page // path on the site without slashes at the ends, lower case; aliases, too
	names map[string]*page // file name without language and ending, lower case
}

func (s *Site) makeIndex() *index {
	x := &index{map[string]*page{}, map[string]*page{}, map[string]*page{}}
	pages, err := s.pages()
	if err != nil {
		return x // reported where the pages are asked for
	}
	add := func(m map[string]*page, key string, p *page) {
		if key = strings.ToLower(key); key != "" && m[key] == nil {
			m[key] = p
		}
	}
	for _, p := range pages {
		x.files[strings.ToLower(p.path)] = p
	}
	for _, p := range pages {
		add(x.urls, strings.Trim(p.url, "/"), p)
		add(x.names, p.stem+"."+s.hugoLanguage(p), p)
		add(x.names, p.stem, p)
		add(x.names, strings.TrimSuffix(path.Base(p.path), path.Ext(p.path)), p)
	}
	for _, p := range pages {
		for _, a := range p.aliases {
			add(x.urls, strings.Trim(a, "/"), p)
		}
	}
	return x
}

// findPage finds the article that an address names: a file, a path, an alias. As a reference (ref, relref) a bare name
// is looked for everywhere.
func (s *Site) findPage(from *page, target string, ref bool) *page {
	if un, err := url.PathUnescape(target); err == nil {
		target = un
	}
	if isPicture(target) {
		return nil
	}
	x := s.index()
	var tries []string
	clean := strings.Trim(path.Clean("/"+target), "/")
	if from != nil && !strings.HasPrefix(target, "/") {
		dir := path.Dir(from.path)
		tries = append(tries, path.Join(dir, target), path.Join(path.Dir(dir), target), path.Join(strings.TrimSuffix(from.path, path.Ext(from.path)), target))
	}
	tries = append(tries, path.Join(s.contentDir, clean), clean)
	endings := []string{"", ".md", "/index.md"}
	if from != nil && from.lang != "" {
		// A reference leads to the text in the same language, when there is one.
		endings = append([]string{"." + from.lang + ".md", "/index." + from.lang + ".md"}, endings...)
	}
	for _, t := range tries {
		for _, ending := range endings {
			if p := x.files[strings.ToLower(t+ending)]; p != nil {
				return p
			}
		}
	}
	if p := x.urls[strings.ToLower(clean)]; p != nil && clean != "" {
		return p
	}
	if from != nil && !strings.HasPrefix(target, "/") && from.url != "" {
		rel := strings.Trim(path.Join("/"+from.url, target), "/")
		if p := x.urls[strings.ToLower(rel)]; p != nil && rel != "" {
			return p
		}
	}
	if ref || !strings.Contains(clean, "/") {
		base := strings.TrimSuffix(path.Base(clean), ".md")
		if from != nil {
			if p := x.names[strings.ToLower(base+"."+s.hugoLanguage(from))]; p != nil {
				return p
			}
		}
		if p := x.names[strings.ToLower(base)]; p != nil {
			return p
		}
	}
	return nil
}
