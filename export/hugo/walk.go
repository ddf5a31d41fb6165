package hugo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strings"

	"github.com/sourcegraph/conc/iter"
)

// skippedDirs hold no articles of a site.
var skippedDirs = map[string]bool{"node_modules": true, "themes": true, "public": true, "resources": true, "layouts": true,
	"archetypes": true, "static": true, "assets": true, "data": true, "i18n": true, "vendor": true, "_site": true, "dist": true}

// leavings are files that lie beside the articles of a folder that is no Hugo site.
var leavings = map[string]bool{"README": true, "LICENSE": true, "LICENCE": true, "CONTRIBUTING": true, "CHANGELOG": true,
	"CODE_OF_CONDUCT": true}

// A catalogue knows all pages of a site.
type catalogue struct {
	shelf
	opts   Options
	pages  func() ([]*page, error) // in the order of their paths
	public []*page                 // those that are published; of a folder
	others []string                // files of content in notations that are not read
	index  func() *index
}

// readPages reads the front matter of all articles, in the order of their paths.
func (c *catalogue) readPages(ctx context.Context) ([]*page, error) {
	names, err := c.articleFiles(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for articles: %w", err)
	}
	pages := make([]*page, len(names))
	err = c.parallel(ctx, len(names), func(i int) (err error) {
		pages[i], err = c.readPage(names[i], false)
		return err
	})
	return pages, err
}

// articleFiles finds the files of articles below the content folder. Folders that are links are not entered.
func (c *catalogue) articleFiles(ctx context.Context) ([]string, error) {
	var names, others []string
	dirs := c.contentDirs()
	visit := func(dir string) error {
		return fs.WalkDir(c.fsys, dir, func(name string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case ctx.Err() != nil:
				return ctx.Err()
			case !d.IsDir():
				switch {
				case c.ignored(name):
				case c.isArticle(d.Name()):
					names = append(names, name)
				case c.hugo && otherFormats[strings.ToLower(path.Ext(name))] != "":
					others = append(others, name)
				}
			case name != dir && (strings.HasPrefix(d.Name(), ".") || c.contentDir == "." && skippedDirs[d.Name()]):
				return fs.SkipDir
			}
			return nil
		})
	}
	for _, dir := range dirs {
		if err := visit(dir); err != nil {
			return nil, err
		}
	}
	slices.Sort(names)
	slices.Sort(others)
	c.others = others
	return c.withoutResources(slices.Compact(names)), nil
}

// contentDirs are the folders that hold content: the site's, and those of languages that lie outside of it.
func (c *catalogue) contentDirs() []string {
	dirs := []string{c.contentDir}
	for _, l := range c.languages {
		dir := strings.Trim(path.Clean("/"+c.hugoConfig.get("languages", l, "contentDir").str()), "/")
		if dir != "" && dir != "." && c.contentDir != "." && dir != c.contentDir && !strings.HasPrefix(dir, c.contentDir+"/") && isDir(c.fsys, dir) {
			dirs = append(dirs, dir)
		}
	}
	return dirs
}

// isArticle reports whether a file of the content is an article, by its name.
func (c *conventions) isArticle(base string) bool {
	if !isMarkdown(base) && !(c.hugo && isHTML(base)) || strings.HasPrefix(base, "_index.") || strings.HasPrefix(base, ".") {
		return false
	}
	bare := c.contentDir == "." && !c.hugo // a folder of anything: what programmers leave beside is none
	return !bare || !leavings[strings.ToUpper(strings.TrimSuffix(base, path.Ext(base)))]
}

// withoutResources drops the Markdown files that belong to another's page bundle: beside an index.md, and below it,
// everything is a resource of that page (Hugo, "Page bundles").
func (c *conventions) withoutResources(names []string) []string {
	leaves := map[string]bool{}
	isIndex := func(name string) bool {
		base := path.Base(name)
		return strings.HasPrefix(base, "index.")
	}
	for _, n := range names {
		if dir := path.Dir(n); isIndex(n) && dir != c.contentDir {
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

// parallel calls f for each of n things, some at a time, and joins their errors in order. When the context ends, no
// further one is begun.
func (c *catalogue) parallel(ctx context.Context, n int, f func(int) error) error {
	jobs := c.opts.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	// A panic in one of them comes back here, for the caller to catch.
	each := iter.Iterator[error]{MaxGoroutines: jobs}
	errs := make([]error, n)
	each.ForEachIdx(errs, func(i int, err *error) {
		if ctx.Err() == nil {
			*err = f(i)
		}
	})
	if err := ctx.Err(); err != nil {
		return err
	}
	return errors.Join(errs...)
}
