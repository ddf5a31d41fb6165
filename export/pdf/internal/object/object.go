// Package object writes the low level of PDF 1.7 (ISO 32000-1 § 7): values, objects, streams, cross-references, and the
// resources that pages share, which are fonts, images and colour profiles. It knows nothing of pages, tags or text: it
// is told what to write and writes the least bytes that say it.
//
// A file is made by one Writer. Objects are numbered in the order they are added or reserved, gathered in object streams
// and found through a cross-reference stream (§ 7.5.7 and 7.5.8). Nothing depends on a clock, a random number or the
// order of a map, and the file's ID is a hash of its bytes, so the same calls give the same file.
package object

import (
	"math"
	"unicode/utf16"
)

// An Object is a value that a PDF file can hold: Null, Bool, Int, Real, Name, String, Text, Array, Dict, Ref or Raw. The
// set is sealed.
type Object interface {
	append([]byte) []byte
}

// A Ref is the number of an indirect object (generation 0, always); 0 is none.
type Ref uint32

// A Name is a PDF name, without its slash.
type Name string

// A String is a byte string.
type String string

// Text is a text string (§ 7.9.2.2): written in ASCII when it is, and in UTF-16BE with its mark otherwise.
type Text string

// UTF16 is a text string in UTF-16BE even when ASCII would do.
type UTF16 string

// A Bool is true or false.
type Bool bool

// An Int is an integer.
type Int int64

// A Real is a number with at most five decimals.
type Real float64

// An Array is a sequence of values.
type Array []Object

// Null is the null value.
type Null struct{}

// Raw is a value already written in PDF's syntax.
type Raw []byte

// A Dict is a dictionary. Its entries are written in their order here; a nil value is left out.
type Dict []Entry

// An Entry is a key of a dictionary and its value.
type Entry struct {
	Key   Name
	Value Object
}

// D makes a dictionary of keys (strings) and values (of type Object, or nil), in turn.
func D(pairs ...any) Dict {
	d := make(Dict, 0, len(pairs)/2+2)
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != nil {
			d = append(d, Entry{Name(pairs[i].(string)), pairs[i+1].(Object)})
		}
	}
	return d
}

// Set appends an entry to d and gives the longer dictionary; the key must be new.
func (d Dict) Set(key Name, value Object) Dict { return append(d, Entry{key, value}) }

// Rect is an array of four numbers: left, bottom, right, top.
func Rect(x0, y0, x1, y1 float64) Array { return Array{Real(x0), Real(y0), Real(x1), Real(y1)} }

// Append writes o at the end of b in PDF's syntax.
func Append(b []byte, o Object) []byte { return o.append(b) }

func (Null) append(b []byte) []byte  { return append(b, "null"...) }
func (r Raw) append(b []byte) []byte { return append(b, r...) }
func (v Int) append(b []byte) []byte { return appendInt(b, int64(v)) }

func (v Real) append(b []byte) []byte { return AppendNumber(b, float64(v), 5) }

func (v Bool) append(b []byte) []byte {
	if v {
		return append(b, "true"...)
	}
	return append(b, "false"...)
}

func (r Ref) append(b []byte) []byte { return append(appendInt(b, int64(r)), " 0 R"...) }

func (n Name) append(b []byte) []byte {
	b = append(b, '/')
	for i := 0; i < len(n); i++ {
		c := n[i]
		if c <= ' ' || c >= 0x7f || delimiter(c) || c == '#' {
			b = append(b, '#', hexDigits[c>>4], hexDigits[c&15])
			continue
		}
		b = append(b, c)
	}
	return b
}

func (s String) append(b []byte) []byte { return AppendString(b, []byte(s)) }

func (t Text) append(b []byte) []byte { return AppendString(b, textBytes(string(t))) }

func (t UTF16) append(b []byte) []byte {
	return AppendString(b, appendUTF16([]byte{0xfe, 0xff}, string(t)))
}

func (a Array) append(b []byte) []byte {
	b = append(b, '[')
	for _, o := range a {
		b = appendSpaced(b, o)
	}
	return append(b, ']')
}

func (d Dict) append(b []byte) []byte {
	b = append(b, "<<"...)
	for _, e := range d {
		if e.Value == nil {
			continue
		}
		b = appendSpaced(e.Key.append(b), e.Value)
	}
	return append(b, ">>"...)
}

// appendSpaced writes o with a space before it only where the two tokens would otherwise run together (§ 7.2.2).
func appendSpaced(b []byte, o Object) []byte {
	n := len(b)
	b = append(b, ' ')
	b = o.append(b)
	if len(b) == n+1 || delimiter(b[n+1]) || n == 0 || delimiter(b[n-1]) {
		return append(b[:n], b[n+1:]...)
	}
	return b
}

func delimiter(c byte) bool {
	switch c {
	case '(', ')', '<', '>', '[', ']', '{', '}', '/', '%':
		return true
	}
	return false
}

const hexDigits = "0123456789ABCDEF"

// AppendString writes s as a literal string, the shortest form for text and for glyph codes alike. A carriage return
// must be escaped, since a reader takes a bare one for a line feed (§ 7.3.4.2).
func AppendString(b, s []byte) []byte {
	b = append(b, '(')
	for _, c := range s {
		switch c {
		case '(', ')', '\\':
			b = append(b, '\\', c)
		case '\r':
			b = append(b, '\\', 'r')
		default:
			b = append(b, c)
		}
	}
	return append(b, ')')
}

// AppendNumber writes v rounded to the given decimals (at most 6), without an exponent (which PDF does not have), a
// trailing zero or a leading one.
func AppendNumber(b []byte, v float64, decimals int) []byte {
	scale := pow10[decimals]
	n := int64(math.Round(v * float64(scale)))
	if n < 0 {
		b = append(b, '-')
		n = -n
	}
	whole, part := n/scale, n%scale
	if whole != 0 || part == 0 {
		b = appendInt(b, whole)
	}
	if part == 0 {
		return b
	}
	b = append(b, '.')
	for part > 0 {
		scale /= 10
		b = append(b, byte('0'+part/scale))
		part %= scale
	}
	return b
}

var pow10 = [...]int64{1, 10, 100, 1e3, 1e4, 1e5, 1e6}

func appendInt(b []byte, v int64) []byte {
	if v < 0 {
		b = append(b, '-')
		v = -v
	}
	var digits [20]byte
	i := len(digits)
	for {
		i--
		digits[i] = byte('0' + v%10)
		if v /= 10; v == 0 {
			return append(b, digits[i:]...)
		}
	}
}

// textBytes encodes a text string. ASCII is common to PDFDocEncoding and every other reading of a byte string.
func textBytes(s string) []byte {
	ascii := true
	for i := 0; i < len(s); i++ {
		if c := s[i]; c >= 0x7f || c < 0x20 && c != '\n' && c != '\t' && c != '\r' {
			ascii = false
			break
		}
	}
	if ascii {
		return []byte(s)
	}
	b := make([]byte, 2, 2+2*len(s))
	b[0], b[1] = 0xfe, 0xff
	return appendUTF16(b, s)
}

func appendUTF16(b []byte, s string) []byte {
	for _, r := range s {
		if r > 0xffff {
			hi, lo := utf16.EncodeRune(r)
			b = append(b, byte(hi>>8), byte(hi), byte(lo>>8), byte(lo))
			continue
		}
		b = append(b, byte(r>>8), byte(r))
	}
	return b
}
