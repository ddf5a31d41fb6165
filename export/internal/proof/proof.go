// Package proof is what a proofreader does last: it holds a finished edition against the document that it was made from.
// The words that went in must come out; those that do not are an error that names their place. Each backend reads its own
// edition, in the cheapest form that is final; here is what the two have in common.
package proof

import (
	"fmt"
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

// A Piece is a run of characters that an edition must show.
type Piece struct {
	Text  *document.Text // nil for the text of Code
	Code  *document.CodeBlock
	Value string
	Pos   document.Pos
}

// Body visits all text of an article that a format has, but its notes, in reading order. Formulas are no text here: they are set from their
// tree, in another form than their source's.
func Body(a *document.Article, format string, visit func(Piece)) {
	rest := *a
	rest.Notes = nil
	document.WalkArticle(&rest, pieces(format, visit))
}

// Notes visits the text of an article's notes, in order.
func Notes(a *document.Article, format string, visit func(Piece)) {
	document.WalkArticle(&document.Article{Notes: a.Notes}, pieces(format, visit))
}

func pieces(format string, visit func(Piece)) func(document.Node) bool {
	var enter func(n document.Node) bool
	enter = func(n document.Node) bool {
		switch n := n.(type) {
		case *document.Image: // its title is said with its alt text, or is its figure's
			return false
		case *document.Figure:
			return figure(n, enter)
		default:
			return own(n) && document.Kept(n, format)
		case *document.Text:
			visit(Piece{Text: n, Value: n.Value, Pos: n.Position()})
		case *document.CodeBlock:
			document.WalkInlines(n.Caption, enter)
			visit(Piece{Code: n, Value: n.Text, Pos: n.Position()})
			return false
		}
		return true
	}
	return enter
}

// own reports whether a node is one of the document's: what a program has put there besides, no edition can show, and says so.
func own(n document.Node) bool {
	t := reflect.TypeOf(n)
	return t.Kind() == reflect.Pointer && t.Elem().PkgPath() == home
}

var home = reflect.TypeFor[document.Text]().PkgPath()

// figure visits a figure whose own lines are not simply its title and its caption. It reports whether it is yet to be walked.
func figure(f *document.Figure, enter func(document.Node) bool) bool {
	title, caption, credit := f.Lines()
	if len(title) == len(f.Title) && len(caption) == len(f.Caption) {
		return true
	}
	document.WalkBlocks(f.Blocks, enter)
	for _, is := range [...][]document.Inline{title, caption, credit} {
		document.WalkInlines(is, enter)
	}
	return false
}

// A Count tells texts apart by their letters and digits, whatever their order and what stands between them: spaces, hyphens
// and marks may change on the way to a line, letters may not.
type Count struct {
	N   int    // letters
	Sum uint64 // of a number for each
}

// Add counts the letters of a text.
func (c *Count) Add(s string) {
	for i := 0; i < len(s); {
		if b := s[i]; b < utf8.RuneSelf {
			i++
			if letter[b] {
				c.N++
				c.Sum += mixed(uint64(b))
			}
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		i += n
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			c.N++
			c.Sum += mixed(uint64(r))
		}
	}
}

// Plus gives the count of two texts.
func (c Count) Plus(d Count) Count { return Count{c.N + d.N, c.Sum + d.Sum} }

// HasLetters reports whether a text has anything that is counted.
func HasLetters(s string) bool {
	var c Count
	c.Add(s)
	return c.N > 0
}

// Is reports whether a text was counted n times.
func (c Count) Is(text Count, n int) bool { return c.N == n*text.N && c.Sum == uint64(n)*text.Sum }

// letter holds the ASCII letters and digits.
var letter = func() (t [utf8.RuneSelf]bool) {
	for c := range t {
		t[c] = c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z'
	}
	return t
}()

// mixed spreads a number over 64 bits, so that sums of few are not sums of others (the finaliser of SplitMix64: Steele, Lea
// and Flood, "Fast Splittable Pseudorandom Number Generators", 2014).
func mixed(x uint64) uint64 {
	x += 0x9e3779b97f4a7c15
	x = (x ^ x>>30) * 0xbf58476d1ce4e5b9
	x = (x ^ x>>27) * 0x94d049bb133111eb
	return x ^ x>>31
}

// A Report gathers what is wrong with an edition: a paragraph once, whatever of it is.
type Report struct {
	Edition  string // "EPUB"
	problems []document.Problem
	lines    map[document.Pos]bool
	more     int
}

// most is how many paragraphs are named; when more are wrong, they are counted.
const most = 20

// Lost notes words that the edition does not have, or has not as they were.
func (r *Report) Lost(p Piece) { r.add(p, "words of this paragraph are missing from the "+r.Edition) }

// Doubled notes words that the edition has more than once.
func (r *Report) Doubled(p Piece) { r.add(p, "words of this paragraph stand twice in the "+r.Edition) }

func (r *Report) add(p Piece, message string) {
	line := p.Pos
	line.Column = 0
	if r.lines[line] {
		return
	}
	if r.lines == nil {
		r.lines = map[document.Pos]bool{}
	}
	r.lines[line] = true
	if len(r.problems) == most {
		r.more++
		return
	}
	r.problems = append(r.problems, document.NewProblem("words-differ", p.Pos, message+": "+excerpt(p.Value), hint))
}

const hint = "this is a bug in twinpress: please report it with the file; no edition was written"

// Problems gives what is wrong; nil when all is well.
func (r *Report) Problems() []document.Problem {
	if r.more > 0 {
		r.problems[most-1].Message += fmt.Sprintf(" (and so in %d places more)", r.more)
	}
	return r.problems
}

// excerpt quotes the beginning of a text.
func excerpt(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	const longest = 60
	if utf8.RuneCountInString(s) > longest {
		s = string([]rune(s)[:longest]) + "…"
	}
	return "“" + s + "”"
}
