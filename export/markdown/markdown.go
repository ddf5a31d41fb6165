package markdown

import (
	"path"
	"strings"
	"sync"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/parser"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/internal/bounds"
	"github.com/twinpress/twinpress/export/internal/leavings"
	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
	"github.com/twinpress/twinpress/export/internal/tex"
	"github.com/twinpress/twinpress/export/internal/typography"
)

// Settings say how bodies are read: what all articles of a periodical share. The zero value reads Markdown with all that
// twinpress knows, and formulas where their delimiters are beyond doubt.
type Settings struct {
	Hugo   bool              // the text is Hugo's: {{ x }} is text, not a template's value
	Math   bool              // \( … \) and \[ … \] are mathematics
	Macros map[string]string // commands of formulas: name without backslash, definition
	House  House             // what the publisher's typography has otherwise than it is usual

	Dialect Dialect

	// DropUnusedNotes leaves out notes that nothing cites. Otherwise they stand after the others, without citations.
	DropUnusedNotes bool

	// Limits bound what is read.
	Limits Limits

	// Handling says what is done with shortcodes, by name in lower case: one of Handlings. Without it the site's template runs,
	// unless twinpress knows better what the shortcode means.
	Handling map[string]string

	// Templates are the publisher's own for shortcodes, by name in lower case: they run in the place of the site's.
	Templates map[string]Template

	// IgnoreHooks leaves the site's render hooks alone.
	IgnoreHooks bool

	// Extensions are further extensions of goldmark. Of a node that they make and twinpress does not know the text is kept,
	// and reported.
	Extensions []Extender

	// Shortcodes are the caller's own, by name in lower case. They come before those that twinpress knows.
	Shortcodes map[string]Shortcode
}

// A House is a publisher's typography.
type House = typography.House

// Limits bound a text; see their fields. Zeros take the defaults.
type Limits = bounds.Limits

// An Extender adds a construct to Markdown, as any extension of goldmark does.
type Extender = goldmark.Extender

// A Markdown reads bodies under one set of Settings. It is safe for concurrent use.
type Markdown struct {
	set     Settings
	parsers func() *parsers
}

// New gives a Markdown. Parsers are made when they are first wanted.
func New(set Settings) *Markdown {
	return &Markdown{set: set, parsers: sync.OnceValue(func() *parsers { return newMarkdown(set.Dialect, set.Extensions) })}
}

// A Resolver answers what only the surroundings of a body know.
type Resolver interface {
	// Within gives the path, on the site that the body belongs to, of an absolute address; false when it leads elsewhere.
	Within(href string) (path string, ok bool)

	// Find finds what a path names (without query and fragment): another article, a file, a page that the site makes. ref says
	// that the author used a reference (Hugo's ref), which finds a page by its bare name, too, and in another language when it
	// names one; else lang is "".
	Find(path string, ref bool, lang string) Target

	// Picture finds a picture and reads it. It gives nil without an error when there is none of that name.
	Picture(src string) (*document.Asset, error)

	// Param gives a value of the article's front matter, or of the site's parameters; "" when there is none.
	Param(name string) string

	// Field gives a value of the article's own front matter as it is written.
	Field(name string) (value string, ok bool)
}

// A Target is what a path leads to.
type Target struct {
	Found   bool
	Page    bool              // it is a page: its address takes no query
	Article *document.Article // the article, when it is in the same edition
	URL     string            // public address; "" when the site's is not known. A guess, when Found is false.
	Name    string            // for messages
	Title   string            // of a page that is not in the same edition; "" when that is not known
}

// nowhere is the Resolver of a body without surroundings.
type nowhere struct{}

func (nowhere) Within(string) (string, bool)                { return "", false }
func (nowhere) Find(path string, _ bool, _ string) Target   { return Target{Name: path} }
func (nowhere) Picture(src string) (*document.Asset, error) { return inlinePicture(src) }
func (nowhere) Param(string) string                         { return "" }
func (nowhere) Field(string) (string, bool)                 { return "", false }

// inlinePicture gives the picture that a data: address holds; nil for another address.
func inlinePicture(src string) (*document.Asset, error) {
	if !strings.HasPrefix(src, "data:") {
		return nil, nil
	}
	return asset.FromData(src)
}

// A Reader is the work on one article: Parse takes its body apart; then the lines that stand outside the body (titles,
// captions, persons) can be read under the same notes, link definitions and commands; Finish puts the body together. What
// it tells of other articles is settled later, by Settle, when all of them are read.
type Reader struct {
	md          *Markdown
	res         Resolver
	art         *document.Article
	lang        string
	dollars     bool // $…$ is mathematics here
	htmlOnly    bool // the text is HTML throughout: stars in it are stars
	loose       bool // it is where it looks so: the text has formulas
	body        *source.Source
	root        *elem // of the body
	inserts     []*shortcode.Insert
	references  []parser.Reference // link definitions of the text, for captions and notes that stand outside its Markdown
	defs        []*elem            // definitions of notes, as they come
	notes       map[string]*document.Note
	notesFolded map[string]*document.Note // by label in lower case
	bodies      map[*document.Note]*elem
	noteOrder   []*document.Note
	anchors     []Anchored
	untitled    []*document.Link             // links to be called by their target's title
	macros      tex.Macros                   // commands that formulas define
	mathTold    map[string]bool              // why formulas stay source: each cause is told once
	typed       map[*document.Heading]string // text of headings before typography, of which their identifiers are made
	told        map[string]bool              // what a page does and no edition can: each kind is told once
	calls       map[*shortcode.Call]*TemplateCall
	ordinals    map[string]int // of what render hooks are for, by kind
	standings   map[*shortcode.Insert][]*elem
	media       map[*document.Link]mediaOf // links to what moves or sounds
	madeDepth   int                        // of what templates have made, one in the text of another
	madeSize    int                        // bytes of it that were read
	setter      *typography.Setter
	depth       int // of the caller's own shortcodes, one in the text of another
	problems    []document.Problem
}

// An Anchored is a link whose fragment is looked for when all articles are read.
type Anchored struct {
	Link *document.Link
	Pos  document.Pos
}

// Reader gives a reader of an article, whose Language is set. A nil Resolver knows nothing. dollars says that $…$ is
// mathematics in this article.
func (md *Markdown) Reader(a *document.Article, res Resolver, dollars bool) *Reader {
	if res == nil {
		res = nowhere{}
	}
	return &Reader{md: md, res: res, art: a, lang: a.Language, dollars: dollars,
		typed: map[*document.Heading]string{}, notes: map[string]*document.Note{}, notesFolded: map[string]*document.Note{}, bodies: map[*document.Note]*elem{}}
}

// ParseHTML takes a body apart that is HTML throughout, as one block of it: no Markdown is looked for between its tags.
func (r *Reader) ParseHTML(body *source.Source) {
	r.htmlOnly = true
	r.Parse(body)
	r.htmlOnly = false
}

// Parse takes a body apart and defines its notes.
func (r *Reader) Parse(body *source.Source) {
	r.body = body
	if ex := bounds.Check(body.Text, r.md.set.Limits); ex != nil {
		r.problem("limit", body.Pos(ex.At), ex.Message(), "it was not read; limits: "+ex.Limit+" in twinpress.yaml raises the bound")
		r.root = &elem{tag: "root", md: true, src: body}
		return
	}
	r.root = r.parse(r.setAside(body))
	for _, d := range r.defs {
		r.attributes(d)
		r.hooked(d)
		r.define(d)
	}
	r.attributes(r.root)
	r.hooked(r.root)
	r.wordNotes(r.root)
}

// Finish puts the body that was parsed together in the article: blocks, notes with their numbers, headings without gaps,
// and what the text shows to be a caption, a poem, a speaker, an end mark or a note about the author. name stands in for
// a title that neither front matter nor text gives.
func (r *Reader) Finish(name string) {
	a := r.art
	a.Body = r.blocks(r.root.kids)
	r.titleInText()
	r.captions()
	r.leadInText()
	r.poems()
	if len(a.Title) == 0 {
		t := &document.Text{Value: name}
		t.SetPos(r.body.Pos(0))
		a.Title = one(t)
		r.problem("missing-title", a.Pos, "the article has no title; its file's name stands in", "title: in the front matter")
	}
	r.endMark()
	r.speakers()
	r.authorNotes()
	r.openings()
	r.number()
	r.headings()
}

// Settle calls by its target's title each link that was given no text, and gives the links whose fragments are still to be
// looked for. All articles of the edition must have been finished.
func (r *Reader) Settle() []Anchored {
	for _, l := range r.untitled {
		if l.Article != nil && len(l.Article.Title) > 0 {
			t := &document.Text{Value: document.PlainText(l.Article.Title)}
			t.SetPos(l.Position())
			l.Content = one(t)
		}
	}
	return r.anchors
}

// Problems gives what was found so far.
func (r *Reader) Problems() []document.Problem { return r.problems }

// Line reads a source as a line of Markdown: a title, a caption. Nil gives nil.
func (r *Reader) Line(src *source.Source) []document.Inline { return r.lineOf(src) }

// Plain brings a short text without markup (a name) into final characters.
func (r *Reader) Plain(s string) string { return r.plainLine(s) }

// Blocks reads a source that is a text of its own, as a biography.
func (r *Reader) Blocks(src *source.Source) []document.Block {
	root := r.parse(r.setAside(src))
	r.attributes(root)
	r.hooked(root)
	return r.blocks(root.kids)
}

// Text reads a source as one of the texts that an article is put together of, with the notes that it defines itself. Number numbers
// those of all when the last is read.
func (r *Reader) Text(src *source.Source) []document.Block {
	r.notes, r.notesFolded, r.defs = map[string]*document.Note{}, map[string]*document.Note{}, nil
	root := r.parse(r.setAside(src))
	for _, d := range r.defs {
		r.attributes(d)
		r.hooked(d)
		r.define(d)
	}
	r.attributes(root)
	r.hooked(root)
	return r.blocks(root.kids)
}

// Number gives the notes of an article's Texts their numbers.
func (r *Reader) Number() { r.number() }

// Alt brings an alternative text into final characters, on one line.
func (r *Reader) Alt(s string) string { return r.altText(s) }

// setAside mends what other programs have left in a text, and takes out of it what is not Markdown.
func (r *Reader) setAside(src *source.Source) (rest *source.Source) {
	r.loose = r.loose || shortcode.HasFormulas(src.Text)
	src = leavings.Mend(src, r.problem)
	rest, r.inserts = shortcode.SetAside(src, r.inserts, shortcode.Options{Hugo: r.md.set.Hugo, Math: r.md.set.Math,
		Dollars: r.dollars, Field: r.res.Field, Run: r.runTemplate, Report: r.problem})
	return rest
}

// setAsideLine takes the formulas out of a line that stands outside the text, as a title or a caption.
func (r *Reader) setAsideLine(src *source.Source) (rest *source.Source) {
	rest, r.inserts = shortcode.SetAside(src, r.inserts, shortcode.Options{Math: r.md.set.Math, Dollars: r.dollars,
		Line: true, Loose: r.loose, Field: r.res.Field, Report: r.problem})
	return rest
}

// Read reads a text of Markdown that stands alone, without front matter: from bytes to an article that any format can set. The
// heading it begins with is its title, or else its file's name is. lang is its language (BCP 47); a nil Resolver knows nothing:
// absolute links are kept, pictures are missed.
func (md *Markdown) Read(name string, text []byte, lang string, res Resolver) (*document.Article, []document.Problem) {
	a := &document.Article{Language: lang, Path: name, Pos: document.Pos{File: name, Line: 1, Column: 1}}
	r := md.Reader(a, res, false)
	r.Parse(source.Clean(source.NewFile(name, text), r.problem))
	r.Finish(strings.TrimSuffix(path.Base(name), path.Ext(name)))
	r.Settle()
	return a, r.Problems()
}
