package barcode

import (
	"image"
	"image/color"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
)

// TestEAN has another's library read what was drawn.
func TestEAN(t *testing.T) {
	issn, err := ISSN("0317-8471")
	if err != nil || issn != "9770317847001" { // ISO 3297's own example
		t.Errorf("%s: %v", issn, err)
	}
	isbn, err := ISBN("0-306-40615-2")
	if err != nil || isbn != "9780306406157" {
		t.Errorf("%s: %v", isbn, err)
	}
	codes := []EAN{{issn, ""}, {isbn, ""}}
	for n := range 12 {
		codes = append(codes, EAN{issn, AddOn(strconv.Itoa(n*9 + 1))})
	}
	for _, e := range codes {
		drawn, err := e.SVG()
		if err != nil {
			t.Fatal(err)
		}
		const scale = 3
		w, h := e.Size()
		img := image.NewGray(image.Rect(0, 0, scale*w, scale*h))
		for i := range img.Pix {
			img.Pix[i] = 255
		}
		for _, m := range regexp.MustCompile(`M(\d+) (\d+)h(\d+)v(\d+)`).FindAllStringSubmatch(string(drawn), -1) {
			n := [4]int{}
			for i := range n {
				n[i], _ = strconv.Atoi(m[i+1])
			}
			for y := scale * n[1]; y < scale*(n[1]+n[3]); y++ {
				for x := scale * n[0]; x < scale*(n[0]+n[2]); x++ {
					img.Set(x, y, color.Black)
				}
			}
		}
		bits, err := gozxing.NewBinaryBitmapFromImage(img)
		if err != nil {
			t.Fatal(err)
		}
		got, err := oned.NewEAN13Reader().Decode(bits, nil)
		if err != nil || got.GetText() != e.Digits {
			t.Errorf("%v is read as %v: %v", e, got, err)
			continue
		}
		beside, _ := got.GetResultMetadata()[gozxing.ResultMetadataType_UPC_EAN_EXTENSION].(string)
		if beside != e.AddOn {
			t.Errorf("%v: the digits beside it are read as %q", e, beside)
		}
		if n := strings.Count(string(drawn), "<text"); n != 13+len(e.AddOn) {
			t.Errorf("%v: %d digits", e, n)
		}
	}
}

func TestIdentifiers(t *testing.T) {
	for number, want := range map[string]string{"0317-8472": "check digit would be 1", "0317-847": "no ISSN", "2434-561X": "", "03178471": "", "abcd-efgh": "no ISSN"} {
		if _, err := ISSN(number); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("ISSN %s: %v, want %q", number, err, want)
		}
	}
	for number, want := range map[string]string{"978-0-306-40615-7": "", "978-0-306-40615-8": "check digit would be 7", "0-306-40615-3": "check digit would be 2", "977-0-306-40615-7": "no ISBN", "": "no ISBN", "0-8044-2957-X": ""} {
		if _, err := ISBN(number); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("ISBN %s: %v, want %q", number, err, want)
		}
	}
	for number, want := range map[string]string{"7": "07", "07": "07", "99": "99", "112": "", "7/8": "", "": "", "0": ""} {
		if got := AddOn(number); got != want {
			t.Errorf("AddOn(%q) is %q, want %q", number, got, want)
		}
	}
}
