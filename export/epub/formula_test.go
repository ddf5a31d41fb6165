package epub

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestOddFormulas writes formulas built by hand: what can be written is, what cannot is told and its source shown, and the
// book is well-formed with either.
func TestOddFormulas(t *testing.T) {
	type formula = document.Formula
	in := func(kids ...*formula) *formula { return &formula{Name: "math", Kids: kids} }
	deep := &formula{Name: "mi"}
	for range 2 * document.MaxFormulaDepth {
		deep = &formula{Name: "mrow", Kids: []*formula{deep}}
	}
	knot := in()
	knot.Kids = []*formula{knot}
	for name, test := range map[string]struct {
		f  *formula
		ok bool
	}{
		"nil kids":       {in(nil, &formula{Name: "mi", Text: "kept"}, nil), true},
		"text alone":     {in(&formula{Text: "kept & <kept>"}), true},
		"an odd value":   {in(&formula{Name: "mi", Text: "kept", Attrs: []document.FormulaAttr{{Name: "class", Value: "\"<&>"}}}), true},
		"twice the same": {in(&formula{Name: "mi", Text: "kept", Attrs: []document.FormulaAttr{{Name: "dir", Value: "ltr"}, {Name: "dir", Value: "rtl"}}}), true},
		"no math":        {&formula{Name: "mi"}, false},
		"nothing":        {&formula{}, false},
		"no name":        {in(&formula{Kids: []*formula{{Name: "mi"}}}), false},
		"a broken name":  {in(&formula{Name: "mi>"}), false},
		"a prefix":       {in(&formula{Name: "m:mi"}), false},
		"deep":           {in(deep), false},
		"a knot":         {knot, false},
		"a character":    {in(&formula{Name: "mi", Text: "\x02"}), false},
		"an action":      {in(&formula{Name: "maction", Kids: []*formula{{Name: "mi"}}}), false},
		"a script":       {in(&formula{Name: "mi", Attrs: []document.FormulaAttr{{Name: "onClick", Value: "x()"}}}), false},
		"a reference":    {in(&formula{Name: "mi", Attrs: []document.FormulaAttr{{Name: "href", Value: "https://example.org"}}}), false},
	} {
		t.Run(name, func(t *testing.T) {
			a := &document.Article{Path: "a.md", Slug: "a", Language: "en", Title: is("A"), Body: bs(
				&document.MathBlock{TeX: "source", Formula: test.f}, para(&document.Math{TeX: "source", Formula: test.f}))}
			issue := &document.Issue{Journal: document.Journal{Title: "J"}, Title: is("I"), Language: "en", Slug: "i", Articles: []*document.Article{a}}
			e, problems := write(t, "formula", issue, Options{})
			e.resolve()
			told := 0
			for _, p := range problems {
				if p.Code == "bad-mathml" {
					told++
				}
			}
			text := e.file("xhtml/a.xhtml")
			if ok := told == 0; ok != test.ok || strings.Contains(text, "kept") != test.ok || strings.Contains(text, "source") == test.ok {
				t.Errorf("told %d times: %s", told, text)
			}
		})
	}
}
