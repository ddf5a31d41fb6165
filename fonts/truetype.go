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

func readTrueType(ld *ot.Loader, glyphs int) (*ttfFont, error) {
	t := &ttfFont{}
	for tag, to := range map[string]*[]byte{
		"head": &t.head, "hhea": &t.hhea, "maxp": &t.maxp, "hmtx": &t.hmtx, "glyf": &t.glyf, "loca": &t.loca,
	} {
		data, err := ld.RawTable(ot.MustNewTag(tag))
		if err != nil {
			return nil, err
		}
		*to = data
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
		at += 6
		if flags&argsAreWords != 0 {
			at += 2
		}
		switch {
		case flags&haveScale != 0:
			at += 2
		case flags&haveXYScale != 0:
			at += 4
		case flags&haveTwoByTwo != 0:
			at += 8
		}
		if at > len(g) {
			return 0, errGlyf
		}
		if flags&moreComponents == 0 {
			return at, nil
		}
	}
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
	for i := 0; i < len(old); i++ { // grows while parts are found
		g, err := t.glyph(int(old[i]))
		if err != nil {
			return nil, nil, err
		}
		var bad error
		if _, err := components(g, func(at int) {
			part := uint16(u16(g, at+2))
			if int(part) >= len(advances) {
				bad = errGlyf
				return
			}
			if !in[part] && len(old) < maxParts {
				in[part] = true
				old = append(old, part)
			}
		}); err != nil || bad != nil {
			return nil, nil, errGlyf
		}
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
		start := len(glyf)
		if n, _ := components(g, func(int) {}); n > 0 {
			glyf = append(glyf, g[:n]...)
			c := glyf[start:]
			components(c, func(at int) {
				binary.BigEndian.PutUint16(c[at:], uint16(u16(c, at)&^haveInstructions))
				binary.BigEndian.PutUint16(c[at+2:], ids[uint16(u16(c, at+2))])
			})
		} else {
			contours := 0
			if len(g) >= 10 {
				contours = i16(g, 0)
			}
			at := 10 + 2*contours // instructionLength
			if len(g) < at+2 {
				return nil, nil, errGlyf
			}
			points := at + 2 + u16(g, at)
			if points > len(g) {
				return nil, nil, errGlyf
			}
			glyf = append(append(append(glyf, g[:at]...), 0, 0), g[points:]...)
		}
		for len(glyf)%2 != 0 { // short offsets count words
			glyf = append(glyf, 0)
		}
	}
	offsets = append(offsets, len(glyf))

	head, hhea, maxp := slices.Clone(t.head), slices.Clone(t.hhea), slices.Clone(t.maxp)
	var loca []byte
	if short := len(glyf) < 2*0xFFFF; short {
		for _, o := range offsets {
			loca = binary.BigEndian.AppendUint16(loca, uint16(o/2))
		}
		binary.BigEndian.PutUint16(head[50:], 0)
	} else {
		for _, o := range offsets {
			loca = binary.BigEndian.AppendUint32(loca, uint32(o))
		}
		binary.BigEndian.PutUint16(head[50:], 1)
	}
	binary.BigEndian.PutUint16(hhea[34:], uint16(len(old)))
	binary.BigEndian.PutUint16(maxp[4:], uint16(len(old)))
	if len(maxp) >= 32 { // no programs: no function, instruction, stack, storage or twilight room
		for at := 14; at <= 26; at += 2 {
			binary.BigEndian.PutUint16(maxp[at:], 0)
		}
		binary.BigEndian.PutUint16(maxp[14:], 1) // maxZones
	}
	return old, writeFont([]ot.Table{
		{Tag: ot.MustNewTag("glyf"), Content: glyf},
		{Tag: ot.MustNewTag("head"), Content: head},
		{Tag: ot.MustNewTag("hhea"), Content: hhea},
		{Tag: ot.MustNewTag("hmtx"), Content: hmtx},
		{Tag: ot.MustNewTag("loca"), Content: loca},
		{Tag: ot.MustNewTag("maxp"), Content: maxp},
	}), nil
}
