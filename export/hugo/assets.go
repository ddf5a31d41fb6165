package hugo

import (
	"cmp"
	"io/fs"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"sync"
	"weak"

	"golang.org/x/text/unicode/norm"

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
		own := len(dirs) // as the page has it
		dirs = append(dirs, s.contentDir, "")
		if p != nil {
			dirs = append(dirs, path.Dir(p.path))
		}
		if base := s.basePath(); base != "" && strings.HasPrefix(t, base) {
			rel = strings.TrimPrefix(t, base)
		}
		for i, d := range dirs {
			if i == own {
				if name := s.served(rel); name != "" {
					return name
				}
			}
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

// served gives the file that lies at a path of what the site serves, or of what its templates do.
func (s *shelf) served(rel string) string {
	if rel = path.Clean(rel); rel == ".." || strings.HasPrefix(rel, "../") {
		return ""
	}
	return cmp.Or(s.look(partStatic, rel), s.look(partAssets, rel), s.inContent(rel))
}

// inContent gives the file at a path of the content that only a mount has there.
func (s *shelf) inContent(rel string) string {
	if len(s.mounts[partContent]) == 1 {
		return ""
	}
	return s.look(partContent, rel)
}

// findPicture finds a picture that does not lie where a text says by its file's name: in the page's own folder and in those
// that the site serves, whatever the case of its letters, .jpg for .jpeg, with or without the size that WordPress puts behind
// the name. It must be the only one of that name.
func (s *shelf) findPicture(p *page, src string) string {
	src, _, _ = strings.Cut(src, "#")
	src, _, _ = strings.Cut(src, "?")
	if un, err := url.PathUnescape(src); err == nil {
		src = un
	}
	key := pictureKey(src)
	if key == "" {
		return ""
	}
	if p != nil {
		for _, name := range pictureNames(s.fsys, path.Dir(p.path), false) {
			if pictureKey(name) == key {
				return name
			}
		}
	}
	byKey, _ := s.pictures.get("", func() (map[string][]string, error) {
		found := map[string][]string{}
		for _, m := range slices.Concat(s.mounts[partStatic], s.mounts[partAssets]) {
			for _, name := range pictureNames(s.fsys, m.from, true) {
				found[pictureKey(name)] = append(found[pictureKey(name)], name)
			}
		}
		return found, nil
	})
	if names := byKey[key]; len(names) == 1 {
		return names[0]
	}
	return ""
}

// pictureNames lists the pictures in a folder, in the order of their names.
func pictureNames(fsys fs.FS, dir string, below bool) []string {
	var names []string
	_ = fs.WalkDir(fsys, dir, func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fs.SkipDir // what cannot be read holds nothing that can be shown
		case d.IsDir() && name != dir && !below:
			return fs.SkipDir
		case (d.Type().IsRegular() || d.Type()&fs.ModeSymlink != 0) && asset.IsPicture(name):
			names = append(names, name)
		}
		return nil
	})
	return names
}

var pictureSize = regexp.MustCompile(`-\d{2,4}x\d{2,4}$`)

// pictureKey is the name of a picture's file without what two writings of it may differ in; "" for what is no picture's.
func pictureKey(name string) string {
	if !asset.IsPicture(name) {
		return ""
	}
	base := strings.ToLower(norm.NFC.String(path.Base(strings.ReplaceAll(name, `\`, "/"))))
	ext := path.Ext(base)
	stem := pictureSize.ReplaceAllString(strings.TrimSuffix(base, ext), "")
	if ext == ".jpeg" || ext == ".jpe" || ext == ".jfif" {
		ext = ".jpg"
	}
	return strings.Join(strings.Fields(strings.NewReplacer("_", " ", "+", " ").Replace(stem)), " ") + ext
}

// basePath gives the path under which the site is served, when it is not the host's root.
func (s *shelf) basePath() string {
	u, err := url.Parse(s.config.Journal.BaseURL)
	if err != nil || u.Path == "/" {
		return ""
	}
	return u.Path
}

// A shared reads each picture once for all that show it at the same time, and lets go of it when nobody does any more: the pictures of a
// whole archive are more than what fits into memory.
type shared struct {
	mu    sync.Mutex
	known map[string]*sharedAsset
}

type sharedAsset struct {
	mu sync.Mutex
	at weak.Pointer[document.Asset]
}

func (m *shared) get(name string, read func() (*document.Asset, error)) (*document.Asset, error) {
	m.mu.Lock()
	if m.known == nil {
		m.known = map[string]*sharedAsset{}
	}
	one := m.known[name]
	if one == nil {
		one = &sharedAsset{}
		m.known[name] = one
	}
	m.mu.Unlock()
	one.mu.Lock()
	defer one.mu.Unlock()
	if a := one.at.Value(); a != nil {
		return a, nil
	}
	a, err := read()
	if err != nil {
		return nil, err
	}
	one.at = weak.Make(a)
	return a, nil
}

// asset reads a picture's file, once for all that show it.
func (s *shelf) asset(name string) (*document.Asset, error) {
	return s.assets.get(name, func() (*document.Asset, error) {
		data, err := s.readFile(name)
		if err != nil {
			return nil, err
		}
		return asset.New(name, data)
	})
}
