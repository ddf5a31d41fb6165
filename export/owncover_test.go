package export_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// coverIn gives the cover of an EPUB.
func coverIn(t *testing.T, files map[string][]byte) (kind string, size image.Point) {
	t.Helper()
	for name, data := range files {
		if !strings.HasSuffix(name, ".epub") {
			continue
		}
		for _, f := range doctest.Unzip(t, data) {
			if !strings.Contains(f.Name, "images/") {
				continue
			}
			cfg, kind, err := image.DecodeConfig(bytes.NewReader(f.Data))
			if err != nil {
				return strings.TrimPrefix(f.Name, "EPUB/images/"), image.Point{}
			}
			return kind, image.Pt(cfg.Width, cfg.Height)
		}
	}
	return "none", image.Point{}
}

// TestOwnCover gives an issue covers of all kinds, and looks at what shops are handed: JPEG or PNG of at least 1600 × 2560 where
// there is more than pixels, never more than 4000 on a side, with what is amiss told where the cover is named.
func TestOwnCover(t *testing.T) {
	photo := image.NewRGBA(image.Rect(0, 0, 1400, 2240))
	for i := range photo.Pix {
		photo.Pix[i] = uint8(i*i>>7 ^ i>>11)
	}
	jpg := func(img image.Image) string {
		var b bytes.Buffer
		if err := jpeg.Encode(&b, img, nil); err != nil {
			t.Fatal(err)
		}
		return b.String()
	}
	var small bytes.Buffer
	if err := gif.Encode(&small, image.NewPaletted(image.Rect(0, 0, 300, 480), color.Palette{color.Black, color.White}), nil); err != nil {
		t.Fatal(err)
	}
	drawing := `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 80"><rect width="50" height="80" fill="#17395c"/><text x="5" y="20" fill="#fff">Seven</text>`
	for _, c := range []struct {
		name, file, config string
		kind               string
		size               image.Point
		problem            string // of the cover
	}{
		{"drawing", drawing + "</svg>", "cover: c.svg", "png", image.Pt(1600, 2560), ""},
		{"square drawing", strings.Replace(drawing, "50 80", "50 50", 1) + "</svg>", "cover: c.svg", "png", image.Pt(2364, 2364), ""}, // as many pixels as one may have
		{"cut drawing", drawing + `<image href="https://example.org/x.png" width="9" height="9"/></svg>`, "cover: c.svg", "png", image.Pt(1600, 2560), "twinpress.yaml:4:8: info? drawing-cut"},
		{"broken drawing", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect", "cover: c.svg", "png", image.Pt(1600, 2560), "twinpress.yaml:4:8: bad-cover"},
		{"photograph", jpg(photo), "cover: c.jpg", "jpeg", image.Pt(1400, 2240), ""},
		{"photograph under type", jpg(photo), "cover: c.jpg\ncover-type: over", "jpeg", image.Pt(1600, 2560), ""},
		{"drawing under type", drawing + "</svg>", "issues: {\"1\": {cover: {image: c.svg, type: over}}}", "png", image.Pt(1600, 2560), ""},
		{"small", small.String(), "issues: {\"1\": {cover: c.gif}}", "png", image.Pt(300, 480), "twinpress.yaml:4:23: small-cover"},
		{"large", jpg(image.NewGray(image.Rect(0, 0, 1600, 5000))), "cover: c.jpg", "png", image.Pt(1280, 4000), "twinpress.yaml:4:8: small-cover"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := t.TempDir()
			ending := c.config[strings.Index(c.config, "c.")+2:][:3]
			write(t, dir, "static/c."+ending, c.file)
			write(t, dir, "twinpress.yaml", "epub: {page-list: false}\njournal: {title: The Garden}\n# the cover:\n"+c.config+"\n")
			write(t, dir, "content/a.md", "---\ntitle: \"An *old* hedge\"\nissue: 1\n---\n\nText\n")
			write(t, dir, "content/b.md", "---\ntitle: B\nissue: 1\n---\n\nText\n")
			res := build(t, dir, export.Options{Formats: []string{"epub"}})
			kind, size := coverIn(t, read(t, res))
			if kind != c.kind || size != c.size {
				t.Errorf("the cover is %s, %v; want %s, %v", kind, size, c.kind, c.size)
			}
			told := ""
			for _, p := range res.Problems {
				if p.Code == "small-cover" || p.Code == "drawing-cut" || p.Code == "bad-cover" {
					told += p.Pos.String() + ": " + p.Code
				}
			}
			if c.problem != strings.Replace(told, ": drawing-cut", ": info? drawing-cut", 1) {
				t.Errorf("told: %q, want %q (%v)", told, c.problem, res.Problems)
			}
			if c.name == "photograph under type" {
				files := read(t, build(t, dir, export.Options{Formats: []string{"cover,cover-jpeg,thumbnail"}}))
				for name, data := range files {
					cfg, kind, err := image.DecodeConfig(bytes.NewReader(data))
					want := map[string]string{"g": "jpeg"}[name[len(name)-1:]]
					if strings.HasSuffix(name, ".png") {
						want = "png"
					}
					if err != nil || kind != want || cfg.Width != 1600 && !strings.HasSuffix(name, "thumb.png") {
						t.Errorf("%s: %s of %d, %v", name, kind, cfg.Width, err)
					}
				}
				if len(files) != 3 {
					t.Errorf("%d files", len(files))
				}
			}
		})
	}
}

// TestCoverSettings refuses what a cover cannot be, by its place.
func TestCoverSettings(t *testing.T) {
	for config, want := range map[string]string{
		"cover-type: under": "twinpress.yaml:1:13: cover-type should be none, over",
		"issues:\n  \"1\": {cover: {image: c.png, type: on}}": "twinpress.yaml:2:37: issues.1.the cover's type should be none or over",
		"issues:\n  \"1\": {cover-type: on}":                  "twinpress.yaml:2:21: issues.1.cover-type should be none or over",
		"style: {cover: {design: poster}}":                    "twinpress.yaml:1:25: poster",
	} {
		dir := t.TempDir()
		write(t, dir, "twinpress.yaml", config+"\n")
		write(t, dir, "content/a.md", "---\ntitle: A\nissue: 1\n---\n\nText\n")
		res, err := export.Build(t.Context(), export.Path(dir), export.Options{Dir: t.TempDir(), Formats: []string{"cover"}})
		told := ""
		if err != nil {
			told = err.Error()
		}
		for _, p := range res.Problems {
			told += "\n" + p.Error()
		}
		if strings.Contains(told, dir) {
			t.Errorf("%s: a message names the file otherwise than the others do: %s", config, told)
		}
		if at, rest, _ := strings.Cut(want, ": "); !strings.Contains(told, at) || !strings.Contains(told, rest) {
			t.Errorf("%s: told %q, want %q", config, told, want)
		}
	}
}

// TestWrapPicture puts a publisher's own picture on a printed cover: as it is, or under type; one with too few dots is told of.
func TestWrapPicture(t *testing.T) {
	for config, dots := range map[string]string{"cover: c.svg": "", "cover: c.png": "2:8: coarse-cover: the cover static/c.png has 57 dots", "cover: c.png\ncover-type: over": "2:8: coarse-cover: the cover static/c.png has 57 dots"} {
		dir := wrapSite(t, "journal: {title: The Long Walk}\n"+config+"\nwrap: {paper: 0.1 mm, binding: saddle}\n", 3)
		write(t, dir, "static/c.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 80"><rect width="50" height="80" fill="#17395c"/></svg>`)
		var b bytes.Buffer
		if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 350, 560))); err != nil {
			t.Fatal(err)
		}
		write(t, dir, "static/c.png", b.String())
		res := build(t, dir, export.Options{Formats: []string{"wrap"}})
		told := ""
		for _, p := range res.Problems {
			if p.Code == "coarse-cover" {
				told = fmt.Sprintf("%d:%d: %s: %s", p.Pos.Line, p.Pos.Column, p.Code, p.Message)
			}
		}
		if dots == "" && told != "" || !strings.HasPrefix(told, dots) {
			t.Errorf("%s: told %q, want %q", config, told, dots)
		}
		s := readSheet(t, read(t, res)["the-long-walk-7.wrap.pdf"])
		names := map[bool]int{true: 2, false: 1}[strings.Contains(config, "type: over")] // on front and back, or there alone
		if n := strings.Count(s.text, "The Long Walk"); s.text != "" && n != names {
			t.Errorf("%s: the journal's name stands %d times: %s", config, n, s.text)
		}
	}
}

// TestBrokenCover: where a cover cannot be read, every format has the made one in its place, with one warning, whichever is asked for.
func TestBrokenCover(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "static/c.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='10' height='10'><rect")
	write(t, dir, "content/a.md", "---\ntitle: A\nissue: 1\n---\n\nText\n")
	write(t, dir, "content/b.md", "---\ntitle: B\nissue: 1\n---\n\nText\n")
	write(t, dir, "twinpress.yaml", "journal: {title: The Garden}\n")
	made := read(t, build(t, dir, export.Options{Formats: []string{"cover"}}))
	for _, also := range []string{"", "cover-type: over\n"} {
		write(t, dir, "twinpress.yaml", "journal: {title: The Garden}\ncover: c.svg\n"+also)
		for _, formats := range []string{"cover", "cover-jpeg", "thumbnail", "wrap", "epub", "epub,cover,thumbnail,wrap"} {
			res := build(t, dir, export.Options{Formats: []string{formats}})
			told := coded(res, "bad-cover")
			if len(told) != 1 || told[0].Severity != export.Warning || told[0].Pos.String() != "twinpress.yaml:2:8" || !strings.Contains(told[0].Hint, "a cover is made in its place") {
				t.Errorf("%s%s: told %v", also, formats, res.Problems)
			}
			for name, data := range read(t, res) {
				if strings.HasSuffix(name, ".cover.png") && !bytes.Equal(data, made["the-garden-1.cover.png"]) {
					t.Errorf("%s%s is not the made one", also, name)
				}
			}
		}
	}
}

// TestLogoOnCovers: the journal's mark is on covers that are made or set over a picture, and on the printed cover, not on a finished one
// of the publisher's; a mark that cannot be drawn in full is told of with its place.
func TestLogoOnCovers(t *testing.T) {
	site := func(config, logo string) string {
		dir := t.TempDir()
		write(t, dir, "static/c.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 50 80"><rect width="50" height="80" fill="#17395c"/></svg>`)
		write(t, dir, "static/l.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10H0z" fill="#ffd400"/>`+logo+`</svg>`)
		write(t, dir, "content/a.md", "---\ntitle: A\nissue: 1\n---\n\nText\n")
		write(t, dir, "content/b.md", "---\ntitle: B\nissue: 1\n---\n\nText\n")
		write(t, dir, "twinpress.yaml", config)
		return dir
	}
	yellow := func(data []byte) (n int) {
		img, err := png.Decode(bytes.NewReader(data))
		if err != nil {
			t.Fatal(err)
		}
		for y := range img.Bounds().Dy() {
			for x := range img.Bounds().Dx() {
				if r, g, b, _ := img.At(x, y).RGBA(); r>>8 > 0xf0 && g>>8 > 0xc0 && b>>8 < 0x20 {
					n++
				}
			}
		}
		return n
	}
	const logo = "journal: {title: The Garden, logo: l.svg}\n"
	for config, want := range map[string]bool{
		"journal: {title: The Garden}\n": false,
		logo:                             true,
		logo + "style: {cover: {design: band}}\n":           true,
		logo + "style: broadsheet\n":                        true,
		logo + "cover: c.svg\n":                             false,
		logo + "cover: c.svg\ncover-type: over\n":           true,
		"journal: {title: The Garden, logo: missing.svg}\n": false,
	} {
		for name, data := range read(t, build(t, site(config, ""), export.Options{Formats: []string{"cover,wrap"}})) {
			if strings.HasSuffix(name, ".png") {
				if n := yellow(data); (n > 5000) != want || n > 200_000 {
					t.Errorf("%s: %d pixels of the mark", config, n)
				}
				continue
			}
			drawn := false
			for _, form := range readSheet(t, data).forms {
				drawn = drawn || bytes.Contains(form, []byte("1 .8314 0 rg"))
			}
			if drawn != want {
				t.Errorf("%s: the printed cover has the mark: %v", config, drawn)
			}
		}
	}
	for _, format := range []string{"cover", "wrap", "epub"} {
		res := build(t, site(logo, `<image href="https://example.org/x.png" width="9" height="9"/>`), export.Options{Formats: []string{format}})
		if told := coded(res, "drawing-cut"); len(told) == 0 || told[0].Pos.String() != "twinpress.yaml:1:36" {
			t.Errorf("%s: told %v", format, res.Problems)
		}
	}
}

// TestCoverCut: what no size makes room for is told where it is said; what fits is not, and a word wider than the cover is broken.
func TestCoverCut(t *testing.T) {
	long := strings.Repeat("many words that go on ", 80)
	for _, c := range []struct{ config, format, want string }{
		{"journal: {title: The Garden}\nissues: {\"1\": {title: Short, description: A few words.}}\n", "cover,wrap", ""},
		{"journal: {title: The Garden}\nissues:\n  \"1\":\n    title: \"The *old* " + long + "\"\n", "cover", "twinpress.yaml:4:12: issue 1: the cover has no room for all of “The old many"},
		{"journal: {title: The Garden}\nissues:\n  \"1\":\n    description: \"" + strings.Repeat(long, 4) + "\"\n", "wrap", "twinpress.yaml:4:18: issue 1: the printed cover has no room for all of “many words"},
		{"journal: {title: The Garden}\nwrap: {text: \"" + strings.Repeat(long, 4) + "\"}\n", "wrap", "twinpress.yaml:2:14: issue 1: the printed cover has no room for all of “many words"},
		{"journal: {title: Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft}\nstyle: broadsheet\n", "cover,wrap", ""},
	} {
		dir := t.TempDir()
		write(t, dir, "content/a.md", "---\ntitle: A\nissue: 1\n---\n\nText\n")
		write(t, dir, "content/b.md", "---\ntitle: B\nissue: 1\n---\n\nText\n")
		write(t, dir, "twinpress.yaml", c.config)
		told := ""
		for _, p := range coded(build(t, dir, export.Options{Formats: []string{c.format}}), "cover-cut") {
			told += p.Pos.String() + ": " + p.Message
		}
		if !strings.HasPrefix(told, c.want) || c.want == "" && told != "" || strings.Count(told, "no room") > 1 {
			t.Errorf("%.60s: told %q", c.config, told)
		}
	}
}

// TestCoverAlone: what is amiss with a picture is told as well when only the cover is written.
func TestCoverAlone(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "static/c.svg", `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 5 8"><image href="https://example.org/x.png" width="9" height="9"/></svg>`)
	write(t, dir, "content/a.md", "---\ntitle: A\nissue: 1\n---\n\nText\n")
	write(t, dir, "twinpress.yaml", "journal: {title: The Garden}\ncover: c.svg\n")
	for _, format := range []string{"cover", "thumbnail", "wrap"} {
		if res := build(t, dir, export.Options{Formats: []string{format}}); len(coded(res, "drawing-cut")) != 1 {
			t.Errorf("%s: told %v", format, res.Problems)
		}
	}
}
