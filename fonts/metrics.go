package fonts

import (
	"encoding/binary"
	"fmt"
	"math"
)

// Metrics are the measures of a face in font units, as a line of type and a PDF font descriptor (ISO 32000-2 §9.8) need them.
type Metrics struct {
	UnitsPerEm int
	Ascent     int // of the line, over the baseline
	Descent    int // of the line, negative: under the baseline
	LineGap    int
	CapHeight  int
	XHeight    int
	// ItalicAngle is in degrees, anticlockwise from the vertical: negative for letters that lean to the right.
	ItalicAngle float64
	StemV       int // thickness of the main vertical stems
	// XMin, YMin, XMax and YMax hold all glyphs laid over each other.
	XMin, YMin, XMax, YMax                int
	UnderlinePosition, UnderlineThickness int // position of the middle, negative: under the baseline
	StrikeoutPosition, StrikeoutThickness int
	SuperscriptSize, SuperscriptRise      int // em size and baseline shift of a superior made by scaling
	SubscriptSize, SubscriptDrop          int
	FixedPitch, Serif, Script             bool
}

// The flags of a PDF font descriptor (ISO 32000-2 table 121).
const (
	flagFixedPitch = 1 << 0
	flagSerif      = 1 << 1
	flagSymbolic   = 1 << 2
	flagScript     = 1 << 3
	flagItalic     = 1 << 6
)

// DescriptorFlags are the /Flags of the face's PDF font descriptor. Composite fonts with identity encoding hold characters
// outside the standard Latin set, so they count as symbolic.
func (f *Face) DescriptorFlags() int {
	m := f.Metrics()
	flags := flagSymbolic
	if m.FixedPitch {
		flags |= flagFixedPitch
	}
	if m.Serif {
		flags |= flagSerif
	}
	if m.Script {
		flags |= flagScript
	}
	if f.italic {
		flags |= flagItalic
	}
	return flags
}

// A Licence says what the font's maker allows, from OS/2 fsType (ISO/IEC 14496-22 §5.2.8).
type Licence struct {
	Embed  bool // the font may be embedded in a document that is read and printed
	Subset bool // and a part of it may be
	Web    bool // a reader may install it: "installable embedding"; asked of a font that is put into an EPUB
}

// Licence says whether the face may be embedded.
func (f *Face) Licence() Licence { return f.load().licence }

func licenceOf(fsType uint16) Licence {
	l := Licence{Embed: true, Subset: true}
	switch {
	case fsType&0x000F == 0:
		l.Web = true
	case fsType&0x000F == 2: // restricted, and nothing milder beside it
		l.Embed = false
	case fsType&0x0008 != 0: // editable: may be part of a document that is changed
		l.Web = true
	}
	if fsType&0x0100 != 0 {
		l.Subset = false
	}
	if fsType&0x0200 != 0 { // bitmaps only
		l.Embed, l.Web = false, false
	}
	return l
}

func i16(b []byte, at int) int { return int(int16(binary.BigEndian.Uint16(b[at:]))) }
func u16(b []byte, at int) int { return int(binary.BigEndian.Uint16(b[at:])) }

// readMetrics gathers the measures from head, hhea, OS/2 and post, and from the letters where a table is silent.
func readMetrics(p *parsed) (Metrics, Licence, error) {
	var m Metrics
	if err := m.fromHead(table(p.data, "head"), table(p.data, "hhea")); err != nil {
		return m, Licence{}, err
	}
	em := m.UnitsPerEm
	m.SuperscriptSize, m.SuperscriptRise = em*62/100, em*35/100
	m.SubscriptSize, m.SubscriptDrop = em*62/100, em*14/100
	m.StrikeoutPosition, m.StrikeoutThickness = em/4, em/20
	m.UnderlinePosition, m.UnderlineThickness = -em/10, em/20

	weight, licence := 400, Licence{Embed: true, Subset: true, Web: true}
	if os2 := table(p.data, "OS/2"); len(os2) >= 78 {
		weight = u16(os2, 4)
		licence = licenceOf(uint16(u16(os2, 8)))
		m.fromOS2(os2)
	}
	if post := table(p.data, "post"); len(post) >= 16 {
		m.fromPost(post)
	}
	m.fromLetters(p)
	m.StemV = stemV(p.data, weight, em)
	return m, licence, nil
}

// fromHead reads head and hhea (ISO/IEC 14496-22 §5.2.2, §5.2.3), which no font may lack.
func (m *Metrics) fromHead(head, hhea []byte) error {
	if len(head) < 54 {
		return fmt.Errorf("no usable head table")
	}
	if len(hhea) < 36 {
		return fmt.Errorf("no usable hhea table")
	}
	m.UnitsPerEm = u16(head, 18)
	if m.UnitsPerEm < 16 || m.UnitsPerEm > 16384 {
		return fmt.Errorf("head table gives %d units to the em; 16 to 16384 are allowed", m.UnitsPerEm)
	}
	m.XMin, m.YMin, m.XMax, m.YMax = i16(head, 36), i16(head, 38), i16(head, 40), i16(head, 42)
	m.Ascent, m.Descent, m.LineGap = i16(hhea, 4), i16(hhea, 6), i16(hhea, 8)
	return nil
}

// fromOS2 reads OS/2 (§5.2.8), as far as what it says can be meant.
func (m *Metrics) fromOS2(os2 []byte) {
	em := m.UnitsPerEm
	if asc, desc := i16(os2, 68), i16(os2, 70); asc != 0 && (u16(os2, 62)&0x80 != 0 || m.Ascent == 0) {
		m.Ascent, m.Descent, m.LineGap = asc, desc, i16(os2, 72) // USE_TYPO_METRICS
	}
	if u16(os2, 0) >= 2 && len(os2) >= 96 {
		m.XHeight, m.CapHeight = i16(os2, 86), i16(os2, 88)
	}
	if size, rise := i16(os2, 20), i16(os2, 24); size > em/3 && size <= em && rise > 0 && rise < em {
		m.SuperscriptSize, m.SuperscriptRise = size, rise
	}
	if size, drop := i16(os2, 12), i16(os2, 16); size > em/3 && size <= em && drop > 0 && drop < em {
		m.SubscriptSize, m.SubscriptDrop = size, drop
	}
	if t := i16(os2, 26); t > 0 {
		m.StrikeoutThickness, m.StrikeoutPosition = t, i16(os2, 28)
	}
	// PANOSE: family 2 is Latin text, where serif styles 11 to 15 are the sans; family 3 is handwriting.
	family, serif := os2[32], os2[33]
	m.Serif = family == 2 && serif >= 2 && serif <= 10
	m.Script = family == 3
	if class := os2[30]; family == 0 { // no PANOSE: the IBM class
		m.Serif = class >= 1 && class <= 7
		m.Script = class == 10
	}
}

// fromPost reads post (§5.2.7).
func (m *Metrics) fromPost(post []byte) {
	m.ItalicAngle = float64(int32(binary.BigEndian.Uint32(post[4:]))) / 65536
	if t := i16(post, 10); t > 0 {
		m.UnderlinePosition, m.UnderlineThickness = i16(post, 8), t
	}
	m.FixedPitch = binary.BigEndian.Uint32(post[12:]) != 0
}

// fromLetters measures letters for what no table says, and falls back on what is usual.
func (m *Metrics) fromLetters(p *parsed) {
	em := m.UnitsPerEm
	for _, h := range [...]struct {
		height *int
		letter rune
		usual  int
	}{{&m.XHeight, 'x', em / 2}, {&m.CapHeight, 'H', em * 7 / 10}} {
		if *h.height <= 0 {
			*h.height = p.top(h.letter)
		}
		if *h.height <= 0 {
			*h.height = h.usual
		}
	}
	if m.Ascent == 0 {
		m.Ascent, m.Descent = em*8/10, -em*2/10
	}
}

// top gives how high a letter reaches, 0 when the face lacks it.
func (p *parsed) top(r rune) int {
	g, ok := p.font.Cmap.Lookup(r)
	if !ok {
		return 0
	}
	d := p.drawer()
	defer p.restDrawer(d)
	e, _ := d.GlyphExtents(g)
	return int(math.Round(float64(e.YBearing)))
}

// stemV is the standard vertical stem: CFF says it (StdVW, Technical Note 5176 table 23); for TrueType it is estimated from
// the weight by the curve that PDF producers have long used, for want of anything better.
func stemV(file []byte, weight, em int) int {
	if c, err := parseCFF(table(file, "CFF ")); err == nil {
		if v := c.stdVW(); v > 0 {
			return v
		}
	}
	w := float64(weight) / 65
	return int(math.Round((50 + w*w) * float64(em) / 1000))
}
