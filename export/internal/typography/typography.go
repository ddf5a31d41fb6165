// Package typography brings lines of text into the form that their language's printers give them: quotation marks, dashes,
// spaces, ellipses.
package typography

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

// Typing leaves much to whoever sets the text: straight quotation marks, hyphens for dashes, three stops for an
// ellipsis, two blanks after a stop. Here they become what the language wants. It is done on the finished inlines and not
// while Markdown is parsed, because whether a mark opens or closes depends on its neighbours, and these may stand behind
// the end of an emphasis, a link or the citation of a note. What is already typographic stays untouched, and so do code,
// mathematics and addresses.

// quoteMarks lists opening and closing marks, outer and inner, by language. French guillemets carry their narrow
// no-break spaces (U+202F).
var quoteMarks = map[string][4]string{
	"en": {"“", "”", "‘", "’"},
	"de": {"„", "“", "‚", "‘"},
	"fr": {"«\u202F", "\u202F»", "“", "”"},
	"es": {"«", "»", "“", "”"},
	"ca": {"«", "»", "“", "”"},
	"gl": {"«", "»", "“", "”"},
	"pt": {"“", "”", "‘", "’"},
	"it": {"«", "»", "“", "”"},
	"nl": {"“", "”", "‘", "’"},
	"pl": {"„", "”", "‚", "’"},
	"cs": {"„", "“", "‚", "‘"},
	"sk": {"„", "“", "‚", "‘"},
	"sl": {"„", "“", "‚", "‘"},
	"hr": {"„", "”", "‚", "’"},
	"sr": {"„", "”", "‚", "’"},
	"bg": {"„", "“", "‚", "‘"},
	"mk": {"„", "“", "’", "‘"},
	"ro": {"„", "”", "«", "»"},
	"hu": {"„", "”", "»", "«"},
	"ru": {"«", "»", "„", "“"},
	"uk": {"«", "»", "„", "“"},
	"be": {"«", "»", "„", "“"},
	"el": {"«", "»", "“", "”"},
	"sv": {"”", "”", "’", "’"},
	"fi": {"”", "”", "’", "’"},
	"da": {"“", "”", "‘", "’"},
	"nb": {"«", "»", "‘", "’"},
	"nn": {"«", "»", "‘", "’"},
	"no": {"«", "»", "‘", "’"},
	"is": {"„", "“", "‚", "‘"},
	"et": {"„", "“", "‚", "‘"},
	"lv": {"“", "”", "‘", "’"},
	"lt": {"„", "“", "‚", "‘"},
	"sq": {"„", "“", "‚", "‘"},
	"tr": {"“", "”", "‘", "’"},
	"he": {"”", "“", "’", "‘"},
	"ar": {"«", "»", "‹", "›"},
	"fa": {"«", "»", "‹", "›"},
	"ja": {"「", "」", "『", "』"},
	"zh": {"“", "”", "‘", "’"},
	"ko": {"“", "”", "‘", "’"},
	"hi": {"“", "”", "‘", "’"},
}

// swiss are the marks of German and French as Switzerland sets them.
var swiss = map[string][4]string{"de-ch": {"«", "»", "‹", "›"}, "fr-ch": {"«", "»", "‹", "›"}, "it-ch": {"«", "»", "‹", "›"},
	"pt-pt": {"«", "»", "“", "”"}, "zh-tw": {"「", "」", "『", "』"}, "zh-hant": {"「", "」", "『", "』"}, "en-za": {"‘", "’", "“", "”"}}

// A Setter sets lines of text. It keeps its scratch from line to line, so that one serves one goroutine.
type Setter struct {
	// Quotes are the house's own marks: language in lower case → opening, closing, inner opening, inner closing mark.
	Quotes map[string][]string

	cells []cell // scratch
}

// marksOf gives the quotation marks of a language.
func (r *Setter) marksOf(lang string) [4]string {
	low := strings.ToLower(lang)
	base, _, _ := strings.Cut(low, "-")
	for _, l := range []string{low, base} {
		if q := r.Quotes[l]; len(q) == 4 {
			return [4]string(q)
		}
	}
	if m, ok := swiss[low]; ok {
		return m
	}
	if m, ok := quoteMarks[base]; ok {
		return m
	}
	return quoteMarks["en"]
}

// A cell is a character of the text being set, with the node it comes from.
type cell struct {
	r    rune
	node int32 // index of its text, or one of the negative values below
	keep bool  // not ours to change
}

const (
	citation int32 = -1 - iota // of a note: nothing stands there, for the marks around it
	lineEnd
	object // code, a formula, a picture: as good as a letter
)

// A setting is one line of inlines being set.
type setting struct {
	r     *Setter
	cells []cell
	texts []*document.Text
	langs []string

	lastShut int // place of the last single mark that could close; 0 when not looked for
}

// Set brings a line of inlines in a language into final form: adjacent texts joined, blanks single, marks and dashes
// typographic. The texts are changed in place.
func (r *Setter) Set(is []document.Inline, lang string) []document.Inline {
	is = Join(is)
	s := &setting{r: r, cells: r.cells[:0]}
	s.collect(is, lang)
	r.cells = s.cells
	if len(s.texts) > 0 {
		s.blanks()
		s.dashes()
		s.quotes()
		s.write()
	}
	return Prune(is)
}

// Join makes neighbouring texts one.
func Join(is []document.Inline) []document.Inline {
	out := is[:0:len(is)]
	for _, n := range is {
		switch n := n.(type) {
		case *document.Text:
			if len(out) > 0 {
				if last, ok := out[len(out)-1].(*document.Text); ok {
					last.Value += n.Value
					continue
				}
			}
		case *document.Styled:
			n.Content = Join(n.Content)
		case *document.Link:
			n.Content = Join(n.Content)
		}
		out = append(out, n)
	}
	return out
}

// Prune takes out what has come to hold nothing.
func Prune(is []document.Inline) []document.Inline {
	out := is[:0:len(is)]
	for _, n := range is {
		switch n := n.(type) {
		case *document.Text:
			if n.Value == "" {
				continue
			}
		case *document.Styled:
			if n.Content = Prune(n.Content); len(n.Content) == 0 && n.ID == "" {
				continue
			}
		case *document.Link:
			n.Content = Prune(n.Content)
		}
		out = append(out, n)
	}
	for len(out) > 0 {
		if _, ok := out[len(out)-1].(*document.Break); !ok {
			break
		}
		out = out[:len(out)-1]
	}
	for len(out) > 0 {
		if _, ok := out[0].(*document.Break); !ok {
			break
		}
		out = out[1:]
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func (s *setting) collect(is []document.Inline, lang string) {
	for _, n := range is {
		switch n := n.(type) {
		case *document.Text:
			s.add(n, lang, false)
		case *document.Styled:
			inner := lang
			if n.Lang != "" {
				inner = n.Lang
			}
			if n.Kind == document.Quotation {
				s.quotation(n, inner)
			}
			s.collect(n.Content, inner)
		case *document.Link:
			if n.Auto {
				document.WalkInlines(n.Content, func(n document.Node) bool {
					if t, ok := n.(*document.Text); ok {
						s.add(t, lang, true)
					}
					return true
				})
				continue
			}
			s.collect(n.Content, lang)
		case *document.NoteRef:
			s.cells = append(s.cells, cell{node: citation})
		case *document.Break:
			s.cells = append(s.cells, cell{node: lineEnd})
		case *document.Anchor:
		default:
			s.cells = append(s.cells, cell{node: object})
		}
	}
}

func (s *setting) add(t *document.Text, lang string, keep bool) {
	node := int32(len(s.texts))
	s.cells = slices.Grow(s.cells, len(t.Value))
	s.texts = append(s.texts, t)
	s.langs = append(s.langs, lang)
	for _, c := range t.Value {
		s.cells = append(s.cells, cell{c, node, keep})
	}
}

// quotation puts marks around the content of <q>, which by HTML has none of its own.
func (s *setting) quotation(n *document.Styled, lang string) {
	m := s.r.marksOf(lang)
	open := &document.Text{Value: m[0]}
	shut := &document.Text{Value: m[1]}
	open.SetPos(n.Position())
	shut.SetPos(n.Position())
	n.Content = Join(append(append([]document.Inline{open}, n.Content...), shut))
}

func (s *setting) lang(c cell) string {
	if c.node >= 0 {
		return s.langs[c.node]
	}
	return ""
}

// blanks makes runs of blanks one, drops them at both ends of a line and before a citation, and drops line ends between
// characters of scripts that use no blanks. A lone no-break space is meant and stays.
func (s *setting) blanks() {
	in := s.cells
	out := in[:0] // never longer than what has been read
	for i := 0; i < len(in); i++ {
		c := in[i]
		if c.node < 0 || c.keep || !isBlank(c.r) {
			if c.r == '\u200B' && c.node >= 0 && !c.keep && !s.meantBreak(out, in, i) {
				continue
			}
			out = append(out, c)
			continue
		}
		j, plain, newline := i, 0, false
		for j < len(in) && in[j].node >= 0 && !in[j].keep && isBlank(in[j].r) {
			if in[j].r != '\u00A0' {
				plain++
			}
			newline = newline || in[j].r == '\n'
			j++
		}
		next := cell{node: lineEnd}
		if j < len(in) {
			next = in[j]
		}
		i = j - 1
		var before cell
		if len(out) == 0 || out[len(out)-1].node == lineEnd {
			continue
		}
		before = out[len(out)-1]
		if next.node == lineEnd {
			continue
		}
		if next.node == citation && endsWord(in[j:]) {
			continue
		}
		if newline && IsIdeographic(before.r) && IsIdeographic(next.r) && before.node >= 0 && next.node >= 0 {
			continue
		}
		c.r = ' '
		if plain == 0 && j-i >= 1 {
			c.r = '\u00A0'
		}
		out = append(out, c)
	}
	s.cells = out
}

// meantBreak reports whether a zero-width space can be meant as a place to break a line: it stands inside a word or an
// address. Beside blanks, stops and marks of emphasis it was only put to appease a parser.
func (s *setting) meantBreak(before, in []cell, i int) bool {
	if len(before) == 0 || i+1 >= len(in) {
		return false
	}
	wordy := func(c cell) bool {
		return c.node >= 0 && (unicode.IsLetter(c.r) || unicode.IsDigit(c.r) || unicode.IsMark(c.r) || c.r == '/' || c.r == '_')
	}
	a, b := before[len(before)-1], in[i+1]
	return wordy(a) && wordy(b) && a.node == in[i].node && b.node == in[i].node && !IsIdeographic(a.r) && !IsIdeographic(b.r)
}

// endsWord reports whether cells that begin with citations go on with anything but a letter.
func endsWord(cells []cell) bool {
	for _, c := range cells {
		if c.node == citation {
			continue
		}
		return c.node < 0 || !unicode.IsLetter(c.r) && !unicode.IsDigit(c.r)
	}
	return true
}

func isBlank(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\u00A0' }

// IsIdeographic reports whether a character belongs to the scripts of East Asia that use no blanks.
func IsIdeographic(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF60 || r >= 0x20000 && r <= 0x3FFFF
}

// dashes turns -- into an en dash, --- into an em dash and three stops into an ellipsis. A hyphen between blanks is a dash,
// too: long in Cyrillic texts, short elsewhere.
func (s *setting) dashes() {
	in := s.cells
	out := in[:0]
	for i := 0; i < len(in); {
		c := in[i]
		if c.node < 0 || c.keep || c.r != '-' && c.r != '.' {
			out = append(out, c)
			i++
			continue
		}
		if c.r == '.' && spacedStops(in[i:]) {
			// The ellipsis of some house styles, kept as it is but for the line's end.
			nb := c
			nb.r = '\u00A0'
			out = append(out, c, nb, c, nb, c)
			i += 5
			continue
		}
		n := 1
		for i+n < len(in) && in[i+n].r == c.r && in[i+n].node >= 0 && !in[i+n].keep {
			n++
		}
		switch {
		case c.r == '-' && n == 1 && len(out) > 0 && out[len(out)-1].r == ' ' && i+1 < len(in) && in[i+1].r == ' ' && !(s.digitBefore(out) && s.digitAfter(in[i+1:])):
			c.r = '–'
			switch base, _, _ := strings.Cut(s.lang(c), "-"); base {
			case "ru", "uk", "be", "bg", "sr", "mk":
				c.r = '—'
			}
			out = append(out, c)
		case c.r == '-' && n == 2:
			c.r = '–'
			out = append(out, c)
		case c.r == '-' && n == 3:
			c.r = '—'
			out = append(out, c)
		case c.r == '.' && n == 3:
			c.r = '…'
			out = append(out, c)
		case c.r == '.' && n == 4:
			stop := c
			c.r = '…'
			out = append(out, c, stop)
		default:
			out = append(out, in[i:i+n]...)
		}
		i += n
	}
	s.cells = out
}

// spacedStops reports whether cells begin with ". . .".
func spacedStops(cells []cell) bool {
	if len(cells) < 5 {
		return false
	}
	for i, want := range ". . ." {
		if c := cells[i]; c.node < 0 || c.keep || c.r != want {
			return false
		}
	}
	return true
}

// digitBefore and digitAfter tell a difference (7 - 5) from a dash.
func (s *setting) digitBefore(cells []cell) bool {
	return len(cells) > 1 && unicode.IsDigit(cells[len(cells)-2].r)
}

func (s *setting) digitAfter(cells []cell) bool { return len(cells) > 1 && unicode.IsDigit(cells[1].r) }

// prev gives what stands before a cell, for the marks; 0 at the beginning.
func (s *setting) prev(i int) rune { return s.beside(i, -1) }

// next gives what stands after a cell; 0 at the end.
func (s *setting) next(i int) rune { return s.beside(i, +1) }

// beside looks from a cell in one direction, past what marks do not see.
func (s *setting) beside(i, step int) rune {
	for i += step; i >= 0 && i < len(s.cells); i += step {
		switch c := s.cells[i]; c.node {
		case citation:
		case lineEnd:
			return 0
		case object:
			return '\uFFFC'
		default:
			if c.r != '\u00AD' && c.r != '\u200B' {
				return c.r
			}
		}
	}
	return 0
}

// firstRune gives a string's first character.
func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func isGap(r rune) bool { return r == 0 || unicode.IsSpace(r) }

// opens reports whether a quotation mark opens behind a character: behind a bracket, a dash, a mark that opens. “ opens in
// English and closes in German, so the language's marks are asked.
func opens(r rune, marks [4]string) bool {
	switch r {
	case quoteOpen, innerOpen:
		return true
	case '“', '‘', '«', '‹', '„', '‚', '「', '『':
		return firstRune(marks[0]) == r || firstRune(marks[2]) == r || r == '„' || r == '‚'
	}
	return strings.ContainsRune("([{<¿¡—–-/|=", r)
}

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\uFFFC'
}

// quotes replaces straight marks. A double mark is judged by its neighbours; where these do not tell, by whether a
// quotation is open. A single one is an apostrophe unless a quotation begins or ends with it.
func (s *setting) quotes() {
	doubles, singles := 0, 0 // quotations open
	for i := range s.cells {
		c := &s.cells[i]
		if c.node < 0 || c.keep {
			continue
		}
		switch c.r {
		case '"':
			before, after := s.prev(i), s.next(i)
			marks := s.r.marksOf(s.lang(*c))
			open := false
			switch {
			case isGap(before) && isGap(after):
				open = doubles == 0 && before == 0 // a mark alone
			case isGap(before) || opens(before, marks) && !isGap(after) && !(doubles > 0 && (before == '-' || before == '–' || before == '—') && !isWord(after)):
				open = true
			case isGap(after):
			case after == '"' || after == '\'':
				open = doubles == 0
			case !isWord(before) && isWord(after):
				open = doubles == 0 // Korda,"Les Gilets
			case unicode.IsDigit(before) && doubles == 0:
			case isWord(before) && isWord(after):
				open = doubles == 0 && !unicode.IsDigit(before)
			}
			switch {
			case open:
				doubles++
				c.r = quoteOpen
			case unicode.IsDigit(before) && doubles == 0:
				c.r = '″' // inches, seconds
				continue
			default:
				doubles = max(0, doubles-1)
				c.r = quoteShut
			}
		case '\'':
			before, after := s.prev(i), s.next(i)
			lang := s.lang(*c)
			marks := s.r.marksOf(lang)
			switch {
			case unicode.IsDigit(before) && unicode.IsDigit(after) && doubles+singles == 0 && s.feet(i):
				c.r = '′'
			case isWord(before) && isWord(after):
				c.r = '’'
			case (isGap(before) || opens(before, marks) || before == quoteOpen || before == '"' && isWord(after)) && !isGap(after):
				if s.elision(i, lang) || singles == 0 && !s.shutLater(i) {
					c.r = '’'
					break
				}
				singles++
				c.r = innerOpen
			case unicode.IsDigit(before) && singles == 0 && doubles == 0 && isGap(after) && s.measured(i):
				c.r = '′'
			case singles > 0 && !isGap(before):
				singles--
				c.r = innerShut
			default:
				c.r = '’'
			}
		}
	}
}

// Marks of a quotation, until they are written out: by then the form no longer says what they do.
const (
	quoteOpen rune = 0xF0000 + iota
	quoteShut
	innerOpen
	innerShut
)

// feet reports whether 5'10 is a measure: a double mark follows its digits.
func (s *setting) feet(i int) bool {
	for i++; i < len(s.cells); i++ {
		r := s.cells[i].r
		if !unicode.IsDigit(r) {
			return r == '"'
		}
	}
	return false
}

// measured reports whether the digits before a mark stand alone, as 6' does and '68' does not.
func (s *setting) measured(i int) bool {
	for i--; i >= 0 && unicode.IsDigit(s.cells[i].r); i-- {
	}
	return i < 0 || isGap(s.cells[i].r)
}

// elisions are words that begin with an apostrophe.
var elisions = map[string][]string{
	"en": {"tis", "twas", "twere", "twill", "twould", "em", "n", "til", "till", "cause", "cuz", "bout", "round", "neath", "gainst", "tween", "nuff", "kay", "cept", "fore", "s", "un", "uns", "ere", "im", "er", "ard", "appy"},
	"de": {"s", "n", "ne", "nem", "nen", "ner", "nes", "rum", "ran", "rein", "raus", "rauf", "runter", "rüber", "ʼs", "st"},
	"nl": {"s", "t", "n", "k", "m", "r", "ns", "tis", "twas"},
	"af": {"n", "s", "t", "k"},
	"sv": {"n", "na", "et"},
	"it": {"sto", "sta", "sti", "ste", "ndrangheta", "n", "ndo"},
	"fr": {"t", "y"},
}

// elision reports whether the mark at i begins a shortened word or year: 'tis, '68.
func (s *setting) elision(i int, lang string) bool {
	var word []rune
	j := i + 1
	for ; j < len(s.cells) && len(word) < 12; j++ {
		c := s.cells[j]
		if c.node == citation {
			continue
		}
		if c.node < 0 || !unicode.IsLetter(c.r) && !unicode.IsDigit(c.r) {
			break
		}
		word = append(word, unicode.ToLower(c.r))
	}
	w := string(word)
	if len(word) >= 2 && unicode.IsDigit(word[0]) && unicode.IsDigit(word[1]) && (len(word) == 2 || len(word) == 3 && word[2] == 's') {
		// '68 and '60s; but '50 years' is a quotation only if it is closed, and then the apostrophe does little harm.
		return true
	}
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	for _, e := range elisions[base] {
		if w == e {
			return !(w == "s" && base == "en" && j < len(s.cells) && s.cells[j].r == '\'')
		}
	}
	return false
}

// shutLater reports whether some mark behind i could close a quotation. The last that could is looked for once.
func (s *setting) shutLater(i int) bool {
	if s.lastShut == 0 {
		s.lastShut = -1
		for j := len(s.cells) - 1; j > i+1; j-- {
			if c := s.cells[j]; c.r == '\'' && c.node >= 0 && !c.keep && !isGap(s.prev(j)) && !isWord(s.next(j)) {
				s.lastShut = j
				break
			}
		}
	}
	return s.lastShut > i+1
}

// write puts the characters back into their texts.
func (s *setting) write() {
	var b []byte
	node := int32(-1)
	french, marks := false, [4]string{}
	done := func() {
		if node >= 0 {
			s.texts[node].Value = string(b)
		}
	}
	for _, t := range s.texts {
		t.Value = "" // one of which nothing is left has no cells
	}
	for i, c := range s.cells {
		if c.node < 0 {
			continue
		}
		if c.node != node {
			done()
			node, b = c.node, b[:0]
			french, marks = isFrench(s.langs[node]), s.r.marksOf(s.langs[node])
		}
		switch {
		case c.r < utf8.RuneSelf && (c.r != ' ' || !french || c.keep):
			b = append(b, byte(c.r))
		case c.r >= quoteOpen && c.r <= innerShut:
			b = append(b, marks[c.r-quoteOpen]...)
		case c.r == ' ':
			b = utf8.AppendRune(b, s.frenchSpace(i))
		default:
			b = utf8.AppendRune(b, c.r)
		}
	}
	done()
}

func isFrench(lang string) bool { return lang == "fr" || strings.HasPrefix(lang, "fr-") }

// frenchSpace gives the space that French sets where a blank was typed: a narrow no-break one before ; ! ? and inside
// guillemets, a wide no-break one before the colon (Imprimerie nationale, Lexique des règles typographiques).
func (s *setting) frenchSpace(i int) rune {
	after, before := rune(0), rune(0)
	if i+1 < len(s.cells) {
		after = s.cells[i+1].r
	}
	if i > 0 {
		before = s.cells[i-1].r
	}
	switch {
	case after == ';' || after == '!' || after == '?' || after == '»' || before == '«':
		return '\u202F'
	case after == ':':
		return '\u00A0'
	}
	return ' '
}
