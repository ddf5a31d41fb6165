package tex

import "unicode/utf8"

// Scripts are what stands at an atom.
type scripts struct {
	sub, sup *node
	primes   int
}

// scripted reads the superscripts, subscripts and primes behind an atom.
func (p *parser) scripted(a atom) atom {
	var s scripts
	for p.err == nil && p.nextScript(&a, &s) {
	}
	if s.primes > 0 {
		s.prime()
	}
	if s.sub == nil && s.sup == nil || p.err != nil {
		return a
	}
	if a.limits == alwaysUnderIt && a.e.Name == "mo" {
		a.e.Set("movablelimits", "false")
	}
	a.e = s.at(a.e, a.limits > beside)
	if a.class == binary {
		a.class = ordinary
	}
	return a
}

// nextScript reads one script, if one follows.
func (p *parser) nextScript(a *atom, s *scripts) bool {
	switch c := p.here(); {
	case c == '\'' || p.starts("’"):
		if s.sup != nil {
			p.fail("two superscripts stand at one place")
			return false
		}
		_, n := utf8.DecodeRuneInString(p.src[p.at:])
		p.at += n
		s.primes++
	case c == '^':
		s.sup = p.script(s.sup, "two superscripts stand at one place")
	case c == '_':
		s.sub = p.script(s.sub, "two subscripts stand at one place")
	case c == '\\' && a.class == operation && p.takeCommand("limits"):
		a.limits = alwaysUnderIt
	case c == '\\' && a.class == operation && p.takeCommand("nolimits"):
		a.limits = beside
	default:
		return false
	}
	return true
}

// script reads what stands behind ^ or _; there may not be one before.
func (p *parser) script(before *node, why string) *node {
	if before != nil {
		p.fail("%s", why)
		return before
	}
	p.at++
	p.scripts++
	defer func() { p.scripts-- }()
	if p.takeCommand("prime") {
		return leaf("mo", "′")
	}
	return p.argument()
}

// prime makes the primes a superscript, or puts them before it.
func (s *scripts) prime() {
	mark := leaf("mo", [...]string{"", "′", "″", "‴", "⁗"}[min(s.primes, 4)])
	if s.sup == nil {
		s.sup = mark
	} else {
		s.sup = with("mrow", mark, s.sup)
	}
}

// at puts the scripts at their base: beside it, or under and over it.
func (s *scripts) at(base *node, limits bool) *node {
	names := [...]string{"msub", "msup", "msubsup"}
	if limits {
		names = [...]string{"munder", "mover", "munderover"}
	}
	switch {
	case s.sup == nil:
		return with(names[0], base, s.sub)
	case s.sub == nil:
		return with(names[1], base, s.sup)
	}
	return with(names[2], base, s.sub, s.sup)
}

// tensor reads \tensor{base}{indices} and \tensor*[before]{base}{indices}, of the package of that name.
func (p *parser) tensor(string) atom {
	p.take("*")
	before, _ := p.rawOption()
	pre := p.indices(before)
	base := p.argument()
	e := with("mmultiscripts", append([]*node{base}, p.indices(p.rawArgument())...)...)
	if len(pre) > 0 {
		e.Kids = append(append(e.Kids, element("mprescripts")), pre...)
	}
	return ord(e)
}

// indices reads a run of indices: subscript and superscript by turns, each in a column of its own.
func (p *parser) indices(source string) (pairs []*node) {
	p.inside(source, func(in *parser) {
		in.scripts++
		for in.err == nil {
			switch in.here() {
			case 0:
				return
			case '_':
				in.at++
				pairs = append(pairs, in.argument(), nothing())
			case '^':
				in.at++
				pairs = append(pairs, nothing(), in.argument())
			default:
				in.fail("indices want _ or ^")
			}
		}
	})
	return pairs
}

// prescript reads \prescript{sup}{sub}{base}, of the package mathtools.
func (p *parser) prescript(string) atom {
	sup, sub, base := p.argument(), p.argument(), p.argument()
	return ord(with("mmultiscripts", base, element("mprescripts"), sub, sup))
}
