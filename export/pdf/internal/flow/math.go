package flow

import (
	"strings"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// Mathematics is set in a line, from its tree: variables in italics, superscripts and subscripts raised and lowered, the
// spaces of The TeXbook (ch. 18). What MathML builds in height is written as one writes it in a line: a fraction
// with a slash and the parentheses that keep its meaning, a root with its radicand in parentheses, a matrix row by row. The
// source stays as the formula's alternative text.

// setMath sets a formula; false when there is none, or one that says nothing.
func (c *compositor) setMath(out *[]layout.Span, st inlineState, f *document.Formula, display bool, pos document.Pos) bool {
	if f.Check() != nil {
		return false
	}
	pieces := lineMath(f, display)
	if len(pieces) == 0 {
		return false
	}
	if st.node.Alt == "" {
		st.node.Alt = spoken(pieces)
	}
	c.formula(out, st, pieces, pos)
	return true
}

// math sets a formula in a line; one whose tree is not known is printed as its source.
func (c *compositor) math(out *[]layout.Span, st inlineState, in *document.Math) {
	n := c.child(&st, Formula)
	n.Alt = in.TeX
	if c.setMath(out, st, in.Formula, false, in.Pos) {
		return
	}
	tex := in.TeX
	if tex == "" {
		tex = allSaid(in.Formula)
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

// mathBlock sets displayed mathematics, centred on its own lines; without a tree as its source.
func (c *compositor) mathBlock(s *stand, m *document.MathBlock) {
	n := c.node(s.parent, Formula)
	n.Alt, n.Block = m.TeX, true
	look := style.Look{Align: "center", Before: style.Lh(.5), After: style.Lh(.5), Hyphenate: "no"}
	if s.small {
		look.Size, look.Leading = s.look.Size, s.look.Leading
	}
	c.indent = false
	var spans []layout.Span
	if c.setMath(&spans, c.inlineIn(s, &look, n), m.Formula, true, m.Pos) {
		p := c.para(s, &look, "math", n, m.Pos, func(ps *layout.ParaStyle) { ps.OffGrid, ps.KeepLines = true, true })
		p.Spans = spans
		*s.out = append(*s.out, p)
		return
	}
	if n.Alt == "" {
		n.Alt = allSaid(m.Formula)
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

func (c *compositor) mathProblem(pos document.Pos) {
	c.problems = append(c.problems, document.Problem{Code: "math-as-source", Severity: document.Info, Pos: pos,
		Message: "the PDF prints this formula as its source", Hint: "a picture of the formula, with its words as alt text, prints as one"})
}

// formula sets pieces as spans.
func (c *compositor) formula(out *[]layout.Span, st inlineState, pieces []mathPiece, pos document.Pos) {
	settle(pieces)
	base := st.ts
	base.Italic, base.NoHyphen, base.Letterspace = false, true, 0
	base.Features = typeset.FeatureList(base.Features, "-onum", "-tnum", "-smcp", "-c2sc", "-inis", "-caps", "lnum")
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
			if g := glue(prev, p); g == " " && bound[i] {
				addMath(out, st, "\u00a0", c.intern(base))
			} else if g != "" {
				addMath(out, st, g, c.intern(base))
			}
		}
		text, ts := c.mathStyle(p, base, st.bold)
		style := c.intern(ts)
		if p.class != mathSpace {
			c.lookUp(strings.ReplaceAll(text, "\u2060", ""), style, pos)
		}
		addMath(out, st, text, style)
		prev = p
	}
}

// mathStyle gives the text of a piece and the style in which it is set. bold is the weight of what is bold here.
func (c *compositor) mathStyle(p *mathPiece, ts layout.TextStyle, bold int) (string, layout.TextStyle) {
	size := ts.Size
	ts.Italic = p.italic
	if p.bold {
		ts.Weight = max(bold, ts.Weight)
	}
	if p.family != "" {
		ts.Family = p.family
	}
	switch {
	case p.digits != 0:
		return c.smallFigures(&ts, p.text, p.digits), ts
	case p.level > 0:
		ts.Size = size * layout.Length(mathSizes[p.level]) / 1000
		ts.Rise += size * layout.Length(p.rise) / 1000
	}
	return p.text, ts
}

// addMath adds text to the spans of a formula: to the last one where that looks alike.
func addMath(out *[]layout.Span, st inlineState, text string, style *layout.TextStyle) {
	if n := len(*out) - 1; n >= 0 {
		last := &(*out)[n]
		if last.Kind == layout.TextSpan && last.Style == style && last.Tag == st.node.Tag && last.Link == st.link && last.Source == 0 && !last.Artifact {
			last.Text += text
			return
		}
	}
	*out = append(*out, layout.Span{Text: text, Style: style, Tag: st.node.Tag, Link: st.link})
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
