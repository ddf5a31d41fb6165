package style

import (
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/layout"
	"go.yaml.in/yaml/v3"
)

func decode(t *testing.T, src string) (*Style, []string) {
	t.Helper()
	var doc yaml.Node
	if err := yaml.Unmarshal([]byte(src), &doc); err != nil {
		t.Fatal(err)
	}
	s, problems := Decode(child(doc.Content[0], "style"), "twinpress.yaml")
	var got []string
	for _, p := range problems {
		got = append(got, p.Pos.String()+": "+p.Message+" ("+p.Hint+")")
	}
	return s, got
}

func TestDecodeStyle(t *testing.T) {
	s, problems := decode(t, `style:
  base: review
  page: {size: letter, columns: 3, inner: 20mm}
  text: {size: 9pt, leading: 12pt, figures: lining}
  head-1: {weight: 600, color: "#a01"}
  notes: {place: end, size: 7.5pt}
  code: {background: "#ffffff", colors: no}
`)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	want := Review()
	want.Page.Size, want.Page.Columns = "letter", 3
	want.Page.Width, want.Page.Height, _ = ParsePaper("letter")
	want.Page.Inner, _ = ParseMeasure("20mm")
	want.Text.Size, want.Text.Leading, want.Text.Figures = Pt(9), Pt(12), "lining"
	want.Head1.Weight, want.Head1.Color = 600, 0xaa0011
	want.Notes.Place, want.Notes.Size = "end", Pt(7.5)
	want.Code.Background, want.Code.Colors = 0xffffff, false
	if *s != *want {
		t.Errorf("got %+v\nwant %+v", s, want)
	}
	if s, problems := decode(t, "style: broadsheet\n"); s.Name != "broadsheet" || len(problems) > 0 {
		t.Error(s.Name, problems)
	}
	if s, problems := Decode(nil, ""); s.Name != "book" || len(problems) > 0 {
		t.Error(s.Name, problems)
	}
}

func TestDecodeStyleFaults(t *testing.T) {
	for _, tt := range []struct{ src, want string }{
		{"style: bok\n", `twinpress.yaml:1:8: unknown style "bok" (did you mean "book"?)`},
		{"style: [book]\n", `twinpress.yaml:1:8: style must be a name or a mapping (write style: book, or style: {base: book, …})`},
		{"style:\n  txt: {size: 10pt}\n", `twinpress.yaml:2:3: unknown key "txt" in style (did you mean "text"?)`},
		{"style:\n  text:\n    size: 10\n", `twinpress.yaml:3:11: style.text.size: "10" has no unit; use in, mm, cm, pt, pc, em (of the text) or lh (lines) ()`},
		{"style:\n  text:\n    size: 10furlongs\n", `twinpress.yaml:3:11: style.text.size: "10furlongs": unknown unit "furlongs"; use in, mm, cm, pt, pc, em (of the text) or lh (lines) ()`},
		{"style:\n  text: {aling: left}\n", `twinpress.yaml:2:10: unknown key "aling" in style.text (did you mean "align"?)`},
		{"style:\n  text: {align: lft}\n", `twinpress.yaml:2:17: style.text.align: "lft" is not one of justify, left, center, right (did you mean "left"?)`},
		{"style:\n  page: {columns: 99}\n", `twinpress.yaml:2:19: style.page.columns: "99" is not a whole number from 1 to 12 ()`},
		{"style:\n  page: {size: a77}\n", `twinpress.yaml:2:16: unknown page size "a77"; write a name (a3, a4, a5, a6, b5, letter, legal, half-letter, tabloid, octavo, demy, royal, pinched-crown, broadsheet, berliner) or two measures, as 6in x 9in ()`},
		{"style:\n  text: 10pt\n", `twinpress.yaml:2:9: style.text must be a mapping of keys to values ()`},
		{"style:\n  head-1: {color: red}\n", `twinpress.yaml:2:19: style.head-1.color: "red" is not a colour (write for instance "#7a0012", in quotation marks)`},
		{"style:\n  page: {balance: perhaps}\n", `twinpress.yaml:2:19: style.page.balance: "perhaps" is neither true nor false ()`},
		{"style:\n  title-block: {picture: across}\n", `twinpress.yaml:2:17: unknown key "picture" in style.title-block (it is called style.lead-picture (none, column, across or page) now)`},
		{"style:\n  text: {size: 10pt}\n  text: {size: 11pt}\n", `twinpress.yaml:3:3: style.text is given twice ()`},
	} {
		s, got := decode(t, tt.src)
		if !slices.Equal(got, []string{tt.want}) {
			t.Errorf("%q:\n got %q\nwant %q", tt.src, got, tt.want)
		}
		if s == nil {
			t.Errorf("%q: no style", tt.src)
		}
	}
}

func TestMeasures(t *testing.T) {
	for _, tt := range []struct {
		src  string
		want layout.Length
	}{
		{"6in", 6 * layout.In}, {"10.5pt", 10*layout.Pt + layout.Pt/2}, {"26pc", 312 * layout.Pt}, {"1.5em", 15 * layout.Pt},
		{"2lh", 28 * layout.Pt}, {"0", 0}, {"-1em", -10 * layout.Pt}, {"25.4mm", layout.In}, {"2.54cm", layout.In},
	} {
		m, err := ParseMeasure(tt.src)
		if err != nil || m.In(10*layout.Pt, 14*layout.Pt) != tt.want {
			t.Errorf("%s is %d, %v; want %d", tt.src, m.In(10*layout.Pt, 14*layout.Pt), err, tt.want)
		}
		if back, err := ParseMeasure(m.String()); tt.want != 0 && (err != nil || back.In(10*layout.Pt, 14*layout.Pt)-tt.want > 100) {
			t.Errorf("%s is written %s, which reads as %v", tt.src, m, back)
		}
	}
	for _, bad := range []string{"", "pt", "1 2pt", "1e9in", "--2pt"} {
		if m, err := ParseMeasure(bad); err == nil {
			t.Errorf("%q reads as %s", bad, m)
		}
	}
}

// TestMeasureOfText: page.measure gives lines of exactly that length, whatever the margins were.
func TestMeasureOfText(t *testing.T) {
	for _, name := range Names() {
		for _, mm := range []int64{60, 110, 400} {
			s := House(name)
			s.Page.Measure = Abs(layout.Length(mm) * layout.Mm)
			g := s.Geometry()
			if got := ColumnWidth(&g); got != layout.Length(mm)*layout.Mm {
				t.Errorf("%s at %d mm: lines of %.3f pt", name, mm, got.Points())
			}
			if g.Inner < 10*layout.Pt || g.Outer < 10*layout.Pt {
				t.Errorf("%s at %d mm: margins of %.1f and %.1f pt", name, mm, g.Inner.Points(), g.Outer.Points())
			}
		}
	}
}

// TestWholeLines: the text's height is a whole number of lines in every style.
func TestWholeLines(t *testing.T) {
	for _, name := range Names() {
		s := House(name)
		g := s.Geometry()
		if h := g.Height - g.Top - g.Bottom; h%g.Grid != 0 || h < 20*g.Grid {
			t.Errorf("%s: %.2f pt of text on a grid of %.2f pt", name, h.Points(), g.Grid.Points())
		}
	}
}

// TestWriteStyle: what is written is read again as the same style.
func TestWriteStyle(t *testing.T) {
	for _, name := range Names() {
		want := House(name)
		var b strings.Builder
		if err := Write(&b, want); err != nil {
			t.Fatal(err)
		}
		var doc yaml.Node
		if err := yaml.Unmarshal([]byte(b.String()), &doc); err != nil {
			t.Fatal(err)
		}
		got, problems := Decode(&doc, "style.yaml")
		if len(problems) > 0 {
			t.Fatalf("%s: %v", name, problems)
		}
		var again strings.Builder
		if err := Write(&again, got); err != nil {
			t.Fatal(err)
		}
		if again.String() != b.String() {
			t.Errorf("%s is written\n%s\nand then\n%s", name, b.String(), again.String())
		}
	}
}

// TestCheck takes the house's styles and refuses those in which nothing can be set.
func TestCheck(t *testing.T) {
	for _, name := range Names() {
		if err := House(name).Check(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	narrow, low := Book(), Book()
	narrow.Page.Inner = Pt(1000)
	low.Page.Bottom = Pt(1000)
	for _, s := range []*Style{{}, narrow, low} {
		if s.Check() == nil {
			t.Errorf("%+v passes", s.Page)
		}
	}
}
