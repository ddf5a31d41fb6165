package markdown

import "github.com/twinpress/twinpress/export/document"

// What becomes of HTML is decided in the two tables of this file, once for both editions: the reader reads them, and the page
// that tells authors (.github/HTML.md) is written from them.

// A role is what an element is read as.
type role uint8

// The roles. What each gives is told in roleWords.
const (
	asPhrase    role = iota // words in a line, without an element of their own
	asRun                   // words in a line that look otherwise
	asCode                  // words in a line, as code
	asQuoted                // q
	asLink                  // a
	asLineBreak             // br
	asWordBreak             // wbr
	asPicture               // img
	asDrawing               // svg
	asFormula               // math
	asRuby                  // ruby
	asRubyPart              // rb, rt, rtc
	asMedia                 // what moves or sounds
	asFallback              // what stands in the element, for those who cannot show it
	asAreas                 // map
	asField                 // of a form: its words
	asParagraph             // p
	asHeading               // h1
	asQuotation             // blockquote
	asList                  // ol, ul
	asGlossary              // dl
	asPreformat             // pre
	asRule                  // hr
	asTable                 // table
	asFigure                // figure
	asBox                   // a group of blocks with a frame around it
	asGroup                 // blocks one after the other
	asPart                  // of a list, a table, a figure: read with it
	asLeftOut               // nothing, and a message says so
	asNothing               // nothing: it holds no words
)

// roleWords tells what a role gives, the same in both editions.
var roleWords = [...]string{
	asPhrase:    "its words, in the line",
	asRun:       "its words, in the line, looking as the name says",
	asCode:      "code in the line; links and marks in it stay",
	asQuoted:    "its words between the language's quotation marks",
	asLink:      "a link, an anchor, or both; around blocks, each line of them is linked",
	asLineBreak: "the line ends",
	asWordBreak: "the line may end",
	asPicture:   "a picture",
	asDrawing:   "a picture; its title and description are the alternative text",
	asFormula:   "a formula; what MathML does not allow is mended and told (`bad-mathml`)",
	asRuby:      "the annotation above its word in an EPUB, in parentheses behind it in a PDF",
	asRubyPart:  "as its `ruby` says",
	asMedia:     "a link to it, called by its title (`linked-media`); what stands in it for those who cannot show it follows, but for the sentence about old browsers",
	asFallback:  "what stands in it for those who cannot show it, told (`kept-html`)",
	asAreas:     "the picture, and links to where its areas lead below it, told (`kept-html`)",
	asField:     "its words, told (`kept-html`)",
	asParagraph: "a paragraph",
	asHeading:   "a heading; levels are closed up so that none is missing",
	asQuotation: "a quotation",
	asList:      "a list",
	asGlossary:  "terms and what they mean",
	asPreformat: "code, line by line; markup in it leaves its words (`kept-html` where a link or a picture is lost)",
	asRule:      "an ornament or a white line, as the style has it",
	asTable:     "a table; the head first, the foot last, in whatever order they are written",
	asFigure:    "its pictures or blocks, with one caption",
	asBox:       "a box with all of it",
	asGroup:     "the blocks in it, one after the other",
	asPart:      "a part of the element around it",
	asLeftOut:   "left out with what is in it, told (`dropped-html`)",
	asNothing:   "nothing; it holds no words",
}

// An element says what becomes of an element of HTML.
type element struct {
	name  string
	is    role
	style document.StyleKind // of a run
	block bool               // it stands in no line
	void  bool               // it has no content (HTML Standard § 13.1.2)
	words string             // for authors: what the role does not say
	attrs string             // the attributes of its own that count
}

// elements is the one table of elements: those of the HTML Standard, those it calls obsolete (§ 16.2), and none else. What is not
// here is read as a phrase, and reported once.
var elements = [...]element{
	{name: "a", is: asLink, attrs: "href name title"},
	{name: "abbr", is: asRun, style: document.Abbreviation, words: "read aloud as its `title`", attrs: "title"},
	{name: "acronym", is: asRun, style: document.Abbreviation, words: "as `abbr`", attrs: "title"},
	{name: "address", is: asGroup, block: true},
	{name: "applet", is: asFallback},
	{name: "area", is: asNothing, void: true, words: "a link below the picture, called by its `alt`", attrs: "href alt title"},
	{name: "article", is: asGroup, block: true},
	{name: "aside", is: asBox, block: true},
	{name: "audio", is: asMedia, attrs: "src title"},
	{name: "b", is: asRun, style: document.Strong},
	{name: "base", is: asLeftOut, void: true},
	{name: "basefont", is: asNothing, void: true},
	{name: "bdi", is: asRun, style: document.Plain, words: "its direction, if it gives none, is that of its first letter"},
	{name: "bdo", is: asRun, style: document.Override, words: "every character runs the way it says"},
	{name: "bgsound", is: asMedia, void: true, attrs: "src title"},
	{name: "big", is: asPhrase},
	{name: "blink", is: asPhrase},
	{name: "blockquote", is: asQuotation, block: true, words: "a last line that begins with a dash, or a `cite` or `footer`, names the source"},
	{name: "body", is: asGroup, block: true},
	{name: "br", is: asLineBreak, void: true},
	{name: "button", is: asField},
	{name: "canvas", is: asFallback},
	{name: "caption", is: asPart, block: true, words: "several are one caption, a line each"},
	{name: "center", is: asGroup, block: true, words: "centred"},
	{name: "cite", is: asRun, style: document.Citation},
	{name: "code", is: asCode},
	{name: "col", is: asPart, block: true, void: true, words: "columns are as wide as their words ask"},
	{name: "colgroup", is: asPart, block: true, words: "as `col`"},
	{name: "data", is: asPhrase},
	{name: "datalist", is: asLeftOut},
	{name: "dd", is: asPart, block: true, words: "several paragraphs stay several"},
	{name: "del", is: asRun, style: document.Deleted, words: "struck through"},
	{name: "details", is: asBox, block: true, words: "open; the `summary` heads it"},
	{name: "dfn", is: asRun, style: document.DefinedTerm, words: "in italics; `title` is what it stands for", attrs: "title"},
	{name: "dialog", is: asBox, block: true, words: "open, told (`kept-html`) where the page would not show it", attrs: "open"},
	{name: "dir", is: asList, block: true},
	{name: "div", is: asGroup, block: true},
	{name: "dl", is: asGlossary, block: true},
	{name: "dt", is: asPart, block: true},
	{name: "em", is: asRun, style: document.Emphasis},
	{name: "embed", is: asMedia, void: true, words: "a picture, when that is what it is", attrs: "src title"},
	{name: "fieldset", is: asGroup, block: true, words: "the `legend` heads it"},
	{name: "figcaption", is: asPart, block: true},
	{name: "figure", is: asFigure, block: true},
	{name: "font", is: asRun, style: document.Plain},
	{name: "footer", is: asGroup, block: true, words: "in a quotation, its source"},
	{name: "form", is: asGroup, block: true},
	{name: "frame", is: asMedia, void: true, attrs: "src title"},
	{name: "frameset", is: asGroup, block: true},
	{name: "h1", is: asHeading, block: true},
	{name: "h2", is: asHeading, block: true},
	{name: "h3", is: asHeading, block: true},
	{name: "h4", is: asHeading, block: true},
	{name: "h5", is: asHeading, block: true},
	{name: "h6", is: asHeading, block: true},
	{name: "head", is: asLeftOut},
	{name: "header", is: asGroup, block: true},
	{name: "hgroup", is: asGroup, block: true},
	{name: "hr", is: asRule, block: true, void: true},
	{name: "html", is: asGroup, block: true},
	{name: "i", is: asRun, style: document.Emphasis},
	{name: "iframe", is: asMedia, words: "`srcdoc` is read in its place", attrs: "src srcdoc title"},
	{name: "image", is: asPicture, void: true, words: "as `img`"},
	{name: "img", is: asPicture, void: true, words: "without `src`, the largest of `srcset`; a dot of one pixel is left out, told (`dropped-html`)",
		attrs: "src srcset alt title width height data-src data-srcset"},
	{name: "input", is: asField, void: true, words: "its value, or else its placeholder; ☐ or ☑; a picture",
		attrs: "type value placeholder checked src alt"},
	{name: "ins", is: asRun, style: document.Inserted, words: "underlined"},
	{name: "isindex", is: asNothing, void: true},
	{name: "kbd", is: asRun, style: document.Keyboard},
	{name: "keygen", is: asNothing, void: true},
	{name: "label", is: asPhrase},
	{name: "legend", is: asPart, block: true, words: "a line in bold at the head of its `fieldset`"},
	{name: "li", is: asPart, block: true, attrs: "value"},
	{name: "link", is: asLeftOut, void: true},
	{name: "listing", is: asPreformat, block: true},
	{name: "main", is: asGroup, block: true},
	{name: "map", is: asAreas, attrs: "name"},
	{name: "mark", is: asRun, style: document.Mark, words: "underlined in a PDF"},
	{name: "marquee", is: asPhrase, words: "it stands still"},
	{name: "math", is: asFormula},
	{name: "menu", is: asList, block: true},
	{name: "menuitem", is: asPhrase},
	{name: "meta", is: asLeftOut, void: true},
	{name: "meter", is: asField, words: "what stands in it, or else its value", attrs: "value min max"},
	{name: "multicol", is: asGroup, block: true},
	{name: "nav", is: asGroup, block: true},
	{name: "nextid", is: asNothing, void: true},
	{name: "nobr", is: asRun, style: document.Plain, words: "its blanks do not end a line"},
	{name: "noembed", is: asFallback},
	{name: "noframes", is: asFallback},
	{name: "noscript", is: asFallback},
	{name: "object", is: asFallback, words: "a picture, when that is what it is; else a link to it, and what stands in it", attrs: "data title type"},
	{name: "ol", is: asList, block: true, words: "numbered from `start`, down when `reversed`, in letters or roman numerals by `type`", attrs: "start reversed type"},
	{name: "optgroup", is: asField, words: "its label and its options", attrs: "label"},
	{name: "option", is: asField, words: "options follow one another, between commas", attrs: "label"},
	{name: "output", is: asPhrase},
	{name: "p", is: asParagraph, block: true},
	{name: "param", is: asNothing, void: true},
	{name: "picture", is: asPhrase, words: "its `img`; without one, the largest picture of its `source`s"},
	{name: "plaintext", is: asPreformat, block: true},
	{name: "pre", is: asPreformat, block: true},
	{name: "progress", is: asField, words: "what stands in it, or else its value in per cent", attrs: "value max"},
	{name: "q", is: asQuoted},
	{name: "rb", is: asRubyPart},
	{name: "rp", is: asNothing, words: "the parentheses around an annotation; we set our own where they are seen"},
	{name: "rt", is: asRubyPart},
	{name: "rtc", is: asRubyPart},
	{name: "ruby", is: asRuby},
	{name: "s", is: asRun, style: document.Strikethrough},
	{name: "samp", is: asCode},
	{name: "script", is: asLeftOut, words: "but for TeX, `type=\"math/tex\"`, which is a formula", attrs: "type"},
	{name: "search", is: asGroup, block: true},
	{name: "section", is: asGroup, block: true},
	{name: "select", is: asField, words: "its options, between commas"},
	{name: "selectedcontent", is: asPhrase},
	{name: "slot", is: asPhrase},
	{name: "small", is: asRun, style: document.Small},
	{name: "source", is: asNothing, void: true, words: "what it names counts for the element around it", attrs: "src srcset"},
	{name: "spacer", is: asNothing, void: true},
	{name: "span", is: asRun, style: document.Plain},
	{name: "strike", is: asRun, style: document.Strikethrough},
	{name: "strong", is: asRun, style: document.Strong},
	{name: "style", is: asLeftOut},
	{name: "sub", is: asRun, style: document.Subscript},
	{name: "summary", is: asPart, block: true},
	{name: "sup", is: asRun, style: document.Superscript},
	{name: "svg", is: asDrawing},
	{name: "table", is: asTable, block: true},
	{name: "tbody", is: asPart, block: true},
	{name: "td", is: asPart, block: true, attrs: "colspan rowspan headers"},
	{name: "template", is: asLeftOut},
	{name: "textarea", is: asField, words: "what stands in it, or else its placeholder", attrs: "placeholder"},
	{name: "tfoot", is: asPart, block: true, words: "the last rows"},
	{name: "th", is: asPart, block: true, attrs: "colspan rowspan headers scope"},
	{name: "thead", is: asPart, block: true, words: "the first rows, again at the head of each page"},
	{name: "time", is: asPhrase},
	{name: "title", is: asLeftOut},
	{name: "tr", is: asPart, block: true},
	{name: "track", is: asNothing, void: true},
	{name: "tt", is: asCode},
	{name: "u", is: asRun, style: document.Underline},
	{name: "ul", is: asList, block: true},
	{name: "var", is: asRun, style: document.Variable, words: "in italics"},
	{name: "video", is: asMedia, words: "its `poster`, when it stands alone, is a picture above the link", attrs: "src poster title"},
	{name: "wbr", is: asWordBreak, void: true},
	{name: "xmp", is: asPreformat, block: true},

	// Ours: the whole of a text.
	{name: "root", is: asGroup, block: true},
}

// elementsByName is the table for looking up. Names of ours that are no elements (noteref, insert) are not in it.
var elementsByName = func() map[string]*element {
	m := make(map[string]*element, len(elements))
	for i := range elements {
		m[elements[i].name] = &elements[i]
	}
	return m
}()

// unknownElement is what the table says of elements that it does not have: words in a line.
var unknownElement = element{is: asPhrase}

// lookUp gives what the table says of an element.
func lookUp(tag string) *element {
	if e, ok := elementsByName[tag]; ok {
		return e
	}
	return &unknownElement
}

// An attribute says what becomes of an attribute of HTML.
type attribute struct {
	name  string
	kept  bool   // on every element; those of single elements are named by their elements
	words string // for authors
}

// attributes is the one table of attributes that stand on any element, and of the groups of those that mean nothing in an
// edition. An attribute that neither this table keeps nor its element names is left out without a word: it says nothing to a
// reader of the page either, or nothing that can be printed.
var attributes = [...]attribute{
	{"id", true, "the place can be linked to, in both editions"},
	{"class", true, "a class that a style knows counts; all are carried into the EPUB"},
	{"lang", true, "the language, for hyphens, quotation marks and the voice that reads aloud"},
	{"xml:lang", true, "as `lang`"},
	{"dir", true, "the direction of the text; `auto` is that of the first letter"},
	{"style", true, "`text-align`, `font-style`, `font-weight`, `font-variant`, `text-decoration`, `vertical-align`, `list-style-type`, `width` and `float` of pictures count; what `display: none` or `visibility: hidden` hides is left out, told (`hidden-html`)"},
	{"align", true, "`center`, `right`, of cells `left`; of a picture, the side on which the text runs round it"},
	{"hidden", true, "the element is left out as on the page, told (`hidden-html`); what `until-found` hides is shown"},
	{"title", true, "what its element says; elsewhere, where only a pointer over the words would show it, it is left out, told (`tooltip`)"},
	{"role", true, "`presentation` on a picture makes it an ornament"},
	{"aria-label", true, "the name of what has no words: a film, a frame, a drawing"},
	{"aria-hidden", false, "nothing; what the page shows is shown and read aloud"},
	{"popover", true, "the element is shown, told (`kept-html`)"},
	{"cite, datetime", false, "nothing: addresses and dates for machines"},
	{"abbr, axis, summary", false, "nothing: heads of cells are known by `scope`, `headers` and place"},
	{"height, border, cellpadding, cellspacing, rules, frame, bgcolor, background, color, face, size, valign, nowrap, char, charoff, hspace, vspace, clear, compact, noshade", false, "nothing: looks are the styles' business"},
	{"rel, target, download, ping, hreflang, referrerpolicy, rev, usemap, ismap, shape, coords", false, "nothing: what following a link does"},
	{"loading, decoding, fetchpriority, crossorigin, sizes, media, integrity, blocking, lowsrc, longdesc", false, "nothing: how a page loads"},
	{"autoplay, controls, loop, muted, preload, playsinline, allow, allowfullscreen, sandbox, scrolling, marginwidth, marginheight", false, "nothing: how a film or frame behaves"},
	{"action, method, enctype, name, for, form, list, required, disabled, readonly, pattern, step, maxlength, multiple, autocomplete, low, high, optimum", false, "nothing: what a form does"},
	{"contenteditable, draggable, tabindex, accesskey, autofocus, spellcheck, inert, inputmode, enterkeyhint, translate, slot, part, is, nonce, itemscope, itemprop, itemtype, itemid, itemref, data-…, aria-…, on…", false, "nothing: what a page does, and what it tells machines"},
}
