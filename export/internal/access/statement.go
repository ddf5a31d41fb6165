package access

import (
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
)

// Facts are what the content does not tell.
type Facts struct {
	EPUB      bool     // it is told of the EPUB alone
	PageList  bool     // the EPUB has the PDF's page numbers
	Standards []string // of accessibility, that the PDF keeps
	Claim     string   // what the publisher vouches for, of the EPUB
	Certifier string
	Contact   string
}

// Statement tells a report in words, in the language given or, where we have no words in it, in English.
func (r *Report) Statement(f Facts, lang string) *document.Statement {
	w := words.ForStatement(lang)
	s := &document.Statement{Language: lang, Title: w.Title}
	if base, _, _ := strings.Cut(strings.ToLower(lang), "-"); base != w.Language {
		s.Language = w.Language
	}
	s.Blocks = append(s.Blocks, paragraph(w.Intro), heading(w.There), list(r.there(f, w)))
	if lacks := r.lacks(f, w); len(lacks) > 0 {
		s.Blocks = append(s.Blocks, heading(w.Lacking), list(lacks))
	} else {
		s.Blocks = append(s.Blocks, heading(w.Lacking), paragraph(w.NoLack))
	}
	if f.Contact != "" {
		s.Blocks = append(s.Blocks, paragraph(fill(w.Contact, f.Contact)))
	}
	return s
}

// Summary is what a report says, in a few sentences, for metadata; the language is the one that it is in.
func (r *Report) Summary(f Facts, lang string) (summary, in string) {
	w := words.ForStatement(lang)
	if base, _, _ := strings.Cut(strings.ToLower(lang), "-"); base != w.Language {
		lang = w.Language
	}
	var sentences []string
	for _, it := range append(r.there(f, w), r.lacks(f, w)...) {
		sentences = append(sentences, strings.TrimRight(it.text, ".")+".")
	}
	return strings.Join(sentences, " "), lang
}

// An item is one of a list, with a list below it.
type item struct {
	text  string
	below []string
}

func (r *Report) there(f Facts, w *words.StatementWords) (out []item) {
	add := func(s string) { out = append(out, item{text: s}) }
	count := func(pattern string, n int) {
		if n > 0 {
			add(fill(pattern, strconv.Itoa(n)))
		}
	}
	add(w.Text)
	add(w.Order)
	if f.PageList {
		add(w.PageNumbers)
	}
	count(w.Notes, r.Notes)
	if r.Pictures > 0 {
		s := []string{fill(w.Pictures, strconv.Itoa(r.Pictures))}
		if r.Described > 0 {
			s = append(s, fill(w.Described, strconv.Itoa(r.Described)))
		}
		if r.Ornaments > 0 {
			s = append(s, fill(w.Ornaments, strconv.Itoa(r.Ornaments)))
		}
		add(strings.Join(s, "; "))
	}
	count(w.Formulas, r.Formulas)
	count(w.Tables, r.Tables)
	if len(r.Languages) > 0 {
		add(fill(w.Languages, strings.Join(r.Languages, ", ")))
	}
	if r.Moving == 0 {
		add(w.Still)
	}
	if len(f.Standards) > 0 && !f.EPUB {
		add(fill(w.PDF, strings.Join(f.Standards, ", ")))
	}
	if f.Claim != "" {
		add(fill(w.Claim, f.Claim))
		if f.Certifier != "" {
			add(fill(w.Certified, f.Certifier))
		}
	}
	return out
}

func (r *Report) lacks(f Facts, w *words.StatementWords) (out []item) {
	count := func(pattern string, n int) {
		if n > 0 {
			out = append(out, item{text: fill(pattern, strconv.Itoa(n))})
		}
	}
	if n := len(r.Lacking); n > 0 {
		it := item{text: fill(w.Undescribed, strconv.Itoa(n))}
		for _, p := range r.Lacking {
			it.below = append(it.below, strings.TrimSpace(document.PlainText(p.Article.Title))+", "+fill(w.Picture, strconv.Itoa(p.Number))+" ("+p.Name+")")
		}
		out = append(out, it)
	}
	count(w.Captions, r.Captioned)
	count(w.Sources, r.Sources)
	count(w.Headless, r.Headless)
	count(w.Moving, r.Moving)
	if len(f.Standards) == 0 && !f.EPUB {
		out = append(out, item{text: w.NoTags})
	}
	if f.Claim == "" {
		out = append(out, item{text: w.NoClaim})
	}
	return out
}

func fill(pattern, s string) string { return strings.Replace(pattern, "%s", s, 1) }

func heading(s string) document.Block {
	return &document.Heading{Level: 1, Content: document.Line(s)}
}

func paragraph(s string) document.Block { return &document.Paragraph{Content: document.Line(s)} }

func list(items []item) document.Block {
	l := &document.List{Tight: true}
	for _, it := range items {
		li := &document.ListItem{Blocks: []document.Block{paragraph(it.text)}}
		if len(it.below) > 0 {
			inner := &document.List{Tight: true}
			for _, s := range it.below {
				inner.Items = append(inner.Items, &document.ListItem{Blocks: []document.Block{paragraph(s)}})
			}
			li.Blocks = append(li.Blocks, inner)
		}
		l.Items = append(l.Items, li)
	}
	return l
}
