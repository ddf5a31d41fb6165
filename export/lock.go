package export

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/pagelock"
	"github.com/twinpress/twinpress/export/pdf"
)

// What Options.Lock may ask.
const (
	LockWarn    = ""        // tell which pages of a locked issue would move
	LockRequire = "require" // fail an edition whose pages would move, or are not locked
	LockWrite   = "write"   // lock the pages of the issues that are made; one that is locked fails when pages of it would move
	LockRenew   = "renew"   // lock them as they are now, whatever was locked before
)

// A lock is pages.lock.json of a run.
type lock struct {
	*pagelock.File
	raw []byte
}

// openLock reads the site's lock. A broken one is told of when it is only looked at; who relies on it, or would write it, is refused.
func (r *run) openLock() error {
	r.lock = &lock{File: &pagelock.File{}}
	raw, err := r.content.beside(pagelock.Name)
	if err != nil {
		return fmt.Errorf("read %s: %w", pagelock.Name, err)
	}
	if raw != nil {
		f, err := pagelock.Decode(raw)
		switch p, ok := errors.AsType[Problem](err); {
		case ok && r.opts.Lock == LockWarn:
			r.found([]Problem{p})
		case ok:
			p.Severity = Error
			return p
		case err != nil:
			return err
		default:
			r.lock = &lock{f, raw}
		}
	}
	if r.writesLock() && r.content.contents.Folder == "" {
		return fmt.Errorf("%s lies in the folder of a site on disk, and there is none", pagelock.Name)
	}
	return nil
}

func (r *run) writesLock() bool { return r.opts.Lock == LockWrite || r.opts.Lock == LockRenew }

// A verdict is what the lock says of an edition.
type verdict struct {
	problems []Problem
	failed   bool
	entry    *pagelock.Edition // of the pages as they are set; nil when nobody asked
	err      error
}

// judged holds an edition's pages against the lock; an offprint's are its issue's.
func (r *run) judged(ctx context.Context, i int, e *Edition) error {
	of := cmp.Or(e.of, e)
	v := of.lock(ctx)
	if v.err != nil {
		return v.err
	}
	problems := v.problems
	if e.of != nil && !v.failed {
		problems = problemsOf(e.article, of.issue, problems)
	}
	r.note(i, func(m *made) {
		m.problems = append(m.problems, problems...)
		if e.of == nil && r.writesLock() {
			m.locked = v.entry
		}
	})
	if v.failed {
		return errRefused
	}
	return nil
}

// judge looks an edition up in the lock and compares.
func (e *Edition) judge(ctx context.Context) *verdict {
	r, how := e.run, e.run.opts.Lock
	v := &verdict{}
	refuse := func(message, hint string) *verdict {
		p := document.NewProblem("not-locked", Pos{File: e.source}, message, hint)
		if how == LockRequire || r.writesLock() {
			p.Severity, v.failed = Error, true
		}
		v.problems = append(v.problems, p)
		return v
	}
	if e.issue.Single && how == LockWarn || len(e.issue.Issues) > 0 { // a volume's articles are cited by the pages of their issues
		return v
	}
	if e.issue.Single {
		return refuse("an article made on its own begins on page 1: its pages are not locked", "--issue and --offprints cut it from its issue's pages")
	}
	style := cmp.Or(e.run.house.style.Name, "own")
	was, others := r.lock.Find(e.issue.Number, e.issue.Language, style)
	if was == nil && !r.writesLock() {
		switch {
		case len(others) > 0:
			return refuse(fmt.Sprintf("its pages are locked in the style %s, and this is %s", others[0], style), "--lock locks those of this style, too")
		case how == LockRequire:
			return refuse("its pages are not locked", "twinpress build --lock locks them, when the issue is published")
		}
		return v
	}
	if how == LockWarn && !e.paged() {
		return v
	}
	set := e.layout(ctx)
	if set.err != nil {
		v.err = set.err
		return v
	}
	v.entry = lockEntry(e.issue, style, set.pages)
	if was == nil || how == LockRenew {
		return v
	}
	v.problems = pagelock.Compare(was, v.entry)
	if v.failed = len(v.problems) > 0 && how != LockWarn; v.failed {
		for i := range v.problems {
			v.problems[i].Severity = Error
		}
	}
	if how != LockWrite {
		for _, a := range pagelock.Added(was, v.entry) {
			v.problems = append(v.problems, document.NewProblem("not-locked", Pos{File: a.File}, "is not among the articles whose pages are locked", "--lock adds it"))
		}
	}
	return v
}

// lockEntry gives the pages of an issue as they are set: of its articles, and of an editorial.
func lockEntry(is *document.Issue, style string, pages *pdf.Edition) *pagelock.Edition {
	out := &pagelock.Edition{Issue: is.Number, Language: is.Language, Style: style}
	if len(pages.Pages) > 0 {
		out.Size = fmt.Sprintf("%.1f × %.1f mm", millimetres(pages.Pages[0].Width.Points()), millimetres(pages.Pages[0].Height.Points()))
	}
	texts := pages.Texts()
	articles := is.Texts()
	slices.SortStableFunc(articles, func(a, b *document.Article) int { return cmp.Compare(firstPage(texts[a]), firstPage(texts[b])) })
	for _, a := range articles {
		if len(texts[a]) == 0 || a.Part != "" && a.Part != "editorial" {
			continue
		}
		article := pagelock.Article{File: cmp.Or(a.Path, a.Slug, "article"), Title: document.PlainText(a.Title)}
		for _, p := range texts[a] {
			article.Pages = append(article.Pages, pagelock.Page{Label: p.Label, Text: pagelock.EndsOf(p.Body.Text, p.Body.Pos),
				Notes: pagelock.EndsOf(p.Notes.Text, p.Notes.Pos), Figures: pagelock.EndsOf(p.Figures.Text, p.Figures.Pos)})
		}
		out.Articles = append(out.Articles, article)
	}
	return out
}

func firstPage(on []pdf.PageText) int {
	if len(on) == 0 {
		return -1
	}
	return on[0].Index
}

func millimetres(points float64) float64 { return points / 72 * 25.4 }

// keepLock writes the lock when pages were to be locked and are others than it says.
func (r *run) keepLock(ctx context.Context) error {
	if !r.writesLock() {
		return nil
	}
	for i := range r.made {
		if m := &r.made[i]; m.locked != nil && !m.failed {
			r.lock.Put(m.locked)
		}
	}
	data, err := r.lock.Encode()
	if err != nil || bytes.Equal(data, r.lock.raw) || len(r.lock.Editions) == 0 {
		return err
	}
	site := Folder(r.content.contents.Folder)
	out := File{Path: site.Path(pagelock.Name), Format: "lock", Size: int64(len(data))}
	return r.press.putIn(ctx, site, pagelock.Name, data, func() { r.placed(out, pagelock.Name, func() { r.indexed = append(r.indexed, out) }) })
}
