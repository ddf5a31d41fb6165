package tex

import (
	"strings"
	"unicode/utf8"
)

// A wording reads the words that stand in a formula: \text{if $x$ is odd}.
type wording struct {
	*parser
	raw     string
	at      int
	variant string // of the letters, as MathML names it
	words   strings.Builder
	row     *node
}

// text makes words of a formula; a formula may stand among them.
func (p *parser) text(raw, variant string) *node {
	w := wording{parser: p, raw: raw, variant: variant, row: nothing()}
	for w.at < len(raw) && p.err == nil {
		switch c := raw[w.at]; {
		case c == '$':
			w.formula()
		case c == '\\':
			w.command()
		case c == '{' || c == '}':
			w.at++
		case c < ' ' && c != '\n' && c != '\t':
			p.fail("the formula has an odd character")
		default:
			w.words.WriteByte(c)
			w.at++
		}
	}
	w.flush()
	return rowOf(w.row.Kids)
}

// textIn gives the reader of words in letters of a kind.
func textIn(variant string) command {
	return func(p *parser, _ string) atom { return ord(p.text(p.rawArgument(), variant)) }
}

// formula reads $ … $.
func (w *wording) formula() {
	source, _, found := strings.Cut(w.raw[w.at+1:], "$")
	if !found {
		w.fail("a $ is not closed")
		return
	}
	w.flush()
	w.inside(source+"$", func(in *parser) {
		in.font = ""
		w.row.Kids = append(w.row.Kids, in.row(toDollar)...)
	})
	w.at += len(source) + 2
}

// command follows the few commands that words know.
func (w *wording) command() {
	from := w.at + 1
	if from >= len(w.raw) {
		w.stop(errBackslash)
		return
	}
	w.at = nameEnd(w.raw, from)
	switch name := w.raw[from:w.at]; name {
	case " ", ",", ";", ":", "quad", "space":
		w.words.WriteByte('~')
	case "%", "&", "_", "$", "#", "{", "}", "-":
		w.words.WriteString(name)
	case "ldots", "dots", "textellipsis":
		w.words.WriteString("…")
	case "rm", "normalfont", "small", "textrm", "text":
	default:
		if emphasis := name == "textbf" || name == "textit" || name == "emph"; !emphasis || !strings.HasPrefix(w.raw[w.at:], "{") {
			w.stop(&CommandError{name, "is not known"})
		}
	}
}

// flush makes an element of the words so far. Spaces at their ends are seen in TeX, and dropped by XML.
func (w *wording) flush() {
	all := w.words.String()
	if all == "" {
		return
	}
	w.words.Reset()
	const blank = " \n~"
	s := strings.Join(strings.Fields(strings.ReplaceAll(all, "~", "\u00a0")), " ")
	if strings.IndexByte(blank, all[0]) >= 0 {
		s = "\u00a0" + strings.TrimLeft(s, "\u00a0")
	}
	if strings.IndexByte(blank, all[len(all)-1]) >= 0 && s != "" && !strings.HasSuffix(s, "\u00a0") {
		s += "\u00a0"
	}
	t := leaf("mtext", s)
	if w.variant != "" {
		t.Set("mathvariant", w.variant)
	}
	w.row.Kids = append(w.row.Kids, t)
}

// operatorName reads \operatorname: letters that are applied to what follows; with a star, with scripts under it.
func (p *parser) operatorName(string) atom {
	star := p.take("*")
	text := flat(p.argumentIn("rm"))
	if star {
		return atom{e: named(text), class: operation, limits: underAndOver, function: true}
	}
	return atom{e: leaf("mi", text), class: operation, function: true}
}

// numberTag reads \tag, the number of an equation.
func (p *parser) numberTag(string) atom {
	star := p.take("*")
	text := p.rawArgument()
	if !star {
		text = "(" + text + ")"
	}
	p.tag = p.text(text, "")
	return atom{}
}

// struck are the signs that Unicode has with a stroke through them, each before the struck one.
const struck = "∈∉ =≠ ∋∌ ≡≢ ⊂⊄ ⊃⊅ ⊆⊈ ⊇⊉ <≮ >≯ ≤≰ ≥≱ ∼≁ ≈≉ ≅≇ ∃∄ ∣∤ ∥∦ →↛ ←↚ ⇒⇏"

// not strikes the sign behind \not.
func (p *parser) not(string) atom {
	p.spaces()
	a := p.atom()
	if a.e == nil || a.e.Text == "" {
		p.fail(`\not stands before nothing it can strike`)
		return atom{}
	}
	s := a.e.Text
	a.e.Text = s + "\u0338"
	for pair := range strings.FieldsSeq(struck) {
		if sign, ok := strings.CutPrefix(pair, s); ok && utf8.RuneCountInString(sign) == 1 {
			a.e.Text = sign
		}
	}
	return a
}
