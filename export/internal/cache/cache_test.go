package cache

import (
	"os"
	"path/filepath"
	"testing"
	"time"
)

func open(t *testing.T, dir string, now time.Time) *Cache {
	t.Helper()
	c, err := Open(dir, now)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// files lists the files of a cache.
func files(t *testing.T, c *Cache) (names []string) {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(c.dir, "*", "*", "*"))
	if err != nil {
		t.Fatal(err)
	}
	return names
}

// TestSpoilt alters or cuts every entry at every place: none is taken for what was put in.
func TestSpoilt(t *testing.T) {
	c := open(t, t.TempDir(), time.Time{})
	key := Sum([]byte("key"))
	for _, spoil := range []func([]byte, int) []byte{
		func(b []byte, at int) []byte { b[at] ^= 1 << (at % 8); return b },
		func(b []byte, at int) []byte { return b[:at] },
		func(b []byte, at int) []byte { return append(b, b[at]) },
	} {
		for at := range 70 {
			sum, err := c.PutPiece([]byte("the whole piece, of more bytes than a sum has: not one of them may be another one"))
			if err != nil {
				t.Fatal(err)
			}
			if err := c.PutNote(key, []byte("a note")); err != nil {
				t.Fatal(err)
			}
			for _, name := range []string{c.file("pieces", sum), c.file("notes", key)} {
				data, err := os.ReadFile(name)
				if err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, spoil(data, at), 0o666); err != nil {
					t.Fatal(err)
				}
			}
			before := c.Damaged()
			if data, ok := c.Piece(sum); ok {
				t.Fatalf("at %d, a piece is %q", at, data)
			}
			if text, ok := c.Note(key); ok {
				t.Fatalf("at %d, a note is %q", at, text)
			}
			if c.Damaged() != before+2 || len(files(t, c)) != 0 {
				t.Fatalf("at %d: %d told, left %q", at, c.Damaged()-before, files(t, c))
			}
		}
	}
}

// TestTrim: what was not used for long goes first, and nothing goes while there is room.
func TestTrim(t *testing.T) {
	dir, day := t.TempDir(), time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	c := open(t, dir, day)
	var sums []string
	for i := range 4 {
		sum, err := c.PutPiece(make([]byte, 1000+i))
		if err != nil {
			t.Fatal(err)
		}
		if err := os.Chtimes(c.file("pieces", sum), time.Time{}, day.AddDate(0, 0, i)); err != nil {
			t.Fatal(err)
		}
		sums = append(sums, sum)
	}
	left := filepath.Join(c.dir, ".left.tmp")
	if err := os.WriteFile(left, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Chtimes(left, time.Time{}, day); err != nil {
		t.Fatal(err)
	}
	later := open(t, dir, day.AddDate(0, 1, 0))
	if _, ok := later.Piece(sums[0]); !ok {
		t.Fatal("a piece is gone")
	}
	if err := later.Trim(0); err != nil || len(files(t, later)) != 4 {
		t.Fatalf("what nothing was added to was trimmed to %d (%v)", len(files(t, later)), err)
	}
	if err := later.PutNote(sums[1], nil); err != nil {
		t.Fatal(err)
	}
	if err := later.Trim(1 << 20); err != nil || len(files(t, later)) != 5 {
		t.Fatalf("%d left of 5 that have room (%v)", len(files(t, later)), err)
	}
	if _, err := os.Stat(left); err == nil {
		t.Error("a leaving of a month ago is there still")
	}
	if err := later.Trim(2500); err != nil {
		t.Fatal(err)
	}
	if _, ok := later.Piece(sums[0]); !ok {
		t.Error("what was used today is gone")
	}
	if _, ok := later.Piece(sums[1]); ok {
		t.Error("what was used a month ago is there still")
	}
}

// TestDigest: values that differ in anything have different digests; the order of a map and a cycle do not matter.
func TestDigest(t *testing.T) {
	type node struct {
		name string
		Next *node
		Any  any
		m    map[string]int
	}
	digest := func(vs ...any) string {
		t.Helper()
		d, err := Digest(vs...)
		if err != nil {
			t.Fatal(err)
		}
		return d
	}
	a, b := &node{name: "a"}, &node{name: "a"}
	a.Next, b.Next = a, b
	if digest(a) != digest(b) {
		t.Error("two cycles of one shape differ")
	}
	m, n := map[string]int{}, map[string]int{}
	for i := range 20 {
		m[string(rune('a'+i))], n[string(rune('t'-i))] = i, 19-i
	}
	if digest(m) != digest(n) {
		t.Error("two maps of one content differ")
	}
	twin := &node{name: "x"}
	at := time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)
	values := []any{nil, a, &node{name: "b"}, &node{}, node{}, &node{Any: 1}, &node{Any: int64(1)}, &node{Any: "1"}, &node{m: m}, &node{m: map[string]int{}}, []string{"ab", "c"}, []string{"a", "bc"},
		[]string{}, []string(nil), [2]string{"ab", "c"}, []byte("abc"), "abc", true, false, 1.5, at, at.Add(1), []*node{twin, twin}, []*node{{name: "x"}, {name: "x"}}}
	seen := map[string]int{}
	for i, v := range values {
		d := digest(v)
		if j, ok := seen[d]; ok {
			t.Errorf("%#v and %#v have one digest", values[j], v)
		}
		seen[d] = i
	}
	if _, err := Digest(&node{Any: func() {}}); err == nil {
		t.Error("a function has a digest")
	}
}
