package hugo

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// slugOf makes a name for files and anchors: lower case, letters and digits, hyphens for the rest; accents are dropped
// from Latin letters.
func slugOf(s string) string {
	var b strings.Builder
	hyphen := false
	for _, c := range norm.NFD.String(s) {
		switch {
		case unicode.Is(unicode.Mn, c) && c < 0x370:
			continue
		case unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c) || c == '_':
			if hyphen && b.Len() > 0 {
				b.WriteByte('-')
			}
			hyphen = false
			b.WriteRune(unicode.ToLower(c))
		case c == '\'' || c == '’':
		default:
			hyphen = true
		}
	}
	return norm.NFC.String(b.String())
}

// issueNumber takes the word off an issue's number: "issue_11", "No. 11" and "#11" are number 11, which editions print behind
// the word in their own language.
func issueNumber(s string) string {
	low := strings.ToLower(s)
	if len(low) != len(s) {
		return s
	}
	for _, word := range []string{"issue", "number", "no", "nr", "núm", "número", "numéro", "numero", "n°", "nº", "№", "heft", "ausgabe", "#"} {
		rest, ok := strings.CutPrefix(low, word)
		if !ok {
			continue
		}
		rest = strings.TrimLeft(rest, " _-.:#")
		if rest != "" && isDigit(rest[0]) {
			return s[len(s)-len(rest):]
		}
	}
	return s
}

func isBool(s string) bool { s = strings.ToLower(s); return s == "true" || s == "false" }

// humanize makes a title of a file's name.
func humanize(stem string) string {
	s := strings.TrimSpace(strings.Map(func(c rune) rune {
		if c == '-' || c == '_' {
			return ' '
		}
		return c
	}, stem))
	if s == "" {
		return s
	}
	r := []rune(s)
	r[0] = unicode.ToUpper(r[0])
	return string(r)
}

// plainTitle takes the commonest Markdown out of a title, for listings.
func plainTitle(s string) string {
	return strings.NewReplacer("**", "", "*", "", "`", "", "\\", "").Replace(dropUnderscores(s))
}

// dropUnderscores takes out underscores that mark emphasis: those at the edge of a word.
func dropUnderscores(s string) string {
	if !strings.Contains(s, "_") {
		return s
	}
	r := []rune(s)
	out := r[:0:0]
	for i, c := range r {
		if c == '_' {
			left := i == 0 || !unicode.IsLetter(r[i-1]) && !unicode.IsDigit(r[i-1])
			right := i+1 == len(r) || !unicode.IsLetter(r[i+1]) && !unicode.IsDigit(r[i+1])
			if left != right {
				continue
			}
		}
		out = append(out, c)
	}
	return string(out)
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }
