package outside

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/twinpress/twinpress/export/document"
)

// What the tools say of files with faults, cut to what is read of it.
const (
	epubcheckSays = `{"messages": [{"ID": "RSC-005", "severity": "ERROR", "message": "attribute \"align\" not\n allowed here", "locations": [{"path": "EPUB/a.xhtml", "line": 12, "column": 29}, {"path": "EPUB/b.xhtml", "line": 3, "column": 1}], "suggestion": null},
		{"ID": "PKG-010", "severity": "WARNING", "message": "a blank in a name", "locations": [{"path": "a.epub", "line": -1, "column": -1}], "suggestion": "rename it"}]}`
	aceSays = `{"assertions": [{"earl:testSubject": {"url": "xhtml/a%20b.xhtml"}, "assertions": [
		{"earl:test": {"earl:impact": "serious", "dct:title": "html-has-lang", "help": {"url": "https://kb.example/lang"}}, "earl:result": {"earl:outcome": "fail", "dct:description": "no language"}},
		{"earl:test": {"earl:impact": "minor", "dct:title": "empty-heading"}, "earl:result": {"earl:outcome": "pass"}}]}]}`
	verapdfSays = `{"report": {"jobs": [{"itemDetails": {"name": "/tmp/out/a.pdf"}, "validationResult": [{"profileName": "PDF/UA-1 validation profile", "details": {"ruleSummaries": [
		{"specification": "ISO 14289-1:2014", "clause": "7.1", "testNumber": 10, "ruleStatus": "FAILED", "failedChecks": 2, "description": "a title is shown"}]}}]},
		{"itemDetails": {"name": "/tmp/out/b.pdf"}, "taskException": {"exceptionMessage": "no end"}}]}}`
)

// TestReports reads what each tool writes.
func TestReports(t *testing.T) {
	tell := func(ps []document.Problem, err error) string {
		if err != nil {
			t.Fatal(err)
		}
		var b strings.Builder
		for _, p := range ps {
			fmt.Fprintf(&b, "%s: %s: %s [%s] %s\n", p.Pos, p.Severity, p.Message, p.Code, p.Hint)
		}
		return b.String()
	}
	for _, c := range []struct{ got, want string }{
		{tell(readEPUBCheck("out/a.epub", []byte(epubcheckSays))), `out/a.epub/EPUB/a.xhtml:12:29: error: attribute "align" not allowed here [epubcheck RSC-005] 
out/a.epub/EPUB/b.xhtml:3:1: error: attribute "align" not allowed here [epubcheck RSC-005] 
out/a.epub: warning: a blank in a name [epubcheck PKG-010] rename it
`},
		{tell(readAce("a.epub", []byte(aceSays))), "a.epub/xhtml/a b.xhtml: error: no language [ace html-has-lang] see https://kb.example/lang\n"},
		{tell(readVeraPDF([]string{"out/a.pdf", "out/b.pdf"}, []byte(verapdfSays))), `out/a.pdf: error: PDF/UA-1: a title is shown (broken 2 times) [verapdf 7.1-10] see ISO 14289-1:2014, clause 7.1
out/b.pdf: error: no end [verapdf unreadable] 
`},
	} {
		if c.got != c.want {
			t.Errorf("told is\n%swant\n%s", c.got, c.want)
		}
	}
	if _, err := readEPUBCheck("a.epub", []byte("Exception in thread")); err == nil {
		t.Error("a report that is none was read")
	}
}

// TestTools finds a tool where its variable says, runs it within its time, and tells of one that is missing, fails or does not end.
func TestTools(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("the tools are scripts")
	}
	dir := t.TempDir()
	t.Setenv("PATH", "/usr/bin:/bin")
	tool := Tools()[0]
	script := func(text string) {
		name := filepath.Join(dir, "epubcheck")
		if err := os.WriteFile(name, []byte("#!/bin/sh\n"+text+"\n"), 0o755); err != nil {
			t.Fatal(err)
		}
		t.Setenv(tool.Variable, name)
	}
	check := func(each time.Duration, want string) {
		t.Helper()
		got := ""
		for _, p := range tool.Check(t.Context(), []string{"a.epub", "a.pdf"}, each) {
			got += p.Message + " [" + p.Code + "]; "
		}
		if !strings.HasPrefix(got, want) || want == "" && got != "" {
			t.Errorf("told is %q, want %q", got, want)
		}
	}
	t.Setenv(tool.Variable, filepath.Join(dir, "gone"))
	if err := tool.Installed(); !errors.Is(err, ErrMissing) {
		t.Errorf("a tool that is not there: %v", err)
	}
	check(time.Minute, "epubcheck was not run: not installed: EPUBCHECK_JAR names")
	script(`echo '{"messages": []}'`)
	check(time.Minute, "")
	script(`echo '{"messages": [{"ID": "X-1", "severity": "ERROR", "message": "bad"}]}'; exit 1`)
	check(time.Minute, "bad [epubcheck X-1]")
	script(`echo "no memory" >&2; exit 3`)
	check(time.Minute, "epubcheck was not run to its end: a.epub: exit status 3: no memory [tool-not-run]")
	script(`exec sleep 60`)
	check(20*time.Millisecond, "epubcheck was not run to its end: it takes longer than 20ms [tool-not-run]")
	if n := tool.Count([]string{"a.epub", "B.EPUB", "a.pdf"}); n != 2 {
		t.Errorf("%d files are for EPUBCheck, want 2", n)
	}
}
