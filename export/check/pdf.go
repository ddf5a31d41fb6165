package check

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"sync"

	"github.com/twinpress/twinpress/export/document"
)

var (
	xmpTitle = sync.OnceValue(func() *regexp.Regexp {
		return regexp.MustCompile(`(?s)<dc:title>.*?<rdf:li[^>]*>\s*([^<\s][^<]*)<`)
	})
	xmpPDFUA = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`pdfuaid:part(?:>|=["'])\s*[12]`) })
)

// ReadPDF checks a PDF given as bytes for what a screen reader and an archive need first: tags, a language, a title,
// embedded fonts, alt texts, descriptions of links. Whether it keeps PDF/UA or PDF/A whole, veraPDF knows.
func ReadPDF(data []byte) []Finding {
	r := &pdfRules{embedded: map[string]bool{}}
	if !bytes.HasPrefix(data, []byte("%PDF-")) {
		r.say("not-a-pdf", document.Error, "the file is no PDF")
		return r.found
	}
	if !bytes.Contains(data[max(0, len(data)-1024):], []byte("%%EOF")) {
		r.say("pdf-truncated", document.Error, "the file breaks off before its end")
	}
	r.file = readPDF(data)
	catalog := r.file.dict(r.file.trailer["Root"])
	if r.file.trailer["Encrypt"] != nil {
		r.say("pdf-encrypted", document.Error, "the file is encrypted: a screen reader may be kept out, and nothing else of it can be checked")
		return r.found
	}
	if catalog == nil {
		r.say("pdf-broken", document.Error, "the file has no catalogue")
		return r.found
	}
	r.catalogue(catalog)
	r.metadata(catalog)
	for _, id := range r.file.order {
		if d, ok := r.file.objects[id].(pdfDict); ok {
			r.object(d)
		}
	}
	if r.pages == 0 {
		r.say("pdf-broken", document.Error, "the file has no pages")
	}
	if catalog["Outlines"] == nil && r.pages > 8 { // no clause asks for one, but who seeks a page does
		r.say("pdf-outline", document.Warning, "%d pages, and no outline to find one's way in", r.pages)
	}
	return r.found
}

// pdfRules is a PDF being held to the rules. The clauses are those of ISO 14289-1 (PDF/UA-1), if not said otherwise.
type pdfRules struct {
	file     *pdfFile
	found    []Finding
	tagged   bool
	pages    int
	embedded map[string]bool // fonts told of
}

func (r *pdfRules) say(code string, s document.Severity, format string, args ...any) {
	r.found = append(r.found, Finding{Code: code, Severity: s, Message: fmt.Sprintf(format, args...)})
}

// catalogue asks for tags (§ 7.1), a language (§ 7.2) and the title in the window (§ 7.1).
func (r *pdfRules) catalogue(catalog pdfDict) {
	f := r.file
	r.tagged = f.dict(catalog["StructTreeRoot"]) != nil
	if f.dict(catalog["MarkInfo"])["Marked"] != pdfName("true") || !r.tagged {
		r.say("pdf-untagged", document.Error, "the file is not tagged: a screen reader has to guess the order of reading")
	}
	if strings.TrimSpace(r.text(catalog["Lang"])) == "" {
		r.say("pdf-lang", document.Error, "the file does not say its language")
	}
	if f.dict(catalog["ViewerPreferences"])["DisplayDocTitle"] != pdfName("true") {
		r.say("pdf-title", document.Warning, "readers show the file's name instead of its title (DisplayDocTitle)")
	}
}

// metadata asks for XMP with a title and the claim of PDF/UA (§ 5, § 7.1).
func (r *pdfRules) metadata(catalog pdfDict) {
	xmp := ""
	if ref, ok := catalog["Metadata"].(pdfRef); ok {
		xmp = string(r.file.streams[ref])
	}
	switch {
	case xmp == "":
		r.say("pdf-metadata", document.Error, "the file has no XMP metadata")
		return
	case !xmpTitle().MatchString(xmp):
		r.say("pdf-title", document.Error, "the metadata has no title")
	}
	if !xmpPDFUA().MatchString(xmp) {
		r.say("pdf-ua", document.Info, "the file does not claim PDF/UA")
	}
}

// object holds a dictionary to the rules for what it is.
func (r *pdfRules) object(d pdfDict) {
	switch {
	case d["Type"] == pdfName("Page"):
		r.pages++
	case d["Type"] == pdfName("Font") && d["Subtype"] != pdfName("Type0") && d["Subtype"] != pdfName("Type3"):
		r.font(d)
	case d["S"] == pdfName("Figure") && (d["Type"] == pdfName("StructElem") || d["P"] != nil):
		if r.text(d["Alt"]) == "" && r.text(d["ActualText"]) == "" { // § 7.3
			r.say("pdf-alt", document.Error, "a figure has no alt text")
		}
	case d["Subtype"] == pdfName("Link") && d["Rect"] != nil:
		if r.text(d["Contents"]) == "" && r.tagged { // § 7.18.5
			r.say("pdf-link", document.Warning, "a link does not say where it leads (Contents)")
		}
	case d["S"] == pdfName("JavaScript") || d["S"] == pdfName("Launch"):
		r.say("pdf-action", document.Error, "the file runs something when it is read")
	}
}

// font asks for the font's program (§ 7.21.4.1), once for each name.
func (r *pdfRules) font(d pdfDict) {
	desc := r.file.dict(d["FontDescriptor"])
	name, _ := d["BaseFont"].(pdfName)
	if desc["FontFile"] == nil && desc["FontFile2"] == nil && desc["FontFile3"] == nil && !r.embedded[string(name)] {
		r.embedded[string(name)] = true
		r.say("pdf-font", document.Error, "the font %s is not embedded", name)
	}
}

// text gives a string of the file, "" for what is none.
func (r *pdfRules) text(v any) string {
	s, _ := r.file.get(v).(pdfString)
	return string(s)
}
