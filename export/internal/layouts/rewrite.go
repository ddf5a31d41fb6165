package layouts

import (
	"strconv"
	"strings"
	"text/template/parse"
)

// Names of functions that only a rewritten template calls.
const (
	stepName     = "twinpress_step"     // at the head of each round of a loop
	enterName    = "twinpress_enter"    // at the head of each template
	shownName    = "twinpress_shown"    // behind each value that is written
	embeddedName = "twinpress_embedded" // in the place of a template that Hugo brings along
	triedName    = "twinpress_tried_"   // before the name of a function whose error is a value
)

// rewrite brings a template into the form that runs:
//
//   - strings.ToUpper, a function in a namespace, becomes one function of that name with "__" for its point;
//   - the keys behind .Params are in lower case, as Hugo has them whatever the author writes;
//   - each round of a loop and each template counts, so that none goes on for ever;
//   - each value is measured before it is written;
//   - what is tried gives its error as a value.
func rewrite(t *parse.Tree) (tries bool) {
	w := &rewriter{tree: t, shown: command(shownName),
		value: snippet("{{ " + shownName + " (" + stepName + ") }}").(*parse.ActionNode).Pipe.Cmds[0].Args[1].(*parse.PipeNode)}
	w.list(t.Root)
	if t.Root != nil {
		t.Root.Nodes = append([]parse.Node{w.declaration(enterName, t.Root)}, t.Root.Nodes...)
	}
	return w.tries
}

type rewriter struct {
	tree  *parse.Tree
	shown *parse.CommandNode
	value *parse.PipeNode // in brackets
	tries bool            // something in it is tried
}

// declaration makes {{ $name := name "place" }}, which calls a function and writes nothing. The place is where a node stands.
func (w *rewriter) declaration(name string, of parse.Node) parse.Node {
	place, _ := w.tree.ErrorContext(of)
	return snippet("{{ $" + name + " := " + name + " " + strconv.Quote(place) + " }}")
}

func command(name string) *parse.CommandNode {
	return snippet("{{ 1 | " + name + " }}").(*parse.ActionNode).Pipe.Cmds[1]
}

func snippet(text string) parse.Node {
	known := map[string]any{embeddedName: 0, stepName: 0, enterName: 0, shownName: 0}
	trees, err := parse.Parse("", text, "", "", known)
	if err != nil {
		panic(err) // the text is ours
	}
	return trees[""].Root.Nodes[0]
}

func (w *rewriter) list(l *parse.ListNode) {
	if l == nil {
		return
	}
	for i, n := range l.Nodes {
		if t, ok := n.(*parse.TemplateNode); ok && strings.HasPrefix(t.Name, "_internal/") {
			l.Nodes[i] = snippet("{{ " + embeddedName + " }}")
			continue
		}
		w.node(n)
	}
}

func (w *rewriter) node(n parse.Node) {
	switch n := n.(type) {
	case *parse.ActionNode:
		w.pipe(n.Pipe)
		if len(n.Pipe.Decl) == 0 {
			n.Pipe.Cmds = append(n.Pipe.Cmds, w.shown.Copy().(*parse.CommandNode))
		}
	case *parse.IfNode:
		w.branch(&n.BranchNode)
	case *parse.WithNode:
		w.branch(&n.BranchNode)
	case *parse.RangeNode:
		w.branch(&n.BranchNode)
		n.List.Nodes = append([]parse.Node{w.declaration(stepName, n)}, n.List.Nodes...)
	case *parse.TemplateNode:
		w.pipe(n.Pipe)
	case *parse.ListNode:
		w.list(n)
	}
}

func (w *rewriter) branch(b *parse.BranchNode) {
	w.pipe(b.Pipe)
	w.list(b.List)
	w.list(b.ElseList)
}

func (w *rewriter) pipe(p *parse.PipeNode) {
	if p == nil {
		return
	}
	for _, c := range p.Cmds {
		for i, a := range c.Args {
			c.Args[i] = w.operand(a)
		}
		if id, ok := c.Args[0].(*parse.IdentifierNode); ok && id.Ident == "try" {
			w.tries = true
			for _, a := range c.Args[1:] {
				tried(a)
			}
		}
		if id, ok := c.Args[0].(*parse.IdentifierNode); ok && id.Ident == "return" && len(c.Args) > 2 {
			// return .Store.Get "x" gives what the call gives, as in Hugo.
			value := w.value.Copy().(*parse.PipeNode)
			value.Cmds[0].Args = c.Args[1:]
			c.Args = []parse.Node{id, value}
		}
	}
}

// tried makes the functions in what is tried give their errors as values.
func tried(n parse.Node) {
	p, ok := n.(*parse.PipeNode)
	if !ok {
		return
	}
	for _, c := range p.Cmds {
		if id, ok := c.Args[0].(*parse.IdentifierNode); ok && id.Ident != shownName {
			id.Ident = triedName + id.Ident
		}
		if ch, ok := c.Args[0].(*parse.ChainNode); ok {
			tried(ch.Node)
		}
		for _, a := range c.Args[1:] {
			tried(a)
		}
	}
}

func (w *rewriter) operand(n parse.Node) parse.Node {
	switch n := n.(type) {
	case *parse.PipeNode:
		w.pipe(n)
	case *parse.IdentifierNode:
		// These two html/template takes for its own escapers, which must come last; it escapes anyway.
		switch n.Ident {
		case "html":
			return parse.NewIdentifier(shownName).SetPos(n.Pos)
		case "urlquery":
			return parse.NewIdentifier("urls__QueryEscape").SetPos(n.Pos)
		}
	case *parse.FieldNode:
		lowerParams(n.Ident)
	case *parse.VariableNode:
		lowerParams(n.Ident)
	case *parse.ChainNode:
		lowerParams(n.Field)
		if id, ok := n.Node.(*parse.IdentifierNode); ok && namespaces[id.Ident] {
			whole := parse.NewIdentifier(id.Ident + "__" + n.Field[0]).SetPos(n.Pos)
			if len(n.Field) == 1 {
				return whole
			}
			n.Node, n.Field = whole, n.Field[1:]
			return n
		}
		n.Node = w.operand(n.Node)
	}
	return n
}

// lowerParams brings what stands behind Params into lower case.
func lowerParams(path []string) {
	below := false
	for i, key := range path {
		if below {
			path[i] = strings.ToLower(key)
		}
		below = below || key == "Params" || key == "$Params"
	}
}
