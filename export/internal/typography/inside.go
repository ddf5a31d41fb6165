package typography

import (
	"strings"
	"unicode/utf8"
)

// gone is a character that has been taken out.
const gone rune = -1

// inside takes out blanks that stand inside of quotation marks typed as such, at their ends, where the language wants none:
// no line may begin with a mark that closes. What it wants instead is put there in writing.
func (l *line) inside() {
	depth := 0
	for i := range l.cells {
		c := &l.cells[i]
		if !c.ours() || c.r < utf8.RuneSelf {
			continue
		}
		cu := l.custom(*c)
		open, shut := first(cu.marks[0]), last(cu.marks[1])
		if cu.spacedMarks() || open == shut {
			continue
		}
		switch c.r {
		case open:
			depth++
			if isGap(l.prev(i)) {
				l.drop(i + 1)
			}
		case shut:
			if depth > 0 && !isWord(l.next(i)) {
				l.drop(i - 1)
			}
			depth = max(0, depth-1)
		}
	}
}

// drop takes out the blank at i, if there is one.
func (l *line) drop(i int) {
	if i >= 0 && i < len(l.cells) && l.cells[i].ours() && (l.cells[i].r == ' ' || l.cells[i].r == noBreakSpace || l.cells[i].r == narrowNoBreakSpace) {
		l.cells[i].r = gone
	}
}

func first(mark string) rune {
	r, _ := utf8.DecodeRuneInString(mark)
	return r
}

func last(mark string) rune {
	r, _ := utf8.DecodeLastRuneInString(mark)
	return r
}

// appendFrench writes a character that French sets with a space, whether one was typed or not: inside guillemets, before
// ; ! ? : at the end of a phrase. It reports whether it has written anything.
func (l *line) appendFrench(b []byte, i int, cu *custom) ([]byte, bool) {
	c := l.cells[i]
	before, after := l.prev(i), l.next(i)
	switch c.r {
	case '«':
		if cu.spacedMarks() && !isGap(after) {
			return append(b, "«\u202F"...), true
		}
	case '»':
		if cu.spacedMarks() && !isGap(before) {
			return append(b, "\u202F»"...), true
		}
	case ';', '!', '?', ':':
		if !cu.frenchStops || !endsPhrase(after) || !isWord(before) && !strings.ContainsRune(")]»”’%€$°\"'", before) && (before < quoteOpen || before > innerShut) {
			break
		}
		if c.r == ':' {
			return append(utf8.AppendRune(b, noBreakSpace), ':'), true
		}
		return append(utf8.AppendRune(b, narrowNoBreakSpace), byte(c.r)), true
	}
	return b, false
}

// endsPhrase reports whether a stop before a character ends a phrase, and is no part of an address or a time.
func endsPhrase(after rune) bool {
	return isGap(after) || strings.ContainsRune("!?…)]»”’.\"'—–", after) || after >= quoteOpen && after <= innerShut
}
