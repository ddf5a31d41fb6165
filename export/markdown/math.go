package markdown

import (
	"bytes"
	"errors"
	"slices"
	"strings"
	"unicode"

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

// mathEnvironments are the environments that stand in a text without further marks, as MathJax reads them.
var mathEnvironments = [...]string{"equation", "align", "gather", "multline", "eqnarray", "alignat", "flalign", "displaymath"}

// mathEnvironment reads \begin{equation} … \end{equation} and the like, where a line begins with it.
func (sc *scanner) mathEnvironment(i int) (tag, bool) {
	text := sc.s.Text
	rest, ok := bytes.CutPrefix(text[i:], []byte(`\begin{`))
	if !ok {
		return tag{}, false
	}
	before := text[bytes.LastIndexByte(text[:i], '\n')+1 : i]
	if len(bytes.Trim(before, " \t>")) > 0 {
		return tag{}, false
	}
	end := bytes.IndexByte(rest, '}')
	if end < 0 || end > 20 {
		return tag{}, false
	}
	name := string(rest[:end])
	if !slices.Contains(mathEnvironments[:], strings.TrimSuffix(name, "*")) {
		return tag{}, false
	}
	shut := `\end{` + name + `}`
	n := bytes.Index(text[i:], []byte(shut))
	if n < 0 || bytes.Contains(text[i:i+n], []byte("\n\n")) {
		return tag{}, false
	}
	to := i + n + len(shut)
	tex := string(text[i:to])
	if strings.Contains(tex, `\\\\`) {
		tex = strings.ReplaceAll(tex, `\\`, `\`) // written through Markdown
	}
	return sc.math(mathBlock, strings.ReplaceAll(tex, `\_`, `_`), i, to), true
}

// looksLikeMath reports whether what stands between two dollars can hardly be anything but a formula: it has a letter or
// a command, and no two words of prose.
func looksLikeMath(s []byte) bool {
	if len(s) > 120 {
		return false
	}
	symbols := bytes.ContainsAny(s, `\^_=<>{}`)
	letters, word, words := false, 0, 0
	for _, c := range string(s) {
		if unicode.IsLetter(c) {
			letters = true
			if word++; word == 4 {
				words++
			}
		} else {
			word = 0
		}
	}
	return (symbols || letters) && (words == 0 || symbols && words < 3)
}
