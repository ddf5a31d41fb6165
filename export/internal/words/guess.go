package words

import (
	"strings"
	"unicode"
)

// scripts count for the language that is written in them most. Those that share one are told apart by ownLetters.
var scripts = [...]struct {
	letters *unicode.RangeTable
	lang    string
	weight  int
}{
	{unicode.Cyrillic, "ru", 1}, {unicode.Greek, "el", 1}, {unicode.Arabic, "ar", 1}, {unicode.Hebrew, "he", 1},
	{unicode.Devanagari, "hi", 1}, {unicode.Hiragana, "ja", 3}, {unicode.Katakana, "ja", 3}, {unicode.Hangul, "ko", 1},
	{unicode.Han, "zh", 1}, {unicode.Armenian, "hy", 1}, {unicode.Georgian, "ka", 1}, {unicode.Thai, "th", 1},
	{unicode.Ethiopic, "am", 1},
}

// ownLetters are letters that, among the languages of a script, only one has: each outweighs a word in the others.
var ownLetters = [...]struct {
	letters, lang string
	weight        int
}{
	{"іїєґ", "uk", 5}, {"ђјљњћџ", "sr", 5}, {"پچگژیک", "fa", 4},
}

// Guess tells a text's language from its script and its commonest words; "" when it cannot.
func Guess(text []byte) string {
	s := string(text[:min(len(text), 20000)])
	scores := map[string]int{}
	latin, letters := 0, 0
	for _, c := range s {
		if !unicode.IsLetter(c) {
			continue
		}
		letters++
		if c < 0x250 {
			latin++
		} else {
			scoreLetter(scores, c)
		}
	}
	switch lang, n := highest(scores); {
	case n > latin:
		return lang
	case letters == 0:
		return ""
	}
	return guessByWords(withoutTags(s))
}

// scoreLetter counts a letter that is not Latin for the languages that may have it.
func scoreLetter(scores map[string]int, c rune) {
	for i := range scripts {
		if unicode.Is(scripts[i].letters, c) {
			scores[scripts[i].lang] += scripts[i].weight
			break
		}
	}
	for _, own := range ownLetters {
		if strings.ContainsRune(own.letters, c) {
			scores[own.lang] += own.weight
		}
	}
}

// guessByWords counts each word for the languages that have it among their commonest, shared between them. English is
// taken for another language only when clearly beaten: its words turn up as names and quotations everywhere.
func guessByWords(text string) string {
	index := map[string][]string{}
	for i := range languages {
		for _, w := range strings.Fields(languages[i].common) {
			index[w] = append(index[w], languages[i].tag)
		}
	}
	scores := map[string]float64{}
	total := 0
	for _, w := range strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) }) {
		total++
		for _, lang := range index[w] {
			scores[lang] += 1 / float64(len(index[w]))
		}
	}
	best, score := highest(scores)
	if total < 25 || score < float64(total)/20 || score < scores["en"]*1.3 && best != "en" {
		return ""
	}
	return best
}

// highest gives the language with the highest score, the alphabet deciding between equals.
func highest[N int | float64](scores map[string]N) (best string, most N) {
	for lang, n := range scores {
		if n > most || n == most && lang < best {
			best, most = lang, n
		}
	}
	return best, most
}

// withoutTags takes HTML's tags out of a text, whose names are words of some language.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, '<')
		if i < 0 {
			break
		}
		j := strings.IndexByte(s[i:], '>')
		if j < 0 || j > 300 {
			break
		}
		b.WriteString(s[:i])
		b.WriteByte(' ')
		s = s[i+j+1:]
	}
	b.WriteString(s)
	return b.String()
}
