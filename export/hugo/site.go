package hugo

import (
	"context"
	"io/fs"
	"path/filepath"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/markdown"
	"github.com/yuin/goldmark"
)

// A Site is an opened content tree. It is safe for concurrent use.
type Site struct {
	Root     string // folder of the site (or of the content, when no Hugo configuration was found), absolute; "" when it is on no disk
	Config   *Config
	Problems []document.Problem // found in the configuration

	fsys            fs.FS
	opts            Options
	hugo            bool   // a Hugo configuration was found
	hugoConfig      *value // all of it
	contentDir      string // from Root; "." when the root is the content
	limit           string // folder within the content that Open was given
	staticDirs      []string
	assetDirs       []string
	defaultLanguage string
	languages       []string // codes that Hugo's configuration names
	math, dollars   bool     // how mathematics is marked

	markdown *markdown.Markdown
	pages    func() ([]*page, error)
	file     *page // the one article that Open was given; nil when it was given a folder
	index    func() *index
	assets   assets
	sections sections
}

// Options say how a site is opened.
type Options struct {
	Drafts   bool   // read articles marked as drafts, too
	Language string // read only articles in this language; "" reads all
	Config   string // path of twinpress.yaml, when it does not stand beside Hugo's configuration
	Jobs     int    // goroutines that read articles; 0 means one for each processor

	Extensions []goldmark.Extender // of the caller's own, beside Hugo's
}

// Open reads a site's configuration and, for a folder, the front matter of its articles. The file system begins at the
// site's folder; the name is "." for all of it, a folder of its content, or one Markdown file. Locate finds both for a
// path. An unreadable name or a broken configuration is an error.
func Open(ctx context.Context, fsys fs.FS, name string, opts Options) (*Site, error) {
	s := &Site{fsys: fsys, opts: opts}
	if dir, ok := fsys.(Folder); ok {
		s.Root = string(dir)
	}
	s.index = sync.OnceValue(s.makeIndex)
	st, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() && !isMarkdown(name) {
		return nil, noContent(name)
	}
	if err := s.readConfig(); err != nil {
		return nil, err
	}
	s.markdown = markdown.New(markdown.Settings{Hugo: s.hugo, Math: s.math, Macros: s.Config.Macros, Quotes: s.Config.Quotes, Extensions: opts.Extensions})
	// Front matter is read now, so that what can fail fails here; of a lone file's site only when a link asks for it.
	if !st.IsDir() {
		s.pages = sync.OnceValues(func() ([]*page, error) { return s.readPages(context.WithoutCancel(ctx)) })
		if s.file, err = s.readPage(name, true); err != nil {
			return nil, err
		}
		return s, nil
	}
	if name != "." && name != s.contentDir && (s.contentDir == "." || strings.HasPrefix(name, s.contentDir+"/")) {
		s.limit = name
	}
	pages, err := s.readPages(ctx)
	if err != nil {
		return nil, err
	}
	s.pages = func() ([]*page, error) { return pages, nil }
	return s, nil
}

// name is what the site's folder is called; "" when it lies on no disk.
func (s *Site) name() string {
	if s.Root == "" {
		return ""
	}
	return filepath.Base(s.Root)
}

// place gives a file of the site as it is found from outside: its path on disk, when it lies on one.
func (s *Site) place(name string) string {
	return filepath.Join(s.Root, filepath.FromSlash(name))
}
