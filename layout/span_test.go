package layout

import "testing"

// TestTitleWithItsPicture: a head across the columns begins the next page with the picture that belongs under it, wherever the text
// before it ends. It once stood alone at the foot.
func TestTitleWithItsPicture(t *testing.T) {
	for n := 2; n < 14; n++ {
		m := &maker{}
		head := m.para(squareHead, "across the columns")
		head.Span = true
		picture := &Figure{Placement: Here, Span: true, Side: Left, Pictures: []*Picture{{Width: 300 * Pt, Height: 150 * Pt}}}
		body := append(append(m.proseOf(n), head, picture), m.proseOf(6)...)
		res := wellSet(t, columns(gridFlow(24, 30, body...), 2))
		title := withTag(res.Pages, head.Tag)[0].page
		for page, p := range res.Pages {
			for i := range p.Areas {
				for _, it := range p.Areas[i].Items {
					if _, ok := it.(*PictureItem); ok && page != title {
						t.Errorf("after %d paragraphs the head stands on page %d, its picture on page %d", n, title+1, page+1)
					}
				}
			}
		}
	}
}
