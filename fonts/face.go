package fonts

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"
	"sync"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/font/opentype/tables"
)

// A Face is one font: a weight and posture of a family. It is immutable and safe for concurrent use; compare faces by pointer.
type Face struct {
	name   string // PostScript
	family string
	weight int
	italic bool

	read func() []byte // the font file's bytes; called once
	once sync.Once
	p    *parsed
	err  error
}

// parsed is what a face knows once its file has been read.
type parsed struct {
	data     []byte
	font     *font.Font // characters and layout, perhaps without the outlines
	lean     bool       // it is without them
	cff      bool
	advances []uint16 // by glyph, font units
	metrics  Metrics
	licence  Licence
	ascii    bool             // has every printable ASCII character
	features map[ot.Tag]bool  // of GSUB and GPOS
	axes     []font.Variation // where a variable font stands; nil for the others

	shapersMu sync.Mutex
	shapers   []*shaper // at rest

	outlinesOnce sync.Once
	outlines     *font.Font
	drawersMu    sync.Mutex
	drawers      []*font.Face // at rest

	subsetOnce sync.Once
	subset     subsetter
	subsetErr  error

	replacedMu sync.Mutex
	replaced   map[replacedKey]bool
}

// Name is the PostScript name, unique among the faces of a set.
func (f *Face) Name() string { return f.name }

// Family is the name of the family that the face belongs to.
func (f *Face) Family() string { return f.family }

// Weight is the weight class: 400 regular, 600 semibold, 700 bold.
func (f *Face) Weight() int { return f.weight }

// Italic reports whether the face is italic or oblique.
func (f *Face) Italic() bool { return f.italic }

func (f *Face) String() string { return f.name }

// load parses the face's file on first use. A face is only handed out when its file is known to parse (Load tries each; the
// tests try the house's), so a failure is a bug of ours.
func (f *Face) load() *parsed {
	f.once.Do(func() { f.p, f.err = parseFace(f.read()) })
	if f.err != nil {
		panic(fmt.Sprintf("fonts: face %s: %v", f.name, f.err))
	}
	return f.p
}

// parseFace reads a font file that holds one font.
func parseFace(data []byte, axes ...font.Variation) (p *parsed, err error) {
	defer onPanic(func(r any) { p, err = nil, fmt.Errorf("broken font: %v", r) })
	p = &parsed{data: data, axes: axes, cff: table(data, "CFF ") != nil}
	if !p.cff && table(data, "glyf") == nil {
		return nil, fmt.Errorf("no outlines: neither a glyf nor a CFF table")
	}
	// Most of the time of parsing a font goes into outlines, which neither shaping nor subsetting asks for. Only where marks have
	// no anchors does the shaper look at them, to place marks by the eye, and where widths vary with the outlines.
	p.lean = axes == nil && hasMarks(table(data, "GPOS"))
	var file ot.Resource = bytes.NewReader(data)
	if p.lean {
		file = without(data, "CFF ", "glyf", "loca")
	}
	ld, err := ot.NewLoader(file)
	if err != nil {
		return nil, err
	}
	ft, err := font.NewFont(ld)
	if err != nil {
		return nil, err
	}
	p.font = ft
	if p.advances, err = readAdvances(data); err != nil {
		return nil, err
	}
	if axes != nil {
		face := p.newFace()
		for g := range p.advances {
			p.advances[g] = uint16(max(0, math.Round(float64(face.HorizontalAdvance(font.GID(g))))))
		}
	}
	if p.metrics, p.licence, err = readMetrics(p); err != nil {
		return nil, err
	}
	p.ascii = true
	for r := ' '; r <= '~' && p.ascii; r++ {
		_, p.ascii = ft.Cmap.Lookup(r)
	}
	p.features = map[ot.Tag]bool{}
	for _, fe := range ft.GSUB.Features {
		p.features[fe.Tag] = true
	}
	for _, fe := range ft.GPOS.Features {
		p.features[fe.Tag] = true
	}
	return p, nil
}

// hasMarks reports whether a GPOS table lists the feature that places marks (ISO/IEC 14496-22 §6.2: the feature list).
func hasMarks(gpos []byte) bool {
	if len(gpos) < 8 {
		return false
	}
	list := u16(gpos, 6)
	if list+2 > len(gpos) {
		return false
	}
	for i := range u16(gpos, list) {
		at := list + 2 + 6*i
		if at+4 > len(gpos) {
			return false
		}
		if string(gpos[at:at+4]) == "mark" {
			return true
		}
	}
	return false
}

// A directory is a font file as the parser sees it: the list of tables is read in sequence, their contents by place.
type directory struct {
	io.ReadSeeker
	io.ReaderAt
}

// without is the font file with tables struck from its directory.
func without(data []byte, tags ...string) directory {
	head := bytes.Clone(data[:min(len(data), 12+16*u16(data, 4))])
	for at := 12; at+16 <= len(head); at += 16 {
		if slices.Contains(tags, string(head[at:at+4])) {
			copy(head[at:], "    ")
		}
	}
	return directory{bytes.NewReader(head), bytes.NewReader(data)}
}

// drawer takes a face that has the outlines, or makes one; restDrawer gives it back.
func (p *parsed) drawer() *font.Face {
	p.outlinesOnce.Do(func() {
		p.outlines = p.font
		if p.lean {
			if full, err := font.ParseTTF(bytes.NewReader(p.data)); err == nil {
				p.outlines = full.Font
			}
		}
	})
	p.drawersMu.Lock()
	defer p.drawersMu.Unlock()
	if n := len(p.drawers); n > 0 {
		d := p.drawers[n-1]
		p.drawers = p.drawers[:n-1]
		return d
	}
	d := font.NewFace(p.outlines)
	if p.axes != nil {
		d.SetVariations(p.axes)
	}
	return d
}

func (p *parsed) restDrawer(d *font.Face) {
	p.drawersMu.Lock()
	p.drawers = append(p.drawers, d)
	p.drawersMu.Unlock()
}

// readAdvances reads hmtx (ISO/IEC 14496-22 §5.2.4): the last advance stands for all glyphs after it.
func readAdvances(file []byte) ([]uint16, error) {
	maxp, hhea, hmtx := table(file, "maxp"), table(file, "hhea"), table(file, "hmtx")
	if len(maxp) < 6 {
		return nil, fmt.Errorf("no usable maxp table")
	}
	if len(hhea) < 36 {
		return nil, fmt.Errorf("no usable hhea table")
	}
	glyphs := int(binary.BigEndian.Uint16(maxp[4:]))
	long := int(binary.BigEndian.Uint16(hhea[34:]))
	if glyphs == 0 || long == 0 || long > glyphs || len(hmtx) < 4*long {
		return nil, fmt.Errorf("hmtx table is cut short: %d glyphs, %d advances, %d bytes", glyphs, long, len(hmtx))
	}
	adv := make([]uint16, glyphs)
	for i := range adv {
		adv[i] = binary.BigEndian.Uint16(hmtx[4*min(i, long-1):])
	}
	return adv, nil
}

// Data is the font file as it was given; do not change it.
func (f *Face) Data() []byte { return f.load().data }

// IsCFF reports whether the outlines are PostScript's (cubic, in a CFF table) rather than TrueType's.
func (f *Face) IsCFF() bool { return f.load().cff }

// Metrics are the measures of the face.
func (f *Face) Metrics() Metrics { return f.load().metrics }

// UnitsPerEm is the number of font units to the em.
func (f *Face) UnitsPerEm() int { return f.load().metrics.UnitsPerEm }

// NumGlyphs is the number of glyphs; glyph ids are less than it.
func (f *Face) NumGlyphs() int { return len(f.load().advances) }

// Has reports whether the face has a glyph for the character.
func (f *Face) Has(r rune) bool {
	_, ok := f.load().font.Cmap.Lookup(r)
	return ok
}

// Glyph is the nominal glyph of a character, before any shaping.
func (f *Face) Glyph(r rune) (gid uint16, ok bool) {
	g, ok := f.load().font.Cmap.Lookup(r)
	return uint16(g), ok
}

// Advance is the advance width of a glyph in font units; 0 for a glyph that the face does not have.
func (f *Face) Advance(gid uint16) int {
	adv := f.load().advances
	if int(gid) >= len(adv) {
		return 0
	}
	return int(adv[gid])
}

// A PathOp says what a Segment of an outline does.
type PathOp uint8

// The operations of an outline. Every contour starts with MoveTo and is closed implicitly.
const (
	MoveTo PathOp = iota // 1 point
	LineTo               // 1 point
	QuadTo               // 2 points: control, end
	CubeTo               // 3 points: control, control, end
)

// A Point is a place in font units, y upwards.
type Point struct{ X, Y float32 }

// A Segment is one step of an outline; P holds as many points as Op takes.
type Segment struct {
	Op PathOp
	P  [3]Point
}

// Outline is the path of a glyph, to be filled by the non-zero winding rule. A space has an empty one.
func (f *Face) Outline(gid uint16) []Segment { return f.load().outline(gid) }

func (p *parsed) outline(gid uint16) (path []Segment) {
	defer onPanic(func(any) { path = nil })
	if int(gid) >= len(p.advances) {
		return nil
	}
	d := p.drawer()
	o, ok := d.GlyphDataOutline(tables.GlyphID(gid))
	p.restDrawer(d)
	if !ok {
		return nil
	}
	out := make([]Segment, len(o.Segments))
	for i := range o.Segments {
		g := &o.Segments[i]
		out[i].Op = PathOp(g.Op)
		for j, a := range g.ArgsSlice() {
			out[i].P[j] = Point{a.X, a.Y}
		}
	}
	return out
}

// Bounds is the box of a glyph's ink in font units. ok is false for a glyph without ink.
func (f *Face) Bounds(gid uint16) (xMin, yMin, xMax, yMax int, ok bool) {
	p := f.load()
	defer onPanic(func(any) { ok = false })
	d := p.drawer()
	e, ok := d.GlyphExtents(font.GID(gid))
	p.restDrawer(d)
	if !ok || e.Width == 0 && e.Height == 0 {
		return 0, 0, 0, 0, false
	}
	floor := func(x float32) int { return int(math.Floor(float64(x))) }
	ceil := func(x float32) int { return int(math.Ceil(float64(x))) }
	return floor(e.XBearing), floor(e.YBearing + e.Height), ceil(e.XBearing + e.Width), ceil(e.YBearing), true
}
