package layout

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/layout/hyphen"
)

// A pieceKind says what stands at a place of a paragraph.
type pieceKind uint8

const (
	wordPiece   pieceKind = iota // glyphs, no white space among them
	spacePiece                   // a word space: stretches and shrinks
	fixedPiece                   // a space of fixed width (thin, en, em, code): never stretches
	gapPiece                     // between ideographs: no text, stretches a little
	boxPiece                     // an inline picture
	fillPiece                    // a leader
	forcedPiece                  // the line ends here
	anchorPiece                  // a named place
)

// A piece is a stretch of a paragraph in one style, direction and span, the unit of shaping.
type piece struct {
	kind       pieceKind
	level      uint8 // of the Unicode bidirectional algorithm
	noBreak    bool  // a space where no line ends
	note       bool
	start, end int32 // in the paragraph's text
	span       int32
	offset     int32 // of start in the span's source text
	word       *word
	width      Length // natural
	stretch    Length
	shrink     Length
}

// A directive is an invisible character that steers the breaking or the direction and has no place in the text.
type directive struct {
	pos  int32
	kind rune // U+00AD, U+200B, U+2060, or one that isDirectional
}

// isDirectional says that r opens or closes an embedding, an override or an isolate (UAX #9 § 2).
func isDirectional(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// paraText is a paragraph's text with its white space in order, cut into pieces.
type paraText struct {
	text       string
	spans      []Span
	pieces     []piece
	directives []directive
	hasRTL     bool
	hasWide    bool // ideographs, kana: breaks between characters
	build      []byte
}

// A wordKey is what shaping depends on.
type wordKey struct {
	style *TextStyle
	text  string
	rtl   bool
}

// A word is a shaped stretch of text.
type word struct {
	glyphs []Glyph // left to right; letterspacing is in the advances
	width  Length
	// plain: nothing but letters (and marks that offer no break), so that only hyphenation can break it.
	plain bool
	// hyphens are its places for hyphens, once they have been asked for.
	hyphens    []hyphen.Place
	hyphenated bool
}

// styleInfo is what a style's measures come to.
type styleInfo struct {
	metrics                Metrics
	space, stretch, shrink Length
	spaceGlyph             Glyph
	spaceNatural           Length // advance of the space glyph
}

func (s *setter) info(style *TextStyle) *styleInfo {
	if in := s.styles[style]; in != nil {
		return in
	}
	in := &styleInfo{metrics: s.shaper.Metrics(style)}
	in.spaceNatural = in.metrics.Space
	if g := s.shaper.Shape(" ", style, false); len(g) > 0 {
		in.spaceGlyph = g[0]
		if g[0].Advance > 0 {
			in.spaceNatural = g[0].Advance
		}
	}
	in.space = in.spaceNatural * Length(s.par.spaceWidth) / 1000
	in.stretch = in.space * Length(s.par.spaceStretch) / 1000
	in.shrink = in.space * Length(s.par.spaceShrink) / 1000
	in.space += style.Letterspace
	s.styles[style] = in
	return in
}

// shape gives the glyphs of a word.
func (s *setter) shape(style *TextStyle, text string, rtl bool) *word {
	key := wordKey{style, text, rtl}
	if w := s.words[key]; w != nil {
		return w
	}
	w := &word{glyphs: s.shaper.Shape(text, style, rtl), plain: isPlain(text)}
	if ls := style.Letterspace; ls != 0 {
		spaced := make([]Glyph, len(w.glyphs)) // the shaper may keep its own
		copy(spaced, w.glyphs)
		for i := range spaced {
			if spaced[i].Advance > 0 {
				spaced[i].Advance += ls
			}
		}
		w.glyphs = spaced
	}
	for i := range w.glyphs {
		w.width += w.glyphs[i].Advance
	}
	s.words[key] = w
	return w
}

// isPlain says that a word has letters and closing marks only.
func isPlain(text string) bool {
	for i := 0; i < len(text); i++ {
		c := text[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(text[i:])
			if r == 0x2010 || r == 0x2013 || r == 0x2014 || r == 0x2026 || r >= 0x0E00 && !isAlphabetic(r) {
				return false
			}
			i += n - 1
			continue
		}
		if c == '-' || c == '/' {
			return false
		}
	}
	return true
}

func isAlphabetic(r rune) bool {
	return r >= 0x1E00 && r < 0x2000 || r >= 0x2018 && r <= 0x201F
}

// collect turns spans into the paragraph's text and pieces. White space of prose is put in order on the way: runs of it
// become one space (a space after a stop is like any other), and there is none where a line begins or ends.
func (s *setter) collect(p *Para, spans []Span) {
	t := &s.text
	t.pieces, t.directives, t.build = t.pieces[:0], t.directives[:0], t.build[:0]
	t.spans, t.hasRTL, t.hasWide = spans, p.Style.RTL, false
	c := collector{t: t, keep: p.Style.Pre || p.Style.BoundSpaces, pre: p.Style.Pre, lineStart: true}
	last, again := "", false
	for i := range spans {
		sp := &spans[i]
		c.span = int32(i)
		if again {
			again = false
			continue
		}
		switch sp.Kind {
		case TextSpan:
			if again = i+1 < len(spans) && s.repeats(&spans[i+1], last); !again {
				c.add(sp.Text, false)
			}
		case NoteSpan:
			c.add(sp.Text, true)
			if sp.Text == "" {
				c.object(anchorPiece)
			}
		case PageRefSpan:
			if s.pageRef != nil {
				last = s.pageRef(sp.Anchor)
				c.add(last, false)
			}
		case BreakSpan:
			c.object(forcedPiece)
		case AnchorSpan:
			c.object(anchorPiece)
		case BoxSpan:
			c.object(boxPiece)
		case FillSpan:
			c.object(fillPiece)
		}
	}
	c.trim()
	t.text = string(t.build)
	if t.hasRTL {
		t.findLevels(p.Style.RTL)
	}
	if t.hasWide {
		t.splitWide()
	}
	s.measurePieces(p)
}

// repeats reports whether a span is a page's number that is not to be shown a second time.
func (s *setter) repeats(sp *Span, last string) bool {
	return sp.Kind == PageRefSpan && sp.Once && s.pageRef != nil && last != "" && s.pageRef(sp.Anchor) == last
}

// A collector gathers the characters of spans.
type collector struct {
	t         *paraText
	span      int32
	keep, pre bool
	lineStart bool // nothing but white space so far on this (forced) line
	column    int  // of the line, in characters, for tabs

	text string // of the span in hand
	note bool   // it is a note's mark
	word int    // index of the open word, or -1
	from int    // of its characters that are not yet copied
}

func (c *collector) object(kind pieceKind) {
	t := c.t
	switch kind {
	case forcedPiece:
		c.forced(0)
		return
	case anchorPiece:
	default:
		c.lineStart = false
	}
	at := int32(len(t.build))
	t.pieces = append(t.pieces, piece{kind: kind, start: at, end: at, span: c.span})
}

// forced ends the line. In the text it is white space: a space in prose, a line feed where lines are kept.
func (c *collector) forced(i int) {
	t := c.t
	c.trim()
	c.lineStart, c.column = true, 0
	at := int32(len(t.build))
	t.pieces = append(t.pieces, piece{kind: forcedPiece, start: at, end: at + 1, span: c.span, offset: int32(i)})
	if c.pre {
		t.build = append(t.build, '\n')
	} else {
		t.build = append(t.build, ' ')
	}
}

// trim takes a space off the end of a line.
func (c *collector) trim() {
	if c.keep {
		return
	}
	t := c.t
	n := len(t.pieces) - 1
	for n >= 0 && t.pieces[n].kind == anchorPiece {
		n--
	}
	if n < 0 || t.pieces[n].kind != spacePiece || t.pieces[n].noBreak {
		return
	}
	at := t.pieces[n].start
	t.build = t.build[:at]
	t.pieces = append(t.pieces[:n], t.pieces[n+1:]...)
	for ; n < len(t.pieces); n++ { // the anchors after it
		t.pieces[n].start, t.pieces[n].end = at, at
	}
}

// add appends the text of the current span, character by character: letters to the open word, which white space closes.
func (c *collector) add(text string, note bool) {
	t := c.t
	if !utf8.ValidString(text) {
		text = strings.ToValidUTF8(text, "\uFFFD")
	}
	c.text, c.note, c.word, c.from = text, note, -1, 0
	first := len(t.pieces)
	for i := 0; i < len(text); {
		switch b := text[i]; {
		case b > ' ' && b < 0x7F:
			c.openWord(i)
			i++
			c.column++
		case b == ' ' || b >= '\t' && b <= '\r':
			c.closeWord(i)
			c.white(i, b)
			i++
		default:
			i += c.other(i)
		}
	}
	c.closeWord(len(text))
	if sp := &t.spans[c.span]; sp.Kind == TextSpan {
		for i := first; i < len(t.pieces); i++ {
			t.pieces[i].offset += sp.Offset
		}
	}
}

// openWord begins a word at character i, unless one is open.
func (c *collector) openWord(i int) {
	if c.word >= 0 {
		return
	}
	t := c.t
	t.pieces = append(t.pieces, piece{kind: wordPiece, note: c.note, start: int32(len(t.build)), span: c.span, offset: int32(i)})
	c.word, c.from = len(t.pieces)-1, i
	c.lineStart = false
}

// flush copies the open word's characters before i.
func (c *collector) flush(i int) {
	if c.word >= 0 {
		c.t.build = append(c.t.build, c.text[c.from:i]...)
		c.t.pieces[c.word].end = int32(len(c.t.build))
	}
}

// skip leaves out the n bytes of a character that has no place in the text.
func (c *collector) skip(i, n int) {
	c.flush(i)
	c.from = i + n
}

// closeWord ends the open word before character i. A word of nothing is none.
func (c *collector) closeWord(i int) {
	c.flush(i)
	if c.word >= 0 && c.t.pieces[c.word].start == c.t.pieces[c.word].end {
		c.t.pieces = c.t.pieces[:c.word]
	}
	c.word = -1
}

// white adds an ASCII space, tab or line end.
func (c *collector) white(i int, b byte) {
	switch {
	case c.pre && b == '\n':
		c.forced(i)
	case c.pre && b == '\r':
	case c.pre && b == '\t':
		for {
			c.space(i, " ", false)
			if c.column++; c.column%4 == 0 {
				break
			}
		}
	case c.keep:
		c.space(i, " ", false)
		c.column++
	default:
		c.collapse(i)
	}
}

// other adds a character that is neither a visible ASCII character nor white space, and gives its length.
func (c *collector) other(i int) int {
	t := c.t
	r, n := utf8.DecodeRuneInString(c.text[i:])
	switch {
	case r < ' ' || r == 0x7F: // other controls have no place in a text
		c.skip(i, n)
		return n
	case r == 0xAD || r == 0x200B || r == 0x2060 || r == 0xFEFF:
		c.skip(i, n)
		if r == 0xFEFF {
			r = 0x2060
		}
		t.directives = append(t.directives, directive{int32(len(t.build)), r})
		return n
	case isDirectional(r):
		c.skip(i, n)
		t.classify(r)
		t.directives = append(t.directives, directive{int32(len(t.build)), r})
		return n
	case r == 0xA0:
		c.closeWord(i)
		c.noBreakSpace(i, n)
	case isFixedSpace(r):
		c.closeWord(i)
		t.pieces = append(t.pieces, piece{
			kind: fixedPiece, start: int32(len(t.build)), end: int32(len(t.build) + n), span: c.span, offset: int32(i),
			noBreak: r == 0x202F || r == 0x2007 || r == 0x2009 || r == 0x200A,
		})
		t.build = append(t.build, c.text[i:i+n]...)
	default:
		c.openWord(i)
		if r >= 0x590 {
			t.classify(r)
		}
	}
	c.column++
	return n
}

// noBreakSpace adds U+00A0. Among ordinary spaces it is one of them: ".&nbsp; Next" is how typewriter habits reach a web page.
func (c *collector) noBreakSpace(i, n int) {
	if !c.keep && (c.afterSpace() || i+n < len(c.text) && (c.text[i+n] == ' ' || c.text[i+n] == '\n')) {
		c.collapse(i)
		return
	}
	c.space(i, c.text[i:i+n], true)
	c.lineStart = false
}

// afterSpace says that the last thing is an ordinary space.
func (c *collector) afterSpace() bool {
	n := len(c.t.pieces)
	return n > 0 && c.t.pieces[n-1].kind == spacePiece && !c.t.pieces[n-1].noBreak
}

// collapse adds a space unless there is one already or the line has not begun.
func (c *collector) collapse(i int) {
	t := c.t
	if c.lineStart {
		return
	}
	for n := len(t.pieces) - 1; n >= 0; n-- {
		switch t.pieces[n].kind {
		case anchorPiece:
			continue
		case spacePiece:
			if t.pieces[n].noBreak { // a no-break space before an ordinary one
				break
			}
			return
		case forcedPiece:
			return
		}
		break
	}
	c.space(i, " ", false)
}

func (c *collector) space(i int, text string, noBreak bool) {
	t := c.t
	t.pieces = append(t.pieces, piece{
		kind: spacePiece, noBreak: noBreak, start: int32(len(t.build)), end: int32(len(t.build) + len(text)), span: c.span, offset: int32(i),
	})
	t.build = append(t.build, text...)
}

// isFixedSpace says that r is one of Unicode's spaces of fixed width.
func isFixedSpace(r rune) bool {
	return r >= 0x2000 && r <= 0x200A || r == 0x202F || r == 0x205F || r == 0x3000
}

// fixedSpace is the width of a space of fixed width, by its name in the Unicode Standard, chapter 6.
func fixedSpace(r rune, size Length, in *styleInfo) Length {
	switch r {
	case 0x2000, 0x2002:
		return size / 2
	case 0x2001, 0x2003, 0x3000:
		return size
	case 0x2004:
		return size / 3
	case 0x2005:
		return size / 4
	case 0x2006:
		return size / 6
	case 0x2007:
		return size / 2 // a figure's width, as far as one can tell without a figure
	case 0x2008:
		return size / 4
	case 0x2009:
		return size / 6
	case 0x200A:
		return size / 12
	case 0x202F:
		return size / 6
	case 0x205F:
		return size * 4 / 18
	}
	return in.space
}

// classify notes which of the rarer rules a character calls for.
func (t *paraText) classify(r rune) {
	switch {
	case r < 0x900 && r != 0x61C, r >= 0xFB1D && r <= 0xFDFF, r >= 0xFE70 && r <= 0xFEFE, r >= 0x10800 && r <= 0x10FFF,
		r >= 0x1E800 && r <= 0x1EFFF, r == 0x200F, r == 0x202B, r == 0x202E, r == 0x2067:
		t.hasRTL = true
	case isWide(r):
		t.hasWide = true
	}
}

// isWide says that lines may end at either side of r, as in Chinese and Japanese.
func isWide(r rune) bool {
	return r >= 0x2E80 && r <= 0xA4CF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFE30 && r <= 0xFE4F ||
		r >= 0xFF00 && r <= 0xFFEF || r >= 0x1B000 && r <= 0x1B2FF || r >= 0x20000 && r <= 0x3FFFF
}

// measurePieces shapes the words and gives every piece its width.
func (s *setter) measurePieces(p *Para) {
	t := &s.text
	pre := p.Style.Pre
	for i := range t.pieces {
		pc := &t.pieces[i]
		sp := &t.spans[pc.span]
		switch pc.kind {
		case wordPiece:
			pc.word = s.shape(sp.Style, t.text[pc.start:pc.end], pc.level&1 == 1)
			pc.width = pc.word.width
			if i > 0 && t.pieces[i-1].kind == wordPiece {
				t.pieces[i-1].width += s.kern(&t.pieces[i-1], pc)
			}
		case spacePiece:
			in := s.info(sp.Style)
			pc.width, pc.stretch, pc.shrink = in.space, in.stretch, in.shrink
			if pre || s.ragged(p.Style) {
				pc.width, pc.stretch, pc.shrink = in.spaceNatural+sp.Style.Letterspace, 0, 0
			}
			if !pre && t.betweenInitials(i) { // J. R. R. Tolkien: the initials are one thing
				pc.width, pc.stretch, pc.shrink, pc.noBreak = sp.Style.Size/6, 0, 0, true
			}
		case fixedPiece:
			r, _ := utf8.DecodeRuneInString(t.text[pc.start:])
			pc.width = fixedSpace(r, sp.Style.Size, s.info(sp.Style)) + sp.Style.Letterspace
		case gapPiece:
			if !pre && !s.ragged(p.Style) {
				pc.stretch = sp.Style.Size / 8
			}
		case boxPiece:
			if sp.Box != nil {
				pc.width = sp.Box.Width
			}
		}
	}
}

// betweenInitials says that space i stands between two initials.
func (t *paraText) betweenInitials(i int) bool {
	return i > 0 && i+1 < len(t.pieces) && t.isInitial(&t.pieces[i-1], true) && t.isInitial(&t.pieces[i+1], false)
}

// isInitial says that a word is a capital and a full stop; before the space, something that opens may stand in front of it.
func (t *paraText) isInitial(pc *piece, before bool) bool {
	if pc.kind != wordPiece || pc.note || pc.level != 0 {
		return false
	}
	text := t.text[pc.start:pc.end]
	if before {
		text = strings.TrimLeft(text, "(“‘\"'[«„")
	}
	r, n := utf8.DecodeRuneInString(text)
	return len(text) == n+1 && text[n] == '.' && unicode.IsUpper(r)
}

func (s *setter) ragged(st *ParaStyle) bool { return st.Align != Justify }

// kern is the space between two words that touch though they belong to different spans of one style: a link's end and the
// comma after it are kerned like any other letters.
func (s *setter) kern(a, b *piece) Length {
	t := &s.text
	style := t.spans[a.span].Style
	if a.span == b.span || style != t.spans[b.span].Style || a.level != b.level || a.level&1 == 1 || a.note || b.note {
		return 0
	}
	_, n := utf8.DecodeLastRuneInString(t.text[a.start:a.end])
	_, m := utf8.DecodeRuneInString(t.text[b.start:b.end])
	both := s.shape(style, t.text[a.end-int32(n):b.start+int32(m)], false)
	if len(both.glyphs) != 2 { // a ligature would be across the border
		return 0
	}
	return both.width - s.shape(style, t.text[a.end-int32(n):a.end], false).width - s.shape(style, t.text[b.start:b.start+int32(m)], false).width
}

// cut gives the width of a word's first off bytes as they stand in the word, and whether it may be cut there as it is.
func (w *word) cut(off int32) (width Length, safe bool) {
	for i := range w.glyphs {
		g := &w.glyphs[i]
		if g.Cluster < off {
			width += g.Advance
			continue
		}
		if g.Cluster == off {
			safe = safe || !g.Unsafe
		}
	}
	return width, safe
}

// place is the first glyph of a left-to-right word that stands for text at or after off: its clusters only grow.
func (w *word) place(off int32) int {
	return sort.Search(len(w.glyphs), func(i int) bool { return w.glyphs[i].Cluster >= off })
}

// glyphsAt counts the glyphs from place first on that stand for text at off.
func (w *word) glyphsAt(first int, off int32) int {
	n := 0
	for first+n < len(w.glyphs) && w.glyphs[first+n].Cluster == off {
		n++
	}
	return n
}

// safeAt reports whether a word may be cut at off as it is.
func (w *word) safeAt(off int32, rtl bool) bool {
	if rtl {
		_, safe := w.cut(off)
		return safe
	}
	first := w.place(off)
	for _, g := range w.glyphs[first : first+w.glyphsAt(first, off)] {
		if !g.Unsafe {
			return true
		}
	}
	return false
}

// A cutter cuts a word at one place after another, so that a word as long as a book is gone through once.
type cutter struct {
	word  *word
	rtl   bool
	next  int // first glyph not in width
	off   int32
	width Length
}

// cut is word.cut.
func (c *cutter) cut(off int32) (Length, bool) {
	if c.rtl {
		return c.word.cut(off)
	}
	if off < c.off {
		c.next, c.width = 0, 0
	}
	c.off = off
	g := c.word.glyphs
	for c.next < len(g) && g[c.next].Cluster < off {
		c.width += g[c.next].Advance
		c.next++
	}
	return c.width, c.word.safeAt(off, false)
}

// undrop puts the letters of an initial back in front of the text.
func undrop(p *Para) []Span {
	d := p.Drop
	style := d.Style
	tag, link := d.Tag, LinkID(0)
	if len(p.Spans) > 0 && p.Spans[0].Kind == TextSpan {
		style, link = p.Spans[0].Style, p.Spans[0].Link
	}
	return append([]Span{{Text: d.Text, Style: style, Tag: tag, Link: link, Source: d.Source, Offset: d.Offset}}, p.Spans...)
}

// lastRune and firstRune are the characters at the ends of a piece.
func (t *paraText) lastRune(pc *piece) rune {
	r, _ := utf8.DecodeLastRuneInString(t.text[pc.start:pc.end])
	return r
}

func (t *paraText) firstRune(pc *piece) rune {
	r, _ := utf8.DecodeRuneInString(t.text[pc.start:pc.end])
	return r
}

// isLetter says that r is part of a word, for the breaker as for the hyphenator.
func isLetter(r rune) bool { return hyphen.IsLetter(r) }

func isDigit(r rune) bool { return r >= '0' && r <= '9' || r >= utf8.RuneSelf && unicode.IsDigit(r) }
