package hugo

import (
	"cmp"
	"net/url"
	"path"
	"strings"

	"github.com/twinpress/twinpress/export/internal/asset"
)

// An index finds pages by name.
type index struct {
	files map[string]*page // path from the root, lower case
	urls  map[string]*page // path on the site without slashes at the ends, lower case; aliases, too
	names map[string]*page // file name without language and ending, lower case
}

func (c *catalogue) makeIndex() *index {
	x := &index{map[string]*page{}, map[string]*page{}, map[string]*page{}}
	pages, err := c.pages()
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
		add(x.urls, c.hugoLanguage(p)+":"+strings.Trim(p.url, "/"), p)
		add(x.urls, strings.Trim(p.url, "/"), p)
		add(x.names, p.stem+"."+c.hugoLanguage(p), p)
		add(x.names, p.stem, p)
		add(x.names, strings.TrimSuffix(path.Base(p.path), path.Ext(p.path)), p)
	}
	for _, p := range pages {
		for _, a := range p.aliases {
			if !strings.HasPrefix(a, "/") && !strings.Contains(a, "://") {
				a = path.Join(p.url, "..", a) // beside the page
			}
			add(x.urls, strings.Trim(path.Clean(a), "/"), p)
		}
	}
	return x
}

// findPage finds the article that an address names: a file, a path, an alias. As a reference (ref, relref) a bare name
// is looked for everywhere.
func (c *catalogue) findPage(from *page, target string, ref bool) *page {
	if un, err := url.PathUnescape(target); err == nil {
		target = un
	}
	if asset.IsPicture(target) {
		return nil
	}
	x := c.index()
	clean := strings.Trim(path.Clean("/"+target), "/")
	files := []string{clean}
	for _, m := range c.mounts[partContent] {
		if name := m.file(clean); name != "" && name != clean {
			files = append(files, name)
		}
	}
	if at, ok := strings.CutSuffix(clean, "/index.html"); ok && !ref {
		clean = at // by which a server gives a folder
	}
	address := "" // as a browser reads a relative one
	language, name := "", ""
	if from != nil {
		language = from.lang
		if !strings.HasPrefix(target, "/") {
			files = append(around(from.path, target), files...)
			for _, m := range c.mounts[partContent] {
				if name := m.file(path.Join(path.Dir(from.rel), target)); name != "" {
					files = append(files, name)
				}
			}
			if from.url != "" {
				address = strings.Trim(path.Join("/"+from.url, target), "/")
			}
		}
	}
	if ref || !strings.Contains(clean, "/") {
		name = strings.TrimSuffix(path.Base(clean), ".md")
	}
	return cmp.Or(x.file(files, language), x.url(clean, c.languageAround(from)), x.url(address, c.languageAround(from)), x.name(name, c.languageAround(from)))
}

// translation gives a page in a language, when one is asked for; nil when it has none.
func (c *catalogue) translation(p *page, lang string) *page {
	if p == nil || lang == "" || strings.EqualFold(c.hugoLanguage(p), lang) {
		return p
	}
	pages, _ := c.pages() // Open has seen to the error
	for _, q := range pages {
		if strings.EqualFold(c.hugoLanguage(q), lang) && q.stem == p.stem && q.bundle == p.bundle && path.Dir(q.rel) == path.Dir(p.rel) {
			return q
		}
	}
	return nil
}

// around gives the paths that a relative one may mean: from the article's folder, the one above, or the one that Hugo serves
// the article from.
func around(article, target string) []string {
	dir := path.Dir(article)
	return []string{path.Join(dir, target), path.Join(path.Dir(dir), target), path.Join(strings.TrimSuffix(article, path.Ext(article)), target)}
}

// languageAround gives Hugo's name for the language of the text that refers to a page.
func (c *catalogue) languageAround(from *page) string {
	if from == nil {
		return ""
	}
	return c.hugoLanguage(from)
}

// file gives the page of the first path that has one; of its translations the one in the language, when it has one.
func (x *index) file(paths []string, language string) *page {
	endings := []string{"", ".md", "/index.md", ".html", "/index.html"}
	if language != "" {
		endings = append([]string{"." + language + ".md", "/index." + language + ".md"}, endings...)
	}
	for _, name := range paths {
		if bare, ok := strings.CutSuffix(name, ".md"); ok && language != "" { // two.md from a German page is two.de.md
			if p := x.files[strings.ToLower(bare+"."+language+".md")]; p != nil {
				return p
			}
		}
		for _, ending := range endings {
			if p := x.files[strings.ToLower(name+ending)]; p != nil {
				return p
			}
		}
	}
	return nil
}

// url gives the page that is served at a path, or was; in the language where each has a host of its own.
func (x *index) url(at, language string) *page {
	return cmp.Or(x.urls[strings.ToLower(language+":"+at)], x.urls[strings.ToLower(at)])
}

// name gives the page of a name, in the language when there are several.
func (x *index) name(name, language string) *page {
	if name == "" {
		return nil
	}
	return cmp.Or(x.names[strings.ToLower(name+"."+language)], x.names[strings.ToLower(name)])
}
