package layout

import (
	"fmt"
	"slices"
	"strings"
)

// The typesetter's report: what was set, and what a typographer going over the proofs would mark.

// Bounds of the marks, in thousandths of the natural word space, and in lines.
const (
	looseGap   = 1500
	tightGap   = 750
	riverLines = 4
	shortLines = 2 // a column that ends so many lines above its foot is underfull
	stubPage   = 3 // lines of a last page
)

// A reporter goes over the finished pages.
type reporter struct {
	l       *layouter
	r       *Report
	spaces  map[*TextStyle]Length
	hyphens int
	gaps    []gap // of the line before
	next    []gap
}

// A gap is a word space in a line; lines counts how many lines above it have one in the same place.
type gap struct {
	from, to Length
	lines    int
}

// report tells how the flow was set.
func (l *layouter) report() *Report {
	r := &reporter{l: l, r: &Report{}, spaces: make(map[*TextStyle]Length)}
	seen := make(map[*setPara]bool)
	for i, p := range l.pages {
		sh := l.sheet[i]
		pr := PageReport{Index: i, Label: p.Label, Section: l.flow.Sections[p.Section].Name}
		if sh != nil {
			pr.Fill, pr.Notes = sh.fill, sh.notes
		}
		r.r.Pages = append(r.r.Pages, pr)
		if sh == nil {
			continue
		}
		for j := range sh.lines {
			if sp := sh.lines[j].ref.para; !seen[sp] {
				seen[sp] = true
				rep := sp.report
				rep.Page = i
				r.r.Paragraphs = append(r.r.Paragraphs, rep)
			}
		}
		r.lines(p, sh)
		for _, f := range sh.findings {
			f.Page = p.Label
			r.r.Findings = append(r.r.Findings, f)
		}
	}
	return r.r
}

// mark adds a finding.
func (r *reporter) mark(kind string, ln *seenLine, p *Page, detail string) {
	r.r.Findings = append(r.r.Findings, Finding{Kind: kind, Origin: ln.ref.para.report.Origin, Page: p.Label, Detail: detail})
}

// lines looks at the lines of a page.
func (r *reporter) lines(p *Page, sh *sheet) {
	for j := range sh.lines {
		ln := &sh.lines[j]
		sp, n := ln.ref.para, ln.ref.n
		r.fit(ln, p)
		if ln.line == nil {
			continue
		}
		r.columnEnds(ln, p)
		r.ladder(ln, p)
		follows := n > 0 && j > 0 && sh.lines[j-1].ref == lineRef{sp, n - 1} && sh.lines[j-1].column == ln.column
		r.spacing(ln, p, follows)
		if n == len(sp.lines)-1 && ln.broken() && sp.para.Style.Align == Justify {
			if em := lineSize(ln.line); ln.line.Width < 2*em {
				r.mark("stub", ln, p, "the last line is "+points(ln.line.Width)+" long")
			}
		}
	}
}

// at says which of its paragraph's lines it is, for messages.
func (ln *seenLine) at() string {
	return fmt.Sprintf("line %d of %d", ln.ref.n+1, len(ln.ref.para.lines))
}

// broken says that its paragraph is one of several lines, which the breaker has made.
func (ln *seenLine) broken() bool { return len(ln.ref.para.lines) > 1 && !ln.ref.para.para.Style.Pre }

// fit looks at how a line fills its room.
func (r *reporter) fit(ln *seenLine, p *Page) {
	rep := &ln.ref.para.lines[ln.ref.n].report
	if rep.Over > Pt/10 {
		r.mark("overfull", ln, p, fmt.Sprintf("%s is %s too wide", ln.at(), points(rep.Over)))
	}
	if rep.Forced {
		r.mark("forced", ln, p, ln.at()+" ends within a word")
	}
	if rep.Under > 0 {
		r.mark("underfull", ln, p, fmt.Sprintf("%s falls short by %s", ln.at(), points(rep.Under)))
	}
}

// columnEnds looks at lines that a column's head or foot cuts off from their paragraph, or within a word.
func (r *reporter) columnEnds(ln *seenLine, p *Page) {
	n, last := ln.ref.n, len(ln.ref.para.lines)-1
	if ln.broken() && ln.first && !ln.inside && n > 0 && n == last {
		r.mark("widow", ln, p, "the last line stands at the head of a column")
	}
	if ln.broken() && ln.last && !ln.inside && n == 0 {
		r.mark("orphan", ln, p, "the first line stands at the foot of a column")
	}
	if ln.last && ln.pageEnd && ln.ref.para.lines[n].hyphen && n < last {
		r.mark("page-hyphen", ln, p, "the last line of the page ends in a hyphen")
	}
}

// ladder counts the hyphens in a row.
func (r *reporter) ladder(ln *seenLine, p *Page) {
	n := ln.ref.n
	if n == 0 || !ln.ref.para.lines[n].hyphen {
		r.hyphens = 0
	}
	if ln.ref.para.lines[n].hyphen {
		if r.hyphens++; r.hyphens == 3 {
			r.mark("ladder", ln, p, "three hyphens in a row, to "+ln.at())
		}
	}
}

// spacing looks at the word spaces of a justified line, and at those that stand one under the other.
func (r *reporter) spacing(ln *seenLine, p *Page, follows bool) {
	sp, n := ln.ref.para, ln.ref.n
	if !follows {
		r.gaps = r.gaps[:0]
	}
	if sp.para.Style.Align != Justify || sp.para.Style.Pre {
		r.gaps = r.gaps[:0]
		return
	}
	r.next = r.next[:0]
	sum, natural := Length(0), Length(0)
	for i := range ln.line.Runs {
		run := &ln.line.Runs[i]
		for k := range run.Glyphs {
			g := &run.Glyphs[k]
			if int(g.Cluster) >= len(run.Text) || run.Text[g.Cluster] != ' ' || k+1 == len(run.Glyphs) && i+1 == len(ln.line.Runs) {
				continue
			}
			from, to := run.X+g.X, run.X+run.Width
			if k+1 < len(run.Glyphs) {
				to = run.X + run.Glyphs[k+1].X
			} else if i+1 < len(ln.line.Runs) {
				to = ln.line.Runs[i+1].X
			}
			if to <= from {
				continue
			}
			sum += to - from
			natural += r.space(run.Style)
			r.next = append(r.next, gap{from, to, 1})
		}
	}
	if n < len(sp.lines)-1 && natural > 0 && len(r.next) > 1 {
		switch ratio := int(sum * 1000 / natural); {
		case ratio > looseGap:
			r.mark("loose", ln, p, fmt.Sprintf("%s: word spaces of %d ‰", ln.at(), ratio))
		case ratio < tightGap:
			r.mark("tight", ln, p, fmt.Sprintf("%s: word spaces of %d ‰", ln.at(), ratio))
		}
	}
	// A river: spaces that overlap those above them by more than two thirds of the smaller.
	for i := range r.next {
		g := &r.next[i]
		for _, o := range r.gaps {
			over := min(g.to, o.to) - max(g.from, o.from)
			if over*3 > 2*min(g.to-g.from, o.to-o.from) {
				g.lines = max(g.lines, o.lines+1)
			}
		}
		if g.lines == riverLines {
			r.mark("river", ln, p, fmt.Sprintf("word spaces stand one under the other in %d lines, to %s, at %s", riverLines, ln.at(), points(g.from-ln.line.X)))
		}
	}
	r.gaps, r.next = r.next, r.gaps
}

// space is the natural word space of a style.
func (r *reporter) space(st *TextStyle) Length {
	if st == nil {
		return 0
	}
	w, ok := r.spaces[st]
	if !ok {
		w = r.l.flow.Shaper.Metrics(st).Space * Length(resolve(r.l.flow.Breaking).spaceWidth) / 1000
		r.spaces[st] = w
	}
	return w
}

// lineSize is the size of a line's text.
func lineSize(l *Line) Length {
	for i := range l.Runs {
		if l.Runs[i].Style != nil {
			return l.Runs[i].Style.Size
		}
	}
	return 0
}

func points(l Length) string { return fmt.Sprintf("%.1f pt", l.Points()) }

// String gives the report in a stable form, a thing to a line, made to be compared with that of another build:
//
//	paragraph file:line style page lines hyphens pass badness
//	  line number ratio expansion (hyphen) width of the room
//	page label section fill of each column in thousandths, notes
//	finding kind file:line page detail
//
// Ratios are thousandths of the word space's stretch (+) or shrink (-), expansions hundred-thousandths of the width.
func (r *Report) String() string {
	var b strings.Builder
	for i := range r.Paragraphs {
		p := &r.Paragraphs[i]
		label, hyphens, worst := "", 0, 0
		if p.Page < len(r.Pages) {
			label = r.Pages[p.Page].Label
		}
		for _, l := range p.Lines {
			if l.Hyphen {
				hyphens++
			}
			worst = max(worst, l.Badness)
		}
		fmt.Fprintf(&b, "paragraph %s %s page=%s lines=%d hyphens=%d pass=%d badness=%d\n",
			name(p.Origin), name(p.Style), label, len(p.Lines), hyphens, p.Pass, worst)
		for n, l := range p.Lines {
			fmt.Fprintf(&b, "  line %d ratio=%+d expansion=%+d width=%.2f natural=%.2f", n+1, l.Ratio, l.Expansion, l.Width.Points(), l.Natural.Points())
			if l.Hyphen {
				b.WriteString(" hyphen")
			}
			b.WriteByte('\n')
		}
	}
	for i := range r.Pages {
		p := &r.Pages[i]
		fmt.Fprintf(&b, "page %s %s", p.Label, name(p.Section))
		if len(p.Fill) == 0 {
			b.WriteString(" blank\n")
			continue
		}
		b.WriteString(" fill=")
		for k, f := range p.Fill {
			if k > 0 {
				b.WriteByte(',')
			}
			fmt.Fprintf(&b, "%d", f)
		}
		fmt.Fprintf(&b, " notes=%d\n", p.Notes)
	}
	for _, f := range r.Findings {
		fmt.Fprintf(&b, "finding %s %s page=%s %s\n", f.Kind, name(f.Origin), f.Page, f.Detail)
	}
	return b.String()
}

func name(s string) string {
	if s == "" {
		return "-"
	}
	return s
}

// far finds the figures that stand more than a page from the text before them.
func (c *composer) far(sheets []*sheet) {
	first := make([]int, len(c.galley))
	last := make([]int, len(c.galley))
	for i := range first {
		first[i], last[i] = -1, -1
	}
	for p, sh := range sheets {
		for _, n := range sh.stanzas {
			if first[n] < 0 {
				first[n] = p
			}
			last[n] = p
		}
	}
	for n, st := range c.galley {
		if st.kind == flowing || first[n] < 0 {
			continue
		}
		for m := n - 1; m >= 0; m-- {
			if c.galley[m].kind != flowing || last[m] < 0 {
				continue
			}
			if d := first[n] - last[m]; d > 1 {
				sh := sheets[first[n]]
				sh.findings = append(sh.findings, Finding{Kind: "far-figure", Origin: st.origin, Detail: fmt.Sprintf("%d pages after the text it belongs to", d)})
			}
			break
		}
	}
	for p, sh := range sheets {
		slices.SortStableFunc(sh.findings, func(a, b Finding) int { return strings.Compare(a.Kind, b.Kind) })
		if p == len(sheets)-1 && p > 0 {
			if n := sh.bodyLines(); n > 0 && n <= stubPage {
				sh.findings = append(sh.findings, Finding{Kind: "stub", Origin: sh.lines[0].ref.para.report.Origin, Detail: fmt.Sprintf("the last page has %d lines", n)})
			}
		}
	}
}

func (sh *sheet) bodyLines() int {
	n := 0
	for i := range sh.lines {
		if !sh.lines[i].note {
			n++
		}
	}
	for i := range sh.areas {
		for _, it := range sh.areas[i].Items {
			if _, ok := it.(*PictureItem); ok {
				n += stubPage + 1
			}
		}
	}
	return n
}
