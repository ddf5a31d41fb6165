package export_test

import (
	"archive/zip"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
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
	res, err := export.Build(context.Background(), export.Path(path), opts)
	if err != nil && !errors.Is(err, export.ErrFailed) {
		t.Fatalf("build %s: %v", path, err)
	}
	if (err != nil) != (res.Failed > 0) {
		t.Errorf("%d editions failed, and the error is %v", res.Failed, err)
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
			res, err := export.Build(context.Background(), export.Path(name), export.Options{Dir: t.TempDir(), Jobs: 1})
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
	res, err := export.Build(t.Context(), export.Path(site), export.Options{Strict: true, Dir: out})
	var failed *export.FailedError
	if !errors.As(err, &failed) || !errors.Is(err, export.ErrStrict) || len(failed.Editions) != 1 {
		t.Errorf("strict: error %v", err)
	}
	if res.Failed != 1 || len(res.Files) != 0 {
		t.Errorf("strict: %d failed, files %v", res.Failed, res.Files)
	}
	if _, err := os.Stat(out); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("strict left %s behind", out)
	}
}

// TestCancelled: a context that ends leaves nothing behind but the files that the result names, and those are whole.
func TestCancelled(t *testing.T) {
	whole := read(t, build(t, "../samples", export.Options{Offprints: true, Jobs: 1}))
	for _, after := range []int{0, 1, 3} {
		out := filepath.Join(t.TempDir(), "out")
		ctx, cancel := context.WithCancel(t.Context())
		res, err := export.Build(ctx, export.Path("../samples"), export.Options{Dir: out, Offprints: true, Jobs: 1, Progress: func(s export.Step) {
			if s.Done == after {
				cancel()
			}
		}})
		if !errors.Is(err, context.Canceled) || !errors.Is(err, export.ErrCancelled) {
			t.Fatalf("cancelled after %d files: err = %v", after, err)
		}
		made := read(t, res)
		if len(made) != after {
			t.Errorf("cancelled after %d files: the result names %d", after, len(made))
		}
		for name, data := range made {
			if !bytes.Equal(data, whole[name]) {
				t.Errorf("cancelled after %d files: %s is not whole", after, name)
			}
		}
		left := 0
		err = filepath.WalkDir(out, func(_ string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() {
				left++
			}
			return nil
		})
		if err != nil || left != after {
			t.Errorf("cancelled after %d files: %d lie in the folder (%v)", after, left, err)
		}
	}
}

// TestErrors: what callers tell apart by errors.Is, they can.
func TestErrors(t *testing.T) {
	site := t.TempDir()
	write(t, site, "hugo.toml", `title = "T"`)
	write(t, site, "content/a.md", "---\ntitle: A\nissue: 1\n---\nText.\n")
	write(t, site, "content/b.md", "---\ntitle: B\nissue: 2\n---\nText.\n")
	write(t, site, "content/c/a.md", "---\ntitle: Another A\nissue: 2\n---\nText.\n")
	src := export.Path(site)
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	for name, c := range map[string]struct {
		ctx  context.Context
		src  export.Source
		opts export.Options
		want error
	}{
		"no such issue":     {t.Context(), src, export.Options{Issues: []string{"3"}}, export.ErrNotFound},
		"no such article":   {t.Context(), src, export.Options{Articles: []string{"z"}}, export.ErrNotFound},
		"no such path":      {t.Context(), export.Path(filepath.Join(site, "gone")), export.Options{}, fs.ErrNotExist},
		"an ended context":  {ended, src, export.Options{}, export.ErrCancelled},
		"its own error too": {ended, src, export.Options{}, context.Canceled},
	} {
		c.opts.Dir = filepath.Join(t.TempDir(), "out")
		if _, err := export.Build(c.ctx, c.src, c.opts); !errors.Is(err, c.want) {
			t.Errorf("%s: %v is not %v", name, err, c.want)
		}
		if _, err := os.Stat(c.opts.Dir); !errors.Is(err, fs.ErrNotExist) {
			t.Errorf("%s: left %s behind", name, c.opts.Dir)
		}
	}
	var notFound *export.NotFoundError
	_, err := export.Build(t.Context(), src, export.Options{Issues: []string{"3"}})
	if !errors.As(err, &notFound) || !slices.Equal(notFound.Known, []string{"1", "2"}) {
		t.Errorf("not found: %v does not tell the issues that there are", err)
	}
	if _, err := export.Write(t.Context(), &bytes.Buffer{}, src, "pdf", export.Options{}); !errors.Is(err, export.ErrAmbiguous) {
		t.Errorf("several editions to one writer: %v", err)
	}
	if _, err := export.Build(t.Context(), export.Source{}, export.Options{}); err == nil {
		t.Error("the zero source was built")
	}
}

// TestOwnFormat: a format of the caller's own is written beside the built-in ones; one that fails, or panics, fails its edition
// alone and leaves no file.
func TestOwnFormat(t *testing.T) {
	write := func(f func(io.Writer, *export.Edition) error) export.Options {
		return export.Options{Dir: t.TempDir(), Formats: []string{"epub", "own"}, NoPageList: true, MoreFormats: []export.Format{{Name: "own", Ext: "own.txt",
			Write: func(_ context.Context, w io.Writer, e *export.Edition) (export.Written, error) {
				return export.Written{}, f(w, e)
			}}}}
	}
	opts := write(func(w io.Writer, e *export.Edition) error {
		_, err := io.WriteString(w, e.Name()+" "+e.Issue().Journal.Title)
		return err
	})
	res := build(t, "../samples", opts)
	if data := read(t, res)["long-primer-7.own.txt"]; string(data) != "long-primer-7 Long Primer" {
		t.Errorf("own format: %q, files %v", data, res.Files)
	}
	for name, f := range map[string]func(io.Writer, *export.Edition) error{
		"an error": func(io.Writer, *export.Edition) error { return errors.New("ouch") },
		"a panic":  func(io.Writer, *export.Edition) error { panic("ouch") },
	} {
		res := build(t, "../samples", write(f))
		if res.Failed != 1 || len(res.Files) != 0 || !slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return strings.Contains(p.Message, "ouch") }) {
			t.Errorf("%s: %d failed, files %v, problems %v", name, res.Failed, res.Files, res.Problems)
		}
	}
	for name, f := range map[string]export.Format{
		"no name":   {Ext: "x", Write: opts.MoreFormats[0].Write},
		"taken":     {Name: "pdf", Ext: "x", Write: opts.MoreFormats[0].Write},
		"no writer": {Name: "x", Ext: "x"},
	} {
		bad := export.Options{MoreFormats: []export.Format{f}}
		if bad.Validate() == nil {
			t.Errorf("a format with %s was taken", name)
		}
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
	write(t, site, "twinpress.yaml", "style:\n  base: book\n  lead-picture: none\n")
	if res := build(t, site, export.Options{Formats: []string{"pdf"}}); !told(res) {
		t.Errorf("left out without a word: %v", res.Problems)
	}
	write(t, site, "twinpress.yaml", "style: book\n")
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
