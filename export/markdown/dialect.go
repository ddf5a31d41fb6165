package markdown

import (
	"strings"
	"sync"
	"unicode"

	"github.com/yuin/goldmark-emoji/definition"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/unicode/norm"
)

// A Dialect is what a site has switched on of Markdown beyond the usual.
type Dialect struct {
	HardWraps bool // a line's end in the source is one in print
	Emoji     bool // :tada: is the character that it names
	Mark      bool // ==text==
	Insert    bool // ++text++
	// Anchors is how headings get their identifiers: "github" (also ""), "github-ascii" or "blackfriday", as Hugo's autoIDType.
	Anchors string
	Off     Extensions
}

// Extensions are those of Hugo's usual ones that a site has switched off.
type Extensions struct {
	Tables, Strikethrough, TaskLists, Definitions, Addresses, Notes bool
	Raised, Lowered                                                 bool // ^text^, ~text~
}

// A doubled is text between two marks on each side: ==marked==, ++inserted++ (Hugo's extras).
type doubled struct {
	ast.BaseInline
	tag string
}

var kindDoubled = ast.NewNodeKind("Doubled")

func (*doubled) Kind() ast.NodeKind              { return kindDoubled }
func (n *doubled) Dump(source []byte, level int) { ast.DumpHelper(n, source, level, nil, nil) }

// A doubledParser reads them by the rules of emphasis.
type doubledParser struct {
	mark byte
	tag  string
}

func (p doubledParser) Trigger() []byte         { return []byte{p.mark} }
func (p doubledParser) IsDelimiter(b byte) bool { return b == p.mark }

func (p doubledParser) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (p doubledParser) OnMatch(int) ast.Node { return &doubled{tag: p.tag} }

func (p doubledParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	before := block.PrecendingCharacter()
	line, segment := block.PeekLine()
	node := parser.ScanDelimiter(line, before, 2, p)
	if node == nil || node.OriginalLength > 2 || before == rune(p.mark) {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

var emojis = sync.OnceValue(func() definition.Emojis { return definition.Github() })

// Emoji puts characters in the place of their names between colons, as :smile:.
func Emoji(s string) string { return named(s) }

// named puts characters in the place of their names between colons.
func named(s string) string {
	var b strings.Builder
	for {
		i := strings.IndexByte(s, ':')
		if i < 0 {
			break
		}
		j := strings.IndexByte(s[i+1:], ':')
		if j < 0 {
			break
		}
		name := s[i+1 : i+1+j]
		e, ok := emojis().Get(name)
		if name == "" || strings.ContainsAny(name, " \n") || !ok || len(e.Unicode) == 0 {
			b.WriteString(s[:i+1])
			s = s[i+1:]
			continue
		}
		b.WriteString(s[:i] + string(e.Unicode))
		s = s[i+j+2:]
	}
	b.WriteString(s)
	return b.String()
}

// anchor makes an identifier of a heading as the site has it.
func (d *Dialect) anchor(s string) string {
	switch d.Anchors {
	case "github-ascii":
		return strings.Map(func(r rune) rune {
			if r >= 0x80 {
				return -1
			}
			return r
		}, Anchorize(norm.NFD.String(s)))
	case "blackfriday": // letters and digits; a hyphen for each stretch of anything else
		var b strings.Builder
		gap := false
		for _, r := range s {
			if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
				gap = true
				continue
			}
			if gap && b.Len() > 0 {
				b.WriteByte('-')
			}
			gap = false
			b.WriteRune(unicode.ToLower(r))
		}
		return b.String()
	}
	return Anchorize(s)
}
