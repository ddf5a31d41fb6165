package export_test

import (
	"fmt"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// matterSite is a journal that has configured all there is, in a style.
func matterSite(t *testing.T, style, matter string) string {
	return writeSite(t, map[string]string{
		"hugo.toml": "title = 'The Quoin'\nbaseURL = 'https://quoin.example/'\nlanguageCode = 'en-GB'\n[taxonomies]\nissue = 'issue'\nauthor = 'authors'\n",
		"twinpress.yaml": `style: ` + style + `
accessibility: {statement: false}
journal:
  issn: 1234-5679
  eissn: 2049-3630
  publisher: The Quoin Society
  place: Carrow
  rights: © the authors
  staff:
    Managing editor: Ada Lockup
    Copy editors: [Ben Case, {name: Cy Furniture, orcid: 0000-0002-1825-0097}]
  statement: why.md
  guidelines: "Write *plainly*."
  funders: [The Wedge Fund, The Key Trust]
  address: 1 Chase Row, Carrow
` + matter + `
issues:
  "4":
    advertisements:
      - {picture: /type.png, alt: A case of type, url: "https://type.example/", text: "Type, *by the pound*."}
      - Wanted, a proofreader.
    corrections: ["Number 3 was number 2."]
    sections:
      - {title: Hand, articles: [lead]}
      - {title: Machine, articles: [press]}
`,
		"why.md":                              "We print *to be read*.\n",
		"static/type.png":                     checkered(t, 8),
		"content/issue/4/_index.md":           "---\ntitle: Pressure\nsubtitle: What holds a page\nseason: Michaelmas 2020\neditor: Guest Quoinsmith\nauthor: Ada Lockup\ncover: {image: /type.png, alt: The cover shows a case, credit: \"Cut by *Wood*\"}\n---\nThis number holds, as [the lead](/texts/lead/) says.[^1]\n\n[^1]: The editor's note.\n",
		"content/authors/dora-form/_index.md": "---\ntitle: Dora Form\n---\nDora Form sets type in Carrow.\n",
		"content/texts/lead.md":               "---\ntitle: Lead\nissue: 4\ndate: 2020-10-01\nauthors: [Dora Form]\n---\nIt melts. See [the editorial](/issue/4/).\n",
		"content/texts/press.md":              "---\ntitle: The press\nissue: 4\ndate: 2020-10-02\nauthors: [{name: Emil Platen, role: photographer, orcid: 0000-0002-1825-0097}]\ntranslator: Dora Form\n---\nIt presses.\n",
	})
}

const allMatter = "matter: [half-title, title, imprint, masthead, contents, editorial, articles, corrections, contributors, advertisements, index, colophon]"

// TestMatter reads a configured journal back from its editions: every part says what it has to, in the order that is asked for,
// in both, and in each style.
func TestMatter(t *testing.T) {
	for _, style := range []string{"book", "review", "broadsheet"} {
		t.Run(style, func(t *testing.T) {
			t.Parallel()
			got := buildCase(t, matterSite(t, style, allMatter))
			for _, part := range []string{
				"The Quoin", "Pressure", "What holds a page", "Edited by Guest Quoinsmith", "Michaelmas 2020",
				"ISSN 1234-5679", "eISSN 2049-3630", "Cover: Cut by Wood", "© the authors",
				"Masthead", "Managing editor Ada Lockup", "Copy editors Ben Case Cy Furniture ORCID",
				"Statement of purpose We print to be read.", "Submission guidelines Write plainly.", "Supported by The Wedge Fund The Key Trust", "Address 1 Chase Row, Carrow",
				"Contents", "Hand", "Machine",
				"This number holds, as the lead says.", "The editor’s note.", "It melts.", "It presses.",
				"Corrections Number 3 was number 2.",
				"Contributors", "Dora Form sets type in Carrow.", "Emil Platen (photographer)",
				"Type, by the pound.", "Wanted, a proofreader.",
				"Index of names", "Form, Dora", "Lockup, Ada", "Colophon", "Checksum of the texts",
			} {
				for edition, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
					part := part
					if edition == "PDF" { // whose lines are read without what parts them
						text, part = strings.ReplaceAll(text, " ", ""), strings.ReplaceAll(part, " ", "")
					}
					if part == "Contents" && style == "broadsheet" {
						continue // a cover has no head over them
					}
					if !strings.Contains(text, part) {
						t.Errorf("the %s does not say %q", edition, part)
					}
				}
			}
			for edition, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
				if n := strings.Count(text, "sets type in Carrow"); n != 1 {
					t.Errorf("a life stands %d times in the %s", n, edition)
				}
				if strings.Index(text, "Statement of purpose") > strings.Index(text, "This number holds") || strings.Index(text, "It presses") > strings.Index(text, "Number 3 was") ||
					strings.Index(text, "Number 3 was") > strings.Index(text, "sets type in") || strings.Index(text, "sets type in") > strings.LastIndex(text, "Wanted, a") {
					t.Errorf("the parts of the %s stand in another order", edition)
				}
			}
			if t.Failed() {
				t.Logf("EPUB: %s\nPDF: %s", got.epub, got.pdf)
			}
			for _, want := range []string{`epub:type="halftitlepage"`, `epub:type="credits" role="doc-credits"`, `epub:type="preface" role="doc-preface"`, `epub:type="errata" role="doc-errata"`,
				`epub:type="index" role="doc-index"`, `epub:type="contributors"`, `href="https://orcid.org/0000-0002-1825-0097"`, `alt="The cover shows a case"`, `href="editorial.xhtml#article"`, `<a href="https://type.example/"`} {
				if !strings.Contains(got.xhtml, want) {
					t.Errorf("the pages of the EPUB have no %s", want)
				}
			}
			if !regexp.MustCompile(`(?s)Guest Quoinsmith</dc:contributor>.*?edt<`).MatchString(got.packages) {
				t.Error("the package does not name the issue's editor")
			}
			if !strings.Contains(got.told, "[small-cover]") || strings.Count(got.told, "\n") > 1 { // it is of 80 by 80 pixels
				t.Errorf("told: %s", got.told)
			}
		})
	}
}

// TestMatterLeftToUs: without a list of parts those that have something to say are printed, and a life stands behind its text.
func TestMatterLeftToUs(t *testing.T) {
	got := buildCase(t, matterSite(t, "book", ""))
	for _, part := range []string{"Statement of purpose", "This number holds", "Number 3 was number 2.", "Wanted, a proofreader."} {
		if !strings.Contains(got.pdf, part) || !strings.Contains(got.epub, part) {
			t.Errorf("an edition does not say %q", part)
		}
	}
	if strings.Contains(got.pdf, "Index of names") || strings.Index(got.pdf, "sets type in Carrow") > strings.Index(got.pdf, "It presses") {
		t.Error("the PDF has an index, or gathers lives, unasked")
	}
}

// TestMatterRefused tells what is wrong with a list of parts, and of a part that it leaves out.
func TestMatterRefused(t *testing.T) {
	if got := buildCase(t, matterSite(t, "book", "matter: [title, articles]")); strings.Contains(got.pdf, "This number") ||
		!strings.Contains(got.told, "does not name editorial") || !strings.Contains(got.told, "does not name masthead") || strings.Count(got.told, "does not name") != 4 {
		t.Errorf("told: %s", got.told)
	}
	for list, want := range map[string]string{
		"[title, editorail, articles]": `matter has no part "editorail" (did you mean "editorial"?)`, "[title, title, articles]": "names title twice", "[title]": "does not name articles", "title": "should be a list",
	} {
		_, _, err := made(t, siteOf(t, fmt.Sprintf("-- twinpress.yaml --\nmatter: %s\n-- content/a.md --\nText.\n", list)), export.Options{})
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "twinpress.yaml:1:") {
			t.Errorf("%s: %v, not %q", list, err, want)
		}
	}
}

// TestAffiliations: where a person works and their own page are printed behind what is told of them, in both editions, whether the
// article or the site's data names them; an address that is none is told of.
func TestAffiliations(t *testing.T) {
	got := buildCase(t, writeSite(t, map[string]string{
		"hugo.toml":              "title = 'The Quoin'\n",
		"data/authors/dora.yaml": "name: Dora Form\nbio: Sets *type*\naffiliation: {name: Carrow Foundry}\nwebsite: https://dora.example/\n",
		"content/a.md": `---
title: A
issue: 1
date: 2020-01-01
authors:
  - name: Ada Lockup
    affiliation: [University of Carrow, The Wedge Institute]
    url: https://ada.example/me/
  - {name: Cy Case, bio: "Is at [home](https://cy.example/), the Carrow Foundry.", affiliation: Carrow Foundry, url: "https://cy.example/"}
  - {name: Emil Platen, url: emil}
  - dora
---
Text.
`}))
	for edition, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		for _, want := range []string{"Ada Lockup, University of Carrow; The Wedge Institute, ada.example/me", "Is at home, the Carrow Foundry.", "Sets type, Carrow Foundry, dora.example"} {
			if !strings.Contains(text, want) {
				t.Errorf("the %s does not say %q: %s", edition, want, text)
			}
		}
		if strings.Contains(text, "Carrow Foundry. Carrow Foundry") || strings.Count(text, "cy.example") > 0 || strings.Contains(text, "Emil Platen. ") {
			t.Errorf("the %s says something twice: %s", edition, text)
		}
	}
	if !strings.Contains(got.xhtml, `<a href="https://ada.example/me/"`) || !strings.Contains(got.told, "the url of one of authors is no web address") || strings.Count(got.told, "\n") != 1 {
		t.Errorf("told: %s\n%s", got.told, got.xhtml)
	}
}

// TestPlayOrder: EPUB 2's contents come to each place once, though the head of a section leads where its first article does, as
// EPUBCheck wants it.
func TestPlayOrder(t *testing.T) {
	files, _, err := made(t, export.Path(matterSite(t, "book", "")), export.Options{Formats: []string{"epub"}, Offprints: true})
	if err != nil {
		t.Fatal(err)
	}
	points := regexp.MustCompile(`playOrder="(\d+)"[^\n]*?<content src="([^"]*)"`)
	for name, data := range files {
		orders, places, shared := map[string]string{}, map[string]string{}, 0
		for _, m := range points.FindAllStringSubmatch(unzipped(t, data, ".ncx"), -1) {
			order, place := m[1], m[2]
			if was, ok := orders[place]; ok && was != order {
				t.Errorf("%s: %s is played at %s and at %s", name, place, was, order)
			} else if ok {
				shared++
			}
			if was, ok := places[order]; ok && was != place {
				t.Errorf("%s: %s and %s are both played at %s", name, was, place, order)
			}
			orders[place], places[order] = order, place
		}
		if shared == 0 {
			t.Errorf("%s: no section leads where an article does", name)
		}
	}
}

// TestLives: behind a text each of its people is told of once, whatever they did for it, and by name where the life does not say whose it is.
func TestLives(t *testing.T) {
	site := map[string]string{
		"hugo.toml":              "title = 'The Quoin'\nlanguageCode = 'en'\n",
		"data/authors/dora.yaml": "name: D. Form\nbio: Sets type.\n",
		"data/authors/cy.yaml":   "name: Cy Furniture\nbio: Furniture is what Cy makes.\n",
		"content/a.md":           "---\ntitle: A\nissue: 1\ndate: 2020-01-01\nauthors: [dora, cy]\neditors: [dora]\ntranslators: [Ed Quoin]\n---\nText.\n",
		"content/b.md":           "---\ntitle: B\nissue: 1\ndate: 2020-01-02\nauthors: [dora]\neditors: [dora]\n---\nText.\n",
	}
	for article, want := range map[string][]string{"a": {"D. Form. Sets type.", "Furniture is what Cy makes."}, "b": {"Sets type."}} {
		got := buildCase(t, filepath.Join(writeSite(t, site), "content", article+".md"))
		for edition, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
			for _, life := range want {
				if strings.Count(text, life) != 1 {
					t.Errorf("%s: the %s does not say %q once: %s", article, edition, life, text)
				}
			}
			if strings.Count(text, "Sets type.") != 1 || strings.Contains(text, "Furniture. ") || article == "b" && strings.Contains(text, "Form. Sets") {
				t.Errorf("%s: the %s says too much: %s", article, edition, text)
			}
		}
	}
}

// TestIndexNamesAPageOnce: of texts that stand on one page the index of names gives that page once, and each other page.
func TestIndexNamesAPageOnce(t *testing.T) {
	site := map[string]string{"hugo.toml": "title = 'The Quoin'\nlanguageCode = 'en'\n", "twinpress.yaml": "style: broadsheet\naccessibility: {statement: false}\nmatter: [title, articles, index]\n"}
	for i, author := range []string{"Dora Form", "Dora Form", "Emil Platen", "Dora Form"} {
		text := "Short.\n"
		if i == 2 {
			text = strings.Repeat("It presses, and it presses on. ", 1500)
		}
		site[fmt.Sprintf("content/%d.md", i)] = fmt.Sprintf("---\ntitle: Text %d\nissue: 1\nweight: %d\ndate: 2020-01-01\nauthors: [%s]\n---\n%s", i, i+1, author, text)
	}
	got := buildCase(t, writeSite(t, site))
	index := got.pdf[strings.LastIndex(got.pdf, "Index of names"):]
	if m := regexp.MustCompile(`Form, ?Dora, ?(\d+), ?(\d+)\s*Platen, ?Emil, ?(\d+)`).FindStringSubmatch(index); m == nil || m[1] == m[2] || m[1] != m[3] {
		t.Errorf("the index says %s", index)
	}
}

// TestMatterNotes: each of an issue's corrections, of its advertisements and of the journal's own words has the notes that it defines.
func TestMatterNotes(t *testing.T) {
	got := buildCase(t, writeSite(t, map[string]string{
		"hugo.toml": "title = 'The Quoin'\nlanguageCode = 'en'\n", "twinpress.yaml": "journal: {statement: why.md}\n",
		"why.md":                     "We print.[^1]\n\n[^1]: On paper.\n",
		"content/issues/1/_index.md": "---\ncorrections:\n  - \"In 3, read *A*.[^1]\\n\\n[^1]: As Ada saw.\"\n  - \"In 4, read B.[^1]\\n\\n[^1]: As Ben saw.\"\n---\n",
		"content/issues/1/a.md":      "---\ntitle: A\ndate: 2020-01-01\n---\nText.\n",
	}))
	for edition, text := range map[string]string{"EPUB": got.epub, "PDF": got.pdf} {
		for _, note := range []string{"On paper.", "As Ada saw.", "As Ben saw."} {
			if strings.Count(text, note) != 1 || strings.Contains(text, "[^") {
				t.Errorf("the %s does not say %q once: %s", edition, note, text)
			}
		}
	}
	if strings.Contains(got.told, "note") {
		t.Errorf("told: %s", got.told)
	}
}
