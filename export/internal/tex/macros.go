package tex

import (
	"strconv"
	"strings"
)

// Macros are the commands that an article defines itself, by name without the backslash.
type Macros map[string]Macro

// A Macro is what such a command stands for.
type Macro struct {
	args   int
	option string // of the first argument, when hasOpt
	hasOpt bool
	body   string
}

// Define gives a command its meaning. It takes as many arguments as its body asks for: #1, #2 …
func (m Macros) Define(name, body string) {
	n := 0
	for i := 0; i+1 < len(body); i++ {
		if body[i] == '#' && body[i+1] >= '1' && body[i+1] <= '9' {
			n = max(n, int(body[i+1]-'0'))
		}
	}
	m[name] = Macro{args: n, body: body}
}

// define reads the definition of a command, which holds for the rest of the article.
func (p *parser) define(how string) atom {
	p.take("*")
	name := ""
	if p.here() == '\\' {
		name = p.command()
	} else {
		name = strings.TrimPrefix(strings.TrimSpace(p.rawArgument()), `\`)
	}
	var m Macro
	if how == "def" || how == "gdef" {
		m.args = p.parameters()
	} else {
		m.args, m.option, m.hasOpt = p.signature()
	}
	m.body = p.rawArgument()
	if how == "DeclareMathOperator" {
		m.body = `\operatorname{` + m.body + `}`
	}
	_, known := p.options.Macros[name]
	switch {
	case name == "" || p.err != nil:
		p.fail("a definition has no name")
	case how == "providecommand" && known || p.options.Macros == nil:
	default:
		p.options.Macros[name] = m
	}
	return atom{}
}

// parameters passes #1#2 … of \def and counts them.
func (p *parser) parameters() (n int) {
	for p.here() == '#' && p.at+1 < len(p.src) && p.src[p.at+1] == byte('1'+n) {
		n++
		p.at += 2
	}
	return n
}

// signature reads [n] and [option] of \newcommand.
func (p *parser) signature() (args int, option string, hasOpt bool) {
	s, ok := p.rawOption()
	if !ok {
		return 0, "", false
	}
	n, err := strconv.Atoi(strings.TrimSpace(s))
	if err != nil || n < 0 || n > 9 {
		p.fail("a command takes at most nine arguments")
		return 0, "", false
	}
	option, hasOpt = p.rawOption()
	return n, option, hasOpt
}

// expand puts what a command of the article stands for in its place, which began at from.
func (p *parser) expand(from int, name string, m Macro) {
	if p.expanded++; p.expanded > maxMacros || len(p.src) > maxLength {
		p.stop(&CommandError{name, "calls itself without end"})
		return
	}
	args := make([]string, m.args)
	for i := range args {
		if i == 0 && m.hasOpt {
			s, ok := p.rawOption()
			if args[0] = s; !ok {
				args[0] = m.option
			}
			continue
		}
		args[i] = p.rawArgument()
	}
	if p.err != nil {
		return
	}
	body := substitute(m.body, args)
	// A space keeps the last command of the body apart from a letter behind it.
	if n := len(body); n > 0 && isLetter(body[n-1]) && p.at < len(p.src) && isLetter(p.src[p.at]) {
		body += " "
	}
	p.replace(from, body)
}

// substitute puts the arguments in the places of #1, #2 …
func substitute(body string, args []string) string {
	if len(args) == 0 {
		return body
	}
	var b strings.Builder
	for i := 0; i < len(body); i++ {
		if body[i] == '#' && i+1 < len(body) && body[i+1] >= '1' && int(body[i+1]-'1') < len(args) {
			b.WriteString(args[body[i+1]-'1'])
			i++
			continue
		}
		b.WriteByte(body[i])
	}
	return b.String()
}
