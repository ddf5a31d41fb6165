package document

import (
	"cmp"
	"fmt"
	"slices"
)

// A Pos is a place in a source file. Line and Column count from 1, Column in runes; 0 means unknown.
type Pos struct {
	File   string // slash-separated, relative to the content root's parent when possible
	Line   int
	Column int
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

// String names the severity.
func (s Severity) String() string { return [...]string{"info", "warning", "error"}[s] }

// A Problem is a finding about the input, with a stable code ("missing-image") that scripts may match.
type Problem struct {
	Code     string
	Severity Severity
	Pos      Pos
	Message  string
	Hint     string // what to do about it; may be empty
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
