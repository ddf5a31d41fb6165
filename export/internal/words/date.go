package words

import (
	"fmt"
	"strings"
	"sync"

	"github.com/go-playground/locales"
	"github.com/go-playground/locales/en_GB"
	"github.com/twinpress/twinpress/export/document"
)

// A dateForm is what a language's dates have that the library's long dates lack: it gives the whole date, with the month's
// name as it stands beside a day, and none of a month alone.
type dateForm struct {
	month string // month and year (CLDR's yMMMM), a format of both, "%s %s" if empty
	alone string // the months' names where no day stands beside them (CLDR's LLLL: the nominative), if they differ
	first string // how the first of a month is written, if not "1": Imprimerie nationale, Lexique; Accademia della Crusca
}

// Date gives a date as it is printed in a language: as the publisher prints it when that is known, else day, month and year
// as far as they are. "" for an unknown date.
func Date(d document.Date, lang string) string {
	if d.Printed != "" {
		return d.Printed
	}
	t := d.Time.UTC()
	switch d.Precision {
	case 0:
		return ""
	case 1:
		return fmt.Sprint(t.Year())
	}
	l, locale := dated(lang)
	if d.Precision == 3 {
		date := strings.TrimPrefix(locale.FmtDateLong(t), "0") // of a day, which Slovenes and Serbs print without
		if l.dates.first != "" && t.Day() == 1 {
			date = l.dates.first + strings.TrimPrefix(date, "1")
		}
		return date
	}
	name := locale.MonthWide(t.Month())
	if l.dates.alone != "" {
		name = strings.Fields(l.dates.alone)[t.Month()-1]
	}
	pattern := l.dates.month
	if pattern == "" {
		pattern = "%s %s"
	}
	return fmt.Sprintf(pattern, name, fmt.Sprint(t.Year()))
}

// Span gives the time from one date to another, each to the month: "March – December 2018", "Autumn 2018 – Spring 2019".
func Span(first, last document.Date, lang string) string {
	name := func(d document.Date) string {
		d.Precision = min(d.Precision, 2)
		return Date(d, lang)
	}
	from, to := name(first), name(last)
	switch {
	case from == "" || from == to:
		return to
	case to == "":
		return from
	case first.Printed == "" && last.Printed == "" && first.Precision == 1 && last.Precision == 1:
		return from + "–" + to
	}
	// What both end in, from the year on, is said once.
	year := fmt.Sprint(last.Time.UTC().Year())
	for i, c := range from {
		if end := from[i:]; i > 0 && c == ' ' && strings.Contains(end, year) && strings.HasSuffix(to, end) {
			from = from[:i]
			break
		}
	}
	return from + " – " + to
}

var british = sync.OnceValue(en_GB.New)

// dated gives the language in which a date is written, and its CLDR locale. English puts the day before the month
// everywhere but in the United States, or where no region is named.
func dated(lang string) (*language, locales.Translator) {
	l, rest := find(lang)
	if l == nil || l.locale == nil {
		l, rest = &languages[0], ""
	}
	if l.tag == "en" && rest != "" && !strings.Contains(rest, "us") {
		return l, british()
	}
	return l, l.locale()
}
