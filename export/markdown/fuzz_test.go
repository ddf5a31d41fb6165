package markdown

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// FuzzRead looks for a text that breaks the reader without a site, as a program may hand it any.
func FuzzRead(f *testing.F) {
	for _, seed := range []string{
		"# A [b](c \"d\"){.e}\n\n*f*[^1]\n\n[^1]: g\n", "{{< figure src=\"a\" caption=`b` >}}{{% c %}}d{{% /c %}}", "<div><p>a</b><table><td>b",
		"{% include figure.html src=\"a\" %}{{ page.b }}{% raw %}{{ c }}{% endraw %}", "| a | b |\n|--|:-:|\n| `c` | $d$ |\n{: .e #f}\n",
		"=IMAGE=a=b=\n=CODE_START=\nc\n=CODE_END=\n", "a\n: b\n\n- [x] c\n{:toc}\n", "\xff\xfea\x00", "^[a\n> b]: [c][d]{.e}",
	} {
		f.Add(seed)
	}
	md := New(Settings{Math: true})
	f.Fuzz(func(t *testing.T, text string) {
		a, problems := md.Read("a.md", []byte(text), "en", nil)
		lines := strings.Count(text, "\n") + strings.Count(text, "\r") + 1
		document.WalkArticle(a, func(n document.Node) bool {
			if s, ok := n.(*document.Text); ok && (!utf8.ValidString(s.Value) || strings.ContainsAny(s.Value, string(source.Opener)+string(source.Closer))) {
				t.Errorf("text %q", s.Value)
			}
			return true
		})
		for _, p := range problems {
			if p.Pos.Line < 0 || p.Pos.Line > lines {
				t.Errorf("%s stands at line %d of %d", p.Code, p.Pos.Line, lines)
			}
		}
	})
}
