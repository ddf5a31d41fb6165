package check

import (
	"bytes"
	"path"
	"regexp"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
)

// An item is an entry of the manifest.
type item struct {
	id, name, media, properties string
	line                        int
	file                        *file
}

var modifiedForm = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$`) })

// packaging holds the package document to EPUB 3.3 § 5.
func (p *publication) packaging() {
	p.byID, p.metas = map[string]*item{}, map[string][]string{}
	if p.opf == nil || !p.parse(p.opf) {
		return
	}
	root := p.opf.root
	if v := root.attr("version"); !strings.HasPrefix(v, "3.") && v != "2.0" { // § 5.4
		p.fault(root, "package", "the package's version is %q", v)
	}
	root.walk(p.packageElement)
	p.requiredMetadata()
	p.readSpine()
	if p.nav == nil && strings.HasPrefix(root.attr("version"), "3") { // § 5.6: exactly one has the property nav
		p.fault(root, "missing-nav", "the manifest names no navigation document")
	}
	p.unlisted()
}

// fault reports an error of the package document.
func (p *publication) fault(n *node, code, format string, args ...any) {
	p.report(code, document.Error, p.opf.name, n.line, format, args...)
}

// packageElement gathers metadata (§ 5.5) and the manifest (§ 5.6).
func (p *publication) packageElement(n *node) {
	switch {
	case n.space == "http://purl.org/dc/elements/1.1/":
		p.metas["dc:"+n.name] = append(p.metas["dc:"+n.name], strings.TrimSpace(n.text))
	case n.name == "meta" && n.attr("refines") == "" && n.has("property"):
		p.metas[n.attr("property")] = append(p.metas[n.attr("property")], strings.TrimSpace(n.text))
	case n.name == "meta" && n.has("refines"):
		if id := strings.TrimPrefix(n.attr("refines"), "#"); p.opf.ids[id] == nil {
			p.fault(n, "broken-link", "the metadata refines %q, which is not there", n.attr("refines"))
		}
	case n.name == "item" && n.parent != nil && n.parent.name == "manifest":
		p.manifestItem(n)
	}
}

// requiredMetadata asks for what a package must say of itself (§ 5.5.3, § 5.5.5).
func (p *publication) requiredMetadata() {
	root, name := p.opf.root, p.opf.name
	if uid := root.attr("unique-identifier"); p.opf.ids[uid] == nil || p.opf.ids[uid].name != "identifier" {
		p.fault(root, "package", "the package has no identifier of the id %q", uid)
	}
	for _, need := range []string{"dc:title", "dc:language", "dc:identifier"} {
		if v := p.metas[need]; len(v) == 0 || v[0] == "" {
			p.report("missing-metadata", document.Error, name, 0, "the package has no %s", need)
		}
	}
	switch m := p.metas["dcterms:modified"]; {
	case len(m) == 0:
		p.report("missing-modified", document.Error, name, 0, "the package does not say when it was last modified (dcterms:modified)")
	case len(m) > 1:
		p.report("missing-modified", document.Error, name, 0, "the package says more than once when it was last modified")
	case !modifiedForm().MatchString(m[0]):
		p.report("missing-modified", document.Error, name, 0, "%q is no time of the form 2024-01-31T00:00:00Z", m[0])
	}
}

// readSpine gathers the spine (§ 5.7): content documents of the manifest, each once.
func (p *publication) readSpine() {
	inSpine := map[*item]bool{}
	p.opf.root.walk(func(n *node) {
		if n.name != "itemref" {
			return
		}
		it := p.byID[n.attr("idref")]
		switch {
		case it == nil:
			p.fault(n, "spine", "the spine names %q, which the manifest does not have", n.attr("idref"))
		case inSpine[it]:
			p.fault(n, "spine", "%s stands twice in the spine", it.name)
		default:
			inSpine[it] = true
			p.spine = append(p.spine, it)
			if it.media != "application/xhtml+xml" && it.media != "image/svg+xml" {
				p.fault(n, "spine", "%s is no content document, but stands in the spine", it.name)
			}
		}
	})
	if len(p.spine) == 0 {
		p.fault(p.opf.root, "spine", "the spine is empty")
	}
}

// unlisted reports files that the manifest leaves out (§ 5.6.1).
func (p *publication) unlisted() {
	for _, n := range p.names {
		if n == "mimetype" || strings.HasPrefix(n, "META-INF/") || n == p.opf.name || strings.HasSuffix(n, "/") {
			continue
		}
		if p.files[n].item == nil {
			p.report("not-in-manifest", document.Error, n, 0, "the file is not in the manifest")
		}
	}
}

// manifestItem reads an entry of the manifest (§ 5.6.2).
func (p *publication) manifestItem(n *node) {
	href := n.attr("href")
	target, id, remote, err := resolve(p.opf.name, href)
	if err != nil || href == "" || id != "" {
		p.fault(n, "manifest", "%q is no name of a file", href)
		return
	}
	it := &item{id: n.attr("id"), name: target, media: n.attr("media-type"), properties: n.attr("properties"), line: n.line}
	if remote {
		if !strings.HasPrefix(it.media, "audio/") && !strings.HasPrefix(it.media, "video/") && !strings.Contains(it.media, "font") {
			p.fault(n, "remote-resource", "%s is fetched from the network", href)
		}
		return
	}
	p.byID[it.id] = it
	p.items = append(p.items, it)
	if it.file = p.files[target]; it.file == nil {
		p.fault(n, "missing-file", "the manifest names %s, which is not in the archive", target)
		return
	}
	if it.file.item != nil {
		p.fault(n, "manifest", "%s stands twice in the manifest", target)
		return
	}
	it.file.item = it
	if contains(it.properties, "nav") {
		p.nav = it.file
	}
	if it.media == "application/x-dtbncx+xml" {
		p.ncx = it.file
	}
	if found := sniff(it.file.data, target); found != "" && it.media != "" && found != it.media && !sameMedia(found, it.media) {
		p.fault(n, "media-type", "%s is %s, not %s", target, found, it.media)
	}
	if it.media == "" {
		p.fault(n, "media-type", "%s has no media type", target)
	}
	if strings.HasPrefix(it.media, "image/") && !map[string]bool{"image/jpeg": true, "image/png": true, "image/gif": true, "image/svg+xml": true, "image/webp": true}[it.media] && !n.has("fallback") {
		p.fault(n, "media-type", "%s is %s, which reading systems need not know, and names no fallback", target, it.media)
	}
}

// sniff tells a file's type from its first bytes, "" when they say nothing.
func sniff(data []byte, name string) string {
	head := data[:min(len(data), 512)]
	switch {
	case bytes.HasPrefix(head, []byte("\x89PNG\r\n\x1a\n")):
		return "image/png"
	case bytes.HasPrefix(head, []byte("\xFF\xD8\xFF")):
		return "image/jpeg"
	case bytes.HasPrefix(head, []byte("GIF8")):
		return "image/gif"
	case len(head) > 12 && bytes.HasPrefix(head, []byte("RIFF")) && string(head[8:12]) == "WEBP":
		return "image/webp"
	case bytes.HasPrefix(head, []byte("OTTO")):
		return "font/otf"
	case bytes.HasPrefix(head, []byte("\x00\x01\x00\x00")) || bytes.HasPrefix(head, []byte("true")):
		return "font/ttf"
	case bytes.HasPrefix(head, []byte("wOFF")):
		return "font/woff"
	case bytes.HasPrefix(head, []byte("wOF2")):
		return "font/woff2"
	case bytes.Contains(head, []byte("<svg")):
		return "image/svg+xml"
	case bytes.Contains(head, []byte("<ncx")):
		return "application/x-dtbncx+xml"
	case bytes.Contains(head, []byte("<html")):
		return "application/xhtml+xml"
	case path.Ext(name) == ".css":
		return "text/css"
	}
	return ""
}

func sameMedia(a, b string) bool {
	fontish := func(s string) bool {
		return strings.HasPrefix(s, "font/") || s == "application/font-sfnt" || s == "application/vnd.ms-opentype" || s == "application/font-woff"
	}
	return fontish(a) && fontish(b)
}

// reached reports files that nothing leads to.
func (p *publication) reached() {
	seen := map[string]bool{}
	for _, it := range p.spine {
		seen[it.name] = true
	}
	for _, l := range p.links {
		if l.from != p.opf {
			seen[l.to] = true
		}
	}
	for _, it := range p.items {
		if it.file == nil || seen[it.name] || it.file == p.nav || it.file == p.ncx || contains(it.properties, "cover-image") {
			continue
		}
		p.report("unreferenced", document.Warning, it.name, 0, "nothing in the publication uses the file")
	}
}
