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
	axes, named, err := readFvar(data)
	if err != nil {
		return nil, err
	}
	var faces []*Face
	seen := map[string]bool{}
	for _, in := range named {
		if !in.normal(axes) || seen[in.style] {
			continue
		}
		seen[in.style] = true
		f, err := in.face(data, stem)
		if err != nil {
			return nil, err
		}
		faces = append(faces, f)
	}
	if len(faces) > 0 {
		return faces, nil
	}
	f, err := instance{place: axes}.face(data, stem)
	if err != nil {
		return nil, err
	}
	return []*Face{f}, nil
}

// An instance is a place in a variable font's space, with the names that the font gives it.
type instance struct {
	place         []font.Variation
	style, psname string
}

// readFvar gives the axes at their defaults, and the named instances.
func readFvar(data []byte) (axes []font.Variation, named []instance, err error) {
	fvar := table(data, "fvar")
	if len(fvar) < 16 {
		return nil, nil, ErrVariable
	}
	axesAt, axisCount, axisSize := u16(fvar, 4), u16(fvar, 8), u16(fvar, 10)
	count, size := u16(fvar, 12), u16(fvar, 14)
	instancesAt := axesAt + axisCount*axisSize
	if axisCount == 0 || axisCount > 64 || axisSize < 20 || len(fvar) < instancesAt+count*size || count > 0 && size < 4+4*axisCount {
		return nil, nil, ErrVariable
	}
	fixed := func(at int) float32 { return float32(int32(binary.BigEndian.Uint32(fvar[at:]))) / 65536 }
	axes = make([]font.Variation, axisCount)
	for i := range axes {
		at := axesAt + i*axisSize
		axes[i] = font.Variation{Tag: ot.Tag(binary.BigEndian.Uint32(fvar[at:])), Value: fixed(at + 8)}
	}
	names := readNames(table(data, "name"))
	for i := range count {
		at := instancesAt + i*size
		in := instance{place: make([]font.Variation, axisCount), style: names[u16(fvar, at)]}
		for j := range in.place {
			in.place[j] = font.Variation{Tag: axes[j].Tag, Value: fixed(at + 4 + 4*j)}
		}
		if size >= 6+4*axisCount {
			in.psname = names[u16(fvar, at+4+4*axisCount)]
		}
		named = append(named, in)
	}
	return axes, named, nil
}

// normal reports whether the instance leaves the width as it is by default.
func (in instance) normal(axes []font.Variation) bool {
	for i, v := range in.place {
		if v.Tag == ot.MustNewTag("wdth") && v.Value != axes[i].Value {
			return false
		}
	}
	return true
}

// face makes the face of an instance, and tries whether it can be set and embedded.
func (in instance) face(data []byte, stem string) (*Face, error) {
	p, err := parseFace(data, in.place...)
	if err != nil {
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	if !p.licence.Embed {
		return nil, ErrEmbedding
	}
	f := &Face{read: func() []byte { return data }, p: p}
	f.once.Do(func() {})
	f.identify(stem)
	if in.psname != "" {
		f.name = psName(in.psname)
	} else if in.style != "" {
		f.name = psName(f.family + "-" + in.style)
	}
	for _, v := range in.place {
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
		return nil, fmt.Errorf("%w: %v", ErrFormat, err)
	}
	return f, nil
}
