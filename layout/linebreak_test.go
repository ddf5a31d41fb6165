package layout

import (
	"strings"
	"testing"
)

// ems is a measure of n square glyphs of ten points.
func ems(n int) measure { return measure{width: Length(n) * 10 * Pt} }

func squareSetter() *setter {
	return newSetter(&Flow{Shaper: squareShaper{}, Breaking: squareBreaking}, nil)
}

// linesOf is what a paragraph's lines say, joined with |, undrawn space at their ends shown as _.
func linesOf(sp *setPara) string {
	var out []string
	for i := range sp.lines {
		out = append(out, strings.ReplaceAll(strings.TrimRight(lineText(sp.lines[i].line), "\n"), "\u00a0", "~"))
	}
	return strings.Join(out, "|")
}

func TestLeftLines(t *testing.T) {
	s := squareSetter()
	for _, c := range []struct {
		n          int
		text, want string
	}{
		{10, "one two", "one two"},
		{10, "one two three four", "one two |three four"},
		{10, "  one \n two  ", "one two"},
		{5, "one two three", "one |two |three"},
		{8, "see\u00a0them go", "see~them |go"},
		{8, "", ""},
	} {
		if got := linesOf(s.set(squarePara(squareLeft, c.text), ems(c.n))); got != c.want {
			t.Errorf("%d ems, %q: %q, want %q", c.n, c.text, got, c.want)
		}
	}
}
