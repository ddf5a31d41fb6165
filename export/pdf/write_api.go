package pdf

import (
	"fmt"
	"strings"

	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// An Input is everything that goes into one file: placed pages, and the tables that give their numbers a meaning. The
// flow side of this package builds it from the document; Write turns it into bytes and decides nothing about the text.
type Input struct {
	Pages []*layout.Page

	// Structure is the root of the structure tree, a node of type Document; nil writes an untagged file, which only
	// StandardNone and StandardA2b allow.
	Structure *StructNode

	// Links gives each layout.LinkID its target; element 0 is not used.
	Links []Link

	// Pictures gives each layout.PictureItem.Ref its image.
	Pictures []Picture

	// Face gives the font face of an id. It must give the same face for the same id, and is asked by several goroutines.
	Face func(layout.FaceID) *fonts.Face

	// Fonts are the families that text in drawings (SVG) is set in; nil is the house's.
	Fonts *fonts.Set

	// Outline is the tree of bookmarks, written flat: each entry is a child of the last one of a lesser level.
	Outline []OutlineEntry

	Metadata Metadata
	Standard Standard

	// Report, if not nil, is told of everything that could not be written as asked: an unknown place, an unreadable
	// picture. The file is made all the same. It is called from one goroutine, in an order that depends on the input only.
	Report func(Fault)
}

// A Fault is something that could not be drawn as asked.
type Fault struct {
	Code   string // "pdf-dest", "pdf-picture", "pdf-glyph", "pdf-tag", "pdf-link"
	Detail string // what is wrong, in words
	Page   int    // index of the page, -1 when it concerns none
}

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

// Metadata describes the file, in the terms of XMP's Dublin Core and PRISM schemas. Empty fields are not written.
type Metadata struct {
	Title       string // required by PDF/UA-1 § 7.1
	Authors     []string
	Description string
	Keywords    []string
	Lang        string // BCP 47, required
	Publisher   string
	Rights      string // in words
	LicenceURL  string // xmpRights:WebStatement

	Publication  string // journal's title
	ISSN         string // prism:issn
	EISSN        string // prism:eIssn
	Volume       string
	Number       string // of the issue
	StartingPage string
	EndingPage   string
	PageRange    string
	DOI          string // without resolver: 10.…
	URL          string // where the text is published
	BaseURL      string // against which relative URIs are read
	Genre        string // prism:aggregationType and the like are left to "journal"; Genre is prism:genre

	// Date is the publication's, ISO 8601: "2018-12-02" or with time and zone. It is also the file's creation and change
	// date, since a file made again on another day is the same file. "" leaves the dates out.
	Date    string
	Creator string // the program: "twinpress 1.0"
}

// A Standard says which standards a file promises to keep.
type Standard string

// The standards. The default, "", is StandardUA1A2a.
const (
	StandardUA1A2a Standard = "ua-1+a-2a" // PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2)
	StandardA2b    Standard = "a-2b"      // PDF/A-2b
	StandardUA2A4  Standard = "ua-2+a-4"  // PDF/UA-2 (ISO 14289-2) and PDF/A-4 (ISO 19005-4), PDF 2.0
	StandardNone   Standard = "none"      // PDF 1.7, tagged all the same when there is a structure
)

// Standards lists what ParseStandard takes, the default first.
func Standards() []string {
	return []string{string(StandardUA1A2a), string(StandardA2b), string(StandardUA2A4), string(StandardNone)}
}

// ParseStandard reads the value of --pdf-standard; "" is the default.
func ParseStandard(s string) (Standard, error) {
	if s == "" {
		return StandardUA1A2a, nil
	}
	for _, known := range Standards() {
		if strings.EqualFold(s, known) {
			return Standard(known), nil
		}
	}
	return "", fmt.Errorf("unknown PDF standard %q (known: %s)", s, strings.Join(Standards(), ", "))
}
