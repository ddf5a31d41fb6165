package hugo

import (
	"bytes"
	"cmp"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/typography"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/markdown"
)

// A reading is the work on one article of a site: its front matter here, its text by package markdown.
type reading struct {
	*markdown.Reader
	view     *view
	art      *document.Article
	head     *head
	problems []document.Problem // beside the text's
}

// read reads an article's file.
func (r *reading) read(raw []byte) {
	s, p, a := r.view.site, r.view.page, r.art
	h, body := s.readHead(p.path, raw)
	s.info(p, h, body)
	r.head, r.view.front = h, h.front
	a.Pos = document.Pos{File: p.path, Line: 1, Column: 1}
	a.Path = p.path
	dollars := s.dollars
	for _, key := range []string{"math", "mathjax", "katex"} {
		dollars = dollars || h.front.get(key).str() == "true"
	}
	r.Reader = s.markdownIn(s.hugoLanguage(p)).Reader(a, r.view, dollars)
	if p.notation == asHTML {
		r.ParseHTML(oneBlock(body))
	} else {
		r.Parse(body)
	}
	r.title()
	r.Finish(p.info.Title)
	r.problems = h.problems
}

// oneBlock makes of a body of HTML one block of it in Markdown: one that begins with <div> goes on to the first blank line
// (CommonMark, "HTML blocks"), and there is none.
func oneBlock(body *source.Source) *source.Source {
	var e source.Edit
	e.Put(body.Orig(0), "<div>\n")
	for i := 0; i < len(body.Text); {
		line, next := source.CutLine(body.Text, i)
		if len(bytes.TrimSpace(line)) == 0 {
			e.Put(body.Orig(i), "<!-- -->\n")
		} else {
			e.Keep(body, i, next)
		}
		i = next
	}
	e.Put(body.Orig(len(body.Text)), "\n</div>\n")
	return e.Source(body.File)
}

// inline reads a meaning's value as a line of Markdown.
func (r *reading) inline(meaning string) []document.Inline {
	if v := r.head.scalar(meaning); v != nil {
		return r.Line(v.textOf(r.head.src))
	}
	return nil
}

// persons sets a meaning's people, their names and lives in final characters.
func (r *reading) persons(meaning, role string) []document.Person {
	ps := r.head.persons(meaning, role)
	for i := range ps {
		known := r.view.site.author(ps[i].Name, r.view.site.hugoLanguage(r.view.page))
		r.head.problems = append(r.head.problems, known.problems...)
		ps[i].FileAs, ps[i].ORCID = cmp.Or(ps[i].FileAs, known.fileAs), cmp.Or(ps[i].ORCID, known.orcid)
		if known.name != "" {
			ps[i].Name = known.name
		}
		if ps[i].Bio == nil {
			ps[i].Bio = markdown.WithoutNotes(r.Line(known.bio))
		} else if len(ps[i].Bio) == 1 {
			t := ps[i].Bio[0].(*document.Text)
			ps[i].Bio = markdown.WithoutNotes(r.Line(sourceOf(r.view.page.path, t.Value)))
			document.WalkInlines(ps[i].Bio, func(n document.Node) bool {
				if s, ok := n.(interface{ SetPos(document.Pos) }); ok {
					s.SetPos(t.Position())
				}
				return true
			})
		}
		ps[i].Name = r.Plain(ps[i].Name)
		ps[i].Affiliation, ps[i].URL = r.Plain(cmp.Or(ps[i].Affiliation, known.affiliation)), cmp.Or(ps[i].URL, known.url)
		ps[i].Bio = life(ps[i])
	}
	return ps
}

// byRole moves people whose role is told beside their names to those who have it.
func byRole(a *document.Article) {
	all := slices.Concat(a.Authors, a.Interviewees, a.Translators, a.Editors)
	a.Authors, a.Interviewees, a.Translators, a.Editors = nil, nil, nil, nil
	for _, p := range all {
		to := &a.Authors
		switch p.Role {
		case "ive":
			to = &a.Interviewees
		case "trl":
			to = &a.Translators
		case "edt":
			to = &a.Editors
		}
		*to = append(*to, p)
	}
}

// sourceOf makes a source of a text that has lost its place in its file.
func sourceOf(path, text string) *source.Source {
	var e source.Edit
	e.Put(0, text)
	return e.Source(source.NewFile(path, nil))
}

// title reads what stands over the text.
func (r *reading) title() {
	a, h, p := r.art, r.head, r.view.page
	a.Title = r.inline("title")
	a.Subtitle = r.inline("subtitle")
	a.Excerpt = markdown.WithoutNotes(r.inline("excerpt"))
	a.Standfirst = r.inline("standfirst")
	a.Kicker = r.kicker()
	a.Authors = r.persons("authors", "aut")
	a.Interviewees = r.persons("interviewees", "ive")
	a.Translators = r.persons("translators", "trl")
	a.Editors = r.persons("editors", "edt")
	byRole(a)
	a.Date = p.info.Date
	a.Issue = p.info.Issue
	a.IssueDate = h.str("issue-date")
	a.Tags = h.strs("tags")
	a.DOI = h.doi()
	a.URL = r.view.site.address(p)
	a.Aliases = p.aliases
	a.Weight, a.Draft = p.info.Weight, p.info.Draft
	if a.Dir = h.str("dir"); a.Dir != "rtl" && a.Dir != "ltr" {
		a.Dir = ""
	}
	if a.Dir == "" && words.RightToLeft(a.Language) {
		a.Dir = "rtl"
	}
	a.Image = r.image()
	a.LeadPicture = r.leadPlace()
	if v := h.scalar("bio"); v != nil {
		a.AuthorNotes = r.Blocks(v.textOf(h.src))
	}
	for _, meaning := range []string{"slug", "language", "url", "aliases", "draft", "weight", "issue", "date"} {
		h.find(meaning) // claims their keys
	}
	a.Extra = h.unclaimed()
}

// kicker reads the article's type, which may be several.
func (r *reading) kicker() []document.Inline {
	h := r.head
	v := h.find("type")
	if v == nil {
		return nil
	}
	items := v.items
	if v.kind == scalar {
		items = []*value{v}
	}
	var out []document.Inline
	for _, it := range items {
		if it.kind != scalar || it.empty() {
			continue
		}
		if out != nil {
			t := &document.Text{Value: ", "}
			t.SetPos(h.src.Pos(it.at))
			out = append(out, t)
		}
		out = append(out, markdown.WithoutNotes(r.Line(it.textOf(h.src)))...)
	}
	return typography.Join(out)
}

// unclaimed gives the fields that nothing has claimed, those of Hugo's params by their own names.
func (h *head) unclaimed() []document.Field {
	var out []document.Field
	for _, f := range h.front.fields {
		if h.claimed[strings.ToLower(f.key)] {
			continue
		}
		fields, prefix := []field{f}, ""
		if strings.EqualFold(f.key, "params") && f.val.kind == table {
			fields, prefix = f.val.fields, "params."
		}
		for _, f := range fields {
			if h.claimed[strings.ToLower(prefix+f.key)] {
				continue
			}
			val := f.val.text
			if f.val.kind == list || f.val.kind == table {
				val = f.val.json()
			}
			out = append(out, document.Field{Key: prefix + f.key, Value: val, Pos: h.src.Pos(f.at)})
		}
	}
	return out
}
