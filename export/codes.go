package export

import "github.com/twinpress/twinpress/export/document"

// A Code is a kind of Problem.
type Code = document.ProblemKind

// Codes lists every kind of problem that a build can report, in alphabetical order. The codes are stable: scripts may match
// them.
func Codes() []Code { return document.ProblemKinds() }
