package pdf

import (
	"testing"

	"github.com/twinpress/twinpress/layout"
)

// An initial stands for the word that it begins.
func TestInitialWord(t *testing.T) {
	line := func(initial, next string, lower layout.Length, size layout.Length) *layout.Line {
		return &layout.Line{Y: 100 * layout.Pt, Runs: []layout.Run{
			{Y: 100*layout.Pt + lower, Size: size, Tag: 1, Text: initial, Glyphs: make([]layout.Placed, 1)},
			{Y: 100 * layout.Pt, Size: 10 * layout.Pt, Tag: 1, Text: next, Glyphs: make([]layout.Placed, 1)},
		}}
	}
	for _, c := range []struct {
		line *layout.Line
		word string
		rest int
	}{
		{line("T", "he press", 24*layout.Pt, 40*layout.Pt), "The", 2},
		{line("“I", "t’s late", 24*layout.Pt, 40*layout.Pt), "“It’s", len("t’s")},
		{line("A", " press", 24*layout.Pt, 40*layout.Pt), "A", 0},
		{line("1", "450 or so", 24*layout.Pt, 40*layout.Pt), "", 0},
		{line("T", "he press", 0, 40*layout.Pt), "", 0},           // large, but on the line
		{line("T", "he press", 2*layout.Pt, 10*layout.Pt), "", 0}, // an inferior
	} {
		word, rest := initialWord(c.line)
		if rest != c.rest || rest > 0 && word != c.word {
			t.Errorf("%q: %q with %d bytes of the next run, want %q, %d", c.line.Runs[0].Text+c.line.Runs[1].Text, word, rest, c.word, c.rest)
		}
	}
}
