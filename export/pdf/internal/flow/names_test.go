package flow

import (
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestNames: two articles of one slug, and a heading that is called as a note is, have places of their own.
func TestNames(t *testing.T) {
	a, b := &document.Article{Slug: "a"}, &document.Article{Slug: "a"}
	is := &document.Issue{Articles: []*document.Article{a, b}}
	c := &compositor{issue: is, slugs: is.Names(), numbers: map[*document.Note]int{}, numbered: map[int]bool{}}
	c.article = b
	for _, n := range []struct{ got, want string }{
		{c.dest(a, ""), "a"}, {c.dest(b, ""), "a-2"}, {c.dest(b, "ink"), "a-2--ink"}, {c.dest(a, "note-1"), "a--s-note-1"},
		{c.noteDest(&document.Note{Number: 1}), "a-2--note-1"},
	} {
		if n.got != n.want {
			t.Errorf("a place is called %q, not %q", n.got, n.want)
		}
	}
}
