package epub

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/color/palette"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/fonts"
)

// keep is a folder to leave the torture set in, for the outside validators (make conformance).
var keep = os.Getenv("TORTURE_DIR")

// Short makers of nodes.

func tx(s string) *document.Text { return &document.Text{Value: s} }
func is(ns ...any) (out []document.Inline) {
	for _, n := range ns {
		switch n := n.(type) {
		case string:
			out = append(out, tx(n))
		case document.Inline:
			out = append(out, n)
		default:
			panic(fmt.Sprintf("not an inline: %T", n))
		}
	}
	return out
}
func para(ns ...any) *document.Paragraph           { return &document.Paragraph{Content: is(ns...)} }
func bs(blocks ...document.Block) []document.Block { return blocks }
func st(k document.StyleKind, ns ...any) *document.Styled {
	return &document.Styled{Kind: k, Content: is(ns...)}
}
func em(ns ...any) *document.Styled { return st(document.Emphasis, ns...) }
func inLang(lang string, ns ...any) *document.Styled {
	s := st(document.Plain, ns...)
	s.Lang = lang
	return s
}
func head(level int, id string, ns ...any) *document.Heading {
	h := &document.Heading{Level: level, Content: is(ns...)}
	h.ID = id
	return h
}

// note makes a note and a first reference to it.
func note(a *document.Article, blocks ...document.Block) *document.NoteRef {
	n := &document.Note{Number: len(a.Notes) + 1, Label: fmt.Sprint(len(a.Notes) + 1), Blocks: blocks}
	a.Notes = append(a.Notes, n)
	return again(n)
}
func again(n *document.Note) *document.NoteRef {
	r := &document.NoteRef{Note: n, Index: len(n.Refs) + 1}
	n.Refs = append(n.Refs, r)
	return r
}

func people(role string, names ...string) (ps []document.Person) {
	for _, n := range names {
		ps = append(ps, document.Person{Name: n, Role: role})
	}
	return ps
}

func day(y, m, d int) document.Date {
	return document.Date{Time: time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), Precision: 3}
}

func drawing(w, h int, transparent bool) image.Image {
	img := image.NewNRGBA(image.Rect(0, 0, w, h))
	for y := range h {
		for x := range w {
			c := color.NRGBA{uint8(x * 255 / w), uint8(y * 255 / h), 128, 255}
			if transparent {
				c = color.NRGBA{A: 0}
				if (x/8+y/8)%2 == 0 {
					c = color.NRGBA{A: 255}
				}
			}
			img.SetNRGBA(x, y, c)
		}
	}
	return img
}

func assetOf(t testing.TB, name string, data []byte) *document.Asset {
	t.Helper()
	media := map[string]string{".png": "image/png", ".jpg": "image/jpeg", ".gif": "image/gif", ".svg": "image/svg+xml"}[filepath.Ext(name)]
	return &document.Asset{Name: name, MediaType: media, Data: data}
}

func pngFile(t testing.TB, w, h int, transparent bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := png.Encode(&b, drawing(w, h, transparent)); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegFile(t testing.TB, w, h int) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := jpeg.Encode(&b, drawing(w, h, false), nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// turned gives a JPEG whose EXIF says that it lies on its side.
func turned(t testing.TB, w, h, orientation int) []byte {
	t.Helper()
	j := jpegFile(t, w, h)
	tiff := []byte{'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, byte(orientation), 0, 0, 0, 0, 0, 0, 0}
	app1 := append([]byte("Exif\x00\x00"), tiff...)
	n := len(app1) + 2
	out := append([]byte{0xFF, 0xD8, 0xFF, 0xE1, byte(n >> 8), byte(n)}, app1...)
	return append(out, j[2:]...)
}

func gifFile(t testing.TB, frames int) []byte {
	t.Helper()
	g := &gif.GIF{}
	for i := range frames {
		p := image.NewPaletted(image.Rect(0, 0, 20, 20), palette.Plan9)
		p.SetColorIndex(i, i, 7)
		g.Image, g.Delay = append(g.Image, p), append(g.Delay, 10)
	}
	var b bytes.Buffer
	if err := gif.EncodeAll(&b, g); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

const svgFile = `<?xml version="1.0"?>
<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd" [<!ENTITY ns "http://www.w3.org/2000/svg">]>
<svg xmlns="&ns;" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:inkscape="http://www.inkscape.org/namespaces/inkscape" viewBox="0 0 100 60" onload="alert(1)" inkscape:version="1">
<script>alert("x")</script><style>@import url(http://example.org/x.css); .a { fill: url(#g); stroke: url(http://example.org/p) }</style>
<defs><linearGradient id="g"><stop offset="0" stop-color="#888"/><stop offset="1" stop-color="#000"/></linearGradient></defs>
<rect class="a" x="5" y="5" width="90" height="50"/><image xlink:href="http://example.org/x.png" width="10" height="10"/>
<inkscape:path-effect/><a xlink:href="https://example.org/"><text x="20" y="35">A &amp; B</text></a></svg>`

func figure(id string, im *document.Image, caption ...any) *document.Figure {
	f := &document.Figure{Images: []*document.Image{im}, Caption: is(caption...)}
	f.ID = id
	return f
}

var sum = &document.Formula{Name: "math", Kids: []*document.Formula{{Name: "mi", Text: "c"}, {Name: "mo", Text: "+"}, {Name: "mi", Text: "v"},
	{Name: "mo", Text: "+"}, {Name: "mi", Text: "s"}}}

// zoo is an issue with every kind of block and inline, and what is hard about each.
func zoo(t testing.TB) *document.Issue {
	t.Helper()
	shared := assetOf(t, "static/img/Wood cut.png", pngFile(t, 120, 80, true))
	a := &document.Article{Path: "content/every-kind.md", Slug: "every-kind", Language: "en-US", Kicker: is("Essay"),
		Title:    is("Every ", em("kind"), " of thing & <its> use"),
		Subtitle: is("With a note"), Authors: people("aut", "Ada Marsh", "Jan van der Berg"), Editors: people("edt", "Cy Ott"),
		Translators: people("trl", "Lu Ten"), Date: day(2024, 3, 1), Tags: []string{"things", "kinds & uses"},
		Excerpt: is("All there is."), Standfirst: is("What the ", em("zoo"), " holds.")}
	b := &document.Article{Path: "content/gespraech.md", Slug: "Gespräch über Töne", Language: "de", Title: is("„Ein Gespräch“"),
		Authors: people("aut", "Ada Marsh"), Interviewees: people("ive", "Rosa Blum"), Date: day(2024, 3, 2), Excerpt: is("Kurz.")}
	c := &document.Article{Path: "content/empty.md", Slug: "empty", Language: "fr", Title: is("Vide"), Date: day(2024, 3, 3)}
	r := &document.Article{Path: "content/risala.md", Slug: "رسالة", Language: "ar", Dir: "rtl", Title: is("رسالة قصيرة"), Authors: people("aut", "ليلى حداد"), Date: day(2024, 3, 4)}
	outside := &document.Article{Path: "content/elsewhere.md", Slug: "elsewhere", URL: "https://example.org/elsewhere/?q=a b&r=ü"}

	first := note(a, para("A note with ", em("emphasis"), " & an ampersand."))
	sub := note(a, para("From the subtitle."))
	a.Subtitle = append(a.Subtitle, sub)
	second := note(a, para("A note of several blocks."), &document.BlockQuote{Blocks: bs(para("Quoted in a note."))})
	nested := note(a, para("Cites the ", em("first"), again(a.Notes[0]), " again."))
	inCaption := note(a, para("From a caption."))
	inHeading := note(a, para("From a heading."))
	inTable := note(a, para("From a table."))
	inLink := note(a, para("From a link."))
	none := note(a)

	lead := para("C. L. R. James wrote", first, " that “every cook can govern,” on the 80", st(document.Superscript, "th"), " day", second, again(a.Notes[0]), ".")
	lead.Lead = true
	centred := para("Centred")
	centred.Align = "center"
	anchored := para(&document.Anchor{ID: "123 odd:anchor"}, "An anchored paragraph that links to ",
		&document.Link{Article: b, Anchor: "frage", Content: is("a question")}, ", to ", &document.Link{Article: outside, Anchor: "x", Content: is("the web")}, ", to ",
		&document.Link{URL: "https://example.org/ä?x=1&y=<2>", Content: is("an address", inLink)}, ", to ",
		&document.Link{URL: "javascript:alert(1)", Content: is("a script")}, ", to ",
		&document.Link{URL: "https://user name.example/", Content: is("a bad host")}, ", to ",
		&document.Link{Article: a, Anchor: "123 odd:anchor", Content: is("itself")}, ", and to ",
		&document.Link{Article: a, Anchor: "no-such", Content: is("nowhere")}, none, ".")
	anchored.ID = "note-1" // what we would call a note
	task := &document.List{Tight: true, Items: []*document.ListItem{{Blocks: bs(para("open")), Checked: 1}, {Blocks: bs(para("done")), Checked: 2}}}
	alpha := &document.List{Ordered: true, Start: 3, Style: "a", Items: []*document.ListItem{
		{Blocks: bs(para("loose"), para("second paragraph"))},
		{Blocks: bs(para("nested"), &document.List{Tight: true, Items: []*document.ListItem{{Blocks: bs(para("deep"), &document.CodeBlock{Text: "x < y"})}}})}}}
	cell := func(ns ...any) *document.TableCell {
		return &document.TableCell{Blocks: bs(para(ns...)), ColSpan: 1, RowSpan: 1}
	}
	wide := cell("both", inTable)
	wide.ColSpan = 2
	corner := &document.TableCell{Header: true, Scope: "col", ColSpan: 1, RowSpan: 1}
	rowHead := cell("row")
	rowHead.Header, rowHead.Scope = true, "row"
	a.Body = bs(lead,
		para("Small things: ", em("em"), " ", st(document.Strong, "strong"), " ", st(document.Subscript, "sub"), " ", st(document.Strikethrough, "gone"), " ",
			st(document.SmallCaps, "Small Caps"), " ", st(document.Underline, "under"), " ", st(document.Mark, "mark"), " ", st(document.Keyboard, "Ctrl"), " ",
			&document.Styled{Kind: document.Abbreviation, Title: "International “Workers’”", Content: is("IWW")}, " ", st(document.Citation, "Capital"), " ",
			st(document.Quotation, "“quoted”"), " ", st(document.Small, "small"), " ", inLang("el", "λόγος"), " ", &document.Code{Text: tx(`a<b && "c"`)},
			&document.Break{}, "after a break, ", &document.Math{TeX: "x^2"}, ", ", &document.Math{Formula: sum}, ", ", &document.Image{Asset: shared, Alt: "inline"}, "."),
		centred, anchored,
		head(1, "first-part", "A ", em("first"), " part", inHeading),
		para("Text under a heading."),
		head(2, "", "Deeper"), para("Deep."), head(3, "", "Deepest"), para("Deeper still."), head(4, "", "Fourth"), head(5, "", "Fifth"), head(6, "", "Sixth"), para("Bottom."),
		head(1, "title", "A heading named title"),
		&document.BlockQuote{Blocks: bs(para("Quoted."), para("Twice.")), Attribution: is("Someone, ", em("Somewhere"))},
		task, alpha,
		&document.DefinitionList{Items: []*document.Definition{{Terms: [][]document.Inline{is("press"), is("printing press")},
			Definitions: [][]document.Block{bs(para("a machine")), bs(para("newspapers"), para("as a whole"))}}}},
		&document.CodeBlock{Language: "go", Text: "func main() {\n\tfmt.Println(\"<&>\")\n}", Caption: is("A program")},
		&document.Table{Caption: is("A table"), Align: []string{"left", "center", "right"},
			Head: []*document.TableRow{{Cells: []*document.TableCell{corner, cell("Head"), cell("1970")}}},
			Body: []*document.TableRow{{Cells: []*document.TableCell{rowHead, cell("x"), cell("12.5")}}, {Cells: []*document.TableCell{rowHead2(), wide}}}},
		figure("fig-wood", &document.Image{Asset: shared, Alt: "A woodcut of a press"}, "The press", inCaption),
		figure("", &document.Image{Asset: assetOf(t, "static/img/photo.jpg", jpegFile(t, 64, 48))}, "A photograph without alt text"),
		figure("", &document.Image{Asset: assetOf(t, "x/turned.jpg", turned(t, 40, 20, 6)), Alt: "Turned"}, "Turned"),
		figure("", &document.Image{Asset: assetOf(t, "x/d.svg", []byte(svgFile)), Alt: "A diagram"}, "A diagram, drawn"),
		figure("", &document.Image{Asset: assetOf(t, "x/a.gif", gifFile(t, 2)), Alt: "Moves"}, "It moves"),
		figure("", &document.Image{Source: "missing.png", Alt: "A picture nobody has"}, "Its caption"),
		figure("", &document.Image{Asset: assetOf(t, "x/broken.png", []byte("\x89PNG\r\n\x1a\nbroken")), Alt: "A broken file"}),
		&document.Figure{Images: []*document.Image{{Asset: shared, Decorative: true}, {Asset: shared, Alt: "Again"}}, Layout: "left", Title: is("Two"), Credit: is("Photo: nobody"), Link: "https://example.org/"},
		&document.Figure{Blocks: bs(para("A figure of words.")), Caption: is("Words")},
		&document.Verse{Stanzas: [][]document.VerseLine{{{Content: is("The first line")}, {Indent: 2, Content: is("the second, ", em("deep"))}}, {{Content: is("A stanza of one")}}}, Attribution: is("— A poet")},
		&document.Rule{},
		&document.Division{Role: "aside", Blocks: bs(para("Aside."))},
		&document.Division{Role: "epigraph", Blocks: bs(para("Epigraph."))},
		&document.Division{Role: "pullquote", Blocks: bs(para("Pulled."))},
		&document.Division{Role: "abstract", Blocks: bs(para("Abstract."))},
		&document.Division{Role: "note", Blocks: bs(para("Note."))},
		&document.Division{Role: "editor-note", Blocks: bs(para("Editor."))},
		&document.Division{Role: "dedication", Blocks: bs(para("To all."))},
		&document.Division{Role: "bio", Blocks: bs(para("Born."))},
		&document.Division{Role: "something else", Blocks: bs(para("Else."), head(2, "", "In a division"))},
		&document.MathBlock{Formula: sum, TeX: "c+v+s"}, &document.MathBlock{TeX: `\frac{a}{b} < 1`}, &document.MathBlock{TeX: "y", Formula: &document.Formula{Name: "math", Kids: []*document.Formula{{Name: "b >"}}}}, &document.MathBlock{TeX: `\unknown{x} < y`},
		para("The last", nested, &document.EndMark{Text: tx("Z")}))
	a.AuthorNotes = bs(para(st(document.Strong, "Ada Marsh"), " writes."))
	turn := func(who string, ns ...any) *document.Paragraph {
		return &document.Paragraph{Content: append([]document.Inline{&document.Speaker{Content: is(who + ":")}}, is(append([]any{" "}, ns...)...)...)}
	}
	b.Body = bs(turn("Ada Marsh", "Eine Frage?"), turn("RB", "Eine Antwort", note(b, para("Anmerkung.")), ", mit einem ", inLang("en", "English phrase"), "."),
		para("Und weiter."), head(1, "frage", "Frage"), turn("AM", "Noch eine?"))
	r.Body = bs(para("هذا نص قصير", note(r, para("هامش.")), " مع كلمة ", inLang("en", "English"), "."))
	return &document.Issue{
		Journal: document.Journal{Title: "The Zoo & Garden Review", Subtitle: "A journal of kinds", ISSN: "1234-5679", Publisher: "Zoo Press", Place: "London",
			Editors: []string{"Cy Ott", "Dee Ray"}, Language: "en", Rights: "© 2024 the authors", License: "https://creativecommons.org/licenses/by/4.0/",
			BaseURL: "https://example.org/", Imprint: bs(para("The Review appears ", em("often"), ".")), Logo: shared},
		Number: "7", Volume: "3", Title: is("On ", em("kinds")), Date: day(2024, 3, 1), Language: "en", Slug: "zoo-7",
		Articles: []*document.Article{a, b, c, r}}
}

func rowHead2() *document.TableCell {
	return &document.TableCell{Header: true, Scope: "row", Blocks: bs(para("other row")), ColSpan: 1, RowSpan: 1}
}

// write writes an issue, keeps it when asked to, and opens it.
func write(t testing.TB, name string, issue *document.Issue, opts Options) (*opened, []document.Problem) {
	t.Helper()
	var buf bytes.Buffer
	problems, err := Write(t.Context(), &buf, issue, opts)
	if err != nil {
		t.Fatal(err)
	}
	if keep != "" {
		if err := os.WriteFile(filepath.Join(keep, name+".epub"), buf.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return openEPUB(t, buf.Bytes()), problems
}

func TestTorture(t *testing.T) {
	issue := zoo(t)
	a := issue.Articles[0]
	lead := a.Body[0].(*document.Paragraph).Content[2].(*document.Text)
	opts := Options{Generator: "twinpress test", Cover: jpegFile(t, 640, 1024), PageBreaks: []document.PageBreak{
		{Label: "i", Front: "title"}, {Label: "ii"}, {Label: "iii", Front: "contents"}, {Label: "1", At: document.Spot{Article: a}},
		{Label: "2", At: document.Spot{Article: a, Text: lead, Offset: strings.Index(lead.Value, "cook")}},
		{Label: "3", At: document.Spot{Article: issue.Articles[1]}}, {Label: "4", Front: "nothing we know"}}}
	e, problems := write(t, "zoo", issue, opts)
	e.resolve()
	for _, want := range []string{"alt-from-caption", "bad-image", "broken-anchor", "bad-mathml"} {
		found := false
		for _, p := range problems {
			found = found || p.Code == want
		}
		if !found {
			t.Errorf("no problem %q among %v", want, problems)
		}
	}
	if !strings.Contains(e.file("xhtml/every-kind.xhtml"), `every <span epub:type="pagebreak" role="doc-pagebreak" id="page-2" aria-label="2"></span>cook can`) {
		t.Error("page 2 does not begin at “cook”")
	}
	opts.EmbedFonts = fonts.Default()
	e, _ = write(t, "zoo-fonts", issue, opts)
	e.resolve()
	opts.EmbedFonts, opts.Notes = nil, NotesIssue
	e, _ = write(t, "zoo-notes", issue, opts)
	e.resolve()
	single := *issue
	single.Single, single.Articles, single.Slug = true, issue.Articles[:1], "every-kind"
	e, _ = write(t, "zoo-single", &single, Options{})
	e.resolve()
	single.Articles = issue.Articles[2:3]
	e, _ = write(t, "zoo-empty", &single, Options{})
	e.resolve()
	rtl := *issue
	rtl.Articles, rtl.Language, rtl.Journal.Language = issue.Articles[3:], "ar", "ar"
	e, _ = write(t, "zoo-rtl", &rtl, Options{})
	e.resolve()
}
