package hugo

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"image"
	_ "image/gif" // formats that image.DecodeConfig knows
	_ "image/jpeg"
	_ "image/png"
	"net/http"
	"net/url"
	"os"
	"path"
	"path/filepath"
	"strconv"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
	_ "golang.org/x/image/webp" // a format that image.DecodeConfig knows
)

// image reads a picture.
func (r *reading) image(e *elem) *document.Image {
	src := r.reference(strings.TrimSpace(e.attr("src")), e)
	if src == "" {
		src = e.attr("data-src")
	}
	im := at(&document.Image{Attr: r.attrOf(e), Source: src, Alt: r.altText(e.attr("alt"))}, e)
	im.Decorative = !e.md && e.has("alt") && e.attr("alt") == "" || e.attr("role") == "presentation"
	if t := e.attr("title"); t != "" {
		im.Title = r.lineOf(r.textSource(t, e))
	}
	im.Width, im.Percent = measure(e.attr("width"), e.attr("style"))
	im.Asset = r.picture(src, e.pos(), true)
	return im
}

// altText sets an alternative text: one line, in final characters.
func (r *reading) altText(s string) string {
	return r.plainLine(strings.Join(strings.Fields(r.verbatim(s)), " "))
}

// textSource makes a source of a text that has lost its exact place: all of it stems from the element.
func (r *reading) textSource(s string, e *elem) *source {
	var ed edit
	ed.put(e.src.orig(e.at), s)
	return ed.source(e.src.file)
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
func (r *reading) figureOf(e *elem) *document.Figure {
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
func (r *reading) outerLink(href string, e *elem) string {
	if href == "" || isPicture(href) {
		return ""
	}
	l := &document.Link{}
	r.resolveLink(l, href, e)
	if l.Article != nil {
		return l.Article.URL
	}
	return l.URL
}

func isPicture(href string) bool {
	switch strings.ToLower(path.Ext(href)) {
	case ".png", ".jpg", ".jpeg", ".gif", ".webp", ".svg":
		return true
	}
	return false
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
func (r *reading) figure(e *elem) []document.Block {
	f := at(&document.Figure{}, e)
	f.Attr = r.attrOf(e)
	var rest []*elem
	var collect func(kids []*elem, link string)
	collect = func(kids []*elem, link string) {
		for _, k := range kids {
			switch {
			case k.isBlank():
			case k.tag == "figcaption":
				f.Caption = append(f.Caption, r.line(k.kids)...)
			case k.tag == "img":
				f.Images = append(f.Images, r.image(k))
			case k.tag == "a" && onlyKid(k) != nil && onlyKid(k).tag == "img":
				f.Link = r.outerLink(k.attr("href"), k)
				f.Images = append(f.Images, r.image(onlyKid(k)))
			case (k.tag == "p" || k.tag == "div" || k.tag == "picture") && onlyPictures(k):
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
		if k.isBlank() || k.tag == "img" || k.tag == "br" || k.tag == "figcaption" || k.tag == "source" || k.tag == "a" && onlyPictures(k) {
			continue
		}
		return false
	}
	return true
}

// assets reads each picture once.
type assets struct {
	mu    sync.Mutex
	known map[string]*assetEntry
}

type assetEntry struct {
	once  sync.Once
	asset *document.Asset
	err   error
}

// picture finds a picture as Hugo does (page bundle, static/, assets/) and reads it. Nil when there is none.
func (r *reading) picture(src string, pos document.Pos, say bool) *document.Asset {
	if src == "" {
		r.problem("missing-image", pos, "a picture names no file", "")
		return nil
	}
	if isRemote(src) {
		r.problem("remote-image", pos, "the picture "+src+" lies on the network, which is never asked", "save it in the site")
		return nil
	}
	if strings.HasPrefix(src, "data:") {
		return r.dataPicture(src, pos)
	}
	name, file := r.site.findFile(r.page, src)
	if file == "" {
		r.problem("missing-image", pos, "the picture "+src+" was not found", "looked beside the article, in static/ and in assets/")
		return nil
	}
	a, err := r.site.asset(name, file)
	if err != nil {
		code := "bad-image"
		r.problem(code, pos, "the picture "+src+" cannot be used: "+err.Error(), "PNG, JPEG, GIF, WebP and SVG can")
		return nil
	}
	return a
}

func isRemote(src string) bool {
	return strings.HasPrefix(src, "//") || strings.Contains(src, "://") && !strings.HasPrefix(src, "file:")
}

// findFile finds a picture's file. The name is its path from the site's root.
func (s *Site) findFile(p *page, src string) (name, file string) {
	src, _, _ = strings.Cut(src, "#")
	src, _, _ = strings.Cut(src, "?")
	tries := []string{src}
	if un, err := url.PathUnescape(src); err == nil && un != src {
		tries = append(tries, un)
	}
	for _, t := range tries {
		t = strings.ReplaceAll(t, `\`, "/")
		var dirs []string
		rel := strings.TrimPrefix(t, "/")
		if p != nil && !strings.HasPrefix(t, "/") {
			dirs = append(dirs, path.Dir(p.path))
			if !p.bundle {
				// Hugo serves a page from a folder of its own name, so a relative address may count from there.
				dirs = append(dirs, strings.TrimSuffix(p.path, path.Ext(p.path)), path.Dir(path.Dir(p.path)))
			}
		}
		dirs = append(dirs, s.staticDirs...)
		dirs = append(dirs, s.assetDirs...)
		dirs = append(dirs, s.contentDir, "")
		if p != nil {
			dirs = append(dirs, path.Dir(p.path))
		}
		if base := s.basePath(); base != "" && strings.HasPrefix(t, base) {
			rel = strings.TrimPrefix(t, base)
		}
		for _, d := range dirs {
			name := path.Clean(path.Join(d, rel))
			if name == ".." || strings.HasPrefix(name, "../") {
				continue
			}
			file := filepath.Join(s.Root, filepath.FromSlash(name))
			if st, err := os.Stat(file); err == nil && st.Mode().IsRegular() {
				return name, file
			}
		}
	}
	return "", ""
}

// basePath gives the path under which the site is served, when it is not the host's root.
func (s *Site) basePath() string {
	u, err := url.Parse(s.Config.Journal.BaseURL)
	if err != nil || u.Path == "/" {
		return ""
	}
	return u.Path
}

// asset reads a picture's file, once for the whole site.
func (s *Site) asset(name, file string) (*document.Asset, error) {
	s.assets.mu.Lock()
	if s.assets.known == nil {
		s.assets.known = map[string]*assetEntry{}
	}
	entry := s.assets.known[name]
	if entry == nil {
		entry = &assetEntry{}
		s.assets.known[name] = entry
	}
	s.assets.mu.Unlock()
	entry.once.Do(func() {
		data, err := os.ReadFile(file)
		if err != nil {
			entry.err = err
			return
		}
		entry.asset, entry.err = newAsset(name, data)
	})
	return entry.asset, entry.err
}

type imageError string

func (e imageError) Error() string { return string(e) }

// newAsset finds out what a picture is and how big.
func newAsset(name string, data []byte) (*document.Asset, error) {
	a := &document.Asset{Name: name, Data: data}
	if w, h, ok := svgSize(data); ok {
		a.MediaType, a.Width, a.Height = "image/svg+xml", w, h
		return a, nil
	}
	cfg, format, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		kind := http.DetectContentType(data)
		if strings.HasPrefix(kind, "image/") {
			return nil, imageError("damaged, or a kind not known (" + kind + ")")
		}
		return nil, imageError("not a picture (" + kind + ")")
	}
	if !whole(format, data) {
		return nil, imageError("damaged: the file ends before the picture does")
	}
	a.MediaType, a.Width, a.Height = "image/"+format, cfg.Width, cfg.Height
	if format == "jpeg" && orientation(data) >= 5 {
		a.Width, a.Height = a.Height, a.Width
	}
	return a, nil
}

// whole reports whether a file has its end. A JPEG has its end after its last scan (ITU-T T.81 § B.1.1.3; the mark cannot
// occur within one, but a thumbnail before them has its own), a PNG has a chunk for it. Others are decoded before they are
// used.
func whole(format string, data []byte) bool {
	switch format {
	case "jpeg":
		return bytes.LastIndex(data, []byte{0xff, 0xd9}) > bytes.LastIndex(data, []byte{0xff, 0xda})
	case "png":
		return bytes.Contains(data, []byte("IEND"))
	}
	return true
}

// svgSize reads the size of an SVG from its root element: width and height in CSS pixels, or the view box.
func svgSize(data []byte) (w, h int, ok bool) {
	head := data[:min(len(data), 4096)]
	if !bytes.Contains(head, []byte("<svg")) && !bytes.Contains(head, []byte(":svg")) {
		return 0, 0, false
	}
	d := xml.NewDecoder(bytes.NewReader(data))
	d.Strict = false
	d.CharsetReader = nil
	for {
		t, err := d.RawToken()
		if err != nil {
			return 0, 0, false
		}
		e, is := t.(xml.StartElement)
		if !is {
			continue
		}
		if e.Name.Local != "svg" {
			return 0, 0, false
		}
		var fw, fh float64
		var box []string
		for _, a := range e.Attr {
			switch a.Name.Local {
			case "width":
				fw = cssPixels(a.Value)
			case "height":
				fh = cssPixels(a.Value)
			case "viewBox":
				box = strings.Fields(strings.ReplaceAll(a.Value, ",", " "))
			}
		}
		if len(box) == 4 {
			bw, _ := strconv.ParseFloat(box[2], 64)
			bh, _ := strconv.ParseFloat(box[3], 64)
			switch {
			case bw <= 0 || bh <= 0:
			case fw == 0 && fh == 0:
				fw, fh = bw, bh
			case fw == 0:
				fw = fh * bw / bh
			case fh == 0:
				fh = fw * bh / bw
			}
		}
		return int(min(fw, 1e6) + 0.5), int(min(fh, 1e6) + 0.5), true
	}
}

// cssPixels reads a CSS length; 0 for what depends on the surroundings.
func cssPixels(s string) float64 {
	s = strings.TrimSpace(s)
	for unit, px := range map[string]float64{"px": 1, "pt": 96.0 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96} {
		if n, ok := strings.CutSuffix(s, unit); ok {
			f, err := strconv.ParseFloat(strings.TrimSpace(n), 64)
			if err != nil || f < 0 {
				return 0
			}
			return f * px
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || f < 0 {
		return 0
	}
	return f
}

// orientation reads the Exif tag 0x0112 (Exif 2.32 § 4.6.4) of a JPEG; 1 when there is none. From 5 on the picture lies
// on its side.
func orientation(data []byte) int {
	for i := 2; i+4 <= len(data) && data[i] == 0xFF; {
		size := int(binary.BigEndian.Uint16(data[i+2:]))
		if data[i+1] == 0xDA || size < 2 || i+2+size > len(data) {
			break
		}
		if seg := data[i+4 : i+2+size]; data[i+1] == 0xE1 && bytes.HasPrefix(seg, []byte("Exif\x00\x00")) {
			return tiffOrientation(seg[6:])
		}
		i += 2 + size
	}
	return 1
}

func tiffOrientation(t []byte) int {
	if len(t) < 8 {
		return 1
	}
	var order binary.ByteOrder = binary.BigEndian
	if t[0] == 'I' {
		order = binary.LittleEndian
	}
	ifd := int(order.Uint32(t[4:]))
	if ifd < 8 || ifd+2 > len(t) {
		return 1
	}
	for n, at := int(order.Uint16(t[ifd:])), ifd+2; n > 0 && at+12 <= len(t); n, at = n-1, at+12 {
		if order.Uint16(t[at:]) == 0x0112 {
			if o := int(order.Uint16(t[at+8:])); o >= 1 && o <= 8 {
				return o
			}
		}
	}
	return 1
}
