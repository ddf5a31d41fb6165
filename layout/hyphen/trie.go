package hyphen

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A trie holds patterns, letter by letter (Liang 1983, section 2). Its bytes stay as package pack wrote them, which describes
// them.
type trie struct {
	turkic bool        // I and İ are two letters
	codes  [0x250]byte // letter to code + 1, of the common letters
	more   map[rune]byte
	border byte // code of the full stop, which stands for the border of a word
	values []byte
	nodes  []byte
	root   int
}

const (
	noBorder = 254 // the border's code where no pattern asks for it
	unknown  = 253 // the code of a letter that no pattern has
	ending   = 255 // the edge to the value of the pattern that ends at a node
)

func three(b []byte) int { return int(b[0]) | int(b[1])<<8 | int(b[2])<<16 }

// open finds the parts of a packed file.
func open(b []byte) *Hyphenator {
	h := &Hyphenator{left: int(b[0]), right: int(b[1])}
	n := int(b[2])
	b = b[3:]
	h.patterns.alphabet(b[:3*n])
	b = b[3*n:]
	n = three(b)
	h.patterns.values, b = b[3:3+n], b[3+n:]
	n = three(b)
	exceptions, b := b[3:3+n], b[3+n:]
	h.patterns.root, h.patterns.nodes = three(b), b[3:]
	for _, word := range strings.Fields(string(exceptions)) {
		h.except(word)
	}
	return h
}

// alphabet gives the letters of a packed file their codes.
func (t *trie) alphabet(b []byte) {
	t.border = noBorder
	for i := range len(b) / 3 {
		r := rune(three(b[3*i:]))
		switch {
		case r == '.':
			t.border = byte(i)
		case int(r) < len(t.codes):
			t.codes[r] = byte(i + 1)
		default:
			if t.more == nil {
				t.more = make(map[rune]byte)
			}
			t.more[r] = byte(i + 1)
		}
	}
}

// encode appends the codes of a word's letters, between two borders.
func (t *trie) encode(codes []byte, word string) []byte {
	codes = append(codes, t.border)
	for _, r := range word {
		codes = append(codes, t.code(r))
	}
	return append(codes, t.border)
}

// code is a letter's code, great or small.
func (t *trie) code(r rune) byte {
	if t.turkic && r == 'I' {
		r = 'ı'
	} else if t.turkic && r == 'İ' {
		r = 'i'
	} else if r >= utf8.RuneSelf || r >= 'A' && r <= 'Z' {
		r = unicode.ToLower(r)
	}
	var c byte
	if int(r) < len(t.codes) {
		c = t.codes[r]
	} else {
		c = t.more[r]
	}
	if c == 0 {
		return unknown
	}
	return c - 1
}

// levels appends the greatest level that a pattern gives to the place before each code, and after the last.
func (t *trie) levels(levels, codes []byte) []byte {
	for range len(codes) + 1 {
		levels = append(levels, 0)
	}
	for start := range codes {
		at := t.root
		for i := start; ; i++ {
			n := int(t.nodes[at])
			edges := t.nodes[at+1 : at+1+n]
			next := at + 1 + n
			if n > 0 && edges[n-1] == ending {
				t.raise(levels, i, three(t.nodes[next+3*(n-1):]))
				edges = edges[:n-1]
			}
			if i == len(codes) || codes[i] == noBorder {
				break
			}
			e := bytes.IndexByte(edges, codes[i])
			if e < 0 {
				break
			}
			at = three(t.nodes[next+3*e:])
		}
	}
	return levels
}

// raise brings the levels at a pattern that ends before code i to those of its value.
func (t *trie) raise(levels []byte, i, value int) {
	v := t.values[value:]
	from := i - int(v[0])
	for k, level := range v[2 : 2+int(v[1])] {
		levels[from+k] = max(levels[from+k], level)
	}
}
