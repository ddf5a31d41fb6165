package check

import (
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

func TestUnclosed(t *testing.T) {
	for text, want := range map[string]int{
		"a\n```\nb\n":                    2,
		"a\n```\nb\n```\n":               -1,
		"````\n```\n````\n~~~ x\n~~~~\n": -1,
		"```\na\n~~~\n":                  0,
		"``` a ` b\n":                    -1,
		"- item\n\n      ```\n      b\n": -1,
		"```\na\n``` go\n":               0,
	} {
		got := -1
		for _, p := range Unclosed([]byte(text), func(off int) document.Pos { return document.Pos{Line: off} }) {
			got = p.Pos.Line
		}
		if got != want {
			t.Errorf("%q: begins at %d, want %d", text, got, want)
		}
	}
}
