package flow

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// destPart begins the names of the places where the issues of a volume begin.
const destPart = "front--part"

// current is the issue being set: of a volume, the one that has its turn, or else the volume.
func (c *compositor) current() *document.Issue {
	if c.bound != nil {
		return c.bound
	}
	return c.issue
}

// own names a place that each issue of a volume has.
func (c *compositor) own(dest string, is *document.Issue) string {
	if is == nil {
		return dest
	}
	return dest + "-" + strconv.Itoa(slices.Index(c.issue.Issues, is)+1)
}

// boundIssues sets the issues of a volume, each a part with its own title page, its articles, and what stands around them.
func (c *compositor) boundIssues(ctx context.Context) error {
	defer func() { c.bound, c.trunk = nil, c.root }()
	for _, is := range c.issue.Issues {
		c.bound, c.trunk = is, group(c.root, Part)
		c.trunk.Title = c.issueLabel()
		if is.Language != c.issue.Language {
			c.trunk.Lang = is.Language
		}
		c.openPart(is)
		for _, name := range c.parts.each {
			if err := c.part(ctx, name); err != nil {
				return err
			}
		}
	}
	return nil
}

// openPart opens an issue of a volume: on a page of its own or, where the cover stands over a text, over its first text.
func (c *compositor) openPart(is *document.Issue) {
	number, title := partTitle(is)
	c.outline = append(c.outline, OutlineEntry{Level: 1, Title: strings.Trim(number+": "+document.PlainText(title), ": "), Dest: c.own(destPart, is), Open: true})
	if c.style.Furniture.TitlePage == "cover" && c.opensWithText(is) {
		c.unopened = true
		return
	}
	c.partPage()
}

// opensWithText reports whether the first part of an issue that has something to say is a text.
func (c *compositor) opensWithText(is *document.Issue) bool {
	for _, name := range c.parts.each {
		if l := c.listPart(name, is, is); len(l) > 0 {
			return l[0].article != nil
		}
	}
	return false
}

// sheetPart sets the title of an issue over its first text: number, date and title beside the picture of its cover.
func (c *compositor) sheetPart(sec *layout.Section, geom *layout.Geometry) {
	c.unopened = false
	article, alang := c.article, c.alang
	c.article, c.alang = nil, c.words
	defer func() { c.article, c.alang = article, alang }()

	is, cs := c.bound, &c.style.Cover
	var left, right []layout.Block
	s := stand{parent: group(c.trunk, Sect), out: &left, look: &c.style.Text, lang: is.Language, rtl: words.RightToLeft(is.Language), name: "cover", flush: true}
	s.anchors = append(s.anchors, c.own(destPart, is))
	number, _ := partTitle(is)
	look := c.fit(&cs.Journal, number, is.Language, (geom.Width-geom.Inner-geom.Outer)/2, 1, 30)
	c.line(&s, look, "part", H1, number, offGrid)
	if date := words.Date(is.Date, is.Language); date != "" {
		c.line(&s, &cs.Line, "date", P, date, offGrid)
	}
	s.out = &right
	c.sheetTitle(&s)
	c.partCover(&s)
	geom.FirstTop = 0 // it is as deep as it has to be, and white below
	both := halves(geom, left, right)
	both.SpaceAfter = 2 * c.style.Leading()
	sec.Cover = []layout.Block{both}
}

// sheetPage sets the cover of a volume, which stands over no text, and its contents below, over as many pages as they take.
func (c *compositor) sheetPage() {
	sec, s := c.frontSection("title", "title", 0)
	geom := *sec.Geometry
	c.sheetCover(sec, &geom)
	sec.Body, sec.Cover = sec.Cover, nil
	c.parts.covered = true
	if c.parts.sheet["contents"] {
		s.left = (geom.Width-geom.Inner-geom.Outer)/2 - c.geom.Gutter
		s.anchors = append(s.anchors, destContents)
		c.contents(s, true)
	}
}

// partTitle is what an issue is called among those of its volume: its number, and its title if it has one.
func partTitle(is *document.Issue) (number string, title []document.Inline) {
	w := words.For(is.Language)
	if is.Number != "" {
		number = w.Number(w.Issue, is.Number)
	}
	return number, is.Title
}

// partPage opens an issue of a volume.
func (c *compositor) partPage() {
	is, cs := c.bound, &c.style.Cover
	sec, s := c.frontSection("part", "part", cs.Drop.In(c.style.TextSize(), c.style.Leading()))
	sec.Recto = sec.Recto || c.style.Page.TwoSided
	s.anchors = append(s.anchors, c.own(destPart, is))
	number, _ := partTitle(is)
	look := c.style.Title
	look.Before, look.Align = style.Measure{}, cs.Align
	c.line(s, &look, "part", H1, number, offGrid)
	if date := words.Date(is.Date, is.Language); date != "" {
		look := cs.Line
		look.Before = style.Lh(1)
		c.line(s, &look, "date", P, date, offGrid)
	}
	c.ownTitle(s)
	c.partCover(s)
	sec.OpenFoot.Center = []layout.Span{c.folio()}
}

// partCover shows the picture that an issue of a volume had on its cover.
func (c *compositor) partCover(s *stand) {
	is := c.bound
	if is.Cover == c.issue.Cover {
		return
	}
	c.coverPicture(s)
	if len(is.CoverCredit) > 0 {
		look := c.style.Cover.Small
		look.Align, look.Before = c.style.Cover.Align, style.Lh(1)
		c.set(s, &look, "cover-credit", P, is.CoverCredit, document.Pos{}, offGrid)
	}
}

// partEntry sets the head of an issue's entries in the contents of a volume, and gives its element.
func (c *compositor) partEntry(s *stand, toc *StructNode, is *document.Issue, hang layout.Length) *StructNode {
	number, title := partTitle(is)
	dest := c.own(destPart, is)
	item := group(toc, TOCI)
	if is.Language != c.issue.Language {
		item.Lang = is.Language
	}
	ref := c.node(group(item, Reference), LinkElem)
	ref.Link = c.addLink(Link{Dest: dest, Contents: number, Lang: is.Language})
	in := *s
	in.parent, in.lang, in.hold, in.name = ref, is.Language, true, "contents"
	look := c.style.Contents.Section()
	look.Before = style.Lh(2)
	if len(title) > 0 {
		number += "\u2002"
	}
	line := append([]document.Inline{&document.Text{Value: number}}, title...)
	p := c.entryLine(&in, &look, ref, line, func(ps *layout.ParaStyle) {
		ps.OffGrid, ps.KeepNext, ps.KeepLines, ps.FirstIndent = true, true, true, 0
		ps.LeftIndent += hang
	})
	c.entryPage(&in, p, &look, ref, dest, hang)
	s.anchors = in.anchors
	return item
}
