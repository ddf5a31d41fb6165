package export

import (
	"errors"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	"github.com/yuin/goldmark"

	"github.com/twinpress/twinpress/export/batch"
	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/markdown"
	"github.com/twinpress/twinpress/export/pdf"
	"github.com/twinpress/twinpress/export/style"
)

// What callers need of the document model to print problems.
type (
	Problem  = document.Problem
	Severity = document.Severity
	Pos      = document.Pos
)

// Severities of problems.
const (
	Info    = document.Info
	Warning = document.Warning
	Error   = document.Error
)

// A Shortcode is a shortcode of the caller's own, as Options.Shortcodes names it.
type (
	Shortcode     = markdown.Shortcode
	ShortcodeCall = markdown.Call
)

// Options say what to build and how. The zero value builds every issue in every format into the current folder.
type Options struct {
	Issues    []string // numbers of the issues to build; none means all
	Volumes   []string // names of volumes, or of years where no issue has a volume, to build: all issues of each as one edition
	Bind      bool     // build the issues as one edition, each a part of it
	Articles  []string // slugs, paths or globs of articles, each of which is built on its own
	Formats   []string // names of formats; none means EPUB and PDF
	Offprints bool     // also build each article of the issues on its own, cut from the issue's pages
	Drafts    bool     // include drafts
	Future    bool     // include articles whose date lies after Now
	Expired   bool     // include articles whose expiryDate has come
	Language  string   // only articles and issues in this language (BCP 47)

	// Now is the day on which articles are judged to be published or expired; zero takes Modified, or else the newest date of
	// the content: the clock has no say.
	Now time.Time

	// Today is the day of the build. Articles of a later day are told of, when Now and Modified are zero; nothing else depends on
	// it. Zero: they are not.
	Today time.Time

	// Lock says what pages.lock.json, in the site's folder, has to say: it holds which words of a published issue stand on which page.
	// One of LockWarn, LockRequire, LockWrite, LockRenew.
	Lock string

	// Strict fails an edition that has a warning; with StrictCodes only one that has a problem of these codes, whatever its severity.
	Strict      bool
	StrictCodes []string

	Ignore []string // codes of problems, other than errors, that Strict passes over

	// Taken are names of editions, without extension, that another build has written into the same folder: an edition that would
	// have one gets another, stable one.
	Taken []string

	Config string // path of a twinpress.yaml to use instead of the site's own

	// Environment names the folder of Hugo's config/ that is read besides _default; "" is production, as for Hugo.
	Environment string

	Dir  string // output folder, when there is no Sink; "" is the current one
	Sink Sink   // takes the finished files, in place of a folder

	Style       string       // one of Styles, instead of the configuration's
	OwnStyle    *style.Style // a style as a value; it comes before Style and the configuration's
	PDFStandard string       // one of PDFStandards, instead of the configuration's
	Notes       string       // "article" or "issue": where an EPUB's notes stand; "" takes the configuration's
	NoPageList  bool         // do not lay the PDF out when only the EPUB is asked for

	MoreFormats []Format             // formats of the caller's own, beside the built-in ones
	Extensions  []goldmark.Extender  // of Markdown, beside those that Hugo has
	Shortcodes  map[string]Shortcode // by name in lower case; they come before those that twinpress knows

	LayoutReport io.Writer // is told what the typesetter reports of each edition, when all are made; nil for nothing

	// Modified dates the files; zero takes the content's own dates.
	Modified time.Time

	// Jobs bounds how many editions, and within each how many articles, are worked on at once; 0 means one for each
	// processor. It has no influence on the output.
	Jobs int

	// Memory is about how many bytes the documents, pages and pictures of what is made at once may take: fewer editions are worked on
	// at once when they are large. 0 means 300 MiB. It has no influence on the output.
	Memory int64

	// Manifest writes manifest.json beside the editions: which files were made, of what, with checksums (package batch).
	Manifest bool

	// Prune removes the files that an earlier manifest in the output folder tells of and that belong to nothing any more. It wants
	// Manifest, and a run of the whole site.
	Prune bool

	// Shard makes only a share of the editions: the first, second … of so many, each of which a machine can make that knows nothing of the
	// others. An issue's offprints are made with it. Its manifest is named by it; indexes are made by merging. Zero makes all.
	Shard batch.Shard

	// FailFast begins no other edition when one has failed. Result.Untried tells how many were left.
	FailFast bool

	// Cache is a folder that keeps finished files, by what they were made from: what has not changed since is taken from there. It can be
	// shared by several runs at once, and has no influence on the output. "" is none. With functions of the caller's own (MoreFormats,
	// Extensions, Shortcodes) and while a lock is written nothing is taken from it.
	Cache string

	// CacheSize is how many bytes it may hold; what was longest not used goes first. 0 means 2 GiB. When something was used
	// is known by Today.
	CacheSize int64

	// Baseline accepts what was found before; nil for none. It has no influence on what is made, but that Strict passes over what it accepts.
	Baseline *Baseline

	// WriteBaseline asks for Result.Baseline, which accepts everything that was found.
	WriteBaseline bool

	checking bool // nothing is put in place: Check

	// Progress, if not nil, is told of each step. Calls do not overlap.
	Progress func(Step)

	// Found, if not nil, is told of problems while the build goes on: first of those that editions share, under no name, then of each
	// edition's as soon as it and all before it in the plan are done. The order is that of the plan, each problem comes once, and
	// calls do not overlap.
	Found func(edition string, problems []Problem)
}

// A Step tells how far a build has come.
type Step struct {
	Done, Total int    // editions × formats
	Doing       string // "reading", or the name of the edition that was just worked on
	File        string // the file that was just put in place; "" for a step without
}

// Styles names the built-in page styles, the default first.
func Styles() []string { return style.Names() }

// PDFStandards names the standards a PDF can keep, the default first.
func PDFStandards() []string { return pdf.Standards() }

// ConfigTemplate is a twinpress.yaml in which every key is explained.
func ConfigTemplate() string { return hugo.ConfigTemplate() }

// Version is the module's version, "(devel)" for one built from a checkout.
func Version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "(devel)"
}

func generator() string { return "twinpress " + Version() }

// Validate reports an option that has no meaning.
func (o *Options) Validate() error {
	if len(o.formats()) == 0 {
		return fmt.Errorf("no format is named (known: %s)", strings.Join(o.known(), ", "))
	}
	for i, f := range o.MoreFormats {
		if f.Name == "" || f.Name != strings.ToLower(f.Name) || f.Ext == "" || f.Write == nil {
			return fmt.Errorf("the format %q wants a name in lower case, an ending and a function that writes", f.Name)
		}
		if formatNamed(o.table()[:len(builtin)+i], f.Name) != nil || indexNamed(f.Name) != nil {
			return fmt.Errorf("two formats are named %q", f.Name)
		}
	}
	for _, f := range o.formats() {
		if formatNamed(o.table(), f) == nil && indexNamed(f) == nil {
			return fmt.Errorf("unknown format %q (known: %s)", f, strings.Join(o.known(), ", "))
		}
	}
	if o.Prune && (!o.Manifest || o.selects() || o.Shard != (batch.Shard{})) {
		return errors.New("only a build of the whole site, with its manifest, knows what is stale")
	}
	if o.Shard != (batch.Shard{}) && (o.Lock == LockWrite || o.Lock == LockRenew) {
		return errors.New("a lock is written of all issues at once, not of a share of them")
	}
	if err := o.validateStrict(); err != nil {
		return err
	}
	if err := o.validateVolumes(); err != nil {
		return err
	}
	if o.Style != "" && !slices.Contains(Styles(), o.Style) {
		return fmt.Errorf("unknown style %q (known: %s)", o.Style, strings.Join(Styles(), ", "))
	}
	if _, err := pdf.ParseStandard(o.PDFStandard); err != nil {
		return err
	}
	if !slices.Contains([]string{"", "article", "issue"}, o.Notes) {
		return fmt.Errorf("notes stand with each %q or with the %q, not %q", "article", "issue", o.Notes)
	}
	if !slices.Contains([]string{LockWarn, LockRequire, LockWrite, LockRenew}, o.Lock) {
		return fmt.Errorf("a lock is asked to %q, %q or %q, not to %q", LockRequire, LockWrite, LockRenew, o.Lock)
	}
	return nil
}

// traced reports whether it must be known on what editions depend.
func (o *Options) traced() bool { return o.Cache != "" || o.Manifest }

// binds reports whether several issues are to be one edition.
func (o *Options) binds() bool { return o.Bind || len(o.Volumes) > 0 }

// validateVolumes reports what cannot be asked of a volume.
func (o *Options) validateVolumes() error {
	switch {
	case !o.binds():
		return nil
	case len(o.Volumes) > 0 && (o.Bind || len(o.Issues) > 0):
		return errors.New("a volume has all of its issues: to bind some, name them and no volume")
	case len(o.Articles) > 0:
		return errors.New("articles are made one by one, and volumes hold whole issues: name either")
	case o.Offprints:
		return errors.New("offprints have the page numbers of their issue: make them with the issues, not with a volume")
	case o.Lock != LockWarn:
		return errors.New("the pages that are cited, and locked, are those of issues, not of a volume")
	case slices.Contains(o.formats(), "crossref"):
		return errors.New("a deposit for Crossref is of one issue: make it with the issues, not with a volume")
	}
	return nil
}

// table gives all formats that can be asked for.
func (o *Options) table() []Format { return append(slices.Clip(builtin), o.MoreFormats...) }

// known names all formats in the order in which they are written: those of an edition, then those that tell of them all.
func (o *Options) known() []string { return withIndexes(formatNames(o.table(), true)) }

// formats gives the names asked for, each once, in the order of the table; commas may part them.
func (o *Options) formats() []string {
	if len(o.Formats) == 0 {
		return formatNames(o.table(), false)
	}
	asked := strings.Split(strings.Join(o.Formats, ","), ",")
	var out []string
	for _, a := range asked {
		a = strings.ToLower(strings.TrimSpace(a))
		if a != "" && !slices.Contains(out, a) {
			out = append(out, a)
		}
	}
	order := o.known()
	slices.SortStableFunc(out, func(a, b string) int { return slices.Index(order, a) - slices.Index(order, b) })
	return out
}

func (o *Options) jobs() int {
	if o.Jobs > 0 {
		return o.Jobs
	}
	return runtime.GOMAXPROCS(0)
}

// now is the day on which articles are judged.
func (o *Options) now() time.Time {
	if o.Now.IsZero() {
		return o.Modified
	}
	return o.Now
}
