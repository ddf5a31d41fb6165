package words

import "strings"

// DecimalComma reports whether a language parts the whole from its fraction with a comma.
func DecimalComma(lang string) bool {
	l, _ := find(lang)
	return l != nil && l.comma && !strings.EqualFold(lang, l.point)
}
