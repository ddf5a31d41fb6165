package words

import (
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

func TestDateFormat(t *testing.T) {
	at := func(y, m, d, p int) document.Date {
		return document.Date{Time: time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), Precision: p}
	}
	for _, c := range []struct {
		date document.Date
		lang string
		want string
	}{
		{at(2018, 12, 2, 3), "en", "December 2, 2018"},
		{at(2018, 12, 2, 3), "en-US", "December 2, 2018"},
		{at(2018, 12, 2, 3), "en-GB", "2 December 2018"},
		{at(2018, 12, 2, 3), "de", "2. Dezember 2018"},
		{at(2019, 1, 1, 3), "fr", "1er janvier 2019"},
		{at(2019, 1, 1, 2), "pl", "styczeń 2019"},
		{at(2019, 1, 1, 3), "pl", "1 stycznia 2019"},
		{at(2019, 5, 1, 3), "xx", "May 1, 2019"},
		{at(2019, 5, 1, 1), "ru", "2019"},
		{document.Date{Printed: "Winter 1968/69", Precision: 1}, "en", "Winter 1968/69"},
		{document.Date{}, "en", ""},
	} {
		if got := Date(c.date, c.lang); got != c.want {
			t.Errorf("%v in %s: %q, want %q", c.date, c.lang, got, c.want)
		}
	}
	for lang, form := range dateForms {
		if n := len(strings.Fields(form.names)); n != 12 {
			t.Errorf("%s has %d months", lang, n)
		}
		if n := len(strings.Fields(form.genitive)); n != 12 && n != 0 {
			t.Errorf("%s has %d months in the genitive", lang, n)
		}
	}
}

func TestWordsComplete(t *testing.T) {
	for _, w := range vocabularies {
		for _, p := range []string{w.words.By, w.words.InterviewWith, w.words.TranslatedBy, w.words.BackToReference,
			w.words.MadeWith, w.words.PagesFrom, w.words.FirstPublished, w.words.EditedBy} {
			if strings.Count(p, "%s") != 1 {
				t.Errorf("%s: pattern %q wants one %%s", w.lang, p)
			}
		}
		if _, ok := dateForms[w.lang]; !ok {
			t.Errorf("%s has words but no dates", w.lang)
		}
	}
	if For("de-AT").Contents != "Inhalt" || For("tlh").Contents != "Contents" {
		t.Error("languages are not found by their primary subtag")
	}
}
