// Package epub writes a document as an EPUB 3.3 publication.
//
// The work goes in three steps. First the book is planned: each part (cover, title page, contents, articles, notes …)
// gets its file, each picture its resource, each note and reference its id, so that any link can be written before its
// target is. Then every part is serialised as XHTML by one writer: one case for each kind of block, one for each kind of
// inline, one function that escapes. Last, go-epub assembles sections, stylesheet, pictures and cover into a container, and
// a finishing pass seals it: package document, navigation document and NCX are written from our own plan, and the archive
// is put together anew in a fixed order, since go-epub stamps the clock, walks maps and knows neither landmarks nor page
// lists nor accessibility metadata.
//
// The same issue and options give the same bytes.
package epub
