// Package roman writes and reads Roman numbers: those of pages, lists and issues.
package roman

import (
	"strconv"
	"strings"
)

var numerals = [...]struct {
	value int
	text  string
}{{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}}

// Write writes a number from 1 to 3999 in lower case; any other in digits.
func Write(n int) string {
	if n <= 0 || n >= 4000 {
		return strconv.Itoa(n)
	}
	var b strings.Builder
	for _, d := range numerals {
		for n >= d.value {
			b.WriteString(d.text)
			n -= d.value
		}
	}
	return b.String()
}

// Read gives the value of a number in lower case and in its usual form (ix, not viiii); 0 for anything else.
func Read(s string) int {
	n, rest := 0, s
	for _, d := range numerals {
		for strings.HasPrefix(rest, d.text) {
			rest = rest[len(d.text):]
			n += d.value
		}
	}
	if n < 4000 && n > 0 && Write(n) == s {
		return n
	}
	return 0
}
