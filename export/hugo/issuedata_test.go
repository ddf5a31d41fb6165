package hugo

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/twinpress/twinpress/export/document"
)

// tellIssue writes what an issue says of itself, a line for each thing, below its line in the matrix.
func (s *Site) tellIssue(is *document.Issue) string {
	var b strings.Builder
	say := func(key, text string) {
		if text = flat(text); text != "" {
			fmt.Fprintf(&b, "  %s: %s\n", key, text)
		}
	}
	if is.Journal.Title != s.Config.Journal.Title {
		say("journal", is.Journal.Title)
	}
	say("title", document.PlainText(is.Title))
	say("subtitle", document.PlainText(is.Subtitle))
	say("description", document.PlainText(is.Description))
	say("volume", is.Volume)
	say("printed date", is.Date.Printed)
	say("isbn", is.ISBN)
	say("doi", is.DOI)
	for _, p := range is.Editors {
		say("editor", p.Name)
	}
	if is.Cover != nil {
		say("cover", is.Cover.Name)
		say("cover shows", is.CoverAlt)
		say("cover by", document.PlainText(is.CoverCredit))
	}
	for _, a := range is.Articles {
		if a.Section != nil {
			say("section "+document.PlainText(a.Section), a.Path)
		}
	}
	for _, a := range is.Matter {
		body := &document.Article{Body: a.Body, Notes: a.Notes, AuthorNotes: a.AuthorNotes}
		w := &teller{address: func(l *document.Link) string {
			if l.Article != nil {
				return l.Article.Path + "#" + l.Anchor
			}
			return l.URL
		}}
		fmt.Fprintf(&b, "  %s %s %q by %q\n", a.Part, a.Path, flat(document.PlainText(a.Kicker)+" "+document.PlainText(a.Title)), a.Authors)
		document.WalkArticle(body, w.node)
		w.done()
		for line := range strings.Lines(w.out.String()) {
			b.WriteString("  " + line)
		}
	}
	return b.String()
}

// TestIssueData reads an issue of which three places tell: the first that says something of a key counts, a contradiction is
// told at the lesser place, and so is what cannot be used.
func TestIssueData(t *testing.T) {
	fsys := fstest.MapFS{}
	for name, text := range map[string]string{
		"hugo.toml":                  "title = 'The Press'\nbaseURL = 'https://p.example/'\n[taxonomies]\nissue = 'issues'\n",
		"twinpress.yaml":             "issues:\n  '7':\n    volume: II\n    season: Winter\n",
		"content/issues/7/_index.md": "---\ntitle: \"Issue 7\"\nvolume: 3\ndate: 2018-12-04\nparams:\n  subtitle: On *paper*\n  cover: {image: hand.png, alt: \"A hand\", caption: \"Drawn by *Ada*\"}\n---\n",
		"content/issues/7/hand.png":  "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x06\x00\x00\x00\x1f\x15\xc4\x89\x00\x00\x00\rIDATx\x9cc\xf8\xcf\xc0\xf0\x1f\x00\x05\x00\x01\xff\x89\x99=\x1d\x00\x00\x00\x00IEND\xaeB`\x82",
		"data/issues/7.toml":         "title = 'The year in print'\ndate = '2018-11'\neditor = 'Zo&#235; Mu&#241;oz'\nisbm = '1'\nsections = [{title = 'Essays', articles = ['b', 'nobody']}]\ncorrections = {a = 1}\n",
		"content/essays/a.md":        "---\ntitle: A\ndate: 2018-11-30\nissues: ['7']\n---\nText.\n",
		"content/essays/b.md":        "---\ntitle: B\ndate: 2018-12-01\nissues: ['7']\n---\nText.\n",
	} {
		fsys[name] = &fstest.MapFile{Data: []byte(text)}
	}
	s, err := Open(t.Context(), fsys, ".", Options{Jobs: 1})
	if err != nil {
		t.Fatal(err)
	}
	in := s.Contents().Issues[0]
	if in.Title != "The year in print" || in.Date.ISO() != "2018-12-04" || in.Articles[0].Stem != "b" {
		t.Errorf("the listing has %q of %s, %s first", in.Title, in.Date.ISO(), in.Articles[0].Stem)
	}
	issue, problems, err := s.Read(t.Context(), in)
	if err != nil {
		t.Fatal(err)
	}
	want := `  title: The year in print
  subtitle: On paper
  volume: II
  printed date: Winter 2018
  editor: Zoë Muñoz
  cover: content/issues/7/hand.png
  cover shows: A hand
  cover by: Drawn by Ada
  section Essays: content/essays/b.md
`
	if got := s.tellIssue(issue); got != want {
		t.Errorf("the issue has\n%s\nwant\n%s", got, want)
	}
	var told strings.Builder
	for _, p := range problems {
		if strings.Contains(p.Code, "issue") {
			fmt.Fprintln(&told, p.Error())
		}
	}
	for _, want := range []string{
		`content/issues/7/_index.md:3:9: volume "3" is not the "II" of twinpress.yaml:3:13, which counts`,
		`data/issues/7.toml:2:8: date "2018-11" is not the "2018-12-04" of content/issues/7/_index.md:4:7, which counts`,
		`data/issues/7.toml:4:1: unknown key "isbm"`,
		`data/issues/7.toml:5:49: no article of the issue is called "nobody"`,
		`data/issues/7.toml:6:1: corrections should be text or a list of texts`,
	} {
		if !strings.Contains(told.String(), want) {
			t.Errorf("not told: %s", want)
		}
	}
	if t.Failed() {
		t.Log(told.String())
	}
}

// TestPrintedDate keeps a date as the publisher prints it, where that is more than the calendar has.
func TestPrintedDate(t *testing.T) {
	for _, tt := range [][3]string{
		{"2018-12-02", "2018-12-02", ""}, {"2018-12", "2018-12", ""}, {"Winter 2018", "2018", "Winter 2018"}, {"November 2017", "2017-11", "November 2017"},
		{"Dezember 2018 / Januar 2019", "2018", "Dezember 2018 / Januar 2019"}, {"2018", "2018", ""}, {"soon", "", ""}, {"2018-13-45", "", ""}, {"2 December 2018", "2018-12-02", ""},
	} {
		if d := printedDate(tt[0]); d.ISO() != tt[1] || d.Printed != tt[2] {
			t.Errorf("%q is %q, printed %q; want %q, %q", tt[0], d.ISO(), d.Printed, tt[1], tt[2])
		}
	}
}
