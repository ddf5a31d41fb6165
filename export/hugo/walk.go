package hugo

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/sourcegraph/conc/iter"
)

// skippedDirs hold no articles of a site.
var skippedDirs = map[string]bool{"node_modules": true, "themes": true, "public": true, "resources": true, "layouts": true,
	"archetypes": true, "static": true, "assets": true, "data": true, "i18n": true, "vendor": true, "_site": true, "dist": true}

// readPages reads the front matter of all articles, in the order of their paths.
func (s *Site) readPages() ([]*page, error) {
	root := filepath.Join(s.Root, filepath.FromSlash(s.contentDir))
	if real, err := filepath.EvalSymlinks(root); err == nil {
		root = real // the walk follows no links
	}
	var names []string
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		base := d.Name()
		if d.IsDir() {
			if name != root && (strings.HasPrefix(base, ".") || s.contentDir == "." && skippedDirs[base]) {
				return filepath.SkipDir
			}
			return nil
		}
		if !isMarkdown(base) || strings.HasPrefix(base, "_index.") || strings.HasPrefix(base, ".") {
			return nil
		}
		if s.contentDir == "." && !s.hugo {
			switch strings.ToUpper(strings.TrimSuffix(base, filepath.Ext(base))) {
			case "README", "LICENSE", "LICENCE", "CONTRIBUTING", "CHANGELOG", "CODE_OF_CONDUCT":
				return nil
			}
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		names = append(names, path.Join(s.contentDir, filepath.ToSlash(rel)))
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("look for articles: %w", err)
	}
	slices.Sort(names)
	names = s.withoutResources(names)
	pages := make([]*page, len(names))
	errs := make([]error, len(names))
	s.parallel(len(names), func(i int) { pages[i], errs[i] = s.readPage(names[i], false) })
	if err := errors.Join(errs...); err != nil {
		return nil, err
	}
	return pages, nil
}

// withoutResources drops the Markdown files that belong to another's page bundle: beside an index.md, and below it,
// everything is a resource of that page (Hugo, "Page bundles").
func (s *Site) withoutResources(names []string) []string {
	leaves := map[string]bool{}
	isIndex := func(name string) bool {
		base := path.Base(name)
		return strings.HasPrefix(base, "index.")
	}
	for _, n := range names {
		if dir := path.Dir(n); isIndex(n) && dir != s.contentDir {
			leaves[dir] = true
		}
	}
	return slices.DeleteFunc(names, func(n string) bool {
		dir := path.Dir(n)
		if isIndex(n) {
			dir = path.Dir(dir)
		}
		for ; dir != "." && dir != "/"; dir = path.Dir(dir) {
			if leaves[dir] {
				return true
			}
		}
		return false
	})
}

// readFile reads a file of the site, unless it is something that may have no end: a pipe, a device.
func (s *Site) readFile(name string) ([]byte, error) {
	file := filepath.Join(s.Root, filepath.FromSlash(name))
	if st, err := os.Stat(file); err == nil && !st.Mode().IsRegular() {
		return nil, fmt.Errorf("%s is no regular file", file)
	}
	return os.ReadFile(file)
}

// parallel calls f for each of n things, some at a time.
func (s *Site) parallel(n int, f func(int)) {
	jobs := s.opts.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	// A panic in one of them comes back here, for the caller to catch.
	each := iter.Iterator[struct{}]{MaxGoroutines: jobs}
	each.ForEachIdx(make([]struct{}, n), func(i int, _ *struct{}) { f(i) })
}
