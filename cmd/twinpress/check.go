package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/check"
)

func checkCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "check",
		Usage:        "look into finished EPUBs and PDFs for what readers and stores refuse, and for where the two differ",
		ArgsUsage:    "FILE...",
		OnUsageError: onUsageError,
		Description: `Reads finished files. In an EPUB it reports what is broken (links, notes, navigation, alternative texts, page list)
and what reading systems and stores are known to refuse (` + strings.Join(check.Profiles(), ", ") + `), each with its source. In a PDF it
reports what a screen reader or an archive would miss (tags, language, title, embedded fonts, alternative texts). Needs
no network. Exits with 1 when there is an error; with --strict, when there is a warning.

An EPUB and a PDF, given alone, or among others under one name (a.epub a.pdf), are held against each other as well: both
must have the same words, notes, links, pictures and alternatives, in the same order. Each difference is an error, with its
file and line in the EPUB and its page in the PDF.

EXAMPLES
   twinpress check dist/review-112.epub                     what readers and stores refuse
   twinpress check dist/review-112.epub dist/review-112.pdf the same of both, and where they differ`,
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
			for _, pair := range pairs(c.Args().Slice()) {
				if !t.compare(pair[0], pair[1]) {
					failed = true
				}
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

// pairs finds the EPUBs and PDFs that are of one publication: two files alone, or those of one name.
func pairs(files []string) (out [][2]string) {
	kind := func(name string) string { return strings.ToLower(filepath.Ext(name)) }
	for _, e := range files {
		for _, p := range files {
			if kind(e) == ".epub" && kind(p) == ".pdf" && (len(files) == 2 || strings.TrimSuffix(e, filepath.Ext(e)) == strings.TrimSuffix(p, filepath.Ext(p))) {
				out = append(out, [2]string{e, p})
			}
		}
	}
	return out
}

// compare holds an EPUB and a PDF against each other, and reports whether they have the same.
func (t *terminal) compare(epub, pdf string) bool {
	findings, tally, err := check.ParityOf(epub, pdf)
	if err != nil {
		t.report(err)
		return false
	}
	same := true
	for _, f := range findings {
		name := epub
		if f.Code == "parity-unread" && strings.HasPrefix(f.Message, "the PDF") {
			name = pdf
		}
		t.problem(asProblem(name, f))
		same = same && f.Severity < export.Error
		if f.Code == "parity-unread" {
			fmt.Fprintf(t.out, "%s and %s: not compared\n", epub, pdf)
			return false
		}
	}
	verdict := count(len(findings), "difference")
	if same {
		verdict = "the same"
	}
	fmt.Fprintf(t.out, "%s and %s: %s (%s, %s, %s, %s, %s, %s)\n", epub, pdf, verdict, count(tally.Articles, "article"), count(tally.Words, "word"),
		count(tally.Notes, "note"), count(tally.Links, "link"), count(tally.Pictures, "picture"), count(tally.Formulas, "formula"))
	return same
}
