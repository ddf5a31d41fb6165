package picture

import "github.com/twinpress/twinpress/layout"

// The three arrangements of a made cover. Heights are measured from the top in points of a sheet 360 points wide, and from the
// foot where a part belongs there, so that each holds on paper of other proportions.

// head is what stands largest on the cover: the journal, or what there is in its stead. A title that becomes the head is not
// set again.
func (p *press) head() (head, title []Run) {
	c := p.cover
	switch {
	case c.Journal != "":
		return Plain(c.Journal), c.Title
	case len(c.Title) > 0:
		return c.Title, nil
	case c.Issue != "":
		return Plain(c.Issue), nil
	}
	return Plain(c.Date), nil
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " · " + b
}

// journal lays out the head of the cover as large as its words allow, with the journal's subtitle and the issue's title under it.
func (p *press) journal(b box, most int64, on uint32, align layout.Align) *layout.Page {
	head, title := p.head()
	if len(head) == 0 {
		return nil
	}
	c := &p.look.Cover
	return p.fit(b, p.sizes(most, 14), func(size layout.Length) []layout.Block {
		blocks := []layout.Block{p.text(head, hand{c.Journal, size, 104, on, align})}
		if p.cover.Subtitle != "" && p.cover.Journal != "" {
			sub := min(p.pt(14), size)
			blocks = append(blocks, &layout.Skip{Height: p.pt(7)}, p.text(Plain(p.cover.Subtitle), hand{p.look.Subtitle, sub, 120, on, align}))
		}
		if len(title) > 0 {
			look := p.look.Title
			blocks = append(blocks, &layout.Skip{Height: p.pt(16)}, p.text(title, hand{look, min(max(size*45/100, p.pt(15)), p.pt(26)), 112, on, align}))
		}
		return blocks
	})
}

// number lays out the issue's number, so large that it is read in a shop's list.
func (p *press) number(b box, most int64, ink uint32, align layout.Align) *layout.Page {
	n := int64(len([]rune(p.cover.Number)))
	if n == 0 {
		return nil
	}
	look := p.look.Cover.Number
	look.Letterspace.N = 0
	size := p.pt(max(min(most, 330/n), 12))
	page, _ := p.lay(b, []layout.Block{p.text(Plain(p.cover.Number), hand{look, size, 100, ink, align})})
	return page
}

// article sets the cover of an article on its own: the journal small, the title, who wrote it, where it appeared.
func (p *press) article(b box, foot layout.Length, most int64, on uint32, align layout.Align) {
	c, e := p.cover, p.cover.Entries[0]
	small := p.look.Cover.Line
	mark, top := p.logo(b, p.ground, false, align)
	p.show(mark)
	top.bottom = top.top + p.pt(40)
	y := top.top
	if page := p.line(top, Plain(c.Journal), 14, 9, hand{look: small, leading: 125, ink: on, align: align}); page != nil {
		y = p.put(page, 0)
	}
	b.top = y + p.pt(22)
	p.put(p.fit(b, p.sizes(most, 12), func(size layout.Length) []layout.Block {
		return []layout.Block{p.text(e.Title, hand{p.look.Title, size, 110, on, align})}
	}), 0)
	b.top, b.bottom = foot-p.pt(30), foot+p.pt(20)
	p.footed(p.line(b, Plain(joined(c.Issue, c.Date)), 12, 8, hand{look: small, leading: 120, ink: on, align: align}), foot)
}

// band is a coloured field over the contents, all flush: the cover of a review.
func (p *press) band(single bool) {
	c, h := p.cover, p.page.Height
	band := h * 566 / 1000
	if len(c.Entries) > 8 { // a long contents list gets more room
		band = h*483/1000 + p.logoRoom()
	}
	p.field(0, h, paper)
	p.field(0, band, p.ground)
	foot := band - p.pt(20)
	over := on(p.ground, white)
	if single {
		p.article(p.box(27, p.pt(28), foot-p.pt(40)), foot, 50, over, p.start())
		by := hand{look: p.look.Authors, leading: 118, ink: on(paper, ink), align: p.start()}
		p.put(p.line(p.box(27, band+p.pt(26), h-p.pt(30)), Plain(c.Entries[0].By), 26, 10, by), 0)
		return
	}
	top := foot - p.pt(30)
	if c.Number != "" {
		top = foot - p.pt(86)
	}
	mark, name := p.logo(p.box(27, p.pt(26), top), p.ground, false, p.start())
	p.show(mark)
	p.put(p.journal(name, 64, over, p.start()), 0)
	number := p.number(p.box(27, foot-p.pt(120), h), 112, mix(p.ground, over, 45), layout.Right)
	p.footed(number, foot)
	if head, _ := p.head(); len(head) > 0 && head[0].Text != c.Date {
		date := p.line(p.box(27, foot-p.pt(30), foot+p.pt(20)), Plain(c.Date), 13, 9, hand{look: p.look.Cover.Line, leading: 110, ink: over, align: p.start()})
		p.footed(date, p.clear(date, number, foot))
	}
	p.put(p.contents(p.box(27, band+p.pt(24), h-p.pt(22)), c.Entries, paper, p.start()), 0)
}

// clear gives the height at which a line stands free of a number whose last line stands at the foot: there, or above a long one.
func (p *press) clear(line, number *layout.Page, foot layout.Length) layout.Length {
	if !overlap(line, number, p.pt(6)) {
		return foot
	}
	return foot - (lastBaseline(number) - firstBaseline(number)) - p.pt(20)
}

// frame is a coloured sheet in a double rule, all on its axis: the cover of a book.
func (p *press) frame(single bool) {
	c, h := p.cover, p.page.Height
	over := on(p.ground, white)
	dim := mix(p.ground, over, 55)
	p.field(0, h, p.ground)
	p.outline(p.pt(15), p.u(layout.Pt*3/2), dim)
	p.outline(p.pt(19), p.u(layout.Pt/2), dim)
	if single {
		p.article(p.box(40, p.pt(46), h-p.pt(190)), h-p.pt(44), 44, over, layout.Center)
		by := hand{look: p.look.Authors, leading: 120, ink: over, align: layout.Center}
		p.footed(p.line(p.box(40, h-p.pt(180), h-p.pt(70)), Plain(c.Entries[0].By), 20, 9, by), h-p.pt(92))
		return
	}
	foot := h - p.pt(42)
	split := h * 58 / 100
	most := int64(60)
	if len(c.Entries) > 8 {
		split, most = h*40/100+p.logoRoom(), 44
	}
	mark, name := p.logo(p.box(36, p.pt(42), split-p.pt(96)+p.logoRoom()*2/5), p.ground, false, layout.Center)
	p.show(mark)
	head := p.put(p.journal(name, most, over, layout.Center), 0)
	list := p.contents(p.box(36, split, foot), c.Entries, p.ground, layout.Center)
	// The contents stand on the frame; number and date in the middle of what is left.
	up := foot - lastBaseline(list)
	from := foot
	if list != nil {
		from = firstBaseline(list) + up - p.pt(16)
	}
	p.middle(head, from, over, dim)
	p.put(list, up)
}

// middle sets number and date between the head of a framed cover and its contents, with the style's mark where there is room.
func (p *press) middle(top, bottom layout.Length, over, dim uint32) {
	c := p.cover
	all := p.box(36, 0, p.page.Height)
	mark := p.line(all, Plain(p.look.Cover.Mark), 17, 17, hand{look: p.look.Ornament.Look, leading: 100, ink: dim, align: layout.Center})
	var date *layout.Page
	if head, _ := p.head(); len(head) > 0 && head[0].Text != c.Date {
		date = p.line(all, Plain(c.Date), 13, 9, hand{look: p.look.Cover.Line, leading: 110, ink: over, align: layout.Center})
	}
	room := bottom - top
	size := min(int64(room*34/100/max(p.pt(1), 1)), 74)
	number := p.number(all, size, over, layout.Center)
	numberHeight := p.pt(min(size, 330/max(int64(len([]rune(c.Number))), 1))) * 66 / 100
	type piece struct {
		page        *layout.Page
		height, gap layout.Length // of its letters; white over it
	}
	var pieces []piece
	var sum layout.Length
	for _, it := range []piece{{mark, p.pt(11), 0}, {number, numberHeight, p.pt(18)}, {date, p.pt(9), p.pt(15)}} {
		if it.page == nil || it.page == mark && room < p.pt(110) {
			continue
		}
		if len(pieces) == 0 {
			it.gap = 0
		}
		pieces = append(pieces, it)
		sum += it.height + it.gap
	}
	y := top + (room-sum)/2 + p.pt(2)
	for _, it := range pieces {
		y += it.gap + it.height
		p.footed(it.page, y)
	}
}

func firstBaseline(page *layout.Page) (y layout.Length) {
	first := true
	eachLine(page, func(l *layout.Line) {
		if first || l.Y < y {
			y, first = l.Y, false
		}
	})
	return y
}

// outline draws a frame of rules at a distance from the edges.
func (p *press) outline(at, thick layout.Length, color uint32) {
	w, h := p.page.Width-2*at, p.page.Height-2*at
	p.rule(at, at, w, thick, color)
	p.rule(at, at+h-thick, w, thick, color)
	p.rule(at, at, thick, h, color)
	p.rule(at+w-thick, at, thick, h, color)
}

// sheet is a newspaper's front: the name across the head, the first article's title large, the others in columns under it, and
// a coloured foot with the number.
func (p *press) sheet(single bool) {
	c, w, h := p.cover, p.page.Width, p.page.Height
	over, under := on(p.ground, white), on(paper, ink)
	p.field(0, h, paper)
	head, title := p.head()
	mark, name := p.logo(p.box(22, p.pt(16), p.pt(130)), p.ground, false, p.start())
	name.bottom = name.top + p.pt(114)
	name.lines = 1
	masthead := p.line(name, head, 92, 40, hand{look: p.look.Cover.Journal, leading: 100, ink: over, align: p.start()})
	if lines := 0; masthead != nil {
		if eachLine(masthead, func(*layout.Line) { lines++ }); lines > 1 {
			name.lines, p.cut = 0, nil // not what is cut of one line
			masthead = p.line(name, head, 44, 18, hand{look: p.look.Cover.Journal, leading: 104, ink: over, align: p.start()})
		}
	}
	y := lastBaseline(masthead) + p.pt(26)
	if masthead == nil {
		y = name.top + p.pt(24)
	}
	p.field(0, y, p.ground)
	p.show(mark)
	p.put(masthead, 0)

	small := hand{look: p.look.Cover.Line, leading: 110, ink: under, align: p.start()}
	var said string
	for _, part := range []string{c.Issue, c.Date} {
		if part != "" && (len(head) == 0 || head[0].Text != part) {
			said = joined(said, part)
		}
	}
	dateline := p.box(22, y+p.pt(8), y+p.pt(60))
	dateline.lines = 1
	if line := p.line(dateline, Plain(joined(said, c.Subtitle)), 12, 8, small); line != nil {
		y = p.put(line, 0) + p.pt(8)
		p.rule(p.pt(22), y, w-2*p.pt(22), p.u(layout.Pt*3/5), under)
	}

	foot := h - p.pt(36)
	if !single && (c.Number != "" || len(title) > 0) {
		foot = h - p.pt(84)
	}
	p.field(foot, h, p.ground)
	if len(c.Entries) == 0 {
		p.strip(foot, title, over)
		return
	}
	lead := c.Entries[0]
	large := p.box(22, y+p.pt(10), y+(foot-y)*52/100)
	if single {
		large.bottom = foot - p.pt(90)
	}
	y = p.put(p.fit(large, p.sizes(48, 15), func(size layout.Length) []layout.Block {
		blocks := []layout.Block{p.text(lead.Title, hand{p.look.Title, size, 108, under, p.start()})}
		if lead.By != "" {
			blocks = append(blocks, &layout.Skip{Height: p.pt(9)}, p.text(Plain(lead.By), hand{p.look.Authors, min(p.pt(15), size), 120, p.quiet(paper), p.start()}))
		}
		return blocks
	}), 0) + p.pt(14)
	if len(c.Entries) > 1 {
		p.rule(p.pt(22), y, w-2*p.pt(22), p.u(layout.Pt*3/5), under)
		p.put(p.contents(p.box(22, y+p.pt(10), foot-p.pt(14)), c.Entries[1:], paper, p.start()), 0)
	}
	if !single {
		p.strip(foot, title, over)
	}
}

// strip sets the coloured foot of a sheet: the issue's title and, across from it, its number.
func (p *press) strip(top layout.Length, title []Run, over uint32) {
	h, w := p.page.Height, p.page.Width
	b := p.box(22, top+p.pt(10), h-p.pt(8))
	if p.cover.Number != "" {
		if p.cover.RTL {
			b.left += w * 40 / 100
		} else {
			b.right -= w * 40 / 100
		}
	}
	line := p.line(b, title, 28, 11, hand{look: p.look.Title, leading: 110, ink: over, align: p.start()})
	p.footed(line, h-p.pt(26))
	p.footed(p.number(p.box(22, top-p.pt(60), h+p.pt(60)), 76, mix(p.ground, over, 45), layout.Right), h-p.pt(24))
}
