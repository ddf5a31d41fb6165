package flow

import (
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A mathNode is an element of a formula.
type mathNode = document.Formula

// elements gives the elements in an element, without the pieces of text between them.
func elements(n *mathNode) []*mathNode {
	isNone := func(k *mathNode) bool { return k == nil || k.Name == "" }
	if !slices.ContainsFunc(n.Kids, isNone) {
		return n.Kids
	}
	return slices.DeleteFunc(slices.Clone(n.Kids), isNone)
}

// wording is the text of an element itself.
func wording(n *mathNode) string {
	text := n.Text
	for _, k := range n.Kids {
		if k != nil && k.Name == "" {
			text += k.Text
		}
	}
	return text
}

// said is the text of a leaf, its white space as XML has it.
func said(n *mathNode) string { return strings.Join(strings.FieldsFunc(wording(n), isXMLSpace), " ") }

func isXMLSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// allSaid is what a formula says when its elements are taken away.
func allSaid(f *document.Formula) string {
	var b strings.Builder
	space := func(f *document.Formula) {
		if f.Name != "" {
			b.WriteByte(' ')
		}
	}
	f.Walk(func(f *document.Formula, _ int) error {
		space(f)
		b.WriteString(f.Text)
		return nil
	}, space)
	return strings.Join(strings.Fields(b.String()), " ")
}

// seen leaves out what is not to be seen and asks for no place.
func seen(kids []*mathNode) []*mathNode {
	if !slices.ContainsFunc(kids, invisible) {
		return kids
	}
	return slices.DeleteFunc(slices.Clone(kids), invisible)
}

func invisible(n *mathNode) bool {
	switch n.Name {
	case "mphantom", "none", "annotation", "annotation-xml":
		return true
	case "mrow":
		return len(elements(n)) == 0
	case "mo":
		switch said(n) {
		case "", "\u2062", "\u2063", "\u2064":
			return true
		}
	}
	return false
}

// plainMath takes the wrappers off an element that change nothing.
func plainMath(n *mathNode) *mathNode {
	for {
		switch n.Name {
		case "mrow", "mstyle", "mpadded", "math", "mtd", "merror":
			if kids := seen(elements(n)); len(kids) == 1 {
				n = kids[0]
				continue
			}
		case "semantics", "maction":
			if len(elements(n)) > 0 {
				n = elements(n)[0]
				continue
			}
		}
		return n
	}
}

func startsOpen(n *mathNode) bool {
	kids := seen(elements(n))
	return n.Name == "mrow" && len(kids) > 0 && fenceOf(kids[0]) == mathOpen
}

// fenceOf says whether an element is a bracket that opens or closes.
func fenceOf(n *mathNode) mathClass {
	if n = plainMath(n); n.Name == "mo" {
		if c := operatorClass(n, false); c == mathOpen || c == mathClose {
			return c
		}
	}
	return mathOrd
}

// isFactor reports whether what stands here multiplies what stands before it.
func isFactor(n *mathNode) bool {
	switch n = plainMath(n); n.Name {
	case "mi", "mn", "msqrt", "mroot", "mfrac", "mover", "mfenced":
		return true
	case "mo":
		return operatorClass(n, false) == mathOpen
	case "msub", "msup", "msubsup", "mrow", "mmultiscripts":
		return len(elements(n)) > 0 && isFactor(elements(n)[0])
	}
	return false
}

func isNumber(kids []*mathNode, i int) bool { return i < len(kids) && plainMath(kids[i]).Name == "mn" }

// mathWeight tells how closely an element binds: 0 one thing, 1 a product, 2 a sum, a quotient or a relation.
func mathWeight(n *mathNode) int {
	n = plainMath(n)
	switch n.Name {
	case "mfrac":
		return 2
	case "mtext":
		if strings.ContainsAny(strings.TrimSpace(wording(n)), " \u00a0") {
			return 1
		}
		return 0
	case "mrow", "mstyle", "mpadded", "math", "mtd", "merror", "menclose":
		var w weighing
		for i, k := range seen(elements(n)) {
			w.add(plainMath(k), i == 0)
		}
		return w.weight()
	}
	return 0
}

// A weighing counts what stands in a row.
type weighing struct {
	loose  bool   // there is a sum, a quotient or a relation
	things int    // outside of brackets; what is in brackets is one
	depth  int    // of brackets
	names  string // what the things say
}

func (w *weighing) add(n *mathNode, first bool) {
	switch n.Name {
	case "mspace":
	case "mo":
		w.sign(n, first)
	default:
		if w.depth == 0 {
			w.things++
			w.names += said(n)
			w.loose = w.loose || mathWeight(n) > 1
		}
	}
}

func (w *weighing) sign(n *mathNode, first bool) {
	s := said(n)
	switch operatorClass(n, first) {
	case mathOpen:
		if w.depth++; w.depth == 1 {
			w.things++
		}
	case mathClose:
		if s != "!" && s != "." && s != "?" {
			w.depth--
		}
	case mathBin, mathRel, mathPunct:
		w.loose = w.loose || w.depth == 0
	default:
		switch s {
		case "−", "-", "+", "±", "/":
			w.loose = true
		default:
			if w.depth == 0 {
				w.things++
			}
		}
	}
}

func (w *weighing) weight() int {
	differential := strings.HasPrefix(w.names, "d") || strings.HasPrefix(w.names, "∂") || strings.HasPrefix(w.names, "Δ")
	switch {
	case w.loose:
		return 2
	case w.things <= 1, w.things == 2 && differential: // dx
		return 0
	}
	return 1
}
