package markdown

import (
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// readText reads a body without surroundings, and gives the codes of its problems.
func readText(t *testing.T, set Settings, body string) (dump string, codes []string) {
	t.Helper()
	a := &document.Article{Language: "en"}
	r := New(set).Reader(a, nil, false)
	r.Parse(source.Clean(source.NewFile("a.md", []byte(body)), func(string, document.Pos, string, string) {}))
	r.Finish("a")
	r.Settle()
	var b strings.Builder
	if err := document.Dump(&b, a); err != nil {
		t.Fatal(err)
	}
	for _, p := range r.Problems() {
		codes = append(codes, p.Code)
	}
	return b.String(), codes
}

func has(codes []string, code string) bool {
	for _, c := range codes {
		if c == code {
			return true
		}
	}
	return false
}

// TestNoResolver reads a body that stands nowhere: absolute links are kept, and what it cannot show it says.
func TestNoResolver(t *testing.T) {
	dump, codes := readText(t, Settings{}, "# A \"title\"\n\nA [link](https://example.org/), one [to a page](other.md), {{< ref \"third.md\" >}}.\n\n![A plan](plan.png)\n")
	for _, want := range []string{"“title”", "https://example.org/", "to a page", "third.md"} {
		if !strings.Contains(dump, want) {
			t.Errorf("no %s in\n%s", want, dump)
		}
	}
	for _, want := range []string{"missing-image", "broken-link"} {
		if !has(codes, want) {
			t.Errorf("%s is not among the problems %v", want, codes)
		}
	}
}

// A shout is !!words!!, and a box a line that begins with :::, which keeps its text to itself.
type (
	shout       struct{ ast.BaseInline }
	shoutParser struct{}
	box         struct{ ast.BaseBlock }
	boxParser   struct{}
	shouting    struct{}
)

var kindShout, kindBox = ast.NewNodeKind("Shout"), ast.NewNodeKind("Box")

func (*shout) Kind() ast.NodeKind   { return kindShout }
func (*shout) Dump([]byte, int)     {}
func (*box) Kind() ast.NodeKind     { return kindBox }
func (*box) Dump([]byte, int)       {}
func (shoutParser) Trigger() []byte { return []byte{'!'} }
func (boxParser) Trigger() []byte   { return []byte{':'} }
func (shouting) Extend(m goldmark.Markdown) {
	m.Parser().AddOptions(
		parser.WithInlineParsers(util.Prioritized(shoutParser{}, 50)),
		parser.WithBlockParsers(util.Prioritized(boxParser{}, 50)))
}

func (shoutParser) Parse(_ ast.Node, block text.Reader, _ parser.Context) ast.Node {
	line, segment := block.PeekLine()
	rest, ok := strings.CutPrefix(string(line), "!!")
	end := strings.Index(rest, "!!")
	if !ok || end <= 0 {
		return nil
	}
	n := &shout{}
	n.AppendChild(n, ast.NewTextSegment(text.NewSegment(segment.Start+2, segment.Start+2+end)))
	block.Advance(end + 4)
	return n
}

func (boxParser) Open(_ ast.Node, reader text.Reader, _ parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	if !strings.HasPrefix(string(line), ":::") {
		return nil, parser.NoChildren
	}
	n := &box{}
	n.Lines().Append(segment.WithStart(segment.Start + 3))
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}
func (boxParser) Continue(ast.Node, text.Reader, parser.Context) parser.State { return parser.Close }
func (boxParser) Close(ast.Node, text.Reader, parser.Context)                 {}
func (boxParser) CanInterruptParagraph() bool                                 { return true }
func (boxParser) CanAcceptIndentedLine() bool                                 { return false }

// TestExtension reads nodes that only a publisher's own extension of goldmark knows: their words stay, and that they are not
// known is said.
func TestExtension(t *testing.T) {
	dump, codes := readText(t, Settings{Extensions: []goldmark.Extender{shouting{}}}, "He cried !!all hands!! twice.\n\n:::Kept in a box\n\nThe end.\n")
	for _, want := range []string{"all hands", "Kept in a box", "twice.", "The end."} {
		if !strings.Contains(dump, want) {
			t.Errorf("no %q in\n%s", want, dump)
		}
	}
	n := 0
	for _, c := range codes {
		if c == "unknown-markup" {
			n++
		}
	}
	if n != 2 {
		t.Errorf("two unknown nodes gave the problems %v", codes)
	}
}
