package layout

import "testing"

// TestByHand sets flows that no reader of ours makes but a caller can: without styles, with measures of nothing, less than
// nothing and far too much. They give an error or pages, never a panic.
func TestByHand(t *testing.T) {
	blocks := func(ps *ParaStyle, ts *TextStyle) []Block {
		return []Block{
			nil, (*Para)(nil), &Para{Style: ps}, &HRule{}, &Figure{}, &Table{}, &Table{Body: []*Row{nil, {}, {Cells: []*Cell{nil, {}}}}},
			&Para{Style: ps, Drop: &DropCap{}, Spans: []Span{{Text: "x", Style: ts}}},
			&Para{Style: ps, Spans: []Span{
				{}, {Text: "word and words", Style: ts}, {Kind: BoxSpan}, {Kind: FillSpan}, {Kind: NoteSpan, Text: "1", Style: ts, Note: &Note{}},
			}},
		}
	}
	lengths := []Length{0, -100 * Pt, 1, 300 * Pt, 1 << 31, 1 << 60}
	for _, ps := range []*ParaStyle{nil, {}, squareJustified, {Align: Center, Leading: -Pt, FirstIndent: -400 * Pt}} {
		for _, ts := range []*TextStyle{nil, {}, {Size: -Pt}, square10} {
			for _, b := range blocks(ps, ts) {
				for _, width := range lengths {
					for _, height := range lengths {
						section := &Section{Geometry: &Geometry{Width: width, Height: height}, Body: []Block{b}}
						res, err := Layout(t.Context(), &Flow{Shaper: squareShaper{}, Jobs: 1, Sections: []*Section{section}})
						if (res == nil) == (err == nil) {
							t.Errorf("%d by %d, %#v: result %v, error %v", width, height, b, res, err)
						}
					}
				}
			}
		}
	}
}
