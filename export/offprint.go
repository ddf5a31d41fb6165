package export

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/names"
	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/pdf"
)

// A whole is an issue on its way: read once, and laid out once, for its own edition and for the offprints that are cut from
// it. Whoever comes first makes it.
type whole struct {
	read  func(context.Context) (*reading, error)
	users int                                             // editions that have not begun to be made of it
	using int                                             // editions that are not finished
	enter func(context.Context) (leave func(), err error) // waits until there is room in memory for it; once
}

// A reading is an issue that has been read.
type reading struct {
	edition  *Edition
	problems []Problem
}

// share makes ready what the editions of a plan have in common.
func (r *run) share(plan []edition) map[int]*whole {
	wholes := map[int]*whole{}
	for i, e := range plan {
		if e.whole > 0 {
			wholes[e.whole-1].users++
			wholes[e.whole-1].using++
			continue
		}
		enter := onceWith(func(ctx context.Context) (func(), error) { return r.gate.enter(ctx, weightOf(e.issue)) })
		wholes[i] = &whole{users: 1, using: 1, enter: enter, read: onceWith(func(ctx context.Context) (*reading, error) {
			if _, err := enter(ctx); err != nil {
				return &reading{}, err
			}
			issue, problems, err := r.content.read(ctx, e)
			if err != nil {
				return &reading{problems: problems}, err
			}
			return &reading{newEdition(r, e, r.stated(issue)), problems}, nil
		})}
	}
	return wholes
}

// open reads what an edition of the plan is made of, or takes it from its issue, and notes what was found.
func (r *run) open(ctx context.Context, i int, w *whole) (*Edition, error) {
	e := r.plan[i]
	at := i
	if e.whole > 0 {
		at = e.whole - 1
	}
	read, err := w.read(ctx)
	if read == nil { // whoever came first ended in a panic, and has told of it
		return nil, errRefused
	}
	problems, out := read.problems, read.edition
	if err == nil && e.whole > 0 {
		a := out.issue.Articles[e.article-1]
		problems = problemsOf(a, out.issue, problems)
		out = newOffprint(r, e, out, a)
	}
	r.note(i, func(m *made) { m.problems = append(m.problems, problems...) })
	switch {
	case err != nil:
		return nil, err
	case r.opts.checking: // it is to be set all the same: there may be more to find
	case r.refused(out.issue, problems):
		return nil, errRefused
	case e.whole > 0 && r.refused(read.edition.issue, read.problems):
		return nil, fmt.Errorf("an offprint has the pages of its issue, and %s cannot be made", r.plan[at].name)
	}
	return out, nil
}

// take gives what an edition of the plan is made of, once.
func (r *run) take(i int) *whole {
	at := i
	if w := r.plan[i].whole; w > 0 {
		at = w - 1
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	w := r.wholes[at]
	if w.users--; w.users == 0 {
		delete(r.wholes, at) // and with the last of its offprints, an issue leaves memory
	}
	return w
}

// finish ends one edition's use of an issue; with the last of them the next issue has room.
func (r *run) finish(w *whole) {
	r.mu.Lock()
	w.using--
	last := w.using == 0
	r.mu.Unlock()
	if !last {
		return
	}
	ended, cancel := context.WithCancel(context.Background())
	cancel() // who never entered does not now
	if leave, err := w.enter(ended); err == nil {
		leave()
	}
}

// problemsOf gives those problems of an issue that are an article's, or everybody's.
func problemsOf(a *document.Article, issue *document.Issue, problems []Problem) []Problem {
	others := map[string]bool{}
	for _, o := range issue.Articles {
		others[o.Path] = o != a
	}
	return slices.DeleteFunc(slices.Clone(problems), func(p Problem) bool { return others[p.Pos.File] })
}

// newOffprint makes the edition of one article of an issue, whose pages it shares.
func newOffprint(r *run, plan edition, of *Edition, a *document.Article) *Edition {
	e := newEdition(r, plan, r.content.offprint(of.issue, plan, a))
	e.of, e.article = of, a
	laid := onceWith(func(ctx context.Context) (*laidOut, error) {
		set := of.layout(ctx)
		out := &laidOut{problems: problemsOf(a, of.issue, set.problems), err: set.err}
		if set.err != nil {
			return out, nil
		}
		first, last, _ := set.pages.PagesOf(a)
		out.pages, out.err = set.pages.Offprint(ctx, e.issue, pdf.Imprint{
			Text: cited(of.issue, a, first, last), Address: cmp.Or(published(of.issue, a), reference.Resolver(a.DOI)),
		})
		return out, nil
	})
	e.layout = func(ctx context.Context) *laidOut {
		l, _ := laid(ctx)
		return l
	}
	e.pageSource, e.gathered = pagesOf(of.issue), names.Gathered(of.issue)
	e.cited = func(set *laidOut) []document.Inline {
		first, last := "", ""
		if set != nil && set.err == nil {
			first, last, _ = set.pages.PagesOf(a)
		}
		return cited(of.issue, a, first, last)
	}
	return e
}

// cited says where an article appeared, as one cites it: journal, issue, date and pages; below that, where it is published.
func cited(is *document.Issue, a *document.Article, first, last string) []document.Inline {
	alone := *is
	alone.Single, alone.Articles = true, []*document.Article{a}
	work := reference.Works(&alone, func(*document.Article) reference.Pages { return reference.Pages{First: first, Last: last} })[0]
	w := words.For(a.Language)
	pages := work.Pages.Range("–")
	switch {
	case pages == "":
	case first == last:
		pages = w.Number(w.Page, pages)
	default:
		pages = w.Number(w.Pages, pages)
	}
	parts := slices.DeleteFunc([]string{is.Journal.Title, work.Label(w), words.Date(work.Date, a.Language), pages}, func(s string) bool { return s == "" })
	var out []document.Inline
	if len(parts) > 0 {
		out = append(out, &document.Text{Value: strings.Join(parts, " · ")})
	}
	for _, l := range []string{reference.Resolver(a.DOI), published(is, a)} {
		if l == "" {
			continue
		}
		if len(out) > 0 {
			out = append(out, &document.Break{})
		}
		out = append(out, &document.Link{URL: l, Auto: true, Content: []document.Inline{&document.Text{Value: l}}})
	}
	return out
}

// pagesOf names the edition whose page numbers an offprint has.
func pagesOf(is *document.Issue) string {
	w := words.For(is.Language)
	name := cmp.Or(is.Journal.Title, document.PlainText(is.Title))
	if is.Number != "" {
		name = strings.TrimPrefix(name+", "+w.Number(w.Issue, is.Number), ", ")
	}
	return strings.TrimSpace(name + " (PDF)")
}

// published is where the site shows an article, "" when the site's address is not known.
func published(is *document.Issue, a *document.Article) string {
	url, _ := address.Follow(a.URL, is.Journal.BaseURL)
	return url
}
