package layout

// The seam between line breaking and page making: the paginator asks for a paragraph's lines at a measure and gets them
// relative to their own origin; it never looks inside a line.

// A measure tells the breaker the room each line has.
type measure struct {
	width Length // of the column
	// shape, if not nil, gives the extra left indent and the width of line n (from 0) beside a drop cap or wrapped figure.
	shape func(line int) (left, width Length)
	// looseness asks for that many lines more (positive) or fewer than the best breaking has, if the tolerance allows it.
	looseness int
}

// A setLine is a broken line with x relative to the column's left edge and y 0 at its baseline.
type setLine struct {
	line            *Line
	height, depth   Length // of its content (pictures may be higher than the leading)
	notes           []*Note
	places          []Place // relative
	hyphen          bool
	report          LineReport
	endsInParagraph bool // last line of its paragraph
}

// A setPara is a broken paragraph.
type setPara struct {
	para   *Para
	lines  []setLine
	pass   int
	report ParaReport
}
