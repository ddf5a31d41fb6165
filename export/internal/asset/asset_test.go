package asset

import (
	"bytes"
	"image"
	"image/jpeg"
	"image/png"
	"testing"
)

// TestCutPictures refuses what came through half a download: readers would show half of it, or nothing, without a word.
func TestCutPictures(t *testing.T) {
	im := image.NewGray(image.Rect(0, 0, 64, 64))
	for i := range im.Pix {
		im.Pix[i] = byte(i * i >> 3)
	}
	var j, p bytes.Buffer
	if err := jpeg.Encode(&j, im, nil); err != nil {
		t.Fatal(err)
	}
	if err := png.Encode(&p, im); err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string][]byte{"a.jpg": j.Bytes(), "a.png": p.Bytes()} {
		a, err := New(name, data)
		if err != nil || a.Width != 64 || a.Height != 64 {
			t.Errorf("%s: %v, %v", name, a, err)
		}
		if _, err := New(name, append(bytes.Clone(data), "\nsome comment"...)); err != nil {
			t.Errorf("%s with something after its end: %v", name, err)
		}
		for _, n := range []int{len(data) * 3 / 4, len(data) / 2, 100} {
			if _, err := New(name, data[:n]); err == nil {
				t.Errorf("%s: %d of %d bytes pass for a picture", name, n, len(data))
			}
		}
	}
}
