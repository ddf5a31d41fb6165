package picture

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// A press sets the parts of one cover.
type press struct {
	ctx    context.Context // of one Page
	cover  *Cover
	look   *style.Style
	shaper layout.Shaper
	ground uint32
	page   *layout.Page // as far as it is set
	bleed  Bleed
	tags   *layout.Tag // the last that a part of the cover was given
	err    error
	cut    []string // words for which there was no room

	only       uint32      // the ink of everything, over a picture; 0: each part has its own
	background *image.RGBA // what the page's picture shows
}

// u gives a length as it is on a sheet 360 points wide; pt the same in points.
func (p *press) u(l layout.Length) layout.Length { return l * p.page.Width / sheetWidth }

func (p *press) pt(n int64) layout.Length { return p.u(layout.Length(n) * layout.Pt) }

// rule paints a rectangle, which is no text.
func (p *press) rule(x, y, w, h layout.Length, color uint32) {
	rule(p.page, x, y, w, h, color)
}

func rule(page *layout.Page, x, y, w, h layout.Length, color uint32) {
	page.Areas = append(page.Areas, layout.Area{Kind: layout.SpanArea, X: x, Y: y, Width: w, Height: h,
		Items: []layout.Item{&layout.RuleItem{X: x, Y: y, Width: w, Height: h, Color: color}}})
}

// field paints a ground from one height to another, across the page and beyond its edges.
func (p *press) field(top, bottom layout.Length, color uint32) {
	if top == 0 {
		top = -p.bleed.top
	}
	if bottom == p.page.Height {
		bottom += p.bleed.bottom
	}
	p.rule(-p.bleed.left, top, p.page.Width+p.bleed.left+p.bleed.right, bottom-top, color)
}

// A box is where something is set.
type box struct {
	left, right, top, bottom layout.Length
	columns                  int // 0 is 1
	lines                    int // at most; 0: as many as there is room for
}

func (p *press) box(margin int64, top, bottom layout.Length) box {
	return box{left: p.pt(margin), right: p.page.Width - p.pt(margin), top: top, bottom: bottom}
}

func (p *press) gutter() layout.Length { return p.pt(18) }

// start is the side at which lines begin (layout's Left is the right one of lines that run from there), or the middle when the
// style centres its covers.
func (p *press) start() layout.Align {
	if p.look.Cover.Align == "center" {
		return layout.Center
	}
	return layout.Left
}

// A hand is how a part of the cover is set: a look of the style, at the cover's own size and in its own ink.
type hand struct {
	look    style.Look
	size    layout.Length
	leading int64 // hundredths of the size
	ink     uint32
	align   layout.Align
}

// text makes a paragraph.
func (p *press) text(runs []Run, h hand) *layout.Para {
	base := &p.look.Text
	if p.only != 0 {
		h.ink = p.only
	}
	ts := layout.TextStyle{Family: h.look.Family, Weight: h.look.Weight, Italic: h.look.Italic, Size: h.size, Lang: p.cover.Lang, Color: h.ink, NoHyphen: true}
	if ts.Family == "" {
		ts.Family = base.Family
	}
	if ts.Weight == 0 {
		ts.Weight = max(base.Weight, 400)
	}
	ts.Letterspace = h.look.Letterspace.In(h.size, h.size*14/10)
	features := append([]string{"lnum"}, typeset.CaseFeatures(h.look.Case)...)
	if h.look.Figures == "oldstyle" {
		features[0] = "onum"
	}
	ts.Features = typeset.FeatureList("", features...)
	ps := &layout.ParaStyle{Name: "cover", Align: h.align, Leading: h.size * layout.Length(h.leading) / 100, OffGrid: true, Orphans: 1, Widows: 1, RTL: p.cover.RTL}
	*p.tags++
	para := &layout.Para{Tag: *p.tags, Style: ps}
	for _, r := range runs {
		para.Spans = append(para.Spans, layout.Span{Text: r.Text, Style: r.style(ts)})
	}
	return para
}

// style gives the type of a run within that of its title.
func (r *Run) style(ts layout.TextStyle) *layout.TextStyle {
	ts.Italic = ts.Italic != r.Italic
	if r.Strong {
		ts.Weight = max(ts.Weight, 700)
	}
	if r.SmallCaps {
		ts.Features = typeset.FeatureList(ts.Features, "smcp")
	}
	if r.Rise != 0 {
		ts.Rise = layout.Length(r.Rise) * ts.Size / 4
		ts.Size = ts.Size * 65 / 100
	}
	if r.Lang != "" {
		ts.Lang = r.Lang
	}
	return &ts
}

// set lays blocks out in a box; ok is false when they need more room or a word is wider than the measure.
func (p *press) set(b box, blocks []layout.Block) (page *layout.Page, ok bool) {
	n := layout.Length(max(b.columns, 1))
	measure := (b.right - b.left - (n-1)*p.gutter()) / n
	for _, block := range blocks {
		if para, isPara := block.(*layout.Para); isPara && p.widest(para) > measure {
			return nil, false // a word would be broken
		}
	}
	return p.lay(b, blocks)
}

// lay lays blocks out, whether they fit or not.
func (p *press) lay(b box, blocks []layout.Block) (page *layout.Page, ok bool) {
	if p.err != nil || b.bottom <= b.top || b.right <= b.left {
		return nil, false
	}
	g := &layout.Geometry{Width: p.page.Width, Height: p.page.Height, Inner: b.left, Outer: p.page.Width - b.right, Top: b.top,
		Bottom: p.page.Height - b.bottom, Columns: max(b.columns, 1), Gutter: p.gutter(), Balance: true}
	res, err := layout.Layout(p.ctx, &layout.Flow{Sections: []*layout.Section{{Name: "cover", Geometry: g, Body: blocks}}, Shaper: p.shaper,
		Jobs: 1, Breaking: layout.Breaking{NoProtrusion: true, Expansion: -1}})
	if err != nil {
		p.err = errors.Join(p.err, fmt.Errorf("set the cover: %w", err))
		return nil, false
	}
	if len(res.Pages) == 0 {
		return nil, false
	}
	page = res.Pages[0]
	ok = len(res.Pages) == 1
	for _, f := range res.Report.Findings {
		ok = ok && f.Kind != "overfull"
	}
	if b.lines > 0 {
		lines := 0
		eachLine(page, func(*layout.Line) { lines++ })
		ok = ok && lines <= b.lines
	}
	return page, ok
}

func eachLine(page *layout.Page, do func(*layout.Line)) {
	for _, a := range page.Areas {
		for _, it := range a.Items {
			if l, ok := it.(*layout.Line); ok {
				do(l)
			}
		}
	}
}

// put adds what was laid out to the cover, lowered by a length, and gives the baseline of its last line.
func (p *press) put(page *layout.Page, down layout.Length) (foot layout.Length) {
	if page == nil {
		return 0
	}
	foot = lastBaseline(page) + down
	shift(page, 0, down)
	p.page.Areas = append(p.page.Areas, page.Areas...)
	return foot
}

// shift moves what stands on a page.
func shift(page *layout.Page, dx, dy layout.Length) {
	for i := range page.Areas {
		a := &page.Areas[i]
		a.X, a.Y = a.X+dx, a.Y+dy
		for _, it := range a.Items {
			switch it := it.(type) {
			case *layout.Line:
				it.X, it.Y = it.X+dx, it.Y+dy
				for k := range it.Runs {
					it.Runs[k].X, it.Runs[k].Y = it.Runs[k].X+dx, it.Runs[k].Y+dy
				}
			case *layout.RuleItem:
				it.X, it.Y = it.X+dx, it.Y+dy
			case *layout.PictureItem:
				it.X, it.Y = it.X+dx, it.Y+dy
			}
		}
	}
}

func lastBaseline(page *layout.Page) (y layout.Length) {
	if page != nil {
		eachLine(page, func(l *layout.Line) { y = max(y, l.Y) })
	}
	return y
}

// widest gives the width of a paragraph's widest word.
func (p *press) widest(para *layout.Para) (w layout.Length) {
	for _, s := range para.Spans {
		for _, word := range strings.FieldsFunc(s.Text, func(r rune) bool { return r == ' ' || r == '-' || r == '–' || r == '—' || r == '/' }) {
			sum := layout.Length(0)
			for _, g := range p.shaper.Shape(word, s.Style, p.cover.RTL) {
				sum += g.Advance + s.Style.Letterspace
			}
			w = max(w, sum)
		}
	}
	return w
}

// fit lays blocks out at the largest of the sizes at which they fit, and at the smallest as they come when they fit at none.
// Nil is for nothing to set.
func (p *press) fit(b box, sizes []layout.Length, blocks func(size layout.Length) []layout.Block) *layout.Page {
	for i, size := range sizes {
		made := blocks(size)
		if len(made) == 0 {
			return nil
		}
		page, ok := p.set(b, made)
		if i == len(sizes)-1 && !ok {
			page, _ = p.lay(b, made)
			p.short(page, made)
		}
		if page != nil && (ok || i == len(sizes)-1) {
			return page
		}
	}
	return nil
}

// short takes down what a page has not got of blocks: those of which not all lines stand on it.
func (p *press) short(page *layout.Page, blocks []layout.Block) {
	set := map[layout.Tag]int{} // runes of each block that are set
	if page != nil {
		eachLine(page, func(l *layout.Line) {
			for _, r := range l.Runs {
				for _, c := range r.Text {
					if c != ' ' {
						set[r.Tag]++
					}
				}
			}
		})
	}
	for _, block := range blocks {
		para, ok := block.(*layout.Para)
		if !ok {
			continue
		}
		text := ""
		for _, s := range para.Spans {
			text += s.Text
		}
		if n := len([]rune(strings.Join(strings.Fields(text), ""))); set[para.Tag] < n && !slices.Contains(p.cut, text) {
			p.cut = append(p.cut, text)
		}
	}
}

// sizes steps down from a size by a tenth, in points of the sheet.
func (p *press) sizes(from, to int64) (s []layout.Length) {
	least := p.pt(to)
	for size := p.pt(from); size > least; size = size * 9 / 10 {
		s = append(s, size)
	}
	return append(s, least)
}

// line lays out a line, or two, as large as it fits between the sizes.
func (p *press) line(b box, runs []Run, from, to int64, h hand) *layout.Page {
	if len(runs) == 0 || runs[0].Text == "" {
		return nil
	}
	return p.fit(b, p.sizes(from, to), func(size layout.Length) []layout.Block {
		h.size = size
		return []layout.Block{p.text(runs, h)}
	})
}

// footed puts what was laid out so that its last line stands at a height.
func (p *press) footed(page *layout.Page, foot layout.Length) {
	if page != nil {
		p.put(page, foot-lastBaseline(page))
	}
}

// A grade is a size of the contents and the columns it stands in.
type grade struct {
	columns int
	size    layout.Length
}

// grades are those to be tried for so many entries, the best first: few stand in one column as long as they are large there.
func (p *press) grades(entries int, least int64) (out []grade) {
	add := func(columns int, from, to int64) {
		for _, size := range p.sizes(from, to) {
			out = append(out, grade{columns, size})
		}
	}
	if entries <= 8 {
		add(1, 17, 12)
	}
	if entries > 2 {
		add(2, 13, least)
	}
	if entries <= 8 {
		add(1, 11, least)
	}
	return out
}

// quiet is the ink of who wrote something.
func (p *press) quiet(ground uint32) uint32 {
	return on(ground, cmp.Or(uint32(p.look.Contents.Author.Color), faint))
}

// contents lays out what is in the issue, in two columns when it is much, each entry's title and who wrote it.
func (p *press) contents(b box, entries []Entry, ground uint32, align layout.Align) *layout.Page {
	const least = 9 // what is smaller nobody reads on a cover; what has no room is in the contents inside
	// More than two full columns of single lines at the least size never fit, and are not tried.
	entries = entries[:min(len(entries), max(0, 2*int((b.bottom-b.top)/(p.pt(least)*176/100))+2))]
	title := hand{look: p.look.Contents.Title, leading: 116, ink: on(ground, cmp.Or(uint32(p.look.Contents.Title.Color), ink)), align: align}
	by := hand{look: p.look.Contents.Author, leading: 120, ink: p.quiet(ground), align: align}
	for len(entries) > 0 {
		for _, at := range p.grades(len(entries), least) {
			size := at.size
			b.columns = at.columns
			var blocks []layout.Block
			for i, e := range entries {
				if i > 0 {
					blocks = append(blocks, &layout.Skip{Height: size * 60 / 100})
				}
				title.size, by.size = size, size*86/100
				t := p.text(e.Title, title)
				t.Style.KeepLines = true
				blocks = append(blocks, t)
				if e.By != "" {
					t.Style.KeepNext = true
					who := p.text(Plain(e.By), by)
					who.Style.KeepLines = true
					blocks = append(blocks, who)
				}
			}
			if page, ok := p.set(b, blocks); ok {
				return page
			}
		}
		if p.err != nil {
			return nil
		}
		entries = entries[:len(entries)-1]
	}
	return nil
}
