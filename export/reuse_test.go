package export

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"
)

// cachedSite is a site of three issues whose articles depend on files of every kind.
func cachedSite() fstest.MapFS {
	site := fstest.MapFS{}
	for name, text := range map[string]string{
		"hugo.toml":                      "title = 'The Forme'\nbaseURL = 'https://forme.example/'\n",
		"twinpress.yaml":                 "journal: {title: The Forme}\nstyle: {base: book}\nshortcodes: {}\n",
		"data/words.yaml":                "greeting: Good day\n",
		"notes.txt":                      "A note beside the configuration.\n",
		"layouts/shortcodes/greet.html":  "{{ site.Data.words.greeting }}",
		"layouts/shortcodes/beside.html": "{{ readFile \"notes.txt\" }}",
		"layouts/shortcodes/others.html": "{{ range site.RegularPages }}{{ if eq .Slug \"b-two\" }}{{ .RawContent }}{{ end }}{{ end }}",
		"content/a-one.md":               "---\ntitle: One\nissue: 1\nslug: a-one\n---\nThe first issue, {{< greet >}}. See [two](/b-two/).\n\n![A dot](/dot.svg)\n",
		"content/a-more.md":              "---\ntitle: More\nissue: 1\nslug: a-more\n---\nMore of the first.\n",
		"content/b-two.md":               "---\ntitle: Two\nissue: 2\nslug: b-two\n---\nThe second issue: {{< beside >}} ![Not there](/absent.svg)\n",
		"content/c-three.md":             "---\ntitle: Three\nissue: 3\nslug: c-three\n---\nThe third issue. {{< others >}}\n",
		"static/dot.svg":                 dot("3"),
	} {
		site[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return site
}

func dot(radius string) string {
	return `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><circle cx="5" cy="5" r="` + radius + `"/></svg>`
}

// built is what came of a build: its files by name, what it found, and which editions were made anew.
type built struct {
	files    map[string][]byte
	problems []Problem
	anew     []string
}

func buildCached(t *testing.T, site fs.FS, cache string, opts Options) built {
	t.Helper()
	out := built{files: map[string][]byte{}}
	opts.Cache, opts.Offprints = cache, true
	opts.Sink = SinkFunc(func(_ context.Context, name string, data []byte) error {
		out.files[name] = bytes.Clone(data)
		return nil
	})
	res, err := Build(t.Context(), FS(site, "."), opts)
	if err != nil && !errors.Is(err, ErrFailed) {
		t.Fatal(err)
	}
	out.problems = res.Problems
	for _, f := range res.Files {
		if f.Format == "pdf" && !f.Cached {
			out.anew = append(out.anew, strings.TrimSuffix(f.Path, ".pdf"))
		}
	}
	return out
}

// TestCacheChanges changes one thing after the other: what is taken from the cache is always what would have been made, and nothing
// is made again that did not need to be.
func TestCacheChanges(t *testing.T) {
	site, cache := cachedSite(), t.TempDir()
	put := func(name, text string) func() {
		return func() { site[name] = &fstest.MapFile{Data: []byte(text)} }
	}
	edit := func(name, from, to string) func() {
		return func() {
			was := string(site[name].Data)
			if !strings.Contains(was, from) {
				t.Fatalf("%s has no %q", name, from)
			}
			site[name] = &fstest.MapFile{Data: []byte(strings.ReplaceAll(was, from, to))}
		}
	}
	var opts Options
	one, two, three := []string{"the-forme-1", "the-forme-1/a-one", "the-forme-1/a-more"}, []string{"the-forme-2", "the-forme-2/b-two"}, []string{"the-forme-3", "the-forme-3/c-three"}
	all := slices.Concat(one, two, three)
	for _, c := range []struct {
		what   string
		change func()
		anew   []string
	}{
		{"everything is new", func() {}, all},
		{"nothing", func() {}, nil},
		{"one article's text", edit("content/a-more.md", "More of", "Still more of"), one},
		{"and back", edit("content/a-more.md", "Still more of", "More of"), nil},
		{"a title, which others do not show", edit("content/a-more.md", "title: More", "title: Others"), one},
		{"a text that a template of another issue shows", edit("content/b-two.md", "The second", "This second"), slices.Concat(two, three)},
		{"a picture", put("static/dot.svg", dot("4")), one},
		{"a picture that nobody shows", put("static/none.svg", dot("1")), nil},
		{"a picture that was missing", put("static/absent.svg", dot("2")), slices.Concat(two, three)}, // whose text the third shows

		{"data of templates", put("data/words.yaml", "greeting: Good evening\n"), one},
		{"a template", put("layouts/shortcodes/greet.html", "{{ site.Data.words.greeting }}!"), one},
		{"a file beside the configuration", put("notes.txt", "Another note.\n"), two},
		{"a style", func() { opts.Style = "review" }, all},
		{"and back", func() { opts.Style = "" }, nil},
		{"the configuration", edit("twinpress.yaml", "base: book", "base: book, page: {size: a5}"), all},
		{"a new article", put("content/b-late.md", "---\ntitle: Late\nissue: 2\nslug: b-late\n---\nLate.\n"), append(two, "the-forme-2/b-late")},
		{"it is gone", func() { delete(site, "content/b-late.md") }, nil},
		{"another issue", put("content/d.md", "---\ntitle: Four\nissue: 4\nslug: d\n---\nFour.\n"), []string{"the-forme-4", "the-forme-4/d"}},
	} {
		c.change()
		got, fresh := buildCached(t, site, cache, opts), buildCached(t, site, "", opts)
		slices.Sort(got.anew)
		want := slices.Sorted(slices.Values(c.anew))
		if !slices.Equal(got.anew, want) {
			t.Errorf("%s: made anew %q, want %q", c.what, got.anew, want)
		}
		compareBuilt(t, c.what, got, fresh)
	}
}

func compareBuilt(t *testing.T, what string, got, fresh built) {
	t.Helper()
	names := slices.Sorted(maps.Keys(fresh.files))
	if have := slices.Sorted(maps.Keys(got.files)); !slices.Equal(have, names) {
		t.Errorf("%s: files %q, want %q", what, have, names)
	}
	for _, name := range names {
		if !bytes.Equal(got.files[name], fresh.files[name]) {
			t.Errorf("%s: with the cache %s is another", what, name)
		}
	}
	if !slices.Equal(got.problems, fresh.problems) {
		t.Errorf("%s: with the cache is told\n%q\nwithout it\n%q", what, got.problems, fresh.problems)
	}
}

// A restless file system gives an article another text from the second reading on.
type restless struct {
	fstest.MapFS
	reads map[string]int
}

func (r restless) ReadFile(name string) ([]byte, error) {
	data, err := r.MapFS.ReadFile(name)
	if r.reads[name]++; r.reads[name] > 1 && name == "content/a-more.md" {
		data = bytes.Replace(data, []byte("More of"), []byte("No more of"), 1)
	}
	return data, err
}

// TestCacheSaved: an article that is saved while a build runs is not kept under what it was before.
func TestCacheSaved(t *testing.T) {
	site, cache := cachedSite(), t.TempDir()
	buildCached(t, restless{site, map[string]int{}}, cache, Options{Jobs: 1})
	got, fresh := buildCached(t, site, cache, Options{}), buildCached(t, site, "", Options{})
	compareBuilt(t, "after it was saved", got, fresh)
}

// TestCacheDay: what is told of the day of one run is not told by another.
func TestCacheDay(t *testing.T) {
	site, cache := cachedSite(), t.TempDir()
	site["content/a-more.md"] = &fstest.MapFile{Data: []byte("---\ntitle: More\nissue: 1\nslug: a-more\ndate: 2030-01-01\n---\nMore.\n")}
	ahead := func(day int) int {
		got := buildCached(t, site, cache, Options{Today: time.Date(day, 1, 2, 0, 0, 0, 0, time.UTC)})
		n := 0
		for _, p := range got.problems {
			if p.Code == "ahead" {
				n++
			}
		}
		return n
	}
	if before, after := ahead(2029), ahead(2031); before != 1 || after != 0 {
		t.Errorf("told %d times before the day, %d after", before, after)
	}
}

// TestCacheSpoilt flips or cuts each file of a cache: what is made is always what it should be, and it is told.
func TestCacheSpoilt(t *testing.T) {
	site, cache := cachedSite(), t.TempDir()
	fresh := buildCached(t, site, cache, Options{})
	for round := range 3 {
		n := 0
		err := filepath.WalkDir(filepath.Join(cache, "v1"), func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := os.ReadFile(name)
			if err != nil {
				return err
			}
			at := (n*7919 + round*31) % len(data)
			if n++; (n+round)%3 == 0 {
				data = data[:at]
			} else {
				data[at] ^= 0x10
			}
			return os.WriteFile(name, data, 0o666)
		})
		if err != nil || n < 20 {
			t.Fatalf("%d entries (%v)", n, err)
		}
		got := buildCached(t, site, cache, Options{})
		told := slices.IndexFunc(got.problems, func(p Problem) bool { return p.Code == "cache-damaged" })
		if told < 0 {
			t.Fatalf("of %d spoilt entries nothing is told", n)
		}
		got.problems = slices.Delete(got.problems, told, told+1)
		compareBuilt(t, "spoilt", got, fresh)
	}
	if again := buildCached(t, site, cache, Options{}); len(again.anew) > 0 {
		t.Errorf("made anew after the cache was mended: %q", again.anew)
	}
}

// TestCacheShared: two builds at once share a cache; what lies in place already is not written again.
func TestCacheShared(t *testing.T) {
	site, cache, dir := cachedSite(), t.TempDir(), t.TempDir()
	done := make(chan error, 2)
	for _, name := range []string{"a", "b"} {
		go func() {
			_, err := Build(context.WithoutCancel(t.Context()), FS(site, "."), Options{Cache: cache, Dir: filepath.Join(dir, name)})
			done <- err
		}()
	}
	if err := errors.Join(<-done, <-done); err != nil {
		t.Fatal(err)
	}
	written := func() map[string]fs.FileInfo {
		out := map[string]fs.FileInfo{}
		for _, name := range []string{"the-forme-1.epub", "the-forme-1.pdf", "the-forme-3.pdf"} {
			st, err := os.Stat(filepath.Join(dir, "a", name))
			if err != nil {
				t.Fatal(err)
			}
			out[name] = st
		}
		return out
	}
	before := written()
	if err := os.WriteFile(filepath.Join(dir, "a", "the-forme-3.pdf"), []byte("%PDF-1.7 of another"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := Build(t.Context(), FS(site, "."), Options{Cache: cache, Dir: filepath.Join(dir, "a")}); err != nil {
		t.Fatal(err)
	}
	for name, st := range written() {
		if same := os.SameFile(st, before[name]); same != (path.Ext(name) != ".pdf" || name == "the-forme-1.pdf") {
			t.Errorf("%s: the same file %t", name, same)
		}
		a, err := os.ReadFile(filepath.Join(dir, "a", name))
		b, err2 := os.ReadFile(filepath.Join(dir, "b", name))
		if errors.Join(err, err2) != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs (%v, %v)", name, err, err2)
		}
	}
}
