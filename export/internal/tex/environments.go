package tex

import (
	"strings"
	"sync"
)

// An environment is what stands between \begin and \end: a table of cells, and what is around it.
type environment struct {
	arguments  func(p *parser) []string // passes what stands behind \begin{…}, and gives the columns when that says them
	columns    []string                 // how cells are aligned, as table has them
	class      string                   // of the table
	open, shut string                   // brackets around it
	small      bool                     // set in the size of scripts
	bare       bool                     // a single cell stands without a table
}

// environments gives them by name, without their star.
var environments = sync.OnceValue(func() map[string]environment {
	left, centre := []string{"left"}, []string{"center"}
	all := map[string]environment{}
	for _, e := range [...]struct {
		names string
		environment
	}{
		{"array", environment{arguments: columnLetters}},
		{"matrix", environment{arguments: columnOption}},
		{"pmatrix", environment{arguments: columnOption, open: "(", shut: ")"}},
		{"bmatrix", environment{arguments: columnOption, open: "[", shut: "]"}},
		{"Bmatrix", environment{arguments: columnOption, open: "{", shut: "}"}},
		{"vmatrix", environment{arguments: columnOption, open: "|", shut: "|"}},
		{"Vmatrix", environment{arguments: columnOption, open: "‖", shut: "‖"}},
		{"smallmatrix subarray", environment{small: true}},
		{"cases", environment{arguments: anOption, columns: left, class: "cases", open: "{"}},
		{"dcases", environment{columns: left, class: "cases", open: "{"}},
		{"rcases drcases", environment{columns: left, class: "cases", shut: "}"}},
		{"equation displaymath math", environment{class: "aligned", bare: true}},
		{"gather multline multlined", environment{columns: centre, class: "gathered"}},
		{"gathered", environment{arguments: anOption, columns: centre, class: "gathered"}},
		{"eqnarray", environment{columns: []string{"right", "center", "left"}, class: "aligned"}},
		{"align flalign", environment{class: "aligned"}},
		{"aligned split", environment{arguments: anOption, class: "aligned"}},
		{"alignat alignedat xalignat", environment{arguments: anArgument, class: "aligned"}},
	} {
		for name := range strings.FieldsSeq(e.names) {
			all[name] = e.environment
		}
	}
	return all
})

// columnLetters reads the columns of array: {lcr}.
func columnLetters(p *parser) (columns []string) {
	p.rawOption()
	for _, c := range p.rawArgument() {
		switch c {
		case 'l':
			columns = append(columns, "left")
		case 'c':
			columns = append(columns, "center")
		case 'r':
			columns = append(columns, "right")
		}
	}
	return columns
}

// columnOption reads the one letter that mathtools lets a matrix have.
func columnOption(p *parser) []string {
	switch s, _ := p.rawOption(); s {
	case "l":
		return []string{"left"}
	case "r":
		return []string{"right"}
	}
	return nil
}

func anOption(p *parser) []string {
	p.rawOption()
	return nil
}

func anArgument(p *parser) []string {
	p.rawArgument()
	return nil
}

// environment reads from \begin to \end.
func (p *parser) environment(string) atom {
	name := p.rawArgument()
	env, known := environments()[strings.TrimSuffix(name, "*")]
	if env.arguments != nil {
		if columns := env.arguments(p); columns != nil {
			env.columns = columns
		}
	}
	defer p.deeper()()
	tag := p.tag
	p.tag = nil
	rows, _ := p.rows(toCell)
	p.tag = tag
	if p.err != nil {
		return atom{}
	}
	p.command() // \end
	end := p.rawArgument()
	switch {
	case p.err != nil:
	case end != name:
		p.fail(`\begin{%s} ends with \end{%s}`, name, end)
	case !known:
		p.fail(`the environment %q is not known`, name)
	case env.bare && len(rows) == 1 && len(rows[0]) == 1:
		return ord(rowOf(rows[0][0]))
	default:
		return env.set(rows)
	}
	return atom{}
}

// set makes the table and what is around it.
func (env *environment) set(rows [][][]*node) atom {
	t := table(rows, env.columns, env.class)
	switch {
	case env.small:
		style := element("mstyle", "scriptlevel", "1")
		style.Kids = []*node{t}
		return ord(style)
	case env.open != "" || env.shut != "":
		return atom{e: fenced(env.open, env.shut, t), class: inner}
	}
	return ord(t)
}

// table makes a table of cells. columns repeats its last word; nil is right and left by turns for aligned equations, and
// centred for a matrix. class names the kind of table for the stylesheet, for readers that know no columnalign.
func table(rows [][][]*node, columns []string, class string) *node {
	t := element("mtable")
	switch class {
	case "":
	case "aligned":
		give(t, "class", class, "displaystyle", "true", "columnspacing", "0em")
		if len(columns) == 0 {
			columns = byTurns(rows)
		}
	case "gathered":
		give(t, "class", class, "displaystyle", "true")
	default:
		t.Set("class", class)
	}
	if len(columns) > 0 {
		t.Set("columnalign", strings.Join(columns, " "))
	}
	for _, cells := range rows {
		tr := element("mtr")
		for i, cell := range cells {
			if class == "aligned" && i%2 == 1 && len(cell) > 0 && cell[0].Name == "mo" {
				// The sign stands between the cells: an empty element before it makes it one between two sides (TeX's {}).
				cell = append([]*node{nothing()}, cell...)
			}
			tr.Kids = append(tr.Kids, with("mtd", cell...))
		}
		t.Kids = append(t.Kids, tr)
	}
	return t
}

// byTurns aligns the two sides of equations towards each other.
func byTurns(rows [][][]*node) (columns []string) {
	for _, cells := range rows {
		for i := len(columns); i < len(cells); i++ {
			columns = append(columns, [...]string{"right", "left"}[i%2])
		}
	}
	return columns
}
