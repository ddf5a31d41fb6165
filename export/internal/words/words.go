// Package words knows what languages have of their own: the words that an edition adds to the text (For), how a date is
// written (Date), what parts a number's fraction (DecimalComma), from which side lines are read (RightToLeft), whether
// a first paragraph is indented (IndentsFirst), and what tells one language from another (Guess). All of it stands in one
// table, a row for each language; a new language is one row more. Names of months and the order of dates come from the
// Unicode CLDR, by way of go-playground/locales.
package words

import "strings"

// A Vocabulary holds the words that an edition adds to the text in one language: heads of lists, labels, credits. Both formats
// take them from here, so that a reader of the PDF and a reader of the EPUB are told the same.
//
// Credits and labels with a %s are patterns; the rest stand alone. Lower case is kept where the language wants it in a
// running text, since a backend can raise a letter but not guess which to lower.
type Vocabulary struct {
	Contents, Notes, Cover, TitlePage, Imprint, Contributors, Colophon, Illustrations, Pages, Landmarks string

	Issue, Volume   string // "Issue 112": label before a number
	By              string // "By %s"
	InterviewWith   string // "Interview with %s"
	TranslatedBy    string // "Translated by %s"
	EditedBy        string // "Edited by %s"
	And             string // joins the last two names of a list
	Note, Page      string // before a number
	Figure          string
	Summary         string // head of a standfirst, for who cannot see that it is one
	AboutAuthor     string
	BackToText      string // label of the link from a note to its reference
	BackToReference string // the same where a note has several: "Back to reference %s"
	StartOfContent  string
	End             string // of an article
	FirstPublished  string // "First published as %s"
	Source          string
	Identifier      string
	MadeWith        string // "Made with %s"
	PagesFrom       string // "The page numbers are those of %s"
	PDFEdition      string
	Continued       string
	License         string
	Editors         string
	NotCited        string // over the notes that nothing in the text refers to

	Remark, Tip, Important, Warning, Caution string // kinds of boxes, as GitHub's alerts are called
}

// For gives the words for a BCP 47 language tag; a language without words of its own gets English.
func For(lang string) *Vocabulary {
	if l, _ := find(lang); l != nil && l.words.Contents != "" {
		return &l.words
	}
	return &languages[0].words
}

// Number puts a number to its label, Issue or Volume: "Issue 112". In some languages the label stands around it.
func (w *Vocabulary) Number(label, number string) string {
	if before, after, ok := strings.Cut(label, "%s"); ok {
		return before + number + after
	}
	return label + " " + number
}

// Names joins names as a list is read: "A", "A and B", "A, B and C".
func (w *Vocabulary) Names(names []string) string {
	switch len(names) {
	case 0:
		return ""
	case 1:
		return names[0]
	}
	last := len(names) - 1
	switch w.And {
	case "、", ", ": // East Asia joins all alike
		return strings.Join(names, w.And)
	case "ו": // a prefix of the word behind it
		return strings.Join(names[:last], ", ") + " " + w.And + names[last]
	}
	return strings.Join(names[:last], ", ") + " " + w.And + " " + names[last]
}
