// Package style holds what an edition looks like, as data: the house's styles, the decoding of a publisher's own from
// YAML, and the measures that both are written in.
//
// A Style is a value. Take one of the house's (Book, Review, Broadsheet, or House by name: each call gives a fresh copy),
// change what you like, and hand it on; nothing keeps a reference to it. Decode reads the same from "style:" in a
// twinpress.yaml and says of each key or value it does not understand where it stands. Write is its inverse.
//
// The PDF's flow, the cover and the EPUB's stylesheet take their sizes from here; nothing else knows a font size. A length
// is a Measure: absolute ("12pt", "20mm", "1in", "3pc"), or relative to the text it stands in ("1.4em") or to the body's
// leading ("0.5lh"). Package layout's own unit is layout.Length; Measure.In is the way from one to the other.
package style

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/layout"
)

// A Style is the look of an edition, as data: nothing in the flow knows a font size. The house's own are Book, Review and
// Broadsheet; a publisher's begins with one of them and changes values (Decode).
//
// Measures may be absolute or relative: an "em" is the size of the text it stands in, an "lh" is the leading of the body,
// which is also the step of the baseline grid.
type Style struct {
	Name string `key:"-"`

	Page    PageStyle    `key:"page"`
	Text    Look         `key:"text"`
	Opening OpeningStyle `key:"opening"`
	Detail  DetailStyle  `key:"detail"`

	TitleBlock TitleBlockStyle `key:"title-block"`
	// LeadPicture is where the picture that front matter names opens its article: under the title block in one column, or
	// across as many columns as it fills, or on a page of its own before the article.
	LeadPicture string `key:"lead-picture" enum:"none column across page"`

	Kicker     Look `key:"kicker"`
	Title      Look `key:"title"`
	Subtitle   Look `key:"subtitle"`
	Authors    Look `key:"authors"`
	Credits    Look `key:"credits"` // interviewees, translators, date
	Standfirst Look `key:"standfirst"`

	Head1 Look `key:"head-1"`
	Head2 Look `key:"head-2"`
	Head3 Look `key:"head-3"`
	Head4 Look `key:"head-4"`
	Head5 Look `key:"head-5"`
	Head6 Look `key:"head-6"`

	Quote       Look         `key:"quote"`
	Attribution Look         `key:"attribution"`
	PullQuote   Look         `key:"pull-quote"`
	Epigraph    Look         `key:"epigraph"`
	Aside       Look         `key:"aside"`
	Verse       Look         `key:"verse"`
	List        ListStyle    `key:"list"`
	Term        Look         `key:"term"`
	Code        CodeStyle    `key:"code"`
	Table       TableStyle   `key:"table"`
	Figure      FigureStyle  `key:"figure"`
	Caption     Look         `key:"caption"`
	Media       MediaStyle   `key:"media"`
	Ornament    Ornament     `key:"ornament"`
	Speaker     SpeakerStyle `key:"speaker"`
	AuthorNote  Look         `key:"author-note"`
	Notes       NoteStyle    `key:"notes"`

	Furniture FurnitureStyle `key:"furniture"`
	Contents  ContentsStyle  `key:"contents"`
	Cover     CoverStyle     `key:"cover"`
	Running   Look           `key:"running-head"`
	Folio     Look           `key:"folio"`
}

// A PageStyle is the paper and the place of the text on it.
type PageStyle struct {
	Size        string  `key:"size"` // a name (a4, letter, octavo …) or "6in x 9in"; sets width and height
	Width       Measure `key:"width"`
	Height      Measure `key:"height"`
	Inner       Measure `key:"inner"` // margins; the text's height is cut to whole lines
	Outer       Measure `key:"outer"`
	Top         Measure `key:"top"`
	Bottom      Measure `key:"bottom"`
	Columns     int     `key:"columns" min:"1" max:"12"`
	Gutter      Measure `key:"gutter"`
	ColumnRule  Measure `key:"column-rule"`
	Measure     Measure `key:"measure"` // width of a column: if given, the margins give way to it, and then the page
	TwoSided    bool    `key:"two-sided"`
	HeadDrop    Measure `key:"head"` // baseline of the running head, from the top edge; 0: no heads
	FootDrop    Measure `key:"foot"` // baseline of the foot, from the bottom edge; 0: no feet
	Balance     bool    `key:"balance"`
	ArticleSide string  `key:"articles-begin" enum:"any recto run-on"` // a new page, a right-hand page, or under the article before
}

// A Look is the type and the setting of a kind of paragraph. What is zero is as in the body text.
type Look struct {
	Family      string  `key:"family"` // text, display, sans, mono, or the name of a family
	Size        Measure `key:"size"`
	Leading     Measure `key:"leading"`
	Weight      int     `key:"weight" min:"100" max:"900"`
	Italic      bool    `key:"italic"`
	Case        string  `key:"case" enum:"none smallcaps all-smallcaps caps"`
	Figures     string  `key:"figures" enum:"oldstyle lining tabular"`
	Letterspace Measure `key:"letterspace"`
	Color       Color   `key:"color"`
	Align       string  `key:"align" enum:"justify left center right"`
	Before      Measure `key:"before"`
	After       Measure `key:"after"`
	Indent      Measure `key:"indent"` // of the first line
	Left        Measure `key:"left"`   // of all lines
	Right       Measure `key:"right"`
	Hang        Measure `key:"hang"` // of all lines but the first
	Hyphenate   string  `key:"hyphenate" enum:"yes no"`
}

// An OpeningStyle is how an article's first words are set off.
type OpeningStyle struct {
	DropCap int    `key:"drop-cap" min:"0" max:"8"` // lines; 0 none
	Family  string `key:"family"`                   // of the initial
	Weight  int    `key:"weight" min:"100" max:"900"`
	Color   Color  `key:"color"`
	Words   string `key:"words" enum:"none smallcaps caps bold-caps"`
	Count   int    `key:"count" min:"1" max:"20"` // how many words
}

// A DetailStyle holds the small customs of the house.
type DetailStyle struct {
	Acronyms    string  `key:"acronyms" enum:"caps smallcaps"`
	Initials    string  `key:"initials" enum:"thin space"` // "C. L. R. James" with thin spaces that do not break
	LinkColor   Color   `key:"link-color"`
	Resolution  int     `key:"min-resolution" min:"50" max:"1200"` // dots to the inch: no picture is set coarser
	FirstIndent string  `key:"first-indent" enum:"auto always never"`
	EndMark     string  `key:"end-mark"` // instead of the article's own letters; empty keeps them
	SpeakerGap  Measure `key:"-"`
}

// A TitleBlockStyle arranges what stands over an article.
type TitleBlockStyle struct {
	Drop     Measure `key:"drop"`  // white above it
	After    Measure `key:"after"` // white below it
	Rule     Measure `key:"rule"`  // thickness of a rule over it
	ShowDate bool    `key:"date"`
	Across   bool    `key:"across"` // over all columns; else at the head of the first
}

// A ListStyle sets lists.
type ListStyle struct {
	Indent  Measure `key:"indent"`
	Gap     Measure `key:"gap"` // label to text
	Bullets string  `key:"bullets"`
	Before  Measure `key:"before"`
	After   Measure `key:"after"`
	Between Measure `key:"between"` // items that are not tight
}

// A CodeStyle sets preformatted text.
type CodeStyle struct {
	Look       `key:",inline"`
	Background Color `key:"background"`
	Colors     bool  `key:"colors"` // the language's, in print-safe form: weights, italics and dark hues
}

// A TableStyle sets tables.
type TableStyle struct {
	Look    `key:",inline"`
	Header  Look    `key:"header"`
	Padding Measure `key:"padding"`
	RowGap  Measure `key:"row-gap"`
	Rule    Measure `key:"rule"` // top and bottom; the rule under the head is half of it
}

// A FigureStyle places pictures.
type FigureStyle struct {
	Before    Measure `key:"before"`
	After     Measure `key:"after"`
	Gap       Measure `key:"gap"` // picture to caption
	Placement string  `key:"placement" enum:"float here"`
}

// A MediaStyle prints what moves or sounds on a page: a film, a sound, a frame.
type MediaStyle struct {
	QR     string  `key:"qr" enum:"yes no"` // its address as a square code (QR, ISO/IEC 18004) beside the words
	QRSize Measure `key:"qr-size"`          // with the white around it; it grows where its squares would be smaller than a third of a millimetre
}

// An Ornament stands for a thematic break.
type Ornament struct {
	Look `key:",inline"`
	Mark string `key:"mark"` // empty: a white line
}

// A SpeakerStyle sets the speakers of an interview.
type SpeakerStyle struct {
	Look   `key:",inline"`
	Place  string  `key:"place" enum:"run-in hang"`
	Gap    Measure `key:"gap"` // white before a turn
	Indent Measure `key:"turn-indent"`
	Hang   Measure `key:"turn-hang"` // where the text hangs, with place: hang
}

// A NoteStyle sets notes.
type NoteStyle struct {
	Look          `key:",inline"`
	Place         string  `key:"place" enum:"foot end"`
	Number        string  `key:"number" enum:"plain superior"`
	NumberPlace   string  `key:"number-place" enum:"run-in hang"`
	Gap           Measure `key:"gap"`  // least white over the rule
	Rule          Measure `key:"rule"` // its length; 0 none
	RuleThickness Measure `key:"rule-thickness"`
	RuleGap       Measure `key:"rule-gap"`
	Between       Measure `key:"between"`
}

// A FurnitureStyle says what an edition carries besides its articles.
type FurnitureStyle struct {
	TitlePage string `key:"title-page" enum:"page cover none"` // of its own; over the first article; none
	Imprint   bool   `key:"imprint"`                           // when the journal gives anything for it
	Contents  bool   `key:"contents"`
	Colophon  bool   `key:"colophon"`
	Roman     bool   `key:"roman"` // front matter has its own numbers
	Heads     string `key:"heads" enum:"book sheet none"`
	FolioAt   string `key:"folio" enum:"head foot"`
}

// A ContentsStyle sets the table of contents.
type ContentsStyle struct {
	Heading  Look    `key:"heading"`
	Title    Look    `key:"title"`
	Subtitle Look    `key:"subtitle"`
	Author   Look    `key:"author"`
	Kicker   Look    `key:"kicker"`
	Leader   string  `key:"leader"`
	Depth    int     `key:"depth" min:"0" max:"3"` // levels of headings under each article
	Between  Measure `key:"between"`
}

// Section is the look of a head over some of the entries, made of that of the titles.
func (c *ContentsStyle) Section() Look {
	look := c.Kicker
	if look.Size.IsZero() {
		look = c.Author
	}
	look.Size, look.Leading, look.Before, look.After = c.Title.Size, c.Title.Leading, Lh(1), Measure{}
	return look
}

// A CoverStyle sets the title page, or the cover over the first article.
type CoverStyle struct {
	Height  Measure `key:"height"` // of a cover over the first article
	Drop    Measure `key:"drop"`   // white over the title, on a title page
	Align   string  `key:"align" enum:"left center"`
	Journal Look    `key:"journal"`
	Line    Look    `key:"line"` // number and date
	Number  Look    `key:"number"`
	Small   Look    `key:"small"` // imprint, masthead
	SmallHd Look    `key:"small-head"`
	Mark    string  `key:"mark"` // ornament on the title page

	// Of the cover that is made for an edition without a picture.
	Design string `key:"design" enum:"frame band sheet"` // a coloured sheet in a frame; a coloured field over the contents; a newspaper's front
	Ground Color  `key:"ground"`                         // its colour; 0: the house's, which change with the number
}

// A Color is 0xRRGGBB; the zero Color is black.
type Color uint32

// A Measure is a length, absolute or relative to the text's size (em) or the body's leading (lh). The zero Measure is 0.
type Measure struct {
	N    int64 // scaled points, or thousandths of an em or lh
	unit byte  // 0 absolute, 'e' em, 'l' lh
}

// Abs is an absolute measure.
func Abs(l layout.Length) Measure { return Measure{N: int64(l)} }

// Pt is a measure in points.
func Pt(points float64) Measure { return Measure{N: int64(points*65536 + 0.5)} }

// Em is a measure in ems.
func Em(ems float64) Measure { return Measure{N: thousandths(ems), unit: 'e'} }

// Lh is a measure in lines of the body.
func Lh(lines float64) Measure { return Measure{N: thousandths(lines), unit: 'l'} }

func thousandths(x float64) int64 {
	if x < 0 {
		return -thousandths(-x)
	}
	return int64(x*1000 + 0.5)
}

// IsZero reports whether the measure is 0.
func (m Measure) IsZero() bool { return m.N == 0 }

// In resolves the measure where an em and a line of the body are this long.
func (m Measure) In(em, lh layout.Length) layout.Length {
	switch m.unit {
	case 'e':
		return em * layout.Length(m.N) / 1000
	case 'l':
		return lh * layout.Length(m.N) / 1000
	}
	return layout.Length(m.N)
}

// String writes the measure as it may stand in a configuration.
func (m Measure) String() string {
	f := func(x float64) string { return strconv.FormatFloat(x, 'f', -1, 64) }
	switch m.unit {
	case 'e':
		return f(float64(m.N)/1000) + "em"
	case 'l':
		return f(float64(m.N)/1000) + "lh"
	}
	return f(float64(m.N*1000/65536)/1000) + "pt"
}

// units are the absolute ones, in scaled points (a DTP point is 65536).
var units = []struct {
	name string
	size float64
}{
	{"pt", 65536}, {"in", 72 * 65536}, {"mm", 72 * 65536 / 25.4}, {"cm", 720 * 65536 / 25.4}, {"pc", 12 * 65536},
}

// ParseMeasure reads "6in", "110mm", "11cm", "10.5pt", "26pc", "1.2em", "0.5lh" or "0".
func ParseMeasure(s string) (Measure, error) {
	s = strings.TrimSpace(s)
	at := strings.LastIndexAny(s, "0123456789.") + 1
	x, err := strconv.ParseFloat(s[:at], 64)
	if err != nil || x > 100000 || x < -100000 {
		return Measure{}, fmt.Errorf("%q is not a measure; write for instance 6in, 110mm, 10.5pt, 1.2em or 1lh", s)
	}
	unit := strings.TrimSpace(s[at:])
	switch unit {
	case "em":
		return Em(x), nil
	case "lh":
		return Lh(x), nil
	case "":
		if x == 0 {
			return Measure{}, nil
		}
		return Measure{}, fmt.Errorf("%q has no unit; use in, mm, cm, pt, pc, em (of the text) or lh (lines)", s)
	}
	for _, u := range units {
		if u.name == unit {
			n := x * u.size
			if n < 0 {
				return Measure{N: -int64(-n + 0.5)}, nil
			}
			return Measure{N: int64(n + 0.5)}, nil
		}
	}
	return Measure{}, fmt.Errorf("%q: unknown unit %q; use in, mm, cm, pt, pc, em (of the text) or lh (lines)", s, unit)
}

// paperSizes are the page sizes known by name, in millimetres.
var paperSizes = []struct {
	name          string
	width, height float64
}{
	{"a3", 297, 420}, {"a4", 210, 297}, {"a5", 148, 210}, {"a6", 105, 148}, {"b5", 176, 250},
	{"letter", 215.9, 279.4}, {"legal", 215.9, 355.6}, {"half-letter", 139.7, 215.9}, {"tabloid", 279.4, 431.8},
	{"octavo", 152.4, 228.6}, {"demy", 138, 216}, {"royal", 156, 234}, {"pinched-crown", 107, 174},
	{"broadsheet", 330.2, 577.85}, {"berliner", 315, 470},
}

// ParsePaper reads a page size: a name, or "6in x 9in".
func ParsePaper(s string) (width, height Measure, err error) {
	s = strings.ToLower(strings.TrimSpace(s))
	for _, p := range paperSizes {
		if p.name == s {
			mm := func(x float64) Measure { return Measure{N: int64(x*72*65536/25.4 + 0.5)} }
			return mm(p.width), mm(p.height), nil
		}
	}
	w, h, ok := strings.Cut(strings.ReplaceAll(s, "×", "x"), "x")
	if !ok {
		names := make([]string, len(paperSizes))
		for i, p := range paperSizes {
			names[i] = p.name
		}
		return width, height, fmt.Errorf("unknown page size %q; write a name (%s) or two measures, as 6in x 9in", s, strings.Join(names, ", "))
	}
	if width, err = ParseMeasure(w); err == nil {
		height, err = ParseMeasure(h)
	}
	return width, height, err
}

// Leading is the body's leading: the step of the baseline grid.
func (s *Style) Leading() layout.Length {
	return s.Text.Leading.In(s.TextSize(), 14*layout.Pt)
}

// TextSize is the body's size.
func (s *Style) TextSize() layout.Length { return s.Text.Size.In(10*layout.Pt, 14*layout.Pt) }

// length resolves a measure of the page, where an em is the body's.
func (s *Style) length(m Measure) layout.Length { return m.In(s.TextSize(), s.Leading()) }

// Geometry places the text on the page. The text's height is a whole number of lines, so that full pages end on one
// line; what is left over goes to the bottom margin.
func (s *Style) Geometry() layout.Geometry {
	p := &s.Page
	lead := s.Leading()
	g := layout.Geometry{
		Width: s.length(p.Width), Height: s.length(p.Height),
		Inner: s.length(p.Inner), Outer: s.length(p.Outer), Top: s.length(p.Top), Bottom: s.length(p.Bottom),
		Mirrored: p.TwoSided, Columns: max(1, p.Columns), Gutter: s.length(p.Gutter), ColumnRule: s.length(p.ColumnRule),
		Grid: lead, FirstBaseline: s.TextSize() * 3 / 4, Balance: p.Balance,
		NoteRule: s.length(s.Notes.Rule), NoteRuleThickness: s.length(s.Notes.RuleThickness),
		NoteGap: s.length(s.Notes.Gap), NoteRuleGap: s.length(s.Notes.RuleGap), NoteSpacing: s.length(s.Notes.Between),
	}
	if m := s.length(p.Measure); m > 0 {
		text := m*layout.Length(g.Columns) + g.Gutter*layout.Length(g.Columns-1)
		margins := g.Inner + g.Outer
		rest := g.Width - text
		// Margins narrower than half of what the style asks would be no margins: the page grows instead.
		if margins <= 0 || rest < margins/2 {
			g.Width = text + margins
		} else {
			inner := rest * g.Inner / margins
			g.Inner, g.Outer = inner, rest-inner
		}
	}
	if !p.HeadDrop.IsZero() {
		g.HeadBaseline = s.length(p.HeadDrop)
	}
	if !p.FootDrop.IsZero() {
		g.FootBaseline = g.Height - s.length(p.FootDrop)
	}
	if room := g.Height - g.Top - g.Bottom; lead > 0 && room > lead {
		// The last line's descenders may reach into the bottom margin by a little: a line counts as fitting with its
		// baseline, not with its leading.
		g.Bottom += room - room/lead*lead
	}
	return g
}

// ColumnWidth is the width of a column of the geometry.
func ColumnWidth(g *layout.Geometry) layout.Length {
	n := layout.Length(g.Columns)
	return (g.Width - g.Inner - g.Outer - g.Gutter*(n-1)) / n
}

// Check reports whether text can be set in the style at all: type and leading have a size, and the page has room for columns.
// The house's styles are sound; one built by hand, or changed by a publisher, need not be.
func (s *Style) Check() error {
	g := s.Geometry()
	switch {
	case s.TextSize() <= 0 || s.Leading() <= 0:
		return errors.New("the style's text has no size or no leading")
	case ColumnWidth(&g) < s.TextSize():
		return errors.New("the style's page leaves no room for a column between its margins")
	case g.Height-g.Top-g.Bottom < s.Leading():
		return errors.New("the style's page leaves no room for a line between its margins")
	}
	return nil
}

// Head is the look of a level of heads, from 1 to 6.
func (s *Style) Head(level int) *Look {
	heads := [...]*Look{&s.Head1, &s.Head2, &s.Head3, &s.Head4, &s.Head5, &s.Head6}
	return heads[min(max(level, 1), len(heads))-1]
}
