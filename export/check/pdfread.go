package check

import (
	"bytes"
	"compress/zlib"
	"io"
	"maps"
	"strconv"
	"unicode/utf16"
)

// What a PDF object can be (ISO 32000-1 § 7.3), as far as the rules look: names and strings, numbers, arrays,
// dictionaries, references. true and false are names here.
type (
	pdfName   string
	pdfString string
	pdfRef    int
	pdfDict   map[pdfName]any
)

// A pdfFile is the objects of a PDF, found by scanning rather than by its cross-reference table: a file whose table is
// broken is still looked at, and none needs the other's code.
type pdfFile struct {
	objects map[pdfRef]any
	streams map[pdfRef][]byte // unpacked, of those whose content the rules read
	packed  map[pdfRef][]byte // of all
	fonts   map[pdfRef]*pdfFont
	order   []pdfRef
	trailer pdfDict // what all trailers and cross-reference streams say
}

const (
	pdfMaxObject = 64 << 20 // bytes that a stream may unpack to
	pdfMaxDepth  = 64
)

func readPDF(data []byte) *pdfFile {
	f := &pdfFile{objects: map[pdfRef]any{}, streams: map[pdfRef][]byte{}, packed: map[pdfRef][]byte{}, fonts: map[pdfRef]*pdfFont{}, trailer: pdfDict{}}
	packed := f.readBody(data)
	for _, id := range packed {
		f.unpackObjects(id)
	}
	f.readTrailers(data)
	return f
}

// readBody finds the indirect objects (ISO 32000-1 § 7.3.10) and lists those that are object streams.
func (f *pdfFile) readBody(data []byte) (packed []pdfRef) {
	for at := 0; ; {
		id, body := nextObject(data, at)
		if body < 0 {
			return packed
		}
		at = body
		s := &pdfScanner{b: data[body:]}
		v := s.value(0)
		f.put(id, v)
		d, ok := v.(pdfDict)
		if !ok {
			continue
		}
		start, end := s.stream(d)
		if start < 0 {
			continue
		}
		f.packed[id] = s.b[start:end]
		at = body + end // what looks like an object within a stream is none
		switch d["Type"] {
		case pdfName("ObjStm"):
			f.streams[id] = unpackStream(d, s.b[start:end])
			packed = append(packed, id)
		case pdfName("Metadata"):
			f.streams[id] = unpackStream(d, s.b[start:end])
		case pdfName("XRef"):
			maps.Copy(f.trailer, d)
		}
	}
}

// stream gives where the data of the stream lies that follows its dictionary (§ 7.3.8); start is -1 when none follows. Its
// Length is believed when the keyword stands where it says.
func (s *pdfScanner) stream(d pdfDict) (start, end int) {
	s.space()
	if !bytes.HasPrefix(s.b[s.i:], []byte("stream")) {
		return -1, -1
	}
	start = s.i + len("stream")
	for _, c := range []byte("\r\n") {
		if start < len(s.b) && s.b[start] == c {
			start++
		}
	}
	size := bytes.Index(s.b[start:], []byte("endstream"))
	if size < 0 {
		return -1, -1
	}
	if l, ok := d["Length"].(float64); ok && int(l) >= 0 && start+int(l) <= len(s.b) &&
		bytes.HasPrefix(bytes.TrimLeft(s.b[start+int(l):], "\r\n"), []byte("endstream")) {
		size = int(l)
	}
	return start, start + size
}

// unpackObjects reads the objects of an object stream (§ 7.5.7): pairs of number and offset, then the objects.
func (f *pdfFile) unpackObjects(id pdfRef) {
	d, _ := f.objects[id].(pdfDict)
	n, _ := d["N"].(float64)
	first, _ := d["First"].(float64)
	body := f.streams[id]
	if int(first) < 0 || int(first) > len(body) {
		return
	}
	head := &pdfScanner{b: body[:int(first)]}
	for range min(int(n), 1<<20) {
		num, ok1 := head.value(0).(float64)
		off, ok2 := head.value(0).(float64)
		if !ok1 || !ok2 || int(off) < 0 || int(first)+int(off) > len(body) {
			return
		}
		s := &pdfScanner{b: body[int(first)+int(off):]}
		f.put(pdfRef(int(num)), s.value(0))
	}
}

// readTrailers gathers what the trailers say (§ 7.5.5).
func (f *pdfFile) readTrailers(data []byte) {
	for at := 0; ; {
		i := bytes.Index(data[at:], []byte("trailer"))
		if i < 0 {
			return
		}
		at += i + len("trailer")
		s := &pdfScanner{b: data[at:]}
		if d, ok := s.value(0).(pdfDict); ok {
			maps.Copy(f.trailer, d)
		}
	}
}

// nextObject finds the next "12 0 obj" and gives its number and where its value begins; body is -1 when there is none.
func nextObject(data []byte, at int) (id pdfRef, body int) {
	for {
		i := bytes.Index(data[at:], []byte(" obj"))
		if i < 0 {
			return 0, -1
		}
		i += at
		at = i + len(" obj")
		g := i // the generation's digits, then the number's
		for g > 0 && data[g-1] >= '0' && data[g-1] <= '9' {
			g--
		}
		n := g - 1
		for n > 0 && data[n-1] >= '0' && data[n-1] <= '9' {
			n--
		}
		if g == i || n < 0 || n == g-1 || data[g-1] != ' ' || g-1-n > 9 {
			continue
		}
		num, err := strconv.Atoi(string(data[n : g-1]))
		if err == nil {
			return pdfRef(num), at
		}
	}
}

func (f *pdfFile) put(id pdfRef, v any) {
	if _, again := f.objects[id]; !again {
		f.order = append(f.order, id)
	}
	f.objects[id] = v
}

// get follows references.
func (f *pdfFile) get(v any) any {
	for range 16 {
		r, ok := v.(pdfRef)
		if !ok {
			return v
		}
		v = f.objects[r]
	}
	return nil
}

func (f *pdfFile) dict(v any) pdfDict {
	d, _ := f.get(v).(pdfDict)
	return d
}

func unpackStream(d pdfDict, data []byte) []byte {
	filter := d["Filter"]
	if a, ok := filter.([]any); ok && len(a) == 1 {
		filter = a[0]
	}
	switch filter {
	case nil:
		return data
	case pdfName("FlateDecode"):
		z, err := zlib.NewReader(bytes.NewReader(data))
		if err != nil {
			return nil
		}
		out, _ := io.ReadAll(io.LimitReader(z, pdfMaxObject)) // what can be read is enough to look at
		return out
	}
	return nil
}

// A pdfScanner reads objects from bytes. What is no object reads as nil.
type pdfScanner struct {
	b   []byte
	i   int
	raw bool // strings are bytes, not text
}

func (s *pdfScanner) text(b []byte) pdfString {
	if s.raw {
		return pdfString(b)
	}
	return pdfText(b)
}

func (s *pdfScanner) space() {
	for s.i < len(s.b) {
		switch c := s.b[s.i]; {
		case c == '%':
			for s.i < len(s.b) && s.b[s.i] != '\n' && s.b[s.i] != '\r' {
				s.i++
			}
		case c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == 0:
			s.i++
		default:
			return
		}
	}
}

func pdfRegular(c byte) bool {
	return c > ' ' && bytes.IndexByte([]byte("()<>[]{}/%"), c) < 0
}

func (s *pdfScanner) word() string {
	start := s.i
	for s.i < len(s.b) && pdfRegular(s.b[s.i]) {
		s.i++
	}
	return string(s.b[start:s.i])
}

// value reads the next object by its first character (§ 7.3).
func (s *pdfScanner) value(depth int) any {
	s.space()
	if s.i >= len(s.b) || depth > pdfMaxDepth {
		return nil
	}
	switch c := s.b[s.i]; {
	case c == '/':
		s.i++
		return pdfName(s.word())
	case c == '(':
		return s.literal()
	case c == '<' && s.i+1 < len(s.b) && s.b[s.i+1] == '<':
		return s.dictionary(depth)
	case c == '<':
		return s.hex()
	case c == '[':
		return s.array(depth)
	case c >= '0' && c <= '9' || c == '-' || c == '+' || c == '.':
		return s.number()
	}
	if w := s.word(); w != "" && w != "null" {
		return pdfName(w)
	}
	return nil
}

// dictionary reads "<</Key value>>" (§ 7.3.7).
func (s *pdfScanner) dictionary(depth int) pdfDict {
	s.i += 2
	d := pdfDict{}
	for {
		s.space()
		if s.i >= len(s.b) || s.b[s.i] == '>' {
			s.i = min(s.i+2, len(s.b))
			return d
		}
		k, ok := s.value(depth + 1).(pdfName)
		if !ok {
			return d
		}
		d[k] = s.value(depth + 1)
	}
}

// array reads "[1 2]" (§ 7.3.6).
func (s *pdfScanner) array(depth int) []any {
	s.i++
	var a []any
	for {
		s.space()
		if s.i >= len(s.b) || s.b[s.i] == ']' {
			s.i = min(s.i+1, len(s.b))
			return a
		}
		before := s.i
		a = append(a, s.value(depth+1))
		if s.i == before {
			return a
		}
	}
}

// number reads a number (§ 7.3.3), or the reference that begins with one: "12 0 R" (§ 7.3.10).
func (s *pdfScanner) number() any {
	n, err := strconv.ParseFloat(s.word(), 64)
	if err != nil {
		return nil
	}
	save := s.i
	s.space()
	if g := s.word(); g != "" && g[0] >= '0' && g[0] <= '9' && n >= 0 {
		s.space()
		if s.i < len(s.b) && s.b[s.i] == 'R' && (s.i+1 == len(s.b) || !pdfRegular(s.b[s.i+1])) {
			s.i++
			return pdfRef(int(n))
		}
	}
	s.i = save
	return n
}

func (s *pdfScanner) literal() pdfString {
	var out []byte
	depth := 0
	for ; s.i < len(s.b); s.i++ {
		switch c := s.b[s.i]; c {
		case '(':
			if depth++; depth > 1 {
				out = append(out, c)
			}
		case ')':
			if depth--; depth == 0 {
				s.i++
				return s.text(out)
			}
			out = append(out, c)
		case '\\':
			s.i++
			if s.i >= len(s.b) {
				return s.text(out)
			}
			switch e := s.b[s.i]; {
			case e == 'n':
				out = append(out, '\n')
			case e == 'r':
				out = append(out, '\r')
			case e == 't':
				out = append(out, '\t')
			case e >= '0' && e <= '7':
				v := 0
				for k := 0; k < 3 && s.i < len(s.b) && s.b[s.i] >= '0' && s.b[s.i] <= '7'; k++ {
					v = v*8 + int(s.b[s.i]-'0')
					s.i++
				}
				s.i--
				out = append(out, byte(v))
			case e == '\n':
			default:
				out = append(out, e)
			}
		default:
			out = append(out, c)
		}
	}
	return s.text(out)
}

func (s *pdfScanner) hex() pdfString {
	s.i++
	var out []byte
	high, have := byte(0), false
	for ; s.i < len(s.b) && s.b[s.i] != '>'; s.i++ {
		var v byte
		switch c := s.b[s.i]; {
		case c >= '0' && c <= '9':
			v = c - '0'
		case c >= 'a' && c <= 'f':
			v = c - 'a' + 10
		case c >= 'A' && c <= 'F':
			v = c - 'A' + 10
		default:
			continue
		}
		if have {
			out = append(out, high<<4|v)
		}
		high, have = v, !have
	}
	if have {
		out = append(out, high<<4)
	}
	s.i = min(s.i+1, len(s.b))
	return s.text(out)
}

// pdfText gives a text string (ISO 32000-1 § 7.9.2.2) as UTF-8; the upper half of PDFDocEncoding is left as it is, since the
// rules only ask whether there is any.
func pdfText(b []byte) pdfString {
	if len(b) >= 2 && b[0] == 0xFE && b[1] == 0xFF {
		u := make([]uint16, 0, len(b)/2)
		for i := 2; i+1 < len(b); i += 2 {
			u = append(u, uint16(b[i])<<8|uint16(b[i+1]))
		}
		return pdfString(utf16.Decode(u))
	}
	return pdfString(b)
}
