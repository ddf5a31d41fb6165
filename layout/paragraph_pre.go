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
	ln.line.Runs = append(l.line.line.Runs, ln.line.Runs...)
	ln.rules = append(l.line.rules, ln.rules...)
	ln.pictures = append(l.line.pictures, ln.pictures...)
	ln.places = append(l.line.places, ln.places...)
	ln.notes = append(l.line.notes, ln.notes...)
	ln.height, ln.depth = max(ln.height, l.line.height), max(ln.depth, l.line.depth)
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
	body := d.Style
	for i := range p.Spans {
		if p.Spans[i].Kind == TextSpan && p.Spans[i].Style != nil {
			body = p.Spans[i].Style
			break
		}
	}
	if d.Style == nil || d.Text == "" || p.Style.RTL || len(p.Spans) == 0 {
		return false
	}
	caps, own := s.info(body).metrics.CapHeight, s.info(d.Style).metrics.CapHeight
	if caps <= 0 || own <= 0 {
		return false
	}
	// An opening quote stands before the initial, half its size, out in the margin.
	quote, letter := "", d.Text
	for letter != "" {
		c, n := utf8.DecodeRuneInString(letter)
		if !opensQuote(c) {
			break
		}
		quote, letter = d.Text[:len(quote)+n], letter[n:]
	}
	if letter == "" {
		quote, letter = "", d.Text
	}
	for lines := d.Lines; lines >= 2; {
		high := Length(lines-1)*p.Style.Leading + caps
		style := s.dropStyle(d.Style, d.Style.Size*high/own)
		w := s.shape(style, letter, false)
		left, right := Length(0), Length(0)
		if ink, ok := s.shaper.(Bearer); ok && len(w.glyphs) > 0 {
			g, h := w.glyphs[0], w.glyphs[len(w.glyphs)-1]
			left, _ = ink.Bearings(g.Face, g.ID, style)
			_, right = ink.Bearings(h.Face, h.ID, style)
		}
		c, _ := utf8.DecodeRuneInString(letter)
		if s.par.protrusion {
			left += w.width * Length(s.hang(d.Style, c).left) / 1000
		}
		gap := caps * 2 / 5
		q := r
		q.dropLines, q.dropWidth = lines, w.width-left-right+gap
		if q.dropWidth > r.m.width*2/3 {
			return false
		}
		out.lines = out.lines[:0]
		s.setBody(p, p.Spans, q, out)
		if len(out.lines) < lines {
			lines = len(out.lines)
			continue
		}
		rm := r.line(0)
		x := rm.x - p.Style.FirstIndent
		down := Length(lines-1) * p.Style.Leading
		run := func(text string, st *TextStyle, x, y Length, offset int32) Run {
			w := s.shape(st, text, false)
			out := Run{
				X: x, Y: y, Face: w.glyphs[0].Face, Style: st, Size: st.Size, Tag: d.Tag, Source: d.Source, Offset: offset, Text: text, Width: w.width,
			}
			at := Length(0)
			for _, g := range w.glyphs {
				out.Glyphs = append(out.Glyphs, Placed{ID: g.ID, X: at + g.XOffset, Y: g.YOffset, Cluster: g.Cluster})
				at += g.Advance
			}
			return out
		}
		if len(w.glyphs) == 0 {
			return false
		}
		var initial []Run
		if quote != "" {
			qs := s.dropStyle(d.Style, style.Size/2)
			if qw := s.shape(qs, quote, false); len(qw.glyphs) > 0 {
				rise := s.info(style).metrics.CapHeight - s.info(qs).metrics.CapHeight
				initial = append(initial, run(quote, qs, x-qw.width, down-rise, d.Offset))
			} else {
				return false
			}
		}
		initial = append(initial, run(letter, style, x-left, down, d.Offset+int32(len(quote))))
		for i := range initial {
			if initial[i].Tag == 0 {
				initial[i].Tag = p.Tag
			}
		}
		first := &out.lines[0]
		first.line.Runs = append(initial, first.line.Runs...)
		out.together = lines
		return true
	}
	out.lines = out.lines[:0]
	return false
}

func opensQuote(r rune) bool {
	switch r {
	case '"', '\'', 0x2018, 0x201C, 0x201E, 0x201A, 0xAB, 0x2039, 0xBB, 0x203A:
		return true
	}
	return false
}
