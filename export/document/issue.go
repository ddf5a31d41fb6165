package document

import "time"

// A Journal is the periodical that an issue belongs to.
type Journal struct {
	Title     string
	Subtitle  string
	ISSN      string
	EISSN     string // of the electronic edition, when it has one of its own
	Publisher string
	Place     string   // of publication
	Editors   []string // of the journal
	Language  string   // BCP 47
	Rights    string   // copyright or licence sentence
	License   string   // URL of the licence, if any
	BaseURL   string   // public address of the site, with a trailing slash; empty when unknown
	Imprint   []Block  // text of the imprint, if the publisher gives one
	Staff     []Office // who makes it, as the masthead names them; the masthead itself is a text of Issue.Matter
	Logo      *Asset   // optional mark over the journal's name on title page and made cover
}

// An Office is a part in the making of a journal, and who has it.
type Office struct {
	Title  string // "Managing editor", as printed; empty when only the people are named
	People []Person
}

// An Issue is what one edition holds. A single article is exported as an Issue with one article and Single set.
type Issue struct {
	Journal     Journal
	Number      string   // as printed ("112", "7/8"); empty for content without issues
	Volume      string   // optional
	Title       []Inline // the issue's own title, often empty
	Subtitle    []Inline // of the issue's own title
	Description []Inline
	Date        Date
	Language    string // BCP 47; the articles' commonest when nothing else says
	ISBN, DOI   string
	ISBNPos     Pos      // where the ISBN is said, for messages
	Editors     []Person // of this issue alone, such as guest editors; the journal's are its own
	Cover       *Asset   // the issue's own cover picture, nil when it has none
	CoverAlt    string   // what the cover shows, for who cannot see it; empty when nobody says
	CoverCredit []Inline // who made it, as printed
	CoverType   bool     // the journal's name and the contents are set over the picture
	CoverPos    Pos      // where the picture is named
	Blurb       []Inline // what the back of a printed cover says; without it: the description
	Articles    []*Article
	Matter      []*Article // texts that stand before and behind the articles: each says in Part which it is
	Parts       []string   // names of the edition's parts in order (PartNames); nil leaves them to the format and the style
	Single      bool       // one article on its own (an offprint): no title page, no contents
	Checksum    string     // of the texts that the issue was read from, hexadecimal; empty when unknown
	Slug        string     // stem of file names: "review-112", or the article's slug when Single
	// Issues are those that a volume binds, each with its articles and the texts around them; nil of an issue, which binds none.
	// A volume's Articles are those of all its issues, in order, and its Matter is what stands once.
	Issues []*Issue
	// Statement says how accessible the edition is; nil for an edition that is not to hold one.
	Statement *Statement
	// SitePaths tells the public path of every article known to the site, also those outside this issue, by its
	// source path; used to give links that leave the edition a public address.
	SitePaths map[string]string
}

// A Statement says in words what an edition offers to readers with disabilities, and what it lacks.
type Statement struct {
	Language string // BCP 47
	Title    string
	Blocks   []Block // headings, paragraphs, lists
}

// An Article is one piece of the issue.
type Article struct {
	Pos          Pos // of the start of the file
	Path         string
	Slug         string // unique within the issue; anchor and file names come from it
	Title        []Inline
	Subtitle     []Inline
	Kicker       []Inline // the article type, as printed over the title
	Authors      []Person
	Interviewees []Person
	Translators  []Person
	Editors      []Person
	Date         Date
	Issue        string // the number of the issue it names
	IssueDate    string
	Section      []Inline // the section of the issue that it stands in, as the contents head it; often empty
	Part         string   // of a text in Issue.Matter: one of PartNames; empty for an article
	Language     string   // BCP 47, never empty
	Dir          string   // "rtl" or empty
	Excerpt      []Inline // summary for contents, metadata
	Standfirst   []Inline // an abstract to be set under the title (front matter asks for it); usually empty
	Image        *Figure  // the picture that front matter names, nil when none
	LeadPicture  string   // where it opens the article, one of LeadPlaces; empty: as the style has it
	Tags         []string
	DOI          string
	URL          string // public address, empty when unknown
	Aliases      []string
	Weight       int
	Draft        bool
	Body         []Block
	Notes        []*Note // in order of first reference; Number 1..n
	AuthorNotes  []Block // about the author, set at the article's end
	Extra        []Field // front matter that nothing else claims, in source order
}

// A Field is a front matter entry kept as it is.
type Field struct {
	Key   string
	Value string // scalar as written, or compact JSON for a list or table
	Pos   Pos
}

// A Person is a contributor.
type Person struct {
	Name   string   // as printed
	FileAs string   // for sorting, "Dawsey, Jason"; empty: not known, and derived where it is certain
	Role   string   // MARC relator: aut, ive (interviewee), trl, edt, ill
	As     string   // the role in words, for one that has no line of its own: "photographer"
	ORCID  string   // https://orcid.org: "0000-0002-1825-0097"
	Bio    []Inline // what is printed of the person's life; affiliation and address, where given, are part of it

	Affiliation string // where the person works: "University of Carrow"; several parted by semicolons
	URL         string // of the person's own page, absolute
}

// Credit is the name as a byline has it: with the role, when that has no line of its own.
func (p Person) Credit() string {
	if p.As == "" {
		return p.Name
	}
	return p.Name + " (" + p.As + ")"
}

// A Date is a day, month or year; Time is its first moment in UTC. The zero Date is unknown.
type Date struct {
	Time      time.Time
	Precision int    // 0 unknown, 1 year, 2 month, 3 day
	Printed   string // as the publisher prints it ("December 2018 / January 2019"), if given
}

// IsZero reports whether the date is unknown.
func (d Date) IsZero() bool { return d.Precision == 0 && d.Printed == "" }

// ISO gives the date as W3CDTF (ISO 8601), with as many parts as are known: "2018-12". "" for an unknown date.
func (d Date) ISO() string {
	switch d.Precision {
	case 1:
		return d.Time.UTC().Format("2006")
	case 2:
		return d.Time.UTC().Format("2006-01")
	case 3:
		return d.Time.UTC().Format("2006-01-02")
	}
	return ""
}

// An Asset is a file the edition carries, already read. Two nodes that show one picture share one Asset.
type Asset struct {
	Name      string // path in the site, slash-separated, unique: "static/img/x.png"
	MediaType string // sniffed from the content: image/png, image/jpeg, image/gif, image/webp, image/svg+xml
	Data      []byte
	Width     int // pixels after EXIF orientation (SVG: CSS px); 0 when unknown
	Height    int
}

// A Note is a footnote or endnote. Its number is unique within its article.
type Note struct {
	Pos    Pos // of the definition
	Number int
	Label  string // as in the source: [^label]
	Blocks []Block
	Refs   []*NoteRef // every reference, in document order; none when nothing cites the note
}

// A Spot is a place in an article's text.
type Spot struct {
	Article *Article
	Text    *Text
	Offset  int // bytes into Text.Value
}

// A PageBreak says that a page of the PDF edition begins at a spot.
type PageBreak struct {
	Label string // the page's printed number: "iv", "12"
	At    Spot   // At.Text is nil for a page that begins no text of an article (title page, contents)
	Front string // for those: "title", "contents", "imprint", "cover", "contributors", "accessibility", "colophon", or "" with At.Article set: the opening page of that article
	Issue *Issue // of a volume: the issue whose title page ("part") or list it is; nil for what is the volume's
}
