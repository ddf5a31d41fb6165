package layout

import (
	"fmt"
	"strings"
	"testing"
)

// A spotted line is a line with where it stands.
type spotted struct {
	page int
	area *Area
	line *Line
}

// eachLine lists the lines of pages in the order they are drawn.
func eachLine(pages []*Page) []spotted {
	var out []spotted
	for i, p := range pages {
		for j := range p.Areas {
			for _, it := range p.Areas[j].Items {
				if l, ok := it.(*Line); ok {
					out = append(out, spotted{i, &p.Areas[j], l})
				}
			}
		}
	}
	return out
}

// withTag lists the lines that have something of a tag.
func withTag(pages []*Page, tag Tag) []spotted {
	var out []spotted
	for _, s := range eachLine(pages) {
		for i := range s.line.Runs {
			if s.line.Runs[i].Tag == tag {
				out = append(out, s)
				break
			}
		}
	}
	return out
}

// notesOf lists the notes of blocks in order.
func notesOf(blocks []Block) []*Note {
	var out []*Note
	for _, b := range blocks {
		switch b := b.(type) {
		case *Para:
			for _, s := range b.Spans {
				if s.Note != nil {
					out = append(out, s.Note)
					out = append(out, notesOf(s.Note.Blocks)...)
				}
			}
		case *Figure:
			out = append(out, notesOf(b.Caption)...)
		case *Table:
			out = append(out, notesOf(b.Caption)...)
			for _, r := range append(b.Head[:len(b.Head):len(b.Head)], b.Body...) {
				for _, c := range r.Cells {
					out = append(out, notesOf(c.Blocks)...)
				}
			}
		}
	}
	return out
}

// notesAtFoot checks that each note begins in a note area of the column that cites it (or, cited across the columns, of
// the first column under it), and that no part of a note of several lines stands alone as one line.
func notesAtFoot(t *testing.T, flow *Flow, res *Result) {
	t.Helper()
	var all []Block
	for _, s := range flow.Sections {
		all = append(append(append(all, s.Cover...), s.Opening...), s.Body...)
	}
	for _, n := range notesOf(all) {
		ref := withTag(res.Pages, n.Tag+refTag)
		lines := withTag(res.Pages, n.Blocks[0].(*Para).Tag)
		if len(ref) == 0 || len(lines) == 0 {
			t.Errorf("note %d: %d references, %d lines", n.Tag, len(ref), len(lines))
			continue
		}
		first := lines[0]
		if first.area.Kind != NoteArea {
			t.Errorf("note %d does not stand in a note area", n.Tag)
		}
		if first.page != ref[0].page || ref[0].area.Kind == ColumnArea && first.area.Column != ref[0].area.Column {
			t.Errorf("note %d begins on page %d column %d, its reference is on page %d column %d",
				n.Tag, first.page+1, first.area.Column, ref[0].page+1, ref[0].area.Column)
		}
		if len(n.Blocks) > 1 {
			continue
		}
		parts := map[*Area]int{}
		for _, l := range lines {
			parts[l.area]++
		}
		for a, k := range parts {
			if k < 2 && len(lines) > 1 {
				t.Errorf("note %d: one line alone of %d in column %d", n.Tag, len(lines), a.Column)
			}
		}
	}
}

// onGrid checks that lines of the body stand on the page's baseline grid.
func onGrid(t *testing.T, flow *Flow, res *Result) {
	t.Helper()
	for _, s := range eachLine(res.Pages) {
		g := flow.Sections[res.Pages[s.page].Section].Geometry
		if s.area.Kind != ColumnArea || s.line.Style.OffGrid || g.Grid == 0 || s.line.Style.Name != "body" {
			continue
		}
		if d := (s.line.Y - g.Top - g.FirstBaseline) % g.Grid; d > Pt/20 && d < g.Grid-Pt/20 {
			t.Errorf("page %d: baseline %v is off the grid by %v", s.page+1, s.line.Y.Points(), d.Points())
		}
	}
}

// inside checks that nothing stands outside of the page's text area.
func inside(t *testing.T, flow *Flow, res *Result) {
	t.Helper()
	for i, p := range res.Pages {
		g := flow.Sections[p.Section].Geometry
		left := g.Inner
		if g.Mirrored && !p.Recto {
			left = g.Outer
		}
		right, bottom := left+g.Width-g.Inner-g.Outer, g.Height-g.Bottom
		for j := range p.Areas {
			if k := p.Areas[j].Kind; k == HeadArea || k == FootArea {
				continue
			}
			for _, it := range p.Areas[j].Items {
				var x, y, w Length
				switch it := it.(type) {
				case *Line:
					x, y, w = it.X, it.Y, it.Width
				case *PictureItem:
					x, y, w = it.X, it.Y+it.Height, it.Width
				case *RuleItem:
					x, y, w = it.X, it.Y, it.Width
				}
				if x < left-Pt/10 || x+w > right+Pt/10 || y > bottom+Pt/10 || y < g.Top-Pt/10 {
					t.Errorf("page %d: %T at %v,%v (%v wide) leaves the text area", i+1, it, x.Points(), y.Points(), w.Points())
				}
			}
		}
	}
}

// wellSet is layoutOf and all that holds for a flow with enough room.
func wellSet(t *testing.T, flow *Flow) *Result {
	t.Helper()
	res := layoutOf(t, flow)
	notesAtFoot(t, flow, res)
	onGrid(t, flow, res)
	inside(t, flow, res)
	for _, f := range res.Report.Findings {
		if f.Kind == "widow" || f.Kind == "orphan" || f.Kind == "overfull" {
			t.Errorf("%s %s page %s: %s", f.Kind, f.Origin, f.Page, f.Detail)
		}
	}
	return res
}

// columns gives a flow's section more columns, each as wide as it was.
func columns(flow *Flow, n int) *Flow {
	g := flow.Sections[0].Geometry
	g.Gutter = 10 * Pt
	g.Width = g.Width*Length(n) + g.Gutter*Length(n-1)
	g.Columns, g.Balance = n, true
	return flow
}

var squareHead = &ParaStyle{Name: "h2", Align: Left, Leading: 15 * Pt, SpaceBefore: 10 * Pt, SpaceAfter: 3 * Pt, KeepNext: true, KeepLines: true, OffGrid: true}

// proseOf is n paragraphs of different lengths.
func (m *maker) proseOf(n int) []Block {
	var out []Block
	for i := range n {
		out = append(out, m.para(squareLeft, squares(12+i*7%40)))
	}
	return out
}

func TestLongNote(t *testing.T) {
	// A note of 3,000 words, five to a line: 600 lines on pages of 30.
	for _, cols := range []int{1, 2} {
		m := &maker{}
		body := []Block{m.para(squareLeft, squares(40), m.note(squares(3000)))}
		body = append(body, m.proseOf(8)...)
		body = append(body, m.para(squareLeft, squares(20), m.note(squares(15))))
		res := wellSet(t, columns(gridFlow(24, 30, body...), cols))
		if n := len(res.Pages); n < 600/30/cols || n > 700/30/cols+2 {
			t.Errorf("%d columns: %d pages for 650 lines", cols, n)
		}
		for i, n := range linesOn(res.Pages[:len(res.Pages)-2], NoteArea) {
			if n < 10*cols && i > 0 {
				t.Errorf("%d columns: page %d has %d lines of the note", cols, i+1, n)
			}
		}
	}
}

func TestOnlyALongNote(t *testing.T) {
	m := &maker{}
	res := wellSet(t, gridFlow(24, 30, m.para(squareLeft, "one", m.note(squares(3000)))))
	if len(res.Pages) < 20 || len(res.Pages) > 22 {
		t.Errorf("%d pages", len(res.Pages))
	}
}

func TestTwelveNotesOnAPage(t *testing.T) {
	m := &maker{}
	p := m.para(squareLeft, squares(5))
	for range 12 {
		n := m.note(squares(7))
		p.Spans = append(p.Spans, Span{Kind: NoteSpan, Text: "*", Style: square10, Note: n, Tag: n.Tag + refTag}, Span{Text: " word", Style: square10})
	}
	// 7 lines of text, 12 notes of two lines, the rule and its white (10.5 pt): on one page of 40 lines.
	res := wellSet(t, gridFlow(24, 40, p))
	if len(res.Pages) != 1 || res.Report.Pages[0].Notes != 12 || linesOn(res.Pages, NoteArea)[0] != 24 {
		t.Errorf("%d pages, %d notes, %d lines of notes", len(res.Pages), res.Report.Pages[0].Notes, linesOn(res.Pages, NoteArea)[0])
	}
}

func TestNotesFromEverywhere(t *testing.T) {
	for _, cols := range []int{1, 2, 3} {
		m := &maker{}
		cell := func(text string, notes ...*Note) *Cell {
			return &Cell{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, text, notes...)}}
		}
		across := m.para(squareHead, "across", m.note("cited across the columns"))
		across.Span = true
		body := m.proseOf(4)
		body = append(body,
			m.para(squareHead, "head", m.note("cited in a head")), m.para(squareLeft, squares(30)),
			&Figure{Placement: Float, Pictures: []*Picture{{Width: 100 * Pt, Height: 60 * Pt}}, Gap: 4 * Pt, Caption: []Block{m.para(squareNote, "caption", m.note("cited in a caption"))}},
			m.para(squareLeft, squares(30)),
			&Table{Columns: []Align{Left, Left}, Padding: 2 * Pt, RowGap: 2 * Pt, Head: []*Row{{Cells: []*Cell{cell("head", m.note("cited in a table's head")), cell("b")}}},
				Body: []*Row{{Cells: []*Cell{cell("c"), cell("d", m.note("cited in a cell"))}}, {Cells: []*Cell{cell("e"), cell("f")}}}},
			m.para(squareLeft, squares(30)),
			across, m.para(chanceSide, squares(20), m.note("cited in an aside")),
			&Figure{Placement: FullWidth, Pictures: []*Picture{{Width: 200 * Pt, Height: 60 * Pt}}, Gap: 4 * Pt, Caption: []Block{m.para(squareNote, "caption", m.note("cited in a wide caption"))}},
		)
		body = append(body, m.proseOf(9)...)
		flow := columns(gridFlow(24, 30, body...), cols)
		flow.Sections[0].Opening = []Block{m.para(squareHead, "title", m.note("cited in the title"))}
		wellSet(t, flow)
	}
}

func TestEightyEightNotes(t *testing.T) {
	for _, cols := range []int{1, 2, 4} {
		m := &maker{}
		var body []Block
		for i := range 88 {
			body = append(body, m.para(squareLeft, squares(8+i*13%30), m.note(squares(3+i*11%40))), m.para(squareLeft, squares(9)))
		}
		res := wellSet(t, columns(gridFlow(24, 40, body...), cols))
		sum := 0
		for _, p := range res.Report.Pages {
			sum += p.Notes
		}
		if sum != 88 {
			t.Errorf("%d notes begin", sum)
		}
	}
}

func TestNoteCitesNote(t *testing.T) {
	m := &maker{}
	inner := m.note("the inner note")
	outer := m.note("the outer note")
	p := outer.Blocks[0].(*Para)
	p.Spans = append(p.Spans, Span{Kind: NoteSpan, Text: "*", Style: square10, Note: inner, Tag: inner.Tag + refTag})
	twice := m.para(squareLeft, "twice", outer)
	again := m.para(squareLeft, "again")
	again.Spans = append(again.Spans, Span{Kind: NoteSpan, Text: "*", Style: square10, Note: outer, Tag: 7777})
	res, err := Layout(t.Context(), gridFlow(24, 30, twice, again))
	if err != nil {
		t.Fatal(err)
	}
	if got := res.Report.Pages[0].Notes; got != 2 {
		t.Errorf("%d notes begin, want 2: each once", got)
	}
}

func TestURLInNote(t *testing.T) {
	m := &maker{}
	url := "https://example.org/" + strings.Repeat("a-long/path_of.many%20parts?and=more&", 11)
	n := m.note("See ")
	p := n.Blocks[0].(*Para)
	p.Spans = append(p.Spans, Span{Text: url[:400], Style: &TextStyle{Family: "text", Size: 10 * Pt, Break: "url", NoHyphen: true}})
	body := append([]Block{m.para(squareLeft, squares(30), n)}, m.proseOf(3)...)
	wellSet(t, gridFlow(24, 40, body...))
}

func TestPoem(t *testing.T) {
	m := &maker{}
	var body []Block
	for range 12 { // stanzas of four lines: 24 ems hold them without a turn-over
		body = append(body, m.para(chanceVers, "a line of verse\n  its second line\na third of it\nand the last"))
	}
	res := wellSet(t, gridFlow(24, 23, body...)) // four stanzas and their white: 19 lines; a fifth would be cut
	for tag := Tag(1); tag <= 12; tag++ {
		lines := withTag(res.Pages, tag)
		if len(lines) != 4 {
			t.Errorf("stanza %d has %d lines", tag, len(lines))
			continue
		}
		if lines[0].page != lines[3].page {
			t.Errorf("stanza %d is cut", tag)
		}
		if d := lines[1].line.Runs[0].X - lines[0].line.Runs[0].X; d < 0 {
			t.Errorf("stanza %d: the second line is not set in", tag)
		}
	}
}

func TestTableOverPages(t *testing.T) {
	m := &maker{}
	cell := func(words int) *Cell {
		return &Cell{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, squares(words))}}
	}
	table := &Table{Columns: []Align{Left, Left}, Padding: 2 * Pt, TopRule: Pt, MidRule: Pt, BottomRule: Pt, Caption: []Block{m.para(squareNote, "caption")}}
	table.Head = []*Row{{Cells: []*Cell{cell(1), cell(1)}}}
	head := table.Head[0].Cells[0].Blocks[0].(*Para).Tag
	for range 30 {
		table.Body = append(table.Body, &Row{Cells: []*Cell{cell(1), cell(7)}})
	}
	// A row is two lines: seven words take 34 ems.
	res := wellSet(t, gridFlow(24, 24, m.para(squareLeft, squares(10)), table, m.para(squareLeft, squares(10))))
	if len(res.Pages) < 3 {
		t.Fatalf("%d pages", len(res.Pages))
	}
	if got := len(withTag(res.Pages, head)); got < 3 {
		t.Errorf("the head stands %d times on %d pages", got, len(res.Pages))
	}
	for _, r := range table.Body {
		lines := withTag(res.Pages, r.Cells[1].Blocks[0].(*Para).Tag)
		if lines[0].page != lines[len(lines)-1].page {
			t.Error("a row is cut though it fits on a page")
		}
	}
}

func TestTallRowIsCut(t *testing.T) {
	m := &maker{}
	row := &Row{Cells: []*Cell{
		{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, squares(2))}},
		{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, squares(200))}},
	}}
	res := wellSet(t, gridFlow(24, 20, &Table{Columns: []Align{Left, Left}, Body: []*Row{row}}))
	if len(res.Pages) < 2 {
		t.Errorf("%d pages", len(res.Pages))
	}
}

func TestSpanningCells(t *testing.T) {
	m := &maker{}
	cell := func(text string, cols, rows int) *Cell {
		return &Cell{ColSpan: cols, RowSpan: rows, Blocks: []Block{m.para(squareNote, text)}}
	}
	// aaaa bbbb cccc
	//      dddddddddd
	// eeee      ffff   (e two columns wide)
	table := &Table{Columns: []Align{Left, Left, Right}, Padding: 0, Body: []*Row{
		{Cells: []*Cell{cell("aaaa", 1, 2), cell("bbbb", 1, 1), cell("cccc", 1, 1)}},
		{Cells: []*Cell{cell("dddddddd", 2, 1)}},
		{Cells: []*Cell{cell("eeee", 2, 1), cell("ffff", 1, 1)}},
	}}
	res := wellSet(t, gridFlow(12, 20, table))
	at := func(tag Tag) (x, y float64) {
		l := withTag(res.Pages, tag)[0].line
		return l.X.Points(), l.Y.Points()
	}
	ax, ay := at(1)
	bx, by := at(2)
	cx, _ := at(3)
	dx, dy := at(4)
	ex, ey := at(5)
	fx, fy := at(6)
	if ay != by || dy != by+12 || ey != dy+12 || fy != ey {
		t.Errorf("rows: a %v b %v d %v e %v f %v", ay, by, dy, ey, fy)
	}
	// Each column is four ems wide: together as wide as the measure.
	if ax != 0 || bx != 40 || cx != 80 || dx != 40 || ex != 0 || fx != 80 {
		t.Errorf("columns: a %v b %v c %v d %v e %v f %v", ax, bx, cx, dx, ex, fx)
	}
}

func TestWideTable(t *testing.T) {
	m := &maker{}
	row := &Row{}
	for range 6 { // six words of eight letters: 48 ems, in columns of 24
		row.Cells = append(row.Cells, &Cell{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, "abcdefgh")}})
	}
	table := &Table{Columns: make([]Align, 6), Body: []*Row{row}, Origin: "t.md:1"}
	res := wellSet(t, columns(gridFlow(24, 20, append(m.proseOf(3), table)...), 2))
	if a := withTag(res.Pages, 1)[0].area; a.Kind != SpanArea {
		t.Error("a table that is too wide for a column does not span them")
	}
	one := layoutOf(t, gridFlow(24, 20, table))
	if !strings.Contains(one.Report.String(), "finding overfull t.md:1") {
		t.Errorf("a table that is too wide is not reported:\n%s", one.Report)
	}
}

func TestHeadKeepsTwoLines(t *testing.T) {
	for lines := 10; lines < 30; lines++ {
		m := &maker{}
		body := append(m.proseOf(5), m.para(squareHead, "head"))
		head := m.tag
		body = append(body, m.para(squareLeft, squares(40)))
		next := m.tag
		res := wellSet(t, gridFlow(24, lines, body...))
		h, p := withTag(res.Pages, head), withTag(res.Pages, next)
		if h[0].page != p[1].page {
			t.Errorf("pages of %d lines: head on page %d, its second line of text on %d", lines, h[0].page+1, p[1].page+1)
		}
	}
}

func TestColumnsBalance(t *testing.T) {
	for n := 3; n < 14; n++ {
		m := &maker{}
		res := wellSet(t, columns(gridFlow(24, 40, m.proseOf(n)...), 3))
		last := res.Pages[len(res.Pages)-1]
		var feet []Length
		for i := range last.Areas {
			feet = append(feet, last.Areas[i].Y+last.Areas[i].Height)
		}
		for _, f := range feet {
			if d := feet[0] - f; d > 2*12*Pt || d < -2*12*Pt {
				t.Errorf("%d paragraphs: feet of the columns: %v", n, feet)
				break
			}
		}
	}
}

func TestSpanningHead(t *testing.T) {
	m := &maker{}
	body := m.proseOf(6)
	head := m.para(squareHead, "across the columns")
	head.Span = true
	body = append(append(body, head), m.proseOf(6)...)
	res := wellSet(t, columns(gridFlow(24, 40, body...), 2))
	h := withTag(res.Pages, head.Tag)[0]
	if h.area.Kind != SpanArea || h.area.Width != res.Pages[0].Width {
		t.Errorf("head in an area of kind %d, %v wide", h.area.Kind, h.area.Width.Points())
	}
	for _, s := range eachLine(res.Pages) { // what comes before it stands over it, what comes after under it
		tag := s.line.Runs[0].Tag
		if s.page == h.page && (tag < head.Tag) != (s.line.Y < h.line.Y) && tag != head.Tag {
			t.Errorf("paragraph %d at %v, the head at %v", tag, s.line.Y.Points(), h.line.Y.Points())
		}
	}
}

func TestFigures(t *testing.T) {
	m := &maker{}
	picture := func(w, h Length) *Picture { return &Picture{Width: w * Pt, Height: h * Pt} }
	figure := func(p Placement, pics ...*Picture) *Figure {
		return &Figure{Placement: p, Pictures: pics, Gap: 4 * Pt, Caption: []Block{m.para(squareNote, "caption")}}
	}
	pics := func(res *Result) (out []*PictureItem) {
		for _, p := range res.Pages {
			for i := range p.Areas {
				for _, it := range p.Areas[i].Items {
					if it, ok := it.(*PictureItem); ok {
						out = append(out, it)
					}
				}
			}
		}
		return out
	}
	t.Run("never larger than it is", func(t *testing.T) {
		p := pics(wellSet(t, gridFlow(24, 40, figure(Here, picture(100, 50)))))
		if p[0].Width != 100*Pt || p[0].Height != 50*Pt || p[0].X != 70*Pt {
			t.Errorf("%v×%v at %v", p[0].Width.Points(), p[0].Height.Points(), p[0].X.Points())
		}
	})
	t.Run("as wide as the column", func(t *testing.T) {
		p := pics(wellSet(t, gridFlow(24, 40, figure(Here, picture(480, 240)))))
		if p[0].Width != 240*Pt || p[0].Height != 120*Pt {
			t.Errorf("%v×%v", p[0].Width.Points(), p[0].Height.Points())
		}
	})
	t.Run("higher than the page", func(t *testing.T) {
		p := pics(wellSet(t, gridFlow(24, 20, figure(Float, picture(200, 2000)))))
		if p[0].Height >= 240*Pt || p[0].Height < 200*Pt {
			t.Errorf("%v×%v on a page of 240 pt", p[0].Width.Points(), p[0].Height.Points())
		}
	})
	t.Run("side by side", func(t *testing.T) {
		// Equally high, as wide as the measure together: 240 - 12 = 228 = h + 2h.
		p := pics(wellSet(t, gridFlow(24, 40, figure(Here, picture(300, 300), picture(800, 400)))))
		if p[0].Height != 76*Pt || p[1].Height != 76*Pt || p[1].Width != 152*Pt || p[0].Y != p[1].Y {
			t.Errorf("%+v %+v", p[0], p[1])
		}
	})
	t.Run("not before its section's text, near its mention", func(t *testing.T) {
		body := append(m.proseOf(7), figure(Float, picture(200, 150)))
		body = append(body, m.proseOf(12)...)
		res := wellSet(t, gridFlow(24, 30, body...))
		if strings.Contains(res.Report.String(), "far-figure") {
			t.Error("the figure stands far from its mention")
		}
	})
	t.Run("full width at the head of a page", func(t *testing.T) {
		body := append(m.proseOf(7), figure(FullWidth, picture(490, 100)))
		body = append(body, m.proseOf(12)...)
		res := wellSet(t, columns(gridFlow(24, 30, body...), 2))
		p := pics(res)[0]
		if p.Width != 490*Pt || p.Y != Pt { // 8 pt to the first baseline, less capitals of 7
			t.Errorf("%v wide at %v", p.Width.Points(), p.Y.Points())
		}
	})
	t.Run("text beside", func(t *testing.T) {
		long := m.para(squareLeft, squares(100))
		res := wellSet(t, gridFlow(36, 40, figure(WrapRight, picture(100, 100)), long))
		p := pics(res)[0]
		narrow := 0
		for _, s := range withTag(res.Pages, long.Tag) {
			if s.line.X+s.line.Width > p.X && s.line.Y-7*Pt < p.Y+p.Height && s.line.Y > p.Y {
				t.Errorf("line at %v runs into the picture", s.line.Y.Points())
			}
			if s.line.Y < p.Y+p.Height {
				narrow++
			}
		}
		if narrow != 8 { // 100 pt of picture are eight and a third lines
			if narrow != 9 {
				t.Errorf("%d lines beside the picture", narrow)
			}
		}
	})
}

func TestPageNumbers(t *testing.T) {
	m := &maker{}
	toc := &Para{Tag: m.next(), Style: squareLeft, Spans: []Span{{Text: "Second ", Style: square10}, {Kind: PageRefSpan, Anchor: "second", Style: square10}}}
	front := gridFlow(24, 10, toc).Sections[0]
	front.Roman = true
	first := gridFlow(24, 10, m.proseOf(6)...).Sections[0]
	first.Recto, first.FirstNumber = true, 1
	second := m.proseOf(2)
	second[0].(*Para).Anchors = []string{"second"}
	sec := gridFlow(24, 10, second...).Sections[0]
	sec.Recto = true
	for _, s := range []*Section{front, first, sec} {
		s.Geometry.FootBaseline = 110 * Pt
		s.RectoFoot = Head{Right: []Span{{Kind: PageRefSpan, Style: square10}}}
		s.VersoFoot = Head{Left: []Span{{Kind: PageRefSpan, Style: square10}}}
	}
	flow := &Flow{Shaper: squareShaper{}, Breaking: squareBreaking, Sections: []*Section{front, first, sec}}
	res, err := Layout(t.Context(), flow)
	if err != nil {
		t.Fatal(err)
	}
	var labels []string
	for i, p := range res.Pages {
		labels = append(labels, p.Label)
		if p.Recto != (i%2 == 0) {
			t.Errorf("page %d: recto %v", i, p.Recto)
		}
		if p.Label == "" || p.Section == 2 && !p.Recto && len(p.Areas) == 0 {
			t.Errorf("page %d: label %q", i, p.Label)
		}
	}
	want := ""
	for _, p := range res.Pages {
		if p.Section == 2 {
			want = p.Label
			break
		}
	}
	if labels[0] != "i" || labels[1] != "ii" || labels[2] != "1" || len(res.Pages[1].Areas) != 0 {
		t.Errorf("labels %v", labels)
	}
	if got := lineText(withTag(res.Pages, toc.Tag)[0].line); got != "Second "+want {
		t.Errorf("contents: %q, the page is %q", got, want)
	}
	foot := ""
	for i := range res.Pages[3].Areas {
		if a := &res.Pages[3].Areas[i]; a.Kind == FootArea {
			foot = lineText(a.Items[0].(*Line))
		}
	}
	if foot != "2" {
		t.Errorf("foot of page 2: %q", foot)
	}
}

func TestPageBegins(t *testing.T) {
	m := &maker{}
	res := wellSet(t, gridFlow(24, 10, m.para(squareLeft, squares(100), m.note(squares(9)))))
	for i, p := range res.Pages {
		var first *Run
		for _, s := range eachLine(res.Pages) {
			if s.page == i {
				first = &s.line.Runs[0]
				break
			}
		}
		if p.Begins.Source != first.Source || p.Begins.Offset != first.Offset || first.Source == 0 {
			t.Errorf("page %d begins at %d:%d, its first run is %d:%d", i+1, p.Begins.Source, p.Begins.Offset, first.Source, first.Offset)
		}
	}
}

func TestEndNotes(t *testing.T) {
	m := &maker{}
	n := m.note(squares(20))
	flow := gridFlow(24, 20, m.para(squareLeft, squares(20), n), m.para(squareLeft, squares(20)))
	flow.Sections[0].Geometry.EndNotes = true
	res := layoutOf(t, flow)
	lines := eachLine(res.Pages)
	if last := lines[len(lines)-1].line; last.Runs[0].Tag != n.Blocks[0].(*Para).Tag {
		t.Error("the note does not come last")
	}
	if got := linesOn(res.Pages, NoteArea)[0]; got != 0 {
		t.Errorf("%d lines at the foot", got)
	}
}

func TestCover(t *testing.T) {
	m := &maker{}
	flow := columns(gridFlow(24, 40, m.proseOf(20)...), 2)
	s := flow.Sections[0]
	s.Geometry.FirstTop = 240 * Pt // half the page
	cover := m.para(squareHead, "cover")
	s.Cover = []Block{cover}
	title := m.para(squareHead, "title")
	s.Opening = []Block{title}
	res := wellSet(t, flow)
	if y := withTag(res.Pages, cover.Tag)[0].line.Y; y > 240*Pt {
		t.Errorf("cover at %v", y.Points())
	}
	for _, l := range eachLine(res.Pages[:1]) {
		if l.line.Runs[0].Tag != cover.Tag && l.line.Y < 240*Pt {
			t.Errorf("%q at %v is on the cover", lineText(l.line), l.line.Y.Points())
		}
	}
}

func TestNoWidowsInProse(t *testing.T) {
	for lines := 8; lines < 24; lines++ {
		for _, cols := range []int{1, 2} {
			m := &maker{}
			wellSet(t, columns(gridFlow(24, lines, m.proseOf(30)...), cols))
		}
	}
}

func TestReportIsStable(t *testing.T) {
	m := &maker{}
	body := append(m.proseOf(3), m.para(squareLeft, strings.ReplaceAll(squares(20), " ", "")))
	res, err := Layout(t.Context(), gridFlow(24, 6, body...))
	if err != nil {
		t.Fatal(err)
	}
	got := res.Report.String()
	for _, want := range []string{"paragraph a.md:1 body page=1 lines=3 ", "page 1 s fill=", "finding forced a.md:4 page="} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

func TestLayoutErrors(t *testing.T) {
	m := &maker{}
	p := m.para(nil, "x")
	for _, f := range []*Flow{
		{},
		{Shaper: squareShaper{}, Sections: []*Section{{}}},
		gridFlow(10, 10, p),
		gridFlow(10, 10, &Figure{Caption: []Block{p}}),
	} {
		if _, err := Layout(t.Context(), f); err == nil {
			t.Errorf("no error for %+v", f)
		}
	}
}

func BenchmarkPages(b *testing.B) {
	for _, cols := range []int{1, 4} {
		b.Run(fmt.Sprint(cols), func(b *testing.B) {
			m := &maker{}
			var body []Block
			for i := range 400 { // about a hundred pages
				body = append(body, m.para(squareJustified, squares(60+i*13%70), m.note(squares(3+i*11%40))))
			}
			flow := columns(gridFlow(40, 50, body...), cols)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := Layout(b.Context(), flow); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// A table's head that is set again leaves no room for a row that fits without it. (The page maker once went on making
// pages with nothing on them.)
func TestHeadLeavesNoRoom(t *testing.T) {
	m := &maker{}
	cell := func(b ...Block) *Cell { return &Cell{ColSpan: 1, RowSpan: 1, Blocks: b} }
	table := &Table{Columns: []Align{Left}, Head: []*Row{{Cells: []*Cell{cell(m.para(squareNote, "head"))}}}}
	for range 3 {
		table.Body = append(table.Body, &Row{Cells: []*Cell{cell(&Figure{Pictures: []*Picture{{Width: 50 * Pt, Height: 30 * Pt}}}, m.para(squareNote, "row"))}})
	}
	res := layoutOf(t, gridFlow(24, 4, table)) // 48 pt: a row takes 42, the head 12
	if n := len(res.Pages); n > 7 {
		t.Errorf("%d pages", n)
	}
}

func TestPageBeginsWithTextNotFigure(t *testing.T) {
	m := &maker{}
	long := m.para(squareLeft, squares(60))
	fig := &Figure{Placement: Float, Pictures: []*Picture{{Width: 100 * Pt, Height: 60 * Pt}}, Caption: []Block{m.para(squareNote, "caption")}}
	res := wellSet(t, gridFlow(24, 10, m.para(squareLeft, squares(30)), fig, long))
	for i, p := range res.Pages {
		if p.Begins.Source == SourceID(fig.Caption[0].(*Para).Tag) {
			t.Errorf("page %d begins with the caption", i+1)
		}
	}
}

// Articles of all kinds of blocks, on pages with room enough: what must hold on every page holds on these.
func TestManyArticles(t *testing.T) {
	for seed := range 60 {
		c := &chance{data: make([]byte, 600)}
		state := uint32(seed*7919 + 1)
		for i := range c.data {
			state = state*1664525 + 1013904223
			c.data[i] = byte(state >> 24)
		}
		m := &c.m
		var body []Block
		for range 14 + c.of(20) {
			switch c.of(10) {
			case 0:
				body = append(body, m.para(squareHead, "a head"), m.para(squareLeft, squares(20+c.of(20))))
			case 1:
				f := &Figure{Placement: []Placement{Float, Float, FullWidth, WrapLeft, WrapRight}[c.of(5)], Gap: 4 * Pt, SpaceBefore: 6 * Pt, SpaceAfter: 6 * Pt}
				f.Pictures = []*Picture{{Width: Length(50+c.of(200)) * Pt, Height: Length(20+c.of(180)) * Pt}}
				f.Caption = []Block{m.para(squareNote, squares(1+c.of(8)))}
				body = append(body, f, m.para(squareLeft, squares(30)))
			case 2:
				table := &Table{Columns: []Align{Left, Right}, Padding: 2 * Pt, RowGap: 2 * Pt, TopRule: Pt, MidRule: Pt, BottomRule: Pt, SpaceBefore: 6 * Pt, SpaceAfter: 6 * Pt}
				for r := range 2 + c.of(12) {
					row := &Row{Cells: []*Cell{{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, "abcd")}},
						{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, squares(1+c.of(6)))}}}}
					if r == 0 {
						table.Head = []*Row{row}
					} else {
						table.Body = append(table.Body, row)
					}
				}
				body = append(body, table)
			case 3:
				body = append(body, m.para(chanceSide, squares(10+c.of(30))))
			case 4, 5:
				body = append(body, m.para(squareLeft, squares(4+c.of(60)), m.note(squares(2+c.of(60)))))
			default:
				body = append(body, m.para(squareLeft, squares(4+c.of(90))))
			}
		}
		cols := 1 + c.of(3)
		ok := t.Run(fmt.Sprintf("%d in %d columns", seed, cols), func(t *testing.T) {
			wellSet(t, columns(gridFlow(26, 36+c.of(12), body...), cols))
		})
		if !ok && testing.Short() {
			return
		}
	}
}

func TestRiverIsReported(t *testing.T) {
	m := &maker{}
	// Words of four letters, five to a line: every space stands under another, from the first line to the last.
	res := layoutOf(t, gridFlow(24, 20, m.para(squareJustified, squares(60))))
	rivers := 0
	for _, f := range res.Report.Findings {
		if f.Kind == "river" && f.Origin == "a.md:1" && f.Page == "1" {
			rivers++
		}
	}
	if rivers != 4 { // four spaces to the line
		t.Errorf("%d rivers:\n%s", rivers, res.Report)
	}
}

func TestFigureGoesToTheHeadOfItsColumn(t *testing.T) {
	m := &maker{}
	fig := &Figure{Placement: Float, Pictures: []*Picture{{Width: 100 * Pt, Height: 60 * Pt}}, SpaceBefore: 6 * Pt, SpaceAfter: 6 * Pt}
	// A page of 20 lines; the figure is mentioned eight lines down the second.
	res := wellSet(t, gridFlow(24, 20, m.para(squareLeft, squares(140)), fig, m.para(squareLeft, squares(100))))
	for i, p := range res.Pages {
		for j := range p.Areas {
			for _, it := range p.Areas[j].Items {
				if pic, ok := it.(*PictureItem); ok && (i != 1 || pic.Y != Pt) {
					t.Errorf("page %d, at %v", i+1, pic.Y.Points())
				}
			}
		}
	}
}

func TestShortColumnIsFilledWithWhite(t *testing.T) {
	m := &maker{}
	// Five lines, a head (with its white it takes three), ten lines, and a paragraph of two lines that may not be cut: a
	// page of 19 lines would end one line short.
	body := []Block{m.para(squareLeft, squares(25)), m.para(squareHead, "head"), m.para(squareLeft, squares(50)), m.para(squareLeft, squares(10)), m.para(squareLeft, squares(200))}
	for _, lines := range []int{18, 19, 20, 21} {
		res := wellSet(t, gridFlow(24, lines, body...))
		last := Length(0)
		for _, s := range eachLine(res.Pages[:1]) {
			last = max(last, s.line.Y)
		}
		if want := Length(8+12*(lines-1)) * Pt; last != want {
			t.Errorf("%d lines: the page ends at %v, not at %v", lines, last.Points(), want.Points())
		}
	}
}

func TestColumnsRunFromTheRight(t *testing.T) {
	m := &maker{}
	rtl := *squareLeft
	rtl.RTL = true
	cell := func(text string) *Cell {
		return &Cell{ColSpan: 1, RowSpan: 1, Blocks: []Block{m.para(squareNote, text)}}
	}
	table := &Table{Columns: make([]Align, 2), Body: []*Row{{Cells: []*Cell{cell("aaaa"), cell("bbbbbb")}}}}
	res, err := Layout(t.Context(), columns(gridFlow(10, 10, table, m.para(&rtl, squares(30))), 2))
	if err != nil {
		t.Fatal(err)
	}
	a, b := withTag(res.Pages, 1)[0], withTag(res.Pages, 2)[0]
	if a.line.X != 170*Pt || b.line.X != 110*Pt { // the first column is the right one, from 110 to 210
		t.Errorf("cells at %v and %v", a.line.X.Points(), b.line.X.Points())
	}
}

func TestFigureUnderTheTitle(t *testing.T) {
	m := &maker{}
	fig := &Figure{Placement: FullWidth, Pictures: []*Picture{{Width: 490 * Pt, Height: 100 * Pt}}, SpaceBefore: 6 * Pt, SpaceAfter: 6 * Pt,
		Gap: 2 * Pt, Caption: []Block{m.para(squareNote, "caption", m.note("cited in the caption"))}}
	flow := columns(gridFlow(24, 40, append([]Block{fig}, m.proseOf(12)...)...), 2)
	flow.Sections[0].Opening = []Block{m.para(squareHead, "title")}
	res := wellSet(t, flow)
	c, title := withTag(res.Pages, 3)[0], withTag(res.Pages, m.tag)[0]
	if len(withTag(res.Pages, 2)) == 0 || c.page != 0 || c.line.Y < title.line.Y+100*Pt || c.line.Y > title.line.Y+150*Pt {
		t.Errorf("title at %v, caption on page %d at %v", title.line.Y.Points(), c.page+1, c.line.Y.Points())
	}
}
