package fonts

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
)

// A cffFont is a parsed CFF table (Adobe Technical Note 5176), as much of it as subsetting needs.
type cffFont struct {
	bbox        []byte // operands of FontBBox and FontMatrix as they stand, nil when absent
	matrix      []byte
	charStrings cffIndex
	gsubrs      cffIndex
	fds         []cffPrivate // one, unless the font is CID-keyed
	fdOf        func(gid int) int
}

// A cffPrivate is a Font DICT with its Private DICT.
type cffPrivate struct {
	matrix  []byte // of the Font DICT
	entries []cffEntry
	subrs   cffIndex
}

// A cffEntry is an operator of a DICT with its operands' bytes.
type cffEntry struct {
	op   int // two-byte operators are 12<<8 | second byte
	args []byte
}

// The operators we read or write (Technical Note 5176 tables 9, 10 and 23).
const (
	opFontBBox    = 5
	opCharset     = 15
	opCharStrings = 17
	opPrivate     = 18
	opSubrs       = 19
	opStdVW       = 11
	opFontMatrix  = 12<<8 | 7
	opROS         = 12<<8 | 30
	opCIDCount    = 12<<8 | 34
	opFDArray     = 12<<8 | 36
	opFDSelect    = 12<<8 | 37
	opFontName    = 12<<8 | 38
	opCharType    = 12<<8 | 6
)

var errCFF = errors.New("CFF table is cut short or inconsistent")

// A cffIndex is an INDEX: count objects, found by offsets.
type cffIndex struct {
	count, offSize int
	offsets, data  []byte
}

func readIndex(b []byte) (ix cffIndex, rest []byte, err error) {
	if len(b) < 2 {
		return ix, nil, errCFF
	}
	ix.count = u16(b, 0)
	if ix.count == 0 {
		return ix, b[2:], nil
	}
	if len(b) < 3 {
		return ix, nil, errCFF
	}
	ix.offSize = int(b[2])
	if ix.offSize < 1 || ix.offSize > 4 || len(b) < 3+(ix.count+1)*ix.offSize {
		return ix, nil, errCFF
	}
	ix.offsets = b[3 : 3+(ix.count+1)*ix.offSize]
	ix.data = b[3+len(ix.offsets):]
	end := ix.offset(ix.count)
	if end < 1 || end-1 > len(ix.data) {
		return ix, nil, errCFF
	}
	return ix, ix.data[end-1:], nil
}

func (ix cffIndex) offset(i int) int {
	n := 0
	for _, c := range ix.offsets[i*ix.offSize : (i+1)*ix.offSize] {
		n = n<<8 | int(c)
	}
	return n
}

// at is object i, or nil.
func (ix cffIndex) at(i int) []byte {
	if i < 0 || i >= ix.count {
		return nil
	}
	from, to := ix.offset(i), ix.offset(i+1)
	if from < 1 || to < from || to-1 > len(ix.data) {
		return nil
	}
	return ix.data[from-1 : to-1]
}

// writeIndex appends an INDEX of the objects.
func writeIndex(dst []byte, objects [][]byte) []byte {
	dst = binary.BigEndian.AppendUint16(dst, uint16(len(objects)))
	if len(objects) == 0 {
		return dst
	}
	end := 1
	for _, o := range objects {
		end += len(o)
	}
	size := 1
	for end>>(8*size) != 0 {
		size++
	}
	dst = append(dst, byte(size))
	offset := 1
	put := func() {
		for i := size - 1; i >= 0; i-- {
			dst = append(dst, byte(offset>>(8*i)))
		}
	}
	put()
	for _, o := range objects {
		offset += len(o)
		put()
	}
	for _, o := range objects {
		dst = append(dst, o...)
	}
	return dst
}

// readDict splits a DICT into its entries.
func readDict(b []byte) ([]cffEntry, error) {
	var out []cffEntry
	start := 0
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c <= 21:
			op, n := int(c), 1
			if c == 12 {
				if i+1 >= len(b) {
					return nil, errCFF
				}
				op, n = 12<<8|int(b[i+1]), 2
			}
			out = append(out, cffEntry{op, b[start:i]})
			i += n
			start = i
		case c == 28:
			i += 3
		case c == 29:
			i += 5
		case c == 30: // real: nibbles up to 0xf
			for i++; i < len(b); i++ {
				if b[i]&0xF == 0xF || b[i]>>4 == 0xF {
					break
				}
			}
			i++
		case c >= 32 && c <= 246:
			i++
		case c >= 247 && c <= 254:
			i += 2
		default:
			return nil, errCFF
		}
		if i > len(b) {
			return nil, errCFF
		}
	}
	return out, nil
}

func find(entries []cffEntry, op int) []byte {
	for _, e := range entries {
		if e.op == op {
			return e.args
		}
	}
	return nil
}

// ints reads integer operands; reals come out rounded to zero, which is all that their readers here need.
func ints(args []byte) (out []int) {
	for i := 0; i < len(args); {
		switch c := args[i]; {
		case c == 28 && i+3 <= len(args):
			out = append(out, int(int16(binary.BigEndian.Uint16(args[i+1:]))))
			i += 3
		case c == 29 && i+5 <= len(args):
			out = append(out, int(int32(binary.BigEndian.Uint32(args[i+1:]))))
			i += 5
		case c >= 32 && c <= 246:
			out = append(out, int(c)-139)
			i++
		case c >= 247 && c <= 250 && i+2 <= len(args):
			out = append(out, (int(c)-247)*256+int(args[i+1])+108)
			i += 2
		case c >= 251 && c <= 254 && i+2 <= len(args):
			out = append(out, -(int(c)-251)*256-int(args[i+1])-108)
			i += 2
		case c == 30:
			n := 0
			for i++; i < len(args); i++ {
				if args[i]&0xF == 0xF || args[i]>>4 == 0xF {
					break
				}
			}
			i++
			out = append(out, n)
		default:
			return out
		}
	}
	return out
}

// parseCFF reads the first font of a CFF table.
func parseCFF(data []byte) (*cffFont, error) {
	if len(data) < 4 || data[0] != 1 || int(data[2]) > len(data) {
		return nil, errCFF
	}
	_, rest, err := readIndex(data[data[2]:]) // Name INDEX
	if err != nil {
		return nil, err
	}
	tops, rest, err := readIndex(rest)
	if err != nil {
		return nil, err
	}
	_, rest, err = readIndex(rest) // String INDEX
	if err != nil {
		return nil, err
	}
	c := &cffFont{fdOf: func(int) int { return 0 }}
	if c.gsubrs, _, err = readIndex(rest); err != nil {
		return nil, err
	}
	top, err := readDict(tops.at(0))
	if err != nil {
		return nil, err
	}
	c.bbox, c.matrix = find(top, opFontBBox), find(top, opFontMatrix)
	if t := ints(find(top, opCharType)); len(t) == 1 && t[0] != 2 {
		return nil, fmt.Errorf("charstrings of type %d; only type 2 is read", t[0])
	}
	from := func(op int) ([]byte, error) {
		at := ints(find(top, op))
		if len(at) != 1 || at[0] <= 0 || at[0] >= len(data) {
			return nil, errCFF
		}
		return data[at[0]:], nil
	}
	b, err := from(opCharStrings)
	if err != nil {
		return nil, err
	}
	if c.charStrings, _, err = readIndex(b); err != nil {
		return nil, err
	}
	if find(top, opROS) == nil && len(top) > 0 && top[0].op != opROS {
		p, err := readPrivate(data, find(top, opPrivate))
		if err != nil {
			return nil, err
		}
		c.fds = []cffPrivate{p}
		return c, nil
	}
	// CID-keyed: a Private DICT for each of several Font DICTs.
	if b, err = from(opFDArray); err != nil {
		return nil, err
	}
	fds, _, err := readIndex(b)
	if err != nil {
		return nil, err
	}
	for i := range fds.count {
		fd, err := readDict(fds.at(i))
		if err != nil {
			return nil, err
		}
		p, err := readPrivate(data, find(fd, opPrivate))
		if err != nil {
			return nil, err
		}
		p.matrix = find(fd, opFontMatrix)
		c.fds = append(c.fds, p)
	}
	if b, err = from(opFDSelect); err != nil {
		return nil, err
	}
	c.fdOf, err = readFDSelect(b, c.charStrings.count)
	return c, err
}

// readPrivate reads a Private DICT, given by its size and offset, and its local subroutines.
func readPrivate(data, args []byte) (p cffPrivate, err error) {
	at := ints(args)
	if args == nil {
		return p, nil
	}
	if len(at) != 2 || at[0] < 0 || at[1] < 0 || at[0]+at[1] > len(data) {
		return p, errCFF
	}
	size, offset := at[0], at[1]
	entries, err := readDict(data[offset : offset+size])
	if err != nil {
		return p, err
	}
	for _, e := range entries {
		if e.op != opSubrs {
			p.entries = append(p.entries, e)
			continue
		}
		n := ints(e.args)
		if len(n) != 1 || n[0] < 0 || offset+n[0] > len(data) {
			return p, errCFF
		}
		if p.subrs, _, err = readIndex(data[offset+n[0]:]); err != nil {
			return p, err
		}
	}
	return p, nil
}

// readFDSelect reads formats 0 and 3 (Technical Note 5176 §19).
func readFDSelect(b []byte, glyphs int) (func(int) int, error) {
	switch {
	case len(b) >= 1+glyphs && b[0] == 0:
		return func(gid int) int { return int(b[1+gid]) }, nil
	case len(b) >= 5 && b[0] == 3:
		n := u16(b, 1)
		if len(b) < 3+3*n+2 {
			return nil, errCFF
		}
		fd := make([]byte, glyphs)
		for i := range n {
			from, to := u16(b, 3+3*i), u16(b, 3+3*i+3)
			for g := from; g < min(to, glyphs); g++ {
				fd[g] = b[3+3*i+2]
			}
		}
		return func(gid int) int { return int(fd[gid]) }, nil
	}
	return nil, errCFF
}

// stdVW is the standard vertical stem of the first Private DICT, 0 when it is not told.
func (c *cffFont) stdVW() int {
	if len(c.fds) == 0 {
		return 0
	}
	if v := ints(find(c.fds[0].entries, opStdVW)); len(v) == 1 {
		return v[0]
	}
	return 0
}

// A cidFont is the contents of a CID-keyed CFF font that is to be written: CID i is drawn by strings[i] with the Private DICT
// privates[fdOf[i]].
type cidFont struct {
	name         string
	matrix, bbox []byte // operands; nil to leave them out
	strings      [][]byte
	fdOf         []int
	fds          []cffPrivate
}

// cidKeyed makes a CFF font of the given glyphs (the first is .notdef) in which CID i is glyphs[i]: what a PDF's
// CIDFontType0C font file is at its plainest (ISO 32000-2 §9.9, Technical Note 5176 §18). A name-keyed source becomes
// CID-keyed with one Font DICT. Subroutines are written out where they are called: with the few glyphs of a subset that takes
// about the room of the subroutines' own index, and compresses better.
func (c *cffFont) cidKeyed(name string, glyphs []uint16) ([]byte, error) {
	return c.cidKeyedKeeping(name, glyphs, func(uint16) bool { return true })
}

// cidKeyedKeeping is cidKeyed with glyphs left blank that keep does not hold to.
func (c *cffFont) cidKeyedKeeping(name string, glyphs []uint16, keep func(uint16) bool) ([]byte, error) {
	out := cidFont{name: name, matrix: c.matrix, bbox: c.bbox, strings: make([][]byte, len(glyphs)), fdOf: make([]int, len(glyphs))}
	fdNew := map[int]int{}
	for i, g := range glyphs {
		fd := c.fdOf(int(g))
		if fd >= len(c.fds) {
			return nil, errCFF
		}
		n, seen := fdNew[fd]
		if !seen {
			n = len(out.fds)
			fdNew[fd], out.fds = n, append(out.fds, c.fds[fd])
		}
		out.fdOf[i] = n
		if !keep(g) {
			out.strings[i] = endchar
			continue
		}
		cs := c.charStrings.at(int(g))
		if cs == nil {
			return nil, fmt.Errorf("glyph %d is not in the font", g)
		}
		x := expander{global: c.gsubrs, local: c.fds[fd].subrs}
		if err := x.run(cs, 0); err != nil {
			return nil, fmt.Errorf("glyph %d: %w", g, err)
		}
		out.strings[i] = x.out
	}
	return out.write(), nil
}

// write gives the bytes of the font. Offsets in the Top DICT take five bytes each, so that its size is known before they are.
func (c *cidFont) write() []byte {
	top := func(charset, fdSelect, charStrings, fdArray int) []byte {
		var d []byte
		d = append(dictInt(dictInt(dictInt(d, 391), 392), 0), 12, 30) // ROS: Adobe-Identity-0; must come first
		if c.matrix != nil {
			d = append(append(d, c.matrix...), 12, 7)
		}
		if c.bbox != nil {
			d = append(append(d, c.bbox...), opFontBBox)
		}
		d = append(dictInt(d, len(c.strings)), 12, 34)
		d = append(dictOffset(d, charset), opCharset)
		d = append(dictOffset(d, fdSelect), 12, 37)
		d = append(dictOffset(d, charStrings), opCharStrings)
		return append(dictOffset(d, fdArray), 12, 36)
	}
	head := func(topDict []byte) []byte {
		b := []byte{1, 0, 4, 4}
		b = writeIndex(b, [][]byte{[]byte(c.name)})
		b = writeIndex(b, [][]byte{topDict})
		b = writeIndex(b, [][]byte{[]byte("Adobe"), []byte("Identity")})
		return writeIndex(b, nil) // no global subroutines
	}
	at := len(head(top(0, 0, 0, 0)))

	charset := []byte{0}
	if n := len(c.strings); n > 1 { // format 2: one range, CID 1 to n-1
		charset = []byte{2, 0, 1, byte((n - 2) >> 8), byte(n - 2)}
	}
	charsetAt := at
	at += len(charset)

	sel := []byte{3, 0, 0} // format 3: ranges
	ranges := 0
	for i, fd := range c.fdOf {
		if i == 0 || fd != c.fdOf[i-1] {
			sel = append(sel, byte(i>>8), byte(i), byte(fd))
			ranges++
		}
	}
	sel[1], sel[2] = byte(ranges>>8), byte(ranges)
	sel = binary.BigEndian.AppendUint16(sel, uint16(len(c.strings)))
	selAt := at
	at += len(sel)

	strings := writeIndex(nil, c.strings)
	stringsAt := at
	at += len(strings)

	var privates []byte
	var fontDicts [][]byte
	for i := range c.fds {
		p := &c.fds[i]
		start := len(privates)
		for _, e := range p.entries {
			privates = append(privates, e.args...)
			if e.op > 0xFF {
				privates = append(privates, 12)
			}
			privates = append(privates, byte(e.op))
		}
		var d []byte
		if p.matrix != nil {
			d = append(append(d, p.matrix...), 12, 7)
		}
		d = dictOffset(dictOffset(d, len(privates)-start), at+start)
		fontDicts = append(fontDicts, append(d, opPrivate))
	}
	at += len(privates)

	out := head(top(charsetAt, selAt, stringsAt, at))
	out = append(out, charset...)
	out = append(out, sel...)
	out = append(out, strings...)
	out = append(out, privates...)
	return writeIndex(out, fontDicts)
}

// dictInt appends an integer operand in its shortest form.
func dictInt(d []byte, v int) []byte {
	switch {
	case v >= -107 && v <= 107:
		return append(d, byte(v+139))
	case v >= 108 && v <= 1131:
		v -= 108
		return append(d, byte(247+v>>8), byte(v))
	case v >= -1131 && v <= -108:
		v = -v - 108
		return append(d, byte(251+v>>8), byte(v))
	case v >= math.MinInt16 && v <= math.MaxInt16:
		return append(d, 28, byte(v>>8), byte(v))
	}
	return dictOffset(d, v)
}

// dictOffset appends an integer operand in five bytes.
func dictOffset(d []byte, v int) []byte {
	return append(d, 29, byte(v>>24), byte(v>>16), byte(v>>8), byte(v))
}

// An expander copies a charstring with its subroutines written out in place (Technical Note 5177 §4.7). It follows the
// argument stack only as far as to know how many stem hints there are, which is what tells the length of a hint mask.
type expander struct {
	global, local cffIndex
	out           []byte
	stack         []operand
	hints         int
	steps         int
	done          bool
}

// An operand is a number on the stack and where its bytes stand in the output.
type operand struct{ value, at int }

// Limits against broken fonts. The format allows ten nested calls; no real glyph comes near a megabyte.
const (
	maxCalls = 16
	maxGlyph = 1 << 20
)

func bias(n int) int {
	switch {
	case n < 1240:
		return 107
	case n < 33900:
		return 1131
	}
	return 32768
}

// run copies a charstring, token by token: numbers (§3.2) and operators (§4).
func (x *expander) run(cs []byte, depth int) error {
	if depth > maxCalls {
		return errors.New("subroutines call each other too deeply")
	}
	for i := 0; i < len(cs) && !x.done; {
		if x.steps++; x.steps > maxGlyph || len(x.out) > maxGlyph {
			return errors.New("charstring does not end")
		}
		c := cs[i]
		if size, value := charstringNumber(cs[i:]); size > 0 {
			if i+size > len(cs) {
				return errCFF
			}
			x.stack = append(x.stack, operand{value, len(x.out)})
			x.out = append(x.out, cs[i:i+size]...)
			i += size
			continue
		}
		i++
		if c == 11 { // return
			return nil
		}
		n, err := x.operator(c, cs[i:], depth)
		if err != nil {
			return err
		}
		i += n
	}
	return nil
}

// charstringNumber gives the length of the number that cs begins with and, of an integer, its value (§3.2, table 1). The length is
// 0 for an operator; the value means nothing when cs is shorter than the length.
func charstringNumber(cs []byte) (size, value int) {
	second := 0
	if len(cs) > 1 {
		second = int(cs[1])
	}
	switch c := int(cs[0]); {
	case c == 28:
		if len(cs) < 3 {
			return 3, 0
		}
		return 3, i16(cs, 1)
	case c >= 32 && c <= 246:
		return 1, c - 139
	case c >= 247 && c <= 250:
		return 2, (c-247)*256 + second + 108
	case c >= 251 && c <= 254:
		return 2, -(c-251)*256 - second - 108
	case c == 255: // a fixed number: never a subroutine's
		return 5, 0
	}
	return 0, 0
}

// operator copies an operator and what follows it in rest, and gives how many bytes of rest it took.
func (x *expander) operator(op byte, rest []byte, depth int) (taken int, err error) {
	switch op {
	case 1, 3, 18, 23: // hstem, vstem, hstemhm, vstemhm (§4.3)
		x.hints += len(x.stack) / 2
	case 19, 20: // hintmask, cntrmask; numbers before it are vstem hints
		x.hints += len(x.stack) / 2
		n := (x.hints + 7) / 8
		if n > len(rest) {
			return 0, errCFF
		}
		x.emit(op)
		x.out = append(x.out, rest[:n]...)
		return n, nil
	case 10, 29: // callsubr, callgsubr
		subrs := x.local
		if op == 29 {
			subrs = x.global
		}
		return 0, x.call(subrs, depth)
	case 14: // endchar
		if len(x.stack) >= 4 {
			return 0, errors.New("accented letter put together the old way (endchar with four arguments), which a CID-keyed font cannot hold")
		}
		x.done = true
	case 12:
		return x.escape(rest)
	}
	x.emit(op)
	return 0, nil
}

// call writes out the subroutine whose number stands on the stack (§4.7).
func (x *expander) call(subrs cffIndex, depth int) error {
	if len(x.stack) == 0 {
		return errCFF
	}
	last := x.stack[len(x.stack)-1]
	x.stack = x.stack[:len(x.stack)-1]
	x.out = x.out[:last.at] // the subroutine's number is the last thing written
	sub := subrs.at(last.value + bias(subrs.count))
	if sub == nil {
		return errCFF
	}
	return x.run(sub, depth+1)
}

// escape copies an operator of two bytes.
func (x *expander) escape(rest []byte) (taken int, err error) {
	if len(rest) == 0 {
		return 0, errCFF
	}
	switch rest[0] {
	case 0, 34, 35, 36, 37: // dotsection, flexes
		x.out = append(x.out, 12)
		x.emit(rest[0])
		return 1, nil
	}
	// Arithmetic is long deprecated, and we would have to follow the values.
	return 0, fmt.Errorf("arithmetic operator 12 %d in a charstring", rest[0])
}

func (x *expander) emit(op byte) {
	x.out = append(x.out, op)
	x.stack = x.stack[:0]
}
