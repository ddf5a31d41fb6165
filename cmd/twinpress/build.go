package main

import (
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/urfave/cli/v2"

	"github.com/twinpress/twinpress/export"
)

func buildCommand(t *terminal) *cli.Command {
	return &cli.Command{
		Name:         "build",
		Usage:        "write the editions of a site, an issue or an article",
		ArgsUsage:    "[PATH...]",
		OnUsageError: onUsageError,
		Description: `PATH is a Hugo site, a content folder or a Markdown file (default: this folder); "-" is an article from standard input. Several are
built one after the other. A file gives that article. A site
gives every issue, or those chosen with --issue, as one EPUB and one PDF each; articles chosen with --article are made
one by one, from page 1; with --offprints, cut from the pages of their issue. Nothing is fetched from the network; files appear whole or not at all; the same input gives the same bytes.

A build of an issue that was locked warns of each page that would move [page-moved]; with --locked it fails (exit 1).

What was made is kept in a cache, under everything that it was made from: an edition of which nothing has changed since is taken from
there, by the next run or on the next machine that is given the folder. It has no influence on what is made.

SOURCE_DATE_EPOCH, when set, dates the files; otherwise the content's own date does.

EXAMPLES
   twinpress build site/ --issue 112 --offprints      the issue, and each of its articles on its own
   twinpress build site/ --volume 2018                all issues of a volume, or a year, as one EPUB and one PDF
   twinpress build site/ --issue 110,111 --bind       two issues as one
   twinpress build site/ --article 'review-*' -f epub only EPUBs, of the articles whose slug begins so
   twinpress build site/ --style broadsheet -f pdf    a newspaper
   twinpress build site/ -f pdf,bibtex,ris,csl        references beside the PDF, with its page numbers
   twinpress build site/ --issue 112 --lock           the issue is published: its pages are cited from now on
   twinpress build site/ --issue 112 --locked         fail rather than move a cited page
   twinpress build essay.md -d out --strict           fail rather than make a file with a picture missing
   twinpress build site/ --issue '11*' --strict=missing-image
                                                      of some issues; only a missing picture fails one
   twinpress build essay.md -o essay.pdf              one file, under that name; "-o - -f pdf" to standard output
   twinpress build site/ --report json                a line of JSON for each problem, for an editor`,
		Flags: append(append(append([]cli.Flag{
			&cli.StringSliceFlag{Name: "issue", Usage: "build issue `NUMBER|GLOB` (1,2 or \"11*\"); may be repeated"},
			&cli.StringSliceFlag{Name: "volume", Usage: "build all issues of volume `NAME` as one edition, each a part of it (a year, where no issue has a volume); may be repeated"},
			&cli.BoolFlag{Name: "bind", Usage: "build the issues chosen with --issue, or all, as one edition"},
			&cli.StringSliceFlag{Name: "article", Usage: "build the articles whose slug matches `SLUG|GLOB`; may be repeated"},
			&cli.StringSliceFlag{Name: "format", Aliases: []string{"f"}, Usage: "write `FORMATS`: " + strings.Join(export.Formats(), ", "), DefaultText: "epub,pdf"},
			&cli.StringFlag{Name: "dir", Aliases: []string{"d"}, Value: "dist", Usage: "write into `DIR`"},
			&cli.StringFlag{Name: "output", Aliases: []string{"o"}, Usage: "write the one edition in one format to `FILE`; \"-\" is standard output"},
			&cli.BoolFlag{Name: "offprints", Usage: "also write each article of an issue on its own, with the issue's pages and page numbers"},
		}, append(append(siteFlags(), cacheFlags()...), batchFlags()...)...), []cli.Flag{
			&cli.BoolFlag{Name: "lock", Usage: "keep in the site's pages.lock.json which words stand on which page; refused when a page that is locked would move"},
			&cli.BoolFlag{Name: "relock", Usage: "the same, in place of what was locked"},
			&cli.BoolFlag{Name: "locked", Usage: "fail when a locked page would move, or an issue's pages are not locked; nothing is written of it"},
			&cli.StringFlag{Name: "baseline", Usage: "tell nothing of what `FILE` accepts, nor fail for it (twinpress check --write-baseline)"},
			strictFlag("fail on warnings, or with --strict=CODES only on problems with these codes; nothing is written for what has them"),
			&cli.StringFlag{Name: "style", Usage: "page `STYLE`: " + strings.Join(export.Styles(), ", ")},
			&cli.StringFlag{Name: "pdf-standard", Usage: "`STANDARD` the PDF keeps: " + strings.Join(export.PDFStandards(), ", "), DefaultText: export.PDFStandards()[0]},
			&cli.StringFlag{Name: "notes", Usage: "EPUB notes at the end of each `article|issue`"},
			&cli.BoolFlag{Name: "no-page-list", Usage: "do not lay out the PDF only to give an EPUB its page list"},
			&cli.StringFlag{Name: "layout-report", Usage: "write the typesetter's report to `FILE`"},
			&cli.IntFlag{Name: "jobs", Aliases: []string{"j"}, Usage: "work on `N` articles at once", DefaultText: "the number of processors"},
			&cli.StringFlag{Name: "memory", Usage: "work on less at once rather than take more than `SIZE` of memory; an issue too large for it is made alone", Value: "300MB"},
			&cli.BoolFlag{Name: "fail-fast", Usage: "begin no other edition when one has failed"},
			&cli.BoolFlag{Name: "quiet", Aliases: []string{"q"}, Usage: "no progress, no infos and no closing words; warnings and errors are still shown"},
		}...), reportFlags()...),
		Action: func(c *cli.Context) error { return build(t, c) },
	}
}

// siteFlags say what of a site is read.
func siteFlags() []cli.Flag {
	return []cli.Flag{
		&cli.BoolFlag{Name: "drafts", Usage: "include drafts"},
		&cli.BoolFlag{Name: "future", Usage: "include articles that are to be published later"},
		&cli.BoolFlag{Name: "expired", Usage: "include articles whose expiryDate has come"},
		&cli.StringFlag{Name: "now", Usage: "judge that on `DATE` (2018-12-02); without it on SOURCE_DATE_EPOCH, or the newest date of the content"},
		&cli.StringFlag{Name: "language", Usage: "only what is in this `LANGUAGE` (de, en-GB)"},
		environmentFlag(),
		&cli.StringFlag{Name: "config", Usage: "read `FILE` instead of the site's twinpress.yaml"},
	}
}

// siteOptions gives what they ask for.
func siteOptions(c *cli.Context, opts *export.Options) (err error) {
	opts.Drafts, opts.Future, opts.Expired = c.Bool("drafts"), c.Bool("future"), c.Bool("expired")
	opts.Language, opts.Environment, opts.Config = c.String("language"), c.String("environment"), c.String("config")
	opts.Today = time.Now().UTC() // for a message only
	if opts.Modified, err = sourceDate(); err != nil {
		return err
	}
	if s := c.String("now"); s != "" {
		if opts.Now, err = time.Parse(time.DateOnly, s); err != nil {
			return usageError{fmt.Sprintf("--now is %q, not a day", s), "2018-12-02"}
		}
	}
	return nil
}

// environmentFlag says which of the site's environments is read. Hugo's own variable says it, too.
func environmentFlag() cli.Flag {
	return &cli.StringFlag{Name: "environment", Aliases: []string{"e"}, Usage: "read Hugo's configuration as `NAME` has it (config/NAME)", EnvVars: []string{"HUGO_ENVIRONMENT"}, DefaultText: "production"}
}

// buildOptions gives what the flags ask for.
func buildOptions(c *cli.Context, path string) (opts export.Options, err error) {
	opts = export.Options{
		Issues:      c.StringSlice("issue"),
		Volumes:     c.StringSlice("volume"),
		Bind:        c.Bool("bind"),
		Articles:    c.StringSlice("article"),
		Formats:     c.StringSlice("format"),
		Dir:         c.String("dir"),
		Offprints:   c.Bool("offprints"),
		Style:       c.String("style"),
		PDFStandard: c.String("pdf-standard"),
		Notes:       c.String("notes"),
		NoPageList:  c.Bool("no-page-list"),
		Jobs:        c.Int("jobs"),
		FailFast:    c.Bool("fail-fast"),
	}
	if opts.Strict, opts.StrictCodes, err = strictOf(c); err != nil {
		return opts, err
	}
	if opts.Ignore, err = codesFlag("ignore", c.StringSlice("ignore")); err != nil {
		return opts, err
	}
	if c.IsSet("jobs") && opts.Jobs < 1 {
		return opts, usageError{fmt.Sprintf("--jobs wants a number from 1, not %d", opts.Jobs), ""}
	}
	if err := siteOptions(c, &opts); err != nil {
		return opts, err
	}
	if err := cacheOptions(c, &opts); err != nil {
		return opts, err
	}
	if err := batchOptions(c, path, &opts); err != nil {
		return opts, err
	}
	if opts.Memory, err = sizeFlag(c, "memory"); err != nil {
		return opts, err
	}
	boundMemory(opts.Memory)
	if opts.Lock, err = lockOption(c); err != nil {
		return opts, err
	}
	if err := opts.Validate(); err != nil {
		return opts, usageError{err.Error(), "see twinpress build --help"}
	}
	return opts, nil
}

// lockOption gives what is asked of the lock: one thing at most.
func lockOption(c *cli.Context) (how string, err error) {
	for _, f := range []struct{ flag, how string }{{"locked", export.LockRequire}, {"lock", export.LockWrite}, {"relock", export.LockRenew}} {
		if !c.Bool(f.flag) {
			continue
		}
		if how != "" {
			return "", usageError{"--lock, --relock and --locked are three things", "--lock when an issue is published, --locked ever after"}
		}
		how = f.how
	}
	return how, nil
}

// sourceDate reads SOURCE_DATE_EPOCH (https://reproducible-builds.org/specs/source-date-epoch/); zero when unset.
func sourceDate() (time.Time, error) {
	s, ok := os.LookupEnv("SOURCE_DATE_EPOCH")
	if !ok || s == "" {
		return time.Time{}, nil
	}
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil {
		return time.Time{}, usageError{fmt.Sprintf("SOURCE_DATE_EPOCH is %q, not a number of seconds", s), ""}
	}
	t := time.Unix(n, 0).UTC()
	if t.Year() < 1 || t.Year() > 9999 {
		return time.Time{}, usageError{fmt.Sprintf("SOURCE_DATE_EPOCH is %s, in the year %d: a file's date has four digits for it", s, t.Year()), ""}
	}
	return t, nil
}

func count(n int, what string) string {
	if n == 1 {
		return "1 " + what
	}
	return fmt.Sprintf("%d %ss", n, what)
}

func byteSize(n int64) string {
	if n < 1<<20 {
		return fmt.Sprintf("%d kB", (n+999)/1000)
	}
	return fmt.Sprintf("%.1f MB", float64(n)/1e6)
}
