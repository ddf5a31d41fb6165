package markdown

import "testing"

// TestFormulaOf: MathML of raw HTML is kept as it is written, but for what could act or reach out.
func TestFormulaOf(t *testing.T) {
	e := &elem{tag: "math", attrs: []attr{{"xmlns", "http://www.w3.org/1998/Math/MathML"}, {"display", "block"}, {"onclick", "x()"}, {"xlink:href", "y"}}, kids: []*elem{
		{text: "\n"}, {tag: "mi", kids: []*elem{{text: "a"}}}, {text: " "}, {tag: "mo", attrs: []attr{{"form", "infix"}}, kids: []*elem{{text: "<"}}}, {tag: "mspace"}}}
	want := `<math xmlns="http://www.w3.org/1998/Math/MathML" display="block">` + "\n" + `<mi>a</mi> <mo form="infix">&lt;</mo><mspace/></math>`
	f := formulaOf(e)
	if got := f.MathML(); got != want {
		t.Errorf("\n got %s\nwant %s", got, want)
	}
	if err := f.Check(); err != nil {
		t.Error(err)
	}
}
