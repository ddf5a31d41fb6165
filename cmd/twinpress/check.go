package main

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
	"github.com/twinpress/twinpress/export/outside"
	"github.com/twinpress/twinpress/export/report"
)

func checkCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "check",
		Usage:        "find what is wrong with a site, an article, or finished EPUBs and PDFs; nothing is written",
		ArgsUsage:    "PATH...",
		OnUsageError: onUsageError,
		Description: `PATH is what build takes, a Hugo site, a content folder or a Markdown file, or it is a finished EPUB or PDF, or a folder of them.

A site is read, set and written in memory. Reported is what a build would report, in articles that name no issue, too, and besides: headings that
skip a level, code and comments that do not end, markup that stands in the text, pictures that are too coarse for their printed size or too heavy, characters that are not what they seem (controls of direction,
letters of two scripts in a word, private use, without width, soft hyphens, what was lost or misread), and what the typesetter would mark on the
pages (lines too wide or too loose, stranded lines, rivers, ladders). rules: in twinpress.yaml sets a code off or gives it another severity;
in an article comments do, which no edition shows:

   <!-- twinpress-disable-next missing-alt -->    in the block that follows
   <!-- twinpress-disable missing-alt -->         from here on (before the first word: in all of the file)
   <!-- twinpress-enable missing-alt -->          until here

A baseline accepts what there is today: --write-baseline FILE writes it, --baseline FILE tells only of what is new. It knows a finding by
its file, its code and the text around it, not by its line.

In finished EPUBs it finds what is broken (links, notes, navigation, alternative texts, page list) and what reading systems and stores are
known to refuse (` + strings.Join(check.Profiles(), ", ") + `), each with its source; in PDFs what a screen reader or an archive would miss. An EPUB and a PDF, given alone,
or among others under one name (a.epub a.pdf), are held against each other as well: both must have the same words, notes, links, pictures
and alternatives, in the same order.

EPUBCheck, Ace and veraPDF are run over finished files where they are installed; one that is not is told ("not installed"). They are looked for in PATH,
or where EPUBCHECK_JAR (a jar, or a folder of jars), ACE (a program) and VERAPDF (a program, or a folder of jars) say. Their findings have their own codes
(epubcheck RSC-005). One that --tools asks for by name must be there (exit 4).

twinpress explain CODE says what a code means. Needs no network.

EXIT CODES
   0  no finding at the threshold (--fail-on)    3  findings at the threshold    1  something could not be read
   2  wrong usage                                4  an outside tool that was asked for is not there

EXAMPLES
   twinpress check site/                                    everything that is wrong with a site
   twinpress check site/ --write-baseline baseline.json     accept what there is today
   twinpress check site/ --baseline baseline.json --strict  fail on what is new
   twinpress check essay.md                                 one article
   twinpress check dist/                                    all finished files of a folder, and where the two of a name differ`,
		Flags: slices.Concat([]cli.Flag{
			&cli.BoolFlag{Name: "strict", Usage: "the same as --fail-on warning"},
			&cli.StringFlag{Name: "baseline", Usage: "tell only of what `FILE` does not accept"},
			&cli.StringFlag{Name: "write-baseline", Usage: "write `FILE`, which accepts everything that is found, and exit with 0"},
			&cli.StringSliceFlag{Name: "profile", Usage: "of finished files, report only the rules of `READER`: " + strings.Join(check.Profiles(), ", ") +
				" (besides everyone's)", DefaultText: "all"},
			&cli.StringSliceFlag{Name: "tools", Usage: "run `TOOLS` over finished files: " + strings.Join(toolNames(), ", ") + ", all that are installed, or none", Value: cli.NewStringSlice("all")},
			&cli.DurationFlag{Name: "tool-timeout", Usage: "give each of them so much `TIME` for a file", Value: 2 * time.Minute},
			&cli.StringSliceFlag{Name: "issue", Usage: "only issue `NUMBER`; may be repeated"},
			&cli.StringSliceFlag{Name: "article", Usage: "only the articles whose slug matches `SLUG|GLOB`; may be repeated"},
			&cli.StringFlag{Name: "style", Usage: "page `STYLE`: " + strings.Join(export.Styles(), ", ")},
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "work on `N` articles at once", DefaultText: "the number of processors"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no progress, no infos and no closing lines"},
		}, siteFlags(), reportFlags()),
		Action: func(c *cli.Context) error {
			k, err := newChecking(t, c)
			if err != nil {
				return err
			}
			return k.run(c)
		},
	}
}

// A checking is a run of the command.
type checking struct {
	t        *terminal
	opts     export.Options
	profiles []string
	tools    []outside.Tool
	named    map[string]bool // tools that were asked for by name
	each     time.Duration   // of a tool, for a file
	told     *reporting
	baseline *export.Baseline
	write    string
	quiet    bool

	unread bool // something could not be read
}

func newChecking(t *terminal, c *cli.Context) (*checking, error) {
	k := &checking{t: t, write: c.String("write-baseline"), quiet: c.Bool("quiet")}
	if c.NArg() == 0 {
		return nil, usageError{"check needs a path", "twinpress check site/, or twinpress check dist/review-112.epub"}
	}
	k.profiles = strings.FieldsFunc(strings.Join(c.StringSlice("profile"), ","), func(r rune) bool { return r == ',' })
	for _, p := range k.profiles {
		if !slices.Contains(check.Profiles(), p) {
			return nil, usageError{fmt.Sprintf("unknown profile %q (known: %s)", p, strings.Join(check.Profiles(), ", ")), ""}
		}
	}
	var err error
	if k.told, err = newReporting(t, c); err != nil {
		return nil, err
	}
	k.told.run.Checked = true
	if c.Bool("strict") {
		k.told.run.FailOn = report.OnWarning
	}
	k.opts = export.Options{Issues: c.StringSlice("issue"), Articles: c.StringSlice("article"), Style: c.String("style"), Jobs: c.Int("jobs"), WriteBaseline: k.write != ""}
	if c.IsSet("jobs") && k.opts.Jobs < 1 {
		return nil, usageError{fmt.Sprintf("--jobs wants a number from 1, not %d", k.opts.Jobs), ""}
	}
	if err := siteOptions(c, &k.opts); err != nil {
		return nil, err
	}
	if err := k.opts.Validate(); err != nil {
		return nil, usageError{err.Error(), "see twinpress check --help"}
	}
	if err := k.chooseTools(c); err != nil {
		return nil, err
	}
	k.baseline, err = baselineOption(c)
	return k, err
}

// baselineOption reads the baseline that is asked for; nil for none.
func baselineOption(c *cli.Context) (*export.Baseline, error) {
	name := c.String("baseline")
	if name == "" {
		return nil, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, fmt.Errorf("read the baseline: %w", err)
	}
	return export.ReadBaseline(filepath.ToSlash(name), data)
}

// run looks at each path, and judges at the end.
func (k *checking) run(c *cli.Context) error {
	var sites, files []string
	for _, name := range c.Args().Slice() {
		finished, err := finishedFiles(name)
		switch {
		case err != nil:
			return err
		case finished != nil:
			files = append(files, finished...)
		default:
			sites = append(sites, name)
		}
	}
	if len(sites) > 1 && (k.baseline != nil || k.write != "") || len(sites) > 0 && len(files) > 0 && (k.baseline != nil || k.write != "") {
		return usageError{"a baseline is of one site, or of finished files", "check them one after the other"}
	}
	if c.IsSet("tools") && len(files) == 0 && len(k.tools) > 0 {
		return usageError{"tools look at finished files, and none is named", "twinpress check dist/"}
	}
	var written []byte
	for _, name := range sites {
		baseline, err := k.site(c, name)
		if err != nil {
			return err
		}
		written = baseline
	}
	if len(files) > 0 {
		written = k.files(c.Context, files)
	}
	if err := k.told.write(c.Context); err != nil {
		return err
	}
	if k.write != "" {
		if err := putBaseline(c.Context, k.write, written); err != nil {
			return err
		}
		if !k.unread {
			return nil
		}
	}
	switch {
	case k.unread:
		return errReported
	case k.told.reached():
		return errFindings
	}
	return nil
}

// site looks at a site, a folder of content or an article.
func (k *checking) site(c *cli.Context, name string) (baseline []byte, err error) {
	opts := k.opts
	opts.Baseline = k.baseline
	bar := newBar(k.t, k.quiet || !k.t.tty, false) // no file is made that a line could name
	opts.Progress = bar.show
	k.told.places.below(name)
	opts.Found = func(edition string, ps []export.Problem) { k.stream(edition, ps) }
	res, err := export.Check(c.Context, export.Path(name), opts)
	bar.done()
	if err != nil {
		return nil, err
	}
	k.tell(name, res)
	return res.Baseline, nil
}

// files looks at finished files, and at the pairs among them.
func (k *checking) files(ctx context.Context, names []string) (baseline []byte) {
	var all []export.Problem
	told := map[string][]export.Problem{}
	for _, name := range names {
		findings, err := check.File(name)
		if err != nil {
			k.t.report(err)
			k.unread = true
			continue
		}
		for _, f := range findings {
			if len(k.profiles) == 0 || f.Profile == "" || slices.Contains(k.profiles, f.Profile) {
				told[name] = append(told[name], asProblem(name, f))
			}
		}
		all = append(all, told[name]...)
	}
	type verdict struct{ names, text string }
	var verdicts []verdict
	for _, pair := range pairs(names) {
		found, text, err := compare(pair[0], pair[1])
		if err != nil {
			k.t.report(err)
			k.unread = true
		}
		key := pair[0] + " and " + pair[1]
		told[key] = found
		all = append(all, found...)
		verdicts = append(verdicts, verdict{key, text})
	}
	for _, tool := range k.tools {
		found, text := k.outside(ctx, tool, names)
		all = append(all, found...)
		if text != "" {
			verdicts = append(verdicts, verdict{tool.Name, text})
		}
	}
	left := all
	if k.baseline != nil {
		var gone []export.Problem
		left, gone = k.baseline.Accept(all, nil)
		left = append(left, gone...)
	}
	k.told.show(left)
	k.noteFiles(names, told, left)
	for _, name := range names {
		k.verdict("%s: %s", name, count(len(told[name]), "finding"))
	}
	for _, v := range verdicts {
		k.verdict("%s: %s", v.names, v.text)
	}
	if k.write == "" {
		return nil
	}
	return export.WriteBaseline(all, nil)
}

// noteFiles keeps what is left of what was found in each file, in what two of them differ, and of the baseline.
func (k *checking) noteFiles(names []string, told map[string][]export.Problem, left []export.Problem) {
	is := map[export.Problem]bool{}
	for _, p := range left {
		is[p] = true
	}
	for _, pair := range pairs(names) {
		names = append(names[:len(names):len(names)], pair[0]+" and "+pair[1])
	}
	for _, name := range names {
		u := report.Unit{Name: name}
		for _, p := range told[name] {
			if is[p] {
				u.Problems = append(u.Problems, p)
				delete(is, p)
			}
		}
		k.note(u)
	}
	k.note(report.Unit{Problems: slices.DeleteFunc(slices.Clone(left), func(p export.Problem) bool { return !is[p] })})
}

// putBaseline writes the file whole or not at all; into what is no regular file (a pipe, a device) it goes as it comes.
func putBaseline(ctx context.Context, name string, data []byte) error {
	if st, err := os.Stat(name); err == nil && !st.Mode().IsRegular() && !st.IsDir() {
		return os.WriteFile(name, data, 0o666)
	}
	return export.Folder(filepath.Dir(name)).Put(ctx, filepath.Base(name), data)
}

// tell shows what was found on a path, and how much that is.
func (k *checking) tell(name string, res export.Result) {
	k.told.show(res.Problems)
	for _, u := range unitsOf(res) {
		u.Reason = "" // nothing was to be made
		k.note(u)
	}
	for _, p := range res.Problems {
		k.unread = k.unread || p.Code == "unreadable"
	}
	ps := k.told.wanted(res.Problems)
	line := count(len(ps), "finding")
	if len(ps) > 0 {
		line += " (" + bySeverity(ps) + ")"
	}
	k.verdict("%s: %s", name, line)
}

// note keeps what was found for the reports and the judgement.
func (k *checking) note(u report.Unit) {
	k.stream(u.Name, u.Problems)
	k.told.add(u)
}

func (k *checking) stream(unit string, ps []export.Problem) {
	_ = k.told.found(unit, ps) // what standard output does not take is told at the end
}

// verdict prints a closing line: to standard output, unless a report goes there.
func (k *checking) verdict(format string, args ...any) {
	switch {
	case k.quiet:
	case k.told.onStdout():
		k.t.println(fmt.Sprintf(format, args...))
	default:
		fmt.Fprintf(k.t.out, format+"\n", args...)
	}
}

// bySeverity counts problems, the worst first.
func bySeverity(ps []export.Problem) string {
	var parts []string
	for s := export.Error; s >= export.Info; s-- {
		n := 0
		for _, p := range ps {
			if p.Severity == s {
				n++
			}
		}
		if n > 0 {
			parts = append(parts, count(n, s.String()))
		}
	}
	return strings.Join(parts, ", ")
}
