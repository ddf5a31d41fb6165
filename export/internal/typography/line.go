package typography

import (
	"slices"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

// A line is inlines being set.
type line struct {
	setter  *Setter
	cells   []cell
	texts   []*document.Text
	customs []*custom // of each text's language

	quotations       int  // that the one being collected stands in
	doubles, singles int  // quotations open
	closed           bool // the mark set last closed a quotation
	lastShut         int  // place of the last single mark that could close; 0 when not looked for
}

// A cell is a character of the text being set, with the node it comes from.
type cell struct {
	r    rune
	node int32 // index of its text, or one of the negative values below, which have no character
	keep bool  // not ours to change
}

const (
	citation int32 = -1 - iota // of a note: nothing stands there, for the marks around it
	lineEnd
	object // code, a formula, a picture: as good as a letter
)

// ours reports whether a cell holds a character that may be changed.
func (c cell) ours() bool { return c.node >= 0 && !c.keep }

// collect lays out inlines as cells.
func (l *line) collect(is []document.Inline, cu *custom) {
	for _, n := range is {
		switch n := n.(type) {
		case *document.Text:
			l.add(n, cu, false)
		case *document.Styled:
			inner := cu
			if n.Lang != "" {
				inner = l.setter.custom(n.Lang)
			}
			if n.Kind == document.Quotation {
				quotation(n, inner, l.quotations)
				l.quotations++
			}
			l.collect(n.Content, inner)
			if n.Kind == document.Quotation {
				l.quotations--
			}
		case *document.Link:
			if n.Auto {
				l.addAddress(n, cu)
			} else {
				l.collect(n.Content, cu)
			}
		case *document.Ruby:
			l.collect(n.Base, cu)
		case *document.NoteRef:
			l.cells = append(l.cells, cell{node: citation})
		case *document.Break:
			l.cells = append(l.cells, cell{node: lineEnd})
		case *document.Anchor:
		default:
			l.cells = append(l.cells, cell{node: object})
		}
	}
}

func (l *line) add(t *document.Text, cu *custom, keep bool) {
	node := int32(len(l.texts))
	l.cells = slices.Grow(l.cells, len(t.Value))
	l.texts = append(l.texts, t)
	l.customs = append(l.customs, cu)
	for _, c := range t.Value {
		l.cells = append(l.cells, cell{c, node, keep})
	}
}

// addAddress lays out a link whose text is its address.
func (l *line) addAddress(n *document.Link, cu *custom) {
	document.WalkInlines(n.Content, func(n document.Node) bool {
		if t, ok := n.(*document.Text); ok {
			l.add(t, cu, true)
		}
		return true
	})
}

// quotation puts marks around the content of <q>, which by HTML has none of its own: inner ones around one in another.
func quotation(n *document.Styled, cu *custom, within int) {
	pair := within % 2 * 2
	open := &document.Text{Value: cu.marks[pair]}
	shut := &document.Text{Value: cu.marks[pair+1]}
	open.SetPos(n.Position())
	shut.SetPos(n.Position())
	n.Content = Join(append(append([]document.Inline{open}, n.Content...), shut))
}

// custom gives what is usual in a cell's language.
func (l *line) custom(c cell) *custom { return l.customs[c.node] }

// prev gives what stands before a cell, for the marks; 0 at the beginning.
func (l *line) prev(i int) rune { return l.beside(i, -1) }

// next gives what stands after a cell; 0 at the end.
func (l *line) next(i int) rune { return l.beside(i, +1) }

// beside looks from a cell in one direction, past what marks do not see.
func (l *line) beside(i, step int) rune {
	for i += step; i >= 0 && i < len(l.cells); i += step {
		switch c := l.cells[i]; c.node {
		case citation:
		case lineEnd:
			return 0
		case object:
			return objectRune
		default:
			if c.r != softHyphen && c.r != zeroWidthSpace && c.r != gone {
				return c.r
			}
		}
	}
	return 0
}

// write puts the characters back into their texts.
func (l *line) write() {
	for _, t := range l.texts {
		t.Value = "" // one of which nothing is left has no cells
	}
	var b []byte
	for i := 0; i < len(l.cells); {
		node := l.cells[i].node
		if node < 0 {
			i++
			continue
		}
		for b = b[:0]; i < len(l.cells) && l.cells[i].node == node; i++ {
			b = l.appendCell(b, i)
		}
		l.texts[node].Value = string(b)
	}
}

// appendCell writes a cell's character, or what stands for it in the language.
func (l *line) appendCell(b []byte, i int) []byte {
	c := l.cells[i]
	cu := l.custom(c)
	if cu.french && !c.keep && !l.setter.house.AsIs {
		if b, done := l.appendFrench(b, i, cu); done {
			return b
		}
	}
	switch {
	case c.r == gone:
		return b
	case c.r == ' ' && cu.french && !c.keep:
		return utf8.AppendRune(b, l.frenchSpace(i))
	case c.r < utf8.RuneSelf:
		return append(b, byte(c.r))
	case c.r >= quoteOpen && c.r <= innerShut:
		return append(b, cu.marks[c.r-quoteOpen]...)
	}
	return utf8.AppendRune(b, c.r)
}

// Characters that have no shape of their own.
const (
	noBreakSpace       = '\u00A0'
	narrowNoBreakSpace = '\u202F'
	softHyphen         = '\u00AD'
	zeroWidthSpace     = '\u200B'
	objectRune         = '\uFFFC' // stands for an object
)

func isGap(r rune) bool { return r == 0 || unicode.IsSpace(r) }

func isWord(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == objectRune
}

// IsEastAsian reports whether a character belongs to a script in which no apostrophe stands within words.
func IsEastAsian(r rune) bool { return IsIdeographic(r) || r >= 0xAC00 && r <= 0xD7A3 }

// IsIdeographic reports whether a character belongs to the scripts of East Asia that put no blanks between words.
func IsIdeographic(r rune) bool {
	return r >= 0x2E80 && r <= 0x9FFF || r >= 0xF900 && r <= 0xFAFF || r >= 0xFF00 && r <= 0xFF60 || r >= 0x20000 && r <= 0x3FFFF
}
