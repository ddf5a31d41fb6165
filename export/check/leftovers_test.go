package check

import (
	"strings"
	"testing"
)

func TestLeftovers(t *testing.T) {
	for text, want := range map[string]string{
		"a **bold** word":               "emphasis emphasis",
		"and *so* on":                   "emphasis",
		"claim[^4] and [^ 5":            "note note",
		"\n::: {.box}\nText\n:::":       "fence fence attributes",
		"a line{: .x } and {#id}":       "attributes attributes",
		"{{ site.url }}/x":              "template template",
		"[caption id=\"a\"]x[/caption]": "shortcode shortcode",
		"[text](/a/b) ![p](x.png)":      "link link",
		"[!NOTE] Mind":                  "alert",
		"itâ€™s Ã©tÃ©":                  "encoding encoding encoding",
		"a <b>c</b> <!-- d":             "tag tag tag",
		"a&nbsp;b &#8217;":              "entity entity",
		"\n## Head":                     "heading",
		"\n| a | b |\n":                 "table",
		// And what is none of it.
		"5 * 3 * 2, a ** b, C* and f(x), [sic], {a, b}, a < b > c, 50% of {x}, # 1, R&D; c|d, note [4], (see [1](2)), smile :::": "",
	} {
		var got []string
		for _, l := range Leftovers(text) {
			got = append(got, l.Class)
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%q: %q, want %q", text, s, want)
		}
	}
}
