package layout

// Figures: pictures side by side over their caption. A picture is never larger than its natural size; it is made smaller
// to the measure, or to the height of a column less its caption's.

// pictureGap parts pictures that stand side by side.
const pictureGap = 12 * Pt

// figureStanza casts a figure.
func (c *composer) figureStanza(f *Figure, width Length, mode galleyMode) *stanza {
	st := &stanza{before: f.SpaceBefore, after: f.SpaceAfter, origin: f.Origin}
	if mode == columnMode {
		switch f.Placement {
		case Float:
			st.kind = floating
		case FullWidth:
			st.kind = floating
			if c.columns > 1 {
				st.kind, width = wide, c.width
			}
		}
	}
	st.slugs = c.figureSlugs(f, width)
	if len(st.slugs) > 1 || len(st.slugs) == 1 && st.slugs[0].rise > c.pageHeight() {
		st.kind = flowing // a caption that is longer than the column has to be broken
	}
	if len(st.slugs) > 0 && len(f.Anchors) > 0 {
		s := &st.slugs[0]
		places := make([]Place, 0, len(f.Anchors)+len(s.places))
		for _, a := range f.Anchors {
			places = append(places, Place{Name: a, Y: -s.rise})
		}
		s.places = append(places, s.places...)
	}
	return st
}

// pageHeight is the height of a column from the top of its first line's capitals to its last baseline.
func (c *composer) pageHeight() Length { return max(Pt, c.limit-c.firstLine+c.capHeight) }

// figureSlugs casts a figure as one slug, or as the picture and the lines of its caption when the caption is too long to
// stay together.
func (c *composer) figureSlugs(f *Figure, width Length) []slug {
	caption := c.stack(f.Caption, width, false)
	room := c.pageHeight()
	long := caption.depth > room/2
	picture := slug{box: true, width: width}
	gap := f.Gap
	if len(caption.slugs) == 0 {
		gap = 0
	}
	height, shift := Length(0), Length(0)
	if len(f.Body) > 0 {
		height = c.framed(f, &picture, width)
	} else {
		left := room - gap - caption.depth
		if long {
			left = room - 3*c.unit
		}
		height = c.pictures(&picture, f, width, max(left, c.unit))
		if !long {
			if s, ok := c.besidePicture(f, &picture, width, height); ok {
				return []slug{s}
			}
			height, shift = c.underPicture(f, &picture, &caption, width, gap, height)
		}
	}
	picture.rise, picture.height = height, height
	if long {
		out := make([]slug, 0, 1+len(caption.slugs))
		if height > 0 {
			picture.cut = forbidden
			out = append(out, picture)
		}
		for i := range caption.slugs {
			s := caption.slugs[i]
			if i == 0 && len(out) > 0 {
				s.gap = gap
			}
			out = append(out, s)
		}
		return out
	}
	if height == 0 && len(caption.slugs) == 0 {
		return nil
	}
	fall := Length(0)
	if n := len(caption.slugs); n > 0 {
		fall = caption.slugs[n-1].fall
	}
	whole := slug{box: true, width: width, rise: height + gap + caption.depth - fall, fall: fall}
	whole.height = whole.rise
	whole.absorb(&picture, 0, height-whole.rise)
	whole.flatten(&caption, shift, height+gap-whole.rise)
	return []slug{whole}
}

// leastBeneath is the room, in lines, that a figure at the head of a page leaves beneath it at least, unless it takes the whole
// page: four lines, and one that may have to keep the next page's first company.
const leastBeneath = 5

// underPicture brings a caption to the edges of its picture when that is narrower than the measure, and makes a picture that
// would leave a line or two beneath it as much smaller as gives the text room. It gives the picture's height and how far its
// caption stands in.
func (c *composer) underPicture(f *Figure, picture *slug, caption *stack, width, gap, height Length) (Length, Length) {
	again := func(room Length) {
		*picture = slug{box: true, width: width}
		height = c.pictures(picture, f, width, max(room, c.unit))
	}
	shift := Length(0)
	for range 2 { // a narrower caption may be deeper, and its picture then smaller
		w := onePicture(picture)
		if len(caption.slugs) == 0 || w == 0 || w >= width-2*Pt || w < width*2/5 {
			break
		}
		*caption = c.stack(f.Caption, w, false)
		shift = f.inset(width - w)
		if left := c.pageHeight() - gap - caption.depth; height > left {
			again(left)
		}
	}
	beneath := c.pageHeight() - height - gap - caption.depth
	if least := leastBeneath*c.unit + f.SpaceAfter; beneath > 0 && beneath < least && height > 3*least {
		again(height - (least - beneath))
		if w := onePicture(picture); shift > 0 && w > 0 {
			*caption = c.stack(f.Caption, w, false)
			shift = f.inset(width - w)
		}
	}
	return height, shift
}

// inset is how much of the white beside a picture stands at its left.
func (f *Figure) inset(white Length) Length {
	switch f.Side {
	case Left:
		return 0
	case Right:
		return white
	}
	return white / 2
}

// framed sets a figure that is made of blocks, with the rule around them, over the slug's reference line, and gives its height.
func (c *composer) framed(f *Figure, s *slug, width Length) Length {
	pad := Length(0)
	if f.Frame > 0 {
		pad = f.Gap + f.Frame
	}
	body := c.stack(f.Body, max(width-2*pad, Pt), false)
	height := body.depth + 2*pad
	if f.Frame > 0 {
		for _, r := range [...]RuleItem{
			{Y: -height, Width: width, Height: f.Frame}, {Y: -f.Frame, Width: width, Height: f.Frame},
			{Y: -height, Width: f.Frame, Height: height}, {X: width - f.Frame, Y: -height, Width: f.Frame, Height: height},
		} {
			s.items = append(s.items, &r)
		}
	}
	s.flatten(&body, pad, pad-height)
	return height
}

// besidePicture sets the caption beside the only picture of a figure, a gutter from it, its last line on the picture's foot. It
// says no where the caption is to stand under the picture.
func (c *composer) besidePicture(f *Figure, picture *slug, width, height Length) (slug, bool) {
	w := onePicture(picture)
	if f.Beside <= 0 || w == 0 || w+c.geo.Gutter+f.Beside > width || len(f.Caption) == 0 {
		return slug{}, false
	}
	caption := c.stack(f.Caption, f.Beside, false)
	if len(caption.slugs) == 0 || caption.depth > height {
		return slug{}, false
	}
	x := w + c.geo.Gutter
	if f.Side == Right {
		x = width - x - f.Beside
	}
	fall := caption.slugs[len(caption.slugs)-1].fall
	whole := slug{box: true, width: width, rise: height, height: height}
	whole.absorb(picture, 0, 0)
	whole.flatten(&caption, x, fall-caption.depth)
	return whole, true
}

// onePicture is the width of the only picture of a slug; 0 when there are none, or several.
func onePicture(s *slug) Length {
	if len(s.items) != 1 {
		return 0
	}
	if p, ok := s.items[0].(*PictureItem); ok {
		return p.Width
	}
	return 0
}

// pictures sets a figure's pictures side by side, three at most in a row, over the slug's reference line, and gives the
// height they take.
func (c *composer) pictures(s *slug, f *Figure, width, room Length) Length {
	most := width
	if f.MaxWidth > 0 {
		most = min(most, f.MaxWidth)
	}
	var pics []*Picture
	for _, p := range f.Pictures {
		if p != nil && p.Width > 0 && p.Height > 0 {
			pics = append(pics, p)
		}
	}
	if len(pics) == 0 {
		return 0
	}
	rows := (len(pics) + 2) / 3
	per := (len(pics) + rows - 1) / rows
	room = max(Pt, (room-Length(rows-1)*pictureGap)/Length(rows))
	type size struct{ w, h Length }
	sizes := make([]size, len(pics))
	heights := make([]Length, 0, rows)
	total := Length(0)
	for from := 0; from < len(pics); from += per {
		row := pics[from:min(from+per, len(pics))]
		// All of a row are equally high: the least natural height, the room there is, or what makes them as wide as
		// the measure.
		h := room
		for _, p := range row {
			h = min(h, p.Height)
		}
		sum := Length(0)
		for _, p := range row {
			sum += portion(p.Width, h, p.Height)
		}
		if avail := max(Pt, most-Length(len(row)-1)*pictureGap); sum > avail {
			h = max(1, portion(h, avail, sum))
		}
		for i, p := range row {
			sizes[from+i] = size{max(1, portion(p.Width, h, p.Height)), h}
		}
		heights = append(heights, h)
		total += h
	}
	total += Length(len(heights)-1) * pictureGap
	y := -total
	for r, h := range heights {
		row := sizes[r*per : min((r+1)*per, len(pics))]
		sum := Length(len(row)-1) * pictureGap
		for _, z := range row {
			sum += z.w
		}
		x := f.inset(width - sum)
		for i, z := range row {
			p := pics[r*per+i]
			s.items = append(s.items, &PictureItem{X: x, Y: y, Width: z.w, Height: z.h, Ref: p.Ref, Tag: p.Tag, Link: p.Link})
			x += z.w + pictureGap
		}
		y += h + pictureGap
	}
	return total
}

// portion gives l·a/b, rounded down.
func portion(l, a, b Length) Length {
	if b == 0 {
		return 0
	}
	hi, lo := l/b, l%b
	return hi*a + lo*a/b
}

// A wrap is a figure with text beside it. Its top is at the capitals' height of the first line beside it.
type wrap struct {
	figure slug
	x      Length // of the figure
	width  Length // of the text beside it
	indent Length // of the text
	full   Length // measure under it
	left   Length // height that still has to have text beside it, from the top of the next line
	begun  bool
	extra  Length
	after  Length
}

// wrapFigure makes a figure stand beside the paragraphs that follow it. It gives nil when there is too little room, or no
// text to stand beside it: the figure then stands by itself.
func (c *composer) wrapFigure(f *Figure, width Length, rest []Block) *wrap {
	if len(rest) == 0 || !isPara(rest[0]) || len(f.Body) > 0 {
		return nil
	}
	natural := Length(0)
	for _, p := range f.Pictures {
		if p != nil {
			natural += p.Width
		}
	}
	w := min(natural, width*9/20)
	if f.MaxWidth > 0 {
		w = min(natural, f.MaxWidth)
	}
	gap := c.unit
	if w <= 0 || width-w-gap < 9*c.unit {
		return nil
	}
	slugs := c.figureSlugs(f, w)
	if len(slugs) != 1 {
		return nil
	}
	s := slugs[0]
	height := s.rise + s.fall
	if height > c.limit*6/10 {
		return nil
	}
	out := &wrap{figure: s, width: width - w - gap, full: width}
	if f.Placement == WrapLeft {
		out.indent = w + gap
	} else {
		out.x = width - w
	}
	for _, a := range f.Anchors {
		out.figure.places = append(out.figure.places, Place{Name: a, Y: -s.rise})
	}
	out.left = height - c.capHeight + max(c.unit/2, f.SpaceAfter) + c.bodyRise
	return out
}

// count is how many lines of a leading stand beside the figure.
func (w *wrap) count(lead Length) int { return int((w.left + lead - 1) / lead) }

// shape gives the room of a paragraph's lines beside the figure, and how many they are.
func (w *wrap) shape(c *composer, p *Para) (func(int) (Length, Length), int) {
	n := w.count(c.lead(p.Style, c.grid > 0 && !p.Style.OffGrid))
	return func(line int) (Length, Length) {
		if line < n {
			return w.indent, w.width
		}
		return 0, w.full
	}, n
}

// take puts the figure beside a paragraph and counts what of its height is still to come.
func (w *wrap) take(c *composer, st *stanza, p *Para, more bool) {
	if len(st.slugs) == 0 {
		return
	}
	lead := c.lead(p.Style, c.grid > 0 && !p.Style.OffGrid)
	if !w.begun {
		s := &st.slugs[0]
		items := s.items
		s.items = nil
		lines := s.lines
		s.lines = nil
		s.absorb(&w.figure, w.x, w.figure.rise-c.capHeight)
		s.items = append(s.items, items...)
		s.lines = append(s.lines, lines...)
		st.extra += w.extra
		w.begun = true
	} else {
		w.left -= max(w.after, st.before) // white between the paragraphs
	}
	n := min(w.count(lead), len(st.slugs))
	for i := 0; i < n-1; i++ {
		st.slugs[i].cut = forbidden
	}
	w.left -= Length(len(st.slugs)) * lead
	w.after = st.after
	if w.left <= 0 {
		return
	}
	st.slugs[len(st.slugs)-1].cut = forbidden
	st.keepNext = true
	if !more { // nothing more stands beside it: white to its foot
		st.keepNext = false
		st.slugs = append(st.slugs, slug{box: true, rise: w.left, width: w.full})
		w.left = 0
	}
}
