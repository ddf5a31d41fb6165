package layout

import (
	"embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Hyphenation by patterns (Liang, "Word Hy-phen-a-tion by Com-put-er", Stanford 1983). The patterns are those of hyph-utf8,
// packed into tries by patterns/pack and looked up where they lie in the binary: a language costs nothing until a word of it
// is asked for, and then next to nothing. The notice of each is beside its source in patterns/source.

//go:embed patterns/*.trie
var patternFiles embed.FS

// hyphenCompound marks a place for a hyphen inside a part of a compound that has hyphens of its own.
const hyphenCompound = 1 << 30

// hyphenShort marks a place that leaves only minFragment letters on one side.
const hyphenShort = 1 << 29

// minHyphenWord is the length of the shortest word that is hyphenated, in characters.
const minHyphenWord = 5

// minFragment is the least number of letters that a hyphen leaves on either side, whatever the language would allow: two
// letters alone are a stub.
const minFragment = 3

// A hyphenator knows where the words of a language may be parted.
type hyphenator struct {
	left, right int // minima of the language, in letters
	turkic      bool
	codes       [0x250]byte // letter to code + 1, of the common letters
	more        map[rune]byte
	border      byte // code of the full stop, which stands for the border of a word
	values      string
	nodes       string
	root        int
	exceptions  map[string][]int // by letters
}

// patternsFor gives the name that the patterns for a language, a BCP 47 tag, have if there are any: that of the language,
// where nothing else is said.
func patternsFor(lang string) string {
	tag := strings.ToLower(strings.ReplaceAll(lang, "_", "-"))
	primary, rest, _ := strings.Cut(tag, "-")
	switch primary {
	case "en":
		switch rest {
		case "gb", "ie", "au", "nz", "za", "in", "gb-oxendict", "oxendict":
			return "en-gb"
		}
		return "en-us"
	case "de":
		if strings.Contains(rest, "1901") {
			return "de-1901"
		}
		return "de-1996"
	case "el":
		if strings.Contains(rest, "poly") {
			return "el-polyton"
		}
		return "el-monoton"
	case "no", "nb", "nn":
		return "nb"
	case "hr", "bs":
		return "hr"
	case "sh", "sr":
		if strings.Contains(rest, "latn") {
			return "hr"
		}
		return ""
	}
	return primary
}

// hyphenator gives the patterns for a language; nil if there are none.
func (s *setter) hyphenator(lang string) *hyphenator {
	h, ok := s.hyphenators[lang]
	if !ok {
		h = loadHyphenator(patternsFor(lang))
		if h != nil && len(s.par.exceptions[lang]) > 0 {
			own := *h
			own.exceptions = make(map[string][]int, len(h.exceptions)+len(s.par.exceptions[lang]))
			for k, v := range h.exceptions {
				own.exceptions[k] = v
			}
			for _, w := range s.par.exceptions[lang] {
				own.except(w)
			}
			h = &own
		}
		if s.hyphenators == nil {
			s.hyphenators = make(map[string]*hyphenator)
		}
		s.hyphenators[lang] = h
	}
	return h
}

// loadHyphenator opens the patterns of a name; nil if there are none. It takes some hundredths of a millisecond, so that each
// setter can have its own.
func loadHyphenator(name string) *hyphenator {
	if name == "" {
		return nil
	}
	data, err := patternFiles.ReadFile("patterns/" + name + ".trie")
	if err != nil {
		return nil
	}
	h := openTrie(string(data))
	h.turkic = name == "tr"
	return h
}

func three(s string) int { return int(s[0]) | int(s[1])<<8 | int(s[2])<<16 }

// openTrie finds the parts of a trie; package pack describes them.
func openTrie(s string) *hyphenator {
	h := &hyphenator{left: int(s[0]), right: int(s[1]), border: 254}
	n := int(s[2])
	s = s[3:]
	for i := range n {
		r := rune(three(s[3*i:]))
		switch {
		case r == '.':
			h.border = byte(i)
		case int(r) < len(h.codes):
			h.codes[r] = byte(i + 1)
		default:
			if h.more == nil {
				h.more = make(map[rune]byte)
			}
			h.more[r] = byte(i + 1)
		}
	}
	s = s[3*n:]
	n = three(s)
	h.values, s = s[3:3+n], s[3+n:]
	n = three(s)
	exceptions, s := s[3:3+n], s[3+n:]
	h.root, h.nodes = three(s), s[3:]
	for exceptions != "" {
		var word string
		word, exceptions, _ = strings.Cut(exceptions, "\n")
		if h.exceptions == nil {
			h.exceptions = make(map[string][]int)
		}
		h.except(word)
	}
	return h
}

// except notes a word with its hyphens ("ta-ble"; none at all for a word that must not be parted).
func (h *hyphenator) except(word string) {
	var at []int
	n := 0
	for _, r := range word {
		if r == '-' {
			at = append(at, n)
		} else {
			n++
		}
	}
	h.exceptions[strings.ToLower(strings.ReplaceAll(word, "-", ""))] = at
}

// points gives the places in a word of letters where the language allows a hyphen, as numbers of letters before it.
func (h *hyphenator) points(word string) []int {
	var buf [64]byte
	codes := append(buf[:0], h.border)
	for _, r := range word {
		codes = append(codes, h.code(r))
	}
	letters := len(codes) - 1
	codes = append(codes, h.border)
	if h.exceptions != nil {
		if at, ok := h.exceptions[strings.ToLower(word)]; ok {
			return at
		}
	}
	var levelBuf [66]byte
	levels := levelBuf[:0]
	for range len(codes) + 1 {
		levels = append(levels, 0)
	}
	for start := range codes {
		at := h.root
		for i := start; ; i++ {
			n := int(h.nodes[at])
			edges := h.nodes[at+1 : at+1+n]
			next := at + 1 + n
			if n > 0 && edges[n-1] == 255 { // a pattern ends here
				v := three(h.nodes[next+3*(n-1):])
				from := i - int(h.values[v])
				for k, level := range []byte(h.values[v+2 : v+2+int(h.values[v+1])]) {
					levels[from+k] = max(levels[from+k], level)
				}
				edges = edges[:n-1]
			}
			if i == len(codes) || codes[i] == 254 && h.border == 254 {
				break
			}
			e := strings.IndexByte(edges, codes[i])
			if e < 0 {
				break
			}
			at = three(h.nodes[next+3*e:])
		}
	}
	var out []int
	for n := 1; n < letters; n++ {
		if levels[n+1]&1 == 1 { // the word's first letter is codes[1]
			out = append(out, n)
		}
	}
	return out
}

// code is a letter's code in the trie; 253 if the patterns do not know it.
func (h *hyphenator) code(r rune) byte {
	if h.turkic && r == 'I' {
		r = 'ı'
	} else if h.turkic && r == 'İ' {
		r = 'i'
	} else if r >= utf8.RuneSelf || r >= 'A' && r <= 'Z' {
		r = unicode.ToLower(r)
	}
	var c byte
	if int(r) < len(h.codes) {
		c = h.codes[r]
	} else {
		c = h.more[r]
	}
	if c == 0 {
		return 253
	}
	return c - 1
}

// wordPoints gives the places in a word as it stands in the text, with quotes and commas about it, where a hyphen may be
// put: byte offsets, marked with hyphenCompound inside the parts of compounds.
func (h *hyphenator) wordPoints(text string) []int32 {
	var out []int32
	compound := strings.ContainsAny(text, "-\u2010")
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !isLetter(r) {
			i += n
			continue
		}
		start, count, capitals := i, 0, 0
		for i < len(text) {
			r, n = utf8.DecodeRuneInString(text[i:])
			if !isLetter(r) {
				break
			}
			if unicode.IsUpper(r) {
				capitals++
			}
			if !unicode.Is(unicode.M, r) {
				count++
			}
			i += n
		}
		word := text[start:i]
		switch {
		case count < minHyphenWord || compound && count < minHyphenPart:
			continue
		case capitals > 1 && capitals*2 >= count: // an acronym or a word in capitals
			continue
		case digitBeside(text, start, i):
			continue
		}
		left, right := max(h.left, minFragment), max(h.right, minFragment)
		total := utf8.RuneCountInString(word)
		points := h.points(word)
		at, letters := 0, 0
		for _, p := range points {
			if p < left || p > total-right {
				continue
			}
			for letters < p {
				_, n := utf8.DecodeRuneInString(word[at:])
				at += n
				letters++
			}
			if next, _ := utf8.DecodeRuneInString(word[at:]); unicode.Is(unicode.M, next) {
				continue
			}
			pos := int32(start + at)
			if compound {
				pos |= hyphenCompound
			}
			if p == minFragment || total-p == minFragment {
				pos |= hyphenShort
			}
			out = append(out, pos)
		}
	}
	return out
}

// minHyphenPart is the length of the shortest part of a compound that may have another hyphen.
const minHyphenPart = 8

// digitBeside says that a digit touches text[start:end]: a name like 3rd or A4paper, no word.
func digitBeside(text string, start, end int) bool {
	a, _ := utf8.DecodeLastRuneInString(text[:start])
	b, _ := utf8.DecodeRuneInString(text[end:])
	return isDigit(a) || isDigit(b) || a == '@' || b == '@' || a == '_' || b == '_'
}
