package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// corpus is other publishers' work, which stands beside the checkout on the developers' machines. Tests read it where it
// is and skip where it is not.
const corpus = "../../shared/corpus"

func needCorpus(t *testing.T, name string) string {
	t.Helper()
	dir := filepath.Join(corpus, filepath.FromSlash(name))
	if _, err := os.Stat(dir); err != nil {
		t.Skip("no corpus beside the checkout")
	}
	return dir
}

func build(t *testing.T, path string, opts export.Options) export.Result {
	t.Helper()
	if opts.Dir == "" {
		opts.Dir = t.TempDir()
	}
	res, err := export.Build(context.Background(), path, opts)
	if err != nil {
		t.Fatalf("build %s: %v", path, err)
	}
	return res
}

// read gives the bytes of every file of a build by base name.
func read(t *testing.T, res export.Result) map[string][]byte {
	t.Helper()
	out := map[string][]byte{}
	for _, f := range res.Files {
		data, err := os.ReadFile(f.Path)
		if err != nil {
			t.Fatal(err)
		}
		if int64(len(data)) != f.Size {
			t.Errorf("%s has %d bytes, the result says %d", f.Path, len(data), f.Size)
		}
		rel, err := filepath.Rel(res.Dir, f.Path)
		if err != nil {
			t.Fatal(err)
		}
		out[filepath.ToSlash(rel)] = data
	}
	return out
}

// TestSameBytes builds issues and offprints twice, at one job and at eight.
func TestSameBytes(t *testing.T) {
	sites := []string{"../samples"}
	if _, err := os.Stat(corpus); err == nil {
		sites = append(sites, filepath.Join(corpus, "review-112"))
	}
	for _, site := range sites {
		one := read(t, build(t, site, export.Options{Offprints: true, Jobs: 1}))
		eight := read(t, build(t, site, export.Options{Offprints: true, Jobs: 8}))
		if len(one) < 10 || len(one) != len(eight) {
			t.Fatalf("%s: %d files at one job, %d at eight; want an issue and four offprints in two formats", site, len(one), len(eight))
		}
		for name, data := range one {
			if !bytes.Equal(data, eight[name]) {
				t.Errorf("%s: %s differs between one job and eight", site, name)
			}
		}
	}
}

// TestStyles builds the sample issue in every style.
func TestStyles(t *testing.T) {
	for _, style := range export.Styles() {
		res := build(t, "../samples", export.Options{Style: style, Formats: []string{"pdf"}})
		if res.Failed > 0 || len(res.Files) != 1 || res.Files[0].Pages < 4 {
			t.Errorf("style %s: %d failed, files %v", style, res.Failed, res.Files)
		}
	}
}

// TestCorpusArticles builds every article of the corpus in both formats. Each either becomes two files, or fails with a
// message that names its file; none panics.
func TestCorpusArticles(t *testing.T) {
	dir := needCorpus(t, "articles")
	var names []string
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasSuffix(p, ".md") {
			names = append(names, p)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(names) < 31 {
		t.Fatalf("found %d articles", len(names))
	}
	for _, name := range names {
		rel, _ := filepath.Rel(dir, name)
		t.Run(filepath.ToSlash(rel), func(t *testing.T) {
			t.Parallel()
			res, err := export.Build(context.Background(), name, export.Options{Dir: t.TempDir(), Jobs: 1})
			for _, p := range res.Problems {
				if p.Code == "internal" {
					t.Errorf("%v", p)
				}
			}
			if err != nil || res.Failed > 0 {
				named := err != nil && strings.Contains(err.Error(), filepath.Base(name))
				for _, p := range res.Problems {
					named = named || p.Severity == export.Error && strings.HasSuffix(p.Pos.File, filepath.Base(name)) && p.Pos.Line > 0
				}
				if !named {
					t.Errorf("failed without naming the file and line: %v %v", err, res.Problems)
				}
				return
			}
			if len(res.Files) != 2 {
				t.Errorf("made %v", res.Files)
			}
		})
	}
}

// TestStrict writes nothing for an edition with a warning.
func TestStrict(t *testing.T) {
	site := t.TempDir()
	write(t, site, "hugo.toml", `title = "T"`)
	write(t, site, "content/a.md", "---\ntitle: A\n---\n![alt](missing.png)\n\nText.\n")
	res := build(t, site, export.Options{})
	if len(res.Files) != 2 || !slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return p.Code == "missing-image" && p.Pos.Line == 4 }) {
		t.Fatalf("files %v, problems %v", res.Files, res.Problems)
	}
	out := filepath.Join(t.TempDir(), "out")
	res = build(t, site, export.Options{Strict: true, Dir: out})
	if res.Failed != 1 || len(res.Files) != 0 {
		t.Errorf("strict: %d failed, files %v", res.Failed, res.Files)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("strict left %s behind", out)
	}
}

// TestCancelled leaves nothing behind.
func TestCancelled(t *testing.T) {
	out := filepath.Join(t.TempDir(), "out")
	ctx, cancel := context.WithCancel(context.Background())
	_, err := export.Build(ctx, "../samples", export.Options{Dir: out, Offprints: true, Jobs: 1, Progress: func(s export.Step) {
		if s.Doing == "reading" {
			cancel()
		}
	}})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("err = %v", err)
	}
	if entries, _ := os.ReadDir(out); len(entries) > 0 {
		t.Errorf("left %v behind", entries)
	}
}

func write(t *testing.T, dir, name, content string) {
	t.Helper()
	file := filepath.Join(dir, filepath.FromSlash(name))
	if err := os.MkdirAll(filepath.Dir(file), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, []byte(content), 0o666); err != nil {
		t.Fatal(err)
	}
}

// TestFrontMatterPicture: a picture that the style does not set is told of; one that it sets is not.
func TestFrontMatterPicture(t *testing.T) {
	site := t.TempDir()
	write(t, site, "hugo.toml", "title = \"T\"\n")
	write(t, site, "static/square.png", string(pictures()["square.png"]))
	write(t, site, "content/a.md", "---\ntitle: A\nthumbnail: /square.png\nimage-alt: A black square\n---\nText.\n")
	told := func(res export.Result) bool {
		return slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return p.Code == "picture-left-out" && p.Pos.Line == 3 })
	}
	if res := build(t, site, export.Options{Formats: []string{"pdf"}}); !told(res) {
		t.Errorf("left out without a word: %v", res.Problems)
	}
	write(t, site, "twinpress.yaml", "style:\n  base: book\n  title-block: { picture: across }\n")
	if res := build(t, site, export.Options{Formats: []string{"pdf"}}); told(res) || res.Files[0].Size == 0 {
		t.Errorf("set, and told of as left out: %v", res.Problems)
	}
}

// TestPageListOff: a publisher who wants no page list gets none, also when the pages are laid out for the PDF.
func TestPageListOff(t *testing.T) {
	for _, want := range []bool{true, false} {
		site := t.TempDir()
		write(t, site, "hugo.toml", "title = \"T\"\n")
		write(t, site, "twinpress.yaml", fmt.Sprintf("epub:\n  page-list: %v\n", want))
		write(t, site, "content/a.md", "---\ntitle: A\n---\nText.\n")
		for name, data := range read(t, build(t, site, export.Options{})) {
			if !strings.HasSuffix(name, ".epub") {
				continue
			}
			z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
			if err != nil {
				t.Fatal(err)
			}
			nav, err := fs.ReadFile(z, "EPUB/nav.xhtml")
			if err != nil {
				t.Fatal(err)
			}
			if got := bytes.Contains(nav, []byte("page-list")); got != want {
				t.Errorf("page-list: %v, but the nav has one: %v", want, got)
			}
		}
	}
}
