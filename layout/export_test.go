package layout

// For the tests outside the package: lines of a paragraph at a measure, without pages.

// A SetParagraph is what the breaker gave.
type SetParagraph struct {
	Lines  []*Line
	Report ParaReport
}

// A ParagraphSetter breaks paragraphs one at a time.
type ParagraphSetter struct{ s *setter }

// NewParagraphSetter gives a setter.
func NewParagraphSetter(sh Shaper, b Breaking) ParagraphSetter {
	return ParagraphSetter{newSetter(&Flow{Shaper: sh, Breaking: b}, nil)}
}

// Set breaks p at a width.
func (s ParagraphSetter) Set(p *Para, width Length) SetParagraph {
	sp := s.s.set(p, measure{width: width})
	out := SetParagraph{Report: sp.report}
	for i := range sp.lines {
		out.Lines = append(out.Lines, sp.lines[i].line)
	}
	return out
}
