package epub

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// texMath turns a formula in TeX's notation into MathML Core, which screen readers speak and reading systems set. It knows
// the commands that papers and lessons use; a formula with one that it does not know, or with braces that do not match, is
// not guessed at: ok is false, and the source is shown instead.
func texMath(tex string, display bool) (mathml string, ok bool) {
	p := &texParser{s: strings.TrimSpace(tex), display: display}
	body, good := p.list("")
	if !good || p.i < len(p.s) || body == "" {
		return "", false
	}
	mode := ""
	if display {
		mode = ` display="block"`
	}
	return `<math xmlns="http://www.w3.org/1998/Math/MathML"` + mode + attr("alttext", p.s) + ">" + row(body) + "</math>", true
}

// A texParser reads a formula from left to right. Elements are made as they are read: an atom, then what hangs on it.
type texParser struct {
	s       string
	i       int
	depth   int
	display bool
}

// row wraps several elements in one.
func row(s string) string { return "<mrow>" + s + "</mrow>" }

func (p *texParser) space() {
	for p.i < len(p.s) {
		switch {
		case strings.IndexByte(" \t\n\r", p.s[p.i]) >= 0:
			p.i++
		case p.s[p.i] == '%':
			for p.i < len(p.s) && p.s[p.i] != '\n' {
				p.i++
			}
		default:
			return
		}
	}
}

func (p *texParser) peek(prefix string) bool { return strings.HasPrefix(p.s[p.i:], prefix) }

// command reads the name of a command after its backslash: letters, or one other character.
func (p *texParser) command() string {
	start := p.i
	for p.i < len(p.s) && (p.s[p.i] >= 'a' && p.s[p.i] <= 'z' || p.s[p.i] >= 'A' && p.s[p.i] <= 'Z') {
		p.i++
	}
	if p.i == start && p.i < len(p.s) {
		_, n := utf8.DecodeRuneInString(p.s[p.i:])
		p.i += n
	}
	return p.s[start:p.i]
}

// list reads elements up to one of the ends (as "}" or "\right"), which it leaves; "" is the end of the formula.
func (p *texParser) list(ends ...string) (string, bool) {
	if p.depth++; p.depth > 60 {
		return "", false
	}
	defer func() { p.depth-- }()
	var out strings.Builder
	for {
		p.space()
		if p.i >= len(p.s) {
			return out.String(), len(ends) == 1 && ends[0] == ""
		}
		for _, e := range ends {
			if e != "" && p.peek(e) {
				return out.String(), true
			}
		}
		if p.s[p.i] == '}' || p.s[p.i] == '&' || p.peek(`\\`) || p.peek(`\end{`) {
			return "", false
		}
		el, ok := p.scripted()
		if !ok {
			return "", false
		}
		out.WriteString(el)
	}
}

// scripted reads an atom with its subscript, superscript and primes.
func (p *texParser) scripted() (string, bool) {
	base, limits, ok := "", false, true
	if p.s[p.i] != '^' && p.s[p.i] != '_' {
		if base, limits, ok = p.atom(); !ok {
			return "", false
		}
	}
	sub, sup, primes := "", "", ""
	for {
		p.space()
		switch {
		case p.peek(`\limits`):
			p.i += len(`\limits`)
			limits = true
			continue
		case p.peek(`\nolimits`):
			p.i += len(`\nolimits`)
			limits = false
			continue
		case p.peek("'"):
			p.i++
			primes += "′"
			continue
		case p.peek("_") && sub == "":
			p.i++
			if sub, ok = p.argument(); !ok {
				return "", false
			}
			continue
		case p.peek("^") && sup == "":
			p.i++
			if sup, ok = p.argument(); !ok {
				return "", false
			}
			continue
		}
		break
	}
	if p.i < len(p.s) && (p.s[p.i] == '^' || p.s[p.i] == '_') { // a second superscript: TeX refuses it, too
		return "", false
	}
	if primes != "" {
		sup = "<mo>" + primes + "</mo>" + sup
		if strings.HasPrefix(sup, "<mo>"+primes+"</mo><") {
			sup = row(sup)
		}
	}
	if base == "" && (sub != "" || sup != "") {
		base = "<mrow></mrow>"
	}
	tag, after := "", ""
	if name, ok := strings.CutSuffix(base, applied); ok { // the scripts are the name's
		base, after = name, applied
	}
	switch {
	case sub != "" && sup != "" && limits:
		tag = "munderover"
	case sub != "" && sup != "":
		tag = "msubsup"
	case sub != "" && limits:
		tag = "munder"
	case sub != "":
		tag = "msub"
	case sup != "" && limits:
		tag = "mover"
	case sup != "":
		tag = "msup"
	default:
		return base + after, true
	}
	return "<" + tag + ">" + base + sub + sup + "</" + tag + ">" + after, true
}

// argument reads what a command or a script applies to: a group, a command, or one character.
func (p *texParser) argument() (string, bool) {
	p.space()
	if p.i >= len(p.s) {
		return "", false
	}
	if p.s[p.i] == '{' {
		p.i++
		body, ok := p.list("}")
		if !ok {
			return "", false
		}
		p.i++
		return row(body), true
	}
	if c := p.s[p.i]; c >= '0' && c <= '9' { // x^12 raises the 1
		p.i++
		return "<mn>" + string(c) + "</mn>", true
	}
	el, _, ok := p.atom()
	if strings.HasSuffix(el, applied) {
		el = row(el)
	}
	return el, ok && el != ""
}

// applied follows the name of a function: an operator that is spoken, but not seen.
const applied = "<mo>\u2061</mo>"

// verbatim reads a group's text as it is written.
func (p *texParser) verbatim() (string, bool) {
	p.space()
	if !p.peek("{") {
		return "", false
	}
	depth, start := 0, p.i+1
	for ; p.i < len(p.s); p.i++ {
		switch p.s[p.i] {
		case '\\':
			p.i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				p.i++
				return p.s[start : p.i-1], true
			}
		}
	}
	return "", false
}

// atom reads one element. limits: scripts stand over and under it in display.
func (p *texParser) atom() (el string, limits, ok bool) {
	c, n := utf8.DecodeRuneInString(p.s[p.i:])
	switch {
	case c == '\\':
		p.i++
		return p.control(p.command())
	case c == '{':
		el, ok = p.argument()
		return el, false, ok
	case c >= '0' && c <= '9':
		start := p.i
		for p.i < len(p.s) && (p.s[p.i] >= '0' && p.s[p.i] <= '9' || (p.s[p.i] == '.' || p.s[p.i] == ',') && p.i+1 < len(p.s) && p.s[p.i+1] >= '0' && p.s[p.i+1] <= '9') {
			p.i++
		}
		return "<mn>" + p.s[start:p.i] + "</mn>", false, true
	case c == '~':
		p.i++
		return "<mspace width=\"0.33em\"/>", false, true
	case unicode.IsLetter(c):
		p.i += n
		return "<mi>" + esc(string(c)) + "</mi>", false, true
	case c == '-':
		p.i++
		return "<mo>−</mo>", false, true
	case c == '*':
		p.i++
		return "<mo>∗</mo>", false, true
	case c == '|': // a bar fences here, and takes no room as a relation would
		p.i++
		return `<mo stretchy="false" lspace="0" rspace="0">|</mo>`, false, true
	case strings.ContainsRune("()[]", c):
		p.i++
		return `<mo stretchy="false">` + string(c) + "</mo>", false, true
	case c > ' ' && c != '#' && c != '$' && c != '"':
		p.i += n
		return "<mo>" + esc(string(c)) + "</mo>", false, true
	}
	return "", false, false
}

// control gives the element of a command.
func (p *texParser) control(name string) (el string, limits, ok bool) {
	if s, known := texLetters[name]; known {
		return "<mi>" + s + "</mi>", false, true
	}
	if s, known := texOperators[name]; known {
		return "<mo>" + s + "</mo>", false, true
	}
	if s, known := texBig[name]; known {
		return "<mo>" + s + "</mo>", p.display && !strings.Contains(name, "int"), true
	}
	if texFunctions[name] {
		limit := name == "lim" || name == "max" || name == "min" || name == "sup" || name == "inf" || name == "argmax" || name == "argmin"
		return "<mi>" + name + "</mi>" + applied, limit && p.display, true // function application
	}
	if width, known := texSpaces[name]; known {
		return `<mspace width="` + width + `"/>`, false, true
	}
	if accent, known := texAccents[name]; known {
		arg, ok := p.argument()
		tag := "mover"
		if name == "underline" || name == "underbrace" {
			tag = "munder"
		}
		return "<" + tag + ` accent="true">` + arg + "<mo>" + accent + "</mo></" + tag + ">", strings.HasSuffix(name, "brace"), ok
	}
	if variant, known := texAlphabets[name]; known {
		text, ok := p.verbatim()
		if !ok {
			p.space()
			if p.i >= len(p.s) || p.s[p.i] == '\\' {
				return "", false, false
			}
			_, n := utf8.DecodeRuneInString(p.s[p.i:])
			text = p.s[p.i : p.i+n]
			p.i += n
		}
		return alphabet(variant, text)
	}
	switch name {
	case "frac", "dfrac", "tfrac", "binom", "cfrac":
		a, ok1 := p.argument()
		b, ok2 := p.argument()
		if name == "binom" {
			return `<mrow><mo>(</mo><mfrac linethickness="0">` + a + b + "</mfrac><mo>)</mo></mrow>", false, ok1 && ok2
		}
		return "<mfrac>" + a + b + "</mfrac>", false, ok1 && ok2
	case "sqrt":
		p.space()
		if p.peek("[") {
			p.i++
			index, ok := p.list("]")
			if !ok {
				return "", false, false
			}
			p.i++
			arg, ok := p.argument()
			return "<mroot>" + arg + row(index) + "</mroot>", false, ok
		}
		arg, ok := p.argument()
		return "<msqrt>" + arg + "</msqrt>", false, ok
	case "text", "textrm", "mbox", "textit", "textbf", "textnormal":
		s, ok := p.verbatim()
		if strings.ContainsAny(s, `\$`) {
			return "", false, false
		}
		if strings.HasPrefix(s, " ") { // the ends of mtext lose their spaces
			s = "\u00a0" + s[1:]
		}
		if strings.HasSuffix(s, " ") {
			s = s[:len(s)-1] + "\u00a0"
		}
		return "<mtext>" + esc(s) + "</mtext>", false, ok
	case "operatorname", "operatorname*":
		s, ok := p.verbatim()
		if strings.Contains(s, `\`) {
			return "", false, false
		}
		return "<mi>" + esc(s) + "</mi>" + applied, false, ok
	case "overset", "stackrel", "underset":
		a, ok1 := p.argument()
		b, ok2 := p.argument()
		if name == "underset" {
			return "<munder>" + b + a + "</munder>", false, ok1 && ok2
		}
		return "<mover>" + b + a + "</mover>", false, ok1 && ok2
	case "left":
		open, ok1 := p.delimiter()
		var body strings.Builder
		for {
			part, ok := p.list(`\right`, `\middle`)
			if !ok || !ok1 {
				return "", false, false
			}
			body.WriteString(part)
			if p.peek(`\right`) {
				p.i += len(`\right`)
				break
			}
			p.i += len(`\middle`)
			d, ok := p.delimiter()
			if !ok {
				return "", false, false
			}
			body.WriteString("<mo>" + d + "</mo>")
		}
		shut, ok2 := p.delimiter()
		fence := func(s string) string {
			if s == "" {
				return ""
			}
			return `<mo stretchy="true">` + s + "</mo>"
		}
		return row(fence(open) + body.String() + fence(shut)), false, ok2
	case "big", "Big", "bigg", "Bigg", "bigl", "bigr", "Bigl", "Bigr", "biggl", "biggr":
		d, ok := p.delimiter()
		return "<mo>" + d + "</mo>", false, ok
	case "begin":
		return p.environment()
	case "displaystyle", "textstyle", "scriptstyle", "nonumber", "notag", "limits", "nolimits":
		return "", false, true
	case "{", "}", "%", "$", "#", "_", "&":
		if name == "{" || name == "}" {
			return `<mo stretchy="false">` + name + "</mo>", false, true
		}
		return "<mo>" + esc(name) + "</mo>", false, true
	case "|":
		return `<mo stretchy="false" lspace="0" rspace="0">‖</mo>`, false, true
	}
	return "", false, false
}

// delimiter reads what stands after \left; a stop is none.
func (p *texParser) delimiter() (string, bool) {
	p.space()
	if p.i >= len(p.s) {
		return "", false
	}
	c := p.s[p.i]
	p.i++
	switch {
	case c == '.':
		return "", true
	case strings.IndexByte("()[]|/", c) >= 0:
		return string(c), true
	case c == '<':
		return "⟨", true
	case c == '>':
		return "⟩", true
	case c == '\\':
		name := p.command()
		if name == "{" || name == "}" {
			return name, true
		}
		if name == "|" {
			return "‖", true
		}
		s, ok := texOperators[name]
		return s, ok
	}
	return "", false
}

// environment reads a matrix, cases or aligned lines.
func (p *texParser) environment() (el string, limits, ok bool) {
	name, ok := p.verbatim()
	if !ok {
		return "", false, false
	}
	fences, known := texMatrices[name]
	if !known {
		return "", false, false
	}
	if name == "array" {
		if _, ok := p.verbatim(); !ok { // columns
			return "", false, false
		}
	}
	end := `\end{` + name + "}"
	var table strings.Builder
	table.WriteString("<mtable>")
	for done := false; !done; {
		table.WriteString("<mtr>")
		for {
			cell, ok := p.list("&", `\\`, end)
			if !ok {
				return "", false, false
			}
			align := ""
			if fences.align != "" {
				align = ` style="text-align: ` + fences.align + `"`
			}
			table.WriteString("<mtd" + align + ">" + cell + "</mtd>")
			if p.peek("&") {
				p.i++
				continue
			}
			if p.peek(end) {
				p.i += len(end)
				done = true
				break
			}
			p.i += len(`\\`)
			p.space()
			if p.peek(end) {
				p.i += len(end)
				done = true
			}
			break
		}
		table.WriteString("</mtr>")
	}
	table.WriteString("</mtable>")
	mo := func(s string) string {
		if s == "" {
			return ""
		}
		return "<mo>" + s + "</mo>"
	}
	return row(mo(fences.open) + table.String() + mo(fences.shut)), false, true
}

var texMatrices = map[string]struct{ open, shut, align string }{
	"matrix": {}, "pmatrix": {open: "(", shut: ")"}, "bmatrix": {open: "[", shut: "]"}, "vmatrix": {open: "|", shut: "|"},
	"Bmatrix": {open: "{", shut: "}"}, "Vmatrix": {open: "‖", shut: "‖"}, "cases": {open: "{", align: "left"}, "array": {}, "smallmatrix": {},
	"aligned": {align: "left"}, "align": {align: "left"}, "align*": {align: "left"}, "split": {align: "left"}, "gathered": {},
	"equation": {}, "equation*": {}, "gather": {}, "gather*": {},
}

// alphabet writes letters in one of the mathematical alphabets, by Unicode's own characters for them.
func alphabet(variant, text string) (el string, limits, ok bool) {
	if strings.ContainsAny(text, `\{}^_$`) {
		return "", false, false
	}
	if variant == "rm" {
		if utf8.RuneCountInString(text) == 1 {
			return `<mi mathvariant="normal">` + esc(text) + "</mi>", false, true
		}
		if strings.Trim(text, "0123456789") == "" {
			return "<mn>" + text + "</mn>", false, true
		}
		return "<mi>" + esc(text) + "</mi>", false, true
	}
	var out strings.Builder
	for _, r := range text {
		out.WriteRune(mathLetter(variant, r))
	}
	return "<mi>" + esc(out.String()) + "</mi>", false, true
}

// mathLetter gives a letter of the Mathematical Alphanumeric Symbols; those that Unicode had before stand elsewhere.
func mathLetter(variant string, r rune) rune {
	base := map[string][3]rune{"bb": {0x1D538, 0x1D552, 0x1D7D8}, "bf": {0x1D400, 0x1D41A, 0x1D7CE}, "cal": {0x1D49C, 0x1D4B6, 0}, "frak": {0x1D504, 0x1D51E, 0},
		"sf": {0x1D5A0, 0x1D5BA, 0x1D7E2}, "tt": {0x1D670, 0x1D68A, 0x1D7F6}}[variant]
	early := map[string]string{"bb": "CℂHℍNℕPℙQℚRℝZℤ", "cal": "BℬEℰFℱHℋIℐLℒMℳRℛeℯgℊoℴ", "frak": "CℭHℌIℑRℜZℨ"}[variant]
	if i := strings.IndexRune(early, r); i >= 0 && r < 0x80 {
		s, _ := utf8.DecodeRuneInString(early[i+1:])
		return s
	}
	switch {
	case r >= 'A' && r <= 'Z':
		return base[0] + r - 'A'
	case r >= 'a' && r <= 'z':
		return base[1] + r - 'a'
	case r >= '0' && r <= '9' && base[2] != 0:
		return base[2] + r - '0'
	}
	return r
}

var texAlphabets = map[string]string{"mathrm": "rm", "mathbf": "bf", "boldsymbol": "bf", "mathbb": "bb", "mathcal": "cal", "mathscr": "cal",
	"mathfrak": "frak", "mathsf": "sf", "mathtt": "tt", "rm": "rm"}

var texAccents = map[string]string{"bar": "¯", "overline": "‾", "hat": "^", "widehat": "^", "tilde": "~", "widetilde": "~", "vec": "→", "dot": "˙",
	"ddot": "¨", "underline": "_", "overbrace": "⏞", "underbrace": "⏟", "overrightarrow": "→", "check": "ˇ", "breve": "˘", "acute": "´", "grave": "`"}

var texSpaces = map[string]string{",": "0.167em", ":": "0.222em", ">": "0.222em", ";": "0.278em", "!": "-0.167em", " ": "0.25em", "quad": "1em", "qquad": "2em", "thinspace": "0.167em"}

var texFunctions = set("sin cos tan cot sec csc arcsin arccos arctan sinh cosh tanh coth log ln lg exp det dim ker deg gcd lim max min sup inf arg hom Pr argmax argmin")

var texBig = pairs("sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ bigcup ⋃ bigcap ⋂ bigoplus ⨁ bigotimes ⨂ bigvee ⋁ bigwedge ⋀")

var texLetters = pairs(`alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ lambda λ mu μ nu ν xi ξ
	omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ
	Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω infty ∞ partial ∂ nabla ∇ hbar ℏ ell ℓ Re ℜ Im ℑ aleph ℵ emptyset ∅
	varnothing ∅ imath ı jmath ȷ wp ℘ top ⊤ bot ⊥ angle ∠ triangle △ prime ′ degree °`)

var texOperators = pairs(`times × cdot ⋅ div ÷ pm ± mp ∓ ast ∗ star ⋆ circ ∘ bullet ∙ leq ≤ le ≤ geq ≥ ge ≥ neq ≠ ne ≠ equiv ≡ approx ≈ sim ∼ simeq ≃
	cong ≅ propto ∝ ll ≪ gg ≫ in ∈ notin ∉ ni ∋ subset ⊂ subseteq ⊆ supset ⊃ supseteq ⊇ cup ∪ cap ∩ setminus ∖ land ∧ wedge ∧ lor ∨
	vee ∨ lnot ¬ neg ¬ forall ∀ exists ∃ nexists ∄ to → rightarrow → leftarrow ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐
	Leftrightarrow ⇔ implies ⟹ iff ⟺ mapsto ↦ longrightarrow ⟶ uparrow ↑ downarrow ↓ oplus ⊕ ominus ⊖ otimes ⊗ odot ⊙ perp ⊥
	parallel ∥ mid ∣ nmid ∤ vdash ⊢ models ⊨ langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋ lceil ⌈ rceil ⌉ lvert | rvert | lVert ‖ rVert ‖ vert | Vert ‖
	ldots … dots … cdots ⋯ vdots ⋮ ddots ⋱ colon : backslash \ lbrace { rbrace } lbrack [ rbrack ] prec ≺ succ ≻ therefore ∴ because ∵
	doteq ≐ asymp ≍ hookrightarrow ↪ rightleftharpoons ⇌ leqslant ⩽ geqslant ⩾ square □ blacksquare ■ dagger † ddagger ‡ amalg ⨿ lt &lt; gt &gt;`)

func pairs(s string) map[string]string {
	f := strings.Fields(s)
	m := make(map[string]string, len(f)/2)
	for i := 0; i+1 < len(f); i += 2 {
		m[f[i]] = f[i+1]
	}
	return m
}

func set(s string) map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(s) {
		m[w] = true
	}
	return m
}
