package markdown

import (
	"regexp"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/words"
)

// alertHead begins a quotation that is an alert, as GitHub, Obsidian and Hugo have them: its kind, in any case, perhaps a sign
// that says whether it is folded, and a title.
var alertHead = sync.OnceValue(func() *regexp.Regexp {
	return regexp.MustCompile(`^\s*\[!([\pL\pN][\pL\pN _/|-]{0,40})\]([+-]?)[ \t]*`)
})

// An alertStart is how an alert begins.
type alertStart struct {
	kind, sign string
	title      []*elem // what stands behind the kind in its line
	rest       []*elem // all below
}

// alertHeadOf parts the head of an alert from what it says; nil for any other quotation.
func (r *Reader) alertHeadOf(e *elem) *alertStart {
	var p *elem
	for _, k := range e.kids {
		if !k.isBlank() {
			p = k
			break
		}
	}
	if p == nil || p.tag != "p" || len(p.kids) == 0 || p.kids[0].tag != "" || !strings.Contains(p.kids[0].text, "[!") {
		return nil
	}
	head := alertHead().FindStringSubmatch(p.kids[0].text)
	if head == nil {
		return nil
	}
	first := *p.kids[0]
	first.text, first.at = first.text[len(head[0]):], first.at+len(head[0])
	title, rest := firstLine(append([]*elem{&first}, p.kids[1:]...))
	kind, _, _ := strings.Cut(head[1], "|")
	body := *p
	body.kids = rest
	kids := make([]*elem, 0, len(e.kids))
	for _, k := range e.kids {
		switch {
		case k != p:
			kids = append(kids, k)
		case len(rest) > 0:
			kids = append(kids, &body)
		}
	}
	return &alertStart{kind: kind, sign: head[2], title: title, rest: kids}
}

// alert reads > [!NOTE] Title as a box that says of what kind it is; nil for any other quotation.
func (r *Reader) alert(e *elem) *document.Division {
	a := r.alertHeadOf(e)
	if a == nil {
		return nil
	}
	d := at(&document.Division{Role: "note"}, e)
	d.Attr = r.attrOf(e)
	d.Classes = append(d.Classes, strings.ToLower(strings.Join(strings.Fields(a.kind), "-")))
	d.Blocks = oneBlock(r.alertTitle(a.kind, a.title, e))
	d.Blocks = append(d.Blocks, r.blocks(a.rest)...)
	return d
}

// firstLine parts the elements of a paragraph at the end of its first line.
func firstLine(kids []*elem) (line, rest []*elem) {
	for i, k := range kids {
		if k.tag == "br" {
			return line, kids[i+1:]
		}
		if n := strings.IndexByte(k.text, '\n'); k.tag == "" && n >= 0 {
			before, after := *k, *k
			before.text = k.text[:n]
			after.text, after.at = k.text[n+1:], k.at+n+1
			if before.text != "" {
				line = append(line, &before)
			}
			if after.text != "" {
				rest = append(rest, &after)
			}
			return line, append(rest, kids[i+1:]...)
		}
		if k.tag != "" || k.text != "" {
			line = append(line, k)
		}
	}
	return line, nil
}

// alertTitle is the kind of an alert in the language's word, and its title.
func (r *Reader) alertTitle(kind string, title []*elem, e *elem) *document.Paragraph {
	content := one(at(&document.Text{Value: alertWord(kind, r.lang)}, e))
	if t := r.inlines(title); len(t) > 0 {
		content = append(append(content, at(&document.Text{Value: ": "}, e)), t...)
	}
	strong := at(&document.Styled{Kind: document.Strong, Content: r.typeset(content)}, e)
	return at(&document.Paragraph{Content: one(strong)}, e)
}

// alertWord gives the word for a kind of alert: the language's for those that GitHub has, else the kind's own name.
func alertWord(kind, lang string) string {
	w := words.For(lang)
	switch strings.ToLower(strings.TrimSpace(kind)) {
	case "note":
		return w.Remark
	case "tip", "hint":
		return w.Tip
	case "important":
		return w.Important
	case "warning", "attention":
		return w.Warning
	case "caution":
		return w.Caution
	}
	kind = strings.Join(strings.Fields(strings.NewReplacer("-", " ", "_", " ", "/", " ").Replace(kind)), " ")
	if kind == strings.ToUpper(kind) {
		kind = strings.ToLower(kind)
	}
	c, n := utf8.DecodeRuneInString(kind)
	return string(unicode.ToUpper(c)) + kind[n:]
}
