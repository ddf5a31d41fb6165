package pdf

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// TestMath sets formulas and reads the line: ^ and _ mark raised and lowered text, * italics.
func TestMath(t *testing.T) {
	for _, tt := range []struct{ ml, want string }{
		{`<math><mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup></math>`, `*a* = *b*^2`},
		{`<math><mrow><mo>-</mo><mn>1</mn><mo>-</mo><mi>x</mi></mrow></math>`, "−1\u202f−\u202f*x*"},
		{`<math><mfrac><mn>1</mn><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></mfrac></math>`, "1/(*x*\u202f+\u202f1)"},
		{`<math><msqrt><mi>x</mi></msqrt><mo>&lt;</mo><msub><mi>y</mi><mi>i</mi></msub></math>`, `√*x* < *y*_*i*`},
		{`<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></math>`, "∑_*i*_=1^*n*\u202f*i*"},
		{`<math><mi>sin</mi><mi>x</mi></math>`, "sin\u202f*x*"},
		{`<math><mover><mi>x</mi><mo>¯</mo></mover></math>`, "*x̄*"},
		{`<math><mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable><mo>)</mo></math>`, "(1 0; 0 1)"},
		{`<math><semantics><mi>E</mi><annotation>E</annotation></semantics></math>`, "*E*"},
	} {
		c := newCompositor(&document.Issue{Language: "en"}, Book(), newTypesetter(fonts.Default()))
		var spans []layout.Span
		st := inlineState{ts: c.textStyle(&c.style.Text, "en"), node: c.node(nil, Formula)}
		if !c.setMath(&spans, st, tt.ml, false) {
			t.Errorf("%s: not set", tt.ml)
			continue
		}
		var b strings.Builder
		for _, s := range spans {
			switch {
			case s.Style.Rise > 0:
				b.WriteByte('^')
			case s.Style.Rise < 0:
				b.WriteByte('_')
			}
			if s.Style.Italic {
				b.WriteString("*" + s.Text + "*")
			} else {
				b.WriteString(s.Text)
			}
		}
		if got := b.String(); got != tt.want {
			t.Errorf("%s:\n got %q\nwant %q", tt.ml, got, tt.want)
		}
	}
	for _, bad := range []string{"", "x", "<math><mi>", "<p>x</p>", "<math></math>"} {
		c := newCompositor(&document.Issue{Language: "en"}, Book(), newTypesetter(fonts.Default()))
		var spans []layout.Span
		if c.setMath(&spans, inlineState{ts: c.textStyle(&c.style.Text, "en"), node: c.node(nil, Formula)}, bad, false) {
			t.Errorf("%q was set as %v", bad, spans)
		}
	}
}
