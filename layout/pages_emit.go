package layout

import (
	"fmt"
	"slices"
)

// Placing: the pages that were decided on are filled once more, now for good, and every item gets its coordinates, still
// from the top left corner of the text area.

// A sheet is a page of a section that has no number yet.
type sheet struct {
	areas  []Area
	places []Place
	source SourceID
	offset int32
	begun  bool
	fill   []int // thousandths, by column
	notes  int
	lines  []seenLine
	// findings so far; their page is filled in with its number.
	findings []Finding
	stanzas  []int // that have something on the page
}

// A seenLine is a line of the report.
type seenLine struct {
	ref    lineRef
	line   *Line // as placed
	column int
	first  bool // of its column
	last   bool
	// pageEnd: the column is the page's last.
	pageEnd bool
	inside  bool // in a cell, a caption: part of something larger
	note    bool
}

// emit places the decided pages.
func (c *composer) emit(pages [][]part) []*sheet {
	out := make([]*sheet, len(pages))
	for i, parts := range pages {
		sh := &sheet{fill: make([]int, c.columns)}
		if i == 0 && len(c.cover.slugs) > 0 {
			c.emitCover(sh)
		}
		for j := range parts {
			p := &parts[j]
			switch p.kind {
			case widePart:
				c.emitWide(sh, p)
			case stripPart:
				c.emitStrip(sh, p)
			}
		}
		if c.sec.VAlign != 0 {
			c.align(sh)
		}
		out[i] = sh
	}
	c.far(out)
	return out
}

func (c *composer) emitCover(sh *sheet) {
	a := Area{Kind: OpeningArea, Width: c.width, Height: max(c.geo.FirstTop, c.cover.depth)}
	e := emitter{sh: sh, area: &a}
	for i := range c.cover.slugs {
		e.add(&c.cover.slugs[i], c.cover.y[i], false)
	}
	e.close(c)
	sh.areas = append(sh.areas, a)
}

func (c *composer) emitWide(sh *sheet, p *part) {
	a := Area{Kind: SpanArea, Y: p.top, Width: c.width, Height: p.foot - p.top}
	e := emitter{sh: sh, area: &a, apart: true}
	y := p.top
	for _, n := range p.wides {
		st := c.galley[n]
		sh.stanzas = append(sh.stanzas, n)
		for i := range st.slugs {
			s := &st.slugs[i]
			y += s.gap + s.rise
			e.add(s, y, false)
			y += s.fall
		}
	}
	e.close(c)
	sh.areas = append(sh.areas, a)
}

func (c *composer) emitStrip(sh *sheet, p *part) {
	var cols []*colPlan
	for pl := p.cols; pl != nil; pl = pl.prev {
		cols = append(cols, pl)
	}
	slices.Reverse(cols)
	bottom := p.top
	var columns, feet []Area
	for k, pl := range cols {
		if pl.empty {
			continue
		}
		a := Area{Kind: ColumnArea, Column: k, X: c.columnX(k), Y: p.top, Width: c.column}
		if p.seg.full {
			a.Kind, a.X, a.Width = SpanArea, 0, c.width
			if p.seg.opening {
				a.Kind = OpeningArea
			}
		}
		foot := c.emitColumn(sh, p.seg, pl, &a)
		bottom = max(bottom, foot)
		if len(a.Items) > 0 {
			columns = append(columns, a)
		}
		if len(pl.notes.runs) > 0 {
			n := c.emitNotes(sh, pl, k, a.X)
			feet = append(feet, n)
			bottom = max(bottom, n.Y+n.Height)
		}
		if !p.seg.full && k < len(sh.fill) && p.foot > 0 {
			used := foot
			if pl.notes.height > 0 {
				used = foot + pl.notes.height
			}
			sh.fill[k] = max(sh.fill[k], int(min(1000, used*1000/max(1, c.limit+c.unit/4))))
		}
	}
	if w := c.geo.ColumnRule; w > 0 && !p.seg.full && len(columns) > 0 {
		top := p.top + p.space
		if p.top == 0 {
			top = c.firstLine - c.capHeight
		}
		if bottom > top {
			a := &columns[0]
			var rules []Item
			for k := 1; k < c.columns; k++ {
				x := Length(k)*(c.column+c.geo.Gutter) - c.geo.Gutter/2 - w/2
				rules = append(rules, &RuleItem{X: x, Y: top, Width: w, Height: bottom - top})
			}
			a.Items = append(rules, a.Items...)
		}
	}
	sh.areas = append(sh.areas, columns...)
	sh.areas = append(sh.areas, feet...)
}

// emitColumn fills a column for good; it gives the bottom of its text.
func (c *composer) emitColumn(sh *sheet, seg *segment, pl *colPlan, a *Area) Length {
	f := &c.fill
	f.c, f.seg, f.box, f.force, f.alts = c, seg, pl.box, pl.force, pl.alts
	f.run(&pl.in)
	placed := f.placed[:pl.placed]
	c.settle(placed, pl)
	e := emitter{sh: sh, area: a, column: a.Column, pageEnd: pl.box.lastOfPage}
	bottom := pl.box.top
	for i := range placed {
		q := &placed[i]
		e.endnote, e.apart = c.galley[q.stanza].endnote, c.galley[q.stanza].kind != flowing
		if n := len(sh.stanzas); n == 0 || sh.stanzas[n-1] != q.stanza {
			sh.stanzas = append(sh.stanzas, q.stanza)
		}
		if q.y > pl.box.limit+Pt/10 && !q.again {
			sh.findings = append(sh.findings, Finding{Kind: "overfull", Origin: c.galley[q.stanza].origin, Detail: points(q.y-pl.box.limit) + " higher than the column"})
		}
		e.add(q.s, q.y, q.again)
		bottom = max(bottom, q.y+q.s.fall)
	}
	e.close(c)
	if pl.short >= shortLines && pl.placed > 0 {
		sh.findings = append(sh.findings, Finding{Kind: "underfull", Origin: c.galley[placed[pl.placed-1].stanza].origin, Detail: fmt.Sprintf("column %d is %d lines short", a.Column+1, pl.short)})
	}
	a.Height = bottom - a.Y
	return bottom
}

// settle shares out the white that the grid leaves around heads, figures and other things off it, among the places where
// one block ends and the next begins: most of it above a head, so that it belongs to what follows. What stands off the grid
// at a column's foot comes to stand on the foot.
func (c *composer) settle(placed []placedSlug, pl *colPlan) {
	if c.grid <= 0 {
		return
	}
	stretch := pl.stretch
	for i := 0; i < len(placed); {
		if placed[i].s.grid {
			i++
			continue
		}
		j := i
		for j < len(placed) && !placed[j].s.grid {
			j++
		}
		l := &placed[j-1]
		var pad Length
		if j < len(placed) {
			n := &placed[j]
			if stretch > 0 && placed[0].s.grid {
				stretch--
				for k := j; k < len(placed); k++ {
					placed[k].y += c.grid
				}
			}
			pad = n.y - n.s.rise - n.space - (l.y + l.s.fall)
		} else if pl.short == 0 && !pl.end {
			pad = pl.box.limit - l.y
			if len(pl.notes.runs) > 0 {
				pad = pl.box.limit - pl.notes.height + c.lastFall(&pl.notes) - (l.y + l.s.fall)
			}
			if pad > c.grid {
				pad = 0
			}
		}
		c.spread(placed, i, j, pad)
		i = j
	}
}

func (c *composer) lastFall(fit *noteFit) Length {
	r := fit.runs[len(fit.runs)-1]
	return r.note.slugs[r.to-1].fall
}

// spread moves slugs [i, j) down so that pad is shared out between the blocks from i to j.
func (c *composer) spread(placed []placedSlug, i, j int, pad Length) {
	if pad <= 0 {
		return
	}
	weight := func(k int) Length { // of the white in front of k
		if k == 0 || k < len(placed) && placed[k-1].stanza == placed[k].stanza {
			return 0
		}
		switch {
		case k < len(placed) && c.galley[placed[k].stanza].keepNext && !c.galley[placed[k-1].stanza].keepNext:
			return 3
		case c.galley[placed[k-1].stanza].keepNext:
			return 1
		}
		return 2
	}
	sum := Length(0)
	for k := i; k <= j && k < len(placed); k++ {
		sum += weight(k)
	}
	if sum == 0 {
		return
	}
	used, seen := Length(0), Length(0)
	for k := i; k < j; k++ {
		seen += weight(k)
		used = pad * seen / sum
		placed[k].y += used
	}
}

// emitNotes places the notes of a column, the last line of them on the column's last baseline.
func (c *composer) emitNotes(sh *sheet, pl *colPlan, column int, x Length) Area {
	fit := &pl.notes
	g := c.geo
	last := fit.runs[len(fit.runs)-1]
	height := fit.height
	over := c.noteOverhead()
	if pl.placed == 0 {
		over -= g.NoteGap
	}
	body := height - over // of the notes themselves
	top := pl.box.limit + last.note.slugs[last.to-1].fall - body
	if floor := pl.box.top + over - g.NoteGap; top < floor {
		top = floor // more than there is room for: from the top down
	}
	a := Area{Kind: NoteArea, Column: column, X: x, Width: c.column}
	ruleY := top - g.NoteRuleGap - g.NoteRuleThickness
	a.Y, a.Height = ruleY, body+g.NoteRuleGap+g.NoteRuleThickness
	e := emitter{sh: sh, area: &a, column: column, note: true}
	if g.NoteRuleThickness > 0 {
		w := min(g.NoteRule, c.column)
		if fit.runs[0].from > 0 {
			w = c.column // notes that come from the column before stand under a rule of the whole measure
		}
		left := x
		if c.rtl {
			left += c.column - w
		}
		a.Items = append(a.Items, &RuleItem{X: left, Y: ruleY, Width: w, Height: g.NoteRuleThickness})
	}
	y := top
	for i, r := range fit.runs {
		if i > 0 {
			y += g.NoteSpacing
		}
		if r.from == 0 {
			sh.notes++
		}
		for k := r.from; k < r.to; k++ {
			s := &r.note.slugs[k]
			if k > r.from {
				y += s.gap
			}
			y += s.rise
			e.add(s, y, false)
			y += s.fall
		}
		if r.to < len(r.note.slugs) {
			sh.findings = append(sh.findings, Finding{Kind: "split-note", Origin: noteOrigin(r.note), Detail: fmt.Sprintf("%d of its %d lines are still to come", len(r.note.slugs)-r.to, len(r.note.slugs))})
		}
	}
	e.close(c)
	return a
}

func noteOrigin(n *setNote) string {
	for i := range n.slugs {
		if l := n.slugs[i].lines; len(l) > 0 {
			return l[0].para.para.Origin
		}
	}
	return ""
}

// align moves the content of a page to its centre or foot.
func (c *composer) align(sh *sheet) {
	bottom := Length(0)
	for i := range sh.areas {
		bottom = max(bottom, sh.areas[i].Y+sh.areas[i].Height)
	}
	d := c.height - bottom
	if c.sec.VAlign == 1 {
		d /= 2
	}
	if d > 0 {
		sh.move(0, d)
	}
}

// move shifts everything on a sheet.
func (sh *sheet) move(dx, dy Length) {
	for i := range sh.areas {
		sh.areas[i].Move(dx, dy)
	}
	for i := range sh.places {
		sh.places[i].X += dx
		sh.places[i].Y += dy
	}
}

// shift moves an item in place.
func shift(it Item, dx, dy Length) {
	switch it := it.(type) {
	case *Line:
		it.X += dx
		it.Y += dy
		for i := range it.Runs {
			it.Runs[i].X += dx
			it.Runs[i].Y += dy
		}
	case *RuleItem:
		it.X += dx
		it.Y += dy
	case *PictureItem:
		it.X += dx
		it.Y += dy
	}
}

// An emitter puts slugs into an area.
type emitter struct {
	sh      *sheet
	area    *Area
	column  int
	note    bool
	endnote bool
	pageEnd bool
	apart   bool // figures that have left their place in the text
	slugs   []*slug
	y       []Length
	from    int // first line of this area in sheet.lines
	started bool
}

// add places a slug with its reference line at y.
func (e *emitter) add(s *slug, y Length, again bool) {
	if !e.started {
		e.from, e.started = len(e.sh.lines), true
	}
	e.slugs = append(e.slugs, s)
	e.y = append(e.y, y)
	x := e.area.X + s.x
	for _, it := range s.items {
		it = moved(it, x, y)
		e.area.Items = append(e.area.Items, it)
		if l, ok := it.(*Line); ok && !e.note && !e.endnote && !again {
			e.sh.begin(l, e.apart)
		}
	}
	if again {
		return
	}
	if s.over > 0 {
		e.sh.findings = append(e.sh.findings, Finding{Kind: "overfull", Origin: s.origin, Detail: "the table needs " + points(s.over) + " more than the measure"})
	}
	for _, p := range s.places {
		e.sh.places = append(e.sh.places, Place{p.Name, p.X + x, p.Y + y})
	}
	k := len(e.area.Items) - len(s.items)
	for _, r := range s.lines {
		for k < len(e.area.Items) {
			if _, ok := e.area.Items[k].(*Line); ok {
				break
			}
			k++
		}
		sl := seenLine{ref: r, column: e.column, note: e.note, inside: s.box, pageEnd: e.pageEnd}
		if k < len(e.area.Items) {
			sl.line = e.area.Items[k].(*Line)
			k++
		}
		e.sh.lines = append(e.sh.lines, sl)
	}
}

// begin notes the first text of the page. Figures that have left their place in the text (apart) count only when there is
// nothing else: the text goes on from page to page, they stand beside it.
func (sh *sheet) begin(l *Line, apart bool) {
	if sh.begun || apart && sh.source != 0 {
		return
	}
	for i := range l.Runs {
		if r := &l.Runs[i]; r.Source != 0 && !r.Artifact && !r.Hyphen {
			sh.source, sh.offset, sh.begun = r.Source, r.Offset, !apart
			return
		}
	}
}

// close finishes the area: panels and rules behind the lines.
func (e *emitter) close(c *composer) {
	if e.started && len(e.sh.lines) > e.from {
		e.sh.lines[e.from].first = true
		e.sh.lines[len(e.sh.lines)-1].last = true
	}
	var behind []Item
	for i := 0; i < len(e.slugs); {
		j := i + 1
		for j < len(e.slugs) && samePanel(e.slugs[i], e.slugs[j]) {
			j++
		}
		if p := panel(e.slugs[i:j], e.y[i:j], e.area.X+e.slugs[i].x); p != nil {
			behind = append(behind, p...)
		}
		i = j
	}
	if len(behind) > 0 {
		e.area.Items = append(behind, e.area.Items...)
	}
}
