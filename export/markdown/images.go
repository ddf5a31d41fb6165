package markdown

import (
	"net/url"
	"path"
	"slices"
	"strconv"
	"strings"

	"github.com/twinpress/twinpress/export/document"
	"github.com/twinpress/twinpress/export/internal/asset"
	"github.com/twinpress/twinpress/export/internal/source"
)

// pictureShown chooses among the addresses that an <img> gives, and leaves out the dots by which pages count their readers.
func (r *Reader) pictureShown(e *elem) []*elem {
	dot := func(s string) bool { return s == "0" || s == "1" || s == "1px" }
	if dot(e.attr("width")) && dot(e.attr("height")) {
		r.problem("dropped-html", e.pos(), "a picture of one dot was left out: "+source.Shorten(e.attr("src"), 60), "")
		return nil
	}
	if src := e.attr("src"); src == "" || strings.HasPrefix(src, "data:") {
		// What a page loads late has its address elsewhere.
		for _, late := range []string{e.attr("data-src"), largestOf(e.attr("data-srcset")), largestOf(e.attr("srcset"))} {
			if late != "" {
				e.set("src", late)
				break
			}
		}
	}
	return []*elem{e}
}

// chosenPicture gives the picture of a <picture>: its <img>, and without one the largest of its sources.
func (r *Reader) chosenPicture(e *elem) []*elem {
	var img, source *elem
	for _, k := range e.kids {
		switch {
		case k.tag == "img" && img == nil:
			img = k
		case k.tag == "source" && source == nil && largestOf(k.attr("srcset")) != "":
			source = k
		}
	}
	switch {
	case img != nil && img.attr("src") == "" && source != nil:
		img.set("src", largestOf(source.attr("srcset")))
	case img == nil && source != nil:
		img = &elem{tag: "img", attrs: []attr{{"src", largestOf(source.attr("srcset"))}}, src: e.src, at: e.at}
	}
	rest := slices.DeleteFunc(slices.Clone(e.kids), func(k *elem) bool { return k.tag == "source" || k.tag == "img" || k.isBlank() })
	if img != nil {
		rest = append([]*elem{img}, rest...)
	}
	return rest
}

// largestOf gives the address of the largest picture in a srcset (HTML Standard § 4.8.4.2.1).
func largestOf(srcset string) (largest string) {
	most := -1.0
	for s := srcset; ; {
		s = strings.TrimLeft(s, ", \t\n")
		if s == "" {
			return largest
		}
		url, rest := s, ""
		if i := strings.IndexAny(s, " \t\n"); i >= 0 {
			url, rest = s[:i], s[i:]
		}
		size := 1.0
		if bare := strings.TrimRight(url, ","); bare != url {
			url = bare
		} else {
			descriptor, after, _ := strings.Cut(rest, ",")
			rest = after
			if f, err := strconv.ParseFloat(strings.TrimRight(strings.TrimSpace(descriptor), "wxh"), 64); err == nil {
				size = f
			}
		}
		if size > most {
			largest, most = url, size
		}
		s = rest
	}
}

// isPictureAt reports whether an address is a picture's.
func isPictureAt(src string) bool {
	src, _, _ = strings.Cut(src, "?")
	return asset.IsPicture(src) || strings.HasPrefix(src, "data:image/")
}

// image reads a picture.
func (r *Reader) image(e *elem) *document.Image {
	src := r.reference(strings.TrimSpace(e.attr("src")), e)
	name := src
	if strings.HasPrefix(src, "data:") {
		name, _, _ = strings.Cut(src, ",") // nobody wants to read the rest
	}
	im := at(&document.Image{Attr: r.attrOf(e), Source: name, Alt: r.altText(e.attr("alt"))}, e)
	im.Decorative = !e.md && e.has("alt") && e.attr("alt") == "" || e.attr("role") == "presentation"
	if t := e.attr("title"); t != "" {
		im.Title = r.lineOf(r.textSource(t, e))
	}
	im.Width, im.Percent = measure(e.attr("width"), e.attr("style"))
	im.Asset = r.Picture(src, e.pos())
	return im
}

// altText sets an alternative text: one line, in final characters.
func (r *Reader) altText(s string) string {
	return r.plainLine(strings.Join(strings.Fields(r.verbatim(s)), " "))
}

// textSource makes a source of a text that has lost its exact place: all of it stems from the element.
func (r *Reader) textSource(s string, e *elem) *source.Source {
	var ed source.Edit
	ed.Put(e.src.Orig(e.at), s)
	return ed.Source(e.src.File)
}

// measure reads a width: CSS pixels, or a fraction of the measure.
func measure(width, style string) (float64, bool) {
	if width == "" {
		for _, decl := range strings.Split(style, ";") {
			if k, v, ok := strings.Cut(decl, ":"); ok && strings.TrimSpace(k) == "width" {
				width = strings.TrimSpace(v)
			}
		}
	}
	if p, ok := strings.CutSuffix(width, "%"); ok {
		f, err := strconv.ParseFloat(p, 64)
		if err != nil || f <= 0 || f > 100 {
			return 0, false
		}
		return f / 100, true
	}
	f, err := strconv.ParseFloat(strings.TrimSuffix(width, "px"), 64)
	if err != nil || f <= 0 || f > 1e5 {
		return 0, false
	}
	return f, false
}

// figureOf makes a figure of a paragraph that holds nothing but pictures; the title of a picture is its caption.
func (r *Reader) figureOf(e *elem) *document.Figure {
	var images []*elem
	link := ""
	for _, k := range e.kids {
		switch {
		case k.isBlank() || k.tag == "br":
		case k.tag == "img":
			images = append(images, k)
		case k.tag == "a":
			inner := onlyKid(k)
			if inner == nil || inner.tag != "img" {
				return nil
			}
			images = append(images, inner)
			if link == "" {
				link = k.attr("href")
			}
		default:
			return nil
		}
	}
	if len(images) == 0 {
		return nil
	}
	f := at(&document.Figure{}, e)
	f.Attr = r.attrOf(e)
	for _, k := range images {
		im := r.image(k)
		if im.Title != nil && f.Caption == nil && len(images) == 1 {
			f.Caption, im.Title = im.Title, nil
		}
		f.Images = append(f.Images, im)
		if len(images) == 1 {
			f.Attr.Classes = append(f.Attr.Classes, im.Classes...)
		}
	}
	f.Link = r.outerLink(link, e)
	f.Layout = layoutOf(f.Classes, images[0])
	return f
}

// outerLink gives the public address of what a picture links to; a picture that links to itself links to nothing.
func (r *Reader) outerLink(href string, e *elem) string {
	if href == "" || asset.IsPicture(href) {
		return ""
	}
	return r.resolveLink(&document.Link{}, href, e)
}

// layoutOf reads how a figure is to stand from its classes.
func layoutOf(classes []string, img *elem) string {
	if img != nil {
		classes = append(append([]string{}, classes...), img.attr("align"))
		if strings.Contains(img.attr("style"), "float:") {
			classes = append(classes, strings.TrimSpace(strings.SplitN(strings.SplitN(img.attr("style"), "float:", 2)[1], ";", 2)[0]))
		}
	}
	for _, c := range classes {
		switch strings.ToLower(c) {
		case "full", "wide", "fullwidth", "full-width", "full-bleed":
			return "full"
		case "left", "alignleft", "align-left", "float-left", "pull-left":
			return "left"
		case "right", "alignright", "align-right", "float-right", "pull-right":
			return "right"
		case "column", "narrow":
			return "column"
		}
	}
	return ""
}

// figure reads HTML's <figure>.
func (r *Reader) figure(e *elem) []document.Block {
	f := at(&document.Figure{}, e)
	f.Attr = r.attrOf(e)
	var rest []*elem
	var collect func(kids []*elem, link string)
	collect = func(kids []*elem, link string) {
		for _, k := range kids {
			switch {
			case k.isBlank():
			case k.tag == "figcaption":
				if f.Caption != nil {
					f.Caption = append(f.Caption, at(&document.Break{}, k))
				}
				f.Caption = append(f.Caption, r.line(r.named(k))...)
			case k.tag == "img":
				f.Images = append(f.Images, r.image(k))
			case k.tag == "a" && onlyKid(k) != nil && onlyKid(k).tag == "img":
				f.Link = r.outerLink(k.attr("href"), k)
				f.Images = append(f.Images, r.image(onlyKid(k)))
			case (k.tag == "p" || k.tag == "div") && onlyPictures(k):
				collect(k.kids, link)
			default:
				rest = append(rest, k)
			}
		}
	}
	collect(e.kids, "")
	if len(rest) > 0 {
		f.Blocks = r.blocks(rest)
	}
	f.Layout = layoutOf(f.Classes, nil)
	if len(f.Images) == 0 && len(f.Blocks) == 1 && f.Caption == nil {
		return f.Blocks
	}
	if len(f.Images) == 0 && len(f.Blocks) == 0 {
		if f.Caption == nil {
			return nil
		}
		return oneBlock(at(&document.Paragraph{Content: f.Caption}, e))
	}
	if len(f.Images) == 0 && len(f.Blocks) == 1 {
		switch b := f.Blocks[0].(type) {
		case *document.Table:
			if b.Caption == nil {
				b.Caption = f.Caption
				return f.Blocks
			}
		case *document.CodeBlock:
			b.Caption = f.Caption
			return f.Blocks
		case *document.BlockQuote:
			if b.Attribution == nil {
				b.Attribution = trimDash(f.Caption)
				return f.Blocks
			}
		}
	}
	return oneBlock(f)
}

func onlyPictures(e *elem) bool {
	for _, k := range e.kids {
		if k.isBlank() || k.tag == "img" || k.tag == "br" || k.tag == "figcaption" || k.tag == "a" && onlyPictures(k) {
			continue
		}
		return false
	}
	return true
}

// Picture finds a picture and reads it. Nil, and a problem, when there is none.
func (r *Reader) Picture(src string, pos document.Pos) *document.Asset {
	if src == "" {
		r.problem("missing-image", pos, "a picture names no file", "")
		return nil
	}
	if within, ok := r.res.Within(src); ok {
		src = within
	}
	if isRemote(src) {
		r.problem("remote-image", pos, "the picture "+src+" lies on the network, which is never asked", "save it in the site")
		return nil
	}
	a, err := r.res.Picture(src)
	switch {
	case err != nil && strings.HasPrefix(src, "data:"):
		r.problem("bad-image", pos, "a data: picture "+err.Error(), "")
	case err != nil:
		r.problem("bad-image", pos, "the picture "+src+" cannot be used: "+err.Error(), "PNG, JPEG, GIF, WebP and SVG can")
	case a == nil:
		r.problem("missing-image", pos, "the picture "+src+" was not found", "looked beside the article, in static/ and in assets/")
	case !sameFile(src, a.Name):
		r.problem("picture-found", pos, "the picture "+src+" lies elsewhere: "+a.Name+" is shown", "name it as it lies")
	}
	return a
}

// sameFile reports whether an address names a file as it is called.
func sameFile(src, name string) bool {
	if strings.HasPrefix(src, "data:") {
		return true
	}
	src, _, _ = strings.Cut(src, "#")
	src, _, _ = strings.Cut(src, "?")
	base := path.Base(strings.ReplaceAll(src, `\`, "/"))
	if base == path.Base(name) || path.Ext(base) == "" { // of no ending, it is a resource that front matter names
		return true
	}
	un, err := url.PathUnescape(base)
	return err == nil && un == path.Base(name)
}

func isRemote(src string) bool {
	return strings.HasPrefix(src, "//") || strings.Contains(src, "://") && !strings.HasPrefix(src, "file:")
}
