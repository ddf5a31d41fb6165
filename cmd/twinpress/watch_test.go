package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export"
)

// lockedBuffer is what a watch writes to while a test reads it.
type lockedBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (l *lockedBuffer) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

func (l *lockedBuffer) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// TestWatch saves files in all the ways in which editors do, breaks and mends an article and the configuration: what lies in the output
// folder at last is each time what a build from nothing makes, and nothing but SIGINT's context ends it.
func TestWatch(t *testing.T) {
	for name, poll := range map[string]time.Duration{"events": 0, "polling": 15 * time.Millisecond} {
		t.Run(name, func(t *testing.T) { testWatch(t, poll) })
	}
}

func testWatch(t *testing.T, poll time.Duration) {
	before := runtime.NumGoroutine()
	dir := t.TempDir()
	site, out := filepath.Join(dir, "site"), filepath.Join(dir, "site", "dist")
	at := func(name string) string { return filepath.Join(site, filepath.FromSlash(name)) }
	put := func(name, text string) error {
		return errors.Join(os.MkdirAll(filepath.Dir(at(name)), 0o777), os.WriteFile(at(name), []byte(text), 0o666))
	}
	article := func(issue, text string) string {
		return "---\ntitle: A\nissue: " + issue + "\n---\n" + text + "\n"
	}
	picture := func(r string) string {
		return `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><circle r="` + r + `"/></svg>`
	}
	for _, err := range []error{put("hugo.toml", "title = 'T'\n"), put("content/a.md", article("1", "One. ![A dot](/dot.svg)")), put("content/b.md", article("2", "Two.")), put("static/dot.svg", picture("1"))} {
		if err != nil {
			t.Fatal(err)
		}
	}
	var said lockedBuffer
	builds := make(chan export.Result, 100)
	w := &watch{t: &terminal{out: io.Discard, err: &said}, path: site, poll: poll, opts: export.Options{Dir: out, Formats: []string{"epub"}, Cache: filepath.Join(dir, "cache")},
		built: func(res export.Result, _ error) { builds <- res }}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.run(ctx) }()
	<-builds

	for _, save := range []struct {
		how string
		do  func() error
	}{
		{"in place", func() error { return put("content/a.md", article("1", "One, changed. ![A dot](/dot.svg)")) }},
		{"renamed over", func() error {
			return errors.Join(put("content/a.md.new~", article("1", "One, by a rename. ![A dot](/dot.svg)")), os.Rename(at("content/a.md.new~"), at("content/a.md")))
		}},
		{"away and back", func() error {
			return errors.Join(os.Remove(at("content/b.md")), put("content/b.md", article("2", "Two, anew.")))
		}},
		{"a new file", func() error { return put("content/c.md", article("2", "Three.")) }},
		{"a new folder", func() error { return put("content/deep/er/index.md", article("3", "Four.")) }},
		{"in the new folder", func() error { return put("content/deep/er/index.md", article("3", "Four, changed.")) }},
		{"a picture", func() error { return put("static/dot.svg", picture("2")) }},
		{"a broken article", func() error { return put("content/b.md", "---\ntitle: [A\nissue: 2\n---\nTwo.\n") }},
		{"mended", func() error { return put("content/b.md", article("2", "Two, mended.")) }},
		{"a broken configuration", func() error { return put("twinpress.yaml", "joumal: {}\n") }},
		{"mended, too", func() error { return put("twinpress.yaml", "journal: {title: The T}\n") }},
		{"a file is gone", func() error { return os.Remove(at("content/c.md")) }},
	} {
		if err := save.do(); err != nil {
			t.Fatal(err)
		}
		fresh := filepath.Join(dir, "fresh")
		if err := os.RemoveAll(fresh); err != nil {
			t.Fatal(err)
		}
		res, wrong := export.Build(t.Context(), export.Path(site), export.Options{Dir: fresh, Formats: []string{"epub"}})
		message := "nothing is wrong"
		if more := append(problemsIn(wrong), res.Problems...); wrong != nil && len(more) > 0 {
			message = more[0].Message
		}
		// One saving may make several builds; the last is right.
		for deadline := time.Now().Add(20 * time.Second); ; {
			if wrong == nil && sameFiles(t, out, fresh) || wrong != nil && strings.Contains(said.String(), message) {
				break
			}
			if time.Now().After(deadline) {
				t.Fatalf("%s: what lies there is not what a build makes; said\n%s", save.how, said.String())
			}
			select {
			case <-builds:
			case <-time.After(100 * time.Millisecond):
			}
		}
	}
	if s := said.String(); !strings.Contains(s, "gone: content/b.md") || !strings.Contains(s, "joumal") || !strings.Contains(s, "made ") {
		t.Errorf("said\n%s", s)
	}
	select {
	case err := <-ended:
		t.Fatalf("it ended by itself: %v", err)
	default:
	}
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	for range 100 { // goroutines end shortly after
		if runtime.NumGoroutine() <= before+1 {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Errorf("%d goroutines before, %d after", before, runtime.NumGoroutine())
}

// sameFiles reports whether every file of one folder lies in another, with the same bytes. What an earlier build made may lie there, too.
func sameFiles(t *testing.T, dir, of string) bool {
	t.Helper()
	names, err := filepath.Glob(filepath.Join(of, "*"))
	if err != nil || len(names) == 0 {
		t.Fatal(names, err)
	}
	for _, name := range names {
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(dir, filepath.Base(name))); err != nil || !bytes.Equal(got, want) {
			return false
		}
	}
	return true
}

// TestWatchHere watches an article whose editions lie beside it, and a configuration that lies elsewhere; the article goes and comes back.
func TestWatchHere(t *testing.T) {
	dir, away := t.TempDir(), t.TempDir()
	file, config := filepath.Join(dir, "essay.md"), filepath.Join(away, "own.yaml")
	put := func(name, text string) {
		t.Helper()
		if err := os.WriteFile(name, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	put(file, "One.\n")
	put(config, "journal: {title: A}\n")
	var said lockedBuffer
	builds := make(chan error, 100)
	w := &watch{t: &terminal{out: io.Discard, err: &said}, path: file, opts: export.Options{Dir: dir, Formats: []string{"epub"}, Config: config, Cache: filepath.Join(away, "cache")},
		built: func(_ export.Result, err error) { builds <- err }}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- w.run(ctx) }()
	until := func(what string, bad bool) {
		t.Helper()
		for {
			select {
			case err := <-builds:
				if (err != nil) == bad {
					return
				}
			case <-time.After(20 * time.Second):
				t.Fatalf("%s makes no build; said\n%s", what, said.String())
			}
		}
	}
	until("the beginning", false)
	put(config, "joumal: {}\n")
	until("a broken configuration elsewhere", true)
	put(config, "journal: {title: B}\n")
	until("its mending", false)
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	until("an article that is gone", true)
	put(file, "Two.\n")
	until("its return", false)
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
}

// TestSightPasses: what programs write beside an article while it is edited is of no concern.
func TestSightPasses(t *testing.T) {
	s := &sight{root: filepath.FromSlash("/s"), without: []string{filepath.FromSlash("/s/dist")}, beside: filepath.FromSlash("/c/own.yaml"), own: map[string]bool{filepath.FromSlash("/s/a.pdf"): true}, hugo: true}
	for name, want := range map[string]bool{"/s": false, "/s/content/a.md": false, "/s/content/.a.md.swp": true, "/s/content/a.md~": true, "/s/content/4913": true, "/s/content/#a.md#": true,
		"/s/.git": true, "/s/dist": true, "/s/dist/a.pdf": true, "/s/distant.md": false, "/s/public/index.html": true, "/s/node_modules": true, "/s/content/a.tmp": true, "/s/a.pdf": true, "/s/b.pdf": false, "/c/own.yaml": false, "/c/other.yaml": true, "/s/hugo.toml": false} {
		if got := s.passes(filepath.FromSlash(name)); got != want {
			t.Errorf("%s: %t", name, got)
		}
	}
}
