package pdf

import (
	"bytes"
	"os"
	"strings"
	"testing"

	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// A setter puts words on pages the simplest way there is, so that what the writer is given can be seen at a glance: lines
// as long as they are told, one run for each change of style, tag or link.
type setter struct {
	t     testing.TB
	in    *Input
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
	s.in = &Input{
		Face:      func(id layout.FaceID) *fonts.Face { return s.faces[id] },
		Structure: &StructNode{Type: Document},
		Links:     []Link{{}},
		Metadata:  Metadata{Title: "On Setting Type", Lang: "en-GB", Authors: []string{"A. Compositor"}, Date: "2018-12-02", Creator: "twinpress"},
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

func (s *setter) add(parent *StructNode, n *StructNode) *StructNode {
	if parent == nil {
		parent = s.in.Structure
	}
	parent.Children = append(parent.Children, n)
	return n
}

func (s *setter) bytes() []byte {
	s.t.Helper()
	s.in.Report = func(f Fault) { s.t.Errorf("fault %+v", f) }
	var b bytes.Buffer
	if err := Write(&b, s.in); err != nil {
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
	art := s.add(nil, &StructNode{Type: Art, Title: "On Setting Type"})
	head, para, em, ref, link, note, lbl, back, body := s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag(), s.tag()
	s.add(art, &StructNode{Type: H1, Tag: head})
	p := s.add(art, &StructNode{Type: P, Tag: para})
	s.add(p, &StructNode{Type: Span, Tag: em, Lang: "fr"})
	r := s.add(p, &StructNode{Type: Reference, Tag: ref})
	s.in.Links = append(s.in.Links, Link{Dest: "note-1", Contents: "Note 1"}, Link{Dest: "ref-1", Contents: "Back to the text"}, Link{URI: "https://example.org/", Contents: "example.org"})
	s.add(r, &StructNode{Type: LinkElem, Tag: link, Link: 1})
	n := s.add(art, &StructNode{Type: NoteElem, Tag: note, ID: "note-1"})
	l := s.add(n, &StructNode{Type: Lbl, Tag: lbl})
	s.add(l, &StructNode{Type: LinkElem, Tag: back, Link: 2})
	np := s.add(n, &StructNode{Type: P, Tag: body})
	url := s.tag()
	s.add(np, &StructNode{Type: LinkElem, Tag: url, Link: 3})

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
	s.in.Outline = []OutlineEntry{{1, "On Setting Type", "top", true}, {2, "Second page — «é»", "second", false}}
	return s
}

func TestWriteSampler(t *testing.T) {
	a, b := sampler(t).bytes(), sampler(t).bytes()
	if !bytes.Equal(a, b) {
		t.Error("two files of the same input differ")
	}
}
