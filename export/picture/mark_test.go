package picture_test

import (
	"image"
	"image/color"
	"math"
	"testing"

	"github.com/twinpress/twinpress/export/internal/svg"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// TestLogo sets marks of all tones on covers of all kinds: each is on the sheet, over the journal's name, away from all lines, and
// stands out from what is around it (WCAG 2.2, 3:1), while every word of the head is still there.
func TestLogo(t *testing.T) {
	marks := map[string]color.RGBA{"black": {0, 0, 0, 255}, "white": {255, 255, 255, 255}, "blue": {0x17, 0x39, 0x5c, 255}, "grey": {0x88, 0x88, 0x88, 255}}
	photo := image.NewRGBA(image.Rect(0, 0, 300, 480))
	for i := range photo.Pix {
		photo.Pix[i] = uint8(i>>9) | 3
	}
	wide := image.NewRGBA(image.Rect(0, 0, 300, 200))
	for name, tone := range marks {
		logo := image.NewRGBA(image.Rect(0, 0, 100, 40))
		for y := 10; y < 30; y++ { // a bar across its middle, and clear around it
			for x := range 100 {
				logo.SetRGBA(x, y, tone)
			}
		}
		for _, design := range []string{"band", "frame", "sheet", "photo", "wide"} {
			for which, c := range covers() {
				if c.Picture != nil {
					continue
				}
				look := style.Book()
				c.Style, c.Logo = look, logo
				switch design {
				case "photo":
					c.Picture, c.Pixels = photo, 360
				case "wide":
					c.Picture, c.Pixels = wide, 360
				default:
					look.Cover.Design = design
				}
				where := name + " " + design + " " + which
				c.Cut = func(words string) {
					if which == "named" {
						t.Errorf("%s: no room for %q", where, words)
					}
				}
				shaper, face := typeset.NewShaper(fonts.Default())
				for _, height := range []layout.Length{576 * layout.Pt, 509 * layout.Pt} {
					page, under, err := c.Page(t.Context(), shaper, 360*layout.Pt, height, picture.Bleed{})
					if err != nil {
						t.Fatal(err)
					}
					var at *layout.PictureItem
					for _, a := range page.Areas {
						for _, it := range a.Items {
							if pic, ok := it.(*layout.PictureItem); ok && pic.Ref == 2 {
								at = pic
							}
						}
					}
					if at == nil || at.X < 0 || at.Y < 0 || at.X+at.Width > page.Width || at.Height < 8*layout.Pt {
						t.Errorf("%s: the mark is at %+v", where, at)
						continue
					}
					for _, a := range page.Areas {
						for _, it := range a.Items {
							if l, ok := it.(*layout.Line); ok && l.Y > at.Y && l.Runs[0].Y-l.Runs[0].Size*6/10 < at.Y+at.Height && l.X < at.X+at.Width && l.X+l.Width > at.X {
								t.Errorf("%s: a line stands over the mark", where)
							}
						}
					}
					studio := &picture.Studio{Face: face, Picture: func(ref int) image.Image {
						if ref == 2 {
							return logo
						}
						return under
					}}
					img := studio.Page(page, 720, color.RGBA{255, 255, 255, 255})
					px := func(l layout.Length) int { return int(l * 720 / page.Width) }
					in := img.RGBAAt(px(at.X+at.Width/2), px(at.Y+at.Height/2))
					out := img.RGBAAt(px(at.X+at.Width/2), px(at.Y+at.Height/8))
					if k := ratio(in, out); k < 3 && name != "grey" || k < 2.5 {
						t.Errorf("%s: the mark is %v on %v, 1:%.1f", where, in, out, k)
					}
				}
			}
		}
	}
}

// TestPaintClear: what a drawing leaves clear stays so.
func TestPaintClear(t *testing.T) {
	d, err := svg.Read([]byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 10"><path d="M0 0h10v10H0z" fill="#c00"/><path d="M10 0h10v10H10z" fill="#fff" fill-opacity=".5"/></svg>`), svg.Options{})
	if err != nil {
		t.Fatal(err)
	}
	img, err := picture.PaintClear(t.Context(), d, 30, 10)
	if err != nil {
		t.Fatal(err)
	}
	for x, want := range map[int]color.RGBA{5: {0xcc, 0, 0, 255}, 15: {128, 128, 128, 128}, 25: {}} {
		got := img.RGBAAt(x, 5)
		for _, d := range [...]int{int(got.R) - int(want.R), int(got.G) - int(want.G), int(got.B) - int(want.B), int(got.A) - int(want.A)} {
			if d < -2 || d > 2 {
				t.Errorf("at %d: %v, want %v", x, got, want)
			}
		}
	}
}

// ratio is the contrast of two colours (WCAG 2.2).
func ratio(a, b color.RGBA) float64 {
	light := func(c color.RGBA) float64 {
		var l float64
		for i, v := range [...]uint8{c.R, c.G, c.B} {
			l += [...]float64{.2126, .7152, .0722}[i] * math.Pow(float64(v)/255, 2.2)
		}
		return l
	}
	x, y := light(a), light(b)
	return (max(x, y) + .05) / (min(x, y) + .05)
}
