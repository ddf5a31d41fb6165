package export_test

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export"
)

// A torment is an article made to hurt.
type torment struct {
	name    string
	article string
	files   map[string][]byte // beside it, in static/
	styles  []string          // PDF styles besides the default
}

// udhr is the first article of the Universal Declaration of Human Rights (United Nations, in the public domain), in each
// language whose hyphenation and furniture we promise.
var udhr = []struct{ lang, text string }{
	{"en-US", "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood."},
	{"en-GB", "All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood."},
	{"de", "Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geiste der Brüderlichkeit begegnen."},
	{"fr", "Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité."},
	{"es", "Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros."},
	{"pt", "Todos os seres humanos nascem livres e iguais em dignidade e em direitos. Dotados de razão e de consciência, devem agir uns para com os outros em espírito de fraternidade."},
	{"it", "Tutti gli esseri umani nascono liberi ed eguali in dignità e diritti. Essi sono dotati di ragione e di coscienza e devono agire gli uni verso gli altri in spirito di fratellanza."},
	{"nl", "Alle mensen worden vrij en gelijk in waardigheid en rechten geboren. Zij zijn begiftigd met verstand en geweten, en behoren zich jegens elkander in een geest van broederschap te gedragen."},
	{"pl", "Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa."},
	{"cs", "Všichni lidé rodí se svobodní a sobě rovní co do důstojnosti a práv. Jsou nadáni rozumem a svědomím a mají spolu jednat v duchu bratrství."},
	{"ru", "Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства."},
	{"el", "Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους με πνεύμα αδελφοσύνης."},
	{"el-polyton", "Ὅλοι οἱ ἄνθρωποι γεννιοῦνται ἐλεύθεροι καὶ ἴσοι στὴν ἀξιοπρέπεια καὶ τὰ δικαιώματα. Εἶναι προικισμένοι μὲ λογικὴ καὶ συνείδηση, καὶ ὀφείλουν νὰ συμπεριφέρονται μεταξύ τους μὲ πνεῦμα ἀδελφοσύνης."},
	{"sq", "Të gjithë njerëzit lindin të lirë dhe të barabartë në dinjitet dhe në të drejta. Ata kanë arsye dhe ndërgjegje dhe duhet të sillen ndaj njëri tjetrit me frymë vëllazërimi."},
	{"sv", "Alla människor är födda fria och lika i värde och rättigheter. De har utrustats med förnuft och samvete och bör handla gentemot varandra i en anda av gemenskap."},
	{"tr", "Bütün insanlar hür, haysiyet ve haklar bakımından eşit doğarlar. Akıl ve vicdana sahiptirler ve birbirlerine karşı kardeşlik zihniyeti ile hareket etmelidirler."},
	{"ar", "يولد جميع الناس أحرارا متساوين في الكرامة والحقوق. وقد وهبوا عقلا وضميرا وعليهم أن يعامل بعضهم بعضا بروح الإخاء."},
	{"he", "כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחווה."},
	{"hi", "सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है।"},
}

const filler = "The compositor took the stick in the left hand and read the line upside down, as the trade had always done, and " +
	"thought nothing of it; the eye learns in a month what the mind would argue about for a year. "

func torments() []torment {
	all := []string{"review", "broadsheet"}
	ts := []torment{
		{name: "blocks", article: everyBlock, files: pictures(), styles: all},
		{name: "empty", article: "---\ntitle: Empty\n---\n"},
		{name: "bare", article: "No front matter, one line."},
		{name: "headings-only", article: "---\ntitle: Heads\n---\n\n# One\n\n### Three\n\n###### Six\n\n## Two\n", styles: all},
		{name: "notes-500", article: manyNotes(500), styles: all},
		{name: "images-100", article: manyImages(100), files: manyPictures(100)},
		{name: "long-note", article: "---\ntitle: A long note\n---\n\nOne sentence, one note.[^1] And the text goes on after it.\n\n[^1]: " +
			strings.Repeat(filler, 75) + "\n", styles: all},
		{name: "long-url", article: "---\ntitle: A long address\n---\n\nSee the note.[^1]\n\n[^1]: At <https://example.org/" +
			strings.Repeat("archive/2018-12/some_path-with.parts/", 11) + "?q=1&r=2#end>, accessed in May.\n", styles: all},
		{name: "twelve-notes", article: twelveNotes(), styles: all},
		{name: "table-long", article: longTable(150), styles: all},
		{name: "table-wide", article: wideTable(), styles: all},
		{name: "poem", article: poem(), styles: all},
		{name: "nesting", article: nesting(), styles: all},
		{name: "code-long", article: "---\ntitle: Code\n---\n\n```go\n" + strings.Repeat("func main() { fmt.Println(\"a line that is longer than any measure that a book has ever had, by far\", 0x1F, 'r') } // note\n\n", 60) + "```\n", styles: all},
		{name: "long-words", article: "---\ntitle: " + strings.Repeat("Donaudampfschifffahrts", 6) + "\nlanguage: de\n---\n\n" +
			strings.Repeat("Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz ", 30) + strings.Repeat("x", 400) + "\n", styles: all},
		// Each of these once took time with the square of its length.
		{name: "endless", article: "---\ntitle: " + strings.Repeat("Word ", 1000) + "\n---\n\n" + strings.Repeat("x", 100_000) + "\n\n```\n" +
			strings.Repeat("x", 200_000) + "\n```\n\n" + strings.Repeat("[a](", 3000) + "\n\n" + strings.Repeat("<a href=x>", 3000) + "\n"},
		{name: "polyglot", article: polyglot()},
		{name: "title-markup", article: "---\ntitle: \"1. To *set* `type` &amp; H~2~O in 80^th^ < > \\\" time\"\nsubtitle: \"A & B\"\nauthors: [\"A & B <c>\", \"Ünïcôdé 'Nickname' O'Neill\"]\n---\n\nText & more < less > \"so\".\n", styles: all},
	}
	for name, article := range htmlJourneys() {
		ts = append(ts, torment{name: name, article: article, files: map[string][]byte{"a.svg": []byte(greyBox)}, styles: all})
	}
	for _, u := range udhr {
		ts = append(ts, torment{name: "lang-" + u.lang, article: fmt.Sprintf("---\ntitle: %q\nlanguage: %s\ntranslator: Someone Else\n---\n\n%s[^1]\n\n> %s\n\n[^1]: %s\n",
			strings.SplitN(u.text, ".", 2)[0], u.lang, strings.Repeat(u.text+" ", 8), u.text, u.text)})
	}
	return ts
}

// TestTorture builds articles that hold each block type, each style, each language, nothing at all, 500 notes, 100
// pictures. Each must become whole files. With TORTURE_DIR set the files are kept there, for `make conformance`.
func TestTorture(t *testing.T) {
	keep := os.Getenv("TORTURE_DIR")
	for _, tt := range torments() {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			site := t.TempDir()
			write(t, site, "hugo.toml", "title = \"Torture Quarterly\"\nbaseURL = \"https://torture.example/\"\n")
			write(t, site, "content/"+tt.name+".md", tt.article)
			for name, data := range tt.files {
				write(t, site, "static/"+name, string(data))
			}
			for _, style := range append([]string{"book"}, tt.styles...) {
				dir := t.TempDir()
				formats := []string{"pdf"}
				if style == "book" {
					formats = nil
				}
				if keep != "" {
					dir = filepath.Join(keep, style)
				}
				res := build(t, filepath.Join(site, "content", tt.name+".md"), export.Options{Dir: dir, Style: style, Formats: formats, Jobs: 1})
				for _, p := range res.Problems {
					if p.Severity == export.Error || slices.Contains([]string{"pdf-glyph", "pdf-tag", "pdf-dest", "missing-glyph"}, p.Code) {
						t.Errorf("%s: %v", style, p)
					}
				}
				if want := 1 + len(res.Files); res.Failed > 0 || style == "book" && want != 3 || style != "book" && want != 2 {
					t.Errorf("%s: %d failed, files %v", style, res.Failed, res.Files)
				}
			}
		})
	}
}

func manyNotes(n int) string {
	var b strings.Builder
	b.WriteString("---\ntitle: Five hundred notes\n---\n\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "%s[^%d] ", strings.TrimSpace(filler[:80]), i)
		if i%9 == 0 {
			b.WriteString("\n\n")
		}
	}
	b.WriteString("\n\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "[^%d]: Note %d: %s", i, i, filler[:40+i%80])
		if i%7 == 0 {
			fmt.Fprintf(&b, " See also <https://example.org/%d>.", i)
		}
		if i%50 == 0 {
			b.WriteString("\n\n    A second paragraph of the note.")
		}
		b.WriteString("\n\n")
	}
	return b.String()
}

func twelveNotes() string {
	var b strings.Builder
	b.WriteString("---\ntitle: Twelve notes on a page\n---\n\nA short paragraph")
	for i := 1; i <= 12; i++ {
		fmt.Fprintf(&b, " with a note[^%d]", i)
	}
	b.WriteString(".\n\n## A heading with a note[^13]\n\n![A square](/square.png \"A caption with a note[^14]\")\n\n| a | b[^15] |\n|---|---|\n| 1 | 2[^16] |\n\n> A quotation.[^17]\n\n")
	for i := 1; i <= 17; i++ {
		fmt.Fprintf(&b, "[^%d]: Note number %d.\n", i, i)
	}
	return b.String()
}

func longTable(rows int) string {
	var b strings.Builder
	b.WriteString("---\ntitle: A table over pages\n---\n\nBefore.\n\n| Year | Press | Remark | Copies |\n|:--|:--|:--|--:|\n")
	for i := range rows {
		fmt.Fprintf(&b, "| %d | Press %d | %s | %d |\n", 1500+i, i, filler[:20+i%60], i*137)
	}
	b.WriteString("\nAfter.\n")
	return b.String()
}

func wideTable() string {
	var b strings.Builder
	b.WriteString("---\ntitle: A wide table\n---\n\n")
	for _, cell := range []string{"Head %d", "---", "some more words in cell %d", "%d"} {
		b.WriteString("|")
		for i := range 14 {
			s := cell
			if strings.Contains(cell, "%d") {
				s = fmt.Sprintf(cell, i)
			}
			b.WriteString(" " + s + " |")
		}
		b.WriteString("\n")
	}
	return b.String()
}

func poem() string {
	var b strings.Builder
	b.WriteString("---\ntitle: A poem\n---\n\n<div class=\"verse\">\n")
	for i := range 40 {
		for j := range 4 {
			fmt.Fprintf(&b, "%sThe line that is the %dth of stanza %d<br>\n", strings.Repeat("&emsp;", j%2), j+1, i+1)
		}
		b.WriteString("<br>\n")
	}
	b.WriteString("</div>\n")
	return b.String()
}

func nesting() string {
	var b strings.Builder
	b.WriteString("---\ntitle: Nesting\n---\n\n")
	for i := range 12 {
		fmt.Fprintf(&b, "%s- level %d: %s\n", strings.Repeat("  ", i), i, filler[:30])
	}
	b.WriteString("\n")
	for i := range 8 {
		fmt.Fprintf(&b, "%s a quotation at depth %d\n%s\n", strings.Repeat(">", i+1), i, strings.Repeat(">", i+1))
	}
	b.WriteString("\n1. one\n   1. inner\n\n      > quoted\n\n      ```\n      code\n      ```\n   2. second\n2. two\n")
	return b.String()
}

func polyglot() string {
	var b strings.Builder
	b.WriteString("---\ntitle: Many tongues\n---\n\n")
	for _, u := range udhr {
		fmt.Fprintf(&b, "In %s: <span lang=%q>%s</span> And on in English.\n\n", u.lang, u.lang, u.text)
	}
	return b.String()
}

func manyImages(n int) string {
	var b strings.Builder
	b.WriteString("---\ntitle: A hundred pictures\n---\n\n")
	for i := range n {
		fmt.Fprintf(&b, "%s\n\n![Picture %d](/many/%d.png \"The caption of picture %d\")\n\n", filler, i, i, i)
	}
	return b.String()
}

func manyPictures(n int) map[string][]byte {
	files := map[string][]byte{}
	for i := range n {
		im := image.NewRGBA(image.Rect(0, 0, 60+i, 40))
		for x := range 60 + i {
			for y := range 40 {
				im.Set(x, y, color.RGBA{uint8(i * 2), uint8(x * 3), uint8(y * 5), 255})
			}
		}
		files[fmt.Sprintf("many/%d.png", i)] = encodePNG(im)
	}
	return files
}

func encodePNG(im image.Image) []byte {
	var b bytes.Buffer
	if err := png.Encode(&b, im); err != nil {
		panic(err)
	}
	return b.Bytes()
}

// pictures gives one picture of each kind that the readers of a publisher's archive will meet.
func pictures() map[string][]byte {
	r := image.Rect(0, 0, 320, 200)
	rgba, grey, deep, pal := image.NewNRGBA(r), image.NewGray(r), image.NewNRGBA64(r), image.NewPaletted(r, color.Palette{color.White, color.Black, color.RGBA{200, 0, 0, 255}})
	for x := range 320 {
		for y := range 200 {
			rgba.Set(x, y, color.NRGBA{uint8(x), uint8(y), 90, uint8(x * 255 / 320)})
			grey.Set(x, y, color.Gray{uint8(x)})
			deep.Set(x, y, color.NRGBA64{uint16(x * 200), uint16(y * 300), 1000, uint16(y * 327)})
			pal.SetColorIndex(x, y, uint8((x/20+y/20)%3))
		}
	}
	var jpg, gry, gf bytes.Buffer
	for _, err := range []error{jpeg.Encode(&jpg, rgba, nil), jpeg.Encode(&gry, grey, nil), gif.Encode(&gf, pal, nil)} {
		if err != nil {
			panic(err)
		}
	}
	return map[string][]byte{
		"square.png": encodePNG(image.NewGray(image.Rect(0, 0, 80, 80))), "alpha.png": encodePNG(rgba), "grey.png": encodePNG(grey),
		"deep.png": encodePNG(deep), "palette.png": encodePNG(pal), "photo.jpg": jpg.Bytes(), "grey.jpg": gry.Bytes(), "anim.gif": gf.Bytes(),
		"drawing.svg": []byte(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 100"><rect x="5" y="5" width="190" height="90" fill="none" stroke="#333" stroke-width="2"/><circle cx="60" cy="50" r="30" fill="#c33" fill-opacity=".6"/><path d="M100 20 L180 80 Q140 90 100 20Z" fill="#36c"/><text x="100" y="55" font-size="14" text-anchor="middle">Text in SVG</text></svg>`),
	}
}

const everyBlock = `---
title: "Every block"
subtitle: "With *emphasis* in the subtitle"
authors: ["Ada Press", "Bea Type"]
interviewee: ["Cy Linder"]
translator: "Dee Serif"
article-type: ["Essay"]
date: 2020-02-29
excerpt: "What it is *about*."
thumbnail: /photo.jpg
---

THE OPENING WORDS of the article[^1] with *emphasis*, **strong**, ***both***, ` + "`code`" + `, ~~struck~~, 80^th^, H~2~O,
a [link](https://example.org/a?b=c&d=e "title"), <small>small</small>, <mark>marked</mark>, <kbd>Ctrl</kbd>, an
<abbr title="Universal Declaration">UDHR</abbr>, <cite>a title</cite>, <q>a quotation</q>, <u>underlined</u>, NATO, and
<span lang="fr">une phrase en français</span>. A hard break  
comes here. An inline ![square](/square.png) picture.

## First section

> A block quotation with *emphasis*.
>
> In two paragraphs.[^2]
>
> --- Someone, *Somewhere*

### A lower section[^3]

- one
- two
  - nested

    with a paragraph
- three

3. three
4. four

- [ ] open
- [x] done

Term
: Definition one.
: Definition two.

Other term
: Its definition, which is somewhat longer than the first one was, and so runs to a second line on most pages.

` + "```go\nfunc main() {\n\tfmt.Println(\"hello\") // a comment\n}\n```" + `

    indented code

| Left | Centre | Right |
|:-----|:------:|------:|
| a    | b[^4]  | 1,234 |
| *c*  | **d**  |    56 |

---

![Alpha](/alpha.png "A caption with *emphasis* and a note[^5]")

![Grey](/grey.png "Grey")

![Deep](/deep.png "Sixteen bits")

![Palette](/palette.png "A palette")

![Photograph](/photo.jpg "A photograph")

![Grey photograph](/grey.jpg "A grey photograph")

![Animation](/anim.gif "A GIF")

![Drawing](/drawing.svg "A drawing")

{{< figure src="/photo.jpg" alt="As a shortcode" caption="By *shortcode*" attr="A credit" attrlink="https://example.org" >}}

<div class="verse">
The first line of verse<br>
&emsp;and the second, indented<br>
<br>
A second stanza<br>
ends here.
</div>

<aside>An aside, set apart.</aside>

<table><caption>By hand</caption><tr><th rowspan="2">A</th><th colspan="2">B</th></tr><tr><td>1</td><td>2</td></tr><tr><td>x</td><td>y</td><td>z</td></tr></table>

<math xmlns="http://www.w3.org/1998/Math/MathML"><mi>x</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac></math>

**Interviewer**: A question?

**Guest**: An answer.

**Interviewer**: Another question?

**Guest**: Another answer. | **T**

[^1]: A note with a [link](https://example.org) and another citation.[^6]
[^2]: A note

    of two paragraphs

    - with a list
    - of two

[^3]: Note to a heading.
[^4]: Note in a table.
[^5]: Note in a caption.
[^6]: Note cited in a note.
`
