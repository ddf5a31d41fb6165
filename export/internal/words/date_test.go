package words

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

func day(y, m, d, precision int) document.Date {
	return document.Date{Time: time.Date(y, time.Month(m), d, 0, 0, 0, 0, time.UTC), Precision: precision}
}

func TestDate(t *testing.T) {
	for _, c := range []struct {
		date document.Date
		lang string
		want string
	}{
		{day(2018, 12, 2, 3), "en", "December 2, 2018"},
		{day(2018, 12, 2, 3), "en-US", "December 2, 2018"},
		{day(2018, 12, 2, 3), "en-GB", "2 December 2018"},
		{day(2018, 12, 2, 3), "de", "2. Dezember 2018"},
		{day(2019, 1, 1, 3), "fr", "1er janvier 2019"},
		{day(2019, 1, 11, 3), "fr", "11 janvier 2019"},
		{day(2019, 1, 1, 2), "pl", "styczeń 2019"},
		{day(2019, 1, 1, 3), "pl", "1 stycznia 2019"},
		{day(2019, 5, 1, 3), "xx", "May 1, 2019"},
		{day(2019, 5, 1, 1), "ru", "2019"},
		{document.Date{Printed: "Winter 1968/69", Precision: 1}, "en", "Winter 1968/69"},
		{document.Date{}, "en", ""},
	} {
		if got := Date(c.date, c.lang); got != c.want {
			t.Errorf("%v in %s: %q, want %q", c.date, c.lang, got, c.want)
		}
	}
}

var update = flag.Bool("update", false, "write the dates anew")

// TestDates compares every month of every language with what was printed before the names came from a library: a year, a
// month, the first of the month and a later day. A difference after an upgrade is to be judged by who reads the language.
func TestDates(t *testing.T) {
	if *update {
		writeDates(t)
	}
	golden, err := os.ReadFile("testdata/dates.tsv")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]int{}
	for line := range bytes.Lines(golden) {
		f := strings.Split(strings.TrimSuffix(string(line), "\n"), "\t")
		lang := f[0]
		seen[lang]++
		m := seen[lang]
		for i, d := range []document.Date{day(2018, m, 1, 1), day(2018, m, 1, 2), day(2018, m, 1, 3), day(2018, m, 22, 3)} {
			if got := Date(d, lang); got != f[i+1] {
				t.Errorf("%s: %q, want %q", lang, got, f[i+1])
			}
		}
	}
	for i := range languages {
		if l := &languages[i]; l.words.Contents != "" && seen[l.tag] != 12 {
			t.Errorf("%s has words, but %d months in testdata/dates.tsv", l.tag, seen[l.tag])
		}
	}
}

// writeDates writes the golden file anew: the languages that have words, and those in it.
func writeDates(t *testing.T) {
	golden, _ := os.ReadFile("testdata/dates.tsv")
	tags := map[string]bool{}
	for line := range bytes.Lines(golden) {
		tag, _, _ := strings.Cut(string(line), "\t")
		tags[tag] = true
	}
	for i := range languages {
		if languages[i].words.Contents != "" {
			tags[languages[i].tag] = true
		}
	}
	var b bytes.Buffer
	for _, lang := range slices.Sorted(maps.Keys(tags)) {
		for m := 1; m <= 12; m++ {
			fmt.Fprintf(&b, "%s\t%s\t%s\t%s\t%s\n", lang, Date(day(2018, m, 1, 1), lang), Date(day(2018, m, 1, 2), lang),
				Date(day(2018, m, 1, 3), lang), Date(day(2018, m, 22, 3), lang))
		}
	}
	if err := os.WriteFile("testdata/dates.tsv", b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func BenchmarkDate(b *testing.B) {
	d := day(2018, 12, 2, 3)
	b.ReportAllocs()
	for b.Loop() {
		Date(d, "fr")
	}
}

func TestSpan(t *testing.T) {
	for _, c := range []struct {
		first, last document.Date
		lang, want  string
	}{
		{day(2018, 3, 1, 3), day(2018, 12, 2, 3), "en", "March – December 2018"},
		{day(2018, 3, 1, 3), day(2018, 12, 2, 3), "es", "marzo – diciembre de 2018"},
		{day(2018, 3, 1, 3), day(2018, 12, 2, 3), "ru", "март – декабрь 2018 г."},
		{day(2018, 3, 1, 3), day(2018, 12, 2, 3), "hu", "2018. március – 2018. december"},
		{day(2018, 3, 1, 2), day(2019, 1, 2, 3), "de", "März 2018 – Januar 2019"},
		{day(2018, 3, 1, 2), day(2018, 3, 30, 3), "de", "März 2018"},
		{day(2018, 1, 1, 1), day(2020, 1, 1, 1), "de", "2018–2020"},
		{document.Date{}, day(2020, 1, 1, 1), "de", "2020"},
		{document.Date{Printed: "Spring 2018", Precision: 1, Time: day(2018, 1, 1, 1).Time}, document.Date{Printed: "Winter 2018/19", Precision: 1, Time: day(2018, 1, 1, 1).Time}, "en", "Spring 2018 – Winter 2018/19"},
		{document.Date{Printed: "Spring 2018", Precision: 1, Time: day(2018, 1, 1, 1).Time}, document.Date{Printed: "Fall 2018", Precision: 1, Time: day(2018, 1, 1, 1).Time}, "en", "Spring – Fall 2018"},
	} {
		if got := Span(c.first, c.last, c.lang); got != c.want {
			t.Errorf("%s: %q, want %q", c.lang, got, c.want)
		}
	}
}
