package epub

import (
	"bytes"
	"fmt"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/proof"
)

// set is a text of the document as it stands in the body of a part, page markers among it.
type set struct {
	text  *document.Text
	code  *document.CodeBlock // whose text it is, when text is nil
	xhtml []byte              // part of the body
}

// noteText notes that what was written since byte from is a text of the document.
func (w *writer) noteText(t *document.Text, c *document.CodeBlock, from int) {
	if !w.furniture {
		w.sets = append(w.sets, extent{t, c, from, len(w.buf)})
	}
}

// extent is a set while the body, which may move, is being written.
type extent struct {
	text     *document.Text
	code     *document.CodeBlock
	from, to int
}

// finished gives what a writer wrote, to the part.
func (w *writer) finished() {
	w.leadBack()
	w.part.body, w.part.written = w.buf, w.used
	w.part.sets = make([]set, len(w.sets))
	for i, s := range w.sets {
		w.part.sets[i] = set{s.text, s.code, w.buf[s.from:s.to]}
	}
}

// proofread holds the finished pages against the articles: every text of the document must stand in one of them, and once.
// The error is the first fault; the others are noted.
func (b *book) proofread(pages map[string][]byte) error {
	var sets []set
	var pieces []proof.Piece
	note := func(p proof.Piece) { pieces = append(pieces, p) }
	for _, p := range b.parts {
		if len(p.sets) > 0 && !bytes.Contains(pages[p.path()], p.body) {
			return fmt.Errorf("%s was changed on its way into the container", p.file)
		}
		sets = append(sets, p.sets...)
		if p.article == nil {
			continue
		}
		a := *p.article
		a.Image = a.Lead()
		proof.Body(&a, "epub", note)
		proof.Notes(&a, "epub", note)
	}
	report := proof.Report{Edition: "EPUB"}
	if !inOrder(pieces, sets) {
		compare(pieces, sets, &report)
	}
	faults := report.Problems()
	if len(faults) == 0 {
		return nil
	}
	b.problems = append(b.problems, faults[1:]...)
	return faults[0]
}

// inOrder reports whether all is well, in the one order that is quick to see.
func inOrder(pieces []proof.Piece, sets []set) bool {
	if len(pieces) != len(sets) {
		return false
	}
	for i := range pieces {
		if pieces[i].Text != sets[i].text || pieces[i].Code != sets[i].code || !sets[i].says(pieces[i].Value) {
			return false
		}
	}
	return true
}

// compare looks for each text wherever it stands, and reports what stands nowhere, or more often than in the document.
func compare(pieces []proof.Piece, sets []set, report *proof.Report) {
	type key struct {
		text *document.Text
		code *document.CodeBlock
	}
	times := map[key]int{}
	for _, s := range sets {
		times[key{s.text, s.code}]++
	}
	for _, p := range pieces {
		if k := (key{p.Text, p.Code}); times[k] > 0 {
			times[k]--
		} else if proof.HasLetters(p.Value) {
			report.Lost(p)
		}
	}
	for _, p := range pieces {
		if times[key{p.Text, p.Code}] > 0 {
			report.Doubled(p)
		}
	}
	for _, s := range sets {
		value, pos := "", document.Pos{}
		if s.text != nil {
			value, pos = s.text.Value, s.text.Position()
		} else {
			value, pos = s.code.Text, s.code.Position()
		}
		if !s.says(value) {
			report.Lost(proof.Piece{Value: value, Pos: pos})
		}
	}
}

// says reports whether a text reads, without the page markers, as it does in the document.
func (s *set) says(value string) bool {
	if string(s.xhtml) == value {
		return true
	}
	text := s.xhtml
	for {
		i := bytes.IndexByte(text, '<')
		if i < 0 {
			break
		}
		end := bytes.IndexByte(text[i:], '>')
		if end < 0 {
			return false
		}
		text = append(text[:i:i], text[i+end+1:]...)
	}
	return string(text) == esc(value)
}
