package typography

import "unicode"

// dashes turns -- into an en dash, --- into an em dash and three stops into an ellipsis. A hyphen between blanks is a dash,
// too: long in Cyrillic texts, short elsewhere.
func (l *line) dashes() {
	in := l.cells
	out := in[:0] // never longer than what has been read
	for i := 0; i < len(in); {
		c := in[i]
		switch {
		case c.r == '-' && c.ours():
			n := sameRun(in[i:])
			out = l.hyphens(out, in[i:i+n], in[i+n:])
			i += n
		case c.r == '.' && c.ours():
			if spacedStops(in[i:]) {
				// The ellipsis of some house styles, kept as it is but for the line's end.
				nb := c
				nb.r = noBreakSpace
				out = append(out, c, nb, c, nb, c)
				i += 5
				break
			}
			n := sameRun(in[i:])
			out = stops(out, in[i:i+n])
			i += n
		default:
			out = append(out, c)
			i++
		}
	}
	l.cells = out
}

// sameRun counts the characters that are the same as the first.
func sameRun(cells []cell) int {
	n := 1
	for n < len(cells) && cells[n].r == cells[0].r && cells[n].ours() {
		n++
	}
	return n
}

// hyphens sets a run of hyphens.
func (l *line) hyphens(out, run, after []cell) []cell {
	c := run[0]
	switch {
	case len(run) == 1 && standsAlone(out, after):
		c.r = l.custom(c).dash()
	case len(run) == 2:
		c.r = '–'
	case len(run) == 3:
		c.r = '—'
	default:
		return append(out, run...)
	}
	return append(out, c)
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

// standsAlone reports whether a hyphen stands between blanks, and not between figures: 7 - 5 is a difference.
func standsAlone(before, after []cell) bool {
	if len(before) == 0 || len(after) == 0 || before[len(before)-1].r != ' ' || after[0].r != ' ' {
		return false
	}
	difference := len(before) > 1 && len(after) > 1 && unicode.IsDigit(before[len(before)-2].r) && unicode.IsDigit(after[1].r)
	return !difference
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
