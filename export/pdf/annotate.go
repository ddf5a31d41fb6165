package pdf

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/layout"
	"github.com/twinpress/twinpress/layout/roman"
)

// An annotation is a link annotation that is to be written.
type annotation struct {
	ref     object.Ref
	page    int
	rect    linkRect
	element *element
}

// A nameEntry is a key of a name tree and its value.
type nameEntry struct {
	name  string
	value object.Object
}

// leafSize is how many entries a leaf of a tree holds, and how many branches a node.
const leafSize = 64

// nameTree writes a name tree (ISO 32000-1 § 7.9.6) of at most two levels of branches and gives its root.
func (f *file) nameTree(entries []nameEntry) object.Ref {
	sort.Slice(entries, func(i, j int) bool { return entries[i].name < entries[j].name })
	if len(entries) <= leafSize {
		return f.pdf.Add(object.D("Names", names(entries)))
	}
	var kids object.Array
	for len(entries) > 0 {
		n := min(len(entries), leafSize)
		kids = append(kids, f.pdf.Add(object.D(
			"Limits", object.Array{object.String(entries[0].name), object.String(entries[n-1].name)},
			"Names", names(entries[:n]),
		)))
		entries = entries[n:]
	}
	return f.pdf.Add(object.D("Kids", kids))
}

func names(entries []nameEntry) object.Array {
	var a object.Array
	for _, e := range entries {
		a = append(a, object.String(e.name), e.value)
	}
	return a
}

// findPlaces gathers the named places of all pages; the first of a name counts.
func (f *file) findPlaces() {
	f.places = map[string]bool{}
	for i, p := range f.in.Pages {
		for _, pl := range p.Places {
			if f.places[pl.Name] || pl.Name == "" {
				continue
			}
			f.places[pl.Name] = true
			// A little above and left of the place, so that the line there is not cut by the window's edge.
			x, y := max(0, pl.X-6*layout.Pt), max(0, pl.Y-6*layout.Pt)
			f.dests = append(f.dests, nameEntry{pl.Name, destination(f.pageRefs[i], x, p.Height-y)})
			if f.standard == StandardUA2A4 {
				f.destElements = append(f.destElements, f.elementAt(p, pl))
			}
		}
	}
}

// destination is the array of a destination (§ 12.3.2.2) on a page, or at a structure element, at the reader's own scale.
func destination(at object.Ref, x, y layout.Length) object.Array {
	return object.Array{at, object.Name("XYZ"), object.Real(round2(x.Points())), object.Real(round2(y.Points())), object.Int(0)}
}

// elementAt finds the structure element that a place of a page is at: that of the first line or picture below it in its
// column, nil when there is none.
func (f *file) elementAt(p *layout.Page, pl layout.Place) *element {
	var found *element
	nearest := p.Height * 2
	near := func(tag layout.Tag, x, width, foot layout.Length) {
		e := f.byTag[tag]
		if e == nil || foot < pl.Y {
			return
		}
		distance := foot - pl.Y
		if pl.X < x-layout.In/4 || pl.X > x+width+layout.In/4 {
			distance += p.Height // another column: better than nothing
		}
		if distance < nearest {
			found, nearest = e, distance
		}
	}
	for _, a := range p.Areas {
		for _, item := range a.Items {
			switch it := item.(type) {
			case *layout.Line:
				for i := range it.Runs {
					if r := &it.Runs[i]; !r.Artifact {
						near(r.Tag, a.X, a.Width, it.Y)
						break
					}
				}
			case *layout.PictureItem:
				near(it.Tag, a.X, a.Width, it.Y+it.Height)
			}
		}
	}
	return found
}

// resolveDests finds the written element of each destination, once elements have been numbered.
func (f *file) resolveDests() {
	for i, e := range f.destElements {
		for e != nil && e.ref == 0 {
			e = e.parent
		}
		if e == nil {
			e = f.root
		}
		f.destElements[i] = e
	}
}

// structureDests makes each destination lead to its structure element too, as PDF/UA-2 asks (ISO 14289-2 § 8.8).
func (f *file) structureDests() {
	for i, e := range f.destElements {
		d := f.dests[i].value.(object.Array)
		f.dests[i].value = object.D("D", d, "SD", append(object.Array{e.ref}, d[1:]...))
	}
}

// annotate decides which of a page's link rectangles become annotations, and reserves their objects.
func (f *file) annotate(page int, rects []linkRect, order []seq) {
	for i, r := range rects {
		if int(r.link) >= len(f.in.Links) {
			f.fault("pdf-link", fmt.Sprintf("link %d has no target", r.link), page)
			continue
		}
		link := f.in.Links[r.link]
		if link.URI == "" && link.Dest == "" {
			continue // to an article that an offprint has not, and that nobody knows where to find
		}
		if link.URI == "" && !f.places[link.Dest] {
			if !f.unknown[link.Dest] {
				f.unknown[link.Dest] = true
				f.fault("pdf-dest", fmt.Sprintf("a link leads to %q, which is no place in the edition", link.Dest), page)
			}
			continue
		}
		owner := f.byLink[r.link]
		if f.tagged && owner == nil {
			// An annotation that no element owns would fail PDF/UA, so it is left out.
			f.fault("pdf-link", fmt.Sprintf("link %d has no element in the structure; it is drawn, but leads nowhere", r.link), page)
			continue
		}
		a := annotation{ref: f.pdf.Reserve(), page: page, rect: r, element: owner}
		if owner != nil {
			owner.annots = append(owner.annots, annot{order[i], a.ref})
		}
		f.annotations = append(f.annotations, a)
		f.pageAnnots[page] = append(f.pageAnnots[page], a.ref)
	}
}

// writeAnnotations writes the link annotations (§ 12.5.6.5): one for each line that a link lies on, since readers make
// the whole rectangle active whatever QuadPoints say.
func (f *file) writeAnnotations() {
	for i, a := range f.annotations {
		r, link := a.rect, f.in.Links[a.rect.link]
		d := object.D(
			"Type", object.Name("Annot"), "Subtype", object.Name("Link"),
			"Rect", object.Array{object.Real(round2(r.x0)), object.Real(round2(r.y0)), object.Real(round2(r.x1)), object.Real(round2(r.y1))},
			"Border", object.Array{object.Int(0), object.Int(0), object.Int(0)},
			"F", object.Int(4), // printed, which here is nothing: PDF/A wants the flag (ISO 19005-2 § 6.3.2)
		)
		if link.URI != "" {
			d = d.Set("A", object.D("S", object.Name("URI"), "URI", object.String(address.Normalise(link.URI))))
		} else {
			d = d.Set("Dest", object.String(link.Dest))
		}
		contents := link.Contents
		if contents == "" {
			contents = link.URI + link.Dest
		}
		d = setText(d, "Contents", contents)
		d = setText(d, "Lang", link.Lang)
		if a.element != nil {
			d = d.Set("StructParent", object.Int(len(f.in.Pages)+i))
		}
		f.pdf.Put(a.ref, d)
	}
}

// outline writes the bookmarks (§ 12.3.3) and gives their root, 0 when there are none.
func (f *file) outline() object.Ref {
	type bookmark struct {
		entry    flow.OutlineEntry
		ref      object.Ref
		parent   *bookmark
		kids     []*bookmark
		position int
	}
	root := &bookmark{}
	open := []*bookmark{root}
	for _, e := range f.in.Outline {
		if !f.places[e.Dest] {
			f.fault("pdf-dest", fmt.Sprintf("the bookmark %q leads to %q, which is no place in the edition", e.Title, e.Dest), -1)
		}
		for len(open) > 1 && open[len(open)-1].entry.Level >= e.Level {
			open = open[:len(open)-1]
		}
		parent := open[len(open)-1]
		b := &bookmark{entry: e, parent: parent, position: len(parent.kids)}
		parent.kids = append(parent.kids, b)
		open = append(open, b)
	}
	if len(root.kids) == 0 {
		return 0
	}
	var number func(b *bookmark)
	number = func(b *bookmark) {
		b.ref = f.pdf.Reserve()
		for _, k := range b.kids {
			number(k)
		}
	}
	number(root)
	// visible counts the bookmarks shown below b when it is open.
	var visible func(b *bookmark) int
	visible = func(b *bookmark) int {
		n := len(b.kids)
		for _, k := range b.kids {
			if k.entry.Open {
				n += visible(k)
			}
		}
		return n
	}
	var write func(b *bookmark)
	write = func(b *bookmark) {
		var d object.Dict
		if b.parent == nil {
			d = d.Set("Type", object.Name("Outlines"))
		} else {
			d = object.D("Title", object.Text(b.entry.Title), "Parent", b.parent.ref)
			if f.places[b.entry.Dest] {
				d = d.Set("Dest", object.String(b.entry.Dest))
			}
			if b.position > 0 {
				d = d.Set("Prev", b.parent.kids[b.position-1].ref)
			}
			if b.position+1 < len(b.parent.kids) {
				d = d.Set("Next", b.parent.kids[b.position+1].ref)
			}
		}
		if n := len(b.kids); n > 0 {
			d = d.Set("First", b.kids[0].ref).Set("Last", b.kids[n-1].ref)
			count := visible(b)
			if b.parent != nil && !b.entry.Open {
				count = -count
			}
			d = d.Set("Count", object.Int(count))
		}
		f.pdf.Put(b.ref, d)
		for _, k := range b.kids {
			write(k)
		}
	}
	write(root)
	return root.ref
}

// pageLabels gives the number tree of page labels (§ 12.4.2): a range for each stretch of labels that count on.
func pageLabels(pages []*layout.Page) object.Dict {
	var nums object.Array
	style, prefix, next := "", "", 0
	for i, p := range pages {
		s, pre, n := labelOf(p.Label)
		if i > 0 && s == style && pre == prefix && (n == next || s == "") {
			next++
			continue
		}
		d := object.Dict{}
		if s != "" {
			d = d.Set("S", object.Name(s))
		}
		if s != "" && n != 1 {
			d = d.Set("St", object.Int(n))
		}
		d = setText(d, "P", pre)
		nums = append(nums, object.Int(i), d)
		style, prefix, next = s, pre, n+1
	}
	return object.D("Nums", nums)
}

// labelOf reads a page's printed label: "12", "xii", "A-3", or anything else as a prefix without a number.
func labelOf(label string) (style, prefix string, n int) {
	digits := label[len(strings.TrimRight(label, "0123456789")):]
	if v, err := strconv.Atoi(digits); err == nil && v > 0 && strconv.Itoa(v) == digits {
		return "D", label[:len(label)-len(digits)], v
	}
	if v := roman.Read(label); v > 0 {
		return "r", "", v
	}
	return "", label, 0
}
