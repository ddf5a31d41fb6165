package document

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A Pos is a place in a source file. Line and Column count from 1, Column in runes; 0 means unknown.
type Pos struct {
	File   string `json:"file,omitempty"` // slash-separated, relative to the content root's parent when possible
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// String gives file:line:column, leaving out what is unknown.
func (p Pos) String() string {
	switch {
	case p.Line == 0:
		return p.File
	case p.Column == 0:
		return fmt.Sprintf("%s:%d", p.File, p.Line)
	}
	return fmt.Sprintf("%s:%d:%d", p.File, p.Line, p.Column)
}

// A Severity says how bad a Problem is.
type Severity int

// Severities. Under --strict a Warning counts as an Error.
const (
	Info Severity = iota
	Warning
	Error
)

var severityNames = [...]string{"info", "warning", "error"}

// String names the severity.
func (s Severity) String() string {
	if s < Info || s > Error {
		return fmt.Sprintf("severity %d", int(s))
	}
	return severityNames[s]
}

// MarshalText writes the severity's name: in JSON it is "warning", not 1.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a severity's name; another word is an error.
func (s *Severity) UnmarshalText(text []byte) error {
	i := slices.Index(severityNames[:], string(text))
	if i < 0 {
		return fmt.Errorf("unknown severity %q (known: %s)", text, strings.Join(severityNames[:], ", "))
	}
	*s = Severity(i)
	return nil
}

// A Problem is a finding about the input, with a stable code ("missing-image") that scripts may match. It can be written
// as JSON and read back.
type Problem struct {
	Code     string   `json:"code"`
	Severity Severity `json:"severity"`
	Pos      Pos      `json:"pos"`
	Message  string   `json:"message"`
	Hint     string   `json:"hint,omitempty"` // what to do about it; may be empty
}

// Error makes a Problem usable as an error.
func (p Problem) Error() string { return fmt.Sprintf("%s: %s [%s]", p.Pos, p.Message, p.Code) }

// SortProblems orders problems by place, then code, then message, so that a report does not depend on how the work was
// scheduled.
func SortProblems(ps []Problem) {
	slices.SortStableFunc(ps, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Pos.File, b.Pos.File), cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Message, b.Message))
	})
}
