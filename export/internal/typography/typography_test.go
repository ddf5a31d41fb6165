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
	return document.PlainText(NewSetter(house).Set([]document.Inline{&document.Text{Value: text}}, lang))
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
		{"fr", `l'homme; "a"`, "l’homme; «\u202Fa\u202F»"},
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
		{"en", "a -- b---c ---- d", "a – b—c ---- d"},
		{"en", "a - b, 7 - 5, b-c", "a – b, 7 - 5, b-c"},
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

// TestNodes sets lines whose marks stand behind the ends of nodes.
func TestNodes(t *testing.T) {
	note := &document.NoteRef{Note: &document.Note{}}
	styled := func(kind document.StyleKind, lang string, is ...document.Inline) *document.Styled {
		return &document.Styled{Kind: kind, Attr: document.Attr{Lang: lang}, Content: is}
	}
	for want, is := range map[string][]document.Inline{
		"“a” b":                  {text(`"`), styled(document.Emphasis, "", text("a")), text(`" b`)},
		"“a” c":                  {text(`"a`), note, text(`" c`)},
		"a. b":                   {text("a. "), note, text(" b")},
		"say „ja“ now":           {text("say "), styled(document.Quotation, "de", text("ja")), text(" now")},
		"“x” – \"https://a--b\"": {text(`"x" - `), &document.Link{Auto: true, Content: []document.Inline{text(`"https://a--b"`)}}},
		"a":                      {&document.Break{}, text("a "), &document.Break{}, styled(document.Emphasis, "", text(" "))},
	} {
		got := document.PlainText(NewSetter(nil).Set(is, "en"))
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
		case region && (!seen[base] || u.longDash || u.elisions != ""):
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
	s := NewSetter(nil)
	long := strings.Repeat(`He said: "It's the '60s" -- and they didn't... `, 20)
	b.ReportAllocs()
	for b.Loop() {
		s.Set([]document.Inline{text(long), &document.Styled{Content: []document.Inline{text(`"yes"`)}}, text(" so.")}, "en")
	}
}
