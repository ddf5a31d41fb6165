package pdf

import (
	"math"

	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/layout"
)

// A drawing is one page on its way to a content stream. Several pages are drawn at once; a drawing changes nothing but
// itself.
type drawing struct {
	file  *file
	page  *layout.Page
	index int // of the page

	areas     [][]byte // content by area
	marks     []mark   // by MCID
	links     []linkRect
	boxes     []figureBox
	decorated []decoration
	fonts     []bool // by index into file.fonts
	used      []int  // pictures
	faults    []fault

	// Where drawing stands in the page.
	baseline layout.Length // of the last line
	b        []byte        // content of the area at hand
	area     int
	inText   bool
	want     *element // what the run at hand belongs to
	wantArt  string   // and the artifact that it is part of when it belongs to none
	within   bool     // content is being drawn in a Span of its own
	said     int      // bytes at the start of the next run that the text of an initial holds already
	marked   *element // open marked content; nil when none is or an artifact's
	artifact string   // open artifact's properties, "" when none is open
	state    textState
	originX  int64 // of the text line matrix, in hundredths of a point
	originY  int64
	pen      float64 // where the next glyph goes, points
	show     []byte  // the TJ being written
	// The last move after a word space, which the next one repeats when it can.
	afterSpace bool
	spaceMove  float64
	codes      []byte // its string being written
}

// A mark is a marked-content sequence of the page and the element that it belongs to.
type mark struct {
	element *element
	area    int
	// hyphen: a hyphen that the line breaker put in. It gets an element of its own, soft.
	hyphen bool
	soft   object.Ref
}

// A linkRect is the part of a link that lies on one line.
type linkRect struct {
	link           layout.LinkID
	area           int
	after          int     // place among the page's content: twice the number of marks before it, less one
	x0, y0, x1, y1 float64 // PDF coordinates
}

// A decoration is a rule that strikes out or underlines the text of an element.
type decoration struct {
	element *element
	strikes bool
}

// A figureBox is where a picture of a figure lies.
type figureBox struct {
	element        *element
	page           int
	x0, y0, x1, y1 float64
}

// textState is the part of the text state (ISO 32000-1 § 9.3) that drawing sets; it lasts for the page.
type textState struct {
	face  *face
	size  layout.Length
	scale int32 // horizontal, hundred-thousandths off 1
	rise  layout.Length
	color uint32
}

func newDrawing(f *file, index int) drawing {
	p := f.in.Pages[index]
	return drawing{file: f, page: p, index: index, areas: make([][]byte, len(p.Areas)), fonts: make([]bool, len(f.fonts))}
}

// content is the page's content stream: its areas in reading order, whatever order they were drawn in. Each leaves the
// graphics state as it found it.
func (d *drawing) content() []byte {
	n := 0
	for _, a := range d.areas {
		n += len(a)
	}
	b := make([]byte, 0, n)
	for _, a := range d.areas {
		b = append(b, a...)
	}
	return b
}

func (d *drawing) drawArea(i int) {
	a := &d.page.Areas[i]
	d.area, d.b, d.state = i, make([]byte, 0, 4096), textState{}
	artifact := layoutArtifact
	switch a.Kind {
	case layout.HeadArea:
		artifact = headArtifact
	case layout.FootArea:
		artifact = footArtifact
	}
	turned := d.turn(i)
	for i, item := range a.Items {
		switch it := item.(type) {
		case *layout.Line:
			d.line(it, amongWords(a.Items[i+1:]), artifact)
		case *layout.RuleItem:
			d.rule(it, artifact)
		case *layout.PictureItem:
			if !it.InLine {
				d.picture(it, artifact)
			}
		}
	}
	d.endText()
	d.endMark()
	if d.state.color != 0 {
		d.color(0)
	}
	if d.state.scale != 0 {
		d.b = append(d.b, "100 Tz\n"...)
	}
	if d.state.rise != 0 {
		d.b = append(d.b, "0 Ts\n"...)
	}
	if turned {
		d.b = append(d.b, "Q\n"...)
	}
	d.areas[i] = d.b
	d.b = nil
}

// turn turns the space of an area that lies on its side; what is drawn in it must be left by Q.
func (d *drawing) turn(area int) bool {
	if d.file.in.sheet == nil {
		return false
	}
	m, ok := d.file.in.sheet.turn(area)
	if !ok {
		return false
	}
	d.b = append(d.b, "q "...)
	for _, v := range m {
		d.b = append(object.AppendNumber(d.b, v, 4), ' ')
	}
	d.b = append(d.b, "cm\n"...)
	return true
}

// amongWords gives the pictures that stand among the words of a line, from what follows it.
func amongWords(items []layout.Item) (out []*layout.PictureItem) {
	for _, item := range items {
		switch it := item.(type) {
		case *layout.Line:
			return out
		case *layout.PictureItem:
			if it.InLine {
				out = append(out, it)
			}
		}
	}
	return out
}

// The artifacts of ISO 32000-1 § 14.8.2.2.
const (
	layoutArtifact = "<</Type/Layout>>"
	headArtifact   = "<</Type/Pagination/Subtype/Header>>"
	footArtifact   = "<</Type/Pagination/Subtype/Footer>>"
)

// mark opens the marked content of an element, or of an artifact when there is none, unless it is open already. Marked
// content and text objects must nest (§ 14.6): a mark that is opened in a text object is closed in it, so whoever ends
// the text object ends the mark first.
func (d *drawing) mark(e *element, artifact string) {
	if !d.file.tagged {
		return
	}
	if e != nil && d.marked == e || e == nil && d.artifact == artifact {
		return
	}
	d.endMark()
	if e == nil {
		d.artifact = artifact
		d.b = append(append(append(d.b, "/Artifact"...), artifact...), "BDC\n"...)
		return
	}
	d.marked = e
	d.b = object.Append(append(d.b, '/'), object.Raw(e.node.Type))
	d.b = object.Append(append(d.b, "<</MCID "...), object.Int(len(d.marks)))
	d.b = append(d.b, ">>BDC\n"...)
	d.marks = append(d.marks, mark{element: e, area: d.area})
}

func (d *drawing) endMark() {
	d.endShow()
	if d.marked != nil || d.artifact != "" {
		d.b = append(d.b, "EMC\n"...)
		d.marked, d.artifact = nil, ""
	}
}

// element finds the structure element that a tag's content belongs to, nil for an artifact.
func (d *drawing) element(tag layout.Tag, artifact bool) *element {
	if tag == 0 || artifact || !d.file.tagged {
		return nil
	}
	e := d.file.byTag[tag]
	if e != nil && e.once && !e.isFirst(place{d.index, d.area}) {
		return nil // a table's head, repeated
	}
	return e
}

// color sets the colour of filling, in grey when it is one: DeviceGray prints in black ink only.
func (d *drawing) color(c uint32) {
	r, g, b := float64(c>>16&0xff)/255, float64(c>>8&0xff)/255, float64(c&0xff)/255
	if r == g && g == b {
		d.b = append(object.AppendNumber(d.b, r, 3), " g\n"...)
		return
	}
	d.b = append(object.AppendNumber(d.b, r, 3), ' ')
	d.b = append(object.AppendNumber(d.b, g, 3), ' ')
	d.b = append(object.AppendNumber(d.b, b, 3), " rg\n"...)
}

// rule draws a filled rectangle. It is an artifact even when it strikes words out or stands under them: what that means is
// said by an attribute of the words' element.
func (d *drawing) rule(r *layout.RuleItem, artifact string) {
	if e := d.element(r.Tag, false); e != nil && e.node.Type == flow.Span { // of its own: not a whole paragraph's
		d.decorated = append(d.decorated, decoration{e, r.Y < d.baseline})
	}
	d.endText()
	d.mark(nil, artifact)
	if r.Color != d.state.color {
		d.color(r.Color)
		d.state.color = r.Color
	}
	for _, v := range [...]layout.Length{r.X, d.page.Height - r.Y - r.Height, r.Width, r.Height} {
		d.b = append(object.AppendNumber(d.b, v.Points(), 2), ' ')
	}
	d.b = append(d.b, "re f\n"...)
	d.endMark()
}

// picture draws a picture in its rectangle.
func (d *drawing) picture(p *layout.PictureItem, artifact string) {
	d.endText()
	e := d.element(p.Tag, false)
	x0, y1 := p.X.Points(), (d.page.Height - p.Y).Points()
	x1, y0 := x0+p.Width.Points(), y1-p.Height.Points()
	d.mark(e, artifact)
	d.b = d.file.pictures.draw(d.b, p.Ref, x0, y0, x1, y1)
	d.endMark()
	d.usePicture(p.Ref)
	if e != nil {
		d.boxes = append(d.boxes, figureBox{e, d.index, x0, y0, x1, y1})
		if p.Link != 0 {
			d.links = append(d.links, linkRect{p.Link, d.area, 2*len(d.marks) - 1, x0, y0, x1, y1})
		}
	}
}

func (d *drawing) usePicture(ref int) {
	for _, u := range d.used {
		if u == ref {
			return
		}
	}
	d.used = append(d.used, ref)
}

// lineLinks notes where a line's links lie: one rectangle for the neighbouring runs of a link, as high as the largest
// type among them. A link in an artifact is none, for who cannot see it cannot find it (ISO 14289-1 § 7.18.1).
func (d *drawing) lineLinks(l *layout.Line) {
	for i := 0; i < len(l.Runs); {
		r := &l.Runs[i]
		if r.Link == 0 || d.file.tagged && d.element(r.Tag, r.Artifact) == nil {
			i++
			continue
		}
		link := r.Link
		x0, x1 := r.X, r.X+r.Width
		top, bottom := layout.Length(math.MaxInt64), layout.Length(math.MinInt64)
		for ; i < len(l.Runs) && l.Runs[i].Link == link; i++ {
			r := &l.Runs[i]
			size := r.Size
			if size == 0 && r.Style != nil {
				size = r.Style.Size
			}
			x0, x1 = min(x0, r.X), max(x1, r.X+r.Width)
			top, bottom = min(top, r.Y-size*4/5), max(bottom, r.Y+size/4)
		}
		if x1 > x0 {
			d.links = append(d.links, linkRect{link, d.area, 2*len(d.marks) - 1, x0.Points(), (d.page.Height - bottom).Points(),
				x1.Points(), (d.page.Height - top).Points()})
		}
	}
}
