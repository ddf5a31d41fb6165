package layout

// A Length is a distance in scaled points: 65536 to the DTP point, 72 points to the inch.
type Length int64

// Units of length.
const (
	Pt Length = 65536
	In        = 72 * Pt
	Mm        = In * 10 / 254
)

// Points gives l in DTP points, for output.
func (l Length) Points() float64 { return float64(l) / float64(Pt) }

// A FaceID names a font face; the Shaper and the drawing side give it its meaning. 0 is no face.
type FaceID uint16

// A Tag names the structure element that content belongs to; the caller gives it its meaning (0: an artifact, such as a
// rule or a running head, which has no place in the reading order).
type Tag int32

// A LinkID names a link of the flow (index into a table the caller keeps); 0 is none. All spans of one link share it.
type LinkID int32

// A SourceID names the text a span was made from (a table the caller keeps); 0 is none.
type SourceID int32

// A Glyph is one shaped glyph. Lengths are at the style's size.
type Glyph struct {
	Face    FaceID
	ID      uint16
	Cluster int32 // byte offset into the shaped text of the first character that the glyph stands for
	Advance Length
	XOffset Length
	YOffset Length
	// Unsafe: the line must not be broken before this glyph without shaping both sides anew.
	Unsafe bool
}

// Metrics are the vertical measures of a style, positive upwards from the baseline (Descent is positive downwards).
type Metrics struct {
	Ascent, Descent, CapHeight, XHeight Length
	Space                               Length // advance of the word space
}

// A Shaper turns text into glyphs. Implementations must be safe for use by several goroutines and give the same glyphs
// for the same arguments. Characters that no face has come back as the implementation's replacement glyph; reporting them
// is the implementation's business.
type Shaper interface {
	Shape(text string, style *TextStyle, rtl bool) []Glyph
	Metrics(style *TextStyle) Metrics
}

// A TextStyle is the look of a run of text. Styles are shared and never changed; compare them by pointer.
type TextStyle struct {
	Family      string // "text", "display", "mono", or a family name: the Shaper's business
	Weight      int    // 400, 600, 700
	Italic      bool
	Size        Length
	Features    string // OpenType features, comma separated, sorted: "onum,smcp"
	Lang        string // BCP 47: shaping and hyphenation
	Letterspace Length // added after each glyph, but the last of a line
	Rise        Length // of the baseline, upwards
	Color       uint32 // 0xRRGGBB
	Underline   bool
	Strike      bool
	NoHyphen    bool // code, URLs set by their own rules
	// Break chooses the rule for break opportunities: "" (Unicode UAX #14 as used for prose), "url" (Chicago Manual of
	// Style: after // and :, before . , - / _ ? # % & = ~, never with a hyphen), "code" (anywhere, at spaces first).
	Break string
}

// A SpanKind says what a Span is.
type SpanKind uint8

// The kinds of spans.
const (
	TextSpan    SpanKind = iota
	BreakSpan            // forced line break
	NoteSpan             // a note's reference mark: Text is the mark, Note the note to place in this column
	AnchorSpan           // a named place; no width
	BoxSpan              // an inline picture, Box
	PageRefSpan          // the number of the page where Anchor is; resolved by layout
	FillSpan             // stretches to fill the line; Text is the leader pattern (". ") or empty
)

// A Span is a run of text in one style, or something else that stands in a line.
type Span struct {
	Kind   SpanKind
	Text   string
	Style  *TextStyle
	Tag    Tag // 0: the paragraph's tag
	Link   LinkID
	Source SourceID
	Offset int32 // of Text in the source's text, bytes
	Note   *Note
	Box    *Picture
	Anchor string
	// Once leaves a PageRefSpan out, with the TextSpan before it, where the last one of the paragraph shows the same number: an index
	// names a page once.
	Once bool
	// Artifact: drawn, but not part of the text (a bullet of our own making is not an artifact).
	Artifact bool
}

// Align says how lines are set.
type Align uint8

// The alignments.
const (
	Justify Align = iota
	Left          // ragged right
	Center
	Right
)

// A ParaStyle is how a paragraph is set. Styles are shared and never changed.
type ParaStyle struct {
	Name        string // for the report: "body", "note", "h2"
	Align       Align
	Leading     Length
	SpaceBefore Length // collapses with the SpaceAfter before it: the larger counts; dropped at the top of a column
	SpaceAfter  Length
	FirstIndent Length // may be negative
	LeftIndent  Length
	RightIndent Length
	HangIndent  Length // indent of every line but the first, added to LeftIndent (verse turn-overs, bibliographies)
	Hyphenate   bool
	KeepNext    bool   // not parted from the block after it
	KeepLines   bool   // not broken over columns
	Orphans     int    // least lines before a column break; 0 means 2
	Widows      int    // least lines after a column break; 0 means 2
	OffGrid     bool   // does not keep to the baseline grid (heads, captions); the text after it returns to it
	Pre         bool   // lines as they are; white space kept; long lines are broken with a turn-over
	RTL         bool   // paragraph direction
	BoundSpaces bool   // spaces at line starts and ends are kept (never for prose)
	Background  uint32 // 0xRRGGBB+1; 0 none: panel behind code
	RuleLeft    Length // width of a rule at the left of the paragraph (asides), 0 none
}

// A Block is a Para, Figure, Table, HRule or Skip. The set is sealed.
type Block interface{ layoutBlock() }

// A Para is a paragraph, a heading, a line of verse, a caption.
type Para struct {
	Tag    Tag
	Style  *ParaStyle
	Spans  []Span
	Label  []Span // hanging label in front of the first line (bullet, number, speaker), set at LabelX
	LabelX Length // from the column's left edge
	// LabelAlignRight sets the label's right edge at LeftIndent minus LabelGap.
	LabelRight bool
	LabelGap   Length
	Drop       *DropCap
	Anchors    []string // named places at the paragraph's top
	Origin     string   // file:line of the source, for the report
	Span       bool     // set across all columns
}

// A DropCap replaces the paragraph's first letters by a large initial of several lines.
type DropCap struct {
	Lines  int
	Text   string // the letters, taken off the paragraph's first span by the caller
	Style  *TextStyle
	Tag    Tag
	Source SourceID
	Offset int32
}

// A Picture is an image with its natural size.
type Picture struct {
	Ref           int    // index into a table the caller keeps
	Width, Height Length // natural size: at the least resolution that the style accepts; never drawn larger
	Tag           Tag
	Link          LinkID
}

// Placement says where a figure goes.
type Placement uint8

// The placements.
const (
	Float     Placement = iota // near its mention: here if it fits, else top of a following column
	Here                       // in the text, moving on with what follows
	FullWidth                  // across all columns, at the top of a page or over the columns that begin with it
	WrapLeft                   // at the left of the column, text beside it
	WrapRight
)

// A Figure is one or more pictures with a caption.
type Figure struct {
	Tag                     Tag
	Pictures                []*Picture
	Placement               Placement
	MaxWidth                Length  // 0: the column (or page) width
	Caption                 []Block // Paras
	Gap                     Length  // between picture and caption
	SpaceBefore, SpaceAfter Length
	Anchors                 []string
	Origin                  string
	// Body replaces Pictures for a figure made of blocks.
	Body []Block
	// Frame is the thickness of a rule around Body, whose white within is Gap; 0: none.
	Frame Length
	// Side is where a picture stands that is narrower than its measure; Justify: in the middle, over its caption.
	Side Align
	// Beside is the width of the caption when it stands beside the picture, a gutter from it and on its foot, away from Side,
	// which is Left or Right; 0: under it. A caption that is higher than its picture goes under it.
	Beside Length
	Span   bool // set across all columns where it stands
}

// A Table is set with column widths worked out from its cells; the head rows repeat on every column it crosses.
type Table struct {
	Tag                          Tag
	Columns                      []Align
	Widths                       []Length // of the columns, with their padding: if given, one for each, the cells decide nothing
	Head, Body                   []*Row
	Caption                      []Block
	CaptionTag                   Tag
	SpaceBefore, SpaceAfter      Length
	Padding                      Length // at each side of a cell's text
	RowGap                       Length
	TopRule, MidRule, BottomRule Length // widths; 0 none
	Anchors                      []string
	Origin                       string
	Span                         bool
	Whole                        bool // its rows are never cut, so a row's cells are placed one after another
}

// A Row is a row of cells.
type Row struct {
	Tag   Tag
	Cells []*Cell
}

// A Cell holds blocks. Spans are at least 1.
type Cell struct {
	Tag              Tag
	Blocks           []Block
	ColSpan, RowSpan int
	Header           bool
}

// An HRule is a line across the column: Width 0 means the column's.
type HRule struct {
	Thickness, Width        Length
	Align                   Align
	SpaceBefore, SpaceAfter Length
	Color                   uint32
	Span                    bool
	KeepNext                bool // not parted from the block after it
	Tag                     Tag  // of what it belongs to, if that is to be known; it is an artifact all the same
}

// A Skip is white space; it vanishes at the top of a column. KeepNext forbids a break after it.
type Skip struct {
	Height   Length
	KeepNext bool
}

func (*Para) layoutBlock()   {}
func (*Figure) layoutBlock() {}
func (*Table) layoutBlock()  {}
func (*HRule) layoutBlock()  {}
func (*Skip) layoutBlock()   {}

// A Note is set at the foot of the column that holds its reference, or (Geometry.EndNotes) at the end of its section.
type Note struct {
	Tag    Tag
	Blocks []Block // Paras (and whatever else notes hold); the number is the first Para's label or first span
	Anchor string
}

// Geometry is the page of a section.
type Geometry struct {
	Width, Height             Length
	Inner, Outer, Top, Bottom Length // margins; Inner is the left one on a recto, and on every page unless Mirrored
	Mirrored                  bool
	Columns                   int
	Gutter                    Length
	ColumnRule                Length // width of the line between columns, 0 none
	Grid                      Length // baseline grid; the first baseline of the text area lies on it. 0: no grid
	FirstBaseline             Length // from the top of the text area to the first baseline; 0: ascent of the body
	NoteRule                  Length // length of the rule over notes
	NoteRuleThickness         Length
	NoteGap                   Length // least white over the rule
	NoteRuleGap               Length // rule to first note
	NoteSpacing               Length // between notes
	HeadBaseline              Length // from the page's top edge; 0: no heads
	FootBaseline              Length // from the page's top edge; 0: no feet
	Balance                   bool   // columns of the section's last page, and above a spanning block
	FirstTop                  Length // area kept free at the top of the section's first page (a half-page cover, filled by Cover)
	EndNotes                  bool
}

// A Head is a running head or foot: three parts set on one line. PageRefSpan with an empty Anchor is the folio.
type Head struct{ Left, Center, Right []Span }

// A Section is a run of pages that begins on a new page: front matter, contents, an article.
type Section struct {
	Name     string // stable; the article's slug
	Geometry *Geometry
	Recto    bool // begins on a right-hand page
	// Number of its first page: 0 continues from the section before. Roman labels lower-case.
	FirstNumber int
	Roman       bool
	Cover       []Block // set in the area kept free by Geometry.FirstTop
	Opening     []Block // set across all columns at the head of the section's first page (title block); white over it is kept
	Body        []Block
	// Heads and feet; the opening page has its own.
	VersoHead, RectoHead, OpenHead Head
	VersoFoot, RectoFoot, OpenFoot Head
	// VAlign centres the section's only page vertically (title page): 0 top, 1 centre, 2 bottom.
	VAlign int
}

// A Flow is everything that is to be set.
type Flow struct {
	Sections []*Section
	Shaper   Shaper
	Breaking Breaking
	Jobs     int // sections set at the same time; 0 means GOMAXPROCS. The result does not depend on it.
}

// Breaking are the parameters of line and page breaking. The zero value of a field takes the default.
type Breaking struct {
	PreTolerance, Tolerance   int // badness (TeX): first pass without hyphens, second pass with
	HyphenPenalty             int
	ExHyphenPenalty           int
	ConsecutiveHyphenDemerits int
	FitnessDemerits           int
	FinalHyphenDemerits       int
	LinePenalty               int
	// Word space: stretch and shrink in thousandths of the natural space. Natural in thousandths of the font's.
	SpaceWidth, SpaceStretch, SpaceShrink int
	Expansion                             int  // most font expansion either way, thousandths; negative: none
	NoProtrusion                          bool // no hanging punctuation
	// Protrusion says by how much characters hang out of the text block, for faces that need other values than the house's:
	// by TextStyle.Family ("" for all), then by character.
	Protrusion map[string]map[rune]Hang
	MaxHyphens int // in a row; default 2
	// Exceptions are words with the places where they may be hyphenated ("ta-ble"), by language as TextStyle.Lang gives it;
	// a word without hyphens is never parted.
	Exceptions map[string][]string
}

// A Hang is how far a character hangs out at the left and at the right edge, in thousandths of its width.
type Hang struct{ Left, Right int }

// A Page is a finished page. Coordinates are from the top left corner, y downwards, baselines for text.
type Page struct {
	Section       int // index into Flow.Sections
	Index         int // from 0 over the whole flow
	Number        int
	Label         string // as printed: "iv", "12"
	Recto         bool
	Width, Height Length
	Areas         []Area // in reading order; artifacts may stand anywhere
	Places        []Place
	// Begins is the first text of the body on this page (not of notes or heads); Source 0 when there is none.
	Begins struct {
		Source SourceID
		Offset int32
	}
}

// An AreaKind says what part of a page an Area is.
type AreaKind uint8

// The kinds of areas.
const (
	HeadArea AreaKind = iota
	OpeningArea
	ColumnArea
	NoteArea // the notes at the foot of a column
	SpanArea // a block across all columns
	FootArea
)

// An Area is a rectangle of a page with what stands in it, in reading order.
type Area struct {
	Kind          AreaKind
	Column        int
	X, Y          Length // top left corner
	Width, Height Length
	Items         []Item
}

// Move shifts an area and what stands in it.
func (a *Area) Move(dx, dy Length) {
	a.X += dx
	a.Y += dy
	for _, it := range a.Items {
		shift(it, dx, dy)
	}
}

// An Item is a *Line, *RuleItem or *PictureItem. The set is sealed.
type Item interface{ item() }

// A Line is a placed line of text.
type Line struct {
	X, Y  Length // start of the line, baseline
	Width Length // drawn width
	Runs  []Run
	// Hyphen: the line ends in a hyphen that is not in the text (the last glyph of the last run whose Hyphen is set).
	Hyphen bool
	Style  *ParaStyle
}

// A Run is a stretch of glyphs of one face, size, tag and link. Its Text is in the order of reading, whatever the order of
// its glyphs. White space is as it was set: one space for any run of it, and the white space that ends a line, be it a space,
// a BreakSpan (a space) or the line feed of kept lines, belongs to the line's last run without being drawn. Soft hyphens,
// U+200B, U+2060 and the characters that steer the direction of text (UAX #9 § 2) are directions to us and no part of any Text; Offset is exact for the run's beginning.
type Run struct {
	X, Y      Length // of the first glyph's origin on the page, baseline with rise
	Face      FaceID
	Style     *TextStyle
	Size      Length // Style.Size unless the shaper scaled (synthesised superiors)
	Expansion int32  // horizontal scale in hundred-thousandths off 1: 2000 is +2 %
	Tag       Tag
	Link      LinkID
	Source    SourceID
	Artifact  bool
	Hyphen    bool   // the run is a hyphen put in by the breaker
	Text      string // what the glyphs stand for; a word space that ends the line is part of it, though not drawn
	Offset    int32  // of Text in the source
	Order     int32  // the runs of a line are read from the least to the greatest, wherever they stand in it
	Glyphs    []Placed
	Width     Length
}

// A Placed glyph stands at X from the run's start. Cluster is a byte offset into the run's Text; the glyph stands for the
// text up to the next greater cluster. A word space is a Placed glyph like any other, with the face's space glyph, so that
// text can be read back.
type Placed struct {
	ID      uint16
	X, Y    Length // Y is an offset upwards
	Cluster int32
}

// A RuleItem is a filled rectangle. Decoration: an underline or strike of the given tag; a rule of the text, an artifact, may
// bear the tag of what it belongs to.
type RuleItem struct {
	X, Y, Width, Height Length
	Color               uint32
	Tag                 Tag
}

// A PictureItem is a placed picture. One that stands among the words of a line follows its Line, and is read before the first of
// the line's runs whose Order is not less than its own.
type PictureItem struct {
	X, Y, Width, Height Length
	Ref                 int
	Tag                 Tag
	Link                LinkID
	InLine              bool
	Order               int32
}

func (*Line) item()        {}
func (*RuleItem) item()    {}
func (*PictureItem) item() {}

// A Place is a named place on a page.
type Place struct {
	Name string
	X, Y Length
}

// A Result is what Layout gives.
type Result struct {
	Pages  []*Page
	Report *Report
}

// A Report is the typesetter's account of a flow; its String is a stable text form for diffing.
type Report struct {
	Paragraphs []ParaReport
	Pages      []PageReport
	Findings   []Finding
}

// A ParaReport tells how a paragraph was broken.
type ParaReport struct {
	Origin, Style string
	Page          int // index of the page it begins on
	Lines         []LineReport
	Pass          int // 1 without hyphens, 2 with, 3 emergency
}

// A LineReport tells how a line was set. Ratio is the word space's change in thousandths of its stretch or shrink.
type LineReport struct {
	Ratio, Badness int
	Expansion      int32
	Hyphen         bool
	Width, Natural Length
	// Over is how far the line is wider than its room; Under how far a justified line falls short of it, since no space may
	// be so wide; Forced says that it ends inside something that should not be broken.
	Over, Under Length
	Forced      bool
}

// A PageReport tells how full a page's columns are, in thousandths.
type PageReport struct {
	Index   int
	Label   string
	Section string
	Fill    []int
	Notes   int
}

// A Finding is something a typographer would mark.
type Finding struct {
	// Kind is overfull, underfull, loose, tight, ladder, widow, orphan, river, stub, split-note, far-figure, forced (a line
	// that ends within what should not be broken) or page-hyphen (a page that ends in a hyphen).
	Kind   string
	Origin string // file:line
	Page   string // label
	Detail string
}
