package hugo

import (
	"fmt"
	"regexp"
	"slices"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

// A publication is what front matter says of whether and when a page is published (Hugo, "Front matter", "Build options").
type publication struct {
	from, until time.Time // publishDate or else date; expiryDate; zero when not given
	never       string    // why it is never published; "" when it may be
}

// publication reads when a page is published. What is no date is told.
func (s *shelf) publication(p *page, h *head) publication {
	pub := publication{from: s.dayOf("publishDate", p, h), until: s.dayOf("expiryDate", p, h)}
	s.dayOf("lastmod", p, h) // is only told when it is none
	if pub.from.IsZero() {
		pub.from = p.info.Date.Time
	}
	build := h.raw("build")
	if build == nil {
		build = h.raw("_build")
	}
	switch list, render := build.get("list").str(), build.get("render").str(); {
	case h.raw("headless").isTrue():
		pub.never = "headless"
	case list == "never" || list == "false":
		pub.never = "never listed"
	case render == "never" || render == "false":
		pub.never = "never rendered"
	}
	return pub
}

// raw gives a value of the front matter by its key, from the page or what it inherits.
func (h *head) raw(key string) *value {
	if v := h.front.get(key); v != nil {
		return v
	}
	for _, c := range h.cascade {
		if v := c.get(key); v != nil {
			return v
		}
	}
	return nil
}

// withheld gives why a page is not published on a day, "" when it is.
func (s *Site) withheld(p *page, now time.Time) string {
	opts := s.opts
	on := func(key string) bool { return s.hugoConfig.get(key).isTrue() }
	switch pub := p.publication; {
	case p.info.Draft && !opts.Drafts && !on("buildDrafts"):
		return "draft"
	case pub.never != "":
		return pub.never
	case !opts.Future && !on("buildFuture") && pub.from.After(now):
		return "not published yet"
	case !opts.Expired && !on("buildExpired") && !pub.until.IsZero() && !pub.until.After(now):
		return "expired"
	}
	return ""
}

// longGap parts the dates of a periodical from one that was mistyped, or means "some day": 2099, 2999.
const longGap = 40 * 366 * 24 * time.Hour

// day is the day on which pages are judged: the caller's, or else the newest date of the content, so that the same content
// gives the same editions on every day. A date far behind all others is not the content's.
func (s *Site) day(pages []*page) time.Time {
	if !s.opts.Now.IsZero() {
		return s.opts.Now
	}
	var dates []time.Time
	for _, p := range pages {
		if d := p.info.Date; !d.IsZero() && p.publication.never == "" && !d.Time.IsZero() {
			dates = append(dates, d.Time)
		}
	}
	slices.SortFunc(dates, time.Time.Compare)
	for n := len(dates) - 1; n > 0 && dates[n].Sub(dates[n-1]) > longGap; n-- {
		dates = dates[:n]
	}
	if len(dates) == 0 {
		return time.Date(9999, 1, 1, 0, 0, 0, 0, time.UTC)
	}
	return dates[len(dates)-1]
}

// published parts the pages that Hugo would publish from the others, and tells of these once for each cause.
func (s *Site) published(pages []*page) []*page {
	now := s.day(pages)
	causes := map[string][]string{}
	var order []string
	var out []*page
	for _, p := range pages {
		why := s.withheld(p, now)
		if why == "" {
			out = append(out, p)
			continue
		}
		if why == "draft" {
			continue // is what everybody expects
		}
		if causes[why] == nil {
			order = append(order, why)
		}
		causes[why] = append(causes[why], p.path)
	}
	for _, why := range order {
		files := causes[why]
		what, more := "the page is left out: ", ""
		if len(files) > 1 {
			what = fmt.Sprintf("%d pages are left out: ", len(files))
			more = ": " + firstOf(files)
		}
		hint := map[string]string{"not published yet": "--future prints them; --now DATE says on which day they are judged",
			"expired": "--expired prints them; --now DATE says on which day they are judged"}[why]
		s.Problems = append(s.Problems, problem("unpublished", document.Pos{File: files[0]}, what+why+more, hint))
	}
	return out
}

// ignored reports whether the configuration tells Hugo to pass over a file (ignoreFiles: patterns over its path).
func (c *conventions) ignored(name string) bool {
	for _, pattern := range c.hugoConfig.get("ignoreFiles").texts() {
		if re, err := regexp.Compile(pattern); err == nil && re.MatchString(name) {
			return true
		}
	}
	return false
}
