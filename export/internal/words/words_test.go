package words

import (
	"fmt"
	"reflect"
	"strings"
	"testing"
)

// TestLanguages looks for what a row of the table may lack.
func TestLanguages(t *testing.T) {
	seen := map[string]bool{}
	for i := range languages {
		l := &languages[i]
		if seen[l.tag] || l.tag != strings.ToLower(l.tag) {
			t.Errorf("%s stands in the table twice, or not in lower case", l.tag)
		}
		seen[l.tag] = true
		if n := len(strings.Fields(l.dates.alone)); n != 12 && n != 0 {
			t.Errorf("%s has %d months that stand alone", l.tag, n)
		}
		if m := l.dates.month; m != "" && strings.Count(m, "%") != 2 || strings.Count(fmt.Sprintf(m, "May", "1999"), "1999") != 1 {
			t.Errorf("%s: pattern %q wants month and year", l.tag, m)
		}
		if l.locale != nil {
			if got := l.locale().Locale(); strings.ToLower(strings.ReplaceAll(got, "_", "-")) != l.tag {
				t.Errorf("%s takes its dates from %s", l.tag, got)
			}
			if comma := strings.Contains(l.locale().FmtNumber(0.5, 1), ","); comma != l.comma {
				t.Errorf("%s: a comma in its numbers is %v in the table, %v in the CLDR", l.tag, l.comma, comma)
			}
		}
		if l.words.Contents == "" {
			continue
		}
		if l.locale == nil {
			t.Errorf("%s has words but no dates", l.tag)
		}
		for f, v := range reflect.ValueOf(l.words).Fields() {
			if v.String() == "" {
				t.Errorf("%s lacks the word for %s", l.tag, f.Name)
			}
		}
		w := &l.words
		for _, p := range []string{w.By, w.InterviewWith, w.TranslatedBy, w.BackToReference, w.MadeWith, w.PagesFrom, w.FirstPublished, w.EditedBy} {
			if strings.Count(p, "%s") != 1 {
				t.Errorf("%s: pattern %q wants one %%s", l.tag, p)
			}
		}
	}
}

func TestFor(t *testing.T) {
	for lang, want := range map[string]string{"de-AT": "Inhalt", "EL": "Περιεχόμενα", "iw": "תוכן העניינים", "zh-TW": "目錄", "zh-Hans": "目录", "nn": "Innhold", "tlh": "Contents", "": "Contents"} {
		if got := For(lang).Contents; got != want {
			t.Errorf("in %q a contents page is headed %q, want %q", lang, got, want)
		}
	}
}

// TestNumber puts numbers to labels in front and around.
func TestNumber(t *testing.T) {
	for lang, want := range map[string]string{"en": "Issue 7", "de": "Ausgabe 7", "ja": "第7号", "zh-Hant": "第7期", "ko": "제7호", "hu": "7. szám"} {
		w := For(lang)
		if got := w.Number(w.Issue, "7"); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
	for lang, want := range map[string]string{"ja": "A、B、C", "he": "A, B וC", "ko": "A, B, C", "fi": "A, B ja C"} {
		if got := For(lang).Names([]string{"A", "B", "C"}); got != want {
			t.Errorf("%s: %s, want %s", lang, got, want)
		}
	}
}

func TestNames(t *testing.T) {
	for want, names := range map[string][]string{"": nil, "A": {"A"}, "A und B": {"A", "B"}, "A, B und C": {"A", "B", "C"}} {
		if got := For("de").Names(names); got != want {
			t.Errorf("%q are joined as %q, want %q", names, got, want)
		}
	}
}

func TestDecimalComma(t *testing.T) {
	for lang, want := range map[string]bool{"en": false, "en-ZA": false, "de": true, "de-AT": true, "de-CH": false, "es": true, "es-MX": false,
		"da": true, "ja": false, "ar": false, "tlh": false, "": false} {
		if got := DecimalComma(lang); got != want {
			t.Errorf("%q: %v, want %v", lang, got, want)
		}
	}
}

func TestIndentsFirst(t *testing.T) {
	for lang, want := range map[string]bool{"fr-CA": true, "ru": true, "en": false, "de": false, "tlh": false} {
		if got := IndentsFirst(lang); got != want {
			t.Errorf("%q: %v, want %v", lang, got, want)
		}
	}
}

func TestRightToLeft(t *testing.T) {
	for lang, want := range map[string]bool{"ar": true, "ar-EG": true, "HE": true, "ckb": true, "ug-Cyrl": false, "yi-Latn": false, "en": false, "tlh": false, "": false} {
		if got := RightToLeft(lang); got != want {
			t.Errorf("%q: %v, want %v", lang, got, want)
		}
	}
}
