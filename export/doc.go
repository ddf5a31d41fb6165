// Package export makes a periodical's editions: an EPUB and a typeset PDF from one document model.
//
//	content tree ──hugo──▶ document.Issue ──epub─────────────────────────────▶ .epub
//	                             │
//	                             └─────pdf (flow)──▶ layout.Flow ──layout──▶ []layout.Page ──pdf──▶ .pdf
//
// A run is one sentence: read the content into a document, then write the document in each format. Read from the top:
//
//   - package hugo reads Hugo's content tree (front matter, Markdown, shortcodes, pictures) into a document.Issue. Notes
//     are numbered, links looked up and quotes curled here, once; what cannot be understood becomes a document.Problem.
//   - package document is the shared model. It imports nothing of ours and holds no Markdown and no HTML.
//   - package pdf decides how the document looks (styles, furniture), hands package layout a flow of styled text, and
//     draws the pages it gets back, with the structure tree that it built from the document.
//   - package epub writes the document as EPUB 3.3; the PDF's page breaks give it its page list.
//   - package picture draws placed pages as pixels: covers, thumbnails.
//   - package check looks into finished files.
//
// This package joins them: Build plans the editions, makes each (several at once), and puts the finished files in place.
// The formats are rows of one table, formats.go.
//
// What a stage hands over, it no longer changes. Nothing here reads the clock, draws lots or depends on the order of a
// map: the same input gives the same bytes. A test (rooms_test.go) holds the packages to their import directions.
package export
