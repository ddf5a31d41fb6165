// Package document is the shared model: what a periodical's content means, with nothing left of how it was
// written. The reader (export/hugo) builds it once; the EPUB builder and the PDF typesetter only read it.
//
// An Issue holds Articles; an Article holds Blocks; a Block holds Inlines or further Blocks. Blocks and inlines are
// sealed: the only node types are those in this package, so a type switch in a backend can be complete. Text is
// final: quotes, dashes and entities are resolved, notes are numbered, links and pictures are looked up. No Markdown
// and no HTML string is left in the model; a formula is a tree, too (Formula).
//
// Node identity is pointer identity: a backend may key a map by node. A place in the text (for instance the one at
// which a page of the PDF begins) is a Spot: a Text node and a byte offset into it.
//
// A document may be built by hand as well; the package's example does. A node may then be nil, a note cited that no article
// lists, a picture without data: the editions take what there is. Only a node that holds itself is an error, which Check finds.
package document
