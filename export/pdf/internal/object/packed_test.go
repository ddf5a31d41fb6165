package object

import (
	"bytes"
	"encoding/json"
	"image"
	"image/color"
	"image/gif"
	"reflect"
	"testing"

	"golang.org/x/image/bmp"
	"golang.org/x/image/tiff"
)

// TestReadImageOnce: a picture that is remembered is what it was when it was read, and one that goes in as it is asks nobody.
func TestReadImageOnce(t *testing.T) {
	see := flag(40, 30)
	see.SetNRGBA(3, 3, color.NRGBA{255, 0, 0, 90})
	grey := image.NewNRGBA(image.Rect(0, 0, 50, 20))
	for i := range grey.Pix {
		grey.Pix[i] = byte(i / 4 * 5)
		if i%4 == 3 {
			grey.Pix[i] = 255 - byte(i%2)
		}
	}
	colours := gradient(image.NewNRGBA(image.Rect(0, 0, 40, 33))).(*image.NRGBA)
	colours.Pix[3] = 7
	var asGIF, asTIFF, asBMP bytes.Buffer
	for _, err := range []error{gif.Encode(&asGIF, flag(20, 20), nil), tiff.Encode(&asTIFF, colours, nil), bmp.Encode(&asBMP, flag(9, 9))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	for name, c := range map[string]struct {
		data []byte
		asks bool
	}{"alpha": {pngOf(see), true}, "grey": {pngOf(grey), true}, "colours": {pngOf(colours), true}, "GIF": {asGIF.Bytes(), true}, "TIFF": {asTIFF.Bytes(), true},
		"BMP": {asBMP.Bytes(), true}, "plain PNG": {pngOf(image.NewGray(image.Rect(0, 0, 4, 4))), false}} {
		want, err := ReadImage(c.data, nil)
		if err != nil {
			t.Fatal(name, err)
		}
		var note, kept []byte
		asked := 0
		remember := func(told any, make func() ([]byte, error), key ...any) ([]byte, error) {
			if asked++; note != nil {
				return kept, json.Unmarshal(note, told)
			}
			data, err := make()
			if err != nil {
				return nil, err
			}
			kept = data
			note, err = json.Marshal(told)
			return data, err
		}
		for range 2 {
			got, err := ReadImageOnce(c.data, nil, remember)
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%s is %+v (%v), not %+v", name, got, err, want)
			}
		}
		if asked > 0 != c.asks {
			t.Errorf("%s: asked %d times", name, asked)
		}
	}
}
