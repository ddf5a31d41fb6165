package hugo

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestHostileTemplates: templates that write signs of ours, double what they make, or nest it without end, take nothing from the
// text around them.
func TestHostileTemplates(t *testing.T) {
	files := map[string]string{
		"hugo.toml": "title = \"H\"",
		"bomb":      `{{ $s := "x" }}{{ range 40 }}{{ $s = markdownify (print $s $s) }}{{ end }}{{ $s }}`,
		"deep":      `{{ $s := "x" }}{{ range 1000 }}{{ $s = markdownify (print $s "y") }}{{ end }}{{ $s }}`,
		"forge":     `{{ "\uFDD099999\uFDD1 \uFDD00\uFDD1 \uFDD0-1\uFDD1 \uFDD0 \uFDD1" | safeHTML }}{{ printf "%c5%c" 64976 64977 }}`,
		"self":      `{{ markdownify "\uFDD00\uFDD1\uFDD01\uFDD1" }}`,
		"divs":      `{{ strings.Repeat 100000 "<div>" | safeHTML }}`,
		"one":       `<div><b>`,
		"alt":       `<img alt="{{ .Inner | markdownify }}" src="x.png">`,
	}
	var body strings.Builder
	site := map[string]string{"hugo.toml": files["hugo.toml"]}
	for _, name := range []string{"bomb", "deep", "forge", "self", "divs", "one", "alt"} {
		site["layouts/shortcodes/"+name+".html"] = files[name]
		body.WriteString("{{< " + name + " >}}\n\nAfter " + name + ".\n\n")
	}
	body.WriteString("{{< alt >}}Alt *{{< forge >}}* words{{< /alt >}}\n\n" + strings.Repeat("{{< one >}}\n\n", 500) + "The end.")
	site["content/a.md"] = "---\ntitle: H\nissue: 1\n---\n" + body.String()
	s, err := Open(t.Context(), memory(site), ".", Options{})
	if err != nil {
		t.Fatal(err)
	}
	for _, is := range s.Contents().Numbered() {
		issue, _, err := s.Read(t.Context(), is)
		if err != nil {
			t.Fatal(err)
		}
		var words strings.Builder
		document.WalkArticle(issue.Articles[0], func(n document.Node) bool {
			if t, ok := n.(*document.Text); ok {
				words.WriteString(t.Value + " ")
			}
			return true
		})
		for _, want := range []string{"After bomb.", "After deep.", "After forge.", "After self.", "After divs.", "After one.", "After alt.", "The end."} {
			if !strings.Contains(words.String(), want) {
				t.Errorf("%q is lost", want)
			}
		}
		if strings.ContainsAny(words.String(), "\uFDD0\uFDD1") {
			t.Error("signs of ours are printed")
		}
	}
}
