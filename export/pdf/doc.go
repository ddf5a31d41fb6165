// Package pdf makes the typeset edition: a document goes in, and out comes a PDF that an archive keeps and a screen reader
// reads. It works in three steps, of which only the middle one is another's:
//
//	document.Issue ──internal/flow──▶ layout.Flow, and what else the file says of it
//	               ──layout──▶ []layout.Page
//	               ──write.go and what it calls──▶ bytes
//
// Paginate goes the first two steps, and the EPUB's page list needs no more; Edition.Write goes the last.
//
// The drawing side changes nothing that was decided. Each page is composed as a maroto page of rows and columns (compose.go)
// and rendered through our own provider (canvas.go), which writes the page's content stream (draw.go):
//
//   - glyphs.go finds out which glyphs are used and what each stands for, and embeds the subsets;
//   - structure.go makes the structure tree of the marked content that was drawn;
//   - annotate.go makes links, places, bookmarks and page labels, metadata.go the XMP packet;
//   - pictures.go reads pictures, lettering.go draws the text of drawings;
//   - package object writes fonts, images and the file itself.
//
// Every file keeps PDF/UA-1 (ISO 14289-1) and PDF/A-2a (ISO 19005-2) unless told otherwise; see Standard. The same input
// gives the same bytes on any day and with any number of processors.
package pdf
