package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/explain"
	"github.com/twinpress/twinpress/export/report"
)

// reportFlags say what is told of problems, to whom, and which fail the run.
func reportFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringSliceFlag{Name: "report", Usage: "report problems as `KIND[=FILE]`: " + strings.Join(report.Formats(), ", ") + "; several may be named (sarif=out.sarif,github)", DefaultText: "text"},
		&cli.StringFlag{Name: "report-file", Usage: "write the report to `FILE` instead of standard output"},
		&cli.StringFlag{Name: "fail-on", Usage: "exit with 3 when a problem is as bad as `error|warning|never`", Value: string(report.OnError)},
		&cli.StringSliceFlag{Name: "ignore", Usage: "say nothing of problems with these `CODES`, and do not count them; errors are told all the same"},
		&cli.BoolFlag{Name: "verbose", Aliases: []string{"v"}, Usage: "tell of each problem, of each file that was made, and of each that is stale; without it many of one kind take one line"},
	}
}

// A told report is one that was asked for, and where it goes.
type told struct{ format, file string }

// A reporting gathers what a run finds, shows it to people, and writes the reports that were asked for.
type reporting struct {
	t       *terminal
	run     report.Run
	reports []told
	text    bool // problems are shown to people, too
	verbose bool
	quiet   bool
	ignore  []string
	places  *places
	seen    map[export.Problem]bool // in a unit already
	sent    map[export.Problem]bool // as a line of JSON
}

// newReporting reads the flags.
func newReporting(t *terminal, c *cli.Context) (*reporting, error) {
	r := &reporting{t: t, verbose: c.Bool("verbose"), quiet: c.Bool("quiet"), text: true, places: newPlaces(), seen: map[export.Problem]bool{}, sent: map[export.Problem]bool{}}
	if r.verbose && r.quiet {
		return nil, usageError{"--verbose and --quiet are two things", ""}
	}
	r.run.Version = version()
	var err error
	if r.run.FailOn, err = report.ParseThreshold(c.String("fail-on")); err != nil {
		return nil, usageError{"--fail-on: " + err.Error(), ""}
	}
	if r.ignore, err = codesFlag("ignore", c.StringSlice("ignore")); err != nil {
		return nil, err
	}
	if r.reports, err = reportsAsked(c.StringSlice("report"), c.String("report-file")); err != nil {
		return nil, err
	}
	text := false
	for _, a := range r.reports {
		text = text || a.format == report.Text
		if a.file == "" && a.format != report.Text {
			r.text = false // the console has it
		}
	}
	r.text = r.text || text
	return r, nil
}

// codesFlag gives the codes that a flag names; each must be one that there is.
func codesFlag(flag string, values []string) (codes []string, err error) {
	for _, code := range strings.FieldsFunc(strings.Join(values, ","), func(r rune) bool { return r == ',' || r == ' ' }) {
		code = strings.Trim(code, "[]")
		if len(explain.Of(code)) == 0 {
			u := usageError{fmt.Sprintf("--%s: unknown code %q", flag, code), "twinpress explain lists the codes"}
			if near := explain.Nearest(code); near != "" {
				u.hint = fmt.Sprintf("did you mean %s?", near)
			}
			return nil, u
		}
		codes = append(codes, code)
	}
	return codes, nil
}

// reportsAsked reads --report and --report-file. One report can go to standard output.
func reportsAsked(values []string, file string) (asked []told, err error) {
	var open []int // that go nowhere yet
	for _, v := range values {
		format, to, named := strings.Cut(strings.TrimSpace(v), "=")
		switch {
		case !slices.Contains(report.Formats(), format):
			return nil, usageError{fmt.Sprintf("unknown report %q (known: %s)", format, strings.Join(report.Formats(), ", ")), ""}
		case format == report.Text && named:
			return nil, usageError{"the report \"text\" goes to standard error", "2>FILE keeps it"}
		case named && to == "":
			return nil, usageError{fmt.Sprintf("--report %s= names no file", format), ""}
		case to == "-":
			to = ""
		}
		if format != report.Text && to == "" {
			open = append(open, len(asked))
		}
		asked = append(asked, told{format, to})
	}
	if file != "" && file != "-" {
		if len(open) != 1 {
			return nil, usageError{"--report-file wants one report to be written there", "--report sarif=out.sarif,junit=out.xml names a file for each"}
		}
		asked[open[0]].file = file
		open = nil
	}
	if len(open) > 1 {
		return nil, usageError{"two reports cannot both go to standard output", "--report sarif=out.sarif,github names a file for one"}
	}
	return asked, nil
}

// wanted drops what is ignored.
func (r *reporting) wanted(ps []export.Problem) []export.Problem {
	if len(r.ignore) == 0 {
		return ps
	}
	return slices.DeleteFunc(slices.Clone(ps), func(p export.Problem) bool {
		return p.Severity < export.Error && slices.Contains(r.ignore, p.Code)
	})
}

// placed gives problems their places as seen from the repository.
func (r *reporting) placed(ps []export.Problem) []export.Problem {
	ps = slices.Clone(ps)
	for i := range ps {
		ps[i].Pos.File = r.places.of(ps[i].Pos.File)
	}
	return ps
}

// found is told of problems as they come: a report of JSON on standard output is written while the run goes on.
func (r *reporting) found(unit string, ps []export.Problem) error {
	if !slices.Contains(r.reports, told{report.JSON, ""}) {
		return nil
	}
	return report.WriteJSON(r.t.out, unit, fresh(r.placed(r.wanted(ps)), r.sent))
}

// add notes what came of an edition, or a file that was checked. What several have in common stands with the first.
func (r *reporting) add(u report.Unit) {
	u.Problems = fresh(r.placed(r.wanted(u.Problems)), r.seen)
	r.run.Units = append(r.run.Units, u)
}

// fresh drops problems that were seen before, from a slice that it may change.
func fresh(ps []export.Problem, seen map[export.Problem]bool) []export.Problem {
	return slices.DeleteFunc(ps, func(p export.Problem) bool {
		was := seen[p]
		seen[p] = true
		return was
	})
}

// write writes the reports. A file appears whole or not at all.
func (r *reporting) write(ctx context.Context) error {
	for _, code := range explain.All() {
		r.run.Rules = append(r.run.Rules, report.Rule{Code: code.Code, Severity: code.Severity, Meaning: firstSentence(code.Text), Text: code.Text, Remedy: code.Remedy})
	}
	for _, a := range r.reports {
		if a.format == report.Text || a == (told{report.JSON, ""}) {
			continue
		}
		if err := r.writeOne(ctx, a); err != nil {
			return err
		}
		if a.format == report.GitHub {
			if err := r.summarise(); err != nil {
				return err
			}
		}
	}
	return nil
}

func (r *reporting) writeOne(ctx context.Context, a told) error {
	if a.file == "" {
		return report.Write(r.t.out, a.format, &r.run)
	}
	var b bytes.Buffer
	if err := report.Write(&b, a.format, &r.run); err != nil {
		return err
	}
	return export.Folder(filepath.Dir(a.file)).Put(ctx, filepath.Base(a.file), b.Bytes())
}

// summarise adds a summary to the page that GitHub shows of a step, when it asks for one. What does not fit is left out.
func (r *reporting) summarise() (err error) {
	name := os.Getenv("GITHUB_STEP_SUMMARY")
	if name == "" {
		return nil
	}
	f, err := os.OpenFile(name, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o666)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	st, err := f.Stat()
	if err != nil {
		return err
	}
	_, err = io.WriteString(f, report.Summary(&r.run, report.MostSummary-int(min(st.Size(), report.MostSummary))))
	return err
}

// reached reports whether a problem reaches the threshold.
func (r *reporting) reached() bool {
	for _, u := range r.run.Units {
		if slices.ContainsFunc(u.Problems, r.run.FailOn.Reached) {
			return true
		}
	}
	return false
}

// errFindings ends a run in which a problem was found as bad as --fail-on says.
var errFindings = errors.New("findings")

// show prints problems for people: each, when they are few or of one file; else one line for each kind.
func (r *reporting) show(ps []export.Problem) {
	ps = r.wanted(ps)
	if r.quiet {
		ps = slices.DeleteFunc(slices.Clone(ps), func(p export.Problem) bool { return p.Severity == export.Info })
	}
	if !r.text {
		return
	}
	if r.verbose || len(ps) <= fewProblems || oneFile(ps) {
		for _, p := range ps {
			r.t.problem(p)
		}
		return
	}
	gathered := false
	for _, k := range report.Kinds(ps) {
		switch {
		case k.Count == 1:
			r.t.problem(k.First[0])
		case k.Severity == export.Error && k.Count <= fewProblems: // what was not made, and why
			for _, p := range ps {
				if p.Code == k.Code && p.Severity == k.Severity {
					r.t.problem(p)
				}
			}
		default:
			gathered = true
			r.t.kind(k)
		}
	}
	if gathered {
		r.t.println("--verbose shows each of them; twinpress explain CODE says what a code means")
	}
}

// fewProblems is how many are shown one by one.
const fewProblems = 10

// oneFile reports whether all problems are of one file.
func oneFile(ps []export.Problem) bool {
	return !slices.ContainsFunc(ps, func(p export.Problem) bool { return p.Pos.File != ps[0].Pos.File })
}

// kind prints many problems of one kind: how many, what the first says, where the first three are, and one hint.
func (t *terminal) kind(k report.Kind) {
	var places []string
	for _, p := range k.First {
		if at := p.Pos.String(); at != "" && !slices.Contains(places, at) {
			places = append(places, at)
		}
	}
	line := fmt.Sprintf("%s %d times: %s %s", t.paint(colours[k.Severity], k.Severity.String()+":"), k.Count, meaning(k), t.paint("2", "["+k.Code+"]"))
	if len(places) > 0 {
		line += "\n  " + strings.Join(places, ", ")
		if k.Count > len(k.First) {
			line += " …"
		}
	}
	if hint := k.First[0].Hint; hint != "" {
		line += "\n  " + t.paint("2", "hint: "+hint)
	}
	t.println(line)
}

// meaning says what problems have in common: the words of all of them when those are the same, else what the code means.
func meaning(k report.Kind) string {
	first := k.First[0].Message
	if !slices.ContainsFunc(k.First, func(p export.Problem) bool { return p.Message != first }) {
		return first
	}
	for _, c := range export.Codes() {
		if c.Code == k.Code {
			return c.Meaning
		}
	}
	return first
}

// firstSentence is what an explanation says in short.
func firstSentence(text string) string {
	s, _, _ := strings.Cut(text, ". ")
	return strings.TrimSuffix(s, ".")
}
