package flow

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// TestMath sets formulas and reads the line: ^ and _ mark raised and lowered text, * italics.
func TestMath(t *testing.T) {
	for _, tt := range []struct{ ml, want string }{
		{`<mi>a</mi><mo>=</mo><msup><mi>b</mi><mn>2</mn></msup>`, "*a*\u00a0= *b*²"},
		{`<mrow><mo>-</mo><mn>1</mn><mo>-</mo><mi>x</mi></mrow>`, "−1\u00a0− *x*"},
		{`<msup><mi>a</mi><mi>n</mi></msup><mo>+</mo><mi>b</mi>`, "*a*^*n*\u00a0+ *b*"},
		{`<msup><mi>e</mi><mrow><mo>−</mo><msup><mi>x</mi><mn>2</mn></msup></mrow></msup>`, "*e*^−^*x*^2"},

		// A fraction keeps its meaning in a line.
		{`<mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac>`, "*x*\u00a0= 1/\u20602"},
		{`<mfrac><mn>1</mn><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow></mfrac>`, "1/\u2060(*x*\u00a0+\u00a01)"},
		{`<mfrac><mrow><mn>2</mn><mi>a</mi></mrow><mrow><mn>2</mn><mi>b</mi></mrow></mfrac>`, "2*a*/\u2060(2*b*)"},
		{`<mfrac><mfrac><mi>a</mi><mi>b</mi></mfrac><mi>c</mi></mfrac>`, "(*a*/\u2060*b*)/\u2060*c*"},
		{`<mfrac><mrow><mi>d</mi><mi>y</mi></mrow><mrow><mi>d</mi><mi>x</mi></mrow></mfrac>`, "*dy*/\u2060*dx*"},
		{`<mfrac><mi>a</mi><mi>b</mi></mfrac><mi>c</mi>`, "(*a*/\u2060*b*)*c*"},
		{`<msup><mfrac><mi>a</mi><mi>b</mi></mfrac><mn>2</mn></msup>`, "(*a*/\u2060*b*)²"},
		{`<mi>sin</mi><mo>&#x2061;</mo><mfrac><mi>x</mi><mn>2</mn></mfrac>`, "sin(*x*/\u20602)"},
		{`<mfrac><mrow><mo>(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo>)</mo></mrow><mi>c</mi></mfrac>`, "(*a*\u00a0+\u00a0*b*)/\u2060*c*"},
		{`<mfrac><mrow><mo>(</mo><mi>a</mi><mo>)</mo><mo>+</mo><mo>(</mo><mi>b</mi><mo>)</mo></mrow><mi>c</mi></mfrac>`, "((*a*)\u00a0+\u00a0(*b*))/\u2060*c*"},

		{`<msqrt><mi>x</mi></msqrt><mo>&lt;</mo><msub><mi>y</mi><mi>i</mi></msub>`, "√*x*\u00a0< *y*_*i*"},
		{`<msqrt><mi>x</mi><mi>y</mi></msqrt><msup><msqrt><mi>x</mi></msqrt><mn>3</mn></msup><mroot><mi>x</mi><mn>3</mn></mroot>`, "√(*xy*)(√*x*)³∛*x*"},
		{`<munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi>`, "∑_*i*_=1^*n*\u2009*i*"},
		{`<mi>sin</mi><mi>x</mi>`, "sin\u2009*x*"},
		{`<mi>f</mi><mo>(</mo><mi>x</mi><mo>,</mo><mi>y</mi><mo>)</mo>`, "*f*(*x*,\u00a0*y*)"},
		{`<mo form="prefix">|</mo><mi>x</mi><mo form="postfix">|</mo><mo>≥</mo><mn>0</mn>`, "|*x*|\u00a0≥ 0"},
		{`<mover><mi>x</mi><mo>¯</mo></mover>`, "*x̄*"},
		{`<mi>𝐱</mi><mi mathvariant="normal">Γ</mi><mi>ℝ</mi>`, "xΓℝ"},
		{`<mo>(</mo><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mn>1</mn></mtd></mtr></mtable><mo>)</mo>`, "(1,\u00a00;\u00a00,\u00a01)"},
		{`<mi>A</mi><mo>=</mo><mtable><mtr><mtd><mi>a</mi></mtd></mtr><mtr><mtd><mi>b</mi></mtd></mtr></mtable>`, "*A*\u00a0= [*a*;\u00a0*b*]"},
		{`<mtable class="aligned"><mtr><mtd><mi>a</mi></mtd><mtd><mrow/><mo>=</mo><mi>b</mi></mtd></mtr><mtr><mtd/><mtd><mrow/><mo>=</mo><mi>c</mi></mtd></mtr></mtable>`, "*a*\u00a0= *b*\n= *c*"},
		{`<mo>{</mo><mtable class="cases"><mtr><mtd><mn>1</mn><mo>,</mo></mtd><mtd><mi>x</mi></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mi>y</mi></mtd></mtr></mtable>`, "{\u20091,\u2002*x*\n0,\u2002*y*"},
		{`<mi>a</mi><mo>=</mo><mmultiscripts><mi mathvariant="normal">d</mi><mi>A</mi><mrow/><mprescripts/><mrow/><mo>−</mo></mmultiscripts>`, "*a*\u00a0= ^−d_*A*"},
		{`<mi>x</mi><mi>sin</mi><mo>&#x2061;</mo><mi>x</mi><mfrac><mi>a</mi><mi>b</mi></mfrac><mo>.</mo>`, "*x*\u2009sin\u2009*x*\u2009*a*/\u2060*b*."},
		{`<mi>x</mi><mi>sin</mi><mo>&#x2061;</mo><mfrac><mi>x</mi><mn>2</mn></mfrac>`, "*x*\u2009sin(*x*/\u20602)"},
		{`<semantics><mi>E</mi><annotation>E</annotation></semantics>`, "*E*"},
	} {
		c := newCompositor(&document.Issue{Language: "en"}, style.Book(), typeset.New(fonts.Default()))
		var spans []layout.Span
		st := inlineState{ts: c.textStyle(&c.style.Text, "en"), node: c.node(nil, Formula)}
		f, err := document.ReadMathML(`<math>` + tt.ml + `</math>`)
		if err != nil {
			t.Fatal(err)
		}
		if !c.setMath(&spans, st, f, true, document.Pos{}) {
			t.Errorf("%s: not set", tt.ml)
			continue
		}
		var b strings.Builder
		for _, s := range spans {
			switch {
			case s.Kind == layout.BreakSpan:
				b.WriteByte('\n')
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
	deep := &document.Formula{Name: "mi", Text: "x"}
	for range document.MaxFormulaDepth {
		deep = &document.Formula{Name: "mrow", Kids: []*document.Formula{deep}}
	}
	for _, bad := range []*document.Formula{nil, {}, {Name: "math"}, {Name: "math", Text: "x"}, {Name: "mi", Text: "x"}, {Name: "math", Kids: []*document.Formula{nil, {}}},
		{Name: "math", Kids: []*document.Formula{{Kids: []*document.Formula{deep}}}}, {Name: "math", Kids: []*document.Formula{deep}}} {
		c := newCompositor(&document.Issue{Language: "en"}, style.Book(), typeset.New(fonts.Default()))
		var spans []layout.Span
		if c.setMath(&spans, inlineState{ts: c.textStyle(&c.style.Text, "en"), node: c.node(nil, Formula)}, bad, false, document.Pos{}) {
			t.Errorf("%.80s was set as %v", bad.MathML(), spans)
		}
	}
}

// TestOddMath sets elements that lack what they should have, or have too much: nothing panics, and what they say is not lost.
func TestOddMath(t *testing.T) {
	type formula = document.Formula
	for _, name := range strings.Fields(`mrow mstyle mfrac msqrt mroot msub msup msubsup munder mover munderover mmultiscripts mtable mtr mtd mlabeledtr
		mfenced semantics maction menclose mpadded unheard-of mi mn mo mtext mspace`) {
		for n := range 5 {
			e := &formula{Name: name, Kids: []*formula{nil, {Text: " "}}}
			for range n {
				e.Kids = append(e.Kids, &formula{Name: "mi", Text: "x"}, nil)
			}
			c := newCompositor(&document.Issue{Language: "en"}, style.Book(), typeset.New(fonts.Default()))
			var spans []layout.Span
			c.setMath(&spans, inlineState{ts: c.textStyle(&c.style.Text, "en"), node: c.node(nil, Formula)}, &formula{Name: "math", Kids: []*formula{e}}, true, document.Pos{})
		}
	}
}
