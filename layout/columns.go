package layout

import "slices"

// Filling a column. From a place in the galley a column takes stanzas until they no longer fit; every place where it could
// end is weighed, and the best few go on. The page maker (pages.go) puts columns together so that the sum over the section
// is least: total-fit page breaking in the manner of Plass (1981), with the column as the step and the look-ahead bounded
// by a beam, as in Mittelbach's framework for globally optimized pagination (2018).

// Costs of a column's end. A line short is the unit everything else is measured by.
const (
	costShort      = 350    // times the square of the lines that a column is short
	costShortMost  = 90000  // at most
	costStretch    = 90     // a line of white more around a head or a figure, to fill a column
	costUneven     = 60     // the same, in columns that are balanced
	costHyphen     = 350    // a hyphen at the end of a column
	costPageHyphen = 2500   // at the end of a page, on top
	costDefer      = 300    // a figure that waits for the next column
	costDeferMore  = 600    // a figure that waits for one more
	costNoText     = 350    // a column of notes with hardly any text
	costLoose      = 120    // a paragraph set a line longer or shorter to help a column
	costHard       = 200000 // a column that ends at a forbidden place
	costMiddle     = 100    // a figure in the middle of a column's text
	costNearEdge   = 250    // with fewer than four lines over or under it
	costEmpty      = 5000   // a column with nothing in it
	costOver       = 50000  // something that is higher than the column
)

// A spot is a place in the galley: before slug `slug` of stanza `stanza`, which is set in its variant alt (-1 shorter,
// 0, +1 longer).
type spot struct{ stanza, slug, alt int }

// A colState is where a column begins.
type colState struct {
	at     spot
	rest   []noteRest // notes to go on with, and notes that must begin here
	floats []int      // figures that wait for the top of a column
	wides  []int      // figures that wait for the top of a page
}

// A colBox is the room of a column: between y = top (the bottom of what is above) and the last baseline at limit.
type colBox struct {
	top, limit Length
	space      Length // white under what is above
	head       bool   // at the head of the page
	lastOfPage bool
}

// A placedSlug is a slug with its reference line.
type placedSlug struct {
	s      *slug
	y      Length
	stanza int
	space  Length // white in front of it that could not be taken away
	again  bool   // a table's head, repeated
}

// A cut is a place where a column may end.
type cut struct {
	at     spot
	placed int    // slugs in the column
	last   Length // reference line of the last slug
	bottom Length // its bottom
	notes  int    // length of the queue of notes
	floats []int
	wides  int // length of the queue of wide figures
	waited int // figures that did not get into this column
	cost   int
	end    bool // nothing of the segment is left
	over   bool
}

// A filler fills one column.
type filler struct {
	c      *composer
	seg    *segment
	box    colBox
	alts   altChoice
	force  bool
	placed []placedSlug
	cuts   []cut
	queue  []noteRest
	wides  []int

	waiting  []int  // figures that are put aside; cuts share it, so it is only appended to a copy
	waited   int    // how many of them waited before the column
	figures  bool   // there is a figure among the slugs that may stand elsewhere
	again    int    // slugs of a table's head that was set again
	y, after Length // bottom of the last slug, and the white its stanza asks for under it
}

// An altChoice is another way to fill a column: with one stanza a line shorter or longer, or with a figure that is mentioned
// in the column at its head.
type altChoice struct {
	stanza, dir int
	hoist       int // stanza of the figure + 1
}

// first is the reference line of the first slug of the column. At the head of a page, lines stand on the first baseline and
// pictures reach up to its capitals, so that columns side by side begin at one height; under something else, on the grid.
func (f *filler) first(s *slug) Length {
	c := f.c
	if f.box.head && f.box.space == 0 {
		if s.box {
			return c.firstLine - c.capHeight + s.rise
		}
		y := c.firstLine
		if s.style != nil && s.style.Background != 0 && !s.grid {
			return max(y, c.firstLine-c.capHeight+s.panelPad()+s.rise) // the panel's edge where a picture's would be
		}
		if s.height > y+y/2 {
			y = c.snap(s.height)
		}
		return y
	}
	y := f.box.top + f.box.space
	if f.seg.full {
		if f.box.head && !s.box {
			return y + max(s.height, c.firstLine)
		}
		if s.grid {
			return c.snap(y + s.rise)
		}
		return y + s.rise
	}
	if s.box {
		return c.snap(y+c.bodyRise) - c.capHeight + s.rise
	}
	if s.style != nil && s.style.Background != 0 && !s.grid {
		return c.snap(y+c.bodyRise) - c.capHeight + s.panelPad() + s.rise
	}
	return c.snap(y + s.rise)
}

// where gives the reference line of a slug under `space` of white, and the white used.
func (f *filler) where(s *slug, space Length) Length {
	if len(f.placed) == 0 {
		return f.first(s)
	}
	y := f.y + space + s.rise
	if s.grid {
		y = f.c.snap(y)
	}
	return y
}

// fits says that a slug with its reference line at y leaves room for the notes.
func (f *filler) fits(s *slug, y Length, notes []noteRest) bool {
	if y > f.box.limit {
		return false
	}
	if len(notes) == 0 {
		return true
	}
	need := f.c.need(notes)
	last := notes[len(notes)-1]
	fall := Length(0)
	if k := last.least(); k > 0 {
		fall = last.note.slugs[k-1].fall
	}
	return y+s.fall+need-fall <= f.box.limit
}

// put places a slug.
func (f *filler) put(s *slug, y, space Length, stanza int, again bool) {
	f.placed = append(f.placed, placedSlug{s: s, y: y, stanza: stanza, space: space, again: again})
	f.y = y + s.fall
}

// cite adds a slug's notes to a queue, without changing the old one.
func (f *filler) cite(s *slug) []noteRest {
	q := f.queue
	if len(s.notes) == 0 {
		return q
	}
	q = q[:len(q):len(q)]
	for _, n := range s.notes {
		q = append(q, noteRest{f.c.note(n), 0})
	}
	return q
}

// mark records that the column may end here.
func (f *filler) mark(at spot, cost int, end bool) {
	if at.stanza < f.alts.hoist { // the column has to reach the mention of the figure at its head
		return
	}
	n := len(f.placed)
	ct := cut{at: at, placed: n, notes: len(f.queue), floats: f.waiting, wides: len(f.wides), waited: f.waited, cost: cost, end: end}
	if n > 0 {
		p := &f.placed[n-1]
		ct.last, ct.bottom = p.y, p.y+p.s.fall
	} else {
		ct.last, ct.bottom = f.box.top, f.box.top
	}
	f.cuts = append(f.cuts, ct)
}

// markOver records that the column ends after something that is too high for it.
func (f *filler) markOver(at spot) {
	n := len(f.cuts)
	if f.mark(at, costOver, f.ends(at)); len(f.cuts) > n {
		f.cuts[n].over = true
	}
}

// run fills the column from a state and records every place where it may end (Plass 1981 calls them legal page breaks; here
// the column is the step).
func (f *filler) run(in *colState) {
	f.begin(in)
	if !f.headFigures(in) {
		return
	}
	at := in.at
	for at.stanza < f.seg.to {
		st := f.c.galley[at.stanza]
		switch st.kind {
		case wide:
			at = f.wideFigure(at)
		case floating:
			at = f.floatingFigure(st, at)
		default:
			var more bool
			if at, more = f.stanza(st, at); !more {
				return
			}
		}
	}
	if len(f.cuts) == 0 { // nothing was left to be placed
		f.mark(at, 0, len(f.waiting) == 0)
	}
}

// begin empties the column.
func (f *filler) begin(in *colState) {
	f.placed, f.cuts = f.placed[:0], f.cuts[:0]
	f.queue, f.wides = in.rest, in.wides
	f.y, f.after, f.figures, f.again = f.box.top, 0, false, 0
	f.waiting, f.waited = nil, 0
}

// headFigures sets the figures that wait for the head of a column, in their order, and the one that is mentioned in it, if it
// is to stand there. It says whether that could be done.
func (f *filler) headFigures(in *colState) bool {
	for i, n := range in.floats {
		if !f.placeFloat(f.c.galley[n], n, len(f.placed) == 0 && f.force) {
			f.waiting = append(f.waiting, in.floats[i:]...)
			break
		}
	}
	f.waited = len(f.waiting)
	if h := f.alts.hoist; h > 0 && (f.waited > 0 || !f.placeFloat(f.c.galley[h-1], h-1, false)) {
		return false
	}
	if len(f.placed) > 0 || len(f.queue) > 0 { // figures or notes may fill the column
		f.mark(in.at, 0, f.ends(in.at))
	}
	return true
}

// ends says that at a place nothing of the segment is left.
func (f *filler) ends(at spot) bool { return at.stanza >= f.seg.to && len(f.waiting) == 0 }

// wideFigure puts a figure across all columns aside for the next page.
func (f *filler) wideFigure(at spot) spot {
	f.wides = append(f.wides[:len(f.wides):len(f.wides)], at.stanza)
	at = spot{stanza: at.stanza + 1}
	f.passed(at)
	return at
}

// floatingFigure sets a figure where it is mentioned, if there is room and none waits before it, or puts it aside.
func (f *filler) floatingFigure(st *stanza, at spot) spot {
	n := at.stanza
	at = spot{stanza: n + 1}
	if at.stanza == f.alts.hoist { // it stands at the head
		f.mark(at, 0, f.ends(at))
		return at
	}
	if len(f.waiting) > 0 || !f.placeFloat(st, n, len(f.placed) == 0 && f.force) {
		f.waiting = append(f.waiting[:len(f.waiting):len(f.waiting)], n)
	}
	f.passed(at)
	return at
}

// variant gives the slugs of the stanza at a place, and in which of its variants they are.
func (f *filler) variant(st *stanza, at spot) (slugs []slug, dir int) {
	dir = at.alt
	if at.slug == 0 && f.alts.dir != 0 && f.alts.stanza == at.stanza {
		dir = f.alts.dir
	}
	if dir != 0 {
		if a := f.c.alt(at.stanza, dir); a != nil {
			return a.slugs, dir
		}
	}
	return st.slugs, 0
}

// stanza sets the slugs of a stanza, as many as fit, and says whether there may be more in the column after it.
func (f *filler) stanza(st *stanza, at spot) (after spot, more bool) {
	slugs, dir := f.variant(st, at)
	if at.slug > 0 && st.head[1] > st.head[0] && at.slug >= st.head[1] && len(f.placed) == 0 {
		f.repeatHead(st, at.stanza)
	}
	for k := at.slug; k < len(slugs); k++ {
		s := &slugs[k]
		space := f.spaceOver(st, at.stanza, k, s)
		y := f.where(s, space)
		q := f.cite(s)
		ok := f.fits(s, y, q)
		if n := len(f.placed); !ok && n > 0 && f.placed[n-1].again {
			// Not even one row goes under the head that is set again: without it, then.
			f.placed, f.y, f.again = f.placed[:0], f.box.top, 0
			y = f.where(s, space)
			ok = f.fits(s, y, q)
		}
		if !ok && (len(f.placed) > 0 || !f.force || len(f.queue) > 0) {
			return at, false
		}
		f.put(s, y, space, at.stanza, false)
		f.queue = q
		if !ok {
			// Higher than the column, or with more notes than it has room for: it stands here all the same.
			f.markOver(f.c.next(at.stanza, k, dir, len(slugs)))
			return at, false
		}
		if k < len(slugs)-1 {
			f.mark(spot{at.stanza, k + 1, dir}, s.cut, false)
		}
	}
	f.after = st.after
	after = spot{stanza: at.stanza + 1}
	cost := 0
	if after.stanza < f.seg.to && (st.keepNext || len(slugs) > 0 && slugs[len(slugs)-1].cut >= forbidden) {
		cost = forbidden + 1
	}
	f.mark(after, cost, f.ends(after))
	return after, true
}

// spaceOver is the white over slug k of a stanza.
func (f *filler) spaceOver(st *stanza, stanza, k int, s *slug) Length {
	if k == 0 {
		return max(f.after, st.before) + st.extra
	}
	if n := len(f.placed); n > 0 && f.placed[n-1].stanza != stanza { // a figure at the head of the column
		return max(f.after, s.gap)
	}
	return s.gap
}

// passed takes over the last cut after a figure that was placed or put aside: ending before it is the same as after it.
func (f *filler) passed(at spot) {
	cost := 0
	if n := len(f.cuts); n > 0 {
		l := &f.cuts[n-1]
		if l.placed == len(f.placed) {
			cost = l.cost
		}
	} else if len(f.placed) == 0 {
		return
	}
	f.mark(at, cost, f.ends(at))
}

// placeFloat sets a waiting figure, when there is room.
func (f *filler) placeFloat(st *stanza, n int, force bool) bool {
	y0, after, placed, queue := f.y, f.after, len(f.placed), f.queue
	for k := range st.slugs {
		s := &st.slugs[k]
		space := s.gap
		if k == 0 {
			space = max(f.after, st.before) + st.extra
		}
		y := f.where(s, space)
		q := f.cite(s)
		if !f.fits(s, y, q) && !force {
			f.placed, f.y, f.after, f.queue = f.placed[:placed], y0, after, queue
			return false
		}
		f.put(s, y, space, n, false)
		f.queue = q
	}
	f.after, f.figures = st.after, true
	return true
}

// repeatHead sets a table's head again at the top of a column, unless that leaves no room for anything else.
func (f *filler) repeatHead(st *stanza, n int) {
	height := Length(0)
	for k := st.head[0]; k < st.head[1]; k++ {
		height += st.slugs[k].rise + st.slugs[k].fall
	}
	if height*2 > f.box.limit-f.box.top {
		return
	}
	for k := st.head[0]; k < st.head[1]; k++ {
		s := &st.slugs[k]
		space := s.gap
		if k == st.head[0] {
			space = 0
		}
		f.put(s, f.where(s, space), space, n, true)
		f.again++
	}
}

// next is the place after slug k of a stanza.
func (c *composer) next(stanza, k, alt, n int) spot {
	if k+1 < n {
		return spot{stanza, k + 1, alt}
	}
	return spot{stanza: stanza + 1}
}

// A colPlan is a column as it was decided: what is needed to fill it again in the same way.
type colPlan struct {
	prev    *colPlan
	in      colState
	box     colBox
	alts    altChoice
	force   bool
	placed  int
	notes   noteFit
	short   int
	stretch int  // lines of white more around what stands off the grid
	end     bool // of the segment: the column is as short as what is left
	empty   bool
	blemish bool // it is short, or ends badly
}

// A choice is one way to end a column.
type choice struct {
	out   colState
	plan  colPlan
	cost  int
	short int
	end   bool
	foot  Length // bottom of all, notes counted
	bad   bool   // it is no good way: something is forced, short or broken
}

const (
	columnChoices = 6  // ways to end a column that are followed up
	shortMost     = 14 // lines: a column that is shorter is only looked at when nothing else offers
)

// columnWays gives the best ways to fill a column, cheapest first.
func (c *composer) columnWays(in *colState, seg *segment, box colBox, force bool) []choice {
	c.checkpoint()
	out := c.ways(in, seg, box, force, altChoice{}, c.scratch[:0])
	defer func() { c.scratch = out[:0] }()
	f := &c.fill
	// A figure that would stand in the middle of the text may stand at the head of the column instead, unless the section
	// begins there.
	if !seg.full && len(f.placed) > 0 && c.galley[f.placed[0].stanza].kind != floating && (in.at.slug > 0 || in.at.stanza > seg.from) {
		for i := range f.placed {
			if n := f.placed[i].stanza; c.galley[n].kind == floating {
				out = c.ways(in, seg, box, force, altChoice{hoist: n + 1}, out)
				slices.SortStableFunc(out, func(a, b choice) int { return a.cost - b.cost })
				out = c.thin(out)
				break
			}
		}
	}
	if len(out) > 0 && (c.narrow || out[0].cost < 4*costShort && !c.thorough) {
		return out
	}
	// No good way, or the way may be part of a bad one: set one paragraph of the column a line longer or shorter.
	if f.alts.hoist > 0 {
		f.alts = altChoice{}
		f.run(in)
	}
	var tried []int
	for i := range f.placed {
		n := f.placed[i].stanza
		if n != in.at.stanza || in.at.slug == 0 {
			if st := c.galley[n]; st.variable() && !seg.full && !slices.Contains(tried, n) {
				tried = append(tried, n)
			}
		}
	}
	for _, n := range tried {
		for dir := -1; dir <= 1; dir += 2 {
			if a := c.alt(n, dir); a != nil {
				out = c.ways(in, seg, box, force, altChoice{stanza: n, dir: dir}, out)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b choice) int { return a.cost - b.cost })
	return c.thin(out)
}

// thin keeps the best ways, at most one to each place.
func (c *composer) thin(ways []choice) []choice {
	most := columnChoices
	if c.narrow {
		most = 3
	}
	return firstOfEach(ways, most, func(a, b *choice) bool {
		return a.out.at == b.out.at && len(a.out.rest) == len(b.out.rest)
	})
}

// firstOfEach keeps, in place, the first of those that are the same, and no more than most.
func firstOfEach[T any](in []T, most int, same func(a, b *T) bool) []T {
	out := in[:0]
next:
	for i := range in {
		for j := range out {
			if same(&out[j], &in[i]) {
				continue next
			}
		}
		if out = append(out, in[i]); len(out) == most {
			break
		}
	}
	return out
}

// ways fills a column and weighs its ends.
func (c *composer) ways(in *colState, seg *segment, box colBox, force bool, alts altChoice, out []choice) []choice {
	f := &c.fill
	f.c, f.seg, f.box, f.force, f.alts = c, seg, box, force, alts
	f.run(in)
	altCost := 0
	if alts.dir != 0 {
		altCost = c.galley[alts.stanza].alts[(alts.dir+1)/2].cost
	}
	start := len(out)
	passes := 2
	if seg.full && !force && !c.narrow && in.at == (spot{stanza: seg.from}) {
		passes = 1 // a title that parts from its picture rather begins the next page
	}
	for hard := 0; hard < passes && len(out) == start; hard++ {
		for i := len(f.cuts) - 1; i >= 0; i-- {
			ct := &f.cuts[i]
			out = append(out, choice{})
			w := &out[len(out)-1]
			if !c.weigh(w, in, f, ct, box, hard > 0) {
				out = out[:len(out)-1]
				continue
			}
			w.cost += altCost
			p := &w.plan
			p.in, p.box, p.alts, p.force, p.placed = *in, box, alts, force, ct.placed
			p.short, p.end, p.blemish = w.short, w.end, w.bad
			if len(out)-start >= 2*columnChoices || w.short > shortMost {
				break
			}
		}
	}
	slices.SortStableFunc(out, func(a, b choice) int { return a.cost - b.cost })
	if start == 0 {
		return c.thin(out)
	}
	return out
}

// weigh makes a choice of a column's end and gives it its cost. It says no when that breaks a rule that hard allows to break.
func (c *composer) weigh(w *choice, in *colState, f *filler, ct *cut, box colBox, hard bool) bool {
	w.end, w.foot, w.cost = ct.end, ct.bottom, ct.cost
	if ct.cost >= forbidden {
		if !hard {
			return false
		}
		w.cost = costHard * (1 + ct.cost - forbidden) // rather a widow than a head without its text
	}
	// No progress is no way.
	if ct.placed == 0 && ct.notes == 0 && ct.at == in.at && !ct.end {
		return false
	}
	if f.figures {
		w.cost += c.floatCost(f.placed[:ct.placed])
	}
	if ct.notes > 0 {
		if !c.weighNotes(w, f, ct, box, hard) {
			return false
		}
	} else if !ct.end || c.narrow {
		w.short = c.linesShort(box.limit - ct.last)
	}
	if n := ct.placed; n > 0 && f.placed[n-1].s.hyphen && box.lastOfPage && ct.at.slug > 0 {
		w.cost += costPageHyphen
	}
	before := min(ct.waited, len(ct.floats)) // of the figures that wait, those that waited before
	w.cost += before*costDeferMore + (len(ct.floats)-before)*costDefer
	c.weighShort(w, f, ct)
	w.bad = w.short > 0 || w.cost >= costHyphen && ct.cost > 0 || hard
	w.out.at, w.out.floats, w.out.wides = ct.at, ct.floats, f.wides[:ct.wides:ct.wides]
	return true
}

// linesShort is how many lines a height would hold.
func (c *composer) linesShort(height Length) int { return max(0, int(height/c.unit)) }

// weighNotes sets a column's notes at its foot and adds what that costs. It says whether they may be set so.
func (c *composer) weighNotes(w *choice, f *filler, ct *cut, box colBox, hard bool) bool {
	queue := f.queue[:ct.notes]
	if f.seg.full && !hard && ct.end {
		// Notes cited in what goes across all columns stand at the foot of the first column under it.
		w.out.rest = queue
		return true
	}
	fit := c.fitNotes(queue, box.limit-ct.bottom, ct.placed == 0)
	if !fit.ok && !hard && !ct.over {
		return false
	}
	w.cost += fit.cost
	w.plan.notes = fit
	w.out.rest = fit.rest
	w.end = w.end && len(fit.rest) == 0
	used := ct.bottom + fit.height
	if n := len(fit.runs); n > 0 {
		r := fit.runs[n-1]
		used -= r.note.slugs[r.to-1].fall
		w.foot = box.limit
	}
	if !ct.end && (ct.placed-f.again)*5 < c.linesOf(box) {
		w.cost += costNoText
	}
	if !ct.end || len(fit.rest) > 0 || c.narrow {
		w.short = c.linesShort(box.limit - used)
	}
	return true
}

// weighShort adds the cost of the lines that a column is short: as much of them as may be is made up by white around what
// stands off the grid, and the rest costs its square.
func (c *composer) weighShort(w *choice, f *filler, ct *cut) {
	if w.short > 0 {
		k := costShort
		if c.narrow { // columns that are balanced: the sum of squares is least when all are equally long
			k = costUneven
		} else if !ct.end && c.grid > 0 {
			w.plan.stretch = min(w.short, stretchMost, islands(f.placed[:ct.placed]))
			w.short -= w.plan.stretch
			w.cost += w.plan.stretch * costStretch
		}
		w.cost += min(k*w.short*w.short, costShortMost)
	}
	if ct.end {
		w.short = 0
	}
}

// floatCost is what figures among the text of a column cost: they stand best at its head or foot.
func (c *composer) floatCost(placed []placedSlug) int {
	cost := 0
	for i := range placed {
		if i == 0 || c.galley[placed[i].stanza].kind != floating {
			continue
		}
		above, below := 0, 0
		for k := range placed {
			if c.galley[placed[k].stanza].kind == floating {
				continue
			}
			if k < i {
				above++
			} else {
				below++
			}
		}
		if above > 0 && below > 0 {
			cost += costMiddle
		}
		if above > 0 && above < 4 {
			cost += costNearEdge
		}
		if below > 0 && below < 4 {
			cost += costNearEdge
		}
	}
	return cost
}

// stretchMost is how many lines of white a column may be filled with.
const stretchMost = 2

// islands counts the places of a column where something off the grid stands between text on it.
func islands(placed []placedSlug) int {
	n := 0
	for i := 1; i < len(placed); i++ {
		if placed[i].s.grid && !placed[i-1].s.grid && placed[0].s.grid {
			n++
		}
	}
	return n
}

// linesOf is how many lines a column holds.
func (c *composer) linesOf(b colBox) int { return max(1, int((b.limit-b.top)/c.unit)) }

// A stripState is a strip with some of its columns filled.
type stripState struct {
	st    colState
	cost  int
	cols  *colPlan // the last column; those before it hang on it
	end   bool     // the segment is set: nothing of it is left
	foot  Length   // bottom of the longest column
	short int
	moved bool // something was placed
	way   int  // of its last column, in the composer's buffer, + 1
}

const stripBeam = 6

// strip fills the columns of a segment between top and limit. Each result has all columns filled or is at the segment's
// end.
func (c *composer) strip(in colState, seg *segment, cols int, box colBox, force bool) []stripState {
	cur := []stripState{{st: in}}
	for k := 0; k < cols; k++ {
		box.lastOfPage = k == cols-1
		next := c.states[:0]
		c.buffer = c.buffer[:0]
		open := false
		for i := range cur {
			s := &cur[i]
			if s.end {
				next = append(next, *s)
				continue
			}
			ways := c.columnWays(&s.st, seg, box, force)
			if len(ways) == 0 {
				e := *s
				e.cost += costEmpty
				e.cols = &colPlan{prev: s.cols, in: s.st, box: box, empty: true}
				next = append(next, e)
				continue
			}
			base := len(c.buffer)
			c.buffer = append(c.buffer, ways...)
			for j := range ways {
				w := &ways[j]
				t := stripState{
					st: w.out, cost: s.cost + w.cost, end: w.end && len(w.out.floats) == 0 && w.out.at.stanza >= seg.to,
					foot: max(s.foot, w.foot), short: s.short + w.short, moved: true,
				}
				t.cols, t.way = s.cols, base+j+1
				open = open || !t.end
				next = append(next, t)
			}
		}
		slices.SortStableFunc(next, func(a, b stripState) int { return a.cost - b.cost })
		c.states = next
		cur = append(cur[:0:0], c.pruneStrips(next)...)
		for i := range cur { // only what is followed up is remembered
			if w := cur[i].way; w > 0 {
				p := c.buffer[w-1].plan
				p.prev = cur[i].cols
				cur[i].cols, cur[i].way = &p, 0
			}
		}
		if !open {
			break
		}
	}
	return cur
}

// pruneStrips keeps the cheapest strip to each place.
func (c *composer) pruneStrips(in []stripState) []stripState {
	most := stripBeam
	if c.narrow {
		most = 3
	}
	return firstOfEach(in, most, func(a, b *stripState) bool { return sameState(&a.st, &b.st) && a.end == b.end })
}

// sameState says that two columns begin alike.
func sameState(a, b *colState) bool {
	return a.at == b.at && slices.Equal(a.rest, b.rest) && slices.Equal(a.floats, b.floats) && slices.Equal(a.wides, b.wides)
}
