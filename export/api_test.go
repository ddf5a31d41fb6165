package export_test

import (
	"bytes"
	"flag"
	"fmt"
	"go/ast"
	"go/doc"
	"go/parser"
	"go/printer"
	"go/token"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// stable are the packages whose exported names are a promise (doc.go); the others may change in any version.
var stable = []string{"export", "export/check", "export/document", "export/style"}

// TestAPI holds the public API to testdata/api.txt, so that a change of it is never made by the way: `go test ./export
// -update` writes the file anew, and its diff is read.
func TestAPI(t *testing.T) {
	var b strings.Builder
	for _, pkg := range stable {
		writeAPI(t, &b, pkg)
	}
	const golden = "testdata/api.txt"
	if flag.Lookup("update").Value.String() == "true" {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	had, have := strings.Split(string(want), "\n"), strings.Split(b.String(), "\n")
	for _, l := range had {
		if !slices.Contains(have, l) {
			t.Errorf("gone from the API: %s", l)
		}
	}
	for _, l := range have {
		if !slices.Contains(had, l) {
			t.Errorf("new in the API: %s", l)
		}
	}
	if !t.Failed() && b.String() != string(want) {
		t.Error("the API is the same in another order: write testdata/api.txt anew with -update")
	}
}

// writeAPI writes what a package exports, without comments and bodies: constants, variables, functions, then types with
// their exported fields and methods.
func writeAPI(t *testing.T, b *strings.Builder, pkg string) {
	t.Helper()
	fset := token.NewFileSet()
	names, err := filepath.Glob(filepath.Join("..", pkg, "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		f, err := parser.ParseFile(fset, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, f)
	}
	p, err := doc.NewFromFiles(fset, files, module+pkg)
	if err != nil {
		t.Fatal(err)
	}
	fmt.Fprintf(b, "package %s\n\n", pkg)
	show := func(d ast.Node) {
		if fn, ok := d.(*ast.FuncDecl); ok {
			fn.Body = nil
		}
		var line bytes.Buffer
		if err := printer.Fprint(&line, fset, d); err != nil {
			t.Fatal(err)
		}
		b.WriteString(line.String() + "\n")
	}
	values := func(vs []*doc.Value) {
		for _, v := range vs {
			show(v.Decl)
		}
	}
	funcs := func(fs []*doc.Func) {
		for _, f := range fs {
			show(f.Decl)
		}
	}
	values(p.Consts)
	values(p.Vars)
	funcs(p.Funcs)
	for _, typ := range p.Types {
		show(typ.Decl)
		values(typ.Consts)
		values(typ.Vars)
		funcs(typ.Funcs)
		funcs(typ.Methods)
	}
	b.WriteString("\n")
}
