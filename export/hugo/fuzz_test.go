package hugo

import (
	"bytes"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf8"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// readBytes reads an article that lies in no file.
func readBytes(t *testing.T, raw []byte) (*document.Article, []document.Problem) {
	t.Helper()
	s, err := Open(t.Context(), fstest.MapFS{"a.md": {Data: raw}}, "a.md", Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	issue, problems, err := s.Read(t.Context(), first(s))
	if err != nil {
		t.Fatal(err)
	}
	return issue.Articles[0], problems
}

// FuzzRead looks for a text that breaks the reader, or makes it break its word.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("../testdata/*.txtar")
	if err != nil {
		f.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			f.Fatal(err)
		}
		for _, section := range a.Files {
			if section.Name == "input.md" {
				f.Add(unquoted(section.Data))
			}
		}
	}
	f.Fuzz(func(t *testing.T, raw []byte) { checkDocument(t, raw) })
}

// checkDocument reads a text and looks at what must be true of any document.
func checkDocument(t *testing.T, raw []byte) {
	t.Helper()
	a, problems := readBytes(t, raw)
	lines := bytes.Count(raw, []byte("\n")) + bytes.Count(raw, []byte("\r")) + 1
	inside := func(what string, p document.Pos) {
		if p.Line < 0 || p.Line > lines {
			t.Errorf("%s stands at line %d of %d", what, p.Line, lines)
		}
	}
	refs := map[*document.Note]int{}
	document.WalkArticle(a, func(n document.Node) bool {
		inside("a node", n.Position())
		switch n := n.(type) {
		case *document.Text:
			if !utf8.ValidString(n.Value) {
				t.Errorf("text is not UTF-8: %q", n.Value)
			}
			if strings.ContainsRune(n.Value, source.Opener) || strings.ContainsRune(n.Value, source.Closer) {
				t.Errorf("a placeholder is left in %q", n.Value)
			}
			for _, c := range n.Value {
				if c < ' ' && c != '\t' && c != '\n' || c >= 0xF0000 && c <= 0xF0003 { // marks that typography writes out
					t.Errorf("text holds %U: %q", c, n.Value)
				}
			}
		case *document.NoteRef:
			refs[n.Note]++
			if n.Note.Number < 1 || n.Note.Number > len(a.Notes) || a.Notes[n.Note.Number-1] != n.Note {
				t.Errorf("a citation leads to no note of the article")
			}
			if n.Index != refs[n.Note] {
				t.Errorf("citation %d of note %d says it is number %d", refs[n.Note], n.Note.Number, n.Index)
			}
		case *document.Heading:
			if n.Level < 1 || n.Level > 6 || n.ID == "" {
				t.Errorf("heading of level %d, identifier %q", n.Level, n.ID)
			}
		case *document.TableCell:
			if n.ColSpan < 1 || n.RowSpan < 1 {
				t.Errorf("a cell spans %d columns, %d rows", n.ColSpan, n.RowSpan)
			}
		case *document.Link:
			if u := strings.ToLower(n.URL); strings.HasPrefix(u, "javascript:") || strings.HasPrefix(u, "data:") {
				t.Errorf("unsafe link %q", n.URL)
			}
		}
		return true
	})
	for i, n := range a.Notes {
		told := slices.ContainsFunc(problems, func(p document.Problem) bool { return p.Code == "unused-note" && p.Pos == n.Pos })
		if n.Number != i+1 || len(n.Refs) == 0 && !told { // an unused one may cite itself
			t.Errorf("note %d has number %d and %d citations", i+1, n.Number, len(n.Refs))
		}
	}
	for _, p := range problems {
		inside("problem "+p.Code, p.Pos)
	}
	var once, again strings.Builder
	if err := document.Dump(&once, a); err != nil {
		t.Fatal(err)
	}
	b, _ := readBytes(t, raw)
	if err := document.Dump(&again, b); err != nil {
		t.Fatal(err)
	}
	if once.String() != again.String() {
		t.Error("read again, the same text gives another document")
	}
}

// TestSplices reads texts put together from lines of the examples in an order that nobody would write.
func TestSplices(t *testing.T) {
	var lines [][]byte
	files, err := filepath.Glob("../testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, section := range a.Files {
			if section.Name == "input.md" {
				lines = append(lines, bytes.SplitAfter(unquoted(section.Data), []byte("\n"))...)
			}
		}
	}
	openers := []string{"> ", "- ", "    ", "\t", "[^1]: ", "<div>", "</div>", "{{< details >}}", "{{< /details >}}", "<!-- ", "```", "| "}
	random := rand.New(rand.NewPCG(1, 2))
	for range 400 {
		var b bytes.Buffer
		for range random.IntN(12) + 1 {
			line := lines[random.IntN(len(lines))]
			switch random.IntN(6) {
			case 0:
				from := random.IntN(len(line) + 1)
				line = line[from : from+random.IntN(len(line)-from+1)]
			case 1:
				b.WriteString(openers[random.IntN(len(openers))])
			}
			b.Write(line)
		}
		if checkDocument(t, b.Bytes()); t.Failed() {
			t.Fatalf("the text was:\n%s", b.Bytes())
		}
	}
}
