package hyphen

import (
	"bufio"
	"fmt"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/speedata/hyphenation"
)

// Hyphens that a native reader expects.
func TestKnownHyphenations(t *testing.T) {
	for _, c := range []struct{ lang, words string }{
		// No fragment has fewer than three letters, though the patterns know more places (hy-phen-ation, ta-ble).
		{"en-US", "hyphen-ation com-puter democ-racy typog-ra-phy table pub-lisher’s (rev-o-lu-tion) ANARCHISM"},
		{"en-GB", "demo-cracy typo-graphy par-lia-ment-ary"},
		{"de", "Sil-ben-tren-nung Arbei-ter-be-we-gung Buch-händ-ler Schiff-fahrt"},
		{"de-1901", "Drucker"},
		{"fr", "consti-tu-tion l’impri-me-rie gou-ver-ne-ment"},
		{"es", "revo-lu-ción liber-tad edi-to-rial"},
		{"pt", "revo-lu-ção liber-dade"},
		{"it", "rivo-lu-zione dell’edi-tore"},
		{"nl", "vrij-heid arbei-ders-be-we-ging"},
		{"pl", "rewo-lu-cja wydaw-nic-two"},
		{"cs", "revo-luce svo-boda nakla-da-tel roz-li-šo-vat"},
		{"sk", "revo-lú-cia slo-boda vyda-va-teľ"},
		{"ru", "рево-лю-ция сво-бода изда-тель-ство"},
		{"uk", "рево-лю-ція сво-бода"},
		{"el", "επα-νά-σταση ελευ-θε-ρία"},
		{"el-polyton", "ἐλευ-θε-ρία"},
		{"sq", "revo-lu-ci-oni"},
		{"sv", "revo-lu-tion arbe-tar-rö-relse"},
		{"tr", "özgür-lük"},
		{"da", "revo-lu-tion"}, {"nb", "revo-lu-sjon"}, {"fi", "kus-tan-taja"}, {"hu", "for-ra-da-lom"},
	} {
		h := For(c.lang)
		if h == nil {
			t.Errorf("%s: no patterns", c.lang)
			continue
		}
		for _, want := range strings.Fields(c.words) {
			if got := hyphenated(h, strings.ReplaceAll(want, "-", "")); got != want {
				t.Errorf("%s: %s, want %s", c.lang, got, want)
			}
		}
	}
}

// Languages are known by their tags, in any spelling; what has no patterns has no hyphenator.
func TestLanguages(t *testing.T) {
	for _, c := range []struct{ lang, patterns string }{
		{"en", "en-us"}, {"en_AU", "en-gb"}, {"EN-gb-oxendict", "en-gb"}, {"de-AT", "de-1996"}, {"de-1901", "de-1901"},
		{"nn", "nb"}, {"bs-BA", "hr"}, {"sr-Latn", "hr"}, {"sr", ""}, {"el-polyton", "el-polyton"}, {"pt-BR", "pt"},
		{"", ""}, {"tlh", "tlh"},
	} {
		if got := patternsFor(c.lang); got != c.patterns {
			t.Errorf("%q: %q, want %q", c.lang, got, c.patterns)
		}
	}
	for _, lang := range []string{"", "-", "sr-Cyrl", "tlh", "../en-us", "zxx"} {
		if For(lang, "ta-ble") != nil {
			t.Errorf("%q has a hyphenator", lang)
		}
	}
}

// The caller's words go before the patterns and before the language's own exceptions, and touch no other hyphenator.
func TestExceptions(t *testing.T) {
	own := For("en-US", "typograp-hy", "democracy", "ta-ble")
	for word, want := range map[string]string{
		"typography": "typograp-hy", // though two letters are too few for Places, Points knows of them
		"Democracy":  "Democracy",
		"project":    "project", // an exception of American English: its two meanings are parted in two ways
	} {
		var b strings.Builder
		last := 0
		for _, p := range own.Points(strings.ReplaceAll(word, "-", "")) {
			b.WriteString(word[last:p] + "-")
			last = p
		}
		if got := b.String() + word[last:]; got != want {
			t.Errorf("%s: %s, want %s", word, got, want)
		}
	}
	if got := hyphenated(For("en-US"), "democracy"); got != "democ-racy" {
		t.Errorf("another hyphenator gives %s", got)
	}
}

// What Places says of words as they stand in a text.
func TestPlaces(t *testing.T) {
	h := For("en-US")
	for _, c := range []struct {
		text string
		want []Place
	}{
		{"“democracy,”", []Place{{At: 8}}},
		{"current", []Place{{At: 3, Short: true}}},
		{"counter-revolutionary", []Place{{At: 11, Compound: true, Short: true}, {At: 12, Compound: true}, {At: 14, Compound: true}, {At: 18, Compound: true, Short: true}}},
		{"well-known", nil}, // no part is long enough for another hyphen
		{"DEMOCRACY", nil},
		{"democracy2", nil},
		{"@democracy", nil},
		{"word", nil},
		{"", nil},
		{"\xff\xfe", nil},
	} {
		if got := h.Places(c.text); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.text, got, c.want)
		}
	}
}

// Every file of patterns has its row in the README, with the minima that its notice gives.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("patterns/README.md")
	if err != nil {
		t.Fatal(err)
	}
	tries, err := patternFiles.ReadDir("patterns")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range tries {
		name := strings.TrimSuffix(f.Name(), ".trie")
		h := load(name)
		row := regexp.MustCompile(fmt.Sprintf(`(?m)^\| %s \|.+\|.+\| %d/%d \|$`, regexp.QuoteMeta(name), h.left, h.right))
		if !row.Match(readme) {
			t.Errorf("%s: the README has no row with minima %d/%d", name, h.left, h.right)
		}
	}
}

// The tries say what the patterns say: read naively here, and by a package of others. (That one never matches a pattern of a
// single letter, so it is asked only where there are none.)
func TestTriesEqualPatterns(t *testing.T) {
	files, err := os.ReadDir("patterns/source")
	if err != nil {
		t.Fatal(err)
	}
	languages, asked := 0, 0
	for _, f := range files {
		name, ok := strings.CutSuffix(f.Name(), ".pat.txt")
		if !ok {
			continue
		}
		languages++
		src, err := os.ReadFile("patterns/source/" + f.Name())
		if err != nil {
			t.Fatal(err)
		}
		naive := readPatterns(string(src))
		theirs, err := hyphenation.New(strings.NewReader(string(src)))
		if err != nil {
			t.Fatal(err)
		}
		ours := load(name)
		if ours == nil {
			t.Errorf("%s: no trie", name)
			continue
		}
		bare := *ours
		bare.exceptions = nil
		if !naive.single {
			asked++
		}
		for _, w := range wordsOf(t, name) {
			got := bare.Points(w)
			if want := naive.points(w); !slices.Equal(got, want) {
				t.Errorf("%s: %s: %v, want %v", name, w, got, want)
				break
			}
			if naive.single {
				continue
			}
			var want []int
			for _, p := range theirs.Hyphenate(w) {
				if p > 0 && p < utf8.RuneCountInString(w) {
					want = append(want, p)
				}
			}
			if !slices.Equal(got, want) {
				t.Errorf("%s: %s: %v, speedata/hyphenation %v", name, w, got, want)
				break
			}
		}
	}
	if languages < 30 || asked < 5 {
		t.Errorf("only %d languages, %d compared", languages, asked)
	}
}

// naivePatterns is Liang's algorithm without any thought for speed.
type naivePatterns struct {
	levels map[string][]byte
	single bool // there are patterns of a single letter
}

func readPatterns(src string) *naivePatterns {
	n := &naivePatterns{levels: map[string][]byte{}}
	for _, p := range strings.Fields(src) {
		var levels []byte
		var letters []rune
		level := byte(0)
		for _, r := range p {
			if r >= '0' && r <= '9' {
				level = byte(r - '0')
				continue
			}
			letters, levels, level = append(letters, r), append(levels, level), 0
		}
		n.levels[string(letters)] = append(levels, level)
		n.single = n.single || len(letters) == 1
	}
	return n
}

func (n *naivePatterns) points(word string) []int {
	w := []rune("." + strings.ToLower(word) + ".")
	levels := make([]byte, len(w)+1)
	for i := range w {
		for j := i + 1; j <= len(w); j++ {
			for k, l := range n.levels[string(w[i:j])] {
				levels[i+k] = max(levels[i+k], l)
			}
		}
	}
	var out []int
	for i := 2; i < len(w)-1; i++ {
		if levels[i]&1 == 1 {
			out = append(out, i-1)
		}
	}
	return out
}

// wordsOf makes words of a language's own patterns: two or three of them, joined without their digits.
func wordsOf(t *testing.T, name string) []string {
	f, err := os.Open("patterns/source/" + name + ".pat.txt")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	var parts []string
	for sc := bufio.NewScanner(f); sc.Scan(); {
		p := strings.Map(func(r rune) rune {
			if r >= '0' && r <= '9' || r == '.' {
				return -1
			}
			return r
		}, sc.Text())
		if p != "" && p == strings.ToLower(p) {
			parts = append(parts, p)
		}
	}
	var out []string
	step := max(1, len(parts)/400)
	for i := 0; i < len(parts); i += step {
		out = append(out, parts[i]+parts[(i*7+3)%len(parts)]+parts[(i*13+5)%len(parts)])
	}
	return out
}

// BenchmarkFirstWord is what a language costs a process.
func BenchmarkFirstWord(b *testing.B) {
	data, _ := patternFiles.ReadFile("patterns/en-us.trie")
	for b.Loop() {
		open(data).Points("hyphenation")
	}
}

func BenchmarkPoints(b *testing.B) {
	h := load("en-us")
	for b.Loop() {
		h.Points("hyphenation")
	}
}

// hyphenated shows a word with the hyphens it may have.
func hyphenated(h *Hyphenator, word string) string {
	var b strings.Builder
	last := 0
	for _, p := range h.Places(word) {
		b.WriteString(word[last:p.At])
		b.WriteByte('-')
		last = p.At
	}
	b.WriteString(word[last:])
	return b.String()
}
