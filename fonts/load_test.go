package fonts

import (
	"encoding/binary"
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"

	ot "github.com/go-text/typesetting/font/opentype"
)

func houseFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := houseFiles.ReadFile("house/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// patched is a font with bytes of a table replaced.
func patched(t testing.TB, data []byte, tag string, at int, b ...byte) []byte {
	t.Helper()
	n := binary.BigEndian.Uint16(data[4:])
	out := append([]byte(nil), data...)
	for i := range int(n) {
		rec := out[12+16*i:]
		if ot.Tag(binary.BigEndian.Uint32(rec)) == ot.MustNewTag(tag) {
			copy(out[int(binary.BigEndian.Uint32(rec[8:]))+at:], b)
			return out
		}
	}
	t.Fatalf("no table %s", tag)
	return nil
}

func testFile(t testing.TB, name string) []byte {
	t.Helper()
	data, err := os.ReadFile("testdata/" + name)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

func describe(families []*Family) string {
	var b strings.Builder
	for _, fam := range families {
		b.WriteString(fam.Name + ":")
		for _, f := range fam.Faces {
			b.WriteString(" " + f.Name())
			if f.Italic() {
				b.WriteString("/i")
			}
		}
		b.WriteString("\n")
	}
	return b.String()
}

func TestLoad(t *testing.T) {
	file := func(name string) *fstest.MapFile { return &fstest.MapFile{Data: houseFile(t, name)} }
	fsys := fstest.MapFS{
		"fonts/otf/b.otf":                   file("libertinus/LibertinusSerif-BoldItalic.otf"),
		"fonts/otf/r.otf":                   file("libertinus/LibertinusSerif-Regular.otf"),
		"fonts/otf/si.OTF":                  file("libertinus/LibertinusSerif-SemiboldItalic.otf"), // whose fsSelection forgets that it is italic
		"fonts/arab.ttf":                    file("noto/NotoNaskhArabic-Regular.ttf"),
		"fonts/copy/arab.ttf":               file("noto/NotoNaskhArabic-Regular.ttf"),
		"fonts/web/r.otf.woff2":             {Data: testFile(t, "TwinBarlow.woff2")},
		"fonts/.hidden.ttf":                 {Data: []byte("x")},
		"fonts/readme.txt":                  {Data: []byte("x")},
		"fonts/SourceSans3-It.otf":          file("source-sans/SourceSans3-It.otf"),
		"elsewhere/SourceSans3-Regular.otf": file("source-sans/SourceSans3-Regular.otf"),
	}
	families, err := Load(fsys, "fonts")
	if err != nil {
		t.Fatal(err)
	}
	want := "Libertinus Serif: LibertinusSerif-Regular LibertinusSerif-SemiboldItalic/i LibertinusSerif-BoldItalic/i\n" +
		"Noto Naskh Arabic: NotoNaskhArabic-Regular\nSource Sans 3: SourceSans3-It/i\nTwin Barlow: TwinBarlow\n"
	if got := describe(families); got != want {
		t.Errorf("got\n%swant\n%s", got, want)
	}
	for _, fam := range families {
		for _, f := range fam.Faces {
			house := Default().Select(f.Family(), f.Weight(), f.Italic())
			if fam.Name == "Twin Barlow" {
				continue
			}
			if f.Metrics() != house.Metrics() || f.Weight() != house.Weight() {
				t.Errorf("%s differs from the same file in the house", f)
			}
		}
	}
}

func TestLoadErrors(t *testing.T) {
	good := houseFile(t, "source-sans/SourceSans3-Regular.otf")
	for _, c := range []struct {
		name, file string
		data       []byte
		is         error
		says       string
	}{
		{"restricted", "a.otf", patched(t, good, "OS/2", 8, 0, 2), ErrEmbedding, "font file f/a.otf: its licence (OS/2 fsType) forbids embedding; ask its maker"},
		{"bitmap embedding only", "a.otf", patched(t, good, "OS/2", 8, 2, 0), ErrEmbedding, "forbids embedding"},
		{"not a font", "a.ttf", []byte("<!doctype html>"), ErrFormat, "font file f/a.ttf: not a font that can be read"},
		{"empty", "a.ttf", nil, ErrFormat, "not a font"},
		{"cut short", "a.otf", good[:len(good)/2], ErrFormat, "not a font"},
		{"a table of four gigabytes", "a.otf", append(append([]byte{}, good[:24]...), append([]byte{0xFF, 0xFF, 0xFF, 0xFF}, good[28:]...)...), ErrFormat, "reaches beyond its end"},
		{"no units", "a.otf", patched(t, good, "head", 18, 0, 0), ErrFormat, "units to the em"},
		{"broken WOFF2", "a.woff2", testFile(t, "TwinBarlow.woff2")[:400], ErrFormat, "WOFF2 is cut short"},
		{"variable, CFF2", "a.otf", testFile(t, "TwinVariable.otf"), ErrVariable, "static instances"},
		{"broken fvar", "a.ttf", patched(t, testFile(t, "TwinVariable.ttf"), "fvar", 8, 0, 0), ErrVariable, "static instances"},
	} {
		t.Run(c.name, func(t *testing.T) {
			families, err := Load(fstest.MapFS{"f/" + c.file: {Data: c.data}, "f/good.otf": {Data: houseFile(t, "noto/NotoSerifHebrew-Bold.ttf")}}, "f")
			if !errors.Is(err, c.is) || !strings.Contains(err.Error(), c.says) {
				t.Errorf("error %v; want %v, saying %q", err, c.is, c.says)
			}
			var fe *FileError
			if !errors.As(err, &fe) || fe.File != "f/"+c.file {
				t.Errorf("the error does not name the file: %v", err)
			}
			if got := describe(families); got != "Noto Serif Hebrew: NotoSerifHebrew-Bold\n" {
				t.Errorf("the good font beside it is lost: %q", got)
			}
		})
	}
	if _, err := Load(fstest.MapFS{"f/x.txt": {}}, "f"); err == nil || !strings.Contains(err.Error(), "no .otf") {
		t.Errorf("an empty folder: %v", err)
	}
	if _, err := Load(fstest.MapFS{}, "nowhere"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("no folder: %v", err)
	}
}

// What a font says of itself is not always well said.
func TestIdentify(t *testing.T) {
	good := houseFile(t, "source-sans/SourceSans3-Regular.otf")
	for _, c := range []struct {
		name   string
		data   []byte
		family string
		weight int
		italic bool
	}{
		{"as it is", good, "Source Sans 3", 400, false},
		{"condensed", patched(t, good, "OS/2", 6, 0, 3), "Source Sans 3 Condensed", 400, false},
		{"weight in one digit", patched(t, good, "OS/2", 4, 0, 7), "Source Sans 3", 700, false},
		{"no weight", patched(t, houseFile(t, "source-sans/SourceSans3-Semibold.otf"), "OS/2", 4, 0, 0), "Source Sans 3", 600, false},
		{"italic by head", patched(t, good, "head", 44, 0, 2), "Source Sans 3", 400, true},
		{"italic by its angle", patched(t, good, "post", 4, 0xFF, 0xF4), "Source Sans 3", 400, true},
		{"no names", patched(t, good, "name", 2, 0, 0), "file", 400, false},
	} {
		families, err := Load(fstest.MapFS{"file.otf": {Data: c.data}}, ".")
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		f := families[0].Faces[0]
		if f.Family() != c.family || f.Weight() != c.weight || f.Italic() != c.italic || f.Name() == "" {
			t.Errorf("%s: %s of %q, %d, italic %v", c.name, f, f.Family(), f.Weight(), f.Italic())
		}
	}
	if got := psName("Fraktur (Schöne) 1/2"); got != "FrakturSchne12" {
		t.Errorf("psName gives %q", got)
	}
}

// A font that may be embedded only whole is embedded whole.
func TestNoSubsetting(t *testing.T) {
	data := patched(t, houseFile(t, "noto/NotoSerifHebrew-Bold.ttf"), "OS/2", 8, 1, 4)
	families, err := Load(fstest.MapFS{"a.ttf": {Data: data}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	f := families[0].Faces[0]
	if l := f.Licence(); !l.Embed || l.Subset || l.Web {
		t.Errorf("licence %+v", l)
	}
	sub, err := f.Subset([]uint16{3})
	if err != nil || len(sub.Glyphs) != f.NumGlyphs() {
		t.Errorf("%d glyphs of %d, %v", len(sub.Glyphs), f.NumGlyphs(), err)
	}
}

// A variable font gives its named instances, each with its own widths and outlines.
func TestLoadVariable(t *testing.T) {
	families, err := Load(fstest.MapFS{"v.ttf": {Data: testFile(t, "TwinVariable.ttf")}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	want := "Twin Variable: TwinVariable-ExtraLight TwinVariable-Light TwinVariable-Regular TwinVariable-Medium TwinVariable-Semibold TwinVariable-Bold TwinVariable-Black\n"
	if got := describe(families); got != want {
		t.Fatalf("got %swant %s", got, want)
	}
	fam := families[0]
	light, bold := fam.Select(200, false), fam.Select(700, false)
	if light.Weight() != 200 || bold.Weight() != 700 {
		t.Errorf("weights %d and %d", light.Weight(), bold.Weight())
	}
	g, _ := bold.Glyph('H')
	if ink(bold.Outline(g)) <= 1.5*ink(light.Outline(g)) {
		t.Errorf("the bold H has %.0f of ink, the light one %.0f", ink(bold.Outline(g)), ink(light.Outline(g)))
	}
	sub, err := bold.Subset(glyphsOf(bold, "AaHé", ""))
	if err != nil {
		t.Fatal(err)
	}
	if !sub.CFF {
		t.Error("an instance should come as CFF")
	}
	draw := outlinesOf(t, bold, sub)
	for _, old := range sub.Glyphs {
		a, b := ink(draw(sub.GID(old))), ink(bold.Outline(old))
		if a < 0.98*b || a > 1.02*b {
			t.Errorf("glyph %d has %.0f of ink in the subset, %.0f in the font", old, a, b)
		}
	}
}

// ink is the area of a path, its curves taken for the polygons of their control points.
func ink(path []Segment) float64 {
	var area float64
	var first, at Point
	line := func(to Point) {
		area += float64(at.X)*float64(to.Y) - float64(to.X)*float64(at.Y)
		at = to
	}
	for _, s := range path {
		switch s.Op {
		case MoveTo:
			line(first)
			first, at = s.P[0], s.P[0]
		case LineTo:
			line(s.P[0])
		case QuadTo: // Simpson's weights: the area under a curve, near enough
			a, c, e := at, s.P[0], s.P[1]
			line(Point{(a.X + 2*c.X + e.X) / 4, (a.Y + 2*c.Y + e.Y) / 4})
			line(e)
		case CubeTo:
			a, b, c, e := at, s.P[0], s.P[1], s.P[2]
			line(Point{(a.X + 3*b.X + 3*c.X + e.X) / 8, (a.Y + 3*b.Y + 3*c.Y + e.Y) / 8})
			line(e)
		}
	}
	line(first)
	if area < 0 {
		area = -area
	}
	return area / 2
}

// A collection is read as so many fonts, each written as a file of its own.
func TestLoadCollection(t *testing.T) {
	a, b := houseFile(t, "noto/NotoSerifHebrew-Regular.ttf"), houseFile(t, "noto/NotoSerifHebrew-Bold.ttf")
	ttc := []byte("ttcf\x00\x01\x00\x00\x00\x00\x00\x02")
	head := 20
	ttc = binary.BigEndian.AppendUint32(ttc, uint32(head))
	ttc = binary.BigEndian.AppendUint32(ttc, uint32(head+len(a)))
	for _, font := range [][]byte{a, b} {
		start := len(ttc)
		ttc = append(ttc, font...)
		for i := range int(binary.BigEndian.Uint16(font[4:])) { // offsets count from the start of the collection
			at := ttc[start+12+16*i+8:]
			binary.BigEndian.PutUint32(at, binary.BigEndian.Uint32(at)+uint32(start))
		}
	}
	families, err := Load(fstest.MapFS{"h.ttc": {Data: ttc}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	if got := describe(families); got != "Noto Serif Hebrew: NotoSerifHebrew-Regular NotoSerifHebrew-Bold\n" {
		t.Error(got)
	}
	if _, err := parseFace(families[0].Faces[1].Data()); err != nil {
		t.Errorf("Data is not a font file: %v", err)
	}
}

// A WOFF2 gives the glyphs and widths of the font that was packed.
func TestLoadWOFF2(t *testing.T) {
	for _, c := range []struct{ file, house string }{{"TwinBarlow.woff2", "Barlow"}, {"TwinCode.woff2", "mono"}} {
		families, err := Load(fstest.MapFS{"a.woff2": {Data: testFile(t, c.file)}}, ".")
		if err != nil {
			t.Errorf("%s: %v", c.file, err)
			continue
		}
		f, house := families[0].Faces[0], Default().Select(c.house, 400, false)
		for _, r := range "AaéHhÅ " {
			g, ok := f.Glyph(r)
			h, _ := house.Glyph(r)
			if !ok || f.Advance(g) != house.Advance(h) || !samePath(f.Outline(g), house.Outline(h)) {
				t.Errorf("%s: %c (%v) is %d wide, want %d\n got %v\nwant %v", c.file, r, ok, f.Advance(g), house.Advance(h), f.Outline(g), house.Outline(h))
			}
		}
	}
}

// FuzzWOFF2: a broken WOFF2 is an error or a font file, never a crash.
func FuzzWOFF2(f *testing.F) {
	f.Add(testFile(f, "TwinBarlow.woff2"))
	f.Add(testFile(f, "TwinCode.woff2"))
	f.Fuzz(func(t *testing.T, data []byte) {
		out, err := unpackWOFF2(data)
		if err == nil && checkDirectory(out) != nil {
			t.Error("what we put together is no font file")
		}
	})
}

// FuzzGlyf: so with the transformed outlines, which a fuzzer cannot reach through the compression.
func FuzzGlyf(f *testing.F) {
	f.Add([]byte{0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0,
		0, 1, 3, 20, 60, 100, 1, 2, 3, 0, 0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		g, err := rebuildGlyf(data)
		if err == nil && g.offsets[len(g.offsets)-1] != len(g.glyf) {
			t.Error("offsets and glyphs differ")
		}
	})
}

// FuzzLoad: whatever stands in a font file, Load gives faces that can be used or an error, never a crash.
func FuzzLoad(f *testing.F) {
	for _, name := range []string{"TwinVariable.ttf", "TwinVariable.otf"} {
		f.Add(testFile(f, name))
	}
	code, err := Default().Mono.Faces[0].SubsetWeb("Ha é", "")
	if err != nil {
		f.Fatal(err)
	}
	f.Add(code.Data)
	hebrew := Default().Select("Noto Serif Hebrew", 400, false)
	f.Add(hebrew.Data())
	f.Fuzz(func(t *testing.T, data []byte) {
		families, err := Load(fstest.MapFS{"a.ttf": {Data: data}}, ".")
		if err == nil && len(families) == 0 {
			t.Error("neither a font nor an error")
		}
		for _, fam := range families {
			for _, face := range fam.Faces {
				face.Shape(nil, "Ha é", Options{})
				for g := range min(face.NumGlyphs(), 8) {
					face.Outline(uint16(g))
					face.Bounds(uint16(g))
					face.Subset([]uint16{uint16(g)})
				}
			}
		}
	})
}
