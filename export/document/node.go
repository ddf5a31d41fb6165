package document

// A Node is a Block or an Inline.
type Node interface {
	// Position tells where the node begins in its source file.
	Position() Pos
}

// A Block is a paragraph-level node. The set is sealed.
type Block interface {
	Node
	block()
}

// An Inline is a node within a line of text. The set is sealed.
type Inline interface {
	Node
	inline()
}

// base carries what every node has.
type base struct{ Pos Pos }

// Position implements Node.
func (b *base) Position() Pos { return b.Pos }

// SetPos records where the node begins; the reader calls it once, when it makes the node.
func (b *base) SetPos(p Pos) { b.Pos = p }

// Attr holds what a node's attributes ({#id .class key=value}) or HTML say.
type Attr struct {
	ID      string
	Classes []string
	Lang    string // BCP 47, empty: as the surroundings
	Dir     string // "rtl", "ltr" or empty
}

type blockBase struct {
	base
	Attr
}

func (*blockBase) block() {}

type inlineBase struct{ base }

func (*inlineBase) inline() {}

// Blocks.
type (
	// A Paragraph is running text.
	Paragraph struct {
		blockBase
		Content []Inline
		Align   string // "", "center", "right": only when the source asks
		Lead    bool   // the article's first paragraph of prose
		// Run marks a paragraph that continues the one before (after a display): no indent.
		Run bool
	}

	// A Heading heads a section. Level is 1 to 6 relative to the article's title: 1 is the highest in the body,
	// without gaps.
	Heading struct {
		blockBase // ID is unique in the article
		Level     int
		Content   []Inline
	}

	// A BlockQuote is quoted matter; Attribution is nil when the source names none.
	BlockQuote struct {
		blockBase
		Blocks      []Block
		Attribution []Inline
	}

	// A List is ordered or bulleted.
	List struct {
		blockBase
		Ordered bool
		Start   int
		Style   string // "1", "a", "A", "i", "I"; "" for bullets
		Tight   bool
		Items   []*ListItem
	}

	// A ListItem is one item; Checked is set for task lists: 0 none, 1 open, 2 done.
	ListItem struct {
		blockBase
		Blocks  []Block
		Checked int
	}

	// A DefinitionList pairs terms with definitions.
	DefinitionList struct {
		blockBase
		Items []*Definition
	}

	// A Definition is a group of terms and their definitions.
	Definition struct {
		blockBase
		Terms       [][]Inline
		Definitions [][]Block
		Tight       bool
	}

	// A CodeBlock is preformatted text, lines separated by \n, no trailing newline.
	CodeBlock struct {
		blockBase
		Language string // as in the fence: "go", "" unknown
		Text     string
		Caption  []Inline
	}

	// A Table has one optional head row and body rows.
	Table struct {
		blockBase
		Caption []Inline
		Align   []string // per column: "", "left", "center", "right"
		Head    []*TableRow
		Body    []*TableRow
	}

	// A TableRow is a row of cells.
	TableRow struct {
		blockBase
		Cells []*TableCell
	}

	// A TableCell holds blocks (usually one paragraph). Spans are at least 1.
	TableCell struct {
		blockBase
		Blocks  []Block
		Header  bool
		Scope   string // "col", "row" when Header
		ColSpan int
		RowSpan int
	}

	// A Figure shows one or more images (or any blocks) with a caption.
	Figure struct {
		blockBase
		Images  []*Image
		Blocks  []Block // a figure that is not a picture; nil otherwise
		Caption []Inline
		Credit  []Inline
		Title   []Inline
		Link    string // URL the picture links to, if any
		Layout  string // "", "full", "column", "left", "right" (wrapped)
	}

	// Verse is poetry: stanzas of lines. Indent is each line's depth in steps of one em.
	Verse struct {
		blockBase
		Stanzas     [][]VerseLine
		Attribution []Inline
	}

	// A VerseLine is one line of verse.
	VerseLine struct {
		Indent  int
		Content []Inline
	}

	// A Rule is a thematic break, set as an ornament or a white line.
	Rule struct{ blockBase }

	// A Division groups blocks that play a role: "aside", "epigraph", "pullquote", "abstract", "note", "dedication",
	// "bio", "editor-note" or "" for a group that only carries attributes.
	Division struct {
		blockBase
		Role   string
		Blocks []Block
	}

	// A MathBlock is displayed mathematics.
	MathBlock struct {
		blockBase
		TeX     string   // source, without delimiters; empty when only the formula is known
		Formula *Formula // nil when unknown
	}
)

// Inlines.
type (
	// A Text is a run of characters in their final form.
	Text struct {
		inlineBase
		Value string
	}

	// A Styled run changes the face or role of its content.
	Styled struct {
		inlineBase
		Attr
		Kind    StyleKind
		Title   string // expansion of an abbreviation
		Content []Inline
	}

	// A Code is inline code.
	Code struct {
		inlineBase
		Text *Text
	}

	// A Link leads to a URL, or to a place in the edition. A link whose target was not found has neither: its
	// content stands as text (a Problem was reported).
	Link struct {
		inlineBase
		URL     string   // absolute or mailto:; empty for an internal link
		Article *Article // internal: the article
		Anchor  string   // internal: a heading's or block's ID in it, may be empty
		Title   string
		Auto    bool // the text is the URL itself
		Content []Inline
	}

	// An Image stands in a line of text or in a Figure. Asset is nil when the file was not found (a Problem was
	// reported): the alt text or caption stands in its place.
	Image struct {
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

	// A NoteRef cites a note. Index is its place among the references to that note, from 1.
	NoteRef struct {
		inlineBase
		Note  *Note
		Index int
	}

	// A Break ends a line within a paragraph.
	Break struct{ inlineBase }

	// A Speaker labels a turn in an interview; it opens its paragraph and includes its colon or stop.
	Speaker struct {
		inlineBase
		Content []Inline
	}

	// An EndMark is the ornament that closes an article, with its letters ("P").
	EndMark struct {
		inlineBase
		Text *Text
	}

	// A Math is a formula in a line.
	Math struct {
		inlineBase
		TeX     string
		Formula *Formula
	}

	// An Anchor is a link target without content.
	Anchor struct {
		inlineBase
		ID string
	}
)

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
)

var styleNames = [...]string{"emphasis", "strong", "superscript", "subscript", "strikethrough", "smallcaps", "underline",
	"mark", "keyboard", "abbreviation", "citation", "quotation", "small", "span"}

// String names the kind as in the dump.
func (k StyleKind) String() string { return styleNames[k] }
