package markdown

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// markdown holds the two parsers: whole texts, and lines of text (titles, captions), in which "1. To topple" is no list.
type parsers struct {
	blocks, line parser.Parser
}

// newMarkdown sets up goldmark as Hugo does (tables, strikethrough, task lists, definition lists, bare addresses), with
// our own reading of notes, superiors and inferiors. Quotation marks are not its business: see typography.go.
func newMarkdown(d Dialect, more []goldmark.Extender) *parsers {
	lines := []util.PrioritizedValue{util.Prioritized(eastAsianEmphasis{}, 499)} // right before goldmark's own
	paragraphs := parser.DefaultBlockParsers()
	if !d.Off.Notes {
		lines = append(lines, util.Prioritized(noteParser{}, 90))
		paragraphs = append(paragraphs, util.Prioritized(noteDefParser{}, 90))
	}
	if !d.Off.Raised {
		lines = append(lines, util.Prioritized(raisedParser{'^'}, 91))
	}
	if !d.Off.Lowered {
		lines = append(lines, util.Prioritized(raisedParser{'~'}, 92))
	}
	if d.Mark {
		lines = append(lines, util.Prioritized(doubledParser{'=', "mark"}, 500))
	}
	if d.Insert {
		lines = append(lines, util.Prioritized(doubledParser{'+', "ins"}, 500))
	}
	whole := goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(paragraphs...),
			parser.WithInlineParsers(append(parser.DefaultInlineParsers(), lines...)...),
			parser.WithParagraphTransformers(parser.DefaultParagraphTransformers()...),
		)),
		goldmark.WithExtensions(append(d.extensions(), more...)...),
	)
	line := goldmark.New(
		goldmark.WithParser(parser.NewParser(
			parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
			parser.WithInlineParsers(append(parser.DefaultInlineParsers(), lines...)...),
		)),
		goldmark.WithExtensions(append(d.lineExtensions(), more...)...),
	)
	return &parsers{whole.Parser(), line.Parser()}
}

// extensions are goldmark's own that the site has not switched off; lineExtensions those that a line can have.
func (d *Dialect) extensions() (on []goldmark.Extender) {
	if !d.Off.Tables {
		on = append(on, extension.Table)
	}
	if !d.Off.TaskLists {
		on = append(on, extension.TaskList)
	}
	if !d.Off.Definitions {
		on = append(on, extension.DefinitionList)
	}
	return append(on, d.lineExtensions()...)
}

func (d *Dialect) lineExtensions() (on []goldmark.Extender) {
	if !d.Off.Strikethrough {
		on = append(on, extension.Strikethrough)
	}
	if !d.Off.Addresses {
		on = append(on, extension.Linkify)
	}
	return on
}

var (
	kindNoteDef = ast.NewNodeKind("NoteDefinition")
	kindNoteRef = ast.NewNodeKind("NoteReference")
	kindRaised  = ast.NewNodeKind("Raised")
)

// A noteDef is [^label]: and the blocks behind it.
type noteDef struct {
	ast.BaseBlock
	label string
}

func (*noteDef) Kind() ast.NodeKind              { return kindNoteDef }
func (n *noteDef) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A noteRef is [^label], or ^[text] with the segments of its text.
type noteRef struct {
	ast.BaseInline
	label string
	raw   text.Segment
	body  []text.Segment
}

func (*noteRef) Kind() ast.NodeKind              { return kindNoteRef }
func (n *noteRef) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A raised is ^text^ or ~text~.
type raised struct {
	ast.BaseInline
	tag  string
	body text.Segment
}

func (*raised) Kind() ast.NodeKind              { return kindRaised }
func (n *raised) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// noteLabel gives the length of a label and its bracket at the head of b, which stands behind "[^"; 0 if there is none.
func noteLabel(b []byte) int {
	for i, c := range b {
		switch c {
		case ']':
			if i == 0 {
				return 0
			}
			return i + 1
		case '[', '\n':
			return 0
		}
		if i > 200 {
			return 0
		}
	}
	return 0
}

// noteDefParser reads definitions of notes. Hands forget things, so the blank behind the colon may be missing, and the
// text may begin on the next line without being indented.
type noteDefParser struct{}

func (noteDefParser) Trigger() []byte { return []byte{'['} }

func (noteDefParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	pos := pc.BlockOffset()
	if pos < 0 || !bytes.HasPrefix(line[pos:], []byte("[^")) {
		return nil, parser.NoChildren
	}
	n := noteLabel(line[pos+2:])
	if n == 0 {
		return nil, parser.NoChildren
	}
	end := pos + 2 + n
	if end >= len(line) || line[end] != ':' {
		return nil, parser.NoChildren
	}
	def := &noteDef{label: string(line[pos+2 : end-1])}
	reader.AdvanceAndSetPadding(end+1-segment.Padding, segment.Padding)
	if util.IsBlank(line[end+1:]) {
		return def, parser.NoChildren
	}
	return def, parser.HasChildren
}

func (noteDefParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	line, _ := reader.PeekLine()
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	pos, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if pos < 0 {
		if width, n := util.IndentWidth(line, reader.LineOffset()); width >= 2 && node.HasChildren() {
			// Two or three blanks are too few for Markdown, but nobody means anything else by them.
			reader.Advance(n)
			return parser.Continue | parser.HasChildren
		}
		if !node.HasChildren() && !bytes.HasPrefix(line, []byte("[^")) {
			return parser.Continue | parser.HasChildren
		}
		return parser.Close
	}
	reader.AdvanceAndSetPadding(pos, padding)
	return parser.Continue | parser.HasChildren
}

func (noteDefParser) Close(ast.Node, text.Reader, parser.Context) {}
func (noteDefParser) CanInterruptParagraph() bool                 { return true }
func (noteDefParser) CanAcceptIndentedLine() bool                 { return false }

// noteParser reads [^label] and ^[text of a note].
type noteParser struct{}

func (noteParser) Trigger() []byte { return []byte{'[', '^', '!'} }

func (noteParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if len(line) < 3 {
		return nil
	}
	if line[0] == '!' {
		// "Enough![^1]" is no picture; the exclamation mark stays text.
		if line[1] != '[' || line[2] != '^' || noteLabel(line[3:]) == 0 {
			return nil
		}
		ast.MergeOrAppendTextSegment(parent, segment.WithStop(segment.Start+1))
		block.Advance(1)
		line, segment = block.PeekLine()
	}
	if line[0] == '[' {
		if line[1] != '^' {
			return nil
		}
		n := noteLabel(line[2:])
		if n == 0 {
			return nil
		}
		block.Advance(2 + n)
		return &noteRef{label: string(line[2 : 2+n-1]), raw: segment.WithStop(segment.Start + 2 + n)}
	}
	if line[0] != '^' || line[1] != '[' {
		return nil
	}
	if n := raisedEnd(line, '^'); n > 2 && line[n-1] == ']' {
		return nil // ^[5]^ is a superior
	}
	// Find the bracket that closes the note, which may stand on a later line.
	ref := &noteRef{raw: segment.WithStop(segment.Start + 2)}
	savedLine, savedSegment := block.Position()
	block.Advance(2)
	depth := 1
	for {
		line, segment = block.PeekLine()
		if line == nil {
			block.SetPosition(savedLine, savedSegment)
			return nil
		}
		for i := 0; i < len(line); i++ {
			switch line[i] {
			case '\\':
				i++
			case '[':
				depth++
			case ']':
				if depth--; depth == 0 {
					ref.body = append(ref.body, segment.WithStop(segment.Start+i-segment.Padding))
					block.Advance(i + 1)
					return ref
				}
			}
		}
		ref.body = append(ref.body, segment)
		block.AdvanceLine()
	}
}

// raisedParser reads ^x^ and ~x~, which as in Pandoc hold no blank.
type raisedParser struct{ mark byte }

func (p raisedParser) Trigger() []byte { return []byte{p.mark} }

func (p raisedParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	n := raisedEnd(line, p.mark)
	if n <= 1 || block.PrecendingCharacter() == rune(p.mark) {
		return nil
	}
	block.Advance(n + 1)
	tag := "sup"
	if p.mark == '~' {
		tag = "sub"
	}
	return &raised{tag: tag, body: text.NewSegment(segment.Start+1-segment.Padding, segment.Start+n-segment.Padding)}
}

// raisedEnd gives the place of the mark that closes the one at the head of line, or 0.
func raisedEnd(line []byte, mark byte) int {
	for i := 1; i < len(line); i++ {
		switch line[i] {
		case mark:
			if i == 1 || i+1 < len(line) && line[i+1] == mark {
				return 0
			}
			return i
		case ' ', '\t', '\n':
			return 0
		case '\\':
			i++
		}
	}
	return 0
}
