package export

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"

	"golang.org/x/tools/txtar"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
)

// A Source is what editions are made of: Path, FS, Markdown and Issue give one.
type Source struct {
	path  string
	fsys  fs.FS
	name  string
	issue *document.Issue
	err   error // why there is none
}

// Path is a Hugo site, a folder of content or one Markdown file on disk. The site around it is found by looking upwards.
func Path(name string) Source { return Source{path: name} }

// FS is the same in a file system that begins at the site's folder: name is "." for the whole site, a folder of its
// content, or one Markdown file.
func FS(fsys fs.FS, name string) Source { return Source{fsys: fsys, name: name} }

// Markdown is one article in memory: front matter and text. Its name ends in ".md"; messages call it so, and it names the
// files when front matter has no slug.
func Markdown(name string, text []byte) Source {
	name = path.Base(path.Clean("/" + name))
	one, err := txtar.FS(&txtar.Archive{Files: []txtar.File{{Name: name, Data: text}}})
	return Source{fsys: one, name: name, err: err}
}

// Issue is an issue that the caller has built, or read with Read and changed. It must not be changed while it is written.
func Issue(issue *document.Issue) Source { return Source{issue: issue} }

// SiteFolder is the folder of the site around a path on disk: of a site, of a folder of its content or of an article.
func SiteFolder(name string) (string, error) {
	folder, _, err := hugo.Locate(name)
	return string(folder), err
}

// A content is an opened source: what there is to plan with, and how it is read.
type content struct {
	config   *hugo.Config
	problems []Problem // of the configuration and of front matter
	contents hugo.Contents
	fonts    func() (fs.FS, error)             // of the publisher's own
	beside   func(name string) ([]byte, error) // reads a file of the site's folder; nil for none
	read     func(context.Context, edition) (*document.Issue, []Problem, error)
	sum      func(path string) string                                          // SHA-256 of an article's file; "" when it has none
	stock    func(ctx context.Context, without ...string) (*hugo.Stock, error) // on what its editions depend; nil for a source without a site

	// offprint gives one article of an issue that was read as a document of its own.
	offprint func(*document.Issue, edition, *document.Article) *document.Issue
}

// open reads what it takes to plan.
func (s Source) open(ctx context.Context, opts *Options) (*content, error) {
	if s.issue != nil {
		return &content{
			config: hugo.DefaultConfig(),
			fonts:  func() (fs.FS, error) { return nil, nil },
			beside: func(string) ([]byte, error) { return nil, nil },
			sum:    func(string) string { return "" },
			read:   func(context.Context, edition) (*document.Issue, []Problem, error) { return s.issue, nil, nil },
		}, nil
	}
	how := hugo.Options{Drafts: opts.Drafts, Future: opts.Future, Expired: opts.Expired, Language: opts.Language, Now: opts.now(), Today: opts.Today, Config: opts.Config, Environment: opts.Environment, Jobs: opts.jobs(), Traced: opts.traced(), Extensions: opts.Extensions, Shortcodes: opts.Shortcodes}
	var site *hugo.Site
	var err error
	switch {
	case s.path != "":
		site, err = hugo.OpenPath(ctx, s.path, how)
	case s.fsys != nil:
		site, err = hugo.Open(ctx, s.fsys, s.name, how)
	default:
		err = cmp.Or(s.err, errors.New("the source is empty"))
	}
	if err != nil {
		return nil, err
	}
	return &content{
		config: site.Config, problems: site.Problems, contents: site.Contents(), fonts: site.Fonts, beside: site.Beside, stock: site.TakeStock, sum: site.Sum,
		read: func(ctx context.Context, e edition) (*document.Issue, []Problem, error) {
			return site.Read(ctx, e.issue)
		},
		offprint: func(whole *document.Issue, e edition, a *document.Article) *document.Issue {
			return site.Offprint(whole, e.issue, a)
		},
	}, nil
}

// plan lists the editions that are to be made of the source.
func (s Source) plan(c *content, opts *Options) ([]edition, []Problem, error) {
	if s.issue == nil {
		return plan(c.contents, opts)
	}
	name := "issue"
	switch {
	case s.issue.Slug != "":
		name = path.Clean("/" + s.issue.Slug)[1:]
	case len(s.issue.Articles) == 1 && s.issue.Articles[0] != nil && s.issue.Articles[0].Slug != "":
		name = path.Clean("/" + s.issue.Articles[0].Slug)[1:]
	}
	return []edition{{name: name, source: name}}, nil, nil
}
