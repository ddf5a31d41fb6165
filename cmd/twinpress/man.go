package main

import (
	"bufio"
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/urfave/cli/v2"
)

func manCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "man",
		Usage:        "print the manual page",
		OnUsageError: onUsageError,
		Description:  `   twinpress man > /usr/local/share/man/man1/twinpress.1`,
		Action: func(c *cli.Context) error {
			w := bufio.NewWriter(t.out)
			writeMan(w, c.App)
			return w.Flush()
		},
	}
}

// writeMan writes the manual page (man(7)): what --help says of the command and of each of its commands, once.
func writeMan(w io.Writer, app *cli.App) {
	fmt.Fprintf(w, ".TH TWINPRESS 1 \"\" \"twinpress %s\" \"User Commands\"\n.SH NAME\ntwinpress \\- %s\n.SH SYNOPSIS\n.B twinpress\n.I COMMAND\n[flags] [arguments]\n", roff(version()), roff(app.Usage))
	intro, rest, _ := strings.Cut(app.Description, "\nEXAMPLES\n")
	examples, codes, _ := strings.Cut(rest, "\nEXIT CODES\n")
	fmt.Fprintf(w, ".SH DESCRIPTION\n%s\n", prose(intro))
	fmt.Fprintln(w, ".SH COMMANDS")
	for _, cmd := range app.Commands {
		if cmd.Hidden || cmd.Name == "help" {
			continue
		}
		fmt.Fprintf(w, ".SS twinpress %s %s\n%s.\n.PP\n%s\n", roff(cmd.Name), roff(cmd.ArgsUsage), roff(strings.ToUpper(cmd.Usage[:1])+cmd.Usage[1:]), prose(cmd.Description))
		for _, f := range cmd.Flags {
			writeFlag(w, f)
		}
	}
	fmt.Fprintf(w, ".SH EXIT STATUS\n%s\n.SH EXAMPLES\n%s\n", verbatim(codes), verbatim(examples))
	fmt.Fprint(w, ".SH ENVIRONMENT\n.TP\n.B SOURCE_DATE_EPOCH\nDates the files; without it the content's own dates do.\n.TP\n.B TWINPRESS_CACHE\nThe folder of the cache.\n"+
		".TP\n.B TWINPRESS_NO_CACHE\nDo without a cache.\n.TP\n.B TWINPRESS_SHARD, TWINPRESS_SHARDS\nThe share of a build, 2/4, and how many shares there are, for \\-\\-shard auto.\n.TP\n.B HUGO_ENVIRONMENT\nThe environment of the site's configuration.\n.TP\n.B NO_COLOR\nNo colours.\n")
}

var placeholder = regexp.MustCompile("`[^`]+`")

func writeFlag(w io.Writer, f cli.Flag) {
	doc, ok := f.(cli.DocGenerationFlag)
	if !ok {
		return
	}
	var names []string
	for _, n := range f.Names() {
		if len(n) == 1 {
			names = append(names, "-"+n)
		} else {
			names = append(names, "--"+n)
		}
	}
	usage := doc.GetUsage()
	value := ""
	if doc.TakesValue() {
		if value = strings.Trim(placeholder.FindString(usage), "`"); value == "" {
			value = "VALUE"
		}
		value = " " + value
	}
	usage = strings.ReplaceAll(usage, "`", "")
	fmt.Fprintf(w, ".TP\n.B %s%s\n%s\n", roff(strings.Join(names, ", ")), roff(value), roff(usage))
}

// roff writes a text so that it stands for itself.
func roff(s string) string {
	s = strings.NewReplacer(`\`, `\e`, "-", `\-`, "\u2019", "'").Replace(s)
	if strings.HasPrefix(s, ".") || strings.HasPrefix(s, "'") {
		s = `\&` + s
	}
	return s
}

// prose writes paragraphs; lines that are indented, such as examples, stay lines.
func prose(text string) string {
	var b strings.Builder
	fill := true
	for _, line := range strings.Split(strings.TrimSpace(text), "\n") {
		switch indented := strings.HasPrefix(line, "   "); {
		case line == "":
			if !fill {
				b.WriteString(".fi\n")
				fill = true
			}
			b.WriteString(".PP\n")
			continue
		case indented && fill:
			b.WriteString(".nf\n")
			fill = false
		case !indented && !fill:
			b.WriteString(".fi\n")
			fill = true
		}
		b.WriteString(roff(line) + "\n")
	}
	if !fill {
		b.WriteString(".fi\n")
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func verbatim(text string) string {
	var b strings.Builder
	b.WriteString(".nf\n")
	for _, line := range strings.Split(strings.Trim(text, "\n"), "\n") {
		b.WriteString(roff(line) + "\n")
	}
	return b.String() + ".fi"
}
