package reference

import (
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typography"
	"github.com/twinpress/twinpress/export/internal/words"
)

// Line is a citation in words, as it can be copied from a page: who wrote what, in which journal, volume, issue, when, on which
// pages, and where it is found. What is not known is left out. The words are the work's language's.
func (w *Work) Line() string {
	v := words.For(w.Language)
	var sentences []string
	add := func(s string) {
		if s != "" {
			sentences = append(sentences, s)
		}
	}
	open, shut := typography.Marks(w.Language)
	if w.Article != nil {
		add(v.Names(printed(w.Creators())))
		if t := w.FullTitle(); t != "" {
			add(open + t + shut)
		}
		if n := printed(w.Interviewees); len(n) > 0 && len(w.Authors) > 0 {
			add(strings.Replace(v.InterviewWith, "%s", v.Names(n), 1))
		}
		if n := printed(w.Translators); len(n) > 0 {
			add(strings.Replace(v.TranslatedBy, "%s", v.Names(n), 1))
		}
	}
	add(w.where(v))
	if a := w.Address(); a != "" {
		return strings.Join(append(sentences, a), ". ")
	}
	return strings.Join(sentences, ". ") + "."
}

// where tells in which journal a work stands, when it appeared, and on which pages.
func (w *Work) where(v *words.Vocabulary) string {
	var parts []string
	if w.Journal.Title != "" {
		parts = append(parts, w.Journal.Title)
	}
	if l := w.Label(v); l != "" {
		parts = append(parts, l)
	}
	if w.Article == nil && w.IssueTitle != "" {
		open, shut := typography.Marks(w.Language)
		parts = append(parts, open+w.IssueTitle+shut)
	}
	s := strings.Join(parts, ", ")
	if d := words.Date(w.Date, w.Language); d != "" {
		s = strings.TrimSpace(s + " (" + d + ")")
	}
	if r := w.Pages.Range("–"); r != "" {
		s = strings.TrimPrefix(s+": "+r, ": ")
	}
	return s
}

// Label names the issue that a work stands in, or is, in a language's words: "vol. 3, no. 12"; "" when it has no number.
func (w *Work) Label(v *words.Vocabulary) string { return v.Label(w.Volume, w.Number) }

func printed(ps []document.Person) []string {
	var out []string
	for _, p := range ps {
		if n := squeeze(p.Name); n != "" && !slices.Contains(out, n) {
			out = append(out, n)
		}
	}
	return out
}
