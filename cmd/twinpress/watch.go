package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/batch"
)

func watchCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "watch",
		Usage:        "build, and build again what a saved file changes",
		ArgsUsage:    "[PATH]",
		OnUsageError: onUsageError,
		Description: `PATH is what build takes (default: this folder). Everything is built once; after that, whenever a file of the site is saved, what it changes: an
article's issue, or everything when the configuration does. What is wrong now stands in one place on a terminal; elsewhere each build
tells which files it made, which problems are new and which are gone. A broken article or configuration ends nothing. Ctrl-C (SIGINT, SIGTERM) does, with exit code 0; so does, with 1, a site's
folder that is gone. Files of an issue that is gone stay, until build --prune removes them.

Folders that are mounted from elsewhere may send no events; --poll looks at them every so often.

EXAMPLES
   twinpress watch site/                         everything
   twinpress watch site/ --issue 112 -f pdf      one issue's pages
   twinpress watch essay.md --poll 2s            one article on a network drive`,
		Flags: append(watchFlags(t), &cli.DurationFlag{Name: "poll", Usage: "look for changes every `DURATION` (2s) instead of waiting for events"}),
		Action: func(c *cli.Context) error {
			path := "."
			switch {
			case c.NArg() > 1:
				return usageError{fmt.Sprintf("watch takes one path, got %s", strings.Join(c.Args().Slice(), " ")), "start one for each site"}
			case c.Args().First() == "-":
				return usageError{"watch takes a path, not standard input", ""}
			case c.NArg() == 1:
				path = c.Args().First()
			}
			poll := c.Duration("poll")
			if c.IsSet("poll") && poll < 10*time.Millisecond {
				return usageError{fmt.Sprintf("--poll wants a duration of 10ms or more, not %v", poll), "--poll 2s"}
			}
			opts, err := buildOptions(c, path)
			if err != nil {
				return err
			}
			w := &watch{t: t, path: path, opts: opts, poll: poll, quiet: c.Bool("quiet")}
			return w.run(c.Context)
		},
	}
}

// watchFlags are those of build that say what is made, and of what.
func watchFlags(t *terminal) (flags []cli.Flag) {
	no := []string{"output", "lock", "relock", "locked", "baseline", "verify", "prune", "shard", "layout-report", "report", "report-file", "fail-on", "verbose", "fail-fast"}
	for _, f := range buildCommand(t).Flags {
		if !slices.Contains(no, f.Names()[0]) {
			flags = append(flags, f)
		}
	}
	return flags
}

// A watch builds whenever something changes.
type watch struct {
	t     *terminal
	path  string
	opts  export.Options
	poll  time.Duration // 0: wait for events
	quiet bool

	built func(export.Result, error) // is told of each build that ended; for tests
	last  []export.Problem           // of the build before
	begun bool
}

// Saving is a burst of events: a build waits until none has come for settled, and no longer than patience.
const (
	settled  = 50 * time.Millisecond
	patience = 500 * time.Millisecond
)

func (w *watch) run(ctx context.Context) error {
	folder, err := export.SiteFolder(w.path)
	if err != nil {
		return err
	}
	if w.opts.Cache == "" && w.opts.Manifest { // of what has not changed something must be known
		dir, err := os.MkdirTemp("", "twinpress-watch-")
		if err != nil {
			return err
		}
		defer os.RemoveAll(dir)
		w.opts.Cache = dir
	}
	seen, err := newSight(folder, w.opts.Config, w.poll, w.opts.Dir, w.opts.Cache)
	if err != nil {
		return err
	}
	defer seen.close()
	for {
		if err := seen.look(); err != nil { // what is saved from here on makes another build
			return err
		}
		seen.wrote(w.build(ctx))
		if err := seen.wait(ctx, settled, patience); err != nil {
			return err
		}
		if ctx.Err() != nil {
			return nil
		}
		if _, err := os.Stat(folder); err != nil {
			return fmt.Errorf("watch: %w", err)
		}
	}
}

// build builds, tells what there is to know now, and gives the files that lie there.
func (w *watch) build(ctx context.Context) (names []string) {
	opts := w.opts
	opts.Today = time.Now().UTC() // for a message only
	res, err := export.Build(ctx, export.Path(w.path), opts)
	if ctx.Err() != nil {
		return nil
	}
	for _, f := range res.Files {
		names = append(names, f.Path)
	}
	names = append(names, filepath.Join(opts.Dir, batch.Name))
	problems := res.Problems
	if err != nil && !errors.Is(err, export.ErrFailed) {
		more := problemsIn(err)
		if len(more) == 0 {
			more = []export.Problem{{Code: "build", Severity: export.Error, Message: err.Error()}}
		}
		problems = append(problems, more...)
	}
	problems = slices.DeleteFunc(problems, func(p export.Problem) bool { return p.Severity < export.Warning })
	if w.t.tty {
		w.paint(res, problems)
	} else {
		w.tell(res, problems)
	}
	w.last, w.begun = problems, true
	if w.built != nil {
		w.built(res, err)
	}
	return names
}

// state says in a line how things stand.
func (w *watch) state(res export.Result, problems []export.Problem) string {
	anew := 0
	for _, f := range res.Files {
		if !f.Cached {
			anew++
		}
	}
	var parts []string
	if anew > 0 {
		parts = append(parts, count(anew, "file")+" made")
	}
	if n := len(res.Files) - anew; n > 0 {
		parts = append(parts, fmt.Sprintf("%d as before", n))
	}
	if len(parts) == 0 {
		parts = append(parts, "nothing made")
	}
	errs := 0
	for _, p := range problems {
		if p.Severity == export.Error {
			errs++
		}
	}
	if errs > 0 {
		parts = append(parts, w.t.paint("1;31", count(errs, "error")))
	}
	if n := len(problems) - errs; n > 0 {
		parts = append(parts, w.t.paint("33", count(n, "warning")))
	}
	return "watching " + w.path + ": " + strings.Join(parts, ", ")
}

// paint shows on a terminal what is wrong now, in place of what was shown before. Errors come first.
func (w *watch) paint(res export.Result, problems []export.Problem) {
	const most = 12
	shown := slices.Clone(problems)
	slices.SortStableFunc(shown, func(a, b export.Problem) int { return int(b.Severity) - int(a.Severity) })
	fmt.Fprint(w.t.err, "\x1b[2J\x1b[3J\x1b[H")
	w.t.println(w.state(res, problems))
	for _, p := range shown[:min(most, len(shown))] {
		w.t.problem(p)
	}
	if n := len(shown) - most; n > 0 {
		w.t.println(fmt.Sprintf("and %d more: twinpress check %s", n, w.path))
	}
}

// tell says line by line what a build changed.
func (w *watch) tell(res export.Result, problems []export.Problem) {
	if !w.quiet {
		for _, f := range res.Files {
			if !f.Cached {
				w.t.println("made " + f.Path)
			}
		}
	}
	for _, p := range problems {
		if !slices.Contains(w.last, p) {
			w.t.problem(p)
		}
	}
	for _, p := range w.last {
		if !slices.Contains(problems, p) {
			w.t.println(fmt.Sprintf("gone: %s: %s [%s]", p.Pos, p.Message, p.Code))
		}
	}
	if !w.quiet || !w.begun {
		w.t.println(w.state(res, problems))
	}
}
