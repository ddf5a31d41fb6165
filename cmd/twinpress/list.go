package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
)

func listCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "list",
		Usage:        "show issues and their articles in order",
		ArgsUsage:    "[PATH...]",
		OnUsageError: onUsageError,
		Description: `Reads front matter only. PATH is a Hugo site, a content folder or a Markdown file (default: this folder).
Each article is shown with its slug (what --article takes), title, authors and file; each issue with what says that its
articles belong to it: front matter, a taxonomy, a folder or its page. At the end stand the volumes, or the years where no issue
says its volume.`,
		Flags: append([]cli.Flag{
			&cli.BoolFlag{Name: "json", Usage: "as JSON: an array of issues"},
		}, siteFlags()...),
		Action: func(c *cli.Context) error {
			var opts export.Options
			if err := siteOptions(c, &opts); err != nil {
				return err
			}
			paths := c.Args().Slice()
			if len(paths) == 0 {
				paths = []string{"."}
			}
			var issues []export.IssueInfo
			for _, path := range paths {
				more, problems, err := export.List(c.Context, export.Path(path), opts)
				for _, p := range problems {
					t.problem(p)
				}
				if err != nil {
					return err
				}
				issues = append(issues, more...)
			}
			if c.Bool("json") {
				return writeJSON(t.out, append([]export.IssueInfo{}, issues...)) // of none, an empty array
			}
			for i, is := range issues {
				if i > 0 {
					fmt.Fprintln(t.out)
				}
				fmt.Fprintln(t.out, heading(is))
				for n, a := range is.Articles {
					line := fmt.Sprintf("%3d  %s  %s", n+1, a.Slug, a.Title)
					if len(a.Authors) > 0 {
						line += ", by " + strings.Join(a.Authors, ", ")
					}
					if a.Draft {
						line += " (draft)"
					}
					fmt.Fprintf(t.out, "%s\n     %s\n", line, a.Path)
				}
			}
			if v := volumes(issues); v != "" {
				fmt.Fprintf(t.out, "\n%s\n", v)
			}
			return nil
		},
	}
}

// volumes tells which volumes, or years, bind more issues than one; "" when none does.
func volumes(issues []export.IssueInfo) string {
	numbers := map[string][]string{}
	var names []string
	what, several := "years", false
	for _, is := range issues {
		if is.Bound == "" || slices.Contains(numbers[is.Bound], is.Number) {
			continue
		}
		if is.Volume != "" {
			what = "volumes"
		}
		if numbers[is.Bound] == nil {
			names = append(names, is.Bound)
		}
		numbers[is.Bound] = append(numbers[is.Bound], is.Number)
		several = several || len(numbers[is.Bound]) > 1
	}
	if !several {
		return ""
	}
	for i, name := range names {
		names[i] = fmt.Sprintf("%s (%s)", name, count(len(numbers[name]), "issue"))
	}
	return what + " that --volume binds: " + strings.Join(names, ", ")
}

// writeJSON writes a value for other programs, indented.
func writeJSON(w io.Writer, v any) error {
	enc := json.NewEncoder(w)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	return enc.Encode(v)
}

func heading(is export.IssueInfo) string {
	s := "articles in no issue"
	if is.Number != "" {
		s = "issue " + is.Number
	}
	if is.Volume != "" {
		s += ", volume " + is.Volume
	}
	if is.Language != "" {
		s += " (" + is.Language + ")"
	}
	if is.Date != "" {
		s += ", " + is.Date
	}
	if n := len(is.Articles); n == 1 {
		s += ": 1 article"
	} else {
		s += fmt.Sprintf(": %d articles", n)
	}
	if len(is.Found) > 0 {
		found := is.Found
		if len(found) > 3 {
			found = append(slices.Clone(found[:3]), fmt.Sprintf("%d more", len(is.Found)-3))
		}
		s += ", by " + strings.Join(found, ", ")
	}
	return s
}
