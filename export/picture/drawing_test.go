package picture_test

import (
	"image"
	"image/color"
	"os"
	"path/filepath"
	"testing"

	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/fonts"
)

// TestPaint paints drawings of 100 by 100 and looks at single pixels.
func TestPaint(t *testing.T) {
	white, black, red, blue := color.RGBA{255, 255, 255, 255}, color.RGBA{0, 0, 0, 255}, color.RGBA{255, 0, 0, 255}, color.RGBA{0, 0, 255, 255}
	type at struct {
		x, y int
		want color.RGBA
	}
	tests := map[string]struct {
		body string
		at   []at
	}{
		"fill":     {`<rect x="10" y="20" width="30" height="30" fill="red"/>`, []at{{11, 21, red}, {39, 49, red}, {9, 30, white}, {41, 30, white}, {20, 51, white}}},
		"edge":     {`<rect x="10.5" y="0" width="30" height="50" fill="#000"/>`, []at{{10, 20, color.RGBA{128, 128, 128, 255}}}},
		"even-odd": {`<path fill-rule="evenodd" d="M0 0H100V100H0zM25 25H75V75H25z"/>`, []at{{10, 10, black}, {50, 50, white}}},
		"non-zero": {`<path d="M0 0H100V100H0zM25 25H75V75H25z"/>`, []at{{50, 50, black}}},
		"hole":     {`<path d="M0 0H100V100H0zM25 25V75H75V25z"/>`, []at{{10, 10, black}, {50, 50, white}}},
		"curve":    {`<circle cx="50" cy="50" r="40" fill="blue"/>`, []at{{50, 12, blue}, {12, 50, blue}, {15, 15, white}, {50, 8, white}}},
		"opacity":  {`<rect width="100" height="100" fill="red" fill-opacity=".5"/>`, []at{{50, 50, color.RGBA{255, 128, 128, 255}}}},
		"turned":   {`<g transform="translate(50 50) rotate(90)"><rect x="0" y="0" width="40" height="10" fill="red"/></g>`, []at{{45, 80, red}, {55, 80, white}, {80, 55, white}}},
		"stroke":   {`<path d="M10 50H90" stroke="red" stroke-width="20"/>`, []at{{50, 42, red}, {50, 58, red}, {50, 38, white}, {50, 62, white}, {8, 50, white}, {92, 50, white}}},
		"square":   {`<path d="M20 50H80" stroke="red" stroke-width="20" stroke-linecap="square"/>`, []at{{12, 42, red}, {88, 58, red}, {8, 50, white}}},
		"round":    {`<path d="M20 50H80" stroke="red" stroke-width="20" stroke-linecap="round"/>`, []at{{12, 50, red}, {88, 50, red}, {11, 41, white}}},
		"miter":    {`<path d="M20 80V20H80" fill="none" stroke="red" stroke-width="20"/>`, []at{{11, 11, red}, {15, 60, red}, {40, 40, white}}},
		"bevel":    {`<path d="M20 80V20H80" fill="none" stroke="red" stroke-width="20" stroke-linejoin="bevel"/>`, []at{{11, 11, white}, {18, 18, red}}},
		"join":     {`<path d="M20 80V20H80" fill="none" stroke="red" stroke-width="20" stroke-linejoin="round"/>`, []at{{11, 11, white}, {14, 14, red}}},
		"closed":   {`<path d="M20 20H80V80H20z" fill="none" stroke="red" stroke-width="10"/>`, []at{{16, 16, red}, {16, 50, red}, {50, 50, white}}},
		"see-through stroke": {`<path d="M20 20L80 80L20 80" fill="none" stroke="red" stroke-opacity=".5" stroke-width="10" stroke-linejoin="round"/>`,
			[]at{{50, 50, color.RGBA{255, 128, 128, 255}}, {79, 79, color.RGBA{255, 128, 128, 255}}}},
		"dashes":   {`<path d="M0 50H100" stroke="red" stroke-width="10" stroke-dasharray="20 10"/>`, []at{{10, 50, red}, {25, 50, white}, {40, 50, red}, {55, 50, white}}},
		"offset":   {`<path d="M0 50H100" stroke="red" stroke-width="10" stroke-dasharray="20 10" stroke-dashoffset="20"/>`, []at{{5, 50, white}, {15, 50, red}}},
		"gradient": {`<defs><linearGradient id="g"><stop offset="0" stop-color="red"/><stop offset="1" stop-color="blue"/></linearGradient></defs><rect width="100" height="100" fill="url(#g)"/>`, []at{{0, 50, color.RGBA{254, 0, 1, 255}}, {50, 50, color.RGBA{126, 0, 129, 255}}, {99, 50, color.RGBA{1, 0, 254, 255}}}},
		"radial":   {`<defs><radialGradient id="g"><stop offset=".2" stop-color="red"/><stop offset=".2" stop-color="blue"/></radialGradient></defs><rect width="100" height="100" fill="url(#g)"/>`, []at{{50, 50, red}, {56, 50, red}, {62, 50, blue}, {5, 5, blue}}},
		"clip":     {`<clipPath id="c"><circle cx="50" cy="50" r="20"/></clipPath><rect width="100" height="100" fill="red" clip-path="url(#c)"/><rect x="0" y="90" width="100" height="10" fill="blue"/>`, []at{{50, 50, red}, {50, 25, white}, {10, 95, blue}}},
		"letters":  {`<text x="10" y="90" font-size="100" font-weight="700" font-family="sans-serif">I</text>`, []at{{24, 60, black}, {80, 50, white}}},
		// Two by two pixels: red, white; black, blue.
		"picture": {`<image x="0" y="0" width="100" height="100" href="data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAFklEQVR4nGP4z8DAAMIM//8zADED438AHf4D/Ubvx9sAAAAASUVORK5CYII="/>`, nil},
	}
	for name, test := range tests {
		d, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100" width="50" height="50">`+test.body+`</svg>`),
			svg.Options{Lettering: typeset.Lettering(fonts.Default()), Picture: func([]byte) (any, int, int, error) {
				img := image.NewRGBA(image.Rect(0, 0, 2, 2))
				img.Set(0, 0, red)
				img.Set(1, 0, white)
				img.Set(0, 1, black)
				img.Set(1, 1, blue)
				return image.Image(img), 2, 2, nil
			}})
		if err != nil {
			t.Fatal(err)
		}
		if name == "picture" {
			test.at = []at{{10, 10, red}, {90, 10, white}, {10, 90, black}, {90, 90, blue}}
		}
		if len(d.Lost) > 0 {
			t.Errorf("%s: %v", name, d.Lost)
		}
		img, err := picture.Paint(t.Context(), d, 100, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range test.at {
			if got := img.RGBAAt(a.x, a.y); distance(got, a.want) > 2 {
				t.Errorf("%s: %d,%d is %v, want %v", name, a.x, a.y, got, a.want)
			}
		}
		if keep != "" {
			data, _ := picture.PNG(img)
			os.WriteFile(filepath.Join(keep, "svg-"+name+".png"), data, 0o666)
		}
	}
}
