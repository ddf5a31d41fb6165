package tex

import (
	"strconv"
	"strings"
)

// A closer is what ends a row of atoms.
type closer uint8

const (
	toEnd     closer = iota // the formula's end; & and \\ too, which are not passed
	toBrace                 // }, which is passed
	toBracket               // ], which is passed
	toDollar                // $, which is passed
	toCell                  // &, \\ or \end, which are not passed
	toRight                 // \right, which is not passed
)

// A row is a list of atoms that is being read.
type row struct {
	*parser
	until closer
	kids  []*node
	last  class // of the atom before
	apply bool  // it is a function, and waits for what it is applied to
	bars  int   // vertical bars open
	done  bool
}

// row reads to what closes it.
func (p *parser) row(until closer) []*node {
	defer p.deeper()()
	font, parens := p.font, p.parens
	r := row{parser: p, until: until}
	for p.err == nil && !r.done {
		switch p.spaces(); {
		case r.closed():
			r.done = true
		case r.directive():
		default:
			r.thing()
		}
	}
	p.font, p.parens = font, parens
	return r.kids
}

// rows reads rows of cells. many: there is more than one cell, though it may be empty.
func (p *parser) rows(until closer) (rows [][][]*node, many bool) {
	for p.err == nil {
		cells := [][]*node{p.row(until)}
		for p.err == nil && p.take("&") {
			cells = append(cells, p.row(until))
		}
		if until == toCell && p.tag != nil {
			cells = append(cells, []*node{space("2em"), p.tag})
			p.tag = nil
		}
		if rows = append(rows, cells); !p.newRow() {
			break
		}
	}
	many = len(rows) > 1 || len(rows) == 1 && len(rows[0]) > 1
	if n := len(rows) - 1; n > 0 && len(rows[n]) == 1 && len(rows[n][0]) == 0 {
		rows = rows[:n] // the last line ended with \\
	}
	return rows, many
}

// closed reports whether the row ends here, or should: what may not stand here is an error.
func (r *row) closed() bool {
	if r.at >= len(r.src) {
		if r.until != toEnd {
			r.stop(errNotClosed)
		}
		return true
	}
	cells := r.until == toEnd || r.until == toCell
	switch r.src[r.at] {
	case '}':
		return r.shuts(r.until == toBrace, "the formula has a } too many")
	case ']':
		return r.until == toBracket && r.shuts(true, "")
	case '$':
		return r.until == toDollar && r.shuts(true, "")
	case '&':
		return r.ends(cells, "& stands outside of a matrix")
	case '\\':
		switch r.next() {
		case `\`, "cr", "newline":
			goesOn := r.until == toRight || r.until == toBrace // a break within brackets: the line goes on
			return !goesOn && r.ends(cells, "a line ends where none may")
		case "end":
			return r.ends(r.until == toCell, `\end without \begin`)
		case "right":
			return r.ends(r.until == toRight, `\right without \left`)
		}
	}
	return false
}

// ends ends the row before what stands here, with an error where that may not stand.
func (r *row) ends(may bool, why string) bool {
	if !may {
		r.fail("%s", why)
	}
	return true
}

// shuts ends the row behind the byte that stands here.
func (r *row) shuts(may bool, why string) bool {
	r.ends(may, why)
	if r.err == nil {
		r.at++
	}
	return true
}

// directive follows a command that concerns the whole row.
func (r *row) directive() bool {
	switch name := r.next(); name {
	case `\`, "cr", "newline":
		r.newRow()
	case "middle":
		r.command()
		r.add(atom{e: r.fence("lspace", "0em", "rspace", "0em"), class: relation})
	case "over", "atop", "choose", "brace", "brack":
		r.command()
		r.over(name)
	case "displaystyle", "textstyle", "scriptstyle", "scriptscriptstyle":
		r.command()
		r.style(name)
	case "rm", "bf", "it", "sf", "tt", "cal":
		r.command()
		r.font = name
	case "limits", "nolimits":
		r.command()
	default:
		return false
	}
	return true
}

// over makes a fraction of what stands before it in the row and what follows.
func (r *row) over(name string) {
	f := with("mfrac", rowOf(r.kids), rowOf(r.row(r.until)))
	if name != "over" {
		f.Set("linethickness", "0")
	}
	r.kids, r.done = []*node{f}, true
	switch name {
	case "choose":
		r.kids[0] = fenced("(", ")", f)
	case "brace":
		r.kids[0] = fenced("{", "}", f)
	case "brack":
		r.kids[0] = fenced("[", "]", f)
	}
}

// style sets the rest of the row in a size.
func (r *row) style(name string) {
	level := "0"
	switch name {
	case "scriptstyle":
		level = "1"
	case "scriptscriptstyle":
		level = "2"
	}
	style := element("mstyle", "displaystyle", strconv.FormatBool(name == "displaystyle"), "scriptlevel", level)
	style.Kids = r.row(r.until)
	r.kids, r.done = append(r.kids, style), true
}

// thing reads one atom with its scripts.
func (r *row) thing() {
	bar := r.atBar()
	a := r.atom()
	if a.e == nil || r.err != nil {
		return
	}
	if bar {
		a.class = r.bar(a.e)
	}
	base := a.e
	a = r.scripted(a)
	switch {
	case r.apply && a.isArgument():
		r.kids = append(r.kids, leaf("mo", "\u2061"))
	case a.class == binary && base == a.e && r.last.wantsOperand():
		if len(r.kids) > 0 {
			a.e.Set("form", "prefix") // a sign: −b
		}
		a.class = ordinary
	}
	r.add(a)
}

func (r *row) add(a atom) {
	r.kids = append(r.kids, a.e)
	if a.e.Name == "mspace" {
		r.apply = r.apply && strings.HasPrefix(a.e.Attr("width"), "-")
		return
	}
	r.last, r.apply = a.class, a.function
}

// isArgument reports whether a function that stands before the atom is applied to it.
func (a atom) isArgument() bool {
	switch a.class {
	case ordinary, opening, inner, operation:
		return a.e.Name != "mspace"
	}
	return false
}

// atBar reports whether a vertical bar stands here, single or double.
func (r *row) atBar() bool {
	switch r.next() {
	case "|", "vert", "Vert":
		return true
	}
	return r.starts("|") || r.starts("‖")
}

// bar says what a vertical bar is: it opens, closes, or stands between.
func (r *row) bar(e *node) class {
	wanted := r.last.wantsOperand()
	switch {
	case r.bars > 0 && !wanted:
		r.bars--
		give(e, "form", "postfix", "stretchy", "false")
		return closing
	case wanted || r.barFollows(e.Text):
		r.bars++
		give(e, "form", "prefix", "stretchy", "false")
		return opening
	}
	give(e, "form", "infix", "stretchy", "false", "lspace", "0.2222em", "rspace", "0.2222em")
	return relation
}

// barFollows reports whether the group that is being read holds another bar.
func (p *parser) barFollows(bar string) bool {
	depth := 0
	for i := p.at; i < len(p.src) && depth >= 0; i++ {
		switch c := p.src[i]; {
		case c == '{' || c == '(':
			depth++
		case c == '}' || c == ')':
			depth--
		case c == '\\':
			i++
			if depth == 0 && i < len(p.src) {
				switch rest := p.src[i:]; {
				case rest[0] == '\\', strings.HasPrefix(rest, "right"), strings.HasPrefix(rest, "end"):
					return false
				case rest[0] == '|' && bar == "‖":
					return true
				}
			}
		case depth > 0:
		case c == '&':
			return false
		case c == '|' && bar == "|":
			return true
		}
	}
	return false
}
