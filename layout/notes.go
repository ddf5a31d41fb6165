package layout

// Notes stand at the foot of the column that cites them. A note begins where its reference is; only the last note of a
// column may go on in the next, and then with as many lines on either side as its paragraphs' orphans and widows ask for.

// Costs of notes, on the scale of the page maker (a line short: 350).
const (
	costNoteSplit = 700    // a note that goes on in the next column
	costNoteMore  = 150    // one that goes on once more, though it has had half a column
	costNoteThin  = 2000   // one that goes on once more and has had less
	costNoteLate  = 200000 // a note that does not begin in the column of its reference
)

// A setNote is a note's slugs at the column's measure.
type setNote struct {
	note  *Note
	slugs []slug // gap is the white before each
	sum   []Length
	// sum[i] is the height of the first i slugs, gaps counted.
}

// note casts a note, once.
func (c *composer) note(n *Note) *setNote {
	if sn := c.notes[n]; sn != nil {
		return sn
	}
	st := c.stack(n.Blocks, c.column, false)
	sn := &setNote{note: n, slugs: st.slugs}
	if len(sn.slugs) > 0 {
		s := &sn.slugs[0]
		s.gap = 0
		if n.Anchor != "" {
			s.places = append([]Place{{Name: n.Anchor, Y: -s.rise}}, s.places...)
		}
		sn.slugs[len(sn.slugs)-1].cut = 0
	}
	sn.sum = make([]Length, len(sn.slugs)+1)
	for i := range sn.slugs {
		s := &sn.slugs[i]
		s.grid = false
		sn.sum[i+1] = sn.sum[i] + s.gap + s.rise + s.fall
	}
	c.notes[n] = sn
	return sn
}

// A noteRest is what is still to be set of a note: all (from 0), or its slugs from one on.
type noteRest struct {
	note *setNote
	from int
}

func (r noteRest) fresh() bool { return r.from == 0 }

// height of slugs [from, to) as they stand at the beginning of a column's note (the gap before the first dropped).
func (r noteRest) height(to int) Length {
	if to <= r.from {
		return 0
	}
	return r.note.sum[to] - r.note.sum[r.from] - r.note.slugs[r.from].gap
}

// least is how many slugs a note must have in its first column.
func (r noteRest) least() int {
	for i := r.from; i < len(r.note.slugs)-1; i++ {
		if r.note.slugs[i].cut < forbidden {
			return i + 1
		}
	}
	return len(r.note.slugs)
}

// noteOverhead is the white and the rule above a column's notes.
func (c *composer) noteOverhead() Length {
	return c.geo.NoteGap + c.geo.NoteRuleThickness + c.geo.NoteRuleGap
}

// need gives the least room that the notes of a column take: all but the last whole, the last begun.
func (c *composer) need(q []noteRest) Length {
	if len(q) == 0 {
		return 0
	}
	h := c.noteOverhead()
	last := len(q) - 1
	for i, r := range q {
		if i > 0 {
			h += c.geo.NoteSpacing
		}
		if i < last {
			h += r.height(len(r.note.slugs))
		} else {
			h += r.height(r.least())
		}
	}
	return h
}

// A noteRun is a part of a note at the foot of a column.
type noteRun struct {
	note     *setNote
	from, to int
}

// A noteFit is what a column takes of the notes it has to.
type noteFit struct {
	runs   []noteRun
	rest   []noteRest
	height Length // overhead counted; 0 without notes
	cost   int
	ok     bool
}

// fitNotes places as much of the notes as there is room for. When empty, the column has nothing else in it, so that at
// least one slug has to be placed.
func (c *composer) fitNotes(q []noteRest, room Length, empty bool) noteFit {
	f := noteFit{ok: true}
	if len(q) == 0 {
		return f
	}
	h := c.noteOverhead()
	if empty {
		h -= c.geo.NoteGap
	}
	// The last note's descenders may hang below the foot, as those of the text do.
	for i, r := range q {
		space := Length(0)
		if i > 0 {
			space = c.geo.NoteSpacing
		}
		n := len(r.note.slugs)
		to := n
		for to > r.from && h+space+r.height(to)-r.note.slugs[to-1].fall > room {
			to--
		}
		if to == n {
			if n > r.from {
				f.runs = append(f.runs, noteRun{r.note, r.from, n})
				h += space + r.height(n)
			}
			continue
		}
		fits := to
		for to > r.from && r.note.slugs[to-1].cut >= forbidden {
			to--
		}
		if to == r.from && empty && len(f.runs) == 0 {
			to = max(fits, r.from+1) // go on at any price
			f.cost += costNoteLate
		}
		if to > r.from {
			f.runs = append(f.runs, noteRun{r.note, r.from, to})
			h += space + r.height(to)
			switch {
			case r.fresh():
				f.cost += costNoteSplit
			case r.height(to)*2 < c.limit:
				f.cost += costNoteThin
			default:
				f.cost += costNoteMore
			}
			f.rest = append(f.rest, noteRest{r.note, to})
		} else {
			if r.fresh() {
				f.ok = false
				f.cost += costNoteLate
			} else if len(f.runs) == 0 {
				f.ok = false
				f.cost += costNoteLate
			}
			f.rest = append(f.rest, r)
		}
		for _, later := range q[i+1:] {
			if later.fresh() {
				f.ok = false
				f.cost += costNoteLate
			}
			f.rest = append(f.rest, later)
		}
		break
	}
	if len(f.runs) > 0 {
		f.height = h
	}
	return f
}
