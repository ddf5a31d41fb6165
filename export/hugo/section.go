package hugo

import (
	"bytes"
	"path"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// A section is what a folder's _index.md says of the folder: front matter that its articles inherit (Hugo, "Cascade"),
// or, in the folder of an issue (content/issue/112/_index.md), the issue's title, date and cover.
type section struct {
	front *value
	src   *source.Source
	body  *source.Source
	path  string
}

// section gives what a folder's _index.md says, nil when there is none.
func (s *shelf) section(dir string) *section {
	sec, _ := s.sections.get(dir, func() (*section, error) { return s.readSection(dir), nil })
	return sec
}

func (s *shelf) readSection(dir string) *section {
	for _, base := range []string{"_index.md", "_index." + s.defaultLanguage + ".md"} {
		name := path.Join(dir, base)
		raw, err := s.readFile(name)
		if err != nil {
			continue
		}
		if h, body := s.readHead(name, raw); len(h.front.fields) > 0 {
			remember(h.front, h.src)
			return &section{front: h.front, src: h.src, body: body, path: name}
		}
	}
	return nil
}

// inherited gives the tables from which a page's front matter is completed, the nearest first.
func (s *shelf) inherited(p *page) []*value {
	var out []*value
	dir := path.Dir(p.path)
	if p.bundle {
		dir = path.Dir(dir)
	}
	for {
		if sec := s.section(dir); sec != nil {
			switch c := sec.front.get("cascade"); {
			case c == nil:
			case c.kind == table:
				out = append(out, c)
			case c.kind == list:
				for _, it := range c.items {
					if it.kind == table && it.get("_target") == nil && it.get("target") == nil {
						out = append(out, it)
					}
				}
			}
		}
		if dir == s.contentDir || dir == "." || dir == "/" {
			return out
		}
		dir = path.Dir(dir)
	}
}

// issuePage gives the page that the site has for an issue, as taxonomies have them; nil when it has none.
func (s *shelf) issuePage(number string) *section {
	if number == "" {
		return nil
	}
	for _, tax := range []string{s.hugoConfig.get("taxonomies", "issue").str(), s.hugoConfig.get("languages", s.defaultLanguage, "taxonomies", "issue").str(), "issue", "issues"} {
		if tax == "" {
			continue
		}
		for _, name := range []string{number, slugOf(number), "issue-" + slugOf(number)} {
			if strings.Contains(name, "/") {
				continue
			}
			if sec := s.section(path.Join(s.contentDir, tax, name)); sec != nil {
				return sec
			}
		}
	}
	return nil
}

// bioOf gives what the site's page of an author says: a bio in its front matter, or its first paragraph; nil when there is
// no such page.
func (s *shelf) bioOf(name string) *source.Source {
	slug := slugOf(name)
	if slug == "" || !s.hugo {
		return nil
	}
	for _, tax := range []string{"authors", "author", "contributors"} {
		sec := s.section(path.Join(s.contentDir, tax, slug))
		if sec == nil {
			continue
		}
		for _, key := range []string{"bio", "description"} {
			if v := sec.front.get(key); v.str() != "" {
				return v.textOf(sec.src)
			}
		}
		text := sec.body.Text
		from := len(text) - len(bytes.TrimLeft(text, " \n\t"))
		to := len(text)
		if end := bytes.Index(text[from:], []byte("\n\n")); end >= 0 {
			to = from + end
		}
		if from < to && !bytes.ContainsAny(text[from:from+1], "#<>![{|-") {
			return sec.body.Sub(from, to)
		}
	}
	return nil
}

// issueConfig gives what is known of an issue: the configuration first, then its page.
func (s *shelf) issueConfig(number string) (c IssueConfig, title, description *source.Source) {
	c = s.config.Issues[number]
	title = s.config.source("issues", number, "title")
	description = s.config.source("issues", number, "description")
	sec := s.issuePage(number)
	if sec == nil {
		return c, title, description
	}
	first := func(field *string, keys ...string) *value {
		for _, k := range keys {
			if v := sec.front.get(k); *field == "" && v.str() != "" {
				*field = v.str()
				return v
			}
		}
		return nil
	}
	if v := first(&c.Title, "title"); v != nil && title == nil {
		// A page whose title is only its number has none.
		if t := strings.TrimSpace(v.text); t == number || strings.EqualFold(t, "issue "+number) {
			c.Title = ""
		} else {
			title = v.textOf(sec.src)
		}
	}
	if v := first(&c.Description, "description", "summary", "excerpt"); v != nil && description == nil {
		description = v.textOf(sec.src)
	}
	first(&c.Date, "date", "issuedate")
	first(&c.Volume, "volume")
	first(&c.ISBN, "isbn")
	first(&c.DOI, "doi")
	first(&c.Cover, "cover", "thumbnail", "image")
	return c, title, description
}

// coverPage tells beside which page an issue's cover lies, and where the cover is named: the issue's own page, or the
// configuration, which counts from the outer page.
func (s *shelf) coverPage(number string, outer *page) (*page, document.Pos) {
	if sec := s.issuePage(number); sec != nil && s.config.Issues[number].Cover == "" {
		return &page{path: sec.path, bundle: true}, document.Pos{File: sec.path, Line: 1}
	}
	return outer, s.config.pos("issues", number, "cover")
}
