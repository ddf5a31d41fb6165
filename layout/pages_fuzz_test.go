package layout

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// A chance makes a flow out of bytes: each choice takes one. When there are none left, all choices are 0.
type chance struct {
	data []byte
	m    maker
}

// of gives a number under n.
func (c *chance) of(n int) int {
	if len(c.data) == 0 {
		return 0
	}
	b := int(c.data[0])
	c.data = c.data[1:]
	return b % n
}

var (
	chanceHead = &ParaStyle{Name: "h2", Align: Left, Leading: 17 * Pt, SpaceBefore: 20 * Pt, SpaceAfter: 5 * Pt, KeepNext: true, KeepLines: true, OffGrid: true}
	chanceCode = &ParaStyle{Name: "code", Align: Left, Leading: 11 * Pt, SpaceBefore: 6 * Pt, SpaceAfter: 6 * Pt, Pre: true, OffGrid: true, Background: 0xEEEEEF, LeftIndent: 10 * Pt}
	chanceVers = &ParaStyle{Name: "verse", Align: Left, Leading: 12 * Pt, SpaceBefore: 12 * Pt, Pre: true, KeepLines: true, HangIndent: 20 * Pt}
	chanceSide = &ParaStyle{Name: "aside", Align: Justify, Leading: 12 * Pt, SpaceBefore: 6 * Pt, RuleLeft: Pt, LeftIndent: 20 * Pt, RightIndent: 20 * Pt}
	chanceText = []*ParaStyle{squareLeft, squareJustified, chanceHead, chanceCode, chanceVers, chanceSide}
)

func (c *chance) words() string {
	n := [...]int{1, 3, 8, 15, 30, 60, 120, 250}[c.of(8)]
	s := squares(n)
	switch c.of(12) {
	case 1:
		s = strings.ReplaceAll(s, " ", "")
	case 2:
		s = strings.ReplaceAll(s, "5 ", "5\n")
	}
	return s
}

func (c *chance) note(depth int) *Note {
	if c.of(3) != 1 || depth > 3 {
		return nil
	}
	n := &Note{Tag: c.m.next(), Anchor: fmt.Sprintf("n%d", c.m.tag)}
	for range 1 + c.of(2) {
		n.Blocks = append(n.Blocks, c.para(squareNote, depth+1))
	}
	return n
}

func (c *chance) para(style *ParaStyle, depth int) *Para {
	p := c.m.para(style, c.words())
	for c.of(4) == 1 {
		if n := c.note(depth); n != nil {
			p.Spans = append(p.Spans, Span{Kind: NoteSpan, Text: "*", Style: square10, Note: n})
		}
		p.Spans = append(p.Spans, Span{Text: " " + c.words(), Style: square10, Source: SourceID(p.Tag)})
	}
	if c.of(9) == 1 {
		p.Anchors = []string{fmt.Sprintf("p%d", p.Tag)}
	}
	return p
}

func (c *chance) caption() []Block {
	if c.of(3) == 0 {
		return nil
	}
	return []Block{c.para(squareNote, 1)}
}

func (c *chance) block(depth int) Block {
	switch c.of(14) {
	case 8:
		f := &Figure{Tag: c.m.next(), Placement: Placement(c.of(5)), Gap: 4 * Pt, SpaceBefore: 6 * Pt, SpaceAfter: 6 * Pt, Caption: c.caption(), Origin: "f.md:1"}
		for range c.of(5) {
			f.Pictures = append(f.Pictures, &Picture{Ref: 1, Width: Length(1+c.of(200)*4) * Pt, Height: Length(1+c.of(200)*8) * Pt})
		}
		if c.of(8) == 1 {
			f.Body = []Block{c.para(squareLeft, 1)}
		}
		return f
	case 9:
		t := &Table{Tag: c.m.next(), Padding: 2 * Pt, RowGap: 3 * Pt, TopRule: Pt, MidRule: Pt / 2, BottomRule: Pt, Caption: c.caption(), Span: c.of(4) == 1, Origin: "t.md:1"}
		cols := 1 + c.of(4)
		t.Columns = make([]Align, cols)
		row := func() *Row {
			r := &Row{}
			for range cols {
				cell := &Cell{ColSpan: 1 + c.of(9)/8, RowSpan: 1 + c.of(9)/8}
				for range 1 + c.of(5)/4 {
					cell.Blocks = append(cell.Blocks, c.para(squareNote, 1))
				}
				r.Cells = append(r.Cells, cell)
			}
			return r
		}
		for range c.of(3) {
			t.Head = append(t.Head, row())
		}
		for range c.of(12) {
			t.Body = append(t.Body, row())
		}
		return t
	case 10:
		return &HRule{Thickness: Pt, Width: Length(c.of(50)) * 10 * Pt, Align: Align(c.of(4)), SpaceBefore: 6 * Pt, SpaceAfter: 6 * Pt, Span: c.of(3) == 1}
	case 11:
		return &Skip{Height: Length(c.of(200)) * Pt}
	}
	p := c.para(chanceText[c.of(len(chanceText))], depth)
	p.Span = c.of(8) == 1
	return p
}

func (c *chance) flow() *Flow {
	flow := &Flow{Shaper: squareShaper{}, Breaking: squareBreaking}
	if c.of(2) == 1 { // with all that hangs and stretches
		flow.Shaper, flow.Breaking = squareShaper{space: Pt / 3}, Breaking{}
	}
	for range 1 + c.of(2) {
		g := &Geometry{
			Width: Length(c.of(256)) * 4 * Pt, Height: Length(c.of(256)) * 4 * Pt, Columns: 1 + c.of(4), Gutter: 12 * Pt,
			Grid: Length(c.of(3)) * 6 * Pt, NoteRule: 30 * Pt, NoteRuleThickness: Pt / 2, NoteGap: 6 * Pt, NoteRuleGap: 4 * Pt,
			Balance: c.of(2) == 0, EndNotes: c.of(8) == 1, ColumnRule: Pt / 4,
			Top: Length(c.of(3)) * 10 * Pt, Inner: Length(c.of(3)) * 20 * Pt,
		}
		if c.of(6) == 1 {
			g.FirstTop = Length(c.of(40)) * 12 * Pt
		}
		s := &Section{Name: "s", Geometry: g, Recto: c.of(2) == 1}
		if c.of(6) == 1 {
			s.Cover = []Block{c.para(squareLeft, 1)}
		}
		for range c.of(4) {
			s.Opening = append(s.Opening, c.para(chanceHead, 1))
		}
		for range c.of(24) {
			s.Body = append(s.Body, c.block(1))
		}
		flow.Sections = append(flow.Sections, s)
	}
	return flow
}

// checkFlow sets a flow of chance and checks that nothing is lost, nothing comes out of its order, and that the pages do
// not depend on how many sections are set at a time.
func checkFlow(t *testing.T, data []byte) {
	flow := (&chance{data: data}).flow()
	flow.Jobs = 1
	res := layoutOf(t, flow)
	inOrder(t, flow, res)
	_ = res.Report.String()
	flow.Jobs = 4
	again, err := Layout(t.Context(), flow)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(res, again) {
		t.Error("pages depend on the number of jobs")
	}
}

// inOrder checks that the paragraphs of the body begin in the order of the flow.
func inOrder(t *testing.T, flow *Flow, res *Result) {
	t.Helper()
	first := map[Tag]int{}
	n := 0
	for _, p := range res.Pages {
		for i := range p.Areas {
			for _, it := range p.Areas[i].Items {
				if l, ok := it.(*Line); ok {
					for _, r := range l.Runs {
						if _, ok := first[r.Tag]; !ok {
							n++
							first[r.Tag] = n
						}
					}
				}
			}
		}
	}
	for _, s := range flow.Sections {
		last := 0
		for _, b := range s.Body {
			if p, ok := b.(*Para); ok {
				if at, ok := first[p.Tag]; ok {
					if at < last {
						t.Errorf("%s (tag %d) stands before what comes before it", p.Origin, p.Tag)
					}
					last = at
				}
			}
		}
	}
}

func FuzzLayout(f *testing.F) {
	f.Add([]byte("0"))
	f.Add([]byte("A line, a note and a table: nothing is lost."))
	seed := uint32(1)
	for range 24 {
		data := make([]byte, 400)
		for i := range data {
			seed = seed*1664525 + 1013904223
			data[i] = byte(seed >> 24)
		}
		f.Add(data)
	}
	f.Fuzz(checkFlow)
}
