package document

import (
	"fmt"
	"strconv"
	"strings"
)

// The inlines, each with its part of Walk and Dump, as in blocks.go.

// A Text is a run of characters in their final form.
type Text struct {
	inlineBase
	Value string
}

func (*Text) walk(*visit)                 {}
func (n *Text) dump(d *dumper, depth int) { d.line(depth, n.quote()) }

// quote gives the characters between quotation marks, as the dump writes them.
func (n *Text) quote() string {
	if n == nil {
		return strconv.Quote("")
	}
	return strconv.Quote(n.Value)
}

// A Styled run changes the face or role of its content.
type Styled struct {
	inlineBase
	Attr
	Kind    StyleKind
	Title   string // expansion of an abbreviation, or of a defined term
	Only    string // the format that alone has it, as of a Division
	Content []Inline
}

// Kept reports whether a format has a node: all have it, but for what is meant for another.
func Kept(n Node, format string) bool {
	switch n := n.(type) {
	case *Division:
		return n == nil || n.Only == "" || n.Only == format
	case *Styled:
		return n == nil || n.Only == "" || n.Only == format
	}
	return true
}

func (n *Styled) walk(v *visit) { v.inlines(n.Content) }

func (n *Styled) dump(d *dumper, depth int) {
	if len(n.Content) == 0 {
		d.line(depth, n.Kind.String(), n.Attr.dump())
		return
	}
	d.inlines(depth, strings.Join(strings.Fields(n.Kind.String()+" "+n.Attr.dump()+" "+field("title", n.Title)+" "+field("only", n.Only)), " "), n.Content)
}

// A Code is inline code.
type Code struct {
	inlineBase
	Text *Text
}

func (n *Code) walk(v *visit)             { v.node(n.Text) }
func (n *Code) dump(d *dumper, depth int) { d.line(depth, "code", n.Text.quote()) }

// A Link leads to a URL, or to a place in the edition. A link whose target was not found has neither: its
// content stands as text (a Problem was reported).
type Link struct {
	inlineBase
	URL     string   // absolute or mailto:; empty for an internal link
	Article *Article // internal: the article
	Anchor  string   // internal: a heading's or block's ID in it, may be empty
	Note    *Note    // internal: a note of the same article, which the text speaks of
	ToRef   bool     // not to the note itself but to where it is cited first
	Title   string
	Auto    bool // the text is the URL itself
	Content []Inline
}

func (n *Link) walk(v *visit) { v.inlines(n.Content) }

func (n *Link) dump(d *dumper, depth int) {
	target := field("url", n.URL)
	if n.Article != nil {
		target = strings.TrimSpace("to=" + n.Article.Slug + "#" + n.Anchor)
	}
	if n.Note != nil {
		target = fmt.Sprintf("to-note=%d", n.Note.Number)
		if n.ToRef {
			target = fmt.Sprintf("to-citation=%d", n.Note.Number)
		}
	}
	d.line(depth, "link", target, field("title", n.Title), flag("auto", n.Auto))
	d.run(depth+1, n.Content)
}

// An Image stands in a line of text or in a Figure. Asset is nil when the file was not found (a Problem was
// reported): the alt text or caption stands in its place.
type Image struct {
	inlineBase
	Attr
	Asset  *Asset
	Source string // as written
	Alt    string
	// Decorative: the source says alt="" on purpose.
	Decorative bool
	Title      []Inline
	Width      float64 // asked for: CSS px, or a fraction of the measure when WidthPercent
	Percent    bool
}

func (n *Image) walk(v *visit) { v.inlines(n.Title) }

func (n *Image) dump(d *dumper, depth int) {
	asset := "missing"
	if n.Asset != nil {
		asset = fmt.Sprintf("%s %dx%d", n.Asset.MediaType, n.Asset.Width, n.Asset.Height)
	}
	width := ""
	switch {
	case n.Width > 0 && n.Percent:
		width = "width=" + strconv.FormatFloat(n.Width*100, 'g', 6, 64) + "%"
	case n.Width > 0:
		width = "width=" + strconv.FormatFloat(n.Width, 'g', 6, 64)
	}
	d.line(depth, "picture", n.Source, asset, n.Attr.dump(), field("alt", n.Alt), flag("decorative", n.Decorative), width)
	d.inlines(depth+1, "title", n.Title)
}

// A NoteRef cites a note. Index is its place among the references to that note, from 1.
type NoteRef struct {
	inlineBase
	Note  *Note
	Index int
}

func (*NoteRef) walk(*visit) {}

func (n *NoteRef) dump(d *dumper, depth int) {
	if n.Note == nil {
		d.line(depth, "note", "missing")
		return
	}
	index := ""
	if n.Index > 1 {
		index = fmt.Sprintf("(%d)", n.Index)
	}
	d.line(depth, "note", strconv.Itoa(n.Note.Number)+index)
}

// A Break ends a line within a paragraph.
type Break struct{ inlineBase }

func (*Break) walk(*visit)               {}
func (*Break) dump(d *dumper, depth int) { d.line(depth, "break") }

// A Speaker labels a turn in an interview; it opens its paragraph and includes its colon or stop.
type Speaker struct {
	inlineBase
	Content []Inline
}

func (n *Speaker) walk(v *visit)             { v.inlines(n.Content) }
func (n *Speaker) dump(d *dumper, depth int) { d.inlines(depth, "speaker", n.Content) }

// An EndMark is the ornament that closes an article, with its letters ("P").
type EndMark struct {
	inlineBase
	Text *Text
}

func (n *EndMark) walk(v *visit)             { v.node(n.Text) }
func (n *EndMark) dump(d *dumper, depth int) { d.line(depth, "end mark", n.Text.quote()) }

// A Math is a formula in a line.
type Math struct {
	inlineBase
	TeX     string
	Formula *Formula
}

func (*Math) walk(*visit) {}
func (n *Math) dump(d *dumper, depth int) {
	d.line(depth, "math", field("tex", n.TeX), field("mathml", n.Formula.MathML()))
}

// A Ruby is a word with its annotation: how it is read, or what it means.
type Ruby struct {
	inlineBase
	Base []Inline
	Text []Inline // the annotation
}

func (n *Ruby) walk(v *visit) {
	v.inlines(n.Base)
	v.inlines(n.Text)
}

func (n *Ruby) dump(d *dumper, depth int) {
	d.line(depth, "ruby")
	d.inlines(depth+1, "base", n.Base)
	d.inlines(depth+1, "text", n.Text)
}

// An Anchor is a link target without content.
type Anchor struct {
	inlineBase
	ID string
}

func (*Anchor) walk(*visit)                 {}
func (n *Anchor) dump(d *dumper, depth int) { d.line(depth, "anchor", n.ID) }

// A StyleKind says what a Styled run is.
type StyleKind int

// The kinds of styled runs.
const (
	Emphasis StyleKind = iota
	Strong
	Superscript
	Subscript
	Strikethrough
	SmallCaps
	Underline // <u>, <ins>
	Mark
	Keyboard
	Abbreviation
	Citation  // <cite>: title of a work
	Quotation // <q>: content includes its quotation marks
	Small
	Plain // <span>: carries only Attr (language, direction, class)
	Deleted
	Inserted
	DefinedTerm // <dfn>: the place where a word is explained
	Variable
	Override // <bdo>: every character runs in the direction that Attr gives
)

var styleNames = [...]string{"emphasis", "strong", "superscript", "subscript", "strikethrough", "smallcaps", "underline",
	"mark", "keyboard", "abbreviation", "citation", "quotation", "small", "span", "deleted", "inserted", "defined term",
	"variable", "override"}

// String names the kind as in the dump.
func (k StyleKind) String() string {
	if k < 0 || int(k) >= len(styleNames) {
		return "style " + strconv.Itoa(int(k))
	}
	return styleNames[k]
}
