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
			l.tighten(i)
		case '\'':
			c.r = l.single(i)
			l.tighten(i)
		}
	}
}

// tighten takes out a blank that stands, by a slip of typing, inside of a mark that has just been set.
func (l *line) tighten(i int) {
	switch before, after := l.prev(i), l.next(i); l.cells[i].r {
	case quoteOpen, innerOpen:
		if isGap(before) && after == ' ' {
			l.drop(i + 1)
		}
	case quoteShut, innerShut:
		if before == ' ' && !isWord(after) && l.closed {
			l.drop(i - 1)
		}
	}
}

// chevrons makes guillemets of << and >> in languages that quote with them.
func (l *line) chevrons() {
	open := -1
	for i := 0; i+1 < len(l.cells); i++ {
		c, d := &l.cells[i], &l.cells[i+1]
		if c.r != d.r || !c.ours() || !d.ours() || c.r != '<' && c.r != '>' || !strings.HasPrefix(l.custom(*c).marks[0], "«") {
			continue
		}
		switch {
		case c.r == '<':
			open = i
		case open >= 0:
			l.cells[open].r, l.cells[open+1].r = gone, '«'
			c.r, d.r = '»', gone
			open = -1
		}
	}
}

// double sets a double mark: it opens a quotation, or says inches or seconds, or closes.
func (l *line) double(i int) rune {
	before, after := l.prev(i), l.next(i)
	cu := l.custom(l.cells[i])
	switch {
	case cu.hebrew && isHebrew(before) && isHebrew(after):
		return '״' // gershayim: the mark of an abbreviation
	case l.doubleOpens(i, before, after, cu):
		l.doubles++
		return quoteOpen
	case unicode.IsDigit(before) && l.doubles == 0:
		return '″'
	}
	l.closed = l.doubles > 0
	l.doubles = max(0, l.doubles-1)
	return quoteShut
}

// doubleOpens judges a double mark by its neighbours; where these do not tell, by whether a quotation is open.
func (l *line) doubleOpens(i int, before, after rune, cu *custom) bool {
	none := l.doubles == 0
	switch {
	case isGap(before) && isGap(after): // a mark alone
		return none && (before == 0 || l.doubleLater(i))
	case isGap(before):
		return none || !strings.ContainsRune(".,;:!?)…", after) // "so ", he said
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
	cu := l.custom(l.cells[i])
	switch {
	case cu.hebrew && isHebrew(before) && (isHebrew(after) || l.singles == 0):
		return '׳' // geresh
	case none && unicode.IsDigit(before) && unicode.IsDigit(after) && l.feetAndInches(i):
		return '′'
	case isWord(before) && isWord(after) && !IsEastAsian(before): // don't, l'homme
		return '’'
	case l.singleMayOpen(before, after, cu):
		if l.elision(i) || l.singles == 0 && !l.shutLater(i) {
			return '’'
		}
		l.singles++
		return innerOpen
	case none && unicode.IsDigit(before) && isGap(after) && l.feetAlone(i):
		return '′'
	case l.singles > 0 && (!isGap(before) || before == ' ' && isGap(after)):
		l.closed = true
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
	return isGap(before) || cu.opens(before) || isWord(after) && (before == '"' || l.singles == 0 && IsEastAsian(before) || l.singles == 0 && strings.ContainsRune(",;:…", before))
}

// doubleLater reports whether another double mark comes.
func (l *line) doubleLater(i int) bool {
	for _, c := range l.cells[i+1:] {
		if c.r == '"' && c.ours() {
			return true
		}
	}
	return false
}

func isHebrew(r rune) bool { return r >= 0x05D0 && r <= 0x05EA }

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
	w := string(word)
	if !slices.Contains(cu.elisions, w) {
		return false
	}
	return after != '\'' || w == "n" // 's' is a letter in marks, and 'n' between two words is none
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

// shortYear knows '68, '60s and '68er. '50 years' is a quotation, of course, if it is closed, but then the apostrophe does
// little harm.
func shortYear(word []rune) bool {
	if len(word) < 2 || len(word) > 6 || !unicode.IsDigit(word[0]) || !unicode.IsDigit(word[1]) {
		return false
	}
	for _, r := range word[2:] {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return true
}

// shutLater reports whether some mark behind i could close a quotation. The last that could is looked for once.
func (l *line) shutLater(i int) bool {
	if l.lastShut == 0 {
		l.lastShut = -1
		for j := len(l.cells) - 1; j > i+1; j-- {
			if c := l.cells[j]; c.r == '\'' && c.ours() && !isGap(l.prev(j)) && (!isWord(l.next(j)) || IsEastAsian(l.next(j))) {
				l.lastShut = j
				break
			}
		}
	}
	return l.lastShut > i+1
}
