package picture_test

import (
	"image"
	"image/color"
	"math"
	"os"
	"path/filepath"
	"testing"

	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/picture"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// TestOverPicture sets type over pictures that are dark, light, both, and full of detail: what lies under and around each letter
// must leave it legible (WCAG 2.2, 4.5:1), and the middle of the picture as it came.
func TestOverPicture(t *testing.T) {
	made := func(w, h int, at func(x, y int) color.RGBA) image.Image {
		img := image.NewRGBA(image.Rect(0, 0, w, h))
		for i := range w * h {
			img.SetRGBA(i%w, i/w, at(i%w, i/w))
		}
		return img
	}
	grey := func(v int) color.RGBA { return color.RGBA{uint8(v), uint8(v), uint8(v), 0xFF} }
	pictures := map[string]image.Image{
		"dark":    made(300, 480, func(x, y int) color.RGBA { return grey(10) }),
		"light":   made(300, 480, func(x, y int) color.RGBA { return color.RGBA{0xF0, 0xE0, 0xC0, 0xFF} }),
		"ramp":    made(300, 400, func(x, y int) color.RGBA { return grey(y * 255 / 400) }),
		"middle":  made(300, 480, func(x, y int) color.RGBA { return color.RGBA{0x80, 0x90, 0x60, 0xFF} }),
		"checked": made(300, 480, func(x, y int) color.RGBA { return grey((x/12 + y/12) % 2 * 255) }),
		"wide":    made(480, 300, func(x, y int) color.RGBA { return grey((x/12 + y/12) % 2 * 255) }),
	}
	for name, img := range pictures {
		for _, house := range style.Names() {
			c := review
			c.Style, c.Picture, c.Pixels = style.House(house), img, 720
			shaper, face := typeset.NewShaper(fonts.Default())
			page, under, err := c.Page(t.Context(), shaper, 360*layout.Pt, 576*layout.Pt, picture.Bleed{})
			if err != nil {
				t.Fatal(err)
			}
			text, _ := readCover(t, name+" "+house, page)
			if !says(text, c.Journal) || !says(text, c.Entries[2].By) {
				t.Errorf("%s, %s: only %q is set", name, house, text)
			}
			if name != "wide" {
				if got, want := under.At(360, under.Bounds().Dy()/2), img.At(150, img.Bounds().Dy()/2); house == "review" && name != "checked" && distance(got, want) > 24 {
					t.Errorf("%s, %s: the middle is %v, not %v", name, house, got, want)
				}
				legible(t, name+", "+house, page, under)
			}
			if keep != "" {
				full, err := c.Draw(t.Context(), &picture.Studio{Face: face}, shaper, 720)
				if err != nil {
					t.Fatal(err)
				}
				data, _ := picture.PNG(full)
				os.WriteFile(filepath.Join(keep, "over-"+name+"-"+house+".png"), data, 0o666)
			}
		}
	}
}

func distance(a, b color.Color) int {
	x, y := color.RGBAModel.Convert(a).(color.RGBA), color.RGBAModel.Convert(b).(color.RGBA)
	d := func(a, b uint8) int { return int(math.Abs(float64(a) - float64(b))) }
	return max(d(x.R, y.R), d(x.G, y.G), d(x.B, y.B))
}

// legible looks at what lies under each run of letters, at two pixels to the point.
func legible(t *testing.T, where string, page *layout.Page, under image.Image) {
	luminance := func(c color.Color) float64 {
		v := color.RGBAModel.Convert(c).(color.RGBA)
		to := func(b uint8) float64 {
			f := float64(b) / 255
			if f <= .04045 {
				return f / 12.92
			}
			return math.Pow((f+.055)/1.055, 2.4)
		}
		return .2126*to(v.R) + .7152*to(v.G) + .0722*to(v.B)
	}
	px := func(l layout.Length) int { return int(2 * l / layout.Pt) }
	all, faint := 0, 0
	for _, a := range page.Areas {
		for _, it := range a.Items {
			l, ok := it.(*layout.Line)
			if !ok {
				continue
			}
			for _, r := range l.Runs {
				ink := r.Style.Color
				letters := luminance(color.RGBA{uint8(ink >> 16), uint8(ink >> 8), uint8(ink), 0xFF})
				for y := px(r.Y - r.Size*7/10); y < px(r.Y); y += 2 {
					for x := px(r.X); x < px(r.X+r.Width); x += 2 {
						ground := luminance(under.At(x, y))
						if all++; (max(letters, ground)+.05)/(min(letters, ground)+.05) < 4.5 {
							faint++
						}
					}
				}
			}
		}
	}
	if all == 0 || faint*25 > all {
		t.Errorf("%s: of %d places under letters, %d are too near in tone", where, all, faint)
	}
}
