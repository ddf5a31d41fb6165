package main

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
	"github.com/twinpress/twinpress/export/batch"
)

// batchFlags say what is told of a run, and which share of it is made.
func batchFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "manifest", Usage: "write manifest.json beside the editions of one article, too"},
		&cli.BoolFlag{Name: "no-manifest", Usage: "write none beside those of a site"},
		&cli.StringFlag{Name: "shard", Usage: "make only share `I/N` of the editions (2/4); \"auto\" asks the engine that runs this: GitLab, CircleCI, Buildkite, Kubernetes, AWS Batch, Slurm, GNU parallel, or TWINPRESS_SHARD"},
		&cli.BoolFlag{Name: "prune", Usage: "remove the files of an earlier build of the site that belong to nothing any more, as its manifest tells"},
		&cli.BoolFlag{Name: "verify", Usage: "build everything a second time, in another process, and fail when a byte differs"},
	}
}

// batchOptions gives what they ask for, of a build of path.
func batchOptions(c *cli.Context, path string, opts *export.Options) (err error) {
	if c.Bool("manifest") && c.Bool("no-manifest") {
		return usageError{"--manifest and --no-manifest are two things", ""}
	}
	st, err := os.Stat(path)
	opts.Manifest = c.Bool("manifest") || !c.Bool("no-manifest") && err == nil && st.IsDir()
	opts.Prune = c.Bool("prune")
	switch s := c.String("shard"); s {
	case "":
		return nil
	case "auto":
		opts.Shard, err = batch.AutoShard(os.Getenv)
	default:
		opts.Shard, err = batch.ParseShard(s)
	}
	if err != nil {
		return usageError{"--shard: " + err.Error(), "--shard 2/4, or TWINPRESS_SHARD=2/4 with --shard auto"}
	}
	if c.Bool("no-manifest") {
		return usageError{"--shard wants the manifest, by which the shares are put together", "leave --no-manifest out"}
	}
	opts.Manifest = true
	return nil
}

func verifyCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "verify",
		Usage:        "hold the files of an output folder against its manifest.json",
		ArgsUsage:    "[DIR|MANIFEST]...",
		OnUsageError: onUsageError,
		Description: `Each file must be there with the size and the SHA-256 that it was made with; one that the manifest does not tell of is named.
Exits with 1 when a file is missing or altered, or when there is no manifest. The folder is "dist" when none is given.`,
		Action: func(c *cli.Context) error {
			names := c.Args().Slice()
			if len(names) == 0 {
				names = []string{"dist"}
			}
			failed := false
			for _, name := range names {
				n, problems, err := export.Verify(name)
				if err != nil {
					return err
				}
				bad := 0
				for _, p := range problems {
					t.problem(p)
					if p.Severity == export.Error {
						bad++
					}
				}
				verdict := "all as they were made"
				if bad > 0 {
					verdict, failed = fmt.Sprintf("%d not as made", bad), true
				}
				fmt.Fprintf(t.out, "%s: %s, %s\n", name, count(n, "file"), verdict)
			}
			if failed {
				return errReported
			}
			return nil
		},
	}
}

func mergeCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "merge",
		Usage:        "put together what the shares of a build have made (build --shard)",
		ArgsUsage:    "DIR|MANIFEST...",
		OnUsageError: onUsageError,
		Description: `Takes the folders that the shares were written to (one that all had, or one each), or their manifests, and leaves in --dir what
one build would have: all files, pages.json and opds.json if they were asked for, and manifest.json, byte for byte. A share
that is missing, is there twice, or was made by another program, with other options or of another site, is an error (exit 1).

EXAMPLES
   twinpress merge dist                           four machines have written into one folder
   twinpress merge share-*/ -d dist               or each into its own`,
		Flags: []cli.Flag{&cli.StringFlag{Name: "dir", Aliases: []string{"d"}, Usage: "put everything into `DIR`", DefaultText: "the first folder"}},
		Action: func(c *cli.Context) error {
			sources := c.Args().Slice()
			if len(sources) == 0 {
				return usageError{"merge needs the folders of the shares", "twinpress merge dist"}
			}
			dir := c.String("dir")
			if dir == "" {
				dir = sources[0]
				if st, err := os.Stat(dir); err == nil && !st.IsDir() {
					dir = filepath.Dir(dir)
				}
			}
			res, err := export.Merge(c.Context, sources, dir)
			for _, p := range res.Problems {
				t.problem(p)
			}
			if err != nil {
				return err
			}
			t.println(closing(res))
			if res.Failed > 0 {
				t.errorf("%s could not be made", count(res.Failed, "edition"))
				return errReported
			}
			return nil
		},
	}
}

func manifestCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "manifest",
		Usage:        "print the JSON Schema of manifest.json",
		OnUsageError: onUsageError,
		Action: func(c *cli.Context) error {
			_, err := t.out.Write(batch.Schema)
			return err
		},
	}
}

// saidOnce are the flags of a build that its repetition does not have: they say where things go, and what is told.
var saidOnce = []string{"verify", "dir", "report", "report-file", "fail-on", "verbose", "layout-report"}

// buildAgain builds the same in another process, into a folder of its own, and compares byte for byte.
func buildAgain(t *terminal, c *cli.Context, made export.Result) error {
	self, err := os.Executable()
	if err != nil {
		return err
	}
	dir, err := os.MkdirTemp("", "twinpress-verify-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	args := []string{"build"}
	for _, name := range c.LocalFlagNames() {
		if len(name) == 1 || slices.Contains(saidOnce, name) {
			continue
		}
		for _, v := range flagValues(c, name) {
			args = append(args, "--"+name+"="+v)
		}
	}
	args = append(args, "--no-cache", "--quiet", "--fail-on=never", "--dir="+dir, "--")
	cmd := exec.CommandContext(c.Context, self, append(args, c.Args().Slice()...)...)
	var said bytes.Buffer
	cmd.Stderr = &said
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("build a second time: %w\n%s", err, strings.TrimSpace(said.String()))
	}
	for _, f := range made.Files {
		rel, err := filepath.Rel(made.Dir, f.Path)
		if err != nil || strings.HasPrefix(rel, "..") {
			continue // pages.lock.json, which lies with the site
		}
		at, err := firstDifference(f.Path, filepath.Join(dir, rel))
		if err != nil {
			return fmt.Errorf("verify %s: %w", f.Path, err)
		}
		if at >= 0 {
			return fmt.Errorf("verify %s: made a second time it is another, from byte %d on", f.Path, at)
		}
	}
	t.println(fmt.Sprintf("built twice: %s, the same bytes", count(len(made.Files), "file")))
	return nil
}

// flagValues gives what a flag was given, as text.
func flagValues(c *cli.Context, name string) []string {
	switch v := c.Value(name).(type) {
	case cli.StringSlice:
		return v.Value()
	case []string:
		return v
	default:
		return []string{fmt.Sprint(v)}
	}
}

// firstDifference is the place of the first byte in which two files differ, -1 when they do not.
func firstDifference(a, b string) (int64, error) {
	f, err := os.Open(a)
	if err != nil {
		return 0, err
	}
	defer f.Close()
	g, err := os.Open(b)
	if err != nil {
		return 0, err
	}
	defer g.Close()
	var at int64
	p, q := make([]byte, 1<<16), make([]byte, 1<<16)
	for {
		n, err := io.ReadFull(f, p)
		m, err2 := io.ReadFull(g, q)
		for i := range min(n, m) {
			if p[i] != q[i] {
				return at + int64(i), nil
			}
		}
		if n != m {
			return at + int64(min(n, m)), nil
		}
		at += int64(n)
		if err != nil || err2 != nil {
			return -1, nil
		}
	}
}
