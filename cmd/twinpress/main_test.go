package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"twinpress": func() { os.Exit(run(context.Background(), os.Args, os.Stdout, os.Stderr)) },
	})
}

// TestScripts runs the command as a user would: testdata/script/*.txtar.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Setup: func(env *testscript.Env) error { // what is made in a script is made: one that is about the cache has one of its own
			env.Setenv("TWINPRESS_NO_CACHE", "1")
			env.Setenv("TWINPRESS_CACHE", filepath.Join(env.WorkDir, ".twinpress-cache"))
			return nil
		},
		Cmds: map[string]func(ts *testscript.TestScript, neg bool, args []string){
			// nofiles DIR: the folder holds no temporary file of ours.
			"nofiles": func(ts *testscript.TestScript, neg bool, args []string) {
				entries, err := os.ReadDir(ts.MkAbs(args[0]))
				if err != nil && !os.IsNotExist(err) {
					ts.Fatalf("%v", err)
				}
				if len(entries) > 0 {
					ts.Fatalf("%s holds %s", args[0], entries[0].Name())
				}
			},
		},
	})
}

func TestPermute(t *testing.T) {
	app := newApp(newTerminal(os.Stdout, os.Stderr))
	for _, c := range []struct{ in, want []string }{
		{[]string{"twinpress", "build", "site", "--issue", "112", "-d", "out"},
			[]string{"twinpress", "build", "--issue", "112", "-d", "out", "--", "site"}},
		{[]string{"twinpress", "build", "site", "--strict", "--dir=out"},
			[]string{"twinpress", "build", "--strict", "--dir=out", "--", "site"}},
		{[]string{"twinpress", "build", "--", "-odd-name"},
			[]string{"twinpress", "build", "--", "-odd-name"}},
		{[]string{"twinpress", "--help"}, []string{"twinpress", "--help"}},
		{[]string{"twinpress", "unknown", "x", "--y"}, []string{"twinpress", "unknown", "x", "--y"}},
	} {
		if got := permute(app, c.in); !slices.Equal(got, c.want) {
			t.Errorf("permute(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
