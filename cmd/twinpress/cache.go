package main

import (
	"os"
	"path/filepath"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
)

// cacheFlags say where what was made is kept.
func cacheFlags() []cli.Flag {
	return []cli.Flag{
		&cli.StringFlag{Name: "cache", Usage: "take what has not changed since an earlier run from `DIR`, and keep there what is made", EnvVars: []string{"TWINPRESS_CACHE"}, DefaultText: "twinpress in the user's cache folder"},
		&cli.StringFlag{Name: "cache-size", Usage: "keep the cache below `SIZE` (500MB, 2GiB); what was longest not used goes first", Value: "2GiB"},
		&cli.BoolFlag{Name: "no-cache", Usage: "make everything, and keep nothing", EnvVars: []string{"TWINPRESS_NO_CACHE"}},
	}
}

// cacheOptions gives what they ask for. The user's cache folder is a convenience: where there is none, or none that can be
// written, nothing is kept.
func cacheOptions(c *cli.Context, opts *export.Options) (err error) {
	if opts.CacheSize, err = sizeFlag(c, "cache-size"); err != nil {
		return err
	}
	switch dir := c.String("cache"); {
	case c.Bool("no-cache"):
	case dir != "":
		opts.Cache, err = filepath.Abs(dir)
	default:
		opts.Cache = userCache()
	}
	return err
}

// userCache is our folder in the user's cache folder; "" when it cannot be had.
func userCache() string {
	dir, err := os.UserCacheDir()
	if err != nil {
		return ""
	}
	dir = filepath.Join(dir, "twinpress")
	if os.MkdirAll(dir, 0o777) != nil {
		return ""
	}
	f, err := os.CreateTemp(dir, ".*.tmp") // a folder that is there may be one that cannot be written
	if err != nil {
		return ""
	}
	_ = f.Close()
	_ = os.Remove(f.Name())
	return dir
}
