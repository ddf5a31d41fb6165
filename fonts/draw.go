package fonts

import (
	"math"
	"strconv"
)

// drawn makes a CID-keyed CFF font of glyphs from their outlines: for instances of variable fonts, whose outlines stand in no
// file, and for charstrings that cannot be copied. Coordinates are rounded to font units; hints are lost.
func (p *parsed) drawn(name string, glyphs []uint16) []byte {
	return p.drawnOf(name, glyphs, func(uint16) bool { return true })
}

// drawnOf is drawn with glyphs left blank that keep does not hold to.
func (p *parsed) drawnOf(name string, glyphs []uint16, keep func(uint16) bool) []byte {
	c := cidFont{name: name, strings: make([][]byte, len(glyphs)), fdOf: make([]int, len(glyphs)), fds: make([]cffPrivate, 1)}
	m := p.metrics
	for _, v := range []int{m.XMin, m.YMin, m.XMax, m.YMax} {
		c.bbox = dictInt(c.bbox, v)
	}
	if m.UnitsPerEm != 1000 {
		unit := dictReal(nil, 1/float64(m.UnitsPerEm))
		zero := dictInt(nil, 0)
		for _, v := range [][]byte{unit, zero, zero, unit, zero, zero} {
			c.matrix = append(c.matrix, v...)
		}
	}
	for i, g := range glyphs {
		if !keep(g) {
			c.strings[i] = endchar
			continue
		}
		c.strings[i] = charString(p.outline(g), int(p.advances[g]))
	}
	return c.write()
}

// charString draws an outline as a Type 2 charstring. Quadratic curves become cubic ones exactly, before rounding. The Private
// DICT has no nominalWidthX, so the width is the first operand as it is (Technical Note 5177 §3.1).
func charString(path []Segment, advance int) []byte {
	b := dictInt16(nil, advance)
	var at Point // exact
	x, y := 0, 0 // rounded, as drawn so far
	to := func(p Point) {
		nx, ny := int(math.Round(float64(p.X))), int(math.Round(float64(p.Y)))
		b = dictInt16(dictInt16(b, nx-x), ny-y)
		x, y = nx, ny
	}
	for i := range path {
		s := &path[i]
		switch s.Op {
		case MoveTo:
			to(s.P[0])
			b = append(b, 21) // rmoveto
			at = s.P[0]
		case LineTo:
			to(s.P[0])
			b = append(b, 5) // rlineto
			at = s.P[0]
		case QuadTo:
			c, e := s.P[0], s.P[1]
			to(Point{at.X + (c.X-at.X)*2/3, at.Y + (c.Y-at.Y)*2/3})
			to(Point{e.X + (c.X-e.X)*2/3, e.Y + (c.Y-e.Y)*2/3})
			to(e)
			b = append(b, 8) // rrcurveto
			at = e
		case CubeTo:
			to(s.P[0])
			to(s.P[1])
			to(s.P[2])
			b = append(b, 8)
			at = s.P[2]
		}
	}
	return append(b, 14) // endchar
}

// dictInt16 is dictInt for charstrings, which have no integers of five bytes.
func dictInt16(b []byte, v int) []byte {
	return dictInt(b, max(math.MinInt16, min(math.MaxInt16, v)))
}

// dictReal appends a real operand (Technical Note 5176 §4): a nibble for each character of its decimal form.
func dictReal(d []byte, v float64) []byte {
	var nibbles []byte
	for _, c := range []byte(strconv.FormatFloat(v, 'f', -1, 64)) {
		switch c {
		case '.':
			nibbles = append(nibbles, 0xA)
		case '-':
			nibbles = append(nibbles, 0xE)
		default:
			nibbles = append(nibbles, c-'0')
		}
	}
	nibbles = append(nibbles, 0xF)
	if len(nibbles)%2 != 0 {
		nibbles = append(nibbles, 0xF)
	}
	d = append(d, 30)
	for i := 0; i < len(nibbles); i += 2 {
		d = append(d, nibbles[i]<<4|nibbles[i+1])
	}
	return d
}
