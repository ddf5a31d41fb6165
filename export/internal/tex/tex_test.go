package tex

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

// TestFormulas reads formulas and compares the MathML, without its outer element.
func TestFormulas(t *testing.T) {
	tests := []struct{ tex, want string }{
		{`\frac12`, `<mfrac><mn>1</mn><mn>2</mn></mfrac>`},
		{`x^2_i`, `<msubsup><mi>x</mi><mi>i</mi><mn>2</mn></msubsup>`},
		{`-1`, `<mrow><mo>−</mo><mn>1</mn></mrow>`},
		{`a = -b`, `<mrow><mi>a</mi><mo>=</mo><mo form="prefix">−</mo><mi>b</mi></mrow>`},
		{`\sqrt[]{a^2}`, `<msqrt><msup><mi>a</mi><mn>2</mn></msup></msqrt>`},
		{`\sqrt[3]{x}`, `<mroot><mi>x</mi><mn>3</mn></mroot>`},
		{`\sum_{i=1}^n i`, `<mrow><munderover><mo movablelimits="true">∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover><mi>i</mi></mrow>`},
		{`\lim_{x\to0} f(x)`, `<mrow><munder><mo lspace="0em" rspace="0em" movablelimits="true">lim</mo><mrow><mi>x</mi><mo stretchy="false">→</mo><mn>0</mn></mrow></munder><mo>` + "\u2061" + `</mo><mi>f</mi><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow>`},
		{`\sin x`, `<mrow><mi>sin</mi><mo>` + "\u2061" + `</mo><mi>x</mi></mrow>`},
		{`P(A|B) = |x|`, `<mrow><mi>P</mi><mo stretchy="false">(</mo><mi>A</mi><mo form="infix" stretchy="false" lspace="0.2222em" rspace="0.2222em">|</mo><mi>B</mi><mo stretchy="false">)</mo><mo>=</mo><mo form="prefix" stretchy="false">|</mo><mi>x</mi><mo form="postfix" stretchy="false">|</mo></mrow>`},
		{`\left(\frac{a}{b}\right)^2`, `<msup><mrow><mo fence="true" stretchy="true" form="prefix">(</mo><mfrac><mi>a</mi><mi>b</mi></mfrac><mo fence="true" stretchy="true" form="postfix">)</mo></mrow><mn>2</mn></msup>`},
		{`\mathbb{R}^n`, `<msup><mi>ℝ</mi><mi>n</mi></msup>`},
		{`\mathrm{arth}\,x`, `<mrow><mi>arth</mi><mspace width="0.1667em"/><mi>x</mi></mrow>`},
		{`\begin{pmatrix} x & y \\ y & x \end{pmatrix}`, `<mrow><mo fence="true" form="prefix" stretchy="true">(</mo><mtable><mtr><mtd><mi>x</mi></mtd><mtd><mi>y</mi></mtd></mtr><mtr><mtd><mi>y</mi></mtd><mtd><mi>x</mi></mtd></mtr></mtable><mo fence="true" form="postfix" stretchy="true">)</mo></mrow>`},
		{`\begin{cases} 1, &x > 0\\ 0 & \text{if $x$ is not} \end{cases}`, `<mrow><mo fence="true" form="prefix" stretchy="true">{</mo><mtable class="cases" columnalign="left"><mtr><mtd><mn>1</mn><mo>,</mo></mtd><mtd><mi>x</mi><mo>&gt;</mo><mn>0</mn></mtd></mtr><mtr><mtd><mn>0</mn></mtd><mtd><mrow><mtext>if </mtext><mi>x</mi><mtext> is not</mtext></mrow></mtd></mtr></mtable></mrow>`},
		{`\tensor*[^{-}]{\mathop{\mathrm{d}}}{_{AB}}`, `<mmultiscripts><mi mathvariant="normal">d</mi><mrow><mi>A</mi><mi>B</mi></mrow><mrow/><mprescripts/><mrow/><mo>−</mo></mmultiscripts>`},
		{`\underbrace{a+b}_{c}`, `<munder><munder accentunder="true"><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mo stretchy="true">⏟</mo></munder><mi>c</mi></munder>`},
		{`f''(x)`, `<mrow><msup><mi>f</mi><mo>″</mo></msup><mo stretchy="false">(</mo><mi>x</mi><mo stretchy="false">)</mo></mrow>`},
		{`a \not= b \not \in C`, `<mrow><mi>a</mi><mo>≠</mo><mi>b</mi><mo>∉</mo><mi>C</mi></mrow>`},
		{`\begin{aligned} a &= b \\ &= c \end{aligned}`, `<mtable class="aligned" displaystyle="true" columnspacing="0em" columnalign="right left"><mtr><mtd><mi>a</mi></mtd><mtd><mrow/><mo>=</mo><mi>b</mi></mtd></mtr><mtr><mtd/><mtd><mrow/><mo>=</mo><mi>c</mi></mtd></mtr></mtable>`},
		{`3{,}14 + 1,000 + f(1,200)`, `<mrow><mn>3,14</mn><mo>+</mo><mn>1,000</mn><mo>+</mo><mi>f</mi><mo stretchy="false">(</mo><mn>1</mn><mo>,</mo><mn>200</mn><mo stretchy="false">)</mo></mrow>`},
		{`\newcommand{\ii}{\mathrm{i}} \ii^2 = x^\ii`, `<mrow><msup><mi mathvariant="normal">i</mi><mn>2</mn></msup><mo>=</mo><msup><mi>x</mi><mi mathvariant="normal">i</mi></msup></mrow>`},
		{`{n \choose k} = \binom{n}{k}`, `<mrow><mrow><mo fence="true" form="prefix" stretchy="true">(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo fence="true" form="postfix" stretchy="true">)</mo></mrow><mo>=</mo><mrow><mo fence="true" form="prefix" stretchy="true">(</mo><mfrac linethickness="0"><mi>n</mi><mi>k</mi></mfrac><mo fence="true" form="postfix" stretchy="true">)</mo></mrow></mrow>`},
		{`\bar{y} \times \vec x`, `<mrow><mover accent="true"><mi>y</mi><mo stretchy="false">¯</mo></mover><mo>×</mo><mover accent="true"><mi>x</mi><mo stretchy="false">→</mo></mover></mrow>`},
		{`y = ...`, `<mrow><mi>y</mi><mo>=</mo><mo>…</mo></mrow>`},
		{`a < b & c`, `<mtable class="aligned" displaystyle="true" columnspacing="0em" columnalign="right left"><mtr><mtd><mi>a</mi><mo>&lt;</mo><mi>b</mi></mtd><mtd><mi>c</mi></mtd></mtr></mtable>`},
		{`\qty(a+b)\qty{c}`, `<mrow><mrow><mo fence="true" stretchy="true" form="prefix">(</mo><mi>a</mi><mo>+</mo><mi>b</mi><mo fence="true" stretchy="true" form="postfix">)</mo></mrow><mrow><mo fence="true" stretchy="true" form="prefix">{</mo><mi>c</mi><mo fence="true" stretchy="true" form="postfix">}</mo></mrow></mrow>`},
		{`\overset{!}{=}`, `<mover><mo>=</mo><mo>!</mo></mover>`},
		{`\mathbf{x} \boldsymbol{\alpha}`, `<mrow><mi>𝐱</mi><mi>𝜶</mi></mrow>`},
		{`E = mc^2 \tag{1}`, `<mrow><mi>E</mi><mo>=</mo><mi>m</mi><msup><mi>c</mi><mn>2</mn></msup><mspace width="2em"/><mtext>(1)</mtext></mrow>`},
	}
	for _, test := range tests {
		m, err := Parse(test.tex, Options{Display: true, Macros: Macros{}})
		if err != nil {
			t.Errorf("%s: %v", test.tex, err)
			continue
		}
		checkFormula(t, m)
		s := m.MathML()
		s = s[strings.Index(s, `display="block">`)+len(`display="block">`):]
		s = strings.TrimSuffix(s, "</math>")
		if s != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.tex, s, test.want)
		}
	}
}

// TestFormulasNotRead: what is not understood is an error, never half a formula.
func TestFormulasNotRead(t *testing.T) {
	for _, tex := range []string{`\foo x`, `{a`, `a}`, `\frac{a}`, `a^b^c`, `x_`, `\left( a`, `\right)`, `\begin{matrix} a`, `\begin{matrix} a \end{array}`,
		`\begin{what} a \end{what}`, `\sqrt[3`, `\`, `a # b`, `\text{a $b}`, `\def\a{\a\a} \a`, `\newcommand{\b}[1]{\b{#1 #1}} \b{x}`, `\hspace{1 league}`,
		`\left x`, `\tensor\`, `\frac\`, `\qty(`, strings.Repeat("{", 500), strings.Repeat(`\sqrt`, 500), strings.Repeat("x", maxLength+1), "a \x01 b"} {
		if m, err := Parse(tex, Options{Macros: Macros{}}); err == nil {
			t.Errorf("%.40s: gives %.200s", tex, m.MathML())
		}
	}
}

// TestCommandError: a command that is not known can be asked for its name, also within words of the formula.
func TestCommandError(t *testing.T) {
	for source, want := range map[string]string{`a\foo`: "foo", `\text{\bar b}`: "bar", `\def\a{\a}\a`: "a"} {
		_, err := Parse(source, Options{Macros: Macros{}})
		var c *CommandError
		if !errors.As(err, &c) || c.Name != want {
			t.Errorf("%s: %v", source, err)
		}
	}
	if _, err := Parse(`\foo`, Options{}); err == nil || err.Error() != `the command \foo is not known` {
		t.Error(err)
	}
}

// TestMacros: a command of an article takes as many arguments as it asks for, and stays defined for the next formula.
func TestMacros(t *testing.T) {
	m := Macros{}
	m.Define("half", `\frac{#1}{2}`)
	for _, test := range []struct{ source, want string }{
		{`\half x`, `<mfrac><mi>x</mi><mn>2</mn></mfrac>`},
		{`\newcommand{\pair}[2][a]{#1#2}`, ``},
		{`\pair b\pair[c]d`, `<mrow><mi>a</mi><mi>b</mi><mi>c</mi><mi>d</mi></mrow>`},
		{`\providecommand\half{x}\half y`, `<mfrac><mi>y</mi><mn>2</mn></mfrac>`},
		{`\def\half{x}\half y`, `<mrow><mi>x</mi><mi>y</mi></mrow>`},
	} {
		f, err := Parse(test.source, Options{Macros: m})
		if err != nil {
			t.Fatal(err)
		}
		got := f.MathML()
		if got = got[strings.IndexByte(got, '>')+1:]; strings.TrimSuffix(got, "</math>") != test.want {
			t.Errorf("%s: %s", test.source, got)
		}
	}
	if _, err := Parse(`\newcommand\a b\a`, Options{}); err == nil {
		t.Error("a formula without macros of its own defined one")
	}
}

// TestTables: a command stands in one table only, and each table pairs names and what they stand for.
func TestTables(t *testing.T) {
	for name := range symbols() {
		if commands()[name] != nil {
			t.Errorf("\\%s is a symbol and a command", name)
		}
	}
	for _, table := range tables {
		if n := len(strings.Fields(table.pairs)); n%2 != 0 {
			t.Errorf("%.40s…: a name has no sign", table.pairs)
		}
	}
}

// elements are those that the parser may make.
var elements = strings.Fields(`math mrow mi mn mo mtext mspace mfrac msqrt mroot mstyle mphantom menclose msub msup msubsup munder mover
	munderover mmultiscripts mprescripts mtable mtr mtd`)

// checkFormula holds what is read to the shape that backends count on.
func checkFormula(t *testing.T, f *document.Formula) {
	t.Helper()
	if err := f.Check(); err != nil {
		t.Fatal(err)
	}
	kids := map[string]int{"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "munder": 2, "mover": 2, "msubsup": 3, "munderover": 3}
	err := f.Walk(func(f *document.Formula, _ int) error {
		switch n := kids[f.Name]; {
		case f.Name != "" && !slices.Contains(elements, f.Name):
			return fmt.Errorf("the element %q is not known", f.Name)
		case n > 0 && len(f.Kids) != n:
			return fmt.Errorf("%s has %d kids", f.Name, len(f.Kids))
		case slices.Contains(f.Kids, nil):
			return fmt.Errorf("%s has a kid that is none", f.Name)
		}
		return nil
	}, nil)
	if err != nil {
		t.Fatalf("%s: %v", f.MathML(), err)
	}
	checkMathML(t, f.MathML())
}

// FuzzFormula: whatever stands between the dollars, the reader ends, and MathML is well-formed.
func FuzzFormula(f *testing.F) {
	for _, s := range []string{`\frac{a}{b}^2_i`, `\left(\sum_{i}^n |x|\right.`, `\begin{cases} a & b \\ c \end{cases}`, `\newcommand\a[2][x]{#1#2}\a[b]c`,
		`\tensor*[^a_b]{c}{_d}`, `\text{a $b$ \textbf{c}}`, `\big( \not= \bar{\vec x}`, `\substack{a\\b}`} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, tex string) {
		for _, display := range []bool{false, true} {
			if m, err := Parse(tex, Options{Display: display, Comma: display, Macros: Macros{}}); err == nil {
				checkFormula(t, m)
			}
		}
	})
}

func checkMathML(t *testing.T, s string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(s))
	for {
		if _, err := d.Token(); err == io.EOF {
			return
		} else if err != nil {
			t.Fatalf("%s: %v", s, err)
		}
	}
}
