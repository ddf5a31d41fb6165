package main

import (
	"fmt"
	"io"
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"github.com/twinpress/twinpress/export"
)

// A bar shows how far a run has come: a bar with counts on a terminal, plain lines elsewhere.
type bar struct {
	t       *terminal
	quiet   bool
	verbose bool // a line for each file, however many there are
	p       *progressbar.ProgressBar
}

// mostLines is how many plain lines of progress a run prints, about.
const mostLines = 20

func newBar(t *terminal, quiet, verbose bool) *bar {
	b := &bar{t: t, quiet: quiet, verbose: verbose}
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
		if s.File != "" && (b.verbose || due(s)) {
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
	b.p.Describe(b.t.fitting(s.Doing, 48)) // what the bar itself takes
	_ = b.p.Set(s.Done)                    // it fails only past the maximum, which the line above set
}

// due reports whether it is time for a line: for every file of a few, for every twentieth part of many.
func due(s export.Step) bool {
	return s.Total <= mostLines || s.Done == s.Total || s.Done*mostLines/s.Total != (s.Done-1)*mostLines/s.Total
}

// fitting cuts a text to what the terminal has room for beside so many columns.
func (t *terminal) fitting(text string, beside int) string {
	f, ok := t.err.(*os.File)
	if !ok {
		return text
	}
	width, _, err := term.GetSize(int(f.Fd()))
	room := max(width-beside, 8)
	if r := []rune(text); err == nil && len(r) > room {
		return string(r[:room-1]) + "…"
	}
	return text
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
