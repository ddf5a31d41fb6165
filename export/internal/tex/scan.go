package tex

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// spaces passes what TeX does not see: white space and comments.
func (p *parser) spaces() {
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

// here is the byte that stands here, after white space; 0 at the end.
func (p *parser) here() byte {
	if p.spaces(); p.at < len(p.src) {
		return p.src[p.at]
	}
	return 0
}

func (p *parser) starts(s string) bool { return strings.HasPrefix(p.src[p.at:], s) }

// take passes s if it stands here.
func (p *parser) take(s string) bool {
	if p.spaces(); p.starts(s) {
		p.at += len(s)
		return true
	}
	return false
}

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' }

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

func (p *parser) digitAt(i int) bool { return i < len(p.src) && isDigit(p.src[i]) }

// nameEnd tells where the name of a command ends that begins at i: letters, or one character.
func nameEnd(s string, i int) int {
	j := i
	for j < len(s) && isLetter(s[j]) {
		j++
	}
	if j == i {
		_, n := utf8.DecodeRuneInString(s[i:])
		j += n
	}
	return j
}

// command reads the name of the command at the backslash here.
func (p *parser) command() string {
	i := p.at + 1
	if i >= len(p.src) {
		p.stop(errBackslash)
		return ""
	}
	p.at = nameEnd(p.src, i)
	return p.src[i:p.at]
}

// next is the name of the command that stands here, which is not passed; "" when none does.
func (p *parser) next() string {
	if p.here() != '\\' {
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
func (p *parser) takeCommand(names ...string) bool {
	if name := p.next(); name == "" || !slices.Contains(names, name) {
		return false
	}
	p.command()
	return true
}

// newRow passes \\ with its star and the space it may ask for.
func (p *parser) newRow() bool {
	if !p.takeCommand(`\`, "cr", "newline") {
		return false
	}
	p.take("*")
	at := p.at
	if !p.take("[") {
		return true
	}
	end := strings.IndexByte(p.src[p.at:], ']')
	if end >= 0 && strings.Trim(p.src[p.at:p.at+end], "0123456789.-+ ceimnptx") == "" {
		p.at += end + 1
	} else {
		p.at = at // brackets of the next row
	}
	return true
}

// rawArgument gives an argument as it is written.
func (p *parser) rawArgument() string {
	c := p.here()
	from := p.at
	switch c {
	case 0:
		p.stop(errNoArgument)
		return ""
	case '{':
		return p.rawGroup()
	case '\\':
		p.command()
	default:
		_, n := utf8.DecodeRuneInString(p.src[p.at:])
		p.at += n
	}
	return p.src[from:p.at]
}

// rawGroup gives what stands between the braces here.
func (p *parser) rawGroup() string {
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
	p.stop(errNotClosed)
	return ""
}

// rawOption gives an optional argument as it is written.
func (p *parser) rawOption() (string, bool) {
	if !p.take("[") {
		return "", false
	}
	s, _, found := strings.Cut(p.src[p.at:], "]")
	if !found {
		p.stop(errNotClosed)
		return "", false
	}
	p.at += len(s) + 1
	return s, true
}

// replace puts a text in the place of the source from there to here, and goes back to read it.
func (p *parser) replace(from int, text string) {
	p.src, p.at = p.src[:from]+text+p.src[p.at:], from
}
