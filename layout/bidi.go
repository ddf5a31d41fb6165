package layout

import (
	"strings"
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

// bidiLevels gives the level of the character at each byte of text. The package of x/text tells the directions only; with
// no more embedding than prose has, the levels follow from them.
func bidiLevels(text string, rtl bool) []uint8 {
	levels := make([]uint8, len(text))
	mark, base := "\u200E", uint8(0) // fixes the paragraph's direction, which x/text would take from the first strong letter
	if rtl {
		mark, base = "\u200F", 1
	}
	for i := range levels {
		levels[i] = base
	}
	var p bidi.Paragraph
	dir := bidi.LeftToRight
	if rtl {
		dir = bidi.RightToLeft
	}
	text = strings.ReplaceAll(text, "\n", " ") // a line feed would end the paragraph
	if n, err := p.SetString(mark+text, bidi.DefaultDirection(dir)); err != nil || n != len(mark)+len(text) {
		return levels
	}
	order, err := p.Order()
	if err != nil {
		return levels
	}
	at := -len(mark)
	afterRTL := false
	for i := range order.NumRuns() {
		run := order.Run(i)
		s := run.String()
		digits := afterRTL // numbers after right-to-left letters belong to them, one level up
		for _, r := range s {
			level := base
			if run.Direction() == bidi.RightToLeft {
				level = 1
			} else if rtl {
				level = 2
			} else if digits {
				props, _ := bidi.LookupRune(r)
				switch props.Class() {
				case bidi.EN, bidi.AN, bidi.ES, bidi.CS, bidi.ET, bidi.NSM, bidi.BN:
					level = 2
				default:
					digits = false
				}
			}
			for range utf8.RuneLen(r) {
				if at >= 0 {
					levels[at] = level
				}
				at++
			}
		}
		afterRTL = run.Direction() == bidi.RightToLeft
	}
	return levels
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
