package document

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A Formula is a formula, or an element of one: a tree of MathML Core's elements (https://www.w3.org/TR/mathml-core/). It says
// how the formula is built, so that a typesetter can set it, a book can write it as MathML, and a person can build it by hand:
//
//	half := &Formula{Name: "math", Kids: []*Formula{
//		{Name: "mfrac", Kids: []*Formula{{Name: "mn", Text: "1"}, {Name: "mn", Text: "2"}}},
//	}}
//
// The leaves mi, mn, mo, mtext and ms say their Text and have no kids; the others have kids in the order that MathML gives them
// (base, subscript, superscript; numerator, denominator). A tree built by hand may hold anything: Check says whether it is a
// formula that can be written.
type Formula struct {
	Name  string        // of the element, as "mfrac"; empty for a piece of text that stands between elements
	Attrs []FormulaAttr // in the order in which they are written; of two of one name the first counts
	Text  string        // what it says, before its kids
	Kids  []*Formula    // nil ones are passed over
}

// A FormulaAttr is an attribute of an element of a formula.
type FormulaAttr struct{ Name, Value string }

// Bounds of a formula: what is nested deeper or has more elements is no formula, but a mistake of the program that built it.
const (
	MaxFormulaDepth = 300
	maxFormulaNodes = 1 << 18
)

// Attr gives the value of an attribute; "" when it is not there.
func (f *Formula) Attr(name string) string {
	for _, a := range f.Attrs {
		if a.Name == name {
			return a.Value
		}
	}
	return ""
}

// Set gives an attribute its value. A new one is written behind the others.
func (f *Formula) Set(name, value string) {
	i := slices.IndexFunc(f.Attrs, func(a FormulaAttr) bool { return a.Name == name })
	if i < 0 {
		f.Attrs = append(f.Attrs, FormulaAttr{name, value})
		return
	}
	f.Attrs[i].Value = value
}

// Walk calls enter for the formula and all below it, in reading order, until enter gives an error, and leave behind the kids
// of each. It ends with an error where the tree exceeds its bounds, as one does that holds itself. Either function may be nil.
func (f *Formula) Walk(enter func(f *Formula, depth int) error, leave func(f *Formula)) error {
	left := maxFormulaNodes
	var walk func(f *Formula, depth int) error
	walk = func(f *Formula, depth int) error {
		if f == nil {
			return nil
		}
		if left--; depth >= MaxFormulaDepth || left < 0 {
			return errors.New("the formula is nested too deep, or too large")
		}
		if enter != nil {
			if err := enter(f, depth); err != nil {
				return err
			}
		}
		for _, k := range f.Kids {
			if err := walk(k, depth+1); err != nil {
				return err
			}
		}
		if leave != nil {
			leave(f)
		}
		return nil
	}
	return walk(f, 0)
}

// Check reports what keeps the formula from being written as well-formed MathML: it must be a math element, its names must be
// XML's, and its text must have no characters that XML forbids.
func (f *Formula) Check() error {
	if f == nil || f.Name != "math" {
		return errors.New("a formula is a math element")
	}
	return f.Walk(func(f *Formula, _ int) error {
		if f.Name == "" && (len(f.Attrs) > 0 || len(f.Kids) > 0) {
			return errors.New("an element of the formula has no name")
		}
		if f.Name != "" && !isXMLName(f.Name) {
			return fmt.Errorf("%q is no name of an element", f.Name)
		}
		if !isXMLText(f.Text) {
			return fmt.Errorf("%q has a character that XML does not allow", f.Text)
		}
		for _, a := range f.Attrs {
			if !isXMLName(a.Name) || !isXMLText(a.Value) {
				return fmt.Errorf("%s=%q is no attribute", a.Name, a.Value)
			}
		}
		return nil
	}, nil)
}

// isXMLName reports whether s can be a name of MathML: it is written in ASCII, and has no namespace's prefix (Namespaces in
// XML 1.0, NCName).
func isXMLName(s string) bool {
	for i := range len(s) {
		switch c := s[i]; {
		case c == '_' || c|0x20 >= 'a' && c|0x20 <= 'z':
		case i > 0 && (c == '-' || c == '.' || c >= '0' && c <= '9'):
		default:
			return false
		}
	}
	return s != ""
}

// isXMLText reports whether XML 1.0 allows all characters of s (Char, section 2.2).
func isXMLText(s string) bool {
	return !strings.ContainsFunc(s, func(c rune) bool {
		return c < ' ' && c != '\t' && c != '\n' && c != '\r' || c == 0xFFFE || c == 0xFFFF
	})
}
