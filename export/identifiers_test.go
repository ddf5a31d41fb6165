package export_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/internal/doctest"
)

// TestWrongNumbers: an ISBN, ISSN or DOI that is none stands in no file, and is told of where it is written; a good one stands in its
// bare form, however it is typed.
func TestWrongNumbers(t *testing.T) {
	formats := []string{"epub", "pdf", "bibtex", "biblatex", "ris", "csl", "onix", "jats", "pages", "opds"}
	site := func(issn, isbn, doi, article string) export.Source {
		return siteOf(t, "-- hugo.toml --\ntitle = 'The Quoin'\nlanguageCode = 'en'\nbaseURL = 'https://quoin.example/'\n[params]\nissn = '"+issn+"'\n"+
			"-- content/issues/4/_index.md --\n---\nisbn: "+isbn+"\ndoi: "+doi+"\n---\n-- content/issues/4/a.md --\n---\ntitle: A\ndate: 2020-01-01\ndoi: "+article+"\n---\nText.\n")
	}
	files, res, err := made(t, site("1234-5670", "978-3-16-148410-1", "ten.5555/none", "10.5555/with a blank"), export.Options{Formats: formats, Offprints: true})
	if err != nil {
		t.Fatal(err)
	}
	told := ""
	for _, p := range res.Problems {
		told += p.Error() + " [" + p.Code + "]\n"
	}
	for _, want := range []string{
		`hugo.toml:5:8: "1234-5670" is no ISSN: its check digit would be 9 [bad-identifier]`,
		`content/issues/4/_index.md:2:7: isbn "978-3-16-148410-1" is no ISBN: its check digit would be 0 [bad-identifier]`,
		`content/issues/4/_index.md:3:6: doi "ten.5555/none" is no DOI`,
		`content/issues/4/a.md:4:6: "10.5555/with a blank" is no DOI`,
	} {
		if !strings.Contains(told, want) {
			t.Errorf("not told: %s\ntold: %s", want, told)
		}
	}
	for name, data := range files {
		for _, wrong := range []string{"1234-5670", "12345670", "9783161484101", "978-3-16-148410-1", "ten.5555", "with a blank"} {
			if strings.Contains(insideOf(t, name, data), wrong) {
				t.Errorf("%s says %s", name, wrong)
			}
		}
	}
	if _, res, err := made(t, site("12345679", "978-3-16-148410-1", "10.5555/4", "10.5555/a"), export.Options{Formats: []string{"wrap"}}); err == nil || !strings.Contains(fmt.Sprint(res.Problems), "_index.md:2:7: no bar code can be made: this is no ISBN") {
		t.Errorf("a cover is printed with another code: %v %v", err, res.Problems)
	}
	formats = formats[:len(formats)-1]
	files, res, err = made(t, site("12345679", "978-3-16-148410-0", "doi:10.5555/Issue.4", "http://dx.doi.org/10.5555/a<1>(1)"), export.Options{Formats: formats, Offprints: true})
	if err != nil || len(res.Problems) > 0 {
		t.Fatal(err, res.Problems)
	}
	for name, want := range map[string]string{"the-quoin-4.ris": "SN  - 1234-5679", "the-quoin-4.bib": "doi = {10.5555/Issue.4}", "the-quoin-4.csl.json": `10.5555/a`, "the-quoin-4.epub": "urn:isbn:9783161484100",
		"the-quoin-4/a.epub": `"https://doi.org/10.5555/a%3C1%3E(1)"`, "pages.json": `https://doi.org/10.5555/a%3C1%3E(1)`} {
		if !strings.Contains(insideOf(t, name, files[name]), want) {
			t.Errorf("%s does not say %s: %s", name, want, insideOf(t, name, files[name]))
		}
	}
	for yaml, want := range map[string]string{"journal: {eissn: 2049-3631}": `twinpress.yaml:1:18: journal.eissn "2049-3631" is no ISSN`, "issues: {\"4\": {doi: x}}": `twinpress.yaml:1:21: issues.4.doi "x" is no DOI`} {
		if files, _, err := made(t, siteOf(t, "-- twinpress.yaml --\n"+yaml+"\n-- content/a.md --\nText.\n"), export.Options{}); err == nil || !strings.Contains(err.Error(), want) || len(files) > 0 {
			t.Errorf("%s: %v, not %s", yaml, err, want)
		}
	}
}

// insideOf gives what a file says: of an EPUB, all its files.
func insideOf(t *testing.T, name string, data []byte) string {
	t.Helper()
	if !strings.HasSuffix(name, ".epub") && !strings.HasSuffix(name, ".zip") {
		return string(data)
	}
	var all strings.Builder
	for _, f := range doctest.Unzip(t, data) {
		all.Write(f.Data)
	}
	return all.String()
}
