package export_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
)

const module = "github.com/twinpress/twinpress/"

// rooms says which of our packages each may import. The picture is drawn in doc.go.
var rooms = map[string][]string{
	"cmd/twinpress": {"export", "export/batch", "export/check", "export/explain", "export/outside", "export/report"},
	"export":        {"export/...", "layout", "fonts"},

	"export/batch":    {"export/document"},
	"export/document": {},
	"export/hugo": {"export/document", "export/markdown", "export/internal/source", "export/internal/typography",
		"export/internal/asset", "export/internal/barcode", "export/internal/layouts", "export/internal/names", "export/internal/words", "layout/roman"},
	"export/markdown": {"export/document", "export/internal/bounds", "export/internal/leavings", "export/internal/shortcode", "export/internal/source", "export/internal/typography", "export/internal/tex",
		"export/internal/address", "export/internal/asset", "export/internal/words"},
	"export/style": {"export/document", "layout"},
	"export/epub": {"export/document", "export/style", "export/internal/access", "export/internal/address", "export/internal/asset", "export/internal/names", "export/internal/proof", "export/internal/reference", "export/internal/svg",
		"export/internal/words", "export/internal/xmltext", "fonts"},
	"export/pdf": {"export/document", "export/style", "export/pdf/internal/...", "export/internal/address", "export/internal/barcode", "export/internal/proof", "export/internal/reference",
		"export/internal/svg", "export/internal/typeset", "export/internal/words", "export/internal/xmltext", "layout", "layout/roman", "fonts"},
	"export/pdf/internal/flow": {"export/document", "export/style", "export/internal/address", "export/internal/barcode", "export/internal/names", "export/internal/svg",
		"export/internal/typeset", "export/internal/words", "layout", "layout/roman", "fonts"},
	"export/pdf/internal/object": {"export/internal/svg"},
	"export/picture":             {"export/style", "export/internal/svg", "export/internal/typeset", "layout", "fonts"},
	"export/check":               {"export/document", "layout/roman"},
	"export/explain":             {"export/document"},
	"export/outside":             {"export/document"},
	"export/report":              {"export/document"},
	"export/crossref":            {"export/document", "export/internal/names", "export/internal/reference", "export/internal/xmltext"},
	"export/onix":                {"export/document", "export/internal/access", "export/internal/names", "export/internal/reference", "export/internal/xmltext"},
	"export/jats":                {"export/document", "export/internal/names", "export/internal/reference", "export/internal/xmltext"},
	"export/opds":                {"export/document", "export/internal/names", "export/internal/reference"},
	"export/cite":                {"export/document", "export/internal/names", "export/internal/reference"},

	"export/internal/access":     {"export/document", "export/internal/words", "export/internal/xmltext"},
	"export/internal/address":    {},
	"export/internal/asset":      {"export/document", "export/internal/svg"},
	"export/internal/barcode":    {},
	"export/internal/cache":      {},
	"export/internal/bounds":     {"export/internal/source"},
	"export/internal/doctest":    {"export/document"}, // for tests
	"export/internal/layouts":    {},
	"export/internal/leavings":   {"export/internal/source"},
	"export/internal/names":      {"export/document"},
	"export/internal/pagelock":   {"export/document", "export/internal/source"},
	"export/internal/proof":      {"export/document"},
	"export/internal/reference":  {"export/document", "export/internal/address", "export/internal/names", "export/internal/typography", "export/internal/words"},
	"export/internal/shortcode":  {"export/internal/source"},
	"export/internal/source":     {"export/document"},
	"export/internal/svg":        {"export/internal/xmltext"},
	"export/internal/tex":        {"export/document"},
	"export/internal/typeset":    {"export/internal/svg", "layout", "fonts"},
	"export/internal/typography": {"export/document"},
	"export/internal/words":      {"export/document"},
	"export/internal/xmltext":    {},

	"layout":                      {"layout/..."},
	"layout/roman":                {},
	"layout/hyphen":               {},
	"layout/internal/bidi":        {},
	"layout/hyphen/patterns/pack": {}, // packs the hyphenation patterns; run by go generate, not part of the command
	"fonts":                       {},
}

// homes says which packages alone may import an outside package.
var homes = map[string]string{
	"github.com/urfave/cli/":       "cmd/twinpress",
	"github.com/nlnwa/whatwg-url":  "export/internal/address",
	"github.com/yuin/goldmark":     "export/markdown|export",
	"github.com/go-shiori/":        "export/epub",
	"github.com/johnfercher/":      "export/pdf",
	"github.com/schollz/":          "cmd/twinpress",
	"github.com/pelletier/":        "export/hugo",
	"github.com/go-text/":          "fonts|layout",
	"github.com/gofrs/":            "export",
	"golang.org/x/sync":            "export",
	"github.com/fsnotify/":         "cmd/twinpress",
	"github.com/dustin/":           "cmd/twinpress",
	"github.com/speedata/":         "layout/hyphen",
	"github.com/go-playground/":    "export/internal/words",
	"golang.org/x/image/vector":    "export/picture|export/internal/svg|export/pdf/internal/object|export/epub",
	"github.com/google/uuid":       "export/epub",
	"github.com/boombuler/":        "export/internal/barcode",
	"github.com/agext/levenshtein": "export|export/hugo|export/style|export/pdf|export/explain",
	"golang.org/x/text/unicode/b":  "layout/internal/bidi",
}

// openers are the packages, and one file, that may open files; everything else is handed bytes, readers and fs.FS values.
var openers = map[string]bool{
	"cmd/twinpress": true, "export": true, "layout/hyphen/patterns/pack": true, "export/outside": true, "export/hugo/locate.go": true, "export/check": true, "fonts": true,
	"export/epub":             true, // go-epub assembles from local files
	"export/internal/cache":   true,
	"export/internal/doctest": true, // for tests: the samples and the corpus
}

// TestRooms holds the tree to the import directions that doc.go draws.
func TestRooms(t *testing.T) {
	seen := map[string]bool{}
	walkSource(t, func(name string) {
		pkg := path.Dir(name)
		allowed, ok := rooms[pkg]
		if !ok {
			t.Errorf("%s: package %s has no place in the house; give it one in rooms", name, pkg)
			return
		}
		seen[pkg] = true
		f, err := parser.ParseFile(token.NewFileSet(), filepath.Join("..", name), nil, parser.ImportsOnly)
		if err != nil {
			t.Fatal(err)
		}
		for _, im := range f.Imports {
			p := strings.Trim(im.Path.Value, `"`)
			if ours, ok := strings.CutPrefix(p, module); ok && !permits(allowed, ours) {
				t.Errorf("%s imports %s: %s may import only %v", name, ours, pkg, allowed)
			}
			for prefix, home := range homes {
				if strings.HasPrefix(p, prefix) && !strings.Contains("|"+home+"|", "|"+pkg+"|") {
					t.Errorf("%s imports %s, whose home is %s", name, p, home)
				}
			}
			switch p {
			case "math/rand", "math/rand/v2":
				t.Errorf("%s imports %s: an export draws no lots", name, p)
			case "os":
				if !openers[pkg] && !openers[name] {
					t.Errorf("%s imports os: files are opened only in %v", name, openers)
				}
			}
		}
	})
	if len(seen) < 8 {
		t.Fatalf("only %d packages seen: the test does not look where the code is", len(seen))
	}
}

// TestNoClock finds clocks and network calls near an output.
func TestNoClock(t *testing.T) {
	walkSource(t, func(name string) {
		if strings.HasPrefix(name, "cmd/") {
			return
		}
		src, err := os.ReadFile(filepath.Join("..", name))
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range []string{"time.Now(", "time.Since(", "http.Get(", "http.Head(", "http.NewRequest", "http.DefaultClient", "net.Dial"} {
			if strings.Contains(string(src), call) {
				t.Errorf("%s calls %s: outputs depend on the input alone, and nothing is fetched", name, call)
			}
		}
	})
}

// TestTopLevel holds the top level to what the project's card names.
func TestTopLevel(t *testing.T) {
	allowed := map[string]bool{"cmd": true, "export": true, "layout": true, "fonts": true, "samples": true,
		"go.mod": true, "go.sum": true, "Makefile": true, "README.md": true, "LICENSE": true,
		"dist": true, "out": true} // the last two are made, and ignored by git
	entries, err := os.ReadDir("..")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if !allowed[e.Name()] && !strings.HasPrefix(e.Name(), ".") {
			t.Errorf("%s stands at the top level; find it a room below", e.Name())
		}
	}
}

func permits(allowed []string, pkg string) bool {
	for _, a := range allowed {
		if pkg == a || strings.HasSuffix(a, "/...") && strings.HasPrefix(pkg, strings.TrimSuffix(a, "...")) {
			return true
		}
	}
	return false
}

// walkSource calls f with the slash-separated path of every Go file that is part of the build.
func walkSource(t *testing.T, f func(name string)) {
	t.Helper()
	for _, top := range []string{"cmd", "export", "layout", "fonts"} {
		err := fs.WalkDir(os.DirFS(".."), top, func(p string, d fs.DirEntry, err error) error {
			switch {
			case err != nil:
				return err
			case d.IsDir() && (d.Name() == "testdata" || strings.HasPrefix(d.Name(), "_")):
				return fs.SkipDir
			case strings.HasSuffix(p, ".go") && !strings.HasSuffix(p, "_test.go"):
				f(p)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}
