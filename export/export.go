package export

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/sourcegraph/conc/iter"
	"github.com/sourcegraph/conc/panics"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/words"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/style"
)

// What callers need of the document model to print problems.
type (
	Problem  = document.Problem
	Severity = document.Severity
	Pos      = document.Pos
)

// Severities of problems.
const (
	Info    = document.Info
	Warning = document.Warning
	Error   = document.Error
)

// Options say what to build and how. The zero value builds every issue in every format into the current folder.
type Options struct {
	Issues    []string // numbers of the issues to build; none means all
	Articles  []string // slugs, paths or globs of articles, each of which is built on its own
	Formats   []string // names from Formats; none means EPUB and PDF
	Dir       string   // output folder; "" is the current one
	Offprints bool     // also build each article of the issues on its own
	Drafts    bool     // include drafts
	Strict    bool     // a warning fails the edition it is in
	Config    string   // path of a twinpress.yaml to use instead of the site's own

	Style       string // one of Styles, instead of the configuration's
	PDFStandard string // one of PDFStandards, instead of the configuration's
	Notes       string // "article" or "issue": where an EPUB's notes stand; "" takes the configuration's
	NoPageList  bool   // do not lay the PDF out when only the EPUB is asked for

	LayoutReport string // file for the typesetter's report; "" writes none

	// Modified dates the files; zero takes the content's own dates.
	Modified time.Time

	// Jobs bounds how many editions, and within each how many articles, are worked on at once; 0 means one for each
	// processor. It has no influence on the output.
	Jobs int

	// Progress, if not nil, is told of each step. Calls do not overlap.
	Progress func(Step)
}

// A Step tells how far a build has come.
type Step struct {
	Done, Total int    // editions × formats
	Doing       string // "reading", or the name of the edition that was just worked on
	File        string // the file that was just put in place; "" for a step without
}

// A Result is what a build made. Files and Problems are in the order of the plan, whatever was done at the same time.
type Result struct {
	Dir      string
	Files    []File
	Problems []Problem
	Failed   int // editions that could not be made; the reasons are among Problems
}

// A File is a finished file.
type File struct {
	Path   string
	Format string
	Size   int64 // bytes
	Pages  int   // of a PDF
}

// Styles names the built-in page styles, the default first.
func Styles() []string { return style.Names() }

// PDFStandards names the standards a PDF can keep, the default first.
func PDFStandards() []string { return pdf.Standards() }

// ConfigTemplate is a twinpress.yaml in which every key is explained.
func ConfigTemplate() string { return hugo.ConfigTemplate() }

// Version is the module's version, "(devel)" for one built from a checkout.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

// Validate reports an option that has no meaning.
func (o *Options) Validate() error {
	if len(o.formats()) == 0 {
		return fmt.Errorf("no format is named (known: %s)", strings.Join(Formats(), ", "))
	}
	for _, f := range o.formats() {
		if formatNamed(f) == nil {
			return fmt.Errorf("unknown format %q (known: %s)", f, strings.Join(Formats(), ", "))
		}
	}
	if o.Style != "" && !slices.Contains(Styles(), o.Style) {
		return fmt.Errorf("unknown style %q (known: %s)", o.Style, strings.Join(Styles(), ", "))
	}
	if _, err := pdf.ParseStandard(o.PDFStandard); err != nil {
		return err
	}
	if !slices.Contains([]string{"", "article", "issue"}, o.Notes) {
		return fmt.Errorf("notes stand with each %q or with the %q, not %q", "article", "issue", o.Notes)
	}
	return nil
}

// formats gives the names asked for, each once, in the order of the table; commas may part them.
func (o *Options) formats() []string {
	if len(o.Formats) == 0 {
		return formatNames(false)
	}
	asked := strings.Split(strings.Join(o.Formats, ","), ",")
	var names []string
	for _, a := range asked {
		a = strings.ToLower(strings.TrimSpace(a))
		if a != "" && !slices.Contains(names, a) {
			names = append(names, a)
		}
	}
	order := Formats()
	slices.SortStableFunc(names, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	return names
}

func (o *Options) jobs() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// IssueInfo and ArticleInfo are what a listing tells.
type (
	IssueInfo struct {
		Number   string
		Date     string
		Articles []ArticleInfo
	}
	ArticleInfo struct {
		Slug    string
		Title   string
		Authors []string
		Path    string
		Draft   bool
	}
)

// List tells which issues and articles a path holds, reading front matter only.
func List(path string, opts Options) ([]IssueInfo, []Problem, error) {
	site, err := open(context.Background(), path, &opts)
	if err != nil {
		return nil, nil, err
	}
	var list []IssueInfo
	for _, is := range site.Contents().Issues {
		info := IssueInfo{Number: is.Number, Date: words.Date(is.Date, "en")}
		for _, a := range is.Articles {
			info.Articles = append(info.Articles, ArticleInfo{a.Slug, a.Title, a.Authors, a.Path, a.Draft})
		}
		list = append(list, info)
	}
	return list, site.Problems, nil
}

func open(ctx context.Context, path string, opts *Options) (*hugo.Site, error) {
	return hugo.OpenPath(ctx, path, hugo.Options{Drafts: opts.Drafts, Config: opts.Config, Jobs: opts.jobs()})
}

// Build makes the editions that path and opts ask for. A build that fails for one edition goes on with the others and
// counts it in Result.Failed. The error is for what stops everything: a path or configuration that cannot be read, a
// selection that matches nothing, a folder that cannot be written, a cancelled context.
func Build(ctx context.Context, path string, opts Options) (Result, error) {
	res := Result{Dir: opts.Dir}
	if err := opts.Validate(); err != nil {
		return res, err
	}
	progress := func(Step) {}
	if opts.Progress != nil {
		progress = opts.Progress
	}
	progress(Step{Doing: "reading"})
	site, err := open(ctx, path, &opts)
	if err != nil {
		return res, err
	}
	res.Problems = slices.Clone(site.Problems)
	house, problems, err := furnish(site, &opts)
	res.Problems = append(res.Problems, problems...)
	if err != nil {
		return res, err
	}
	plan, problems, err := plan(site.Contents(), &opts)
	res.Problems = append(res.Problems, problems...)
	if err != nil {
		return res, err
	}
	if opts.Strict {
		if n := countWarnings(res.Problems); n > 0 {
			res.Failed = len(plan)
			return res, nil
		}
	}
	run := &run{site: site, house: house, opts: &opts, formats: opts.formats()}
	run.report = func(s Step) { s.Total = len(plan) * len(run.formats); progress(s) }
	made, err := run.all(ctx, plan)
	for _, m := range made {
		res.Files = append(res.Files, m.files...)
		res.Problems = append(res.Problems, m.problems...)
		if m.failed {
			res.Failed++
		}
	}
	res.Problems = distinct(res.Problems)
	return res, err
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

func countWarnings(ps []Problem) int {
	n := 0
	for _, p := range ps {
		if p.Severity >= Warning {
			n++
		}
	}
	return n
}

// A run makes the editions of a plan.
type run struct {
	site    *hugo.Site
	house   *house
	opts    *Options
	formats []string
	press   press

	mu     sync.Mutex
	done   int
	report func(Step)
}

// made is what came of one edition.
type made struct {
	files    []File
	problems []Problem
	failed   bool
	layout   string // the typesetter's report
}

// all makes the planned editions, several at a time. When the context ends it returns at once and writes no further file.
func (r *run) all(ctx context.Context, plan []edition) ([]made, error) {
	out := make([]made, len(plan))
	slots := make(chan struct{}, r.opts.jobs())
	finished := make(chan struct{})
	go func() {
		defer close(finished)
		var wg sync.WaitGroup
		for i := range plan {
			slots <- struct{}{}
			if ctx.Err() != nil {
				break
			}
			wg.Go(func() {
				defer func() { <-slots }()
				out[i] = r.one(ctx, plan[i])
			})
		}
		wg.Wait()
	}()
	select {
	case <-ctx.Done():
		r.press.close() // waits for the file being written
		return nil, ctx.Err()
	case <-finished:
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	if r.opts.LayoutReport != "" {
		var b strings.Builder
		for _, m := range out {
			b.WriteString(m.layout)
		}
		if err := r.press.put(r.opts.LayoutReport, []byte(b.String())); err != nil {
			return out, err
		}
	}
	return out, nil
}

// one makes an edition in every format. A panic in it is our own bug: it fails this edition only and says so.
func (r *run) one(ctx context.Context, e edition) (m made) {
	defer func() {
		if p := recover(); p != nil {
			m.failed = true
			m.problems = append(m.problems, Problem{Code: "internal", Severity: Error, Pos: Pos{File: e.source},
				Message: "twinpress failed on this: " + panicked(p),
				Hint:    "this is a bug in twinpress: please report it with the file"})
		}
	}()
	issue, problems, err := r.site.Read(ctx, e.issue)
	m.problems = problems
	if err != nil {
		return r.fail(m, e, err)
	}
	if r.refused(issue, problems) {
		m.failed = true
		return m
	}
	w := newWork(ctx, r, issue)
	type written struct {
		data     []byte
		pages    int
		problems []Problem
		err      error
	}
	each := iter.Mapper[string, written]{MaxGoroutines: r.opts.jobs()}
	out := each.Map(r.formats, func(name *string) (o written) {
		o.data, o.pages, o.problems, o.err = formatNamed(*name).write(w)
		return o
	})
	for i, name := range r.formats {
		m.problems = append(m.problems, out[i].problems...)
		if err := out[i].err; err != nil {
			return r.fail(m, e, fmt.Errorf("write %s: %w", strings.ToUpper(name), err))
		}
	}
	if r.opts.Strict && countWarnings(m.problems) > 0 {
		m.failed = true
		return m
	}
	if r.opts.LayoutReport != "" {
		if set := w.layout(); set.err == nil {
			m.layout = fmt.Sprintf("edition %s\n%s\n", e.name, set.edition.Report)
		}
	}
	for i, name := range r.formats {
		if ctx.Err() != nil {
			return m
		}
		f := File{Path: filepath.Join(r.opts.Dir, filepath.FromSlash(e.name)+"."+formatNamed(name).ext), Format: name,
			Size: int64(len(out[i].data)), Pages: out[i].pages}
		if err := r.press.put(f.Path, out[i].data); err != nil {
			return r.fail(m, e, err)
		}
		m.files = append(m.files, f)
		r.mu.Lock()
		r.done++
		r.report(Step{Done: r.done, Doing: e.name, File: f.Path})
		r.mu.Unlock()
	}
	return m
}

// refused reports whether an article could not be read as it was meant: an error in its front matter, found when the site
// was opened, or in its text.
func (r *run) refused(issue *document.Issue, problems []Problem) bool {
	files := map[string]bool{}
	for _, a := range issue.Articles {
		files[a.Path] = true
	}
	bad := func(p Problem) bool { return p.Severity == Error && (p.Pos.File == "" || files[p.Pos.File]) }
	return slices.ContainsFunc(problems, bad) || slices.ContainsFunc(r.site.Problems, bad)
}

// fail notes why an edition could not be made.
func (r *run) fail(m made, e edition, err error) made {
	m.failed = true
	if p, ok := errors.AsType[Problem](err); ok {
		p.Severity = Error
		m.problems = append(m.problems, p)
		return m
	}
	m.problems = append(m.problems, Problem{Code: "build", Severity: Error, Pos: Pos{File: e.source}, Message: err.Error()})
	return m
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
		if strings.Contains(f.Function, "twinpress/") && !strings.Contains(f.Function, "export.(*run)") {
			return fmt.Sprintf("%v (%s:%d)", p, filepath.Base(f.File), f.Line)
		}
		if !more {
			return fmt.Sprint(p)
		}
	}
}
