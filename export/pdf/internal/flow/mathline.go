package flow

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

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
	display bool
}

// mathSizes are the sizes of text, scripts and scripts of scripts, in thousandths.
var mathSizes = [...]int{1000, 700, 560}

func (m *mathLiner) add(text string, class mathClass) *mathPiece {
	m.pieces = append(m.pieces, mathPiece{text: text, class: class, right: class, level: m.level, rise: m.rise, bold: m.bold})
	return &m.pieces[len(m.pieces)-1]
}

// lineMath writes a formula as pieces.
func lineMath(f *document.Formula, display bool) []mathPiece {
	m := &mathLiner{display: display}
	m.row(elements(f))
	return m.pieces
}

// A mathRow is a row of elements that is being written.
type mathRow struct {
	*mathLiner
	kids  []*mathNode
	apply bool // a function stands before, which is applied to what follows
	start int  // the piece with which the thing before began
}

// row writes elements one after the other.
func (m *mathLiner) row(kids []*mathNode) {
	r := mathRow{mathLiner: m, kids: seen(kids)}
	for i, k := range r.kids {
		n := plainMath(k)
		switch {
		case n.Name == "mo" && said(n) == "\u2061":
			r.apply = true
			continue
		case n.Name == "mfrac" && n.Attr("linethickness") != "0":
			r.quotient(i, n)
		case n.Name == "mtable":
			m.table(n, r.fence(i-1) == mathOpen, r.fence(i+1) == mathClose, len(r.kids) == 1)
		default:
			r.thing(k, n)
			r.partName(i, n)
		}
		r.apply = false
	}
}

// fence says whether a bracket that opens or closes stands at a place of the row.
func (r *mathRow) fence(i int) mathClass {
	if i < 0 || i >= len(r.kids) {
		return mathOrd
	}
	return fenceOf(r.kids[i])
}

// quotient writes a fraction, in parentheses where what stands beside it would change its meaning.
func (r *mathRow) quotient(i int, n *mathNode) {
	parts := elements(n)
	factor := i+1 < len(r.kids) && isFactor(r.kids[i+1]) && !(isNumber(parts, 0) && isNumber(parts, 1))
	after := i > 0 && plainMath(r.kids[i-1]).Name == "mo" && said(plainMath(r.kids[i-1])) == "/"
	if r.apply {
		r.partFunction()
	}
	if r.apply || factor || after {
		r.enclosed("(", ")", n)
	} else {
		r.node(n)
	}
}

// thing writes any other element, in parentheses where a function is applied to more than one thing.
func (r *mathRow) thing(k, n *mathNode) {
	if r.apply && mathWeight(n) > 1 && !startsOpen(n) {
		r.enclosed("(", ")", n)
		return
	}
	from := len(r.pieces)
	r.node(k)
	if r.apply {
		if from > 0 && from < len(r.pieces) && r.pieces[from].class != mathOpen {
			r.pieces[from-1].right = mathOp // a thin space before what a function is applied to
		}
		if r.start < from {
			r.partFunction()
		}
	}
	r.start = from
}

// partFunction puts a thin space before the function that is applied here.
func (r *mathRow) partFunction() {
	if r.start < len(r.pieces) && r.pieces[r.start].class == mathOrd {
		r.pieces[r.start].class = mathOp
	}
}

// partName keeps a name from running into what follows.
func (r *mathRow) partName(i int, n *mathNode) {
	if n.Name != "mi" || i+1 >= len(r.kids) || utf8.RuneCountInString(said(n)) <= 1 {
		return
	}
	if next := r.kids[i+1]; isFactor(next) && fenceOf(next) != mathOpen && !startsOpen(plainMath(next)) {
		r.pieces[len(r.pieces)-1].right = mathOp
	}
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
	switch n.Name {
	case "mi":
		m.identifier(n)
	case "mn":
		p := m.letters(said(n), mathOrd)
		p.italic = false
	case "mtext", "ms":
		text := strings.FieldsFunc(wording(n), isXMLSpace)
		p := m.add(strings.ReplaceAll(strings.Join(text, " "), "\u00a0", " "), mathOrd)
		variant(p, n.Attr("mathvariant"))
	case "mo":
		m.operator(n)
	case "mspace":
		m.space(n.Attr("width"))
	case "mfrac":
		m.fraction(n)
	case "msqrt":
		m.root("√", elements(n))
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
		if len(elements(n)) > 0 {
			m.node(elements(n)[0])
		}
	default:
		if len(elements(n)) == 0 {
			if s := said(n); s != "" {
				m.add(s, mathOrd)
			}
			return
		}
		was := m.bold
		if strings.Contains(n.Attr("mathvariant"), "bold") {
			m.bold = true
		}
		m.row(elements(n))
		m.bold = was
	}
}

// operator writes a sign.
func (m *mathLiner) operator(n *mathNode) {
	s := said(n)
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
	if len(elements(n)) != 2 {
		m.row(elements(n))
		return
	}
	if t := n.Attr("linethickness"); strings.HasPrefix(t, "0") && strings.Trim(t, "0.empxt%") == "" {
		m.node(elements(n)[0])
		m.add(";", mathPunct)
		m.node(elements(n)[1])
		return
	}
	from := len(m.pieces)
	m.bound(elements(n)[0], 1)
	m.add("/\u2060", mathOrd)
	m.bound(elements(n)[1], 0)
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
	inner := &mathNode{Name: "mrow", Kids: kids}
	m.add(sign, mathOrd)
	if p := plainMath(inner); (p.Name == "mi" || p.Name == "mn") && mathWeight(p) == 0 {
		m.node(p)
		return
	}
	m.enclosed("(", ")", plainMath(inner))
}

func (m *mathLiner) indexRoot(n *mathNode) {
	if len(elements(n)) != 2 {
		m.root("√", elements(n))
		return
	}
	switch said(plainMath(elements(n)[1])) {
	case "3":
		m.root("∛", elements(n)[:1])
		return
	case "4":
		m.root("∜", elements(n)[:1])
		return
	}
	from := len(m.pieces)
	m.script(elements(n)[1], 1)
	m.leading(from)
	m.root("√", elements(n)[:1])
}

// script writes a superscript (1) or a subscript (-1).
func (m *mathLiner) script(n *mathNode, where int) {
	p := plainMath(n)
	if p.Name == "mrow" && len(elements(p)) == 0 || p.Name == "none" {
		return
	}
	if p.Name == "mo" && strings.Trim(said(p), "′″‴⁗") == "" {
		m.add(said(p), mathOrd) // a prime is raised by itself
		return
	}
	if p.Name == "mrow" && where > 0 && len(elements(p)) == 2 && elements(p)[0].Name == "mo" && strings.Trim(said(elements(p)[0]), "′″‴⁗") == "" {
		m.add(said(elements(p)[0]), mathOrd)
		m.script(elements(p)[1], where)
		return
	}
	if p.Name == "mn" && m.level == 0 && strings.Trim(said(p), "0123456789") == "" {
		m.add(said(p), mathOrd).digits = where
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

// scripts writes what has something above it, below it, or both. A subscript goes first, as it is read.
func (m *mathLiner) scripts(n *mathNode) {
	if len(elements(n)) < 2 {
		m.row(elements(n))
		return
	}
	base := plainMath(elements(n)[0])
	if n.Name == "mover" || n.Name == "munder" {
		mark := plainMath(elements(n)[1])
		if mark.Name == "mo" {
			s := said(mark)
			if c := combining(s, n.Name == "munder"); c != "" && (n.Attr("accent") == "true" || n.Attr("accentunder") == "true" || base.Name != "mo") {
				m.marked(elements(n)[0], c)
				return
			}
			if strings.ContainsAny(s, "⏞⏟⎴⎵︷︸") { // a brace only says what the text beyond it names
				m.bound(elements(n)[0], 1)
				return
			}
		}
	}
	from := len(m.pieces)
	switch base.Name {
	case "mfrac", "msqrt", "mroot":
		m.enclosed("(", ")", base)
	default:
		m.node(elements(n)[0])
	}
	at := len(m.pieces)
	switch {
	case len(elements(n)) > 2:
		m.script(elements(n)[1], -1)
		m.script(elements(n)[2], 1)
	case n.Name == "msub" || n.Name == "munder":
		m.script(elements(n)[1], -1)
	default:
		m.script(elements(n)[1], 1)
	}
	// Base and scripts are one thing for the spaces around them: nothing between, and behind what the base asks for.
	if at > from && len(m.pieces) > at {
		m.pieces[len(m.pieces)-1].right = m.pieces[at-1].right
		m.pieces[at-1].right = mathOpen
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
	for i, k := range elements(n) {
		switch {
		case i == 0:
		case k.Name == "mprescripts":
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
	if len(elements(n)) > 0 {
		m.node(elements(n)[0])
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
	for _, a := range n.Attrs {
		switch a.Name {
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
	for i, k := range elements(n) {
		if i > 0 && len(marks) > 0 {
			m.add(string(marks[min(i-1, len(marks)-1)]), mathPunct)
		}
		m.node(k)
	}
	if shut != "" {
		m.add(shut, mathClose)
	}
}

// A mathTable is how a table of cells is written in a line.
type mathTable uint8

const (
	matrix    mathTable = iota // row by row: 1, 0; 0, 1
	cases                      // line by line where the formula is displayed, with a comma before what each case asks for
	equations                  // line by line where the formula is displayed, the cells one after the other
)

// table writes a matrix row by row, in its own brackets or those around it; cases and aligned equations are written line by
// line where the formula is displayed. alone: the table is all there is in its row.
func (m *mathLiner) table(n *mathNode, open, shut, alone bool) {
	kind := m.tableKind(n, open, shut, alone)
	bare := kind == matrix && !open && !shut
	if bare {
		m.add("[", mathOpen)
	}
	if kind == cases && open {
		m.add("\u2009", mathSpace)
	}
	for i, tr := range elements(n) {
		if i > 0 {
			m.nextRow(kind)
		}
		cells := elements(tr)
		if tr.Name == "mlabeledtr" && len(cells) > 0 {
			cells = cells[1:]
		}
		for j, td := range cells {
			if j > 0 {
				m.nextCell(kind, j, td)
			}
			m.row(elements(td))
		}
	}
	if bare {
		m.add("]", mathClose)
	}
}

func (m *mathLiner) tableKind(n *mathNode, open, shut, alone bool) mathTable {
	switch class := n.Attr("class"); {
	case class == "aligned", class == "gathered",
		class == "" && alone && m.display && len(m.pieces) == 0 && n.Attr("columnalign") != "":
		return equations
	case class == "cases", class == "" && open != shut:
		return cases
	}
	return matrix
}

// nextRow parts two rows.
func (m *mathLiner) nextRow(kind mathTable) {
	if kind != matrix && m.display && m.level == 0 {
		m.add("", mathLine)
	} else {
		m.add(";", mathPunct)
	}
}

// nextCell parts the cell before from the j-th, td.
func (m *mathLiner) nextCell(kind mathTable, j int, td *mathNode) {
	switch kind {
	case matrix:
		m.add(",", mathPunct)
	case cases:
		last := len(m.pieces) - 1
		if last >= 0 && m.pieces[last].class != mathPunct && m.pieces[last].class != mathLine && len(seen(elements(td))) > 0 {
			m.add(",", mathPunct)
		}
		m.add("\u2002", mathSpace)
	case equations:
		if j%2 == 0 {
			m.add("\u2003", mathSpace)
		}
	}
}
