package words

import "strings"

// RightToLeft reports whether a language is written from right to left in the script that its BCP 47 tag names, or else in
// its usual one.
func RightToLeft(lang string) bool {
	l, rest := find(lang)
	return l != nil && l.rtl && !strings.HasPrefix(rest, "latn") && !strings.HasPrefix(rest, "cyrl")
}
