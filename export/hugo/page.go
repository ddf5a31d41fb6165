package hugo

import (
	"cmp"
	"fmt"
	"path"
	"strings"

	"github.com/twinpress/twinpress/export/internal/source"
)

// A page is an article as its file and front matter tell of it.
type page struct {
	path     string // from the site's root
	rel      string // from the content, wherever its mounts put it
	bundle   bool   // index.md: its folder holds its pictures
	stem     string // file name without language and ending, or the bundle's folder
	lang     string // Hugo's name for the language, from the file's name or its mount's; "" for the default
	url      string // path on the site, from its root
	aliases  []string
	info     ArticleInfo
	slug     string // by which Hugo serves a file whose name dates it; "" for any other
	section  string
	terms    []term // that its front matter names
	notation string // of the text: "" for Markdown, asHTML, or the name of one that is not read
	membership
	publication
	raw []byte // of the one article that Open was given; others are read again when they are wanted

	sum, headSum string // SHA-256 of the file, and of its front matter; of a site that is Traced
}

// A term is one of a taxonomy.
type term struct{ taxonomy, name string }

// A shelf holds what it takes to read a page of a site: its files, what Hugo's configuration and the publisher's say, and
// what a folder says of the pages in it.
type shelf struct {
	files
	conventions
	config    *Config
	folders   memo[bool]     // whether they are there, by path
	sections  memo[*section] // by folder; nil for one without
	assets    shared         // by name
	authors   memo[*value]
	dataFiles memo[*value]              // by their names
	issueDirs memo[map[string]string]   // by Hugo's name of a language
	pictures  memo[map[string][]string] // files of the folders that are served, by the key of their names
}

// newPage knows what a path tells.
func (s *shelf) newPage(name string) *page {
	p := &page{path: name}
	p.rel, p.lang = s.standing(name)
	base := path.Base(p.rel)
	p.stem = strings.TrimSuffix(base, path.Ext(base))
	if ext := path.Ext(p.stem); len(ext) > 1 && s.isLanguage(ext[1:]) {
		p.lang = strings.ToLower(ext[1:])
		p.stem = strings.TrimSuffix(p.stem, ext)
	}
	if p.stem == "index" {
		p.bundle = true
		p.stem = path.Base(path.Dir(p.rel))
		if p.stem == "." {
			p.stem = cmp.Or(s.name(), "index")
		}
	}
	if i := strings.IndexByte(p.rel, '/'); i > 0 {
		p.section = p.rel[:i]
	}
	return p
}

func (s *shelf) readPage(name string, keep bool) (*page, error) {
	raw, err := s.unnoted().readFile(name) // TakeStock counts it
	if err != nil {
		return nil, fmt.Errorf("read article: %w", err)
	}
	p := s.newPage(name)
	if keep {
		p.raw = raw
	}
	p.info.Size = int64(len(raw))
	h, body := s.readHead(name, raw)
	if s.ledger != nil {
		p.sums(raw, body.Text)
	}
	s.info(p, h, body)
	return p, nil
}

// info fills in what a listing tells.
func (s *shelf) info(p *page, h *head, body *source.Source) {
	h.cascade = s.inherited(p)
	in := &p.info
	in.Path, in.Within, in.Stem = p.path, p.rel, p.stem
	for _, tax := range s.taxonomies() {
		if v := h.front.get(tax); v != nil {
			for _, name := range v.texts() {
				p.terms = append(p.terms, term{tax, name})
			}
		}
	}
	in.Title = plainTitle(h.str("title"))
	in.LinkTitle = cmp.Or(plainTitle(h.raw("linkTitle").str()), in.Title)
	in.Subtitle = plainTitle(h.str("subtitle"))
	for _, a := range h.persons("authors", "aut") {
		if known := s.author(a.Name, s.hugoLanguage(p)); known.name != "" {
			a.Name = known.name
		}
		in.Authors = append(in.Authors, a.Name)
	}
	in.Type = strings.Join(h.strs("type"), ", ")
	if p.membership = s.membership(p, h); len(p.numbers) > 0 {
		in.Issue = p.numbers[0]
	}
	s.date(p, h)
	_, rest := fileDate(p.stem)
	in.Slug = slugOf(h.str("slug"))
	if in.Slug == "" {
		in.Slug = slugOf(rest)
	}
	if in.Slug == "" {
		in.Slug = "article"
	}
	p.notation = notationOfText(p.path, h.raw("markup").str())
	in.Language = s.languageOf(p, h, body)
	in.Weight = h.int("weight")
	in.Draft = h.bool("draft")
	p.publication = s.publication(p, h)
	p.aliases = h.strs("aliases")
	p.url = s.urlOf(p, h)
	if in.Title == "" {
		in.Title = humanize(rest)
	}
	in.LinkTitle = cmp.Or(in.LinkTitle, in.Title)
}
