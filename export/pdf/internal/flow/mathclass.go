package flow

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A mathClass is what a symbol does among its neighbours.
type mathClass uint8

const (
	mathOrd mathClass = iota
	mathOp
	mathBin
	mathRel
	mathOpen
	mathClose
	mathPunct
	mathInner
	mathSpace // white space that the formula asks for
	mathLine  // the end of a line
)

// mathSpaces gives the space between two classes: 0 none, 1 thin, 2 medium, 3 thick (The TeXbook, p. 170; but none between a
// quotient in a line and a comma).
var mathSpaces = [8][8]uint8{
	mathOrd:   {0, 1, 2, 3, 0, 0, 0, 1},
	mathOp:    {1, 1, 0, 3, 0, 0, 0, 1},
	mathBin:   {2, 2, 0, 0, 2, 0, 0, 2},
	mathRel:   {3, 3, 0, 0, 3, 0, 0, 3},
	mathOpen:  {0, 0, 0, 0, 0, 0, 0, 0},
	mathClose: {0, 1, 2, 3, 0, 0, 0, 1},
	mathPunct: {1, 1, 0, 1, 1, 1, 1, 1},
	mathInner: {1, 1, 2, 3, 1, 0, 0, 1},
}

// mathSigns gives the classes of signs that do not follow from the block of Unicode in which they stand.
var mathSigns = [...]struct {
	class mathClass
	signs string
}{
	{mathOpen, "([{⟨⌊⌈⟦⟮⌜"},
	{mathClose, ")]}⟩⌋⌉⟧⟯!⌝.?"},
	{mathPunct, ",;"},
	{mathBin, "×÷⋅·∗*⋆∘∙•∩∪⋒⋓⊓⊔∨∧⊼⊻∖⊕⊖⊗⊘⊙⊞⊠†‡⨿⊎≀⋄◯◃▹⋉⋊"},
	{mathOp, "∑∏∐⋃⋂⋁⋀⨁⨂⨀⨄⨆∫∬∭∮∯"},
	{mathRel, "=<>:"},
	{mathInner, "…⋯⋮⋱⋰"},
	{mathOrd, "∀∃∄¬/\\%′″‴⁗∂∇√∞∅∠°&"},
}

// operatorClass tells what an operator does. prefix: nothing stands before it in its row.
func operatorClass(n *mathNode, prefix bool) mathClass {
	s := said(n)
	r, size := utf8.DecodeRuneInString(s)
	if size < len(s) {
		if next, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsLetter(r) || !unicode.IsMark(next) {
			return wordClass(s, r)
		}
	}
	switch r {
	case '|', '‖', '∣', '∥':
		return barClass(n, r, prefix)
	case '+', '-', '−', '±', '∓':
		if n.Attr("form") == "prefix" || prefix {
			return mathOrd
		}
		return mathBin
	}
	for _, t := range mathSigns {
		if strings.ContainsRune(t.signs, r) {
			return t.class
		}
	}
	if r >= 0x2190 && r <= 0x22FF || r >= 0x27C0 && r <= 0x2AFF { // arrows and mathematical operators
		return mathRel
	}
	return mathOrd
}

// wordClass tells what an operator of several characters does: "lim", "mod", ":=".
func wordClass(s string, first rune) mathClass {
	switch {
	case s == "mod":
		return mathBin
	case unicode.IsLetter(first):
		return mathOp
	}
	return mathRel
}

// barClass tells what a vertical bar does.
func barClass(n *mathNode, r rune, prefix bool) mathClass {
	form := n.Attr("form")
	switch {
	case form == "prefix":
		return mathOpen
	case form == "postfix":
		return mathClose
	case r == '∣' || r == '∥' || form == "infix":
		return mathRel
	case prefix && n.Attr("fence") == "true":
		return mathOpen
	}
	return mathOrd
}

// glue gives the space between two pieces: "" none. A line may end behind an operation or a relation.
func glue(prev, next *mathPiece) string {
	if next.level > 0 && !next.leads || prev.right >= mathSpace || next.class >= mathSpace {
		return ""
	}
	switch mathSpaces[prev.right][next.class] {
	case 1:
		if prev.right == mathPunct {
			return " "
		}
		return "\u2009"
	case 2, 3:
		if next.class == mathBin || next.class == mathRel {
			return "\u00a0"
		}
		return " "
	}
	return ""
}

// settle makes signs of what looks like an operation but stands where none can (The TeXbook, p. 170).
func settle(pieces []mathPiece) {
	prev := -1
	for i := range pieces {
		p := &pieces[i]
		if p.class == mathSpace || p.level > 0 {
			continue
		}
		if p.class == mathBin {
			if prev < 0 {
				p.class, p.right = mathOrd, mathOrd
			} else {
				switch pieces[prev].class {
				case mathBin, mathOp, mathRel, mathOpen, mathPunct, mathLine:
					p.class, p.right = mathOrd, mathOrd
				}
			}
		}
		if prev >= 0 && pieces[prev].class == mathBin && (p.class == mathRel || p.class == mathClose || p.class == mathPunct || p.class == mathLine) {
			pieces[prev].class, pieces[prev].right = mathOrd, mathOrd
		}
		prev = i
	}
	if prev >= 0 && pieces[prev].class == mathBin {
		pieces[prev].class, pieces[prev].right = mathOrd, mathOrd
	}
}
