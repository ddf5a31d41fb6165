package export

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/explain"
	"github.com/twinpress/twinpress/export/internal/source"
)

// Comments in an article silence what is meant to be as it is:
//
//	<!-- twinpress-disable-next missing-alt -->    in the block that follows
//	<!-- twinpress-disable missing-alt, river -->  from here on; before the first word of the text, in the front matter, too
//	<!-- twinpress-enable missing-alt -->          until here
//
// No edition shows them.

// A comment is one of these.
type comment struct {
	pos      Pos
	word     string // "disable-next", "disable", "enable"
	codes    []string
	from, to int             // lines that it speaks of
	ends     map[string]int  // the line before which a code is enabled again
	used     map[string]bool // codes of which it has silenced something
	faults   []Problem
}

var commentForm = regexp.MustCompile(`<!--\s*twinpress-(\S*)((?:[^-]|-[^-])*?)\s*-->`)

// readComments finds the comments of a text that stand in no code.
func readComments(s *source.Source) (out []*comment) {
	if !bytes.Contains(s.Text, []byte("twinpress-")) {
		return nil
	}
	blocks := blocksOf(s.Text)
	for _, m := range commentForm.FindAllSubmatchIndex(s.Text, -1) {
		line := bytes.Count(s.Text[:m[0]], []byte("\n"))
		if blocks.code[line] {
			continue
		}
		c := &comment{pos: s.Pos(m[0]), word: string(s.Text[m[2]:m[3]]), ends: map[string]int{}, used: map[string]bool{}}
		c.codes = strings.FieldsFunc(string(s.Text[m[4]:m[5]]), func(r rune) bool { return r == ',' || r == ' ' || r == '\t' || r == '\n' })
		last := line + bytes.Count(s.Text[m[0]:m[1]], []byte("\n"))
		c.judge()
		c.reach(s, blocks, line, last)
		out = append(out, c)
	}
	for i, c := range out { // what was disabled ends where it is enabled
		if c.word == "enable" {
			for _, before := range out[:i] {
				before.end(c)
			}
		}
	}
	return out
}

// end ends what a comment disables where another enables it.
func (c *comment) end(by *comment) {
	for _, code := range by.codes {
		if _, ended := c.ends[code]; !ended && c.word == "disable" {
			c.ends[code] = by.pos.Line
		}
	}
}

// judge tells what is wrong with a comment.
func (c *comment) judge() {
	bad := func(message, hint string) {
		c.faults = append(c.faults, document.NewProblem("bad-comment", c.pos, message, hint))
	}
	if !slices.Contains([]string{"disable-next", "disable", "enable"}, c.word) {
		bad(fmt.Sprintf("twinpress-%s is nothing that a comment can say", c.word), "disable-next, disable or enable, and codes")
		return
	}
	if len(c.codes) == 0 {
		bad("the comment names no code", "twinpress-"+c.word+" missing-alt")
	}
	for _, code := range c.codes {
		switch k := kindOf(code); {
		case k == nil:
			hint := "twinpress codes lists them"
			if near := explain.Nearest(code); near != "" {
				hint = fmt.Sprintf("did you mean %s?", near)
			}
			bad(fmt.Sprintf("the comment names %q, which is no code", code), hint)
		case k.Severity == Error:
			bad(code+" cannot be silenced: no edition can be made of what it tells", "mend what it tells")
		}
	}
}

func kindOf(code string) *Code {
	kinds := document.ProblemKinds()
	if i := slices.IndexFunc(kinds, func(k Code) bool { return k.Code == code }); i >= 0 {
		return &kinds[i]
	}
	return nil
}

// reach works out of which lines of the file a comment speaks, given its first and last line in the text, from 0.
func (c *comment) reach(s *source.Source, b textBlocks, first, last int) {
	line := func(n int) int { // of the file, which may hold lines that the text has not
		if n >= len(b.starts) {
			return 1 << 30
		}
		return s.Pos(b.starts[n]).Line
	}
	switch c.word {
	case "disable":
		c.from, c.to = c.pos.Line, 1<<30
		if first <= b.body {
			c.from = 0
		}
	case "disable-next":
		c.from = c.pos.Line
		next := last
		if rest := b.lineText(s.Text, last); strings.HasSuffix(strings.TrimSpace(rest), "-->") {
			for next = last + 1; next < len(b.starts) && strings.TrimSpace(b.lineText(s.Text, next)) == ""; next++ {
			}
		}
		for next+1 < len(b.starts) && b.code[next+1] == b.code[next] && (b.code[next] || strings.TrimSpace(b.lineText(s.Text, next+1)) != "") {
			next++
		}
		c.to = line(next)
	}
}

// silence reports whether a comment speaks of a problem, and notes that it does.
func (f *typedFile) silence(p Problem) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	silenced := false
	for _, c := range f.comments {
		end, ended := c.ends[p.Code]
		if c.to > 0 && p.Pos.Line >= c.from && p.Pos.Line <= c.to && (!ended || p.Pos.Line < end) && slices.Contains(c.codes, p.Code) {
			c.used[p.Code] = true
			silenced = true
		}
	}
	return silenced
}

// idle tells of comments that say nothing, or silence nothing.
func (f *typedFile) idle() (problems []Problem) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, c := range f.comments {
		problems = append(problems, c.faults...)
		for _, code := range c.codes {
			if len(c.faults) == 0 && c.word != "enable" && !c.used[code] {
				problems = append(problems, document.NewProblem("unused-comment", c.pos, "the comment silences no "+code, "delete it"))
			}
		}
	}
	return problems
}

// textBlocks tells of a text's lines what comments need to know.
type textBlocks struct {
	starts []int  // offset of each line
	code   []bool // the line is one of a fenced block of code
	body   int    // the first line of the body that says something
}

func (b textBlocks) lineText(text []byte, n int) string {
	end := len(text)
	if n+1 < len(b.starts) {
		end = b.starts[n+1]
	}
	return string(text[b.starts[n]:end])
}

// blocksOf goes through the lines of a text. Front matter lies between two fences of its kind.
func blocksOf(text []byte) (b textBlocks) {
	off, fence, front := 0, "", ""
	b.body = -1
	for line := range bytes.Lines(text) {
		n := len(b.starts)
		b.starts = append(b.starts, off)
		off += len(line)
		s := strings.TrimSpace(string(line))
		code := fence != ""
		switch {
		case n == 0 && (s == "---" || s == "+++"):
			front = s
			b.code = append(b.code, true)
			continue
		case front != "":
			if s == front {
				front = ""
			}
			b.code = append(b.code, true)
			continue
		case fence != "":
			if strings.HasPrefix(s, fence) && strings.Trim(s, fence[:1]) == "" {
				fence = ""
			}
		case strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~"):
			fence = s[:len(s)-len(strings.TrimLeft(s, s[:1]))]
			code = true
		}
		if b.body < 0 && s != "" {
			b.body = n
		}
		b.code = append(b.code, code)
	}
	return b
}
