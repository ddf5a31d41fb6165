package picture

import (
	"context"
	"image"

	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
)

// The cover's size in pixels, which shops ask for: 1:1.6, 2560 high.
const (
	CoverWidth  = 1600
	CoverHeight = 2560
)

// A Cover is what is said on a cover that is made for an edition without one.
type Cover struct {
	Journal  string
	Subtitle string // of the journal
	Title    []Run  // of the issue, where it has one
	Number   string // of the issue, set large; may be empty
	Issue    string // "Issue 112", "Volume 3, Issue 7"
	Date     string
	Entries  []Entry
	Lang     string // BCP 47
	RTL      bool
	// Seed chooses among the house's colours; the same seed, the same colour. Issue numbers follow each other through them.
	Seed string
	// Style gives the faces and, by Cover.Design, the arrangement; nil is the house's default.
	Style *style.Style

	// Cut, unless nil, is told of words of which no size made room for all.
	Cut func(words string)

	// Logo is the journal's mark, which stands over its name; nil for none.
	Logo *image.RGBA

	// Picture is the publisher's own, over which the type is set in the style's faces; nil for none. It is scaled to a width of
	// Pixels, which are CoverWidth unless they are given.
	Picture image.Image
	Pixels  int
}

// A Bleed is how far grounds and pictures reach beyond the edges of a page, to be cut off with the paper.
type Bleed struct{ left, top, right, bottom layout.Length }

// An Entry is a line of the contents. An edition with one entry is an article on its own: its title takes the journal's
// place.
type Entry struct {
	Title []Run
	By    string
}

// A Run is a stretch of a title that is set alike.
type Run struct {
	Text      string
	Italic    bool // the other of the two, where the title is in italics itself
	Strong    bool
	SmallCaps bool
	Rise      int    // 1 a superior, -1 an inferior
	Lang      string // BCP 47; "" is the cover's
}

// Plain gives a title that is set alike from end to end.
func Plain(text string) []Run {
	if text == "" {
		return nil
	}
	return []Run{{Text: text}}
}

// The cover of an EPUB is laid out on a page of 360 by 576 points; on paper it is as large as the paper, and all lengths grow
// with its width.
const (
	sheetWidth  = 360 * layout.Pt
	sheetHeight = 576 * layout.Pt
)

// Draw draws the cover at a width in pixels (CoverWidth for the cover of an EPUB; 120 to see what is left of it in a shop's
// list), 1:1.6. The studio's faces are those of the shaper. It fails when the context ends, and when the shaper makes no
// setting possible.
func (c *Cover) Draw(ctx context.Context, s *Studio, shaper layout.Shaper, width int) (*image.RGBA, error) {
	page, background, err := c.Page(ctx, shaper, sheetWidth, sheetHeight, Bleed{})
	if err != nil {
		return nil, err
	}
	own := *s
	own.Picture = func(ref int) image.Image {
		if ref == logoRef {
			return c.Logo
		}
		return background
	}
	return own.Page(page, width, rgb(paper)), nil
}

// Page sets the cover on a page of a width and height, by the same engine as the pages inside. The grounds are rules that come
// before the text. Where the page has a picture, it shows the background; picture 2 is the logo.
func (c *Cover) Page(ctx context.Context, shaper layout.Shaper, width, height layout.Length, bleed Bleed) (page *layout.Page, background image.Image, err error) {
	p := newPress(ctx, c, shaper, width, height, bleed)
	c.set(p)
	p.tell()
	if p.background == nil {
		return p.page, nil, p.err
	}
	return p.page, p.background, p.err
}

// newPress is ready to set a cover of a size.
func newPress(ctx context.Context, c *Cover, shaper layout.Shaper, width, height layout.Length, bleed Bleed) *press {
	look := c.Style
	if look == nil {
		look = style.Book()
	}
	p := &press{ctx: ctx, cover: c, look: look, shaper: shaper, ground: uint32(look.Cover.Ground), bleed: bleed, tags: new(layout.Tag),
		page: &layout.Page{Width: width, Height: height, Recto: true}}
	if p.ground == 0 {
		p.ground = c.colour()
	}
	return p
}

// tell says what there was no room for.
func (p *press) tell() {
	for _, words := range p.cut {
		if p.cover.Cut != nil {
			p.cover.Cut(words)
		}
	}
}

// set sets the cover as its style arranges it.
func (c *Cover) set(p *press) {
	switch single := len(c.Entries) == 1; {
	case c.Picture != nil && !c.Picture.Bounds().Empty():
		p.photo(single)
	case p.look.Cover.Design == "frame":
		p.frame(single)
	case p.look.Cover.Design == "sheet":
		p.sheet(single)
	default:
		p.band(single)
	}
}

// colour chooses the ground: by the number that the seed ends in when it does, so that no two issues in a row share one.
func (c *Cover) colour() uint32 {
	n, digits := 0, false
	for _, r := range c.Seed {
		if r >= '0' && r <= '9' {
			if !digits {
				n = 0
			}
			n, digits = (n*10+int(r-'0'))%100000, true
		} else if !digits {
			n = (n*31 + int(r)) % 100000
		}
	}
	return colours[n%len(colours)]
}

// Thumbnail gives a picture scaled to a width.
func Thumbnail(img image.Image, width int) *image.RGBA {
	b := img.Bounds()
	out := image.NewRGBA(image.Rect(0, 0, width, max(b.Dy()*width/max(b.Dx(), 1), 1)))
	Rectangle(out, out.Bounds(), rgb(white))
	Scale(out, out.Bounds(), img)
	return out
}
