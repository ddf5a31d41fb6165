package export

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A Baseline accepts what was found once, so that only what is new is told. A finding is known by its file, its code and the text around
// its place, not by its line: lines that are put in above it do not bring it back. How often the same is accepted is counted: a
// second copy is new.
type Baseline struct {
	name    string
	entries []accepted
}

// An accepted finding is a line of the file.
type accepted struct {
	File  string `json:"file"`
	Code  string `json:"code"`
	Mark  string `json:"mark"` // of the text around it
	Count int    `json:"count"`
	Text  string `json:"text"` // for who reads the file: the text, or the message
	line  int
}

type findingKey struct{ file, code, mark string }

func (a *accepted) key() findingKey { return findingKey{a.File, a.Code, a.Mark} }

// baselineVersion is the form of the file.
const baselineVersion = 1

// ReadBaseline reads what WriteBaseline wrote. The error is a Problem with its place.
func ReadBaseline(name string, data []byte) (*Baseline, error) {
	var f struct {
		Version  int        `json:"twinpress-baseline"`
		Findings []accepted `json:"findings"`
	}
	dec := json.NewDecoder(bytes.NewReader(data))
	dec.DisallowUnknownFields()
	err := dec.Decode(&f)
	if err == nil {
		if _, more := dec.Token(); more != io.EOF {
			err = fmt.Errorf("there is more behind the end")
		}
	}
	at := Pos{File: name, Line: 1 + bytes.Count(data[:faultIn(data, err)], []byte("\n")), Column: 1}
	hint := "take it from version control as it was, or write it anew with --write-baseline"
	switch {
	case err != nil:
		return nil, document.NewProblem("bad-baseline", at, "the baseline cannot be read: "+strings.TrimPrefix(err.Error(), "json: "), hint)
	case f.Version != baselineVersion:
		return nil, document.NewProblem("bad-baseline", Pos{File: name, Line: 1, Column: 1}, fmt.Sprintf("the baseline is of version %d, not %d", f.Version, baselineVersion), hint)
	}
	b := &Baseline{name: name, entries: f.Findings}
	first := 1 + bytes.Count(data[:max(bytes.Index(data, []byte(`"findings"`)), 0)], []byte("\n"))
	for i := range b.entries {
		b.entries[i].line = first + 1 + i // as it is written: a line each
	}
	return b, nil
}

// faultIn gives the offset at which data stops being what it should.
func faultIn(data []byte, err error) int {
	off := len(data)
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		off = int(syntax.Offset) - 1
	case errors.As(err, &kind):
		off = int(kind.Offset) - 1
	}
	return max(min(off, len(data)), 0)
}

// WriteBaseline gives a baseline that accepts these problems: JSON, sorted, a finding to a line. text gives what stands around a place; nil
// when nobody knows, and for places without one the messages stand in.
func WriteBaseline(problems []Problem, text func(Pos) string) []byte {
	counted := map[findingKey]*accepted{}
	for _, p := range problems {
		a := entryOf(p, text)
		if was := counted[a.key()]; was != nil {
			was.Count++
			continue
		}
		counted[a.key()] = &a
	}
	var all []*accepted
	for _, a := range counted {
		all = append(all, a)
	}
	slices.SortFunc(all, func(a, b *accepted) int {
		return cmp.Or(cmp.Compare(a.File, b.File), cmp.Compare(a.Code, b.Code), cmp.Compare(a.Text, b.Text), cmp.Compare(a.Mark, b.Mark))
	})
	var out bytes.Buffer
	fmt.Fprintf(&out, "{\n\"twinpress-baseline\": %d,\n\"findings\": [", baselineVersion)
	for i, a := range all {
		if i > 0 {
			out.WriteByte(',')
		}
		var line bytes.Buffer
		enc := json.NewEncoder(&line)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(a); err != nil {
			panic(err) // texts and a number
		}
		out.WriteByte('\n')
		out.Write(bytes.TrimSpace(line.Bytes()))
	}
	out.WriteString("\n]\n}\n")
	return out.Bytes()
}

// entryOf gives a problem's line of a baseline.
func entryOf(p Problem, text func(Pos) string) accepted {
	a := accepted{File: p.Pos.File, Code: p.Code, Count: 1}
	if text != nil {
		a.Text = text(p.Pos)
	}
	if a.Text == "" {
		a.Text = strings.Join(strings.Fields(p.Message), " ")
	}
	sum := sha256.Sum256([]byte(a.File + "\x00" + a.Code + "\x00" + a.Text))
	a.Mark = hex.EncodeToString(sum[:6])
	if r := []rune(a.Text); len(r) > 80 {
		a.Text = string(r[:79]) + "…"
	}
	return a
}

// Accept takes out of problems what the baseline accepts; gone is what it accepts and is there no more.
func (b *Baseline) Accept(problems []Problem, text func(Pos) string) (left, gone []Problem) {
	return b.accept(problems, text, true)
}

// accept is Accept; errors are accepted only where nothing is made.
func (b *Baseline) accept(problems []Problem, text func(Pos) string, all bool) (left, gone []Problem) {
	room := map[findingKey]int{}
	for i := range b.entries {
		room[b.entries[i].key()] += b.entries[i].Count
	}
	for _, p := range problems {
		if p.Severity == Error && !all && kindOf(p.Code) != nil && kindOf(p.Code).Severity == Error {
			left = append(left, p)
			continue
		}
		a := entryOf(p, text)
		if room[a.key()] > 0 {
			room[a.key()]--
			continue
		}
		left = append(left, p)
	}
	for i := range b.entries {
		a := &b.entries[i]
		if n := room[a.key()]; n > 0 {
			room[a.key()] = 0
			message := fmt.Sprintf("%s in %s is accepted, and is there no more: %s", a.Code, a.File, a.Text)
			if n < a.Count {
				message = fmt.Sprintf("%s in %s is accepted %d times, and is there %d times: %s", a.Code, a.File, a.Count, a.Count-n, a.Text)
			}
			gone = append(gone, document.NewProblem("baseline-gone", Pos{File: b.name, Line: a.line}, message, "write the baseline anew with --write-baseline"))
		}
	}
	return left, gone
}
