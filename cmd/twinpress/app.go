package main

import (
	"fmt"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
)

const appHelp = `twinpress reads a periodical kept as Hugo content and writes, from one document model, an EPUB with linked
endnotes and a typeset, accessible PDF: for one article, or for a whole issue.

EXAMPLES
   twinpress build site/                       every issue of the site, EPUB and PDF, into dist/
   twinpress build site/ --issue 112           one issue
   twinpress build site/ --issue 112 --offprints
                                               and an EPUB and a PDF of each of its articles
   twinpress build content/essay.md -d out     one article
   twinpress list site/                        issues and their articles, in order
   twinpress init site/                        write a commented twinpress.yaml
   twinpress build site/ --shard 2/4           one of four shares; twinpress merge puts them together
   twinpress check site/                       everything that is wrong with a site
   twinpress check dist/                       what readers and stores refuse, and where EPUB and PDF differ
   twinpress build site/ --report sarif=out.sarif,github
                                               problems for code scanning, and as annotations
   twinpress explain missing-alt               what a code means, and what to do

EXIT CODES
     0  done
     1  a build failed: an edition could not be made, something could not be read, --strict refused it,
        --locked would move a cited page, a file or standard output could not be written
     2  wrong usage
     3  a problem was found as bad as --fail-on says (error); what could be made is made
     4  an outside tool that was asked for is not there
   130  interrupted; no half-written file is left`

func newApp(t *terminal) *cli.App {
	app := cli.NewApp()
	app.Name = "twinpress"
	app.Usage = "one press, two editions: EPUB and PDF of a Hugo periodical"
	app.Description = appHelp
	app.UsageText = "twinpress COMMAND [flags] [arguments]"
	app.HideVersion = true
	app.Suggest = true
	app.EnableBashCompletion = true
	app.Writer, app.ErrWriter = t.out, t.err
	app.ExitErrHandler = func(*cli.Context, error) {} // run decides
	app.OnUsageError = onUsageError
	app.CommandNotFound = nil
	app.Commands = []*cli.Command{
		buildCommand(t), watchCommand(t), listCommand(t), initCommand(t), checkCommand(t), explainCommand(t), verifyCommand(t), mergeCommand(t), manifestCommand(t), codesCommand(t), completionCommand(t), manCommand(t),
		{
			Name: "version", Usage: "print the version",
			OnUsageError: onUsageError,
			Action: func(*cli.Context) error {
				fmt.Fprintln(t.out, "twinpress", version())
				return nil
			},
		},
	}
	app.Flags = []cli.Flag{&cli.BoolFlag{Name: "version", Aliases: []string{"V"}, Usage: "print the version"}}
	app.Action = func(c *cli.Context) error {
		if c.Bool("version") {
			fmt.Fprintln(t.out, "twinpress", version())
			return nil
		}
		if name := c.Args().First(); name != "" {
			u := usageError{msg: fmt.Sprintf("unknown command %q", name), hint: "twinpress --help lists the commands"}
			if s := cli.SuggestCommand(app.Commands, name); s != "" {
				u.hint = lowerFirst(s)
			}
			return u
		}
		return cli.ShowAppHelp(c)
	}
	return app
}

// onUsageError turns the flag package's complaint into a usage error with a suggestion.
func onUsageError(c *cli.Context, err error, _ bool) error {
	u := usageError{msg: err.Error(), hint: "see twinpress --help"}
	if c.Command != nil && c.Command.Name != "" && c.Command.Name != "twinpress" {
		u.hint = fmt.Sprintf("see twinpress %s --help", c.Command.Name)
		if flag, ok := strings.CutPrefix(u.msg, "flag provided but not defined: -"); ok {
			u.msg = "unknown flag --" + strings.TrimPrefix(flag, "-")
			if s := cli.SuggestFlag(c.Command.Flags, flag, false); s != "" {
				u.hint = fmt.Sprintf("did you mean %s?", s)
			}
		}
	}
	return u
}

// version is the module's version as the Go tool recorded it.
func version() string { return export.Version() }

// lowerFirst fits the flag package's sentence into ours.
func lowerFirst(s string) string { return strings.ToLower(s[:1]) + s[1:] }
