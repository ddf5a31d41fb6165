package flow

import "github.com/twinpress/twinpress/layout"

// A StructType is a standard structure type of ISO 32000-1 § 14.8.4.
type StructType string

// The structure types that twinpress writes.
const (
	Document   StructType = "Document"
	Part       StructType = "Part"
	Art        StructType = "Art"
	Sect       StructType = "Sect"
	Div        StructType = "Div"
	H1         StructType = "H1"
	H2         StructType = "H2"
	H3         StructType = "H3"
	H4         StructType = "H4"
	H5         StructType = "H5"
	H6         StructType = "H6"
	P          StructType = "P"
	L          StructType = "L"
	LI         StructType = "LI"
	Lbl        StructType = "Lbl"
	LBody      StructType = "LBody"
	BlockQuote StructType = "BlockQuote"
	Code       StructType = "Code"
	Figure     StructType = "Figure"
	Formula    StructType = "Formula"
	Caption    StructType = "Caption"
	Table      StructType = "Table"
	THead      StructType = "THead"
	TBody      StructType = "TBody"
	TR         StructType = "TR"
	TH         StructType = "TH"
	TD         StructType = "TD"
	NoteElem   StructType = "Note"
	Reference  StructType = "Reference"
	LinkElem   StructType = "Link"
	Span       StructType = "Span"
	Quote      StructType = "Quote"
	RubyElem   StructType = "Ruby" // holds one RB, an RP, an RT, an RP
	RubyBase   StructType = "RB"
	RubyText   StructType = "RT"
	RubyParen  StructType = "RP"
	TOC        StructType = "TOC"
	TOCI       StructType = "TOCI"
	// Title is written as a P by role map: PDF 1.7 has no such type, and the file's H1 stays free for heads.
	TitleElem StructType = "Title"
)

// A StructNode is one element of the structure tree. Its content is what layout drew with its Tag, on whatever pages, in
// the order of the pages; its children stand where their first content falls among it, and otherwise in their order here.
// An element without content and without children is not written (a table cell, which keeps the grid, is).
type StructNode struct {
	Type     StructType
	Tag      layout.Tag // 0: no content of its own, only children
	Children []*StructNode

	ID         string // required for NoteElem, and for a TH that Headers name; unique in the file
	Lang       string // BCP 47; "" inherits
	Title      string // of an Art or Sect, shown by readers that list the tree
	Alt        string // of a Figure or Formula: required by PDF/UA-1 § 7.3
	ActualText string // stands for all content of the element
	Expansion  string // of an abbreviation (/E)

	// Link says that the annotations of this link belong here; the node's type is LinkElem, and the text of the link lies
	// in it or in its children.
	Link layout.LinkID

	// Attributes.
	Block    bool     // Figure: Placement Block (a figure between paragraphs); else Inline
	Scope    string   // TH: "Row", "Column", "Both"
	Headers  []string // TD, TH: IDs of the header cells
	ColSpan  int      // TD, TH: 0 means 1
	RowSpan  int
	Summary  string // Table
	Numbered string // L: ListNumbering, as "Decimal", "Disc", "LowerAlpha", "None"; "" means None
}

// A Link is where a link goes: URI or Dest, the name of a place.
type Link struct {
	URI  string // absolute, or relative to Metadata.BaseURL; ASCII (percent-encoded)
	Dest string // name of a layout.Place
	// Contents describes the link to who cannot see it (/Contents, PDF/UA-1 § 7.18.5): the address, or "Note 3".
	Contents string
	Lang     string
	// Away is the URI that stands for Dest where that is not at hand: in an offprint, without the article it leads to.
	Away string
}

// A Picture is an image file, not yet decoded.
type Picture struct {
	Name string // for messages, and to share one copy of a picture used often: the same name is the same picture
	// Data gives the file's bytes: JPEG, PNG, GIF, WebP or SVG. It is called once, from any goroutine.
	Data func() ([]byte, error)
}

// An OutlineEntry is a bookmark.
type OutlineEntry struct {
	Level int // from 1; written to any depth given
	Title string
	Dest  string // name of a layout.Place
	Open  bool   // its children are shown when the file is opened
}
