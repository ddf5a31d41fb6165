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

// TestHeadsByHand gives heads and feet what a caller can: text without a style is an error, wherever it stands; anything
// else is set.
func TestHeadsByHand(t *testing.T) {
	var body []Block // an opening page, a verso and a recto
	for range 60 {
		body = append(body, &Para{Style: squareJustified, Spans: []Span{{Text: "word", Style: square10}}})
	}
	layout := func(change func(*Section)) (*Result, error) {
		section := &Section{
			Geometry: &Geometry{Width: 300 * Pt, Height: 400 * Pt, Top: 50 * Pt, Bottom: 50 * Pt, HeadBaseline: 20 * Pt, FootBaseline: 380 * Pt},
			Body:     body,
		}
		change(section)
		return Layout(t.Context(), &Flow{Shaper: squareShaper{}, Jobs: 1, Sections: []*Section{section}})
	}
	heads := []func(*Section) *Head{
		func(s *Section) *Head { return &s.VersoHead }, func(s *Section) *Head { return &s.VersoFoot },
		func(s *Section) *Head { return &s.RectoHead }, func(s *Section) *Head { return &s.RectoFoot },
		func(s *Section) *Head { return &s.OpenHead }, func(s *Section) *Head { return &s.OpenFoot },
	}
	parts := []func(*Head) *[]Span{
		func(h *Head) *[]Span { return &h.Left }, func(h *Head) *[]Span { return &h.Center }, func(h *Head) *[]Span { return &h.Right },
	}
	for i, head := range heads {
		for j, part := range parts {
			for _, sp := range []Span{{Text: "Head"}, {Kind: PageRefSpan}, {Kind: NoteSpan, Text: "1"}} {
				if res, err := layout(func(s *Section) { *part(head(s)) = []Span{sp} }); res != nil || err == nil {
					t.Errorf("head %d, part %d, %#v: result %v, error %v", i, j, sp, res, err)
				}
			}
			styled := []Span{
				{}, {Text: "Head", Style: square10}, {Kind: PageRefSpan, Style: square10}, {Kind: BoxSpan}, {Kind: FillSpan}, {Kind: AnchorSpan},
				{Kind: BreakSpan}, {Kind: NoteSpan, Text: "1", Style: square10, Note: &Note{}}, {Text: "wide", Style: &TextStyle{Size: 1 << 50}},
			}
			if res, err := layout(func(s *Section) { *part(head(s)) = styled }); res == nil || err != nil {
				t.Errorf("head %d, part %d: result %v, error %v", i, j, res, err)
			} else if n := len(res.Pages); n != 3 {
				t.Fatalf("%d pages, want 3", n)
			}
		}
	}
}
