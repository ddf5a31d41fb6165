package hugo

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

// listed opens a site in memory and gives its issues as lines, "7 en: a, b", and the codes of its problems.
func listed(t *testing.T, files map[string]string, opts Options) (lines []string, codes string) {
	t.Helper()
	s, err := Open(t.Context(), memory(files), ".", opts)
	if err != nil {
		t.Fatal(err)
	}
	for _, is := range s.Contents().Issues {
		var names []string
		for _, a := range is.Articles {
			names = append(names, a.Slug)
		}
		lines = append(lines, strings.TrimSpace(is.Number+" "+is.Lang)+": "+strings.Join(names, ", "))
	}
	for _, p := range s.Problems {
		codes += p.Code + " " + p.Message + "\n"
	}
	return lines, codes
}

func page1(front string) string { return "---\nissue: 1\n" + front + "\n---\nText." }

// TestPublished: what Hugo would not publish is left out, and told once for each cause.
func TestPublished(t *testing.T) {
	files := map[string]string{
		"hugo.toml":             "title = \"P\"\nignoreFiles = [\"\\\\.skip\\\\.md$\"]",
		"content/ok.md":         page1("date: 2024-01-01"),
		"content/later.md":      page1("date: 2024-02-01"),
		"content/exp.md":        page1("date: 2020-01-01\nexpiryDate: 2021-01-01"),
		"content/expires.md":    page1("date: 2020-01-01\nexpiryDate: 2030-01-01"),
		"content/someday.md":    page1("date: 2999-01-01"),
		"content/embargo.md":    page1("date: 2024-01-01\npublishDate: 2025-01-01"),
		"content/never.md":      page1("build: {list: never, render: never}"),
		"content/oldnever.md":   page1("_build:\n  render: false"),
		"content/local.md":      page1("build: {list: local}"),
		"content/head/index.md": page1("headless: true"),
		"content/draft.md":      page1("draft: true"),
		"content/x.skip.md":     page1("date: 2024-01-01"),
	}
	for _, c := range []struct {
		name string
		opts Options
		want string
	}{
		{"by the content's newest date", Options{}, "local, expires, ok, later"},
		{"on a day", Options{Now: time.Date(2024, 1, 15, 0, 0, 0, 0, time.UTC)}, "local, expires, ok"},
		{"on a later day", Options{Now: time.Date(2031, 1, 1, 0, 0, 0, 0, time.UTC)}, "local, embargo, ok, later"},
		{"future", Options{Future: true}, "local, expires, embargo, ok, later, someday"},
		{"expired", Options{Expired: true}, "local, exp, expires, ok, later"},
		{"drafts", Options{Drafts: true}, "draft, local, expires, ok, later"},
	} {
		lines, codes := listed(t, files, c.opts)
		if len(lines) != 1 || lines[0] != "1: "+c.want {
			t.Errorf("%s: %q, want %s", c.name, lines, c.want)
		}
		if c.name == "by the content's newest date" {
			for _, s := range []string{"the page is left out: expired", "2 pages are left out: not published yet: content/embargo.md, content/someday.md", "the page is left out: headless"} {
				if !strings.Contains(codes, s) {
					t.Errorf("nothing tells %q in\n%s", s, codes)
				}
			}
		}
	}
	files["hugo.toml"] = "title = \"P\"\nbuildFuture = true\nbuildExpired = true\nbuildDrafts = true"
	if lines, _ := listed(t, files, Options{}); len(lines) != 1 || strings.Count(lines[0], ",") != 8 {
		t.Errorf("with all switched on: %q", lines)
	}
}

// TestGap: a newest date that stands alone does not date an issue, but a pause of some years does not hide one.
func TestGap(t *testing.T) {
	lines, _ := listed(t, map[string]string{"hugo.toml": "", "content/a.md": page1("date: 1990-01-01"), "content/b.md": page1("date: 2024-01-01")}, Options{})
	if len(lines) != 1 || lines[0] != "1: a, b" {
		t.Errorf("%q", lines)
	}
}

// TestIssues: how articles say which issue they belong to.
func TestIssues(t *testing.T) {
	text := func(front string) string { return "---\ntitle: T\n" + front + "\n---\nText." }
	for name, c := range map[string]struct {
		files map[string]string
		want  string
	}{
		"several":  {map[string]string{"hugo.toml": "", "content/a.md": text("issue: [4, 5]"), "content/b.md": text("issue: 5")}, "4: a|5: a, b"},
		"taxonomy": {map[string]string{"hugo.toml": "[taxonomies]\nissue = \"numbers\"", "content/a.md": text("numbers: [\"4\"]")}, "4: a"},
		"plural":   {map[string]string{"hugo.toml": "", "content/a.md": text("issues: [\"9\"]")}, "9: a"},
		"folder":   {map[string]string{"hugo.toml": "", "content/issues/7/a.md": text(""), "content/issues/7/b/index.md": text(""), "content/about.md": text("")}, ": about|7: a, b"},
		"cascade": {map[string]string{"hugo.toml": "", "content/x/_index.md": "---\ncascade:\n- target: {kind: page, path: /x/a*}\n  issue: 3\n- target: {kind: section}\n  issue: 4\n---\n",
			"content/x/a.md": text(""), "content/x/b.md": text("")}, ": b|3: a"},
		"site's cascade": {map[string]string{"hugo.toml": "[cascade]\nissue = 6", "content/a.md": text("")}, "6: a"},
		"one target":     {map[string]string{"hugo.toml": "", "content/x/_index.md": "---\ncascade:\n  target: {path: '{/x/a,/x/b}'}\n  issue: 2\n---\n", "content/x/a.md": text(""), "content/x/c.md": text("")}, ": c|2: a"},
		"by folder":      {map[string]string{"hugo.toml": "", "twinpress.yaml": "issues: {by: folder}", "content/y/11/a.md": text("issue: 1")}, "11: a"},
		"by section":     {map[string]string{"hugo.toml": "", "twinpress.yaml": "issues: {by: section}", "content/12/y/a.md": text("")}, "12: a"},
		"languages": {map[string]string{"hugo.toml": "defaultContentLanguage='en'\n[languages.en]\ncontentDir='content/en'\n[languages.de]\ncontentDir='content/de'\n",
			"content/en/a.md": text("issue: 3"), "content/de/a.md": text("issue: 3"), "content/de/b.md": text("issue: 3")}, "3 en: a|3 de: a, b"},
		"languages by name":   {map[string]string{"hugo.toml": "[languages.en]\n[languages.fr]\n", "content/a.md": text("issue: 3"), "content/a.fr.md": text("issue: 3")}, "3 en: a|3 fr: a"},
		"languages elsewhere": {map[string]string{"hugo.toml": "[languages.en]\n[languages.fr]\ncontentDir='inhalt'\n", "content/a.md": text("issue: 3"), "inhalt/b.md": text("issue: 3")}, "3 en: a|3 fr: b"},
		"HTML":                {map[string]string{"hugo.toml": "", "content/a.html": text("issue: 3"), "content/o.org": "", "content/p.org": "", "content/q.adoc": ""}, "3: a"},
	} {
		lines, codes := listed(t, c.files, Options{})
		if got := strings.Join(lines, "|"); got != c.want {
			t.Errorf("%s: %s, want %s", name, got, c.want)
		}
		if name == "HTML" && codes != "other-format q.adoc is AsciiDoc, which is not read\nother-format 2 files are Emacs Org Mode, which is not read: content/o.org, content/p.org\n" &&
			codes != "other-format 2 files are Emacs Org Mode, which is not read: content/o.org, content/p.org\nother-format q.adoc is AsciiDoc, which is not read\n" {
			t.Errorf("%s is told", codes)
		}
	}
}

// TestSlugs: editions of two languages have files of two names.
func TestSlugs(t *testing.T) {
	s, err := Open(t.Context(), memory(map[string]string{"hugo.toml": "title='J'\n[languages.en]\n[languages.de]\n", "content/a.md": page1(""), "content/a.de.md": page1("")}), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	is := s.Contents().Issues
	if len(is) != 2 || is[0].Slug != "j-1" || is[1].Slug != "j-1-de" {
		t.Errorf("%+v", is)
	}
}

// TestPeople reads people in every way that front matter may name them.
func TestPeople(t *testing.T) {
	files := map[string]string{
		"hugo.toml":                    "",
		"data/authors/jd.yaml":         "name: Jane Doe\nbio: Sets type.",
		"data/authors.toml":            "[kb]\nname = \"Kay Bird\"",
		"content/authors/el/_index.md": "---\ntitle: Eva Lind\n---\nEva Lind binds books.\n\nMore.",
		"content/a.md": `---
title: T
authors:
  - jd
  - kb
  - el
  - "Type &amp; Co"
  - {given: Li, family: Wei, orcid: "https://orcid.org/0000-0002-1825-0097"}
  - {name: "Zo&#235; Mu&#241;oz", role: photographer}
  - {name: Ed Itor, role: editor}
  - {name: Bad Id, orcid: 0000-0002-1825-0098}
  - {role: author}
translator: "Ann One and Ben Two"
---
Text.`,
	}
	s, err := Open(t.Context(), memory(files), "content/a.md", Options{})
	if err != nil {
		t.Fatal(err)
	}
	in := s.Contents().Issues[0]
	issue, problems, err := s.Read(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	a := issue.Articles[0]
	for _, ps := range [][]document.Person{a.Authors, a.Editors, a.Translators} {
		for _, p := range ps {
			got = append(got, fmt.Sprintf("%s/%s/%s/%s/%s", p.Credit(), p.Role, p.FileAs, p.ORCID, document.PlainText(p.Bio)))
		}
	}
	want := []string{"Jane Doe/aut///Sets type.", "Kay Bird/aut///", "Eva Lind/aut///Eva Lind binds books.", "Type & Co/aut///", "Li Wei/aut/Wei, Li/0000-0002-1825-0097/",
		"Zoë Muñoz (photographer)/pht///", "Bad Id/aut///", "Ed Itor/edt///", "Ann One/trl///", "Ben Two/trl///"}
	if strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("people are\n%s, want\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	codes := ""
	for _, p := range problems {
		codes += p.Code + " "
	}
	if !strings.Contains(codes, "bad-identifier") || !strings.Contains(codes, "bad-value") {
		t.Errorf("told: %s", codes)
	}
	for pattern, s := range map[string]string{"/posts/**": "/posts/a/b", "*": "page", "{a,b}": "B", "/x/?": "/x/y"} {
		if !glob(pattern, s) {
			t.Errorf("%s does not match %s", pattern, s)
		}
	}
	if glob("/posts/*", "/posts/a/b") || glob("a", "ab") {
		t.Error("a glob matches too much")
	}
}
