package document

import (
	"strconv"
	"strings"
)

// The blocks. Beside each stands what Walk and Dump need to know of it: a new block is a type and two methods here.

// A Paragraph is running text.
type Paragraph struct {
	blockBase
	Content []Inline
	Align   string // "", "center", "right": only when the source asks
	Lead    bool   // the article's first paragraph of prose
	// Run marks a paragraph that continues the one before (after a display): no indent.
	Run bool
}

func (n *Paragraph) walk(v *visit) { v.inlines(n.Content) }

func (n *Paragraph) dump(d *dumper, depth int) {
	d.line(depth, "paragraph", n.Attr.dump(), n.Align, flag("lead", n.Lead), flag("run", n.Run))
	d.run(depth+1, n.Content)
}

// A Heading heads a section. Level is 1 to 6 relative to the article's title: 1 is the highest in the body,
// without gaps.
type Heading struct {
	blockBase // ID is unique in the article
	Level     int
	Written   int // the level that the source gives it; 0 when nobody says
	Content   []Inline
}

func (n *Heading) walk(v *visit) { v.inlines(n.Content) }

func (n *Heading) dump(d *dumper, depth int) {
	d.line(depth, "heading", strconv.Itoa(n.Level), n.Attr.dump())
	d.run(depth+1, n.Content)
}

// A BlockQuote is quoted matter; Attribution is nil when the source names none.
type BlockQuote struct {
	blockBase
	Blocks      []Block
	Attribution []Inline
}

func (n *BlockQuote) walk(v *visit) {
	v.blocks(n.Blocks)
	v.inlines(n.Attribution)
}

func (n *BlockQuote) dump(d *dumper, depth int) {
	d.line(depth, "quote", n.Attr.dump())
	d.blocks(depth+1, n.Blocks)
	d.inlines(depth+1, "attribution", n.Attribution)
}

// A List is ordered or bulleted.
type List struct {
	blockBase
	Ordered  bool
	Start    int
	Reversed bool   // the numbers count down
	Style    string // "1", "a", "A", "i", "I"; "" for bullets
	Tight    bool
	Items    []*ListItem
}

// Numbers gives the number of each item that is there, as an ordered list counts: from Start, up or down, and on from the
// number that an item has of its own.
func (n *List) Numbers() []int {
	number, step := n.Start, 1
	if n.Reversed {
		step = -1
	}
	var out []int
	for _, it := range n.Items {
		if it == nil {
			continue
		}
		if it.Value != nil {
			number = *it.Value
		}
		out = append(out, number)
		number += step
	}
	return out
}

func (n *List) walk(v *visit) {
	for _, it := range n.Items {
		v.node(it)
	}
}

func (n *List) dump(d *dumper, depth int) {
	kind := "bullets"
	if n.Ordered {
		kind = "numbers from " + strconv.Itoa(n.Start) + " as " + n.Style
	}
	d.line(depth, "list", kind, flag("reversed", n.Reversed), n.Attr.dump(), flag("tight", n.Tight))
	for _, it := range n.Items {
		d.node(depth+1, it)
	}
}

// A ListItem is one item; Checked is set for task lists: 0 none, 1 open, 2 done.
type ListItem struct {
	blockBase
	Blocks  []Block
	Checked int
	Value   *int // the number that the source gives the item; nil: the one that follows
}

func (n *ListItem) walk(v *visit) { v.blocks(n.Blocks) }

func (n *ListItem) dump(d *dumper, depth int) {
	value := ""
	if n.Value != nil {
		value = "value=" + strconv.Itoa(*n.Value)
	}
	d.line(depth, "item", n.Attr.dump(), value, flag("open", n.Checked == 1), flag("done", n.Checked == 2))
	d.blocks(depth+1, n.Blocks)
}

// A DefinitionList pairs terms with definitions.
type DefinitionList struct {
	blockBase
	Items []*Definition
}

func (n *DefinitionList) walk(v *visit) {
	for _, it := range n.Items {
		v.node(it)
	}
}

func (n *DefinitionList) dump(d *dumper, depth int) {
	d.line(depth, "definitions", n.Attr.dump())
	for _, it := range n.Items {
		d.node(depth+1, it)
	}
}

// A Definition is a group of terms and their definitions.
type Definition struct {
	blockBase
	Terms       [][]Inline
	Definitions [][]Block
	Tight       bool
}

func (n *Definition) walk(v *visit) {
	for _, t := range n.Terms {
		v.inlines(t)
	}
	for _, def := range n.Definitions {
		v.blocks(def)
	}
}

func (n *Definition) dump(d *dumper, depth int) {
	d.line(depth, "definition", n.Attr.dump(), flag("tight", n.Tight))
	for _, t := range n.Terms {
		d.inlines(depth+1, "term", t)
	}
	for _, def := range n.Definitions {
		d.line(depth+1, "meaning")
		d.blocks(depth+2, def)
	}
}

// A CodeBlock is preformatted text, lines separated by \n, no trailing newline.
type CodeBlock struct {
	blockBase
	Language string // as in the fence: "go", "" unknown
	Text     string
	Caption  []Inline
}

func (n *CodeBlock) walk(v *visit) { v.inlines(n.Caption) }

func (n *CodeBlock) dump(d *dumper, depth int) {
	d.line(depth, "code", n.Language, n.Attr.dump())
	d.inlines(depth+1, "caption", n.Caption)
	for _, l := range strings.Split(n.Text, "\n") {
		d.line(depth+1, "|"+l)
	}
}

// A Table has one optional head row and body rows.
type Table struct {
	blockBase
	Caption []Inline
	Align   []string // per column: "", "left", "center", "right"
	Head    []*TableRow
	Body    []*TableRow
}

func (n *Table) walk(v *visit) {
	v.inlines(n.Caption)
	for _, r := range n.Head {
		v.node(r)
	}
	for _, r := range n.Body {
		v.node(r)
	}
}

func (n *Table) dump(d *dumper, depth int) {
	align := ""
	if strings.Join(n.Align, "") != "" {
		align = "align=" + strings.Join(n.Align, ",")
	}
	d.line(depth, "table", n.Attr.dump(), align)
	d.inlines(depth+1, "caption", n.Caption)
	for _, r := range n.Head {
		if r != nil {
			r.dumpAs("head", d, depth+1)
		}
	}
	for _, r := range n.Body {
		d.node(depth+1, r)
	}
}

// A TableRow is a row of cells.
type TableRow struct {
	blockBase
	Cells []*TableCell
}

func (n *TableRow) walk(v *visit) {
	for _, c := range n.Cells {
		v.node(c)
	}
}

func (n *TableRow) dump(d *dumper, depth int) {
	n.dumpAs("row", d, depth)
}

// dumpAs dumps the row under the name that its place in the table gives it.
func (n *TableRow) dumpAs(name string, d *dumper, depth int) {
	d.line(depth, name, n.Attr.dump())
	for _, c := range n.Cells {
		d.node(depth+1, c)
	}
}

// A TableCell holds blocks (usually one paragraph). Spans are at least 1.
type TableCell struct {
	blockBase
	Blocks  []Block
	Header  bool
	Align   string   // "left", "center", "right"; "" as the table's column
	Scope   string   // "col", "row" when Header
	Heads   []string // IDs of the cells of the table that head this one, where scopes do not say so
	ColSpan int
	RowSpan int
}

func (n *TableCell) walk(v *visit) { v.blocks(n.Blocks) }

func (n *TableCell) dump(d *dumper, depth int) {
	d.line(depth, "cell", n.Attr.dump(), flag("header", n.Header), field("align", n.Align), field("scope", n.Scope), field("heads", strings.Join(n.Heads, ",")), above("columns", n.ColSpan, 1), above("rows", n.RowSpan, 1))
	d.blocks(depth+1, n.Blocks)
}

// A Figure shows one or more images (or any blocks) with a caption.
type Figure struct {
	blockBase
	Images  []*Image
	Blocks  []Block // a figure that is not a picture; nil otherwise
	Caption []Inline
	Credit  []Inline
	Title   []Inline
	Link    string // URL the picture links to, if any
	Layout  string // "", "full", "column", "left", "right" (wrapped)
}

func (n *Figure) walk(v *visit) {
	for _, im := range n.Images {
		v.node(im)
	}
	v.blocks(n.Blocks)
	v.inlines(n.Title)
	v.inlines(n.Caption)
	v.inlines(n.Credit)
}

func (n *Figure) dump(d *dumper, depth int) {
	d.line(depth, "figure", n.Attr.dump(), n.Layout, field("link", n.Link))
	for _, im := range n.Images {
		d.node(depth+1, im)
	}
	d.blocks(depth+1, n.Blocks)
	d.inlines(depth+1, "title", n.Title)
	d.inlines(depth+1, "caption", n.Caption)
	d.inlines(depth+1, "credit", n.Credit)
}

// Verse is poetry: stanzas of lines. Indent is each line's depth in steps of one em.
type Verse struct {
	blockBase
	Stanzas     [][]VerseLine
	Attribution []Inline
}

func (n *Verse) walk(v *visit) {
	for _, stanza := range n.Stanzas {
		for _, l := range stanza {
			v.inlines(l.Content)
		}
	}
	v.inlines(n.Attribution)
}

func (n *Verse) dump(d *dumper, depth int) {
	d.line(depth, "verse", n.Attr.dump())
	for _, stanza := range n.Stanzas {
		d.line(depth+1, "stanza")
		for _, l := range stanza {
			d.line(depth+2, "line", above("indent", l.Indent, 0))
			d.run(depth+3, l.Content)
		}
	}
	d.inlines(depth+1, "attribution", n.Attribution)
}

// A VerseLine is one line of verse.
type VerseLine struct {
	Indent  int
	Content []Inline
}

// A Rule is a thematic break, set as an ornament or a white line.
type Rule struct{ blockBase }

func (*Rule) walk(*visit)                 {}
func (n *Rule) dump(d *dumper, depth int) { d.line(depth, "rule", n.Attr.dump()) }

// A Division groups blocks that play a role: "aside", "epigraph", "pullquote", "abstract", "note", "dedication",
// "bio", "editor-note" or "" for a group that only carries attributes.
type Division struct {
	blockBase
	Role   string
	Only   string // the format that alone has it, "epub" or "pdf"; "" for all
	Blocks []Block
}

func (n *Division) walk(v *visit) { v.blocks(n.Blocks) }

func (n *Division) dump(d *dumper, depth int) {
	d.line(depth, "division", n.Role, field("only", n.Only), n.Attr.dump())
	d.blocks(depth+1, n.Blocks)
}

// Media is what moves or sounds on a page: a film, a sound, a frame. An edition has a line for it, which leads there.
type Media struct {
	blockBase
	Line   []Inline // what it is called, and where it is: a link
	URL    string   // public address; "" when it lies in the edition, or has none
	Poster *Image   // what is seen of it before it plays; nil for none
	Code   bool     // the author asks for its address, or for what stands in URL in its stead, as a square code
}

func (n *Media) walk(v *visit) {
	if n.Poster != nil {
		v.node(n.Poster)
	}
	v.inlines(n.Line)
}

func (n *Media) dump(d *dumper, depth int) {
	d.line(depth, "media", n.Attr.dump(), field("url", n.URL), flag("code", n.Code))
	if n.Poster != nil {
		d.node(depth+1, n.Poster)
	}
	d.run(depth+1, n.Line)
}

// A MathBlock is displayed mathematics.
type MathBlock struct {
	blockBase
	TeX     string   // source, without delimiters; empty when only the formula is known
	Formula *Formula // nil when unknown
}

func (*MathBlock) walk(*visit) {}
func (n *MathBlock) dump(d *dumper, depth int) {
	d.line(depth, "math", n.Attr.dump(), field("tex", n.TeX), field("mathml", n.Formula.MathML()))
}
