package export_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/epub"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/doctest"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/layout"
)

var update = flag.Bool("update", false, "write what the tests found into their files")

// TestJourneys follows each construct of testdata from Markdown to what readers get: the article's XHTML, and its lines as
// placed on the pages of the book style. (The document between is checked in package hugo, in the same files.)
func TestJourneys(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	if len(files) < 20 {
		t.Fatalf("only %d constructs in testdata", len(files))
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			a, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			if len(a.Comment) > 0 && bytes.Contains(a.Comment, []byte("#!escapes")) {
				t.Skip("bytes that a text file cannot show are the reader's business")
			}
			got := map[string]string{}
			got["xhtml"], got["lines"] = journey(t, a)
			if *update {
				var out []txtar.File
				for _, f := range a.Files {
					if f.Name != "xhtml" && f.Name != "lines" {
						out = append(out, f)
					}
				}
				for _, name := range []string{"xhtml", "lines"} {
					if got[name] != "" {
						out = append(out, txtar.File{Name: name, Data: []byte(got[name])})
					}
				}
				a.Files = out
				if err := os.WriteFile(file, txtar.Format(a), 0o644); err != nil {
					t.Fatal(err)
				}
				return
			}
			for _, name := range []string{"xhtml", "lines"} {
				want := ""
				for _, f := range a.Files {
					if f.Name == name {
						want = string(f.Data)
					}
				}
				if want != got[name] {
					t.Errorf("%s differs\n--- want\n%s--- got\n%s", name, want, got[name])
				}
			}
		})
	}
}

// TestEveryNodeHasAJourney: each type of node that package document declares occurs in one of the journeys, and the walk
// reaches it there. A new one wants an example.
func TestEveryNodeHasAJourney(t *testing.T) {
	files, err := filepath.Glob("testdata/*.txtar")
	if err != nil {
		t.Fatal(err)
	}
	reached := map[string]bool{}
	for _, file := range files {
		a, err := txtar.ParseFile(file)
		if err != nil {
			t.Fatal(err)
		}
		readJourney(t, a, func(issue *document.Issue) {
			for _, art := range issue.Articles {
				document.WalkArticle(art, func(n document.Node) bool {
					reached[strings.TrimPrefix(fmt.Sprintf("%T", n), "*document.")] = true
					return true
				})
			}
		})
	}
	types := nodeTypes(t)
	if len(types) < 25 {
		t.Fatalf("there are only %d node types", len(types))
	}
	for _, name := range types {
		if !reached[name] {
			t.Errorf("no example in testdata has a %s", name)
		}
	}
}

// nodeTypes lists the types of node that package document declares: those that embed the base of blocks or of inlines.
func nodeTypes(t *testing.T) (types []string) {
	t.Helper()
	for _, name := range []string{"document/blocks.go", "document/inlines.go"} {
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			spec, ok := n.(*ast.TypeSpec)
			if !ok {
				return true
			}
			if st, ok := spec.Type.(*ast.StructType); ok && ast.IsExported(spec.Name.Name) {
				for _, f := range st.Fields.List {
					if id, ok := f.Type.(*ast.Ident); ok && len(f.Names) == 0 && (id.Name == "blockBase" || id.Name == "inlineBase") {
						types = append(types, spec.Name.Name)
					}
				}
			}
			return true
		})
	}
	return types
}

// journey takes the archive's site through both backends. A site that cannot be opened, as its document section tells,
// has no journey.
func journey(t *testing.T, a *txtar.Archive) (xhtml, lines string) {
	t.Helper()
	var x, l strings.Builder
	readJourney(t, a, func(issue *document.Issue) {
		edition, _, err := pdf.Paginate(t.Context(), issue, pdf.Options{})
		if err != nil {
			t.Fatal(err)
		}
		placed(&l, edition.Pages, func(p *layout.Page) bool { return edition.PageBreaks[p.Index].Front == "" })
		var b bytes.Buffer
		if _, err := epub.Write(t.Context(), &b, issue, epub.Options{}); err != nil {
			t.Fatal(err)
		}
		bodies(t, &x, b.Bytes(), issue)
	})
	return x.String(), l.String()
}

// readJourney reads the archive's site and hands over its issues.
func readJourney(t *testing.T, a *txtar.Archive, take func(*document.Issue)) {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "site")
	open := dir
	for _, f := range a.Files {
		switch f.Name {
		case "document", "problems", "xhtml", "lines":
			continue
		case "input.md":
			open = filepath.Join(dir, f.Name)
		}
		if strings.HasPrefix(string(f.Data), "#!escapes\n") {
			return
		}
		write(t, dir, f.Name, string(f.Data))
	}
	site, err := hugo.OpenPath(t.Context(), open, hugo.Options{})
	if err != nil {
		return
	}
	for _, in := range site.Contents().Issues {
		issue, _, err := site.Read(t.Context(), in)
		if err != nil {
			t.Fatal(err)
		}
		take(issue)
	}
}

var bodyRE = regexp.MustCompile(`(?s)<body[^>]*>\n?(.*)</body>`)

// bodies writes what stands in the body of each article's file.
func bodies(t *testing.T, w *strings.Builder, data []byte, issue *document.Issue) {
	t.Helper()
	files := doctest.Unzip(t, data)
	for _, art := range issue.Articles {
		found := false
		for _, f := range files {
			if !strings.HasSuffix(f.Name, "/"+art.Slug+".xhtml") {
				continue
			}
			m := bodyRE.FindSubmatch(f.Data)
			if m == nil {
				t.Fatalf("%s has no body", f.Name)
			}
			w.Write(bytes.TrimSpace(m[1]))
			w.WriteString("\n")
			found = true
		}
		if !found {
			t.Errorf("the EPUB has no file for article %s", art.Slug)
		}
	}
}

// placed writes the lines of the pages: where they stand (in points from the top left corner) and what they say. A hyphen
// of the breaker is shown as ‑.
func placed(w *strings.Builder, pages []*layout.Page, want func(*layout.Page) bool) {
	for _, p := range pages {
		if !want(p) {
			continue
		}
		fmt.Fprintf(w, "page %s\n", p.Label)
		for _, area := range p.Areas {
			if area.Kind == layout.HeadArea || area.Kind == layout.FootArea {
				continue
			}
			for _, it := range area.Items {
				switch it := it.(type) {
				case *layout.Line:
					fmt.Fprintf(w, "%6.1f %6.1f  %s\n", it.Y.Points(), it.X.Points(), said(it))
				case *layout.RuleItem:
					fmt.Fprintf(w, "%6.1f %6.1f  rule %.1f × %.1f\n", it.Y.Points(), it.X.Points(), it.Width.Points(), it.Height.Points())
				case *layout.PictureItem:
					fmt.Fprintf(w, "%6.1f %6.1f  picture %.1f × %.1f\n", it.Y.Points(), it.X.Points(), it.Width.Points(), it.Height.Points())
				}
			}
		}
	}
}

func said(l *layout.Line) string {
	var b strings.Builder
	for _, r := range l.Runs {
		if r.Hyphen {
			b.WriteString("‑")
			continue
		}
		b.WriteString(r.Text)
	}
	return strings.TrimRight(b.String(), " ")
}
