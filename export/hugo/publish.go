package hugo

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
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
	case s.kindOff("page"):
		return "the site makes no pages (disableKinds)"
	case pub.never != "":
		return pub.never
	case !opts.Future && !on("buildFuture") && pub.from.After(now):
		return "not published yet"
	case !opts.Expired && !on("buildExpired") && !pub.until.IsZero() && !pub.until.After(now):
		return "expired"
	}
	return ""
}

// kindOff reports whether the site does without pages of a kind (Hugo, disableKinds).
func (c *conventions) kindOff(kind string) bool {
	return slices.ContainsFunc(c.hugoConfig.get("disableKinds").texts(), func(off string) bool { return strings.EqualFold(off, kind) })
}

// tellAhead says which dates lie after the day of the build, when nobody has said on which day pages are judged: an issue bears its
// newest article's.
func (s *Site) tellAhead() {
	if s.opts.Today.IsZero() || !s.opts.Now.IsZero() {
		return
	}
	var ahead []*page
	for _, p := range s.public {
		if p.info.Date.Time.After(s.opts.Today) {
			ahead = append(ahead, p)
		}
	}
	if len(ahead) == 0 {
		return
	}
	last := slices.MaxFunc(ahead, func(a, b *page) int { return a.info.Date.Time.Compare(b.info.Date.Time) })
	what := "1 article is"
	if len(ahead) > 1 {
		what = fmt.Sprintf("%d articles are", len(ahead))
	}
	s.Problems = append(s.Problems, problem("ahead", document.Pos{File: last.path}, what+" of a day that has not come, up to "+last.info.Date.ISO(),
		"--now DATE judges by another day than the newest of the content; that it is told depends on today, what is made does not"))
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
