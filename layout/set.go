package layout

import "github.com/twinpress/twinpress/layout/hyphen"

// The seam between line breaking and page making: the paginator asks for a paragraph's lines at a measure and gets them
// relative to their own origin; it never looks inside a line.

// A measure tells the breaker the room each line has.
type measure struct {
	width Length // of the column
	// shape, if not nil, gives the extra left indent and the width of line n (from 0) beside a drop cap or wrapped figure.
	shape func(line int) (left, width Length)
	// shaped, if not 0, says that from that line on shape gives the same room for every line.
	shaped int
	// looseness asks for that many lines more (positive) or fewer than the best breaking has, if the tolerance allows it.
	looseness int
}

// A setLine is a broken line with x relative to the column's left edge and y 0 at its baseline.
type setLine struct {
	line            *Line
	height, depth   Length // of its content (pictures may be higher than the leading)
	notes           []*Note
	places          []Place       // relative
	rules           []RuleItem    // underlines and strikes, relative
	pictures        []PictureItem // inline pictures, relative
	hyphen          bool
	report          LineReport
	endsInParagraph bool // last line of its paragraph
}

// A setPara is a broken paragraph.
type setPara struct {
	para   *Para
	lines  []setLine
	pass   int
	report ParaReport
	// together is the number of first lines that a drop cap holds together: no column may end among them.
	together int
	// looseness is how many lines more than the best breaking this one has; less than asked for when the text would not
	// stretch (or shrink) so far.
	looseness int
}

// A setter breaks paragraphs into lines. It remembers the words it has shaped and reuses its working memory, so each
// goroutine needs its own; what it gives does not depend on what it set before.
type setter struct {
	shaper  Shaper
	par     params
	pageRef func(anchor string) string

	words  map[wordKey]*word
	styles map[*TextStyle]*styleInfo
	drops  map[dropKey]*TextStyle

	hyphenators map[string]*hyphen.Hyphenator

	text   paraText
	brks   []brk
	nodes  []node
	live   []active
	cutBuf []wordCut
	// hyphenScale is the price of a hyphen at this paragraph's measure, in thousandths.
	hyphenScale int64

	keptNodes []node
	keptBrks  []brk
	cands     []node
	build     lineBuilder
}

// newSetter gives a setter for the flow's shaper and parameters. The function pageRef gives what a PageRefSpan shows: the
// number of the page where the anchor is (or of the page itself when the anchor is empty); nil sets them as nothing.
func newSetter(flow *Flow, pageRef func(anchor string) string) *setter {
	return &setter{
		shaper: flow.Shaper, par: resolve(flow.Breaking), pageRef: pageRef,
		words: make(map[wordKey]*word, 1024), styles: make(map[*TextStyle]*styleInfo),
	}
}

// A room is where a line may stand: x from the column's left edge, and its width.
type room struct{ x, width Length }

// rooms gives the room of each line of a paragraph, its indents counted.
type rooms struct {
	style *ParaStyle
	m     measure
	first Length // more indent of the first line: a label that is wider than its place
	// A drop cap takes dropWidth off the first dropLines lines.
	dropLines int
	dropWidth Length
}

// uniform says that all lines from line n on have the same room.
func (r *rooms) uniform(n int) bool {
	if r.m.shape != nil && (r.m.shaped == 0 || n < r.m.shaped) {
		return false
	}
	return n >= max(1, r.dropLines)
}

func (r *rooms) line(n int) room {
	st := r.style
	x, width := Length(0), r.m.width
	if r.m.shape != nil {
		x, width = r.m.shape(n)
	}
	start := st.LeftIndent
	if n == 0 {
		start += r.first
		if r.dropLines == 0 {
			start += st.FirstIndent
		}
	} else {
		start += st.HangIndent
	}
	if n < r.dropLines {
		start += r.dropWidth
	}
	width -= start + st.RightIndent
	if !st.RTL {
		x += start
	} else { // right to left, the indents change sides
		x += st.RightIndent
	}
	return room{x, max(width, Pt)}
}

// set breaks a paragraph into lines.
func (s *setter) set(p *Para, m measure) *setPara {
	out := &setPara{para: p, report: ParaReport{Origin: p.Origin, Style: p.Style.Name}}
	r := rooms{style: p.Style, m: m}

	var label labelLine
	if len(p.Label) > 0 {
		label = s.setLabel(p)
		first := p.Style.LeftIndent + p.Style.FirstIndent
		if over := label.x + label.width + p.LabelGap - first; over > 0 {
			r.first = over
		}
	}
	if p.Drop != nil && p.Drop.Lines > 1 && !p.Style.Pre {
		if s.setDropped(p, r, out) {
			s.finish(p, out, &label)
			return out
		}
	}
	spans := p.Spans
	if p.Drop != nil { // too few lines for an initial: it is text like the rest
		spans = undrop(p)
	}
	s.setBody(p, spans, r, out)
	s.finish(p, out, &label)
	return out
}

// setBody breaks spans into lines.
func (s *setter) setBody(p *Para, spans []Span, r rooms, out *setPara) {
	s.collect(p, spans)
	if p.Style.Pre {
		s.setPre(p, &r, out)
		return
	}
	s.setProse(p, &r, out)
}

// finish puts the label in front of the first line and gathers the report.
func (s *setter) finish(p *Para, out *setPara, label *labelLine) {
	if len(p.Label) > 0 {
		if len(out.lines) == 0 {
			out.lines = append(out.lines, setLine{line: &Line{Style: p.Style}})
		}
		label.prepend(&out.lines[0])
	}
	if n := len(out.lines); n > 0 {
		out.lines[n-1].endsInParagraph = true
	}
	out.report.Pass = out.pass
	out.report.Lines = make([]LineReport, len(out.lines))
	for i := range out.lines {
		out.report.Lines[i] = out.lines[i].report
	}
}

// widths gives the least and the greatest width of a paragraph: that of its longest unbreakable part, and that of the whole
// on one line. Tables share out their columns by them.
func (s *setter) widths(p *Para) (least, most Length) {
	r := rooms{style: p.Style, m: measure{width: 1 << 40}}
	if len(p.Label) > 0 {
		l := s.setLabel(p)
		r.first = max(0, l.x+l.width+p.LabelGap-p.Style.LeftIndent-p.Style.FirstIndent)
	}
	spans := p.Spans
	if p.Drop != nil {
		spans = undrop(p)
	}
	s.collect(p, spans)
	s.findBreaks(p, false, false)
	st := p.Style
	side := st.LeftIndent + st.RightIndent
	begin, from := 0, 0
	for i := 1; i < len(s.brks); i++ {
		a, b := &s.brks[i-1], &s.brks[i]
		indent := side + st.HangIndent
		if from == 0 {
			indent = side + st.FirstIndent + r.first
		}
		least = max(least, b.endW-a.begW+a.post+b.pre+indent)
		if b.penalty <= forcedBreak {
			a = &s.brks[begin]
			most = max(most, b.endW-a.begW+a.post+b.pre+indent)
			begin = i
			from = i
		}
	}
	return least, most
}
