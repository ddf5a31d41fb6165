package fonts

import (
	"encoding/binary"
	"errors"
	"slices"

	ot "github.com/go-text/typesetting/font/opentype"
)

// A ttfFont is the tables of a TrueType font that drawing needs.
type ttfFont struct {
	head, hhea, maxp, hmtx, glyf, loca []byte
	long                               bool // loca has four-byte offsets
	advances                           int  // full entries of hmtx
}

var errGlyf = errors.New("glyf table is cut short or inconsistent")

func readTrueType(file []byte, glyphs int) (*ttfFont, error) {
	t := &ttfFont{
		head: table(file, "head"), hhea: table(file, "hhea"), maxp: table(file, "maxp"),
		hmtx: table(file, "hmtx"), glyf: table(file, "glyf"), loca: table(file, "loca"),
	}
	if len(t.head) < 54 || len(t.hhea) < 36 || len(t.maxp) < 6 {
		return nil, errGlyf
	}
	t.long = u16(t.head, 50) != 0
	t.advances = u16(t.hhea, 34)
	size := 2
	if t.long {
		size = 4
	}
	if len(t.loca) < size*(glyphs+1) {
		return nil, errGlyf
	}
	return t, nil
}

// glyph is the description of a glyph in the glyf table; empty for a blank one.
func (t *ttfFont) glyph(gid int) ([]byte, error) {
	var from, to int
	if t.long {
		from, to = int(binary.BigEndian.Uint32(t.loca[4*gid:])), int(binary.BigEndian.Uint32(t.loca[4*gid+4:]))
	} else {
		from, to = 2*u16(t.loca, 2*gid), 2*u16(t.loca, 2*gid+2)
	}
	if from > to || to > len(t.glyf) {
		return nil, errGlyf
	}
	return t.glyf[from:to], nil
}

// leftBearing is the left side bearing from hmtx.
func (t *ttfFont) leftBearing(gid int) int {
	at := 4*gid + 2
	if gid >= t.advances {
		at = 4*t.advances + 2*(gid-t.advances)
	}
	if at+2 > len(t.hmtx) {
		return 0
	}
	return i16(t.hmtx, at)
}

// The flags of a composite glyph's component (ISO/IEC 14496-22 §5.3.3.1.2).
const (
	argsAreWords     = 1 << 0
	haveScale        = 1 << 3
	moreComponents   = 1 << 5
	haveXYScale      = 1 << 6
	haveTwoByTwo     = 1 << 7
	haveInstructions = 1 << 8
)

// componentSize gives the length of a component's description in bytes: flags and glyph, its place, and how it is scaled.
func componentSize(flags int) int {
	size := 2 + 2 + 2
	if flags&argsAreWords != 0 {
		size += 2
	}
	switch {
	case flags&haveScale != 0:
		size += 2
	case flags&haveXYScale != 0:
		size += 4
	case flags&haveTwoByTwo != 0:
		size += 8
	}
	return size
}

// components calls fn with the place of each component's glyph id and gives the length of the description without its
// instructions. It is 0 for a simple glyph.
func components(g []byte, fn func(at int)) (int, error) {
	if len(g) < 10 || i16(g, 0) >= 0 {
		return 0, nil
	}
	at := 10
	for {
		if at+4 > len(g) {
			return 0, errGlyf
		}
		flags := u16(g, at)
		fn(at)
		at += componentSize(flags)
		if at > len(g) {
			return 0, errGlyf
		}
		if flags&moreComponents == 0 {
			return at, nil
		}
	}
}

// parts adds to glyphs what composites among them are made of.
func (t *ttfFont) parts(glyphs *[]uint16, has func(uint16) bool, add func(uint16), count int) error {
	for i := 0; i < len(*glyphs); i++ { // grows while parts are found
		g, err := t.glyph(int((*glyphs)[i]))
		if err != nil {
			return err
		}
		var bad error
		if _, err := components(g, func(at int) {
			part := uint16(u16(g, at+2))
			if int(part) >= count {
				bad = errGlyf
				return
			}
			if !has(part) && len(*glyphs) < maxParts {
				add(part)
				*glyphs = append(*glyphs, part)
			}
		}); err != nil || bad != nil {
			return errGlyf
		}
	}
	return nil
}

// appendGlyph appends a glyph's description without its instructions; id gives the new number of a part.
func appendGlyph(glyf, g []byte, id func(uint16) uint16) ([]byte, error) {
	start := len(glyf)
	n, err := components(g, func(int) {})
	if err != nil {
		return nil, err
	}
	if n > 0 {
		glyf = append(glyf, g[:n]...)
		c := glyf[start:]
		_, err = components(c, func(at int) {
			binary.BigEndian.PutUint16(c[at:], uint16(u16(c, at)&^haveInstructions))
			binary.BigEndian.PutUint16(c[at+2:], id(uint16(u16(c, at+2))))
		})
		return glyf, err
	}
	contours := 0
	if len(g) >= 10 {
		contours = i16(g, 0)
	}
	at := 10 + 2*contours // instructionLength
	if len(g) < at+2 {
		return nil, errGlyf
	}
	points := at + 2 + u16(g, at)
	if points > len(g) {
		return nil, errGlyf
	}
	return append(append(append(glyf, g[:at]...), 0, 0), g[points:]...), nil
}

// writeLoca writes the offsets of glyphs in two bytes when they fit, else in four; long is head's indexToLocFormat.
func writeLoca(offsets []int) (loca []byte, long uint16) {
	if offsets[len(offsets)-1] <= 2*0xFFFF {
		for _, o := range offsets {
			loca = binary.BigEndian.AppendUint16(loca, uint16(o/2))
		}
		return loca, 0
	}
	for _, o := range offsets {
		loca = binary.BigEndian.AppendUint32(loca, uint32(o))
	}
	return loca, 1
}

// maxpWithoutPrograms is maxp for so many glyphs and no function, instruction, stack, storage or twilight room.
func maxpWithoutPrograms(maxp []byte, glyphs int) []byte {
	b := slices.Clone(maxp)
	binary.BigEndian.PutUint16(b[4:], uint16(glyphs))
	if len(b) >= 32 {
		for at := 14; at <= 26; at += 2 {
			binary.BigEndian.PutUint16(b[at:], 0)
		}
		binary.BigEndian.PutUint16(b[14:], 1) // maxZones
	}
	return b
}

// blank gives glyf and loca with the descriptions of the kept glyphs and their parts only, all under their old numbers.
func (t *ttfFont) blank(keep []bool) (glyf, loca []byte, long uint16, err error) {
	var glyphs []uint16
	for g, kept := range keep {
		if kept {
			glyphs = append(glyphs, uint16(g))
		}
	}
	in := slices.Clone(keep)
	if err := t.parts(&glyphs, func(g uint16) bool { return in[g] }, func(g uint16) { in[g] = true }, len(in)); err != nil {
		return nil, nil, 0, err
	}
	offsets := make([]int, 0, len(in)+1)
	for g, kept := range in {
		offsets = append(offsets, len(glyf))
		if !kept {
			continue
		}
		description, err := t.glyph(g)
		if err != nil {
			return nil, nil, 0, err
		}
		if len(description) == 0 {
			continue
		}
		if glyf, err = appendGlyph(glyf, description, func(part uint16) uint16 { return part }); err != nil {
			return nil, nil, 0, err
		}
		if len(glyf)%2 != 0 {
			glyf = append(glyf, 0)
		}
	}
	loca, long = writeLoca(append(offsets, len(glyf)))
	return glyf, loca, long, nil
}

// maxParts bounds the glyphs that composites may pull in.
const maxParts = 1 << 16

// subset makes a TrueType font of the glyphs and the parts they are composed of, and tells the old id of each new glyph.
// Hints are taken out: a page is printed, or shown at sizes where rasterizers no longer ask for them, and the programs
// (fpgm, prep, cvt) weigh more than the letters. A PDF's font file needs no more tables than these (ISO 32000-2 §9.9.1).
func (t *ttfFont) subset(glyphs []uint16, advances []uint16) ([]uint16, []byte, error) {
	in := map[uint16]bool{}
	for _, g := range glyphs {
		in[g] = true
	}
	old := slices.Clone(glyphs)
	if err := t.parts(&old, func(g uint16) bool { return in[g] }, func(g uint16) { in[g] = true }, len(advances)); err != nil {
		return nil, nil, err
	}
	slices.Sort(old)
	ids := make(map[uint16]uint16, len(old))
	for i, g := range old {
		ids[g] = uint16(i)
	}

	var glyf []byte
	offsets := make([]int, 0, len(old)+1)
	hmtx := make([]byte, 0, 4*len(old))
	for _, gid := range old {
		offsets = append(offsets, len(glyf))
		hmtx = binary.BigEndian.AppendUint16(hmtx, advances[gid])
		hmtx = binary.BigEndian.AppendUint16(hmtx, uint16(int16(t.leftBearing(int(gid)))))
		g, err := t.glyph(int(gid))
		if err != nil {
			return nil, nil, err
		}
		if len(g) == 0 {
			continue
		}
		if glyf, err = appendGlyph(glyf, g, func(part uint16) uint16 { return ids[part] }); err != nil {
			return nil, nil, err
		}
		for len(glyf)%2 != 0 { // short offsets count words
			glyf = append(glyf, 0)
		}
	}
	offsets = append(offsets, len(glyf))

	head, hhea := slices.Clone(t.head), slices.Clone(t.hhea)
	loca, long := writeLoca(offsets)
	binary.BigEndian.PutUint16(head[50:], long)
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(old)))
	return old, writeFont([]ot.Table{
		{Tag: ot.MustNewTag("glyf"), Content: glyf},
		{Tag: ot.MustNewTag("head"), Content: head},
		{Tag: ot.MustNewTag("hhea"), Content: hhea},
		{Tag: ot.MustNewTag("hmtx"), Content: hmtx},
		{Tag: ot.MustNewTag("loca"), Content: loca},
		{Tag: ot.MustNewTag("maxp"), Content: maxpWithoutPrograms(t.maxp, len(old))},
	}), nil
}
