package fonts

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestRuns(t *testing.T) {
	s := Default()
	for _, c := range []struct{ name, text, want string }{
		{"plain", "Hamburg", "Hamburg/LibertinusSerif-Regular/Latn"},
		{"script", "das мир-Kommando", "das /LibertinusSerif-Regular/Latn мир-/LibertinusSerif-Regular/Cyrl Kommando/LibertinusSerif-Regular/Latn"},
		{"greek", "Ὀδυσσεύς", "Ὀδυσσεύς/LibertinusSerif-Regular/Grek"},
		{"leading punctuation takes the script that follows", "«Война»", "«Война»/LibertinusSerif-Regular/Cyrl"},
		{"hebrew is in the text face", "ש", "ש/LibertinusSerif-Regular/Hebr/rtl"},
		{"space between Arabic words stays Arabic", "السلام عليكم", "السلام عليكم/NotoNaskhArabic-Regular/Arab/rtl"},
		{"Arabic in English", "the word سلام means", "the word /LibertinusSerif-Regular/Latn سلام/NotoNaskhArabic-Regular/Arab/rtl  /LibertinusSerif-Regular/Arab/rtl means/LibertinusSerif-Regular/Latn"},
		{"devanagari", "हिन्दी में", "हिन्दी में/NotoSerifDevanagari-Regular/Deva"},
		{"georgian", "თბილისი", "თბილისი/NotoSerifGeorgian-Regular/Geor"},
		{"mark stays with its letter", "x\u0302y", "x\u0302y/LibertinusSerif-Regular/Latn"},
		{"composed from base and mark", "e\u0301", "e\u0301/LibertinusSerif-Regular/Latn"},
		{"symbol", "a ☭ b", "a /LibertinusSerif-Regular/Latn ☭/NotoSansSymbols-Regular/Latn  b/LibertinusSerif-Regular/Latn"},
		{"chess, from a symbol face", "🨀", "🨀/NotoSansSymbols2-Regular/Latn"},
		{"nobody has it", "a漢字b", "a/LibertinusSerif-Regular/Latn 漢/LibertinusSerif-Regular/Hani/missing 字/LibertinusSerif-Regular/Hani/missing b/LibertinusSerif-Regular/Latn"},
		{"a mark that the letter's face lacks", "ك\u05c5", "ك/NotoNaskhArabic-Regular/Arab/rtl \u05c5/NotoNaskhArabic-Regular/Arab/rtl/missing"},
		{"invisible is not missed", "a\u200db\u2060c\u00add", "a\u200db\u2060c\u00add/LibertinusSerif-Regular/Latn"},
		{"newline and tab", "a\n\tb", "a\n\tb/LibertinusSerif-Regular/Latn"},
		{"spaces of every width", "a\u2002\u2003\u2009\u200a\u202f\u00a0b", "a\u2002\u2003\u2009\u200a\u202f\u00a0b/LibertinusSerif-Regular/Latn"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			for _, r := range s.Runs(c.text, s.Text.Select(400, false)) {
				d := fmt.Sprintf("%s/%s/%s", c.text[r.Start:r.End], r.Face, r.Script)
				if r.RTL {
					d += "/rtl"
				}
				if r.Missing {
					d += "/missing"
				}
				got = append(got, d)
			}
			if g := strings.Join(got, " "); g != c.want {
				t.Errorf("\n got %s\nwant %s", g, c.want)
			}
		})
	}
}

// A face that lacks a space of some width, or the no-break hyphen, is not left for it: the shaper makes it from what there is.
func TestSpaces(t *testing.T) {
	const text = "a\u2002\u2003\u2009\u200a\u202f\u00a0\u2007\u2008\u2011b"
	s := Default()
	for _, fam := range s.families[:firstFallback] {
		for _, f := range fam.Faces {
			if r := s.Runs(text, f); len(r) != 1 || r[0].Face != f || r[0].Missing {
				t.Errorf("%s: %+v", f, r)
			}
			g := f.Shape(nil, text, Options{})
			if len(g) != 11 {
				t.Errorf("%s: %d glyphs", f, len(g))
				continue
			}
			for i, gl := range g {
				if gl.GID == 0 || gl.Advance <= 0 {
					t.Errorf("%s: character %d of %q is glyph %d, %d wide", f, i, text, gl.GID, gl.Advance)
				}
			}
		}
	}
}

// Runs follow the weight and posture of the wanted face as far as the fallback goes.
func TestRunsWeight(t *testing.T) {
	s := Default()
	r := s.Runs("سلام", s.Text.Select(700, true))
	if len(r) != 1 || r[0].Face.Name() != "NotoNaskhArabic-Bold" {
		t.Errorf("%+v", r)
	}
}

// FuzzRuns: the runs cover the text, in order, without gaps, at character borders; those not missing shape without .notdef.
func FuzzRuns(f *testing.F) {
	for _, s := range []string{"Hamburg", "a漢b", "שלום عليكم", "e\u0301\u0302\u200d", "\xff\xfe", "🇩🇪👩\u200d👩\u200d👧", "\u0301", "a\u00adb", "\u2067abc\u2069", "क्\u200dष",
		"ك\u05c5", "ऍ\u200d\xe0\xa4@", "\x00"} {
		f.Add(s)
	}
	set := Default()
	face := set.Text.Select(400, false)
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 1000 {
			return
		}
		at := 0
		for _, r := range set.Runs(text, face) {
			if r.Start != at || r.End <= r.Start {
				t.Fatalf("run %+v begins at %d, want %d", r, r.Start, at)
			}
			at = r.End
			part := text[r.Start:r.End]
			glyphs := r.Face.Shape(nil, part, Options{Script: r.Script, RTL: r.RTL})
			for _, g := range glyphs {
				if int(g.Cluster) >= len(part) || g.Cluster < 0 {
					t.Fatalf("%q: cluster %d", part, g.Cluster)
				}
				if g.GID == 0 && !r.Missing && utf8.ValidString(part) {
					t.Errorf("%q in %s gives .notdef, but is not missing: %+v", part, r.Face, glyphs)
				}
			}
		}
		if at != len(text) {
			t.Fatalf("runs end at %d of %d", at, len(text))
		}
	})
}

func BenchmarkRuns(b *testing.B) {
	s := Default()
	face := s.Text.Select(400, false)
	var dst []Run
	b.ReportAllocs()
	for b.Loop() {
		dst = s.AppendRuns(dst[:0], "Die „Revolution“ von 1848—und Ἀχιλλεύς, съезд", face)
	}
}
