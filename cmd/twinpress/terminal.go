package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"sync"

	"golang.org/x/term"

	"github.com/twinpress/twinpress/export"
)

// A terminal is where messages go. Results (lists, versions) go to out; everything said to a person goes to err.
type terminal struct {
	out   io.Writer
	err   io.Writer
	tty   bool // err is a terminal
	color bool

	mu  sync.Mutex
	bar *bar // progress to be cleared before a message is printed
}

func newTerminal(stdout, stderr *os.File) *terminal {
	t := &terminal{out: stdout, err: stderr}
	t.tty = term.IsTerminal(int(stderr.Fd())) && os.Getenv("TERM") != "dumb"
	_, noColor := os.LookupEnv("NO_COLOR") // https://no-color.org
	t.color = t.tty && !noColor
	return t
}

// paint colours s for a terminal that wants it; sgr is a Select Graphic Rendition parameter.
func (t *terminal) paint(sgr, s string) string {
	if !t.color {
		return s
	}
	return "\x1b[" + sgr + "m" + s + "\x1b[0m"
}

func (t *terminal) println(s string) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bar.clear()
	fmt.Fprintln(t.err, s)
}

func (t *terminal) errorf(format string, args ...any) {
	t.println(t.paint("1;31", "twinpress:") + " " + fmt.Sprintf(format, args...))
}

func (t *terminal) hintf(format string, args ...any) {
	t.println("  " + t.paint("2", "hint: "+fmt.Sprintf(format, args...)))
}

// report prints an error that ended the run; problems among its causes keep their place and hint.
func (t *terminal) report(err error) {
	if p, ok := errors.AsType[export.Problem](err); ok {
		t.problem(p)
		return
	}
	t.errorf("%v", err)
}

// problem prints one finding: where, how bad, what, its code, and what to do.
func (t *terminal) problem(p export.Problem) {
	sgr := map[export.Severity]string{export.Error: "1;31", export.Warning: "33", export.Info: "36"}[p.Severity]
	place := p.Pos.String()
	if place != "" {
		place += ": "
	}
	s := place + t.paint(sgr, p.Severity.String()+":") + " " + p.Message + " " + t.paint("2", "["+p.Code+"]")
	if p.Hint != "" {
		s += "\n  " + t.paint("2", "hint: "+p.Hint)
	}
	t.println(s)
}
