package export

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/gofrs/flock"
)

// TestUnreadable: what cannot be read stops nothing, and is not forgotten.
func TestUnreadable(t *testing.T) {
	site := t.TempDir()
	for name, text := range map[string]string{"hugo.toml": "title = 'T'\n", "content/a.md": "---\ntitle: A\nissue: 1\n---\nText.\n", "content/b.md": "---\ntitle: B\nissue: 2\n---\nText.\n"} {
		file := filepath.Join(site, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(file), 0o777), os.WriteFile(file, []byte(text), 0o666)); err != nil {
			t.Fatal(err)
		}
	}
	for link, to := range map[string]string{"broken.md": "nowhere", "loop.md": "loop.md"} {
		if err := os.Symlink(to, filepath.Join(site, "content", link)); err != nil {
			t.Fatal(err)
		}
	}
	out := t.TempDir()
	res, err := Build(t.Context(), Path(site), Options{Dir: out, Formats: []string{"epub"}})
	var failed *FailedError
	if !errors.As(err, &failed) || failed.Strict || !slices.Equal(failed.Editions, []string{"content/broken.md", "content/loop.md"}) || res.Failed != 2 {
		t.Errorf("%v, %d failed", err, res.Failed)
	}
	if len(res.Files) != 2 {
		t.Errorf("made %v", res.Files)
	}
	for _, p := range res.Problems {
		if p.Code == "unreadable" && (p.Severity != Error || !strings.HasPrefix(p.Message, "cannot be read: ")) {
			t.Errorf("%v", p)
		}
	}
}

// TestFailFast: nothing is begun when an edition has failed.
func TestFailFast(t *testing.T) {
	site := fstest.MapFS{"hugo.toml": {Data: []byte("title = 'T'\n")}, "content/a.md": {Data: []byte("---\ntitle: [A\nissue: 1\n---\nText.\n")}}
	for _, n := range []string{"2", "3", "4"} {
		site["content/"+n+".md"] = &fstest.MapFile{Data: []byte("---\ntitle: A\nissue: " + n + "\n---\nText.\n")}
	}
	sink := SinkFunc(func(context.Context, string, []byte) error { return nil })
	for fast, want := range map[bool]int{false: 0, true: 3} {
		res, err := Build(t.Context(), FS(site, "."), Options{Sink: sink, Formats: []string{"epub"}, Jobs: 1, FailFast: fast})
		if !errors.Is(err, ErrFailed) || res.Failed != 1 || res.Untried != want || len(res.Files) != 3-want {
			t.Errorf("fail fast %t: %v, %d failed, %d not begun, %d files", fast, err, res.Failed, res.Untried, len(res.Files))
		}
	}
}

// TestOccupied: what a killed run was writing is removed by the next, what another is writing is not, and nothing of either is left.
func TestOccupied(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "o[u]t")
	touch := func(name string) string {
		name = filepath.Join(dir, name)
		if err := errors.Join(os.MkdirAll(filepath.Dir(name), 0o777), os.WriteFile(name, nil, 0o666)); err != nil {
			t.Fatal(err)
		}
		return name
	}
	exists := func(name string) bool {
		_, err := os.Lstat(name)
		return err == nil
	}
	dead := []string{touch(".twinpress-111.lock"), touch(".a.pdf.9.111.tmp"), touch("issue/.b.epub.77.111.tmp")}
	alive := []string{touch(".twinpress-222.lock"), touch("issue/.c.epub.8.222.tmp")}
	others := []string{touch(".mine.tmp"), touch("a.111.tmp"), touch(".111.tmp.keep")}
	other := flock.New(alive[0])
	if ok, err := other.TryLock(); !ok || err != nil {
		t.Fatal(ok, err)
	}
	o, err := occupy(Folder(dir))
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range dead {
		if exists(name) {
			t.Errorf("%s of a run that ended is there still", name)
		}
	}
	for _, name := range slices.Concat(alive, others) {
		if !exists(name) {
			t.Errorf("%s is gone", name)
		}
	}
	own := o.lock.Path()
	if !exists(own) {
		t.Error("the run has no lock of its own")
	}
	o.leave()
	if exists(own) || !exists(dir) {
		t.Errorf("left %t, the folder %t", exists(own), exists(dir))
	}
	if err := other.Unlock(); err != nil {
		t.Fatal(err)
	}
	fresh, err := occupy(Folder(filepath.Join(dir, "fresh")))
	if err != nil {
		t.Fatal(err)
	}
	if fresh.leave(); exists(filepath.Join(dir, "fresh")) {
		t.Error("a folder made for nothing is there still")
	}
	if _, err := occupy(Folder(filepath.Join(dir, ".mine.tmp"))); err == nil {
		t.Error("a file is taken for a folder")
	}
}

// TestGate: what is too large for all the room there is goes in alone; nobody is let in twice into the same room.
func TestGate(t *testing.T) {
	g := newGate(100)
	first, err := g.enter(t.Context(), 1000)
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := g.enter(ended, 1); !errors.Is(err, ErrCancelled) {
		t.Errorf("there is room for another: %v", err)
	}
	first()
	if _, err := g.enter(t.Context(), 60); err != nil {
		t.Error(err)
	}
	if _, err := g.enter(t.Context(), 40); err != nil {
		t.Error(err)
	}
}
