package flow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// Names of the places that are no article's. An article's slug has no two dashes in it that come from us.
const (
	destTitle    = "front--title"
	destImprint  = "front--imprint"
	destContents = "front--contents"
	destColophon = "back--colophon"
	destAccess   = "back--accessibility"
)

// frontSection makes a section of front matter.
func (c *compositor) frontSection(name, front string, drop layout.Length) (*layout.Section, *stand) {
	geom := c.geom
	geom.Columns, geom.ColumnRule, geom.Balance = 1, 0, false
	geom.FirstTop = drop
	sec := &layout.Section{Name: "front--" + name, Geometry: &geom}
	c.numberPages(sec)
	lang := c.current().Language
	s := &stand{
		parent: group(c.trunk, Sect), out: &sec.Body, look: &c.style.Text, name: name, lang: lang, rtl: words.RightToLeft(lang), flush: true,
	}
	c.add(sec, nil, front)
	return sec, s
}

// journalTitle is what the edition is called: the journal, else the issue.
func (c *compositor) journalTitle() string {
	if t := c.issue.Journal.Title; t != "" {
		return t
	}
	return document.PlainText(c.issue.Title)
}

// issueLabel is "Issue 112", with the volume if there is one.
func (c *compositor) issueLabel() string {
	is := c.current()
	return words.For(is.Language).Label(is.Volume, is.Number)
}

// titlePage opens the issue.
func (c *compositor) titlePage() {
	cs := &c.style.Cover
	em, lh := c.style.TextSize(), c.style.Leading()
	sec, s := c.frontSection("title", "title", cs.Drop.In(em, lh))
	sec.Recto = len(c.sections) > 1 && c.style.Page.TwoSided // behind a half title
	s.anchors = append(s.anchors, destTitle)
	c.logo(s)
	if t := c.journalTitle(); t != "" {
		look := c.fit(&cs.Journal, t, c.issue.Language, c.geom.Width-c.geom.Inner-c.geom.Outer, 2, 50)
		c.line(s, look, "journal", TitleElem, t, offGrid)
	}
	if t := c.issue.Journal.Subtitle; t != "" {
		look := cs.Number
		if cs.Align == "left" {
			look = cs.Line
		}
		look.Before = style.Pt(6)
		c.line(s, &look, "journal-subtitle", P, t, offGrid)
	}
	if cs.Mark != "" {
		c.printersMark(s, cs.Mark)
	}
	var line []string
	if l := c.issueLabel(); l != "" {
		line = append(line, l)
	}
	date := words.Date(c.issue.Date, c.issue.Language)
	if cs.Align == "left" && date != "" {
		line = append(line, date)
		date = ""
	}
	if len(line) > 0 {
		look := cs.Line
		look.Before = style.Lh(1)
		c.line(s, &look, "issue", P, strings.Join(line, "\u2002|\u2002"), offGrid)
	}
	if date != "" {
		look := cs.Number
		look.Before = style.Pt(4)
		c.line(s, &look, "date", P, date, offGrid)
	}
	c.ownTitle(s)
	c.coverPicture(s)
	if cs.Align == "left" && c.issue.Number != "" && utf8.RuneCountInString(c.issue.Number) <= 6 {
		// The number once more, large, at the foot: drawn, not said twice.
		look := cs.Number
		ts := c.textStyle(&look, c.issue.Language)
		sec.OpenFoot.Right = []layout.Span{{Text: c.issue.Number, Style: c.intern(ts), Artifact: true}}
	}
	if p := publisher(&c.issue.Journal); p != "" {
		n := c.node(s.parent, P)
		look := c.style.Cover.Small
		ts := c.textStyle(&look, c.issue.Language)
		if cs.Align != "left" {
			ts = c.textStyle(&c.style.Running, c.issue.Language)
		}
		spans := []layout.Span{{Text: p, Style: c.intern(ts), Tag: n.Tag}}
		if cs.Align == "left" {
			sec.OpenFoot.Left = spans
		} else {
			sec.OpenFoot.Center = spans
		}
	}
	c.outline = append(c.outline, OutlineEntry{Level: 1, Title: c.words.TitlePage, Dest: destTitle})
}

// ownTitle sets what the issue says of itself: its title, who edited it, its description.
func (c *compositor) ownTitle(s *stand) {
	is := c.current()
	if len(is.Title) > 0 && is.Journal.Title != "" {
		look := c.style.Title
		look.Before = style.Lh(3)
		c.set(s, &look, "issue-title", P, is.Title, document.Pos{}, offGrid)
		if len(is.Subtitle) > 0 {
			c.set(s, &c.style.Subtitle, "issue-subtitle", P, is.Subtitle, document.Pos{}, offGrid)
		}
	}
	if who := PersonNames(is.Editors); len(who) > 0 {
		look := c.style.Credits
		look.Before = style.Lh(1)
		c.line(s, &look, "editors", P, fmt.Sprintf(words.For(is.Language).EditedBy, words.For(is.Language).Names(who)), offGrid)
	}
	if len(is.Description) > 0 {
		look := c.style.Standfirst
		look.Before = style.Lh(1)
		c.set(s, &look, "description", P, is.Description, document.Pos{}, offGrid)
	}
}

func offGrid(ps *layout.ParaStyle) { ps.OffGrid = true }

func publisher(j *document.Journal) string {
	switch {
	case j.Publisher == "":
		return j.Place
	case j.Place == "":
		return j.Publisher
	}
	return j.Publisher + ", " + j.Place
}

// printersMark sets a printer's ornament, which is no text.
func (c *compositor) printersMark(s *stand, mark string) {
	look := style.Look{Align: c.style.Cover.Align, Size: style.Pt(18), Leading: style.Pt(24), Before: style.Lh(1.5), After: style.Lh(.5)}
	ts := c.textStyle(&look, c.issue.Language)
	p := c.para(s, &look, "ornament", nil, document.Pos{}, offGrid)
	p.Origin = ""
	p.Spans = []layout.Span{{Text: mark, Style: c.intern(ts), Artifact: true}}
	*s.out = append(*s.out, p)
}

// logo shows the journal's mark, an ornament over its name.
func (c *compositor) logo(s *stand) {
	a := c.issue.Journal.Logo
	if a == nil {
		return
	}
	pic := c.picture(&document.Image{Asset: a, Source: a.Name}, 8*c.style.TextSize())
	shrink(pic, 8*c.style.TextSize(), 6*c.style.TextSize())
	c.pictureLine(s, pic, &style.Look{Align: c.style.Cover.Align, After: style.Lh(1)})
}

// pictureLine sets a picture on a line of its own, where the look aligns it; layout makes the line as high as the picture.
func (c *compositor) pictureLine(s *stand, pic *layout.Picture, look *style.Look) {
	p := c.para(s, look, "picture", nil, document.Pos{}, offGrid)
	p.Origin = ""
	p.Tag = pic.Tag
	p.Spans = []layout.Span{{Kind: layout.BoxSpan, Style: c.intern(c.textStyle(look, c.issue.Language)), Box: pic, Tag: pic.Tag}}
	*s.out = append(*s.out, p)
}

// shrink makes a picture fit a width and a height.
func shrink(p *layout.Picture, width, height layout.Length) {
	if p.Width > width {
		p.Width, p.Height = width, max(p.Height*width/p.Width, 1)
	}
	if p.Height > height {
		p.Width, p.Height = max(p.Width*height/p.Height, 1), height
	}
}

// coverPicture shows the issue's own picture on its title page.
func (c *compositor) coverPicture(s *stand) {
	is := c.current()
	a := is.Cover
	if a == nil {
		return
	}
	pic := c.picture(&document.Image{Asset: a, Source: a.Name}, style.ColumnWidth(&c.geom))
	n := c.node(s.parent, Figure)
	n.Block = true
	// The title page stays one page.
	shrink(pic, pic.Width, (c.geom.Height-c.geom.Top-c.geom.Bottom-c.style.Cover.Drop.In(c.style.TextSize(), c.style.Leading()))/3)
	n.Alt = cmp.Or(is.CoverAlt, strings.TrimSpace(words.For(is.Language).Cover+": "+strings.TrimSpace(c.journalTitle()+" "+is.Number)))
	pic.Tag = n.Tag
	c.pictureLine(s, pic, &style.Look{Align: c.style.Cover.Align, Before: style.Lh(2)})
}

// hasImprint reports whether the journal gives anything for an imprint.
func (c *compositor) hasImprint() bool {
	j := &c.issue.Journal
	return len(j.Imprint) > 0 || len(j.Editors) > 0 || j.ISSN != "" || j.EISSN != "" || len(c.issue.CoverCredit) > 0 || j.Rights != "" || j.License != "" || c.issue.ISBN != "" || c.issue.DOI != ""
}

// imprintPage says who makes the journal; in a book it stands at the foot of the page behind the title.
func (c *compositor) imprintPage() {
	sec, s := c.frontSection("imprint", "imprint", 0)
	sec.VAlign = 2
	s.anchors = append(s.anchors, destImprint)
	c.imprint(s)
}

func (c *compositor) imprint(s *stand) {
	cs := &c.style.Cover
	j := &c.issue.Journal
	inner := *s
	inner.look, inner.name, inner.small = &cs.Small, "imprint", true
	small := func(text string) {
		if text != "" {
			c.line(&inner, &cs.Small, "imprint", P, text, offGrid)
		}
	}
	c.indent = false
	c.blocks(&inner, j.Imprint)
	if len(j.Editors) > 0 {
		c.line(&inner, &cs.SmallHd, "imprint-head", P, c.words.Editors, func(ps *layout.ParaStyle) { ps.OffGrid, ps.KeepNext = true, true })
		small(c.words.Names(j.Editors))
	}
	if p := publisher(j); p != "" && len(j.Imprint) == 0 {
		small(p)
	}
	var ids []string
	if j.ISSN != "" {
		ids = append(ids, "ISSN "+j.ISSN)
	}
	if j.EISSN != "" && j.EISSN != j.ISSN {
		ids = append(ids, "eISSN "+j.EISSN)
	}
	if c.issue.ISBN != "" {
		ids = append(ids, "ISBN "+c.issue.ISBN)
	}
	if c.issue.DOI != "" {
		ids = append(ids, "DOI "+c.issue.DOI)
	}
	small(strings.Join(ids, " · "))
	if len(c.issue.CoverCredit) > 0 {
		credit := slices.Concat([]document.Inline{&document.Text{Value: c.words.Cover + ": "}}, c.issue.CoverCredit)
		c.set(&inner, &cs.Small, "imprint", P, credit, document.Pos{}, offGrid)
	}
	small(j.Rights)
	if j.License != "" {
		n := c.node(inner.parent, P)
		p := c.para(&inner, &cs.Small, "imprint", n, document.Pos{}, offGrid)
		p.Origin = ""
		p.Spans = c.inlines(c.inlineIn(&inner, &cs.Small, n), []document.Inline{
			&document.Link{URL: j.License, Auto: true, Content: []document.Inline{&document.Text{Value: j.License}}},
		})
		*inner.out = append(*inner.out, p)
	}
	s.anchors = inner.anchors
}

// contentsPage lists the articles with their pages.
func (c *compositor) contentsPage() {
	sec, s := c.frontSection("contents", "contents", c.style.TitleBlock.Drop.In(c.style.TextSize(), c.style.Leading()))
	sec.Recto = c.style.Page.TwoSided && c.style.Furniture.Roman
	s.anchors = append(s.anchors, destContents)
	c.line(s, &c.style.Contents.Heading, "contents-head", H1, c.words.Contents, func(ps *layout.ParaStyle) { ps.OffGrid, ps.KeepNext = true, true })
	c.contents(s, c.style.Cover.Align == "left")
	sec.OpenFoot.Center = []layout.Span{c.folio()}
	c.outline = append(c.outline, OutlineEntry{Level: 1, Title: c.words.Contents, Dest: destContents})
}

// contents sets the list: each article is an item with a link, its title and page on one line, its author below. With
// pages first, the page's number hangs before the title, as newspapers have it.
func (c *compositor) contents(s *stand, pagesFirst bool) {
	cs := &c.style.Contents
	em, lh := c.style.TextSize(), c.style.Leading()
	hang := layout.Length(0)
	if pagesFirst {
		hang = cs.Title.Size.In(em, lh) * 21 / 10
	}
	toc := group(s.parent, TOC)
	part, in, section := toc, toc, ""
	var of *document.Issue // of a volume, whose entries these are
	for i, e := range c.listed {
		if e.of != of {
			of, part, section = e.of, toc, ""
			if of != nil {
				part = group(c.partEntry(s, toc, of, hang), TOC)
			}
			in = part
		}
		if own := e.section(); own != section {
			if section, in = own, part; own != "" {
				item := group(part, TOCI)
				look := cs.Section()
				c.set(&stand{parent: item, out: s.out, look: s.look, name: "contents", lang: e.lang, rtl: s.rtl, hold: true, anchors: s.anchors}, &look, "contents-section", P, e.article.Section, document.Pos{}, func(ps *layout.ParaStyle) {
					ps.OffGrid, ps.KeepNext, ps.KeepLines = true, true, true
					ps.LeftIndent += hang
				})
				s.anchors = nil
				in = group(item, TOC)
			}
		}
		c.contentsEntry(s, in, e, i > 0 || of != nil, hang)
	}
}

// contentsEntry sets one entry of the contents. hang is where titles hang from their pages; 0: pages stand behind leaders.
func (c *compositor) contentsEntry(s *stand, toc *StructNode, e listed, between bool, hang layout.Length) {
	cs := &c.style.Contents
	em, lh := c.style.TextSize(), c.style.Leading()
	item := group(toc, TOCI)
	if e.lang != c.issue.Language {
		item.Lang = e.lang
	}
	ref := c.node(group(item, Reference), LinkElem)
	ref.Link = c.addLink(Link{Dest: e.dest, Contents: document.PlainText(e.title), Lang: e.lang})
	in := *s
	in.parent, in.lang, in.hold, in.name = ref, e.lang, true, "contents"
	in.rtl = s.rtl
	keep := func(first bool) func(ps *layout.ParaStyle) {
		return func(ps *layout.ParaStyle) {
			ps.OffGrid, ps.KeepNext, ps.KeepLines, ps.FirstIndent = true, true, true, 0
			ps.LeftIndent += hang
			if first && between {
				ps.SpaceBefore = max(ps.SpaceBefore, cs.Between.In(em, lh))
			}
		}
	}
	first := true
	a := e.article
	if a != nil && len(a.Kicker) > 0 && cs.Kicker.Size.N != 0 && hang == 0 {
		c.entryLine(&in, &cs.Kicker, ref, a.Kicker, keep(true))
		first = false
	}
	p := c.entryLine(&in, &cs.Title, ref, e.title, keep(first))
	c.entryPage(&in, p, &cs.Title, ref, e.dest, hang)
	last := p
	if a != nil && len(a.Subtitle) > 0 {
		look := cs.Subtitle
		last = c.entryLine(&in, &look, ref, a.Subtitle, keep(false))
	}
	if a != nil {
		if who := byline(a); who != "" {
			last = c.entryLine(&in, &cs.Author, ref, []document.Inline{&document.Text{Value: who}}, keep(false))
		}
	}
	ps := *last.Style
	ps.KeepNext = false
	last.Style = c.internPara(ps)
	s.anchors = in.anchors
	if a != nil && cs.Depth > 0 {
		c.contentsHeads(&in, item, a, hang, 1)
	}
}

// entryPage puts the page of a place to a line of the contents: behind a leader, or, where titles hang, before it.
func (c *compositor) entryPage(s *stand, p *layout.Para, look *style.Look, ref *StructNode, dest string, hang layout.Length) {
	page := c.inlineIn(s, look, ref)
	number := layout.Span{Kind: layout.PageRefSpan, Anchor: dest, Tag: ref.Tag, Link: ref.Link, Style: c.intern(page.ts)}
	if hang > 0 {
		p.Label, p.LabelX = []layout.Span{number}, s.left
		return
	}
	leader := page
	leader.ts.Weight = 400
	p.Spans = append(p.Spans, layout.Span{Kind: layout.FillSpan, Text: c.style.Contents.Leader, Style: c.intern(leader.ts), Artifact: true}, number)
}

// byline names an article's people for the contents.
func byline(a *document.Article) string {
	w := words.For(a.Language)
	who := w.Names(PersonNames(a.Authors))
	if len(a.Interviewees) > 0 {
		with := fmt.Sprintf(w.InterviewWith, w.Names(PersonNames(a.Interviewees)))
		if who == "" {
			return with
		}
		return who + " · " + with
	}
	return who
}

// entryLine sets a line of the contents' entry; the whole entry is one link.
func (c *compositor) entryLine(s *stand, look *style.Look, ref *StructNode, is []document.Inline, adjust func(*layout.ParaStyle)) *layout.Para {
	n := c.node(ref, Span)
	p := c.para(s, look, s.name, n, document.Pos{}, adjust)
	p.Origin = ""
	st := c.inlineIn(s, look, n)
	st.link = ref.Link
	p.Spans = c.unsourced(c.inlines(st, is))
	*s.out = append(*s.out, p)
	return p
}

// unsourced takes away where spans come from: text set twice is the document's in one place only.
func (c *compositor) unsourced(spans []layout.Span) []layout.Span {
	for i := range spans {
		spans[i].Source, spans[i].Offset = 0, 0
	}
	return spans
}

// contentsHeads lists an article's heads, as deep as the style asks.
func (c *compositor) contentsHeads(s *stand, item *StructNode, a *document.Article, hang layout.Length, level int) {
	var toc *StructNode
	for _, b := range a.Body {
		h, ok := b.(*document.Heading)
		if !ok || h == nil || headLevel(h) > c.style.Contents.Depth || h.ID == "" {
			continue
		}
		if toc == nil {
			toc = group(item, TOC)
		}
		ref := c.node(group(group(toc, TOCI), Reference), LinkElem)
		ref.Link = c.addLink(Link{Dest: c.dest(a, h.ID), Contents: document.PlainText(h.Content), Lang: a.Language})
		look := c.style.Contents.Author
		look.Italic, look.Case, look.Letterspace, look.Right = false, "", style.Measure{}, style.Measure{}
		in := *s
		in.parent = ref
		p := c.entryLine(&in, &look, ref, h.Content, func(ps *layout.ParaStyle) {
			ps.OffGrid = true
			ps.LeftIndent += hang + layout.Length(headLevel(h)-level)*c.style.TextSize()
		})
		st := c.inlineIn(s, &look, ref)
		p.Spans = append(p.Spans, layout.Span{Kind: layout.FillSpan, Text: c.style.Contents.Leader, Style: c.intern(st.ts), Artifact: true},
			layout.Span{Kind: layout.PageRefSpan, Anchor: c.dest(a, h.ID), Tag: ref.Tag, Link: ref.Link, Style: c.intern(st.ts)})
	}
}

// sheetCover sets the cover over the first article: masthead, number, date and contents on the right half, who makes the
// journal on the left.
func (c *compositor) sheetCover(sec *layout.Section, geom *layout.Geometry) {
	article, alang := c.article, c.alang
	c.article, c.alang = nil, c.words
	defer func() { c.article, c.alang = article, alang }()

	cs := &c.style.Cover
	em, lh := c.style.TextSize(), c.style.Leading()
	geom.FirstTop = cs.Height.In(em, lh)
	parent := group(c.trunk, Sect)
	base := stand{parent: parent, look: &c.style.Text, lang: c.issue.Language, rtl: words.RightToLeft(c.issue.Language), name: "cover", flush: true}

	right := base
	var masthead, made []layout.Block
	right.out = &masthead
	right.anchors = []string{destTitle}
	c.logo(&right)
	journal := c.fit(&cs.Journal, c.journalTitle(), c.issue.Language, (geom.Width-geom.Inner-geom.Outer)/2, 2, 50)
	c.line(&right, journal, "journal", TitleElem, c.journalTitle(), offGrid)
	if t := c.issue.Journal.Subtitle; t != "" {
		look := cs.Line
		look.After = style.Measure{}
		c.line(&right, &look, "journal-subtitle", P, t, offGrid)
	}
	var line []string
	for _, part := range []string{c.issueLabel(), words.Date(c.issue.Date, c.issue.Language)} {
		if part != "" {
			line = append(line, part)
		}
	}
	look := cs.Line
	look.Before = style.Pt(6)
	c.line(&right, &look, "issue", P, strings.Join(line, "\u2002|\u2002"), offGrid)
	c.sheetTitle(&right)
	if c.parts.sheet["contents"] && len(c.issue.Issues) == 0 {
		right.anchors = append(right.anchors, destContents)
		c.contents(&right, true)
	}
	left := base
	left.out = &made
	left.right = (geom.Width - geom.Inner - geom.Outer) / 6 // a measure to read, and air before the masthead
	if c.parts.sheet["imprint"] && c.hasImprint() {
		left.anchors = []string{destImprint}
		c.imprint(&left)
	}
	if c.parts.sheet["masthead"] {
		c.sheetMasthead(&left)
	}
	if c.issue.Number != "" && utf8.RuneCountInString(c.issue.Number) <= 6 {
		look := cs.Number
		ts := c.textStyle(&look, c.issue.Language)
		number := &layout.Para{
			Style: c.internPara(c.paraStyle(&look, &base, "cover-number")),
			Spans: []layout.Span{{Text: c.issue.Number, Style: c.intern(ts), Artifact: true}},
		}
		if len(made) == 0 {
			ps := *number.Style
			ps.Align = layout.Left
			number.Style = c.internPara(ps)
			made = append(made, number)
		} else {
			ps := *number.Style
			ps.SpaceBefore = 3 * lh
			number.Style = c.internPara(ps)
			masthead = append(masthead, number)
		}
	}
	sec.Cover = []layout.Block{halves(geom, made, masthead)}
	if c.parts.sheet["contents"] {
		c.outline = append(c.outline, OutlineEntry{Level: 1, Title: c.words.Contents, Dest: destContents})
	}
}

// halves sets two lists of blocks beside each other.
func halves(geom *layout.Geometry, left, right []layout.Block) *layout.Table {
	width := geom.Width - geom.Inner - geom.Outer
	gap := geom.Gutter
	return &layout.Table{
		Whole:   true,
		Columns: []layout.Align{layout.Justify, layout.Justify}, // each paragraph as its look has it
		Widths:  []layout.Length{width/2 - gap, width/2 + gap},
		Body:    []*layout.Row{{Cells: []*layout.Cell{{Blocks: left, ColSpan: 1, RowSpan: 1}, {Blocks: right, ColSpan: 1, RowSpan: 1}}}},
	}
}

// sheetTitle sets the issue's own title on a cover, and what is said below it.
func (c *compositor) sheetTitle(s *stand) {
	is := c.current()
	look, from := c.style.Head1, len(*s.out)
	look.Before = style.Lh(1)
	if len(is.Title) > 0 && is.Journal.Title != "" {
		c.set(s, &look, "issue-title", P, is.Title, document.Pos{}, offGrid)
	}
	for _, line := range [][]document.Inline{is.Subtitle, is.Description} {
		if len(line) > 0 {
			c.set(s, &c.style.Contents.Subtitle, "description", P, line, document.Pos{}, offGrid)
		}
	}
	if who := PersonNames(is.Editors); len(who) > 0 {
		c.line(s, &c.style.Contents.Author, "editors", P, fmt.Sprintf(words.For(is.Language).EditedBy, words.For(is.Language).Names(who)), offGrid)
	}
	if len(*s.out) > from { // the contents follow
		*s.out = append(*s.out, &layout.Skip{Height: c.style.Leading()})
	}
}

// sheetMasthead sets the masthead small on a cover.
func (c *compositor) sheetMasthead(s *stand) {
	a := c.issue.MatterOf("masthead")
	cs := &c.style.Cover
	c.article, c.alang = a, words.For(a.Language)
	in := *s
	in.look, in.name, in.small = &cs.Small, "masthead", true
	in.parent = group(s.parent, Sect)
	in.anchors = append(in.anchors, c.dest(a, ""))
	c.set(&in, &cs.SmallHd, "masthead-head", H1, a.Title, a.Pos, func(ps *layout.ParaStyle) { ps.OffGrid, ps.KeepNext = true, true })
	c.blocks(&in, a.Body)
	s.anchors = in.anchors
	c.article, c.alang = nil, c.words
}

// colophon closes the issue: what it is, in which faces it is set, of which texts, and by which program.
func (c *compositor) colophon() {
	made := words.PartsFor(c.issue.Language)
	used := c.types.Set.Text.Name
	if d := c.types.Set.Family(c.style.Title.Family); d != nil && d.Name != used {
		used += ", " + d.Name
	}
	lines := []string{c.journalTitle(), c.issueLabel(), made.Type + ": " + used}
	if c.issue.Checksum != "" {
		lines = append(lines, made.Checksum+": "+c.issue.Checksum)
	}
	lines = append(lines, fmt.Sprintf(c.words.MadeWith, cmp.Or(c.creator, "twinpress")))
	look := c.style.Cover.Small
	s := c.runOnSection("colophon", c.words.Colophon)
	if s != nil {
		s.anchors = append(s.anchors, destColophon)
	} else {
		var sec *layout.Section
		sec, s = c.frontSection("colophon", "colophon", 0)
		sec.Name, sec.VAlign, sec.Roman = "back--colophon", 1, false
		s.anchors = append(s.anchors, destColophon)
		c.line(s, &c.style.Contents.Heading, "colophon-head", H1, c.words.Colophon, offGrid)
		sec.OpenFoot.Center = []layout.Span{c.folio()}
		look.Align = c.style.Cover.Align
	}
	for _, l := range lines {
		if l != "" {
			c.line(s, &look, "colophon", P, l, offGrid)
		}
	}
}

// statement sets what the edition says of its accessibility, on a page of its own.
func (c *compositor) statement() {
	st := c.issue.Statement
	if st == nil || c.issue.Single {
		return
	}
	sec, s := c.frontSection("accessibility", "accessibility", 0)
	sec.Name = "back--accessibility"
	s.anchors = append(s.anchors, destAccess)
	if st.Language != "" && st.Language != c.issue.Language {
		s.lang, s.rtl, s.parent.Lang = st.Language, words.RightToLeft(st.Language), st.Language
	}
	c.line(s, &c.style.Contents.Heading, "accessibility-head", H1, st.Title, func(ps *layout.ParaStyle) { ps.OffGrid, ps.KeepNext = true, true })
	c.indent = false
	c.blocks(s, st.Blocks)
	sec.OpenFoot.Center = []layout.Span{c.folio()}
	c.outline = append(c.outline, OutlineEntry{Level: 1, Title: st.Title, Dest: destAccess})
}

// folio is the page's own number.
func (c *compositor) folio() layout.Span {
	return layout.Span{Kind: layout.PageRefSpan, Style: c.intern(c.textStyle(&c.style.Folio, c.issue.Language)), Artifact: true}
}

// artifact sets words that are no part of the text.
func (c *compositor) artifact(text string, ts layout.TextStyle) []layout.Span {
	if strings.Contains(ts.Features, "smcp") {
		ts = c.quiet(text, ts)
	}
	var spans []layout.Span
	c.plainSpans(&spans, inlineState{ts: ts, node: &StructNode{}, lang: ts.Lang}, text)
	for i := range spans {
		spans[i].Artifact = true
	}
	return spans
}

// runningHeads gives an article's pages their heads: the journal on the left page, the article on the right, the folio
// outside. Heads are no part of the text.
func (c *compositor) runningHeads(sec *layout.Section, a *document.Article) {
	f := &c.style.Furniture
	if f.Heads == "none" {
		return
	}
	ts := c.textStyle(&c.style.Running, a.Language)
	folio := []layout.Span{c.folio()}
	width := c.geom.Width - c.geom.Inner - c.geom.Outer
	journal, date := c.journalLine(), words.Date(c.current().Date, a.Language)
	title := document.PlainText(a.Title)
	if f.Heads == "sheet" {
		label := c.issueLabel()
		if label == "" || c.issue.Single {
			label = strings.Join(journal, " / ")
		}
		if date != "" && label != "" {
			label += " / " + date
		}
		left := c.artifact(c.short(label, c.intern(ts), width/2), ts)
		h := layout.Head{Left: left, Right: folio}
		sec.OpenHead = h
		if c.style.Page.ArticleSide != "run-on" {
			light := ts
			light.Weight = 400
			h.Center = c.artifact(c.short(title, c.intern(light), width/2), light)
		}
		sec.VersoHead, sec.RectoHead = h, h
		return
	}
	verso := strings.Join(journal, " · ")
	if verso == "" {
		verso = c.authorNames(a)
	}
	recto := ts
	if strings.Contains(ts.Features, "smcp") {
		// Small capitals for the journal, italics for the article: the two pages of a spread tell themselves apart.
		recto = c.textStyle(&style.Look{Size: c.style.Running.Size, Italic: true}, a.Language)
	}
	left := c.artifact(c.short(verso, c.intern(ts), width*3/4), ts)
	right := c.artifact(c.short(title, c.intern(recto), width*3/4), recto)
	number := folio
	if f.FolioAt == "foot" {
		number = nil
		sec.VersoFoot.Center, sec.RectoFoot.Center = folio, folio
	}
	flushLeft := c.style.Cover.Align == "left"
	if flushLeft {
		gap := []layout.Span{{Text: "\u2003", Style: c.intern(ts), Artifact: true}}
		if number == nil {
			gap = nil
		}
		sec.VersoHead.Left = slices.Concat(number, gap, left)
		sec.RectoHead.Right = slices.Concat(right, gap, number)
	} else {
		sec.VersoHead = layout.Head{Left: number, Center: left}
		sec.RectoHead = layout.Head{Center: right, Right: number}
	}
	if !c.style.Page.TwoSided {
		sec.VersoHead = sec.RectoHead
	}
	sec.OpenFoot.Center = folio
	if c.issue.Single && len(journal) > 0 {
		// An offprint says on its first page where it comes from.
		if date != "" {
			journal = append(journal, date)
		}
		line := c.artifact(c.short(strings.Join(journal, " · "), c.intern(ts), width), ts)
		if flushLeft {
			sec.OpenHead.Left = line
		} else {
			sec.OpenHead.Center = line
		}
	}
}

// journalLine names the journal and the issue.
func (c *compositor) journalLine() []string {
	var parts []string
	for _, part := range []string{c.issue.Journal.Title, c.issueLabel()} {
		if part != "" {
			parts = append(parts, part)
		}
	}
	return parts
}

// quiet sets a name that is written in capitals throughout as small capitals throughout.
func (c *compositor) quiet(text string, ts layout.TextStyle) layout.TextStyle {
	if j := c.issue.Journal.Title; j != "" && isInitials(j) && strings.HasPrefix(text, j) {
		ts.Features = typeset.FeatureList(ts.Features, "c2sc")
	}
	return ts
}

// authorNames names the authors where there is no journal to name.
func (c *compositor) authorNames(a *document.Article) string {
	return c.alang.Names(PersonNames(a.Authors))
}

// short cuts a running head to a width: at a colon or a stop if it has one, else after a word.
func (c *compositor) short(s string, style *layout.TextStyle, width layout.Length) string {
	s = strings.Join(strings.Fields(s), " ")
	if c.types.Width(s, style) <= width {
		return s
	}
	if i := strings.IndexAny(s, ":?!–—"); i > 8 && c.types.Width(s[:i], style) <= width {
		if s[i] == '?' || s[i] == '!' {
			i++
		}
		return strings.TrimSpace(s[:i])
	}
	if i := strings.Index(s, ". "); i > 8 && c.types.Width(s[:i], style) <= width {
		return s[:i]
	}
	// From the front, since a title may be as long as its author's breath.
	words, fits := strings.Fields(s), ""
	for n := 1; n < len(words); n++ {
		t := strings.TrimRight(strings.Join(words[:n], " "), ",;:.–—") + " …"
		if c.types.Width(t, style) > width {
			break
		}
		fits = t
	}
	return fits
}
