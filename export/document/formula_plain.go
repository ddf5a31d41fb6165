package document

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Plain writes the formula in one line of characters, as one types it where nothing else can stand: in bookmarks, metadata,
// running heads, tables of contents. E = mc², a/(b + c), √(x + 1). "" for no formula.
func (f *Formula) Plain() string {
	p := plainFormula{left: 10_000}
	return strings.Join(strings.Fields(p.of(f, 0)), " ")
}

// A plainFormula is a formula being written in a line; left is how many more elements are taken in.
type plainFormula struct{ left int }

func (p *plainFormula) of(f *Formula, depth int) string {
	if p.left--; f == nil || depth > MaxFormulaDepth || p.left < 0 {
		return ""
	}
	kids := make([]*Formula, 0, len(f.Kids))
	said := f.Text
	for _, k := range f.Kids {
		switch {
		case k == nil:
		case k.Name == "":
			said += k.Text
		default:
			kids = append(kids, k)
		}
	}
	kid := func(i int) string {
		if i >= len(kids) {
			return ""
		}
		return p.of(kids[i], depth+1)
	}
	switch f.Name {
	case "mi", "mn", "mtext":
		return strings.Join(strings.Fields(said), " ")
	case "mo":
		return plainOperator(strings.TrimSpace(said))
	case "ms":
		return `"` + strings.TrimSpace(said) + `"`
	case "mspace":
		return " "
	case "mphantom", "none", "mprescripts", "annotation", "annotation-xml", "malignmark", "maligngroup":
		return ""
	case "semantics", "maction":
		return kid(0)
	case "mfrac":
		return grouped(kid(0)) + "/" + grouped(kid(1))
	case "msqrt":
		return "√" + grouped(p.row(kids, depth))
	case "mroot":
		return raisedPlain(kid(1)) + "√" + grouped(kid(0))
	case "msub", "munder":
		return kid(0) + loweredPlain(kid(1))
	case "msup":
		return kid(0) + raisedPlain(kid(1))
	case "mover":
		return accented(kid(0), kid(1))
	case "msubsup", "munderover":
		return kid(0) + loweredPlain(kid(1)) + raisedPlain(kid(2))
	case "mmultiscripts":
		return p.multiscripts(kids, depth)
	case "mfenced":
		return p.fenced(f, kids, depth)
	case "mtable":
		return "(" + p.list(kids, "; ", depth) + ")"
	case "mtr", "mlabeledtr":
		return p.list(kids, ", ", depth)
	}
	return p.row(kids, depth) + strings.TrimSpace(said)
}

// row writes elements one after the other; names of several letters stand clear of their neighbours.
func (p *plainFormula) row(kids []*Formula, depth int) string {
	var b strings.Builder
	last, long := ' ', false
	for _, k := range kids {
		s := p.of(k, depth+1)
		first, _ := utf8.DecodeRuneInString(s)
		name := utf8.RuneCountInString(s) > 1 && k.Name == "mi"
		if (name || long) && unicode.IsLetter(last) && (unicode.IsLetter(first) || unicode.IsDigit(first)) {
			b.WriteByte(' ')
		}
		if s != "" {
			last, _ = utf8.DecodeLastRuneInString(s)
			long = name
		}
		// A sign that opens a row stands close: −x.
		if b.Len() == 0 {
			s = strings.TrimPrefix(s, " ")
			if strings.HasPrefix(s, "−") || strings.HasPrefix(s, "-") || strings.HasPrefix(s, "+") {
				s = strings.TrimRight(s, " ")
			}
		}
		b.WriteString(s)
	}
	return b.String()
}

func (p *plainFormula) list(kids []*Formula, between string, depth int) string {
	var parts []string
	for _, k := range kids {
		parts = append(parts, strings.TrimSpace(p.of(k, depth+1)))
	}
	return strings.Join(parts, between)
}

// fenced writes what MathML 3 § 3.3.8 puts between fences.
func (p *plainFormula) fenced(f *Formula, kids []*Formula, depth int) string {
	open, shut, separators := "(", ")", ","
	for _, a := range f.Attrs {
		switch a.Name {
		case "open":
			open = a.Value
		case "close":
			shut = a.Value
		case "separators":
			separators = strings.TrimSpace(a.Value)
		}
	}
	if separators != "" {
		r, _ := utf8.DecodeRuneInString(separators)
		separators = string(r) + " "
	}
	return open + p.list(kids, separators, depth) + shut
}

// multiscripts writes scripts before and behind a base (MathML 3 § 3.4.7).
func (p *plainFormula) multiscripts(kids []*Formula, depth int) string {
	if len(kids) == 0 {
		return ""
	}
	before, behind := "", ""
	to := &behind
	n := 0
	for _, k := range kids[1:] {
		if k.Name == "mprescripts" {
			to, n = &before, 0
			continue
		}
		s := p.of(k, depth+1)
		if n++; n%2 == 1 {
			*to += loweredPlain(s)
		} else {
			*to += raisedPlain(s)
		}
	}
	return before + p.of(kids[0], depth+1) + behind
}

// plainOperator gives an operator with the blanks that it stands between.
func plainOperator(s string) string {
	switch s {
	case "\u2061", "\u2062", "\u2063", "\u2064":
		return ""
	case ",", ";", ":":
		return s + " "
	case "-":
		return " − "
	}
	r, n := utf8.DecodeRuneInString(s)
	if n == len(s) && (strings.ContainsRune("=<>+−±∓×÷·∗⋅∘∪∩∧∨⊕⊗∖", r) || r >= '←' && r <= '⇿' || r >= '∈' && r <= '∍' || r >= '∼' && r <= '⋿') {
		return " " + s + " "
	}
	return s
}

// grouped puts parentheses around what would fall apart beside a slash or under a root.
func grouped(s string) string {
	s = strings.TrimSpace(s)
	if strings.ContainsAny(s, " /") {
		return "(" + s + ")"
	}
	return s
}

// superiors and inferiors are the characters that Unicode has raised and lowered.
var (
	superiors = pairs("0123456789+−-=()nixyabcdefghjklmoprstuvwz′", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ⁿⁱˣʸᵃᵇᶜᵈᵉᶠᵍʰʲᵏˡᵐᵒᵖʳˢᵗᵘᵛʷᶻ′")
	inferiors = pairs("0123456789+−-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ")
	accents   = pairs("¯‾^ˆ~˜→⃗˙.¨ˇ´`", "\u0304\u0304\u0302\u0302\u0303\u0303\u20d7\u20d7\u0307\u0307\u0308\u030c\u0301\u0300")
)

func pairs(from, to string) map[rune]rune {
	m, values := map[rune]rune{}, []rune(to)
	for i, r := range []rune(from) {
		m[r] = values[i]
	}
	return m
}

func raisedPlain(s string) string {
	switch strings.TrimSpace(s) {
	case "′", "″", "‴", "*", "∗", "†", "°", "∘":
		return strings.TrimSpace(s)
	}
	return script(s, "^", superiors)
}
func loweredPlain(s string) string { return script(s, "_", inferiors) }

// script writes a script with Unicode's own characters if there is one for each, else behind a mark.
func script(s, mark string, own map[rune]rune) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	tight := strings.ReplaceAll(s, " ", "")
	if all := strings.Map(func(r rune) rune {
		if o, ok := own[r]; ok {
			return o
		}
		return utf8.RuneError
	}, tight); !strings.ContainsRune(all, utf8.RuneError) {
		return all
	}
	if utf8.RuneCountInString(tight) > 1 {
		return mark + "(" + s + ")"
	}
	return mark + s
}

// accented writes what stands over a letter as its accent, over anything else as a superscript.
func accented(base, over string) string {
	r, n := utf8.DecodeRuneInString(strings.TrimSpace(over))
	if mark, ok := accents[r]; ok && n == len(strings.TrimSpace(over)) && utf8.RuneCountInString(base) == 1 {
		return base + string(mark)
	}
	return base + raisedPlain(over)
}
