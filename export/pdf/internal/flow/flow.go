// Package flow makes a document ready to be set in pages: it gives it the look of a style and builds, in one passage
// through the document, two things at once: the spans and blocks that package layout sets, and the structure tree that
// says what they are. A layout.Tag joins the two: every run of glyphs on a page names the StructNode that it belongs to, so
// that a paragraph stays one element over however many columns and pages it runs, and nothing about the structure is ever
// guessed from the page. Links, pictures, bookmarks and the sources of the text are numbered on the way.
//
// Compose is the way in and a Composition what comes out; flow.go chooses among the blocks and holds what they share, each
// other file sets one kind of thing (article.go the title block and opening, inline.go the runs of a line, furniture.go
// title page, contents and running heads).
package flow

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// A compositor turns a document into a layout.Flow in a Style, and builds the structure tree, the links, the bookmarks and
// the picture table beside it. It decides how everything looks; where things stand is layout's business.
//
// The tree never needs to guess: every piece of text is given the Tag of its element when it is set.
type compositor struct {
	issue *document.Issue
	style *style.Style
	types *typeset.Typesetter
	geom  layout.Geometry
	words *words.Vocabulary // of the issue's language

	sections []*layout.Section
	owners   []*document.Article // of each section; nil for front matter
	slugs    map[*document.Article]string
	creator  string // the program, for the colophon
	parts    sequence
	listed   []listed          // the contents
	fronts   []string          // of each section: "title", "contents" … or ""
	issues   []*document.Issue // of each section, in a volume: the issue whose title page or list it is

	root     *StructNode
	trunk    *StructNode     // that the sections stand in: the root, or the Part of an issue
	bound    *document.Issue // of a volume: the issue being set; nil outside of their parts
	unopened bool            // its first text is yet to come, and bears its title
	nodes    int             // tags given out
	links    []Link
	pictures []Picture
	byAsset  map[*document.Asset]int
	squares  map[string]*document.Asset // square codes by what they hold
	sources  []source                   // by layout.SourceID
	codes    map[layout.Tag]*document.CodeBlock
	cells    map[*document.TableCell]*StructNode // of the tables being set
	texts    map[layout.TextStyle]*layout.TextStyle
	paras    map[layout.ParaStyle]*layout.ParaStyle
	outline  []OutlineEntry
	shares   []Share
	problems []document.Problem
	known    map[runeInFace]bool // characters looked up; true: missing
	reported map[rune]bool
	missing  []missingRune
	leftOut  map[*document.Article]bool // whose picture the style does not set

	// Of the article being set.
	article  *document.Article
	alang    *words.Vocabulary
	notes    map[*document.Note]*layout.Note
	numbers  map[*document.Note]int // of notes, as set: the document's, as far as they tell the notes apart
	numbered map[int]bool           // the numbers that are taken
	after    []*StructNode          // notes cited since the last paragraph was closed
	endNotes []*layout.Note         // notes to be set at the article's end
	inNotes  int                    // notes that are being set, one within another
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

// A Composition is a document made ready to be set in pages, and what else the PDF says of it.
type Composition struct {
	Sections     []*layout.Section   // in order: front matter, articles, back matter
	Owners       []*document.Article // of each section; nil for front and back matter
	Fronts       []string            // of each section: "title", "contents" … or "", as in document.PageBreak
	Issues       []*document.Issue   // of each section, as in document.PageBreak
	Structure    *StructNode         // root of the structure tree
	Links        []Link              // by layout.LinkID; element 0 is not used
	Pictures     []Picture           // by layout.PictureItem.Ref
	Outline      []OutlineEntry      // bookmarks, flat, in order
	Shares       []Share             // what of all this is each article's, in order
	JournalTitle string              // the periodical's, or what stands for it
	Problems     []document.Problem  // about the content: a character without a font, a picture without alt text

	Codes map[layout.Tag]*document.CodeBlock // whose text is set under a tag, being of no source

	sources []source // by layout.SourceID
	nodes   int      // tags given out
	leftOut map[*document.Article]bool
}

// Set gives an article with what the composition sets of it: without the picture that the style or its text makes needless.
func (c *Composition) Set(a *document.Article) *document.Article {
	set := *a
	if set.Image = a.Lead(); c.leftOut[a] {
		set.Image = nil
	}
	return &set
}

// Compose goes through a document once and makes a flow of it in a style. It neither measures nor breaks anything; the
// typesetter is asked for the faces only. It ends between two articles when the context does, with the context's error.
// The creator is the program that the colophon names.
func Compose(ctx context.Context, issue *document.Issue, style *style.Style, types *typeset.Typesetter, creator string) (*Composition, error) {
	c := newCompositor(issue, style, types)
	c.creator = creator
	c.checkFamilies()
	if err := c.compose(ctx); err != nil {
		return nil, err
	}
	return &Composition{
		Sections: c.sections, Owners: c.owners, Fronts: c.fronts, Issues: c.issues, Structure: c.root, Links: c.links, Pictures: c.pictures,
		Outline: c.outline, Shares: c.shares, JournalTitle: c.journalTitle(), Problems: c.problems, Codes: c.codes, sources: c.sources,
		nodes: c.nodes, leftOut: c.leftOut,
	}, nil
}

func newCompositor(issue *document.Issue, style *style.Style, types *typeset.Typesetter) *compositor {
	c := &compositor{
		issue: issue, style: style, types: types, geom: style.Geometry(), words: words.For(issue.Language),
		root:  &StructNode{Type: Document, Lang: issue.Language},
		links: make([]Link, 1), sources: make([]source, 1), byAsset: map[*document.Asset]int{},
		cells: map[*document.TableCell]*StructNode{},
		texts: map[layout.TextStyle]*layout.TextStyle{}, paras: map[layout.ParaStyle]*layout.ParaStyle{},
		codes: map[layout.Tag]*document.CodeBlock{}, known: map[runeInFace]bool{}, reported: map[rune]bool{},
		leftOut: map[*document.Article]bool{}, slugs: issue.Names(),
	}
	c.trunk = c.root
	return c
}

// A stand is where blocks are set: their parent in the structure, the list they go to, and what surrounds them.
type stand struct {
	parent *StructNode
	out    *[]layout.Block
	look   *style.Look // of running text
	name   string      // of the paragraph's style, for the typesetter's report
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
		if !document.IsNil(b) {
			c.block(s, b)
		}
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
		for _, cell := range present(b.Cells) {
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
	case *document.Media:
		c.media(s, b)
	case *document.MathBlock:
		c.mathBlock(s, b)
	default:
		c.strange(b)
	}
}

// strange reports a node that is none of the document's: another package can make one by embedding one of them.
func (c *compositor) strange(n document.Node) {
	c.problems = append(c.problems, document.Problem{Code: "unknown-node", Severity: document.Warning, Pos: n.Position(),
		Message: fmt.Sprintf("the PDF has no setting for a %T, and leaves it out", n)})
}

// present gives the elements of a list that are there. All are, unless a program has built the document.
func present[T any](list []*T) []*T {
	if !slices.Contains(list, nil) {
		return list
	}
	return slices.DeleteFunc(slices.Clone(list), func(p *T) bool { return p == nil })
}

// set sets one paragraph of inlines in a look: what every kind of paragraph comes down to.
func (c *compositor) set(s *stand, look *style.Look, name string, t StructType, is []document.Inline, pos document.Pos, adjust func(*layout.ParaStyle)) *layout.Para {
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
func (c *compositor) para(s *stand, look *style.Look, name string, n *StructNode, pos document.Pos, adjust func(*layout.ParaStyle)) *layout.Para {
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
func (c *compositor) textStyle(look *style.Look, lang string) layout.TextStyle {
	base := &c.style.Text
	em, lh := c.style.TextSize(), c.style.Leading()
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
	fs = append(fs, typeset.CaseFeatures(look.Case)...)
	if c.style.Detail.Initials == "thin" {
		fs = append(fs, "inis")
	}
	ts.Features = typeset.FeatureList("", fs...)
	return ts
}

// paraStyle is the setting of a look among its surroundings.
func (c *compositor) paraStyle(look *style.Look, s *stand, name string) layout.ParaStyle {
	base := &c.style.Text
	em, lh := c.style.TextSize(), c.style.Leading()
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
func (c *compositor) intern(ts layout.TextStyle) *layout.TextStyle { return shared(c.texts, ts) }

// internPara gives the shared paragraph style that equals ps.
func (c *compositor) internPara(ps layout.ParaStyle) *layout.ParaStyle { return shared(c.paras, ps) }

func shared[T comparable](known map[T]*T, v T) *T {
	if p, ok := known[v]; ok {
		return p
	}
	p := new(T) // not &v, which would put every v on the heap
	*p = v
	known[v] = p
	return p
}

// paragraph sets running text: with or without indent, with the article's opening, with a speaker.
func (c *compositor) paragraph(s *stand, p *document.Paragraph) {
	first := s.flush || !c.indent
	switch c.style.Detail.FirstIndent {
	case "auto":
		if words.IndentsFirst(s.lang) && !s.display && !p.Lead {
			first = s.flush
		}
	case "always":
		first = s.flush
	case "never":
		first = true
	}
	if p.Run || s.name != "note" && continues(p.Content) { // ibid. begins no less than its neighbours
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
		ps.KeepNext = ps.KeepNext || !s.small && headsText(p.Content)
		if speaker {
			c.speakerPara(ps)
		} else if c.turn && !s.small && !s.display && s.depth == 0 {
			ps.LeftIndent += c.style.Speaker.Hang.In(c.style.TextSize(), c.style.Leading())
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

// continues reports whether a paragraph goes on with a sentence that a display has interrupted.
func continues(is []document.Inline) bool {
	if len(is) == 0 {
		return false
	}
	t, ok := is[0].(*document.Text)
	if !ok || t == nil {
		return false
	}
	r, _ := utf8.DecodeRuneInString(t.Value)
	return unicode.IsLower(r)
}

// headsText reports whether a paragraph is a short line in bold and nothing else: it heads what follows, and does not stand
// alone at a page's foot.
func headsText(is []document.Inline) bool {
	if len(is) != 1 {
		return false
	}
	s, ok := is[0].(*document.Styled)
	return ok && s != nil && s.Kind == document.Strong && utf8.RuneCountInString(document.PlainText(is)) < 100
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
	em, lh := c.style.TextSize(), c.style.Leading()
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
	level := headLevel(h)
	name := "h" + strconv.Itoa(level)
	look := c.style.Head(level)
	if s.small || c.article == nil || s.depth > 0 || s.display {
		// A head within a note, a cell or a list is a line of its own there and opens no Sect. In a note, which PDF and EPUB have in
		// different places, it is no head of the article's order at all.
		in, t := *look, P
		in.Size, in.Leading = s.look.Size, s.look.Leading
		if c.article != nil && c.inNotes == 0 && document.PlainText(h.Content) != "" {
			t = headType(level + 1)
			if h.ID != "" {
				s.anchors = append(s.anchors, c.dest(c.article, h.ID))
			}
		}
		c.set(s, &in, name, t, h.Content, h.Pos, func(ps *layout.ParaStyle) { ps.KeepNext = true })
		c.indent = false
		return
	}
	c.turn = false
	for len(c.sects) > 0 && c.sects[len(c.sects)-1].level >= level {
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
	c.sects = append(c.sects, openSect{level, sect})
	s.parent = sect

	if h.ID != "" {
		s.anchors = append(s.anchors, c.dest(c.article, h.ID))
		if 1+level <= 3 {
			c.outline = append(c.outline, OutlineEntry{Level: c.baseLevel() + level, Title: sect.Title, Dest: c.dest(c.article, h.ID)})
		}
	}
	c.set(s, look, name, headType(level+1), h.Content, h.Pos, func(ps *layout.ParaStyle) {
		ps.KeepNext, ps.KeepLines = true, true
		ps.OffGrid = true
	})
	c.indent = false
}

// headLevel is a heading's level, from 1 to 6 whatever it says.
func headLevel(h *document.Heading) int { return min(max(h.Level, 1), 6) }

// headType is the structure type of a level of heads; the article's title is H1.
func headType(level int) StructType {
	return [...]StructType{H1, H2, H3, H4, H5, H6}[min(max(level, 1), 6)-1]
}

// baseLevel is the level of an article's bookmark: below its issue's, in a volume.
func (c *compositor) baseLevel() int {
	if c.bound != nil {
		return 2
	}
	return 1
}

// artNode is the structure element of the article being set.
func (c *compositor) artNode() *StructNode {
	if n := len(c.trunk.Children); n > 0 && c.trunk.Children[n-1].Type == Art {
		return c.trunk.Children[n-1]
	}
	return nil
}

// dest names a place of the edition: "slug", "slug--id". The names are the same in every build, so that links into a
// published file keep working.
func (c *compositor) dest(a *document.Article, id string) string {
	if id == "" {
		return c.slug(a)
	}
	if strings.HasPrefix(id, "note-") {
		id = "s-" + id // a heading "Note 1" beside note 1, as the EPUB has it
	}
	return c.slug(a) + "--" + id
}

// slug is the name of an article in its edition, which no other article there has.
func (c *compositor) slug(a *document.Article) string {
	if name, ok := c.slugs[a]; ok {
		return name
	}
	return a.Slug
}
