package export

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/sourcegraph/conc/iter"
	"github.com/sourcegraph/conc/panics"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/pagelock"
)

// A Result is what a build made. Files and Problems are in the order of the plan, whatever was done at the same time.
type Result struct {
	Dir      string // the output folder; "" with a Sink
	Files    []File
	Problems []Problem
	Failed   int    // editions that could not be made; the reasons are among Problems
	Baseline []byte // accepts all problems there were, with Options.WriteBaseline
	Untried  int    // editions that were not begun, since Options.FailFast and one failed

	// Editions tells the same by edition, in the order of the plan. Problems that are of none of them are of what they share: the
	// configuration, front matter, the plan, indexes.
	Editions []Made

	// Of a run with Options.Manifest into a folder: files that an earlier run of its own made there, which belong to nothing any more, by their
	// names in the folder; and those that Options.Prune has removed.
	Stale, Pruned []string
}

// A File is a finished file.
type File struct {
	Path   string // of a file on disk, else the name that the Sink was given
	Format string
	Size   int64 // bytes
	Pages  int   // of a PDF
	Cached bool  // taken from the cache, not made in this run

	name string      // as the Sink was given it
	sum  string      // SHA-256, hexadecimal
	dots image.Point // of a picture, in pixels
}

// Build makes the editions that the options ask of a source. A build that fails for one edition goes on with the others,
// and its error is a *FailedError. Every other error is for what stops everything: a path or configuration that cannot be
// read, a selection that matches nothing, a folder that cannot be written, a context that ended. Whatever the error, the
// Result tells which files are finished.
//
// When the context ends, Build returns at once: no file is begun after that, and none is left half-written. What is still
// being worked on ends shortly after.
func Build(ctx context.Context, src Source, opts Options) (Result, error) {
	if err := opts.Validate(); err != nil {
		return Result{Dir: opts.Dir}, err
	}
	r := newRun(&opts)
	return r.result(ctx, r.start(ctx, src))
}

// Write writes the one edition that the options ask of a source, in one format, to w. It is an *AmbiguousError when they ask
// for several. Nothing is written when there is an error.
func Write(ctx context.Context, w io.Writer, src Source, format string, opts Options) (Result, error) {
	opts.Formats = []string{format}
	var made []byte
	opts.Sink = SinkFunc(func(_ context.Context, _ string, data []byte) error {
		made = slices.Clone(data)
		return nil
	})
	if err := opts.Validate(); err != nil {
		return Result{}, err
	}
	r := newRun(&opts)
	r.single = true
	res, err := r.result(ctx, r.start(ctx, src))
	if err != nil {
		return res, err
	}
	_, err = w.Write(made)
	return res, err
}

// Read reads the editions that the options ask of a source as documents, to be looked at, or changed and built with Issue.
func Read(ctx context.Context, src Source, opts Options) ([]*document.Issue, []Problem, error) {
	c, err := src.open(ctx, &opts)
	if err != nil {
		return nil, nil, err
	}
	problems := slices.Clone(c.problems)
	plan, more, err := src.plan(c, &opts)
	problems = append(problems, more...)
	if err != nil {
		return nil, problems, err
	}
	var out []*document.Issue
	for _, e := range plan {
		issue, more, err := c.read(ctx, e)
		problems = append(problems, more...)
		if err != nil {
			return out, distinct(problems), fmt.Errorf("read %s: %w", e.source, err)
		}
		out = append(out, issue)
	}
	return out, distinct(problems), nil
}

// A run makes the editions of a plan. What is made is noted under the mutex as it comes, so that a run that is interrupted
// can tell what is finished.
type run struct {
	opts    *Options
	formats []*Format
	indexes []*index
	single  bool // more than one edition is an error
	press   press

	content *content
	house   *house

	mu       sync.Mutex
	problems []Problem // of what all editions share
	heard    telling
	plan     []edition
	made     []made // by place in the plan
	indexed  []File // that tell of the others
	lock     *lock
	reuse    *reuse // nil without a cache
	gate     *gate
	stopped  atomic.Bool // an edition failed, and Options.FailFast
	done     int         // files
	wholes   map[int]*whole
	typing   typing
	untried  int // editions, after one failed
	stock    *hugo.Stock
	stale    []string
	pruned   []string
	articles map[string]bool // paths of the site's; see articlePaths
}

// made is what came of one edition.
type made struct {
	files    []File
	problems []Problem
	barred   error // why it is not begun: what was found before
	ended    bool
	failed   bool
	strict   bool   // failed for its warnings alone
	layout   string // the typesetter's report
	record   *record
	contents *holding          // what a manifest tells
	locked   *pagelock.Edition // its pages, to be locked
}

func newRun(opts *Options) *run {
	r := &run{opts: opts, press: press{sink: opts.Sink}}
	if r.press.sink == nil {
		r.press.sink = Folder(opts.Dir)
	}
	for _, name := range opts.formats() {
		if x := indexNamed(name); x != nil {
			r.indexes = append(r.indexes, x)
			continue
		}
		r.formats = append(r.formats, formatNamed(opts.table(), name))
	}
	return r
}

// start works in the background and tells when it has ended, and how.
func (r *run) start(ctx context.Context, src Source) <-chan error {
	ended := make(chan error, 1)
	if r.opts.Cache != "" {
		go program() // takes as long as opening a site
	}
	go func() { ended <- caught("", func() error { return r.work(ctx, src) }) }()
	return ended
}

// result waits for the run, or for the end of the context, and gives what there is then.
func (r *run) result(ctx context.Context, ended <-chan error) (Result, error) {
	var err error
	select {
	case err = <-ended:
	case <-ctx.Done():
		r.press.close() // waits for the file being written
		err = cancelled(ctx)
	}
	if err != nil && ctx.Err() != nil {
		err = cancelled(ctx) // whichever of the two was seen first
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	res := Result{Problems: slices.Clone(r.problems), Untried: r.untried, Stale: r.stale, Pruned: r.pruned}
	if r.opts.Sink == nil {
		res.Dir = r.opts.Dir
	}
	r.tellRest()
	var failed FailedError
	failed.Strict = true
	for i, m := range r.made {
		res.Files = append(res.Files, m.files...)
		res.Problems = append(res.Problems, m.problems...)
		if m.failed {
			res.Failed++
			failed.Editions = append(failed.Editions, r.plan[i].name)
			failed.Strict = failed.Strict && m.strict
		}
	}
	for _, p := range r.problems { // an article that cannot be read would be in one of them
		if p.Code == "unreadable" && len(r.plan) > 0 {
			res.Failed++
			failed.Editions, failed.Strict = append(failed.Editions, p.Pos.File), false
		}
	}
	res.Files = append(res.Files, r.indexed...)
	res.Problems = r.telling(distinct(res.Problems), ctx.Err() == nil, &res)
	r.tellEditions(&res)
	if err == nil && res.Failed > 0 {
		err = &failed
	}
	return res, err
}

// work is the whole run: read what it takes to plan, plan, make the editions.
func (r *run) work(ctx context.Context, src Source) (err error) {
	r.progress(Step{Doing: "reading"})
	if r.content, err = src.open(ctx, r.opts); err != nil {
		return err
	}
	r.found(r.content.problems)
	house, problems, err := furnish(r.content, r.opts)
	r.found(problems)
	if err != nil {
		return err
	}
	r.house = house
	if err := r.openLock(); err != nil {
		return err
	}
	if err := r.takeStock(ctx); err != nil {
		return err
	}
	if err := r.openCache(); err != nil {
		return err
	}
	defer r.closeCache()
	plan, problems, err := src.plan(r.content, r.opts)
	r.found(problems)
	if err != nil {
		return err
	}
	plan = shareOf(plan, r.opts.Shard)
	if r.single && len(plan) > 1 {
		return several(plan)
	}
	r.mu.Lock()
	r.plan, r.made = plan, make([]made, len(plan))
	r.wholes = r.share(plan)
	refused := r.bar()
	r.mu.Unlock()
	if refused {
		return nil
	}
	if err := r.press.open(); err != nil {
		return err
	}
	defer r.press.close()
	r.gate = newGate(r.opts.Memory)
	return r.all(ctx)
}

// several is the error of a plan that has more than the one edition that was asked for.
func several(plan []edition) error {
	e := &AmbiguousError{}
	for _, ed := range plan {
		e.Sources = append(e.Sources, ed.source)
	}
	return e
}

// found notes problems of what all editions share.
func (r *run) found(ps []Problem) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.problems = append(r.problems, ps...)
}

// progress tells of a step; the caller does not hold the mutex.
func (r *run) progress(s Step) {
	if r.opts.Progress == nil {
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.opts.Progress(s)
}

// all makes the planned editions, several at a time, and hands on the typesetter's reports of them.
func (r *run) all(ctx context.Context) error {
	each := iter.Iterator[edition]{MaxGoroutines: r.opts.jobs()}
	var tried atomic.Int64
	each.ForEachIdx(r.plan, func(i int, _ *edition) {
		if ctx.Err() == nil && !r.stopped.Load() {
			tried.Add(1)
			r.one(ctx, i)
		}
	})
	if ctx.Err() != nil {
		return cancelled(ctx)
	}
	r.untried = len(r.plan) - int(tried.Load())
	if err := r.index(ctx); err != nil {
		return err
	}
	if err := r.writeManifest(ctx); err != nil {
		return err
	}
	if err := r.keepLock(ctx); err != nil || r.opts.LayoutReport == nil {
		return err
	}
	var b strings.Builder
	for _, m := range r.made {
		b.WriteString(m.layout)
	}
	_, err := io.WriteString(r.opts.LayoutReport, b.String())
	return err
}

// one makes an edition in every format. A panic in it is our own bug: it fails this edition only and says so.
func (r *run) one(ctx context.Context, i int) {
	e := r.plan[i]
	whole := ctx
	limit := time.Duration(cmp.Or(r.content.config.MaxSeconds, 600)) * time.Second
	ctx, cancel := context.WithTimeoutCause(ctx, limit, errTime)
	defer cancel()
	w := r.take(i)
	defer r.tell(i)
	defer r.finish(w)
	err := caught(e.source, func() error {
		if err := r.made[i].barred; err != nil {
			return err
		}
		if done, err := r.recall(ctx, i); done || err != nil {
			return err
		}
		made, err := r.open(ctx, i, w)
		if err != nil {
			return err
		}
		return r.write(ctx, i, made)
	})
	if err == nil || whole.Err() != nil {
		return
	}
	if context.Cause(ctx) == errTime {
		err = Problem{Code: "limit", Severity: Error, Pos: Pos{File: e.source}, Message: fmt.Sprintf("seconds that an edition may take: more than %d", limit/time.Second),
			Hint: "limits: seconds in twinpress.yaml raises the bound"}
	}
	if r.opts.FailFast {
		r.stopped.Store(true)
	}
	r.note(i, func(m *made) {
		m.failed, m.strict = true, errors.Is(err, ErrStrict)
		if p, ok := asProblem(err, e.source); ok {
			m.problems = append(m.problems, p)
		}
	})
}

// errTime ends an edition that takes longer than the configuration lets it.
var errTime = errors.New("an edition took too long")

// tooMuch refuses an issue for a limit that it exceeds.
func tooMuch(issue *document.Issue, message, limit string) error {
	p := Problem{Code: "limit", Severity: Error, Message: message, Hint: "limits: " + limit + " in twinpress.yaml raises the bound"}
	if len(issue.Articles) > 0 && issue.Articles[0] != nil {
		p.Pos.File = issue.Articles[0].Path
	}
	return p
}

// errRefused fails an edition whose problems say why.
var errRefused = errors.New("refused")

// note changes what is known of an edition.
func (r *run) note(i int, change func(*made)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	change(&r.made[i])
}

// write writes an edition in every format, and puts the files in place when all are written.
func (r *run) write(ctx context.Context, i int, e *Edition) error {
	found := slices.Clone(r.made[i].problems)
	key := r.madeKey(i, e)
	if done, err := r.recallMade(ctx, i, key, nil); done || err != nil {
		if err == nil {
			r.keep(i, key, found, nil, nil)
		}
		return err
	}
	type file struct {
		data bytes.Buffer
		Written
		err error
	}
	each := iter.Mapper[*Format, *file]{MaxGoroutines: r.opts.jobs()}
	files := each.Map(r.formats, func(f **Format) *file {
		var out file
		out.Written, out.err = (*f).Write(ctx, &out.data, e)
		return &out
	})
	for k, f := range r.formats {
		r.note(i, func(m *made) { m.problems = append(m.problems, files[k].Problems...) })
		if err := files[k].err; err != nil {
			return fmt.Errorf("write %s: %w", strings.ToUpper(f.Name), err)
		}
	}
	if err := r.judged(ctx, i, e); err != nil {
		return err
	}
	r.examine(ctx, i, e)
	if err := r.passes(r.made[i].problems); err != nil {
		return err
	}
	if r.opts.LayoutReport != nil {
		report := e.report(ctx)
		r.note(i, func(m *made) { m.layout = report })
	}
	finished := make([]File, len(files))
	for k, f := range files {
		finished[k] = r.finished(e.name, r.formats[k], f.data.Bytes(), f.Pages)
	}
	if err := r.recorded(ctx, i, e, finished); err != nil {
		return err
	}
	if r.opts.Manifest || r.reuse != nil {
		held := e.contentsOf(ctx)
		r.note(i, func(m *made) { m.contents = held })
	}
	for k, out := range finished {
		if ctx.Err() != nil {
			return cancelled(ctx)
		}
		if err := r.deliver(ctx, i, out, files[k].data.Bytes()); err != nil {
			return err
		}
	}
	if key != "" {
		m := r.made[i]
		note := &madeNote{Problems: m.problems[len(found):], Layout: m.layout, Record: m.record, Holding: m.contents}
		var pieces [][]byte
		for k, out := range finished {
			note.Files = append(note.Files, madeFile{out.sum, out.Size, out.Pages})
			pieces = append(pieces, files[k].data.Bytes())
		}
		r.keep(i, key, found, note, pieces)
	}
	return nil
}

// named tells how a file that an edition is written as is called.
func (r *run) named(edition string, f *Format, pages int) File {
	name := edition + "." + f.Ext
	out := File{Path: name, Format: f.Name, Pages: pages, name: name}
	if d, ok := r.press.sink.(Folder); ok {
		out.Path = d.Path(name)
	}
	return out
}

// finished tells of a file that an edition was written as.
func (r *run) finished(edition string, f *Format, data []byte, pages int) File {
	out := r.named(edition, f, pages)
	out.Size, out.sum, out.dots = int64(len(data)), sumOf(data), pictureSize(out.name, data)
	return out
}

// deliver puts a finished file of an edition in place, and tells of it. There is nothing to do when data is nil: it lies there.
func (r *run) deliver(ctx context.Context, i int, out File, data []byte) error {
	placed := func() {
		r.placed(out, r.plan[i].name, func() { r.made[i].files = append(r.made[i].files, out) })
	}
	if data == nil {
		placed()
		return nil
	}
	return r.press.put(ctx, out.name, data, placed)
}

// lies reports whether a file lies in the output folder already, with all its bytes.
func (r *run) lies(out File) bool {
	d, ok := r.press.sink.(Folder)
	return ok && d.holds(out.name, out.Size, out.sum)
}

// placed notes that a file was put in place, and tells of it.
func (r *run) placed(out File, doing string, note func()) {
	r.mu.Lock()
	defer r.mu.Unlock()
	note()
	r.done++
	if r.opts.Progress != nil {
		r.opts.Progress(Step{Done: r.done, Total: max(r.done, len(r.plan)*len(r.formats)+len(r.indexes)), Doing: doing, File: out.Path})
	}
}

// refused reports whether an article could not be read as it was meant: an error in its front matter, found when the site
// was opened, or in its text.
func (r *run) refused(issue *document.Issue, problems []Problem) bool {
	files := map[string]bool{}
	for _, a := range issue.Articles {
		if a != nil {
			files[a.Path] = true
		}
	}
	bad := func(p Problem) bool { return p.Severity == Error && (p.Pos.File == "" || files[p.Pos.File]) }
	return slices.ContainsFunc(problems, bad) || slices.ContainsFunc(r.content.problems, bad)
}

// distinct drops what was found twice, as an article's problems are when it is built in its issue and as an offprint.
func distinct(ps []Problem) []Problem {
	seen := make(map[Problem]bool, len(ps))
	return slices.DeleteFunc(ps, func(p Problem) bool {
		was := seen[p]
		seen[p] = true
		return was
	})
}

// asProblem tells an error as a problem of an edition; not one whose reasons are told already.
func asProblem(err error, source string) (Problem, bool) {
	if errors.Is(err, errRefused) || errors.Is(err, ErrStrict) {
		return Problem{}, false
	}
	if p, ok := errors.AsType[Problem](err); ok {
		p.Severity = Error
		return p, true
	}
	return Problem{Code: "build", Severity: Error, Pos: Pos{File: source}, Message: err.Error()}, true
}

// caught is the one guard against panics, which are our own bugs: it gives what f gives, or the panic as a problem.
func caught(source string, f func() error) (err error) {
	defer func() {
		if p := recover(); p != nil {
			err = Problem{Code: "internal", Severity: Error, Pos: Pos{File: source},
				Message: "twinpress failed on this: " + panicked(p),
				Hint:    "this is a bug in twinpress: please report it with the file"}
		}
	}()
	return f()
}

// panicked tells what a panic said and the innermost of our own functions it passed, wherever it was caught first.
func panicked(p any) string {
	pcs := make([]uintptr, 64)
	pcs = pcs[:runtime.Callers(3, pcs)]
	for r, ok := p.(*panics.Recovered); ok; r, ok = p.(*panics.Recovered) { // brought here from goroutines
		p, pcs = r.Value, r.Callers
	}
	frames := runtime.CallersFrames(pcs)
	for {
		f, more := frames.Next()
		if strings.Contains(f.Function, "twinpress/") && !strings.Contains(f.Function, "export.(*run)") && !strings.Contains(f.Function, "export.caught") {
			return fmt.Sprintf("%v (%s:%d)", p, filepath.Base(f.File), f.Line)
		}
		if !more {
			return fmt.Sprint(p)
		}
	}
}
