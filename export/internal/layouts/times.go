package layouts

import (
	"regexp"
	"strings"
	"sync"
	"time"
)

var timeFunctions = map[string]function{
	"Format": {2, 2, false, func(r *Runner, a []any) (any, error) {
		t, err := moment(a[1])
		if err != nil {
			return nil, err
		}
		return r.host.FormatTime(t, text(a[0])), nil
	}},
	"AsTime":        {1, 2, false, asTime},
	"Now":           {0, 0, true, func(r *Runner, _ []any) (any, error) { return r.host.Now(), nil }},
	"Duration":      {2, 2, true, duration},
	"ParseDuration": {1, 1, true, func(_ *Runner, a []any) (any, error) { return time.ParseDuration(text(a[0])) }},
	"In": {2, 2, true, func(_ *Runner, a []any) (any, error) {
		zone, err := time.LoadLocation(text(a[0]))
		if err != nil {
			return nil, fail("no time zone %s", shortOf(a[0]))
		}
		t, err := moment(a[1])
		return t.In(zone), err
	}},
}

// asTime reads a time, in a zone when it names none itself.
func asTime(_ *Runner, a []any) (any, error) {
	t, err := moment(a[0])
	if err != nil || len(a) == 1 {
		return t, err
	}
	zone, err := time.LoadLocation(text(a[1]))
	if err != nil {
		return nil, fail("no time zone %s", shortOf(a[1]))
	}
	if _, own := a[0].(time.Time); own || zoned().MatchString(text(a[0])) {
		return t, nil
	}
	return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), zone), nil
}

// zoned is a time that names its zone.
var zoned = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`(?:Z|[+-]\d{2}:?\d{2})$`) })

// durations are the units of time.Duration.
var durations = map[string]time.Duration{"hour": time.Hour, "h": time.Hour, "minute": time.Minute, "m": time.Minute, "second": time.Second, "s": time.Second,
	"millisecond": time.Millisecond, "ms": time.Millisecond, "microsecond": time.Microsecond, "us": time.Microsecond, "µs": time.Microsecond,
	"nanosecond": time.Nanosecond, "ns": time.Nanosecond}

func duration(_ *Runner, a []any) (any, error) {
	unit := durations[text(a[0])]
	n, ok := integer(a[1])
	if unit == 0 || !ok {
		return nil, fail("duration takes a unit, as hour, and a number")
	}
	return time.Duration(n) * unit, nil
}

var timeForms = [...]string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02 15:04:05 -0700", "2006-01-02 15:04:05", "2006-01-02 15:04",
	"2006-01-02", "2006-01", "2006", "02 Jan 2006", "2 Jan 2006", "2 January 2006", "January 2, 2006", "Jan 2, 2006", time.RFC1123Z, time.RFC1123}

// moment reads a time.
func moment(v any) (time.Time, error) {
	if t, ok := v.(time.Time); ok {
		return t, nil
	}
	s := strings.TrimSpace(text(v))
	for _, form := range timeForms {
		if t, err := time.Parse(form, s); err == nil {
			return t, nil
		}
	}
	return time.Time{}, fail("%q is no time", s)
}
