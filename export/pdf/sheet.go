package pdf

import (
	"context"
	"fmt"
	"io"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typeset"
	"github.com/twinpress/twinpress/export/pdf/internal/flow"
	"github.com/twinpress/twinpress/layout"
)

// A Sheet is one placed page that is to be printed larger than it is cut: a cover in one piece.
type Sheet struct {
	Page *layout.Page
	// The page's trim box lies this far within the paper, its bleed box so far outside of that (ISO 32000-1 § 14.11.2).
	Margin, Bleed layout.Length
	// Turned are areas whose items stand on their side: in a space whose origin is a corner of the area, along which their lines
	// run, from its head down or, with Up, from its foot upwards.
	Turned []int
	Up     bool
	Parts  []SheetPart // in the order of reading: all that is no artifact
	// Pictures are files, by layout.PictureItem.Ref.
	Pictures [][]byte
	Title    string
}

// A SheetPart is text, or a picture with what it says to who cannot see it.
type SheetPart struct {
	Tag     layout.Tag
	Picture bool
	Alt     string // a picture without is an artifact
	Group   string // what it lies on; parts of one group follow each other
}

// WriteSheet writes a sheet as a PDF of one page. The typesetter is the one that it was set with. The problems are what could not
// be drawn as asked.
func WriteSheet(ctx context.Context, w io.Writer, issue *document.Issue, s *Sheet, types *typeset.Typesetter, opts Options) ([]document.Problem, error) {
	in := &input{Pages: []*layout.Page{s.Page}, Face: types.Face, Fonts: types.Set, Standard: opts.Standard, Structure: s.structure(), sheet: s}
	in.Metadata = describe(issue, &flow.Composition{JournalTitle: issue.Journal.Title}, opts, nil)
	in.Metadata.Title = joinTitle(in.Metadata.Title, s.Title)
	for i, data := range s.Pictures {
		in.Pictures = append(in.Pictures, flow.Picture{Name: fmt.Sprint("picture ", i), Data: func() ([]byte, error) { return data, nil }})
	}
	var problems []document.Problem
	in.Report = func(f fault) {
		problems = append(problems, document.Problem{Code: f.Code, Severity: document.Warning, Message: s.Title + ": " + f.Detail})
	}
	if err := write(ctx, w, in); err != nil {
		return problems, fmt.Errorf("write %s as PDF: %w", s.Title, err)
	}
	return problems, nil
}

// structure makes the tree of a sheet's parts: a section for each group, the first text of all its head.
func (s *Sheet) structure() *flow.StructNode {
	root := &flow.StructNode{Type: flow.Document}
	var group *flow.StructNode
	headed := false
	silent := map[layout.Tag]bool{}
	for _, p := range s.Parts {
		if p.Picture && p.Alt == "" {
			silent[p.Tag] = true
			continue
		}
		if group == nil || group.Title != p.Group {
			group = &flow.StructNode{Type: flow.Sect, Title: p.Group}
			root.Children = append(root.Children, group)
		}
		n := &flow.StructNode{Type: flow.P, Tag: p.Tag}
		switch {
		case p.Picture:
			n.Type, n.Alt, n.Block = flow.Figure, p.Alt, true
		case !headed:
			n.Type, headed = flow.H1, true
		}
		group.Children = append(group.Children, n)
	}
	for _, a := range s.Page.Areas {
		for _, it := range a.Items {
			if pic, ok := it.(*layout.PictureItem); ok && silent[pic.Tag] {
				pic.Tag = 0
			}
		}
	}
	return root
}

// turn gives the map from an upright page to an area that is turned; ok is false for the others.
func (s *Sheet) turn(area int) (m [6]float64, ok bool) {
	for _, t := range s.Turned {
		if t != area {
			continue
		}
		a, h := &s.Page.Areas[area], s.Page.Height.Points()
		x, y := a.X.Points(), a.Y.Points()
		if s.Up {
			return [6]float64{0, 1, -1, 0, x + h, h - y - a.Height.Points()}, true
		}
		return [6]float64{0, -1, 1, 0, x + a.Width.Points() - h, h - y}, true
	}
	return m, false
}

// boxes are the trim and the bleed box, in points: left, bottom, right, top.
func (s *Sheet) boxes() (trim, bleed [4]float64) {
	w, h := s.Page.Width.Points(), s.Page.Height.Points()
	in := func(d float64) [4]float64 { return [4]float64{d, d, w - d, h - d} }
	return in(s.Margin.Points()), in((s.Margin - s.Bleed).Points())
}
