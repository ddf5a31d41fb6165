package hugo

import (
	"bytes"
	"path"
	"slices"
	"strings"

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
		if sec := s.readSectionFile(path.Join(dir, base)); sec != nil {
			return sec
		}
	}
	return nil
}

// readSectionFile reads a section's page; nil when it is not there, or says nothing.
func (s *shelf) readSectionFile(name string) *section {
	raw, err := s.readFile(name)
	if err != nil {
		return nil
	}
	h, body := s.readHead(name, raw)
	remember(h.front, h.src)
	return &section{front: h.front, src: h.src, body: body, path: name}
}

// issuesOf gives the numbers of the issues that a page belongs to: by front matter or what it inherits, by a taxonomy whose
// name is an issue's, or by the folder of an issue that it lies in.
func (s *shelf) issuesOf(p *page, h *head) []string {
	var out []string
	add := func(texts []string) {
		for _, t := range texts {
			if n := issueNumber(squeezed(t)); n != "" && !slices.Contains(out, n) {
				out = append(out, n)
			}
		}
	}
	switch s.config.IssuesBy {
	case "folder", "section":
		dirs := strings.Split(path.Dir(p.info.Within), "/")
		if p.bundle {
			dirs = dirs[:len(dirs)-1]
		}
		if len(dirs) == 0 || dirs[0] == "." {
			return nil
		}
		if s.config.IssuesBy == "section" {
			add(dirs[:1])
		} else {
			add(dirs[len(dirs)-1:])
		}
		return out
	}
	add(h.strs("issue"))
	if len(out) == 0 {
		for _, key := range s.issueTaxonomies() {
			if v := h.raw(key); v != nil {
				add(v.texts())
			}
		}
	}
	if dir := s.issueFolder(p); len(out) == 0 && dir != "" && s.config.IssuesBy != "key" {
		add([]string{dir})
	}
	return out
}

// issueTaxonomies names the taxonomies of issues: their plurals, under which pages name their terms.
func (s *shelf) issueTaxonomies() []string {
	var out []string
	for _, where := range []*value{s.hugoConfig.get("taxonomies"), s.hugoConfig.get("languages", s.defaultLanguage, "taxonomies")} {
		if where == nil {
			continue
		}
		for _, f := range where.fields {
			if one := strings.ToLower(f.key); (one == "issue" || strings.EqualFold(f.val.str(), "issues")) && f.val.str() != "" {
				out = append(out, f.val.str())
			}
		}
	}
	return append(out, "issues")
}

// issueFolder gives the name of the folder below content/issues (or issue) that a page lies in; "" for none.
func (s *shelf) issueFolder(p *page) string {
	parts := strings.Split(path.Dir(p.rel), "/")
	if p.bundle {
		parts = parts[:len(parts)-1]
	}
	if len(parts) < 2 || !s.hugo {
		return ""
	}
	top := strings.ToLower(parts[0])
	for _, name := range append([]string{"issue", "issues", "ausgabe", "ausgaben", "numeros", "números", "numéros", "numero"}, s.issueTaxonomies()...) {
		if top == strings.ToLower(name) {
			return parts[1]
		}
	}
	return ""
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
