// Package export makes a periodical's editions: an EPUB and a typeset PDF from one document model.
//
//	content tree ──hugo, markdown──▶ document.Issue ──epub──────────────────────────────▶ .epub
//	                                       │
//	                                       └──pdf (flow)──▶ layout.Flow ──layout──▶ []layout.Page ──pdf──▶ .pdf
//
// A run is one sentence: read the content into a document, then write the document in each format. Build does both for
// everything that the options ask of a Source and hands the finished files to a Sink; Write writes one edition in one format
// to an io.Writer; Read gives the documents. Styles, formats, shortcodes and documents are values that a caller can bring.
//
// # The house
//
// Read from the top:
//
//   - package hugo reads a site (configuration, content tree, front matter) and hands over once, as values, which issues and
//     articles there are; then it reads those that were chosen.
//   - package markdown turns one body into blocks and knows no site: it asks a small Resolver. Notes are numbered, links
//     looked up and quotes curled here, once; what cannot be understood becomes a document.Problem.
//   - package document is the shared model. It imports nothing of ours and holds no Markdown and no HTML.
//   - package style holds what an edition looks like, as data.
//   - package pdf makes a flow of the document in a style, with the structure tree beside it, has package layout set it in
//     pages, and draws the pages it gets back.
//   - package epub writes the document as EPUB 3.3; the PDF's page breaks give it its page list.
//   - package picture draws placed pages as pixels: covers, thumbnails.
//   - package cite writes references: BibTeX, RIS, CSL-JSON; crossref the deposit that registers DOIs; onix product records; jats articles for archives; opds a catalogue of editions.
//   - package batch tells of a whole run: the manifest, and how it is shared out among machines.
//   - package check holds rules: over finished files, over articles, over characters; explain says of each code what it means; report writes what was found for machines; outside runs others' validators.
//
// Below them, under internal, stand the rooms for facts of one kind: access (how accessible an edition is), address (links), asset (picture files), barcode (QR codes, EAN), bounds (what a
// text may cost), cache (what was made, by what it was made from), layouts (the templates of a site's shortcodes, run), leavings (what other programs leave in Markdown), names
// (how people's are written), pagelock (which words of a published issue stand on which page), proof (words in against words out), reference (what it takes to cite a work), source (text that knows its place), svg, tex, typeset (faces as layout measures them),
// typography (quotes and dashes), words (what is known of each language).
//
// This package joins them: plan.go says which editions there are, build.go makes each (several at once), reuse.go takes from the cache what was made before, and sink.go puts
// the finished files in place. The formats are rows of one table, formats.go.
//
// What a stage hands over, it no longer changes. Nothing here reads the clock, draws lots or depends on the order of a map,
// or on which goroutine was first: the same input gives the same bytes. A test (rooms_test.go) holds the packages to their
// import directions.
//
// # What is stable
//
// The exported names of this package and of packages document, style and check are a promise: they are held to a golden
// file (testdata/api.txt) and change only on purpose. Packages hugo, markdown, epub, pdf, picture, cite, crossref, onix, jats, opds, and layout and fonts
// beside this folder, can be used on their own but may change with any version.
package export
