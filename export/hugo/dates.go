package hugo

import (
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // zones are the same on every machine

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
	s = withoutFraction(strings.TrimSpace(s))
	for _, l := range dateLayouts {
		if t, err := time.Parse(l.layout, s); err == nil {
			return document.Date{Time: time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC), Precision: l.precision}
		}
	}
	return document.Date{}
}

// withoutFraction takes the fractions of a second off a date.
func withoutFraction(s string) string {
	if i := strings.IndexByte(s, '.'); i > 10 && len(s) > i+1 && s[i+1] >= '0' && s[i+1] <= '9' {
		j := i + 1
		for j < len(s) && s[j] >= '0' && s[j] <= '9' {
			j++
		}
		return s[:i] + s[j:]
	}
	return s
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

// dateKeys are the keys of front matter that give a page's dates, by what they tell of it, when the site does not name others
// (Hugo, "Configure front matter").
var dateKeys = map[string][]string{
	"publishDate": {"publishdate", "pubdate", "published"},
	"expiryDate":  {"expirydate", "unpublishdate"},
	"lastmod":     {"lastmod", "modified"},
}

// sourcesOf gives where a date of a page is looked for, the first first: keys, and ":filename".
func (s *shelf) sourcesOf(which string, p *page) (out []string) {
	usual := dateKeys[which]
	if which == "date" {
		usual = s.config.Keys["date"]
	}
	for _, from := range s.of(s.hugoLanguage(p)).get("frontmatter", which).texts() {
		if from = strings.ToLower(from); from == ":default" {
			out = append(out, usual...)
		} else {
			out = append(out, from)
		}
	}
	if len(out) == 0 {
		return usual
	}
	return out
}

// date finds out of which day a page is. Failing all that the site says, a date that begins its file's name will do.
func (s *shelf) date(p *page, h *head) {
	in := &p.info
	fromName, rest := fileDate(p.stem)
	for _, from := range s.sourcesOf("date", p) {
		if from == ":filename" {
			if p.slug = rest; !fromName.IsZero() && in.Date.IsZero() {
				in.Date, in.moment = fromName, fromName.Time
			}
			continue
		}
		v := h.first([]string{from})
		if v == nil || !in.Date.IsZero() {
			continue
		}
		if in.Date = parseDate(v.str()); in.Date.IsZero() && !isBool(v.str()) {
			h.problem("bad-value", v.at, from+" "+strconv.Quote(v.str())+" is not one", "2018-12-02")
		}
		in.moment = s.instant(v.str(), p)
	}
	if fromName.IsZero() {
		p.slug = ""
	}
	if in.Date.IsZero() {
		in.Date, in.moment = fromName, fromName.Time
	}
}

// dayOf gives the day of one of a page's other dates; zero when nothing tells it. Pages are judged by days: a day is what
// --now names.
func (s *shelf) dayOf(which string, p *page, h *head) time.Time {
	for _, from := range s.sourcesOf(which, p) {
		if from == ":filename" {
			if d, _ := fileDate(p.stem); !d.IsZero() {
				return d.Time
			}
			continue
		}
		v := h.raw(from)
		if v.str() == "" {
			continue
		}
		d := parseDate(v.str())
		if d.IsZero() {
			h.problem("bad-value", v.at, from+" "+strconv.Quote(v.str())+" is not a date", "2018-12-02")
		}
		return d.Time
	}
	return time.Time{}
}

// instant reads a date to the second; one that names no zone is in the site's (timeZone).
func (s *shelf) instant(text string, p *page) time.Time {
	text = withoutFraction(strings.TrimSpace(text))
	zone := time.UTC
	if name := s.of(s.hugoLanguage(p)).get("timeZone").str(); name != "" {
		if loc, err := time.LoadLocation(name); err == nil {
			zone = loc
		}
	}
	for _, l := range dateLayouts {
		if t, err := time.ParseInLocation(l.layout, text, zone); err == nil {
			return t
		}
	}
	return time.Time{}
}
