package picture

import (
	"context"
	"image"

	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// A Wrap is the cover of a printed issue in one piece: back, spine and front, as they lie before the sheet is folded around the
// pages.
type Wrap struct {
	Front *Cover
	Own   image.Image // the publisher's finished front, without type; nil: Front is set
	Width, Height,
	Spine layout.Length // of each cover, trimmed, and of the back of the book, 0 for one that is stapled
	Bleed layout.Length // how far colour reaches beyond the trim
	Marks bool          // where to cut and fold, outside of the bleed
	Up    bool          // the spine is read from foot to head, as on the continent
	Back  Back
}

// A Back is what is said on the back.
type Back struct {
	Title []Run    // nil: the issue's, or the journal's
	Text  [][]Run  // paragraphs
	Small []string // lines at the foot: who publishes it, where, at what price
	// CodeWidth and CodeHeight are the size of a bar code with its white; 0 for none.
	CodeWidth, CodeHeight layout.Length
}

// A Sheet is a wrap, laid out.
type Sheet struct {
	Page       *layout.Page
	Margin     layout.Length // from the paper's edge to the trim, on all sides
	Bleed      layout.Length
	SpineX     layout.Length // left edge of the spine
	Spine      layout.Length
	Turned     []int // areas whose items stand on a spine laid on its side: from its head, as long as it is high
	Up         bool
	Parts      []Part      // of its text and pictures, in the order of reading
	Background image.Image // what picture 0 shows, nil for none
}

// A Part is a piece of a sheet that a reader of the file is told of.
type Part struct {
	Tag  layout.Tag
	Kind PartKind
	On   string // front, spine, back
}

// A PartKind is what a part is.
type PartKind int

// The kinds of parts. Pictures on a sheet are Ground (number 0), Code (number 1) and Mark (number 2).
const (
	Text PartKind = iota
	Ground
	Code
	Mark
)

// leastSpine is the width under which type on a spine is cut or folded onto a cover: printers hold a fold to a millimetre.
const leastSpine = 4 * layout.Mm

// Readable reports whether a spine has room for type.
func (w *Wrap) Readable() bool { return w.Spine >= leastSpine }

// markLength and markGap are those of crop marks, which begin outside of the bleed.
const (
	markLength = 5 * layout.Mm
	markGap    = 1 * layout.Mm
)

// Sheet lays the wrap out.
func (w *Wrap) Sheet(ctx context.Context, shaper layout.Shaper) (*Sheet, error) {
	margin := w.Bleed
	if w.Marks {
		margin += markGap + markLength
	}
	s := &Sheet{Margin: margin, Bleed: w.Bleed, Spine: w.Spine, Up: w.Up, SpineX: margin + w.Width,
		Page: &layout.Page{Width: 2*(margin+w.Width) + w.Spine, Height: 2*margin + w.Height, Number: 1, Label: "1", Recto: true}}
	front, back := margin+w.Width+w.Spine, margin
	if w.Front.RTL {
		front, back = back, front
	}
	tags := layout.Tag(0)
	first, err := w.front(ctx, shaper, s, front > back, &tags)
	if err != nil {
		return nil, err
	}
	s.add(first.page, front, margin, "front")
	ground := first.ground
	if w.Spine > 0 {
		rule(s.Page, s.SpineX, margin-w.Bleed, w.Spine, w.Height+2*w.Bleed, ground)
		if w.Readable() {
			if err := w.spine(ctx, shaper, s, ground, &tags); err != nil {
				return nil, err
			}
		}
	}
	last := &press{ctx: ctx, cover: w.Front, look: first.look, shaper: shaper, ground: ground, bleed: w.sides(front < back), tags: &tags,
		page: &layout.Page{Width: w.Width, Height: w.Height}}
	last.back(&w.Back)
	last.tell()
	if last.err != nil {
		return nil, last.err
	}
	s.add(last.page, back, margin, "back")
	if w.Marks {
		w.marks(s)
	}
	return s, nil
}

// sides is the bleed of a cover, whose spine is at its left or its right.
func (w *Wrap) sides(spineLeft bool) Bleed {
	b := Bleed{top: w.Bleed, bottom: w.Bleed}
	if spineLeft {
		b.right = w.Bleed
	} else {
		b.left = w.Bleed
	}
	return b
}

// front sets the front cover.
func (w *Wrap) front(ctx context.Context, shaper layout.Shaper, s *Sheet, spineLeft bool, tags *layout.Tag) (*press, error) {
	c := *w.Front
	p := newPress(ctx, &c, shaper, w.Width, w.Height, w.sides(spineLeft))
	p.tags = tags
	if w.Own != nil {
		c.Picture = w.Own
		wide, high := w.Width+p.bleed.left+p.bleed.right, w.Height+p.bleed.top+p.bleed.bottom
		p.background = p.cropped(wide, high)
		p.page.Areas = append(p.page.Areas, pictureArea(-p.bleed.left, -p.bleed.top, wide, high))
	} else {
		p.cover.set(p)
		p.tell()
	}
	if p.background != nil {
		s.Background = p.background
		*tags++
		for _, a := range p.page.Areas {
			for _, it := range a.Items {
				if pic, ok := it.(*layout.PictureItem); ok && pic.Ref == 0 {
					pic.Tag = *tags
				}
			}
		}
	}
	return p, p.err
}

// add puts a cover in its place on the sheet, and takes its parts into the books.
func (s *Sheet) add(page *layout.Page, x, y layout.Length, on string) {
	shift(page, x, y)
	s.Page.Areas = append(s.Page.Areas, page.Areas...)
	s.note(page, on)
}

func (s *Sheet) note(page *layout.Page, on string) {
	seen := map[layout.Tag]bool{}
	for _, a := range page.Areas {
		for _, it := range a.Items {
			switch it := it.(type) {
			case *layout.Line:
				for _, r := range it.Runs {
					if !seen[r.Tag] {
						seen[r.Tag] = true
						s.Parts = append(s.Parts, Part{r.Tag, Text, on})
					}
				}
			case *layout.PictureItem:
				s.Parts = append(s.Parts, Part{it.Tag, Ground + PartKind(it.Ref), on})
			}
		}
	}
}

// spine sets the journal's name at the head of the spine, the title in its middle when there is room, and the number at
// its foot. It is set lying, from the left.
func (w *Wrap) spine(ctx context.Context, shaper layout.Shaper, s *Sheet, ground uint32, tags *layout.Tag) error {
	c := *w.Front
	p := newPress(ctx, &c, shaper, w.Height, w.Height, Bleed{})
	p.tags = tags
	size := min(w.Spine*50/100, 15*layout.Pt)
	ink := on(ground, white)
	b := box{left: 10 * layout.Mm, right: w.Height - 10*layout.Mm, top: 0, bottom: w.Height, lines: 1}
	line := func(runs []Run, look style.Look, align layout.Align) *layout.Page {
		if len(runs) == 0 || runs[0].Text == "" {
			return nil
		}
		page, ok := p.set(b, []layout.Block{p.text(runs, hand{look, size, 120, ink, align})})
		if !ok {
			return nil
		}
		return page
	}
	head, title := p.head()
	small := p.look.Cover.Line
	name := line(head, p.look.Cover.Journal, layout.Left)
	number := line(Plain(joined(c.Number, c.Date)), small, layout.Right)
	if number == nil || name != nil && overlap(name, number, 0) {
		number = line(Plain(c.Number), small, layout.Right)
	}
	middle := line(title, p.look.Title, layout.Center)
	for _, page := range []*layout.Page{name, middle, number} {
		if page == nil || page == middle && (overlap(name, middle, 5*layout.Mm) || overlap(number, middle, 5*layout.Mm)) || page == number && overlap(name, number, 5*layout.Mm) {
			continue
		}
		shift(page, 0, w.Spine/2+size*34/100-lastBaseline(page))
		for _, a := range page.Areas {
			// The area lies where the spine is; what is in it is turned when it is drawn.
			a.X, a.Y, a.Width, a.Height = s.SpineX, s.Margin, w.Spine, w.Height
			s.Turned = append(s.Turned, len(s.Page.Areas))
			s.Page.Areas = append(s.Page.Areas, a)
		}
		s.note(page, "spine")
	}
	return p.err
}

// overlap reports whether lines that stand on one baseline come nearer to each other than a gap.
func overlap(a, b *layout.Page, gap layout.Length) (over bool) {
	if a == nil || b == nil {
		return false
	}
	eachLine(a, func(l *layout.Line) {
		eachLine(b, func(m *layout.Line) {
			over = over || l.X < m.X+m.Width+gap && m.X < l.X+l.Width+gap
		})
	})
	return over
}

// back sets the back cover: title, words about the issue, what is in it, and at the foot the lines of the house and a bar code.
func (p *press) back(k *Back) {
	w, h := p.page.Width, p.page.Height
	ground := p.ground
	margin := int64(27)
	if p.look.Cover.Design == "frame" && p.cover.Picture == nil {
		margin = 40
		p.field(0, h, ground)
		dim := mix(ground, on(ground, white), 55)
		p.outline(p.pt(15), p.u(layout.Pt*3/2), dim)
		p.outline(p.pt(19), p.u(layout.Pt/2), dim)
	} else {
		ground = paper
		p.field(0, h, ground)
	}
	letters := on(ground, ink)
	align := layout.Left
	y := p.pt(margin)
	title := k.Title
	if len(title) == 0 {
		title, _ = p.head()
		if len(p.cover.Title) > 0 {
			title = p.cover.Title
		}
	}
	foot := h - p.pt(margin) - max(k.CodeHeight, p.pt(40)) - p.pt(18)
	if page := p.line(p.box(margin, y, h*30/100), title, 26, 12, hand{look: p.look.Title, leading: 112, ink: letters, align: align}); page != nil {
		y = p.put(page, 0) + p.pt(16)
	}
	if len(k.Text) > 0 {
		if page := p.blurb(p.box(margin, y, max(y+p.pt(40), h*62/100)), k.Text, letters); page != nil {
			y = p.put(page, 0) + p.pt(22)
		}
	}
	if len(p.cover.Entries) > 1 && foot-y > p.pt(60) {
		p.put(p.contents(p.box(margin, y, foot), p.cover.Entries, ground, align), 0)
	}
	small := p.box(margin, foot+p.pt(18), h-p.pt(margin))
	if k.CodeWidth > 0 {
		x, top := w-p.pt(margin)-k.CodeWidth, h-p.pt(margin)-k.CodeHeight
		if p.cover.RTL {
			x = p.pt(margin)
			small.left = x + k.CodeWidth + p.pt(12)
		} else {
			small.right = x - p.pt(12)
		}
		pad := layout.Mm
		rule(p.page, x-pad, top-pad, k.CodeWidth+2*pad, k.CodeHeight+2*pad, white)
		area := pictureArea(x, top, k.CodeWidth, k.CodeHeight)
		*p.tags++
		item := area.Items[0].(*layout.PictureItem)
		item.Ref, item.Tag = 1, *p.tags
		p.page.Areas = append(p.page.Areas, area)
	}
	lines := p.fit(small, p.sizes(8, 6), func(size layout.Length) (blocks []layout.Block) {
		for _, l := range k.Small {
			blocks = append(blocks, p.text(Plain(l), hand{p.look.Cover.Small, size, 135, letters, align}))
		}
		return blocks
	})
	p.footed(lines, h-p.pt(margin))
}

// blurb lays out the words about the issue.
func (p *press) blurb(b box, paras [][]Run, ink uint32) *layout.Page {
	return p.fit(b, p.sizes(11, 7), func(size layout.Length) (blocks []layout.Block) {
		for i, runs := range paras {
			if i > 0 {
				blocks = append(blocks, &layout.Skip{Height: size * 60 / 100})
			}
			blocks = append(blocks, p.text(runs, hand{p.look.Text, size, 140, ink, layout.Left}))
		}
		return blocks
	})
}

// marks draws where the sheet is cut, and where it is folded.
func (w *Wrap) marks(s *Sheet) {
	const thick = layout.Pt / 4
	right, bottom := s.Page.Width-s.Margin, s.Page.Height-s.Margin
	xs := []layout.Length{s.Margin, s.SpineX, right}
	if w.Spine > 0 {
		xs = append(xs, s.SpineX+w.Spine)
	}
	for _, x := range xs {
		rule(s.Page, x-thick/2, 0, thick, markLength, 0)
		rule(s.Page, x-thick/2, s.Page.Height-markLength, thick, markLength, 0)
	}
	for _, y := range []layout.Length{s.Margin, bottom} {
		rule(s.Page, 0, y-thick/2, markLength, thick, 0)
		rule(s.Page, s.Page.Width-markLength, y-thick/2, markLength, thick, 0)
	}
}

// Resolution gives how many dots to the inch a picture of so many pixels has when it fills a field.
func Resolution(pixels image.Point, width, height layout.Length) int {
	if width <= 0 || height <= 0 {
		return 0
	}
	across := int64(pixels.X) * int64(layout.In) / int64(width)
	down := int64(pixels.Y) * int64(layout.In) / int64(height)
	return int(min(across, down)) // the shorter side fills the field, and the other is cropped
}
