package markdown

import (
	"errors"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/tex"
	"github.com/twinpress/twinpress/export/internal/words"
)

// formula reads TeX into a formula, nil when that cannot be done: then the source is what readers get, and a problem says why.
// A formula that only defines commands is empty.
func (r *Reader) formula(e *elem, source string, display bool) (f *document.Formula, empty bool) {
	if r.macros == nil {
		r.macros = tex.Macros{}
		for name, body := range r.md.set.Macros {
			r.macros.Define(name, body)
		}
	}
	f, err := tex.Parse(source, tex.Options{Display: display, Comma: words.DecimalComma(r.lang), Macros: r.macros})
	if err != nil {
		if why := err.Error(); !r.mathTold[why] {
			if r.mathTold == nil {
				r.mathTold = map[string]bool{}
			}
			r.mathTold[why] = true
			r.problem("math-source", e.pos(), "mathematics is kept as TeX source: "+why, mathHint(err))
		}
		return nil, false
	}
	if len(f.Kids) == 0 {
		return nil, strings.Contains(source, `\`)
	}
	return f, false
}

// formulaOf gives a <math> element of raw HTML as a formula. What could act or reach out is left out.
func formulaOf(e *elem) *document.Formula {
	f := &document.Formula{Name: e.tag}
	if e.tag == "" {
		f.Text = e.text
		return f
	}
	for _, a := range e.attrs {
		if a.key == "xmlns" || strings.HasPrefix(a.key, "on") || strings.ContainsAny(a.key, ":\"'<>&= ") {
			continue
		}
		f.Attrs = append(f.Attrs, document.FormulaAttr{Name: a.key, Value: a.val})
	}
	kids := e.kids
	if len(kids) > 0 && kids[0].tag == "" && kids[0].text != "" {
		f.Text, kids = kids[0].text, kids[1:]
	}
	for _, k := range kids {
		f.Kids = append(f.Kids, formulaOf(k))
	}
	return f
}

func mathHint(err error) string {
	if unknown := (*tex.CommandError)(nil); errors.As(err, &unknown) {
		return "macros: in twinpress.yaml defines it"
	}
	return ""
}
