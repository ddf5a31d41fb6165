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

// formulaOf gives a <math> element of raw HTML as a formula, mended, and its source in TeX if it tells that, too.
func (r *Reader) formulaOf(e *elem) (f *document.Formula, source string) {
	f = treeOf(e)
	f.Walk(func(k *document.Formula, _ int) error {
		if k.Name == "annotation" && strings.Contains(strings.ToLower(k.Attr("encoding")), "tex") {
			source = strings.TrimSpace(k.Text)
		}
		return nil
	}, nil)
	m := mender{}
	mended := m.mend(f, "")
	if m.told != "" {
		r.problem("bad-mathml", e.pos(), "the formula is not valid MathML and was mended: "+m.told, "")
	}
	if len(mended) != 1 || mended[0].Name != "math" || mended[0].Check() != nil {
		r.problem("bad-mathml", e.pos(), "the formula is not MathML that can be written; its text is shown", "")
		return nil, strings.Join(strings.Fields(e.plain()), " ")
	}
	return f, source
}

// treeOf gives a <math> element as it is written.
func treeOf(e *elem) *document.Formula {
	f := &document.Formula{Name: e.tag}
	if e.tag == "" {
		f.Text = e.text
		return f
	}
	for _, a := range e.attrs {
		f.Attrs = append(f.Attrs, document.FormulaAttr{Name: a.key, Value: a.val})
	}
	for _, k := range e.kids {
		if k.md && k.tag != "" { // Markdown has taken a blank line in the formula for a paragraph's end
			f.Kids = append(f.Kids, treeOf(k).Kids...)
			continue
		}
		f.Kids = append(f.Kids, treeOf(k))
	}
	if len(f.Kids) > 0 && f.Kids[0].Name == "" {
		f.Text, f.Kids = f.Kids[0].Text, f.Kids[1:]
	}
	return f
}

func mathHint(err error) string {
	if unknown := (*tex.CommandError)(nil); errors.As(err, &unknown) {
		return "macros: in twinpress.yaml defines it"
	}
	return ""
}
