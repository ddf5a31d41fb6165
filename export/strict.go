package export

import (
	"fmt"
	"slices"

	"github.com/twinpress/twinpress/export/document"
)

// forbids reports whether problems fail the edition that they are in: see Options.Strict.
func (o *Options) forbids(ps []Problem) bool {
	return slices.ContainsFunc(ps, o.refuses)
}

// refuses reports whether a problem fails the edition that it is in.
func (o *Options) refuses(p Problem) bool {
	if p.Severity < Error && slices.Contains(o.Ignore, p.Code) {
		return false
	}
	if len(o.StrictCodes) > 0 {
		return slices.Contains(o.StrictCodes, p.Code)
	}
	return o.Strict && p.Severity >= Warning
}

// validateStrict reports a code that no problem has.
func (o *Options) validateStrict() error {
	for _, code := range o.StrictCodes {
		if !slices.ContainsFunc(document.ProblemKinds(), func(k document.ProblemKind) bool { return k.Code == code }) {
			return fmt.Errorf("strictness is asked of %q, which is the code of no problem", code)
		}
	}
	return nil
}

// bar judges each edition by what was found before, and reports whether none is left to be made. The caller holds the mutex.
func (r *run) bar() (all bool) {
	if r.passes(r.problems) == nil {
		return false
	}
	barred := 0
	for i := range r.plan {
		if r.made[i].barred = r.passes(r.sharedBy(i)); r.made[i].barred != nil {
			barred++
		}
	}
	if barred < len(r.plan) {
		return false
	}
	for i := range r.made {
		m := &r.made[i]
		m.failed, m.ended, m.strict = true, true, m.barred == ErrStrict
	}
	return barred > 0
}

// sharedBy gives what an edition has of the problems of all: those in articles are of the editions that hold them, everything else is of
// each.
func (r *run) sharedBy(i int) (ps []Problem) {
	own := map[string]bool{}
	for _, a := range r.plan[i].issue.Articles {
		own[a.Path] = true
	}
	articles := r.articlePaths()
	for _, p := range r.problems {
		if own[p.Pos.File] || !articles[p.Pos.File] {
			ps = append(ps, p)
		}
	}
	return ps
}

// articlePaths are those of the site's articles. The caller holds the mutex.
func (r *run) articlePaths() map[string]bool {
	if r.articles != nil {
		return r.articles
	}
	paths := map[string]bool{}
	for _, is := range r.content.contents.Issues {
		for _, a := range is.Articles {
			paths[a.Path] = true
		}
	}
	r.articles = paths
	return paths
}

// refusals gives what of an edition Options.Strict forbids. The caller holds the mutex.
func (r *run) refusals(i int) []Problem {
	ps := r.heed(distinct(append(r.sharedBy(i), r.made[i].problems...)))
	return slices.DeleteFunc(ps, func(p Problem) bool { return !r.opts.refuses(p) })
}
