package hugo

import (
	"fmt"
	"slices"

	"github.com/twinpress/twinpress/export/document"
)

// ruleLevels are what can be made of a problem.
var ruleLevels = []string{"off", "info", "warning", "error"}

// rules reads what is made of problems. What is an error by itself stays one: nothing can be made of it, whatever is said.
func (d *decoding) rules(v *value) {
	severities := map[string]document.Severity{}
	var known []string
	for _, k := range document.ProblemKinds() {
		severities[k.Code] = k.Severity
		known = append(known, k.Code)
	}
	for _, f := range d.fields(v, "rules should be a table of codes") {
		severity, ok := severities[f.key]
		switch {
		case !ok:
			d.fail(f.at, fmt.Sprintf("unknown code %q", f.key), suggestCode(f.key, known))
		case f.val.kind != scalar || !slices.Contains(ruleLevels, f.val.text):
			d.fail(f.val.at, "rules."+f.key+" should be off, info, warning or error", "")
		case severity == document.Error && f.val.text != "error":
			d.fail(f.val.at, "rules."+f.key+" cannot be changed: no edition can be made of what it tells", "")
		default:
			if d.c.Rules == nil {
				d.c.Rules = map[string]string{}
			}
			d.c.Rules[f.key] = f.val.text
		}
	}
}

// suggestCode is suggest for a list that is too long to be told.
func suggestCode(code string, known []string) string {
	if s := suggest(code, known); len(s) < 100 {
		return s
	}
	return "twinpress codes lists them"
}
