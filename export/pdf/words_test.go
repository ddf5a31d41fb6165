package pdf

import (
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/hugo"
	"github.com/twinpress/twinpress/export/internal/doctest"
	"github.com/twinpress/twinpress/export/style"
)

// TestWordsReadBack reads the structure of finished files back and compares it, word for word and in order, with the
// article that they were made from: its text, then its notes. What the press adds (credits, the numbers of lists and notes,
// labels) may stand between; nothing may be missing.
func TestWordsReadBack(t *testing.T) {
	for _, file := range doctest.Articles(t, "../..") {
		t.Run(filepath.Base(file), func(t *testing.T) {
			t.Parallel()
			site, err := hugo.OpenPath(t.Context(), file, hugo.Options{})
			if err != nil {
				t.Fatal(err)
			}
			in := site.Contents().Issues[0]
			issue, _, err := site.Read(t.Context(), in.Offprint(in.Articles[0]))
			if err != nil {
				t.Fatal(err)
			}
			names := style.Names()
			if testing.Short() {
				names = names[:1]
			}
			var texts, noteTexts []string
			for _, name := range names {
				e := paginate(t, issue, Options{Style: style.House(name)})
				data, _, err := e.Bytes(t.Context())
				if err != nil {
					t.Fatal(err)
				}
				tree, _ := readBack(t, data)
				var gotText, gotNotes strings.Builder
				readWords(tree, &gotText, &gotNotes)
				texts, noteTexts = append(texts, gotText.String()), append(noteTexts, gotNotes.String())
			}
			text, notes := wordsOf(issue)
			for i, name := range names {
				wordsInOrder(t, name+": text", text, fields(texts[i]))
				wordsInOrder(t, name+": notes", notes, fields(noteTexts[i]))
			}
		})
	}
}

// wordsOf gives the words of an issue's texts and of its notes. Formulas, whose form is not their source's, and what stands in
// the place of pictures that were not found have tests of their own.
func wordsOf(issue *document.Issue) (text, notes []string) {
	for _, a := range issue.Articles {
		b := *a
		drop := func(n document.Node) bool {
			switch n := n.(type) {
			case *document.Math:
				n.TeX = ""
			case *document.MathBlock:
				n.TeX = ""
			case *document.Image:
				n.Alt = ""
			}
			return true
		}
		document.WalkArticle(a, drop)
		b.Notes = nil
		body, all := document.PlainWords(&b), document.PlainWords(a)
		text, notes = append(text, body...), append(notes, all[len(body):]...)
	}
	return text, notes
}

// inlines are the kinds of elements within a line; the ends of all others part words.
var inlines = []string{"Span", "Link", "Reference", "Em", "Strong", "Quote", "Code", "Lbl", "Annot", "Figure"}

// readWords writes what a tree says: the notes apart, in the order of their references.
func readWords(e *readElement, text, notes *strings.Builder) {
	switch {
	case e.kind == "TOC", softHyphen(e):
		return
	case e.kind == "Reference", e.kind == "Formula": // but for the space that may end its line
		if s := e.text(nil); strings.TrimSpace(s) != s {
			text.WriteByte(' ')
		}
		return
	case e.kind == "Note" && text != notes:
		text = notes
	}
	if e.actual != "" {
		text.WriteString(e.actual)
		return
	}
	inline := slices.Contains(inlines, e.kind)
	if !inline {
		text.WriteByte('\n')
	}
	reference := func(i int) bool {
		k, ok := e.parts[i].(*readElement)
		return ok && k.kind == "Reference"
	}
	for i, p := range e.parts {
		switch p := p.(type) {
		case string:
			if strings.TrimSpace(p) == "" && i > 0 && i < len(e.parts)-1 && reference(i-1) && reference(i+1) {
				continue // parts the marks of two notes
			}
			text.WriteString(p)
		case *readElement:
			readWords(p, text, notes)
		}
	}
	if !inline || e.kind == "Lbl" {
		text.WriteByte('\n')
	}
}

// fields parts words, without what only says where they may be broken.
func fields(s string) []string {
	return strings.Fields(strings.NewReplacer("\u00ad", "", "\u200b", "", "\u2060", "").Replace(s))
}

// wordsInOrder looks for each word wanted among those got, in order.
func wordsInOrder(t *testing.T, what string, want, got []string) {
	t.Helper()
	want = fields(strings.Join(want, " "))
	const reach = 60 // words that the press may add in one place: a long list of authors
	at, lost := 0, 0
	for i, w := range want {
		if !strings.ContainsFunc(w, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) {
			continue // a stop after a formula or a lost picture
		}
		end := min(len(got), at+reach)
		if n := slices.Index(got[at:end], w); n >= 0 {
			at += n + 1
			continue
		}
		if lost++; lost <= 5 {
			t.Errorf("%s: word %d, %q, is missing after %q: there is %q", what, i, w, want[max(0, i-4):i], got[at:min(len(got), at+8)])
		}
	}
	if lost > 5 {
		t.Errorf("%s: %d of %d words are missing", what, lost, len(want))
	}
}
