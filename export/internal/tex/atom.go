package tex

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// An atom is one thing of a formula: its element, and what it does among its neighbours. An atom without an element leaves
// nothing to be seen.
type atom struct {
	e        *node
	class    class
	limits   limits
	function bool // it is applied to what follows
}

// Limits say where the scripts of an atom stand.
type limits uint8

const (
	beside        limits = iota
	underAndOver         // where there is room
	alwaysUnderIt        // and over it: \limits, braces
)

func ord(e *node) atom { return atom{e: e, class: ordinary} }

// atom reads one thing without its scripts.
func (p *parser) atom() atom {
	if p.at >= len(p.src) {
		p.stop(errNoArgument)
		return atom{}
	}
	switch c := p.src[p.at]; {
	case c == '{':
		p.at++
		return ord(rowOf(p.row(toBrace)))
	case c == '^' || c == '_' || c == '\'':
		return ord(nothing()) // what the scripts stand at
	case c == '~':
		p.at++
		return atom{e: space("0.25em")}
	case c == '\\':
		return p.commandAtom()
	case isDigit(c) || c == '.' && p.digitAt(p.at+1):
		return ord(p.letters("mn", p.number()))
	case p.starts("..."):
		p.at += 3
		return atom{e: leaf("mo", "…"), class: inner}
	case p.starts(":="):
		p.at += 2
		return atom{e: leaf("mo", "≔"), class: relation}
	case c == '#' || c == '$' || c < ' ':
		p.fail("the formula has a %q", c)
		return atom{}
	}
	return p.character()
}

// character reads one character that stands for itself.
func (p *parser) character() atom {
	from := p.at
	r, n := utf8.DecodeRuneInString(p.src[p.at:])
	if r == utf8.RuneError && n <= 1 || r == 0xFFFE || r == 0xFFFF || unicode.Is(unicode.Cc, r) {
		p.fail("the formula has an odd character")
		return atom{}
	}
	p.at += n
	if s, ok := characters()[p.src[from:p.at]]; ok {
		return p.symbol(s)
	}
	switch {
	case unicode.IsLetter(r):
		p.restOfName()
		return ord(p.letters("mi", p.src[from:p.at]))
	case unicode.IsNumber(r):
		return ord(leaf("mn", string(r)))
	case unicode.Is(unicode.Sm, r):
		return atom{e: leaf("mo", string(r)), class: relation}
	}
	return ord(leaf("mi", string(r), "mathvariant", "normal"))
}

// restOfName passes what belongs to the letter before: its marks, and in an upright alphabet the letters of a name.
func (p *parser) restOfName() {
	joined := p.font == "rm" || p.font == "bf" || p.font == "sf" || p.font == "tt"
	for p.at < len(p.src) {
		r, n := utf8.DecodeRuneInString(p.src[p.at:])
		if !unicode.IsMark(r) && !(joined && unicode.IsLetter(r)) {
			return
		}
		p.at += n
	}
}

// letters writes letters or digits in the alphabet that is in force.
func (p *parser) letters(name, text string) *node {
	e := element(name)
	if p.font != "" && p.font != "it" {
		if p.font == "rm" && name == "mi" && utf8.RuneCountInString(text) == 1 {
			e.Set("mathvariant", "normal")
		}
		text = strings.Map(func(c rune) rune { return letterIn(p.font, c) }, text)
	}
	return say(e, text)
}

// number reads digits with their point, or comma where that parts the whole from its fraction: always as {,}, and between
// two digits where the language writes so and no list of numbers is likely; and the comma before thousands.
func (p *parser) number() string {
	var b strings.Builder
	first := p.digits(&b)
	listless := p.scripts == 0 && p.parens == 0
	for p.at < len(p.src) {
		switch {
		case p.starts("{,}") || p.starts("{.}"):
			b.WriteByte(p.src[p.at+1])
			p.at += 3
		case p.src[p.at] == '.' && p.digitAt(p.at+1),
			p.src[p.at] == ',' && listless && p.partsNumber(first):
			b.WriteByte(p.src[p.at])
			p.at++
		default:
			return b.String()
		}
		p.digits(&b)
	}
	return b.String()
}

// digits passes digits and tells how many they are.
func (p *parser) digits(b *strings.Builder) int {
	from := p.at
	for p.digitAt(p.at) {
		p.at++
	}
	b.WriteString(p.src[from:p.at])
	return p.at - from
}

// partsNumber reports whether the comma here stands within a number that began with so many digits: before its fraction, or
// before thousands.
func (p *parser) partsNumber(first int) bool {
	i := p.at
	if p.options.Comma {
		return p.digitAt(i + 1)
	}
	return first <= 3 && p.digitAt(i+1) && p.digitAt(i+2) && p.digitAt(i+3) && !p.digitAt(i+4)
}

// symbol makes the element of a character or a command without arguments.
func (p *parser) symbol(s symbol) atom {
	a := atom{class: s.class}
	if s.limits {
		a.limits = underAndOver
	}
	switch s.kind {
	case italic:
		a.e = p.letters("mi", s.text)
	case upright:
		if a.e = leaf("mi", s.text); p.font == "bf" || p.font == "bi" {
			a.e = p.letters("mi", s.text)
		}
		if utf8.RuneCountInString(s.text) == 1 {
			a.e.Set("mathvariant", "normal")
		}
	case function:
		a.function = true
		if a.e = leaf("mi", s.text); s.limits {
			a.e = named(s.text)
		}
	default:
		a.e = p.operator(s)
	}
	return a
}

// operator makes a sign, and says of it what the operator dictionary of MathML Core would not do as TeX does.
func (p *parser) operator(s symbol) *node {
	e := leaf("mo", s.text)
	switch s.class {
	case opening:
		p.parens++
		e.Set("stretchy", "false")
	case closing:
		if s.text != "!" && s.text != "?" {
			p.parens--
			e.Set("stretchy", "false")
		}
	case operation:
		if s.limits {
			e.Set("movablelimits", "true")
		}
	case ordinary:
		if s.text == "." || s.text == "/" {
			give(e, "lspace", "0em", "rspace", "0em")
		}
	case relation:
		if strings.ContainsAny(s.text, "→←↔⇒⇐⇔⟶⟵⟷⟹⟸⟺↑↓") {
			e.Set("stretchy", "false")
		}
	}
	return e
}

// argument reads what a command takes: a group, or one thing.
func (p *parser) argument() *node {
	switch c := p.here(); {
	case c == 0 || strings.IndexByte("}&^_]", c) >= 0:
		p.stop(errNoArgument)
		return nothing()
	case isDigit(c):
		p.at++
		return p.letters("mn", string(c)) // \frac12 is a half
	}
	switch p.next() {
	case "right", "end", `\`:
		p.stop(errNoArgument)
		return nothing()
	}
	defer p.deeper()()
	if p.err != nil {
		return nothing()
	}
	parens, font := p.parens, p.font
	a := p.atom()
	p.parens, p.font = parens, font
	switch {
	case a.e != nil:
		return a.e
	case p.err != nil:
		return nothing()
	}
	return p.argument() // the article's own command, which now stands there in full
}

// argumentIn reads an argument in an alphabet.
func (p *parser) argumentIn(font string) *node {
	was := p.font
	p.font = font
	e := p.argument()
	p.font = was
	return e
}

// option reads an optional argument; nil when there is none or an empty one.
func (p *parser) option() *node {
	if !p.take("[") {
		return nil
	}
	if kids := p.row(toBracket); len(kids) > 0 {
		return rowOf(kids)
	}
	return nil
}
