package tex

import (
	"strconv"
	"strings"
	"sync"
)

// A command reads what belongs to a command of this name, which has been passed, and makes an atom of it.
type command func(p *parser, name string) atom

// readers lists the commands that take arguments, and how they are read.
func readers() []reader {
	return []reader{
		{"frac dfrac tfrac cfrac flatfrac", (*parser).fraction},
		{"binom dbinom tbinom", (*parser).binomial},
		{"sqrt", (*parser).root},
		{"overset stackrel underset", (*parser).stacked},
		{"tensor indices", (*parser).tensor},
		{"prescript", (*parser).prescript},
		{"phantom hphantom vphantom", (*parser).phantom},
		{"not", (*parser).not},
		{"pmod", (*parser).parenthesisedMod},
		{"bmod mod", (*parser).mod},

		{"left", (*parser).left},
		{"qty quantity", (*parser).quantity},
		{"begin", (*parser).environment},
		{"substack", (*parser).substack},

		{"text textrm textnormal textup mbox hbox intertext textsc", textIn("")},
		{"textbf", textIn("bold")},
		{"textit emph", textIn("italic")},
		{"textsf", textIn("sans-serif")},
		{"texttt", textIn("monospace")},
		{"operatorname", (*parser).operatorName},
		{"tag", (*parser).numberTag},

		{"mathop", classed(operation)},
		{"mathbin", classed(binary)},
		{"mathrel", classed(relation)},
		{"mathord", classed(ordinary)},
		{"mathopen", classed(opening)},
		{"mathclose", classed(closing)},
		{"mathpunct", classed(punctuation)},
		{"mathinner", classed(inner)},

		{"boxed fbox", enclosed("box")},
		{"cancel", enclosed("updiagonalstrike")},
		{"bcancel", enclosed("downdiagonalstrike")},
		{"xcancel", enclosed("updiagonalstrike downdiagonalstrike")},

		{"newcommand renewcommand providecommand def gdef DeclareMathOperator", (*parser).define},
		{"hspace hskip kern mkern mskip mspace", (*parser).width},
		{"mathchoice", (*parser).choice},
		{"smash mathclap mathllap mathrlap llap rlap clap", func(p *parser, _ string) atom { return ord(p.argument()) }},
		{"textcolor", (*parser).coloured},

		// What concerns the page alone leaves nothing.
		{"label", func(p *parser, _ string) atom { p.rawArgument(); return atom{} }},
		{"color", func(p *parser, _ string) atom { p.rawOption(); p.rawArgument(); return atom{} }},
		{`nonumber notag hline relax allowbreak nobreak strut mathstrut / - * hfill centering leavevmode protect ensuremath`,
			func(*parser, string) atom { return atom{} }},
	}
}

type reader struct {
	names string
	read  command
}

// spaces are the commands for white space, in em.
var spaces = [...]struct{ name, width string }{
	{",", "0.1667em"}, {"thinspace", "0.1667em"}, {":", "0.2222em"}, {">", "0.2222em"}, {"medspace", "0.2222em"},
	{";", "0.2778em"}, {"thickspace", "0.2778em"}, {"!", "-0.1667em"}, {"negthinspace", "-0.1667em"},
	{" ", "0.25em"}, {"\n", "0.25em"}, {"\t", "0.25em"}, {"space", "0.25em"}, {"nobreakspace", "0.25em"},
	{"enspace", "0.5em"}, {"enskip", "0.5em"}, {"quad", "1em"}, {"qquad", "2em"},
}

// A mark is an accent or a line, over or under what it marks.
type mark struct {
	names, char string
	under       bool
	stretch     bool
	beyond      bool // what is written as a script stands beyond the mark, as with braces
}

var marks = [...]mark{
	{names: "bar", char: "¯"}, {names: "hat", char: "^"}, {names: "tilde", char: "~"}, {names: "vec", char: "→"},
	{names: "dot", char: "˙"}, {names: "ddot", char: "¨"}, {names: "dddot", char: "⃛"}, {names: "acute", char: "´"},
	{names: "grave", char: "`"}, {names: "check", char: "ˇ"}, {names: "breve", char: "˘"}, {names: "mathring", char: "˚"},
	{names: "overline", char: "¯", stretch: true}, {names: "widehat", char: "^", stretch: true},
	{names: "widetilde", char: "~", stretch: true}, {names: "overrightarrow", char: "→", stretch: true},
	{names: "overleftarrow", char: "←", stretch: true}, {names: "overleftrightarrow", char: "↔", stretch: true},
	{names: "overbrace", char: "⏞", stretch: true, beyond: true}, {names: "overbracket", char: "⎴", stretch: true, beyond: true},
	{names: "underline underbar", char: "_", under: true, stretch: true},
	{names: "underrightarrow", char: "→", under: true, stretch: true},
	{names: "underbrace", char: "⏟", under: true, stretch: true, beyond: true},
	{names: "underbracket", char: "⎵", under: true, stretch: true, beyond: true},
}

// arrows are those that stretch under their label.
const arrows = `xrightarrow → xleftarrow ← xleftrightarrow ↔ xRightarrow ⇒ xLeftarrow ⇐ xmapsto ↦ xlongequal = xhookrightarrow ↪`

// bigs are the heights of delimiters.
const bigs = `big 1.2em Big 1.8em bigg 2.4em Bigg 3em`

// commands gives the commands that are no symbols, by name; it is made when the first formula is read.
var commands = sync.OnceValue(func() map[string]command {
	all := make(map[string]command, 256)
	add := func(names string, read command) {
		for name := range strings.FieldsSeq(names) {
			all[name] = read
		}
	}
	for _, r := range readers() {
		add(r.names, r.read)
	}
	for _, s := range spaces {
		all[s.name] = func(*parser, string) atom { return atom{e: space(s.width)} }
	}
	for _, m := range marks {
		add(m.names, m.put)
	}
	for _, a := range alphabetCommands {
		add(a.commands, func(p *parser, _ string) atom { return ord(p.argumentIn(a.font)) })
	}
	pairsOf(arrows, func(name, arrow string) { all[name] = labelled(arrow) })
	pairsOf(bigs, func(name, size string) {
		all[name] = sized(size, "", ordinary)
		all[name+"l"] = sized(size, "prefix", opening)
		all[name+"r"] = sized(size, "postfix", closing)
		all[name+"m"] = sized(size, "", relation)
	})
	return all
})

// commandAtom reads a command and what belongs to it: one of the article's own, a symbol, or one of the table.
func (p *parser) commandAtom() atom {
	from := p.at
	name := p.command()
	if m, ok := p.options.Macros[name]; ok {
		p.expand(from, name, m)
		return atom{}
	}
	if s, ok := symbols()[name]; ok {
		return p.symbol(s)
	}
	if read := p.commands[name]; read != nil {
		return read(p, name)
	}
	p.stop(&CommandError{name, "is not known"})
	return atom{}
}

// fraction reads \frac and its kin: in the size of its place, or in one of its own.
func (p *parser) fraction(name string) atom {
	if name == "cfrac" {
		p.rawOption()
	}
	e := with("mfrac", p.argument(), p.argument())
	switch name {
	case "flatfrac": // of the package physics: with a slash
		e.Set("bevelled", "true")
	case "dfrac", "cfrac", "tfrac":
		style := element("mstyle", "displaystyle", strconv.FormatBool(name != "tfrac"), "scriptlevel", "0")
		style.Kids = []*node{e}
		e = style
	}
	return atom{e: e, class: inner}
}

func (p *parser) binomial(string) atom {
	e := with("mfrac", p.argument(), p.argument())
	e.Set("linethickness", "0")
	return ord(fenced("(", ")", e))
}

func (p *parser) root(string) atom {
	if index := p.option(); index != nil {
		return ord(with("mroot", p.argument(), index))
	}
	return ord(with("msqrt", p.argument()))
}

// stacked reads the commands that put one thing over or under another.
func (p *parser) stacked(name string) atom {
	script, base := p.argument(), p.argument()
	switch {
	case name == "underset":
		return ord(with("munder", base, script))
	case name == "stackrel" || base.Name == "mo":
		return atom{e: with("mover", base, script), class: relation}
	}
	return ord(with("mover", base, script))
}

func (p *parser) phantom(string) atom { return ord(with("mphantom", p.argument())) }

func (p *parser) parenthesisedMod(string) atom {
	return atom{e: with("mrow", space("0.4444em"), leaf("mo", "(", "stretchy", "false"), leaf("mi", "mod"), space("0.3333em"), p.argument(),
		leaf("mo", ")", "stretchy", "false")), class: closing}
}

func (p *parser) mod(string) atom {
	return atom{e: leaf("mo", "mod", "lspace", "0.2222em", "rspace", "0.2222em"), class: binary}
}

// substack puts lines under one another: as the matrix that takes its place.
func (p *parser) substack(string) atom {
	from := p.at
	p.replace(from, `\begin{matrix}`+p.rawArgument()+`\end{matrix}`)
	return atom{}
}

func (p *parser) choice(string) atom {
	e := p.argument()
	for range 3 {
		p.argument()
	}
	return ord(e)
}

func (p *parser) coloured(string) atom {
	p.rawOption()
	p.rawArgument()
	return ord(p.argument())
}

// put sets the mark over or under the argument.
func (m mark) put(p *parser, _ string) atom {
	name, accent := "mover", "accent"
	if m.under {
		name, accent = "munder", "accentunder"
	}
	e := with(name, p.argument(), leaf("mo", m.char, "stretchy", strconv.FormatBool(m.stretch)))
	e.Set(accent, "true")
	a := ord(e)
	if m.beyond {
		a.limits = alwaysUnderIt
	}
	return a
}

// labelled gives the reader of an arrow with words over and under it.
func labelled(arrow string) command {
	return func(p *parser, _ string) atom {
		under, over := p.option(), p.argument()
		e := leaf("mo", arrow, "stretchy", "true")
		if under != nil {
			return atom{e: with("munderover", e, under, over), class: relation}
		}
		return atom{e: with("mover", e, over), class: relation}
	}
}

// enclosed gives the reader of an argument with lines around it or through it.
func enclosed(notation string) command {
	return func(p *parser, _ string) atom {
		e := element("menclose", "notation", notation)
		e.Kids = []*node{p.argument()}
		return ord(e)
	}
}

// classed gives the reader of an argument that is said to do something among its neighbours.
func classed(class class) command {
	return func(p *parser, _ string) atom {
		a := atom{e: p.argument(), class: class}
		if class == operation {
			a.limits, a.function = underAndOver, a.e.Name == "mi"
		}
		return a
	}
}

// units are those of widths: one is mul/div em.
var units = [...]struct {
	name     string
	mul, div float64
}{{"mu", 1, 18}, {"em", 1, 1}, {"ex", .43, 1}, {"pt", 1, 10}, {"px", 1, 16}, {"cm", 2.8, 1}, {"mm", .28, 1}, {"in", 7.2, 1}}

// width reads white space of a given width.
func (p *parser) width(string) atom {
	p.take("*")
	width := strings.ReplaceAll(p.rawWidth(), " ", "")
	n := strings.TrimRight(width, "abcdefghijklmnopqrstuvwxyz")
	v, err := strconv.ParseFloat(n, 64)
	for _, u := range units {
		if err == nil && u.name == width[len(n):] && v <= 100 && v >= -100 {
			return atom{e: space(strconv.FormatFloat(v*u.mul/u.div, 'f', -1, 32) + "em")}
		}
	}
	p.fail(`%q is no width`, width)
	return atom{}
}

// rawWidth gives a width as it is written, in braces or without.
func (p *parser) rawWidth() string {
	if p.here() == '{' {
		return p.rawArgument()
	}
	from := p.at
	for p.at < len(p.src) && strings.IndexByte("-+.0123456789", p.src[p.at]) >= 0 {
		p.at++
	}
	width := p.src[from:p.at]
	if p.spaces(); p.at+2 <= len(p.src) {
		width += p.src[p.at : p.at+2]
		p.at += 2
	}
	return width
}
