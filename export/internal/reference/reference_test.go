package reference

import (
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

func issue() *document.Issue {
	is := &document.Issue{Journal: document.Journal{Title: "Long Primer", ISSN: "1234-5679", Editors: []string{"Nell Voss"}}, Number: "7", Volume: "2", Language: "en",
		Title: document.Line("Room"), Date: document.Date{Time: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Precision: 2}, Slug: "long-primer-7"}
	is.Articles = []*document.Article{
		{Slug: "the-measure", Title: document.Line("The Measure"), Subtitle: document.Line("A Line and Its Length"), Language: "en",
			Authors: []document.Person{{Name: "Ada Lane", Role: "aut"}, {Name: "Bo Quill", Role: "pht", As: "photographer"}}, DOI: "https://doi.org/10.5555/lp.7.1"},
		{Slug: "the-measure", Title: document.Line("Was heißt hier Maß?"), Subtitle: document.Line("Ein Gespräch"), Language: "de", URL: "https://x.example/mass/",
			Authors: []document.Person{{Name: "Jörg Müßig"}}, Interviewees: []document.Person{{Name: "Zoë Núñez"}}, Translators: []document.Person{{Name: "T. R. Ans"}}},
		{Slug: "editorial", Title: document.Line("Editorial"), Language: "en"},
		nil,
		{Slug: "о-мере", Title: document.Line("О мере"), Language: "ru", Authors: []document.Person{{Name: "Лев Толстой"}}},
	}
	return is
}

// TestWorks: an issue's works have keys that differ and stay, whether pages are known or not, and lines that can be copied.
func TestWorks(t *testing.T) {
	is := issue()
	pages := map[*document.Article]Pages{is.Articles[0]: {First: "3", Last: "9", Count: 7}, is.Articles[2]: {First: "ii", Last: "ii", Count: 1}}
	ws := Works(is, func(a *document.Article) Pages { return pages[a] })
	want := [][2]string{
		{"longprimer2026-7", "Long Primer, Volume 2, Issue 7, “Room” (December 2026)."},
		{"lane2026-7-the-measure", "Ada Lane. “The Measure: A Line and Its Length”. Long Primer, Volume 2, Issue 7 (December 2026): 3–9. https://doi.org/10.5555/lp.7.1"},
		{"mussig2026-7-the-measure", "Jörg Müßig. „Was heißt hier Maß? Ein Gespräch“. Gespräch mit Zoë Núñez. Übersetzt von T. R. Ans. Long Primer, Band 2, Ausgabe 7 (Dezember 2026). https://x.example/mass/"},
		{"longprimer2026-7-editorial", "“Editorial”. Long Primer, Volume 2, Issue 7 (December 2026): ii."},
		{"longprimer2026-7-e96608ca", "Лев Толстой. «О мере». Long Primer, Том 2, Номер 7 (декабрь 2026 г.)."},
	}
	if len(ws) != len(want) {
		t.Fatalf("%d works", len(ws))
	}
	for i, w := range ws {
		if w.Key != want[i][0] || w.Line() != want[i][1] {
			t.Errorf("%s\n%s\nwant\n%s\n%s", w.Key, w.Line(), want[i][0], want[i][1])
		}
	}
	for i, w := range Works(is, nil) {
		if w.Key != want[i][0] {
			t.Errorf("without pages the key %q is %q", want[i][0], w.Key)
		}
	}
	if p := ws[1].Others; len(p) != 1 || p[0].Name != "Bo Quill" {
		t.Errorf("others: %v", p)
	}
	// An article on its own has the key that it has in its issue.
	one := *is
	one.Single, one.Articles = true, is.Articles[1:2]
	if k := Works(&one, nil)[0].Key; k != want[2][0] {
		t.Errorf("alone the key is %q", k)
	}
}

// TestSame: works that have all in common are told apart by a number; one of which nothing is known can be cited all the same.
func TestSame(t *testing.T) {
	a := &document.Article{Slug: "x", Title: document.Line("X")}
	ws := Works(&document.Issue{Single: true, Articles: []*document.Article{a, a, {}}}, nil)
	if ws[0].Key != "x" || ws[1].Key != "x-2" || ws[2].Key != "work" || ws[2].Line() == "" {
		t.Errorf("%q %q %q %q", ws[0].Key, ws[1].Key, ws[2].Key, ws[2].Line())
	}
}
