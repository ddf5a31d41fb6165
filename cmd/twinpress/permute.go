package main

import (
	"slices"
	"strings"

	"github.com/urfave/cli/v2"
)

// permute moves a subcommand's flags before its arguments, for urfave/cli v2 stops looking for flags at the first
// argument and people do not. "--" ends the flags, as everywhere.
func permute(app *cli.App, args []string) []string {
	if len(args) < 2 {
		return args
	}
	name := slices.IndexFunc(args[1:], func(a string) bool { return !strings.HasPrefix(a, "-") }) + 1
	if name == 0 {
		return args
	}
	cmd := app.Command(args[name])
	if cmd == nil {
		return args
	}
	takesValue := map[string]bool{}
	for _, f := range cmd.Flags {
		_, isBool := f.(*cli.BoolFlag)
		if g, ok := f.(*cli.GenericFlag); ok { // --strict, which may stand alone
			_, isBool = g.Value.(interface{ IsBoolFlag() bool })
		}
		for _, n := range f.Names() {
			takesValue[n] = !isBool
		}
	}
	var flags, rest []string
	tail := args[name+1:]
	for i := 0; i < len(tail); i++ {
		a := tail[i]
		if a == "--" {
			rest = append(rest, tail[i+1:]...)
			break
		}
		if len(a) < 2 || a[0] != '-' { // "-" is standard input
			rest = append(rest, a)
			continue
		}
		flags = append(flags, a)
		key := strings.TrimLeft(a, "-")
		if takesValue[key] && i+1 < len(tail) {
			i++
			flags = append(flags, tail[i])
		}
	}
	out := append(slices.Clone(args[:name+1]), flags...)
	if len(rest) > 0 {
		out = append(append(out, "--"), rest...)
	}
	return out
}
