package style

import (
	"reflect"

	"github.com/twinpress/twinpress/layout"
)

// houses are the built-in styles, the default first. A new one is a function below and a row here.
var houses = [...]struct {
	name string
	make func() *Style
}{
	{"book", Book},
	{"review", Review},
	{"broadsheet", Broadsheet},
}

// Names lists the names of the built-in styles, the default first.
func Names() []string {
	names := make([]string, len(houses))
	for i, h := range houses {
		names[i] = h.name
	}
	return names
}

// House gives a fresh copy of a built-in style; "" is the default. It is nil for an unknown name.
func House(name string) *Style {
	if name == "" {
		return houses[0].make()
	}
	for _, h := range houses {
		if h.name == name {
			return h.make()
		}
	}
	return nil
}

// Letters are spaced by no more than 8 % of the em: from a tenth on, readers of the file (poppler's, for one) take the
// white for a word space, and a search no longer finds the word.

// Book is a page of a book of essays: octavo, one column of 26 picas, notes at the foot. Proportions follow the classical
// page: the inner margin is the smallest, the outer and the foot give the hand its place.
func Book() *Style {
	return &Style{
		Name: "book",
		Page: PageStyle{
			Size: "octavo", Width: Pt(432), Height: Pt(648), Inner: Pt(54), Outer: Pt(66), Top: Pt(62), Bottom: Pt(66),
			Columns: 1, Gutter: Pt(18), TwoSided: true, HeadDrop: Pt(44), FootDrop: Pt(38), Balance: true, ArticleSide: "any",
		},
		Text:    Look{Family: "text", Size: Pt(10.5), Leading: Pt(14), Weight: 400, Figures: "oldstyle", Align: "justify", Indent: Em(1.4), Hyphenate: "yes"},
		Opening: OpeningStyle{DropCap: 3, Family: "text", Weight: 400, Words: "smallcaps", Count: 4},
		Detail:  DetailStyle{Acronyms: "caps", Initials: "thin", Resolution: 150, FirstIndent: "auto"},

		TitleBlock: TitleBlockStyle{Drop: Lh(3), After: Lh(2), Across: true}, LeadPicture: "column",
		Kicker:     Look{Size: Pt(9.5), Leading: Lh(1), Case: "all-smallcaps", Letterspace: Em(.08), Align: "center", After: Lh(1), Hyphenate: "no"},
		Title:      Look{Family: "display", Size: Pt(23), Leading: Pt(28), Align: "center", Hyphenate: "no", Figures: "lining", Left: Em(1), Right: Em(1)},
		Subtitle:   Look{Size: Pt(12.5), Leading: Pt(17), Italic: true, Align: "center", Before: Pt(7), Hyphenate: "no", Left: Em(1.5), Right: Em(1.5)},
		Authors:    Look{Size: Pt(10.5), Leading: Lh(1), Case: "smallcaps", Letterspace: Em(.08), Align: "center", Before: Lh(1), Hyphenate: "no"},
		Credits:    Look{Size: Pt(9.5), Leading: Pt(13), Italic: true, Align: "center", Before: Pt(3), Hyphenate: "no"},
		Standfirst: Look{Italic: true, Align: "center", Before: Lh(1), Left: Em(2), Right: Em(2), Hyphenate: "no"},

		Head1: Look{Size: Pt(11), Leading: Lh(1), Case: "smallcaps", Letterspace: Em(.06), Align: "center", Before: Lh(1), After: Lh(.5), Hyphenate: "no"},
		Head2: Look{Size: Pt(10.5), Leading: Lh(1), Italic: true, Align: "center", Before: Lh(1), After: Lh(.5), Hyphenate: "no"},
		Head3: Look{Size: Pt(10.5), Leading: Lh(1), Italic: true, Align: "left", Before: Lh(1), Hyphenate: "no"},
		Head4: Look{Size: Pt(10), Leading: Lh(1), Case: "smallcaps", Letterspace: Em(.05), Align: "left", Before: Lh(1), Hyphenate: "no"},
		Head5: Look{Size: Pt(10), Leading: Lh(1), Weight: 600, Align: "left", Before: Lh(1), Hyphenate: "no"},
		Head6: Look{Size: Pt(10), Leading: Lh(1), Align: "left", Before: Lh(.5), Hyphenate: "no"},

		Quote:       Look{Size: Pt(9.75), Leading: Lh(1), Before: Lh(.5), After: Lh(.5), Left: Em(1.5), Right: Em(1.5)},
		Attribution: Look{Size: Pt(9.75), Leading: Lh(1), Align: "right", Hyphenate: "no"},
		PullQuote:   Look{Family: "display", Size: Pt(15), Leading: Pt(19), Align: "center", Before: Lh(1), After: Lh(1), Left: Em(1), Right: Em(1), Hyphenate: "no"},
		Epigraph:    Look{Size: Pt(9.75), Leading: Pt(13), Italic: true, Align: "left", Left: Em(7), Before: Lh(1), After: Lh(1), Hyphenate: "no"},
		Aside:       Look{Size: Pt(9.25), Leading: Pt(12.5), Before: Lh(1), After: Lh(1), Left: Em(1.4)},
		Verse:       Look{Align: "left", Before: Lh(.5), After: Lh(.5), Left: Em(2), Hang: Em(2), Hyphenate: "no"},
		List:        ListStyle{Indent: Em(1.6), Gap: Em(.5), Bullets: "•–◦", Before: Lh(.5), After: Lh(.5)},
		Term:        Look{Weight: 600, Align: "left", Before: Lh(.5), Hyphenate: "no"},
		Code: CodeStyle{Look: Look{Family: "mono", Size: Pt(8), Leading: Pt(11), Align: "left", Before: Lh(.5), After: Lh(.5), Hang: Em(2)},
			Colors: true},
		Table: TableStyle{Look: Look{Size: Pt(9), Leading: Pt(12), Figures: "tabular", Align: "left", Before: Lh(1), After: Lh(1), Hyphenate: "yes"},
			Header:  Look{Size: Pt(9), Leading: Pt(12), Case: "smallcaps", Letterspace: Em(.04), Hyphenate: "no"},
			Padding: Pt(4), RowGap: Pt(2), Rule: Pt(.8)},
		Figure:   FigureStyle{Before: Lh(1), After: Lh(1), Gap: Pt(5), Placement: "float"},
		Media:    MediaStyle{QR: "no", QRSize: Abs(20 * layout.Mm)},
		Caption:  Look{Size: Pt(8.75), Leading: Pt(11.5), Align: "left", Hyphenate: "yes"},
		Ornament: Ornament{Look: Look{Align: "center", Before: Lh(1), After: Lh(1)}, Mark: "⁂"},
		Speaker: SpeakerStyle{Look: Look{Case: "smallcaps", Letterspace: Em(.05)}, Place: "run-in",
			Gap: Lh(1)},
		AuthorNote: Look{Size: Pt(9.25), Leading: Pt(12.5), Italic: true, Before: Lh(1.5), Align: "left"},
		Notes: NoteStyle{Look: Look{Size: Pt(8.5), Leading: Pt(11), Indent: Em(1.2), Hyphenate: "yes"}, Place: "foot", Number: "plain", NumberPlace: "run-in",
			Gap: Lh(.8), Rule: Pt(48), RuleThickness: Pt(.4), RuleGap: Pt(5)},

		Furniture: FurnitureStyle{TitlePage: "page", Imprint: true, Contents: true, Roman: true, Heads: "book", FolioAt: "head"},
		Contents: ContentsStyle{
			Heading:  Look{Size: Pt(11), Leading: Lh(1), Case: "smallcaps", Letterspace: Em(.08), Align: "center", After: Lh(2), Hyphenate: "no"},
			Title:    Look{Size: Pt(11), Leading: Pt(14), Align: "left", Hang: Em(1.5), Hyphenate: "no"},
			Subtitle: Look{Size: Pt(9.75), Leading: Pt(14), Italic: true, Align: "left", Left: Em(1.5), Right: Em(4), Hyphenate: "no"},
			Author:   Look{Size: Pt(9.5), Leading: Pt(14), Case: "smallcaps", Letterspace: Em(.05), Align: "left", Left: Em(1.5), Right: Em(4), Hyphenate: "no"},
			Kicker:   Look{Size: Pt(8.5), Leading: Pt(12), Case: "all-smallcaps", Letterspace: Em(.08), Align: "left", Hyphenate: "no"},
			Leader:   "", Depth: 0, Between: Lh(.75),
		},
		Cover: CoverStyle{
			Drop: Lh(8), Align: "center",
			Journal: Look{Family: "display", Size: Pt(34), Leading: Pt(40), Align: "center", Hyphenate: "no"},
			Line:    Look{Size: Pt(11), Leading: Pt(16), Case: "smallcaps", Letterspace: Em(.08), Align: "center", Hyphenate: "no"},
			Number:  Look{Size: Pt(13), Leading: Pt(18), Italic: true, Align: "center", Hyphenate: "no"},
			Small:   Look{Size: Pt(8.75), Leading: Pt(11.5), Align: "left", After: Lh(.5)},
			SmallHd: Look{Size: Pt(9), Leading: Pt(12), Case: "smallcaps", Letterspace: Em(.08), Align: "left", Before: Lh(1), Hyphenate: "no"},
			Mark:    "❦",
			Design:  "frame",
		},
		Running: Look{Size: Pt(9), Leading: Lh(1), Case: "smallcaps", Letterspace: Em(.08)},
		Folio:   Look{Size: Pt(10), Leading: Lh(1)},
	}
}

// Review is the page of a journal: A4 (or letter: page: {size: letter}), two columns, sans heads set flush left.
func Review() *Style {
	return &Style{
		Name: "review",
		Page: PageStyle{
			Size: "a4", Width: Abs(210 * layout.Mm), Height: Abs(297 * layout.Mm), Inner: Pt(58), Outer: Pt(58), Top: Pt(76), Bottom: Pt(66),
			Columns: 2, Gutter: Pt(20), TwoSided: true, HeadDrop: Pt(46), FootDrop: Pt(36), Balance: true, ArticleSide: "any",
		},
		Text:    Look{Family: "text", Size: Pt(9.8), Leading: Pt(12.6), Weight: 400, Figures: "oldstyle", Align: "justify", Indent: Em(1.2), Hyphenate: "yes"},
		Opening: OpeningStyle{DropCap: 3, Family: "text", Weight: 400, Words: "smallcaps", Count: 4},
		Detail:  DetailStyle{Acronyms: "caps", Initials: "thin", Resolution: 170, FirstIndent: "auto"},

		TitleBlock: TitleBlockStyle{After: Lh(2), Rule: Pt(2.5), Across: true}, LeadPicture: "across",
		Kicker:     Look{Family: "sans", Size: Pt(9), Leading: Pt(13), Weight: 600, Case: "caps", Letterspace: Em(.08), Align: "left", Before: Pt(7), After: Pt(9), Hyphenate: "no", Figures: "lining"},
		Title:      Look{Family: "sans", Size: Pt(27), Leading: Pt(30), Weight: 700, Align: "left", Hyphenate: "no", Figures: "lining", Right: Pt(60)},
		Subtitle:   Look{Family: "text", Size: Pt(15), Leading: Pt(19), Italic: true, Align: "left", Before: Pt(5), Hyphenate: "no", Right: Pt(60)},
		Authors:    Look{Family: "sans", Size: Pt(11), Leading: Pt(14), Weight: 400, Align: "left", Before: Pt(12), Hyphenate: "no", Figures: "lining"},
		Credits:    Look{Family: "sans", Size: Pt(9), Leading: Pt(12.6), Align: "left", Hyphenate: "no", Color: 0x444444, Figures: "lining"},
		Standfirst: Look{Size: Pt(12), Leading: Pt(15.5), Italic: true, Align: "left", Before: Pt(12), Right: Pt(100), Hyphenate: "no"},

		Head1: Look{Family: "sans", Size: Pt(11), Leading: Lh(1), Weight: 700, Align: "left", Before: Lh(1), After: Lh(0), Hyphenate: "no", Figures: "lining"},
		Head2: Look{Family: "sans", Size: Pt(9.8), Leading: Lh(1), Weight: 600, Align: "left", Before: Lh(1), Hyphenate: "no", Figures: "lining"},
		Head3: Look{Size: Pt(9.8), Leading: Lh(1), Italic: true, Weight: 600, Align: "left", Before: Lh(1), Hyphenate: "no"},
		Head4: Look{Size: Pt(9.8), Leading: Lh(1), Italic: true, Align: "left", Before: Lh(1), Hyphenate: "no"},
		Head5: Look{Size: Pt(9.4), Leading: Lh(1), Case: "smallcaps", Letterspace: Em(.05), Align: "left", Before: Lh(1), Hyphenate: "no"},
		Head6: Look{Size: Pt(9.4), Leading: Lh(1), Align: "left", Before: Lh(1), Hyphenate: "no"},

		Quote:       Look{Size: Pt(9.1), Leading: Lh(1), Before: Lh(.5), After: Lh(.5), Left: Em(1.2), Right: Em(.6)},
		Attribution: Look{Size: Pt(9.1), Leading: Lh(1), Align: "right", Hyphenate: "no"},
		PullQuote:   Look{Family: "sans", Size: Pt(15), Leading: Pt(18.9), Weight: 600, Align: "left", Before: Lh(1), After: Lh(1), Hyphenate: "no"},
		Epigraph:    Look{Size: Pt(9.1), Leading: Lh(1), Italic: true, Align: "left", Left: Em(3), Before: Lh(1), After: Lh(1), Hyphenate: "no"},
		Aside:       Look{Family: "sans", Size: Pt(8.4), Leading: Pt(11.4), Before: Lh(1), After: Lh(1), Left: Em(1), Align: "left", Figures: "lining"},
		Verse:       Look{Align: "left", Before: Lh(.5), After: Lh(.5), Left: Em(1), Hang: Em(2), Hyphenate: "no"},
		List:        ListStyle{Indent: Em(1.5), Gap: Em(.5), Bullets: "•–◦", Before: Lh(.5), After: Lh(.5)},
		Term:        Look{Family: "sans", Size: Pt(9), Leading: Lh(1), Weight: 600, Align: "left", Before: Lh(.5), Hyphenate: "no"},
		Code: CodeStyle{Look: Look{Family: "mono", Size: Pt(7.2), Leading: Pt(9.8), Align: "left", Before: Lh(.5), After: Lh(.5), Left: Pt(5), Right: Pt(5), Hang: Em(2)},
			Colors: true, Background: 0xf3f2ee},
		Table: TableStyle{Look: Look{Family: "sans", Size: Pt(8.2), Leading: Pt(11), Figures: "tabular", Align: "left", Before: Lh(1), After: Lh(1), Hyphenate: "yes"},
			Header:  Look{Family: "sans", Size: Pt(8.2), Leading: Pt(11), Weight: 600, Hyphenate: "no"},
			Padding: Pt(3.5), RowGap: Pt(2), Rule: Pt(1)},
		Figure:   FigureStyle{Before: Lh(1), After: Lh(1), Gap: Pt(5), Placement: "float"},
		Media:    MediaStyle{QR: "yes", QRSize: Abs(20 * layout.Mm)},
		Caption:  Look{Family: "sans", Size: Pt(8), Leading: Pt(10.5), Align: "left", Hyphenate: "yes", Figures: "lining"},
		Ornament: Ornament{Look: Look{Align: "center", Before: Lh(1), After: Lh(1)}, Mark: "⁂"},
		Speaker: SpeakerStyle{Look: Look{Family: "sans", Size: Em(.94), Weight: 700}, Place: "run-in",
			Gap: Lh(1)},
		AuthorNote: Look{Family: "sans", Size: Pt(8.4), Leading: Pt(11.4), Before: Lh(1), Align: "left", Figures: "lining"},
		Notes: NoteStyle{Look: Look{Size: Pt(7.9), Leading: Pt(9.9), Indent: Em(1), Hyphenate: "yes"}, Place: "foot", Number: "plain", NumberPlace: "run-in",
			Gap: Lh(.8), Rule: Pt(40), RuleThickness: Pt(.4), RuleGap: Pt(4.5)},

		Furniture: FurnitureStyle{TitlePage: "page", Imprint: true, Contents: true, Roman: false, Heads: "book", FolioAt: "head"},
		Contents: ContentsStyle{
			Heading:  Look{Family: "sans", Size: Pt(27), Leading: Pt(30), Weight: 700, Align: "left", After: Lh(3), Hyphenate: "no"},
			Title:    Look{Family: "sans", Size: Pt(13), Leading: Pt(16), Weight: 600, Align: "left", Right: Em(4), Hyphenate: "no", Figures: "lining"},
			Subtitle: Look{Family: "sans", Size: Pt(13), Leading: Pt(16), Align: "left", Right: Em(4), Hyphenate: "no", Figures: "lining"},
			Author:   Look{Size: Pt(11), Leading: Pt(15), Italic: true, Align: "left", Hyphenate: "no"},
			Kicker:   Look{Family: "sans", Size: Pt(8), Leading: Pt(12), Weight: 600, Case: "caps", Letterspace: Em(.08), Align: "left", Hyphenate: "no"},
			Leader:   "", Depth: 0, Between: Lh(1.2),
		},
		Cover: CoverStyle{
			Drop: Lh(9), Align: "left",
			Journal: Look{Family: "sans", Size: Pt(46), Leading: Pt(50), Weight: 700, Align: "left", Hyphenate: "no"},
			Line:    Look{Family: "sans", Size: Pt(14), Leading: Pt(20), Align: "left", Hyphenate: "no", Figures: "lining"},
			Number:  Look{Family: "sans", Size: Pt(120), Leading: Pt(120), Align: "right", Hyphenate: "no", Figures: "lining"},
			Small:   Look{Family: "sans", Size: Pt(8.4), Leading: Pt(11.4), Align: "left", After: Lh(.5), Figures: "lining"},
			SmallHd: Look{Family: "sans", Size: Pt(8.4), Leading: Pt(11.4), Weight: 700, Align: "left", Before: Lh(1), Hyphenate: "no"},
			Design:  "band",
		},
		Running: Look{Family: "sans", Size: Pt(8.2), Leading: Lh(1), Figures: "lining"},
		Folio:   Look{Family: "sans", Size: Pt(9), Weight: 700, Leading: Lh(1), Figures: "lining"},
	}
}

// Broadsheet is a newspaper of ideas: a tall sheet, four columns with rules between them, sans heads, the first article
// beginning under a half-page cover. Notes stand small at the end of their article.
func Broadsheet() *Style {
	s := Review()
	s.Name = "broadsheet"
	s.Page = PageStyle{
		Size: "broadsheet", Width: Pt(936), Height: Pt(1638), Inner: Pt(46), Outer: Pt(46), Top: Pt(104), Bottom: Pt(60),
		Columns: 4, Gutter: Pt(22), ColumnRule: Pt(.5), HeadDrop: Pt(62), Balance: true, ArticleSide: "run-on",
	}
	s.Text = Look{Family: "text", Size: Pt(9.6), Leading: Pt(12.4), Weight: 400, Figures: "oldstyle", Align: "justify", Indent: Em(1.2), Hyphenate: "yes"}
	s.Opening = OpeningStyle{Words: "bold-caps", Count: 3, Weight: 700}
	s.TitleBlock = TitleBlockStyle{After: Lh(2), Rule: Pt(3), Across: true}
	s.LeadPicture = "across"
	s.Kicker = Look{Family: "sans", Size: Pt(11), Leading: Pt(14), Weight: 400, Align: "left", Before: Pt(8), After: Pt(2), Hyphenate: "no", Figures: "lining"}
	s.Title = Look{Family: "sans", Size: Pt(30), Leading: Pt(34), Weight: 700, Align: "left", Hyphenate: "no", Figures: "lining", Right: Pt(160)}
	s.Subtitle = Look{Family: "sans", Size: Pt(21), Leading: Pt(26), Align: "left", Before: Pt(3), Hyphenate: "no", Right: Pt(160), Figures: "lining"}
	s.Authors = Look{Family: "sans", Size: Pt(14), Leading: Pt(18), Align: "left", Before: Pt(12), Color: 0x333333, Hyphenate: "no", Figures: "lining"}
	s.Credits = Look{Family: "sans", Size: Pt(10.5), Leading: Pt(14), Align: "left", Color: 0x444444, Hyphenate: "no", Figures: "lining"}
	s.Quote = Look{Size: Pt(9.1), Leading: Lh(1), Before: Lh(1), After: Lh(1), Left: Em(1.2)}
	s.Speaker.Look = Look{Weight: 700}
	s.Speaker.Gap = Lh(1)
	s.Notes = NoteStyle{Look: Look{Family: "sans", Size: Pt(7.6), Leading: Pt(10), Align: "left", Hyphenate: "no", Figures: "lining"}, Place: "end", Number: "plain", NumberPlace: "run-in",
		Gap: Lh(1), Rule: Pt(193), RuleThickness: Pt(.5), RuleGap: Pt(6), Between: Pt(2)}
	s.Figure.Before, s.Figure.After = Lh(1), Lh(1)
	s.Furniture = FurnitureStyle{TitlePage: "cover", Imprint: true, Contents: true, Heads: "sheet", FolioAt: "head"}
	s.Contents = ContentsStyle{
		Heading:  Look{Family: "sans", Size: Pt(16), Leading: Pt(20), Weight: 600, Align: "left", After: Pt(8), Hyphenate: "no"},
		Title:    Look{Family: "sans", Size: Pt(15), Leading: Pt(18.5), Weight: 600, Align: "left", Hyphenate: "no", Figures: "lining"},
		Subtitle: Look{Family: "sans", Size: Pt(15), Leading: Pt(18.5), Align: "left", Hyphenate: "no", Figures: "lining"},
		Author:   Look{Family: "sans", Weight: 300, Size: Pt(11.5), Leading: Pt(16), Align: "left", Color: 0x333333, Hyphenate: "no"},
		Kicker:   Look{Family: "sans", Size: Pt(9), Leading: Pt(12), Weight: 600, Case: "caps", Letterspace: Em(.08), Align: "left", Hyphenate: "no"},
		Between:  Pt(22),
	}
	s.Cover = CoverStyle{
		Height: Lh(58), Drop: Pt(0), Align: "left",
		Journal: Look{Family: "sans", Size: Pt(54), Leading: Pt(58), Weight: 700, Align: "left", Hyphenate: "no"},
		Line:    Look{Family: "sans", Size: Pt(17), Leading: Pt(24), Align: "left", Hyphenate: "no", Figures: "lining", After: Pt(40)},
		Number:  Look{Family: "sans", Size: Pt(130), Leading: Pt(130), Align: "right", Hyphenate: "no", Figures: "lining"},
		Small:   Look{Family: "sans", Size: Pt(9), Leading: Pt(12.4), Align: "left", After: Pt(5), Figures: "lining", Hyphenate: "no"},
		SmallHd: Look{Family: "sans", Size: Pt(9), Leading: Pt(13), Weight: 700, Case: "caps", Letterspace: Em(.04), Align: "left", Before: Pt(13), Hyphenate: "no"},
		Design:  "sheet",
	}
	s.Running = Look{Family: "sans", Size: Pt(14), Leading: Lh(1), Weight: 700, Figures: "lining"}
	s.Folio = Look{Family: "sans", Size: Pt(14), Weight: 700, Leading: Lh(1), Figures: "lining"}
	reface(reflect.ValueOf(s).Elem(), "sans", "Barlow")
	return s
}

// reface changes a family for another in all looks of a style.
func reface(v reflect.Value, from, to string) {
	Fields(v, func(key string, f reflect.Value, _ reflect.StructTag) {
		if _, measure := f.Interface().(Measure); !measure && f.Kind() == reflect.Struct {
			reface(f, from, to)
		} else if key == "family" && f.String() == from {
			f.SetString(to)
		}
	})
}
