package hugo

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// otherFormats are contents that Hugo reads, itself or with another's help, and twinpress does not: by the ending of a file, or
// as front matter names them.
var otherFormats = map[string]string{".org": "Emacs Org Mode", ".adoc": "AsciiDoc", ".asciidoc": "AsciiDoc", ".ad": "AsciiDoc", ".asciidocext": "AsciiDoc",
	".rst": "reStructuredText", ".pandoc": "Pandoc's Markdown", ".pdc": "Pandoc's Markdown"}

// asHTML is the notation of texts that are HTML.
const asHTML = "html"

// notationOfText tells how a page's text is written: as the front matter says (Hugo, "Content formats", markup), else as the
// file's ending does.
func notationOfText(name, markup string) string {
	markup = strings.ToLower(markup)
	if markup == "html" || markup == "htm" || markup == "" && isHTML(name) {
		return asHTML
	}
	return otherFormats["."+markup]
}

// adapterName is what a page's template is called that makes pages of data; a language may follow.
const adapterName = "_content"

// isAdapter reports whether a file is a content adapter.
func isAdapter(base string) bool {
	stem, _, _ := strings.Cut(base, ".")
	return stem == adapterName && path.Ext(base) == ".gotmpl"
}

// tellOthers names what is not read, once for each notation, and gives the other pages.
func (s *Site) tellOthers(pages []*page) []*page {
	byFormat := map[string][]string{}
	add := func(format, name string) { byFormat[format] = append(byFormat[format], name) }
	adapters := ""
	for _, n := range s.others {
		if isAdapter(path.Base(n)) {
			add(adapters, n)
		} else {
			add(otherFormats[strings.ToLower(path.Ext(n))], n)
		}
	}
	pages = slices.DeleteFunc(slices.Clone(pages), func(p *page) bool {
		other := p.notation != "" && p.notation != asHTML
		if other {
			add(p.notation, p.path)
		}
		return other
	})
	for format, files := range byFormat { // the problems are sorted
		what, hint := path.Base(files[0])+" is "+format+", which is not read", "pandoc -t markdown makes Markdown of it"
		if len(files) > 1 {
			what = fmt.Sprintf("%d files are %s, which is not read: %s", len(files), format, firstOf(files))
		}
		if format == adapters {
			hint = ""
			what = "the pages that " + path.Base(files[0]) + " makes are not read"
			if len(files) > 1 {
				what = fmt.Sprintf("the pages that %d content adapters make are not read: %s", len(files), firstOf(files))
			}
		}
		s.Problems = append(s.Problems, problem("other-format", document.Pos{File: files[0]}, what, hint))
	}
	document.SortProblems(s.Problems)
	return pages
}

// firstOf lists some files, and says whether there are more.
func firstOf(files []string) string {
	list := strings.Join(files[:min(len(files), 5)], ", ")
	if len(files) > 5 {
		list += " …"
	}
	return list
}
