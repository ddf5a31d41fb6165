package report

import (
	"bufio"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// mostAnnotations is how many annotations of one kind GitHub shows of a step; it drops the others
// (docs.github.com, "Workflow commands"; actions/runner, docs/adrs).
const mostAnnotations = 10

// MostSummary is how many bytes the summary of a step may have; GitHub refuses a larger one whole.
const MostSummary = 1 << 20

var annotationNames = map[document.Severity]string{document.Info: "notice", document.Warning: "warning", document.Error: "error"}

// writeAnnotations writes problems as GitHub's workflow commands, the worst first, as many of a kind as it shows, and says in a line how many
// are left out.
func writeAnnotations(w io.Writer, run *Run) error {
	b := bufio.NewWriter(w)
	n := map[document.Severity]int{}
	for _, f := range run.worstFirst() {
		if n[f.Severity]++; n[f.Severity] <= mostAnnotations {
			b.WriteString(annotation(f) + "\n")
		}
	}
	for s := document.Error; s >= document.Info; s-- {
		if more := n[s] - mostAnnotations; more > 0 {
			fmt.Fprintf(b, "and %s more: see the summary\n", counted(more, s.String()))
		}
	}
	return b.Flush()
}

// annotation is a workflow command for a problem.
func annotation(f found) string {
	var props []string
	add := func(key, value string) { props = append(props, key+"="+commandProperty(value)) }
	if f.Pos.File != "" {
		add("file", slashed(f.Pos.File))
		if f.Pos.Line > 0 {
			add("line", fmt.Sprint(f.Pos.Line))
		}
		if f.Pos.Column > 0 {
			add("col", fmt.Sprint(f.Pos.Column))
		}
	}
	add("title", f.Code)
	return fmt.Sprintf("::%s %s::%s", annotationNames[f.Severity], strings.Join(props, ","), commandData(withHint(f.Problem)))
}

// commandData escapes the text of a workflow command, as actions/toolkit does (packages/core/src/command.ts).
func commandData(s string) string {
	return strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A").Replace(printable(s))
}

// commandProperty escapes a property of a workflow command.
func commandProperty(s string) string {
	return strings.NewReplacer(":", "%3A", ",", "%2C").Replace(commandData(s))
}

// Summary is a run in Markdown for the summary of a step, of so many bytes at most: what was made, and the problems by kind. Rows for which
// there is no room are counted.
func Summary(run *Run, most int) string {
	var b strings.Builder
	table := func(head string, rows []string) {
		const rest = 80 // for the line that says what is left out
		if len(rows) == 0 || b.Len()+len(head)+rest > most {
			return
		}
		b.WriteString(head)
		for i, row := range rows {
			if b.Len()+len(row)+rest > most {
				fmt.Fprintf(&b, "\nand %s more\n", counted(len(rows)-i, "row"))
				break
			}
			b.WriteString(row)
		}
		b.WriteString("\n")
	}
	var rows []string
	for _, k := range Kinds(run.all()) {
		var at []string
		for _, p := range k.First {
			at = append(at, cell(p.Pos.String()))
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %d | %s | %s |\n", k.Severity, cell(k.Code), k.Count, cell(k.First[0].Message), strings.Join(at, "<br>")))
	}
	table("### twinpress: problems\n\n| severity | code | count | the first | places |\n|---|---|--:|---|---|\n", rows)
	rows = nil
	for _, u := range run.Units {
		if u.Name == "" {
			continue
		}
		state := run.done()
		switch {
		case u.Skipped:
			state = "not begun"
		case u.Reason != "":
			state = u.Reason
		}
		rows = append(rows, fmt.Sprintf("| %s | %s | %d | %d | %d |\n", cell(u.Name), cell(state), u.Files, u.severe(document.Error), u.severe(document.Warning)))
	}
	table("### twinpress: editions\n\n| edition | | files | errors | warnings |\n|---|---|--:|--:|--:|\n", rows)
	return b.String()
}

func (u *Unit) severe(s document.Severity) (n int) {
	for _, p := range u.Problems {
		if p.Severity == s {
			n++
		}
	}
	return n
}

func (run *Run) all() (ps []document.Problem) {
	for _, u := range run.Units {
		ps = append(ps, u.Problems...)
	}
	return ps
}

// cell makes a text fit for a cell of a table in Markdown: what means something there is escaped.
func cell(s string) string {
	s = strings.Join(strings.Fields(printable(s)), " ")
	if r := []rune(s); len(r) > 200 {
		s = string(r[:199]) + "…"
	}
	var b strings.Builder
	for _, r := range s {
		if strings.ContainsRune("\\`*_{}[]<>&|~#@", r) {
			if r == '<' || r == '>' || r == '&' || r == '@' || r == '#' { // no tag, no mention, no issue
				fmt.Fprintf(&b, "&#%d;", r)
				continue
			}
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// A Kind is all problems of one code and severity.
type Kind struct {
	Code     string
	Severity document.Severity
	Count    int
	First    []document.Problem // three of them at most
}

// Kinds gathers problems by what they are: the worst first, then by code.
func Kinds(ps []document.Problem) []Kind {
	const few = 3
	at := map[string]int{}
	var kinds []Kind
	for _, p := range ps {
		key := p.Code + "\x00" + p.Severity.String()
		i, ok := at[key]
		if !ok {
			i = len(kinds)
			at[key] = i
			kinds = append(kinds, Kind{Code: p.Code, Severity: p.Severity})
		}
		k := &kinds[i]
		k.Count++
		if len(k.First) < few {
			k.First = append(k.First, p)
		}
	}
	slices.SortStableFunc(kinds, func(a, b Kind) int {
		if a.Severity != b.Severity {
			return int(b.Severity) - int(a.Severity)
		}
		return strings.Compare(a.Code, b.Code)
	})
	return kinds
}
