package pagelock

import (
	"fmt"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// Compare tells what of a published edition would stand on other pages as it is set now: a problem for each article, at the text
// that begins the first such page. Corrections that stay within their page are no problem, nor are articles that are new.
func Compare(published, set *Edition) []document.Problem {
	var out []document.Problem
	hint := "the published pages are cited; --relock takes the new ones instead"
	if published.Size != set.Size {
		hint = fmt.Sprintf("the paper was %s and is %s; ", published.Size, set.Size) + hint
	}
	for i, was := range published.Articles {
		is := set.counterpart(published, i)
		message, pos := "", document.Pos{File: was.File}
		if is == nil {
			message = fmt.Sprintf("stood on %s of the published issue%s and is not in it any more", pages(was), number(published))
		} else {
			message, pos = moved(&was, is)
		}
		if message != "" {
			out = append(out, document.NewProblem("page-moved", pos, message, hint))
		}
	}
	return out
}

// Added gives the articles that a published edition does not know.
func Added(published, set *Edition) []*Article {
	known := map[*Article]bool{}
	for i := range published.Articles {
		known[set.counterpart(published, i)] = true
	}
	var out []*Article
	for i := range set.Articles {
		if a := &set.Articles[i]; !known[a] {
			out = append(out, a)
		}
	}
	return out
}

// counterpart finds a published article: by its file, or, when that has another name now, by its title.
func (e *Edition) counterpart(published *Edition, i int) *Article {
	was := published.Articles[i]
	file := func(name string) func(Article) bool { return func(a Article) bool { return a.File == name } }
	k := slices.IndexFunc(e.Articles, file(was.File))
	if k < 0 {
		k = slices.IndexFunc(e.Articles, func(a Article) bool {
			return a.Title == was.Title && !slices.ContainsFunc(published.Articles, file(a.File))
		})
	}
	if k < 0 {
		return nil
	}
	return &e.Articles[k]
}

func number(e *Edition) string {
	if e.Issue == "" {
		return ""
	}
	return " " + e.Issue
}

// pages names the pages of an article: "pages 3–9".
func pages(a Article) string {
	first, last := a.Pages[0].Label, a.Pages[len(a.Pages)-1].Label
	if first == last {
		return "page " + first
	}
	return "pages " + first + "–" + last
}

// A stream is one of the texts of a page that go over to the next.
type stream struct {
	of   func(*Page) *Ends
	name string // with the page's label
}

var streams = [...]stream{
	{func(p *Page) *Ends { return &p.Text }, "page %s"},
	{func(p *Page) *Ends { return &p.Notes }, "the notes on page %s"},
	{func(p *Page) *Ends { return &p.Figures }, "what figures and tables say on page %s"},
}

// moved tells what of an article stands on other pages, and where its text is; "" when nothing does.
func moved(was, is *Article) (string, document.Pos) {
	pos := document.Pos{File: is.File}
	if was.Pages[0].Label != is.Pages[0].Label {
		return fmt.Sprintf("stood on %s when it was published and stands on %s now", pages(*was), pages(*is)), pos
	}
	first, labels := "", []string(nil)
	for k := 1; k < min(len(was.Pages), len(is.Pages)); k++ {
		for _, text := range streams {
			if !crossed(was, is, k, text.of) {
				continue
			}
			if first == "" {
				first = text.differs(was, is, k)
				if at := text.of(&is.Pages[k]).pos; at.Line > 0 {
					pos = at
				}
			}
			labels = append(labels, was.Pages[k].Label)
			break
		}
	}
	if len(labels) > 1 {
		first += "; other pages that begin otherwise: " + strings.Join(labels[1:], ", ")
	}
	if pages(*was) != pages(*is) {
		if first != "" {
			first += "; "
		}
		first += fmt.Sprintf("the article stood on %s and stands on %s now", pages(*was), pages(*is))
	}
	return first, pos
}

// crossed reports whether a text goes over to a page otherwise than it did. Where the page begins with the same words, or the text
// before it ends with them, nothing has: who corrects the words at a page's head leaves those at the foot before it alone.
func crossed(was, is *Article, k int, of func(*Page) *Ends) bool {
	head, now := letters(of(&was.Pages[k]).First), letters(of(&is.Pages[k]).First)
	if alike(head, now, strings.HasPrefix) {
		return false
	}
	return !alike(letters(before(was, k, of)), letters(before(is, k, of)), strings.HasSuffix)
}

// alike compares the beginnings or ends of two texts, of which one may have been cut shorter.
func alike(a, b string, part func(s, part string) bool) bool {
	if a == "" || b == "" {
		return a == b
	}
	return part(a, b) || part(b, a)
}

// before gives the last words of a text before a page.
func before(a *Article, k int, of func(*Page) *Ends) string {
	for k--; k >= 0; k-- {
		if e := of(&a.Pages[k]); e.Last != "" {
			return e.Last
		}
	}
	return ""
}

// differs says how a page begins, and where the words are that it began with.
func (t stream) differs(was, is *Article, k int) string {
	old, now := t.of(&was.Pages[k]).First, t.of(&is.Pages[k]).First
	quoted := func(s string) string {
		if s == "" {
			return "with no words"
		}
		return "“" + s + "”"
	}
	label := was.Pages[k].Label
	s := fmt.Sprintf(t.name, label) + " began " + quoted(old) + " when it was published"
	if on := found(is, letters(old), t.of); old != "" && on != "" && on != label {
		s += ", which stands on page " + on + " now"
	}
	s += ", and now begins " + quoted(now)
	return s
}

// found gives the page on which words stand; "" for none.
func found(a *Article, words string, of func(*Page) *Ends) string {
	var all strings.Builder
	var ends []int
	for i := range a.Pages {
		all.WriteString(of(&a.Pages[i]).letters)
		ends = append(ends, all.Len())
	}
	at := strings.Index(all.String(), words)
	if at < 0 {
		return ""
	}
	i := slices.IndexFunc(ends, func(end int) bool { return at < end })
	return a.Pages[i].Label
}
