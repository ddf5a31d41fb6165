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

	"github.com/twinpress/twinpress/export/document"
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
	unread []document.Problem      // files and folders of content that cannot be read
	index  func() *index
}

// readPages reads the front matter of all articles, in the order of their paths. One that cannot be read is left out, and noted.
func (c *catalogue) readPages(ctx context.Context) ([]*page, error) {
	names, err := c.articleFiles(ctx)
	if err != nil {
		return nil, fmt.Errorf("look for articles: %w", err)
	}
	pages := make([]*page, len(names))
	errs := make([]error, len(names))
	err = c.parallel(ctx, len(names), func(i int) error {
		pages[i], errs[i] = c.readPage(names[i], false)
		return nil
	})
	for i, err := range errs {
		if err != nil {
			c.cannotRead(names[i], err)
		}
	}
	return slices.DeleteFunc(pages, func(p *page) bool { return p == nil }), err
}

// cannotRead notes a file or folder of the content that cannot be read. What is known of an article, its issue, too, stands in it: nothing
// else can fail with it, and the run does.
func (c *catalogue) cannotRead(name string, err error) {
	if in, ok := errors.AsType[*fs.PathError](err); ok {
		err = in.Err
	}
	c.unread = append(c.unread, problem("unreadable", document.Pos{File: name}, "cannot be read: "+err.Error(), "it is in no edition; all others are made"))
}

// articleFiles finds the files of articles below the content folder. Folders that are links are not entered.
func (c *catalogue) articleFiles(ctx context.Context) ([]string, error) {
	var names, others []string
	visit := func(m mount) error {
		return fs.WalkDir(c.fsys, m.from, func(name string, d fs.DirEntry, err error) error {
			_, brought := m.within(name)
			switch {
			case name == m.from && errors.Is(err, fs.ErrNotExist):
				return nil // what is mounted need not be there
			case err != nil:
				c.cannotRead(name, err)
				if d != nil && d.IsDir() {
					return fs.SkipDir
				}
				return nil
			case ctx.Err() != nil:
				return ctx.Err()
			case !d.IsDir():
				switch {
				case !brought || c.ignored(name):
				case c.isArticle(d.Name()):
					names = append(names, name)
				case c.hugo && isAdapter(d.Name()) || c.hugo && otherFormats[strings.ToLower(path.Ext(name))] != "":
					others = append(others, name)
				}
			case name != m.from && (strings.HasPrefix(d.Name(), ".") || c.contentDir == "." && skippedDirs[d.Name()]):
				return fs.SkipDir
			}
			return nil
		})
	}
	for _, m := range c.mounts[partContent] {
		if err := visit(m); err != nil {
			return nil, err
		}
	}
	slices.Sort(names)
	slices.Sort(others)
	c.others = slices.Compact(others)
	return c.withoutResources(c.uncovered(slices.Compact(names))), nil
}

// uncovered drops the files that another hides: the same path, in the same language, of a mount that is nearer, or in Markdown
// beside what a program made of it, which Hugo takes for the same page; and those in
// a language that is switched off.
func (c *catalogue) uncovered(names []string) []string {
	if !c.hugo {
		return names
	}
	nearness := func(name string) int {
		return slices.IndexFunc(c.mounts[partContent], func(m mount) bool { _, ok := m.within(name); return ok })
	}
	first := map[string]string{}
	for _, name := range names {
		key := c.seat(name)
		have, ok := first[key]
		if near := nearness(name) - nearness(have); !ok || near < 0 || near == 0 && path.Ext(name) == ".md" {
			first[key] = name
		}
	}
	return slices.DeleteFunc(names, func(name string) bool {
		return first[c.seat(name)] != name || slices.Contains(c.disabled, c.newPage(name).lang)
	})
}

// seat is what only one file may have: a path in the content and a language.
func (c *catalogue) seat(name string) string {
	p := c.newPage(name)
	return strings.ToLower(path.Dir(p.rel)) + "/" + c.hugoLanguage(p) + "/" + strings.ToLower(p.stem)
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
	isIndex := func(name string) bool { return strings.HasPrefix(path.Base(name), "index.") }
	rels := make([]string, len(names))
	for i, n := range names {
		rels[i], _ = c.standing(n)
		if dir := path.Dir(rels[i]); isIndex(rels[i]) && dir != "." {
			leaves[dir] = true
		}
	}
	var out []string
	for i, n := range names {
		dir := path.Dir(rels[i])
		if isIndex(rels[i]) {
			dir = path.Dir(dir)
		}
		for dir != "." && dir != "/" && !leaves[dir] {
			dir = path.Dir(dir)
		}
		if !leaves[dir] {
			out = append(out, n)
		}
	}
	return out
}

// parallel calls f for each of n things, some at a time, and joins their errors in order. When the context ends, no
// further one is begun.
func (c *catalogue) parallel(ctx context.Context, n int, f func(int) error) error {
	// A panic in one of them comes back here, for the caller to catch.
	each := iter.Iterator[error]{MaxGoroutines: c.opts.jobs()}
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

// jobs is how many goroutines work at once.
func (o *Options) jobs() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}
