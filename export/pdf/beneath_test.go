package pdf

import (
	"bytes"
	"image"
	"image/png"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// TestUnderPicture: beneath a tall picture at the head of a page stand four lines at least, or none; its caption begins where it does; a line in bold
// goes with what it heads; and a note that begins with a small letter stands in as its neighbours do.
func TestUnderPicture(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 600, 920))); err != nil {
		t.Fatal(err)
	}
	para := func(s string) document.Block { return &document.Paragraph{Content: document.Line(s)} }
	for extra := range 12 {
		note := func(n int, s string) (*document.Note, *document.NoteRef) {
			note := &document.Note{Number: n, Blocks: []document.Block{para(s)}}
			ref := &document.NoteRef{Note: note, Index: 1}
			note.Refs = []*document.NoteRef{ref}
			return note, ref
		}
		one, r1 := note(1, "Capital, page 3.")
		two, r2 := note(2, "ibid., page 4.")
		text := strings.Repeat("Words that fill the lines of a page one after the other, until it is full. ", 30)
		issue := &document.Issue{Slug: "x", Language: "en", Single: true, Articles: []*document.Article{{Slug: "a", Language: "en", Title: document.Line("A"), Notes: []*document.Note{one, two},
			Body: []document.Block{
				&document.Paragraph{Content: append(document.Line("Noted"), r1, r2)},
				para(text[:200+extra*60]),
				&document.Figure{Images: []*document.Image{{Source: "p.png", Alt: "p", Asset: &document.Asset{Name: "p.png", MediaType: "image/png", Width: 600, Height: 920, Data: b.Bytes()}}},
					Caption: document.Line("Caption.")},
				para(text + text), &document.Paragraph{Content: []document.Inline{&document.Styled{Kind: document.Strong, Content: document.Line("Head")}}}, para(text),
			}}}}
		e := paginate(t, issue, Options{Style: style.House("book")})
		for _, p := range e.Pages {
			underPicture(t, p, extra)
		}
	}
}

func underPicture(t *testing.T, p *layout.Page, extra int) {
	var picture *layout.PictureItem
	beneath, above, last := 0, 0, ""
	var labels []layout.Length
	for i := range p.Areas {
		for _, it := range p.Areas[i].Items {
			switch it := it.(type) {
			case *layout.PictureItem:
				picture = it
			case *layout.Line:
				text := ""
				for _, r := range it.Runs {
					text += r.Text
				}
				switch {
				case strings.HasPrefix(text, "Caption"):
					if picture == nil || it.X-picture.X > layout.Pt || picture.X-it.X > layout.Pt {
						t.Errorf("%d: the caption stands at %v", extra, it.X)
					}
				case strings.HasPrefix(text, "1.") || strings.HasPrefix(text, "2."):
					labels = append(labels, it.X)
				case p.Areas[i].Kind != layout.ColumnArea:
				case picture != nil && it.Y > picture.Y+picture.Height:
					beneath++
				default:
					above++
				}
				if p.Areas[i].Kind == layout.ColumnArea && text != "" {
					last = text
				}
			}
		}
	}
	if picture != nil && above == 0 && beneath > 0 && beneath < 4 {
		t.Errorf("%d: %d lines beneath the picture", extra, beneath)
	}
	if strings.TrimSpace(last) == "Head" {
		t.Errorf("%d: the head stands alone at the foot", extra)
	}
	if len(labels) == 2 && labels[0] != labels[1] {
		t.Errorf("%d: notes stand in by %v", extra, labels)
	}
}
