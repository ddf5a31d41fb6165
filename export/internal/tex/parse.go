// Package tex reads a formula written in TeX into the formula tree of the document model. It knows the commands of LaTeX and
// amsmath that web pages use with MathJax and KaTeX, and the commands an article defines itself; it knows neither sites nor
// Markdown.
package tex

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

type node = document.Formula

// Bounds of what a formula may ask for: they stop macros that call themselves, and braces without end.
const (
	mathMacros = 2000
	mathDepth  = 120
	mathLength = 1 << 16
)

// A mathMacro is a command that the article defines itself.
type mathMacro struct {
	args    int
	option  string // of the first argument, when hasOpt
	hasOpt  bool
	body    string
	written bool // an operator's name: \DeclareMathOperator
}

// A mathAtom is one thing of a formula: its element, and what it does among its neighbours.
type mathAtom struct {
	e      *node
	class  mathClass
	limits byte // of scripts: 0 beside, 1 under and over where there is room, 2 always under and over
	fn     bool // a named function: it is applied to what follows
}

// A texParser turns a formula into MathML. It knows LaTeX's and amsmath's usual commands as web pages use them; what it does
// not know is an error, for half a formula would say something else.
type texParser struct {
	src      string
	at       int
	macros   Macros
	expanded int
	depth    int
	display  bool
	comma    bool // the language writes 0,5
	font     string
	scripts  int   // how deep in superscripts and subscripts
	parens   int   // parentheses open
	tag      *node // of the row
	err      error
}

// Options say how a formula is read.
type Options struct {
	Display bool   // it stands on lines of its own
	Comma   bool   // the language writes 0,5
	Macros  Macros // the commands that its article defines, to which the formula may add
}

// Macros are the commands that an article defines itself, by name without the backslash.
type Macros map[string]mathMacro

// Define gives a command its meaning. It takes as many arguments as its body asks for: #1, #2 …
func (m Macros) Define(name, body string) {
	n := 0
	for i := 0; i+1 < len(body); i++ {
		if body[i] == '#' && body[i+1] >= '1' && body[i+1] <= '9' {
			n = max(n, int(body[i+1]-'0'))
		}
	}
	m[name] = mathMacro{args: n, body: body}
}

// Parse reads a formula. What it does not understand is an error that says so: there is never half a formula. A formula that
// only defines commands has no kids.
func Parse(tex string, o Options) (*document.Formula, error) {
	p := &texParser{src: tex, display: o.Display, comma: o.Comma, macros: o.Macros}
	if len(tex) > mathLength {
		return nil, errors.New("the formula is too long")
	}
	if strings.ContainsFunc(tex, func(c rune) bool {
		return c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == utf8.RuneError || c >= 0xFFFE && c <= 0xFFFF
	}) {
		return nil, errors.New("the formula has a character that XML does not allow")
	}
	var rows [][][]*node
	row := [][]*node{}
	wide := false
	for {
		cell := p.row("")
		if p.err != nil {
			return nil, p.err
		}
		row = append(row, cell)
		if p.take("&") {
			wide = true
			continue
		}
		rows = append(rows, row)
		row = nil
		if !p.newRow() {
			break
		}
		wide = true
	}
	if last := rows[len(rows)-1]; len(rows) > 1 && len(last) == 1 && len(last[0]) == 0 {
		rows = rows[:len(rows)-1]
	}
	kids := rows[0][0]
	if wide {
		kids = []*node{p.alignment(rows, nil, "aligned")}
	} else if p.tag != nil {
		kids = append(kids, mathNode("mspace", "width", "2em"), p.tag)
	}
	m := mathNode("math")
	m.Set("alttext", strings.Join(strings.Fields(tex), " "))
	if o.Display {
		m.Set("display", "block")
	}
	m.Kids = kids
	if len(kids) > 1 {
		m.Kids = []*node{mathRow(kids)}
	}
	if err := m.Check(); err != nil {
		return nil, err
	}
	return m, nil
}

func mathNode(tag string, attrs ...string) *node {
	e := &node{Name: tag}
	for i := 0; i+1 < len(attrs); i += 2 {
		e.Attrs = append(e.Attrs, document.FormulaAttr{Name: attrs[i], Value: attrs[i+1]})
	}
	return e
}

func mathLeaf(tag, text string, attrs ...string) *node {
	return say(mathNode(tag, attrs...), text)
}

// say gives a leaf its text. One that says nothing, as the delimiter of \big. does, holds an empty piece of text: it is written
// with both its tags.
func say(e *node, text string) *node {
	if e.Text = text; text == "" {
		e.Kids = []*node{{}}
	}
	return e
}

func mathRow(kids []*node) *node {
	if len(kids) == 1 {
		return kids[0]
	}
	return &node{Name: "mrow", Kids: kids}
}

func mathWith(tag string, kids ...*node) *node { return &node{Name: tag, Kids: kids} }

func (p *texParser) fail(format string, args ...any) {
	if p.err == nil {
		p.err = fmt.Errorf(format, args...)
	}
	p.at = len(p.src)
}

// spaces passes what TeX does not see.
func (p *texParser) spaces() {
	for p.at < len(p.src) {
		switch c := p.src[p.at]; {
		case c == ' ' || c == '\n' || c == '\t' || c == '\r':
			p.at++
		case c == '%':
			for p.at < len(p.src) && p.src[p.at] != '\n' {
				p.at++
			}
		default:
			r, n := utf8.DecodeRuneInString(p.src[p.at:])
			if !unicode.IsSpace(r) && r != '\u200b' && r != '\u2060' && r != '\ufeff' {
				return
			}
			p.at += n
		}
	}
}

// take passes s if it stands here.
func (p *texParser) take(s string) bool {
	p.spaces()
	if strings.HasPrefix(p.src[p.at:], s) {
		p.at += len(s)
		return true
	}
	return false
}

// command reads the name of the command at the backslash here.
func (p *texParser) command() string {
	i := p.at + 1
	if i >= len(p.src) {
		p.fail("the formula ends in a backslash")
		return ""
	}
	j := i
	for j < len(p.src) && isLetter(p.src[j]) {
		j++
	}
	if j == i {
		_, n := utf8.DecodeRuneInString(p.src[i:])
		j += n
	}
	p.at = j
	return p.src[i:j]
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

// next is the name of the command that stands here; "" when none does.
func (p *texParser) next() string {
	p.spaces()
	if p.at >= len(p.src) || p.src[p.at] != '\\' {
		return ""
	}
	at := p.at
	name := p.command()
	if p.err == nil {
		p.at = at
	}
	return name
}

// takeCommand passes the command if it stands here.
func (p *texParser) takeCommand(names ...string) bool {
	name := p.next()
	for _, n := range names {
		if name == n {
			p.command()
			return true
		}
	}
	return false
}

// newRow passes \\ with its options.
func (p *texParser) newRow() bool {
	if !p.takeCommand(`\`, "cr", "newline") {
		return false
	}
	at := p.at
	p.take("*")
	if !p.take("[") {
		p.at = at
		p.take("*")
		return true
	}
	if end := strings.IndexByte(p.src[p.at:], ']'); end >= 0 && strings.Trim(p.src[p.at:p.at+end], "0123456789.-+ ptemxcinm") == "" {
		p.at += end + 1
	} else {
		p.at = at
	}
	return true
}

// row reads to what closes it: "}" and "]" are passed; "" stops before & and \\ too, and "cell" wants \end; "right" stops
// before \right.
func (p *texParser) row(until string) []*node {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > mathDepth {
		p.fail("the formula is nested too deep")
		return nil
	}
	font, parens := p.font, p.parens
	defer func() { p.font, p.parens = font, parens }()
	var kids []*node
	last, apply := noClass, false
	bars := 0
	for p.err == nil {
		p.spaces()
		if p.at >= len(p.src) {
			if until != "" {
				p.fail("something in the formula is not closed")
			}
			return kids
		}
		c := p.src[p.at]
		switch {
		case c == '}':
			if until != "}" {
				p.fail("the formula has a } too many")
				return nil
			}
			p.at++
			return kids
		case c == ']' && until == "]":
			p.at++
			return kids
		case c == '$' && until == "$":
			p.at++
			return kids
		case c == '&':
			if until != "" && until != "cell" {
				p.fail("& stands outside of a matrix")
			}
			return kids
		case c == '\\':
			switch name := p.next(); name {
			case `\`, "cr", "newline":
				if until == "" || until == "cell" {
					return kids
				}
				if until == "right" || until == "}" {
					p.newRow() // a break within brackets: the line goes on
					continue
				}
				p.fail("a line ends where none may")
				return kids
			case "end":
				if until != "cell" {
					p.fail(`\end without \begin`)
				}
				return kids
			case "right":
				if until != "right" {
					p.fail(`\right without \left`)
				}
				return kids
			case "middle":
				p.command()
				kids = append(kids, p.fence("", "0em"))
				last, apply = relClass, false
				continue
			case "over", "atop", "choose", "brace", "brack":
				p.command()
				over := p.row(until)
				f := mathWith("mfrac", mathRow(kids), mathRow(over))
				if name != "over" {
					f.Set("linethickness", "0")
				}
				open, shut := "", ""
				switch name {
				case "choose":
					open, shut = "(", ")"
				case "brace":
					open, shut = "{", "}"
				case "brack":
					open, shut = "[", "]"
				}
				if open == "" {
					return []*node{f}
				}
				return []*node{fenced(open, shut, f)}
			case "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle":
				p.command()
				style := mathNode("mstyle", "displaystyle", strconv.FormatBool(name == "displaystyle"), "scriptlevel", "0")
				switch name {
				case "scriptstyle":
					style.Set("scriptlevel", "1")
				case "scriptscriptstyle":
					style.Set("scriptlevel", "2")
				}
				style.Kids = p.row(until)
				return append(kids, style)
			case "rm", "bf", "it", "sf", "tt", "cal":
				p.command()
				p.font = mathFont(name)
				continue
			case "limits", "nolimits":
				p.command()
				continue
			}
		}
		bar := c == '|' || strings.HasPrefix(p.src[p.at:], "‖") || c == '\\' && (p.next() == "|" || p.next() == "vert" || p.next() == "Vert")
		if p.err != nil {
			return nil
		}
		a := p.atom(last)
		if p.err != nil {
			return nil
		}
		if a.e == nil {
			continue
		}
		if bar {
			a.class = p.bar(a.e, last, &bars)
		}
		base := a.e
		a = p.scripted(a)
		if a.e == nil {
			continue
		}
		switch {
		case apply && (a.class == ordClass || a.class == openClass || a.class == innerClass || a.class == opClass) && a.e.Name != "mspace":
			kids = append(kids, mathLeaf("mo", "\u2061"))
		case a.class == binClass && base == a.e && (last == noClass || last == openClass || last == relClass || last == binClass || last == punctClass || last == opClass):
			if len(kids) > 0 {
				a.e.Set("form", "prefix")
			}
			a.class = ordClass
		}
		if a.e.Name != "mspace" {
			last, apply = a.class, a.fn
		} else {
			apply = apply && strings.HasPrefix(a.e.Attr("width"), "-")
		}
		kids = append(kids, a.e)
	}
	return kids
}

// bar says what a vertical bar is: it opens, closes, or stands between.
func (p *texParser) bar(e *node, last mathClass, open *int) mathClass {
	before := last == noClass || last == binClass || last == relClass || last == openClass || last == punctClass || last == opClass
	switch {
	case *open > 0 && !before:
		*open--
		e.Set("form", "postfix")
		e.Set("stretchy", "false")
		return closeClass
	case before || p.barFollows(e.Text):
		*open++
		e.Set("form", "prefix")
		e.Set("stretchy", "false")
		return openClass
	}
	e.Set("form", "infix")
	e.Set("stretchy", "false")
	e.Set("lspace", "0.2222em")
	e.Set("rspace", "0.2222em")
	return relClass
}

// barFollows reports whether the group that is being read holds another bar.
func (p *texParser) barFollows(bar string) bool {
	depth := 0
	for i := p.at; i < len(p.src); i++ {
		switch p.src[i] {
		case '{', '(':
			depth++
		case '}', ')':
			depth--
			if depth < 0 {
				return false
			}
		case '&':
			if depth == 0 {
				return false
			}
		case '|':
			if depth == 0 && bar == "|" {
				return true
			}
		case '\\':
			i++
			if depth != 0 || i >= len(p.src) {
				continue
			}
			switch rest := p.src[i:]; {
			case rest[0] == '\\', strings.HasPrefix(rest, "right"), strings.HasPrefix(rest, "end"):
				return false
			case rest[0] == '|' && bar == "‖":
				return true
			}
		}
	}
	return false
}

// atom reads one thing without its scripts. An atom without an element leaves nothing to be seen.
func (p *texParser) atom(last mathClass) mathAtom {
	if p.at >= len(p.src) {
		p.fail("a command lacks its argument")
		return mathAtom{}
	}
	c := p.src[p.at]
	switch {
	case c == '{':
		p.at++
		kids := p.row("}")
		if len(kids) == 1 {
			return mathAtom{e: kids[0], class: ordClass}
		}
		return mathAtom{e: mathRow(kids), class: ordClass}
	case c == '^' || c == '_' || c == '\'':
		return mathAtom{e: mathNode("mrow"), class: ordClass}
	case c == '~':
		p.at++
		return mathAtom{e: mathNode("mspace", "width", "0.25em"), class: noClass}
	case c == '\\':
		return p.commandAtom(last)
	case c >= '0' && c <= '9' || c == '.' && p.at+1 < len(p.src) && p.src[p.at+1] >= '0' && p.src[p.at+1] <= '9':
		return mathAtom{e: p.leaf("mn", p.number()), class: ordClass}
	case strings.HasPrefix(p.src[p.at:], "..."):
		p.at += 3
		return mathAtom{e: mathLeaf("mo", "…"), class: innerClass}
	case strings.HasPrefix(p.src[p.at:], ":="):
		p.at += 2
		return mathAtom{e: mathLeaf("mo", "≔"), class: relClass}
	case c == '#' || c == '$' || c < ' ':
		p.fail("the formula has a %q", c)
		return mathAtom{}
	}
	r, n := utf8.DecodeRuneInString(p.src[p.at:])
	if r == utf8.RuneError && n <= 1 || r == 0xFFFE || r == 0xFFFF || unicode.Is(unicode.Cc, r) {
		p.fail("the formula has an odd character")
		return mathAtom{}
	}
	from := p.at
	p.at += n
	if s, ok := mathChars()[p.src[from:p.at]]; ok {
		return p.symbol(s)
	}
	if unicode.IsLetter(r) {
		joined := p.font == "rm" || p.font == "bf" || p.font == "sf" || p.font == "tt"
		for p.at < len(p.src) {
			r, n := utf8.DecodeRuneInString(p.src[p.at:])
			if !unicode.IsMark(r) && !(joined && unicode.IsLetter(r)) {
				break
			}
			p.at += n
		}
		return mathAtom{e: p.leaf("mi", p.src[from:p.at]), class: ordClass}
	}
	if unicode.IsDigit(r) || unicode.IsNumber(r) {
		return mathAtom{e: mathLeaf("mn", string(r)), class: ordClass}
	}
	if unicode.IsSymbol(r) && unicode.Is(unicode.Sm, r) {
		return mathAtom{e: mathLeaf("mo", string(r)), class: relClass}
	}
	return mathAtom{e: mathLeaf("mi", string(r), "mathvariant", "normal"), class: ordClass}
}

// leaf writes letters or digits in the alphabet that is in force.
func (p *texParser) leaf(tag, text string) *node {
	e := mathNode(tag)
	if p.font != "" && p.font != "it" {
		if p.font == "rm" && tag == "mi" && utf8.RuneCountInString(text) == 1 {
			e.Set("mathvariant", "normal")
		}
		text = strings.Map(func(c rune) rune { return mathLetter(p.font, c) }, text)
	}
	return say(e, text)
}

// number reads digits with their point, or comma where that parts the whole from its fraction: always as {,}, and between
// two digits where the language writes so and no list of numbers is likely; and the comma before thousands.
func (p *texParser) number() string {
	var b strings.Builder
	digits := func() int {
		from := p.at
		for p.at < len(p.src) && p.src[p.at] >= '0' && p.src[p.at] <= '9' {
			p.at++
		}
		b.WriteString(p.src[from:p.at])
		return p.at - from
	}
	isDigit := func(i int) bool { return i < len(p.src) && p.src[i] >= '0' && p.src[i] <= '9' }
	first := digits()
	thousands := func() bool {
		return isDigit(p.at+1) && isDigit(p.at+2) && isDigit(p.at+3) && !isDigit(p.at+4)
	}
	listless := p.scripts == 0 && p.parens == 0
	for p.at < len(p.src) {
		switch {
		case strings.HasPrefix(p.src[p.at:], "{,}") || strings.HasPrefix(p.src[p.at:], "{.}"):
			b.WriteByte(p.src[p.at+1])
			p.at += 3
			digits()
			continue
		case p.src[p.at] == '.' && isDigit(p.at+1):
			b.WriteByte('.')
			p.at++
			digits()
			continue
		case p.src[p.at] == ',' && listless && (p.comma && isDigit(p.at+1) || !p.comma && first <= 3 && thousands()):
			b.WriteByte(',')
			p.at++
			digits()
			continue
		}
		break
	}
	return b.String()
}

// symbol makes the element of a character or a command without arguments.
func (p *texParser) symbol(s mathSymbol) mathAtom {
	a := mathAtom{class: s.class}
	if s.limits {
		a.limits = 1
	}
	switch s.kind {
	case 'i':
		a.e = p.leaf("mi", s.text)
	case 'n':
		a.e = mathLeaf("mi", s.text)
		if p.font == "bf" || p.font == "bi" {
			a.e = p.leaf("mi", s.text)
		}
		if utf8.RuneCountInString(s.text) == 1 {
			a.e.Set("mathvariant", "normal")
		}
	case 'f':
		a.fn = true
		if s.limits {
			a.e = mathLeaf("mo", s.text, "lspace", "0em", "rspace", "0em", "movablelimits", "true")
		} else {
			a.e = mathLeaf("mi", s.text)
		}
	default:
		a.e = mathLeaf("mo", s.text)
		switch s.class {
		case openClass:
			p.parens++
			a.e.Set("stretchy", "false")
		case closeClass:
			if s.text != "!" && s.text != "?" {
				p.parens--
				a.e.Set("stretchy", "false")
			}
		case opClass:
			if s.limits {
				a.e.Set("movablelimits", "true")
			}
		case ordClass:
			if s.text == "." || s.text == "/" {
				a.e.Set("lspace", "0em")
				a.e.Set("rspace", "0em")
			}
		case relClass:
			if strings.ContainsAny(s.text, "→←↔⇒⇐⇔⟶⟵⟷⟹⟸⟺↑↓") {
				a.e.Set("stretchy", "false")
			}
		}
	}
	return a
}

// argument reads what a command takes: a group, or one thing.
func (p *texParser) argument() *node {
	p.spaces()
	if p.at >= len(p.src) || strings.IndexByte("}&^_]", p.src[p.at]) >= 0 {
		p.fail("a command lacks its argument")
		return mathNode("mrow")
	}
	if c := p.src[p.at]; c >= '0' && c <= '9' {
		p.at++
		return p.leaf("mn", string(c)) // \frac12 is a half
	}
	switch p.next() {
	case "right", "end", `\`:
		p.fail("a command lacks its argument")
		return mathNode("mrow")
	}
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > mathDepth {
		p.fail("the formula is nested too deep")
		return mathNode("mrow")
	}
	parens, font := p.parens, p.font
	a := p.atom(noClass)
	p.parens, p.font = parens, font
	if a.e == nil {
		if p.err != nil {
			return mathNode("mrow")
		}
		return p.argument() // the article's own command, which now stands there in full
	}
	return a.e
}

// option reads an optional argument; nil when there is none or an empty one.
func (p *texParser) option() *node {
	if !p.take("[") {
		return nil
	}
	if kids := p.row("]"); len(kids) > 0 {
		return mathRow(kids)
	}
	return nil
}

// rawArgument gives an argument as it is written.
func (p *texParser) rawArgument() string {
	p.spaces()
	if p.at >= len(p.src) {
		p.fail("a command lacks its argument")
		return ""
	}
	if p.src[p.at] == '\\' {
		at := p.at
		p.command()
		return p.src[at:p.at]
	}
	if p.src[p.at] != '{' {
		_, n := utf8.DecodeRuneInString(p.src[p.at:])
		p.at += n
		return p.src[p.at-n : p.at]
	}
	depth := 0
	for i := p.at; i < len(p.src); i++ {
		switch p.src[i] {
		case '\\':
			i++
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				s := p.src[p.at+1 : i]
				p.at = i + 1
				return s
			}
		}
	}
	p.fail("something in the formula is not closed")
	return ""
}

func (p *texParser) rawOption() (string, bool) {
	if !p.take("[") {
		return "", false
	}
	end := strings.IndexByte(p.src[p.at:], ']')
	if end < 0 {
		p.fail("something in the formula is not closed")
		return "", false
	}
	s := p.src[p.at : p.at+end]
	p.at += end + 1
	return s, true
}

// scripted reads the superscripts, subscripts and primes behind an atom.
func (p *texParser) scripted(a mathAtom) mathAtom {
	var sub, sup *node
	primes := 0
	explicit := false
	for p.err == nil {
		p.spaces()
		if p.at >= len(p.src) {
			break
		}
		switch c := p.src[p.at]; {
		case c == '\'' || strings.HasPrefix(p.src[p.at:], "’"):
			if sup != nil {
				p.fail("two superscripts stand at one place")
				return mathAtom{}
			}
			_, n := utf8.DecodeRuneInString(p.src[p.at:])
			p.at += n
			primes++
			continue
		case c == '^':
			if sup != nil {
				p.fail("two superscripts stand at one place")
				return mathAtom{}
			}
			p.at++
			sup = p.script()
			continue
		case c == '_':
			if sub != nil {
				p.fail("two subscripts stand at one place")
				return mathAtom{}
			}
			p.at++
			sub = p.script()
			continue
		case c == '\\' && a.class == opClass && p.takeCommand("limits"):
			a.limits, explicit = 2, true
			continue
		case c == '\\' && a.class == opClass && p.takeCommand("nolimits"):
			a.limits = 0
			continue
		}
		break
	}
	if primes > 0 {
		mark := mathLeaf("mo", [...]string{"", "′", "″", "‴", "⁗"}[min(primes, 4)])
		if sup == nil {
			sup = mark
		} else {
			sup = mathWith("mrow", mark, sup)
		}
	}
	if sub == nil && sup == nil || p.err != nil {
		return a
	}
	if explicit && a.e.Name == "mo" {
		a.e.Set("movablelimits", "false")
	}
	switch {
	case a.limits > 0 && sub != nil && sup != nil:
		a.e = mathWith("munderover", a.e, sub, sup)
	case a.limits > 0 && sub != nil:
		a.e = mathWith("munder", a.e, sub)
	case a.limits > 0:
		a.e = mathWith("mover", a.e, sup)
	case sub != nil && sup != nil:
		a.e = mathWith("msubsup", a.e, sub, sup)
	case sub != nil:
		a.e = mathWith("msub", a.e, sub)
	default:
		a.e = mathWith("msup", a.e, sup)
	}
	if a.class == binClass {
		a.class = ordClass
	}
	return a
}

func (p *texParser) script() *node {
	p.scripts++
	defer func() { p.scripts-- }()
	if p.takeCommand("prime") {
		return mathLeaf("mo", "′")
	}
	return p.argument()
}

// delimiter reads what stands after \left, \right, \middle and \big.
func (p *texParser) delimiter() string {
	p.spaces()
	if p.at >= len(p.src) {
		p.fail("a delimiter is missing")
		return ""
	}
	if p.src[p.at] == '\\' {
		name := p.command()
		s, ok := mathSymbols()[name]
		if !ok || s.class != openClass && s.class != closeClass && s.kind != '|' && !strings.HasSuffix(name, "arrow") && name != "backslash" {
			p.fail(`\%s is no delimiter`, name)
		}
		return s.text
	}
	r, n := utf8.DecodeRuneInString(p.src[p.at:])
	p.at += n
	switch r {
	case '.':
		return ""
	case '<':
		return "⟨"
	case '>':
		return "⟩"
	case '(', ')', '[', ']', '|', '/', '‖', '⟨', '⟩', '⌊', '⌋', '⌈', '⌉':
		return string(r)
	}
	p.fail("%q is no delimiter", r)
	return ""
}

// fence makes a stretching delimiter.
func (p *texParser) fence(form, space string) *node {
	d := p.delimiter()
	e := mathLeaf("mo", d, "fence", "true", "stretchy", "true")
	if form != "" {
		e.Set("form", form)
	} else {
		e.Set("lspace", space)
		e.Set("rspace", space)
	}
	return e
}

func fenced(open, shut string, inner ...*node) *node {
	e := mathNode("mrow")
	if open != "" {
		e.Kids = append(e.Kids, mathLeaf("mo", open, "fence", "true", "form", "prefix", "stretchy", "true"))
	}
	e.Kids = append(e.Kids, inner...)
	if shut != "" {
		e.Kids = append(e.Kids, mathLeaf("mo", shut, "fence", "true", "form", "postfix", "stretchy", "true"))
	}
	return e
}

// commandAtom reads a command and what belongs to it.
func (p *texParser) commandAtom(last mathClass) mathAtom {
	from := p.at
	name := p.command()
	ord := func(e *node) mathAtom { return mathAtom{e: e, class: ordClass} }
	if m, ok := p.macros[name]; ok {
		p.expand(from, name, m)
		return mathAtom{}
	}
	if width, ok := mathSpaceOf(name); ok {
		return mathAtom{e: mathNode("mspace", "width", width)}
	}
	if s, ok := mathSymbols()[name]; ok {
		return p.symbol(s)
	}
	if mark, ok := mathMarkOf(name); ok {
		tag, key := "mover", "accent"
		if mark.under {
			tag, key = "munder", "accentunder"
		}
		e := mathWith(tag, p.argument(), mathLeaf("mo", mark.char, "stretchy", strconv.FormatBool(mark.stretch)))
		e.Set(key, "true")
		a := ord(e)
		if mark.limits {
			a.limits = 2
		}
		return a
	}
	if font := mathFont(name); font != "" {
		was := p.font
		p.font = font
		e := p.argument()
		p.font = was
		return ord(e)
	}
	switch name {
	case "qty", "quantity": // of the package physics: brackets that stretch
		p.take("*")
		p.spaces()
		if p.at < len(p.src) {
			if i := strings.IndexByte("([{|", p.src[p.at]); i >= 0 {
				return p.quantity("([{|"[i], ")]}|"[i])
			}
		}
		p.fail("a delimiter is missing")
		return mathAtom{}
	case "frac", "dfrac", "tfrac", "cfrac":
		if name == "cfrac" {
			p.rawOption()
		}
		e := mathWith("mfrac", p.argument(), p.argument())
		switch {
		case name == "dfrac" || name == "cfrac":
			e = &node{Name: "mstyle", Attrs: []document.FormulaAttr{{Name: "displaystyle", Value: "true"}, {Name: "scriptlevel", Value: "0"}}, Kids: []*node{e}}
		case name == "tfrac":
			e = &node{Name: "mstyle", Attrs: []document.FormulaAttr{{Name: "displaystyle", Value: "false"}, {Name: "scriptlevel", Value: "0"}}, Kids: []*node{e}}
		}
		return mathAtom{e: e, class: innerClass}
	case "flatfrac": // of the package physics: a fraction with a slash
		e := mathWith("mfrac", p.argument(), p.argument())
		e.Set("bevelled", "true")
		return mathAtom{e: e, class: innerClass}
	case "binom", "dbinom", "tbinom":
		e := mathWith("mfrac", p.argument(), p.argument())
		e.Set("linethickness", "0")
		return ord(fenced("(", ")", e))
	case "sqrt":
		if index := p.option(); index != nil {
			return ord(mathWith("mroot", p.argument(), index))
		}
		return ord(mathWith("msqrt", p.argument()))
	case "left":
		open := p.fence("prefix", "")
		p.parens++
		kids := p.row("right")
		p.parens--
		if p.err != nil {
			return mathAtom{}
		}
		p.command()
		shut := p.fence("postfix", "")
		e := mathNode("mrow")
		if open.Text != "" {
			e.Kids = append(e.Kids, open)
		}
		e.Kids = append(e.Kids, kids...)
		if shut.Text != "" {
			e.Kids = append(e.Kids, shut)
		}
		return mathAtom{e: e, class: innerClass}
	case "big", "Big", "bigg", "Bigg", "bigl", "Bigl", "biggl", "Biggl", "bigr", "Bigr", "biggr", "Biggr", "bigm", "Bigm", "biggm", "Biggm":
		size := map[string]string{"big": "1.2em", "Big": "1.8em", "bigg": "2.4em", "Bigg": "3em"}[strings.TrimRight(name, "lrm")]
		e := mathLeaf("mo", p.delimiter(), "stretchy", "true", "minsize", size, "maxsize", size)
		switch name[len(name)-1] {
		case 'l':
			e.Set("form", "prefix")
			return mathAtom{e: e, class: openClass}
		case 'r':
			e.Set("form", "postfix")
			return mathAtom{e: e, class: closeClass}
		case 'm':
			return mathAtom{e: e, class: relClass}
		}
		return ord(e)
	case "begin":
		return p.environment()
	case "text", "textrm", "textnormal", "textup", "mbox", "hbox", "textbf", "textit", "textsf", "texttt", "emph", "intertext", "textsc":
		return ord(p.text(p.rawArgument(), name))
	case "operatorname", "operatorname*", "mathop", "mathbin", "mathrel", "mathord", "mathopen", "mathclose", "mathpunct", "mathinner":
		return p.classed(name)
	case "not":
		a := p.atom(relClass)
		if a.e == nil || a.e.Text == "" {
			p.fail(`\not stands before nothing it can strike`)
			return mathAtom{}
		}
		s := a.e.Text
		if i := strings.Index("∈∉ =≠ ∋∌ ≡≢ ⊂⊄ ⊃⊅ ⊆⊈ ⊇⊉ <≮ >≯ ≤≰ ≥≱ ∼≁ ≈≉ ≅≇ ∃∄ ∣∤ ∥∦ →↛ ←↚ ⇒⇏ ", s); i >= 0 {
			struck, _ := utf8.DecodeRuneInString("∈∉ =≠ ∋∌ ≡≢ ⊂⊄ ⊃⊅ ⊆⊈ ⊇⊉ <≮ >≯ ≤≰ ≥≱ ∼≁ ≈≉ ≅≇ ∃∄ ∣∤ ∥∦ →↛ ←↚ ⇒⇏ "[i+len(s):])
			a.e.Text = string(struck)
		} else {
			a.e.Text = s + "\u0338"
		}
		return a
	case "overset", "stackrel":
		over, base := p.argument(), p.argument()
		class := ordClass
		if name == "stackrel" || base.Name == "mo" {
			class = relClass
		}
		return mathAtom{e: mathWith("mover", base, over), class: class}
	case "underset":
		under, base := p.argument(), p.argument()
		return mathAtom{e: mathWith("munder", base, under), class: ordClass}
	case "xrightarrow", "xleftarrow", "xleftrightarrow", "xRightarrow", "xLeftarrow", "xmapsto", "xlongequal", "xhookrightarrow":
		arrow := map[string]string{"xrightarrow": "→", "xleftarrow": "←", "xleftrightarrow": "↔", "xRightarrow": "⇒", "xLeftarrow": "⇐", "xmapsto": "↦",
			"xlongequal": "=", "xhookrightarrow": "↪"}[name]
		under := p.option()
		over := p.argument()
		e := mathLeaf("mo", arrow, "stretchy", "true")
		if under != nil {
			return mathAtom{e: mathWith("munderover", e, under, over), class: relClass}
		}
		return mathAtom{e: mathWith("mover", e, over), class: relClass}
	case "phantom", "hphantom", "vphantom":
		return ord(mathWith("mphantom", p.argument()))
	case "boxed", "fbox":
		return ord(&node{Name: "menclose", Attrs: []document.FormulaAttr{{Name: "notation", Value: "box"}}, Kids: []*node{p.argument()}})
	case "cancel", "bcancel", "xcancel":
		notation := map[string]string{"cancel": "updiagonalstrike", "bcancel": "downdiagonalstrike", "xcancel": "updiagonalstrike downdiagonalstrike"}[name]
		return ord(&node{Name: "menclose", Attrs: []document.FormulaAttr{{Name: "notation", Value: notation}}, Kids: []*node{p.argument()}})
	case "pmod":
		return mathAtom{e: mathWith("mrow", mathNode("mspace", "width", "0.4444em"), mathLeaf("mo", "(", "stretchy", "false"), mathLeaf("mi", "mod"),
			mathNode("mspace", "width", "0.3333em"), p.argument(), mathLeaf("mo", ")", "stretchy", "false")), class: closeClass}
	case "bmod", "mod":
		return mathAtom{e: mathLeaf("mo", "mod", "lspace", "0.2222em", "rspace", "0.2222em"), class: binClass}
	case "substack":
		p.src = p.src[:p.at] + `\begin{matrix}` + p.rawInPlace() + `\end{matrix}` + p.src[p.at:]
		return mathAtom{}
	case "tensor", "indices":
		return p.tensor()
	case "prescript":
		sup, sub, base := p.argument(), p.argument(), p.argument()
		return ord(mathWith("mmultiscripts", base, mathNode("mprescripts"), sub, sup))
	case "newcommand", "renewcommand", "providecommand", "def", "gdef", "DeclareMathOperator":
		p.define(name)
		return mathAtom{}
	case "label":
		p.rawArgument()
		return mathAtom{}
	case "tag":
		star := p.take("*")
		text := p.rawArgument()
		if !star {
			text = "(" + text + ")"
		}
		p.tag = p.text(text, "text")
		return mathAtom{}
	case "nonumber", "notag", "hline", "relax", "allowbreak", "nobreak", "strut", "mathstrut", "/", "-", "*", "hfill", "centering", "leavevmode", "protect", "ensuremath":
		return mathAtom{}
	case "color":
		p.rawOption()
		p.rawArgument()
		return mathAtom{}
	case "textcolor":
		p.rawOption()
		p.rawArgument()
		return ord(p.argument())
	case "hspace", "hskip", "kern", "mkern", "mskip", "mspace":
		return p.space(name)
	case "mathchoice":
		e := p.argument()
		p.argument()
		p.argument()
		p.argument()
		return ord(e)
	case "smash", "mathstrut*", "mathclap", "mathllap", "mathrlap", "llap", "rlap", "clap":
		return ord(p.argument())
	}
	p.fail(`the command \%s is not known`, name)
	return mathAtom{}
}

// quantity reads what stands in the brackets behind \qty.
func (p *texParser) quantity(open, shut byte) mathAtom {
	depth := 0
	for i := p.at; i < len(p.src); i++ {
		switch c := p.src[i]; {
		case c == '\\':
			i++
			continue
		case c == shut && (depth == 1 || c == open && depth > 0):
			depth = 0
		case c == open:
			depth++
			continue
		case c == shut:
			depth--
			continue
		default:
			continue
		}
		in := p.src[p.at+1 : i]
		left, right := `\left`+string(open), `\right`+string(shut)
		if open == '{' {
			left, right = `\left\{`, `\right\}`
		}
		if p.expanded++; p.expanded > mathMacros {
			break
		}
		p.src = p.src[:p.at] + left + " " + in + right + p.src[i+1:]
		return mathAtom{}
	}
	p.fail("something in the formula is not closed")
	return mathAtom{}
}

// rawInPlace takes an argument out of the source, and leaves the reading where it stood.
func (p *texParser) rawInPlace() string {
	from := p.at
	s := p.rawArgument()
	if p.err != nil {
		return ""
	}
	p.src = p.src[:from] + p.src[p.at:]
	p.at = from
	return s
}

// space reads a width.
func (p *texParser) space(name string) mathAtom {
	p.take("*")
	p.spaces()
	width := ""
	if p.at < len(p.src) && p.src[p.at] == '{' {
		width = p.rawArgument()
	} else {
		from := p.at
		for p.at < len(p.src) && strings.IndexByte("-+.0123456789", p.src[p.at]) >= 0 {
			p.at++
		}
		p.spaces()
		width = p.src[from:p.at]
		if p.at+2 <= len(p.src) {
			width += p.src[p.at : p.at+2]
			p.at += 2
		}
	}
	width = strings.ReplaceAll(width, " ", "")
	n := strings.TrimRight(width, "abcdefghijklmnopqrstuvwxyz")
	v, err := strconv.ParseFloat(n, 64)
	if err != nil || v > 100 || v < -100 {
		p.fail(`%q is no width`, width)
		return mathAtom{}
	}
	switch width[len(n):] {
	case "mu":
		v /= 18
	case "em":
	case "ex":
		v *= .43
	case "pt":
		v /= 10
	case "px":
		v /= 16
	case "cm":
		v *= 2.8
	case "mm":
		v *= .28
	case "in":
		v *= 7.2
	default:
		p.fail(`%q is no width`, width)
		return mathAtom{}
	}
	return mathAtom{e: mathNode("mspace", "width", strconv.FormatFloat(v, 'f', -1, 32)+"em")}
}

// classed reads the commands that say what their argument does.
func (p *texParser) classed(name string) mathAtom {
	a := mathAtom{class: ordClass}
	switch name {
	case "operatorname":
		star := p.take("*")
		was := p.font
		p.font = "rm"
		text := flat(p.argument())
		p.font = was
		if star {
			return mathAtom{e: mathLeaf("mo", text, "lspace", "0em", "rspace", "0em", "movablelimits", "true"), class: opClass, limits: 1, fn: true}
		}
		return mathAtom{e: mathLeaf("mi", text), class: opClass, fn: true}
	case "mathop":
		a.class, a.limits = opClass, 1
	case "mathbin":
		a.class = binClass
	case "mathrel":
		a.class = relClass
	case "mathopen":
		a.class = openClass
	case "mathclose":
		a.class = closeClass
	case "mathpunct":
		a.class = punctClass
	case "mathinner":
		a.class = innerClass
	}
	a.e = p.argument()
	a.fn = a.class == opClass && a.e.Name == "mi"
	return a
}

// flat is what an element says in a row.
func flat(e *node) string {
	var b strings.Builder
	var walk func(*node)
	walk = func(e *node) {
		b.WriteString(e.Text)
		if e.Name == "mspace" {
			b.WriteByte(' ')
		}
		for _, k := range e.Kids {
			walk(k)
		}
	}
	walk(e)
	return strings.ReplaceAll(b.String(), "−", "-")
}

// text makes words of a formula; a formula may stand among them.
func (p *texParser) text(raw, command string) *node {
	row := mathNode("mrow")
	var b strings.Builder
	flush := func() {
		if b.Len() > 0 {
			s := strings.Join(strings.Fields(strings.ReplaceAll(b.String(), "~", "\u00a0")), " ")
			all := b.String()
			// Spaces at the ends are seen in TeX, and dropped by XML.
			if all[0] == ' ' || all[0] == '\n' || all[0] == '~' {
				s = "\u00a0" + strings.TrimLeft(s, "\u00a0")
			}
			if end := all[len(all)-1]; len(s) > 0 && (end == ' ' || end == '\n' || end == '~') && !strings.HasSuffix(s, "\u00a0") {
				s += "\u00a0"
			}
			t := mathLeaf("mtext", s)
			switch command {
			case "textbf":
				t.Set("mathvariant", "bold")
			case "textit", "emph":
				t.Set("mathvariant", "italic")
			case "textsf":
				t.Set("mathvariant", "sans-serif")
			case "texttt":
				t.Set("mathvariant", "monospace")
			}
			row.Kids = append(row.Kids, t)
			b.Reset()
		}
	}
	for i := 0; i < len(raw); {
		switch c := raw[i]; c {
		case '$':
			end := strings.IndexByte(raw[i+1:], '$')
			if end < 0 {
				p.fail("a $ is not closed")
				return row
			}
			flush()
			in := *p
			in.src, in.at, in.font = raw[i+1:i+1+end+1], 0, ""
			in.depth++
			kids := in.row("$")
			if in.err != nil {
				p.fail("%w", in.err)
				return row
			}
			p.expanded = in.expanded
			row.Kids = append(row.Kids, kids...)
			i += end + 2
		case '\\':
			i++
			if i >= len(raw) {
				p.fail("the formula ends in a backslash")
				return row
			}
			j := i
			for j < len(raw) && isLetter(raw[j]) {
				j++
			}
			switch name := raw[i:max(j, i+1)]; {
			case name == " " || name == "," || name == ";" || name == ":" || name == "quad" || name == "space":
				b.WriteByte('~')
			case j == i && raw[i] < utf8.RuneSelf && strings.IndexByte("%&_$#{}-", raw[i]) >= 0:
				b.WriteByte(raw[i])
			case name == "ldots" || name == "dots" || name == "textellipsis":
				b.WriteString("…")
			case name == "rm" || name == "normalfont" || name == "small" || name == "textrm" || name == "text":
			case (name == "textbf" || name == "textit" || name == "emph") && j < len(raw) && raw[j] == '{':
			default:
				p.fail(`the command \%s is not known`, name)
				return row
			}
			i = max(j, i+1)
		case '{', '}':
			i++
		default:
			_, n := utf8.DecodeRuneInString(raw[i:])
			if c < ' ' && c != '\n' && c != '\t' {
				p.fail("the formula has an odd character")
				return row
			}
			b.WriteString(raw[i : i+n])
			i += n
		}
	}
	flush()
	return mathRow(row.Kids)
}

// tensor reads \tensor{base}{indices} and \tensor*[before]{base}{indices}, of the package of that name.
func (p *texParser) tensor() mathAtom {
	p.take("*")
	var before [][2]*node
	if p.take("[") {
		end := strings.IndexByte(p.src[p.at:], ']')
		if end < 0 {
			p.fail("something in the formula is not closed")
			return mathAtom{}
		}
		before = p.pairs(p.src[p.at : p.at+end])
		p.at += end + 1
	}
	base := p.argument()
	after := p.pairs(p.rawArgument())
	e := mathWith("mmultiscripts", base)
	for _, s := range after {
		e.Kids = append(e.Kids, s[0], s[1])
	}
	if len(before) > 0 {
		e.Kids = append(e.Kids, mathNode("mprescripts"))
		for _, s := range before {
			e.Kids = append(e.Kids, s[0], s[1])
		}
	}
	return mathAtom{e: e, class: ordClass}
}

// pairs reads a run of indices, each in a column of its own unless a pair shares one.
func (p *texParser) pairs(raw string) [][2]*node {
	in := *p
	in.src, in.at, in.depth = raw, 0, p.depth+1
	in.scripts++
	var out [][2]*node
	for in.spaces(); in.at < len(in.src) && in.err == nil; in.spaces() {
		k := 0
		switch in.src[in.at] {
		case '_':
		case '^':
			k = 1
		default:
			in.fail("indices want _ or ^")
		}
		if in.err != nil {
			break
		}
		in.at++
		s := in.argument()
		pair := [2]*node{mathNode("mrow"), mathNode("mrow")}
		pair[k] = s
		out = append(out, pair)
	}
	if in.err != nil {
		p.fail("%w", in.err)
	}
	p.expanded = in.expanded
	return out
}

// define reads the definition of a command, which holds for the rest of the article.
func (p *texParser) define(how string) {
	p.take("*")
	p.spaces()
	name := ""
	if p.at < len(p.src) && p.src[p.at] == '\\' {
		name = p.command()
	} else {
		name = strings.TrimPrefix(strings.TrimSpace(p.rawArgument()), `\`)
	}
	m := mathMacro{}
	if how == "def" || how == "gdef" {
		p.spaces()
		for p.at+1 < len(p.src) && p.src[p.at] == '#' && p.src[p.at+1] == byte('1'+m.args) {
			m.args++
			p.at += 2
			p.spaces()
		}
	} else if s, ok := p.rawOption(); ok {
		n, err := strconv.Atoi(strings.TrimSpace(s))
		if err != nil || n < 0 || n > 9 {
			p.fail("a command takes at most nine arguments")
			return
		}
		m.args = n
		m.option, m.hasOpt = p.rawOption()
	}
	m.body = p.rawArgument()
	if how == "DeclareMathOperator" {
		m.body = `\operatorname{` + m.body + `}`
	}
	if name == "" || p.err != nil {
		p.fail("a definition has no name")
		return
	}
	if _, known := p.macros[name]; how == "providecommand" && known {
		return
	}
	if p.macros != nil {
		p.macros[name] = m
	}
}

// expand puts what a command of the article stands for in its place.
func (p *texParser) expand(from int, name string, m mathMacro) {
	if p.expanded++; p.expanded > mathMacros || len(p.src) > mathLength {
		p.fail(`the command \%s calls itself without end`, name)
		return
	}
	body := m.body
	var args []string
	for i := range m.args {
		if i == 0 && m.hasOpt {
			s, ok := p.rawOption()
			if !ok {
				s = m.option
			}
			args = append(args, s)
			continue
		}
		args = append(args, p.rawArgument())
	}
	if p.err != nil {
		return
	}
	if len(args) > 0 {
		var b strings.Builder
		for i := 0; i < len(body); i++ {
			if body[i] == '#' && i+1 < len(body) && body[i+1] >= '1' && int(body[i+1]-'1') < len(args) {
				b.WriteString(args[body[i+1]-'1'])
				i++
				continue
			}
			b.WriteByte(body[i])
		}
		body = b.String()
	}
	// A space keeps the last command of the body apart from a letter behind it.
	rest := p.src[p.at:]
	if n := len(body); n > 0 && isLetter(body[n-1]) && len(rest) > 0 && isLetter(rest[0]) {
		rest = " " + rest
	}
	p.src, p.at = p.src[:from]+body+rest, from
}

// environment reads from \begin to \end.
func (p *texParser) environment() mathAtom {
	name := p.rawArgument()
	base := strings.TrimSuffix(name, "*")
	var columns []string
	switch base {
	case "array":
		p.rawOption()
		for _, c := range p.rawArgument() {
			switch c {
			case 'l':
				columns = append(columns, "left")
			case 'c':
				columns = append(columns, "center")
			case 'r':
				columns = append(columns, "right")
			}
		}
	case "alignat", "alignedat", "xalignat":
		p.rawArgument()
	case "aligned", "gathered", "split", "cases":
		p.rawOption()
	case "matrix", "pmatrix", "bmatrix", "Bmatrix", "vmatrix", "Vmatrix":
		if s, ok := p.rawOption(); ok {
			columns = []string{map[string]string{"l": "left", "r": "right"}[s]}
		}
	}
	p.depth++
	defer func() { p.depth-- }()
	var rows [][][]*node
	tag := p.tag
	for p.err == nil {
		var row [][]*node
		p.tag = nil
		for p.err == nil {
			row = append(row, p.row("cell"))
			if !p.take("&") {
				break
			}
		}
		if p.tag != nil {
			row = append(row, []*node{mathNode("mspace", "width", "2em"), p.tag})
		}
		rows = append(rows, row)
		if !p.newRow() {
			break
		}
	}
	p.tag = tag
	if p.err != nil {
		return mathAtom{}
	}
	p.command() // \end
	if end := p.rawArgument(); p.err == nil && end != name {
		p.fail(`\begin{%s} ends with \end{%s}`, name, end)
		return mathAtom{}
	}
	if last := rows[len(rows)-1]; len(rows) > 1 && len(last) == 1 && len(last[0]) == 0 {
		rows = rows[:len(rows)-1]
	}
	inner := func(e *node, open, shut string) mathAtom {
		return mathAtom{e: fenced(open, shut, e), class: innerClass}
	}
	switch base {
	case "matrix", "array":
		return mathAtom{e: p.alignment(rows, columns, ""), class: ordClass}
	case "smallmatrix", "subarray":
		return mathAtom{e: &node{Name: "mstyle", Attrs: []document.FormulaAttr{{Name: "scriptlevel", Value: "1"}}, Kids: []*node{p.alignment(rows, nil, "")}}, class: ordClass}
	case "pmatrix":
		return inner(p.alignment(rows, columns, ""), "(", ")")
	case "bmatrix":
		return inner(p.alignment(rows, columns, ""), "[", "]")
	case "Bmatrix":
		return inner(p.alignment(rows, columns, ""), "{", "}")
	case "vmatrix":
		return inner(p.alignment(rows, columns, ""), "|", "|")
	case "Vmatrix":
		return inner(p.alignment(rows, columns, ""), "‖", "‖")
	case "cases", "dcases":
		return inner(p.alignment(rows, []string{"left"}, "cases"), "{", "")
	case "rcases", "drcases":
		return inner(p.alignment(rows, []string{"left"}, "cases"), "", "}")
	case "equation", "displaymath", "math":
		if len(rows) == 1 && len(rows[0]) == 1 {
			return mathAtom{e: mathRow(rows[0][0]), class: ordClass}
		}
		return mathAtom{e: p.alignment(rows, nil, "aligned"), class: ordClass}
	case "gather", "gathered", "multline", "multlined":
		return mathAtom{e: p.alignment(rows, []string{"center"}, "gathered"), class: ordClass}
	case "align", "aligned", "alignat", "alignedat", "split", "eqnarray", "flalign", "xalignat":
		if base == "eqnarray" {
			return mathAtom{e: p.alignment(rows, []string{"right", "center", "left"}, "aligned"), class: ordClass}
		}
		return mathAtom{e: p.alignment(rows, nil, "aligned"), class: ordClass}
	}
	p.fail(`the environment %q is not known`, name)
	return mathAtom{}
}

// alignment makes a table of cells. columns repeats its last word; nil is right and left by turns for an alignment, and
// centred for a matrix. class names the kind of table for the stylesheet, for readers that know no columnalign.
func (p *texParser) alignment(rows [][][]*node, columns []string, class string) *node {
	wide := 0
	for _, r := range rows {
		wide = max(wide, len(r))
	}
	t := mathNode("mtable")
	if class != "" {
		t.Set("class", class)
	}
	switch {
	case class == "aligned":
		if len(columns) == 0 {
			for i := range wide {
				columns = append(columns, [2]string{"right", "left"}[i%2])
			}
		}
		t.Set("displaystyle", "true")
		t.Set("columnspacing", "0em")
	case class == "gathered":
		t.Set("displaystyle", "true")
	}
	if len(columns) > 0 && columns[0] != "" {
		t.Set("columnalign", strings.Join(columns, " "))
	}
	for _, r := range rows {
		tr := mathNode("mtr")
		for i, cell := range r {
			td := &node{Name: "mtd", Kids: cell}
			if class == "aligned" && i%2 == 1 && len(cell) > 0 && cell[0].Name == "mo" {
				// The sign stands between the cells: an empty element before it makes it one between two sides (TeX's {}).
				td.Kids = append([]*node{mathNode("mrow")}, cell...)
			}
			tr.Kids = append(tr.Kids, td)
		}
		t.Kids = append(t.Kids, tr)
	}
	return t
}
