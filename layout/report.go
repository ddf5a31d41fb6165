package layout

import (
	"fmt"
	"strings"
)

// report tells how the flow was set.
func (l *layouter) report() *Report {
	r := &Report{}
	seen := make(map[*setPara]bool)
	for i, p := range l.pages {
		sh := l.sheet[i]
		pr := PageReport{Index: i, Label: p.Label, Section: l.flow.Sections[p.Section].Name}
		if sh == nil {
			r.Pages = append(r.Pages, pr)
			continue
		}
		pr.Fill, pr.Notes = sh.fill, sh.notes
		r.Pages = append(r.Pages, pr)
		for _, ln := range sh.lines {
			if sp := ln.ref.para; !seen[sp] {
				seen[sp] = true
				rep := sp.report
				rep.Page = i
				r.Paragraphs = append(r.Paragraphs, rep)
			}
		}
	}
	return r
}

// String gives the report in a stable form, one thing a line, made to be compared with another.
func (r *Report) String() string {
	var b strings.Builder
	for i := range r.Paragraphs {
		p := &r.Paragraphs[i]
		fmt.Fprintf(&b, "paragraph %s %s page=%d lines=%d pass=%d\n", p.Origin, p.Style, p.Page+1, len(p.Lines), p.Pass)
	}
	return b.String()
}
