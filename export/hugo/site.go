package hugo

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
)

// A Site is an opened content tree. It is safe for concurrent use.
type Site struct {
	Root     string // folder of the site (or of the content, when no Hugo configuration was found), absolute
	File     string // the one article that Open was given, as a Path of ArticleInfo; "" when it was given a folder
	Config   *Config
	Problems []document.Problem // found in the configuration

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

	markdown func() *markdown
	pages    func() ([]*page, error)
	file     *page // the page of File
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
}

// Open finds the site at or above path and reads its configuration. The path may be a Hugo site, a content folder or one
// Markdown file. An unreadable path or a broken configuration is an error.
func Open(name string, opts Options) (*Site, error) {
	abs, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	st, err := os.Stat(abs)
	if err != nil {
		return nil, err
	}
	s := &Site{opts: opts}
	s.markdown = sync.OnceValue(newMarkdown)
	s.pages = sync.OnceValues(s.readPages)
	s.index = sync.OnceValue(s.makeIndex)
	if st.IsDir() { // a link to a content folder stands for that folder, in its own site
		if abs, err = filepath.EvalSymlinks(abs); err != nil {
			return nil, err
		}
	}
	dir := abs
	if !st.IsDir() {
		if !isMarkdown(abs) {
			return nil, fmt.Errorf("%s is neither a folder nor a Markdown file", name)
		}
		dir = filepath.Dir(abs)
	}
	s.findRoot(dir)
	if err := s.readConfig(); err != nil {
		return nil, err
	}
	rel, err := filepath.Rel(s.Root, abs)
	if err != nil {
		return nil, err
	}
	rel = filepath.ToSlash(rel)
	if !st.IsDir() {
		s.File = rel
	} else if rel != "." && rel != s.contentDir {
		if s.contentDir == "." || strings.HasPrefix(rel, s.contentDir+"/") {
			s.limit = rel
		}
	}
	// Front matter is read now, so that what can fail fails here; of a lone file's site only when a link asks for it.
	if s.File != "" {
		s.file, err = s.readPage(s.File, true)
	} else {
		_, err = s.pages()
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}
