package opds

import (
	"encoding/json"
	"errors"
	"net/url"
	"path"
	"slices"
	"strings"
)

// Decode reads a feed that New has made.
func Decode(data []byte) (*Feed, error) {
	f := &Feed{}
	if err := json.Unmarshal(data, f); err != nil {
		return nil, err
	}
	if len(f.Links) == 0 || f.Links[0].Rel != "self" {
		return nil, errors.New("no feed of ours: it does not begin with a link to itself")
	}
	for _, p := range f.all() {
		if p.Metadata.Title == "" {
			return nil, errors.New("a publication has no title")
		}
	}
	return f, nil
}

func (f *Feed) all() []Publication {
	all := slices.Clone(f.Publications)
	for _, g := range f.Groups {
		all = append(all, g.Publications...)
	}
	return all
}

// href is the address of a file.
func (o Options) href(name string) string {
	return o.Base + (&url.URL{Path: name}).EscapedPath()
}

// base is the address that the feed's own were made with.
func (f *Feed) base() string {
	self := f.Links[0].Href
	return self[:strings.LastIndex(self, "/")+1]
}

// file gives the file below the folder that an address leads to; "" when it leads elsewhere.
func file(href, base string) string {
	rest, ok := strings.CutPrefix(href, base)
	u, err := url.Parse(rest)
	if !ok || err != nil || u.IsAbs() || u.Host != "" || u.Path == "" || path.Clean("/" + u.Path)[1:] != u.Path {
		return ""
	}
	return u.Path
}

// keep takes over what an earlier feed tells of files that are still there. Of a publication that was made again, those files that
// were not made with it stay beside the new ones.
func (f *Feed) keep(earlier *Feed, exists func(string) bool, opts Options) {
	if earlier == nil {
		return
	}
	base := earlier.base()
	made := map[string]bool{}
	for _, p := range f.Publications {
		for _, l := range slices.Concat(p.Links, p.Images) {
			made[l.Href] = true
		}
	}
	known := len(f.Publications)
	for _, p := range earlier.all() {
		links, lost := still(p.Links, base, made, exists, opts)
		images, _ := still(p.Images, base, made, exists, opts)
		i := slices.IndexFunc(f.Publications[:known], func(n Publication) bool { return n.Metadata.Identifier == p.Metadata.Identifier })
		if i >= 0 {
			now := &f.Publications[i]
			files := slices.DeleteFunc(links, func(l Link) bool { return l.Rel != openAccess })
			now.Links = append(files, now.Links...)
			slices.SortStableFunc(now.Links, func(a, b Link) int { return kind(a) - kind(b) })
			now.Images = append(now.Images, images...)
			continue
		}
		if lost && !slices.ContainsFunc(links, func(l Link) bool { return l.Rel == openAccess }) {
			continue // all its files are gone, or another publication's by now
		}
		p.Links, p.Images = links, images
		f.Publications = append(f.Publications, p)
	}
	if f.Metadata.Title == "" {
		f.Metadata.Title = earlier.Metadata.Title
	}
}

// kind is the place of a link among a publication's: EPUB, PDF, pages.
func kind(l Link) int {
	return slices.Index([]string{"application/epub+zip", "application/pdf", "text/html"}, l.Type)
}

// still gives those links whose files are there, under their addresses of today, and whether any were left out.
func still(links []Link, base string, made map[string]bool, exists func(string) bool, opts Options) (out []Link, lost bool) {
	for _, l := range links {
		if l.Rel == openAccess || l.Rel == "" {
			name := file(l.Href, base)
			if name == "" || !exists(name) || made[opts.href(name)] {
				lost = true
				continue
			}
			l.Href = opts.href(name)
		}
		out = append(out, l)
	}
	return out, lost
}
