package epub

import (
	"context"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/words"
)

// writeParts serialises the articles, and the chapter of notes when there is one. Front and back matter wait, since some
// of it tells what was found in the articles.
func (b *book) writeParts(ctx context.Context) error {
	for _, p := range b.parts {
		if p.article == nil {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		b.article(p)
	}
	for _, p := range b.parts {
		if p.kind == notesPart {
			b.notesChapter(p)
		}
	}
	return nil
}

// article writes one article: a section of the role chapter, with its title block, text, author notes and notes.
func (b *book) article(p *part) {
	a := p.article
	w := b.writer(p)
	made := words.For(p.lang)
	w.raw(`<section id="article" ` + semantics(p) + ` aria-labelledby="title">` + "\n")
	w.opening()
	w.raw("<header>\n")
	if len(a.Kicker) > 0 {
		w.element("p", "kicker", nil, "", func() { w.inlines(a.Kicker) })
		w.raw("\n")
	}
	w.raw(`<h1 id="title" epub:type="title">`)
	if document.PlainText(a.Title) != "" {
		w.inlines(a.Title)
	} else {
		w.esc(p.title)
	}
	w.raw("</h1>\n")
	if len(a.Subtitle) > 0 {
		w.element("p", "subtitle", nil, ` epub:type="subtitle" role="doc-subtitle"`, func() { w.inlines(a.Subtitle) })
		w.raw("\n")
	}
	w.credit("byline", made.By, a.Authors)
	w.credit("interviewee", made.InterviewWith, a.Interviewees)
	w.credit("translator", made.TranslatedBy, a.Translators)
	w.credit("editor", made.EditedBy, a.Editors)
	switch {
	case len(b.opts.Citation) > 0:
		w.element("p", "provenance", nil, "", func() { w.inlines(b.opts.Citation) })
		w.raw("\n")
	case b.issue.Single:
		b.provenance(w, a)
	}
	w.raw("</header>\n")
	if len(a.Standfirst) > 0 {
		w.raw(`<section class="standfirst" epub:type="abstract" role="doc-abstract"` + attr("aria-label", made.Summary) + ">\n")
		w.element("p", "", nil, "", func() { w.inlines(a.Standfirst) })
		w.raw("\n</section>\n")
	}
	if lead := a.Lead(); lead != nil {
		w.block(lead)
	}
	w.sections(a.Body)
	b.authorNotes(w, a)
	if b.hasNotes(p) {
		w.raw(`<section id="notes" class="notes" epub:type="endnotes" role="doc-endnotes" aria-labelledby="notes-title">` + "\n")
		w.raw(`<h2 id="notes-title">` + esc(made.Notes) + "</h2>\n")
		w.noteList(p)
		w.raw("</section>\n")
	}
	w.closing()
	w.raw("</section>\n")
	w.finished()
}

// authorNotes closes an article with what it says of its authors. What is known of them otherwise follows where the edition has no
// list of contributors.
func (b *book) authorNotes(w *writer, a *document.Article) {
	var lives [][]document.Inline
	if b.issue.Single && !b.opts.WithoutLives {
		lives = names.Lives(a)
	}
	if len(a.AuthorNotes)+len(lives) == 0 {
		return
	}
	w.raw(`<div class="author-notes">` + "\n")
	w.blocks(a.AuthorNotes)
	for _, life := range lives {
		w.element("p", "", nil, "", func() { w.inlines(life) })
		w.raw("\n")
	}
	w.raw("</div>\n")
}

// semantics gives the attributes that say what a text is: by the EPUB Structural Semantics Vocabulary, and by DPUB-ARIA where that
// has a role.
func semantics(p *part) string {
	switch p.kind {
	case "editorial":
		return `class="article editorial" epub:type="preface" role="doc-preface"`
	case "masthead":
		return `class="article masthead" epub:type="credits" role="doc-credits"`
	case "corrections":
		return `class="article corrections" epub:type="errata" role="doc-errata"`
	case articlePart:
		return `class="article" epub:type="chapter" role="doc-chapter"`
	}
	return `class="article ` + string(p.kind) + `"`
}

// opening writes the markers of the pages that begin with the part.
func (w *writer) opening() { w.pageMarks(w.part.opening) }

// closing writes those that begin after its last text.
func (w *writer) closing() { w.pageMarks(w.part.closing) }

func (w *writer) pageMarks(ms []*pageMark) {
	if len(ms) == 0 {
		return
	}
	w.raw(`<div class="pages">`) // what is phrasing content stands in a block of its own
	for _, m := range ms {
		w.mark(m)
	}
	w.raw("</div>\n")
}

// credit writes who had a part in the article, as in "Translated by A and B".
func (w *writer) credit(class, pattern string, people []document.Person) {
	if len(people) == 0 {
		return
	}
	before, after, _ := strings.Cut(pattern, "%s")
	w.raw(`<p class="credit ` + class + `">`)
	w.esc(before)
	var names []string
	for _, p := range people {
		names = append(names, `<span class="name">`+esc(p.Credit())+"</span>")
	}
	w.raw(words.For(w.lang).Names(names))
	w.esc(after)
	w.raw("</p>\n")
}

// provenance says under an article on its own where and when it appeared.
func (b *book) provenance(w *writer, a *document.Article) {
	var parts []string
	if t := b.issue.Journal.Title; t != "" {
		parts = append(parts, `<span class="journal">`+esc(t)+"</span>")
	}
	number := b.issue.Number
	if number == "" {
		number = a.Issue
	}
	if number != "" {
		parts = append(parts, esc(b.wordsFor(w.lang).Number(b.wordsFor(w.lang).Issue, number)))
	}
	printed := a.IssueDate
	if printed == "" {
		printed = words.Date(a.Date, w.lang)
	}
	if printed != "" {
		if iso := a.Date.ISO(); iso != "" {
			parts = append(parts, `<time datetime="`+iso+`">`+esc(printed)+"</time>")
		} else {
			parts = append(parts, esc(printed))
		}
	}
	if len(parts) > 0 {
		w.raw(`<p class="provenance">` + strings.Join(parts, " · ") + "</p>\n")
	}
}

// notesChapter writes all articles' notes, grouped under the articles' titles.
func (b *book) notesChapter(p *part) {
	w := b.writer(p)
	w.raw(`<section id="notes" class="notes" epub:type="endnotes" role="doc-endnotes" aria-labelledby="title">` + "\n")
	w.opening()
	w.raw(`<h1 id="title">` + esc(p.title) + "</h1>\n")
	var of *document.Issue // of a volume, under whose name its articles stand
	head := "h2"
	for _, ap := range b.parts {
		if len(notesOf(ap)) == 0 {
			continue
		}
		if ap.issue != of {
			if of, head = ap.issue, "h2"; of != nil {
				head = "h3"
				w.raw("<h2" + langAttr(bcp47(of.Language), p.lang) + ">" + esc(b.partTitle(of)) + "</h2>\n")
			}
		}
		w.raw("<section" + langAttr(ap.lang, p.lang) + dirAttr(ap.dir, p.dir) + ">\n<" + head + ">")
		w.lang = ap.lang
		w.raw(`<a href="` + ap.file + `#article">`)
		w.label(ap.article.Title, ap.title)
		w.raw("</a></" + head + ">\n")
		w.noteList(ap)
		w.lang = p.lang
		w.raw("</section>\n")
	}
	w.closing()
	w.raw("</section>\n")
	w.finished()
}

// label writes inlines as furniture: a title in a list of contents, say.
func (w *writer) label(is []document.Inline, instead string) {
	if strings.TrimSpace(document.PlainText(is)) == "" {
		w.esc(instead)
		return
	}
	was := w.furniture
	w.furniture = true
	w.inlines(is)
	w.furniture = was
}

// noteList writes an article's notes. Each is a list item, which carries the id (reading systems show in a pop-up what the
// id stands on) and the type endnote but not the role doc-endnote, which DPUB-ARIA 1.1 § 3 deprecates and Ace refuses. The
// back links stand at the end, after the text, so that a pop-up begins with what the reader came for.
//
// Notes that nothing cites follow under a line that says so; nothing leads back from them.
func (w *writer) noteList(p *part) {
	defer func(was *part) { w.home = was }(w.home)
	w.home = p
	cited, uncited := w.citedNotes(p)
	if len(cited) > 0 {
		w.noteItems(cited, 1, "")
	}
	if len(uncited) > 0 {
		w.raw(`<p class="not-cited">` + esc(words.For(w.lang).NotCited) + "</p>\n")
		w.noteItems(uncited, uncited[0].Number, "not-cited")
	}
}

// citedNotes parts an article's notes into those that are cited and those that are not, each in order.
func (w *writer) citedNotes(p *part) (cited, uncited []*document.Note) {
	is := map[*document.Note]bool{}
	document.WalkArticle(p.article, func(n document.Node) bool {
		if r, ok := n.(*document.NoteRef); ok {
			is[r.Note] = true
		}
		return true
	})
	for _, n := range notesOf(p) {
		switch {
		case is[n] || len(n.Refs) > 0:
			cited = append(cited, n)
		default:
			uncited = append(uncited, n)
		}
	}
	return cited, uncited
}

func (w *writer) noteItems(notes []*document.Note, next int, class string) {
	w.raw("<ol" + attr("class", class))
	if next > 1 {
		w.raw(attr("start", strconv.Itoa(next)))
	}
	w.raw(">\n")
	for _, n := range notes {
		of := noteOf{w.home, n}
		value := ""
		if n.Number != next {
			value = attr("value", strconv.Itoa(n.Number))
		}
		next = n.Number + 1
		id := w.book.notes[of].id
		again := w.used[id] // a program has it twice among the notes of one article
		if again {
			id = free(w.part.noteIDs, id)
		}
		w.used[id] = true
		w.raw(`<li id="` + id + `" epub:type="endnote"` + value + ">\n")
		last := len(n.Blocks) - 1
		for i, bl := range n.Blocks {
			if p, ok := bl.(*document.Paragraph); ok && p != nil && i == last {
				w.element("p", paragraphClass(p), &p.Attr, "", func() {
					w.inlines(p.Content)
					w.backs = append(w.backs, back{len(w.buf), of, w.lang, false, again})
				})
				w.raw("\n")
				continue
			}
			w.block(bl)
		}
		if last < 0 || !isParagraph(n.Blocks[last]) {
			w.backs = append(w.backs, back{len(w.buf), of, w.lang, true, again})
		}
		w.raw("</li>\n")
	}
	w.raw("</ol>\n")
}

func isParagraph(b document.Block) bool {
	p, ok := b.(*document.Paragraph)
	return ok && p != nil
}

// A back is where the links stand that lead from a note to what cites it.
type back struct {
	at    int // byte of what is written
	of    noteOf
	lang  string // of the note's article
	alone bool   // they are a paragraph of their own
	none  bool   // there are none: they stand elsewhere
}

// leadBack writes a link to each reference of the notes of a part, when all of it is written: one note may cite another.
func (w *writer) leadBack() {
	if len(w.backs) == 0 {
		return
	}
	text, from, next := w.buf, 0, 0
	w.buf = make([]byte, 0, len(text)+len(text)/4)
	upTo := func(at int) {
		moved := len(w.buf) - from
		w.buf = append(w.buf, text[from:at]...)
		for ; next < len(w.sets) && w.sets[next].to <= at; next++ {
			w.sets[next].from += moved
			w.sets[next].to += moved
		}
		from = at
	}
	for _, b := range w.backs {
		upTo(b.at)
		w.lang = b.lang
		cites := w.book.cites[b.of]
		if b.none {
			cites = nil
		}
		if !b.alone {
			w.backLinks(cites)
		} else if len(cites) > 0 || len(b.of.note.Blocks) == 0 {
			w.raw("<p>")
			w.backLinks(cites)
			w.raw("</p>\n")
		}
	}
	upTo(len(text))
	w.backs = nil
}

func (w *writer) backLinks(refs []citing) {
	made := words.For(w.lang)
	for i, r := range refs {
		label := made.BackToText
		mark := "↩\uFE0E" // the variation selector keeps it from becoming an emoji
		if len(refs) > 1 {
			label = strings.Replace(made.BackToReference, "%s", strconv.Itoa(i+1), 1)
			mark += "<sup>" + strconv.Itoa(i+1) + "</sup>"
		}
		w.raw("\u00a0" + `<a href="` + w.book.relative(w.part, r.part, r.id) + `" class="backlink" epub:type="backlink" role="doc-backlink"` +
			attr("aria-label", label) + ">" + mark + "</a>")
	}
}

func langAttr(lang, around string) string {
	if lang == "" || lang == around {
		return ""
	}
	return attr("lang", lang) + attr("xml:lang", lang)
}

func dirAttr(dir, around string) string {
	if dir == around {
		return ""
	}
	if dir == "" {
		dir = "ltr"
	}
	return attr("dir", dir)
}
