// Package explain says of each code what it means, why it matters and what to do, with an example. The words stand in two files
// beside this one: problems.txt for what is found in content (document.ProblemKinds), finished.txt for what package check finds in
// finished EPUBs and PDFs.
package explain

import (
	_ "embed"
	"slices"
	"strings"
	"sync"

	"github.com/agext/levenshtein"
	"golang.org/x/tools/txtar"

	"github.com/twinpress/twinpress/export/document"
)

// An Explanation is what there is to say of a code.
type Explanation struct {
	Code     string
	Severity document.Severity // the usual one
	Finished bool              // it is found in finished files, not in content
	Text     string            // what it means and why it matters: a paragraph
	Remedy   string            // what to do: a sentence or two
	Example  []txtar.File      // content that brings it about; one file named Story says in words how it comes to be
}

// Story is the name of an example that is told, since no content brings it about by itself.
const Story = "how it comes to be"

//go:embed problems.txt
var problems string

//go:embed finished.txt
var finished string

// all reads both files, when it is first asked for.
var all = sync.OnceValue(func() []Explanation {
	kinds := map[string]document.ProblemKind{}
	for _, k := range document.ProblemKinds() {
		kinds[k.Code] = k
	}
	var out []Explanation
	for _, s := range sections(problems) {
		x := parse(s)
		x.Severity = kinds[x.Code].Severity
		out = append(out, x)
	}
	for _, s := range sections(finished) {
		x := parse(s)
		x.Finished = true
		out = append(out, x)
	}
	slices.SortStableFunc(out, func(a, b Explanation) int { return strings.Compare(a.Code, b.Code) })
	return out
})

// All gives every explanation, in the order of the codes; what is found in content and in finished files has two.
func All() []Explanation { return slices.Clone(all()) }

// Of gives the explanations of a code: none of one that is not known, two where content and finished files have it.
func Of(code string) (out []Explanation) {
	for _, x := range all() {
		if x.Code == code {
			out = append(out, x)
		}
	}
	return out
}

// Nearest gives the known code that is most like a word; "" when none is.
func Nearest(word string) string {
	best, score := "", 0.5
	for _, x := range all() {
		if s := levenshtein.Match(strings.ToLower(word), x.Code, nil); s > score {
			best, score = x.Code, s
		}
	}
	return best
}

// sections parts a file at the lines that name codes.
func sections(text string) []string {
	parts := strings.Split("\n"+text, "\n== ")
	return parts[1:]
}

// parse reads a section: the code, a paragraph, "> " and what to do, the files of the example.
func parse(section string) (x Explanation) {
	archive := txtar.Parse([]byte(section))
	head, text, _ := strings.Cut(string(archive.Comment), "\n")
	code, severity, _ := strings.Cut(head, " ")
	x.Code = code
	_ = x.Severity.UnmarshalText([]byte(severity)) // of problems the table says it
	text, remedy, _ := strings.Cut(text, "\n> ")
	x.Text, x.Remedy = strings.TrimSpace(text), strings.TrimSpace(remedy)
	x.Example = archive.Files
	return x
}
