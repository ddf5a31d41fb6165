package layout

import (
	"strings"
	"unicode"
)

// squareShaper is the typographer's graph paper: every glyph of every style is exactly one em wide, so that geometry can be
// checked by mental arithmetic. The word space is one em too (unless space says otherwise); combining marks and invisible
// characters have no width. The glyph's number is its character (the low 16 bits), the face is always 1.
//
// The vertical measures are round as well: ascent 0.8 em, descent 0.2 em, capitals 0.7 em, x-height 0.5 em.
type squareShaper struct {
	space Length // advance of the word space for a size of 1 pt, in sp; 0: one em
}

func (q squareShaper) Shape(text string, style *TextStyle, rtl bool) []Glyph {
	out := make([]Glyph, 0, len(text))
	for i, r := range text {
		g := Glyph{Face: 1, ID: uint16(r), Cluster: int32(i), Advance: style.Size}
		switch {
		case r == ' ' && q.space != 0:
			g.Advance = q.space * style.Size / Pt
		case unicode.Is(unicode.Mn, r) || unicode.Is(unicode.Cf, r):
			g.Advance, g.Unsafe = 0, true
		}
		out = append(out, g)
	}
	if rtl {
		for i, j := 0, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out
}

func (q squareShaper) Metrics(style *TextStyle) Metrics {
	s := style.Size
	m := Metrics{Ascent: s * 8 / 10, Descent: s * 2 / 10, CapHeight: s * 7 / 10, XHeight: s / 2, Space: s}
	if q.space != 0 {
		m.Space = q.space * s / Pt
	}
	return m
}

// square10 is the usual style of the square tests: ten points, no hyphens.
var square10 = &TextStyle{Family: "text", Weight: 400, Size: 10 * Pt, Lang: "en", NoHyphen: true}

// squareLeft is ragged setting on a leading of 12 pt.
var squareLeft = &ParaStyle{Name: "body", Align: Left, Leading: 12 * Pt}

// squareJustified is justified setting on a leading of 12 pt.
var squareJustified = &ParaStyle{Name: "body", Align: Justify, Leading: 12 * Pt}

// squarePara is a paragraph of plain text.
func squarePara(style *ParaStyle, text string) *Para {
	return &Para{Tag: 1, Style: style, Spans: []Span{{Text: text, Style: square10}}}
}

// squareBreaking turns the microtypography off, so that widths are whole ems: no protrusion, no expansion.
var squareBreaking = Breaking{NoProtrusion: true, Expansion: -1, SpaceWidth: 1000}

// squareFlow is a flow of one section on a page whose text area is width by height points, without heads or feet, with a
// margin of 10 pt all round.
func squareFlow(width, height int, blocks ...Block) *Flow {
	g := &Geometry{
		Width: Length(width+20) * Pt, Height: Length(height+20) * Pt,
		Inner: 10 * Pt, Outer: 10 * Pt, Top: 10 * Pt, Bottom: 10 * Pt,
		Columns: 1,
	}
	return &Flow{
		Shaper: squareShaper{}, Breaking: squareBreaking,
		Sections: []*Section{{Name: "s", Geometry: g, Body: blocks}},
	}
}

// lineText is the text of a line as a reader sees it, hyphens put in by the breaker included.
func lineText(l *Line) string {
	var b strings.Builder
	for _, r := range l.Runs {
		if r.Hyphen {
			b.WriteByte('-')
			continue
		}
		b.WriteString(r.Text)
	}
	return b.String()
}
