package hugo

import (
	"io/fs"
	"net/url"
	"path"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/asset"
)

// findFile finds a picture's file, or another that the site serves: its path from the site's root, "" when there is none.
func (s *shelf) findFile(p *page, src string) string {
	src, _, _ = strings.Cut(src, "#")
	src, _, _ = strings.Cut(src, "?")
	tries := []string{src}
	if un, err := url.PathUnescape(src); err == nil && un != src {
		tries = append(tries, un)
	}
	for _, t := range tries {
		t = strings.ReplaceAll(t, `\`, "/")
		var dirs []string
		rel := strings.TrimPrefix(t, "/")
		if p != nil && !strings.HasPrefix(t, "/") {
			dirs = append(dirs, path.Dir(p.path))
			if !p.bundle {
				// Hugo serves a page from a folder of its own name, so a relative address may count from there.
				dirs = append(dirs, strings.TrimSuffix(p.path, path.Ext(p.path)), path.Dir(path.Dir(p.path)))
			}
		}
		dirs = append(dirs, s.staticDirs...)
		dirs = append(dirs, s.assetDirs...)
		dirs = append(dirs, s.contentDir, "")
		if p != nil {
			dirs = append(dirs, path.Dir(p.path))
		}
		if base := s.basePath(); base != "" && strings.HasPrefix(t, base) {
			rel = strings.TrimPrefix(t, base)
		}
		for _, d := range dirs {
			name := path.Clean(path.Join(d, rel))
			if name == ".." || strings.HasPrefix(name, "../") {
				continue
			}
			if isFile(s.fsys, name) {
				return name
			}
		}
	}
	return ""
}

// basePath gives the path under which the site is served, when it is not the host's root.
func (s *shelf) basePath() string {
	u, err := url.Parse(s.config.Journal.BaseURL)
	if err != nil || u.Path == "/" {
		return ""
	}
	return u.Path
}

// asset reads a picture's file, once for the whole site.
func (s *shelf) asset(name string) (*document.Asset, error) {
	return s.assets.get(name, func() (*document.Asset, error) {
		data, err := fs.ReadFile(s.fsys, name)
		if err != nil {
			return nil, err
		}
		return asset.New(name, data)
	})
}
