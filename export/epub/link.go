package epub

import (
	"errors"
	"strconv"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
)

func (w *writer) link(l *document.Link) {
	href := w.book.href(w.part, l)
	if href == "" {
		w.unlinked(l.URL, l.Position())
	}
	if href == "" || w.furniture || w.inLink || document.PlainText(l.Content) == "" && !hasImage(l.Content) {
		w.inlines(l.Content)
		return
	}
	class := ""
	if l.Auto {
		class = "url"
	}
	w.inLink = true
	w.element("a", class, nil, attr("href", href)+attr("title", l.Title), func() { w.inlines(l.Content) })
	w.inLink = false
	held := w.held
	w.held = nil
	for _, r := range held {
		w.noteRef(r)
	}
}

func hasImage(is []document.Inline) (found bool) {
	document.WalkInlines(is, func(n document.Node) bool {
		_, ok := n.(*document.Image)
		found = found || ok
		return !found
	})
	return found
}

// noteRef writes a reference to a note.
func (w *writer) noteRef(r *document.NoteRef) {
	if w.furniture || r.Note == nil {
		return
	}
	if w.inLink {
		w.held = append(w.held, r)
		return
	}
	b := w.book
	place, ok := b.place(w.home, r.Note)
	if !ok { // the note is not among its article's notes: the number can still be read
		w.rawf("<sup>%d</sup>", r.Note.Number)
		return
	}
	href := b.relative(w.part, place.part, place.id)
	if place.part.written != nil { // a note of an article before, from which nothing can lead back any more
		w.rawf(`<a href="%s"><sup>%d</sup></a>`, href, r.Note.Number)
		return
	}
	id := "noteref-" + strconv.Itoa(r.Note.Number) // noteref-3-2 for the second to note 3
	of := noteOf{place.home, r.Note}
	if n := len(b.cites[of]); n > 0 {
		id += "-" + strconv.Itoa(n+1)
	}
	if w.part == place.part && place.part.article == nil {
		id = place.prefix + id
	}
	id = free(w.used, id)
	b.cites[of] = append(b.cites[of], citing{w.part, id})
	w.rawf(`<a%s href="%s" class="noteref" epub:type="noteref" role="doc-noteref">%d</a>`, attr("id", id), href, r.Note.Number)
}

// address gives a URL fit for an href, "" for what must not be linked.
func (b *book) address(s string) string {
	href, _ := address.Follow(s, b.issue.Journal.BaseURL)
	return href
}

// unlinked tells why a link of the text is none here.
func (w *writer) unlinked(l string, pos document.Pos) {
	if w.furniture {
		return
	}
	_, err := address.Follow(l, w.book.issue.Journal.BaseURL)
	if refused, ok := errors.AsType[*address.Refusal](err); ok {
		w.problem(document.NewProblem(refused.Code, pos, refused.Message, refused.Hint))
	}
}
