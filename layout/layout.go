package layout

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"strconv"
	"strings"

	"github.com/sourcegraph/conc/iter"

	"github.com/twinpress/twinpress/layout/roman"
)

// Layout sets a flow. Sections are set independently of each other, several at a time; then pages are numbered, references
// to pages filled in (sections that have any are set again until their numbers stand) and heads and feet put on. The
// result depends on the flow alone.
//
// The errors are those of the caller: a flow without a shaper, a section without a geometry, a paragraph without a style.
// Whatever does not fit is set all the same and named in the report. When the context ends, Layout ends within the time that
// a paragraph or a column takes, and gives the context's error.
func Layout(ctx context.Context, flow *Flow) (*Result, error) {
	if err := check(flow); err != nil {
		return nil, err
	}
	l := &layouter{ctx: ctx, flow: flow, sheets: make([][]*sheet, len(flow.Sections)), refs: make([]bool, len(flow.Sections))}
	all := make([]int, len(flow.Sections))
	var again []int
	for i, s := range flow.Sections {
		all[i] = i
		if l.refs[i] = hasPageRefs(s); l.refs[i] {
			again = append(again, i)
		}
	}
	l.set(all)
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	l.number()
	for round := 0; round < 3 && len(again) > 0; round++ {
		if l.set(again); ctx.Err() != nil {
			return nil, ctx.Err()
		}
		before := l.labels
		l.number()
		if sameLabels(before, l.labels) {
			break
		}
	}
	l.heads()
	l.place()
	return &Result{Pages: l.pages, Report: l.report()}, nil
}

// check finds what the caller must not hand over.
func check(flow *Flow) error {
	if flow.Shaper == nil {
		return errors.New("layout: flow has no shaper")
	}
	for i, s := range flow.Sections {
		if s == nil || s.Geometry == nil {
			return fmt.Errorf("layout: section %d has no geometry", i)
		}
		for _, blocks := range [][]Block{s.Cover, s.Opening, s.Body} {
			if origin, ok := styled(blocks); !ok {
				return fmt.Errorf("layout: section %q: a paragraph, or text in one, has no style (%s)", s.Name, origin)
			}
		}
		for _, h := range [...]*Head{&s.VersoHead, &s.RectoHead, &s.OpenHead, &s.VersoFoot, &s.RectoFoot, &s.OpenFoot} {
			if !spansStyled(h.Left) || !spansStyled(h.Center) || !spansStyled(h.Right) {
				return fmt.Errorf("layout: section %q: text in a running head or foot has no style", s.Name)
			}
		}
	}
	return nil
}

// styled says that every paragraph is there and has a style, and so has every span with text.
func styled(blocks []Block) (origin string, ok bool) {
	ok = eachPara(blocks, func(p *Para) bool {
		if p == nil {
			return false
		}
		origin = p.Origin
		return p.Style != nil && spansStyled(p.Spans) && spansStyled(p.Label)
	})
	return origin, ok
}

// spansStyled says that every span with text has a style.
func spansStyled(spans []Span) bool {
	for i := range spans {
		sp := &spans[i]
		letters := sp.Text != "" && (sp.Kind == TextSpan || sp.Kind == NoteSpan) || sp.Kind == PageRefSpan
		if letters && sp.Style == nil {
			return false
		}
	}
	return true
}

// hasPageRefs says that a section refers to pages in its text.
func hasPageRefs(s *Section) bool {
	return refers(s.Cover) || refers(s.Opening) || refers(s.Body)
}

func refers(blocks []Block) bool {
	return !eachPara(blocks, func(p *Para) bool {
		ref := func(sp Span) bool { return sp.Kind == PageRefSpan }
		return !slices.ContainsFunc(p.Spans, ref) && !slices.ContainsFunc(p.Label, ref)
	})
}

// eachPara visits the paragraphs of blocks, and those of their notes, captions and cells, for as long as visit says so.
func eachPara(blocks []Block, visit func(*Para) bool) bool {
	for _, b := range blocks {
		ok := true
		switch b := b.(type) {
		case *Para:
			ok = visit(b) && eachNote(b.Spans, visit) && eachNote(b.Label, visit)
		case *Figure:
			ok = b == nil || eachPara(b.Caption, visit) && eachPara(b.Body, visit)
		case *Table:
			ok = b == nil || eachPara(b.Caption, visit) && eachCell(b.Head, visit) && eachCell(b.Body, visit)
		}
		if !ok {
			return false
		}
	}
	return true
}

func eachNote(spans []Span, visit func(*Para) bool) bool {
	for i := range spans {
		if n := spans[i].Note; n != nil && !eachPara(n.Blocks, visit) {
			return false
		}
	}
	return true
}

func eachCell(rows []*Row, visit func(*Para) bool) bool {
	for _, r := range rows {
		if r == nil {
			continue
		}
		for _, cell := range r.Cells {
			if cell != nil && !eachPara(cell.Blocks, visit) {
				return false
			}
		}
	}
	return true
}

// A layouter takes a flow through its stages.
type layouter struct {
	ctx    context.Context
	flow   *Flow
	refs   []bool     // sections that refer to pages
	sheets [][]*sheet // by section
	pages  []*Page
	sheet  []*sheet          // of each page; nil for a blank
	labels map[string]string // of places
}

// unknownPage stands for a page number before there is one; it is as wide as most.
const unknownPage = "88"

// set sets sections, several at a time.
func (l *layouter) set(which []int) {
	jobs := l.flow.Jobs
	if jobs <= 0 {
		jobs = runtime.GOMAXPROCS(0)
	}
	labels := l.labels
	ref := func(anchor string) string {
		if s, ok := labels[anchor]; ok {
			return s
		}
		if labels == nil {
			return unknownPage
		}
		return "?"
	}
	one := func(i int) {
		defer func() {
			if p := recover(); p != nil && p != errStopped {
				panic(p)
			}
		}()
		c := newComposer(l.ctx, l.flow, l.flow.Sections[i], newSetter(l.flow, ref))
		l.sheets[i] = c.emit(c.search())
	}
	// A panic in one of them comes back here, for the caller to catch.
	each := iter.Iterator[int]{MaxGoroutines: jobs}
	each.ForEach(which, func(i *int) { one(*i) })
}

// errStopped unwinds the work on a section when the context ends. It does not leave this package.
var errStopped = errors.New("layout: stopped")

// checkpoint ends the work on the section when nobody waits for it any more. It stands where a paragraph is cast, and where
// a page or a column is tried.
func (c *composer) checkpoint() {
	if c.ctx.Err() != nil {
		panic(errStopped)
	}
}

// number makes the pages: their order, sides, numbers and labels, and where each place is. Odd pages are rectos; a blank
// is put in where a section has to begin on a recto, or where a new count would fall on the wrong side.
func (l *layouter) number() {
	l.pages, l.sheet = l.pages[:0], l.sheet[:0]
	l.labels = make(map[string]string)
	number, recto, lowerRoman := 1, true, false
	add := func(section int, sh *sheet) {
		g := l.flow.Sections[section].Geometry
		p := &Page{Section: section, Index: len(l.pages), Number: number, Recto: recto, Width: g.Width, Height: g.Height}
		if p.Label = strconv.Itoa(number); lowerRoman {
			p.Label = roman.Write(number)
		}
		l.pages = append(l.pages, p)
		l.sheet = append(l.sheet, sh)
		number++
		recto = !recto
	}
	for i, s := range l.flow.Sections {
		want := recto
		if s.FirstNumber > 0 {
			want = s.FirstNumber%2 == 1
		}
		if s.Recto {
			want = true
		}
		if len(l.pages) == 0 {
			recto = want
		} else if want != recto {
			if s.Recto || s.Geometry.Mirrored {
				add(i-1, nil)
			} else {
				recto = want
			}
		}
		if s.FirstNumber > 0 {
			number = s.FirstNumber
		}
		lowerRoman = s.Roman
		for _, sh := range l.sheets[i] {
			for _, pl := range sh.places {
				if _, ok := l.labels[pl.Name]; !ok {
					l.labels[pl.Name] = ""
				}
			}
			add(i, sh)
			label := l.pages[len(l.pages)-1].Label
			for _, pl := range sh.places {
				if l.labels[pl.Name] == "" {
					l.labels[pl.Name] = label
				}
			}
		}
	}
}

func sameLabels(a, b map[string]string) bool {
	if len(a) != len(b) {
		return false
	}
	for k, v := range a {
		if b[k] != v {
			return false
		}
	}
	return true
}

// place moves every sheet to its place on its page.
func (l *layouter) place() {
	for i, p := range l.pages {
		sh := l.sheet[i]
		if sh == nil {
			continue
		}
		sh.move(l.left(p), l.flow.Sections[p.Section].Geometry.Top)
		heads := p.Areas
		p.Areas = nil
		for _, a := range heads {
			if a.Kind == HeadArea {
				p.Areas = append(p.Areas, a)
			}
		}
		p.Areas = append(p.Areas, sh.areas...)
		for _, a := range heads {
			if a.Kind == FootArea {
				p.Areas = append(p.Areas, a)
			}
		}
		p.Places = sh.places
		p.Begins.Source, p.Begins.Offset = sh.source, sh.offset
	}
}

// left is the margin at a page's left.
func (l *layouter) left(p *Page) Length {
	g := l.flow.Sections[p.Section].Geometry
	if g.Mirrored && !p.Recto {
		return g.Outer
	}
	return g.Inner
}

// The looks of heads and feet.
var (
	headLeft   = &ParaStyle{Name: "head", Align: Left, Leading: 12 * Pt}
	headCenter = &ParaStyle{Name: "head", Align: Center, Leading: 12 * Pt}
	headRight  = &ParaStyle{Name: "head", Align: Right, Leading: 12 * Pt}
)

// heads puts running heads and feet on the pages.
func (l *layouter) heads() {
	label := ""
	setter := newSetter(l.flow, func(anchor string) string {
		if anchor == "" {
			return label
		}
		if s, ok := l.labels[anchor]; ok {
			return s
		}
		return "?"
	})
	opened := make([]bool, len(l.flow.Sections))
	for i, p := range l.pages {
		if l.sheet[i] == nil {
			continue
		}
		s := l.flow.Sections[p.Section]
		g := s.Geometry
		head, foot := &s.VersoHead, &s.VersoFoot
		if p.Recto {
			head, foot = &s.RectoHead, &s.RectoFoot
		}
		if !opened[p.Section] {
			opened[p.Section] = true
			head, foot = &s.OpenHead, &s.OpenFoot
		}
		label = p.Label
		if g.HeadBaseline > 0 {
			l.head(setter, i, head, HeadArea, g.HeadBaseline)
		}
		if g.FootBaseline > 0 {
			l.head(setter, i, foot, FootArea, g.FootBaseline)
		}
	}
}

// head sets the three parts of a head or foot on one line.
func (l *layouter) head(set *setter, index int, h *Head, kind AreaKind, baseline Length) {
	p := l.pages[index]
	g := l.flow.Sections[p.Section].Geometry
	x := l.left(p)
	width := max(Pt, g.Width-g.Inner-g.Outer)
	a := Area{Kind: kind, X: x, Width: width}
	var rise, fall Length
	for _, part := range [...]struct {
		spans []Span
		style *ParaStyle
	}{{h.Left, headLeft}, {h.Center, headCenter}, {h.Right, headRight}} {
		if len(part.spans) == 0 {
			continue
		}
		sp := set.set(&Para{Style: part.style, Spans: part.spans}, measure{width: width})
		if len(sp.lines) == 0 {
			continue
		}
		sl := &sp.lines[0] // one line is all there is room for
		if len(sp.lines) > 1 {
			sh := l.sheet[index]
			sh.findings = append(sh.findings, Finding{Kind: "overfull", Detail: "the running head or foot takes more than its line: " + spanString(part.spans)})
		}
		rise, fall = max(rise, sl.height), max(fall, sl.depth)
		a.Items = append(a.Items, moved(sl.line, x, baseline))
		for i := range sl.rules {
			a.Items = append(a.Items, moved(&sl.rules[i], x, baseline))
		}
		for i := range sl.pictures {
			a.Items = append(a.Items, moved(&sl.pictures[i], x, baseline))
		}
	}
	if len(a.Items) == 0 {
		return
	}
	a.Y, a.Height = baseline-rise, rise+fall
	p.Areas = append(p.Areas, a)
}

// spanString is the text of spans, for messages.
func spanString(spans []Span) string {
	var b strings.Builder
	for i := range spans {
		b.WriteString(spans[i].Text)
	}
	return b.String()
}
