package fonts

import (
	"unicode"
	"unicode/utf8"

	"github.com/go-text/typesetting/language"
)

// A Run is a stretch of text that one face can shape in one script and direction.
type Run struct {
	Start, End int // byte offsets into the text
	Face       *Face
	Script     string // ISO 15924: "Latn", "Grek", "Arab"
	// RTL: the script is written from right to left. That is the truth about letters; digits and signs that stand among them
	// keep their own order, so a line with both is first divided by the bidirectional algorithm (UAX #9), and its parts, of one
	// level each, given to Runs and shaped by their level.
	RTL bool
	// Missing: no face of the set has the characters; Face would draw its box for them. One run holds one such character with
	// its marks, or marks that the face of their letter has not, so that they can be named to the reader of a report.
	Missing bool
}

// Runs divides text into runs for the wanted face, with other faces of the set where it lacks characters, nearest to it in
// weight and posture. Marks, joiners and variation selectors stay with the character before them. Spaces and punctuation that
// every script shares go with the letters around them. The order is that of the text.
func (s *Set) Runs(text string, face *Face) []Run {
	return s.AppendRuns(nil, text, face)
}

// AppendRuns is Runs, appending to dst.
func (s *Set) AppendRuns(dst []Run, text string, face *Face) []Run {
	if text == "" {
		return dst
	}
	if plain(text) && face.load().ascii { // nearly every word
		return append(dst, Run{End: len(text), Face: face, Script: "Latn"})
	}

	first := len(dst)
	script, scriptSet := language.Latin, false
	var last language.Script // of the run before
	for start := 0; start < len(text); {
		end := nextCluster(text, start)
		cluster := text[start:end]
		base, _ := utf8.DecodeRuneInString(cluster)

		sc := language.LookupScript(base)
		common := !sc.Strong() || sc == language.Unknown
		if common {
			sc = script
			if !scriptSet {
				sc = leadingScript(text[start:])
			}
		}
		script, scriptSet = sc, true

		run := Run{Start: start, End: end, RTL: rightToLeft(sc)}
		var before *Run
		if len(dst) > first {
			before = &dst[len(dst)-1]
		}
		switch {
		case common && before != nil && before.Face != face && !before.Missing && isJoint(base) &&
			covers(before.Face, cluster) && s.continues(text[end:], before.Face, face):
			run.Face = before.Face // a space or a stop between two words in another face
		case covers(face, cluster):
			run.Face = face
		default:
			f, n := s.fallback(cluster, face)
			run.Face, run.Missing = f, n == 0
			if !run.Missing {
				run.End = start + n
			}
		}
		if before != nil && !run.Missing && !before.Missing && before.Face == run.Face && last == sc {
			before.End = run.End
		} else {
			run.Script, last = scriptName(sc), sc
			dst = append(dst, run)
		}
		if run.End < end {
			dst = append(dst, Run{Start: run.End, End: end, Face: run.Face, Script: scriptName(sc), RTL: run.RTL, Missing: true})
		}
		start = end
	}
	return dst
}

// fallback finds a face that has all of the cluster. Failing that, one that has its first character: the marks it lacks, from n
// on, are then missing, not the letter under them. Failing that too, n is 0.
func (s *Set) fallback(cluster string, face *Face) (f *Face, n int) {
	base, size := utf8.DecodeRuneInString(cluster)
	if f := s.other(cluster, base, face); f != nil {
		return f, len(cluster)
	}
	if size == len(cluster) {
		return face, 0
	}
	f = face
	if !covers(face, cluster[:size]) {
		if f = s.other(cluster[:size], base, face); f == nil {
			return face, 0
		}
	}
	for n = size; n < len(cluster); n += size {
		if _, size = utf8.DecodeRuneInString(cluster[n:]); !covers(f, cluster[:n+size]) {
			break
		}
	}
	return f, n
}

// other is the nearest face but the given one that has the cluster; nil when there is none.
func (s *Set) other(cluster string, base rune, face *Face) *Face {
	ok := func(f *Face) bool { return f != face && covers(f, cluster) }
	if own := s.Family(face.family); own != nil { // the upright for an italic that has no Cyrillic
		if f := own.selectWith(face.weight, face.italic, ok); f != nil {
			return f
		}
	}
	if s.Sans != nil && !face.Metrics().Serif { // a sans is helped out by a sans
		if f := s.Sans.selectWith(face.weight, face.italic, ok); f != nil {
			return f
		}
	}
	for _, fam := range s.Fallback {
		if fam.mayHave(base) {
			if f := fam.selectWith(face.weight, face.italic, ok); f != nil {
				return f
			}
		}
	}
	return nil
}

// continues reports whether the first letter of the rest, after joints, is one that goes to the face other and not to face.
func (s *Set) continues(rest string, other, face *Face) bool {
	for i, r := range rest {
		if isJoint(r) {
			continue
		}
		end := nextCluster(rest, i)
		return !covers(face, rest[i:end]) && covers(other, rest[i:end])
	}
	return false
}

// covers reports whether the face has every character of a cluster that is drawn. A composed character may stand in for a
// letter with its mark, and the reverse: the shaper does that, so a mark is only asked for when the letter is there.
func covers(f *Face, cluster string) bool {
	for _, r := range cluster {
		if invisible(r) {
			continue
		}
		if !f.Has(r) {
			if base, n := utf8.DecodeRuneInString(cluster); n < len(cluster) && base != r && f.composes(cluster) {
				return true
			}
			if f.decomposes(r) {
				continue
			}
			return false
		}
	}
	return true
}

// composes and decomposes ask the shaper whether it finds glyphs for the text by (de)composition, as Unicode has it.
func (f *Face) composes(cluster string) bool {
	for _, g := range f.Shape(nil, cluster, Options{}) {
		if g.GID == 0 {
			return false
		}
	}
	return true
}

func (f *Face) decomposes(r rune) bool {
	switch {
	case r < 0xC0, r > 0xFFFF:
		return false
	case unicode.Is(unicode.Latin, r), unicode.Is(unicode.Greek, r), unicode.Is(unicode.Cyrillic, r), unicode.IsSpace(r), r == 0x2011:
		return f.composes(string(r))
	}
	return false
}

// plain reports whether text is printable ASCII.
func plain(text string) bool {
	for i := range len(text) {
		if c := text[i]; c < ' ' || c > '~' {
			return false
		}
	}
	return true
}

// scriptName is the ISO 15924 code; the commonest ones without making a string anew.
func scriptName(sc language.Script) string {
	switch sc {
	case language.Latin:
		return "Latn"
	case language.Greek:
		return "Grek"
	case language.Cyrillic:
		return "Cyrl"
	}
	return sc.String()
}

// nextCluster is the end of the character at start with all that belongs to it: marks, joiners and what they join, variation
// selectors, skin tones, the second letter of a flag (after UAX #29, without Hangul, which no house face has).
func nextCluster(text string, start int) int {
	base, n := utf8.DecodeRuneInString(text[start:])
	end := start + n
	if regional(base) {
		if r, n := utf8.DecodeRuneInString(text[end:]); regional(r) {
			end += n
		}
	}
	for end < len(text) {
		if c := text[end]; c < 0x80 {
			break
		}
		r, n := utf8.DecodeRuneInString(text[end:])
		switch {
		case unicode.In(r, unicode.Mn, unicode.Mc, unicode.Me), r == zwnj, r >= 0x1F3FB && r <= 0x1F3FF, r >= 0xE0020 && r <= 0xE007F:
			end += n
		case r == zwj:
			end += n
			// A joiner joins pictures; between letters it only shapes them.
			if next, n := utf8.DecodeRuneInString(text[end:]); unicode.Is(unicode.So, next) {
				end += n
			}
		default:
			return end
		}
	}
	return end
}

const (
	zwsp = 0x200B
	zwnj = 0x200C
	zwj  = 0x200D
)

func regional(r rune) bool { return r >= 0x1F1E6 && r <= 0x1F1FF }

// invisible reports characters that have no ink and that shapers drop: joiners, directional marks, soft hyphens, selectors.
func invisible(r rune) bool {
	switch {
	case control(r), r == 0xAD, r == 0x34F, r == 0x61C, r == 0xFEFF, r == 0x180E:
		return true
	case r >= 0x200B && r <= 0x200F, r >= 0x202A && r <= 0x202E, r >= 0x2060 && r <= 0x206F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0000 && r <= 0xE0FFF:
		return true
	}
	return false
}

// isJoint reports spaces and punctuation, which take the face of the words they stand between.
func isJoint(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) || invisible(r) }

// leadingScript is the script of the first letter that has one; Latin when none has.
func leadingScript(text string) language.Script {
	for _, r := range text {
		if sc := language.LookupScript(r); sc.Strong() && sc != language.Unknown {
			return sc
		}
	}
	return language.Latin
}

// rightToLeft reports the scripts whose letters have the bidirectional class R or AL (Unicode, DerivedBidiClass).
func rightToLeft(sc language.Script) bool {
	switch sc {
	case language.Arabic, language.Hebrew, language.Syriac, language.Thaana, language.Nko, language.Samaritan,
		language.Mandaic, language.Adlam, language.Hanifi_Rohingya, language.Mende_Kikakui, language.Yezidi:
		return true
	}
	return false
}
