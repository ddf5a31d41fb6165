package fonts

import (
	"bytes"
	"strings"
	"testing"
	"testing/fstest"
)

// TestSubsetWeb: read back by any shaper, the web font sets its text as the whole font does, with the features asked for.
func TestSubsetWeb(t *testing.T) {
	for _, c := range []struct {
		family   string
		italic   bool
		features Features
		text     string
		script   string
		rtl      bool
	}{
		{"text", false, "c2sc,onum,pnum,smcp,sups", latinWords, "Latn", false},
		{"text", true, "", latinWords + markWords, "Latn", false},
		{"text", false, "smcp", greekWords, "Grek", false},
		{"text", true, "", cyrWords, "Cyrl", false},
		{"sans", false, "onum", latinWords, "Latn", false},
		{"mono", false, "", codeWords, "Latn", false},
		{"Noto Naskh Arabic", false, "", arabWords, "Arab", true},
		{"Noto Serif Hebrew", false, "", hebrWords, "Hebr", true},
		{"Noto Serif Devanagari", false, "", devaWords, "Deva", false},
		{"Noto Serif Thai", false, "", thaiWords, "Thai", false},
		{"Noto Sans Math", false, "", "∑∫√𝒜𝔸x²", "Zmth", false},
	} {
		f := Default().Select(c.family, 400, c.italic)
		web, err := f.SubsetWeb(c.text, c.features)
		if err != nil {
			t.Errorf("%s: %v", f, err)
			continue
		}
		if len(web.Data) >= len(f.Data()) {
			t.Errorf("%s: %d bytes of %d", f, len(web.Data), len(f.Data()))
		}
		if wantExt := map[bool]string{true: ".otf", false: ".ttf"}[f.IsCFF()]; web.Ext != wantExt || web.MediaType != "font/"+wantExt[1:] {
			t.Errorf("%s: %s, %s", f, web.Ext, web.MediaType)
		}
		families, err := Load(fstest.MapFS{"w" + web.Ext: {Data: web.Data}}, ".")
		if err != nil {
			t.Errorf("%s: does not load: %v", f, err)
			continue
		}
		back := families[0].Faces[0]
		if back.Family() != f.Family() || back.Metrics() != f.Metrics() {
			t.Errorf("%s: came back as %s\n got %+v\nwant %+v", f, back.Family(), back.Metrics(), f.Metrics())
		}
		for _, lang := range []string{"en", "tr", "sr"} {
			for _, fs := range append(strings.Split(string(c.features), ","), string(c.features), "") {
				opt := Options{Features: Features(fs), Lang: lang, Script: c.script, RTL: c.rtl}
				for _, word := range strings.Fields(c.text) {
					want, got := f.Shape(nil, word, opt), back.Shape(nil, word, opt)
					if len(want) != len(got) {
						t.Errorf("%s: %s (%s, %s): %d glyphs, want %d", f, word, fs, lang, len(got), len(want))
						continue
					}
					for i := range want {
						if got[i] != want[i] {
							t.Errorf("%s: %s (%s, %s): glyph %+v, want %+v", f, word, fs, lang, got[i], want[i])
						}
						if !samePath(f.Outline(want[i].GID), back.Outline(want[i].GID)) {
							t.Errorf("%s: %s (%s, %s): glyph %d is drawn otherwise", f, word, fs, lang, want[i].GID)
						}
					}
				}
			}
		}
		if back.Has('Ж') && !strings.ContainsRune(c.text, 'Ж') {
			t.Errorf("%s: a letter that the text does not have is in its cmap", f)
		}
		again, _ := f.SubsetWeb(c.text+c.text, c.features)
		if !bytes.Equal(again.Data, web.Data) {
			t.Errorf("%s: the same characters give two fonts", f)
		}
	}
}

// A letter that nobody asked for has no ink, and an instance of a variable font goes to the web as a plain font.
func TestSubsetWebBlank(t *testing.T) {
	f := Default().Text.Select(400, false)
	web, err := f.SubsetWeb("a", "")
	if err != nil {
		t.Fatal(err)
	}
	p, err := parseFace(web.Data)
	if err != nil {
		t.Fatal(err)
	}
	a, _ := f.Glyph('a')
	b, _ := f.Glyph('b')
	if len(p.outline(a)) == 0 || len(p.outline(b)) != 0 {
		t.Error("a is blank, or b is not")
	}

	families, err := Load(fstest.MapFS{"v.ttf": {Data: testFile(t, "TwinVariable.ttf")}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	bold := families[0].Select(700, false)
	web, err = bold.SubsetWeb("Ha", "")
	if err != nil {
		t.Fatal(err)
	}
	p, err = parseFace(web.Data)
	if err != nil {
		t.Fatal(err)
	}
	h, _ := bold.Glyph('H')
	if got, want := ink(p.outline(h)), ink(bold.Outline(h)); web.Ext != ".otf" || got < 0.98*want || got > 1.02*want {
		t.Errorf("%s: H has %.0f of ink, want %.0f", web.Ext, got, want)
	}
}

func TestSubsetWebLicence(t *testing.T) {
	data := patched(t, houseFile(t, "noto/NotoSerifHebrew-Bold.ttf"), "OS/2", 8, 0, 4) // preview and print
	families, err := Load(fstest.MapFS{"a.ttf": {Data: data}}, ".")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := families[0].Faces[0].SubsetWeb("א", ""); err == nil || !strings.Contains(err.Error(), "licence") {
		t.Errorf("error %v", err)
	}
	if _, err := Default().Text.Faces[0].SubsetWeb("a", "smallcaps"); err == nil {
		t.Error("a feature that is none passes")
	}
}

func BenchmarkSubsetWeb(b *testing.B) {
	f := Default().Text.Select(400, false)
	for b.Loop() {
		if _, err := f.SubsetWeb(latinWords, "smcp,onum"); err != nil {
			b.Fatal(err)
		}
	}
}
