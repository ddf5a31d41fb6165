package document

import "testing"

// TestPlainFormula writes formulas in a line of characters.
func TestPlainFormula(t *testing.T) {
	for _, c := range []struct{ mathml, want string }{
		{`<mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup>`, "E = mc²"},
		{`<mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mi>c</mi></mfrac>`, "(a + b)/c"},
		{`<msqrt><mi>x</mi><mo>+</mo><mn>1</mn></msqrt>`, "√(x + 1)"},
		{`<mroot><mi>x</mi><mn>3</mn></mroot>`, "³√x"},
		{`<mo>-</mo><mi>x</mi><mo>-</mo><mi>y</mi>`, "−x − y"},
		{`<msubsup><mi>x</mi><mi>i</mi><mi>Q</mi></msubsup>`, "xᵢ^Q"},
		{`<mi>sin</mi><mo>&#x2061;</mo><mi>x</mi><mi>y</mi>`, "sin xy"},
		{`<mi>a</mi><mi>sin</mi><mi>b</mi>`, "a sin b"},
		{`<mover><mi>v</mi><mo>→</mo></mover>`, "v\u20d7"},
		{`<mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable>`, "(1, 0; 0, 1)"},
		{`<mfenced open="[" close=")"><mi>a</mi><mi>b</mi></mfenced>`, "[a, b)"},
		{`<mmultiscripts><mi>U</mi><mprescripts/><mn>92</mn><mn>238</mn></mmultiscripts>`, "₉₂²³⁸U"},
		{`<semantics><mi>x</mi><annotation>y</annotation></semantics>`, "x"},
		{`<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>0</mn></mrow><mi>n</mi></munderover><mtext>  of it </mtext>`, "∑ᵢ₌₀ⁿof it"},
	} {
		f, err := ReadMathML("<math>" + c.mathml + "</math>")
		if err != nil {
			t.Fatal(err)
		}
		if got := f.Plain(); got != c.want {
			t.Errorf("%s\n is %q, not %q", c.mathml, got, c.want)
		}
	}
	round := &Formula{Name: "mrow"}
	round.Kids = []*Formula{round, round}
	if got := round.Plain(); got != "" {
		t.Errorf("a formula that holds itself is %q", got)
	}
}
