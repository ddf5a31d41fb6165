package check

import (
	"fmt"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestCharacters looks for what is not what it seems, and leaves alone what languages write.
func TestCharacters(t *testing.T) {
	for text, want := range map[string]string{
		"plain":                              "",
		"a \u202Eb\u202C c":                  "bidi-control@2",
		"שלום \u2066abc\u2069 שלום":          "",
		"שלום \u2066abc שלום":                "bidi-control@9",
		"type\u200Bsetter":                   "zero-width@4",
		"می\u200Cخواهم":                      "",
		"👩\u200D🔬 works":                     "",
		"type\u00ADsetter, type\u00ADsetter": "soft-hyphen@4",
		"p\u0430per":                         "mixed-scripts@1",
		"бумaга":                             "mixed-scripts@6",
		"Δt, kΩ, λmax, µm":                   "",
		"m\u03BFney":                         "mixed-scripts@1",
		"icon \uF101":                        "private-use@5",
		"caf\uFFFD":                          "replacement-character@3",
		"printerâ€ś":                         "mojibake@7",
		"SÃO PAULO, château, «Â la carte»":   "",
		"wörter über Œuvres – naïve “x” …": "",
		"日本語の本、한국어 책, ภาษา\u200Bไทย":       "",
	} {
		var got []string
		for _, p := range Characters([]byte(text), func(off int) document.Pos { return document.Pos{Line: off} }) {
			got = append(got, fmt.Sprintf("%s@%d", p.Code, p.Pos.Line))
		}
		if s := strings.Join(got, " "); s != want {
			t.Errorf("%+q: %q, want %q", text, s, want)
		}
	}
}
