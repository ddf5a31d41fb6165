package flow

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// setArticle makes an article's section: title block, body, notes, what is known of the author. Where articles run on, it
// is a part of the section of the article before.
func (c *compositor) setArticle(a *document.Article) {
	c.article, c.alang = a, words.For(a.Language)
	c.notes = make(map[*document.Note]*layout.Note, len(a.Notes))
	c.numbers, c.numbered = make(map[*document.Note]int, len(a.Notes)), make(map[int]bool, len(a.Notes))
	c.after, c.endNotes, c.sects, c.indent, c.turn = nil, nil, nil, false, false

	last := len(c.owners) - 1
	runOn := c.style.Page.ArticleSide == "run-on" && last >= 0 && c.owners[last] != nil && !c.unopened
	var sec *layout.Section
	if runOn {
		sec = c.sections[len(c.sections)-1]
	} else {
		sec = c.articleSection(a)
	}
	links, marks := len(c.links), len(c.outline)
	art := c.node(c.trunk, Art)
	art.Title = document.PlainText(a.Title)
	art.Lang = a.Language
	c.outline = append(c.outline, OutlineEntry{Level: c.baseLevel(), Title: art.Title, Dest: c.dest(a, ""), Open: c.issue.Single})

	s := &stand{parent: art, out: &sec.Body, look: &c.style.Text, name: "body", lang: a.Language, rtl: a.Dir == "rtl"}
	if c.style.TitleBlock.Across && !runOn && isText(a) || a.Part != "" && !isText(a) && !runOn && c.geom.Columns > 1 {
		s.out = &sec.Opening
	}
	c.inTitle = true
	column := c.titleBlock(s, sec, a, runOn)
	c.inTitle = false
	sec.Body = append(sec.Body, column...)
	body := *s
	body.out, body.before = &sec.Body, 0
	c.indent = false
	c.blocks(&body, a.Body)
	c.authorNotes(&body, art, a)
	c.setEndNotes(&body)
	c.setUncited(&body, art, a)
	c.article = nil
	c.shares = append(c.shares, Share{
		Article: a, Art: art, Dest: c.dest(a, ""), tags: [2]layout.Tag{art.Tag, layout.Tag(c.nodes)},
		links: [2]int{links, len(c.links)}, Outline: c.outline[marks:len(c.outline):len(c.outline)],
	})
}

// articleSection begins the section of an article.
func (c *compositor) articleSection(a *document.Article) *layout.Section {
	geom := c.geom
	geom.FirstTop = c.firstTop()
	sec := &layout.Section{Name: a.Slug, Geometry: &geom, Recto: c.style.Page.ArticleSide == "recto" && isText(a)}
	c.numberPages(sec)
	switch {
	case c.unopened:
		c.sheetPart(sec, &geom)
	case len(c.parts.sheet) > 0 && c.parts.begun && !c.parts.covered:
		c.parts.covered = true
		c.sheetCover(sec, &geom)
	}
	c.runningHeads(sec, a)
	c.add(sec, a, "")
	return sec
}

// numberPages gives a section that is to be added the numerals of its place, and the first of either kind its number.
func (c *compositor) numberPages(sec *layout.Section) {
	roman := c.style.Furniture.Roman
	sec.Roman = roman && !c.parts.begun
	switch last := len(c.sections) - 1; {
	case last < 0:
		sec.FirstNumber = 1
	case roman && c.parts.begun && c.sections[last].Roman:
		sec.FirstNumber, sec.Recto = 1, true
	}
}

func (c *compositor) add(sec *layout.Section, a *document.Article, front string) {
	c.sections = append(c.sections, sec)
	c.owners = append(c.owners, a)
	c.fronts = append(c.fronts, front)
	c.issues = append(c.issues, c.bound)
}

// titleBlock sets what stands over an article, and gives what is to stand at the head of its first column.
// Where articles run on, it stands across all columns, under what came before.
func (c *compositor) titleBlock(s *stand, sec *layout.Section, a *document.Article, runOn bool) (column []layout.Block) {
	st := c.style
	em, lh := st.TextSize(), st.Leading()
	if !isText(a) {
		c.matterHead(s, a, runOn)
		return nil
	}
	from := len(*s.out)
	if rule := st.TitleBlock.Rule.In(em, lh); rule > 0 {
		*s.out = append(*s.out, &layout.HRule{Thickness: rule, KeepNext: true, Tag: c.artNode().Tag})
	}
	head := func(look *style.Look, name string, t StructType, is []document.Inline) {
		if strings.TrimSpace(document.PlainText(is)) == "" {
			return
		}
		c.set(s, look, name, t, is, a.Pos, func(ps *layout.ParaStyle) { ps.KeepNext, ps.KeepLines, ps.OffGrid = true, true, true })
	}
	line := func(look *style.Look, name, text string) {
		if text == "" {
			return
		}
		c.line(s, look, name, P, text, func(ps *layout.ParaStyle) { ps.KeepNext, ps.KeepLines, ps.OffGrid = true, true, true })
	}
	head(&st.Kicker, "kicker", P, a.Kicker)
	s.anchors = append(s.anchors, c.dest(a, ""))
	title := *c.fit(&st.Title, document.PlainText(a.Title), a.Language, c.titleWidth(), 2, 75)
	if len(a.Kicker) == 0 && st.TitleBlock.Rule.In(em, lh) > 0 && title.Before.In(em, lh) < st.Kicker.Before.In(em, lh) {
		title.Before = st.Kicker.Before // what stands first under the rule keeps its distance
	}
	head(&title, "title", H1, a.Title)
	head(&st.Subtitle, "subtitle", P, a.Subtitle)
	w := c.alang
	line(&st.Authors, "authors", w.Names(PersonNames(a.Authors)))
	if len(a.Interviewees) > 0 {
		line(&st.Credits, "credits", fmt.Sprintf(w.InterviewWith, w.Names(PersonNames(a.Interviewees))))
	}
	if len(a.Translators) > 0 {
		line(&st.Credits, "credits", fmt.Sprintf(w.TranslatedBy, w.Names(PersonNames(a.Translators))))
	}
	if len(a.Editors) > 0 {
		line(&st.Credits, "credits", fmt.Sprintf(w.EditedBy, w.Names(PersonNames(a.Editors))))
	}
	if st.TitleBlock.ShowDate {
		line(&st.Credits, "credits", words.Date(a.Date, a.Language))
	}
	if len(a.Standfirst) > 0 {
		head(&st.Standfirst, "standfirst", P, a.Standfirst)
	}
	picture, column := c.lead(s, sec, a, runOn)
	*s.out = append(*s.out, picture...)
	after := st.TitleBlock.After.In(em, lh)
	if !runOn {
		if len(*s.out) > from {
			*s.out = append(*s.out, &layout.Skip{Height: after, KeepNext: true})
		}
		return column
	}
	for i, b := range (*s.out)[from:] {
		switch b := b.(type) {
		case *layout.HRule:
			b.Span, b.SpaceBefore = true, 3*lh
		case *layout.Figure:
			b.SpaceAfter = after
		case *layout.Para:
			b.Span = true
			if from+i == len(*s.out)-1 {
				ps := *b.Style
				ps.SpaceAfter = after
				b.Style = c.internPara(ps)
			}
		}
	}
	return column
}

// matterHead sets what stands over a text that is no article: a head like that of the contents, across all columns.
func (c *compositor) matterHead(s *stand, a *document.Article, runOn bool) {
	em, lh := c.style.TextSize(), c.style.Leading()
	s.anchors = append(s.anchors, c.dest(a, ""))
	for i, is := range [][]document.Inline{a.Kicker, a.Title, a.Subtitle} {
		look, t := c.style.Contents.Heading, H1
		switch {
		case len(is) == 0:
			continue
		case i == 0:
			look, t = c.style.Kicker, P
		case i == 2:
			look, t = c.style.Subtitle, P
		}
		p := c.set(s, &look, "matter-head", t, is, a.Pos, func(ps *layout.ParaStyle) {
			ps.KeepNext, ps.KeepLines, ps.OffGrid = true, true, true
			if runOn {
				ps.SpaceBefore = 3 * lh
			}
		})
		p.Span = runOn
	}
	for _, who := range []string{c.alang.Names(PersonNames(a.Authors))} {
		if who != "" {
			c.line(s, &c.style.Authors, "authors", P, who, offGrid).Span = runOn
		}
	}
	if !runOn && len(*s.out) > 0 {
		*s.out = append(*s.out, &layout.Skip{Height: c.style.Contents.Between.In(em, lh), KeepNext: true})
	}
}

// titleWidth is the measure of title blocks.
func (c *compositor) titleWidth() layout.Length {
	if c.style.TitleBlock.Across {
		return c.geom.Width - c.geom.Inner - c.geom.Outer
	}
	return style.ColumnWidth(&c.geom)
}

// fit makes a display look smaller, to no less than a percentage, so that a text takes no more than so many lines.
func (c *compositor) fit(look *style.Look, text, lang string, width layout.Length, lines layout.Length, least int64) *style.Look {
	em, lh := c.style.TextSize(), c.style.Leading()
	size := look.Size.In(em, lh)
	width -= look.Left.In(size, lh) + look.Right.In(size, lh)
	ts := c.textStyle(look, lang)
	natural := c.types.Width(text, &ts)
	// Ragged lines are filled to nine tenths at best.
	room := lines * width * 9 / 10
	if natural <= room || room <= 0 {
		return look
	}
	scale := max(int64(room)*100/int64(natural), least)
	out := *look
	out.Size = style.Abs(size * layout.Length(scale) / 100)
	out.Leading = style.Abs(look.Leading.In(size, lh) * layout.Length(scale) / 100)
	return &out
}

// PersonNames gives the names as printed.
func PersonNames(ps []document.Person) []string {
	var out []string
	for _, p := range ps {
		if n := strings.TrimSpace(p.Credit()); n != "" {
			out = append(out, n)
		}
	}
	return out
}

// line sets words of the house, which come from no Text of the document.
func (c *compositor) line(s *stand, look *style.Look, name string, t StructType, text string, adjust func(*layout.ParaStyle)) *layout.Para {
	n := c.node(s.parent, t)
	p := c.para(s, look, name, n, document.Pos{}, adjust)
	p.Origin = ""
	c.plainSpans(&p.Spans, c.inlineIn(s, look, n), text)
	*s.out = append(*s.out, p)
	return p
}

// plainSpans sets a plain string in a state, as text of no source.
func (c *compositor) plainSpans(out *[]layout.Span, st inlineState, text string) {
	at := len(c.sources)
	c.text(out, st, &document.Text{Value: text})
	// Nothing of it is a place in the document.
	c.sources = c.sources[:at]
	for i := range *out {
		if int((*out)[i].Source) >= at {
			(*out)[i].Source, (*out)[i].Offset = 0, 0
		}
	}
}

// authorNotes closes an article with what is said of its authors.
func (c *compositor) authorNotes(s *stand, art *StructNode, a *document.Article) {
	look := &c.style.AuthorNote
	s.parent = art
	c.sects, c.turn = nil, false
	from := len(*s.out)
	if len(a.AuthorNotes) > 0 {
		in := c.displayIn(s, look, group(art, Sect), "author-note")
		in.small, in.flush = true, true
		c.indent = false
		c.blocks(in, a.AuthorNotes)
	}
	if names.Gathered(c.issue) {
		return
	}
	for _, life := range names.Lives(a) {
		c.set(s, look, "author-note", P, life, a.Pos, func(ps *layout.ParaStyle) {
			ps.FirstIndent = 0
			if len(*s.out) > from {
				ps.SpaceBefore = 0
			}
		})
	}
}

// setEndNotes sets the notes that the style keeps for an article's end. In the structure each note follows the paragraph
// that cites it all the same, so the head belongs to the page only.
func (c *compositor) setEndNotes(s *stand) {
	if len(c.endNotes) == 0 {
		return
	}
	ns := &c.style.Notes
	em, lh := c.style.TextSize(), c.style.Leading()
	gap := ns.Gap.In(em, lh)
	if rule := ns.Rule.In(em, lh); rule > 0 {
		*s.out = append(*s.out, &layout.HRule{
			Thickness: ns.RuleThickness.In(em, lh), Width: min(rule, style.ColumnWidth(&c.geom)), SpaceBefore: gap, SpaceAfter: ns.RuleGap.In(em, lh), KeepNext: true,
		})
		gap = 0
	}
	look := c.style.Head2
	p := c.para(s, &look, "notes-head", nil, document.Pos{}, func(ps *layout.ParaStyle) {
		ps.KeepNext, ps.OffGrid, ps.SpaceBefore = true, true, gap
	})
	p.Origin = ""
	p.Spans = []layout.Span{{Text: c.alang.Notes, Style: c.intern(c.textStyle(&look, s.lang)), Artifact: true}}
	*s.out = append(*s.out, p)
	c.noteBlocks(s, c.endNotes)
}

// setUncited sets the notes that nothing cites after everything else, under a line that says so.
func (c *compositor) setUncited(s *stand, art *StructNode, a *document.Article) {
	var notes []*layout.Note
	var elems []*StructNode
	head := c.node(nil, P)
	c.endNotes = nil // are set; those that are still to come are cited by notes that are not
	for _, n := range a.Notes {
		if _, cited := c.notes[n]; n == nil || cited {
			continue
		}
		elem := group(nil, NoteElem)
		elems = append(elems, elem)
		notes = append(notes, c.setNote(n, elem, false))
	}
	if len(notes) == 0 {
		return
	}
	look := c.style.Notes.Look
	look.Italic = !look.Italic
	p := c.para(s, &look, "notes-head", head, document.Pos{}, func(ps *layout.ParaStyle) {
		ps.KeepNext, ps.FirstIndent = true, 0
		ps.SpaceBefore = max(ps.SpaceBefore, c.style.Notes.Gap.In(c.style.TextSize(), c.style.Leading()))
	})
	p.Origin = ""
	p.Spans = []layout.Span{{Text: c.alang.NotCited, Style: c.intern(c.textStyle(&look, s.lang)), Tag: head.Tag}}
	*s.out = append(*s.out, p)
	art.Children = append(art.Children, head)
	art.Children = append(art.Children, elems...)
	art.Children = append(art.Children, c.after...) // notes that these cite
	c.after = nil
	c.noteBlocks(s, append(notes, c.endNotes...))
}

// noteBlocks puts notes into the text.
func (c *compositor) noteBlocks(s *stand, notes []*layout.Note) {
	between := c.style.Notes.Between.In(c.style.TextSize(), c.style.Leading())
	for _, n := range notes {
		for j, b := range n.Blocks {
			if p, ok := b.(*layout.Para); ok && j == 0 {
				ps := *p.Style
				ps.SpaceBefore = max(ps.SpaceBefore, between)
				p.Style = c.internPara(ps)
				p.Anchors = append(p.Anchors, n.Anchor)
			}
			*s.out = append(*s.out, b)
		}
	}
}

// An opening is what is left to do of an article's opening words: the first left bytes of its text get their own look.
type opening struct {
	left int
	mode string
	drop int // bytes that the drop cap has taken
}

// dropLeast is how many characters a paragraph needs for each line of an initial, lest the initial hang below its text.
const dropLeast = 70

// open prepares the article's first paragraph: a drop cap, and words in small or bold capitals.
func (c *compositor) open(p *layout.Para, b *document.Paragraph, st inlineState) {
	o := &c.style.Opening
	if len(b.Content) == 0 || p.Style.RTL {
		return
	}
	t, ok := b.Content[0].(*document.Text)
	if !ok || t == nil {
		return // an opening in italics, a speaker, a picture: it has a look of its own
	}
	letter := 0 // past the opening marks
	for letter < len(t.Value) {
		r, n := utf8.DecodeRuneInString(t.Value[letter:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			break
		}
		if !unicode.IsPunct(r) {
			return
		}
		letter += n
	}
	if letter == len(t.Value) {
		return
	}
	r, n := utf8.DecodeRuneInString(t.Value[letter:])
	if !unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Armenian, unicode.Nd) {
		return // small capitals and initials belong to scripts that have capitals
	}
	drop := 0
	if o.DropCap > 1 && unicode.IsLetter(r) && utf8.RuneCountInString(document.PlainText(b.Content)) >= o.DropCap*dropLeast {
		drop = letter + n
		for drop < len(t.Value) {
			m, n := utf8.DecodeRuneInString(t.Value[drop:])
			if !unicode.IsMark(m) {
				break
			}
			drop += n
		}
		ts := c.textStyle(&style.Look{Family: o.Family, Weight: o.Weight, Color: o.Color, Figures: "lining"}, st.lang)
		p.Drop = &layout.DropCap{Lines: o.DropCap, Text: t.Value[:drop], Style: c.intern(ts), Tag: st.node.Tag, Source: c.source(t)}
		c.lookUp(p.Drop.Text, p.Drop.Style, t.Pos)
	}
	c.opening = opening{drop: drop, mode: o.Words}
	if end := openingWords(t.Value, max(1, o.Count)); o.Words != "none" && end > drop && c.hasCapitalsFor(o.Words, st, t.Value[drop:end]) {
		c.opening.left = end
	} else {
		c.opening.left, c.opening.mode = drop, "none"
	}
}

// hasCapitalsFor reports whether opening words can be set in the capitals that the style asks for. Scaled capitals, lighter
// than the text around them, are a makeshift that an opening can do without.
func (c *compositor) hasCapitalsFor(mode string, st inlineState, words string) bool {
	if mode != "smallcaps" {
		return true
	}
	letters := strings.Map(func(r rune) rune {
		if !unicode.IsLetter(r) {
			return -1
		}
		return unicode.ToLower(r)
	}, words)
	face := c.types.SelectFace(st.ts.Family, st.ts.Weight, st.ts.Italic)
	return letters == "" || face.Replaces(typeset.FontFeatures("smcp"), letters)
}

// openingWords is the end of the first words: as many as asked for, fewer where a phrase ends. A text that opens in
// capitals, as typewriters taught, is taken at its word: that run is the opening.
func openingWords(s string, count int) int {
	end, words := 0, 0
	shout := shouted(s)
	if shout > 0 {
		return shout
	}
	for i, r := range s {
		switch {
		case unicode.IsSpace(r):
			if i > 0 {
				words++
				if words == count {
					return i
				}
			}
		case strings.ContainsRune(",.;:!?—–(", r) && i > 0 && words > 0:
			return i
		default:
			end = i + utf8.RuneLen(r)
		}
	}
	return end
}

// shouted is the end of an opening that the source writes in capitals: three words at least.
func shouted(s string) int {
	end, words := 0, 0
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && s[j] == ' ' {
			j++
		}
		k := j
		low, letters := false, 0
		for k < len(s) && s[k] != ' ' {
			r, n := utf8.DecodeRuneInString(s[k:])
			low = low || unicode.IsLower(r)
			if unicode.IsLetter(r) {
				letters++
			}
			k += n
		}
		if low || k == j {
			break
		}
		words++
		end = k
		if letters == 0 && words > 1 { // figures and signs end it only at its end
			words--
		}
		i = k
	}
	if words < 3 {
		return 0
	}
	return end
}

// openingText sets as much of a text as belongs to the opening, and tells how many bytes that was.
func (c *compositor) openingText(out *[]layout.Span, st inlineState, t *document.Text) int {
	o := c.opening
	c.opening = opening{}
	end := min(o.left, len(t.Value))
	from := min(o.drop, end)
	if from == end {
		return end
	}
	in := st
	switch o.mode {
	case "smallcaps":
		in.ts.Features = typeset.FeatureList(in.ts.Features, "smcp")
		if shouted(t.Value) > 0 {
			in.ts.Features = typeset.FeatureList(in.ts.Features, "c2sc")
		}
		in.ts.Letterspace = in.ts.Size * 5 / 100
	case "caps":
		in.ts.Features = typeset.FeatureList(in.ts.Features, "caps", "-onum", "lnum")
		in.ts.Letterspace = in.ts.Size * 3 / 100
	case "bold-caps":
		in.ts.Weight = 700
		if shouted(t.Value) > 0 { // a long run of full capitals would fill a narrow column's lines badly
			in.ts.Features = typeset.FeatureList(in.ts.Features, "c2sc", "smcp")
			in.ts.Letterspace = in.ts.Size * 3 / 100
			break
		}
		in.ts.Features = typeset.FeatureList(in.ts.Features, "caps", "-onum", "lnum")
		in.ts.Size = in.ts.Size * 92 / 100
	}
	c.plain(out, in, t, from, end)
	return end
}
