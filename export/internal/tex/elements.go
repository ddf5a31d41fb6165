package tex

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

type node = document.Formula

// element makes an element; attrs are names and values by turns.
func element(name string, attrs ...string) *node {
	return give(&node{Name: name}, attrs...)
}

// give sets attributes, names and values by turns.
func give(e *node, attrs ...string) *node {
	for i := 0; i+1 < len(attrs); i += 2 {
		e.Set(attrs[i], attrs[i+1])
	}
	return e
}

// leaf makes an element that says something.
func leaf(name, text string, attrs ...string) *node { return say(element(name, attrs...), text) }

// say gives a leaf its text. One that says nothing, as the delimiter of \big. does, holds an empty piece of text: it is written
// with both its tags.
func say(e *node, text string) *node {
	if e.Text = text; text == "" {
		e.Kids = []*node{{}}
	}
	return e
}

// with makes an element of others.
func with(name string, kids ...*node) *node { return &node{Name: name, Kids: kids} }

// rowOf makes one element of several.
func rowOf(kids []*node) *node {
	if len(kids) == 1 {
		return kids[0]
	}
	return with("mrow", kids...)
}

func space(width string) *node { return element("mspace", "width", width) }

// nothing holds the place of what is not there.
func nothing() *node { return element("mrow") }

// named makes the name of an operation under which its scripts may stand.
func named(text string) *node {
	return leaf("mo", text, "lspace", "0em", "rspace", "0em", "movablelimits", "true")
}

// fenced puts an element between brackets that stretch; an empty one is left out.
func fenced(open, shut string, e *node) *node {
	row := nothing()
	if open != "" {
		row.Kids = append(row.Kids, leaf("mo", open, "fence", "true", "form", "prefix", "stretchy", "true"))
	}
	row.Kids = append(row.Kids, e)
	if shut != "" {
		row.Kids = append(row.Kids, leaf("mo", shut, "fence", "true", "form", "postfix", "stretchy", "true"))
	}
	return row
}

// flat is what an element says in a row.
func flat(e *node) string {
	var b strings.Builder
	var say func(*node)
	say = func(e *node) {
		b.WriteString(e.Text)
		if e.Name == "mspace" {
			b.WriteByte(' ')
		}
		for _, k := range e.Kids {
			say(k)
		}
	}
	say(e)
	return strings.ReplaceAll(b.String(), "−", "-")
}
