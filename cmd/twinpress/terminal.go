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
	t := &terminal{out: &outlet{w: stdout}, err: stderr}
	t.tty = term.IsTerminal(int(stderr.Fd())) && os.Getenv("TERM") != "dumb"
	_, noColor := os.LookupEnv("NO_COLOR") // https://no-color.org
	t.color = t.tty && !noColor
	return t
}

// An outlet is standard output. It remembers that a write failed, so that a run can end with an error, whichever of its lines it was.
type outlet struct {
	w   io.Writer
	err error
}

// Write implements io.Writer.
func (o *outlet) Write(data []byte) (int, error) {
	n, err := o.w.Write(data)
	if err != nil && o.err == nil {
		o.err = err
	}
	return n, err
}

// unwritten is the error of a write to standard output that failed; nil for none.
func (t *terminal) unwritten() error {
	if o, ok := t.out.(*outlet); ok && o.err != nil {
		return fmt.Errorf("write to standard output: %w", o.err)
	}
	return nil
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
	if ps := problemsIn(err); len(ps) > 0 {
		for _, p := range ps {
			t.problem(p)
		}
		return
	}
	t.errorf("%v", err)
}

// problemsIn gives the problems that an error is made of, all of several that were joined.
func problemsIn(err error) (ps []export.Problem) {
	if many, ok := err.(interface{ Unwrap() []error }); ok {
		for _, e := range many.Unwrap() {
			ps = append(ps, problemsIn(e)...)
		}
		return ps
	}
	if p, ok := errors.AsType[export.Problem](err); ok {
		return []export.Problem{p}
	}
	return nil
}

// colours are those of severities, as Select Graphic Rendition.
var colours = map[export.Severity]string{export.Error: "1;31", export.Warning: "33", export.Info: "36"}

// problem prints one finding: where, how bad, what, its code, and what to do.
func (t *terminal) problem(p export.Problem) {
	place := p.Pos.String()
	if place != "" {
		place += ": "
	}
	s := place + t.paint(colours[p.Severity], p.Severity.String()+":") + " " + p.Message + " " + t.paint("2", "["+p.Code+"]")
	if p.Hint != "" {
		s += "\n  " + t.paint("2", "hint: "+p.Hint)
	}
	t.println(s)
}
