package markdown

import (
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/typography"
)

// define makes a note of its definition.
func (r *Reader) define(e *elem) *document.Note {
	label := strings.TrimSpace(e.text)
	if first := r.notes[label]; first != nil {
		r.problem("duplicate-note", e.pos(), "note [^"+label+"] is defined again; the first definition stands at line "+strconv.Itoa(first.Pos.Line), "")
		return first
	}
	n := &document.Note{Pos: e.pos(), Label: label}
	r.notes[label] = n
	if fold := strings.ToLower(label); r.notesFolded[fold] == nil {
		r.notesFolded[fold] = n
	}
	r.bodies[n] = e
	r.noteOrder = append(r.noteOrder, n)
	return n
}

// number gives the notes their numbers, in order of first citation: first those that the text cites, then those that
// these notes cite, and so on. The text of a note is read when it is reached, so that every note has its citations.
func (r *Reader) number() {
	cite := func(n document.Node) bool {
		ref, ok := n.(*document.NoteRef)
		if !ok {
			return true
		}
		note := ref.Note
		if note.Number == 0 {
			r.art.Notes = append(r.art.Notes, note)
			note.Number = len(r.art.Notes)
		}
		note.Refs = append(note.Refs, ref)
		ref.Index = len(note.Refs)
		return true
	}
	document.WalkArticle(r.art, cite)
	read := 0 // notes whose text has been read
	for ; read < len(r.art.Notes); read++ {
		r.readNote(r.art.Notes[read], cite)
	}
	for _, n := range r.noteOrder {
		if n.Number > 0 {
			continue
		}
		what, hint := "is never cited and stands after the others", "cite it with [^"+n.Label+"], or set unused-notes: drop"
		if r.md.set.DropUnusedNotes {
			what, hint = "is never cited and was left out", "cite it with [^"+n.Label+"], or set unused-notes: print"
		}
		r.problem("unused-note", n.Pos, "note [^"+n.Label+"] "+what+": "+source.Shorten(r.bodies[n].plain(), 60), hint)
		if r.md.set.DropUnusedNotes {
			continue
		}
		r.art.Notes = append(r.art.Notes, n)
		n.Number = len(r.art.Notes)
		for ; read < len(r.art.Notes); read++ {
			r.readNote(r.art.Notes[read], cite)
		}
	}
}

// readNote reads the text of a note and counts what it cites.
func (r *Reader) readNote(n *document.Note, cite func(document.Node) bool) {
	if e := r.bodies[n]; e != nil {
		n.Blocks = r.blocks(e.kids)
	}
	document.WalkBlocks(n.Blocks, cite)
}

// WithoutNotes drops citations from what is printed away from the article: in a contents list they would lead nowhere.
func WithoutNotes(is []document.Inline) []document.Inline {
	out := is[:0:len(is)]
	for _, n := range is {
		switch n := n.(type) {
		case *document.NoteRef:
			continue
		case *document.Styled:
			n.Content = WithoutNotes(n.Content)
		case *document.Link:
			n.Content = WithoutNotes(n.Content)
		}
		out = append(out, n)
	}
	return typography.Join(out)
}
