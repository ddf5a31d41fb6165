package document

import (
	"fmt"
	"io"
	"strconv"
	"strings"
)

// Dump writes an article as text for golden tests: a node a line, indented by depth, with every property that says
// something. The form is stable: what means the same is written the same.
func Dump(w io.Writer, a *Article) error {
	d := dumper{w: w, left: maxNodes}
	d.inlines(0, "title", a.Title)
	d.inlines(0, "subtitle", a.Subtitle)
	d.inlines(0, "kicker", a.Kicker)
	d.persons("author", a.Authors)
	d.persons("interviewee", a.Interviewees)
	d.persons("translator", a.Translators)
	d.persons("editor", a.Editors)
	if !a.Date.IsZero() {
		d.line(0, "date", a.Date.ISO(), a.Date.Printed)
	}
	d.words(0, "issue", a.Issue, a.IssueDate)
	d.words(0, "language", a.Language, a.Dir)
	d.words(0, "doi", a.DOI)
	d.words(0, "url", a.URL)
	d.words(0, "aliases", a.Aliases...)
	d.words(0, "tags", a.Tags...)
	if a.Weight != 0 {
		d.line(0, "weight", strconv.Itoa(a.Weight))
	}
	if a.Draft {
		d.line(0, "draft")
	}
	d.inlines(0, "excerpt", a.Excerpt)
	d.inlines(0, "standfirst", a.Standfirst)
	if a.Image != nil {
		d.line(0, "image")
		d.node(1, a.Image)
	}
	d.words(0, "lead picture", a.LeadPicture)
	for _, f := range a.Extra {
		d.line(0, "extra", f.Key, strconv.Quote(f.Value))
	}
	if len(a.Body) > 0 {
		d.line(0, "body")
		d.blocks(1, a.Body)
	}
	if len(a.AuthorNotes) > 0 {
		d.line(0, "author notes")
		d.blocks(1, a.AuthorNotes)
	}
	for _, n := range a.Notes {
		if n == nil {
			continue
		}
		d.line(0, fmt.Sprintf("note %d", n.Number), "label="+n.Label, fmt.Sprintf("refs=%d", len(n.Refs)))
		d.blocks(1, n.Blocks)
	}
	return d.err
}

// maxIndent is the depth from which the dump no longer goes to the right: a document that holds itself would otherwise fill the
// disk with spaces.
const maxIndent = 200

type dumper struct {
	w    io.Writer
	err  error
	open int // nodes that hold the one being written
	left int // nodes still to be written before it is too many
}

func (d *dumper) line(depth int, words ...string) {
	if d.err != nil {
		return
	}
	var b strings.Builder
	b.WriteString(strings.Repeat("  ", min(depth, maxIndent)))
	first := true
	for _, w := range words {
		if w == "" {
			continue
		}
		if !first {
			b.WriteByte(' ')
		}
		first = false
		b.WriteString(w)
	}
	b.WriteByte('\n')
	_, d.err = io.WriteString(d.w, b.String())
}

// words writes a line of words, unless all are empty.
func (d *dumper) words(depth int, name string, words ...string) {
	if strings.Join(words, "") != "" {
		d.line(depth, append([]string{name}, words...)...)
	}
}

func (d *dumper) persons(name string, ps []Person) {
	for _, p := range ps {
		d.line(0, name, p.Name, field("file-as", p.FileAs), field("role", p.Role), field("affiliation", p.Affiliation), field("url", p.URL))
		d.inlines(1, "bio", p.Bio)
	}
}

func field(name, val string) string {
	if val == "" {
		return ""
	}
	if strings.ContainsAny(val, " \"\n") {
		val = strconv.Quote(val)
	}
	return name + "=" + val
}

func (a Attr) dump() string {
	var w []string
	if a.ID != "" {
		w = append(w, "#"+a.ID)
	}
	for _, c := range a.Classes {
		w = append(w, "."+c)
	}
	w = append(w, field("lang", a.Lang), field("dir", a.Dir))
	return strings.Join(strings.Fields(strings.Join(w, " ")), " ")
}

func (d *dumper) blocks(depth int, bs []Block) {
	for _, b := range bs {
		d.node(depth, b)
	}
}

func flag(name string, on bool) string {
	if on {
		return name
	}
	return ""
}

// above writes a number, where it is above what is meant without saying.
func above(name string, n, usual int) string {
	if n <= usual {
		return ""
	}
	return name + "=" + strconv.Itoa(n)
}

// node writes a node that is there, a line or more. What is nested too deep is passed over, as by Walk.
func (d *dumper) node(depth int, n Node) {
	d.open++
	if d.left--; !IsNil(n) && d.open <= MaxDepth && d.left >= 0 {
		n.dump(d, depth)
	}
	d.open--
}

// inlines writes a named line of inlines: on the same line when it is plain text.
func (d *dumper) inlines(depth int, name string, is []Inline) {
	if len(is) == 0 {
		return
	}
	if t, ok := is[0].(*Text); ok && len(is) == 1 {
		d.line(depth, name, t.quote())
		return
	}
	d.line(depth, name)
	d.run(depth+1, is)
}

func (d *dumper) run(depth int, is []Inline) {
	for _, n := range is {
		d.node(depth, n)
	}
}
