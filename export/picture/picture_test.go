package picture_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"testing"

	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/fonts"
)

// keep is a folder to leave the pictures in, for who looks.
var keep = os.Getenv("PICTURE_DIR")

var review = picture.Cover{Journal: "The Garden Review", Subtitle: "A journal of kinds and seasons", Number: "112", Issue: "Issue 112", Date: "December 2018",
	Lang: "en", Seed: "112", Entries: []picture.Entry{
		{"Toppling the hedge: on the pruning of old institutions", "Jason Marsh"},
		{"Intergalactic seeds", "An interview with Rosa Blum"},
		{"The young gardener on the stage", "Ada Brook"},
		{"A people and its orchard", "Cy Ott"}}}

func draw(t testing.TB, c picture.Cover, width int) []byte {
	t.Helper()
	shaper, face := typeset.NewShaper(fonts.Default())
	img, err := c.Draw(t.Context(), &picture.Studio{Face: face}, shaper, width)
	if err != nil {
		t.Fatal(err)
	}
	data, err := picture.PNG(img)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func TestCover(t *testing.T) {
	long := review
	long.Journal, long.Number, long.Seed = "Zeitschrift für Gartenbauwissenschaftsgeschichte", "7/8", "7/8"
	for range 20 {
		long.Entries = append(long.Entries, picture.Entry{"One more piece with a title of a fair length", "Nobody at all"})
	}
	article := review
	article.Entries, article.Number, article.Seed = article.Entries[:1], "", "toppling"
	bare := picture.Cover{Journal: "Bare", Seed: "3", Lang: "en"}
	for name, c := range map[string]picture.Cover{"review": review, "long": long, "article": article, "bare": bare} {
		full := draw(t, c, picture.CoverWidth)
		img, err := png.Decode(bytes.NewReader(full))
		if err != nil {
			t.Fatal(err)
		}
		if s := img.Bounds().Size(); s != (image.Point{picture.CoverWidth, picture.CoverHeight}) {
			t.Errorf("%s is %v", name, s)
		}
		if _, ok := img.(image.PalettedImage); !ok {
			t.Errorf("%s takes more than 256 colours", name)
		}
		if !bytes.Equal(full, draw(t, c, picture.CoverWidth)) {
			t.Errorf("%s is not the same when drawn again", name)
		}
		small, err := picture.PNG(picture.Thumbnail(img, 120))
		if err != nil {
			t.Fatal(err)
		}
		if keep != "" {
			os.WriteFile(filepath.Join(keep, name+".png"), full, 0o666)
			os.WriteFile(filepath.Join(keep, name+"-120.png"), small, 0o666)
		}
	}
}

// The title of the cover is set inside the sheet: no ink in the margins, ink between them.
func TestCoverMargins(t *testing.T) {
	img, err := png.Decode(bytes.NewReader(draw(t, review, 720))) // two pixels to the point
	if err != nil {
		t.Fatal(err)
	}
	differs := func(x, y, gx, gy int) bool {
		return color.RGBAModel.Convert(img.At(x, y)) != color.RGBAModel.Convert(img.At(gx, gy))
	}
	inked := false
	for y := range 1152 {
		for _, x := range []int{0, 20, 45, 680, 719} {
			if differs(x, y, 0, y) {
				t.Fatalf("ink in the margin at %d, %d", x, y)
			}
		}
		for x := 54; x < 666; x++ {
			inked = inked || differs(x, y, 0, y)
		}
	}
	if !inked {
		t.Error("an empty cover")
	}
}

func TestScale(t *testing.T) {
	src := image.NewGray(image.Rect(0, 0, 4, 2))
	copy(src.Pix, []byte{0, 100, 200, 200, 100, 200, 0, 0})
	dst := image.NewRGBA(image.Rect(0, 0, 2, 1))
	picture.Scale(dst, dst.Bounds(), src)
	if dst.Pix[0] != 100 || dst.Pix[4] != 100 {
		t.Errorf("means are %d and %d, want 100 and 100", dst.Pix[0], dst.Pix[4])
	}
}

func BenchmarkCover(b *testing.B) {
	for b.Loop() {
		draw(b, review, picture.CoverWidth)
	}
}
