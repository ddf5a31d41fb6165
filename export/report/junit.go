package report

import (
	"encoding/xml"
	"fmt"
	"io"

	"github.com/twinpress/twinpress/export/document"
)

// What of JUnit's reports is written: what the schemas of Jenkins (junit-10.xsd) and Surefire have in common.
type (
	junitSuites struct {
		XMLName  xml.Name     `xml:"testsuites"`
		Name     string       `xml:"name,attr"`
		Tests    int          `xml:"tests,attr"`
		Failures int          `xml:"failures,attr"`
		Suites   []junitSuite `xml:"testsuite"`
	}
	junitSuite struct {
		Name     string      `xml:"name,attr"`
		Tests    int         `xml:"tests,attr"`
		Failures int         `xml:"failures,attr"`
		Errors   int         `xml:"errors,attr"`
		Skipped  int         `xml:"skipped,attr"`
		Time     string      `xml:"time,attr"`
		Cases    []junitCase `xml:"testcase"`
	}
	junitCase struct {
		Name    string     `xml:"name,attr"`
		Class   string     `xml:"classname,attr"`
		Time    string     `xml:"time,attr"`
		Skipped *junitSays `xml:"skipped"`
		Failure *junitSays `xml:"failure"`
	}
	junitSays struct {
		Message string `xml:"message,attr"`
		Type    string `xml:"type,attr,omitempty"`
		Text    string `xml:",chardata"`
	}
)

// writeJUnit writes a run as JUnit does: a suite for each edition, in it a case for the edition itself, failed or skipped when it could not
// be made or was not begun, and one for each problem, failed when it reaches the threshold, else skipped. No time is told: the same run gives
// the same report.
func writeJUnit(w io.Writer, run *Run) error {
	all := junitSuites{Name: "twinpress", Suites: []junitSuite{}}
	for _, u := range run.Units {
		if u.Name == "" && len(u.Problems) == 0 {
			continue
		}
		s := run.junitSuite(u)
		all.Tests += s.Tests
		all.Failures += s.Failures
		all.Suites = append(all.Suites, s)
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", " ")
	if err := enc.Encode(all); err != nil {
		return err
	}
	_, err := io.WriteString(w, "\n")
	return err
}

func (run *Run) junitSuite(u Unit) junitSuite {
	s := junitSuite{Name: u.Name, Time: "0"}
	add := func(c junitCase) {
		s.Tests++
		if c.Failure != nil {
			s.Failures++
		}
		if c.Skipped != nil {
			s.Skipped++
		}
		c.Time = "0"
		s.Cases = append(s.Cases, c)
	}
	if u.Name == "" {
		s.Name = "the whole"
	} else {
		c := junitCase{Name: run.done(), Class: u.Name}
		switch {
		case u.Skipped:
			c.Skipped = &junitSays{Message: "not begun"}
		case u.Reason != "":
			c.Failure = &junitSays{Message: u.Reason, Type: "failed"}
		}
		add(c)
	}
	for _, p := range u.Problems {
		c := junitCase{Name: p.Code, Class: s.Name}
		if at := p.Pos.String(); at != "" {
			c.Name = fmt.Sprintf("%s at %s", p.Code, at)
		}
		if run.FailOn.Reached(p) {
			c.Failure = &junitSays{Message: p.Message, Type: p.Code, Text: junitText(p)}
		} else {
			c.Skipped = &junitSays{Message: p.Severity.String() + ": " + p.Message}
		}
		add(c)
	}
	return s
}

func junitText(p document.Problem) string {
	text := fmt.Sprintf("%s: %s", p.Severity, p.Message)
	if at := p.Pos.String(); at != "" {
		text = at + ": " + text
	}
	if p.Hint != "" {
		text += "\nhint: " + p.Hint
	}
	return text
}
