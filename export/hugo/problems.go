package hugo

import "github.com/twinpress/twinpress/export/document"

// problem makes a Problem of a known code.
func problem(code string, pos document.Pos, message, hint string) document.Problem {
	return document.NewProblem(code, pos, message, hint)
}

// report notes what was mended in a configuration.
func (s *Site) report(code string, pos document.Pos, message, hint string) {
	s.Problems = append(s.Problems, problem(code, pos, message, hint))
}
