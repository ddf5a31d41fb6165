package typeset

import (
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// NewShaper gives the shaper that pages are set with, for who sets pages that become no PDF (a cover, a picture of a page),
// and the faces that its glyphs are of. Both are safe for several goroutines.
func NewShaper(set *fonts.Set) (layout.Shaper, func(layout.FaceID) *fonts.Face) {
	if set == nil {
		set = fonts.Default()
	}
	t := New(set)
	return t, t.Face
}

// Face gives the face of an id; nil for none.
func (t *Typesetter) Face(id layout.FaceID) *fonts.Face {
	if id == 0 || int(id) > len(t.faces) {
		return nil
	}
	return t.faces[id-1]
}

// Bearings gives the white at the sides of a glyph's ink, by which layout lines up an initial with the text's edge. It
// implements layout.Bearer.
func (t *Typesetter) Bearings(id layout.FaceID, glyph uint16, style *layout.TextStyle) (left, right layout.Length) {
	face := t.Face(id)
	if face == nil {
		return 0, 0
	}
	xMin, _, xMax, _, ok := face.Bounds(glyph)
	if !ok {
		return 0, 0
	}
	upem := face.UnitsPerEm()
	return atSize(xMin, style.Size, upem), atSize(face.Advance(glyph)-xMax, style.Size, upem)
}
