package pdf

import (
	"strings"

	"github.com/twinpress/twinpress/export/pdf/internal/object"
	"github.com/twinpress/twinpress/fonts"
	"github.com/twinpress/twinpress/layout"
)

// A face is a font face as one file uses it. It is filled while the pages' glyphs are gathered, and only read while they
// are drawn.
type face struct {
	*fonts.Face
	index  int    // in file.fonts
	name   string // of the resource
	used   []uint16
	glyphs []glyph // by the face's own glyph number
	space  uint16  // glyph of the word space, 0 when the face has none
	hyphen uint16
	scale  float64 // of a font unit, in thousandths of the em
}

// A glyph is what drawing needs to know of a glyph in use.
type glyph struct {
	used  bool
	code  uint16 // in the subset
	width int32  // thousandths of the em
	text  string // what ToUnicode says of it

	meanings []meaning // what it was seen to stand for
}

// A meaning is a text that a glyph stands for, so many times.
type meaning struct {
	text  string
	times int
}

func (g *glyph) standsFor(text string) {
	for i := range g.meanings {
		if g.meanings[i].text == text {
			g.meanings[i].times++
			return
		}
	}
	g.meanings = append(g.meanings, meaning{text, 1})
}

// decide makes the commonest meaning the glyph's; of equals the first.
func (g *glyph) decide() {
	most := 0
	for _, m := range g.meanings {
		if m.times > most {
			g.text, most = m.text, m.times
		}
	}
	g.meanings = nil
}

// gather finds the faces and glyphs of all pages, decides what each glyph stands for in ToUnicode, and makes the subsets.
// A glyph that stands for one thing here and another there (a small capital for "A" and for "a") keeps its commonest
// meaning; drawing gives the others as ActualText.
func (f *file) gather() error {
	for _, p := range f.in.Pages {
		for i := range p.Areas {
			for _, item := range p.Areas[i].Items {
				line, ok := item.(*layout.Line)
				if !ok {
					continue
				}
				for r := range line.Runs {
					f.gatherRun(&line.Runs[r])
				}
			}
		}
	}
	for _, fc := range f.fonts {
		for _, g := range fc.used {
			fc.glyphs[g].decide()
		}
	}
	// Glyphs seen only in clusters of several get what is left.
	for _, later := range f.clustered {
		f.gatherCluster(later)
	}
	f.clustered = nil
	for _, fc := range f.fonts {
		if err := f.embed(fc); err != nil {
			return err
		}
	}
	return nil
}

// face gives the face of an id, in the order of first use.
func (f *file) face(id layout.FaceID) *face {
	if int(id) < len(f.faces) && f.faces[id] != nil {
		return f.faces[id]
	}
	for int(id) >= len(f.faces) {
		f.faces = append(f.faces, nil)
	}
	own := f.in.Face(id)
	for _, known := range f.fonts {
		if known.Face == own {
			f.faces[id] = known
			return known
		}
	}
	fc := &face{Face: own, index: len(f.fonts), name: "F" + itoa(len(f.fonts)+1), glyphs: make([]glyph, own.NumGlyphs())}
	fc.space, _ = own.Glyph(' ')
	fc.hyphen, _ = own.Glyph('-')
	fc.scale = 1000 / float64(own.UnitsPerEm())
	f.faces[id] = fc
	f.fonts = append(f.fonts, fc)
	return fc
}

// lacks reports whether some of the glyphs stand for a character that the face does not have.
func (fc *face) lacks(glyphs []layout.Placed) bool {
	for _, g := range glyphs {
		if g.ID == 0 || int(g.ID) >= len(fc.glyphs) {
			return true
		}
	}
	return false
}

func (fc *face) use(g uint16) *glyph {
	e := &fc.glyphs[g]
	if !e.used {
		e.used = true
		fc.used = append(fc.used, g)
	}
	return e
}

func (f *file) gatherRun(r *layout.Run) {
	if len(r.Glyphs) == 0 && strings.TrimRight(r.Text, " ") == r.Text {
		return
	}
	fc := f.face(r.Face)
	if fc.space != 0 && endsInUndrawnSpace(r) {
		fc.use(fc.space).standsFor(" ")
	}
	eachCluster(r, func(first, last int, text string) {
		glyphs := r.Glyphs[first:last]
		if fc.lacks(glyphs) {
			return
		}
		switch {
		case r.Hyphen:
			text = "-" // it is in no text; see drawing.hyphen
		case fc.unseen(glyphs, text):
			return
		}
		if len(glyphs) == 1 {
			fc.use(glyphs[0].ID).standsFor(fc.meaning(glyphs[0].ID, text))
			return
		}
		for _, g := range glyphs {
			fc.use(g.ID)
		}
		f.clustered = append(f.clustered, cluster{fc, glyphs, text})
	})
}

// A cluster is several glyphs that stand for a text together.
type cluster struct {
	face   *face
	glyphs []layout.Placed
	text   string
}

// gatherCluster gives each glyph of a cluster which has no meaning yet the character of the text that the face maps to it
// (a letter and its accent, shaped apart); the rest get the whole text, since every glyph must have some meaning
// (ISO 19005-2 § 6.2.11.7.2), and drawing puts the true text over the cluster.
func (f *file) gatherCluster(c cluster) {
	for _, g := range c.glyphs {
		e := &c.face.glyphs[g.ID]
		for _, r := range c.text {
			if id, ok := c.face.Glyph(r); e.text == "" && ok && id == g.ID {
				e.text = string(r)
			}
		}
		if e.text == "" {
			e.text = c.face.meaning(g.ID, c.text)
		}
	}
}

// meaning is a cluster's text as one of the face's glyphs shows it: spaces and hyphens of any kind that are drawn with
// the plain glyph count as plain, and what is never seen does not count.
func (fc *face) meaning(g uint16, text string) string {
	switch {
	case g == 0:
		return ""
	case len(text) == 1 && text[0] >= ' ':
		return text
	case g == fc.space && isOneOf(text, "\u00a0\u202f\u2009\u2007\u2002\u2003\t\n"):
		return " "
	case g == fc.hyphen && isOneOf(text, "\u00ad\u2010\u2011"):
		return "-"
	}
	if strings.ContainsAny(text, "\u00ad\u200b\u2060\ufeff") {
		return strings.Map(func(r rune) rune {
			switch r {
			case '\u00ad', '\u200b', '\u2060', '\ufeff':
				return -1
			}
			return r
		}, text)
	}
	return text
}

// unseen reports whether the glyphs stand for characters that are never seen, like a soft hyphen within a line or a word
// joiner. Shapers give them an empty glyph; it is not drawn.
func (fc *face) unseen(glyphs []layout.Placed, text string) bool {
	return text != "" && len(glyphs) == 1 && fc.meaning(glyphs[0].ID, text) == ""
}

func isOneOf(text, set string) bool {
	for _, r := range set {
		if text == string(r) {
			return true
		}
	}
	return false
}

// embed makes the subset of a face and gives its glyphs their codes.
func (f *file) embed(fc *face) error {
	if len(fc.used) == 0 {
		return nil
	}
	sub, err := fc.Subset(fc.used)
	if err != nil {
		return err
	}
	m := fc.Metrics()
	n := func(v int) int { return object.Thousandths(v, m.UnitsPerEm) }
	embedded := &object.Font{
		Name: sub.Name, Family: fc.Family(), Weight: fc.Weight() / 100 * 100, Program: sub.Data, CFF: sub.CFF,
		Widths: make([]int, len(sub.Glyphs)), Text: make([]string, len(sub.Glyphs)),
		Ascent: n(m.Ascent), Descent: n(m.Descent), CapHeight: n(m.CapHeight), XHeight: n(m.XHeight), StemV: n(m.StemV),
		ItalicAngle: m.ItalicAngle, BBox: [4]int{n(m.XMin), n(m.YMin), n(m.XMax), n(m.YMax)},
		Flags: fc.DescriptorFlags(),
	}
	for code, old := range sub.Glyphs {
		width := n(fc.Advance(old))
		g := &fc.glyphs[old]
		if g.used && g.text == "" {
			g.text = "\ufffd" // of no known meaning, which is better said than left open
		}
		g.code, g.width = uint16(code), int32(width)
		embedded.Widths[code], embedded.Text[code] = width, g.text
	}
	f.fontRefs = append(f.fontRefs, fontRef{fc, f.pdf.AddFont(embedded)})
	return nil
}

type fontRef struct {
	face *face
	ref  object.Ref
}

// eachCluster calls visit for each cluster of a run, in the order of the glyphs, with the glyphs' indexes and the text
// that they stand for. Spaces at the end of a run which are not drawn are not part of its last cluster.
func eachCluster(r *layout.Run, visit func(first, last int, text string)) {
	glyphs := r.Glyphs
	text := r.Text
	if endsInUndrawnSpace(r) {
		text = strings.TrimRight(text, " \n")
	}
	rising := true
	for i := 1; i < len(glyphs) && rising; i++ {
		rising = glyphs[i].Cluster >= glyphs[i-1].Cluster
	}
	for first := 0; first < len(glyphs); {
		start := glyphs[first].Cluster
		last := first + 1
		for last < len(glyphs) && glyphs[last].Cluster == start {
			last++
		}
		length := int32(len(text))
		begin, end := min(max(0, start), length), length
		// The text ends where the next cluster of the text begins: with rising clusters the next one drawn.
		if rising {
			if last < len(glyphs) {
				end = glyphs[last].Cluster
			}
		} else {
			for _, g := range glyphs {
				if g.Cluster > start && g.Cluster < end {
					end = g.Cluster
				}
			}
		}
		if start == lowestCluster(glyphs) && strings.Trim(text[:begin], " \n\u00ad") != "" {
			begin = 0
		}
		visit(first, last, text[begin:max(begin, min(end, length))])
		first = last
	}
}

// lowestCluster is the place where the text of a run's glyphs begins, for clusters that rise or fall.
func lowestCluster(glyphs []layout.Placed) int32 {
	return min(glyphs[0].Cluster, glyphs[len(glyphs)-1].Cluster)
}

// endsInUndrawnSpace reports whether a run's text ends in a word space that no glyph stands for: the one that a line
// break took the place of.
func endsInUndrawnSpace(r *layout.Run) bool {
	n := len(r.Text)
	if n == 0 || r.Text[n-1] != ' ' && r.Text[n-1] != '\n' {
		return false
	}
	if len(r.Glyphs) == 0 {
		return true
	}
	high := max(r.Glyphs[0].Cluster, r.Glyphs[len(r.Glyphs)-1].Cluster)
	return int(high) < n && strings.TrimRight(r.Text[high:], " \n") != ""
}

func itoa(n int) string { return string(object.Append(nil, object.Int(n))) }
