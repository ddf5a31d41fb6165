package flow

import (
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/style"
	"github.com/twinpress/twinpress/layout"
	"github.com/twinpress/twinpress/layout/roman"
)

// list sets items with hanging labels.
func (c *compositor) list(s *stand, l *document.List) {
	ls := &c.style.List
	em, lh := c.style.TextSize(), c.style.Leading()
	n := group(s.parent, L)
	c.mark(n, s)
	n.Numbered = numbering(l)
	items := present(l.Items)
	labels, numbers := make([]string, len(items)), l.Numbers()
	for i, it := range items {
		labels[i] = c.itemLabel(l, it, numbers[i], s.depth)
	}
	// Labels hang in the indent; wide ones (xxviii.) widen it.
	ts := c.intern(c.labelStyle(s, l))
	indent, gap := ls.Indent.In(em, lh), ls.Gap.In(em, lh)
	for _, lb := range labels {
		indent = max(indent, c.types.Width(lb, ts)+gap)
	}
	from := len(*s.out)
	for i, it := range items {
		li := group(n, LI)
		lbl := c.node(li, Lbl)
		body := group(li, LBody)
		item := &stand{
			parent: body, out: s.out, look: s.look, name: "item", lang: s.lang, rtl: s.rtl, left: s.left, right: s.right,
			depth: s.depth + 1, small: s.small, hold: s.hold, anchors: s.anchors, tight: l.Tight, flush: true,
		}
		s.anchors = nil
		if s.depth == 0 {
			in := *s.look
			item.look = &in
			c.offGrid(item, &style.Look{Before: ls.Before, After: ls.After})
		}
		if i == 0 {
			item.before = s.before
			if s.depth == 0 {
				item.before = max(item.before, ls.Before.In(em, lh))
			}
		} else if !l.Tight {
			item.before = ls.Between.In(em, lh)
		}
		item.left += c.more(s, indent)
		at := len(*s.out)
		c.indent = false
		c.withAttr(item, it, it.Blocks)
		c.labelItem(item, at, labels[i], ts, lbl, gap, it.Pos)
	}
	s.before = 0
	if s.depth == 0 {
		c.closeDisplay(s, from, &style.Look{After: ls.After})
	}
	c.indent = true
}

// withAttr sets the blocks of a node that has attributes of its own.
func (c *compositor) withAttr(s *stand, n document.Node, bs []document.Block) {
	if at := document.AttrOf(n); at != nil {
		if at.ID != "" && c.article != nil {
			s.anchors = append(s.anchors, c.dest(c.article, at.ID))
		}
		if at.Lang != "" {
			s.lang = at.Lang
		}
		if at.Dir != "" {
			s.rtl = at.Dir == "rtl"
		}
	}
	c.blocks(s, bs)
}

// labelItem gives the first paragraph of an item its label; an item that begins otherwise gets an empty one.
func (c *compositor) labelItem(s *stand, at int, label string, style *layout.TextStyle, lbl *StructNode, gap layout.Length, pos document.Pos) {
	var p *layout.Para
	if at < len(*s.out) {
		p, _ = (*s.out)[at].(*layout.Para)
	}
	if p == nil || p.Label != nil {
		p = c.para(s, s.look, "item", nil, pos, func(ps *layout.ParaStyle) { ps.FirstIndent, ps.KeepNext = 0, true })
		bs := append(*s.out, nil)
		copy(bs[at+1:], bs[at:])
		bs[at] = p
		*s.out = bs
	}
	p.Label = []layout.Span{{Text: label, Style: style, Tag: lbl.Tag}}
	p.LabelRight, p.LabelGap = true, gap
}

// labelStyle is the type of a list's labels: that of the text, with lining figures that stand under each other.
func (c *compositor) labelStyle(s *stand, l *document.List) layout.TextStyle {
	ts := c.textStyle(s.look, s.lang)
	if l.Ordered {
		ts.Features = typeset.FeatureList(ts.Features, "-inis")
	}
	return ts
}

// numbering is the ListNumbering of ISO 32000-1 table 347.
func numbering(l *document.List) string {
	if !l.Ordered {
		return "Disc"
	}
	switch l.Style {
	case "a":
		return "LowerAlpha"
	case "A":
		return "UpperAlpha"
	case "i":
		return "LowerRoman"
	case "I":
		return "UpperRoman"
	}
	return "Decimal"
}

func (c *compositor) itemLabel(l *document.List, it *document.ListItem, n, depth int) string {
	switch it.Checked {
	case 1:
		return "☐"
	case 2:
		return "☑"
	}
	if !l.Ordered {
		bullets := []rune(c.style.List.Bullets)
		if len(bullets) == 0 {
			bullets = []rune("•")
		}
		return string(bullets[min(depth, len(bullets)-1)])
	}
	switch l.Style {
	case "a":
		return alphabetic(n, 'a') + "."
	case "A":
		return alphabetic(n, 'A') + "."
	case "i":
		return roman.Write(n) + "."
	case "I":
		return strings.ToUpper(roman.Write(n)) + "."
	}
	return strconv.Itoa(n) + "."
}

// alphabetic counts a, b … z, aa, ab …
func alphabetic(n int, a byte) string {
	if n < 1 {
		return strconv.Itoa(n)
	}
	var b []byte
	for ; n > 0; n = (n - 1) / 26 {
		b = append([]byte{a + byte((n-1)%26)}, b...)
	}
	return string(b)
}

// definitions sets a list of terms and what they mean.
func (c *compositor) definitions(s *stand, l *document.DefinitionList) {
	n := group(s.parent, L)
	c.mark(n, s)
	from := len(*s.out)
	for _, d := range present(l.Items) {
		c.definition(s, d, n)
	}
	c.closeDisplay(s, from, &style.Look{After: c.style.List.After})
	c.indent = true
}

func (c *compositor) definition(s *stand, d *document.Definition, parent *StructNode) {
	em, lh := c.style.TextSize(), c.style.Leading()
	li := group(parent, LI)
	look := c.style.Term
	if s.small {
		look.Size, look.Leading = s.look.Size, s.look.Leading
	}
	terms := *s
	terms.parent, terms.flush = li, true
	for i, t := range d.Terms {
		c.set(&terms, &look, "term", Lbl, t, d.Pos, func(ps *layout.ParaStyle) {
			ps.KeepNext = true
			if i > 0 {
				ps.SpaceBefore = 0
			}
		})
	}
	s.anchors, s.before = terms.anchors, terms.before
	for _, bs := range d.Definitions {
		in := *s
		in.parent, in.flush, in.name = group(li, LBody), true, "definition"
		in.depth++
		in.left += c.more(s, c.style.List.Indent.In(em, lh))
		c.indent = false
		c.blocks(&in, bs)
	}
}
