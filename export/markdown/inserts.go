package markdown

import (
	"cmp"
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/address"
	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/internal/shortcode"
	"github.com/twinpress/twinpress/export/internal/source"
)

// blockInsert turns a shortcode, a formula or code between paragraphs into blocks.
func (r *Reader) blockInsert(e *elem) []document.Block {
	in := e.insert
	switch in.Kind {
	case shortcode.Code:
		c := at(&document.CodeBlock{Text: strings.TrimRight(in.Text, " \n"), Language: codeLanguage(in.Param("0", "lang", "language"))}, e)
		if p := in.Find("caption", "title"); p != nil {
			c.Caption = r.lineOf(in.Source(p))
		}
		return oneBlock(c)
	case shortcode.MathBlock:
		f, empty := r.formula(e, in.Text, true)
		if empty {
			return nil
		}
		return oneBlock(at(&document.MathBlock{TeX: in.Text, Formula: f}, e))
	}
	if root := r.own(e, r.parse); root != nil {
		return r.blocks(root.kids)
	}
	if in.Kind == shortcode.Open {
		return r.pairedBlock(e)
	}
	switch in.Name {
	case "figure", "img", "image", "imgproc", "picture":
		return r.figureInsert(e)
	case "pullquote":
		if p := in.Find("text", "0"); p != nil {
			d := at(&document.Division{Role: "pullquote"}, e)
			d.Blocks = oneBlock(at(&document.Paragraph{Content: r.lineOf(in.Source(p))}, e))
			return oneBlock(d)
		}
	case "include":
		var out []document.Block
		for i := range in.Params {
			if content := r.lineOf(in.Source(&in.Params[i])); len(content) > 0 {
				out = append(out, at(&document.Paragraph{Content: content}, e))
			}
		}
		return out
	case "tablecaption":
		return oneBlock(at(&document.Paragraph{Content: r.lineOf(in.Source(in.Find("text")))}, e))
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
	if !in.Failed {
		r.problem("unknown-shortcode", e.pos(), "shortcode "+strconv.Quote(in.Name)+" is not known", "what it says in words was kept")
	}
	content := r.inlines(e.kids)
	for i := range in.Params {
		p := &in.Params[i]
		if !isWording(p) {
			continue
		}
		if len(content) > 0 {
			content = append(content, at(&document.Text{Value: ", "}, e))
		}
		content = append(content, r.inlines(r.parseLine(r.setAsideLine(in.Source(p))).kids)...)
	}
	return content
}

// place gives the number by which an argument that was given by place is asked for.
func place(in *shortcode.Insert, i int) string {
	n := 0
	for _, p := range in.Params[:i] {
		if p.Key == "" {
			n++
		}
	}
	return strconv.Itoa(n)
}

// isWording reports whether an argument of a shortcode says something in words: it is no address, no measure, no switch.
func isWording(p *shortcode.Param) bool {
	val := strings.TrimSpace(p.Val)
	switch strings.ToLower(p.Key) {
	case "caption", "title", "text", "alt", "author", "source", "cite", "by", "attribution", "label", "name", "description", "summary", "quote":
		return val != ""
	case "":
	default:
		return strings.Contains(val, " ") && !strings.ContainsAny(val, "/<>={}")
	}
	return strings.ContainsFunc(val, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) && val != "true" && val != "false" &&
		!strings.ContainsAny(val, "/<>={}#") && !asset.IsPicture(val) && !strings.HasSuffix(val, "px") && !strings.HasSuffix(val, "%")
}

// pairedBlock reads a shortcode with content.
func (r *Reader) pairedBlock(e *elem) []document.Block {
	in := e.insert
	title := func(names ...string) []document.Block {
		p := in.Find(names...)
		if p == nil || strings.TrimSpace(p.Val) == "" {
			return nil
		}
		root := r.parseLine(r.setAsideLine(in.Source(p)))
		return r.titled(root.kids, e)
	}
	group := func(role string, head []document.Block) []document.Block {
		d := at(&document.Division{Role: role, Blocks: append(head, r.blocks(e.kids)...)}, e)
		if c := in.Param("class"); c != "" {
			d.Classes = strings.Fields(c)
		}
		if id := in.Param("id"); id != "" {
			d.ID = r.anchorID(id)
		}
		if len(d.Blocks) == 0 {
			return nil
		}
		return oneBlock(d)
	}
	switch in.Name {
	case "figure", "image":
		return append(r.figureInsert(e), r.blocks(e.kids)...)
	case "quote", "blockquote", "citation", "cite":
		kids, attribution := r.attribution(e.kids)
		q := at(&document.BlockQuote{Blocks: r.blocks(kids), Attribution: attribution}, e)
		if p := in.Find("author", "by", "cite", "attribution", "0"); p != nil {
			q.Attribution = r.lineOf(in.Source(p))
			if s := in.Find("source", "title"); s != nil {
				q.Attribution = append(append(q.Attribution, at(&document.Text{Value: ", "}, e)), r.lineOf(in.Source(s))...)
			}
		} else if p := in.Find("source"); p != nil {
			q.Attribution = r.lineOf(in.Source(p))
		}
		return oneBlock(q)
	case "verse", "poem", "poetry":
		return r.verse(e)
	case "qr":
		return r.qrBlock(e)
	case mapped:
		return r.mappedLink(e)
	case "center", "centre", "right":
		blocks := r.blocks(e.kids)
		alignAll(blocks, strings.Replace(in.Name, "centre", "center", 1))
		return blocks
	case "lead", "div", "section", "columns", "column", "raw", "rawhtml", "html", "unsafe", "markdown", "md", "tabs", "tabpane", "steps":
		return r.blocks(e.kids)
	case "tab":
		return append(title("0", "name", "title", "header"), r.blocks(e.kids)...)
	case "lang":
		d := at(&document.Division{Blocks: r.blocks(e.kids)}, e)
		d.Lang = r.language(in.Param("0", "lang"), e.pos())
		return oneBlock(d)
	}
	if role := roles[in.Name]; role != "" {
		return group(role, title("summary", "title", "header", "heading", "caption", "0"))
	}
	if !in.Failed {
		r.problem("unknown-shortcode", e.pos(), "shortcode "+strconv.Quote(in.Name)+" is not known", "what it says in words was kept")
	}
	var out []document.Block
	for i := range in.Params {
		if p := &in.Params[i]; isWording(p) {
			out = append(out, title(strings.ToLower(cmp.Or(p.Key, place(in, i))))...)
		}
	}
	return append(out, r.blocks(e.kids)...)
}

// insertStyles are the shortcodes that only change how their content looks.
var insertStyles = map[string]document.StyleKind{"sup": document.Superscript, "sub": document.Subscript, "mark": document.Mark,
	"kbd": document.Keyboard, "small": document.Small, "sc": document.SmallCaps, "smallcaps": document.SmallCaps,
	"abbr": document.Abbreviation, "span": document.Plain, "button": document.Plain, "lang": document.Plain}

// inlineInsert turns a shortcode or a formula in a line into inlines.
func (r *Reader) inlineInsert(e *elem) []document.Inline {
	in := e.insert
	switch in.Kind {
	case shortcode.MathText, shortcode.MathBlock:
		f, empty := r.formula(e, in.Text, false)
		if empty {
			return nil
		}
		return one(at(&document.Math{TeX: in.Text, Formula: f}, e))
	case shortcode.Code:
		t := at(&document.Text{Value: in.Text}, e)
		return one(at(&document.Code{Text: t}, e))
	}
	if root := r.own(e, r.parseLine); root != nil {
		return r.inlines(root.kids)
	}
	if kind, ok := insertStyles[in.Name]; ok {
		return r.styledInsert(e, kind)
	}
	var content []document.Inline
	switch in.Name {
	case "ref", "relref":
		return r.bareReference(e)
	case "icon", "fa", "emoji":
		return nil
	case "param":
		name := in.Param("0", "name")
		v := r.res.Param(name)
		if v == "" {
			r.problem("bad-shortcode", e.pos(), "neither the page nor the site has a parameter "+strconv.Quote(name), "name it in the front matter, or in params of the configuration")
			return nil
		}
		return one(at(&document.Text{Value: v}, e))
	case "qr":
		return r.qr(e)
	case mapped:
		return r.mappedInline(e)
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
	if p := e.insert.Find("0", "text"); p != nil {
		return r.parseLine(r.setAsideLine(e.insert.Source(p))).kids
	}
	return nil
}

// styledInsert reads a shortcode that only changes how its content looks.
func (r *Reader) styledInsert(e *elem, kind document.StyleKind) []document.Inline {
	content := r.inlines(e.kids)
	if p := e.insert.Find("0", "text"); len(content) == 0 && p != nil {
		content = r.inlines(r.parseLine(r.setAsideLine(e.insert.Source(p))).kids)
	}
	if len(content) == 0 {
		return nil
	}
	s := at(&document.Styled{Kind: kind, Content: content}, e)
	if e.insert.Name == "lang" {
		s.Lang = r.language(e.insert.Param("0", "lang"), e.pos())
	}
	return one(s)
}

// bareReference reads a reference that stands outside a link: it is the address itself.
func (r *Reader) bareReference(e *elem) []document.Inline {
	in := e.insert
	p := in.Find("0", "path")
	if p == nil || p.Val == "" {
		r.problem("bad-shortcode", e.pos(), in.Name+" names no page", "")
		return nil
	}
	href := p.Val
	l := at(&document.Link{}, e)
	r.resolveLink(l, r.reference(string(source.Opener)+strconv.Itoa(slices.Index(r.inserts, in))+string(source.Closer), e), e)
	if path, _, _ := strings.Cut(href, "#"); l.Article == nil && path != "" {
		if t := r.res.Find(path, true, in.Param("lang")); t.Page && t.Title != "" {
			href = t.Title
		}
	}
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

// qrWords gives the words that a square code holds.
func (e *elem) qrWords() string {
	if words := strings.TrimSpace(e.insert.Param("text")); words != "" {
		return words
	}
	return strings.TrimSpace((&elem{kids: e.kids, tag: "span"}).plain())
}

// qr gives the words that a square code holds: a link, when they are an address.
func (r *Reader) qr(e *elem) []document.Inline {
	words := e.qrWords()
	if words == "" {
		return nil
	}
	t := at(&document.Text{Value: words}, e)
	if scheme, _, ok := strings.Cut(words, ":"); !ok || strings.ContainsAny(scheme, " /") {
		return one(t)
	}
	l := at(&document.Link{Auto: true}, e)
	r.resolveLink(l, words, e)
	l.Content = one(t)
	return one(l)
}

// isQR reports whether an element is a call of Hugo's square code.
func (r *Reader) isQR(e *elem) bool {
	return e != nil && e.tag == "insert" && e.insert.Name == "qr" && r.md.set.Shortcodes["qr"] == nil && (e.insert.Kind == shortcode.Tag || e.insert.Kind == shortcode.Open)
}

// qrBlock is a square code by itself, with the words that it holds.
func (r *Reader) qrBlock(e *elem) []document.Block {
	content := r.typeset(r.qr(e))
	if len(content) == 0 {
		return nil
	}
	return oneBlock(at(&document.Media{Line: content, URL: e.qrWords(), Code: true}, e))
}

// mediaInsert gives a link for what moves or sounds; nil when the shortcode is something else.
func (r *Reader) mediaInsert(e *elem) []document.Inline {
	in := e.insert
	id := in.Param("0", "id", "src", "url", "file")
	name, href := "", ""
	switch strings.TrimSuffix(in.Name, "_simple") { // Hugo's, without programs
	case "youtube":
		name, href = "YouTube", "https://www.youtube.com/watch?v="+url.QueryEscape(id)
	case "vimeo":
		name, href = "Vimeo", "https://vimeo.com/"+url.PathEscape(id)
	case "rutube":
		name, href = "RuTube", "https://rutube.ru/video/"+url.PathEscape(id)+"/"
	case "plvideo":
		name, href = "Платформа", "https://plvideo.ru/watch?v="+url.QueryEscape(id)
	case "vkvideo":
		name, href = "VK Видео", "https://vk.com/video"+url.PathEscape(in.Param("oid")+"_"+in.Param("id"))
		id = in.Param("id")
	case "tweet", "x", "twitter":
		user := in.Param("user")
		if user == "" {
			user = "i"
			id = in.Param("0", "id")
			href = "https://x.com/i/status/" + url.PathEscape(id)
		} else {
			id = in.Param("id")
			href = "https://x.com/" + url.PathEscape(user) + "/status/" + url.PathEscape(id)
		}
		name = "X"
	case "instagram":
		name, href = "Instagram", "https://www.instagram.com/p/"+url.PathEscape(id)+"/"
	case "gist":
		name, href = "Gist", "https://gist.github.com/"+url.PathEscape(in.Param("0", "user"))+"/"+url.PathEscape(in.Param("1", "id"))
	case "video", "audio", "mp4", "mp3", "asciinema", "pdf", "iframe", "embed", "soundcloud", "spotify", "codepen":
		if id == "" {
			return nil
		}
		name, href = path.Base(id), id
	default:
		return nil
	}
	if id == "" {
		return nil
	}
	r.problem("linked-media", e.pos(), in.Name+" is given as a link", "")
	if p := in.Find("title", "caption"); p != nil && p.Val != "" {
		name = document.PlainText(r.lineOf(in.Source(p)))
	}
	return one(r.mediaLink(e, name, href, in.Param("poster", "thumbnail", "cover", "image")))
}

// mappedInline reads a shortcode that the publisher maps to a link: to the address that it names, called by its title or by what
// it encloses.
func (r *Reader) mappedInline(e *elem) []document.Inline {
	in := e.insert
	to := in.Find("src", "url", "href", "link", "address", "file", "id", "0")
	if to == nil || strings.TrimSpace(to.Val) == "" {
		r.problem("bad-shortcode", e.pos(), "a shortcode that is mapped to a link names no address", "shortcodes: in twinpress.yaml")
		return r.unknownInsert(e)
	}
	name := strings.Join(strings.Fields(r.verbatim((&elem{kids: e.kids, tag: "span"}).plain())), " ")
	if p := in.Find("title", "caption", "text", "name", "label"); p != nil && p.Val != "" {
		name = document.PlainText(r.lineOf(in.Source(p)))
	} else if p := in.Find("1"); p != nil && name == "" && to.Key == "" {
		name = document.PlainText(r.lineOf(in.Source(p)))
	}
	return one(r.mediaLink(e, name, to.Val, in.Param("poster", "thumbnail", "cover", "image")))
}

// mappedLink is such a link by itself.
func (r *Reader) mappedLink(e *elem) []document.Block {
	content := r.typeset(r.mappedInline(e))
	if m := r.mediaBlock(content); m != nil {
		return oneBlock(m)
	}
	return oneBlock(at(&document.Paragraph{Content: content}, e))
}

// mediaLink gives the link to what moves or sounds: its name, and where it is in a form that can be read.
func (r *Reader) mediaLink(e *elem, name, href, poster string) *document.Link {
	l := at(&document.Link{}, e)
	public := r.resolveLink(l, href, e)
	if public == "" {
		public = href
	}
	words := address.Short(public)
	if name == "" || name == path.Base(href) {
		l.Auto = true
	} else {
		words = name + ": " + words
	}
	l.Content = one(at(&document.Text{Value: words}, e))
	if r.media == nil {
		r.media = map[*document.Link]mediaOf{}
	}
	r.media[l] = mediaOf{l.URL, poster, e}
	return l
}

// A mediaOf is what is known of media beside the link to them.
type mediaOf struct {
	url, poster string
	e           *elem
}

// mediaBlock makes media of a line that holds nothing but a link to them; nil for any other.
func (r *Reader) mediaBlock(content []document.Inline) *document.Media {
	if len(content) != 1 {
		return nil
	}
	l, ok := content[0].(*document.Link)
	if !ok {
		return nil
	}
	of, ok := r.media[l]
	if !ok {
		return nil
	}
	m := at(&document.Media{Line: content, URL: of.url}, of.e)
	m.Attr = r.attrOf(of.e)
	if of.poster != "" {
		poster := &elem{tag: "img", src: of.e.src, at: of.e.at, parent: of.e.parent, attrs: []attr{{"src", of.poster}, {"alt", ""}}}
		m.Poster = r.image(poster)
		m.Poster.Alt, m.Poster.Decorative = "", true // the line below says what it is
	}
	return m
}

// htmlMedia gives a link in the place of HTML's films, sounds and frames, called by what the page calls them.
func (r *Reader) htmlMedia(e *elem) []document.Inline {
	r.problem("linked-media", e.pos(), "<"+e.tag+"> is given as a link", "")
	name := e.attr("title")
	if name == "" {
		name = e.attr("aria-label")
	}
	return r.identified(e, one(r.mediaLink(e, name, e.attr("src"), e.attr("poster"))))
}

// figureInsert reads Hugo's figure shortcode.
func (r *Reader) figureInsert(e *elem) []document.Block {
	in := e.insert
	src := in.Find("src", "0", "filename", "file", "url", "path", "image_path")
	if src == nil || strings.TrimSpace(src.Val) == "" {
		r.problem("bad-shortcode", e.pos(), "a figure names no picture", "src=\"…\"")
		src = &shortcode.Param{}
	}
	f := at(&document.Figure{}, e)
	im := at(&document.Image{Source: strings.TrimSpace(src.Val)}, e)
	if src.At > 0 {
		im.SetPos(in.Src.Pos(src.At))
	}
	if p := in.Find("alt"); p != nil {
		im.Alt = strings.Join(strings.Fields(document.PlainText(r.lineOf(in.Source(p)))), " ")
		im.Decorative = p.Val == "" && in.Param("caption") == ""
	}
	if im.Source != "" {
		im.Asset = r.Picture(im.Source, im.Position())
	}
	im.Width, im.Percent = measure(in.Param("width"), "")
	f.Images = []*document.Image{im}
	if p := in.Find("caption"); p != nil {
		f.Caption = r.lineOf(in.Source(p))
	}
	if p := in.Find("title"); p != nil {
		f.Title = r.lineOf(in.Source(p))
	}
	if p := in.Find("attr", "credit"); p != nil && p.Val != "" {
		f.Credit = r.lineOf(in.Source(p))
		if href := in.Param("attrlink"); href != "" {
			l := at(&document.Link{Content: f.Credit}, e)
			r.resolveLink(l, href, e)
			f.Credit = one(l)
		}
	}
	f.Link = r.outerLink(in.Param("link"), e)
	f.Classes = strings.Fields(in.Param("class"))
	if id := in.Param("id"); id != "" {
		f.ID = r.anchorID(id)
	}
	f.Layout = layoutOf(append([]string{in.Param("align", "position", "float")}, f.Classes...), nil)
	return oneBlock(f)
}
