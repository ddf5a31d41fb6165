package words

import "strings"

// DecimalComma reports whether a language parts the whole from its fraction with a comma.
func DecimalComma(lang string) bool {
	l, _ := find(lang)
	return l != nil && l.comma && !strings.EqualFold(lang, l.point)
}

// RightToLeft reports whether a language is written from right to left in the script that its BCP 47 tag names, or else in
// its usual one.
func RightToLeft(lang string) bool {
	l, rest := find(lang)
	return l != nil && l.rtl && !strings.HasPrefix(rest, "latn") && !strings.HasPrefix(rest, "cyrl")
}

// IndentsFirst reports whether a language's printers indent a section's first paragraph too: the French and the Slavs do,
// the English leave it flush.
func IndentsFirst(lang string) bool {
	l, _ := find(lang)
	return l != nil && l.indents
}
