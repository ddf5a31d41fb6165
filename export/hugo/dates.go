package hugo

import (
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

// dateLayouts are the forms in which dates are taken.
var dateLayouts = []struct {
	layout    string
	precision int
}{
	{"2006-01-02", 3}, {time.RFC3339, 3}, {"2006-01-02T15:04:05", 3}, {"2006-01-02 15:04:05", 3},
	{"2006-01-02 15:04:05 -0700", 3}, {"2006-01-02 15:04:05 -07:00", 3}, {"2006-01-02T15:04:05-0700", 3},
	{"2006-01-02 15:04", 3}, {"2006-01-02T15:04", 3}, {"2006-01-02T15:04Z07:00", 3}, {"2006-01-02 15:04 -0700", 3},
	{"2006-1-2", 3}, {"2006/01/02", 3}, {"02.01.2006", 3}, {"2.1.2006", 3},
	{"January 2, 2006", 3}, {"Jan 2, 2006", 3}, {"2 January 2006", 3}, {"2 Jan 2006", 3}, {time.RFC1123, 3}, {time.RFC1123Z, 3},
	{"2006-01", 2}, {"January 2006", 2}, {"Jan 2006", 2}, {"2006", 1},
}

// parseDate reads a date; the day is that of the date's own time zone.
func parseDate(s string) document.Date {
	s = strings.TrimSpace(s)
	if i := strings.IndexByte(s, '.'); i > 10 && len(s) > i+1 && s[i+1] >= '0' && s[i+1] <= '9' {
		// Fractions of a second.
		j := i + 1
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		s = s[:i] + s[j:]
	}
	for _, l := range dateLayouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			return document.Date{Time: time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), Precision: l.precision}
		}
	}
	return document.Date{}
}

// fileDate reads the date that begins a file's name, and gives the rest of the name.
func fileDate(stem string) (document.Date, string) {
	if len(stem) > 11 && (stem[10] == '-' || stem[10] == '_') {
		if d := parseDate(stem[:10]); d.Precision == 3 {
			return d, strings.TrimLeft(stem[11:], "-_")
		}
	}
	return document.Date{}, stem
}
