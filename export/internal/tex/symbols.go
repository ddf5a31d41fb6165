package tex

import (
	"strings"
	"sync"
)

// A mathClass is what a symbol does among its neighbours (Knuth, The TeXbook, ch. 17): it decides spaces, and whether a
// minus is a sign or an operation.
type mathClass uint8

const (
	noClass mathClass = iota
	ordClass
	opClass
	binClass
	relClass
	openClass
	closeClass
	punctClass
	innerClass
)

// A mathSymbol is what a command without arguments stands for.
type mathSymbol struct {
	text   string
	class  mathClass
	kind   byte // 'i' an italic letter, 'n' an upright one, 'o' an operator, 'f' a named function
	limits bool // scripts stand under and over it where there is room
}

// mathTables lists the commands by class: the name, then the character (an underscore is a space).
var mathTables = [...]struct {
	class  mathClass
	kind   byte
	limits bool
	pairs  string
}{
	{ordClass, 'i', false, `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
		varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
		chi χ psi ψ omega ω digamma ϝ ell ℓ imath ı jmath ȷ varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ
		varPhi Φ varPsi Ψ varOmega Ω`},
	{ordClass, 'n', false, `Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω hbar ℏ hslash ℏ Re ℜ Im ℑ
		wp ℘ aleph ℵ beth ℶ gimel ℷ infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △
		square □ Box □ blacksquare ■ diamondsuit ♢ heartsuit ♡ clubsuit ♣ spadesuit ♠ flat ♭ natural ♮ sharp ♯ degree ° prime ′
		dprime ″ backprime ‵ S § P ¶ pounds £ euro € yen ¥ copyright © complement ∁ eth ð mho ℧ surd √ checkmark ✓ % % # # $ $ _ _ & & R ℝ N ℕ Z ℤ
		Q ℚ C ℂ`},
	{ordClass, 'o', false, `forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ backslash \ slash /`},
	{opClass, 'o', true, `sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
		bigsqcup ⨆`},
	{opClass, 'o', false, `int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ intop ∫ smallint ∫`},
	{opClass, 'f', false, `sin sin cos cos tan tan cot cot sec sec csc csc arcsin arcsin arccos arccos arctan arctan arccot arccot sinh sinh
		cosh cosh tanh tanh coth coth exp exp log log ln ln lg lg arg arg deg deg dim dim hom hom ker ker tg tg ctg ctg cotg cotg
		arctg arctg arcctg arcctg sh sh ch ch th th cth cth sgn sgn arsinh arsinh arcosh arcosh artanh artanh arcoth arcoth tr tr rank rank`},
	{opClass, 'f', true, `lim lim max max min min sup sup inf inf det det gcd gcd Pr Pr limsup lim_sup liminf lim_inf injlim inj_lim
		projlim proj_lim argmax arg_max argmin arg_min`},
	{binClass, 'o', false, `pm ± mp ∓ times × div ÷ cdot ⋅ cdotp ⋅ centerdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ Cap ⋒ Cup ⋓ sqcap ⊓
		sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ barwedge ⊼ veebar ⊻ setminus ∖ smallsetminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
		boxplus ⊞ boxtimes ⊠ dagger † ddagger ‡ amalg ⨿ uplus ⊎ wr ≀ diamond ⋄ bigcirc ◯ triangleleft ◃ triangleright ▹
		bigtriangleup △ bigtriangledown ▽ ltimes ⋉ rtimes ⋊ intercal ⊺`},
	{relClass, 'o', false, `le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ lt < gt > ne ≠ neq ≠ equiv ≡ sim ∼ nsim ≁ simeq ≃ approx ≈
		approxeq ≊ cong ≅ ncong ≇ propto ∝ varpropto ∝ in ∈ isin ∈ ni ∋ owns ∋ notin ∉ subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇
		nsubseteq ⊈ nsupseteq ⊉ subsetneq ⊊ supsetneq ⊋ sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ ll ≪ gg ≫ lll ⋘ ggg ⋙
		prec ≺ succ ≻ preceq ⪯ succeq ⪰ mid ∣ nmid ∤ parallel ∥ nparallel ∦ perp ⟂ models ⊨ vdash ⊢ dashv ⊣ vDash ⊨ Vdash ⊩ nvdash ⊬
		nvDash ⊭ asymp ≍ doteq ≐ triangleq ≜ coloneqq ≔ coloneq ≔ eqqcolon ≕ lesssim ≲ gtrsim ≳ lessgtr ≶ nless ≮ ngtr ≯ nleq ≰ ngeq ≱
		to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒ Leftarrow ⇐ Leftrightarrow ⇔ longrightarrow ⟶
		longleftarrow ⟵ longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ implies ⟹ impliedby ⟸ iff ⟺
		mapsto ↦ longmapsto ⟼ hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓
		Updownarrow ⇕ nearrow ↗ searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼
		leftharpoondown ↽ rightleftharpoons ⇌ leftrightharpoons ⇋ leadsto ⇝ rightsquigarrow ⇝ nrightarrow ↛ nleftarrow ↚
		nRightarrow ⇏ twoheadrightarrow ↠ rightrightarrows ⇉ rightleftarrows ⇄ curvearrowright ↷ circlearrowleft ↺ therefore ∴
		because ∵ bowtie ⋈ between ≬ vartriangleleft ⊲ trianglelefteq ⊴ multimap ⊸ upharpoonright ↾ restriction ↾`},
	{openClass, 'o', false, `lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ lgroup ⟮ llbracket ⟦ ulcorner ⌜`},
	{closeClass, 'o', false, `rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] rgroup ⟯ rrbracket ⟧ urcorner ⌝`},
	{ordClass, '|', false, `vert | | ‖ Vert ‖`},
	{punctClass, 'o', false, `colon :`},
	{innerClass, 'o', false, `ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰`},
}

// mathSymbols gives the commands by name; it is made when the first formula is read.
var mathSymbols = sync.OnceValue(func() map[string]mathSymbol {
	all := make(map[string]mathSymbol, 512)
	for _, t := range mathTables {
		f := strings.Fields(t.pairs)
		for i := 0; i+1 < len(f); i += 2 {
			text := f[i+1]
			if len(text) > 1 {
				text = strings.ReplaceAll(text, "_", " ")
			}
			all[f[i]] = mathSymbol{text, t.class, t.kind, t.limits}
		}
	}
	return all
})

// mathChars gives the classes of the characters that formulas hold as themselves.
var mathChars = sync.OnceValue(func() map[string]mathSymbol {
	all := make(map[string]mathSymbol, 512)
	for _, t := range mathTables {
		if t.kind == 'f' || t.kind == '|' {
			continue
		}
		f := strings.Fields(t.pairs)
		for i := 0; i+1 < len(f); i += 2 {
			if _, ok := all[f[i+1]]; !ok {
				all[f[i+1]] = mathSymbol{f[i+1], t.class, t.kind, t.limits}
			}
		}
	}
	for c, s := range map[string]mathSymbol{
		"+": {"+", binClass, 'o', false}, "-": {"−", binClass, 'o', false}, "−": {"−", binClass, 'o', false},
		"–": {"−", binClass, 'o', false}, "*": {"∗", binClass, 'o', false}, "·": {"⋅", binClass, 'o', false},
		"=": {"=", relClass, 'o', false}, "<": {"<", relClass, 'o', false}, ">": {">", relClass, 'o', false},
		":": {":", relClass, 'o', false}, "(": {"(", openClass, 'o', false}, "[": {"[", openClass, 'o', false},
		")": {")", closeClass, 'o', false}, "]": {"]", closeClass, 'o', false}, "!": {"!", closeClass, 'o', false},
		"?": {"?", closeClass, 'o', false}, ",": {",", punctClass, 'o', false}, ";": {";", punctClass, 'o', false},
		"/": {"/", ordClass, 'o', false}, "|": {"|", ordClass, '|', false}, "‖": {"‖", ordClass, '|', false},
		".": {".", ordClass, 'o', false}, "…": {"…", innerClass, 'o', false}, "′": {"′", ordClass, 'n', false},
		"∣": {"∣", relClass, 'o', false},
	} {
		all[c] = s
	}
	return all
})

// A mathMark is an accent or a line, over or under what it marks.
type mathMark struct {
	char    string
	under   bool
	stretch bool
	limits  bool // what is written as a script stands beyond the mark, as with braces
}

// mathMarks gives the accents.
func mathMarkOf(name string) (mathMark, bool) {
	switch name {
	case "bar":
		return mathMark{char: "¯"}, true
	case "hat":
		return mathMark{char: "^"}, true
	case "tilde":
		return mathMark{char: "~"}, true
	case "vec":
		return mathMark{char: "→"}, true
	case "dot":
		return mathMark{char: "˙"}, true
	case "ddot":
		return mathMark{char: "¨"}, true
	case "dddot":
		return mathMark{char: "⃛"}, true
	case "acute":
		return mathMark{char: "´"}, true
	case "grave":
		return mathMark{char: "`"}, true
	case "check":
		return mathMark{char: "ˇ"}, true
	case "breve":
		return mathMark{char: "˘"}, true
	case "mathring":
		return mathMark{char: "˚"}, true
	case "overline":
		return mathMark{char: "¯", stretch: true}, true
	case "widehat":
		return mathMark{char: "^", stretch: true}, true
	case "widetilde":
		return mathMark{char: "~", stretch: true}, true
	case "overrightarrow":
		return mathMark{char: "→", stretch: true}, true
	case "overleftarrow":
		return mathMark{char: "←", stretch: true}, true
	case "overleftrightarrow":
		return mathMark{char: "↔", stretch: true}, true
	case "overbrace":
		return mathMark{char: "⏞", stretch: true, limits: true}, true
	case "overbracket":
		return mathMark{char: "⎴", stretch: true, limits: true}, true
	case "underline", "underbar":
		return mathMark{char: "_", under: true, stretch: true}, true
	case "underbrace":
		return mathMark{char: "⏟", under: true, stretch: true, limits: true}, true
	case "underbracket":
		return mathMark{char: "⎵", under: true, stretch: true, limits: true}, true
	case "underrightarrow":
		return mathMark{char: "→", under: true, stretch: true}, true
	}
	return mathMark{}, false
}

// mathSpaces are the commands for white space, in em.
func mathSpaceOf(name string) (string, bool) {
	switch name {
	case ",", "thinspace":
		return "0.1667em", true
	case ":", ">", "medspace":
		return "0.2222em", true
	case ";", "thickspace":
		return "0.2778em", true
	case "!", "negthinspace":
		return "-0.1667em", true
	case " ", "space", "nobreakspace", "\n", "\t":
		return "0.25em", true
	case "enspace", "enskip":
		return "0.5em", true
	case "quad":
		return "1em", true
	case "qquad":
		return "2em", true
	}
	return "", false
}

// mathFont gives the alphabet that a command chooses for its argument; "" when it chooses none.
func mathFont(name string) string {
	switch name {
	case "mathrm", "mathup", "mathnormalfont", "rm", "symup", "mathds1":
		return "rm"
	case "mathbf", "bf", "symbf", "mathbold":
		return "bf"
	case "boldsymbol", "bm", "pmb", "mathbfit":
		return "bi"
	case "mathit", "it", "mathnormal":
		return "it"
	case "mathsf", "sf":
		return "sf"
	case "mathtt", "tt":
		return "tt"
	case "mathbb", "Bbb", "mathds", "mathbbm":
		return "bb"
	case "mathcal", "mathscr", "cal", "scr":
		return "cal"
	case "mathfrak", "frak":
		return "frak"
	}
	return ""
}

// mathLetter writes a letter or digit in an alphabet with Unicode's mathematical alphanumeric symbols: MathML Core knows no
// other way to ask for them.
func mathLetter(font string, c rune) rune {
	var upper, lower, digit rune
	switch font {
	case "bf":
		upper, lower, digit = 0x1D400, 0x1D41A, 0x1D7CE
		if g := boldGreek(c, 0x1D6A8, 0x1D6C2); g != 0 {
			return g
		}
	case "bi":
		upper, lower, digit = 0x1D468, 0x1D482, 0x1D7CE
		if g := boldGreek(c, 0x1D71C, 0x1D736); g != 0 {
			return g
		}
	case "bb":
		upper, lower, digit = 0x1D538, 0x1D552, 0x1D7D8
		if i := strings.IndexRune("CHNPQRZ", c); i >= 0 && c < 0x80 {
			return []rune("ℂℍℕℙℚℝℤ")[i]
		}
	case "cal":
		upper, lower = 0x1D49C, 0x1D4B6
		if i := strings.IndexRune("BEFHILMRego", c); i >= 0 && c < 0x80 {
			return []rune("ℬℰℱℋℐℒℳℛℯℊℴ")[i]
		}
	case "frak":
		upper, lower = 0x1D504, 0x1D51E
		if i := strings.IndexRune("CHIRZ", c); i >= 0 && c < 0x80 {
			return []rune("ℭℌℑℜℨ")[i]
		}
	case "sf":
		upper, lower, digit = 0x1D5A0, 0x1D5BA, 0x1D7E2
	case "tt":
		upper, lower, digit = 0x1D670, 0x1D68A, 0x1D7F6
	}
	switch {
	case upper != 0 && c >= 'A' && c <= 'Z':
		return upper + c - 'A'
	case lower != 0 && c >= 'a' && c <= 'z':
		return lower + c - 'a'
	case digit != 0 && c >= '0' && c <= '9':
		return digit + c - '0'
	}
	return c
}

func boldGreek(c, upper, lower rune) rune {
	switch {
	case c >= 'Α' && c <= 'Ω' && c != 0x3A2:
		return upper + c - 'Α'
	case c >= 'α' && c <= 'ω':
		return lower + c - 'α'
	}
	return 0
}
