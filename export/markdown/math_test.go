package markdown

import (
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestFormulaOf: MathML of raw HTML is kept as far as its schema has it; what it refuses is mended, and told.
func TestFormulaOf(t *testing.T) {
	for _, c := range []struct{ html, want, told string }{
		{`<mi>a</mi> <mo form="infix">&lt;</mo><mspace/>`, `<mi>a</mi><mo form="infix">&lt;</mo><mspace/>`, ""},
		{`<mi onclick="x()" mathvariant="bold" id="a" href="y">a</mi>`, `<mi mathvariant="bold">a</mi>`, ""},
		{`<mo stretchy="maybe" lspace="thinmathspace" rspace="0.5em">+</mo>`, `<mo lspace="thinmathspace" rspace="0.5em">+</mo>`, ""},
		{`<msup><mi>y</mi></msup>`, `<mi>y</mi>`, "<msup> lacks a part"},
		{`<msup></msup><mi>x</mi>`, `<mi>x</mi>`, "<msup> lacks a part"},
		{`<mfrac><mn>1</mn><mn>2</mn><mn>3</mn></mfrac>`, `<mfrac><mn>1</mn><mrow><mn>2</mn><mn>3</mn></mrow></mfrac>`, "<mfrac> has too many parts"},
		{`<munderover><mo>∑</mo><mi>i</mi></munderover>`, `<munder><mo>∑</mo><mi>i</mi></munder>`, "<munderover> lacks a part"},
		{`x<mo>=</mo>12 apples`, `<mi>x</mi><mo>=</mo><mtext>12 apples</mtext>`, "“x” stands in no element"},
		{`<mi><b>v</b>w</mi>`, `<mi>vw</mi>`, "<b> stands in <mi>"},
		{`<mtable><mtd><mn>1</mn></mtd><mtr><mn>2</mn></mtr></mtable>`, `<mtable><mtr><mtd><mn>1</mn></mtd></mtr><mtr><mtd><mn>2</mn></mtd></mtr></mtable>`, "<mtd> has no place there"},
		{`<mtr><mtd><mn>1</mn></mtd></mtr>`, `<mn>1</mn>`, "<mtd> has no place there"},
		{`<apply><plus/><ci>a</ci><cn>1</cn></apply>`, `<mrow><mi>a</mi><mn>1</mn></mrow>`, "<plus> has no place there"},
		{`<mmultiscripts><mi>U</mi><mn>1</mn><mprescripts/><mn>92</mn></mmultiscripts>`,
			`<mmultiscripts><mi>U</mi><mn>1</mn><none/><mprescripts/><mn>92</mn><none/></mmultiscripts>`, "a script of <mmultiscripts> lacks its pair"},
		{`<semantics><mi>x</mi><annotation encoding="application/x-tex">x</annotation></semantics>`, `<mi>x</mi>`, ""},
		{`<maction actiontype="toggle"><mi>a</mi><mi>b</mi></maction>`, `<mi>a</mi>`, ""},
		{`<semantics></semantics>`, ``, ""},
	} {
		a, problems := New(Settings{}).Read("a.md", []byte("A <math>"+c.html+"</math>."), "en", nil)
		var f *document.Formula
		document.WalkArticle(a, func(n document.Node) bool {
			if m, ok := n.(*document.Math); ok {
				f = m.Formula
			}
			return true
		})
		got := f.MathML()
		got = strings.TrimSuffix(strings.TrimPrefix(got, `<math xmlns="http://www.w3.org/1998/Math/MathML">`), "</math>")
		if got = strings.TrimPrefix(got, `<math xmlns="http://www.w3.org/1998/Math/MathML"/>`); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", c.html, got, c.want)
		}
		told := ""
		for _, p := range problems {
			if p.Code == "bad-mathml" {
				_, told, _ = strings.Cut(p.Message, "mended: ")
			}
		}
		if told != c.told {
			t.Errorf("%s: told %q, not %q", c.html, told, c.told)
		}
	}
}
