package epub

import (
	"errors"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// formula writes a formula as MathML when that can be done, else its source.
func (w *writer) formula(tex string, f *document.Formula) {
	switch {
	case w.furniture: // contents lists are read as plain text by many systems
		if s := f.Plain(); s != "" {
			tex = s
		}
		w.esc(tex)
		return
	case f == nil:
	case f.Check() == nil && isHarmless(f):
		w.book.evidence.mathml++
		w.part.mathml = true
		w.raw(f.MathML())
		return
	default:
		w.problem(document.Problem{Code: "bad-mathml", Severity: document.Warning, Message: "the formula is not well-formed MathML; its source is shown"})
	}
	w.book.evidence.tex++
	w.source(tex)
}

func (w *writer) source(tex string) {
	w.element("code", "tex", nil, "", func() { w.esc(tex) })
}

var errNotHarmless = errors.New("the formula acts or refers to something")

// isHarmless reports whether a formula holds neither scripts nor references: an EPUB is read without a network, and by some
// systems with scripts.
func isHarmless(f *document.Formula) bool {
	return f.Walk(func(f *document.Formula, _ int) error {
		if f.Name == "maction" {
			return errNotHarmless
		}
		for _, a := range f.Attrs {
			if name := strings.ToLower(a.Name); strings.HasPrefix(name, "on") || name == "href" || name == "src" {
				return errNotHarmless
			}
		}
		return nil
	}, nil) == nil
}
