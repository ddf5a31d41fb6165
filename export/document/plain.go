package document

import "strings"

// PlainText gives the characters of inlines without note references: for metadata, bookmarks and running heads.
func PlainText(is []Inline) string {
	var b []byte
	WalkInlines(is, func(n Node) bool {
		switch n := n.(type) {
		case *Text:
			b = append(b, n.Value...)
		case *Break:
			b = append(b, ' ')
		case *Math:
			b = append(b, n.Plain()...)
		case *Image:
			b = append(b, n.Alt...)
			return false
		case *Ruby:
			b = append(append(b, PlainText(n.Base)...), "("+PlainText(n.Text)+")"...)
			return false
		}
		return true
	})
	return string(b)
}

// Plain gives the formula in a line of characters; where none is known, its source.
func (n *Math) Plain() string {
	if s := n.Formula.Plain(); s != "" {
		return s
	}
	return n.TeX
}

// Line gives a text as inlines, for titles and paragraphs built by hand: Line("On Ideology").
func Line(text string) []Inline { return []Inline{&Text{Value: text}} }

// PlainWords gives the words of an article in reading order, the notes last: what tests compare with what comes out of a
// finished file.
func PlainWords(a *Article) []string {
	var r wordReader
	r.visit = newVisit(r.read)
	r.line(a.Title)
	r.line(a.Subtitle)
	r.line(a.Standfirst)
	rest := *a
	rest.Title, rest.Subtitle, rest.Standfirst = nil, nil, nil
	r.visit.article(&rest)
	return strings.Fields(r.String())
}

// A wordReader writes down what a walk meets, with a line's end wherever words do not run on.
type wordReader struct {
	strings.Builder
	visit *visit
}

// line reads inlines that are a line by themselves.
func (r *wordReader) line(is []Inline) {
	r.WriteByte('\n')
	r.visit.inlines(is)
	r.WriteByte('\n')
}

// read takes what stands in a node itself, and says whether the walk is to go on into it.
func (r *wordReader) read(n Node) bool {
	switch n := n.(type) {
	case *Text:
		r.WriteString(n.Value)
	case *Math:
		r.WriteString(n.TeX)
	case *Image:
		if n.Asset == nil {
			r.WriteString(" " + n.Alt + " ")
		}
	case *Ruby:
		r.visit.inlines(n.Base)
		r.WriteString("(")
		r.visit.inlines(n.Text)
		r.WriteString(")")
		return false
	case *Break, *EndMark:
		r.WriteByte('\n')
	case *MathBlock:
		r.WriteString("\n" + n.TeX + "\n")
	case Block:
		r.visit.open++
		defer func() { r.visit.open-- }()
		return r.lines(n)
	}
	return true
}

// lines reads the blocks that hold lines which are no nodes of their own: their ends part words all the same. Into the others
// the walk goes on.
func (r *wordReader) lines(b Block) bool {
	switch b := b.(type) {
	case *CodeBlock:
		r.line(b.Caption)
		r.WriteString(b.Text + "\n")
	case *Verse:
		for _, st := range b.Stanzas {
			for _, l := range st {
				r.line(l.Content)
			}
		}
		r.line(b.Attribution)
	case *BlockQuote:
		r.visit.blocks(b.Blocks)
		r.line(b.Attribution)
	case *Figure:
		for _, im := range b.Images {
			r.WriteByte('\n')
			r.visit.node(im)
		}
		r.visit.blocks(b.Blocks)
		r.line(b.Title)
		r.line(b.Caption)
		r.line(b.Credit)
	case *Definition:
		for _, t := range b.Terms {
			r.line(t)
		}
		for _, d := range b.Definitions {
			r.visit.blocks(d)
		}
	default:
		r.WriteByte('\n')
		return true
	}
	return false
}
