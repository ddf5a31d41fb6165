package pdf

import (
	"fmt"
	"strings"

	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// An input is everything that goes into one file: placed pages, and the tables that give their numbers a meaning. The
// flow builds it from the document; write turns it into bytes and decides nothing about the text.
type input struct {
	Pages []*layout.Page

	// Structure is the root of the structure tree, a node of type Document; nil writes an untagged file, which only
	// StandardNone and StandardA2b allow.
	Structure *flow.StructNode

	// Links gives each layout.LinkID its target; element 0 is not used.
	Links []flow.Link

	// Pictures gives each layout.PictureItem.Ref its image.
	Pictures []flow.Picture

	// Face gives the font face of an id. It must give the same face for the same id, and is asked by several goroutines.
	Face func(layout.FaceID) *fonts.Face

	Remember object.Remember // of pictures that have to be packed anew; nil: nobody does

	// Fonts are the families that text in drawings (SVG) is set in; nil is the house's.
	Fonts *fonts.Set

	// Outline is the tree of bookmarks, written flat: each entry is a child of the last one of a lesser level.
	Outline []flow.OutlineEntry

	Metadata metadata
	Standard Standard

	sheet *Sheet // whose page it is, when it is one to be cut

	// Report, if not nil, is told of everything that could not be written as asked: an unknown place, an unreadable
	// picture. The file is made all the same. It is called from one goroutine, in an order that depends on the input only.
	Report func(fault)
}

// A fault is something that could not be drawn as asked.
type fault struct {
	Code   string // "pdf-dest", "pdf-picture", "pdf-glyph", "pdf-tag", "pdf-link"
	Detail string // what is wrong, in words
	Page   int    // index of the page, -1 when it concerns none
}

// metadata describes the file, in the terms of XMP's Dublin Core and PRISM schemas. Empty fields are not written.
type metadata struct {
	Title       string // required by PDF/UA-1 § 7.1
	Authors     []string
	Description string
	Keywords    []string
	Lang        string // BCP 47, required
	Publisher   string
	Rights      string // in words
	LicenceURL  string // xmpRights:WebStatement

	Prism   []reference.Property // by which the text is cited
	DOI     string               // without resolver: 10.…
	URL     string               // where the text is published
	BaseURL string               // against which relative URIs are read

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
