// Package report writes what a run has found for those who read it: lines of JSON for editors, SARIF for code scanning, JUnit for the
// test page of a CI server, annotations and a summary for GitHub; and it gathers many problems of one kind into one line for people.
//
// It is handed a Run, whose places lead from one folder (the repository's) to the files, and opens and writes no file itself. What it
// writes depends on that alone.
package report

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A Run is a build, or a check, as reports tell of it.
type Run struct {
	Version string // of twinpress
	Place   string // what was built: the place of problems that have none; "" is the folder
	Rules   []Rule // what is known of the codes; of one that is missing reports tell only what its problems say
	Units   []Unit
	FailOn  Threshold
	Checked bool // nothing was to be made
}

// A Rule says what a code means.
type Rule struct {
	Code     string
	Severity document.Severity
	Meaning  string // in a line
	Text     string // in a paragraph
	Remedy   string // what to do
}

// A Unit is an edition, or a finished file that was checked.
type Unit struct {
	Name     string // "" is what all have in common
	Problems []document.Problem
	Files    int    // that were made
	Bytes    int64  // of them
	Reason   string // why it could not be made; "" when it was
	Skipped  bool   // it was not begun
}

// done says what a unit is when nothing was wrong.
func (run *Run) done() string {
	if run.Checked {
		return "checked"
	}
	return "made"
}

// A Threshold is the severity from which on problems fail a run.
type Threshold string

// Thresholds.
const (
	OnError   Threshold = "error"
	OnWarning Threshold = "warning"
	Never     Threshold = "never"
)

// Reached reports whether a problem fails the run.
func (t Threshold) Reached(p document.Problem) bool {
	switch t {
	case Never:
		return false
	case OnWarning:
		return p.Severity >= document.Warning
	}
	return p.Severity >= document.Error
}

// ParseThreshold reads a threshold.
func ParseThreshold(s string) (Threshold, error) {
	if t := Threshold(s); slices.Contains([]Threshold{OnError, OnWarning, Never}, t) {
		return t, nil
	}
	return "", fmt.Errorf("unknown severity %q (known: error, warning, never)", s)
}

// Kinds of report.
const (
	Text   = "text" // for people; the command's own business
	JSON   = "json"
	SARIF  = "sarif"
	GitHub = "github"
	JUnit  = "junit"
)

// Formats names the kinds of report.
func Formats() []string { return []string{Text, JSON, SARIF, GitHub, JUnit} }

// Write writes a report of a run that has ended.
func Write(w io.Writer, format string, run *Run) error {
	switch format {
	case JSON:
		for _, u := range run.Units {
			if err := WriteJSON(w, u.Name, u.Problems); err != nil {
				return err
			}
		}
		return nil
	case SARIF:
		return writeSARIF(w, run)
	case GitHub:
		return writeAnnotations(w, run)
	case JUnit:
		return writeJUnit(w, run)
	}
	return fmt.Errorf("unknown report %q (known: %s)", format, strings.Join(Formats(), ", "))
}

// A found is a problem with where it was found.
type found struct {
	unit string
	document.Problem
}

// worstFirst gives all problems of a run, errors before warnings before infos, otherwise in the order of the run.
func (run *Run) worstFirst() []found {
	var all []found
	for _, u := range run.Units {
		for _, p := range u.Problems {
			all = append(all, found{u.Name, p})
		}
	}
	slices.SortStableFunc(all, func(a, b found) int { return int(b.Severity) - int(a.Severity) })
	return all
}

// printable takes out what would steer a terminal or break a line, but for line ends.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < ' ' && r != '\n' && r != '\r' || r >= 0x7f && r < 0xa0 {
			return '\ufffd'
		}
		return r
	}, strings.ToValidUTF8(s, "\ufffd"))
}

// counted gives a number with its noun.
func counted(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}
