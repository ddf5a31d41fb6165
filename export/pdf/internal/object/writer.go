package object

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"fmt"
	"hash"
	"io"
	"sync"
)

// A Writer writes one PDF file, from first byte to last, without going back. It is not safe for several goroutines;
// Compress is, so that the costly part can be done before. After an error every call does nothing and Close gives it.
type Writer struct {
	w       io.Writer
	hash    hash.Hash
	written int64
	err     error
	version string

	where []location // by object number; 0 is the head of the free list

	// The object stream being filled.
	packed  []byte
	offsets []int
	members []Ref

	shared map[[sha256.Size]byte]Ref // streams by content, so that a profile or a picture is written once
	Plain  bool                      // no object streams, no compression: a file to read in an editor, for tests
}

// location is where an object lies: at an offset in the file, or as the index-th of an object stream.
type location struct {
	offset int64
	stream Ref
	index  int
}

// packLimit is how many objects an object stream holds: enough to compress well, few enough that a reader which wants
// one object need not unpack the whole file.
const packLimit = 250

// NewWriter begins a file of the given version, "1.7" or "2.0".
func NewWriter(w io.Writer, version string) *Writer {
	o := &Writer{w: w, hash: sha256.New(), version: version, where: make([]location, 1), shared: map[[sha256.Size]byte]Ref{}}
	// Four bytes over 127 tell file transfer programs that this is binary; PDF/A asks for them (ISO 19005-2 § 6.1.2).
	o.write([]byte("%PDF-" + version + "\n%\xe2\xe3\xcf\xd3\n"))
	return o
}

func (o *Writer) write(b []byte) {
	if o.err != nil {
		return
	}
	o.hash.Write(b)
	n, err := o.w.Write(b)
	o.written += int64(n)
	o.err = err
}

// Reserve gives the number of an object that is to be Put later.
func (o *Writer) Reserve() Ref {
	o.where = append(o.where, location{})
	return Ref(len(o.where) - 1)
}

// Add writes an object and gives its number.
func (o *Writer) Add(v Object) Ref {
	r := o.Reserve()
	o.Put(r, v)
	return r
}

// Put writes the object of a reserved number. It panics when the number has been written already.
func (o *Writer) Put(r Ref, v Object) {
	o.claim(r)
	if o.Plain {
		o.where[r] = location{offset: o.written}
		b := fmt.Appendf(nil, "%d 0 obj\n", r)
		o.write(append(v.append(b), "\nendobj\n"...))
		return
	}
	// The stream that will hold the object is not numbered yet; flush fills it in.
	o.where[r] = location{index: len(o.members), offset: -1}
	o.offsets = append(o.offsets, len(o.packed))
	o.members = append(o.members, r)
	o.packed = append(v.append(o.packed), '\n')
	if len(o.members) == packLimit {
		o.flush()
	}
}

func (o *Writer) claim(r Ref) {
	if o.where[r] != (location{}) {
		panic(fmt.Sprintf("object: %d is written twice", r))
	}
}

// flush writes the gathered objects as an object stream.
func (o *Writer) flush() {
	if len(o.members) == 0 {
		return
	}
	var head []byte
	for i, r := range o.members {
		head = append(appendInt(head, int64(r)), ' ')
		head = append(appendInt(head, int64(o.offsets[i])), ' ')
	}
	stream := o.Reserve()
	for _, r := range o.members {
		o.where[r] = location{stream: stream, index: o.where[r].index}
	}
	o.PutStream(stream, Dict{{"Type", Name("ObjStm")}, {"N", Int(len(o.members))}, {"First", Int(len(head))}}, append(head, o.packed...))
	o.members, o.offsets, o.packed = o.members[:0], o.offsets[:0], o.packed[:0]
}

// AddStream writes a stream, compressed when that makes it smaller, and gives its number.
func (o *Writer) AddStream(d Dict, data []byte) Ref {
	r := o.Reserve()
	o.PutStream(r, d, data)
	return r
}

// PutStream writes the stream of a reserved number, compressed when that makes it smaller.
func (o *Writer) PutStream(r Ref, d Dict, data []byte) {
	if !o.Plain {
		if small := Compress(data); len(small)+len("/Filter/FlateDecode") < len(data) {
			o.PutEncoded(r, d.Set("Filter", Name("FlateDecode")), small)
			return
		}
	}
	o.PutEncoded(r, d, data)
}

// PutEncoded writes the stream of a reserved number as it is; d names the filters that data went through.
func (o *Writer) PutEncoded(r Ref, d Dict, data []byte) {
	o.claim(r)
	o.where[r] = location{offset: o.written}
	b := append(appendInt(nil, int64(r)), " 0 obj\n"...)
	b = d.Set("Length", Int(len(data))).append(b)
	o.write(append(b, "\nstream\n"...))
	o.write(data)
	o.write([]byte("\nendstream\nendobj\n"))
}

// Share is AddStream for streams that several users may ask for: the same dictionary and bytes are written once.
func (o *Writer) Share(d Dict, data []byte) Ref {
	return o.share(d, data, func(r Ref) { o.PutStream(r, d, data) })
}

// ShareEncoded is Share for data that went through the filters that d names.
func (o *Writer) ShareEncoded(d Dict, data []byte) Ref {
	return o.share(d, data, func(r Ref) { o.PutEncoded(r, d, data) })
}

func (o *Writer) share(d Dict, data []byte, put func(Ref)) Ref {
	key := sha256.Sum256(append(d.append(nil), data...))
	if r, ok := o.shared[key]; ok {
		return r
	}
	r := o.Reserve()
	o.shared[key] = r
	put(r)
	return r
}

// Close writes what is left, the cross-reference stream and the trailer. Every reserved object must have been written.
// info may be 0.
func (o *Writer) Close(root, info Ref) error {
	o.flush()
	if o.err == nil {
		for i, l := range o.where[1:] {
			if l == (location{}) {
				return fmt.Errorf("object %d was reserved but not written", i+1)
			}
		}
	}
	// The ID tells this file from all others (§ 14.4). A hash of what has been written is as good as the time and the
	// path that the standard suggests, and the same tomorrow.
	sum := String(o.hash.Sum(nil)[:16])
	trailer := Dict{{"Root", root}}
	if info != 0 {
		trailer = trailer.Set("Info", info)
	}
	trailer = trailer.Set("ID", Array{sum, sum})
	at := o.written
	if o.Plain {
		o.closePlain(trailer)
	} else {
		o.closeStream(trailer)
	}
	o.write(append(appendInt([]byte("startxref\n"), at), "\n%%EOF\n"...))
	return o.err
}

func (o *Writer) closeStream(trailer Dict) {
	r := o.Reserve()
	o.where[r] = location{offset: o.written}
	width := 1
	for v := o.written; v > 0xff; v >>= 8 {
		width++
	}
	// Three columns: type, offset or object stream, generation or index. Rows differ little from the one above, which
	// is what PNG's "up" predictor is for.
	columns := 1 + width + 1
	rows := make([]byte, 0, (columns+1)*len(o.where))
	last, row := make([]byte, columns), make([]byte, columns)
	for i, l := range o.where {
		kind, value, third := byte(1), l.offset, 0
		switch {
		case i == 0:
			kind, value, third = 0, 0, 0xff
		case l.stream != 0:
			kind, value, third = 2, int64(l.stream), l.index
		}
		row[0] = kind
		for k := width; k > 0; k-- {
			row[k] = byte(value)
			value >>= 8
		}
		row[columns-1] = byte(third)
		rows = append(rows, 2)
		for k := range row {
			rows = append(rows, row[k]-last[k])
		}
		last, row = row, last
	}
	d := Dict{
		{"Type", Name("XRef")}, {"Size", Int(len(o.where))},
		{"W", Array{Int(1), Int(width), Int(1)}},
		{"Filter", Name("FlateDecode")},
		{"DecodeParms", Dict{{"Columns", Int(columns)}, {"Predictor", Int(12)}}},
	}
	data := Compress(rows)
	b := append(appendInt(nil, int64(r)), " 0 obj\n"...)
	b = append(d, trailer...).Set("Length", Int(len(data))).append(b)
	o.write(append(b, "\nstream\n"...))
	o.write(data)
	o.write([]byte("\nendstream\nendobj\n"))
}

func (o *Writer) closePlain(trailer Dict) {
	b := fmt.Appendf(nil, "xref\n0 %d\n0000000000 65535 f \n", len(o.where))
	for _, l := range o.where[1:] {
		b = fmt.Appendf(b, "%010d 00000 n \n", l.offset)
	}
	b = append(b, "trailer\n"...)
	b = append(Dict{{"Size", Int(len(o.where))}}, trailer...).append(b)
	o.write(append(b, '\n'))
}

// Compress deflates data (FlateDecode, § 7.4.4), always at the same level.
func Compress(data []byte) []byte { return compress(data, &thorough) }

// compressPicture deflates samples. The highest level spends four times as long on a photograph for a hundredth less.
func compressPicture(data []byte) []byte { return compress(data, &quick) }

func compress(data []byte, pool *sync.Pool) []byte {
	d := pool.Get().(*deflater)
	defer pool.Put(d)
	d.out.Reset()
	d.z.Reset(&d.out)
	d.z.Write(data) // a bytes.Buffer does not fail
	d.z.Close()
	return bytes.Clone(d.out.Bytes())
}

// deflater is a compressor kept for its tables, which cost more to make than most streams to compress.
type deflater struct {
	out bytes.Buffer
	z   *zlib.Writer
}

var thorough = sync.Pool{New: func() any { return newDeflater(zlib.BestCompression) }}
var quick = sync.Pool{New: func() any { return newDeflater(6) }}

func newDeflater(level int) *deflater {
	d := new(deflater)
	d.z, _ = zlib.NewWriterLevel(&d.out, level) // fails only for an unknown level
	return d
}
