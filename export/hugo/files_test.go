package hugo

import (
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestLinksToFiles links to files that the site serves: with the site's address they have one of their own, without it each
// file is told of once, however many articles link to it.
func TestLinksToFiles(t *testing.T) {
	files := map[string]string{
		"hugo.toml":             "title = \"R\"\n",
		"content/one/index.md":  "---\ntitle: One\nissues: [1]\n---\n[plan](plan.pdf) [list](/files/list.csv?v=2#a) [again](/files/list.csv) [gone](/files/gone.csv)\n",
		"content/one/plan.pdf":  "%PDF",
		"content/two.md":        "---\ntitle: Two\nissues: [1]\nurl: /second/\n---\n[list](/files/list.csv)\n",
		"static/files/list.csv": "a,b",
	}
	read := func() (links, told []string) {
		s, err := OpenPath(t.Context(), site(t, files), Options{})
		if err != nil {
			t.Fatal(err)
		}
		issue, problems, err := s.Read(t.Context(), s.Contents().Issues[0])
		if err != nil {
			t.Fatal(err)
		}
		for _, a := range issue.Articles {
			document.WalkArticle(a, func(n document.Node) bool {
				if l, ok := n.(*document.Link); ok {
					links = append(links, l.URL)
				}
				return true
			})
		}
		for _, p := range problems {
			if p.Code == "no-base-url" || p.Code == "broken-link" {
				told = append(told, p.Message)
			}
		}
		return links, told
	}
	if links, told := read(); strings.Join(links, "") != "" || len(told) != 3 {
		t.Errorf("without an address links lead to %q, and %d are told of: %q", links, len(told), told)
	}
	files["hugo.toml"] += "baseURL = \"https://press.example/sub\"\n"
	links, told := read()
	if want := []string{"https://press.example/sub/one/plan.pdf", "https://press.example/sub/files/list.csv?v=2#a", "https://press.example/sub/files/list.csv",
		"https://press.example/sub/files/gone.csv", "https://press.example/sub/files/list.csv"}; !slices.Equal(links, want) {
		t.Errorf("links lead to %q, want %q", links, want)
	}
	if len(told) != 1 || !strings.Contains(told[0], "gone.csv") {
		t.Errorf("of files that are there is told: %q", told)
	}
}
