package flow

import (
	"slices"
	"testing"
)

func TestTokens(t *testing.T) {
	for _, lx := range lexicons {
		name := lx.names
		if i := len(name); i > 0 {
			for j := range name {
				if name[j] == ' ' {
					name = name[:j]
					break
				}
			}
		}
		src := "if x == \"a\\\"b\" { // say\n 12.5 + /* and */ 'q\n# more é “ø”\n"
		end := 0
		for _, tk := range tokens(name, src) {
			if tk.end <= end {
				t.Fatalf("%s: token of kind %d ends at %d after %d", name, tk.kind, tk.end, end)
			}
			end = tk.end
		}
		if end != len(src) {
			t.Errorf("%s: tokens end at %d of %d", name, end, len(src))
		}
	}
	var kinds []tokenKind
	for _, tk := range tokens("go", "x := 12 // n") {
		kinds = append(kinds, tk.kind)
	}
	if want := []tokenKind{tokenPlain, tokenNumber, tokenPlain, tokenComment}; !slices.Equal(kinds, want) {
		t.Errorf("kinds %v, want %v", kinds, want)
	}
}
