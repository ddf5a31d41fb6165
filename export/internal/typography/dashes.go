package typography

import (
	"strings"
	"unicode"
)

// dashes turns -- into an en dash, --- into an em dash and three stops into an ellipsis. What stands between words, as a
// dash or a hyphen between blanks, becomes the dash of the language or the house.
func (l *line) dashes() {
	in := l.cells
	out := l.setter.spare[:0] // blanks may be put in
	for i := 0; i < len(in); {
		c := in[i]
		n := 1
		switch {
		case !c.ours():
			out = append(out, c)
		case c.r == '-' || c.r == '–' || c.r == '—':
			n = sameRun(in[i:])
			var skip int
			out, skip = l.dash(out, in[i:i+n], in[i+n:])
			n += skip
		case c.r == '.' && spacedStops(in[i:]):
			// The ellipsis of some house styles, kept as it is but for the line's end.
			nb := c
			nb.r = noBreakSpace
			out = append(out, c, nb, c, nb, c)
			n = 5
		case c.r == '.':
			n = sameRun(in[i:])
			out = stops(out, in[i:i+n])
		default:
			out = append(out, c)
		}
		i += n
	}
	l.cells, l.setter.spare = out, in
}

// sameRun counts the characters that are the same as the first.
func sameRun(cells []cell) int {
	n := 1
	for n < len(cells) && cells[n].r == cells[0].r && cells[n].ours() {
		n++
	}
	return n
}

// dash sets a run of hyphens or a dash. Skip is how many of the cells after it are dealt with.
func (l *line) dash(out, run, after []cell) (_ []cell, skip int) {
	c, cu := run[0], l.custom(run[0])
	typed := c.r == '-'
	plain := c // as Markdown's typographers have it
	switch {
	case !typed:
	case len(run) == 2:
		plain.r = '–'
	case len(run) == 3:
		plain.r = '—'
	}
	if len(run) > 3 || !typed && (len(run) > 1 || !cu.unify) {
		return append(out, run...), 0
	}
	spaced := len(out) > 0 && len(after) > 0 && out[len(out)-1].r == ' ' && after[0].r == ' '
	if cu.dash == AsWritten || !l.parts(cu, plain.r, spaced, out, after) {
		if typed && len(run) == 1 && cu.dash == AsWritten && spaced && !difference(out, after) {
			plain.r = '–'
		}
		return append(out, plain), 0
	}
	if spaced && cu.dash == ClosedEm {
		out, skip = out[:len(out)-1], 1
	}
	if c.r = '–'; cu.dash != SpacedEn {
		c.r = '—'
	}
	if spaced || cu.dash == ClosedEm {
		return append(out, c), skip
	}
	blank := c
	blank.r = ' '
	return append(out, blank, c, blank), 0
}

// parts reports whether a dash, or hyphens in its place, part words: between blanks, and closed as an em dash between words.
// In languages that set it closed, two hyphens between small letters are one, too; between capitals they join, as in
// Marx--Engels.
func (l *line) parts(cu *custom, r rune, spaced bool, before, after []cell) bool {
	if len(before) == 0 || len(after) == 0 {
		return false
	}
	a, b := before[len(before)-1], after[0]
	if spaced {
		first := len(before) < 2 || before[len(before)-2].node == lineEnd
		return !first && len(after) > 1 && !difference(before, after) && !signs(before[len(before)-2], after[1])
	}
	switch {
	case a.node < 0 && a.node != object || b.node < 0 && b.node != object || a.r == ' ' || b.r == ' ':
		return false
	case r == '—':
		return (isWord(a.r) || a.node == object || strings.ContainsRune(".,;:!?…)", a.r)) && (isWord(b.r) || b.node == object || b.r == '(')
	}
	small := func(c cell) bool { return unicode.IsLower(c.r) || c.r == '"' || c.r == '”' }
	return r == '–' && cu.dash == ClosedEm && !cu.unify && small(a) && small(b) && (unicode.IsLower(a.r) || unicode.IsLower(b.r))
}

// signs reports whether a dash between a full stop and a capital says who has said what comes before it.
func signs(a, b cell) bool {
	return (strings.ContainsRune(".!?\"”", a.r) || a.node == citation) && unicode.IsUpper(b.r) && a.r != 0
}

// stops sets a run of stops; the fourth ends the sentence.
func stops(out, run []cell) []cell {
	c, stop := run[0], run[0]
	c.r = '…'
	switch len(run) {
	case 3:
		return append(out, c)
	case 4:
		return append(out, c, stop)
	}
	return append(out, run...)
}

// difference reports whether a hyphen between blanks stands between figures: 7 - 5.
func difference(before, after []cell) bool {
	return len(before) > 1 && len(after) > 1 && unicode.IsDigit(before[len(before)-2].r) && unicode.IsDigit(after[1].r)
}

// spacedStops reports whether cells begin with ". . .".
func spacedStops(cells []cell) bool {
	if len(cells) < 5 {
		return false
	}
	for i, want := range ". . ." {
		if c := cells[i]; !c.ours() || c.r != want {
			return false
		}
	}
	return true
}
