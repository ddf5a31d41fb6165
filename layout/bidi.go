package layout

import (
	"slices"
	"unicode/utf8"

	"golang.org/x/text/unicode/bidi"
)

// Text of two directions: embedding levels by the Unicode bidirectional algorithm (UAX #9), the order on a line by its rule
// L2. The levels are found per paragraph, once; the lines are reordered after they are broken, as the algorithm asks.

// findLevels gives every piece its level and cuts pieces that have several.
func (t *paraText) findLevels(rtl bool) {
	levels := bidiLevels(t.text, rtl)
	out := make([]piece, 0, len(t.pieces)+8)
	base := uint8(0)
	if rtl {
		base = 1
	}
	for _, pc := range t.pieces {
		if pc.start == pc.end {
			pc.level = base
			out = append(out, pc)
			continue
		}
		from := pc.start
		for at := pc.start; at < pc.end; {
			_, n := utf8.DecodeRuneInString(t.text[at:])
			next := at + int32(n)
			if next == pc.end || levels[next] != levels[at] {
				part := pc
				part.start, part.end, part.level = from, next, levels[at]
				part.offset += from - pc.start
				out = append(out, part)
				from = next
			}
			at = next
		}
	}
	t.pieces = out
}

// bidiLevels gives the embedding level of the character at each byte of text, by UAX #9 with isolates; the older explicit
// embeddings are passed over, as text from the web has no use for them. (The package of x/text tells directions, not levels,
// and does not pair brackets; its tables of character classes are used here.)
func bidiLevels(text string, rtl bool) []uint8 {
	b := bidiText{}
	base := uint8(0)
	if rtl {
		base = 1
	}
	seq := make([]int, 0, len(text))
	for _, r := range text {
		props, _ := bidi.LookupRune(r)
		class := props.Class()
		switch class {
		case bidi.LRE, bidi.RLE, bidi.LRO, bidi.RLO, bidi.PDF:
			class = bidi.BN
		}
		if class != bidi.BN {
			seq = append(seq, len(b.runes))
		}
		b.runes, b.class, b.levels = append(b.runes, r), append(b.class, class), append(b.levels, base)
		b.bracket = append(b.bracket, bracketOf(r, props))
	}
	b.resolve(seq, base)
	for i := 1; i < len(b.runes); i++ {
		if b.class[i] == bidi.BN {
			b.levels[i] = b.levels[i-1]
		}
	}
	out := make([]uint8, len(text))
	i := 0
	for at, r := range text {
		for k := range max(utf8.RuneLen(r), 1) {
			out[at+k] = b.levels[i]
		}
		i++
	}
	return out
}

// bidiText is a text under resolution, by character.
type bidiText struct {
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

// resolve finds the levels of the characters in seq, which stand in one embedding.
func (b *bidiText) resolve(seq []int, level uint8) {
	// Isolates are resolved by themselves and stand here as one neutral thing.
	own := make([]int, 0, len(seq))
	for i := 0; i < len(seq); i++ {
		c := b.class[seq[i]]
		own = append(own, seq[i])
		if c != bidi.LRI && c != bidi.RLI && c != bidi.FSI {
			continue
		}
		depth, j := 1, i+1
		for ; j < len(seq); j++ {
			switch b.class[seq[j]] {
			case bidi.LRI, bidi.RLI, bidi.FSI:
				depth++
			case bidi.PDI:
				depth--
			}
			if depth == 0 {
				break
			}
		}
		inner := seq[i+1 : j]
		right := c == bidi.RLI || c == bidi.FSI && b.firstStrong(inner)
		next := level + 1
		if right == (next&1 == 0) {
			next++
		}
		if next < 120 {
			b.resolve(inner, next)
		}
		i = j - 1
	}
	n := len(own)
	if n == 0 {
		return
	}
	class := make([]bidi.Class, n)
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
	for k, i := range own {
		b.levels[i] = level
		switch {
		case level&1 == 0 && class[k] == bidi.R, level&1 == 1 && class[k] != bidi.R: // I1, I2
			b.levels[i] = level + 1
		case level&1 == 0 && class[k] != bidi.L:
			b.levels[i] = level + 2
		}
	}
}

// firstStrong says that the first strong character is a right-to-left one (P2, P3).
func (b *bidiText) firstStrong(seq []int) bool {
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

// weak resolves numbers and the marks about them (W1 to W7).
func weak(class []bidi.Class, sos bidi.Class) {
	n := len(class)
	prev, strong := sos, sos
	for i, c := range class {
		if c == bidi.NSM { // W1
			c = prev
		}
		prev = c
		switch c {
		case bidi.L, bidi.R, bidi.AL:
			strong = c
		case bidi.EN: // W2
			if strong == bidi.AL {
				c = bidi.AN
			}
		}
		class[i] = c
	}
	for i, c := range class {
		if c == bidi.AL { // W3
			class[i] = bidi.R
		}
		if i > 0 && i+1 < n && class[i-1] == class[i+1] { // W4
			if (c == bidi.ES || c == bidi.CS) && class[i-1] == bidi.EN || c == bidi.CS && class[i-1] == bidi.AN {
				class[i] = class[i-1]
			}
		}
	}
	for i := 0; i < n; i++ { // W5
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
	strong = sos
	for i, c := range class {
		switch c {
		case bidi.ES, bidi.ET, bidi.CS: // W6
			class[i] = bidi.ON
		case bidi.L, bidi.R:
			strong = c
		case bidi.EN: // W7
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

// pairs gives both brackets of a pair one direction (N0).
func (b *bidiText) pairs(own []int, class []bidi.Class, embedding bidi.Class) {
	type pair struct{ open, close int }
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
	for _, p := range found {
		same, other := false, false
		for k := p.open + 1; k < p.close; k++ {
			if d, ok := direction(class[k]); ok {
				same = same || d == embedding
				other = other || d != embedding
			}
		}
		to := embedding
		switch {
		case same:
		case other:
			before := embedding
			for k := p.open - 1; k >= 0; k-- {
				if d, ok := direction(class[k]); ok {
					before = d
					break
				}
			}
			to = before
		default:
			continue
		}
		class[p.open], class[p.close] = to, to
	}
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

// reorder puts the places 0…n-1 of a line in the order in which they stand, from the left (UAX #9, L2).
func reorder(order []int32, level func(i int32) uint8) {
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
