package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
)

func checkCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "check",
		Usage:        "look into finished EPUBs and PDFs for what readers and stores refuse",
		ArgsUsage:    "FILE...",
		OnUsageError: onUsageError,
		Description: `Reads finished files. In an EPUB it reports what is broken (links, notes, navigation, alternative texts, page list)
and what reading systems and stores are known to refuse (` + strings.Join(check.Profiles(), ", ") + `), each with its source. In a PDF it
reports what a screen reader or an archive would miss (tags, language, title, embedded fonts, alternative texts). Needs
no network. Exits with 1 when there is an error; with --strict, when there is a warning.`,
		Flags: []cli.Flag{
			&cli.BoolFlag{Name: "strict", Usage: "fail on warnings"},
			&cli.StringSliceFlag{Name: "profile", Usage: "report only the rules of `READER`: " + strings.Join(check.Profiles(), ", ") +
				" (besides everyone's)", DefaultText: "all"},
		},
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return usageError{"check needs a file", "twinpress check dist/review-112.epub"}
			}
			profiles := strings.FieldsFunc(strings.Join(c.StringSlice("profile"), ","), func(r rune) bool { return r == ',' })
			for _, p := range profiles {
				if !slices.Contains(check.Profiles(), p) {
					return usageError{fmt.Sprintf("unknown profile %q (known: %s)", p, strings.Join(check.Profiles(), ", ")), ""}
				}
			}
			failed := false
			for _, name := range c.Args().Slice() {
				findings, err := check.File(name)
				if err != nil {
					t.report(err)
					failed = true
					continue
				}
				shown := 0
				for _, f := range findings {
					if len(profiles) > 0 && f.Profile != "" && !slices.Contains(profiles, f.Profile) {
						continue
					}
					shown++
					t.problem(asProblem(name, f))
					if f.Severity == export.Error || f.Severity == export.Warning && c.Bool("strict") {
						failed = true
					}
				}
				fmt.Fprintf(t.out, "%s: %s\n", name, count(shown, "finding"))
			}
			if failed {
				return errReported
			}
			return nil
		},
	}
}

// asProblem words a finding like every other message: the place first, then what, then where the rule is written.
func asProblem(name string, f check.Finding) export.Problem {
	p := export.Problem{Code: f.Code, Severity: f.Severity, Message: f.Message, Pos: export.Pos{File: name}}
	if f.File != "" {
		p.Pos = export.Pos{File: name + "/" + f.File, Line: f.Line}
	}
	if f.Profile != "" {
		p.Message = f.Profile + ": " + p.Message
	}
	if f.Source != "" {
		p.Hint = "see " + f.Source
	}
	return p
}
