package export_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/makiuchi-d/gozxing"
	"github.com/makiuchi-d/gozxing/oned"
	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/twinpress/twinpress/export"
)

// A sheetRead is what a finished wrap says of itself, in millimetres.
type sheetRead struct {
	media, bleed, trim [2]float64 // width and height
	forms              [][]byte   // its drawings
	text               string     // "" where poppler is not installed
}

func readSheet(t *testing.T, data []byte) (s sheetRead) {
	t.Helper()
	ctx, err := api.ReadContext(bytes.NewReader(data), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	if err := ctx.EnsurePageCount(); err != nil || ctx.PageCount != 1 {
		t.Fatalf("%d pages, %v", ctx.PageCount, err)
	}
	page, _, _, err := ctx.PageDict(1, false)
	if err != nil {
		t.Fatal(err)
	}
	box := func(name string) [2]float64 {
		var v [4]float64
		for i, o := range page.ArrayEntry(name) {
			v[i], _ = strconv.ParseFloat(fmt.Sprint(o), 64)
		}
		return [2]float64{(v[2] - v[0]) * 25.4 / 72, (v[3] - v[1]) * 25.4 / 72}
	}
	s.media, s.bleed, s.trim = box("MediaBox"), box("BleedBox"), box("TrimBox")
	for n := range *ctx.Size {
		if e, ok := ctx.FindTableEntryLight(n); ok && !e.Free {
			if sd, ok := e.Object.(types.StreamDict); ok && sd.Subtype() != nil && *sd.Subtype() == "Form" && sd.Decode() == nil {
				s.forms = append(s.forms, sd.Content)
			}
		}
	}
	if _, err := exec.LookPath("pdftotext"); err == nil {
		cmd := exec.Command("pdftotext", "-", "-")
		cmd.Stdin = bytes.NewReader(data)
		out, err := cmd.Output()
		if err != nil {
			t.Fatal(err)
		}
		s.text = strings.Join(strings.Fields(string(out)), " ")
	}
	return s
}

// barcodeIn paints the upright bars of a drawing and has a reader of photographs look for a code.
func barcodeIn(t *testing.T, content []byte) (digits, beside string) {
	const scale, high = 4, 80
	img := image.NewGray(image.Rect(0, 0, 150*scale, high*scale))
	for i := range img.Pix {
		img.Pix[i] = 255
	}
	var operands []float64
	var xs, ys []float64
	for _, word := range strings.Fields(string(content)) {
		v, err := strconv.ParseFloat(word, 64)
		switch {
		case err == nil:
			operands = append(operands, v)
			continue
		case word == "m":
			xs, ys = operands[:1:1], operands[1:2:2]
		case word == "l":
			xs, ys = append(xs, operands[0]), append(ys, operands[1])
		case word == "c": // of a digit
			xs = nil
		case word == "h" && len(xs) == 4:
			for y := int(slices.Min(ys)) * scale; y < int(slices.Max(ys))*scale; y++ {
				for x := int(slices.Min(xs)) * scale; x < int(slices.Max(xs))*scale; x++ {
					img.Set(x, y, color.Black)
				}
			}
		}
		operands = nil
	}
	return decodeEAN(t, img)
}

func decodeEAN(t *testing.T, img image.Image) (digits, beside string) {
	t.Helper()
	bits, err := gozxing.NewBinaryBitmapFromImage(img)
	if err != nil {
		t.Fatal(err)
	}
	code, err := oned.NewEAN13Reader().Decode(bits, map[gozxing.DecodeHintType]any{gozxing.DecodeHintType_TRY_HARDER: true})
	if err != nil {
		return "", ""
	}
	beside, _ = code.GetResultMetadata()[gozxing.ResultMetadataType_UPC_EAN_EXTENSION].(string)
	return code.GetText(), beside
}

// wrapSite is a site of one issue of n articles.
func wrapSite(t *testing.T, config string, n int) string {
	dir := t.TempDir()
	write(t, dir, "twinpress.yaml", config)
	for i := range n {
		write(t, dir, fmt.Sprintf("content/a%02d.md", i), fmt.Sprintf("---\ntitle: The *long* walk %d\nauthor: Ada Brook\nissue: 7\ndate: 2026-03-01\n---\n\nText.\n", i))
	}
	return dir
}

// TestWrap builds covers for print and reads them back: the sheet is as wide as both covers and the spine, which is as thick as the
// pages are many, and its bar code is read by another's reader.
func TestWrap(t *testing.T) {
	const journal = "journal: {title: The Long Walk, issn: 0317-8471, publisher: The Walkers, language: en}\nepub: {page-list: false}\n"
	for _, c := range []struct {
		name, config string
		articles     int
		leaf, board  float64 // mm
		bleed        float64
		code, beside string
		says         string
		told         string
	}{
		{"glued", "wrap: {paper: {grams: 90, volume: 1.5}, board: 0.25 mm, price: € 12}\nissues: {\"7\": {title: In *rain*, description: On walking in *rain*.}}\n", 70, .135, .25, 3,
			"9770317847001", "07", "The Long Walk|In rain|On walking in rain.|The Walkers|€ 12|0317-8471", ""},
		{"named paper", "wrap: {paper: newsprint-45, bleed: 0.125in, marks: false, text: \"A *book* of walks.\"}\n", 40, .067, 0, 3.175, "9770317847001", "07", "A book of walks.", "narrow-spine"},
		{"no paper", "", 5, .112, 0, 3, "9770317847001", "07", "", "narrow-spine no-paper"},
		{"stapled", "wrap: {binding: saddle}\n", 5, 0, 0, 3, "9770317847001", "07", "", "odd-pages"},
		{"book", "wrap: {paper: book-80, barcode-size: 80%}\nissues: {\"7\": {isbn: 978-0-306-40615-7}}\n", 5, .14, 0, 3, "9780306406157", "", "978-0-306-40615-7", "narrow-spine"},
		{"no code", "wrap: {paper: book-80, barcode: none}\n", 5, .14, 0, 3, "", "", "", "narrow-spine"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := wrapSite(t, journal+c.config, c.articles)
			res := build(t, dir, export.Options{Formats: []string{"pdf,wrap"}})
			files := read(t, res)
			s := readSheet(t, files["the-long-walk-7.wrap.pdf"])
			pages, err := api.PageCount(bytes.NewReader(files["the-long-walk-7.pdf"]), model.NewDefaultConfiguration())
			if err != nil {
				t.Fatal(err)
			}
			spine := float64((pages+1)/2)*c.leaf + 2*c.board
			if got, want := s.trim, [2]float64{2*152.4 + spine, 228.6}; math.Abs(got[0]-want[0]) > .03 || math.Abs(got[1]-want[1]) > .03 {
				t.Errorf("of %d pages the trimmed sheet is %.2f × %.2f mm, want %.2f × %.2f", pages, got[0], got[1], want[0], want[1])
			}
			margin := c.bleed
			if !strings.Contains(c.config, "marks: false") {
				margin += 6
			}
			for i := range 2 {
				if math.Abs(s.bleed[i]-s.trim[i]-2*c.bleed) > .03 || math.Abs(s.media[i]-s.trim[i]-2*margin) > .03 {
					t.Errorf("the bleed box is %v and the sheet %v around %v", s.bleed, s.media, s.trim)
				}
			}
			for _, want := range strings.Split(c.says, "|") {
				if s.text != "" && !strings.Contains(s.text, want) {
					t.Errorf("%q is not on the sheet: %s", want, s.text)
				}
			}
			if n := strings.Count(s.text, "The Long Walk"); n != 2 && c.name == "glued" && s.text != "" {
				t.Errorf("the journal's name stands %d times on front and spine: %s", n, s.text)
			}
			digits, beside := "", ""
			for _, form := range s.forms {
				if d, b := barcodeIn(t, form); d != "" {
					digits, beside = d, b
				}
			}
			if digits != c.code || beside != c.beside {
				t.Errorf("the bar code is read as %q and %q, want %q and %q", digits, beside, c.code, c.beside)
			}
			var told []string
			for _, p := range res.Problems {
				if slices.Contains([]string{"no-paper", "narrow-spine", "odd-pages", "coarse-cover"}, p.Code) {
					told = append(told, p.Code)
				}
			}
			slices.Sort(told)
			if strings.Join(told, " ") != c.told {
				t.Errorf("told %v, want %s", told, c.told)
			}
			if c.name == "glued" {
				scanned(t, files["the-long-walk-7.wrap.pdf"], c.code, c.beside)
				again := read(t, build(t, dir, export.Options{Formats: []string{"wrap"}, Jobs: 1}))
				if !bytes.Equal(again["the-long-walk-7.wrap.pdf"], files["the-long-walk-7.wrap.pdf"]) {
					t.Error("built again, the sheet is another")
				}
			}
		})
	}
}

// scanned renders a sheet with poppler, where that is installed, and reads its bar code as a scanner does.
func scanned(t *testing.T, data []byte, code, beside string) {
	if _, err := exec.LookPath("pdftoppm"); err != nil {
		return
	}
	file := filepath.Join(t.TempDir(), "sheet.pdf")
	if err := os.WriteFile(file, data, 0o666); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftoppm", "-r", "200", "-gray", "-png", file).Output()
	if err != nil {
		t.Fatal(err)
	}
	page, err := png.Decode(bytes.NewReader(out))
	if err != nil {
		t.Fatal(err)
	}
	// The corner of the back cover beside the spine.
	b := page.Bounds()
	corner := page.(interface {
		SubImage(image.Rectangle) image.Image
	}).SubImage(image.Rect(b.Dx()*22/100, b.Dy()*76/100, b.Dx()*48/100, b.Dy()*92/100))
	if d, a := decodeEAN(t, corner); d != code || a != beside {
		t.Errorf("on the rendered page the bar code is read as %q and %q", d, a)
	}
}

// TestWrapRefuses: what would be wrong on paper is an error that says where it stands.
func TestWrapRefuses(t *testing.T) {
	for config, want := range map[string]string{
		"journal:\n  issn: 0317-8472":                    "twinpress.yaml:2:9: journal.issn \"0317-8472\" is no ISSN: its check digit would be 1",
		"issues:\n  \"7\":\n    isbn: 978-0-306-40615-8": "twinpress.yaml:3:11: issues.7.isbn \"978-0-306-40615-8\" is no ISBN",
		"wrap:\n  paper: vellum":                         "twinpress.yaml:2:10: unknown paper \"vellum\"",
		"wrap:\n  paper: {grams: heavy}":                 "twinpress.yaml:2:18: wrap.paper.grams should be a number",
		"wrap:\n  paper: {thickness: 1 furlong}":         "twinpress.yaml:2:22: wrap.paper.thickness should be a length",
		"wrap:\n  paper: 9 mm":                           "twinpress.yaml:2:10: a leaf of 9 mm is no paper",
		"wrap:\n  bleed: wide":                           "twinpress.yaml:2:10: wrap.bleed should be a length",
		"wrap:\n  barcode-size: 50%":                     "twinpress.yaml:2:17: wrap.barcode-size should be from 80 % to 200 %",
		"wrap:\n  binding: spiral":                       "twinpress.yaml:2:12: wrap.binding should be perfect, saddle",
		"wrap:\n  spine: sideways":                       "twinpress.yaml:2:10: wrap.spine should be down, up",
		"wrap:\n  barcode: isbn":                         "twinpress.yaml:2:12: no bar code can be made: issue 7 has no ISBN",
		"wrap:\n  barcode: issn":                         "twinpress.yaml:2:12: no bar code can be made: the journal has no ISSN",
		"wrap:\n  paper: {grams: nan}":                   "twinpress.yaml:2:18: wrap.paper.grams should be a number",
		"wrap:\n  edges: gilt":                           "twinpress.yaml:2:3: unknown key \"edges\"",
	} {
		dir := wrapSite(t, config+"\n", 2)
		res, err := export.Build(t.Context(), export.Path(dir), export.Options{Dir: t.TempDir(), Formats: []string{"wrap"}})
		told := fmt.Sprint(err)
		for _, p := range res.Problems {
			told += "\n" + p.Error()
		}
		if at, rest, found := strings.Cut(want, ": "); err == nil || !strings.Contains(told, at) || found && !strings.Contains(told, rest) {
			t.Errorf("%s: told %q, want %q", config, told, want)
		}
	}
}
