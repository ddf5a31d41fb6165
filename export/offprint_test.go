package export_test

import (
	"context"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// made builds and keeps what was made by name.
func made(t *testing.T, src export.Source, opts export.Options) (map[string][]byte, export.Result, error) {
	t.Helper()
	files := map[string][]byte{}
	opts.Sink = export.SinkFunc(func(_ context.Context, name string, data []byte) error {
		files[name] = slices.Clone(data)
		return nil
	})
	res, err := export.Build(t.Context(), src, opts)
	return files, res, err
}

// unzipped gives a file of an EPUB, by the end of its name.
func unzipped(t *testing.T, data []byte, end string) string {
	t.Helper()
	for _, f := range doctest.Unzip(t, data) {
		if strings.HasSuffix(f.Name, end) {
			return string(f.Data)
		}
	}
	t.Fatalf("no %s", end)
	return ""
}

var (
	pageList  = regexp.MustCompile(`(?s)<nav epub:type="page-list".*?</nav>`)
	pageEntry = regexp.MustCompile(`<a href="([^"#]*)#?([^"]*)">([^<]*)</a>`)
	saidPages = regexp.MustCompile(`class="provenance">[^<]*?\p{L}+ (\d+)(?:–(\d+))?<`)
)

// TestOffprintEPUB: an offprint's EPUB has the pages of its issue's that are its own: in the list, in the text where they
// turn, and in what it says of where it appeared; and as many as its PDF.
func TestOffprintEPUB(t *testing.T) {
	sites := []string{"../samples"}
	if corpus := "../../shared/corpus/review-112"; exists(corpus) {
		sites = append(sites, corpus)
	}
	for _, site := range sites {
		for i, style := range export.Styles() {
			if i > 0 && site != sites[0] {
				break
			}
			files, res, err := made(t, export.Path(site), export.Options{Offprints: true, Style: style})
			if err != nil {
				t.Fatal(err)
			}
			pages := map[string]int{}
			for _, f := range res.Files {
				if f.Format == "pdf" {
					pages[strings.TrimSuffix(f.Path, ".pdf")] = f.Pages
				}
			}
			listed := map[string][]string{}
			whole := ""
			for name, data := range files {
				if path.Ext(name) != ".epub" {
					continue
				}
				stem := strings.TrimSuffix(name, ".epub")
				if !strings.Contains(stem, "/") {
					whole = stem
				}
				for _, m := range pageEntry.FindAllStringSubmatch(pageList.FindString(unzipped(t, data, "nav.xhtml")), -1) {
					listed[stem] = append(listed[stem], m[3])
					if text := unzipped(t, data, m[1]); m[2] != "" && !strings.Contains(text, `id="`+m[2]+`"`) {
						t.Errorf("%s: page %s begins at %s#%s, which is not there", name, m[3], m[1], m[2])
					}
				}
				if len(listed[stem]) != pages[stem] {
					t.Errorf("%s, %s: %d pages listed, %d in the PDF", name, style, len(listed[stem]), pages[stem])
				}
				if opf := unzipped(t, data, ".opf"); !strings.Contains(opf, `property="pageBreakSource"`) {
					t.Errorf("%s does not say whose pages it lists", name)
				}
			}
			for stem, labels := range listed {
				if stem == whole {
					continue
				}
				at := slices.Index(listed[whole], labels[0])
				if at < 0 || !slices.Equal(labels, listed[whole][at:at+len(labels)]) {
					t.Errorf("%s has pages %v, which its issue has not so", stem, labels)
				}
				text := unzipped(t, files[stem+".epub"], path.Base(stem)+".xhtml")
				said := saidPages.FindStringSubmatch(text)
				if said == nil || said[1] != labels[0] || said[2] != "" && said[2] != labels[len(labels)-1] {
					t.Errorf("%s, %s: it appeared on %q, but has pages %v", stem, style, said, labels)
				}
			}
		}
	}
}

func exists(name string) bool {
	_, err := os.Stat(name)
	return err == nil
}

// TestOffprintOfABrokenIssue: an offprint has its issue's pages. Of an issue that is not made there are none, and each says so
// in its own words; the problems of one article are not told of another.
func TestOffprintOfABrokenIssue(t *testing.T) {
	site := siteOf(t, `
-- hugo.toml --
title = "J"
-- content/posts/a.md --
---
title: A
issue: "1"
---
A text with ![a picture](gone.png).
-- content/posts/b.md --
---
title: B
issue: "1"
---
Another text.
`)
	_, res, err := made(t, site, export.Options{Offprints: true})
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Files) != 6 {
		t.Errorf("%d files", len(res.Files))
	}
	_, res, err = made(t, site, export.Options{Offprints: true, Strict: true})
	if err == nil || res.Failed != 2 || len(res.Files) != 2 {
		t.Errorf("strict: %d failed, %d files: %v", res.Failed, len(res.Files), err)
	}
	for _, f := range res.Files {
		if !strings.Contains(f.Path, "/b.") {
			t.Errorf("%s was made although it has a warning", f.Path)
		}
	}
	broken := siteOf(t, `
-- hugo.toml --
title = "J"
-- content/posts/a.md --
---
title: A
issue: "1"
tags: [
---
A text.
-- content/posts/b.md --
---
title: B
issue: "1"
---
Another text.
`)
	_, res, err = made(t, broken, export.Options{Offprints: true})
	if err == nil || res.Failed != 3 || len(res.Files) > 0 || !slices.ContainsFunc(res.Problems, func(p export.Problem) bool {
		return p.Pos.File == "content/posts/b.md" && strings.Contains(p.Message, "has the pages of its issue, and j-1 cannot be made")
	}) {
		t.Errorf("%d failed, %d files, problems %v: %v", res.Failed, len(res.Files), res.Problems, err)
	}
}

// siteOf is a site in memory.
func siteOf(t *testing.T, archive string) export.Source {
	t.Helper()
	fsys, err := txtar.FS(txtar.Parse([]byte(archive)))
	if err != nil {
		t.Fatal(err)
	}
	return export.FS(fsys, ".")
}
