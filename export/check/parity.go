package check

import (
	"bytes"
	"cmp"
	"fmt"
	"os"
	"slices"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
)

// Parity holds an EPUB and a PDF of one publication against each other: both must have the same words, notes, links, pictures
// and alternatives in the same order. Each is read as a reader has it, the EPUB in the order of its spine, the PDF by its
// structure tree, and nothing is known of what they were made from.
//
// What is compared is the articles, and what is set as they are: editorial, masthead, corrections. What each edition has of its own stands outside of them (title page, contents,
// imprint, running heads, page numbers) or is left aside: hyphens at the ends of lines, kinds of spaces and hyphens, labels
// of lists, the numbers of notes, the words around the names of a byline. A paragraph that one edition has in an article and
// the other outside of all, as notes about the authors, is in both.
//
// A finding's File and Line are of the EPUB; its message names the page of the PDF.
func Parity(epub, pdf []byte) ([]Finding, Tally) {
	c := &comparison{}
	e, err := readEPUBText(epub)
	if err == nil {
		c.epub = e
		c.pdf, err = readPDFText(pdf)
	}
	if err != nil {
		c.say(unit{}, unit{}, "parity-unread", "%v", err)
		return c.found, Tally{}
	}
	c.metadata()
	c.articles()
	return c.found, c.tally
}

// metadata compares what the files call themselves.
func (c *comparison) metadata() {
	if e, p := c.epub.title, c.pdf.title; alnum(e) != alnum(p) {
		c.say(unit{}, unit{}, "parity-title", "the EPUB is called %s, the PDF %s", shown(e), shown(p))
	}
	if e, p := c.epub.lang, c.pdf.lang; !strings.EqualFold(e, p) {
		c.say(unit{}, unit{}, "parity-language", "the EPUB is in the language %q, the PDF in %q", e, p)
	}
}

// ParityOf is Parity of two files, in either order.
func ParityOf(a, b string) ([]Finding, Tally, error) {
	one, err := os.ReadFile(a)
	if err != nil {
		return nil, Tally{}, err
	}
	two, err := os.ReadFile(b)
	if err != nil {
		return nil, Tally{}, err
	}
	if bytes.HasPrefix(one, []byte("%PDF-")) {
		one, two = two, one
	}
	found, tally := Parity(one, two)
	return found, tally, nil
}

// A Tally is how much was compared, and found the same or not.
type Tally struct{ Articles, Words, Notes, Links, Pictures, Formulas int }

// A kindOf says what an item is.
type kindOf uint8

const (
	wordItem kindOf = iota
	noteItem
	linkItem
	pictureItem
	formulaItem
)

// A unit is the least thing that two editions have in common: a word, the mark of a note, the beginning of a link, a
// picture, a formula.
type unit struct {
	kind  kindOf
	text  string // the word; the target; the alternative
	block int    // paragraphs and their like have numbers
	free  bool   // may be missing from the other edition: "By"
	leads bool   // of the picture that opens an article
	bare  bool   // of a formula that has no alternative: what it says
	head  bool   // of what the EPUB has over an article: title, byline
	note  *noteText
	lang  string // of a word
	level int    // of the heading that it stands in; 0 outside of headings

	file string // of the EPUB
	line int
	page string // label, of the PDF
}

func (it unit) same(o unit) bool {
	if it.kind != o.kind || it.text == o.text {
		return it.kind == o.kind
	}
	switch it.kind {
	case linkItem:
		return it.text == "" || o.text == ""
	case formulaItem:
		return it.bare != o.bare && alnum(it.text) == alnum(o.text)
	}
	return false
}

// alnum are the letters and digits of a text: of a formula or of what describes it, which both must have whatever the notation.
func alnum(s string) string {
	return strings.Map(func(c rune) rune {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			return c
		}
		return -1
	}, s)
}

// A noteText is a note and what it says.
type noteText struct {
	number string
	items  []unit
	seen   bool
}

// An articleText is an article as an edition has it.
type articleText struct {
	title string
	items []unit
	notes []*noteText // in the order of the edition
}

// An editionText is a whole edition.
type editionText struct {
	title, lang string // of its metadata, a subtitle behind the title
	articles    []*articleText
	outside     string // words that are in no article, each paragraph between two line feeds
}

// A comparison is of two editions.
type comparison struct {
	epub, pdf *editionText
	found     []Finding
	tally     Tally
	where     string // within an article: "in note 3"
}

// most is how many differences of an article are told one by one.
const mostDifferences = 50

func (c *comparison) say(e, p unit, code, format string, args ...any) {
	message := fmt.Sprintf(format, args...)
	if c.where != "" {
		message = c.where + ": " + message
	}
	if p.page != "" {
		message += " (page " + p.page + " of the PDF)"
	}
	c.found = append(c.found, Finding{Code: code, Severity: document.Error, File: e.file, Line: e.line, Message: message})
}

// articles pairs the articles of both editions by their titles, or else by their order, and compares each pair.
func (c *comparison) articles() {
	es, ps := c.inside(c.epub.articles, c.pdf), c.inside(c.pdf.articles, c.epub)
	if len(es) != len(ps) && (len(es) == 1 || len(ps) == 1) { // one of the two does not tell its articles apart
		es, ps = []*articleText{joined(es)}, []*articleText{joined(ps)}
	}
	pairs := align(len(es), len(ps), func(i, j int) bool { return es[i].title == ps[j].title })
	i, j := 0, 0
	flush := func(to, til int) {
		for ; i < to && j < til; i, j = i+1, j+1 {
			c.article(es[i], ps[j])
		}
		for ; i < to; i++ {
			c.say(first(es[i].items), unit{}, "parity-article", "the article %s is not in the PDF, or not in this place", shown(es[i].title))
		}
		for ; j < til; j++ {
			c.say(unit{}, first(ps[j].items), "parity-article", "the article %s is not in the EPUB, or not in this place", shown(ps[j].title))
		}
	}
	for _, p := range pairs {
		flush(p[0], p[1])
		c.article(es[p[0]], ps[p[1]])
		i, j = p[0]+1, p[1]+1
	}
	flush(len(es), len(ps))
}

// inside leaves out what the other edition has outside of its articles, as it may an editorial or a masthead.
func (c *comparison) inside(as []*articleText, other *editionText) (out []*articleText) {
	for _, a := range as {
		known := slices.ContainsFunc(other.articles, func(o *articleText) bool { return o.title == a.title })
		if from, to := c.excusedSide(a.items, 0, len(a.items), other.outside); known || from < to {
			out = append(out, a)
		}
	}
	return out
}

func joined(as []*articleText) *articleText {
	out := &articleText{}
	blocks := 0
	for _, a := range as {
		for _, it := range a.items {
			it.block += blocks
			out.items = append(out.items, it)
		}
		if n := len(out.items); n > 0 {
			blocks = out.items[n-1].block + 1
		}
		out.notes = append(out.notes, a.notes...)
	}
	return out
}

func first(items []unit) unit {
	if len(items) == 0 {
		return unit{}
	}
	return items[0]
}

// article compares an article's text, then its notes: those that are cited in the same places, then the others in order.
func (c *comparison) article(e, p *articleText) {
	c.tally.Articles++
	before := len(c.found)
	c.where = ""
	c.stretch(e.items, p.items)
	var es, ps []*noteText
	for _, n := range e.notes {
		if !n.seen {
			es = append(es, n)
		}
	}
	for _, n := range p.notes {
		if !n.seen {
			ps = append(ps, n)
		}
	}
	pairs := align(len(es), len(ps), func(i, j int) bool { return says(es[i].items) == says(ps[j].items) })
	if len(es) == len(ps) {
		pairs = nil
		for i := range es {
			pairs = append(pairs, [2]int{i, i})
		}
	}
	c.where = ""
	for _, pr := range pairs {
		c.notes(es[pr[0]], ps[pr[1]], unit{}, unit{})
	}
	c.where = ""
	for _, n := range es {
		if !n.seen {
			c.say(first(n.items), unit{}, "parity-note", "note %s is not in the PDF: %s", n.number, shown(says(n.items)))
		}
	}
	for _, n := range ps {
		if !n.seen {
			c.say(unit{}, first(n.items), "parity-note", "note %s is not in the EPUB: %s", n.number, shown(says(n.items)))
		}
	}
	if over := len(c.found) - before - mostDifferences; over > 0 {
		c.found = c.found[:before+mostDifferences]
		c.say(first(e.items), first(p.items), "parity-words", "the article %s differs in %d more places", shown(e.title), over)
	}
}

// notes compares two notes that the same mark leads to.
func (c *comparison) notes(e, p *noteText, at, on unit) {
	switch {
	case e == nil || p == nil || e.seen && p.seen:
		return // nothing to compare, or compared already
	case e.seen || p.seen:
		c.say(at, on, "parity-note", "the marks of note %s of the EPUB and of note %s of the PDF stand in the same place", e.number, p.number)
		return
	}
	e.seen, p.seen = true, true
	c.tally.Notes++
	outer := c.where
	c.where = "in note " + e.number
	c.stretch(e.items, p.items)
	c.where = outer
}

// A hunk is a stretch in which two texts differ: items [e0, e1) of the EPUB stand where the PDF has [p0, p1).
type hunk struct{ e0, e1, p0, p1 int }

// stretch compares two texts.
func (c *comparison) stretch(es, ps []unit) {
	hunks, same := differences(es, ps)
	for _, s := range same {
		it := es[s[0]]
		c.count(it)
		if it.kind == noteItem {
			c.notes(it.note, ps[s[1]].note, it, ps[s[1]])
		}
	}
	if c.where == "" { // what a heading in a note is called hangs on where the edition has its notes
		c.natures(es, ps, same)
	}
	var left []hunk
	for _, h := range hunks {
		h = c.excused(es, ps, h)
		if h.e0 < h.e1 || h.p0 < h.p1 {
			left = append(left, h)
		}
	}
	told := make([]bool, len(left))
	for i, h := range left {
		for k, o := range left {
			if i == k || told[i] || told[k] || h.e0 == h.e1 || h.p0 < h.p1 || o.e0 < o.e1 || o.p1-o.p0 != h.e1-h.e0 {
				continue
			}
			if says(es[h.e0:h.e1]) == says(ps[o.p0:o.p1]) && says(es[h.e0:h.e1]) != "" {
				told[i], told[k] = true, true
				c.say(es[h.e0], ps[o.p0], "parity-order", "%s stands in the EPUB after %s, in the PDF after %s",
					shown(says(es[h.e0:h.e1])), context(es, h.e0), context(ps, o.p0))
			}
		}
	}
	for i, h := range left {
		if !told[i] {
			c.tell(es, ps, h)
		}
	}
}

// natures compares what words that are the same are: in which language, in a heading of which level. Neighbours are told of once.
func (c *comparison) natures(es, ps []unit, same [][2]int) {
	type nature struct {
		what, e, p string
	}
	differ := func(e, p unit) nature {
		switch {
		case e.kind != wordItem:
			return nature{}
		case e.level != p.level:
			return nature{"heading", levelName(e.level), levelName(p.level)}
		case !strings.EqualFold(e.lang, p.lang):
			return nature{"language", fmt.Sprintf("in the language %q", e.lang), fmt.Sprintf("in %q", p.lang)}
		}
		return nature{}
	}
	for i := 0; i < len(same); {
		e, p := es[same[i][0]], ps[same[i][1]]
		n, from := differ(e, p), i
		for i++; i < len(same) && (es[same[i][0]].kind != wordItem || differ(es[same[i][0]], ps[same[i][1]]) == n); i++ {
		}
		if n != (nature{}) {
			c.say(e, p, "parity-"+n.what, "%s is %s in the EPUB, %s in the PDF", shown(says(es[same[from][0]:same[i-1][0]+1])), n.e, n.p)
		}
	}
}

func levelName(level int) string {
	if level == 0 {
		return "no heading"
	}
	return fmt.Sprintf("a heading of level %d", level)
}

func (c *comparison) count(it unit) {
	switch it.kind {
	case wordItem:
		c.tally.Words++
	case linkItem:
		c.tally.Links++
	case pictureItem:
		c.tally.Pictures++
	case formulaItem:
		c.tally.Formulas++
	}
}

// excused takes from a difference what is none: words that may be missing, and paragraphs that the other edition has
// outside of its articles.
func (c *comparison) excused(es, ps []unit, h hunk) hunk {
	h.e0, h.e1 = c.excusedSide(es, h.e0, h.e1, c.pdf.outside)
	h.p0, h.p1 = c.excusedSide(ps, h.p0, h.p1, c.epub.outside)
	if written(es[h.e0:h.e1]) == written(ps[h.p0:h.p1]) && onlyWritten(es[h.e0:h.e1]) && onlyWritten(ps[h.p0:h.p1]) {
		h.e1, h.p1 = h.e0, h.p0 // the same, parted otherwise; or a formula's source, told as words in one and described in the other
	}
	if h.e0 == h.e1 && h.e0 > 0 && es[h.e0-1].head && (h.e0 == len(es) || !es[h.e0].head) && isDate(ps, h.p0, h.p1) {
		h.p1 = h.p0
	}
	for h.p0 < h.p1 && isCode(ps, h.p0) {
		h.p0++
	}
	return h
}

// isDate reports whether a line is a date, which a style may print over the text, and the EPUB has in its metadata.
func isDate(items []unit, from, to int) bool {
	if from == to || from == 0 || to == len(items) || to-from > 5 || items[from-1].block == items[from].block || items[to-1].block == items[to].block {
		return false
	}
	return slices.ContainsFunc(items[from:to], func(it unit) bool {
		return it.kind == wordItem && len(it.text) == 4 && strings.Trim(it.text, "0123456789") == ""
	})
}

// isCode reports whether a picture is the square code, on paper alone, of an address that is printed in the lines under it.
func isCode(ps []unit, at int) bool {
	to, ok := strings.CutPrefix(ps[at].text, "QR: ")
	if ps[at].kind != pictureItem || !ok {
		return false
	}
	end := at + 1
	for end < len(ps) && (ps[end].kind != wordItem || ps[end].block == ps[end-1].block || ps[end-1].kind != wordItem) {
		end++
	}
	return strings.Contains(letters(ps[at+1:end]), strings.Join(strings.Fields(to), ""))
}

func (c *comparison) excusedSide(items []unit, from, to int, outside string) (int, int) {
	for from < to && items[from].free {
		from++
	}
	for from < to && items[to-1].free {
		to--
	}
	for from < to {
		end := from
		for end < to && items[end].block == items[from].block {
			end++
		}
		whole := (from == 0 || items[from-1].block != items[from].block) && (end == len(items) || items[end].block != items[from].block)
		if text := letters(items[from:end]); !whole || text == "" || !strings.Contains(outside, "\n"+text+"\n") {
			break
		}
		from = end
	}
	return from, to
}

// letters are the words of items without what parts them.
func letters(items []unit) string {
	var b strings.Builder
	for _, it := range items {
		if it.kind == wordItem {
			b.WriteString(it.text)
		}
	}
	return b.String()
}

// written are the letters of words and of the sources of formulas.
func written(items []unit) string {
	var b strings.Builder
	for _, it := range items {
		for _, w := range strings.Fields(it.text) {
			b.WriteString(w)
		}
	}
	return b.String()
}

func onlyWritten(items []unit) bool {
	return !slices.ContainsFunc(items, func(it unit) bool { return it.kind != wordItem && it.kind != formulaItem })
}

// tell tells of a difference: first of what is no word, pair by pair, then of the words.
func (c *comparison) tell(es, ps []unit, h hunk) {
	e, p := es[h.e0:h.e1], ps[h.p0:h.p1]
	at, on := near(es, h.e0), near(ps, h.p0)
	if len(p) == 0 && h.e0 < h.e1 && allLead(es, h) {
		c.say(at, on, "parity-lead", "the picture that opens the article stands in the EPUB alone, as its style has it")
		c.found[len(c.found)-1].Severity = document.Info
		return
	}
	for _, k := range []kindOf{noteItem, linkItem, pictureItem, formulaItem} {
		c.tellKind(ofKind(e, k), ofKind(p, k), k, at, on)
	}
	ew, pw := says(e), says(p)
	if ew == pw {
		return
	}
	around := context(es, h.e0)
	switch {
	case ew == "" && strings.Contains(" "+says(ps[max(0, h.p0-len(p)):h.p0])+" ", " "+pw+" "),
		ew == "" && h.p1+len(p) <= len(ps) && says(ps[h.p1:h.p1+len(p)]) == pw:
		c.say(at, on, "parity-words", "%s stands twice in the PDF, once in the EPUB", shown(pw))
	case pw == "" && strings.Contains(" "+says(es[max(0, h.e0-len(e)):h.e0])+" ", " "+ew+" "),
		pw == "" && h.e1+len(e) <= len(es) && says(es[h.e1:h.e1+len(e)]) == ew:
		c.say(at, on, "parity-words", "%s stands twice in the EPUB, once in the PDF", shown(ew))
	case ew == "":
		c.say(at, on, "parity-words", "after %s, the PDF has %s, the EPUB has not", around, shown(pw))
	case pw == "":
		c.say(at, on, "parity-words", "after %s, the EPUB has %s, the PDF has not", around, shown(ew))
	default:
		c.say(at, on, "parity-words", "after %s, the EPUB has %s, the PDF %s", around, shown(ew), shown(pw))
	}
}

// allLead reports whether what the EPUB alone has is the picture that opens the article, with all that belongs to it.
func allLead(es []unit, h hunk) bool {
	for i, it := range es {
		if it.leads != (h.e0 <= i && i < h.e1) {
			return false
		}
	}
	return true
}

var kindNames = [...]struct{ code, one, what string }{
	noteItem:    {"parity-note", "a mark of a note", ""},
	linkItem:    {"parity-link", "a link", "to "},
	pictureItem: {"parity-figure", "a picture", "described as "},
	formulaItem: {"parity-formula", "a formula", "described as "},
}

// tellKind tells of the items of one kind that differ in one place.
func (c *comparison) tellKind(e, p []unit, k kindOf, at, on unit) {
	n := kindNames[k]
	describe := func(it unit) string {
		if n.what == "" {
			if it.note != nil {
				return n.one + " (" + it.note.number + ")"
			}
			return n.one
		}
		return n.one + " " + n.what + shown(it.text)
	}
	for i := range max(len(e), len(p)) {
		switch {
		case i >= len(p):
			c.say(cmp.Or(e[i].place(), at), on, n.code, "the EPUB has %s, the PDF has not", describe(e[i]))
		case i >= len(e):
			c.say(at, cmp.Or(p[i].place(), on), n.code, "the PDF has %s, the EPUB has not", describe(p[i]))
		case k == pictureItem && !e[i].same(p[i]):
			c.say(e[i], p[i], "parity-alt", "a picture is described in the EPUB as %s, in the PDF as %s", shown(e[i].text), shown(p[i].text))
		case k == formulaItem && !e[i].same(p[i]):
			c.say(e[i], p[i], "parity-alt", "a formula is described in the EPUB as %s, in the PDF as %s", shown(e[i].text), shown(p[i].text))
		case !e[i].same(p[i]):
			c.say(e[i], p[i], n.code, "a link leads in the EPUB to %s, in the PDF to %s", shown(e[i].text), shown(p[i].text))
		case k == noteItem:
			c.notes(e[i].note, p[i].note, e[i], p[i])
		}
	}
}

// place is an item's place alone.
func (it unit) place() unit { return unit{file: it.file, line: it.line, page: it.page} }

// near is the place of an item, or of the one before it.
func near(items []unit, i int) unit {
	switch {
	case i < len(items):
		return items[i].place()
	case i > 0:
		return items[i-1].place()
	}
	return unit{}
}

func ofKind(items []unit, k kindOf) (out []unit) {
	for _, it := range items {
		if it.kind == k {
			out = append(out, it)
		}
	}
	return out
}

// says gives the words of items.
func says(items []unit) string {
	var w []string
	for _, it := range items {
		if it.kind == wordItem {
			w = append(w, it.text)
		}
	}
	return strings.Join(w, " ")
}

// context is the words before a place.
func context(items []unit, at int) string {
	s := says(items[max(0, at-12):at])
	if w := strings.Fields(s); len(w) > 6 {
		s = "… " + strings.Join(w[len(w)-6:], " ")
	}
	if s == "" {
		return "its beginning"
	}
	return "“" + s + "”"
}

// shown quotes words for a message, not too many.
func shown(s string) string {
	const most = 12
	if w := strings.Fields(s); len(w) > most {
		s = strings.Join(w[:most/2], " ") + " … " + strings.Join(w[len(w)-most/2:], " ") + fmt.Sprintf("” (%d words)", len(w))
		return "“" + s
	}
	if s == "" {
		return "nothing"
	}
	return "“" + s + "”"
}
