package layout

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/layout/hyphen"
)

// A brkKind says what a line that ends at a place ends in.
type brkKind uint8

const (
	plainBreak  brkKind = iota // a space, or between ideographs
	hyphenBreak                // a hyphen that we put in
	hardBreak                  // a hyphen of the text
	dashBreak                  // after a dash or slash, in a URL or code
	brutalBreak                // in the middle of a word because nothing else is possible
	endBreak                   // forced
)

// forcedBreak is a penalty at or under which the line must end, infinite one at or over which it cannot (TeX: ±10000).
const (
	forcedBreak = -10000
	infinite    = 10000
)

// A brk is a place where a line may end, with everything the breaker needs to know of it. The sums run from the paragraph's
// start; the first brk of a list is the paragraph's start itself.
type brk struct {
	endW, endY, endZ, endE Length // width, stretch, shrink and expandable width of all that ends before this break
	begW, begY, begZ, begE Length // the same up to where the next line begins
	pre, post              Length // added to the width of the line before (a hyphen; less what hangs) and after
	penalty                int32
	kind                   brkKind
	endFill, begFill       int16
	endPiece, begPiece     int32 // pieces up to endPiece (not in it, unless endPos is inside) belong to the line before
	endPos, begPos         int32
}

// A wordCut is a place inside a word where a line may end.
type wordCut struct {
	pos     int32 // in the paragraph's text
	kind    brkKind
	penalty int32
}

// A breakLister goes through a text's pieces with their running sums, as Knuth & Plass (1981) go through boxes, glue and
// penalties.
type breakLister struct {
	s       *setter
	p       *Para
	hyphens bool
	brutal  bool
	keep    bool // white space is text
	cur     brk  // the running sums, in its end fields
}

// findBreaks lists the places where the lines of the collected text may end. With hyphens, words have theirs; brutal adds
// every place between two characters, at a price that only a line too wide is worth.
func (s *setter) findBreaks(p *Para, hyphens, brutal bool) {
	t := &s.text
	s.brks = s.brks[:0]
	l := breakLister{s: s, p: p, hyphens: hyphens, brutal: brutal, keep: p.Style.Pre || p.Style.BoundSpaces}
	l.emit(plainBreak, 0, 0, s.startHang(p), 0, 0, 0, 0)
	for i := range t.pieces {
		pc := &t.pieces[i]
		n := int32(i)
		switch pc.kind {
		case wordPiece:
			l.word(i, pc)
			l.afterWord(i, pc)
		case spacePiece, fixedPiece, gapPiece:
			l.space(i, pc)
		case boxPiece:
			l.cur.endW += pc.width
			if i+1 < len(t.pieces) && t.pieces[i+1].kind == boxPiece {
				l.emit(plainBreak, 0, 0, 0, n+1, pc.end, n+1, pc.end)
			}
		case fillPiece:
			l.cur.endFill++
		case forcedPiece:
			pre, post := s.borders(p, i-1, i+1)
			l.emit(endBreak, forcedBreak, pre, post, n, pc.start, n+1, pc.end)
		}
	}
	n, end := int32(len(t.pieces)), int32(len(t.text))
	pre, _ := s.borders(p, len(t.pieces)-1, len(t.pieces))
	l.emit(endBreak, forcedBreak, pre, 0, n, end, n, end)
}

// emit adds a break at the running sums.
func (l *breakLister) emit(kind brkKind, penalty int32, pre, post Length, endPiece, endPos, begPiece, begPos int32) {
	b := l.cur
	b.begW, b.begY, b.begZ, b.begE, b.begFill = b.endW, b.endY, b.endZ, b.endE, b.endFill
	b.kind, b.penalty, b.pre, b.post = kind, penalty, pre, post
	b.endPiece, b.endPos, b.begPiece, b.begPos = endPiece, endPos, begPiece, begPos
	l.s.brks = append(l.s.brks, b)
}

// word adds the breaks inside word piece i, and its width.
func (l *breakLister) word(i int, pc *piece) {
	s := l.s
	t := &s.text
	style := t.spans[pc.span].Style
	expandable := style.Break != "code"
	base := l.cur
	if !pc.word.plain || l.hyphens || l.brutal || len(t.directives) > 0 || style.Break != "" {
		word := cutter{word: pc.word, rtl: pc.level&1 == 1}
		for _, c := range s.cuts(l.p, i, l.hyphens, l.brutal) {
			w, safe := word.cut(c.pos - pc.start)
			pre, post := Length(0), Length(0)
			if !safe {
				pre, post = s.parted(pc, style, c.pos)
			}
			if c.kind == hyphenBreak {
				h := s.hyphen(style)
				pre += h.width - s.hangRight(style, '-', h.glyphs)
			} else {
				pre -= s.hangRightAt(pc, c.pos)
			}
			pre -= style.Letterspace
			post -= s.hangLeftAt(pc, c.pos)
			l.cur.endW = base.endW + w
			if expandable {
				l.cur.endE = base.endE + w
			}
			l.emit(c.kind, c.penalty, pre, post, int32(i), c.pos, int32(i), c.pos)
		}
	}
	l.cur = base
	l.cur.endW += pc.width
	if expandable {
		l.cur.endE += pc.width
	}
}

// afterWord adds the break between word piece i and what touches it.
func (l *breakLister) afterWord(i int, pc *piece) {
	if i+1 >= len(l.s.text.pieces) {
		return
	}
	n := int32(i) + 1
	if kind, penalty, ok := l.s.between(i); ok {
		pre, post := l.s.borders(l.p, i, i+1)
		l.emit(kind, penalty, pre, post, n, pc.end, n, pc.end)
	} else if l.brutal && l.s.touching(i) {
		l.emit(brutalBreak, brutalPenalty, 0, 0, n, pc.end, n, pc.end)
	}
}

// space adds the break at space i, which the line before and the line after lose, and its width.
func (l *breakLister) space(i int, pc *piece) {
	s := l.s
	if penalty, ok := l.spacePrice(i, pc); ok {
		kind := plainBreak
		if penalty >= infinite {
			kind = brutalBreak
		}
		pre, post := s.borders(l.p, i-1, i+1)
		l.emit(kind, penalty, pre, post, int32(i), pc.start, int32(i)+1, pc.end)
		b := &s.brks[len(s.brks)-1]
		b.begW += pc.width
		b.begY += pc.stretch
		b.begZ += pc.shrink
	}
	l.cur.endW += pc.width
	l.cur.endY += pc.stretch
	l.cur.endZ += pc.shrink
}

// spacePrice says whether a line may end at space i, and at what price.
func (l *breakLister) spacePrice(i int, pc *piece) (penalty int32, ok bool) {
	ok = !pc.noBreak && (i > 0 || l.keep) && (pc.kind != fixedPiece || i+1 < len(l.s.text.pieces))
	if ok && !l.keep && pc.kind == spacePiece {
		penalty = l.s.spacePenalty(i)
	}
	if l.brutal {
		if !ok {
			penalty = brutalPenalty / 2
		}
		return penalty, true
	}
	return penalty, ok && penalty < infinite
}

// parted says how much wider the two sides of a cut are when they are shaped apart. Only the letters about the cut, between
// the nearest places where the word may be cut as it is, are shaped anew: such fragments come again and again.
func (s *setter) parted(pc *piece, style *TextStyle, pos int32) (pre, post Length) {
	t := &s.text
	cut := pos - pc.start
	lo, hi := int32(0), pc.end-pc.start
	rtl := pc.level&1 == 1
	glyphs := pc.word.glyphs
	if !rtl {
		last := pc.word.place(cut)
		first := last
		for first--; first >= 0; first-- {
			if !glyphs[first].Unsafe {
				lo = glyphs[first].Cluster
				break
			}
		}
		for ; last < len(glyphs); last++ {
			if g := &glyphs[last]; g.Cluster > cut && !g.Unsafe {
				hi = g.Cluster
				break
			}
		}
		glyphs = glyphs[pc.word.place(lo):last]
	}
	var left, right Length // as they stand in the word
	for i := range glyphs {
		g := &glyphs[i]
		switch {
		case g.Cluster >= lo && g.Cluster < cut:
			left += g.Advance
		case g.Cluster >= cut && g.Cluster < hi:
			right += g.Advance
		}
	}
	pre = s.shape(style, t.text[pc.start+lo:pos], rtl).width - left
	post = s.shape(style, t.text[pos:pc.start+hi], rtl).width - right
	return pre, post
}

// startHang is what hangs out at the left of the paragraph's first line.
func (s *setter) startHang(p *Para) Length {
	if p.Style.FirstIndent > 0 { // in an indent, a quote that moves would only spoil the indent's edge
		return 0
	}
	_, post := s.borders(p, -1, 0)
	return post
}

// borders gives what is to be added to the width of a line that ends with piece i, and of one that begins with piece j:
// less the hanging part of their outer characters, less the letterspace after the last.
func (s *setter) borders(p *Para, i, j int) (pre, post Length) {
	t := &s.text
	for i >= 0 && t.pieces[i].kind == anchorPiece {
		i--
	}
	if i >= 0 && t.pieces[i].kind == wordPiece {
		pc := &t.pieces[i]
		pre = -t.spans[pc.span].Style.Letterspace - s.hangRightAt(pc, pc.end)
	}
	for j < len(t.pieces) && t.pieces[j].kind == anchorPiece {
		j++
	}
	if j < len(t.pieces) && t.pieces[j].kind == wordPiece {
		pc := &t.pieces[j]
		post = -s.hangLeftAt(pc, pc.start)
	}
	return pre, post
}

// hyphen is the hyphen of a style.
func (s *setter) hyphen(style *TextStyle) *word { return s.shape(style, "-", false) }

// touching says that two pieces stand side by side with nothing between.
func (s *setter) touching(i int) bool {
	k := s.text.pieces[i+1].kind
	return (k == wordPiece && !s.text.pieces[i+1].note) || k == boxPiece
}

// between gives the break between word piece i and the piece after it, when they touch: that of the characters, as if the
// styles did not change. A note's mark is passed over: it belongs to what is before it.
func (s *setter) between(i int) (brkKind, int32, bool) {
	t := &s.text
	j := i + 1
	for j < len(t.pieces) && t.pieces[j].kind == anchorPiece {
		j++
	}
	if j == len(t.pieces) {
		return 0, 0, false
	}
	b := &t.pieces[j]
	if b.kind != wordPiece || b.note {
		return 0, 0, false
	}
	if j > i+1 { // the break is after the anchor's place; one is enough
		return 0, 0, false
	}
	style := t.spans[b.span].Style
	if style.Break == "url" && t.spans[t.pieces[i].span].Style.Break == "url" {
		return urlBreak(t.text, int(b.start))
	}
	for k := i; k >= 0 && t.pieces[k].kind == wordPiece; k-- {
		if t.pieces[k].note {
			continue
		}
		return proseBreak(t.text[:t.pieces[k].end], t.text[b.start:])
	}
	return 0, 0, false
}

// brutalPenalty is the price of a break between any two characters: less than a line too wide, more than anything else.
const brutalPenalty = 20000

// cuts lists the places inside word piece i where a line may end, in order.
func (s *setter) cuts(p *Para, i int, hyphens, brutal bool) []wordCut {
	pc := &s.text.pieces[i]
	if pc.note {
		return nil
	}
	style := s.text.spans[pc.span].Style
	s.cutBuf = s.cutBuf[:0]
	switch {
	case style.Break == "url", style.Break == "" && !pc.word.plain && isAddress(s.text.text[pc.start:pc.end]):
		s.addressCuts(pc)
	case style.Break == "code":
		s.codeCuts(pc)
	default:
		if !pc.word.plain {
			s.proseCuts(pc)
		}
		if hyphens && p.Style.Hyphenate && !style.NoHyphen {
			s.hyphenCuts(i)
		}
	}
	if len(s.text.directives) > 0 {
		s.directedCuts(pc)
	}
	if brutal {
		s.brutalCuts(pc, style)
	}
	return s.cutBuf
}

// cut adds a place to those of the word in hand. Of two at one place the cheaper stays.
func (s *setter) cut(pc *piece, pos int32, kind brkKind, penalty int32) {
	if pos <= pc.start || pos >= pc.end {
		return
	}
	out := s.cutBuf
	j := len(out) // after the last that is before pos: they mostly come in order
	for j > 0 && out[j-1].pos > pos {
		j--
	}
	if j > 0 && out[j-1].pos == pos {
		if out[j-1].penalty > penalty {
			out[j-1].kind, out[j-1].penalty = kind, penalty
		}
		return
	}
	s.cutBuf = slices.Insert(out, j, wordCut{pos, kind, penalty})
}

// addressCuts adds the places inside a web address.
func (s *setter) addressCuts(pc *piece) {
	for k := pc.start + 1; k < pc.end; k++ {
		if kind, penalty, ok := urlBreak(s.text.text, int(k)); ok {
			s.cut(pc, k, kind, penalty)
		}
	}
}

// codeCuts adds the places inside a word of code.
func (s *setter) codeCuts(pc *piece) {
	for k := pc.start + 1; k < pc.end; k++ {
		if penalty, ok := codeBreak(s.text.text[pc.start:pc.end], int(k-pc.start)); ok {
			s.cut(pc, k, dashBreak, penalty)
		}
	}
}

// proseCuts adds the places at hyphens and dashes that the text has.
func (s *setter) proseCuts(pc *piece) {
	text := s.text.text
	for k := pc.start; k < pc.end; {
		_, n := utf8.DecodeRuneInString(text[k:])
		k += int32(n)
		if k >= pc.end {
			break
		}
		switch text[k-1] { // the last byte of - ‐ – — … /
		case '-', 0x90, 0x93, 0x94, 0xA6, '/':
			if kind, penalty, ok := proseBreak(text[:k], text[k:]); ok {
				s.cut(pc, k, kind, s.hardPenalty(kind, penalty))
			}
		}
	}
}

// directedCuts does as the text asks: a soft hyphen and U+200B allow a break, U+2060 forbids one.
func (s *setter) directedCuts(pc *piece) {
	for _, d := range s.text.directives {
		if d.pos <= pc.start || d.pos >= pc.end {
			continue
		}
		switch d.kind {
		case 0xAD:
			s.cut(pc, d.pos, hyphenBreak, int32(s.par.hyphenPenalty*s.hyphenScale/1000))
		case 0x200B:
			s.cut(pc, d.pos, dashBreak, 0)
		case 0x2060:
			s.cutBuf = slices.DeleteFunc(s.cutBuf, func(c wordCut) bool { return c.pos == d.pos })
		}
	}
}

// brutalCuts adds every place between two characters (UAX #29), between letters with a hyphen.
func (s *setter) brutalCuts(pc *piece, style *TextStyle) {
	text := s.text.text
	graphemes(text[pc.start:pc.end], func(at int) {
		pos := pc.start + int32(at)
		kind := brutalBreak
		if style.Break == "" && !style.NoHyphen {
			a, _ := utf8.DecodeLastRuneInString(text[:pos])
			b, _ := utf8.DecodeRuneInString(text[pos:])
			if isLetter(a) && isLetter(b) && a < 0x2E80 {
				kind = hyphenBreak
			}
		}
		s.cut(pc, pos, kind, brutalPenalty)
	})
}

// hardPenalty is what a break costs at a hyphen that the text has.
func (s *setter) hardPenalty(kind brkKind, penalty int32) int32 {
	if kind == hardBreak {
		return penalty + int32(s.par.exHyphenPenalty)
	}
	return penalty
}

// proseBreak says whether a line may end between two stretches of a word, by what stands at their border: after a hyphen
// inside a compound, after dashes, between alternatives. It is UAX #14 for prose, with a typographer's care: never where one
// or two letters would be left alone, nor in a number.
func proseBreak(before, after string) (brkKind, int32, bool) {
	a, n := utf8.DecodeLastRuneInString(before)
	b, _ := utf8.DecodeRuneInString(after)
	if closes(b) {
		return 0, 0, false
	}
	switch a {
	case '-', 0x2010:
		left := before[:len(before)-n]
		if isLetter(b) && (letters(left, true, 2) || digits(left, 2)) && letters(after, false, 3) {
			return hardBreak, 0, true
		}
	case 0x2013: // en dash
		p, _ := utf8.DecodeLastRuneInString(before[:len(before)-n])
		switch {
		case isDigit(p) && isDigit(b):
			return dashBreak, 200, true
		case (isLetter(p) || isDigit(p)) && (isLetter(b) || isDigit(b)):
			return dashBreak, 50, true
		}
	case 0x2014: // em dash
		if b != 0x2014 && len(before) > n {
			return dashBreak, 0, true
		}
	case 0x2026:
		if isLetter(b) && len(before) > n {
			return dashBreak, 100, true
		}
	case '/':
		if letters(before[:len(before)-n], true, 2) && letters(after, false, 2) {
			return dashBreak, 50, true
		}
	}
	return 0, 0, false
}

// letters says that text begins (or ends) with n letters.
func letters(text string, end bool, n int) bool {
	for ; n > 0; n-- {
		var r rune
		var size int
		if end {
			r, size = utf8.DecodeLastRuneInString(text)
		} else {
			r, size = utf8.DecodeRuneInString(text)
		}
		if !isLetter(r) {
			return false
		}
		if end {
			text = text[:len(text)-size]
		} else {
			text = text[size:]
		}
	}
	return true
}

// digits says that text ends with n digits.
func digits(text string, n int) bool {
	for i := 1; i <= n; i++ {
		if len(text) < i || !isDigit(rune(text[len(text)-i])) {
			return false
		}
	}
	return true
}

// closes says that r belongs to what is before it.
func closes(r rune) bool {
	switch r {
	case ')', ']', '}', ',', '.', ';', ':', '!', '?', '"', '\'', '%', 0x2019, 0x201D, 0xBB, 0x203A, 0x2026, 0x2032, 0x2033, '*', 0x2020, 0x2021:
		return true
	}
	return false
}

// isAddress says that a word is a web address, though nobody has marked it as one.
func isAddress(word string) bool {
	return strings.Contains(word, "://") || strings.HasPrefix(word, "www.") || strings.Contains(word, "doi.org/")
}

// urlBreak is the rule of the Chicago Manual of Style (17th ed., 14.18): a line may end after a colon or a double slash,
// before other marks, before or after = and &; never in a hyphen that might be taken for one of the address's own.
func urlBreak(text string, k int) (brkKind, int32, bool) {
	if k <= 0 || k >= len(text) {
		return 0, 0, false
	}
	a, b := text[k-1], text[k]
	// No crumbs: at least three characters to the next space on either side.
	for d := 1; d <= 3; d++ {
		if k-d < 0 || k+d-1 >= len(text) || text[k-d] == ' ' || text[k+d-1] == ' ' {
			return 0, 0, false
		}
	}
	switch {
	case a == '/' && b == '/' || a == ':' && b == '/':
		return 0, 0, false
	case a == '/' && text[k-2] == '/': // after http://
		return dashBreak, 30, true
	case a == ':':
		return dashBreak, 60, true
	}
	switch b {
	case '/':
		return dashBreak, 20, true
	case '?', '#', '&', '=':
		return dashBreak, 20, true
	case '.', '-', '_', '~', '%', ',', '+':
		return dashBreak, 60, true
	}
	if a == '=' || a == '&' {
		return dashBreak, 40, true
	}
	return 0, 0, false
}

// codeBreak lets inline code break after its punctuation and before a capital inside a name, at a price.
func codeBreak(text string, k int) (int32, bool) {
	if k < 2 || len(text)-k < 2 {
		return 0, false
	}
	a, b := text[k-1], text[k]
	switch a {
	case '/', '.', '_', '-', ',', ';', ':', '=', '|', '&', '+', '(', '[', '{':
		switch b {
		case '/', '.', '_', '-', ',', ';', ':', '=', '|', '&', '+', ')', ']', '}':
			return 0, false
		}
		return 150, true
	}
	if a >= 'a' && a <= 'z' && b >= 'A' && b <= 'Z' {
		return 300, true
	}
	return 0, false
}

// spacePenalty is the price of ending the line at space i: what is around it may belong together.
func (s *setter) spacePenalty(i int) int32 {
	t := &s.text
	j, k := i-1, i+1
	for j >= 0 && (t.pieces[j].kind == anchorPiece || t.pieces[j].note) {
		j--
	}
	for k < len(t.pieces) && t.pieces[k].kind == anchorPiece {
		k++
	}
	if j < 0 || k >= len(t.pieces) {
		return 0
	}
	a, b := &t.pieces[j], &t.pieces[k]
	if b.kind != wordPiece || a.kind != wordPiece {
		if a.kind == fillPiece || b.kind == fillPiece { // a leader hangs on to its words
			return infinite
		}
		return 0
	}
	for _, d := range t.directives { // U+2060 at either side of the space
		if d.kind == 0x2060 && (d.pos == t.pieces[i].start || d.pos == t.pieces[i].end) {
			return infinite
		}
	}
	left, right := t.text[a.start:a.end], t.text[b.start:b.end]
	if price := leansBack(right); price > 0 {
		return price
	}
	switch t.lastRune(a) {
	case 0xAB, '(', '[', '{':
		if n := len(left); n <= 2 && (j == 0 || t.pieces[j-1].kind == spacePiece) {
			return infinite
		}
	}
	return s.closeness(left, right, t.spans[a.span].Style.Lang)
}

// leansBack is the price of parting a word from the one before it, by how it begins.
func leansBack(word string) int32 {
	first, n := utf8.DecodeRuneInString(word)
	switch first {
	case '!', '?', ':', ';', '%': // French spacing typed with an ordinary space
		if len(word) == n || !isLetter(rune(word[n])) {
			return infinite
		}
	case ')', ']', '}':
		return infinite
	case 0xBB: // » closes, unless it opens as in German
		if r, _ := utf8.DecodeRuneInString(word[n:]); !isLetter(r) {
			return infinite
		}
	case 0x2013, 0x2014: // a dash between spaces stays with what is before it
		if len(word) == n {
			return 3000
		}
	}
	return 0
}

// closeness is the price of parting two words that a careful typist joins with a no-break space: initials, a title or an
// abbreviation and what it counts, one-letter prepositions in the languages that forbid them at a line's end.
func (s *setter) closeness(left, right, lang string) int32 {
	n := len(left)
	if n > 6 {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(right)
	if left[n-1] == '.' {
		first, size := utf8.DecodeRuneInString(left)
		if unicode.IsUpper(first) && size+1 == n && unicode.IsUpper(r) { // J. Smith, J. R.
			if len(right) <= 3 {
				return 1000
			}
			return 300
		}
		switch left {
		case "p.", "pp.", "vol.", "Vol.", "no.", "No.", "nos.", "Nos.", "fig.", "Fig.", "ch.", "art.", "n.", "S.", "Bd.", "Nr.", "s.", "str.", "c.", "ca.":
			if isDigit(r) {
				return 2000
			}
		case "Mr.", "Mrs.", "Ms.", "Dr.", "St.", "Prof.", "Fr.", "M.", "Mme.":
			if unicode.IsUpper(r) {
				return 500
			}
		}
		return 0
	}
	switch left {
	case "§", "№", "p", "pp", "No":
		if isDigit(r) {
			return 2000
		}
	case "Mr", "Mrs", "Ms", "Dr", "St", "Mme", "Mlle":
		if unicode.IsUpper(r) {
			return 500
		}
	}
	if _, size := utf8.DecodeRuneInString(left); size == n && len(lang) >= 2 {
		c, _ := utf8.DecodeRuneInString(left)
		switch lang[:2] {
		case "cs", "sk", "pl": // k s v z o u i a w: never at the end of a line
			if isLetter(c) {
				return 2000
			}
		case "ru", "uk", "bg":
			if isLetter(c) {
				return 200
			}
		}
	}
	return 0
}

// hyphenCuts adds the places for hyphens in the letters of word piece i (Liang 1983; package hyphen).
func (s *setter) hyphenCuts(i int) {
	t := &s.text
	pc := &t.pieces[i]
	text := t.text[pc.start:pc.end]
	style := t.spans[pc.span].Style
	if len(text) < hyphen.MinWord {
		return
	}
	h := s.hyphenator(style.Lang)
	if h == nil {
		return
	}
	// A word that goes on in another style is no longer the word the patterns know.
	joinedLeft := i > 0 && t.pieces[i-1].kind == wordPiece && !t.pieces[i-1].note && isLetter(t.lastRune(&t.pieces[i-1]))
	joinedRight := i+1 < len(t.pieces) && t.pieces[i+1].kind == wordPiece && !t.pieces[i+1].note && isLetter(t.firstRune(&t.pieces[i+1]))
	w := pc.word
	if !w.hyphenated {
		w.hyphens, w.hyphenated = h.Places(text), true
	}
	for _, place := range w.hyphens {
		before, after := text[:place.At], text[place.At:]
		if joinedLeft && letters(before, true, runeCount(before)) || joinedRight && letters(after, false, runeCount(after)) {
			continue
		}
		penalty := int32(s.par.hyphenPenalty * s.hyphenScale / 1000)
		if place.Compound {
			penalty *= 3
		}
		if place.Short {
			penalty += penalty / 5
		}
		s.cut(pc, pc.start+int32(place.At), hyphenBreak, penalty)
	}
}

// hyphenator gives the hyphenator of a language with the caller's exceptions; nil if there is none.
func (s *setter) hyphenator(lang string) *hyphen.Hyphenator {
	h, ok := s.hyphenators[lang]
	if !ok {
		h = hyphen.For(lang, s.par.exceptions[lang]...)
		if s.hyphenators == nil {
			s.hyphenators = make(map[string]*hyphen.Hyphenator)
		}
		s.hyphenators[lang] = h
	}
	return h
}

func runeCount(s string) int { return utf8.RuneCountInString(s) }
