package hugo

import (
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
)

// A Volume is what the issues of a volume, or of a year, are called together.
type Volume struct {
	Name   string
	Lang   string // as IssueInfo.Lang
	Issues []IssueInfo
}

// Volumes gathers the numbered issues by what their data says is their volume; where none says so, by their years. They are in
// natural order of their names.
func (c Contents) Volumes() []Volume {
	numbered := c.Numbered()
	name := func(is IssueInfo) string { return is.Volume }
	if !slices.ContainsFunc(numbered, func(is IssueInfo) bool { return is.Volume != "" }) {
		name = func(is IssueInfo) string {
			if is.Date.Precision == 0 {
				return ""
			}
			return strconv.Itoa(is.Date.Time.UTC().Year())
		}
	}
	var out []Volume
	for _, is := range numbered {
		n := name(is)
		if n == "" {
			continue
		}
		i := slices.IndexFunc(out, func(v Volume) bool { return strings.EqualFold(v.Name, n) && v.Lang == is.Lang })
		if i < 0 {
			i = len(out)
			out = append(out, Volume{Name: n, Lang: is.Lang})
		}
		out[i].Issues = append(out[i].Issues, is)
	}
	slices.SortStableFunc(out, func(a, b Volume) int { return natural(a.Name, b.Name) })
	for _, v := range out {
		byTime(v.Issues)
	}
	return out
}

// Named reports whether somebody who asks for a volume by a name means this one: "3", "vol. 3", "Volume 3".
func (v Volume) Named(name string) bool {
	name = squeezed(name)
	if strings.EqualFold(v.Name, name) {
		return true
	}
	low := strings.ToLower(name)
	for _, word := range []string{"volume", "vol"} {
		if rest, ok := strings.CutPrefix(low, word); ok {
			return strings.EqualFold(v.Name, strings.TrimLeft(rest, " ._-"))
		}
	}
	return false
}

// byTime puts issues that have names instead of numbers in the order of their dates; numbers tell their order themselves.
func byTime(issues []IssueInfo) {
	named := func(is IssueInfo) bool { return !strings.ContainsAny(is.Number, "0123456789") }
	undated := func(is IssueInfo) bool { return is.Date.Precision == 0 }
	if slices.ContainsFunc(issues, named) && !slices.ContainsFunc(issues, undated) {
		slices.SortStableFunc(issues, func(a, b IssueInfo) int { return a.Date.Time.Compare(b.Date.Time) })
	}
}

// Bind makes one publication of issues in one language, in their order: of a volume by its name, or, under no name, of some issues,
// which is called by their numbers.
func (c Contents) Bind(name string, issues []IssueInfo) IssueInfo {
	out := IssueInfo{Volume: name, Issues: issues}
	what := "volume-" + slugOf(name)
	if name == "" {
		out.Number, what = c.numbers(issues)
		if c.stem == "" {
			what = "issues-" + what
		}
	}
	for _, is := range issues {
		out.Lang = is.Lang
		out.Articles = append(out.Articles, is.Articles...)
		if is.Date.Time.After(out.Date.Time) {
			out.Date = is.Date
		}
		if name == "" && (out.Volume == "" || out.Volume == is.Volume) {
			out.Volume = is.Volume
		}
	}
	if name == "" && slices.ContainsFunc(issues, func(is IssueInfo) bool { return is.Volume != out.Volume }) {
		out.Volume = ""
	}
	out.Slug = strings.TrimPrefix(c.stem+"-"+what, "-") + languageSuffix(out.Lang, c.first)
	return out
}

// numbers names several issues by their numbers, for readers and for files: by the first and the last, where the site has none between
// them that is not bound.
func (c Contents) numbers(issues []IssueInfo) (printed, stem string) {
	var all, own, stems []string
	for _, is := range c.Numbered() {
		if is.Lang == issues[0].Lang {
			all = append(all, is.Number)
		}
	}
	for _, is := range issues {
		own = append(own, is.Number)
		stems = append(stems, slugOf(is.Number))
	}
	last := len(own) - 1
	if at := slices.Index(all, own[0]); last > 0 && at >= 0 && at+last < len(all) && slices.Equal(all[at:at+last+1], own) {
		return own[0] + "–" + own[last], stems[0] + "-" + stems[last]
	}
	return strings.Join(own, ", "), strings.Join(stems, "_")
}

// A draft is an issue that is being read, or a volume of such.
type draft struct {
	in       IssueInfo
	issue    *document.Issue
	readings []*reading // of the articles
	members  map[string]*document.Article
	around   *matter
	bound    []*draft // the issues of a volume
}

// draft begins an issue: all of its texts are there, and empty.
func (s *Site) draft(in IssueInfo) *draft {
	d := &draft{in: in}
	if len(in.Issues) == 0 {
		d.issue, d.readings, d.members = s.begin(in)
		d.around = s.beginMatter(in, d.members, ofJournal|ofIssue)
		return d
	}
	d.issue = &document.Issue{Number: in.Number, Slug: in.Slug, Date: in.Date}
	d.members = map[string]*document.Article{}
	for _, own := range in.Issues {
		b := &draft{in: own}
		b.issue, b.readings, b.members = s.begin(own)
		b.around = s.beginMatter(own, b.members, ofIssue)
		d.bound = append(d.bound, b)
		d.issue.Articles = append(d.issue.Articles, b.issue.Articles...)
		d.readings = append(d.readings, b.readings...)
		acquaint(d.members, b.members)
	}
	for _, b := range d.bound {
		acquaint(b.members, d.members)
	}
	d.around = s.beginMatter(in, d.members, ofJournal)
	return d
}

// acquaint lets who knows one map of articles know those of another, too, so that links between the issues of a volume stay within
// it. An article that two issues have is to each its own.
func acquaint(known, more map[string]*document.Article) {
	for at, a := range more {
		if known[at] == nil {
			known[at] = a
		}
	}
}

// bind joins the issues of a volume, which are read.
func (d *draft) bind() {
	if len(d.bound) == 0 {
		return
	}
	v := d.issue
	v.Volume, v.Number = d.in.Volume, d.in.Number
	var dates []document.Date
	for _, b := range d.bound {
		v.Issues = append(v.Issues, b.issue)
		if !b.issue.Date.IsZero() {
			dates = append(dates, b.issue.Date)
		}
	}
	if len(dates) == 0 {
		return
	}
	slices.SortStableFunc(dates, func(a, b document.Date) int { return a.Time.Compare(b.Time) })
	first, last := dates[0], dates[len(dates)-1]
	v.Date = document.Date{Time: last.Time, Precision: min(last.Precision, 1), Printed: words.Span(first, last, v.Language)}
}
