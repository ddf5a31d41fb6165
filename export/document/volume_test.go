package document

import (
	"slices"
	"testing"
)

// TestNames: texts of a volume that have one slug are told apart by the numbers of their issues, in whatever order they come.
func TestNames(t *testing.T) {
	text := func(slug, part string) *Article { return &Article{Slug: slug, Part: part} }
	one := &Issue{Number: "7/8", Articles: []*Article{text("letters", ""), text("alone", "")}, Matter: []*Article{text("editorial", "editorial")}}
	two := &Issue{Number: "9", Articles: []*Article{text("letters", ""), text("letters-9", "")}, Matter: []*Article{text("editorial", "editorial")}}
	v := &Issue{Issues: []*Issue{one, two}, Matter: []*Article{text("masthead", "masthead")}}
	v.Articles = append(append(v.Articles, one.Articles...), two.Articles...)
	names := v.Names()
	for a, want := range map[*Article]string{one.Articles[0]: "letters", one.Articles[1]: "alone", two.Articles[0]: "letters-9", two.Articles[1]: "letters-9-9",
		one.Matter[0]: "editorial-7-8", two.Matter[0]: "editorial-9", v.Matter[0]: "masthead"} {
		if names[a] != want {
			t.Errorf("%q is called %q, want %q", a.Slug, names[a], want)
		}
	}
	if err := Check(v); err != nil {
		t.Error(err)
	}
	v.Articles = v.Articles[1:]
	if Check(v) == nil || Check(&Issue{Issues: []*Issue{nil}}) == nil {
		t.Error("a volume of other articles than its issues', or of no issue, passes")
	}
	v.Articles = append(slices.Clone(one.Articles), two.Articles...)
	if len(v.Texts()) != 7 || v.IssueOf(two.Articles[1]) != two || v.IssueOf(v.Matter[0]) != v {
		t.Error("texts are not found in their issues")
	}
}
