package export_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// lockedSite is a site of one issue whose articles cover several pages, with notes, and its lock in the style book.
func lockedSite(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	write(t, dir, "twinpress.yaml", "journal: {title: J, language: en}\n")
	for k, name := range []string{"a", "b"} {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: Article %s\nissue: 7\ndate: 2026-03-0%d\nauthor: Ada Lane\n---\n", name, k+1)
		for i := range 26 - 14*k {
			fmt.Fprintf(&b, "\nParagraph %s%d holds ", name, i)
			for w := range 60 {
				fmt.Fprintf(&b, "w%d%s%d ", i, name, w)
			}
			fmt.Fprintf(&b, "and ends.[^%d]\n\n[^%d]: Note %s%d says this.\n", i, i, name, i)
		}
		write(t, dir, "content/"+name+".md", b.String())
	}
	res := build(t, dir, export.Options{Formats: []string{"pdf"}, Lock: export.LockWrite})
	if res.Failed > 0 || !slices.ContainsFunc(res.Files, func(f export.File) bool { return f.Format == "lock" && f.Path == filepath.Join(dir, "pages.lock.json") }) {
		t.Fatalf("%+v", res)
	}
	return dir
}

// lockOf reads the lock as anybody would.
func lockOf(t *testing.T, dir string) (raw []byte, on map[string][]string) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(dir, "pages.lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	var f struct {
		Version  int
		Editions []struct {
			Issue, Language, Style, Size string
			Articles                     []struct {
				File, Title string
				Pages       []struct {
					Page                 string
					Text, Notes, Figures []string
				}
			}
		}
	}
	if err := json.Unmarshal(raw, &f); err != nil {
		t.Fatal(err)
	}
	on = map[string][]string{}
	for _, e := range f.Editions {
		for _, a := range e.Articles {
			for _, p := range a.Pages {
				on[e.Style+" "+a.File] = append(on[e.Style+" "+a.File], p.Page)
				if len(p.Text) != 2 || p.Text[0] == "" || p.Text[1] == "" {
					t.Errorf("page %s of %s has no words", p.Page, a.File)
				}
			}
		}
	}
	return raw, on
}

// change edits a file of the site.
func change(t *testing.T, dir, name, old, now string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(data, []byte(old)) {
		t.Fatalf("%s has no %q", name, old)
	}
	write(t, dir, name, strings.Replace(string(data), old, now, 1))
}

func coded(res export.Result, code string) (out []export.Problem) {
	for _, p := range res.Problems {
		if p.Code == code {
			out = append(out, p)
		}
	}
	return out
}

// TestLock: a lock says what the PDF's bookmarks and labels say, a build that moves nothing has nothing to tell, and the lock is the
// same bytes whenever it is written.
func TestLock(t *testing.T) {
	dir := lockedSite(t)
	raw, on := lockOf(t, dir)
	res := build(t, dir, export.Options{Formats: []string{"pdf", "csl"}, Offprints: true, Lock: export.LockRequire, Jobs: 3})
	if res.Failed > 0 || len(coded(res, "page-moved"))+len(coded(res, "not-locked")) > 0 {
		t.Errorf("nothing has moved: %v", res.Problems)
	}
	for title, pages := range rangesOf(t, read(t, res)["j-7.pdf"]) {
		if name, ok := strings.CutPrefix(title, "Article "); ok {
			if l := on["book content/"+name+".md"]; len(l) < 3 || l[0]+"-"+l[len(l)-1] != pages {
				t.Errorf("%s stands on %s; the lock says %v", title, pages, l)
			}
		}
	}
	for _, how := range []string{export.LockWrite, export.LockRenew} {
		if res := build(t, dir, export.Options{Formats: []string{"pdf"}, Lock: how, Jobs: 8}); res.Failed > 0 || len(res.Files) != 1 {
			t.Errorf("%+v", res)
		}
		if again, _ := lockOf(t, dir); !bytes.Equal(again, raw) {
			t.Error("the lock is another")
		}
	}
	if n := bytes.Count(raw, []byte("\n")); n > 2*len(slices.Concat(on["book content/a.md"], on["book content/b.md"])) {
		t.Errorf("%d lines: a page is not a line", n)
	}
}

// TestLockStays: what is corrected within its page moves nothing: a word, a page's first and last words, a note, a title, the name
// of a file, an article behind the others.
func TestLockStays(t *testing.T) {
	for what, edit := range map[string]func(t *testing.T, dir string){
		"a word": func(t *testing.T, dir string) { change(t, dir, "content/a.md", "w20a30", "w20a31") },
		"a note": func(t *testing.T, dir string) {
			change(t, dir, "content/a.md", "Note a12 says this.", "Note a12 says it.")
		},
		"a title":       func(t *testing.T, dir string) { change(t, dir, "content/a.md", "title: Article a", "title: Article A") },
		"a page's head": func(t *testing.T, dir string) { change(t, dir, "content/a.md", pageWord(t, dir, 0), "w9x99") },
		"a page's foot": func(t *testing.T, dir string) { change(t, dir, "content/a.md", pageWord(t, dir, 1), "w9x99") },
		"a short line":  func(t *testing.T, dir string) { change(t, dir, "content/b.md", "and ends.[^11]", "and so ends.[^11]") },
		"a file's name": func(t *testing.T, dir string) { rename(t, dir, "content/b.md", "content/c.md") },
		"one more behind": func(t *testing.T, dir string) {
			write(t, dir, "content/z.md", "---\ntitle: Z\nissue: 7\ndate: 2026-03-09\n---\nText.\n")
		},
	} {
		t.Run(what, func(t *testing.T) {
			dir := lockedSite(t)
			edit(t, dir)
			res := build(t, dir, export.Options{Formats: []string{"pdf"}, Lock: export.LockRequire})
			if res.Failed > 0 || len(coded(res, "page-moved")) > 0 {
				t.Errorf("%v", res.Problems)
			}
			added := coded(res, "not-locked")
			if (len(added) == 1) != (what == "one more behind") {
				t.Errorf("%v", added)
			}
			if res := build(t, dir, export.Options{Formats: []string{"pdf"}, Lock: export.LockWrite}); res.Failed > 0 {
				t.Errorf("and cannot be locked: %v", res.Problems)
			}
		})
	}
}

// pageWord gives a word that the second page of article a begins (0) or the first ends with (1), as the lock has it.
func pageWord(t *testing.T, dir string, end int) string {
	t.Helper()
	raw, _ := lockOf(t, dir)
	pages := strings.Split(string(raw), "\n")
	i := slices.IndexFunc(pages, func(l string) bool { return strings.Contains(l, `"page"`) })
	var p struct{ Text [2]string }
	if err := json.Unmarshal([]byte(strings.TrimSuffix(pages[i+1-end], ",")), &p); err != nil {
		t.Fatal(err)
	}
	words := strings.Fields(p.Text[end])
	if end == 1 {
		slices.Reverse(words)
	}
	for _, w := range words[1:] { // one that may be cut
		if strings.HasPrefix(w, "w") {
			return w
		}
	}
	t.Fatalf("no word in %q", p.Text)
	return ""
}

func rename(t *testing.T, dir, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(dir, from), filepath.Join(dir, to)); err != nil {
		t.Fatal(err)
	}
}

// TestLockMoves: what moves a cited page is told, with its place; with --locked it fails the issue and its offprints, and no file
// of them is written; --lock does not write over it, --relock does.
func TestLockMoves(t *testing.T) {
	for what, c := range map[string]struct {
		edit func(t *testing.T, dir string)
		says []string
	}{
		"one inserted line": {func(t *testing.T, dir string) {
			change(t, dir, "content/a.md", "\nParagraph a5 ", "\nOne line more.\n\nParagraph a5 ")
		},
			[]string{"content/a.md:38:1: page 3 began “w7a49 w7a50 ", "” when it was published, and now begins “w7a39 w7a40 "}},
		"one line less": {func(t *testing.T, dir string) { change(t, dir, "content/a.md", wordsFrom("a", 5, 20, 34), "") },
			[]string{"content/a.md:", "page 3 began “", ", which stands on page 2 now, and now begins “", "; other pages that begin otherwise: 4, 5"}},
		"a longer note": {func(t *testing.T, dir string) {
			change(t, dir, "content/a.md", "Note a3 says this.", "Note a3 says this, and much more of it, so that it takes two lines where it took but one, or three.")
		}, []string{"content/a.md:", "page 3 began"}},
		"one more in front": {func(t *testing.T, dir string) {
			write(t, dir, "content/0.md", "---\ntitle: Z\nissue: 7\ndate: 2026-02-09\n---\nText.\n")
		}, []string{"content/a.md: ", "content/b.md: ", "stood on pages 1–", " and stands on pages 2–"}},
		"one less": {func(t *testing.T, dir string) { rename(t, dir, "content/a.md", "a.md") },
			[]string{"content/a.md: ", "is not in it any more", "content/b.md: ", "stands on pages 1–"}},
		"the paper": {func(t *testing.T, dir string) {
			write(t, dir, "twinpress.yaml", "journal: {title: J, language: en}\nstyle: {base: book, page: {size: a5}}\n")
		}, []string{"page 2 began", "the paper was 152.4 × 228.6 mm and is 148.0 × 210.0 mm"}},
		"the type": {func(t *testing.T, dir string) {
			write(t, dir, "twinpress.yaml", "journal: {title: J, language: en}\nstyle: {base: book, text: {size: 9pt}}\n")
		}, []string{"page 2 began", "the article stood on pages 1–"}},
	} {
		t.Run(what, func(t *testing.T) {
			dir := lockedSite(t)
			raw, _ := lockOf(t, dir)
			c.edit(t, dir)
			opts := export.Options{Formats: []string{"pdf"}, Offprints: what == "one inserted line"}
			res := build(t, dir, opts)
			var told strings.Builder
			for _, p := range coded(res, "page-moved") {
				if told.WriteString(p.Error() + p.Hint + "\n"); p.Severity != export.Warning {
					t.Errorf("%v", p)
				}
			}
			for _, s := range c.says {
				if !strings.Contains(told.String(), s) {
					t.Errorf("does not say %q:\n%s", s, told.String())
				}
			}
			if res.Failed > 0 || len(res.Files) == 0 {
				t.Errorf("%+v", res)
			}
			for _, how := range []string{export.LockRequire, export.LockWrite} {
				opts.Lock = how
				if res = build(t, dir, opts); len(res.Files) > 0 || (res.Failed == 1) == opts.Offprints || len(coded(res, "page-moved")) == 0 || coded(res, "page-moved")[0].Severity != export.Error {
					t.Errorf("%s: %+v", how, res)
				}
			}
			if again, _ := lockOf(t, dir); !bytes.Equal(again, raw) {
				t.Error("the lock was written over")
			}
			opts.Lock = export.LockRenew
			if res = build(t, dir, opts); res.Failed > 0 {
				t.Errorf("%v", res.Problems)
			}
			if again, _ := lockOf(t, dir); bytes.Equal(again, raw) {
				t.Error("the lock was not written anew")
			}
		})
	}
}

// wordsFrom gives words of a paragraph of lockedSite's.
func wordsFrom(name string, paragraph, from, to int) string {
	var b strings.Builder
	for w := from; w < to; w++ {
		fmt.Fprintf(&b, "w%d%s%d ", paragraph, name, w)
	}
	return b.String()
}

// TestLockOther: the lock of one style, issue or language does not judge another's pages, and says so; with --locked that fails.
func TestLockOther(t *testing.T) {
	dir := lockedSite(t)
	res := build(t, dir, export.Options{Formats: []string{"pdf"}, Style: "review"})
	if p := coded(res, "not-locked"); res.Failed > 0 || len(p) != 1 || p[0].Severity != export.Info || !strings.Contains(p[0].Message, "locked in the style book, and this is review") {
		t.Errorf("%v", res.Problems)
	}
	for _, opts := range []export.Options{{Style: "review"}, {Articles: []string{"a"}}} {
		opts.Formats, opts.Lock = []string{"pdf"}, export.LockRequire
		if res := build(t, dir, opts); res.Failed != 1 || len(res.Files) > 0 || coded(res, "not-locked")[0].Severity != export.Error {
			t.Errorf("%+v", res)
		}
	}
	write(t, dir, "content/next.md", "---\ntitle: Next\nissue: 8\n---\nText.\n")
	if res := build(t, dir, export.Options{Formats: []string{"pdf"}}); len(coded(res, "not-locked")) > 0 {
		t.Errorf("an issue that is not published yet: %v", res.Problems)
	}
	res = build(t, dir, export.Options{Formats: []string{"pdf"}, Lock: export.LockRequire})
	if p := coded(res, "not-locked"); res.Failed != 1 || len(res.Files) != 1 || len(p) != 1 || p[0].Pos.File != "issue 8" {
		t.Errorf("%+v", res)
	}
	build(t, dir, export.Options{Formats: []string{"pdf"}, Style: "review", Lock: export.LockWrite, Issues: []string{"8", "7"}})
	if _, on := lockOf(t, dir); len(on) != 5 {
		t.Errorf("%v", on)
	}
}

// TestLockBroken: a lock that cannot be read is told with its place; who relies on it, or would write it, gets nothing.
func TestLockBroken(t *testing.T) {
	dir := lockedSite(t)
	raw, _ := lockOf(t, dir)
	for broken, want := range map[string]string{
		strings.Replace(string(raw), `"style"`, "<<<<<<< HEAD\n\"style\"", 1): "pages.lock.json:2:36: ",
		strings.Replace(string(raw), `"version": 1`, `"version": 9`, 1):       "pages.lock.json:1:2: is of version 9",
		strings.Replace(string(raw), `"version": 1`, `"version": "1"`, 1):     "pages.lock.json:1:",
		strings.Replace(string(raw), `"title"`, `"titel"`, 1):                 "pages.lock.json:3:30: ",
		string(raw[:len(raw)/2]): "ends too soon",
		"":                       "pages.lock.json:1:1: ends too soon",
		string(raw) + "{}":       "something follows",
		`{"version": 1, "editions": [{"issue": "7", "style": "book", "articles": [{"file": "a"}]}]}`: "pages.lock.json:1:30: an edition lacks",
	} {
		write(t, dir, "pages.lock.json", broken)
		res := build(t, dir, export.Options{Formats: []string{"pdf"}})
		if p := coded(res, "bad-lock"); res.Failed > 0 || len(p) != 1 || !strings.Contains(p[0].Error(), want) {
			t.Errorf("%v; want %s", p, want)
		}
		for _, how := range []string{export.LockRequire, export.LockWrite, export.LockRenew} {
			res, err := export.Build(t.Context(), export.Path(dir), export.Options{Formats: []string{"pdf"}, Lock: how, Dir: t.TempDir()})
			if err == nil || len(res.Files) > 0 {
				t.Errorf("%s: made %v", how, res.Files)
			}
		}
		if now, _ := os.ReadFile(filepath.Join(dir, "pages.lock.json")); string(now) != broken {
			t.Error("a broken lock was written over")
		}
	}
	if err := (&export.Options{Lock: "x"}).Validate(); err == nil {
		t.Error("an unknown word is taken")
	}
	if _, err := export.Build(t.Context(), export.Markdown("a.md", []byte("Text.")), export.Options{Lock: export.LockWrite}); err == nil || !strings.Contains(err.Error(), "on disk") {
		t.Errorf("%v", err)
	}
}
