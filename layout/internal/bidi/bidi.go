// Package bidi orders text of two directions (UAX #9, the Unicode bidirectional algorithm): [Levels] gives each character its
// embedding level, once for a paragraph; when its lines have been broken, [Reorder] puts what stands on a line in the order
// in which it is drawn (rule L2). It knows characters and levels alone, neither styles nor widths.
package bidi

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// Levels gives the embedding level of the character at each byte of a paragraph's text, whose own direction rtl tells. It is
// UAX #9 with isolates and, within them, overrides (<bdo>); the older explicit embeddings are passed over, as text from the web
// has no use for them. (The package of x/text tells directions, not levels, and does not pair brackets; its tables of
// character classes are used here.)
func Levels(text string, rtl bool) []uint8 {
	b := paragraph{}
	base := uint8(0)
	if rtl {
		base = 1
	}
	seq := make([]int, 0, len(text))
	var forced overrides
	for _, r := range text {
		props, _ := bidi.LookupRune(r)
		class := forced.class(props.Class())
		switch class {
		case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF:
			class = bidi.BN
		}
		if class != bidi.BN {
			seq = append(seq, len(b.runes))
		}
		b.runes, b.class, b.levels = append(b.runes, r), append(b.class, class), append(b.levels, base)
		bracket := rune(0)
		if class == props.Class() {
			bracket = bracketOf(r, props)
		}
		b.bracket = append(b.bracket, bracket)
	}
	b.resolve(seq, base)
	for i := 1; i < len(b.runes); i++ {
		if b.class[i] == bidi.BN {
			b.levels[i] = b.levels[i-1]
		}
	}
	out := make([]uint8, 0, len(text))
	for i := range b.levels {
		_, n := utf8.DecodeRuneInString(text[len(out):])
		for range n {
			out = append(out, b.levels[i])
		}
	}
	return out
}

// Against reports whether a character runs against its level, which only an override does to letters and digits: then it is
// ordered by itself.
func Against(r rune, level uint8) bool {
	if r < utf8.RuneSelf && level%2 == 0 {
		return false
	}
	props, _ := bidi.LookupRune(r)
	switch props.Class() {
	case bidi.L, bidi.EN, bidi.AN:
		return level%2 == 1
	case bidi.R, bidi.AL:
		return level%2 == 0
	}
	return false
}

// overrides are what is open of LRO, RLO and the isolates, which keep an override out (UAX #9, rules X4 to X6a).
type overrides []bidi.Class

// class gives the class that a character has under what is open.
func (o *overrides) class(class bidi.Class) bidi.Class {
	last := len(*o) - 1
	force := bidi.ON
	if last >= 0 {
		force = (*o)[last]
	}
	switch class {
	case bidi.LRO:
		*o = append(*o, bidi.L)
	case bidi.RLO:
		*o = append(*o, bidi.R)
	case bidi.LRI, bidi.RLI, bidi.FSI:
		*o = append(*o, bidi.ON)
	case bidi.PDF:
		if last >= 0 && force != bidi.ON {
			*o = (*o)[:last]
		}
	case bidi.PDI:
		for last >= 0 && (*o)[last] != bidi.ON {
			last--
		}
		if last >= 0 {
			*o = (*o)[:last]
		}
	case bidi.BN, bidi.LRE, bidi.RLE, bidi.B:
	default:
		if force != bidi.ON {
			return force
		}
	}
	return class
}

// paragraph is a text under resolution, by character.
type paragraph struct {
	runes   []rune
	class   []bidi.Class
	bracket []rune // the closing bracket that an opening one pairs with; its negative for a closing one
	levels  []uint8
}

func bracketOf(r rune, p bidi.Properties) rune {
	switch {
	case !p.IsBracket():
		return 0
	case !p.IsOpeningBracket():
		return -r
	case r == '[' || r == '{':
		return r + 2
	}
	return r + 1
}

// resolve finds the levels of the characters in seq, which stand in one embedding. Isolates are resolved by themselves and
// stand here as one neutral thing.
func (b *paragraph) resolve(seq []int, level uint8) {
	own := make([]int, 0, len(seq))
	for i := 0; i < len(seq); i++ {
		own = append(own, seq[i])
		if b.isolates(seq[i]) {
			end := b.isolateEnd(seq, i)
			b.resolveIsolate(b.class[seq[i]], seq[i+1:end], level)
			i = end - 1
		}
	}
	if len(own) == 0 {
		return
	}
	class := make([]bidi.Class, len(own))
	for k, i := range own {
		class[k] = b.class[i]
		switch class[k] {
		case bidi.LRI, bidi.RLI, bidi.FSI, bidi.PDI, bidi.B, bidi.S, bidi.WS:
			class[k] = bidi.ON
		}
	}
	sos := bidi.L
	if level&1 == 1 {
		sos = bidi.R
	}
	weak(class, sos)
	b.pairs(own, class, sos)
	neutral(class, sos)
	b.implicit(own, class, level)
}

// isolates says that the character begins an isolate.
func (b *paragraph) isolates(i int) bool {
	switch b.class[i] {
	case bidi.LRI, bidi.RLI, bidi.FSI:
		return true
	}
	return false
}

// isolateEnd gives the place in seq of what closes the isolate that begins at seq[from], or of the end (BD9).
func (b *paragraph) isolateEnd(seq []int, from int) int {
	depth := 1
	for j := from + 1; j < len(seq); j++ {
		switch {
		case b.isolates(seq[j]):
			depth++
		case b.class[seq[j]] == bidi.PDI:
			depth--
		}
		if depth == 0 {
			return j
		}
	}
	return len(seq)
}

// resolveIsolate resolves the inside of an isolate, on the next level of its direction (X5a to X5c).
func (b *paragraph) resolveIsolate(class bidi.Class, inner []int, level uint8) {
	right := class == bidi.RLI || class == bidi.FSI && b.firstStrong(inner)
	next := level + 1
	if right == (next&1 == 0) {
		next++
	}
	if next < 120 {
		b.resolve(inner, next)
	}
}

// implicit gives the characters their levels by what they have been resolved to (I1, I2).
func (b *paragraph) implicit(own []int, class []bidi.Class, level uint8) {
	for k, i := range own {
		b.levels[i] = level
		switch {
		case level&1 == 0 && class[k] == bidi.R, level&1 == 1 && class[k] != bidi.R:
			b.levels[i] = level + 1
		case level&1 == 0 && class[k] != bidi.L:
			b.levels[i] = level + 2
		}
	}
}

// firstStrong says that the first strong character is a right-to-left one (P2, P3).
func (b *paragraph) firstStrong(seq []int) bool {
	for _, i := range seq {
		switch b.class[i] {
		case bidi.L:
			return false
		case bidi.R, bidi.AL:
			return true
		}
	}
	return false
}

// weak resolves numbers and the marks about them (W1 to W7). Before the text stands sos.
func weak(class []bidi.Class, sos bidi.Class) {
	numerals(class, sos)
	separators(class)
	terminators(class)
	leftovers(class, sos)
}

// numerals gives marks the class of what they stand on (W1), and European numbers after Arabic letters that of Arabic ones
// (W2).
func numerals(class []bidi.Class, sos bidi.Class) {
	prev, strong := sos, sos
	for i, c := range class {
		if c == bidi.NSM {
			c = prev
		}
		prev = c
		switch c {
		case bidi.L, bidi.R, bidi.AL:
			strong = c
		case bidi.EN:
			if strong == bidi.AL {
				c = bidi.AN
			}
		}
		class[i] = c
	}
}

// separators makes Arabic letters right-to-left ones (W3) and a single separator between two numbers of a kind part of them
// (W4).
func separators(class []bidi.Class) {
	for i, c := range class {
		if c == bidi.AL {
			class[i] = bidi.R
		}
		if i == 0 || i+1 == len(class) || class[i-1] != class[i+1] {
			continue
		}
		if (c == bidi.ES || c == bidi.CS) && class[i-1] == bidi.EN || c == bidi.CS && class[i-1] == bidi.AN {
			class[i] = class[i-1]
		}
	}
}

// terminators makes a sequence of terminators beside a European number part of it (W5).
func terminators(class []bidi.Class) {
	n := len(class)
	for i := 0; i < n; i++ {
		if class[i] != bidi.ET {
			continue
		}
		j := i
		for j < n && class[j] == bidi.ET {
			j++
		}
		if i > 0 && class[i-1] == bidi.EN || j < n && class[j] == bidi.EN {
			for k := i; k < j; k++ {
				class[k] = bidi.EN
			}
		}
		i = j - 1
	}
}

// leftovers makes other separators and terminators neutral (W6), and European numbers in left-to-right text part of it (W7).
func leftovers(class []bidi.Class, sos bidi.Class) {
	strong := sos
	for i, c := range class {
		switch c {
		case bidi.ES, bidi.ET, bidi.CS:
			class[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN:
			if strong == bidi.L {
				class[i] = bidi.L
			}
		}
	}
}

// direction is how a class counts for the neutrals beside it: numbers as right-to-left.
func direction(c bidi.Class) (bidi.Class, bool) {
	switch c {
	case bidi.L:
		return bidi.L, true
	case bidi.R, bidi.EN, bidi.AN:
		return bidi.R, true
	}
	return 0, false
}

// A pair is where the two brackets of a pair stand.
type pair struct{ open, close int }

// bracketPairs finds the brackets that belong together, by their opening ones (BD16).
func (b *paragraph) bracketPairs(own []int, class []bidi.Class) []pair {
	var stack []int
	var found []pair
	for k, i := range own {
		br := b.bracket[i]
		if br == 0 || class[k] != bidi.ON {
			continue
		}
		if br > 0 {
			if len(stack) == 63 {
				break
			}
			stack = append(stack, k)
			continue
		}
		for s := len(stack) - 1; s >= 0; s-- {
			if b.bracket[own[stack[s]]] == -br {
				found = append(found, pair{stack[s], k})
				stack = stack[:s]
				break
			}
		}
	}
	slices.SortFunc(found, func(x, y pair) int { return x.open - y.open })
	return found
}

// pairs gives both brackets of a pair one direction (N0): the embedding's if anything between them has it; else, if anything
// between them has one, that of what is before them.
func (b *paragraph) pairs(own []int, class []bidi.Class, embedding bidi.Class) {
	for _, p := range b.bracketPairs(own, class) {
		same, other := false, false
		for _, c := range class[p.open+1 : p.close] {
			if d, ok := direction(c); ok {
				same = same || d == embedding
				other = other || d != embedding
			}
		}
		to := embedding
		switch {
		case same:
		case other:
			to = directionBefore(class, p.open, embedding)
		default:
			continue
		}
		class[p.open], class[p.close] = to, to
	}
}

// directionBefore is the direction of the last that has one before place k, or of the embedding.
func directionBefore(class []bidi.Class, k int, embedding bidi.Class) bidi.Class {
	for k--; k >= 0; k-- {
		if d, ok := direction(class[k]); ok {
			return d
		}
	}
	return embedding
}

// neutral gives what is left the direction of what is around it (N1, N2).
func neutral(class []bidi.Class, embedding bidi.Class) {
	for i := 0; i < len(class); i++ {
		if _, ok := direction(class[i]); ok {
			continue
		}
		j := i
		for j < len(class) {
			if _, ok := direction(class[j]); ok {
				break
			}
			j++
		}
		before, after := embedding, embedding
		if i > 0 {
			before, _ = direction(class[i-1])
		}
		if j < len(class) {
			after, _ = direction(class[j])
		}
		to := embedding
		if before == after {
			to = before
		}
		for k := i; k < j; k++ {
			class[k] = to
		}
		i = j - 1
	}
}

// Reorder puts the things on a line, which are told by numbers and stand in the order of the text, in the order in which
// they are drawn from the left (L2).
func Reorder(order []int32, level func(i int32) uint8) {
	highest, lowestOdd := uint8(0), uint8(255)
	for _, i := range order {
		l := level(i)
		highest = max(highest, l)
		if l&1 == 1 {
			lowestOdd = min(lowestOdd, l)
		}
	}
	for l := highest; l >= lowestOdd && l > 0; l-- {
		for i := 0; i < len(order); {
			if level(order[i]) < l {
				i++
				continue
			}
			j := i
			for j < len(order) && level(order[j]) >= l {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				order[a], order[b] = order[b], order[a]
			}
			i = j
		}
	}
}
