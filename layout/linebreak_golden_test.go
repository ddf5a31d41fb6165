package layout_test

import (
	"fmt"
	"strings"
	"testing"

	. "github.com/twinpress/twinpress/layout"
)

// A paragraph set in the house's face, as it should stay: the lines, the hyphens, and how far the letters and the spaces gave
// way. Whoever changes the breaking sees here what it does to the page.
func TestGoldenLines(t *testing.T) {
	p := &Para{Tag: 1, Style: bodyStyle, Spans: []Span{
		{Text: "“Nobody reads a margin,” the printer used to say, “but everybody notices when it’s gone.” He had set type for forty years – ", Style: textStyle},
		{Text: "mostly timetables", Style: italicStyle},
		{Text: ", as he would tell anyone who praised his title pages – and believed that the extraordinary thing about a well-made " +
			"paragraph was its refusal to be looked at.", Style: textStyle},
		{Kind: NoteSpan, Text: "7", Style: noteStyle, Note: &Note{}},
		{Text: " Between 1921 and 1934 he counted, by his own unreliable recollection, some eleven million word spaces through his " +
			"fingers, and could not remember one of them.", Style: textStyle},
	}}
	const want = `
 +603 +2000 “Nobody reads a margin,” the printer used to say, “but everybody
   +2  -600 notices when it’s gone.” He had set type for forty years – mostly timeta-
   +7  -300 bles, as he would tell anyone who praised his title pages – and believed
 -164 -2000 that the extraordinary thing about a well-made paragraph was its refusal
 -886 -2000 to be looked at.7 Between 1921 and 1934 he counted, by his own unreliable
   +8 +1600 recollection, some eleven million word spaces through his fingers, and
   +4 +1600 could not remember one of them.
`
	s := NewParagraphSetter(newFaceShaper(), Breaking{})
	sp := s.Set(p, 110*Mm)
	var b strings.Builder
	b.WriteByte('\n')
	for i, l := range sp.Lines {
		r := sp.Report.Lines[i]
		fmt.Fprintf(&b, "%+5d %+5d %s\n", r.Ratio, r.Expansion, strings.TrimSpace(textOf(l)))
	}
	if b.String() != want {
		t.Errorf("the lines are now%s", b.String())
	}
}
