package pdf

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/layout"
)

// A compositor turns a document into a layout.Flow in a Style, and builds the structure tree, the links, the bookmarks and
// the picture table beside it. It decides how everything looks; where things stand is layout's business.
//
// The tree never needs to guess: every piece of text is given the Tag of its element when it is set.
type compositor struct {
	issue *document.Issue
	style *Style
	types *typesetter
	geom  layout.Geometry
	words *document.Words // of the issue's language

	sections []*layout.Section
	owners   []*document.Article // of each section; nil for front matter
	fronts   []string            // of each section: "title", "contents" … or ""

	root     *StructNode
	nodes    int // tags given out
	links    []Link
	pictures []Picture
	byAsset  map[*document.Asset]int
	sources  []source // by layout.SourceID
	texts    map[layout.TextStyle]*layout.TextStyle
	paras    map[layout.ParaStyle]*layout.ParaStyle
	outline  []OutlineEntry
	problems []document.Problem
	known    map[runeInFace]bool // characters looked up; true: missing
	reported map[rune]bool
	missing  []missingRune

	// Of the article being set.
	article  *document.Article
	alang    *document.Words
	notes    map[*document.Note]*layout.Note
	after    []*StructNode  // notes cited since the last paragraph was closed
	endNotes []*layout.Note // notes to be set at the article's end
	inTitle  bool
	sects    []openSect // the sections that headings have opened
	opening  opening
	turn     bool // a speaker has the word, and the text hangs beside the name
	indent   bool // the next paragraph opens with an indent
}

// A source is a Text of the document that spans were made from.
type source struct {
	text    *document.Text
	article *document.Article
	title   bool // in the title block
}

type runeInFace struct {
	style *layout.TextStyle
	r     rune
}

// An openSect is a Sect that a heading of this level began.
type openSect struct {
	level int
	node  *StructNode
}

func newCompositor(issue *document.Issue, style *Style, types *typesetter) *compositor {
	return &compositor{
		issue: issue, style: style, types: types, geom: style.geometry(), words: document.WordsFor(issue.Language),
		root:  &StructNode{Type: Document, Lang: issue.Language},
		links: make([]Link, 1), sources: make([]source, 1), byAsset: map[*document.Asset]int{},
		texts: map[layout.TextStyle]*layout.TextStyle{}, paras: map[layout.ParaStyle]*layout.ParaStyle{},
		known: map[runeInFace]bool{}, reported: map[rune]bool{},
	}
}

// compose sets the whole issue: furniture, then each article.
func (c *compositor) compose() {
	c.frontMatter()
	for i, a := range c.issue.Articles {
		c.setArticle(a, i == 0)
	}
	c.backMatter()
	c.reportMissing()
}

// A stand is where blocks are set: their parent in the structure, the list they go to, and what surrounds them.
type stand struct {
	parent *StructNode
	out    *[]layout.Block
	look   *Look  // of running text
	name   string // of the paragraph's style, for the typesetter's report
	lang   string
	rtl    bool
	// left and right are the indents that the surroundings have added up to. In a text from right to left layout changes
	// their sides, as it does with the alignments.
	left, right layout.Length
	depth       int  // of lists
	tight       bool // paragraphs follow each other without white
	small       bool // in a note, a cell or a caption: nothing is set larger than the look
	hold        bool // notes cited here are placed by who set the surroundings
	flush       bool // paragraphs without indent
	display     bool // what stands here is a display, with white around it
	anchors     []string
	before      layout.Length // white over the first block, if it has less
}

// node makes a structure element under parent, with a tag for its content.
func (c *compositor) node(parent *StructNode, t StructType) *StructNode {
	c.nodes++
	n := &StructNode{Type: t, Tag: layout.Tag(c.nodes)}
	if parent != nil {
		parent.Children = append(parent.Children, n)
	}
	return n
}

// group makes a structure element that has only children.
func group(parent *StructNode, t StructType) *StructNode {
	n := &StructNode{Type: t}
	if parent != nil {
		parent.Children = append(parent.Children, n)
	}
	return n
}

// placeNotes puts the notes cited since the last call after what has cited them.
func (c *compositor) placeNotes(s *stand) {
	if s.hold || len(c.after) == 0 {
		return
	}
	s.parent.Children = append(s.parent.Children, c.after...)
	c.after = nil
}

// blocks sets a list of blocks.
func (c *compositor) blocks(s *stand, bs []document.Block) {
	for _, b := range bs {
		c.block(s, b)
	}
}

// block sets one block: the only switch over the kinds of blocks.
func (c *compositor) block(s *stand, b document.Block) {
	if at := document.AttrOf(b); at != nil {
		if _, heading := b.(*document.Heading); !heading && at.ID != "" && c.article != nil {
			s.anchors = append(s.anchors, c.dest(c.article, at.ID))
		}
		if at.Lang != "" && at.Lang != s.lang || at.Dir != "" {
			in := *s
			if at.Lang != "" {
				in.lang = at.Lang
			}
			if at.Dir != "" {
				in.rtl = at.Dir == "rtl"
			}
			c.blockIn(&in, b)
			s.anchors = in.anchors
			return
		}
	}
	c.blockIn(s, b)
}

func (c *compositor) blockIn(s *stand, b document.Block) {
	switch b := b.(type) {
	case *document.Paragraph:
		c.paragraph(s, b)
	case *document.Heading:
		c.heading(s, b)
	case *document.BlockQuote:
		c.quote(s, b)
	case *document.List:
		c.list(s, b)
	case *document.ListItem:
		c.blocks(s, b.Blocks)
	case *document.DefinitionList:
		c.definitions(s, b)
	case *document.Definition:
		c.definition(s, b, s.parent)
	case *document.CodeBlock:
		c.codeBlock(s, b)
	case *document.Table:
		c.table(s, b)
	case *document.TableRow:
		for _, cell := range b.Cells {
			c.blocks(s, cell.Blocks)
		}
	case *document.TableCell:
		c.blocks(s, b.Blocks)
	case *document.Figure:
		c.figure(s, b)
	case *document.Verse:
		c.verse(s, b)
	case *document.Rule:
		c.ornament(s, b)
	case *document.Division:
		c.division(s, b)
	case *document.MathBlock:
		c.mathBlock(s, b)
	default:
		panic(fmt.Sprintf("pdf: no setting for %T", b))
	}
}

// lead sets one paragraph of inlines in a look: what every kind of paragraph comes down to. prefix is set before the
// inlines, run in.
func (c *compositor) set(s *stand, look *Look, name string, t StructType, is []document.Inline, pos document.Pos, adjust func(*layout.ParaStyle)) *layout.Para {
	n := c.node(s.parent, t)
	c.mark(n, s)
	p := c.para(s, look, name, n, pos, adjust)
	p.Spans = c.inlines(c.inlineIn(s, look, n), is)
	*s.out = append(*s.out, p)
	c.placeNotes(s)
	return p
}

// mark gives an element the language of its surroundings where it differs from the article's.
func (c *compositor) mark(n *StructNode, s *stand) {
	if s.lang != c.lang() {
		n.Lang = s.lang
	}
}

// lang is the language of the article being set, or of the issue.
func (c *compositor) lang() string {
	if c.article != nil {
		return c.article.Language
	}
	return c.issue.Language
}

// para makes an empty paragraph.
func (c *compositor) para(s *stand, look *Look, name string, n *StructNode, pos document.Pos, adjust func(*layout.ParaStyle)) *layout.Para {
	ps := c.paraStyle(look, s, name)
	if s.before > ps.SpaceBefore {
		ps.SpaceBefore = s.before
	}
	s.before = 0
	if adjust != nil {
		adjust(&ps)
	}
	p := &layout.Para{Style: c.internPara(ps), Origin: pos.String(), Anchors: s.anchors}
	if n != nil {
		p.Tag = n.Tag
	}
	s.anchors = nil
	return p
}

// textStyle is the type of a look.
func (c *compositor) textStyle(look *Look, lang string) layout.TextStyle {
	base := &c.style.Text
	em, lh := c.style.textSize(), c.style.leading()
	ts := layout.TextStyle{Family: look.Family, Weight: look.Weight, Italic: look.Italic, Size: look.Size.In(em, lh), Lang: lang, Color: uint32(look.Color)}
	if ts.Family == "" {
		ts.Family = base.Family
	}
	if ts.Weight == 0 {
		ts.Weight = base.Weight
	}
	if ts.Size == 0 {
		ts.Size = em
	}
	if ts.Color == 0 {
		ts.Color = uint32(base.Color)
	}
	ts.Letterspace = look.Letterspace.In(ts.Size, lh)
	figures := look.Figures
	if figures == "" {
		figures = base.Figures
	}
	var fs []string
	switch figures {
	case "oldstyle":
		fs = append(fs, "onum")
	case "tabular":
		fs = append(fs, "lnum", "tnum")
	default:
		fs = append(fs, "lnum")
	}
	switch look.Case {
	case "smallcaps":
		fs = append(fs, "smcp")
	case "all-smallcaps":
		fs = append(fs, "c2sc", "smcp")
	case "caps":
		fs = append(fs, "caps")
	}
	if c.style.Detail.Initials == "thin" {
		fs = append(fs, "inis")
	}
	ts.Features = featureList("", fs...)
	return ts
}

// paraStyle is the setting of a look among its surroundings.
func (c *compositor) paraStyle(look *Look, s *stand, name string) layout.ParaStyle {
	base := &c.style.Text
	em, lh := c.style.textSize(), c.style.leading()
	size := look.Size.In(em, lh)
	if size == 0 {
		size = em
	}
	ps := layout.ParaStyle{Name: name, Leading: look.Leading.In(size, lh), RTL: s.rtl}
	if ps.Leading == 0 {
		ps.Leading = lh
		if size != em {
			ps.Leading = size * lh / em
		}
	}
	ps.SpaceBefore, ps.SpaceAfter = look.Before.In(size, lh), look.After.In(size, lh)
	ps.FirstIndent = look.Indent.In(size, lh)
	ps.LeftIndent, ps.RightIndent = s.left+look.Left.In(size, lh), s.right+look.Right.In(size, lh)
	ps.HangIndent = look.Hang.In(size, lh)
	align := look.Align
	if align == "" {
		align = base.Align
	}
	switch align {
	case "left":
		ps.Align = layout.Left
	case "center":
		ps.Align = layout.Center
	case "right":
		ps.Align = layout.Right
	}
	hyphenate := look.Hyphenate
	if hyphenate == "" {
		hyphenate = base.Hyphenate
	}
	ps.Hyphenate = hyphenate != "no"
	// A paragraph keeps to the grid if its lines can: with the body's leading, and whole lines of white around it.
	ps.OffGrid = ps.Leading != lh || ps.SpaceBefore%lh != 0 || ps.SpaceAfter%lh != 0
	return ps
}

// intern gives the shared style that equals ts.
func (c *compositor) intern(ts layout.TextStyle) *layout.TextStyle {
	if p, ok := c.texts[ts]; ok {
		return p
	}
	p := new(layout.TextStyle)
	*p = ts
	c.texts[ts] = p
	return p
}

func (c *compositor) internPara(ps layout.ParaStyle) *layout.ParaStyle {
	if p, ok := c.paras[ps]; ok {
		return p
	}
	p := new(layout.ParaStyle)
	*p = ps
	c.paras[ps] = p
	return p
}

// paragraph sets running text: with or without indent, with the article's opening, with a speaker.
func (c *compositor) paragraph(s *stand, p *document.Paragraph) {
	first := s.flush || !c.indent
	switch c.style.Detail.FirstIndent {
	case "auto":
		if indentsFirst(s.lang) && !s.display && !p.Lead {
			first = s.flush
		}
	case "always":
		first = s.flush
	case "never":
		first = true
	}
	if p.Run || continues(p.Content) {
		first = true
	}
	c.indent = true
	speaker := startsWithSpeaker(p.Content)
	if speaker {
		c.turn = c.style.Speaker.Place == "hang"
	}
	n := c.node(s.parent, P)
	c.mark(n, s)
	look, name := s.look, s.name
	para := c.para(s, look, name, n, p.Pos, func(ps *layout.ParaStyle) {
		if first {
			ps.FirstIndent = 0
		}
		if speaker {
			c.speakerPara(ps)
		} else if c.turn && !s.small && !s.display && s.depth == 0 {
			ps.LeftIndent += c.style.Speaker.Hang.In(c.style.textSize(), c.style.leading())
		}
		switch p.Align {
		case "center":
			ps.Align, ps.FirstIndent = layout.Center, 0
		case "right":
			ps.Align, ps.FirstIndent = layout.Right, 0
		}
	})
	st := c.inlineIn(s, look, n)
	if p.Lead && c.article != nil && !s.small {
		c.open(para, p, st)
	}
	if speaker && c.style.Speaker.Place == "hang" {
		c.hangSpeaker(para, st, p.Content)
	} else {
		para.Spans = c.inlines(st, p.Content)
	}
	c.opening = opening{}
	*s.out = append(*s.out, para)
	c.placeNotes(s)
}

// indentsFirst reports whether a language's printers indent a section's first paragraph too: the French and the Slavs do,
// the English leave it flush.
func indentsFirst(lang string) bool {
	switch primary, _, _ := strings.Cut(lang, "-"); primary {
	case "fr", "ru", "uk", "pl", "cs", "sk", "bg", "sr":
		return true
	}
	return false
}

// continues reports whether a paragraph goes on with a sentence that a display has interrupted.
func continues(is []document.Inline) bool {
	if len(is) == 0 {
		return false
	}
	t, ok := is[0].(*document.Text)
	if !ok {
		return false
	}
	r, _ := utf8.DecodeRuneInString(t.Value)
	return unicode.IsLower(r)
}

func startsWithSpeaker(is []document.Inline) bool {
	if len(is) == 0 {
		return false
	}
	_, ok := is[0].(*document.Speaker)
	return ok
}

// speakerPara sets off a turn of an interview.
func (c *compositor) speakerPara(ps *layout.ParaStyle) {
	sp := &c.style.Speaker
	em, lh := c.style.textSize(), c.style.leading()
	ps.SpaceBefore = max(ps.SpaceBefore, sp.Gap.In(em, lh))
	ps.FirstIndent = sp.Indent.In(em, lh)
	if sp.Place == "hang" {
		ps.LeftIndent += sp.Hang.In(em, lh)
		ps.FirstIndent = 0
	}
	if lh > 0 && ps.SpaceBefore%lh != 0 {
		ps.OffGrid = true
	}
}

// hangSpeaker sets the speaker beside the turn.
func (c *compositor) hangSpeaker(p *layout.Para, st inlineState, is []document.Inline) {
	p.Label = c.inlines(st, is[:1])
	p.LabelX = 0
	rest := is[1:]
	p.Spans = c.inlines(st, rest)
	for i := range p.Spans {
		if p.Spans[i].Kind == layout.TextSpan {
			trimmed := strings.TrimLeft(p.Spans[i].Text, " ")
			p.Spans[i].Offset += int32(len(p.Spans[i].Text) - len(trimmed))
			p.Spans[i].Text = trimmed
			break
		}
	}
}

// heading sets a head, opens its Sect, and bookmarks it.
func (c *compositor) heading(s *stand, h *document.Heading) {
	name := "h" + strconv.Itoa(h.Level)
	look := c.style.head(h.Level)
	if s.small || c.article == nil || s.depth > 0 || s.display {
		// A head within a note, a cell or a list is a line of its own there, not a part of the article's order.
		in := *look
		in.Size, in.Leading = s.look.Size, s.look.Leading
		c.set(s, &in, name, P, h.Content, h.Pos, func(ps *layout.ParaStyle) { ps.KeepNext = true })
		c.indent = false
		return
	}
	c.turn = false
	for len(c.sects) > 0 && c.sects[len(c.sects)-1].level >= h.Level {
		c.sects = c.sects[:len(c.sects)-1]
	}
	parent := s.parent
	if len(c.sects) > 0 {
		parent = c.sects[len(c.sects)-1].node
	} else if a := c.artNode(); a != nil {
		parent = a
	}
	sect := group(parent, Sect)
	sect.Title = document.PlainText(h.Content)
	c.sects = append(c.sects, openSect{h.Level, sect})
	s.parent = sect

	if h.ID != "" {
		s.anchors = append(s.anchors, c.dest(c.article, h.ID))
		if 1+h.Level <= 3 {
			c.outline = append(c.outline, OutlineEntry{Level: c.baseLevel() + h.Level, Title: sect.Title, Dest: c.dest(c.article, h.ID)})
		}
	}
	c.set(s, look, name, headType(h.Level+1), h.Content, h.Pos, func(ps *layout.ParaStyle) {
		ps.KeepNext, ps.KeepLines = true, true
		ps.OffGrid = true
	})
	c.indent = false
}

// headType is the structure type of a level of heads; the article's title is H1.
func headType(level int) StructType {
	return [...]StructType{H1, H2, H3, H4, H5, H6}[min(max(level, 1), 6)-1]
}

// baseLevel is the level of an article's bookmark.
func (c *compositor) baseLevel() int { return 1 }

// artNode is the structure element of the article being set.
func (c *compositor) artNode() *StructNode {
	if n := len(c.root.Children); n > 0 && c.root.Children[n-1].Type == Art {
		return c.root.Children[n-1]
	}
	return nil
}

// more is an indent as far as there is room for it: things nested too deep stand under each other.
func (c *compositor) more(s *stand, indent layout.Length) layout.Length {
	column := columnWidth(&c.geom)
	if column-s.left-s.right-indent < column*2/5 {
		return 0
	}
	return indent
}

// display gives the surroundings of a display in a look: its indents are added, and within small print it stays small.
func (c *compositor) displayIn(s *stand, look *Look, parent *StructNode, name string) *stand {
	em, lh := c.style.textSize(), c.style.leading()
	in := *look
	if s.small {
		in.Size, in.Leading, in.Family = s.look.Size, s.look.Leading, s.look.Family
	}
	size := in.Size.In(em, lh)
	if size == 0 {
		size = em
	}
	d := &stand{
		parent: parent, out: s.out, lang: s.lang, rtl: s.rtl, name: name, small: s.small, hold: s.hold, depth: s.depth,
		left: s.left + c.more(s, in.Left.In(size, lh)), right: s.right + c.more(s, in.Right.In(size, lh)),
		before: max(s.before, in.Before.In(size, lh)), anchors: s.anchors, display: true,
	}
	s.anchors, s.before = nil, 0
	inner := in
	inner.Left, inner.Right, inner.Before, inner.After = Measure{}, Measure{}, Measure{}, Measure{}
	if inner.Indent.IsZero() && !s.small {
		inner.Indent = c.style.Text.Indent
	}
	d.look = &inner
	return d
}

// closeDisplay puts the white after a display on its last paragraph.
func (c *compositor) closeDisplay(s *stand, from int, look *Look) {
	em, lh := c.style.textSize(), c.style.leading()
	size := look.Size.In(em, lh)
	if size == 0 {
		size = em
	}
	space := look.After.In(size, lh)
	bs := *s.out
	if len(bs) == from || space == 0 {
		return
	}
	switch b := bs[len(bs)-1].(type) {
	case *layout.Para:
		ps := *b.Style
		if ps.SpaceAfter < space {
			ps.SpaceAfter = space
			ps.OffGrid = ps.OffGrid || space%lh != 0
			b.Style = c.internPara(ps)
		}
	case *layout.Figure:
		b.SpaceAfter = max(b.SpaceAfter, space)
	case *layout.Table:
		b.SpaceAfter = max(b.SpaceAfter, space)
	}
}

// quote sets a block quotation, its source at its end.
func (c *compositor) quote(s *stand, q *document.BlockQuote) {
	n := group(s.parent, BlockQuote)
	c.mark(n, s)
	from := len(*s.out)
	d := c.displayIn(s, &c.style.Quote, n, "quote")
	c.offGrid(d, &c.style.Quote)
	c.indent = false
	c.blocks(d, q.Blocks)
	if len(q.Attribution) > 0 {
		c.attribution(d, q.Attribution, q.Pos)
	}
	c.closeDisplay(s, from, &c.style.Quote)
	c.indent = true
}

// offGrid takes a display off the grid when half lines of white set it off: all its lines then stand between the grid's,
// and keep their leading.
func (c *compositor) offGrid(d *stand, look *Look) {
	if d.small {
		return
	}
	em, lh := c.style.textSize(), c.style.leading()
	if look.Before.In(em, lh)%lh != 0 || look.After.In(em, lh)%lh != 0 {
		d.look.Leading = Abs(look.Leading.In(em, lh))
		if d.look.Leading.IsZero() {
			d.look.Leading = Abs(lh)
		}
		// paraStyle compares leadings; one scaled point off is no grid and no difference.
		d.look.Leading.n--
	}
}

// attribution sets the source of a quotation or a poem.
func (c *compositor) attribution(s *stand, is []document.Inline, pos document.Pos) {
	in := c.style.Attribution
	if s.small {
		in.Size, in.Leading = s.look.Size, s.look.Leading
	} else {
		in.Leading = s.look.Leading
	}
	if last, ok := lastPara(*s.out); ok {
		ps := *last.Style
		ps.KeepNext = true
		last.Style = c.internPara(ps)
	}
	c.set(s, &in, "attribution", P, is, pos, nil)
}

func lastPara(bs []layout.Block) (*layout.Para, bool) {
	if len(bs) == 0 {
		return nil, false
	}
	p, ok := bs[len(bs)-1].(*layout.Para)
	return p, ok
}

// list sets items with hanging labels.
func (c *compositor) list(s *stand, l *document.List) {
	ls := &c.style.List
	em, lh := c.style.textSize(), c.style.leading()
	n := group(s.parent, L)
	c.mark(n, s)
	n.Numbered = numbering(l)
	labels := make([]string, len(l.Items))
	for i, it := range l.Items {
		labels[i] = c.itemLabel(l, it, i, s.depth)
	}
	// Labels hang in the indent; wide ones (xxviii.) widen it.
	style := c.intern(c.labelStyle(s, l))
	indent, gap := ls.Indent.In(em, lh), ls.Gap.In(em, lh)
	for _, lb := range labels {
		indent = max(indent, c.types.width(lb, style)+gap)
	}
	from := len(*s.out)
	for i, it := range l.Items {
		li := group(n, LI)
		lbl := c.node(li, Lbl)
		body := group(li, LBody)
		item := &stand{
			parent: body, out: s.out, look: s.look, name: "item", lang: s.lang, rtl: s.rtl, left: s.left, right: s.right,
			depth: s.depth + 1, small: s.small, hold: s.hold, anchors: s.anchors, tight: l.Tight, flush: true,
		}
		s.anchors = nil
		if s.depth == 0 {
			in := *s.look
			item.look = &in
			c.offGrid(item, &Look{Before: ls.Before, After: ls.After})
		}
		if i == 0 {
			item.before = s.before
			if s.depth == 0 {
				item.before = max(item.before, ls.Before.In(em, lh))
			}
		} else if !l.Tight {
			item.before = ls.Between.In(em, lh)
		}
		item.left += c.more(s, indent)
		at := len(*s.out)
		c.indent = false
		c.withAttr(item, it, it.Blocks)
		c.labelItem(item, at, labels[i], style, lbl, gap, it.Pos)
	}
	s.before = 0
	if s.depth == 0 {
		c.closeDisplay(s, from, &Look{After: ls.After})
	}
	c.indent = true
}

// withAttr sets the blocks of a node that has attributes of its own.
func (c *compositor) withAttr(s *stand, n document.Node, bs []document.Block) {
	if at := document.AttrOf(n); at != nil {
		if at.ID != "" && c.article != nil {
			s.anchors = append(s.anchors, c.dest(c.article, at.ID))
		}
		if at.Lang != "" {
			s.lang = at.Lang
		}
		if at.Dir != "" {
			s.rtl = at.Dir == "rtl"
		}
	}
	c.blocks(s, bs)
}

// labelItem gives the first paragraph of an item its label; an item that begins otherwise gets an empty one.
func (c *compositor) labelItem(s *stand, at int, label string, style *layout.TextStyle, lbl *StructNode, gap layout.Length, pos document.Pos) {
	var p *layout.Para
	if at < len(*s.out) {
		p, _ = (*s.out)[at].(*layout.Para)
	}
	if p == nil || p.Label != nil {
		p = c.para(s, s.look, "item", nil, pos, func(ps *layout.ParaStyle) { ps.FirstIndent, ps.KeepNext = 0, true })
		bs := append(*s.out, nil)
		copy(bs[at+1:], bs[at:])
		bs[at] = p
		*s.out = bs
	}
	p.Label = []layout.Span{{Text: label, Style: style, Tag: lbl.Tag}}
	p.LabelRight, p.LabelGap = true, gap
}

// labelStyle is the type of a list's labels: that of the text, with lining figures that stand under each other.
func (c *compositor) labelStyle(s *stand, l *document.List) layout.TextStyle {
	ts := c.textStyle(s.look, s.lang)
	if l.Ordered {
		ts.Features = featureList(ts.Features, "-inis")
	}
	return ts
}

// numbering is the ListNumbering of ISO 32000-1 table 347.
func numbering(l *document.List) string {
	if !l.Ordered {
		return "Disc"
	}
	switch l.Style {
	case "a":
		return "LowerAlpha"
	case "A":
		return "UpperAlpha"
	case "i":
		return "LowerRoman"
	case "I":
		return "UpperRoman"
	}
	return "Decimal"
}

func (c *compositor) itemLabel(l *document.List, it *document.ListItem, i, depth int) string {
	switch it.Checked {
	case 1:
		return "☐"
	case 2:
		return "☑"
	}
	if !l.Ordered {
		bullets := []rune(c.style.List.Bullets)
		if len(bullets) == 0 {
			bullets = []rune("•")
		}
		return string(bullets[min(depth, len(bullets)-1)])
	}
	n := l.Start + i
	switch l.Style {
	case "a":
		return alphabetic(n, 'a') + "."
	case "A":
		return alphabetic(n, 'A') + "."
	case "i":
		return romanNumeral(n) + "."
	case "I":
		return strings.ToUpper(romanNumeral(n)) + "."
	}
	return strconv.Itoa(n) + "."
}

// alphabetic counts a, b … z, aa, ab …
func alphabetic(n int, a byte) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	var b []byte
	for ; n > 0; n = (n - 1) / 26 {
		b = append([]byte{a + byte((n-1)%26)}, b...)
	}
	return string(b)
}

// romanNumeral writes a number as lower-case roman numerals write it, as far as they do.
func romanNumeral(n int) string {
	if n < 1 || n > 3999 {
		return strconv.Itoa(n)
	}
	return roman(n)
}

// definitions sets a list of terms and what they mean.
func (c *compositor) definitions(s *stand, l *document.DefinitionList) {
	n := group(s.parent, L)
	c.mark(n, s)
	from := len(*s.out)
	for _, d := range l.Items {
		c.definition(s, d, n)
	}
	c.closeDisplay(s, from, &Look{After: c.style.List.After})
	c.indent = true
}

func (c *compositor) definition(s *stand, d *document.Definition, parent *StructNode) {
	em, lh := c.style.textSize(), c.style.leading()
	li := group(parent, LI)
	look := c.style.Term
	if s.small {
		look.Size, look.Leading = s.look.Size, s.look.Leading
	}
	terms := *s
	terms.parent, terms.flush = li, true
	for i, t := range d.Terms {
		c.set(&terms, &look, "term", Lbl, t, d.Pos, func(ps *layout.ParaStyle) {
			ps.KeepNext = true
			if i > 0 {
				ps.SpaceBefore = 0
			}
		})
	}
	s.anchors, s.before = terms.anchors, terms.before
	for _, bs := range d.Definitions {
		in := *s
		in.parent, in.flush, in.name = group(li, LBody), true, "definition"
		in.depth++
		in.left += c.more(s, c.style.List.Indent.In(em, lh))
		c.indent = false
		c.blocks(&in, bs)
	}
}

// verse sets a poem: each line is a line; what does not fit turns over under a deeper indent.
func (c *compositor) verse(s *stand, v *document.Verse) {
	div := group(s.parent, BlockQuote)
	c.mark(div, s)
	look := &c.style.Verse
	from := len(*s.out)
	d := c.displayIn(s, look, div, "verse")
	c.offGrid(d, look)
	em, lh := c.style.textSize(), c.style.leading()
	for i, stanza := range v.Stanzas {
		sd := group(div, Div)
		for j, line := range stanza {
			in := *d
			in.parent = sd
			if i > 0 && j == 0 {
				in.before = lh
			}
			n := c.node(sd, P)
			p := c.para(&in, d.look, "verse", n, v.Pos, func(ps *layout.ParaStyle) {
				ps.FirstIndent = 0
				ps.Align = layout.Left
				ps.Hyphenate = false
				ps.LeftIndent += layout.Length(line.Indent) * em
				ps.HangIndent = look.Hang.In(em, lh)
				// A stanza is not parted after its first line nor before its last.
				ps.KeepNext = j == 0 && len(stanza) > 1 || j == len(stanza)-2
				ps.Orphans, ps.Widows = 1, 1
			})
			d.anchors, d.before = nil, 0
			p.Spans = c.inlines(c.inlineIn(&in, d.look, n), line.Content)
			*s.out = append(*s.out, p)
			c.placeNotes(&in)
		}
	}
	if len(v.Attribution) > 0 {
		c.attribution(d, v.Attribution, v.Pos)
	}
	c.closeDisplay(s, from, look)
	c.indent = true
}

// ornament sets a thematic break.
func (c *compositor) ornament(s *stand, r *document.Rule) {
	o := &c.style.Ornament
	c.indent, c.turn = false, false
	em, lh := c.style.textSize(), c.style.leading()
	if o.Mark == "" || s.small {
		*s.out = append(*s.out, &layout.Skip{Height: max(lh, o.Before.In(em, lh)+o.After.In(em, lh))})
		return
	}
	// An ornament is no text: a screen reader is told nothing, as WCAG asks of decoration.
	ts := c.textStyle(&o.Look, s.lang)
	p := c.para(s, &o.Look, "ornament", nil, r.Pos, nil)
	p.Spans = []layout.Span{{Text: o.Mark, Style: c.intern(ts), Artifact: true}}
	*s.out = append(*s.out, p)
}

// division sets a group by its role.
func (c *compositor) division(s *stand, d *document.Division) {
	var look *Look
	t, name := Div, d.Role
	switch d.Role {
	case "epigraph", "dedication":
		look, t = &c.style.Epigraph, BlockQuote
	case "pullquote":
		look = &c.style.PullQuote
	case "aside", "note", "editor-note":
		look = &c.style.Aside
	case "abstract":
		look = &c.style.Standfirst
	case "bio":
		look = &c.style.AuthorNote
	default:
		in := *s
		in.parent = group(s.parent, Div)
		c.mark(in.parent, s)
		sects := c.sects
		c.blocks(&in, d.Blocks)
		c.sects = sects
		s.anchors, s.before = in.anchors, in.before
		return
	}
	n := group(s.parent, t)
	c.mark(n, s)
	from := len(*s.out)
	in := c.displayIn(s, look, n, name)
	in.small = true
	c.indent = false
	c.blocks(in, d.Blocks)
	if look == &c.style.Aside {
		for _, b := range (*s.out)[from:] {
			if p, ok := b.(*layout.Para); ok {
				ps := *p.Style
				ps.RuleLeft = layout.Pt * 3 / 4
				p.Style = c.internPara(ps)
			}
		}
	}
	c.closeDisplay(s, from, look)
	c.indent = true
}

// dest names a place of the edition: "slug", "slug--id". The names are the same in every build, so that links into a
// published file keep working.
func (c *compositor) dest(a *document.Article, id string) string {
	if id == "" {
		return a.Slug
	}
	return a.Slug + "--" + id
}
