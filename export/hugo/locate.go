package hugo

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Everything that only a path of the operating system can ask stands in this file: where the site around a path begins, and
// what lies outside of it. The rest of the package reads an fs.FS.

// A Folder is a folder of the operating system as a site's file system. Its errors tell whole paths, and links within it
// are followed wherever they lead. A name may lead out of it ("../docs"), since Hugo's contentDir may.
type Folder string

// Open implements fs.FS.
func (d Folder) Open(name string) (fs.File, error) {
	f, err := os.Open(d.path(name))
	if err != nil {
		return nil, err
	}
	return f, nil
}

// Stat implements fs.StatFS.
func (d Folder) Stat(name string) (fs.FileInfo, error) { return os.Stat(d.path(name)) }

// ReadFile implements fs.ReadFileFS.
func (d Folder) ReadFile(name string) ([]byte, error) { return os.ReadFile(d.path(name)) }

// ReadDir implements fs.ReadDirFS.
func (d Folder) ReadDir(name string) ([]fs.DirEntry, error) { return os.ReadDir(d.path(name)) }

// readInside reads a file of the folder, and follows no link that leads out of it.
func (d Folder) readInside(name string) ([]byte, error) {
	root, err := os.OpenRoot(string(d))
	if err != nil {
		return nil, err
	}
	defer root.Close()
	if st, err := root.Stat(filepath.FromSlash(name)); err != nil {
		return nil, err
	} else if !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", name)
	}
	return root.ReadFile(filepath.FromSlash(name))
}

func (d Folder) path(name string) string { return filepath.Join(string(d), filepath.FromSlash(name)) }

// Locate finds the site around a path, which may be a site, a folder of content or one Markdown file: the site's folder,
// and what Open is to be given as the name within it.
func Locate(path string) (site Folder, name string, err error) {
	abs, err := filepath.Abs(path)
	if err != nil {
		return "", "", err
	}
	st, err := os.Stat(abs)
	if err != nil {
		return "", "", err
	}
	dir := abs
	switch {
	case st.IsDir(): // a link to a content folder stands for that folder, in its own site
		if abs, err = filepath.EvalSymlinks(abs); err != nil {
			return "", "", err
		}
		dir = abs
	case !isMarkdown(abs) && !isHTML(abs):
		return "", "", noContent(path)
	default:
		dir = filepath.Dir(abs)
	}
	site = siteAround(dir)
	rel, err := filepath.Rel(string(site), abs)
	return site, filepath.ToSlash(rel), err
}

func noContent(name string) error {
	return fmt.Errorf("%s is neither a folder nor a Markdown file", name)
}

// siteAround looks for the site's folder from dir upwards: where a configuration lies; failing that, where the content
// folder does.
func siteAround(dir string) Folder {
	up := ancestors(dir)
	if i := slices.IndexFunc(up, func(d string) bool { return hasConfig(Folder(d), d == dir) }); i >= 0 {
		return Folder(up[i])
	}
	// No configuration: a folder named as Hugo or Jekyll names it shows the way.
	for _, d := range up {
		if base := filepath.Base(d); base == "content" || base == "_posts" {
			return Folder(filepath.Dir(d))
		}
	}
	return Folder(dir)
}

// ancestors gives a folder and all above it.
func ancestors(dir string) []string {
	up := []string{dir}
	for parent := filepath.Dir(dir); parent != dir; parent = filepath.Dir(dir) {
		up, dir = append(up, parent), parent
	}
	return up
}

// hasConfig reports whether a site's configuration lies in a folder. Far above the content, a file with so common a name as
// config.yaml counts only beside a folder of content.
func hasConfig(dir Folder, here bool) bool {
	counts := func(n string) bool {
		return isFile(dir, n) && (here || !strings.HasPrefix(n, "config.") || isDir(dir, "content"))
	}
	return slices.ContainsFunc(configNames, counts) || slices.ContainsFunc(hugoConfigNames, counts) || isDir(dir, hugoConfigDir)
}

// readOutside reads a configuration that the caller names, wherever it lies, and gives its absolute path. It may be a pipe.
func readOutside(path string) (raw []byte, file string, err error) {
	if raw, err = os.ReadFile(path); err != nil {
		return nil, "", err
	}
	file, err = filepath.Abs(path)
	return raw, file, err
}

// Fonts gives the publisher's own fonts, the folder that Config.Fonts names; nil when it names none.
func (s *Site) Fonts() (fs.FS, error) {
	c := s.Config
	switch {
	case c.Fonts == "":
		return nil, nil
	case filepath.IsAbs(c.File): // a configuration on disk may name a folder anywhere
		return os.DirFS(c.Fonts), nil
	}
	return fs.Sub(s.fsys, filepath.ToSlash(c.Fonts))
}

// fontsBeside gives the folder of fonts that a configuration names: beside its file, or anywhere by an absolute path.
func fontsBeside(file, fonts string) string {
	if filepath.IsAbs(fonts) {
		return fonts
	}
	return filepath.Join(filepath.Dir(file), filepath.FromSlash(fonts))
}
