package typography

import (
	"slices"
	"strings"
	"unicode"
)

// ranges puts an en dash for the hyphen between two numbers that are a range: 1914-18, pp. 49-50, 3-5 years. It must be sure:
// numbers of telephones, books and laws, dates of ISO 8601 and names hold hyphens that stay.
func (l *line) ranges() {
	for i := 1; i+1 < len(l.cells); i++ {
		c := &l.cells[i]
		if c.r != '-' || !c.ours() || !l.custom(*c).ranges {
			continue
		}
		number := isDigit(l.cells[i+1]) && (isDigit(l.cells[i-1]) || isUnit(l.cells, i-1))
		if number && l.isRange(l.numberBefore(i), l.numberAfter(i)) || !number && (l.betweenYears(i) || l.betweenRomans(i)) {
			c.r = '–'
		}
	}
}

// betweenYears reports whether a hyphen stands between shortened years: '40-'45.
func (l *line) betweenYears(i int) bool {
	return i >= 3 && i+3 < len(l.cells) && isApostrophe(l.cells[i-3].r) && isApostrophe(l.cells[i+1].r) &&
		isDigit(l.cells[i-2]) && isDigit(l.cells[i-1]) && isDigit(l.cells[i+2]) && isDigit(l.cells[i+3])
}

func isApostrophe(r rune) bool { return r == '\'' || r == '’' }

// betweenRomans reports whether a hyphen stands between pages numbered in small Roman numerals, behind a word that says so.
func (l *line) betweenRomans(i int) bool {
	from, to := i, i+1
	for from > 0 && isRoman(l.cells[from-1]) {
		from--
	}
	for to < len(l.cells) && isRoman(l.cells[to]) {
		to++
	}
	if from == i || to == i+1 || !l.freeBefore(from) || !l.freeAfter(to) {
		return false
	}
	words := l.wordsBefore(from)
	return len(words) > 0 && isPaged(words[0])
}

func isRoman(c cell) bool { return c.ours() && strings.ContainsRune("ivxlcdm", c.r) }

// A number is a run of digits in a line, with one point, comma or colon among them.
type number struct {
	from, to int // cells
	digits   string
	fraction bool
}

func isDigit(c cell) bool { return c.ours() && c.r >= '0' && c.r <= '9' }

// isUnit reports whether a sign of per cent or degrees stands behind a digit.
func isUnit(cells []cell, i int) bool {
	return i > 0 && cells[i].ours() && (cells[i].r == '%' || cells[i].r == '°') && isDigit(cells[i-1])
}

func isPoint(r rune) bool { return r == '.' || r == ',' || r == ':' }

func (l *line) numberBefore(hyphen int) number {
	n := number{to: hyphen, from: hyphen}
	i := hyphen - 1
	if !isDigit(l.cells[i]) {
		i--
		n.to--
	}
	for i >= 0 && isDigit(l.cells[i]) {
		i--
	}
	if i > 0 && isPoint(l.cells[i].r) && l.cells[i].ours() && isDigit(l.cells[i-1]) {
		n.fraction = true
		for i--; i >= 0 && isDigit(l.cells[i]); i-- {
		}
	}
	n.from = i + 1
	n.digits = digitsOf(l.cells[n.from:n.to])
	return n
}

func (l *line) numberAfter(hyphen int) number {
	n := number{from: hyphen + 1}
	i := hyphen + 1
	for i < len(l.cells) && isDigit(l.cells[i]) {
		i++
	}
	if i+1 < len(l.cells) && isPoint(l.cells[i].r) && l.cells[i].ours() && isDigit(l.cells[i+1]) {
		n.fraction = true
		for i++; i < len(l.cells) && isDigit(l.cells[i]); i++ {
		}
	}
	n.to = i
	n.digits = digitsOf(l.cells[n.from:n.to])
	return n
}

func digitsOf(cells []cell) string {
	var b strings.Builder
	for _, c := range cells {
		b.WriteRune(c.r)
	}
	return b.String()
}

// isRange judges two numbers by what stands around them and by their values.
func (l *line) isRange(from, to number) bool {
	if !l.freeBefore(from.from) || !l.freeAfter(to.to) {
		return false
	}
	before := l.wordsBefore(from.from)
	if slices.ContainsFunc(before, isRegister) {
		return false
	}
	if from.fraction || to.fraction {
		// Times, verses, decimals: 10:30-12:00, 3:16-17, 0.5-1.5.
		return len(from.digits) < 8 && len(to.digits) < 8 && (to.fraction == from.fraction || strings.Contains(from.digits, ":"))
	}
	a, b := from.digits, to.digits
	if len(a) > 6 || len(b) > len(a)+1 || len(a) > 1 && a[0] == '0' {
		return false
	}
	if len(b) < len(a) { // 1914-18 is 1914-1918
		b = a[:len(a)-len(b)] + b
	}
	x, y := value(a), value(b)
	if x >= y {
		return false
	}
	paged := slices.ContainsFunc(before, isPaged)
	switch {
	case len(a) == 2 && len(to.digits) == 1: // pp. 24-7, but 24-7 is all day long
		return paged
	case len(to.digits) < len(a) || paged:
		return true
	case len(b) > len(a): // 98-102; but 555-1234 is a telephone's
		return len(a) < 3 && y < 200 || y < x+x/2
	case len(a) == 4: // years, or pages of a thick book; else the two halves of a number
		return x >= 1000 && y <= 2100 || y-x < 500
	}
	return len(a) < 5 || y-x < 1000
}

func value(digits string) int {
	n := 0
	for _, d := range digits {
		n = n*10 + int(d-'0')
	}
	return n
}

// freeBefore reports whether nothing stands before a number that makes it part of something else.
func (l *line) freeBefore(i int) bool {
	if i == 0 {
		return true
	}
	c := l.cells[i-1]
	switch {
	case c.node == citation || c.node == lineEnd:
		return true
	case c.node < 0 || c.keep:
		return false
	case unicode.IsLetter(c.r) && !IsIdeographic(c.r) || unicode.IsDigit(c.r):
		return false
	}
	if c.r == '.' && i > 1 { // p.12, but not 1.2.3 or a.12
		before := l.cells[i-2].r
		return !unicode.IsDigit(before) && before != '/'
	}
	return !strings.ContainsRune("-–—/\\_+#@=:&*'’", c.r)
}

// freeAfter reports whether nothing stands behind a number that makes it part of something else.
func (l *line) freeAfter(i int) bool {
	if i == len(l.cells) {
		return true
	}
	c := l.cells[i]
	switch {
	case c.node == citation || c.node == lineEnd:
		return true
	case c.node < 0 || c.keep:
		return false
	case c.r == 's' || c.r == 'f': // the 1960-70s, pp. 12-13f
		return i+1 == len(l.cells) || !unicode.IsLetter(l.cells[i+1].r) || c.r == 'f' && l.cells[i+1].r == 'f'
	case unicode.IsLetter(c.r) && !IsEastAsian(c.r) || unicode.IsDigit(c.r):
		return false
	case isPoint(c.r): // the end of a sentence, but not 12-13.5.1 and not 12-13.jpg
		return i+1 == len(l.cells) || !unicode.IsLetter(l.cells[i+1].r) && !unicode.IsDigit(l.cells[i+1].r)
	}
	return !strings.ContainsRune("-–—/\\_+#@=", c.r)
}

// wordsBefore gives the two words before a cell, in lower case and without their stops.
func (l *line) wordsBefore(i int) []string {
	var words []string
	for len(words) < 2 {
		for i > 0 && (!unicode.IsLetter(l.cells[i-1].r) || l.cells[i-1].node < 0) {
			if l.cells[i-1].node == lineEnd || strings.ContainsRune(";!?", l.cells[i-1].r) {
				return words
			}
			i--
		}
		end := i
		for i > 0 && l.cells[i-1].node >= 0 && unicode.IsLetter(l.cells[i-1].r) && end-i < longestElision {
			i--
		}
		if i == end {
			return words
		}
		word := make([]rune, 0, longestElision)
		for _, c := range l.cells[i:end] {
			word = append(word, unicode.ToLower(c.r))
		}
		words = append(words, string(word))
	}
	return words
}

// isRegister reports whether a word says that what follows is a number of some register.
func isRegister(word string) bool {
	switch word {
	case "isbn", "issn", "eissn", "ismn", "doi", "oclc", "lccn", "arxiv", "tel", "telephone", "telefon", "teléfono", "téléphone", "telefono", "phone", "fax",
		"mobile", "mobil", "call", "тел", "телефон", "asin", "iban", "bic", "zip", "plz", "rfc", "iso", "din", "ean", "isin", "cas", "covid", "cve":
		return true
	}
	return false
}

// isPaged reports whether a word says that pages, lines or the like follow.
func isPaged(word string) bool {
	switch word {
	case "p", "pp", "page", "pages", "pg", "pgs", "s", "ss", "seite", "seiten", "pág", "págs", "pag", "pagg", "página", "páginas", "pagina", "pagine", "str", "стр",
		"с", "line", "lines", "l", "ll", "v", "vv", "verse", "verses", "col", "cols", "fol", "fols", "ff", "vol", "vols", "ch", "chs", "chap", "chapter", "chapters",
		"kap", "kapitel", "chapitre", "no", "nos", "nr", "nrs", "n", "fig", "figs", "figure", "figures", "table", "tables", "§", "art", "arts", "years", "blz", "σ", "σσ":
		return true
	}
	return false
}
