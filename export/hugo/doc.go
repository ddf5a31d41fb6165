// Package hugo reads a periodical's Hugo content into the shared document model.
//
// Open reads a site's configuration and the front matter of its articles from a file system; Locate finds it around a path
// of the operating system. Contents then tells once, as values, which issues and articles there are, and Read reads those
// that were chosen. A text makes its way in steps, each a file or two here:
//
//	bytes ──source.go──▶ clean characters, each of which still knows its place in the file
//	      ──frontmatter.go, article.go──▶ the title block
//	      ──shortcode.go──▶ shortcodes, Liquid and mathematics set aside, so that Markdown cannot garble them
//	      ──markdown.go──▶ goldmark's tree
//	      ──tree.go, html.go──▶ one tree of elements for Markdown, raw HTML and shortcodes alike, healed as browsers do
//	      ──attributes.go, heal.go, wordnotes.go──▶ the tree as its author meant it
//	      ──blocks.go, inlines.go, typography.go──▶ document nodes, with quotation marks and dashes by language
//	      ──structure.go, notes.go──▶ headings without gaps, end mark, speakers; notes numbered, once
//
// Hugo turns Markdown, raw HTML and shortcodes into one stream of HTML, and authors rely on it: a <div> opens in one
// paragraph and closes five later. The element tree gives the same freedom without writing HTML only to parse it again,
// and each element keeps its place in the source.
//
// Nothing is lost silently: what cannot be shown is a Problem with a code (see Codes), a place and a hint. The network
// is never touched, and the same content gives the same document whatever the number of goroutines.
package hugo
