package main

import (
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export/explain"
)

func explainCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "explain",
		Usage:        "say what a code of a problem means, why it matters and what to do",
		ArgsUsage:    "[CODE...]",
		OnUsageError: onUsageError,
		Description: `Every message bears a code in brackets. For each CODE: its severity, what it means, what to do, and an example of what brings it
about. Without one, all codes with what they mean in a line; those of finished EPUBs and PDFs are marked so.

EXAMPLES
   twinpress explain missing-alt
   twinpress explain`,
		Action: func(c *cli.Context) error {
			if c.NArg() == 0 {
				return listExplanations(t.out)
			}
			for _, code := range c.Args().Slice() {
				if len(explain.Of(strings.Trim(code, "[]"))) == 0 {
					if at := toolCodes[strings.Fields(strings.Trim(code, "[]") + " .")[0]]; at != "" {
						return usageError{fmt.Sprintf("%s is a code of another tool's", code), "see " + at}
					}
					u := usageError{fmt.Sprintf("unknown code %q", code), "twinpress explain lists the codes"}
					if near := explain.Nearest(code); near != "" {
						u.hint = fmt.Sprintf("did you mean %s?", near)
					}
					return u
				}
			}
			for i, code := range c.Args().Slice() {
				for k, x := range explain.Of(strings.Trim(code, "[]")) {
					if i+k > 0 {
						fmt.Fprintln(t.out)
					}
					if err := tell(t.out, x); err != nil {
						return err
					}
				}
			}
			return nil
		},
	}
}

// toolCodes says where the codes of outside tools are explained.
var toolCodes = map[string]string{
	"epubcheck": "https://www.w3.org/publishing/epubcheck/docs/messages/",
	"ace":       "https://kb.daisy.org/publishing/",
	"verapdf":   "https://docs.verapdf.org/validation/",
}

// listExplanations gives each code a line.
func listExplanations(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for _, x := range explain.All() {
		first, _, _ := strings.Cut(x.Text, ". ")
		if x.Finished {
			first = "(finished files) " + first
		}
		fmt.Fprintf(w, "%s\t%s\t%s\n", x.Code, x.Severity, strings.TrimSuffix(first, "."))
	}
	return w.Flush()
}

// tell prints an explanation.
func tell(out io.Writer, x explain.Explanation) error {
	where := "in content"
	if x.Finished {
		where = "in finished files"
	}
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s, %s)\n\n%s\n\nWhat to do: %s\n", x.Code, x.Severity, where, fold(x.Text, 100), fold(x.Remedy, 88))
	for _, f := range x.Example {
		if f.Name == explain.Story {
			fmt.Fprintf(&b, "\nFor instance: %s\n", fold(strings.TrimSpace(string(f.Data)), 86))
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", f.Name)
		for line := range strings.Lines(string(f.Data)) {
			b.WriteString(strings.TrimRight("    "+line, " \n") + "\n")
		}
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// fold breaks a text into lines of some characters at most.
func fold(text string, width int) string {
	var b strings.Builder
	n := 0
	for i, w := range strings.Fields(text) {
		long := len([]rune(w))
		switch {
		case i == 0:
		case n+1+long > width:
			b.WriteByte('\n')
			n = 0
		default:
			b.WriteByte(' ')
			n++
		}
		b.WriteString(w)
		n += long
	}
	return b.String()
}
