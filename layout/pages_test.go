package layout

import (
	"fmt"
	"strings"
	"testing"
)

// The tests of page making set in squares (square_test.go): ten points to the em, twelve to the line.

// squares is a paragraph of n words of four letters, each of which says where it stands.
func squares(n int) string {
	var b strings.Builder
	for i := range n {
		if i > 0 {
			b.WriteByte(' ')
		}
		fmt.Fprintf(&b, "%04d", i)
	}
	return b.String()
}

// A maker makes blocks whose tags are all different, so that their text can be found again on the pages.
type maker struct{ tag Tag }

func (m *maker) next() Tag { m.tag++; return m.tag }

func (m *maker) para(style *ParaStyle, text string, notes ...*Note) *Para {
	p := &Para{Tag: m.next(), Style: style, Origin: fmt.Sprintf("a.md:%d", m.tag)}
	p.Spans = append(p.Spans, Span{Text: text, Style: square10, Source: SourceID(m.tag)})
	for _, n := range notes {
		p.Spans = append(p.Spans, Span{Kind: NoteSpan, Text: "*", Style: square10, Note: n, Tag: n.Tag + refTag})
	}
	return p
}

func (m *maker) note(text string) *Note {
	t := m.next()
	return &Note{Tag: t, Anchor: fmt.Sprintf("note-%d", t), Blocks: []Block{m.para(squareNote, text)}}
}

var squareNote = &ParaStyle{Name: "note", Align: Left, Leading: 12 * Pt}

// refTag is added to a note's tag for the tag of its reference.
const refTag = 1 << 20

// wanted gathers the text of blocks by tag, without white space, in the order of the flow.
func wanted(blocks []Block, out map[Tag]string) {
	for _, b := range blocks {
		switch b := b.(type) {
		case *Para:
			for _, s := range b.Label {
				out[b.Tag] += strip(s.Text)
			}
			if b.Drop != nil {
				out[b.Tag] += strip(b.Drop.Text)
			}
			for _, s := range b.Spans {
				if s.Kind == TextSpan || s.Kind == NoteSpan {
					tag := b.Tag
					if s.Tag != 0 {
						tag = s.Tag
					}
					out[tag] += strip(s.Text)
				}
				if s.Note != nil {
					wanted(s.Note.Blocks, out)
				}
			}
		case *Figure:
			wanted(b.Caption, out)
			wanted(b.Body, out)
		case *Table:
			wanted(b.Caption, out)
			for _, r := range append(b.Head[:len(b.Head):len(b.Head)], b.Body...) {
				for _, c := range r.Cells {
					wanted(c.Blocks, out)
				}
			}
		}
	}
}

func strip(s string) string { return strings.Join(strings.Fields(s), "") }

// found gathers the text on the pages by tag.
func found(pages []*Page) map[Tag]string {
	out := map[Tag]string{}
	for _, p := range pages {
		for i := range p.Areas {
			for _, it := range p.Areas[i].Items {
				if l, ok := it.(*Line); ok {
					for _, r := range l.Runs {
						if !r.Hyphen {
							out[r.Tag] += strip(r.Text)
						}
					}
				}
			}
		}
	}
	return out
}

// complete checks that the text on the pages is the text of the flow. The heads of tables may come several times.
func complete(t *testing.T, flow *Flow, res *Result) {
	t.Helper()
	want := map[Tag]string{}
	for _, s := range flow.Sections {
		wanted(s.Cover, want)
		wanted(s.Opening, want)
		wanted(s.Body, want)
	}
	got := found(res.Pages)
	for tag, w := range want {
		g := got[tag]
		if g == w || w != "" && strings.ReplaceAll(g, w, "") == "" && g != "" {
			continue
		}
		t.Errorf("tag %d: text put in and text on the pages differ:\n in %.200q\nout %.200q", tag, w, g)
	}
}

// layoutOf sets a flow and checks what holds for every flow: the text is all there, and nothing leaves the text area that
// was not reported.
func layoutOf(t *testing.T, flow *Flow) *Result {
	t.Helper()
	res, err := Layout(t.Context(), flow)
	if err != nil {
		t.Fatal(err)
	}
	complete(t, flow, res)
	return res
}

// sketch draws pages as text: a line for each item of each area.
func sketch(pages []*Page) string {
	var b strings.Builder
	for _, p := range pages {
		fmt.Fprintf(&b, "page %s\n", p.Label)
		for i := range p.Areas {
			a := &p.Areas[i]
			fmt.Fprintf(&b, " %s %d\n", [...]string{"head", "opening", "column", "notes", "span", "foot"}[a.Kind], a.Column)
			for _, it := range a.Items {
				switch it := it.(type) {
				case *Line:
					fmt.Fprintf(&b, "  %v,%v %s\n", it.X.Points(), it.Y.Points(), lineText(it))
				case *RuleItem:
					fmt.Fprintf(&b, "  %v,%v rule %v×%v\n", it.X.Points(), it.Y.Points(), it.Width.Points(), it.Height.Points())
				case *PictureItem:
					fmt.Fprintf(&b, "  %v,%v picture %v×%v\n", it.X.Points(), it.Y.Points(), it.Width.Points(), it.Height.Points())
				}
			}
		}
	}
	return b.String()
}

// gridFlow is a flow of one section: a text area of so many ems by so many lines, on a grid of 12 pt whose first baseline
// is 8 pt under the top, one column, no margins.
func gridFlow(ems, lines int, blocks ...Block) *Flow {
	g := &Geometry{
		Width: Length(ems) * 10 * Pt, Height: Length(lines) * 12 * Pt, Columns: 1, Grid: 12 * Pt, FirstBaseline: 8 * Pt,
		NoteRule: 30 * Pt, NoteRuleThickness: Pt / 2, NoteGap: 6 * Pt, NoteRuleGap: 4 * Pt,
	}
	return &Flow{Shaper: squareShaper{}, Breaking: squareBreaking, Sections: []*Section{{Name: "s", Geometry: g, Body: blocks}}}
}

// linesOn counts the lines of each page's areas of a kind.
func linesOn(pages []*Page, kind AreaKind) []int {
	out := make([]int, len(pages))
	for i, p := range pages {
		for j := range p.Areas {
			if p.Areas[j].Kind != kind {
				continue
			}
			for _, it := range p.Areas[j].Items {
				if _, ok := it.(*Line); ok {
					out[i]++
				}
			}
		}
	}
	return out
}

func TestParagraphFillsPages(t *testing.T) {
	m := &maker{}
	// Five words of four and their spaces make 25 ems less one: 24 ems hold five words; 60 words are 12 lines.
	flow := gridFlow(24, 5, m.para(squareLeft, squares(60)))
	res := layoutOf(t, flow)
	got := fmt.Sprint(linesOn(res.Pages, ColumnArea))
	if got != "[5 4 3]" { // not 5 5 2: the last page is no stub
		t.Errorf("lines on pages: %s", got)
	}
}

func TestNoteAtFoot(t *testing.T) {
	m := &maker{}
	flow := gridFlow(24, 10, m.para(squareLeft, squares(20), m.note("note one two")), m.para(squareLeft, squares(40)))
	res := layoutOf(t, flow)
	got := sketch(res.Pages[:1])
	want := ` notes 0
  0,102.5 rule 30×0.5
  0,116 note one two
`
	if !strings.HasSuffix(got, want) { // on the page's last baseline, 8 + 9·12
		t.Errorf("page 1:\n%s", got)
	}
}
