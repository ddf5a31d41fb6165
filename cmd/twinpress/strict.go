package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
)

// A strictness is the value of --strict, which may stand alone or name codes.
type strictness struct {
	on    bool
	named []string
}

// Set implements flag.Value: "true" is the flag alone. What is no code is found later, where there are words for it.
func (s *strictness) Set(value string) error {
	switch value {
	case "true", "":
		s.on = true
	case "false":
		*s = strictness{}
	default:
		s.on, s.named = true, append(s.named, value)
	}
	return nil
}

// String implements flag.Value.
func (s *strictness) String() string {
	if len(s.named) > 0 {
		return strings.Join(s.named, ",")
	}
	if s.on {
		return "true"
	}
	return ""
}

// Get implements flag.Getter.
func (s *strictness) Get() any { return s.String() }

// IsBoolFlag says that the flag may stand alone.
func (s *strictness) IsBoolFlag() bool { return true }

// strictFlag is --strict, or --strict=CODES.
func strictFlag(usage string) cli.Flag {
	return &cli.GenericFlag{Name: "strict", Usage: usage, Value: &strictness{}}
}

// strictOf gives what was asked of it: anything, and of which codes alone.
func strictOf(c *cli.Context) (on bool, codes []string, err error) {
	s, ok := c.Generic("strict").(*strictness)
	if !ok {
		return false, nil, nil
	}
	codes, err = codesFlag("strict", s.named)
	return s.on, codes, err
}

// refusal says why --strict did not let an edition be made: of which codes it has problems.
func refusal(found []export.Problem) string {
	n := map[string]int{}
	var codes []string
	for _, p := range found {
		if n[p.Code]++; n[p.Code] == 1 {
			codes = append(codes, p.Code)
		}
	}
	for i, code := range codes {
		if n[code] > 1 {
			codes[i] = fmt.Sprintf("%s (%d)", code, n[code])
		}
	}
	return "--strict does not let it be made: " + strings.Join(codes, ", ")
}
