package shortcode

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// setAside reads a text and tells its inserts, one a line, and what was reported.
func setAside(text string, opts Options) (rest, told string, codes []string) {
	opts.Report = func(code string, _ document.Pos, _, _ string) { codes = append(codes, code) }
	s := source.Clean(source.NewFile("a.md", []byte(text)), opts.Report)
	out, inserts := SetAside(s, nil, opts)
	var b strings.Builder
	for _, in := range inserts {
		fmt.Fprintf(&b, "%d %s %s", in.Kind, in.Name, in.Text)
		for _, p := range in.Params {
			fmt.Fprintf(&b, " %s=%q@%d", p.Key, p.Val, p.At)
		}
		b.WriteString("\n")
	}
	rest = strings.NewReplacer(string(source.Opener), "[", string(source.Closer), "]").Replace(string(out.Text))
	return rest, b.String(), codes
}

func TestSetAside(t *testing.T) {
	front := func(name string) (string, bool) { return "Front " + name, name == "title" }
	for _, c := range []struct {
		name, text, rest, told, codes string
		opts                          Options
	}{
		{name: "arguments of every notation", text: "{{< a b \"c \\\"d\\\"\" `e\\n` f='g' h = i >}}", rest: "[0]",
			told: "0 a  =\"b\"@6 =\"c \\\"d\\\"\"@8 =\"e\\\\n\"@18 f=\"g\"@26 h=\"i\"@34\n"},
		{name: "a pair in a line", text: "x {{< b >}}y{{< /b >}} z", rest: "x [0]y[1] z", told: "1 b \n2 b \n"},
		{name: "a pair around lines", text: "{{< b >}}\ny\n{{< /b >}}", rest: "\n\n[0]\n\n\ny\n\n\n[1]\n\n", told: "1 b \n2 b \n"},
		{name: "a pair that takes its text whole", text: "{{< highlight go >}}\na * b\n{{< /highlight >}}", rest: "\n\n[0]\n\n",
			told: "3 highlight a * b =\"go\"@14\n"},
		{name: "a closing without an opening", text: "x {{< /b >}}", rest: "x [0]", told: "6 b \n", codes: "bad-shortcode"},
		{name: "a closing of nothing", text: "x {{%/%}}", rest: "x [0]", told: "6  \n", codes: "bad-shortcode"},
		{name: "half a sign inside an instruction without an end", text: "{% raw %}a{%}", rest: "[0]a{%}", told: "6  \n", codes: "dropped-template"},
		{name: "two without an end, told once", text: "{{< a\n\n{{< b", rest: "{{< a\n\n{{< b", codes: "bad-shortcode"},
		{name: "in code nothing is set aside", text: "`{{< a >}}` $$", rest: "`{{< a >}}` $$"},
		{name: "escaped, as Hugo shows it", text: "`{{</* a */>}}`", rest: "`{{< a >}}`"},
		{name: "a comment hides", text: "<!-- {{< a >}} --> b", rest: "<!-- {{< a >}} --> b"},
		{name: "prices", text: "from $5 to $10", rest: "from $5 to $10", opts: Options{Dollars: true}},
		{name: "a formula", text: "so $a_1$ is", rest: "so [0] is", told: "4  a_1\n", opts: Options{Dollars: true}},
		{name: "a displayed formula", text: "$$\na\n$$", rest: "\n\n[0]\n\n", told: "5  a\n"},
		{name: "Liquid: a variable, and one of the front matter", text: "{% assign x = \"y\" %}{{ x }}, {{ page.title }}", rest: "[0]y, Front title", told: "6  \n",
			opts: Options{Field: front}},
		{name: "Liquid without front matter", text: "a {{ page.title }} b", rest: "a [0] b", told: "6  \n", codes: "dropped-template"},
		{name: "Hugo has no values in content", text: "a {{ page.title }} b", rest: "a {{ page.title }} b", opts: Options{Hugo: true}},
		{name: "a picture by Jekyll", text: "{% include figure.html src=\"a.png\" %}", rest: "[0]", told: "0 figure  src=\"a.png\"@27\n"},
		{name: "a directive", text: "=ZOOM=Look here=\n", rest: "[0]\n", told: "0 pullquote  text=\"Look here\"@6\n"},
	} {
		rest, told, codes := setAside(c.text, c.opts)
		if rest != c.rest || told != c.told || strings.Join(codes, " ") != c.codes {
			t.Errorf("%s: %q\n got %q\n     %q %v\nwant %q\n     %q %v", c.name, c.text, rest, told, codes, c.rest, c.told, c.codes)
		}
	}
}
