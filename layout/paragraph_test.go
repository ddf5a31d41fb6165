package layout

import (
	"fmt"
	"strings"
	"testing"
)

func text(s string) Span { return Span{Text: s, Style: square10} }

// positions lists the x of every glyph of a line, in ems of ten points.
func positions(l *Line) string {
	var out []string
	for i := range l.Runs {
		for _, g := range l.Runs[i].Glyphs {
			out = append(out, fmt.Sprintf("%c%g", rune(g.ID), (l.Runs[i].X+g.X).Points()/10))
		}
	}
	return strings.Join(out, " ")
}

// Justified: nine glyphs and two spaces on thirteen ems leave four ems to the two spaces.
func TestJustifiedSpaces(t *testing.T) {
	s := squareSetter()
	sp := s.set(squarePara(squareJustified, "aaa bbb ccc dddddddddd"), ems(13))
	if got := linesOf(sp); got != "aaa bbb ccc |dddddddddd" {
		t.Fatal(got)
	}
	if got, want := positions(sp.lines[0].line), "a0 a1 a2  3 b5 b6 b7  8 c10 c11 c12"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if l := sp.lines[0].line; l.Width != 130*Pt || l.X != 0 {
		t.Errorf("the line is %v wide at %v", l.Width.Points(), l.X.Points())
	}
	if r := sp.lines[0].report; r.Ratio != 2000 || r.Natural != 110*Pt || r.Width != 130*Pt {
		t.Errorf("report %+v", r)
	}
}

// A hanging comma stands seven tenths out, a quote three fifths: the text between begins that much earlier.
func TestProtrusion(t *testing.T) {
	s := newSetter(&Flow{Shaper: squareShaper{}, Breaking: Breaking{Expansion: -1, SpaceWidth: 1000}}, nil)
	sp := s.set(squarePara(squareJustified, "‘aa bb cc, ddddddddd"), ems(9))
	if got := linesOf(sp); got != "‘aa bb cc, |ddddddddd" {
		t.Fatal(got)
	}
	// 9 ems and 1.3 that hang; ten glyphs are 10 ems: each space is 0.15 ems wider.
	if got, want := positions(sp.lines[0].line), "‘-0.6 a0.4 a1.4  2.4 b3.55 b4.55  5.55 c6.7 c7.7 ,8.7"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// Letters stretch before spaces do, by no more than two per cent.
func TestExpansion(t *testing.T) {
	s := newSetter(&Flow{Shaper: squareShaper{}, Breaking: Breaking{NoProtrusion: true, SpaceWidth: 1000}}, nil)
	words := strings.Repeat("a", 49) + " " + strings.Repeat("b", 50)
	sp := s.set(squarePara(squareJustified, words+" "+strings.Repeat("c", 60)), ems(101))
	run := sp.lines[0].line.Runs[0]
	if run.Expansion != 1000 { // one em of a hundred
		t.Errorf("expansion %d", run.Expansion)
	}
	if w := sp.lines[0].line.Width; w != 1010*Pt {
		t.Errorf("width %v", w.Points())
	}
	sp = s.set(squarePara(squareJustified, words+" "+strings.Repeat("c", 60)), measure{width: 1025 * Pt})
	if run := sp.lines[0].line.Runs[0]; run.Expansion != 2000 {
		t.Errorf("expansion %d", run.Expansion)
	}
	// 102.5 ems: 99 letters at 102 %, and what is left is the space: 1.52 ems.
	g := sp.lines[0].line.Runs[0].Glyphs
	if gap := g[50].X - g[49].X; gap < 1519*Pt/100 || gap > 1521*Pt/100 {
		t.Errorf("the space is %v", gap.Points())
	}
}

func TestHyphen(t *testing.T) {
	s := squareSetter()
	st := *square10
	st.NoHyphen, st.Lang = false, "en-US"
	style := *squareJustified
	style.Hyphenate = true
	p := &Para{Tag: 1, Style: &style, Spans: []Span{{Text: "a revolution", Style: &st, Source: 3, Offset: 100}}}
	sp := s.set(p, ems(9))
	if got := linesOf(sp); got != "a revolu-|tion" && got != "a rev-|olution" {
		t.Fatal(got)
	}
	l := sp.lines[0].line
	if !l.Hyphen || !l.Runs[len(l.Runs)-1].Hyphen || l.Runs[len(l.Runs)-1].Text != "" {
		t.Errorf("hyphen run %+v", l.Runs)
	}
	if r := sp.lines[1].line.Runs[0]; r.Offset != 100+int32(len(linesOf(sp))-len("-|")-len(r.Text)) {
		t.Errorf("the second line begins at %d", r.Offset)
	}
}

// A soft hyphen is no part of the text; where the line ends at it, it becomes a hyphen.
func TestDirectives(t *testing.T) {
	s := squareSetter()
	for _, c := range []struct {
		n          int
		text, want string
	}{
		{5, "abc\u00addef", "abc-|def"},
		{9, "abc\u00addef", "abcdef"},
		{4, "abc\u200bdef", "abc|def"},
		{6, "ab \u2060cd ef", "ab cd |ef"},
		{8, "well-known", "well-|known"},
		{8, "either/or not", "either/|or not"},
		{8, "a—bcdefgh", "a—|bcdefgh"},
		{8, "x 1914–1918", "x 1914–|1918"},
		{6, "日本語の文章を", "日本語の|文章を"}, // one character alone would be a stub
		{6, "日本語の文章を組む", "日本語の文章|を組む"},
		{6, "日本語の文。章を", "日本語の文|。章を"}, // the width would allow the stop; the stop may not begin a line
	} {
		got := linesOf(s.set(squarePara(squareLeft, c.text), ems(c.n)))
		if c.n == 6 && strings.HasPrefix(c.text, "日本語の文。") {
			if strings.Contains(got, "|。") {
				t.Errorf("%q begins a line with a stop", got)
			}
			continue
		}
		if got != c.want {
			t.Errorf("%d ems, %q: %q, want %q", c.n, c.text, got, c.want)
		}
	}
}

func TestURLBreaks(t *testing.T) {
	s := squareSetter()
	st := *square10
	st.Break = "url"
	p := &Para{Style: squareLeft, Spans: []Span{{Text: "https://example.org/some/path?query=value", Style: &st}}}
	for n, want := range map[int]string{
		26: "https://example.org/some|/path?query=value",
		18: "https://example|.org/some/path|?query=value",
		12: "https://|example.org|/some/path|?query=value",
	} {
		if got := linesOf(s.set(p, ems(n))); got != want {
			t.Errorf("%d ems: %s, want %s", n, got, want)
		}
	}
	// One that is not marked is known by its look.
	if got := linesOf(s.set(squarePara(squareLeft, "see https://example.org/some/path?query=value"), ems(30))); got != "see https://example.org/some|/path?query=value" {
		t.Error(got)
	}
}

// What cannot be broken is broken all the same, and said to be.
func TestLastResort(t *testing.T) {
	s := squareSetter()
	sp := s.set(squarePara(squareJustified, "ab "+strings.Repeat("x", 25)+" cd"), ems(10))
	total := 0
	for i := range sp.lines {
		if sp.lines[i].line.Width > 100*Pt+Pt {
			t.Errorf("line %d is %v wide", i, sp.lines[i].line.Width.Points())
		}
		if sp.lines[i].report.Forced {
			total++
		}
	}
	if total == 0 || sp.pass != 3 {
		t.Errorf("%d lines reported, pass %d: %s", total, sp.pass, linesOf(sp))
	}
	sp = s.set(squarePara(squareJustified, "WW"), measure{width: 5 * Pt})
	if len(sp.lines) != 2 || sp.lines[0].report.Over != 5*Pt {
		t.Errorf("%s: over %v", linesOf(sp), sp.lines[0].report.Over.Points())
	}
}

func TestAlignments(t *testing.T) {
	s := squareSetter()
	for _, c := range []struct {
		align Align
		rtl   bool
		want  string
	}{
		{Left, false, "0 0"}, {Right, false, "10 40"}, {Center, false, "5 20"}, {Justify, true, "0 40"}, {Left, true, "10 40"},
	} {
		st := *squareLeft
		st.Align, st.RTL = c.align, c.rtl
		sp := s.set(squarePara(&st, "aaaa bbbb cccccc"), ems(10))
		if len(sp.lines) != 2 {
			t.Fatalf("%v: %s", c, linesOf(sp))
		}
		got := fmt.Sprintf("%g %g", sp.lines[0].line.X.Points(), sp.lines[1].line.X.Points())
		if got != c.want {
			t.Errorf("%v: lines at %s, want %s", c, got, c.want)
		}
	}
}

func TestIndents(t *testing.T) {
	s := squareSetter()
	st := *squareLeft
	st.LeftIndent, st.FirstIndent, st.HangIndent, st.RightIndent = 20*Pt, 10*Pt, 30*Pt, 10*Pt
	sp := s.set(squarePara(&st, "aa bb cc dd ee ff"), ems(11))
	var got []string
	for i := range sp.lines {
		got = append(got, fmt.Sprintf("%g:%s", sp.lines[i].line.X.Points(), strings.TrimSpace(lineText(sp.lines[i].line))))
	}
	if want := "30:aa bb|50:cc dd|50:ee ff"; strings.Join(got, "|") != want {
		t.Errorf("%v, want %s", got, want)
	}
}

// A label stands in front of its line; one too wide for its place pushes the line along.
func TestLabel(t *testing.T) {
	s := squareSetter()
	st := *squareLeft
	st.LeftIndent = 30 * Pt
	p := squarePara(&st, "one two")
	p.Label, p.LabelRight, p.LabelGap = []Span{{Text: "7.", Style: square10, Tag: 9}}, true, 5*Pt
	sp := s.set(p, ems(20))
	l := sp.lines[0].line
	if got := positions(l); got != "70.5 .1.5 o3 n4 e5  6 t7 w8 o9" {
		t.Error(got)
	}
	if l.Runs[0].Tag != 9 || l.Runs[1].Tag != 1 {
		t.Errorf("tags %d, %d", l.Runs[0].Tag, l.Runs[1].Tag)
	}
	p.Label = []Span{text("1000")}
	if got := positions(s.set(p, ems(20)).lines[0].line); !strings.HasPrefix(got, "10 01 02 03 o4.5") {
		t.Error(got)
	}
}

// An initial of three lines: its capital reaches from the third baseline to the height of the first line's capitals.
func TestDropCap(t *testing.T) {
	s := squareSetter()
	p := squarePara(squareJustified, "nce upon a time there was a small square glyph")
	p.Drop = &DropCap{Lines: 3, Text: "O", Style: square10, Tag: 5, Source: 2}
	sp := s.set(p, ems(16))
	first := sp.lines[0].line
	in := first.Runs[0]
	// Two leadings of 12 and capitals of 7 are 31 points; the square's capitals are 0.7 em: 44.2857 points.
	if size := in.Size.Points(); size < 44.28 || size > 44.29 {
		t.Errorf("the initial is %v points", size)
	}
	if in.Y != 24*Pt || in.Tag != 5 || in.Text != "O" || in.Source != 2 {
		t.Errorf("initial %+v", in)
	}
	cap := in.Size * 7 / 10
	if top := in.Y - cap; top < -7*Pt-10 || top > -7*Pt+10 {
		t.Errorf("its top is at %v, the line's capitals at -7", top.Points())
	}
	x := sp.lines[1].line.X
	if x != in.Width+7*Pt*2/5 || sp.lines[2].line.X != x || sp.lines[3].line.X != 0 {
		t.Errorf("lines at %v, %v, %v beside %v", x.Points(), sp.lines[2].line.X.Points(), sp.lines[3].line.X.Points(), in.Width.Points())
	}
	if sp.together != 3 {
		t.Errorf("%d lines are kept together", sp.together)
	}
	// A paragraph of two lines has an initial of two; one of a single line has none.
	p = squarePara(squareJustified, "nce upon a time")
	p.Drop = &DropCap{Lines: 3, Text: "O", Style: square10}
	if sp := s.set(p, ems(14)); sp.together != 2 || len(sp.lines) != 2 {
		t.Errorf("%d lines, %d together", len(sp.lines), sp.together)
	}
	if sp := s.set(p, ems(40)); sp.together != 0 || linesOf(sp) != "Once upon a time" {
		t.Errorf("%q, %d together", linesOf(sp), sp.together)
	}
	// An opening quote hangs out in the margin at half the size.
	p = squarePara(squareJustified, "nce upon a time there was a small square glyph")
	p.Drop = &DropCap{Lines: 2, Text: "“O", Style: square10}
	sp = s.set(p, ems(16))
	q, o := sp.lines[0].line.Runs[0], sp.lines[0].line.Runs[1]
	if q.Text != "“" || o.Text != "O" || q.X+q.Width != o.X || q.X >= 0 || o.X != 0 || q.Size != o.Size/2 || o.Offset != 3 {
		t.Errorf("quote %+v, initial %+v", q, o)
	}
}

// Notes stay with the word before them; the line that holds the mark holds the note.
func TestNotes(t *testing.T) {
	s := squareSetter()
	n1, n2 := &Note{Anchor: "1"}, &Note{Anchor: "2"}
	p := &Para{Style: squareLeft, Spans: []Span{
		text("aaaa bbbb"), {Kind: NoteSpan, Text: "1", Style: square10, Note: n1}, text(" cccc."), {Kind: NoteSpan, Text: "2", Style: square10, Note: n2},
	}}
	sp := s.set(p, ems(9))
	if got := linesOf(sp); got != "aaaa |bbbb1 |cccc.2" {
		t.Fatal(got)
	}
	if len(sp.lines[0].notes) != 0 || len(sp.lines[1].notes) != 1 || sp.lines[1].notes[0] != n1 || len(sp.lines[2].notes) != 1 || sp.lines[2].notes[0] != n2 {
		t.Error("notes are on the wrong lines")
	}
}

// A leader fills the line: the page number is flush right, the dots stand on a raster counted from the right.
func TestFill(t *testing.T) {
	s := squareSetter()
	p := &Para{Tag: 1, Style: squareLeft, Spans: []Span{text("Title"), {Kind: FillSpan, Text: ".", Style: square10}, text("12")}}
	sp := s.set(p, ems(20))
	l := sp.lines[0].line
	if got := positions(l); got != "T0 i1 t2 l3 e4 .6 .7 .8 .9 .10 .11 .12 .13 .14 .15 .16 .17 118 219" {
		t.Error(got)
	}
	if r := l.Runs[1]; !r.Artifact || r.Tag != 0 {
		t.Errorf("leader %+v", r)
	}
	p.Spans[0].Text = "A title that wants two lines"
	sp = s.set(p, ems(20))
	if len(sp.lines) != 2 || sp.lines[1].line.X+sp.lines[1].line.Width != 200*Pt {
		t.Errorf("%s ends at %v", linesOf(sp), (sp.lines[1].line.X + sp.lines[1].line.Width).Points())
	}
}

// Verse and code keep their lines and spaces; what is too long turns over.
func TestPre(t *testing.T) {
	s := squareSetter()
	st := *squareLeft
	st.Pre, st.HangIndent = true, 20*Pt
	sp := s.set(squarePara(&st, "one\n  two three four\n\nfive\t6"), ems(12))
	var got []string
	for i := range sp.lines {
		got = append(got, fmt.Sprintf("%g %q", sp.lines[i].line.X.Points(), lineText(sp.lines[i].line)))
	}
	want := `0 "one\n"|0 "  two three "|20 "four\n"|0 ""|0 "five    6"`
	if strings.Join(got, "|") != want {
		t.Errorf("%s, want %s", strings.Join(got, "|"), want)
	}
	sp = s.set(squarePara(&st, "x=aaaaaaaa+bbbbbbbb"), ems(12))
	if lines := linesOf(sp); lines != "x=aaaaaaaa+b|bbbbbbb" || !sp.lines[0].report.Forced {
		t.Errorf("%s %+v", lines, sp.lines[0].report)
	}
}

// Hebrew within English: the run is read from the right, its text stays in the order of speech.
func TestBidi(t *testing.T) {
	s := squareSetter()
	sp := s.set(squarePara(squareLeft, "ab אבג דה cd"), ems(30))
	if got := positions(sp.lines[0].line); got != "a0 b1  2 ה3 ד4  5 ג6 ב7 א8  9 c10 d11" {
		t.Error(got)
	}
	var texts []string
	for _, r := range sp.lines[0].line.Runs {
		texts = append(texts, r.Text)
	}
	if strings.Join(texts, "|") != "ab |אבג דה| cd" {
		t.Errorf("%q", texts)
	}
	for _, r := range sp.lines[0].line.Runs {
		for _, g := range r.Glyphs {
			if c := []rune(r.Text[g.Cluster:])[0]; uint16(c) != g.ID {
				t.Errorf("glyph %c is said to be %c", rune(g.ID), c)
			}
		}
	}
	st := *squareLeft
	st.RTL = true
	sp = s.set(squarePara(&st, "אב 123 (cd) הו"), ems(30))
	if got := positions(sp.lines[0].line); got != "ו16 ה17  18 )19 c20 d21 (22  23 124 225 326  27 ב28 א29" {
		t.Error(got)
	}
}

// Spaces of fixed width: no line ends at a thin one, and none stretches.
func TestSpaces(t *testing.T) {
	s := squareSetter()
	sp := s.set(squarePara(squareJustified, "J.\u2009R. abc"), ems(20))
	g := sp.lines[0].line.Runs[0].Glyphs
	if w := (g[3].X - g[2].X).Points(); w < 1.66 || w > 1.67 { // a sixth of ten points
		t.Errorf("the thin space is %v", w)
	}
	sp = s.set(squarePara(squareJustified, "J. R. Rab"), ems(20))
	if x := positions(sp.lines[0].line); !strings.HasPrefix(x, "J0 .1  2 R2.166") || !strings.Contains(x, ".3.166") || !strings.Contains(x, "R5.166") {
		t.Errorf("initials at %s", x)
	}
	if got := linesOf(s.set(squarePara(squareLeft, "aa bb\u202fcc"), ems(6))); got != "aa |bb\u202fcc" {
		t.Error(got)
	}
	if got := linesOf(s.set(squarePara(squareLeft, "One.  Two.\u00a0 Three. \u00a0Four"), ems(60))); got != "One. Two. Three. Four" {
		t.Error(got)
	}
}

// Letterspacing goes between letters, and there is none at the end of a line.
func TestLetterspace(t *testing.T) {
	s := squareSetter()
	st := *square10
	st.Letterspace = 2 * Pt
	sp := s.set(&Para{Style: squareLeft, Spans: []Span{{Text: "ab cd", Style: &st}}}, ems(20))
	if got := positions(sp.lines[0].line); got != "a0 b1.2  2.4 c3.6 d4.8" {
		t.Error(got)
	}
	if w := sp.lines[0].line.Width; w != 58*Pt {
		t.Errorf("width %v", w.Points())
	}
}

// Not more hyphens in a row than allowed, whatever the text.
func TestLadder(t *testing.T) {
	s := newSetter(&Flow{Shaper: squareShaper{}, Breaking: squareBreaking}, nil)
	st := *square10
	st.NoHyphen, st.Lang = false, "en-US"
	style := *squareJustified
	style.Hyphenate = true
	p := &Para{Style: &style, Spans: []Span{{Text: strings.Repeat("revolutionary constitution ", 12), Style: &st}}}
	for n := 18; n < 40; n++ {
		run := 0
		sp := s.set(p, ems(n))
		for i := range sp.lines {
			if sp.lines[i].hyphen {
				run++
			} else {
				run = 0
			}
			if run > 2 {
				t.Fatalf("%d ems: three hyphens in a row: %s", n, linesOf(sp))
			}
		}
	}
}

// Looseness makes a paragraph a line longer or shorter, but only when its spaces stay well within their limits.
func TestLooseness(t *testing.T) {
	s := newSetter(&Flow{Shaper: squareShaper{}, Breaking: Breaking{NoProtrusion: true, SpaceWidth: 1000}}, nil)
	text := strings.Repeat("an old man by the sea at its end so far it is ", 16)
	longer, refused := 0, 0
	for n := 40; n < 80; n++ {
		p := squarePara(squareJustified, text)
		best := s.set(p, ems(n))
		for _, by := range []int{-1, 1} {
			m := ems(n)
			m.looseness = by
			sp := s.set(p, m)
			if len(sp.lines) != len(best.lines)+sp.looseness || sp.looseness != 0 && sp.looseness != by {
				t.Fatalf("%d ems: %d lines instead of %d, looseness %d", n, len(sp.lines), len(best.lines), sp.looseness)
			}
			if squash(readBack(sp)) != squash(text) {
				t.Fatalf("%d ems: text lost: %s", n, linesOf(sp))
			}
			if sp.looseness == 0 {
				refused++
				if linesOf(sp) != linesOf(best) {
					t.Fatalf("%d ems: refused, yet changed", n)
				}
				continue
			}
			longer++
			for i := range sp.lines {
				if r := sp.lines[i].report; r.Ratio > 700 || r.Ratio < -700 {
					t.Errorf("%d ems: a line's spaces are at %d", n, r.Ratio)
				}
			}
		}
	}
	if longer == 0 || refused == 0 {
		t.Errorf("%d paragraphs gave way, %d did not", longer, refused)
	}
}

// Underlines run under the words and the spaces between them.
func TestUnderline(t *testing.T) {
	s := squareSetter()
	st := *square10
	st.Underline = true
	sp := s.set(&Para{Tag: 1, Style: squareLeft, Spans: []Span{text("a "), {Text: "bb cc", Style: &st, Tag: 4}, text(" d")}}, ems(20))
	if n := len(sp.lines[0].rules); n != 1 {
		t.Fatalf("%d rules", n)
	}
	if r := sp.lines[0].rules[0]; r.X != 20*Pt || r.Width != 50*Pt || r.Tag != 4 || r.Y <= 0 {
		t.Errorf("%+v", r)
	}
}

// Text beside a figure: the shape tells each line its room.
func TestShape(t *testing.T) {
	s := squareSetter()
	m := measure{width: 200 * Pt, shape: func(n int) (Length, Length) {
		if n < 2 {
			return 100 * Pt, 100 * Pt
		}
		return 0, 200 * Pt
	}}
	sp := s.set(squarePara(squareLeft, "aaa bbb cc dddd eee fff ggg hhh iii jjj"), m)
	var got []string
	for i := range sp.lines {
		got = append(got, fmt.Sprintf("%g:%s", sp.lines[i].line.X.Points()/10, strings.TrimSpace(lineText(sp.lines[i].line))))
	}
	if strings.Join(got, "|") != "10:aaa bbb cc|10:dddd eee|0:fff ggg hhh iii jjj" {
		t.Error(got)
	}
}

// A publisher's own values for a face go before the house's.
func TestProtrusionTable(t *testing.T) {
	b := Breaking{Expansion: -1, SpaceWidth: 1000, Protrusion: map[string]map[rune]Hang{"text": {',': {Right: 1000}}, "": {'‘': {}}}}
	s := newSetter(&Flow{Shaper: squareShaper{}, Breaking: b}, nil)
	sp := s.set(squarePara(squareJustified, "‘aa bb cc, ddddddddd"), ems(9))
	// 9 ems and the whole comma: ten glyphs fit as they are.
	if got, want := positions(sp.lines[0].line), "‘0 a1 a2  3 b4 b5  6 c7 c8 ,9"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// inkShaper is a square shaper whose glyphs have white at their sides: a tenth of an em at the left, two at the right.
type inkShaper struct{ squareShaper }

func (inkShaper) Bearings(face FaceID, glyph uint16, style *TextStyle) (left, right Length) {
	return style.Size / 10, style.Size * 2 / 10
}

// An initial is aligned by its ink, and the text keeps its distance from the ink.
func TestDropCapInk(t *testing.T) {
	s := newSetter(&Flow{Shaper: inkShaper{}, Breaking: squareBreaking}, nil)
	p := squarePara(squareJustified, "nce upon a time there was a small square glyph")
	p.Drop = &DropCap{Lines: 2, Text: "H", Style: square10}
	sp := s.set(p, ems(16))
	in := sp.lines[0].line.Runs[0]
	if in.X != -in.Size/10 {
		t.Errorf("the initial of %v points is at %v", in.Size.Points(), in.X.Points())
	}
	if want := in.Size - in.Size/10 - in.Size*2/10 + 7*Pt*2/5; sp.lines[1].line.X != want {
		t.Errorf("the text begins at %v, want %v", sp.lines[1].line.X.Points(), want.Points())
	}
}

// An initial that would leave no room for text is text itself.
func TestDropCapTooWide(t *testing.T) {
	s := squareSetter()
	p := squarePara(squareJustified, "nce upon a time there was")
	p.Drop = &DropCap{Lines: 3, Text: "O", Style: square10}
	if sp := s.set(p, ems(5)); sp.together != 0 || squash(readBack(sp)) != "Onceuponatimetherewas" {
		t.Errorf("%s", linesOf(sp))
	}
}

// A paragraph set with an initial loses nothing, and none of its lines runs into the initial.
func TestDropCapText(t *testing.T) {
	s := squareSetter()
	text := "nce upon a time there was a small square glyph that wanted to be a circle"
	for n := 12; n < 60; n++ {
		p := squarePara(squareJustified, text)
		p.Drop = &DropCap{Lines: 3, Text: "O", Style: square10}
		sp := s.set(p, ems(n))
		if squash(readBack(sp)) != squash("O"+text) {
			t.Fatalf("%d ems: %s", n, linesOf(sp))
		}
		for i := range sp.together {
			l := sp.lines[i].line
			in := sp.lines[0].line.Runs[0]
			if i > 0 && l.X < in.X+in.Width {
				t.Fatalf("%d ems: line %d begins inside the initial", n, i)
			}
		}
	}
}
