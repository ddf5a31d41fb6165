package export

import "slices"

// Made is what came of an edition.
type Made struct {
	Name     string // of its files, without extension
	Source   string // what it is made of: "issue 7", or an article's path
	Files    []File
	Problems []Problem
	Failed   bool // it could not be made
	Untried  bool // it was not begun

	// Refusals are the problems for which Options.Strict alone did not let it be made; among them may be some of what editions share.
	Refusals []Problem
}

// tellEditions says of each edition what the result says of all. The caller holds the mutex.
func (r *run) tellEditions(res *Result) {
	told := make(map[Problem]bool, len(res.Problems))
	for _, p := range res.Problems {
		told[p] = true
	}
	for i := range r.made {
		m := &r.made[i]
		e := Made{Name: r.plan[i].name, Source: r.plan[i].source, Files: m.files, Failed: m.failed, Untried: !m.ended && !m.failed}
		e.Problems = slices.DeleteFunc(r.ruled(distinct(slices.Clone(m.problems))), func(p Problem) bool { return !told[p] })
		if m.failed && m.strict {
			e.Refusals = r.refusals(i)
		}
		res.Editions = append(res.Editions, e)
	}
}

// telling is how far Options.Found has been told of problems.
type telling struct {
	shared, editions int // told of
	seen             map[Problem]bool
}

// tell tells of an edition that has ended, and of those after it that waited for it.
func (r *run) tell(i int) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.made[i].ended = true
	if r.opts.Found == nil {
		return
	}
	r.tellShared()
	for r.heard.editions < len(r.made) && r.made[r.heard.editions].ended {
		r.tellEdition()
	}
}

// tellRest tells of what is left when a run ends. The caller holds the mutex.
func (r *run) tellRest() {
	if r.opts.Found == nil {
		return
	}
	if r.heard.editions == 0 { // otherwise what came since stands behind the editions
		r.tellShared()
	}
	for r.heard.editions < len(r.made) {
		r.tellEdition()
	}
	r.tellShared()
}

func (r *run) tellShared() {
	if r.heard.editions == 0 || r.heard.editions == len(r.made) {
		r.tellOf("", r.problems[r.heard.shared:])
		r.heard.shared = len(r.problems)
	}
}

func (r *run) tellEdition() {
	i := r.heard.editions
	r.heard.editions++
	r.tellOf(r.plan[i].name, r.made[i].problems)
}

// tellOf tells of problems that were not told of before.
func (r *run) tellOf(edition string, ps []Problem) {
	if r.heard.seen == nil {
		r.heard.seen = map[Problem]bool{}
	}
	var fresh []Problem
	for _, p := range ps {
		if !r.heard.seen[p] {
			r.heard.seen[p] = true
			fresh = append(fresh, p)
		}
	}
	if fresh = r.heed(fresh); len(fresh) > 0 {
		r.opts.Found(edition, fresh)
	}
}
