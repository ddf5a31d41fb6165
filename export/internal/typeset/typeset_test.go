package typeset

import (
	"slices"
	"sync"
	"testing"

	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

func TestFeatureList(t *testing.T) {
	for _, c := range []struct {
		base string
		more []string
		want string
	}{
		{"", nil, ""},
		{"onum", []string{"smcp", "onum"}, "onum,smcp"},
		{"onum,smcp", []string{"-onum", "lnum"}, "lnum,smcp"},
		{"", []string{"-smcp"}, ""},
	} {
		if got := FeatureList(c.base, c.more...); got != c.want {
			t.Errorf("%q and %q give %q, want %q", c.base, c.more, got, c.want)
		}
	}
}

// TestShape checks that a word is as wide as its glyphs, is the same for every goroutine that asks, and that its glyphs' faces
// are known by their ids.
func TestShape(t *testing.T) {
	set := New(fonts.Default())
	style := &layout.TextStyle{Family: "text", Weight: 400, Size: 10 * layout.Pt, Lang: "en"}
	want := slices.Clone(set.Shape("affine", style, false))
	var width layout.Length
	for _, g := range want {
		width += g.Advance
		if set.Face(g.Face) == nil {
			t.Errorf("no face %d", g.Face)
		}
	}
	if got := set.Width("affine", style); got != width || width <= 0 {
		t.Errorf("width %v, glyphs %v", got, width)
	}
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			if got := New(fonts.Default()).Shape("affine", style, false); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
			if got := set.Shape("affine", style, false); !slices.Equal(got, want) {
				t.Errorf("%v, want %v", got, want)
			}
		})
	}
	wait.Wait()
}

// TestMissing names what no face of the house has, and only that.
func TestMissing(t *testing.T) {
	set := New(fonts.Default())
	style := &layout.TextStyle{Family: "text", Weight: 400, Size: 10 * layout.Pt}
	if got := set.Missing("aб\U0010fffe", style); !slices.Equal(got, []rune{0x10fffe}) {
		t.Errorf("missing: %q", got)
	}
}
