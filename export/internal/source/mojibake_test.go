package source

import (
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

func TestUnscramble(t *testing.T) {
	for in, want := range map[string]string{
		"it\u00e2\u20ac\u2122s":                               "it’s",
		"\u00e2\u20ac\u0153so\u00e2\u20ac\u009d":              "“so”",
		"\u00e2\u20ac\u0153so\u00e2\u20ac, he":                "“so”, he",
		"a \u00e2\u20ac\u201c b":                              "a – b",
		"\u00c3\u00a9t\u00c3\u00a9":                           "été",
		"na\u00c3\u00afve":                                    "naïve",
		"\u00c2\u00ab\u00c2\u00a0oui":                         "«\u00a0oui",
		"\u00c2\u00a9 2020":                                   "© 2020",
		"it\u00c3\u00a2\u00e2\u201a\u00ac\u00e2\u201e\u00a2s": "it’s", // twice
		"\u00d0\u0178\u00d1\u20ac\u00d0\u00b8":                "При",
		// What is as it should be.
		"„Ä“ und „Ö“": "„Ä“ und „Ö“", "SÃO PAULO": "SÃO PAULO", "château, Â, forêt": "château, Â, forêt", "дом": "дом", "Ünï": "Ünï", "â, €": "â, €",
		"“naïve”—‘é’": "“naïve”—‘é’", "Åå": "Åå", "日本語": "日本語", "crème brûlée…": "crème brûlée…", "Tĕ": "Tĕ",
	} {
		codes := 0
		got := Clean(NewFile("a.md", []byte("x "+in)), func(code string, _ document.Pos, _, _ string) {
			if code == "mended-encoding" {
				codes++
			}
		})
		if s := string(got.Text[2:]); s != want {
			t.Errorf("%q becomes %q, want %q", in, s, want)
		}
		if (codes == 1) != (in != want) {
			t.Errorf("%q: told %d times", in, codes)
		}
	}
}
