// Package hugo reads a site: a periodical's Hugo content, as issues and articles of the shared document model.
//
// Open reads a site's configuration and the front matter of its articles from a file system; Locate finds it around a path
// of the operating system. Contents then tells once, as values, which issues and articles there are, and Read reads those
// that were chosen:
//
//	twinpress.go, hugoconfig.go ──▶ the configuration
//	walk.go, page.go, head.go   ──▶ which articles there are, and what front matter tells of each
//	contents.go                 ──▶ issues, in order
//	issue.go, article.go        ──▶ document.Issue: title blocks here, bodies by package markdown
//
// A site stands in storeys, each of which knows only those below it: files; what Hugo's configuration settles (conventions)
// and what the publisher's does (Config); the shelf, which reads front matter; the catalogue of all pages; the Site, which
// lists issues and reads them. Only locate.go knows the operating system.
//
// A body knows no site. What an address, a picture or a parameter in it means is asked of a markdown.Resolver, which is a
// view here (resolver.go) over the site's index of pages and its files.
//
// Nothing is lost silently: what cannot be shown is a Problem with a code, a place and a hint. The network is never
// touched, and the same content gives the same document whatever the number of goroutines: what one article says of another
// is settled when all of them are read.
package hugo
