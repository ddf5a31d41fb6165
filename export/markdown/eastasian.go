package markdown

import (
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/twinpress/twinpress/export/internal/typography"
)

// An eastAsianEmphasis reads runs of stars beside characters of East Asia. CommonMark tells by blanks and marks whether a run
// opens or closes, and these scripts put no blanks between words: **「…」**と would show its stars. The rule is that of the
// CJK-friendly amendments to CommonMark (tats-u, markdown-cjk-friendly): their marks count as letters, and their characters
// may stand where a blank is asked for. Everything else is left to goldmark.
type eastAsianEmphasis struct{}

func (eastAsianEmphasis) Trigger() []byte { return []byte{'*'} }

func (eastAsianEmphasis) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	n := 0
	for n < len(line) && line[n] == '*' {
		n++
	}
	after := ' '
	if n < len(line) {
		after = util.ToRune(line, n)
	}
	cjkBefore, cjkAfter := typography.IsEastAsian(before), typography.IsEastAsian(after)
	if !cjkBefore && !cjkAfter {
		return nil
	}
	parts := func(r rune, cjk bool) bool { return util.IsSpaceRune(r) || util.IsPunctRune(r) && !cjk }
	left := !util.IsSpaceRune(after) && (cjkAfter || !util.IsPunctRune(after) || cjkBefore || parts(before, cjkBefore))
	right := !util.IsSpaceRune(before) && (cjkBefore || !util.IsPunctRune(before) || cjkAfter || parts(after, cjkAfter))
	node := parser.NewDelimiter(left, right, n, '*', starProcessor{})
	node.Segment = segment.WithStop(segment.Start + n)
	block.Advance(n)
	pc.PushDelimiter(node)
	return node
}

// A starProcessor makes emphasis of two runs, as goldmark's own does.
type starProcessor struct{}

func (starProcessor) IsDelimiter(b byte) bool { return b == '*' }

func (starProcessor) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (starProcessor) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }
