package export_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"github.com/fzipp/gocyclo"
)

// What a function may be for one head to hold it: its cyclomatic complexity (McCabe 1976, as gocyclo counts it) and its
// lines. A switch with a line for each case, and nothing else, may be more: it says so with gocyclo's own
//
//	//gocyclo:ignore reason
//
// above it.
const (
	mostPaths = 30
	mostLines = 80
)

// TestFunctionsFitAHead holds every function to what one can hold in the head.
func TestFunctionsFitAHead(t *testing.T) {
	functions := 0
	look := func(name string) {
		fset := token.NewFileSet()
		f, err := parser.ParseFile(fset, filepath.Join("..", name), nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, d := range f.Decls {
			fn, ok := d.(*ast.FuncDecl)
			if !ok || fn.Body == nil {
				continue
			}
			functions++
			if excused, reason := excuse(fn); excused {
				if reason == "" {
					t.Errorf("%s: %s is excused from the bounds without a reason", fset.Position(fn.Pos()), fn.Name.Name)
				}
				continue
			}
			if n := gocyclo.Complexity(fn); n > mostPaths {
				t.Errorf("%s: %s has a cyclomatic complexity of %d, above %d", fset.Position(fn.Pos()), fn.Name.Name, n, mostPaths)
			}
			if n := fset.Position(fn.End()).Line - fset.Position(fn.Pos()).Line + 1; n > mostLines {
				t.Errorf("%s: %s has %d lines, more than %d", fset.Position(fn.Pos()), fn.Name.Name, n, mostLines)
			}
		}
	}
	walkSource(t, look)
	for _, pattern := range []string{"../.ci/*/*.go", "../samples/_figures/*.go"} { // tools of the tree, which ./... passes over
		names, err := filepath.Glob(pattern)
		if err != nil || len(names) == 0 {
			t.Fatalf("no tools in %s (%v)", pattern, err)
		}
		for _, name := range names {
			look(strings.TrimPrefix(filepath.ToSlash(name), "../"))
		}
	}
	if functions < 2000 {
		t.Fatalf("only %d functions seen: the test does not look where the code is", functions)
	}
}

// excuse reports whether a function is marked as a flat switch, and the reason given.
func excuse(fn *ast.FuncDecl) (excused bool, reason string) {
	if fn.Doc == nil {
		return false, ""
	}
	for _, c := range fn.Doc.List {
		if rest, ok := strings.CutPrefix(c.Text, "//gocyclo:ignore"); ok {
			return true, strings.TrimSpace(rest)
		}
	}
	return false, ""
}
