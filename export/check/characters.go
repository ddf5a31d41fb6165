package check

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

// Characters looks through a text, as it was typed, for characters that are not what they seem, or are not seen at all. at gives the place
// of a byte of the text. Of each kind one problem is given to a line, at the first, with their number.
func Characters(text []byte, at func(off int) document.Pos) (problems []document.Problem) {
	if ascii(text) {
		return nil
	}
	off := 0
	for line := range bytes.Lines(text) {
		if !ascii(line) {
			l := &typedLine{text: line, seen: map[string]int{}}
			l.read()
			for _, s := range l.found {
				message := s.message
				if n := l.seen[s.code]; n > 1 {
					message += fmt.Sprintf(" (%d of the kind in this line)", n)
				}
				problems = append(problems, document.NewProblem(s.code, at(off+s.off), message, s.hint))
			}
		}
		off += len(line)
	}
	return problems
}

// CharacterCodes lists what Characters finds.
func CharacterCodes() []string {
	return []string{"bidi-control", "mixed-scripts", "mojibake", "private-use", "replacement-character", "soft-hyphen", "zero-width"}
}

// ascii reports whether a text has no other characters, of which nothing can be said.
func ascii(text []byte) bool {
	for _, b := range text {
		if b >= utf8.RuneSelf {
			return false
		}
	}
	return true
}

// A typedLine is a line that is being looked through.
type typedLine struct {
	text  []byte
	found []suspect // the first of each kind
	seen  map[string]int
}

type suspect struct {
	code          string
	off           int
	message, hint string
}

func (l *typedLine) say(code string, off int, message, hint string) {
	if l.seen[code]++; l.seen[code] == 1 {
		l.found = append(l.found, suspect{code, off, message, hint})
	}
}

func (l *typedLine) read() {
	for i := 0; i < len(l.text); {
		r, size := utf8.DecodeRune(l.text[i:])
		l.character(i, size, r)
		i += size
	}
	l.words()
	if m := misread.FindIndex(l.text); m != nil {
		l.say("mojibake", m[0], fmt.Sprintf("%q looks like UTF-8 that was read as something else", l.text[m[0]:m[1]]), "take the passage anew from where it was written")
	}
}

// misread finds what comes about when UTF-8 is read in a code page of a byte a character: a letter that begins what was a sequence,
// and behind it a sign that no language writes there.
var misread = regexp.MustCompile(`â€[^\s\p{L}\d]?|Ã[\x{80}-\x{BF}‚ƒ„…†‡ˆ‰‹Œ•˜™›œ]|Â[\x{A1}-\x{BF}]|ï»¿`)

// character looks at a character by itself and in its neighbourhood.
func (l *typedLine) character(i, size int, r rune) {
	switch {
	case r == utf8.RuneError && size > 1:
		l.say("replacement-character", i, "U+FFFD stands where a character was lost", "look into the original, and type it")
	case r == 0xAD:
		l.say("soft-hyphen", i, "a soft hyphen (U+00AD), which cannot be seen, stands in the text", "delete it, or write &shy; where it is meant")
	case r >= 0xE000 && r <= 0xF8FF || r >= 0xF0000:
		l.say("private-use", i, fmt.Sprintf("U+%04X is of a private use area: only the author's font knows what it is", r), "write it in letters, or as a picture")
	case turns(r):
		if r == 0x202D || r == 0x202E || !l.turned() {
			l.say("bidi-control", i, fmt.Sprintf("U+%04X, which cannot be seen, turns the direction of writing", r), "delete it, or write <bdi>")
		}
	case r == 0x200B || r == 0x200C || r == 0x200D || r == 0x2060 || r == 0x180E:
		before, _ := utf8.DecodeLastRune(l.text[:i])
		after, _ := utf8.DecodeRune(l.text[i+size:])
		if apart(before) && apart(after) || (r == 0x200B || r == 0x2060) && (apart(before) || apart(after)) {
			l.say("zero-width", i, fmt.Sprintf("U+%04X, which cannot be seen, stands in a word", r), "delete it, or write <wbr> where a break is meant")
		}
	}
}

// turns: the embeddings, overrides and isolates of the bidirectional algorithm (UAX #9, § 2).
func turns(r rune) bool { return r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 }

// turned reports whether a line has letters that run from right to left, and all that turns its direction is closed in it: there such
// characters have their use.
func (l *typedLine) turned() bool {
	open, rightToLeft := 0, false
	for _, r := range string(l.text) {
		switch {
		case r == 0x202C || r == 0x2069:
			if open--; open < 0 {
				return false
			}
		case turns(r):
			open++
		case unicode.In(r, unicode.Hebrew, unicode.Arabic, unicode.Syriac, unicode.Thaana, unicode.Nko):
			rightToLeft = true
		}
	}
	return rightToLeft && open == 0
}

// apart reports whether a letter is of a script whose letters never join.
func apart(r rune) bool {
	return unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic) && unicode.IsLetter(r)
}

// words looks at each run of letters for letters of another script that look like its own.
func (l *typedLine) words() {
	start := -1
	for i, r := range string(l.text) + " " {
		letter := unicode.IsLetter(r) || unicode.IsMark(r)
		if letter && start < 0 {
			start = i
		}
		if !letter && start >= 0 {
			l.word(start, string(l.text[start:i]))
			start = -1
		}
	}
}

// likeLatin are Greek letters that are drawn as Latin ones are; of others (Δt, kΩ) a writer means what is seen.
const likeLatin = "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧονρι"

func (l *typedLine) word(at int, w string) {
	latin, cyrillic, greek, odd := 0, 0, 0, 0
	strange := rune(0)
	for _, r := range w {
		switch {
		case unicode.Is(unicode.Latin, r):
			latin++
		case unicode.Is(unicode.Cyrillic, r):
			cyrillic++
		case unicode.Is(unicode.Greek, r) && r != 'µ':
			greek++
			if strings.ContainsRune(likeLatin, r) {
				odd++
			}
		}
	}
	var other *unicode.RangeTable
	var names string
	switch {
	case latin > 0 && cyrillic > 0:
		names, other = "Latin and Cyrillic", unicode.Cyrillic
		if cyrillic > latin {
			other = unicode.Latin
		}
	case latin > 1 && odd > 0 && odd == greek:
		names, other = "Latin and Greek", unicode.Greek
	case cyrillic > 0 && greek > 0:
		names, other = "Cyrillic and Greek", unicode.Greek
	default:
		return
	}
	within := strings.IndexFunc(w, func(r rune) bool { return unicode.Is(other, r) })
	strange, _ = utf8.DecodeRuneInString(w[within:])
	l.say("mixed-scripts", at+within, fmt.Sprintf("the word %q has letters of %s: %q is U+%04X", w, names, strange, strange), "type it anew")
}
