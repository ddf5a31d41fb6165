// Command pack turns pattern files into the tries that package hyphen embeds.
//
//	go generate ./layout/hyphen
//
// It reads patterns/source/NAME.pat.txt (Liang's patterns, one a line, digits for the levels), NAME.hyp.txt (words with
// their hyphens, exceptions; may be missing) and the minima from NAME.notice.txt, and writes patterns/NAME.trie.
//
// A trie is looked up where it lies: loading one means finding its parts. Its bytes are
//
//	left, right          the least number of letters before and after a hyphen
//	n, then n × 3        the alphabet, code points little endian, ascending; a letter's code is its index. A full stop among
//	                     them is the border of a word
//	3, then the values   length and bytes
//	3, then exceptions   length and text: words with hyphens, one a line
//	3                    the root's offset in the nodes
//	nodes                count of edges; the letters of the edges; the offsets of the nodes they lead to, in 3 bytes each. If
//	                     a pattern ends here, the last edge is that of letter 255, and leads to the pattern's value
//
// A value is how far before the pattern's end its first level stands, the number of levels, the levels. Equal subtrees are
// kept once, so the trie is an automaton: the patterns of Liang 1983, section 2, in the space of their suffixes.
package main

import (
	"bytes"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

type node struct {
	edges map[rune]*node
	value []byte
}

func main() {
	log.SetFlags(0)
	const dir = "patterns"
	files, err := filepath.Glob(filepath.Join(dir, "source", "*.pat.txt"))
	if err != nil || len(files) == 0 {
		log.Fatal("no patterns here: run go generate ./layout/hyphen")
	}
	for _, f := range files {
		name := strings.TrimSuffix(filepath.Base(f), ".pat.txt")
		out, err := pack(filepath.Join(dir, "source", name))
		if err == nil {
			err = os.WriteFile(filepath.Join(dir, name+".trie"), out, 0o644)
		}
		if err != nil {
			log.Fatalf("pack %s: %v", name, err)
		}
	}
}

var minima = regexp.MustCompile(`(?:typesetting|generation):\s+left:\s+(\d)\s+right:\s+(\d)`)

func pack(base string) ([]byte, error) {
	patterns, err := os.ReadFile(base + ".pat.txt")
	if err != nil {
		return nil, err
	}
	notice, err := os.ReadFile(base + ".notice.txt")
	if err != nil {
		return nil, err
	}
	m := minima.FindSubmatch(notice)
	if m == nil {
		return nil, fmt.Errorf("the notice has no minima")
	}
	exceptions, err := os.ReadFile(base + ".hyp.txt")
	if err != nil && !os.IsNotExist(err) {
		return nil, err
	}

	root := &node{}
	alphabet := map[rune]bool{}
	for _, p := range strings.Fields(string(patterns)) {
		n := root
		var levels []byte // before each letter, and after the last
		level := byte(0)
		for _, r := range p {
			if r >= '0' && r <= '9' {
				level = byte(r - '0')
				continue
			}
			levels = append(levels, level)
			level = 0
			alphabet[r] = true
			if n.edges == nil {
				n.edges = map[rune]*node{}
			}
			if n.edges[r] == nil {
				n.edges[r] = &node{}
			}
			n = n.edges[r]
		}
		levels = append(levels, level)
		back := len(levels) - 1
		for len(levels) > 0 && levels[0] == 0 {
			levels, back = levels[1:], back-1
		}
		for len(levels) > 0 && levels[len(levels)-1] == 0 {
			levels = levels[:len(levels)-1]
		}
		n.value = append([]byte{byte(back), byte(len(levels))}, levels...)
	}
	var letters []rune
	for r := range alphabet {
		letters = append(letters, r)
	}
	slices.Sort(letters)
	if len(letters) > 250 {
		return nil, fmt.Errorf("%d letters", len(letters))
	}

	w := writer{letters: letters, seen: map[string]int{}, values: map[string]int{}}
	rootAt := w.node(root)
	var out bytes.Buffer
	out.WriteByte(m[1][0] - '0')
	out.WriteByte(m[2][0] - '0')
	out.WriteByte(byte(len(letters)))
	for _, r := range letters {
		out.Write(three(int(r)))
	}
	out.Write(three(len(w.valueBytes)))
	out.Write(w.valueBytes)
	ex := strings.Join(strings.Fields(string(exceptions)), "\n")
	out.Write(three(len(ex)))
	out.WriteString(ex)
	out.Write(three(rootAt))
	out.Write(w.nodes)
	return out.Bytes(), nil
}

type writer struct {
	letters    []rune
	nodes      []byte
	seen       map[string]int // node bytes to offset
	values     map[string]int
	valueBytes []byte
}

// node writes a node after its children and gives its offset.
func (w *writer) node(n *node) int {
	var codes []byte
	var children []byte
	for i, r := range w.letters {
		if c := n.edges[r]; c != nil {
			codes = append(codes, byte(i))
			children = append(children, three(w.node(c))...)
		}
	}
	if n.value != nil {
		at, ok := w.values[string(n.value)]
		if !ok {
			at = len(w.valueBytes)
			w.values[string(n.value)] = at
			w.valueBytes = append(w.valueBytes, n.value...)
		}
		codes, children = append(codes, 255), append(children, three(at)...)
	}
	b := append(append([]byte{byte(len(codes))}, codes...), children...)
	if at, ok := w.seen[string(b)]; ok {
		return at
	}
	at := len(w.nodes)
	w.seen[string(b)] = at
	w.nodes = append(w.nodes, b...)
	return at
}

func three(n int) []byte { return []byte{byte(n), byte(n >> 8), byte(n >> 16)} }
