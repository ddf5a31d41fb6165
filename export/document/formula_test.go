package document

import (
	"strings"
	"testing"
)

// TestMathML: what is read is written as it was, in its namespace.
func TestMathML(t *testing.T) {
	for _, want := range []string{
		`<math xmlns="http://www.w3.org/1998/Math/MathML" alttext="a &lt; &quot;b&quot;"><mi>a</mi><mo>&lt;</mo><mspace width="1em"/><mi>b</mi></math>`,
		`<math xmlns="http://www.w3.org/1998/Math/MathML"> <mfrac><mn>1</mn> <mn>2</mn></mfrac>
</math>`,
		`<math xmlns="http://www.w3.org/1998/Math/MathML"><mtext>a<mi>b</mi>c</mtext></math>`,
	} {
		f, err := ReadMathML(want)
		if err != nil {
			t.Fatal(err)
		}
		if got := f.MathML(); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
	for _, bad := range []string{"", "x", "<math>", "<p/>", "<math/><math/>", "<math/>x", "<math><b:mi/></math>", `<math xmlns="http://www.w3.org/1999/xhtml"/>`,
		strings.Repeat("<math>", MaxFormulaDepth+1) + strings.Repeat("</math>", MaxFormulaDepth+1)} {
		if f, err := ReadMathML(bad); err == nil {
			t.Errorf("%.60q: %s", bad, f.MathML())
		}
	}
}

// oddFormulas are trees that no reader makes.
func oddFormulas() map[string]*Formula {
	deep := &Formula{Name: "mi"}
	for range 10 * MaxFormulaDepth {
		deep = &Formula{Name: "mrow", Kids: []*Formula{deep}}
	}
	knot := &Formula{Name: "math"}
	knot.Kids = []*Formula{knot, knot}
	wide := &Formula{Name: "mi"}
	for range 200 { // two hundred elements that would be written 2^200 times
		wide = &Formula{Name: "mrow", Kids: []*Formula{wide, wide}}
	}
	in := func(kids ...*Formula) *Formula { return &Formula{Name: "math", Kids: kids} }
	return map[string]*Formula{
		"none": nil, "no name": {}, "no math element": {Name: "mi"}, "deep": in(deep), "a knot": knot, "wide": in(wide),
		"a name of two words": in(&Formula{Name: "mi x"}), "a name with markup": in(&Formula{Name: "mi><script"}), "a prefix": in(&Formula{Name: "m:mi"}),
		"a figure for a name": in(&Formula{Name: "1"}), "no name but kids": in(&Formula{Kids: []*Formula{{Name: "mi"}}}),
		"a nameless attribute": {Name: "math", Attrs: []FormulaAttr{{"", "x"}}}, "an odd attribute": {Name: "math", Attrs: []FormulaAttr{{"a b", "x"}}},
		"a control character": in(&Formula{Name: "mi", Text: "\x01"}), "one in an attribute": {Name: "math", Attrs: []FormulaAttr{{"alttext", "\x00"}}},
	}
}

func TestFormulaCheck(t *testing.T) {
	for name, f := range oddFormulas() {
		if f.Check() == nil {
			t.Errorf("%s passes for a formula", name)
		}
		f.MathML() // ends
	}
	good := &Formula{Name: "math", Attrs: []FormulaAttr{{"a", "1"}, {"a", "2"}}, Kids: []*Formula{nil, {}, {Text: "\xff"}, {Name: "mi", Kids: []*Formula{nil}}}}
	if err := good.Check(); err != nil {
		t.Fatal(err)
	}
	if got := good.MathML(); got != `<math xmlns="`+mathNamespace+`" a="1">`+"\ufffd<mi/></math>" {
		t.Error(got)
	}
	if _, err := ReadMathML(good.MathML()); err != nil {
		t.Error(err)
	}
}

func TestFormulaSet(t *testing.T) {
	f := &Formula{Name: "mo"}
	f.Set("form", "infix")
	f.Set("lspace", "0em")
	f.Set("form", "prefix")
	if len(f.Attrs) != 2 || f.Attrs[0] != (FormulaAttr{"form", "prefix"}) || f.Attr("lspace") != "0em" || f.Attr("rspace") != "" {
		t.Error(f.Attrs)
	}
}
