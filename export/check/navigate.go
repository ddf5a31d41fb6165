package check

import (
	"slices"
	"strings"

	"github.com/twinpress/twinpress/export/document"
)

// navigation holds the navigation document and the NCX to what they are for: to lead everywhere.
func (p *publication) navigation() {
	p.ncxEntries()
	if p.nav == nil || p.nav.root == nil {
		return
	}
	lists := p.navLists()
	toc := lists["toc"]
	if toc == nil {
		p.report("missing-nav", document.Error, p.nav.name, 0, "the navigation document has no contents (nav of type toc)")
		return
	}
	p.contentsLead(toc)
	p.pageList(lists["page-list"])
	if lists["landmarks"] == nil {
		p.report("missing-landmarks", document.Info, p.nav.name, 0, "the navigation document has no landmarks")
	}
}

// navLists finds the first list of each type (EPUB 3.3 § 7.4).
func (p *publication) navLists() map[string]*node {
	lists := map[string]*node{}
	p.nav.root.walk(func(n *node) {
		if n.name != "nav" {
			return
		}
		for _, typ := range strings.Fields(n.attrNS(opsSpace, "type")) {
			if lists[typ] == nil {
				lists[typ] = n
			}
		}
	})
	return lists
}

// leads lists the places that a list of the navigation document leads to, as file#id.
func (p *publication) leads(list *node) (to []string) {
	list.walk(func(m *node) {
		if m.name == "a" {
			if name, id, remote, err := resolve(p.nav.name, m.attr("href")); err == nil && !remote {
				to = append(to, name+"#"+id)
			}
		}
	})
	return to
}

// contentsLead asks the contents to lead to every chapter (§ 7.4).
func (p *publication) contentsLead(toc *node) {
	listed := map[string]bool{}
	for _, t := range p.leads(toc) {
		name, _, _ := strings.Cut(t, "#")
		listed[name] = true
	}
	for _, it := range p.spine {
		if it.file == nil || it.file.root == nil || listed[it.name] {
			continue
		}
		chapter := false
		it.file.root.walk(func(n *node) {
			chapter = chapter || n.is("chapter") || n.is("doc-chapter") || n.is("part") || n.is("endnotes")
		})
		if chapter {
			p.report("missing-nav-entry", document.Error, p.nav.name, toc.line, "the contents do not lead to %s", it.name)
		}
	}
}

// pageMarkers lists the markers of pages in the order of reading, as file#id; each must say its number (DPUB-ARIA 1.1,
// doc-pagebreak).
func (p *publication) pageMarkers() (markers []string) {
	for _, it := range p.spine {
		if it.file == nil {
			continue
		}
		it.file.root.walk(func(n *node) {
			if n.is("pagebreak") || n.is("doc-pagebreak") {
				markers = append(markers, it.name+"#"+n.attr("id"))
				if n.attr("aria-label") == "" && n.attr("title") == "" && n.words() == "" {
					p.report("page-list", document.Error, it.name, n.line, "a page marker that does not say its number")
				}
			}
		})
	}
	return markers
}

// pageList asks the page list (§ 7.4) for the markers, all, once, in the order of reading.
func (p *publication) pageList(list *node) {
	markers := p.pageMarkers()
	if list == nil {
		if len(markers) > 0 {
			p.report("page-list", document.Error, p.nav.name, 0, "%d page markers, but no page list", len(markers))
		}
		return
	}
	pages := p.leads(list)
	for _, m := range markers {
		if !slices.Contains(pages, m) {
			p.report("page-list", document.Error, p.nav.name, list.line, "the page list leaves out the marker %s", m)
		}
	}
	at := 0
	for _, pg := range pages {
		i := slices.Index(markers, pg)
		if i >= 0 && i < at {
			p.report("page-list", document.Error, p.nav.name, list.line, "the page list has %s out of order", pg)
		}
		at = max(at, i)
	}
	if n := len(slices.Compact(slices.Sorted(slices.Values(pages)))); n != len(pages) {
		p.report("page-list", document.Error, p.nav.name, list.line, "the page list leads to one place twice")
	}
}

func (p *publication) ncxEntries() {
	if p.ncx == nil || p.ncx.root == nil {
		return
	}
	points := 0
	p.ncx.root.walk(func(n *node) {
		switch n.name {
		case "navPoint":
			points++
		case "meta":
			if n.attr("name") == "dtb:uid" && p.opf.root != nil {
				if uid := p.opf.ids[p.opf.root.attr("unique-identifier")]; uid != nil && strings.TrimSpace(uid.text) != n.attr("content") {
					p.report("ncx", document.Error, p.ncx.name, n.line, "the NCX is of %s, the package of %s", n.attr("content"), strings.TrimSpace(uid.text))
				}
			}
		}
	})
	if points == 0 {
		p.report("ncx", document.Error, p.ncx.name, 0, "the NCX has no entries")
	}
}

// notes holds references and notes to each other: each reference leads to a note, each note leads back to each reference.
func (p *publication) notes() {
	type place struct {
		file *file
		id   string
	}
	backs := map[place][]*node{} // links to a place
	for _, l := range p.links {
		if l.node.name == "a" && l.id != "" {
			if t := p.files[l.to]; t != nil {
				backs[place{t, l.id}] = append(backs[place{t, l.id}], l.node)
			}
		}
	}
	cited := map[*node]bool{}
	for _, l := range p.links {
		if l.node.name != "a" || !l.node.is("noteref") && !l.node.is("doc-noteref") {
			continue
		}
		t := p.files[l.to]
		if t == nil || t.ids[l.id] == nil {
			continue // told as a broken link
		}
		note := t.ids[l.id]
		cited[note] = true
		if !isNote(note) {
			p.report("noteref", document.Error, l.from.name, l.node.line, "the reference %q leads to an element that is no note", l.node.words())
			continue
		}
		id := l.node.attr("id")
		led := false
		for _, b := range backs[place{l.from, id}] {
			for m := b; m != nil; m = m.parent {
				led = led || m == note
			}
		}
		if id == "" || !led {
			p.report("missing-backlink", document.Error, l.from.name, l.node.line, "no link leads from the note back to the reference %q", l.node.words())
		}
	}
	for _, it := range p.spine {
		if it.file == nil {
			continue
		}
		it.file.root.walk(func(n *node) {
			told := n.parent != nil && slices.Contains(strings.Fields(n.parent.attr("class")), "not-cited") // the page says so
			if isNote(n) && !cited[n] && !told && n.attr("id") != "" {
				p.report("uncited-note", document.Warning, it.name, n.line, "no reference leads to the note %s", n.attr("id"))
			}
		})
	}
}

func isNote(n *node) bool {
	for _, t := range []string{"endnote", "footnote", "rearnote", "doc-footnote", "doc-endnote"} {
		if n.is(t) {
			return true
		}
	}
	return n.inside("section", "aside") != nil && n.name == "li" && func() bool {
		s := n.inside("section", "aside")
		return s.is("endnotes") || s.is("doc-endnotes") || s.is("footnotes")
	}()
}

// accessibility holds the package's claims to EPUB Accessibility 1.1 § 2 and to the content.
func (p *publication) accessibility() {
	if p.opf == nil || p.opf.root == nil || !strings.HasPrefix(p.opf.root.attr("version"), "3") {
		return
	}
	name := p.opf.name
	for _, need := range []struct {
		property string
		severity document.Severity
	}{{"schema:accessMode", document.Error}, {"schema:accessibilityFeature", document.Error}, {"schema:accessibilityHazard", document.Error},
		{"schema:accessModeSufficient", document.Warning}, {"schema:accessibilitySummary", document.Warning}} {
		if len(p.metas[need.property]) == 0 {
			p.report("accessibility-metadata", need.severity, name, 0, "the package does not give %s", need.property)
		}
	}
	features := p.metas["schema:accessibilityFeature"]
	pages, math := false, false
	for _, it := range p.spine {
		if it.file != nil {
			it.file.root.walk(func(n *node) {
				pages = pages || n.is("pagebreak") || n.is("doc-pagebreak")
				math = math || n.name == "math"
			})
		}
	}
	for _, c := range []struct {
		feature string
		there   bool
	}{{"pageBreakMarkers", pages}, {"MathML", math}} {
		if slices.Contains(features, c.feature) && !c.there {
			p.report("false-claim", document.Error, name, 0, "the package claims %s, but has none", c.feature)
		}
	}
	if slices.Contains(features, "alternativeText") && slices.ContainsFunc(p.findings, func(f Finding) bool { return f.Code == "missing-alt" }) {
		p.report("false-claim", document.Error, name, 0, "the package claims alternativeText, but a picture has none")
	}
	if pages && len(p.metas["pageBreakSource"]) == 0 && len(p.metas["dc:source"]) == 0 {
		p.report("accessibility-metadata", document.Warning, name, 0, "the package does not say whose page numbers it gives (pageBreakSource)")
	}
}
