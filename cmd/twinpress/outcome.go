package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/report"
)

// A building is a run of the command: one build for each path that it was given.
type building struct {
	t      *terminal
	c      *cli.Context
	told   *reporting
	layout bytes.Buffer
	all    export.Result // of all paths
	failed bool          // a path could not be built at all
}

// build runs the command: it says what it is doing, what was found and what was made.
func build(t *terminal, c *cli.Context) error {
	paths := c.Args().Slice()
	if len(paths) == 0 {
		paths = []string{"."}
	}
	told, err := newReporting(t, c)
	if err != nil {
		return err
	}
	if err := buildsOf(c, paths); err != nil {
		return err
	}
	if err := told.outputOf(c); err != nil {
		return err
	}
	baseline, err := baselineOption(c)
	if err != nil {
		return err
	}
	b := &building{t: t, c: c, told: told}
	var opts []export.Options
	for _, path := range paths {
		o, err := buildOptions(c, path)
		if err != nil {
			return err
		}
		o.Baseline = baseline
		if c.String("layout-report") != "" {
			o.LayoutReport = &b.layout
		}
		if len(paths) > 1 {
			o.Manifest = false // each would tell of its own
		}
		opts = append(opts, o)
	}
	for i, path := range paths {
		if err = b.one(path, opts[i], len(paths) > 1); err != nil {
			break
		}
	}
	if err != nil && c.Context.Err() != nil {
		return err
	}
	return b.end(err)
}

// buildsOf reports flags that have no meaning with the paths.
func buildsOf(c *cli.Context, paths []string) error {
	several, stdin := len(paths) > 1, slices.Contains(paths, "-")
	if i := slices.Index(paths, "-"); stdin && slices.Contains(paths[i+1:], "-") {
		return usageError{"standard input is named twice, and can be read once", ""}
	}
	for _, f := range []struct {
		set        bool
		flag, hint string
	}{
		{several && c.Bool("prune"), "--prune", "a folder of several sites has no manifest"},
		{several && c.Bool("manifest"), "--manifest", "build each into a folder of its own"},
		{several && c.String("shard") != "", "--shard", "build each site on its own"},
		{several && c.IsSet("output"), "--output", "--dir takes the files of all"},
		{stdin && c.Bool("verify"), "--verify", "standard input is read once"},
	} {
		if f.set {
			what := "one path"
			if !several {
				what = "a path, not standard input"
			}
			return usageError{fmt.Sprintf("%s takes %s, got %s", f.flag, what, strings.Join(paths, " ")), f.hint}
		}
	}
	return nil
}

// sourceOf is what is built: a path, or an article from standard input, beside which its pictures are looked for in the current folder.
func sourceOf(path string, opts *export.Options) (export.Source, error) {
	if path != "-" {
		return export.Path(path), nil
	}
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		return export.Source{}, fmt.Errorf("read standard input: %w", err)
	}
	opts.Cache = "" // which would have to know the whole folder
	return export.FS(withFile{os.DirFS("."), stdinName, text}, stdinName), nil
}

// one builds a path. The error is for what ends the run.
func (b *building) one(path string, opts export.Options, several bool) error {
	src, err := sourceOf(path, &opts)
	if err != nil {
		return err
	}
	b.told.places.below(path)
	bar := newBar(b.t, b.told.quiet, b.told.verbose)
	opts.Progress = bar.show
	opts.Found = func(edition string, ps []export.Problem) {
		_ = b.told.found(edition, ps) // what standard output does not take is told at the end
	}
	for _, e := range b.all.Editions {
		opts.Taken = append(opts.Taken, e.Name)
	}
	var res export.Result
	if b.c.IsSet("output") {
		res, err = b.write(src, opts)
	} else {
		res, err = export.Build(b.c.Context, src, opts)
	}
	bar.done()
	fatal := err != nil && !errors.Is(err, export.ErrFailed)
	b.add(path, res, err, fatal)
	if fatal && (!several || b.c.Context.Err() != nil) {
		return err
	}
	if fatal {
		b.failed = true
		b.t.report(err)
	}
	return nil
}

// add notes what came of a path, and shows the problems.
func (b *building) add(path string, res export.Result, err error, fatal bool) {
	b.told.show(res.Problems)
	if b.told.run.Place == "" && path != "-" {
		b.told.run.Place = b.told.places.of(path)
	}
	units := unitsOf(res)
	if fatal {
		more := problemsIn(err)
		if len(more) == 0 {
			more = []export.Problem{{Code: "build", Severity: export.Error, Message: err.Error()}}
		}
		_ = b.told.found("", more)
		units[0].Problems = append(units[0].Problems, more...)
	}
	for _, u := range units {
		b.told.add(u)
	}
	a := &b.all
	a.Dir = res.Dir
	a.Files, a.Problems, a.Editions = append(a.Files, res.Files...), append(a.Problems, b.told.wanted(res.Problems)...), append(a.Editions, res.Editions...)
	a.Failed, a.Untried = a.Failed+res.Failed, a.Untried+res.Untried
	a.Stale, a.Pruned = append(a.Stale, res.Stale...), append(a.Pruned, res.Pruned...)
}

// unitsOf parts a result: first what is of all editions, then each of them.
func unitsOf(res export.Result) []report.Unit {
	units := make([]report.Unit, 1, 1+len(res.Editions))
	of := map[export.Problem]bool{}
	for _, e := range res.Editions {
		u := report.Unit{Name: e.Name, Problems: e.Problems, Files: len(e.Files), Skipped: e.Untried}
		for _, f := range e.Files {
			u.Bytes += f.Size
		}
		switch {
		case len(e.Refusals) > 0:
			u.Reason = refusal(e.Refusals)
		case e.Failed:
			u.Reason = "could not be made"
		}
		for _, p := range e.Problems {
			of[p] = true
		}
		units = append(units, u)
	}
	for _, p := range res.Problems {
		if !of[p] {
			units[0].Problems = append(units[0].Problems, p)
		}
	}
	return units
}

// end writes the reports, says what was made, and gives the error that the command ends with.
func (b *building) end(fatal error) error {
	t := b.t
	if err := b.told.write(b.c.Context); err != nil {
		return err
	}
	if fatal != nil {
		return fatal
	}
	if file := b.c.String("layout-report"); file != "" {
		if err := export.Folder(filepath.Dir(file)).Put(b.c.Context, filepath.Base(file), b.layout.Bytes()); err != nil {
			return err
		}
	}
	if !b.told.quiet {
		t.println(closing(b.all))
	}
	t.stale(b.all, b.told.verbose)
	b.tellFailed()
	switch {
	case b.failed || b.all.Failed > 0:
		return errReported
	case b.told.reached():
		return errFindings
	case b.c.Bool("verify"):
		return buildAgain(t, b.c, b.all)
	}
	return nil
}

// tellFailed says which editions --strict did not let be made, and why, and how many failed.
func (b *building) tellFailed() {
	refused := 0
	for _, u := range b.told.run.Units {
		if !strings.HasPrefix(u.Reason, "--strict") {
			continue
		}
		if refused++; refused <= fewProblems || b.told.verbose {
			b.t.errorf("%s: %s", u.Name, u.Reason)
		}
	}
	if more := refused - fewProblems; more > 0 && !b.told.verbose {
		b.t.errorf("and %s more (--verbose names them)", count(more, "edition"))
	}
	if b.all.Failed > 0 {
		b.t.errorf("%s could not be made", count(b.all.Failed, "edition"))
	}
	if b.all.Untried > 0 {
		b.t.errorf("%s not begun (--fail-fast)", count(b.all.Untried, "edition"))
	}
}

// write makes the one edition that is asked for, in one format, and writes it to the file that --output names.
func (b *building) write(src export.Source, opts export.Options) (export.Result, error) {
	file := b.c.String("output")
	format, err := outputFormat(file, opts.Formats)
	if err != nil {
		return export.Result{}, err
	}
	opts.Manifest, opts.Prune, opts.Dir = false, false, ""
	shown := file
	if file == "-" {
		shown = "standard output"
	}
	progress := opts.Progress
	opts.Progress = func(s export.Step) {
		if s.File != "" {
			s.File = shown
		}
		progress(s)
	}
	var data bytes.Buffer
	res, err := export.Write(b.c.Context, &data, src, format, opts)
	if errors.Is(err, export.ErrAmbiguous) {
		return res, usageError{"--output takes one edition: " + err.Error(), "--issue or --article chooses one; --dir takes the files of all"}
	}
	if err != nil {
		return res, err
	}
	for i := range res.Files {
		res.Files[i].Path = shown
	}
	if file == "-" {
		_, err = b.t.out.Write(data.Bytes())
		return res, err
	}
	return res, export.Folder(filepath.Dir(file)).Put(b.c.Context, filepath.Base(file), data.Bytes())
}

// outputOf reports what cannot be asked of --output.
func (r *reporting) outputOf(c *cli.Context) error {
	file := c.String("output")
	switch {
	case !c.IsSet("output"):
		return nil
	case file == "":
		return usageError{"--output names no file", ""}
	case file == "-" && r.onStdout():
		return usageError{"the edition and a report cannot both go to standard output", "--report-file FILE"}
	case c.IsSet("dir"):
		return usageError{"--output and --dir are two things", ""}
	case c.Bool("verify"):
		return usageError{"--output and --verify do not go together", "--dir takes the files that are compared"}
	}
	_, err := outputFormat(file, c.StringSlice("format"))
	return err
}

// outputFormat is the format of a file that --output names: the one of --format, or else what the name's ending says.
func outputFormat(file string, formats []string) (string, error) {
	asked := strings.FieldsFunc(strings.Join(formats, ","), func(r rune) bool { return r == ',' || r == ' ' })
	switch {
	case len(asked) > 1:
		return "", usageError{fmt.Sprintf("--output takes one format, got %s", strings.Join(asked, ", ")), "--dir takes the files of all"}
	case len(asked) == 1:
		return asked[0], nil
	}
	switch ext := strings.ToLower(filepath.Ext(file)); ext {
	case ".epub", ".pdf":
		return ext[1:], nil
	}
	return "", usageError{fmt.Sprintf("--output %s does not say in which format", file), "name it with -f, or let the file end in .epub or .pdf"}
}

// onStdout reports whether a report goes to standard output.
func (r *reporting) onStdout() bool {
	return slices.ContainsFunc(r.reports, func(a told) bool { return a.file == "" && a.format != report.Text })
}

// stale tells of the files of earlier builds.
func (t *terminal) stale(done export.Result, all bool) {
	if n := len(done.Pruned); n > 0 {
		t.println(fmt.Sprintf("removed %s of earlier builds: %s", count(n, "file"), some(done.Pruned, all)))
	}
	if n := len(done.Stale); n > 0 {
		t.println(fmt.Sprintf("%s of earlier builds belong to nothing any more: %s", count(n, "file"), some(done.Stale, all)))
		t.hintf("--prune removes them")
	}
}

// some names the first few of many, or all.
func some(names []string, all bool) string {
	const few = 5
	if all || len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s, and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

// closing says what was made and where: of a few files in a sentence, of many in a table.
func closing(r export.Result) string {
	if len(r.Files) == 0 {
		return "nothing was made"
	}
	if len(r.Editions) > 2 {
		return summary(r)
	}
	var names []string
	var size int64
	cached := 0
	for _, f := range r.Files {
		name := f.Path
		if f.Pages > 0 {
			name += fmt.Sprintf(" (%s)", count(f.Pages, "page"))
		}
		names = append(names, name)
		size += f.Size
		if f.Cached {
			cached++
		}
	}
	s := "made " + strings.Join(names, ", ")
	if len(names) > 4 {
		s = fmt.Sprintf("made %s (%s) in %s", count(len(names), "file"), byteSize(size), r.Dir)
	}
	if n := severe(r.Problems, export.Warning); n > 0 {
		s += "; " + count(n, "warning")
	}
	switch {
	case cached == len(r.Files):
		s += "; all from the cache"
	case cached > 0:
		s += fmt.Sprintf("; %d from the cache", cached)
	}
	return s
}

// summary is a table of what a run made.
func summary(r export.Result) string {
	var formats []string
	files, sizes, cached, size := map[string]int{}, map[string]int64{}, 0, int64(0)
	for _, f := range r.Files {
		if files[f.Format] == 0 {
			formats = append(formats, f.Format)
		}
		files[f.Format]++
		sizes[f.Format] += f.Size
		size += f.Size
		if f.Cached {
			cached++
		}
	}
	made := 0
	for _, e := range r.Editions {
		if !e.Failed && !e.Untried {
			made++
		}
	}
	var b strings.Builder
	w := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	row := func(what, says string) { fmt.Fprintf(w, "%s\t%s\n", what, says) }
	row("editions", fmt.Sprintf("%d made, %d failed", made, r.Failed))
	row("files", fmt.Sprintf("%d (%s) in %s, %d of them from the cache", len(r.Files), byteSize(size), r.Dir, cached))
	var each []string
	for _, f := range formats {
		each = append(each, fmt.Sprintf("%s %d (%s)", f, files[f], byteSize(sizes[f])))
	}
	row("", strings.Join(each, ", "))
	row("problems", fmt.Sprintf("%s, %s, %s", count(severe(r.Problems, export.Error), "error"), count(severe(r.Problems, export.Warning), "warning"), count(severe(r.Problems, export.Info), "info")))
	_ = w.Flush() // into memory
	return strings.TrimSuffix(b.String(), "\n")
}

func severe(ps []export.Problem, s export.Severity) (n int) {
	for _, p := range ps {
		if p.Severity == s {
			n++
		}
	}
	return n
}
