package pdf

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/layout"
)

func (d *drawing) beginText() {
	if !d.inText {
		d.b = append(d.b, "BT\n"...)
		d.inText = true
		d.originX, d.originY = 0, 0
	}
}

func (d *drawing) endText() {
	if d.inText {
		d.endMark()
		d.b = append(d.b, "ET\n"...)
		d.inText = false
	}
}

// line draws a line of text, and each picture among its words where it is read. What white space its end stands for is the last
// run's, as layout tells it.
func (d *drawing) line(l *layout.Line, pictures []*layout.PictureItem, artifact string) {
	d.baseline = l.Y
	started := false
	order := readingOrder(l)
	slices.SortStableFunc(pictures, func(a, b *layout.PictureItem) int { return int(a.Order - b.Order) })
	for i := range l.Runs {
		at := i
		if order != nil {
			at = order[i]
		}
		r := &l.Runs[at]
		for len(pictures) > 0 && r.Order >= pictures[0].Order {
			d.picture(pictures[0], artifact)
			pictures, started = pictures[1:], false
		}
		if len(r.Glyphs) == 0 && !endsInUndrawnSpace(r) {
			continue
		}
		d.want, d.wantArt = d.element(r.Tag, r.Artifact), artifact
		if d.marked != d.want || d.marked == nil && d.artifact != artifact {
			d.endMark()
		}
		d.beginText()
		d.textState(r, l)
		if !started {
			d.moveTo(l, r)
			started = true
		}
		if word, rest := "", 0; i == 0 && order == nil {
			if word, rest = initialWord(l); rest > 0 {
				d.actualText(word, func() { d.glyphs(r, 0, len(r.Glyphs)) })
				d.said = rest
				continue
			}
		}
		d.run(r)
	}
	d.endShow()
	for _, p := range pictures {
		d.picture(p, artifact)
	}
	d.lineLinks(l)
}

// initialWord gives the word that an initial begins, and how many bytes of it the run after the initial holds. A reader who
// goes by positions takes the initial, large and lines below, for a word of its own; so the initial stands for the whole
// word, and its other letters for nothing. Rest is 0 when the line begins with no initial, or the initial is a word.
func initialWord(l *layout.Line) (word string, rest int) {
	if len(l.Runs) < 2 {
		return "", 0
	}
	first, next := &l.Runs[0], &l.Runs[1]
	if first.Y <= l.Y || first.Size < next.Size*3/2 || len(first.Glyphs) == 0 || first.Tag != next.Tag {
		return "", 0
	}
	if c, _ := utf8.DecodeLastRuneInString(first.Text); !unicode.IsLetter(c) {
		return "", 0
	}
	rest = strings.IndexFunc(next.Text, func(c rune) bool { return !unicode.IsLetter(c) && c != '’' && !unicode.IsMark(c) })
	if rest < 0 {
		rest = len(next.Text)
	}
	return first.Text + next.Text[:rest], rest
}

// moveTo sets the text line matrix to the beginning of a line. Positions are kept in whole hundredths of a point from
// the page's corner, so that rounding does not add up down a column.
func (d *drawing) moveTo(l *layout.Line, r *layout.Run) {
	d.endShow()
	x := hundredths(r.X)
	y := hundredths(d.page.Height - l.Y)
	if len(r.Glyphs) > 0 {
		x = hundredths(r.X + r.Glyphs[0].X)
	}
	d.b = object.AppendNumber(d.b, float64(x-d.originX)/100, 2)
	d.b = append(d.b, ' ')
	d.b = object.AppendNumber(d.b, float64(y-d.originY)/100, 2)
	d.b = append(d.b, " Td\n"...)
	d.originX, d.originY = x, y
	d.pen = float64(x) / 100
}

func hundredths(l layout.Length) int64 { return int64(math.Round(l.Points() * 100)) }

// textState sets what differs from the state that the run before it left.
func (d *drawing) textState(r *layout.Run, l *layout.Line) {
	fc := d.file.faces[r.Face]
	size := r.Size
	if size == 0 && r.Style != nil {
		size = r.Style.Size
	}
	rise := l.Y - r.Y
	var color uint32
	if r.Style != nil {
		color = r.Style.Color
	}
	s := &d.state
	if s.face == fc && s.size == size && s.scale == r.Expansion && s.rise == rise && s.color == color {
		return
	}
	d.endShow()
	if s.face != fc || s.size != size {
		d.b = append(append(append(d.b, '/'), fc.name...), ' ')
		d.b = append(object.AppendNumber(d.b, size.Points(), 3), " Tf\n"...)
		s.face, s.size = fc, size
		d.fonts[fc.index] = true
	}
	if s.scale != r.Expansion {
		d.b = append(object.AppendNumber(d.b, 100+float64(r.Expansion)/1000, 3), " Tz\n"...)
		s.scale = r.Expansion
	}
	d.rise(rise)
	if s.color != color {
		d.color(color)
		s.color = color
	}
}

func (d *drawing) rise(rise layout.Length) {
	if d.state.rise != rise {
		d.endShow()
		d.b = append(object.AppendNumber(d.b, rise.Points(), 3), " Ts\n"...)
		d.state.rise = rise
	}
}

// run draws a run's glyphs. Clusters that ToUnicode would give a wrong text for go into a Span with the right one,
// joined while they follow each other within a word.
func (d *drawing) run(r *layout.Run) {
	fc := d.state.face
	if r.Hyphen {
		d.hyphen(r)
		return
	}
	var wrong []byte // text of the clusters waiting to be drawn with ActualText
	wrongFrom := 0
	flush := func(to int) {
		if wrong != nil {
			d.actualText(string(wrong), func() { d.glyphs(r, wrongFrom, to) })
			wrong = nil
		}
	}
	rtl := rightToLeft(r)
	wide := !rtl && d.wide(r)
	said := d.said
	d.said = 0
	draw := func(first, last int, text string) {
		if said > 0 {
			said -= len(text)
			d.actualText("", func() { d.glyphs(r, first, last) })
			return
		}
		if fc.lacks(r.Glyphs[first:last]) {
			flush(first)
			d.missing(r, first, last, text)
			return
		}
		if fc.unseen(r.Glyphs[first:last], text) {
			flush(first)
			return
		}
		if d.readsRight(fc, r.Glyphs[first:last], text, rtl) && !(wide && text != " ") {
			flush(first)
			d.cluster(r, first, last, rtl)
			return
		}
		if rtl {
			d.actualText(text, func() { d.cluster(r, first, last, rtl) })
			return
		}
		if wrong == nil {
			wrong, wrongFrom = []byte{}, first
		}
		wrong = append(wrong, text...)
	}
	if rtl {
		// Glyphs lie from the left; they are drawn from the right, as they are read, the pen going back for each.
		type stretch struct {
			first, last int
			text        string
		}
		var stretches []stretch
		eachCluster(r, func(first, last int, text string) { stretches = append(stretches, stretch{first, last, text}) })
		for i := len(stretches) - 1; i >= 0; i-- {
			draw(stretches[i].first, stretches[i].last, stretches[i].text)
		}
	} else {
		eachCluster(r, draw)
	}
	flush(len(r.Glyphs))
	if endsInUndrawnSpace(r) {
		d.space(r)
	}
}

// wide reports whether a run is letterspaced so far that a reader may take its letters for words: some do so from a tenth
// of the em. Its words are then told by ActualText.
func (d *drawing) wide(r *layout.Run) bool {
	if r.Style == nil || r.Style.Letterspace <= 0 {
		return false
	}
	fc := d.state.face
	em := d.state.size.Points() * (1 + float64(r.Expansion)/1e5)
	for i := 1; i < len(r.Glyphs); i++ {
		before, after := r.Glyphs[i-1], r.Glyphs[i]
		if before.ID == fc.space || after.ID == fc.space || int(before.ID) >= len(fc.glyphs) {
			continue
		}
		if (after.X-before.X).Points()-float64(fc.glyphs[before.ID].width)*em/1000 > .09*em {
			return true
		}
	}
	return false
}

// cluster draws the glyphs of a cluster in the order that they are read.
func (d *drawing) cluster(r *layout.Run, first, last int, rtl bool) {
	if !rtl {
		d.glyphs(r, first, last)
		return
	}
	for i := last - 1; i >= first; i-- {
		d.glyphs(r, i, i+1)
	}
}

// rightToLeft reports whether a run's glyphs stand for its text from the right.
func rightToLeft(r *layout.Run) bool {
	n := len(r.Glyphs)
	return n > 1 && r.Glyphs[0].Cluster > r.Glyphs[n-1].Cluster
}

// readingOrder gives the order in which the runs of a line are read, nil when it is the one in which they stand.
func readingOrder(l *layout.Line) []int {
	less := func(a, b *layout.Run) int {
		if a.Order != b.Order {
			return cmp.Compare(a.Order, b.Order)
		}
		if a.Source != 0 && a.Source == b.Source {
			return cmp.Compare(a.Offset, b.Offset)
		}
		return 0
	}
	sorted := true
	for i := 1; i < len(l.Runs); i++ {
		sorted = sorted && less(&l.Runs[i-1], &l.Runs[i]) <= 0
	}
	if sorted {
		return nil
	}
	order := make([]int, len(l.Runs))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return less(&l.Runs[a], &l.Runs[b]) })
	return order
}

// readsRight reports whether the glyphs' meanings in ToUnicode, as they are read, make up the text.
func (d *drawing) readsRight(fc *face, glyphs []layout.Placed, text string, rtl bool) bool {
	if len(glyphs) == 1 && len(text) == 1 && fc.glyphs[glyphs[0].ID].text == text {
		return true
	}
	text = fc.meaning(glyphs[0].ID, text)
	for i := range glyphs {
		g := glyphs[i]
		if rtl {
			g = glyphs[len(glyphs)-1-i]
		}
		t := fc.glyphs[g.ID].text
		if len(text) < len(t) || text[:len(t)] != t {
			return false
		}
		text = text[len(t):]
	}
	return text == "" && !private(glyphs, fc)
}

// private reports whether a glyph stands for a character of the private use area, which PDF/A-2a § 6.2.11.7.3 wants
// explained by ActualText.
func private(glyphs []layout.Placed, fc *face) bool {
	for _, g := range glyphs {
		for _, r := range fc.glyphs[g.ID].text {
			if r >= 0xe000 && r <= 0xf8ff || r >= 0xf0000 {
				return true
			}
		}
	}
	return false
}

// actualText draws something within a Span whose text is given (§ 14.9.4). It takes the place of the element's marked
// content and does not stand in it: readers have been seen to lose what follows a nested Span.
func (d *drawing) actualText(text string, draw func()) {
	e := d.want
	if e != nil {
		d.endMark()
	} else {
		d.remark()
	}
	d.endShow()
	d.b = append(d.b, "/Span<<"...)
	if e != nil {
		d.b = object.Append(append(d.b, "/MCID "...), object.Int(len(d.marks)))
		d.marks = append(d.marks, mark{element: e, area: d.area})
	}
	// Always in UTF-16: some readers take a byte string here for Latin 1 and its mark for text.
	d.b = object.Append(append(d.b, "/ActualText"...), object.UTF16(text))
	d.b = append(d.b, ">>BDC\n"...)
	d.within = true
	draw()
	d.within = false
	d.endShow()
	d.b = append(d.b, "EMC\n"...)
}

// remark opens the marked content that the run at hand belongs to, if it is not open.
func (d *drawing) remark() {
	if !d.within {
		d.mark(d.want, d.wantArt)
	}
}

// hyphen draws a hyphen that the line breaker put in. To who reads the text it must be a soft hyphen (ISO 32000-1
// § 14.8.2.2.3), so it becomes a Span element whose ActualText is one. The glyph itself keeps the meaning of a plain
// hyphen: programs that read pages without their structure join a word at a plain hyphen that ends a line, but not at a
// soft one.
func (d *drawing) hyphen(r *layout.Run) {
	e := d.want
	if e == nil || !d.file.tagged {
		d.glyphs(r, 0, len(r.Glyphs))
		return
	}
	d.endMark()
	d.b = object.Append(append(d.b, "/Span<</MCID "...), object.Int(len(d.marks)))
	d.b = append(d.b, ">>BDC\n"...)
	d.marks = append(d.marks, mark{element: e, area: d.area, hyphen: true})
	d.within = true
	d.glyphs(r, 0, len(r.Glyphs))
	d.within = false
	d.endShow()
	d.b = append(d.b, "EMC\n"...)
}

// glyphs writes glyphs first to last of a run into the line's TJ. Where a glyph does not follow the one before it by its
// own advance (kerning, spaces, letterspacing), a number in thousandths of the em moves the pen. It is rounded, the word
// spaces of a line to the same number, and the next one makes up for it: no glyph stands more than two thousandths of the
// em off its place, which nobody sees, and the numbers repeat, which packs well.
func (d *drawing) glyphs(r *layout.Run, first, last int) {
	fc := d.state.face
	em := d.state.size.Points() * (1 + float64(d.state.scale)/1e5) / 1000
	start := r.X.Points()
	base := d.state.rise
	d.remark()
	for _, g := range r.Glyphs[first:last] {
		if rise := base + g.Y; rise != d.state.rise {
			d.rise(rise)
		}
		if move := (d.pen - start - g.X.Points()) / em; math.Abs(move) > 1.5 {
			move = math.Round(move)
			if d.afterSpace {
				if math.Abs(move-d.spaceMove) > 2 {
					d.spaceMove = move
				}
				move = d.spaceMove
			}
			d.adjust(int(move))
			d.pen -= move * em
		}
		info := &fc.glyphs[g.ID]
		d.code(info.code)
		d.pen += float64(info.width) * em
		d.afterSpace = g.ID == fc.space
	}
	d.rise(base)
}

// space draws the word space that a line break took the place of, which nobody sees but who reads the text.
func (d *drawing) space(r *layout.Run) {
	fc := d.state.face
	if fc.space == 0 || !fc.glyphs[fc.space].used {
		return
	}
	d.remark()
	info := &fc.glyphs[fc.space]
	d.code(info.code)
	d.pen += float64(info.width) * d.state.size.Points() * (1 + float64(d.state.scale)/1e5) / 1000
}

// missing draws a box in the place of characters that no face has, since .notdef itself must not be shown
// (ISO 19005-2 § 6.2.11.8). A path must not stand in a text object (ISO 32000-1 § 8.2), so the text is interrupted.
func (d *drawing) missing(r *layout.Run, first, last int, text string) {
	d.faults = append(d.faults, fault{Code: "pdf-glyph", Detail: fmt.Sprintf("no font has %q", text), Page: d.index})
	d.endText()
	d.actualText(text, func() {
		end := r.Width
		if last < len(r.Glyphs) {
			end = r.Glyphs[last].X
		}
		em, x := d.state.size.Points(), (r.X + r.Glyphs[first].X).Points()
		y, width := (d.page.Height - r.Y).Points(), (end - r.Glyphs[first].X).Points()
		d.b = append(d.b, "q .4 w "...)
		for _, v := range [...]float64{x + .06*em, y, max(width-.12*em, .2*em), .66 * em} {
			d.b = append(object.AppendNumber(d.b, v, 2), ' ')
		}
		d.b = append(d.b, "re S Q\n"...)
		d.pen = x + width
	})
	d.endMark()
	d.beginText()
	x, y := int64(math.Round(d.pen*100)), hundredths(d.page.Height-r.Y-d.state.rise)
	d.b = object.AppendNumber(d.b, float64(x)/100, 2)
	d.b = append(d.b, ' ')
	d.b = append(object.AppendNumber(d.b, float64(y)/100, 2), " Td\n"...)
	d.originX, d.originY, d.pen = x, y, float64(x)/100
}

func (d *drawing) adjust(move int) {
	d.beginShow()
	d.closeCodes()
	d.show = object.Append(d.show, object.Int(move))
}

func (d *drawing) code(c uint16) {
	d.beginShow()
	d.codes = append(d.codes, byte(c>>8), byte(c))
}

func (d *drawing) beginShow() {
	if len(d.show) == 0 {
		d.show = append(d.show, '[')
	}
}

func (d *drawing) closeCodes() {
	if len(d.codes) > 0 {
		d.show = object.AppendString(d.show, d.codes)
		d.codes = d.codes[:0]
	}
}

// endShow ends the TJ being written.
func (d *drawing) endShow() {
	if len(d.show) == 0 {
		return
	}
	if len(d.show) == 1 {
		d.b = append(object.AppendString(d.b, d.codes), "Tj\n"...)
	} else {
		d.closeCodes()
		d.b = append(append(d.b, d.show...), "]TJ\n"...)
	}
	d.show, d.codes = d.show[:0], d.codes[:0]
}
