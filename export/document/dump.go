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
	d := dumper{w: w}
	d.inlines(0, "title", a.Title)
	d.inlines(0, "subtitle", a.Subtitle)
	d.inlines(0, "kicker", a.Kicker)
	d.persons("author", a.Authors)
	d.persons("interviewee", a.Interviewees)
	d.persons("translator", a.Translators)
	d.persons("editor", a.Editors)
	if !a.Date.IsZero() {
		layout := [...]string{"", "2006", "2006-01", "2006-01-02"}[a.Date.Precision]
		d.line(0, "date", a.Date.Time.Format(layout), a.Date.Printed)
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
		d.block(1, a.Image)
	}
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
		d.line(0, fmt.Sprintf("note %d", n.Number), "label="+n.Label, fmt.Sprintf("refs=%d", len(n.Refs)))
		d.blocks(1, n.Blocks)
	}
	return d.err
}

type dumper struct {
	w   io.Writer
	err error
}

func (d *dumper) line(depth int, words ...string) {
	if d.err != nil {
		return
	}
	var b strings.Builder
	b.WriteString(strings.Repeat("  ", depth))
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
		d.line(0, name, p.Name, field("file-as", p.FileAs), field("role", p.Role))
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
		d.block(depth, b)
	}
}

func flag(name string, on bool) string {
	if on {
		return name
	}
	return ""
}

func (d *dumper) block(depth int, b Block) {
	switch b := b.(type) {
	case *Paragraph:
		d.line(depth, "paragraph", b.dump(), b.Align, flag("lead", b.Lead), flag("run", b.Run))
		d.run(depth+1, b.Content)
	case *Heading:
		d.line(depth, "heading", strconv.Itoa(b.Level), b.dump())
		d.run(depth+1, b.Content)
	case *BlockQuote:
		d.line(depth, "quote", b.dump())
		d.blocks(depth+1, b.Blocks)
		d.inlines(depth+1, "attribution", b.Attribution)
	case *List:
		kind := "bullets"
		if b.Ordered {
			kind = "numbers from " + strconv.Itoa(b.Start) + " as " + b.Style
		}
		d.line(depth, "list", kind, b.dump(), flag("tight", b.Tight))
		for _, it := range b.Items {
			d.block(depth+1, it)
		}
	case *ListItem:
		d.line(depth, "item", b.dump(), [...]string{"", "open", "done"}[b.Checked])
		d.blocks(depth+1, b.Blocks)
	case *DefinitionList:
		d.line(depth, "definitions", b.dump())
		for _, it := range b.Items {
			d.block(depth+1, it)
		}
	case *Definition:
		d.line(depth, "definition", b.dump(), flag("tight", b.Tight))
		for _, t := range b.Terms {
			d.inlines(depth+1, "term", t)
		}
		for _, def := range b.Definitions {
			d.line(depth+1, "meaning")
			d.blocks(depth+2, def)
		}
	case *CodeBlock:
		d.line(depth, "code", b.Language, b.dump())
		d.inlines(depth+1, "caption", b.Caption)
		for _, l := range strings.Split(b.Text, "\n") {
			d.line(depth+1, "|"+l)
		}
	case *Table:
		align := ""
		if strings.Join(b.Align, "") != "" {
			align = "align=" + strings.Join(b.Align, ",")
		}
		d.line(depth, "table", b.dump(), align)
		d.inlines(depth+1, "caption", b.Caption)
		for _, r := range b.Head {
			d.line(depth+1, "head", r.dump())
			d.cells(depth+2, r)
		}
		for _, r := range b.Body {
			d.line(depth+1, "row", r.dump())
			d.cells(depth+2, r)
		}
	case *TableRow:
		d.line(depth, "row", b.dump())
		d.cells(depth+1, b)
	case *TableCell:
		span := func(name string, n int) string {
			if n <= 1 {
				return ""
			}
			return name + "=" + strconv.Itoa(n)
		}
		d.line(depth, "cell", b.dump(), flag("header", b.Header), field("scope", b.Scope), span("columns", b.ColSpan), span("rows", b.RowSpan))
		d.blocks(depth+1, b.Blocks)
	case *Figure:
		d.line(depth, "figure", b.dump(), b.Layout, field("link", b.Link))
		for _, im := range b.Images {
			d.inline(depth+1, im)
		}
		d.blocks(depth+1, b.Blocks)
		d.inlines(depth+1, "title", b.Title)
		d.inlines(depth+1, "caption", b.Caption)
		d.inlines(depth+1, "credit", b.Credit)
	case *Verse:
		d.line(depth, "verse", b.dump())
		for _, st := range b.Stanzas {
			d.line(depth+1, "stanza")
			for _, l := range st {
				indent := ""
				if l.Indent > 0 {
					indent = "indent=" + strconv.Itoa(l.Indent)
				}
				d.line(depth+2, "line", indent)
				d.run(depth+3, l.Content)
			}
		}
		d.inlines(depth+1, "attribution", b.Attribution)
	case *Rule:
		d.line(depth, "rule", b.dump())
	case *Division:
		d.line(depth, "division", b.Role, b.dump())
		d.blocks(depth+1, b.Blocks)
	case *MathBlock:
		d.line(depth, "math", b.dump(), field("tex", b.TeX), field("mathml", b.Formula.MathML()))
	}
}

func (d *dumper) cells(depth int, r *TableRow) {
	for _, c := range r.Cells {
		d.block(depth, c)
	}
}

// inlines writes a named line of inlines: on the same line when it is plain text.
func (d *dumper) inlines(depth int, name string, is []Inline) {
	if len(is) == 0 {
		return
	}
	if t, ok := is[0].(*Text); ok && len(is) == 1 {
		d.line(depth, name, strconv.Quote(t.Value))
		return
	}
	d.line(depth, name)
	d.run(depth+1, is)
}

func (d *dumper) run(depth int, is []Inline) {
	for _, n := range is {
		d.inline(depth, n)
	}
}

func (d *dumper) inline(depth int, n Inline) {
	switch n := n.(type) {
	case *Text:
		d.line(depth, strconv.Quote(n.Value))
	case *Styled:
		d.inlines(depth, strings.TrimSpace(strings.Join(strings.Fields(n.Kind.String()+" "+n.dump()+" "+field("title", n.Title)), " ")), n.Content)
		if len(n.Content) == 0 {
			d.line(depth, n.Kind.String(), n.dump())
		}
	case *Code:
		d.line(depth, "code", strconv.Quote(n.Text.Value))
	case *Link:
		target := field("url", n.URL)
		if n.Article != nil {
			target = strings.TrimSpace("to=" + n.Article.Slug + "#" + n.Anchor)
		}
		d.line(depth, "link", target, field("title", n.Title), flag("auto", n.Auto))
		d.run(depth+1, n.Content)
	case *Image:
		asset := "missing"
		if n.Asset != nil {
			asset = fmt.Sprintf("%s %dx%d", n.Asset.MediaType, n.Asset.Width, n.Asset.Height)
		}
		width := ""
		if n.Width > 0 {
			width = "width=" + strconv.FormatFloat(n.Width, 'g', 6, 64)
			if n.Percent {
				width = "width=" + strconv.FormatFloat(n.Width*100, 'g', 6, 64) + "%"
			}
		}
		d.line(depth, "picture", n.Source, asset, n.dump(), field("alt", n.Alt), flag("decorative", n.Decorative), width)
		d.inlines(depth+1, "title", n.Title)
	case *NoteRef:
		index := ""
		if n.Index > 1 {
			index = fmt.Sprintf("(%d)", n.Index)
		}
		d.line(depth, "note", strconv.Itoa(n.Note.Number)+index)
	case *Break:
		d.line(depth, "break")
	case *Speaker:
		d.inlines(depth, "speaker", n.Content)
	case *EndMark:
		d.line(depth, "end mark", strconv.Quote(n.Text.Value))
	case *Math:
		d.line(depth, "math", field("tex", n.TeX), field("mathml", n.Formula.MathML()))
	case *Anchor:
		d.line(depth, "anchor", n.ID)
	}
}

// PlainWords gives the words of an article in reading order, the notes last: what tests compare with what comes out of a
// finished file.
func PlainWords(a *Article) []string {
	var b strings.Builder
	var enter func(n Node) bool
	line := func(is []Inline) {
		b.WriteByte('\n')
		WalkInlines(is, enter)
		b.WriteByte('\n')
	}
	enter = func(n Node) bool {
		switch n := n.(type) {
		case *Text:
			b.WriteString(n.Value)
		case *Math:
			b.WriteString(n.TeX)
		case *Image:
			if n.Asset == nil {
				b.WriteString(" " + n.Alt + " ")
			}
		case *NoteRef:
		case *Break, *EndMark:
			b.WriteByte('\n')
		case *CodeBlock:
			line(n.Caption)
			b.WriteString(n.Text + "\n")
			return false
		case *MathBlock:
			b.WriteString("\n" + n.TeX + "\n")
		// Lines that are no nodes of their own: their ends part words all the same.
		case *Verse:
			for _, st := range n.Stanzas {
				for _, l := range st {
					line(l.Content)
				}
			}
			line(n.Attribution)
			return false
		case *BlockQuote:
			WalkBlocks(n.Blocks, enter)
			line(n.Attribution)
			return false
		case *Figure:
			for _, im := range n.Images {
				b.WriteByte('\n')
				Walk(im, enter)
			}
			WalkBlocks(n.Blocks, enter)
			line(n.Title)
			line(n.Caption)
			line(n.Credit)
			return false
		case *Definition:
			for _, t := range n.Terms {
				line(t)
			}
			for _, d := range n.Definitions {
				WalkBlocks(d, enter)
			}
			return false
		case Block:
			b.WriteByte('\n')
		}
		return true
	}
	line(a.Title)
	line(a.Subtitle)
	line(a.Standfirst)
	if a.Image != nil {
		Walk(a.Image, enter)
	}
	WalkBlocks(a.Body, enter)
	WalkBlocks(a.AuthorNotes, enter)
	for _, n := range a.Notes {
		WalkBlocks(n.Blocks, enter)
	}
	return strings.Fields(b.String())
}
