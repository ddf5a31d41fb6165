// Package pdf makes the typeset edition: a document goes in, and out comes a PDF that an archive keeps and a screen reader
// reads. It works in three steps, of which only the middle one is another's:
//
//	document.Issue ──flow*.go, style*.go, furniture.go──▶ layout.Flow, StructNode, Link…
//	               ──layout──▶ []layout.Page
//	               ──write.go and what it calls──▶ bytes
//
// The flow side gives the document the house's style and builds two things at once: the spans and blocks that are to be
// set, and the structure tree that says what they are. A layout.Tag joins them: every run of glyphs on a page names the
// StructNode that it belongs to, so that a paragraph stays one element over however many columns and pages it runs, and
// nothing about the structure is ever guessed from the page.
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
