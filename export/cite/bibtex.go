package cite

import (
	"io"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
)

// BibTeX writes entries for BibTeX (Patashnik, BibTeXing, 1988) that every program of its kind reads: accents and typographic
// marks as TeX commands, other scripts as they are, the month as BibTeX's macro. A title's capitals are kept by braces.
func BibTeX(w io.Writer, works []*reference.Work) error { return bib(w, works, false) }

// Biblatex writes the same for biblatex (manual, § 2): the whole date, the fields that BibTeX does not know, and Unicode.
func Biblatex(w io.Writer, works []*reference.Work) error { return bib(w, works, true) }

func bib(w io.Writer, works []*reference.Work, modern bool) error {
	var b strings.Builder
	for i, work := range works {
		if i > 0 {
			b.WriteByte('\n')
		}
		e := &entry{modern: modern, lang: work.Language}
		kind := e.describe(work)
		b.WriteString("@" + kind + "{" + work.Key)
		for _, f := range e.fields {
			b.WriteString(",\n  " + f[0] + " = " + f[1])
		}
		b.WriteString("\n}\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// An entry is one on its way.
type entry struct {
	modern bool
	lang   string
	fields [][2]string
}

// text adds a field in words; nothing when there are none.
func (e *entry) text(name, value string) {
	if value = strings.Join(strings.Fields(value), " "); value != "" {
		e.fields = append(e.fields, [2]string{name, "{" + e.tex(value) + "}"})
	}
}

// bare adds a field whose value no program reads as TeX.
func (e *entry) bare(name, value string) {
	if value != "" {
		e.fields = append(e.fields, [2]string{name, "{" + verbatim.Replace(value) + "}"})
	}
}

// title adds a field whose capitals stay as they are.
func (e *entry) title(name, value string) {
	if value != "" {
		e.fields = append(e.fields, [2]string{name, "{{" + e.tex(value) + "}}"})
	}
}

func (e *entry) people(name string, ps []document.Person) {
	var out []string
	for _, p := range ps {
		if strings.TrimSpace(p.Name) != "" {
			out = append(out, e.person(p))
		}
	}
	if len(out) > 0 {
		e.fields = append(e.fields, [2]string{name, "{" + strings.Join(out, " and ") + "}"})
	}
}

// person writes a name with the family's first where that is certain, and in braces, as one word, where it is not: the program
// would part it at the last blank.
func (e *entry) person(p document.Person) string {
	if family, given, ok := names.Split(p, e.lang); ok {
		return e.tex(family) + ", " + e.tex(given)
	}
	return "{" + e.tex(p.Name) + "}"
}

// describe adds all fields and gives the kind of entry.
func (e *entry) describe(w *reference.Work) (kind string) {
	j := w.Journal
	kind = "article"
	if w.Article == nil {
		kind = e.whole(w)
	} else {
		e.people("author", w.Creators())
		if e.modern {
			e.title("title", w.Title)
			e.title("subtitle", w.Subtitle)
			e.title("journaltitle", j.Title)
			e.title("issuetitle", w.IssueTitle)
		} else {
			e.title("title", w.FullTitle())
			e.title("journal", j.Title)
		}
	}
	e.text("volume", w.Volume)
	e.text("number", w.Number)
	e.date(w.Date)
	e.text("pages", w.Pages.Range("–"))
	if e.modern {
		e.people("translator", w.Translators)
		if w.Article != nil {
			e.people("editor", w.Editors)
		}
	}
	e.text("note", e.note(w))
	e.bare("doi", w.DOI)
	if w.Article == nil {
		e.bare("isbn", w.ISBN)
	}
	e.bare("issn", j.ISSN)
	e.bare("url", w.URL)
	if e.modern {
		e.bare("langid", babel(w.Language))
	}
	e.bare("language", w.Language)
	e.text("abstract", w.Abstract)
	e.text("keywords", strings.Join(w.Keywords, ", "))
	return kind
}

// whole describes an issue as one work. BibTeX has no entry for one.
func (e *entry) whole(w *reference.Work) (kind string) {
	j := w.Journal
	if e.modern {
		e.people("editor", w.Editors)
		if j.Title == "" {
			e.title("title", w.Title)
		} else {
			e.title("title", j.Title)
			e.title("subtitle", j.Subtitle)
			e.title("issuetitle", w.IssueTitle)
		}
		e.text("publisher", j.Publisher)
		e.text("location", j.Place)
		return "periodical"
	}
	title := w.Title
	if j.Title != "" && w.IssueTitle != "" {
		title = j.Title + ": " + w.IssueTitle
	}
	e.people("editor", w.Editors)
	e.title("title", title)
	e.text("publisher", j.Publisher)
	e.text("address", j.Place)
	return "misc"
}

// note tells of those for whom the kind of entry has no field.
func (e *entry) note(w *reference.Work) string {
	var parts []string
	add := func(what string, ps []document.Person) {
		var ns []string
		for _, p := range ps {
			if n := strings.TrimSpace(p.Name); n != "" {
				ns = append(ns, n)
			}
		}
		if len(ns) > 0 {
			parts = append(parts, what+strings.Join(ns, ", "))
		}
	}
	if len(w.Authors) > 0 {
		add("Interview with ", w.Interviewees)
	}
	if !e.modern {
		add("Translated by ", w.Translators)
		if w.Article != nil {
			add("Edited by ", w.Editors)
		}
	}
	for _, p := range w.Others {
		parts = append(parts, p.Credit())
	}
	return strings.Join(parts, "; ")
}

// date adds a date as exactly as it is known. One that only has words (a season) is given in them.
func (e *entry) date(d document.Date) {
	if d.Precision == 0 {
		e.text("year", d.Printed)
		return
	}
	if e.modern {
		e.bare("date", d.ISO())
		return
	}
	t := d.Time.UTC()
	e.fields = append(e.fields, [2]string{"year", strconv.Itoa(t.Year())})
	if d.Precision > 1 {
		e.fields = append(e.fields, [2]string{"month", strings.ToLower(t.Month().String()[:3])})
	}
	if d.Precision > 2 {
		e.fields = append(e.fields, [2]string{"day", strconv.Itoa(t.Day())})
	}
}

// babel gives a language as the TeX packages babel and polyglossia call it, for the entry's hyphenation; "" for one that is not
// among them.
func babel(lang string) string {
	base, _, _ := strings.Cut(strings.ToLower(lang), "-")
	switch strings.ToLower(lang) {
	case "en-gb", "en-ie":
		return "british"
	case "en-us":
		return "american"
	case "de-at":
		return "naustrian"
	case "pt-br":
		return "brazilian"
	}
	return babelNames[base]
}

var babelNames = map[string]string{"en": "english", "de": "ngerman", "fr": "french", "es": "spanish", "it": "italian", "pt": "portuguese", "nl": "dutch",
	"pl": "polish", "ru": "russian", "uk": "ukrainian", "cs": "czech", "sk": "slovak", "sl": "slovene", "hr": "croatian", "sr": "serbian", "bg": "bulgarian",
	"ro": "romanian", "hu": "hungarian", "el": "greek", "sv": "swedish", "da": "danish", "nb": "norsk", "no": "norsk", "nn": "nynorsk", "fi": "finnish",
	"is": "icelandic", "et": "estonian", "lv": "latvian", "lt": "lithuanian", "tr": "turkish", "ca": "catalan", "gl": "galician", "eu": "basque", "he": "hebrew", "ar": "arabic",
	"fa": "persian", "ga": "irish", "cy": "welsh", "la": "latin", "eo": "esperanto"}

// verbatim keeps an address from closing its field.
var verbatim = strings.NewReplacer("{", "%7B", "}", "%7D", "\\", "%5C", "\n", "", "\r", "")

// specials are the characters that TeX takes for its own.
var specials = map[rune]string{'\\': `\textbackslash{}`, '{': `\{`, '}': `\}`, '$': `\$`, '&': `\&`, '#': `\#`, '%': `\%`, '_': `\_`, '~': `\textasciitilde{}`,
	'^': `\textasciicircum{}`, '\u00A0': "~"}

// commands are what TeX has commands or ligatures for; only BibTeX's own entries need them.
var commands = map[rune]string{'–': "--", '—': "---", '“': "``", '”': "''", '‘': "`", '’': "'", '„': `{\quotedblbase}`, '‚': `{\quotesinglbase}`, '«': `{\guillemotleft}`, '»': `{\guillemotright}`,
	'…': `{\dots}`, 'ß': `{\ss}`, 'æ': `{\ae}`, 'Æ': `{\AE}`, 'œ': `{\oe}`, 'Œ': `{\OE}`, 'ø': `{\o}`, 'Ø': `{\O}`, 'å': `{\aa}`, 'Å': `{\AA}`, 'ł': `{\l}`, 'Ł': `{\L}`, 'ı': `{\i}`,
	'¡': "{!`}", '¿': "{?`}", '§': `{\S}`, '©': `{\copyright}`, '£': `{\pounds}`, '\u202F': `\,`, '\u2009': `\,`, '\u00AD': `\-`, '\u2011': "-"}

// accents are TeX's, by the combining mark that each stands for.
var accents = map[rune]string{'\u0300': "`", '\u0301': "'", '\u0302': "^", '\u0303': "~", '\u0304': "=", '\u0306': "u", '\u0307': ".", '\u0308': `"`, '\u030A': "r",
	'\u030B': "H", '\u030C': "v", '\u0323': "d", '\u0327': "c", '\u0328': "k", '\u0331': "b"}

// tex writes a text for TeX.
func (e *entry) tex(s string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(s) {
		if t, ok := specials[r]; ok {
			b.WriteString(t)
			continue
		}
		if !e.modern && r >= 0x80 {
			if t, ok := accented(r); ok {
				b.WriteString(t)
				continue
			}
		}
		if !unicode.IsControl(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// accented gives the command for a letter with an accent, or for a mark; ok is false for a character that TeX takes as it is.
func accented(r rune) (string, bool) {
	if t, ok := commands[r]; ok {
		return t, true
	}
	parts := []rune(norm.NFD.String(string(r)))
	if len(parts) != 2 || parts[0] >= 0x80 || !unicode.IsLetter(parts[0]) {
		return "", false
	}
	accent, ok := accents[parts[1]]
	if !ok {
		return "", false
	}
	letter := string(parts[0])
	if letter == "i" || letter == "j" {
		letter = `\` + letter
	}
	if unicode.IsLetter(rune(accent[0])) {
		return `{\` + accent + "{" + letter + "}}", true
	}
	return `{\` + accent + letter + "}", true
}
