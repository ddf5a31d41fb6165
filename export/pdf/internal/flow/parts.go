package flow

import (
	"context"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// Names of the places of what stands behind the articles.
const (
	destContributors = "back--contributors"
	destIndex        = "back--index"
)

// order gives the names of the edition's parts in order: those that the publisher asks for, or else those of the style.
func (c *compositor) order() []string {
	f := &c.style.Furniture
	switch {
	case len(c.issue.Articles) == 0:
		return []string{"title"}
	case c.issue.Single:
		return []string{"articles"}
	case c.issue.Parts != nil:
		return c.issue.Order()
	}
	var out []string
	if f.TitlePage != "none" {
		out = append(out, "title")
		if f.Imprint {
			out = append(out, "imprint")
		}
	}
	out = append(out, "masthead")
	if f.Contents {
		out = append(out, "contents")
	}
	out = append(out, "editorial", "articles", "corrections", "advertisements", "accessibility")
	if f.Colophon {
		out = append(out, "colophon")
	}
	return out
}

// A sequence is the order of the parts while they are set.
type sequence struct {
	names   []string
	each    []string        // of a volume: those of each of its issues, which stand where the articles do
	main    int             // where the pages get their plain numbers: at the articles, or at the editorial right before them
	sheet   map[string]bool // parts that stand on the cover over the first text
	begun   bool            // these have come
	covered bool            // the cover is set
}

// longMasthead is how many characters of a masthead a cover over the first article has room for, beside the contents.
const longMasthead = 1500

// sequence settles the order, and what of it stands on a cover.
func (c *compositor) sequence() sequence {
	q := sequence{names: c.order(), sheet: map[string]bool{}}
	if len(c.issue.Issues) > 0 {
		q.names, q.each = document.ByIssue(q.names)
	}
	q.main = max(slices.Index(q.names, "articles"), 0)
	if q.main > 0 && q.names[q.main-1] == "editorial" {
		q.main--
	}
	if c.style.Furniture.TitlePage != "cover" || c.issue.Single || !slices.Contains(q.names[:q.main], "title") {
		return q
	}
	for _, name := range q.names[:q.main] {
		switch name {
		case "half-title", "title", "imprint", "contents":
			q.sheet[name] = true
		case "masthead":
			if a := c.issue.MatterOf(name); a != nil && textLength(a.Body) <= longMasthead {
				q.sheet[name] = true
			}
		}
	}
	return q
}

// textLength is how many bytes of text stand in blocks.
func textLength(bs []document.Block) (n int) {
	document.WalkBlocks(bs, func(node document.Node) bool {
		if t, ok := node.(*document.Text); ok {
			n += len(t.Value)
		}
		return true
	})
	return n
}

// compose sets the parts of the issue in order.
func (c *compositor) compose(ctx context.Context) error {
	c.parts = c.sequence()
	c.listed = c.contentsList()
	for i, name := range c.parts.names {
		if i == c.parts.main {
			c.parts.begun = true
		}
		if c.parts.sheet[name] {
			if name == "title" && c.parts.each != nil {
				c.sheetPage()
			}
			continue
		}
		if err := c.part(ctx, name); err != nil {
			return err
		}
	}
	c.reportMissing()
	return nil
}

// part sets a part, if it has something to say.
func (c *compositor) part(ctx context.Context, name string) error {
	switch name {
	case "half-title":
		c.halfTitle()
	case "title":
		c.titlePage()
	case "imprint":
		if c.hasImprint() {
			c.imprintPage()
		}
	case "contents":
		c.contentsPage()
	case "articles":
		if c.bound == nil && len(c.issue.Issues) > 0 {
			return c.boundIssues(ctx)
		}
		for _, a := range c.current().Articles {
			if err := ctx.Err(); err != nil {
				return err
			}
			c.setArticle(a)
		}
	case "contributors":
		c.contributorList()
	case "index":
		c.nameIndex()
	case "accessibility":
		c.statement()
	case "colophon":
		c.colophon()
	default:
		if a := c.current().MatterOf(name); a != nil {
			c.setArticle(a)
		}
	}
	return ctx.Err()
}

// halfTitle is a page that holds the journal's name and no more, as books have it.
func (c *compositor) halfTitle() {
	sec, s := c.frontSection("half-title", "half-title", c.style.Cover.Drop.In(c.style.TextSize(), c.style.Leading()))
	sec.Recto = c.style.Page.TwoSided
	look := c.style.Contents.Heading
	look.Align = c.style.Cover.Align
	c.line(s, &look, "half-title", P, c.journalTitle(), offGrid)
}

// isText reports whether a text is set as the articles are, under a title of their size: an editorial is.
func isText(a *document.Article) bool { return a.Part == "" || a.Part == "editorial" }

// runOnSection gives a place under the last text for a part that the edition makes, below a head across all columns; nil where
// parts begin pages of their own.
func (c *compositor) runOnSection(name, title string) *stand {
	last := len(c.sections) - 1
	if c.style.Page.ArticleSide != "run-on" || last < 0 || c.owners[last] == nil {
		return nil
	}
	lang := c.current().Language
	s := &stand{parent: group(c.trunk, Sect), out: &c.sections[last].Body, look: &c.style.Text, name: name, lang: lang, rtl: words.RightToLeft(lang), flush: true}
	lh := c.style.Leading()
	c.line(s, &c.style.Contents.Heading, name+"-head", H1, title, func(ps *layout.ParaStyle) {
		ps.OffGrid, ps.KeepNext, ps.SpaceBefore = true, true, 3*lh
	}).Span = true
	return s
}

// backSection makes a section of a list behind the articles, under a head, in as many columns as it asks for. Where articles
// run on, so does the list.
func (c *compositor) backSection(name, dest, title string, columns int) *stand {
	c.outline = append(c.outline, OutlineEntry{Level: c.baseLevel(), Title: title, Dest: dest})
	if s := c.runOnSection(name, title); s != nil {
		s.anchors = append(s.anchors, dest)
		return s
	}
	sec, s := c.frontSection(name, name, c.style.TitleBlock.Drop.In(c.style.TextSize(), c.style.Leading()))
	sec.Name = dest
	geom := c.geom
	geom.Columns, geom.ColumnRule, geom.Balance = columns, 0, columns > 1
	if columns > 1 && geom.Gutter == 0 {
		geom.Gutter = c.style.TextSize() * 2
	}
	geom.FirstTop = sec.Geometry.FirstTop
	sec.Geometry = &geom
	head := *s
	head.out, head.anchors = &sec.Opening, []string{dest}
	c.line(&head, &c.style.Contents.Heading, name+"-head", H1, title, func(ps *layout.ParaStyle) { ps.OffGrid, ps.KeepNext = true, true })
	c.runningHeads(sec, &document.Article{Language: c.current().Language, Title: []document.Inline{&document.Text{Value: title}}})
	return s
}

// contributorList says who had a part in the issue, what is known of them, and where their texts stand.
func (c *compositor) contributorList() {
	is := c.current()
	people := names.Contributors(is)
	if len(people) == 0 {
		return
	}
	s := c.backSection("contributors", c.own(destContributors, c.bound), words.For(is.Language).Contributors, c.geom.Columns)
	name, small := c.style.Term, c.style.Notes.Look
	small.Align, small.Indent, small.Hang, small.Leading = "left", style.Measure{}, style.Measure{}, style.Lh(1)
	name.Before, name.Leading = style.Lh(1), style.Lh(1)
	for _, p := range names.Sorted(people, is.Language) {
		person := *s
		person.parent = group(s.parent, Div)
		credit := document.Person{Name: p.Name, As: p.As}.Credit()
		c.line(&person, &name, "contributor", P, credit, keepNext)
		if p.ORCID != "" {
			c.orcid(&person, p)
		}
		texts := len(p.Texts)
		if len(p.Bio) > 0 {
			c.indent = false
			person.lang = p.Lang
			c.set(&person, s.look, "biography", P, p.Bio, document.Pos{}, func(ps *layout.ParaStyle) {
				ps.FirstIndent, ps.KeepNext = 0, texts > 0
				ps.Align = layout.Left
			})
			person.lang = s.lang
		}
		for i, a := range p.Texts {
			c.locator(&person, &small, a, i+1 < texts)
		}
		s.anchors = person.anchors
	}
}

func keepNext(ps *layout.ParaStyle) { ps.KeepNext, ps.KeepLines = true, true }

// orcid puts a link to a person's record below the name.
func (c *compositor) orcid(s *stand, p *names.Contributor) {
	n := c.node(s.parent, P)
	look := c.style.Notes.Look
	look.Align, look.Hang, look.Indent = "left", style.Measure{}, style.Measure{}
	para := c.para(s, &look, "orcid", n, document.Pos{}, keepNext)
	para.Origin = ""
	para.Spans = c.inlines(c.inlineIn(s, &look, n), []document.Inline{
		&document.Link{URL: "https://orcid.org/" + p.ORCID, Content: []document.Inline{&document.Text{Value: "ORCID " + p.ORCID}}},
	})
	*s.out = append(*s.out, para)
}

// locator is a line with a text's title and its page, a link to it.
func (c *compositor) locator(s *stand, look *style.Look, a *document.Article, more bool) {
	n := c.node(s.parent, P)
	if a.Language != c.issue.Language {
		n.Lang = a.Language
	}
	ref := c.node(group(n, Reference), LinkElem)
	ref.Link = c.addLink(Link{Dest: c.dest(a, ""), Contents: document.PlainText(a.Title), Lang: a.Language})
	in := *s
	in.lang = a.Language
	p := c.para(&in, look, "locator", ref, document.Pos{}, func(ps *layout.ParaStyle) {
		ps.FirstIndent, ps.KeepNext, ps.SpaceBefore = 0, more, 0
	})
	p.Origin = ""
	st := c.inlineIn(&in, look, ref)
	st.link = ref.Link
	p.Spans = c.unsourced(c.inlines(st, a.Title))
	st.ts.Italic = false
	p.Spans = append(p.Spans, layout.Span{Text: ", ", Style: c.intern(st.ts), Tag: ref.Tag, Link: ref.Link},
		layout.Span{Kind: layout.PageRefSpan, Anchor: c.dest(a, ""), Style: c.intern(st.ts), Tag: ref.Tag, Link: ref.Link})
	*s.out = append(*s.out, p)
	s.anchors = in.anchors
}

// nameIndex lists the people of the issue with the pages on which their texts begin.
func (c *compositor) nameIndex() {
	people := names.Contributors(c.issue)
	if len(people) == 0 {
		return
	}
	s := c.backSection("index", destIndex, words.PartsFor(c.issue.Language).NameIndex, max(c.geom.Columns, 2))
	look := c.style.Notes.Look
	look.Align, look.Indent, look.Hang, look.Figures, look.Leading = "left", style.Measure{}, style.Em(1.2), c.style.Folio.Figures, style.Lh(1)
	list := group(s.parent, L)
	for _, p := range names.Sorted(people, c.issue.Language) {
		item := group(list, LI)
		body := c.node(item, LBody)
		para := c.para(s, &look, "index", body, document.Pos{}, func(ps *layout.ParaStyle) { ps.KeepLines = true })
		para.Origin = ""
		st := c.inlineIn(s, &look, body)
		c.plainSpans(&para.Spans, st, p.Inverted())
		for i, a := range p.Texts {
			c.plainSpans(&para.Spans, st, ", ")
			ref := c.node(group(body, Reference), LinkElem)
			ref.Link = c.addLink(Link{Dest: c.dest(a, ""), Contents: p.Name + ": " + document.PlainText(a.Title), Lang: a.Language})
			para.Spans = append(para.Spans, layout.Span{Kind: layout.PageRefSpan, Once: i > 0, Anchor: c.dest(a, ""), Style: c.intern(st.ts), Tag: ref.Tag, Link: ref.Link})
		}
		*s.out = append(*s.out, para)
	}
}

// A listed is an entry of the contents.
type listed struct {
	article *document.Article // nil: a list that the edition makes
	title   []document.Inline
	lang    string
	dest    string
	of      *document.Issue // of a volume: the issue that it stands in; nil for what is the volume's
}

// contentsList gives what the contents list: the texts, and the lists behind them.
func (c *compositor) contentsList() (out []listed) {
	for _, name := range c.parts.names {
		if name != "articles" || c.parts.each == nil {
			out = append(out, c.listPart(name, c.issue, nil)...)
			continue
		}
		for _, is := range c.issue.Issues {
			for _, name := range c.parts.each {
				out = append(out, c.listPart(name, is, is)...)
			}
		}
	}
	return out
}

// listPart gives what the contents list of a part of an issue, which may be one of a volume.
func (c *compositor) listPart(name string, is, of *document.Issue) (out []listed) {
	text := func(a *document.Article) {
		out = append(out, listed{article: a, title: a.Title, lang: a.Language, dest: c.dest(a, ""), of: of})
	}
	made := func(title, dest string) {
		if len(names.Contributors(is)) > 0 {
			out = append(out, listed{title: []document.Inline{&document.Text{Value: title}}, lang: is.Language, dest: c.own(dest, of), of: of})
		}
	}
	switch name {
	case "articles":
		for _, a := range is.Articles {
			text(a)
		}
	case "contributors":
		made(words.For(is.Language).Contributors, destContributors)
	case "index":
		made(words.PartsFor(is.Language).NameIndex, destIndex)
	case "masthead":
	default:
		if a := is.MatterOf(name); a != nil {
			text(a)
		}
	}
	return out
}

// section is the section of the issue that an entry of the contents stands in, "" for none.
func (e listed) section() string {
	if e.article == nil {
		return ""
	}
	return strings.TrimSpace(document.PlainText(e.article.Section))
}
