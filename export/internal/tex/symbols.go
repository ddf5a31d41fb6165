package tex

import (
	"strings"
	"sync"
)

// A class is what an atom does among its neighbours (The TeXbook, ch. 17): it decides spaces, and whether a minus is a sign or
// an operation.
type class uint8

const (
	noClass class = iota
	ordinary
	operation
	binary
	relation
	opening
	closing
	punctuation
	inner
)

// wantsOperand reports whether what follows an atom of this class can only be a sign or begin something, not join two things.
func (c class) wantsOperand() bool {
	switch c {
	case noClass, operation, binary, relation, opening, punctuation:
		return true
	}
	return false
}

// A symbol is what a command without arguments stands for, or a character.
type symbol struct {
	text   string
	class  class
	kind   kind
	limits bool // scripts stand under and over it where there is room
}

// A kind is how a symbol is written.
type kind uint8

const (
	sign     kind = iota
	italic        // a letter
	upright       // a letter or a sign like one
	function      // the name of a function
	bar           // a sign that opens, closes or stands between
)

// tables lists the commands by class: the name, then the character (an underscore is a space).
var tables = [...]struct {
	class  class
	kind   kind
	limits bool
	pairs  string
}{
	{ordinary, italic, false, `alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
		varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ upsilon υ phi ϕ varphi φ
		chi χ psi ψ omega ω digamma ϝ ell ℓ imath ı jmath ȷ varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ
		varPhi Φ varPsi Ψ varOmega Ω`},
	{ordinary, upright, false, `Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω hbar ℏ hslash ℏ Re ℜ Im ℑ
		wp ℘ aleph ℵ beth ℶ gimel ℷ infty ∞ partial ∂ nabla ∇ emptyset ∅ varnothing ∅ top ⊤ bot ⊥ angle ∠ measuredangle ∡ triangle △
		square □ Box □ blacksquare ■ diamondsuit ♢ heartsuit ♡ clubsuit ♣ spadesuit ♠ flat ♭ natural ♮ sharp ♯ degree ° prime ′
		dprime ″ backprime ‵ S § P ¶ pounds £ euro € yen ¥ copyright © complement ∁ eth ð mho ℧ surd √ checkmark ✓ % % # # $ $ _ _ & & R ℝ N ℕ Z ℤ
		Q ℚ C ℂ`},
	{ordinary, sign, false, `forall ∀ exists ∃ nexists ∄ neg ¬ lnot ¬ backslash \ slash /`},
	{operation, sign, true, `sum ∑ prod ∏ coprod ∐ bigcup ⋃ bigcap ⋂ bigvee ⋁ bigwedge ⋀ bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄
		bigsqcup ⨆`},
	{operation, sign, false, `int ∫ iint ∬ iiint ∭ oint ∮ oiint ∯ intop ∫ smallint ∫`},
	{operation, function, false, `sin sin cos cos tan tan cot cot sec sec csc csc arcsin arcsin arccos arccos arctan arctan arccot arccot sinh sinh
		cosh cosh tanh tanh coth coth exp exp log log ln ln lg lg arg arg deg deg dim dim hom hom ker ker tg tg ctg ctg cotg cotg
		arctg arctg arcctg arcctg sh sh ch ch th th cth cth sgn sgn arsinh arsinh arcosh arcosh artanh artanh arcoth arcoth tr tr rank rank`},
	{operation, function, true, `lim lim max max min min sup sup inf inf det det gcd gcd Pr Pr limsup lim_sup liminf lim_inf injlim inj_lim
		projlim proj_lim argmax arg_max argmin arg_min`},
	{binary, sign, false, `pm ± mp ∓ times × div ÷ cdot ⋅ cdotp ⋅ centerdot ⋅ ast ∗ star ⋆ circ ∘ bullet ∙ cap ∩ cup ∪ Cap ⋒ Cup ⋓ sqcap ⊓
		sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ barwedge ⊼ veebar ⊻ setminus ∖ smallsetminus ∖ oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
		boxplus ⊞ boxtimes ⊠ dagger † ddagger ‡ amalg ⨿ uplus ⊎ wr ≀ diamond ⋄ bigcirc ◯ triangleleft ◃ triangleright ▹
		bigtriangleup △ bigtriangledown ▽ ltimes ⋉ rtimes ⋊ intercal ⊺`},
	{relation, sign, false, `le ≤ leq ≤ ge ≥ geq ≥ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ lt < gt > ne ≠ neq ≠ equiv ≡ sim ∼ nsim ≁ simeq ≃ approx ≈
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
	{opening, sign, false, `lbrace { { { langle ⟨ lfloor ⌊ lceil ⌈ lvert | lVert ‖ lbrack [ lgroup ⟮ llbracket ⟦ ulcorner ⌜`},
	{closing, sign, false, `rbrace } } } rangle ⟩ rfloor ⌋ rceil ⌉ rvert | rVert ‖ rbrack ] rgroup ⟯ rrbracket ⟧ urcorner ⌝`},
	{ordinary, bar, false, `vert | | ‖ Vert ‖`},
	{punctuation, sign, false, `colon :`},
	{inner, sign, false, `ldots … dots … dotsc … dotso … cdots ⋯ dotsb ⋯ dotsm ⋯ dotsi ⋯ vdots ⋮ ddots ⋱ iddots ⋰`},
}

// ownCharacters lists the characters that stand in formulas as themselves beside those of the tables: each with the character
// it is written as.
var ownCharacters = [...]struct {
	class class
	kind  kind
	pairs string
}{
	{binary, sign, `+ + - − − − – − * ∗ · ⋅`},
	{relation, sign, `= = < < > > : : ∣ ∣`},
	{opening, sign, `( ( [ [`},
	{closing, sign, `) ) ] ] ! ! ? ?`},
	{punctuation, sign, `, , ; ;`},
	{ordinary, sign, `/ / . .`},
	{ordinary, bar, `| | ‖ ‖`},
	{ordinary, upright, `′ ′`},
	{inner, sign, `… …`},
}

// pairsOf gives the words of a table two by two.
func pairsOf(table string, give func(name, text string)) {
	f := strings.Fields(table)
	for i := 0; i+1 < len(f); i += 2 {
		give(f[i], f[i+1])
	}
}

// symbols gives the commands by name; it is made when the first formula is read.
var symbols = sync.OnceValue(func() map[string]symbol {
	all := make(map[string]symbol, 640)
	for _, t := range tables {
		pairsOf(t.pairs, func(name, text string) {
			if len(text) > 1 {
				text = strings.ReplaceAll(text, "_", " ")
			}
			all[name] = symbol{text, t.class, t.kind, t.limits}
		})
	}
	return all
})

// characters gives the characters that formulas hold as themselves; of several commands for one character the first says what
// it is.
var characters = sync.OnceValue(func() map[string]symbol {
	all := make(map[string]symbol, 512)
	for _, t := range tables {
		if t.kind == function || t.kind == bar {
			continue
		}
		pairsOf(t.pairs, func(_, text string) {
			if _, ok := all[text]; !ok {
				all[text] = symbol{text, t.class, t.kind, t.limits}
			}
		})
	}
	for _, t := range ownCharacters {
		pairsOf(t.pairs, func(c, text string) { all[c] = symbol{text: text, class: t.class, kind: t.kind} })
	}
	return all
})
