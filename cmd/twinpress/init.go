package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
)

func initCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "init",
		Usage:        "write a commented twinpress.yaml",
		ArgsUsage:    "[SITE]",
		OnUsageError: onUsageError,
		Description: `Writes twinpress.yaml beside the Hugo configuration of SITE (default: this folder), with every key, its default and
what it is for. Everything works without the file. An existing file is left alone unless --force is given.`,
		Flags: []cli.Flag{&cli.BoolFlag{Name: "force", Usage: "write over an existing file"}},
		Action: func(c *cli.Context) error {
			if c.NArg() > 1 {
				return usageError{"init takes one folder", "see twinpress init --help"}
			}
			dir := c.Args().First()
			if dir == "" {
				dir = "."
			}
			name := filepath.Join(dir, "twinpress.yaml")
			flags := os.O_WRONLY | os.O_CREATE | os.O_EXCL
			if c.Bool("force") {
				flags = os.O_WRONLY | os.O_CREATE | os.O_TRUNC
			}
			f, err := os.OpenFile(name, flags, 0o644)
			if errors.Is(err, fs.ErrExist) {
				t.errorf("%s exists already", name)
				t.hintf("--force writes over it")
				return errReported
			}
			if err != nil {
				return err
			}
			_, err = f.WriteString(export.ConfigTemplate())
			if err = errors.Join(err, f.Close()); err != nil {
				return err
			}
			fmt.Fprintln(t.err, "wrote", name)
			return nil
		},
	}
}
