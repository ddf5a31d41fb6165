package pdf

import (
	"bytes"
	"image"
	"image/png"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestSamePicture shows two pictures of the same bytes under two names, on one page and on two: one object, which each page
// names as it draws it.
func TestSamePicture(t *testing.T) {
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 40, 40))); err != nil {
		t.Fatal(err)
	}
	figure := func(name string) document.Block {
		return &document.Figure{Images: []*document.Image{{Source: name, Alt: name, Asset: &document.Asset{
			Name: name, MediaType: "image/png", Width: 40, Height: 40, Data: bytes.Clone(b.Bytes())}}}}
	}
	article := func(slug string, body ...document.Block) *document.Article {
		return &document.Article{Slug: slug, Language: "en", Title: document.Line(slug), Body: body}
	}
	issue := &document.Issue{Slug: "x", Language: "en", Title: document.Line("X"), Articles: []*document.Article{
		article("a", figure("c.png"), &document.Paragraph{Content: document.Line("Between.")}, figure("d.png")), article("b", figure("d.png")),
	}}
	data, problems, err := paginate(t, issue, Options{}).Bytes(t.Context())
	if err != nil || len(problems) > 0 {
		t.Fatal(err, problems)
	}
	readBack(t, data)
	if n := bytes.Count(data, []byte("/Subtype/Image")); n != 1 {
		t.Errorf("%d images in the file", n)
	}
}
