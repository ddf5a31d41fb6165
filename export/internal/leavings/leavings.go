// Package leavings mends what other programs leave in Markdown when they write it: word processors, WordPress, pandoc, site
// generators on their way from one to another. Only what can be meant in one way is mended, and each kind is told once, at
// its first place, with how often; what is doubtful stays as it is. Code is never touched.
package leavings

import (
	"bytes"
	"cmp"
	"fmt"
	"regexp"
	"slices"
	"sync"

	"github.com/twinpress/twinpress/export/internal/source"
)

// A change puts a text in the place of another.
type change struct {
	from, to int
	with     string
}

// A mender goes over one text.
type mender struct {
	src    *source.Source
	report source.Report
}

// Mend gives a text without leavings.
func Mend(src *source.Source, report source.Report) *source.Source {
	m := &mender{src, report}
	for _, step := range []func(*mender){(*mender).divs, (*mender).wordPress, (*mender).notes, (*mender).emphasis, (*mender).small} {
		step(m)
	}
	return m.src
}

// mended applies changes of one kind and tells of them.
func (m *mender) mended(what, hint string, changes []change) {
	if len(changes) == 0 {
		return
	}
	slices.SortStableFunc(changes, func(a, b change) int { return cmp.Compare(a.from, b.from) })
	var e source.Edit
	e.Text = make([]byte, 0, len(m.src.Text)+len(m.src.Text)/16)
	kept := 0
	for _, c := range changes {
		if c.from < kept {
			continue // within one that was made
		}
		e.Keep(m.src, kept, c.from)
		e.Put(m.src.Orig(c.from), c.with)
		kept = c.to
	}
	first := m.src.Pos(changes[0].from)
	e.Keep(m.src, kept, len(m.src.Text))
	if n := len(changes); n > 1 {
		what = fmt.Sprintf("%s (%d times)", what, n)
	}
	m.report("mended-markup", first, what, hint)
	m.src = e.Source(m.src.File)
}

// A span is a stretch of text.
type span struct{ from, to int }

// A guard tells which bytes of a text are not to be touched, asked in ascending order.
type guard struct {
	spans []span
	i     int
}

// holds reports whether any of the bytes from one to before another are guarded.
func (g *guard) holds(from, to int) bool {
	for g.i < len(g.spans) && g.spans[g.i].to <= from {
		g.i++
	}
	return g.i < len(g.spans) && g.spans[g.i].from < to
}

// code finds what is code in a text: fenced blocks, indented blocks, code spans, <pre> and <code>, scripts, comments,
// formulas between dollars, the calls of shortcodes.
func code(text []byte) *guard {
	g := &guard{}
	blank, indented := true, false // the line before was; a block of indented code is open
	listed := false                // within a list or a note, where indentation is none of code
	for i := 0; i < len(text); {
		if i == 0 || text[i-1] == '\n' {
			line, next := source.CutLine(text, i)
			if end := fence(text, i); end > i {
				g.spans = append(g.spans, span{i, end})
				i, blank = end, false
				continue
			}
			isBlank := len(bytes.TrimSpace(line)) == 0
			deep := bytes.HasPrefix(line, []byte("    ")) || bytes.HasPrefix(line, []byte("\t"))
			if !deep && !isBlank {
				listed = isItem(line) || listed && bytes.HasPrefix(line, []byte(" "))
			}
			if deep && !isBlank && (blank || indented) && !listed {
				g.spans = append(g.spans, span{i, next})
				i, indented = next, true
				continue
			}
			indented, blank = indented && isBlank, isBlank
		}
		if end := inlineCode(text, i); end > i {
			g.spans = append(g.spans, span{i, end})
			i = end
			continue
		}
		i++
	}
	return g
}

// isItem reports whether a line begins an item of a list, a note or a definition.
func isItem(line []byte) bool {
	line = bytes.TrimLeft(line, " >")
	if len(line) < 2 {
		return false
	}
	switch line[0] {
	case '-', '+', '*', ':':
		return line[1] == ' ' || line[1] == '\t'
	case '[':
		return line[1] == '^'
	}
	n := 0
	for n < len(line) && line[n] >= '0' && line[n] <= '9' {
		n++
	}
	return n > 0 && n+1 < len(line) && (line[n] == '.' || line[n] == ')')
}

// fence gives the end of a fenced block of code that begins with the line at i; i when none does.
func fence(text []byte, i int) int {
	line, next := source.CutLine(text, i)
	body := bytes.TrimLeft(line, " >")
	if len(body) < 3 || body[0] != '`' && body[0] != '~' {
		return i
	}
	n := 0
	for n < len(body) && body[n] == body[0] {
		n++
	}
	if n < 3 || body[0] == '`' && bytes.IndexByte(body[n:], '`') >= 0 {
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

// enclosed are what stands between marks and is no text.
var enclosed = []struct{ open, shut string }{
	{"<!--", "-->"}, {"<pre", "</pre>"}, {"<code", "</code>"}, {"<script", "</script>"}, {"<style", "</style>"}, {"<math", "</math>"}, {"<svg", "</svg>"},
	{"{{<", ">}}"}, {"{{%", "%}}"}, {"$$", "$$"}, {`\[`, `\]`},
}

// inlineCode gives the end of what begins at i and is no text; i when it is text.
func inlineCode(text []byte, i int) int {
	switch text[i] {
	case '`':
		n := 1
		for i+n < len(text) && text[i+n] == '`' {
			n++
		}
		for j := i + n; j < len(text); {
			if text[j] == '\n' && j+1 < len(text) && text[j+1] == '\n' {
				break // a code span ends with its paragraph
			}
			if text[j] != '`' {
				j++
				continue
			}
			k := j
			for j < len(text) && text[j] == '`' {
				j++
			}
			if j-k == n {
				return j
			}
		}
		return i + n
	case '<', '{', '$', '\\':
		for _, e := range enclosed {
			if e.open[0] == text[i] && bytes.HasPrefix(text[i:], []byte(e.open)) {
				if end := bytes.Index(text[i+len(e.open):], []byte(e.shut)); end >= 0 {
					return i + len(e.open) + end + len(e.shut)
				}
			}
		}
	}
	return i
}

// lazily compiles a pattern when it is first needed: most texts need none.
func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}
