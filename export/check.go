package export

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/layout"
)

// Check reads a source as Build does, sets and writes everything in memory, and puts nothing in place: it finds what a build would report,
// and what the rules of package check find in articles, in their characters and on the pages as they are set. Articles that name no issue
// are looked at, too. Problems are findings here, whatever their severity: the error is for what keeps it from looking. With
// Options.WriteBaseline the result has the baseline that accepts all of them.
func Check(ctx context.Context, src Source, opts Options) (Result, error) {
	opts.checking = true
	opts.Sink = SinkFunc(func(context.Context, string, []byte) error { return nil })
	opts.Cache, opts.Strict, opts.FailFast, opts.Lock, opts.LayoutReport = "", false, false, LockWarn, nil
	opts.Manifest, opts.Prune = false, false
	if len(opts.Formats) == 0 {
		opts.Formats = []string{"epub", "pdf"}
	}
	res, err := Build(ctx, src, opts)
	if errors.Is(err, ErrFailed) {
		err = nil
	}
	if err != nil && slices.ContainsFunc(res.Problems, func(p Problem) bool { return p.Code == "style-key" || p.Code == "style-value" }) {
		err = nil // it says no more than they do
	}
	if found := problemsIn(err); len(found) > 0 {
		res.Problems, err = append(res.Problems, found...), nil
	}
	res.Files, res.Failed = nil, 0
	document.SortProblems(res.Problems)
	return res, err
}

// problemsIn gives the problems that an error is made of; none when it holds anything else.
func problemsIn(err error) (out []Problem) {
	switch e := err.(type) {
	case Problem:
		return []Problem{e}
	case interface{ Unwrap() []error }:
		for _, part := range e.Unwrap() {
			found := problemsIn(part)
			if found == nil {
				return nil
			}
			out = append(out, found...)
		}
	case interface{ Unwrap() error }:
		return problemsIn(e.Unwrap())
	}
	return out
}

// examine holds an edition to the rules of package check, and to its pages. A build holds it to those only that the configuration names, and to one
// without which text would be left out and nobody told.
func (r *run) examine(ctx context.Context, i int, e *Edition) {
	if e.of != nil { // what there is to say was said of its issue
		return
	}
	all := r.opts.checking || r.configured()
	var found []Problem
	for _, a := range e.issue.Texts() {
		if all {
			found = append(found, check.Article(a)...)
		}
		found = append(found, r.examineText(a.Path, all)...)
	}
	if r.opts.checking || r.asksFor(pageCodes) {
		found = append(found, e.proofs(ctx)...)
	}
	found = slices.DeleteFunc(found, func(p Problem) bool {
		return !r.opts.checking && p.Code != "unclosed-block" && r.content.config.Rules[p.Code] == ""
	})
	r.note(i, func(m *made) { m.problems = append(m.problems, found...) })
}

// examineText looks through an article's file as it was typed; all says that its characters are of interest.
func (r *run) examineText(name string, all bool) (found []Problem) {
	s, _ := r.typed(name)
	if s == nil {
		return nil
	}
	if all {
		found = check.Characters(s.Text, s.Pos)
	}
	if strings.HasSuffix(name, ".md") {
		found = append(found, check.Unclosed(s.Text, s.Pos)...)
	}
	return found
}

// configured reports whether the configuration names a rule that builds leave to checks otherwise.
func (r *run) configured() bool {
	var codes []string
	for _, rule := range check.Rules() {
		codes = append(codes, rule.Code)
	}
	return r.asksFor(codes) || r.asksFor(check.CharacterCodes()) || r.asksFor(pageCodes)
}

func (r *run) asksFor(codes []string) bool {
	return slices.ContainsFunc(codes, func(code string) bool {
		level := r.content.config.Rules[code]
		return level != "" && level != "off"
	})
}

// marks are the codes of what the typesetter marks.
var marks = map[string]string{
	"overfull": "overfull-line", "underfull": "underfull-line", "loose": "loose-line", "tight": "tight-line", "ladder": "hyphen-ladder", "widow": "stranded-line",
	"orphan": "stranded-line", "river": "river", "stub": "short-last-line", "split-note": "split-note", "far-figure": "far-figure", "forced": "forced-break",
	"page-hyphen": "page-hyphen",
}

// pageCodes are found on pages only.
var pageCodes = []string{"overfull-line", "underfull-line", "loose-line", "tight-line", "hyphen-ladder", "stranded-line", "river", "short-last-line", "split-note",
	"far-figure", "forced-break", "page-hyphen", "coarse-image"}

// proofs tells what a typographer who goes over the pages would mark, and pictures that are printed coarse.
func (e *Edition) proofs(ctx context.Context) (problems []Problem) {
	set := e.layout(ctx)
	if set.err != nil {
		return nil
	}
	for _, f := range set.pages.Report.Findings {
		code := marks[f.Kind]
		if code == "" || f.Origin == "" && code != "overfull-line" { // of lists and heads that nobody has typed
			continue
		}
		problems = append(problems, document.NewProblem(code, placeOf(f.Origin), fmt.Sprintf("page %s: %s", f.Page, f.Detail), ""))
	}
	return append(problems, e.coarse(set.pages.Printed())...)
}

// placeOf reads a position as its String gives it.
func placeOf(s string) (p Pos) {
	var numbers []int
	for len(numbers) < 2 {
		i := strings.LastIndexByte(s, ':')
		n, err := strconv.Atoi(s[i+1:])
		if i < 0 || err != nil {
			break
		}
		s, numbers = s[:i], append([]int{n}, numbers...)
	}
	p.File = s
	if len(numbers) > 0 {
		p.Line = numbers[0]
	}
	if len(numbers) > 1 {
		p.Column = numbers[1]
	}
	return p
}

// fewDots is how many dots to the inch a picture has that is seen to be coarse on paper.
const fewDots = 200

// coarse tells of pictures that have too few dots for the width that they are printed in. One that is smaller than an inch is a sign among words.
func (e *Edition) coarse(widths map[string]layout.Length) (problems []Problem) {
	told := map[string]bool{}
	look := func(n document.Node) bool {
		im, ok := n.(*document.Image)
		if !ok || im.Asset == nil || im.Asset.MediaType == "image/svg+xml" || im.Asset.Width == 0 || told[im.Asset.Name] {
			return true
		}
		w := widths[im.Asset.Name]
		if w < layout.In {
			return true
		}
		told[im.Asset.Name] = true
		if dots := int(int64(im.Asset.Width) * int64(layout.In) / int64(w)); dots < fewDots {
			problems = append(problems, document.NewProblem("coarse-image", im.Pos,
				fmt.Sprintf("the picture %s, %d dots wide, is printed %.0f mm wide, with %d dots to the inch", im.Source, im.Asset.Width, w.Points()*25.4/72, dots),
				fmt.Sprintf("%d dots make 300 to the inch", int64(w)*300/int64(layout.In))))
		}
		return true
	}
	for _, a := range e.issue.Texts() {
		document.WalkArticle(a, look)
	}
	return problems
}
