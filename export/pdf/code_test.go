package pdf

import (
	"bytes"
	"image"
	"image/color"
	"slices"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/style"
)

// TestSquareCodes reads the square codes of a finished PDF as a camera does: from the squares that are drawn, to the address.
func TestSquareCodes(t *testing.T) {
	film := func(url string) *document.Media {
		return &document.Media{URL: url, Line: []document.Inline{&document.Link{URL: url, Content: []document.Inline{&document.Text{Value: "A film"}}}}}
	}
	asked := film("Reading room, first floor")
	asked.Code = true
	a := &document.Article{Title: []document.Inline{&document.Text{Value: "Films"}}, Language: "en", Body: []document.Block{
		film("https://www.youtube.com/watch?v=0RKpf3rK57I"), film("https://vimeo.com/55073825"), film("https://vimeo.com/55073825"), asked,
		film("https://example.org/" + strings.Repeat("too-long-to-print/", 100)), film(""),
	}}
	for _, c := range []struct {
		style *style.Style
		want  string
	}{
		{style.Review(), "https://youtu.be/0RKpf3rK57I|https://vimeo.com/55073825|Reading room, first floor"},
		{style.Book(), "Reading room, first floor"}, // prints those alone that an author asks for
	} {
		e, _, err := Paginate(t.Context(), &document.Issue{Language: "en", Journal: document.Journal{Title: "Films"}, Articles: []*document.Article{a}}, Options{Style: c.style})
		if err != nil {
			t.Fatal(err)
		}
		data, _, err := e.Bytes(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if got := strings.Join(squareCodes(t, data), "|"); got != c.want {
			t.Errorf("%s prints codes of %q, want %q", c.style.Name, got, c.want)
		}
	}
}

// squareCodes paints the drawings of a PDF and has a reader of photographs look for codes in them: what they hold, in the order of
// the PDF's objects.
func squareCodes(t *testing.T, data []byte) (found []string) {
	t.Helper()
	ctx, err := api.ReadContext(bytes.NewReader(data), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	for n := range *ctx.Size {
		e, ok := ctx.FindTableEntryLight(n)
		if !ok || e.Free {
			continue
		}
		sd, ok := e.Object.(types.StreamDict)
		if !ok || sd.Subtype() == nil || *sd.Subtype() != "Form" {
			continue
		}
		if err := sd.Decode(); err != nil {
			t.Fatal(err)
		}
		bits, err := gozxing.NewBinaryBitmapFromImage(paintSquares(sd.Content))
		if err != nil {
			t.Fatal(err)
		}
		if code, err := qrcode.NewQRCodeReader().Decode(bits, nil); err == nil {
			found = append(found, code.GetText())
		}
	}
	return found
}

// paintSquares paints a form that is made of upright rectangles, eight pixels to the unit, with white around it.
func paintSquares(content []byte) image.Image {
	const scale, quiet = 4, 4
	img := image.NewGray(image.Rect(0, 0, 60*scale, 60*scale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	up, foot := 1.0, 0.0
	var xs, ys []float64
	eachOperator(content, func(operator operatorToken, operands []any) {
		number := func(i int) float64 { return operands[i].(float64) }
		switch operator {
		case "cm":
			up, foot = number(3), number(5)
		case "m", "l":
			xs, ys = append(xs, number(0)), append(ys, 50-foot-up*number(1)) // from the picture's top
		case "h":
			for y := int(slices.Min(ys)) * scale; y < int(slices.Max(ys))*scale; y++ {
				for x := int(slices.Min(xs)) * scale; x < int(slices.Max(xs))*scale; x++ {
					img.Set(x+quiet*scale, y+quiet*scale, color.Black)
				}
			}
			xs, ys = nil, nil
		}
	})
	return img
}
