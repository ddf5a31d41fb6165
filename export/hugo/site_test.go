package hugo

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/twinpress/twinpress/export/document"
)

// memory makes a site that lies on no disk.
func memory(files map[string]string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for name, data := range files {
		fsys[name] = &fstest.MapFile{Data: []byte(data)}
	}
	return fsys
}

var smallSite = map[string]string{
	"hugo.toml":                 "title = \"The Composing Room\"\nbaseURL = \"https://room.example/\"",
	"twinpress.yaml":            "journal:\n  short: room\nfonts: faces\n",
	"faces/readme.txt":          "the house's own faces",
	"content/posts/a.md":        "---\ntitle: Ink\nissue: 9\n---\n![A drop](/drop.svg)\n\nSee [paper](../b/#rags).",
	"content/posts/b.md":        "---\ntitle: Paper\nissue: 9\ndate: 2018-12-02\n---\n## Rags\n\nText.",
	"content/posts/c.md":        "---\ntitle: Lead\nissue: 10\n---\nText.",
	"content/posts/d.md":        "---\ntitle: Type\nissue: 10\ndraft: true\n---\nText.",
	"content/issue/9/_index.md": "---\ntitle: On Materials\n---\n",
	"static/drop.svg":           `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`,
}

// TestSiteFromMemory reads a whole site that lies on no disk.
func TestSiteFromMemory(t *testing.T) {
	s, err := Open(t.Context(), memory(smallSite), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	c := s.Contents()
	if len(c.Issues) != 2 || c.Folder != "" || c.File != "" {
		t.Fatalf("contents are %+v", c)
	}
	nine := c.Issues[0]
	if nine.Number != "9" || nine.Slug != "room-9" || nine.Title != "On Materials" || nine.Date.ISO() != "2018-12-02" || nine.Dated || len(nine.Articles) != 2 {
		t.Errorf("the issue is %+v", nine)
	}
	issue, problems, err := s.Read(t.Context(), nine)
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if p.Severity >= document.Warning {
			t.Error(p)
		}
	}
	if issue.Slug != "room-9" || len(issue.Articles) != 2 || issue.Journal.Title != "The Composing Room" {
		t.Errorf("read as %q of %q with %d articles", issue.Slug, issue.Journal.Title, len(issue.Articles))
	}
	pictures, links := 0, 0
	for _, a := range issue.Articles {
		document.WalkArticle(a, func(n document.Node) bool {
			switch n := n.(type) {
			case *document.Image:
				if n.Asset != nil && n.Asset.Name == "static/drop.svg" {
					pictures++
				}
			case *document.Link:
				if n.Article != nil && n.Anchor == "rags" {
					links++
				}
			}
			return true
		})
	}
	if pictures != 1 || links != 1 {
		t.Errorf("%d pictures and %d links are found", pictures, links)
	}
	fonts, err := s.Fonts()
	if err != nil {
		t.Fatal(err)
	}
	if _, err := fs.Stat(fonts, "readme.txt"); err != nil {
		t.Errorf("the folder of fonts: %v", err)
	}
}

// TestArticleFromBytes reads one article that lies in no file, with and without others beside it.
func TestArticleFromBytes(t *testing.T) {
	for _, fsys := range []fstest.MapFS{memory(map[string]string{"ink.md": "---\ntitle: Ink\n---\nBlack."}), memory(map[string]string{
		"ink.md": "---\ntitle: Ink\ndraft: true\n---\nSee [paper](paper.md).", "paper.md": "---\ntitle: Paper\n---\n", "README.md": "no article"})} {
		s, err := Open(t.Context(), fsys, "ink.md", Options{})
		if err != nil {
			t.Fatal(err)
		}
		c := s.Contents()
		if c.File != "ink.md" || len(c.Issues) != 1 || len(c.Issues[0].Articles) != 1 {
			t.Fatalf("contents are %+v", c)
		}
		issue, _, err := s.Read(t.Context(), first(s))
		if err != nil {
			t.Fatal(err)
		}
		if !issue.Single || issue.Slug != "ink" || document.PlainText(issue.Articles[0].Title) != "Ink" {
			t.Errorf("read as %q, single %v", issue.Slug, issue.Single)
		}
	}
	for name, fsys := range map[string]fstest.MapFS{"ink.txt": memory(map[string]string{"ink.txt": "Black."}), "nowhere.md": {}} {
		if _, err := Open(t.Context(), fsys, name, Options{}); err == nil {
			t.Errorf("%s is opened", name)
		}
	}
}

// TestDiskAndMemoryAgree reads one site from both.
func TestDiskAndMemoryAgree(t *testing.T) {
	onDisk, err := OpenPath(t.Context(), site(t, smallSite), Options{})
	if err != nil {
		t.Fatal(err)
	}
	inMemory, err := Open(t.Context(), memory(smallSite), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	dump := func(s *Site) string {
		var b strings.Builder
		for _, in := range s.Contents().Issues {
			issue, problems, err := s.Read(t.Context(), in)
			if err != nil {
				t.Fatal(err)
			}
			for _, a := range issue.Articles {
				if err := document.Dump(&b, a); err != nil {
					t.Fatal(err)
				}
			}
			for _, p := range problems {
				b.WriteString(p.Error() + "\n")
			}
		}
		return b.String()
	}
	if a, b := dump(onDisk), dump(inMemory); a != b || a == "" {
		t.Errorf("on disk\n%s\nin memory\n%s", a, b)
	}
}

func TestOffprint(t *testing.T) {
	day := parseDate("2018-12-02")
	for _, dated := range []bool{true, false} {
		in := IssueInfo{Number: "9", Slug: "room-9", Date: parseDate("2019"), Dated: dated}
		got := in.Offprint(ArticleInfo{Slug: "ink", Date: day})
		want := day
		if dated {
			want = in.Date
		}
		if !got.Single || got.Slug != "ink" || got.Number != "9" || got.Date != want || len(got.Articles) != 1 {
			t.Errorf("dated %v: %+v", dated, got)
		}
	}
}

// TestCancelled stops before the next file when the context ends.
func TestCancelled(t *testing.T) {
	s, err := Open(t.Context(), memory(smallSite), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	ended, cancel := context.WithCancel(t.Context())
	cancel()
	if _, _, err := s.Read(ended, s.Contents().Issues[0]); !errors.Is(err, context.Canceled) {
		t.Errorf("reading: %v", err)
	}
	if _, err := Open(ended, memory(smallSite), ".", Options{}); !errors.Is(err, context.Canceled) {
		t.Errorf("opening: %v", err)
	}
	// What a lone article asks of its neighbours does not depend on the context that it was opened in.
	opening, cancel := context.WithCancel(t.Context())
	lone, err := Open(opening, memory(smallSite), "content/posts/a.md", Options{})
	cancel()
	if err != nil {
		t.Fatal(err)
	}
	if p := lone.findPage(nil, "/posts/b", false); p == nil {
		t.Error("a neighbour is not found")
	}
}

// TestNothingWithoutEnd opens neither pipes nor devices, which may have no end, and reads no article that is not there.
func TestNothingWithoutEnd(t *testing.T) {
	fsys := memory(smallSite)
	fsys["content/posts/pipe.md"] = &fstest.MapFile{Mode: fs.ModeNamedPipe}
	const refusal = "content/posts/pipe.md is no regular file"
	if _, err := Open(t.Context(), fsys, "content/posts/pipe.md", Options{}); err == nil || !strings.Contains(err.Error(), refusal) {
		t.Errorf("the pipe: %v", err)
	}
	s, err := Open(t.Context(), fsys, ".", Options{})
	if err != nil || len(s.Problems) != 1 || s.Problems[0].Code != "unreadable" || !strings.Contains(s.Problems[0].Message, refusal) {
		t.Errorf("a site with a pipe: %v, %v", err, s.Problems)
	}
	s, err = Open(t.Context(), memory(smallSite), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	gone := IssueInfo{Articles: []ArticleInfo{{Path: "content/posts/gone.md"}}}
	if _, _, err := s.Read(t.Context(), gone); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an article that is not there: %v", err)
	}
}

// TestLocate finds sites around paths of the operating system.
func TestLocate(t *testing.T) {
	dir := site(t, smallSite)
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(filepath.Join(dir, "content", "posts"), link); err != nil {
		t.Skip(err)
	}
	for path, name := range map[string]string{dir: ".", filepath.Join(dir, "content"): "content", filepath.Join(dir, "content", "posts", "a.md"): "content/posts/a.md",
		link: "content/posts"} {
		folder, got, err := Locate(path)
		if err != nil || string(folder) != dir || got != name {
			t.Errorf("%s: %q in %s, %v", path, got, folder, err)
		}
	}
	bare := site(t, map[string]string{"content/a.md": "", "notes/b.md": ""})
	for name, want := range map[string]string{"content": bare, "notes": filepath.Join(bare, "notes")} {
		if folder, _, err := Locate(filepath.Join(bare, name)); err != nil || string(folder) != want {
			t.Errorf("without configuration, %s: %s, %v", name, folder, err)
		}
	}
}

// TestLinksWithinASite follows links to files and to the content folder, but enters no other linked folder.
func TestLinksWithinASite(t *testing.T) {
	elsewhere := site(t, map[string]string{"a.md": "---\ntitle: A\n---\n", "more/b.md": ""})
	dir := site(t, map[string]string{"hugo.toml": ""})
	if err := os.Symlink(elsewhere, filepath.Join(dir, "content")); err != nil {
		t.Skip(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "more"), filepath.Join(elsewhere, "linked")); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink(filepath.Join(elsewhere, "a.md"), filepath.Join(elsewhere, "c.md")); err != nil {
		t.Fatal(err)
	}
	s, err := OpenPath(t.Context(), dir, Options{})
	if err != nil {
		t.Fatal(err)
	}
	var paths []string
	for _, in := range s.Contents().Issues {
		for _, a := range in.Articles {
			paths = append(paths, a.Path)
		}
	}
	if got := strings.Join(paths, " "); got != "content/a.md content/c.md content/more/b.md" {
		t.Errorf("articles are %s", got)
	}
}

// TestContentOutside keeps to a contentDir that leads out of the site's folder on disk.
func TestContentOutside(t *testing.T) {
	dir := site(t, map[string]string{"web/hugo.toml": `contentDir = "../text"`, "text/a.md": "---\ntitle: A\n---\n"})
	s, err := OpenPath(t.Context(), filepath.Join(dir, "web"), Options{})
	if err != nil {
		t.Fatal(err)
	}
	if c := s.Contents(); len(c.Issues) != 1 || c.Issues[0].Articles[0].Path != "../text/a.md" {
		t.Errorf("contents are %+v", c)
	}
}
