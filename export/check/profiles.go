package check

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	_ "image/gif" // sizes of pictures
	_ "image/jpeg"
	_ "image/png"
	"path"
	"regexp"
	"strings"
	"sync"

	_ "golang.org/x/image/webp"

	"github.com/twinpress/twinpress/export/document"
)

// A rule is what one reader or shop is known to stumble over, with the page that says so.
type rule struct {
	profile, code string
	severity      document.Severity
	source        string
	check         func(p *publication, say func(file string, line int, format string, args ...any))
}

// The pages that say so.
const (
	kindleEncoding = "https://github.com/innocenat/kindle-epub-fix"
	kindleLanguage = "https://github.com/dteviot/WebToEpub/issues/1154"
	kindleLinks    = "https://github.com/abuseofnotation/category-theory-illustrated/issues/62"
	kindleCSS      = "https://github.com/harvard-edge/cs249r_book/issues/1148"
	kindleMail     = "https://www.amazon.co.uk/gp/help/customer/display.html?nodeId=201974220"
	kindleCover    = "https://kdp.amazon.com/en_US/help/topic/G6GTK3T3NUHKLEFX"
	koboImages     = "https://github.com/kobolabs/epub-spec#image-formatting"
	koboCover      = "https://github.com/kobolabs/epub-spec#cover-images"
	koboOPF        = "https://github.com/kobolabs/epub-spec#opf"
	koboCSS        = "https://github.com/kobolabs/epub-spec#css"
	koboLimits     = "https://github.com/kobolabs/epub-spec#limitations-and-maximums"
	koboScript     = "https://github.com/kobolabs/epub-spec#javascript-support"
	appleImages    = "https://help.apple.com/itc/booksassetguide/en.lproj/itca71ad3c33.html"
	appleNCX       = "https://help.apple.com/itc/booksassetguide/en.lproj/itc79e03bdec.html"
)

var rules = []rule{
	{"kindle", "kindle-encoding", document.Warning, kindleEncoding, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.pagesOf() {
			head := bytes.ToLower(f.data[:min(len(f.data), 1024)])
			if !bytes.Contains(head, []byte(`encoding="utf-8"`)) && !bytes.Contains(head, []byte(`encoding='utf-8'`)) && !bytes.Contains(head, []byte("charset")) {
				say(f.name, 1, "the file does not say that it is UTF-8; Send to Kindle reads it as ISO-8859-1")
			}
		}
	}},
	{"kindle", "kindle-language", document.Error, kindleLanguage, func(p *publication, say func(string, int, string, ...any)) {
		for _, l := range p.metas["dc:language"][:min(1, len(p.metas["dc:language"]))] {
			primary, _, _ := strings.Cut(strings.ToLower(l), "-")
			if len(primary) < 2 || len(primary) > 3 || notLanguages[primary] {
				say(p.opf.name, 0, "Send to Kindle refuses a publication in the language %q", l)
			}
		}
		if len(p.metas["dc:language"]) == 0 {
			say("", 0, "Send to Kindle refuses a publication without a language")
		}
	}},
	{"kindle", "kindle-broken-toc", document.Error, kindleLinks, func(p *publication, say func(string, int, string, ...any)) {
		for _, l := range p.links {
			if t := p.files[l.to]; l.from == p.ncx && (t == nil || l.id != "" && t.ids != nil && t.ids[l.id] == nil) {
				say(p.ncx.name, l.node.line, "Send to Kindle refuses a contents entry that leads nowhere: %s", l.href)
			}
		}
	}},
	{"kindle", "kindle-css-variables", document.Warning, kindleCSS, func(p *publication, say func(string, int, string, ...any)) {
		for _, it := range p.items {
			if it.media == "text/css" && it.file != nil {
				if i := bytes.Index(it.file.data, []byte("var(--")); i >= 0 {
					say(it.name, 1+bytes.Count(it.file.data[:i], []byte("\n")), "Send to Kindle has refused stylesheets with variables")
				}
			}
		}
	}},
	{"kindle", "kindle-size", document.Warning, kindleMail, func(p *publication, say func(string, int, string, ...any)) {
		if p.size > 50<<20 {
			say("", 0, "the file has %d MB; Send to Kindle takes 50 by mail", p.size>>20)
		}
	}},
	{"kindle", "kindle-cover", document.Warning, kindleCover, func(p *publication, say func(string, int, string, ...any)) {
		if f := p.coverFile(); f != nil {
			if w, h, _, ok := dimensions(f.data); ok && (max(w, h) < 1000 || min(w, h) < 625) {
				say(f.name, 0, "the cover is %d × %d pixels; the Kindle shop takes none under 1000 × 625", w, h)
			}
		}
	}},
	{"kobo", "kobo-image-size", document.Warning, koboLimits, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.imagesOf() {
			if len(f.data) > 5_000_000 {
				say(f.name, 0, "the picture has %.1f MB; Kobo advises 5 at most", float64(len(f.data))/1e6)
			}
		}
	}},
	{"kobo", "kobo-cmyk", document.Error, koboImages, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.imagesOf() {
			if _, _, m, ok := dimensions(f.data); ok && m == color.CMYKModel {
				say(f.name, 0, "the picture is in CMYK; Kobo shows RGB")
			}
		}
	}},
	{"kobo", "kobo-file-name", document.Warning, koboOPF, func(p *publication, say func(string, int, string, ...any)) {
		for _, n := range p.names {
			if !plainName().MatchString(path.Base(n)) && !strings.HasSuffix(n, "/") {
				say(n, 0, "Kobo's readers may not find a file whose name has more than letters, digits, hyphens and stops")
			}
		}
	}},
	{"kobo", "kobo-cover", document.Warning, koboCover, func(p *publication, say func(string, int, string, ...any)) {
		f := p.coverFile()
		if f == nil {
			return
		}
		if sniff(f.data, f.name) == "image/gif" {
			say(f.name, 0, "Kobo takes no GIF for a cover")
		}
		named := false
		p.opf.root.walk(func(n *node) {
			named = named || n.name == "meta" && n.attr("name") == "cover" && p.byID[n.attr("content")] != nil
		})
		if !named {
			say(p.opf.name, 0, `Kobo finds the cover by <meta name="cover">, which is not there`)
		}
	}},
	{"kobo", "kobo-inline-style", document.Info, koboCSS, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.pagesOf() {
			n := 0
			line := 0
			f.root.walk(func(m *node) {
				if m.has("style") && m.space == xhtmlSpace {
					if n++; n == 1 {
						line = m.line
					}
				}
			})
			if n > 0 {
				say(f.name, line, "%d style attributes; Kobo advises to keep style in the stylesheet", n)
			}
		}
	}},
	{"kobo", "kobo-html-size", document.Warning, koboLimits, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.pagesOf() {
			total := len(f.data)
			for _, l := range p.links {
				if l.from == f && l.node.name == "img" && p.files[l.to] != nil {
					total += len(p.files[l.to].data)
				}
			}
			if total > 10_000_000 {
				say(f.name, 0, "the file and its pictures have %.1f MB; Kobo advises 10 at most", float64(total)/1e6)
			}
		}
	}},
	{"kobo", "kobo-script", document.Warning, koboScript, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.pagesOf() {
			f.root.walk(func(n *node) {
				if n.name == "script" {
					say(f.name, n.line, "Kobo's readers run scripts badly or not at all")
				}
			})
		}
	}},
	{"apple", "apple-image-pixels", document.Error, appleImages, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.imagesOf() {
			if w, h, _, ok := dimensions(f.data); ok && w*h > 5_600_000 {
				say(f.name, 0, "the picture has %d × %d pixels; Apple Books takes 5.6 million", w, h)
			}
		}
	}},
	{"apple", "apple-image-name", document.Warning, appleImages, func(p *publication, say func(string, int, string, ...any)) {
		for _, f := range p.imagesOf() {
			want := map[string]string{"image/jpeg": ".jpg .jpeg", "image/png": ".png"}[sniff(f.data, f.name)]
			if want != "" && !contains(want, strings.ToLower(path.Ext(f.name))) {
				say(f.name, 0, "Apple Books wants the ending %s for what is in the file", want)
			}
		}
	}},
	{"apple", "apple-ncx", document.Error, appleNCX, func(p *publication, say func(string, int, string, ...any)) {
		if p.ncx == nil || p.ncx.root == nil {
			return
		}
		maps := 0
		p.ncx.root.walk(func(n *node) {
			if n.name == "navMap" && len(n.children) > 0 {
				maps++
			}
		})
		if maps == 0 {
			say(p.ncx.name, 0, "Apple Books wants entries in the NCX's navMap")
		}
	}},
}

// notLanguages are countries' codes and programmers' words that publications bear in place of a language.
var notLanguages = map[string]bool{"us": true, "uk": true, "gr": true, "cz": true, "jp": true, "cn": true, "und": true, "c": true, "dk": true, "ua": true}

var plainName = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^[A-Za-z0-9._-]+$`) })

// profiles applies the readers' rules.
func (p *publication) profiles() {
	if p.opf == nil || p.opf.root == nil {
		return
	}
	for _, r := range rules {
		r.check(p, func(file string, line int, format string, args ...any) {
			p.findings = append(p.findings, Finding{Code: r.code, Severity: r.severity, File: file, Line: line, Profile: r.profile, Source: r.source,
				Message: fmt.Sprintf(format, args...)})
		})
	}
}

// pagesOf gives the content documents in order; those that are not well-formed were reported already.
func (p *publication) pagesOf() (fs []*file) {
	for _, it := range p.items {
		if it.file != nil && it.media == "application/xhtml+xml" && it.file.root != nil {
			fs = append(fs, it.file)
		}
	}
	return fs
}

func (p *publication) imagesOf() (fs []*file) {
	for _, it := range p.items {
		if it.file != nil && strings.HasPrefix(it.media, "image/") {
			fs = append(fs, it.file)
		}
	}
	return fs
}

func (p *publication) coverFile() *file {
	for _, it := range p.items {
		if contains(it.properties, "cover-image") {
			return it.file
		}
	}
	return nil
}

func dimensions(data []byte) (w, h int, m color.Model, ok bool) {
	c, _, err := image.DecodeConfig(bytes.NewReader(data))
	return c.Width, c.Height, c.ColorModel, err == nil
}
