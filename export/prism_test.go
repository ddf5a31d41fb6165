package export_test

import (
	"encoding/json"
	"html"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

var (
	inPacket  = regexp.MustCompile(`<prism:(\w+)>([^<]*)</prism:`)
	described = regexp.MustCompile(`<pdfaProperty:name>(\w+)</pdfaProperty:name>`)
	inPackage = regexp.MustCompile(`<meta property="prism:(\w+)">([^<]*)</meta>`)
)

// facts gives what a file's metadata say by PRISM.
func facts(t *testing.T, re *regexp.Regexp, text string) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, m := range re.FindAllStringSubmatch(text, -1) {
		if out[m[1]] != "" {
			t.Errorf("%s is said twice", m[1])
		}
		out[m[1]] = html.UnescapeString(m[2])
	}
	return out
}

// TestFactsInFiles reads the metadata of finished editions: an EPUB's package says what the PDF's packet says, both say what the
// references of the same run say, and the pages of an offprint are those printed on its own.
func TestFactsInFiles(t *testing.T) {
	for _, site := range []string{"own", "../samples", "review-112"} {
		t.Run(path.Base(site), func(t *testing.T) {
			dir := site
			switch site {
			case "review-112":
				dir = needCorpus(t, site)
			case "own":
				dir = t.TempDir()
				write(t, dir, "twinpress.yaml", "journal: {title: J & K, issn: 1234-5679, eissn: 1234-5660, language: en, base-url: 'https://j.example/'}\n"+
					"issues: {7: {title: Room, volume: 2, isbn: 978-3-16-148410-0, doi: 10.5555/j.7, date: 2026-03, sections: [{title: Essays, articles: [a, b]}]}}\n")
				write(t, dir, "content/a.md", "---\ntitle: A\nissue: 7\ndate: 2026-03-01\ndoi: 10.5555/a\nauthor: Ada Lane\narticle-type: Essay\n---\n\nText.\n")
				write(t, dir, "content/b.md", "---\ntitle: B\nissue: 7\ndate: 2026-03-02\n---\n\nText.\n")
			}
			files := read(t, build(t, dir, export.Options{Formats: []string{"epub,pdf,csl"}, Offprints: true}))
			seen := 0
			for name, pdf := range files {
				stem, ok := strings.CutSuffix(name, ".pdf")
				if !ok {
					continue
				}
				seen++
				packet := facts(t, inPacket, string(pdf))
				opf := unzipped(t, files[stem+".epub"], "package.opf")
				if in := facts(t, inPackage, opf); !maps.Equal(packet, in) || len(in) < 4 {
					t.Errorf("%s: the PDF says %v, the EPUB %v", stem, packet, in)
				}
				for p := range packet {
					if !slices.ContainsFunc(described.FindAllStringSubmatch(string(pdf), -1), func(m []string) bool { return m[1] == p }) {
						t.Errorf("%s: %s is not described in the PDF", stem, p)
					}
				}
				var items []map[string]any
				if err := json.Unmarshal(files[stem+".csl.json"], &items); err != nil {
					t.Fatal(err)
				}
				text := func(key string) string { s, _ := items[0][key].(string); return s }
				journal := text("container-title")
				if journal == "" {
					journal = text("title")
				}
				for p, want := range map[string]string{"publicationName": journal, "issn": text("ISSN"), "volume": text("volume"), "number": text("issue"), "doi": text("DOI"),
					"isbn": text("ISBN"), "pageRange": text("page"), "startingPage": text("page-first"), "issueName": text("volume-title"), "genre": text("genre"), "url": text("URL")} {
					if packet[p] != want {
						t.Errorf("%s: %s is %q, the references say %q", stem, p, packet[p], want)
					}
				}
				if strings.Contains(stem, "/") {
					labels := labelsOf(t, pdf)
					if packet["startingPage"] != labels[0] || packet["endingPage"] != labels[len(labels)-1] {
						t.Errorf("%s says %s–%s; its pages are %v", stem, packet["startingPage"], packet["endingPage"], labels)
					}
				} else if packet["pageRange"] != "" {
					t.Errorf("an issue stands on pages %s of nothing", packet["pageRange"])
				}
			}
			if seen < 3 {
				t.Errorf("only %d editions", seen)
			}
			if site != "own" {
				return
			}
			article, whole := unzipped(t, files["j-k-7/a.epub"], "package.opf"), unzipped(t, files["j-k-7.epub"], "package.opf")
			for _, want := range []string{`>doi:10.5555/a</dc:identifier>`, `"dcterms:isPartOf">urn:isbn:9783161484100<`, `"dcterms:isPartOf">doi:10.5555/j.7<`, `"dcterms:isPartOf">urn:issn:1234-5660<`,
				`"dcterms:issued">2026-03<`, `"dcterms:bibliographicCitation">Ada Lane. “A”. J &amp; K, Volume 2, Issue 7 (March 2026): 1. https://doi.org/10.5555/a<`,
				`"prism:section">Essays<`, `"prism:coverDisplayDate">March 2026<`, `"prism:eIssn">1234-5660<`, `"prism:endingPage">1<`} {
				if !strings.Contains(article, want) {
					t.Errorf("the offprint's package has no %s\n%s", want, article)
				}
			}
			if strings.Contains(article, ">urn:isbn:9783161484100</dc:identifier>") || !strings.Contains(whole, ">urn:isbn:9783161484100</dc:identifier>") {
				t.Error("the issue's ISBN is its own, and not its article's")
			}
			alone := read(t, build(t, dir+"/content/a.md", export.Options{Formats: []string{"pdf"}}))
			for name, pdf := range alone {
				if f := facts(t, inPacket, string(pdf)); f["pageRange"] != "" || f["number"] != "7" {
					t.Errorf("%s begins on page 1 of its own, and says that it stands on %v", name, f)
				}
			}
		})
	}
}

// TestNCXOrder: a section and the article that begins it lead to one place of an EPUB 2's contents, which has one place in the order
// (EPUBCheck, RSC-005), and the order has no gaps.
func TestNCXOrder(t *testing.T) {
	dir := t.TempDir()
	write(t, dir, "twinpress.yaml", "journal: {title: J, language: en}\nissues: {7: {sections: [{title: Essays, articles: [a, b]}]}}\n")
	for _, name := range []string{"a", "b"} {
		write(t, dir, "content/"+name+".md", "---\ntitle: "+name+"\nissue: 7\n---\n\nText.\n")
	}
	ncx := unzipped(t, read(t, build(t, dir, export.Options{Formats: []string{"epub"}}))["j-7.epub"], "toc.ncx")
	places, targets := map[string]string{}, map[string]string{}
	for _, m := range regexp.MustCompile(`playOrder="(\d+)".*?<content src="([^"]+)"`).FindAllStringSubmatch(ncx, -1) {
		if was := places[m[2]]; was != "" && was != m[1] || targets[m[1]] != "" && targets[m[1]] != m[2] {
			t.Errorf("%s has the places %s and %s\n%s", m[2], was, m[1], ncx)
		}
		places[m[2]], targets[m[1]] = m[1], m[2]
	}
	for n := range len(targets) {
		if targets[strconv.Itoa(n+1)] == "" {
			t.Errorf("nothing has the place %d", n+1)
		}
	}
	if strings.Count(ncx, "playOrder") <= len(places) {
		t.Errorf("no two lead to one place\n%s", ncx)
	}
}
