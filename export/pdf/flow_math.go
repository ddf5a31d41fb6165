package pdf

import (
	"encoding/xml"
	"strings"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/layout"
)

// Formulas are set on the line, as a compositor without a mathematical case would: variables in italics, indices and powers
// as inferiors and superiors, fractions with a stroke, roots and sums by their signs. What has no MathML is set as its
// source. Either way the formula's source is its alternative text.

// A mathNode is an element of MathML, or text.
type mathNode struct {
	name string // local name; "" for text
	text string
	kids []*mathNode
}

// parseMath reads a <math> element; nil if it cannot be read.
func parseMath(src string) *mathNode {
	if src == "" {
		return nil
	}
	d := xml.NewDecoder(strings.NewReader(src))
	root := &mathNode{}
	stack := []*mathNode{root}
	for {
		t, err := d.Token()
		if err != nil {
			break
		}
		top := stack[len(stack)-1]
		switch t := t.(type) {
		case xml.StartElement:
			n := &mathNode{name: t.Name.Local}
			top.kids = append(top.kids, n)
			stack = append(stack, n)
			if len(stack) > 200 {
				return nil
			}
		case xml.EndElement:
			if len(stack) > 1 {
				stack = stack[:len(stack)-1]
			}
		case xml.CharData:
			if s := strings.Join(strings.Fields(string(t)), " "); s != "" {
				top.kids = append(top.kids, &mathNode{text: s})
			}
		}
	}
	if len(stack) != 1 || len(root.kids) != 1 || root.kids[0].name != "math" {
		return nil
	}
	return root.kids[0]
}

// leaf is the text of a token element.
func (n *mathNode) leaf() string {
	var b strings.Builder
	for _, k := range n.kids {
		b.WriteString(k.text)
		b.WriteString(k.leaf())
	}
	return b.String()
}

// row gives an element's children, through elements that only group.
func (n *mathNode) row() []*mathNode {
	for len(n.kids) == 1 && grouping(n.kids[0].name) {
		n = n.kids[0]
	}
	if n.name == "semantics" && len(n.kids) > 1 {
		return n.kids[:1] // the rest are annotations
	}
	return n.kids
}

func grouping(name string) bool {
	switch name {
	case "mrow", "mstyle", "mpadded", "math", "semantics", "menclose":
		return true
	}
	return false
}

// single reports whether an element is one sign or number, which a fraction's stroke or a root can stand beside bare.
func (n *mathNode) single() bool {
	switch n.name {
	case "mi", "mn", "mo", "mtext":
		return true
	case "msup", "msub", "msubsup":
		return len(n.kids) > 0 && n.kids[0].single()
	}
	if kids := n.row(); grouping(n.name) && len(kids) == 1 {
		return kids[0].single()
	}
	return false
}

// A mathSetter sets one formula.
type mathSetter struct {
	c     *compositor
	out   *[]layout.Span
	st    inlineState
	em    layout.Length
	open  bool // nothing stands before that an operator could join to what follows
	lines bool // rows of a table may be lines
}

func (m *mathSetter) put(text string, ts layout.TextStyle) {
	if text == "" {
		return
	}
	style := m.c.intern(ts)
	m.c.lookUp(text, style, document.Pos{})
	if n := len(*m.out); n > 0 {
		if last := &(*m.out)[n-1]; last.Kind == layout.TextSpan && last.Style == style && last.Tag == m.st.node.Tag {
			last.Text += text
			return
		}
	}
	*m.out = append(*m.out, layout.Span{Text: text, Style: style, Tag: m.st.node.Tag, Link: m.st.link})
}

func (m *mathSetter) upright() layout.TextStyle {
	ts := m.st.ts
	ts.Italic = false
	return ts
}

// nodes sets elements in a row.
func (m *mathSetter) nodes(ns []*mathNode) {
	for i, n := range ns {
		m.node(n, i+1 < len(ns))
	}
}

// node sets one element.
func (m *mathSetter) node(n *mathNode, more bool) {
	arg := func(i int) *mathNode {
		if i < len(n.kids) {
			return n.kids[i]
		}
		return &mathNode{}
	}
	switch n.name {
	case "":
		m.put(n.text, m.upright())
		m.open = false
	case "mi":
		ts := m.st.ts
		s := n.leaf()
		ts.Italic = utf8.RuneCountInString(s) == 1
		m.put(s, ts)
		if !ts.Italic && more { // a function's name stands off its argument
			m.put("\u202f", ts)
		}
		m.open = false
	case "mn", "ms":
		m.put(n.leaf(), m.upright())
		m.open = false
	case "mtext":
		m.put(strings.ReplaceAll(n.leaf(), "\u00a0", " "), m.upright())
		m.open = false
	case "mo":
		m.operator(n.leaf(), more)
	case "mspace":
		m.put(" ", m.upright())
	case "mphantom", "annotation", "annotation-xml", "none", "mprescripts":
	case "msup":
		m.node(arg(0), false)
		m.raised(arg(1), 1)
	case "msub":
		m.node(arg(0), false)
		m.raised(arg(1), -1)
	case "msubsup":
		m.node(arg(0), false)
		m.raised(arg(1), -1)
		m.raised(arg(2), 1)
	case "munderover":
		m.node(arg(0), false)
		m.raised(arg(1), -1)
		m.raised(arg(2), 1)
		m.put("\u202f", m.upright())
		m.open = true
	case "munder":
		m.node(arg(0), false)
		m.raised(arg(1), -1)
		m.put("\u202f", m.upright())
		m.open = true
	case "mover":
		if mark := combining(arg(1).leaf()); mark != "" && arg(0).single() {
			m.node(arg(0), false)
			if k := len(*m.out); k > 0 {
				(*m.out)[k-1].Text += mark
			}
			return
		}
		m.node(arg(0), false)
		m.raised(arg(1), 1)
	case "mfrac":
		m.fenced(arg(0))
		m.put("/", m.upright())
		m.fenced(arg(1))
	case "msqrt":
		m.put("√", m.upright())
		m.fenced(&mathNode{name: "mrow", kids: n.kids})
	case "mroot":
		m.raised(arg(1), 1)
		m.put("√", m.upright())
		m.fenced(arg(0))
	case "mfenced":
		m.put("(", m.upright())
		m.open = true
		for i, k := range n.kids {
			if i > 0 {
				m.put(", ", m.upright())
			}
			m.node(k, false)
		}
		m.put(")", m.upright())
	case "mtable":
		m.table(n)
	default:
		m.nodes(n.row())
	}
}

// fenced sets an element, in parentheses when it is more than one thing.
func (m *mathSetter) fenced(n *mathNode) {
	if n.single() {
		m.node(n, false)
		return
	}
	m.put("(", m.upright())
	m.open = true
	m.node(n, false)
	m.put(")", m.upright())
	m.open = false
}

// raised sets a power (1) or an index (-1).
func (m *mathSetter) raised(n *mathNode, way layout.Length) {
	saved, open := m.st.ts, m.open
	rise := m.st.ts.Size * 36 / 100
	if way < 0 {
		rise = -m.st.ts.Size * 17 / 100
	}
	m.st.ts.Rise += rise
	m.st.ts.Size = max(m.st.ts.Size*70/100, m.em/2)
	m.open = true
	m.node(n, false)
	m.st.ts, m.open = saved, open
	m.open = false
}

// operator sets a sign with the air that its kind wants: relations have a space that a line may end at, operations a thin
// one, and a sign before its number none.
func (m *mathSetter) operator(s string, more bool) {
	ts := m.upright()
	script := ts.Size < m.em*9/10
	switch {
	case strings.ContainsAny(s, "(⟨{[|‖⌊⌈") && len(s) <= 3:
		m.put(s, ts)
		m.open = true
	case s == ")" || s == "]" || s == "}" || s == "⟩" || s == "!" || s == "′" || s == "⌋" || s == "⌉" || s == "\u2061" || s == "\u2062":
		if s != "\u2061" && s != "\u2062" { // invisible application and product
			m.put(s, ts)
		}
		m.open = false
	case s == "," || s == ";":
		m.put(s, ts)
		if !script {
			m.put(" ", ts)
		}
		m.open = true
	case strings.ContainsAny(s, "∑∏∫∮⋃⋂"):
		m.put(s, ts)
		m.open = true
	case s == "." || s == "/" || s == "⋯" || s == "…" || s == "%" || s == "∂" || s == "∇" || s == "¬" || s == "∀" || s == "∃":
		m.put(s, ts)
		m.open = false
	default:
		if s == "-" {
			s = "−"
		}
		if s == "*" {
			s = "∗"
		}
		if m.open || !more || script {
			m.put(s, ts)
			m.open = true
			return
		}
		if strings.ContainsAny(s, "+−±∓×·⋅∗÷∘⊗⊕∧∨∪∩") {
			m.put("\u202f"+s+"\u202f", ts)
		} else {
			m.put(" "+s+" ", ts)
		}
		m.open = true
	}
}

// table sets rows: those of a display as lines, those of a matrix one after the other.
func (m *mathSetter) table(n *mathNode) {
	lines := m.lines && !m.after("([|‖") // a matrix stands between fences
	m.lines = false
	fence := !lines && !m.after("([|‖")
	if fence {
		m.put("[", m.upright())
	}
	for i, tr := range n.kids {
		if i > 0 && lines {
			*m.out = append(*m.out, layout.Span{Kind: layout.BreakSpan, Style: m.c.intern(m.st.ts), Tag: m.st.node.Tag})
		} else if i > 0 {
			m.put("; ", m.upright())
		}
		for j, td := range tr.kids {
			if j > 0 {
				m.put(" ", m.upright())
			}
			m.open = true
			m.nodes(td.row())
		}
	}
	if fence {
		m.put("]", m.upright())
	}
	m.open = false
}

// after reports whether the last sign set is one of these.
func (m *mathSetter) after(signs string) bool {
	if n := len(*m.out); n > 0 {
		r, _ := utf8.DecodeLastRuneInString((*m.out)[n-1].Text)
		return strings.ContainsRune(signs, r)
	}
	return false
}

// combining is the mark over a letter that an accent's sign stands for.
func combining(s string) string {
	switch s {
	case "¯", "‾", "―", "−", "_", "\u0304", "\u0305":
		return "\u0304"
	case "^", "ˆ", "\u0302":
		return "\u0302"
	case "~", "˜", "\u0303":
		return "\u0303"
	case "→", "\u20d7":
		return "\u20d7"
	case "˙", ".", "\u0307":
		return "\u0307"
	case "¨", "..", "\u0308":
		return "\u0308"
	case "ˇ":
		return "\u030c"
	}
	return ""
}

// setMath sets a formula in a state; false when it has no MathML that can be read.
func (c *compositor) setMath(out *[]layout.Span, st inlineState, ml string, display bool) bool {
	root := parseMath(ml)
	if root == nil {
		return false
	}
	st.ts.Features = featureList(st.ts.Features, "-onum", "-smcp", "-c2sc", "-inis", "-caps", "lnum")
	st.ts.NoHyphen, st.ts.Letterspace = true, 0
	m := &mathSetter{c: c, out: out, st: st, em: st.ts.Size, open: true, lines: display}
	before := len(*out)
	m.nodes(root.row())
	return len(*out) > before
}
