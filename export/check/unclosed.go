package check

import (
	"bytes"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Unclosed finds a block of code or a comment in a Markdown text, as it was typed, that begins and does not end: by the rules it goes on to the
// end of the text, which is set as code, or is left out (CommonMark 4.5, 4.6). One within a list or a quotation ends with it, and is
// passed over. at gives the place of a byte of the text.
func Unclosed(text []byte, at func(off int) document.Pos) []document.Problem {
	off, opened, fence, comment := 0, 0, "", false
	for line := range bytes.Lines(text) {
		s := strings.TrimRight(string(line), " \t\n")
		inner := strings.TrimLeft(s, " ")
		mark := fenceOf(inner)
		switch {
		case comment:
			comment = !strings.Contains(s, "-->")
		case len(s)-len(inner) > 3:
		case fence != "":
			if mark != "" && mark[0] == fence[0] && len(mark) >= len(fence) && inner == mark {
				fence = ""
			}
		case mark != "" && (mark[0] == '~' || !strings.Contains(inner[len(mark):], "`")):
			fence, opened = mark, off
		case strings.HasPrefix(inner, "<!--") && !strings.Contains(inner[4:], "-->"):
			comment, opened = true, off
		}
		off += len(line)
	}
	switch {
	case fence != "":
		return []document.Problem{document.NewProblem("unclosed-block", at(opened), "the block of code that begins here does not end", "add a line of "+fence+" behind it")}
	case comment:
		return []document.Problem{document.NewProblem("unclosed-block", at(opened), "the comment that begins here does not end, and all that follows is left out", "close it with -->")}
	}
	return nil
}

// fenceOf gives the marks that a line begins with, of which a fence has three or more; "" for none.
func fenceOf(line string) string {
	for _, mark := range []string{"`", "~"} {
		if n := len(line) - len(strings.TrimLeft(line, mark)); n >= 3 {
			return line[:n]
		}
	}
	return ""
}
