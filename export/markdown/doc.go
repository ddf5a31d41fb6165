// Package markdown turns one body into blocks of the document model. It knows no site: what an address, a picture or a
// parameter means, it asks a small Resolver. A text makes its way in steps, each a file or two here:
//
//	source.Source ──package shortcode──▶ shortcodes, Liquid and mathematics set aside, so that Markdown cannot garble them
//	              ──goldmark.go──▶ goldmark's tree
//	              ──tree.go, nodes.go, html.go──▶ one tree of elements for Markdown, raw HTML and shortcodes alike, healed as browsers do
//	              ──attributes.go, heal.go, wordnotes.go──▶ the tree as its author meant it
//	              ──blocks.go, inlines.go, inserts.go…──▶ document nodes, with quotation marks and dashes by language
//	              ──structure.go, notes.go──▶ headings without gaps, end mark, speakers; notes numbered, once
//
// Hugo turns Markdown, raw HTML and shortcodes into one stream of HTML, and authors rely on it: a <div> opens in one
// paragraph and closes five later. The element tree gives the same freedom without writing HTML only to parse it again,
// and each element keeps its place in the source.
//
// Nothing is lost silently: what cannot be shown is a Problem with a code (document.ProblemKinds), a place and a hint.
package markdown
