package pdf

import (
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/layout"
)

// PageText is what an article says on a page, in the document's own words: no numbers of notes, no running heads.
type PageText struct {
	Index                int // of the page in the edition
	Label                string
	Body, Notes, Figures Said // figures: captions, and tables
}

// Said is a text and the place at which it begins; no place when there is none.
type Said struct {
	Text string
	Pos  document.Pos
}

// Texts gives what each article says on each of the pages that it stands on, in order.
func (e *Edition) Texts() map[*document.Article][]PageText {
	r := &transcript{c: e.made, heads: census{heads: map[layout.Tag]*layout.Area{}}, figures: map[layout.Tag]bool{}, texts: map[*document.Article]map[int]*[3]said{}}
	r.heads.findHeads(e.made.Structure, false)
	r.findFigures(e.made.Structure, false)
	for i, p := range e.Pages {
		for a := range p.Areas {
			r.area(i, &p.Areas[a])
		}
	}
	out := make(map[*document.Article][]PageText, len(e.stands))
	for a, on := range e.stands {
		for _, i := range on {
			p := PageText{Index: i, Label: e.Pages[i].Label}
			if of := r.texts[a][i]; of != nil {
				p.Body, p.Notes, p.Figures = of[inBody].done(), of[inNotes].done(), of[inFigures].done()
			}
			out[a] = append(out[a], p)
		}
	}
	return out
}

// A transcript gathers what pages say.
type transcript struct {
	c       *flow.Composition
	heads   census // of tables, which are repeated
	figures map[layout.Tag]bool
	share   *flow.Share
	texts   map[*document.Article]map[int]*[3]said
}

const (
	inBody = iota
	inNotes
	inFigures
)

type said struct {
	text strings.Builder
	pos  document.Pos
}

func (s *said) done() Said { return Said{strings.Join(strings.Fields(s.text.String()), " "), s.pos} }

// findFigures notes the elements within figures and tables.
func (r *transcript) findFigures(n *flow.StructNode, in bool) {
	in = in || n.Type == flow.Figure || n.Type == flow.Table || n.Type == flow.Caption
	if in {
		r.figures[n.Tag] = true
	}
	for _, k := range n.Children {
		r.findFigures(k, in)
	}
}

func (r *transcript) area(page int, area *layout.Area) {
	for _, it := range area.Items {
		l, ok := it.(*layout.Line)
		if !ok {
			continue
		}
		var last *said
		for i := range l.Runs {
			if s := r.run(page, area, &l.Runs[i]); s != nil {
				last = s
			}
		}
		if last != nil && !l.Hyphen {
			last.text.WriteByte(' ')
		}
	}
}

// run reads a run, and gives the text that it is of; nil for what is none of the document's.
func (r *transcript) run(page int, area *layout.Area, run *layout.Run) *said {
	if run.Artifact || run.Hyphen || r.heads.repeats(run.Tag, area) {
		return nil
	}
	text, code := r.c.Text(run.Source), r.c.Codes[run.Tag]
	if text == nil && code == nil {
		return nil
	}
	if r.share == nil || !r.share.Has(run.Tag) {
		if r.share = r.c.ShareOf(run.Tag); r.share == nil {
			return nil
		}
	}
	pages := r.texts[r.share.Article]
	if pages == nil {
		pages = map[int]*[3]said{}
		r.texts[r.share.Article] = pages
	}
	if pages[page] == nil {
		pages[page] = &[3]said{}
	}
	which := inBody
	switch {
	case area.Kind == layout.NoteArea:
		which = inNotes
	case r.figures[run.Tag]:
		which = inFigures
	}
	s := &pages[page][which]
	if s.pos.Line == 0 {
		if text != nil {
			s.pos = text.Position()
		} else {
			s.pos = code.Position()
		}
	}
	s.text.WriteString(run.Text)
	return s
}
