package document

import (
	"errors"
	"reflect"
	"slices"
)

// Bounds of a document. What a reader builds stays far below them; what is nested deeper or holds more is a mistake of the
// program that built it, such as a node that holds itself.
const (
	MaxDepth = 10_000 // nodes that may stand within each other
	maxNodes = 1 << 22
)

// Walk visits n and everything in it in reading order: for each node it calls enter, then its children if enter
// returned true. Nil nodes are passed over, and so is what stands deeper than MaxDepth. Notes are not part of the body;
// walk an article's Notes after it, or use WalkArticle. This is the only traversal of the model: each node says beside its
// type what its children are.
//
//	headings := 0
//	document.Walk(block, func(n document.Node) bool {
//		if _, ok := n.(*document.Heading); ok {
//			headings++
//		}
//		return true
//	})
func Walk(n Node, enter func(Node) bool) { newVisit(enter).node(n) }

// WalkBlocks walks each block in turn.
func WalkBlocks(bs []Block, enter func(Node) bool) { newVisit(enter).blocks(bs) }

// WalkInlines walks each inline in turn.
func WalkInlines(is []Inline, enter func(Node) bool) { newVisit(enter).inlines(is) }

// WalkArticle walks the article's title, subtitle, body, author notes and then its notes.
func WalkArticle(a *Article, enter func(Node) bool) { newVisit(enter).article(a) }

// Check reports whether a document can be carried through at all: a node that holds itself, or shares its children so often
// that the whole cannot be written out, is an error. Everything else that a document built by hand may hold, nil nodes
// among it, the editions take as it comes.
func Check(issue *Issue) error {
	v := newVisit(func(Node) bool { return true })
	v.blocks(issue.Journal.Imprint)
	v.inlines(issue.Title)
	v.inlines(issue.Description)
	if issue.Statement != nil {
		v.blocks(issue.Statement.Blocks)
	}
	if slices.Contains(issue.Articles, nil) {
		return errors.New("an article of the issue is nil")
	}
	v.inlines(issue.Subtitle)
	v.inlines(issue.CoverCredit)
	if err := issue.checkVolume(v); err != nil {
		return err
	}
	for _, a := range issue.Texts() {
		v.article(a)
		v.inlines(a.Section)
		v.inlines(a.Kicker)
		v.inlines(a.Excerpt)
		for _, ps := range [...][]Person{a.Authors, a.Interviewees, a.Translators, a.Editors} {
			for _, p := range ps {
				v.inlines(p.Bio)
			}
		}
	}
	if v.exceeded {
		return errors.New("the document is nested too deep, or too large: does a node hold itself?")
	}
	return nil
}

// A visit is a walk under way.
type visit struct {
	enter    func(Node) bool
	open     int  // nodes that hold the one visited
	left     int  // nodes that may still come
	exceeded bool // the document goes on beyond its bounds
}

func newVisit(enter func(Node) bool) *visit { return &visit{enter: enter, left: maxNodes} }

func (v *visit) node(n Node) {
	if IsNil(n) {
		return
	}
	if v.left--; v.open >= MaxDepth || v.left < 0 {
		v.exceeded = true
		return
	}
	if v.enter(n) {
		v.open++
		n.walk(v)
		v.open--
	}
}

func (v *visit) blocks(bs []Block) {
	for _, b := range bs {
		v.node(b)
	}
}

func (v *visit) inlines(is []Inline) {
	for _, i := range is {
		v.node(i)
	}
}

func (v *visit) article(a *Article) {
	v.inlines(a.Title)
	v.inlines(a.Subtitle)
	v.inlines(a.Standfirst)
	v.node(a.Image)
	v.blocks(a.Body)
	v.blocks(a.AuthorNotes)
	for _, n := range a.Notes {
		if n != nil {
			v.blocks(n.Blocks)
		}
	}
}

// IsNil reports whether there is no node: all node types are pointers, and a nil *Text in a list of inlines is none either.
func IsNil(n Node) bool {
	if n == nil {
		return true
	}
	v := reflect.ValueOf(n)
	return v.Kind() == reflect.Pointer && v.IsNil()
}
