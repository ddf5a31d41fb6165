package flow

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// inlineState is what a run of inlines is set in. It is a value: a styled run changes its copy.
type inlineState struct {
	ts   layout.TextStyle
	node *StructNode // the element that text belongs to
	link layout.LinkID
	lang string
	bold int // weight of strong text
	em   layout.Length
}

// inlineIn is the state in which a paragraph of a look begins.
func (c *compositor) inlineIn(s *stand, look *style.Look, n *StructNode) inlineState {
	ts := c.textStyle(look, s.lang)
	bold := 700
	if ts.Weight >= 700 {
		bold = ts.Weight
	}
	return inlineState{ts: ts, node: n, lang: s.lang, bold: bold, em: ts.Size}
}

// inlines sets inlines as spans. It is the one traversal of inlines: heads, captions, notes and the table of contents all
// come here.
func (c *compositor) inlines(st inlineState, is []document.Inline) []layout.Span {
	var spans []layout.Span
	c.appendInlines(&spans, st, is)
	return spans
}

func (c *compositor) appendInlines(out *[]layout.Span, st inlineState, is []document.Inline) {
	for i, in := range is {
		if document.IsNil(in) {
			continue
		}
		if ref, ok := in.(*document.NoteRef); ok && i > 0 {
			switch is[i-1].(type) {
			case *document.NoteRef, *document.Math:
				// Two notes at one place, or one behind a formula: air, lest 1 and 2 read as 12, or a note as a power.
				*out = append(*out, layout.Span{Text: "\u202f", Style: c.intern(st.ts), Tag: st.node.Tag, Link: st.link})
			}
			c.noteRef(out, st, ref)
			continue
		}
		c.inline(out, st, in)
	}
}

// inline sets one inline: the only switch over the kinds of inlines.
func (c *compositor) inline(out *[]layout.Span, st inlineState, in document.Inline) {
	switch in := in.(type) {
	case *document.Text:
		c.text(out, st, in)
	case *document.Styled:
		c.styled(out, st, in)
	case *document.Code:
		c.code(out, st, in)
	case *document.Link:
		c.link(out, st, in)
	case *document.Image:
		c.inlineImage(out, st, in)
	case *document.NoteRef:
		c.noteRef(out, st, in)
	case *document.Break:
		*out = append(*out, layout.Span{Kind: layout.BreakSpan, Style: c.intern(st.ts), Tag: st.node.Tag})
	case *document.Speaker:
		c.speaker(out, st, in)
	case *document.EndMark:
		c.endMark(out, st, in)
	case *document.Math:
		c.math(out, st, in)
	case *document.Ruby:
		c.ruby(out, st, in)
	case *document.Anchor:
		if c.article != nil && in.ID != "" {
			*out = append(*out, layout.Span{Kind: layout.AnchorSpan, Anchor: c.dest(c.article, in.ID), Style: c.intern(st.ts), Tag: st.node.Tag})
		}
	default:
		c.strange(in)
	}
}

// child makes an element within the current one when the content differs in a way that a reader should be told.
func (c *compositor) child(st *inlineState, t StructType) *StructNode {
	n := c.node(st.node, t)
	st.node = n
	return n
}

// styled changes the look of its content.
func (c *compositor) styled(out *[]layout.Span, st inlineState, in *document.Styled) {
	if !document.Kept(in, "pdf") {
		return
	}
	if in.ID != "" && c.article != nil {
		*out = append(*out, layout.Span{Kind: layout.AnchorSpan, Anchor: c.dest(c.article, in.ID), Style: c.intern(st.ts), Tag: st.node.Tag})
	}
	if in.Lang != "" && in.Lang != st.lang {
		c.child(&st, Span).Lang = in.Lang
		st.lang, st.ts.Lang = in.Lang, in.Lang
	}
	ts := &st.ts
	switch in.Kind {
	case document.Emphasis, document.Citation, document.DefinedTerm, document.Variable:
		ts.Italic = !ts.Italic // emphasis within italics is upright
	case document.Strong:
		ts.Weight = st.bold
	case document.Superscript:
		c.script(ts, document.PlainText(in.Content), "sups", st.em*7/20)
	case document.Subscript:
		c.script(ts, document.PlainText(in.Content), "subs", -st.em*3/20)
	case document.Strikethrough, document.Deleted:
		c.child(&st, Span) // the writer says there what the line through it is
		ts.Strike = true
	case document.SmallCaps:
		c.smallCaps(ts)
	case document.Underline, document.Inserted:
		c.child(&st, Span)
		ts.Underline = true
	case document.Mark:
		// A highlighter's stripe is no figure of print: the words are underlined.
		c.child(&st, Span)
		ts.Underline = true
	case document.Keyboard:
		ts.Family, ts.Size = "sans", ts.Size*9/10
	case document.Abbreviation:
	case document.Small:
		ts.Size = ts.Size * 85 / 100
	case document.Quotation, document.Plain, document.Override:
	}
	if in.Title != "" && (in.Kind == document.Abbreviation || in.Kind == document.DefinedTerm) {
		c.child(&st, Span).Expansion = in.Title
	}
	open, shut := isolation(in)
	c.direct(out, st, open)
	c.appendInlines(out, st, in.Content)
	c.direct(out, st, shut)
}

// isolation gives the characters that keep a run's direction apart from its surroundings, or force it on every character
// (UAX #9 § 2.4.2, § 2.2; as CSS Writing Modes 4 § 2.4.2 has dir and bdo).
func isolation(in *document.Styled) (open, shut string) {
	switch in.Dir {
	case "rtl":
		open, shut = "\u2067", "\u2069"
	case "ltr":
		open, shut = "\u2066", "\u2069"
	default:
		return "", ""
	}
	if in.Kind == document.Override {
		force := map[string]string{"rtl": "\u202e", "ltr": "\u202d"}[in.Dir]
		return open + force, "\u202c" + shut
	}
	return open, shut
}

// direct sets characters that only direct the text around them.
func (c *compositor) direct(out *[]layout.Span, st inlineState, marks string) {
	if marks != "" {
		*out = append(*out, layout.Span{Text: marks, Style: c.intern(st.ts), Tag: st.node.Tag, Link: st.link})
	}
}

// ruby sets a word and, in parentheses behind it, its annotation: as those set it who have no room between the lines.
func (c *compositor) ruby(out *[]layout.Span, st inlineState, in *document.Ruby) {
	elem := group(st.node, RubyElem)
	piece := func(t StructType) inlineState {
		in := st
		in.node = c.node(elem, t)
		return in
	}
	paren := func(s string) {
		in := piece(RubyParen)
		*out = append(*out, layout.Span{Text: s, Style: c.intern(in.ts), Tag: in.node.Tag, Link: in.link})
	}
	c.appendInlines(out, piece(RubyBase), in.Base)
	paren("(")
	text := piece(RubyText)
	text.ts.Size = text.ts.Size * 85 / 100
	c.appendInlines(out, text, in.Text)
	paren(")")
}

// script sets superiors or inferiors: the face's own if it has one for every character, else scaled and moved.
func (c *compositor) script(ts *layout.TextStyle, text, feature string, rise layout.Length) {
	face := c.types.SelectFace(ts.Family, ts.Weight, ts.Italic)
	ts.Features = typeset.FeatureList(ts.Features, "-onum", "-tnum", "-smcp", "-c2sc", "-inis", "-caps")
	ts.Letterspace = 0
	if face.HasFeature(feature) && !strings.ContainsAny(text, "\n") && face.Replaces(typeset.FontFeatures(feature), text) {
		ts.Features = typeset.FeatureList(ts.Features, "-lnum", feature)
		return
	}
	m := face.Metrics()
	ts.Rise += rise
	ts.Size = ts.Size * layout.Length(max(m.SuperscriptSize*1000/m.UnitsPerEm, 600)) / 1000
	ts.Features = typeset.FeatureList(ts.Features, "lnum")
}

// smallCaps sets capitals of the x-height, the face's own or scaled ones.
func (c *compositor) smallCaps(ts *layout.TextStyle) {
	ts.Features = typeset.FeatureList(ts.Features, "smcp", "-caps")
	if ts.Letterspace == 0 {
		ts.Letterspace = ts.Size * 3 / 100
	}
}

// code sets a piece of code in a line.
func (c *compositor) code(out *[]layout.Span, st inlineState, in *document.Code) {
	if in.Text == nil {
		return
	}
	c.child(&st, Code)
	st.ts.Family = "mono"
	st.ts.Size = st.ts.Size * 85 / 100 // a mono's letters are as high as the text's at this size
	st.ts.Features, st.ts.NoHyphen, st.ts.Letterspace = "", true, 0
	if strings.Contains(in.Text.Value, "://") {
		st.ts.Break = "url"
	}
	c.plain(out, st, in.Text, 0, len(in.Text.Value))
}

// link sets a link's text and remembers where it goes.
func (c *compositor) link(out *[]layout.Span, st inlineState, in *document.Link) {
	l := Link{Lang: st.lang}
	switch {
	case in.Note != nil && c.article != nil && slices.Contains(c.article.Notes, in.Note):
		if l.Dest = c.noteDest(in.Note); in.ToRef {
			if l.Dest += "-ref"; len(in.Note.Refs) == 0 {
				l.Dest = ""
			}
		}
		l.Contents = strings.Join(strings.Fields(document.PlainText(in.Content)), " ")
	case in.Article != nil && c.holds(in.Article):
		l.Dest = c.dest(in.Article, in.Anchor)
		l.Contents = document.PlainText(in.Article.Title)
		if in.Article == c.article {
			l.Contents = strings.Join(strings.Fields(document.PlainText(in.Content)), " ")
		} else {
			l.Away, _ = address.Follow(publicAddress(in), c.issue.Journal.BaseURL)
		}
	case in.Article != nil:
		l.URI = publicAddress(in)
		l.Contents = document.PlainText(in.Article.Title)
	default:
		l.URI = in.URL
		l.Contents = in.Title
	}
	l.URI = c.follow(l.URI, in.Position())
	if l.Contents == "" {
		l.Contents = l.URI
	}
	if l.URI == "" && l.Dest == "" || st.link != 0 {
		c.appendInlines(out, st, in.Content)
		return
	}
	n := c.child(&st, LinkElem)
	n.Link = c.addLink(l)
	st.link = n.Link
	if col := c.style.Detail.LinkColor; col != 0 {
		st.ts.Color = uint32(col)
	}
	if in.Auto || address.Looks(document.PlainText(in.Content)) {
		st.ts.Break, st.ts.NoHyphen = "url", true
	}
	c.appendInlines(out, st, in.Content)
}

// publicAddress is where an article that a link leads to is published, "" when that is not known.
func publicAddress(l *document.Link) string {
	if l.Article.URL == "" || l.Anchor == "" {
		return l.Article.URL
	}
	return l.Article.URL + "#" + l.Anchor
}

// follow gives an address that can be followed, "" for what must not be linked, and tells why.
func (c *compositor) follow(url string, pos document.Pos) string {
	uri, err := address.Follow(url, c.issue.Journal.BaseURL)
	if refused, ok := errors.AsType[*address.Refusal](err); ok {
		c.problems = append(c.problems, document.NewProblem(refused.Code, pos, refused.Message, refused.Hint))
	}
	return uri
}

func (c *compositor) addLink(l Link) layout.LinkID {
	if l.Contents == "" {
		l.Contents = l.Dest
	}
	c.links = append(c.links, l)
	return layout.LinkID(len(c.links) - 1)
}

// holds reports whether the edition has the article.
func (c *compositor) holds(a *document.Article) bool {
	_, ok := c.slugs[a]
	return ok
}

// speaker sets the label of a turn.
func (c *compositor) speaker(out *[]layout.Span, st inlineState, in *document.Speaker) {
	sp := &c.style.Speaker
	ts := c.textStyle(&sp.Look, st.lang)
	if sp.Size.IsZero() {
		ts.Size = st.ts.Size
	} else {
		ts.Size = sp.Size.In(st.ts.Size, c.style.Leading())
	}
	if sp.Family == "" {
		ts.Family = st.ts.Family
	}
	ts.Color = st.ts.Color
	st.ts = ts
	if sp.Case == "smallcaps" && isInitials(document.PlainText(in.Content)) {
		st.ts.Features = typeset.FeatureList(st.ts.Features, "c2sc")
	}
	c.appendInlines(out, st, in.Content)
}

// isInitials reports whether a speaker goes by initials: "CW:".
func isInitials(s string) bool {
	for _, r := range s {
		if unicode.IsLower(r) {
			return false
		}
	}
	return true
}

// endMark sets the ornament that closes an article. The letters are the journal's own mark, so they stay text.
func (c *compositor) endMark(out *[]layout.Span, st inlineState, in *document.EndMark) {
	if in.Text == nil {
		return
	}
	ts := st.ts
	ts.Italic = false
	if mark := c.style.Detail.EndMark; mark != "" {
		n := c.node(st.node, Span)
		n.ActualText = in.Text.Value
		*out = append(*out, layout.Span{Text: "\u2002" + mark, Style: c.intern(ts), Tag: n.Tag})
		return
	}
	ts.Family, ts.Weight = "sans", 700
	ts.Size = ts.Size * 9 / 10
	ts.Features = typeset.FeatureList(ts.Features, "-onum", "lnum")
	*out = append(*out, layout.Span{Text: "\u00a0", Style: c.intern(st.ts), Tag: st.node.Tag})
	rule := ts
	rule.Weight = 400
	rule.Letterspace = rule.Size / 10
	*out = append(*out, layout.Span{Text: "|", Style: c.intern(rule), Artifact: true})
	st.ts = ts
	c.plain(out, st, in.Text, 0, len(in.Text.Value))
}

// inlineImage sets a picture in a line.
func (c *compositor) inlineImage(out *[]layout.Span, st inlineState, im *document.Image) {
	if im.Asset == nil {
		if words := document.Standin(im); words != "" {
			st.ts.Italic = !st.ts.Italic
			*out = append(*out, layout.Span{Text: "[" + words + "]", Style: c.intern(st.ts), Tag: st.node.Tag, Link: st.link})
		}
		return
	}
	alt, problem := document.AltText(im, im.Title)
	alt = cmp.Or(alt, im.Source)
	if problem != nil {
		c.problems = append(c.problems, *problem)
	}
	pic := c.picture(im, style.ColumnWidth(&c.geom))
	pic.Link = st.link
	if !im.Decorative {
		n := c.node(st.node, Figure)
		n.Alt = alt
		if title := strings.Join(strings.Fields(document.PlainText(im.Title)), " "); title != "" && title != alt {
			n.Alt += " (" + title + ")"
		}
		pic.Tag = n.Tag
	}
	*out = append(*out, layout.Span{Kind: layout.BoxSpan, Style: c.intern(st.ts), Tag: pic.Tag, Link: st.link, Box: pic})
}

// noteRef sets the mark of a note, and brings its note along.
func (c *compositor) noteRef(out *[]layout.Span, st inlineState, ref *document.NoteRef) {
	if ref.Note == nil || c.article == nil { // a title in the contents, say, goes without its mark
		return
	}
	number := strconv.Itoa(c.number(ref.Note))
	n := c.node(group(st.node, Reference), LinkElem)
	anchor := c.noteDest(ref.Note) + "-ref"
	if ref.Index > 1 {
		anchor += strconv.Itoa(ref.Index)
	}
	link := c.addLink(Link{Dest: c.noteDest(ref.Note), Contents: c.alang.Note + " " + number, Lang: c.article.Language})
	n.Link = link
	ts := st.ts
	ts.Italic, ts.Underline, ts.Strike = false, false, false
	if ts.Weight > 400 && st.bold != ts.Weight {
		ts.Weight = 400
	}
	c.script(&ts, number, "sups", st.em*7/20)
	*out = append(*out,
		layout.Span{Kind: layout.AnchorSpan, Anchor: anchor, Style: c.intern(ts), Tag: n.Tag},
		layout.Span{Kind: layout.NoteSpan, Text: number, Style: c.intern(ts), Tag: n.Tag, Link: link, Note: c.note(ref.Note)})
}

// number gives the number of a note: its own, or the next that no other note of the article has.
func (c *compositor) number(n *document.Note) int {
	k, ok := c.numbers[n]
	if ok {
		return k
	}
	for k = max(n.Number, 1); c.numbered[k]; {
		k++
	}
	c.numbers[n], c.numbered[k] = k, true
	return k
}

// noteDest is the name of the place of a note.
func (c *compositor) noteDest(n *document.Note) string {
	return c.slug(c.article) + "--note-" + strconv.Itoa(c.number(n))
}

// note sets a note when it is first cited; later citations give nil: the note stands in one place.
func (c *compositor) note(n *document.Note) *layout.Note {
	if _, done := c.notes[n]; done {
		return nil
	}
	place := len(c.endNotes)
	end := c.style.Notes.Place == "end"
	if end {
		c.endNotes = append(c.endNotes, nil) // before those that it cites itself
	}
	elem := group(nil, NoteElem)
	c.after = append(c.after, elem)
	note := c.setNote(n, elem, true)
	if end {
		c.endNotes[place] = note
		return nil
	}
	return note
}

// setNote sets a note under its element. The number of one that is cited links back to the first citation.
func (c *compositor) setNote(n *document.Note, elem *StructNode, cited bool) *layout.Note {
	note := &layout.Note{Anchor: c.noteDest(n)}
	c.notes[n] = note // a note that cites itself ends here
	ns := &c.style.Notes
	elem.ID = c.noteDest(n)
	s := &stand{parent: elem, look: &ns.Look, name: "note", lang: c.article.Language, rtl: c.article.Dir == "rtl", small: true, hold: true, flush: false}
	s.out = &note.Blocks

	number := strconv.Itoa(c.number(n))
	lbl := group(elem, Lbl)
	back := lbl
	if cited {
		back = c.node(lbl, LinkElem)
		back.Link = c.addLink(Link{Dest: c.noteDest(n) + "-ref", Contents: c.alang.BackToText, Lang: c.article.Language})
	} else {
		c.nodes++
		lbl.Tag = layout.Tag(c.nodes)
	}
	note.Tag = back.Tag

	wasIndent, wasOpening := c.indent, c.opening
	c.indent, c.opening = true, opening{}
	c.inNotes++
	c.blocks(s, n.Blocks)
	c.inNotes--
	c.indent, c.opening = wasIndent, wasOpening

	ts := c.textStyle(&ns.Look, c.article.Language)
	label := []layout.Span{{Text: number, Style: c.intern(ts), Tag: back.Tag, Link: back.Link}}
	if ns.Number == "superior" {
		c.script(&ts, number, "sups", ts.Size*7/20)
		label[0].Style = c.intern(ts)
	} else {
		label[0].Text += "."
	}
	var first *layout.Para
	if len(note.Blocks) > 0 {
		first, _ = note.Blocks[0].(*layout.Para)
	}
	if first == nil || first.Label != nil {
		first = c.para(s, s.look, "note", nil, n.Pos, nil)
		first.Tag = back.Tag
		note.Blocks = append([]layout.Block{first}, note.Blocks...)
	}
	if ns.NumberPlace == "hang" {
		ps := *first.Style
		ps.FirstIndent = 0
		first.Style = c.internPara(ps)
		first.Label, first.LabelX = label, 0
		// All paragraphs of the note stand clear of its number.
		indent := ns.Indent.In(ts.Size, c.style.Leading())
		for _, b := range note.Blocks {
			if p, ok := b.(*layout.Para); ok {
				ps := *p.Style
				ps.LeftIndent += indent
				p.Style = c.internPara(ps)
			}
		}
	} else {
		gap := layout.Span{Text: "\u2002", Style: c.intern(c.textStyle(&ns.Look, c.article.Language)), Tag: back.Tag}
		first.Spans = append(append(label, gap), first.Spans...)
	}
	return note
}

// text sets a Text: the article's opening, initials, acronyms and addresses get their own treatment.
func (c *compositor) text(out *[]layout.Span, st inlineState, t *document.Text) {
	from := 0
	if c.opening.left > 0 {
		from = c.openingText(out, st, t)
	}
	c.prose(out, st, t, from)
}

// prose sets running text from byte from on.
func (c *compositor) prose(out *[]layout.Span, st inlineState, t *document.Text, from int) {
	s := t.Value
	if st.ts.Break == "" {
		addresses := address.In(s, from)
		for {
			i, j, ok := addresses.Next()
			if !ok {
				break
			}
			c.phrase(out, st, t, from, i)
			u := st
			u.ts.Break, u.ts.NoHyphen = "url", true
			c.plain(out, u, t, i, j)
			from = j
		}
	}
	c.phrase(out, st, t, from, len(s))
}

// phrase sets words, with initials kept together and acronyms in small capitals where the style asks.
func (c *compositor) phrase(out *[]layout.Span, st inlineState, t *document.Text, from, to int) {
	s := t.Value
	acronyms := c.style.Detail.Acronyms == "smallcaps" && !strings.Contains(st.ts.Features, "smcp") && !strings.Contains(st.ts.Features, "caps")
	thin := c.style.Detail.Initials == "thin"
	if !acronyms && !thin {
		c.plain(out, st, t, from, to)
		return
	}
	done := from
	for i := from; i < to; {
		ch := s[i]
		if ch < 'A' || ch > 'Z' && ch < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unicode.IsUpper(r) || wordBefore(s, i) {
			i += n
			continue
		}
		if thin {
			if space := c.initialSpace(s, i, i+n, from, to); space != "" {
				stop := i + n + 1
				c.plain(out, st, t, done, stop)
				*out = append(*out, layout.Span{Text: space, Style: c.intern(st.ts), Tag: st.node.Tag, Link: st.link, Source: c.source(t), Offset: int32(stop)})
				done, i = stop+1, stop+1
				continue
			}
		}
		if acronyms {
			if j := acronymEnd(s, i, to); j > i {
				c.plain(out, st, t, done, i)
				a := st
				a.ts.Features = typeset.FeatureList(a.ts.Features, "c2sc", "smcp")
				a.ts.Letterspace = a.ts.Size * 4 / 100
				c.plain(out, a, t, i, j)
				done, i = j, j
				continue
			}
		}
		i += n
	}
	c.plain(out, st, t, done, to)
}

// initialSpace gives the space between an initial, whose capital ends at byte j, and what follows it, as in "C. L. R. James":
// a thin one before a further initial, one that does not break before the name. "" where no initial stands.
func (c *compositor) initialSpace(s string, i, j, from, to int) string {
	if j+2 >= to || s[j] != '.' || s[j+1] != ' ' {
		return ""
	}
	next, _ := utf8.DecodeRuneInString(s[j+2:])
	further := isInitial(s, j+2, to)
	switch {
	case !unicode.IsUpper(next) || !further && !c.initialsBegin(s, i, from):
		return ""
	case further:
		return "\u202f"
	}
	return "\u00a0"
}

// acronymEnd is the end of the acronym that begins at byte i: three capitals at least, perhaps with digits; i where there is
// none.
func acronymEnd(s string, i, to int) int {
	j, letters := i, 0
	for j < to {
		r, n := utf8.DecodeRuneInString(s[j:])
		if unicode.IsUpper(r) {
			letters++
		} else if !unicode.IsDigit(r) {
			break
		}
		j += n
	}
	if next, _ := utf8.DecodeRuneInString(s[j:]); letters < 3 || j < to && unicode.IsLetter(next) {
		return i
	}
	return j
}

// wordBefore reports whether a letter or digit stands right before byte i.
func wordBefore(s string, i int) bool {
	r, n := utf8.DecodeLastRuneInString(s[:i])
	return n > 0 && (unicode.IsLetter(r) || unicode.IsDigit(r))
}

// isInitial reports whether one capital and a stop stand at i.
func isInitial(s string, i, to int) bool {
	r, n := utf8.DecodeRuneInString(s[i:])
	return unicode.IsUpper(r) && i+n < to && s[i+n] == '.'
}

// initialsBegin reports whether the capital at i is the last of several initials, which the name follows. One initial
// alone may as well end a sentence ("Malcolm X. He"), and stays as it is.
func (c *compositor) initialsBegin(s string, i, from int) bool {
	if i < from+3 {
		return false
	}
	before := strings.TrimRight(s[from:i], " \u202f\u00a0")
	if !strings.HasSuffix(before, ".") {
		return false
	}
	before = before[:len(before)-1]
	r, n := utf8.DecodeLastRuneInString(before)
	return n > 0 && unicode.IsUpper(r) && !wordBefore(before, len(before)-n)
}

// plain sets bytes from to to of a text in one style.
func (c *compositor) plain(out *[]layout.Span, st inlineState, t *document.Text, from, to int) {
	if from >= to {
		return
	}
	text := t.Value[from:to]
	if needsCase(st.ts.Features) {
		c.cased(out, st, t, from, to)
		return
	}
	style := c.intern(st.ts)
	c.lookUp(text, style, t.Pos)
	*out = append(*out, layout.Span{Text: text, Style: style, Tag: st.node.Tag, Link: st.link, Source: c.source(t), Offset: int32(from)})
}

func needsCase(features string) bool { return strings.Contains(features, "smcp") }

// cased sets small capitals: in one span when the face has them, else lower case is divided from the rest and scaled.
func (c *compositor) cased(out *[]layout.Span, st inlineState, t *document.Text, from, to int) {
	add := func(ts layout.TextStyle, from, to int) {
		if from < to {
			style := c.intern(ts)
			c.lookUp(t.Value[from:to], style, t.Pos)
			*out = append(*out, layout.Span{Text: t.Value[from:to], Style: style, Tag: st.node.Tag, Link: st.link, Source: c.source(t), Offset: int32(from)})
		}
	}
	face := c.types.SelectFace(st.ts.Family, st.ts.Weight, st.ts.Italic)
	all := strings.Contains(st.ts.Features, "c2sc")
	if hasSmallCaps(face, t.Value[from:to], all) {
		add(st.ts, from, to)
		return
	}
	large, small := st.ts, st.ts
	large.Features = typeset.FeatureList(large.Features, "-smcp", "-c2sc")
	small.Features = typeset.FeatureList(small.Features, "-smcp", "-c2sc", "caps")
	m := face.Metrics()
	small.Size = small.Size * layout.Length(max(m.XHeight*1060/max(m.CapHeight, 1), 700)) / 1000
	start, low := from, false
	for i, r := range t.Value[from:to] {
		is := unicode.IsLower(r) || all && unicode.IsUpper(r) || low && (unicode.IsMark(r) || r == ' ')
		if is != low {
			if low {
				add(small, start, from+i)
			} else {
				add(large, start, from+i)
			}
			start, low = from+i, is
		}
	}
	if low {
		add(small, start, to)
	} else {
		add(large, start, to)
	}
}

// hasSmallCaps reports whether the face has small capitals for every letter of text that wants one: many have them for
// Latin letters only.
func hasSmallCaps(face *fonts.Face, text string, all bool) bool {
	if !face.HasFeature("smcp") || all && !face.HasFeature("c2sc") {
		return false
	}
	var lower, capitals []rune
	for _, r := range text {
		switch {
		case r < 0x100 && r != 'ß' && r != 'µ': // every face with the feature has these
		case unicode.IsLower(r) && !slices.Contains(lower, r):
			lower = append(lower, r)
		case all && unicode.IsUpper(r) && !slices.Contains(capitals, r):
			capitals = append(capitals, r)
		}
	}
	return (len(lower) == 0 || face.Replaces("smcp", string(lower))) && (len(capitals) == 0 || face.Replaces("c2sc", string(capitals)))
}

// source numbers a text of the document.
func (c *compositor) source(t *document.Text) layout.SourceID {
	if n := len(c.sources) - 1; n > 0 && c.sources[n].text == t {
		return layout.SourceID(n)
	}
	c.sources = append(c.sources, source{t, c.article, c.inTitle})
	return layout.SourceID(len(c.sources) - 1)
}

// lookUp reports the characters of text that no face has, each once, where it first occurs.
func (c *compositor) lookUp(text string, style *layout.TextStyle, pos document.Pos) {
	for i := 0; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			c.lookUpRunes(text[i:], style, pos)
			return
		}
	}
}

func (c *compositor) lookUpRunes(text string, style *layout.TextStyle, pos document.Pos) {
	unknown := false
	for _, r := range text {
		if r < utf8.RuneSelf || r == '’' || r == '“' || r == '”' || r == '–' || r == '—' {
			continue
		}
		key := runeInFace{style, r}
		if _, ok := c.known[key]; !ok {
			c.known[key] = false
			unknown = true
		}
	}
	if !unknown {
		return
	}
	for _, r := range c.types.Missing(text, style) {
		if !c.reported[r] {
			c.reported[r] = true
			c.missing = append(c.missing, missingRune{r, pos})
		}
	}
}

// A missingRune is a character that no font has, and where it first occurs.
type missingRune struct {
	r   rune
	pos document.Pos
}

// namedMissing is how many missing characters are reported one by one; the rest of a text in a script without a font is
// better told in one sentence.
const namedMissing = 12

// reportMissing reports the characters that no font has.
func (c *compositor) reportMissing() {
	const hint = "put a font that has it in the folder named by fonts: in twinpress.yaml"
	for i, m := range c.missing {
		message := fmt.Sprintf("no font has the character %q (U+%04X); the PDF shows a replacement", m.r, m.r)
		if i == namedMissing && len(c.missing) > namedMissing+1 {
			var b strings.Builder
			for _, m := range c.missing[i:] {
				b.WriteRune(m.r)
			}
			message = fmt.Sprintf("no font has %d more characters; the PDF shows replacements for %s", len(c.missing)-i, b.String())
		}
		c.problems = append(c.problems, document.Problem{Code: "missing-glyph", Severity: document.Warning, Pos: m.pos, Message: message, Hint: hint})
		if i == namedMissing {
			break
		}
	}
}
