package pagelock

import (
	"bytes"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// set makes an edition of pages, each of "body | notes | figures".
func set(label int, pages ...string) *Edition {
	a := Article{File: "content/a.md", Title: "A"}
	for i, p := range pages {
		page := Page{Label: string(rune('0' + label + i))}
		for k, s := range strings.Split(p, "|") {
			if strings.TrimSpace(s) != "" {
				*streams[k].of(&page) = EndsOf(s, document.Pos{File: a.File, Line: 10*(i+1) + k, Column: 1})
			}
		}
		a.Pages = append(a.Pages, page)
	}
	return &Edition{Issue: "7", Language: "en", Style: "book", Size: "1 × 2 mm", Articles: []Article{a}}
}

// TestCompare: each stream of a page goes over to the next by itself; what is corrected on one side of a break leaves the other.
func TestCompare(t *testing.T) {
	const first, second = "one two three four | note one note two | caption one", "five six seven | note three | caption two"
	for _, c := range []struct {
		what, want string
		now        *Edition
	}{
		{"nothing", "", set(3, first, second)},
		{"a word at a page's head", "", set(3, first, "fife six seven | note three | caption two")},
		{"a word at a page's foot", "", set(3, "one two three fore | note one note two | caption one", second)},
		{"a word broken otherwise", "", set(3, "one two three fo-ur | note one note two | caption one", second)},
		{"a line", `content/a.md:20:1: page 4 began “five six seven” when it was published, which stands on page 3 now, and now begins “six seven” [page-moved]`,
			set(3, "one two three four five | note one note two | caption one", "six seven | note three | caption two")},
		{"the rest of a note", `content/a.md:21:1: the notes on page 4 began “note three” when it was published, and now begins “two note three” [page-moved]`,
			set(3, "one two three four | note one note | caption one", "five six seven | two note three | caption two")},
		{"a floating figure", `content/a.md: what figures and tables say on page 4 began “caption two” when it was published, which stands on page 3 now, and now begins with no words [page-moved]`,
			set(3, "one two three four | note one note two | caption one caption two", "five six seven | note three | ")},
		{"another page", `content/a.md: the article stood on pages 3–4 and stands on pages 3–5 now [page-moved]`, set(3, first, second, "more")},
		{"all pages", `content/a.md: stood on pages 3–4 when it was published and stands on pages 5–6 now [page-moved]`, set(5, first, second)},
		{"the article", `content/a.md: stood on pages 3–4 of the published issue 7 and is not in it any more [page-moved]`, &Edition{}},
	} {
		var got []string
		for _, p := range Compare(set(3, first, second), c.now) {
			got = append(got, p.Error())
		}
		if s := strings.Join(got, "\n"); s != c.want {
			t.Errorf("%s moved:\n%s\nwant\n%s", c.what, s, c.want)
		}
	}
}

// TestEncode: what is written is read as it was, in whatever order it came.
func TestEncode(t *testing.T) {
	one, two := set(1, "a “b” <c> | | \x00"), set(1, "a", "b")
	two.Issue = "10"
	f, g := &File{}, &File{}
	f.Put(one)
	f.Put(two)
	f.Put(one)
	g.Put(two)
	g.Put(one)
	a, err := f.Encode()
	b, _ := g.Encode()
	if err != nil || !bytes.Equal(a, b) {
		t.Fatalf("%v\n%s\n%s", err, a, b)
	}
	back, err := Decode(a)
	if err != nil || len(back.Editions) != 2 || back.Editions[0].Issue != "7" {
		t.Fatalf("%v: %+v\n%s", err, back, a)
	}
	if again, _ := back.Encode(); !bytes.Equal(a, again) {
		t.Errorf("read and written again:\n%s\n%s", a, again)
	}
	if f, _ := back.Find("7", "en", "book"); f == nil {
		t.Error("not found")
	}
	if _, styles := back.Find("7", "en", "review"); len(styles) != 1 || styles[0] != "book" {
		t.Errorf("%v", styles)
	}
}

// FuzzDecode: whatever lies in the file, it is read or refused with a place in it.
func FuzzDecode(f *testing.F) {
	good, _ := (&File{Editions: []*Edition{set(1, "a | b | c", "d")}}).Encode()
	for _, s := range []string{string(good), "", "{", "null", `{"version":1,"editions":[null]}`, `{"version":1}{}`, "\ufeff{}", "<<<<<<< HEAD\n"} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, raw []byte) {
		file, err := Decode(raw)
		if err == nil {
			for _, e := range file.Editions {
				Compare(e, e)
				Added(e, e)
			}
			if _, err := file.Encode(); err != nil {
				t.Error(err)
			}
			return
		}
		if p, ok := err.(document.Problem); !ok || p.Pos.File != Name || p.Pos.Line < 1 || p.Pos.Column < 1 {
			t.Errorf("%v", err)
		}
	})
}
