package hugo

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestLists: links to the pages that a site has besides its articles lead there, and only true dead ends are broken.
func TestLists(t *testing.T) {
	text := `---
title: Links
issue: 1
tags: [Hand Press, type]
---
[a](/) [b](/essays/) [c]({{< relref "/essays" >}}) [d]({{< ref "essays" >}}) [e](/essays/old/) [f](/tags/) [g](/tags/hand-press/) [h](/tags/type/index.xml)
[i](/index.xml) [j](/essays/page/2/) [k](../) [l](/old-essays/) [m](/authors/ada/) [n](/de/essays/) [o](/sitemap.xml) [p]({{< relref "_index.md" >}})

[dead](/tags/none/) [dead](/nothing/) [dead](/essays/new/) [dead]({{< relref "/nothing" >}})
`
	s, err := Open(t.Context(), memory(map[string]string{
		"hugo.toml":                     "baseURL = \"https://l.example/\"\ntitle = \"L\"\n[taxonomies]\ntag = \"tags\"\nauthor = \"authors\"\n[languages.en]\n[languages.de]\n",
		"content/essays/a.md":           text,
		"content/essays/_index.md":      "---\ntitle: Essays\naliases: [/old-essays/]\n---",
		"content/essays/old/_index.md":  "---\ntitle: Old\n---",
		"content/essays/new/b.md":       "---\ntitle: B\n---\nB.",
		"content/authors/ada/_index.md": "---\ntitle: Ada\n---",
	}), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, is := range s.Contents().Numbered() {
		issue, problems, err := s.Read(t.Context(), is)
		if err != nil {
			t.Fatal(err)
		}
		document.WalkInlines(issue.Articles[0].Body[0].(*document.Paragraph).Content, func(n document.Node) bool {
			if l, ok := n.(*document.Link); ok {
				got = append(got, document.PlainText(l.Content)+" "+strings.TrimPrefix(l.URL, "https://l.example"))
			}
			return true
		})
		dead := 0
		for _, p := range problems {
			if p.Code == "broken-link" {
				dead++
				if p.Pos.Line != 9 {
					t.Errorf("false alarm: %v", p)
				}
			}
		}
		if dead != 4 {
			t.Errorf("%d dead ends are told, not 4", dead)
		}
	}
	want := "a /|b /essays/|c /essays/|d /essays/|e /essays/old/|f /tags/|g /tags/hand-press/|h /tags/type/index.xml|i /index.xml|j /essays/page/2/|" +
		"k /essays/|l /old-essays/|m /authors/ada/|n /de/essays/|o /sitemap.xml|p /essays/"
	if all := strings.Join(got, "|"); all != want {
		t.Errorf("links lead to\n%s\nnot\n%s", all, want)
	}
}
