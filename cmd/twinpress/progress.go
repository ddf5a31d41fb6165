package main

import (
	"fmt"
	"io"

	"github.com/schollz/progressbar/v3"

	"github.com/twinpress/twinpress/export"
)

// A bar shows how far a run has come: a bar with counts on a terminal, a plain line for each file elsewhere.
type bar struct {
	t     *terminal
	quiet bool
	p     *progressbar.ProgressBar
}

func newBar(t *terminal, quiet bool) *bar {
	b := &bar{t: t, quiet: quiet}
	t.bar = b
	return b
}

// show takes one step of progress; export calls it from one goroutine at a time.
func (b *bar) show(s export.Step) {
	if b.quiet {
		return
	}
	b.t.mu.Lock()
	defer b.t.mu.Unlock()
	if !b.t.tty {
		if s.File != "" {
			fmt.Fprintf(b.t.err, "[%d/%d] %s\n", s.Done, s.Total, s.File)
		}
		return
	}
	if b.p == nil {
		b.p = progressbar.NewOptions(s.Total,
			progressbar.OptionSetWriter(b.t.err),
			progressbar.OptionEnableColorCodes(false),
			progressbar.OptionShowCount(),
			progressbar.OptionSetWidth(24),
			progressbar.OptionSetPredictTime(false),
			progressbar.OptionSetElapsedTime(false),
			progressbar.OptionClearOnFinish(),
			progressbar.OptionSetTheme(progressbar.Theme{Saucer: "━", SaucerPadding: " ", BarStart: "", BarEnd: ""}))
	}
	b.p.ChangeMax(max(s.Total, 1))
	b.p.Describe(s.Doing)
	_ = b.p.Set(s.Done) // it fails only past the maximum, which the line above set
}

// clear takes the bar off the terminal before a message; the caller holds the terminal's lock.
func (b *bar) clear() {
	if b != nil && b.p != nil {
		io.WriteString(b.t.err, "\r\x1b[K")
	}
}

// done ends the bar.
func (b *bar) done() {
	b.t.mu.Lock()
	defer b.t.mu.Unlock()
	b.clear()
	b.p = nil
	b.t.bar = nil
}
