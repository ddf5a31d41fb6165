package typography

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
)

// house has marks of its own in British English and Swedish.
var house = map[string][]string{"en-gb": {"‘", "’", "“", "”"}, "sv": {"»", "»", "›", "›"}}

// set sets a line of plain text.
func set(lang, text string) string {
	return document.PlainText(NewSetter(House{Quotes: house}).Set([]document.Inline{&document.Text{Value: text}}, lang))
}

func text(s string) *document.Text { return &document.Text{Value: s} }

// TestMarks sets a quotation in a quotation in each language: the outer and the inner marks.
func TestMarks(t *testing.T) {
	for lang, want := range map[string]string{
		"en": "“a ‘b’ c”", "en-US": "“a ‘b’ c”", "en-GB": "‘a “b” c’", "en-ZA": "‘a “b” c’",
		"de": "„a ‚b‘ c“", "de-AT": "„a ‚b‘ c“", "de-CH": "«a ‹b› c»",
		"fr": "«\u202Fa “b” c\u202F»", "fr-CH": "«a ‹b› c»", "es": "«a “b” c»", "pt": "“a ‘b’ c”", "pt-PT": "«a “b” c»",
		"it": "«a “b” c»", "it-CH": "«a ‹b› c»", "nl": "“a ‘b’ c”", "pl": "„a ‚b’ c”", "cs": "„a ‚b‘ c“", "ro": "„a «b» c”",
		"hu": "„a »b« c”", "ru": "«a „b“ c»", "el": "«a “b” c»", "sv": "»a ›b› c»", "fi": "”a ’b’ c”", "da": "“a ‘b’ c”",
		"nb": "«a ‘b’ c»", "he": "”a ’b‘ c“", "ar": "«a ‹b› c»", "ja": "「a 『b』 c」", "zh": "“a ‘b’ c”", "zh-TW": "「a 『b』 c」",
		"zh-Hant": "「a 『b』 c」", "mk": "„a ’b‘ c“", "tlh": "“a ‘b’ c”", "": "“a ‘b’ c”",
	} {
		if got := set(lang, `"a 'b' c"`); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

// TestQuotes tries the rules in their order.
func TestQuotes(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", `don't; rock 'n' roll; 'tis; '68; the '60s`, "don’t; rock ’n’ roll; ’tis; ’68; the ’60s"},
		{"en", `dogs' tails`, "dogs’ tails"},
		{"en", `the letter 's'`, "the letter ‘s’"},
		{"en", `'a' and 'b'`, "‘a’ and ‘b’"},
		{"en", `5'10" and 6' and 12"`, "5′10″ and 6′ and 12″"},
		{"en", `"size 12"`, "“size 12”"},
		{"en", `'in '68'`, "‘in ’68’"},
		{"en", `("a")—"b"/"c"`, "(“a”)—“b”/“c”"},
		{"en", `"a—" b`, "“a—” b"},
		{"en", `Korda,"Les Gilets"`, "Korda,“Les Gilets”"},
		{"en", `"'a' b"`, "“‘a’ b”"},
		{"en", `"`, "“"},
		{"en", `a " b`, "a ” b"},
		{"de", `"a"-"b"; 's ist, mit'm`, "„a“-„b“; ’s ist, mit’m"},
		{"de", `„a“ "b"`, "„a“ „b“"},
		{"nl", `'s avonds, 't is`, "’s avonds, ’t is"},
		{"fr", `l'homme; "a"`, "l’homme\u202F; «\u202Fa\u202F»"},
		{"fr", "a ; b ! c ? d : e « f »", "a\u202F; b\u202F! c\u202F? d\u00A0: e «\u202Ff\u202F»"},
		{"fr-CH", "a ; b", "a\u202F; b"},
	} {
		if got := set(c.lang, c.in); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.lang, c.in, got, c.want)
		}
	}
}

func TestDashes(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		{"en", "a -- b---c ---- d", "a—b—c ---- d"},
		{"en", "a - b, 7 - 5, b-c", "a—b, 7 - 5, b-c"},
		{"en", "a – b—c", "a – b—c"}, // typed as dashes, and the house has not said otherwise
		{"en", "said--softly, Kay--Bird, \"stop--\" he", "said—softly, Kay–Bird, “stop—” he"},
		{"en", "the end. -- Ada", "the end. – Ada"},
		{"en-GB", "a -- b---c", "a – b – c"},
		{"de", "a -- b, Kiel--Ulm, 7 -- 9", "a – b, Kiel–Ulm, 7 – 9"},
		{"fr", "a -- b", "a – b"},
		{"ru", "а -- б", "а — б"},
		{"fr", "--- Oui, dit-il. --- Non.", "— Oui, dit-il. — Non."},
		{"ru", "а - б", "а — б"},
		{"uk-UA", "а - б", "а — б"},
		{"en", "a... b.... c.. d.....", "a… b…. c.. d....."},
		{"en", "a . . . b", "a .\u00A0.\u00A0. b"},
	} {
		if got := set(c.lang, c.in); got != c.want {
			t.Errorf("%s: %q becomes %q, want %q", c.lang, c.in, got, c.want)
		}
	}
}

// TestHouse sets dashes and ranges as a publisher asks.
func TestHouse(t *testing.T) {
	const in = "a -- b – c—d --- e, 1914-18"
	for _, c := range []struct {
		house House
		want  string
	}{
		{House{Dashes: ClosedEm}, "a—b—c—d—e, 1914–18"},
		{House{Dashes: SpacedEm}, "a — b — c — d — e, 1914–18"},
		{House{Dashes: SpacedEn}, "a – b – c – d – e, 1914–18"},
		{House{Dashes: AsWritten, Ranges: AsWritten}, "a – b – c—d — e, 1914-18"},
		{House{AsIs: true}, "a -- b – c—d --- e, 1914-18"},
	} {
		if got := document.PlainText(NewSetter(c.house).Set([]document.Inline{text(in)}, "de")); got != c.want {
			t.Errorf("%+v: %q, want %q", c.house, got, c.want)
		}
	}
	if got := document.PlainText(NewSetter(House{AsIs: true}).Set([]document.Inline{text(`"a"  it's... fr!`)}, "fr")); got != `"a" it's... fr!` {
		t.Errorf("as it is: %q", got)
	}
}

// TestRanges: what is a range gets its dash, and what only looks like one keeps its hyphen.
func TestRanges(t *testing.T) {
	for _, in := range strings.Fields("1914-18 1889-1914 1998-2003 (1955-75) 49-50 123-7 123-27 98-102 3-5 10:30-12:00 0.5-1.5 3:16-17 10%-20% 5°-8° 1960-70s") {
		if got, want := set("en", in), strings.Replace(in, "-", "–", 1); got != want {
			t.Errorf("%s becomes %s", in, got)
		}
	}
	for _, in := range []string{"pp. 24-7", "pages 555-1234", "p.12-13", "S. 7-9f", "pp. xii-xv", "nos. 12-14", "vol. 2, pp. 3-5.", "'40-'45", "1,200-1,500", "第3-5頁"} {
		if got, want := set("en", in), strings.NewReplacer("-", "–", "'", "’").Replace(in); got != want {
			t.Errorf("%s becomes %s", in, got)
		}
	}
	for _, in := range []string{"978-0-306-40615-7", "ISSN 0378-5955", "tel. 20-30", "555-0199", "1-800-555-0199", "2026-03-01", "2026-03", "24-7", "3-2", "50-50", "F-16", "B2-B4",
		"COVID 19-20", "RFC 2616-2617", "007-009", "x-1", "img_12-13.png", "a/12-13", "12-13/b", "12-13.5.1", "1.2.3-4", "doi: 10-20", "1234-5678", "75-2013", "mix-in", "v2-3",
		"#12-13", "12-13-14", "12-B", "iv-drip"} {
		if got := set("en", in); got != in {
			t.Errorf("%s becomes %s", in, got)
		}
	}
}

func TestBlanks(t *testing.T) {
	for in, want := range map[string]string{
		"  a \n b\t\tc  ": "a b c",
		"a\u00A0b":        "a\u00A0b",
		"a \u00A0b":       "a b",
		"書籍\nの":           "書籍の",
		"書籍\nand":         "書籍 and",
		"a\u200Bb":        "a\u200Bb",
		"a\u200B, b":      "a, b",
		"書\u200B籍":        "書籍",
		"path/\u200Bname": "path/\u200Bname",
	} {
		if got := set("en", in); got != want {
			t.Errorf("%q becomes %q, want %q", in, got, want)
		}
	}
}

// TestLanguages tries each language's own rules on what is typed in it.
func TestLanguages(t *testing.T) {
	for _, c := range []struct{ lang, in, want string }{
		// Apostrophes at a word's start, beside marks that open and close.
		{"en", `'tis 'twas 'em 'cause 'bout 'neath 'phone 'course`, "’tis ’twas ’em ’cause ’bout ’neath ’phone ’course"},
		{"en", `'cello' and 'phone' in marks`, "‘cello’ and ‘phone’ in marks"},
		{"en", `fish 'n' chips 'n gravy`, "fish ’n’ chips ’n gravy"},
		{"en", `the boys' and girls' room; James' book`, "the boys’ and girls’ room; James’ book"},
		{"en", `'I'm off,' she said.`, "‘I’m off,’ she said."},
		{"en", `the '20s, in '48, class of '99, '68ers`, "the ’20s, in ’48, class of ’99, ’68ers"},
		{"en", `"'48 was the year"`, "“’48 was the year”"},
		{"en", `'a':'b', 'c';'d' …'e'`, "‘a’:‘b’, ‘c’;‘d’ …‘e’"},
		{"en", `"a":"b","c"`, "“a”:“b”,“c”"},
		{"en", `..."quoted" and "quoted..."`, "…“quoted” and “quoted…”"},
		{"en", `. . . "so`, ".\u00A0.\u00A0. “so"},
		{"en", `("a") ["b"] {"c"} ("'d'")`, "(“a”) [“b”] {“c”} (“‘d’”)"},
		{"en", `"Who said 'no'?" "'No,' I said."`, "“Who said ‘no’?” “‘No,’ I said.”"},
		{"en", `"He said 'she said "yes" to me' once."`, "“He said ‘she said “yes” to me’ once.”"},
		{"en", `a "b"—"c"—d; "e"-"f"`, "a “b”—“c”—d; “e”-“f”"},
		{"en", `"A paragraph that goes on.`, "“A paragraph that goes on."},
		// A blank on the wrong side of a mark.
		{"en", `"Good " day`, "“Good” day"},
		{"en", `a " b " c`, "a “b” c"},
		{"en", `"Good ", he said; "bad "; ("so ")`, "“Good”, he said; “bad”; (“so”)"},
		{"en", "he said “ well ” and left", "he said “well” and left"},
		{"ru", "« так » и «так»", "«так» и «так»"},
		{"es", "« sí », dijo", "«sí», dijo"},
		{"de", "„ so “, sagte er", "„so“, sagte er"},
		// German.
		{"de", `Die '68er, Hans' Hut, Sommer '89, in Grass' Haus`, "Die ’68er, Hans’ Hut, Sommer ’89, in Grass’ Haus"},
		{"de", `"'n Abend!", 's regnet, gib's auf, Ku'damm`, "„’n Abend!“, ’s regnet, gib’s auf, Ku’damm"},
		{"de", `"Das 'Kapital' lesen"`, "„Das ‚Kapital‘ lesen“"},
		{"de", `die 'gute' Stube`, "die ‚gute‘ Stube"},
		// French: its spaces whether they were typed or not, and only there.
		{"fr", "«collé» et « espacé »", "«\u202Fcollé\u202F» et «\u202Fespacé\u202F»"},
		{"fr", "Quoi? Non! Si; bien: oui", "Quoi\u202F? Non\u202F! Si\u202F; bien\u00A0: oui"},
		{"fr", "à 12:30 (!) ?! a:b?c=d", "à 12:30 (!)\u202F?! a:b?c=d"},
		{"fr", `"Ah!" dit-il: "non"`, "«\u202FAh\u202F!\u202F» dit-il\u00A0: «\u202Fnon\u202F»"},
		{"fr", `l'"autre" d'"hier", 't'as vu`, "l’«\u202Fautre\u202F» d’«\u202Fhier\u202F», ’t’as vu"},
		{"fr", "<< a >> et <<b>>, 1 << 2", "«\u202Fa\u202F» et «\u202Fb\u202F», 1 << 2"},
		{"fr-CH", "« a » et «b»; c!", "«a» et «b»\u202F; c\u202F!"},
		{"fr-CA", "«a»! b?", "«\u202Fa\u202F»! b?"},
		// Elision elsewhere.
		{"it", `l'"altro", dell'"oro", un po' di, '900, 'sto libro`, "l’«altro», dell’«oro», un po’ di, ’900, ’sto libro"},
		{"nl", `'s avonds, 's-Hertogenbosch, foto's, '40-'45, zo'n 'ding'`, "’s avonds, ’s-Hertogenbosch, foto’s, ’40–’45, zo’n ‘ding’"},
		{"ca", `l'"home" d'ahir`, "l’«home» d’ahir"},
		{"pt", `d'água, "olá 'tu'"`, "d’água, “olá ‘tu’”"},
		{"uk", `м'ята і п'ять, "слово"`, "м’ята і п’ять, «слово»"},
		{"tr", `Ankara'da "evet"`, "Ankara’da “evet”"},
		{"el", `σ' αυτό, τ' άλλο, "ναι"`, "σ’ αυτό, τ’ άλλο, «ναι»"},
		{"ga", `d'ól "sea"`, "d’ól “sea”"},
		// Hebrew: geresh and gershayim are no quotation marks.
		{"he", `צה"ל וד"ר, ג'ירף, רח' יפו, "שלום"`, "צה״ל וד״ר, ג׳ירף, רח׳ יפו, ”שלום“"},
		// East Asia: marks without blanks around them.
		{"ja", `彼は"はい"と言った`, "彼は「はい」と言った"},
		{"zh", `他说"你好"。`, "他说“你好”。"},
		{"zh-Hant", `他說"你'好'"。`, "他說「你『好』」。"},
		{"ko", `"네"라고 '그'가`, "“네”라고 ‘그’가"},
		{"pl", `"Tak 'nie' tak"`, "„Tak ‚nie’ tak”"},
		{"hu", `"Igen 'nem'"`, "„Igen »nem«”"},
		{"sv-FI", `"Hej" och 'hej'`, "»Hej» och ›hej›"},
	} {
		if got := set(c.lang, c.in); got != c.want {
			t.Errorf("%s: %s becomes\n%q, want\n%q", c.lang, c.in, got, c.want)
		}
		if again := set(c.lang, set(c.lang, c.in)); again != set(c.lang, c.in) {
			t.Errorf("%s: %s set twice is %q", c.lang, set(c.lang, c.in), again)
		}
	}
}

// TestNodes sets lines whose marks stand behind the ends of nodes.
func TestNodes(t *testing.T) {
	note := &document.NoteRef{Note: &document.Note{}}
	styled := func(kind document.StyleKind, lang string, is ...document.Inline) *document.Styled {
		return &document.Styled{Kind: kind, Attr: document.Attr{Lang: lang}, Content: is}
	}
	for want, is := range map[string][]document.Inline{
		"“a” b":                {text(`"`), styled(document.Emphasis, "", text("a")), text(`" b`)},
		"“a” c":                {text(`"a`), note, text(`" c`)},
		"a. b":                 {text("a. "), note, text(" b")},
		"say „ja“ now":         {text("say "), styled(document.Quotation, "de", text("ja")), text(" now")},
		"“x”—\"https://a--b\"": {text(`"x" - `), &document.Link{Auto: true, Content: []document.Inline{text(`"https://a--b"`)}}},
		"a":                    {&document.Break{}, text("a "), &document.Break{}, styled(document.Emphasis, "", text(" "))},
	} {
		got := document.PlainText(NewSetter(House{}).Set(is, "en"))
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestUsages(t *testing.T) {
	seen := map[string]bool{}
	for _, u := range usages {
		base, _, region := strings.Cut(u.tag, "-")
		switch {
		case seen[u.tag] || u.tag != strings.ToLower(u.tag):
			t.Errorf("%s stands in the table twice, or not in lower case", u.tag)
		case region && (!seen[base] || u.elisions != ""):
			t.Errorf("%s says more than marks, or its language has no row", u.tag)
		}
		for _, m := range u.marks {
			if m == "" {
				t.Errorf("%s lacks a mark", u.tag)
			}
		}
		seen[u.tag] = true
	}
}

// FuzzSet looks for a text in which characters are lost, made up, or left for the setter's own.
func FuzzSet(f *testing.F) {
	for _, s := range []string{`"a 'b' c"`, "5'10\"", ". . . ....", "a -- b", "\u200B\u00AD'68", "\xff"} {
		f.Add("fr", s)
	}
	f.Fuzz(func(t *testing.T, lang, s string) {
		if strings.ContainsFunc(s, func(r rune) bool { return r >= quoteOpen && r <= innerShut }) {
			return
		}
		got := set(lang, s)
		if !utf8.ValidString(got) || strings.ContainsFunc(got, func(r rune) bool { return r >= quoteOpen && r <= innerShut }) {
			t.Errorf("%q becomes %q", s, got)
		}
		letters := func(s string) string {
			return strings.Map(func(r rune) rune {
				if isWord(r) {
					return r
				}
				return -1
			}, s)
		}
		if letters(got) != letters(strings.ToValidUTF8(s, "\uFFFD")) {
			t.Errorf("%q becomes %q, and its letters are not the same", s, got)
		}
	})
}

func BenchmarkSet(b *testing.B) {
	s := NewSetter(House{})
	long := strings.Repeat(`He said: "It's the '60s" -- and they didn't... `, 20)
	b.ReportAllocs()
	for b.Loop() {
		s.Set([]document.Inline{text(long), &document.Styled{Content: []document.Inline{text(`"yes"`)}}, text(" so.")}, "en")
	}
}
