package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"

	"github.com/johnfercher/maroto/v2/pkg/core/entity"

	"github.com/sourcegraph/conc/iter"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/layout"
)

// write draws placed pages and writes them, with their structure, links, outline and metadata, as one PDF file. The same
// input gives the same bytes. It fails when the input promises what cannot be kept (a structure with two equal ids, a
// font that must not be embedded, PDF/UA without a title) and when w does; what can be left out is told to Report. When the context
// ends, no further page is drawn and its error returned.
func write(ctx context.Context, w io.Writer, in *input) error {
	f := &file{in: in, standard: in.Standard, unknown: map[string]bool{}}
	if f.standard == "" {
		f.standard = StandardUA1A2a
	}
	if err := f.check(); err != nil {
		return err
	}
	f.pdf = object.NewWriter(w, f.version())
	if err := f.elements(); err != nil {
		return err
	}
	if err := f.gather(); err != nil {
		return err
	}
	f.readPictures()
	f.pageRefs = make([]object.Ref, len(in.Pages))
	for i := range f.pageRefs {
		f.pageRefs[i] = f.pdf.Reserve()
	}
	f.findPlaces()
	if err := f.draw(ctx); err != nil {
		return err
	}
	return f.finish()
}

// A file is a PDF being written.
type file struct {
	in       *input
	standard Standard
	pdf      *object.Writer

	// Fonts.
	faces     []*face // by layout.FaceID
	fonts     []*face // in order of first use
	fontRefs  []fontRef
	clustered []cluster

	// Structure.
	tagged    bool
	root      *element
	byTag     map[layout.Tag]*element
	byLink    map[layout.LinkID]*element
	marks     [][]mark // by page and MCID
	roleTitle bool
	namespace object.Ref // of PDF 2.0's structure types, 0 in a file of PDF 1.7

	pictures pictures

	pageRefs []object.Ref
	places   map[string]bool
	dests    []nameEntry
	// destElements are the structure elements of dests, in a file of PDF 2.0.
	destElements []*element
	unknown      map[string]bool // places reported as missing
	annotations  []annotation
	pageAnnots   [][]object.Ref
	pageRoot     object.Ref
	pageNodes    []object.Ref // of the page tree, treeFan pages each
}

func (f *file) fault(code, detail string, page int) {
	if f.in.Report != nil {
		f.in.Report(fault{Code: code, Detail: detail, Page: page})
	}
}

func (f *file) version() string {
	if f.standard == StandardUA2A4 {
		return "2.0"
	}
	return "1.7"
}

// check refuses what would break the standard's promise.
func (f *file) check() error {
	if len(f.in.Pages) == 0 {
		return errors.New("a PDF needs at least one page")
	}
	if f.standard == StandardUA1A2a || f.standard == StandardUA2A4 {
		switch {
		case f.in.Structure == nil:
			return fmt.Errorf("PDF standard %s needs a structure tree", f.standard)
		case f.in.Metadata.Title == "":
			return fmt.Errorf("PDF standard %s needs a title", f.standard)
		case f.in.Metadata.Lang == "":
			return fmt.Errorf("PDF standard %s needs a language", f.standard)
		}
	}
	return nil
}

// A drawn page is its content stream, and what the rest of the file must know of it.
type drawn struct {
	drawing
	stream []byte // compressed; empty for a blank page
}

// draw draws all pages, several at a time, and writes their content streams in order.
func (f *file) draw(ctx context.Context) error {
	pages := f.in.Pages
	out := make([]drawn, len(pages))
	iter.ForEachIdx(pages, func(i int, page **layout.Page) {
		if ctx.Err() != nil {
			return
		}
		c, p := &canvas{drawing: newDrawing(f, i)}, *page
		compose(p).Render(c, entity.NewRootCell(millimetres(p.Width), millimetres(p.Height), entity.Margins{}))
		out[i].drawing = c.drawing
		if content := c.content(); len(content) > 0 {
			out[i].stream = object.Compress(content)
		}
	})
	if err := ctx.Err(); err != nil {
		return err
	}

	f.marks = make([][]mark, len(pages))
	f.pageAnnots = make([][]object.Ref, len(pages))
	for i := range out {
		d := &out[i]
		f.enter(i, &d.drawing)
		var stream object.Ref // none for a blank page
		if len(d.stream) > 0 {
			stream = f.pdf.Reserve()
			f.pdf.PutEncoded(stream, object.D("Filter", object.Name("FlateDecode")), d.stream)
		}
		f.writePage(i, stream, &d.drawing)
	}
	return nil
}

// enter brings what was drawn on a page into the file's books: its faults, the content of its elements, its links.
func (f *file) enter(i int, d *drawing) {
	for _, fault := range d.faults {
		f.fault(fault.Code, fault.Detail, fault.Page)
	}
	f.marks[i] = d.marks
	for n := range d.marks {
		m := &d.marks[n]
		m.element.content = append(m.element.content, content{seq{i, m.area, 2 * n}, n, m})
	}
	for _, dec := range d.decorated {
		dec.element.decoration = "Underline"
		if dec.strikes {
			dec.element.decoration = "LineThrough"
		}
	}
	for _, b := range d.boxes {
		b.element.grow(i, b)
	}
	order := make([]seq, len(d.links))
	for n, l := range d.links {
		order[n] = seq{i, l.area, l.after}
	}
	f.annotate(i, d.links, order)
}

// writePage writes a page object. Its parent is the node of the page tree that finish makes.
func (f *file) writePage(i int, stream object.Ref, d *drawing) {
	p := f.in.Pages[i]
	resources := object.Dict{}
	var fonts object.Dict
	for _, fr := range f.fontRefs {
		if d.fonts[fr.face.index] {
			fonts = fonts.Set(object.Name(fr.face.name), fr.ref)
		}
	}
	if fonts != nil {
		resources = resources.Set("Font", fonts)
	}
	if x := f.pictures.resources(d.used); x != nil {
		resources = resources.Set("XObject", x)
	}
	page := object.D(
		"Type", object.Name("Page"), "Parent", f.pageParent(i),
		"MediaBox", object.Array{object.Int(0), object.Int(0), object.Real(round2(p.Width.Points())), object.Real(round2(p.Height.Points()))},
		"Resources", resources)
	if s := f.in.sheet; s != nil {
		trim, bleed := s.boxes()
		page = page.Set("TrimBox", rectangle(trim)).Set("BleedBox", rectangle(bleed))
	}
	if stream != 0 {
		page = page.Set("Contents", stream)
	}
	if len(f.pageAnnots[i]) > 0 {
		a := make(object.Array, len(f.pageAnnots[i]))
		for n, r := range f.pageAnnots[i] {
			a[n] = r
		}
		page = page.Set("Annots", a)
	}
	if f.tagged {
		// Tab goes through the links in the order of the structure (ISO 14289-1 § 7.18.3).
		page = page.Set("Tabs", object.Name("S"))
		if len(d.marks) > 0 {
			page = page.Set("StructParents", object.Int(i))
		}
	}
	f.pdf.Put(f.pageRefs[i], page)
}

func rectangle(r [4]float64) object.Array {
	a := object.Array{}
	for _, v := range r {
		a = append(a, object.Real(round2(v)))
	}
	return a
}

// treeFan is how many pages a node of the page tree holds.
const treeFan = 32

// pageParent gives the node of the page tree that a page hangs from: the root when they are few.
func (f *file) pageParent(i int) object.Ref {
	if f.pageNodes == nil {
		n := (len(f.in.Pages) + treeFan - 1) / treeFan
		f.pageRoot = f.pdf.Reserve()
		f.pageNodes = []object.Ref{f.pageRoot}
		if n > 1 {
			f.pageNodes = make([]object.Ref, n)
			for k := range f.pageNodes {
				f.pageNodes[k] = f.pdf.Reserve()
			}
		}
	}
	return f.pageNodes[i/treeFan%len(f.pageNodes)]
}

func (f *file) writePageTree() {
	refs := func(rs []object.Ref) object.Array {
		a := make(object.Array, len(rs))
		for i, r := range rs {
			a[i] = r
		}
		return a
	}
	count := object.Int(len(f.pageRefs))
	if len(f.pageNodes) == 1 {
		f.pdf.Put(f.pageRoot, object.D("Type", object.Name("Pages"), "Kids", refs(f.pageRefs), "Count", count))
		return
	}
	for k, node := range f.pageNodes {
		kids := f.pageRefs[k*treeFan : min((k+1)*treeFan, len(f.pageRefs))]
		f.pdf.Put(node, object.D("Type", object.Name("Pages"), "Parent", f.pageRoot, "Kids", refs(kids), "Count", object.Int(len(kids))))
	}
	f.pdf.Put(f.pageRoot, object.D("Type", object.Name("Pages"), "Kids", refs(f.pageNodes), "Count", count))
}

// finish writes what pages hang from and what hangs from the catalogue.
func (f *file) finish() error {
	f.writePageTree()
	catalog := object.D("Type", object.Name("Catalog"), "Pages", f.pageRoot)
	if f.tagged {
		f.number(f.root)
		f.resolveDests()
		f.writeAnnotations()
		catalog = catalog.Set("StructTreeRoot", f.writeStructure()).Set("MarkInfo", object.D("Marked", object.Bool(true)))
	} else {
		f.writeAnnotations()
	}
	catalog = setText(catalog, "Lang", f.in.Metadata.Lang)
	if f.in.Metadata.Title != "" {
		catalog = catalog.Set("ViewerPreferences", object.D("DisplayDocTitle", object.Bool(true)))
	}
	if len(f.dests) > 0 {
		f.structureDests()
		catalog = catalog.Set("Names", object.D("Dests", f.nameTree(f.dests)))
	}
	if o := f.outline(); o != 0 {
		catalog = catalog.Set("Outlines", o).Set("PageMode", object.Name("UseOutlines"))
	}
	catalog = catalog.Set("PageLabels", pageLabels(f.in.Pages))
	if f.in.Metadata.BaseURL != "" {
		catalog = catalog.Set("URI", object.D("Base", object.String(f.in.Metadata.BaseURL)))
	}
	if f.standard != StandardNone {
		profile := f.pdf.Share(object.D("N", object.Int(3)), object.SRGB())
		catalog = catalog.Set("OutputIntents", object.Array{object.D(
			"Type", object.Name("OutputIntent"), "S", object.Name("GTS_PDFA1"),
			"OutputConditionIdentifier", object.String("sRGB"), "Info", object.String("sRGB IEC61966-2.1"),
			"DestOutputProfile", profile,
		)})
	}
	metadata := f.pdf.Reserve()
	// Not compressed, so that a catalogue can read it without reading PDF.
	f.pdf.PutEncoded(metadata, object.D("Type", object.Name("Metadata"), "Subtype", object.Name("XML")), xmp(&f.in.Metadata, f.standard))
	catalog = catalog.Set("Metadata", metadata)
	var info object.Ref
	if d := infoDict(&f.in.Metadata); f.standard != StandardUA2A4 && d != nil {
		info = f.pdf.Add(d)
	}
	return f.pdf.Close(f.pdf.Add(catalog), info)
}
