package report

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/document"
)

var update = flag.Bool("update", false, "write the golden files anew")

// sample is a run with all that reports must bear: problems without a place, Windows's slashes, characters that mean something to each
// format or to none, an edition that failed and one that was not begun.
func sample() *Run {
	at := func(file string, line, column int) document.Pos {
		return document.Pos{File: file, Line: line, Column: column}
	}
	return &Run{Version: "v1", Place: "site", FailOn: OnWarning,
		Rules: []Rule{{Code: "missing-alt", Severity: document.Warning, Meaning: "no alt", Text: "No alt. It is read to nobody.", Remedy: "Write one."}},
		Units: []Unit{
			{Problems: []document.Problem{{Code: "same-name", Message: "two of one name"}}},
			{Name: "a-1", Files: 2, Bytes: 10, Problems: []document.Problem{
				{Code: "missing-alt", Severity: document.Warning, Pos: at("site/content/ä b, 50%:c.md", 3, 7), Message: "the picture <a|b>.png\nsays \x1b[31mnothing\x00", Hint: "write \"alt\" & save"},
				{Code: "missing-alt", Severity: document.Warning, Pos: at(`site\content\d.md`, 4, 0), Message: "the picture @x *bold* #12"},
				{Code: "bad-html", Pos: at("/abs/e.md", 0, 0), Message: "mended"},
				{Code: "bad-html", Pos: at(`C:\x\f.md`, 1, 1), Message: "mended: 100%, ::error::"},
			}},
			{Name: "b-2", Reason: "could not be made", Problems: []document.Problem{{Code: "build", Severity: document.Error, Pos: at("x.md", 0, 0), Message: "invalid \xff"}}},
			{Name: "c-3", Skipped: true},
		}}
}

// TestGolden holds each report to its file.
func TestGolden(t *testing.T) {
	got := map[string][]byte{"summary.md": []byte(Summary(sample(), MostSummary))}
	for _, format := range Formats()[1:] {
		var b bytes.Buffer
		if err := Write(&b, format, sample()); err != nil {
			t.Fatal(err)
		}
		got[format+".golden"] = b.Bytes()
	}
	for name, data := range got {
		name = filepath.Join("testdata", name)
		if *update {
			if err := os.WriteFile(name, data, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(data, want) {
			t.Errorf("%s is another; it would be\n%s", name, data)
		}
	}
	if err := Write(io.Discard, "xml", sample()); err == nil {
		t.Error("a report of an unknown kind was written")
	}
}

// many is a run of n problems of each severity.
func many(n int) *Run {
	run := &Run{}
	for i := range n {
		u := Unit{Name: fmt.Sprintf("edition-%d", i)}
		for s := document.Info; s <= document.Error; s++ {
			u.Problems = append(u.Problems, document.Problem{Code: fmt.Sprintf("code-%d", i), Severity: s, Pos: document.Pos{File: "a.md", Line: i + 1}, Message: "words"})
		}
		run.Units = append(run.Units, u)
	}
	return run
}

// TestLimits keeps to what GitHub takes, of many problems.
func TestLimits(t *testing.T) {
	run := many(10000)
	var b bytes.Buffer
	if err := Write(&b, GitHub, run); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(lines) != 33 || !strings.HasPrefix(lines[0], "::error ") || !strings.HasPrefix(lines[29], "::notice ") || lines[30] != "and 9990 errors more: see the summary" {
		t.Errorf("%d lines: %q", len(lines), lines)
	}
	for _, most := range []int{0, 100, 300, 2000, MostSummary} {
		if s := Summary(run, most); len(s) > most {
			t.Errorf("a summary of %d bytes at most has %d", most, len(s))
		} else if most >= 300 && !strings.Contains(s, "more") {
			t.Errorf("a summary of %d bytes does not say that something is left out: %q", most, s)
		}
	}
	b.Reset()
	if err := Write(&b, SARIF, run); err != nil {
		t.Fatal(err)
	}
	var log sarifLog
	if err := json.Unmarshal(b.Bytes(), &log); err != nil {
		t.Fatal(err)
	}
	if r := log.Runs[0]; len(r.Results) != mostResults || r.Results[0].Level != "error" || len(r.Invocations[0].ToolExecutionNotifications) != 1 {
		t.Errorf("%d results, of which the first is %+v; %+v", len(r.Results), r.Results[0], r.Invocations)
	}
	seen := map[string]bool{}
	for _, r := range log.Runs[0].Results {
		print := r.PartialFingerprints["twinpressProblem/v1"]
		if seen[print] || r.RuleID != log.Runs[0].Tool.Driver.Rules[r.RuleIndex].ID {
			t.Fatalf("the fingerprint %s is of two, or the rule of %+v is another", print, r)
		}
		seen[print] = true
	}
}

// TestFingerprint keeps a problem's when lines before it come.
func TestFingerprint(t *testing.T) {
	p := document.Problem{Code: "a", Pos: document.Pos{File: "a.md", Line: 1}, Message: "m"}
	q := p
	q.Pos.Line = 9
	other := p
	other.Message = "n"
	if fingerprint(found{"", p}) != fingerprint(found{"x", q}) || fingerprint(found{"", p}) == fingerprint(found{"", other}) {
		t.Error("the fingerprint goes by more than code, file and message, or by less")
	}
}

// TestJUnitCounts holds the counts against what is there, as readers do.
func TestJUnitCounts(t *testing.T) {
	var b bytes.Buffer
	if err := Write(&b, JUnit, sample()); err != nil {
		t.Fatal(err)
	}
	var all junitSuites
	if err := xml.Unmarshal(b.Bytes(), &all); err != nil {
		t.Fatal(err)
	}
	tests, failures := 0, 0
	for _, s := range all.Suites {
		skipped, failed := 0, 0
		for _, c := range s.Cases {
			if c.Skipped != nil {
				skipped++
			}
			if c.Failure != nil {
				failed++
			}
		}
		if s.Tests != len(s.Cases) || s.Skipped != skipped || s.Failures != failed {
			t.Errorf("%s: %d tests, %d failed, %d skipped; there are %d, %d, %d", s.Name, s.Tests, s.Failures, s.Skipped, len(s.Cases), failed, skipped)
		}
		tests, failures = tests+s.Tests, failures+s.Failures
	}
	if all.Tests != tests || all.Failures != failures || failures != 4 {
		t.Errorf("in all %d tests, %d failed; there are %d, %d", all.Tests, all.Failures, tests, failures)
	}
}

// TestChecked calls nothing made where nothing was to be made.
func TestChecked(t *testing.T) {
	run := &Run{Checked: true, Units: []Unit{{Name: "a.epub"}}}
	var b bytes.Buffer
	if err := Write(&b, JUnit, run); err != nil {
		t.Fatal(err)
	}
	if s := b.String() + Summary(run, MostSummary); strings.Contains(s, "made") || strings.Count(s, "checked") != 2 {
		t.Errorf("%s", s)
	}
}

// TestThreshold says which problems fail a run.
func TestThreshold(t *testing.T) {
	for _, c := range []struct {
		t    Threshold
		from document.Severity
	}{{OnError, document.Error}, {OnWarning, document.Warning}, {Never, document.Error + 1}} {
		for s := document.Info; s <= document.Error; s++ {
			if got := c.t.Reached(document.Problem{Severity: s}); got != (s >= c.from) {
				t.Errorf("%s: %s is %v", c.t, s, got)
			}
		}
	}
	if _, err := ParseThreshold("info"); err == nil {
		t.Error("an unknown threshold was taken")
	}
}
