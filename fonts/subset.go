package fonts

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"slices"
)

// A Subset is the part of a font that a PDF embeds: the glyphs that were used, numbered anew from 0 (.notdef).
//
// A PDF declares it as a Type0 font with Encoding Identity-H and one descendant, whose CIDs are the new glyph ids:
//
//	CFF:      CIDFontType0, FontFile3 with Subtype CIDFontType0C; Data is a bare, CID-keyed CFF font (Adobe-Identity-0)
//	TrueType: CIDFontType2, FontFile2, CIDToGIDMap Identity; Data is a TrueType font without names or layout tables
//
// CFF says which it is; an instance of a variable TrueType font becomes a CFF font.
type Subset struct {
	Data   []byte
	CFF    bool
	Glyphs []uint16 // the old id of each new one; Glyphs[0] is 0
	// Name is the PostScript name with its subset tag, "ABCDEF+LibertinusSerif-Regular" (ISO 32000-2 §9.9.2). The tag is made
	// from the glyphs, so that the same subset always has the same name, and another subset another.
	Name string

	ids map[uint16]uint16
}

// GID is the new id of an old glyph; 0 when the subset does not hold it.
func (s *Subset) GID(old uint16) uint16 { return s.ids[old] }

// A subsetter is what subsetting needs of a font, read once.
type subsetter struct {
	cff *cffFont
	ttf *ttfFont
	// both are nil for an instance of a variable font
}

func (p *parsed) subsetter() (*subsetter, error) {
	p.subsetOnce.Do(func() {
		if p.axes != nil { // drawn from its outlines
			return
		}
		if !p.cff {
			p.subset.ttf, p.subsetErr = readTrueType(p.data, len(p.advances))
			return
		}
		p.subset.cff, p.subsetErr = parseCFF(table(p.data, "CFF "))
	})
	return &p.subset, p.subsetErr
}

// Subset makes the font of the given glyphs, which may come in any order and more than once; .notdef is always part of it, as
// are the parts of composite glyphs. The same glyphs give the same bytes. It fails when the font's licence forbids embedding,
// when the font has no such glyph, or when its outlines are broken.
func (f *Face) Subset(glyphs []uint16) (sub *Subset, err error) {
	p := f.load()
	defer onPanic(func(r any) { sub, err = nil, fmt.Errorf("subset %s: broken font: %v", f.name, r) })
	if !p.licence.Embed {
		return nil, fmt.Errorf("subset %s: the font's licence (OS/2 fsType) forbids embedding", f.name)
	}
	want := append(make([]uint16, 0, len(glyphs)+1), 0)
	want = append(want, glyphs...)
	if !p.licence.Subset { // all or nothing
		want = want[:0]
		for g := range len(p.advances) {
			want = append(want, uint16(g))
		}
	}
	slices.Sort(want)
	want = slices.Compact(want)
	if last := want[len(want)-1]; int(last) >= len(p.advances) {
		return nil, fmt.Errorf("subset %s: no glyph %d, the font has %d", f.name, last, len(p.advances))
	}
	src, err := p.subsetter()
	if err != nil {
		return nil, fmt.Errorf("subset %s: %w", f.name, err)
	}
	sub = &Subset{CFF: src.ttf == nil, Name: subsetTag(f.name, want) + "+" + f.name}
	switch {
	case src.ttf != nil:
		sub.Glyphs, sub.Data, err = src.ttf.subset(want, p.advances)
	case src.cff != nil:
		sub.Glyphs = want
		if sub.Data, err = src.cff.cidKeyed(sub.Name, want); err != nil {
			sub.Data, err = p.drawn(sub.Name, want), nil // charstrings of a kind that cannot be copied
		}
	default:
		sub.Glyphs, sub.Data = want, p.drawn(sub.Name, want)
	}
	if err != nil {
		return nil, fmt.Errorf("subset %s: %w", f.name, err)
	}
	sub.ids = make(map[uint16]uint16, len(sub.Glyphs))
	for i, g := range sub.Glyphs {
		sub.ids[g] = uint16(i)
	}
	return sub, nil
}

// subsetTag is six capital letters from the face's name and its glyphs.
func subsetTag(name string, glyphs []uint16) string {
	h := sha256.New()
	h.Write([]byte(name))
	for _, g := range glyphs {
		h.Write([]byte{byte(g >> 8), byte(g)})
	}
	n := binary.BigEndian.Uint64(h.Sum(nil))
	tag := make([]byte, 6)
	for i := range tag {
		tag[i] = 'A' + byte(n%26)
		n /= 26
	}
	return string(tag)
}
