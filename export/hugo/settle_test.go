package hugo

import (
	"fmt"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/twinpress/twinpress/export/document"
)

// TestSettle reads a site whose articles name one another without a text, with more and with fewer of them read at once:
// each is called by its title, whichever was read first. A long article before and behind the one it names used to be
// enough for its path to stand there.
func TestSettle(t *testing.T) {
	long := strings.Repeat("A paragraph that takes a while.\n\n", 300)
	site := fstest.MapFS{"hugo.toml": {Data: []byte("title = \"A site\"\n")}}
	for i, name := range []string{"a", "b", "c", "d"} {
		text := fmt.Sprintf("---\ntitle: The %s of the story\nissue: 1\nweight: %d\n---\n", name, i)
		if i%2 == 0 {
			text += long
		}
		for _, other := range []string{"a", "b", "c", "d"} {
			text += fmt.Sprintf("See {{< ref \"%s.md\" >}} there.\n\n", other)
		}
		site["content/"+name+".md"] = &fstest.MapFile{Data: []byte(text)}
	}
	defer runtime.GOMAXPROCS(runtime.GOMAXPROCS(0))
	want := ""
	for round := range 50 {
		runtime.GOMAXPROCS(1 + round%4)
		got := dumpSite(t, site, 1+round%5)
		if round == 0 {
			want = got
			for _, name := range []string{"a", "b", "c", "d"} {
				if n := strings.Count(got, "The "+name+" of the story"); n < 5 {
					t.Errorf("%s is called by its title %d times, its own heading among them:\n%s", name, n, got)
				}
			}
			if strings.Contains(got, `"b.md"`) {
				t.Errorf("an article is called by its path:\n%s", got)
			}
		}
		if got != want {
			t.Fatalf("round %d reads another document", round)
		}
	}
}

// dumpSite reads all articles of a site, so many at once, and dumps them with their problems.
func dumpSite(t *testing.T, site fstest.MapFS, jobs int) string {
	t.Helper()
	s, err := Open(t.Context(), site, ".", Options{Jobs: jobs})
	if err != nil {
		t.Fatal(err)
	}
	issue, problems, err := s.Read(t.Context(), s.Contents().Issues[0])
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, a := range issue.Articles {
		if err := document.Dump(&b, a); err != nil {
			t.Fatal(err)
		}
	}
	return b.String() + fmt.Sprint(problems)
}

// TestBareReference: a reference without words reads as the title of what it leads to, be that in the edition or not, and in
// the words of the issue as well.
func TestBareReference(t *testing.T) {
	s, err := Open(t.Context(), memory(map[string]string{
		"hugo.toml":                "baseURL = \"https://r.example/\"\ntitle = \"R\"",
		"twinpress.yaml":           "journal:\n  imprint: |\n    See {{< ref \"in.md\" >}} and {{< ref \"out.md\" >}}.\n",
		"content/in.md":            "---\ntitle: Within\nissue: 1\n---\nSee {{< ref \"out.md\" >}}, {{< relref \"/essays\" >}}, {{< ref \"in.md\" >}}.",
		"content/out.md":           "---\ntitle: Outside\n---\nText.",
		"content/essays/_index.md": "---\ntitle: All essays\n---",
	}), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, is := range s.Contents().Numbered() {
		issue, problems, err := s.Read(t.Context(), is)
		if err != nil || len(problems) > 0 {
			t.Fatal(err, problems)
		}
		for _, c := range []struct {
			blocks []document.Block
			want   string
		}{
			{issue.Articles[0].Body, "See Outside, All essays, Within."},
			{issue.Journal.Imprint, "See Within and Outside."},
		} {
			if got := document.PlainText(c.blocks[0].(*document.Paragraph).Content); got != c.want {
				t.Errorf("reads %q, not %q", got, c.want)
			}
		}
	}
}
