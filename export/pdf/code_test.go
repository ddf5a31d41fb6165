package pdf

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
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

// squareCodes gives what the square codes among the drawings of a PDF hold, in the order of its objects.
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
		if m := squares(string(sd.Content)); m != nil {
			found = append(found, decodeSquares(t, m))
		}
	}
	return found
}

// squares reads which squares a drawing fills, without the white around them; nil when it is no code.
func squares(content string) [][]bool {
	var dark [][2]int
	side := 0
	var x0, y0, x1 float64
	for line := range strings.Lines(content) {
		var x, y float64
		var op string
		if n, _ := fmt.Sscanf(strings.TrimSpace(line), "%g %g %s", &x, &y, &op); n < 3 {
			if strings.TrimSpace(line) == "h" {
				for x := int(x0); x < int(x1); x++ {
					dark = append(dark, [2]int{x, int(y0)})
					side = max(side, x+1, int(y0)+1)
				}
			}
			continue
		}
		switch op {
		case "m":
			x0, y0, x1 = x, y, x
		case "l":
			x1 = max(x1, x)
		}
	}
	const quiet = 4
	if side -= quiet; side < 21 || (side-17)%4 != 0 {
		return nil
	}
	m := make([][]bool, side)
	for y := range m {
		m[y] = make([]bool, side)
	}
	for _, d := range dark {
		m[d[1]-quiet][d[0]-quiet] = true
	}
	return m
}

// decodeSquares has a reader of photographs read a code, drawn four dots to a square.
func decodeSquares(t *testing.T, m [][]bool) string {
	t.Helper()
	const dots, quiet = 4, 4
	side := dots * (len(m) + 2*quiet)
	im := image.NewGray(image.Rect(0, 0, side, side))
	for y := range side {
		for x := range side {
			im.SetGray(x, y, color.Gray{Y: 255})
			if my, mx := y/dots-quiet, x/dots-quiet; my >= 0 && mx >= 0 && my < len(m) && mx < len(m) && m[my][mx] {
				im.SetGray(x, y, color.Gray{})
			}
		}
	}
	bits, err := gozxing.NewBinaryBitmapFromImage(im)
	if err != nil {
		t.Fatal(err)
	}
	code, err := qrcode.NewQRCodeReader().Decode(bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	return code.GetText()
}
