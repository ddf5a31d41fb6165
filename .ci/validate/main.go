// Validate runs outside validators over EPUBs and PDFs and prints one table, file by validator, with the number of
// faults that each found.
//
//	go run ./.ci/validate FILE...             every validator over every file
//	go run ./.ci/validate -prove              each validator must find fault with a bad file
//	go run ./.ci/validate -mutants GOOD.epub  the EPUB spoilt in two dozen ways: each must be caught
//
// A cell is 0 (the validator read the file to its end and found nothing), a count of faults, "dead" (the validator could
// not run, or could not finish), or a dot (it does not read this kind of file). Only 0 and the dot are good: what was
// not run never reads as passed. Exit 0 when every cell is good, 1 when one is not, 2 for wrong usage.
package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

// dead is the count of a validator that gave no verdict.
const dead = -1

// A column is one validator. run answers for all files at once: a count for each, and what to print about it.
type column struct {
	name string
	ext  string
	run  func(files []string) []verdict
}

type verdict struct {
	faults int
	words  []string // one line a fault
}

var (
	tools   = flag.String("tools", ".cache/conformance", "`DIR` with epubcheck/ (jars, many.js), verapdf/ (jars) and ace/ (node_modules, check.js)")
	prove   = flag.Bool("prove", false, "run the validators over bad files of our own making; each must object")
	mutants = flag.String("mutants", "", "spoil `EPUB` in many ways and have each caught")
	press   = flag.String("press", "", "the twinpress `BINARY`, whose own check is then a column")
	show    = flag.Int("show", 8, "most faults printed for a file and validator")
	workers = flag.Int("jobs", 2, "processes at the same time")
)

func main() {
	flag.Parse()
	if *prove {
		os.Exit(proveAll())
	}
	if *mutants != "" {
		os.Exit(mutate(*mutants))
	}
	if flag.NArg() == 0 {
		fmt.Fprintln(os.Stderr, "validate: no files")
		os.Exit(2)
	}
	t := validate(flag.Args())
	t.print(os.Stdout)
	if !t.good() {
		os.Exit(1)
	}
}

func columns() []column {
	all := []column{
		{"epubcheck", ".epub", epubcheck},
		{"ace", ".epub", ace},
		{"ocf", ".epub", each(ocf)},
		{"ua-1", ".pdf", vera("ua1")},
		{"a-2a", ".pdf", vera("2a")},
		{"qpdf", ".pdf", each(qpdf)},
		{"fonts", ".pdf", each(fonts)},
		{"poppler", ".pdf", each(poppler)},
		{"mupdf", ".pdf", each(mupdf)},
	}
	if *press != "" {
		all = append(all, column{"check", ".epub", each(check)})
	}
	return all
}

// A table holds the verdicts: cells[file][column].
type table struct {
	files   []string
	columns []column
	cells   [][]*verdict
	took    time.Duration
}

// gate bounds the processes that run at the same time.
var gate chan struct{}

func validate(files []string) *table {
	start := time.Now()
	gate = make(chan struct{}, max(1, *workers))
	t := &table{files: files, columns: columns(), cells: make([][]*verdict, len(files))}
	for i := range t.cells {
		t.cells[i] = make([]*verdict, len(t.columns))
	}
	var wg sync.WaitGroup
	for c, col := range t.columns {
		var some []string
		var rows []int
		for i, f := range files {
			if strings.EqualFold(filepath.Ext(f), col.ext) {
				some, rows = append(some, f), append(rows, i)
			}
		}
		if len(some) == 0 {
			continue
		}
		wg.Add(1)
		go func() {
			defer wg.Done()
			for k, v := range col.run(some) {
				t.cells[rows[k]][c] = &v
			}
		}()
	}
	wg.Wait()
	t.took = time.Since(start)
	return t
}

func (t *table) good() bool {
	for i, row := range t.cells {
		n := 0
		for _, v := range row {
			if v == nil {
				continue
			}
			n++
			if v.faults != 0 {
				return false
			}
		}
		if n == 0 {
			fmt.Fprintf(os.Stderr, "validate: %s: no validator reads this kind of file\n", t.files[i])
			return false
		}
	}
	return true
}

func (t *table) print(w io.Writer) {
	for i, row := range t.cells {
		for c, v := range row {
			if v == nil || v.faults == 0 {
				continue
			}
			for k, line := range v.words {
				if k == *show {
					fmt.Fprintf(w, "%s: %s: … and %d more\n", t.files[i], t.columns[c].name, len(v.words)-k)
					break
				}
				fmt.Fprintf(w, "%s: %s: %s\n", t.files[i], t.columns[c].name, line)
			}
		}
	}
	root := common(t.files)
	wide := len("files read to the end")
	for _, f := range t.files {
		wide = max(wide, len([]rune(strings.TrimPrefix(f, root))))
	}
	fmt.Fprintf(w, "\n%-*s", wide, "file")
	for _, c := range t.columns {
		fmt.Fprintf(w, "  %*s", max(5, len(c.name)), c.name)
	}
	fmt.Fprintln(w)
	sums := make([]int, len(t.columns))
	done := make([]int, len(t.columns))
	for i, row := range t.cells {
		fmt.Fprintf(w, "%-*s", wide, strings.TrimPrefix(t.files[i], root))
		for c, v := range row {
			s := "·"
			switch {
			case v == nil:
			case v.faults == dead:
				s, sums[c] = "dead", sums[c]+1
			default:
				s, sums[c], done[c] = strconv.Itoa(v.faults), sums[c]+v.faults, done[c]+1
			}
			fmt.Fprintf(w, "  %*s", max(5, len(t.columns[c].name)), s)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%-*s", wide, "faults")
	for c := range t.columns {
		fmt.Fprintf(w, "  %*d", max(5, len(t.columns[c].name)), sums[c])
	}
	fmt.Fprintf(w, "\n%-*s", wide, "files read to the end")
	for c := range t.columns {
		fmt.Fprintf(w, "  %*d", max(5, len(t.columns[c].name)), done[c])
	}
	fmt.Fprintf(w, "\n%d files in %s\n", len(t.files), t.took.Round(time.Second))
}

// common is the folder that all files share, with its slash.
func common(files []string) string {
	if len(files) == 0 {
		return ""
	}
	p := filepath.Dir(files[0]) + "/"
	for _, f := range files {
		for !strings.HasPrefix(f, p) {
			p = p[:strings.LastIndex(strings.TrimSuffix(p, "/"), "/")+1]
			if p == "" {
				return ""
			}
		}
	}
	return p
}

// An outcome is how a process ended: its exit code, or -1 with the reason in err.
type outcome struct {
	code        int
	out, errOut []byte
	err         error
}

func run(name string, args ...string) outcome {
	gate <- struct{}{}
	defer func() { <-gate }()
	var o outcome
	var out, errOut bytes.Buffer
	cmd := exec.Command(name, args...)
	cmd.Stdout, cmd.Stderr = &out, &errOut
	err := cmd.Run()
	o.out, o.errOut = out.Bytes(), errOut.Bytes()
	switch e := err.(type) {
	case nil:
	case *exec.ExitError:
		o.code = e.ExitCode() // -1 when a signal ended it
		if o.code < 0 {
			o.err = err
		}
	default:
		o.code, o.err = -1, err
	}
	return o
}

// died is the verdict of a validator that gave none.
func died(why string, detail []byte) verdict {
	v := verdict{faults: dead, words: []string{"no verdict: " + why}}
	if s := strings.TrimSpace(string(detail)); s != "" {
		lines := strings.Split(s, "\n")
		v.words = append(v.words, lines[max(0, len(lines)-5):]...)
	}
	return v
}

// each makes a column from a check of one file.
func each(check func(file string) verdict) func([]string) []verdict {
	return func(files []string) []verdict {
		out := make([]verdict, len(files))
		var wg sync.WaitGroup
		for i, f := range files {
			wg.Add(1)
			go func() {
				defer wg.Done()
				out[i] = check(f)
			}()
		}
		wg.Wait()
		return out
	}
}

// javaFlags choose the collector that starts fastest, and no window system.
var javaFlags = []string{"-XX:+UseSerialGC", "-Xshare:auto", "-Djava.awt.headless=true"}

func java(tool, class string, args ...string) outcome {
	dir, err := filepath.Abs(filepath.Join(*tools, tool))
	if err != nil {
		return outcome{code: -1, err: err}
	}
	if jars, _ := filepath.Glob(filepath.Join(dir, "*.jar")); len(jars) == 0 {
		return outcome{code: -1, err: fmt.Errorf("no jars in %s", dir)}
	}
	a := append(slices.Clone(javaFlags), "-cp", filepath.Join(dir, "*"), class)
	return run("java", append(a, args...)...)
}

// epubcheck counts fatal errors, errors and warnings, as --failonwarnings does. All files go through one JVM; see
// epubcheck/many.js.
func epubcheck(files []string) []verdict {
	out := make([]verdict, len(files))
	fail := func(why string, detail []byte) []verdict {
		for i := range out {
			out[i] = died(why, detail)
		}
		return out
	}
	dir, err := os.MkdirTemp("", "twinpress-epubcheck-")
	if err != nil {
		return fail(err.Error(), nil)
	}
	defer os.RemoveAll(dir)
	script := filepath.Join(*tools, "epubcheck", "many.js")
	o := java("epubcheck", "org.mozilla.javascript.tools.shell.Main", append([]string{"-version", "180", script, dir}, files...)...)
	if o.err != nil {
		return fail(o.err.Error(), o.errOut)
	}
	codes := map[string]string{}
	for line := range strings.Lines(string(o.out)) {
		if rest, ok := strings.CutPrefix(line, "\x01"); ok {
			i, code, _ := strings.Cut(strings.TrimSpace(rest), "\t")
			codes[i] = code
		}
	}
	for i := range files {
		report, err := os.ReadFile(filepath.Join(dir, fmt.Sprintf("%d.json", i)))
		code, ok := codes[strconv.Itoa(i)]
		if err != nil || !ok {
			out[i] = died("EPUBCheck did not finish "+code, o.errOut)
			continue
		}
		out[i] = readEPUBCheck(report, code)
	}
	return out
}

// readEPUBCheck reads EPUBCheck's report on one file; code is what its command line would have ended with.
func readEPUBCheck(report []byte, code string) verdict {
	var r struct {
		Messages []struct {
			ID, Severity, Message string
			AdditionalLocations   int
			Locations             []struct {
				Path         string
				Line, Column int
			}
		}
		Checker struct{ NFatal, NError, NWarning *int }
	}
	if err := json.Unmarshal(report, &r); err != nil {
		return died("its report is not JSON: "+err.Error(), nil)
	}
	c := r.Checker
	if c.NFatal == nil || c.NError == nil || c.NWarning == nil {
		return died("its report has no counts", nil)
	}
	v := verdict{faults: *c.NFatal + *c.NError + *c.NWarning}
	for _, m := range r.Messages {
		if m.Severity == "INFO" || m.Severity == "USAGE" || m.Severity == "SUPPRESSED" {
			continue
		}
		at := ""
		if len(m.Locations) > 0 {
			l := m.Locations[0]
			at = fmt.Sprintf("%s:%d:%d: ", l.Path, l.Line, l.Column)
		}
		v.words = append(v.words, fmt.Sprintf("%s%s %s: %s", at, m.Severity, m.ID, strings.Join(strings.Fields(m.Message), " ")))
	}
	if (code != "0") != (v.faults != 0) {
		return died(fmt.Sprintf("exit %s does not agree with %d faults", code, v.faults), nil)
	}
	return v
}

// ocf looks at the archive's first bytes, as EPUB 3.3 § 4.2.2 has them: the file mimetype, stored, without an extra field,
// so that the media type stands at byte 38. EPUBCheck lets a compressed one by.
func ocf(file string) verdict {
	b, err := os.ReadFile(file)
	if err != nil {
		return died(err.Error(), nil)
	}
	const head = "PK\x03\x04"
	var v verdict
	fault := func(what string) { v.faults, v.words = v.faults+1, append(v.words, what) }
	if len(b) < 58 || string(b[:4]) != head || string(b[30:38]) != "mimetype" {
		fault("the archive does not begin with mimetype")
		return v
	}
	if b[8] != 0 || b[9] != 0 {
		fault("mimetype is compressed")
	}
	if b[28] != 0 || b[29] != 0 {
		fault("mimetype has an extra field")
	}
	if len(v.words) == 0 && string(b[38:58]) != "application/epub+zip" {
		fault("mimetype is not application/epub+zip")
	}
	return v
}

// ace runs Ace over all files with one browser; see ace/check.js.
func ace(files []string) []verdict {
	out := make([]verdict, len(files))
	fail := func(why string, detail []byte) []verdict {
		for i := range out {
			out[i] = died(why, detail)
		}
		return out
	}
	dir, err := filepath.Abs(filepath.Join(*tools, "ace"))
	if err != nil {
		return fail(err.Error(), nil)
	}
	args := []string{filepath.Join(dir, "check.js"), filepath.Join(dir, "reports")}
	for _, f := range files {
		abs, err := filepath.Abs(f)
		if err != nil {
			return fail(err.Error(), nil)
		}
		args = append(args, abs)
	}
	gateDir := func() outcome { // Ace finds its modules from the folder it is run in
		gate <- struct{}{}
		defer func() { <-gate }()
		var o outcome
		var stdout, stderr bytes.Buffer
		cmd := exec.Command("node", args...)
		cmd.Dir, cmd.Stdout, cmd.Stderr = dir, &stdout, &stderr
		if err := cmd.Run(); err != nil {
			if e, ok := err.(*exec.ExitError); ok && e.ExitCode() >= 0 {
				o.code = e.ExitCode()
			} else {
				o.code, o.err = -1, err
			}
		}
		o.out, o.errOut = stdout.Bytes(), stderr.Bytes()
		return o
	}
	o := gateDir()
	if o.err != nil {
		return fail(o.err.Error(), o.errOut)
	}
	if o.code != 0 && o.code != 2 {
		return fail(fmt.Sprintf("exit %d", o.code), o.errOut)
	}
	counts := map[string]string{}
	for line := range strings.Lines(string(o.out)) {
		if f, n, ok := strings.Cut(strings.TrimRight(line, "\n"), "\t"); ok {
			counts[f] = n
		}
	}
	for i, f := range args[2:] {
		n, err := strconv.Atoi(counts[f])
		var words []string
		for line := range strings.Lines(string(o.errOut)) {
			if w, ok := strings.CutPrefix(strings.TrimRight(line, "\n"), f+": "); ok {
				words = append(words, w)
			}
		}
		if err != nil {
			out[i] = died("Ace did not finish", []byte(strings.Join(words, "\n")))
			continue
		}
		out[i] = verdict{n, words}
	}
	return out
}

// vera runs veraPDF with one flavour over all files in one JVM, and counts failed checks.
func vera(flavour string) func([]string) []verdict {
	return func(files []string) []verdict {
		out := make([]verdict, len(files))
		paths := make([]string, len(files))
		for i, f := range files {
			out[i] = died("veraPDF did not report on it", nil)
			if abs, err := filepath.Abs(f); err == nil {
				paths[i] = abs
			}
		}
		args := append([]string{"-f", flavour, "--format", "json", "--maxfailuresdisplayed", "2"}, paths...)
		o := java("verapdf", "org.verapdf.apps.GreenfieldCliWrapper", args...)
		var r struct {
			Report struct {
				Jobs []struct {
					ItemDetails      struct{ Name string }
					ValidationResult []struct {
						Compliant *bool
						Details   struct {
							FailedChecks, PassedChecks int
							RuleSummaries              []struct {
								Clause, Description string
								TestNumber          int
								FailedChecks        int
								Checks              []struct{ Context, ErrorMessage string }
							}
						}
					}
					TaskException *struct{ ExceptionMessage string }
				}
			}
		}
		if o.err == nil {
			if err := json.Unmarshal(o.out, &r); err != nil {
				o.err = fmt.Errorf("its report is not JSON: %w", err)
			}
		}
		if o.err != nil {
			for i := range out {
				out[i] = died(o.err.Error(), o.errOut)
			}
			return out
		}
		for _, job := range r.Report.Jobs {
			i := slices.Index(paths, job.ItemDetails.Name)
			switch {
			case i < 0:
			case job.TaskException != nil:
				out[i] = died(job.TaskException.ExceptionMessage, nil)
			case len(job.ValidationResult) != 1 || job.ValidationResult[0].Compliant == nil:
				out[i] = died("no verdict in the report", nil)
			default:
				res := job.ValidationResult[0]
				v := verdict{faults: res.Details.FailedChecks}
				for _, s := range res.Details.RuleSummaries {
					if s.FailedChecks == 0 {
						continue
					}
					line := fmt.Sprintf("%s-%d ×%d: %s", s.Clause, s.TestNumber, s.FailedChecks, s.Description)
					if len(s.Checks) > 0 {
						line += " [" + s.Checks[0].ErrorMessage + " at " + s.Checks[0].Context + "]"
					}
					v.words = append(v.words, line)
				}
				if !*res.Compliant && v.faults == 0 {
					v.faults = 1
				}
				if *res.Compliant && res.Details.PassedChecks == 0 {
					v = died("compliant after no check at all", nil)
				}
				out[i] = v
			}
		}
		return out
	}
}

// complaints makes a verdict of the lines a program writes about a file, leaving out those that ignore matches.
func complaints(o outcome, text []byte, ignore *regexp.Regexp) verdict {
	if o.err != nil {
		return died(o.err.Error(), o.errOut)
	}
	var v verdict
	for line := range strings.Lines(string(text)) {
		line = strings.TrimSpace(line)
		if line == "" || ignore != nil && ignore.MatchString(line) {
			continue
		}
		v.words = append(v.words, line)
	}
	v.faults = len(v.words)
	if o.code != 0 && v.faults == 0 {
		v.faults, v.words = 1, []string{fmt.Sprintf("exit %d", o.code)}
	}
	return v
}

// check is twinpress check --strict, so that what we say of a file can be held against what others say.
func check(file string) verdict {
	o := run(*press, "check", "--strict", file)
	if o.err != nil {
		return died(o.err.Error(), o.errOut)
	}
	switch o.code {
	case 0:
		return verdict{}
	case 1:
		return complaints(o, o.errOut, nil)
	}
	return died(fmt.Sprintf("exit %d", o.code), o.errOut)
}

var qpdfPlain = regexp.MustCompile(`^(checking |PDF Version: |File is not encrypted|File is (not )?linearized|No syntax or stream encoding errors found|the file may still contain|errors that qpdf cannot detect)`)

func qpdf(file string) verdict {
	o := run("qpdf", "--check", file)
	return complaints(o, append(o.out, o.errOut...), qpdfPlain)
}

// fonts counts the fonts that are not embedded or not subset, and those without a map to Unicode.
func fonts(file string) verdict {
	o := run("pdffonts", file)
	if o.err != nil {
		return died(o.err.Error(), o.errOut)
	}
	if o.code != 0 {
		return died(fmt.Sprintf("exit %d", o.code), o.errOut)
	}
	var v verdict
	row := regexp.MustCompile(`^(\S+).* (yes|no) +(yes|no) +(yes|no) +\d+ +\d+$`)
	for i, line := range strings.Split(strings.TrimRight(string(o.out), "\n"), "\n") {
		if i < 2 {
			continue // heads
		}
		m := row.FindStringSubmatch(line)
		if m == nil {
			return died("a line of pdffonts was not understood: "+line, nil)
		}
		for k, what := range []string{"embedded", "subset", "mapped to Unicode"} {
			if m[2+k] == "no" {
				v.faults++
				v.words = append(v.words, m[1]+" is not "+what)
			}
		}
	}
	return v
}

func poppler(file string) verdict {
	o := run("pdftotext", file, "-")
	v := complaints(o, o.errOut, nil)
	if v.faults == 0 && len(bytes.TrimSpace(o.out)) == 0 {
		return verdict{1, []string{"no text comes out"}}
	}
	return v
}

// mupdfPlain is what mutool says of itself and of its progress.
var mupdfPlain = regexp.MustCompile(`^(warning: ICC support is not available|page .* \d+( \d+ms)?)$`)

func mupdf(file string) verdict {
	o := run("mutool", "draw", "-q", "-F", "txt", "-o", os.DevNull, file)
	return complaints(o, o.errOut, mupdfPlain)
}
