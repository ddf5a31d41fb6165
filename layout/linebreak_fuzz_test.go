package layout

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

// readBack is the text of a paragraph's lines, without the hyphens that we put in.
func readBack(sp *setPara) string {
	var b strings.Builder
	for i := range sp.lines {
		line := sp.lines[i].line
		// Runs stand in visual order; their texts are put in the order of the source for the test, which numbers the spans.
		for j := range line.Runs {
			if r := &line.Runs[j]; !r.Hyphen && !r.Artifact {
				b.WriteString(r.Text)
			}
		}
	}
	return b.String()
}

// tidy is what prose text becomes: one space for white space, none at the ends, no invisible characters.
func tidy(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	s = strings.Map(func(r rune) rune {
		switch {
		case r == 0xAD || r == 0x200B || r == 0x2060 || r == 0xFEFF || isDirectional(r):
			return -1
		case r < ' ' && r != '\t' && r != '\n' && r != '\r' && r != '\f' && r != '\v', r == 0x7F:
			return -1
		}
		return r
	}, s)
	return strings.Join(strings.Fields(strings.NewReplacer("\u00a0", " ", "\u2003", " ", "\u2009", " ", "\u202f", " ").Replace(s)), " ")
}

func squash(s string) string { return strings.Join(strings.Fields(s), "") }

// checkSet holds what is true of every paragraph.
func checkSet(p *Para, sp *setPara, m measure) error {
	st := p.Style
	for i := range sp.lines {
		ln := &sp.lines[i]
		r := rooms{style: st, m: m}
		room := r.line(i)
		if st.Pre {
			room = r.pre(i, false)
			if turned := r.pre(i, true); turned.width > room.width {
				room = turned
			}
		}
		slack := Length(0)
		for _, run := range ln.line.Runs {
			if run.Style != nil {
				slack = max(slack, run.Style.Size) // what hangs
			}
		}
		if !sp.para.hasLabel() && ln.line.Width > room.width+slack && ln.report.Over == 0 {
			return fmt.Errorf("line %d is %v wide in %v, unreported", i, ln.line.Width.Points(), room.width.Points())
		}
		for _, run := range ln.line.Runs {
			if !utf8.ValidString(run.Text) {
				return fmt.Errorf("line %d: a run cuts a character", i)
			}
			for _, g := range run.Glyphs {
				if int(g.Cluster) > len(run.Text) || g.Cluster < 0 || !run.Hyphen && int(g.Cluster) >= len(run.Text) {
					return fmt.Errorf("line %d: cluster %d in %q", i, g.Cluster, run.Text)
				}
			}
		}
	}
	return nil
}

func (p *Para) hasLabel() bool { return len(p.Label) > 0 }

func FuzzSet(f *testing.F) {
	f.Add("The quick brown fox jumps over the lazy dog.", uint8(20), uint8(1), uint8(3))
	f.Add("one  two\u00a0 three\u00adfour well-known and/or x\u2009y ☃ naïve", uint8(9), uint8(2), uint8(5))
	f.Add("Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft", uint8(7), uint8(0), uint8(9))
	f.Add("abc אבג 123 def عربي", uint8(6), uint8(5), uint8(4))
	f.Add("日本語の文章を組む。これは、試験です。", uint8(5), uint8(4), uint8(8))
	f.Add("a\n  b\tc\n\nd", uint8(4), uint8(7), uint8(1))
	f.Add("e\u0301\u0302\u200bx\u2060y — z—w… 12/13 https://example.org/a/b?c=d", uint8(3), uint8(6), uint8(2))
	urlStyle := *square10
	urlStyle.Break = "url"
	codeStyle := *square10
	codeStyle.Break = "code"
	prose := *square10
	prose.NoHyphen = false
	prose.Lang = "en-US"
	styles := []*TextStyle{&prose, square10, &urlStyle, &codeStyle}
	s := newSetter(&Flow{Shaper: squareShaper{}}, nil)
	f.Fuzz(func(t *testing.T, text string, width, kind, cut uint8) {
		if len(text) > 2000 || !utf8.ValidString(text) {
			return
		}
		st := &ParaStyle{Leading: 12 * Pt, Hyphenate: kind&1 == 0, Align: Align(kind >> 1 & 3), FirstIndent: Length(kind>>3&1) * 10 * Pt}
		st.RTL = kind>>4&1 == 1
		st.Pre = kind>>5&1 == 1
		if kind>>6&1 == 1 {
			st.HangIndent, st.LeftIndent = 20*Pt, 5*Pt
		}
		at := min(int(cut), len(text))
		for at > 0 && at < len(text) && !utf8.RuneStart(text[at]) {
			at--
		}
		a, b := styles[cut&3], styles[cut>>2&3]
		p := &Para{Tag: 1, Style: st, Spans: []Span{{Text: text[:at], Style: a, Source: 1}, {Text: text[at:], Style: b, Source: 2}}}
		front := ""
		if kind>>7&1 == 1 { // with a label, an initial, a note, a leader
			front = "•"
			p.Label = []Span{{Text: "•", Style: square10}}
			p.LabelGap = 3 * Pt
			if cut&64 != 0 && !st.RTL {
				p.Drop = &DropCap{Lines: 3, Text: "“Q", Style: square10}
				front += "“Q"
			}
			p.Spans = append(p.Spans, Span{Kind: NoteSpan, Text: "7", Style: square10, Note: &Note{}})
			if cut&128 != 0 {
				p.Spans = append(p.Spans, Span{Kind: FillSpan, Text: ".", Style: square10}, Span{Kind: BreakSpan}, Span{Text: "9", Style: square10, Source: 3})
			}
		}
		m := measure{width: Length(width%40) * 10 * Pt}
		sp := s.set(p, m)
		if err := checkSet(p, sp, m); err != nil {
			t.Fatal(err)
		}
		full := front + text
		if front != "" {
			full += "7"
			if cut&128 != 0 {
				full += "9"
			}
			notes := 0
			for i := range sp.lines {
				notes += len(sp.lines[i].notes)
			}
			if notes != 1 {
				t.Fatalf("%d notes", notes)
			}
		}
		want := squash(tidy(full))
		got := squash(strings.NewReplacer("\u00a0", " ").Replace(readBack(sp)))
		if st.RTL || hasRTL(text) { // in the order of the line: the characters must be the same
			got, want = sorted(got), sorted(want)
		}
		if squash(tidy(got)) != want {
			t.Fatalf("%q became %q, want %q", text, got, want)
		}
		again := newSetter(&Flow{Shaper: squareShaper{}}, nil).set(p, m)
		if linesOf(again) != linesOf(sp) {
			t.Fatalf("set twice: %q and %q", linesOf(sp), linesOf(again))
		}
	})
}

func hasRTL(s string) bool {
	var t paraText
	for _, r := range s {
		if r >= 0x590 {
			t.classify(r)
		}
	}
	return t.hasRTL
}

func sorted(s string) string {
	r := []rune(s)
	for i := range r {
		for j := i + 1; j < len(r); j++ {
			if r[j] < r[i] {
				r[i], r[j] = r[j], r[i]
			}
		}
	}
	return string(r)
}
