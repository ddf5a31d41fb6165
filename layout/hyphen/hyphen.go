// Package hyphen finds the places where the words of a language may be parted at a line's end.
//
// It does so by patterns (Liang, "Word Hy-phen-a-tion by Com-put-er", Stanford 1983): short strings of letters with digits
// between them, learned from a dictionary or written by hand. Every pattern that occurs in a word puts its digits there; of
// several at one place the greatest counts, and where it is odd, a hyphen may stand.
//
//	h := hyphen.For("en-GB", "twin-press") // with a word of the caller's own
//	for _, p := range h.Places("(demo-cracy)") { … }
//
// [Hyphenator.Points] is the bare algorithm, for a word of letters alone. [Hyphenator.Places] is what a typesetter asks: it
// takes words as they stand in a text, with their quotes, commas and hyphens, passes over what is no word (names with
// digits, capitals) and never leaves a stub of two letters.
//
// The patterns are those of hyph-utf8 and some of our own; patterns/README.md lists them with their licences, and tells how
// to add a language. Package pack turns them into tries, which are embedded and searched as they are: a language costs
// nothing until a word of it is asked for, and then next to nothing.
package hyphen

import (
	"embed"
	"strings"
	"unicode"
	"unicode/utf8"
)

//go:generate go run ./patterns/pack

//go:embed patterns/*.trie
var patternFiles embed.FS

// MinWord is the length of the shortest word that [Hyphenator.Places] parts, in letters.
const MinWord = 5

// minPart is the length of the shortest part of a compound that may have another hyphen.
const minPart = 8

// minFragment is the least number of letters that a hyphen leaves on either side, whatever the language would allow: two
// letters alone are a stub.
const minFragment = 3

// A Hyphenator knows where the words of a language may be parted. It never changes, so that goroutines can share one.
type Hyphenator struct {
	left, right int // minima of the language, in letters
	patterns    trie
	exceptions  map[string][]int // by word in small letters
}

// For gives the hyphenator of a language, a BCP 47 tag; nil if there are no patterns for it. Exceptions are words with the
// only places where they may be parted ("ta-ble"; no hyphen at all for a word that must stay whole); they go before the
// language's own. It takes some microseconds: keep what it gives.
func For(lang string, exceptions ...string) *Hyphenator {
	h := load(patternsFor(lang))
	if h == nil {
		return nil
	}
	for _, w := range exceptions {
		h.except(w)
	}
	return h
}

// patternsFor gives the name that the patterns for a language have if there are any: that of the language, where nothing
// else is said.
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

// load opens the patterns of a name; nil if there are none.
func load(name string) *Hyphenator {
	if name == "" {
		return nil
	}
	data, err := patternFiles.ReadFile("patterns/" + name + ".trie")
	if err != nil {
		return nil
	}
	h := open(data)
	h.patterns.turkic = name == "tr"
	return h
}

// except notes a word with its hyphens.
func (h *Hyphenator) except(word string) {
	var at []int
	n := 0
	for _, r := range word {
		if r == '-' {
			at = append(at, n)
		} else {
			n++
		}
	}
	if h.exceptions == nil {
		h.exceptions = make(map[string][]int)
	}
	h.exceptions[strings.ToLower(strings.ReplaceAll(word, "-", ""))] = at
}

// Points gives the places in a word of letters where the language allows a hyphen, as numbers of characters before it. The
// minima are not yet counted.
func (h *Hyphenator) Points(word string) []int {
	if h.exceptions != nil {
		if at, ok := h.exceptions[strings.ToLower(word)]; ok {
			return at
		}
	}
	var codeBuf, levelBuf [66]byte // room for all but the longest words
	codes := h.patterns.encode(codeBuf[:0], word)
	levels := h.patterns.levels(levelBuf[:0], codes)
	var out []int
	for n := 1; n < len(codes)-2; n++ {
		if levels[n+1]&1 == 1 { // the word's first letter is codes[1]
			out = append(out, n)
		}
	}
	return out
}

// A Place is where a hyphen may be put into a text.
type Place struct {
	At       int  // bytes before it
	Compound bool // it parts a member of a compound that has hyphens of its own, as in post-revolution-ary
	Short    bool // it leaves only the least number of letters on one side, as in cur-rent: longer fragments read better
}

// Places gives the places in a word as it stands in the text, with quotes and commas about it, where a hyphen may be put, in
// order.
func (h *Hyphenator) Places(text string) []Place {
	var out []Place
	compound := strings.ContainsAny(text, "-\u2010")
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRuneInString(text[i:])
		if !IsLetter(r) {
			i += n
			continue
		}
		w := stretchAt(text, i)
		i = w.end
		if w.letters < MinWord || compound && w.letters < minPart || w.shouted() || digitBeside(text, w.start, w.end) {
			continue
		}
		out = h.place(out, text[w.start:w.end], w.start, compound)
	}
	return out
}

// place adds the places in a word of letters that starts at a place in the text.
func (h *Hyphenator) place(out []Place, word string, start int, compound bool) []Place {
	left, right := max(h.left, minFragment), max(h.right, minFragment)
	total := utf8.RuneCountInString(word)
	at, letters := 0, 0
	for _, p := range h.Points(word) {
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
		out = append(out, Place{At: start + at, Compound: compound, Short: p == minFragment || total-p == minFragment})
	}
	return out
}

// A stretch is a stretch of letters in a text.
type stretch struct {
	start, end        int
	letters, capitals int // marks not counted
}

// stretchAt gives the stretch that starts at a letter.
func stretchAt(text string, start int) stretch {
	w := stretch{start: start, end: start}
	for w.end < len(text) {
		r, n := utf8.DecodeRuneInString(text[w.end:])
		if !IsLetter(r) {
			break
		}
		if unicode.IsUpper(r) {
			w.capitals++
		}
		if !unicode.Is(unicode.M, r) {
			w.letters++
		}
		w.end += n
	}
	return w
}

// shouted says that it is an acronym or a word in capitals.
func (w *stretch) shouted() bool { return w.capitals > 1 && w.capitals*2 >= w.letters }

// digitBeside says that a digit touches text[start:end]: a name like 3rd or A4paper, no word.
func digitBeside(text string, start, end int) bool {
	a, _ := utf8.DecodeLastRuneInString(text[:start])
	b, _ := utf8.DecodeRuneInString(text[end:])
	return unicode.IsDigit(a) || unicode.IsDigit(b) || a == '@' || b == '@' || a == '_' || b == '_'
}

// IsLetter says that r is part of a word: a letter, or a mark upon one.
func IsLetter(r rune) bool {
	if r < utf8.RuneSelf {
		return r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.M, r)
}
