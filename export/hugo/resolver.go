package hugo

import (
	"path"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/markdown"
)

// A view is a site as one of its articles sees it: what the article's text is told of its surroundings. It implements
// markdown.Resolver, and tells nothing that depends on how far the reading of other articles has come.
type view struct {
	site    *Site
	page    *page
	front   *value
	members map[string]*document.Article // articles of the edition, by path
	stage   *stage                       // where templates run; nil until one does
}

// Within implements markdown.Resolver.
func (v *view) Within(href string) (string, bool) {
	base := strings.TrimSuffix(v.site.Config.Journal.BaseURL, "/")
	if base == "" || !strings.HasPrefix(href, base+"/") {
		return "", false
	}
	return strings.TrimPrefix(href, base), true
}

// Find implements markdown.Resolver. What is no article is a file that the site serves, or a page that the site makes.
func (v *view) Find(target string, ref bool, lang string) markdown.Target {
	s := v.site
	if base := s.basePath(); !ref && base != "" && strings.HasPrefix(target, base) {
		if t := v.Find("/"+strings.TrimPrefix(target, base), ref, lang); t.Found {
			return t // as it is written on the site's host
		}
	}
	if p := s.translation(s.findPage(v.page, target, ref), lang); p != nil {
		return markdown.Target{Found: true, Page: true, Article: v.members[p.path], URL: s.address(p), Name: p.path, Title: p.info.Title}
	}
	t := markdown.Target{Name: target}
	if at := s.listAt(v.page, target, ref); at != "" {
		t.Found, t.Page, t.Title = true, true, s.listTitle(at)
		if t.Article = v.members[strings.ToLower(strings.TrimSuffix(at, "/"))]; t.Article != nil {
			t.Name = t.Article.Path
		}
		if base := s.Config.Journal.BaseURL; base != "" {
			t.URL = strings.TrimSuffix(base, "/") + at
		}
		return t
	}
	if ref {
		return t
	}
	name := s.findFile(v.page, target)
	if t.Found = name != ""; t.Found {
		t.Name = name
	}
	base := s.Config.Journal.BaseURL
	if base == "" || !t.Found && !strings.HasPrefix(target, "/") {
		return t
	}
	served := target
	if p := v.page; !strings.HasPrefix(target, "/") && p.url != "" {
		served = path.Join(p.url, target) // as a browser reads it
		if strings.HasSuffix(target, "/") {
			served += "/"
		}
		if rest, ok := strings.CutPrefix(name, path.Dir(p.path)+"/"); ok && p.bundle {
			served = path.Join(p.url, rest)
		}
	}
	for _, m := range s.mounts[partStatic] {
		if rel, ok := m.within(name); ok && name != "" {
			served = "/" + rel
			break
		}
	}
	if at := s.basePath(); at != "" {
		served = strings.TrimPrefix(served, strings.TrimSuffix(at, "/")) // as it is written on the site's host
	}
	t.URL = strings.TrimSuffix(base, "/") + "/" + strings.TrimPrefix(served, "/")
	return t
}

// Picture implements markdown.Resolver: a picture is found as Hugo finds it (page bundle, static/, assets/), and read once
// for the whole site.
func (v *view) Picture(src string) (*document.Asset, error) {
	if strings.HasPrefix(src, "data:") {
		a, err := asset.FromData(src)
		if err != nil {
			return nil, err
		}
		return v.site.assets.get(a.Name, func() (*document.Asset, error) { return a, nil })
	}
	name := v.site.findFile(v.page, src)
	if name == "" {
		name = v.site.findPicture(v.page, src)
	}
	if name == "" {
		name = v.resourceNamed(src)
	}
	if name == "" {
		return nil, nil
	}
	return v.site.asset(name)
}

// resourceNamed gives the file of the article's bundle that front matter calls by a name (Hugo, "Page resources"); "" for none.
func (v *view) resourceNamed(name string) string {
	if v.front.get("resources") == nil || !v.page.bundle {
		return ""
	}
	r := v.ready().resources(v.page, v.front).Get(name)
	if r == nil || !asset.IsPicture(r.RelPermalink) {
		return ""
	}
	return path.Join(path.Dir(v.page.path), r.RelPermalink)
}

// Param implements markdown.Resolver, as Hugo's param shortcode does.
func (v *view) Param(name string) string {
	path := strings.Split(name, ".")
	for _, said := range append([]*value{v.front}, v.site.inherited(v.page)...) {
		for _, val := range []*value{said.get("params").get(path...), said.get(path...)} {
			if s := val.str(); s != "" {
				return s
			}
		}
	}
	for _, val := range []*value{v.site.of(v.site.hugoLanguage(v.page)).get("params").get(path...)} {
		if s := val.str(); s != "" {
			return s
		}
	}
	return ""
}

// Field implements markdown.Resolver.
func (v *view) Field(name string) (string, bool) {
	if val := v.front.get(name); val != nil && val.kind == scalar {
		return val.text, true
	}
	return "", false
}
