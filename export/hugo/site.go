package hugo

import (
	"cmp"
	"context"
	"io/fs"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/layouts"
	"github.com/twinpress/twinpress/export/markdown"
)

// A Site is an opened content tree. It is safe for concurrent use.
type Site struct {
	Config   *Config
	Problems []document.Problem // found in the configuration

	catalogue
	limit    string                        // folder within the content that Open was given
	file     *page                         // the one article that Open was given; nil when it was given a folder
	markdown map[string]*markdown.Markdown // by Hugo's name of a language that has it in its own way; "" is that of all
	layouts  func() *layouts.Templates
	lists    func() *lists
	fronts   memo[*value] // by page's path; of those that a template or a link asked for

	assetNames memo[[]string]
	dataOnce   memo[map[string]any]
}

// Options say how a site is opened.
type Options struct {
	Drafts   bool      // read articles marked as drafts, too
	Language string    // read only articles in this language; "" reads all
	Future   bool      // read articles that are not published yet, too
	Expired  bool      // and those that no longer are
	Now      time.Time // day on which that is judged; zero: the newest date of the content
	Today    time.Time // the day of the build, by which dates that have not come are told of when Now is zero; zero: they are not
	Config   string    // path of twinpress.yaml, when it does not stand beside Hugo's configuration
	Jobs     int       // goroutines that read articles; 0 means one for each processor
	Traced   bool      // note what the site's file system is asked, for TakeStock

	Environment string // the folder of config/ that is read besides _default; "" is production, as for Hugo

	// Of the caller's own, beside Hugo's.
	Extensions []markdown.Extender
	Shortcodes map[string]markdown.Shortcode
}

// Open reads a site's configuration and, for a folder, the front matter of its articles. The file system begins at the
// site's folder; the name is "." for all of it, a folder of its content, or one Markdown file. Locate finds both for a
// path. An unreadable name or a broken configuration is an error.
func Open(ctx context.Context, fsys fs.FS, name string, opts Options) (*Site, error) {
	st, err := fs.Stat(fsys, name)
	if err != nil {
		return nil, err
	}
	if !st.IsDir() && !isMarkdown(name) && !isHTML(name) {
		return nil, noContent(name)
	}
	s := &Site{}
	if err := s.readConfig(filesOf(fsys, opts.Traced), opts); err != nil {
		return nil, err
	}
	s.readMarkdown(opts)
	s.index = sync.OnceValue(s.makeIndex)
	s.lists = sync.OnceValue(s.findLists)
	s.layouts = sync.OnceValue(func() *layouts.Templates { return layouts.Find(s.fsys, s.layoutDirs()) })
	// Front matter is read now, so that what can fail fails here; of a lone file's site only when a link asks for it.
	if !st.IsDir() {
		s.pages = sync.OnceValues(func() ([]*page, error) { return s.readPages(context.WithoutCancel(ctx)) })
		if s.file, err = s.readPage(name, true); err != nil {
			return nil, err
		}
		return s, nil
	}
	if name != "." && name != s.contentDir && slices.ContainsFunc(s.mounts[partContent], func(m mount) bool { return m.from == "." || strings.HasPrefix(name, m.from+"/") }) {
		s.limit = name
	}
	pages, err := s.readPages(ctx)
	if err != nil {
		return nil, err
	}
	s.pages = func() ([]*page, error) { return pages, nil }
	s.Problems = append(s.Problems, s.unread...)
	s.public = s.published(s.tellOthers(pages))
	s.tellNoIssues()
	s.tellAhead()
	return s, nil
}

// readMarkdown settles how Markdown is read: for all, and for each language that says of it what the site does not.
func (s *Site) readMarkdown(opts Options) {
	s.markdown = map[string]*markdown.Markdown{}
	for _, lang := range append([]string{""}, s.languages...) {
		own := s.hugoConfig.get("languages", lang)
		if lang != "" && own.get("markup") == nil && own.get("enableEmoji") == nil {
			continue
		}
		in := &Site{Config: s.Config}
		in.conventions = s.conventions
		in.hugoConfig = s.of(lang)
		s.markdown[lang] = markdown.New(markdown.Settings{Hugo: s.hugo, Math: s.math, Macros: s.Config.Macros, House: in.house(), Dialect: in.dialect(), Limits: s.Config.Limits, DropUnusedNotes: s.Config.UnusedNotes == "drop",
			Handling:    s.Config.Shortcodes,
			Templates:   s.Config.Templates,
			IgnoreHooks: s.Config.Hooks == "ignore",
			Extensions:  opts.Extensions,
			Shortcodes:  opts.Shortcodes})
	}
}

// markdownIn gives how Markdown is read in a language.
func (s *Site) markdownIn(lang string) *markdown.Markdown {
	return cmp.Or(s.markdown[lang], s.markdown[""])
}

// OpenPath locates the site around a path and opens it.
func OpenPath(ctx context.Context, path string, opts Options) (*Site, error) {
	folder, name, err := Locate(path)
	if err != nil {
		return nil, err
	}
	return Open(ctx, folder, name, opts)
}

// readConfig reads Hugo's configuration and the publisher's, and completes the one by the other.
func (s *Site) readConfig(f files, opts Options) (err error) {
	s.files, s.opts = f, opts
	if s.conventions, err = readConventions(f, opts.Environment, s.report); err != nil {
		return err
	}
	if s.Config, err = readConfig(f, opts.Config, s.report); err != nil {
		return err
	}
	s.Config.said = s.Config.Journal
	if issn := s.completeJournal(&s.Config.Journal); issn != nil {
		_, err := issnOf(issn.text)
		s.report("bad-identifier", issn.pos(), err.Error(), notSent)
	}
	s.config = s.Config
	return nil
}
