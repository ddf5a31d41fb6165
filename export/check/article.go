package check

import (
	"fmt"
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// A Rule is held to an article before any edition is made of it. What it finds has the rule's code.
type Rule struct {
	Code string
	find func(*document.Article, found)
}

// found notes a place at which a rule is broken.
type found func(pos document.Pos, message, hint string)

// Rules lists the rules that articles are held to. Those that are about characters are held to the text as it was typed (Characters).
func Rules() []Rule {
	return []Rule{
		{"heading-skip", skippedHeadings},
		{"heavy-image", heavyPictures},
		{"stray-markup", strayMarkup},
	}
}

// Article holds an article to the rules that only need the document. The problems are in the order of the rules, then of the text.
func Article(a *document.Article) (problems []document.Problem) {
	for _, r := range Rules() {
		r.find(a, func(pos document.Pos, message, hint string) {
			problems = append(problems, document.NewProblem(r.Code, pos, message, hint))
		})
	}
	return problems
}

// skippedHeadings finds headings that stand more than one level below the one before (WCAG 2.2, technique G141).
func skippedHeadings(a *document.Article, say found) {
	last := 0
	document.WalkBlocks(a.Body, func(n document.Node) bool {
		if h, ok := n.(*document.Heading); ok && h.Written > 0 {
			if last > 0 && h.Written > last+1 {
				say(h.Pos, fmt.Sprintf("a heading of level %d follows on one of level %d", h.Written, last), "write "+strings.Repeat("#", last+1))
			}
			last = h.Written
		}
		return true
	})
}

// mostBytes is how large a picture's file may be: five times of what a page of print needs as JPEG.
const mostBytes = 5_000_000

func heavyPictures(a *document.Article, say found) {
	told := map[*document.Asset]bool{}
	document.WalkArticle(a, func(n document.Node) bool {
		if im, ok := n.(*document.Image); ok && im.Asset != nil && len(im.Asset.Data) > mostBytes && !told[im.Asset] {
			told[im.Asset] = true
			say(im.Pos, fmt.Sprintf("the picture %s is a file of %.1f MB", im.Source, float64(len(im.Asset.Data))/1e6), "2,500 dots on the longer side are enough")
		}
		return true
	})
}

// elsewhere are classes of leftovers that are told under codes of their own.
var elsewhere = []string{"encoding", "note", "template", "shortcode"}

// strayMarkup finds marks that were not closed, or not understood, and stand in the text for readers to see.
func strayMarkup(a *document.Article, say found) {
	document.WalkArticle(a, func(n document.Node) bool {
		switch n := n.(type) {
		case *document.Code, *document.CodeBlock, *document.Math, *document.MathBlock:
			return false
		case *document.Styled:
			return n.Kind != document.Keyboard && n.Kind != document.Variable
		case *document.Text:
			if !strings.ContainsAny(n.Value, "*_:{[]<&#|`$") {
				return false
			}
			left := Leftovers(n.Value)
			if strings.HasSuffix(n.Value, "](") { // and behind it the address, which was made a link of its own
				left = append(left, Leftover{"link", around(n.Value, len(n.Value), len(n.Value))})
			}
			for _, sign := range []string{"`", "$$", "<!–", "<!—"} { // of code, of formulas, of a comment
				if i := strings.Index(n.Value, sign); i >= 0 {
					left = append(left, Leftover{"open", around(n.Value, i, i+len(sign))})
				}
			}
			for _, l := range left {
				if !slices.Contains(elsewhere, l.Class) {
					say(n.Pos, "markup stands in the text as it was typed: “"+l.Excerpt+"”", "close it, or write \\ before what is meant as it is")
					break
				}
			}
		}
		return true
	})
}
