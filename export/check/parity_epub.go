package check

import (
	"archive/zip"
	"bytes"
	"cmp"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"path"
	"slices"
	"strings"
	"unicode"
)

// spoken makes words of characters as both editions have them: without what only says where a word may be parted, and with
// one kind of hyphen.
var spoken = strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "", "\ufeff", "", "\u200c", "", "\u200d", "", "\u200e", "", "\u200f", "",
	"\u2010", "-", "\u2011", "-", "\u202a", "", "\u202b", "", "\u202c", "", "\u202d", "", "\u202e", "", "\u2066", "", "\u2067", "", "\u2068", "", "\u2069", "")

// A textReader gathers items while an edition is read.
type textReader struct {
	items *[]unit
	at    unit // place of what is read
	block int
	word  strings.Builder
	free  bool
	// Of the word that is read, as they were where it began.
	wordFree  bool
	wordLang  string
	wordLevel int
	leads     bool // what is read is the picture that opens an article
	head      bool // what is read stands over it
	lang      string
	level     int // of the heading that is read
}

// say reads characters. Words end at white space and at blocks, not where elements do.
func (r *textReader) say(s string) {
	for _, c := range s {
		if unicode.IsSpace(c) {
			r.end()
			continue
		}
		if r.word.Len() == 0 {
			r.wordFree, r.wordLang, r.wordLevel = r.free, r.lang, r.level
		}
		r.wordFree = r.wordFree && r.free
		r.word.WriteRune(c)
	}
}

// end ends a word.
func (r *textReader) end() {
	if r.word.Len() == 0 {
		return
	}
	text := spoken.Replace(r.word.String())
	r.word.Reset()
	if text == "" {
		return
	}
	it := r.at
	it.kind, it.text, it.block, it.free, it.leads = wordItem, text, r.block, r.wordFree, r.leads
	it.head, it.lang, it.level = r.head, r.wordLang, r.wordLevel
	*r.items = append(*r.items, it)
}

// paragraph ends a block.
func (r *textReader) paragraph() {
	r.end()
	r.block++
}

// put adds what is no word. A word that it stands in, as the mark of a note does at a word's end, is ended before.
func (r *textReader) put(k kindOf, text string) *unit {
	r.end()
	it := r.at
	it.kind, it.text, it.block, it.free, it.leads = k, text, r.block, r.free, r.leads
	it.head = r.head
	*r.items = append(*r.items, it)
	return &(*r.items)[len(*r.items)-1]
}

// plainly gives a text on one line.
func plainly(s string) string { return strings.Join(strings.Fields(spoken.Replace(s)), " ") }

// An epubText is an EPUB being read.
type epubText struct {
	out     *editionText
	notes   map[string]*noteText // by file#id
	ids     map[string]string    // what some elements are to links, by file#id: "note", "noteref"
	wanted  []wantedNote         // marks, to be resolved
	outside []unit
}

// A wantedNote is a mark whose note is found when all is read.
type wantedNote struct {
	items *[]unit
	at    int
	key   string
}

// readEPUBText reads an EPUB in the order of its spine.
func readEPUBText(data []byte) (*editionText, error) {
	p := &publication{size: len(data), files: map[string]*file{}}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fmt.Errorf("the EPUB is no whole zip archive: %w", err)
	}
	p.container(z)
	p.packaging()
	if len(p.spine) == 0 {
		return nil, errors.New("the EPUB has no spine that could be read")
	}
	e := &epubText{out: p.named(), notes: map[string]*noteText{}, ids: map[string]string{}}
	block := 0
	for _, it := range p.spine {
		if it.file == nil {
			continue
		}
		f := &epubFile{epubText: e, d: xml.NewDecoder(bytes.NewReader(it.file.data))}
		f.items, f.at, f.block = &e.outside, unit{file: it.name}, block
		f.d.Entity = xml.HTMLEntity
		if err := f.children(0); err != nil && err != io.EOF {
			return nil, fmt.Errorf("%s: %w", it.name, err)
		}
		f.paragraph()
		block = f.block
	}
	e.settle()
	return e.out, nil
}

// named gives what the package document calls the publication, and its first language.
func (p *publication) named() *editionText {
	out := &editionText{}
	if p.opf == nil || p.opf.root == nil {
		return out
	}
	types := map[string]string{}
	p.opf.root.walk(func(n *node) {
		if n.name == "meta" && n.attr("property") == "title-type" {
			types[n.attr("refines")] = strings.TrimSpace(n.words())
		}
	})
	p.opf.root.walk(func(n *node) {
		switch text := plainly(n.words()); {
		case n.name == "title" && slices.Contains([]string{"", "main", "subtitle"}, types["#"+n.attr("id")]):
			out.title = strings.TrimSpace(out.title + " " + text)
		case n.name == "language" && out.lang == "":
			out.lang = text
		}
	})
	return out
}

// settle joins the marks to their notes, and names what links lead to.
func (e *epubText) settle() {
	for _, w := range e.wanted {
		it := &(*w.items)[w.at]
		if it.note = e.notes[w.key]; it.note == nil {
			it.kind, it.text = linkItem, w.key
		}
	}
	for _, a := range e.out.articles {
		for _, it := range a.items {
			if it.kind == noteItem && it.note != nil && !slices.Contains(a.notes, it.note) { // it stands in a chapter of notes
				a.notes = append(a.notes, it.note)
			}
		}
		e.lead(a.items)
		for _, n := range a.notes {
			e.lead(n.items)
		}
	}
	e.out.outside = outsideOf(e.outside)
}

// lead gives the links among items the names of what they lead to.
func (e *epubText) lead(items []unit) {
	for i := range items {
		it := &items[i]
		if it.kind != linkItem || !strings.HasPrefix(it.text, "\x00") {
			continue
		}
		key := it.text[1:]
		if is, ok := e.ids[key]; ok {
			it.text = is
			continue
		}
		name, id, _ := strings.Cut(key, "#")
		it.text = placeName(strings.TrimSuffix(path.Base(name), path.Ext(name)), id)
	}
}

// placeName names a place of an article so that both editions call it alike.
func placeName(article, id string) string {
	switch id {
	case "article", "title":
		id = ""
	}
	fold := func(s string) string {
		return strings.Map(func(r rune) rune {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				return unicode.ToLower(r)
			}
			return -1
		}, s)
	}
	return fold(article) + "#" + fold(id)
}

// outsideOf joins the letters of each paragraph, so that a paragraph can be looked for.
func outsideOf(items []unit) string {
	var b strings.Builder
	b.WriteByte('\n')
	for i, it := range items {
		if i > 0 && items[i-1].block != it.block {
			b.WriteByte('\n')
		}
		if it.kind == wordItem {
			b.WriteString(it.text)
		}
	}
	return b.String() + "\n"
}

// An epubFile is an XHTML file being read.
type epubFile struct {
	*epubText
	textReader
	d       *xml.Decoder
	article *articleText // that is open
	root    int          // depth of its element
	begun   bool         // its text has
	inNotes bool
}

var (
	silentElements = strings.Fields("head script style rp template noscript nav")
	inlineElements = strings.Fields("a abbr b bdi bdo cite code data del dfn em i img ins kbd label mark math meter output progress q ruby rb rt rtc s samp small span strong sub sup svg time u var wbr input")
)

const deepest = 2000 // elements in one another

// children reads to the end of the element that is open.
func (f *epubFile) children(depth int) error {
	if depth > deepest {
		return errors.New("elements stand in one another beyond measure")
	}
	for {
		tok, err := f.d.Token()
		if err != nil {
			return err
		}
		f.at.line, _ = f.d.InputPos()
		switch t := tok.(type) {
		case xml.StartElement:
			if err := f.element(t, depth+1); err != nil {
				return err
			}
		case xml.EndElement:
			return nil
		case xml.CharData:
			f.say(string(t))
		}
	}
}

func attribute(t xml.StartElement, space, name string) string {
	for _, a := range t.Attr {
		if a.Name.Local == name && a.Name.Space == space {
			return a.Value
		}
	}
	return ""
}

// typed reports whether an element has a type or the role of that name.
func typed(t xml.StartElement, typ string) bool {
	return contains(attribute(t, "", "role"), "doc-"+typ) || contains(attribute(t, opsSpace, "type"), typ)
}

// element reads an element to its end.
func (f *epubFile) element(t xml.StartElement, depth int) error {
	name, class := t.Name.Local, attribute(t, "", "class")
	switch {
	case slices.Contains(silentElements, name), typed(t, "pagebreak"), typed(t, "backlink"), contains(class, "provenance"),
		f.inNotes && len(name) == 2 && name[0] == 'h': // the head over notes
		return f.d.Skip()
	case name == "br":
		f.end()
	case name == "img":
		f.picture(attribute(t, "", "alt"))
	case name == "svg":
		f.picture(attribute(t, "", "aria-label"))
		return f.d.Skip()
	case name == "math":
		return f.formula(t)
	case name == "a" && typed(t, "noteref"):
		return f.mark(t)
	case name == "a" && attribute(t, "", "href") != "":
		f.put(linkItem, f.leadsTo(attribute(t, "", "href")))
	}
	if slices.Contains(inlineElements, name) {
		return f.inside(t, class, depth)
	}
	if f.article != nil && depth == f.root+1 && name != "header" && !contains(class, "standfirst") && !contains(class, "pages") {
		f.leads, f.begun = name == "figure" && !f.begun, true
	}
	f.paragraph()
	if f.article != nil && depth == f.root+1 {
		f.head = name == "header"
	}
	err := f.inside(t, class, depth)
	f.paragraph()
	if depth == f.root+1 {
		f.leads, f.head = false, false
	}
	return err
}

// formula reads a formula by its alternative, or else by what it says itself.
func (f *epubFile) formula(t xml.StartElement) error {
	it := f.put(formulaItem, plainly(attribute(t, "", "alttext")))
	if it.text != "" {
		return f.d.Skip()
	}
	it.bare = true
	var says strings.Builder
	for depth := 1; depth > 0; {
		tok, err := f.d.Token()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if slices.Contains([]string{"annotation", "annotation-xml", "mphantom"}, t.Name.Local) {
				if err := f.d.Skip(); err != nil {
					return err
				}
				continue
			}
			depth++
		case xml.EndElement:
			depth--
		case xml.CharData:
			says.Write(t)
		}
	}
	it.text = plainly(says.String())
	return nil
}

func (f *epubFile) picture(alt string) {
	if alt = plainly(alt); alt != "" {
		f.put(pictureItem, alt)
	}
}

// leadsTo is where a link leads: an address, or, behind a NUL until all is read, a file and an id.
func (f *epubFile) leadsTo(href string) string {
	to, id, remote, err := resolve(f.at.file, href)
	if err != nil || remote {
		return strings.TrimSpace(href)
	}
	return "\x00" + to + "#" + id
}

// mark reads the mark of a note.
func (f *epubFile) mark(t xml.StartElement) error {
	it := f.put(noteItem, "")
	it.text = ""
	f.wanted = append(f.wanted, wantedNote{f.items, len(*f.items) - 1, strings.TrimPrefix(f.leadsTo(attribute(t, "", "href")), "\x00")})
	if id := attribute(t, "", "id"); id != "" {
		f.ids[f.at.file+"#"+id] = "noteref"
	}
	return f.d.Skip()
}

// inside reads what stands in an element, and ends what it has begun.
func (f *epubFile) inside(t xml.StartElement, class string, depth int) error {
	items, free, article, inNotes, lang, level := f.items, f.free, f.article, f.inNotes, f.lang, f.level
	name, id := t.Name.Local, attribute(t, "", "id")
	f.lang = cmp.Or(attribute(t, xmlSpace, "lang"), attribute(t, "xml", "lang"), attribute(t, "", "lang"), f.lang)
	if len(name) == 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '6' {
		f.level = int(name[1] - '0')
	}
	switch {
	case f.article == nil && (typed(t, "chapter") || contains(class, "article")):
		f.article = &articleText{}
		f.out.articles = append(f.out.articles, f.article)
		f.items, f.root, f.begun = &f.article.items, depth, false
	case typed(t, "endnotes"), typed(t, "footnotes"):
		f.inNotes = true
	case f.inNotes && name == "li" && id != "", typed(t, "footnote"):
		n := &noteText{number: id[len(strings.TrimRight(id, "0123456789")):]}
		f.notes[f.at.file+"#"+id], f.ids[f.at.file+"#"+id] = n, "note"
		if f.article != nil {
			f.article.notes = append(f.article.notes, n)
		}
		f.items, f.inNotes = &n.items, false
	case name == "p" && (contains(class, "credit") || contains(class, "bio")): // an offprint's PDF leaves those to its issue
		f.free = true
	case name == "span" && contains(class, "name"):
		f.free = false
	}
	from := len(*f.items)
	err := f.children(depth)
	if name == "h1" {
		f.end()
		if f.article != nil && f.article.title == "" {
			f.article.title = says((*f.items)[from:])
		}
	}
	if f.items != items {
		f.end()
	}
	f.items, f.free, f.article, f.inNotes, f.lang, f.level = items, free, article, inNotes, lang, level
	return err
}
