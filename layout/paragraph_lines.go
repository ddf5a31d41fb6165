package layout

import (
	"unicode/utf8"

	"github.com/twinpress/twinpress/layout/internal/bidi"
)

// A linePart is what of a piece stands on a line.
type linePart struct {
	kind    pieceKind
	level   uint8
	hyphen  bool  // put in by the breaker
	piece   int32 // its piece
	lo, hi  int32 // in the paragraph's text
	glyphs  []Glyph
	base    int32 // place in the paragraph's text of cluster 0
	natural Length
	after   Length // kerning to what follows
	stretch Length
	shrink  Length
	expands bool
	width   Length // as set
}

// A lineBuilder is the working memory for one line.
type lineBuilder struct {
	parts []linePart
	order []int32
	lo    []int32 // of each run, in the paragraph's text
	hi    []int32
}

// How a line is to be set.
type fit struct {
	room     room
	align    Align
	rtl      bool
	last     bool // ends a paragraph or is forced: not justified
	over     bool
	brutal   bool
	badness  int32
	ratio    int32 // of the breaking
	previous *lineLook
}

// lineLook is how the line before was set, for the last line to be like it.
type lineLook struct {
	ratio     int64 // of its word spaces, thousandths of their stretch or shrink
	expansion int32
}

// makeLines sets the lines of the breaking that ends in node n.
func (s *setter) makeLines(p *Para, r *rooms, n int32, out *setPara) {
	count := int(s.nodes[n].line)
	out.lines = make([]setLine, count)
	chain := make([]int32, count+1)
	for i := count; i >= 0; i-- {
		chain[i] = n
		n = s.nodes[n].prev
	}
	var look lineLook
	for i := range count {
		nd := &s.nodes[chain[i+1]]
		from, to := &s.brks[s.nodes[chain[i]].brk], &s.brks[nd.brk]
		f := fit{
			room: r.line(i), align: p.Style.Align, rtl: p.Style.RTL, last: to.kind == endBreak,
			over: nd.over, brutal: to.penalty >= brutalPenalty/2, badness: nd.badness, ratio: nd.ratio, previous: &look,
		}
		s.makeLine(p, from, to, f, &out.lines[i])
	}
}

// gather lists the parts of the line between two breaks.
func (s *setter) gather(p *Para, from, to *brk) {
	t := &s.text
	b := &s.build
	b.parts = b.parts[:0]
	for i := from.begPiece; i < int32(len(t.pieces)); i++ {
		pc := &t.pieces[i]
		if i > to.endPiece || i == to.endPiece && (to.endPos <= pc.start || pc.kind != wordPiece) {
			break
		}
		sp := &t.spans[pc.span]
		pt := linePart{kind: pc.kind, level: pc.level, piece: i, lo: pc.start, hi: pc.end, natural: pc.width, stretch: pc.stretch, shrink: pc.shrink}
		if pc.kind == wordPiece {
			pt.lo, pt.hi = max(pc.start, from.begPos), min(pc.end, to.endPos)
			if pt.lo >= pt.hi {
				continue
			}
			pt.expands = sp.Style.Break != "code"
			rtl := pc.level&1 == 1
			cutRight := pt.hi < pc.end
			hyphen := cutRight && to.kind == hyphenBreak
			switch {
			case pt.lo == pc.start && !cutRight:
				pt.glyphs, pt.base, pt.natural = pc.word.glyphs, pc.start, pc.word.width
				pt.after = pc.width - pc.word.width
			case hyphen && !rtl: // shaped with its hyphen: they are kerned
				w := s.shape(sp.Style, t.text[pt.lo:pt.hi]+"-", false)
				n := len(w.glyphs)
				if n > 0 && w.glyphs[n-1].Cluster == pt.hi-pt.lo {
					pt.glyphs, pt.base = w.glyphs[:n-1], pt.lo
					pt.natural = w.width - w.glyphs[n-1].Advance
					b.parts = append(b.parts, pt, linePart{
						kind: wordPiece, hyphen: true, level: pc.level, piece: i, lo: pt.hi, hi: pt.hi,
						glyphs: w.glyphs[n-1:], base: pt.lo, natural: w.glyphs[n-1].Advance, expands: true,
					})
					continue
				}
				fallthrough
			default:
				s.cutPart(&pt, pc, sp.Style, rtl)
				if !cutRight {
					pt.after = pc.width - pc.word.width
				}
			}
			b.parts = append(b.parts, pt)
			if hyphen {
				h := s.hyphen(sp.Style)
				b.parts = append(b.parts, linePart{
					kind: wordPiece, hyphen: true, level: pc.level, piece: i, lo: pt.hi, hi: pt.hi,
					glyphs: h.glyphs, base: pt.hi, natural: h.width, expands: true,
				})
			}
			continue
		}
		b.parts = append(b.parts, pt)
	}
	if n := len(b.parts); n > 0 {
		b.parts[n-1].after = 0
	}
}

// cutPart takes the glyphs of a part of a word: as they stand in it where that is safe, else shaped anew.
func (s *setter) cutPart(pt *linePart, pc *piece, style *TextStyle, rtl bool) {
	t := &s.text
	whole := func(pos int32) bool { return pc.word.safeAt(pos-pc.start, rtl) }
	if (pt.lo == pc.start || whole(pt.lo)) && (pt.hi == pc.end || whole(pt.hi)) {
		first, last := -1, 0
		if !rtl {
			if i, n := pc.word.place(pt.lo-pc.start), pc.word.place(pt.hi-pc.start); i < n {
				first, last = i, n
			}
		}
		for i := 0; rtl && i < len(pc.word.glyphs); i++ {
			if c := pc.word.glyphs[i].Cluster + pc.start; c >= pt.lo && c < pt.hi {
				if first < 0 {
					first = i
				}
				last = i + 1
			}
		}
		if first >= 0 {
			pt.glyphs, pt.base = pc.word.glyphs[first:last], pc.start
			pt.natural = 0
			for i := range pt.glyphs {
				pt.natural += pt.glyphs[i].Advance
			}
			return
		}
	}
	w := s.shape(style, t.text[pt.lo:pt.hi], rtl)
	pt.glyphs, pt.base, pt.natural = w.glyphs, pt.lo, w.width
}

// A justification is what a line's width is made of while it is set. What the line is short of (or over) is shared out in
// this order: to the letters (Thành 2000), to the spaces (the glue of Knuth & Plass 1981), to the fills.
type justification struct {
	target     Length // the line's room, with what hangs out of it
	natural    Length // of all parts
	expandable Length // of the letters that may be stretched
	stretch    Length // of all spaces
	shrink     Length
	fills      int
	justify    bool   // both edges are to be flush
	expansion  int64  // of the letters, in hundred-thousandths
	ratio      int64  // of the spaces, in thousandths of their stretch or shrink
	spaces     Length // what the spaces are given, or give
	weight     Length // the stretch or shrink that shares it out
	capped     bool   // the spaces would be holes: the line is left short
	rest       Length // what the letters have left over for the spaces
	set        Length // the line's width as it is set
}

// makeLine sets the line between two breaks.
func (s *setter) makeLine(p *Para, from, to *brk, f fit, out *setLine) {
	s.gather(p, from, to)
	parts := s.build.parts
	hangL, hangR := s.lineHangs(p, from, to)
	j := justification{target: f.room.width + hangL + hangR}
	s.sum(&j, parts)
	j.justify = f.align == Justify && j.fills == 0
	j.expansion = s.lettersShare(&j, &f)
	j.setLetters(parts)
	j.spacesShare(&f)
	j.setSpaces(parts)
	j.setFills(parts)

	left := j.target - j.set
	x := f.room.x - hangL + j.offset(&f, left)
	out.hyphen = to.kind == hyphenBreak || to.kind == hardBreak
	out.line = &Line{X: x, Width: j.set, Style: p.Style, Hyphen: to.kind == hyphenBreak}
	out.report = LineReport{
		Ratio: int(j.ratio), Badness: int(f.badness), Expansion: int32(j.expansion), Hyphen: out.hyphen, Width: f.room.width,
		Natural: j.natural - hangL - hangR, Forced: f.brutal,
	}
	if over := -left; over > Pt/8 {
		out.report.Over = over
	}
	if j.justify && !f.last && left > Pt/8 {
		out.report.Under = left
	}
	s.place(p, x, int32(j.expansion), from, to, out)
	if f.previous != nil {
		*f.previous = lineLook{j.ratio, int32(j.expansion)}
	}
}

// sum adds up what the gathered parts bring along.
func (s *setter) sum(j *justification, parts []linePart) {
	for i := range parts {
		pt := &parts[i]
		j.natural += pt.natural + pt.after
		if pt.expands {
			j.expandable += pt.natural + pt.after
		}
		j.stretch += pt.stretch
		j.shrink += pt.shrink
		if pt.kind == fillPiece {
			j.fills++
		}
	}
	if n := len(parts); n > 0 { // no letterspace after the last letter
		pt := &parts[n-1]
		if pt.kind == wordPiece && len(pt.glyphs) > 0 {
			ls := s.text.spans[s.text.pieces[pt.piece].span].Style.Letterspace
			pt.natural -= ls
			j.natural -= ls
		}
	}
}

// lettersShare is how far the letters are stretched, in hundred-thousandths: they take their share of what is missing, the
// spaces the rest. A last line has letters like the line before it, if they go in.
func (s *setter) lettersShare(j *justification, f *fit) int64 {
	short := j.target - j.natural
	switch {
	case !j.justify:
		return 0
	case !f.last || short < 0:
		return s.expansionFor(short, j.expandable)
	case f.previous == nil || s.par.expansion <= 0:
		return 0
	}
	expansion := int64(f.previous.expansion)
	if j.natural+j.expandable*Length(expansion)/100_000 > j.target {
		return 0
	}
	return expansion
}

// setLetters gives all parts their width, stretched letters and natural spaces.
func (j *justification) setLetters(parts []linePart) {
	for i := range parts {
		pt := &parts[i]
		pt.width = pt.natural
		if pt.expands && j.expansion != 0 {
			pt.width = scale(pt.natural, j.expansion)
			pt.after = scale(pt.after, j.expansion)
		}
		j.set += pt.width + pt.after
	}
	j.rest = j.target - j.set
}

// spacesShare works out what the spaces are given, and their ratio: the adjustment ratio of Knuth & Plass, in thousandths.
func (j *justification) spacesShare(f *fit) {
	switch {
	case j.fills > 0:
		if j.rest < 0 {
			j.spaces, j.weight = max(j.rest, -j.shrink), j.shrink
		}
	case !j.justify:
	case f.last && j.rest >= 0:
		j.likeBefore(f.previous)
	case j.rest >= 0:
		j.stretchSpaces()
	default:
		j.shrinkSpaces(f.over)
	}
}

// likeBefore sets the spaces of a last line as those of the line before it, half way (e-TeX's \lastlinefit).
func (j *justification) likeBefore(previous *lineLook) {
	if previous == nil || j.stretch <= 0 {
		return
	}
	j.ratio = max(min(previous.ratio, 1000), -1000) / 2
	j.weight = j.stretch
	if j.ratio < 0 {
		j.weight = j.shrink
	}
	j.spaces = j.weight * Length(j.ratio) / 1000
	if j.spaces > j.rest {
		j.spaces = 0
	}
}

// stretchSpaces fills a line that is short.
func (j *justification) stretchSpaces() {
	if j.stretch <= 0 {
		return
	}
	j.weight, j.spaces = j.stretch, j.rest
	j.ratio = int64(j.rest) * 1000 / int64(j.stretch)
	if j.natural > 0 && j.ratio > 6000 {
		// Such holes tell the reader nothing but that the line failed: it is left short instead.
		j.spaces, j.capped = j.stretch, true
	}
}

// shrinkSpaces takes from the spaces what a line has too much.
func (j *justification) shrinkSpaces(over bool) {
	j.weight = j.shrink
	if j.shrink > 0 {
		j.spaces = j.rest
		j.ratio = int64(j.rest) * 1000 / int64(j.shrink)
	}
	if over && j.ratio < -1500 { // too wide whatever one does: the spaces stay spaces
		j.spaces = -j.shrink
	}
}

// setSpaces shares out what the spaces are given, in proportion to what each may take. The shares are rounded so that their
// sum is exact.
func (j *justification) setSpaces(parts []linePart) {
	if j.spaces == 0 || j.weight <= 0 {
		return
	}
	var sum, given Length
	for i := range parts {
		pt := &parts[i]
		w := pt.stretch
		if j.spaces < 0 {
			w = pt.shrink
		}
		if w == 0 {
			continue
		}
		sum += w
		upTo := j.spaces * sum / j.weight
		pt.width += upTo - given
		given = upTo
	}
	j.set += j.spaces
}

// setFills shares out what is left among the fills.
func (j *justification) setFills(parts []linePart) {
	if j.fills == 0 {
		return
	}
	each := max(j.target-j.set, 0) / Length(j.fills)
	for i := range parts {
		if parts[i].kind == fillPiece {
			parts[i].width = each
			j.set += each
		}
	}
}

// offset is how far a line that leaves white begins from the left of its room.
func (j *justification) offset(f *fit, left Length) Length {
	flush := j.justify && !f.last && !j.capped && j.spaces == j.rest
	switch {
	case j.fills > 0:
	case f.align == Center:
		return left / 2
	case f.align == Right && !f.rtl, f.rtl && f.align != Right && !flush:
		return left
	}
	return 0
}

// scale widens a length by an expansion in hundred-thousandths.
func scale(l Length, expansion int64) Length {
	return l + Length(int64(l)*expansion/100_000)
}

// expansionStep is the grain of font expansion, in hundred-thousandths: coarse enough that files stay small.
const expansionStep = 100

// expansionFor is how far the letters of a line are stretched, in hundred-thousandths.
func (s *setter) expansionFor(short, expandable Length) int64 {
	limit := s.par.expansion * 100 // hundred-thousandths
	if limit == 0 || expandable <= 0 {
		return 0
	}
	e := int64(short) * expansionShare / 1000 * 100_000 / int64(expandable)
	e = max(-limit, min(limit, e))
	if e < 0 { // never less narrow than it must be: there may be no space to take the rest
		e -= expansionStep - 1
	}
	return e / expansionStep * expansionStep
}

// expansionShare is the letters' share, in thousandths, of what a line is short of, as long as their limit allows it.
const expansionShare = 1000

// lineHangs is how far a line hangs out at its left and right.
func (s *setter) lineHangs(p *Para, from, to *brk) (left, right Length) {
	if !s.par.protrusion {
		return 0, 0
	}
	t := &s.text
	parts := s.build.parts
	for i := range parts {
		pt := &parts[i]
		if pt.kind == anchorPiece {
			continue
		}
		if pt.kind == wordPiece && !(from.begPos == 0 && from.begPiece == 0 && p.Style.FirstIndent > 0) {
			left = s.hangLeftAt(&t.pieces[pt.piece], pt.lo)
		}
		break
	}
	for i := len(parts) - 1; i >= 0; i-- {
		pt := &parts[i]
		if pt.kind == anchorPiece {
			continue
		}
		if pt.kind == wordPiece {
			pc := &t.pieces[pt.piece]
			if pt.hyphen {
				if pc.level == 0 {
					right = s.hangRight(t.spans[pc.span].Style, '-', pt.glyphs)
				}
			} else {
				right = s.hangRightAt(pc, pt.hi)
			}
		}
		break
	}
	return left, right
}

// A runJoiner walks along a line in visual order, gives everything on it its place and joins glyphs of one look into runs.
type runJoiner struct {
	s         *setter
	b         *lineBuilder
	out       *setLine
	para      Tag   // the paragraph's, for spans without one
	expansion int32 // of the line's letters
	x         Length
	runs      []Run
	placed    []Placed
	open      int   // index of the run that may go on, or -1
	from      int   // of its glyphs
	level     uint8 // its bidirectional level
	under     int   // index of the first rule of the underline that may go on, or -1
}

// place gives every glyph of the gathered line its place and joins them into runs.
func (s *setter) place(p *Para, x Length, expansion int32, from, to *brk, out *setLine) {
	b := &s.build
	glyphs := s.visualOrder(p.Style.RTL)
	b.lo, b.hi = b.lo[:0], b.hi[:0]
	j := runJoiner{
		s: s, b: b, out: out, para: p.Tag, expansion: expansion, x: x, runs: out.line.Runs, placed: make([]Placed, 0, glyphs), open: -1, under: -1,
	}
	for _, i := range b.order {
		pt := &b.parts[i]
		pc := &s.text.pieces[pt.piece]
		sp := &s.text.spans[pc.span]
		switch pt.kind {
		case anchorPiece:
			j.anchor(sp)
		case boxPiece:
			j.box(sp, pt.width, pc.start)
		case fillPiece:
			j.fill(sp, pt.width, pc.start)
		case gapPiece, forcedPiece:
			j.x += pt.width
		default:
			j.letters(pt, pc, sp)
		}
	}
	j.close()
	out.line.Runs = j.runs
	s.endSpace(from, to, out)
}

// visualOrder puts the parts of the line in the order in which they stand (UAX #9, L1 and L2), and says for how many glyphs
// there must be room.
func (s *setter) visualOrder(rtl bool) (glyphs int) {
	b := &s.build
	parts := b.parts
	b.order = b.order[:0]
	bidirectional := false
	for i := range parts {
		b.order = append(b.order, int32(i))
		glyphs += len(parts[i].glyphs) + 1
		bidirectional = bidirectional || parts[i].level != 0
	}
	if bidirectional {
		base := uint8(0)
		if rtl {
			base = 1
		}
		for i := len(parts) - 1; i >= 0 && parts[i].kind != wordPiece; i-- { // L1: trailing space is the paragraph's
			parts[i].level = base
		}
		bidi.Reorder(b.order, func(i int32) uint8 { return parts[i].level })
	}
	return glyphs
}

// close ends the open run. Its clusters count from its own text's start.
func (j *runJoiner) close() {
	if j.open < 0 {
		return
	}
	r, lo := &j.runs[j.open], j.b.lo[j.open]
	r.Glyphs = j.placed[j.from:len(j.placed):len(j.placed)]
	for i := range r.Glyphs {
		r.Glyphs[i].Cluster -= lo
	}
	r.Text, r.Order = j.s.text.text[lo:j.b.hi[j.open]], lo
	j.open = -1
}

// anchor notes a place, or a note without a mark.
func (j *runJoiner) anchor(sp *Span) {
	if sp.Anchor != "" {
		j.out.places = append(j.out.places, Place{Name: sp.Anchor, X: j.x})
	}
	if sp.Note != nil {
		j.out.notes = append(j.out.notes, sp.Note)
	}
}

// box sets a picture among the words, on the baseline.
func (j *runJoiner) box(sp *Span, width Length, order int32) {
	j.close()
	if b := sp.Box; b != nil {
		tag := b.Tag
		if tag == 0 {
			tag = sp.Tag
		}
		j.out.pictures = append(j.out.pictures, PictureItem{
			X: j.x, Y: -b.Height, Width: b.Width, Height: b.Height, Ref: b.Ref, Tag: tag, Link: max(b.Link, sp.Link), InLine: true, Order: order,
		})
		j.out.height = max(j.out.height, b.Height)
	}
	j.x += width
}

// fill sets a leader, or nothing, into the white of a fill.
func (j *runJoiner) fill(sp *Span, width Length, order int32) {
	j.close()
	if run, ok := j.s.leader(sp, j.x, width); ok {
		run.Order = order
		j.runs = append(j.runs, run)
		j.b.lo, j.b.hi = append(j.b.lo, -1), append(j.b.hi, -1)
	}
	j.x += width
}

// letters sets a word, a part of one, or a space.
func (j *runJoiner) letters(pt *linePart, pc *piece, sp *Span) {
	style := sp.Style
	in := j.s.info(style)
	j.out.height = max(j.out.height, in.metrics.Ascent+style.Rise)
	j.out.depth = max(j.out.depth, in.metrics.Descent-style.Rise)
	if pt.lo == pc.start && !pt.hyphen { // the span's first part
		if sp.Kind == NoteSpan && sp.Note != nil {
			j.out.notes = append(j.out.notes, sp.Note)
		}
		if sp.Anchor != "" && sp.Kind != PageRefSpan {
			j.out.places = append(j.out.places, Place{Name: sp.Anchor, X: j.x})
		}
	}
	tag := sp.Tag
	if tag == 0 && !sp.Artifact {
		tag = j.para
	}
	if pt.kind == wordPiece {
		expansion := int32(0)
		if pt.expands {
			expansion = j.expansion
		}
		j.glyphs(pt, pc, sp, pt.glyphs, tag, expansion, int64(expansion))
	} else {
		expansion := j.expansion
		if style.Break == "code" {
			expansion = 0
		}
		var space [1]Glyph
		space[0] = in.spaceGlyph
		space[0].Advance, space[0].Cluster = pt.width, 0
		pt.base = pt.lo
		j.glyphs(pt, pc, sp, space[:], tag, expansion, 0) // a space is as wide as it was set
	}
	if pt.hyphen && len(pt.glyphs) > 0 {
		j.hyphen(pt.hi)
	}
	if style.Underline || style.Strike {
		j.rule(pt, style, in, tag)
	} else {
		j.under = -1
	}
	j.x += pt.width + pt.after
}

// glyphs places the glyphs of a part. They go into the open run as long as they look like it, else into a new one. The run
// says that it is stretched by `expansion`; the glyphs' own measures are stretched by `widen`.
func (j *runJoiner) glyphs(pt *linePart, pc *piece, sp *Span, list []Glyph, tag Tag, expansion int32, widen int64) {
	gx := j.x
	for gi := range list {
		g := &list[gi]
		if j.open >= 0 && !j.joins(pt, sp, g.Face, gi == 0, tag, expansion) {
			j.close()
		}
		if j.open < 0 {
			style := sp.Style
			lo, hi := j.s.faceText(pt, list, gi)
			j.runs = append(j.runs, Run{
				X: gx, Y: -style.Rise, Face: g.Face, Style: style, Size: style.Size, Expansion: expansion, Tag: tag, Link: sp.Link,
				Source: sp.Source, Offset: pc.offset + lo - pc.start, Artifact: sp.Artifact, Hyphen: pt.hyphen,
			})
			j.b.lo, j.b.hi = append(j.b.lo, lo), append(j.b.hi, hi)
			j.open, j.from, j.level = len(j.runs)-1, len(j.placed), pt.level
		} else if gi == 0 {
			lo, hi := j.s.faceText(pt, list, gi)
			if lo < j.b.lo[j.open] {
				j.b.lo[j.open] = lo
				j.runs[j.open].Offset = pc.offset + lo - pc.start
			}
			j.b.hi[j.open] = max(j.b.hi[j.open], hi)
		}
		r := &j.runs[j.open]
		offset, advance := g.XOffset, g.Advance
		if widen != 0 {
			offset, advance = scale(offset, widen), scale(advance, widen)
		}
		j.placed = append(j.placed, Placed{ID: g.ID, X: gx + offset - r.X, Y: g.YOffset, Cluster: min(g.Cluster+pt.base, pt.hi)})
		gx += advance
		r.Width = gx - r.X
	}
}

// joins says that a glyph goes on with the open run. Of the glyphs of one part only the first can differ from what is before
// it in more than its face.
func (j *runJoiner) joins(pt *linePart, sp *Span, face FaceID, first bool, tag Tag, expansion int32) bool {
	r := &j.runs[j.open]
	if r.Face != face || pt.hyphen {
		return false
	}
	if !first {
		return true
	}
	if r.Style != sp.Style || r.Tag != tag || r.Link != sp.Link || r.Source != sp.Source || r.Artifact != sp.Artifact ||
		r.Expansion != expansion || r.Hyphen || j.level != pt.level {
		return false
	}
	if pt.level&1 == 0 {
		return j.b.hi[j.open] == pt.lo
	}
	return j.b.lo[j.open] == pt.hi
}

// hyphen gives the open run, a hyphen that is put in, its place at the end of the text before it: it has none of its own.
func (j *runJoiner) hyphen(at int32) {
	j.b.lo[j.open], j.b.hi[j.open] = at, at
	for i := j.from; i < len(j.placed); i++ {
		j.placed[i].Cluster = at
	}
}

// rule draws the lines under and through a part.
func (j *runJoiner) rule(pt *linePart, style *TextStyle, in *styleInfo, tag Tag) {
	out := j.out
	thick := max(style.Size/20, Pt/4)
	through := -in.metrics.XHeight/2 - thick/2 - style.Rise
	n, y := 1, style.Size/8-style.Rise
	if !style.Underline {
		y = through
	} else if style.Strike {
		n = 2
	}
	// The line goes on if the style before it drew the same lines in the same places.
	if j.under >= 0 && len(out.rules)-j.under == n && out.rules[j.under].goesOn(j.x, y, thick, style.Color, tag) {
		for k := range n {
			out.rules[j.under+k].Width = j.x + pt.width - out.rules[j.under].X
		}
	} else {
		j.under = len(out.rules)
		if style.Underline {
			out.rules = append(out.rules, RuleItem{X: j.x, Y: y, Width: pt.width, Height: thick, Color: style.Color, Tag: tag})
		}
		if style.Strike {
			out.rules = append(out.rules, RuleItem{X: j.x, Y: through, Width: pt.width, Height: thick, Color: style.Color, Tag: tag})
		}
	}
	if pt.after != 0 {
		for k := j.under; k < len(out.rules); k++ {
			out.rules[k].Width += pt.after
		}
	}
}

// goesOn says that a rule ends where another of the same look begins.
func (r *RuleItem) goesOn(x, y, height Length, color uint32, tag Tag) bool {
	return r.Y == y && r.Height == height && r.X+r.Width == x && r.Tag == tag && r.Color == color
}

// faceText is the text of a part from glyph gi on that stands in one face.
func (s *setter) faceText(pt *linePart, list []Glyph, gi int) (lo, hi int32) {
	if pt.hyphen {
		return pt.hi, pt.hi
	}
	if pt.kind != wordPiece {
		return pt.lo, pt.hi
	}
	end := gi + 1
	for end < len(list) && list[end].Face == list[gi].Face {
		end++
	}
	if gi == 0 && end == len(list) {
		return pt.lo, pt.hi
	}
	// Clusters run with the text from left to right, or against it.
	if pt.level&1 == 0 {
		lo, hi = pt.base+list[gi].Cluster, pt.hi
		if end < len(list) {
			hi = pt.base + list[end].Cluster
		}
		if gi == 0 {
			lo = pt.lo
		}
	} else {
		lo, hi = pt.base+list[end-1].Cluster, pt.hi
		if gi > 0 {
			hi = pt.base + list[gi-1].Cluster
		}
		if end == len(list) {
			lo = pt.lo
		}
	}
	return lo, max(lo, hi)
}

// endSpace gives the white space that ends the line to the text of its last run, in reading order, though it is not drawn.
func (s *setter) endSpace(from, to *brk, out *setLine) {
	t := &s.text
	runs := out.line.Runs
	if to.begPos <= to.endPos || len(runs) == 0 {
		return
	}
	best := -1
	for i := range runs {
		if s.build.hi[i] == to.endPos && !runs[i].Hyphen && s.build.lo[i] >= 0 {
			best = i
		}
	}
	if best >= 0 {
		s.build.hi[best] = to.begPos
		runs[best].Text = t.text[s.build.lo[best]:to.begPos]
	}
}

// leader is a run of a fill's pattern. Its dots stand on a raster that counts from the right end, so that those of
// neighbouring lines stand under one another.
func (s *setter) leader(sp *Span, x, width Length) (Run, bool) {
	if sp.Text == "" || sp.Style == nil {
		return Run{}, false
	}
	var pattern Length
	in := s.info(sp.Style)
	var glyphs []Glyph
	for i, r := range sp.Text {
		g := in.spaceGlyph
		if r == ' ' || r == 0xA0 {
			g.Cluster, g.Advance = int32(i), in.spaceNatural
			glyphs = append(glyphs, g)
		} else {
			for _, g := range s.shape(sp.Style, sp.Text[i:i+utf8.RuneLen(r)], false).glyphs {
				g.Cluster += int32(i)
				glyphs = append(glyphs, g)
			}
		}
	}
	for i := range glyphs {
		pattern += glyphs[i].Advance
	}
	if pattern <= 0 {
		return Run{}, false
	}
	n := int((width - sp.Style.Size/4) / pattern)
	if n < 2 {
		return Run{}, false
	}
	n = min(n, 2000)
	start := x + width - Length(n)*pattern
	run := Run{X: start, Y: -sp.Style.Rise, Face: glyphs[0].Face, Style: sp.Style, Size: sp.Style.Size, Tag: 0, Artifact: true}
	text := make([]byte, 0, n*len(sp.Text))
	run.Glyphs = make([]Placed, 0, n*len(glyphs))
	at := Length(0)
	for range n {
		for i := range glyphs {
			g := &glyphs[i]
			run.Glyphs = append(run.Glyphs, Placed{ID: g.ID, X: at + g.XOffset, Y: g.YOffset, Cluster: int32(len(text)) + g.Cluster})
			at += g.Advance
		}
		text = append(text, sp.Text...)
	}
	run.Text, run.Width = string(text), at
	return run, true
}
