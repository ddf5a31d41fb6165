package tex

import "strings"

// alphabetCommands names the alphabets and the commands that choose one for their argument.
var alphabetCommands = [...]struct{ font, commands string }{
	{"rm", "mathrm mathup mathnormalfont rm symup"},
	{"bf", "mathbf bf symbf mathbold"},
	{"bi", "boldsymbol bm pmb mathbfit"},
	{"it", "mathit it mathnormal"},
	{"sf", "mathsf sf"},
	{"tt", "mathtt tt"},
	{"bb", "mathbb Bbb mathds mathbbm"},
	{"cal", "mathcal mathscr cal scr"},
	{"frak", "mathfrak frak"},
}

// A block is where an alphabet stands among Unicode's mathematical alphanumeric symbols: its first capital, small letter and
// figure, and those of Greek; 0 where it has none.
type block struct {
	upper, lower, digit rune
	greek, smallGreek   rune
	from, to            string // letters that stand elsewhere, since Unicode had them before
}

// blockOf tells where an alphabet stands.
func blockOf(font string) block {
	switch font {
	case "bf":
		return block{upper: 0x1D400, lower: 0x1D41A, digit: 0x1D7CE, greek: 0x1D6A8, smallGreek: 0x1D6C2}
	case "bi":
		return block{upper: 0x1D468, lower: 0x1D482, digit: 0x1D7CE, greek: 0x1D71C, smallGreek: 0x1D736}
	case "bb":
		return block{upper: 0x1D538, lower: 0x1D552, digit: 0x1D7D8, from: "CHNPQRZ", to: "ℂℍℕℙℚℝℤ"}
	case "cal":
		return block{upper: 0x1D49C, lower: 0x1D4B6, from: "BEFHILMRego", to: "ℬℰℱℋℐℒℳℛℯℊℴ"}
	case "frak":
		return block{upper: 0x1D504, lower: 0x1D51E, from: "CHIRZ", to: "ℭℌℑℜℨ"}
	case "sf":
		return block{upper: 0x1D5A0, lower: 0x1D5BA, digit: 0x1D7E2}
	case "tt":
		return block{upper: 0x1D670, lower: 0x1D68A, digit: 0x1D7F6}
	}
	return block{}
}

// letterIn writes a letter or digit in an alphabet with Unicode's mathematical alphanumeric symbols: MathML Core knows no other
// way to ask for them.
func letterIn(font string, c rune) rune {
	b := blockOf(font)
	if i := strings.IndexRune(b.from, c); i >= 0 {
		return []rune(b.to)[i]
	}
	for _, r := range [...]struct{ first, last, at rune }{
		{'A', 'Z', b.upper}, {'a', 'z', b.lower}, {'0', '9', b.digit}, {'Α', 'Ω', b.greek}, {'α', 'ω', b.smallGreek},
	} {
		if r.at != 0 && c >= r.first && c <= r.last && c != 0x3A2 { // which is no letter, between Ρ and Σ
			return r.at + c - r.first
		}
	}
	return c
}
