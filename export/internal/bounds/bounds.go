// Package bounds looks at a text before it is parsed, in one passage: is it one that a press can set? Markdown's parsers take
// time that grows with the square of what is left open in a paragraph, and a page has no room for a word of a million letters.
// Honest texts stay far below every bound; what exceeds one is refused with its name, and publishers can raise it.
package bounds

import (
	"bytes"
	"fmt"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/internal/source"
)

// Limits bound one text. Zero takes the default.
type Limits struct {
	FileSize  int // bytes of a text
	Paragraph int // bytes of a paragraph, or of a block of code
	Word      int // characters without a blank; those of East Asia are words by themselves
	Marks     int // characters in a paragraph that may be markup
	Blocks    int // blank lines with text behind them
	Nesting   int // quotations, lists, divisions, tags and brackets within each other
	Notes     int // citations and definitions of notes
	Cells     int // of one table
	Calls     int // of shortcodes and templates, and definitions of links
}

// Default are the limits of who has not set others.
func Default() Limits {
	return Limits{FileSize: 16 << 20, Paragraph: 500_000, Word: 150_000, Marks: 20_000, Blocks: 60_000, Nesting: 100, Notes: 20_000, Cells: 50_000, Calls: 20_000}
}

// or takes what is not set from the defaults.
func (l Limits) or(d Limits) Limits {
	for _, f := range [...]struct {
		v   *int
		def int
	}{{&l.FileSize, d.FileSize}, {&l.Paragraph, d.Paragraph}, {&l.Word, d.Word}, {&l.Marks, d.Marks}, {&l.Blocks, d.Blocks},
		{&l.Nesting, d.Nesting}, {&l.Notes, d.Notes}, {&l.Cells, d.Cells}, {&l.Calls, d.Calls}} {
		if *f.v == 0 {
			*f.v = f.def
		}
	}
	return l
}

// An Excess says which limit a text exceeds, and where.
type Excess struct {
	Limit string // as the configuration calls it
	What  string // in words
	Max   int
	At    int // byte of the text
}

// Message tells it in a sentence.
func (e *Excess) Message() string { return fmt.Sprintf("%s: more than %d", e.What, e.Max) }

// harmless is how many marks of a paragraph cost nothing to speak of.
const harmless = 1000

// A meter goes over a text.
type meter struct {
	text []byte
	max  Limits

	start, marks, depth, word, stacked, cells int // of the paragraph
	blocks, notes, calls, open, work          int // of the text; open: tags and divisions
	lists                                     []int
}

// Check gives the first limit that a text exceeds; nil when it keeps them all.
func Check(text []byte, l Limits) *Excess {
	m := &meter{text: text, max: l.or(Default())}
	if len(text) > m.max.FileSize {
		return &Excess{"file-size", "the text is too long in bytes", m.max.FileSize, 0}
	}
	blank := true
	for i := 0; i < len(text); {
		line, next := source.CutLine(text, i)
		if len(bytes.TrimSpace(line)) == 0 {
			blank, m.stacked = true, 0
			if len(line) > m.max.Paragraph {
				return m.excess("paragraph", "bytes in a paragraph", m.max.Paragraph, i)
			}
			i = next
			continue
		}
		if blank {
			m.paragraph(i)
			if m.blocks++; m.blocks > m.max.Blocks {
				return m.excess("blocks", "paragraphs in the text", m.max.Blocks, i)
			}
			blank = false
		}
		if end := fence(text, i); end > i {
			if end-i > 4*m.max.Paragraph {
				return m.excess("paragraph", "bytes in a block of code", 4*m.max.Paragraph, i)
			}
			i, blank = end, true
			continue
		}
		if next-m.start > m.max.Paragraph && !bytes.Contains(text[m.start:min(m.start+4096, len(text))], []byte("data:")) {
			return m.excess("paragraph", "bytes in a paragraph", m.max.Paragraph, i)
		}
		if ex := m.line(i, line); ex != nil {
			return ex
		}
		i = next
	}
	return nil
}

func (m *meter) excess(limit, what string, most, at int) *Excess {
	return &Excess{limit, what, most, at}
}

func (m *meter) paragraph(at int) {
	m.start, m.marks, m.depth, m.word, m.stacked, m.cells = at, 0, 0, 0, 0, 0
}

// line measures a line of text.
func (m *meter) line(at int, line []byte) *Excess {
	if ex := m.nested(at, line); ex != nil {
		return ex
	}
	m.word = 0
	if head := bytes.TrimLeft(line, " \t>"); len(head) > 1 && (head[0] == '|' || head[1] == ' ' || head[1] == '.') {
		m.marks = 0 // a row, an item: a text by itself
	}
	for i := 0; i < len(line); {
		c := line[i]
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRune(line[i:])
			if ex := m.letter(r, at+i); ex != nil {
				return ex
			}
			i += n
			continue
		}
		if n := dataLength(line[i:]); n > 0 {
			i, m.word = i+n, 0
			continue
		}
		if ex := m.ascii(c, line[i:], at+i); ex != nil {
			return ex
		}
		i++
	}
	return nil
}

// letter measures a character beyond ASCII.
func (m *meter) letter(r rune, at int) *Excess {
	switch {
	case unicode.IsMark(r):
		if m.stacked++; m.stacked > 1000 {
			return m.excess("word", "marks on one letter", 1000, at)
		}
	case r >= 0x2E80 || unicode.IsSpace(r):
		m.word, m.stacked = 0, 0
		return nil
	default:
		m.stacked = 0
	}
	if m.word++; m.word > m.max.Word {
		return m.excess("word", "characters without a blank", m.max.Word, at)
	}
	return nil
}

// ascii measures a character of ASCII.
func (m *meter) ascii(c byte, rest []byte, at int) *Excess {
	m.stacked = 0
	if c == ' ' || c == '\t' {
		m.word = 0
		return nil
	}
	if m.word++; m.word > m.max.Word {
		return m.excess("word", "characters without a blank", m.max.Word, at)
	}
	switch c {
	case '[':
		m.depth++
		if m.depth > 10*m.max.Nesting {
			return m.excess("nesting", "open brackets within a paragraph", 10*m.max.Nesting, at)
		}
		if len(rest) > 1 && rest[1] == '^' {
			if m.notes++; m.notes > m.max.Notes {
				return m.excess("notes", "citations and definitions of notes", m.max.Notes, at)
			}
		}
	case ']':
		m.depth = max(0, m.depth-1)
		if len(rest) > 1 && rest[1] == ':' {
			if m.calls++; m.calls > m.max.Calls {
				return m.excess("calls", "definitions, shortcodes and templates", m.max.Calls, at)
			}
		}
		return nil
	case '{':
		if len(rest) > 1 && (rest[1] == '{' || rest[1] == '%') {
			if m.calls++; m.calls > m.max.Calls {
				return m.excess("calls", "definitions, shortcodes and templates", m.max.Calls, at)
			}
		}
	case '|':
		if m.cells++; m.cells > m.max.Cells {
			return m.excess("cells", "cells of one table", m.max.Cells, at)
		}
		return nil
	case '*', '_', '`', '<', '~', '$', '&', '!', '\\', '^':
	default:
		return nil
	}
	if m.marks++; m.marks > m.max.Marks {
		return m.excess("marks", "characters of markup in a paragraph", m.max.Marks, at)
	}
	// A parser's time may grow with the square of a paragraph's marks: many such paragraphs are as bad as a large one.
	if m.work += max(0, m.marks-harmless); m.work > m.max.Marks*m.max.Marks/2 {
		return m.excess("marks", "characters of markup in paragraphs that are full of it", m.max.Marks, at)
	}
	return nil
}

// nested measures how deep a line stands in quotations and lists, and what it opens and closes.
func (m *meter) nested(at int, line []byte) *Excess {
	depth, indent, i := 0, 0, 0
	for i < len(line) && (line[i] == ' ' || line[i] == '\t' || line[i] == '>') {
		switch line[i] {
		case '>':
			depth++
		case '\t':
			indent += 4
		default:
			indent++
		}
		i++
	}
	rest := line[i:]
	if item := len(rest) > 1 && (rest[0] == '-' || rest[0] == '*' || rest[0] == '+' || rest[0] >= '0' && rest[0] <= '9') && (rest[1] == ' ' || rest[1] == '.' || rest[1] == ')' || rest[1] >= '0' && rest[1] <= '9'); item || indent == 0 {
		for len(m.lists) > 0 && m.lists[len(m.lists)-1] >= indent {
			m.lists = m.lists[:len(m.lists)-1]
		}
		if item {
			m.lists = append(m.lists, indent)
		}
	}
	for len(rest) > 1 && (rest[0] == '-' || rest[0] == '*' || rest[0] == '+') && rest[1] == ' ' { // - - - x
		rest = bytes.TrimLeft(rest[1:], " ")
		depth++
	}
	m.tags(rest)
	if depth+len(m.lists) > m.max.Nesting || m.open > m.max.Nesting {
		return m.excess("nesting", "things within each other", m.max.Nesting, at)
	}
	return nil
}

// tags counts what elements and divisions a line leaves open.
func (m *meter) tags(line []byte) {
	if bytes.HasPrefix(line, []byte(":::")) {
		if len(bytes.Trim(line, ": \t")) > 0 {
			m.open++
		} else {
			m.open = max(0, m.open-1)
		}
		return
	}
	for len(line) > 1 && line[0] == '<' { // elsewhere it may be spoken of
		name := 1
		if line[1] == '/' {
			name = 2
		}
		end := name
		for end < len(line) && line[end] >= 'a' && line[end] <= 'z' {
			end++
		}
		switch string(line[name:end]) {
		case "div", "table", "blockquote", "ul", "ol", "section", "details", "dl", "article", "aside":
			if name == 2 {
				m.open = max(0, m.open-1)
			} else {
				m.open++
			}
		}
		next := bytes.IndexByte(line, '>')
		if next < 0 {
			return
		}
		line = bytes.TrimLeft(line[next+1:], " ")
	}
}

// dataLength gives the length of a data: address at the head of s; 0 when there is none.
func dataLength(s []byte) int {
	if s[0] != 'd' || !bytes.HasPrefix(s, []byte("data:")) {
		return 0
	}
	if i := bytes.IndexAny(s, " )\"'>\t"); i >= 0 {
		return i
	}
	return len(s)
}

// fence gives the end of a fenced block of code that begins with the line at i; i when none does.
func fence(text []byte, i int) int {
	line, next := source.CutLine(text, i)
	body := bytes.TrimLeft(line, " >")
	if len(body) < 3 || body[0] != '`' && body[0] != '~' || body[1] != body[0] || body[2] != body[0] {
		return i
	}
	n := len(body) - len(bytes.TrimLeft(body, string(body[:1])))
	if body[0] == '`' && bytes.IndexByte(body[n:], '`') >= 0 || n > 100 {
		return i
	}
	for next < len(text) {
		line, after := source.CutLine(text, next)
		line = bytes.TrimSpace(bytes.TrimLeft(line, " >"))
		if len(line) >= n && len(bytes.Trim(line, string(body[:1]))) == 0 {
			return after
		}
		next = after
	}
	return len(text)
}
