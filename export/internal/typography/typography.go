// Package typography brings lines of text into the form that their language's printers give them: quotation marks, dashes,
// spaces, ellipses, apostrophes.
//
// Typing leaves much to whoever sets the text: straight quotation marks, hyphens for dashes, three stops for an ellipsis,
// two blanks after a stop. Here they become what the language wants. It is done on the finished inlines and not while
// Markdown is parsed, because whether a mark opens or closes depends on its neighbours, and these may stand behind the end
// of an emphasis, a link or the citation of a note. What is already typographic stays untouched, and so do code,
// mathematics and addresses.
//
// A line is laid out as cells, one for each character (line.go); blanks, dashes and quotation marks are set in them, one
// after the other (blanks.go, dashes.go, quotes.go), and they are written back. What a language is used to stands in one
// table (customs.go).
package typography

import "github.com/twinpress/twinpress/export/document"

// A Setter sets lines of text. It keeps its scratch from line to line, so that one serves one goroutine.
type Setter struct {
	house   House
	customs []*custom // of the languages met so far
	cells   []cell    // scratch, and so is spare
	spare   []cell
}

// A House is what a publisher wants otherwise than it is usual. The zero value wants what is usual in each language.
type House struct {
	Quotes map[string][]string // by language in lower case: opening, closing, inner opening, inner closing mark
	Dashes string              // between words, however they were typed; "" sets typed hyphens as the language has it, and leaves dashes
	Ranges string              // AsWritten leaves hyphens between numbers
	AsIs   bool                // marks, dashes and stops stay as they were typed
}

// What Dashes and Ranges may be.
const (
	AsWritten = "as-written"
	ClosedEm  = "closed-em" // word—word
	SpacedEm  = "spaced-em" // word — word
	SpacedEn  = "spaced-en" // word – word
	EnDash    = "en-dash"   // 1914–18, which is what "" is, too
)

// Dashes and Ranges name the values that a House takes.
var (
	Dashes = []string{AsWritten, ClosedEm, SpacedEm, SpacedEn}
	Ranges = []string{AsWritten, EnDash}
)

// NewSetter gives a Setter for a house.
func NewSetter(house House) *Setter { return &Setter{house: house} }

// Set brings a line of inlines in a language (a BCP 47 tag) into final form: adjacent texts joined, blanks single, marks
// and dashes typographic, and what has come to hold nothing left out. The nodes are changed in place.
func (s *Setter) Set(is []document.Inline, lang string) []document.Inline {
	is = Join(is)
	l := &line{setter: s, cells: s.cells[:0]}
	l.collect(is, s.custom(lang))
	if len(l.texts) > 0 {
		l.blanks()
		if !s.house.AsIs {
			l.ranges()
			l.dashes()
			l.chevrons()
			l.quotes()
			l.inside()
		}
		l.write()
	}
	s.cells = l.cells
	return Prune(is)
}

// Join makes neighbouring texts one.
func Join(is []document.Inline) []document.Inline {
	out := is[:0:len(is)]
	for _, n := range is {
		switch n := n.(type) {
		case *document.Text:
			if len(out) > 0 {
				if last, ok := out[len(out)-1].(*document.Text); ok {
					last.Value += n.Value
					continue
				}
			}
		case *document.Styled:
			n.Content = Join(n.Content)
		case *document.Link:
			n.Content = Join(n.Content)
		case *document.Ruby:
			n.Base, n.Text = Join(n.Base), Join(n.Text)
		}
		out = append(out, n)
	}
	return out
}

// Prune takes out what has come to hold nothing, and breaks at the ends of the line.
func Prune(is []document.Inline) []document.Inline {
	out := is[:0:len(is)]
	for _, n := range is {
		switch n := n.(type) {
		case *document.Text:
			if n.Value == "" {
				continue
			}
		case *document.Styled:
			if n.Content = Prune(n.Content); len(n.Content) == 0 && n.ID == "" {
				continue
			}
		case *document.Link:
			n.Content = Prune(n.Content)
		case *document.Ruby:
			n.Base, n.Text = Prune(n.Base), Prune(n.Text)
		}
		out = append(out, n)
	}
	for len(out) > 0 && isBreak(out[len(out)-1]) {
		out = out[:len(out)-1]
	}
	for len(out) > 0 && isBreak(out[0]) {
		out = out[1:]
	}
	if len(out) == 0 {
		return nil
	}
	return out
}

func isBreak(n document.Inline) bool {
	_, ok := n.(*document.Break)
	return ok
}
