package main

import (
	"fmt"
	"text/tabwriter"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
)

func codesCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "codes",
		Usage:        "list the codes of problems, for scripts that match them",
		OnUsageError: onUsageError,
		Action: func(*cli.Context) error {
			w := tabwriter.NewWriter(t.out, 0, 0, 2, ' ', 0)
			for _, c := range export.Codes() {
				fmt.Fprintf(w, "%s\t%s\t%s\n", c.Code, c.Severity, c.Meaning)
			}
			return w.Flush()
		},
	}
}
