package typography

import "unicode"

// blanks makes runs of blanks one, drops them at both ends of a line and before a citation, and drops line ends between
// characters of scripts that use no blanks. A lone no-break space is meant and stays.
func (l *line) blanks() {
	in := l.cells
	out := in[:0] // never longer than what has been read
	for i := 0; i < len(in); {
		c := in[i]
		if !isBlank(c) {
			if c.r != zeroWidthSpace || !c.ours() || meantBreak(out, in, i) {
				out = append(out, c)
			}
			i++
			continue
		}
		n, noBreak, newline := blankRun(in[i:])
		i += n
		if !needless(out, in[i:], newline) {
			c.r = ' '
			if noBreak {
				c.r = noBreakSpace
			}
			out = append(out, c)
		}
	}
	l.cells = out
}

func isBlank(c cell) bool {
	return c.ours() && (c.r == ' ' || c.r == '\n' || c.r == '\t' || c.r == '\r' || c.r == noBreakSpace)
}

// blankRun measures the blanks that cells begin with: how many, whether all are no-break spaces, whether a line ends there.
func blankRun(cells []cell) (n int, noBreak, newline bool) {
	noBreak = true
	for ; n < len(cells) && isBlank(cells[n]); n++ {
		noBreak = noBreak && cells[n].r == noBreakSpace
		newline = newline || cells[n].r == '\n'
	}
	return n, noBreak, newline
}

// needless reports whether nothing is to stand between what has been set and what comes.
func needless(before, after []cell, newline bool) bool {
	if len(before) == 0 || len(after) == 0 {
		return true
	}
	last, next := before[len(before)-1], after[0]
	switch {
	case last.node == lineEnd || next.node == lineEnd:
		return true
	case next.node == citation:
		return endsWord(after)
	}
	return newline && last.node >= 0 && next.node >= 0 && IsIdeographic(last.r) && IsIdeographic(next.r)
}

// endsWord reports whether cells that begin with citations go on with anything but a letter.
func endsWord(cells []cell) bool {
	for _, c := range cells {
		if c.node != citation {
			return c.node < 0 || !unicode.IsLetter(c.r) && !unicode.IsDigit(c.r)
		}
	}
	return true
}

// meantBreak reports whether a zero-width space can be meant as a place to break a line: it stands inside a word or an
// address. Beside blanks, stops and marks of emphasis it was only put to appease a parser.
func meantBreak(before, in []cell, i int) bool {
	if len(before) == 0 || i+1 >= len(in) {
		return false
	}
	a, b := before[len(before)-1], in[i+1]
	return a.node == in[i].node && b.node == in[i].node && breaksWell(a.r) && breaksWell(b.r)
}

// breaksWell reports whether a line may be meant to break beside a character.
func breaksWell(r rune) bool {
	return (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '/' || r == '_') && !IsIdeographic(r)
}

// frenchSpace gives the space that French sets where a blank was typed: a narrow no-break one before ; ! ? and inside
// guillemets, a wide no-break one before the colon (Imprimerie nationale, Lexique des règles typographiques).
func (l *line) frenchSpace(i int) rune {
	var before, after rune
	if i > 0 {
		before = l.cells[i-1].r
	}
	if i+1 < len(l.cells) {
		after = l.cells[i+1].r
	}
	switch {
	case after == ';' || after == '!' || after == '?' || after == '»' || before == '«':
		return narrowNoBreakSpace
	case after == ':':
		return noBreakSpace
	}
	return ' '
}
