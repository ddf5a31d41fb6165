package markdown

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
)

// MathML in raw HTML was written by hand or by a program that browsers forgive. What its schema refuses (MathML 3, the part
// for presentation, as EPUB 3.3 has it) is mended where the meaning is plain, else its text is kept.

// parts says how many parts an element has (MathML 3 § 3.1.3.2), and what it is when it has one fewer; "" is the part itself.
var parts = map[string]struct {
	n     int
	fewer string
}{
	"mfrac": {2, ""}, "mroot": {2, "msqrt"}, "msub": {2, ""}, "msup": {2, ""}, "munder": {2, ""}, "mover": {2, ""},
	"msubsup": {3, "msub"}, "munderover": {3, "munder"},
}

// rows are the elements whose parts are one row, of any number.
var rows = []string{"math", "mrow", "mstyle", "merror", "mpadded", "mphantom", "mfenced", "menclose", "msqrt", "mtd"}

// tokens are the elements that hold text.
var tokens = []string{"mi", "mn", "mo", "mtext", "ms", "mspace"}

// wordless are elements that say nothing by themselves.
var wordless = []string{"mglyph", "malignmark", "maligngroup", "none", "mprescripts"}

// A mender makes a formula valid; told is the first thing that was not.
type mender struct{ told string }

func (m *mender) tell(why string) {
	if m.told == "" {
		m.told = why
	}
}

// mend gives the elements that stand in the place of one.
func (m *mender) mend(f *document.Formula, in string) []*document.Formula {
	switch {
	case f.Name == "":
		return m.loose(f.Text)
	case f.Name == "annotation" || f.Name == "annotation-xml":
		return nil // says in other words what stands before it
	case slices.Contains(tokens, f.Name):
		m.token(f)
		return keepOne(f)
	}
	row := f.Name == "mtr" || f.Name == "mlabeledtr"
	within := f.Name
	if row && in != "mtable" {
		within = "mrow"
	}
	// Text of an element comes before its kids.
	kids := m.loose(f.Text)
	f.Text = ""
	for _, k := range f.Kids {
		kids = append(kids, m.mend(k, within)...)
	}
	f.Kids = kids
	f.Attrs = goodAttrs(f)
	switch p, fixed := parts[f.Name]; {
	case fixed:
		return m.count(f, p.n, p.fewer)
	case slices.Contains(rows, f.Name) && !(f.Name == "mtd" && in != "mtr" && in != "mlabeledtr") && !(f.Name == "math" && in != ""):
		return keepOne(f)
	case f.Name == "semantics" || f.Name == "maction":
		return kids[:min(len(kids), 1)]
	case f.Name == "mtable":
		f.Kids = m.wrap(kids, "mtr", "mlabeledtr")
		return keepOne(f)
	case row && in == "mtable":
		f.Kids = m.wrap(kids, "mtd")
		return keepOne(f)
	case f.Name == "mmultiscripts":
		return m.scripts(f)
	case (f.Name == "none" || f.Name == "mprescripts") && in == "mmultiscripts":
		return keepOne(f)
	case slices.Contains(wordless, f.Name):
		return nil
	}
	m.tell("<" + f.Name + "> has no place there")
	if len(kids) < 2 {
		return kids
	}
	return keepOne(&document.Formula{Name: "mrow", Kids: kids})
}

func keepOne(f *document.Formula) []*document.Formula { return []*document.Formula{f} }

// loose gives text that stands between elements an element of its own.
func (m *mender) loose(text string) []*document.Formula {
	text = strings.Join(strings.Fields(text), " ")
	if text == "" {
		return nil
	}
	m.tell("“" + text + "” stands in no element")
	name := "mtext"
	switch {
	case strings.Trim(text, "0123456789.,") == "":
		name = "mn"
	case len([]rune(text)) == 1 && strings.ToLower(text) != strings.ToUpper(text):
		name = "mi"
	}
	return keepOne(&document.Formula{Name: name, Text: text})
}

// token brings an element of text down to its text.
func (m *mender) token(f *document.Formula) {
	var b strings.Builder
	f.Walk(func(k *document.Formula, depth int) error {
		if depth > 0 && k.Name != "" {
			m.tell("<" + k.Name + "> stands in <" + f.Name + ">")
		}
		b.WriteString(k.Text)
		return nil
	}, nil)
	f.Text, f.Kids = b.String(), nil
	if f.Name == "mspace" {
		f.Text = ""
	}
	f.Attrs = goodAttrs(f)
}

// count gives an element as many parts as it must have.
func (m *mender) count(f *document.Formula, n int, fewer string) []*document.Formula {
	switch have := len(f.Kids); {
	case have == n:
		return keepOne(f)
	case have > n:
		m.tell("<" + f.Name + "> has too many parts")
		rest := &document.Formula{Name: "mrow", Kids: slices.Clone(f.Kids[n-1:])}
		f.Kids = append(f.Kids[:n-1:n-1], rest)
		return keepOne(f)
	case have == n-1 && fewer != "":
		m.tell("<" + f.Name + "> lacks a part")
		f.Name = fewer
		f.Attrs = goodAttrs(f)
		return keepOne(f)
	}
	m.tell("<" + f.Name + "> lacks a part")
	return f.Kids
}

// wrap puts what is none of these elements into one of the first kind.
func (m *mender) wrap(kids []*document.Formula, names ...string) (out []*document.Formula) {
	for _, k := range kids {
		if !slices.Contains(names, k.Name) {
			m.tell("<" + k.Name + "> stands in no " + names[0])
			if inner := "mtd"; names[0] == "mtr" && k.Name != inner {
				k = &document.Formula{Name: inner, Kids: keepOne(k)}
			}
			if k.Name != names[0] {
				k = &document.Formula{Name: names[0], Kids: keepOne(k)}
			}
		}
		out = append(out, k)
	}
	return out
}

// scripts makes the scripts of a base pairs on either side (MathML 3 § 3.4.7).
func (m *mender) scripts(f *document.Formula) []*document.Formula {
	if len(f.Kids) == 0 {
		return nil
	}
	out, n, prescripts := f.Kids[:1:1], 0, false
	pair := func() {
		if n%2 == 1 {
			m.tell("a script of <mmultiscripts> lacks its pair")
			out = append(out, &document.Formula{Name: "none"})
		}
		n = 0
	}
	for _, k := range f.Kids[1:] {
		if k.Name == "mprescripts" {
			if prescripts {
				continue
			}
			prescripts = true
			pair()
		} else {
			n++
		}
		out = append(out, k)
	}
	pair()
	f.Kids = out
	return keepOne(f)
}

// mathForms are the attributes that elements of formulas may have, and the form of their values. Names, styles and addresses are
// not among them.
var mathForms = sync.OnceValue(func() map[string]map[string]*regexp.Regexp {
	const length = `[+-]?(\d+\.?\d*|\.\d+)(em|ex|px|in|cm|mm|pt|pc|%)?|(negative)?(very){0,2}(thin|medium|thick)mathspace`
	forms := map[string]string{
		"true": `true|false`, "length": length, "pseudo": length + `|[+-]?(\d+\.?\d*|\.\d+)(em|ex|px|in|cm|mm|pt|pc|%)?\s*(width|height|depth)?`,
		"variant": `normal|bold|italic|bold-italic|double-struck|bold-fraktur|script|bold-script|fraktur|sans-serif|bold-sans-serif|sans-serif-italic|sans-serif-bold-italic|monospace|initial|tailed|looped|stretched`,
		"size":    `small|normal|big|` + length, "colour": `#[0-9a-fA-F]{3}|#[0-9a-fA-F]{6}|black|blue|gray|green|lime|maroon|navy|olive|purple|red|silver|teal|white|yellow|aqua|fuchsia`,
		"dir": `ltr|rtl`, "form": `prefix|infix|postfix`, "thickness": `thin|medium|thick|` + length, "side": `left|center|right`,
		"sides": `(left|center|right)(\s+(left|center|right))*`, "heights": `(top|bottom|center|baseline|axis)(\s+(top|bottom|center|baseline|axis))*`,
		"lines": `(none|solid|dashed)(\s+(none|solid|dashed))*`, "lengths": `(` + length + `)(\s+(` + length + `))*`, "number": `[+-]?\d+`, "count": `[1-9]\d{0,3}`,
		"any": `[^<>]*`, "display": `block|inline`, "notation": `[a-z]+(\s+[a-z]+)*`,
	}
	compiled := map[string]*regexp.Regexp{}
	out := map[string]map[string]*regexp.Regexp{}
	add := func(elements, attrs string) {
		for _, e := range strings.Fields(elements) {
			if out[e] == nil {
				out[e] = map[string]*regexp.Regexp{}
			}
			for _, a := range strings.Fields(attrs) {
				name, form, _ := strings.Cut(a, ":")
				if compiled[form] == nil {
					compiled[form] = regexp.MustCompile(`^(` + forms[form] + `)$`)
				}
				out[e][name] = compiled[form]
			}
		}
	}
	add("math", "display:display alttext:any dir:dir")
	add("mi mn mo mtext ms", "mathvariant:variant mathsize:size dir:dir mathcolor:colour mathbackground:colour")
	add("mo", "form:form fence:true separator:true lspace:length rspace:length stretchy:true symmetric:true maxsize:length minsize:length largeop:true movablelimits:true accent:true")
	add("mspace", "width:length height:length depth:length")
	add("ms", "lquote:any rquote:any")
	add("mrow", "dir:dir mathcolor:colour mathbackground:colour")
	add("mstyle", "displaystyle:true scriptlevel:number mathvariant:variant mathsize:size mathcolor:colour mathbackground:colour dir:dir")
	add("mfrac", "linethickness:thickness numalign:side denomalign:side bevelled:true")
	add("mpadded", "width:pseudo height:pseudo depth:pseudo lspace:pseudo voffset:pseudo")
	add("mfenced", "open:any close:any separators:any")
	add("menclose", "notation:notation")
	add("munder munderover", "accentunder:true")
	add("mover munderover", "accent:true")
	add("mtable", "rowalign:heights columnalign:sides rowspacing:lengths columnspacing:lengths rowlines:lines columnlines:lines displaystyle:true")
	add("mtr", "rowalign:heights columnalign:sides")
	add("mtd", "rowalign:heights columnalign:sides rowspan:count columnspan:count")
	return out
})

// goodAttrs gives an element's attributes that it may have, once each.
func goodAttrs(f *document.Formula) (out []document.FormulaAttr) {
	if len(f.Attrs) == 0 {
		return nil
	}
	allowed := mathForms()[f.Name]
	for _, a := range f.Attrs {
		a.Value = strings.TrimSpace(a.Value)
		if form := allowed[a.Name]; form != nil && form.MatchString(a.Value) && !slices.ContainsFunc(out, func(b document.FormulaAttr) bool { return a.Name == b.Name }) {
			out = append(out, a)
		}
	}
	return out
}
