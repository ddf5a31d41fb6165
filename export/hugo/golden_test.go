package hugo

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"
	"github.com/twinpress/twinpress/export/document"
)

var update = flag.Bool("update", false, "write what the tests found into their files")

// results are the sections of a file in ../testdata that are not its input. This package writes document and problems;
// the others belong to the formats.
var results = map[string]bool{"document": true, "problems": true, "xhtml": true, "lines": true}

// TestConstructs reads each example in ../testdata (one construct, one file) and compares the document, as Dump writes
// it, and the problems. The input is input.md, or a site of several files whose articles are read in order.
func TestConstructs(t *testing.T) {
	files, err := filepath.Glob("../testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) == 0 {
		t.Fatal("no examples in ../testdata")
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := filepath.Join(t.TempDir(), "site")
			open := dir
			for _, f := range a.Files {
				if results[f.Name] {
					continue
				}
				name := filepath.Join(dir, filepath.FromSlash(f.Name))
				if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(name, unquoted(f.Data), 0o644); err != nil {
					t.Fatal(err)
				}
				if f.Name == "input.md" {
					open = name
				}
			}
			got := map[string]string{}
			got["document"], got["problems"] = readAll(t, open)
			if got["problems"] == "" {
				delete(got, "problems")
			}
			if *update {
				write(t, file, a, got)
				return
			}
			for _, section := range []string{"document", "problems"} {
				if want := find(a, section); want != got[section] {
					t.Errorf("%s differs\n--- want\n%s--- got\n%s", section, want, got[section])
				}
			}
		})
	}
}

// readAll dumps all articles of a site.
func readAll(t *testing.T, name string) (dump, problems string) {
	t.Helper()
	var b, p strings.Builder
	s, err := OpenPath(t.Context(), name, Options{})
	if err != nil {
		return "error: " + strings.ReplaceAll(err.Error(), filepath.Dir(name), ".") + "\n", ""
	}
	for _, in := range s.Contents().Issues {
		issue, found, err := s.Read(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		if in.Number != "" {
			fmt.Fprintf(&b, "issue %s %q %s\n", in.Number, document.PlainText(issue.Title), issue.Date.ISO())
		}
		for _, a := range issue.Articles {
			if len(issue.Articles) > 1 || in.Number != "" {
				fmt.Fprintf(&b, "article %s\n", a.Path)
			}
			if err := document.Dump(&b, a); err != nil {
				t.Fatal(err)
			}
		}
		for _, q := range found {
			// Examples have neither title nor language, to be short.
			if q.Code == "language-guessed" || q.Code == "missing-title" {
				continue
			}
			fmt.Fprintf(&p, "%s %s\n", q.Severity, q.Error())
		}
	}
	return b.String(), p.String()
}

// unquoted makes the characters that a text file cannot show: \r, \x08, \uFEFF, written so in a file whose first line
// is "#!escapes".
func unquoted(data []byte) []byte {
	s, ok := strings.CutPrefix(string(data), "#!escapes\n")
	if !ok {
		return data
	}
	s = strings.NewReplacer(`\r`, "\r", `\x08`, "\x08", `\uFEFF`, "\uFEFF", `\u200B`, "\u200B", `\xE9`, "\xE9", `\u00AD`, "\u00AD", `\u00A0`, "\u00A0").Replace(s)
	return []byte(s)
}

func find(a *txtar.Archive, name string) string {
	for _, f := range a.Files {
		if f.Name == name {
			return string(f.Data)
		}
	}
	return ""
}

func write(t *testing.T, file string, a *txtar.Archive, got map[string]string) {
	t.Helper()
	var out []txtar.File
	done := map[string]bool{}
	put := func(name string) {
		if s := got[name]; s != "" && !done[name] {
			out = append(out, txtar.File{Name: name, Data: []byte(s)})
		}
		done[name] = true
	}
	for _, f := range a.Files {
		switch {
		case f.Name == "document" || f.Name == "problems":
			put(f.Name)
		case results[f.Name]:
			put("document")
			put("problems")
			out = append(out, f)
		default:
			out = append(out, f)
		}
	}
	put("document")
	put("problems")
	a.Files = out
	if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
		t.Fatal(err)
	}
}
