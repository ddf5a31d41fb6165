package layout

// Total-fit line breaking: all lines of a paragraph are chosen together, so that the sum of what is ugly about them is the
// least (Knuth & Plass, "Breaking paragraphs into lines", Software: Practice and Experience 11, 1981). Hanging punctuation
// and the stretching of letters take part in the choice, as in pdfTeX (Thành, "Micro-typographic extensions to the TeX
// typesetting system", 2000). Everything is integer arithmetic.

// params are the breaker's parameters with their defaults filled in.
type params struct {
	preTolerance, tolerance                               int64
	hyphenPenalty, exHyphenPenalty                        int64
	consecutiveHyphens, fitness, finalHyphen, linePenalty int64
	spaceWidth, spaceStretch, spaceShrink                 int
	expansion                                             int64 // thousandths
	protrusion                                            bool
	maxHyphens                                            uint8
	exceptions                                            map[string][]string
	hangs                                                 map[string]map[rune]Hang
}

// resolve fills in the defaults. They were found by measuring (linebreak_quality_test.go).
func resolve(b Breaking) params {
	or := func(v, def int) int64 {
		if v == 0 {
			return int64(def)
		}
		return int64(v)
	}
	p := params{
		preTolerance:       or(b.PreTolerance, 5),
		tolerance:          or(b.Tolerance, 3000),
		hyphenPenalty:      or(b.HyphenPenalty, 290),
		exHyphenPenalty:    or(b.ExHyphenPenalty, 300),
		consecutiveHyphens: or(b.ConsecutiveHyphenDemerits, 30_000),
		fitness:            or(b.FitnessDemerits, 50_000),
		finalHyphen:        or(b.FinalHyphenDemerits, 40_000),
		linePenalty:        or(b.LinePenalty, 10),
		spaceWidth:         int(or(b.SpaceWidth, 1250)),
		spaceStretch:       int(or(b.SpaceStretch, 500)),
		spaceShrink:        int(or(b.SpaceShrink, 262)),
		expansion:          or(b.Expansion, 20),
		protrusion:         !b.NoProtrusion,
		maxHyphens:         uint8(or(b.MaxHyphens, 2)),
		exceptions:         b.Exceptions,
		hangs:              b.Protrusion,
	}
	p.expansion = max(p.expansion, 0)
	return p
}

// A node is a way to break the text up to a place: the best one that ends there on this line, in this fitness class and
// with so many hyphens in a row.
type node struct {
	brk      int32
	prev     int32 // index of the node for the line before
	line     int32 // lines up to here
	fitness  uint8
	hyphens  uint8 // in a row, with this one
	over     bool  // the line is wider than its room
	badness  int32
	ratio    int32 // thousandths
	demerits int64
}

// Fitness classes: how a line's spaces look beside its neighbours'.
const (
	tightLine = iota
	decentLine
	looseLine
	veryLooseLine
)

const (
	infBadness     = 10000
	overDemerits   = int64(1) << 44 // a line too wide, for each quarter of an em
	ladderDemerits = int64(1) << 40 // one hyphen in a row too many, where a column is so narrow that nothing else fits
)

// cubeBadness is TeX's, 100 times the cube of the ratio, which is in thousandths (Knuth, TeX: The Program, §108).
func cubeBadness(ratio int64) int64 {
	if ratio < 0 {
		ratio = -ratio
	}
	if ratio > 4641 {
		return infBadness
	}
	return (ratio*ratio*ratio + 5_000_000) / 10_000_000
}

// A breaker breaks one paragraph.
type breaker struct {
	s         *setter
	p         *Para
	r         *rooms
	tolerance int64
	emergency Length // stretch that every line has besides, in the last pass
	last      bool   // the last pass: there is always an answer
	em        Length
	ragged    bool
	balance   bool
	byLine    bool // nodes of different line numbers are kept apart to the end
	indent    Length

	expansion   Length // of letters, thousandths
	first, rest Length // widths of the first line and of the others,
	plain       bool   // if those are all alike
	limit       Length // the ratio from which on a line is too loose for the tolerance, in thousandths; 0: none
}

// setProse breaks a paragraph of prose: without hyphens if that is good enough, else with them, else at any price.
func (s *setter) setProse(p *Para, r *rooms, out *setPara) {
	b := breaker{s: s, p: p, r: r}
	b.ragged = s.ragged(p.Style)
	b.balance = p.Style.Align == Center || b.ragged && p.Style.KeepNext
	b.indent = p.Style.FirstIndent
	for i := range s.text.spans {
		if st := s.text.spans[i].Style; st != nil {
			b.em = st.Size
			break
		}
	}
	if b.em == 0 {
		b.em = 10 * Pt
	}
	s.hyphenScale = min(1000, max(350, int64(r.line(1).width)*1000/int64(wideMeasure*b.em)))
	hyphenate := p.Style.Hyphenate
	best := int32(-1)
	s.findBreaks(p, false, false)
	if !hyphenate || s.par.preTolerance > 0 {
		b.tolerance = s.par.preTolerance
		if !hyphenate {
			b.tolerance = s.par.tolerance
		}
		best = b.run()
		out.pass = 1
	}
	if best < 0 && hyphenate {
		s.findBreaks(p, true, false)
		b.tolerance = s.par.tolerance
		best = b.run()
		out.pass = 2
	}
	if best < 0 {
		out.pass = 3
		b.tolerance, b.last = infBadness, true
		b.emergency = 3 * b.em
		best = b.run()
		if b.anyOver(best) {
			s.findBreaks(p, hyphenate, true)
			best = b.run()
		}
	}
	if r.m.looseness != 0 && out.pass < 3 {
		best, out.looseness = b.loosened(best)
	}
	s.makeLines(p, r, best, out)
}

// wideMeasure is the measure, in ems, from which on hyphens have their full price. In narrower columns there are fewer spaces
// to make even and a reader takes a hyphen more kindly than a hole, so they are cheaper in proportion.
const wideMeasure = 29

// anyOver says that a line of the breaking is too wide.
func (b *breaker) anyOver(n int32) bool {
	for ; n > 0; n = b.s.nodes[n].prev {
		if b.s.nodes[n].over {
			return true
		}
	}
	return false
}

// An active is a live node with what is the same for all lines that begin there.
type active struct {
	node, brk        int32
	begPos           int32
	begFill          int16
	room             Length // of the line
	reach            Length // up to where it reaches, in the running sum of widths
	begY, begZ, begE Length
}

// A trial is a line that is weighed: from the place where a node ends to a break.
type trial struct {
	from           int32 // the node
	to             int   // the break
	room           Length
	short          Length // of the room: what the line has to be stretched, or less than nothing
	stretch        Length // of its spaces
	shrink         Length
	squeeze        Length // of its letters, either way
	fills          int16
	final          bool // it ends the paragraph
	over           bool // it is too wide, whatever one does
	hyphens        uint8
	ladder         int64 // demerits for one hyphen in a row too many
	ratio, badness int64
	demerits       int64
}

// run breaks the text and gives the best last node, or -1 if the tolerance does not allow any. The nodes that are live are
// the active list of Knuth & Plass (1981; TeX: The Program, part 38, where §819 describes it).
func (b *breaker) run() int32 {
	s := b.s
	b.begin()
	for bi := 1; bi < len(s.brks); bi++ {
		b.tryBreak(bi)
		b.activate()
		if len(s.live) == 0 {
			return -1
		}
	}
	return b.best()
}

// begin makes the node at the paragraph's start the only live one, and works out what is the same for all lines.
func (b *breaker) begin() {
	s := b.s
	s.nodes = append(s.nodes[:0], node{fitness: decentLine, prev: -1})
	b.expansion = Length(s.par.expansion)
	if b.ragged {
		b.expansion = 0
	}
	// Most paragraphs have one room for the first line and another for all the rest.
	b.plain = b.r.dropLines == 0 && b.r.m.shape == nil
	b.first, b.rest = b.r.line(0).width, b.r.line(1).width
	b.limit = 0
	if !b.ragged && b.tolerance < infBadness {
		for ratio := int64(100); ratio <= 10_000; ratio += 100 {
			if cubeBadness(ratio) > b.tolerance {
				b.limit = Length(ratio)
				break
			}
		}
	}
	if b.last && len(s.brks) > manyBreaks {
		b.limit = 1000
	}
	s.live = append(s.live[:0], b.active(0))
}

// manyBreaks is the number of breaks from which on a paragraph is no prose but a stream of letters that may break anywhere. In
// the last pass, which allows everything, such a one is broken at those places only that nearly fill the line.
const manyBreaks = 20_000

// active gives a node what the lines that begin there need to know.
func (b *breaker) active(n int32) active {
	nd := &b.s.nodes[n]
	from := &b.s.brks[nd.brk]
	room := b.width(nd.line)
	return active{
		node: n, brk: nd.brk, begPos: from.begPos, begFill: from.begFill,
		room: room, reach: room + from.begW - from.post, begY: from.begY, begZ: from.begZ, begE: from.begE,
	}
}

// width is the width of the room of a line.
func (b *breaker) width(line int32) Length {
	switch {
	case line == 0:
		return b.first
	case b.plain:
		return b.rest
	}
	return b.r.line(int(line)).width
}

// tryBreak weighs the lines from all live nodes to a break (TeX's try_break, §829) and takes those nodes off the list
// from which no later line can be feasible: the text has become too long for one line.
func (b *breaker) tryBreak(bi int) {
	s := b.s
	at := &s.brks[bi]
	forced := at.penalty <= forcedBreak
	final := bi == len(s.brks)-1
	s.cands = s.cands[:0]
	live := s.live
	kept := 0
	fallback, fallbackShort := int32(-1), Length(0) // the node of the line too wide that is the least so
	for i := range live {
		a := &live[i]
		short := a.reach - at.endW - at.pre
		stretch, shrink := at.endY-a.begY, at.endZ-a.begZ
		squeeze := (at.endE - a.begE) * b.expansion / 1000
		over := short < 0 && -short > shrink+squeeze
		empty := at.begPos == a.begPos && !final && !forced // nothing between the two
		// More text will not make a line narrower that is too wide, but a later break may have no hyphen: that is allowed for by
		// looking back no further than one em.
		if empty || !forced && (!over || -short <= shrink+squeeze+b.em) {
			if kept != i {
				live[kept] = *a
			}
			kept++
		}
		switch {
		case empty:
		case over:
			if b.last && int(a.brk) == bi-1 { // too wide, but nothing shorter is possible
				b.tryOver(a.node, bi, short)
			}
			if fallback < 0 || short > fallbackShort {
				fallback, fallbackShort = a.node, short
			}
		case !forced && at.endFill == a.begFill && b.farTooLoose(short-squeeze, stretch):
		default:
			b.try(&trial{
				from: a.node, to: bi, final: final, room: a.room, short: short, stretch: stretch, shrink: shrink, squeeze: squeeze,
				fills: at.endFill - a.begFill,
			})
		}
	}
	s.live = live[:kept]
	if len(s.cands) == 0 && kept == 0 && b.last && fallback >= 0 {
		b.tryOver(fallback, bi, fallbackShort)
	}
}

// farTooLoose says that the tolerance rules out a line whose spaces have to stretch by rest: most lines are too short by far
// yet, and that is seen at a glance, whatever else there is about them. (TeX's try_break finds it out by the badness.)
func (b *breaker) farTooLoose(rest, stretch Length) bool {
	return b.limit > 0 && rest > 0 && rest > (stretch+b.emergency)*b.limit/1000
}

// tryOver weighs a line that is too wide, when nothing else is left.
func (b *breaker) tryOver(from int32, to int, short Length) {
	b.try(&trial{from: from, to: to, final: to == len(b.s.brks)-1, short: short, over: true})
}

// activate puts the best lines to a break on the list of live nodes (TeX §845).
func (b *breaker) activate() {
	s := b.s
	for i := range s.cands {
		s.nodes = append(s.nodes, s.cands[i])
		s.live = append(s.live, b.active(int32(len(s.nodes)-1)))
	}
}

// best is the live node at the paragraph's end with the fewest demerits (TeX §874).
func (b *breaker) best() int32 {
	s := b.s
	best := int32(-1)
	for i := range s.live {
		a := &s.live[i]
		if int(a.brk) == len(s.brks)-1 && (best < 0 || s.nodes[a.node].demerits < s.nodes[best].demerits) {
			best = a.node
		}
	}
	return best
}

// try weighs a line and notes it as a candidate if it is feasible, and the best of its kind.
func (b *breaker) try(t *trial) {
	if !b.countHyphens(t) {
		return
	}
	b.stretchOf(t)
	if t.badness > b.tolerance && !t.over && !(b.ragged && b.last) {
		return
	}
	fitness := b.fitness(t.ratio)
	b.addDemerits(t, fitness)
	b.propose(t, fitness)
}

// countHyphens counts the hyphens in a row and says whether there may be so many.
func (b *breaker) countHyphens(t *trial) bool {
	if kind := b.s.brks[t.to].kind; kind != hyphenBreak && kind != hardBreak {
		return true
	}
	most := b.s.par.maxHyphens
	t.hyphens = b.s.nodes[t.from].hyphens + 1
	if t.hyphens > most && !t.over {
		t.hyphens, t.ladder = most, ladderDemerits
		return b.last
	}
	return true
}

// stretchOf gives a line its ratio and badness, and its demerits where they are not those of its badness.
func (b *breaker) stretchOf(t *trial) {
	switch {
	case t.over:
		t.badness, t.ratio = infBadness, -1000
	case t.fills > 0:
	case t.short >= 0 && !b.balance && b.s.brks[t.to].kind == endBreak:
		t.demerits = b.lastLine(t.room-t.short, t.short, &b.s.nodes[t.from]) + 100
	case b.ragged && b.balance:
		t.ratio = int64(t.short) * 2000 / int64(t.room)
		t.badness = min(t.ratio*t.ratio/10_000, infBadness)
	case b.ragged:
		// How far the line falls short of its room, against three ems (or a fifth of the room, if that is more).
		t.ratio = int64(t.short) * 1000 / int64(max(3*b.em, t.room/5))
		t.badness = min(t.ratio*t.ratio/10_000, infBadness)
	default:
		t.ratio, t.badness, t.demerits = b.justified(t.short, t.shrink, t.squeeze, t.stretch)
	}
}

// fitness is the class of a line by its ratio (Knuth & Plass 1981; TeX §817).
func (b *breaker) fitness(ratio int64) uint8 {
	switch {
	case b.ragged:
	case ratio < -500:
		return tightLine
	case ratio > 1000:
		return veryLooseLine
	case ratio > 500:
		return looseLine
	}
	return decentLine
}

// addDemerits adds to a line's demerits those of its break, of how it goes with the line before, and of all lines before
// (TeX §859).
func (b *breaker) addDemerits(t *trial, fitness uint8) {
	par := &b.s.par
	nd := &b.s.nodes[t.from]
	d := t.demerits
	if d == 0 {
		d = (par.linePenalty + t.badness) * (par.linePenalty + t.badness)
	}
	if pen := int64(b.s.brks[t.to].penalty); pen > 0 {
		d += pen * pen
	}
	if t.hyphens > 1 {
		d += par.consecutiveHyphens * int64(t.hyphens-1) * int64(t.hyphens-1)
	}
	if t.final && nd.hyphens > 0 {
		d += par.finalHyphen
	}
	if diff := int(fitness) - int(nd.fitness); diff > 1 || diff < -1 {
		d += par.fitness
	}
	if t.over {
		d += overDemerits * min(int64(1-t.short*4/b.em), 64)
	}
	t.demerits = d + t.ladder + nd.demerits
}

// propose keeps a line as a candidate if there is none of its kind that is better: of the same fitness, with as many hyphens
// in a row, and, where the lines to come have different rooms, with the same number.
func (b *breaker) propose(t *trial, fitness uint8) {
	s := b.s
	line := s.nodes[t.from].line + 1
	keyLine := b.byLine || !b.r.uniform(int(line))
	n := node{int32(t.to), t.from, line, fitness, t.hyphens, t.over, int32(t.badness), int32(t.ratio), t.demerits}
	for i := range s.cands {
		c := &s.cands[i]
		if c.fitness != fitness || c.hyphens != t.hyphens || keyLine && c.line != line {
			continue
		}
		if n.demerits < c.demerits {
			*c = n
		}
		return
	}
	s.cands = append(s.cands, n)
}

// justified gives a justified line's ratio (thousandths of what its spaces may stretch or shrink), badness and demerits. The
// letters take what they can, so that only the rest changes the spaces; and it is the evenness of the spaces that makes the
// demerits, nearly in proportion to the square of how far they are from their natural width (which makes the sum over the
// paragraph least where the variance is), far steeper where a reader would begin to see holes or to miss the gaps.
func (b *breaker) justified(short, shrink, squeeze, stretch Length) (ratio, bad, demerits int64) {
	room := stretch + b.emergency
	if short < 0 {
		room = shrink
	}
	part := int64(0) // how far the letters are stretched, thousandths of what they may
	rest := short
	switch {
	case squeeze <= 0:
	case short > squeeze:
		part, rest = 1000, short-squeeze
	case short < -squeeze:
		part, rest = 1000, short+squeeze
	default:
		part, rest = int64(short)*1000/int64(squeeze), 0
	}
	if room <= 0 {
		if rest > b.em/100 {
			return 10000, infBadness, infBadness * infBadness
		}
		return 0, 0, 0
	}
	ratio = min(int64(rest)*1000/int64(room), 10000)
	limit := int64(b.s.par.spaceStretch)
	if short < 0 {
		limit = int64(b.s.par.spaceShrink)
	}
	n := ratio * limit / unevenAt
	demerits = unevenDemerits*n/1000*n/1000 + part*part*lettersDemerits/1000_000
	n = ratio * ratio / 1000
	demerits += limitDemerits * n / 1000 * n / 1000 * n / 1000
	switch { // what a proofreader would mark
	case ratio*limit < -248_000:
		demerits += tightDemerits
	case ratio*limit > 490_000:
		demerits += looseDemerits
	}
	return ratio, cubeBadness(ratio), demerits
}

// The scale of demerits: a line whose spaces are three tenths wider or narrower than they should be has unevenDemerits; one
// whose spaces have stretched or shrunk as far as they may has limitDemerits besides, which grow with the sixth power; one
// whose letters do all they may, lettersDemerits. A line that is a quarter tighter or half again as loose as it should be is
// what a proofreader marks: it has tightDemerits or looseDemerits more.
const (
	unevenAt        = 300
	unevenDemerits  = 10_000
	limitDemerits   = 70_000
	tightDemerits   = 20_000
	looseDemerits   = 120_000
	lettersDemerits = 100
)

// lastLine gives the demerits of a paragraph's last line that is a stub (shorter than two ems or the next paragraph's
// indent) or so nearly full that it looks like a failed justified one.
func (b *breaker) lastLine(width, short Length, nd *node) int64 {
	if nd.line == 0 { // the paragraph is one line
		return 0
	}
	stub := max(2*b.em, b.indent+b.em)
	switch {
	case width < stub:
		return 100_000
	case width < stub*3/2:
		return 20_000
	case short < b.em && short > b.em/20:
		return 20_000
	}
	return 0
}

// loosened finds the best breaking whose number of lines is the best one's plus what was asked for. It is there to help the
// page, and the page must not be helped at the lines' expense: spaces stay well within their limits and there is no hyphen
// more than before, or everything stays as it was. (TeX, which has \looseness, looks no further than the number: §875.)
func (b *breaker) loosened(best int32) (int32, int) {
	s := b.s
	want := s.nodes[best].line + int32(b.r.m.looseness)
	hyphens := b.count(best)
	kept := append(s.keptNodes[:0], s.nodes...)
	s.keptNodes = kept
	brks := append(s.keptBrks[:0], s.brks...)
	s.keptBrks = brks

	s.findBreaks(b.p, b.p.Style.Hyphenate, false)
	tolerance := b.tolerance
	b.byLine, b.tolerance = true, min(tolerance, looseTolerance)
	found := int32(-1)
	if b.run() >= 0 {
		for i := range s.live {
			n := s.live[i].node
			nd := &s.nodes[n]
			if int(nd.brk) == len(s.brks)-1 && nd.line == want && (found < 0 || nd.demerits < s.nodes[found].demerits) {
				found = n
			}
		}
	}
	b.byLine, b.tolerance = false, tolerance
	if found >= 0 {
		if h := b.count(found); h <= hyphens {
			return found, b.r.m.looseness
		}
	}
	s.nodes, s.keptNodes = append(s.nodes[:0], kept...), kept
	s.brks, s.keptBrks = append(s.brks[:0], brks...), brks
	return best, 0
}

// looseTolerance is the greatest badness of a line in a paragraph that is made longer or shorter for its page.
const looseTolerance = 25

// count counts the lines of a breaking that end in a hyphen.
func (b *breaker) count(n int32) int {
	hyphens := 0
	for ; n > 0; n = b.s.nodes[n].prev {
		if k := b.s.brks[b.s.nodes[n].brk].kind; k == hyphenBreak || k == hardBreak {
			hyphens++
		}
	}
	return hyphens
}
