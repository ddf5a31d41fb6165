package main

import (
	"fmt"
	"math"

	"github.com/dustin/go-humanize"
	"github.com/urfave/cli/v2"
)

// sizeFlag reads a number of bytes as people write it: 300MB, 2 GiB, 1000000.
func sizeFlag(c *cli.Context, name string) (int64, error) {
	n, err := humanize.ParseBytes(c.String(name))
	if err != nil || n == 0 || n > math.MaxInt64 {
		return 0, usageError{fmt.Sprintf("--%s is %q, not a size", name, c.String(name)), "300MB, 2GiB"}
	}
	return int64(n), nil
}
