// Package source holds text that remembers where it came from: a File as it lies on disk, and Sources, stretches of text each
// of whose bytes knows its place in the file, however the text has been cleaned, unquoted or cut since. Clean makes proper
// characters of any bytes; an Edit builds a Source of parts of others.
package source

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"golang.org/x/text/unicode/norm"
)

// A Report is told of what was mended in a text: the code of a problem, where, what, and what to do about it.
type Report func(code string, pos document.Pos, message, hint string)

// A File is a text file as it lies on disk.
type File struct {
	path  string // as positions show it
	raw   []byte
	lines []int // offset of each line's first byte

	// columns[k] counts the characters between a line's beginning and byte k*stride: paragraphs are often one long line,
	// and every node in them asks for its column.
	columns []int
}

const stride = 256

// NewFile gives a file of a name and its bytes.
func NewFile(path string, raw []byte) *File {
	f := &File{path: path, raw: raw, lines: []int{0}, columns: make([]int, 0, len(raw)/stride+1)}
	column := 0
	for i, c := range raw {
		if i%stride == 0 {
			f.columns = append(f.columns, column)
		}
		if c == '\n' || c == '\r' && (i+1 == len(raw) || raw[i+1] != '\n') {
			f.lines = append(f.lines, i+1)
			column = 0
		} else if utf8.RuneStart(c) {
			column++
		}
	}
	return f
}

// pos gives the position of a byte of the file.
func (f *File) pos(off int) document.Pos {
	off = max(0, min(off, len(f.raw)))
	n, exact := slices.BinarySearch(f.lines, off)
	if !exact {
		n--
	}
	from, column := f.lines[n], 1
	if k := off / stride; k < len(f.columns) && k*stride > from {
		from, column = k*stride, 1+f.columns[k]
	}
	for _, c := range f.raw[from:off] {
		if utf8.RuneStart(c) {
			column++
		}
	}
	if n == 0 && column > 1 && bytes.HasPrefix(f.raw, []byte("\uFEFF")) {
		column--
	}
	return document.Pos{File: f.path, Line: n + 1, Column: column}
}

// A Source is a stretch of text each of whose bytes knows where it stood in its file, however the text has been
// cleaned, unquoted or cut since.
type Source struct {
	File  *File
	Text  []byte
	marks []mark // ascending by at; without any, text begins at the file's first byte
}

// A mark says that the text from at on stood in the file from orig on; when fixed, it all stems from the one place orig.
type mark struct {
	at, orig int
	fixed    bool
}

// Orig gives the offset in the file of a byte of the text.
func (s *Source) Orig(off int) int {
	i, exact := slices.BinarySearchFunc(s.marks, off, func(m mark, off int) int { return m.at - off })
	if !exact {
		i--
	}
	if i < 0 {
		if len(s.marks) > 0 {
			return s.marks[0].orig
		}
		return off
	}
	m := s.marks[i]
	if m.fixed {
		return m.orig
	}
	return m.orig + off - m.at
}

// Pos gives the position in the file of a byte of the text.
func (s *Source) Pos(off int) document.Pos { return s.File.pos(s.Orig(off)) }

// An Edit builds a source from parts of others in the same file.
type Edit struct {
	Text  []byte
	marks []mark
}

// Keep appends a part of a source as it is.
func (e *Edit) Keep(s *Source, from, to int) {
	if from >= to {
		return
	}
	at := len(e.Text)
	e.Text = append(e.Text, s.Text[from:to]...)
	i, exact := slices.BinarySearchFunc(s.marks, from, func(m mark, off int) int { return m.at - off })
	if !exact {
		i--
	}
	if i < 0 {
		e.mark(mark{at: at, orig: s.Orig(from)})
		i = 0
	} else {
		e.mark(mark{at: at, orig: s.Orig(from), fixed: s.marks[i].fixed})
		i++
	}
	for ; i < len(s.marks) && s.marks[i].at < to; i++ {
		if s.marks[i].at > from {
			e.mark(mark{at: at + s.marks[i].at - from, orig: s.marks[i].orig, fixed: s.marks[i].fixed})
		}
	}
}

// Put appends text that stands for what begins at the offset orig of the file.
func (e *Edit) Put(orig int, text string) {
	if text == "" {
		return
	}
	e.mark(mark{at: len(e.Text), orig: orig, fixed: true})
	e.Text = append(e.Text, text...)
}

func (e *Edit) mark(m mark) {
	if n := len(e.marks); n > 0 {
		last := e.marks[n-1]
		if !last.fixed && !m.fixed && last.orig+m.at-last.at == m.orig {
			return
		}
		if last.at == m.at {
			e.marks[n-1] = m
			return
		}
	}
	e.marks = append(e.marks, m)
}

// Source gives what was built, as text of a file.
func (e *Edit) Source(f *File) *Source { return &Source{File: f, Text: e.Text, marks: e.marks} }

// Sub gives a part of a source as a source.
func (s *Source) Sub(from, to int) *Source {
	e := Edit{}
	e.Keep(s, from, to)
	if len(e.marks) == 0 {
		e.marks = []mark{{at: 0, orig: s.Orig(from)}}
	}
	return e.Source(s.File)
}

// placeholders in the text stand between these two: noncharacters (Unicode 23.7), which no text may hold.
const (
	Opener = '\uFDD0'
	Closer = '\uFDD1'
)

// Clean decodes a file: UTF-8, or UTF-16 with a byte order mark; a byte that is neither is read as Windows-1252. Line
// ends become \n, characters are composed (NFC, Unicode Annex 15), and what no text should hold is taken out and
// reported.
func Clean(f *File, report Report) *Source {
	raw := f.raw
	if len(raw) >= 2 && (raw[0] == 0xFE && raw[1] == 0xFF || raw[0] == 0xFF && raw[1] == 0xFE) {
		return fromUTF16(f, report)
	}
	whole := &Source{File: f, Text: raw}
	if !simple(raw) {
		whole = cleaned(f, whole, report)
	}
	if scrambled(whole.Text) {
		whole = compose(unscramble(whole, report))
	}
	return whole
}

// cleaned takes out of a file what no text should hold.
func cleaned(f *File, whole *Source, report Report) *Source {
	raw := f.raw
	c := cleaning{f: f, report: report, whole: whole, badByte: -1}
	c.out.Text = make([]byte, 0, len(raw)+len(raw)/16)
	for i := 0; i < len(raw); {
		switch b := raw[i]; {
		case b == '\r':
			i = c.lineEnd(i)
		case b < ' ' && b != '\n' && b != '\t' || b == 0x7F:
			i = c.control(i)
		case b < utf8.RuneSelf:
			i++
		default:
			i = c.wide(i)
		}
	}
	c.out.Keep(whole, c.kept, len(raw))
	if c.badByte >= 0 {
		report("bad-encoding", f.pos(c.badByte), "not UTF-8: read as Windows-1252", "save the file as UTF-8")
	}
	if n := c.controls - mostControls; n > 0 {
		report("control-character", f.pos(0), fmt.Sprintf("%d more control characters taken out", n), "delete them in the source")
	}
	if c.boms > 0 {
		report("stray-bom", f.pos(c.firstBOM), fmt.Sprintf("%d byte order marks inside the text taken out", c.boms), "")
	}
	return compose(c.out.Source(f))
}

// mostControls is how many control characters are told one by one.
const mostControls = 20

// A cleaning copies a file, mending it.
type cleaning struct {
	f        *File
	report   Report
	whole    *Source
	out      Edit
	kept     int // what stands before this has been copied
	badByte  int // the first that is not UTF-8; -1 when there is none
	controls int // taken out
	boms     int // byte order marks inside the text
	firstBOM int
}

// replace puts a text in the place of n bytes, and gives the place behind them.
func (c *cleaning) replace(i, n int, with string) int {
	c.out.Keep(c.whole, c.kept, i)
	if with != "" {
		c.out.Put(i, with)
	}
	c.kept = i + n
	return i + n
}

// lineEnd makes \r\n and \r what they are elsewhere.
func (c *cleaning) lineEnd(i int) int {
	if i+1 < len(c.f.raw) && c.f.raw[i+1] == '\n' {
		return c.replace(i, 1, "")
	}
	return c.replace(i, 1, "\n")
}

func (c *cleaning) control(i int) int {
	b, with := c.f.raw[i], ""
	if b == '\v' || b == '\f' {
		with = " "
	}
	if c.controls++; c.controls <= mostControls {
		c.report("control-character", c.f.pos(i), fmt.Sprintf("control character U+%04X taken out", b), "delete it in the source")
	}
	return c.replace(i, 1, with)
}

// wide looks at a character beyond ASCII.
func (c *cleaning) wide(i int) int {
	r, n := utf8.DecodeRune(c.f.raw[i:])
	switch {
	case r == utf8.RuneError && n == 1:
		if c.badByte < 0 {
			c.badByte = i
		}
		return c.replace(i, 1, string(windows1252(c.f.raw[i])))
	case r == '\uFEFF':
		if i > 0 {
			if c.boms == 0 {
				c.firstBOM = i
			}
			c.boms++
		}
		return c.replace(i, n, "")
	case r == Opener || r == Closer:
		c.report("control-character", c.f.pos(i), fmt.Sprintf("noncharacter U+%04X taken out", r), "delete it in the source")
		return c.replace(i, n, "")
	case r == 0x85 || r == 0x2028 || r == 0x2029:
		return c.replace(i, n, "\n")
	case r < 0xA0:
		c.report("control-character", c.f.pos(i), fmt.Sprintf("control character U+%04X read as Windows-1252", r), "save the file as UTF-8")
		return c.replace(i, n, string(windows1252(byte(r))))
	}
	return i + n
}

// simple reports whether the text needs no cleaning, as most does not.
func simple(raw []byte) bool {
	ascii := true
	for _, c := range raw {
		if c < ' ' && c != '\n' && c != '\t' || c == 0x7F {
			return false
		}
		if c >= utf8.RuneSelf {
			ascii = false
		}
	}
	if ascii {
		return true
	}
	for i := 0; i < len(raw); {
		if raw[i] < utf8.RuneSelf {
			i++
			continue
		}
		r, n := utf8.DecodeRune(raw[i:])
		if r == utf8.RuneError && n == 1 || r == '\uFEFF' || r == Opener || r == Closer || r < 0xA0 || r == 0x2028 || r == 0x2029 {
			return false
		}
		i += n
	}
	return norm.NFC.QuickSpan(raw) == len(raw)
}

// compose brings a text to NFC.
func compose(s *Source) *Source {
	n := norm.NFC.QuickSpan(s.Text)
	if n == len(s.Text) {
		return s
	}
	var e Edit
	kept := 0
	for n < len(s.Text) {
		end := n + norm.NFC.NextBoundary(s.Text[n:], true)
		if end <= n {
			end = len(s.Text)
		}
		part := s.Text[n:end]
		if composed := norm.NFC.Bytes(part); !bytes.Equal(composed, part) {
			e.Keep(s, kept, n)
			e.Put(s.Orig(n), string(composed))
			kept = end
		}
		n = end + norm.NFC.QuickSpan(s.Text[end:])
		if n < len(s.Text) {
			// QuickSpan may stop within a cluster; its last boundary is behind us, so step back to the cluster's start.
			if b := norm.NFC.LastBoundary(s.Text[end:n]); b >= 0 {
				n = end + b
			}
		}
		if n <= end && end < len(s.Text) {
			n = end
		}
	}
	e.Keep(s, kept, len(s.Text))
	return e.Source(s.File)
}

func fromUTF16(f *File, report Report) *Source {
	raw := f.raw
	little := raw[0] == 0xFF
	var e Edit
	for i := 2; i+1 < len(raw); {
		unit := func(i int) rune {
			if little {
				return rune(raw[i]) | rune(raw[i+1])<<8
			}
			return rune(raw[i])<<8 | rune(raw[i+1])
		}
		r, n := unit(i), 2
		if utf16.IsSurrogate(r) && i+3 < len(raw) {
			r, n = utf16.DecodeRune(r, unit(i+2)), 4
		}
		if r != '\r' && r != '\uFEFF' && (r >= ' ' || r == '\n' || r == '\t') && r != Opener && r != Closer {
			e.Put(i, string(r))
		}
		i += n
	}
	report("bad-encoding", document.Pos{File: f.path, Line: 1, Column: 1}, "UTF-16 text", "save the file as UTF-8")
	return compose(e.Source(f))
}

// windows1252 reads a byte above 0x7F as Windows code page 1252 does.
func windows1252(c byte) rune {
	if c >= 0xA0 || c < 0x80 {
		return rune(c)
	}
	return [...]rune{'€', '\u0081', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u008D', 'Ž', '\u008F',
		'\u0090', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u009D', 'ž', 'Ÿ'}[c-0x80]
}

// Scalar gives the text of a scalar that was written at a place of the source, as YAML, TOML, JSON and shortcodes write
// them, each character at its own place: quotation marks are skipped, escapes undone, folded lines joined. quoted says that
// the notation has quotation marks, or a block's | or >.
func (s *Source) Scalar(text string, at int, quoted bool) *Source {
	u := unquoting{raw: s, at: s.begin(text, at, quoted), doubled: quoted && at < len(s.Text) && s.Text[at] == '\''}
	for t := 0; t < len(text); {
		_, n := utf8.DecodeRuneInString(text[t:])
		u.char(text[t : t+n])
		t += n
	}
	return u.text.Source(s.File)
}

// begin finds the first of a scalar's characters: behind quotation marks, or on the line after a block's | or >.
func (s *Source) begin(text string, at int, quoted bool) int {
	raw := s.Text
	i := min(at, len(raw))
	if quoted && i < len(raw) && (raw[i] == '|' || raw[i] == '>') {
		_, next := CutLine(raw, i)
		return next
	}
	for i < len(raw) && (raw[i] == '"' || raw[i] == '\'' && !strings.HasPrefix(text, "'")) {
		i++
	}
	return i
}

// An unquoting follows a scalar's characters through its source.
type unquoting struct {
	raw     *Source
	at      int  // in raw: what is not yet read
	doubled bool // YAML between single quotation marks, where each within the text is typed twice
	text    Edit
}

// char finds the next character where it was typed, or what was typed for it.
func (u *unquoting) char(c string) {
	raw := u.raw.Text
	blank := c == " " || c == "\n"
	if !blank {
		u.skipBlanks() // indentation
	}
	switch {
	case string(raw[u.at:min(u.at+len(c), len(raw))]) == c:
		u.text.Keep(u.raw, u.at, u.at+len(c))
		u.at += len(c)
		if c == "'" && u.doubled && u.at < len(raw) && raw[u.at] == '\'' {
			u.at++
		}
	case u.at < len(raw) && raw[u.at] == '\\':
		u.text.Put(u.raw.Orig(u.at), c)
		u.at += escapeLength(raw[u.at:])
	default:
		u.text.Put(u.raw.Orig(u.at), c)
		if blank { // folded lines
			u.skipBlanks()
		}
	}
}

func (u *unquoting) skipBlanks() {
	for raw := u.raw.Text; u.at < len(raw) && (raw[u.at] == ' ' || raw[u.at] == '\n'); {
		u.at++
	}
}

// escapeLength gives the length of the backslash escape at the head of b, as JSON, TOML and YAML write it.
func escapeLength(b []byte) int {
	if len(b) < 2 {
		return len(b)
	}
	n := 2
	switch b[1] {
	case 'x':
		n = 4
	case 'u':
		n = 6
	case 'U':
		n = 10
	}
	return min(n, len(b))
}

// CutLine gives the line that begins at a byte, without its end, and where the next begins.
func CutLine(text []byte, at int) (line []byte, next int) {
	if i := bytes.IndexByte(text[at:], '\n'); i >= 0 {
		return text[at : at+i], at + i + 1
	}
	return text[at:], len(text)
}

// Shorten cuts a text to n characters, for a message.
func Shorten(s string, n int) string {
	s = strings.Join(strings.Fields(s), " ")
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(slices.Clip(r[:n])) + "…"
}
