package picture_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// keep is a folder to leave the pictures in, for who looks.
var keep = os.Getenv("PICTURE_DIR")

var review = picture.Cover{Journal: "The Garden Review", Subtitle: "A journal of kinds and seasons", Number: "112", Issue: "Issue 112", Date: "December 2018",
	Lang: "en", Seed: "112", Entries: []picture.Entry{
		{picture.Plain("Toppling the hedge: on the pruning of old institutions"), "Jason Marsh"},
		{picture.Plain("Intergalactic seeds"), "An interview with Rosa Blum"},
		{picture.Plain("The young gardener on the stage"), "Ada Brook"},
		{picture.Plain("A people and its orchard"), "Cy Ott"}}}

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

// covers are what there is to set: much and little, long and short, from right to left.
func covers() map[string]picture.Cover {
	long := review
	long.Journal, long.Number, long.Seed = "Zeitschrift für Gartenbauwissenschaftsgeschichte", "7/8", "7/8"
	long.Title = picture.Plain("Zwischen Beet und Bett: Beiträge zu einer Geschichte des Liegens im Freien")
	long.Entries = append([]picture.Entry(nil), review.Entries...)
	for range 20 {
		long.Entries = append(long.Entries, picture.Entry{Title: picture.Plain("One more piece with a title of a fair length"), By: "Nobody at all"})
	}
	numbered := review
	numbered.Number = "Sonderheft zum hundertjährigen Bestehen 12/13"
	article := review
	article.Entries, article.Number, article.Seed = article.Entries[:1], "", "toppling"
	nameless := review
	nameless.Journal, nameless.Subtitle, nameless.Number, nameless.Issue = "", "", "", ""
	nameless.Title = []picture.Run{{Text: "After "}, {Text: "Candide", Italic: true}}
	named := review
	named.Title, named.Number, named.Seed = []picture.Run{{Text: "What is left of "}, {Text: "the kitchen garden", Italic: true}}, "1918/19", "5"
	rtl := picture.Cover{Journal: "مجلة الحديقة", Subtitle: "فصلية في الأنواع والفصول", Number: "12", Issue: "العدد 12", Date: "ربيع 2026", Lang: "ar", RTL: true, Seed: "12",
		Entries: []picture.Entry{{Title: picture.Plain("تاريخ قصير للسياج"), By: "سلمى حداد"}, {Title: picture.Plain("البذور بين المجرات"), By: "روزا بلوم"}}}
	return map[string]picture.Cover{"review": review, "long": long, "article": article, "nameless": nameless, "named": named, "numbered": numbered, "rtl": rtl,
		"bare": {Journal: "Bare", Seed: "3", Lang: "en"}, "empty": {}}
}

func TestCover(t *testing.T) {
	for name, c := range covers() {
		for _, house := range style.Names() {
			name := name + "-" + house
			c.Style = style.House(house)
			width := 400
			if keep != "" || name == "review-"+house {
				width = picture.CoverWidth
			}
			full := draw(t, c, width)
			img, err := png.Decode(bytes.NewReader(full))
			if err != nil {
				t.Fatal(err)
			}
			if s := img.Bounds().Size(); s != (image.Point{width, width * picture.CoverHeight / picture.CoverWidth}) {
				t.Errorf("%s is %v", name, s)
			}
			if _, ok := img.(image.PalettedImage); !ok && width == picture.CoverWidth && name != "rtl-"+house { // whose letters overlap
				t.Errorf("%s takes more than 256 colours", name)
			}
			if house == "book" && !bytes.Equal(full, draw(t, c, width)) {
				t.Errorf("%s is not the same when drawn again", name)
			}
			if keep != "" {
				small, err := picture.PNG(picture.Thumbnail(img, 200))
				if err != nil {
					t.Fatal(err)
				}
				os.WriteFile(filepath.Join(keep, name+".png"), full, 0o666)
				os.WriteFile(filepath.Join(keep, name+"-200.png"), small, 0o666)
			}
		}
	}
}

// TestCoverPlaces reads what is set on each cover, and where: every title with its emphasis and in the style's own face, nothing
// off the paper, no two lines over each other, on an EPUB's cover as on a sheet of other proportions.
func TestCoverPlaces(t *testing.T) {
	for name, c := range covers() {
		for _, house := range style.Names() {
			c.Style = style.House(house)
			for _, size := range [][2]layout.Length{{360 * layout.Pt, 576 * layout.Pt}, {432 * layout.Pt, 648 * layout.Pt}, {210 * layout.Mm, 297 * layout.Mm}, {936 * layout.Pt, 1638 * layout.Pt}} {
				shaper, _ := typeset.NewShaper(fonts.Default())
				page, _, err := c.Page(t.Context(), shaper, size[0], size[1], picture.Bleed{})
				if err != nil {
					t.Fatal(err)
				}
				where := fmt.Sprintf("%s, %s, %.0f wide", name, house, size[0].Points())
				text, italic := readCover(t, where, page)
				for _, want := range []string{c.Journal, c.Number, c.Date} {
					if name != "article" && !says(text, want) {
						t.Errorf("%s: %q is not on the cover: %s", where, want, text)
					}
				}
				for _, r := range c.Title {
					if r.Italic && !strings.Contains(italic, r.Text) {
						t.Errorf("%s: %q is not in italics", where, r.Text)
					}
				}
				for _, e := range c.Entries[:min(len(c.Entries), 4)] {
					if !says(text, e.Title[0].Text) || !says(text, e.By) {
						t.Errorf("%s: %v is not on the cover: %s", where, e, text)
					}
				}
			}
		}
	}
}

// says reports whether a text has the words of another; those of a line from right to left stand as they are drawn.
func says(text, want string) bool {
	for _, word := range strings.Fields(want) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// readCover gives the words of a cover, those in italics by themselves, and looks where its lines are.
func readCover(t *testing.T, where string, page *layout.Page) (text, italic string) {
	type ink struct{ x0, y0, x1, y1 layout.Length }
	var lines []ink
	for _, a := range page.Areas {
		for _, it := range a.Items {
			l, ok := it.(*layout.Line)
			if !ok {
				continue
			}
			in := ink{l.X, l.Y, l.X + l.Width, l.Y}
			for _, r := range l.Runs {
				text += r.Text
				if r.Style.Italic {
					italic += r.Text
				}
				in.y0 = min(in.y0, r.Y-r.Size*6/10)
			}
			text += " "
			if in.x0 < 0 || in.y0 < 0 || in.x1 > page.Width || in.y1 > page.Height {
				t.Errorf("%s: a line at %v is off the paper: %s", where, in, text)
			}
			for _, o := range lines {
				if in.x0 < o.x1 && o.x0 < in.x1 && in.y0 < o.y1 && o.y0 < in.y1 {
					t.Errorf("%s: lines stand over each other: %s", where, text)
				}
			}
			lines = append(lines, in)
		}
	}
	return strings.Join(strings.Fields(text), " "), italic
}

// The title of the cover is set inside the sheet: no ink in the margins, ink between them.
func TestCoverMargins(t *testing.T) {
	review := review
	review.Style = style.Review()
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
