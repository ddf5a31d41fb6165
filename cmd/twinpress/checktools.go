package main

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/outside"
)

func toolNames() (names []string) {
	for _, t := range outside.Tools() {
		names = append(names, t.Name)
	}
	return names
}

// chooseTools takes the tools that are asked for. Those that are asked for by name must be there.
func (k *checking) chooseTools(c *cli.Context) error {
	k.each = c.Duration("tool-timeout")
	if k.each <= 0 {
		return usageError{fmt.Sprintf("--tool-timeout is %s, in which nothing can be looked at", k.each), "2m"}
	}
	asked := strings.FieldsFunc(strings.ToLower(strings.Join(c.StringSlice("tools"), ",")), func(r rune) bool { return r == ',' || r == ' ' })
	known := append(toolNames(), "all", "none")
	for _, name := range asked {
		if !slices.Contains(known, name) {
			return usageError{fmt.Sprintf("unknown tool %q (known: %s)", name, strings.Join(known, ", ")), ""}
		}
		if len(asked) > 1 && (name == "none" || name == "all") {
			return usageError{fmt.Sprintf("--tools %s is said with others", name), "--tools epubcheck,verapdf"}
		}
	}
	k.named = map[string]bool{}
	for _, t := range outside.Tools() {
		named := slices.Contains(asked, t.Name)
		k.named[t.Name] = named
		if named {
			if err := t.Installed(); err != nil {
				return err
			}
		}
		if named || slices.Contains(asked, "all") {
			k.tools = append(k.tools, t)
		}
	}
	return nil
}

// outside runs a tool over finished files, and says in words what came of it; "" when none of them is for it.
func (k *checking) outside(ctx context.Context, t outside.Tool, names []string) (found []export.Problem, verdict string) {
	n := t.Count(names)
	if n == 0 {
		return nil, ""
	}
	found = t.Check(ctx, names, k.each)
	verdict = fmt.Sprintf("%s in %s", count(len(found), "finding"), count(n, "file"))
	if slices.ContainsFunc(found, func(p export.Problem) bool { return p.Code == "tool-not-run" }) {
		verdict = "not run"
		k.unread = k.unread || k.named[t.Name]
	}
	return found, verdict
}
