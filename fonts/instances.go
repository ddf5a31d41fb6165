package fonts

import (
	"encoding/binary"
	"fmt"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// instances gives a face for each named instance of a variable font (fvar, ISO/IEC 14496-22 §7.3.3) at the normal width, or
// for its default when it names none. Each is shaped with the axes where the instance puts them, and drawn from the outlines
// found there.
func instances(data []byte, stem string) ([]*Face, error) {
	fvar := table(data, "fvar")
	if len(fvar) < 16 {
		return nil, ErrVariable
	}
	axesAt, axisCount, axisSize := u16(fvar, 4), u16(fvar, 8), u16(fvar, 10)
	count, size := u16(fvar, 12), u16(fvar, 14)
	instancesAt := axesAt + axisCount*axisSize
	if axisCount == 0 || axisCount > 64 || axisSize < 20 || len(fvar) < instancesAt+count*size || count > 0 && size < 4+4*axisCount {
		return nil, ErrVariable
	}
	fixed := func(at int) float32 { return float32(int32(binary.BigEndian.Uint32(fvar[at:]))) / 65536 }
	axes := make([]font.Variation, axisCount)
	for i := range axes {
		at := axesAt + i*axisSize
		axes[i] = font.Variation{Tag: ot.Tag(binary.BigEndian.Uint32(fvar[at:])), Value: fixed(at + 8)}
	}
	names := readNames(table(data, "name"))

	var faces []*Face
	add := func(place []font.Variation, style, psname string) error {
		p, err := parseFace(data, place...)
		if err != nil {
			return fmt.Errorf("%w: %v", ErrFormat, err)
		}
		if !p.licence.Embed {
			return ErrEmbedding
		}
		f := &Face{read: func() []byte { return data }, p: p}
		f.once.Do(func() {})
		f.identify(stem)
		if psname != "" {
			f.name = psName(psname)
		} else if style != "" {
			f.name = psName(f.family + "-" + style)
		}
		for _, v := range place {
			switch v.Tag.String() {
			case "wght":
				f.weight = int(v.Value + 0.5)
			case "ital":
				f.italic = f.italic || v.Value >= 0.5
			case "slnt":
				f.italic = f.italic || v.Value <= -4
			}
		}
		var glyphs []uint16
		for _, g := range f.Shape(nil, "Hamburg, 1984: ‘fi’", Options{}) {
			glyphs = append(glyphs, g.GID)
		}
		if _, err := f.Subset(glyphs); err != nil {
			return fmt.Errorf("%w: %v", ErrFormat, err)
		}
		faces = append(faces, f)
		return nil
	}
	seen := map[string]bool{}
	for i := range count {
		at := instancesAt + i*size
		place := make([]font.Variation, axisCount)
		normal := true
		for j := range place {
			place[j] = font.Variation{Tag: axes[j].Tag, Value: fixed(at + 4 + 4*j)}
			if place[j].Tag == ot.MustNewTag("wdth") && place[j].Value != axes[j].Value {
				normal = false
			}
		}
		style, psname := names[u16(fvar, at)], ""
		if size >= 6+4*axisCount {
			psname = names[u16(fvar, at+4+4*axisCount)]
		}
		if !normal || seen[style] {
			continue
		}
		seen[style] = true
		if err := add(place, style, psname); err != nil {
			return nil, err
		}
	}
	if len(faces) == 0 {
		if err := add(axes, "", ""); err != nil {
			return nil, err
		}
	}
	return faces, nil
}
