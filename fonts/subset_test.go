package fonts

import (
	"bytes"
	"strings"
	"testing"

	"github.com/go-text/typesetting/font/cff"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// glyphsOf shapes a text and gives the glyphs in the order in which they come.
func glyphsOf(f *Face, text string, fs Features) []uint16 {
	var ids []uint16
	for _, r := range Default().Runs(text, f) {
		if r.Face != f {
			continue
		}
		for _, g := range f.Shape(nil, text[r.Start:r.End], Options{Features: fs, Script: r.Script, RTL: r.RTL}) {
			ids = append(ids, g.GID)
		}
	}
	return ids
}

const sampleText = `Hamburgefonstiv fi ffl, 1984: “ÄÖÜ” αβγ Ἀχιλλεύς съезд السلام हिन्दी शक्ति თბილისი שלום Հայ ภาษาไทย ∑∫√ ☭ ♞ ሰላም`

// outlinesOf draws the glyphs of a subset by reading back its bytes.
func outlinesOf(t *testing.T, f *Face, sub *Subset) func(gid uint16) []Segment {
	t.Helper()
	if !sub.CFF {
		// The font file has no cmap, as a PDF needs none; a reader of whole fonts does.
		ld, err := ot.NewLoader(bytes.NewReader(sub.Data))
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		var tables []ot.Table
		for _, tag := range ld.Tables() {
			content, _ := ld.RawTable(tag)
			tables = append(tables, ot.Table{Tag: tag, Content: content})
		}
		empty := []byte{0, 0, 0, 1, 0, 3, 0, 1, 0, 0, 0, 12, 0, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 16, 0, 0, 0, 0}
		tables = append(tables, ot.Table{Tag: ot.MustNewTag("cmap"), Content: empty})
		p, err := parseFace(writeFont(tables))
		if err != nil {
			t.Fatalf("%s: %v", f, err)
		}
		for i, old := range sub.Glyphs {
			if int(p.advances[i]) != f.Advance(old) {
				t.Errorf("%s: glyph %d is %d wide, want %d", f, old, p.advances[i], f.Advance(old))
			}
		}
		return p.outline
	}
	c, err := cff.Parse(sub.Data)
	if err != nil {
		t.Fatalf("%s: %v", f, err)
	}
	if len(c.Charstrings) != len(sub.Glyphs) {
		t.Errorf("%s: %d charstrings for %d glyphs", f, len(c.Charstrings), len(sub.Glyphs))
	}
	return func(gid uint16) []Segment {
		segs, _, err := c.LoadGlyph(tables.GlyphID(gid))
		if err != nil {
			t.Errorf("%s: new glyph %d: %v", f, gid, err)
		}
		out := make([]Segment, len(segs))
		for i := range segs {
			out[i].Op = PathOp(segs[i].Op)
			for j, a := range segs[i].ArgsSlice() {
				out[i].P[j] = Point{a.X, a.Y}
			}
		}
		return out
	}
}

// TestSubset: every glyph of a subset is drawn as in the whole font, whatever face it is from.
func TestSubset(t *testing.T) {
	for _, fam := range Default().families {
		for _, f := range fam.Faces {
			ids := append(glyphsOf(f, sampleText, ""), glyphsOf(f, "small caps 12 th", "smcp,onum")...)
			sub, err := f.Subset(ids)
			if err != nil {
				t.Errorf("%v", err)
				continue
			}
			if sub.CFF != f.IsCFF() || sub.Glyphs[0] != 0 || len(sub.Name) < 8 || sub.Name[7:] != f.Name() || sub.Name[6] != '+' {
				t.Errorf("%s: subset %s, CFF %v, first glyph %d", f, sub.Name, sub.CFF, sub.Glyphs[0])
			}
			draw := outlinesOf(t, f, sub)
			for _, old := range ids {
				n := sub.GID(old)
				if n == 0 && old != 0 {
					t.Errorf("%s: glyph %d is not in its subset", f, old)
				}
				if !samePath(draw(n), f.Outline(old)) {
					t.Errorf("%s: glyph %d is drawn otherwise in its subset:\n got %v\nwant %v", f, old, draw(n), f.Outline(old))
				}
			}
			again, _ := f.Subset(append([]uint16{0}, ids...))
			if !bytes.Equal(again.Data, sub.Data) || again.Name != sub.Name {
				t.Errorf("%s: the same glyphs give two fonts", f)
			}
		}
	}
}

func samePath(a, b []Segment) bool {
	if len(a) != len(b) {
		return false
	}
	for i := range a {
		if a[i] != b[i] {
			return false
		}
	}
	return true
}

// All glyphs of each CFF face can be copied; none has to be drawn anew for want of an operator.
func TestSubsetAll(t *testing.T) {
	if testing.Short() {
		t.Skip("reads every glyph of every house face")
	}
	for _, fam := range Default().families {
		for _, f := range fam.Faces {
			all := make([]uint16, f.NumGlyphs())
			for i := range all {
				all[i] = uint16(i)
			}
			src, err := f.load().subsetter()
			if err != nil {
				t.Fatal(err)
			}
			if f.IsCFF() {
				if _, err := src.cff.cidKeyed("X", all); err != nil {
					t.Errorf("%s: %v", f, err)
				}
			}
			sub, err := f.Subset(all)
			if err != nil {
				t.Fatal(err)
			}
			draw := outlinesOf(t, f, sub)
			for _, g := range all {
				if !samePath(draw(g), f.Outline(g)) {
					t.Errorf("%s: glyph %d differs", f, g)
				}
			}
		}
	}
}

// A subset is small: the font of an article's text is a few kilobytes.
func TestSubsetSize(t *testing.T) {
	f := Default().Text.Select(400, false)
	sub, err := f.Subset(glyphsOf(f, "ABCDEFGHIJKLMNOPQRSTUVWXYZ abcdefghijklmnopqrstuvwxyz 0123456789 .,;:!?()[]“”‘’–— fi fl ffi", "onum"))
	if err != nil {
		t.Fatal(err)
	}
	if n := len(sub.Glyphs); n < 80 || len(sub.Data) > 12_000 {
		t.Errorf("%d glyphs take %d bytes", n, len(sub.Data))
	}
}

func TestSubsetErrors(t *testing.T) {
	f := Default().Text.Select(400, false)
	if _, err := f.Subset([]uint16{60000}); err == nil || !strings.Contains(err.Error(), "no glyph 60000") {
		t.Errorf("a glyph that is not there: %v", err)
	}
	sub, err := f.Subset(nil)
	if err != nil || len(sub.Glyphs) != 1 {
		t.Errorf("no glyphs: %v, %v", sub, err)
	}
	if sub.GID(5) != 0 {
		t.Error("a glyph that is not in the subset has an id")
	}
}

// The expander stops at what it cannot follow, and at what does not end.
func TestExpanderErrors(t *testing.T) {
	loop := cffIndex{count: 1, offSize: 1, offsets: []byte{1, 3}, data: []byte{32, 10}} // subroutine 0 calls itself (-107 + bias 107)
	for name, cs := range map[string][]byte{
		"calls itself":     {32, 10},
		"no operand":       {10},
		"no such sub":      {139, 29},
		"cut number":       {28, 1},
		"cut mask":         {139, 139, 18, 19},
		"arithmetic":       {139, 139, 12, 10, 14},
		"old accents":      {139, 139, 139, 139, 14},
		"cut escape":       {12},
		"unknown operator": {12, 99},
	} {
		x := expander{local: loop}
		if err := x.run(cs, 0); err == nil {
			t.Errorf("%s passes", name)
		}
	}
}

func TestDictNumbers(t *testing.T) {
	for _, v := range []int{0, 107, -107, 108, 1131, -108, -1131, 1132, -1132, 32767, -32768, 32768, -40000, 1 << 30} {
		if got := ints(dictInt(nil, v)); len(got) != 1 || got[0] != v {
			t.Errorf("%d reads back as %v", v, got)
		}
	}
	if got := dictReal(nil, 0.00048828125); !bytes.Equal(got, []byte{30, 0x0A, 0x00, 0x04, 0x88, 0x28, 0x12, 0x5F}) {
		t.Errorf("real: % x", got)
	}
}

// FuzzCFF: broken CFF tables are errors, never a crash or a hang.
func FuzzCFF(f *testing.F) {
	for _, fam := range Default().families[:4] {
		sub, err := fam.Faces[0].Subset(glyphsOf(fam.Faces[0], "Hag", ""))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(sub.Data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		c, err := parseCFF(data)
		if err != nil {
			return
		}
		glyphs := make([]uint16, min(c.charStrings.count, 20))
		for i := range glyphs {
			glyphs[i] = uint16(i)
		}
		if len(glyphs) == 0 {
			return
		}
		out, err := c.cidKeyed("X", glyphs)
		if err != nil {
			return
		}
		if _, err := parseCFF(out); err != nil {
			t.Errorf("what we write does not read back: %v", err)
		}
	})
}

func BenchmarkSubset(b *testing.B) {
	f := Default().Text.Select(400, false)
	ids := glyphsOf(f, sampleText, "onum")
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Subset(ids); err != nil {
			b.Fatal(err)
		}
	}
}

// A font with several Private DICTs (as Chinese and Japanese ones have) keeps each glyph with its own.
func TestSeveralFDs(t *testing.T) {
	private := func(stem int) cffPrivate {
		return cffPrivate{entries: []cffEntry{{opStdVW, dictInt(nil, stem)}}}
	}
	src := cidFont{
		name: "X", fdOf: []int{0, 1, 1, 0}, fds: []cffPrivate{private(50), private(80)},
		strings: [][]byte{{14}, charString([]Segment{{Op: MoveTo}, {Op: LineTo, P: [3]Point{{100, 0}}}}, 500), {14}, charString(nil, 300)},
	}
	c, err := parseCFF(src.write())
	if err != nil {
		t.Fatal(err)
	}
	stem := func(c *cffFont, gid int) int { return ints(find(c.fds[c.fdOf(gid)].entries, opStdVW))[0] }
	for gid, want := range []int{50, 80, 80, 50} {
		if got := stem(c, gid); got != want {
			t.Errorf("glyph %d has the stem %d, want %d", gid, got, want)
		}
	}
	data, err := c.cidKeyed("Y", []uint16{0, 3, 1})
	if err != nil {
		t.Fatal(err)
	}
	sub, err := parseCFF(data)
	if err != nil {
		t.Fatal(err)
	}
	for gid, want := range []int{50, 50, 80} {
		if got := stem(sub, gid); got != want {
			t.Errorf("glyph %d of the subset has the stem %d, want %d", gid, got, want)
		}
	}
	if !bytes.Equal(sub.charStrings.at(2), src.strings[1]) {
		t.Errorf("charstring % x, want % x", sub.charStrings.at(2), src.strings[1])
	}
	fd, err := readFDSelect([]byte{0, 1, 0, 2}, 3) // format 0: a byte for each glyph
	if err != nil || fd(0) != 1 || fd(2) != 2 {
		t.Errorf("FDSelect of format 0: %v", err)
	}
	if _, err := readFDSelect([]byte{3, 0, 9}, 3); err == nil {
		t.Error("a cut FDSelect passes")
	}
}

// Charstrings that cannot be copied are drawn anew from their outlines.
func TestSubsetDrawn(t *testing.T) {
	f := Default().Text.Select(400, false)
	p := f.load()
	glyphs := []uint16{0}
	glyphs = append(glyphs, glyphsOf(f, "gÅ§", "")...)
	sub := &Subset{CFF: true, Data: p.drawn("X", glyphs), Glyphs: glyphs}
	draw := outlinesOf(t, f, sub)
	for i, g := range glyphs {
		if a, b := ink(draw(uint16(i))), ink(f.Outline(g)); a < 0.99*b || a > 1.01*b {
			t.Errorf("glyph %d has %.0f of ink, want %.0f", g, a, b)
		}
	}
}
