package flow

import (
	"encoding/xml"
	"io"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// Mathematics is set in a line, from its MathML: variables in italics, superscripts and subscripts raised and lowered, the
// spaces of The TeXbook (ch. 18). What MathML builds in height is written as one writes it in a line: a fraction
// with a slash and the parentheses that keep its meaning, a root with its radicand in parentheses, a matrix row by row. The
// source stays as the formula's alternative text.

// A mathNode is an element of MathML, read.
type mathNode struct {
	tag, text string
	attrs     []xml.Attr
	kids      []*mathNode
}

func (n *mathNode) attr(name string) string {
	for _, a := range n.attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

// mathDepth bounds how deep a formula may be nested.
const mathDepth = 300

// readMath reads a math element; nil when it is not one.
func readMath(s string) *mathNode {
	if s == "" {
		return nil
	}
	d := xml.NewDecoder(strings.NewReader(s))
	d.Strict = false
	d.Entity = xml.HTMLEntity
	var open []*mathNode
	var root *mathNode
	for {
		t, err := d.Token()
		if err != nil {
			if err != io.EOF || root == nil || root.tag != "math" || len(open) > 0 {
				return nil
			}
			return root
		}
		switch t := t.(type) {
		case xml.StartElement:
			n := &mathNode{tag: t.Name.Local, attrs: t.Attr}
			if len(open) > 0 {
				up := open[len(open)-1]
				up.kids = append(up.kids, n)
			} else if root != nil {
				return nil
			} else {
				root = n
			}
			if open = append(open, n); len(open) > mathDepth {
				return nil
			}
		case xml.EndElement:
			if len(open) > 0 {
				open = open[:len(open)-1]
			}
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(t)
			}
		}
	}
}

// A mathClass is what a symbol does among its neighbours.
type mathClass uint8

const (
	mathOrd mathClass = iota
	mathOp
	mathBin
	mathRel
	mathOpen
	mathClose
	mathPunct
	mathInner
	mathSpace // white space that the formula asks for
	mathLine  // the end of a line
)

// mathSpaces gives the space between two classes: 0 none, 1 thin, 2 medium, 3 thick (The TeXbook, p. 170; but none between a
// quotient in a line and a comma).
var mathSpaces = [8][8]uint8{
	mathOrd:   {0, 1, 2, 3, 0, 0, 0, 1},
	mathOp:    {1, 1, 0, 3, 0, 0, 0, 1},
	mathBin:   {2, 2, 0, 0, 2, 0, 0, 2},
	mathRel:   {3, 3, 0, 0, 3, 0, 0, 3},
	mathOpen:  {0, 0, 0, 0, 0, 0, 0, 0},
	mathClose: {0, 1, 2, 3, 0, 0, 0, 1},
	mathPunct: {1, 1, 0, 1, 1, 1, 1, 1},
	mathInner: {1, 1, 2, 3, 1, 0, 0, 1},
}

// A mathPiece is a run of characters of one look.
type mathPiece struct {
	text   string
	class  mathClass // as what stands before sees it
	right  mathClass // as what stands behind sees it
	italic bool
	bold   bool
	family string
	level  int  // of script: 0, 1, 2
	rise   int  // thousandths of the text's size
	digits int  // 1: small figures above, -1: below, as the face has them
	leads  bool // a script that stands before its base: the space before it is the base's
}

// A mathLiner writes a formula in a line.
type mathLiner struct {
	pieces  []mathPiece
	level   int
	rise    int
	bold    bool
	upright bool
	display bool
}

// mathSizes are the sizes of text, scripts and scripts of scripts, in thousandths.
var mathSizes = [...]int{1000, 700, 560}

func (m *mathLiner) add(text string, class mathClass) *mathPiece {
	m.pieces = append(m.pieces, mathPiece{text: text, class: class, right: class, level: m.level, rise: m.rise, bold: m.bold})
	return &m.pieces[len(m.pieces)-1]
}

// plainMath takes the wrappers off an element that change nothing.
func plainMath(n *mathNode) *mathNode {
	for {
		switch n.tag {
		case "mrow", "mstyle", "mpadded", "math", "mtd", "merror":
			if kids := seen(n.kids); len(kids) == 1 {
				n = kids[0]
				continue
			}
		case "semantics", "maction":
			if len(n.kids) > 0 {
				n = n.kids[0]
				continue
			}
		}
		return n
	}
}

// seen leaves out what is not to be seen and asks for no place.
func seen(kids []*mathNode) []*mathNode {
	for i, k := range kids {
		if k.invisible() {
			out := append([]*mathNode(nil), kids[:i]...)
			for _, k := range kids[i:] {
				if !k.invisible() {
					out = append(out, k)
				}
			}
			return out
		}
	}
	return kids
}

func (n *mathNode) invisible() bool {
	switch n.tag {
	case "mrow", "mphantom", "none", "annotation", "annotation-xml":
		return n.tag != "mrow" || len(n.kids) == 0
	case "mo":
		return n.said() == "" || n.said() == "\u2062" || n.said() == "\u2063" || n.said() == "\u2064"
	}
	return false
}

// said is the text of a leaf, its white space as XML has it.
func (n *mathNode) said() string { return strings.Join(strings.FieldsFunc(n.text, isXMLSpace), " ") }

func isXMLSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' }

// row writes elements one after the other.
func (m *mathLiner) row(kids []*mathNode) {
	kids = seen(kids)
	apply, start := false, 0
	for i, k := range kids {
		p := plainMath(k)
		if p.tag == "mo" && p.said() == "\u2061" {
			apply = true
			continue
		}
		switch {
		case p.tag == "mfrac" && p.attr("linethickness") != "0":
			factor := i+1 < len(kids) && isFactor(kids[i+1]) && !(isNumber(p.kids, 0) && isNumber(p.kids, 1))
			after := i > 0 && plainMath(kids[i-1]).tag == "mo" && plainMath(kids[i-1]).said() == "/"
			if apply && start < len(m.pieces) && m.pieces[start].class == mathOrd {
				m.pieces[start].class = mathOp // a thin space before the function
			}
			if apply || factor || after {
				m.enclosed("(", ")", p)
			} else {
				m.node(p)
			}
		case p.tag == "mtable":
			open := i > 0 && fenceOf(kids[i-1]) == mathOpen
			shut := i+1 < len(kids) && fenceOf(kids[i+1]) == mathClose
			m.table(p, open, shut, len(kids) == 1)
		default:
			if apply && mathWeight(p) > 1 && !startsOpen(p) {
				m.enclosed("(", ")", p)
			} else {
				from := len(m.pieces)
				m.node(k)
				if apply && from > 0 && from < len(m.pieces) && m.pieces[from].class != mathOpen {
					m.pieces[from-1].right = mathOp // a thin space before what a function is applied to
				}
				if apply && start < from && m.pieces[start].class == mathOrd {
					m.pieces[start].class = mathOp // and one before the function
				}
				start = from
			}
			if p.tag == "mi" && i+1 < len(kids) && utf8.RuneCountInString(p.said()) > 1 && isFactor(kids[i+1]) && fenceOf(kids[i+1]) != mathOpen && !startsOpen(plainMath(kids[i+1])) {
				m.pieces[len(m.pieces)-1].right = mathOp // a name, which should not run into what follows
			}
		}
		apply = false
	}
}

func startsOpen(n *mathNode) bool {
	kids := seen(n.kids)
	return n.tag == "mrow" && len(kids) > 0 && fenceOf(kids[0]) == mathOpen
}

// fenceOf says whether an element is a bracket that opens or closes.
func fenceOf(n *mathNode) mathClass {
	if n = plainMath(n); n.tag == "mo" {
		if c := operatorClass(n, false); c == mathOpen || c == mathClose {
			return c
		}
	}
	return mathOrd
}

// isFactor reports whether what stands here multiplies what stands before it.
func isFactor(n *mathNode) bool {
	switch n = plainMath(n); n.tag {
	case "mi", "mn", "msqrt", "mroot", "mfrac", "mover", "mfenced":
		return true
	case "mo":
		return operatorClass(n, false) == mathOpen
	case "msub", "msup", "msubsup", "mrow", "mmultiscripts":
		return len(n.kids) > 0 && isFactor(n.kids[0])
	}
	return false
}

func isNumber(kids []*mathNode, i int) bool { return i < len(kids) && plainMath(kids[i]).tag == "mn" }

// mathWeight tells how closely an element binds: 0 one thing, 1 a product, 2 a sum, a quotient or a relation.
func mathWeight(n *mathNode) int {
	n = plainMath(n)
	switch n.tag {
	case "mfrac":
		return 2
	case "mtext":
		if strings.ContainsAny(strings.TrimSpace(n.text), " \u00a0") {
			return 1
		}
		return 0
	case "mrow", "mstyle", "mpadded", "math", "mtd", "merror", "menclose":
	default:
		return 0
	}
	kids := seen(n.kids)
	weight, things, depth := 0, 0, 0
	names := ""
	for i, k := range kids {
		p := plainMath(k)
		if p.tag == "mspace" {
			continue
		}
		if p.tag == "mo" {
			switch operatorClass(p, i == 0) {
			case mathOpen:
				if depth++; depth == 1 {
					things++
				}
			case mathClose:
				if p.said() != "!" && p.said() != "." && p.said() != "?" {
					depth--
				}
			case mathBin, mathRel, mathPunct:
				if depth == 0 {
					weight = 2
				}
			default:
				if p.said() == "−" || p.said() == "-" || p.said() == "+" || p.said() == "±" || p.said() == "/" {
					weight = 2
				} else if depth == 0 {
					things++
				}
			}
			continue
		}
		if depth == 0 {
			things++
			names += p.said()
			if mathWeight(p) > 1 {
				weight = 2
			}
		}
	}
	switch {
	case weight > 0:
		return weight
	case things <= 1:
		return 0
	case things == 2 && (strings.HasPrefix(names, "d") || strings.HasPrefix(names, "∂") || strings.HasPrefix(names, "Δ")):
		return 0 // dx
	}
	return 1
}

func (m *mathLiner) enclosed(open, shut string, n *mathNode) {
	m.add(open, mathOpen)
	m.node(n)
	m.add(shut, mathClose)
}

// bound writes an element, in parentheses when it binds less closely than its place asks for.
func (m *mathLiner) bound(n *mathNode, most int) {
	if mathWeight(n) > most {
		m.enclosed("(", ")", plainMath(n))
		return
	}
	m.node(n)
}

// node writes one element.
func (m *mathLiner) node(n *mathNode) {
	switch n.tag {
	case "mi":
		m.identifier(n)
	case "mn":
		p := m.letters(n.said(), mathOrd)
		p.italic = false
	case "mtext", "ms":
		text := strings.FieldsFunc(n.text, isXMLSpace)
		p := m.add(strings.ReplaceAll(strings.Join(text, " "), "\u00a0", " "), mathOrd)
		variant(p, n.attr("mathvariant"))
	case "mo":
		m.operator(n)
	case "mspace":
		m.space(n.attr("width"))
	case "mfrac":
		m.fraction(n)
	case "msqrt":
		m.root("√", n.kids)
	case "mroot":
		m.indexRoot(n)
	case "msub", "munder", "msup", "mover", "msubsup", "munderover":
		m.scripts(n)
	case "mmultiscripts":
		m.multiscripts(n)
	case "mtable":
		m.table(n, false, false, false)
	case "mfenced":
		m.fenced(n)
	case "mphantom", "annotation", "annotation-xml", "none", "mprescripts":
	case "semantics", "maction":
		if len(n.kids) > 0 {
			m.node(n.kids[0])
		}
	default:
		if len(n.kids) == 0 {
			if s := n.said(); s != "" {
				m.add(s, mathOrd)
			}
			return
		}
		was := m.bold
		if strings.Contains(n.attr("mathvariant"), "bold") {
			m.bold = true
		}
		m.row(n.kids)
		m.bold = was
	}
}

// letters writes letters or figures; those of Unicode's mathematical alphabets that the text face has are taken from there.
func (m *mathLiner) letters(s string, class mathClass) *mathPiece {
	bold, italic, family := false, false, ""
	plain := strings.Map(func(r rune) rune {
		c, b, i, f := plainLetter(r)
		bold, italic = bold || b, italic || i
		if f != "" {
			family = f
		}
		return c
	}, s)
	p := m.add(plain, class)
	p.bold = p.bold || bold
	p.italic, p.family = italic, family
	return p
}

// plainLetter gives the letter that a mathematical alphanumeric symbol is, where text faces have its look.
func plainLetter(r rune) (c rune, bold, italic bool, family string) {
	if r < 0x1D400 || r > 0x1D7FF {
		return r, false, false, ""
	}
	for _, a := range [...]struct {
		from         rune
		bold, italic bool
		family       string
	}{{0x1D400, true, false, ""}, {0x1D434, false, true, ""}, {0x1D468, true, true, ""}, {0x1D5A0, false, false, "sans"},
		{0x1D5D4, true, false, "sans"}, {0x1D608, false, true, "sans"}, {0x1D670, false, false, "mono"}} {
		if r >= a.from && r < a.from+52 {
			c := 'A' + r - a.from
			if c > 'Z' {
				c += 'a' - 'Z' - 1
			}
			return c, a.bold, a.italic, a.family
		}
	}
	for _, a := range [...]struct {
		from, first  rune
		bold, italic bool
	}{{0x1D6A8, 'Α', true, false}, {0x1D6C2, 'α', true, false}, {0x1D71C, 'Α', true, true}, {0x1D736, 'α', true, true}} {
		if r >= a.from && r < a.from+25 {
			return a.first + r - a.from, a.bold, a.italic, ""
		}
	}
	if r >= 0x1D7CE && r <= 0x1D7D7 {
		return '0' + r - 0x1D7CE, true, false, ""
	}
	return r, false, false, ""
}

// variant gives a piece the look that mathvariant asks for.
func variant(p *mathPiece, v string) {
	if v == "" {
		return
	}
	p.italic = strings.Contains(v, "italic")
	p.bold = p.bold || strings.Contains(v, "bold")
	switch {
	case strings.HasPrefix(v, "sans"):
		p.family = "sans"
	case v == "monospace":
		p.family = "mono"
	}
}

// identifier writes a variable or a name. A letter alone is set in italics (MathML Core, 3.2.2).
func (m *mathLiner) identifier(n *mathNode) {
	s := n.said()
	letters := 0
	for _, r := range s {
		if !unicode.IsMark(r) {
			letters++
		}
	}
	p := m.letters(s, mathOrd)
	first, _ := utf8.DecodeRuneInString(s)
	if letters == 1 && first < 0x1D400 && unicode.IsLetter(first) && (first < 0x2100 || first > 0x214F || first == 'ℓ') {
		p.italic = true
	}
	variant(p, n.attr("mathvariant"))
}

// operatorClass tells what an operator does. prefix: nothing stands before it in its row.
func operatorClass(n *mathNode, prefix bool) mathClass {
	s := n.said()
	form := n.attr("form")
	r, size := utf8.DecodeRuneInString(s)
	if size < len(s) { // "lim", "mod"
		if next, _ := utf8.DecodeRuneInString(s[size:]); unicode.IsLetter(r) {
			if s == "mod" {
				return mathBin
			}
			return mathOp
		} else if !unicode.IsMark(next) {
			return mathRel
		}
	}
	switch r {
	case '(', '[', '{', '⟨', '⌊', '⌈', '⟦', '⟮', '⌜':
		return mathOpen
	case ')', ']', '}', '⟩', '⌋', '⌉', '⟧', '⟯', '!', '⌝':
		return mathClose
	case ',', ';':
		return mathPunct
	case '|', '‖', '∣', '∥':
		switch form {
		case "prefix":
			return mathOpen
		case "postfix":
			return mathClose
		}
		if r == '∣' || r == '∥' || form == "infix" {
			return mathRel
		}
		if n.attr("fence") == "true" && prefix {
			return mathOpen
		}
		return mathOrd
	case '+', '-', '−', '±', '∓':
		if form == "prefix" || prefix {
			return mathOrd
		}
		return mathBin
	case '×', '÷', '⋅', '·', '∗', '*', '⋆', '∘', '∙', '•', '∩', '∪', '⋒', '⋓', '⊓', '⊔', '∨', '∧', '⊼', '⊻', '∖', '⊕', '⊖', '⊗', '⊘', '⊙', '⊞', '⊠',
		'†', '‡', '⨿', '⊎', '≀', '⋄', '◯', '◃', '▹', '⋉', '⋊':
		return mathBin
	case '∑', '∏', '∐', '⋃', '⋂', '⋁', '⋀', '⨁', '⨂', '⨀', '⨄', '⨆', '∫', '∬', '∭', '∮', '∯':
		return mathOp
	case '=', '<', '>', ':', '≔', '≕', '∈', '∋', '∉', '∝', '∴', '∵', '⟂', '⊥':
		return mathRel
	case '…', '⋯', '⋮', '⋱', '⋰':
		return mathInner
	case '.', '?':
		return mathClose
	case '∀', '∃', '∄', '¬', '/', '\\', '%', '′', '″', '‴', '⁗', '∂', '∇', '√', '∞', '∅', '∠', '°', '&':
		return mathOrd
	}
	if r >= 0x2190 && r <= 0x22FF || r >= 0x27C0 && r <= 0x2AFF {
		return mathRel
	}
	return mathOrd
}

// operator writes a sign.
func (m *mathLiner) operator(n *mathNode) {
	s := n.said()
	if s == "" || s == "\u2061" || s == "\u2062" || s == "\u2063" || s == "\u2064" {
		return
	}
	class := operatorClass(n, len(m.pieces) == 0)
	if s == "-" {
		s = "−"
	}
	m.add(s, class)
}

// space writes white space: thin, middling, an en, an em.
func (m *mathLiner) space(width string) {
	n := strings.TrimRight(width, "abcdefghijklmnopqrstuvwxyz%")
	v, err := strconv.ParseFloat(n, 64)
	if err != nil {
		return
	}
	switch width[len(n):] {
	case "ex":
		v *= .43
	case "px":
		v /= 16
	case "pt":
		v /= 10
	case "em", "":
	default:
		return
	}
	switch {
	case v < .08:
	case v < .2:
		m.add("\u2009", mathSpace)
	case v < .4:
		m.add("\u00a0", mathSpace)
	case v < .8:
		m.add("\u2002", mathSpace)
	default:
		m.add(strings.Repeat("\u2003", min(int(v+.3), 4)), mathSpace)
	}
}

// fraction writes a quotient with a slash; parts without a line between them are written like a matrix of two rows.
func (m *mathLiner) fraction(n *mathNode) {
	if len(n.kids) != 2 {
		m.row(n.kids)
		return
	}
	if t := n.attr("linethickness"); strings.HasPrefix(t, "0") && strings.Trim(t, "0.empxt%") == "" {
		m.node(n.kids[0])
		m.add(";", mathPunct)
		m.node(n.kids[1])
		return
	}
	from := len(m.pieces)
	m.bound(n.kids[0], 1)
	m.add("/\u2060", mathOrd)
	m.bound(n.kids[1], 0)
	m.inner(from)
}

// inner makes what was written since from one thing, for the spaces around it.
func (m *mathLiner) inner(from int) {
	if from < len(m.pieces) {
		m.pieces[from].class = mathInner
		m.pieces[len(m.pieces)-1].right = mathInner
	}
}

// root writes a root sign and what stands under it.
func (m *mathLiner) root(sign string, kids []*mathNode) {
	inner := &mathNode{tag: "mrow", kids: kids}
	m.add(sign, mathOrd)
	if p := plainMath(inner); (p.tag == "mi" || p.tag == "mn") && mathWeight(p) == 0 {
		m.node(p)
		return
	}
	m.enclosed("(", ")", plainMath(inner))
}

func (m *mathLiner) indexRoot(n *mathNode) {
	if len(n.kids) != 2 {
		m.root("√", n.kids)
		return
	}
	switch plainMath(n.kids[1]).said() {
	case "3":
		m.root("∛", n.kids[:1])
		return
	case "4":
		m.root("∜", n.kids[:1])
		return
	}
	from := len(m.pieces)
	m.script(n.kids[1], 1)
	m.leading(from)
	m.root("√", n.kids[:1])
}

// script writes a superscript (1) or a subscript (-1).
func (m *mathLiner) script(n *mathNode, where int) {
	p := plainMath(n)
	if p.tag == "mrow" && len(p.kids) == 0 || p.tag == "none" {
		return
	}
	if p.tag == "mo" && strings.Trim(p.said(), "′″‴⁗") == "" {
		m.add(p.said(), mathOrd) // a prime is raised by itself
		return
	}
	if p.tag == "mrow" && where > 0 && len(p.kids) == 2 && p.kids[0].tag == "mo" && strings.Trim(p.kids[0].said(), "′″‴⁗") == "" {
		m.add(p.kids[0].said(), mathOrd)
		m.script(p.kids[1], where)
		return
	}
	if p.tag == "mn" && m.level == 0 && strings.Trim(p.said(), "0123456789") == "" {
		m.add(p.said(), mathOrd).digits = where
		return
	}
	level, rise := m.level, m.rise
	if where > 0 {
		m.rise += mathSizes[level] * 38 / 100
	} else {
		m.rise -= mathSizes[level] * 17 / 100
	}
	m.level = min(level+1, len(mathSizes)-1)
	m.node(n)
	m.level, m.rise = level, rise
}

// combining are the marks that stand over or under a letter, by the character that MathML has for them.
func combining(s string, under bool) string {
	if under {
		switch s {
		case "_", "\u0332", "¯":
			return "\u0332"
		}
		return ""
	}
	switch s {
	case "¯", "‾", "\u0304", "\u0305", "―":
		return "\u0304"
	case "^", "ˆ", "\u0302":
		return "\u0302"
	case "~", "˜", "\u0303":
		return "\u0303"
	case "→", "\u20d7", "⇀":
		return "\u20d7"
	case "˙", ".", "\u0307":
		return "\u0307"
	case "¨", "..", "\u0308":
		return "\u0308"
	case "´", "\u0301":
		return "\u0301"
	case "`", "\u0300":
		return "\u0300"
	case "ˇ", "\u030c":
		return "\u030c"
	case "˘", "\u0306":
		return "\u0306"
	case "˚", "\u030a":
		return "\u030a"
	case "\u20db":
		return "\u20db"
	}
	return ""
}

// scripts writes what has something above it, below it, or both. A subscript goes first, as it is read.
func (m *mathLiner) scripts(n *mathNode) {
	if len(n.kids) < 2 {
		m.row(n.kids)
		return
	}
	base := plainMath(n.kids[0])
	if n.tag == "mover" || n.tag == "munder" {
		mark := plainMath(n.kids[1])
		if mark.tag == "mo" {
			s := mark.said()
			if c := combining(s, n.tag == "munder"); c != "" && (n.attr("accent") == "true" || n.attr("accentunder") == "true" || base.tag != "mo") {
				m.marked(n.kids[0], c)
				return
			}
			if strings.ContainsAny(s, "⏞⏟⎴⎵︷︸") { // a brace only says what the text beyond it names
				m.bound(n.kids[0], 1)
				return
			}
		}
	}
	from := len(m.pieces)
	switch base.tag {
	case "mfrac", "msqrt", "mroot":
		m.enclosed("(", ")", base)
	default:
		m.node(n.kids[0])
	}
	at := len(m.pieces)
	switch {
	case len(n.kids) > 2:
		m.script(n.kids[1], -1)
		m.script(n.kids[2], 1)
	case n.tag == "msub" || n.tag == "munder":
		m.script(n.kids[1], -1)
	default:
		m.script(n.kids[1], 1)
	}
	// Base and scripts are one thing for the spaces around them: nothing between, and behind what the base asks for.
	if at > from && len(m.pieces) > at {
		m.pieces[len(m.pieces)-1].right = m.pieces[at-1].right
		m.pieces[at-1].right = mathOpen
	}
}

// marked writes a letter with its mark; of several letters each has one.
func (m *mathLiner) marked(n *mathNode, mark string) {
	from := len(m.pieces)
	m.node(n)
	for i := from; i < len(m.pieces); i++ {
		p := &m.pieces[i]
		if p.class == mathSpace {
			continue
		}
		var b strings.Builder
		letters := utf8.RuneCountInString(p.text) > 1 || len(m.pieces)-from > 1
		for _, r := range p.text {
			if r == 'i' || r == 'j' {
				if mark != "\u0332" && p.italic {
					r = map[rune]rune{'i': 'ı', 'j': 'ȷ'}[r]
				}
			}
			b.WriteRune(r)
			if letters && mark == "\u0304" {
				b.WriteString("\u0305")
			} else {
				b.WriteString(mark)
			}
		}
		p.text = b.String()
	}
}

// leading makes what was written since from stand close before what follows.
func (m *mathLiner) leading(from int) {
	if from < len(m.pieces) {
		m.pieces[from].leads, m.pieces[from].class = true, mathOrd
		m.pieces[len(m.pieces)-1].right = mathOpen
	}
}

func (m *mathLiner) multiscripts(n *mathNode) {
	var before, after []*mathNode
	list := &after
	for i, k := range n.kids {
		switch {
		case i == 0:
		case k.tag == "mprescripts":
			list = &before
		default:
			*list = append(*list, k)
		}
	}
	from := len(m.pieces)
	for i, k := range before {
		m.script(k, 1-2*((i+1)%2))
	}
	m.leading(from)
	if len(n.kids) > 0 {
		m.node(n.kids[0])
	}
	for i, k := range after {
		m.script(k, 1-2*((i+1)%2))
	}
	if last := len(m.pieces) - 1; last >= 0 {
		m.pieces[last].right = mathOrd
	}
}

func (m *mathLiner) fenced(n *mathNode) {
	open, shut, separators := "(", ")", ","
	for _, a := range n.attrs {
		switch a.Name.Local {
		case "open":
			open = strings.TrimSpace(a.Value)
		case "close":
			shut = strings.TrimSpace(a.Value)
		case "separators":
			separators = strings.Join(strings.Fields(a.Value), "")
		}
	}
	if open != "" {
		m.add(open, mathOpen)
	}
	marks := []rune(separators)
	for i, k := range n.kids {
		if i > 0 && len(marks) > 0 {
			m.add(string(marks[min(i-1, len(marks)-1)]), mathPunct)
		}
		m.node(k)
	}
	if shut != "" {
		m.add(shut, mathClose)
	}
}

// table writes a matrix row by row, in its own brackets or those around it; cases and aligned equations are written line by
// line where the formula is displayed. alone: the table is all there is in its row.
func (m *mathLiner) table(n *mathNode, open, shut, alone bool) {
	class := n.attr("class")
	lines := class == "aligned" || class == "gathered" || class == "" && alone && m.display && len(m.pieces) == 0 && n.attr("columnalign") != ""
	cases := class == "cases" || class == "" && open != shut
	if !lines && !cases && !open && !shut {
		m.add("[", mathOpen)
		defer func() { m.add("]", mathClose) }()
	}
	if cases && open {
		m.add("\u2009", mathSpace)
	}
	for i, tr := range n.kids {
		if i > 0 {
			if (lines || cases) && m.display && m.level == 0 {
				m.add("", mathLine)
			} else {
				m.add(";", mathPunct)
			}
		}
		cells := tr.kids
		if tr.tag == "mlabeledtr" && len(cells) > 0 {
			cells = cells[1:]
		}
		for j, td := range cells {
			if j > 0 && !lines {
				if last := len(m.pieces) - 1; !cases || last >= 0 && m.pieces[last].class != mathPunct && m.pieces[last].class != mathLine && len(seen(td.kids)) > 0 {
					m.add(",", mathPunct)
				}
				if cases {
					m.add("\u2002", mathSpace)
				}
			}
			if j > 0 && lines && j%2 == 0 {
				m.add("\u2003", mathSpace)
			}
			m.row(td.kids)
		}
	}
}

// lineMath writes a formula as pieces.
func lineMath(ml string, display bool) []mathPiece {
	root := readMath(ml)
	if root == nil {
		return nil
	}
	m := &mathLiner{display: display}
	m.row(root.kids)
	return m.pieces
}

// glue gives the space between two pieces: "" none. A line may end behind an operation or a relation.
func glue(prev, next *mathPiece) string {
	if next.level > 0 && !next.leads || prev.right >= mathSpace || next.class >= mathSpace {
		return ""
	}
	switch mathSpaces[prev.right][next.class] {
	case 1:
		if prev.right == mathPunct {
			return " "
		}
		return "\u2009"
	case 2, 3:
		if next.class == mathBin || next.class == mathRel {
			return "\u00a0"
		}
		return " "
	}
	return ""
}

// settle makes signs of what looks like an operation but stands where none can (The TeXbook, p. 170).
func settle(pieces []mathPiece) {
	prev := -1
	for i := range pieces {
		p := &pieces[i]
		if p.class == mathSpace || p.level > 0 {
			continue
		}
		if p.class == mathBin {
			if prev < 0 {
				p.class, p.right = mathOrd, mathOrd
			} else {
				switch pieces[prev].class {
				case mathBin, mathOp, mathRel, mathOpen, mathPunct, mathLine:
					p.class, p.right = mathOrd, mathOrd
				}
			}
		}
		if prev >= 0 && pieces[prev].class == mathBin && (p.class == mathRel || p.class == mathClose || p.class == mathPunct || p.class == mathLine) {
			pieces[prev].class, pieces[prev].right = mathOrd, mathOrd
		}
		prev = i
	}
	if prev >= 0 && pieces[prev].class == mathBin {
		pieces[prev].class, pieces[prev].right = mathOrd, mathOrd
	}
}

// formula sets pieces as spans.
func (c *compositor) formula(out *[]layout.Span, st inlineState, pieces []mathPiece, pos document.Pos) {
	settle(pieces)
	base := st.ts
	base.Italic, base.NoHyphen, base.Letterspace = false, true, 0
	base.Features = typeset.FeatureList(base.Features, "-onum", "-tnum", "-smcp", "-c2sc", "-inis", "-caps", "lnum")
	add := func(text string, ts layout.TextStyle, check bool) {
		style := c.intern(ts)
		if check {
			c.lookUp(strings.ReplaceAll(text, "\u2060", ""), style, pos)
		}
		if n := len(*out) - 1; n >= 0 {
			if last := &(*out)[n]; last.Kind == layout.TextSpan && last.Style == style && last.Tag == st.node.Tag && last.Link == st.link && last.Source == 0 && !last.Artifact {
				last.Text += text
				return
			}
		}
		*out = append(*out, layout.Span{Text: text, Style: style, Tag: st.node.Tag, Link: st.link})
	}
	var prev *mathPiece
	bound := boundGroups(pieces)
	for i := range pieces {
		p := &pieces[i]
		if p.class == mathLine {
			*out = append(*out, layout.Span{Kind: layout.BreakSpan, Style: c.intern(base), Tag: st.node.Tag})
			prev = nil
			continue
		}
		if prev != nil {
			if g := glue(prev, p); g != "" {
				if g == " " && bound[i] {
					g = "\u00a0"
				}
				add(g, base, false)
			}
		}
		ts := base
		ts.Italic = p.italic
		if p.bold {
			ts.Weight = max(st.bold, ts.Weight)
		}
		if p.family != "" {
			ts.Family = p.family
		}
		text := p.text
		if p.digits != 0 {
			text = c.smallFigures(&ts, text, p.digits)
		} else if p.level > 0 {
			ts.Size = ts.Size * layout.Length(mathSizes[p.level]) / 1000
			ts.Rise += base.Size * layout.Length(p.rise) / 1000
		}
		add(text, ts, p.class != mathSpace)
		prev = p
	}
}

// boundGroup is how long, in signs, what stands in brackets may be for no line to end in it.
const boundGroup = 16

// boundGroups tells before which pieces no line may end, since they stand in short brackets.
func boundGroups(pieces []mathPiece) []bool {
	bound := make([]bool, len(pieces))
	depth, from, length := 0, 0, 0
	for i := range pieces {
		p := &pieces[i]
		open, shut := strings.Trim(p.text, "([{⟨⌊⌈") == "" && p.text != "", strings.Trim(p.text, ")]}⟩⌋⌉") == "" && p.text != ""
		if open {
			if depth++; depth == 1 {
				from, length = i, 0
			}
		}
		length += utf8.RuneCountInString(p.text)
		if p.class == mathLine {
			depth = 0
		}
		if shut && depth > 0 {
			if depth--; depth == 0 && length <= boundGroup {
				for k := from + 1; k <= i; k++ {
					bound[k] = true
				}
			}
		}
	}
	return bound
}

// smallFigures writes figures as the superiors or inferiors that Unicode has for them, so that copied text keeps its
// meaning, when the face has them; else they are scaled and moved.
func (c *compositor) smallFigures(ts *layout.TextStyle, text string, where int) string {
	figures := []rune("⁰¹²³⁴⁵⁶⁷⁸⁹")
	if where < 0 {
		figures = []rune("₀₁₂₃₄₅₆₇₈₉")
	}
	face := c.types.SelectFace(ts.Family, ts.Weight, ts.Italic)
	small := strings.Map(func(r rune) rune { return figures[r-'0'] }, text)
	for _, r := range small {
		if !face.Has(r) {
			rise := ts.Size * 38 / 100
			if where < 0 {
				rise = -ts.Size * 17 / 100
			}
			ts.Rise += rise
			ts.Size = ts.Size * layout.Length(mathSizes[1]) / 1000
			return text
		}
	}
	return small
}

// setMath sets a formula from its MathML; false when there is none that can be read.
func (c *compositor) setMath(out *[]layout.Span, st inlineState, ml string, display bool, pos document.Pos) bool {
	pieces := lineMath(ml, display)
	if len(pieces) == 0 {
		return false
	}
	if st.node.Alt == "" {
		st.node.Alt = spoken(pieces)
	}
	c.formula(out, st, pieces, pos)
	return true
}

// math sets a formula in a line; one whose MathML is not known is printed as its source.
func (c *compositor) math(out *[]layout.Span, st inlineState, in *document.Math) {
	n := c.child(&st, Formula)
	n.Alt = in.TeX
	if c.setMath(out, st, in.Formula.MathML(), false, in.Pos) {
		return
	}
	tex := in.TeX
	if tex == "" {
		tex = mathText(in.Formula.MathML())
		n.Alt = tex
	}
	c.mathProblem(in.Pos)
	st.ts.Italic, st.ts.NoHyphen = true, true
	if strings.ContainsAny(tex, "\\{}^_") {
		st.ts.Family, st.ts.Italic = "mono", false
		st.ts.Size = st.ts.Size * 85 / 100
		st.ts.Features = ""
		st.ts.Break = "code"
	}
	*out = append(*out, layout.Span{Text: tex, Style: c.intern(st.ts), Tag: n.Tag, Link: st.link})
}

// mathBlock sets displayed mathematics, centred on its own lines; without MathML as its source.
func (c *compositor) mathBlock(s *stand, m *document.MathBlock) {
	n := c.node(s.parent, Formula)
	n.Alt, n.Block = m.TeX, true
	look := style.Look{Align: "center", Before: style.Lh(.5), After: style.Lh(.5), Hyphenate: "no"}
	if s.small {
		look.Size, look.Leading = s.look.Size, s.look.Leading
	}
	c.indent = false
	var spans []layout.Span
	if c.setMath(&spans, c.inlineIn(s, &look, n), m.Formula.MathML(), true, m.Pos) {
		p := c.para(s, &look, "math", n, m.Pos, func(ps *layout.ParaStyle) { ps.OffGrid, ps.KeepLines = true, true })
		p.Spans = spans
		*s.out = append(*s.out, p)
		return
	}
	if n.Alt == "" {
		n.Alt = mathText(m.Formula.MathML())
	}
	c.mathProblem(m.Pos)
	look.Family, look.Align, look.Hang = "mono", "left", style.Em(2)
	if !s.small {
		look.Size, look.Leading = c.style.Code.Size, c.style.Code.Leading
	}
	ts := c.textStyle(&look, s.lang)
	ts.NoHyphen, ts.Break, ts.Features = true, "code", ""
	p := c.para(s, &look, "math", n, m.Pos, func(ps *layout.ParaStyle) {
		ps.Pre, ps.Hyphenate, ps.OffGrid = true, false, true
		ps.LeftIndent += c.style.TextSize() * 3 / 2
	})
	p.Spans = []layout.Span{{Text: n.Alt, Style: c.intern(ts), Tag: n.Tag}}
	*s.out = append(*s.out, p)
}

// spoken is what a formula says in plain characters.
func spoken(pieces []mathPiece) string {
	settle(pieces)
	var b strings.Builder
	var prev *mathPiece
	for i := range pieces {
		p := &pieces[i]
		if prev != nil {
			b.WriteString(glue(prev, p))
			if p.rise > prev.rise || p.digits > prev.digits && p.digits > 0 {
				b.WriteByte('^')
			} else if p.rise < prev.rise && p.rise < 0 || p.digits < 0 && prev.digits >= 0 {
				b.WriteByte('_')
			}
		}
		if p.class == mathLine {
			b.WriteString("; ")
		}
		b.WriteString(strings.ReplaceAll(p.text, "\u2060", ""))
		prev = p
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func (c *compositor) mathProblem(pos document.Pos) {
	c.problems = append(c.problems, document.Problem{Code: "math-as-source", Severity: document.Info, Pos: pos,
		Message: "the PDF prints this formula as its source", Hint: "a picture of the formula, with its words as alt text, prints as one"})
}

// mathText is what a MathML element says when its tags are taken away.
func mathText(ml string) string {
	var b strings.Builder
	tag := false
	for _, r := range ml {
		switch {
		case r == '<':
			tag = true
			b.WriteByte(' ')
		case r == '>':
			tag = false
		case !tag:
			b.WriteRune(r)
		}
	}
	s := strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", "\"", "&apos;", "'", "&amp;", "&").Replace(b.String())
	return strings.Join(strings.Fields(s), " ")
}
