package hugo

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typography"
	"github.com/twinpress/twinpress/export/internal/words"
)

// person sets a person's name and life in final characters.
func (r *reading) persons(ps []document.Person) []document.Person {
	for i := range ps {
		if ps[i].Bio == nil {
			ps[i].Bio = withoutNotes(r.lineOf(r.site.bioOf(ps[i].Name)))
		} else if len(ps[i].Bio) == 1 {
			t := ps[i].Bio[0].(*document.Text)
			e := &elem{src: r.page0(), at: 0}
			ps[i].Bio = withoutNotes(r.lineOf(r.textSource(t.Value, e)))
			document.WalkInlines(ps[i].Bio, func(n document.Node) bool {
				if s, ok := n.(interface{ SetPos(document.Pos) }); ok {
					s.SetPos(t.Position())
				}
				return true
			})
		}
		ps[i].Name = r.plainLine(ps[i].Name)
	}
	return ps
}

// page0 is an empty source in the article's file.
func (r *reading) page0() *source { return &source{file: &file{path: r.page.path, lines: []int{0}}} }

// read reads an article's file into r.art.
func (r *reading) read(raw []byte) {
	h, body := r.site.readHead(r.page.path, raw)
	r.front = h.front
	r.site.info(r.page, h, body)
	a := r.art
	a.Pos = document.Pos{File: r.page.path, Line: 1, Column: 1}
	a.Path = r.page.path
	r.lang = a.Language
	r.dollars = r.site.dollars || h.front.wantsMath()
	r.notes, r.notesFolded, r.bodies = map[string]*document.Note{}, map[string]*document.Note{}, map[*document.Note]*elem{}

	text := r.setAside(body)
	root := r.parse(text)
	for _, d := range r.defs {
		r.attributes(d)
		r.define(d)
	}
	r.attributes(root)
	r.wordNotes(root)
	r.title(h)
	a.Body = r.blocks(root.kids)
	r.titleInText()
	r.captions()
	r.poems()
	if len(a.Title) == 0 {
		a.Title = one(at(&document.Text{Value: r.page.info.Title}, &elem{src: body}))
		r.problem("missing-title", a.Pos, "the article has no title; its file's name stands in", "title: in the front matter")
	}
	r.endMark()
	r.speakers()
	r.authorNotes()
	r.openings()
	r.number()
	r.headings()
	r.problems = append(h.problems, r.problems...)
}

// title reads what stands over the text.
func (r *reading) title(h *head) {
	a, in := r.art, r.page.info
	inline := func(meaning string) []document.Inline {
		if v := h.scalar(meaning); v != nil {
			return r.lineOf(v.textOf(h.src))
		}
		return nil
	}
	a.Title = inline("title")
	a.Subtitle = inline("subtitle")
	a.Excerpt = withoutNotes(inline("excerpt"))
	a.Standfirst = inline("standfirst")
	if v := h.find("type"); v != nil {
		items := v.items
		if v.kind == scalar {
			items = []*value{v}
		}
		for _, it := range items {
			if it.kind != scalar || it.empty() {
				continue
			}
			if a.Kicker != nil {
				t := &document.Text{Value: ", "}
				t.SetPos(h.src.pos(it.at))
				a.Kicker = append(a.Kicker, t)
			}
			a.Kicker = append(a.Kicker, withoutNotes(r.lineOf(it.textOf(h.src)))...)
		}
		a.Kicker = typography.Join(a.Kicker)
	}
	a.Authors = r.persons(h.persons("authors", "aut"))
	a.Interviewees = r.persons(h.persons("interviewees", "ive"))
	a.Translators = r.persons(h.persons("translators", "trl"))
	a.Editors = r.persons(h.persons("editors", "edt"))
	a.Date = in.Date
	a.Issue = in.Issue
	a.IssueDate = h.str("issue-date")
	a.Tags = h.strs("tags")
	a.DOI = strings.TrimPrefix(strings.TrimPrefix(h.str("doi"), "https://doi.org/"), "doi:")
	a.URL = r.site.address(r.page)
	a.Aliases = r.page.aliases
	a.Weight, a.Draft = in.Weight, in.Draft
	a.Dir = h.str("dir")
	if a.Dir != "rtl" && a.Dir != "ltr" {
		a.Dir = ""
	}
	if a.Dir == "" && words.RightToLeft(a.Language) {
		a.Dir = "rtl"
	}
	if v := h.scalar("image"); v != nil {
		im := &document.Image{Source: v.text}
		pos := v.textOf(h.src).pos(0)
		im.SetPos(pos)
		im.Asset = r.picture(v.text, pos, true)
		for _, key := range []string{"image_alt", "image-alt", "imagealt", "thumbnail_alt", "thumbnail-alt", "alt", "avatar_alt"} {
			if alt := h.front.get(key).str(); alt != "" {
				h.claimed[key] = true
				im.Alt = r.altText(alt)
				break
			}
		}
		f := &document.Figure{Images: []*document.Image{im}}
		f.SetPos(pos)
		for _, key := range []string{"image_caption", "image-caption", "imagecaption", "thumbnail_caption", "caption"} {
			if c := h.front.get(key); c.str() != "" {
				h.claimed[key] = true
				f.Caption = r.lineOf(c.textOf(h.src))
				break
			}
		}
		if im.Asset != nil || f.Caption != nil {
			a.Image = f
		}
	}
	if v := h.scalar("bio"); v != nil {
		root := r.parse(v.textOf(h.src))
		r.attributes(root)
		a.AuthorNotes = r.blocks(root.kids)
	}
	for _, meaning := range []string{"slug", "language", "url", "aliases", "draft", "weight", "issue", "date"} {
		h.find(meaning) // claims their keys
	}
	for _, f := range h.front.fields {
		if h.claimed[strings.ToLower(f.key)] {
			continue
		}
		fields := []field{f}
		prefix := ""
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
			a.Extra = append(a.Extra, document.Field{Key: prefix + f.key, Value: val, Pos: h.src.pos(f.at)})
		}
	}
}
