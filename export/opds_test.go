package export_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// catalogue is an OPDS feed as a reader's program takes it.
type catalogue struct {
	Metadata struct {
		Title         string
		NumberOfItems int
	}
	Links        []catalogueLink
	Publications []cataloguePublication
	Groups       []struct {
		Metadata     struct{ Title string }
		Publications []cataloguePublication
	}
}

type catalogueLink struct {
	Rel, Href, Type     string
	Size, Width, Height int64
}

type cataloguePublication struct {
	Metadata struct {
		Identifier, Title, Subtitle, Language, Published, Modified string
		Author                                                     []struct{ Name, SortAs string }
		NumberOfPages                                              int
		BelongsTo                                                  struct {
			Series, Collection struct {
				Name     string
				Position int
			}
		}
		Accessibility struct{ Feature []string }
	}
	Links, Images []catalogueLink
}

func catalogueOf(t *testing.T, data []byte) (c catalogue, all []cataloguePublication) {
	t.Helper()
	if err := json.Unmarshal(data, &c); err != nil {
		t.Fatalf("%v\n%s", err, data)
	}
	all = slices.Clone(c.Publications)
	for _, g := range c.Groups {
		all = append(all, g.Publications...)
	}
	if len(all) != c.Metadata.NumberOfItems {
		t.Errorf("%d publications, %d announced", len(all), c.Metadata.NumberOfItems)
	}
	return c, all
}

// TestCatalogue: the catalogue of a finished folder leads to each of its files, by its size, and says of an edition what its EPUB says.
func TestCatalogue(t *testing.T) {
	var first []byte
	for _, jobs := range []int{1, 8} {
		res := build(t, "../samples", export.Options{Formats: []string{"epub,pdf,cover,cover-jpeg,thumbnail,wrap,onix,opds"}, Offprints: true, Jobs: jobs})
		files := read(t, res)
		if first != nil && string(first) != string(files["opds.json"]) {
			t.Error("two builds are catalogued otherwise")
		}
		first = files["opds.json"]
		if !slices.ContainsFunc(res.Problems, func(p export.Problem) bool { return p.Code == "relative-feed" }) {
			t.Error("nobody is told that the addresses are relative")
		}
		c, all := catalogueOf(t, first)
		if c.Metadata.Title != "Long Primer" || c.Links[0].Rel != "self" || c.Links[0].Href != "opds.json" || len(all) != 5 {
			t.Errorf("%+v", c)
		}
		seen := map[string]bool{"opds.json": true}
		for i, p := range all {
			if place := p.Metadata.BelongsTo.Collection.Position; place != i || p.Metadata.BelongsTo.Series.Position != 7 {
				t.Errorf("%s is the %dth", p.Metadata.Title, place)
			}
			for _, l := range slices.Concat(p.Links, p.Images) {
				if l.Rel == "alternate" {
					continue
				}
				if int64(len(files[l.Href])) != l.Size || l.Size == 0 {
					t.Errorf("%s: %d bytes", l.Href, l.Size)
				}
				if strings.HasPrefix(l.Type, "image/") && (l.Width == 0 || l.Height == 0) {
					t.Errorf("%+v", l)
				}
				seen[l.Href] = true
			}
			opf := unzipped(t, files[p.Links[0].Href], "package.opf")
			for _, s := range []string{`id="pub-id">` + p.Metadata.Identifier + "<", `property="dcterms:modified">` + p.Metadata.Modified + "<", "<dc:language>" + p.Metadata.Language + "<"} {
				if !strings.Contains(opf, s) {
					t.Errorf("the EPUB of %s does not say %s", p.Metadata.Title, s)
				}
			}
			for _, f := range p.Metadata.Accessibility.Feature {
				if f != "taggedPDF" && !strings.Contains(opf, `"schema:accessibilityFeature">`+f+"<") {
					t.Errorf("the EPUB of %s does not offer %s", p.Metadata.Title, f)
				}
			}
			for _, f := range strings.Split(opf, `"schema:accessibilityFeature">`)[1:] {
				if f, _, _ = strings.Cut(f, "<"); !slices.Contains(p.Metadata.Accessibility.Feature, f) {
					t.Errorf("the EPUB of %s offers %s", p.Metadata.Title, f)
				}
			}
		}
		for name := range files {
			forReaders := !strings.HasSuffix(name, ".wrap.pdf") && !strings.HasSuffix(name, ".onix.xml")
			if seen[name] != forReaders {
				t.Errorf("%s is in the catalogue: %v", name, seen[name])
			}
		}
	}
}

// TestCatalogueOfEarlier: editions of earlier builds stay in the catalogue while their files do, years part them, and an address for
// the folder makes all addresses absolute, those of earlier builds, too.
func TestCatalogueOfEarlier(t *testing.T) {
	site, out := t.TempDir(), t.TempDir()
	write(t, site, "twinpress.yaml", "journal: {title: J, language: en}\n")
	for _, a := range []string{"1 2024-03-01", "2 2025-03-01", "3 2025-09-01"} {
		number, date, _ := strings.Cut(a, " ")
		write(t, site, "content/a"+number+".md", "---\ntitle: A"+number+"\nissue: "+number+"\ndate: "+date+"\n---\nText.\n")
	}
	titles := func(opts export.Options) (years, titles string, res export.Result) {
		opts.Dir = out
		res = build(t, site, opts)
		data, err := os.ReadFile(filepath.Join(out, "opds.json"))
		if err != nil {
			t.Fatal(err)
		}
		c, all := catalogueOf(t, data)
		var ys, ts []string
		for _, g := range c.Groups {
			ys = append(ys, g.Metadata.Title)
		}
		for _, p := range all {
			s := p.Metadata.Title
			for _, l := range slices.Concat(p.Links, p.Images) {
				s += " " + l.Href
			}
			ts = append(ts, s)
		}
		return strings.Join(ys, " "), strings.Join(ts, "; "), res
	}
	look := func(what string, opts export.Options, wantYears, want string) {
		t.Helper()
		if years, got, _ := titles(opts); years != wantYears || got != want {
			t.Errorf("%s: %q, %q", what, years, got)
		}
	}
	look("one", export.Options{Formats: []string{"epub,opds"}, Issues: []string{"2"}}, "", "J 2 j-2.epub")
	look("another", export.Options{Formats: []string{"pdf,opds"}, Issues: []string{"1"}}, "2025 2024", "J 2 j-2.epub; J 1 j-1.pdf")
	look("more of the first", export.Options{Formats: []string{"pdf,thumbnail,opds"}, Issues: []string{"2"}}, "2025 2024", "J 2 j-2.epub j-2.pdf j-2.thumb.png; J 1 j-1.pdf")
	look("a newer one", export.Options{Formats: []string{"epub,opds"}, Issues: []string{"3"}}, "2025 2024", "J 3 j-3.epub; J 2 j-2.epub j-2.pdf j-2.thumb.png; J 1 j-1.pdf")
	if err := os.Remove(filepath.Join(out, "j-1.pdf")); err != nil {
		t.Fatal(err)
	}
	write(t, site, "twinpress.yaml", "journal: {title: J, language: en}\nopds: {base-url: 'https://j.example/editions'}\n")
	const at = " https://j.example/editions/"
	look("moved", export.Options{Formats: []string{"epub,opds"}, Issues: []string{"3"}}, "", "J 3"+at+"j-3.epub; J 2"+at+"j-2.epub"+at+"j-2.pdf"+at+"j-2.thumb.png")
	write(t, out, "opds.json", "{")
	if years, got, res := titles(export.Options{Formats: []string{"epub,opds"}, Issues: []string{"3"}}); years != "" || got != "J 3"+at+"j-3.epub" || len(coded(res, "bad-feed")) != 1 {
		t.Errorf("%q, %v", got, res.Problems)
	}
	for _, bad := range []string{"ftp://a.example/", "editions/", "https://a.example/?x", "7"} {
		write(t, site, "twinpress.yaml", "opds: {base-url: '"+bad+"'}\n")
		if _, err := export.Build(t.Context(), export.Path(site), export.Options{Dir: out, Formats: []string{"opds"}}); err == nil || !strings.Contains(err.Error(), "twinpress.yaml:1:18: opds.base-url should be the address of a folder") {
			t.Errorf("%s: %v", bad, err)
		}
	}
}
