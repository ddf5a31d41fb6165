package fonts

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
)

var update = flag.Bool("update", false, "write testdata anew; the shaping is recorded from hb-shape, which must be installed")

// A shapingCase is words shaped in one face with one setting.
type shapingCase struct {
	family   string
	weight   int
	italic   bool
	features Features
	lang     string
	script   string
	rtl      bool
	words    string
}

const (
	latinWords = `Hamburgefonstiv office fi fl ffi ffl affine flask offline Tropf shelfful fjord gyűjtő AVATAR WAVE Type To. Yes, Ty Va. P. L’Équipe
D’Alembert f’ f” “Well,” ‘t ?’ (Av) T—o A–V 1984 2018-12-02 80th 1st 3½ 12/17 §4 No. Łódź Žižek Dvořák Škoda Ångström Þórr œuvre Æsir
straße GROẞ Istanbul İstanbul ırmak ĳs naïve Việt Đặng ñandú São coração città perché r.v.f. AWAY, LTd Kv. rn VA. W.A. Co. y. v, w. "a" it's`
	greekWords = `λόγος Ἀχιλλεύς μῆνιν ᾠδή ῥήτωρ Ὀδυσσεύς ὦ ἄνθρωπος ΑΥΤΟΣ Τάξις ᾍδης ἐφ᾽ ταῦτα, Αὐτός ΰ ΐ`
	cyrWords   = `Революция Ленин съезд ГУЛАГ Тбилиси Ежов объект Й ё Љубав ђак і́ ѣ Трава То, Ру. Ау`
	markWords  = "e\u0301tude n\u0303 x\u0302 a\u0328\u0301 Z\u030c o\u0308 s\u0323\u0307 i\u0301 \u0131\u0308 q\u0307"
	codeWords  = `func main() { fmt.Println("fi") } != <= => -> 0x1F a[i]++ // œ №`
	arabWords  = `السلام العربية لا الله محمّد ﷺ كتاب، مِنْ ٢٠١٨`
	hebrWords  = `שלום עֲלֵיכֶם תל־אביב ״צה״ל״`
	devaWords  = `हिन्दी क्रान्ति शक्ति र्क ज्ञान द्वि स्त्री १९४७`
	thaiWords  = `ภาษาไทย น้ำ ที่ ปฏิวัติ`
	armnWords  = `Հայաստան և մեծ`
	georWords  = `საქართველო თბილისი`
)

var shapingCases = []shapingCase{
	{family: "text", weight: 400, words: latinWords},
	{family: "text", weight: 400, italic: true, words: latinWords},
	{family: "text", weight: 600, words: latinWords},
	{family: "text", weight: 700, words: latinWords},
	{family: "text", weight: 700, italic: true, words: latinWords},
	{family: "display", weight: 400, words: latinWords},
	{family: "sans", weight: 400, words: latinWords},
	{family: "sans", weight: 600, words: latinWords},
	{family: "sans", weight: 700, italic: true, words: latinWords},
	{family: "Barlow", weight: 300, words: latinWords},
	{family: "Barlow", weight: 400, words: latinWords},
	{family: "Barlow", weight: 600, features: "c2sc,smcp", words: latinWords},
	{family: "Barlow", weight: 700, italic: true, words: latinWords},
	{family: "mono", weight: 400, words: codeWords},
	{family: "mono", weight: 700, words: codeWords},
	{family: "text", weight: 400, features: "smcp", words: latinWords},
	{family: "text", weight: 400, features: "c2sc,smcp", words: latinWords},
	{family: "text", weight: 400, italic: true, features: "c2sc,smcp", words: latinWords},
	{family: "sans", weight: 400, features: "c2sc,smcp", words: latinWords},
	{family: "text", weight: 400, features: "onum", words: latinWords},
	{family: "text", weight: 400, features: "onum,pnum,smcp", words: latinWords},
	{family: "text", weight: 400, features: "lnum,tnum", words: latinWords},
	{family: "sans", weight: 400, features: "onum,pnum", words: latinWords},
	{family: "text", weight: 400, features: "sups", words: "0123456789 12 80th 1st 2nd M.lle e a abc * (1)"},
	{family: "text", weight: 400, italic: true, features: "sups", words: "0123456789 th st nd"},
	{family: "sans", weight: 400, features: "sups", words: "0123456789 th st nd"},
	{family: "text", weight: 400, features: "-liga", words: latinWords},
	{family: "text", weight: 400, features: "-kern", words: latinWords},
	{family: "text", weight: 400, features: "frac", words: "1/2 3/4 12/17 7/8"},
	{family: "text", weight: 400, features: "dlig,hlig", words: latinWords},
	{family: "text", weight: 400, lang: "tr", words: "fi fil İstanbul ırmak gafil"},
	{family: "text", weight: 400, lang: "tr", features: "smcp", words: "fi fil İstanbul ırmak gafil"},
	{family: "text", weight: 400, lang: "de", words: latinWords},
	{family: "text", weight: 400, lang: "ro", words: "şi ţară Ştefan"},
	{family: "text", weight: 400, script: "Grek", words: greekWords},
	{family: "text", weight: 400, italic: true, script: "Grek", words: greekWords},
	{family: "text", weight: 700, script: "Grek", words: greekWords},
	{family: "sans", weight: 400, script: "Grek", words: greekWords},
	{family: "text", weight: 400, script: "Grek", features: "smcp", words: greekWords},
	{family: "text", weight: 400, script: "Cyrl", words: cyrWords},
	{family: "text", weight: 400, italic: true, script: "Cyrl", words: cyrWords},
	{family: "text", weight: 400, italic: true, script: "Cyrl", lang: "sr", words: "бгдпт Љубав гроб"},
	{family: "sans", weight: 600, script: "Cyrl", words: cyrWords},
	{family: "text", weight: 400, words: markWords},
	{family: "text", weight: 400, italic: true, words: markWords},
	{family: "sans", weight: 400, words: markWords},
	{family: "Noto Naskh Arabic", weight: 400, script: "Arab", rtl: true, words: arabWords},
	{family: "Noto Naskh Arabic", weight: 700, script: "Arab", rtl: true, words: arabWords},
	{family: "text", weight: 400, script: "Hebr", rtl: true, words: hebrWords},
	{family: "Noto Serif Hebrew", weight: 400, script: "Hebr", rtl: true, words: hebrWords},
	{family: "Noto Serif Devanagari", weight: 400, script: "Deva", lang: "hi", words: devaWords},
	{family: "Noto Serif Thai", weight: 400, script: "Thai", words: thaiWords},
	{family: "Noto Serif Armenian", weight: 400, script: "Armn", words: armnWords},
	{family: "Noto Serif Georgian", weight: 400, script: "Geor", words: georWords},
}

func (c shapingCase) face() *Face { return Default().Select(c.family, c.weight, c.italic) }

func (c shapingCase) script4() string {
	if c.script == "" {
		return "Latn"
	}
	return c.script
}

// head names a case in the golden file.
func (c shapingCase) head() string {
	dir := "ltr"
	if c.rtl {
		dir = "rtl"
	}
	lang := c.lang
	if lang == "" {
		lang = "und"
	}
	return fmt.Sprintf("%s [%s] %s %s %s", c.face(), c.features, lang, c.script4(), dir)
}

// record asks hb-shape; glyphs come as id=cluster@x,y+advance, clusters in bytes.
func (c shapingCase) record(t *testing.T) []string {
	file := filepath.Join(t.TempDir(), "font")
	if err := os.WriteFile(file, c.face().Data(), 0o666); err != nil {
		t.Fatal(err)
	}
	lang, dir := c.lang, "ltr"
	if lang == "" {
		lang = "und"
	}
	if c.rtl {
		dir = "rtl"
	}
	args := []string{"--no-glyph-names", "--utf8-clusters", "--bot", "--eot", "--language=" + lang, "--script=" + c.script4(), "--direction=" + dir}
	if c.features != "" {
		args = append(args, "--features="+string(c.features))
	}
	cmd := exec.Command("hb-shape", append(args, file)...)
	cmd.Stdin = strings.NewReader(strings.Join(strings.Fields(c.words), "\n") + "\n")
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("hb-shape: %v", err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n")
}

func (c shapingCase) shape(word string) string {
	var b strings.Builder
	b.WriteByte('[')
	for i, g := range c.face().Shape(nil, word, Options{Features: c.features, Lang: c.lang, Script: c.script4(), RTL: c.rtl}) {
		if i > 0 {
			b.WriteByte('|')
		}
		fmt.Fprintf(&b, "%d=%d", g.GID, g.Cluster)
		if g.XOffset != 0 || g.YOffset != 0 {
			fmt.Fprintf(&b, "@%d,%d", g.XOffset, g.YOffset)
		}
		fmt.Fprintf(&b, "+%d", g.Advance)
	}
	b.WriteByte(']')
	return b.String()
}

// TestShaping compares our shaping with what HarfBuzz itself gave when testdata/shaping.txt was recorded
// (go test ./fonts -run TestShaping -update). It is what an upgrade of the shaper has to pass: versions 0.3.4 and 0.3.5 of
// go-text/typesetting lost most of the lowercase kerning.
func TestShaping(t *testing.T) {
	const golden = "testdata/shaping.txt"
	if *update {
		var b strings.Builder
		for _, c := range shapingCases {
			fmt.Fprintf(&b, "# %s\n", c.head())
			got := c.record(t)
			for i, w := range strings.Fields(c.words) {
				fmt.Fprintf(&b, "%s\t%s\n", w, got[i])
			}
		}
		if err := os.WriteFile(golden, []byte(b.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	data, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]string{}
	head := ""
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSuffix(line, "\n")
		if h, ok := strings.CutPrefix(line, "# "); ok {
			head = h
			continue
		}
		word, glyphs, _ := strings.Cut(line, "\t")
		want[head+"\t"+word] = glyphs
	}
	words := 0
	for _, c := range shapingCases {
		for _, w := range strings.Fields(c.words) {
			recorded, ok := want[c.head()+"\t"+w]
			if !ok {
				t.Errorf("%s: %s is not recorded; run with -update where hb-shape is installed", c.head(), w)
				continue
			}
			if got := c.shape(w); got != recorded {
				t.Errorf("%s: %s\n got %s\nwant %s", c.head(), w, got, recorded)
			}
			words++
		}
	}
	if words < 1500 {
		t.Errorf("only %d words compared", words)
	}
}

// Kerning and ligatures are on by themselves, and each can be put out.
func TestDefaultFeatures(t *testing.T) {
	f := Default().Text.Select(400, false)
	sum := func(text string, fs Features) (adv int32, n int) {
		for _, g := range f.Shape(nil, text, Options{Features: fs}) {
			adv += g.Advance
			n++
		}
		return adv, n
	}
	kerned, _ := sum("AVAY", "")
	plain, _ := sum("AVAY", "-kern")
	if kerned >= plain {
		t.Errorf("AVAY is %d wide with kerning and %d without", kerned, plain)
	}
	if _, n := sum("ffi", ""); n != 1 {
		t.Errorf("ffi gives %d glyphs, want one ligature", n)
	}
	if _, n := sum("ffi", "-liga"); n != 3 {
		t.Errorf("ffi without liga gives %d glyphs, want 3", n)
	}
}

// A ligature must not be cut in the middle, and a kerned pair is marked for the line breaker.
func TestUnsafe(t *testing.T) {
	f := Default().Text.Select(400, false)
	g := f.Shape(nil, "AVa", Options{})
	if len(g) != 3 || g[0].Unsafe || !g[1].Unsafe {
		t.Errorf("AVa: %+v", g)
	}
}

// Letters that join look at what stands around the text.
func TestContext(t *testing.T) {
	f := Default().Select("Noto Naskh Arabic", 400, false)
	opt := Options{Script: "Arab", RTL: true}
	alone := f.Shape(nil, "ب", opt)
	opt.Before, opt.After = "ب", "ب"
	middle := f.Shape(nil, "ب", opt)
	whole := f.Shape(nil, "ببب", Options{Script: "Arab", RTL: true})
	if alone[0].GID == middle[0].GID {
		t.Errorf("ب has the same form alone and between two letters")
	}
	if middle[0].GID != whole[len(whole)/2].GID {
		t.Errorf("ب between two letters is glyph %d; within the word it is %+v", middle[0].GID, whole)
	}
	if middle[0].Cluster != 0 {
		t.Errorf("cluster %d, want 0: the context is not part of the text", middle[0].Cluster)
	}
}

// Many goroutines shape with one face and get what one gets.
func TestShapeConcurrently(t *testing.T) {
	c := shapingCases[0]
	words := strings.Fields(c.words)
	want := make([]string, len(words))
	for i, w := range words {
		want[i] = c.shape(w)
	}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for i, w := range words {
				if got := c.shape(w); got != want[i] {
					t.Errorf("%s: got %s, want %s", w, got, want[i])
				}
			}
		})
	}
	wg.Wait()
}

func TestFeatures(t *testing.T) {
	if got := Features("smcp,onum").With("-liga", "onum=0"); got != "-liga,onum=0,smcp" {
		t.Errorf("With gives %q", got)
	}
	for _, bad := range []Features{"smallcaps", "salt=x", "a"} {
		if bad.Check() == nil {
			t.Errorf("%q passes for features", bad)
		}
	}
	if err := Features("smcp,-liga,salt=2").Check(); err != nil {
		t.Error(err)
	}
}

func TestReplaces(t *testing.T) {
	text, italic, sans := Default().Text.Select(400, false), Default().Text.Select(400, true), Default().Sans.Select(400, false)
	for _, c := range []struct {
		face     *Face
		features Features
		text     string
		want     bool
	}{
		{text, "sups", "12", true}, {text, "sups", "th", true}, {italic, "sups", "0123456789", true}, {sans, "sups", "12", true},
		{text, "sups", "Ω", false}, {text, "smcp", "weimar", true}, {text, "smcp", "Weimar", false}, {text, "c2sc,smcp", "Weimar", true},
		{text, "onum", "1984", true}, {text, "smcp", "école", true}, {text, "sups", "", false},
	} {
		if got := c.face.Replaces(c.features, c.text); got != c.want {
			t.Errorf("%s: %s replaces %q: %v, want %v", c.face, c.features, c.text, got, c.want)
		}
	}
	if !text.HasFeature("c2sc") || text.HasFeature("xxxx") || text.HasFeature("toolong") {
		t.Error("HasFeature")
	}
}

func BenchmarkShape(b *testing.B) {
	f := Default().Text.Select(400, false)
	words := strings.Fields(latinWords)
	dst := make([]Glyph, 0, 64)
	b.ReportAllocs()
	for b.Loop() {
		for _, w := range words {
			dst = f.Shape(dst[:0], w, Options{Features: "onum", Lang: "en"})
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(words)), "ns/word")
}

func BenchmarkParse(b *testing.B) {
	data := Default().Text.Select(400, false).Data()
	for b.Loop() {
		if _, err := parseFace(data); err != nil {
			b.Fatal(err)
		}
	}
}
