// Package tex reads a formula written in TeX into the formula tree of the document model. It knows the commands of LaTeX and
// amsmath that web pages use with MathJax and KaTeX, and the commands an article defines itself; it knows neither sites nor
// Markdown.
//
// Parse follows The TeXbook (Knuth 1984, ch. 17): a formula is a list of atoms, each of a class (ordinary, operation,
// relation, opening …) and perhaps with scripts.
//
//	tex.go           what is read, and its bounds
//	scan.go          characters, names of commands, arguments as they are written
//	row.go           a list of atoms, to what closes it
//	atom.go          one atom: a character, a number, a group
//	scripts.go       what stands above and below an atom, and before it
//	commands.go      the table of commands, and those that take arguments
//	delimiters.go    brackets that stretch
//	environments.go  \begin … \end: matrices, cases, aligned equations
//	text.go          words in a formula
//	macros.go        the commands that an article defines
//	symbols.go       the commands and characters that stand for a sign, with their classes
//	alphabets.go     letters in bold, script, Fraktur …
//	elements.go      how elements of a formula are made
package tex

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

// Bounds of what a formula may ask for: they stop macros that call themselves, and braces without end.
const (
	maxMacros = 2000
	maxDepth  = 120
	maxLength = 1 << 16
)

// Options say how a formula is read.
type Options struct {
	Display bool   // it stands on lines of its own
	Comma   bool   // the language writes 0,5
	Macros  Macros // the commands that its article defines, to which the formula may add
}

// A CommandError is a command that cannot be followed; a definition of it would help.
type CommandError struct {
	Name string // without the backslash
	Why  string
}

func (e *CommandError) Error() string { return `the command \` + e.Name + " " + e.Why }

var (
	errTooLong    = errors.New("the formula is too long")
	errCharacter  = errors.New("the formula has a character that XML does not allow")
	errNoArgument = errors.New("a command lacks its argument")
	errNotClosed  = errors.New("something in the formula is not closed")
	errTooDeep    = errors.New("the formula is nested too deep")
	errBackslash  = errors.New("the formula ends in a backslash")
)

// Parse reads a formula. What it does not understand is an error that says so: there is never half a formula, for that would
// say something else. A formula that only defines commands has no kids.
func Parse(source string, o Options) (*document.Formula, error) {
	if len(source) > maxLength {
		return nil, errTooLong
	}
	if strings.ContainsFunc(source, isForbidden) {
		return nil, errCharacter
	}
	p := &parser{src: source, options: o, commands: commands()}
	kids := p.formula()
	if p.err != nil {
		return nil, p.err
	}
	m := element("math")
	m.Set("alttext", strings.Join(strings.Fields(source), " "))
	if o.Display {
		m.Set("display", "block")
	}
	if m.Kids = kids; len(kids) > 1 {
		m.Kids = []*node{rowOf(kids)}
	}
	return m, m.Check()
}

func isForbidden(c rune) bool {
	return c < ' ' && c != '\n' && c != '\t' && c != '\r' || c == utf8.RuneError || c >= 0xFFFE && c <= 0xFFFF
}

// A parser reads one formula.
type parser struct {
	src      string // changes as macros are expanded
	at       int
	options  Options
	commands map[string]command
	expanded int    // macros so far
	depth    int    // of groups and arguments
	font     string // the alphabet in force: "" or one of alphabets.go
	scripts  int    // how deep in superscripts and subscripts
	parens   int    // parentheses open
	tag      *node  // of the row: \tag
	err      error
}

// formula reads the whole: one row, or rows and columns that form an alignment without an environment around them.
func (p *parser) formula() []*node {
	rows, many := p.rows(toEnd)
	switch {
	case p.err != nil:
		return nil
	case many:
		return []*node{table(rows, nil, "aligned")}
	case p.tag != nil:
		return append(rows[0][0], space("2em"), p.tag)
	}
	return rows[0][0]
}

// stop ends the reading with an error; the first one counts.
func (p *parser) stop(err error) {
	if p.err == nil {
		p.err = err
	}
	p.at = len(p.src)
}

func (p *parser) fail(format string, args ...any) { p.stop(fmt.Errorf(format, args...)) }

// deeper enters a group or an argument; the function it gives leaves it again.
func (p *parser) deeper() (leave func()) {
	if p.depth++; p.depth > maxDepth {
		p.stop(errTooDeep)
	}
	return func() { p.depth-- }
}

// inside reads another source with this parser's state: the words of \text, the indices of \tensor.
func (p *parser) inside(source string, read func(in *parser)) {
	in := *p
	in.src, in.at, in.depth = source, 0, p.depth+1
	read(&in)
	p.expanded = in.expanded
	if in.err != nil {
		p.stop(in.err)
	}
}
