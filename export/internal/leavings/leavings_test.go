package leavings

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

func mend(text string) (string, []string) {
	var told []string
	src := Mend(source.Clean(source.NewFile("a.md", []byte(text)), func(string, document.Pos, string, string) {}), func(code string, pos document.Pos, message, _ string) {
		told = append(told, code+" "+pos.String()+" "+message)
	})
	return string(src.Text), told
}

// TestMend: each kind of leaving as it is found in the wild, and beside it what only looks like one.
func TestMend(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		// Blanks inside of strong emphasis, which Markdown then takes for none.
		{"a **bold **word and ** bold** word", "a **bold** word and  **bold** word"},
		{"** bold **", " **bold** "},
		{"one **two\n**three", "one **two**\nthree"},
		{"**open to the end\n\nNext **too", "**open to the end**\n\nNext **too**"},
		{"- **item\n- next", "- **item**\n- next"},
		{"2 ** 3 ** 4", "2 ** 3 ** 4"},
		{"x** y and ***both*** ** z", "x** y and ***both*** ** z"},
		{"a \\** b ** c", "a \\** b ** c"},
		{"`a **b **c`", "`a **b **c`"},
		{"text\n\n    code **a **b\n", "text\n\n    code **a **b\n"},
		{"```\n**a **b\n```\n**c **d", "```\n**a **b\n```\n**c** d"},
		// Divisions of pandoc's.
		{"::: {.wp-block-image #x}\nText\n:::\n", "\n<div id=\"x\" class=\"wp-block-image\">\n\nText\n\n</div>\n\n"},
		{"::: note\nText\n", "\n<div class=\"note\">\n\nText\n\n\n</div>\n"},
		{"a ::: b\n", "a ::: b\n"},
		// WordPress.
		{`[caption id="x" width="3"]<img src="/a.jpg" alt="A b" /> Some *words*[/caption]`, "\n\n{{< figure src=`/a.jpg` alt=`A b` caption=`Some *words*` >}}\n\n"},
		{`[caption caption="From it"]<a href="/big.jpg"><img src='/a.jpg'></a>[/caption]`, "\n\n{{< figure src=`/a.jpg` link=`/big.jpg` caption=`From it` >}}\n\n"},
		{"[caption]![A](b.png) Words[/caption]", "\n\n{{< figure src=`b.png` alt=`A` caption=`Words` >}}\n\n"},
		{"[embed]https://example.org/v[/embed]", "\n\n<https://example.org/v>\n\n"},
		{`[audio mp3="/a.mp3"][/audio]`, "\n\n<audio src=\"/a.mp3\"></audio>\n\n"},
		{"so[footnote]A note.[/footnote] on", "so^[A note.] on"},
		{`[dropcap]O[/dropcap]nce [button url="/x"]go[/button]`, "Once go"},
		{`a [gallery ids="1,2"] b`, "a  b"},
		{"[quote](/x) and [gallery] and [box]", "[quote](/x) and  and [box]"},
		{"see [caption] here", "see [caption] here"},
		// Notes.
		{"a^[^3]^ b[][^4](#foot4) c[^5](#fn5) d[^ 6]", "a[^3] b[^4] c[^5] d[^6]"},
		{"[^1]: Text. [↩](#fnref1)\n[^2]: Text ↩︎\n", "[^1]: Text.\n[^2]: Text\n"},
		{"a[^x] b[^x]\n\n[^x]: One\n[^x]: Two\n", "a[^x] b[^x.2]\n\n[^x]: One\n[^x.2]: Two\n"},
		{"a[^x] b[^x] c[^x]\n\n[^x]: One\n[^x]: Two\n", "a[^x] b[^x] c[^x]\n\n[^x]: One\n[^x]: Two\n"},
		{"a[^x]\n\n[^x] Text\n", "a[^x]\n\n[^x]: Text\n"},
		{"[^1848) is none", "[^1848) is none"},
		// Smaller things.
		{"a <o:p></o:p>b &amp;#8217; &amp;amp; AT&amp;T", "a b &#8217; &amp; AT&amp;T"},
		{"end\\\n\nnext\\\nline", "end\n\nnext\\\nline"},
		{"word{.red} and {#here .x} more, {a} {1}", "word and <span id=\"here\"></span>more, {a} {1}"},
		{"## Head {#id}\n\nA [span]{.x} b", "## Head {#id}\n\nA [span]{.x} b"},
		{"[[**[a]**](/b) c, [[d](/e)]", "[**[a]**](/b) c, [[d](/e)]"},
		{"\uF0B7 point \uE000", "• point \uE000"},
		{"{{< x a=\"**b **c\" >}} <!-- **d **e --> $$ a **b **c $$", "{{< x a=\"**b **c\" >}} <!-- **d **e --> $$ a **b **c $$"},
	} {
		got, told := mend(c.in)
		if got != c.want {
			t.Errorf("%q becomes\n%q, want\n%q", c.in, got, c.want)
		}
		if (len(told) > 0) != (c.in != c.want) {
			t.Errorf("%q: told %q", c.in, told)
		}
		if again, _ := mend(got); again != got && !strings.Contains(c.in, "::: note") {
			t.Errorf("%q mended twice becomes %q", c.in, again)
		}
	}
}

// TestPlaces: what was mended is told where it stands, and how often.
func TestPlaces(t *testing.T) {
	_, told := mend("One.\n\na **b **c and **d **e")
	if len(told) != 1 || told[0] != "mended-markup a.md:3:6 blanks stood inside of ** and ** (2 times)" {
		t.Errorf("told %q", told)
	}
}

// FuzzMend: nothing that is mended loses a letter but in the names of markup, and code stays.
func FuzzMend(f *testing.F) {
	for _, s := range []string{"a **b **c", "::: x\n:::\n", "[caption]x[/caption]", "[^1] x\n[^1]: ", "`a` {.b} ``", "    **x **y", "<pre>**a **</pre>", "~~~\n[^ 1]\n"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 2000 || !utf8.ValidString(s) || strings.ContainsFunc(s, func(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7F }) {
			return
		}
		fenced := "```\n" + strings.ReplaceAll(s, "`", "") + "\n```\n"
		if got, _ := mend(fenced); got != fenced {
			t.Errorf("code %q becomes %q", fenced, got)
		}
		mend(s)
	})
}
