package export_test

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"maps"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/pdfcpu/pdfcpu/pkg/api"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/model"
	"github.com/pdfcpu/pdfcpu/pkg/pdfcpu/types"

	"github.com/twinpress/twinpress/export"
)

// labelsOf reads the page labels of a finished PDF (ISO 32000-1 § 12.4.2), as far as ours need it: decimal ones.
func labelsOf(t *testing.T, pdf []byte) []string {
	t.Helper()
	ctx, err := api.ReadContext(bytes.NewReader(pdf), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	if err := ctx.EnsurePageCount(); err != nil {
		t.Fatal(err)
	}
	root, err := ctx.Catalog()
	if err != nil {
		t.Fatal(err)
	}
	tree, err := ctx.DereferenceDict(root["PageLabels"])
	if err != nil {
		t.Fatal(err)
	}
	nums, err := ctx.DereferenceArray(tree["Nums"])
	if err != nil {
		t.Fatal(err)
	}
	labels := make([]string, ctx.PageCount)
	for i := 0; i+1 < len(nums); i += 2 {
		d, err := ctx.DereferenceDict(nums[i+1])
		if err != nil {
			t.Fatal(err)
		}
		from, start := nums[i].(types.Integer).Value(), 1
		if st := d.IntEntry("St"); st != nil {
			start = *st
		}
		for p := from; p < len(labels); p++ {
			n := start + p - from
			switch s := d.NameEntry("S"); {
			case s == nil:
				labels[p] = ""
			case *s == "r":
				labels[p] = "front" // no article stands there
			default:
				labels[p] = strconv.Itoa(n)
			}
		}
	}
	return labels
}

// rangesOf reads a finished PDF's bookmarks: on which pages, by their labels, what stands under each.
func rangesOf(t *testing.T, pdf []byte) map[string]string {
	t.Helper()
	labels := labelsOf(t, pdf)
	marks, err := api.Bookmarks(bytes.NewReader(pdf), model.NewDefaultConfiguration())
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]string{}
	for i, m := range marks {
		last := len(labels)
		if i+1 < len(marks) {
			last = marks[i+1].PageFrom - 1
		}
		out[m.Title] = labels[m.PageFrom-1] + "-" + labels[last-1]
	}
	return out
}

// TestReferencePages reads finished references beside the finished PDF of the same run: every article's pages are those at which
// the PDF's bookmarks and labels have it, and every format says the same.
func TestReferencePages(t *testing.T) {
	for _, site := range []string{"../samples", "review-112"} {
		t.Run(site, func(t *testing.T) {
			if site == "review-112" {
				site = needCorpus(t, site)
			}
			files := read(t, build(t, site, export.Options{Formats: []string{"pdf,bibtex,biblatex,ris,csl"}, Offprints: true}))
			byEnd := map[string][]byte{}
			for name, data := range files {
				if strings.Count(name, "/") == 0 {
					_, end, _ := strings.Cut(name, ".")
					byEnd[end] = data
				}
			}
			ranges := rangesOf(t, byEnd["pdf"])
			var items []map[string]any
			if err := json.Unmarshal(byEnd["csl.json"], &items); err != nil {
				t.Fatal(err)
			}
			seen := 0
			for _, it := range items {
				if it["type"] != "article-journal" {
					continue
				}
				seen++
				page, _ := it["page"].(string)
				first, last, ok := strings.Cut(page, "-")
				if !ok {
					last = first
				}
				found := false
				for title, r := range ranges {
					if plainTitle(it["title"].(string)) != "" && strings.HasPrefix(plainTitle(it["title"].(string)), plainTitle(title)) {
						found = found || r == first+"-"+last
					}
				}
				if !found {
					t.Errorf("%s: pages %s; the PDF's bookmarks say %v", it["title"], page, ranges)
				}
				id := it["id"].(string)
				for end, want := range map[string]string{"bib": "pages = {" + strings.ReplaceAll(page, "-", "--") + "}", "biblatex.bib": "pages = {" + strings.ReplaceAll(page, "-", "–") + "}",
					"ris": "SP  - " + first + "\r\nEP  - " + last + "\r\n"} {
					_, entry, _ := strings.Cut(string(byEnd[end]), "{"+id+",")
					if end == "ris" {
						entry, _, _ = strings.Cut(string(byEnd[end]), "ID  - "+id+"\r\n")
						entry = entry[strings.LastIndex(entry, "TY  - "):]
					} else {
						entry, _, _ = strings.Cut(entry, "\n}\n")
					}
					if !strings.Contains(entry, want) {
						t.Errorf("%s has not %q:\n%s", end, want, entry)
					}
				}
			}
			for name, data := range files { // an offprint says the pages of its issue
				if path.Ext(name) != ".ris" || !strings.Contains(name, "/") {
					continue
				}
				_, rest, _ := strings.Cut(string(data), "SP  - ")
				pages, _, _ := strings.Cut(rest, "\r\nSN")
				if pages = "SP  - " + pages; !strings.Contains(string(byEnd["ris"]), pages) || rest == "" {
					t.Errorf("%s: %s", name, data)
				}
			}
			if seen < 4 {
				t.Errorf("only %d articles", seen)
			}
		})
	}
}

func plainTitle(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

// TestReferencesAlone: without a PDF there are no pages, which is said once for all editions and formats; and a key is the same
// with and without them.
func TestReferencesAlone(t *testing.T) {
	res := build(t, "../samples", export.Options{Formats: []string{"bibtex", "ris", "csl"}, Offprints: true})
	said := 0
	for _, p := range res.Problems {
		if p.Code == "no-pages" {
			said++
		}
	}
	if said != 1 {
		t.Errorf("that there are no pages is said %d times", said)
	}
	names := []string{}
	for name, data := range read(t, res) {
		names = append(names, name)
		if strings.Contains(string(data), "pages =") || strings.Contains(string(data), "SP  -") || strings.Contains(string(data), `"page"`) {
			t.Errorf("%s names pages", name)
		}
	}
	if !slices.Contains(names, "long-primer-7.bib") || !slices.Contains(names, "long-primer-7/the-last-reader.csl.json") {
		t.Errorf("files %q", names)
	}
}

// TestPagesFile reads pages.json: each article's pages are those of its issue's PDF, each file is there with its checksum, and
// the file is the same however the work was shared out.
func TestPagesFile(t *testing.T) {
	var first []byte
	for _, jobs := range []int{1, 8} {
		res := build(t, "../samples", export.Options{Formats: []string{"pdf", "bibtex", "pages"}, Offprints: true, Jobs: jobs})
		files := read(t, res)
		data := files["pages.json"]
		if first == nil {
			first = data
		} else if !bytes.Equal(first, data) {
			t.Error("two builds tell of themselves in other words")
		}
		var told struct {
			Issues []struct {
				Number, Citation string
				Articles         []string
				Files            []pageFile
			}
			Articles map[string][]struct {
				Title, Key, Citation string
				Pages                struct {
					First, Last string
					Count       int
				}
				Files []pageFile
			}
		}
		if err := json.Unmarshal(data, &told); err != nil {
			t.Fatal(err)
		}
		if len(told.Issues) != 1 || len(told.Issues[0].Articles) != len(told.Articles) || len(told.Articles) < 4 {
			t.Fatalf("%s", data)
		}
		ranges := rangesOf(t, files["long-primer-7.pdf"])
		all := slices.Clone(told.Issues[0].Files)
		for _, key := range told.Issues[0].Articles {
			if len(told.Articles[key]) != 1 {
				t.Fatalf("%s: %v", key, told.Articles[key])
			}
			a := told.Articles[key][0]
			if !strings.HasPrefix(key, "articles/") || len(a.Files) != 2 || !strings.Contains(a.Citation, ": "+a.Pages.First+"–"+a.Pages.Last+".") {
				t.Errorf("%s: %+v", key, a)
			}
			if !slices.Contains(slices.Collect(maps.Values(ranges)), a.Pages.First+"-"+a.Pages.Last) {
				t.Errorf("%s stands on %v; the PDF says %v", key, a.Pages, ranges)
			}
			all = append(all, a.Files...)
		}
		for _, f := range all {
			if sum := sha256.Sum256(files[f.Path]); files[f.Path] == nil || hex.EncodeToString(sum[:]) != f.SHA256 || int64(len(files[f.Path])) != f.Bytes {
				t.Errorf("%+v is not the file that is there", f)
			}
		}
		if len(all)+1 != len(files) {
			t.Errorf("%d files are told of, %d are there", len(all), len(files))
		}
	}
}

type pageFile struct {
	Format, Path, SHA256 string
	Bytes                int64
}

// TestPagesFileAlone: one article is told of by its own entry; with a Sink the names are those that the Sink is given; and a
// build that fails tells of nothing.
func TestPagesFileAlone(t *testing.T) {
	got := map[string]string{}
	sink := export.SinkFunc(func(_ context.Context, name string, data []byte) error {
		got[name] = string(data)
		return nil
	})
	text := []byte("---\ntitle: One & only\nauthor: Ada Lane\ndate: 2026-03-01\n---\n\nText.\n")
	if _, err := export.Build(t.Context(), export.Markdown("one.md", text), export.Options{Formats: []string{"ris", "pages"}, Sink: sink}); err != nil {
		t.Fatal(err)
	}
	if s := got["pages.json"]; !strings.Contains(s, `"one.md": [`) || !strings.Contains(s, `"path": "one.ris"`) || !strings.Contains(s, "One & only") {
		t.Errorf("%v", got)
	}
	clear(got)
	if _, err := export.Build(t.Context(), export.Markdown("one.md", []byte("---\ntitle: [\n---\n\nText.\n")), export.Options{Formats: []string{"pages"}, Sink: sink}); err == nil || len(got) > 0 {
		t.Errorf("%v, %v", err, got)
	}
}

// TestTradeFormats: an issue's deposit and product records come from the same facts as its references; a deposit without a depositor
// is refused in words.
func TestTradeFormats(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "twinpress.yaml", "journal: {title: J, base-url: 'https://j.example/'}\ncrossref: {depositor: D, email: d@j.example}\n")
	write(t, dir, "content/a.md", "---\ntitle: A\nissue: 1\ndate: 2026-03-01\ndoi: 10.5555/a\nauthor: Ada Lane\n---\n\nText\n")
	write(t, dir, "content/b.md", "---\ntitle: B\nissue: 1\ndate: 2026-03-02\n---\n\nText\n")
	opts := export.Options{Formats: []string{"pdf,crossref,onix,csl"}}
	res := build(t, dir, opts)
	files := read(t, res)
	if s := string(files["j-1.crossref.xml"]); !strings.Contains(s, "<doi>10.5555/a</doi><resource>https://j.example/") || !strings.Contains(s, "<first_page>1</first_page>") {
		t.Errorf("%s", s)
	}
	if s := string(files["j-1.onix.xml"]); strings.Count(s, "<Product>") != 2 || !strings.Contains(s, "<ProductFormFeatureValue>05</ProductFormFeatureValue>") {
		t.Errorf("%s", s)
	}
	if !slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return p.Code == "not-deposited" && strings.HasSuffix(p.Pos.File, "b.md") }) {
		t.Errorf("nobody is told of an article that cannot be registered: %v", res.Problems)
	}
	write(t, dir, "twinpress.yaml", "journal: {title: J}\n")
	res = build(t, dir, opts)
	if !slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return p.Code == "deposit" && strings.Contains(p.Hint, "depositor") }) {
		t.Errorf("%v", res.Problems)
	}
}
