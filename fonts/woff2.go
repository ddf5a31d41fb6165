package fonts

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/bits"

	"github.com/andybalholm/brotli"
	ot "github.com/go-text/typesetting/font/opentype"
)

// WOFF2 (W3C Recommendation, WOFF File Format 2.0) packs all tables of a font into one Brotli stream, after taking TrueType
// outlines apart into streams of like values. unpackWOFF2 puts the font file together again; the glyphs may be written in
// other bytes than those of the file that was packed, but they draw the same.

var errWOFF2 = errors.New("WOFF2 is cut short or inconsistent")

// woff2Tags are the tags that have a number (WOFF 2.0 §5.1, table directory), in its order.
const woff2Tags = "cmapheadhheahmtxmaxpnameOS/2postcvt fpgmglyflocaprepCFF VORGEBDTEBLCgasphdmxkernLTSHPCLTVDMXvheavmtxBASEGDEFGPOSGSUB" +
	"EBSCJSTFMATHCBDTCBLCCOLRCPALSVG sbixacntavarbdatblocbslncvarfdscfeatfmtxfvargvarhstyjustlcarmortmorxopbdproptrakZapfSilfGlatGlocFeatSill"

// A stream is bytes being read; after a read past the end, bad is set and all values are zero.
type stream struct {
	b   []byte
	bad bool
}

func (s *stream) take(n int) []byte {
	if n < 0 || n > len(s.b) {
		s.bad, s.b = true, nil
		return nil
	}
	out := s.b[:n]
	s.b = s.b[n:]
	return out
}

func (s *stream) u8() int {
	if b := s.take(1); b != nil {
		return int(b[0])
	}
	return 0
}

func (s *stream) u16() int {
	if b := s.take(2); b != nil {
		return u16(b, 0)
	}
	return 0
}

func (s *stream) i16() int { return int(int16(s.u16())) }

func (s *stream) u32() int {
	if b := s.take(4); b != nil {
		return int(binary.BigEndian.Uint32(b))
	}
	return 0
}

// base128 is a UIntBase128: seven bits a byte, the highest bit set on all but the last (§4.1).
func (s *stream) base128() int {
	n := 0
	for i := range 5 {
		c := s.u8()
		if i == 0 && c == 0x80 || n > 0xFFFFFFFF>>7 {
			break
		}
		n = n<<7 | c&0x7F
		if c&0x80 == 0 {
			return n
		}
	}
	s.bad = true
	return 0
}

// short is a 255UInt16: mostly one byte (§4.2).
func (s *stream) short() int {
	switch c := s.u8(); c {
	case 253:
		return s.u16()
	case 255:
		return 253 + s.u8()
	case 254:
		return 506 + s.u8()
	default:
		return c
	}
}

// unpackWOFF2 gives the font file that the WOFF2 file holds.
func unpackWOFF2(file []byte) ([]byte, error) {
	s := &stream{b: file}
	count, packed, err := woff2Header(s)
	if err != nil {
		return nil, err
	}
	entries, total, err := woff2Directory(s, count)
	if err != nil {
		return nil, err
	}
	body := s.take(packed)
	if s.bad {
		return nil, errWOFF2
	}
	data, err := unbrotli(body, total)
	if err != nil {
		return nil, err
	}
	content, err := rebuildTables(entries, data)
	if err != nil {
		return nil, err
	}
	tables := make([]ot.Table, 0, len(entries))
	for _, e := range entries {
		tables = append(tables, ot.Table{Tag: ot.MustNewTag(e.tag), Content: content[e.tag]})
	}
	return writeFont(tables), nil
}

// woff2Header reads the header (§5, WOFF2Header): how many tables there are, and the length of the packed data.
func woff2Header(s *stream) (count, packed int, err error) {
	s.take(4) // signature
	flavor := s.u32()
	s.take(4) // length
	count = s.u16()
	s.take(2)
	s.take(4) // totalSfntSize, which is only a hint
	packed = s.u32()
	s.take(24) // version, metadata, private data
	switch {
	case s.bad || count == 0:
		return 0, 0, errWOFF2
	case flavor == 0x74746366:
		return 0, 0, errors.New("a collection in WOFF2 is not read")
	}
	return count, packed, nil
}

// A woff2Entry is an entry of the table directory.
type woff2Entry struct {
	tag         string
	size        int // in the stream
	transformed bool
}

// woff2Directory reads the table directory (§5, TableDirectoryEntry) and gives the length of all tables together.
func woff2Directory(s *stream, count int) (entries []woff2Entry, total int, err error) {
	entries = make([]woff2Entry, 0, min(count, 256))
	for range count {
		flags := s.u8()
		var e woff2Entry
		if n := flags & 0x3F; n == 63 {
			e.tag = string(s.take(4))
		} else {
			e.tag = woff2Tags[4*n : 4*n+4]
		}
		original := s.base128()
		e.size = original
		version := flags >> 6
		e.transformed = version != 0
		if e.tag == "glyf" || e.tag == "loca" {
			e.transformed = version != 3
		}
		if e.transformed {
			e.size = s.base128()
		}
		if total += e.size; s.bad || total > maxFile || original > maxFile {
			return nil, 0, errWOFF2
		}
		entries = append(entries, e)
	}
	return entries, total, nil
}

// unbrotli unpacks the font data (§5, compressed data format), which must be as long as the directory says.
func unbrotli(body []byte, total int) ([]byte, error) {
	buf := bytes.NewBuffer(make([]byte, 0, min(total, 8*len(body)+1024)))
	if _, err := io.Copy(buf, io.LimitReader(brotli.NewReader(bytes.NewReader(body)), int64(total)+1)); err != nil {
		return nil, fmt.Errorf("%w: %v", errWOFF2, err)
	}
	if buf.Len() != total {
		return nil, errWOFF2
	}
	return buf.Bytes(), nil
}

// rebuildTables gives each table's content, with the transformations undone (§5.1 to §5.4).
func rebuildTables(entries []woff2Entry, data []byte) (content map[string][]byte, err error) {
	rest := &stream{b: data}
	content = map[string][]byte{}
	var hmtx []byte // transformed; needs the glyphs
	var outlines *woff2Glyphs
	for _, e := range entries {
		b := rest.take(e.size)
		if _, twice := content[e.tag]; twice || len(e.tag) != 4 {
			return nil, errWOFF2
		}
		content[e.tag] = b
		switch {
		case !e.transformed:
		case e.tag == "glyf":
			if outlines, err = rebuildGlyf(b); err != nil {
				return nil, err
			}
			content["glyf"] = outlines.glyf
		case e.tag == "loca": // follows from glyf
		case e.tag == "hmtx":
			hmtx = b
		default:
			return nil, fmt.Errorf("%w: table %q is transformed in a way that WOFF2 does not know", errWOFF2, e.tag)
		}
	}
	if outlines != nil {
		loca, long := writeLoca(outlines.offsets)
		content["loca"] = loca
		if head := content["head"]; len(head) >= 54 {
			binary.BigEndian.PutUint16(head[50:], long)
		}
	} else if hmtx != nil {
		return nil, errWOFF2
	}
	if hmtx != nil {
		if content["hmtx"], err = rebuildHmtx(hmtx, content["hhea"], outlines); err != nil {
			return nil, err
		}
	}
	return content, nil
}

// woff2Glyphs is a rebuilt glyf table.
type woff2Glyphs struct {
	glyf    []byte
	offsets []int
	xMin    []int // by glyph
}

// A glyfStreams is a transformed glyf table: the streams of §5.1, in its order, and the glyphs rebuilt from them so far.
type glyfStreams struct {
	contours, points, flags, glyphs, composites, boxes, programs *stream

	hasBox, overlaps []byte // bitmaps: a bounding box, overlapping contours
	out              *woff2Glyphs
}

// rebuildGlyf undoes the transformation of the glyf table (§5.1).
func rebuildGlyf(b []byte) (*woff2Glyphs, error) {
	g, count, err := openGlyf(b)
	if err != nil {
		return nil, err
	}
	for gid := range count {
		g.out.offsets = append(g.out.offsets, len(g.out.glyf))
		if err := g.glyph(gid); err != nil {
			return nil, err
		}
		if len(g.out.glyf)%2 != 0 {
			g.out.glyf = append(g.out.glyf, 0)
		}
	}
	g.out.offsets = append(g.out.offsets, len(g.out.glyf))
	return g.out, nil
}

// openGlyf parts the table into its streams.
func openGlyf(b []byte) (g *glyfStreams, count int, err error) {
	s := &stream{b: b}
	s.take(2)
	options := s.u16()
	count = s.u16()
	s.take(2) // index format
	sizes := [7]int{}
	for i := range sizes {
		sizes[i] = s.u32()
	}
	var parts [7]*stream
	for i, n := range sizes {
		parts[i] = &stream{b: s.take(n)}
	}
	g = &glyfStreams{contours: parts[0], points: parts[1], flags: parts[2], glyphs: parts[3], composites: parts[4], boxes: parts[5], programs: parts[6]}
	g.hasBox = g.boxes.take((count + 31) / 32 * 4)
	if options&1 != 0 {
		g.overlaps = s.take((count + 7) / 8)
	}
	if s.bad || g.boxes.bad || count == 0 {
		return nil, 0, errWOFF2
	}
	g.out = &woff2Glyphs{offsets: make([]int, 0, count+1), xMin: make([]int, count)}
	return g, count, nil
}

// bit reads a bitmap, whose first bit is the highest.
func bit(bitmap []byte, i int) bool { return bitmap[i/8]>>(7-i%8)&1 != 0 }

// glyph rebuilds one glyph, in the steps of §5.1: empty, composite or simple.
func (g *glyfStreams) glyph(gid int) error {
	n := g.contours.i16()
	boxed := bit(g.hasBox, gid)
	var box [4]int
	if boxed {
		for i := range box {
			box[i] = g.boxes.i16()
		}
	}
	switch {
	case n == 0:
		if boxed {
			return errWOFF2
		}
		return nil
	case n < 0:
		if !boxed {
			return errWOFF2
		}
		g.composite(box)
	default:
		points, ends, ok := g.simple(n)
		if !ok {
			return errWOFF2
		}
		if !boxed {
			box = points.box()
		}
		g.out.glyf = appendHeader(g.out.glyf, n, box)
		for _, e := range ends {
			g.out.glyf = binary.BigEndian.AppendUint16(g.out.glyf, uint16(e))
		}
		g.program()
		g.out.glyf = points.append(g.out.glyf, g.overlaps != nil && bit(g.overlaps, gid))
	}
	if g.contours.bad || g.glyphs.bad || g.composites.bad || g.boxes.bad || g.programs.bad {
		return errWOFF2
	}
	g.out.xMin[gid] = box[0]
	return nil
}

// composite copies a composite glyph as it was, with its instructions after it.
func (g *glyfStreams) composite(box [4]int) {
	g.out.glyf = appendHeader(g.out.glyf, -1, box)
	programmed := false
	for more := true; more && !g.composites.bad; {
		f := g.composites.u16()
		g.out.glyf = binary.BigEndian.AppendUint16(g.out.glyf, uint16(f))
		g.out.glyf = append(g.out.glyf, g.composites.take(componentSize(f)-2)...) // the flags are read
		programmed = programmed || f&haveInstructions != 0
		more = f&moreComponents != 0
	}
	if programmed {
		g.program()
	}
}

// simple reads the points of a simple glyph and the last point of each of its contours; ok is false when the streams do not
// have them.
func (g *glyfStreams) simple(contours int) (points ttfPoints, ends []int, ok bool) {
	ends = make([]int, contours)
	total := 0
	for i := range ends {
		total += g.points.short()
		ends[i] = total - 1
	}
	if g.points.bad || total > len(g.flags.b) {
		return nil, nil, false
	}
	return readTriplets(g.flags.take(total), g.glyphs), ends, true
}

// program copies a glyph's instructions.
func (g *glyfStreams) program() {
	size := g.glyphs.short()
	g.out.glyf = binary.BigEndian.AppendUint16(g.out.glyf, uint16(size))
	g.out.glyf = append(g.out.glyf, g.programs.take(size)...)
}

func appendHeader(glyf []byte, contours int, box [4]int) []byte {
	glyf = binary.BigEndian.AppendUint16(glyf, uint16(int16(contours)))
	for _, v := range box {
		glyf = binary.BigEndian.AppendUint16(glyf, uint16(int16(v)))
	}
	return glyf
}

// A ttfPoint is a point of a TrueType contour, as it stands from the one before.
type ttfPoint struct {
	dx, dy int
	on     bool
}

type ttfPoints []ttfPoint

// readTriplets reads the points of a glyph: a flag for each, which tells how many bytes its coordinates take and what to add
// to them (§5.2).
func readTriplets(flags []byte, s *stream) ttfPoints {
	out := make(ttfPoints, len(flags))
	signed := func(flag, v int) int {
		if flag&1 != 0 {
			return v
		}
		return -v
	}
	for i, f := range flags {
		p := &out[i]
		p.on = f&0x80 == 0
		flag := int(f & 0x7F)
		switch {
		case flag < 10:
			p.dy = signed(flag, (flag&14)<<7+s.u8())
		case flag < 20:
			p.dx = signed(flag, ((flag-10)&14)<<7+s.u8())
		case flag < 84:
			n, b := flag-20, s.u8()
			p.dx = signed(flag, 1+n&0x30+b>>4)
			p.dy = signed(flag>>1, 1+n&0x0C<<2+b&0x0F)
		case flag < 120:
			n := flag - 84
			p.dx = signed(flag, 1+n/12<<8+s.u8())
			p.dy = signed(flag>>1, 1+n%12>>2<<8+s.u8())
		case flag < 124:
			a, b, c := s.u8(), s.u8(), s.u8()
			p.dx = signed(flag, a<<4+b>>4)
			p.dy = signed(flag>>1, b&0x0F<<8+c)
		default:
			p.dx = signed(flag, s.u16())
			p.dy = signed(flag>>1, s.u16())
		}
	}
	return out
}

func (ps ttfPoints) box() (box [4]int) {
	x, y := 0, 0
	for i, p := range ps {
		x, y = x+p.dx, y+p.dy
		if i == 0 {
			box = [4]int{x, y, x, y}
		}
		box = [4]int{min(box[0], x), min(box[1], y), max(box[2], x), max(box[3], y)}
	}
	return box
}

// append writes the points as a simple glyph's flags and coordinates (ISO/IEC 14496-22 §5.3.3.1.1).
func (ps ttfPoints) append(glyf []byte, overlap bool) []byte {
	const (
		onCurve  = 1 << 0
		xShort   = 1 << 1
		yShort   = 1 << 2
		xSame    = 1 << 4 // or, when short, positive
		ySame    = 1 << 5
		overlaps = 1 << 6
	)
	var xs, ys []byte
	coordinate := func(b []byte, d int, short, same byte) ([]byte, byte) {
		switch {
		case d == 0:
			return b, same
		case d > 0 && d < 256:
			return append(b, byte(d)), short | same
		case d < 0 && d > -256:
			return append(b, byte(-d)), short
		}
		return binary.BigEndian.AppendUint16(b, uint16(int16(d))), 0
	}
	for i, p := range ps {
		var flag, f byte
		if p.on {
			flag = onCurve
		}
		if i == 0 && overlap {
			flag |= overlaps
		}
		xs, f = coordinate(xs, p.dx, xShort, xSame)
		flag |= f
		ys, f = coordinate(ys, p.dy, yShort, ySame)
		glyf = append(glyf, flag|f)
	}
	return append(append(glyf, xs...), ys...)
}

// rebuildHmtx puts back side bearings that were left out because they are the glyphs' left edges (§5.4).
func rebuildHmtx(b, hhea []byte, g *woff2Glyphs) ([]byte, error) {
	if len(hhea) < 36 {
		return nil, errWOFF2
	}
	long, count := u16(hhea, 34), len(g.xMin)
	s := &stream{b: b}
	flags := s.u8()
	if long == 0 || long > count || flags&^3 != 0 || bits.OnesCount(uint(flags)) == 0 {
		return nil, errWOFF2
	}
	advances := s.take(2 * long)
	bearing := func(gid int, left bool) int {
		if left {
			return g.xMin[gid]
		}
		return s.i16()
	}
	var out []byte
	for gid := range long {
		if s.bad {
			return nil, errWOFF2
		}
		out = append(out, advances[2*gid:2*gid+2]...)
		out = binary.BigEndian.AppendUint16(out, uint16(int16(bearing(gid, flags&1 != 0))))
	}
	for gid := long; gid < count; gid++ {
		out = binary.BigEndian.AppendUint16(out, uint16(int16(bearing(gid, flags&2 != 0))))
	}
	if s.bad {
		return nil, errWOFF2
	}
	return out, nil
}
