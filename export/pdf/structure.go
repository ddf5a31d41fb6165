package pdf

import (
	"fmt"
	"math"
	"sort"

	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/layout"
)

// An element is a StructNode on its way into the file.
type element struct {
	node   *flow.StructNode
	parent *element
	kids   []*element
	ref    object.Ref

	content []content
	annots  []annot

	first place // where its content begins
	once  bool  // a table's head: what is drawn after the first place repeats it and is an artifact
	box   *figureBox

	decoration object.Name // TextDecorationType, "" for none
}

// A place is an area of a page.
type place struct{ page, area int }

// content is a marked-content sequence that belongs to an element.
type content struct {
	seq  seq
	mcid int
	mark *mark
}

// annot is a link annotation that belongs to an element.
type annot struct {
	seq seq
	ref object.Ref
}

// seq orders content as it is read: by page, area and place in the area.
type seq struct{ page, area, n int }

func (a seq) before(b seq) bool {
	switch {
	case a.page != b.page:
		return a.page < b.page
	case a.area != b.area:
		return a.area < b.area
	}
	return a.n < b.n
}

// never comes after all content.
var never = seq{page: math.MaxInt}

// elements builds the tree of elements and finds where the content of each begins.
func (f *file) elements() error {
	if f.in.Structure == nil {
		return nil
	}
	f.tagged = true
	f.byTag = map[layout.Tag]*element{}
	f.byLink = map[layout.LinkID]*element{}
	ids := map[string]bool{}
	var build func(n *flow.StructNode, parent *element, head bool) (*element, error)
	build = func(n *flow.StructNode, parent *element, head bool) (*element, error) {
		e := &element{node: n, parent: parent, once: head}
		if n.Tag != 0 {
			if f.byTag[n.Tag] != nil {
				return nil, fmt.Errorf("two structure elements have tag %d", n.Tag)
			}
			f.byTag[n.Tag] = e
		}
		if n.Link != 0 && f.byLink[n.Link] == nil {
			f.byLink[n.Link] = e
		}
		if n.ID != "" {
			if ids[n.ID] {
				return nil, fmt.Errorf("two structure elements have the id %q", n.ID)
			}
			ids[n.ID] = true
		}
		for _, c := range n.Children {
			kid, err := build(c, e, head || n.Type == flow.THead)
			if err != nil {
				return nil, err
			}
			e.kids = append(e.kids, kid)
		}
		return e, nil
	}
	root, err := build(f.in.Structure, nil, false)
	if err != nil {
		return err
	}
	f.root = root
	if f.standard == StandardUA2A4 {
		root.moveCaptions()
	}
	for i, p := range f.in.Pages {
		for a := range p.Areas {
			f.locate(place{i, a}, p.Areas[a].Items)
		}
	}
	return nil
}

// moveCaptions puts the caption that stands beside a figure in a Div into the figure, as its last child: PDF/UA-2 § 8.2.5.27
// wants it first or last in what it captions. In PDF/UA-1 it stays beside it, since readers of that age take a figure's
// alternative text for all that is in the figure.
func (e *element) moveCaptions() {
	if n := len(e.kids); e.node.Type == flow.Div && n > 1 && e.kids[n-1].node.Type == flow.Caption && e.kids[n-2].node.Type == flow.Figure {
		caption, figure := e.kids[n-1], e.kids[n-2]
		caption.parent = figure
		figure.kids = append(figure.kids, caption)
		e.kids = e.kids[:n-1]
	}
	for _, k := range e.kids {
		k.moveCaptions()
	}
}

// hasLabels reports whether a list's items have labels.
func (e *element) hasLabels() bool {
	for _, item := range e.kids {
		for _, k := range item.kids {
			if k.node.Type == flow.Lbl {
				return true
			}
		}
	}
	return false
}

// locate notes the first place of the elements that items belong to. A tag that has no element is a fault of the caller's;
// its content is kept, as a paragraph at the end of the document.
func (f *file) locate(at place, items []layout.Item) {
	note := func(tag layout.Tag) {
		if tag == 0 {
			return
		}
		e := f.byTag[tag]
		if e == nil {
			e = &element{node: &flow.StructNode{Type: flow.P, Tag: tag}, parent: f.root}
			f.root.kids = append(f.root.kids, e)
			f.byTag[tag] = e
			f.fault("pdf-tag", fmt.Sprintf("text of tag %d has no element in the structure; it stands at the end", tag), at.page)
		}
		if e.first == (place{}) {
			e.first = place{at.page + 1, at.area}
		}
	}
	for _, item := range items {
		switch it := item.(type) {
		case *layout.Line:
			for i := range it.Runs {
				if !it.Runs[i].Artifact {
					note(it.Runs[i].Tag)
				}
			}
		case *layout.PictureItem:
			note(it.Tag)
		}
	}
}

// isFirst reports whether a place is where the element's content begins.
func (e *element) isFirst(at place) bool { return e.first == place{at.page + 1, at.area} }

// keeps reports whether an element is written: it has content, or something below it has, or it keeps the grid of a table.
func (e *element) keeps() bool {
	if len(e.content) > 0 || len(e.annots) > 0 || e.node.Type == flow.TD || e.node.Type == flow.TH {
		return true
	}
	for _, k := range e.kids {
		if k.keeps() {
			return true
		}
	}
	return e.parent == nil
}

// begins is the place in the reading order of the first content of an element or of what is below it.
func (e *element) begins() seq {
	first := never
	if len(e.content) > 0 {
		first = e.content[0].seq
	}
	for _, k := range e.kids {
		if s := k.begins(); s.before(first) {
			first = s
		}
	}
	return first
}

// writeStructure writes the structure tree (ISO 32000-1 § 14.7) and gives its root. Elements have been numbered by
// number, and know their content.
func (f *file) writeStructure() object.Ref {
	root := f.pdf.Reserve()
	if f.standard == StandardUA2A4 {
		f.namespace = f.pdf.Add(object.D("Type", object.Name("Namespace"), "NS", object.String("http://iso.org/pdf2/ssn")))
	}
	var ids []nameEntry
	f.writeElement(f.root, root, &ids)
	d := object.D("Type", object.Name("StructTreeRoot"), "K", f.root.ref, "ParentTree", f.pdf.Add(f.parentTree()),
		"ParentTreeNextKey", object.Int(len(f.in.Pages)+len(f.annotations)))
	if f.namespace != 0 {
		d = d.Set("Namespaces", object.Array{f.namespace})
	} else if f.roleTitle {
		// PDF 1.7 has no Title; a paragraph is what it is to readers who do not know better.
		d = d.Set("RoleMap", object.D(string(flow.TitleElem), object.Name(flow.P)))
	}
	if len(ids) > 0 {
		d = d.Set("IDTree", f.nameTree(ids))
	}
	f.pdf.Put(root, d)
	return root
}

// grow makes the element's box hold a picture; a box is of one page, the first.
func (e *element) grow(page int, b figureBox) {
	if e.box == nil {
		b.page = page
		e.box = &b
		return
	}
	if e.box.page == page {
		e.box.x0, e.box.y0 = min(e.box.x0, b.x0), min(e.box.y0, b.y0)
		e.box.x1, e.box.y1 = max(e.box.x1, b.x1), max(e.box.y1, b.y1)
	}
}

// number reserves the objects of all elements that are to be written, in reading order, and drops the others.
func (f *file) number(e *element) {
	e.ref = f.pdf.Reserve()
	sort.SliceStable(e.content, func(i, j int) bool { return e.content[i].seq.before(e.content[j].seq) })
	for _, c := range e.content {
		if c.mark.hyphen {
			c.mark.soft = f.pdf.Reserve()
		}
	}
	kept := e.kids[:0]
	for _, k := range e.kids {
		if k.keeps() {
			f.number(k)
			kept = append(kept, k)
		}
	}
	e.kids = kept
	f.roleTitle = f.roleTitle || e.node.Type == flow.TitleElem
}

func (f *file) writeElement(e *element, parent object.Ref, ids *[]nameEntry) {
	n := e.node
	kind := f.structType(e)
	d := object.D("S", object.Name(kind), "P", parent)
	if f.namespace != 0 && inPDF2(kind) {
		d = d.Set("NS", f.namespace)
	}
	if n.ID != "" {
		d = d.Set("ID", object.String(n.ID))
		*ids = append(*ids, nameEntry{n.ID, e.ref})
	}
	if n.Type == flow.TOCI && f.namespace != 0 {
		if target := f.target(e); target != nil {
			d = d.Set("Ref", object.Array{target.ref})
		}
	}
	page := e.page()
	if page >= 0 {
		d = d.Set("Pg", f.pageRefs[page])
	}
	switch k := f.kids(e, page); len(k) {
	case 0:
	case 1:
		d = d.Set("K", k[0])
	default:
		d = d.Set("K", k)
	}
	d = setText(d, "T", n.Title)
	d = setText(d, "Lang", n.Lang)
	d = setText(d, "Alt", n.Alt)
	d = setText(d, "E", n.Expansion)
	d = setText(d, "ActualText", n.ActualText)
	switch a := attributes(e, f.namespace != 0); len(a) {
	case 0:
	case 1:
		d = d.Set("A", a[0])
	default:
		d = d.Set("A", a)
	}
	f.pdf.Put(e.ref, d)
	for _, k := range e.kids {
		f.writeElement(k, e.ref, ids)
	}
}

// target is the element that the first link in e leads to, nil when it leads to none.
func (f *file) target(e *element) *element {
	if e.node.Link != 0 && int(e.node.Link) < len(f.in.Links) {
		for i, d := range f.dests {
			if d.name == f.in.Links[e.node.Link].Dest {
				return f.destElements[i]
			}
		}
	}
	for _, k := range e.kids {
		if t := f.target(k); t != nil {
			return t
		}
	}
	return nil
}

// structType is the type that an element is written with: a Link whose annotations could not be made is but a Span.
func (f *file) structType(e *element) flow.StructType {
	switch t := e.node.Type; {
	case t == flow.LinkElem && len(e.annots) == 0:
		return flow.Span
	case t == flow.NoteElem && f.namespace != 0:
		return "FENote" // PDF 2.0's footnotes and endnotes (ISO 14289-2 § 8.2.5.14)
	case t == flow.Caption && f.namespace != 0 && e.parent.node.Type == flow.Div:
		return flow.Div // of nothing that was drawn
	default:
		return t
	}
}

// inPDF2 reports whether a structure type is one of PDF 2.0's own (ISO 32000-2 § 14.8.6.1). The others stay in the default
// namespace, which is that of PDF 1.7.
func inPDF2(t flow.StructType) bool {
	switch t {
	case flow.Art, flow.BlockQuote, flow.Code, flow.TOC, flow.TOCI, flow.Reference, flow.Quote, flow.NoteElem:
		return false
	}
	return true
}

func setText(d object.Dict, key object.Name, s string) object.Dict {
	if s == "" {
		return d
	}
	return d.Set(key, object.Text(s))
}

// page is the page that the element's own content lies on, -1 when it has none. Content on other pages names its own.
func (e *element) page() int {
	if len(e.content) > 0 {
		return e.content[0].seq.page
	}
	return -1
}

// kids gives an element's content, annotations and children in reading order. A child stands before the first content
// that is read after it began.
func (f *file) kids(e *element, page int) object.Array {
	var out object.Array
	content, annots := e.content, e.annots
	upTo := func(s seq) {
		for len(content) > 0 || len(annots) > 0 {
			// An annotation follows the content that it lies over.
			if len(annots) > 0 && (len(content) == 0 || annots[0].seq.before(content[0].seq)) {
				if !annots[0].seq.before(s) {
					return
				}
				out = append(out, object.D("Type", object.Name("OBJR"), "Obj", annots[0].ref, "Pg", f.pageRefs[annots[0].seq.page]))
				annots = annots[1:]
				continue
			}
			if !content[0].seq.before(s) {
				return
			}
			if c := content[0]; c.mark.hyphen {
				soft := object.D("S", object.Name(flow.Span), "P", e.ref, "Pg", f.pageRefs[c.seq.page],
					"K", object.Int(c.mcid), "ActualText", object.Text("\u00ad"))
				if f.namespace != 0 {
					soft = soft.Set("NS", f.namespace)
				}
				f.pdf.Put(c.mark.soft, soft)
				out = append(out, c.mark.soft)
			} else if c.seq.page == page {
				out = append(out, object.Int(c.mcid))
			} else {
				out = append(out, object.D("Type", object.Name("MCR"), "Pg", f.pageRefs[c.seq.page], "MCID", object.Int(c.mcid)))
			}
			content = content[1:]
		}
	}
	for _, k := range e.kids {
		if s := k.begins(); s != never {
			upTo(s)
		}
		out = append(out, k.ref)
	}
	upTo(never)
	return out
}

// attributes are an element's attribute dictionaries (§ 14.8.5), by owner; v2 says that the file is PDF 2.0.
func attributes(e *element, v2 bool) object.Array {
	n := e.node
	var out object.Array
	if n.Type == flow.Figure || n.Type == flow.Formula {
		place := object.Name("Inline")
		if n.Block {
			place = "Block"
		}
		d := object.D("O", object.Name("Layout"), "Placement", place)
		if e.box != nil {
			d = d.Set("BBox", object.Array{object.Real(round2(e.box.x0)), object.Real(round2(e.box.y0)), object.Real(round2(e.box.x1)), object.Real(round2(e.box.y1))})
		}
		out = append(out, d)
	}
	if e.decoration != "" {
		out = append(out, object.D("O", object.Name("Layout"), "TextDecorationType", e.decoration))
	}
	if n.Type == flow.L {
		numbered := n.Numbered
		if (numbered == "" || numbered == "None") && v2 && e.hasLabels() {
			numbered = "Unordered"
		}
		if numbered != "" {
			out = append(out, object.D("O", object.Name("List"), "ListNumbering", object.Name(numbered)))
		}
	}
	table := object.D("O", object.Name("Table"))
	if n.Scope != "" && n.Type == flow.TH {
		table = table.Set("Scope", object.Name(n.Scope))
	}
	if len(n.Headers) > 0 {
		var a object.Array
		for _, h := range n.Headers {
			a = append(a, object.String(h))
		}
		table = table.Set("Headers", a)
	}
	if n.ColSpan > 1 {
		table = table.Set("ColSpan", object.Int(n.ColSpan))
	}
	if n.RowSpan > 1 {
		table = table.Set("RowSpan", object.Int(n.RowSpan))
	}
	table = setText(table, "Summary", n.Summary)
	if len(table) > 1 {
		out = append(out, table)
	}
	return out
}

func round2(v float64) float64 { return math.Round(v*100) / 100 }

// parentTree leads from a page's marked content and from an annotation back to its element (§ 14.7.4.4).
func (f *file) parentTree() object.Dict {
	var nums object.Array
	for i, marks := range f.marks {
		if len(marks) == 0 {
			continue
		}
		row := make(object.Array, len(marks))
		for n, m := range marks {
			row[n] = m.element.ref
			if m.hyphen {
				row[n] = m.soft
			}
		}
		nums = append(nums, object.Int(i), f.pdf.Add(row))
	}
	for i, a := range f.annotations {
		if a.element != nil {
			nums = append(nums, object.Int(len(f.in.Pages)+i), a.element.ref)
		}
	}
	if nums == nil {
		nums = object.Array{}
	}
	return object.D("Nums", nums)
}
