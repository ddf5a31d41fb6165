package pdf

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"io"
	"math"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// A setter puts words on pages the simplest way there is, so that what the writer is given can be seen at a glance: lines
// as long as they are told, one run for each change of style, tag or link.
type setter struct {
	t     testing.TB
	in    *input
	page  *layout.Page
	area  *layout.Area
	y     layout.Length
	faces []*fonts.Face
	tags  layout.Tag
}

const (
	textFace layout.FaceID = iota + 1
	italicFace
	monoFace
)

func newSetter(t testing.TB) *setter {
	set := fonts.Default()
	s := &setter{t: t, faces: []*fonts.Face{nil, set.Select("text", 400, false), set.Select("text", 400, true), set.Select("mono", 400, false)}}
	s.in = &input{
		Face:      func(id layout.FaceID) *fonts.Face { return s.faces[id] },
		Structure: &flow.StructNode{Type: flow.Document},
		Links:     []flow.Link{{}},
		Metadata:  metadata{Title: "On Setting Type", Lang: "en-GB", Authors: []string{"A. Compositor"}, Date: "2018-12-02", Creator: "twinpress"},
	}
	return s
}

func (s *setter) newPage(label string) {
	s.page = &layout.Page{Index: len(s.in.Pages), Number: len(s.in.Pages) + 1, Label: label, Width: 300 * layout.Pt, Height: 200 * layout.Pt}
	s.in.Pages = append(s.in.Pages, s.page)
}

func (s *setter) newArea(kind layout.AreaKind, x, y, w, h float64) {
	l := func(v float64) layout.Length { return layout.Length(v * float64(layout.Pt)) }
	s.page.Areas = append(s.page.Areas, layout.Area{Kind: kind, X: l(x), Y: l(y), Width: l(w), Height: l(h)})
	s.area = &s.page.Areas[len(s.page.Areas)-1]
	s.y = s.area.Y
}

func (s *setter) tag() layout.Tag { s.tags++; return s.tags }

// piece is a run of a line to set.
type piece struct {
	text     string
	face     layout.FaceID
	tag      layout.Tag
	link     layout.LinkID
	features fonts.Features
	hyphen   bool
	rise     float64
	artifact bool
}

// line sets a line of pieces; a space at the end of the last is part of the text and not drawn.
func (s *setter) line(pieces ...piece) *layout.Line {
	const size = 10 * layout.Pt
	s.y += 12 * layout.Pt
	l := &layout.Line{X: s.area.X, Y: s.y}
	x := s.area.X
	offset := 0
	for i, p := range pieces {
		if p.face == 0 {
			p.face = textFace
		}
		face := s.faces[p.face]
		drawn := p.text
		if i == len(pieces)-1 {
			drawn = strings.TrimRight(p.text, " ")
		}
		r := layout.Run{X: x, Y: s.y - layout.Length(p.rise*float64(layout.Pt)), Face: p.face, Style: &layout.TextStyle{Size: size}, Size: size, Tag: p.tag, Link: p.link,
			Text: p.text, Hyphen: p.hyphen, Artifact: p.artifact, Offset: int32(offset)}
		var at layout.Length
		for _, g := range face.Shape(nil, drawn, fonts.Options{Features: p.features}) {
			r.Glyphs = append(r.Glyphs, layout.Placed{ID: g.GID, X: at + scaled(g.XOffset, face), Y: scaled(g.YOffset, face), Cluster: g.Cluster})
			at += scaled(g.Advance, face)
		}
		r.Width = at
		x += at
		offset += len(p.text)
		l.Runs = append(l.Runs, r)
	}
	l.Width = x - l.X
	s.area.Items = append(s.area.Items, l)
	return l
}

func scaled(v int32, f *fonts.Face) layout.Length {
	return layout.Length(v) * 10 * layout.Pt / layout.Length(f.UnitsPerEm())
}

func (s *setter) add(parent *flow.StructNode, n *flow.StructNode) *flow.StructNode {
	if parent == nil {
		parent = s.in.Structure
	}
	parent.Children = append(parent.Children, n)
	return n
}

func (s *setter) bytes() []byte {
	s.t.Helper()
	s.in.Report = func(f fault) { s.t.Errorf("fault %+v", f) }
	var b bytes.Buffer
	if err := write(s.t.Context(), &b, s.in); err != nil {
		s.t.Fatal(err)
	}
	if dir := os.Getenv("PDF_DIR"); dir != "" {
		name := dir + "/" + strings.ReplaceAll(s.t.Name(), "/", "_") + ".pdf"
		if err := os.WriteFile(name, b.Bytes(), 0o644); err != nil {
			s.t.Fatal(err)
		}
	}
	return b.Bytes()
}

// sampler is a file with a bit of everything: two pages, a paragraph over both, a note, links, a table, a figure.
func sampler(t testing.TB) *setter {
	s := newSetter(t)
	art := s.add(nil, &flow.StructNode{Type: flow.Art, Title: "On Setting Type"})
	head, para, em, ref, link, note, lbl, back, body := s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag()
	s.add(art, &flow.StructNode{Type: flow.H1, Tag: head})
	p := s.add(art, &flow.StructNode{Type: flow.P, Tag: para})
	s.add(p, &flow.StructNode{Type: flow.Span, Tag: em, Lang: "fr"})
	r := s.add(p, &flow.StructNode{Type: flow.Reference, Tag: ref})
	s.in.Links = append(s.in.Links, flow.Link{Dest: "note-1", Contents: "Note 1"}, flow.Link{Dest: "ref-1", Contents: "Back to the text"}, flow.Link{URI: "https://example.org/", Contents: "example.org"})
	s.add(r, &flow.StructNode{Type: flow.LinkElem, Tag: link, Link: 1})
	n := s.add(art, &flow.StructNode{Type: flow.NoteElem, Tag: note, ID: "note-1"})
	l := s.add(n, &flow.StructNode{Type: flow.Lbl, Tag: lbl})
	s.add(l, &flow.StructNode{Type: flow.LinkElem, Tag: back, Link: 2})
	np := s.add(n, &flow.StructNode{Type: flow.P, Tag: body})
	url := s.tag()
	s.add(np, &flow.StructNode{Type: flow.LinkElem, Tag: url, Link: 3})

	s.newPage("ix")
	s.page.Places = []layout.Place{{Name: "top", X: 20 * layout.Pt, Y: 20 * layout.Pt}, {Name: "ref-1", X: 20 * layout.Pt, Y: 30 * layout.Pt}, {Name: "note-1", X: 20 * layout.Pt, Y: 150 * layout.Pt}}
	s.newArea(layout.HeadArea, 20, 8, 260, 12)
	s.line(piece{text: "ix"})
	s.newArea(layout.ColumnArea, 20, 30, 125, 100)
	s.line(piece{text: "On Setting Type", face: italicFace, tag: head})
	s.line(piece{text: "The first office of a prin", tag: para}, piece{text: "-", tag: para, hyphen: true})
	s.line(piece{text: "ter is ", tag: para}, piece{text: "le mot juste", face: italicFace, tag: em}, piece{text: ", first fit", tag: para},
		piece{text: "1", tag: link, link: 1, rise: 3.3}, piece{text: " and ", tag: para})
	s.line(piece{text: "Nato", features: "smcp,c2sc", tag: para}, piece{text: " a\u00a0pause ", tag: para})
	s.newArea(layout.NoteArea, 20, 140, 125, 40)
	s.area.Items = append(s.area.Items, &layout.RuleItem{X: s.area.X, Y: s.area.Y, Width: 40 * layout.Pt, Height: layout.Pt / 2})
	s.line(piece{text: "1", tag: back, link: 2}, piece{text: " See ", tag: body}, piece{text: "example.org", tag: url, link: 3}, piece{text: ".", tag: body})
	s.newArea(layout.ColumnArea, 155, 30, 125, 100)
	s.line(piece{text: "runs on in column two, to ", tag: para})
	s.newPage("1")
	s.page.Places = []layout.Place{{Name: "second", X: 20 * layout.Pt, Y: 20 * layout.Pt}}
	s.newArea(layout.ColumnArea, 20, 30, 125, 100)
	s.line(piece{text: "end on the next page.", tag: para})
	s.in.Outline = []flow.OutlineEntry{{Level: 1, Title: "On Setting Type", Dest: "top", Open: true}, {Level: 2, Title: "Second page — «é»", Dest: "second"}}
	return s
}

func TestWriteSampler(t *testing.T) {
	a, b := sampler(t).bytes(), sampler(t).bytes()
	if !bytes.Equal(a, b) {
		t.Error("two files of the same input differ")
	}
}

// TestStandards looks in each kind of file for the marks of what it promises, and in the others for their absence.
func TestStandards(t *testing.T) {
	for std, want := range map[Standard][]string{
		"":             {"%PDF-1.7", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"},
		StandardUA1A2a: {"%PDF-1.7", "<pdfaid:part>2<", "<pdfaid:conformance>A<", "<pdfuaid:part>1<"},
		StandardA2b:    {"%PDF-1.7", "<pdfaid:part>2<", "<pdfaid:conformance>B<"},
		StandardUA2A4:  {"%PDF-2.0", "<pdfaid:part>4<", "<pdfaid:rev>2020<", "<pdfuaid:part>2<", "<pdfuaid:rev>2024<"},
		StandardNone:   {"%PDF-1.7"},
	} {
		s := sampler(t)
		s.in.Standard = std
		data := s.bytes()
		for _, w := range want {
			if !bytes.Contains(data, []byte(w)) {
				t.Errorf("%q: the file has no %s", std, w)
			}
		}
		if n := bytes.Count(data, []byte("<pdfaid:")) + bytes.Count(data, []byte("<pdfuaid:")); n != len(want)-1 {
			t.Errorf("%q: %d marks of standards, want %d", std, n, len(want)-1)
		}
		tree, r := readBack(t, data)
		if tree.kind != "Document" {
			t.Errorf("%q: the root is a %s", std, tree.kind)
		}
		catalog, err := r.x.Catalog()
		if err != nil {
			t.Fatal(err)
		}
		if intent := catalog["OutputIntents"] != nil; intent != (std != StandardNone) {
			t.Errorf("%q: output intent: %v", std, intent)
		}
		if info := r.x.Info != nil; info != (std != StandardUA2A4) {
			t.Errorf("%q: information dictionary: %v", std, info)
		}
		first := r.dict(r.dict(r.dict(catalog["StructTreeRoot"])["K"])["NS"])
		if ns := r.string(first["NS"]); (ns == "http://iso.org/pdf2/ssn") != (std == StandardUA2A4) {
			t.Errorf("%q: namespace %q", std, ns)
		}
	}
}

func TestRefused(t *testing.T) {
	for name, spoil := range map[string]func(*input){
		"no pages":          func(in *input) { in.Pages = nil },
		"no structure":      func(in *input) { in.Structure = nil },
		"no title":          func(in *input) { in.Metadata.Title = "" },
		"no language":       func(in *input) { in.Metadata.Lang = "" },
		"two equal ids":     func(in *input) { in.Structure.Children[0].ID = "note-1" },
		"two equal tags":    func(in *input) { in.Structure.Children[0].Tag = 1 },
		"a failing writer":  nil,
		"a figure too many": func(in *input) { in.Structure.Children = append(in.Structure.Children, in.Structure.Children[0]) },
	} {
		s := sampler(t)
		var w interface {
			Write([]byte) (int, error)
		} = new(bytes.Buffer)
		if spoil == nil {
			w = closed{}
		} else {
			spoil(s.in)
		}
		if err := write(t.Context(), w, s.in); err == nil {
			t.Errorf("%s: written all the same", name)
		}
	}
}

type closed struct{}

func (closed) Write([]byte) (int, error) { return 0, os.ErrClosed }

// TestFaults writes what cannot be written as asked: the file is made, and each fault is told once.
func TestFaults(t *testing.T) {
	s := sampler(t)
	s.in.Links[1].Dest = "nowhere"
	figure, stray := s.tag(), s.tag()
	s.add(nil, &flow.StructNode{Type: flow.Figure, Tag: figure, Alt: "a lost picture"})
	s.in.Pictures = []flow.Picture{{Name: "lost.png", Data: func() ([]byte, error) { return nil, os.ErrNotExist }}}
	s.area.Items = append(s.area.Items, &layout.PictureItem{X: s.area.X, Y: s.y, Width: 20 * layout.Pt, Height: 20 * layout.Pt, Tag: figure})
	l := s.line(piece{text: "what a box", tag: stray})
	l.Runs[0].Glyphs[5].ID = 0
	var faults []string
	s.in.Report = func(f fault) { faults = append(faults, f.Code+": "+f.Detail) }
	var b bytes.Buffer
	if err := write(t.Context(), &b, s.in); err != nil {
		t.Fatal(err)
	}
	got := strings.Join(faults, ", ")
	if want := fmt.Sprintf("pdf-tag: text of tag %d has no element in the structure; it stands at the end, pdf-picture: lost.png: file does not exist, "+
		"pdf-dest: a link leads to \"nowhere\", which is no place in the edition, pdf-glyph: no font has \"a\"", stray); got != want {
		t.Errorf("told %q, want %q", got, want)
	}
	tree, _ := readBack(t, b.Bytes())
	last := ""
	tree.each(func(e *readElement) bool { last = e.text(nil); return true })
	if last != "what a box" {
		t.Errorf("the stray line reads %q; a box must not take its letter away", last)
	}
}

func TestPageLabels(t *testing.T) {
	for want, labels := range map[string]string{
		"<</Nums[0<</S/D>>]>>":                                "1 2 3",
		"<</Nums[0<</S/r>>3<</S/D>>]>>":                       "i ii iii 1 2",
		"<</Nums[0<</S/D/St 301>>]>>":                         "301 302",
		"<</Nums[0<</P(Cover)>>1<</S/r/St 9>>]>>":             "Cover ix x xi",
		"<</Nums[0<</S/D/P(A-)>>2<</S/D/P(B-)>>]>>":           "A-1 A-2 B-1",
		"<</Nums[0<</S/D>>1<</S/D/St 5>>2<</S/D/St 4>>]>>":    "1 5 4",
		"<</Nums[0<</P(mixed)>>1<</P(07)>>]>>":                "mixed 07",
		"<</Nums[0<</S/r/St 1998>>2<</P(iiii)>>3<</P(*)>>]>>": "mcmxcviii mcmxcix iiii *",
	} {
		var pages []*layout.Page
		for _, l := range strings.Fields(labels) {
			pages = append(pages, &layout.Page{Label: l})
		}
		if got := string(object.Append(nil, pageLabels(pages))); got != want {
			t.Errorf("labels %s are written %s, want %s", labels, got, want)
		}
	}
}

func TestMetadata(t *testing.T) {
	m := &metadata{Title: "A & B", Authors: []string{"Ann", "Ben <b@example.org>"}, Lang: "de", Prism: []reference.Property{{Name: "issn", Value: "1234-5679"},
		{Name: "startingPage", Value: "3"}, {Name: "endingPage", Value: "9"}}, DOI: "10.1000/1", URL: "https://example.org/a", Rights: "© Ann", LicenceURL: "https://example.org/by",
		Keywords: []string{"type", "ink"}, Date: "2018-12-02", Creator: "twinpress 1"}
	x := string(xmp(m, StandardUA1A2a))
	for _, want := range []string{
		`<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A &amp; B</rdf:li></rdf:Alt></dc:title>`,
		`<rdf:Seq><rdf:li>Ann</rdf:li><rdf:li>Ben &lt;b@example.org&gt;</rdf:li></rdf:Seq>`,
		`<dc:date><rdf:Seq><rdf:li>2018-12-02</rdf:li></rdf:Seq></dc:date>`, `<xmp:CreateDate>2018-12-02T00:00:00Z</xmp:CreateDate>`,
		`<prism:issn>1234-5679</prism:issn>`, `<prism:startingPage>3</prism:startingPage>`, `<dc:identifier>doi:10.1000/1</dc:identifier>`,
		`<pdfaProperty:name>endingPage</pdfaProperty:name>`, `<xmpRights:WebStatement>https://example.org/by</xmpRights:WebStatement>`,
	} {
		if !strings.Contains(x, want) {
			t.Errorf("the packet has no %s\n%s", want, x)
		}
	}
	if err := xml.Unmarshal([]byte(x), new(struct{})); err != nil {
		t.Error(err)
	}
	info := string(object.Append(nil, infoDict(m)))
	if want := "/CreationDate(D:20181202000000Z)/ModDate(D:20181202000000Z)"; !strings.Contains(info, want) {
		t.Errorf("the information dictionary %s has no %s", info, want)
	}
	for date, want := range map[string]string{"2018": "2018-01-01T00:00:00Z", "2018-12-02T10:30:00+02:00": "2018-12-02T10:30:00+02:00", "soon": "", "": ""} {
		if _, stamp := dates(date); stamp != want {
			t.Errorf("date %q is stamped %q, want %q", date, stamp, want)
		}
	}
}

// TestCompose looks at the maroto tree of a page of head, two columns, a note under the first, and foot: each area's
// cell must lie where layout put it, and all of them must be reached.
func TestCompose(t *testing.T) {
	s := newSetter(t)
	s.newPage("1")
	for _, a := range []struct {
		kind       layout.AreaKind
		x, y, w, h float64
	}{{layout.HeadArea, 20, 10, 260, 10}, {layout.ColumnArea, 20, 30, 125, 100}, {layout.NoteArea, 20, 140, 125, 40}, {layout.ColumnArea, 155, 30, 125, 150}, {layout.FootArea, 140, 185, 20, 10}} {
		s.newArea(a.kind, a.x, a.y, a.w, a.h)
		s.line(piece{text: "x"})
	}
	sheet := compose(s.page)
	if n := len(sheet.GetRows()); n != 7 {
		t.Errorf("%d rows, want white, head, white, columns, white, foot, white", n)
	}
	var reached []int
	y := 0.0
	for _, r := range sheet.GetRows() {
		x := 0
		for _, c := range r.GetColumns() {
			for _, n := range c.GetStructure().GetNexts() {
				i := n.GetData().Value.(int)
				reached = append(reached, i)
				a := s.page.Areas[i]
				if left := float64(x) / gridSize * 300; math.Abs(left-a.X.Points()) > .01 {
					t.Errorf("area %d begins at %g of the width, want %g", i, left, a.X.Points())
				}
				if top := y * 72 / 25.4; top > a.Y.Points()+.01 {
					t.Errorf("area %d lies in a row that begins at %g, under its own top %g", i, top, a.Y.Points())
				}
			}
			x += c.GetSize()
		}
		y += r.GetHeight(nil, nil)
	}
	if height := y * 72 / 25.4; math.Abs(height-200) > .01 {
		t.Errorf("the rows are %g high, the page 200", height)
	}
	if !slices.Equal(reached, []int{0, 1, 2, 3, 4}) {
		t.Errorf("areas reached: %v", reached)
	}
}

func BenchmarkWrite(b *testing.B) {
	e, _, err := Paginate(b.Context(), longIssue(), Options{})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := e.Write(b.Context(), io.Discard); err != nil {
			b.Fatal(err)
		}
	}
}
