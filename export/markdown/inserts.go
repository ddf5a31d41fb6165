package markdown

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/source"
)

// blockInsert turns a shortcode, a formula or code between paragraphs into blocks.
func (r *Reader) blockInsert(e *elem) []document.Block {
	in := e.insert
	switch in.kind {
	case codeText:
		c := at(&document.CodeBlock{Text: strings.TrimRight(in.text, " \n"), Language: codeLanguage(in.param("0", "lang", "language"))}, e)
		if p := in.find("caption", "title"); p != nil {
			c.Caption = r.lineOf(in.source(p))
		}
		return oneBlock(c)
	case mathBlock:
		f, empty := r.formula(e, in.text, true)
		if empty {
			return nil
		}
		return oneBlock(at(&document.MathBlock{TeX: in.text, Formula: f}, e))
	}
	if root := r.own(e, r.parse); root != nil {
		return r.blocks(root.kids)
	}
	if in.kind == shortcodeOpen {
		return r.pairedBlock(e)
	}
	switch in.name {
	case "figure", "img", "image", "imgproc", "picture":
		return r.figureInsert(e)
	case "pullquote":
		if p := in.find("text", "0"); p != nil {
			d := at(&document.Division{Role: "pullquote"}, e)
			d.Blocks = oneBlock(at(&document.Paragraph{Content: r.lineOf(in.source(p))}, e))
			return oneBlock(d)
		}
	case "include":
		var out []document.Block
		for i := range in.params {
			if content := r.lineOf(in.source(&in.params[i])); len(content) > 0 {
				out = append(out, at(&document.Paragraph{Content: content}, e))
			}
		}
		return out
	case "tablecaption":
		return oneBlock(at(&document.Paragraph{Content: r.lineOf(in.source(in.find("text")))}, e))
	case "toc", "tableofcontents", "table_of_contents":
		r.problem("dropped-toc", e.pos(), "a table of contents was left out", "")
		return nil
	case "hr", "rule", "divider", "break", "ornament":
		return oneBlock(at(&document.Rule{}, e))
	case "pagebreak", "newpage", "clear", "clearfix":
		return nil
	}
	if content := r.typeset(r.unknownInsert(e)); len(content) > 0 {
		return oneBlock(at(&document.Paragraph{Content: content}, e))
	}
	return nil
}

// unknownInsert keeps what an unknown shortcode says in words.
func (r *Reader) unknownInsert(e *elem) []document.Inline {
	in := e.insert
	r.problem("unknown-shortcode", e.pos(), "shortcode "+strconv.Quote(in.name)+" is not known", "what it says in words was kept")
	if len(e.kids) > 0 {
		return r.inlines(e.kids)
	}
	if p := in.find("caption", "title", "text", "alt"); p != nil && strings.TrimSpace(p.val) != "" {
		return r.inlines(r.parseLine(in.source(p)).kids)
	}
	return nil
}

// pairedBlock reads a shortcode with content.
func (r *Reader) pairedBlock(e *elem) []document.Block {
	in := e.insert
	title := func(names ...string) []document.Block {
		p := in.find(names...)
		if p == nil || strings.TrimSpace(p.val) == "" {
			return nil
		}
		root := r.parseLine(in.source(p))
		return r.titled(root.kids, e)
	}
	group := func(role string, head []document.Block) []document.Block {
		d := at(&document.Division{Role: role, Blocks: append(head, r.blocks(e.kids)...)}, e)
		if c := in.param("class"); c != "" {
			d.Classes = strings.Fields(c)
		}
		if id := in.param("id"); id != "" {
			d.ID = r.anchorID(id)
		}
		if len(d.Blocks) == 0 {
			return nil
		}
		return oneBlock(d)
	}
	switch in.name {
	case "figure", "image":
		return append(r.figureInsert(e), r.blocks(e.kids)...)
	case "quote", "blockquote", "citation", "cite":
		kids, attribution := r.attribution(e.kids)
		q := at(&document.BlockQuote{Blocks: r.blocks(kids), Attribution: attribution}, e)
		if p := in.find("author", "by", "cite", "attribution", "0"); p != nil {
			q.Attribution = r.lineOf(in.source(p))
			if s := in.find("source", "title"); s != nil {
				q.Attribution = append(append(q.Attribution, at(&document.Text{Value: ", "}, e)), r.lineOf(in.source(s))...)
			}
		} else if p := in.find("source"); p != nil {
			q.Attribution = r.lineOf(in.source(p))
		}
		return oneBlock(q)
	case "verse", "poem", "poetry":
		return r.verse(e)
	case "center", "centre", "right":
		blocks := r.blocks(e.kids)
		alignAll(blocks, strings.Replace(in.name, "centre", "center", 1))
		return blocks
	case "lead", "div", "section", "columns", "column", "raw", "rawhtml", "html", "unsafe", "markdown", "md", "tabs", "tabpane", "steps":
		return r.blocks(e.kids)
	case "tab":
		return append(title("0", "name", "title", "header"), r.blocks(e.kids)...)
	case "lang":
		d := at(&document.Division{Blocks: r.blocks(e.kids)}, e)
		d.Lang = r.language(in.param("0", "lang"), e.pos())
		return oneBlock(d)
	}
	if role := roles[in.name]; role != "" {
		return group(role, title("title", "summary", "header", "heading", "caption"))
	}
	r.problem("unknown-shortcode", e.pos(), "shortcode "+strconv.Quote(in.name)+" is not known; what it encloses was kept", "")
	return append(title("title", "caption", "summary"), r.blocks(e.kids)...)
}

// insertStyles are the shortcodes that only change how their content looks.
var insertStyles = map[string]document.StyleKind{"sup": document.Superscript, "sub": document.Subscript, "mark": document.Mark,
	"kbd": document.Keyboard, "small": document.Small, "sc": document.SmallCaps, "smallcaps": document.SmallCaps,
	"abbr": document.Abbreviation, "span": document.Plain, "button": document.Plain, "lang": document.Plain}

// inlineInsert turns a shortcode or a formula in a line into inlines.
func (r *Reader) inlineInsert(e *elem) []document.Inline {
	in := e.insert
	switch in.kind {
	case mathText, mathBlock:
		f, empty := r.formula(e, in.text, false)
		if empty {
			return nil
		}
		return one(at(&document.Math{TeX: in.text, Formula: f}, e))
	case codeText:
		t := at(&document.Text{Value: in.text}, e)
		return one(at(&document.Code{Text: t}, e))
	}
	if root := r.own(e, r.parseLine); root != nil {
		return r.inlines(root.kids)
	}
	if kind, ok := insertStyles[in.name]; ok {
		return r.styledInsert(e, kind)
	}
	var content []document.Inline
	switch in.name {
	case "ref", "relref":
		return r.bareReference(e)
	case "icon", "fa", "emoji":
		return nil
	case "param":
		if v := r.res.Param(in.param("0", "name")); v != "" {
			content = one(at(&document.Text{Value: v}, e))
		}
	case "footnote", "fn", "sidenote", "marginnote":
		content = r.noteInsert(e)
	default:
		content = r.mediaInsert(e)
	}
	if content == nil {
		content = r.unknownInsert(e)
	}
	return content
}

// insertKids gives the tree of what a shortcode encloses or, failing that, of its first argument.
func (r *Reader) insertKids(e *elem) []*elem {
	if len(e.kids) > 0 {
		return e.kids
	}
	if p := e.insert.find("0", "text"); p != nil {
		return r.parseLine(e.insert.source(p)).kids
	}
	return nil
}

// styledInsert reads a shortcode that only changes how its content looks.
func (r *Reader) styledInsert(e *elem, kind document.StyleKind) []document.Inline {
	content := r.inlines(e.kids)
	if p := e.insert.find("0", "text"); len(content) == 0 && p != nil {
		content = r.inlines(r.parseLine(e.insert.source(p)).kids)
	}
	if len(content) == 0 {
		return nil
	}
	s := at(&document.Styled{Kind: kind, Content: content}, e)
	if e.insert.name == "lang" {
		s.Lang = r.language(e.insert.param("0", "lang"), e.pos())
	}
	return one(s)
}

// bareReference reads a reference that stands outside a link: it is the address itself.
func (r *Reader) bareReference(e *elem) []document.Inline {
	in := e.insert
	href := "{{" + in.name
	if p := in.find("0", "path"); p != nil {
		href = p.val
	}
	l := at(&document.Link{}, e)
	r.resolveLink(l, r.reference(string(source.Opener)+strconv.Itoa(slices.Index(r.inserts, in))+string(source.Closer), e), e)
	l.Content = one(at(&document.Text{Value: href}, e))
	r.untitled = append(r.untitled, l)
	return one(l)
}

// noteInsert reads a note that is given where it is cited.
func (r *Reader) noteInsert(e *elem) []document.Inline {
	kids := r.insertKids(e)
	if len(kids) == 0 {
		return nil
	}
	body := &elem{tag: "p", src: e.src, at: e.at, md: true, kids: kids}
	note := r.define(&elem{tag: "note", text: "{" + strconv.Itoa(len(r.notes)), src: e.src, at: e.at, md: true, kids: []*elem{body}})
	return one(at(&document.NoteRef{Note: note}, e))
}

// mediaInsert gives a link for what moves or sounds; nil when the shortcode is something else.
func (r *Reader) mediaInsert(e *elem) []document.Inline {
	in := e.insert
	id := in.param("0", "id", "src", "url", "file")
	name, address := "", ""
	switch in.name {
	case "youtube":
		name, address = "YouTube", "https://www.youtube.com/watch?v="+url.QueryEscape(id)
	case "vimeo":
		name, address = "Vimeo", "https://vimeo.com/"+url.PathEscape(id)
	case "rutube":
		name, address = "RuTube", "https://rutube.ru/video/"+url.PathEscape(id)+"/"
	case "plvideo":
		name, address = "Платформа", "https://plvideo.ru/watch?v="+url.QueryEscape(id)
	case "vkvideo":
		name, address = "VK Видео", "https://vk.com/video"+url.PathEscape(in.param("oid")+"_"+in.param("id"))
		id = in.param("id")
	case "tweet", "x", "twitter":
		user := in.param("user")
		if user == "" {
			user = "i"
			id = in.param("0", "id")
			address = "https://x.com/i/status/" + url.PathEscape(id)
		} else {
			id = in.param("id")
			address = "https://x.com/" + url.PathEscape(user) + "/status/" + url.PathEscape(id)
		}
		name = "X"
	case "instagram":
		name, address = "Instagram", "https://www.instagram.com/p/"+url.PathEscape(id)+"/"
	case "gist":
		name, address = "Gist", "https://gist.github.com/"+url.PathEscape(in.param("0", "user"))+"/"+url.PathEscape(in.param("1", "id"))
	case "video", "audio", "mp4", "mp3", "asciinema", "pdf", "iframe", "embed", "soundcloud", "spotify", "codepen":
		if id == "" {
			return nil
		}
		name, address = path.Base(id), id
	default:
		return nil
	}
	if id == "" {
		return nil
	}
	r.problem("linked-media", e.pos(), in.name+" is given as a link", "")
	if p := in.find("title", "caption"); p != nil && p.val != "" {
		name = p.val
	}
	l := at(&document.Link{}, e)
	r.resolveLink(l, address, e)
	l.Content = one(at(&document.Text{Value: name + ": " + address}, e))
	if name == path.Base(address) {
		l.Content = one(at(&document.Text{Value: address}, e))
	}
	return one(l)
}

// media gives a link in the place of HTML's films, sounds and frames.
func (r *Reader) media(e *elem) []document.Inline {
	src := e.attr("src")
	for _, k := range e.kids {
		if src == "" && k.tag == "source" {
			src = k.attr("src")
		}
	}
	if src == "" || e.tag == "source" || e.tag == "track" {
		return r.inlines(slices.DeleteFunc(slices.Clone(e.kids), func(k *elem) bool { return k.tag == "source" }))
	}
	r.problem("linked-media", e.pos(), "<"+e.tag+"> is given as a link", "")
	l := at(&document.Link{}, e)
	r.resolveLink(l, src, e)
	text := e.attr("title")
	if text == "" {
		text = src
		l.Auto = true
	}
	l.Content = one(at(&document.Text{Value: text}, e))
	return one(l)
}

// figureInsert reads Hugo's figure shortcode.
func (r *Reader) figureInsert(e *elem) []document.Block {
	in := e.insert
	src := in.find("src", "0", "filename", "file", "url", "path", "image_path")
	if src == nil || strings.TrimSpace(src.val) == "" {
		r.problem("bad-shortcode", e.pos(), "a figure names no picture", "src=\"…\"")
		src = &param{}
	}
	f := at(&document.Figure{}, e)
	im := at(&document.Image{Source: strings.TrimSpace(src.val)}, e)
	if src.at > 0 {
		im.SetPos(in.src.Pos(src.at))
	}
	if p := in.find("alt"); p != nil {
		im.Alt = strings.Join(strings.Fields(document.PlainText(r.lineOf(in.source(p)))), " ")
		im.Decorative = p.val == "" && in.param("caption") == ""
	}
	if im.Source != "" {
		im.Asset = r.Picture(im.Source, im.Position())
	}
	im.Width, im.Percent = measure(in.param("width"), "")
	f.Images = []*document.Image{im}
	if p := in.find("caption"); p != nil {
		f.Caption = r.lineOf(in.source(p))
	}
	if p := in.find("title"); p != nil {
		f.Title = r.lineOf(in.source(p))
	}
	if p := in.find("attr", "credit"); p != nil && p.val != "" {
		f.Credit = r.lineOf(in.source(p))
		if href := in.param("attrlink"); href != "" {
			l := at(&document.Link{Content: f.Credit}, e)
			r.resolveLink(l, href, e)
			f.Credit = one(l)
		}
	}
	f.Link = r.outerLink(in.param("link"), e)
	f.Classes = strings.Fields(in.param("class"))
	if id := in.param("id"); id != "" {
		f.ID = r.anchorID(id)
	}
	f.Layout = layoutOf(append([]string{in.param("align", "position", "float")}, f.Classes...), nil)
	return oneBlock(f)
}
