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
	s.take(4) // signature
	flavor := s.u32()
	s.take(4) // length
	count := s.u16()
	s.take(2)
	s.take(4) // totalSfntSize, which is only a hint
	packed := s.u32()
	s.take(24) // version, metadata, private data
	if s.bad || count == 0 {
		return nil, errWOFF2
	}
	if flavor == 0x74746366 {
		return nil, errors.New("a collection in WOFF2 is not read")
	}
	type entry struct {
		tag         string
		size        int // in the stream
		original    int
		transformed bool
	}
	entries := make([]entry, 0, min(count, 256))
	total := 0
	for range count {
		flags := s.u8()
		var e entry
		if n := flags & 0x3F; n == 63 {
			e.tag = string(s.take(4))
		} else {
			e.tag = woff2Tags[4*n : 4*n+4]
		}
		e.original = s.base128()
		e.size = e.original
		version := flags >> 6
		e.transformed = version != 0
		if e.tag == "glyf" || e.tag == "loca" {
			e.transformed = version != 3
		}
		if e.transformed {
			e.size = s.base128()
		}
		if total += e.size; s.bad || total > maxFile || e.original > maxFile {
			return nil, errWOFF2
		}
		entries = append(entries, e)
	}
	body := s.take(packed)
	if s.bad {
		return nil, errWOFF2
	}
	data := make([]byte, 0, min(total, 8*len(body)+1024))
	buf := bytes.NewBuffer(data)
	if _, err := io.Copy(buf, io.LimitReader(brotli.NewReader(bytes.NewReader(body)), int64(total)+1)); err != nil {
		return nil, fmt.Errorf("%w: %v", errWOFF2, err)
	}
	if buf.Len() != total {
		return nil, errWOFF2
	}

	rest := &stream{b: buf.Bytes()}
	var tables []ot.Table
	content := map[string][]byte{}
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
			g, err := rebuildGlyf(b)
			if err != nil {
				return nil, err
			}
			outlines, content["glyf"] = g, g.glyf
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
		b, err := rebuildHmtx(hmtx, content["hhea"], outlines)
		if err != nil {
			return nil, err
		}
		content["hmtx"] = b
	}
	for _, e := range entries {
		tables = append(tables, ot.Table{Tag: ot.MustNewTag(e.tag), Content: content[e.tag]})
	}
	return writeFont(tables), nil
}

// woff2Glyphs is a rebuilt glyf table.
type woff2Glyphs struct {
	glyf    []byte
	offsets []int
	xMin    []int // by glyph
}

// rebuildGlyf undoes the transformation of the glyf table (§5.1).
func rebuildGlyf(b []byte) (*woff2Glyphs, error) {
	s := &stream{b: b}
	s.take(2)
	options := s.u16()
	count := s.u16()
	s.take(2) // index format
	sizes := [7]int{}
	for i := range sizes {
		sizes[i] = s.u32()
	}
	var parts [7]*stream
	for i, n := range sizes {
		parts[i] = &stream{b: s.take(n)}
	}
	contours, points, flags, glyphs, composites, boxes, programs := parts[0], parts[1], parts[2], parts[3], parts[4], parts[5], parts[6]
	hasBox := boxes.take((count + 31) / 32 * 4)
	var overlaps []byte
	if options&1 != 0 {
		overlaps = s.take((count + 7) / 8)
	}
	if s.bad || boxes.bad || count == 0 {
		return nil, errWOFF2
	}
	g := &woff2Glyphs{offsets: make([]int, 0, count+1), xMin: make([]int, count)}
	for gid := range count {
		g.offsets = append(g.offsets, len(g.glyf))
		n := contours.i16()
		boxed := hasBox[gid/8]>>(7-gid%8)&1 != 0
		var box [4]int
		if boxed {
			for i := range box {
				box[i] = boxes.i16()
			}
		}
		switch {
		case n == 0:
			if boxed {
				return nil, errWOFF2
			}
			continue
		case n < 0: // composite: as it was, with its instructions after it
			if !boxed {
				return nil, errWOFF2
			}
			g.glyf = appendHeader(g.glyf, -1, box)
			programmed := false
			for more := true; more && !composites.bad; {
				f := composites.u16()
				size := 2 + 2 // glyph and two bytes of place
				if f&argsAreWords != 0 {
					size += 2
				}
				switch {
				case f&haveScale != 0:
					size += 2
				case f&haveXYScale != 0:
					size += 4
				case f&haveTwoByTwo != 0:
					size += 8
				}
				g.glyf = binary.BigEndian.AppendUint16(g.glyf, uint16(f))
				g.glyf = append(g.glyf, composites.take(size)...)
				programmed = programmed || f&haveInstructions != 0
				more = f&moreComponents != 0
			}
			if programmed {
				size := glyphs.short()
				g.glyf = binary.BigEndian.AppendUint16(g.glyf, uint16(size))
				g.glyf = append(g.glyf, programs.take(size)...)
			}
		default:
			ends := make([]int, n)
			total := 0
			for i := range ends {
				total += points.short()
				ends[i] = total - 1
			}
			if points.bad || total > len(flags.b) {
				return nil, errWOFF2
			}
			overlap := overlaps != nil && overlaps[gid/8]>>(7-gid%8)&1 != 0
			outline := readTriplets(flags.take(total), glyphs)
			if !boxed {
				box = outline.box()
			}
			g.glyf = appendHeader(g.glyf, n, box)
			for _, e := range ends {
				g.glyf = binary.BigEndian.AppendUint16(g.glyf, uint16(e))
			}
			size := glyphs.short()
			g.glyf = binary.BigEndian.AppendUint16(g.glyf, uint16(size))
			g.glyf = append(g.glyf, programs.take(size)...)
			g.glyf = outline.append(g.glyf, overlap)
		}
		if contours.bad || glyphs.bad || composites.bad || boxes.bad || programs.bad {
			return nil, errWOFF2
		}
		g.xMin[gid] = box[0]
		if len(g.glyf)%2 != 0 {
			g.glyf = append(g.glyf, 0)
		}
	}
	g.offsets = append(g.offsets, len(g.glyf))
	return g, nil
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
