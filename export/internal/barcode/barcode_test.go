package barcode

import (
	"image"
	"image/color"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/qrcode"
)

// TestQR has another's library read what was drawn, from one letter to the most that there is room for.
func TestQR(t *testing.T) {
	for _, text := range []string{"a", "https://example.org/2026/03/les-enseignes/", "https://example.org/été?q=☃", strings.Repeat("long/", 400)} {
		m, err := QR(text)
		if err != nil {
			t.Fatal(err)
		}
		const scale, quiet = 3, 4
		img := image.NewGray(image.Rect(0, 0, scale*(m.Size+2*quiet), scale*(m.Size+2*quiet)))
		for i := range img.Pix {
			x, y := i%img.Stride/scale-quiet, i/img.Stride/scale-quiet
			if img.Pix[i] = 255; x >= 0 && y >= 0 && x < m.Size && y < m.Size && m.Dark(x, y) {
				img.Set(i%img.Stride, i/img.Stride, color.Black)
			}
		}
		bits, err := gozxing.NewBinaryBitmapFromImage(img)
		if err != nil {
			t.Fatal(err)
		}
		got, err := qrcode.NewQRCodeReader().Decode(bits, nil)
		if err != nil || got.GetText() != text {
			t.Errorf("%.40q is read as %.40q: %v", text, got, err)
		}
		if n := strings.Count(string(m.SVG()), "<path"); n != 1 {
			t.Errorf("%d paths", n)
		}
	}
	if _, err := QR(strings.Repeat("x", 3000)); err == nil {
		t.Error("3000 letters found room")
	}
}
