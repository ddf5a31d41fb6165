package layout

import (
	"bufio"
	"os"
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
		s := newSetter(&Flow{Shaper: squareShaper{}}, nil)
		h := s.hyphenator(c.lang)
		if h == nil {
			t.Errorf("%s: no patterns", c.lang)
			continue
		}
		for _, want := range strings.Fields(c.words) {
			if got := h.hyphenated(strings.ReplaceAll(want, "-", "")); got != want {
				t.Errorf("%s: %s, want %s", c.lang, got, want)
			}
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
		ours := loadHyphenator(name)
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
			got := bare.points(w)
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
		openTrie(string(data)).points("hyphenation")
	}
}

func BenchmarkPoints(b *testing.B) {
	h := loadHyphenator("en-us")
	for b.Loop() {
		h.points("hyphenation")
	}
}

// hyphenated shows a word with the hyphens it may have.
func (h *hyphenator) hyphenated(word string) string {
	points := h.wordPoints(word)
	var b strings.Builder
	last := int32(0)
	for _, p := range points {
		p &^= hyphenCompound | hyphenShort
		b.WriteString(word[last:p])
		b.WriteByte('-')
		last = p
	}
	b.WriteString(word[last:])
	return b.String()
}
