// Command twinpress makes an EPUB and a typeset, accessible PDF of a Hugo periodical: of one article or a whole issue.
//
// This package holds the words and manners of the command line only: flags, messages, progress, exit codes. The work
// is done by package export, which is a public API.
package main

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"syscall"

	"github.com/twinpress/twinpress/export/outside"
)

// Exit codes, as documented in the README and in --help.
const (
	exitDone        = 0
	exitFailed      = 1
	exitUsage       = 2
	exitFindings    = 3
	exitMissing     = 4
	exitInterrupted = 130
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run is main without the process: it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr *os.File) int {
	t := newTerminal(stdout, stderr)
	app := newApp(t)
	err := app.RunContext(ctx, permute(app, args))
	if lost := t.unwritten(); lost != nil && (err == nil || !errors.Is(err, errReported)) {
		err = lost
	}
	switch {
	case err == nil:
		return exitDone
	case errors.Is(err, context.Canceled):
		t.errorf("interrupted: nothing was left half-written")
		return exitInterrupted
	}
	var u usageError
	if errors.As(err, &u) {
		t.errorf("%s", u.msg)
		if u.hint != "" {
			t.hintf("%s", u.hint)
		}
		return exitUsage
	}
	if errors.Is(err, errFindings) {
		return exitFindings
	}
	if errors.Is(err, outside.ErrMissing) {
		t.report(err)
		return exitMissing
	}
	if !errors.Is(err, errReported) {
		t.report(err)
	}
	return exitFailed
}

// errReported fails the run when the reason has been printed already.
var errReported = errors.New("reported")

// A usageError is a mistake on the command line.
type usageError struct{ msg, hint string }

func (u usageError) Error() string { return u.msg }
