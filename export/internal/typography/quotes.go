package typography

import (
	"slices"
	"strings"
	"unicode"
)

// Marks of a quotation, until they are written out: by then the form no longer says what they do.
const (
	quoteOpen rune = 0xF0000 + iota
	quoteShut
	innerOpen
	innerShut
)

// quotes replaces straight marks: each becomes what the first rule says that knows it.
func (l *line) quotes() {
	for i := range l.cells {
		c := &l.cells[i]
		if !c.ours() {
			continue
		}
		switch c.r {
		case '"':
			c.r = l.double(i)
		case '\'':
			c.r = l.single(i)
		}
	}
}

// double sets a double mark: it opens a quotation, or says inches or seconds, or closes.
func (l *line) double(i int) rune {
	before, after := l.prev(i), l.next(i)
	switch {
	case l.doubleOpens(before, after, l.custom(l.cells[i])):
		l.doubles++
		return quoteOpen
	case unicode.IsDigit(before) && l.doubles == 0:
		return '″'
	}
	l.doubles = max(0, l.doubles-1)
	return quoteShut
}

// doubleOpens judges a double mark by its neighbours; where these do not tell, by whether a quotation is open.
func (l *line) doubleOpens(before, after rune, cu *custom) bool {
	none := l.doubles == 0
	switch {
	case isGap(before) && isGap(after): // a mark alone
		return none && before == 0
	case isGap(before):
		return true
	case isGap(after):
		return false
	case cu.opens(before) && (none || !isDash(before) || isWord(after)):
		return true
	case after == '"' || after == '\'':
		return none
	}
	return isWord(after) && none && !unicode.IsDigit(before) // Korda,"Les Gilets
}

// single sets a single mark: it says feet or minutes, or opens or closes a quotation, or is an apostrophe.
func (l *line) single(i int) rune {
	before, after := l.prev(i), l.next(i)
	none := l.doubles+l.singles == 0
	switch {
	case none && unicode.IsDigit(before) && unicode.IsDigit(after) && l.feetAndInches(i):
		return '′'
	case isWord(before) && isWord(after): // don't, l'homme
		return '’'
	case l.singleMayOpen(before, after, l.custom(l.cells[i])):
		if l.elision(i) || l.singles == 0 && !l.shutLater(i) {
			return '’'
		}
		l.singles++
		return innerOpen
	case none && unicode.IsDigit(before) && isGap(after) && l.feetAlone(i):
		return '′'
	case l.singles > 0 && !isGap(before):
		l.singles--
		return innerShut
	}
	return '’'
}

// singleMayOpen reports whether a single mark stands where a quotation, or a word that begins with an apostrophe, begins.
func (l *line) singleMayOpen(before, after rune, cu *custom) bool {
	if isGap(after) {
		return false
	}
	return isGap(before) || cu.opens(before) || before == '"' && isWord(after)
}

// opens reports whether a quotation mark opens behind a character: behind a bracket, a dash, a mark that opens. “ opens in
// English and closes in German, so the language's marks are asked.
func (cu *custom) opens(r rune) bool {
	switch r {
	case quoteOpen, innerOpen, '„', '‚':
		return true
	case '“', '‘', '«', '‹', '「', '『':
		return strings.HasPrefix(cu.marks[0], string(r)) || strings.HasPrefix(cu.marks[2], string(r))
	}
	return strings.ContainsRune("([{<¿¡—–-/|=", r)
}

func isDash(r rune) bool { return r == '-' || r == '–' || r == '—' }

// feetAndInches reports whether 5'10 is a measure: a double mark follows its digits.
func (l *line) feetAndInches(i int) bool {
	for _, c := range l.cells[i+1:] {
		if !unicode.IsDigit(c.r) {
			return c.r == '"'
		}
	}
	return false
}

// feetAlone reports whether the digits before a mark stand alone, as 6' does and '68' does not.
func (l *line) feetAlone(i int) bool {
	for i--; i >= 0 && unicode.IsDigit(l.cells[i].r); i-- {
	}
	return i < 0 || isGap(l.cells[i].r)
}

// elision reports whether the mark at i begins a shortened year or word: '68, 'tis.
func (l *line) elision(i int) bool {
	var scratch [longestElision]rune
	word, after := l.wordAfter(i, scratch[:0])
	if shortYear(word) {
		return true
	}
	cu := l.custom(l.cells[i])
	if w := string(word); slices.Contains(cu.elisions, w) {
		return !(w == "s" && cu.english && after == '\'') // the letter s in marks
	}
	return false
}

// longestElision is how much of a word is looked at; all in the table are shorter.
const longestElision = 12

// wordAfter gives the word behind a mark in lower case, appended to word, and what follows it.
func (l *line) wordAfter(i int, word []rune) (_ []rune, after rune) {
	for _, c := range l.cells[i+1:] {
		switch {
		case c.node == citation:
			continue
		case c.node < 0 || len(word) == longestElision || !unicode.IsLetter(c.r) && !unicode.IsDigit(c.r):
			return word, c.r
		}
		word = append(word, unicode.ToLower(c.r))
	}
	return word, 0
}

// shortYear knows '68 and '60s. '50 years' is a quotation, of course, if it is closed, but then the apostrophe does little
// harm.
func shortYear(word []rune) bool {
	return (len(word) == 2 || len(word) == 3 && word[2] == 's') && unicode.IsDigit(word[0]) && unicode.IsDigit(word[1])
}

// shutLater reports whether some mark behind i could close a quotation. The last that could is looked for once.
func (l *line) shutLater(i int) bool {
	if l.lastShut == 0 {
		l.lastShut = -1
		for j := len(l.cells) - 1; j > i+1; j-- {
			if c := l.cells[j]; c.r == '\'' && c.ours() && !isGap(l.prev(j)) && !isWord(l.next(j)) {
				l.lastShut = j
				break
			}
		}
	}
	return l.lastShut > i+1
}
