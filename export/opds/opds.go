// Package opds writes a catalogue of editions in OPDS 2.0 (https://drafts.opds.io/opds-2.0), the form in which reading programs and
// libraries browse what a publisher has: a feed of publications, each described as the Readium Web Publication Manifest does, with
// links to its files. What it says of a publication comes from the facts by which the edition is cited.
package opds

import (
	"bytes"
	"cmp"
	"encoding/json"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
)

// Media is the feed's own type.
const Media = "application/opds+json"

// Options say what the editions do not.
type Options struct {
	Name  string // of the feed's file
	Base  string // address of the folder that the feed and the files lie in, with a slash at its end; "": addresses are relative
	Title string // of the feed; "" takes the earlier feed's
	Home  string // address of the journal's site; "" when not known
}

// An Edition is what is to be told of.
type Edition struct {
	Work          *reference.Work
	Place         int      // of an article cut from an issue: among its articles, from 1
	Identifiers   []string // as URIs, the one that it is known by first
	Modified      time.Time
	Pages         int // of its PDF; 0 when not known
	Accessibility *Accessibility
	Files         []File
}

// A File is one of an edition's, below the feed's folder.
type File struct {
	Path          string
	Size          int64 // bytes
	Width, Height int   // of a picture, in pixels
}

// A Feed is a catalogue. Its fields are in the order in which they are written.
type Feed struct {
	Metadata     FeedMetadata  `json:"metadata"`
	Links        []Link        `json:"links"`
	Publications []Publication `json:"publications,omitempty"`
	Groups       []Group       `json:"groups,omitempty"`
}

// FeedMetadata describes a feed or a group of it.
type FeedMetadata struct {
	Title         string `json:"title"`
	Modified      string `json:"modified,omitempty"`
	NumberOfItems int    `json:"numberOfItems"`
}

// A Group holds the publications of a year.
type Group struct {
	Metadata     FeedMetadata  `json:"metadata"`
	Links        []Link        `json:"links"` // to the feed that has all of them, which is this one
	Publications []Publication `json:"publications"`
}

// A Publication is an edition in a feed.
type Publication struct {
	Metadata Metadata `json:"metadata"`
	Links    []Link   `json:"links"`
	Images   []Link   `json:"images,omitempty"`
}

// A Link leads to a file or a page.
type Link struct {
	Rel    string `json:"rel,omitempty"`
	Href   string `json:"href"`
	Type   string `json:"type,omitempty"`
	Size   int64  `json:"size,omitempty"`
	Width  int    `json:"width,omitempty"`
	Height int    `json:"height,omitempty"`
}

// Metadata describes a publication.
type Metadata struct {
	Type          string         `json:"@type"`
	Identifier    string         `json:"identifier,omitempty"`
	Others        []string       `json:"altIdentifier,omitempty"`
	Title         string         `json:"title"`
	Subtitle      string         `json:"subtitle,omitempty"`
	Author        []Contributor  `json:"author,omitempty"`
	Translator    []Contributor  `json:"translator,omitempty"`
	Editor        []Contributor  `json:"editor,omitempty"`
	Illustrator   []Contributor  `json:"illustrator,omitempty"`
	Contributor   []Contributor  `json:"contributor,omitempty"`
	Publisher     string         `json:"publisher,omitempty"`
	Language      string         `json:"language,omitempty"`
	Published     string         `json:"published,omitempty"` // a day; one that is not known to the day is left out
	Modified      string         `json:"modified,omitempty"`
	Description   string         `json:"description,omitempty"`
	Subject       []string       `json:"subject,omitempty"`
	Pages         int            `json:"numberOfPages,omitempty"`
	BelongsTo     *BelongsTo     `json:"belongsTo,omitempty"`
	Accessibility *Accessibility `json:"accessibility,omitempty"`
}

// A Contributor is a person.
type Contributor struct {
	Name       string `json:"name"`
	SortAs     string `json:"sortAs,omitempty"`
	Identifier string `json:"identifier,omitempty"`
	Role       string `json:"role,omitempty"` // MARC relator
}

// BelongsTo says what a publication is part of.
type BelongsTo struct {
	Periodical *Whole `json:"periodical,omitempty"`
	Series     *Whole `json:"series,omitempty"`     // the same, for programs that know only this
	Collection *Whole `json:"collection,omitempty"` // of an article: its issue
}

// A Whole is what a publication is part of. Only numbers can be a position: an issue "7/8" has none.
type Whole struct {
	Name       string `json:"name,omitempty"`
	Identifier string `json:"identifier,omitempty"`
	Position   int    `json:"position,omitempty"`
	Volume     *Whole `json:"volume,omitempty"`
	Issue      *Whole `json:"issue,omitempty"`
}

// Accessibility is what a publication offers, in the words of schema.org.
type Accessibility struct {
	ConformsTo    string         `json:"conformsTo,omitempty"` // an address
	AccessMode    []string       `json:"accessMode,omitempty"`
	Sufficient    [][]string     `json:"accessModeSufficient,omitempty"`
	Feature       []string       `json:"feature,omitempty"`
	Hazard        []string       `json:"hazard,omitempty"`
	Certification *Certification `json:"certification,omitempty"`
	Summary       string         `json:"summary,omitempty"`
}

// A Certification says who has checked.
type Certification struct {
	By string `json:"certifiedBy,omitempty"`
}

// New makes a feed of editions as Describe gives them, and of those of an earlier feed (nil for none) whose files are still there:
// exists tells of a path below the folder. It is nil when there is nothing to be had.
func New(editions []Publication, earlier *Feed, exists func(path string) bool, opts Options) *Feed {
	f := &Feed{Metadata: FeedMetadata{Title: opts.Title}, Publications: slices.Clone(editions)}
	f.keep(earlier, exists, opts)
	f.Publications = slices.DeleteFunc(f.Publications, func(p Publication) bool {
		return !slices.ContainsFunc(p.Links, func(l Link) bool { return l.Rel == openAccess })
	})
	if len(f.Publications) == 0 {
		return nil
	}
	slices.SortStableFunc(f.Publications, order)
	for _, p := range f.Publications {
		f.Metadata.Modified = max(f.Metadata.Modified, p.Metadata.Modified)
	}
	f.Metadata.NumberOfItems = len(f.Publications)
	f.Metadata.Title = cmp.Or(f.Metadata.Title, "Editions")
	f.Links = []Link{{Rel: "self", Href: opts.href(opts.Name), Type: Media}}
	if opts.Home != "" {
		f.Links = append(f.Links, Link{Rel: "alternate", Href: opts.Home, Type: "text/html"})
	}
	f.group()
	return f
}

// order is that of a shelf: the newest issue first, with its articles behind it.
func order(a, b Publication) int {
	m, n := &a.Metadata, &b.Metadata
	return cmp.Or(cmp.Compare(n.day(), m.day()), cmp.Compare(place(n.series()), place(m.series())), cmp.Compare(m.Language, n.Language),
		cmp.Compare(place(m.collection()), place(n.collection())), cmp.Compare(m.Title, n.Title), cmp.Compare(m.Identifier, n.Identifier))
}

func (m *Metadata) day() string {
	return cmp.Or(m.Published, m.Modified[:min(len("2006-01-02"), len(m.Modified))])
}

func (m *Metadata) series() *Whole {
	if m.BelongsTo == nil {
		return nil
	}
	return m.BelongsTo.Series
}

func (m *Metadata) collection() *Whole {
	if m.BelongsTo == nil {
		return nil
	}
	return m.BelongsTo.Collection
}

func place(w *Whole) int {
	if w == nil {
		return 0
	}
	return w.Position
}

// group parts the publications by years, when they are of several.
func (f *Feed) group() {
	var groups []Group
	for _, p := range f.Publications {
		year := p.Metadata.day()
		year = year[:min(4, len(year))]
		if n := len(groups); n == 0 || groups[n-1].Metadata.Title != year {
			groups = append(groups, Group{Metadata: FeedMetadata{Title: year}, Links: f.Links[:1]})
		}
		g := &groups[len(groups)-1]
		g.Publications = append(g.Publications, p)
		g.Metadata.NumberOfItems++
	}
	if len(groups) > 1 {
		f.Groups, f.Publications = groups, nil
	}
}

// Encode writes the feed.
func (f *Feed) Encode() ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	err := e.Encode(f)
	return b.Bytes(), err
}

const (
	openAccess  = "http://opds-spec.org/acquisition/open-access"
	issueType   = "http://schema.org/PublicationIssue"
	volumeType  = "http://schema.org/PublicationVolume"
	articleType = "http://schema.org/Article"
)

// Describe gives what a feed tells of an edition.
func Describe(e Edition, opts Options) Publication {
	w := e.Work
	m := Metadata{Type: issueType, Title: w.FullTitle(), Author: people(w.Authors, w.Language), Translator: people(w.Translators, w.Language), Editor: people(w.Editors, w.Language),
		Publisher: w.Journal.Publisher, Language: w.Language, Description: w.Abstract, Subject: w.Keywords, Pages: e.Pages, Accessibility: e.Accessibility, BelongsTo: belongs(e)}
	if w.Article != nil {
		m.Type, m.Title, m.Subtitle = articleType, w.Title, w.Subtitle
		for _, p := range w.Interviewees {
			p.Role = cmp.Or(p.Role, "ive")
			m.Contributor = append(m.Contributor, contributor(p, w.Language, true))
		}
	} else if w.Journal.Title != "" {
		m.Title, m.Subtitle = strings.TrimSpace(w.Journal.Title+" "+cmp.Or(w.Number, w.Volume)), w.IssueTitle
		if w.Number == "" && w.Volume != "" {
			m.Type = volumeType
		}
	}
	for _, p := range w.Others {
		if p.Role == "ill" {
			m.Illustrator = append(m.Illustrator, contributor(p, w.Language, false))
		} else {
			m.Contributor = append(m.Contributor, contributor(p, w.Language, true))
		}
	}
	if len(e.Identifiers) > 0 {
		m.Identifier, m.Others = e.Identifiers[0], e.Identifiers[1:]
	}
	if w.Date.Precision == 3 {
		m.Published = w.Date.ISO()
	}
	if !e.Modified.IsZero() {
		m.Modified = e.Modified.UTC().Format(time.RFC3339)
	}
	p := Publication{Metadata: m}
	for _, f := range e.Files {
		p.add(f, opts)
	}
	if a := w.Address(); strings.Contains(a, "://") {
		p.Links = append(p.Links, Link{Rel: "alternate", Href: a, Type: "text/html"})
	}
	return p
}

// add links a file, when its kind is one for readers.
func (p *Publication) add(f File, opts Options) {
	l := Link{Href: opts.href(f.Path), Size: f.Size, Width: f.Width, Height: f.Height}
	switch {
	case strings.HasSuffix(f.Path, ".epub"):
		l.Rel, l.Type = openAccess, "application/epub+zip"
	case strings.HasSuffix(f.Path, ".pdf"):
		l.Rel, l.Type = openAccess, "application/pdf"
	case strings.HasSuffix(f.Path, ".png"), strings.HasSuffix(f.Path, ".jpg"):
		l.Type = "image/png"
		if strings.HasSuffix(f.Path, ".jpg") {
			l.Type = "image/jpeg"
		}
		p.Images = append(p.Images, l)
		return
	default:
		return
	}
	p.Links = append(p.Links, l)
}

func people(ps []document.Person, lang string) (out []Contributor) {
	for _, p := range ps {
		if strings.TrimSpace(p.Name) != "" {
			out = append(out, contributor(p, lang, false))
		}
	}
	return out
}

func contributor(p document.Person, lang string, role bool) Contributor {
	c := Contributor{Name: strings.TrimSpace(p.Name), SortAs: names.FileAs(p, lang)}
	if c.SortAs == c.Name {
		c.SortAs = ""
	}
	if p.ORCID != "" {
		c.Identifier = "https://orcid.org/" + p.ORCID
	}
	if role {
		c.Role = p.Role
	}
	return c
}

// belongs says which periodical a publication is of, and where it stands in it.
func belongs(e Edition) *BelongsTo {
	w := e.Work
	j := w.Journal
	if j.Title == "" {
		return nil
	}
	whole := Whole{Name: j.Title}
	if issn := cmp.Or(j.EISSN, j.ISSN); issn != "" {
		whole.Identifier = "urn:issn:" + issn
	}
	number, volume := position(w.Number), position(w.Volume)
	series, periodical := whole, whole
	series.Position = number
	var issue *Whole
	if number > 0 {
		issue = &Whole{Position: number}
	}
	if volume > 0 {
		periodical.Volume = &Whole{Position: volume, Issue: issue}
	} else {
		periodical.Issue = issue
	}
	out := &BelongsTo{Periodical: &periodical, Series: &series}
	if w.Article != nil && e.Place > 0 {
		out.Collection = &Whole{Name: cmp.Or(strings.TrimSpace(j.Title+" "+w.Number), w.IssueTitle), Position: e.Place}
	}
	return out
}

func position(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 {
		return 0
	}
	return n
}
