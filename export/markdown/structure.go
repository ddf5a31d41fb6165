package markdown

import (
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/typography"
)

// headings brings the levels of an article's headings to an order without gaps, the highest being 1, and gives each a
// unique identifier, made of its text as Hugo makes it.
func (r *Reader) headings() {
	used := map[string]bool{}
	var heads []*document.Heading
	document.WalkArticle(r.art, func(n document.Node) bool {
		switch n := n.(type) {
		case *document.Heading:
			heads = append(heads, n)
		case *document.Anchor:
			if used[n.ID] {
				n.ID = ""
			} else {
				used[n.ID] = true
			}
		}
		if a := document.AttrOf(n); a != nil && a.ID != "" {
			if used[a.ID] {
				a.ID = "" // the first keeps the name
			} else {
				used[a.ID] = true
			}
		}
		return true
	})
	var stack []int
	next := map[string]int{} // number that the next heading of the same text gets
	for _, h := range heads {
		for len(stack) > 0 && stack[len(stack)-1] >= h.Level {
			stack = stack[:len(stack)-1]
		}
		stack = append(stack, h.Level)
		h.Written = h.Level
		h.Level = min(len(stack), 6)
		if h.ID == "" {
			typed, ok := r.typed[h]
			if !ok {
				typed = anchorText(h.Content)
			}
			id := r.md.set.Dialect.anchor(typed)
			if id == "" {
				id = "heading"
			}
			unique := id
			for used[unique] {
				next[id]++
				unique = id + "-" + strconv.Itoa(next[id])
			}
			h.ID = unique
			used[unique] = true
		}
	}
}

// anchorText gives the text that a heading's identifier is made of: formulas count as they were typed, as they do for Hugo.
func anchorText(is []document.Inline) string {
	var b strings.Builder
	for _, n := range is {
		switch n := n.(type) {
		case *document.Math:
			b.WriteString(n.TeX)
		case *document.Styled:
			b.WriteString(anchorText(n.Content))
		case *document.Link:
			b.WriteString(anchorText(n.Content))
		default:
			b.WriteString(document.PlainText([]document.Inline{n}))
		}
	}
	return b.String()
}

// Anchorize makes an identifier of a heading as Hugo does by default (as GitHub does): lower case, letters, digits, -
// and _ kept, blanks made hyphens.
func Anchorize(s string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case c == ' ' || c == '-' || c == '\u00A0':
			return '-'
		case c == '_' || unicode.IsLetter(c) || unicode.IsDigit(c) || unicode.IsMark(c):
			return unicode.ToLower(c)
		}
		return -1
	}, strings.TrimSpace(s))
}

// endMarks are ornaments that close an article.
const endMarks = "▪■◼◾●◆♦⬛∎❧☙❦§※■□▫◻"

// endMark finds the mark that closes an article, | **P** and its relatives, and puts it at the end of the last line of
// text. It is looked for from the end, past what may follow an article's text.
func (r *Reader) endMark() {
	body := r.art.Body
	for i := len(body) - 1; i >= 0 && i >= len(body)-8; i-- {
		home := lastParagraph(body[i])
		if home == nil {
			continue
		}
		letters, n := markAtEnd(document.PlainText(home.Content))
		if n == 0 {
			continue
		}
		if _, ok := body[i].(*document.Paragraph); ok || i == len(body)-1 {
			pos := home.Content[len(home.Content)-1].Position()
			rest := chop(home.Content, n)
			if p, own := body[i].(*document.Paragraph); own && len(rest) == 0 {
				// A line of its own: it joins the text before.
				before := (*document.Paragraph)(nil)
				for j := i - 1; j >= 0 && before == nil; j-- {
					before = lastParagraph(body[j])
				}
				if before == nil {
					return
				}
				home = before
				r.art.Body = slices.DeleteFunc(body, func(b document.Block) bool { return b == document.Block(p) })
				rest = home.Content
			}
			t := &document.Text{Value: letters}
			t.SetPos(pos)
			m := &document.EndMark{Text: t}
			m.SetPos(pos)
			home.Content = append(trimEnd(rest), m)
			return
		}
	}
}

// lastParagraph gives the paragraph that ends a block.
func lastParagraph(b document.Block) *document.Paragraph {
	last := func(bs []document.Block) *document.Paragraph {
		if len(bs) == 0 {
			return nil
		}
		return lastParagraph(bs[len(bs)-1])
	}
	switch b := b.(type) {
	case *document.Paragraph:
		return b
	case *document.BlockQuote:
		if b.Attribution == nil {
			return last(b.Blocks)
		}
	case *document.Division:
		return last(b.Blocks)
	case *document.List:
		if len(b.Items) > 0 {
			return last(b.Items[len(b.Items)-1].Blocks)
		}
	}
	return nil
}

// markAtEnd reads an end mark off the end of a text: how it is printed, and how many characters it takes.
func markAtEnd(s string) (letters string, n int) {
	trimmed := strings.TrimRight(s, " \u00A0")
	if inner, ok := strings.CutSuffix(trimmed, "|"); ok && strings.Contains(inner, "|") {
		trimmed = strings.TrimRight(inner, " \u00A0")
	}
	if last, size := utf8.DecodeLastRuneInString(trimmed); size > 0 && strings.ContainsRune(endMarks, last) {
		before := trimmed[:len(trimmed)-size]
		extra := 0
		if p := strings.TrimRight(before, " \u00A0"); strings.HasSuffix(p, "|") {
			extra = utf8.RuneCountInString(before) - utf8.RuneCountInString(p) + 1
		} else if before != "" && last == '§' {
			return "", 0
		}
		return string(last), utf8.RuneCountInString(s) - utf8.RuneCountInString(before) + extra
	}
	i := strings.LastIndexByte(trimmed, '|')
	if i < 0 {
		return "", 0
	}
	letters = strings.Trim(trimmed[i+1:], " \u00A0")
	if k := utf8.RuneCountInString(letters); k == 0 || k > 4 {
		return "", 0
	}
	for _, c := range letters {
		if !unicode.IsUpper(c) && !unicode.IsDigit(c) && !unicode.IsSymbol(c) {
			return "", 0
		}
	}
	return letters, utf8.RuneCountInString(s) - utf8.RuneCountInString(trimmed[:i])
}

// chop takes characters off the end of inlines.
func chop(is []document.Inline, n int) []document.Inline {
	for n > 0 && len(is) > 0 {
		last := is[len(is)-1]
		var size int
		switch l := last.(type) {
		case *document.Text:
			size = utf8.RuneCountInString(l.Value)
			if size > n {
				runes := []rune(l.Value)
				l.Value = string(runes[:size-n])
				return is
			}
		case *document.Styled:
			size = utf8.RuneCountInString(document.PlainText(l.Content))
			l.Content = chop(l.Content, n)
			if len(l.Content) > 0 {
				return is
			}
		case *document.Link:
			size = utf8.RuneCountInString(document.PlainText(l.Content))
			l.Content = chop(l.Content, n)
			if len(l.Content) > 0 {
				return is
			}
		case *document.Break:
			size = 1
		default:
			return is
		}
		is = is[:len(is)-1]
		n -= size
	}
	return is
}

// trimEnd takes blanks and line breaks off the end of inlines.
func trimEnd(is []document.Inline) []document.Inline {
	for len(is) > 0 {
		switch l := is[len(is)-1].(type) {
		case *document.Text:
			l.Value = strings.TrimRight(l.Value, " \u00A0\n")
			if l.Value != "" {
				return is
			}
		case *document.Break:
		default:
			return is
		}
		is = is[:len(is)-1]
	}
	return is
}

// speakers labels the turns of an interview: paragraphs that begin with a bold name and a colon, at least three, when
// the article names an interviewee or when some name comes again.
func (r *Reader) speakers() {
	type turn struct {
		p    *document.Paragraph
		name string
	}
	var turns []turn
	seen := map[string]int{}
	again := false
	for _, b := range r.art.Body {
		p, ok := b.(*document.Paragraph)
		if !ok {
			continue
		}
		if name := speakerOf(p.Content); name != "" {
			turns = append(turns, turn{p, name})
			seen[name]++
			again = again || seen[name] > 1
		}
	}
	if len(turns) < 3 || !again && len(r.art.Interviewees) == 0 {
		return
	}
	for _, t := range turns {
		strong := t.p.Content[0].(*document.Styled)
		sp := &document.Speaker{Content: strong.Content}
		sp.SetPos(strong.Position())
		if !strings.HasSuffix(strings.TrimSpace(document.PlainText(sp.Content)), ":") {
			after := t.p.Content[1].(*document.Text)
			colon := &document.Text{Value: ":"}
			colon.SetPos(after.Position())
			after.Value = strings.TrimLeft(after.Value, " \u00A0")[1:]
			sp.Content = typography.Join(append(sp.Content, colon))
			if after.Value == "" {
				t.p.Content = append(t.p.Content[:1], t.p.Content[2:]...)
			}
		}
		t.p.Content[0] = sp
	}
}

// speakerOf gives the name that labels a paragraph, "" when none does.
func speakerOf(is []document.Inline) string {
	if len(is) < 2 {
		return ""
	}
	strong, ok := is[0].(*document.Styled)
	if !ok || strong.Kind != document.Strong {
		return ""
	}
	name := strings.TrimSpace(document.PlainText(strong.Content))
	if utf8.RuneCountInString(name) > 60 {
		return ""
	}
	if n, ok := strings.CutSuffix(name, ":"); ok {
		return strings.TrimSpace(n)
	}
	if t, ok := is[1].(*document.Text); ok && strings.HasPrefix(strings.TrimLeft(t.Value, " \u00A0"), ":") {
		return name
	}
	return ""
}

// openings marks the first paragraph of prose, and paragraphs that go on after a display.
func (r *Reader) openings() {
	lead := false
	for i, b := range r.art.Body {
		p, ok := b.(*document.Paragraph)
		if !ok {
			continue
		}
		if !lead && p.Align == "" && !mostlyItalic(p.Content) && countBreaks(p.Content) < 2 {
			p.Lead, lead = true, true
		}
		if i > 0 {
			switch r.art.Body[i-1].(type) {
			case *document.MathBlock, *document.BlockQuote, *document.CodeBlock, *document.Verse:
				c := firstRune(document.PlainText(p.Content))
				p.Run = !p.Lead && (unicode.IsLower(c) || c == ',' || c == ';' || c == ')')
			}
		}
	}
}

func countBreaks(is []document.Inline) int {
	n := 0
	for _, in := range is {
		if _, ok := in.(*document.Break); ok {
			n++
		}
	}
	return n
}

// mostlyItalic reports whether a paragraph is an editor's word before the text rather than the text.
func mostlyItalic(is []document.Inline) bool {
	all, italic := 0, 0
	for _, n := range is {
		k := utf8.RuneCountInString(document.PlainText([]document.Inline{n}))
		all += k
		if s, ok := n.(*document.Styled); ok && s.Kind == document.Emphasis {
			italic += k
		} else if l, ok := n.(*document.Link); ok && mostlyItalic(l.Content) {
			italic += k
		}
	}
	return all == 0 || italic*5 > all*3
}

// authorNotes moves what is said about the author at an article's end (behind a rule or the end mark, in italics or
// beginning with the author's name) out of the text.
func (r *Reader) authorNotes() {
	body := r.art.Body
	start := -1
	for i := len(body) - 1; i >= 0 && i >= len(body)-4; i-- {
		if _, ok := body[i].(*document.Rule); ok {
			start = i
			break
		}
		p, ok := body[i].(*document.Paragraph)
		if !ok {
			return
		}
		if n := len(p.Content); n > 0 {
			if _, ok := p.Content[n-1].(*document.EndMark); ok {
				start = i
				break
			}
		}
		if !r.aboutAuthor(p) {
			return
		}
	}
	if start < 0 || start == len(body)-1 {
		return
	}
	for _, b := range body[start+1:] {
		if p, ok := b.(*document.Paragraph); !ok || !r.aboutAuthor(p) {
			return
		}
	}
	r.art.AuthorNotes = append(r.art.AuthorNotes, body[start+1:]...)
	if _, ok := body[start].(*document.Rule); ok {
		start--
	}
	r.art.Body = body[:start+1]
}

func (r *Reader) aboutAuthor(p *document.Paragraph) bool {
	if mostlyItalic(p.Content) && len(p.Content) > 0 {
		return true
	}
	text := document.PlainText(p.Content)
	for _, group := range [][]document.Person{r.art.Authors, r.art.Translators, r.art.Interviewees} {
		for _, a := range group {
			if a.Name != "" && strings.HasPrefix(text, a.Name) {
				return true
			}
		}
	}
	return false
}

// captionWords begin a caption that stands as a paragraph of its own.
var captionWords = []string{"figure", "fig.", "abb.", "abbildung", "bild", "foto", "photo", "image", "illustration", "plate", "рис.",
	"рисунок", "figura", "ilustración", "imagen", "rysunek", "obr.", "caption", "above:", "source:", "credit"}

// captions gives a picture without a caption the italic line below it that says it is one.
func (r *Reader) captions() {
	body := r.art.Body
	for i := 0; i+1 < len(body); i++ {
		f, ok := body[i].(*document.Figure)
		if !ok || f.Caption != nil || len(f.Images) == 0 {
			continue
		}
		p, ok := body[i+1].(*document.Paragraph)
		if !ok || len(p.Content) == 0 {
			continue
		}
		em, ok := p.Content[0].(*document.Styled)
		if !ok || em.Kind != document.Emphasis || !mostlyItalic(p.Content) {
			continue
		}
		text := strings.ToLower(document.PlainText(p.Content))
		if len(text) > 400 || !slices.ContainsFunc(captionWords, func(w string) bool { return strings.HasPrefix(text, w) }) {
			continue
		}
		f.Caption = p.Content
		if len(p.Content) == 1 {
			f.Caption = em.Content // how captions look is the styles' business
		}
		body = slices.Delete(body, i+1, i+2)
	}
	r.art.Body = body
}

// poems makes verse of what can hardly be anything else though nothing says so: three or more paragraphs in a row, each of
// three or more short lines that are broken by hand. Fewer may be an address or a signature, and stay as they are.
func (r *Reader) poems() {
	body := r.art.Body
	for i := 0; i < len(body); i++ {
		j := i
		for j < len(body) && isStanza(body[j]) {
			j++
		}
		if j-i < 3 {
			i = max(i, j-1)
			continue
		}
		v := &document.Verse{}
		v.SetPos(body[i].Position())
		for _, b := range body[i:j] {
			var stanza []document.VerseLine
			var line []document.Inline
			for _, n := range append(b.(*document.Paragraph).Content, &document.Break{}) {
				if _, ok := n.(*document.Break); ok {
					stanza = append(stanza, document.VerseLine{Content: trimStart(line)})
					line = nil
					continue
				}
				line = append(line, n)
			}
			v.Stanzas = append(v.Stanzas, stanza)
		}
		r.problem("read-as-verse", v.Position(), "short lines broken by hand were read as verse", "put <div class=\"verse\"> around a poem, or join the lines")
		body = slices.Replace(body, i, j, document.Block(v))
	}
	r.art.Body = body
}

// isStanza reports whether a paragraph is three or more short lines.
func isStanza(b document.Block) bool {
	p, ok := b.(*document.Paragraph)
	if !ok || p.Align != "" || p.ID != "" || len(p.Classes) > 0 || countBreaks(p.Content) < 2 {
		return false
	}
	width := 0
	for _, n := range p.Content {
		switch n := n.(type) {
		case *document.Break:
			width = 0
		case *document.Image, *document.Code, *document.Math:
			return false
		default:
			if width += utf8.RuneCountInString(document.PlainText([]document.Inline{n})); width > 70 {
				return false
			}
		}
	}
	return true
}

// trimStart takes blanks off the beginning of a line.
func trimStart(is []document.Inline) []document.Inline {
	if len(is) > 0 {
		if t, ok := is[0].(*document.Text); ok {
			t.Value = strings.TrimLeft(t.Value, " ")
		}
	}
	return typography.Prune(is)
}

// titleInText takes a first heading that repeats the title, or that is the only title there is, out of the text.
func (r *Reader) titleInText() {
	if len(r.art.Body) == 0 {
		return
	}
	h, ok := r.art.Body[0].(*document.Heading)
	if !ok {
		return
	}
	switch text := document.PlainText(h.Content); {
	case len(r.art.Title) == 0:
		r.art.Title = h.Content
		r.art.Body = r.art.Body[1:]
	case strings.EqualFold(text, document.PlainText(r.art.Title)):
		r.problem("duplicate-title", h.Position(), "the first heading repeats the title and was left out", "")
		r.art.Body = r.art.Body[1:]
	}
}
