package layout

import "unicode/utf8"

// setPre sets a paragraph whose lines are kept: code, verse. A line too long for its room is turned over, at a space if
// there is one late enough, else after a mark, else between any two characters.
func (s *setter) setPre(p *Para, r *rooms, out *setPara) {
	s.hyphenScale = 1000
	s.findBreaks(p, false, true)
	out.pass = 1
	brks := s.brks
	turned := false
	for a := 0; a < len(brks)-1; {
		n := len(out.lines)
		rm := r.pre(n, turned)
		from := &brks[a]
		end, fits := -1, false
		space, mark, any := -1, -1, -1
		for i := a + 1; i < len(brks); i++ {
			b := &brks[i]
			width := b.endW - from.begW + from.post + b.pre
			if width > rm.width {
				break
			}
			if b.penalty <= forcedBreak {
				end, fits = i, true
				break
			}
			if b.endPos <= from.begPos {
				continue
			}
			switch {
			case b.kind == plainBreak && b.penalty < brutalPenalty/2:
				if width > rm.width/3 {
					space = i
				}
			case b.penalty < brutalPenalty/2:
				if width > rm.width/2 {
					mark = i
				}
			default:
				any = i
			}
		}
		if !fits {
			switch {
			case space >= 0:
				end = space
			case mark >= 0:
				end = mark
			case any >= 0:
				end = any
			default: // not even one character fits
				end = a + 1
				for end < len(brks)-1 && brks[end].endPos <= from.begPos {
					end++
				}
			}
		}
		to := &brks[end]
		forced := to.penalty <= forcedBreak
		out.lines = append(out.lines, setLine{})
		ln := &out.lines[n]
		s.makeLine(p, from, to, fit{room: rm, align: p.Style.Align, rtl: p.Style.RTL, last: true, brutal: !forced && end == any}, ln)
		turned = !forced
		a = end
	}
}

// pre gives the room of line n of a paragraph whose lines are kept; turned says that it goes on with the line before it.
func (r *rooms) pre(n int, turned bool) room {
	if n == 0 {
		return r.line(0)
	}
	st := *r.style
	if !turned {
		st.HangIndent = st.FirstIndent
	}
	q := *r
	q.style = &st
	return q.line(n)
}

// A labelLine is a paragraph's label, set by itself.
type labelLine struct {
	line  setLine
	x     Length // its left edge
	width Length
}

var labelStyle = &ParaStyle{Name: "label", Align: Left}

// setLabel sets the label of a paragraph and says where it stands.
func (s *setter) setLabel(p *Para) labelLine {
	q := &Para{Tag: p.Tag, Style: labelStyle, Spans: p.Label}
	s.collect(q, p.Label)
	s.findBreaks(q, false, false)
	var l labelLine
	from, to := &s.brks[0], &s.brks[len(s.brks)-1]
	from.post, to.pre = 0, 0
	protrusion := s.par.protrusion
	s.par.protrusion = false
	s.makeLine(q, from, to, fit{room: room{0, 1 << 40}, align: Left, last: true}, &l.line)
	s.par.protrusion = protrusion
	l.width = l.line.line.Width
	l.x = p.LabelX
	if p.LabelRight {
		l.x = max(p.LabelX, p.Style.LeftIndent-p.LabelGap-l.width)
	}
	return l
}

// prepend puts the label in front of a line, in reading order.
func (l *labelLine) prepend(ln *setLine) {
	x := l.x
	if st := ln.line.Style; st != nil && st.RTL { // at the other side
		x = ln.line.X + ln.line.Width + (st.LeftIndent - l.x - l.width)
	}
	for i := range l.line.line.Runs {
		l.line.line.Runs[i].X += x
	}
	for i := range l.line.rules {
		l.line.rules[i].X += x
	}
	for i := range l.line.pictures {
		l.line.pictures[i].X += x
	}
	for i := range l.line.places {
		l.line.places[i].X += x
	}
	ln.lead(l.line.line.Runs, l.line.pictures...)
	ln.rules = append(l.line.rules, ln.rules...)
	ln.places = append(l.line.places, ln.places...)
	ln.notes = append(l.line.notes, ln.notes...)
	ln.height, ln.depth = max(ln.height, l.line.height), max(ln.depth, l.line.depth)
}

// lead puts runs and pictures in front of a line's own, and before them in the order of reading.
func (ln *setLine) lead(runs []Run, pictures ...PictureItem) {
	last := int32(0)
	for i := range runs {
		last = max(last, runs[i].Order)
	}
	for i := range runs {
		runs[i].Order -= last + 1
	}
	for i := range pictures {
		pictures[i].Order -= last + 1
	}
	ln.line.Runs = append(runs, ln.line.Runs...)
	ln.pictures = append(pictures, ln.pictures...)
}

// A dropKey names an initial's style: the caller's at the size that fills the lines.
type dropKey struct {
	style *TextStyle
	size  Length
}

// dropStyle is a style at another size. Styles are compared by pointer, so there is one for each.
func (s *setter) dropStyle(style *TextStyle, size Length) *TextStyle {
	key := dropKey{style, size}
	if st := s.drops[key]; st != nil {
		return st
	}
	st := *style
	st.Size = size
	if s.drops == nil {
		s.drops = make(map[dropKey]*TextStyle)
	}
	s.drops[key] = &st
	return &st
}

// A Bearer is a Shaper that also knows how much white a glyph has at its sides; an initial is then aligned by its ink.
type Bearer interface {
	// Bearings gives the white at the left and right of a glyph's ink within its advance, at the style's size.
	Bearings(face FaceID, glyph uint16, style *TextStyle) (left, right Length)
}

// setDropped sets a paragraph with an initial: as many lines high as asked for, or as the paragraph has. The capital's
// height is that from the first line's capitals to the last one's baseline, so both align. It says whether it could.
func (s *setter) setDropped(p *Para, r rooms, out *setPara) bool {
	d := p.Drop
	if d.Style == nil || d.Text == "" || p.Style.RTL || len(p.Spans) == 0 {
		return false
	}
	caps, own := s.info(bodyStyle(p)).metrics.CapHeight, s.info(d.Style).metrics.CapHeight
	if caps <= 0 || own <= 0 {
		return false
	}
	quote, letter := splitInitial(d.Text)
	for lines := d.Lines; lines >= 2; {
		down := Length(lines-1) * p.Style.Leading
		style := s.dropStyle(d.Style, d.Style.Size*(down+caps)/own)
		w := s.shape(style, letter, false)
		left, right := s.bearings(w, letter, style, d.Style)
		q := r
		q.dropLines, q.dropWidth = lines, w.width-left-right+caps*2/5
		if q.dropWidth > r.m.width*2/3 {
			return false
		}
		out.lines = out.lines[:0]
		s.setBody(p, p.Spans, q, out)
		if len(out.lines) < lines {
			lines = len(out.lines)
			continue
		}
		x := r.line(0).x - p.Style.FirstIndent
		initial, ok := s.initial(p, quote, letter, style, x, left, down)
		if !ok {
			return false
		}
		out.lines[0].lead(initial)
		out.together = lines
		return true
	}
	out.lines = out.lines[:0]
	return false
}

// bodyStyle is the style of a paragraph's first text, or of its initial.
func bodyStyle(p *Para) *TextStyle {
	for i := range p.Spans {
		if p.Spans[i].Kind == TextSpan && p.Spans[i].Style != nil {
			return p.Spans[i].Style
		}
	}
	return p.Drop.Style
}

// splitInitial parts an opening quote from the letter.
func splitInitial(text string) (quote, letter string) {
	letter = text
	for letter != "" {
		c, n := utf8.DecodeRuneInString(letter)
		if !opensQuote(c) {
			return text[:len(text)-len(letter)], letter
		}
		letter = letter[n:]
	}
	return "", text
}

// bearings is the white at the sides of an initial, which it loses so that its ink aligns, and what hangs out at its left.
func (s *setter) bearings(w *word, letter string, style, asked *TextStyle) (left, right Length) {
	if ink, ok := s.shaper.(Bearer); ok && len(w.glyphs) > 0 {
		g, h := w.glyphs[0], w.glyphs[len(w.glyphs)-1]
		left, _ = ink.Bearings(g.Face, g.ID, style)
		_, right = ink.Bearings(h.Face, h.ID, style)
	}
	if s.par.protrusion {
		c, _ := utf8.DecodeRuneInString(letter)
		left += w.width * Length(s.hang(asked, c).left) / 1000
	}
	return left, right
}

// initial makes the runs of an initial. An opening quote stands before it, half its size, out in the margin.
func (s *setter) initial(p *Para, quote, letter string, style *TextStyle, x, left, down Length) (runs []Run, ok bool) {
	if quote != "" {
		qs := s.dropStyle(p.Drop.Style, style.Size/2)
		rise := s.info(style).metrics.CapHeight - s.info(qs).metrics.CapHeight
		run, ok := s.initialRun(p, quote, qs, down-rise, 0)
		if !ok {
			return nil, false
		}
		run.X = x - run.Width
		runs = append(runs, run)
	}
	run, ok := s.initialRun(p, letter, style, down, int32(len(quote)))
	run.X = x - left
	return append(runs, run), ok
}

// initialRun is a run of an initial, its text beginning so many bytes into it. It is not ok without glyphs.
func (s *setter) initialRun(p *Para, text string, style *TextStyle, y Length, offset int32) (Run, bool) {
	w := s.shape(style, text, false)
	if len(w.glyphs) == 0 {
		return Run{}, false
	}
	d := p.Drop
	out := Run{Y: y, Face: w.glyphs[0].Face, Style: style, Size: style.Size, Tag: d.Tag, Source: d.Source, Offset: d.Offset + offset, Text: text, Width: w.width}
	if out.Tag == 0 {
		out.Tag = p.Tag
	}
	at := Length(0)
	for _, g := range w.glyphs {
		out.Glyphs = append(out.Glyphs, Placed{ID: g.ID, X: at + g.XOffset, Y: g.YOffset, Cluster: g.Cluster})
		at += g.Advance
	}
	return out, true
}

func opensQuote(r rune) bool {
	switch r {
	case '"', '\'', 0x2018, 0x201C, 0x201E, 0x201A, 0xAB, 0x2039, 0xBB, 0x203A:
		return true
	}
	return false
}
