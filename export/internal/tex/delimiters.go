package tex

import (
	"strings"
	"unicode/utf8"
)

// delimiter reads what stands after \left, \right, \middle and \big; "" is the invisible one.
func (p *parser) delimiter() string {
	if p.here() == '\\' {
		name := p.command()
		s, ok := symbols()[name]
		if !ok || !s.isDelimiter(name) {
			p.fail(`\%s is no delimiter`, name)
		}
		return s.text
	}
	r, n := utf8.DecodeRuneInString(p.src[p.at:])
	if n == 0 {
		p.fail("a delimiter is missing")
		return ""
	}
	p.at += n
	switch {
	case r == '.':
		return ""
	case r == '<':
		return "⟨"
	case r == '>':
		return "⟩"
	case strings.ContainsRune("()[]|/‖⟨⟩⌊⌋⌈⌉", r):
		return string(r)
	}
	p.fail("%q is no delimiter", r)
	return ""
}

// isDelimiter reports whether a sign stretches when it is asked to.
func (s symbol) isDelimiter(name string) bool {
	return s.class == opening || s.class == closing || s.kind == bar || strings.HasSuffix(name, "arrow") || name == "backslash"
}

// fence makes a delimiter that stretches.
func (p *parser) fence(attrs ...string) *node {
	return give(leaf("mo", p.delimiter(), "fence", "true", "stretchy", "true"), attrs...)
}

// left reads from \left to \right.
func (p *parser) left(string) atom {
	open := p.fence("form", "prefix")
	p.parens++
	kids := p.row(toRight)
	p.parens--
	if p.err != nil {
		return atom{}
	}
	p.command() // \right
	shut := p.fence("form", "postfix")
	e := nothing()
	if open.Text != "" {
		e.Kids = append(e.Kids, open)
	}
	e.Kids = append(e.Kids, kids...)
	if shut.Text != "" {
		e.Kids = append(e.Kids, shut)
	}
	return atom{e: e, class: inner}
}

// sized gives the reader of a delimiter of a given height: \big, \Bigl.
func sized(size, form string, class class) command {
	return func(p *parser, _ string) atom {
		e := leaf("mo", p.delimiter(), "stretchy", "true", "minsize", size, "maxsize", size)
		if form != "" {
			e.Set("form", form)
		}
		return atom{e: e, class: class}
	}
}

// quantity reads \qty(…) of the package physics: brackets that stretch. They are put in the place of those that stand there.
func (p *parser) quantity(string) atom {
	p.take("*")
	i := strings.IndexByte("([{|", p.here())
	if i < 0 {
		p.fail("a delimiter is missing")
		return atom{}
	}
	from := p.at
	end := p.partner("([{|"[i], ")]}|"[i])
	if p.expanded++; end < 0 || p.expanded > maxMacros {
		p.stop(errNotClosed)
		return atom{}
	}
	left, right := `\left`+p.src[from:from+1], `\right`+p.src[end:end+1]
	if i == 2 {
		left, right = `\left\{`, `\right\}`
	}
	p.at = end + 1
	p.replace(from, left+" "+p.src[from+1:end]+right)
	return atom{}
}

// partner tells where the bracket closes that stands here; -1 when it does not.
func (p *parser) partner(open, shut byte) int {
	depth := 0
	for i := p.at; i < len(p.src); i++ {
		switch c := p.src[i]; {
		case c == '\\':
			i++
		case c == shut && depth == 1:
			return i
		case c == open:
			depth++
		case c == shut:
			depth--
		}
	}
	return -1
}
