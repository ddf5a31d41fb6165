package export

import (
	"bytes"
	"encoding/json"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/twinpress/twinpress/export/batch"
)

// contentOf reads all files of a folder.
func contentOf(t *testing.T, dir string) map[string]string {
	t.Helper()
	out := map[string]string{}
	err := filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		out[rel] = string(data)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

func mustBuild(t *testing.T, site fs.FS, opts Options) Result {
	t.Helper()
	res, err := Build(t.Context(), FS(site, "."), opts)
	if err != nil && !errors.Is(err, ErrFailed) {
		t.Fatal(err)
	}
	return res
}

var manifested = []string{"epub", "pdf", "pages", "opds"}

// TestManifestShares: a run, the same from a cache, and the shares of it merged leave the same bytes, the manifest's among them, which keeps
// its schema.
func TestManifestShares(t *testing.T) {
	site, cache := cachedSite(), t.TempDir()
	opts := Options{Formats: manifested, Offprints: true, Manifest: true, Cache: cache, Dir: t.TempDir()}
	mustBuild(t, site, opts)
	whole := contentOf(t, opts.Dir)
	if len(whole) != 2*7+3 {
		t.Fatalf("%d files", len(whole))
	}
	validate(t, whole[batch.Name])

	warm := opts
	warm.Dir = t.TempDir()
	if res := mustBuild(t, site, warm); !res.Files[0].Cached {
		t.Error("the second run took nothing from the cache")
	}
	same(t, "from the cache", contentOf(t, warm.Dir), whole)

	one, several := t.TempDir(), t.TempDir()
	var dirs []string
	for i := 1; i <= 5; i++ { // of three issues: two shares have nothing to do
		o := opts
		o.Shard = batch.Shard{Index: i, Of: 5}
		for _, o.Dir = range []string{one, filepath.Join(several, o.Shard.File())} {
			mustBuild(t, site, o)
		}
		dirs = append(dirs, o.Dir)
		validate(t, contentOf(t, o.Dir)[o.Shard.File()])
	}
	if _, err := Merge(t.Context(), []string{one}, one); err != nil {
		t.Fatal(err)
	}
	same(t, "shares in one folder", contentOf(t, one), whole)
	out := t.TempDir()
	slices.Reverse(dirs)
	if _, err := Merge(t.Context(), dirs, out); err != nil {
		t.Fatal(err)
	}
	same(t, "shares in several folders", contentOf(t, out), whole)

	if err := os.WriteFile(filepath.Join(dirs[0], "the-forme-1.pdf"), []byte("%PDF-1.7"), 0o666); err != nil {
		t.Fatal(err)
	}
	for _, d := range dirs[1:] {
		_ = os.WriteFile(filepath.Join(d, "the-forme-1.pdf"), []byte("%PDF-1.7"), 0o666)
	}
	if _, err := Merge(t.Context(), dirs, t.TempDir()); err == nil || !strings.Contains(err.Error(), "is not the file that") {
		t.Errorf("a share's file was altered: %v", err)
	}
}

func same(t *testing.T, what string, got, want map[string]string) {
	t.Helper()
	for name := range want {
		if got[name] != want[name] {
			t.Errorf("%s: %s is another (%d bytes, not %d)", what, name, len(got[name]), len(want[name]))
		}
	}
	for name := range got {
		if _, ok := want[name]; !ok {
			t.Errorf("%s: there is %s, too", what, name)
		}
	}
}

func validate(t *testing.T, manifest string) {
	t.Helper()
	schema, err := jsonschema.UnmarshalJSON(bytes.NewReader(batch.Schema))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource("schema.json", schema); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("schema.json")
	if err != nil {
		t.Fatal(err)
	}
	m, err := jsonschema.UnmarshalJSON(strings.NewReader(manifest))
	if err != nil {
		t.Fatalf("%v: %s", err, manifest)
	}
	if err := s.Validate(m); err != nil {
		t.Error(err)
	}
	if s.Validate(map[string]any{"format": 1}) == nil {
		t.Error("the schema takes anything")
	}
}

// TestManifestTells: what was made, of what; a failed edition with its problems; files of earlier runs, which can be removed.
func TestManifestTells(t *testing.T) {
	site, dir := cachedSite(), t.TempDir()
	opts := Options{Dir: dir, Manifest: true, Formats: []string{"epub", "pdf"}}
	mustBuild(t, site, opts)
	read := func() *batch.Manifest {
		t.Helper()
		data, err := os.ReadFile(filepath.Join(dir, batch.Name))
		if err != nil {
			t.Fatal(err)
		}
		m, err := batch.Read(data)
		if err != nil {
			t.Fatal(err)
		}
		return m
	}
	m := read()
	first := m.Editions[0]
	if first.Name != "the-forme-1" || first.Words < 10 || first.Pages < 2 || len(first.Outputs) != 2 || len(first.Fonts) == 0 || len(first.Inputs) != 3 {
		t.Errorf("%+v", first)
	}
	if !slices.ContainsFunc(m.Inputs, func(in batch.Input) bool {
		return in.Path == "data/words.yaml" && in.SHA256 == sumOf(site["data/words.yaml"].Data)
	}) {
		t.Errorf("the inputs of all are %v", m.Inputs)
	}
	if n, problems, err := Verify(dir); n != 6 || len(problems) > 0 || err != nil {
		t.Errorf("%d files, %v, %v", n, problems, err)
	}

	// One issue alone: the others are in the manifest still.
	some := opts
	some.Issues = []string{"2"}
	mustBuild(t, site, some)
	if again := read(); !sameJSON(t, again, m) {
		t.Errorf("after a build of one issue there are %d editions", len(again.Editions))
	}

	// An issue is gone, another is broken: what there was of the one is stale, of the other not.
	delete(site, "content/c-three.md")
	site["content/b-two.md"].Data = []byte("---\ntitle: [Two\nissue: 2\n---\n")
	res := mustBuild(t, site, opts)
	if want := []string{"the-forme-3.epub", "the-forme-3.pdf"}; !slices.Equal(res.Stale, want) || len(res.Pruned) > 0 {
		t.Errorf("stale %q", res.Stale)
	}
	m = read()
	if e := m.Editions[1]; !e.Failed || len(e.Outputs) > 0 || len(e.Problems) == 0 {
		t.Errorf("%+v", e)
	}
	if len(m.Stale) != 2 {
		t.Errorf("%+v", m.Stale)
	}
	opts.Prune = true
	if res = mustBuild(t, site, opts); !slices.Equal(res.Pruned, []string{"the-forme-3.epub", "the-forme-3.pdf"}) || len(res.Stale) > 0 {
		t.Errorf("stale %q, removed %q", res.Stale, res.Pruned)
	}
	if files := contentOf(t, dir); len(files) != 5 || files["the-forme-2.pdf"] == "" {
		t.Errorf("%d files are left", len(files))
	}

	// What is altered, missing or new is told.
	for _, err := range []error{os.WriteFile(filepath.Join(dir, "the-forme-1.pdf"), []byte("%PDF-1.7"), 0o666), os.Remove(filepath.Join(dir, "the-forme-1.epub")),
		os.WriteFile(filepath.Join(dir, "mine.txt"), nil, 0o666)} {
		if err != nil {
			t.Fatal(err)
		}
	}
	_, problems, err := Verify(dir)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]int{}
	for _, p := range problems {
		codes[p.Code]++
	}
	if codes["not-as-made"] != 2 || codes["not-in-manifest"] != 3 {
		t.Errorf("%v", problems)
	}
}

func sameJSON(t *testing.T, a, b any) bool {
	t.Helper()
	x, err := json.Marshal(a)
	y, err2 := json.Marshal(b)
	if err := errors.Join(err, err2); err != nil {
		t.Fatal(err)
	}
	return bytes.Equal(x, y)
}
