package epub

import (
	"cmp"
	"fmt"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/google/uuid"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/words"
)

// A kind says what a part of the book is. The names of front and back matter are those of document.PageBreak.Front.
type kind string

const (
	coverPart        kind = "cover"
	titlePart        kind = "title"
	imprintPart      kind = "imprint"
	contentsPart     kind = "contents"
	articlePart      kind = "article"
	notesPart        kind = "notes"
	contributorsPart kind = "contributors"
	statementPart    kind = "accessibility"
	colophonPart     kind = "colophon"
	halfTitlePart    kind = "half-title"
	issuePart        kind = "part" // the title page of an issue in a volume
	indexPart        kind = "index"
)

// A part is one XHTML file of the book.
type part struct {
	kind    kind
	file    string // name in the folder of sections
	title   string // plain
	lang    string
	dir     string
	article *document.Article
	issue   *document.Issue // of a volume: the issue that the part belongs to; nil for what is the volume's
	body    []byte
	sets    []set // texts of the document in body
	mathml  bool

	ids      map[string]bool              // ids the article's nodes ask for: what a link may lead to
	headings map[*document.Heading]string // ids of all headings
	figures  map[*document.Figure]string  // ids of the figures with captions
	order    []*document.Heading          // those of the body that the contents show
	pictured []*document.Figure           // in order
	noteIDs  map[string]bool              // of the notes that stand here
	written  map[string]bool              // ids that stand here, when the part is finished
	opening  []*pageMark                  // pages that begin with this part
	closing  []*pageMark                  // pages that begin after the last text of it
}

// A pageMark is a page of the PDF edition on its way into the text.
type pageMark struct {
	label  string
	id     string
	offset int
	part   *part // where its marker stands; nil until it is written
	home   *part // where its text is
}

// target gives the page's address from the folder of the package document.
func (m *pageMark) target() string {
	if m.id == "" {
		return m.part.path()
	}
	return m.part.path() + "#" + m.id
}

// A notePlace is where a note stands.
type notePlace struct {
	part   *part
	id     string
	prefix string // of ids in a notes chapter, where articles' numbers meet
	home   *part  // of the references in the article's text
}

// A noteOf is a note as an article has it.
type noteOf struct {
	home *part
	note *document.Note
}

// A citing is a reference to a note, where it stands.
type citing struct {
	part *part
	id   string
}

// evidence is what was found in the content, for the accessibility metadata.
type evidence struct {
	images, alt, missingAlt, decorative, animated int
	mathml, tex                                   int
}

// A book is the plan of an edition.
type book struct {
	issue    *document.Issue
	opts     Options
	words    *words.Vocabulary
	lang     string
	id       identifiers
	parts    []*part
	of       map[*document.Article]*part
	stems    map[string]bool // of files' names
	notes    map[noteOf]notePlace
	noteHome map[*document.Note]*part // the article that has it first
	cites    map[noteOf][]citing      // references written so far
	breaks   map[*document.Text][]*pageMark
	pages    []*pageMark
	pictures []*picture
	byAsset  map[*document.Asset]*picture
	cover    *picture
	people   []*names.Contributor
	fonts    []fontFile
	style    []byte
	evidence evidence
	problems []document.Problem
}

// plan decides the parts, their files, and every id that is linked to.
func plan(issue *document.Issue, opts Options) *book {
	b := &book{issue: issue, opts: opts, lang: bcp47(issue.Language),
		of: map[*document.Article]*part{}, notes: map[noteOf]notePlace{}, noteHome: map[*document.Note]*part{},
		cites: map[noteOf][]citing{}, breaks: map[*document.Text][]*pageMark{},
		byAsset: map[*document.Asset]*picture{}, stems: map[string]bool{}}
	if b.lang == "" {
		b.lang = bcp47(issue.Journal.Language)
	}
	if b.lang == "" && len(issue.Articles) > 0 {
		b.lang = bcp47(issue.Articles[0].Language)
	}
	if b.lang == "" {
		b.lang = "en"
	}
	b.words = words.For(b.lang)
	b.id = identify(issue)
	if len(opts.Cover) > 0 || issue.Cover != nil {
		b.add(coverPart, b.words.Cover)
	}
	b.people = names.Contributors(issue)
	names := issue.Names()
	for i, a := range issue.Texts() { // articles before matter, so that what is around them takes no name of theirs
		b.of[a] = b.textPart(a, names[a], i)
	}
	b.addParts()
	b.planNotes()
	b.planPages()
	return b
}

// usual is the order of an issue's parts where the publisher says none.
var usual = []string{"title", "imprint", "masthead", "contents", "editorial", "articles", "corrections", "contributors", "advertisements", "accessibility", "colophon"}

// order gives the names of the edition's parts.
func (b *book) order() []string {
	switch {
	case b.issue.Single:
		return []string{"articles"}
	case b.issue.Parts != nil:
		return b.issue.Order()
	}
	return usual
}

// addParts adds the edition's parts in order; in a volume, those of each issue where an issue has its articles.
func (b *book) addParts() {
	order := b.order()
	if len(b.issue.Issues) == 0 {
		for _, name := range order {
			b.addPart(name, b.issue)
		}
		return
	}
	once, each := document.ByIssue(order)
	for _, name := range once {
		if name != "articles" {
			b.addPart(name, b.issue)
			continue
		}
		for _, is := range b.issue.Issues {
			b.addBound(is, each)
		}
	}
}

// addBound adds an issue of a volume, which opens with a title page.
func (b *book) addBound(is *document.Issue, names []string) {
	from := len(b.parts)
	p := b.add(issuePart, b.partTitle(is))
	if l := bcp47(is.Language); l != "" {
		p.lang, p.dir = l, ""
		if words.RightToLeft(l) {
			p.dir = "rtl"
		}
	}
	for _, name := range names {
		b.addPart(name, is)
	}
	for _, p := range b.parts[from:] {
		p.issue = is
		if p.article == nil {
			p.file = b.freeStem(string(p.kind)+"-"+cmp.Or(fileStem(is.Number), "1")) + ".xhtml"
		}
	}
}

// addPart adds a part of an issue, if it has something to say.
func (b *book) addPart(name string, is *document.Issue) {
	switch k := kind(name); k {
	case "articles":
		for _, a := range is.Articles {
			b.parts = append(b.parts, b.of[a])
		}
	case halfTitlePart:
		b.add(k, words.PartsFor(b.lang).HalfTitle)
	case titlePart:
		b.add(k, b.words.TitlePage)
	case imprintPart:
		if b.hasImprint() {
			b.add(k, b.words.Imprint)
		}
	case contentsPart:
		b.add(k, b.words.Contents)
	case contributorsPart:
		if len(names.Contributors(is)) > 0 {
			b.add(k, b.words.Contributors)
		}
	case indexPart:
		if len(b.people) > 0 {
			b.add(k, words.PartsFor(b.lang).NameIndex)
		}
	case statementPart:
		b.addStatement()
	case colophonPart:
		b.add(k, b.words.Colophon)
	default:
		if a := is.MatterOf(name); a != nil {
			b.parts = append(b.parts, b.of[a])
		}
	}
}

// addStatement adds what the edition says of its accessibility.
func (b *book) addStatement() {
	s := b.issue.Statement
	if s == nil {
		return
	}
	p := b.add(statementPart, s.Title)
	if p.lang = b.lang; s.Language != "" {
		p.lang = bcp47(s.Language)
	}
	if p.dir = ""; words.RightToLeft(p.lang) {
		p.dir = "rtl"
	}
}

// textPart makes the part of a text, with a file's name like its own in the edition that is not taken.
func (b *book) textPart(a *document.Article, name string, i int) *part {
	stem := fileStem(name)
	if stem == "" || a.Slug == "" {
		stem = "article-" + strconv.Itoa(i+1)
	}
	stem = b.freeStem(stem)
	p := b.part(articlePart, strings.TrimSpace(document.PlainText(a.Title)))
	if a.Part != "" {
		p.kind = kind(a.Part)
	}
	if p.title == "" {
		p.title = strings.TrimSpace(a.Slug)
	}
	if p.title == "" {
		p.title = b.words.Page + " " + strconv.Itoa(i+1)
	}
	p.file, p.article = stem+".xhtml", a
	if l := bcp47(a.Language); l != "" {
		p.lang = l
	}
	p.dir = a.Dir
	if p.dir == "" && words.RightToLeft(p.lang) {
		p.dir = "rtl"
	}
	p.survey()
	return p
}

// freeStem takes a name for a file, with a number behind it if it is taken.
func (b *book) freeStem(stem string) string {
	for base, n := stem, 2; b.stems[stem] || reservedStems[stem]; n++ {
		stem = base + "-" + strconv.Itoa(n)
	}
	b.stems[stem] = true
	return stem
}

var reservedStems = map[string]bool{"cover": true, "title": true, "imprint": true, "contents": true, "notes": true,
	"contributors": true, "accessibility": true, "colophon": true, "half-title": true, "index": true, "nav": true, "toc": true}

// add adds a part that the edition makes.
func (b *book) add(k kind, title string) *part {
	p := b.part(k, title)
	b.parts = append(b.parts, p)
	return p
}

func (b *book) part(k kind, title string) *part {
	p := &part{kind: k, file: string(k) + ".xhtml", title: title, lang: b.lang,
		ids: map[string]bool{}, headings: map[*document.Heading]string{}, figures: map[*document.Figure]string{},
		noteIDs: map[string]bool{}}
	if words.RightToLeft(b.lang) {
		p.dir = "rtl"
	}
	return p
}

// survey finds what an article's part can be linked to.
func (p *part) survey() {
	var blocks func(bs []document.Block) // headings of the body proper, for the contents
	blocks = func(bs []document.Block) {
		for _, bl := range bs {
			switch bl := bl.(type) {
			case *document.Heading:
				if bl != nil && strings.TrimSpace(document.PlainText(bl.Content)) != "" {
					p.order = append(p.order, bl)
				}
			case *document.Division:
				if bl != nil && document.Kept(bl, "epub") {
					blocks(bl.Blocks)
				}
			}
		}
	}
	blocks(p.article.Body)
	heads := 0
	document.WalkArticle(p.article, func(n document.Node) bool {
		if !document.Kept(n, "epub") {
			return false
		}
		if a := document.AttrOf(n); a != nil && a.ID != "" {
			p.ids[safeID(a.ID)] = true
		}
		switch n := n.(type) {
		case *document.Anchor:
			p.ids[safeID(n.ID)] = true
		case *document.Heading:
			heads++
			id := safeID(n.Attr.ID)
			if id == "" {
				id = "head-" + strconv.Itoa(heads)
			}
			p.headings[n] = id
		case *document.Figure:
			if len(n.Caption)+len(n.Title) > 0 && len(n.Images) > 0 {
				id := safeID(n.Attr.ID)
				if id == "" {
					id = "figure-" + strconv.Itoa(len(p.pictured)+1)
					for p.ids[id] {
						id = "s-" + id
					}
				}
				p.figures[n] = id
				p.pictured = append(p.pictured, n)
			}
		}
		return true
	})
}

// figureID gives the id attribute of a figure that the list of illustrations names.
func (p *part) figureID(w *writer, f *document.Figure) string {
	id := p.figures[f]
	if id == "" || w.furniture || w.used[id] {
		return ""
	}
	w.used[id] = true
	return attr("id", id)
}

// planNotes decides where each note stands.
func (b *book) planNotes() {
	var chapter *part
	for _, p := range b.parts[:len(b.parts):len(b.parts)] {
		if p.article == nil {
			continue
		}
		for _, n := range p.article.Notes {
			if _, ok := b.notes[noteOf{p, n}]; ok || n == nil {
				continue
			}
			place := notePlace{part: p, home: p, id: "note-" + strconv.Itoa(n.Number)}
			if b.opts.Notes == NotesIssue && !b.issue.Single {
				if chapter == nil {
					chapter = b.part(notesPart, b.words.Notes)
				}
				place.part, place.prefix = chapter, strings.TrimSuffix(p.file, ".xhtml")+"-"
				place.id = safePrefix(place.prefix) + place.id
				place.prefix = safePrefix(place.prefix)
			}
			place.id = free(place.part.noteIDs, place.id)
			b.notes[noteOf{p, n}] = place
			if b.noteHome[n] == nil {
				b.noteHome[n] = p
			}
		}
	}
	if chapter != nil { // behind the last article
		last := 0
		for i, p := range b.parts {
			if p.kind == articlePart || p.issue != nil {
				last = i
			}
		}
		b.parts = slices.Insert(b.parts, last+1, chapter)
	}
}

// safePrefix makes a file's stem fit to begin an id.
func safePrefix(s string) string {
	if s != "" && s[0] >= '0' && s[0] <= '9' {
		return "n-" + s
	}
	return s
}

// place finds a note from an article: its own, or that of the article that has it first.
func (b *book) place(from *part, n *document.Note) (place notePlace, ok bool) {
	if place, ok = b.notes[noteOf{from, n}]; !ok {
		place, ok = b.notes[noteOf{b.noteHome[n], n}]
	}
	return place, ok
}

// notesOf gives the notes of an article that are there.
func notesOf(p *part) []*document.Note {
	if p.article == nil {
		return nil
	}
	return slices.DeleteFunc(slices.Clone(p.article.Notes), func(n *document.Note) bool { return n == nil })
}

// hasNotes reports whether an article's notes stand at its own end.
func (b *book) hasNotes(p *part) bool {
	notes := notesOf(p)
	return len(notes) > 0 && b.notes[noteOf{p, notes[0]}].part == p
}

// free takes an id that is not yet used, and gives it.
func free(used map[string]bool, id string) string {
	for base, n := id, 2; used[id]; n++ {
		id = base + "_" + strconv.Itoa(n)
	}
	used[id] = true
	return id
}

// planPages gives each page of the PDF edition its place: at a character of a text, at the opening of a part, or, when the
// EPUB has no such part, where the next page is.
func (b *book) planPages() {
	texts := map[*document.Text]*part{}
	place := map[*document.Text]int{} // in the order of reading
	for _, p := range b.parts {
		if p.article != nil {
			body := *p.article
			body.Notes = nil // a page that begins in a note has no place of its own: notes stand elsewhere here
			document.WalkArticle(&body, func(n document.Node) bool {
				if t, ok := n.(*document.Text); ok {
					texts[t] = p
					place[t] = len(place)
				}
				return true
			})
		}
	}
	used := map[string]bool{}
	var waiting []*pageMark // pages without a place of their own, waiting for the next that has one
	var last *part
	reached := -1
	for _, pb := range b.opts.PageBreaks {
		id := "page-" + strings.TrimPrefix(safeID("p"+pb.Label), "p")
		id = free(used, id)
		m := &pageMark{label: pb.Label, id: id}
		b.pages = append(b.pages, m)
		waiting = append(waiting, m)
		var opens *part
		switch {
		case pb.At.Text != nil && texts[pb.At.Text] != nil && place[pb.At.Text] >= reached:
			reached = place[pb.At.Text]
			for _, m := range waiting {
				m.offset, m.home = pb.At.Offset, texts[pb.At.Text]
			}
			b.breaks[pb.At.Text] = append(b.breaks[pb.At.Text], waiting...)
			waiting, last = nil, texts[pb.At.Text]
			continue
		case pb.At.Text != nil: // the list must follow the order of reading
		case pb.At.Article != nil:
			opens = b.of[pb.At.Article]
		case pb.Front != "":
			for _, p := range b.parts {
				if string(p.kind) == pb.Front && p.issue == pb.Issue {
					opens = p
				}
			}
		}
		if opens != nil {
			opens.opening = append(opens.opening, waiting...)
			waiting, last = nil, opens
		}
	}
	if len(waiting) > 0 {
		if last == nil {
			last = b.parts[len(b.parts)-1]
		}
		last.closing = append(last.closing, waiting...)
	}
}

// href gives the address that a link leads to from a part, "" when it leads nowhere and its text must stand alone.
func (b *book) href(from *part, l *document.Link) string {
	if l.Note != nil {
		return b.noteHref(from, l)
	}
	if l.Article == nil {
		return b.address(l.URL)
	}
	if to := b.of[l.Article]; to != nil {
		id := safeID(l.Anchor)
		if id != "" && !to.ids[id] {
			if !to.hasHeading(id) {
				b.problems = append(b.problems, document.Problem{Code: "broken-anchor", Severity: document.Warning, Pos: l.Position(),
					Message: fmt.Sprintf("%s has no place named %q; the link leads to its opening", l.Article.Path, l.Anchor)})
				id = ""
			}
		}
		if id == "" {
			id = "article"
		}
		return b.relative(from, to, id)
	}
	address := l.Article.URL
	if address == "" {
		address = b.issue.SitePaths[l.Article.Path]
	}
	if address = b.address(address); address != "" && l.Anchor != "" {
		address = b.address(address + "#" + l.Anchor)
	}
	return address
}

// noteHref gives the address of a note that a text speaks of, or of the place that cites it first.
func (b *book) noteHref(from *part, l *document.Link) string {
	place, ok := b.place(from, l.Note)
	switch {
	case !ok:
		return ""
	case !l.ToRef:
		return b.relative(from, place.part, place.id)
	}
	for _, c := range b.cites[noteOf{place.home, l.Note}] {
		if c.part == place.home {
			return b.relative(from, c.part, c.id)
		}
	}
	return ""
}

func (p *part) hasHeading(id string) bool {
	for _, h := range p.headings {
		if h == id {
			return true
		}
	}
	return false
}

// relative gives the address of an id in one part as seen from another.
func (b *book) relative(from, to *part, id string) string {
	file := to.file
	if from == to {
		file = ""
	}
	if id == "" {
		return file
	}
	return file + "#" + id
}

func (b *book) wordsFor(lang string) *words.Vocabulary {
	if lang == b.lang {
		return b.words
	}
	return words.For(lang)
}

// An identifier of the publication, in the form EPUB wants, with its type in ONIX code list 5.
type identifier struct{ value, onix string }

// identifiers are the publication's, the unique one first.
type identifiers []identifier

// namespace is the UUID under which we name publications that have no identifier of their own (RFC 9562 § 5.5).
var namespace = uuid.NewSHA1(uuid.NameSpaceURL, []byte("https://github.com/twinpress/twinpress"))

// identify gives the publication's identifiers: ISBN or DOI when it has one, else a UUID made from the journal and the
// issue, or the journal and the article, so that a new build of the same issue is the same publication.
func identify(issue *document.Issue) identifiers {
	var ids identifiers
	isbn, doi := issue.ISBN, issue.DOI
	if issue.Single && len(issue.Articles) == 1 && issue.Articles[0] != nil { // the issue's own are not the article's
		isbn, doi = "", issue.Articles[0].DOI
	}
	if isbn != "" {
		ids = append(ids, identifier{"urn:isbn:" + bareISBN(isbn), "15"})
	}
	if doi = reference.DOI(doi); doi != "" {
		ids = append(ids, identifier{"doi:" + doi, "06"})
	}
	j := issue.Journal
	name := strings.Join([]string{j.ISSN, j.Title, j.BaseURL, issue.Volume, issue.Number, issue.Slug}, "\x00")
	if issue.Single && len(issue.Articles) == 1 {
		name += "\x00" + issue.Articles[0].Path
	}
	return append(ids, identifier{"urn:uuid:" + uuid.NewSHA1(namespace, []byte(name)).String(), ""})
}

// bareISBN is an ISBN without the hyphens that part it for the eye.
func bareISBN(s string) string { return strings.NewReplacer("-", "", " ", "").Replace(s) }

// Identifiers gives the identifiers of an issue's EPUB, the unique one first.
func Identifiers(issue *document.Issue) []string {
	var out []string
	for _, id := range identify(issue) {
		out = append(out, id.value)
	}
	return out
}

// sectionPath gives a part's name in the container.
func (p *part) path() string { return path.Join(sectionFolder, p.file) }
