package export_test

import (
	"bytes"
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"golang.org/x/tools/txtar"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/document"
)

// brokenSite gives the site of testdata/broken as a file system, and what is to be found in it: place and code of each fault.
func brokenSite(t *testing.T) (fstest.MapFS, []string) {
	a, err := txtar.ParseFile("testdata/broken/site.txtar")
	if err != nil {
		t.Fatal(err)
	}
	site := fstest.MapFS{
		"content/essays/good.png":  {Data: pngOf(t, 1600, 1000)},
		"content/essays/small.png": {Data: pngOf(t, 300, 200)},
	}
	var want []string
	for _, f := range a.Files {
		if f.Name == "want" {
			want = strings.Fields(strings.ReplaceAll(string(f.Data), " ", "|"))
			continue
		}
		site[f.Name] = &fstest.MapFile{Data: typedOut(f.Data)}
	}
	return site, want
}

// checked gives what is found in a site but for what the typesetter marks, which depends on fonts and measures: place|code.
func checked(t *testing.T, site fstest.MapFS, opts export.Options) ([]string, export.Result) {
	t.Helper()
	res, err := export.Check(t.Context(), export.FS(site, "."), opts)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, p := range res.Problems {
		if p.Code != "underfull-line" && p.Code != "far-figure" {
			got = append(got, fmt.Sprintf("%s|%s", p.Pos, p.Code))
		}
	}
	return got, res
}

// TestBrokenSite finds each of the faults that were planted in a site, under its code and at its place, and nothing else.
func TestBrokenSite(t *testing.T) {
	site, want := brokenSite(t)
	if len(want) < 40 {
		t.Fatalf("only %d faults are planted", len(want))
	}
	got, _ := checked(t, site, export.Options{})
	for _, w := range want {
		if !slices.Contains(got, w) {
			t.Errorf("not found: %s", w)
		}
	}
	for _, g := range got {
		if !slices.Contains(want, g) {
			t.Errorf("found, and not planted: %s", g)
		}
	}
	if again, _ := checked(t, site, export.Options{Jobs: 1}); !slices.Equal(got, again) {
		t.Error("with one job other things are found, or in another order")
	}
}

// TestBaseline accepts all faults of a site, plants others, and is told of these alone, whatever lines have come before the old ones.
func TestBaseline(t *testing.T) {
	site, _ := brokenSite(t)
	_, res := checked(t, site, export.Options{WriteBaseline: true})
	if lines := bytes.Count(res.Baseline, []byte("\n{")); lines < 40 {
		t.Fatalf("the baseline has %d findings:\n%s", lines, res.Baseline)
	}
	read := func() *export.Baseline {
		b, err := export.ReadBaseline("baseline.json", res.Baseline)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	if got, _ := checked(t, site, export.Options{Baseline: read()}); len(got) > 0 {
		t.Errorf("told of what is accepted: %v", got)
	}
	const name = "content/essays/notes.md"
	old := string(site[name].Data)
	site[name] = &fstest.MapFile{Data: []byte(strings.Replace(old, "A claim,[^gone]", "Three new\n\nparagraphs,\n\nof which one is new.[^new]\n\nA claim,[^gone]", 1))}
	if got, _ := checked(t, site, export.Options{Baseline: read()}); !slices.Equal(got, []string{name + ":10:21|missing-note"}) {
		t.Errorf("of a new fault it is told %v", got)
	}
	site[name] = &fstest.MapFile{Data: []byte(old)}
	const pictures = "content/essays/pictures.md"
	was := site[pictures]
	site[pictures] = &fstest.MapFile{Data: bytes.Replace(was.Data, []byte("![](good.png)\n"), []byte("![](good.png)\n\n![](good.png)\n"), 1)}
	got, _ := checked(t, site, export.Options{Baseline: read()})
	got = slices.DeleteFunc(got, func(s string) bool { return strings.HasSuffix(s, "|baseline-gone") }) // the typesetter's marks: pages are others now
	if !slices.Equal(got, []string{pictures + ":10:1|missing-alt"}) {
		t.Errorf("of a second copy of a fault it is told %v", got)
	}
	site[pictures] = was
	site[name] = &fstest.MapFile{Data: []byte(strings.Replace(old, "A claim,[^gone]", "A claim,", 1))}
	got, res2 := checked(t, site, export.Options{Baseline: read()})
	if len(got) != 1 || !strings.HasSuffix(got[0], "|baseline-gone") || !strings.HasPrefix(got[0], "baseline.json:") {
		t.Errorf("of a fault that was mended it is told %v", got)
	} else if at := res2.Problems[0].Pos.Line; !strings.Contains(strings.Split(string(res.Baseline), "\n")[at-1], `"missing-note"`) {
		t.Errorf("line %d of the baseline is not the finding's", at)
	}
}

// TestBadBaseline refuses what is no baseline, with its place.
func TestBadBaseline(t *testing.T) {
	for text, want := range map[string]string{
		"":                          "b.json:1:1: the baseline cannot be read: EOF [bad-baseline]",
		"{\n<<<<<<< HEAD":           "b.json:2:1: the baseline cannot be read: invalid character",
		`{"twinpress-baseline": 2}`: "b.json:1:1: the baseline is of version 2, not 1 [bad-baseline]",
		`{"findings": {}}`:          "b.json:1:1: the baseline cannot be read",
		"{\"twinpress-baseline\": 1, \"findings\": []}\n{}": "b.json:",
	} {
		if _, err := export.ReadBaseline("b.json", []byte(text)); err == nil || !strings.HasPrefix(err.Error(), want) {
			t.Errorf("%q: %v, want %s", text, err, want)
		}
	}
}

// TestRulesAndComments sets codes off, lowers and raises them, in the configuration and by comments.
func TestRulesAndComments(t *testing.T) {
	article := func(body string) fstest.MapFS {
		return fstest.MapFS{
			"twinpress.yaml":   {Data: []byte("rules: {missing-note: off, heading-skip: error, broken-link: info}\n")},
			"content/good.png": {Data: pngOf(t, 1600, 1000)},
			"content/a.md":     {Data: []byte("---\ntitle: A\nlanguage: en\n---\n" + body)},
		}
	}
	for body, want := range map[string]string{
		"A note.[^1]\n\n[link](gone.md)\n":                                                "content/a.md:7:1|broken-link",
		"## One\n\n#### Three\n\nText.\n":                                                 "content/a.md:7:1|heading-skip",
		"![](good.png)\n\n![](good.png)\n":                                                "content/a.md:5:1|missing-alt content/a.md:7:1|missing-alt",
		"<!-- twinpress-disable-next missing-alt -->\n\n![](good.png)\n\n![](good.png)\n": "content/a.md:9:1|missing-alt",
		"<!-- twinpress-disable-next missing-alt -->\n![](good.png)\n":                    "",
		"Words.\n\n<!-- twinpress-disable missing-alt, missing-image -->\n![](good.png)\n\n<!-- twinpress-enable missing-alt, missing-image -->\n\n![](good.png)\n": "content/a.md:7:1|unused-comment content/a.md:12:1|missing-alt",
		"<!-- twinpress-disable unused-note -->\nText.\n\n[^1]: Idle.\n":                                                                                            "",
		"<!-- twinpress-disable-next bad-front-matter -->\nText.\n":                                                                                                 "content/a.md:5:1|bad-comment",
		"<!-- twinpress-off missing-alt -->\nText.\n":                                                                                                               "content/a.md:5:1|bad-comment",
		"<!-- twinpress-disable missing-note missing-alt -->\n\n![](good.png)\n\n<!-- twinpress-enable missing-alt -->\n\n![](good.png)\n":                          "content/a.md:5:1|unused-comment content/a.md:11:1|missing-alt",
		"```\n<!-- twinpress-disable missing-alt -->\n```\n":                                                                                                        "",
	} {
		got, res := checked(t, article(body), export.Options{})
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: found %s, want %s", body, s, want)
		}
		for _, p := range res.Problems {
			if p.Code == "heading-skip" && p.Severity != export.Error || p.Code == "broken-link" && p.Severity != export.Info {
				t.Errorf("%s is of severity %s, against the configuration", p.Code, p.Severity)
			}
		}
	}
	// A build holds the rules that the configuration names, too: an error fails its edition. What is set off does not fail a strict one.
	sink := export.SinkFunc(func(context.Context, string, []byte) error { return nil })
	if res, err := export.Build(t.Context(), export.FS(article("## One\n\n#### Three\n\nText.\n"), "."), export.Options{Sink: sink}); err == nil || res.Failed != 1 || len(res.Problems) != 1 {
		t.Errorf("a build with a rule's error: %v, %+v", err, res)
	}
	if res, err := export.Build(t.Context(), export.FS(article("A note.[^1]\n"), "."), export.Options{Sink: sink, Strict: true}); err != nil || len(res.Files) == 0 {
		t.Errorf("a strict build with a warning that is set off: %v, %+v", err, res)
	}
	// What would be left out and nobody told is told by a build, too.
	if res, err := export.Build(t.Context(), export.FS(article("Text.\n\n<!-- and\n\nall of this\n"), "."), export.Options{Sink: sink}); err != nil || len(res.Problems) != 1 || res.Problems[0].Code != "unclosed-block" {
		t.Errorf("a build with a comment that does not end: %v, %+v", err, res.Problems)
	}
	// No edition shows a comment.
	issues, _, err := export.Read(t.Context(), export.FS(article("One <!-- twinpress-disable missing-alt --> line.\n\n<!-- twinpress-disable-next river -->\n\nAnother.\n"), "."), export.Options{})
	if err != nil {
		t.Fatal(err)
	}
	var shown bytes.Buffer
	if err := document.Dump(&shown, issues[0].Articles[0]); err != nil || strings.Contains(shown.String(), "twinpress-") {
		t.Errorf("a comment is shown: %v\n%s", err, shown.String())
	}
}
