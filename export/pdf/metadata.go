package pdf

import (
	"fmt"
	"strings"
	"time"

	"github.com/twinpress/twinpress/export/internal/reference"
	"github.com/twinpress/twinpress/export/internal/xmltext"
	"github.com/twinpress/twinpress/export/pdf/internal/object"
)

// xmp writes the metadata packet (ISO 16684-1): Dublin Core, the identification of the standards, PRISM and rights.
// Properties of schemas that PDF/A does not know are described in the packet itself (ISO 19005-2 § 6.6.2.3).
func xmp(m *metadata, standard Standard) []byte {
	x := &packet{}
	x.line(`<?xpacket begin="` + "\ufeff" + `" id="W5M0MpCehiHzreSzNTczkc9d"?>`)
	x.line(`<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">`)
	x.line(`<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"` +
		` xmlns:pdf="http://ns.adobe.com/pdf/1.3/" xmlns:xmpRights="http://ns.adobe.com/xap/1.0/rights/"` +
		` xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/"` +
		` xmlns:prism="` + reference.PRISM + `">`)
	x.line("<dc:format>application/pdf</dc:format>")
	x.alt("dc:title", m.Title)
	x.list("dc:creator", "Seq", m.Authors...)
	x.alt("dc:description", m.Description)
	x.list("dc:subject", "Bag", m.Keywords...)
	x.list("dc:publisher", "Bag", m.Publisher)
	x.alt("dc:rights", m.Rights)
	x.list("dc:language", "Bag", m.Lang)
	date, stamp := dates(m.Date)
	x.list("dc:date", "Seq", date)
	if m.DOI != "" {
		x.value("dc:identifier", "doi:"+m.DOI)
	} else {
		x.value("dc:identifier", m.URL)
	}
	x.value("xmp:CreatorTool", m.Creator)
	x.value("xmp:CreateDate", stamp)
	x.value("xmp:ModifyDate", stamp)
	x.value("xmp:MetadataDate", stamp)
	x.value("pdf:Producer", m.Creator)
	x.value("pdf:Keywords", strings.Join(m.Keywords, ", "))
	if m.Rights != "" || m.LicenceURL != "" {
		x.value("xmpRights:Marked", "True")
		x.alt("xmpRights:UsageTerms", m.Rights)
		x.value("xmpRights:WebStatement", m.LicenceURL)
	}
	switch standard {
	case StandardUA1A2a:
		x.value("pdfaid:part", "2")
		x.value("pdfaid:conformance", "A")
		x.value("pdfuaid:part", "1")
	case StandardA2b:
		x.value("pdfaid:part", "2")
		x.value("pdfaid:conformance", "B")
	case StandardUA2A4:
		x.value("pdfaid:part", "4")
		x.value("pdfaid:rev", "2020")
		x.value("pdfuaid:part", "2")
		x.value("pdfuaid:rev", "2024")
	}
	for _, p := range m.Prism {
		x.value("prism:"+p.Name, p.Value)
	}
	x.line("</rdf:Description>")
	if standard == StandardUA1A2a || standard == StandardA2b {
		x.extensions(m.Prism, standard == StandardUA1A2a)
	}
	x.line("</rdf:RDF></x:xmpmeta>")
	x.line(`<?xpacket end="r"?>`)
	return []byte(x.b.String())
}

// packet is an XMP packet being written. Values that are empty are left out.
type packet struct{ b strings.Builder }

func (x *packet) line(s string) {
	x.b.WriteString(s)
	x.b.WriteByte('\n')
}

func (x *packet) value(name, value string) {
	if value != "" {
		x.line("<" + name + ">" + xmltext.Escape(value) + "</" + name + ">")
	}
}

func (x *packet) alt(name, value string) {
	if value == "" {
		return
	}
	x.line("<" + name + `><rdf:Alt><rdf:li xml:lang="x-default">` + xmltext.Escape(value) + "</rdf:li></rdf:Alt></" + name + ">")
}

func (x *packet) list(name, kind string, values ...string) {
	var b strings.Builder
	for _, v := range values {
		if v != "" {
			b.WriteString("<rdf:li>" + xmltext.Escape(v) + "</rdf:li>")
		}
	}
	if b.Len() > 0 {
		x.line("<" + name + "><rdf:" + kind + ">" + b.String() + "</rdf:" + kind + "></" + name + ">")
	}
}

// extensions describes the properties that are not PDF/A's own.
func (x *packet) extensions(prism []reference.Property, ua bool) {
	if len(prism) == 0 && !ua {
		return
	}
	x.line(`<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"` +
		` xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">`)
	x.line("<pdfaExtension:schemas><rdf:Bag>")
	if ua {
		x.schema("PDF/UA identification", "http://www.aiim.org/pdfua/ns/id/", "pdfuaid", "Integer", "internal",
			[]reference.Property{{Name: "part", About: "Part of ISO 14289"}})
	}
	if len(prism) > 0 {
		x.schema("PRISM metadata", reference.PRISM, "prism", "Text", "external", prism)
	}
	x.line("</rdf:Bag></pdfaExtension:schemas></rdf:Description>")
}

func (x *packet) schema(name, namespace, prefix, kind, category string, properties []reference.Property) {
	x.line(`<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>` + name + "</pdfaSchema:schema><pdfaSchema:namespaceURI>" + namespace +
		"</pdfaSchema:namespaceURI><pdfaSchema:prefix>" + prefix + "</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>")
	for _, p := range properties {
		x.line(`<rdf:li rdf:parseType="Resource"><pdfaProperty:name>` + p.Name + "</pdfaProperty:name><pdfaProperty:valueType>" + kind +
			"</pdfaProperty:valueType><pdfaProperty:category>" + category + "</pdfaProperty:category><pdfaProperty:description>" + p.About +
			"</pdfaProperty:description></rdf:li>")
	}
	x.line("</rdf:Seq></pdfaSchema:property></rdf:li>")
}

// dateLayouts are the forms of ISO 8601 that front matter has, the longest first.
var dateLayouts = [...]string{time.RFC3339Nano, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", "2006-01-02", "2006-01", "2006"}

// parseDate reads a date; ok is false for what is none.
func parseDate(s string) (t time.Time, layout string, ok bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, layout, true
		}
	}
	return time.Time{}, "", false
}

// dates gives a date as Dublin Core has it, as exact as it is known, and as a moment.
func dates(s string) (date, stamp string) {
	t, layout, ok := parseDate(s)
	if !ok {
		return "", ""
	}
	if len(layout) <= len("2006-01-02") {
		return s, t.Format(time.RFC3339)
	}
	return t.Format("2006-01-02"), t.Format(time.RFC3339)
}

// infoDict is the document information dictionary (ISO 32000-1 § 14.3.3), in step with the packet; nil when empty.
func infoDict(m *metadata) object.Dict {
	var d object.Dict
	d = setText(d, "Title", m.Title)
	d = setText(d, "Author", strings.Join(m.Authors, ", "))
	d = setText(d, "Subject", m.Description)
	d = setText(d, "Keywords", strings.Join(m.Keywords, ", "))
	d = setText(d, "Creator", m.Creator)
	d = setText(d, "Producer", m.Creator)
	if t, _, ok := parseDate(m.Date); ok {
		_, offset := t.Zone()
		zone := "Z"
		if offset != 0 {
			sign := "+"
			if offset < 0 {
				sign, offset = "-", -offset
			}
			zone = fmt.Sprintf("%s%02d'%02d'", sign, offset/3600, offset/60%60)
		}
		stamp := object.String("D:" + t.Format("20060102150405") + zone)
		d = d.Set("CreationDate", stamp).Set("ModDate", stamp)
	}
	return d
}
