package epub

import (
	"encoding/xml"
	"io"
	"strings"
	"testing"
)

func TestTexMath(t *testing.T) {
	for tex, want := range map[string]string{
		`x`:                                    "<mi>x</mi>",
		`x^2 + 10.5`:                           "<msup><mi>x</mi><mn>2</mn></msup><mo>+</mo><mn>10.5</mn>",
		`x^12`:                                 "<msup><mi>x</mi><mn>1</mn></msup><mn>2</mn>",
		`\beta_{ij}`:                           "<msub><mi>β</mi><mrow><mi>i</mi><mi>j</mi></mrow></msub>",
		`x_i^2`:                                "<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>",
		`f'(x)`:                                `<msup><mi>f</mi><mo>′</mo></msup><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo>`,
		`\frac{a}{b}`:                          "<mfrac><mrow><mi>a</mi></mrow><mrow><mi>b</mi></mrow></mfrac>",
		`\frac12`:                              "<mfrac><mn>1</mn><mn>2</mn></mfrac>",
		`\sqrt[3]{x}`:                          "<mroot><mrow><mi>x</mi></mrow><mrow><mn>3</mn></mrow></mroot>",
		`\bar{y}`:                              `<mover accent="true"><mrow><mi>y</mi></mrow><mo>¯</mo></mover>`,
		`{}^{+}\mathbb{C}`:                     "<msup><mrow></mrow><mrow><mo>+</mo></mrow></msup><mi>ℂ</mi>",
		`\mathrm{d}x`:                          `<mi mathvariant="normal">d</mi><mi>x</mi>`,
		`\left( a \right.`:                     `<mrow><mo stretchy="true">(</mo><mi>a</mi></mrow>`,
		`a < b`:                                "<mi>a</mi><mo>&lt;</mo><mi>b</mi>",
		`\text{ if } a`:                        "<mtext>\u00a0if\u00a0</mtext><mi>a</mi>",
		`\sin\alpha`:                           "<mi>sin</mi><mo>\u2061</mo><mi>α</mi>",
		`\tanh^2 x`:                            "<msup><mi>tanh</mi><mn>2</mn></msup><mo>\u2061</mo><mi>x</mi>",
		`e^\ln`:                                "<msup><mi>e</mi><mrow><mi>ln</mi><mo>\u2061</mo></mrow></msup>",
		`-1`:                                   "<mo>−</mo><mn>1</mn>",
		`\begin{matrix}1&2\\3&4\\\end{matrix}`: "<mrow><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr><mtr><mtd><mn>3</mn></mtd><mtd><mn>4</mn></mtd></mtr></mtable></mrow>",
	} {
		got, ok := texMath(tex, false)
		if ok {
			checkArity(t, got)
		}
		got = strings.TrimSuffix(got, "</mrow></math>")
		if _, after, found := strings.Cut(got, "><mrow>"); found {
			got = after
		}
		if !ok || got != want {
			t.Errorf("%s becomes %s, want %s", tex, got, want)
		}
	}
	if got, _ := texMath(`\sum_{i=1}^n i`, true); !strings.Contains(got, "<munderover>") || !strings.Contains(got, ` display="block"`) {
		t.Errorf("a sum in display is %s", got)
	}
	for _, bad := range []string{``, `\unknown`, `{a`, `a}`, `\frac{a}`, `\left( a`, `a & b`, `\begin{nope}\end{nope}`, `x^`, `x^2^3`, `\text{a $b$}`, `\mathbb{\R}`, strings.Repeat("{", 500)} {
		if got, ok := texMath(bad, true); ok {
			t.Errorf("%q passes as %s", bad, got)
		}
	}
}

func FuzzTexMath(f *testing.F) {
	for _, s := range []string{`\frac{a_1}{\sqrt{b}}`, `\left[\begin{cases}a&b\\c\end{cases}\right]`, `\text{x}`, `x''^{a}_b`} {
		f.Add(s)
	}
	f.Add(`\bar\sin^\log{x}_\displaystyle`)
	f.Fuzz(func(t *testing.T, tex string) {
		got, ok := texMath(tex, true)
		if !ok {
			return
		}
		if !wellFormed(got) {
			t.Fatalf("%q becomes %q", tex, got)
		}
		checkArity(t, got)
	})
}

// checkArity holds elements to the number of children that MathML Core gives them.
func checkArity(t *testing.T, mathml string) {
	t.Helper()
	arity := map[string]int{"mfrac": 2, "mroot": 2, "msup": 2, "msub": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
	type open struct {
		name string
		n    int
	}
	stack := []open{{}}
	d := xml.NewDecoder(strings.NewReader(mathml))
	for {
		tok, err := d.Token()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		switch tok := tok.(type) {
		case xml.StartElement:
			stack[len(stack)-1].n++
			stack = append(stack, open{name: tok.Name.Local})
		case xml.EndElement:
			e := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if want := arity[e.name]; want != 0 && e.n != want {
				t.Fatalf("%s has %d children in %s", e.name, e.n, mathml)
			}
		}
	}
}
