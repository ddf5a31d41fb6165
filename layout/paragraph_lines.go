package layout

import "unicode/utf8"

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
	x       Length // from the line's start, as set
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

// makeLine sets the line between two breaks.
func (s *setter) makeLine(p *Para, from, to *brk, f fit, out *setLine) {
	t := &s.text
	s.gather(p, from, to)
	b := &s.build
	parts := b.parts

	hangL, hangR := s.lineHangs(p, from, to)
	target := f.room.width + hangL + hangR
	var natural, expandable, stretch, shrink Length
	fills := 0
	for i := range parts {
		pt := &parts[i]
		natural += pt.natural + pt.after
		if pt.expands {
			expandable += pt.natural + pt.after
		}
		stretch += pt.stretch
		shrink += pt.shrink
		if pt.kind == fillPiece {
			fills++
		}
	}
	if n := len(parts); n > 0 { // no letterspace after the last letter
		pt := &parts[n-1]
		if pt.kind == wordPiece && len(pt.glyphs) > 0 {
			ls := t.spans[t.pieces[pt.piece].span].Style.Letterspace
			pt.natural -= ls
			natural -= ls
		}
	}

	// The letters take their share of what is missing, the spaces the rest.
	expansion := int64(0)
	justify := f.align == Justify && fills == 0
	short := target - natural
	if justify && !(f.last && short >= 0) {
		expansion = s.expansionFor(short, expandable, stretch, shrink)
	} else if justify && f.last && f.previous != nil && s.par.expansion > 0 {
		expansion = int64(f.previous.expansion)
		if natural+expandable*Length(expansion)/100_000 > target {
			expansion = 0
		}
	}
	var set Length
	for i := range parts {
		pt := &parts[i]
		pt.width = pt.natural
		if pt.expands && expansion != 0 {
			pt.width = scale(pt.natural, expansion)
			pt.after = scale(pt.after, expansion)
		}
		set += pt.width + pt.after
	}
	rest := target - set
	ratio := int64(0)
	spaces := rest
	var weight Length
	capped := false
	switch {
	case fills > 0:
		spaces = 0
		if rest < 0 {
			spaces, weight = max(rest, -shrink), shrink
		}
	case !justify:
		spaces = 0
	case f.last && rest >= 0:
		// As the line before it, half way (TeX's \lastlinefit).
		spaces = 0
		if f.previous != nil && stretch > 0 {
			half := max(min(f.previous.ratio, 1000), -1000) / 2
			weight = stretch
			if half < 0 {
				weight = shrink
			}
			spaces = weight * Length(half) / 1000
			if spaces > rest {
				spaces = 0
			}
			ratio = half
		}
	case rest >= 0:
		weight = stretch
		if stretch > 0 {
			ratio = int64(rest) * 1000 / int64(stretch)
		} else {
			spaces = 0
		}
		if natural > 0 && stretch > 0 && ratio > 6000 {
			// Such holes tell the reader nothing but that the line failed: it is left short instead.
			spaces, capped = stretch, true
		}
	default:
		weight = shrink
		if shrink > 0 {
			ratio = int64(rest) * 1000 / int64(shrink)
		} else {
			spaces = 0
		}
		if f.over && ratio < -1500 { // too wide whatever one does: the spaces stay spaces
			spaces = -shrink
		}
	}
	if spaces != 0 && weight > 0 {
		var sum, given Length
		for i := range parts {
			pt := &parts[i]
			w := pt.stretch
			if spaces < 0 {
				w = pt.shrink
			}
			if w == 0 {
				continue
			}
			sum += w
			upTo := spaces * sum / weight
			pt.width += upTo - given
			given = upTo
		}
		set += spaces
	}
	if fills > 0 {
		each := max(target-set, 0) / Length(fills)
		for i := range parts {
			if parts[i].kind == fillPiece {
				parts[i].width = each
				set += each
			}
		}
	}

	x := f.room.x - hangL
	left := f.room.width + hangL + hangR - set
	switch {
	case fills > 0:
	case f.align == Center:
		x += left / 2
	case f.align == Right && !f.rtl, f.rtl && f.align != Right && (!justify || f.last || capped || spaces != rest):
		x += left
	}

	out.hyphen = to.kind == hyphenBreak || to.kind == hardBreak
	out.line = &Line{X: x, Width: set, Style: p.Style, Hyphen: to.kind == hyphenBreak}
	out.report = LineReport{
		Ratio: int(ratio), Badness: int(f.badness), Expansion: int32(expansion), Hyphen: out.hyphen, Width: f.room.width, Natural: natural - hangL - hangR,
		Forced: f.brutal,
	}
	if over := set - target; over > Pt/8 {
		out.report.Over = over
	}
	if justify && !f.last && left > Pt/8 {
		out.report.Under = left
	}
	s.place(p, x, int32(expansion), from, to, out)
	if f.previous != nil {
		*f.previous = lineLook{ratio, int32(expansion)}
	}
}

// scale widens a length by an expansion in hundred-thousandths.
func scale(l Length, expansion int64) Length {
	return l + Length(int64(l)*expansion/100_000)
}

// expansionStep is the grain of font expansion, in hundred-thousandths: coarse enough that files stay small.
const expansionStep = 100

// expansionFor is how far the letters of a line are stretched, in hundred-thousandths.
func (s *setter) expansionFor(short, expandable, stretch, shrink Length) int64 {
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

// place gives every glyph of the gathered line its place and joins them into runs.
func (s *setter) place(p *Para, x Length, expansion int32, from, to *brk, out *setLine) {
	t := &s.text
	b := &s.build
	parts := b.parts
	b.order = b.order[:0]
	glyphs := 0
	bidirectional := false
	for i := range parts {
		b.order = append(b.order, int32(i))
		glyphs += len(parts[i].glyphs) + 1
		bidirectional = bidirectional || parts[i].level != 0
	}
	if bidirectional {
		base := uint8(0)
		if p.Style.RTL {
			base = 1
		}
		for i := len(parts) - 1; i >= 0 && parts[i].kind != wordPiece; i-- { // L1: trailing space is the paragraph's
			parts[i].level = base
		}
		reorder(b.order, func(i int32) uint8 { return parts[i].level })
	}
	placed := make([]Placed, 0, glyphs)
	line := out.line
	runs := line.Runs
	b.lo, b.hi = b.lo[:0], b.hi[:0]
	var runFrom int // of the open run's glyphs
	open := -1
	var openLevel uint8
	closeRun := func() {
		if open >= 0 {
			runs[open].Glyphs = placed[runFrom:len(placed):len(placed)]
			for i := range runs[open].Glyphs {
				runs[open].Glyphs[i].Cluster -= b.lo[open]
			}
			runs[open].Text = t.text[b.lo[open]:b.hi[open]]
			open = -1
		}
	}
	under := -1 // open underline
	for _, oi := range b.order {
		pt := &parts[oi]
		pc := &t.pieces[pt.piece]
		sp := &t.spans[pc.span]
		style := sp.Style
		switch pt.kind {
		case anchorPiece:
			if sp.Anchor != "" {
				out.places = append(out.places, Place{Name: sp.Anchor, X: x})
			}
			if sp.Note != nil {
				out.notes = append(out.notes, sp.Note)
			}
			continue
		case boxPiece:
			closeRun()
			if sp.Box != nil {
				tag := sp.Box.Tag
				if tag == 0 {
					tag = sp.Tag
				}
				out.pictures = append(out.pictures, PictureItem{
					X: x, Y: -sp.Box.Height, Width: sp.Box.Width, Height: sp.Box.Height, Ref: sp.Box.Ref, Tag: tag, Link: max(sp.Box.Link, sp.Link),
				})
				out.height = max(out.height, sp.Box.Height)
			}
			x += pt.width
			continue
		case fillPiece:
			closeRun()
			if run, ok := s.leader(sp, x, pt.width, p.Tag); ok {
				runs = append(runs, run)
				b.lo, b.hi = append(b.lo, -1), append(b.hi, -1)
			}
			x += pt.width
			continue
		case gapPiece, forcedPiece:
			x += pt.width
			continue
		}
		in := s.info(style)
		out.height = max(out.height, in.metrics.Ascent+style.Rise)
		out.depth = max(out.depth, in.metrics.Descent-style.Rise)
		if sp.Kind == NoteSpan && sp.Note != nil && pt.lo == pc.start && !pt.hyphen {
			out.notes = append(out.notes, sp.Note)
		}
		if sp.Anchor != "" && sp.Kind != PageRefSpan && pt.lo == pc.start && !pt.hyphen {
			out.places = append(out.places, Place{Name: sp.Anchor, X: x})
		}
		tag := sp.Tag
		if tag == 0 && !sp.Artifact {
			tag = p.Tag
		}
		exp := int32(0)
		if pt.expands {
			exp = expansion
		}
		gx := x
		list := pt.glyphs
		var space [1]Glyph
		if pt.kind != wordPiece {
			exp = expansion
			if style.Break == "code" {
				exp = 0
			}
			g := in.spaceGlyph
			g.Advance, g.Cluster = pt.width, 0
			space[0] = g
			list, pt.base = space[:], pt.lo
		}
		for gi := range list {
			g := &list[gi]
			// The text that this glyph's face covers: up to the next glyph (in reading order) of another face.
			if open >= 0 {
				r := &runs[open]
				joins := r.Face == g.Face && r.Style == style && r.Tag == tag && r.Link == sp.Link && r.Source == sp.Source &&
					r.Artifact == sp.Artifact && r.Expansion == exp && !r.Hyphen && !pt.hyphen && openLevel == pt.level
				if joins && gi == 0 {
					if pt.level&1 == 0 {
						joins = b.hi[open] == pt.lo
					} else {
						joins = b.lo[open] == pt.hi
					}
				}
				if !joins {
					closeRun()
				}
			}
			if open < 0 {
				run := Run{
					X: gx, Y: -style.Rise, Face: g.Face, Style: style, Size: style.Size, Expansion: exp, Tag: tag, Link: sp.Link,
					Source: sp.Source, Artifact: sp.Artifact, Hyphen: pt.hyphen,
				}
				lo, hi := s.faceText(pt, list, gi)
				run.Offset = pc.offset + lo - pc.start
				runs = append(runs, run)
				b.lo, b.hi = append(b.lo, lo), append(b.hi, hi)
				open, runFrom, openLevel = len(runs)-1, len(placed), pt.level
			} else if gi == 0 {
				lo, hi := s.faceText(pt, list, gi)
				if lo < b.lo[open] {
					b.lo[open] = lo
					runs[open].Offset = pc.offset + lo - pc.start
				}
				b.hi[open] = max(b.hi[open], hi)
			}
			r := &runs[open]
			gxo, adv := g.XOffset, g.Advance
			if exp != 0 && pt.kind == wordPiece {
				gxo, adv = scale(gxo, int64(exp)), scale(adv, int64(exp))
			}
			placed = append(placed, Placed{ID: g.ID, X: gx + gxo - r.X, Y: g.YOffset, Cluster: min(g.Cluster+pt.base, pt.hi)})
			gx += adv
			r.Width = gx - r.X
		}
		if pt.hyphen {
			b.lo[open], b.hi[open] = pt.hi, pt.hi
			for i := runFrom; i < len(placed); i++ {
				placed[i].Cluster = pt.hi
			}
		}
		if style.Underline || style.Strike {
			end := x + pt.width
			n, thick := 1, max(style.Size/20, Pt/4)
			y := style.Size/8 - style.Rise
			if !style.Underline {
				y = -in.metrics.XHeight/2 - thick/2 - style.Rise
			} else if style.Strike {
				n = 2
			}
			// The line goes on if the style before it drew the same lines in the same places.
			if under >= 0 && len(out.rules)-under == n && out.rules[under].Y == y && out.rules[under].Height == thick &&
				out.rules[under].X+out.rules[under].Width == x && out.rules[under].Tag == tag && out.rules[under].Color == style.Color {
				for k := range n {
					out.rules[under+k].Width = end - out.rules[under].X
				}
			} else {
				under = len(out.rules)
				if style.Underline {
					out.rules = append(out.rules, RuleItem{X: x, Y: y, Width: pt.width, Height: thick, Color: style.Color, Tag: tag})
				}
				if style.Strike {
					out.rules = append(out.rules, RuleItem{X: x, Y: -in.metrics.XHeight/2 - thick/2 - style.Rise, Width: pt.width, Height: thick, Color: style.Color, Tag: tag})
				}
			}
			if pt.after != 0 {
				for k := under; k < len(out.rules); k++ {
					out.rules[k].Width += pt.after
				}
			}
		} else {
			under = -1
		}
		x += pt.width + pt.after
	}
	closeRun()
	line.Runs = runs
	s.endSpace(from, to, out)
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
func (s *setter) leader(sp *Span, x, width Length, tag Tag) (Run, bool) {
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
